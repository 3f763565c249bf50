//! What is told about many rooms at once, by file, feed or program: each row is weighed against its room as it stands, the sound
//! ones are taken, the others are refused with every reason. Weighing and taking are the same rule, so that what was shown
//! beforehand is what happens.

use std::collections::BTreeMap;

use domain::SafeText;
use domain::capacity::{CapacityError, Out, OutRevision, Said, Source};
use domain::ids::RoomId;
use domain::placement::Reason;
use domain::room::Room;
use domain::time::dutch_date;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use vault::{Change, Opened, Store};

use super::capacity::{impossible, with_other_use, with_out};
use super::reasons::ReasonInput;
use super::records::{StoredRoom, draft_room};
use super::rooms::{PLACES_MAX, list_rooms, own_room};
use super::step::{TRIES, load_room, no_seat};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, FieldError, Result};

/// How a row names its room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By our own identifier, or by the number that its provider noted with the room.
    Number(String),
    /// By how the provider's own staff call location and room.
    Labels {
        /// Location.
        location: String,
        /// Room.
        room: String,
    },
}

/// How much is out of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutSays {
    /// Nothing.
    Nothing,
    /// Whatever is free or becomes free.
    All,
    /// So many places.
    Places(u16),
}

/// What is out of service, as a row tells it.
#[derive(Debug, Clone)]
pub struct OutPart {
    /// How much.
    pub out: OutSays,
    /// First day; today unless told.
    pub from: Option<Date>,
    /// Last day; `None`: until further notice.
    pub until: Option<Date>,
    /// Why; needed unless it is nothing.
    pub reason: Option<ReasonInput>,
}

/// What a row tells about a room. What it leaves open stays as it is.
#[derive(Debug, Clone)]
pub struct RoomSays {
    /// Where it stands in its file.
    pub line: u64,
    /// Which room.
    pub named: Named,
    /// Places.
    pub places: Option<u16>,
    /// Out of service.
    pub out: Option<OutPart>,
    /// Used by people who were not placed through Samen.
    pub other: Option<u16>,
    /// Free today; the others use what is left. Not together with `other`.
    pub free: Option<u16>,
    /// The moment it is about; now unless told.
    pub as_of: Option<Timestamp>,
    /// Number of the telling it is based on, if its maker knows.
    pub seen: Option<u32>,
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which: `places`, `out_of_service`, `other`.
    pub field: &'static str,
    /// As it is.
    pub from: String,
    /// As it becomes.
    pub to: String,
}

/// What comes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// These things change.
    Changes(Vec<Changed>),
    /// Nothing changes: the figure is confirmed.
    Same,
    /// It was taken before: nothing happens.
    Before,
    /// It cannot be taken, for each of these reasons.
    Refused(Vec<FieldError>),
}

/// A row with what comes of it.
#[derive(Debug, Clone)]
pub struct RowResult {
    /// Where it stands in its file.
    pub line: u64,
    /// The room, when it is known.
    pub room: Option<RoomId>,
    /// How the provider calls location and room.
    pub label: String,
    /// Number of the telling it was weighed against.
    pub number: u32,
    /// What comes of it.
    pub outcome: RowOutcome,
}

/// What would come of each row; nothing is changed.
pub async fn preview_rows(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    rows: &[RoomSays],
    source: Source,
) -> Result<Vec<RowResult>> {
    go_through(desk, actor, now, rows, source, false).await
}

/// Takes the rows that are sound; each is a change of its own.
pub async fn take_rows(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    rows: &[RoomSays],
    source: Source,
) -> Result<Vec<RowResult>> {
    go_through(desk, actor, now, rows, source, true).await
}

async fn go_through(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    rows: &[RoomSays],
    source: Source,
    take: bool,
) -> Result<Vec<RowResult>> {
    let permit = permit(actor, UseCase::KeepCapacity)?;
    let own = Own::of(desk, actor, now).await?;
    let mut seen: BTreeMap<RoomId, u64> = BTreeMap::new();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let refused = |error: FieldError| RowResult {
            line: row.line,
            room: None,
            label: String::new(),
            number: 0,
            outcome: RowOutcome::Refused(vec![error]),
        };
        let (id, label) = match own.find(&row.named) {
            Ok(found) => found,
            Err(error) => {
                out.push(refused(error));
                continue;
            }
        };
        if let Some(first) = seen.get(&id) {
            let error = fault(
                "room",
                "double",
                format!("line {first} tells about this room"),
            );
            out.push(refused(error));
            continue;
        }
        seen.insert(id, row.line);
        let (number, outcome) = match one(desk, &permit, now, id, row, source, take, None).await {
            Ok((room, outcome)) => (room.body.told.number, outcome),
            Err(DeskError::Invalid(faults)) => (0, RowOutcome::Refused(faults)),
            Err(DeskError::Conflict) => (0, RowOutcome::Refused(vec![changed_meanwhile()])),
            Err(error) => return Err(error),
        };
        out.push(RowResult {
            line: row.line,
            room: Some(id),
            label,
            number,
            outcome,
        });
    }
    Ok(out)
}

