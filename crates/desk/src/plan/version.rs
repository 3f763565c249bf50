//! Versions of the register: every file that was taken over is one, with what it changed, field by field.

use domain::By;
use domain::ids::VersionId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, ClearData, Draft, Kind, Store, Stored};

use super::import::{ImportReport, ImportSource, RowOutcome};
use super::rows::FieldChange;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::shown;

/// What a file did to one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionRow {
    /// Number of the action.
    pub number: String,
    /// It was not there before.
    pub added: bool,
    /// What changed.
    pub changes: Vec<FieldChange>,
}

/// A version of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Identity.
    pub id: VersionId,
    /// Which file.
    pub source: ImportSource,
    /// Who took it over, and when.
    pub by: By,
    /// What it did, in the order of the file; rows that changed nothing are left out.
    pub rows: Vec<VersionRow>,
    /// Rows that were refused.
    pub refused: usize,
}

impl Stored for Version {
    const KIND: Kind = Kind {
        name: "plan_version",
        store: Store::K7,
        schema: 1,
        clear: &[],
        terms: &[],
    };
}

impl Version {
    pub(super) fn draft(&self) -> Result<Draft> {
        Ok(Draft::new(self.id.to_string(), self, ClearData::default())?)
    }
}

/// The version that a report makes.
pub(super) fn version_of(
    desk: &Desk,
    now: Timestamp,
    by: By,
    source: &ImportSource,
    report: &ImportReport,
) -> Version {
    let taken =
        |outcome: &RowOutcome| matches!(outcome, RowOutcome::Added | RowOutcome::Changed(_));
    let rows = report.rows.iter().filter(|row| taken(&row.outcome));
    Version {
        id: VersionId::new(desk.vault.new_id(now)),
        source: source.clone(),
        by,
        rows: rows
            .map(|row| VersionRow {
                number: row.id.clone(),
                added: row.outcome == RowOutcome::Added,
                changes: row.changes.clone(),
            })
            .collect(),
        refused: report.refused(),
    }
}

/// All versions, newest first.
pub async fn versions(desk: &Desk, actor: &Actor) -> Result<Vec<Version>> {
    permit(actor, UseCase::ReadVersions)?;
    let mut all = desk.vault.load_all::<Version>(&[]).await?;
    all.sort_by(|a, b| b.body.by.at.cmp(&a.body.by.at).then(b.id.cmp(&a.id)));
    Ok(all.into_iter().map(|version| version.body).collect())
}

/// One version.
pub async fn version(desk: &Desk, actor: &Actor, now: Timestamp, id: VersionId) -> Result<Version> {
    let permit = permit(actor, UseCase::ReadVersions)?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    Ok(shown::first::<Version>(desk, change, "version").await?.body)
}
