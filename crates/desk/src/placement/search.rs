//! Which rooms fit a request now, and why the others don't. The engine of `shelter` ranks; the desk adds what the engine
//! does not know: who may place, rooms out of service, earlier refusals.

use std::collections::{BTreeMap, BTreeSet};

use domain::code::{LanguageCode, OrgKind, org};
use domain::ids::{LocationId, RoomId};
use domain::placement::PlacementState;
use domain::room::{RoomKind, ShelterKind};
use domain::shelter_request::{CareNeed, Needs, Security};
use domain::time::dutch_date;
use domain::vocabulary::ShelterTypeCode;
use jiff::Timestamp;
use serde::Serialize;
use shelter::rules::{Standing, failed};
use shelter::{Because, best_offers};

use super::country::Country;
use super::places::Shown;
use super::question::{ASKED, instance};
use super::records::{StoredLocation, StoredPlacement, StoredRequest, StoredRoom};
use crate::Desk;
use crate::error::{DeskError, Result};

/// Rules of the engine that a placing officer may set aside with a reason, for instance for a temporary stay. The others
/// protect (avoid, security, sex, age), are law (entitlement, authority) or are facts (places, wheelchair).
pub const RELAXABLE: &[&str] = &["care", "form", "pets", ROUTE];
/// The rules of who may be placed where name other kinds of shelter for this person.
pub(super) const ROUTE: &str = "route";
/// Another authority places here, and only that.
pub(super) const AUTHORITY: &str = "authority";
/// The room cannot be used for now.
pub(super) const OUT_OF_SERVICE: &str = "out_of_service";
/// The location refused this request, or the client declined it.
pub(super) const REFUSED_BEFORE: &str = "refused_before";
/// How many rooms are proposed.
const BEST: usize = 5;

/// A room as the placing officer sees it: no name, no provider, no town, no distance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// The room.
    pub room: RoomId,
    /// What kind of shelter.
    pub kind: ShelterKind,
    /// What kind of room.
    pub room_kind: RoomKind,
    /// How secure.
    pub security: Security,
    /// Region, or elsewhere.
    pub place: Shown,
    /// Longest stay in days.
    pub max_stay_days: Option<u16>,
    /// Free seats.
    pub free: u16,
    /// Care on offer that was asked.
    pub care_met: Vec<CareNeed>,
    /// Languages in common.
    pub languages: Vec<LanguageCode>,
    /// The terms that make it less fitting.
    pub because: Vec<Because>,
    /// Their sum; less is better.
    pub cost: i64,
    /// Rules that it fails; empty when it may be offered.
    pub fails: Vec<String>,
    /// The shelter or its municipality decides here; this centre mediates.
    pub mediated: bool,
}

impl OfferView {
    /// It fails only rules that may be set aside with a reason.
    pub fn is_relaxable(&self) -> bool {
        !self.fails.is_empty() && self.fails.iter().all(|f| RELAXABLE.contains(&f.as_str()))
    }
}

/// Why the others don't.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WhyNot {
    /// Rooms looked at.
    pub rooms: u32,
    /// Rooms that fit.
    pub fit: u32,
    /// Rooms by the first rule that they fail.
    pub first_failed: BTreeMap<String, u32>,
    /// Rooms that fail this rule only: what would change if it did not hold.
    pub one_away: BTreeMap<String, u32>,
}

impl WhyNot {
    /// The main reason why nothing fits, in the field's own terms of refusal; `None` when something fits.
    pub fn reason(&self) -> Option<&'static str> {
        if self.fit > 0 {
            return None;
        }
        if self.one_away.contains_key("places") {
            return Some("vol");
        }
        let most = |counts: &BTreeMap<String, u32>| {
            counts
                .iter()
                .max_by_key(|(_, n)| **n)
                .map(|(rule, _)| reason_of(rule))
        };
        most(&self.one_away)
            .or_else(|| most(&self.first_failed))
            .or(Some("vol"))
    }

    fn count(&mut self, fails: &[&str]) {
        self.rooms += 1;
        match fails {
            [] => self.fit += 1,
            [only] => {
                *self.first_failed.entry((*only).to_owned()).or_insert(0) += 1;
                *self.one_away.entry((*only).to_owned()).or_insert(0) += 1;
            }
            [first, ..] => *self.first_failed.entry((*first).to_owned()).or_insert(0) += 1,
        }
    }
}

