//! One request: what is asked, who may place and who pays, the rooms that fit and why the others don't, what came of it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::access::permit;
use desk::placement::{
    self, AVOID_MARGIN_KM, Dossier, Found, HoldInput, OfferView, PlacementSeen, Shown,
    StoredRequest, WITHDRAWN,
};
use desk::{DeskError, Role, UseCase};
use domain::ids::{RoomId, ShelterRequestId};
use domain::placement::PlacementState;
use domain::placing::Uncertain;
use shelter_terms::{minus, plus};

use super::ask::{municipality, why};
use super::reason::{self, Asked};
use super::{field_said, id, refused, safe, words};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb, Event};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::public::door;
use crate::texts::{Arg, Key, Lang, Say};
use crate::work::{Work, WorkForm};

struct RouteView {
    because: String,
    kinds: String,
    authority: String,
    exclusive: bool,
    entitlement: String,
    source: String,
}

struct Offer {
    room: String,
    title: String,
    place: String,
    free: i64,
    stay: String,
    plus: Vec<String>,
    minus: Vec<String>,
    fails: Vec<String>,
    relaxable: bool,
    fits: bool,
    mediated: bool,
}

pub(super) struct PlacementCard {
    id: String,
    reference: String,
    version: i64,
    state: String,
    tone: &'static str,
    place: String,
    until: String,
    relaxed: String,
    events: Vec<Event>,
    client_may_answer: bool,
    may_decline: bool,
    may_travel: bool,
    may_withdraw: bool,
    may_reveal: bool,
}

#[derive(Template)]
#[template(path = "work/shelter/request.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    reference: String,
    version: i64,
    state: String,
    tone: &'static str,
    urgency: String,
    urgency_tone: &'static str,
    position: Option<i64>,
    nothing: String,
    facts: Vec<(String, String)>,
    routes: Vec<RouteView>,
    payer: Vec<(String, String)>,
    payer_open: bool,
    uncertain: Vec<String>,
    officer: bool,
    searched: bool,
    fit: i64,
    rooms: i64,
    offers: Vec<Offer>,
    first_failed: Vec<(String, i64)>,
    one_away: Vec<(String, i64)>,
    rules: String,
    placements: Vec<PlacementCard>,
    may_withdraw: bool,
    may_follow_up: bool,
    fresh: bool,
}

/// The request.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    html(&page(&work, id, dossier, Filled::blank())?)
}

fn page(work: &Work, id: ShelterRequestId, d: Dossier, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    let stored = &d.stored;
    let request = &stored.request;
    let (state, tone) = words::request_state(request.state_name());
    let officer = work.person()?.roles.contains(&Role::PlacementOfficer);
    let running = matches!(request.state_name(), "open" | "offered");
    let (offers, why) = match &d.found {
        Some(found) => (offers(work, found), Some(&found.why_not)),
        None => (Vec::new(), None),
    };
    let counted = |counts: &std::collections::BTreeMap<String, u32>| {
        let mut out: Vec<(String, i64)> = counts
            .iter()
            .map(|(rule, n)| (t.key(words::rule(rule)).into_owned(), i64::from(*n)))
            .collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out
    };
    let nothing = stored
        .shortage
        .as_ref()
        .filter(|mark| mark.resolved.is_none() && request.state_name() == "open");
    Ok(Page {
        frame: work.frame_after(&[
            ("asked", Key::new("shelter-done-asked")),
            ("held", Key::new("shelter-done-held")),
            ("payer", Key::new("shelter-done-payer")),
            ("answered", Key::new("shelter-done-answered")),
            ("back", Key::new("shelter-done-back")),
        ])?,
        f,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        id: id.to_string(),
        reference: words::reference(id),
        version: d.version,
        state: t.key(state).into_owned(),
        tone: tone.class(),
        urgency: t.key(words::urgency(request.needs.urgency)).into_owned(),
        urgency_tone: words::urgency_tone(request.needs.urgency),
        position: d.position.and_then(|n| i64::try_from(n).ok()),
        nothing: nothing.map_or_else(String::new, |mark| {
            t.say_args(
                "shelter-nothing-since",
                &[
                    ("since", Arg::Text(t.moment(mark.since))),
                    ("reason", Arg::Text(words::reason(work, &mark.reason))),
                ],
            )
        }),
        facts: facts(work, stored),
        routes: routes(work, stored),
        payer: payer_facts(work, stored),
        payer_open: stored.payer.is_none(),
        uncertain: stored
            .placing
            .uncertain
            .iter()
            .map(|one| t.key(uncertain(*one)).into_owned())
            .collect(),
        officer,
        searched: d.found.is_some(),
        fit: why.map_or(0, |w| i64::from(w.fit)),
        rooms: why.map_or(0, |w| i64::from(w.rooms)),
        offers,
        first_failed: why.map(|w| counted(&w.first_failed)).unwrap_or_default(),
        one_away: why.map(|w| counted(&w.one_away)).unwrap_or_default(),
        rules: d
            .found
            .as_ref()
            .map(|found| found.rules.clone())
            .unwrap_or_default(),
        placements: d
            .placements
            .iter()
            .rev()
            .map(|p| card(work, p))
            .collect::<Result<_, _>>()?,
        may_withdraw: running,
        may_follow_up: request.state_name() == "fulfilled",
        fresh: desk::sign_in::require_fresh(&work.actor, work.now).is_ok(),
        t,
    })
}

