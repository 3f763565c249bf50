//! What a shelter is asked: holds on its own rooms, its answers, arrival and departure.

use ::desk::kept::Cursor;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::UseCase;
use desk::placement::{self, PlacementSummary};
use domain::ids::PlacementId;
use domain::placement::PlacementState;

use super::deed::pressed;
use super::shelter::despite::{self, Line};
use super::shelter::reason::{self, Asked, Given};
use super::shelter::{id, refused, words};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Event, Filter, FilterOption};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::work::shelter::words::reference;
use crate::work::{Work, WorkForm};

/// The pages of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/holds", UseCase::ListHolds, list)
        .get("/work/holds/{id}", UseCase::ListHolds, show)
        .post("/work/holds/{id}/accept", UseCase::AnswerHold, accept)
        .get("/work/holds/{id}/refuse", UseCase::AnswerHold, refuse_form)
        .post("/work/holds/{id}/refuse", UseCase::AnswerHold, refuse)
        .post("/work/holds/{id}/arrive", UseCase::RecordStay, arrive)
        .get("/work/holds/{id}/leave", UseCase::RecordStay, leave_form)
        .post("/work/holds/{id}/leave", UseCase::RecordStay, leave)
}

const STATES: &[&str] = &[
    "held",
    "accepted_by_shelter",
    "accepted_by_client",
    "travelling",
    "arrived",
    "left",
    "refused",
    "declined",
    "expired",
    "withdrawn",
];

struct Row {
    href: String,
    reference: String,
    state: String,
    tone: &'static str,
    seats: i64,
    until: String,
    reason: String,
    relaxed: bool,
}

#[derive(Template)]
#[template(path = "work/holds/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    filters: Vec<Filter>,
    rows: Vec<Row>,
    no_more: Vec<Line>,
    next: Option<String>,
}

/// The list; without a state: what waits for an answer.
async fn list(work: Work) -> Result<Response, Problem> {
    let state = match work.query("state") {
        "" => "held",
        named if STATES.contains(&named) => named,
        _ => return Err(Problem::not_found()),
    };
    let after = Cursor::decode(work.query("next"));
    let (page, counts) =
        placement::list_holds(&work.app.desk, &work.actor, Some(state), after.as_ref())
            .await
            .map_err(refused)?;
    let no_more = placement::holds_that_fit_no_more(&work.app.desk, &work.actor, work.now)
        .await
        .map_err(refused)?;
    let t = work.say();
    let mut rows = Vec::new();
    for found in &page.rows {
        let seen: PlacementSummary =
            serde_json::from_value(found.summary.clone()).map_err(|_| Problem::internal())?;
        let (key, tone) = words::placement_state(&found.clear.state);
        rows.push(Row {
            href: format!("/work/holds/{}", found.id),
            reference: reference(&found.id),
            state: t.key(key).into_owned(),
            tone: tone.class(),
            seats: i64::from(seen.seats),
            until: found
                .clear
                .due
                .map_or_else(String::new, |due| t.moment(due)),
            reason: seen.reason.map_or_else(String::new, |code| {
                words::ending(&work, &found.clear.state, &code)
            }),
            relaxed: seen.relaxed,
        });
    }
    let options = STATES
        .iter()
        .map(|name| FilterOption {
            label: t.key(words::placement_state(name).0).into_owned(),
            href: format!("/work/holds?state={name}"),
            count: counts
                .iter()
                .find(|(s, _)| s == name)
                .map_or(0, |(_, n)| *n),
            current: *name == state,
        })
        .filter(|option| option.count > 0 || option.current)
        .collect();
    html(&ListPage {
        frame: work.frame_after(&[
            ("refused", Key::new("holds-done-refused")),
            ("left", Key::new("holds-done-left")),
        ])?,
        filters: vec![Filter {
            label: t.say("shelter-filter-state").into_owned(),
            options,
        }],
        no_more: despite::listed(&t, &no_more, |one| {
            let page = format!("/work/holds/{}", one.placement);
            (page, reference(&one.placement))
        }),
        rows,
        next: page
            .next
            .map(|next| format!("/work/holds?state={state}&next={}", next.encode())),
        t,
    })
}

#[derive(Template)]
#[template(path = "work/holds/hold.html")]
struct HoldPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    reference: String,
    version: i64,
    state: String,
    tone: &'static str,
    until: String,
    facts: Vec<(String, String)>,
    relaxed: Vec<String>,
    relaxed_because: String,
    misfit: Vec<String>,
    kept: Vec<String>,
    events: Vec<Event>,
    may_answer: bool,
    may_arrive: bool,
    may_leave: bool,
}

