//! What is known of a person, asked and changed.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::intake::{self, IntakePerson, PersonInput};
use domain::SafeText;
use domain::age::Age;
use domain::ids::{IntakeId, PersonId};
use domain::person::{AvoidArea, ContactRules, NAME_MAX, NEED_MAX, REMARK_MAX, Residence, Sex};
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use super::{crumbs, done_for, ids_of, look, person_crumbs, person_in, said, words};
use crate::form::{Filled, Form, Read};
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, code_of, looked, safe_text, seen as seen_of};
use crate::work::reports::words::{ANSWERS, answers};
use crate::work::vocabulary::{all_forms, choices, form_on, known, sorted};
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const FIELDS: &[&str] = &[
    "forms",
    "origin",
    "languages",
    "municipality",
    "avoid",
    "detected",
    "name",
    "alias",
    "safe_channel",
    "safe_times",
    "avoid_why",
    "needs",
];

/// How the age is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Certain,
    Estimated,
    Unknown,
}

const KNOWN: &[(&str, Known)] = &[
    ("certain", Known::Certain),
    ("estimated", Known::Estimated),
    ("unknown", Known::Unknown),
];

fn known_word(known: Known) -> Key {
    match known {
        Known::Certain => Key::new("intakes-age-certain"),
        Known::Estimated => Key::new("intakes-age-estimated"),
        Known::Unknown => Key::new("intakes-age-unknown"),
    }
}

/// Where the form belongs.
struct Place {
    crumbs: Vec<Crumb>,
    title: String,
    action: String,
    cancel: String,
    button: String,
    seen: i64,
}

/// Asks about a new person.
pub async fn show_new(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = super::id_of(&id)?;
    let dossier = look(&work, id).await?;
    let (today, place) = (work.today().to_string(), dossier.file.municipality());
    let mut known = vec![
        ("detected", today.as_str()),
        ("age_known", "unknown"),
        ("authority", "unknown"),
    ];
    if let Some(place) = place {
        known.push(("municipality", place.as_str()));
    }
    let f = Filled::with(&known);
    page(
        &work,
        new_place(&work, id, dossier.version),
        f,
        StatusCode::OK,
    )
}

fn new_place(work: &Work, id: IntakeId, seen: i64) -> Place {
    let say = work.say();
    Place {
        crumbs: crumbs(&say, id),
        title: say.say("intakes-person-add").into_owned(),
        action: format!("/work/intakes/{id}/people/new"),
        cancel: format!("/work/intakes/{id}"),
        button: say.say("intakes-person-add").into_owned(),
        seen,
    }
}

/// Adds a person.
pub async fn add(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = super::id_of(&id)?;
    let before: i64 = body.0.first("seen").parse().unwrap_or(0);
    let (desk, now) = (&work.app.desk, work.now);
    let read = |form: &mut Form| understand(form, &work);
    let act = |(seen, input)| intake::add_person(desk, &work.actor, now, id, seen, input);
    match deed(body, said(FIELDS), read, act).await? {
        Ok(person) => Ok(done_for(id, person, "added")),
        Err(f) => page(&work, new_place(&work, id, before), f, WRONG),
    }
}

/// Asks what has changed.
pub async fn show_edit(work: Work, Path(ids): Path<(String, String)>) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let dossier = look(&work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let place = edit_place(&work, id, person, number, view.version);
    page(&work, place, filled(&view.body), StatusCode::OK)
}

fn edit_place(work: &Work, id: IntakeId, person: PersonId, number: usize, seen: i64) -> Place {
    let say = work.say();
    Place {
        crumbs: person_crumbs(&say, id, person, number),
        title: say.say("intakes-person-change").into_owned(),
        action: format!("/work/intakes/{id}/people/{person}/edit"),
        cancel: format!("/work/intakes/{id}/people/{person}"),
        button: say.say("intakes-person-save").into_owned(),
        seen,
    }
}

/// Changes what is known.
pub async fn edit(
    work: Work,
    Path(ids): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let before: i64 = body.0.first("seen").parse().unwrap_or(0);
    let dossier = look(&work, id).await?;
    let (number, _) = person_in(&dossier, person)?;
    let (desk, now) = (&work.app.desk, work.now);
    let read = |form: &mut Form| understand(form, &work);
    let act =
        |(seen, input)| intake::change_person(desk, &work.actor, now, id, person, seen, input);
    match deed(body, said(FIELDS), read, act).await? {
        Ok(()) => Ok(done_for(id, person, "changed")),
        Err(f) => {
            let place = edit_place(&work, id, person, number, before);
            page(&work, place, f, WRONG)
        }
    }
}

fn page(work: &Work, place: Place, f: Filled, status: StatusCode) -> Result<Response, Problem> {
    let say = work.say();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: place.crumbs,
        title: place.title,
        know: vec![say.say("intakes-person-lead").into_owned()],
        action: place.action,
        hidden: vec![("seen", place.seen.to_string())],
        asks: asks(work, &say),
        button: place.button,
        cancel: place.cancel,
        t: say,
    };
    html_as(status, &page.guarded())
}

