//! What the programme aims at, as a map that is a table: numbers and words first, colour as help. And the choice desk: what would no longer
//! be aimed at without an action. Neither forecasts anything, and both pages say so.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::response::Response;
use desk::plan::{self, Did, Effect, Named, Number};
use domain::coverage::{Axis, Cell, Gap, Moved};
use domain::ids::ActionId;

use super::details::{indicator, way};
use super::page::crumbs;
use super::texts;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;

/// One pair of the map, as it is drawn.
struct Square {
    /// How many actions aim there now.
    now: String,
    /// In words: planned ones, money, or that nothing aims there.
    words: String,
    /// Which actions.
    which: String,
    /// 0 to 4: how dark.
    level: u8,
    /// The column, for a narrow screen.
    column: String,
}

struct Row {
    name: String,
    squares: Vec<Square>,
}

struct EffectRow {
    number: String,
    indicator: String,
    wanted: String,
    did: String,
    says: String,
}

struct MoneyRow {
    name: String,
    actions: String,
    euros: String,
    share: String,
}

#[derive(Template)]
#[template(path = "work/plan/coverage.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    rows_axis: Vec<Choice>,
    columns_axis: Vec<Choice>,
    rows_by: String,
    columns_by: String,
    caption: String,
    corner: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    gaps: Vec<String>,
    nowhere: String,
    money: Vec<MoneyRow>,
    money_all: String,
    spent_all: String,
    effects: Vec<EffectRow>,
}

/// An axis in words.
fn axis_name(axis: Axis) -> Key {
    match axis {
        Axis::Form => Key::new("coverage-form"),
        Axis::Age => Key::new("plan-ages"),
        Axis::Region => Key::new("plan-regions"),
        Axis::Goal => Key::new("coverage-goal"),
        Axis::Line => Key::new("plan-line"),
    }
}

/// A value of an axis in words.
fn value(work: &Work, t: &Say, axis: Axis, code: &str) -> String {
    let words_of = &work.app.desk.vocabulary;
    let (today, lang) = (work.today(), work.lang);
    match axis {
        Axis::Form => words::label(&words_of.forms, code, today, lang),
        Axis::Region => words::label(&words_of.regions, code, today, lang),
        Axis::Goal => words::label(&words_of.strategic_goals, code, today, lang),
        Axis::Line => words::label(&words_of.action_lines, code, today, lang),
        Axis::Age => match texts::AGES.iter().find(|(of, _)| *of == code) {
            Some((_, age)) => t.key(texts::age(*age)).into_owned(),
            None => code.to_owned(),
        },
    }
}