async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let d = placement::read_hold(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refused)?;
    let t = work.say();
    let v = &work.app.desk.vocabulary;
    let (key, tone) = words::placement_state(d.placement.state_name());
    let who = &d.arriving;
    let mut facts = vec![
        (
            t.say("holds-where").into_owned(),
            format!("{}, {}", d.location.as_str(), d.room.as_str()),
        ),
        (
            t.say("shelter-persons").into_owned(),
            words::persons(&work, who.persons.iter().copied()),
        ),
        (
            t.say("shelter-urgency").into_owned(),
            t.key(words::urgency(who.urgency)).into_owned(),
        ),
        (
            t.say("shelter-security").into_owned(),
            words::word(&work, &v.security_levels, &words::code_of(&who.security)),
        ),
        (
            t.say("shelter-care").into_owned(),
            words::word_list(&work, &v.care_kinds, who.care.iter().map(words::code_of)),
        ),
        (
            t.say("shelter-wheelchair").into_owned(),
            words::yes_no(&t, who.wheelchair),
        ),
        (
            t.say("shelter-pets").into_owned(),
            words::yes_no(&t, who.pets),
        ),
        (
            t.say("shelter-languages").into_owned(),
            words::word_list(
                &work,
                &v.languages,
                who.languages.iter().map(ToString::to_string),
            ),
        ),
    ];
    if let Some(because) = &d.placement.because {
        facts.push((
            t.say("holds-because").into_owned(),
            because.as_str().to_owned(),
        ));
    }
    facts.retain(|(_, value)| !value.is_empty());
    let alive = d
        .placement
        .held_until()
        .is_some_and(|until| work.now < until);
    html(&HoldPage {
        frame: work.frame_after(&[
            ("accepted", Key::new("holds-done-accepted")),
            ("arrived", Key::new("holds-done-arrived")),
        ])?,
        crumbs: vec![Crumb::new(t.say("nav-holds"), "/work/holds")],
        id: id.to_string(),
        reference: reference(id),
        version: d.version,
        state: t.key(key).into_owned(),
        tone: tone.class(),
        until: d
            .placement
            .held_until()
            .map_or_else(String::new, |until| t.moment(until)),
        facts,
        relaxed: d
            .relaxed
            .iter()
            .map(|rule| t.key(words::rule(rule)).into_owned())
            .collect(),
        relaxed_because: d.relaxed_because.map(String::from).unwrap_or_default(),
        misfit: despite::lines(&t, d.misfit.as_ref()),
        kept: (d.placement.despite.iter())
            .map(|one| super::shelter::kept(&work, one))
            .collect(),
        events: super::shelter::events(&work, &d.placement),
        may_answer: alive && matches!(d.placement.state(), PlacementState::Held { .. }),
        may_arrive: matches!(d.placement.state(), PlacementState::Travelling { .. }),
        may_leave: matches!(d.placement.state(), PlacementState::Arrived { .. }),
        t,
    })
}

async fn accept(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    placement::accept(&work.app.desk, &work.actor, work.now, id, pressed(body)?)
        .await
        .map_err(refused)?;
    Ok(Redirect::to(&format!("/work/holds/{id}?done=accepted")).into_response())
}

async fn arrive(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    placement::arrive(&work.app.desk, &work.actor, work.now, id, pressed(body)?)
        .await
        .map_err(refused)?;
    Ok(Redirect::to(&format!("/work/holds/{id}?done=arrived")).into_response())
}

fn refusal(work: &Work, id: PlacementId) -> Asked {
    Asked {
        title: Key::new("holds-refuse"),
        lead: Key::new("holds-refuse-lead"),
        button: Key::new("holds-refuse"),
        choices: words::choices(work, &work.app.desk.vocabulary.refusal_reasons),
        action: format!("/work/holds/{id}/refuse"),
        back: format!("/work/holds/{id}"),
        reference: reference(id),
    }
}

async fn refuse_form(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let asked = refusal(&work, id(&text)?);
    reason::show(&work, asked)
}

async fn refuse(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act =
        |given: Given| placement::refuse(desk, &work.actor, now, id, given.seen, given.reason);
    let asked = async { Ok(refusal(&work, id)) };
    match reason::take(&work, body, asked, act).await? {
        Some(again) => Ok(again),
        None => Ok(Redirect::to("/work/holds?done=refused").into_response()),
    }
}

fn leaving(work: &Work, id: PlacementId) -> Asked {
    Asked {
        title: Key::new("holds-leave"),
        lead: Key::new("holds-leave-lead"),
        button: Key::new("holds-leave"),
        choices: words::choices(work, &work.app.desk.vocabulary.leaving_reasons),
        action: format!("/work/holds/{id}/leave"),
        back: format!("/work/holds/{id}"),
        reference: reference(id),
    }
}

async fn leave_form(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let asked = leaving(&work, id(&text)?);
    reason::show(&work, asked)
}

async fn leave(
    work: Work,
    Path(text): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id: PlacementId = id(&text)?;
    let (desk, now) = (&work.app.desk, work.now);
    let act = |given: Given| placement::leave(desk, &work.actor, now, id, given.seen, given.reason);
    let asked = async { Ok(leaving(&work, id)) };
    match reason::take(&work, body, asked, act).await? {
        Some(again) => Ok(again),
        None => Ok(Redirect::to("/work/holds?done=left").into_response()),
    }
}
