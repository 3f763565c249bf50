//! The form of a location.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::placement::{LocationInput, OwnLocation, add_location, change_location, read_location};
use domain::code::{FormCode, LanguageCode};
use domain::ids::LocationId;
use domain::person::Sex;
use domain::room::{Admits, ShelterKind};
use domain::shelter_request::{CareNeed, Entitlement, Security};

use crate::form::{Filled, Form, FormBody, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::public::door;
use crate::public::places::Places;
use crate::texts::{Key, Say};
use crate::work::shelter::{by_code, field_said, id, municipality, refused, safe, ticked, words};
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/rooms/location.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    action: String,
    is_new: bool,
    kinds: Vec<Choice>,
    securities: Vec<Choice>,
    sexes: Vec<Choice>,
    forms: Vec<Choice>,
    entitlements: Vec<Choice>,
    care: Vec<Choice>,
    languages: Vec<Choice>,
    municipalities: Vec<String>,
}

fn page(work: &Work, id: Option<LocationId>, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let mut municipalities: Vec<String> = v
        .municipalities
        .valid_on(work.today())
        .map(|m| m.label.nl.clone())
        .collect();
    municipalities.sort();
    Ok(Page {
        frame: work.frame()?,
        f,
        crumbs: vec![Crumb::new(t.say("nav-rooms"), "/work/rooms")],
        action: id.map_or_else(
            || "/work/rooms/locations/new".to_owned(),
            |id| format!("/work/rooms/locations/{id}"),
        ),
        is_new: id.is_none(),
        kinds: words::choices(work, &v.shelter_types),
        securities: words::choices(work, &v.security_levels),
        sexes: words::choices(work, &v.sexes),
        forms: words::main_forms(work),
        entitlements: words::choices(work, &v.entitlements),
        care: words::choices(work, &v.care_kinds),
        languages: words::choices(work, &v.languages),
        municipalities,
        t,
    })
}

/// An empty form.
pub async fn new(work: Work) -> Result<Response, Problem> {
    let blank = Filled::with(&[("security", "geheim_adres"), ("min_age", "18")]);
    html(&page(&work, None, blank)?)
}

/// The form with what is kept.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: LocationId = id(&text)?;
    let own = read_location(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    html(&page(&work, Some(id), filled(&work, &own))?)
}

fn filled(work: &Work, own: &OwnLocation) -> Filled {
    let location = &own.stored.location;
    let admits = &location.admits;
    let mut typed = Typed::default();
    let number = |n: Option<u16>| n.map_or_else(String::new, |n| n.to_string());
    let place = words::word(
        work,
        &work.app.desk.vocabulary.municipalities,
        location.municipality.as_str(),
    );
    for (name, value) in [
        ("seen", own.version.to_string()),
        ("label", own.stored.label.as_str().to_owned()),
        ("kind", location.kind.code().to_owned()),
        ("municipality", place),
        ("security", words::code_of(&location.security)),
        ("min_age", number(admits.min_age.map(u16::from))),
        ("max_age", number(admits.max_age.map(u16::from))),
        ("answer_hours", number(location.answer_within_hours)),
    ] {
        typed.add(name, &value);
    }
    let mut tick = |name: &str, codes: Vec<String>| {
        for code in codes {
            typed.add(name, &code);
        }
    };
    tick("sexes", admits.sexes.iter().map(words::code_of).collect());
    tick(
        "forms",
        admits.forms.iter().map(ToString::to_string).collect(),
    );
    tick(
        "entitlements",
        admits.entitlements.iter().map(words::code_of).collect(),
    );
    tick("care", admits.care.iter().map(words::code_of).collect());
    tick(
        "languages",
        admits.languages.iter().map(ToString::to_string).collect(),
    );
    let yes = |on: bool| {
        if on {
            vec!["yes".to_owned()]
        } else {
            Vec::new()
        }
    };
    tick("wheelchair", yes(admits.wheelchair));
    tick("pets", yes(admits.pets));
    Filled::new(typed, Vec::new())
}

