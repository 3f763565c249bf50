//! One update of a round: the holder writes and sees what the Chamber will read, signed in or by a private link; the reviewer accepts or
//! sends back. Whatever is refused, what was typed stays on the page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use desk::plan::{self, Review, TellInput, ToldOutcome, UpdateView};
use desk::{DeskError, UseCase, access};
use domain::SafeText;
use domain::action::{DESCRIPTION_MAX, MOVES};
use domain::ids::UpdateId;
use domain::round::{Overridden, Reviewed, RoundError, Told, UpdateState};
use std::sync::Arc;

use super::rounds::{crumbs, state, words};
use super::texts;
use crate::app::App;
use crate::form::{Filled, Form, FormBody, Read, Typed};
use crate::language;
use crate::page::frame::{PublicFrame, WorkFrame};
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::steady::steady;
use crate::texts::{Key, Lang, Say};
use crate::work::form_page::{Ask, FormPage, How, refused, refused_page, safe_text, seen};
use crate::work::{Work, WorkForm};

const DONE: &[(&str, Key)] = &[
    ("saved", Key::new("updates-done-saved")),
    ("sent", Key::new("updates-done-sent")),
    ("accepted", Key::new("updates-done-accepted")),
    ("back", Key::new("updates-done-back")),
    ("links", Key::new("updates-done-links")),
];

/// A text as it was told.
pub struct Words {
    /// When.
    pub when: String,
    /// How it stands.
    pub status: String,
    /// What was reached.
    pub results: String,
    /// Why.
    pub why: String,
    /// Where it can be seen.
    pub evidence: Vec<String>,
    /// Who says that no person stands in it, and why; or empty.
    pub overridden: String,
}

/// What both pages show of an update.
pub struct Shown {
    /// Number of the action.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub holder: String,
    /// The cut-off.
    pub until: String,
    /// The texts are frozen.
    pub frozen: bool,
    /// How far it is.
    pub state: String,
    /// The colour; the words say the same.
    pub tone: &'static str,
    /// When the holder was reminded last, or empty.
    pub reminded: String,
    /// What is to be mended, or why it was left out; or empty.
    pub back: String,
    /// What the Chamber will read.
    pub reads: Words,
    /// What was typed too late.
    pub late: Vec<Words>,
    /// The questions; none: nothing can be written here.
    pub asks: Vec<Ask>,
    /// Version to name.
    pub version: String,
    /// What was just done, or empty.
    pub done: String,
}

#[derive(Template)]
#[template(path = "work/plan/update.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    id: String,
    s: Shown,
    reviews: bool,
    waits: bool,
    delegates: bool,
    links: Vec<String>,
}

#[derive(Template)]
#[template(path = "public/update.html")]
struct LinkPage {
    t: Say,
    frame: PublicFrame,
    f: Filled,
    link: String,
    s: Option<Shown>,
    /// What was typed when the link opened nothing any more.
    typed: String,
}

fn said(t: &Say, told: &Told) -> Words {
    let text = |text: &Option<SafeText>| {
        text.as_ref()
            .map_or_else(String::new, |t| t.as_str().to_owned())
    };
    let overridden = told.overridden.as_ref().map_or_else(String::new, |over| {
        let values = [
            ("name", over.name.as_str().into()),
            ("why", over.why.as_str().into()),
        ];
        t.say_args("updates-overridden", &values)
    });
    Words {
        when: t.moment(told.by.at),
        status: t.key(texts::status(told.status)).into_owned(),
        results: text(&told.results),
        why: text(&told.why),
        evidence: told
            .evidence
            .iter()
            .map(|e| e.as_str().to_owned())
            .collect(),
        overridden,
    }
}

/// What stands in the register, for an update in which nothing was written yet.
fn standing(t: &Say, view: &UpdateView) -> Words {
    let action = &view.action;
    Words {
        when: String::new(),
        status: t.key(texts::status(action.status())).into_owned(),
        results: action
            .results()
            .map_or_else(String::new, |r| r.as_str().to_owned()),
        why: String::new(),
        evidence: action
            .plan
            .links
            .iter()
            .map(|e| e.as_str().to_owned())
            .collect(),
        overridden: String::new(),
    }
}

