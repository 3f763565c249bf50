//! Victimhood is a list of statements by somebody at a time, never one boolean.

use crate::{
    answer::By,
    code::{OrgKind, org},
    text::SafeText,
};
use serde::{Deserialize, Serialize};

/// How much has to be shown before the statement may be made; each has its own source and its own consequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// A possible sign was noticed, by anybody.
    Detected,
    /// The slightest indication (`geringste aanwijzing`, Vc B8/3): police, KMar, NLA.
    SlightestIndication,
    /// Appears in the national registration as a possible victim.
    Registered,
    /// A panel finds it plausible (`aannemelijk`); an opinion.
    Plausible,
    /// Victim in a criminal case: prosecution or judge.
    InCriminalCase,
    /// Somebody states that the person is not a victim of trafficking.
    Not,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VictimhoodStatement {
    /// What was stated.
    pub threshold: Threshold,
    /// Who and when.
    pub by: By,
    /// In which capacity: the kind of organisation.
    pub org_kind: OrgKind,
    /// Why, in their words.
    pub reason: SafeText,
}

/// Somebody stated what is not theirs to state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// This kind of organisation cannot make this statement.
    #[error("{org_kind} cannot state {threshold:?}: that is for {may}")]
    NotTheirs {
        /// What was stated.
        threshold: Threshold,
        /// By whom.
        org_kind: OrgKind,
        /// Who may.
        may: &'static str,
    },
}

/// All statements about one person in one compartment, in order of time; only added to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Statements(Vec<VictimhoodStatement>);

impl Statements {
    /// None yet.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a statement; earlier ones stay as they are.
    pub fn with(mut self, statement: VictimhoodStatement) -> Result<Self, StatementError> {
        may_state(statement.threshold, &statement.org_kind)?;
        self.0.push(statement);
        Ok(self)
    }

    /// All, oldest first.
    #[must_use]
    pub fn all(&self) -> &[VictimhoodStatement] {
        &self.0
    }

    /// Has somebody stated this?
    #[must_use]
    pub fn has(&self, threshold: Threshold) -> bool {
        self.0.iter().any(|s| s.threshold == threshold)
    }

    /// The latest statement of a kind.
    #[must_use]
    pub fn latest(&self, threshold: Threshold) -> Option<&VictimhoodStatement> {
        self.0.iter().rev().find(|s| s.threshold == threshold)
    }
}

/// May this kind of organisation make this statement?
pub fn may_state(threshold: Threshold, org_kind: &OrgKind) -> Result<(), StatementError> {
    let (allowed, may) = match threshold {
        Threshold::Detected | Threshold::Not => (true, "anybody"),
        Threshold::SlightestIndication => (
            org_kind.is_investigating_service(),
            "police, KMar and NLA (Vc B8/3)",
        ),
        Threshold::Registered => (org_kind.is(org::COM), "CoMensha"),
        Threshold::Plausible => (org_kind.is(org::K4), "the opinion panel"),
        Threshold::InCriminalCase => (org_kind.is(org::OM), "the Public Prosecution Service"),
    };
    if allowed {
        Ok(())
    } else {
        Err(StatementError::NotTheirs {
            threshold,
            org_kind: org_kind.clone(),
            may,
        })
    }
}
