//! Taking over the coordination of a case: never in silence.

use domain::SafeText;
use domain::ids::CaseId;
use domain::need::{TakeOverError, may_take_over};
use jiff::Timestamp;
use vault::{Change, Store};

use super::need::asker;
use super::notice::{NoticeKind, notice};
use super::{fresh, guard, of_org, refused, was_taken_on};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::roster;

/// Takes over the coordination of a case of the same organisation. When a colleague leads it who is not absent, it asks a reason; she is
/// told in any case. Nothing of the case is shown here.
pub async fn take_over(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    reason: Option<SafeText>,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::TakeOverCase)?;
    let found = was_taken_on(of_org(desk, actor, id).await?)?;
    fresh(&found, seen)?;
    guard(&[("reason", reason.as_ref())], looked)?;
    let me = actor.person()?;
    let lead = found.body.case.coordinator;
    let absent = match lead {
        Some(lead) => roster::is_absent(desk, found.body.case.owner, lead, now).await?,
        None => false,
    };
    may_take_over(asker(me), lead, absent, reason.is_some()).map_err(|error| match error {
        TakeOverError::ReasonMissing => DeskError::field("reason", "required", error),
        TakeOverError::AlreadyYours => DeskError::rule("case-already-yours", error),
    })?;
    let mut file = found.body.clone();
    file.case = file.case.assign(me.user, me.org).map_err(refused)?;
    file.coordinator_name = Some(me.name.clone());
    let mut change = Change::new(permit.context(now)).update(file.draft(&["coordinator"])?, seen);
    if let Some(lead) = lead {
        let kind = NoticeKind::TakenOver;
        change = notice(desk, change, actor, now, &file, lead, kind, reason)?;
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
