//! Words of barriers: the steps of an offender, what is done at each, and the kinds of place or firm it is aimed at.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, Label, OnlyWords};
use super::row::Row;

/// A step that an offender must take (barrier model).
pub type BarrierStep = Entry<BarrierStepFacts>;
/// The code of a [`BarrierStep`].
pub type BarrierStepCode = Code<BarrierStepFacts>;
/// What is done at a step, such as a permit withdrawn.
pub type BarrierInstrument = Entry<BarrierInstrumentFacts>;
/// The code of a [`BarrierInstrument`].
pub type BarrierInstrumentCode = Code<BarrierInstrumentFacts>;
/// A kind of place or firm.
pub type BarrierTarget = Entry<BarrierTargetFacts>;
/// The code of a [`BarrierTarget`].
pub type BarrierTargetCode = Code<BarrierTargetFacts>;

/// What is known about a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarrierStepFacts {
    /// Its place in the row of steps, from 1.
    pub order: u16,
    /// Who makes it possible, in words.
    pub facilitators: Label,
    /// Who can raise a barrier here, in words.
    pub raisers: Label,
}

impl Facts for BarrierStepFacts {
    const LIST: &'static str = "barrier_steps";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            order: row.number("order"),
            facilitators: row.label_named("facilitators"),
            raisers: row.label_named("raisers"),
        }
    }
}

/// What is known about an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarrierInstrumentFacts {
    /// The steps at which it works.
    pub steps: Vec<BarrierStepCode>,
}

impl BarrierInstrumentFacts {
    /// Whether it works at this step.
    #[must_use]
    pub fn fits(&self, step: &BarrierStepCode) -> bool {
        self.steps.contains(step)
    }
}

impl Facts for BarrierInstrumentFacts {
    const LIST: &'static str = "barrier_instruments";

    fn read(row: &mut Row<'_>) -> Self {
        let facts = Self {
            steps: row.references("steps"),
        };
        if facts.steps.is_empty() {
            row.inconsistent("at which step of the offender does it work? add `steps`");
        }
        facts
    }
}

/// Kinds of place and firm have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BarrierTargetFacts {}

impl OnlyWords for BarrierTargetFacts {
    const NAME: &'static str = "barrier_targets";
}
