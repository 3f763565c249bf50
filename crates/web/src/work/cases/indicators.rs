//! Indicators as a checklist: grouped, with their weight, an explanation and the warning; never a verdict.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::case::{self, Dossier, Ticked};
use domain::Answer;
use domain::code::IndicatorCode;
use domain::ids::CaseId;
use domain::vocabulary::ChecklistCode;

use super::sheet::refusal;
use super::{back, case_crumbs, case_id, read, texts};
use crate::form::{Filled, Form, FormBody, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::{Work, WorkForm};

#[derive(Template)]
#[template(path = "work/cases/indicators.html")]
struct IndicatorsPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    f: Filled,
    action: String,
    cancel: String,
    seen: i64,
    lists: Vec<Checklist>,
}

struct Checklist {
    title: String,
    warning: String,
    groups: Vec<Group>,
}

struct Group {
    title: String,
    indicators: Vec<Indicator>,
}

struct Indicator {
    code: String,
    label: String,
    strength: String,
    answer: &'static str,
}

/// Shows the checklists with what stands.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    html(&page(&work, id, &dossier, Filled::blank())?)
}

fn page(work: &Work, id: CaseId, dossier: &Dossier, f: Filled) -> Result<IndicatorsPage, Problem> {
    let t = work.say();
    Ok(IndicatorsPage {
        frame: work.frame()?,
        crumbs: case_crumbs(&t, id),
        f,
        action: format!("/work/cases/{id}/indicators"),
        cancel: format!("/work/cases/{id}"),
        seen: dossier.version,
        lists: lists(work, &t, dossier),
        t,
    })
}

fn lists(work: &Work, t: &Say, dossier: &Dossier) -> Vec<Checklist> {
    let vocabulary = &work.app.desk.vocabulary;
    let (today, language) = (work.today(), words::language(t.lang()));
    let lists = vocabulary.checklists.valid_on(today);
    lists
        .map(|list| Checklist {
            title: list.label(language).to_owned(),
            warning: list.facts.warning.in_language(language).to_owned(),
            groups: groups(work, t, dossier, &list.code),
        })
        .collect()
}

fn groups(work: &Work, t: &Say, dossier: &Dossier, list: &ChecklistCode) -> Vec<Group> {
    let vocabulary = &work.app.desk.vocabulary;
    let (today, language) = (work.today(), words::language(t.lang()));
    let groups = vocabulary
        .indicator_groups
        .valid_on(today)
        .filter(|group| group.facts.checklist == *list);
    groups
        .map(|group| Group {
            title: group.label(language).to_owned(),
            indicators: vocabulary
                .indicators
                .valid_on(today)
                .filter(|i| i.facts.group == group.code)
                .map(|i| Indicator {
                    code: i.code.to_string(),
                    label: i.label(language).to_owned(),
                    strength: i
                        .facts
                        .strength
                        .map(|s| t.key(texts::strength(s)).into_owned())
                        .unwrap_or_default(),
                    answer: stands(dossier, &i.code),
                })
                .collect(),
        })
        .collect()
}

fn stands(dossier: &Dossier, code: &IndicatorCode) -> &'static str {
    match dossier.file.ticks.latest(code).map(|tick| tick.answer) {
        Some(Answer::Yes) => "yes",
        Some(Answer::No) => "no",
        Some(Answer::Unknown) | None => "unknown",
    }
}

/// Keeps what was ticked.
pub(super) async fn tick(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let (_, dossier) = read(&work, &id.to_string()).await?;
    let answers = answers(&work, &body.0);
    let mut form = Form::new(FormBody(without_answers(&body.0)));
    let seen = form.whole("seen").required();
    let seen = form.finish(|| seen);
    let (Ok(seen), Some(mut ticked)) = (seen, answers) else {
        let f = Filled::blank().refused("", Key::new("form-error-choice"));
        let page = page(&work, id, &dossier, f)?;
        return html_as(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    // Notes made elsewhere stay with an answer that did not change.
    for one in &mut ticked {
        let latest = dossier.file.ticks.latest(&one.indicator);
        one.note = latest
            .filter(|tick| tick.answer == one.answer)
            .and_then(|tick| tick.note.clone());
    }
    case::tick(
        &work.app.desk,
        &work.actor,
        work.now,
        id,
        seen,
        ticked,
        true,
    )
    .await
    .map_err(refusal)?;
    Ok(back(id, "ticked"))
}

/// The answers of the form: one field an indicator. Nothing when one is no answer.
fn answers(work: &Work, typed: &Typed) -> Option<Vec<Ticked>> {
    let known = work.app.desk.vocabulary.indicators.valid_on(work.today());
    let mut ticked = Vec::new();
    for indicator in known {
        let typed = typed.first(indicator.code.as_str());
        let answer = match typed {
            "" => continue,
            "yes" => Answer::Yes,
            "no" => Answer::No,
            "unknown" => Answer::Unknown,
            _ => return None,
        };
        ticked.push(Ticked {
            indicator: indicator.code.clone(),
            answer,
            note: None,
        });
    }
    Some(ticked)
}

/// The rest of the form: names of indicators are data, not names of fields in the code.
fn without_answers(typed: &Typed) -> Typed {
    let mut rest = Typed::default();
    for name in ["seen", crate::form::TOKEN] {
        for value in typed.all(name) {
            rest.add(name, value);
        }
    }
    rest
}
