//! What somebody wants to share, with whom and for what; the answer comes with exactly what would go.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::share::{self, ShareInput};
use domain::code::{DataCode, PurposeCode};
use domain::ids::{CaseId, OrgId};
use domain::share::Portion;

use super::{preview, texts};
use crate::form::{Filled, Form, FormBody, Read, Typed};
use crate::page::html_as;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::words::choices;
use crate::work::cases::{case_crumbs, case_id};
use crate::work::form_page::{Ask, FormPage, How};
use crate::work::{Work, WorkForm};

/// The fields of the question, which come along to the preview and back.
pub(super) const FIELDS: [&str; 4] = ["to", "purpose", "data", "so"];
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Asks.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    page(&work, id, Filled::blank(), StatusCode::OK)
}

/// Answers with a preview; shows the form again when something is wrong, or when the question is changed.
pub(super) async fn take(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = body.0.clone();
    if typed.first("edit") == "yes" {
        return page(&work, id, Filled::new(typed, Vec::new()), StatusCode::OK);
    }
    let input = match read(&work, body) {
        Ok(input) => input,
        Err(filled) => return page(&work, id, filled, WRONG),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match share::preview(desk, actor, work.now, id, &input).await {
        Ok(seen) => {
            let start = preview::begin(&work, &typed)?;
            preview::page(&work, id, &input, &seen, start, StatusCode::OK)
        }
        Err(error) => {
            let filled = crate::work::form_page::refused(typed, error, &FIELDS, texts::fault)?;
            page(&work, id, filled, WRONG)
        }
    }
}

/// The question of a form; what the page sends along twice is read once.
pub(super) fn read(work: &Work, body: FormBody) -> Result<ShareInput, Filled> {
    let mut form = Form::new(body);
    let input = question(work, &mut form);
    form.finish(|| input)
}

/// The question's part of a form.
pub(super) fn question(work: &Work, form: &mut Form) -> Read<ShareInput> {
    form.raw("edit");
    let to = form
        .parsed("to", |text| text.parse::<OrgId>().ok())
        .or_say(Key::new("shares-fault-to"))
        .required();
    let purpose = form
        .parsed("purpose", |text| PurposeCode::new(text).ok())
        .or_say(Key::new("shares-fault-purpose"))
        .required();
    let held = Portion::HELD.map(|code| (code, code));
    let data = form.many_of("data", &held).any();
    if data.as_ref().is_ok_and(Vec::is_empty) {
        form.note("data", Key::new("shares-fault-data"));
    }
    let known = circumstances(work);
    let known: Vec<(&str, &str)> = known
        .iter()
        .map(|choice| (choice.value.as_str(), choice.value.as_str()))
        .collect();
    let so = form.many_of("so", &known).any();
    let so: Vec<String> = so?.into_iter().map(str::to_owned).collect();
    Ok(ShareInput {
        to: to?,
        purpose: purpose?,
        data: data?.into_iter().map(DataCode::literal).collect(),
        circumstances: BTreeSet::from_iter(so),
    })
}

/// What the file does not know by itself; that a parent is suspected it does.
fn circumstances(work: &Work) -> Vec<Choice> {
    let mut all = choices(
        &work.app.desk.vocabulary.circumstances,
        work.today(),
        work.lang,
    );
    all.retain(|choice| choice.value != "parent_suspected");
    all
}

pub(super) fn page(
    work: &Work,
    id: CaseId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let t = work.say();
    let receivers = share::receivers(&work.app.desk, &work.actor, work.now)?;
    let receivers = receivers
        .into_iter()
        .map(|(org, name)| Choice::new(org.to_string(), name))
        .collect();
    let data = Portion::HELD
        .map(|code| Choice::new(code, texts::category(work, &t, code)))
        .to_vec();
    let purposes = choices(&work.app.desk.vocabulary.purposes, work.today(), work.lang);
    let asks = vec![
        Ask::new(How::Select, "to", t.say("shares-to"))
            .of(receivers)
            .hint(t.say("shares-to-hint")),
        Ask::new(How::Select, "purpose", t.say("sharing-purpose"))
            .of(purposes)
            .hint(t.say("sharing-purpose-hint")),
        Ask::new(How::Checks, "data", t.say("sharing-data"))
            .of(data)
            .hint(t.say("shares-data-hint")),
        Ask::new(How::Checks, "so", t.say("sharing-so"))
            .of(circumstances(work))
            .hint(t.say("sharing-so-hint"))
            .optional(),
    ];
    let labels = asks
        .iter()
        .map(|ask| (ask.name, ask.label.clone()))
        .collect();
    let page = FormPage {
        frame: work.frame()?,
        f: f.labelled(labels),
        crumbs: case_crumbs(&t, id),
        title: t.say("shares-ask-title").into_owned(),
        know: vec![
            t.say("shares-ask-lead").into_owned(),
            t.say("shares-ask-knows").into_owned(),
            t.say("shares-ask-danger").into_owned(),
        ],
        action: format!("/work/cases/{id}/share"),
        hidden: Vec::new(),
        asks,
        button: t.say("shares-ask-button").into_owned(),
        cancel: format!("/work/cases/{id}#shares"),
        t,
    };
    html_as(status, &page)
}

/// The question as it was typed, for hidden fields.
pub(super) fn carried(typed: &Typed) -> Vec<(&'static str, String)> {
    FIELDS
        .iter()
        .flat_map(|name| typed.all(name).iter().map(|value| (*name, value.clone())))
        .collect()
}
