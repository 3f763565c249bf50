//! One person in an intake: what is known, what to keep in mind, and the steps that are possible now.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::intake::{ConsentView, PersonView};
use domain::code::DataCode;
use domain::intake::{IntakeState, Stay};
use domain::person::PossibleVictim;
use domain::reflection::{EuQuestion, Reflection, ReflectionState};
use domain::registration::RegistrationData;
use domain::time::dutch_date;
use domain::vocabulary::Code;
use jiff::civil::Date;

use super::{crumbs, ids_of, look, person_in, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Deadline};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::form_page::code_of;
use crate::work::reports::words as told_words;
use crate::work::told::{Fact, age};
use crate::work::vocabulary::{label, labels};

const DONE: &[(&str, Key)] = &[
    ("added", Key::new("intakes-done-added")),
    ("changed", Key::new("intakes-done-changed")),
    ("registered", Key::new("intakes-done-registered")),
    ("offered", Key::new("intakes-done-offered")),
    ("accepted", Key::new("intakes-done-accepted")),
    ("declined", Key::new("intakes-done-declined")),
    ("decided", Key::new("intakes-done-decided")),
    ("started", Key::new("intakes-done-started")),
    ("ended", Key::new("intakes-done-ended")),
    ("handed-over", Key::new("intakes-done-handed-over")),
    (
        "handed-over-vital",
        Key::new("intakes-done-handed-over-vital"),
    ),
    ("withdrawn", Key::new("intakes-done-withdrawn")),
];

#[derive(Template)]
#[template(path = "work/intakes/person.html")]
struct PersonPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    base: String,
    number: usize,
    facts: Vec<Fact>,
    notices: Vec<String>,
    may_change: bool,
    indicated: bool,
    no_removal: Option<String>,
    registered: Vec<Fact>,
    registration_due: Option<Deadline>,
    reflection: Option<Period>,
    may_offer: bool,
    dutch: bool,
    handover: Vec<Fact>,
    may_hand_over: bool,
    may_complete: bool,
    may_withdraw: bool,
}

/// A reflection period on the page.
struct Period {
    state: String,
    tone: &'static str,
    facts: Vec<Fact>,
    until: Option<Deadline>,
    seen: i64,
    to_decide: bool,
    eu: bool,
    may_answer: bool,
    may_accept: bool,
    may_start: bool,
    may_end: bool,
}

/// Shows a person.
pub async fn show(work: Work, Path(ids): Path<(String, String)>) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let dossier = look(&work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let say = work.say();
    let intake = &dossier.file.intake;
    let indicated = intake
        .assessment()
        .is_some_and(|a| a.slightest_indication.yes);
    let dutch = Stay::of(view.body.person.residence) == Stay::Dutch;
    let known = &view.body.person;
    html(&PersonPage {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&say, id),
        base: format!("/work/intakes/{id}/people/{person}"),
        number,
        facts: facts(&work, &say, known, Some(view.body.detected))
            .into_iter()
            .map(|(_, fact)| fact)
            .collect(),
        notices: view
            .notices
            .iter()
            .map(|n| say.key(words::notice(*n)).into_owned())
            .collect(),
        may_change: !matches!(
            intake.state(),
            IntakeState::SentBack { .. } | IntakeState::Received
        ),
        indicated,
        no_removal: view.no_removal.then(|| no_removal(&say, view)),
        registered: registered(&say, view),
        registration_due: view
            .registration_due
            .map(|due| Deadline::new(dutch_date(due), work.today())),
        reflection: view
            .reflection
            .as_ref()
            .map(|(r, seen)| period(&work, &say, r, *seen)),
        may_offer: indicated && view.reflection.is_none() && !dutch,
        dutch,
        handover: handover(&work, &say, view),
        may_hand_over: view.body.handover.is_none() && known.id == person,
        may_complete: view
            .body
            .handover
            .as_ref()
            .is_some_and(|fact| fact.lacks_consent()),
        may_withdraw: view.consent.as_ref().is_some_and(|c| c.withdrawn.is_none()),
        t: say,
    })
}

