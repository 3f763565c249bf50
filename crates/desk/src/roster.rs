//! The roster of an organisation: who is on duty, and who is away. Set beforehand by the administrator of people, never by herself.

use domain::By;
use domain::ids::{OrgId, UserId};
use domain::need::{Shift, ShiftError, ShiftKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Cursor, Draft, Filter, Kind, ListRow, Order, Store, Stored};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::accounts::{ACTIVE, Account, DISABLED, find, fresh_person, normal_user_name};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A line of the roster as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredShift {
    /// What it says.
    pub shift: Shift,
    /// As colleagues know her.
    pub name: String,
    /// Who ended it before its time.
    pub ended: Option<By>,
}

/// What a list shows of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftSummary {
    /// What it says.
    pub shift: Shift,
    /// As colleagues know her.
    pub name: String,
}

/// State of a line that was taken back before it began.
const CANCELLED: &str = "cancelled";
/// Clock of the vocabulary: the longest duty.
const LONGEST: &str = "duty_longest";

impl Stored for StoredShift {
    const KIND: Kind = Kind {
        name: "shift",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Assignee, Clear::Due],
        terms: &[],
    };
}

/// A line in the list.
#[derive(Debug, Clone)]
pub struct ShiftView {
    /// Record.
    pub id: String,
    /// Version to name when ending it.
    pub version: i64,
    /// Who, what, from when until when.
    pub seen: ShiftSummary,
}

/// A new line.
#[derive(Debug, Clone, Copy)]
pub struct NewShift {
    /// Who.
    pub user: UserId,
    /// What.
    pub kind: ShiftKind,
    /// From.
    pub from: Timestamp,
    /// Until.
    pub until: Timestamp,
}

fn draft(id: &str, stored: &StoredShift) -> Result<Draft> {
    let shift = &stored.shift;
    let never_began = shift.until <= shift.from;
    let clear = ClearData {
        state: match never_began {
            true => CANCELLED,
            false => shift.kind.code(),
        }
        .to_owned(),
        org: Some(shift.org.to_string()),
        assignee: Some(shift.user.to_string()),
        due: Some(shift.until),
        ..ClearData::default()
    };
    let summary = ShiftSummary {
        shift: *shift,
        name: stored.name.clone(),
    };
    Ok(Draft::new(id, stored, clear)?.with_summary(&summary)?)
}

/// Sets a line for somebody with an account; needs a fresh second factor, because it gives access.
pub async fn set(desk: &Desk, actor: &Actor, now: Timestamp, new: NewShift) -> Result<String> {
    let permit = permit(actor, UseCase::KeepRoster)?;
    fresh_person(actor, now)?;
    let unknown = || DeskError::field("user", "unknown", "there is no such active account");
    let account = desk.vault.load::<Account>(&new.user.to_string()).await;
    let account = account.map_err(|_| unknown())?;
    if account.clear.state != ACTIVE {
        return Err(unknown());
    }
    let shift = Shift {
        user: new.user,
        org: account.body.org,
        kind: new.kind,
        from: new.from,
        until: new.until,
        set: actor.by(now)?,
    };
    let longest = desk.deadline(LONGEST, new.from)?;
    shift.check(longest).map_err(|error| {
        let (field, key) = match error {
            ShiftError::EndsBeforeStart => ("until", "before_start"),
            ShiftError::Past => ("until", "past"),
            ShiftError::TooLong { .. } => ("until", "too_long"),
            ShiftError::OwnDuty => ("user", "own_duty"),
        };
        DeskError::field(field, key, error)
    })?;
    let id = desk.vault.new_id(now).to_string();
    let stored = StoredShift {
        shift,
        name: account.body.name,
        ended: None,
    };
    let change = Change::new(permit.context(now)).create(draft(&id, &stored)?);
    desk.vault.apply(Store::System, change).await?;
    Ok(id)
}

/// Whose sign-in name this is, for the form of the administrator of people.
pub async fn user_of(desk: &Desk, actor: &Actor, user_name: &str) -> Result<UserId> {
    permit(actor, UseCase::KeepRoster)?;
    let found = find(desk, &normal_user_name(user_name)).await?;
    let id = found.and_then(|account| account.id.parse().ok());
    id.ok_or_else(|| DeskError::field("user", "unknown", "there is no such active account"))
}

