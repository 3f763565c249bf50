//! What is kept of requests: the request at care, and the part at each compartment that answers it.

use domain::ids::{CaseId, DisclosureId, OrgId};
use domain::request::{Asked, DataRequest, Part, Right};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored, Term};

use crate::Desk;
use crate::error::Result;

/// A request at care, under the case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredRequest(pub DataRequest);

impl Stored for StoredRequest {
    const KIND: Kind = Kind {
        name: "data_request",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent, Clear::Due],
        // The shares whose receivers were told: what they confirm comes back although the share is gone.
        terms: &["told"],
    };
}

/// What a list shows of a request: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSummary {
    /// What is asked.
    pub right: Right,
    /// On her own page.
    pub herself: bool,
    /// When it came in.
    pub received: Timestamp,
    /// Who carries it out, as colleagues know her, as long as it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

impl StoredRequest {
    pub(super) fn draft(&self, org: OrgId, fields: &[&str]) -> Result<Draft> {
        let request = &self.0;
        let clear = ClearData {
            state: request.state_name().to_owned(),
            org: Some(org.to_string()),
            parent: Some(request.case.to_string()),
            due: request.owed(),
            ..ClearData::default()
        };
        let summary = RequestSummary {
            right: request.right,
            herself: request.asked == Asked::Herself,
            received: request.received,
            owner: request.owner().map(|owner| owner.name.clone()),
        };
        let done = request.own_answer().and_then(|answer| answer.done.as_ref());
        let told = done.into_iter().flat_map(|done| &done.told);
        let told = told.map(|told| Term::new("told", told.share.to_string()));
        Ok(Draft::new(request.id.to_string(), self, clear)?
            .with_terms(told.collect())?
            .with_summary(&summary)?
            .changing(fields))
    }
}

/// A part in the compartment that answers it, under the record that it is about: when that goes, it goes too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredPart {
    /// The part.
    pub part: Part,
    /// The record of this compartment that it is about.
    pub about: String,
    /// The organisation that answers, where it is one.
    pub org: Option<String>,
    /// The disclosure with which the answer went to care: what was done afterwards belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<DisclosureId>,
}

impl Stored for StoredPart {
    const KIND: Kind = Kind {
        name: "request_part",
        // Every compartment keeps its own; see `Draft::in_store`.
        store: Store::K1,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent, Clear::Due],
        terms: &[],
    };
}

/// What a list shows of a part: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartSummary {
    /// What is asked.
    pub right: Right,
    /// When she asked.
    pub received: Timestamp,
    /// Who carries it out, as colleagues know her, as long as it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

/// The declaration of parts in one store.
pub(super) fn part_kind(store: Store) -> Kind {
    Kind {
        store,
        ..StoredPart::KIND
    }
}

impl StoredPart {
    pub(super) fn draft(&self, store: Store, id: &str, fields: &[&str]) -> Result<Draft> {
        let clear = ClearData {
            state: self.part.state_name().to_owned(),
            org: self.org.clone(),
            parent: Some(self.about.clone()),
            due: self.part.owed(),
            ..ClearData::default()
        };
        let summary = PartSummary {
            right: self.part.right,
            received: self.part.received,
            owner: self.part.owner().map(|owner| owner.name.clone()),
        };
        Ok(Draft::new(id, self, clear)?
            .in_store(store)
            .with_summary(&summary)?
            .changing(fields))
    }
}

/// The requests of a case go along when another organisation takes it over.
pub(crate) async fn go_along(
    desk: &Desk,
    mut change: Change,
    case: CaseId,
    org: OrgId,
) -> Result<Change> {
    let vault = &desk.vault;
    for found in vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?
    {
        let moved = StoredRequest(found.body.0.without_owner());
        change = change.update(moved.draft(org, &["org"])?, found.version);
    }
    Ok(change)
}
