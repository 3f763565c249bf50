//! Closing with a reason and aftercare, recording aftercare, opening again.

use axum::extract::Path;
use axum::response::Response;
use desk::case::{self, AftercareInput, CloseInput, MomentInput};
use domain::SafeText;
use domain::case::{ClosingReason, Unfinished};
use domain::ids::{CaseId, OrgId};
use domain::person::REMARK_MAX;
use domain::time::dutch_date;
use jiff::civil::Date;

use super::sheet::{Ask, Sheet, Values, at_fields, seen_and_looked, text};
use super::{back, case_id, read, texts};
use crate::form::{Filled, Form, Read};
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::Key;
use crate::words;
use crate::work::{Work, WorkForm};

const FIELDS: &[&str] = &[
    "explanation",
    "channel",
    "refusal",
    "follow_up",
    "to",
    "of",
    "moment",
    "close_anyway",
    "left_open_why",
];

const MOMENTS: [(&str, &str); 3] = [
    ("moment", "channel"),
    ("moment2", "channel2"),
    ("moment3", "channel3"),
];

fn sheet(work: &Work, id: CaseId, open: &[Unfinished]) -> Result<Sheet, Problem> {
    let t = work.say();
    let reasons = words::choices(
        &work.app.desk.vocabulary.closing_reasons,
        work.today(),
        work.lang,
    );
    let directory = work.app.desk.directory();
    let own = work.person()?.org;
    let mut orgs: Vec<Choice> = directory
        .all()
        .filter(|(org, o)| *org != own && work.app.desk.takes_over(&o.kind, work.today()))
        .map(|(org, o)| Choice::new(org.to_string(), o.name.clone()))
        .collect();
    orgs.sort_by_cached_key(|choice| choice.label.to_lowercase());
    let choices = vec![
        Choice::new("plan", t.say("cases-aftercare-plan")),
        Choice::new("refused", t.say("cases-aftercare-refused")),
        Choice::new("cannot", t.say("cases-aftercare-cannot"))
            .hint(t.say("cases-aftercare-cannot-hint")),
        Choice::new("none", t.say("cases-aftercare-none")).hint(t.say("cases-aftercare-none-hint")),
    ];
    let mut asks = vec![
        Ask::radios("reason", t.say("cases-close-reason"), reasons),
        Ask::pick("to", t.say("cases-close-to"), orgs)
            .hint(t.say("cases-close-to-hint"))
            .maybe(),
        Ask::line("of", t.say("cases-close-of"))
            .hint(t.say("cases-close-of-hint"))
            .maybe(),
        Ask::lines("explanation", t.say("cases-close-explanation")),
        Ask::heading(t.say("cases-aftercare")),
        Ask::remark(t.say("cases-aftercare-lead")),
        Ask::radios("aftercare", t.say("cases-aftercare-choice"), choices),
    ];
    for (index, (day, channel)) in MOMENTS.into_iter().enumerate() {
        let n = index + 1;
        asks.push(Ask::day(day, t.say_n("cases-moment-day", n)).maybe());
        asks.push(Ask::line(channel, t.say_n("cases-moment-channel", n)).maybe());
    }
    asks.extend([
        Ask::lines("refusal", t.say("cases-aftercare-refusal")).maybe(),
        Ask::line("follow_up", t.say("cases-follow-up")).maybe(),
        Ask::day("follow_up_due", t.say("cases-follow-up-due")).maybe(),
    ]);
    let mut warning = String::new();
    if !open.is_empty() {
        let what = texts::unfinished_list(&t, open);
        warning = t.say_with("cases-close-open", "what", what);
        asks.extend([
            Ask::heading(t.say("cases-close-anyway-title")),
            Ask::flag("close_anyway", t.say("cases-close-anyway")),
            Ask::lines("left_open_why", t.say("cases-close-anyway-why"))
                .hint(t.say("cases-close-anyway-hint"))
                .maybe(),
        ]);
    }
    Ok(Sheet::new(
        work,
        Some(id),
        "/close",
        Key::new("cases-close"),
        Key::new("cases-close-button"),
    )?
    .lead(t.say("cases-close-lead"))
    .warn(warning)
    .asks(asks))
}

/// Asks how a case ends. Two moments are proposed; the person chooses.
pub(super) async fn ask(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    let proposed = |clock: &str| {
        let due = work.app.desk.deadline(clock, work.now);
        due.map(dutch_date).ok()
    };
    let contact = &dossier.person.safety.contact;
    let channel = contact.safe_channel.as_ref();
    let start = Values::seen(dossier.version)
        .with("aftercare", "plan")
        .maybe("moment", proposed("aftercare_first"))
        .text("channel", channel)
        .maybe("moment2", proposed("aftercare_second"))
        .text("channel2", channel);
    sheet(&work, id, &dossier.unfinished)?.show(start.filled())
}

