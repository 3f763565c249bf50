//! What the programme aims at, and what it would no longer aim at without an action (K7).
//!
//! A map of two axes counts which actions aim at a pair, such as labour exploitation × minors. Money is spread evenly over the pairs
//! that an action aims at, to the euro, so that the map adds up to what the actions cost; it says where money goes, never what one pair
//! truly costs. Nothing here forecasts: an action that stops leaves a gap in the aims, what then happens in the world nobody knows.

use crate::{
    action::{ActionPlan, AgeGroup, Line, Status},
    code::{FormCode, RegionCode},
    ids::ActionId,
};
use std::collections::BTreeSet;

/// How an action counts in the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aiming {
    /// It runs, is delayed, or became standing policy: something aims there now.
    Now,
    /// It has not begun.
    Planned,
}

impl Aiming {
    /// As a status counts; what is finished or dropped aims at nothing any more.
    #[must_use]
    pub fn of(status: Status) -> Option<Self> {
        match status {
            Status::Loopt | Status::Vertraagd | Status::StructureelGeborgd => Some(Self::Now),
            Status::NietGestart => Some(Self::Planned),
            Status::Afgerond | Status::Vervallen => None,
        }
    }
}

/// One action as the map sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which.
    pub action: ActionId,
    /// How it counts.
    pub aiming: Aiming,
    /// Line.
    pub line: Line,
    /// Main forms; empty: all.
    pub forms: BTreeSet<String>,
    /// Ages; empty: all.
    pub ages: Vec<AgeGroup>,
    /// Regions; empty: the whole country.
    pub regions: Vec<RegionCode>,
    /// Strategic goals; empty: none was named.
    pub goals: Vec<u8>,
    /// Budget in whole euros.
    pub euros: u64,
}

impl Target {
    /// An action that aims at something; none when it is finished or dropped.
    #[must_use]
    pub fn of(action: ActionId, plan: &ActionPlan, status: Status) -> Option<Self> {
        Some(Self {
            action,
            aiming: Aiming::of(status)?,
            line: plan.line,
            forms: plan
                .forms
                .iter()
                .map(|f| FormCode::head(f).to_owned())
                .collect(),
            ages: plan.ages.clone(),
            regions: plan.details.regions.clone(),
            goals: plan.goals.clone(),
            euros: plan.budget().unwrap_or(0),
        })
    }
}

/// Along what the map is laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Main form of exploitation.
    Form,
    /// Age group.
    Age,
    /// Region.
    Region,
    /// Strategic goal.
    Goal,
    /// Action line.
    Line,
}

impl Axis {
    /// Every axis.
    pub const ALL: [Self; 5] = [Self::Form, Self::Age, Self::Region, Self::Goal, Self::Line];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Age => "age",
            Self::Region => "region",
            Self::Goal => "goal",
            Self::Line => "line",
        }
    }
}

/// The age groups with their codes.
pub const AGES: [(&str, AgeGroup); 3] = [
    ("minors", AgeGroup::Minors),
    ("young_adults", AgeGroup::YoungAdults),
    ("adults", AgeGroup::Adults),
];

/// Everything that could be aimed at: the main forms and regions that hold on a day. Ages, goals and lines are fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Codes of the main forms.
    pub forms: Vec<String>,
    /// Codes of the regions.
    pub regions: Vec<String>,
}

impl Field {
    /// The codes along an axis, in order.
    #[must_use]
    pub fn values(&self, axis: Axis) -> Vec<String> {
        match axis {
            Axis::Form => self.forms.clone(),
            Axis::Region => self.regions.clone(),
            Axis::Age => AGES.iter().map(|(code, _)| (*code).to_owned()).collect(),
            Axis::Goal => (1..=3).map(|goal: u8| goal.to_string()).collect(),
            Axis::Line => Line::ALL
                .iter()
                .map(|line| line.number().to_string())
                .collect(),
        }
    }

    /// Where along an axis an action aims, as positions in [`Field::values`].
    #[must_use]
    pub fn touched(&self, target: &Target, axis: Axis) -> Vec<usize> {
        let aims = |code: &str| match axis {
            Axis::Form => target.forms.is_empty() || target.forms.contains(code),
            Axis::Region => {
                target.regions.is_empty() || target.regions.iter().any(|r| r.as_str() == code)
            }
            Axis::Age => {
                target.ages.is_empty()
                    || AGES
                        .iter()
                        .any(|(of, age)| *of == code && target.ages.contains(age))
            }
            Axis::Goal => target.goals.iter().any(|goal| goal.to_string() == code),
            Axis::Line => target.line.number().to_string() == code,
        };
        let values = self.values(axis).into_iter().enumerate();
        values
            .filter(|(_, code)| aims(code))
            .map(|(at, _)| at)
            .collect()
    }
}

/// One pair of the map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Actions that aim there now.
    pub now: Vec<ActionId>,
    /// Actions that will, once they begin.
    pub planned: Vec<ActionId>,
    /// Whole euros: each action's budget, spread evenly over the pairs it aims at.
    pub euros: u64,
}

impl Cell {
    /// Nothing aims there, and nothing is planned to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.planned.is_empty()
    }

    fn add(&mut self, target: &Target, euros: u64) {
        match target.aiming {
            Aiming::Now => self.now.push(target.action),
            Aiming::Planned => self.planned.push(target.action),
        }
        self.euros = self.euros.saturating_add(euros);
    }
}

/// The map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Codes of the rows.
    pub rows: Vec<String>,
    /// Codes of the columns.
    pub columns: Vec<String>,
    /// Row by row.
    pub cells: Vec<Vec<Cell>>,
    /// Actions that aim at no pair of these axes, because they name none; their money stands here.
    pub nowhere: Cell,
}

