//! Taking over a matter: never in silence.

use domain::SafeText;
use domain::need::{MatterId, Refusal, TakeOverError, may_take_over};
use jiff::Timestamp;
use vault::Change;

use super::kind::{deeds, store};
use super::notice::{NoticeKind, notice};
use super::open::{asker, of_org};
use crate::Desk;
use crate::access::permit;
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, Result};
use crate::roster;

/// Takes over a matter of the same organisation. When a colleague leads it who is not absent, it asks a reason; she is told in any case.
/// What nobody leads yet is taken up in the same way. Nothing of the matter is shown here.
pub async fn take_over(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
    seen: i64,
    reason: Option<SafeText>,
    looked: bool,
) -> Result<()> {
    let id = id.into();
    let permit = permit(actor, deeds(id.kind).take_over)?;
    let held = of_org(desk, actor, id).await?;
    held.can_be_led()?;
    if held.is_barred(actor.person()?.user) {
        return Err(DeskError::NeedToKnow {
            refusal: Refusal::Barred,
        });
    }
    if held.version != seen {
        return Err(DeskError::Conflict);
    }
    guard(&[("reason", reason.as_ref())], looked)?;
    let me = actor.person()?;
    let (lead, owner) = (held.lead, held.owner);
    let absent = match lead {
        Some(lead) => roster::is_absent(desk, owner, lead, now).await?,
        None => false,
    };
    may_take_over(asker(me), lead, absent, reason.is_some()).map_err(|error| match error {
        TakeOverError::ReasonMissing => DeskError::field("reason", "required", error),
        TakeOverError::AlreadyYours => DeskError::rule("case-already-yours", error),
    })?;
    let draft = held.led(desk, now, me)?;
    let mut change = Change::new(permit.context(now)).update(draft, seen);
    if let Some(lead) = lead {
        let kind = NoticeKind::TakenOver;
        change = notice(desk, change, actor, now, id, owner, lead, kind, reason)?;
    }
    desk.vault.apply(store(id.kind), change).await?;
    Ok(())
}