/// Closes a case.
pub(super) async fn close(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let text_of_id = id;
    let id = case_id(&text_of_id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let left_open = left_open(&mut form);
    let reason = reason(&mut form);
    let explanation = text(&mut form, "explanation", REMARK_MAX).required();
    let aftercare = aftercare(&mut form);
    let read = form.finish(|| {
        let input = CloseInput {
            reason: reason?,
            explanation: explanation?,
            aftercare: aftercare?,
            left_open: left_open?,
            looked: looked?,
        };
        Ok((seen?, input))
    });
    let filled = match read {
        Err(filled) => filled,
        Ok((seen, input)) => {
            match case::close(&work.app.desk, &work.actor, work.now, id, seen, input).await {
                Ok(()) => return Ok(back(id, "closed")),
                Err(error) => at_fields(error, typed, FIELDS)?,
            }
        }
    };
    let (id, dossier) = super::read(&work, &text_of_id).await?;
    sheet(&work, id, &dossier.unfinished)?.show(filled)
}

/// Who closes although something is open says that she knows, and why: one without the other is a fault.
fn left_open(form: &mut Form) -> Read<Option<SafeText>> {
    let anyway = form.flag("close_anyway").read();
    let why = text(form, "left_open_why", REMARK_MAX).optional();
    match (anyway?, why?) {
        (true, Some(why)) => Ok(Some(why)),
        (false, None) => Ok(None),
        (true, None) => Err(form.note("left_open_why", Key::new("form-error-required"))),
        (false, Some(_)) => Err(form.note("close_anyway", Key::new("cases-fault-left-open"))),
    }
}

fn reason(form: &mut Form) -> Read<ClosingReason> {
    let code = form.line("reason").max(64).required();
    let to = form.parsed("to", |t| t.parse::<OrgId>().ok()).optional();
    let of = form.parsed("of", |t| t.parse::<CaseId>().ok()).optional();
    Ok(match code?.as_str() {
        "doelen_bereikt" => ClosingReason::HelpDone,
        "eigen_wens" => ClosingReason::OwnWish,
        "teruggekeerd" => ClosingReason::Returned,
        "mob" => ClosingReason::Mob,
        "geen_mensenhandel" => ClosingReason::NoTrafficking,
        "overleden" => ClosingReason::Deceased,
        "anders" => ClosingReason::Other,
        "overgedragen" => match to? {
            Some(to) => ClosingReason::HandedOver { to },
            None => return Err(form.note("to", Key::new("form-error-required"))),
        },
        "dubbel" => match of? {
            Some(of) => ClosingReason::Duplicate { of },
            None => return Err(form.note("of", Key::new("form-error-required"))),
        },
        _ => return Err(form.note("reason", Key::new("form-error-choice"))),
    })
}

fn aftercare(form: &mut Form) -> Read<AftercareInput> {
    let choice = form
        .one_of(
            "aftercare",
            &[
                ("plan", 'p'),
                ("refused", 'r'),
                ("cannot", 'c'),
                ("none", 'n'),
            ],
        )
        .required();
    let refusal = text(form, "refusal", REMARK_MAX).optional();
    let follow_up = text(form, "follow_up", 200).optional();
    let due = form.date("follow_up_due").optional();
    let moments = moments(form, matches!(choice, Ok('p')));
    match choice? {
        'p' => match moments? {
            moments if moments.is_empty() => {
                Err(form.note("moment", Key::new("form-error-required")))
            }
            moments => Ok(AftercareInput::Plan(moments)),
        },
        'r' => match refusal? {
            Some(note) => Ok(AftercareInput::Refused(note)),
            None => Err(form.note("refusal", Key::new("form-error-required"))),
        },
        'c' => match (follow_up?, due?) {
            (Some(task), Some(due)) => Ok(AftercareInput::CannotBeAsked(Some((task, due)))),
            (None, None) => Ok(AftercareInput::CannotBeAsked(None)),
            (Some(_), None) => Err(form.note("follow_up_due", Key::new("form-error-required"))),
            (None, Some(_)) => Err(form.note("follow_up", Key::new("form-error-required"))),
        },
        _ => Ok(AftercareInput::DoesNotArise),
    }
}

/// Moments with their channel; a day without a channel is a fault, for a call to the wrong number endangers. The page
/// proposes days: when no aftercare is `planned`, they stand there and say nothing.
fn moments(form: &mut Form, planned: bool) -> Read<Vec<(Date, SafeText)>> {
    let mut moments = Vec::new();
    let mut noted = None;
    for (day, channel) in MOMENTS {
        let on = form.date(day).optional();
        let through = text(form, channel, 200).optional();
        match (on, through) {
            (Ok(Some(on)), Ok(Some(through))) => moments.push((on, through)),
            (Ok(Some(_)), Ok(None)) if !planned => {}
            (Ok(Some(_)), Ok(None)) => {
                noted = Some(form.note(channel, Key::new("form-error-required")));
            }
            (Ok(None), Ok(_)) => {}
            (Err(error), _) | (_, Err(error)) => noted = Some(error),
        }
    }
    match noted {
        None => Ok(moments),
        Some(error) => Err(error),
    }
}

fn moment_sheet(work: &Work, id: CaseId, number: usize) -> Result<Sheet, Problem> {
    let t = work.say();
    let went = vec![
        Choice::new("done", t.say("cases-moment-done")),
        Choice::new("missed", t.say("cases-moment-missed")).hint(t.say("cases-moment-missed-hint")),
        Choice::new("cancelled", t.say("cases-moment-cancelled")),
    ];
    Ok(Sheet::new(
        work,
        Some(id),
        &format!("/aftercare/{number}"),
        Key::new("cases-moment-record"),
        Key::new("cases-save"),
    )?
    .asks(vec![
        Ask::radios("went", t.say("cases-moment-went"), went),
        Ask::lines("note", t.say("cases-moment-note"))
            .hint(t.say("cases-moment-note-hint"))
            .maybe(),
    ]))
}

fn number(text: &str) -> Result<usize, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Asks how an aftercare moment went.
pub(super) async fn ask_moment(
    work: Work,
    Path((id, moment)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let moment = number(&moment)?;
    let (id, dossier) = read(&work, &id).await?;
    moment_sheet(&work, id, moment)?.show(Values::seen(dossier.version).filled())
}

/// Records how an aftercare moment went.
pub(super) async fn record(
    work: Work,
    Path((id, moment)): Path<(String, String)>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let (id, moment) = (case_id(&id)?, number(&moment)?);
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let note = text(&mut form, "note", REMARK_MAX).optional();
    let went = form
        .one_of(
            "went",
            &[("done", 'd'), ("missed", 'm'), ("cancelled", 'c')],
        )
        .required();
    let went = match (went, note) {
        (Ok('d'), Ok(note)) => Ok(MomentInput::Done(note)),
        (Ok('m'), Ok(Some(note))) => Ok(MomentInput::Missed(note)),
        (Ok('m'), Ok(None)) => Err(form.note("note", Key::new("form-error-required"))),
        (Ok(_), Ok(_)) => Ok(MomentInput::Cancelled),
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let (seen, went, looked) = match form.finish(|| Ok((seen?, went?, looked?))) {
        Ok(read) => read,
        Err(filled) => return moment_sheet(&work, id, moment)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::record_aftercare(desk, actor, work.now, id, seen, moment, went, looked).await {
        Ok(()) => Ok(back(id, "aftercare")),
        Err(error) => moment_sheet(&work, id, moment)?.show(at_fields(error, typed, &["note"])?),
    }
}

fn reopen_sheet(work: &Work, id: CaseId) -> Result<Sheet, Problem> {
    let t = work.say();
    Ok(Sheet::new(
        work,
        Some(id),
        "/reopen",
        Key::new("cases-reopen"),
        Key::new("cases-reopen-button"),
    )?
    .asks(vec![
        Ask::lines("reason", t.say("cases-reason")),
        Ask::radios(
            "again",
            t.say("cases-exploited-ask-again"),
            texts::answers(&t),
        )
        .hint(t.say("cases-exploited-hint")),
    ]))
}

/// Asks why a case is opened again.
pub(super) async fn ask_reopen(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let (id, dossier) = read(&work, &id).await?;
    reopen_sheet(&work, id)?.show(Values::seen(dossier.version).filled())
}

/// Opens a case again.
pub(super) async fn reopen(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let typed = Filled::new(body.0.clone(), Vec::new());
    let mut form = Form::new(body);
    let (seen, looked) = seen_and_looked(&mut form);
    let reason = text(&mut form, "reason", REMARK_MAX).required();
    let again = form.one_of("again", texts::ANSWERS).required();
    let read = form.finish(|| Ok((seen?, reason?, again?, looked?)));
    let (seen, reason, again, looked) = match read {
        Ok(read) => read,
        Err(filled) => return reopen_sheet(&work, id)?.show(filled),
    };
    let (desk, actor) = (&work.app.desk, &work.actor);
    match case::reopen(desk, actor, work.now, id, seen, reason, again, looked).await {
        Ok(()) => Ok(back(id, "reopened")),
        Err(error) => reopen_sheet(&work, id)?.show(at_fields(error, typed, &["reason"])?),
    }
}
