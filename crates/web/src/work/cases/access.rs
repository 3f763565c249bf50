//! Need to know: the page of a case that one may not open, and the ways to come to it: taking it over, asking to join the team, breaking
//! the glass. And the team itself.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::case::{self, ClosedDoor, Dossier};
use desk::glass;
use desk::sign_in::{actor_of, refresh_factor, require_fresh};
use domain::ids::{BreakGlassId, CaseId, UserId};
use domain::need::{Because, GlassState, REASON_MAX, Refusal, Way};

use super::sheet::{Ask, Sheet, Values, at_fields, refusal, seen_and_looked, text};
use super::{back, case_id, crumbs, list, read, reference};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::pressed;
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/cases/door.html")]
struct DoorPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    state: String,
    lead: String,
    why: String,
    ways: Vec<WayRow>,
    suspended: bool,
}

/// A way to come to a case: what it is, what it does, and where.
struct WayRow {
    title: String,
    text: String,
    href: String,
    button: String,
}

/// What a redirect to the closed door can tell.
const DONE: &[(&str, Key)] = &[("asked", Key::new("need-done-asked"))];

/// The page of a case that is not open to this reader: why not, and what to do. No error, and nothing about a person.
pub(super) async fn closed_door(work: &Work, id: CaseId) -> Result<Response, Problem> {
    let door = case::closed_door(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let page = DoorPage {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t),
        title: t.say_with("cases-case", "reference", reference(id)),
        state: list::state_name(work, &t, door.state),
        lead: door.lead.clone().unwrap_or_default(),
        why: t.key(why_not(door.refusal)).into_owned(),
        ways: ways(&t, &door),
        suspended: door.suspended && door.ways.contains(&Way::BreakGlass),
        t,
    };
    html_as(StatusCode::FORBIDDEN, &page)
}

fn why_not(refusal: Refusal) -> Key {
    match refusal {
        Refusal::NotAssigned { .. } | Refusal::OtherOrganisation => {
            Key::new("need-why-not-assigned")
        }
        Refusal::NobodyLeads => Key::new("need-why-nobody"),
        Refusal::SentBack => Key::new("need-why-sent-back"),
    }
}

fn ways(t: &Say, door: &ClosedDoor) -> Vec<WayRow> {
    let base = format!("/work/cases/{}", door.id);
    let made = |title: Key, text: Key, path: &str, button: Key| WayRow {
        title: t.key(title).into_owned(),
        text: t.key(text).into_owned(),
        href: format!("{base}/{path}"),
        button: t.key(button).into_owned(),
    };
    let shown = door
        .ways
        .iter()
        .filter(|way| !(door.suspended && **way == Way::BreakGlass));
    shown
        .map(|way| match way {
            Way::TakeOver => made(
                Key::new("need-take-over"),
                match door.lead.is_some() && !door.lead_is_absent {
                    true => Key::new("need-take-over-text"),
                    false => Key::new("need-take-over-free"),
                },
                "take-over",
                Key::new("need-take-over-button"),
            ),
            Way::AskTeam => made(
                Key::new("need-ask"),
                Key::new("need-ask-text"),
                "ask",
                Key::new("need-ask-button"),
            ),
            Way::BreakGlass => made(
                Key::new("need-glass"),
                Key::new("need-glass-text"),
                "break-glass",
                Key::new("need-glass-button"),
            ),
        })
        .collect()
}

/// The sheet behind a way. It asks nothing of the case itself: whoever fills it in may not open it yet.
fn sheet(
    work: &Work,
    id: CaseId,
    path: &str,
    title: Key,
    lead: Key,
    button: Key,
    hint: Key,
) -> Result<Sheet, Problem> {
    let t = work.say();
    let sheet = Sheet::new(work, Some(id), path, title, button)?;
    let reason = Ask::lines("reason", t.say("need-reason")).hint(t.key(hint));
    Ok(sheet.lead(t.key(lead)).asks(vec![reason]))
}