/// An answer that is kept under a key, so that a repetition gets it again: the key and the exact body it came with.
pub type Key<'a> = (&'a str, &'a [u8]);

/// What a program tells about one of its rooms: all of it or nothing. `seen` of the row is the number it is based on.
/// The same key with the same body changes nothing a second time.
pub async fn put_room(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RoomId,
    row: &RoomSays,
    key: Option<Key<'_>>,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepCapacity)?;
    one(desk, &permit, now, id, row, Source::Program, true, key)
        .await
        .map(|_| ())
}

#[expect(
    clippy::too_many_arguments,
    reason = "who, when, which room, what, how, whether, under which key: each has its own type"
)]
async fn one(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    id: RoomId,
    row: &RoomSays,
    source: Source,
    take: bool,
    key: Option<Key<'_>>,
) -> Result<(Opened<StoredRoom>, RowOutcome)> {
    for _ in 0..TRIES {
        let found = load_room(desk, id).await?;
        own_room(permit, &found)?;
        let weighed = weigh(desk, permit, now, &found.body, row, source);
        let (stored, changes) = match weighed {
            Ok(Some(weighed)) => weighed,
            Ok(None) => return Ok((found, RowOutcome::Before)),
            // A repetition was weighed before; the vault knows its key, and refuses the change if it is none.
            Err(error) if key.is_some() => {
                return replayed(desk, permit, now, found, key, error).await;
            }
            Err(error) => return Err(error),
        };
        let outcome = match changes.is_empty() {
            true => RowOutcome::Same,
            false => RowOutcome::Changes(changes),
        };
        if !take {
            return Ok((found, outcome));
        }
        let change = written(permit, now, &found, &stored, found.version, key)?;
        match desk.vault.apply(Store::K3, change).await {
            Err(vault::VaultError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok((found, outcome)),
        }
    }
    Err(DeskError::Conflict)
}

fn written(
    permit: &Permit,
    now: Timestamp,
    found: &Opened<StoredRoom>,
    stored: &StoredRoom,
    version: i64,
    key: Option<Key<'_>>,
) -> Result<Change> {
    let provider = found.clear.org.clone().unwrap_or_default();
    let draft = draft_room(stored, &provider)?.changing(&["capacity"]);
    let change = Change::new(permit.context(now)).update(draft, version);
    Ok(match key {
        None => change,
        Some((key, body)) => {
            let expires = now.saturating_add(KEPT).unwrap_or(Timestamp::MAX);
            change.receipt(key, body, Vec::new(), expires)
        }
    })
}

/// How long a program may repeat itself under the same key.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A change that cannot be: the vault answers it only when the same key did it before with the same body.
async fn replayed(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    found: Opened<StoredRoom>,
    key: Option<Key<'_>>,
    refusal: DeskError,
) -> Result<(Opened<StoredRoom>, RowOutcome)> {
    let never = written(permit, now, &found, &found.body, NEVER, key)?;
    match desk.vault.apply(Store::K3, never).await {
        Ok(applied) if applied.replayed.is_some() => Ok((found, RowOutcome::Before)),
        Err(vault::VaultError::KeyReused) => Err(DeskError::KeyReused),
        _ => Err(refusal),
    }
}

/// A version that no record has.
const NEVER: i64 = -1;

/// The room as the row makes it, with what changes; `None` when exactly this was taken before.
fn weigh(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    before: &StoredRoom,
    row: &RoomSays,
    source: Source,
) -> Result<Option<(StoredRoom, Vec<Changed>)>> {
    let as_of = row.as_of.unwrap_or(now);
    if as_of > now {
        return Err(DeskError::field(
            "as_of",
            "future",
            format!("{as_of} is still to come"),
        ));
    }
    if let Some(said) = before.told.said.filter(|_| row.as_of.is_some()) {
        if said.as_of == as_of && said.source == source {
            return Ok(None);
        }
        if said.as_of > as_of {
            let why = format!("newer figures are known, of {}", said.as_of);
            return Err(DeskError::field("as_of", "older", why));
        }
    }
    if row.seen.is_some_and(|seen| seen != before.told.number) {
        return Err(DeskError::Conflict);
    }
    let mut faults = Vec::new();
    let mut after = before.clone();
    step(&mut after, &mut faults, |room| {
        places(room, row.places, now)
    });
    step(&mut after, &mut faults, |room| {
        out(desk, permit, now, room, row.out.as_ref())
    });
    step(&mut after, &mut faults, |room| others(room, row, now));
    if !faults.is_empty() {
        return Err(DeskError::Invalid(faults));
    }
    after
        .capacity()
        .check(dutch_date(now), now)
        .map_err(impossible)?;
    let changes = changes(before, &after, now);
    let said = Said {
        by: permit.actor.by(now)?,
        as_of,
        source,
    };
    after.told = after.told.again(said);
    Ok(Some((after, changes)))
}

/// Takes a step on the room; what it refuses is noted, so that every fault of a row is told at once.
fn step(
    room: &mut StoredRoom,
    faults: &mut Vec<FieldError>,
    make: impl FnOnce(StoredRoom) -> Result<StoredRoom>,
) {
    match make(room.clone()) {
        Ok(after) => *room = after,
        Err(DeskError::Invalid(mut more)) => faults.append(&mut more),
        Err(other) => faults.push(fault("", "refused", other.to_string())),
    }
}

fn places(room: StoredRoom, places: Option<u16>, now: Timestamp) -> Result<StoredRoom> {
    let Some(places) = places.filter(|places| *places != room.room.places) else {
        return Ok(room);
    };
    if !(1..=PLACES_MAX).contains(&places) {
        let why = format!("a room has 1 to {PLACES_MAX} places");
        return Err(DeskError::field("places", "range", why));
    }
    let occupancy = room.occupancy.resize(places, now).map_err(|error| {
        let DeskError::Rule { detail, .. } = no_seat(error) else {
            return DeskError::field("places", "too_small", "more is in use");
        };
        DeskError::field("places", "too_small", detail)
    })?;
    Ok(StoredRoom {
        occupancy,
        room: Room {
            places,
            ..room.room
        },
        ..room
    })
}

fn out(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    room: StoredRoom,
    part: Option<&OutPart>,
) -> Result<StoredRoom> {
    let Some(part) = part else { return Ok(room) };
    let today = dutch_date(now);
    let from = part.from.unwrap_or(today).max(today);
    let by = permit.actor.by(now)?;
    let known = room.room.out_of_service.on(from);
    let out = match part.out {
        OutSays::Nothing if known.is_none() => return Ok(room),
        OutSays::Nothing => {
            let ended = room.room.out_of_service.end(from, by);
            let out_of_service = ended.map_err(impossible)?;
            return Ok(StoredRoom {
                room: Room {
                    out_of_service,
                    ..room.room
                },
                ..room
            });
        }
        OutSays::All => Out::All {
            reason: reason(desk, now, part)?,
        },
        OutSays::Places(number) => Out::Places {
            number,
            reason: reason(desk, now, part)?,
        },
    };
    if known.is_some_and(|said| said.out == out && said.until == part.until) {
        return Ok(room);
    }
    let revision = OutRevision {
        from,
        until: part.until,
        out,
        by,
    };
    let told = with_out(room, revision, now);
    told.map_err(|error| match error {
        CapacityError::InTheWay { .. }
        | CapacityError::NoPlaces
        | CapacityError::MoreThanRoom { .. } => at(impossible(error), "out_of_service"),
        other => at(impossible(other), "out_until"),
    })
}

fn reason(desk: &Desk, now: Timestamp, part: &OutPart) -> Result<Reason> {
    let Some(given) = part.reason.clone() else {
        let why = "say why: a code of the list out_of_service_reasons";
        return Err(DeskError::field("reason", "required", why));
    };
    given.of_list(&desk.vocabulary.out_of_service_reasons, now)
}

fn others(room: StoredRoom, row: &RoomSays, now: Timestamp) -> Result<StoredRoom> {
    match (row.other, row.free) {
        (None, None) => Ok(room),
        (Some(other), None) => with_other_use(room, other, now).map_err(impossible),
        (None, Some(free)) => {
            let other = room.capacity().other_use_when_free(free, now);
            with_other_use(room, other.map_err(impossible)?, now).map_err(impossible)
        }
        (Some(other), Some(free)) => {
            let after = with_other_use(room, other, now).map_err(impossible)?;
            let found = after.capacity().free_now(now);
            if found == free {
                return Ok(after);
            }
            let why = format!("with {other} used by others {found} are free");
            Err(DeskError::field("free", "unequal", why))
        }
    }
}

fn changes(before: &StoredRoom, after: &StoredRoom, now: Timestamp) -> Vec<Changed> {
    let today = dutch_date(now);
    let (one, two) = (
        before.capacity().on(today, now),
        after.capacity().on(today, now),
    );
    let mut out = Vec::new();
    let mut note = |field: &'static str, from: String, to: String| {
        if from != to {
            out.push(Changed { field, from, to });
        }
    };
    note("places", one.places.to_string(), two.places.to_string());
    let told = |room: &StoredRoom| room.room.out_of_service.history().len();
    if told(before) != told(after) {
        let last = after.room.out_of_service.history().last();
        let days = last.map_or_else(String::new, |said| match said.until {
            Some(until) => format!("{} – {until}", said.from),
            None => format!("{} –", said.from),
        });
        let day = last.map_or(today, |said| said.from);
        let (was, is) = (
            before.capacity().on(day, now).out,
            after.capacity().on(day, now).out,
        );
        note("out_of_service", was.to_string(), format!("{is} ({days})"));
    }
    note("other", one.other.to_string(), two.other.to_string());
    note("free", one.free.to_string(), two.free.to_string());
    out
}

