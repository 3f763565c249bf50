//! Sending a report: through the public door without an account, or taken down by the desk.

use domain::ids::ReportId;
use domain::mailbox::{Mailbox, ReturnCode};
use domain::report::{Report, ReportContent, ReporterContact};
use domain::{Answer, SafeText};
use jiff::{SignedDuration, Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vault::{Change, ClearData, Draft, Store, Term, Timer};

use super::{FIRST_ANSWER, StoredContact, StoredMailbox, draft, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{Arrived, Arriving, Origin, keep_all};
use crate::error::{DeskError, Result};

/// How the reporter can be reached, if he wants that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewContact {
    /// Name.
    pub name: Option<SafeText>,
    /// Organisation.
    pub organisation: Option<SafeText>,
    /// How: a number, an address.
    pub channel: Option<SafeText>,
    /// When it is safe.
    pub safe_times: Option<SafeText>,
    /// Word by which the reporter knows that it is us.
    pub code_word: Option<SafeText>,
    /// Never call back.
    pub never_call: bool,
}

/// A report as it comes in.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// What is told.
    pub content: ReportContent,
    /// How the reporter can be reached, if wanted.
    pub contact: Option<NewContact>,
}

/// What the reporter gets, after the report is durable.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The code to come back with. Shown once.
    pub code: ReturnCode,
    /// When it came in, to the hour.
    pub received_at: Timestamp,
    /// The report; for the desk's own entry, never for the reporter.
    pub id: ReportId,
    /// Whether this is a repetition of an answer given before.
    pub repeated: bool,
}

/// What is kept under the idempotency key: the code itself is derived again, never stored.
#[derive(Serialize, Deserialize)]
struct Kept {
    received_at: Timestamp,
    report: ReportId,
}

/// The start of the hour: the finest moment kept of a report through the public door.
pub(super) fn hour_of(now: Timestamp) -> Timestamp {
    let to_hour = TimestampRound::new()
        .smallest(Unit::Hour)
        .mode(jiff::RoundMode::Floor);
    now.round(to_hour).unwrap_or(now)
}

/// Takes a report in without an account. `key` is the sender's idempotency key with the exact body it came with: the same
/// key and body get the same answer for 24 hours.
pub async fn submit(
    desk: &Desk,
    now: Timestamp,
    key: Option<(&str, &[u8])>,
    new: NewReport,
) -> Result<Receipt> {
    let permit = permit(&Actor::Public, UseCase::SubmitReport)?;
    take_in(desk, &permit, hour_of(now), key, new, &[]).await
}

/// Takes in the files of a public report, with it or later. Nothing of them is kept until [`submit_with`] or
/// [`super::attach`] says what they belong to.
pub fn receive_files(desk: &Desk, now: Timestamp) -> Result<Arriving> {
    let permit = permit(&Actor::Public, UseCase::AttachToReport)?;
    let context = permit.context(hour_of(now));
    Ok(Arriving::new(desk, Store::K1, context))
}

/// Takes a report in with files: all of it or nothing. The same key with the same body and the same files is the same report.
pub async fn submit_with(
    desk: &Desk,
    now: Timestamp,
    key: (&str, &[u8]),
    mut new: NewReport,
    files: Arriving,
) -> Result<Receipt> {
    let permit = permit(&Actor::Public, UseCase::SubmitReport)?;
    let arrived = files.whole().to_vec();
    new.content.attachments = arrived.iter().map(Arrived::told).collect();
    let body = with_files(key.1, &arrived);
    let taken = take_in(
        desk,
        &permit,
        hour_of(now),
        Some((key.0, &body)),
        new,
        &arrived,
    );
    files.after(taken.await, |receipt| receipt.repeated).await
}

/// What an idempotency key stands for: the body and the files.
pub(super) fn with_files(body: &[u8], files: &[Arrived]) -> Vec<u8> {
    files.iter().fold(body.to_vec(), |mut all, file| {
        all.push(0);
        all.extend_from_slice(file.digest.as_bytes());
        all
    })
}

/// Takes down a report that came by telephone, at a counter or in another way.
pub async fn enter(desk: &Desk, actor: &Actor, now: Timestamp, new: NewReport) -> Result<Receipt> {
    let permit = permit(actor, UseCase::EnterReport)?;
    take_in(desk, &permit, now, None, new, &[]).await
}

