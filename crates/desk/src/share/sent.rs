//! The sender's view, and what happens at the sender when the receiver says yes.

use domain::code::{DataCode, PurposeCode};
use domain::ids::{CaseId, DisclosureId};
use domain::share::{EndReason, Share, ShareState};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use law::Verdict;
use vault::{Change, Draft, Store};

use super::messages::{ShareMessage, load_share, message, share_if_there, with_share};
use super::offer::{ShareInput, not_restricted, work_out};
use super::records::StoredShare;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::{load, own, refused};
use crate::disclosure::Disclosure;
use crate::error::{DeskError, Result};

/// A share in the list of its case: where it stands, nothing of what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLine {
    /// Identity.
    pub id: DisclosureId,
    /// The receiver's name.
    pub to: String,
    /// For what.
    pub purpose: PurposeCode,
    /// Where it stands.
    pub state: ShareState,
    /// Last day, inclusive.
    pub until: Date,
}

/// A share as its sender reads it: always where it stands.
#[derive(Debug, Clone)]
pub struct SentShare {
    /// The share.
    pub share: Share,
    /// Version to name when ending it.
    pub version: i64,
    /// The receiver's name.
    pub to: String,
}

/// The shares of a case, newest first.
pub async fn of_case(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
) -> Result<Vec<SentLine>> {
    permit(actor, UseCase::OfferShare)?;
    own(desk, actor, now, case).await?;
    let found = desk
        .vault
        .load_children::<StoredShare>(&case.to_string())
        .await?;
    let directory = desk.directory();
    let seen = found.into_iter().rev().map(|found| {
        let share = found.body.0;
        SentLine {
            id: share.id,
            to: directory.name(share.terms.to).to_owned(),
            state: share.state().clone(),
            until: share.terms.until,
            purpose: share.terms.purpose,
        }
    });
    Ok(seen.collect())
}

/// Reads a share with what goes in it; the journal names the categories.
pub async fn read_sent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    id: DisclosureId,
) -> Result<SentShare> {
    let permit = permit(actor, UseCase::OfferShare)?;
    own(desk, actor, now, case).await?;
    let found = load_share(desk, id).await?;
    if found.body.0.case != case {
        return Err(DeskError::NotFound { what: "share" });
    }
    let outline = found.body.0.portion.outline();
    let fields: Vec<&str> = outline.data().map(DataCode::as_str).collect();
    let read = Change::new(permit.context(now)).read(id.to_string(), &fields);
    desk.vault.apply(Store::K3, read).await?;
    Ok(SentShare {
        to: desk.directory().name(found.body.0.terms.to).to_owned(),
        version: found.version,
        share: found.body.0,
    })
}

/// The receiver accepted. The law is asked once more: what has meanwhile become unlawful does not go.
pub(super) async fn accepted(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    id: DisclosureId,
) -> Result<()> {
    let Some(found) = share_if_there(desk, id).await? else {
        // It was erased at the person's request while the answer was under way: nothing goes.
        desk.vault.apply(Store::K3, change).await?;
        return Ok(());
    };
    let share = found.body.0.clone();
    let now = disclosure.at;
    let today = dutch_date(now);
    let (why, decided) = still_allowed(desk, &share, now).await?;
    let why = match not_restricted(desk, share.case, &share.portion, now).await {
        Ok(()) => why,
        Err(DeskError::Rule { .. }) => why.or(Some(EndReason::NoLongerAllowed)),
        Err(error) => return Err(error),
    };
    let (next, what) = match why {
        None => {
            let portion = Box::new(share.portion.clone());
            (share.delivered(today), ShareMessage::Content(portion))
        }
        Some(why) => (share.end(today, why), ShareMessage::Ended(why)),
    };
    let next = next.map_err(refused)?;
    let sent = message(desk, &next, None, now, what)?;
    let change = match why {
        None => change,
        Some(_) => change.clear_timers(id.to_string()),
    };
    let change = match decided {
        None => change,
        Some(decided) => change.create(decided),
    };
    let change = with_share(change, next, found.version)?;
    desk.vault.apply(Store::K3, sent.send(change)?).await?;
    Ok(())
}

/// Why it may no longer go, `None` when it may; and the decision, when the law was asked.
pub(super) async fn still_allowed(
    desk: &Desk,
    share: &Share,
    now: Timestamp,
) -> Result<(Option<EndReason>, Option<Draft>)> {
    if share.terms.until < dutch_date(now) {
        return Ok((Some(EndReason::Expired), None));
    }
    let file = load(desk, share.case).await?.body;
    let permit = permit(&Actor::System, UseCase::ReceiveShare)?;
    let input = ShareInput {
        to: share.terms.to,
        purpose: share.terms.purpose.clone(),
        data: share.terms.data.clone(),
        circumstances: share.terms.circumstances.clone(),
    };
    let (preview, _, decided) = work_out(desk, &permit, now, &file, &input).await?;
    let goes = share.portion.outline();
    let all = preview.answer.verdict == Verdict::Yes
        && goes
            .data()
            .all(|data| preview.answer.data.iter().any(|d| data.is(d)));
    let why = (!all).then_some(EndReason::NoLongerAllowed);
    Ok((why, Some(decided)))
}