impl Grid {
    /// All money in the map, in whole euros.
    #[must_use]
    pub fn euros(&self) -> u64 {
        let cells = self.cells.iter().flatten().chain([&self.nowhere]);
        cells.fold(0, |sum, cell| sum.saturating_add(cell.euros))
    }

    /// The pairs at which nothing aims and nothing is planned to: codes of row and column.
    pub fn gaps(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().zip(&self.rows).flat_map(|(cells, row)| {
            let empty = cells
                .iter()
                .zip(&self.columns)
                .filter(|(cell, _)| cell.is_empty());
            empty.map(move |(_, column)| (row.as_str(), column.as_str()))
        })
    }
}

/// Lays the map.
#[must_use]
pub fn grid(field: &Field, targets: &[Target], rows: Axis, columns: Axis) -> Grid {
    let (row_codes, column_codes) = (field.values(rows), field.values(columns));
    let mut cells = vec![vec![Cell::default(); column_codes.len()]; row_codes.len()];
    let mut nowhere = Cell::default();
    for target in targets {
        let across = field.touched(target, columns);
        let pairs: Vec<(usize, usize)> = field
            .touched(target, rows)
            .into_iter()
            .flat_map(|row| across.iter().map(move |column| (row, *column)))
            // On one axis only the diagonal means something.
            .filter(|(row, column)| rows != columns || row == column)
            .collect();
        let shares = shares(target.euros, pairs.len());
        if pairs.is_empty() {
            nowhere.add(target, target.euros);
        }
        for ((row, column), euros) in pairs.into_iter().zip(shares) {
            if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
                cell.add(target, euros);
            }
        }
    }
    Grid {
        rows: row_codes,
        columns: column_codes,
        cells,
        nowhere,
    }
}

/// Splits euros into equal parts to the euro; what is left over goes to the first parts.
fn shares(euros: u64, parts: usize) -> impl Iterator<Item = u64> {
    let parts = u64::try_from(parts).unwrap_or(u64::MAX).max(1);
    let (each, left) = (euros / parts, euros % parts);
    (0..parts).map(move |n| each + u64::from(n < left))
}

/// Something at which nothing would aim any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// One axis or two, each with its code.
    pub at: Vec<(Axis, String)>,
}

/// The pairs that are looked at when an action stops; single values come first.
const PAIRS: [(Axis, Axis); 7] = [
    (Axis::Form, Axis::Form),
    (Axis::Age, Axis::Age),
    (Axis::Region, Axis::Region),
    (Axis::Goal, Axis::Goal),
    (Axis::Form, Axis::Age),
    (Axis::Form, Axis::Region),
    (Axis::Form, Axis::Goal),
];

/// What would no longer be aimed at if these actions stopped. A pair is named only when neither of its values is a gap by itself.
#[must_use]
pub fn lost(field: &Field, targets: &[Target], stopped: &BTreeSet<ActionId>) -> Vec<Gap> {
    let left: Vec<Target> = targets
        .iter()
        .filter(|target| !stopped.contains(&target.action))
        .cloned()
        .collect();
    let mut gaps: Vec<Gap> = Vec::new();
    for (rows, columns) in PAIRS {
        let (before, after) = (
            grid(field, targets, rows, columns),
            grid(field, &left, rows, columns),
        );
        for (row, (was, is)) in before.cells.iter().zip(&after.cells).enumerate() {
            for (column, (was, is)) in was.iter().zip(is).enumerate() {
                if was.is_empty() || !is.is_empty() {
                    continue;
                }
                let code = |codes: &[String], at: usize| codes.get(at).cloned().unwrap_or_default();
                let one = (rows, code(&before.rows, row));
                let other = (columns, code(&before.columns, column));
                let at = if rows == columns {
                    vec![one]
                } else {
                    vec![one, other]
                };
                let known = |part: &(Axis, String)| {
                    gaps.iter()
                        .any(|gap| gap.at.as_slice() == std::slice::from_ref(part))
                };
                if at.len() == 1 || !at.iter().any(known) {
                    gaps.push(Gap { at });
                }
            }
        }
    }
    gaps
}

/// A count with the range in which it could have fallen by chance alone, once a year had gone a little otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The number.
    pub value: u64,
    /// At least, in 19 of 20.
    pub low: u64,
    /// At most, in 19 of 20.
    pub high: u64,
}

/// The range of a count by chance alone, in 19 of 20: Byar's approximation of the exact Poisson interval (Breslow and Day 1987, p. 69).
#[must_use]
pub fn by_chance(value: u64) -> Counted {
    const Z: f64 = 1.959_964;
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of people are far below 2^52"
    )]
    let count = value as f64;
    let edge = |count: f64, sign: f64| {
        let root = 1.0 - 1.0 / (9.0 * count) + sign * Z / (3.0 * count.sqrt());
        (count * root * root * root).max(0.0)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least zero, rounded"
    )]
    let whole = |edge: f64| edge as u64;
    Counted {
        value,
        low: if value == 0 {
            0
        } else {
            whole(edge(count, -1.0).floor())
        },
        high: whole(edge(count + 1.0, 1.0).ceil()),
    }
}

/// What an indicator did between two counts, as far as chance lets one say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// More than chance alone would do.
    Up,
    /// Less than chance alone would do.
    Down,
    /// The ranges overlap: chance alone can explain it.
    Unclear,
}

/// Compares two counts: only ranges that do not touch tell something.
#[must_use]
pub fn moved(before: Counted, after: Counted) -> Moved {
    if after.low > before.high {
        Moved::Up
    } else if after.high < before.low {
        Moved::Down
    } else {
        Moved::Unclear
    }
}
