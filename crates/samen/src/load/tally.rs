//! What a load did: what was done, what the rules refused and why, and what went wrong.

use std::collections::BTreeMap;

use desk::DeskError;
use serde::Serialize;

/// At most this many faults are kept in words; all are counted.
const FAULTS_KEPT: usize = 20;

/// Counts of a load.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tally {
    /// Stories begun.
    pub stories: u64,
    /// Steps done, by name.
    pub done: BTreeMap<&'static str, u64>,
    /// Steps that a rule refused, by step and reason: no fault, the rest of the story went on.
    pub refused: BTreeMap<String, u64>,
    /// Steps left out because an earlier one was refused, by name.
    pub left_out: BTreeMap<&'static str, u64>,
    /// Steps that failed unexpectedly.
    pub failed: u64,
    /// The first of those, with the story and the step.
    pub faults: Vec<String>,
}

/// How a step went when it didn't fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Went {
    /// It was done.
    Done,
    /// It was done and something is on its way to another compartment.
    Sent,
    /// What it needs was refused before.
    LeftOut,
}

impl Tally {
    /// Counts a step. An error that ends the load comes back.
    pub(super) fn count(
        &mut self,
        story: &str,
        step: &'static str,
        went: &Result<Went, DeskError>,
    ) -> Result<(), DeskError> {
        match went {
            Ok(Went::Done | Went::Sent) => *self.done.entry(step).or_default() += 1,
            Ok(Went::LeftOut) => *self.left_out.entry(step).or_default() += 1,
            Err(error) => match refusal(error) {
                Some(reason) => *self.refused.entry(format!("{step}: {reason}")).or_default() += 1,
                None => {
                    self.fault(format!("story {story}, {step}: {error}"));
                    if matches!(error, DeskError::Vault(_)) {
                        return Err(error.clone());
                    }
                }
            },
        }
        Ok(())
    }

    /// Keeps a fault in words.
    pub(super) fn fault(&mut self, what: String) {
        self.failed += 1;
        if self.faults.len() < FAULTS_KEPT {
            self.faults.push(what);
        }
    }

    /// Adds another tally.
    pub(super) fn add(&mut self, other: Tally) {
        self.stories += other.stories;
        for (step, count) in other.done {
            *self.done.entry(step).or_default() += count;
        }
        for (reason, count) in other.refused {
            *self.refused.entry(reason).or_default() += count;
        }
        for (step, count) in other.left_out {
            *self.left_out.entry(step).or_default() += count;
        }
        self.failed += other.failed;
        let room = FAULTS_KEPT.saturating_sub(self.faults.len());
        self.faults.extend(other.faults.into_iter().take(room));
    }

    /// Steps done.
    pub fn steps(&self) -> u64 {
        self.done.values().sum()
    }

    /// Steps that the rules refused.
    pub fn refusals(&self) -> u64 {
        self.refused.values().sum()
    }
}

/// The reason of a refusal by a rule of the field; none for what should never happen.
fn refusal(error: &DeskError) -> Option<String> {
    match error {
        DeskError::Rule { key, detail } => Some(format!("{key} ({detail})")),
        DeskError::Invalid(fields) => {
            let all = fields
                .iter()
                .map(|f| format!("{} {} ({})", f.field, f.key, f.detail));
            Some(all.collect::<Vec<_>>().join("; "))
        }
        _ => None,
    }
}
