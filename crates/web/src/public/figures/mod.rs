//! Open figures: pages and files for anybody, without an account, a cookie or a script. Nothing on them is younger than the last edition that
//! was sent, so nobody can see a number change because one more person came.

mod catalog;
mod data;

use std::sync::Arc;

use ::desk::letter::Lang as Phrases;
use ::desk::open::{self, Cell, OpenMeasure, OpenTable};
use askama::Template;
use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::vocabulary::Lang as Words;

use crate::app::App;
use crate::page;
use crate::page::frame::PublicFrame;
use crate::problem::Problem;
use crate::shell::Shell;
use crate::texts::{Lang, Say};
use crate::work::figures::counted;

/// What the handlers share.
#[derive(Clone)]
struct OpenPages {
    app: Arc<App>,
    lang: Lang,
}

impl FromRef<OpenPages> for Arc<Shell> {
    fn from_ref(pages: &OpenPages) -> Arc<Shell> {
        pages.app.shell.clone()
    }
}

/// The pages in every language, and the files, which hold both languages, once.
pub fn routes(app: &Arc<App>) -> Router {
    let files = Router::new()
        .route("/figures/catalog.jsonld", get(catalog::json))
        .route("/figures/catalog.ttl", get(catalog::turtle))
        .route("/figures/editions.atom", get(data::atom))
        .route("/figures/{code}/data.csv", get(data::csv))
        .route("/figures/{code}/data.json", get(data::json))
        .with_state(app.clone());
    Lang::all().fold(files, |router, lang| {
        let pages = OpenPages {
            app: app.clone(),
            lang,
        };
        let own = Router::new()
            .route(&lang.path("/figures"), get(list))
            .route(&lang.path("/figures/{code}"), get(show))
            .with_state(pages);
        router.merge(own)
    })
}

/// The language of labels and pictures.
fn phrases(lang: Lang) -> (Phrases, Words) {
    match lang == Lang::DUTCH {
        true => (Phrases::Nl, Words::Nl),
        false => (Phrases::En, Words::En),
    }
}

struct Line {
    code: String,
    name: String,
    unit: String,
    latest: String,
    measured: bool,
}

struct EditionLine {
    name: String,
    subject: String,
    sent: String,
    kamerstuk: String,
}

#[derive(Template)]
#[template(path = "public/figures.html")]
struct ListPage {
    t: Say,
    frame: PublicFrame,
    lines: Vec<Line>,
    editions: Vec<EditionLine>,
}

async fn list(State(pages): State<OpenPages>) -> Result<Response, Problem> {
    let (phrases, words) = phrases(pages.lang);
    let all = open::read(&pages.app.desk, phrases).await?;
    let t = pages.app.shell.say(pages.lang);
    let line = |one: &OpenMeasure| Line {
        code: one.measure.code.to_string(),
        name: one.measure.label(words).to_owned(),
        unit: one.measure.facts.unit.in_language(words).to_owned(),
        latest: latest(&t, one),
        measured: !one.tables.is_empty(),
    };
    page::html(&ListPage {
        frame: pages.app.shell.public_frame(pages.lang, "/figures"),
        lines: all.measures.iter().map(line).collect(),
        editions: all
            .editions
            .into_iter()
            .map(|edition| EditionLine {
                name: edition.name,
                subject: edition.subject,
                sent: t.date(edition.sent),
                kamerstuk: edition.kamerstuk.unwrap_or_default(),
            })
            .collect(),
        t,
    })
}

/// The newest number with its period, or why there is none.
fn latest(t: &Say, one: &OpenMeasure) -> String {
    let last = one
        .tables
        .first()
        .and_then(|table| table.figure.rows.last());
    match last {
        Some(row) => {
            let cell = row.cells.first();
            let number = cell.map_or_else(String::new, |cell| words_of(t, cell));
            format!("{number} ({})", row.label)
        }
        None if one.measure.facts.not_measured.is_some() => t.say("open-not-yet").into_owned(),
        None => t.say("open-not-sent").into_owned(),
    }
}

fn words_of(t: &Say, cell: &Cell) -> String {
    match cell {
        Cell::Value(number) => t.number(i64::try_from(*number).unwrap_or(i64::MAX)),
        Cell::Suppressed => t.say("figures-hidden-cell").into_owned(),
        Cell::Text(words) => words.clone(),
    }
}

