//! At care: asking an opinion for the person of a case, and what the person adds, takes back or withdraws later.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::case::{self, Dossier};
use desk::opinion::{self, Asked, NewAsk};
use domain::ids::{CaseId, ConsentId};
use domain::opinion::{Ground, Released};

use super::deeds::{again, said};
use super::{reference, texts};
use crate::form::{Filled, Form, Read};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, refused_page, safe_text, seen};
use crate::work::{Work, WorkForm};

/// Statements that one form takes, each an item of its own that can be taken back by itself.
const STATEMENTS: [&str; 3] = ["statement1", "statement2", "statement3"];

struct Item {
    number: u32,
    text: String,
    taken_back: bool,
}

struct Request {
    id: String,
    version: i64,
    asked_at: String,
    state: String,
    tone: &'static str,
    items: Vec<Item>,
    running: bool,
    verdict: String,
    reasons: String,
    valid_until: String,
    refused_why: String,
}

#[derive(Template)]
#[template(path = "work/opinions/asked.html")]
struct AskedPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    case: String,
    requests: Vec<Request>,
    has_consent: bool,
}

const DONE: &[(&str, Key)] = &[
    ("asked", Key::new("opinion-done-asked")),
    ("released", Key::new("opinion-done-released")),
    ("taken-back", Key::new("opinion-done-taken-back")),
    ("withdrawn", Key::new("opinion-done-withdrawn")),
];

fn case_id(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn address(case: CaseId) -> String {
    format!("/work/cases/{case}/opinion")
}

fn back(case: CaseId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", address(case))).into_response()
}

fn crumbs(t: &Say, case: CaseId) -> Vec<Crumb> {
    vec![
        Crumb::new(t.say("nav-cases"), "/work/cases"),
        Crumb::new(reference(case), format!("/work/cases/{case}")),
    ]
}

/// Consents in force that may carry a request.
fn consents(dossier: &Dossier) -> Vec<(ConsentId, jiff::civil::Date)> {
    let given = dossier.consents.iter().filter(|c| c.holds);
    given
        .filter_map(|c| c.consent.given())
        .filter(|c| c.terms.purpose.is("opinion"))
        .map(|c| (c.id, c.terms.given))
        .collect()
}

/// Shows what was asked and how far it is.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    let desk = &work.app.desk;
    let asked = opinion::asked(desk, &work.actor, work.now, case).await?;
    let dossier = case::read(desk, &work.actor, work.now, case).await?;
    let t = work.say();
    html(&AskedPage {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t, case),
        case: case.to_string(),
        has_consent: !consents(&dossier).is_empty(),
        requests: asked.iter().map(|a| request(&t, &dossier, a)).collect(),
        t,
    })
}

fn request(t: &Say, dossier: &Dossier, asked: &Asked) -> Request {
    let own = &asked.asked;
    let news = dossier.file.opinions.iter().rev();
    let last = news.clone().find(|n| n.request == own.disclosure);
    let state = match (&own.withdrawn, last) {
        (Some(_), _) => "ingetrokken",
        (None, Some(news)) => news.status.state.as_str(),
        (None, None) => "requested",
    };
    let outcome = last.and_then(|news| news.status.outcome.as_ref());
    Request {
        id: asked.id.clone(),
        version: asked.version,
        asked_at: t.moment(own.by.at),
        state: t.key(texts::state(state)).into_owned(),
        tone: texts::tone(state),
        items: own.items.iter().map(|i| item(t, i)).collect(),
        running: matches!(state, "requested" | "admitted" | "in_panel"),
        verdict: outcome.map_or_else(String::new, |o| {
            t.key(texts::verdict(o.verdict)).into_owned()
        }),
        reasons: outcome.map_or_else(String::new, |o| o.reasons.as_str().to_owned()),
        valid_until: outcome
            .and_then(|o| o.valid_until)
            .map_or_else(|| t.say("opinion-valid-always").into_owned(), |d| t.date(d)),
        refused_why: last
            .and_then(|news| news.status.reason.as_ref())
            .map_or_else(String::new, |why| why.as_str().to_owned()),
    }
}