fn take_over_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    sheet(
        work,
        id,
        "/take-over",
        Key::new("need-take-over"),
        Key::new("need-take-over-lead"),
        Key::new("need-take-over-button"),
        Key::new("need-take-over-hint"),
    )
}

/// Asks why a case is taken over.
pub(super) async fn ask_take_over(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let version = case::version(&work.app.desk, &work.actor, id).await?;
    take_over_sheet(&work, id)?.show(Values::seen(version).filled())
}

/// Takes over the coordination.
pub(super) async fn take_over(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let reason = text(&mut form, "reason", REASON_MAX).optional();
    let (seen, reason, looked) = match form.finish(|| Ok((seen?, reason?, looked?))) {
        Ok(read) => read,
        Err(filled) => return take_over_sheet(&work, id)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::take_over(desk, actor, work.now, id, seen, reason, looked).await {
        Ok(()) => Ok(back(id, "taken-over")),
        Err(error) => take_over_sheet(&work, id)?.show(at_fields(error, typed, &["reason"])?),
    }
}

fn join_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    sheet(
        work,
        id,
        "/ask",
        Key::new("need-ask"),
        Key::new("need-ask-text"),
        Key::new("need-ask-button"),
        Key::new("need-reason-hint"),
    )
}

/// Asks why somebody wants to join the team.
pub(super) async fn ask_join(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    case::version(&work.app.desk, &work.actor, id).await?;
    join_sheet(&work, id)?.show(Values::default().filled())
}

/// Tells whoever leads the case that a colleague asks to join.
pub(super) async fn join(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let looked = form.flag(super::sheet::LOOKED).read();
    let reason = text(&mut form, "reason", REASON_MAX).required();
    let (reason, looked) = match form.finish(|| Ok((reason?, looked?))) {
        Ok(read) => read,
        Err(filled) => return join_sheet(&work, id)?.show(filled),
    };
    match case::ask_to_join(&work.app.desk, &work.actor, work.now, id, reason, looked).await {
        Ok(()) => Ok(back(id, "asked")),
        Err(error) => join_sheet(&work, id)?.show(at_fields(error, typed, &["reason"])?),
    }
}

fn glass_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    let made = sheet(
        work,
        id,
        "/break-glass",
        Key::new("need-glass"),
        Key::new("need-glass-lead"),
        Key::new("need-glass-button"),
        Key::new("need-glass-hint"),
    )?;
    let made = made.lead(t.say("need-glass-after")).danger();
    Ok(match require_fresh(&work.actor, work.now) {
        Ok(()) => made,
        Err(_) => made.asks(vec![
            Ask::line("totp", t.say("sign-in-code")).hint(t.say("sign-in-code-hint")),
        ]),
    })
}

/// Asks why the glass is broken; and for the second factor, when it was not shown just now.
pub(super) async fn ask_glass(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    case::version(&work.app.desk, &work.actor, id).await?;
    glass_sheet(&work, id)?.show(Values::default().filled())
}

/// Breaks the glass.
pub(super) async fn break_glass(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let mut kept = body.0.clone();
    kept.remove("totp");
    let typed = Filled::new(kept, Vec::new());
    let mut form = Form::new(body);
    let looked = form.flag(super::sheet::LOOKED).read();
    let code = form.line("totp").max(12).optional();
    let reason = text(&mut form, "reason", REASON_MAX).required();
    let (reason, looked, code) = match form.finish(|| Ok((reason?, looked?, code?))) {
        Ok(read) => read,
        Err(filled) => return glass_sheet(&work, id)?.show(filled),
    };
    let app = Arc::clone(&work.app);
    let mut actor = work.actor.clone();
    if let Some(code) = code {
        match refresh_factor(&app.desk, work.now, work.session(), &code).await {
            Ok(()) => {}
            Err(DeskError::SignInRefused) => {
                let filled = typed.refused("totp", Key::new("sign-in-code-refused"));
                return glass_sheet(&work, id)?.show(filled);
            }
            Err(error) => return Err(refusal(error)),
        }
        actor = actor_of(&app.desk, work.now, work.session())
            .await?
            .ok_or_else(Problem::sign_in)?;
    }
    match glass::break_glass(&app.desk, &actor, work.now, id, reason, looked).await {
        Ok(_) => Ok(back(id, "glass-broken")),
        Err(DeskError::FreshFactorNeeded) => {
            let filled = typed.refused("totp", Key::new("need-glass-factor"));
            glass_sheet(&work, id)?.show(filled)
        }
        Err(error) => glass_sheet(&work, id)?.show(at_fields(error, typed, &["reason"])?),
    }
}

