//! What was ticked on an indicator checklist. What the ticks mean together is explained by the vocabulary's checklist;
//! nothing here counts, scores or decides.

use crate::{
    answer::{Answer, By},
    code::IndicatorCode,
    text::SafeText,
};
use serde::{Deserialize, Serialize};

/// One indicator, looked at by somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Which.
    pub indicator: IndicatorCode,
    /// Seen, not seen, or not known. "No" proves nothing.
    pub answer: Answer,
    /// What was seen.
    pub note: Option<SafeText>,
    /// Who and when.
    pub by: By,
}

/// All ticks, in order of time; a later tick on the same indicator stands, the earlier one stays readable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticks(Vec<Tick>);

impl Ticks {
    /// Adds a tick.
    #[must_use]
    pub fn with(mut self, tick: Tick) -> Self {
        self.0.push(tick);
        self
    }

    /// All, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Tick] {
        &self.0
    }

    /// The latest answer on an indicator.
    #[must_use]
    pub fn latest(&self, indicator: &IndicatorCode) -> Option<&Tick> {
        self.0.iter().rev().find(|t| t.indicator == *indicator)
    }

    /// The indicators that now stand as seen, in the order in which they were first looked at.
    #[must_use]
    pub fn seen(&self) -> Vec<IndicatorCode> {
        let mut seen: Vec<IndicatorCode> = Vec::new();
        for tick in &self.0 {
            let stands = self
                .latest(&tick.indicator)
                .is_some_and(|t| t.answer.is_yes());
            if stands && !seen.contains(&tick.indicator) {
                seen.push(tick.indicator.clone());
            }
        }
        seen
    }
}
