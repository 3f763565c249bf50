//! What others share with one's own organisation: the list, one share, and the answers to it.

use ::desk::kept::{Cursor, Store};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::share::{self, Content, ReceivedSummary, Side};
use domain::ids::CaseId;
use domain::share::{Kept, ReceivedState};
use domain::time::dutch_date;

use super::portion::{Part, parts};
use super::sent::kept;
use super::texts;
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb, Deadline, Filter, FilterOption};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::cases::facts::{Fact, Words, deadline};
use crate::work::cases::words_of;
use crate::work::deed::{deed, pressed};
use crate::work::form_page::{Ask, FormPage, How, looked, refused_page, safe_text, seen};
use crate::work::restrictions::{OnlyKept, only_kept};
use crate::work::shelter::words::reference;
use crate::work::{Work, WorkForm, need, requests};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// Longest reason, in characters.
const LONGEST: usize = 1_000;
/// Longest name of a law with its article, in characters.
const LONGEST_LAW: usize = 200;

/// Where a side reads what it received.
fn base(side: Side) -> &'static str {
    match side {
        Side::Care => "/work/shares",
        Side::Service => "/work/service-shares",
    }
}

/// The page of one share.
fn page_of(side: Side, id: &str) -> String {
    format!("{}/{id}", base(side))
}

const DONE: &[(&str, Key)] = &[
    ("accepted", Key::new("shares-done-accepted")),
    ("refused", Key::new("shares-done-refused")),
    ("confirmed", Key::new("shares-done-confirmed")),
    ("only-kept", Key::new("restriction-done-only-kept")),
    ("asked", Key::new("need-done-asked")),
    ("taken-over", Key::new("need-done-taken-over")),
    ("team-added", Key::new("need-done-team-added")),
    ("team-removed", Key::new("need-done-team-removed")),
];

struct Row {
    href: String,
    reference: String,
    from: String,
    purpose: String,
    categories: usize,
    state: String,
    tone: &'static str,
    due: Option<Deadline>,
}

#[derive(Template)]
#[template(path = "work/shares/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    next: String,
}

/// The list; without a state: what asks for something or may be read.
pub(super) async fn list(work: Work, side: Side) -> Result<Response, Problem> {
    let chosen = work.query("state");
    let states: Vec<String> = match chosen {
        "" => ["offered", "accepted", "held", "ended"]
            .map(str::to_owned)
            .to_vec(),
        named if texts::RECEIVED.iter().any(|(code, _)| *code == named) => vec![named.to_owned()],
        _ => return Err(Problem::not_found()),
    };
    let after = Cursor::decode(work.query("next"));
    let inbox = share::list(&work.app.desk, &work.actor, side, states, after.as_ref()).await?;
    let t = work.say();
    let rows: Result<Vec<Row>, Problem> = inbox
        .page
        .rows
        .iter()
        .map(|found| row(&work, side, &t, found))
        .collect();
    let count = |state: &str| {
        let found = inbox.counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, n)| *n)
    };
    let mut options = vec![FilterOption {
        label: t.say("shares-filter-open").into_owned(),
        href: base(side).to_owned(),
        count: ["offered", "accepted", "held", "ended"]
            .map(count)
            .iter()
            .sum(),
        current: chosen.is_empty(),
    }];
    options.extend(texts::RECEIVED.iter().map(|(code, name)| FilterOption {
        label: t.key(*name).into_owned(),
        href: format!("{}?state={code}", base(side)),
        count: count(code),
        current: *code == chosen,
    }));
    options.retain(|option| option.count > 0 || option.current);
    html(&ListPage {
        frame: work.frame_after(DONE)?,
        filters: vec![Filter {
            label: t.say("shelter-filter-state").into_owned(),
            options,
        }],
        rows: rows?,
        next: inbox.page.next.map_or_else(String::new, |next| {
            format!("{}?state={chosen}&next={}", base(side), next.encode())
        }),
        t,
    })
}