struct Shown {
    heading: String,
    change: String,
    svg: String,
    caption: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
    hidden: bool,
    source: String,
    date: String,
}

struct SourceLine {
    year: String,
    number: String,
    publisher: String,
    link: String,
    computed: bool,
    note: String,
}

#[derive(Template)]
#[template(path = "public/figure.html")]
struct FigurePage {
    t: Say,
    frame: PublicFrame,
    code: String,
    name: String,
    why_not: String,
    why_title: String,
    facts: Vec<(String, String)>,
    tables: Vec<Shown>,
    sources: Vec<SourceLine>,
    home: String,
}

/// Where a figure stands now that had this code before; none when the code is no former one.
fn moved(app: &App, code: &str) -> Option<String> {
    let measure = app.desk.vocabulary.measures.called(code)?;
    (measure.code.as_str() != code).then(|| measure.code.to_string())
}

async fn show(
    State(pages): State<OpenPages>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    if let Some(now) = moved(&pages.app, &code) {
        let address = pages.lang.path(&format!("/figures/{now}"));
        return Ok(Redirect::permanent(&address).into_response());
    }
    let (phrases, words) = phrases(pages.lang);
    let all = open::read(&pages.app.desk, phrases).await?;
    let found = all
        .measures
        .iter()
        .find(|one| one.measure.code.as_str() == code);
    let one = found.ok_or_else(Problem::not_found)?;
    let t = pages.app.shell.say(pages.lang);
    let facts = &one.measure.facts;
    let own = |label: &domain::vocabulary::Label| label.in_language(words).to_owned();
    let mut list = vec![
        (
            t.say("figures-definition").into_owned(),
            own(&facts.definition),
        ),
        (
            t.say("figures-counted").into_owned(),
            t.key(counted(facts.counted)).into_owned(),
        ),
        (t.say("figures-unit").into_owned(), own(&facts.unit)),
        (t.say("open-query").into_owned(), own(&facts.query)),
    ];
    if let Some(function) = &facts.function {
        list.push((t.say("open-function").into_owned(), function.clone()));
    }
    let why_not = match (&facts.not_measured, one.tables.is_empty()) {
        (Some(why), _) => own(why),
        (None, true) => t.say("open-none-sent").into_owned(),
        (None, false) => String::new(),
    };
    page::html(&FigurePage {
        frame: pages
            .app
            .shell
            .public_frame(pages.lang, &format!("/figures/{code}")),
        home: pages.lang.path("/figures"),
        name: one.measure.label(words).to_owned(),
        why_not,
        why_title: match facts.not_measured.is_some() {
            true => t.say("open-not-yet").into_owned(),
            false => t.say("open-not-sent").into_owned(),
        },
        facts: list,
        tables: one.tables.iter().map(|table| shown(&t, table)).collect(),
        sources: one
            .sources
            .iter()
            .map(|source| SourceLine {
                year: source.period.clone(),
                number: number(&t, source),
                note: source.note.as_ref().map_or_else(String::new, own),
                publisher: source.publisher.clone(),
                link: source.link.clone(),
                computed: source.computed,
            })
            .collect(),
        code,
        t,
    })
}

/// The number, of an estimate with its bounds: "5.000 (4.000 tot 7.000)".
fn number(t: &Say, source: &open::OpenSource) -> String {
    let text = |value: u16| t.number(i64::from(value));
    match source.between {
        None => text(source.value),
        Some((low, high)) => {
            let to = t.say("open-between");
            format!("{} ({} {to} {})", text(source.value), text(low), text(high))
        }
    }
}

fn shown(t: &Say, table: &OpenTable) -> Shown {
    let figure = &table.figure;
    let mut columns = vec![figure.row_label.clone()];
    columns.extend(figure.columns.iter().cloned());
    Shown {
        heading: t.say_n("open-definition-version", i64::from(table.version)),
        change: table.change.clone().unwrap_or_default(),
        svg: table.svg.clone().unwrap_or_default(),
        caption: format!("{} ({})", figure.title, figure.unit.words()),
        columns,
        rows: figure
            .rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| words_of(t, cell));
                (row.label.clone(), cells.collect())
            })
            .collect(),
        hidden: figure.has_suppressed(),
        source: figure.source.clone(),
        date: figure
            .reference_date
            .map_or_else(String::new, |day| t.date(day)),
    }
}
