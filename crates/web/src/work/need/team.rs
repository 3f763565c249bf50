//! The team of a matter: adding a colleague, and taking one off, each with a reason.

use axum::http::StatusCode;
use axum::response::Response;
use desk::need::{self, TeamPage};
use domain::ids::{CaseId, UserId};
use domain::need::{MatterId, REASON_MAX};

use super::back;
use super::ways::{SAID, Sheet, WRONG, reason, show, words};
use crate::form::{Filled, Form, FormBody};
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::Work;
use crate::work::deed::deed;
use crate::work::form_page::{Ask, How, looked, refused_page, safe_text, seen as seen_of};

async fn page(work: &Work, id: MatterId) -> Result<TeamPage, Problem> {
    let (desk, now) = (&work.app.desk, work.now);
    need::team_page(desk, &work.actor, now, id)
        .await
        .map_err(|error| refused_page(error, words))
}

async fn add_sheet(work: &Work, id: MatterId) -> Result<Sheet, Problem> {
    let t = work.say();
    let found = page(work, id).await?;
    let choices: Vec<Choice> = found
        .colleagues
        .into_iter()
        .map(|one| Choice::new(one.user.to_string(), one.name))
        .collect();
    let mut know = vec![t.say("need-team-lead").into_owned()];
    if choices.is_empty() {
        know.push(t.say("need-team-nobody").into_owned());
    }
    let there: Vec<&str> = found
        .members
        .iter()
        .map(|one| one.member.name.as_str())
        .collect();
    if !there.is_empty() {
        know.push(t.say_with("need-team-there", "names", there.join(", ")));
    }
    Ok(Sheet {
        path: "team".to_owned(),
        title: Key::new("need-team-add"),
        know,
        asks: vec![
            Ask::new(How::Select, "user", t.say("need-team-who")).of(choices),
            reason(work, Key::new("need-team-hint")),
        ],
        button: t.say("need-team-add-button").into_owned(),
        seen: Some(found.version),
    })
}

/// Asks whom to add, and why.
pub(super) async fn ask_member(work: Work, id: MatterId) -> Result<Response, Problem> {
    let sheet = add_sheet(&work, id).await?;
    show(&work, id, sheet, Filled::blank(), StatusCode::OK)
}

/// Adds a colleague.
pub(super) async fn add_member(
    work: Work,
    id: MatterId,
    body: FormBody,
) -> Result<Response, Problem> {
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let user = form
            .parsed("user", |code| code.parse::<UserId>().ok())
            .required();
        let reason = safe_text(form, "reason", REASON_MAX).required();
        let looked = looked(form);
        Ok((seen?, user?, reason?, looked?))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, user, reason, looked)| {
        need::add_to_team(desk, &work.actor, now, id, seen, user, reason, looked)
    };
    match deed(body, SAID, read, act).await? {
        Ok(()) => Ok(back(id, "team-added")),
        Err(f) => show(&work, id, add_sheet(&work, id).await?, f, WRONG),
    }
}

fn remove_sheet(work: &Work, member: &str, seen: Option<i64>) -> Sheet {
    let t = work.say();
    Sheet {
        path: format!("team/{member}"),
        title: Key::new("need-team-remove"),
        know: vec![t.say("need-team-remove-lead").into_owned()],
        asks: vec![reason(work, Key::new("need-reason-hint"))],
        button: t.say("need-team-remove-button").into_owned(),
        seen,
    }
}

/// Asks why a colleague leaves the team.
pub(super) async fn ask_removal(
    work: Work,
    id: MatterId,
    member: String,
) -> Result<Response, Problem> {
    let found = page(&work, id).await?;
    let found = found.members.iter().find(|one| one.id == member);
    let found = found.ok_or_else(Problem::not_found)?;
    let sheet = remove_sheet(&work, &found.id, Some(found.version));
    show(&work, id, sheet, Filled::blank(), StatusCode::OK)
}

/// Takes a colleague off the team.
pub(super) async fn remove_member(
    work: Work,
    id: MatterId,
    member: String,
    body: FormBody,
) -> Result<Response, Problem> {
    let member: CaseId = member.parse().map_err(|_| Problem::not_found())?;
    let member = member.to_string();
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let reason = safe_text(form, "reason", REASON_MAX).required();
        let looked = looked(form);
        Ok((seen?, reason?, looked?))
    };
    let (desk, now, which) = (&work.app.desk, work.now, member.as_str());
    let act = |(seen, reason, looked)| {
        need::remove_from_team(desk, &work.actor, now, id, which, seen, reason, looked)
    };
    match deed(body, SAID, read, act).await? {
        Ok(()) => Ok(back(id, "team-removed")),
        Err(f) => show(&work, id, remove_sheet(&work, which, None), f, WRONG),
    }
}