fn no_removal(say: &Say, view: &PersonView) -> String {
    let until = view
        .reflection
        .as_ref()
        .and_then(|(r, _)| r.no_removal_until());
    match until {
        Some(day) => say.say_with("intakes-no-removal-until", "date", say.date(day)),
        None => say.say("intakes-no-removal-accepted").into_owned(),
    }
}

/// What is known of a person, each fact with the category of data that it belongs to.
pub(super) fn facts(
    work: &Work,
    say: &Say,
    known: &PossibleVictim,
    detected: Option<Date>,
) -> Vec<(&'static str, Fact)> {
    let list = &work.app.desk.vocabulary;
    let text = |t: &Option<domain::SafeText>| t.as_ref().map(|t| t.as_str().to_owned());
    let sex = Code::new(code_of(&known.sex)).ok();
    let residence = Code::new(code_of(&known.residence)).ok();
    let contact = &known.safety.contact;
    let yes = |holds: bool| {
        holds.then(|| {
            say.key(told_words::answer(domain::Answer::Yes))
                .into_owned()
        })
    };
    let places = labels(
        &list.municipalities,
        &known.exploitation.municipalities,
        say,
    );
    [
        (
            "identity",
            Key::new("intakes-name"),
            text(&known.known_as.name),
        ),
        (
            "identity",
            Key::new("intakes-alias"),
            text(&known.known_as.alias),
        ),
        (
            "age",
            Key::new("intakes-age"),
            Some(full_age(work, say, known)),
        ),
        (
            "sex",
            Key::new("intakes-sex"),
            sex.map(|code| label(&list.sexes, &code, say)),
        ),
        (
            "origin",
            Key::new("intakes-origin"),
            known
                .origin
                .as_ref()
                .map(|c| label(&list.countries, c, say)),
        ),
        (
            "entitlement",
            Key::new("intakes-residence"),
            residence.map(|code| label(&list.residence_statuses, &code, say)),
        ),
        (
            "language",
            Key::new("intakes-languages"),
            Some(labels(&list.languages, &known.languages, say).join(", ")),
        ),
        (
            "language",
            Key::new("reports-fact-interpreter"),
            Some(say.key(told_words::answer(known.interpreter)).into_owned()),
        ),
        (
            "form",
            Key::new("reports-fact-forms"),
            Some(labels(&list.forms, &known.exploitation.forms, say).join(", ")),
        ),
        ("region", Key::new("intakes-where"), Some(places.join(", "))),
        (
            "dates",
            Key::new("intakes-detected"),
            detected.map(|day| say.date(day)),
        ),
        (
            "safety",
            Key::new("reports-fact-parent"),
            yes(known.safety.parent_suspected),
        ),
        (
            "family",
            Key::new("intakes-authority"),
            known.is_minor_on(work.today()).is_minor().then(|| {
                say.key(words::authority(known.family.authority))
                    .into_owned()
            }),
        ),
        (
            "safety",
            Key::new("intakes-phone-safe"),
            Some(
                say.key(told_words::answer(known.safety.phone_safe))
                    .into_owned(),
            ),
        ),
        (
            "contact",
            Key::new("reports-contact-channel"),
            text(&contact.safe_channel),
        ),
        (
            "contact",
            Key::new("reports-contact-times"),
            text(&contact.safe_times),
        ),
        (
            "contact",
            Key::new("reports-contact-calling"),
            contact
                .never_call
                .then(|| say.say("reports-contact-never-call").into_owned()),
        ),
        ("safety", Key::new("intakes-avoid"), avoid(work, say, known)),
        (
            "care_needs",
            Key::new("intakes-needs"),
            known.needs.first().map(|n| n.as_str().to_owned()),
        ),
    ]
    .into_iter()
    .filter_map(|(category, key, value)| {
        let value = value.filter(|v| !v.is_empty())?;
        Some((category, Fact::new(say.key(key), value)))
    })
    .collect()
}

fn full_age(work: &Work, say: &Say, known: &PossibleVictim) -> String {
    let years = age(say, known.age.in_years_on(work.today()));
    match known.age {
        domain::age::Age::Certain { born } => {
            let date = say.date(born);
            format!("{years} ({})", say.say_with("intakes-born", "date", date))
        }
        _ => years,
    }
}

