//! Handing a person over to care while she cannot consent: why, which danger, what would avert it; then the law's answer with exactly what
//! would go, and the decision.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::DeskError;
use desk::intake::{self, VitalDecision, VitalInput, VitalPreview, care_receivers};
use domain::code::DataCode;
use domain::ids::{IntakeId, OrgId, PersonId};
use domain::vital::{ASKABLE, PROPOSED};

use super::{done_for, ids_of, look, person::facts, person_crumbs, person_in, refusal, words};
use crate::form::{Filled, Form, Read, Typed};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::form_page::{Ask, FormPage, How, LOOKED, looked, refused, safe_text, seen};
use crate::work::may_share::answer::{View, trial_note};
use crate::work::told::Fact;
use crate::work::vocabulary::label;
use crate::work::{Work, WorkForm};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// The question, which comes along to the preview and back.
const ASKED: [&str; 6] = ["to", "cannot", "why", "danger", "data", LOOKED];
const FIELDS: &[&str] = &["to", "cannot", "why", "danger", "data", "confirmed"];
/// Longest reason, in characters.
const LONGEST: usize = 2_000;
type Ids = Path<(String, String)>;

/// Asks.
pub async fn show(work: Work, Path(ids): Ids) -> Result<Response, Problem> {
    let proposed: Vec<(&str, &str)> = PROPOSED.iter().map(|code| ("data", *code)).collect();
    page(
        &work,
        ids_of(&ids)?,
        Filled::with(&proposed),
        StatusCode::OK,
    )
    .await
}

