//! Deciding again what was decided before.

use std::fmt::Display;

use crate::{Answer, Evaluation, Policies, Record};

/// Whoever can decide as a version of the policies does. It may look at nothing but its arguments: no clock, no store.
pub trait Judge {
    /// Why it cannot.
    type Error: Display;

    /// Decides as these policies do. `at` is the moment of the decision, milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// When that version is not at hand, or its engine fails.
    fn decide(
        &self,
        policies: &Policies,
        asked: &Evaluation,
        at: u64,
    ) -> Result<Answer, Self::Error>;
}

impl<F, E> Judge for F
where
    F: Fn(&Policies, &Evaluation, u64) -> Result<Answer, E>,
    E: Display,
{
    type Error = E;

    fn decide(&self, policies: &Policies, asked: &Evaluation, at: u64) -> Result<Answer, E> {
        self(policies, asked, at)
    }
}

/// What deciding again gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replay {
    /// The same answer, grounds and all.
    Same,
    /// Another answer: policies, engine or record are not what they were.
    Different {
        /// The answer now.
        now: Box<Answer>,
    },
    /// It cannot be decided again.
    NotPossible {
        /// Why.
        why: String,
    },
}

/// Decides a stored decision again.
pub fn replay<J: Judge>(record: &Record, judge: &J) -> Replay {
    let impossible = |why: &str| Replay::NotPossible {
        why: why.to_owned(),
    };
    let Some(then) = &record.body.response else {
        return impossible("no decision came about then");
    };
    let Some(policies) = record.policies() else {
        return impossible(
            "the record does not name one source of policies with version and digest",
        );
    };
    match judge.decide(&policies, &record.body.request, record.timestamp) {
        Ok(now) if &now == then => Replay::Same,
        Ok(now) => Replay::Different { now: Box::new(now) },
        Err(error) => Replay::NotPossible {
            why: error.to_string(),
        },
    }
}
