//! Files of a case: what came along with a report, and what colleagues add, open and remove.

use domain::SafeText;
use domain::attachment::MOST_OF_CASE;
use domain::ids::{AttachmentId, CaseId};
use jiff::Timestamp;
use vault::{Change, ClearData, Draft, Store};

use super::{guard, open_case, own, taken_on};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{
    self, Arriving, Attachment, Content, Origin, Removed, keep_all, list, listed, too_many,
};
use crate::error::Result;

/// Takes in files for a case of the actor's own organisation. Nothing is kept until [`add_attachments`].
pub async fn receive_files(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<Arriving> {
    let permit = permit(actor, UseCase::KeepCaseAttachments)?;
    open_case(desk, actor, now, id).await?;
    Ok(Arriving::new(desk, Store::K3, permit.context(now)))
}

/// Adds files to a case. The title is what colleagues call them; it is sealed, and may hold no address of a shelter.
pub async fn add_attachments(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    title: Option<SafeText>,
    looked: bool,
    files: Arriving,
) -> Result<()> {
    let added = add(desk, actor, now, id, title, looked, &files).await;
    files.after(added, |()| false).await
}

async fn add(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    title: Option<SafeText>,
    looked: bool,
    files: &Arriving,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepCaseAttachments)?;
    open_case(desk, actor, now, id).await?;
    guard(&[("title", title.as_ref())], looked)?;
    let parent = id.to_string();
    let there = list(desk, Store::K3, &parent).await?.len();
    if there + files.whole().len() > MOST_OF_CASE {
        return Err(too_many(MOST_OF_CASE));
    }
    let origin = Origin::Colleague {
        by: actor.by(now)?,
        name: actor.person()?.name.clone(),
    };
    let change = keep_all(
        Change::new(permit.context(now)),
        Store::K3,
        &parent,
        files.whole(),
        &origin,
        title.as_ref(),
        now,
    )?;
    if !change.is_empty() {
        desk.vault.apply(Store::K3, change).await?;
    }
    Ok(())
}

/// What is known of a file of a case, for the page on which its removal is asked. Nothing of its content.
pub async fn attachment(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    id: AttachmentId,
) -> Result<Attachment> {
    permit(actor, UseCase::KeepCaseAttachments)?;
    taken_on(desk, actor, now, case).await?;
    listed(desk, Store::K3, &case.to_string(), id).await
}

/// Opens a file of a case, to be saved.
pub async fn open_attachment(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    id: AttachmentId,
) -> Result<Content> {
    let permit = permit(actor, UseCase::OpenCaseAttachment)?;
    own(desk, actor, now, case).await?;
    let parent = case.to_string();
    attachment::open(desk, permit.context(now), Store::K3, &parent, id).await
}

/// Removes a file from a case, also from a closed one: it is destroyed, here and in every backup. That it was there, and why
/// it went, stays.
pub async fn remove_attachment(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    id: AttachmentId,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepCaseAttachments)?;
    taken_on(desk, actor, now, case).await?;
    guard(&[("reason", Some(&reason))], looked)?;
    let parent = case.to_string();
    let file = listed(desk, Store::K3, &parent, id).await?;
    let note = Removed {
        kind: file.kind,
        bytes: file.bytes,
        reason,
        by: actor.by(now)?,
        name: actor.person()?.name.clone(),
    };
    let clear = ClearData {
        parent: Some(parent),
        ..ClearData::default()
    };
    let change = Change::new(permit.context(now))
        .erase(id.to_string())
        .create(Draft::new(
            desk.vault.new_id(now).to_string(),
            &note,
            clear,
        )?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
