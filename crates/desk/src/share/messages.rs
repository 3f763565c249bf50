//! What the two sides tell each other. Each message is a disclosure: delivered at least once, applied once.

use std::collections::BTreeSet;

use domain::By;
use domain::SafeText;
use domain::code::{DataCode, PurposeCode};
use domain::ids::{DisclosureId, OrgId};
use domain::share::{Confirmation, EndReason, Outline, Portion, Received, Share};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Change, Opened, Store};

use super::records::{StoredContent, StoredReceived, StoredShare, share_term};
use super::side::Side;
use crate::Desk;
use crate::case::refused;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};

/// A message between the two sides of a share; the disclosure's thread is the share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "message", content = "with", rename_all = "snake_case")]
pub enum ShareMessage {
    /// To the receiver: what could come, without anything about a person.
    Offer(Offer),
    /// To the sender: yes.
    Accepted,
    /// To the sender: no, and why.
    Refused(SafeText),
    /// To the receiver: the content.
    Content(Box<Portion>),
    /// To the receiver: what was corrected in what it holds (AVG 19).
    Corrected(Box<Portion>),
    /// To the receiver: what it may only keep from now on, or until when (AVG 18, 19).
    Restricted(Restricted),
    /// To the sender: it is kept and nothing else.
    OnlyKept(Confirmation),
    /// To the receiver: it ended.
    Ended(EndReason),
    /// To the sender: confirmed.
    Confirmed(Confirmation),
}

/// What is offered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The sending organisation.
    pub from: OrgId,
    /// For what.
    pub purpose: PurposeCode,
    /// Legal grounds.
    pub grounds: Vec<String>,
    /// Why the sender thinks that it is needed.
    pub why: SafeText,
    /// Which categories.
    pub outline: Outline,
    /// Last day.
    pub until: Date,
}

/// What a receiver may only keep, because the sender restricted it at the person's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restricted {
    /// Which categories of what it has.
    pub data: BTreeSet<DataCode>,
    /// Last day, once the sender decided that it ends.
    pub last: Option<Date>,
}

/// A message from the sender about a share.
pub(super) fn message(
    desk: &Desk,
    share: &Share,
    by: Option<By>,
    now: Timestamp,
    what: ShareMessage,
) -> Result<Disclosure> {
    Ok(Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K3,
        to: Side::of_share(desk, share)?.store(),
        org: Some(share.terms.to),
        by,
        at: now,
        purpose: share.terms.purpose.to_string(),
        ground: share.terms.grounds.join("; "),
        consent: share.terms.consents.first().copied(),
        thread: Some(share.id),
        subject: Some(share.case.to_string()),
        payload: Payload::Share(Box::new(what)),
    })
}

/// A message back to the sender.
pub(super) fn answer(
    desk: &Desk,
    side: Side,
    received: &Received,
    by: By,
    now: Timestamp,
    what: ShareMessage,
) -> Disclosure {
    Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: side.store(),
        to: Store::K3,
        org: Some(received.from),
        by: Some(by),
        at: now,
        purpose: received.purpose.to_string(),
        ground: received.grounds.join("; "),
        consent: None,
        thread: Some(received.id),
        subject: None,
        payload: Payload::Share(Box::new(what)),
    }
}

/// Receives a message, on either side.
pub async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    message: &ShareMessage,
) -> Result<()> {
    let share = disclosure
        .thread
        .ok_or_else(|| DeskError::Setup("a message about no share".to_owned()))?;
    let change = match message {
        ShareMessage::Offer(offer) => offered(desk, change, disclosure, share, offer)?,
        ShareMessage::Content(portion) => content(desk, change, disclosure, share, portion).await?,
        ShareMessage::Corrected(newer) => corrected(desk, change, disclosure, share, newer).await?,
        ShareMessage::Restricted(what) => {
            super::restricted::receive(desk, change, disclosure, share, what).await?
        }
        ShareMessage::OnlyKept(confirmation) => {
            crate::request::told_back(desk, change, share, confirmation, true).await?
        }
        ShareMessage::Ended(why) => ended(desk, change, disclosure, share, *why).await?,
        ShareMessage::Accepted => {
            return super::sent::accepted(desk, change, disclosure, share).await;
        }
        ShareMessage::Refused(reason) => {
            let on = dutch_date(disclosure.at);
            match share_if_there(desk, share).await? {
                None => change,
                Some(found) => {
                    let next = found.body.0.refused(on, reason.clone());
                    let change = change.clear_timers(share.to_string());
                    with_share(change, next.map_err(refused)?, found.version)?
                }
            }
        }
        ShareMessage::Confirmed(confirmation) => match share_if_there(desk, share).await? {
            None => crate::request::told_back(desk, change, share, confirmation, false).await?,
            Some(found) => {
                let next = found.body.0.confirmed(confirmation.clone());
                let change = with_share(change, next.map_err(refused)?, found.version)?;
                crate::request::told_back(desk, change, share, confirmation, false).await?
            }
        },
    };
    desk.vault.apply(disclosure.to, change).await?;
    Ok(())
}

