//! What each side keeps.

use std::collections::BTreeSet;

use domain::code::{DataCode, PurposeCode};
use domain::ids::{DisclosureId, OrgId, UserId};
use domain::share::{Outline, Portion, Received, ReceivedState, Share};
use domain::time::dutch_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Store, Stored, Term};

use super::side::Side;
use crate::case::day_start;
use crate::error::Result;
use crate::need::Lead;

/// A share at its sender: under the case, with what goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredShare(pub Share);

impl Stored for StoredShare {
    const KIND: Kind = Kind {
        name: "share",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &[],
    };
}

impl StoredShare {
    pub(super) fn draft(&self, fields: &[&str]) -> Result<Draft> {
        let share = &self.0;
        let clear = ClearData {
            state: share.state_name().to_owned(),
            org: Some(share.by.org.to_string()),
            parent: Some(share.case.to_string()),
            ..ClearData::default()
        };
        Ok(Draft::new(share.id.to_string(), self, clear)?.changing(fields))
    }
}

/// A share at its receiver, without its content. Its record has an identifier of its own: the other one is the sender's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredReceived {
    /// Identifier here.
    pub record: String,
    /// On which side, and so in which compartment.
    #[serde(default)]
    pub side: Side,
    /// When the offer came.
    pub came: Timestamp,
    /// The receiver's side.
    pub received: Received,
    /// Who leads it here: whoever accepted it, or took it over since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// When the sender last corrected what it had shared, and in which categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<(Date, Outline)>,
    /// The sender restricted it at the person's request: it is kept here and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restricted: Option<OnlyKept>,
}

/// What a receiver may only keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyKept {
    /// Which categories.
    pub data: BTreeSet<DataCode>,
    /// Since when.
    pub since: Date,
    /// Last day, once the sender decided that it ends.
    pub last: Option<Date>,
    /// When somebody here confirmed it.
    pub confirmed: Option<Date>,
}

impl OnlyKept {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, on: Date) -> bool {
        self.last.is_none_or(|last| on <= last)
    }
}

impl Stored for StoredReceived {
    const KIND: Kind = Kind {
        name: "share_received",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Assignee, Clear::Due],
        terms: &["share"],
    };
}

/// What a list shows of a received share: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedSummary {
    /// The sending organisation.
    pub from: OrgId,
    /// For what.
    pub purpose: PurposeCode,
    /// How many categories.
    pub categories: usize,
    /// Last day.
    pub until: jiff::civil::Date,
    /// Who leads it here, as colleagues know her.
    #[serde(default)]
    pub lead: Option<String>,
}

/// Working days are counted elsewhere; an offer waits a week, a confirmation two.
const ANSWER_DAYS: i64 = 7;
const CONFIRM_DAYS: i64 = 14;
/// The purpose that cannot wait.
const URGENT: &str = "acute_danger";

impl StoredReceived {
    /// Who leads it here, with her name where it was written down. In a record from before that, whoever accepted it does.
    pub(crate) fn led_by(&self) -> (Option<UserId>, Option<String>) {
        let accepted = match self.received.state() {
            ReceivedState::Accepted { by } | ReceivedState::Held { by } => Some(by.user),
            ReceivedState::Confirmed { by, .. } => Some(by.user),
            _ => None,
        };
        match &self.lead {
            Some(lead) => (Some(lead.user), Some(lead.name.clone())),
            None => (accepted, None),
        }
    }

    /// Whether it warns of danger that is there now.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.received.purpose.is(URGENT)
    }

    /// What is owed: an answer, later a confirmation; while it is held, its last day.
    fn due(&self) -> Option<Timestamp> {
        use domain::share::ReceivedState as S;
        let day = match self.received.state() {
            // Somebody is in danger now: an answer is owed at once, not at midnight.
            S::Offered if self.is_urgent() => return Some(self.came),
            S::Offered => dutch_date(self.came).saturating_add(ANSWER_DAYS.days()),
            S::Held { .. } => self.received.until,
            S::Ended { on, .. } => on.saturating_add(CONFIRM_DAYS.days()),
            _ => return None,
        };
        Some(day_start(day))
    }

    pub(crate) fn draft(&self, fields: &[&str]) -> Result<Draft> {
        let received = &self.received;
        let clear = ClearData {
            state: received.state_name().to_owned(),
            org: Some(received.to.to_string()),
            assignee: self.led_by().0.map(|lead| lead.to_string()),
            due: self.due(),
            ..ClearData::default()
        };
        let summary = ReceivedSummary {
            from: received.from,
            purpose: received.purpose.clone(),
            categories: received.outline.rows().len(),
            until: received.until,
            lead: self.lead.as_ref().map(|lead| lead.name.clone()),
        };
        Ok(Draft::new(self.record.clone(), self, clear)?
            .with_terms(vec![share_term(received.id)])?
            .with_summary(&summary)?
            .in_store(self.side.store())
            .changing(fields))
    }
}

/// Under which the receiver's record is found.
pub(super) fn share_term(id: DisclosureId) -> Term {
    Term::new("share", id.to_string())
}

/// The content at its receiver: a record of its own, destroyed by itself when the share ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredContent(pub Portion);

impl Stored for StoredContent {
    const KIND: Kind = Kind {
        name: "share_content",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}

/// The content of a received share as a record of its own.
pub(crate) fn content_draft(portion: Portion, id: String, of: &StoredReceived) -> Result<Draft> {
    StoredContent(portion).draft(id, of)
}

impl StoredContent {
    pub(super) fn draft(&self, id: String, received: &StoredReceived) -> Result<Draft> {
        let clear = ClearData {
            parent: Some(received.record.clone()),
            ..ClearData::default()
        };
        Ok(Draft::new(id, self, clear)?.in_store(received.side.store()))
    }
}
