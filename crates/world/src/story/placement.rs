//! A shelter request and what came of it.

use serde::{Deserialize, Serialize};

use super::{Code, Day, Sex};

/// A request and everything that followed, in order of days.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shelter {
    /// What was asked.
    pub request: ShelterRequest,
    /// What followed.
    pub steps: Vec<PlacementStep>,
}

/// What a person needs of a place; the members are those of a request in the shelter instance format.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ShelterRequest {
    /// Day.
    pub day: Day,
    /// Who asks: a coordinator, or an investigator out of hours.
    pub by: Code,
    /// The placing officer who handles it.
    pub officer: Code,
    /// Everybody who needs a bed; the first is the person concerned.
    pub persons: Vec<Guest>,
    /// Main form.
    pub form: Code,
    /// `reflection_period`, `wmo`, `jeugdwet`, `amv`, `rva` or `recht_onzeker`.
    pub entitlement: Code,
    /// 1 open, 2 secret address, 3 guarded.
    pub security: u8,
    /// Care that the place must offer.
    pub care: Vec<Code>,
    /// Must be free of steps.
    pub wheelchair: bool,
    /// A pet comes along.
    pub pets: bool,
    /// Languages, best first.
    pub languages: Vec<Code>,
    /// 1 can wait to 5 tonight.
    pub urgency: u8,
    /// Where the person must not be.
    pub avoid: Vec<Area>,
    /// Where the person would like to be.
    pub near: Option<Wish>,
    /// Requests with the same value never share a location.
    pub apart: Option<String>,
    /// Entitlement is in doubt (`recht_onzeker`): a legal-aid task goes with the request.
    pub right_uncertain: bool,
}

/// Somebody who needs a bed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Guest {
    /// Years.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
}

/// A circle on the Dutch grid to stay out of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// East, km.
    pub x_km: f64,
    /// North, km.
    pub y_km: f64,
    /// Radius, km.
    pub radius_km: f64,
    /// `offender`, `exploitation_place` or `family`.
    pub reason: Code,
}

/// A point on the Dutch grid to be near.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    /// East, km.
    pub x_km: f64,
    /// North, km.
    pub y_km: f64,
    /// 1 or more.
    pub weight: u8,
}

/// One step with its day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlacementStep {
    /// Day.
    pub day: Day,
    /// What happened.
    #[serde(flatten)]
    pub step: Placement,
}

/// What can happen to a request. Locations and rooms are suggestions that passed the hard rules when the story was made; a loader whose
/// rooms are full by then follows its own engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum Placement {
    /// A room was offered.
    Offered {
        /// Location.
        location: String,
        /// Room.
        room: String,
    },
    /// The offer was refused.
    Refused {
        /// `provider` or `person`.
        by: Code,
        /// Refusal reason code, such as `vol` or `zorgzwaarte`.
        reason: Code,
        /// In words.
        note: String,
    },
    /// The room was held.
    Held {
        /// How long.
        hours: u8,
    },
    /// The hold ran out before anybody arrived.
    HoldExpired,
    /// The provider accepted.
    Accepted,
    /// The person arrived.
    Arrived,
    /// The person slept in an emergency bed meanwhile.
    EmergencyBed {
        /// Municipality, CBS code.
        municipality: Code,
    },
    /// The stay went over the norm.
    OverNorm {
        /// Why.
        reason: Code,
    },
    /// A move to a better place was planned or done, with a warm handover.
    Moved {
        /// Location.
        location: String,
        /// Room.
        room: String,
    },
    /// No place was found.
    Unplaced {
        /// Refusal reason code that blocked most.
        reason: Code,
        /// What would have to change.
        note: String,
    },
    /// The person left.
    Left {
        /// `uitgestroomd`, `doorgeplaatst`, `mob`, `eigen_wens` or `terugkeer`.
        reason: Code,
    },
}
