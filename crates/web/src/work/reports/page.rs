//! One report: what is told, what the desk did, and only the steps that are possible now.

use ::desk::kept::Store;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::UseCase;
use desk::access::permit;
use desk::report::{Dossier, message_reporter, open_attachment, read};
use domain::Answer;
use domain::ids::ReportId;
use domain::mailbox::{MESSAGE_MAX, Sender};
use domain::report::{ReportState, RouteAnswer, RouteDecision};
use domain::time::dutch_date;
use domain::vocabulary::Code;

use super::{crumbs, done, id_of, links, reference, refusal, words};
use crate::form::{Filled, Form};
use crate::page::frame::WorkFrame;
use crate::page::html_as;
use crate::page::ui::{Crumb, Deadline, Event};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::upload;
use crate::work::attached::{FileRow, rows};
use crate::work::form_page::{Ask, How, refused, safe_text};
use crate::work::reports::triage;
use crate::work::restrictions::{OnlyKept, only_kept};
use crate::work::told::{Fact, Told, told};
use crate::work::vocabulary::label;
use crate::work::{Work, WorkForm};

const DONE: &[(&str, Key)] = &[
    ("entered", Key::new("reports-done-entered")),
    ("acute", Key::new("reports-done-acute")),
    ("call", Key::new("reports-done-call")),
    ("accepted", Key::new("reports-done-accepted")),
    ("routed", Key::new("reports-done-routed")),
    ("message", Key::new("reports-done-message")),
    ("closed", Key::new("reports-done-closed")),
    ("linked", Key::new("reports-done-linked")),
];

#[derive(Template)]
#[template(path = "work/reports/page.html")]
struct ReportPage {
    only_kept: Vec<OnlyKept>,
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
    id: String,
    reference: String,
    seen: i64,
    state: String,
    tone: &'static str,
    received: String,
    due: Option<Deadline>,
    /// The first question, as the only step, until it is answered.
    acute_asks: Option<Vec<Ask>>,
    call_first: bool,
    call_missing: bool,
    may: May,
    told: Told,
    files: Vec<FileRow>,
    contact: Vec<Fact>,
    routes: Vec<RouteLine>,
    notes: Vec<String>,
    links: Vec<links::Line>,
    /// Some were found to be another matter.
    apart: bool,
    messages: Vec<Event>,
    has_mailbox: bool,
    ended: bool,
    events: Vec<Event>,
}

/// Which steps are possible now.
struct May {
    accept: bool,
    route: bool,
    close: bool,
    answer_anew: bool,
    link: bool,
}

/// A receiver, and what it said.
struct RouteLine {
    organisation: String,
    why: String,
    answer: String,
    tone: &'static str,
    reason: String,
    outcome: String,
}

/// Shows a report.
pub async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    with(&work, id_of(&id)?, Filled::blank(), StatusCode::OK).await
}

