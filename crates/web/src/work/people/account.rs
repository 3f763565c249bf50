//! One account: what it may do, and blocking it after a question.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::accounts::{self, AccountView};

use super::{DONE, factor_first, user};
use crate::form::Form;
use crate::page::confirm::ConfirmPage;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::words;
use crate::words::reference;
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/people/account.html")]
struct AccountPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    reference: String,
    account: AccountView,
    organisation: String,
    roles: String,
    own: bool,
}

fn crumbs(work: &Work) -> Vec<Crumb> {
    vec![Crumb::new(work.say().say("nav-people"), "/work/people")]
}

/// Shows the account.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let account = accounts::read(&work.app.desk, &work.actor, work.now, user(&id)?).await?;
    let list = &work.app.desk.vocabulary.roles;
    let roles: Vec<String> = account
        .roles
        .iter()
        .map(|role| words::label(list, role.code(), work.today(), work.lang))
        .collect();
    html(&AccountPage {
        t: work.say(),
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&work),
        reference: reference(account.id),
        organisation: work.app.desk.directory().name(account.org).to_owned(),
        roles: roles.join(", "),
        own: work.person()?.user == account.id,
        account,
    })
}

/// Asks before blocking.
pub async fn confirm(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = user(&id)?;
    let address = format!("/work/people/{id}");
    if let Some(first) = factor_first(&work, &format!("{address}/block")) {
        return Ok(first);
    }
    let account = accounts::read(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    if !account.active {
        return Ok(Redirect::to(&address).into_response());
    }
    let mut crumbs = crumbs(&work);
    crumbs.push(Crumb::new(reference(id), address.clone()));
    html(&ConfirmPage {
        frame: work.frame()?,
        crumbs,
        title: t.say_with("people-block-title", "reference", reference(id)),
        consequences: vec![
            t.say_with("people-block-who", "name", &account.name),
            t.say("people-block-sessions").into_owned(),
            t.say("people-block-kept").into_owned(),
        ],
        action: format!("{address}/block"),
        button: t.say("people-block-button").into_owned(),
        danger: true,
        cancel: address,
        hidden: vec![("seen", account.version.to_string())],
        t,
    })
}

/// Blocks the account.
pub async fn block(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = user(&id)?;
    let mut form = Form::new(body);
    let seen = form.whole("seen").required();
    let seen = form.finish(|| seen).map_err(|_| Problem::unprocessable())?;
    match accounts::disable_seen(&work.app.desk, &work.actor, work.now, id, seen).await {
        Ok(()) => Ok(Redirect::to(&format!("/work/people/{id}?done=blocked")).into_response()),
        Err(DeskError::Rule { key, .. }) if key == "account-own" => {
            Err(Problem::unprocessable().because(Key::new("people-block-own")))
        }
        Err(error) => Err(refuse(error)),
    }
}