fn avoid(work: &Work, say: &Say, known: &PossibleVictim) -> Option<String> {
    let area = known.safety.avoid.first()?;
    let list = &work.app.desk.vocabulary.municipalities;
    let place = label(list, &area.municipality, say);
    let around = say.say_n("intakes-avoid-around", i64::from(area.radius_km));
    Some(format!("{place}, {around}: {}", area.why.as_str()))
}

fn registered(say: &Say, view: &PersonView) -> Vec<Fact> {
    let Some(fact) = &view.body.registration else {
        return Vec::new();
    };
    vec![
        Fact::new(say.say("intakes-registered-on"), say.date(fact.on)),
        Fact::new(
            say.say("intakes-registered-days"),
            say.number(i64::from(fact.days)),
        ),
        Fact::new(say.say("intakes-registered-ground"), fact.article.clone()),
    ]
}

/// What a registration sends, word for word.
pub(super) fn sends(work: &Work, say: &Say, data: &RegistrationData) -> Vec<Fact> {
    let list = &work.app.desk.vocabulary;
    let dash = || "–".to_owned();
    let sex = Code::new(code_of(&data.sex)).ok();
    vec![
        Fact::new(say.say("intakes-age"), age(say, data.age)),
        Fact::new(
            say.say("intakes-sex"),
            sex.map_or_else(dash, |code| label(&list.sexes, &code, say)),
        ),
        Fact::new(
            say.say("intakes-origin"),
            data.origin
                .as_ref()
                .map_or_else(dash, |c| label(&list.countries, c, say)),
        ),
        Fact::new(
            say.say("reports-filter-region"),
            data.region
                .as_ref()
                .map_or_else(dash, |r| label(&list.regions, r, say)),
        ),
        Fact::new(
            say.say("intakes-registered-by"),
            label(&list.organisation_kinds, &data.reporter, say),
        ),
    ]
}

fn period(work: &Work, say: &Say, reflection: &Reflection, seen: i64) -> Period {
    let state = reflection.state();
    let code = reflection.state_name();
    let eu = reflection.eu != EuQuestion::DoesNotArise;
    let to_decide = reflection.eu == EuQuestion::EuOtherConditions;
    let refused = matches!(reflection.eu, EuQuestion::Decided { applies: false, .. });
    Period {
        state: say.key(words::reflection_state(code)).into_owned(),
        tone: match state {
            ReflectionState::Running { .. } => "ok",
            ReflectionState::Offered => "warning",
            _ => "info",
        },
        facts: period_facts(work, say, reflection),
        until: reflection
            .no_removal_until()
            .map(|day| Deadline::new(day, work.today())),
        seen,
        to_decide,
        eu,
        may_answer: matches!(state, ReflectionState::Offered),
        may_accept: matches!(
            state,
            ReflectionState::Offered | ReflectionState::Declined { .. }
        ),
        may_start: matches!(state, ReflectionState::Accepted { .. }) && !to_decide && !refused,
        may_end: matches!(state, ReflectionState::Running { .. }),
    }
}