fn item(t: &Say, item: &opinion::AskedItem) -> Item {
    let text = match &item.item {
        Released::Statement { text } => text.as_str().to_owned(),
        Released::Document { title, .. } | Released::Disclosed { title, .. } => {
            title.as_str().to_owned()
        }
        Released::Erased => t.say("opinion-item-erased").into_owned(),
    };
    Item {
        number: item.number,
        text: match item.taken_back {
            None => text,
            Some(by) => t.say_with("opinion-taken-back-on", "day", t.date_of(by.at)),
        },
        taken_back: item.taken_back.is_some(),
    }
}

async fn new_page(work: &Work, case: CaseId, f: Filled) -> Result<FormPage, Problem> {
    let dossier = case::read(&work.app.desk, &work.actor, work.now, case).await?;
    let t = work.say();
    let given = consents(&dossier);
    let choices: Vec<Choice> = given
        .iter()
        .map(|(id, day)| {
            let label = t.say_with("opinion-consent-of", "day", t.date(*day));
            Choice::new(id.to_string(), label)
        })
        .collect();
    let mut asks = vec![
        Ask::new(How::Select, "consent", t.say("opinion-consent"))
            .of(choices)
            .hint(t.say("opinion-consent-hint")),
    ];
    asks.extend(statements(&t));
    asks.extend([
        Ask::heading(t.say("opinion-ground")).hint(t.say("opinion-ground-hint")),
        Ask::new(How::Day, "ended_on", t.say("opinion-ended-on"))
            .hint(t.say("opinion-ended-on-hint"))
            .optional(),
        Ask::new(How::Flag, "aangifte", t.say("opinion-aangifte-made")),
    ]);
    asks.extend(looked(&f, &t));
    let mut above = crumbs(&t, case);
    above.push(Crumb::new(t.say("opinion-asked-title"), address(case)));
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.say("opinion-ask-title").into_owned(),
        know: vec![
            t.say("opinion-ask-know").into_owned(),
            t.say("opinion-ask-free").into_owned(),
            t.say("opinion-ask-police").into_owned(),
        ],
        action: address(case),
        hidden: Vec::new(),
        asks,
        button: t.say("opinion-ask").into_owned(),
        cancel: address(case),
        t,
    })
}

fn statements(t: &Say) -> Vec<Ask> {
    let ask = |(n, name): (usize, &'static str)| {
        let asked = Ask::new(How::Text, name, t.say_n("opinion-statement", n));
        match n {
            1 => asked.hint(t.say("opinion-statement-hint")),
            _ => asked.optional(),
        }
    };
    (1..).zip(STATEMENTS).map(ask).collect()
}

/// Asked only after the desk found something that looks like an address.
fn looked(f: &Filled, t: &Say) -> Option<Ask> {
    let warned = f
        .errors()
        .iter()
        .any(|error| error.message().key() == Key::new("opinion-looks-like-address"));
    (warned || f.has("looked", "yes"))
        .then(|| Ask::new(How::Flag, "looked", t.say("opinion-looked")))
}

/// Asks what to ask.
pub async fn show_new(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    html(&new_page(&work, case, Filled::blank()).await?)
}

fn released(form: &mut Form) -> Read<Vec<Released>> {
    // All three are read, so that none is unknown when the first lacks.
    let [first, second, third] = STATEMENTS;
    let first = safe_text(form, first, 20_000).required();
    let second = safe_text(form, second, 20_000).optional();
    let third = safe_text(form, third, 20_000).optional();
    let texts = [Some(first?), second?, third?].into_iter().flatten();
    Ok(texts.map(|text| Released::Statement { text }).collect())
}

