//! Intake files of investigating services (K5): a routed report or the service's own finding, the people in it, what is
//! owed, and the end.
//!
//! A file belongs to one service. To every other it does not exist: it answers "not found". The reporter is not in it;
//! the desk is known by the disclosure that brought it, and by nothing else.

mod answer;
mod assess;
mod attachment;
mod clock;
mod close;
mod file;
mod handover;
mod open;
mod owed;
mod person;
mod read;
mod receive;
mod register;
mod vital;
mod whole;

pub use answer::{send_back, take_on};
pub use assess::{AssessInput, MarkInput, assess, mark};
pub use attachment::open_attachment;
pub use clock::clock;
pub use close::{CloseInput, close};
pub use file::{
    HandoverFact, IntakeFile, IntakePerson, IntakeSummary, Mark, ReflectionMarker,
    RegistrationFact, Source, Step, StepKind, StoredConsent,
};
pub(crate) use handover::may_tell;
pub use handover::{HandoverInput, hand_to_care, withdraw_consent};
pub use open::{OwnInput, open};
pub use owed::{Owed, Progress, checklist};
pub use person::{PersonInput, add_person, change_person};
pub use read::{
    ConsentView, Dossier, PersonView, Receiver, care_receivers, list, read, running_periods,
};
pub use receive::receive;
pub use register::{RegisterInput, register};
pub use vital::{VitalDecision, VitalInput, VitalPreview, hand_over_vital, preview_vital};

pub(crate) use file::StoredReflection;
pub(crate) use person::record as person_record;
pub(crate) use whole::Whole;

use domain::intake::IntakeError;
use domain::time::amsterdam;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Opened, Stored};

use crate::error::{DeskError, Result};

/// The clock of the answer that the desk expects.
pub(crate) const ANSWER: &str = "intake.answer";
/// The clock of a registration that is owed for a person.
pub(crate) const REGISTRATION: &str = "intake.registration";
/// The clock of telling somebody who was handed over without her consent.
pub(crate) const TELL: &str = "intake.tell";

/// The seen version must be the present one, before anything is worked out from it.
pub(crate) fn fresh<T: Stored>(found: &Opened<T>, seen: i64) -> Result<()> {
    if found.version == seen {
        Ok(())
    } else {
        Err(DeskError::Conflict)
    }
}

/// The first moment of a day in the Netherlands.
pub(crate) fn day_start(day: Date) -> Timestamp {
    day.to_zoned(amsterdam())
        .map_or(Timestamp::MAX, |moment| moment.timestamp())
}

/// A rule's refusal about an intake, under a key of its own.
pub(crate) fn refused(error: IntakeError) -> DeskError {
    let key = match &error {
        IntakeError::NotAService(_) => "intake-not-a-service",
        IntakeError::WrongState { .. } => "intake-wrong-state",
        IntakeError::Contradiction { .. } => "intake-contradiction",
    };
    DeskError::rule(key, error)
}
