//! Clocks of a journey and of a stay: who does not arrive is looked for, the next place is planned before the norm for the stay ends, and
//! staying longer asks for a reason. Each makes a task in the case and decides nothing.

use domain::SafeText;
use domain::ids::PlacementId;
use domain::placement::{Placement, PlacementState};
use domain::room::ShelterKind;
use domain::task::TaskKind;
use domain::time::dutch_date;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use vault::{Change, DueTimer, Store, Timer};

use super::records::{StoredLocation, StoredRequest};
use super::step::{Follow, load_placement, load_room};
use crate::Desk;
use crate::access::Permit;
use crate::case::ask_task;
use crate::error::{DeskError, Result};

/// Not arrived in time.
pub(super) const OVERDUE: &str = "placement.overdue";
/// Time to plan the next place.
pub(super) const NEXT: &str = "placement.next";
/// The norm for the stay is over.
pub(super) const NORM: &str = "placement.norm";

/// The moment by which somebody who is on the way should have arrived.
pub(super) fn overdue(desk: &Desk, now: Timestamp) -> Result<Timestamp> {
    desk.deadline("arrival_overdue", now)
}

/// When the norm for a stay that begins now ends: for categorical shelter the norm of the vocabulary, elsewhere the longest stay in
/// that room. `None` when nobody set one.
pub(super) async fn norm(
    desk: &Desk,
    now: Timestamp,
    placement: PlacementId,
) -> Result<Option<Timestamp>> {
    let placement = load_placement(desk, placement).await?.body.placement;
    let location = desk
        .vault
        .load::<StoredLocation>(&placement.location.to_string())
        .await?;
    if location.body.location.kind == ShelterKind::Cosm {
        return desk.deadline("cosm_stay", now).map(Some);
    }
    let room = load_room(desk, placement.room).await?.body.room;
    Ok(room.max_stay_days.and_then(|days| {
        let longest = SignedDuration::from_hours(24 * i64::from(days));
        now.checked_add(longest).ok()
    }))
}

/// The end of the norm for a stay that has begun.
async fn norm_of(desk: &Desk, placement: &Placement) -> Result<Option<Timestamp>> {
    match placement.state() {
        PlacementState::Arrived { by } => norm(desk, by.at, placement.id).await,
        _ => Ok(None),
    }
}

/// Sets the clocks that a step begins, and ends those that it makes pointless.
pub(super) fn clocks(
    desk: &Desk,
    change: Change,
    follow: &Follow,
    before: &Placement,
    id: PlacementId,
) -> Result<Change> {
    let running = matches!(
        before.state(),
        PlacementState::Travelling { .. } | PlacementState::Arrived { .. }
    );
    let change = match running {
        true => change.clear_timers(id.to_string()),
        false => change,
    };
    Ok(match follow {
        Follow::Travels { overdue } => change.timer(timer(OVERDUE, id, *overdue)),
        Follow::Fulfilled {
            norm: Some(norm), ..
        } => {
            let next = desk.deadline("next_place", *norm)?;
            change
                .timer(timer(NEXT, id, next))
                .timer(timer(NORM, id, *norm))
        }
        _ => change,
    })
}

fn timer(kind: &str, id: PlacementId, due: Timestamp) -> Timer {
    Timer {
        id: format!("{kind}/{id}/{}", due.as_second()),
        due,
        kind: kind.to_owned(),
        record: id.to_string(),
    }
}

/// A clock of a journey or a stay is due: a task in the case, if it still matters.
pub(super) async fn due(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    due: &DueTimer,
) -> Result<()> {
    let unreadable = |_| DeskError::Setup("a clock names no readable record".to_owned());
    let id: PlacementId = due.timer.record.parse().map_err(unreadable)?;
    let mut context = permit.context(now);
    context.act = "shelter.clock.stay".to_owned();
    let change = Change::new(context).fire(&due.timer);
    let placement = load_placement(desk, id).await?.body.placement;
    let change = match task(desk, now, &due.timer, &placement).await? {
        Some(task) => match ask_task(desk, change.clone(), placement.case, now, task).await {
            // An erased case needs no task.
            Err(DeskError::NotFound { .. }) => change,
            other => other?,
        },
        None => change,
    };
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

type NewTask = (TaskKind, SafeText, Option<Date>);

async fn task(
    desk: &Desk,
    now: Timestamp,
    timer: &Timer,
    placement: &Placement,
) -> Result<Option<NewTask>> {
    let state = placement.state();
    let there = matches!(state, PlacementState::Arrived { .. });
    let today = dutch_date(now);
    let said = |kind, text: String, due| {
        let title = SafeText::new("title", &text, 200)
            .map_err(|e| DeskError::Setup(format!("title of a task: {e}")))?;
        Ok(Some((kind, title, Some(due))))
    };
    match timer.kind.as_str() {
        OVERDUE if matches!(state, PlacementState::Travelling { .. }) => said(
            TaskKind::MissingFollowUp,
            "Niet aangekomen in de opvang: ga na waar zij is, en meld vermissing als het moet"
                .to_owned(),
            today,
        ),
        NEXT if there && !has_next(desk, placement).await? => {
            let norm = norm_of(desk, placement).await?;
            said(
                TaskKind::NextPlace,
                "De volgende plek regelen: de norm voor dit verblijf is bijna voorbij".to_owned(),
                norm.map_or(today, dutch_date),
            )
        }
        NORM if there => said(
            TaskKind::StayOverNorm,
            "Verblijf langer dan de norm: leg de reden vast en hoe het verdergaat".to_owned(),
            today,
        ),
        _ => Ok(None),
    }
}

/// Whether a next place has been asked for already.
async fn has_next(desk: &Desk, placement: &Placement) -> Result<bool> {
    let asked = desk
        .vault
        .load_children::<StoredRequest>(&placement.case.to_string())
        .await?;
    Ok(asked.iter().any(|found| {
        found.body.follows == Some(placement.request)
            && found.body.request.state_name() != "withdrawn"
    }))
}
