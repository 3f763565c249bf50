//! Who looked at one matter in one compartment, with what explains each access.

use ::desk::DeskError;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::oversight::{self, Ask, Looked, Looks, MOST_SHOWN};
use domain::time::amsterdam;
use domain::watch::Relation;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{compartment, compartments, crumbs, is_code, short, texts};
use crate::form::Filled;
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::journal::{acts, line};
use crate::work::{Work, stores};

struct Line {
    seq: i64,
    at: Timestamp,
    who: String,
    who_href: String,
    role: String,
    organisation: String,
    act: String,
    fields: String,
    relation: String,
    tone: &'static str,
}

struct Total {
    label: String,
    count: usize,
}

struct Found {
    matter: String,
    store: String,
    records: usize,
    total: usize,
    unexplained: usize,
    totals: Vec<Total>,
    cut_off: bool,
    more: usize,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "work/oversight/who.html")]
struct WhoPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    stores: Vec<Choice>,
    found: Option<Found>,
}

const NAMES: [&str; 6] = ["store", "record", "actor", "from", "until", "unexplained"];

/// What was asked, and the form as it was filled in.
struct Asked {
    ask: Option<Ask>,
    filled: Filled,
}

fn read(work: &Work) -> Asked {
    let pairs = NAMES.map(|name| (name, work.query(name)));
    let mut filled = Filled::with(&pairs);
    let store = compartment(work.query("store"));
    if store.is_none() {
        filled = filled.refused("store", Key::new("form-error-choice"));
    }
    let record = work.query("record").trim();
    if record.is_empty() {
        filled = filled.refused("record", Key::new("form-error-required"));
    } else if !is_code(record) {
        filled = filled.refused("record", Key::new("journal-no-code"));
    }
    let actor = work.query("actor").trim();
    if !actor.is_empty() && !is_code(actor) {
        filled = filled.refused("actor", Key::new("journal-no-code"));
    }
    let mut days = Vec::new();
    for field in ["from", "until"] {
        let text = work.query(field);
        let day = text.parse::<Date>().ok();
        if !text.is_empty() && day.is_none() {
            filled = filled.refused(field, Key::new("form-error-date"));
        }
        days.push(day);
    }
    let from = days.first().copied().flatten();
    let until = days.last().copied().flatten();
    let ask = store.filter(|_| !filled.is_wrong()).map(|store| Ask {
        store,
        record: record.to_owned(),
        actor: (!actor.is_empty()).then(|| actor.to_owned()),
        from: from.and_then(start_of),
        before: until.and_then(|day| day.tomorrow().ok()).and_then(start_of),
        unexplained: work.query("unexplained") == "yes",
    });
    Asked { ask, filled }
}

fn start_of(day: Date) -> Option<Timestamp> {
    let start = day.to_zoned(amsterdam()).ok()?;
    Some(start.timestamp())
}

/// Shows who looked; without a question the form alone.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let asked = match NAMES.iter().any(|name| !work.query(name).is_empty()) {
        true => read(&work),
        false => Asked {
            ask: None,
            filled: Filled::with(&[("store", "k3")]),
        },
    };
    let Some(ask) = asked.ask else {
        let wrong = asked.filled.is_wrong();
        let page = page(&work, asked.filled, None)?;
        return match wrong {
            true => html_as(StatusCode::UNPROCESSABLE_ENTITY, &page),
            false => html(&page),
        };
    };
    match oversight::who_looked(&work.app.desk, &work.actor, work.now, &ask).await {
        Ok(looks) => {
            let found = found(&work, &ask, looks);
            html(&page(&work, asked.filled, Some(found))?)
        }
        Err(DeskError::Invalid(_)) => {
            let filled = asked.filled.refused("record", Key::new("journal-no-code"));
            html_as(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&work, filled, None)?,
            )
        }
        Err(error) => Err(refuse(error)),
    }
}

fn page(work: &Work, f: Filled, found: Option<Found>) -> Result<WhoPage, Problem> {
    Ok(WhoPage {
        t: work.say(),
        frame: work.frame()?,
        crumbs: crumbs(work),
        f,
        stores: compartments(work),
        found,
    })
}

fn found(work: &Work, ask: &Ask, looks: Looks) -> Found {
    let t = work.say();
    let listed = match ask.unexplained {
        true => looks.unexplained(),
        false => looks.total(),
    };
    let order = std::iter::once(None).chain(Relation::ALL.into_iter().map(Some));
    let totals = order.filter_map(|relation| {
        let count = *looks.totals.get(&relation)?;
        Some(Total {
            label: t.key(texts::relation(relation)).into_owned(),
            count,
        })
    });
    Found {
        store: stores::name(&work.app, ask.store, work.today(), &t),
        records: looks.records,
        total: looks.total(),
        unexplained: looks.unexplained(),
        totals: totals.collect(),
        cut_off: looks.cut_off,
        more: listed.saturating_sub(MOST_SHOWN),
        lines: looks
            .looks
            .iter()
            .map(|look| row(work, &t, ask, &looks, look))
            .collect(),
        matter: short(&looks.matter),
    }
}

fn row(work: &Work, t: &Say, ask: &Ask, looks: &Looks, look: &Looked) -> Line {
    let context = &look.entry.context;
    let mut fields: Vec<&str> = Vec::new();
    for field in look
        .entry
        .records
        .iter()
        .flat_map(|touched| &touched.fields)
    {
        if !fields.contains(&field.as_str()) {
            fields.push(field);
        }
    }
    let directory = work.app.desk.directory();
    let org = context.org.parse();
    Line {
        seq: look.entry.seq,
        at: context.at,
        who: line::who(t, &looks.people, &context.actor),
        who_href: format!(
            "/work/oversight/who?store={}&record={}&actor={}",
            ask.store.name(),
            ask.record,
            context.actor
        ),
        role: line::role(work, t, &context.role),
        organisation: org.map_or_else(|_| String::new(), |org| directory.name(org).to_owned()),
        act: acts::name(&context.act, t),
        fields: fields.join(", "),
        relation: t.key(texts::relation(look.relation)).into_owned(),
        tone: texts::relation_tone(look.relation).class(),
    }
}
