//! What the service finds, and what it says it did about it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::intake::{self, AssessInput, MarkInput};
use domain::code::FormCode;
use domain::ids::{IntakeId, PersonId};
use domain::intake::{Finding, Obligation};
use serde::de::DeserializeOwned;

use super::{crumbs, done, id_of, look, said, words};
use crate::form::{Filled, Form};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::deed;
use crate::work::form_page::{Ask, FormPage, How, code_of, looked, safe_text, seen as seen_of};
use crate::work::reports::words::{ANSWERS, answers};
use crate::work::vocabulary::main_forms;
use crate::work::{Work, WorkForm};

const LONGEST: usize = 4_000;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const YES_NO: &[(&str, bool)] = &[("yes", true), ("no", false)];
const FIELDS: &[&str] = &[
    "forms",
    "indication",
    "indication_reason",
    "leads",
    "leads_reason",
    "minor",
    "stay",
];

fn yes_no(say: &Say) -> Vec<Choice> {
    answers(say).into_iter().take(2).collect()
}

/// Asks what is found, with the forms of the report or finding filled in.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let dossier = look(&work, id).await?;
    let forms: Vec<String> = dossier
        .file
        .first_forms()
        .iter()
        .map(|form| form.level_1().to_string())
        .collect();
    let known: Vec<(&str, &str)> = forms.iter().map(|form| ("forms", form.as_str())).collect();
    page(
        &work,
        id,
        dossier.version,
        Filled::with(&known),
        StatusCode::OK,
    )
}

fn page(
    work: &Work,
    id: IntakeId,
    seen: i64,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let ask = |how, name, key: Key| Ask::new(how, name, say.key(key));
    let asks = vec![
        ask(How::Radios, "indication", Key::new("intakes-indication"))
            .of(yes_no(&say))
            .hint(say.say("intakes-indication-hint")),
        ask(
            How::Text,
            "indication_reason",
            Key::new("intakes-indication-reason"),
        ),
        ask(How::Radios, "leads", Key::new("intakes-leads"))
            .of(yes_no(&say))
            .hint(say.say("intakes-leads-hint")),
        ask(How::Text, "leads_reason", Key::new("intakes-leads-reason")),
        ask(How::Checks, "forms", Key::new("reports-fact-forms")).of(main_forms(
            &work.app.desk.vocabulary,
            work.today(),
            &say,
        )),
        ask(How::Radios, "minor", Key::new("intakes-minor"))
            .of(answers(&say))
            .hint(say.say("intakes-minor-hint")),
        ask(How::Radios, "stay", Key::new("intakes-stay"))
            .of(words::named(&say, words::STAYS, words::stay))
            .hint(say.say("intakes-stay-hint")),
    ];
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.say("intakes-assess-title").into_owned(),
        know: vec![say.say("intakes-assess-lead").into_owned()],
        action: format!("/work/intakes/{id}/assess"),
        hidden: vec![("seen", seen.to_string())],
        asks,
        button: say.say("intakes-assess-button").into_owned(),
        cancel: format!("/work/intakes/{id}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Records what was found.
pub async fn take(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let before = body.0.first("seen").parse().unwrap_or(0);
    let choices = main_forms(&work.app.desk.vocabulary, work.today(), &work.say());
    let read = |form: &mut Form| {
        let options: Vec<(&str, usize)> = choices
            .iter()
            .enumerate()
            .map(|(at, choice)| (choice.value.as_str(), at))
            .collect();
        let missing = Key::new("intakes-choice-missing");
        let why = Key::new("intakes-reason-missing");
        let seen = seen_of(form);
        let indication = form.one_of("indication", YES_NO).or_say(missing).required();
        let indication_reason = safe_text(form, "indication_reason", LONGEST)
            .or_say(why)
            .required();
        let leads = form.one_of("leads", YES_NO).or_say(missing).required();
        let leads_reason = safe_text(form, "leads_reason", LONGEST)
            .or_say(why)
            .required();
        let forms = form.many_of("forms", &options).at_least_one();
        let minor = form.one_of("minor", ANSWERS).or_say(missing).required();
        let stay = form.one_of("stay", words::STAYS).or_say(missing).required();
        let looked = looked(form);
        let forms = forms?
            .into_iter()
            .filter_map(|at| FormCode::new(choices[at].value.clone()).ok());
        let input = AssessInput {
            slightest_indication: Finding {
                yes: indication?,
                reason: indication_reason?,
            },
            enough_leads: Finding {
                yes: leads?,
                reason: leads_reason?,
            },
            forms: forms.collect(),
            // Doubt means minor.
            minor: minor? != domain::Answer::No,
            stay: stay?,
            looked: looked?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| intake::assess(desk, &work.actor, now, id, seen, input);
    match deed(body, said(FIELDS), read, act).await? {
        Ok(()) => Ok(done(id, "assessed")),
        Err(f) => page(&work, id, before, f, WRONG),
    }
}

/// Which obligation of whom, as an address or form names it.
struct Which {
    obligation: Obligation,
    person: Option<PersonId>,
}

fn of_code<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

impl Which {
    fn of(obligation: &str, person: &str) -> Option<Which> {
        Some(Which {
            obligation: of_code(obligation)?,
            person: match person {
                "" => None,
                text => Some(text.parse().ok()?),
            },
        })
    }
}

/// Asks how an obligation was met.
pub async fn show_mark(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let which = Which::of(work.query("what"), work.query("person"));
    let which = which.ok_or_else(Problem::not_found)?;
    mark_page(&work, id_of(&id)?, &which, Filled::blank(), StatusCode::OK).await
}

async fn mark_page(
    work: &Work,
    id: IntakeId,
    which: &Which,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let say = work.say();
    let dossier = look(work, id).await?;
    let (what, why) = words::obligation(which.obligation);
    let person = which.person.map(|p| p.to_string()).unwrap_or_default();
    let page = FormPage {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&say, id),
        title: say.key(what).into_owned(),
        know: vec![
            say.key(why).into_owned(),
            say.say("intakes-mark-lead").into_owned(),
        ],
        action: format!("/work/intakes/{id}/mark"),
        hidden: vec![
            ("seen", dossier.version.to_string()),
            ("what", code_of(&which.obligation)),
            ("person", person),
        ],
        asks: vec![
            Ask::new(How::Text, "note", say.say("intakes-mark-note"))
                .hint(say.say("intakes-mark-note-hint")),
        ],
        button: say.say("intakes-mark-button").into_owned(),
        cancel: format!("/work/intakes/{id}"),
        t: say,
    };
    html_as(status, &page.guarded())
}

/// Records how an obligation was met.
pub async fn mark(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let which = Which::of(body.0.first("what"), body.0.first("person"));
    let which = which.ok_or_else(Problem::bad_request)?;
    let read = |form: &mut Form| {
        form.raw("what");
        form.raw("person");
        let seen = seen_of(form);
        let note = safe_text(form, "note", LONGEST)
            .or_say(Key::new("intakes-mark-note-missing"))
            .required();
        let looked = looked(form);
        let input = MarkInput {
            obligation: which.obligation,
            person: which.person,
            note: note?,
            looked: looked?,
        };
        Ok((seen?, input))
    };
    let (desk, now) = (&work.app.desk, work.now);
    let act = |(seen, input)| intake::mark(desk, &work.actor, now, id, seen, input);
    match deed(body, said(&["note"]), read, act).await? {
        Ok(()) => Ok(done(id, "marked")),
        Err(f) => mark_page(&work, id, &which, f, WRONG).await,
    }
}
