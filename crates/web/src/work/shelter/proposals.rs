//! Proposals for everybody who waits: made on request, read, taken line by line, worked out again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::placement::{self, Again, Certificate, Line, LineNow, Proposal, ProposalRow, Without};
use domain::ids::ShelterRequestId;

use super::nearest::{Nearest, nearest};
use super::{refused, words};
use crate::form::Form;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::{Work, WorkForm};

/// How long a proposal may be worked on: nobody looks at a page that does not come. What is found until then is kept with its bound.
const TIME: Duration = Duration::from_secs(2);

struct Row {
    href: String,
    made: String,
    requests: i64,
    placed: i64,
    unplaced: i64,
    proven: bool,
}

#[derive(Template)]
#[template(path = "work/shelter/proposals.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
}

/// The last proposals, and the button for a new one.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let found = placement::proposals(&work.app.desk, &work.actor)
        .await
        .map_err(refused)?;
    let t = work.say();
    html(&ListPage {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-shelter"), "/work/shelter")],
        rows: found.iter().map(|row| self::row(&t, row)).collect(),
        t,
    })
}

fn row(t: &Say, row: &ProposalRow) -> Row {
    Row {
        href: format!("/work/shelter/proposals/{}", row.id),
        made: t.moment(row.seen.made),
        requests: count(row.seen.requests),
        placed: count(row.seen.placed),
        unplaced: count(row.seen.unplaced),
        proven: row.seen.optimal,
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Makes a proposal.
#[allow(
    clippy::disallowed_methods,
    reason = "a deadline of this request, not a moment that anything is dated with"
)]
pub async fn make(work: Work, WorkForm(_): WorkForm) -> Result<Response, Problem> {
    let begun = Instant::now();
    let late = Arc::new(move || begun.elapsed() >= TIME);
    let id = placement::propose(&work.app.desk, &work.actor, work.now, late)
        .await
        .map_err(refused)?;
    Ok(Redirect::to(&format!("/work/shelter/proposals/{id}?done=made")).into_response())
}

struct LineView {
    href: String,
    request: String,
    reference: String,
    urgency: Option<(String, &'static str)>,
    seats: i64,
    moves: bool,
    room: String,
    place: String,
    minus: Vec<String>,
    state: String,
    tone: &'static str,
    ready: bool,
}

struct WithoutView {
    href: String,
    reference: String,
    urgency: Option<(String, &'static str)>,
    seats: i64,
    blocked: Vec<(String, i64)>,
    nearest: Vec<Nearest>,
    waits: bool,
}

#[derive(Template)]
#[template(path = "work/shelter/proposal.html")]
struct ProposalPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    made: String,
    rules: String,
    proven: bool,
    certificate: String,
    kept: String,
    lines: Vec<LineView>,
    without: Vec<WithoutView>,
    prices: Vec<(String, i64)>,
    again: &'static str,
    again_said: String,
}

/// A proposal.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = placement::read_proposal(&work.app.desk, &work.actor, work.now, &id)
        .await
        .map_err(refused)?;
    html(&page(&work, id, found, None)?)
}

/// Works a proposal out again, and says whether the same came out.
pub async fn recheck(
    work: Work,
    Path(id): Path<String>,
    WorkForm(_): WorkForm,
) -> Result<Response, Problem> {
    let desk = &work.app.desk;
    let again = placement::recheck_proposal(desk, &work.actor, work.now, &id)
        .await
        .map_err(refused)?;
    let found = placement::read_proposal(desk, &work.actor, work.now, &id)
        .await
        .map_err(refused)?;
    let said = again_said(again);
    html(&page(&work, id, found, Some(said))?)
}

/// Takes a line: the room is held, if it still fits.
pub async fn take(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let request = form
        .parsed("request", |text| text.parse::<ShelterRequestId>().ok())
        .required();
    let request = form
        .finish(|| request)
        .map_err(|_| Problem::bad_request())?;
    placement::accept_line(&work.app.desk, &work.actor, work.now, &id, request)
        .await
        .map_err(refused)?;
    Ok(Redirect::to(&format!("/work/shelter/{request}?done=held")).into_response())
}

/// What working something out again gave, in words.
pub fn again_said(again: Option<Again>) -> (&'static str, Key) {
    match again {
        Some(Again::Same) => ("ok", Key::new("shelter-again-same")),
        Some(Again::Different) => ("error", Key::new("shelter-again-different")),
        Some(Again::OtherRules) => ("warning", Key::new("shelter-again-other-rules")),
        None => ("warning", Key::new("shelter-again-erased")),
    }
}