/// One's own rooms by the names that a row may use.
struct Own {
    numbers: BTreeMap<String, Vec<RoomId>>,
    labels: BTreeMap<(String, String), Vec<RoomId>>,
    called: BTreeMap<RoomId, String>,
}

impl Own {
    async fn of(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Own> {
        let mut own = Own {
            numbers: BTreeMap::new(),
            labels: BTreeMap::new(),
            called: BTreeMap::new(),
        };
        for location in list_rooms(desk, actor, now).await? {
            for room in location.rooms {
                own.add(&location.stored.label, &room.stored);
            }
        }
        Ok(own)
    }

    fn add(&mut self, location: &SafeText, room: &StoredRoom) {
        let id = room.room.id;
        let numbers = room.foreign.iter().map(|number| number.as_str().to_owned());
        for number in numbers.chain([id.to_string()]) {
            self.numbers.entry(number).or_default().push(id);
        }
        let labels = (plain(location.as_str()), plain(room.label.as_str()));
        self.labels.entry(labels).or_default().push(id);
        let called = format!("{} · {}", location.as_str(), room.label.as_str());
        self.called.insert(id, called);
    }

    fn find(&self, named: &Named) -> std::result::Result<(RoomId, String), FieldError> {
        let found = match named {
            Named::Number(number) => self.numbers.get(number.trim()),
            Named::Labels { location, room } => self.labels.get(&(plain(location), plain(room))),
        };
        match found.map(Vec::as_slice) {
            Some([id]) => Ok((*id, self.called.get(id).cloned().unwrap_or_default())),
            Some([_, ..]) => Err(fault(
                "room",
                "ambiguous",
                "several of your rooms are called this; use the identifier of the room",
            )),
            _ => Err(fault(
                "room",
                "unknown",
                "no room of yours has this number or name; note the number with the room, or use its identifier",
            )),
        }
    }
}

fn plain(label: &str) -> String {
    label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn fault(field: &str, key: &str, why: impl Into<String>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        key: key.to_owned(),
        detail: why.into(),
    }
}

fn changed_meanwhile() -> FieldError {
    fault(
        "room",
        "changed",
        "somebody told something else about this room meanwhile; look at it again",
    )
}

/// The same fault under the name that the field has in a row.
fn at(error: DeskError, field: &str) -> DeskError {
    match error {
        DeskError::Invalid(faults) => DeskError::Invalid(
            faults
                .into_iter()
                .map(|one| FieldError {
                    field: field.to_owned(),
                    ..one
                })
                .collect(),
        ),
        other => other,
    }
}