/// Whoever looks has seen enough.
pub(super) async fn end_glass(
    work: Work,
    Path((id, which)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    case_id(&id)?;
    let which: BreakGlassId = which.parse().map_err(|_| Problem::not_found())?;
    let seen = pressed(body)?;
    glass::end(&work.app.desk, &work.actor, work.now, which, seen)
        .await
        .map_err(refusal)?;
    Ok(Redirect::to("/work/cases?done=glass-ended").into_response())
}

/// Why the reader sees this case, when it is not simply hers; and the way to end a look behind broken glass.
pub(super) struct Seeing {
    pub(super) text: String,
    pub(super) looks_only: bool,
    pub(super) end: String,
    pub(super) version: i64,
}

/// What the dossier says of that.
pub(super) async fn seeing(
    work: &Work,
    t: &Say,
    id: CaseId,
    because: Because,
) -> Result<Option<Seeing>, Problem> {
    let said = |text: String| Seeing {
        text,
        looks_only: false,
        end: String::new(),
        version: 0,
    };
    Ok(match because {
        Because::Leads | Because::Arrived | Because::Answered => None,
        Because::Team => Some(said(t.say("need-because-team").into_owned())),
        Because::OnDuty { until } => {
            let until = t.moment(until);
            Some(said(t.say_with("need-because-duty", "until", until)))
        }
        Because::BreakGlass { until } => {
            let mine = glass::mine(&work.app.desk, &work.actor, work.now, id).await?;
            let (end, version) = mine.map_or((String::new(), 0), |(glass, version)| {
                (
                    format!("/work/cases/{id}/break-glass/{}/end", glass.id),
                    version,
                )
            });
            let until = t.moment(until);
            Some(Seeing {
                looks_only: true,
                end,
                version,
                ..said(t.say_with("need-because-glass", "until", until))
            })
        }
    })
}

/// Somebody on the team, in the dossier.
pub(super) struct MemberRow {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) reason: String,
    pub(super) remove: String,
}

/// Who is on the team now.
pub(super) fn team(t: &Say, dossier: &Dossier, base: &str) -> Vec<MemberRow> {
    let on = dossier.team.iter().filter(|one| one.member.left.is_none());
    on.map(|one| MemberRow {
        name: one.member.name.clone(),
        about: t.say_with("cases-since", "date", t.date_of(one.member.added.at)),
        reason: one.member.reason.as_str().to_owned(),
        remove: match dossier.because.may_work() {
            true => format!("{base}/team/{}", one.id),
            false => String::new(),
        },
    })
    .collect()
}

/// What happened around access, for the timeline.
pub(super) fn events(t: &Say, dossier: &Dossier) -> Vec<(jiff::Timestamp, Event)> {
    let event = |at, title: String, who: &str, body: &str| {
        let event = Event {
            when: t.moment(at),
            title,
            who: who.to_owned(),
            body: body.to_owned(),
        };
        (at, event)
    };
    let mut out = Vec::new();
    for one in &dossier.team {
        let member = &one.member;
        let title = t.say_with("need-event-added", "name", member.name.as_str());
        out.push(event(member.added.at, title, "", member.reason.as_str()));
        if let Some(left) = &member.left {
            let title = t.say_with("need-event-left", "name", member.name.as_str());
            out.push(event(left.by.at, title, "", left.reason.as_str()));
        }
    }
    for one in &dossier.glass {
        let glass = &one.glass;
        let title = t.say("need-event-glass").into_owned();
        let reason = glass.reason.as_str();
        out.push(event(glass.opened.at, title, &one.name, reason));
        if let GlassState::Reviewed { review, .. } = glass.state() {
            let title = t.key(super::texts::reviewed(review.outcome)).into_owned();
            out.push(event(review.by.at, title, "", review.reason.as_str()));
        }
    }
    for taken in &dossier.taken_over {
        let title = t.say("need-event-taken-over").into_owned();
        let reason = taken.reason.as_ref().map_or("", |reason| reason.as_str());
        out.push(event(taken.by.at, title, &taken.name, reason));
    }
    out
}

