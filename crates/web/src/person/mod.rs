//! The person's own page: a private code, and what is known of her case in plain words. No account, no cookie, nothing in
//! the address.

mod file;
pub mod own;
mod request;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use desk::case::{self, Done, Holder, HolderKind, PersonPage};
use desk::placement::{self, Revealed};
use desk::{DeskError, UseCase};
use domain::ids::CaseId;
use domain::mailbox::ReturnCode;
use domain::time::dutch_date;

use crate::app::App;
use crate::form::{Filled, Form, FormBody};
use crate::page::frame::PublicFrame;
use crate::page::ui::Choice;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::routes::Routes;
use crate::steady::steady;
use crate::texts::{Key, Lang, Say};
use crate::words;
use crate::work::cases::texts;

/// The address, without the language's prefix.
const PATH: &str = "/my";

/// The routes of the person's page, one set a language.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/my", UseCase::ReadPersonPage, enter)
        .post("/my", UseCase::ReadPersonPage, open)
        .get("/en/my", UseCase::ReadPersonPage, enter)
        .post("/en/my", UseCase::ReadPersonPage, open)
        .post("/my/request", UseCase::AskOwnRequest, request::ask)
        .post("/en/my/request", UseCase::AskOwnRequest, request::ask)
        .post(
            "/my/request/take-back",
            UseCase::AskOwnRequest,
            request::take_back,
        )
        .post(
            "/en/my/request/take-back",
            UseCase::AskOwnRequest,
            request::take_back,
        )
        .post("/my/request/file", UseCase::TakeOwnFile, file::fetch)
        .post("/en/my/request/file", UseCase::TakeOwnFile, file::fetch)
        .post("/my/place", UseCase::OpenAddress, place)
        .post("/en/my/place", UseCase::OpenAddress, place)
}

#[derive(Template)]
#[template(path = "person/enter.html")]
struct Enter {
    t: Say,
    frame: PublicFrame,
    f: Filled,
}

#[derive(Template)]
#[template(path = "person/page.html")]
struct Opened {
    t: Say,
    frame: PublicFrame,
    code: String,
    state: String,
    facts: Vec<(String, String)>,
    holders: Vec<String>,
    consents: Vec<String>,
    has_place: bool,
    f: Filled,
    done: String,
    own: own::Own,
    rights: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "person/gone.html")]
struct Gone {
    t: Say,
    frame: PublicFrame,
    code: String,
    requests: Vec<own::Request>,
}

#[derive(Template)]
#[template(path = "person/place.html")]
struct Place {
    t: Say,
    frame: PublicFrame,
    code: String,
    lines: Vec<String>,
    meeting: bool,
}

