//! `POST /api/v1/reports`: a report without an account.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use desk::report::{NewContact, NewReport, submit};
use domain::code::{FormCode, LanguageCode, MunicipalityCode};
use domain::objects::{ObjectKind, ObjectSeen};
use domain::report::{Channel, HelpWish, MinorsInvolved, PoliceWish, ReportContent, ReporterKind};
use domain::time::dutch_date;
use domain::{Answer, SafeText};
use serde::{Deserialize, Serialize};

use super::{answer, detail, read};
use crate::app::App;
use crate::problem::Problem;

/// Longest idempotency key in bytes.
const KEY_MAX: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    story: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    acute: Option<bool>,
    #[serde(default)]
    place: Option<String>,
    #[serde(default)]
    about: About,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct About {
    reporter: Option<ReporterKind>,
    forms: Vec<String>,
    minors: Option<MinorsInvolved>,
    parent_suspected: Option<bool>,
    at_border: bool,
    help: Option<HelpWish>,
    police: Option<PoliceWish>,
    objects: Vec<Object>,
    contact: Option<Contact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    kind: ObjectKind,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    #[serde(default)]
    name: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    safe_times: String,
    #[serde(default)]
    code_word: String,
    #[serde(default)]
    never_call: bool,
}

#[derive(Serialize)]
struct Given {
    code: String,
    received_at: jiff::Timestamp,
}

/// Takes a report in. The answer is given after the report is durable.
pub async fn create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let key = idempotency_key(&headers)?;
    let told: Told = read(&headers, &body)?;
    let new = understand(&app, told)?;
    let key = key.as_deref().map(|key| (key, body.as_ref()));
    let receipt = submit(&app.desk, app.now(), key, new).await?;
    let given = Given {
        code: receipt.code.grouped(),
        received_at: receipt.received_at,
    };
    Ok(answer(StatusCode::CREATED, &given))
}

/// The key under which a sender may repeat itself.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match std::str::from_utf8(value.as_bytes()) {
        Ok(key) if !key.is_empty() && key.len() <= KEY_MAX => Ok(Some(key.to_owned())),
        _ => Err(Problem::bad_request().because(detail(format!(
            "Idempotency-Key: 1 to {KEY_MAX} bytes of UTF-8"
        )))),
    }
}

fn understand(app: &App, told: Told) -> Result<NewReport, Problem> {
    let mut faults = Vec::new();
    let today = dutch_date(app.now());
    let words = &app.desk.vocabulary;
    let language = match LanguageCode::new(told.language.as_deref().unwrap_or("nl")) {
        Ok(code) if words.languages.get(&code, today).is_ok() => code,
        _ => {
            faults.push("language: not a known language code".to_owned());
            LanguageCode::literal("nl")
        }
    };
    let reporter = told.about.reporter.unwrap_or(ReporterKind::Anonymous);
    let mut content = ReportContent::empty(Channel::Web, reporter, language);
    content.story = keep(
        &mut faults,
        SafeText::new("story", &told.story, domain::report::STORY_MAX),
    )
    .or(None);
    content.acute = yes_no(told.acute);
    content.at_border = told.about.at_border;
    content.minors = told.about.minors.unwrap_or(MinorsInvolved::Unknown);
    content.parent_suspected = yes_no(told.about.parent_suspected);
    content.help = told.about.help.unwrap_or(HelpWish::NotAsked);
    content.police = told.about.police.unwrap_or(PoliceWish::NotAsked);
    if let Some(place) = &told.place {
        match MunicipalityCode::new(place.as_str()) {
            Ok(code) if words.municipality(&code, today).is_ok() => {
                content.municipality = Some(code)
            }
            _ => faults.push("place: not a municipality code such as GM0363".to_owned()),
        }
    }
    for (at, form) in told.about.forms.iter().enumerate() {
        match FormCode::new(form.as_str()) {
            Ok(code) if words.form(&code, today).is_ok() => content.forms.push(code),
            _ => faults.push(format!(
                "about.forms[{at}]: not a form of exploitation that counts today"
            )),
        }
    }
    for (at, object) in told.about.objects.iter().enumerate() {
        match ObjectSeen::new(object.kind, &object.value) {
            Ok(seen) => content.objects.push(seen),
            Err(error) => faults.push(format!("about.objects[{at}]: {error}")),
        }
    }
    let contact = told
        .about
        .contact
        .map(|contact| understand_contact(&mut faults, &contact));
    if faults.is_empty() {
        return Ok(NewReport { content, contact });
    }
    Err(Problem::unprocessable().because(detail(faults.join("; "))))
}

fn understand_contact(faults: &mut Vec<String>, contact: &Contact) -> NewContact {
    let mut line = |field, text: &str| keep(faults, SafeText::optional(field, text, 200)).flatten();
    NewContact {
        name: line("contact.name", &contact.name),
        organisation: line("contact.organisation", &contact.organisation),
        channel: line("contact.channel", &contact.channel),
        safe_times: line("contact.safe_times", &contact.safe_times),
        code_word: line("contact.code_word", &contact.code_word),
        never_call: contact.never_call,
    }
}

fn keep<T>(faults: &mut Vec<String>, read: Result<T, domain::text::TextError>) -> Option<T> {
    read.map_err(|error| faults.push(error.to_string())).ok()
}

fn yes_no(answer: Option<bool>) -> Answer {
    match answer {
        Some(true) => Answer::Yes,
        Some(false) => Answer::No,
        None => Answer::Unknown,
    }
}
