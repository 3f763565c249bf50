//! May I share this? Asks the law and writes one entry per decision in the journal of the asker's own compartment.
//!
//! A question holds kinds and ages, never a person; so does the entry. What it keeps is enough to ask again: the day, the
//! version of the law, everything that decided.

use std::sync::Arc;

use ::law::authzen;
use jiff::Timestamp;
use serde_json::Value;
use vault::{Change, Context, Store};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::decisions;
use crate::error::{DeskError, FieldError, Result};

pub use ::law::authzen::{Evaluation, EvaluationError, PROFILE};
pub use ::law::{
    Answer, ConsentSeen, Grade, GroundGiven, Instead, LONGEST, Law, Question, Said, Spoken,
    Verdict, Version, Withheld, words,
};

/// A decision with the number to call when there is none.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The answer.
    pub answer: Answer,
    /// The host's duty number, when the engine failed.
    pub duty_phone: Option<String>,
}

/// The compartments from which is asked, with the use case that says who works there. Whoever works in several asks from the
/// first; whoever works in none asks from the system's own store.
const COMPARTMENTS: [UseCase; 7] = [
    UseCase::AskSharingInvestigation,
    UseCase::AskSharingCare,
    UseCase::AskSharingSignals,
    UseCase::AskSharingOpinion,
    UseCase::AskSharingRegistration,
    UseCase::AskSharingBarriers,
    UseCase::AskSharingProgramme,
];

/// Reads a question.
///
/// # Errors
/// [`DeskError::Invalid`] with every fault and the member it is in.
pub fn read(desk: &Desk, json: &[u8]) -> Result<Question> {
    desk.law()?.read_question(json).map_err(|error| {
        let faults = error.faults().iter().map(|fault| FieldError {
            field: fault.at.clone(),
            key: "sharing-question".to_owned(),
            detail: fault.expected.clone(),
        });
        DeskError::Invalid(faults.collect())
    })
}

/// Decides; the journal and the log of decisions have it before it is shown. `trace` is the `traceparent` of an application that asks.
pub async fn decide(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    question: &Question,
    trace: Option<&str>,
) -> Result<Decision> {
    let (store, context) = asked_from(actor, now)?;
    let law = desk.law()?;
    let answer = law.decide(question);
    let about = decisions::About {
        store,
        person: None,
        trace,
    };
    let (_, record) = decisions::recorded(desk, now, &law, question, &answer, about).await?;
    let facts = law.facts(question, &answer);
    let fields: Vec<&str> = facts.iter().map(String::as_str).collect();
    let at = format!(
        "{}-{}-{}",
        law.route(question),
        verdict(answer.verdict),
        law.day(question)
    );
    let change = Change::new(context)
        .look("sharing", at, &fields)
        .create(record);
    desk.vault.apply(store, change).await?;
    if answer.engine_failed {
        tracing::error!("the policy engine failed; the answer was no");
    }
    let duty_phone = desk
        .settings
        .duty_phone
        .clone()
        .filter(|_| answer.engine_failed);
    Ok(Decision { answer, duty_phone })
}

/// Reads an AuthZEN evaluation.
pub fn read_evaluation(
    desk: &Desk,
    json: &[u8],
    now: Timestamp,
) -> Result<std::result::Result<Evaluation, EvaluationError>> {
    Ok(desk.law()?.read_evaluation(json, now))
}

/// The decision in the shape of AuthZEN.
pub fn evaluation(decision: &Decision, traceparent: Option<&str>) -> Value {
    authzen::decision(&decision.answer, traceparent)
}

/// The version of the law in force here.
pub fn version(desk: &Desk) -> Result<Version> {
    Ok(desk.law()?.version().clone())
}

fn asked_from(actor: &Actor, now: Timestamp) -> Result<(Store, Context)> {
    for case in COMPARTMENTS {
        if let Ok(permit) = permit(actor, case) {
            return Ok((permit.rule.store, permit.context(now)));
        }
    }
    let permit = permit(actor, UseCase::AskSharing)?;
    Ok((permit.rule.store, permit.context(now)))
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "yes",
        Verdict::No => "no",
        Verdict::Unclear => "unclear",
    }
}

impl Desk {
    /// The law in force: the host's own, or the one that comes with the program.
    ///
    /// # Errors
    /// [`DeskError::Setup`] when the built-in law is not sound, which a test rules out.
    pub fn law(&self) -> Result<Arc<Law>> {
        match self.own_law() {
            Some(law) => Ok(law),
            None => Law::built_in().map_err(|error| DeskError::Setup(error.to_string())),
        }
    }
}
