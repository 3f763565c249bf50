//! What follows from a request to restrict (AVG 18; Wpg 28): granting it marks the record in the same change, so that nothing happens in
//! between; and before it ends she reads so.

use domain::answer::{By, Compartment};
use domain::code::DataCode;
use domain::request::{DataRequest, Done, Part, PartAnswer, Reach, Right, Told, Way};
use domain::restriction::{Ending, Ground, Restriction};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;
use vault::{Change, Store, VaultError};

use super::part::{case_of, word};
use super::records::{StoredPart, StoredRequest};
use super::{extended, refused};
use crate::Desk;
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::restriction::{self, AskedBy};
use crate::share::restrict_shares;

/// How long before the end of a restriction she can read that it ends.
const NOTICE: &str = "restriction_notice";

/// The ground that a granted restriction rests on; one is named with it and with nothing else.
pub(super) fn ground(
    right: Right,
    answer: &PartAnswer,
    ground: Option<Ground>,
) -> Result<Option<Ground>> {
    if right != Right::Restriction || !answer.is_to_be_carried_out(right) {
        return Ok(None);
    }
    match ground {
        Some(ground) => Ok(Some(ground)),
        None => Err(DeskError::field(
            "restriction",
            "required",
            "say on which ground it is restricted",
        )),
    }
}

fn data_of(answer: &PartAnswer) -> BTreeSet<DataCode> {
    match answer.reach() {
        Reach::Whole => BTreeSet::new(),
        Reach::Categories(data) => data.clone(),
    }
}

fn done(ground: Ground, data: BTreeSet<DataCode>, told: Vec<Told>, now: Timestamp) -> Done {
    Done {
        on: dutch_date(now),
        way: Way::Restricted {
            ground,
            ending: None,
        },
        data,
        told,
    }
}

/// Care marks its case, and whoever has a share of it is told (AVG 19).
pub(super) async fn mark_case(
    desk: &Desk,
    change: Change,
    request: DataRequest,
    ground: Ground,
    by: By,
) -> Result<(Change, DataRequest)> {
    let answer = request.own_answer().cloned();
    let data = answer.as_ref().map(data_of).unwrap_or_default();
    let now = by.at;
    let restriction = Restriction::mark(Compartment::K3, ground, data.clone(), by);
    let draft = restriction::draft_of(
        restriction.map_err(restriction::refused)?,
        &request.case.to_string(),
        AskedBy::Request(request.id.to_string()),
        Store::K3,
        &desk.vault.new_id(now).to_string(),
    )?;
    let change = change.create(draft);
    let (change, told) = restrict_shares(desk, change, request.case, &data, None, now).await?;
    let next = request.carry_out(by, done(ground, data, told, now));
    Ok((change, next.map_err(refused)?))
}

/// A compartment marks the record that its part is about. A case of another care organisation has its own receivers to tell.
#[allow(
    clippy::too_many_arguments,
    reason = "where, which part about what, on which ground, by whom"
)]
pub(super) async fn mark_part(
    desk: &Desk,
    mut change: Change,
    part: Part,
    store: Store,
    id: &str,
    about: &str,
    ground: Ground,
    by: By,
) -> Result<(Change, Part)> {
    if desk.vault.clear_of(store, about).await?.is_none() {
        let why = "what this is about is gone: there is nothing to restrict";
        return Err(DeskError::rule("restriction-gone", why));
    }
    let data = part.goes_out().map(data_of).unwrap_or_default();
    let now = by.at;
    let restriction = Restriction::mark(part.of, ground, data.clone(), by);
    let draft = restriction::draft_of(
        restriction.map_err(restriction::refused)?,
        about,
        AskedBy::Part(id.to_owned()),
        store,
        &desk.vault.new_id(now).to_string(),
    )?;
    change = change.create(draft);
    let mut told = Vec::new();
    if let (Store::K3, Ok(case)) = (store, about.parse()) {
        // A received share has no shares of its own: then this finds none.
        (change, told) = restrict_shares(desk, change, case, &data, None, now).await?;
    }
    let next = part.carry_out(by, done(ground, data, told, now));
    Ok((change, next.map_err(refused)?))
}

/// The first day that can be the last one: the answer is open by then, and she had the days that the vocabulary names to read it.
pub(crate) async fn may_end_from(
    desk: &Desk,
    store: Store,
    asked: &AskedBy,
    now: Timestamp,
) -> Result<Date> {
    let opens = match asked {
        AskedBy::Request(id) => {
            let found = desk.vault.load::<StoredRequest>(id).await?.body.0;
            found.opens(Compartment::K3)
        }
        AskedBy::Part(id) => {
            let part = desk.vault.load_in::<StoredPart>(store, id).await?.body.part;
            // Whether care extended the term is not known here: its section is open by then at the latest.
            part.due.max(extended(desk, part.received)?.1)
        }
    };
    Ok(dutch_date(desk.deadline(NOTICE, now.max(opens))?))
}

/// She reads on her own page that it ends, or that it does not end after all.
pub(crate) async fn end_for_her(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    change: Change,
    store: Store,
    asked: &AskedBy,
    ending: Option<Ending>,
) -> Result<Change> {
    match asked {
        AskedBy::Request(id) => {
            let found = match desk.vault.load::<StoredRequest>(id).await {
                Ok(found) => found,
                Err(VaultError::NotFound { .. }) => return Ok(change),
                Err(error) => return Err(error.into()),
            };
            let org = found.clear.org.as_deref().and_then(|org| org.parse().ok());
            let org = org.ok_or_else(|| {
                DeskError::Setup("a request that no organisation keeps".to_owned())
            })?;
            let next = found.body.0.restriction_ends(ending).map_err(refused)?;
            let draft = StoredRequest(next).draft(org, &["done"])?;
            Ok(change.update(draft, found.version))
        }
        AskedBy::Part(id) => {
            let found = desk.vault.load_in::<StoredPart>(store, id).await?;
            let part = found.body.part.clone().restriction_ends(ending);
            let part = part.map_err(refused)?;
            let (case, before) = (case_of(store)?, found.body.answered);
            let sent = word(desk, store, case, &part, actor.by(now)?, now, id, before);
            let stored = StoredPart { part, ..found.body };
            let change = change.update(stored.draft(store, id, &["done"])?, found.version);
            match sent {
                Some(sent) => sent.send(change),
                None => Ok(change),
            }
        }
    }
}
