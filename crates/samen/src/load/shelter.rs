//! A safe place: asked by the coordinator, found and held by the placing officer, answered by the shelter and by the
//! person, arrival and departure.
//!
//! A story names the room that was offered. When that room no longer fits, the officer takes what the desk proposes, as in
//! life; when nothing fits, nobody is placed.

use desk::placement::{
    self, AvoidPlace, ClientAnswer, HoldInput, NewRequest, ReasonInput, StoredPlacement,
    StoredRequest,
};
use desk::{Actor, DeskError, Result, Role};
use domain::age::AgeInYears;
use domain::ids::{PlacementId, RoomId, ShelterRequestId};
use domain::placing::PlacingFacts;
use domain::shelter_request::{CareNeed, PersonInRequest, Security};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Opened, Store};
use world::places::MUNICIPALITIES;
use world::story::{Area, Placement, ReflectionAnswer, ShelterRequest};

use super::engine::Life;
use super::person;
use super::stage::Stage;
use super::tally::Went;
use super::telling::{self, Words, maybe, text, word};

fn officer(stage: &Stage, life: &Life, now: Timestamp) -> Result<Actor> {
    let told = life.story.shelter.as_ref();
    let name = told.map_or("p-plaatsing-1", |s| s.request.officer.as_ref());
    stage.cast.actor(name, now)
}

fn coordinator(stage: &Stage, life: &Life, now: Timestamp) -> Result<Actor> {
    let case = life.story.case.as_ref();
    let name = case.map_or("", |case| case.coordinator.as_ref());
    stage.cast.actor(name, now)
}

pub(super) async fn ask(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(case), Some(told)) = (life.known.case, life.story.shelter.clone()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let new = new_request(stage, life, &told.request, now)?;
    let id = placement::ask(&stage.desk, &actor, now, case, new).await?;
    life.known.request = Some(id);
    Ok(Went::Done)
}

fn new_request(
    stage: &Stage,
    life: &Life,
    told: &ShelterRequest,
    now: Timestamp,
) -> Result<NewRequest> {
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let story = &life.story;
    let found_in = story.report.place.municipality.as_deref();
    let found_in = found_in.map(|code| words.municipality(code)).transpose()?;
    let care: Vec<CareNeed> = told
        .care
        .iter()
        .map(|code| word("care", code))
        .collect::<Result<_>>()?;
    let victim = person::victim(story);
    let reflecting = story.reflection.as_ref();
    let reflecting =
        reflecting.is_some_and(|r| matches!(r.answer, ReflectionAnswer::Accepted { .. }));
    let payer = found_in.clone().filter(|_| told.entitlement == "wmo");
    let because = "Hier aangetroffen; inschrijving elders is niet bekend.";
    Ok(NewRequest {
        persons: told
            .persons
            .iter()
            .map(|guest| PersonInRequest {
                person: None,
                age: AgeInYears::Exactly { age: guest.age },
                sex: telling::sex(guest.sex),
            })
            .collect(),
        form: words.form(&told.form)?,
        entitlement: Some(word("entitlement", &told.entitlement)?),
        security: Security::from_level(told.security).unwrap_or(Security::Open),
        wheelchair: told.wheelchair,
        pets: told.pets,
        languages: told
            .languages
            .iter()
            .map(|code| words.language(code))
            .collect::<Result<_>>()?,
        avoid: told
            .avoid
            .iter()
            .filter_map(|area| avoid(area, words).transpose())
            .collect::<Result<_>>()?,
        urgency: told.urgency,
        facts: PlacingFacts {
            minor: false,
            unaccompanied: told.entitlement == "amv",
            residence: person::residence(&victim)?,
            in_reflection: reflecting,
            multiple_problems: care.len() > 1,
            acute_out_of_hours: false,
            registered_in: None,
            found_in,
        },
        care,
        payer: payer
            .map(|payer| Ok::<_, DeskError>((payer, text("payer", because)?)))
            .transpose()?,
    })
}

/// An area as the desk asks it: around the centre of the municipality that lies in its middle.
fn avoid(area: &Area, words: Words<'_>) -> Result<Option<AvoidPlace>> {
    let distance = |x: u16, y: u16| (f64::from(x) - area.x_km).hypot(f64::from(y) - area.y_km);
    let nearest = MUNICIPALITIES
        .iter()
        .min_by(|a, b| distance(a.x_km, a.y_km).total_cmp(&distance(b.x_km, b.y_km)));
    let Some(town) = nearest else {
        return Ok(None);
    };
    let why = match area.reason.as_ref() {
        "offender" => "offender",
        "family" => "family",
        "network" => "network",
        _ => "other",
    };
    Ok(Some(AvoidPlace {
        municipality: words.municipality(town.code)?,
        // Whole kilometres; the bounds keep the cast within its type.
        radius_km: area.radius_km.round().clamp(1.0, 200.0) as u16,
        why: why.to_owned(),
    }))
}

async fn request(stage: &Stage, id: ShelterRequestId) -> Result<Opened<StoredRequest>> {
    Ok(stage
        .desk
        .vault
        .load::<StoredRequest>(&id.to_string())
        .await?)
}

async fn placed(stage: &Stage, id: PlacementId) -> Result<Opened<StoredPlacement>> {
    Ok(stage
        .desk
        .vault
        .load::<StoredPlacement>(&id.to_string())
        .await?)
}

/// The room that a step of the story names.
fn named(stage: &Stage, life: &Life, index: usize) -> Option<RoomId> {
    let step = life.story.shelter.as_ref()?.steps.get(index)?;
    match &step.step {
        Placement::Offered { room, .. } | Placement::Moved { room, .. } => {
            stage.rooms.get(room).copied()
        }
        _ => None,
    }
}

