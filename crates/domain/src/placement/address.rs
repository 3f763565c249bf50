//! Who may see the address of a shelter, and from when to when.

use super::{Placement, PlacementState};
use crate::ids::{PersonId, UserId};
use serde::{Deserialize, Serialize};

/// Who wants to see the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressViewer {
    /// A placing officer.
    PlacingOfficer(UserId),
    /// A person who is placed.
    Person(PersonId),
    /// Anybody else, whatever their function.
    Other,
}

/// May the address be shown?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "address", rename_all = "snake_case")]
pub enum AddressAccess {
    /// Yes, now.
    Shown,
    /// No.
    Hidden {
        /// Why.
        why: HiddenBecause,
    },
}

/// Why an address is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HiddenBecause {
    /// The shelter has not accepted this placement.
    NotAcceptedYet,
    /// This placement is over.
    Over,
    /// Somebody else placed.
    OtherOfficer,
    /// Not one of the persons accepted.
    OtherPerson,
    /// No need to know.
    NotConcerned,
}

/// May `viewer` see the address of this placement's location now? Only the officer who placed and the persons accepted,
/// from the shelter's acceptance until they leave. Who the viewer is comes first, so that the answer tells strangers
/// nothing about how far it is.
#[must_use]
pub fn may_see_address(viewer: AddressViewer, placement: &Placement) -> AddressAccess {
    let why = match viewer {
        AddressViewer::Other => HiddenBecause::NotConcerned,
        AddressViewer::PlacingOfficer(user) if user != placement.placed.user => {
            HiddenBecause::OtherOfficer
        }
        AddressViewer::Person(person) if !placement.persons.contains(&person) => {
            HiddenBecause::OtherPerson
        }
        _ => match placement.state() {
            PlacementState::AcceptedByShelter { .. }
            | PlacementState::AcceptedByClient { .. }
            | PlacementState::Travelling { .. }
            | PlacementState::Arrived { .. } => return AddressAccess::Shown,
            PlacementState::Proposed | PlacementState::Held { .. } => HiddenBecause::NotAcceptedYet,
            _ => HiddenBecause::Over,
        },
    };
    AddressAccess::Hidden { why }
}
