//! Where a receiver of a share works: its compartment, and the use cases of what it does there.

use domain::code::OrgKind;
use domain::need::{MatterId, MatterKind};
use domain::share::Share;
use domain::time::dutch_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::{Kind, Store, Stored};

use super::records::StoredReceived;
use crate::Desk;
use crate::access::UseCase;
use crate::error::{DeskError, Result};
use crate::need::store;

/// A side that can receive. Each keeps what it received in its own compartment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Care and shelter (K3).
    #[default]
    Care,
    /// An investigating service or the prosecution (K5).
    Service,
}

impl Side {
    /// Every side.
    pub const ALL: [Side; 2] = [Side::Care, Side::Service];

    /// The side of a kind of organisation on a day; none: it receives no shares. Who works in care receives there.
    pub(super) fn of_kind(desk: &Desk, kind: &OrgKind, on: Date) -> Option<Side> {
        let entry = desk.vocabulary.organisation_kind(kind, on).ok()?;
        let works = |side: &Side| {
            let own = &entry.facts.compartments;
            own.iter().any(|c| c.as_str() == side.compartment())
        };
        Side::ALL.into_iter().find(works)
    }

    /// The side to which a share went: as it was on the day of the offer, so that every word about it goes the same way.
    pub(crate) fn of_share(desk: &Desk, share: &Share) -> Result<Side> {
        let found = Side::of_kind(desk, &share.terms.kind, dutch_date(share.by.at));
        found.ok_or_else(|| DeskError::Setup("a share to no compartment".to_owned()))
    }

    /// The side of a compartment.
    pub(super) fn of_store(at: Store) -> Result<Side> {
        let found = Side::ALL.into_iter().find(|side| side.store() == at);
        found.ok_or_else(|| DeskError::Setup("a share to no compartment".to_owned()))
    }

    /// What a received share is under need to know.
    #[must_use]
    pub fn kind(self) -> MatterKind {
        match self {
            Side::Care => MatterKind::Share,
            Side::Service => MatterKind::ServiceShare,
        }
    }

    /// A received share as a matter, by the identity of its record.
    #[must_use]
    pub fn matter(self, record: Uuid) -> MatterId {
        match self {
            Side::Care => MatterId::share(record),
            Side::Service => MatterId::service_share(record),
        }
    }

    /// The compartment, as the vocabulary names it.
    fn compartment(self) -> &'static str {
        match self {
            Side::Care => "K3",
            Side::Service => "K5",
        }
    }

    pub(crate) fn store(self) -> Store {
        store(self.kind())
    }

    /// The kind of record, as this side keeps it.
    pub(super) fn received(self) -> Kind {
        Kind {
            store: self.store(),
            ..StoredReceived::KIND
        }
    }

    pub(super) fn list(self) -> UseCase {
        match self {
            Side::Care => UseCase::ListReceivedShares,
            Side::Service => UseCase::ListServiceShares,
        }
    }

    pub(super) fn read(self) -> UseCase {
        match self {
            Side::Care => UseCase::ReadReceivedShare,
            Side::Service => UseCase::ReadServiceShare,
        }
    }

    pub(super) fn answer(self) -> UseCase {
        match self {
            Side::Care => UseCase::AnswerShare,
            Side::Service => UseCase::AnswerServiceShare,
        }
    }
}