async fn page(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let (number, _) = person_in(&dossier, person)?;
    let receivers = care_receivers(&work.app.desk, &work.actor, work.now, id).await?;
    let receivers = receivers
        .into_iter()
        .map(|r| Choice::new(r.org.to_string(), r.name))
        .collect();
    let list = &work.app.desk.vocabulary;
    let data = ASKABLE
        .iter()
        .map(|code| {
            let name = label(&list.data_categories, &DataCode::literal(code), &say);
            Choice::new(*code, name)
        })
        .collect();
    let asks = vec![
        Ask::new(How::Select, "to", say.say("intakes-handed-to")).of(receivers),
        Ask::new(How::Radios, "cannot", say.say("intakes-vital-cannot"))
            .of(words::named(&say, words::CANNOT, words::cannot))
            .hint(say.say("intakes-vital-cannot-hint")),
        Ask::new(How::Text, "why", say.say("intakes-vital-why"))
            .hint(say.say("intakes-vital-why-hint")),
        Ask::new(How::Text, "danger", say.say("intakes-vital-danger"))
            .hint(say.say("intakes-vital-danger-hint")),
        Ask::new(How::Checks, "data", say.say("intakes-vital-data"))
            .of(data)
            .hint(say.say("intakes-vital-data-hint")),
    ];
    let labels = asks
        .iter()
        .map(|ask| (ask.name, ask.label.clone()))
        .collect();
    let page = FormPage {
        frame: work.frame()?,
        f: f.labelled(labels),
        crumbs: person_crumbs(&say, id, person, number),
        title: say.say("intakes-vital-title").into_owned(),
        know: vec![
            say.say("intakes-vital-lead").into_owned(),
            say.say("intakes-vital-not").into_owned(),
        ],
        action: format!("/work/intakes/{id}/people/{person}/hand-over-vital"),
        hidden: Vec::new(),
        asks,
        button: say.say("intakes-vital-look").into_owned(),
        cancel: format!("/work/intakes/{id}/people/{person}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Answers with a preview; shows the form again when something is wrong, or when the question is changed.
pub async fn take(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let ids = ids_of(&ids)?;
    let typed = body.0.clone();
    if typed.first("edit") == "yes" {
        return page(&work, ids, Filled::new(typed, Vec::new()), StatusCode::OK).await;
    }
    let mut form = Form::new(body);
    let input = question(&mut form);
    match form.finish(|| input) {
        Ok(input) => {
            let f = Filled::new(typed, Vec::new());
            preview(&work, ids, &input, f, StatusCode::OK).await
        }
        Err(filled) => page(&work, ids, filled, WRONG).await,
    }
}

fn question(form: &mut Form) -> Read<VitalInput> {
    form.raw("edit");
    let missing = Key::new("intakes-choice-missing");
    let to = form
        .parsed("to", |text| text.parse::<OrgId>().ok())
        .or_say(missing)
        .required();
    let cannot = form
        .one_of("cannot", words::CANNOT)
        .or_say(missing)
        .required();
    let why = safe_text(form, "why", LONGEST)
        .or_say(Key::new("intakes-vital-why-missing"))
        .required();
    let danger = safe_text(form, "danger", LONGEST)
        .or_say(Key::new("intakes-vital-danger-missing"))
        .required();
    let options = ASKABLE.map(|code| (code, code));
    let data = form.many_of("data", &options).any();
    let looked = looked(form);
    Ok(VitalInput {
        to: to?,
        cannot: cannot?,
        why: why?,
        danger: danger?,
        data: data?.into_iter().map(DataCode::literal).collect(),
        looked: looked?,
    })
}

#[derive(Template)]
#[template(path = "work/intakes/vital.html")]
struct PreviewPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    v: View,
    asked: Vec<Fact>,
    parts: Vec<Part>,
    may: bool,
    conditions: Vec<Condition>,
    mark: String,
    seen: String,
    question: Vec<(&'static str, String)>,
    base: String,
    trial: String,
}

/// One category that goes, with what is known.
struct Part {
    title: String,
    facts: Vec<Fact>,
}

/// A condition to confirm.
struct Condition {
    code: String,
    words: String,
    confirmed: bool,
}

/// The preview, as the file and the law are now.
async fn preview(
    work: &Work,
    (id, person): (IntakeId, PersonId),
    input: &VitalInput,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let t = work.say();
    let (desk, actor) = (&work.app.desk, &work.actor);
    let found = match intake::preview_vital(desk, actor, work.now, id, person, input).await {
        Ok(found) => found,
        Err(error) => {
            let f = refused(f.typed().clone(), error, FIELDS, refusal)?;
            return page(work, (id, person), f, WRONG).await;
        }
    };
    let dossier = look(work, id).await?;
    let (number, view) = person_in(&dossier, person)?;
    let lang = crate::words::language(work.lang);
    let conditions = found.answer.conditions.iter();
    let conditions = conditions
        .map(|one| Condition {
            code: one.code.clone(),
            words: desk::may_share::words(&one.words, lang).to_owned(),
            confirmed: f.has("confirmed", &one.code),
        })
        .collect();
    let asked = vec![
        Fact::new(t.say("intakes-handed-to"), desk.directory().name(input.to)),
        Fact::new(
            t.say("intakes-vital-cannot"),
            t.key(words::cannot(input.cannot)),
        ),
        Fact::new(t.say("intakes-vital-why"), input.why.as_str()),
        Fact::new(t.say("intakes-vital-danger"), input.danger.as_str()),
    ];
    let labels = vec![("confirmed", t.say("shares-confirm").into_owned())];
    let page = PreviewPage {
        frame: work.frame()?,
        crumbs: person_crumbs(&t, id, person, number),
        v: View::of(&found.answer, work, &t),
        asked,
        parts: parts(work, &t, &found),
        may: found.may(),
        conditions,
        mark: found.mark()?,
        seen: view.version.to_string(),
        question: carried(f.typed()),
        base: format!("/work/intakes/{id}/people/{person}"),
        trial: trial_note(work)?,
        f: f.labelled(labels),
        t: t.clone(),
    };
    html_as(status, &page)
}

fn parts(work: &Work, t: &Say, found: &VitalPreview) -> Vec<Part> {
    let list = &work.app.desk.vocabulary.data_categories;
    found
        .goes
        .iter()
        .map(|code| {
            let known = facts(work, t, &found.person, None).into_iter();
            let known = known.filter(|(category, _)| code.is(category));
            Part {
                title: label(list, code, t),
                facts: known.map(|(_, fact)| fact).collect(),
            }
        })
        .collect()
}

/// The question as it was typed, for hidden fields.
fn carried(typed: &Typed) -> Vec<(&'static str, String)> {
    ASKED
        .iter()
        .flat_map(|name| typed.all(name).iter().map(|value| (*name, value.clone())))
        .collect()
}

/// Hands over what was looked at.
pub async fn decide(
    work: Work,
    Path(ids): Ids,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, person) = ids_of(&ids)?;
    let mut typed = body.0.clone();
    let mut form = Form::new(body);
    let input = question(&mut form);
    form.raw("confirmed");
    let mark = form.raw("mark").to_owned();
    let seen = seen(&mut form);
    let read = form.finish(|| Ok((input?, seen?)));
    let (input, seen) = match read {
        Ok(read) => read,
        // The question can only be forged here; it is asked again on its own page.
        Err(filled) => return page(&work, (id, person), filled, WRONG).await,
    };
    let deciding = VitalDecision {
        input: input.clone(),
        mark,
        confirmed: BTreeSet::from_iter(typed.all("confirmed").iter().cloned()),
    };
    let (desk, actor, now) = (&work.app.desk, &work.actor, work.now);
    match intake::hand_over_vital(desk, actor, now, id, person, seen, deciding).await {
        Ok(()) => Ok(done_for(id, person, "handed-over-vital")),
        Err(error) => {
            if matches!(&error, DeskError::Rule { key, .. } if key == "vital-changed") {
                // What was confirmed was confirmed of something else.
                typed.remove("confirmed");
            }
            let f = refused(typed, error, FIELDS, refusal)?;
            preview(&work, (id, person), &input, f, WRONG).await
        }
    }
}
