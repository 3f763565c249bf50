//! One report's whole life as plain data, for a loader that drives the real use cases with it.
//!
//! Days count from the day on which the report was received (day 0, Europe/Amsterdam); they are negative for what happened before.
//! Codes are the field's own (forms SU, AU …; organisation kinds POL, KMAR …); staff and organisations are named by their identifiers in
//! this world. Everything is made up.

mod care;
mod placement;
mod report;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

pub use care::{
    Aftercare, Case, Child, Closing, Event, Intake, Opinion, OpinionResult, Phase, Reflection,
    ReflectionAnswer, ReflectionEnd, Registration, Victim,
};
pub use placement::{Area, Guest, Placement, PlacementStep, Shelter, ShelterRequest, Wish};
pub use report::{
    Attachment, Described, Desk, Object, Period, Place, Report, Reporter, Route, SafeContact,
};

use crate::scenarios::Scenario;

/// A word of the field's vocabulary, such as `SU`, `POL` or `aannemelijk`.
pub type Code = Cow<'static, str>;

/// Days since the report was received; negative is before.
pub type Day = i32;

/// One report and everything that followed from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Always true: no story of this crate is about anybody.
    pub made_up: bool,
    /// Position in the world, from 0.
    pub index: u64,
    /// The report's identifier, `R0000123`.
    pub id: String,
    /// The scenario that this story belongs to, when it was written by hand.
    pub scenario: Option<Scenario>,
    /// The person whom it is about in truth, `P0000123`; equal for reports about the same person. Not for the loader to store.
    pub person: String,
    /// The first report about the same person, when this is a later one.
    pub duplicate_of: Option<String>,
    /// The person was reported in another police unit before.
    pub moved: bool,
    /// The made-up network behind it, in truth. Not for the loader to store.
    pub network: Option<String>,
    /// What came in.
    pub report: Report,
    /// What the signal desk did (K1).
    pub desk: Desk,
    /// What police, marechaussee or labour inspectorate found (K5).
    pub intake: Option<Intake>,
    /// Care coordination (K3).
    pub case: Option<Case>,
    /// Registration at CoMensha (K2).
    pub registration: Registration,
    /// Reflection period, offered by police or marechaussee only (Vc B8/3).
    pub reflection: Option<Reflection>,
    /// Shelter request and what came of it (K3).
    pub shelter: Option<Shelter>,
    /// Opinion on victimhood (K4).
    pub opinion: Option<Opinion>,
    /// End of the trajectory and aftercare (K3).
    pub closing: Option<Closing>,
    /// What else happened, in order of days.
    pub events: Vec<Event>,
}

/// How sure an age is; doubt means that the person is treated as a minor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Age {
    /// Known from a document or a register.
    Certain {
        /// Whole years.
        years: u8,
    },
    /// Judged by somebody.
    Estimated {
        /// Youngest possible, in whole years.
        low: u8,
        /// Oldest possible, in whole years.
        high: u8,
    },
    /// Nobody knows.
    #[default]
    Unknown,
}

/// Sex as Dutch registers write it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// X, or unknown.
    #[default]
    X,
}

impl Sex {
    /// The letter, as in the files.
    pub fn letter(self) -> &'static str {
        match self {
            Self::F => "F",
            Self::M => "M",
            Self::X => "X",
        }
    }
}

/// The answer to a question that may stay open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known.
    #[default]
    Unknown,
}

/// Whether minors are involved; it changes where a report goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Minors {
    /// Certainly.
    Yes,
    /// Perhaps: treated as yes.
    Suspected,
    /// No sign of it.
    #[default]
    No,
}
