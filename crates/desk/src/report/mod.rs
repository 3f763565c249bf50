//! Reports at the signal desk (K1): sent without an account, triaged, accepted, routed, answered, closed.
//!
//! What comes in through the public door keeps no moment finer than the hour and no trace of who sent it.

mod attach;
mod clock;
mod close;
mod links;
mod mailbox;
mod read;
mod route;
mod submit;
mod triage;

pub use attach::{attach, may_attach, open_attachment};
pub use clock::clock;
pub use close::{close, receive_answer};
pub use links::{LinkInput, Linked, Pair, judge, pair};
pub use mailbox::{Post, burn, message_reporter, read_mailbox, write_mailbox};
pub use read::{Dossier, acute_waiting, counts, list, read};
pub use route::{Choice, RouteInput, route, suggest};
pub use submit::{NewContact, NewReport, Receipt, enter, receive_files, submit, submit_with};
pub use triage::{AcuteInput, accept, answer_acute, record_call};

use domain::ids::ReportId;
use domain::mailbox::Mailbox;
use domain::report::{
    MinorsInvolved, Report, ReportError, ReporterContact, RouteAnswer, RouteDecision,
};
use domain::{Answer, code::FormCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Opened, Store, Stored, Term};

use crate::error::{DeskError, Result};

/// A report as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredReport(pub Report);

impl Stored for StoredReport {
    const KIND: Kind = Kind {
        name: "report",
        store: Store::K1,
        schema: 1,
        clear: &[Clear::State, Clear::Region, Clear::Due],
        terms: &["phone", "plate", "account", "kvk", "email", ACUTE_WAITS],
    };
}

/// Under this term stand the reports of danger that nobody has accepted: they are found at once, however many others wait.
pub(crate) const ACUTE_WAITS: &str = "acute_waits";

/// The messages of a report, found by the return code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredMailbox {
    /// The report.
    pub report: ReportId,
    /// The messages.
    pub mailbox: Mailbox,
}

impl Stored for StoredMailbox {
    const KIND: Kind = Kind {
        name: "mailbox",
        store: Store::K1,
        schema: 1,
        clear: &[Clear::State, Clear::Parent],
        terms: &["code"],
    };
}

/// The reporter's own contact data: a record of its own with its own, shorter life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredContact(pub ReporterContact);

impl Stored for StoredContact {
    const KIND: Kind = Kind {
        name: "reporter_contact",
        store: Store::K1,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}

/// What a work list shows of a report: nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSummary {
    /// Danger, as the desk answered or else as the reporter did.
    pub acute: Answer,
    /// Forms suspected.
    pub forms: Vec<FormCode>,
    /// Whether a minor may be involved.
    pub minors: MinorsInvolved,
    /// Language of the report.
    pub language: String,
    /// Through which door it came.
    pub channel: String,
    /// The reporter wrote and waits for an answer.
    pub awaits_desk: bool,
    /// Receivers that it was sent to.
    #[serde(default)]
    pub receivers: usize,
    /// Receivers that sent it back: the desk must choose again.
    #[serde(default)]
    pub sent_back: usize,
    /// Receivers that told what came of it.
    #[serde(default)]
    pub outcomes: usize,
}

/// The clock that runs while a report waits for its first answer.
pub(crate) const FIRST_ANSWER: &str = "report.first_answer";
/// The clock that runs until a report has its outcome.
pub(crate) const OUTCOME: &str = "report.outcome";

/// The record of a report; `due` is what the desk owes next.
pub(crate) fn draft(
    report: &Report,
    region: Option<String>,
    due: Option<Timestamp>,
    awaits_desk: bool,
) -> Result<Draft> {
    let content = &report.content;
    let clear = ClearData {
        state: report.state_name().to_owned(),
        region,
        due,
        ..ClearData::default()
    };
    let summary = ReportSummary {
        acute: report
            .acute()
            .map_or(content.acute, |finding| finding.answer),
        forms: content.forms.clone(),
        minors: content.minors,
        language: content.language.to_string(),
        channel: code_of(&content.channel),
        awaits_desk,
        receivers: report.decisions().len(),
        sent_back: decided(report, |d| matches!(d.answer, RouteAnswer::Refused { .. })),
        outcomes: decided(report, |d| d.outcome.is_some()),
    };
    let waits = matches!(report.state_name(), "received" | "in_triage");
    let danger = (waits && summary.acute == Answer::Yes).then(|| Term::new(ACUTE_WAITS, "yes"));
    let terms = content
        .objects
        .iter()
        .filter_map(|object| {
            object
                .normal()
                .map(|value| Term::new(&code_of(&object.kind()), value))
        })
        .chain(danger)
        .collect();
    Ok(
        Draft::new(report.id.to_string(), &StoredReport(report.clone()), clear)?
            .with_terms(terms)?
            .with_summary(&summary)?,
    )
}

fn decided(report: &Report, which: impl Fn(&&RouteDecision) -> bool) -> usize {
    report.decisions().iter().filter(which).count()
}

/// A changed report, keeping its region and whether the reporter waits for an answer.
pub(crate) async fn redraft(
    desk: &crate::Desk,
    found: &Opened<StoredReport>,
    report: &Report,
    due: Option<Timestamp>,
    fields: &[&str],
) -> Result<Draft> {
    let mailboxes = desk.vault.load_children::<StoredMailbox>(&found.id).await?;
    let awaits = mailboxes.iter().any(|m| m.body.mailbox.awaits_desk());
    Ok(draft(report, found.clear.region.clone(), due, awaits)?.changing(fields))
}

/// The serde name of a unit variant, such as `web` for `Channel::Web`.
pub(crate) fn code_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

pub(crate) async fn load(desk: &crate::Desk, id: ReportId) -> Result<Opened<StoredReport>> {
    desk.vault
        .load::<StoredReport>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("report"))
}

/// A rule's refusal about a report, under a key of its own.
pub(crate) fn refused(error: ReportError) -> DeskError {
    let key = match &error {
        ReportError::Content(fault) => {
            return DeskError::field(fault.field(), "content", fault);
        }
        ReportError::AcuteNotAnswered { .. } => "report-acute-first",
        ReportError::WrongState { .. } => "report-wrong-state",
        ReportError::DueNotAfterAcceptance { .. } => "report-due",
        ReportError::NoDecision => "report-no-receiver",
        ReportError::NoSuchDecision(_) => "report-no-decision",
        ReportError::OutcomeWithoutRoute(_) => "report-outcome-without-route",
        ReportError::DangerWithoutCall { .. } => "report-danger-without-call",
        ReportError::DuplicateOfItself => "report-own-duplicate",
        ReportError::LinkToItself => "report-link-itself",
        ReportError::LinkStandsSo => "report-link-stands",
        ReportError::TooManyLinks { .. } => "report-links-full",
    };
    DeskError::rule(key, error)
}
