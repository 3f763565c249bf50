//! Protected figures at the programme (K7): what registration published, with definition, source, date and what is hidden.

use domain::figure::{Counted, Figure};
use domain::ids::{DisclosureId, FigureId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{
    Change, Clear, ClearData, Counts, Cursor, Draft, Filter, Kind, Opened, Order, Page, Store,
    Stored,
};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::*;
use crate::error::Result;
use crate::shown;

/// Numbers of people below this are never shown; 0 is not a number of people.
pub const SMALL: u64 = letter::SMALL_CELL;

/// A figure as the programme keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredFigure {
    /// The figure; hidden cells are not in it.
    pub figure: Figure,
    /// Labels of the hidden cells.
    pub hidden: Vec<Vec<String>>,
    /// By which disclosure it came.
    pub disclosure: DisclosureId,
    /// Why it may not be used, if it may not.
    pub held_back: Option<HeldBack>,
    /// How it stands beside what was told before.
    #[serde(default, skip_serializing_if = "Standing::is_alone")]
    pub told: Standing,
}

/// Why a figure may not stand in a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldBack {
    /// It came with small cells that were not hidden; they are not kept.
    SmallCells,
    /// It lacks something that a figure must have, such as its definition or source.
    Incomplete,
}

/// Figures that can stand in a letter.
pub const USABLE: &str = "usable";
/// Figures that are held back.
pub const HELD_BACK: &str = "held_back";

/// What the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureSummary {
    /// Its title in Dutch.
    pub title_nl: String,
    /// Its title in English.
    pub title_en: String,
    /// What is counted.
    pub counted: Counted,
    /// The day on which it holds.
    pub reference_date: jiff::civil::Date,
    /// Who counted.
    pub source: String,
    /// How many cells are hidden.
    pub hidden: usize,
    /// The one number that stands for it, the same as on the dashboard and in the letter; none when it is hidden or there is no such one.
    #[serde(default)]
    pub head: Option<u64>,
}

impl Stored for StoredFigure {
    const KIND: Kind = Kind {
        name: "figure",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

impl StoredFigure {
    fn draft(&self) -> Result<Draft> {
        let state = match self.held_back {
            None => USABLE,
            Some(_) => HELD_BACK,
        };
        let clear = ClearData {
            state: state.to_owned(),
            ..ClearData::default()
        };
        let figure = &self.figure;
        let summary = FigureSummary {
            title_nl: figure.title.nl.clone(),
            title_en: figure.title.en.clone(),
            counted: figure.counted,
            reference_date: figure.reference_date,
            source: figure.source.name.as_str().to_owned(),
            hidden: self.hidden.len(),
            head: crate::measures::head(figure, &self.hidden),
        };
        Ok(Draft::new(figure.id.to_string(), self, clear)?.with_summary(&summary)?)
    }
}

/// Receives a protected table. Small numbers of people that came unprotected are dropped, and the figure is held back:
/// the register of figures is no place where somebody can be recognised.
pub async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &ProtectedFigures,
) -> Result<()> {
    let mut figure = data.figure.clone();
    // The sender's identity of the figure could be one that is here already; ours is new.
    figure.id = FigureId::new(desk.vault.new_id(disclosure.at));
    let mut hidden = data.hidden.clone();
    let mut held_back = figure.check().err().map(|_| HeldBack::Incomplete);
    if counts_people(figure.counted) {
        let small = |value: u64| (1..SMALL).contains(&value);
        if figure.cells.iter().any(|cell| small(cell.value)) || figure.row_count.is_some_and(small)
        {
            held_back = Some(HeldBack::SmallCells);
            // With some cells left the others could be worked out.
            hidden.extend(figure.cells.drain(..).map(|cell| cell.labels));
            figure.row_count = None;
        }
    }
    let stored = StoredFigure {
        figure,
        hidden,
        disclosure: disclosure.id,
        held_back,
        told: data.told.clone(),
    };
    desk.vault
        .apply(Store::K7, change.create(stored.draft()?))
        .await?;
    Ok(())
}

/// Whether a count is about people, so that a small number can point at somebody.
pub(crate) fn counts_people(counted: Counted) -> bool {
    !matches!(counted, Counted::Acties | Counted::Dagen)
}

/// A page of the figures, newest first, with the number in each state.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    states: &[String],
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::ListFigures)?;
    let filter = Filter {
        states: states.to_vec(),
        ..Filter::default()
    };
    let kind = &StoredFigure::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Newest, after, 50)
        .await?;
    Ok((page, desk.vault.counts(kind, &filter).await?))
}

/// Reads a figure.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: FigureId,
) -> Result<Opened<StoredFigure>> {
    let permit = permit(actor, UseCase::ListFigures)?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    shown::first(desk, change, "figure").await
}

/// The figures that can stand in a letter, newest first.
pub(crate) async fn usable(desk: &Desk) -> Result<Vec<StoredFigure>> {
    let mut all = desk.vault.load_all::<StoredFigure>(&[USABLE]).await?;
    all.reverse();
    Ok(all.into_iter().map(|f| f.body).collect())
}
