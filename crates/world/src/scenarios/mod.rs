//! The ten scenarios, written by hand and woven into the year at fixed places. All people are invented.

mod children;
mod help;
mod network;
mod placing;
mod work;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::World;
use crate::country::shelters::{Location, Room};
use crate::life::report_id;
use crate::life::timing;
use crate::places::{POLICE_UNITS, municipality};
use crate::story::{
    Answer, Area, Code, Day, Described, Desk, Event, Object, Place, Placement, PlacementStep,
    Report, Route, Story,
};

/// One of the ten end-to-end scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scenario {
    /// Ilinca, 29, greenhouse.
    S1,
    /// Blessing, 23, moved from Spain.
    S2,
    /// Daan, 15, port of Rotterdam.
    S3,
    /// Noa, 14, chat at 23:10.
    S4,
    /// Minh, 16, vanishes from protected shelter.
    S5,
    /// Karima, 34, domestic work, refuses police.
    S6,
    /// Grace, 27, case dismissed.
    S7,
    /// Sofia and the cross-region network.
    S8,
    /// Ewa, 31, placement with five constraints.
    S9,
    /// The half-yearly letter, with a mistake in it: see [`crate::Plan::letter`].
    S10,
}

impl Scenario {
    /// All ten in order.
    pub const ALL: [Self; 10] = [
        Self::S1,
        Self::S2,
        Self::S3,
        Self::S4,
        Self::S5,
        Self::S6,
        Self::S7,
        Self::S8,
        Self::S9,
        Self::S10,
    ];

    /// The name of the person, or of the subject, that it is known by.
    pub fn name(self) -> &'static str {
        match self {
            Self::S1 => "Ilinca",
            Self::S2 => "Blessing",
            Self::S3 => "Daan",
            Self::S4 => "Noa",
            Self::S5 => "Minh",
            Self::S6 => "Karima",
            Self::S7 => "Grace",
            Self::S8 => "Sofia's network",
            Self::S9 => "Ewa",
            Self::S10 => "the letter",
        }
    }
}

/// A hand-written report: which part of which scenario, and where in the year it comes, in parts per thousand.
struct Slot {
    scenario: Scenario,
    part: usize,
    per_mille: u64,
}

const fn slot(scenario: Scenario, part: usize, per_mille: u64) -> Slot {
    Slot {
        scenario,
        part,
        per_mille,
    }
}

/// In order of their place in the year.
static SLOTS: [Slot; 21] = [
    slot(Scenario::S7, 0, 30),
    slot(Scenario::S1, 0, 45),
    slot(Scenario::S8, 0, 100),
    slot(Scenario::S8, 1, 131),
    slot(Scenario::S8, 2, 162),
    slot(Scenario::S8, 3, 193),
    slot(Scenario::S2, 0, 210),
    slot(Scenario::S8, 4, 224),
    slot(Scenario::S8, 5, 255),
    slot(Scenario::S3, 0, 270),
    slot(Scenario::S8, 6, 286),
    slot(Scenario::S8, 7, 317),
    slot(Scenario::S4, 0, 330),
    slot(Scenario::S8, 8, 348),
    slot(Scenario::S8, 9, 379),
    slot(Scenario::S5, 0, 390),
    slot(Scenario::S8, 10, 410),
    slot(Scenario::S5, 1, 450),
    slot(Scenario::S6, 0, 510),
    slot(Scenario::S1, 1, 560),
    slot(Scenario::S9, 0, 640),
];

/// Which report numbers are written by hand: a position in [`SLOTS`] per report number.
pub(crate) fn places(per_year: u64, reports: u64) -> BTreeMap<u64, usize> {
    let mut places = BTreeMap::new();
    let mut next = 0;
    for (at, slot) in SLOTS.iter().enumerate() {
        let index = next.max(slot.per_mille * per_year / 1000);
        next = index + 1;
        if index < reports {
            places.insert(index, at);
        }
    }
    places
}

/// Report numbers of one scenario, by part.
pub(crate) fn indices(places: &BTreeMap<u64, usize>, scenario: Scenario) -> Vec<u64> {
    places
        .iter()
        .filter(|&(_, &at)| SLOTS[at].scenario == scenario)
        .map(|(&index, _)| index)
        .collect()
}

