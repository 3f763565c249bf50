//! Files that show what was reached: listed with the update, saved, and all of them together for the office and the auditor.

use ::desk::kept::Cursor;
use axum::extract::Path;
use axum::response::Response;
use desk::plan::{self, EvidenceRow};
use domain::ids::AttachmentId;
use domain::round::{EvidenceFile, Standing, Update};

use super::rounds;
use super::update::id;
use crate::app::App;
use crate::page::html;
use crate::page::ui::Choice;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::upload::{self, described};
use crate::work::Work;
use crate::work::sheets::{Block, Cell, SheetPage};

/// A file as a page of its update lists it.
pub struct FileLine {
    /// Its identity, to be saved by; empty: it was taken away.
    pub id: String,
    /// What the holder calls it, or that it was taken away.
    pub title: String,
    /// What it is, how large, who added it and when.
    pub about: String,
}

/// The files of an update, oldest first.
pub(super) fn lines(app: &App, t: &Say, update: &Update) -> Vec<FileLine> {
    let directory = app.desk.directory();
    let line = |file: &EvidenceFile| {
        let what = described(t, file.kind, file.bytes);
        let who = directory.name(file.by.org);
        let about = format!("{what} · {who} · {}", t.moment(file.by.at));
        match &file.standing {
            Standing::Kept { title } => FileLine {
                id: file.id.to_string(),
                title: title.as_str().to_owned(),
                about,
            },
            Standing::TakenAway { by } => FileLine {
                id: String::new(),
                title: t.say_with("updates-file-gone", "moment", t.moment(by.at)),
                about,
            },
        }
    };
    update.files().iter().map(line).collect()
}

/// The files that can still be taken away.
pub(super) fn choices(t: &Say, update: &Update) -> Vec<Choice> {
    let kept = update.files().iter();
    kept.filter_map(|file| {
        let what = described(t, file.kind, file.bytes);
        let label = format!("{} ({what})", file.title()?.as_str());
        Some(Choice::new(file.id.to_string(), label))
    })
    .collect()
}

/// Gives a file out, to be saved.
pub async fn save(
    work: Work,
    Path((update, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let update = id(&update)?;
    let file: AttachmentId = file.parse().map_err(|_| Problem::not_found())?;
    let (desk, actor) = (&work.app.desk, &work.actor);
    upload::save(plan::open_evidence(desk, actor, work.now, update, file).await?)
}

/// All evidence, newest first; `?after=` goes on.
pub async fn list(work: Work) -> Result<Response, Problem> {
    let after = Cursor::decode(work.query("after"));
    let (desk, actor) = (&work.app.desk, &work.actor);
    let (rows, next) = plan::evidence(desk, actor, work.now, after.as_ref()).await?;
    let t = work.say();
    let columns = [
        "evidence-file",
        "evidence-action",
        "rounds-edition",
        "evidence-what",
        "evidence-by",
        "plan-status",
    ];
    let columns = columns.map(|key| t.say(key).into_owned()).to_vec();
    let block = Block::new(t.say("nav-evidence")).table(
        columns,
        rows.iter().map(|row| cells(&work, &t, row)).collect(),
        t.say("evidence-none"),
    );
    let next = next.map(|next| format!("/work/evidence?after={}", next.encode()));
    let page = SheetPage::new(&work, t.say("nav-evidence"), &[])?
        .lead(t.say("evidence-lead"))
        .lead(t.say("files-careful"))
        .block(block)
        .next(next);
    html(&page)
}

fn cells(work: &Work, t: &Say, row: &EvidenceRow) -> Vec<Cell> {
    let file = &row.file;
    let by = work.app.desk.directory().name(file.by.org).to_owned();
    let title = file.title().map_or("", |title| title.as_str());
    let accepted = match row.accepted {
        true => rounds::state(domain::round::UpdateState::Accepted),
        false => Key::new("evidence-not-accepted"),
    };
    vec![
        Cell::link(
            title,
            format!("/work/updates/{}/files/{}", row.update, file.id),
        ),
        Cell::new(row.number.clone()),
        Cell::new(row.edition.to_string()),
        Cell::new(described(t, file.kind, file.bytes)),
        Cell::new(format!("{by}, {}", t.moment(file.by.at))),
        Cell::new(t.key(accepted)),
    ]
}