/// The officer looks at the request and holds a room: the one of the story if it fits, else the best that does.
pub(super) async fn hold(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let Some(id) = life.known.request else {
        return Ok(Went::LeftOut);
    };
    if request(stage, id).await?.body.request.state_name() != "open" {
        return Ok(Went::LeftOut);
    }
    let actor = officer(stage, life, now)?;
    let seen = placement::read(&stage.desk, &actor, now, id).await?;
    let Some(found) = seen.found else {
        return Ok(Went::LeftOut);
    };
    let wanted = named(stage, life, index);
    let fits = |offer: &&placement::OfferView| offer.fails.is_empty();
    let offer = found
        .offers
        .iter()
        .find(|offer| Some(offer.room) == wanted && offer.fails.is_empty())
        .or_else(|| found.offers.iter().find(fits))
        .or_else(|| found.offers.iter().find(|offer| offer.is_relaxable()));
    let Some(offer) = offer else {
        let reason = found.why_not.reason().unwrap_or("anders");
        return Err(DeskError::rule("shelter.nothing_fits", reason));
    };
    let relax = (!offer.fails.is_empty())
        .then_some("Tijdelijk: eerst een veilig bed, de zorg komt van buiten.");
    let input = HoldInput {
        room: offer.room,
        because: None,
        relax_because: maybe("relax_because", relax)?,
        proposal: None,
    };
    let made = placement::hold(&stage.desk, &actor, now, id, seen.version, input).await?;
    life.known.placement = Some(made);
    Ok(Went::Done)
}

/// The running placement, with somebody of the shelter that is asked.
async fn running(
    stage: &Stage,
    life: &Life,
    now: Timestamp,
) -> Result<Option<(Opened<StoredPlacement>, Actor)>> {
    let Some(id) = life.known.placement else {
        return Ok(None);
    };
    let found = placed(stage, id).await?;
    let staff = stage
        .cast
        .worker(found.body.provider, Role::ShelterStaff, now)?;
    Ok(Some((found, staff)))
}

pub(super) async fn shelter_accepts(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
) -> Result<Went> {
    let Some((found, staff)) = running(stage, life, now).await? else {
        return Ok(Went::LeftOut);
    };
    let id = found.body.placement.id;
    placement::accept(&stage.desk, &staff, now, id, found.version).await?;
    Ok(Went::Done)
}

/// The person says yes, and travels on the day of arrival.
pub(super) async fn client_accepts(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some((found, _)) = running(stage, life, now).await? else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let id = found.body.placement.id;
    let answer = ClientAnswer::Accepts;
    placement::client_answers(&stage.desk, &actor, now, id, found.version, answer).await?;
    Ok(Went::Done)
}

pub(super) async fn refuse(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let Some((found, staff)) = running(stage, life, now).await? else {
        return Ok(Went::LeftOut);
    };
    let told = life.story.shelter.as_ref().and_then(|s| s.steps.get(index));
    let Some(Placement::Refused { by, reason, note }) = told.map(|t| t.step.clone()) else {
        return Ok(Went::LeftOut);
    };
    let id = found.body.placement.id;
    let reason = ReasonInput {
        code: reason.to_string(),
        note: maybe("note", Some(&note))?,
    };
    if by == "person" {
        let actor = coordinator(stage, life, now)?;
        let answer = ClientAnswer::Declines(reason);
        placement::client_answers(&stage.desk, &actor, now, id, found.version, answer).await?;
    } else {
        placement::refuse(&stage.desk, &staff, now, id, found.version, reason).await?;
    }
    life.known.placement = None;
    Ok(Went::Done)
}

pub(super) async fn arrive(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some((found, staff)) = running(stage, life, now).await? else {
        return Ok(Went::LeftOut);
    };
    let id = found.body.placement.id;
    let actor = coordinator(stage, life, now)?;
    let on_the_way = super::moment::minutes(now, -40);
    let answer = ClientAnswer::Travels;
    placement::client_answers(&stage.desk, &actor, on_the_way, id, found.version, answer).await?;
    let seen = placed(stage, id).await?.version;
    placement::arrive(&stage.desk, &staff, now, id, seen).await?;
    life.known.stays.push(id);
    Ok(Went::Done)
}

/// A next place is asked while the person stays where she is; nobody tells the story twice.
pub(super) async fn follow_up(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(_)) = (life.known.request, life.known.placement) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    life.known.request = Some(placement::follow_up(&stage.desk, &actor, now, id).await?);
    life.known.placement = None;
    Ok(Went::Done)
}

/// The person leaves the place where she stayed longest; `index` names the story's reason.
pub(super) async fn leave(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    if life.known.stays.is_empty() {
        return Ok(Went::LeftOut);
    }
    let id = life.known.stays.remove(0);
    let found = placed(stage, id).await?;
    let staff = stage
        .cast
        .worker(found.body.provider, Role::ShelterStaff, now)?;
    let told = life.story.shelter.as_ref().and_then(|s| s.steps.get(index));
    let reason = match told.map(|t| &t.step) {
        Some(Placement::Left { reason }) => ReasonInput::of(reason),
        _ => ReasonInput::of("doorgeplaatst"),
    };
    placement::leave(&stage.desk, &staff, now, id, found.version, reason).await?;
    Ok(Went::Done)
}

/// After weeks without a place the request is taken back: another way was found.
pub(super) async fn give_up(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.request else {
        return Ok(Went::LeftOut);
    };
    let found = stage
        .desk
        .vault
        .clear_of(Store::K3, &id.to_string())
        .await?;
    let Some((_, _, seen)) = found.filter(|(_, clear, _)| clear.state == "open") else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let reason = ReasonInput::of("andere_plek");
    placement::withdraw_request(&stage.desk, &actor, now, id, seen, reason).await?;
    Ok(Went::Done)
}
