//! Requests for shelter: asked for a case, with who may place and who pays; taken back; followed by a next place.

use domain::SafeText;
use domain::code::{FormCode, LanguageCode, MunicipalityCode};
use domain::ids::{CaseId, OrgId, PersonId, ShelterRequestId};
use domain::placing::{PlacingAnswer, PlacingFacts, who_may_place};
use domain::shelter_request::{
    AvoidCircle, CareNeed, Entitlement, Needs, PersonInRequest, RequestState, Security,
    ShelterRequest,
};
use domain::time::dutch_date;
use jiff::{SignedDuration, Timestamp};
use vault::{Change, Store};

use super::apart::mates;
use super::country::Country;
use super::places::{AVOID_MARGIN_KM, centre};
use super::question::age_for_rules;
use super::reasons::{ReasonInput, no_address};
use super::records::{AvoidPlace, PayerChoice, StoredRequest, draft_request};
use super::search::{Asking, outlook};
use super::shortage::Shortage;
use super::step::{self, Follow, Seats, Step, load_request, request_refused, search_timer};
use super::today::{as_of_today, first_right};
use crate::Desk;
use crate::access::{Permit, Role, UseCase, permit};
use crate::actor::Actor;
use crate::case::ask_legal_aid;
use crate::error::{DeskError, Result};

/// How often a request for which nothing fits is looked at again.
pub(super) const AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// Why somebody must stay away from a place.
const AVOID_WHY: &[&str] = &["offender", "network", "family", "other"];

/// What this subject needs of a care case: that it is there, and who holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseRef {
    /// The case.
    pub id: CaseId,
    /// The organisation that holds it.
    pub org: OrgId,
    /// The person it is about, by her pseudonym in care.
    pub person: PersonId,
}

impl CaseRef {
    /// The case, for a rule to work on; nothing of its content is shown.
    pub async fn find(desk: &Desk, id: CaseId) -> Result<CaseRef> {
        let case = crate::case::load(desk, id).await?.body.case;
        Ok(CaseRef {
            id,
            org: case.owner,
            person: case.person,
        })
    }