fn row(work: &Work, side: Side, t: &Say, found: &::desk::kept::ListRow) -> Result<Row, Problem> {
    let seen: ReceivedSummary =
        serde_json::from_value(found.summary.clone()).map_err(|_| Problem::internal())?;
    let state = found.clear.state.as_str();
    Ok(Row {
        href: page_of(side, &found.id),
        reference: reference(&found.id),
        from: work.app.desk.directory().name(seen.from).to_owned(),
        purpose: texts::purpose(work, t, seen.purpose.as_str()),
        categories: seen.categories,
        state: t.key(texts::received(state)).into_owned(),
        tone: texts::tone(state).class(),
        due: deadline(work, found.clear.due.map(dutch_date)),
    })
}

#[derive(Template)]
#[template(path = "work/shares/received.html")]
struct ReceivedPage {
    only_kept: Vec<OnlyKept>,
    sender_kept: Option<SenderKept>,
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    state: String,
    tone: &'static str,
    what_now: String,
    facts: Vec<Fact>,
    outline: Vec<String>,
    parts: Vec<Part>,
    path: String,
    /// Danger that is there now, and nobody answered yet.
    urgent: bool,
    seeing: Option<need::Seeing>,
    has_team: bool,
    lead: String,
    team: Vec<need::MemberRow>,
    works: bool,
    seen: i64,
    may_answer: bool,
    may_confirm: bool,
}

async fn read(work: &Work, side: Side, id: &str) -> Result<Content, Problem> {
    Ok(share::read(&work.app.desk, &work.actor, work.now, side, id).await?)
}

fn crumbs(t: &Say, side: Side) -> Vec<Crumb> {
    vec![Crumb::new(t.say("nav-shares"), base(side))]
}

/// One share: before acceptance only what kind of data it is.
pub(super) async fn show(work: Work, side: Side, id: String) -> Result<Response, Problem> {
    let record: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    let matter = side.matter(record.uuid());
    let found = share::read(&work.app.desk, &work.actor, work.now, side, &id).await;
    let found = match need::open_or_door(&work, matter, found).await? {
        Ok(found) => found,
        Err(door) => return Ok(door),
    };
    let t = work.say();
    let seeing = need::seeing(&work, &t, matter, found.because).await?;
    let team = need::team(&t, matter, &found.team, found.because);
    let w = words_of(&work, &t);
    let received = &found.received;
    let state = received.state();
    let store = match side {
        Side::Care => Store::K3,
        Side::Service => Store::K5,
    };
    html(&ReceivedPage {
        only_kept: only_kept(&work, &t, store, &found.restricted),
        sender_kept: sender_kept(&w, &found),
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t, side),
        title: t.say_with("shares-in-title", "name", found.from.as_str()),
        state: t.key(texts::received(received.state_name())).into_owned(),
        tone: texts::tone(received.state_name()).class(),
        what_now: what_now(&t, &found),
        facts: facts(&w, &found),
        outline: match found.portion {
            None => texts::outline(&work, &t, &received.outline),
            Some(_) => Vec::new(),
        },
        parts: found
            .portion
            .as_ref()
            .map_or_else(Vec::new, |portion| parts(&w, portion)),
        path: page_of(side, &id),
        urgent: found.urgent && matches!(state, ReceivedState::Offered),
        seeing,
        has_team: found.lead.is_some(),
        lead: found.lead.clone().unwrap_or_default(),
        team,
        works: found.because.may_work(),
        seen: found.version,
        may_answer: matches!(state, ReceivedState::Offered),
        may_confirm: matches!(state, ReceivedState::Ended { .. }),
        t: t.clone(),
    })
}

/// What the sender restricted at the person's request.
struct SenderKept {
    text: String,
    /// Somebody here has still to confirm it.
    confirm: bool,
    confirmed: String,
}

