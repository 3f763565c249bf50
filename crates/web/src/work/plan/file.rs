//! The register from a file: what would change is shown first, row by row; nothing is kept between that page and the next, the rows go
//! with the form. What is taken over becomes a version of the register.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use desk::plan::{self, ImportReport, ImportRow, ImportSource, RowOutcome};
use domain::action::AgeGroup;
use domain::vocabulary::Vocabulary;
use exchange::plan::{ActionRow, read_actions};
use exchange::{Codes, Import, Limits};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::file_why;
use super::page::crumbs;
use crate::form::{FieldError, Filled, Form, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::Crumb;
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::texts::{Key, Message, Say};
use crate::upload::FILE;
use crate::work::{Work, WorkForm, one_file};

/// Bytes of a file of actions on this page; the command takes larger ones.
const FILE_MAX: usize = 2 << 20;
/// Bytes of the packed rows: they go with a form.
const PACKED_MAX: usize = 200 * 1024;
/// Bytes of the rows when they are unpacked again; what unpacks to more is none of ours.
const ROWS_MAX: u64 = 8 << 20;

/// The codes that count on a day, with the names of organisations by which a file may call them.
pub fn codes(words: &Vocabulary, today: Date) -> Codes {
    let valid = |codes: Vec<String>| Codes::set(codes);
    let forms = words.forms.valid_on(today);
    let lines = words.action_lines.valid_on(today);
    let statuses = words.action_statuses.valid_on(today);
    let kinds = words.organisation_kinds.valid_on(today);
    Codes {
        forms: valid(forms.map(|f| f.code.to_string()).collect()),
        lines: valid(lines.map(|l| l.code.to_string()).collect()),
        statuses: valid(statuses.map(|s| s.code.to_string()).collect()),
        organisations: valid(kinds.map(|k| k.code.to_string()).collect()),
        ages: Codes::set(AgeGroup::CODES.map(|(code, _)| code)),
        any_indicator: true,
        ..Codes::default()
    }
}

/// A row of a file, as the register takes it.
pub fn import_row(at: u64, row: &ActionRow) -> ImportRow {
    let row = row.clone();
    ImportRow {
        at,
        id: row.id,
        line: row.line,
        title: row.title,
        description: row.description,
        goal: row.goal,
        holder: row.holder,
        involved: row.involved,
        forms: row.forms,
        ages: row.ages,
        result: row.result,
        start: row.start,
        end: row.end,
        status: row.status,
        status_date: row.status_date,
        budget_eur: row.budget_eur,
        indicators: row.indicators,
        links: row.links,
        policy: row.policy,
        regions: row.regions,
        milestones: row.milestones,
        measures: row.measures,
        money: row.money,
        lessons: row.lessons,
    }
}

#[derive(Template)]
#[template(path = "work/plan/file.html")]
struct Ask {
    t: Say,
    frame: WorkFrame,
    f: Filled,
    crumbs: Vec<Crumb>,
}

/// What goes with the form of the preview.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Looked {
    sha256: String,
    rows: Vec<(u64, ActionRow)>,
}

struct ChangeRow {
    line: u64,
    action: String,
    field: String,
    before: String,
    after: String,
}

struct Back {
    line: u64,
    field: String,
    value: String,
    why: String,
}

#[derive(Template)]
#[template(path = "work/plan/file_preview.html")]
struct Preview {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    added: Vec<(u64, String, String)>,
    changes: Vec<ChangeRow>,
    changed: i64,
    same: i64,
    back: Vec<Back>,
    /// Rows that were refused: one row can have several faults.
    refused: i64,
    notes: Vec<String>,
    packed: String,
    takes: bool,
}

/// Asks for a file.
pub async fn show(work: Work) -> Result<Response, Problem> {
    html(&ask(&work, Filled::blank())?)
}

fn ask(work: &Work, f: Filled) -> Result<Ask, Problem> {
    let t = work.say();
    Ok(Ask {
        frame: work.frame()?,
        f,
        crumbs: crumbs(&t),
        t,
    })
}

fn again(work: &Work, message: Message) -> Result<Response, Problem> {
    let f = Filled::new(Typed::default(), vec![FieldError::new(FILE, message)]);
    html_as(StatusCode::UNPROCESSABLE_ENTITY, &ask(work, f)?)
}

/// Reads a file and shows what would change.
pub async fn preview(work: Work, request: Request) -> Result<Response, Problem> {
    let bytes = match one_file::read(&work, request, FILE_MAX).await? {
        Ok(bytes) => bytes,
        Err(trouble) => return again(&work, trouble.message()),
    };
    let read = match read(&work, &bytes) {
        Ok(read) => read,
        Err(fault) => {
            let message = Message::new(Key::new("plan-file-unreadable"));
            return again(
                &work,
                message.with("detail", file_why::of_whole(&work.say(), &fault)),
            );
        }
    };
    let looked = Looked {
        sha256: ImportSource::of("", &bytes).sha256,
        rows: (read.accepted.iter())
            .map(|row| (row.line, row.value.clone()))
            .collect(),
    };
    let packed = pack(&looked)?;
    if packed.len() > PACKED_MAX {
        return again(&work, Message::new(Key::new("plan-file-large")));
    }
    let report = import(&work, &looked, true).await?;
    html(&page(&work, &read, &report, packed)?)
}

