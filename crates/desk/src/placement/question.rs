//! The placing question as the engine of `shelter` reads it, from what the desk keeps.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use domain::age::AgeInYears;
use domain::code::OrgKind;
use domain::ids::LocationId;
use domain::person::Sex;
use domain::room::{RoomKind, ShelterKind};
use domain::shelter_request::Needs;
use domain::time::dutch_date;
use domain::vocabulary::ShelterTypeCode;
use jiff::Timestamp;
use shelter::{AvoidFile, InstanceFile, LocationFile, PersonFile, RequestFile, RoomFile};

use super::country::Country;
use super::records::{StoredLocation, StoredRoom};
use super::search::Asking;
use super::worked::{ASKED, Question};
use crate::Desk;
use crate::report::code_of;

/// Another authority places here, and only that.
pub(super) const AUTHORITY: &str = "authority";
/// The room cannot be used for now.
pub(super) const OUT_OF_SERVICE: &str = "out_of_service";
/// No location has this kind: for a request whose ways to a place name none, nothing may fit.
const NO_KIND: &str = "none";

/// The question for one request. The room where they are now is no answer.
pub(super) fn question(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
) -> Question {
    let needs = asking.needs;
    let wanted = |room: &StoredRoom| Some(room.room.id) != needs.current_room;
    let asked = RequestFile {
        kinds: kinds(&asking.kinds),
        not_in: asking.refused.iter().map(ToString::to_string).collect(),
        apart: needs.apart.clone(),
        ..request_file(ASKED, needs)
    };
    let locations = locations(now, country, wanted);
    let mates = mates(&locations, asking);
    let own = (country.rooms())
        .filter(|room| wanted(room))
        .map(|room| {
            (
                room.room.id.to_string(),
                own(desk, now, country, asking, room),
            )
        })
        .filter(|(_, rules)| !rules.is_empty())
        .collect();
    Question {
        rules: shelter::RULES_VERSION.to_owned(),
        instance: InstanceFile {
            as_of: dutch_date(now),
            locations,
            requests: std::iter::once(asked).chain(mates).collect(),
        },
        own,
    }
}

/// Who must not be met, by the rooms where they are: nothing else of them is in the question.
fn mates(locations: &[LocationFile], asking: &Asking<'_>) -> Vec<RequestFile> {
    let rooms: BTreeSet<&str> = (locations.iter())
        .flat_map(|location| &location.rooms)
        .map(|room| room.id.as_str())
        .collect();
    let there = (asking.mates.iter())
        .map(ToString::to_string)
        .filter(|room| rooms.contains(room.as_str()));
    there
        .enumerate()
        .map(|(n, room)| RequestFile {
            id: format!("mate/{n}"),
            persons: vec![PersonFile {
                id: format!("mate/{n}/0"),
                age: i64::from(domain::age::MAJORITY),
                sex: code_of(&Sex::Unknown),
            }],
            form: String::new(),
            entitlement: String::new(),
            security: 1,
            care: Vec::new(),
            wheelchair: false,
            pets: false,
            languages: Vec::new(),
            urgency: 1,
            waiting_days: 0,
            avoid: Vec::new(),
            near: None,
            current_room: Some(room),
            apart: asking.needs.apart.clone(),
            kinds: Vec::new(),
            not_in: Vec::new(),
        })
        .collect()
}

/// The rules of the desk's own that a room fails.
fn own(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    room: &StoredRoom,
) -> Vec<String> {
    let mut out = Vec::new();
    if !room.room.in_service_on(dutch_date(now)) {
        out.push(OUT_OF_SERVICE.to_owned());
    }
    let Some(found) = country.location(room.room.location) else {
        return vec![OUT_OF_SERVICE.to_owned()];
    };
    let (authority, exclusive) = authority(desk, now, found, &asking.places_for);
    if exclusive && !authority {
        out.push(AUTHORITY.to_owned());
    }
    out
}

/// Whether this kind of organisation is among those who place here, and whether only those may.
pub(super) fn authority(
    desk: &Desk,
    now: Timestamp,
    found: &StoredLocation,
    kind: &OrgKind,
) -> (bool, bool) {
    let listed = found.location.placing_authority.contains(kind);
    let exclusive = ShelterTypeCode::new(found.location.kind.code())
        .ok()
        .and_then(|code| {
            desk.vocabulary
                .shelter_types
                .get(&code, dutch_date(now))
                .ok()
        })
        .is_some_and(|entry| entry.facts.exclusive);
    (listed, exclusive)
}

