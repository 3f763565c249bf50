//! What receivers are told when processing is restricted at the sender (AVG 18 and 19), and what they confirm.

use std::collections::BTreeSet;

use domain::code::DataCode;
use domain::ids::{CaseId, DisclosureId};
use domain::request::Told;
use domain::share::{Confirmation, ShareState};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::Change;

use super::inbox::opened;
use super::messages::{Restricted, ShareMessage, answer, load_received, message};
use super::records::{OnlyKept, StoredReceived, StoredShare};
use super::side::Side;
use crate::Desk;
use crate::access::permit;
use crate::actor::Actor;
use crate::case::fresh;
use crate::disclosure::Disclosure;
use crate::error::{DeskError, Result};
use crate::need::may_work;

/// Tells everybody who holds some of these categories (none named: any) that they are restricted; `last`: until when.
pub(crate) async fn restrict_shares(
    desk: &Desk,
    mut change: Change,
    case: CaseId,
    data: &BTreeSet<DataCode>,
    last: Option<Date>,
    now: Timestamp,
) -> Result<(Change, Vec<Told>)> {
    let mut told = Vec::new();
    let parent = case.to_string();
    for found in desk.vault.load_children::<StoredShare>(&parent).await? {
        let share = found.body.0;
        let held = matches!(share.state(), ShareState::Held { .. });
        if !held || !crate::request::holds_some(&share.portion, data) {
            continue;
        }
        let outline = share.portion.outline();
        let restricted = outline
            .data()
            .filter(|d| data.is_empty() || data.contains(d));
        let word = ShareMessage::Restricted(Restricted {
            data: restricted.cloned().collect(),
            last,
        });
        change = message(desk, &share, None, now, word)?.send(change)?;
        told.push(Told {
            share: share.id,
            to: share.terms.to,
            kind: share.terms.kind.clone(),
            on: dutch_date(now),
            ended: false,
            confirmed: None,
        });
    }
    Ok((change, told))
}

/// The receiver hears of it. What ended meanwhile is gone here already.
pub(super) async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    share: DisclosureId,
    what: &Restricted,
) -> Result<Change> {
    let found = load_received(desk, disclosure.to, share).await?;
    if !found.body.received.shows_content() {
        return Ok(change);
    }
    let before = found.body.restricted.as_ref();
    let same = before.filter(|before| before.data == what.data);
    let stored = StoredReceived {
        restricted: Some(OnlyKept {
            data: what.data.clone(),
            since: same.map_or(dutch_date(disclosure.at), |before| before.since),
            last: what.last,
            confirmed: same.and_then(|before| before.confirmed),
        }),
        ..found.body.clone()
    };
    Ok(change.update(stored.draft(&["restricted"])?, found.version))
}

/// The receiver confirms that it keeps what it has and does nothing else with it; she reads so with her request.
pub async fn confirm_only_kept(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    (side, id): (Side, &str),
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, side.answer())?;
    let (found, because) = opened(desk, actor, now, side, id).await?;
    may_work(because)?;
    fresh(&found, seen)?;
    let open = found.body.restricted.clone();
    let Some(open) = open.filter(|one| one.confirmed.is_none()) else {
        let why = "there is nothing to confirm: nothing is restricted, or it was confirmed before";
        return Err(DeskError::rule("share-not-restricted", why));
    };
    let on = dutch_date(now);
    let word = ShareMessage::OnlyKept(Confirmation { on, kept: None });
    let sent = answer(desk, side, &found.body.received, actor.by(now)?, now, word);
    let stored = StoredReceived {
        restricted: Some(OnlyKept {
            confirmed: Some(on),
            ..open
        }),
        ..found.body
    };
    let change = Change::new(permit.context(now)).update(stored.draft(&["restricted"])?, seen);
    desk.vault.apply(side.store(), sent.send(change)?).await?;
    Ok(())
}
