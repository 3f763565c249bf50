//! The requests of one's own organisation, what is due first.

use ::desk::kept::{Counts, Cursor};
use axum::response::Response;
use desk::request::{self, RequestSummary};
use domain::request::STATES;

use super::{DONE, short, state};
use crate::page::html;
use crate::page::ui::{Filter, FilterOption};
use crate::person::own;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::Say;
use crate::work::Work;
use crate::work::sheets::{Block, Cell, SheetPage};

/// The list; `state` narrows.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let asked = work.query("state");
    let chosen = STATES.iter().copied().find(|state| *state == asked);
    let after = Cursor::decode(work.query("next"));
    let states = chosen.map(str::to_owned).into_iter().collect();
    let (page, counts) = request::list(&work.app.desk, &work.actor, states, after.as_ref())
        .await
        .map_err(refuse)?;
    let t = work.say();
    let mut rows = Vec::new();
    for row in &page.rows {
        let summary: RequestSummary =
            serde_json::from_value(row.summary.clone()).map_err(|_| Problem::internal())?;
        let due = row.clear.due.map_or_else(String::new, |due| t.date_of(due));
        rows.push(vec![
            Cell::link(short(&row.id), format!("/work/requests/{}", row.id)),
            Cell::new(t.key(own::right(summary.right))),
            Cell::new(t.date_of(summary.received)),
            Cell::new(t.key(state(&row.clear.state))),
            Cell::new(due),
            Cell::new(summary.owner.unwrap_or_default()),
        ]);
    }
    let columns = vec![
        t.say("requests-request").into_owned(),
        t.say("requests-right").into_owned(),
        t.say("requests-received").into_owned(),
        t.say("requests-state").into_owned(),
        t.say("requests-due").into_owned(),
        t.say("requests-owner").into_owned(),
    ];
    let next = page.next.map(|next| {
        let state = chosen.unwrap_or_default();
        format!("/work/requests?state={state}&next={}", next.encode())
    });
    let block = Block {
        caption: t.say("nav-requests").into_owned(),
        ..Block::default().table(columns, rows, t.say("requests-empty"))
    };
    html(
        &SheetPage::new(&work, t.say("nav-requests"), DONE)?
            .lead(t.say("requests-lead"))
            .filter(filter(&t, &counts, chosen, STATES, "/work/requests"))
            .block(Block {
                caption: t.say("nav-requests").into_owned(),
                ..block
            })
            .next(next),
    )
}

/// The filter on states, with how many are in each.
pub(super) fn filter(
    t: &Say,
    counts: &Counts,
    chosen: Option<&str>,
    states: &[&'static str],
    path: &str,
) -> Filter {
    let of = |name: &str| {
        counts
            .iter()
            .find(|(s, _)| s == name)
            .map_or(0, |(_, n)| *n)
    };
    let all = FilterOption {
        label: t.say("requests-all").into_owned(),
        href: path.to_owned(),
        count: counts.iter().map(|(_, n)| *n).sum(),
        current: chosen.is_none(),
    };
    let each = states.iter().map(|name| FilterOption {
        label: t.key(state(name)).into_owned(),
        href: format!("{path}?state={name}"),
        count: of(name),
        current: chosen == Some(*name),
    });
    Filter {
        label: t.say("requests-state").into_owned(),
        options: std::iter::once(all).chain(each).collect(),
    }
}