fn axis(asked: &str, otherwise: Axis) -> Axis {
    Axis::ALL
        .into_iter()
        .find(|axis| axis.code() == asked)
        .unwrap_or(otherwise)
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn euros(t: &Say, euros: u64) -> String {
    t.say_n("plan-euros", i64::try_from(euros).unwrap_or(i64::MAX))
}

/// How dark: by the number of actions that aim there now. The number itself stands in the square.
fn level(now: usize) -> u8 {
    match now {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=7 => 3,
        _ => 4,
    }
}

fn square(t: &Say, cell: &Cell, names: &BTreeMap<ActionId, &Named>, column: &str) -> Square {
    let numbers = |ids: &[ActionId]| {
        let numbers = ids
            .iter()
            .filter_map(|id| names.get(id))
            .map(|named| named.number.clone());
        numbers.collect::<Vec<_>>().join(", ")
    };
    let mut said = Vec::new();
    if cell.is_empty() {
        said.push(t.say("coverage-nothing").into_owned());
    } else {
        said.push(euros(t, cell.euros));
    }
    if !cell.planned.is_empty() {
        said.push(t.say_n("coverage-planned", number(cell.planned.len())));
    }
    let all: Vec<ActionId> = cell.now.iter().chain(&cell.planned).copied().collect();
    Square {
        now: t.say_n("coverage-actions", number(cell.now.len())),
        words: said.join(", "),
        which: numbers(&all),
        level: level(cell.now.len()),
        column: column.to_owned(),
    }
}

/// The map.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let rows_by = axis(work.query("rows"), Axis::Form);
    let columns_by = axis(work.query("columns"), Axis::Age);
    let desk = &work.app.desk;
    let found = plan::coverage(desk, &work.actor, work.now, rows_by, columns_by).await?;
    let by_form = plan::coverage(desk, &work.actor, work.now, Axis::Form, Axis::Form).await?;
    let t = work.say();
    let names: BTreeMap<ActionId, &Named> = found
        .actions
        .iter()
        .map(|named| (named.id, named))
        .collect();
    let grid = &found.grid;
    let columns: Vec<String> = grid
        .columns
        .iter()
        .map(|code| value(&work, &t, columns_by, code))
        .collect();
    let rows = grid.rows.iter().zip(&grid.cells).map(|(code, cells)| Row {
        name: value(&work, &t, rows_by, code),
        squares: cells
            .iter()
            .zip(&columns)
            .map(|(cell, column)| square(&t, cell, &names, column))
            .collect(),
    });
    let gaps = grid
        .gaps()
        .filter(|(row, column)| rows_by != columns_by || row == column);
    let gaps = gaps.map(|(row, column)| {
        let row = value(&work, &t, rows_by, row);
        match rows_by == columns_by {
            true => row,
            false => format!("{row} × {}", value(&work, &t, columns_by, column)),
        }
    });
    let axes = |current: Axis| -> Vec<Choice> {
        let choice = |axis: Axis| {
            let mark = if axis == current { "on" } else { "" };
            Choice::new(axis.code(), t.key(axis_name(axis))).hint(mark)
        };
        Axis::ALL.into_iter().map(choice).collect()
    };
    let (rows_name, columns_name) = (t.key(axis_name(rows_by)), t.key(axis_name(columns_by)));
    let caption = [
        ("rows", rows_name.clone().into_owned().into()),
        ("columns", columns_name.into_owned().into()),
    ];
    let spent = found.actions.iter().filter_map(|named| named.spent);
    html(&Page {
        frame: work.frame()?,
        crumbs: crumbs(&t),
        rows_axis: axes(rows_by),
        columns_axis: axes(columns_by),
        rows_by: rows_by.code().to_owned(),
        columns_by: columns_by.code().to_owned(),
        caption: t.say_args("coverage-caption", &caption),
        corner: rows_name.into_owned(),
        rows: rows.collect(),
        gaps: gaps.collect(),
        nowhere: match grid.nowhere.is_empty() {
            true => String::new(),
            false => {
                let count = grid.nowhere.now.len() + grid.nowhere.planned.len();
                t.say_n("coverage-nowhere", number(count))
            }
        },
        money: money(&work, &t, &by_form),
        money_all: euros(&t, grid.euros()),
        spent_all: euros(&t, spent.fold(0, u64::saturating_add)),
        effects: grouped(&found.effects)
            .iter()
            .map(|one| effect(&t, &work, one))
            .collect(),
        columns,
        t,
    })
}

/// Actions that were to do the same to the same indicator stand in one row.
fn grouped(effects: &[Effect]) -> Vec<Effect> {
    let mut out: Vec<Effect> = Vec::new();
    for one in effects {
        let same = |other: &&mut Effect| other.code == one.code && other.way == one.way;
        match out.iter_mut().find(same) {
            Some(row) => {
                row.number.push_str(", ");
                row.number.push_str(&one.number);
            }
            None => out.push(one.clone()),
        }
    }
    out
}

/// Where the money goes, form by form: the budgets spread evenly, so that they add up.
fn money(work: &Work, t: &Say, by_form: &plan::Coverage) -> Vec<MoneyRow> {
    let all = by_form.grid.euros();
    let rows = by_form
        .grid
        .rows
        .iter()
        .zip(&by_form.grid.cells)
        .enumerate();
    let rows = rows.filter_map(|(at, (code, cells))| Some((code, cells.get(at)?)));
    rows.map(|(code, cell)| MoneyRow {
        name: value(work, t, Axis::Form, code),
        actions: t.say_n("coverage-actions", number(cell.now.len())),
        euros: euros(t, cell.euros),
        share: match all {
            0 => String::new(),
            all => t.say_n(
                "coverage-percent",
                i64::try_from(cell.euros.saturating_mul(100) / all).unwrap_or(0),
            ),
        },
    })
    .collect()
}

