//! A request for shelter: for whom, what they need, where they are not safe.

use crate::{
    age::AgeInYears,
    answer::By,
    code::{FormCode, LanguageCode, ReasonCode},
    ids::{CaseId, PersonId, PlacementId, RoomId, ShelterRequestId},
    person::Sex,
    text::SafeText,
};
use serde::{Deserialize, Serialize};

mod relax;
mod stricter;

pub use relax::{Relaxed, Relaxing};
pub use stricter::AvoidedMore;

/// Most persons in one request.
pub const PERSONS_MAX: usize = 20;
/// Most areas to avoid.
pub const AVOID_MAX: usize = 20;
/// Highest urgency.
pub const URGENCY_MAX: u8 = 5;

/// On which right somebody may stay in shelter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entitlement {
    /// In the reflection period (Vc B8/3).
    ReflectionPeriod,
    /// Lawful stay: Wmo 2015.
    Wmo,
    /// Minor: Jeugdwet.
    #[serde(rename = "jeugdwet")]
    Youth,
    /// Unaccompanied minor: protected reception, Nidos.
    #[serde(rename = "amv")]
    UnaccompaniedMinor,
    /// Asylum reception: Rva.
    Rva,
    /// The right is uncertain (`recht_onzeker`): a limited search, and a task for legal aid.
    #[serde(rename = "recht_onzeker")]
    Uncertain,
}

/// A kind of care that a place must offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareNeed {
    /// Medical.
    Medical,
    /// Mental health.
    MentalHealth,
    /// Addiction.
    Addiction,
    /// Mild intellectual disability.
    Lvb,
    /// Pregnancy and birth.
    Pregnancy,
    /// Trauma.
    Trauma,
    /// Staff round the clock.
    RoundTheClock,
}

/// How secure a place is, or must be at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Open (1).
    Open,
    /// Secret address (2).
    #[serde(rename = "geheim_adres")]
    SecretAddress,
    /// Guarded (3).
    #[serde(rename = "beveiligd")]
    Guarded,
}

impl Security {
    /// 1 open, 2 secret address, 3 guarded.
    #[must_use]
    pub fn level(self) -> u8 {
        match self {
            Self::Open => 1,
            Self::SecretAddress => 2,
            Self::Guarded => 3,
        }
    }

    /// From the level.
    #[must_use]
    pub fn from_level(level: u8) -> Option<Self> {
        match level {
            1 => Some(Self::Open),
            2 => Some(Self::SecretAddress),
            3 => Some(Self::Guarded),
            _ => None,
        }
    }
}

/// One of the persons who need a place. The first one decides about age limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonInRequest {
    /// Who, if known in this compartment.
    pub person: Option<PersonId>,
    /// Age in years.
    pub age: AgeInYears,
    /// Sex.
    pub sex: Sex,
}

/// A circle in which the person is not safe, in kilometres of the Dutch grid (RD).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvoidCircle {
    /// East, km.
    pub x_km: f64,
    /// North, km.
    pub y_km: f64,
    /// Radius, km.
    pub radius_km: f64,
    /// Why.
    pub reason: SafeText,
}

/// Where it would be good to be near.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// East, km.
    pub x_km: f64,
    /// North, km.
    pub y_km: f64,
    /// Weight, 0 to 1.
    pub weight: f64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// For whom; the first one is the person of the case.
    pub persons: Vec<PersonInRequest>,
    /// Form of exploitation.
    pub form: FormCode,
    /// On which right.
    pub entitlement: Entitlement,
    /// At least how secure.
    pub security: Security,
    /// Care needed.
    pub care: Vec<CareNeed>,
    /// Wheelchair?
    pub wheelchair: bool,
    /// With pets?
    pub pets: bool,
    /// Languages spoken.
    pub languages: Vec<LanguageCode>,
    /// Where not.
    pub avoid: Vec<AvoidCircle>,
    /// Where preferably.
    pub near: Option<Near>,
    /// 1 (can wait) to 5 (tonight).
    pub urgency: u8,
    /// The room in which they are now.
    pub current_room: Option<RoomId>,
    /// Requests with the same word are never placed in one location.
    pub apart: Option<String>,
}