fn read(
    work: &Work,
    body: FormBody,
    places: &Places,
) -> Result<(Option<i64>, LocationInput), Filled> {
    let v = &work.app.desk.vocabulary;
    let mut form = Form::new(body);
    let seen = form.whole("seen").optional();
    let label = form.parsed("label", safe).max(80).required();
    let kind = form.parsed("kind", by_code::<ShelterKind>).required();
    let place = form
        .parsed("municipality", |text| municipality(places, text))
        .else_say(Key::new("shelter-error-municipality"))
        .required();
    let security = form.parsed("security", by_code::<Security>).required();
    let sexes = ticked::<Sex>(&mut form, "sexes", &words::choices(work, &v.sexes));
    let min_age = form.whole("min_age").maybe_within(0, 120);
    let max_age = form.whole("max_age").maybe_within(0, 120);
    let forms = ticked::<FormCode>(&mut form, "forms", &words::main_forms(work));
    let entitlements = ticked::<Entitlement>(
        &mut form,
        "entitlements",
        &words::choices(work, &v.entitlements),
    );
    let care = ticked::<CareNeed>(&mut form, "care", &words::choices(work, &v.care_kinds));
    let languages =
        ticked::<LanguageCode>(&mut form, "languages", &words::choices(work, &v.languages));
    let wheelchair = form.flag("wheelchair").read();
    let pets = form.flag("pets").read();
    let hours = form.whole("answer_hours").maybe_within(1, 168);
    let small = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok());
    form.finish(|| {
        let input = LocationInput {
            label: label?,
            kind: kind?,
            municipality: place?,
            security: security?,
            admits: Admits {
                sexes: sexes?,
                min_age: small(min_age?),
                max_age: small(max_age?),
                forms: forms?,
                entitlements: entitlements?,
                care: care?,
                wheelchair: wheelchair?,
                pets: pets?,
                languages: languages?,
            },
            answer_within_hours: hours?.and_then(|n| u16::try_from(n).ok()),
        };
        Ok((seen?, input))
    })
}

/// Adds a location.
pub async fn add(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let (_, input) = match read(&work, body, &door::places(&work.app)) {
        Ok(input) => input,
        Err(filled) => return again(&work, None, filled),
    };
    match add_location(&work.app.desk, &work.actor, work.now, input).await {
        Ok(_) => Ok(Redirect::to("/work/rooms?done=location").into_response()),
        Err(error) => faults(&work, None, typed, error),
    }
}

/// Changes a location.
pub async fn change(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: LocationId = id(&text)?;
    let typed = body.0.clone();
    let (seen, input) = match read(&work, body, &door::places(&work.app)) {
        Ok(input) => input,
        Err(filled) => return again(&work, Some(id), filled),
    };
    let seen = seen.ok_or_else(Problem::bad_request)?;
    match change_location(&work.app.desk, &work.actor, work.now, id, seen, input).await {
        Ok(()) => Ok(Redirect::to("/work/rooms?done=location").into_response()),
        Err(error) => faults(&work, Some(id), typed, error),
    }
}

fn again(work: &Work, id: Option<LocationId>, filled: Filled) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(work, id, filled)?)
}

fn faults(
    work: &Work,
    id: Option<LocationId>,
    typed: Typed,
    error: DeskError,
) -> Result<Response, Problem> {
    let DeskError::Invalid(faults) = error else {
        return Err(refused(error));
    };
    let mut filled = Filled::new(typed, Vec::new());
    for fault in faults {
        let field = FIELDS
            .iter()
            .find(|name| **name == fault.field)
            .copied()
            .unwrap_or("");
        filled = filled.refused(field, field_said(&fault.key));
    }
    again(work, id, filled)
}

const FIELDS: &[&str] = &[
    "label",
    "kind",
    "municipality",
    "sexes",
    "max_age",
    "forms",
    "entitlements",
    "languages",
];
