//! The desk of an edition: every part of the letter with what stands in it, what is wrong, and what can be done now.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::letter::{self, EditionView};
use domain::action::{Action, Line};
use domain::edition::{CommitmentKind, Edition, EditionState};

use super::{id, list, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::plan::texts as plan;

struct LineOf {
    number: u8,
    name: String,
    chosen: i64,
}

struct Closed {
    at: usize,
    kind: String,
    text: String,
    reference: String,
}

struct Late {
    id: String,
    number: String,
    title: String,
    told: String,
}

/// A correction of a frozen edition.
pub(super) struct Correction {
    pub at: String,
    pub place: String,
    pub wrong: String,
    pub right: String,
    pub reason: String,
}

struct Frozen {
    at: String,
    sha256: String,
    size: String,
    signed: bool,
}

#[derive(Template)]
#[template(path = "work/letters/page.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    version: i64,
    name: String,
    period: String,
    state: String,
    tone: &'static str,
    draft: bool,
    can_be_sent: bool,
    faults: Vec<(String, String)>,
    head: Vec<(String, String)>,
    has_opening: bool,
    subjects: i64,
    lines: Vec<LineOf>,
    figures: Vec<String>,
    commitments: Vec<Closed>,
    annex: i64,
    late: Vec<Late>,
    sent: Vec<Late>,
    frozen: Option<Frozen>,
    errata: Vec<Correction>,
}

const DONE: &[(&str, Key)] = &[
    ("saved", Key::new("letter-done-saved")),
    ("frozen", Key::new("letter-done-frozen")),
    ("corrected", Key::new("letter-done-corrected")),
    ("sent", Key::new("letter-done-sent")),
];

/// The step above the pages of an edition.
pub fn crumbs(t: &Say) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-letters"), "/work/letters")]
}

/// Shows the desk.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let view = letter::read(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let edition = &view.edition;
    let content = edition.content();
    let state = edition.state_name();
    html(&Page {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t),
        id: id.to_string(),
        version: view.version,
        name: edition.name.to_string(),
        period: list::period(&t, edition.period.from, edition.period.until),
        state: t.key(texts::state(state)).into_owned(),
        tone: texts::tone(state),
        draft: matches!(edition.state(), EditionState::Draft),
        can_be_sent: matches!(edition.state(), EditionState::Frozen { .. }),
        faults: view
            .faults
            .iter()
            .map(|f| (texts::place(&t, f.place()), texts::fault(&t, f)))
            .collect(),
        head: head(&t, &view),
        has_opening: content.opening.is_some(),
        subjects: count(content.other_subjects.len()),
        lines: lines(&work, &t, &view),
        figures: figures(&t, &view),
        commitments: commitments(&t, &view),
        annex: count(domain::edition::annex(&view.register).len()),
        late: view.overdue.iter().map(|a| late(&t, a)).collect(),
        sent: sent(&t, &view),
        frozen: view.frozen.as_ref().map(|frozen| Frozen {
            at: t.moment(frozen.at),
            sha256: frozen.pdf_sha256.clone(),
            size: t.say_n("letter-kilobytes", count_bytes(frozen.pdf_bytes)),
            signed: frozen.signed,
        }),
        errata: errata(&t, &view.edition),
        t,
    })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count_bytes(bytes: u64) -> i64 {
    i64::try_from(bytes.div_ceil(1024)).unwrap_or(i64::MAX)
}

fn head(t: &Say, view: &EditionView) -> Vec<(String, String)> {
    let content = view.edition.content();
    let text = |text: &Option<domain::SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    let signatory = content.signatory.as_ref();
    let together: Vec<&str> = content
        .co_signatories
        .iter()
        .map(|s| s.office.as_str())
        .collect();
    let previous = content.previous.as_ref();
    let facts = [
        (
            Key::new("letter-office"),
            signatory.map_or_else(String::new, |s| s.office.as_str().to_owned()),
        ),
        (
            Key::new("letter-signed-by"),
            signatory.map_or_else(String::new, |s| s.name.as_str().to_owned()),
        ),
        (Key::new("letter-co-signatories"), together.join("\n")),
        (Key::new("letter-subject"), text(&content.subject)),
        (Key::new("letter-place"), text(&content.place)),
        (
            Key::new("letter-dated"),
            content.dated.map_or_else(String::new, |d| t.date(d)),
        ),
        (
            Key::new("letter-previous"),
            previous.map_or_else(String::new, |p| p.as_written.as_str().to_owned()),
        ),
        (
            Key::new("letter-previous-resolved"),
            previous
                .and_then(|p| p.resolved.clone())
                .unwrap_or_default(),
        ),
        (
            Key::new("letter-previous-date"),
            previous
                .and_then(|p| p.date)
                .map_or_else(String::new, |d| t.date(d)),
        ),
    ];
    facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (t.key(key).into_owned(), value))
        .collect()
}

fn lines(work: &Work, t: &Say, view: &EditionView) -> Vec<LineOf> {
    Line::ALL
        .into_iter()
        .map(|line| LineOf {
            number: line.number(),
            name: plan::line(&work.app, t, line),
            chosen: count(view.edition.highlights(line).count()),
        })
        .collect()
}

fn figures(t: &Say, view: &EditionView) -> Vec<String> {
    let chosen = view.figures.iter().filter(|f| f.chosen);
    chosen
        .map(|f| {
            let figure = &f.figure.figure;
            format!("{} ({})", figure.title.nl, t.date(figure.reference_date))
        })
        .collect()
}

fn commitments(t: &Say, view: &EditionView) -> Vec<Closed> {
    let all = view.edition.content().commitments.iter().enumerate();
    all.map(|(at, one)| {
        let kind = match one.kind {
            CommitmentKind::Motie => Key::new("letter-motie"),
            CommitmentKind::Toezegging => Key::new("letter-toezegging"),
        };
        Closed {
            at,
            kind: t.key(kind).into_owned(),
            text: one.text.as_str().to_owned(),
            reference: one.reference.as_written.as_str().to_owned(),
        }
    })
    .collect()
}

fn late(t: &Say, action: &Action) -> Late {
    Late {
        id: action.id.to_string(),
        number: action.plan.number.clone(),
        title: action.plan.title.as_str().to_owned(),
        told: action
            .last_told()
            .map_or_else(|| t.say("letter-never-told").into_owned(), |d| t.date(d)),
    }
}

/// What was sent for this letter and was not taken over yet.
fn sent(t: &Say, view: &EditionView) -> Vec<Late> {
    let all = view.register.iter();
    all.filter_map(|action| {
        let day = view.sent.get(&action.id)?;
        Some(Late {
            told: t.say_with("plan-sent", "day", t.date(*day)),
            ..late(t, action)
        })
    })
    .collect()
}

/// The corrections of an edition, in the order in which they were made.
pub(super) fn errata(t: &Say, edition: &Edition) -> Vec<Correction> {
    let all = edition.errata().iter();
    all.map(|one| Correction {
        at: t.date_of(one.by.at),
        place: one.place.as_str().to_owned(),
        wrong: one.wrong.as_str().to_owned(),
        right: one.right.as_str().to_owned(),
        reason: one.reason.as_str().to_owned(),
    })
    .collect()
}
