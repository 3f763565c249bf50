//! One registry of typed identities: a room's id can never be handed in where a person's is wanted.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The text is not a uuid; `kind` says which identity was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {kind}: expected a uuid such as 00000000-0000-0000-0000-000000000000")]
pub struct IdError {
    /// Which identity was expected.
    pub kind: &'static str,
    /// What was given.
    pub given: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Names a thing by a uuid that was drawn elsewhere.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare uuid.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::parse_str(text)
                    .map(Self)
                    .map_err(|_| IdError { kind: stringify!($name), given: text.chars().take(60).collect() })
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
    )+};
}

ids! {
    /// A report at the signal desk (K1).
    ReportId,
    /// A dossier of an investigating service (K5).
    IntakeId,
    /// A care case (K3).
    CaseId,
    /// A person inside one compartment; the same person has another id in each compartment.
    PersonId,
    /// A registration for the national figures (K2).
    RegistrationId,
    /// A consent given by or for a person.
    ConsentId,
    /// A reflection period.
    ReflectionId,
    /// A shelter location; says nothing about where it is.
    LocationId,
    /// A room in a location.
    RoomId,
    /// A request for shelter.
    ShelterRequestId,
    /// One attempt to bring a request into a room.
    PlacementId,
    /// A request for an opinion on victimhood (K4).
    OpinionId,
    /// A task in a case.
    TaskId,
    /// An action of the programme (K7).
    ActionId,
    /// A motion or promise of the Tweede Kamer (K7).
    PledgeId,
    /// A round in which holders tell how their actions stand (K7).
    RoundId,
    /// What is asked of one action in one round (K7).
    UpdateId,
    /// One taking over of a file into the register (K7).
    VersionId,
    /// One edition of the progress letter (K7).
    EditionId,
    /// A published figure (K7).
    FigureId,
    /// An organisation.
    OrgId,
    /// Somebody who can sign in.
    UserId,
    /// A disclosure from one compartment to another.
    DisclosureId,
    /// A decision of the law of sharing.
    DecisionId,
    /// A sealed attachment.
    AttachmentId,
    /// A request of a person about her own data.
    RequestId,
    /// A barrier against traffickers (K6).
    BarrierId,
    /// A breach of personal data.
    BreachId,
    /// One time that somebody broke the glass of a case.
    BreakGlassId,
    /// One offer of a case to another coordinating organisation.
    TransferId,
}