fn sender_kept(w: &Words<'_>, found: &Content) -> Option<SenderKept> {
    let (t, kept) = (w.t, found.only_kept.as_ref()?);
    let held = matches!(found.received.state(), ReceivedState::Held { .. });
    let values = [
        ("what", requests::data(w.work, t, &kept.data).into()),
        ("name", found.from.clone().into()),
        ("date", t.date(kept.since).into()),
    ];
    let mut text = t.say_args("restriction-sender", &values);
    if let Some(last) = kept.last {
        text.push(' ');
        text.push_str(&t.say_with("restriction-notice-last", "date", t.date(last)));
    }
    Some(SenderKept {
        text,
        confirm: kept.confirmed.is_none() && held && found.because.may_work(),
        confirmed: kept.confirmed.map_or_else(String::new, |on| {
            t.say_with("restriction-confirmed", "date", t.date(on))
        }),
    })
}

/// Confirms that what the sender restricted is kept and nothing else.
pub(super) async fn only_kept_here(
    work: Work,
    side: Side,
    id: String,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let seen = pressed(body)?;
    let at = (side, id.as_str());
    share::confirm_only_kept(&work.app.desk, &work.actor, work.now, at, seen)
        .await
        .map_err(|error| refused_page(error, texts::fault))?;
    Ok(to(side, &id, "only-kept"))
}

fn what_now(t: &Say, found: &Content) -> String {
    let state = found.received.state();
    let said = match state {
        ReceivedState::Offered => Key::new("shares-in-now-offered"),
        ReceivedState::Accepted { .. } => Key::new("shares-in-now-accepted"),
        ReceivedState::Held { .. } if found.portion.is_some() => Key::new("shares-in-now-held"),
        ReceivedState::Held { .. } => Key::new("shares-ended-expired"),
        ReceivedState::Refused { .. } => Key::new("shares-in-now-refused"),
        ReceivedState::Gone { .. } => Key::new("shares-in-now-gone"),
        ReceivedState::Ended { .. } => Key::new("shares-in-now-ended"),
        ReceivedState::Confirmed { .. } => Key::new("shares-in-now-confirmed"),
    };
    match texts::why_ended(state) {
        Some(why) => format!("{} {}", t.key(why), t.key(said)),
        None => t.key(said).into_owned(),
    }
}

fn facts(w: &Words<'_>, found: &Content) -> Vec<Fact> {
    let (t, received) = (w.t, &found.received);
    let mut out = vec![
        w.fact(
            Key::new("shares-fact-purpose"),
            texts::purpose(w.work, t, received.purpose.as_str()),
        ),
        w.fact(Key::new("shares-fact-why"), received.why.as_str()),
        w.fact(Key::new("shares-fact-until"), t.date(received.until)),
        w.fact(Key::new("sharing-articles"), received.grounds.join("\n")),
        w.fact(Key::new("shares-came"), t.moment(found.came)),
    ];
    if let Some((on, what)) = &found.corrected {
        let what = texts::outline(w.work, t, what).join(", ");
        let corrected = format!("{}: {what}", t.date(*on));
        out.push(w.fact(Key::new("shares-corrected"), corrected));
    }
    match received.state() {
        ReceivedState::Refused { reason, .. } => {
            out.push(w.fact(Key::new("shares-reason"), reason.as_str()));
        }
        ReceivedState::Confirmed { kept: what, .. } => {
            out.push(w.fact(Key::new("shares-kept"), kept(t, what.as_ref())));
        }
        _ => {}
    }
    out
}

fn to(side: Side, id: &str, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", page_of(side, id))).into_response()
}

/// Accepts.
pub(super) async fn accept(
    work: Work,
    side: Side,
    id: String,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let seen = pressed(body)?;
    share::accept(&work.app.desk, &work.actor, work.now, (side, &id), seen)
        .await
        .map_err(|error| refused_page(error, texts::fault))?;
    Ok(to(side, &id, "accepted"))
}

/// Asks why not.
pub(super) async fn ask_refusal(work: Work, side: Side, id: String) -> Result<Response, Problem> {
    refusal(&work, side, &id, Filled::blank(), StatusCode::OK).await
}

