//! A shelter request and what came of it.

use super::Context;
use crate::calibration::course::{
    DAYS_TO_ARRIVAL, OFFER_REFUSED, OUT_OF_REGION, OVER_NORM, SHELTER_REQUESTED, UNPLACED_REASONS,
};
use crate::country::shelters::{Location, Room};
use crate::dice::Dice;
use crate::places::municipality;
use crate::story::{
    Age, Area, Case, Code, Day, Guest, Placement, PlacementStep, ReflectionAnswer, Sex, Shelter,
    ShelterRequest, Story, Wish,
};

/// Cases per thousand reports, measured on 20,000; turns shares of all reports into shares of cases.
pub(super) const CASES: u32 = 625;

/// Requests with an entitlement that nobody takes, in parts per thousand: with those that have none, or that no room fits, the whole gives
/// the wanted share of people without a place.
const BLOCKED: u32 = 195;

/// The request of this case and its course, if a bed was asked for.
pub(super) fn shelter(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Option<Shelter> {
    let case = story.case.as_ref()?;
    if !dice.chance(SHELTER_REQUESTED.value * 1000 / CASES) {
        return None;
    }
    let mut request = request(context, story, case, dice);
    let blocked = (request.entitlement != "recht_onzeker" && dice.chance(BLOCKED))
        .then(|| dice.share(UNPLACED_REASONS.rows));
    let steps = match blocked {
        Some(reason) => {
            fit_reason(&mut request, reason, dice);
            unplaced(context, &request, reason, dice)
        }
        None => placed(context, &mut request, dice),
    };
    Some(Shelter { request, steps })
}

fn request(context: &Context<'_>, story: &Story, case: &Case, dice: &mut Dice) -> ShelterRequest {
    let victim = &case.victim;
    let first = Guest {
        age: guest_age(victim.age),
        sex: victim.sex,
    };
    let children = victim.children.iter().map(|child| Guest {
        age: child.age,
        sex: child.sex,
    });
    let entitlement = entitlement(context, story, &victim.residence);
    let unsafe_here = dice.chance(OUT_OF_REGION.value / 2);
    let radius = dice.between(25, 45);
    let avoid = Area {
        x_km: f64::from(context.town.x_km),
        y_km: f64::from(context.town.y_km),
        radius_km: f64::from(radius),
        reason: if dice.chance(700) {
            "offender"
        } else {
            "exploitation_place"
        }
        .into(),
    };
    let near = (!unsafe_here && dice.chance(350)).then(|| Wish {
        x_km: f64::from(context.town.x_km),
        y_km: f64::from(context.town.y_km),
        weight: 1,
    });
    ShelterRequest {
        day: case.day + dice.between(0, 3),
        by: if dice.chance(800) {
            case.coordinator.clone()
        } else {
            story
                .intake
                .as_ref()
                .map_or_else(|| case.coordinator.clone(), |intake| intake.by.clone())
        },
        officer: format!("p-plaatsing-{}", dice.between(1, 3)).into(),
        persons: std::iter::once(first).chain(children).collect(),
        form: story.report.forms[0].clone(),
        entitlement: entitlement.into(),
        security: if victim.threat == "high" {
            dice.between(2, 3) as u8
        } else {
            dice.between(1, 2) as u8
        },
        care: victim.care.clone(),
        wheelchair: victim.wheelchair,
        pets: dice.chance(15),
        languages: victim.languages.clone(),
        urgency: dice.share(&[(1, 100), (2, 200), (3, 350), (4, 220), (5, 130)]),
        avoid: if unsafe_here { vec![avoid] } else { Vec::new() },
        near,
        apart: story.network.clone(),
        right_uncertain: entitlement == "recht_onzeker",
    }
}

fn guest_age(age: Age) -> u8 {
    match age {
        Age::Certain { years } => years,
        Age::Estimated { low, high } => low.midpoint(high),
        Age::Unknown => 18,
    }
}

fn entitlement(context: &Context<'_>, story: &Story, residence: &str) -> &'static str {
    let reflecting = story
        .reflection
        .as_ref()
        .is_some_and(|reflection| matches!(reflection.answer, ReflectionAnswer::Accepted { .. }));
    match residence {
        _ if reflecting => "reflection_period",
        _ if context.minor() && context.person.european() => "jeugdwet",
        _ if context.minor() => "amv",
        "asielzoeker" => "rva",
        "zonder_verblijf" | "onbekend" => "recht_onzeker",
        _ => "wmo",
    }
}

/// Makes the request such that the reason why nobody takes it can be seen in it.
fn fit_reason(request: &mut ShelterRequest, reason: &str, dice: &mut Dice) {
    match reason {
        "zorgzwaarte" => {
            request.care = ["medical", "mental_health", "addiction"]
                .map(Code::from)
                .to_vec()
        }
        "kinderen" if request.persons.len() < 4 => {
            let missing = 4 - request.persons.len();
            request.persons.extend((0..missing).map(|_| Guest {
                age: dice.between(1, 14) as u8,
                sex: Sex::M,
            }));
        }
        "veiligheid" => request.security = 3,
        _ => {}
    }
}

fn unplaced(
    context: &Context<'_>,
    request: &ShelterRequest,
    reason: &'static str,
    dice: &mut Dice,
) -> Vec<PlacementStep> {
    let mut steps = Vec::new();
    let note = match reason {
        "vol" => "Overal vol; een plek binnen twee weken zou genoeg zijn.",
        "geen_recht" => "Geen recht zonder verblijf of bedenktijd; taak voor rechtshulp gezet.",
        "zorgzwaarte" => {
            "Geen plek met deze zorg samen; gesplitst in tijdelijke plek en latere verhuizing mogelijk."
        }
        "kinderen" => "Geen gezinskamer met genoeg bedden.",
        "veiligheid" => "Geen beveiligde plek buiten het gebied.",
        "geslacht" => "Geen plek voor dit geslacht in de buurt.",
        "financiering" => "Geen gemeente die betaalt; betalingsvraag voorgelegd.",
        "leeftijd" => "Net te oud of te jong voor de vrije plekken.",
        _ => "Nader uit te zoeken door de plaatsing.",
    };
    let fitting = candidates(context, request);
    if !fitting.is_empty() && dice.chance(500) {
        let (location, room) = fitting[dice.index(fitting.len())];
        push(&mut steps, request.day, offered(location, room));
        push(
            &mut steps,
            request.day + 1,
            Placement::Refused {
                by: "provider".into(),
                reason: reason.into(),
                note: note.to_owned(),
            },
        );
    }
    if request.urgency >= 4 && dice.chance(600) {
        push(
            &mut steps,
            request.day,
            Placement::EmergencyBed {
                municipality: context.town.code.into(),
            },
        );
    }
    steps.sort_by_key(|step| step.day);
    let last = request.day + dice.between(2, 14);
    push(
        &mut steps,
        last,
        Placement::Unplaced {
            reason: reason.into(),
            note: note.to_owned(),
        },
    );
    steps
}

fn placed(
    context: &Context<'_>,
    request: &mut ShelterRequest,
    dice: &mut Dice,
) -> Vec<PlacementStep> {
    let mut fitting = candidates(context, request);
    // Care that nobody can combine comes from outside the house instead; a safer house than asked for also serves.
    while fitting.is_empty() && (request.care.pop().is_some() || request.persons.len() > 4) {
        request.persons.truncate(4);
        fitting = candidates(context, request);
    }
    if fitting.is_empty() {
        let reason = if request.entitlement == "recht_onzeker" {
            "geen_recht"
        } else {
            "vol"
        };
        return unplaced(context, request, reason, dice);
    }
    let (location, room) = choose(context, request, &fitting, dice);
    let arrival = request.day + *dice.pick(&DAYS_TO_ARRIVAL.value);
    let mut steps = Vec::new();
    if fitting.len() > 1 && arrival > request.day && dice.chance(OFFER_REFUSED.value) {
        let (other, bed) = fitting[dice.index(fitting.len())];
        push(&mut steps, request.day, offered(other, bed));
        push(&mut steps, request.day, refusal(dice));
    }
    let offer_day = dice.between(request.day, arrival);
    push(&mut steps, offer_day, offered(location, room));
    push(
        &mut steps,
        offer_day,
        Placement::Held {
            hours: *dice.pick(&[4, 24, 48]),
        },
    );
    if arrival > offer_day + 2 && dice.chance(80) {
        push(&mut steps, offer_day + 2, Placement::HoldExpired);
        push(&mut steps, arrival, offered(location, room));
    }
    push(&mut steps, arrival, Placement::Accepted);
    push(&mut steps, arrival, Placement::Arrived);
    stay(&mut steps, location, arrival, dice);
    steps
}

fn refusal(dice: &mut Dice) -> Placement {
    let (by, reason, note) = *dice.pick(&[
        ("provider", "vol", "Bed was net vergeven."),
        (
            "provider",
            "zorgzwaarte",
            "Nachtdienst kan deze zorg niet dragen.",
        ),
        (
            "provider",
            "veiligheid",
            "Bekende van de dader in de buurt.",
        ),
        (
            "person",
            "regio",
            "Wil dichter bij een vertrouwd persoon blijven.",
        ),
        ("person", "anders", "Wil eerst de kamer zien."),
    ]);
    Placement::Refused {
        by: by.into(),
        reason: reason.into(),
        note: note.to_owned(),
    }
}

fn stay(steps: &mut Vec<PlacementStep>, location: &Location, arrival: Day, dice: &mut Dice) {
    let over = location.kind == "COSM" && dice.chance(OVER_NORM.value);
    let days = match location.kind.as_ref() {
        "COSM" if over => dice.between(95, 160),
        "COSM" => dice.between(30, 90),
        "VO-crisis" => dice.between(5, 42),
        _ => dice.between(40, 260),
    };
    if over {
        let reason = *dice.pick(&["geen_doorstroom", "procedure_loopt", "gezondheid"]);
        push(
            steps,
            arrival + 91,
            Placement::OverNorm {
                reason: reason.into(),
            },
        );
    }
    if dice.chance(780) {
        let reason = dice.share(&[
            ("uitgestroomd", 420),
            ("doorgeplaatst", 300),
            ("mob", 110),
            ("eigen_wens", 100),
            ("terugkeer", 70),
        ]);
        push(
            steps,
            arrival + days,
            Placement::Left {
                reason: reason.into(),
            },
        );
    }
}

/// The person's own region when it has a place, as often as calibrated; elsewhere otherwise.
fn choose<'w>(
    context: &Context<'_>,
    request: &ShelterRequest,
    fitting: &[(&'w Location, &'w Room)],
    dice: &mut Dice,
) -> (&'w Location, &'w Room) {
    let home = context.town.region().code;
    let local = |location: &Location| {
        municipality(&location.municipality).is_some_and(|town| town.region().code == home)
    };
    let stays = request.avoid.is_empty() && !dice.chance(110);
    let pool: Vec<_> = fitting
        .iter()
        .copied()
        .filter(|(location, _)| local(location) == stays)
        .collect();
    if pool.is_empty() {
        fitting[dice.index(fitting.len())]
    } else {
        pool[dice.index(pool.len())]
    }
}

/// Rooms that pass the hard rules of the shelter instance format, leaving out how full they are at that moment.
pub(crate) fn candidates<'w>(
    context: &Context<'w>,
    request: &ShelterRequest,
) -> Vec<(&'w Location, &'w Room)> {
    fitting_rooms(context.world.locations(), request)
}