fn shown(app: &App, t: &Say, view: &UpdateView, f: &Filled, writes: bool) -> Shown {
    let update = &view.update;
    let moment = t.moment(view.round.cutoff);
    // A draft is its writer's alone, and after the cut-off it counts not.
    let draft = update.draft().filter(|_| writes);
    let newest = draft.filter(|_| !view.frozen).or(update.told());
    let back = match update.reviewed().last() {
        Some(Reviewed::SentBack { why, .. }) if update.state() == UpdateState::SentBack => {
            why.as_str()
        }
        Some(Reviewed::LeftOut { why, .. }) => why.as_str(),
        _ => "",
    };
    let open =
        !matches!(update.state(), UpdateState::Accepted | UpdateState::LeftOut) && !view.frozen;
    // A form that was refused stays on the page, also when it came too late.
    let asks = match writes && (open || f.is_wrong()) {
        true => asks(t, view, f),
        false => Vec::new(),
    };
    let typed = f.value("seen");
    Shown {
        number: view.action.plan.number.clone(),
        title: view.action.plan.title.as_str().to_owned(),
        holder: app.desk.directory().name(update.holder).to_owned(),
        until: match view.frozen {
            true => t.say_with("rounds-frozen-since", "moment", moment),
            false => t.say_with("updates-until", "moment", moment),
        },
        frozen: view.frozen,
        state: t.key(state(update.state())).into_owned(),
        tone: match update.state() {
            UpdateState::Accepted => "ok",
            UpdateState::Sent => "info",
            UpdateState::SentBack | UpdateState::LeftOut => "warning",
            UpdateState::Asked => "neutral",
        },
        reminded: update
            .reminded()
            .last()
            .map_or_else(String::new, |by| t.moment(by.at)),
        back: back.to_owned(),
        reads: newest.map_or_else(|| standing(t, view), |told| said(t, told)),
        late: draft
            .filter(|_| view.frozen)
            .into_iter()
            .chain(update.late().iter().rev())
            .map(|told| said(t, told))
            .collect(),
        asks,
        version: if typed.is_empty() {
            view.version.to_string()
        } else {
            typed.to_owned()
        },
        done: String::new(),
    }
}

fn asks(t: &Say, view: &UpdateView, f: &Filled) -> Vec<Ask> {
    let now = view.action.status();
    let can = |to: &str| to == now.code() || MOVES.contains(&(now.code(), to));
    let statuses = texts::STATUSES.into_iter().filter(|(code, _)| can(code));
    let statuses = statuses.map(|(code, status)| Choice::new(code, t.key(texts::status(status))));
    let mut asks = vec![
        Ask::new(How::Radios, "status", t.say("plan-status"))
            .of(statuses.collect())
            .hint(t.say("updates-status-hint")),
        Ask::new(How::Text, "results", t.say("plan-results"))
            .hint(t.say("updates-results-hint"))
            .optional(),
        Ask::new(How::Text, "why", t.say("plan-why"))
            .hint(t.say("plan-why-hint"))
            .optional(),
        Ask::new(How::Text, "evidence", t.say("updates-evidence"))
            .hint(t.say("updates-evidence-hint"))
            .optional(),
    ];
    let warned = f
        .errors()
        .iter()
        .any(|fault| is_warning(fault.message().key()));
    if warned || !f.value("over_name").is_empty() || !f.value("over_why").is_empty() {
        asks.extend([
            Ask::new(How::Line, "over_name", t.say("updates-over-name")).optional(),
            Ask::new(How::Line, "over_why", t.say("updates-over-why"))
                .hint(t.say("updates-over-hint"))
                .optional(),
        ]);
    }
    asks
}

fn is_warning(key: Key) -> bool {
    key.as_str().starts_with("guard-")
}

/// The form as it begins: what was saved, else what was sent, else how the action stands.
fn begun(view: &UpdateView) -> Filled {
    let told = view.update.draft().or(view.update.told());
    let text = |text: Option<&SafeText>| text.map_or("", SafeText::as_str).to_owned();
    let status = told.map_or(view.action.status(), |told| told.status);
    let evidence: Vec<&str> = told.map_or_else(Vec::new, |told| {
        told.evidence.iter().map(SafeText::as_str).collect()
    });
    let mut typed = Typed::default();
    typed.add("status", status.code());
    typed.add(
        "results",
        &text(told.and_then(|told| told.results.as_ref())),
    );
    typed.add("why", &text(told.and_then(|told| told.why.as_ref())));
    typed.add("evidence", &evidence.join("\n"));
    Filled::new(typed, Vec::new())
}

