//! Registering or counting: what the law allows today, why, and what would go along.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::case::{self, Done};
use domain::registration::Basis;

use super::facts::{self, Fact, Words};
use super::sheet::refusal;
use super::{back, case_crumbs, case_id, read, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::deed::pressed;
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/cases/register.html")]
struct RegisterPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    action: String,
    cancel: String,
    seen: i64,
    done: String,
    may: bool,
    again: bool,
    why: String,
    signer: String,
    facts: Vec<Fact>,
}

/// Explains, and offers what is possible.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let t = work.say();
    let w = Words { work: &work, t: &t };
    let view = &dossier.registration;
    let may = matches!(view.basis, Basis::WrittenConsent { .. });
    let why = match &view.basis {
        Basis::WrittenConsent { .. } => Key::new("cases-register-may"),
        Basis::LegalDuty { .. } => Key::new("cases-rule-registration-duty"),
        Basis::CountOnly { why } => texts::count_why(*why),
    };
    let again = match &dossier.file.registered {
        Done::Nothing => true,
        Done::Counted { .. } | Done::Withdrawn { .. } => may,
        Done::Registered { .. } => false,
    };
    let data = &view.data;
    let fact = |label: Key, value: String| Fact {
        label: t.key(label).into_owned(),
        value: if value.is_empty() {
            t.say("cases-unknown").into_owned()
        } else {
            value
        },
    };
    let mut shown = vec![
        fact(Key::new("cases-forms"), w.form(data.form.as_str())),
        fact(
            Key::new("cases-region"),
            data.region
                .as_ref()
                .map(|r| w.region(r.as_str()))
                .unwrap_or_default(),
        ),
        fact(
            Key::new("registrations-reporter"),
            w.org_kind(data.reporter.as_str()),
        ),
    ];
    if may {
        shown.extend([
            fact(
                Key::new("registrations-sector"),
                data.sector
                    .as_ref()
                    .map(|s| w.form(s.as_str()))
                    .unwrap_or_default(),
            ),
            fact(Key::new("cases-age"), w.years(data.age)),
            fact(Key::new("cases-sex"), w.sex(&words::code_of(&data.sex))),
            fact(
                Key::new("cases-origin"),
                data.origin
                    .as_ref()
                    .map(|c| w.country(c.as_str()))
                    .unwrap_or_default(),
            ),
        ]);
    }
    html(&RegisterPage {
        frame: work.frame()?,
        crumbs: case_crumbs(&t, id),
        action: format!("/work/cases/{id}/register"),
        cancel: format!("/work/cases/{id}"),
        seen: dossier.version,
        done: match &dossier.file.registered {
            Done::Nothing => String::new(),
            done => facts::registered(&t, done),
        },
        may,
        again,
        why: t.key(why).into_owned(),
        signer: t.key(texts::signer(view.signer)).into_owned(),
        facts: shown,
        t: t.clone(),
    })
}

/// Registers or counts.
pub(super) async fn register(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let seen = pressed(body)?;
    let basis = case::register(&work.app.desk, &work.actor, work.now, id, seen)
        .await
        .map_err(refusal)?;
    Ok(match basis {
        Basis::CountOnly { .. } => back(id, "counted"),
        Basis::WrittenConsent { .. } | Basis::LegalDuty { .. } => back(id, "registered"),
    })
}
