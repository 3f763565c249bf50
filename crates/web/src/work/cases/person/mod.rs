//! The forms about the person, one for each part, so that nobody has to see or change more than is needed.

mod core;
mod exploitation;
mod family;
mod safety;

use axum::extract::Path;
use axum::response::Response;
use desk::case::{self, Dossier, PersonChange};
use domain::SafeText;
use domain::ids::CaseId;
use domain::person::NEED_MAX;

use super::sheet::{Ask, Sheet, Values, at_fields, seen_and_looked};
use super::{back, case_id, read};
use crate::form::{Filled, Form, Read};
use crate::problem::Problem;
use crate::texts::Key;
use crate::work::{Work, WorkForm};

/// The parts, as they stand in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Core,
    Safety,
    Family,
    Exploitation,
    Needs,
}

impl Part {
    fn of(text: &str) -> Result<Part, Problem> {
        Ok(match text {
            "core" => Part::Core,
            "safety" => Part::Safety,
            "family" => Part::Family,
            "exploitation" => Part::Exploitation,
            "needs" => Part::Needs,
            _ => return Err(Problem::not_found()),
        })
    }

    fn path(self) -> &'static str {
        match self {
            Part::Core => "/person/core",
            Part::Safety => "/person/safety",
            Part::Family => "/person/family",
            Part::Exploitation => "/person/exploitation",
            Part::Needs => "/person/needs",
        }
    }

    fn title(self) -> Key {
        match self {
            Part::Core => Key::new("cases-core"),
            Part::Safety => Key::new("cases-safety"),
            Part::Family => Key::new("cases-family"),
            Part::Exploitation => Key::new("cases-exploitation"),
            Part::Needs => Key::new("cases-needs"),
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Part::Core => core::FIELDS,
            Part::Safety => safety::FIELDS,
            Part::Family => &[],
            Part::Exploitation => exploitation::FIELDS,
            Part::Needs => &["needs"],
        }
    }

    fn asks(self, work: &Work) -> Vec<Ask> {
        match self {
            Part::Core => core::asks(work),
            Part::Safety => safety::asks(work),
            Part::Family => family::asks(work),
            Part::Exploitation => exploitation::asks(work),
            Part::Needs => {
                let t = work.say();
                let needs = Ask::lines("needs", t.say("cases-needs"));
                vec![needs.hint(t.say("cases-needs-hint")).maybe()]
            }
        }
    }

    fn values(self, dossier: &Dossier, work: &Work) -> Values {
        let values = Values::seen(dossier.person_version);
        match self {
            Part::Core => core::values(values, &dossier.person),
            Part::Safety => safety::values(values, &dossier.person.safety),
            Part::Family => family::values(values, &dossier.person.family, work.today()),
            Part::Exploitation => exploitation::values(values, &dossier.person.exploitation),
            Part::Needs => {
                let needs: Vec<&str> = dossier.person.needs.iter().map(SafeText::as_str).collect();
                values.with("needs", needs.join("\n\n"))
            }
        }
    }

    fn read(self, form: &mut Form, work: &Work, dossier: &Dossier) -> Read<PersonChange> {
        match self {
            Part::Core => core::read(form, work, &dossier.person.age),
            Part::Safety => safety::read(form),
            Part::Family => family::read(form, work.today(), &dossier.person.family),
            Part::Exploitation => exploitation::read(form),
            Part::Needs => needs(form),
        }
    }
}

/// Wishes, one a paragraph.
fn needs(form: &mut Form) -> Read<PersonChange> {
    let paragraphs = |typed: &str| {
        typed
            .split("\n\n")
            .filter(|p| !p.trim().is_empty())
            .map(|p| SafeText::new("needs", p, NEED_MAX).ok())
            .collect::<Option<Vec<SafeText>>>()
    };
    let needs = form.parsed("needs", paragraphs).max(20_000).optional()?;
    Ok(PersonChange::Needs(needs.unwrap_or_default()))
}

fn sheet(work: &Work, id: CaseId, part: Part) -> Result<Sheet, Problem> {
    let sheet = Sheet::new(
        work,
        Some(id),
        part.path(),
        part.title(),
        Key::new("cases-save"),
    )?;
    Ok(sheet.asks(part.asks(work)))
}

/// Shows the form of a part.
pub(super) async fn show(
    work: Work,
    Path((id, part)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let part = Part::of(&part)?;
    let (id, dossier) = read(&work, &id).await?;
    sheet(&work, id, part)?.show(part.values(&dossier, &work).filled())
}

/// Changes a part.
pub(super) async fn change(
    work: Work,
    Path((id, part)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let part = Part::of(&part)?;
    let id = case_id(&id)?;
    let (_, dossier) = read(&work, &id.to_string()).await?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let change = part.read(&mut form, &work, &dossier);
    let (seen, change, looked) = match form.finish(|| Ok((seen?, change?, looked?))) {
        Ok(read) => read,
        Err(filled) => return sheet(&work, id, part)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::change_person(desk, actor, work.now, id, seen, change, looked).await {
        Ok(()) => Ok(back(id, "saved")),
        Err(error) => sheet(&work, id, part)?.show(at_fields(error, typed, part.fields())?),
    }
}

/// Values of several fields of one kind; each may stay empty.
pub(super) fn several<T>(
    form: &mut Form,
    names: &[&'static str],
    read: impl Fn(&str) -> Option<T>,
) -> Read<Vec<T>> {
    let mut out = Vec::new();
    let mut noted = None;
    for name in names.iter().copied() {
        match form.parsed(name, &read).optional() {
            Ok(value) => out.extend(value),
            Err(error) => noted = Some(error),
        }
    }
    match noted {
        None => Ok(out),
        Some(error) => Err(error),
    }
}