fn uncertain(one: Uncertain) -> Key {
    match one {
        Uncertain::RightToShelter => Key::new("shelter-uncertain-right"),
        Uncertain::ResidenceUnknown => Key::new("shelter-uncertain-residence"),
        Uncertain::ResponsibleMunicipality => Key::new("shelter-uncertain-municipality"),
    }
}

fn facts(work: &Work, stored: &StoredRequest) -> Vec<(String, String)> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let needs = &stored.request.needs;
    let avoid: Vec<String> = stored
        .avoid
        .iter()
        .map(|place| {
            t.say_args(
                "shelter-avoid-line",
                &[
                    (
                        "place",
                        Arg::Text(words::word(
                            work,
                            &v.municipalities,
                            place.municipality.as_str(),
                        )),
                    ),
                    ("km", i64::from(place.radius_km).into()),
                    ("margin", i64::from(AVOID_MARGIN_KM).into()),
                    ("why", Arg::Text(why(&t, &place.why))),
                ],
            )
        })
        .collect();
    let mut out = vec![
        (
            t.say("shelter-case").into_owned(),
            words::reference(stored.request.case),
        ),
        (
            t.say("shelter-asked-by").into_owned(),
            work.app
                .desk
                .directory()
                .name(stored.request.requested.org)
                .to_owned(),
        ),
        (
            t.say("shelter-asked-at").into_owned(),
            t.moment(stored.request.requested.at),
        ),
        (
            t.say("shelter-persons").into_owned(),
            words::persons(work, needs.persons.iter().map(|p| (p.age, p.sex))),
        ),
        (
            t.say("shelter-form").into_owned(),
            words::word(work, &v.forms, needs.form.as_str()),
        ),
        (
            t.say("shelter-entitlement").into_owned(),
            words::word(work, &v.entitlements, &words::code_of(&needs.entitlement)),
        ),
        (
            t.say("shelter-security").into_owned(),
            words::word(work, &v.security_levels, &words::code_of(&needs.security)),
        ),
        (
            t.say("shelter-care").into_owned(),
            words::word_list(work, &v.care_kinds, needs.care.iter().map(words::code_of)),
        ),
        (
            t.say("shelter-wheelchair").into_owned(),
            words::yes_no(&t, needs.wheelchair),
        ),
        (
            t.say("shelter-pets").into_owned(),
            words::yes_no(&t, needs.pets),
        ),
        (
            t.say("shelter-languages").into_owned(),
            words::word_list(
                work,
                &v.languages,
                needs.languages.iter().map(ToString::to_string),
            ),
        ),
        (t.say("shelter-avoid").into_owned(), avoid.join("\n")),
    ];
    out.retain(|(_, value)| !value.is_empty());
    out
}

