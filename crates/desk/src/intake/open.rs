//! A service opens a file itself, when it comes upon a possible victim.

use domain::SafeText;
use domain::code::{FormCode, MunicipalityCode};
use domain::ids::IntakeId;
use domain::intake::Intake;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::file::{IntakeFile, Source, Step, StepKind};
use super::refused;
use super::whole::draft;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, Result};
use crate::need::Lead;

/// What was found.
#[derive(Debug, Clone)]
pub struct OwnInput {
    /// What was found.
    pub story: SafeText,
    /// Where.
    pub municipality: Option<MunicipalityCode>,
    /// Forms suspected.
    pub forms: Vec<FormCode>,
    /// On which day.
    pub found: Date,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Opens a file; whoever opens it assesses it.
pub async fn open(desk: &Desk, actor: &Actor, now: Timestamp, input: OwnInput) -> Result<IntakeId> {
    let permit = permit(actor, UseCase::OpenIntake)?;
    let person = actor.person()?;
    guard(&[("story", Some(&input.story))], input.looked)?;
    if input.found > dutch_date(now) {
        return Err(DeskError::field(
            "found",
            "future",
            "the day of the finding lies in the future",
        ));
    }
    let id = IntakeId::new(desk.vault.new_id(now));
    let intake = Intake::open(id, person.org_kind.clone(), actor.by(now)?).map_err(refused)?;
    let region = desk
        .region_of(input.municipality.as_ref(), now)
        .or_else(|| person.region.as_ref().map(ToString::to_string));
    let file = IntakeFile {
        intake,
        org: person.org,
        source: Source::Own {
            story: input.story,
            municipality: input.municipality,
            forms: input.forms,
            found: input.found,
        },
        lead: Some(Lead::of(person)),
        answer: None,
        marks: Vec::new(),
        history: vec![Step {
            at: now,
            kind: StepKind::Opened,
            who: Some(person.name.clone()),
            note: None,
        }],
    };
    let nobody = std::iter::empty();
    let record = draft(desk, now, &file, nobody, std::iter::empty(), region)?;
    let change = Change::new(permit.context(now)).create(record);
    desk.vault.apply(Store::K5, change).await?;
    Ok(id)
}
