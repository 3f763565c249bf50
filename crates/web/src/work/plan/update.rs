//! One update of a round: the holder writes and sees what the Chamber will read, signed in or by a private link; the reviewer accepts or
//! sends back. Whatever is refused, what was typed stays on the page.

use askama::Template;
use axum::extract::{FromRequest, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::attachment::Arriving;
use desk::plan::{self, Evidence, Review, TellInput, ToldOutcome, UpdateView};
use desk::{DeskError, UseCase, access};
use domain::SafeText;
use domain::action::{DESCRIPTION_MAX, MOVES};
use domain::ids::{AttachmentId, UpdateId};
use domain::round::{NoticeKind, Overridden, Reviewed, RoundError, Told, UpdateState};

use super::evidence::{self, FileLine};
use super::rounds::{crumbs, state, words};
use super::texts;
use crate::app::App;
use crate::form::{FieldError, Filled, Form, FormBody, Read, TOKEN, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::upload::{self, FILE, NotTaken, Trouble, Upload};
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
    /// Files that show what was reached.
    pub files: Vec<FileLine>,
    /// What the holder heard by itself last, or empty.
    pub notice: String,
    /// Files that can be taken away.
    pub away: Vec<Choice>,
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

pub(super) fn said(t: &Say, told: &Told) -> Words {
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

pub(super) fn shown(app: &App, t: &Say, view: &UpdateView, f: &Filled, writes: bool) -> Shown {
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
        files: evidence::lines(app, t, update),
        notice: notice(t, view),
        away: match open && writes {
            true => evidence::choices(t, update),
            false => Vec::new(),
        },
    }
}

/// What the holder heard by itself, as long as it holds.
fn notice(t: &Say, view: &UpdateView) -> String {
    let missing = view.update.state().is_missing();
    let last = view.update.notices().last().filter(|_| missing);
    let Some(notice) = last else {
        return String::new();
    };
    let key = match notice.kind {
        NoticeKind::Coming if !view.frozen => "updates-notice-coming",
        NoticeKind::Overdue => "updates-notice-overdue",
        NoticeKind::Coming => return String::new(),
    };
    let values = [
        ("moment", t.moment(notice.at).into()),
        ("until", t.moment(view.round.cutoff).into()),
    ];
    t.say_args(key, &values)
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
        Ask::new(How::Line, "title", t.say("updates-file-title"))
            .hint(t.say("updates-file-title-hint"))
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
pub(super) fn begun(view: &UpdateView) -> Filled {
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

fn read(form: &mut Form, send: bool) -> Read<(i64, TellInput)> {
    let version = seen(form);
    // The button's name, and the link of a private page, are read elsewhere.
    form.raw("deed");
    form.raw("link");
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
        other => refused(typed.clone(), other, &["results", "why", "title"], words),
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

pub(super) fn id(text: &str) -> Result<UpdateId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

pub(super) fn address(id: UpdateId) -> String {
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

/// A form as it came: its fields, and the files behind them.
pub(super) struct Came {
    /// What was typed.
    pub typed: Typed,
    /// The files, still on their way.
    pub files: Option<Upload>,
    /// Why the form did not come in whole.
    pub trouble: Option<Trouble>,
}

/// Reads the fields of a form with files or without.
pub(super) async fn came(app: &App, request: Request) -> Result<Came, Problem> {
    if !upload::is_upload(&request) {
        let body = FormBody::from_request(request, &()).await?;
        return Ok(Came {
            typed: body.0,
            files: None,
            trouble: None,
        });
    }
    let mut files = Upload::of(request, &app.shell)?;
    let (typed, came) = files.fields().await;
    Ok(Came {
        typed,
        files: Some(files),
        trouble: came.err(),
    })
}

/// What stands in a form of an update.
pub(super) struct Filling {
    /// The version that was seen.
    pub seen: i64,
    /// What is told.
    pub input: TellInput,
    /// What the files are called.
    pub title: Option<SafeText>,
    /// Which files are taken away.
    pub away: Vec<AttachmentId>,
}

/// Reads a form of an update; what is wrong stands at its fields, and nothing typed is lost.
pub(super) fn filling(typed: &Typed, send: bool) -> Result<Filling, Filled> {
    let away: Option<Vec<AttachmentId>> =
        typed.all("away").iter().map(|id| id.parse().ok()).collect();
    let mut rest = typed.clone();
    rest.remove("away");
    let mut form = Form::of(rest);
    let input = read(&mut form, send);
    let title = safe_text(&mut form, "title", 200).optional();
    let read = form.finish(|| Ok((input?, title?)));
    let again = |filled: Filled| Filled::new(typed.clone(), filled.errors().to_vec());
    let ((seen, input), title) = read.map_err(again)?;
    let away = away.ok_or_else(|| {
        Filled::new(typed.clone(), Vec::new()).refused("away", Key::new("form-error-choice"))
    })?;
    Ok(Filling {
        seen,
        input,
        title,
        away,
    })
}

/// The form once more, with what is wrong with its files.
pub(super) fn with_trouble(typed: &Typed, trouble: Trouble) -> (StatusCode, Filled) {
    let wrong = vec![FieldError::new(FILE, trouble.message_for_papers())];
    (trouble.status(), Filled::new(typed.clone(), wrong))
}

/// Saves, or sends when the form says so.
pub async fn tell(
    work: Work,
    Path(text): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    upload::to_the_end(tell_all(work, id, request, false)).await
}

/// Sends.
pub async fn send(
    work: Work,
    Path(text): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let id = id(&text)?;
    upload::to_the_end(tell_all(work, id, request, true)).await
}

async fn tell_all(
    work: Work,
    id: UpdateId,
    request: Request,
    send: bool,
) -> Result<Response, Problem> {
    let Came {
        typed,
        files,
        trouble,
    } = came(&work.app, request).await?;
    let sound = work.app.tokens.check(work.session(), typed.first(TOKEN));
    let send = send || typed.first("deed") == "send";
    let (status, f) = match (sound, trouble, filling(&typed, send)) {
        (Ok(()), None, Ok(filling)) => match told(&work, id, &typed, filling, files).await? {
            Ok(done) => {
                return Ok(Redirect::to(&format!("{}?done={done}", address(id))).into_response());
            }
            Err(wrong) => wrong,
        },
        (sound, trouble, filling) => {
            if let Some(files) = files {
                files.read_on().await;
            }
            sound?;
            match (trouble, filling) {
                (Some(trouble), _) => with_trouble(&typed, trouble),
                (None, Err(f)) => (StatusCode::UNPROCESSABLE_ENTITY, f),
                (None, Ok(_)) => return Err(Problem::bad_request()),
            }
        }
    };
    let view = plan::read_update(&work.app.desk, &work.actor, work.now, id).await?;
    html_as(status, &page(&work, &view, f)?)
}

/// What was done, or the form with what is wrong.
pub(super) type Answered = Result<&'static str, (StatusCode, Filled)>;

async fn told(
    work: &Work,
    id: UpdateId,
    typed: &Typed,
    filling: Filling,
    files: Option<Upload>,
) -> Result<Answered, Problem> {
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let arriving = match plan::receive_evidence(desk, actor, now, id).await {
        Ok(arriving) => arriving,
        Err(error) => {
            if let Some(files) = files {
                files.read_on().await;
            }
            return Err(error.into());
        }
    };
    let with_files = files.is_some();
    let evidence = match poured(typed, arriving, &filling, files).await? {
        Ok(evidence) => evidence,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let came = !evidence.files.whole().is_empty();
    let done = if filling.input.send { "sent" } else { "saved" };
    let Filling { seen, input, .. } = filling;
    let told = plan::tell_round_with(desk, actor, now, id, seen, input, evidence).await;
    answered(typed, told, with_files && came, done)
}

/// The files of a form, handed to the desk as they come.
pub(super) async fn poured(
    typed: &Typed,
    arriving: Arriving,
    filling: &Filling,
    files: Option<Upload>,
) -> Result<Result<Evidence, (StatusCode, Filled)>, Problem> {
    let arriving = match files {
        None => Ok(arriving),
        Some(files) => files.pour(arriving).await,
    };
    match arriving {
        Ok(files) => Ok(Ok(Evidence {
            files,
            title: filling.title.clone(),
            away: filling.away.clone(),
        })),
        Err(NotTaken::Trouble(trouble)) => Ok(Err(with_trouble(typed, trouble))),
        Err(NotTaken::Desk(error)) => Err(error.into()),
    }
}

/// What became of what was told, for the page.
pub(super) fn answered(
    typed: &Typed,
    told: Result<ToldOutcome, DeskError>,
    with_files: bool,
    done: &'static str,
) -> Result<Answered, Problem> {
    let wrong = |f: Filled| {
        // Whatever is wrong with the text, the files of this sending were not kept.
        let f = match with_files {
            true => f.refused(FILE, Key::new("updates-files-again")),
            false => f,
        };
        Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, f)))
    };
    match told {
        Ok(ToldOutcome::Late(error)) => wrong(late(typed, &error)),
        Ok(_) => Ok(Ok(done)),
        Err(error) => match NotTaken::from(error) {
            NotTaken::Trouble(trouble) => Ok(Err(with_trouble(typed, trouble))),
            NotTaken::Desk(error) => wrong(kept(typed, error)?),
        },
    }
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