fn read(work: &Work, bytes: &[u8]) -> Result<Import<ActionRow>, exchange::FileError> {
    let desk = &work.app.desk;
    let today = work.today();
    let mut codes = codes(&desk.vocabulary, today);
    let names = desk.directory();
    codes
        .organisations
        .extend(names.all().map(|(_, one)| one.name.clone()));
    read_actions(FILE, bytes, &codes, today, &Limits::default())
}

async fn import(work: &Work, looked: &Looked, dry_run: bool) -> Result<ImportReport, Problem> {
    let rows: Vec<ImportRow> = (looked.rows.iter())
        .map(|(line, row)| import_row(*line, row))
        .collect();
    let source = ImportSource {
        name: work.say().say("plan-file-by-page").into_owned(),
        sha256: looked.sha256.clone(),
    };
    let desk = &work.app.desk;
    Ok(plan::import_from(desk, &work.actor, work.now, &source, &rows, dry_run).await?)
}

fn page(
    work: &Work,
    read: &Import<ActionRow>,
    report: &ImportReport,
    packed: String,
) -> Result<Preview, Problem> {
    let t = work.say();
    let title = |line: u64| {
        let row = read.accepted.iter().find(|row| row.line == line);
        row.map_or_else(String::new, |row| row.value.title.clone())
    };
    let added = (report.rows.iter())
        .filter(|row| row.outcome == RowOutcome::Added)
        .map(|row| (row.at, row.id.clone(), title(row.at)));
    let mut back: Vec<Back> = (read.refused.iter())
        .map(|one| Back {
            line: one.line,
            field: one.field.clone(),
            value: one.value.clone(),
            why: file_why::of_file(&t, &one.reason),
        })
        .collect();
    back.extend(report.rows.iter().filter_map(|row| match &row.outcome {
        RowOutcome::Refused { field, why } => Some(Back {
            line: row.at,
            field: (*field).to_owned(),
            value: row.id.clone(),
            why: file_why::of_row(&t, why),
        }),
        _ => None,
    }));
    back.sort_by_key(|one| one.line);
    let lines: BTreeSet<u64> = back.iter().map(|one| one.line).collect();
    let same = report
        .rows
        .iter()
        .filter(|row| row.outcome == RowOutcome::Same);
    Ok(Preview {
        frame: work.frame()?,
        crumbs: crumbs(&t),
        added: added.collect(),
        changes: changes(report),
        changed: count(report.changed()),
        same: count(same.count()),
        refused: count(lines.len()),
        back,
        notes: (read.notes.iter())
            .map(|note| file_why::of_note(&t, note))
            .collect(),
        takes: report.added() + report.changed() > 0,
        packed,
        t,
    })
}

fn changes(report: &ImportReport) -> Vec<ChangeRow> {
    let each = report.rows.iter().flat_map(|row| {
        row.changes.iter().map(|change| ChangeRow {
            line: row.at,
            action: row.id.clone(),
            field: change.field.clone(),
            before: change.before.clone(),
            after: change.after.clone(),
        })
    });
    each.collect()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Takes over what was shown.
pub async fn take(work: Work, WorkForm(body): WorkForm) -> Result<Response, Problem> {
    let mut form = Form::new(body);
    let looked = unpack(form.raw("rows")).ok_or_else(Problem::bad_request)?;
    let report = import(&work, &looked, false).await?;
    Ok(Redirect::to(&match report.version {
        Some(version) => format!("/work/plan-versions/{version}"),
        None => "/work/plan".to_owned(),
    })
    .into_response())
}

fn pack(looked: &Looked) -> Result<String, Problem> {
    let packed = || {
        let json = serde_json::to_vec(looked).ok()?;
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(&json).ok()?;
        Some(URL_SAFE_NO_PAD.encode(deflate.finish().ok()?))
    };
    packed().ok_or_else(Problem::internal)
}

fn unpack(text: &str) -> Option<Looked> {
    let packed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let mut json = Vec::new();
    let mut inflate = DeflateDecoder::new(packed.as_slice()).take(ROWS_MAX);
    inflate.read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
mod tests {
    use super::{Looked, pack, unpack};
    use exchange::plan::ActionRow;

    #[test]
    fn rows_come_back_as_they_went_and_anything_else_is_refused() {
        let row = ActionRow {
            id: "3.b".to_owned(),
            title: "Één meldpunt".to_owned(),
            ..ActionRow::default()
        };
        let looked = Looked {
            sha256: "00".to_owned(),
            rows: vec![(2, row.clone())],
        };
        let packed = pack(&looked).ok().unwrap();
        assert_eq!(unpack(&packed).unwrap().rows, [(2, row)]);
        for odd in ["", "!", "AAAA", &packed[..packed.len() / 2]] {
            assert!(unpack(odd).is_none(), "{odd}");
        }
    }
}
