//! What shelters told lately about their rooms: which houses have not told for days, and which rooms are closed and why.

use std::collections::BTreeMap;

use super::shelters::Location;

/// A house whose figures somebody should ask for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The location.
    pub location: String,
    /// How many days ago it told last.
    pub days: u16,
}

/// A room in which nobody new comes for now; who is there stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The room.
    pub room: String,
    /// Why, a code of `out_of_service_reasons`.
    pub reason: &'static str,
    /// For how many days from today; none means until further notice.
    pub days: Option<u16>,
}

/// What was told lately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Daily {
    /// Houses that are silent.
    pub silences: Vec<Silence>,
    /// Rooms that are closed.
    pub closings: Vec<Closing>,
}

/// Why a room is closed, and for how long.
const WHY: [(&str, Option<u16>); 4] = [
    ("onderhoud", Some(5)),
    ("personeel", Some(12)),
    ("schade", None),
    ("besmetting", Some(9)),
];
/// One provider in so many has a house that is silent and a room that is closed.
const EACH: usize = 3;

/// What the providers of these locations told lately: of every third provider the last of several houses has been silent for two to four days, and in
/// its first house the last room for one person is closed. Nothing is drawn, so that no story changes by it.
#[must_use]
pub fn daily(locations: &[Location]) -> Daily {
    let mut providers: BTreeMap<&str, Vec<&Location>> = BTreeMap::new();
    for location in locations {
        providers
            .entry(&location.provider)
            .or_default()
            .push(location);
    }
    let mut out = Daily::default();
    for (at, houses) in providers.values().step_by(EACH).enumerate() {
        if let (Some(last), 2..) = (houses.last(), houses.len()) {
            out.silences.push(Silence {
                location: last.id.clone(),
                days: 2 + (at % 3) as u16,
            });
        }
        let rooms = houses.first().map(|house| house.rooms.as_slice());
        let mut backwards = rooms.unwrap_or_default().iter().rev();
        if let Some(room) = backwards.find(|room| room.kind == "stay") {
            let (reason, days) = WHY[at % WHY.len()];
            out.closings.push(Closing {
                room: room.id.clone(),
                reason,
                days,
            });
        }
    }
    out
}
