//! What is kept of a proposal: with each request its part of the question (it goes when the request goes), and apart from that the
//! rooms, the settings and the result, which say nothing about a person.

use std::collections::BTreeMap;

use domain::By;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shelter::{Earlier, InstanceFile, LocationFile, RequestFile, Steady, Weights};
use vault::{Clear, ClearData, Draft, Kind, Store, Stored};

use crate::error::{DeskError, Result};
use crate::placement::kept::Packed;

/// A proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredProposal {
    /// Who had it made, and when.
    pub(super) by: By,
    /// Version of the rules.
    pub(super) rules: String,
    /// The rooms as they stood.
    pub(super) locations: Packed,
    /// By request the record of its part of the question, in the order of the question.
    pub(super) parts: Vec<(String, String)>,
    /// The lines of the proposal before.
    pub(super) earlier: Earlier,
    /// Weights of the cost.
    pub(super) weights: Weights,
    /// From which gain on earlier lines are changed.
    pub(super) worth: i64,
    /// At which question whether it should stop the clock said yes; `None` when it never did.
    pub(super) stopped: Option<u64>,
    /// The result.
    pub(super) result: Packed,
}

/// The part of the question that is about one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredPart {
    /// Of which proposal.
    pub(super) proposal: String,
    /// The request as it stood.
    pub(super) request: RequestFile,
}

/// What lists show of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalSummary {
    /// When.
    pub made: Timestamp,
    /// Requests that waited.
    pub requests: usize,
    /// Those that get a room, moves included.
    pub placed: usize,
    /// Those that stay without.
    pub unplaced: usize,
    /// Whether no plan is better.
    pub optimal: bool,
}

impl Stored for StoredProposal {
    const KIND: Kind = Kind {
        name: "placing_proposal",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org],
        terms: &[],
    };
}

impl Stored for StoredPart {
    const KIND: Kind = Kind {
        name: "placing_part",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &[],
    };
}

/// The question as it is worked out.
#[derive(Debug, Clone)]
pub(in crate::placement) struct Whole {
    pub(in crate::placement) file: InstanceFile,
    pub(super) earlier: Earlier,
    pub(in crate::placement) weights: Weights,
    pub(super) worth: i64,
}

/// What came of working it out: the result and at which question it was stopped.
pub(super) struct Worked {
    pub(super) result: Steady,
    pub(super) stopped: Option<u64>,
}

impl Whole {
    /// Works it out until `stop` says so. The number of the question at which it did is what makes a second run stop there too.
    pub(super) fn work_out(&self, stop: &dyn Fn(u64) -> bool) -> Result<Worked> {
        let asked = std::cell::Cell::new(0_u64);
        let stopped = std::cell::Cell::new(None);
        let counted = || {
            asked.set(asked.get() + 1);
            if stopped.get().is_none() && stop(asked.get()) {
                stopped.set(Some(asked.get()));
            }
            stopped.get().is_some()
        };
        let result = shelter::steady(
            &self.file,
            &self.earlier,
            &self.weights,
            self.worth,
            &counted,
        )
        .map_err(|e| DeskError::Setup(format!("placing question: {e}")))?;
        Ok(Worked {
            result,
            stopped: stopped.get(),
        })
    }
}

pub(super) fn draft_proposal(
    id: &str,
    stored: &StoredProposal,
    summary: &ProposalSummary,
) -> Result<Draft> {
    let clear = ClearData {
        state: "made".to_owned(),
        org: Some(stored.by.org.to_string()),
        ..ClearData::default()
    };
    Ok(Draft::new(id, stored, clear)?.with_summary(summary)?)
}

pub(super) fn draft_part(id: &str, part: &StoredPart) -> Result<Draft> {
    let clear = ClearData {
        state: "kept".to_owned(),
        parent: Some(part.request.id.clone()),
        ..ClearData::default()
    };
    Ok(Draft::new(id, part, clear)?)
}

/// The lines of a result, by request.
pub(super) fn lines(result: &Steady) -> BTreeMap<String, String> {
    (result.plan.assignments.iter())
        .map(|one| (one.request.clone(), one.room.clone()))
        .collect()
}

/// The rooms of a proposal.
pub(super) fn locations(stored: &StoredProposal) -> Result<Vec<LocationFile>> {
    stored.locations.open()
}