/// The hand-written story at this slot.
pub(crate) fn story(world: &World, index: u64, at: usize) -> Story {
    let slot = &SLOTS[at];
    let page = Page {
        world,
        index,
        scenario: slot.scenario,
        day: world.settings().day(index),
    };
    match (slot.scenario, slot.part) {
        (Scenario::S1, 0) => work::earlier_report(&page),
        (Scenario::S1, _) => work::ilinca(&page),
        (Scenario::S2, _) => help::blessing(&page),
        (Scenario::S3, _) => children::daan(&page),
        (Scenario::S4, _) => children::noa(&page),
        (Scenario::S5, 0) => children::limburg(&page),
        (Scenario::S5, _) => children::minh(&page),
        (Scenario::S6, _) => work::karima(&page),
        (Scenario::S7, _) => help::grace(&page),
        (Scenario::S8, part) => network::signal(&page, part),
        (Scenario::S9, _) | (Scenario::S10, _) => placing::ewa(&page),
    }
}

/// What a hand-written story starts from.
struct Page<'w> {
    world: &'w World,
    index: u64,
    scenario: Scenario,
    day: Date,
}

impl<'w> Page<'w> {
    /// An empty report, received on this page's day at this clock time.
    fn received(&self, hour: u32, minute: u32) -> Report {
        self.received_before(0, hour, minute)
    }

    /// As [`Self::received`], so many days earlier: for what began before the year.
    fn received_before(&self, days: i32, hour: u32, minute: u32) -> Report {
        let day = timing::plus(self.day, -days);
        Report {
            received_at: timing::at(day, hour, minute),
            received_on: day,
            consent: "none".into(),
            acute: Answer::No,
            ..Report::default()
        }
    }

    /// A story about this person, with what the desk did.
    fn story(&self, person: &str, report: Report, desk: Desk) -> Story {
        Story {
            made_up: true,
            index: self.index,
            id: report_id(self.index),
            scenario: Some(self.scenario),
            person: person.to_owned(),
            report,
            desk,
            ..Story::default()
        }
    }

    /// The report of another part of this scenario, when the world has it.
    fn part(&self, part: usize) -> Option<String> {
        self.world
            .scenario_reports(self.scenario)
            .get(part)
            .cloned()
    }

    /// A room at the first location of this kind in this municipality.
    fn room(&self, kind: &str, town: &str, room_kind: &str) -> Option<(&'w Location, &'w Room)> {
        let location = self
            .world
            .locations()
            .iter()
            .find(|location| location.kind == kind && location.municipality == town)?;
        location
            .rooms
            .iter()
            .find(|room| room.kind == room_kind)
            .map(|room| (location, room))
    }
}

fn place(town: &'static str, hint: Option<&str>) -> Place {
    let found = municipality(town);
    Place {
        municipality: Some(town.into()),
        region: found.map(|place| place.region().code.into()),
        unit: found.map(|place| POLICE_UNITS[place.unit()].code.into()),
        online: false,
        hint: hint.map(str::to_owned),
    }
}

fn codes(values: &[&'static str]) -> Vec<Code> {
    values.iter().map(|&value| value.into()).collect()
}

fn object(kind: &'static str, value: &str) -> Object {
    Object {
        kind: kind.into(),
        value: value.to_owned(),
    }
}

fn nicknamed(role: &'static str, nickname: &str) -> Described {
    Described {
        role: role.into(),
        certainty: "likely".into(),
        nickname: Some(nickname.to_owned()),
        ..Described::default()
    }
}

fn desk(
    accepted_after_minutes: u32,
    outcome: &'static str,
    reason: &str,
    outcome_day: Day,
    routes: Vec<Route>,
) -> Desk {
    Desk {
        by: "p-meldtafel-1".into(),
        accepted_after_minutes,
        acute: Answer::No,
        acute_action: None,
        routes,
        outcome: outcome.into(),
        outcome_reason: reason.to_owned(),
        outcome_day,
        feedback_day: Some(outcome_day),
    }
}

fn route(
    compartment: &'static str,
    kind: &'static str,
    organisation: &'static str,
    rule: &'static str,
) -> Route {
    Route {
        day: 0,
        compartment: compartment.into(),
        kind: kind.into(),
        organisation: organisation.into(),
        rule: rule.into(),
        accepted: true,
    }
}

fn event(day: Day, compartment: &'static str, kind: &'static str, text: &str) -> Event {
    Event {
        day,
        compartment: compartment.into(),
        kind: kind.into(),
        text: text.to_owned(),
    }
}

fn step(day: Day, step: Placement) -> PlacementStep {
    PlacementStep { day, step }
}

fn offered((location, room): (&Location, &Room)) -> Placement {
    Placement::Offered {
        location: location.id.clone(),
        room: room.id.clone(),
    }
}

fn around(town: &str, radius_km: f64, reason: &'static str) -> Vec<Area> {
    let area = |place: &crate::places::Municipality| Area {
        x_km: f64::from(place.x_km),
        y_km: f64::from(place.y_km),
        radius_km,
        reason: reason.into(),
    };
    municipality(town).map(area).into_iter().collect()
}