/// A rule's name in the field's own terms of refusal (vocabulary `refusal_reasons`).
fn reason_of(rule: &str) -> &'static str {
    match rule {
        "places" | OUT_OF_SERVICE => "vol",
        "entitlement" | AUTHORITY | ROUTE => "geen_recht",
        "avoid" | "security" | "apart" => "veiligheid",
        "care" | "wheelchair" | "form" => "zorgzwaarte",
        "age" => "leeftijd",
        "sex" => "geslacht",
        "room_kind" => "kinderen",
        _ => "anders",
    }
}

/// The answer for the placing officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The best rooms; when none fits, those for which something can be done, with the rules that they fail.
    pub offers: Vec<OfferView>,
    /// Why the others don't.
    pub why_not: WhyNot,
    /// Version of the rules.
    pub rules: String,
}

/// What is sought, for whom, by whom.
pub(super) struct Asking<'a> {
    pub(super) needs: &'a Needs,
    /// Kinds of shelter that the ways to a place name.
    pub(super) kinds: BTreeSet<ShelterKind>,
    /// Locations that refused or were declined.
    pub(super) refused: BTreeSet<LocationId>,
    /// Kind of the organisation that places.
    pub(super) places_for: OrgKind,
}

impl<'a> Asking<'a> {
    /// The search for a stored request, with what came of earlier placements. A refusal because the room was full says
    /// nothing about tomorrow.
    pub(super) fn of(stored: &'a StoredRequest, before: &[StoredPlacement]) -> Asking<'a> {
        let refused = before
            .iter()
            .filter(|p| match p.placement.state() {
                PlacementState::Refused { reason, .. } => !reason.code.is("vol"),
                PlacementState::Declined { .. } => true,
                _ => false,
            })
            .map(|p| p.placement.location)
            .collect();
        Asking {
            needs: &stored.request.needs,
            kinds: kinds_of(stored),
            refused,
            places_for: OrgKind::literal(org::COM),
        }
    }
}

fn kinds_of(stored: &StoredRequest) -> BTreeSet<ShelterKind> {
    let routes = stored.placing.routes.iter();
    routes.flat_map(|route| route.kinds.clone()).collect()
}

/// The best rooms and why the others don't.
pub(super) fn look(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
) -> Result<Found> {
    let fails = all_fails(desk, now, country, asking)?;
    let mut why_not = WhyNot::default();
    for (_, rules) in &fails {
        why_not.count(rules);
    }
    let proposed: BTreeSet<RoomId> = fails
        .iter()
        .filter(|(room, rules)| match why_not.fit {
            0 => is_near(country, asking, *room, rules),
            _ => rules.is_empty(),
        })
        .map(|(room, _)| *room)
        .collect();
    let instance = instance(now, country, asking, |room| proposed.contains(&room))?;
    let best = best_offers(&instance, ASKED, BEST).map_err(|e| DeskError::Setup(e.to_string()))?;
    let offers = best
        .offers
        .into_iter()
        .filter_map(|offer| view(desk, now, country, asking, offer))
        .map(|view| with_every_fail(view, &fails))
        .collect();
    Ok(Found {
        offers,
        why_not,
        rules: best.rules_version,
    })
}

/// A country of one room: that room with every rule it fails, its cost and the terms of that.
pub(super) fn look_at_one(
    desk: &Desk,
    now: Timestamp,
    one: &Country,
    asking: &Asking<'_>,
) -> Result<Option<OfferView>> {
    let Some((_, fails)) = all_fails(desk, now, one, asking)?.into_iter().next() else {
        return Ok(None);
    };
    let instance = instance(now, one, asking, |_| true)?;
    let best = best_offers(&instance, ASKED, 1).map_err(|e| DeskError::Setup(e.to_string()))?;
    let Some(offer) = best.offers.into_iter().next() else {
        return Ok(None);
    };
    let seen = view(desk, now, one, asking, offer);
    Ok(seen.map(|view| OfferView {
        fails: fails.iter().map(|f| (*f).to_owned()).collect(),
        ..view
    }))
}

/// The engine knows its own rules; the desk's stand beside them.
fn with_every_fail(view: OfferView, fails: &[(RoomId, Vec<&'static str>)]) -> OfferView {
    let found = fails.iter().find(|(room, _)| *room == view.room);
    match found {
        Some((_, rules)) => OfferView {
            fails: rules.iter().map(|rule| (*rule).to_owned()).collect(),
            ..view
        },
        None => view,
    }
}

/// Whether something can be done about what the room fails: set aside with a reason, or waited for. Rooms in a forbidden
/// circle, or that are closed to this person for another reason, are counted but never shown one by one.
fn is_near(country: &Country, asking: &Asking<'_>, room: RoomId, rules: &[&str]) -> bool {
    let large = country
        .room(room)
        .is_some_and(|r| r.room.places >= asking.needs.seats());
    rules
        .iter()
        .all(|rule| RELAXABLE.contains(rule) || (*rule == "places" && large))
}

/// Every room with the rules that it fails, ours first. The room where they are now is no answer.
fn all_fails(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
) -> Result<Vec<(RoomId, Vec<&'static str>)>> {
    let instance = instance(now, country, asking, |_| true)?;
    let asked = instance
        .find_request(ASKED)
        .ok_or_else(|| DeskError::Setup("the request is not in its own instance".to_owned()))?;
    let standing = Standing::now(&instance);
    let mut out = Vec::with_capacity(instance.rooms().len());
    for index in instance.room_indices() {
        let Some(stored) = country.room_named(&instance.room(index).id) else {
            continue;
        };
        if Some(stored.room.id) == asking.needs.current_room {
            continue;
        }
        let mut rules = own_fails(desk, now, country, asking, stored);
        rules.extend(
            failed(&instance, asked, index, &standing)
                .iter()
                .map(shelter::Rule::code),
        );
        // Last, so that a rule that protects is counted before one that sorts.
        if other_kind(country, asking, stored) {
            rules.push(ROUTE);
        }
        out.push((stored.room.id, rules));
    }
    Ok(out)
}

/// Whether the ways to a place name other kinds of shelter than this room's.
fn other_kind(country: &Country, asking: &Asking<'_>, stored: &StoredRoom) -> bool {
    let found = country.location(stored.room.location);
    found.is_some_and(|found| !asking.kinds.contains(&found.location.kind))
}

fn own_fails(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    stored: &StoredRoom,
) -> Vec<&'static str> {
    let mut out = Vec::new();
    let Some(found) = country.location(stored.room.location) else {
        return vec![OUT_OF_SERVICE];
    };
    if !stored.room.in_service_on(dutch_date(now)) {
        out.push(OUT_OF_SERVICE);
    }
    let (authority, exclusive) = authority(desk, now, found, &asking.places_for);
    if exclusive && !authority {
        out.push(AUTHORITY);
    }
    if asking.refused.contains(&found.location.id) {
        out.push(REFUSED_BEFORE);
    }
    out
}

/// Whether this kind of organisation is among those who place here, and whether only those may.
fn authority(desk: &Desk, now: Timestamp, found: &StoredLocation, kind: &OrgKind) -> (bool, bool) {
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

fn view(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    asking: &Asking<'_>,
    offer: shelter::Offer,
) -> Option<OfferView> {
    let stored = country.room_named(&offer.room)?;
    let found = country.location(stored.room.location)?;
    let admits = &found.location.admits;
    let (authority, _) = authority(desk, now, found, &asking.places_for);
    Some(OfferView {
        room: stored.room.id,
        kind: found.location.kind,
        room_kind: stored.room.kind,
        security: found.location.security,
        place: country.shown(&found.location.region),
        max_stay_days: stored.room.max_stay_days,
        free: stored.occupancy.free_at(now),
        care_met: common(&asking.needs.care, &admits.care),
        languages: common(&asking.needs.languages, &admits.languages),
        because: offer.because,
        cost: offer.cost,
        fails: offer.fails.iter().map(|f| f.code().to_owned()).collect(),
        mediated: !authority,
    })
}

fn common<T: Clone + PartialEq>(asked: &[T], offered: &[T]) -> Vec<T> {
    asked
        .iter()
        .filter(|one| offered.contains(one))
        .cloned()
        .collect()
}
