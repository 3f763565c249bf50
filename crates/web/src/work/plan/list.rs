//! The register as a list: by line, with filters and how many each leaves.

use askama::Template;
use axum::response::Response;
use desk::plan::{self, Facets, ListFilter, ListedAction, Register};
use desk::{UseCase, access};
use domain::action::Line;
use domain::code::FormCode;
use domain::ids::OrgId;

use super::rounds::{WaitingLine, waiting};
use super::texts;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Deadline, Filter, FilterOption};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;

struct Row {
    id: String,
    number: String,
    title: String,
    status: String,
    tone: &'static str,
    holder: String,
    end: Option<Deadline>,
    last_told: String,
    overdue: bool,
    sent: String,
    proposed: bool,
}

struct Group {
    number: u32,
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "work/plan/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    keeps: bool,
    filters: Vec<Filter>,
    groups: Vec<Group>,
    shown: i64,
    all: i64,
    since: String,
    waiting: Vec<WaitingLine>,
}

const DONE: &[(&str, Key)] = &[("made", Key::new("plan-done-made"))];

/// Shows the register; the query holds codes and ids: `line`, `status`, `holder`, `form`, `overdue`.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let filter = filter(&work);
    let register = plan::list(&work.app.desk, &work.actor, work.now, &filter).await?;
    let t = work.say();
    html(&ListPage {
        frame: work.frame_after(DONE)?,
        keeps: access::permit(&work.actor, UseCase::KeepActions).is_ok(),
        filters: filters(&work, &t, &filter, &register),
        groups: register
            .groups
            .iter()
            .filter(|g| !g.actions.is_empty())
            .map(|g| Group {
                number: u32::from(g.line.number()),
                name: texts::line(&work.app, &t, g.line),
                rows: g.actions.iter().map(|a| row(&work, &t, a)).collect(),
            })
            .collect(),
        shown: i64::try_from(register.shown).unwrap_or(i64::MAX),
        all: i64::try_from(register.all).unwrap_or(i64::MAX),
        since: t.date(register.since),
        waiting: waiting(&work, &t).await?,
        t,
    })
}

fn filter(work: &Work) -> ListFilter {
    let number: Option<u8> = work.query("line").parse().ok();
    let status = texts::STATUSES
        .iter()
        .find(|(code, _)| *code == work.query("status"));
    ListFilter {
        line: number.and_then(|n| Line::try_from(n).ok()),
        status: status.map(|(_, status)| *status),
        holder: work.query("holder").parse().ok(),
        form: FormCode::new(work.query("form")).ok(),
        overdue: work.query("overdue") == "yes",
    }
}

/// The list's address with these filters.
fn address(filter: &ListFilter) -> String {
    let mut parts = Vec::new();
    if let Some(line) = filter.line {
        parts.push(format!("line={}", line.number()));
    }
    if let Some(status) = filter.status {
        parts.push(format!("status={}", status.code()));
    }
    if let Some(holder) = filter.holder {
        parts.push(format!("holder={holder}"));
    }
    if let Some(form) = &filter.form {
        parts.push(format!("form={form}"));
    }
    if filter.overdue {
        parts.push("overdue=yes".to_owned());
    }
    match parts.is_empty() {
        true => "/work/plan".to_owned(),
        false => format!("/work/plan?{}", parts.join("&")),
    }
}

fn filters(work: &Work, t: &Say, now: &ListFilter, register: &Register) -> Vec<Filter> {
    let facets = &register.facets;
    let mut out = vec![lines(t, now, facets), statuses(t, now, facets)];
    if facets.holders.len() > 1 || now.holder.is_some() {
        out.push(holders(work, t, now, facets));
    }
    out.push(forms(work, t, now, facets));
    out.push(overdue(t, now, facets));
    out
}

fn group(t: &Say, label: Key, all: FilterOption, options: Vec<FilterOption>) -> Filter {
    Filter {
        label: t.key(label).into_owned(),
        options: std::iter::once(all).chain(options).collect(),
    }
}

fn option(label: String, filter: &ListFilter, count: i64, current: bool) -> FilterOption {
    FilterOption {
        label,
        href: address(filter),
        count,
        current,
    }
}

