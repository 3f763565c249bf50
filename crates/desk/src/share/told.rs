//! What receivers are told when a person's data were erased or corrected at the sender (AVG 19).

use std::collections::BTreeSet;

use domain::code::DataCode;
use domain::ids::CaseId;
use domain::request::Told;
use domain::share::{EndReason, Portion, Share, ShareState, Source};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, Opened, Store};

use super::end::end;
use super::messages::{ShareMessage, message, with_share};
use super::records::StoredShare;
use super::sent::still_allowed;
use crate::Desk;
use crate::case::{load, person_of, refused};
use crate::disclosure::Disclosure;
use crate::error::Result;

/// Ends what runs of a case and holds some of these categories (none named: all), because it was erased; and names what has to go at the
/// sender: each such share with all that was sent of it. Its last word belongs to the request, so that it arrives although the share is gone.
pub(crate) async fn end_for_erasure(
    desk: &Desk,
    mut change: Change,
    case: CaseId,
    data: &BTreeSet<DataCode>,
    request: &str,
    now: Timestamp,
) -> Result<(Change, Vec<Told>, Vec<String>)> {
    let parent = case.to_string();
    let sent = desk
        .vault
        .load_children_in::<Disclosure>(Store::K3, &parent)
        .await?;
    let (mut told, mut gone) = (Vec::new(), Vec::new());
    for found in desk.vault.load_children::<StoredShare>(&parent).await? {
        let share = found.body.0;
        if !crate::request::holds_some(&share.portion, data) {
            continue;
        }
        let of_share = sent.iter().filter(|d| d.body.thread == Some(share.id));
        gone.extend(of_share.map(|d| d.id.clone()));
        gone.push(found.id.clone());
        change = change.clear_timers(found.id);
        if share.runs() {
            let why = EndReason::Erased;
            let next = share.clone().end(dutch_date(now), why).map_err(refused)?;
            let word = Disclosure {
                subject: Some(request.to_owned()),
                ..message(desk, &next, None, now, ShareMessage::Ended(why))?
            };
            change = word.send(change)?;
        }
        told.extend(was_told(&share, now));
    }
    Ok((change, told, gone))
}

/// Who had something of a share, and what it confirmed before.
fn was_told(share: &Share, now: Timestamp) -> Option<Told> {
    let confirmed = match share.state() {
        ShareState::Held { .. } | ShareState::Ending { .. } => None,
        ShareState::Ended { confirmation, .. } if confirmation.kept.is_some() => {
            Some(confirmation.clone())
        }
        _ => return None,
    };
    Some(Told {
        share: share.id,
        to: share.terms.to,
        kind: share.terms.kind.clone(),
        on: confirmed.as_ref().map_or(dutch_date(now), |c| c.on),
        ended: true,
        confirmed,
    })
}

/// Gives everybody who holds some of these categories what stands in them now. The law is asked again: what was corrected may be what it
/// hung on; then the share ends.
pub(crate) async fn correct_shares(
    desk: &Desk,
    mut change: Change,
    case: CaseId,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<(Change, Vec<Told>)> {
    let file = load(desk, case).await?.body;
    let person = person_of(desk, &file.case).await?;
    let reflection = file.reflection.last().map(|n| n.status.state.as_str());
    let source = Source {
        person: &person.body.0,
        region: file.case.region.as_ref(),
        reflection,
    };
    let mut told = Vec::new();
    let shares = desk
        .vault
        .load_children::<StoredShare>(&case.to_string())
        .await?;
    for found in shares {
        let share = &found.body.0;
        if !share.runs() || !crate::request::holds_some(&share.portion, data) {
            continue;
        }
        let (why, decided) = still_allowed(desk, share, now).await?;
        if let Some(decided) = decided {
            change = change.create(decided);
        }
        told.extend(was_told(share, now).map(|told| Told {
            ended: why.is_some(),
            ..told
        }));
        change = match why {
            Some(why) => end(desk, change, &found, now, None, why)?,
            None => renew(desk, change, &found, source, data, now)?,
        };
    }
    Ok((change, told))
}

fn renew(
    desk: &Desk,
    change: Change,
    found: &Opened<StoredShare>,
    source: Source<'_>,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<Change> {
    let share = found.body.0.clone();
    // No more than what was corrected: what else changed in the file was never decided to go.
    let shared: BTreeSet<DataCode> = share
        .portion
        .outline()
        .data()
        .filter(|held| data.contains(held))
        .cloned()
        .collect();
    let newer = Portion::of(source, &shared);
    let held = matches!(share.state(), ShareState::Held { .. });
    let portion = share.portion.clone().with(newer.clone());
    let next = share.corrected(portion).map_err(refused)?;
    let told = message(
        desk,
        &next,
        None,
        now,
        ShareMessage::Corrected(Box::new(newer)),
    )?;
    let change = with_share(change, next, found.version)?;
    match held {
        true => told.send(change),
        // Nothing went yet: it goes as it is now.
        false => Ok(change),
    }
}