fn offered(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    share: DisclosureId,
    offer: &Offer,
) -> Result<Change> {
    let to = disclosure
        .org
        .ok_or_else(|| DeskError::Setup("an offer to no organisation".to_owned()))?;
    let received = Received::offered(
        share,
        offer.from,
        to,
        offer.purpose.clone(),
        offer.grounds.clone(),
        offer.why.clone(),
        offer.outline.clone(),
        offer.until,
    );
    let stored = StoredReceived {
        record: desk.vault.new_id(disclosure.at).to_string(),
        side: Side::of_store(disclosure.to)?,
        came: disclosure.at,
        received,
        lead: None,
        corrected: None,
        restricted: None,
    };
    Ok(change.create(stored.draft(&["offer"])?))
}

async fn content(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    share: DisclosureId,
    portion: &Portion,
) -> Result<Change> {
    let found = load_received(desk, disclosure.to, share).await?;
    let stored = StoredReceived {
        received: found.body.received.clone().arrived().map_err(refused)?,
        ..found.body.clone()
    };
    let id = desk.vault.new_id(disclosure.at).to_string();
    let content = StoredContent(portion.clone()).draft(id, &stored)?;
    Ok(change
        .update(stored.draft(&["content"])?, found.version)
        .create(content))
}

/// What was corrected takes the place of what was shared, in the same record.
async fn corrected(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    share: DisclosureId,
    newer: &Portion,
) -> Result<Change> {
    let found = load_received(desk, disclosure.to, share).await?;
    let mut change = change;
    let contents = (desk.vault)
        .load_children_in::<StoredContent>(disclosure.to, &found.id)
        .await?;
    if contents.is_empty() {
        return Ok(change);
    }
    let stored = StoredReceived {
        corrected: Some((dutch_date(disclosure.at), newer.outline())),
        ..found.body.clone()
    };
    change = change.update(stored.draft(&["corrected"])?, found.version);
    for content in contents {
        let portion = content.body.0.with(newer.clone());
        let draft = StoredContent(portion).draft(content.id, &stored)?;
        change = change.update(draft, content.version);
    }
    Ok(change)
}

/// The content is destroyed at once: what the receiver must keep under its own law it has in its own file.
async fn ended(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    share: DisclosureId,
    why: EndReason,
) -> Result<Change> {
    let found = load_received(desk, disclosure.to, share).await?;
    let on = dutch_date(disclosure.at);
    let next = found.body.received.clone().end(on, why);
    let stored = StoredReceived {
        received: next.map_err(refused)?,
        ..found.body.clone()
    };
    let mut change = change.update(stored.draft(&["end"])?, found.version);
    let contents = (desk.vault)
        .load_children_in::<StoredContent>(disclosure.to, &found.id)
        .await?;
    for content in contents {
        change = change.erase(content.id);
    }
    Ok(change)
}

pub(super) fn with_share(change: Change, share: Share, seen: i64) -> Result<Change> {
    Ok(change.update(StoredShare(share).draft(&["state"])?, seen))
}

pub(super) async fn load_share(desk: &Desk, id: DisclosureId) -> Result<Opened<StoredShare>> {
    desk.vault
        .load::<StoredShare>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("share"))
}

/// A share at its sender, unless it was erased there.
pub(super) async fn share_if_there(
    desk: &Desk,
    id: DisclosureId,
) -> Result<Option<Opened<StoredShare>>> {
    match load_share(desk, id).await {
        Ok(found) => Ok(Some(found)),
        Err(DeskError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn load_received(
    desk: &Desk,
    at: Store,
    id: DisclosureId,
) -> Result<Opened<StoredReceived>> {
    let term = share_term(id);
    let found = desk
        .vault
        .load_by_term_in::<StoredReceived>(at, &term.kind, &term.value)
        .await?;
    let missing = DeskError::NotFound { what: "share" };
    found.into_iter().next().ok_or(missing)
}
