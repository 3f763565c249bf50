//! The placing question as the engine of `shelter` reads it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::age::AgeInYears;
use domain::ids::{LocationId, RoomId};
use domain::person::Sex;
use domain::room::RoomKind;
use domain::shelter_request::Needs;
use domain::time::dutch_date;
use jiff::Timestamp;
use shelter::{AvoidFile, Instance, InstanceFile, LocationFile, PersonFile, RequestFile, RoomFile};

use super::country::Country;
use super::records::StoredLocation;
use super::search::Asking;
use crate::error::{DeskError, Result};
use crate::report::code_of;

/// The one request of an instance.
pub(super) const ASKED: &str = "asked";

/// The rooms that are wanted, with the one request. The room where they are now is no answer.
pub(super) fn instance(
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    wanted: impl Fn(RoomId) -> bool,
) -> Result<Instance> {
    let mut locations: BTreeMap<LocationId, LocationFile> = BTreeMap::new();
    for stored in country.rooms() {
        let room = &stored.room;
        if !wanted(room.id) || Some(room.id) == asking.needs.current_room {
            continue;
        }
        let location = match locations.entry(room.location) {
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
            free: i64::from(stored.occupancy.free_at(now)),
            max_stay_days: room.max_stay_days.map(i64::from),
        });
    }
    let file = InstanceFile {
        as_of: dutch_date(now),
        locations: locations.into_values().collect(),
        requests: vec![request_file(asking.needs)],
    };
    Instance::check(file).map_err(|e| DeskError::Setup(format!("placing question: {e}")))
}

/// A location without a known place is left out: nobody could tell whether it lies in a forbidden circle.
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

fn request_file(needs: &Needs) -> RequestFile {
    RequestFile {
        id: ASKED.to_owned(),
        persons: needs
            .persons
            .iter()
            .enumerate()
            .map(|(n, person)| PersonFile {
                id: n.to_string(),
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
