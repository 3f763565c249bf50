//! The course of a case: phases, tasks, and statements on victimhood.

use axum::extract::Path;
use axum::response::Response;
use desk::case::{self, TaskEnd};
use domain::case::{Exploited, Phase};
use domain::ids::{CaseId, TaskId};
use domain::person::REMARK_MAX;
use domain::statement::Threshold;
use domain::task::TaskKind;

use super::sheet::{Ask, SEEN, Sheet, Values, at_fields, refusal, seen_and_looked, text};
use super::{back, case_id, read, texts};
use crate::form::{Filled, Form};
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::words;
use crate::work::deed::pressed;
use crate::work::{Work, WorkForm};

/// Moves a case to another phase.
pub(super) async fn go_on(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let mut form = Form::new(body);
    let seen = form.whole(SEEN).required();
    let to = form.parsed("phase", Phase::from_code).required();
    let (seen, to) = form
        .finish(|| Ok((seen?, to?)))
        .map_err(|_| Problem::bad_request())?;
    case::move_to(&work.app.desk, &work.actor, work.now, id, seen, to)
        .await
        .map_err(refusal)?;
    Ok(back(id, "moved"))
}

/// The kinds of task that people make; the others come from rules.
const KINDS: &[(&str, TaskKind)] = &[
    ("general", TaskKind::General),
    ("legal_aid", TaskKind::LegalAid),
    ("missing_follow_up", TaskKind::MissingFollowUp),
];

fn task_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    let kinds = KINDS
        .iter()
        .map(|(code, kind)| Choice::new(*code, t.key(texts::task(*kind))))
        .collect();
    Ok(Sheet::new(
        work,
        Some(id),
        "/tasks",
        Key::new("cases-task-add"),
        Key::new("cases-task-button"),
    )?
    .asks(vec![
        Ask::line("title", t.say("cases-task-title")),
        Ask::radios("kind", t.say("cases-task-kind"), kinds),
        Ask::day("due", t.say("cases-task-due")).maybe(),
    ]))
}

/// Asks for a task.
pub(super) async fn ask_task(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let start = Values::seen(dossier.version).with("kind", "general");
    task_sheet(&work, id)?.show(start.filled())
}