fn asks(work: &Work, say: &Say) -> Vec<Ask> {
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let ask = |how, name, key: Key| Ask::new(how, name, say.key(key));
    let ages: Vec<Choice> = words::named(say, KNOWN, known_word);
    let languages = sorted(&list.languages, today, say);
    let places = sorted(&list.municipalities, today, say);
    vec![
        ask(How::Line, "name", Key::new("intakes-name")).optional(),
        ask(How::Line, "alias", Key::new("intakes-alias")).optional(),
        ask(How::Radios, "age_known", Key::new("intakes-age"))
            .of(ages)
            .hint(say.say("intakes-age-hint")),
        ask(How::Day, "born", Key::new("intakes-age-born")).optional(),
        ask(How::Short, "age_low", Key::new("intakes-age-low")).optional(),
        ask(How::Short, "age_high", Key::new("intakes-age-high")).optional(),
        ask(How::Radios, "sex", Key::new("intakes-sex")).of(choices(&list.sexes, today, say)),
        ask(How::Select, "origin", Key::new("intakes-origin"))
            .of(sorted(&list.countries, today, say))
            .optional(),
        ask(How::Select, "residence", Key::new("intakes-residence")).of(choices(
            &list.residence_statuses,
            today,
            say,
        )),
        ask(How::Select, "form", Key::new("intakes-form-main"))
            .of(all_forms(list, today, say))
            .hint(say.say("intakes-form-main-hint"))
            .optional(),
        ask(How::Select, "municipality", Key::new("intakes-where"))
            .of(places.clone())
            .optional(),
        ask(How::Day, "detected", Key::new("intakes-detected"))
            .hint(say.say("intakes-detected-hint")),
        Ask::heading(say.say("intakes-safety")),
        ask(How::Select, "language", Key::new("intakes-languages"))
            .of(languages)
            .optional(),
        ask(
            How::Radios,
            "interpreter",
            Key::new("reports-fact-interpreter"),
        )
        .of(answers(say)),
        ask(How::Radios, "phone_safe", Key::new("intakes-phone-safe")).of(answers(say)),
        ask(
            How::Line,
            "safe_channel",
            Key::new("reports-contact-channel"),
        )
        .optional(),
        ask(How::Line, "safe_times", Key::new("reports-contact-times")).optional(),
        ask(
            How::Flag,
            "never_call",
            Key::new("reports-contact-never-call"),
        ),
        ask(How::Select, "avoid", Key::new("intakes-avoid"))
            .of(places)
            .optional(),
        ask(How::Short, "avoid_km", Key::new("intakes-avoid-km")).optional(),
        ask(How::Line, "avoid_why", Key::new("intakes-avoid-why")).optional(),
        ask(How::Text, "needs", Key::new("intakes-needs")).optional(),
        Ask::heading(say.say("intakes-parents")).hint(say.say("intakes-parents-hint")),
        ask(
            How::Flag,
            "parent_suspected",
            Key::new("intakes-parent-suspected"),
        ),
        ask(How::Select, "authority", Key::new("intakes-authority")).of(words::named(
            say,
            words::AUTHORITIES,
            words::authority,
        )),
    ]
}

/// A value whose code is its serde name.
fn of_code<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn understand(form: &mut Form, work: &Work) -> Read<(i64, PersonInput)> {
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let seen = seen_of(form);
    let name = safe_text(form, "name", NAME_MAX).optional();
    let alias = safe_text(form, "alias", NAME_MAX).optional();
    let age = age(form, today);
    let sex = form.parsed("sex", of_code::<Sex>).required();
    let origin = form
        .parsed("origin", |text| known(&list.countries, today, text))
        .optional();
    let residence = form.parsed("residence", of_code::<Residence>).required();
    let kind = form
        .parsed("form", |text| form_on(list, today, text))
        .optional();
    let municipality = form
        .parsed("municipality", |text| {
            known(&list.municipalities, today, text)
        })
        .optional();
    let detected = form.date("detected").required();
    let language = form
        .parsed("language", |text| known(&list.languages, today, text))
        .optional();
    let interpreter = form.one_of("interpreter", ANSWERS).required();
    let phone_safe = form.one_of("phone_safe", ANSWERS).required();
    let safe_channel = safe_text(form, "safe_channel", REMARK_MAX).optional();
    let safe_times = safe_text(form, "safe_times", REMARK_MAX).optional();
    let never_call = form.flag("never_call").read();
    let avoid = avoid(form, work);
    let needs = safe_text(form, "needs", NEED_MAX).optional();
    let parent_suspected = form.flag("parent_suspected").read();
    let authority = form.one_of("authority", words::AUTHORITIES).required();
    let looked = looked(form);
    let input = PersonInput {
        name: name?,
        alias: alias?,
        age: age?,
        sex: sex?,
        origin: origin?,
        residence: residence?,
        languages: language?.into_iter().collect(),
        interpreter: interpreter?,
        forms: kind?.into_iter().collect(),
        municipality: municipality?,
        detected: detected?,
        parent_suspected: parent_suspected?,
        authority: authority?,
        contact: ContactRules {
            never_call: never_call?,
            safe_channel: safe_channel?,
            safe_times: safe_times?,
            ..ContactRules::default()
        },
        phone_safe: phone_safe?,
        avoid: avoid?,
        needs: needs?,
        looked: looked?,
    };
    Ok((seen?, input))
}

