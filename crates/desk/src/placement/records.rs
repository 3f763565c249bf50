//! What is stored: locations, rooms with who uses them, requests, placements.

use std::collections::BTreeMap;

use domain::By;
use domain::SafeText;
use domain::capacity::{Capacity, Told};
use domain::code::{MunicipalityCode, RegionCode};
use domain::ids::{OrgId, ShelterRequestId};
use domain::person::Sex;
use domain::placement::{Placement, PlacementState};
use domain::placing::{PlacingAnswer, PlacingFacts};
use domain::room::{Location, Room, RoomOccupancy, Seat};
use domain::shelter_request::{Entitlement, Needs, ShelterRequest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Opened, Store, Stored};

use super::question::age_for_rules;
use super::shortage::{Anywhere, Shortage};
use crate::error::{DeskError, Result};

/// A location as its provider keeps it. Municipality and square kilometre are inside the seal; the region is clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredLocation {
    /// The location.
    pub location: Location,
    /// How the provider's own staff call it. Never an address, never shown to others.
    pub label: SafeText,
}

impl Stored for StoredLocation {
    const KIND: Kind = Kind {
        name: "shelter_location",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Region],
        terms: &[],
    };
}

/// A room and, in the same record, who uses its seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredRoom {
    /// The room.
    pub room: Room,
    /// Who uses which seat.
    pub occupancy: RoomOccupancy,
    /// How the provider's own staff call it.
    pub label: SafeText,
    /// What the provider told besides; rooms of schema 1 have nothing.
    #[serde(default)]
    pub told: Told,
    /// Its number in a system of the provider, by which a capacity feed names it.
    #[serde(default)]
    pub foreign: Option<SafeText>,
}

impl StoredRoom {
    /// The room by day.
    #[must_use]
    pub fn capacity(&self) -> Capacity<'_> {
        Capacity {
            room: &self.room,
            seats: &self.occupancy,
            told: &self.told,
        }
    }
}

impl Stored for StoredRoom {
    const KIND: Kind = Kind {
        name: "shelter_room",
        store: Store::K3,
        schema: 2,
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &[],
    };
}

/// A municipality to stay away from, as asked; the circle for the rules is in the request's needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvoidPlace {
    /// Around the centre of which municipality.
    pub municipality: MunicipalityCode,
    /// Radius asked, in kilometres; [`super::AVOID_MARGIN_KM`] comes on top.
    pub radius_km: u16,
    /// Why: `offender`, `network`, `family` or `other`.
    pub why: String,
}

/// Which municipality pays: a person's choice between "registered" and "found", with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerChoice {
    /// The municipality chosen.
    pub municipality: MunicipalityCode,
    /// Why this one.
    pub because: SafeText,
    /// Who chose, and when.
    pub by: By,
}

/// That the persons of several requests are kept apart: a person's choice with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApartChoice {
    /// Why.
    pub because: SafeText,
    /// Who chose, and when.
    pub by: By,
}

/// A request with what belongs to it at the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredRequest {
    /// The request.
    pub request: ShelterRequest,
    /// The organisation that holds the case.
    pub org: OrgId,
    /// Where not, as asked.
    pub avoid: Vec<AvoidPlace>,
    /// Who may place and who pays, as the rules said when it was asked.
    pub placing: PlacingAnswer,
    /// What decided on that, so that it can be worked out again when she turns eighteen. `None` in requests from before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PlacingFacts>,
    /// The right on which it was asked, once she turned eighteen since (or proved to be a minor) and the ways were worked out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_as: Option<Entitlement>,
    /// Which municipality pays, once chosen.
    pub payer: Option<PayerChoice>,
    /// Since when nothing fits, and why; kept after something did.
    pub shortage: Option<Shortage>,
    /// The request after which this one is the planned next step.
    pub follows: Option<ShelterRequestId>,
    /// The safety region of the municipality where the person was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Why its persons and those of other requests (the same word in `needs.apart`) are never in one house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<ApartChoice>,
}

impl Stored for StoredRequest {
    const KIND: Kind = Kind {
        name: "shelter_request",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &[],
    };
}

