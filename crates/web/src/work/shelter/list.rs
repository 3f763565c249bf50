//! The list of requests: who waits in which order, the others newest first; and what there is too little of.

use std::collections::BTreeMap;

use ::desk::kept::{Counts, Cursor};
use askama::Template;
use axum::response::Response;
use desk::Role;
use desk::placement::{self, RequestSummary, Shortages};

use super::despite::{self, Line};
use super::refused;
use super::words;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Filter, FilterOption};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;

const STATES: &[&str] = &["open", "offered", "fulfilled", "withdrawn"];

struct Row {
    href: String,
    reference: String,
    position: String,
    urgency: String,
    urgency_tone: &'static str,
    seats: i64,
    since: String,
    state: String,
    state_tone: &'static str,
    nothing: String,
}

#[derive(Template)]
#[template(path = "work/shelter/list.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    waiting: bool,
    next: Option<String>,
    officer: bool,
    no_more: Vec<Line>,
}

/// The list. Without a state: who waits.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let desk = &work.app.desk;
    let state = match work.query("state") {
        "" => "open",
        named if STATES.contains(&named) => named,
        _ => return Err(Problem::not_found()),
    };
    let waiting = state == "open";
    let after = Cursor::decode(work.query("next"));
    let (page, counts) = placement::list(desk, &work.actor, Some(state), after.as_ref())
        .await
        .map_err(refused)?;
    let (rows, next) = if waiting {
        let rows = placement::waiting(desk, &work.actor)
            .await
            .map_err(refused)?;
        let rows = rows
            .into_iter()
            .map(|row| {
                let place = work.say().number(row.position);
                self::row(&work, &row.id, "open", row.seen, place)
            })
            .collect();
        (rows, None)
    } else {
        let rows = page
            .rows
            .iter()
            .map(|row| {
                let seen =
                    serde_json::from_value(row.summary.clone()).map_err(|_| Problem::internal())?;
                Ok(self::row(
                    &work,
                    &row.id,
                    &row.clear.state,
                    seen,
                    String::new(),
                ))
            })
            .collect::<Result<_, Problem>>()?;
        let next = page
            .next
            .map(|next| format!("/work/shelter?state={state}&next={}", next.encode()));
        (rows, next)
    };
    let no_more = placement::fits_no_more(desk, &work.actor, work.now)
        .await
        .map_err(refused)?;
    html(&Page {
        no_more: despite::listed(&work.say(), &no_more, |one| {
            let page = format!("/work/shelter/{}", one.request);
            (page, words::reference(&one.request))
        }),
        t: work.say(),
        frame: work.frame_after(&[("withdrawn", Key::new("shelter-done-withdrawn"))])?,
        filters: vec![filter(&work, state, &counts)],
        rows,
        waiting,
        next,
        officer: work.person()?.roles.contains(&Role::PlacementOfficer),
    })
}

fn row(work: &Work, id: &str, state: &str, seen: RequestSummary, position: String) -> Row {
    let t = work.say();
    let (key, tone) = words::request_state(state);
    let nothing = match seen.nothing_since.filter(|_| state == "open") {
        Some(since) => match work.now.duration_since(since).as_hours() {
            hours if hours < 48 => t.say_n("shelter-nothing-hours", hours),
            hours => t.say_n("shelter-nothing-days", hours / 24),
        },
        None => String::new(),
    };
    Row {
        href: format!("/work/shelter/{id}"),
        reference: words::reference(id),
        position,
        urgency: t.key(words::urgency(seen.urgency)).into_owned(),
        urgency_tone: words::urgency_tone(seen.urgency),
        seats: i64::from(seen.seats),
        since: t.moment(seen.requested),
        state: t.key(key).into_owned(),
        state_tone: tone.class(),
        nothing,
    }
}

fn filter(work: &Work, current: &str, counts: &Counts) -> Filter {
    let t = work.say();
    Filter {
        label: t.say("shelter-filter-state").into_owned(),
        options: STATES
            .iter()
            .map(|state| FilterOption {
                label: t.key(words::request_state(state).0).into_owned(),
                href: format!("/work/shelter?state={state}"),
                count: counts
                    .iter()
                    .find(|(name, _)| name == state)
                    .map_or(0, |(_, n)| *n),
                current: *state == current,
            })
            .collect(),
    }
}

type Count = (String, i64);

#[derive(Template)]
#[template(path = "work/shelter/shortage.html")]
struct ShortagePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    counted: Shortages,
    by_reason: Vec<Count>,
    by_rule: Vec<Count>,
    refused: Vec<Count>,
    declined: Vec<Count>,
    country: bool,
}

/// What there is too little of.
pub async fn shortage(work: Work) -> Result<Response, Problem> {
    let counted = placement::shortages(&work.app.desk, &work.actor)
        .await
        .map_err(refused)?;
    let t = work.say();
    let said = |counts: &BTreeMap<String, i64>, say: &dyn Fn(&str) -> String| {
        let mut out: Vec<Count> = counts.iter().map(|(code, n)| (say(code), *n)).collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out
    };
    let reason = |code: &str| words::refusal(&work, code);
    let rule = |code: &str| t.key(words::rule(code)).into_owned();
    html(&ShortagePage {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        by_reason: said(&counted.by_reason, &reason),
        by_rule: said(&counted.by_rule, &rule),
        refused: said(&counted.refused, &reason),
        declined: said(&counted.declined, &reason),
        country: work.person()?.roles.contains(&Role::PlacementOfficer),
        counted,
        t: t.clone(),
    })
}