fn read(form: &mut Form) -> Read<(i64, TellInput)> {
    let version = seen(form);
    let send = form.raw("deed") == "send";
    let status = form.one_of("status", &texts::STATUSES).required();
    let results = safe_text(form, "results", DESCRIPTION_MAX).optional();
    let why = safe_text(form, "why", 2_000).optional();
    let evidence = form
        .parsed("evidence", |text| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines
                .map(|line| SafeText::new("evidence", line, 500).ok())
                .collect::<Option<Vec<_>>>()
        })
        .max(10_000)
        .else_say(Key::new("form-error-text"))
        .optional();
    let name = safe_text(form, "over_name", 200).optional();
    let over = safe_text(form, "over_why", 500).optional();
    let overridden = match (name?, over?) {
        (Some(name), Some(why)) => Some(Overridden { name, why }),
        _ => None,
    };
    let input = TellInput {
        status: status?,
        results: results?,
        why: why?,
        evidence: evidence?.unwrap_or_default(),
        overridden,
        send,
    };
    Ok((version?, input))
}

/// What the desk refused, at the form that was sent. Nothing typed is lost, whatever it was: also when somebody else was first.
fn kept(typed: &Typed, error: DeskError) -> Result<Filled, Problem> {
    match error {
        DeskError::Conflict => {
            Ok(Filled::new(typed.clone(), Vec::new()).refused("", Key::new("updates-conflict")))
        }
        other => refused(typed.clone(), other, &["results", "why"], words),
    }
}

/// The reason why a text counts not; it stays on the page, and it is kept with the update.
fn late(typed: &Typed, error: &RoundError) -> Filled {
    let key = match error {
        RoundError::Accepted => Key::new("updates-late-accepted"),
        _ => Key::new("updates-late-frozen"),
    };
    Filled::new(typed.clone(), Vec::new()).refused("", key)
}

fn id(text: &str) -> Result<UpdateId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

fn address(id: UpdateId) -> String {
    format!("/work/updates/{id}")
}

fn page(work: &Work, view: &UpdateView, f: Filled) -> Result<Page, Problem> {
    let t = work.say();
    // Whoever holds the action and works at the office writes too, and then does not review.
    let own = work.person()?.org == view.update.holder;
    let writes = own && access::permit(&work.actor, UseCase::TellInRound).is_ok();
    let mut above = crumbs(&t);
    let round = t.say_with("rounds-round", "edition", view.round.edition.to_string());
    above.push(Crumb::new(round, format!("/work/rounds/{}", view.round.id)));
    let links = view.links.iter().map(|(whom, until)| {
        let values = [
            ("whom", whom.as_str().into()),
            ("moment", t.moment(*until).into()),
        ];
        t.say_args("updates-link-for", &values)
    });
    Ok(Page {
        frame: work.frame_after(DONE)?,
        crumbs: above,
        id: view.update.id.to_string(),
        s: shown(&work.app, &t, view, &f, writes),
        reviews: view.reviews,
        waits: view.update.state() == UpdateState::Sent,
        delegates: writes && !view.frozen,
        links: links.collect(),
        f,
        t,
    })
}

/// Shows an update.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let view = plan::read_update(&work.app.desk, &work.actor, work.now, id(&text)?).await?;
    let filled = begun(&view);
    html(&page(&work, &view, filled)?)
}

/// Saves or sends.
pub async fn tell(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let input = read(&mut form);
    // The button's name is read whatever is wrong.
    let f = match form.finish(|| input) {
        Err(filled) => filled,
        Ok((seen, input)) => {
            let done = if input.send { "sent" } else { "saved" };
            match plan::tell_round(&work.app.desk, &work.actor, work.now, id, seen, input).await {
                Ok(ToldOutcome::Late(error)) => late(&typed, &error),
                Ok(_) => {
                    return Ok(
                        Redirect::to(&format!("{}?done={done}", address(id))).into_response()
                    );
                }
                Err(error) => kept(&typed, error)?,
            }
        }
    };
    let view = plan::read_update(&work.app.desk, &work.actor, work.now, id).await?;
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(&work, &view, f)?)
}

