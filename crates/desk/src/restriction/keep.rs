//! The people of a compartment keep its restrictions: they write down a ground, decide that one ends, or that it stays after all.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::DataCode;
use domain::restriction::{Act, Despite, Ending, Exception, Restriction};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Opened, Store, Stored};

use super::{AskedBy, EXCEPTION, StoredRestriction, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::{CaseFile, fresh, guard, taken_on};
use crate::error::{DeskError, Result};
use crate::request::{end_for_her, may_end_from, org_of};
use crate::share::restrict_shares;

/// A restriction as its people see it.
#[derive(Debug, Clone)]
pub struct RestrictionView {
    /// The restriction.
    pub restriction: Restriction,
    /// Version to name when taking a step.
    pub version: i64,
    /// The record that it is about.
    pub about: String,
    /// Its type.
    pub about_kind: String,
    /// The record above that, where there is one.
    pub above: Option<String>,
    /// The first day that can be its last: she has read it by then.
    pub may_end_from: Date,
    /// Last day on which a ground that is written down now counts.
    pub exception_until: Date,
}

/// A ground for doing something all the same.
#[derive(Debug, Clone)]
pub struct ExceptInput {
    /// What.
    pub act: Act,
    /// On which ground.
    pub despite: Despite,
    /// Why.
    pub reason: SafeText,
    /// With which categories; none: with all that is restricted.
    pub data: BTreeSet<DataCode>,
    /// Somebody looked at what seems an address.
    pub looked: bool,
}

/// That it ends.
#[derive(Debug, Clone)]
pub struct AnnounceInput {
    /// Its last day.
    pub last: Date,
    /// Why; she reads it.
    pub reason: SafeText,
    /// Somebody looked at what seems an address.
    pub looked: bool,
}

/// The use case under which a compartment keeps its restrictions; none: it has none.
pub fn restriction_case(store: Store) -> Option<UseCase> {
    Some(match store {
        Store::K1 => UseCase::KeepRestrictionSignals,
        Store::K2 => UseCase::KeepRestrictionRegistration,
        Store::K3 => UseCase::KeepRestrictionCare,
        Store::K4 => UseCase::KeepRestrictionOpinion,
        Store::K5 => UseCase::KeepRestrictionInvestigation,
        _ => return None,
    })
}

fn permitted(actor: &Actor, store: Store) -> Result<Permit> {
    let missing = || DeskError::NotFound {
        what: "restriction",
    };
    permit(actor, restriction_case(store).ok_or_else(missing)?)
}

/// One of one's own compartment, and of one's own organisation where there are several; any other is not found. A case is that of whoever
/// coordinates it.
async fn own(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
) -> Result<Opened<StoredRestriction>> {
    let missing = || DeskError::NotFound {
        what: "restriction",
    };
    let found = desk
        .vault
        .load_in::<StoredRestriction>(store, id)
        .await
        .map_err(|e| DeskError::from(e).what("restriction"))?;
    let about = &found.body.about;
    if matches!(store, Store::K3 | Store::K5) {
        let mine = actor.person()?.org.to_string();
        if org_of(desk, store, about).await?.as_deref() != Some(mine.as_str()) {
            return Err(missing());
        }
    }
    if is_case(desk, store, about).await? {
        let case = about.parse().map_err(|_| missing())?;
        let taken = taken_on(desk, actor, now, case).await;
        taken.map_err(|e| e.what("restriction"))?;
    }
    Ok(found)
}

async fn is_case(desk: &Desk, store: Store, about: &str) -> Result<bool> {
    let kind = desk.vault.clear_of(store, about).await?;
    Ok(store == Store::K3 && kind.is_some_and(|(kind, _, _)| kind == CaseFile::KIND.name))
}

/// Shows a restriction. The journal says who looked.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
) -> Result<RestrictionView> {
    let permit = permitted(actor, store)?;
    let found = own(desk, actor, now, store, id).await?;
    let change = Change::new(permit.context(now)).read(id, &["all"]);
    desk.vault.apply(store, change).await?;
    let about = desk.vault.clear_of(store, &found.body.about).await?;
    let (about_kind, above) = match about {
        Some((kind, clear, _)) => (kind, clear.parent),
        None => (String::new(), None),
    };
    Ok(RestrictionView {
        may_end_from: may_end_from(desk, store, &found.body.asked, now).await?,
        exception_until: dutch_date(desk.deadline(EXCEPTION, now)?),
        version: found.version,
        about: found.body.about,
        restriction: found.body.restriction,
        about_kind,
        above,
    })
}

