//! Reading reports at the desk: the list without personal data, the report with everything that belongs to it.

use domain::ids::{DisclosureId, OrgId, ReportId};
use domain::mailbox::Mailbox;
use domain::report::{Report, ReporterContact};
use domain::routing::Routing;
use jiff::Timestamp;
use vault::{Change, Cursor, Filter, ListRow, Order, Page, RegionCounts, Store, Stored};

use super::links::{Linked, linked};
use super::{ACUTE_WAITS, StoredContact, StoredMailbox, StoredReport};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::Disclosure;
use crate::error::{DeskError, Result};
use crate::shown;

/// A report with all that the desk sees of it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The report.
    pub report: Report,
    /// Version to name when changing it.
    pub version: i64,
    /// What the desk owes next, and when.
    pub due: Option<Timestamp>,
    /// The messages.
    pub mailbox: Option<Mailbox>,
    /// How the reporter can be reached.
    pub contact: Option<ReporterContact>,
    /// Where the rules would send it.
    pub routing: Routing,
    /// The organisation that each proposal would reach.
    pub receivers: Vec<Option<OrgId>>,
    /// Reports that name the same phone, plate, account, company or e-mail, with what somebody found of each.
    pub links: Vec<Linked>,
    /// What may only be kept, and why.
    pub restricted: Vec<crate::restriction::Notice>,
}

/// A page of the list.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
) -> Result<Page> {
    permit(actor, UseCase::ListReports)?;
    let kind = &StoredReport::KIND;
    Ok(desk.vault.list(kind, filter, order, after, 50).await?)
}

/// How many reports each state holds in each region.
pub async fn counts(desk: &Desk, actor: &Actor) -> Result<RegionCounts> {
    permit(actor, UseCase::ListReports)?;
    Ok(desk.vault.counts_by_region(&StoredReport::KIND).await?)
}

/// Reports of danger that nobody has accepted yet, the longest waiting first: they go before everything else, whatever is
/// due and however much else waits.
pub async fn acute_waiting(desk: &Desk, actor: &Actor) -> Result<Vec<ListRow>> {
    permit(actor, UseCase::ListReports)?;
    let kind = &StoredReport::KIND;
    Ok(desk.vault.list_by_term(kind, ACUTE_WAITS, "yes").await?)
}

/// Reads one report with its messages and contact; the journal says that it was seen.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, id: ReportId) -> Result<Dossier> {
    let permit = permit(actor, UseCase::ReadReport)?;
    let text = id.to_string();
    let mailbox = desk
        .vault
        .load_children::<StoredMailbox>(&text)
        .await?
        .into_iter()
        .next();
    let contact = desk
        .vault
        .load_children::<StoredContact>(&text)
        .await?
        .into_iter()
        .next();
    let mut change = Change::new(permit.context(now)).read(&text, &["all"]);
    for found in [
        mailbox.as_ref().map(|m| &m.id),
        contact.as_ref().map(|c| &c.id),
    ]
    .into_iter()
    .flatten()
    {
        change = change.read(found, &["all"]);
    }
    let report = [text.clone()];
    let (change, restricted) =
        crate::restriction::shown(desk, change, Store::K1, &report, now).await?;
    let found = shown::first::<StoredReport>(desk, change, "report").await?;
    let links = linked(desk, &found.body.0, &found.terms).await?;
    let (routing, receivers) = super::route::evaluate(desk, &found.body.0, now, false);
    Ok(Dossier {
        restricted,
        report: found.body.0,
        version: found.version,
        due: found.clear.due,
        mailbox: mailbox.map(|m| m.body.mailbox),
        contact: contact.map(|c| c.body.0),
        routing,
        receivers,
        links,
    })
}

/// The report that a disclosure of the desk carried: found by the receiver's answer through the desk's own records.
pub(super) async fn report_of(desk: &Desk, disclosure: DisclosureId) -> Result<ReportId> {
    let sent = desk
        .vault
        .load_in::<Disclosure>(Store::K1, &disclosure.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("disclosure"))?;
    let parent = sent
        .body
        .subject
        .ok_or(DeskError::NotFound { what: "report" })?;
    parent
        .parse()
        .map_err(|_| DeskError::NotFound { what: "report" })
}