fn link_page(
    work: &Work,
    view: &UpdateView,
    f: Filled,
    delegate: bool,
) -> Result<FormPage, Problem> {
    let t = work.say();
    let (title, know, what) = match delegate {
        true => ("updates-delegate", "updates-delegate-know", "delegate"),
        false => ("updates-link", "updates-link-know", "link"),
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say(title).into_owned(),
        know: vec![
            t.say(know).into_owned(),
            t.say("updates-link-once").into_owned(),
        ],
        action: format!("{}/{what}", address(view.update.id)),
        hidden: Vec::new(),
        asks: vec![
            Ask::new(How::Line, "whom", t.say("updates-link-whom"))
                .hint(t.say("updates-link-whom-hint")),
        ],
        button: t.say("updates-link-button").into_owned(),
        cancel: address(view.update.id),
        t,
    })
}

async fn ask_link(work: Work, text: &str, delegate: bool) -> Result<Response, Problem> {
    let view = plan::read_update(&work.app.desk, &work.actor, work.now, id(text)?).await?;
    html(&link_page(&work, &view, Filled::blank(), delegate)?)
}

#[derive(Template)]
#[template(path = "work/plan/link.html")]
struct MadePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    path: String,
    back: String,
}

/// Draws the link. It is shown once, on this answer, which no browser keeps.
async fn draw(work: Work, text: &str, body: FormBody, delegate: bool) -> Result<Response, Problem> {
    let id = id(text)?;
    let desk = &work.app.desk;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let whom = safe_text(&mut form, "whom", 200).required();
    let f = match form.finish(|| whom) {
        Err(filled) => filled,
        Ok(whom) => match plan::make_link(desk, &work.actor, work.now, id, whom).await {
            Ok(secret) => {
                let t = work.say();
                return html(&MadePage {
                    frame: work.frame()?,
                    crumbs: crumbs(&t),
                    path: format!("/update/{}", secret.as_str()),
                    back: address(id),
                    t,
                });
            }
            Err(error) => refused(typed, error, &["whom"], words)?,
        },
    };
    let view = plan::read_update(desk, &work.actor, work.now, id).await?;
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &link_page(&work, &view, f, delegate)?,
    )
}

/// Asks for whom a link is made.
pub async fn show_link(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    ask_link(work, &text, false).await
}

/// Makes it.
pub async fn link(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    draw(work, &text, body, false).await
}

/// Asks which colleague writes.
pub async fn show_delegate(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    ask_link(work, &text, true).await
}

/// Gives the writing to a colleague.
pub async fn delegate(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    draw(work, &text, body, true).await
}

/// Takes all links to this update back.
pub async fn links_back(
    work: Work,
    Path(text): Path<String>,
    WorkForm(_): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    plan::take_links_back(&work.app.desk, &work.actor, work.now, id).await?;
    Ok(Redirect::to(&format!("{}?done=links", address(id))).into_response())
}

/// Accepts what was sent.
pub async fn accept(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let mut form = Form::new(body);
    let version = seen(&mut form);
    let seen = form
        .finish(|| version)
        .map_err(|_| Problem::bad_request())?;
    plan::review(
        &work.app.desk,
        &work.actor,
        work.now,
        id,
        seen,
        Review::Accept,
    )
    .await
    .map_err(|error| refused_page(error, words))?;
    Ok(Redirect::to(&format!("{}?done=accepted", address(id))).into_response())
}

fn back_page(work: &Work, view: &UpdateView, f: Filled) -> Result<FormPage, Problem> {
    let t = work.say();
    let (title, know) = match view.frozen {
        true => ("updates-leave-out", "updates-leave-out-know"),
        false => ("updates-back", "updates-back-know"),
    };
    let typed = f.value("seen");
    let version = if typed.is_empty() {
        view.version.to_string()
    } else {
        typed.to_owned()
    };
    Ok(FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        title: t.say(title).into_owned(),
        know: vec![t.say(know).into_owned()],
        action: format!("{}/back", address(view.update.id)),
        hidden: vec![("seen", version)],
        asks: vec![Ask::new(How::Text, "why", t.say("updates-back-why"))],
        button: t.say(title).into_owned(),
        cancel: address(view.update.id),
        t,
    })
}