/// The locations with the rooms that are wanted. A location without a known place is left out: nobody could tell whether it lies in a
/// forbidden circle.
pub(super) fn locations(
    now: Timestamp,
    country: &Country,
    wanted: impl Fn(&StoredRoom) -> bool,
) -> Vec<LocationFile> {
    let mut out: BTreeMap<LocationId, LocationFile> = BTreeMap::new();
    for stored in country.rooms().filter(|room| wanted(room)) {
        let room = &stored.room;
        let location = match out.entry(room.location) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => match country.location(room.location).and_then(location_file) {
                Some(file) => new.insert(file),
                None => continue,
            },
        };
        location.rooms.push(RoomFile {
            id: room.id.to_string(),
            kind: match room.kind {
                RoomKind::Stay => shelter::RoomKind::Stay,
                RoomKind::Family => shelter::RoomKind::Family,
                RoomKind::Crisis => shelter::RoomKind::Crisis,
            },
            places: i64::from(room.places),
            free: i64::from(stored.capacity().free_now(now)),
            max_stay_days: room.max_stay_days.map(i64::from),
        });
    }
    out.into_values().collect()
}

fn location_file(stored: &StoredLocation) -> Option<LocationFile> {
    let location = &stored.location;
    let square = location.square?;
    let admits = &location.admits;
    let mut sex: Vec<String> = admits.sexes.iter().map(code_of).collect();
    let both = admits.sexes.contains(&Sex::Female) && admits.sexes.contains(&Sex::Male);
    if both && !admits.sexes.contains(&Sex::Unknown) {
        sex.push(code_of(&Sex::Unknown));
    }
    Some(LocationFile {
        id: location.id.to_string(),
        provider: location.provider.to_string(),
        kind: location.kind.code().to_owned(),
        municipality: location.municipality.to_string(),
        x_km: f64::from(square.x_km),
        y_km: f64::from(square.y_km),
        security: i64::from(location.security.level()),
        sex,
        min_age: admits.min_age.map(i64::from),
        max_age: admits.max_age.map(i64::from),
        forms: admits.forms.iter().map(|f| f.head().to_owned()).collect(),
        entitlements: admits.entitlements.iter().map(code_of).collect(),
        care: admits.care.iter().map(code_of).collect(),
        wheelchair: admits.wheelchair,
        pets: admits.pets,
        languages: admits.languages.iter().map(ToString::to_string).collect(),
        rooms: Vec::new(),
    })
}

/// The kinds of shelter as the engine reads them, where none at all means any.
pub(super) fn kinds(kinds: &BTreeSet<ShelterKind>) -> Vec<String> {
    if kinds.is_empty() {
        return vec![NO_KIND.to_owned()];
    }
    kinds.iter().map(|kind| kind.code().to_owned()).collect()
}

/// What is asked, without what only the desk knows of it.
pub(super) fn request_file(id: &str, needs: &Needs) -> RequestFile {
    RequestFile {
        id: id.to_owned(),
        persons: needs
            .persons
            .iter()
            .enumerate()
            .map(|(n, person)| PersonFile {
                id: format!("{id}/{n}"),
                age: i64::from(age_for_rules(person.age)),
                sex: code_of(&person.sex),
            })
            .collect(),
        form: needs.form.head().to_owned(),
        entitlement: code_of(&needs.entitlement),
        security: i64::from(needs.security.level()),
        care: needs.care.iter().map(code_of).collect(),
        wheelchair: needs.wheelchair,
        pets: needs.pets,
        languages: needs.languages.iter().map(ToString::to_string).collect(),
        urgency: i64::from(needs.urgency),
        waiting_days: 0,
        avoid: needs
            .avoid
            .iter()
            .map(|circle| AvoidFile {
                x_km: circle.x_km,
                y_km: circle.y_km,
                radius_km: circle.radius_km,
                reason: String::new(),
            })
            .collect(),
        // A wish to be near would order rooms by distance, and an order tells where a house is.
        near: None,
        current_room: None,
        apart: None,
        kinds: Vec::new(),
        not_in: Vec::new(),
    }
}

/// Doubt means minor: an estimate counts as its lowest age, an unknown age as 17 (art. 13(2) Directive 2011/36/EU).
pub(super) fn age_for_rules(age: AgeInYears) -> u8 {
    match age {
        AgeInYears::Exactly { age } => age,
        AgeInYears::Between { low, .. } => low,
        AgeInYears::Unknown => domain::age::MAJORITY - 1,
    }
}
