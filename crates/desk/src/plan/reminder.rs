//! What a holder hears by itself: that the cut-off of a round is near, and that it is over, each once. And what was sent and waits for
//! its review: that is no silence.

use std::collections::BTreeMap;

use domain::ids::{ActionId, UpdateId};
use domain::round::{Notice, NoticeKind, Round, UpdateState};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, DueTimer, Store, Timer};

use super::register;
use super::round::{StoredRound, StoredUpdate, update_draft};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

const COMING_CLOCK: &str = "plan.coming";
const OVERDUE_CLOCK: &str = "plan.overdue";

/// The clocks of a round.
pub(super) fn clocks(change: Change, round: &Round) -> Change {
    let timer = |kind: &str, due: Timestamp| Timer {
        id: format!("{kind}/{}", round.id),
        due,
        kind: kind.to_owned(),
        record: round.id.to_string(),
    };
    change
        .timer(timer(COMING_CLOCK, round.coming()))
        .timer(timer(OVERDUE_CLOCK, round.cutoff))
}

/// The most clocks of the programme that are looked through; there are two a round and one a period.
const MOST: i64 = 10_000;

/// Sets the clocks of running rounds that have none, such as rounds that were asked before rounds had clocks. What is over stays over.
pub async fn arm(desk: &Desk, now: Timestamp) -> Result<()> {
    let rounds = desk.vault.load_all::<StoredRound>(&[]).await?;
    let rounds = rounds.into_iter().map(|found| found.body.0);
    let running: Vec<Round> = rounds.filter(|round| round.cutoff > now).collect();
    if running.is_empty() {
        return Ok(());
    }
    let set = desk.vault.due(Store::K7, Timestamp::MAX, MOST).await?;
    let permit = permit(&Actor::System, UseCase::RoundClock)?;
    for round in running {
        let is_set = |kind: &str| {
            set.iter()
                .any(|due| due.timer.id == format!("{kind}/{}", round.id))
        };
        if !is_set(OVERDUE_CLOCK) {
            let change = clocks(Change::new(permit.context(now)), &round);
            desk.vault.apply(Store::K7, change).await?;
        }
    }
    Ok(())
}

/// A due clock of a round: whoever sent nothing hears of it, all in one change.
pub async fn clock(desk: &Desk, now: Timestamp, due: &DueTimer) -> Result<()> {
    let kind = match due.timer.kind.as_str() {
        COMING_CLOCK => NoticeKind::Coming,
        OVERDUE_CLOCK => NoticeKind::Overdue,
        other => return Err(DeskError::Setup(format!("no effect for the clock {other}"))),
    };
    let permit = permit(&Actor::System, UseCase::RoundClock)?;
    let mut change = Change::new(permit.context(now)).fire(&due.timer);
    let updates = desk
        .vault
        .load_children::<StoredUpdate>(&due.timer.record)
        .await?;
    for found in updates {
        if let Some(update) = found.body.0.notify(kind, now) {
            change = change.update(update_draft(&update, &["notices"])?, found.version);
        }
    }
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}

/// What waits for a holder.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What is asked.
    pub update: UpdateId,
    /// Of which action.
    pub action: ActionId,
    /// Number of the action.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Until when it counts.
    pub cutoff: Timestamp,
    /// What the holder heard last by itself, in this round.
    pub notice: Notice,
}

/// What this actor's organisation still has to tell in the newest round, as far as it heard of it. It is gone when something is sent, and after
/// the cut-off when something is told of the action itself.
pub async fn waiting(desk: &Desk, actor: &Actor) -> Result<Vec<Waiting>> {
    let permit = permit(actor, UseCase::TellInRound)?;
    let rounds = desk.vault.load_all::<StoredRound>(&[]).await?;
    let newest = rounds.into_iter().map(|found| found.body.0);
    let Some(round) = newest.max_by_key(|round| (round.opened.at, round.id)) else {
        return Ok(Vec::new());
    };
    let org = permit.actor.person()?.org;
    let mut asked = BTreeMap::new();
    let updates = desk
        .vault
        .load_children::<StoredUpdate>(&round.id.to_string())
        .await?;
    for found in updates {
        let update = found.body.0;
        if update.holder == org
            && update.state().is_missing()
            && let Some(notice) = update.notices().last()
        {
            asked.insert(update.action, (update.id, *notice));
        }
    }
    let opened = dutch_date(round.opened.at);
    let rows = register(desk).await?.into_iter().filter_map(|found| {
        let action = &found.body.0;
        let (update, notice) = asked.remove(&action.id)?;
        let told = action.last_told().is_some_and(|day| day > opened);
        let gone = notice.kind == NoticeKind::Overdue && told;
        (!gone && !action.status().is_final()).then(|| Waiting {
            update,
            action: action.id,
            number: action.plan.number.clone(),
            title: action.plan.title.as_str().to_owned(),
            cutoff: round.cutoff,
            notice,
        })
    });
    Ok(rows.collect())
}

/// On which day something was sent about an action that was not accepted yet; of several the last.
pub(crate) async fn sent(desk: &Desk) -> Result<BTreeMap<ActionId, Date>> {
    let state = UpdateState::Sent.code();
    let mut out = BTreeMap::new();
    for found in desk.vault.load_all::<StoredUpdate>(&[state]).await? {
        let update = found.body.0;
        if let Some(told) = update.told() {
            let day = dutch_date(told.by.at);
            let known = out.entry(update.action).or_insert(day);
            *known = day.max(*known);
        }
    }
    Ok(out)
}
