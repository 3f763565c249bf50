//! Reviewing that somebody broke the glass: the list, and one time with its reason and what was looked at.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::glass::{self, ReviewRow, ReviewView};
use desk::{DeskError, UseCase};
use domain::need::{GlassState, MatterKind, REASON_MAX, ReviewOutcome};
use domain::time::dutch_date;

use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb, Deadline, Tone};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::work::cases::texts;
use crate::work::form_page::{LOOKED, refused, refused_page, safe_text, seen};
use crate::work::journal::acts;
use crate::work::need::{reference, title as title_of_matter};
use crate::work::{Work, WorkForm};

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let (case, intake) = (UseCase::ReviewGlass, UseCase::ReviewIntakeGlass);
    routes
        .get("/work/reviews", case, |work: Work| {
            list(work, MatterKind::Case)
        })
        .get(
            "/work/reviews/{id}",
            case,
            |work: Work, Path(id): Path<String>| show(work, MatterKind::Case, id),
        )
        .post(
            "/work/reviews/{id}",
            case,
            |work: Work, Path(id): Path<String>, form: WorkForm| {
                decide(work, MatterKind::Case, id, form)
            },
        )
        .get("/work/reviews/intakes", intake, |work: Work| {
            list(work, MatterKind::Intake)
        })
        .get(
            "/work/reviews/intakes/{id}",
            intake,
            |work: Work, Path(id): Path<String>| show(work, MatterKind::Intake, id),
        )
        .post(
            "/work/reviews/intakes/{id}",
            intake,
            |work: Work, Path(id): Path<String>, form: WorkForm| {
                decide(work, MatterKind::Intake, id, form)
            },
        )
}

/// Where the reviews of a kind of matter are.
fn path_of(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Intake => "/work/reviews/intakes",
        _ => "/work/reviews",
    }
}

const DONE: &[(&str, Key)] = &[("reviewed", Key::new("need-done-reviewed"))];
const OUTCOMES: [(&str, ReviewOutcome); 2] = [
    ("in_order", ReviewOutcome::InOrder),
    ("not_in_order", ReviewOutcome::NotInOrder),
];

struct Line {
    id: String,
    reference: String,
    name: String,
    organisation: String,
    at: jiff::Timestamp,
    state: String,
    tone: &'static str,
    due: Option<Deadline>,
}

#[derive(Template)]
#[template(path = "work/reviews/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    lines: Vec<Line>,
    path: &'static str,
}

fn state(code: &str) -> (Key, Tone) {
    match code {
        "in_force" => (Key::new("need-review-in-force"), Tone::Warning),
        "to_review" => (Key::new("need-review-waits"), Tone::Warning),
        _ => (Key::new("need-review-done"), Tone::Ok),
    }
}

/// Shows what waits, and what was reviewed last.
async fn list(work: Work, kind: MatterKind) -> Result<Response, Problem> {
    let t = work.say();
    let found = glass::reviews(&work.app.desk, &work.actor, kind).await?;
    html(&ListPage {
        frame: work.frame_after(DONE)?,
        path: path_of(kind),
        lines: found.into_iter().map(|row| line(&work, &t, row)).collect(),
        t,
    })
}

fn line(work: &Work, t: &Say, row: ReviewRow) -> Line {
    let (label, tone) = state(&row.state);
    Line {
        reference: reference(row.seen.matter),
        name: row.seen.name,
        organisation: work.app.desk.directory().name(row.seen.org).to_owned(),
        at: row.seen.at,
        state: t.key(label).into_owned(),
        tone: tone.class(),
        due: row
            .due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
        id: row.id,
    }
}

struct LookLine {
    at: jiff::Timestamp,
    act: String,
    records: usize,
}

#[derive(Template)]
#[template(path = "work/reviews/review.html")]
struct ReviewPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    path: &'static str,
    id: String,
    version: i64,
    reference: String,
    name: String,
    organisation: String,
    from: jiff::Timestamp,
    until: jiff::Timestamp,
    reason: String,
    state: String,
    tone: &'static str,
    due: Option<Deadline>,
    looks: Vec<LookLine>,
    /// Why it cannot be reviewed by this reader, or not yet; empty: it can.
    not_now: String,
    judged: String,
    judged_why: String,
    outcomes: Vec<Choice>,
    ask_looked: bool,
}

/// Shows one time.
async fn show(work: Work, kind: MatterKind, id: String) -> Result<Response, Problem> {
    let id = checked(&id)?;
    html(&page(&work, kind, &id, Filled::blank()).await?)
}