/// Adds a task.
pub(super) async fn add_task(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let title = text(&mut form, "title", 200).required();
    let kind = form.one_of("kind", KINDS).required();
    let due = form.date("due").optional();
    let read = form.finish(|| Ok((seen?, title?, kind?, due?, looked?)));
    let (seen, title, kind, due, looked) = match read {
        Ok(read) => read,
        Err(filled) => return task_sheet(&work, id)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::add_task(desk, actor, work.now, id, seen, kind, title, due, looked).await {
        Ok(_) => Ok(back(id, "task")),
        Err(error) => task_sheet(&work, id)?.show(at_fields(error, typed, &["title"])?),
    }
}

fn task_id(text: &str) -> Result<TaskId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Marks a task done.
pub(super) async fn done(
    work: Work,
    Path((id, task)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, task) = (case_id(&id)?, task_id(&task)?);
    let seen = pressed(body)?;
    let (desk, actor) = (&work.app.desk, &work.actor);
    case::end_task(desk, actor, work.now, id, seen, task, TaskEnd::Done, false)
        .await
        .map_err(refusal)?;
    Ok(back(id, "task-ended"))
}

fn drop_sheet(work: &Work, id: CaseId, task: TaskId) -> Result<Sheet, Problem> {
    let t = work.say();
    Ok(Sheet::new(
        work,
        Some(id),
        &format!("/tasks/{task}/drop"),
        Key::new("cases-task-drop"),
        Key::new("cases-task-drop-button"),
    )?
    .asks(vec![Ask::lines("reason", t.say("cases-reason"))]))
}

/// Asks why a task is no longer needed.
pub(super) async fn ask_drop(
    work: Work,
    Path((id, task)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let task = task_id(&task)?;
    let (id, dossier) = read(&work, &id).await?;
    drop_sheet(&work, id, task)?.show(Values::seen(dossier.version).filled())
}

/// Drops a task.
pub(super) async fn drop_task(
    work: Work,
    Path((id, task)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, task) = (case_id(&id)?, task_id(&task)?);
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let reason = text(&mut form, "reason", REMARK_MAX).required();
    let (seen, reason, looked) = match form.finish(|| Ok((seen?, reason?, looked?))) {
        Ok(read) => read,
        Err(filled) => return drop_sheet(&work, id, task)?.show(filled),
    };
    let end = TaskEnd::Dropped(reason);
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::end_task(desk, actor, work.now, id, seen, task, end, looked).await {
        Ok(()) => Ok(back(id, "task-ended")),
        Err(error) => drop_sheet(&work, id, task)?.show(at_fields(error, typed, &["reason"])?),
    }
}

/// The question about exploitation before, as it stands at the newest opening of the case.
pub(super) fn exploited_label(exploited: Exploited) -> Key {
    match exploited {
        Exploited::Before(_) => Key::new("cases-exploited-before"),
        Exploited::SinceClosing(_) => Key::new("cases-exploited-again"),
    }
}

fn exploited_sheet(work: &Work, id: CaseId, exploited: Exploited) -> Result<Sheet, Problem> {
    let t = work.say();
    let question = match exploited {
        Exploited::Before(_) => t.say("cases-exploited-ask"),
        Exploited::SinceClosing(_) => t.say("cases-exploited-ask-again"),
    };
    Ok(Sheet::new(
        work,
        Some(id),
        "/exploited",
        exploited_label(exploited),
        Key::new("cases-statement-button"),
    )?
    .lead(t.say("cases-exploited-why"))
    .asks(vec![
        Ask::radios("exploited", question, texts::answers(&t)).hint(t.say("cases-exploited-hint")),
    ]))
}

/// Asks whether the person was exploited before.
pub(super) async fn ask_exploited(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let known = dossier.file.case.exploited();
    let start = Values::seen(dossier.version).with("exploited", words::code_of(&known.answer()));
    exploited_sheet(&work, id, known)?.show(start.filled())
}

/// Records it.
pub(super) async fn exploited(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let mut form = Form::new(body);
    let seen = form.whole(SEEN).required();
    let answer = form.one_of("exploited", texts::ANSWERS).required();
    let (seen, answer) = match form.finish(|| Ok((seen?, answer?))) {
        Ok(read) => read,
        Err(filled) => {
            return exploited_sheet(&work, id, dossier.file.case.exploited())?.show(filled);
        }
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    case::tell_exploited(desk, actor, work.now, id, seen, answer)
        .await
        .map_err(refusal)?;
    Ok(back(id, "saved"))
}

/// What care itself can state.
const THRESHOLDS: &[(&str, Threshold)] =
    &[("detected", Threshold::Detected), ("not", Threshold::Not)];

fn statement_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    let thresholds = THRESHOLDS
        .iter()
        .map(|(code, threshold)| Choice::new(*code, t.key(texts::threshold(*threshold))))
        .collect();
    Ok(Sheet::new(
        work,
        Some(id),
        "/statements",
        Key::new("cases-statement-add"),
        Key::new("cases-statement-button"),
    )?
    .lead(t.say("cases-statements-lead"))
    .asks(vec![
        Ask::radios("threshold", t.say("cases-statement-what"), thresholds),
        Ask::lines("reason", t.say("cases-statement-why")),
    ]))
}

/// Asks for a statement.
pub(super) async fn ask_statement(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    statement_sheet(&work, id)?.show(Values::seen(dossier.person_version).filled())
}

/// Adds a statement.
pub(super) async fn state(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let threshold = form.one_of("threshold", THRESHOLDS).required();
    let reason = text(&mut form, "reason", REMARK_MAX).required();
    let read = form.finish(|| Ok((seen?, threshold?, reason?, looked?)));
    let (seen, threshold, reason, looked) = match read {
        Ok(read) => read,
        Err(filled) => return statement_sheet(&work, id)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::state_victimhood(desk, actor, work.now, id, seen, threshold, reason, looked).await {
        Ok(()) => Ok(back(id, "stated")),
        Err(error) => statement_sheet(&work, id)?.show(at_fields(error, typed, &["reason"])?),
    }
}
