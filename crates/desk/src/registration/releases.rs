//! The release ledger of the yearly figures (K2): what was told of a year, exactly as it was counted, and what was withheld and why.
//!
//! It holds counts and nobody's data, and it stays where the records are: the exact numbers of hidden cells never leave K2. One record a
//! year, so that two releases at one time cannot pass each other.

use ::figures::ledger::{Groups, Span, Told, Withheld};
use domain::answer::By;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vault::{Change, ClearData, Draft, Kind, Store, Stored, VaultError};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// What was released of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredReleases {
    /// The year.
    pub year: i16,
    /// Every release, the oldest first; also what was tried and withheld.
    pub releases: Vec<Release>,
    /// How many records stand behind what was told, by the indicators too; the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Groups>,
}

/// One release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Who made it, and when.
    pub by: By,
    /// Why nothing of it was published, when nothing was.
    pub withheld: Option<Withheld>,
    /// Each question, and why its table was withheld when it was.
    pub tables: Vec<(String, Option<Withheld>)>,
    /// What was counted and shown.
    pub told: Told,
}

impl Release {
    /// Whether something of it was published.
    #[must_use]
    pub fn was_told(&self) -> bool {
        self.withheld.is_none()
    }

    /// The day of it.
    #[must_use]
    pub fn day(&self) -> Date {
        dutch_date(self.by.at)
    }
}

impl Stored for StoredReleases {
    const KIND: Kind = Kind {
        name: "figures_releases",
        store: Store::K2,
        schema: 1,
        clear: &[],
        terms: &[],
    };
}

/// The ledger of a year with its version in the store; none before the first release.
pub(super) struct Ledger {
    pub(super) year: StoredReleases,
    version: Option<i64>,
}

impl Ledger {
    pub(super) async fn of(desk: &Desk, year: i16) -> Result<Self> {
        match desk.vault.load::<StoredReleases>(&name(year)).await {
            Ok(found) => Ok(Self {
                year: found.body,
                version: Some(found.version),
            }),
            Err(VaultError::NotFound { .. }) => Ok(Self {
                year: StoredReleases {
                    year,
                    releases: Vec::new(),
                    rows: Vec::new(),
                },
                version: None,
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// What was told before, the oldest first; also over what something was withheld.
    pub(super) fn past(&self) -> Vec<Told> {
        self.year
            .releases
            .iter()
            .map(|one| one.told.clone())
            .collect()
    }

    /// The last release over this period that told something, and how many there were.
    pub(super) fn over(&self, span: Span) -> Option<(usize, &Release)> {
        let told = self.year.releases.iter();
        let same: Vec<&Release> = told
            .filter(|one| one.was_told() && one.told.span == span)
            .collect();
        same.last().map(|last| (same.len(), *last))
    }

    /// Adds a release. What was withheld before over the same period is history that says nothing more.
    pub(super) fn keep(mut self, change: Change, release: Release) -> Result<Change> {
        let span = release.told.span;
        self.year
            .releases
            .retain(|one| one.was_told() || one.told.span != span);
        self.year.releases.push(release);
        self.write(change)
    }

    /// Writes the year as it is now.
    pub(super) fn write(self, change: Change) -> Result<Change> {
        let draft = Draft::new(name(self.year.year), &self.year, ClearData::default())?;
        Ok(match self.version {
            None => change.create(draft),
            Some(version) => change.update(draft.changing(&["releases"]), version),
        })
    }
}

fn name(year: i16) -> String {
    format!("figures-{year}")
}

/// What was released and withheld, the newest year first; no count is in it that was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseLine {
    /// Over which days.
    pub span: Span,
    /// On which day.
    pub on: Date,
    /// Why nothing was published, when nothing was.
    pub withheld: Option<Withheld>,
    /// Each question, and why its table was withheld when it was.
    pub tables: Vec<(String, Option<Withheld>)>,
}

/// All releases, the newest first.
pub async fn releases(desk: &Desk, actor: &Actor) -> Result<Vec<ReleaseLine>> {
    permit(actor, UseCase::PublishFigures)?;
    let years = desk.vault.load_all::<StoredReleases>(&[]).await?;
    let mut all: Vec<(Timestamp, ReleaseLine)> = (years.into_iter())
        .flat_map(|found| found.body.releases)
        .map(|release| {
            let line = ReleaseLine {
                span: release.told.span,
                on: release.day(),
                withheld: release.withheld,
                tables: release.tables,
            };
            (release.by.at, line)
        })
        .collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(all.into_iter().map(|(_, line)| line).collect())
}