/// Asks for the code.
async fn enter(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Problem> {
    entry(
        &app,
        Lang::of_path(uri.path()),
        StatusCode::OK,
        Filled::blank(),
    )
}

fn entry(app: &App, lang: Lang, status: StatusCode, f: Filled) -> Result<Response, Problem> {
    let page = Enter {
        t: app.shell.say(lang),
        frame: app.shell.public_frame(lang, PATH),
        f,
    };
    html_as(status, &page)
}

/// Opens the page of a code.
async fn open(State(app): State<Arc<App>>, uri: Uri, body: FormBody) -> Result<Response, Problem> {
    steady(open_by(&app, Lang::of_path(uri.path()), body)).await
}

async fn open_by(app: &App, lang: Lang, body: FormBody) -> Result<Response, Problem> {
    let Some(code) = typed_code(body) else {
        let missing = Filled::blank().refused("code", Key::new("my-code-missing"));
        return entry(app, lang, StatusCode::UNPROCESSABLE_ENTITY, missing);
    };
    shown_after(app, lang, &code, Filled::blank(), None).await
}

/// The page of a code, telling what was just done or what is wrong with what was asked.
async fn shown_after(
    app: &App,
    lang: Lang,
    code: &ReturnCode,
    f: Filled,
    done: Option<Key>,
) -> Result<Response, Problem> {
    // What was typed does not come back: somebody may look over her shoulder.
    let unknown = || {
        let unknown = Filled::blank().refused("code", Key::new("my-code-unknown"));
        entry(app, lang, StatusCode::NOT_FOUND, unknown)
    };
    let case = match case::case_of_code(&app.desk, app.now(), code).await {
        Ok(case) => case,
        Err(DeskError::NotFound { .. }) => return unknown(),
        Err(error) => return Err(refuse(error)),
    };
    match case::page_of(&app.desk, app.now(), case).await {
        Ok(page) => {
            let view = desk::request::own_view(&app.desk, app.now(), page.case)
                .await
                .map_err(refuse)?;
            shown(app, lang, code, &page, &view, f, done)
        }
        Err(DeskError::NotFound { .. }) => match gone(app, lang, code, case).await? {
            Some(gone) => Ok(gone),
            None => unknown(),
        },
        Err(error) => Err(refuse(error)),
    }
}

/// What was done, when her file was erased at her own request: her code opens nothing else any more.
async fn gone(
    app: &App,
    lang: Lang,
    code: &ReturnCode,
    case: CaseId,
) -> Result<Option<Response>, Problem> {
    let requests = desk::request::gone_view(&app.desk, app.now(), case)
        .await
        .map_err(refuse)?;
    if requests.is_empty() {
        return Ok(None);
    }
    let t = app.shell.say(lang);
    html(&Gone {
        frame: app.shell.public_frame(lang, PATH),
        code: code.secret(),
        requests: own::requests(app, &t, &requests),
        t,
    })
    .map(Some)
}

/// The code that was typed; one that is unreadable is searched for like any other, so that the answer is the same.
fn typed_code(body: FormBody) -> Option<ReturnCode> {
    code_of(&mut Form::new(body))
}

/// As [`typed_code`], of a form that holds more.
fn code_of(form: &mut Form) -> Option<ReturnCode> {
    let typed = form.raw("code");
    (!typed.is_empty())
        .then(|| ReturnCode::parse(typed).unwrap_or_else(|_| ReturnCode::from_digits([0; 16])))
}

fn shown(
    app: &App,
    lang: Lang,
    code: &ReturnCode,
    page: &PersonPage,
    view: &desk::request::OwnView,
    f: Filled,
    done: Option<Key>,
) -> Result<Response, Problem> {
    let t = app.shell.say(lang);
    let status = match f.is_wrong() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let rights = domain::request::Right::ALL.into_iter();
    let page = Opened {
        frame: app.shell.public_frame(lang, PATH),
        code: code.secret(),
        state: t.key(state(page.state)).into_owned(),
        facts: facts(&t, page),
        holders: page.holders.iter().map(|h| holder(app, &t, h)).collect(),
        consents: consents(app, &t, page),
        has_place: page.placement.as_ref().is_some_and(|fact| {
            matches!(
                fact.state.as_str(),
                "accepted_by_shelter" | "accepted_by_client" | "travelling" | "arrived"
            )
        }),
        done: done.map_or_else(String::new, |key| t.key(key).into_owned()),
        own: own::own(app, &t, view),
        rights: rights
            .map(|right| Choice::new(right.code(), t.key(own::right(right))))
            .collect(),
        f,
        t,
    };
    html_as(status, &page)
}

/// Where she goes: shown for her own code only, by a form, at an address that holds nothing.
async fn place(State(app): State<Arc<App>>, uri: Uri, body: FormBody) -> Result<Response, Problem> {
    steady(place_by(&app, Lang::of_path(uri.path()), body)).await
}

async fn place_by(app: &App, lang: Lang, body: FormBody) -> Result<Response, Problem> {
    let code = typed_code(body).ok_or_else(Problem::not_found)?;
    let case = case::case_of_code(&app.desk, app.now(), &code)
        .await
        .map_err(refuse)?;
    let told = placement::address_for_person(&app.desk, app.now(), case)
        .await
        .map_err(refuse)?;
    let (lines, meeting) = match told {
        None => (Vec::new(), false),
        Some(Revealed::MeetingPoint(point)) => (vec![point.into()], true),
        Some(Revealed::Address {
            street,
            postcode,
            town,
            directions,
        }) => {
            let town = format!("{} {}", postcode.as_str(), town.as_str());
            let mut lines = vec![street.into(), town];
            lines.extend(directions.map(String::from));
            (lines, false)
        }
    };
    html(&Place {
        t: app.shell.say(lang),
        frame: app.shell.public_frame(lang, PATH),
        code: code.secret(),
        lines,
        meeting,
    })
}

/// How far it is, in plain words.
fn state(state: &str) -> Key {
    match state {
        "waiting" => Key::new("my-state-waiting"),
        "sent_back" => Key::new("my-state-sent-back"),
        "signaal" | "intake" => Key::new("my-state-intake"),
        "acute_opvang" => Key::new("my-state-shelter"),
        "bedenktijd" => Key::new("my-state-reflection"),
        "stabilisatie" => Key::new("my-state-stabilising"),
        "behandeling" => Key::new("my-state-treatment"),
        "uitstroom" => Key::new("my-state-moving-on"),
        "nazorg" => Key::new("my-state-aftercare"),
        _ => Key::new("my-state-closed"),
    }
}

fn facts(t: &Say, page: &PersonPage) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut add = |label: Key, value: String| facts.push((t.key(label).into_owned(), value));
    let reflection = match &page.reflection {
        None => t.say("my-reflection-none").into_owned(),
        Some(status) => {
            let state = t.key(texts::reflection(&status.state)).into_owned();
            match status.no_removal_until {
                Some(until) => {
                    let until = t.say_with("my-no-removal-until", "date", t.date(until));
                    format!("{state}. {until}")
                }
                None => state,
            }
        }
    };
    add(Key::new("my-reflection"), reflection);
    if let Some(placement) = &page.placement {
        add(
            Key::new("my-placement"),
            t.key(texts::placement(&placement.state)).into_owned(),
        );
    }
    if let Some((state, verdict)) = &page.opinion {
        let said = match verdict {
            Some(verdict) => t.key(texts::verdict(*verdict)),
            None => t.key(texts::opinion(state)),
        };
        add(Key::new("my-opinion"), said.into_owned());
    }
    let registered = match &page.registered {
        Done::Nothing => Key::new("my-registered-not"),
        Done::Counted { .. } | Done::Withdrawn { .. } => Key::new("my-registered-count"),
        Done::Registered { .. } => Key::new("my-registered-yes"),
    };
    add(Key::new("my-registered"), t.key(registered).into_owned());
    if let Some(day) = page.next_moment {
        add(Key::new("my-next-moment"), t.date(day));
    }
    facts
}

