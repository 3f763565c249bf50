//! Asking for a safe place for a case.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::access::Role;
use desk::placement::{AVOID_MARGIN_KM, AvoidPlace, CaseRef, NewRequest, ask};
use domain::age::AgeInYears;
use domain::code::{FormCode, LanguageCode, MunicipalityCode};
use domain::ids::CaseId;
use domain::person::{Residence, Sex};
use domain::placing::PlacingFacts;
use domain::shelter_request::{CareNeed, Entitlement, PersonInRequest, Security};
use serde::de::DeserializeOwned;

use super::{field_said, id, known, refused, words};
use crate::form::{Filled, Form, FormBody, Read};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::public::door;
use crate::public::places::{Found, Places};
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::{Work, WorkForm};

/// Names of the fields of each person: age and sex.
pub(super) const PERSONS: [(&str, &str); 8] = [
    ("p1_age", "p1_sex"),
    ("p2_age", "p2_sex"),
    ("p3_age", "p3_sex"),
    ("p4_age", "p4_sex"),
    ("p5_age", "p5_sex"),
    ("p6_age", "p6_sex"),
    ("p7_age", "p7_sex"),
    ("p8_age", "p8_sex"),
];
/// Names of the fields of each area to avoid: place, radius, why.
pub(super) const AVOID: [(&str, &str, &str); 4] = [
    ("a1_place", "a1_km", "a1_why"),
    ("a2_place", "a2_km", "a2_why"),
    ("a3_place", "a3_km", "a3_why"),
    ("a4_place", "a4_km", "a4_why"),
];

#[derive(Template)]
#[template(path = "work/shelter/ask.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    case: String,
    margin: i64,
    persons: Vec<(&'static str, &'static str, i64)>,
    /// Somebody besides the person of the case is filled in.
    company: bool,
    avoid: Vec<(&'static str, &'static str, &'static str, i64)>,
    sexes: Vec<Choice>,
    forms: Vec<Choice>,
    urgencies: Vec<Choice>,
    securities: Vec<Choice>,
    residences: Vec<Choice>,
    entitlements: Vec<Choice>,
    care: Vec<Choice>,
    languages: Vec<Choice>,
    whys: Vec<Choice>,
    municipalities: Vec<String>,
}

fn page(work: &Work, case: &str, f: Filled) -> Result<Page, Problem> {
    let v = &work.app.desk.vocabulary;
    let t = work.say();
    let urgencies = (1..=5u8)
        .rev()
        .map(|level| Choice::new(level.to_string(), t.key(words::urgency(level))))
        .collect();
    let company = PERSONS
        .iter()
        .skip(1)
        .any(|(age, sex)| !f.value(age).is_empty() || !f.value(sex).is_empty());
    let labels = vec![
        ("form", t.say("shelter-form").into_owned()),
        ("residence", t.say("shelter-ask-residence").into_owned()),
        ("p1_sex", t.say("shelter-ask-sex").into_owned()),
        ("languages", t.say("shelter-languages").into_owned()),
    ];
    Ok(Page {
        frame: work.frame()?,
        f: f.labelled(labels),
        company,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        case: case.to_owned(),
        margin: i64::from(AVOID_MARGIN_KM),
        persons: PERSONS
            .iter()
            .zip(1..)
            .map(|((age, sex), n)| (*age, *sex, n))
            .collect(),
        avoid: AVOID
            .iter()
            .zip(1..)
            .map(|((place, km, why), n)| (*place, *km, *why, n))
            .collect(),
        sexes: words::choices(work, &v.sexes),
        forms: words::main_forms(work),
        urgencies,
        securities: words::choices(work, &v.security_levels),
        residences: words::choices(work, &v.residence_statuses),
        entitlements: words::choices(work, &v.entitlements),
        care: words::choices(work, &v.care_kinds),
        languages: words::choices(work, &v.languages),
        whys: whys(&t),
        municipalities: municipalities(work),
        t,
    })
}

/// Why somebody must stay away from a place.
const WHYS: &[(&str, Key)] = &[
    ("offender", Key::new("shelter-avoid-offender")),
    ("network", Key::new("shelter-avoid-network")),
    ("family", Key::new("shelter-avoid-family")),
    ("other", Key::new("shelter-avoid-other")),
];

