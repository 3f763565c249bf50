//! What changed since an earlier edition, action by action.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use desk::letter::{self, ActionChange, Changed, Difference, EditionSummary, Field};
use domain::action::Status;

use super::page::{Correction, crumbs, errata};
use super::{address, id};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::plan::texts as plan;

struct Row {
    id: String,
    number: String,
    title: String,
    part: String,
    was: String,
    is: String,
}

#[derive(Template)]
#[template(path = "work/letters/changes.html")]
struct ChangesPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    id: String,
    title: String,
    /// The edition compared with; empty when there is none.
    from: String,
    /// Earlier editions, with their identifiers.
    others: Vec<(String, String)>,
    rows: Vec<Row>,
    same: i64,
    /// The corrections of the two editions, with a heading each; what is compared is the frozen text, which they do not change.
    errata: Vec<(String, Vec<Correction>)>,
}

/// Shows the changes; `?from=` is the earlier edition, otherwise the last one before.
pub async fn show(work: Work, Path(path): Path<String>) -> Result<Response, Problem> {
    let id = id(&path)?;
    let desk = &work.app.desk;
    let view = letter::read(desk, &work.actor, work.now, id).await?;
    let name = view.edition.name;
    let (page, _) = letter::list(desk, &work.actor, &[], None).await?;
    let mut earlier: Vec<(domain::edition::EditionName, String)> = page
        .rows
        .iter()
        .filter_map(|row| {
            let summary: EditionSummary = serde_json::from_value(row.summary.clone()).ok()?;
            Some((summary.name.parse().ok()?, row.id.clone()))
        })
        .filter(|(other, _)| *other < name)
        .collect();
    earlier.sort_by_key(|(name, _)| std::cmp::Reverse(*name));
    let asked = work.query("from");
    let from = earlier
        .iter()
        .find(|(_, other)| other == asked)
        .or(earlier.first());
    let t = work.say();
    let mut corrected = Vec::new();
    let (against, all) = match from {
        None => (String::new(), Vec::new()),
        Some((_, other)) => {
            let before = super::id(other)?;
            let all = letter::diff(desk, &work.actor, work.now, before, id).await?;
            let known = letter::read(desk, &work.actor, work.now, before).await?;
            corrected.push(known.edition);
            (other.clone(), all)
        }
    };
    corrected.push(view.edition);
    let errata = corrected
        .iter()
        .filter(|edition| !edition.errata().is_empty())
        .map(|edition| {
            let heading = t.say_with("letter-changes-errata", "name", edition.name.to_string());
            (heading, errata(&t, edition))
        });
    let mut above = crumbs(&t);
    above.push(Crumb::new(name.to_string(), address(id)));
    let same = all
        .iter()
        .filter(|d| d.change == ActionChange::Same)
        .count();
    html(&ChangesPage {
        frame: work.frame()?,
        crumbs: above,
        id: id.to_string(),
        title: t.say_with("letter-changes-title", "name", name.to_string()),
        rows: all.iter().flat_map(|d| rows(&t, d)).collect(),
        errata: errata.collect(),
        same: i64::try_from(same).unwrap_or(i64::MAX),
        from: against,
        others: earlier
            .into_iter()
            .map(|(name, id)| (name.to_string(), id))
            .collect(),
        t,
    })
}

fn rows(t: &Say, difference: &Difference) -> Vec<Row> {
    let row = |part: Key, was: String, is: String| Row {
        id: difference.action.to_string(),
        number: difference.number.clone(),
        title: difference.title.clone(),
        part: t.key(part).into_owned(),
        was,
        is,
    };
    let mut out = changed(t, difference, &row);
    if let Some(day) = difference.sent {
        let is = t.say_with("plan-sent", "day", t.date(day));
        out.push(row(Key::new("letter-changes-sent"), String::new(), is));
    }
    out
}

fn changed(
    t: &Say,
    difference: &Difference,
    row: &impl Fn(Key, String, String) -> Row,
) -> Vec<Row> {
    match &difference.change {
        ActionChange::Added => vec![row(
            Key::new("letter-changes-added"),
            String::new(),
            String::new(),
        )],
        ActionChange::Gone => vec![row(
            Key::new("letter-changes-gone"),
            String::new(),
            String::new(),
        )],
        ActionChange::Same => Vec::new(),
        ActionChange::Changed { fields } => fields
            .iter()
            .map(|change| {
                let Changed { field, was, is } = change;
                row(part(*field), words(t, *field, was), words(t, *field, is))
            })
            .collect(),
    }
}

fn part(field: Field) -> Key {
    match field {
        Field::Number => Key::new("letter-changes-number"),
        Field::Title => Key::new("letter-changes-name"),
        Field::Holder => Key::new("letter-changes-holder"),
        Field::Involved => Key::new("letter-changes-involved"),
        Field::Forms => Key::new("letter-changes-forms"),
        Field::Status => Key::new("letter-changes-status"),
        Field::Results => Key::new("letter-changes-results"),
        Field::IntendedResult => Key::new("letter-changes-intended"),
        Field::End => Key::new("letter-changes-end"),
    }
}

/// A status is stored as its code and read as its word.
fn words(t: &Say, field: Field, text: &str) -> String {
    let status = serde_json::from_value::<Status>(text.into()).ok();
    match (field, status) {
        (Field::Status, Some(status)) => t.key(plan::status(status)).into_owned(),
        _ => text.to_owned(),
    }
}
