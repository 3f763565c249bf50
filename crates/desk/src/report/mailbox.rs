//! The mailbox of a report: both sides write, the reporter comes back with a code.
//!
//! An unknown code, a wrong code and the code of an erased report get the same answer after the same work: one search.

use domain::SafeText;
use domain::ids::ReportId;
use domain::mailbox::{Message, ReturnCode, Sender};
use domain::report::PublicStatus;
use jiff::{SignedDuration, Timestamp};
use vault::{Change, ClearData, Draft, Opened, Store};

use super::{StoredMailbox, StoredReport, load};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::guesses::Door;

/// What the reporter sees.
#[derive(Debug, Clone)]
pub struct Post {
    /// How far the report is, in the reporter's terms.
    pub status: PublicStatus,
    /// When the report came in, to the hour.
    pub received_at: Timestamp,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The reporter ended the conversation.
    pub ended: bool,
    /// The files that were sent: what they are and how large.
    pub files: Vec<domain::report::Attachment>,
}

/// Reads the mailbox of a code.
pub async fn read_mailbox(desk: &Desk, now: Timestamp, code: &ReturnCode) -> Result<Post> {
    let permit = permit(&Actor::Public, UseCase::ReadMailbox)?;
    let search = async {
        let change = Change::new(permit.context(now)).seek("code", code.secret());
        let found = desk.vault.apply(Store::K1, change).await?.reads;
        let found = found.into_iter().next();
        Ok(found
            .ok_or(DeskError::NotFound { what: "mailbox" })?
            .typed::<StoredMailbox>()?)
    };
    let mailbox = desk.guesses().guard(Door::Mailbox, now, search).await?;
    let report = desk
        .vault
        .load::<StoredReport>(&mailbox.body.report.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("mailbox"))?;
    Ok(Post {
        status: report.body.0.public_status(),
        received_at: report.body.0.received_at,
        messages: mailbox.body.mailbox.messages().to_vec(),
        ended: mailbox.body.mailbox.is_burned(),
        files: report.body.0.content.attachments,
    })
}

pub(super) async fn by_code(
    desk: &Desk,
    now: Timestamp,
    code: &ReturnCode,
) -> Result<Opened<StoredMailbox>> {
    let search = async {
        let found = desk
            .vault
            .load_by_term::<StoredMailbox>("code", &code.secret())
            .await?;
        let found = found.into_iter().next();
        found.ok_or(DeskError::NotFound { what: "mailbox" })
    };
    desk.guesses().guard(Door::Mailbox, now, search).await
}

/// The reporter writes. `key` names the form, so that a double click is one message.
pub async fn write_mailbox(
    desk: &Desk,
    now: Timestamp,
    code: &ReturnCode,
    key: Option<&str>,
    text: SafeText,
) -> Result<()> {
    let permit = permit(&Actor::Public, UseCase::WriteMailbox)?;
    let found = by_code(desk, now, code).await?;
    let mut change = Change::new(permit.context(now));
    if let Some(key) = key {
        let expires = now
            .saturating_add(SignedDuration::from_hours(25))
            .unwrap_or(Timestamp::MAX);
        change = change.receipt(key, text.as_str().as_bytes(), b"kept".to_vec(), expires);
    }
    let said = with_message(&found, now, text)?;
    let report = load(desk, found.body.report).await?;
    // The list shows that somebody waits for an answer.
    let mut flagged = super::draft(
        &report.body.0,
        report.clear.region.clone(),
        report.clear.due,
        true,
    )?;
    flagged = flagged.changing(&["awaits_desk"]);
    change = change
        .update(said, found.version)
        .update(flagged, report.version);
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

/// The mailbox with a message of the reporter.
pub(super) fn with_message(
    found: &Opened<StoredMailbox>,
    now: Timestamp,
    text: SafeText,
) -> Result<Draft> {
    let message = Message {
        sender: Sender::Reporter { at: now },
        text,
    };
    let mailbox = found.body.mailbox.clone().with(message);
    redraft_mailbox(found, mailbox.map_err(|e| DeskError::rule("mailbox", e))?)
}

/// The reporter ends the conversation: its texts go, the report stays.
pub async fn burn(desk: &Desk, now: Timestamp, code: &ReturnCode) -> Result<()> {
    let permit = permit(&Actor::Public, UseCase::WriteMailbox)?;
    let found = by_code(desk, now, code).await?;
    let mailbox = found.body.mailbox.clone().burn();
    let change =
        Change::new(permit.context(now)).update(redraft_mailbox(&found, mailbox)?, found.version);
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

/// The desk writes to the reporter.
pub async fn message_reporter(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    report: ReportId,
    text: SafeText,
) -> Result<()> {
    let permit = permit(actor, UseCase::MessageReporter)?;
    let found = of_report(desk, report).await?;
    let message = Message {
        sender: Sender::Desk { by: actor.by(now)? },
        text,
    };
    let mailbox = found
        .body
        .mailbox
        .clone()
        .with(message)
        .map_err(|e| DeskError::rule("mailbox", e))?;
    let stored = load(desk, report).await?;
    // The desk had the last word: nobody waits.
    let quiet = super::draft(
        &stored.body.0,
        stored.clear.region.clone(),
        stored.clear.due,
        false,
    )?
    .changing(&["awaits_desk"]);
    let change = Change::new(permit.context(now))
        .update(redraft_mailbox(&found, mailbox)?, found.version)
        .update(quiet, stored.version);
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}

pub(super) async fn of_report(desk: &Desk, report: ReportId) -> Result<Opened<StoredMailbox>> {
    let found = desk
        .vault
        .load_children::<StoredMailbox>(&report.to_string())
        .await?;
    found
        .into_iter()
        .next()
        .ok_or(DeskError::NotFound { what: "mailbox" })
}

fn redraft_mailbox(
    found: &Opened<StoredMailbox>,
    mailbox: domain::mailbox::Mailbox,
) -> Result<Draft> {
    let clear = ClearData {
        state: if mailbox.is_burned() { "ended" } else { "open" }.to_owned(),
        parent: found.clear.parent.clone(),
        ..ClearData::default()
    };
    let body = StoredMailbox {
        report: found.body.report,
        mailbox,
    };
    Ok(Draft::new(found.id.clone(), &body, clear)?
        .with_terms(found.terms.clone())?
        .changing(&["messages"]))
}