fn page(
    work: &Work,
    id: String,
    found: Proposal,
    again: Option<(&'static str, Key)>,
) -> Result<ProposalPage, Problem> {
    let t = work.say();
    Ok(ProposalPage {
        frame: work.frame_after(&[("made", Key::new("shelter-proposal-made"))])?,
        crumbs: vec![
            Crumb::new(t.say("nav-shelter"), "/work/shelter"),
            Crumb::new(t.say("shelter-proposals"), "/work/shelter/proposals"),
        ],
        id,
        made: t.moment(found.made),
        proven: found.certificate.optimal,
        certificate: certificate(&t, &found.certificate),
        kept: found
            .certificate
            .forgone
            .map_or_else(String::new, |cost| t.say_n("shelter-proposal-kept", cost)),
        lines: found
            .lines
            .iter()
            .map(|line| self::line(work, line))
            .collect(),
        without: found.without.iter().map(|one| without(&t, one)).collect(),
        prices: (found.prices.iter())
            .map(|(shelter, room, price)| {
                let kind = words::shelter_kind(work, *shelter);
                (
                    format!("{kind}, {}", t.key(words::room_kind(*room))),
                    *price,
                )
            })
            .collect(),
        rules: found.rules,
        again: again.as_ref().map_or("", |(tone, _)| tone),
        again_said: again.map_or_else(String::new, |(_, key)| t.key(key).into_owned()),
        t,
    })
}

fn certificate(t: &Say, of: &Certificate) -> String {
    if of.optimal {
        return t.say("shelter-proposal-proven").into_owned();
    }
    // In tenths of a percent, rounded up: what is promised must hold.
    let gap = (of.objective - of.bound).max(0).saturating_mul(1_000);
    let tenths = gap.div_euclid(of.objective.max(1)) + 1;
    let comma = t.say("shelter-decimal");
    t.say_with(
        "shelter-proposal-bound",
        "percent",
        format!("{}{comma}{}", tenths / 10, tenths % 10),
    )
}

fn urgency(t: &Say, level: i64) -> Option<(String, &'static str)> {
    let level = u8::try_from(level).ok().filter(|level| *level > 0)?;
    let tone = words::urgency_tone(level);
    Some((t.key(words::urgency(level)).into_owned(), tone))
}

fn line(work: &Work, line: &Line) -> LineView {
    let t = work.say();
    let (state, tone) = match line.now {
        LineNow::Ready => (Key::new("shelter-line-ready"), "ok"),
        LineNow::Full => (Key::new("shelter-line-full"), "warning"),
        LineNow::Stays => (Key::new("shelter-line-stays"), "neutral"),
        LineNow::Over => (Key::new("shelter-line-over"), "neutral"),
    };
    LineView {
        href: format!("/work/shelter/{}", line.request),
        request: line.request.to_string(),
        reference: words::reference(line.request),
        urgency: urgency(&t, line.urgency),
        seats: count(line.seats),
        moves: line.moves,
        room: line.room.map_or_else(
            || t.say("shelter-line-room-gone").into_owned(),
            |(kind, room, _)| {
                let kind = words::shelter_kind(work, kind);
                format!("{kind}, {}", t.key(words::room_kind(room)))
            },
        ),
        place: line.region.as_ref().map_or_else(
            || t.say("shelter-elsewhere").into_owned(),
            |region| words::word(work, &work.app.desk.vocabulary.regions, region.as_str()),
        ),
        minus: words::minus(&t, &line.because),
        state: t.key(state).into_owned(),
        tone,
        ready: line.now == LineNow::Ready,
    }
}

fn without(t: &Say, one: &Without) -> WithoutView {
    let mut blocked: Vec<(String, i64)> = (one.blocked_by.iter())
        .map(|blocked| {
            let rule = t.key(words::rule(blocked.rule.code())).into_owned();
            (rule, count(blocked.rooms))
        })
        .collect();
    blocked.sort_by_key(|(_, rooms)| std::cmp::Reverse(*rooms));
    WithoutView {
        href: format!("/work/shelter/{}", one.request),
        reference: words::reference(one.request),
        urgency: urgency(t, one.urgency),
        seats: count(one.seats),
        blocked,
        nearest: nearest(t, &one.nearest),
        waits: one.waits,
    }
}