async fn refusal(
    work: &Work,
    side: Side,
    id: &str,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let found = read(work, side, id).await?;
    let t = work.say();
    let asks = vec![
        Ask::new(How::Text, "reason", t.say("shares-refuse-why"))
            .hint(t.say("shares-refuse-why-hint")),
    ];
    let page = FormPage {
        frame: work.frame()?,
        f: f.labelled(labels(&asks)),
        crumbs: crumbs(&t, side),
        title: t.say("shares-refuse-title").into_owned(),
        know: vec![t.say("shares-refuse-lead").into_owned()],
        action: format!("{}/refuse", page_of(side, id)),
        hidden: vec![("seen", found.version.to_string())],
        asks,
        button: t.say("shares-refuse-button").into_owned(),
        cancel: page_of(side, id),
        t,
    };
    html_as(status, &page.guarded())
}

fn labels(asks: &[Ask]) -> Vec<(&'static str, String)> {
    asks.iter()
        .map(|ask| (ask.name, ask.label.clone()))
        .collect()
}

/// Refuses.
pub(super) async fn refuse(
    work: Work,
    side: Side,
    id: String,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let read = |form: &mut Form| {
        let seen = seen(form);
        let reason = safe_text(form, "reason", LONGEST).required();
        let looked = looked(form);
        Ok((seen?, reason?, looked?))
    };
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act =
        |(seen, reason, looked)| share::refuse(desk, actor, now, (side, &id), seen, reason, looked);
    match deed(body, texts::said(&["reason"]), read, act).await? {
        Ok(()) => Ok(to(side, &id, "refused")),
        Err(f) => refusal(&work, side, &id, f, WRONG).await,
    }
}

/// Asks whether anything of it is left.
pub(super) async fn ask_end(work: Work, side: Side, id: String) -> Result<Response, Problem> {
    end(&work, side, &id, Filled::blank(), StatusCode::OK).await
}

async fn end(
    work: &Work,
    side: Side,
    id: &str,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let found = read(work, side, id).await?;
    let t = work.say();
    let left = vec![
        Choice::new("no", t.say("shares-left-no")),
        Choice::new("yes", t.say("shares-left-yes")),
    ];
    let asks = vec![
        Ask::new(How::Radios, "left", t.say("shares-left")).of(left),
        Ask::heading(t.say("shares-left-if")),
        Ask::new(How::Line, "ground", t.say("shares-left-ground"))
            .hint(t.say("shares-left-ground-hint"))
            .optional(),
        Ask::new(How::Text, "what", t.say("shares-left-what"))
            .hint(t.say("shares-left-what-hint"))
            .optional(),
    ];
    let page = FormPage {
        frame: work.frame()?,
        f: f.labelled(labels(&asks)),
        crumbs: crumbs(&t, side),
        title: t.say("shares-end-title").into_owned(),
        know: vec![t.say("shares-end-lead").into_owned()],
        action: format!("{}/confirm", page_of(side, id)),
        hidden: vec![("seen", found.version.to_string())],
        asks,
        button: t.say("shares-end-button").into_owned(),
        cancel: page_of(side, id),
        t,
    };
    html_as(status, &page.guarded())
}

/// Confirms.
pub(super) async fn confirm(
    work: Work,
    side: Side,
    id: String,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let read = |form: &mut Form| {
        let seen = seen(form);
        let left = form
            .one_of("left", &[("no", false), ("yes", true)])
            .required();
        let ground = safe_text(form, "ground", LONGEST_LAW).optional();
        let what = safe_text(form, "what", LONGEST).optional();
        let looked = looked(form);
        let kept = match (left?, ground?, what?) {
            (false, None, None) => None,
            (true, Some(ground), Some(what)) => Some(Kept { ground, what }),
            (false, ..) => return Err(form.note("left", Key::new("shares-fault-left"))),
            (true, None, _) => return Err(form.note("ground", Key::new("shares-fault-ground"))),
            (true, _, None) => return Err(form.note("what", Key::new("shares-fault-what"))),
        };
        Ok((seen?, kept, looked?))
    };
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    let act =
        |(seen, kept, looked)| share::confirm(desk, actor, now, (side, &id), seen, kept, looked);
    match deed(body, texts::said(&["what"]), read, act).await? {
        Ok(()) => Ok(to(side, &id, "confirmed")),
        Err(f) => end(&work, side, &id, f, WRONG).await,
    }
}
