//! Protected figures at the programme (K7): what they count, from where, on which day, and what is hidden.

mod board;

use std::collections::BTreeSet;

use ::desk::kept::{Counts, Cursor, ListRow};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::UseCase;
use desk::figures::{self, FigureSummary, HELD_BACK, HeldBack, StoredFigure, USABLE};
use domain::figure::Counted;
use domain::ids::FigureId;

use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::{Crumb, Filter, FilterOption};
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::{Key, Lang, Say};
use crate::work::Work;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    let case = UseCase::ListFigures;
    routes
        .get("/work/figures", case, list)
        .get("/work/figures/board", case, board::show)
        .get("/work/figures/{id}", case, show)
}

struct Line {
    id: String,
    title: String,
    counted: String,
    day: String,
    source: String,
    hidden: i64,
    head: String,
    held_back: bool,
}

#[derive(Template)]
#[template(path = "work/figures/list.html")]
struct ListPage {
    t: Say,
    frame: WorkFrame,
    filters: Vec<Filter>,
    lines: Vec<Line>,
    next: Option<String>,
}

/// A cell of the table as people read it.
struct Cell {
    text: String,
    hidden: bool,
}

struct Row {
    label: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "work/figures/page.html")]
struct Page {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    facts: Vec<(String, String)>,
    held_back: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    has_hidden: bool,
    has_kept: bool,
    beside: Vec<String>,
}

/// What a count counts.
pub fn counted(counted: Counted) -> Key {
    match counted {
        Counted::Aanmeldingen => Key::new("figures-aanmeldingen"),
        Counted::Slachtoffers => Key::new("figures-slachtoffers"),
        Counted::Meldingen => Key::new("figures-meldingen"),
        Counted::Verdachten => Key::new("figures-verdachten"),
        Counted::Plaatsingen => Key::new("figures-plaatsingen"),
        Counted::Acties => Key::new("figures-acties"),
        Counted::Dagen => Key::new("figures-dagen"),
        Counted::Anders => Key::new("figures-anders"),
    }
}

/// Shows the list; `?state=` filters, `?after=` goes on.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let state = [USABLE, HELD_BACK]
        .into_iter()
        .find(|s| *s == work.query("state"));
    let states: Vec<String> = state.iter().map(|s| (*s).to_owned()).collect();
    let after = Cursor::decode(work.query("after"));
    let desk = &work.app.desk;
    let (page, counts) = figures::list(desk, &work.actor, &states, after.as_ref()).await?;
    let t = work.say();
    let address = match state {
        Some(state) => format!("/work/figures?state={state}&"),
        None => "/work/figures?".to_owned(),
    };
    html(&ListPage {
        frame: work.frame()?,
        filters: vec![filter(&t, state, &counts)],
        lines: page.rows.iter().filter_map(|row| line(&t, row)).collect(),
        next: page
            .next
            .map(|next| format!("{address}after={}", next.encode())),
        t,
    })
}

fn filter(t: &Say, current: Option<&str>, counts: &Counts) -> Filter {
    let count = |state: &str| {
        let found = counts.iter().find(|(name, _)| name == state);
        found.map_or(0, |(_, count)| *count)
    };
    let option = |key: Key, href: &str, count, state: Option<&str>| FilterOption {
        label: t.key(key).into_owned(),
        href: href.to_owned(),
        count,
        current: state == current,
    };
    let (usable, held) = (count(USABLE), count(HELD_BACK));
    Filter {
        label: t.say("figures-state").into_owned(),
        options: vec![
            option(
                Key::new("figures-all"),
                "/work/figures",
                usable + held,
                None,
            ),
            option(
                Key::new("figures-usable"),
                "/work/figures?state=usable",
                usable,
                Some(USABLE),
            ),
            option(
                Key::new("figures-held-back"),
                "/work/figures?state=held_back",
                held,
                Some(HELD_BACK),
            ),
        ],
    }
}

fn line(t: &Say, row: &ListRow) -> Option<Line> {
    let summary: FigureSummary = serde_json::from_value(row.summary.clone()).ok()?;
    Some(Line {
        id: row.id.clone(),
        title: match t.lang() == Lang::DUTCH {
            true => summary.title_nl,
            false => summary.title_en,
        },
        counted: t.key(counted(summary.counted)).into_owned(),
        day: t.date(summary.reference_date),
        source: summary.source,
        hidden: i64::try_from(summary.hidden).unwrap_or(i64::MAX),
        head: summary.head.map_or_else(String::new, |n| {
            t.number(i64::try_from(n).unwrap_or(i64::MAX))
        }),
        held_back: row.clear.state == HELD_BACK,
    })
}

