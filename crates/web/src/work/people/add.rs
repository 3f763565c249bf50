//! A new account. Its first password and the secret of its codes are made here and shown once.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::accounts::{self, NewAccount};
use desk::{DeskError, Role};
use domain::ids::OrgId;

use super::{factor_first, faults};
use crate::form::{Filled, Form, FormBody, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::Choice;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/people/new.html")]
struct NewPage {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    organisations: Vec<Choice>,
    roles: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "work/people/made.html")]
struct MadePage {
    t: Say,
    frame: WorkFrame,
    id: String,
    user_name: String,
    password: String,
    secret: String,
    /// The secret in the form that an authenticator reads (Key Uri Format).
    uri: String,
}

/// Asks for the account; `?org=` fills in an organisation.
pub async fn show(work: Work) -> Result<Response, Problem> {
    if let Some(first) = factor_first(&work, "/work/people/new") {
        return Ok(first);
    }
    let filled = Filled::with(&[("org", work.query("org"))]);
    html(&page(&work, filled)?)
}

fn page(work: &Work, f: Filled) -> Result<NewPage, Problem> {
    Ok(NewPage {
        t: work.say(),
        frame: work.frame_after(super::DONE)?,
        f,
        organisations: organisations(work),
        roles: Role::STAFF
            .iter()
            .map(|role| role_choice(work, *role))
            .collect(),
    })
}

fn organisations(work: &Work) -> Vec<Choice> {
    let directory = work.app.desk.directory();
    let mut out: Vec<Choice> = directory
        .all()
        .map(|(id, organisation)| Choice::new(id.to_string(), organisation.name.clone()))
        .collect();
    out.sort_by_cached_key(|choice| choice.label.to_lowercase());
    out
}

fn role_choice(work: &Work, role: Role) -> Choice {
    let (list, today) = (&work.app.desk.vocabulary.roles, work.today());
    let choice = Choice::new(
        role.code(),
        words::label(list, role.code(), today, work.lang),
    );
    match list.resolve(role.code(), today) {
        Ok(entry) => choice.hint(
            entry
                .facts
                .task
                .in_language(words::language(work.lang))
                .to_owned(),
        ),
        Err(_) => choice,
    }
}

struct Asked {
    name: String,
    user_name: String,
    org: OrgId,
    roles: Vec<Role>,
}

fn read(typed: Typed) -> Result<Asked, Filled> {
    let options: Vec<(&str, Role)> = Role::STAFF.iter().map(|r| (r.code(), *r)).collect();
    let mut form = Form::new(FormBody(typed));
    let name = form.line("name").max(200).required();
    let user_name = form
        .parsed("user_name", |text| {
            is_user_name(text).then(|| text.to_owned())
        })
        .max(100)
        .else_say(Key::new("people-user-name-signs"))
        .required();
    let org = form.parsed("org", |text| text.parse().ok()).required();
    let roles = form.many_of("roles", &options).at_least_one();
    form.finish(|| {
        Ok(Asked {
            name: name?,
            user_name: user_name?,
            org: org?,
            roles: roles?,
        })
    })
}

/// Signs that a name keeps on every keyboard and in every list.
fn is_user_name(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'))
}

/// Makes the account and shows password and secret, once: the page is never stored and cannot be asked for again.
pub async fn make(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let typed = body.0.clone();
    let asked = match read(body.0) {
        Ok(asked) => asked,
        Err(filled) => return again(&work, filled),
    };
    let desk = &work.app.desk;
    let password = accounts::made_password(desk);
    let user_name = accounts::normal_user_name(&asked.user_name);
    let new = NewAccount {
        name: asked.name,
        user_name: user_name.clone(),
        org: asked.org,
        roles: asked.roles,
        password: password.clone(),
    };
    match accounts::add(desk, &work.actor, work.now, new).await {
        Ok(made) => html(&MadePage {
            t: work.say(),
            frame: work.frame()?,
            id: made.id.to_string(),
            uri: format!(
                "otpauth://totp/Samen:{user_name}?secret={}&issuer=Samen&digits=6&period=30",
                made.totp_secret
            ),
            user_name,
            password: password.to_string(),
            secret: grouped(&made.totp_secret),
        }),
        Err(DeskError::Invalid(found)) => {
            let known = [
                ("user_name", "user_name", Key::new("people-user-name-taken")),
                ("org", "org", Key::new("form-error-choice")),
                // That one is chosen at all the form has asked already.
                ("roles", "roles", Key::new("people-roles-apart")),
            ];
            again(&work, Filled::new(typed, faults(&found, &known, "name")))
        }
        Err(error) => Err(refuse(error)),
    }
}

fn again(work: &Work, f: Filled) -> Result<Response, Problem> {
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &page(work, f)?)
}

/// In fours, to type over without losing the place.
fn grouped(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = signs
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_secret_is_read_in_fours() {
        assert_eq!(super::grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