/// The reasons to stay away from a place, as options.
pub(super) fn whys(t: &Say) -> Vec<Choice> {
    WHYS.iter()
        .map(|(code, key)| Choice::new(*code, t.key(*key)))
        .collect()
}

/// A reason of the list.
pub(super) fn known_why(text: &str) -> Option<String> {
    let known = WHYS.iter().any(|(code, _)| *code == text);
    known.then(|| text.to_owned())
}

/// The names of all municipalities, for the browser's own help.
pub(super) fn municipalities(work: &Work) -> Vec<String> {
    let all = &work.app.desk.vocabulary.municipalities;
    let mut out: Vec<String> = (all.valid_on(work.today()))
        .map(|m| m.label.nl.clone())
        .collect();
    out.sort();
    out
}

/// Why somebody must stay away, in words.
pub(super) fn why(t: &Say, code: &str) -> String {
    WHYS.iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| code.to_owned(), |(_, key)| t.key(*key).into_owned())
}

/// The form, with what the case already tells: nobody has to tell a story twice.
pub async fn show(work: Work, Path(case): Path<String>) -> Result<Response, Problem> {
    let case: CaseId = id(&case)?;
    let filled = if work.person()?.roles.contains(&Role::CareCoordinator) {
        let dossier = desk::case::read(&work.app.desk, &work.actor, work.now, case).await;
        known::filled(&work, &dossier.map_err(refuse)?.person)
    } else {
        // A placing officer reads no dossiers and fills it in.
        CaseRef::find(&work.app.desk, case).await.map_err(refused)?;
        known::blank()
    };
    html(&page(&work, &case.to_string(), filled)?)
}

/// Takes the request.
pub async fn take(
    work: Work,
    Path(case): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let case: CaseId = id(&case)?;
    let typed = body.0.clone();
    let places = door::places(&work.app);
    let new = match read(&work, body, &places) {
        Ok(new) => new,
        Err(filled) => return again(&work, case, filled),
    };
    match ask(&work.app.desk, &work.actor, work.now, case, new).await {
        Ok(id) => Ok(Redirect::to(&format!("/work/shelter/{id}?done=asked")).into_response()),
        Err(DeskError::Invalid(faults)) => {
            let mut filled = Filled::new(typed, Vec::new());
            for fault in faults {
                filled = filled.refused(field_name(&fault.field), field_said(&fault.key));
            }
            again(&work, case, filled)
        }
        Err(error) => Err(refused(error)),
    }
}

fn again(work: &Work, case: CaseId, filled: Filled) -> Result<Response, Problem> {
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(work, &case.to_string(), filled)?,
    )
}

fn field_name(field: &str) -> &'static str {
    match field {
        "form" => "form",
        "languages" => "languages",
        "avoid" => "a1_place",
        _ => "",
    }
}

/// A value of a serde enum by its code.
pub fn by_code<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// A municipality by the name that people use, or its code.
pub fn municipality(places: &Places, text: &str) -> Option<MunicipalityCode> {
    let code = match places.by_code(text) {
        Some(found) => found.code.clone(),
        None => match places.find(text) {
            Found::One(found) => found.code,
            Found::Perhaps(_) => return None,
        },
    };
    MunicipalityCode::new(code).ok()
}

/// Values of ticked boxes that were among the choices.
pub fn ticked<T: DeserializeOwned>(
    form: &mut Form,
    name: &'static str,
    choices: &[Choice],
) -> Read<Vec<T>> {
    let options: Vec<(&str, &str)> = choices
        .iter()
        .map(|choice| (choice.value.as_str(), choice.value.as_str()))
        .collect();
    let codes = form.many_of(name, &options).any()?;
    let read: Option<Vec<T>> = codes.into_iter().map(by_code).collect();
    read.ok_or_else(|| form.note(name, Key::new("form-error-choice")))
}

