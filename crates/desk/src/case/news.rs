//! News from elsewhere about a person in care: the reflection period, the opinion, the placement.

use domain::SafeText;
use domain::arrival::Via;
use domain::case::ReflectionNotice;
use domain::code::OrgKind;
use domain::ids::{CaseId, TaskId};
use domain::reflection::{MONTHS, STATES};
use domain::task::{Task, TaskKind};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use vault::{Change, Opened, Store};

use super::clock::words;
use super::file::{CaseFile, OpinionNews, PlacementFact, ReflectionNews};
use super::{load, refused};
use crate::Desk;
use crate::disclosure::{Disclosure, OpinionStatus, ReflectionStatus};
use crate::error::{DeskError, Result};

/// Receives where a reflection period stands: the fact and its dates, never what was said. The news names the disclosure
/// with which the person was handed over.
pub async fn receive_reflection(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &ReflectionStatus,
) -> Result<()> {
    let thread = disclosure
        .thread
        .ok_or_else(|| DeskError::Setup("news that belongs to no person in care".to_owned()))?;
    let found = by_arrival(desk, &thread.to_string()).await?;
    let service = sender_kind(desk, disclosure, &found.body)?;
    let news = ReflectionNews {
        at: disclosure.at,
        status: data.clone(),
    };
    let file = with_reflection(found.body.clone(), news, &service)?;
    let change = change.update(file.draft(&["reflection"])?, found.version);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// The kind of the service that tells: its own organisation, or, when its clock tells by itself, the service that handed
/// the person over.
fn sender_kind(desk: &Desk, disclosure: &Disclosure, file: &CaseFile) -> Result<OrgKind> {
    let org = disclosure.by.map(|by| by.org);
    let told = org.and_then(|org| desk.directory().get(org).map(|o| o.kind.clone()));
    let handed = match file.arrival.as_ref().map(|a| &a.via) {
        Some(Via::Handover { service }) => Some(service.clone()),
        Some(Via::Report) | None => None,
    };
    told.or(handed).ok_or(DeskError::NotFound {
        what: "organisation",
    })
}

pub(super) async fn by_arrival(desk: &Desk, disclosure: &str) -> Result<Opened<CaseFile>> {
    let found = desk
        .vault
        .load_by_term::<CaseFile>("disclosure", disclosure)
        .await?;
    found
        .into_iter()
        .next()
        .ok_or(DeskError::NotFound { what: "case" })
}

/// Notes the news. A period that runs also opens the phase `bedenktijd`; care itself can never open it.
pub(super) fn with_reflection(
    mut file: CaseFile,
    news: ReflectionNews,
    service: &OrgKind,
) -> Result<CaseFile> {
    let runs = news.status.state == "running";
    if let (true, Some(end)) = (runs, news.status.no_removal_until) {
        let notice = ReflectionNotice {
            offered_by: service.clone(),
            start: end.saturating_sub(MONTHS.months()),
            end,
        };
        // A closed case keeps the news; its course does not move any more.
        if let Ok(case) = file.case.clone().note_reflection(notice) {
            file.case = case;
        }
    }
    // News of one moment arrives in any order; the states themselves have one.
    let rank = |news: &ReflectionNews| {
        let place = STATES.iter().position(|s| *s == news.status.state);
        (news.at, place)
    };
    file.reflection.push(news);
    file.reflection.sort_by_key(rank);
    Ok(file)
}

/// Receives where a request for an opinion stands. The news names the disclosure with which care asked; care's own record
/// of that disclosure has the case as its subject.
pub async fn receive_opinion_status(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &OpinionStatus,
) -> Result<()> {
    let request = disclosure
        .thread
        .ok_or_else(|| DeskError::Setup("news that belongs to no request".to_owned()))?;
    let asked = desk
        .vault
        .load_in::<Disclosure>(Store::K3, &request.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("disclosure"))?;
    let case: CaseId = asked
        .body
        .subject
        .and_then(|subject| subject.parse().ok())
        .ok_or(DeskError::NotFound { what: "case" })?;
    let found = load(desk, case).await?;
    let mut file = found.body.clone();
    file.opinions.push(OpinionNews {
        at: disclosure.at,
        request,
        status: data.clone(),
    });
    let change = change.update(file.draft(&["opinions"])?, found.version);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Notes a fact about the placement of a person in the change that brings it about. For the subject of placements; the
/// fact says how far it is and since when, never where.
pub async fn note_placement(
    desk: &Desk,
    change: Change,
    id: CaseId,
    fact: PlacementFact,
) -> Result<Change> {
    let found = load(desk, id).await?;
    let mut file = found.body.clone();
    file.placement = Some(fact);
    Ok(change.update(file.draft(&["placement"])?, found.version))
}

/// Asks for legal aid in the change that finds the right to shelter uncertain, unless that was asked already. For the
/// subject of placements.
pub async fn ask_legal_aid(
    desk: &Desk,
    change: Change,
    id: CaseId,
    now: Timestamp,
) -> Result<Change> {
    let title = words("Rechtshulp regelen: het recht op opvang is onzeker")?;
    ask_task(desk, change, id, now, (TaskKind::LegalAid, title, None)).await
}

/// Puts a task in a case, in the same change; a case that is closed, or that has such a task to be done already, stays as it is.
pub async fn ask_task(
    desk: &Desk,
    change: Change,
    id: CaseId,
    now: Timestamp,
    (kind, title, due): (TaskKind, SafeText, Option<Date>),
) -> Result<Change> {
    let found = load(desk, id).await?;
    let asked = |task: &Task| task.kind == kind && task.is_open();
    if !found.body.is_open() || found.body.case.tasks().iter().any(asked) {
        return Ok(change);
    }
    let id = TaskId::new(desk.vault.new_id(now));
    let task = Task::new(id, kind, title, due);
    let mut file = found.body.clone();
    file.case = file.case.add_task(task).map_err(refused)?;
    Ok(change.update(file.draft(&["tasks"])?, found.version))
}