/// How far a request is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum RequestState {
    /// A place is being sought.
    Open,
    /// A placement runs.
    Offered {
        /// Which.
        placement: PlacementId,
    },
    /// They have arrived.
    Fulfilled {
        /// With which placement.
        placement: PlacementId,
        /// Who recorded it, and when.
        by: By,
    },
    /// No longer asked.
    Withdrawn {
        /// Why.
        reason: ReasonCode,
        /// In words.
        note: Option<SafeText>,
        /// Who and when.
        by: By,
    },
}

/// A request for shelter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelterRequest {
    /// Identity.
    pub id: ShelterRequestId,
    /// Of which case.
    pub case: CaseId,
    /// What is asked.
    pub needs: Needs,
    /// Who asked, and when: the clock to placement starts here.
    pub requested: By,
    /// Placements that did not work out, oldest first; why people are not placed is measured from these.
    pub failed: Vec<PlacementId>,
    /// What was asked less strictly since, by whom and why, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxed: Vec<Relaxed>,
    /// Areas to avoid that were told since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avoided_more: Vec<AvoidedMore>,
    state: RequestState,
}

/// Why a request or a step was not taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RequestError {
    /// For nobody.
    #[error("`persons` is empty: a request is for at least one person")]
    NoPersons,
    /// Too many entries.
    #[error("`{field}` has {count} entries, at most {max} are taken")]
    TooMany {
        /// Field.
        field: &'static str,
        /// Entries given.
        count: usize,
        /// Entries taken.
        max: usize,
    },
    /// The same person twice.
    #[error("`persons` names {0} twice")]
    PersonTwice(PersonId),
    /// Out of scale.
    #[error("`urgency` is {0}: 1 to {URGENCY_MAX} is taken")]
    Urgency(u8),
    /// A number that cannot be.
    #[error("`{field}` is {value}: expected {expected}")]
    Number {
        /// Field.
        field: &'static str,
        /// Value given.
        value: f64,
        /// What was expected.
        expected: &'static str,
    },
    /// Not possible in this state.
    #[error("cannot {step} a shelter request that is {state}")]
    WrongState {
        /// What was tried.
        step: &'static str,
        /// The state.
        state: &'static str,
    },
    /// Not less than what was asked.
    #[error("`{field}` is {asked}, and {to} is not less strict: give less, or leave it as it is")]
    NotLess {
        /// Field.
        field: &'static str,
        /// What is asked now.
        asked: String,
        /// What was given.
        to: String,
    },
    /// Another placement runs.
    #[error("placement {0} is not the one that runs for this request")]
    OtherPlacement(PlacementId),
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["open", "offered", "fulfilled", "withdrawn"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("open", "offered"),
    ("offered", "open"),
    ("offered", "fulfilled"),
    ("open", "withdrawn"),
    ("offered", "withdrawn"),
];

impl Needs {
    /// Checks limits.
    pub fn check(&self) -> Result<(), RequestError> {
        if self.persons.is_empty() {
            return Err(RequestError::NoPersons);
        }
        for (field, count, max) in [
            ("persons", self.persons.len(), PERSONS_MAX),
            ("avoid", self.avoid.len(), AVOID_MAX),
        ] {
            if count > max {
                return Err(RequestError::TooMany { field, count, max });
            }
        }
        for (index, one) in self.persons.iter().enumerate() {
            let same =
                |other: &&PersonInRequest| one.person.is_some() && other.person == one.person;
            if let Some(PersonInRequest {
                person: Some(person),
                ..
            }) = self.persons.iter().take(index).find(same)
            {
                return Err(RequestError::PersonTwice(*person));
            }
        }
        if !(1..=URGENCY_MAX).contains(&self.urgency) {
            return Err(RequestError::Urgency(self.urgency));
        }
        for circle in &self.avoid {
            within(
                "avoid.x_km",
                circle.x_km,
                -50.0..=350.0,
                "kilometres of the Dutch grid, -50 to 350",
            )?;
            within(
                "avoid.y_km",
                circle.y_km,
                250.0..=700.0,
                "kilometres of the Dutch grid, 250 to 700",
            )?;
            within(
                "avoid.radius_km",
                circle.radius_km,
                0.1..=400.0,
                "a radius of 0.1 to 400 km",
            )?;
        }
        if let Some(near) = &self.near {
            within(
                "near.x_km",
                near.x_km,
                -50.0..=350.0,
                "kilometres of the Dutch grid, -50 to 350",
            )?;
            within(
                "near.y_km",
                near.y_km,
                250.0..=700.0,
                "kilometres of the Dutch grid, 250 to 700",
            )?;
            within("near.weight", near.weight, 0.0..=1.0, "a weight of 0 to 1")?;
        }
        Ok(())
    }

