//! Breaking the glass, and the moment at which it is over.

use domain::SafeText;
use domain::ids::BreakGlassId;
use domain::need::{BreakGlass, MatterId, MatterKind, Right, Way};
use jiff::Timestamp;
use vault::{Change, DueTimer, Store, Timer};

use super::records::{StoredGlass, StoredRight, of_person, right_of};
use super::{END, HOLDS};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::{fresh, guard, refused};
use crate::error::{DeskError, Result};
use crate::need::{NoticeKind, deeds, find, notice, store, what, why};
use crate::sign_in::require_fresh;

/// Breaks the glass of one matter: with a reason, a second factor that was just shown, for as long as the vocabulary says. Who leads the
/// it is told, a review waits from now on, and until that is done this person breaks no other glass.
pub async fn break_glass(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
    reason: SafeText,
    looked: bool,
) -> Result<BreakGlassId> {
    let id = id.into();
    let permit = permit(actor, deeds(id.kind).glass()?.0)?;
    let held = find(desk, id).await?;
    let me = actor.person()?;
    if held.owner != me.org {
        return Err(DeskError::NotFound {
            what: what(id.kind),
        });
    }
    let store = store(id.kind);
    let refusal = why(desk, actor, now, &held).await?.err();
    if !refusal.is_some_and(|refusal| refusal.ways().contains(&Way::BreakGlass)) {
        return Err(DeskError::rule(
            "glass-not-needed",
            "this is open for you, or nobody leads it: open it or take it over",
        ));
    }
    require_fresh(actor, now)?;
    guard(&[("reason", Some(&reason))], looked)?;
    let glass_id = BreakGlassId::new(desk.vault.new_id(now));
    let right = right_of(desk, store, me.user).await?;
    let before = right.as_ref().map_or(Right::new(me.user), |r| r.body.0);
    let taken = StoredRight(before.take(glass_id).map_err(refused)?).draft(store)?;
    let lead = held.lead;
    let until = desk.deadline(HOLDS, now)?;
    let broken = StoredGlass {
        glass: BreakGlass::open(glass_id, id, actor.by(now)?, until, reason.clone(), lead),
        name: me.name.clone(),
    };
    let mut change = Change::new(permit.context(now)).create(broken.draft()?);
    change = match right {
        None => change.create(taken),
        Some(right) => change.update(taken, right.version),
    };
    change = change.timer(timer(glass_id, until));
    if let Some(lead) = lead.filter(|lead| *lead != me.user) {
        let kind = NoticeKind::GlassBroken { until };
        let reason = Some(reason);
        change = notice(desk, change, actor, now, id, held.owner, lead, kind, reason)?;
    }
    desk.vault.apply(store, change).await?;
    Ok(glass_id)
}

fn timer(id: BreakGlassId, due: Timestamp) -> Timer {
    Timer {
        id: format!("{END}/{id}"),
        due,
        kind: END.to_owned(),
        record: id.to_string(),
    }
}

/// The time for which this actor looks at a matter now, with its version, if it does.
pub async fn mine(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    matter: impl Into<MatterId>,
) -> Result<Option<(BreakGlass, i64)>> {
    let matter = matter.into();
    permit(actor, deeds(matter.kind).glass()?.0)?;
    let all = of_person(desk, matter, actor.person()?.user).await?;
    let Some(glass) = all.into_iter().find(|glass| glass.is_in_force(now)) else {
        return Ok(None);
    };
    let id = glass.id.to_string();
    let store = store(matter.kind);
    let found = desk.vault.load_in::<StoredGlass>(store, &id).await?;
    Ok(Some((found.body.glass, found.version)))
}

/// Whoever looks has seen enough: the matter closes before the clock. `kind` says in which compartment.
pub async fn end(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    kind: MatterKind,
    id: BreakGlassId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, deeds(kind).glass()?.0)?;
    let store = store(kind);
    let missing = || DeskError::NotFound {
        what: "break-glass",
    };
    let found = desk
        .vault
        .load_in::<StoredGlass>(store, &id.to_string())
        .await;
    let found = found.map_err(|e| DeskError::from(e).what("break-glass"))?;
    if found.body.glass.opened.user != actor.person()?.user {
        return Err(missing());
    }
    fresh(&found, seen)?;
    let after = StoredGlass {
        glass: found.body.glass.end(now).map_err(refused)?,
        name: found.body.name,
    };
    let change = Change::new(permit.context(now))
        .update(after.draft()?.changing(&["state"]), seen)
        .clear_timers(id.to_string());
    desk.vault.apply(store, change).await?;
    Ok(())
}

/// The hour is over.
pub(crate) async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let store = due.store;
    let case = match store {
        Store::K5 => UseCase::IntakeClock,
        _ => UseCase::CaseClock,
    };
    let permit = permit(&Actor::System, case)?;
    let record = &due.timer.record;
    let found = desk.vault.load_in::<StoredGlass>(store, record).await;
    let found = found.map_err(|e| DeskError::from(e).what("break-glass"))?;
    let mut context = permit.context(now);
    context.act = format!("{}.glass", permit.rule.name);
    let mut change = Change::new(context).fire(&due.timer);
    if found.body.glass.state_name() == "in_force" {
        let after = StoredGlass {
            glass: found.body.glass.end(now).map_err(refused)?,
            name: found.body.name,
        };
        change = change.update(after.draft()?.changing(&["state"]), found.version);
    }
    desk.vault.apply(store, change).await?;
    Ok(())
}
