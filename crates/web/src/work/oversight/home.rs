//! The first page: the search for who looked, and the findings.

use askama::Template;
use axum::response::Response;
use desk::oversight::{self, FindingRow};

use super::{DONE, compartments, texts};
use crate::form::Filled;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Choice, Filter, FilterOption};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::Work;

struct Line {
    id: String,
    why: String,
    entries: usize,
    found_at: jiff::Timestamp,
    state: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "work/oversight/home.html")]
struct HomePage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    stores: Vec<Choice>,
    filters: Vec<Filter>,
    lines: Vec<Line>,
}

const STATES: [&str; 3] = ["open", "follow_up", "explained"];

/// Shows the search and the findings; `state` narrows, and without it what is still open comes first.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let asked = work.query("state");
    let state = STATES.into_iter().find(|state| *state == asked);
    let found = oversight::findings(&work.app.desk, &work.actor, None).await;
    let found = found.map_err(refuse)?;
    let t = work.say();
    let lines = found
        .iter()
        .filter(|row| state.is_none_or(|state| row.state == state));
    html(&HomePage {
        frame: work.frame_after(DONE)?,
        f: Filled::with(&[("store", "k3")]),
        stores: compartments(&work),
        filters: vec![states(&t, &found, state)],
        lines: lines.map(|row| line(row, &t)).collect(),
        t,
    })
}

fn line(row: &FindingRow, t: &Say) -> Line {
    Line {
        id: row.id.clone(),
        why: t.key(texts::why(row.why)).into_owned(),
        entries: row.entries,
        found_at: row.found_at,
        state: t.key(texts::state(&row.state)).into_owned(),
        tone: texts::state_tone(&row.state).class(),
    }
}

fn states(t: &Say, found: &[FindingRow], state: Option<&str>) -> Filter {
    let option = |wanted: Option<&'static str>, key| {
        let of_state = found
            .iter()
            .filter(|row| wanted.is_none_or(|wanted| row.state == wanted));
        FilterOption {
            label: t.key(key).into_owned(),
            href: wanted.map_or_else(
                || "/work/oversight".to_owned(),
                |state| format!("/work/oversight?state={state}"),
            ),
            count: i64::try_from(of_state.count()).unwrap_or(i64::MAX),
            current: wanted == state,
        }
    };
    Filter {
        label: t.say("oversight-state").into_owned(),
        options: vec![
            option(None, Key::new("oversight-state-all")),
            option(Some("open"), Key::new("oversight-state-open")),
            option(Some("follow_up"), Key::new("oversight-state-follow-up")),
            option(Some("explained"), Key::new("oversight-state-explained")),
        ],
    }
}
