//! The same figures as files: CSV and JSON of a measure, Atom of the editions.

use std::sync::Arc;

use ::desk::letter::Lang as Phrases;
use ::desk::open::{self, Cell, OpenMeasure, OpenSource};
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use super::moved;
use crate::app::App;
use crate::problem::Problem;

/// A file of a kind.
pub(super) fn file(kind: &'static str, body: String) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
}

async fn measure(app: &App, code: &str) -> Result<OpenMeasure, Problem> {
    let all = open::read(&app.desk, Phrases::Nl).await?;
    let mut found = all.measures.into_iter();
    found
        .find(|one| one.measure.code.as_str() == code && !one.tables.is_empty())
        .ok_or_else(Problem::not_found)
}

const COLUMNS: [&str; 11] = [
    "measure",
    "definition_version",
    "period",
    "value",
    "status",
    "unit",
    "source",
    "reference_date",
    "publication",
    "low",
    "high",
];

/// One row a number. A hidden one has no value and says `hidden`.
pub(super) async fn csv(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    if let Some(now) = moved(&app, &code) {
        return Ok(Redirect::permanent(&format!("/figures/{now}/data.csv")).into_response());
    }
    let one = measure(&app, &code).await?;
    let mut out = format!("{}\r\n", COLUMNS.join(","));
    for row in rows(&one) {
        let fields = COLUMNS.map(|column| match row.get(column) {
            Some(Value::String(text)) => quoted(text),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        });
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    Ok(file("text/csv; charset=utf-8; header=present", out))
}

/// A field of CSV (RFC 4180). What a spreadsheet would take for a formula gets a mark before it.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// The rows of a measure, the same for every format.
fn rows(one: &OpenMeasure) -> Vec<Value> {
    let mut out = Vec::new();
    for table in &one.tables {
        let figure = &table.figure;
        for row in &figure.rows {
            let (value, status) = match row.cells.first() {
                Some(Cell::Value(number)) => (json!(number), "shown"),
                Some(Cell::Suppressed) => (Value::Null, "hidden"),
                _ => (Value::Null, "unknown"),
            };
            let mut sources = one.sources.iter();
            let published = sources.find(|source| source.period == row.label);
            out.push(json!({
                "measure": one.measure.code.as_str(),
                "definition_version": table.version,
                "period": row.label,
                "value": value,
                "status": status_of(published, status),
                "unit": figure.unit.words(),
                "source": published.map_or(figure.source.as_str(), |p| p.publisher.as_str()),
                "reference_date": date(published, figure.reference_date),
                "publication": published.map(|p| p.link.as_str()),
                "low": published.and_then(|p| p.between).map(|(low, _)| low),
                "high": published.and_then(|p| p.between).map(|(_, high)| high),
            }));
        }
    }
    out
}

/// A published number may be an estimate, or computed from published shares.
fn status_of(published: Option<&OpenSource>, status: &'static str) -> &'static str {
    match published {
        Some(one) if one.between.is_some() => "estimated",
        Some(one) if one.computed => "computed",
        _ => status,
    }
}

/// The last day of a published year; of our own periods the day on which the figure held.
fn date(published: Option<&OpenSource>, held: Option<jiff::civil::Date>) -> Option<String> {
    match published {
        Some(one) => Some(format!("{}-12-31", one.year)),
        None => held.map(|day| day.to_string()),
    }
}

/// Definition and rows as JSON.
pub(super) async fn json(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    if let Some(now) = moved(&app, &code) {
        return Ok(Redirect::permanent(&format!("/figures/{now}/data.json")).into_response());
    }
    let one = measure(&app, &code).await?;
    let facts = &one.measure.facts;
    let body = json!({
        "measure": one.measure.code.as_str(),
        "label": { "nl": one.measure.label.nl, "en": one.measure.label.en },
        "definition": { "nl": facts.definition.nl, "en": facts.definition.en },
        "unit": { "nl": facts.unit.nl, "en": facts.unit.en },
        "query": { "nl": facts.query.nl, "en": facts.query.en },
        "function": facts.function,
        "made_up": app.desk.settings.made_up,
        "rows": rows(&one),
    });
    Ok(axum::Json(body).into_response())
}

/// The editions that were sent, as an Atom feed (RFC 4287).
pub(super) async fn atom(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let all = open::read(&app.desk, Phrases::Nl).await?;
    let today = domain::time::dutch_date(app.now());
    let newest = all.editions.first().map_or(today, |edition| edition.sent);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"nl\">\n\
         <id>urn:x-samen:editions</id>\n<title>Samen tegen mensenhandel: voortgangsbrieven</title>\n\
         <updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"/figures/editions.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"/figures\"/>\n",
        escape(&app.shell.settings.host_name),
    );
    for edition in &all.editions {
        let made_up = if app.desk.settings.made_up {
            "[verzonnen] "
        } else {
            ""
        };
        let number = edition
            .kamerstuk
            .as_deref()
            .map_or_else(String::new, |n| format!(" Kamerstuk {n}."));
        out.push_str(&format!(
            "<entry>\n<id>urn:x-samen:edition/{name}</id>\n<title>{made_up}{title} ({name})</title>\n\
             <updated>{sent}T00:00:00Z</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"/figures#editions\"/>\n\
             <summary>Verstuurd op {sent}.{number} Cijfers: {figures}. Verbeteringen: {errata}.</summary>\n</entry>\n",
            name = escape(&edition.name),
            title = escape(&edition.subject),
            sent = edition.sent,
            figures = edition.figures,
            errata = edition.errata,
        ));
    }
    out.push_str("</feed>\n");
    Ok(file("application/atom+xml; charset=utf-8", out))
}

/// Escapes text for XML.
fn escape(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    kept.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
