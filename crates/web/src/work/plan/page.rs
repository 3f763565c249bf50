//! One action: what it is, how it stands, its history, and what can be done now.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::plan::{self, ActionView};
use domain::action::{Declined, StatusChange};
use domain::ids::OrgId;

use super::{details, id, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;

struct Proposal {
    status: String,
    results: String,
    why: String,
    at: String,
}

#[derive(Template)]
#[template(path = "work/plan/page.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    version: i64,
    number: String,
    title: String,
    status: String,
    tone: &'static str,
    results: String,
    facts: Vec<(String, String)>,
    /// Where the evidence is: an address to open, or only words.
    links: Vec<(String, bool)>,
    stones: Vec<details::Stone>,
    money: Vec<[String; 4]>,
    overdue_since: String,
    sent: String,
    proposal: Option<Proposal>,
    events: Vec<Event>,
    keeps: bool,
}

const DONE: &[(&str, Key)] = &[
    ("made", Key::new("plan-done-made")),
    ("changed", Key::new("plan-done-changed")),
    ("told", Key::new("plan-done-told")),
    ("proposed", Key::new("plan-done-proposed")),
    ("confirmed", Key::new("plan-done-confirmed")),
    ("declined", Key::new("plan-done-declined")),
];

/// The step above the pages of an action.
pub fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-plan"), "/work/plan")]
}

/// Shows the action.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = plan::read(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let action = &view.action;
    html(&Page {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t),
        id: id.to_string(),
        version: view.version,
        number: action.plan.number.clone(),
        title: action.plan.title.as_str().to_owned(),
        status: t.key(texts::status(action.status())).into_owned(),
        tone: texts::tone(action.status()),
        results: action
            .results()
            .map_or_else(String::new, |r| r.as_str().to_owned()),
        facts: facts(&work, &t, &view),
        links: action
            .plan
            .links
            .iter()
            .map(|link| (link.as_str().to_owned(), is_web(link.as_str())))
            .collect(),
        stones: details::stones(&work, &t, &action.plan.details),
        money: details::money(&t, &action.plan.details),
        overdue_since: view.overdue_since.map_or_else(String::new, |d| t.date(d)),
        sent: view
            .sent
            .map_or_else(String::new, |d| t.say_with("plan-sent", "day", t.date(d))),
        proposal: action.proposal().map(|p| proposal(&t, p)),
        events: events(&work, &t, &view),
        keeps: view.keeps,
        t,
    })
}

/// Only an address of the web becomes a link; anything else could run something when it is opened.
fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

fn facts(work: &Work, t: &Say, view: &ActionView) -> Vec<(String, String)> {
    let plan = &view.action.plan;
    let directory = work.app.desk.directory();
    let name = |org: &OrgId| directory.name(*org).to_owned();
    let goals = plan.goals.iter().map(|goal| {
        let list = &work.app.desk.vocabulary.strategic_goals;
        words::label(list, &goal.to_string(), work.today(), work.lang)
    });
    let ages = plan
        .ages
        .iter()
        .map(|age| t.key(texts::age(*age)).into_owned());
    let text = |text: &Option<domain::SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |d| t.date(d));
    let lines: Vec<&str> = plan.indicators.iter().map(|i| i.as_str()).collect();
    let number = plan.line.number();
    let line = format!("{number}. {}", texts::line(&work.app, t, plan.line));
    let facts = [
        (Key::new("plan-line"), line),
        (Key::new("plan-holder"), name(&plan.holder)),
        (
            Key::new("plan-involved"),
            plan.involved
                .iter()
                .map(name)
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        (Key::new("plan-description"), text(&plan.description)),
        (Key::new("plan-goals"), goals.collect::<Vec<_>>().join("\n")),
        (Key::new("plan-goal"), text(&plan.goal)),
        (
            Key::new("plan-forms"),
            texts::forms(&work.app, t, &plan.forms),
        ),
        (Key::new("plan-ages"), ages.collect::<Vec<_>>().join(", ")),
        (Key::new("plan-result"), text(&plan.intended_result)),
        (Key::new("plan-start"), day(plan.start)),
        (Key::new("plan-end"), day(plan.end)),
        (
            Key::new("plan-budget"),
            plan.budget().map_or_else(String::new, |euros| {
                let euros = i64::try_from(euros).unwrap_or(i64::MAX);
                t.say_n("plan-euros", euros)
            }),
        ),
        (Key::new("plan-indicators"), lines.join("\n")),
    ];
    facts
        .into_iter()
        .chain(details::facts(work, t, &plan.details))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (t.key(key).into_owned(), value))
        .collect()
}

fn proposal(t: &Say, change: &StatusChange) -> Proposal {
    let text = |text: &Option<domain::SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    Proposal {
        status: t.key(texts::status(change.status)).into_owned(),
        results: text(&change.results),
        why: text(&change.why),
        at: t.moment(change.by.at),
    }
}

/// The history, newest first, with the proposals that were not taken over.
fn events(work: &Work, t: &Say, view: &ActionView) -> Vec<Event> {
    let history = view.action.history().iter();
    let declined = view.action.declined().iter();
    let mut events: Vec<(jiff::Timestamp, Event)> = history
        .map(|change| (change.since(), changed(work, t, change)))
        .chain(declined.map(|d| (d.by.at, refused(work, t, d))))
        .collect();
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    events.into_iter().map(|(_, event)| event).collect()
}

fn changed(work: &Work, t: &Say, change: &StatusChange) -> Event {
    let parts = [&change.results, &change.why];
    let body: Vec<&str> = parts
        .into_iter()
        .flatten()
        .map(|text| text.as_str())
        .collect();
    Event {
        when: t.moment(change.since()),
        title: t.key(texts::status(change.status)).into_owned(),
        who: work.app.desk.directory().name(change.by.org).to_owned(),
        body: body.join("\n"),
    }
}

fn refused(work: &Work, t: &Say, declined: &Declined) -> Event {
    let status = t.key(texts::status(declined.proposal.status)).into_owned();
    Event {
        when: t.moment(declined.by.at),
        title: t.say_with("plan-declined-event", "status", status),
        who: work.app.desk.directory().name(declined.by.org).to_owned(),
        body: declined.why.as_str().to_owned(),
    }
}