/// The age in the way in which it is known; what belongs to another way is not used.
fn age(form: &mut Form, today: Date) -> Read<Age> {
    let known = form
        .one_of("age_known", KNOWN)
        .or_say(Key::new("intakes-choice-missing"))
        .required();
    let born = form.date("born").optional();
    let low = form.whole("age_low").maybe_within(0, 120);
    let high = form.whole("age_high").maybe_within(0, 120);
    let (born, low, high) = (born?, low?, high?);
    let years = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
    match known? {
        Known::Unknown => Ok(Age::Unknown),
        Known::Certain => match born.map(|born| Age::certain(born, today)) {
            Some(Ok(age)) => Ok(age),
            Some(Err(_)) => Err(form.note("born", Key::new("intakes-age-born-wrong"))),
            None => Err(form.note("born", Key::new("intakes-age-born-missing"))),
        },
        Known::Estimated => match (low, high) {
            (Some(low), Some(high)) => Age::estimated(years(low), years(high), today)
                .map_err(|_| form.note("age_high", Key::new("intakes-age-reversed"))),
            _ => Err(form.note("age_low", Key::new("intakes-age-bounds-missing"))),
        },
    }
}

fn avoid(form: &mut Form, work: &Work) -> Read<Option<AvoidArea>> {
    let (list, today) = (&work.app.desk.vocabulary, work.today());
    let place = form
        .parsed("avoid", |text| known(&list.municipalities, today, text))
        .optional();
    let km = form.whole("avoid_km").maybe_within(0, 400);
    let why = safe_text(form, "avoid_why", REMARK_MAX).optional();
    match (place?, km?, why?) {
        (None, None, None) => Ok(None),
        (Some(municipality), Some(km), Some(why)) => Ok(Some(AvoidArea {
            municipality,
            radius_km: u16::try_from(km).unwrap_or(u16::MAX),
            why,
        })),
        (None, _, _) => Err(form.note("avoid", Key::new("intakes-avoid-missing"))),
        (_, None, _) => Err(form.note("avoid_km", Key::new("intakes-avoid-km-missing"))),
        (_, _, None) => Err(form.note("avoid_why", Key::new("intakes-reason-missing"))),
    }
}

/// The form as the record has it.
fn filled(body: &IntakePerson) -> Filled {
    let known = &body.person;
    let text = |t: &Option<SafeText>| {
        t.as_ref()
            .map(|t| t.as_str().to_owned())
            .unwrap_or_default()
    };
    let flag = |holds: bool| if holds { "yes" } else { "" }.to_owned();
    let answer = |a: domain::Answer| code_of(&a);
    let (how, born, low, high) = match known.age {
        Age::Certain { born } => ("certain", born.to_string(), String::new(), String::new()),
        Age::Estimated { low, high, .. } => (
            "estimated",
            String::new(),
            low.to_string(),
            high.to_string(),
        ),
        Age::Unknown => ("unknown", String::new(), String::new(), String::new()),
    };
    let contact = &known.safety.contact;
    let area = known.safety.avoid.first();
    let code = |c: Option<String>| c.unwrap_or_default();
    let all: Vec<(&str, String)> = vec![
        ("name", text(&known.known_as.name)),
        ("alias", text(&known.known_as.alias)),
        ("age_known", how.to_owned()),
        ("born", born),
        ("age_low", low),
        ("age_high", high),
        ("sex", code_of(&known.sex)),
        (
            "origin",
            code(known.origin.as_ref().map(ToString::to_string)),
        ),
        ("residence", code_of(&known.residence)),
        (
            "form",
            code(known.exploitation.forms.first().map(ToString::to_string)),
        ),
        (
            "municipality",
            code(
                known
                    .exploitation
                    .municipalities
                    .first()
                    .map(ToString::to_string),
            ),
        ),
        ("detected", body.detected.to_string()),
        (
            "language",
            code(known.languages.first().map(ToString::to_string)),
        ),
        ("interpreter", answer(known.interpreter)),
        ("phone_safe", answer(known.safety.phone_safe)),
        ("safe_channel", text(&contact.safe_channel)),
        ("safe_times", text(&contact.safe_times)),
        ("never_call", flag(contact.never_call)),
        ("avoid", code(area.map(|a| a.municipality.to_string()))),
        ("avoid_km", code(area.map(|a| a.radius_km.to_string()))),
        ("avoid_why", code(area.map(|a| a.why.as_str().to_owned()))),
        ("needs", text(&known.needs.first().cloned())),
        ("parent_suspected", flag(known.safety.parent_suspected)),
        ("authority", code_of(&known.family.authority)),
    ];
    let pairs: Vec<(&str, &str)> = all
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Filled::with(&pairs)
}
