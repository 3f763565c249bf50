//! How a share ends: the sender takes it back, its term is over, or the consent is withdrawn. The receiver is told, and confirms.

use domain::By;
use domain::ids::{CaseId, ConsentId, DisclosureId};
use domain::share::{EndReason, Share};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, DueTimer, Opened, Store};

use super::messages::{ShareMessage, load_share, message, with_share};
use super::records::StoredShare;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::{fresh, refused, taken_on};
use crate::error::{DeskError, Result};

/// The clock of the last day.
pub(crate) const CLOCK: &str = "share.end";

/// Takes a share back, as somebody who works on the case; a closed one too. `seen` is its version.
pub async fn recall(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: DisclosureId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::OfferShare)?;
    let found = load_share(desk, id).await?;
    taken_on(desk, actor, now, found.body.0.case)
        .await
        .map_err(|e| e.what("share"))?;
    fresh(&found, seen)?;
    let change = Change::new(permit.context(now));
    let by = Some(actor.by(now)?);
    let change = end(desk, change, &found, now, by, EndReason::Recalled)?;
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// The day after the last one has begun.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let permit = permit(&Actor::System, UseCase::ReceiveShare)?;
    let id = due
        .timer
        .record
        .parse()
        .map_err(|_| DeskError::Setup("a clock names no readable record".to_owned()))?;
    let mut context = permit.context(now);
    context.act = "share.clock.end".to_owned();
    let change = Change::new(context).fire(&due.timer);
    let found = load_share(desk, id).await?;
    let change = match found.body.0.runs() {
        true => end(desk, change, &found, now, None, EndReason::Expired)?,
        false => change,
    };
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// What rests on a consent that was withdrawn ends in the change that withdraws it.
pub(crate) async fn consent_withdrawn(
    desk: &Desk,
    mut change: Change,
    case: CaseId,
    consent: ConsentId,
    by: By,
    now: Timestamp,
) -> Result<Change> {
    let shares = desk
        .vault
        .load_children::<StoredShare>(&case.to_string())
        .await?;
    for found in shares {
        let share = &found.body.0;
        if share.runs() && share.terms.consents.contains(&consent) {
            let why = EndReason::ConsentWithdrawn;
            change = end(desk, change, &found, now, Some(by), why)?;
        }
    }
    Ok(change)
}

pub(super) fn end(
    desk: &Desk,
    change: Change,
    found: &Opened<StoredShare>,
    now: Timestamp,
    by: Option<By>,
    why: EndReason,
) -> Result<Change> {
    let share: Share = found.body.0.clone();
    let next = share.end(dutch_date(now), why).map_err(refused)?;
    let told = message(desk, &next, by, now, ShareMessage::Ended(why))?;
    let change = change.clear_timers(found.id.clone());
    told.send(with_share(change, next, found.version)?)
}
