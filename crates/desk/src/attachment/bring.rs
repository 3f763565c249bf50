//! Files that go along with a routed report: copied into the receiver's compartment before the report arrives there, under
//! identities of their own, and destroyed again when it does not.

use domain::ids::AttachmentId;
use domain::report::ATTACHMENTS_MAX;
use jiff::Timestamp;
use vault::Context;

use super::{Arrived, Arriving, Content, open};
use crate::access::{UseCase, permit};
use crate::deliver::receiving_case;
use crate::disclosure::{Disclosure, Payload, RoutedReport};
use crate::error::{DeskError, Result};
use crate::{Actor, Desk};

/// What came along with a disclosure.
pub(crate) struct Brought {
    arriving: Option<Arriving>,
    /// The sender's identity of each file, in the order of those that came.
    were: Vec<AttachmentId>,
}

impl Brought {
    /// The files, belonging to nothing yet.
    pub(crate) fn files(&self) -> &[Arrived] {
        self.arriving.as_ref().map_or(&[], Arriving::whole)
    }

    /// The report with its files under the names that they have here; of the sender's own records nothing is named.
    pub(crate) fn named_here(&self, report: &RoutedReport) -> RoutedReport {
        let mut report = report.clone();
        let files = std::mem::take(&mut report.content.attachments);
        report.content.attachments = files
            .into_iter()
            .filter_map(|file| {
                let at = self.were.iter().position(|was| *was == file.id)?;
                Some(self.files().get(at)?.told())
            })
            .collect();
        report
    }

    /// Ends the delivery by what became of it.
    pub(crate) async fn after(self, received: Result<()>) -> Result<()> {
        match self.arriving {
            Some(arriving) => arriving.after(received, |()| false).await,
            None => received,
        }
    }
}

/// Copies the files that a disclosure sends along. Each store keeps its own entries: the sender's says what was read, the
/// receiver's what came in. A file that was destroyed meanwhile does not come.
pub(crate) async fn bring(desk: &Desk, now: Timestamp, sent: &Disclosure) -> Result<Brought> {
    let mut brought = Brought {
        arriving: None,
        were: Vec::new(),
    };
    let (Payload::RoutedReport(report), Some(parent)) = (&sent.payload, &sent.subject) else {
        return Ok(brought);
    };
    if report.content.attachments.is_empty() {
        return Ok(brought);
    }
    let reading = permit(&Actor::System, UseCase::SendAttachments)?.context(now);
    let case = receiving_case(&sent.payload, sent.to);
    let writing = permit(&Actor::System, case)?.context(now);
    let mut arriving = Arriving::new(desk, sent.to, writing).at_most(ATTACHMENTS_MAX);
    for file in &report.content.attachments {
        match copy(desk, &reading, sent, parent, file.id, &mut arriving).await {
            Ok(()) => brought.were.push(file.id),
            Err(DeskError::NotFound { .. }) => {}
            Err(error) => {
                arriving.abandon().await;
                return Err(error);
            }
        }
    }
    brought.arriving = Some(arriving);
    Ok(brought)
}

async fn copy(
    desk: &Desk,
    reading: &Context,
    sent: &Disclosure,
    parent: &str,
    id: AttachmentId,
    to: &mut Arriving,
) -> Result<()> {
    let content: Content = open(desk, reading.clone(), sent.from, parent, id).await?;
    to.begin()?;
    let mut number = 0;
    while let Some(part) = content.part(number).await? {
        to.take(&part).await?;
        number += 1;
    }
    to.end().await
}
