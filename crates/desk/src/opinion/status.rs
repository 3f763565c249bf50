//! Word from the panel to care: where the request stands at each step, and the opinion itself only at the end.

use domain::By;
use domain::SafeText;
use domain::ids::{DisclosureId, OrgId};
use domain::opinion::OpinionState;
use jiff::Timestamp;
use vault::Store;

use super::file::OpinionFile;
use crate::Desk;
use crate::access::UseCase;
use crate::disclosure::{Disclosure, OpinionStatus, Payload};

/// The word that follows a step. It goes to care, where the person is known, and nowhere else.
pub(super) fn word(
    desk: &Desk,
    file: &OpinionFile,
    case: UseCase,
    by: Option<By>,
    at: Timestamp,
    reason: Option<SafeText>,
) -> Disclosure {
    let rule = case.rule();
    Disclosure {
        id: DisclosureId::new(desk.vault.new_id(at)),
        from: Store::K4,
        to: Store::K3,
        org: Some(asking_org(file)),
        by,
        at,
        purpose: "opinion".to_owned(),
        ground: rule.ground.to_owned(),
        consent: None,
        thread: Some(file.thread),
        subject: Some(file.opinion.id.to_string()),
        payload: Payload::OpinionStatus(OpinionStatus {
            state: file.opinion.state_name().to_owned(),
            outcome: match file.opinion.state() {
                OpinionState::Outcome { opinion } => Some(opinion.clone()),
                _ => None,
            },
            reason,
        }),
    }
}

/// The organisation at care that asked for the person.
pub(super) fn asking_org(file: &OpinionFile) -> OrgId {
    file.opinion.requested.org
}