fn effect(t: &Say, work: &Work, one: &Effect) -> EffectRow {
    let indicator = indicator(work, &one.code);
    let (did, says) = match &one.did {
        None => (
            t.say("coverage-no-count").into_owned(),
            t.say("coverage-unknown").into_owned(),
        ),
        Some(found) => (
            did(t, work, found, &indicator),
            t.key(says(one, found)).into_owned(),
        ),
    };
    EffectRow {
        number: one.number.clone(),
        indicator,
        wanted: t.key(way(one.way)).into_owned(),
        did,
        says,
    }
}

fn did(t: &Say, work: &Work, found: &Did, indicator: &str) -> String {
    let n = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    let one = |(label, number): &(String, Number)| {
        let label = ("label", label.clone().into());
        match number {
            Number::Count(count) => t.say_args(
                "coverage-count",
                &[
                    label,
                    ("n", n(count.value).into()),
                    ("low", n(count.low).into()),
                    ("high", n(count.high).into()),
                ],
            ),
            Number::Days(days) => t.say_args("coverage-days", &[label, ("n", n(*days).into())]),
        }
    };
    let title = if work.lang == crate::texts::Lang::DUTCH {
        &found.title.nl
    } else {
        &found.title.en
    };
    let numbers = format!("{}; {}.", one(&found.first), one(&found.last));
    let numbers = match indicator == title {
        true => numbers,
        false => format!("{title}. {numbers}"),
    };
    match &found.by {
        None => numbers,
        Some(by) => {
            let told = t.say_args("coverage-told-by", &[("by", by.clone().into())]);
            format!("{numbers} {told}")
        }
    }
}

fn says(one: &Effect, found: &Did) -> Key {
    use domain::action::Way;
    match (found.moved, one.way) {
        (None, _) => Key::new("coverage-no-range"),
        (Some(Moved::Unclear), _) => Key::new("coverage-by-chance"),
        (Some(Moved::Up), Way::Up) | (Some(Moved::Down), Way::Down) => {
            Key::new("coverage-as-meant")
        }
        _ => Key::new("coverage-otherwise"),
    }
}

#[derive(Template)]
#[template(path = "work/plan/choice.html")]
struct ChoicePage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    actions: Vec<ChoiceRow>,
    chosen: bool,
    freed: String,
    needed: String,
    lost: Vec<String>,
    payers: Vec<(String, String, String)>,
}

struct ChoiceRow {
    id: String,
    number: String,
    title: String,
    euros: String,
    stops: bool,
    doubles: bool,
}

fn chosen(work: &Work, name: &str) -> BTreeSet<ActionId> {
    work.queries(name)
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect()
}

fn gap(work: &Work, t: &Say, gap: &Gap) -> String {
    let parts = gap
        .at
        .iter()
        .map(|(axis, code)| value(work, t, *axis, code));
    parts.collect::<Vec<_>>().join(" × ")
}

/// The choice desk: what if these stop, and these double?
pub async fn choose(work: Work) -> Result<Response, Problem> {
    let (stop, double) = (chosen(&work, "stop"), chosen(&work, "double"));
    let found = plan::choose(&work.app.desk, &work.actor, work.now, &stop, &double).await?;
    let t = work.say();
    let mut above = crumbs(&t);
    above.push(Crumb::new(t.say("nav-coverage"), "/work/coverage"));
    let row = |named: &Named| ChoiceRow {
        id: named.id.to_string(),
        number: named.number.clone(),
        title: named.title.clone(),
        euros: euros(&t, named.euros),
        stops: stop.contains(&named.id),
        doubles: double.contains(&named.id),
    };
    let payer = |(named, gaps): &(Named, usize)| {
        let name = format!("{} {}", named.number, named.title);
        (
            name,
            euros(&t, named.euros),
            t.say_n("choice-gaps", number(*gaps)),
        )
    };
    html(&ChoicePage {
        frame: work.frame()?,
        crumbs: above,
        actions: found.actions.iter().map(row).collect(),
        chosen: !stop.is_empty() || !double.is_empty(),
        freed: euros(&t, found.freed),
        needed: euros(&t, found.needed),
        lost: found.lost.iter().map(|one| gap(&work, &t, one)).collect(),
        payers: found.payers.iter().map(payer).collect(),
        t,
    })
}