async fn take_in(
    desk: &Desk,
    permit: &Permit,
    at: Timestamp,
    key: Option<(&str, &[u8])>,
    new: NewReport,
    files: &[Arrived],
) -> Result<Receipt> {
    let id = ReportId::new(desk.vault.new_id(at));
    let (report, _) = Report::receive(id, at, new.content).map_err(refused)?;
    let code = return_code(desk, key);
    let due = first_answer_due(desk, &report, at)?;
    let region = desk.region_of(report.content.municipality.as_ref(), at);
    let mut change = Change::new(permit.context(at));
    if let Some((key, body)) = key {
        let kept = Kept {
            received_at: at,
            report: id,
        };
        let answer = serde_json::to_vec(&kept).map_err(|e| DeskError::Setup(e.to_string()))?;
        // `at` is the start of the hour, so 25 hours keep every key at least the promised 24.
        let expires = at
            .saturating_add(SignedDuration::from_hours(25))
            .unwrap_or(Timestamp::MAX);
        change = change.receipt(key, body, answer, expires);
    }
    change = change
        .create(draft(&report, region, Some(due), false)?)
        .create(mailbox_draft(desk, at, id, &code)?)
        .timer(Timer {
            id: format!("{FIRST_ANSWER}/{id}"),
            due,
            kind: FIRST_ANSWER.to_owned(),
            record: id.to_string(),
        });
    if let Some(contact) = new.contact {
        change = change.create(contact_draft(desk, at, id, contact)?);
    }
    let origin = Origin::Reporter;
    change = keep_all(change, Store::K1, &id.to_string(), files, &origin, None, at)?;
    let applied = desk.vault.apply(Store::K1, change).await?;
    match applied.replayed {
        None => Ok(Receipt {
            code,
            received_at: at,
            id,
            repeated: false,
        }),
        Some(answer) => {
            let kept: Kept = serde_json::from_slice(&answer)
                .map_err(|_| DeskError::Setup("an earlier answer is unreadable".to_owned()))?;
            Ok(Receipt {
                code,
                received_at: kept.received_at,
                id: kept.report,
                repeated: true,
            })
        }
    }
}

/// Random, or derived from the idempotency key and body, so that a repetition gets the same code without the code being
/// stored anywhere.
fn return_code(desk: &Desk, key: Option<(&str, &[u8])>) -> ReturnCode {
    let mut bytes = [0u8; 16];
    match key {
        None => desk.vault.chance().fill(&mut bytes),
        Some((key, body)) => {
            let mut hash = Sha256::new();
            hash.update(desk.vault.keyring().derive("return codes").as_slice());
            hash.update(Sha256::digest(key.as_bytes()));
            hash.update(Sha256::digest(body));
            bytes.copy_from_slice(&hash.finalize()[..16]);
        }
    }
    // 128 bits over 10^16: the bias is below one in 10^22.
    let mut number = u128::from_be_bytes(bytes);
    let digits = std::array::from_fn(|_| {
        let digit = u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        digit
    });
    ReturnCode::from_digits(digits)
}

fn first_answer_due(desk: &Desk, report: &Report, at: Timestamp) -> Result<Timestamp> {
    let clock = match report.content.acute {
        Answer::Yes => "first_answer_acute",
        Answer::No | Answer::Unknown => "first_answer",
    };
    desk.deadline(clock, at)
}

fn mailbox_draft(desk: &Desk, at: Timestamp, report: ReportId, code: &ReturnCode) -> Result<Draft> {
    let clear = ClearData {
        state: "open".to_owned(),
        parent: Some(report.to_string()),
        ..ClearData::default()
    };
    let body = StoredMailbox {
        report,
        mailbox: Mailbox::empty(),
    };
    Ok(Draft::new(desk.vault.new_id(at).to_string(), &body, clear)?
        .with_terms(vec![Term::new("code", code.secret())])?)
}

fn contact_draft(
    desk: &Desk,
    at: Timestamp,
    report: ReportId,
    contact: NewContact,
) -> Result<Draft> {
    let clear = ClearData {
        parent: Some(report.to_string()),
        ..ClearData::default()
    };
    let body = StoredContact(ReporterContact {
        report,
        name: contact.name,
        organisation: contact.organisation,
        channel: contact.channel,
        safe_times: contact.safe_times,
        code_word: contact.code_word,
        never_call: contact.never_call,
    });
    Ok(Draft::new(desk.vault.new_id(at).to_string(), &body, clear)?)
}
