//! The list of requests: nothing about a person in it.

use ::desk::kept::{Counts, Cursor, ListRow};
use askama::Template;
use axum::response::Response;
use desk::opinion::{self, OpinionSummary};
use desk::{Role, UseCase, access};
use domain::time::dutch_date;

use super::{reference, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Deadline, Filter, FilterOption};
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::Work;

struct Line {
    id: String,
    reference: String,
    state: String,
    tone: &'static str,
    asked_on: String,
    released: usize,
    obstacle: bool,
    due: Option<Deadline>,
}

#[derive(Template)]
#[template(path = "work/opinions/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    secretary: bool,
    filters: Vec<Filter>,
    lines: Vec<Line>,
    next: Option<String>,
}

const STATES: [&str; 6] = [
    "requested",
    "admitted",
    "in_panel",
    "outcome",
    "not_admitted",
    "ingetrokken",
];

/// Shows the list; `?state=` filters, `?after=` goes on.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let state = STATES.into_iter().find(|s| *s == work.query("state"));
    let states: Vec<String> = state.iter().map(|s| (*s).to_owned()).collect();
    let after = Cursor::decode(work.query("after"));
    let desk = &work.app.desk;
    let (page, counts) = opinion::list(desk, &work.actor, &states, after.as_ref()).await?;
    let t = work.say();
    let address = match state {
        Some(state) => format!("/work/opinions?state={state}&"),
        None => "/work/opinions?".to_owned(),
    };
    html(&ListPage {
        frame: work.frame()?,
        secretary: is_secretary(&work),
        filters: vec![filter(&t, state, &counts)],
        lines: page.rows.iter().map(|row| line(&work, &t, row)).collect(),
        next: page
            .next
            .map(|next| format!("{address}after={}", next.encode())),
        t,
    })
}

fn is_secretary(work: &Work) -> bool {
    access::permit(&work.actor, UseCase::ListOpinions)
        .is_ok_and(|permit| permit.role == Role::PanelSecretary)
}

fn filter(t: &Say, current: Option<&str>, counts: &Counts) -> Filter {
    let count = |state: &str| {
        let found = counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, count)| *count)
    };
    let all = FilterOption {
        label: t.say("opinion-state-all").into_owned(),
        href: "/work/opinions".to_owned(),
        count: counts.iter().map(|(_, count)| count).sum(),
        current: current.is_none(),
    };
    let states = STATES.into_iter().map(|state| FilterOption {
        label: t.key(texts::state(state)).into_owned(),
        href: format!("/work/opinions?state={state}"),
        count: count(state),
        current: current == Some(state),
    });
    Filter {
        label: t.say("opinion-state").into_owned(),
        options: std::iter::once(all).chain(states).collect(),
    }
}

fn line(work: &Work, t: &Say, row: &ListRow) -> Line {
    let summary: Option<OpinionSummary> = serde_json::from_value(row.summary.clone()).ok();
    let due = row.clear.due.map(dutch_date);
    Line {
        reference: reference(&row.id),
        id: row.id.clone(),
        state: t.key(texts::state(&row.clear.state)).into_owned(),
        tone: texts::tone(&row.clear.state),
        asked_on: summary
            .as_ref()
            .map_or_else(String::new, |s| t.date(s.asked_on)),
        released: summary.as_ref().map_or(0, |s| s.released),
        obstacle: row.clear.state == "requested" && summary.is_some_and(|s| s.obstacle),
        due: due.map(|due| Deadline::new(due, work.today())),
    }
}