fn read_new(case: CaseId, form: &mut Form) -> Read<NewAsk> {
    let consent = form
        .parsed("consent", |text| text.parse::<ConsentId>().ok())
        .required();
    let items = released(form);
    let ended_on = form.date("ended_on").optional();
    let aangifte = form.flag("aangifte").read();
    let looked = form.flag("looked").read();
    Ok(NewAsk {
        case,
        released: items?,
        ground: Ground {
            ended_on: ended_on?,
            aangifte: aangifte?,
        },
        consent: consent?,
        looked: looked?,
    })
}

/// Asks.
pub async fn ask(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    let read = |form: &mut Form| read_new(case, form);
    let act = |new| opinion::ask(&work.app.desk, &work.actor, work.now, new);
    match deed(body, said(&[]), read, act).await? {
        Ok(_) => Ok(back(case, "asked")),
        Err(f) => again(&new_page(&work, case, f).await?),
    }
}

fn release_page(
    work: &Work,
    case: CaseId,
    request: &str,
    version: i64,
    f: Filled,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let mut above = crumbs(&t, case);
    above.push(Crumb::new(t.say("opinion-asked-title"), address(case)));
    let seen = match f.value("seen") {
        "" => version.to_string(),
        typed => typed.to_owned(),
    };
    let mut asks = statements(&t);
    asks.extend(looked(&f, &t));
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: above,
        title: t.say("opinion-release-title").into_owned(),
        know: vec![t.say("opinion-release-know").into_owned()],
        action: format!("{}/release", address(case)),
        hidden: vec![("seen", seen), ("request", request.to_owned())],
        asks,
        button: t.say("opinion-release").into_owned(),
        cancel: address(case),
        t,
    })
}

/// Asks what the person releases more; `?request=` names the request.
pub async fn show_release(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    let asked = opinion::asked(&work.app.desk, &work.actor, work.now, case).await?;
    let wanted = work.query("request");
    let found = asked.iter().find(|a| a.id == wanted);
    let found = found.ok_or_else(Problem::not_found)?;
    html(&release_page(
        &work,
        case,
        &found.id,
        found.version,
        Filled::blank(),
    )?)
}

/// Releases more.
pub async fn release(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    let named = body.0.first("request").to_owned();
    let read = |form: &mut Form| {
        let seen = seen(form);
        let request = request_of(form);
        let items = released(form);
        let looked = form.flag("looked").read();
        Ok((seen?, request?, items?, looked?))
    };
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act = |(seen, request, items, looked): (i64, String, _, _)| async move {
        opinion::release(desk, actor, now, &request, seen, items, looked).await
    };
    match deed(body, said(&[]), read, act).await? {
        Ok(()) => Ok(back(case, "released")),
        Err(f) => again(&release_page(&work, case, &named, 0, f)?),
    }
}

fn request_of(form: &mut Form) -> Read<String> {
    form.parsed("request", |text| {
        let id: Option<domain::ids::DisclosureId> = text.parse().ok();
        id.map(|id| id.to_string())
    })
    .required()
}

/// Takes one item back.
pub async fn take_back(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let request = request_of(&mut form);
    let number = form.whole("number").within(1, i64::from(u32::MAX));
    let input = form.finish(|| Ok((seen?, request?, number?)));
    let (seen, request, number) = input.map_err(|_| Problem::bad_request())?;
    let number = u32::try_from(number).map_err(|_| Problem::bad_request())?;
    let desk = &work.app.desk;
    opinion::take_back(desk, &work.actor, work.now, &request, seen, number)
        .await
        .map_err(|error| refused_page(error, texts::refusal))?;
    Ok(back(case, "taken-back"))
}

/// Takes the request back.
pub async fn withdraw(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let case = case_id(&text)?;
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    let request = request_of(&mut form);
    let input = form.finish(|| Ok((seen?, request?)));
    let (seen, request) = input.map_err(|_| Problem::bad_request())?;
    opinion::withdraw_ask(&work.app.desk, &work.actor, work.now, &request, seen)
        .await
        .map_err(|error| refused_page(error, texts::refusal))?;
    Ok(back(case, "withdrawn"))
}