    /// Seats needed: one for each person.
    #[must_use]
    pub fn seats(&self) -> u16 {
        u16::try_from(self.persons.len()).unwrap_or(u16::MAX)
    }
}

fn within(
    field: &'static str,
    value: f64,
    range: std::ops::RangeInclusive<f64>,
    expected: &'static str,
) -> Result<(), RequestError> {
    // A number that is not a number is in no range.
    if range.contains(&value) {
        Ok(())
    } else {
        Err(RequestError::Number {
            field,
            value,
            expected,
        })
    }
}

impl ShelterRequest {
    /// Asks for shelter.
    pub fn open(
        id: ShelterRequestId,
        case: CaseId,
        needs: Needs,
        requested: By,
    ) -> Result<Self, RequestError> {
        needs.check()?;
        Ok(Self {
            id,
            case,
            needs,
            requested,
            failed: Vec::new(),
            relaxed: Vec::new(),
            avoided_more: Vec::new(),
            state: RequestState::Open,
        })
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &RequestState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            RequestState::Open => "open",
            RequestState::Offered { .. } => "offered",
            RequestState::Fulfilled { .. } => "fulfilled",
            RequestState::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The placement that runs, which has to be withdrawn when the request is.
    #[must_use]
    pub fn running(&self) -> Option<PlacementId> {
        match self.state {
            RequestState::Offered { placement } => Some(placement),
            _ => None,
        }
    }

    /// A placement begins; one at a time.
    pub fn offered(self, placement: PlacementId) -> Result<Self, RequestError> {
        match self.state {
            RequestState::Open => Ok(Self {
                state: RequestState::Offered { placement },
                ..self
            }),
            _ => Err(self.wrong("offer a place for")),
        }
    }

    /// The placement failed (refused, declined, expired, withdrawn): the search goes on.
    pub fn failed(mut self, placement: PlacementId) -> Result<Self, RequestError> {
        self.runs(placement, "search on for")?;
        self.failed.push(placement);
        Ok(Self {
            state: RequestState::Open,
            ..self
        })
    }

    /// They have arrived.
    pub fn fulfilled(self, placement: PlacementId, by: By) -> Result<Self, RequestError> {
        self.runs(placement, "fulfil")?;
        Ok(Self {
            state: RequestState::Fulfilled { placement, by },
            ..self
        })
    }

    /// No longer asked.
    pub fn withdraw(
        self,
        reason: ReasonCode,
        note: Option<SafeText>,
        by: By,
    ) -> Result<Self, RequestError> {
        match self.state {
            RequestState::Open | RequestState::Offered { .. } => Ok(Self {
                state: RequestState::Withdrawn { reason, note, by },
                ..self
            }),
            _ => Err(self.wrong("withdraw")),
        }
    }

    fn runs(&self, placement: PlacementId, step: &'static str) -> Result<(), RequestError> {
        match self.state {
            RequestState::Offered { placement: running } if running == placement => Ok(()),
            RequestState::Offered { .. } => Err(RequestError::OtherPlacement(placement)),
            _ => Err(self.wrong(step)),
        }
    }

    fn wrong(&self, step: &'static str) -> RequestError {
        RequestError::WrongState {
            step,
            state: self.state_name(),
        }
    }
}