fn routes(work: &Work, stored: &StoredRequest) -> Vec<RouteView> {
    let v = &work.app.desk.vocabulary;
    stored
        .placing
        .routes
        .iter()
        .map(|route| RouteView {
            because: if work.lang == Lang::DUTCH {
                route.because.nl.clone()
            } else {
                route.because.en.clone()
            },
            kinds: words::word_list(work, &v.shelter_types, route.kinds.iter().map(|k| k.code())),
            authority: words::word_list(
                work,
                &v.organisation_kinds,
                route.authority.iter().map(ToString::to_string),
            ),
            exclusive: route.exclusive,
            entitlement: words::word(work, &v.entitlements, &words::code_of(&route.entitlement)),
            source: route.source.clone(),
        })
        .collect()
}

/// "Registered" and "found" are both shown; the choice between them is a person's, with the reason.
fn payer_facts(work: &Work, stored: &StoredRequest) -> Vec<(String, String)> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let name = |code: Option<&domain::code::MunicipalityCode>| match code {
        Some(code) => words::word(work, &v.municipalities, code.as_str()),
        None => t.say("shelter-not-known").into_owned(),
    };
    let responsible = &stored.placing.responsible;
    let mut out = vec![
        (
            t.say("shelter-registered-in").into_owned(),
            name(responsible.registered_in.as_ref()),
        ),
        (
            t.say("shelter-found-in").into_owned(),
            name(responsible.found_in.as_ref()),
        ),
    ];
    if let Some(choice) = &stored.payer {
        let chosen = t.say_args(
            "shelter-payer-chosen",
            &[
                ("place", Arg::Text(name(Some(&choice.municipality)))),
                (
                    "org",
                    Arg::Text(work.app.desk.directory().name(choice.by.org).to_owned()),
                ),
                ("at", Arg::Text(t.moment(choice.by.at))),
            ],
        );
        out.push((
            t.say("shelter-payer").into_owned(),
            format!("{chosen}\n{}", choice.because.as_str()),
        ));
    }
    out
}

/// A region, or "elsewhere in the country".
fn place(work: &Work, region: Option<&str>) -> String {
    match region {
        Some(code) => words::word(work, &work.app.desk.vocabulary.regions, code),
        None => work.say().say("shelter-elsewhere").into_owned(),
    }
}

fn offers(work: &Work, found: &Found) -> Vec<Offer> {
    found.offers.iter().map(|offer| view(work, offer)).collect()
}

fn view(work: &Work, offer: &OfferView) -> Offer {
    let t = work.say();
    let region = match &offer.place {
        Shown::Region(region) => Some(region.as_str()),
        Shown::Elsewhere => None,
    };
    Offer {
        room: offer.room.to_string(),
        title: format!(
            "{}, {}",
            words::shelter_kind(work, offer.kind),
            t.key(words::room_kind(offer.room_kind))
        ),
        place: place(work, region),
        free: i64::from(offer.free),
        stay: offer.max_stay_days.map_or_else(String::new, |days| {
            t.say_n("shelter-stay-days", i64::from(days))
        }),
        plus: plus(work, offer),
        minus: minus(&t, offer),
        fails: offer
            .fails
            .iter()
            .map(|rule| t.key(words::rule(rule)).into_owned())
            .collect(),
        relaxable: offer.is_relaxable(),
        fits: offer.fails.is_empty(),
        mediated: offer.mediated,
    }
}

/// The terms of an offer in words.
mod shelter_terms {
    use super::*;

