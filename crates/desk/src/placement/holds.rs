//! Holding a room for a request, and what a shelter sees of the holds on its own rooms.

use domain::SafeText;
use domain::age::AgeInYears;
use domain::code::LanguageCode;
use domain::ids::{PlacementId, RoomId, ShelterRequestId};
use domain::person::Sex;
use domain::placement::{Placement, PlacementState};
use domain::shelter_request::{CareNeed, Security};
use jiff::{SignedDuration, Timestamp};
use vault::{Change, Counts, Cursor, Filter, Opened, Order, Page, Store, Stored};

use super::apart::mates;
use super::country::Country;
use super::fit::{Misfit, misfit_in};
use super::kept::draft_question;
use super::places::Shown;
use super::question::question;
use super::reasons::{ReasonInput, no_address};
use super::records::{
    Proof, StoredLocation, StoredPlacement, StoredRequest, StoredRoom, draft_placement,
    draft_request, redraft_room,
};
use super::search::{Asking, OfferView, look_at_one};
use super::step::{
    self, Follow, Seats, Step, TRIES, load_request, load_room, no_seat, refused, request_refused,
};
use super::today::{as_of_today, settled};
use super::worked::{Question, RELAXABLE};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Which room, and why.
#[derive(Debug, Clone)]
pub struct HoldInput {
    /// The room.
    pub room: RoomId,
    /// Why this one, if the officer wants to say.
    pub because: Option<SafeText>,
    /// Why a rule may be set aside, when the room fails one that may.
    pub relax_because: Option<SafeText>,
    /// The proposal for everybody of which this is a line, if it is one.
    pub proposal: Option<String>,
}

