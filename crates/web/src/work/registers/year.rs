//! The yearly figures for the supervisory authority.

use axum::response::Response;
use desk::registers::{self, YearTable};

use super::crumbs;
use crate::form::Filled;
use crate::page::html;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::form_page::{Ask, How};
use crate::work::sheets::{Block, Cell, SheetPage, Small};

fn name(table: &YearTable) -> Key {
    match table.name {
        "requests" => Key::new("registers-year-requests"),
        "breaches" => Key::new("registers-year-breaches"),
        _ => Key::new("registers-year-disclosures"),
    }
}

/// A category in words; an empty one is the total.
fn category(t: &Say, table: &YearTable, code: &str) -> String {
    let key = match (table.name, code) {
        (_, "") => Key::new("registers-total"),
        ("requests", "access") => Key::new("my-right-access"),
        ("requests", "correction") => Key::new("my-right-correction"),
        ("requests", "erasure") => Key::new("my-right-erasure"),
        ("requests", "objection") => Key::new("my-right-objection"),
        ("requests", "received") => Key::new("requests-state-received"),
        ("requests", "not_settled") => Key::new("requests-state-not-settled"),
        ("requests", "settled") => Key::new("requests-state-settled"),
        ("requests", "extended") => Key::new("requests-state-extended"),
        ("requests", "answered") => Key::new("requests-state-answered"),
        ("requests", "granted") => Key::new("requests-state-granted"),
        ("requests", "carried_out") => Key::new("requests-state-carried-out"),
        ("requests", "withdrawn") => Key::new("requests-state-withdrawn"),
        ("breaches", "open") => Key::new("breaches-state-open"),
        ("breaches", "decided") => Key::new("breaches-state-decided"),
        ("breaches", "closed") => Key::new("breaches-state-closed"),
        (_, other) => return other.to_uppercase(),
    };
    t.key(key).into_owned()
}

/// The figures of a year; this year without one.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let this = work.today().year();
    let year = work.query("year").parse::<i16>().unwrap_or(this);
    let tables = registers::year(&work.app.desk, &work.actor, work.now, year)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let text = year.to_string();
    let filled = Filled::with(&[("year", &text)]);
    let form = Small {
        method: "get",
        action: "/work/registers/year".to_owned(),
        hidden: Vec::new(),
        asks: vec![Ask::new(How::Short, "year", t.say("registers-year-which"))],
        button: t.say("oversight-show").into_owned(),
        kind: "secondary-action",
    };
    let mut page = SheetPage::new(&work, t.say("registers-year"), &[])?
        .under(crumbs(&t))
        .lead(t.say("registers-year-lead"))
        .form(form, filled);
    for table in &tables {
        page = page.block(block(&t, table));
    }
    html(&page)
}

fn block(t: &Say, table: &YearTable) -> Block {
    let rows = table
        .rows
        .iter()
        // A zero beside zeros says nothing: lines with a number, hidden ones, and totals.
        .filter(|(codes, n)| *n != Some(0) || codes.iter().all(String::is_empty))
        .map(|(codes, n)| {
            let names: Vec<String> = codes.iter().map(|c| category(t, table, c)).collect();
            let count = match n {
                Some(n) => t.number(i64::try_from(*n).unwrap_or(i64::MAX)),
                None => t.say("registers-hidden").into_owned(),
            };
            vec![Cell::new(names.join(" · ")), Cell::new(count)]
        })
        .collect();
    let columns = vec![
        t.say("registers-what").into_owned(),
        t.say("registers-count").into_owned(),
    ];
    Block::new(t.key(name(table))).table(columns, rows, "")
}