fn holder(app: &App, t: &Say, holder: &Holder) -> String {
    let name = holder.name.as_deref().unwrap_or_default();
    match holder.kind {
        HolderKind::Care => t.say_with("my-holder-care", "name", name),
        HolderKind::SignalDesk => t.say("my-holder-desk").into_owned(),
        HolderKind::Investigation => t.say("my-holder-investigation").into_owned(),
        HolderKind::Registrar => t.say("my-holder-registrar").into_owned(),
        HolderKind::Panel => t.say("my-holder-panel").into_owned(),
        HolderKind::Shelter => t.say("my-holder-shelter").into_owned(),
        HolderKind::ByConsent => {
            let kinds = &app.desk.vocabulary.organisation_kinds;
            let kind = words::label(kinds, name, dutch_date(app.now()), t.lang());
            t.say_with("my-holder-consent", "name", kind)
        }
    }
}

fn consents(app: &App, t: &Say, page: &PersonPage) -> Vec<String> {
    let purposes = &app.desk.vocabulary.purposes;
    let today = dutch_date(app.now());
    let line = |consent: &case::OwnConsent| {
        let purpose = words::label(purposes, &consent.purpose, today, t.lang());
        let key = match (consent.refused, consent.holds) {
            (true, _) => Key::new("my-consent-refused"),
            (false, true) => Key::new("my-consent-given"),
            (false, false) => Key::new("my-consent-over"),
        };
        let values = [
            ("purpose", purpose.into()),
            ("date", t.date(consent.on).into()),
        ];
        t.say_args(key.as_str(), &values)
    };
    page.consents.iter().map(line).collect()
}