/// Shows a report with a form on it as it was filled in.
pub(super) async fn with(
    work: &Work,
    id: ReportId,
    f: Filled,
    status: StatusCode,
) -> Result<Response, Problem> {
    let dossier = read(&work.app.desk, &work.actor, work.now, id).await?;
    let say = work.say();
    let report = &dossier.report;
    let state = report.state();
    let acute = report.acute();
    let received = matches!(state, ReportState::Received);
    let lines = dossier.links.iter();
    let lines: Vec<_> = lines
        .map(|linked| links::line(work, &say, id, linked))
        .collect();
    let page = ReportPage {
        only_kept: only_kept(work, &say, Store::K1, &dossier.restricted),
        frame: work.frame_after(DONE)?,
        f,
        crumbs: crumbs(&say, id).into_iter().take(1).collect(),
        id: id.to_string(),
        reference: reference(id),
        seen: dossier.version,
        state: say.key(words::state(report.state_name())).into_owned(),
        tone: words::tone(report.state_name()).class(),
        received: say.moment(report.received_at),
        due: match state {
            ReportState::Closed { .. } => None,
            _ => dossier
                .due
                .map(|due| Deadline::new(dutch_date(due), work.today())),
        },
        acute_asks: received.then(|| triage::asks(&say)),
        call_first: received && report.content.acute == Answer::Yes,
        call_missing: acute.is_some_and(|a| a.answer.is_yes() && a.call.is_none())
            && !matches!(state, ReportState::Closed { .. }),
        may: May {
            accept: matches!(state, ReportState::InTriage { .. }),
            route: matches!(
                state,
                ReportState::Accepted { .. } | ReportState::Routed { .. }
            ),
            close: !received && !matches!(state, ReportState::Closed { .. }),
            answer_anew: !received && !matches!(state, ReportState::Closed { .. }),
            link: permit(&work.actor, UseCase::LinkReports).is_ok(),
        },
        told: told(&work.app, &say, &report.content, work.today()),
        files: rows(
            &say,
            &format!("/work/reports/{id}"),
            &report.content.attachments,
        ),
        contact: contact(&say, &dossier),
        routes: report
            .decisions()
            .iter()
            .map(|d| route_line(work, &say, &dossier, d))
            .collect(),
        notes: dossier
            .routing
            .notes
            .iter()
            .map(|n| say.key(words::note(*n)).into_owned())
            .collect(),
        apart: lines.iter().any(|line| line.apart),
        links: lines,
        messages: messages(&say, &dossier),
        has_mailbox: dossier.mailbox.is_some(),
        ended: dossier.mailbox.as_ref().is_some_and(|m| m.is_burned()),
        events: events(work, &say, &dossier),
        t: say,
    };
    html_as(status, &page)
}

/// Gives a file of the report out, to be saved.
pub async fn save(
    work: Work,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = file.parse().map_err(|_| Problem::not_found())?;
    let id = id_of(&id)?;
    let content = open_attachment(&work.app.desk, &work.actor, work.now, id, file).await?;
    upload::save(content)
}

