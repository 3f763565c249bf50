//! Oversight for the auditor: who looked at a matter and what explains it, what the watch found, and what the watch must know.
//! Journals only, never content; one compartment at a time.

mod decisions;
mod finding;
mod home;
mod looks;
mod marks;
mod texts;

use ::desk::kept::Store;
use desk::UseCase;
use desk::access::permit;
use desk::oversight::COMPARTMENTS;

use crate::page::ui::{Choice, Crumb};
use crate::routes::Routes;
use crate::texts::Key;
use crate::words::reference as short;
use crate::work::{Work, stores};

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/oversight", UseCase::ReadFindings, home::show)
        .get("/work/oversight/who", UseCase::SearchLooks, looks::show)
        .get(
            "/work/oversight/decisions",
            UseCase::ReadDecisions,
            decisions::show,
        )
        .get(
            "/work/oversight/decisions/{store}/{id}",
            UseCase::ReadDecisions,
            decisions::one,
        )
        .get(
            "/work/oversight/findings/{id}",
            UseCase::ReadFindings,
            finding::show,
        )
        .post(
            "/work/oversight/findings/{id}",
            UseCase::JudgeFinding,
            finding::decide,
        )
        .get("/work/oversight/marks", UseCase::KeepMarks, marks::show)
        .post("/work/oversight/marks", UseCase::KeepMarks, marks::make)
        .post(
            "/work/oversight/marks/{id}/end",
            UseCase::KeepMarks,
            marks::end,
        )
}

/// What was just done.
const DONE: &[(&str, Key)] = &[
    ("decided", Key::new("oversight-done-decided")),
    ("marked", Key::new("oversight-done-marked")),
    ("ended", Key::new("oversight-done-ended")),
];

/// The way back: a data protection officer comes here from the registers.
fn crumbs(work: &Work) -> Vec<Crumb> {
    let t = work.say();
    vec![match permit(&work.actor, UseCase::ReadFindings) {
        Ok(_) => Crumb::new(t.say("nav-oversight"), "/work/oversight"),
        Err(_) => Crumb::new(t.say("nav-registers"), "/work/registers"),
    }]
}

/// The compartments, as choices.
fn compartments(work: &Work) -> Vec<Choice> {
    let (t, today) = (work.say(), work.today());
    COMPARTMENTS
        .into_iter()
        .map(|store| Choice::new(store.name(), stores::name(&work.app, store, today, &t)))
        .collect()
}

fn compartment(name: &str) -> Option<Store> {
    Store::from_name(name).filter(|store| COMPARTMENTS.contains(store))
}

/// An id or code: signs that need no writing out in an address, and nothing that a person's name would have.
fn is_code(value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !value.is_empty() && value.len() <= 100 && value.bytes().all(plain)
}