/// Asks what is to be mended, or after the cut-off why it is left out.
pub async fn show_back(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let view = plan::read_update(&work.app.desk, &work.actor, work.now, id(&text)?).await?;
    html(&back_page(&work, &view, Filled::blank())?)
}

/// Sends it back, or leaves it out.
pub async fn back(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    let desk = &work.app.desk;
    let view = plan::read_update(desk, &work.actor, work.now, id).await?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let version = seen(&mut form);
    let why = safe_text(&mut form, "why", 2_000)
        .or_say(Key::new("plan-no-reason"))
        .required();
    let f = match form.finish(|| Ok((version?, why?))) {
        Err(filled) => filled,
        Ok((seen, why)) => {
            let review = match view.frozen {
                true => Review::LeaveOut(why),
                false => Review::SendBack(why),
            };
            match plan::review(desk, &work.actor, work.now, id, seen, review).await {
                Ok(()) => {
                    return Ok(Redirect::to(&format!("{}?done=back", address(id))).into_response());
                }
                Err(error) => refused(typed, error, &["why"], words)?,
            }
        }
    };
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &back_page(&work, &view, f)?,
    )
}

/// Where a private link arrives: a page with one button, the same for every link, so that a program that only looks at links opens
/// nothing, and the secret goes on in forms only.
pub async fn arrive(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    let lang = language::of_headers(app.shell.settings.tls, &headers);
    let known = secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_hexdigit());
    html(&link_view(
        &app,
        lang,
        if known { secret } else { String::new() },
        Filled::blank(),
        None,
    ))
}

fn link_view(
    app: &App,
    lang: Lang,
    link: String,
    f: Filled,
    view: Option<(&UpdateView, Option<Key>)>,
) -> LinkPage {
    let t = app.shell.say(lang);
    let s = view.map(|(view, done)| Shown {
        done: done.map_or_else(String::new, |key| t.key(key).into_owned()),
        ..shown(app, &t, view, &f, true)
    });
    LinkPage {
        frame: app.shell.public_frame(lang, "/update"),
        f,
        link,
        s,
        typed: String::new(),
        t,
    }
}

/// Opens the update of a link, saves or sends: always by a form.
pub async fn by_link(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: FormBody,
) -> Result<Response, Problem> {
    let lang = language::of_headers(app.shell.settings.tls, &headers);
    steady(by_link_in(&app, lang, body)).await
}

async fn by_link_in(app: &App, lang: Lang, body: FormBody) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let link = form.raw("link").to_owned();
    let deed = form.raw("deed").to_owned();
    let open = || async {
        plan::read_by_link(&app.desk, app.now(), &link)
            .await
            .map_err(refuse)
    };
    if deed == "open" {
        let view = open().await?;
        let f = begun(&view);
        return html(&link_view(app, lang, link.clone(), f, Some((&view, None))));
    }
    let input = read(&mut form);
    let f = match form.finish(|| input) {
        Err(filled) => filled,
        Ok((seen, input)) => {
            let done = match input.send {
                true => Key::new("updates-done-sent"),
                false => Key::new("updates-done-saved"),
            };
            match plan::tell_by_link(&app.desk, app.now(), &link, seen, input).await {
                Ok(ToldOutcome::Late(error)) => late(&typed, &error),
                Ok(_) => {
                    let view = open().await?;
                    let f = begun(&view);
                    return html(&link_view(
                        app,
                        lang,
                        link.clone(),
                        f,
                        Some((&view, Some(done))),
                    ));
                }
                // The link ended while somebody typed: what was typed is shown once more, to be copied.
                Err(DeskError::NotFound { .. }) => {
                    let page = LinkPage {
                        typed: typed.first("results").to_owned(),
                        ..link_view(app, lang, String::new(), Filled::blank(), None)
                    };
                    return html_as(StatusCode::NOT_FOUND, &page);
                }
                Err(error) => kept(&typed, error)?,
            }
        }
    };
    let view = open().await?;
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &link_view(app, lang, link.clone(), f, Some((&view, None))),
    )
}
