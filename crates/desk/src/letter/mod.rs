//! Editions of the progress letter (K7): composed from the register and the figures, checked, frozen, corrected beside the
//! text and never in it.

mod diff;
mod edit;
mod faults;
mod freeze;
mod map;
mod note;
pub(crate) mod picture;
mod read;
mod signature;

pub use diff::{ActionChange, Changed, Difference, Field, diff};
pub use edit::{
    Correction, Edit, HeadInput, NewCommitment, TextsInput, begin, correct, edit, sent,
};
pub use faults::LetterFault;
pub use freeze::{FrozenForm, FrozenLetter, freeze};
pub use read::{
    EditionView, FigureChoice, Format, FrozenFacts, Rendered, Which, by_name, list, manifest, read,
    render,
};

pub use signature::{Manifest, Signature, genuine};

use domain::edition::{Edition, EditionError};
use domain::ids::EditionId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Clear, ClearData, Draft, Kind, Opened, Store, Stored, Term};

use crate::Desk;
use crate::error::{DeskError, Result};

/// The stylesheet of a letter shown in a page: no style stands in the letter itself.
pub fn stylesheet() -> &'static str {
    letter::stylesheet()
}

/// The language of a letter's fixed phrases; the letter that is sent is Dutch.
pub use letter::Lang;

/// An edition as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredEdition(pub Edition);

/// What the list shows of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionSummary {
    /// Its name.
    pub name: String,
    /// First day of its period.
    pub from: Date,
    /// Last day of its period.
    pub until: Date,
    /// How many corrections it has.
    pub errata: usize,
}

impl Stored for StoredEdition {
    const KIND: Kind = Kind {
        name: "edition",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::State],
        terms: &["name"],
    };
}

fn draft(edition: &Edition, fields: &[&str]) -> Result<Draft> {
    let clear = ClearData {
        state: edition.state_name().to_owned(),
        ..ClearData::default()
    };
    let summary = EditionSummary {
        name: edition.name.to_string(),
        from: edition.period.from,
        until: edition.period.until,
        errata: edition.errata().len(),
    };
    let record = Draft::new(
        edition.id.to_string(),
        &StoredEdition(edition.clone()),
        clear,
    )?;
    Ok(record
        .with_terms(vec![Term::new("name", edition.name.to_string())])?
        .with_summary(&summary)?
        .changing(fields))
}

async fn load(desk: &Desk, id: EditionId) -> Result<Opened<StoredEdition>> {
    desk.vault
        .load::<StoredEdition>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("edition"))
}

fn fresh(found: &Opened<StoredEdition>, seen: i64) -> Result<()> {
    if found.version == seen {
        Ok(())
    } else {
        Err(DeskError::Conflict)
    }
}

/// A rule's refusal about an edition, under a key of its own so that the page can say it in the reader's language.
fn refused(error: EditionError) -> DeskError {
    let key = match &error {
        EditionError::NoSuchEdition(_) => "letter-no-such-edition",
        EditionError::Frozen(_) => "letter-is-frozen",
        EditionError::NotFrozen(_) => "letter-not-frozen",
        EditionError::AlreadySent(_) => "letter-already-sent",
        EditionError::NoSignatory(_) => "letter-no-signatory",
        EditionError::UnknownAction(_) => "letter-unknown-action",
        EditionError::Figure { .. } => "letter-figure",
    };
    DeskError::rule(key, error)
}

/// The day on which a letter is dated: as the editor says, otherwise the day after its period.
fn dated(edition: &Edition) -> Date {
    let after = edition.period.until.tomorrow();
    edition
        .content()
        .dated
        .unwrap_or_else(|| after.unwrap_or(edition.period.until))
}

/// A moment's civil day in the Netherlands.
fn day(at: Timestamp) -> Date {
    domain::time::dutch_date(at)
}