fn checked(id: &str) -> Result<String, Problem> {
    let id: domain::ids::BreakGlassId = id.parse().map_err(|_| Problem::not_found())?;
    Ok(id.to_string())
}

async fn page(work: &Work, kind: MatterKind, id: &str, f: Filled) -> Result<ReviewPage, Problem> {
    let view = glass::read_review(&work.app.desk, &work.actor, work.now, kind, id).await;
    let view = view.map_err(|error| refused_page(error, words))?;
    let t = work.say();
    let stored = &view.stored;
    let broken = &stored.glass;
    let (label, tone) = state(broken.state_name());
    let (judged, judged_why) = match broken.state() {
        GlassState::Reviewed { review, .. } => (
            t.key(texts::reviewed(review.outcome)).into_owned(),
            review.reason.as_str().to_owned(),
        ),
        GlassState::InForce | GlassState::ToReview { .. } => (String::new(), String::new()),
    };
    let looks_like = Key::new("cases-looks-like-address");
    let ask_looked =
        !f.value(LOOKED).is_empty() || f.errors().iter().any(|e| e.message().key() == looks_like);
    Ok(ReviewPage {
        frame: work.frame_after(DONE)?,
        crumbs: vec![Crumb::new(t.say("nav-reviews"), path_of(kind))],
        f,
        path: path_of(kind),
        id: id.to_owned(),
        version: view.version,
        reference: title_of_matter(&t, broken.matter),
        name: stored.name.clone(),
        organisation: work.app.desk.directory().name(broken.opened.org).to_owned(),
        from: broken.opened.at,
        until: broken.over(),
        reason: broken.reason.as_str().to_owned(),
        state: t.key(label).into_owned(),
        tone: tone.class(),
        due: view
            .due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
        looks: looks(&t, &view),
        not_now: not_now(&t, &view),
        judged,
        judged_why,
        outcomes: OUTCOMES
            .map(|(code, outcome)| Choice::new(code, t.key(texts::reviewed(outcome))))
            .to_vec(),
        ask_looked,
        t,
    })
}

fn looks(t: &Say, view: &ReviewView) -> Vec<LookLine> {
    let looks = view.looks.iter();
    looks
        .map(|look| LookLine {
            at: look.at,
            act: acts::name(&look.act, t),
            records: look.records,
        })
        .collect()
}

fn not_now(t: &Say, view: &ReviewView) -> String {
    use domain::need::ReviewRefusal as R;
    let key = match (view.not_yours, view.stored.glass.state()) {
        (Some(R::Own), _) => Key::new("need-review-own"),
        (Some(R::SameTeam), _) => Key::new("need-review-same-team"),
        (Some(R::WrongOrganisation), _) => Key::new("need-review-organisation"),
        (None, GlassState::InForce) => Key::new("need-review-too-early"),
        (None, GlassState::ToReview { .. } | GlassState::Reviewed { .. }) => {
            return String::new();
        }
    };
    t.key(key).into_owned()
}

fn words(key: &str) -> Option<Key> {
    Some(match key {
        "looks_like_address" => Key::new("cases-looks-like-address"),
        "glass-own" => Key::new("need-review-own"),
        "glass-same-team" => Key::new("need-review-same-team"),
        "glass-organisation" => Key::new("need-review-organisation"),
        "glass-in-force" => Key::new("need-review-too-early"),
        "glass-reviewed" => Key::new("need-review-done-before"),
        _ => return None,
    })
}

/// Records the review.
async fn decide(
    work: Work,
    kind: MatterKind,
    id: String,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = checked(&id)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let outcome = form.one_of("outcome", &OUTCOMES).required();
    let reason = safe_text(&mut form, "reason", REASON_MAX).required();
    let looked = form.flag(LOOKED).read();
    let version = seen(&mut form);
    let read = form.finish(|| Ok((outcome?, reason?, looked?, version?)));
    let (outcome, reason, looked, version) = match read {
        Ok(read) => read,
        Err(filled) => {
            let page = page(&work, kind, &id, filled).await?;
            return html_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    let done = glass::review(
        desk, actor, work.now, kind, &id, version, outcome, reason, looked,
    );
    match done.await {
        Ok(()) => {
            let path = path_of(kind);
            Ok(Redirect::to(&format!("{path}?done=reviewed")).into_response())
        }
        Err(DeskError::NotFound { .. }) => Err(Problem::not_found()),
        Err(error) => {
            let filled = refused(typed, error, &["reason"], words)?;
            let page = page(&work, kind, &id, filled).await?;
            html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