/// Shows one figure as a table.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: FigureId = text.parse().map_err(|_| Problem::not_found())?;
    let found = figures::read(&work.app.desk, &work.actor, work.now, id).await?;
    let stored = found.body;
    let t = work.say();
    let (columns, rows) = table(&t, &stored);
    html(&Page {
        frame: work.frame()?,
        crumbs: vec![Crumb::new(t.say("nav-figures"), "/work/figures")],
        title: in_words(&t, &stored.figure.title),
        facts: facts(&t, &stored),
        held_back: stored.held_back.map_or_else(String::new, |why| {
            let key = match why {
                HeldBack::SmallCells => Key::new("figures-small-cells"),
                HeldBack::Incomplete => Key::new("figures-incomplete"),
            };
            t.key(key).into_owned()
        }),
        columns,
        rows,
        has_hidden: !stored.hidden.is_empty(),
        has_kept: !stored.told.kept.is_empty(),
        beside: stored
            .told
            .beside
            .iter()
            .map(|one| earlier(&t, one))
            .collect(),
        t,
    })
}

/// An earlier release that counted as known.
fn earlier(t: &Say, one: &desk::disclosure::Beside) -> String {
    let period = t.say_args(
        "cases-between-days",
        &[
            ("from", t.date(one.from).into()),
            ("until", t.date(one.until).into()),
        ],
    );
    t.say_args(
        "figures-earlier",
        &[("period", period.into()), ("day", t.date(one.on).into())],
    )
}

fn in_words(t: &Say, text: &domain::Bilingual) -> String {
    match t.lang() == Lang::DUTCH {
        true => text.nl.clone(),
        false => text.en.clone(),
    }
}

/// How many records stand behind a figure, or that this is withheld and why.
fn rows(t: &Say, count: Option<u64>) -> String {
    match count {
        Some(count) => t.number(i64::try_from(count).unwrap_or(i64::MAX)),
        None => t.say("figures-rows-withheld").into_owned(),
    }
}

fn facts(t: &Say, stored: &StoredFigure) -> Vec<(String, String)> {
    let figure = &stored.figure;
    let made_up = match figure.source.made_up {
        true => t.say("figures-made-up").into_owned(),
        false => t.say("figures-real").into_owned(),
    };
    let rows = rows(t, figure.row_count);
    let hidden = i64::try_from(stored.hidden.len()).unwrap_or(i64::MAX);
    let source = format!(
        "{}, {}",
        figure.source.name.as_str(),
        figure.source.reference.as_str()
    );
    let facts = [
        (
            Key::new("figures-counted"),
            t.key(counted(figure.counted)).into_owned(),
        ),
        (
            Key::new("figures-definition"),
            in_words(t, &figure.definition),
        ),
        (Key::new("figures-unit"), figure.unit.clone()),
        (Key::new("figures-source"), source),
        (Key::new("figures-kind"), made_up),
        (
            Key::new("figures-reference-date"),
            t.date(figure.reference_date),
        ),
        (Key::new("figures-rows"), rows),
        (Key::new("figures-hidden"), t.number(hidden)),
    ];
    facts
        .into_iter()
        .map(|(key, value)| (t.key(key).into_owned(), value))
        .collect()
}

/// A table in long form: one row a cell, hidden ones after those shown, so that nothing has to be guessed about order.
fn table(t: &Say, stored: &StoredFigure) -> (Vec<String>, Vec<Row>) {
    let figure = &stored.figure;
    let hidden: BTreeSet<&Vec<String>> = stored.hidden.iter().collect();
    let mut columns = figure.dimensions.clone();
    columns.push(figure.unit.clone());
    let row = |labels: &[String], cell: Cell| {
        let mut labels = labels.iter();
        let label = labels.next().cloned().unwrap_or_default();
        let words = labels.map(|text| Cell {
            text: text.clone(),
            hidden: false,
        });
        Row {
            label,
            cells: words.chain(std::iter::once(cell)).collect(),
        }
    };
    let number = |value: u64| Cell {
        text: t.number(i64::try_from(value).unwrap_or(i64::MAX)),
        hidden: false,
    };
    let kept: BTreeSet<&Vec<String>> = stored.told.kept.iter().collect();
    let shown = figure.cells.iter().map(|cell| {
        let mut told = number(cell.value);
        if kept.contains(&cell.labels) {
            told.text = t.say_args("figures-kept-cell", &[("number", told.text.into())]);
        }
        row(&cell.labels, told)
    });
    let covered = hidden.into_iter().map(|labels| {
        let cell = Cell {
            text: t.say("figures-hidden-cell").into_owned(),
            hidden: true,
        };
        row(labels, cell)
    });
    (columns, shown.chain(covered).collect())
}
