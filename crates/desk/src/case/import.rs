//! Cases taken over from a file that another organisation filled in. Each becomes a case of the named organisation that
//! waits for a coordinator; the row itself is kept beside it, so that nothing that was accepted is lost.

use domain::By;
use domain::SafeText;
use domain::age::Age;
use domain::case::Case;
use domain::code::{CountryCode, FormCode};
use domain::ids::{CaseId, OrgId, PersonId, TaskId};
use domain::person::{KnownAs, PossibleVictim, Sex};
use domain::task::{Task, TaskKind};
use domain::time::dutch_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vault::{Change, Clear, ClearData, Draft, Kind, Store, Stored};

use super::arrive::region_of_org;
use super::clock::{add_transitions, timers, words};
use super::file::{CaseFile, StoredPerson};
use super::{guard, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::{Actor, OPERATOR};
use crate::error::{DeskError, Result};

/// A case as a file tells it.
#[derive(Debug, Clone)]
pub struct ImportedCase {
    /// Name.
    pub name: Option<SafeText>,
    /// Age as known.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// Nationalities.
    pub nationalities: Vec<CountryCode>,
    /// Forms of exploitation.
    pub forms: Vec<FormCode>,
    /// The day on which the person was first seen as a possible victim; none: today.
    pub detected: Option<Date>,
    /// Texts of the row with the names of their fields, to be looked through for addresses.
    pub texts: Vec<(String, SafeText)>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
    /// The standard by which the row was written, such as `htcds-2.0`.
    pub standard: String,
    /// The whole row.
    pub row: Value,
    /// What makes the row itself again: the same row under the same key is taken over once.
    pub key: String,
}

/// A row as it came, kept beside the case that it became.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredRow {
    /// The standard by which it was written.
    pub standard: String,
    /// When it was taken over.
    pub at: Timestamp,
    /// The row.
    pub row: Value,
}

impl Stored for StoredRow {
    const KIND: Kind = Kind {
        name: "imported_row",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::Parent],
        terms: &[],
    };
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// A new case.
    Opened(CaseId),
    /// It was taken over before.
    Before(CaseId),
}

/// How long a row is remembered, so that a file sent twice does not make every case twice.
const REMEMBERED_YEARS: i64 = 10;

/// Takes a case over for an organisation. Samen itself acts; a coordinator of that organisation takes it on.
pub async fn import(
    desk: &Desk,
    now: Timestamp,
    org: OrgId,
    new: ImportedCase,
) -> Result<Imported> {
    let permit = permit(&Actor::System, UseCase::ImportCases)?;
    if desk.directory().get(org).is_none() {
        return Err(DeskError::NotFound {
            what: "organisation",
        });
    }
    check_import(&new)?;
    let by = By {
        user: OPERATOR,
        org,
        at: now,
    };
    let id = CaseId::new(desk.vault.new_id(now));
    let person = person(PersonId::new(desk.vault.new_id(now)), &new);
    let file = file(desk, id, &person, &new, by)?;
    let key = format!("{}\n{org}\n{}", new.standard, new.key);
    let body = serde_json::to_vec(&new.row).map_err(|e| DeskError::Setup(e.to_string()))?;
    let expires = now
        .saturating_add((REMEMBERED_YEARS * 366 * 24).hours())
        .unwrap_or(Timestamp::MAX);
    let row = StoredRow {
        standard: new.standard,
        at: now,
        row: new.row,
    };
    let beside = ClearData {
        parent: Some(id.to_string()),
        ..ClearData::default()
    };
    let change = Change::new(permit.context(now))
        .receipt(&key, &body, id.to_string().into_bytes(), expires)
        .create(file.draft(&["all"])?)
        .create(StoredPerson(person.clone()).draft(id, &["all"])?)
        .create(Draft::new(
            desk.vault.new_id(now).to_string(),
            &row,
            beside,
        )?);
    let change = timers(change, &file, &person.age, now);
    let applied = desk.vault.apply(Store::K3, change).await?;
    match applied.replayed {
        None => Ok(Imported::Opened(id)),
        Some(earlier) => String::from_utf8(earlier)
            .ok()
            .and_then(|text| text.parse().ok())
            .map(Imported::Before)
            .ok_or_else(|| DeskError::Setup("an earlier import left no case".to_owned())),
    }
}

/// Whether a row may be taken over at all: the same look at its texts that taking it over begins with, for telling
/// beforehand.
pub fn check_import(new: &ImportedCase) -> Result<()> {
    let texts: Vec<(&str, Option<&SafeText>)> = new
        .texts
        .iter()
        .map(|(field, text)| (field.as_str(), Some(text)))
        .collect();
    guard(&texts, new.looked)
}

fn person(id: PersonId, new: &ImportedCase) -> PossibleVictim {
    let mut person = PossibleVictim::unknown(id);
    person.known_as = KnownAs {
        name: new.name.clone(),
        alias: None,
    };
    person.age = new.age;
    person.sex = new.sex;
    person.nationalities.clone_from(&new.nationalities);
    person.exploitation.forms.clone_from(&new.forms);
    person
}

fn file(
    desk: &Desk,
    id: CaseId,
    person: &PossibleVictim,
    new: &ImportedCase,
    by: By,
) -> Result<CaseFile> {
    let case = Case::open(id, person.id, region_of_org(desk, by.org), by);
    let today = dutch_date(by.at);
    let mut file = CaseFile::new(case, new.detected.unwrap_or(today));
    let look = Task::new(
        TaskId::new(desk.vault.new_id(by.at)),
        TaskKind::General,
        words("Ingelezen casus nalopen en aan iemand toewijzen")?,
        Some(today),
    );
    file.case = file.case.add_task(look).map_err(refused)?;
    add_transitions(desk, &mut file, &person.age, by.at)?;
    Ok(file)
}
