//! Words of a case: phases, endings, the person's sex and residence status, the opinion on victimhood.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, OnlyWords};
use super::row::Row;

/// A phase of a case.
pub type CasePhase = Entry<CasePhaseFacts>;
/// The code of a [`CasePhase`].
pub type CasePhaseCode = Code<CasePhaseFacts>;
/// Why a case was closed.
pub type ClosingReason = Entry<ClosingReasonFacts>;
/// The code of a [`ClosingReason`].
pub type ClosingReasonCode = Code<ClosingReasonFacts>;
/// Why a reflection period ended.
pub type ReflectionEnd = Entry<ReflectionEndFacts>;
/// The code of a [`ReflectionEnd`].
pub type ReflectionEndCode = Code<ReflectionEndFacts>;
/// What an opinion on victimhood concludes.
pub type OpinionOutcome = Entry<OpinionOutcomeFacts>;
/// The code of an [`OpinionOutcome`].
pub type OpinionOutcomeCode = Code<OpinionOutcomeFacts>;
/// A residence status.
pub type ResidenceStatus = Entry<ResidenceStatusFacts>;
/// The code of a [`ResidenceStatus`].
pub type ResidenceStatusCode = Code<ResidenceStatusFacts>;
/// A value of the field sex.
pub type Sex = Entry<SexFacts>;
/// The code of a [`Sex`]: `F`, `M`, `X` or `U`.
pub type SexCode = Code<SexFacts>;

/// Phases have only words; their order is that of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CasePhaseFacts {}

impl OnlyWords for CasePhaseFacts {
    const NAME: &'static str = "case_phases";
}

/// What is known about a reason to close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosingReasonFacts {
    /// Whether somebody must still act, as after a disappearance: the case may not close without a task.
    pub follow_up_required: bool,
}

impl Facts for ClosingReasonFacts {
    const LIST: &'static str = "closing_reasons";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            follow_up_required: row.yes("follow_up_required"),
        }
    }
}

/// What is known about the end of a reflection period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReflectionEndFacts {
    /// Whether this ending counts as an application for a residence permit (Vc B8/3).
    pub opens_permit: bool,
}

impl Facts for ReflectionEndFacts {
    const LIST: &'static str = "reflection_ends";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            opens_permit: row.yes("opens_permit"),
        }
    }
}

/// What is known about an outcome of an opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpinionOutcomeFacts {
    /// Whether the panel must give reasons. False only when the person withdrew the request.
    pub reasons_required: bool,
}

impl Facts for OpinionOutcomeFacts {
    const LIST: &'static str = "opinion_outcomes";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            reasons_required: row.yes_or("reasons_required", true),
        }
    }
}

/// Residence statuses have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResidenceStatusFacts {}

impl OnlyWords for ResidenceStatusFacts {
    const NAME: &'static str = "residence_statuses";
}

/// What is known about a value of sex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SexFacts {
    /// The nearest value of `prs_Gender` in HTCDS 2.0, which records gender and not sex.
    pub htcds: String,
}

impl Facts for SexFacts {
    const LIST: &'static str = "sexes";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            htcds: row.text("htcds"),
        }
    }
}
