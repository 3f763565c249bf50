//! The list of editions, and beginning one.

use ::desk::kept::{Counts, Cursor, ListRow};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::letter::{self, EditionSummary};
use desk::plan;
use domain::edition::EditionName;

use super::{address, texts};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb, Filter, FilterOption};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::form_page::{Ask, FormPage, How, refused};
use crate::work::{Work, WorkForm};

struct Line {
    id: String,
    name: String,
    period: String,
    state: String,
    tone: &'static str,
    errata: i64,
}

#[derive(Template)]
#[template(path = "work/letters/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    filters: Vec<Filter>,
    lines: Vec<Line>,
    next: Option<String>,
}

const STATES: [&str; 3] = ["draft", "frozen", "sent"];

/// Shows the list; `?state=` filters, `?after=` goes on.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let state = STATES.into_iter().find(|s| *s == work.query("state"));
    let states: Vec<String> = state.iter().map(|s| (*s).to_owned()).collect();
    let after = Cursor::decode(work.query("after"));
    let desk = &work.app.desk;
    let (page, counts) = letter::list(desk, &work.actor, &states, after.as_ref()).await?;
    let t = work.say();
    let base = match state {
        Some(state) => format!("/work/letters?state={state}&"),
        None => "/work/letters?".to_owned(),
    };
    html(&ListPage {
        frame: work.frame()?,
        filters: vec![filter(&t, state, &counts)],
        lines: page.rows.iter().filter_map(|row| line(&t, row)).collect(),
        next: page
            .next
            .map(|next| format!("{base}after={}", next.encode())),
        t,
    })
}

fn filter(t: &Say, current: Option<&str>, counts: &Counts) -> Filter {
    let count = |state: &str| {
        let found = counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, count)| *count)
    };
    let all = FilterOption {
        label: t.say("letter-all").into_owned(),
        href: "/work/letters".to_owned(),
        count: counts.iter().map(|(_, count)| count).sum(),
        current: current.is_none(),
    };
    let states = STATES.into_iter().map(|state| FilterOption {
        label: t.key(texts::state(state)).into_owned(),
        href: format!("/work/letters?state={state}"),
        count: count(state),
        current: current == Some(state),
    });
    Filter {
        label: t.say("letter-state").into_owned(),
        options: std::iter::once(all).chain(states).collect(),
    }
}

fn line(t: &Say, row: &ListRow) -> Option<Line> {
    let summary: EditionSummary = serde_json::from_value(row.summary.clone()).ok()?;
    Some(Line {
        id: row.id.clone(),
        name: summary.name,
        period: period(t, summary.from, summary.until),
        state: t.key(texts::state(&row.clear.state)).into_owned(),
        tone: texts::tone(&row.clear.state),
        errata: i64::try_from(summary.errata).unwrap_or(i64::MAX),
    })
}

/// A period in words.
pub fn period(t: &Say, from: jiff::civil::Date, until: jiff::civil::Date) -> String {
    t.say_args(
        "letter-period-of",
        &[
            ("from", t.date(from).into()),
            ("until", t.date(until).into()),
        ],
    )
}

/// The editions that can be begun now: of the period that is over, of this one and of the next.
fn names(work: &Work) -> Vec<EditionName> {
    let cycle = plan::cycle(&work.app.desk);
    let now = EditionName::of(work.today(), cycle);
    let next = now
        .period(cycle)
        .and_then(|period| period.until.tomorrow().ok())
        .map(|day| EditionName::of(day, cycle));
    [Some(now.previous(cycle)), Some(now), next]
        .into_iter()
        .flatten()
        .collect()
}

fn new_page(work: &Work, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    let cycle = plan::cycle(&work.app.desk);
    let choices = names(work)
        .into_iter()
        .map(|name| {
            let hint = name
                .period(cycle)
                .map_or_else(String::new, |p| period(&t, p.from, p.until));
            Choice::new(name.to_string(), name.to_string()).hint(hint)
        })
        .collect();
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(t.say("nav-letters"), "/work/letters")],
        title: t.say("letter-new").into_owned(),
        know: vec![t.say("letter-new-know").into_owned()],
        action: "/work/letters/new".to_owned(),
        hidden: Vec::new(),
        asks: vec![Ask::new(How::Radios, "name", t.say("letter-edition")).of(choices)],
        button: t.say("letter-new-button").into_owned(),
        cancel: "/work/letters".to_owned(),
        t,
    })
}

/// Asks which edition.
pub async fn show_new(work: Work) -> Result<Response, Problem> {
    html(&new_page(&work, Filled::blank())?)
}

/// Begins it.
pub async fn begin(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let name = form
        .parsed("name", |text| text.parse::<EditionName>().ok())
        .required();
    let filled = match form.finish(|| name) {
        Err(filled) => filled,
        Ok(name) => match letter::begin(&work.app.desk, &work.actor, work.now, Some(name)).await {
            Ok(id) => return Ok(Redirect::to(&address(id)).into_response()),
            Err(error) => refused(typed, error, &["name"], texts::refusal)?,
        },
    };
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&work, filled)?)
}
