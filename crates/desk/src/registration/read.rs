//! Reading registrations, as the registrar.

use domain::ids::{OrgId, RegistrationId};
use domain::registration::Registration;
use jiff::Timestamp;
use vault::{Change, Counts, Cursor, Filter, Order, Page, Store, Stored};

use super::{StoredCount, StoredRegistration};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::shown;

/// A registration with what belongs to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The registration.
    pub registration: Registration,
    /// The organisation that registered.
    pub by: Option<OrgId>,
    /// Its name.
    pub by_name: Option<String>,
    /// What may only be kept, and why.
    pub restricted: Vec<crate::restriction::Notice>,
}

/// A page of the list, and how many registrations and counts there are under the same filter.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::ListRegistrations)?;
    let kind = &StoredRegistration::KIND;
    let page = desk
        .vault
        .list(kind, filter, Order::Newest, after, 50)
        .await?;
    let mut counts = desk.vault.counts(kind, filter).await?;
    counts.extend(desk.vault.counts(&StoredCount::KIND, filter).await?);
    Ok((page, counts))
}

/// Reads one registration; the journal says that it was seen.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, id: RegistrationId) -> Result<Entry> {
    let permit = permit(actor, UseCase::ReadRegistration)?;
    let what = "registration";
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    let record = [id.to_string()];
    let (change, restricted) =
        crate::restriction::shown(desk, change, Store::K2, &record, now).await?;
    let found = shown::first::<StoredRegistration>(desk, change, what).await?;
    let directory = desk.directory();
    Ok(Entry {
        by_name: found
            .body
            .by
            .and_then(|org| directory.get(org))
            .map(|o| o.name.clone()),
        by: found.body.by,
        registration: found.body.registration,
        restricted,
    })
}