/// Writes down on which ground something is done all the same (AVG 18(2)). It counts for the days that the vocabulary names.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, where, which, seen, and what is written down"
)]
pub async fn except(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
    seen: i64,
    input: ExceptInput,
) -> Result<()> {
    let permit = permitted(actor, store)?;
    let found = own(desk, actor, now, store, id).await?;
    fresh(&found, seen)?;
    guard(&[("reason", Some(&input.reason))], input.looked)?;
    let exception = Exception {
        act: input.act,
        despite: input.despite,
        reason: input.reason,
        data: input.data,
        by: actor.by(now)?,
        until: dutch_date(desk.deadline(EXCEPTION, now)?),
    };
    let next = found.body.restriction.clone();
    let stored = StoredRestriction {
        restriction: next.except(exception, dutch_date(now)).map_err(refused)?,
        ..found.body
    };
    let draft = stored.draft(store, id, &["exceptions"])?;
    let change = Change::new(permit.context(now)).update(draft, seen);
    desk.vault.apply(store, change).await?;
    Ok(())
}

/// Decides that it ends, on a day before which she has read it (AVG 18(3)); whoever has a share of it is told too.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, where, which, seen, and what is decided"
)]
pub async fn announce(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
    seen: i64,
    input: AnnounceInput,
) -> Result<()> {
    let permit = permitted(actor, store)?;
    let found = own(desk, actor, now, store, id).await?;
    fresh(&found, seen)?;
    guard(&[("reason", Some(&input.reason))], input.looked)?;
    let earliest = may_end_from(desk, store, &found.body.asked, now).await?;
    let ending = Ending {
        last: input.last,
        reason: input.reason,
    };
    let next = found.body.restriction.clone();
    let next = next.announce(actor.by(now)?, ending, earliest);
    save(
        desk,
        actor,
        now,
        store,
        found,
        next.map_err(refused)?,
        &permit,
    )
    .await
}

/// It stays after all.
pub async fn keep(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
    seen: i64,
) -> Result<()> {
    let permit = permitted(actor, store)?;
    let found = own(desk, actor, now, store, id).await?;
    fresh(&found, seen)?;
    let next = found.body.restriction.clone().keep(dutch_date(now));
    save(
        desk,
        actor,
        now,
        store,
        found,
        next.map_err(refused)?,
        &permit,
    )
    .await
}

/// In one change: the restriction, her request or the part of it, and the word to whoever has a share.
async fn save(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    found: Opened<StoredRestriction>,
    next: Restriction,
    permit: &Permit,
) -> Result<()> {
    let ending = next.ending().cloned();
    let stored = StoredRestriction {
        restriction: next,
        ..found.body
    };
    let draft = stored.draft(store, &found.id, &["state"])?;
    let mut change = Change::new(permit.context(now)).update(draft, found.version);
    change = end_for_her(
        desk,
        actor,
        now,
        change,
        store,
        &stored.asked,
        ending.clone(),
    )
    .await?;
    if is_case(desk, store, &stored.about).await? {
        let missing = |_| DeskError::NotFound { what: "case" };
        let case = stored.about.parse().map_err(missing)?;
        let (data, last) = (&stored.restriction.data, ending.map(|ending| ending.last));
        let (told, _) = restrict_shares(desk, change, case, data, last, now).await?;
        change = told;
    }
    desk.vault.apply(store, change).await?;
    Ok(())
}

/// What a request of hers that was granted in this compartment does to a record of it.
pub(crate) fn draft_of(
    restriction: Restriction,
    about: &str,
    asked: AskedBy,
    store: Store,
    id: &str,
) -> Result<vault::Draft> {
    let stored = StoredRestriction {
        restriction,
        about: about.to_owned(),
        asked,
    };
    stored.draft(store, id, &["all"])
}