    /// What speaks for a room.
    pub(super) fn plus(work: &Work, offer: &OfferView) -> Vec<String> {
        let t = work.say();
        let v = &work.app.desk.vocabulary;
        let mut out = Vec::new();
        if !offer.languages.is_empty() {
            let words = words::word_list(
                work,
                &v.languages,
                offer.languages.iter().map(ToString::to_string),
            );
            out.push(t.say_with("shelter-plus-language", "languages", words));
        }
        if !offer.care_met.is_empty() {
            let words = words::word_list(
                work,
                &v.care_kinds,
                offer.care_met.iter().map(words::code_of),
            );
            out.push(t.say_with("shelter-plus-care", "care", words));
        }
        let security = words::word(work, &v.security_levels, &words::code_of(&offer.security));
        out.push(t.say_with("shelter-plus-security", "security", security));
        out
    }

    /// What makes it fit less well: the terms of its cost.
    pub(super) fn minus(t: &Say, offer: &OfferView) -> Vec<String> {
        offer
            .because
            .iter()
            .filter_map(|because| {
                let term = words::code_of(&because.term);
                Some(match term.as_str() {
                    "language" => Key::new("shelter-minus-language"),
                    "security" => Key::new("shelter-minus-security"),
                    "crisis" => Key::new("shelter-minus-crisis"),
                    "short_stay" => Key::new("shelter-minus-short"),
                    _ => return None,
                })
            })
            .map(|key| t.key(key).into_owned())
            .collect()
    }
}

fn card(work: &Work, seen: &PlacementSeen) -> Result<PlacementCard, Problem> {
    let t = work.say();
    let placement = &seen.stored.placement;
    let (key, tone) = words::placement_state(placement.state_name());
    let alive = placement.held_until().is_none_or(|until| work.now < until);
    let state = placement.state();
    let may = |case| permit(&work.actor, case).is_ok();
    let held = matches!(state, PlacementState::Held { .. });
    let accepted = matches!(state, PlacementState::AcceptedByShelter { .. });
    let coming = matches!(state, PlacementState::AcceptedByClient { .. });
    let travelling = matches!(state, PlacementState::Travelling { .. });
    let there = matches!(state, PlacementState::Arrived { .. });
    let mine = placement.placed.user == work.person()?.user;
    let relaxed: Vec<String> = seen
        .stored
        .proof
        .relaxed
        .iter()
        .map(|rule| t.key(words::rule(rule)).into_owned())
        .collect();
    let because = seen
        .stored
        .proof
        .relaxed_because
        .as_ref()
        .map_or("", |text| text.as_str());
    Ok(PlacementCard {
        id: placement.id.to_string(),
        reference: words::reference(placement.id),
        version: seen.version,
        state: t.key(key).into_owned(),
        tone: tone.class(),
        place: place(work, seen.stored.region.as_ref().map(|r| r.as_str())),
        until: placement
            .held_until()
            .map_or_else(String::new, |until| t.moment(until)),
        relaxed: if relaxed.is_empty() {
            String::new()
        } else {
            format!("{}: {because}", relaxed.join(", "))
        },
        events: events(work, &seen.stored.placement),
        client_may_answer: accepted && alive && may(UseCase::ClientAnswer),
        may_decline: (held || accepted || coming) && may(UseCase::ClientAnswer),
        may_travel: coming && may(UseCase::ClientAnswer),
        may_withdraw: (held || accepted || coming || travelling) && may(UseCase::WithdrawPlacement),
        may_reveal: (accepted || coming || travelling || there)
            && mine
            && may(UseCase::RevealAddress),
    })
}