fn read(work: &Work, body: FormBody, places: &Places) -> Result<NewRequest, Filled> {
    let v = &work.app.desk.vocabulary;
    let mut form = Form::new(body);
    let persons = read_persons(&mut form);
    let form_code = form
        .parsed("form", |text| FormCode::new(text).ok())
        .required();
    let entitlement = form
        .parsed("entitlement", by_code::<Entitlement>)
        .optional();
    let security = form.parsed("security", by_code::<Security>).required();
    let residence = form.parsed("residence", by_code::<Residence>).required();
    let care = ticked::<CareNeed>(&mut form, "care", &words::choices(work, &v.care_kinds));
    let languages =
        ticked::<LanguageCode>(&mut form, "languages", &words::choices(work, &v.languages));
    let wheelchair = form.flag("wheelchair").read();
    let pets = form.flag("pets").read();
    let urgency = form.whole("urgency").within(1, 5);
    let unknown = Key::new("shelter-error-municipality");
    let registered_in = form
        .parsed("registered_in", |text| municipality(places, text))
        .else_say(unknown)
        .optional();
    let found_in = form
        .parsed("found_in", |text| municipality(places, text))
        .else_say(unknown)
        .optional();
    let in_reflection = form.flag("in_reflection").read();
    let unaccompanied = form.flag("unaccompanied").read();
    let multiple_problems = form.flag("multiple_problems").read();
    let acute_out_of_hours = form.flag("acute_out_of_hours").read();
    let avoid = read_avoid(&mut form, places);
    form.finish(|| {
        Ok(NewRequest {
            persons: persons?,
            form: form_code?,
            entitlement: entitlement?,
            security: security?,
            care: care?,
            wheelchair: wheelchair?,
            pets: pets?,
            languages: languages?,
            avoid: avoid?,
            urgency: u8::try_from(urgency?).unwrap_or(1),
            facts: PlacingFacts {
                minor: false,
                unaccompanied: unaccompanied?,
                residence: residence?,
                in_reflection: in_reflection?,
                multiple_problems: multiple_problems?,
                acute_out_of_hours: acute_out_of_hours?,
                registered_in: registered_in?,
                found_in: found_in?,
            },
            payer: None,
        })
    })
}

/// A person without an age counts as one of unknown age; a row without a sex and an age is no person, except the first.
fn read_persons(form: &mut Form) -> Read<Vec<PersonInRequest>> {
    let mut out = Vec::new();
    let mut noted = None;
    for (n, (age_name, sex_name)) in PERSONS.iter().enumerate() {
        let age = form.whole(age_name).maybe_within(0, 120);
        let sex = form.parsed(sex_name, by_code::<Sex>);
        let sex = if n == 0 || matches!(age, Ok(Some(_))) {
            sex.required().map(Some)
        } else {
            sex.optional()
        };
        match (age, sex) {
            (Ok(age), Ok(Some(sex))) => out.push(PersonInRequest {
                person: None,
                age: age
                    .and_then(|years| u8::try_from(years).ok())
                    .map_or(AgeInYears::Unknown, |age| AgeInYears::Exactly { age }),
                sex,
            }),
            (Ok(_), Ok(None)) => {}
            (Err(fault), _) | (_, Err(fault)) => noted = Some(fault),
        }
    }
    noted.map_or(Ok(out), Err)
}

fn read_avoid(form: &mut Form, places: &Places) -> Read<Vec<AvoidPlace>> {
    let mut out = Vec::new();
    let mut noted = None;
    for (place, km, why) in AVOID {
        let named = form
            .parsed(place, |text| municipality(places, text))
            .else_say(Key::new("shelter-error-municipality"))
            .optional();
        let radius = form.whole(km).maybe_within(1, 300);
        let why = form.parsed(why, known_why).optional();
        match (named, radius, why) {
            (Ok(Some(municipality)), Ok(Some(radius)), Ok(Some(why))) => out.push(AvoidPlace {
                municipality,
                radius_km: u16::try_from(radius).unwrap_or(300),
                why,
            }),
            (Ok(None), Ok(None), Ok(None)) => {}
            (Ok(_), Ok(_), Ok(_)) => {
                // An area that is filled in by half would protect nobody.
                noted = Some(form.note(place, Key::new("shelter-error-avoid")));
            }
            (Err(fault), _, _) | (_, Err(fault), _) | (_, _, Err(fault)) => noted = Some(fault),
        }
    }
    noted.map_or(Ok(out), Err)
}