/// As [`candidates`], over any list of locations.
pub(crate) fn fitting_rooms<'w>(
    locations: &'w [Location],
    request: &ShelterRequest,
) -> Vec<(&'w Location, &'w Room)> {
    let fits = locations
        .iter()
        .filter(|location| admits(location, request));
    fits.flat_map(|location| {
        location
            .rooms
            .iter()
            .filter(|room| holds(room, request))
            .map(move |room| (location, room))
    })
    .collect()
}

fn admits(location: &Location, request: &ShelterRequest) -> bool {
    let first = request.persons[0].age;
    let sexes = request
        .persons
        .iter()
        .enumerate()
        .filter(|(at, guest)| *at == 0 || guest.age >= 12);
    location.security >= request.security
        && location.min_age.is_none_or(|low| first >= low)
        && location.max_age.is_none_or(|high| first <= high)
        && location.entitlements.contains(&request.entitlement)
        && location.forms.contains(&request.form)
        && request.care.iter().all(|need| location.care.contains(need))
        && (location.wheelchair || !request.wheelchair)
        && (location.pets || !request.pets)
        && sexes
            .into_iter()
            .all(|(_, guest)| location.sex.contains(&guest.sex))
        && request.avoid.iter().all(|area| {
            (location.x_km - area.x_km).hypot(location.y_km - area.y_km) > area.radius_km
        })
}

fn holds(room: &Room, request: &ShelterRequest) -> bool {
    let persons = request.persons.len();
    let fits = usize::from(room.places) >= persons;
    fits && if persons > 1 {
        room.kind != "stay"
    } else {
        room.kind != "family"
    }
}

fn offered(location: &Location, room: &Room) -> Placement {
    Placement::Offered {
        location: location.id.clone(),
        room: room.id.clone(),
    }
}

fn push(steps: &mut Vec<PlacementStep>, day: Day, step: Placement) {
    steps.push(PlacementStep { day, step });
}