/// Writes to the reporter.
pub async fn message(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let text = safe_text(&mut form, "message", MESSAGE_MAX)
        .or_say(Key::new("reports-message-missing"))
        .required();
    let text = match form.finish(|| text) {
        Ok(text) => text,
        Err(f) => return with(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match message_reporter(&work.app.desk, &work.actor, work.now, id, text).await {
        Ok(()) => Ok(done(id, "message")),
        Err(error) => {
            let f = refused(typed, error, &["message"], refusal)?;
            with(&work, id, f, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

fn contact(say: &Say, dossier: &Dossier) -> Vec<Fact> {
    let Some(contact) = &dossier.contact else {
        return Vec::new();
    };
    let never = contact
        .never_call
        .then(|| say.say("reports-contact-never-call").into_owned());
    let text = |t: &Option<domain::SafeText>| t.as_ref().map(|t| t.as_str().to_owned());
    [
        (Key::new("reports-contact-name"), text(&contact.name)),
        (
            Key::new("reports-contact-organisation"),
            text(&contact.organisation),
        ),
        (Key::new("reports-contact-channel"), text(&contact.channel)),
        (Key::new("reports-contact-times"), text(&contact.safe_times)),
        (Key::new("reports-contact-word"), text(&contact.code_word)),
        (Key::new("reports-contact-calling"), never),
    ]
    .into_iter()
    .filter_map(|(key, value)| value.map(|v| Fact::new(say.key(key), v)))
    .collect()
}

fn route_line(work: &Work, say: &Say, dossier: &Dossier, decision: &RouteDecision) -> RouteLine {
    let desk = &work.app.desk;
    let (answer, tone) = words::route_answer(&decision.answer);
    let proposal = decision.rule.as_ref().and_then(|rule| {
        dossier
            .routing
            .proposals
            .iter()
            .find(|p| &p.rule == rule)
            .map(|p| super::passing_on::in_language(say, &p.because))
    });
    let own = decision.because.as_ref().map(|b| b.as_str().to_owned());
    RouteLine {
        organisation: desk.directory().name(decision.org).to_owned(),
        why: [proposal, own]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        answer: say.key(answer).into_owned(),
        tone: tone.class(),
        reason: match &decision.answer {
            RouteAnswer::Refused { reason, .. } => reason.as_str().to_owned(),
            _ => String::new(),
        },
        outcome: decision
            .outcome
            .as_ref()
            .and_then(|o| Code::new(o.code()).ok())
            .map(|code| label(&desk.vocabulary.report_outcomes, &code, say))
            .unwrap_or_default(),
    }
}

fn messages(say: &Say, dossier: &Dossier) -> Vec<Event> {
    let Some(mailbox) = &dossier.mailbox else {
        return Vec::new();
    };
    mailbox
        .messages()
        .iter()
        .map(|message| Event {
            when: say.moment(message.sender.at()),
            title: match message.sender {
                Sender::Reporter { .. } => say.say("reports-message-from-reporter").into_owned(),
                Sender::Desk { .. } => say.say("reports-message-from-desk").into_owned(),
            },
            who: String::new(),
            body: message.text.as_str().to_owned(),
        })
        .collect()
}

/// What happened, oldest first. The organisation stands for whoever did it; the journal knows the person.
fn events(work: &Work, say: &Say, dossier: &Dossier) -> Vec<Event> {
    let report = &dossier.report;
    let directory = work.app.desk.directory();
    let event = |by: &domain::By, key: Key, body: String| Event {
        when: say.moment(by.at),
        title: say.key(key).into_owned(),
        who: directory.name(by.org).to_owned(),
        body,
    };
    let mut out = vec![Event {
        when: say.moment(report.received_at),
        title: say.say("reports-event-received").into_owned(),
        who: String::new(),
        body: String::new(),
    }];
    if let Some(acute) = report.acute() {
        let answer = say.key(words::answer(acute.answer));
        let body = format!("{answer}. {}", acute.because.as_str());
        out.push(event(&acute.by, Key::new("reports-event-acute"), body));
        if let Some(call) = &acute.call {
            let body = format!("{}: {}", call.to.as_str(), call.result.as_str());
            out.push(event(&call.by, Key::new("reports-event-call"), body));
        }
    }
    let (acceptance, closing) = match report.state() {
        ReportState::Accepted { acceptance, .. } | ReportState::Routed { acceptance, .. } => {
            (Some(acceptance), None)
        }
        ReportState::Closed {
            acceptance,
            closing,
            ..
        } => (acceptance.as_ref(), Some(closing)),
        _ => (None, None),
    };
    if let Some(acceptance) = acceptance {
        let body = say.say_with(
            "reports-event-outcome-due",
            "date",
            say.date_of(acceptance.outcome_due),
        );
        out.push(event(
            &acceptance.by,
            Key::new("reports-event-accepted"),
            body,
        ));
    }
    for decision in report.decisions() {
        let to = directory.name(decision.org).to_owned();
        let to = match decision.files {
            0 => to,
            n => format!("{to}. {}", say.say_n("reports-event-files", n)),
        };
        out.push(event(&decision.by, Key::new("reports-event-routed"), to));
    }
    if let Some(closing) = closing {
        let outcome = Code::new(closing.outcome.code())
            .ok()
            .map(|code| label(&work.app.desk.vocabulary.report_outcomes, &code, say));
        let body = format!(
            "{}. {}",
            outcome.unwrap_or_default(),
            closing.reason.as_str()
        );
        out.push(event(&closing.by, Key::new("reports-event-closed"), body));
    }
    out
}

/// The question of a message, for the template.
impl ReportPage {
    fn message_ask(&self) -> Ask {
        Ask::new(How::Text, "message", self.t.say("reports-message-label"))
            .hint(self.t.say("reports-message-hint"))
    }
}
