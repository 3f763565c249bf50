//! The list of accounts.

use ::desk::kept::{Cursor, ListRow};
use askama::Template;
use axum::response::Response;
use desk::accounts::{self, ACTIVE, AccountSummary, DISABLED};
use domain::ids::OrgId;

use super::DONE;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Filter, FilterOption};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;

struct Line {
    id: String,
    user_name: String,
    organisation: String,
    roles: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "work/people/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    filters: Vec<Filter>,
    organisation: Option<String>,
    lines: Vec<Line>,
    next: Option<String>,
}

/// Shows the accounts, newest first; `state` and `org` narrow.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let state = [ACTIVE, DISABLED]
        .into_iter()
        .find(|s| *s == work.query("state"));
    let org = work.query("org").parse::<OrgId>().ok();
    let filter = ::desk::kept::Filter {
        states: state.iter().map(|s| (*s).to_owned()).collect(),
        orgs: org.iter().map(ToString::to_string).collect(),
        ..::desk::kept::Filter::default()
    };
    let desk = &work.app.desk;
    let after = Cursor::decode(work.query("after"));
    let page = accounts::list(desk, &work.actor, &filter, after.as_ref()).await?;
    let counts = accounts::counts(desk, &work.actor, &filter).await?;
    let address = address(org, state);
    html(&ListPage {
        t: work.say(),
        frame: work.frame_after(DONE)?,
        filters: vec![states(&work, org, state, &counts)],
        organisation: org.map(|org| desk.directory().name(org).to_owned()),
        lines: page.rows.iter().map(|row| line(&work, row)).collect(),
        next: page
            .next
            .map(|next| format!("{address}after={}", next.encode())),
    })
}

/// The list's address with its filters, ready for one more.
fn address(org: Option<OrgId>, state: Option<&str>) -> String {
    let mut out = "/work/people?".to_owned();
    if let Some(org) = org {
        out.push_str(&format!("org={org}&"));
    }
    if let Some(state) = state {
        out.push_str(&format!("state={state}&"));
    }
    out
}

fn states(
    work: &Work,
    org: Option<OrgId>,
    state: Option<&str>,
    counts: &::desk::kept::Counts,
) -> Filter {
    let t = work.say();
    let count = |state: &str| {
        let found = counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, count)| *count)
    };
    let option = |wanted: Option<&'static str>, key, count| FilterOption {
        label: t.key(key).into_owned(),
        href: address(org, wanted).trim_end_matches(['?', '&']).to_owned(),
        count,
        current: wanted == state,
    };
    let (active, disabled) = (count(ACTIVE), count(DISABLED));
    Filter {
        label: t.say("people-state").into_owned(),
        options: vec![
            option(None, Key::new("people-state-all"), active + disabled),
            option(Some(ACTIVE), Key::new("people-active"), active),
            option(Some(DISABLED), Key::new("people-blocked"), disabled),
        ],
    }
}

fn line(work: &Work, row: &ListRow) -> Line {
    let summary: Option<AccountSummary> = serde_json::from_value(row.summary.clone()).ok();
    let org = row.clear.org.as_deref().and_then(|org| org.parse().ok());
    let roles = summary.as_ref().map_or(&[][..], |s| s.roles.as_slice());
    let list = &work.app.desk.vocabulary.roles;
    Line {
        id: row.id.clone(),
        user_name: summary
            .as_ref()
            .map(|s| s.user_name.clone())
            .unwrap_or_default(),
        organisation: org.map_or_else(
            || "–".to_owned(),
            |org| work.app.desk.directory().name(org).to_owned(),
        ),
        roles: roles
            .iter()
            .map(|role| words::label(list, role.code(), work.today(), work.lang))
            .collect::<Vec<_>>()
            .join(", "),
        active: row.clear.state == ACTIVE,
    }
}