/// The steps, each with its moment, the last with its reason.
pub fn events(work: &Work, placement: &domain::placement::Placement) -> Vec<Event> {
    let t = work.say();
    let reason = match placement.state() {
        PlacementState::Refused { reason, .. }
        | PlacementState::Declined { reason, .. }
        | PlacementState::Withdrawn { reason, .. }
        | PlacementState::Left { reason, .. } => Some(reason),
        _ => None,
    };
    let told = reason.map_or_else(String::new, |reason| {
        let note = reason.note.as_ref().map_or("", |note| note.as_str());
        format!("{}\n{note}", words::reason(work, reason.code.as_str()))
            .trim()
            .to_owned()
    });
    let last = placement.steps().len().saturating_sub(1);
    placement
        .steps()
        .iter()
        .enumerate()
        .map(|(n, step)| Event {
            when: t.moment(step.at),
            title: t.key(words::placement_state(&step.reached).0).into_owned(),
            who: String::new(),
            body: if n == last {
                told.clone()
            } else {
                String::new()
            },
        })
        .collect()
}

#[derive(Template)]
#[template(path = "work/shelter/relax.html")]
struct RelaxPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    room: String,
    seen: String,
    offer: Option<Offer>,
}

async fn relax_page(
    work: &Work,
    id: ShelterRequestId,
    room: &str,
    f: Filled,
) -> Result<RelaxPage, Problem> {
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let offer = dossier
        .found
        .iter()
        .flat_map(|found| &found.offers)
        .find(|offer| offer.room.to_string() == room)
        .map(|offer| view(work, offer));
    Ok(RelaxPage {
        frame: work.frame()?,
        f,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(words::reference(id), format!("/work/shelter/{id}")),
        ],
        id: id.to_string(),
        room: room.to_owned(),
        seen: dossier.version.to_string(),
        offer,
        t,
    })
}

/// Asks why a rule may be set aside for this room.
pub async fn relax(
    work: Work,
    Path((text, room)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let room: RoomId = super::id(&room)?;
    let page = relax_page(&work, id, &room.to_string(), Filled::blank()).await?;
    if page.offer.is_none() {
        return Err(Problem::not_found());
    }
    html(&page)
}

/// Holds a room.
pub async fn hold(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let room_text = body.0.first("room").to_owned();
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let room = form
        .parsed("room", |text| text.parse::<RoomId>().ok())
        .required();
    let because = form.parsed("because", safe).max(2_000).optional();
    let relax_because = form.parsed("relax_because", safe).max(2_000).optional();
    let input = form.finish(|| {
        Ok((
            seen?,
            HoldInput {
                room: room?,
                because: because?,
                relax_because: relax_because?,
            },
        ))
    });
    let (seen, input) = match input {
        Ok(input) => input,
        Err(filled) => return again(&work, id, &room_text, filled).await,
    };
    match placement::hold(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(_) => Ok(Redirect::to(&format!("/work/shelter/{id}?done=held")).into_response()),
        Err(DeskError::Rule { key, .. }) if key == "shelter.relax_reason" => {
            let filled = Filled::new(typed, Vec::new())
                .refused("relax_because", Key::new("form-error-required"));
            again(&work, id, &room_text, filled).await
        }
        Err(DeskError::Invalid(faults)) => {
            let mut filled = Filled::new(typed, Vec::new());
            for fault in faults {
                let field = if fault.field == "because" {
                    "because"
                } else {
                    "relax_because"
                };
                filled = filled.refused(field, field_said(&fault.key));
            }
            again(&work, id, &room_text, filled).await
        }
        Err(error) => Err(refused(error)),
    }
}

async fn again(
    work: &Work,
    id: ShelterRequestId,
    room: &str,
    filled: Filled,
) -> Result<Response, Problem> {
    let page = relax_page(work, id, room, filled).await?;
    if page.offer.is_none() {
        return Err(Problem::conflict());
    }
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

#[derive(Template)]
#[template(path = "work/shelter/payer.html")]
struct PayerPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    seen: String,
    choices: Vec<Choice>,
}

async fn payer_page(work: &Work, id: ShelterRequestId, f: Filled) -> Result<PayerPage, Problem> {
    let dossier = placement::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let responsible = &dossier.stored.placing.responsible;
    let municipalities = &work.app.desk.vocabulary.municipalities;
    let mut choices: Vec<Choice> = Vec::new();
    let known = [
        (
            responsible.registered_in.as_ref(),
            Key::new("shelter-registered-in"),
        ),
        (responsible.found_in.as_ref(), Key::new("shelter-found-in")),
    ];
    for (code, key) in known {
        let Some(code) = code else { continue };
        if let Some(same) = choices
            .iter_mut()
            .find(|choice| choice.value == code.as_str())
        {
            same.hint = format!("{}, {}", same.hint, t.key(key));
            continue;
        }
        choices.push(
            Choice::new(
                code.as_str(),
                words::word(work, municipalities, code.as_str()),
            )
            .hint(t.key(key)),
        );
    }
    Ok(PayerPage {
        frame: work.frame()?,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(words::reference(id), format!("/work/shelter/{id}")),
        ],
        seen: match f.value("seen") {
            "" => dossier.version.to_string(),
            seen => seen.to_owned(),
        },
        f,
        id: id.to_string(),
        choices,
        t,
    })
}