/// Ends a line now, or takes it back before it begins.
pub async fn end(desk: &Desk, actor: &Actor, now: Timestamp, id: &str, seen: i64) -> Result<()> {
    let permit = permit(actor, UseCase::KeepRoster)?;
    fresh_person(actor, now)?;
    let found = desk.vault.load::<StoredShift>(id).await;
    let found = found.map_err(|e| DeskError::from(e).what("shift"))?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let shift = found.body.shift;
    if shift.until <= now || shift.until <= shift.from {
        return Err(DeskError::AlreadyDone);
    }
    let stored = StoredShift {
        shift: Shift {
            until: now.max(shift.from),
            ..shift
        },
        ended: Some(actor.by(now)?),
        ..found.body
    };
    let record = draft(id, &stored)?.changing(&["until", "ended"]);
    let change = Change::new(permit.context(now)).update(record, seen);
    desk.vault.apply(Store::System, change).await?;
    Ok(())
}

/// The lines that hold now or later, the first to end in front.
pub async fn list(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<ShiftView>> {
    permit(actor, UseCase::KeepRoster)?;
    let rows = all(desk, &Filter::default()).await?;
    let mut out: Vec<ShiftView> = rows
        .into_iter()
        .filter(|row| row.clear.due.is_some_and(|until| until > now))
        .filter_map(view)
        .collect();
    out.sort_by_key(|line| (line.seen.shift.until, line.id.clone()));
    Ok(out)
}

fn view(row: ListRow) -> Option<ShiftView> {
    let seen = serde_json::from_value(row.summary).ok()?;
    Some(ShiftView {
        id: row.id,
        version: row.version,
        seen,
    })
}

/// Every line of these filters that was not taken back before it began.
async fn all(desk: &Desk, filter: &Filter) -> Result<Vec<ListRow>> {
    let filter = Filter {
        states: vec![
            ShiftKind::Duty.code().to_owned(),
            ShiftKind::Absent.code().to_owned(),
        ],
        ..filter.clone()
    };
    let mut rows = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let kind = &StoredShift::KIND;
        let page = desk
            .vault
            .list(kind, &filter, Order::Newest, after.as_ref(), 200)
            .await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(rows),
        }
    }
}

/// The shifts of one person for one organisation, for the rule of need to know.
pub(crate) async fn shifts_of(desk: &Desk, org: OrgId, user: UserId) -> Result<Vec<Shift>> {
    let filter = Filter {
        orgs: vec![org.to_string()],
        assignee: Some(user.to_string()),
        ..Filter::default()
    };
    let rows = all(desk, &filter).await?;
    Ok(rows
        .into_iter()
        .filter_map(view)
        .map(|line| line.seen.shift)
        .collect())
}

/// The duties of an organisation, past and to come, for telling afterwards who was on duty when.
pub(crate) async fn duties_of(desk: &Desk, org: &str) -> Result<Vec<Shift>> {
    let filter = Filter {
        orgs: vec![org.to_owned()],
        ..Filter::default()
    };
    let rows = all(desk, &filter).await?;
    let shifts = rows
        .into_iter()
        .filter_map(view)
        .map(|line| line.seen.shift);
    Ok(shifts
        .filter(|shift| shift.kind == ShiftKind::Duty)
        .collect())
}

/// Whether the roster names somebody who is on duty for an organisation now.
pub(crate) async fn has_duty(desk: &Desk, org: OrgId, now: Timestamp) -> Result<bool> {
    let duties = duties_of(desk, &org.to_string()).await?;
    Ok(duties.iter().any(|shift| shift.holds(now)))
}

/// Whether somebody is away: the roster says so, or her account was blocked. Of whom nothing is known is not away.
pub(crate) async fn is_absent(
    desk: &Desk,
    org: OrgId,
    user: UserId,
    now: Timestamp,
) -> Result<bool> {
    let account = desk
        .vault
        .clear_of(Store::System, &user.to_string())
        .await?;
    if account.is_some_and(|(_, clear, _)| clear.state == DISABLED) {
        return Ok(true);
    }
    let shifts = shifts_of(desk, org, user).await?;
    Ok(shifts
        .iter()
        .any(|shift| shift.kind == ShiftKind::Absent && shift.holds(now)))
}
