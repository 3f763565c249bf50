//! Writing a barrier down, and the steps it takes.

use domain::SafeText;
use domain::barrier::{Aim, Barrier, Ended, Ending, Place, Plan, PlanNumber, Words, Yield};
use domain::code::FormCode;
use domain::ids::BarrierId;
use domain::vocabulary::{BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::{draft, own, refused, refused_words};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::fresh;
use crate::error::Result;

/// A barrier that somebody thinks of.
#[derive(Debug, Clone)]
pub struct NewBarrier {
    /// Step of the offender.
    pub step: BarrierStepCode,
    /// Instrument.
    pub instrument: BarrierInstrumentCode,
    /// Kind of place or firm.
    pub target: BarrierTargetCode,
    /// Where.
    pub place: Place,
    /// Forms it is aimed at.
    pub forms: Vec<FormCode>,
    /// Which place or firm.
    pub what: SafeText,
    /// Number of the action of the plan.
    pub action: Option<PlanNumber>,
    /// Somebody looked: a name or an address in it is a firm's.
    pub looked: bool,
}

/// A step of a barrier. `looked`: somebody looked, a name or an address in the text is a firm's.
#[derive(Debug, Clone)]
pub enum Step {
    /// Somebody will do it.
    Plan {
        /// Who.
        who: SafeText,
        /// By when.
        until: Date,
        /// Looked at.
        looked: bool,
    },
    /// It stands.
    Raise {
        /// Since when.
        on: Date,
    },
    /// It yielded something.
    Note {
        /// When.
        on: Date,
        /// What.
        what: SafeText,
        /// Looked at.
        looked: bool,
    },
    /// It stood.
    End {
        /// How.
        how: Ended,
        /// Until when.
        on: Date,
        /// Why.
        reason: SafeText,
        /// Looked at.
        looked: bool,
    },
    /// It will not be raised.
    Drop {
        /// Why.
        reason: SafeText,
        /// Looked at.
        looked: bool,
    },
}

impl Step {
    fn case(&self) -> UseCase {
        match self {
            Step::Plan { .. } => UseCase::PlanBarrier,
            Step::Raise { .. } => UseCase::RaiseBarrier,
            Step::Note { .. } => UseCase::NoteBarrier,
            Step::End { .. } => UseCase::EndBarrier,
            Step::Drop { .. } => UseCase::DropBarrier,
        }
    }
}

fn words(field: &str, text: SafeText, looked: bool) -> Result<Words> {
    Words::new(text, looked).map_err(|error| refused_words(field, &error))
}

/// Writes a barrier down for the own organisation.
///
/// # Errors
/// [`DeskError::Invalid`](crate::DeskError::Invalid) with every fault at its field.
pub async fn open(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    new: NewBarrier,
) -> Result<BarrierId> {
    let permit = permit(actor, UseCase::OpenBarrier)?;
    let aim = Aim {
        step: new.step,
        instrument: new.instrument,
        target: new.target,
        place: new.place,
        forms: new.forms,
        what: words("what", new.what, new.looked)?,
        action: new.action,
    };
    let id = BarrierId::new(desk.vault.new_id(now));
    let barrier = Barrier::consider(id, actor.by(now)?, aim, &desk.vocabulary);
    let barrier = barrier.map_err(|error| refused(error, "what"))?;
    let change = Change::new(permit.context(now)).create(draft(desk, &barrier, &["all"])?);
    desk.vault.apply(Store::K6, change).await?;
    Ok(id)
}

/// Takes a step. `seen` is the version on which it is based.
///
/// # Errors
/// [`DeskError::Conflict`](crate::DeskError::Conflict) when somebody else was first; a rule's refusal at its field or above the form.
pub async fn take(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: BarrierId,
    seen: i64,
    step: Step,
) -> Result<()> {
    let permit = permit(actor, step.case())?;
    let by = actor.by(now)?;
    let found = own(desk, &permit, id).await?;
    fresh(&found, seen)?;
    let barrier = found.body.0;
    let (next, day, field) = match step {
        Step::Plan { who, until, looked } => {
            let who = words("who", who, looked)?;
            (barrier.plan(Plan { who, until, by }), "until", "plan")
        }
        Step::Raise { on } => (barrier.raise(on, by), "on", "raised"),
        Step::Note { on, what, looked } => {
            let what = words("what", what, looked)?;
            (barrier.note(Yield { on, what, by }), "on", "yields")
        }
        Step::End {
            how,
            on,
            reason,
            looked,
        } => {
            let reason = words("reason", reason, looked)?;
            let ending = Ending {
                how,
                on,
                reason,
                by,
            };
            (barrier.end(ending), "on", "ending")
        }
        Step::Drop { reason, looked } => {
            let reason = words("reason", reason, looked)?;
            (barrier.give_up(reason, by), "on", "dropped")
        }
    };
    let next = next.map_err(|error| refused(error, day))?;
    let record = draft(desk, &next, &["state", field])?;
    let change = Change::new(permit.context(now)).update(record, seen);
    desk.vault.apply(Store::K6, change).await?;
    Ok(())
}
