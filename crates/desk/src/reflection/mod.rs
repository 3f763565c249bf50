//! Reflection periods (bedenktijd, K5): offered, answered, running, over. Every change of where it stands travels to care
//! when the person was handed over.

mod change;
mod clock;
mod offer;

pub use change::{DeclineInput, EndInput, EuInput, accept, decide_eu, decline, end, start};
pub use clock::clock;
pub use offer::{OfferInput, offer};

use domain::ids::DisclosureId;
use domain::reflection::{Reflection, ReflectionError, ReflectionState};
use jiff::Timestamp;
use vault::{Change, ClearData, Draft, Store};

use crate::Desk;
use crate::access::Permit;
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload, ReflectionStatus};
use crate::error::{DeskError, Result};
use crate::intake::{IntakePerson, StoredReflection, day_start, may_tell};

/// Beginning of the names of the reminders' clocks.
pub(crate) const REMINDER: &str = "reflection.reminder";
/// The clock of the end.
pub(crate) const END: &str = "reflection.end";

/// Where a period stands: state and dates, nothing of what was said.
pub(crate) fn status(reflection: &Reflection) -> ReflectionStatus {
    ReflectionStatus {
        state: reflection.state_name().to_owned(),
        start: match reflection.state() {
            ReflectionState::Running { start, .. } | ReflectionState::Ended { start, .. } => {
                Some(*start)
            }
            _ => None,
        },
        no_removal_until: reflection.no_removal_until(),
        ended: match reflection.state() {
            ReflectionState::Ended { reason, .. } => Some(*reason),
            _ => None,
        },
    }
}

/// The record of a period.
pub(crate) fn record(body: &StoredReflection, org: &str) -> Result<Draft> {
    let clear = ClearData {
        state: body.reflection.state_name().to_owned(),
        org: Some(org.to_owned()),
        parent: Some(body.intake.to_string()),
        due: body.reflection.no_removal_until().map(day_start),
        ..ClearData::default()
    };
    let id = body.reflection.id.to_string();
    Ok(Draft::new(id, body, clear)?.with_summary(&body.intake)?)
}

/// News for care, when the person was handed over and the consent to it stands.
async fn news(
    desk: &Desk,
    permit: &Permit,
    actor: &Actor,
    now: Timestamp,
    person: &IntakePerson,
    reflection: &Reflection,
) -> Result<Option<Disclosure>> {
    let Some(fact) = &person.handover else {
        return Ok(None);
    };
    if !may_tell(desk, fact).await? {
        return Ok(None);
    }
    Ok(Some(Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K5,
        to: Store::K3,
        org: Some(fact.to),
        by: actor.by(now).ok(),
        at: now,
        purpose: "care".to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: fact.consent,
        thread: Some(fact.disclosure),
        subject: Some(reflection.id.to_string()),
        payload: Payload::ReflectionStatus(status(reflection)),
    }))
}

fn send(change: Change, news: Option<Disclosure>) -> Result<Change> {
    match news {
        Some(news) => news.send(change),
        None => Ok(change),
    }
}

/// A rule's refusal about a period, under a key of its own.
fn refused(error: ReflectionError) -> DeskError {
    let key = match &error {
        ReflectionError::MayNotOffer(_) => "reflection-may-not-offer",
        ReflectionError::Witness => "reflection-witness",
        ReflectionError::WrongState { .. } => "reflection-wrong-state",
        ReflectionError::DeclineNotExplained => {
            return DeskError::field("interpreter", "not-explained", error);
        }
        ReflectionError::EuUndecided => "reflection-eu-undecided",
        ReflectionError::EuDoesNotApply => "reflection-eu-does-not-apply",
        ReflectionError::MayNotDecideEu(_) => {
            return DeskError::field("decided_by", "may-not-decide", error);
        }
        ReflectionError::NoEuQuestion => "reflection-no-eu-question",
        ReflectionError::NotExpired { .. } => {
            return DeskError::field("reason", "not-expired", error);
        }
        ReflectionError::EndsBeforeStart { .. } => {
            return DeskError::field("ended", "before-start", error);
        }
    };
    DeskError::rule(key, error)
}