fn period_facts(work: &Work, say: &Say, reflection: &Reflection) -> Vec<Fact> {
    let list = &work.app.desk.vocabulary;
    let offer = &reflection.offer;
    let explained = |e: &domain::reflection::Explanation| {
        let language = label(&list.languages, &e.language, say);
        format!("{language}, {}", say.key(words::interpreter(e.interpreter)))
    };
    let mut out = vec![
        Fact::new(say.say("intakes-offered-at"), say.moment(offer.by.at)),
        Fact::new(
            say.say("intakes-offered-by"),
            label(&list.organisation_kinds, &offer.org_kind, say),
        ),
        Fact::new(say.say("intakes-explained"), explained(&offer.explained)),
    ];
    match &reflection.eu {
        EuQuestion::DoesNotArise => {}
        EuQuestion::EuOtherConditions => out.push(Fact::new(
            say.say("intakes-eu-question"),
            say.say("intakes-eu-to-decide"),
        )),
        EuQuestion::Decided {
            applies,
            org_kind,
            reason,
            ..
        } => {
            let key = if *applies {
                Key::new("intakes-eu-applies")
            } else {
                Key::new("intakes-eu-does-not-apply")
            };
            let who = label(&list.organisation_kinds, org_kind, say);
            let text = format!("{} ({who}). {}", say.key(key), reason.as_str());
            out.push(Fact::new(say.say("intakes-eu-question"), text));
        }
    }
    match reflection.state() {
        ReflectionState::Declined {
            explained: e,
            reason,
            ..
        } => {
            out.push(Fact::new(
                say.say("intakes-declined-explained"),
                explained(e),
            ));
            if let Some(reason) = reason {
                out.push(Fact::new(say.say("intakes-reason"), reason.as_str()));
            }
        }
        ReflectionState::Running { start, end } => {
            out.push(Fact::new(say.say("intakes-first-day"), say.date(*start)));
            out.push(Fact::new(say.say("intakes-last-day"), say.date(*end)));
        }
        ReflectionState::Ended {
            start,
            ended,
            reason,
            ..
        } => {
            let why = Code::new(code_of(reason)).ok();
            out.push(Fact::new(say.say("intakes-first-day"), say.date(*start)));
            out.push(Fact::new(say.say("intakes-ended-on"), say.date(*ended)));
            if let Some(code) = why {
                let text = label(&list.reflection_ends, &code, say);
                out.push(Fact::new(say.say("intakes-reason"), text));
            }
        }
        ReflectionState::Offered | ReflectionState::Accepted { .. } => {}
    }
    out
}

fn handover(work: &Work, say: &Say, view: &PersonView) -> Vec<Fact> {
    let Some(fact) = &view.body.handover else {
        return Vec::new();
    };
    let list = &work.app.desk.vocabulary;
    let mut out = vec![
        Fact::new(
            say.say("intakes-handed-to"),
            work.app.desk.directory().name(fact.to),
        ),
        Fact::new(say.say("intakes-handed-at"), say.moment(fact.by.at)),
        Fact::new(
            say.say("intakes-handed-data"),
            labels(&list.data_categories, &fact.data, say).join(", "),
        ),
    ];
    if let Some(vital) = &fact.vital {
        let stays: Vec<DataCode> = vital.withheld.iter().cloned().collect();
        let by = work.app.desk.directory().name(vital.by.org).to_owned();
        out.extend([
            Fact::new(
                say.say("intakes-vital-cannot"),
                say.key(words::cannot(vital.cannot)),
            ),
            Fact::new(say.say("intakes-vital-why"), vital.why.as_str()),
            Fact::new(say.say("intakes-vital-danger"), vital.danger.as_str()),
            Fact::new(say.say("intakes-vital-ground"), vital.grounds.join("; ")),
            Fact::new(say.say("intakes-vital-decided"), {
                let day = say.moment(vital.by.at);
                format!("{by}, {day}")
            }),
        ]);
        if !stays.is_empty() {
            out.push(Fact::new(
                say.say("intakes-vital-stays"),
                labels(&list.data_categories, &stays, say).join(", "),
            ));
        }
    }
    if let Some(why) = &fact.why_more {
        out.push(Fact::new(
            say.say("intakes-handover-why-more"),
            why.as_str(),
        ));
    }
    if let Some(view) = &view.consent {
        out.push(Fact::new(
            say.say("intakes-consent"),
            consent(work, say, view),
        ));
    }
    out
}

fn consent(work: &Work, say: &Say, view: &ConsentView) -> String {
    let consent = &view.consent;
    let list = &work.app.desk.vocabulary;
    let mut parts = vec![
        say.key(words::giver(consent.giver)).into_owned(),
        say.key(words::consent_form(consent.form)).into_owned(),
        say.date(consent.terms.given),
        label(&list.languages, &consent.explained.language, say),
    ];
    if let Some(day) = view.withdrawn {
        parts.push(say.say_with("intakes-consent-withdrawn", "date", say.date(day)));
    }
    parts.join(" · ")
}
