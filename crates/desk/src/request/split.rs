//! A request goes to every compartment that has data of the person by a disclosure, each its own part; and arrives there.

use domain::answer::{By, Compartment};
use domain::arrival::Via;
use domain::ids::DisclosureId;
use domain::request::{DataRequest, Part, Right};
use domain::share::ShareState;
use domain::{SafeText, ids::CaseId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Store, VaultError};

use super::records::StoredPart;
use super::{GROUND, PURPOSE};
use crate::Desk;
use crate::case::CaseFile;
use crate::disclosure::{Disclosure, Payload};
use crate::error::Result;
use crate::intake::IntakeFile;
use crate::opinion::OpinionFile;
use crate::share::{Side, StoredReceived, StoredShare};

/// A part of a request on its way: what is asked, and by which earlier disclosure the receiver can find what it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartAsked {
    /// What is asked.
    pub right: Right,
    /// Her own words, only where they are needed to answer.
    pub words: Option<SafeText>,
    /// When she asked, to the day's beginning where nobody needs more.
    pub received: Timestamp,
    /// Before when it is to be answered.
    pub due: Timestamp,
    /// The disclosure with which care asked first; the answer names it.
    pub origin: DisclosureId,
    /// The disclosure by which both sides know the matter.
    pub about: DisclosureId,
    /// The identity that both sides know, where there is one: a registration.
    pub record: Option<String>,
}

/// Where data of a person went, or came from, as care knows it.
struct Link {
    to: Store,
    org: Option<domain::ids::OrgId>,
    about: DisclosureId,
    record: Option<String>,
}

/// The parts of a request, in the change that settles it.
pub(super) async fn send_parts(
    desk: &Desk,
    mut change: Change,
    request: &DataRequest,
    file: &CaseFile,
    by: By,
    now: Timestamp,
) -> Result<Change> {
    if !request.right.goes_to_others() {
        return Ok(change);
    }
    for link in links(desk, file, request.case).await? {
        let id = DisclosureId::new(desk.vault.new_id(now));
        let asked = PartAsked {
            right: request.right,
            words: request
                .words
                .clone()
                .filter(|_| request.right.needs_words()),
            received: request.received,
            // What comes after the section opened would be missed by her.
            due: request.terms.release,
            origin: id,
            about: link.about,
            record: link.record,
        };
        let disclosure = Disclosure {
            id,
            from: Store::K3,
            to: link.to,
            org: link.org,
            by: Some(by),
            at: now,
            purpose: PURPOSE.to_owned(),
            ground: GROUND.to_owned(),
            consent: None,
            thread: Some(link.about),
            subject: Some(request.id.to_string()),
            payload: Payload::RequestPart(Box::new(asked)),
        };
        change = disclosure.send(change)?;
    }
    Ok(change)
}

/// What connects the case to others: what brought it, and what was sent of it.
async fn links(desk: &Desk, file: &CaseFile, case: CaseId) -> Result<Vec<Link>> {
    let mut out = Vec::new();
    if let Some(arrival) = &file.arrival {
        out.push(Link {
            to: match arrival.via {
                Via::Report => Store::K1,
                Via::Handover { .. } => Store::K5,
            },
            org: None,
            about: arrival.disclosure,
            record: None,
        });
    }
    let case = case.to_string();
    let sent = desk
        .vault
        .load_children_in::<Disclosure>(Store::K3, &case)
        .await?;
    for sent in sent.into_iter().map(|found| found.body) {
        let record = match &sent.payload {
            Payload::Registration(registration) => Some(registration.id.to_string()),
            Payload::OpinionRequest(_) => None,
            _ => continue,
        };
        out.push(Link {
            to: sent.to,
            org: sent.org,
            about: sent.id,
            record,
        });
    }
    for share in desk.vault.load_children::<StoredShare>(&case).await? {
        let share = share.body.0;
        if was_sent(share.state()) {
            out.push(Link {
                to: Side::of_share(desk, &share)?.store(),
                org: Some(share.terms.to),
                about: share.id,
                record: None,
            });
        }
    }
    Ok(out)
}

/// Whether the receiver of a share has, or may have kept, something of it.
fn was_sent(state: &ShareState) -> bool {
    match state {
        ShareState::Held { .. } | ShareState::Ending { .. } => true,
        ShareState::Ended { confirmation, .. } => confirmation.kept.is_some(),
        ShareState::Offered | ShareState::Refused { .. } | ShareState::Gone { .. } => false,
    }
}

/// The compartment of a store that can have a part.
pub(super) fn compartment(store: Store) -> Option<Compartment> {
    Some(match store {
        Store::K1 => Compartment::K1,
        Store::K2 => Compartment::K2,
        Store::K3 => Compartment::K3,
        Store::K4 => Compartment::K4,
        Store::K5 => Compartment::K5,
        _ => return None,
    })
}

