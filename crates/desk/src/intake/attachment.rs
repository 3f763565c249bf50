//! Files that came along with a report.

use domain::ids::{AttachmentId, IntakeId};
use jiff::Timestamp;
use vault::Store;

use super::whole::Whole;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{self, Content};
use crate::error::Result;

/// Opens a file of an intake of the actor's own service, to be saved.
pub async fn open_attachment(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    intake: IntakeId,
    id: AttachmentId,
) -> Result<Content> {
    let permit = permit(actor, UseCase::OpenIntakeAttachment)?;
    Whole::opened(desk, actor, now, intake).await?;
    let parent = intake.to_string();
    attachment::open(desk, permit.context(now), Store::K5, &parent, id).await
}
