//! One finding: the reason, the entries behind it, and what was decided.

use ::desk::kept::Entry;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::oversight::{self, FindingView, Verdict};
use domain::SafeText;

use super::{DONE, crumbs, is_code, short, texts};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb, Event};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::Say;
use crate::work::form_page::{safe_text, seen};
use crate::work::journal::{acts, line};
use crate::work::{Work, WorkForm, stores};

struct Line {
    at: jiff::Timestamp,
    store: String,
    href: String,
    seq: i64,
    act: String,
}

#[derive(Template)]
#[template(path = "work/oversight/finding.html")]
struct FindingPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    id: String,
    reference: String,
    version: i64,
    why: String,
    because: String,
    who: String,
    organisation: String,
    first: jiff::Timestamp,
    last: jiff::Timestamp,
    found_at: jiff::Timestamp,
    state: String,
    tone: &'static str,
    lines: Vec<Line>,
    decisions: Vec<Event>,
    verdicts: Vec<Choice>,
}

const LONGEST: usize = 1_000;

const VERDICTS: [(&str, Verdict); 2] = [
    ("explained", Verdict::Explained),
    ("follow_up", Verdict::FollowUp),
];

fn checked(id: &str) -> Result<&str, Problem> {
    match is_code(id) {
        true => Ok(id),
        false => Err(Problem::not_found()),
    }
}

/// Shows the finding.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = checked(&id)?;
    let view = oversight::read_finding(&work.app.desk, &work.actor, work.now, id).await;
    html(&page(&work, view.map_err(refuse)?, Filled::blank())?)
}

fn page(work: &Work, view: FindingView, f: Filled) -> Result<FindingPage, Problem> {
    let t = work.say();
    let finding = &view.finding;
    let directory = work.app.desk.directory();
    let state = finding
        .decisions
        .last()
        .map_or("open", |d| d.verdict.code());
    Ok(FindingPage {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(work),
        f,
        reference: short(&view.id),
        version: view.version,
        why: t.key(texts::why(finding.why)).into_owned(),
        because: texts::because(finding, &t),
        who: line::who(&t, &view.people, &finding.actor),
        organisation: finding
            .org
            .map_or_else(|| "–".to_owned(), |org| directory.name(org).to_owned()),
        first: finding.first,
        last: finding.last,
        found_at: finding.found_at,
        state: t.key(texts::state(state)).into_owned(),
        tone: texts::state_tone(state).class(),
        lines: view
            .entries
            .iter()
            .map(|entry| row(work, &t, entry))
            .collect(),
        decisions: decisions(&view, &t),
        verdicts: VERDICTS
            .map(|(code, _)| Choice::new(code, t.key(texts::state(code))))
            .to_vec(),
        id: view.id,
        t,
    })
}

/// Where and when, never which record: entries of one finding can stand in two compartments, and a page may not bring those together.
fn row(work: &Work, t: &Say, entry: &Entry) -> Line {
    let store = entry.store;
    Line {
        at: entry.context.at,
        store: stores::name(&work.app, store, work.today(), t),
        href: format!(
            "/work/journal?store={}&after={}",
            store.name(),
            entry.seq.saturating_add(1)
        ),
        seq: entry.seq,
        act: acts::name(&entry.context.act, t),
    }
}

fn decisions(view: &FindingView, t: &Say) -> Vec<Event> {
    let decisions = view.finding.decisions.iter();
    decisions
        .map(|decision| Event {
            when: t.moment(decision.by.at),
            title: t.key(texts::state(decision.verdict.code())).into_owned(),
            who: line::who(t, &view.people, &decision.by.user.to_string()),
            body: decision.reason.as_str().to_owned(),
        })
        .collect()
}

struct Decided {
    verdict: Verdict,
    reason: SafeText,
    seen: i64,
}

/// Records the decision.
pub async fn decide(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = checked(&id)?;
    let mut form = Form::new(body);
    let verdict = form.one_of("verdict", &VERDICTS).required();
    let reason = safe_text(&mut form, "reason", LONGEST).required();
    let version = seen(&mut form);
    let read = form.finish(|| {
        Ok(Decided {
            verdict: verdict?,
            reason: reason?,
            seen: version?,
        })
    });
    let desk = &work.app.desk;
    let decided = match read {
        Ok(decided) => decided,
        Err(filled) => {
            let view = oversight::read_finding(desk, &work.actor, work.now, id).await;
            let page = page(&work, view.map_err(refuse)?, filled)?;
            return html_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let Decided {
        verdict,
        reason,
        seen,
    } = decided;
    oversight::decide(desk, &work.actor, work.now, id, seen, verdict, reason)
        .await
        .map_err(refuse)?;
    let to = format!("/work/oversight/findings/{id}?done=decided");
    Ok(Redirect::to(&to).into_response())
}