/// What lists show of a request: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSummary {
    /// 1 to 5.
    pub urgency: u8,
    /// Seats needed.
    pub seats: u16,
    /// When it was asked.
    pub requested: Timestamp,
    /// Since when nothing fits; `None` when something does.
    pub nothing_since: Option<Timestamp>,
    /// Why nothing fitted, the last time: number of rooms by the first rule that they failed. Kept for the figures.
    pub failed_rules: BTreeMap<String, u32>,
    /// The main reason in the field's own terms, such as `vol`.
    pub reason: Option<String>,
    /// When the last placement of it arrived.
    pub arrived: Option<Timestamp>,
    /// Since when nothing fits even if the areas to avoid are left out, and the main reason then: all that whoever asked may learn
    /// from the search, see [`RequestSummary::for_referrer`].
    #[serde(default)]
    pub anywhere: Option<Anywhere>,
    /// Until when nothing fitted; `None` while nothing does, or when something always did.
    #[serde(default)]
    pub nothing_until: Option<Timestamp>,
    /// Since when nothing fitted, the last time; kept after something did, for the figures.
    #[serde(default)]
    pub nothing_from: Option<Timestamp>,
    /// For whom, as roughly as figures need it: `women`, `men`, `minors`, `families`, `other`.
    #[serde(default)]
    pub group: String,
    /// The first kind of shelter that the ways to a place name.
    #[serde(default)]
    pub kind: String,
    /// The safety region of the municipality where the person was found, as the request says it.
    #[serde(default)]
    pub region: Option<RegionCode>,
    /// The word of a keep-apart group.
    #[serde(default)]
    pub apart: Option<String>,
    /// It asks a next place for who has one.
    #[serde(default)]
    pub moves_on: bool,
}

impl RequestSummary {
    /// As whoever asked may see it. Whether a room lies outside a circle that one draws oneself tells where houses are, one answer at
    /// a time; so who asks learns from the search only what is true wherever the houses lie.
    #[must_use]
    pub fn for_referrer(self) -> RequestSummary {
        RequestSummary {
            nothing_since: self.anywhere.as_ref().map(|a| a.since),
            reason: self.anywhere.as_ref().map(|a| a.reason.clone()),
            failed_rules: BTreeMap::new(),
            nothing_until: None,
            nothing_from: None,
            ..self
        }
    }
}

/// Why this room, so that the proposal can be explained later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Version of the rules.
    pub rules: String,
    /// Cost of the room for this request.
    pub cost: i64,
    /// The terms of the cost.
    pub because: Vec<shelter::Because>,
    /// Rules that the placing officer set aside.
    pub relaxed: Vec<String>,
    /// Why they were set aside.
    pub relaxed_because: Option<SafeText>,
    /// The proposal for everybody of which this was a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
}

/// A placement with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredPlacement {
    /// The placement.
    pub placement: Placement,
    /// Who runs the location.
    pub provider: OrgId,
    /// Region as it may be shown.
    pub region: Option<RegionCode>,
    /// Why this room.
    pub proof: Proof,
}

impl Stored for StoredPlacement {
    const KIND: Kind = Kind {
        name: "placement",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent, Clear::Due],
        terms: &[],
    };
}

/// What lists show of a placement: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacementSummary {
    /// Seats.
    pub seats: u16,
    /// Region as it may be shown.
    pub region: Option<RegionCode>,
    /// Why it ended, if it ended with a reason.
    pub reason: Option<String>,
    /// A rule was set aside for it.
    pub relaxed: bool,
    /// The steps with their moments.
    pub steps: Vec<(String, Timestamp)>,
}

/// State of every location and room. What cannot be used is told by day, inside the seal: a state would be true on some days only.
pub(super) const IN_SERVICE: &str = "in_service";

pub(super) fn draft_location(stored: &StoredLocation) -> Result<Draft> {
    let clear = ClearData {
        state: IN_SERVICE.to_owned(),
        org: Some(stored.location.provider.to_string()),
        region: Some(stored.location.region.to_string()),
        ..ClearData::default()
    };
    Ok(Draft::new(stored.location.id.to_string(), stored, clear)?)
}