/// Asks which municipality pays.
pub async fn payer(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    html(&payer_page(&work, id(&text)?, Filled::blank()).await?)
}

/// Records which municipality pays.
pub async fn choose_payer(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let places = door::places(&work.app);
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let place = form
        .parsed("payer", |text| municipality(&places, text))
        .else_say(Key::new("shelter-error-municipality"))
        .required();
    let because = form.parsed("because", safe).max(2_000).required();
    let filled = match form.finish(|| Ok((seen?, place?, because?))) {
        Err(filled) => filled,
        Ok((seen, place, because)) => {
            match placement::choose_payer(
                &work.app.desk,
                &work.actor,
                work.now,
                id,
                seen,
                place,
                because,
            )
            .await
            {
                Ok(()) => {
                    return Ok(
                        Redirect::to(&format!("/work/shelter/{id}?done=payer")).into_response()
                    );
                }
                Err(DeskError::Invalid(faults)) => {
                    faults
                        .into_iter()
                        .fold(Filled::new(typed, Vec::new()), |filled, fault| {
                            let field = if fault.field == "because" {
                                "because"
                            } else {
                                "payer"
                            };
                            filled.refused(field, field_said(&fault.key))
                        })
                }
                Err(error) => return Err(refused(error)),
            }
        }
    };
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &payer_page(&work, id, filled).await?,
    )
}

fn withdrawal(work: &Work, id: ShelterRequestId) -> Asked {
    Asked {
        title: Key::new("shelter-withdraw-request"),
        lead: Key::new("shelter-withdraw-request-lead"),
        button: Key::new("shelter-withdraw-request"),
        choices: words::reasons(work, WITHDRAWN),
        action: format!("/work/shelter/{id}/withdraw"),
        back: format!("/work/shelter/{id}"),
        reference: words::reference(id),
    }
}

/// Asks why the request is taken back.
pub async fn withdraw_form(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let asked = withdrawal(&work, id(&text)?);
    reason::show(&work, asked)
}

/// Takes the request back.
pub async fn withdraw(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    let given = match reason::read(body) {
        Ok(given) => given,
        Err(filled) => return reason::again(&work, withdrawal(&work, id), filled),
    };
    let kept = (given.seen, given.reason.clone());
    match placement::withdraw_request(
        &work.app.desk,
        &work.actor,
        work.now,
        id,
        given.seen,
        given.reason,
    )
    .await
    {
        Ok(()) => Ok(Redirect::to("/work/shelter?done=withdrawn").into_response()),
        Err(error) => reason::refused_at(&work, withdrawal(&work, id), kept, error),
    }
}

/// Asks the next place for the same persons.
pub async fn follow_up(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: ShelterRequestId = id(&text)?;
    Form::new(body)
        .finish(|| Ok(()))
        .map_err(|_| Problem::bad_request())?;
    let next = placement::follow_up(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    Ok(Redirect::to(&format!("/work/shelter/{next}?done=asked")).into_response())
}
