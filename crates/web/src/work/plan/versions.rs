//! Versions of the register: each file that was taken over, and what it changed.

use axum::extract::Path;
use axum::response::Response;
use desk::plan::{self, Version};
use domain::ids::VersionId;

use super::page::crumbs;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::Say;
use crate::work::Work;
use crate::work::sheets::{Block, Cell, SheetPage};

/// All versions, newest first.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let versions = plan::versions(&work.app.desk, &work.actor).await?;
    let t = work.say();
    let rows = versions.iter().map(|version| row(&t, version)).collect();
    let columns = vec![
        t.say("versions-when").into_owned(),
        t.say("versions-file").into_owned(),
        t.say("versions-added").into_owned(),
        t.say("versions-changed").into_owned(),
        t.say("versions-refused").into_owned(),
    ];
    let block = Block::new(t.say("versions-title")).table(columns, rows, t.say("versions-empty"));
    html(
        &SheetPage::new(&work, t.say("versions-title"), &[])?
            .under(crumbs(&t))
            .lead(t.say("versions-lead"))
            .block(block),
    )
}

fn name(t: &Say, version: &Version) -> String {
    match version.source.name.is_empty() {
        true => t.say("versions-nameless").into_owned(),
        false => version.source.name.clone(),
    }
}

fn row(t: &Say, version: &Version) -> Vec<Cell> {
    let added = version.rows.iter().filter(|row| row.added).count();
    let count = |n: usize| Cell::new(t.number(i64::try_from(n).unwrap_or(i64::MAX)));
    vec![
        Cell::link(
            t.moment(version.by.at),
            format!("/work/plan-versions/{}", version.id),
        ),
        Cell::new(name(t, version)),
        count(added),
        count(version.rows.len() - added),
        count(version.refused),
    ]
}

/// One version: field by field, what the register said and what it says since.
pub async fn show(work: Work, Path(text): Path<String>) -> Result<Response, Problem> {
    let id: VersionId = text.parse().map_err(|_| Problem::not_found())?;
    let version = plan::version(&work.app.desk, &work.actor, work.now, id).await?;
    let t = work.say();
    let mut rows = Vec::new();
    for row in &version.rows {
        if row.added {
            let cells = [
                row.number.clone(),
                t.say("versions-new-action").into_owned(),
                String::new(),
                String::new(),
            ];
            rows.push(cells.map(Cell::new).to_vec());
        }
        for change in &row.changes {
            let cells = [&row.number, &change.field, &change.before, &change.after];
            rows.push(cells.map(Cell::new).to_vec());
        }
    }
    let columns = vec![
        t.say("plan-number").into_owned(),
        t.say("versions-field").into_owned(),
        t.say("versions-before").into_owned(),
        t.say("versions-after").into_owned(),
    ];
    let mut above = crumbs(&t);
    above.push(Crumb::new(t.say("versions-title"), "/work/plan-versions"));
    let facts = Block::new("")
        .fact(t.say("versions-file"), name(&t, &version))
        .fact(t.say("letter-sha256"), version.source.sha256.clone())
        .fact(t.say("versions-when"), t.moment(version.by.at));
    html(
        &SheetPage::new(&work, t.say("versions-one"), &[])?
            .under(above)
            .block(facts)
            .block(Block::new(t.say("versions-changes")).table(
                columns,
                rows,
                t.say("versions-empty"),
            )),
    )
}
