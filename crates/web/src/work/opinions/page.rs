//! One request: what was released, how far it is, and what can be done now.

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::opinion::{self, ItemView, OpinionView, Secretary, Step};
use domain::opinion::{OpinionState, PanelOpinion, Released};

use super::{id, reference, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::restrictions::{OnlyKept, only_kept};
use crate::work::{Work, need};

struct Item {
    number: u32,
    at: String,
    kind: String,
    text: String,
    gone: bool,
}

struct Opinion {
    verdict: String,
    reasons: String,
    given: String,
    valid_until: String,
    members: Vec<String>,
    based_on: String,
}

/// What only the secretary sees, in words.
struct Admission {
    asked_by: String,
    ended_on: String,
    aangifte: String,
    rule: String,
    obstacles: Vec<String>,
    sent_to: Vec<(String, String, String)>,
    events: Vec<Event>,
}

#[derive(Template)]
#[template(path = "work/opinions/page.html")]
struct Page {
    only_kept: Vec<OnlyKept>,
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    reference: String,
    state: String,
    tone: &'static str,
    asked_at: String,
    items: Vec<Item>,
    opinion: Option<Opinion>,
    refused_why: String,
    members: Vec<String>,
    admission: Option<Admission>,
    can: Can,
    lead: String,
}

/// What can be done now.
#[derive(Default)]
struct Can {
    admit: bool,
    compose: bool,
    give: bool,
    withdraw: bool,
    send: bool,
    recuse: bool,
}

const DONE: &[(&str, Key)] = &[
    ("admitted", Key::new("opinion-done-admitted")),
    ("refused", Key::new("opinion-done-refused")),
    ("panel", Key::new("opinion-done-panel")),
    ("given", Key::new("opinion-done-given")),
    ("withdrawn", Key::new("opinion-done-withdrawn")),
    ("sent", Key::new("opinion-done-sent")),
    ("recused", Key::new("opinion-done-recused")),
    ("asked", Key::new("need-done-asked")),
    ("taken-over", Key::new("need-done-taken-over")),
];

/// The step above the pages of a request.
pub fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-opinions"), "/work/opinions")]
}

/// Shows the request.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let found = opinion::read(&work.app.desk, &work.actor, work.now, id).await;
    let view = match need::open_or_door(&work, id.into(), found).await? {
        Ok(view) => view,
        Err(door) => return Ok(door),
    };
    let t = work.say();
    let admission = view.secretary.as_ref().map(|s| admission(&work, &t, s));
    html(&Page {
        only_kept: only_kept(&work, &t, Store::K4, &view.restricted),
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t),
        id: id.to_string(),
        reference: reference(id),
        state: t.key(texts::state(view.state_name)).into_owned(),
        tone: texts::tone(view.state_name),
        asked_at: t.moment(view.asked_at),
        items: view.items.iter().map(|i| item(&t, i)).collect(),
        opinion: match &view.state {
            OpinionState::Outcome { opinion } => Some(given(&t, opinion)),
            _ => None,
        },
        refused_why: match &view.state {
            OpinionState::NotAdmitted { why, .. } => why.as_str().to_owned(),
            _ => String::new(),
        },
        members: members(&work, &view).await?,
        can: can(&view),
        lead: view.lead.clone().unwrap_or_default(),
        admission,
        t,
    })
}

fn item(t: &Say, item: &ItemView) -> Item {
    let (kind, text) = match &item.item {
        None => (Key::new("opinion-item-gone"), String::new()),
        Some(Released::Erased) => (Key::new("opinion-item-erased"), String::new()),
        Some(Released::Statement { text }) => {
            (Key::new("opinion-item-statement"), text.as_str().to_owned())
        }
        Some(Released::Document { title, medical, .. }) => (
            if *medical {
                Key::new("opinion-item-medical")
            } else {
                Key::new("opinion-item-document")
            },
            title.as_str().to_owned(),
        ),
        Some(Released::Disclosed { title, .. }) => (
            Key::new("opinion-item-disclosed"),
            title.as_str().to_owned(),
        ),
    };
    Item {
        number: item.number,
        at: t.moment(item.at),
        kind: t.key(kind).into_owned(),
        gone: item.item.is_none(),
        text,
    }
}

