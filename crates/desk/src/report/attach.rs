//! Files of a report: added later by the reporter, opened by the desk.

use domain::SafeText;
use domain::ids::{AttachmentId, ReportId};
use domain::mailbox::ReturnCode;
use jiff::{SignedDuration, Timestamp};
use vault::{Change, Store};

use super::mailbox::{by_code, with_message};
use super::submit::{hour_of, with_files};
use super::{draft, load, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{self, Arrived, Arriving, Content, Origin, keep_all};
use crate::error::Result;

/// Whether a code opens a report to which files can be added, before any of them is taken in.
pub async fn may_attach(desk: &Desk, now: Timestamp, code: &ReturnCode) -> Result<()> {
    permit(&Actor::Public, UseCase::AttachToReport)?;
    by_code(desk, now, code).await.map(|_| ())
}

/// The reporter adds files to his report, with a message. `key` names the form, so that a repetition adds nothing twice.
pub async fn attach(
    desk: &Desk,
    now: Timestamp,
    code: &ReturnCode,
    key: &str,
    text: SafeText,
    files: Arriving,
) -> Result<()> {
    let arrived = files.whole().to_vec();
    let kept = add(desk, now, code, key, text, &arrived).await;
    files.after(kept, |repeated| *repeated).await.map(|_| ())
}

/// Says whether this was done before.
async fn add(
    desk: &Desk,
    now: Timestamp,
    code: &ReturnCode,
    key: &str,
    text: SafeText,
    arrived: &[Arrived],
) -> Result<bool> {
    let permit = permit(&Actor::Public, UseCase::AttachToReport)?;
    let mailbox = by_code(desk, now, code).await?;
    let found = load(desk, mailbox.body.report).await?;
    let told = arrived.iter().map(Arrived::told).collect();
    let report = found.body.0.clone().attach(told).map_err(refused)?;
    // The list shows that something new is there.
    let record = draft(&report, found.clear.region.clone(), found.clear.due, true)?
        .changing(&["attachments", "awaits_desk"]);
    let expires = now
        .saturating_add(SignedDuration::from_hours(25))
        .unwrap_or(Timestamp::MAX);
    let body = with_files(text.as_str().as_bytes(), arrived);
    let change = Change::new(permit.context(now))
        .receipt(key, &body, b"kept".to_vec(), expires)
        .update(with_message(&mailbox, now, text)?, mailbox.version)
        .update(record, found.version);
    // Of the file itself nothing finer than the hour is kept, as of everything that comes through the public door.
    let (origin, at) = (Origin::Reporter, hour_of(now));
    let change = keep_all(change, Store::K1, &found.id, arrived, &origin, None, at)?;
    let applied = desk.vault.apply(Store::K1, change).await?;
    Ok(applied.replayed.is_some())
}

/// Opens a file of a report, to be saved.
pub async fn open_attachment(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    report: ReportId,
    id: AttachmentId,
) -> Result<Content> {
    let permit = permit(actor, UseCase::OpenReportAttachment)?;
    let parent = report.to_string();
    attachment::open(desk, permit.context(now), Store::K1, &parent, id).await
}
