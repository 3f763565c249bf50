//! One's own account: who one is here, where one is signed in, a new password.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::accounts;
use desk::sign_in::{FRESH, IDLE};
use desk::{DeskError, UseCase};
use jiff::Timestamp;

use crate::form::{FieldError, Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::routes::Routes;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::{Work, WorkForm};

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/work/account", UseCase::OwnAccount, show)
        .post(
            "/work/account/password",
            UseCase::OwnAccount,
            change_password,
        )
        .post(
            "/work/account/end-sessions",
            UseCase::OwnAccount,
            end_sessions,
        )
}

struct RoleLine {
    name: String,
    task: String,
}

struct SessionLine {
    began: Timestamp,
    used: Timestamp,
    ends: Timestamp,
}

#[derive(Template)]
#[template(path = "work/account/account.html")]
struct AccountPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    roles: Vec<RoleLine>,
    sessions: Vec<SessionLine>,
    factor_shown: Timestamp,
    factor_fresh: bool,
}

const DONE: &[(&str, Key)] = &[("fresh", Key::new("account-done-fresh"))];

/// Shows the account.
pub async fn show(work: Work) -> Result<Response, Problem> {
    html(&page(&work, Filled::blank()).await?)
}

async fn page(work: &Work, f: Filled) -> Result<AccountPage, Problem> {
    let person = work.person()?;
    let fresh_until = person
        .strong_at
        .saturating_add(FRESH)
        .unwrap_or(Timestamp::MAX);
    let sessions = accounts::own_sessions(&work.app.desk, &work.actor).await?;
    Ok(AccountPage {
        t: work.say(),
        frame: work.frame_after(DONE)?,
        f,
        roles: person
            .roles
            .iter()
            .map(|role| role_line(work, role.code()))
            .collect(),
        sessions: sessions
            .into_iter()
            .filter(|session| session.expires > work.now)
            .map(|session| SessionLine {
                began: session.created,
                used: session.seen,
                ends: ends(session.seen, session.expires),
            })
            .collect(),
        factor_shown: person.strong_at,
        factor_fresh: work.now <= fresh_until,
    })
}

/// When a session ends if nobody uses it any more.
fn ends(seen: Timestamp, expires: Timestamp) -> Timestamp {
    seen.saturating_add(IDLE)
        .unwrap_or(Timestamp::MAX)
        .min(expires)
}

fn role_line(work: &Work, code: &str) -> RoleLine {
    let lang = words::language(work.lang);
    let roles = &work.app.desk.vocabulary.roles;
    RoleLine {
        name: words::label(roles, code, work.today(), work.lang),
        task: roles
            .resolve(code, work.today())
            .map(|role| role.facts.task.in_language(lang).to_owned())
            .unwrap_or_default(),
    }
}

/// Gives a new password; all sessions end, so that whoever knew the old one is out.
pub async fn change_password(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let present = form.line("present").max(200).required();
    let new = form.line("new").max(200).required();
    let again = form.line("again").max(200).required();
    if let (Ok(new), Ok(again)) = (&new, &again)
        && new != again
    {
        form.note("again", Key::new("account-password-differs"));
    }
    let typed = form.finish(|| Ok((present?, new?)));
    let (present, new) = match typed {
        Ok(typed) => typed,
        Err(filled) => return refused(&work, filled).await,
    };
    let changed = accounts::change_password(
        &work.app.desk,
        &work.actor,
        work.now,
        present.into(),
        new.into(),
    );
    match changed.await {
        Ok(()) => Ok(Redirect::to("/work/sign-in").into_response()),
        Err(DeskError::Invalid(faults)) => {
            let errors = faults.iter().map(fault).collect();
            refused(&work, Filled::new(Default::default(), errors)).await
        }
        Err(error) => Err(refuse(error)),
    }
}

fn fault(error: &desk::FieldError) -> FieldError {
    match error.field.as_str() {
        "present" => FieldError::new("present", Key::new("account-password-wrong")),
        _ => FieldError::new("new", Key::new("account-password-length")),
    }
}

async fn refused(work: &Work, f: Filled) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(work, f).await?)
}

/// Signs out everywhere.
pub async fn end_sessions(work: Work, WorkForm(_): WorkForm) -> Result<Response, Problem> {
    accounts::end_own_sessions(&work.app.desk, &work.actor, work.now).await?;
    Ok(Redirect::to("/work/sign-in").into_response())
}