fn given(t: &Say, opinion: &PanelOpinion) -> Opinion {
    let numbers: Vec<String> = opinion.based_on.iter().map(u32::to_string).collect();
    Opinion {
        verdict: t.key(texts::verdict(opinion.verdict)).into_owned(),
        reasons: opinion.reasons.as_str().to_owned(),
        given: t.date(opinion.given),
        valid_until: opinion.valid_until.map_or_else(
            || t.say("opinion-valid-always").into_owned(),
            |day| t.date(day),
        ),
        members: opinion
            .members
            .iter()
            .map(|m| m.expertise.as_str().to_owned())
            .collect(),
        based_on: numbers.join(", "),
    }
}

/// The panel in its fields of expertise; the secretary also reads the names.
async fn members(work: &Work, view: &OpinionView) -> Result<Vec<String>, Problem> {
    let OpinionState::InPanel { members, .. } = &view.state else {
        return Ok(Vec::new());
    };
    let known = match &view.secretary {
        Some(_) => opinion::candidates(&work.app.desk, &work.actor).await?,
        None => Vec::new(),
    };
    let line = |m: &domain::opinion::Member| {
        let name = known.iter().find(|k| k.user == m.user);
        match name {
            Some(name) => format!("{}: {}", name.name, m.expertise.as_str()),
            None => m.expertise.as_str().to_owned(),
        }
    };
    Ok(members.iter().map(line).collect())
}

fn admission(work: &Work, t: &Say, secretary: &Secretary) -> Admission {
    let directory = work.app.desk.directory();
    let kinds = &work.app.desk.vocabulary.organisation_kinds;
    let sent_to = secretary.sent_to.iter().map(|to| {
        let kind = words::label(kinds, to.kind.as_str(), work.today(), work.lang);
        let name = to.org.map_or(kind, |org| directory.name(org).to_owned());
        (name, t.moment(to.by.at), to.wish.as_str().to_owned())
    });
    Admission {
        asked_by: directory.name(secretary.asked_by).to_owned(),
        ended_on: secretary.ground.ended_on.map_or_else(
            || t.say("opinion-ground-not-ended").into_owned(),
            |day| t.date(day),
        ),
        aangifte: yes(t, secretary.ground.aangifte),
        rule: rule(t, secretary),
        obstacles: secretary
            .obstacles
            .iter()
            .map(|o| texts::obstacle(t, o))
            .collect(),
        sent_to: sent_to.collect(),
        events: secretary.steps.iter().map(|s| event(work, t, s)).collect(),
    }
}

fn yes(t: &Say, yes: bool) -> String {
    match yes {
        true => t.say("opinion-yes").into_owned(),
        false => t.say("opinion-no").into_owned(),
    }
}

fn rule(t: &Say, secretary: &Secretary) -> String {
    let term = match secretary.rule.within_weeks {
        Some(weeks) => t.say_n("opinion-rule-weeks", i64::from(weeks)),
        None => t.say("opinion-rule-no-term").into_owned(),
    };
    let aangifte = match secretary.rule.aangifte_needed {
        true => t.say("opinion-rule-aangifte"),
        false => t.say("opinion-rule-no-aangifte"),
    };
    format!("{term} {aangifte}")
}

fn event(work: &Work, t: &Say, step: &Step) -> Event {
    Event {
        when: t.moment(step.by.at),
        title: t.key(texts::step(&step.what)).into_owned(),
        who: work.app.desk.directory().name(step.by.org).to_owned(),
        body: step
            .why
            .as_ref()
            .map_or_else(String::new, |why| why.text.as_str().to_owned()),
    }
}

fn can(view: &OpinionView) -> Can {
    let secretary = view.secretary.is_some();
    match view.state {
        OpinionState::Requested => Can {
            admit: secretary,
            recuse: true,
            withdraw: secretary,
            ..Can::default()
        },
        OpinionState::Admitted { .. } => Can {
            compose: secretary,
            recuse: true,
            withdraw: secretary,
            ..Can::default()
        },
        OpinionState::InPanel { .. } => Can {
            give: true,
            compose: secretary,
            recuse: true,
            withdraw: secretary,
            ..Can::default()
        },
        OpinionState::Outcome { .. } => Can {
            send: secretary,
            ..Can::default()
        },
        OpinionState::NotAdmitted { .. } | OpinionState::Withdrawn { .. } => Can::default(),
    }
}