    /// The case, for who asks a place for it: a coordinator's own one that was taken on and is open, or any for the
    /// placing officer.
    async fn for_asking(
        desk: &Desk,
        permit: &Permit,
        now: Timestamp,
        id: CaseId,
    ) -> Result<CaseRef> {
        if permit.role != Role::PlacementOfficer {
            crate::case::open_case(desk, &permit.actor, now, id).await?;
        }
        CaseRef::find(desk, id).await
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// For whom; the first one is the person of the case.
    pub persons: Vec<PersonInRequest>,
    /// Form of exploitation.
    pub form: FormCode,
    /// On which right; `None` follows the rules.
    pub entitlement: Option<Entitlement>,
    /// At least how secure.
    pub security: Security,
    /// Care needed.
    pub care: Vec<CareNeed>,
    /// Wheelchair?
    pub wheelchair: bool,
    /// With pets?
    pub pets: bool,
    /// Languages spoken.
    pub languages: Vec<LanguageCode>,
    /// Where not.
    pub avoid: Vec<AvoidPlace>,
    /// 1 (can wait) to 5 (tonight).
    pub urgency: u8,
    /// What decides on who may place; whether the person is a minor follows from the first person's age.
    pub facts: PlacingFacts,
    /// Which municipality pays and why, if that is chosen already.
    pub payer: Option<(MunicipalityCode, SafeText)>,
}

/// Asks for a safe place: the coordinator who holds the case, or the placing officer.
pub async fn ask(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    new: NewRequest,
) -> Result<ShelterRequestId> {
    let permit = permit(actor, UseCase::AskShelter)?;
    let case = CaseRef::for_asking(desk, &permit, now, case).await?;
    let stored = make(desk, actor, now, case, new)?;
    create(desk, &permit, now, stored).await
}

/// Asks for the next place of the same persons, with the same needs: nobody tells the story twice. Care that was set aside
/// for now is asked again.
pub async fn follow_up(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
) -> Result<ShelterRequestId> {
    let permit = permit(actor, UseCase::AskShelter)?;
    let found = load_request(desk, id).await?;
    works_on_case(desk, &permit, now, &found.body).await?;
    let RequestState::Fulfilled { placement, .. } = found.body.request.state() else {
        return Err(DeskError::rule(
            "shelter.not_there_yet",
            "a next place is asked after arrival",
        ));
    };
    let there = step::load_placement(desk, *placement).await?.body;
    // Who turned eighteen in the place where she is asks the next one by the ways of a grown-up.
    let today = as_of_today(desk, now, found.body.clone()).await?;
    let needs = Needs {
        current_room: Some(there.placement.room),
        ..today.request.needs.clone()
    };
    let request = ShelterRequest::open(
        ShelterRequestId::new(desk.vault.new_id(now)),
        found.body.request.case,
        needs,
        actor.by(now)?,
    )
    .map_err(request_refused)?;
    let stored = StoredRequest {
        request,
        follows: Some(id),
        shortage: None,
        asked_as: None,
        ..today
    };
    create(desk, &permit, now, stored).await
}

async fn create(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    stored: StoredRequest,
) -> Result<ShelterRequestId> {
    let country = Country::load(desk).await?;
    let today = as_of_today(desk, now, stored.clone()).await?;
    let asking = Asking {
        mates: mates(desk, &stored).await?,
        ..Asking::of(&today, &[])
    };
    let seen = outlook(desk, now, &country, &asking)?;
    let stored = StoredRequest {
        shortage: Shortage::after(None, &seen, now),
        ..stored
    };
    let id = stored.request.id;
    let mut change = Change::new(permit.context(now)).create(draft_request(&stored, None)?);
    if stored.shortage.is_some() {
        let due = now.saturating_add(AGAIN).unwrap_or(Timestamp::MAX);
        change = change.timer(search_timer(id, 0, due));
    }
    if stored.request.needs.entitlement == Entitlement::Uncertain {
        change = ask_legal_aid(desk, change, stored.request.case, now).await?;
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(id)
}

fn make(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseRef,
    new: NewRequest,
) -> Result<StoredRequest> {
    let today = dutch_date(now);
    desk.vocabulary
        .form(&new.form, today)
        .map_err(|e| DeskError::field("form", "unknown", e))?;
    for language in &new.languages {
        desk.vocabulary
            .languages
            .get(language, today)
            .map_err(|e| DeskError::field("languages", "unknown", e))?;
    }
    let minor = new
        .persons
        .first()
        .is_none_or(|p| age_for_rules(p.age) < domain::age::MAJORITY);
    let facts = PlacingFacts { minor, ..new.facts };
    let placing = who_may_place(&facts);
    let entitlement = new.entitlement.unwrap_or_else(|| first_right(&placing));
    let by = actor.by(now)?;
    let region = region_of(desk, now, placing.responsible.found_in.as_ref());
    let payer = match new.payer {
        Some((municipality, because)) => Some(payer(&placing, municipality, because, by)?),
        None => None,
    };
    let needs = Needs {
        persons: named(desk, now, case.person, new.persons),
        form: new.form,
        entitlement,
        security: new.security,
        care: new.care,
        wheelchair: new.wheelchair,
        pets: new.pets,
        languages: new.languages,
        avoid: circles(desk, now, &new.avoid)?,
        near: None,
        urgency: new.urgency,
        current_room: None,
        apart: None,
    };
    let id = ShelterRequestId::new(desk.vault.new_id(now));
    let request = ShelterRequest::open(id, case.id, needs, by).map_err(request_refused)?;
    Ok(StoredRequest {
        request,
        org: case.org,
        avoid: new.avoid,
        placing,
        facts: Some(facts),
        asked_as: None,
        payer,
        shortage: None,
        follows: None,
        region,
        apart: None,
    })
}

/// The safety region in which the person was found.
fn region_of(
    desk: &Desk,
    now: Timestamp,
    found_in: Option<&MunicipalityCode>,
) -> Option<domain::code::RegionCode> {
    let entry = desk
        .vocabulary
        .municipality(found_in?, dutch_date(now))
        .ok()?;
    domain::code::RegionCode::new(entry.facts.safety_region.as_str()).ok()
}

/// The first one is the person of the case; everybody else gets a pseudonym, unless they have one.
fn named(
    desk: &Desk,
    now: Timestamp,
    first: PersonId,
    persons: Vec<PersonInRequest>,
) -> Vec<PersonInRequest> {
    persons
        .into_iter()
        .enumerate()
        .map(|(n, one)| PersonInRequest {
            person: match n {
                0 => Some(first),
                _ => one
                    .person
                    .or_else(|| Some(PersonId::new(desk.vault.new_id(now)))),
            },
            ..one
        })
        .collect()
}

/// Circles around the centres of municipalities, with the margin.
pub(super) fn circles(
    desk: &Desk,
    now: Timestamp,
    places: &[AvoidPlace],
) -> Result<Vec<AvoidCircle>> {
    let mut out = Vec::with_capacity(places.len());
    for place in places {
        let today = dutch_date(now);
        desk.vocabulary
            .municipality(&place.municipality, today)
            .map_err(|e| DeskError::field("avoid", "unknown", e))?;
        let centre = centre(&place.municipality).ok_or_else(|| {
            DeskError::field(
                "avoid",
                "no_centre",
                "the centre of this municipality is not known: name a neighbouring one with a larger radius",
            )
        })?;
        if !AVOID_WHY.contains(&place.why.as_str()) {
            return Err(DeskError::field("avoid", "unknown", "not in the list"));
        }
        out.push(AvoidCircle {
            x_km: f64::from(centre.x_km),
            y_km: f64::from(centre.y_km),
            radius_km: f64::from(place.radius_km.saturating_add(AVOID_MARGIN_KM)),
            reason: SafeText::new("avoid", &place.why, 20)
                .map_err(|e| DeskError::field("avoid", "required", e))?,
        });
    }
    Ok(out)
}

fn payer(
    placing: &PlacingAnswer,
    municipality: MunicipalityCode,
    because: SafeText,
    by: domain::By,
) -> Result<PayerChoice> {
    let shown = [
        placing.responsible.registered_in.as_ref(),
        placing.responsible.found_in.as_ref(),
    ];
    let known = shown.iter().flatten().count() > 0;
    if known && !shown.contains(&Some(&municipality)) {
        return Err(DeskError::field(
            "payer",
            "choice",
            "choose the municipality of registration or the one where the person was found",
        ));
    }
    no_address("because", Some(&because))?;
    Ok(PayerChoice {
        municipality,
        because,
        by,
    })
}

/// Records which municipality pays, and why.
pub async fn choose_payer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
    seen: i64,
    municipality: MunicipalityCode,
    because: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::AskShelter)?;
    let found = load_request(desk, id).await?;
    works_on_case(desk, &permit, now, &found.body).await?;
    desk.vocabulary
        .municipality(&municipality, dutch_date(now))
        .map_err(|e| DeskError::field("payer", "unknown", e))?;
    let choice = payer(&found.body.placing, municipality, because, actor.by(now)?)?;
    let stored = StoredRequest {
        payer: Some(choice),
        ..found.body.clone()
    };
    let arrived = arrived_at(&stored);
    let mut context = permit.context(now);
    context.act = "shelter.ask.payer".to_owned();
    let change =
        Change::new(context).update(draft_request(&stored, arrived)?.changing(&["payer"]), seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

pub(super) fn arrived_at(stored: &StoredRequest) -> Option<Timestamp> {
    match stored.request.state() {
        RequestState::Fulfilled { by, .. } => Some(by.at),
        _ => None,
    }
}

/// Takes a request back; a placement that runs is taken back with it and its seats are free.
pub async fn withdraw_request(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ShelterRequestId,
    seen: i64,
    reason: ReasonInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::AskShelter)?;
    let found = load_request(desk, id).await?;
    works_on_case(desk, &permit, now, &found.body).await?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    let reason = reason.of_list(&desk.vocabulary.withdrawal_reasons, now)?;
    let by = actor.by(now)?;
    let mut context = permit.context(now);
    context.act = "shelter.ask.withdrawn".to_owned();
    if let RequestState::Offered { placement } = found.body.request.state() {
        let told = reason.clone();
        let step = Step {
            id: *placement,
            seen: None,
            context,
            seats: Seats::Free,
            follow: Follow::Withdrawn {
                reason: reason.code,
                note: reason.note,
                by,
            },
            fired: None,
            allowed: &|_, request| own_case(&permit, request.org),
            rule: &move |placement| placement.withdraw(told.clone(), by),
        };
        return step::take(desk, now, step).await;
    }
    let request = found
        .body
        .request
        .clone()
        .withdraw(reason.code, reason.note, by)
        .map_err(request_refused)?;
    let stored = StoredRequest {
        request,
        shortage: found.body.shortage.clone().map(|mark| mark.resolve(now)),
        ..found.body.clone()
    };
    let change = Change::new(context)
        .update(draft_request(&stored, None)?.changing(&["state"]), seen)
        .clear_timers(id.to_string());
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Only the organisation that holds the case, and the placing officer, have to do with a request.
pub(super) fn own_case(permit: &Permit, org: OrgId) -> Result<()> {
    if permit.role == Role::PlacementOfficer || permit.actor.person()?.org == org {
        return Ok(());
    }
    Err(DeskError::NotFound {
        what: "shelter request",
    })
}

/// As [`own_case`]; a coordinator also has to be assigned to the case that the request is for.
pub(super) async fn works_on_case(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    stored: &StoredRequest,
) -> Result<()> {
    own_case(permit, stored.org)?;
    if permit.role != Role::PlacementOfficer {
        crate::case::taken_on(desk, &permit.actor, now, stored.request.case).await?;
    }
    Ok(())
}

/// The requests for shelter of a case go along when another organisation takes it over; where the person stays does not change.
pub(crate) async fn go_along(
    desk: &Desk,
    mut change: Change,
    case: CaseId,
    org: OrgId,
) -> Result<Change> {
    let vault = &desk.vault;
    for found in vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?
    {
        let stored = StoredRequest { org, ..found.body };
        let draft = draft_request(&stored, arrived_at(&stored))?.changing(&["org"]);
        change = change.update(draft, found.version);
    }
    Ok(change)
}
