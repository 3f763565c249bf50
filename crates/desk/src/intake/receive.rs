//! A routed report arrives.

use domain::ids::IntakeId;
use domain::intake::Intake;
use vault::{Change, Store, Timer};

use super::file::{IntakeFile, Source, Step, StepKind};
use super::whole::draft;
use super::{ANSWER, refused};
use crate::Desk;
use crate::attachment::{Arrived, Origin, keep_all};
use crate::disclosure::{Disclosure, RoutedReport};
use crate::error::{DeskError, Result};

/// Receives a report that the desk routed to a service. Of the disclosure only its identity is kept: not the desk's own
/// record, not who at the desk decided.
pub async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &RoutedReport,
    files: &[Arrived],
) -> Result<()> {
    let org = disclosure
        .org
        .ok_or_else(|| DeskError::Setup("a routed report that is for nobody".to_owned()))?;
    let directory = desk.directory();
    let service = directory.get(org).ok_or(DeskError::NotFound {
        what: "organisation",
    })?;
    let at = disclosure.at;
    let id = IntakeId::new(desk.vault.new_id(at));
    let intake = Intake::receive(id, disclosure.id, service.kind.clone(), at, data.answer_due)
        .map_err(refused)?;
    let file = IntakeFile {
        intake,
        org,
        source: Source::Report {
            told: Box::new(data.clone()),
        },
        lead: None,
        answer: None,
        marks: Vec::new(),
        history: vec![Step {
            at,
            kind: StepKind::Received,
            who: None,
            note: None,
        }],
    };
    let region = desk.region_of(data.content.municipality.as_ref(), at);
    let nobody = std::iter::empty();
    let record = draft(desk, at, &file, nobody, std::iter::empty(), region)?;
    let change = change.create(record).timer(Timer {
        id: format!("{ANSWER}/{id}"),
        due: data.answer_due,
        kind: ANSWER.to_owned(),
        record: id.to_string(),
    });
    let (origin, parent) = (Origin::PassedOn, id.to_string());
    let change = keep_all(change, Store::K5, &parent, files, &origin, None, at)?;
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}
