//! Clocks: a hold that nobody answered is over and its seats are free; a request for which nothing fitted is looked at
//! again every hour.

use domain::ids::{PlacementId, ShelterRequestId};
use domain::placement::Placement;
use jiff::Timestamp;
use vault::{Change, DueTimer, Store};

use super::apart::mates;
use super::country::Country;
use super::records::{StoredPlacement, StoredRequest, draft_request};
use super::requests::AGAIN;
use super::search::{Asking, outlook};
use super::shortage::Shortage;
use super::stay;
use super::step::{self, Follow, HOLD, SEARCH, Seats, Step, search_timer};
use super::today::as_of_today;
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A due clock of this subject.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let permit = permit(&Actor::System, UseCase::ShelterClock)?;
    match due.timer.kind.as_str() {
        HOLD => hold_over(desk, &permit, now, due).await,
        stay::OVERDUE | stay::NEXT | stay::NORM => stay::due(desk, &permit, now, due).await,
        SEARCH => search_again(desk, &permit, now, due).await,
        other => Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    }
}

fn unreadable(_: impl std::fmt::Display) -> DeskError {
    DeskError::Setup("a clock names no readable record".to_owned())
}

async fn hold_over(desk: &Desk, permit: &Permit, now: Timestamp, due: &DueTimer) -> Result<()> {
    let id: PlacementId = due.timer.record.parse().map_err(unreadable)?;
    let mut context = permit.context(now);
    context.act = "shelter.clock.hold_over".to_owned();
    let found = step::load_placement(desk, id).await?;
    let over = |until| until <= now;
    if !found.body.placement.held_until().is_some_and(over) {
        // Answered in the very moment: nothing is held any more, or the client's own time runs now.
        let change = Change::new(context).fire(&due.timer);
        desk.vault.apply(Store::K3, change).await?;
        return Ok(());
    }
    let step = Step {
        id,
        // Who answers in this moment wins: the placement's version says so.
        seen: Some(found.version),
        context,
        seats: Seats::Free,
        follow: Follow::SearchOn,
        fired: Some(&due.timer),
        allowed: &|_, _| Ok(()),
        rule: &move |placement: Placement| placement.expire(now),
    };
    step::take(desk, now, step).await
}

async fn search_again(desk: &Desk, permit: &Permit, now: Timestamp, due: &DueTimer) -> Result<()> {
    let id: ShelterRequestId = due.timer.record.parse().map_err(unreadable)?;
    let mut context = permit.context(now);
    context.act = "shelter.clock.search".to_owned();
    let change = Change::new(context).fire(&due.timer);
    let found = step::load_request(desk, id).await?;
    if found.body.request.state_name() != "open" {
        desk.vault.apply(Store::K3, change).await?;
        return Ok(());
    }
    let before: Vec<StoredPlacement> = desk
        .vault
        .load_children::<StoredPlacement>(&found.id)
        .await?
        .into_iter()
        .map(|p| p.body)
        .collect();
    let country = Country::load(desk).await?;
    let today = as_of_today(desk, now, found.body.clone()).await?;
    let asking = Asking {
        mates: mates(desk, &found.body).await?,
        ..Asking::of(&today, &before)
    };
    let seen = outlook(desk, now, &country, &asking)?;
    let shortage = Shortage::after(found.body.shortage.clone(), &seen, now);
    let goes_on = shortage
        .as_ref()
        .is_some_and(|mark| mark.resolved.is_none());
    // Who has the request open would meet another version for nothing, so it is written only when the mark changes.
    let change = if shortage == found.body.shortage {
        change
    } else {
        let stored = StoredRequest {
            shortage,
            ..found.body.clone()
        };
        let draft = draft_request(&stored, None)?.changing(&["shortage"]);
        change.update(draft, found.version)
    };
    let next = now.saturating_add(AGAIN).unwrap_or(Timestamp::MAX);
    let change = if goes_on {
        change.timer(search_timer(id, next.as_second(), next))
    } else {
        change
    };
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