/// Holds a room for a request. `seen` is the request's version. The room is looked at again now: what was shown a minute
/// ago may be gone.
pub async fn hold(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
    seen: i64,
    input: HoldInput,
) -> Result<PlacementId> {
    let permit = permit(actor, UseCase::HoldRoom)?;
    no_address("because", input.because.as_ref())?;
    no_address("relax_because", input.relax_because.as_ref())?;
    for _ in 0..TRIES {
        let request = load_request(desk, id).await?;
        if request.version != seen {
            return Err(DeskError::Conflict);
        }
        let (placement, change) = work_out(desk, &permit, now, &request, &input).await?;
        match desk.vault.apply(Store::K3, change).await {
            Ok(_) => return Ok(placement),
            // The room changed in this very moment: look at it again.
            Err(vault::VaultError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(DeskError::Conflict)
}

async fn work_out(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    request: &Opened<StoredRequest>,
    input: &HoldInput,
) -> Result<(PlacementId, Change)> {
    if request.body.request.state_name() != "open" {
        return Err(DeskError::rule(
            "shelter.state",
            "a room is held or taken for this request already, or it was withdrawn",
        ));
    }
    let room = load_room(desk, input.room).await?;
    let by = permit.actor.by(now)?;
    let country = Country::with_room(desk, room.clone()).await?;
    let (offer, question) =
        fitting(desk, permit, now, request, &room.body, &country, input).await?;
    let id = PlacementId::new(desk.vault.new_id(now));
    let minutes = SignedDuration::from_mins(i64::from(desk.settings.hold_minutes));
    let until = now.saturating_add(minutes).unwrap_or(Timestamp::MAX);
    let asked = &request.body.request;
    let seats = asked.needs.seats();
    let persons = asked
        .needs
        .persons
        .iter()
        .filter_map(|p| p.person)
        .collect();
    let placement = Placement::propose(
        id,
        asked.id,
        asked.case,
        room.body.room.id,
        room.body.room.location,
        persons,
        seats,
        by,
        input.because.clone(),
    )
    .and_then(|placement| placement.hold(until, by))
    .map_err(refused)?;
    let capacity = room.body.capacity();
    let occupancy = capacity.hold(id, seats, until, now).map_err(no_seat)?;
    let provider = room.clear.org.as_deref().unwrap_or_default();
    let stored = StoredPlacement {
        placement,
        provider: provider
            .parse()
            .map_err(|_| DeskError::Setup("a room belongs to no organisation".to_owned()))?,
        region: match offer.place {
            Shown::Region(region) => Some(region),
            Shown::Elsewhere => None,
        },
        proof: Proof {
            rules: shelter::RULES_VERSION.to_owned(),
            cost: offer.cost,
            because: offer.because,
            relaxed_because: input
                .relax_because
                .clone()
                .filter(|_| !offer.fails.is_empty()),
            relaxed: offer.fails,
            proposal: input.proposal.clone(),
        },
    };
    let settled = settled(desk, now, request.body.clone()).await?;
    let reworked = settled.placing != request.body.placing;
    let next = StoredRequest {
        shortage: settled.shortage.clone().map(|mark| mark.resolve(now)),
        request: (settled.request.clone().offered(id)).map_err(request_refused)?,
        ..settled
    };
    let changed: &[&str] = match reworked {
        true => &["state", "needs", "placing"],
        false => &["state"],
    };
    let change = Change::new(permit.context(now))
        .create(draft_placement(&stored)?)
        .create(draft_question(desk, now, id, question)?);
    let change = step::tell_case(desk, change, &stored.placement, now)
        .await?
        .update(redraft_room(&room, occupancy)?, room.version)
        .update(
            draft_request(&next, None)?.changing(changed),
            request.version,
        )
        .clear_timers(&request.id)
        .timer(step::hold_timer(id, until));
    Ok((id, change))
}

/// The room as an offer, or the refusal that names the rules it fails.
async fn fitting(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    request: &Opened<StoredRequest>,
    room: &StoredRoom,
    country: &Country,
    input: &HoldInput,
) -> Result<(OfferView, Question)> {
    let before: Vec<StoredPlacement> = desk
        .vault
        .load_children::<StoredPlacement>(&request.id)
        .await?
        .into_iter()
        .map(|p| p.body)
        .collect();
    let today = as_of_today(desk, now, request.body.clone()).await?;
    let asking = Asking {
        places_for: permit.actor.person()?.org_kind.clone(),
        mates: mates(desk, &request.body).await?,
        ..Asking::of(&today, &before)
    };
    let question = question(desk, now, country, &asking);
    let offer = look_at_one(desk, now, country, &asking, &question, room.room.id)?
        .ok_or(DeskError::NotFound { what: "room" })?;
    let hard: Vec<&str> = offer
        .fails
        .iter()
        .map(String::as_str)
        .filter(|rule| !RELAXABLE.contains(rule))
        .collect();
    if hard == ["places"] {
        return Err(DeskError::rule(
            "shelter.room_full",
            "this room has no place left for this request",
        ));
    }
    if !hard.is_empty() {
        return Err(DeskError::rule(
            "shelter.room_fails",
            format!("this room does not fit: {}", hard.join(", ")),
        ));
    }
    if !offer.fails.is_empty() && input.relax_because.is_none() {
        return Err(DeskError::rule(
            "shelter.relax_reason",
            format!("say why this may be set aside: {}", offer.fails.join(", ")),
        ));
    }
    Ok((offer, question))
}

/// Takes a placement back before arrival; its seats are free at once and the search goes on.
pub async fn withdraw(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
    seen: i64,
    reason: ReasonInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::WithdrawPlacement)?;
    let reason = reason.of_list(&desk.vocabulary.withdrawal_reasons, now)?;
    let by = actor.by(now)?;
    let step = Step {
        id,
        seen: Some(seen),
        context: permit.context(now),
        seats: Seats::Free,
        follow: Follow::SearchOn,
        fired: None,
        allowed: &|_, _| Ok(()),
        rule: &move |placement| placement.withdraw(reason.clone(), by),
    };
    step::take(desk, now, step).await
}

/// A placement as the coordinator and the placing officer see it: how far it is, the region, never the address.
#[derive(Debug, Clone)]
pub struct PlacementSeen {
    /// The placement.
    pub stored: StoredPlacement,
    /// Version to name when changing it.
    pub version: i64,
    /// What its room no longer meets, as its reader sees it.
    pub misfit: Option<Misfit>,
}

impl PlacementSeen {
    pub(super) fn of(found: Opened<StoredPlacement>, misfit: Option<Misfit>) -> PlacementSeen {
        PlacementSeen {
            stored: found.body,
            version: found.version,
            misfit,
        }
    }
}

/// A page of the placements on one's own rooms, and how many there are in each state.
pub async fn list_holds(
    desk: &Desk,
    actor: &Actor,
    state: Option<&str>,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::ListHolds)?;
    let filter = Filter {
        states: state.map(str::to_owned).into_iter().collect(),
        orgs: vec![actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let kind = StoredPlacement::KIND;
    let page = desk
        .vault
        .list(&kind, &filter, Order::Due, after, 50)
        .await?;
    let counts = desk.vault.counts(&kind, &filter).await?;
    Ok((page, counts))
}

/// Who would come, as a shelter sees it: no name, no case, nothing of where the danger is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Ages and sexes, the one whom it is about first.
    pub persons: Vec<(AgeInYears, Sex)>,
    /// Care needed.
    pub care: Vec<CareNeed>,
    /// Wheelchair?
    pub wheelchair: bool,
    /// With pets?
    pub pets: bool,
    /// Languages spoken.
    pub languages: Vec<LanguageCode>,
    /// At least how secure.
    pub security: Security,
    /// 1 to 5.
    pub urgency: u8,
}

/// A placement with what a shelter needs to answer it.
#[derive(Debug, Clone)]
pub struct HoldDossier {
    /// The placement.
    pub placement: Placement,
    /// Version to name when changing it.
    pub version: i64,
    /// Who would come.
    pub arriving: Arriving,
    /// How the shelter's own staff call the room.
    pub room: SafeText,
    /// How they call the location.
    pub location: SafeText,
    /// Needs that the location does not meet, set aside by the placing officer.
    pub relaxed: Vec<String>,
    /// Why.
    pub relaxed_because: Option<SafeText>,
    /// What the room no longer meets, as far as a shelter sees it.
    pub misfit: Option<Misfit>,
}

/// Reads a placement on one's own room; the journal says that it was seen.
pub async fn read_hold(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PlacementId,
) -> Result<HoldDossier> {
    let permit = permit(actor, UseCase::ListHolds)?;
    let found = step::load_placement(desk, id).await?;
    own_placement(&permit, &found.body)?;
    let mut context = permit.context(now);
    context.act = "shelter.holds.read".to_owned();
    let change = Change::new(context).read(id.to_string(), &["state"]).read(
        found.body.placement.request.to_string(),
        &["ages", "sexes", "needs"],
    );
    let mut reads = desk
        .vault
        .apply(Store::K3, change)
        .await
        .map_err(|e| DeskError::from(e).what("placement"))?
        .reads
        .into_iter();
    let missing = || DeskError::NotFound { what: "placement" };
    let placement = reads
        .next()
        .ok_or_else(missing)?
        .typed::<StoredPlacement>()?;
    let request = reads.next().ok_or_else(missing)?.typed::<StoredRequest>()?;
    let room = load_room(desk, placement.body.placement.room).await?;
    let location = desk
        .vault
        .load::<StoredLocation>(&placement.body.placement.location.to_string())
        .await?;
    let misfit = misfit_in(desk, now, room.clone(), &placement.body, &request.body).await?;
    Ok(HoldDossier {
        misfit: misfit.map(Misfit::for_others),
        arriving: arriving(&request.body),
        room: room.body.label,
        location: location.body.label,
        relaxed: placement.body.proof.relaxed,
        relaxed_because: placement.body.proof.relaxed_because,
        version: placement.version,
        placement: placement.body.placement,
    })
}

fn arriving(stored: &StoredRequest) -> Arriving {
    let needs = &stored.request.needs;
    Arriving {
        persons: needs.persons.iter().map(|p| (p.age, p.sex)).collect(),
        care: needs.care.clone(),
        wheelchair: needs.wheelchair,
        pets: needs.pets,
        languages: needs.languages.clone(),
        security: needs.security,
        urgency: needs.urgency,
    }
}

/// Only who runs the location has to do with its placements; one that was never held for it does not exist for others.
pub(super) fn own_placement(permit: &Permit, stored: &StoredPlacement) -> Result<()> {
    let own = permit.actor.person()?.org == stored.provider;
    if own && *stored.placement.state() != PlacementState::Proposed {
        return Ok(());
    }
    Err(DeskError::NotFound { what: "placement" })
}