/// A part arrives. What it is about is found by the disclosure alone; what is no longer here needs no answer. The signal desk passes the
/// part on to whoever it sent the report to: only it knows that.
pub async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    asked: &PartAsked,
) -> Result<()> {
    let store = disclosure.to;
    let about = local(desk, store, asked).await?;
    let mut change = change;
    if let (Some(about), Some(of)) = (about, compartment(store)) {
        let due = match store {
            Store::K5 => desk.deadline("police_data_request", asked.received)?,
            _ => asked.due,
        };
        let stored = StoredPart {
            part: Part::arrive(
                of,
                asked.origin,
                asked.right,
                asked.words.clone(),
                asked.received,
                due,
            ),
            org: org_of(desk, store, &about).await?,
            about,
            answered: None,
        };
        let id = desk.vault.new_id(disclosure.at).to_string();
        change = change.create(stored.draft(store, &id, &["all"])?);
        if store == Store::K1 {
            change = pass_on(desk, change, disclosure, asked, &stored.about).await?;
        }
    }
    desk.vault.apply(store, change).await?;
    Ok(())
}

/// The record of this compartment that a part is about.
async fn local(desk: &Desk, store: Store, asked: &PartAsked) -> Result<Option<String>> {
    let vault = &desk.vault;
    let about = asked.about.to_string();
    let found = match store {
        Store::K1 => subject(desk, store, &about).await?,
        Store::K2 => asked.record.clone(),
        Store::K3 => {
            let shared = vault
                .load_by_term::<StoredReceived>("share", &about)
                .await?;
            let routed = vault.load_by_term::<CaseFile>("disclosure", &about).await?;
            let shared = shared.into_iter().map(|found| found.id);
            shared
                .chain(routed.into_iter().map(|found| found.id))
                .next()
        }
        Store::K4 => {
            let found = vault.load_by_term::<OpinionFile>("thread", &about).await?;
            found.into_iter().map(|found| found.id).next()
        }
        Store::K5 => match subject(desk, store, &about).await? {
            Some(own) => Some(own),
            None => {
                let shared = vault
                    .load_by_term_in::<StoredReceived>(store, "share", &about)
                    .await?;
                let routed = vault
                    .load_by_term::<IntakeFile>("disclosure", &about)
                    .await?;
                let shared = shared.into_iter().map(|found| found.id);
                shared
                    .chain(routed.into_iter().map(|found| found.id))
                    .next()
            }
        },
        _ => None,
    };
    // What was destroyed meanwhile is not there to be answered about.
    match found {
        Some(id) if vault.clear_of(store, &id).await?.is_some() => Ok(Some(id)),
        _ => Ok(None),
    }
}

/// The own record that a disclosure of this store was about.
async fn subject(desk: &Desk, store: Store, disclosure: &str) -> Result<Option<String>> {
    match desk.vault.load_in::<Disclosure>(store, disclosure).await {
        Ok(found) => Ok(found.body.subject),
        Err(VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The organisation that holds a record; a person of an intake is held by whoever holds the intake.
pub(crate) async fn org_of(desk: &Desk, store: Store, record: &str) -> Result<Option<String>> {
    let mut at = record.to_owned();
    for _ in 0..3 {
        let Some((_, clear, _)) = desk.vault.clear_of(store, &at).await? else {
            return Ok(None);
        };
        match (clear.org, clear.parent) {
            (Some(org), _) => return Ok(Some(org)),
            (None, Some(parent)) => at = parent,
            (None, None) => return Ok(None),
        }
    }
    Ok(None)
}

/// The signal desk's own disclosures of the report, to investigation and to other care than the one that asks.
async fn pass_on(
    desk: &Desk,
    mut change: Change,
    disclosure: &Disclosure,
    asked: &PartAsked,
    report: &str,
) -> Result<Change> {
    let sent = desk
        .vault
        .load_children_in::<Disclosure>(Store::K1, report)
        .await?;
    for sent in sent.into_iter().map(|found| found.body) {
        let routed = matches!(sent.payload, Payload::RoutedReport(_));
        if !routed || sent.id == asked.about {
            continue;
        }
        let further = Disclosure {
            id: DisclosureId::new(desk.vault.new_id(disclosure.at)),
            from: Store::K1,
            to: sent.to,
            org: sent.org,
            by: None,
            at: disclosure.at,
            purpose: PURPOSE.to_owned(),
            ground: GROUND.to_owned(),
            consent: None,
            thread: Some(sent.id),
            subject: Some(report.to_owned()),
            payload: Payload::RequestPart(Box::new(PartAsked {
                about: sent.id,
                ..asked.clone()
            })),
        };
        change = further.send(change)?;
    }
    Ok(change)
}