fn all(t: &Say, filter: &ListFilter, count: i64, current: bool) -> FilterOption {
    option(t.say("plan-all").into_owned(), filter, count, current)
}

fn lines(t: &Say, now: &ListFilter, facets: &Facets) -> Filter {
    let with = |line| ListFilter {
        line,
        ..now.clone()
    };
    let options = Line::ALL.iter().map(|line| {
        let count = facets.lines.get(&line.number()).copied().unwrap_or(0);
        let current = now.line == Some(*line);
        option(
            line.number().to_string(),
            &with(Some(*line)),
            count,
            current,
        )
    });
    let sum = facets.lines.values().sum();
    let first = all(t, &with(None), sum, now.line.is_none());
    group(t, Key::new("plan-line"), first, options.collect())
}

fn statuses(t: &Say, now: &ListFilter, facets: &Facets) -> Filter {
    let with = |status| ListFilter {
        status,
        ..now.clone()
    };
    let options = texts::STATUSES.iter().map(|(_, status)| {
        let count = facets.statuses.get(status).copied().unwrap_or(0);
        let current = now.status == Some(*status);
        let label = t.key(texts::status(*status)).into_owned();
        option(label, &with(Some(*status)), count, current)
    });
    let sum = facets.statuses.values().sum();
    let first = all(t, &with(None), sum, now.status.is_none());
    group(t, Key::new("plan-status"), first, options.collect())
}

fn holders(work: &Work, t: &Say, now: &ListFilter, facets: &Facets) -> Filter {
    let with = |holder| ListFilter {
        holder,
        ..now.clone()
    };
    let directory = work.app.desk.directory();
    let mut known: Vec<(&str, OrgId, i64)> = facets
        .holders
        .iter()
        .map(|(org, count)| (directory.name(*org), *org, *count))
        .collect();
    known.sort_unstable();
    let options = known.into_iter().map(|(name, org, count)| {
        let current = now.holder == Some(org);
        option(name.to_owned(), &with(Some(org)), count, current)
    });
    let sum = facets.holders.values().sum();
    let first = all(t, &with(None), sum, now.holder.is_none());
    group(t, Key::new("plan-holder"), first, options.collect())
}

/// An action for all forms aims at each of them, so the counts of the forms add up to more than there are.
fn forms(work: &Work, t: &Say, now: &ListFilter, facets: &Facets) -> Filter {
    let with = |form| ListFilter {
        form,
        ..now.clone()
    };
    let general = facets.forms.get("").copied().unwrap_or(0);
    let named = facets.forms.iter().filter(|(code, _)| !code.is_empty());
    let options = named.filter_map(|(code, count)| {
        let code = FormCode::new(code.as_str()).ok()?;
        let label = texts::forms(&work.app, t, std::slice::from_ref(&code));
        let current = now.form.as_ref() == Some(&code);
        Some(option(label, &with(Some(code)), count + general, current))
    });
    let first = all(t, &with(None), facets.all_forms, now.form.is_none());
    group(t, Key::new("plan-forms"), first, options.collect())
}

fn overdue(t: &Say, now: &ListFilter, facets: &Facets) -> Filter {
    let with = |overdue| ListFilter {
        overdue,
        ..now.clone()
    };
    let late = option(
        t.say("plan-overdue").into_owned(),
        &with(true),
        facets.overdue,
        now.overdue,
    );
    let first = all(t, &with(false), facets.all_told, !now.overdue);
    group(t, Key::new("plan-told"), first, vec![late])
}

fn row(work: &Work, t: &Say, action: &ListedAction) -> Row {
    let running = !action.status.is_final();
    Row {
        id: action.id.to_string(),
        number: action.number.clone(),
        title: action.title.clone(),
        status: t.key(texts::status(action.status)).into_owned(),
        tone: texts::tone(action.status),
        holder: work.app.desk.directory().name(action.holder).to_owned(),
        end: action
            .end
            .filter(|_| running)
            .map(|end| Deadline::new(end, work.today())),
        last_told: action.last_told.map_or_else(String::new, |d| t.date(d)),
        overdue: action.overdue,
        sent: action
            .sent
            .map_or_else(String::new, |d| t.say_with("plan-sent", "day", t.date(d))),
        proposed: action.proposed,
    }
}
