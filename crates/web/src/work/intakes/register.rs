//! Registration: exactly what goes to the coordination centre is shown before it goes.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::intake::{self, RegisterInput};
use domain::code::FormCode;
use domain::ids::{IntakeId, PersonId};

use super::person::sends;
use super::{done_for, ids_of, look, person_crumbs, person_in, said};
use crate::form::{Filled, Form};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, seen as seen_of};
use crate::work::vocabulary::label;
use crate::work::{Work, WorkForm};

/// Shows what would go.
pub async fn show(work: Work, Path(ids): Path<(String, String)>) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    page(&work, id, person, Filled::blank(), StatusCode::OK).await
}

async fn page(
    work: &Work,
    id: IntakeId,
    person: PersonId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let forms = &work.app.desk.vocabulary.forms;
    let options: Vec<Choice> = view
        .forms
        .iter()
        .map(|form| Choice::new(form.as_str(), label(forms, form, &say)))
        .collect();
    let mut know = vec![say.say("intakes-register-lead").into_owned()];
    if let Some(data) = &view.would_send {
        let facts = sends(work, &say, data);
        let all: Vec<String> = facts
            .iter()
            .map(|fact| format!("{}: {}", fact.label, fact.value))
            .collect();
        know.push(say.say_with("intakes-register-data", "data", all.join("; ")));
    }
    know.push(say.say("intakes-register-inform").into_owned());
    let untouched = f.typed().names().next().is_none();
    let f = match options.as_slice() {
        [only] if untouched => Filled::with(&[("form", &only.value)]),
        _ => f,
    };
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: person_crumbs(&say, id, person, number),
        title: say.say("intakes-register-title").into_owned(),
        know,
        action: format!("/work/intakes/{id}/people/{person}/register"),
        hidden: vec![("seen", view.version.to_string())],
        asks: vec![Ask::new(How::Radios, "form", say.say("intakes-register-form")).of(options)],
        button: say.say("intakes-register-button").into_owned(),
        cancel: format!("/work/intakes/{id}/people/{person}"),
        t: say,
    };
    html_as(status, &page)
}

/// Registers.
pub async fn take(
    work: Work,
    Path(ids): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let read = |form: &mut Form| {
        let seen = seen_of(form);
        let kind = form
            .parsed("form", |text| FormCode::new(text).ok())
            .or_say(Key::new("intakes-choice-missing"))
            .required();
        Ok((seen?, RegisterInput { form: kind? }))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| intake::register(desk, &work.actor, now, id, person, seen, input);
    match deed(body, said(&["form"]), read, act).await? {
        Ok(()) => Ok(done_for(id, person, "registered")),
        Err(f) => page(&work, id, person, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}