async fn add_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    let colleagues = case::colleagues(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refusal)?;
    let choices: Vec<Choice> = colleagues
        .into_iter()
        .map(|one| Choice::new(one.user.to_string(), one.name))
        .collect();
    let made = Sheet::new(
        work,
        Some(id),
        "/team",
        Key::new("need-team-add"),
        Key::new("need-team-add-button"),
    )?;
    let made = made.lead(t.say("need-team-lead"));
    Ok(match choices.is_empty() {
        true => made.lead(t.say("need-team-nobody")),
        false => made,
    }
    .asks(vec![
        Ask::pick("user", t.say("need-team-who"), choices),
        Ask::lines("reason", t.say("need-reason")).hint(t.say("need-team-hint")),
    ]))
}

/// Asks whom to add to the team, and why.
pub(super) async fn ask_member(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let sheet = add_sheet(&work, id).await?;
    sheet.show(Values::seen(dossier.version).filled())
}

/// Adds a colleague to the team.
pub(super) async fn add_member(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let user = form
        .parsed("user", |code| code.parse::<UserId>().ok())
        .required();
    let reason = text(&mut form, "reason", REASON_MAX).required();
    let read = form.finish(|| Ok((seen?, user?, reason?, looked?)));
    let (seen, user, reason, looked) = match read {
        Ok(read) => read,
        Err(filled) => return add_sheet(&work, id).await?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::add_to_team(desk, actor, work.now, id, seen, user, reason, looked).await {
        Ok(()) => Ok(back(id, "team-added")),
        Err(error) => {
            let filled = at_fields(error, typed, &["user", "reason"])?;
            add_sheet(&work, id).await?.show(filled)
        }
    }
}

fn remove_sheet(work: &Work, id: CaseId, member: &str) -> Result<Sheet, Problem> {
    let t = work.say();
    let path = format!("/team/{member}");
    let made = Sheet::new(
        work,
        Some(id),
        &path,
        Key::new("need-team-remove"),
        Key::new("need-team-remove-button"),
    )?;
    let reason = Ask::lines("reason", t.say("need-reason")).hint(t.say("need-reason-hint"));
    Ok(made
        .lead(t.say("need-team-remove-lead"))
        .asks(vec![reason])
        .danger())
}

/// Asks why a colleague leaves the team.
pub(super) async fn ask_removal(
    work: Work,
    Path((id, member)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let on = |one: &&case::MemberView| one.id == member && one.member.left.is_none();
    let found = dossier.team.iter().find(on);
    let found = found.ok_or_else(Problem::not_found)?;
    remove_sheet(&work, id, &found.id)?.show(Values::seen(found.version).filled())
}

/// Takes a colleague off the team.
pub(super) async fn remove_member(
    work: Work,
    Path((id, member)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let member: CaseId = case_id(&member)?;
    let member = member.to_string();
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let reason = text(&mut form, "reason", REASON_MAX).required();
    let read = form.finish(|| Ok((seen?, reason?, looked?)));
    let (seen, reason, looked) = match read {
        Ok(read) => read,
        Err(filled) => return remove_sheet(&work, id, &member)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    let done = case::remove_from_team(desk, actor, work.now, id, &member, seen, reason, looked);
    match done.await {
        Ok(()) => Ok(back(id, "team-removed")),
        Err(error) => {
            let filled = at_fields(error, typed, &["reason"])?;
            remove_sheet(&work, id, &member)?.show(filled)
        }
    }
}