pub(super) fn draft_room(stored: &StoredRoom, provider: &str) -> Result<Draft> {
    let clear = ClearData {
        state: IN_SERVICE.to_owned(),
        org: Some(provider.to_owned()),
        parent: Some(stored.room.location.to_string()),
        ..ClearData::default()
    };
    Ok(Draft::new(stored.room.id.to_string(), stored, clear)?)
}

/// The same room with other seats; provider and location stay.
pub(super) fn redraft_room(found: &Opened<StoredRoom>, occupancy: RoomOccupancy) -> Result<Draft> {
    let mut stored = StoredRoom {
        occupancy,
        ..found.body.clone()
    };
    // Whoever has gone is expected to leave no more.
    let seats = stored.occupancy.seats();
    stored.told.departures.retain(|placement, _| {
        let here =
            |seat: &Seat| matches!(seat, Seat::Taken { placement: here } if here == placement);
        seats.iter().any(here)
    });
    let provider = found.clear.org.as_deref().unwrap_or_default();
    Ok(draft_room(&stored, provider)?.changing(&["occupancy"]))
}

pub(super) fn draft_request(stored: &StoredRequest, arrived: Option<Timestamp>) -> Result<Draft> {
    let request = &stored.request;
    let clear = ClearData {
        state: request.state_name().to_owned(),
        org: Some(stored.org.to_string()),
        parent: Some(request.case.to_string()),
        ..ClearData::default()
    };
    let shortage = stored.shortage.as_ref();
    let summary = RequestSummary {
        urgency: request.needs.urgency,
        seats: request.needs.seats(),
        requested: request.requested.at,
        nothing_since: shortage.filter(|s| s.resolved.is_none()).map(|s| s.since),
        failed_rules: shortage.map(|s| s.first_failed.clone()).unwrap_or_default(),
        reason: shortage.map(|s| s.reason.clone()),
        arrived,
        anywhere: shortage.and_then(|s| s.anywhere.clone()),
        nothing_until: shortage.and_then(|s| s.resolved),
        nothing_from: shortage.map(|s| s.since),
        group: group(&request.needs).to_owned(),
        kind: super::search::kinds_of(stored)
            .first()
            .map_or_else(String::new, |kind| kind.code().to_owned()),
        region: stored.region.clone(),
        apart: request.needs.apart.clone(),
        moves_on: request.needs.current_room.is_some(),
    };
    Ok(Draft::new(request.id.to_string(), stored, clear)?.with_summary(&summary)?)
}

/// For whom, as roughly as figures need it.
fn group(needs: &Needs) -> &'static str {
    let Some(first) = needs.persons.first() else {
        return "other";
    };
    if needs.persons.len() > 1 {
        return "families";
    }
    if age_for_rules(first.age) < domain::age::MAJORITY {
        return "minors";
    }
    match first.sex {
        Sex::Female => "women",
        Sex::Male => "men",
        _ => "other",
    }
}

pub(super) fn draft_placement(stored: &StoredPlacement) -> Result<Draft> {
    let placement = &stored.placement;
    let clear = ClearData {
        state: placement.state_name().to_owned(),
        org: Some(stored.provider.to_string()),
        parent: Some(placement.request.to_string()),
        due: placement.held_until(),
        ..ClearData::default()
    };
    let reason = match placement.state() {
        PlacementState::Refused { reason, .. }
        | PlacementState::Declined { reason, .. }
        | PlacementState::Withdrawn { reason, .. }
        | PlacementState::Left { reason, .. } => Some(reason.code.to_string()),
        _ => None,
    };
    let summary = PlacementSummary {
        seats: placement.seats(),
        region: stored.region.clone(),
        reason,
        relaxed: !stored.proof.relaxed.is_empty(),
        steps: placement
            .steps()
            .iter()
            .map(|step| (step.reached.clone(), step.at))
            .collect(),
    };
    Ok(Draft::new(placement.id.to_string(), stored, clear)?.with_summary(&summary)?)
}

/// A summary of a list row.
pub(super) fn summary<T: serde::de::DeserializeOwned>(row: &vault::ListRow) -> Result<T> {
    serde_json::from_value(row.summary.clone())
        .map_err(|_| DeskError::Setup(format!("the summary of {} is unreadable", row.id)))
}
