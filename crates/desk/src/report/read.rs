//! Reading reports at the desk: the list without personal data, the report with everything that belongs to it.

use domain::Answer;
use domain::ids::{DisclosureId, OrgId, ReportId};
use domain::mailbox::Mailbox;
use domain::report::{Report, ReporterContact};
use domain::routing::Routing;
use jiff::{SignedDuration, Timestamp};
use vault::{Change, Counts, Cursor, Filter, ListRow, Order, Page, Store, Stored};

use super::{ReportSummary, StoredContact, StoredMailbox, StoredReport};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::Disclosure;
use crate::error::{DeskError, Result};

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
    /// Reports that name the same phone, plate, account, company or e-mail: found, not judged.
    pub same_objects: Vec<ReportId>,
}

/// A page of the list, and how many there are in each state.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::ListReports)?;
    let page = desk
        .vault
        .list(&StoredReport::KIND, filter, order, after, 50)
        .await?;
    let counts = desk.vault.counts(&StoredReport::KIND, filter).await?;
    Ok((page, counts))
}

/// How many reports each state holds under a filter.
pub async fn counts(desk: &Desk, actor: &Actor, filter: &Filter) -> Result<Counts> {
    permit(actor, UseCase::ListReports)?;
    Ok(desk.vault.counts(&StoredReport::KIND, filter).await?)
}

/// At most this many reports are looked through for danger.
const LOOKED_THROUGH: usize = 500;

/// Reports of danger that nobody has accepted yet, the longest waiting first: they go before everything else, whatever is
/// due. Such a report is due at once, so it is among the first of what is overdue.
pub async fn acute_waiting(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<ListRow>> {
    permit(actor, UseCase::ListReports)?;
    let filter = Filter {
        states: vec!["received".to_owned(), "in_triage".to_owned()],
        due_before: Some(
            now.saturating_add(SignedDuration::from_secs(1))
                .unwrap_or(now),
        ),
        ..Filter::default()
    };
    let kind = &StoredReport::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Due, None, LOOKED_THROUGH)
        .await?;
    let acute = |row: &ListRow| {
        serde_json::from_value::<ReportSummary>(row.summary.clone())
            .is_ok_and(|s| s.acute == Answer::Yes)
    };
    Ok(page.rows.into_iter().filter(acute).collect())
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
    let applied = desk
        .vault
        .apply(Store::K1, change)
        .await
        .map_err(|e| DeskError::from(e).what("report"))?;
    let found = applied
        .reads
        .into_iter()
        .next()
        .ok_or(DeskError::NotFound { what: "report" })?
        .typed::<StoredReport>()
        .map_err(|e| DeskError::from(e).what("report"))?;
    let same_objects = same_objects(desk, &found.body.0, &found.terms).await?;
    let (routing, receivers) = super::route::evaluate(desk, &found.body.0, now, false);
    Ok(Dossier {
        report: found.body.0,
        version: found.version,
        due: found.clear.due,
        mailbox: mailbox.map(|m| m.body.mailbox),
        contact: contact.map(|c| c.body.0),
        routing,
        receivers,
        same_objects,
    })
}

async fn same_objects(
    desk: &Desk,
    report: &Report,
    terms: &[vault::Term],
) -> Result<Vec<ReportId>> {
    let mut out = Vec::new();
    for term in terms {
        for other in desk
            .vault
            .load_by_term::<StoredReport>(&term.kind, &term.value)
            .await?
        {
            let id = other.body.0.id;
            if id != report.id && !out.contains(&id) {
                out.push(id);
            }
        }
    }
    Ok(out)
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
