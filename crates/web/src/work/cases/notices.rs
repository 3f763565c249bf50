//! Word to one colleague about cases: taken over, glass broken, asked to join.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::case::{self, NoticeKind, NoticeView};

use super::sheet::refusal;
use super::{crumbs, reference, texts};
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::deed::pressed;
use crate::work::{Work, WorkForm};

struct Row {
    id: String,
    version: i64,
    title: String,
    when: String,
    name: String,
    reason: String,
    href: String,
    reference: String,
}

#[derive(Template)]
#[template(path = "work/cases/notices.html")]
struct NoticesPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
}

const DONE: &[(&str, Key)] = &[("seen", Key::new("need-done-seen"))];

/// Shows what waits for the reader.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let t = work.say();
    let found = case::notices(&work.app.desk, &work.actor, work.now).await?;
    html(&NoticesPage {
        frame: work.frame_after(DONE)?,
        crumbs: crumbs(&t),
        rows: found.iter().map(|one| row(&t, one)).collect(),
        t,
    })
}

fn row(t: &Say, view: &NoticeView) -> Row {
    let notice = &view.notice;
    let title = match notice.kind {
        NoticeKind::TakenOver => t.say("need-notice-taken-over").into_owned(),
        NoticeKind::GlassBroken { until } => {
            t.say_with("need-notice-glass", "until", t.moment(until))
        }
        NoticeKind::GlassReviewed { outcome } => t.key(texts::reviewed(outcome)).into_owned(),
        NoticeKind::AddedToTeam => t.say("need-notice-added").into_owned(),
        NoticeKind::RemovedFromTeam => t.say("need-notice-removed").into_owned(),
        NoticeKind::AsksToJoin => t.say("need-notice-asks").into_owned(),
    };
    Row {
        id: view.id.clone(),
        version: view.version,
        title,
        when: t.moment(notice.by.at),
        name: notice.name.clone(),
        reason: notice
            .reason
            .as_ref()
            .map_or_else(String::new, |reason| reason.as_str().to_owned()),
        href: match notice.kind {
            NoticeKind::AsksToJoin => format!("/work/cases/{}/team", notice.case),
            _ => format!("/work/cases/{}", notice.case),
        },
        reference: reference(notice.case),
    }
}

/// Puts a notice away.
pub(super) async fn seen(
    work: Work,
    Path(id): Path<String>,
    WorkForm(body): WorkForm,
) -> Result<Response, Problem> {
    let id = super::case_id(&id)?.to_string();
    let version = pressed(body)?;
    case::notice_seen(&work.app.desk, &work.actor, work.now, &id, version)
        .await
        .map_err(refusal)?;
    Ok(Redirect::to("/work/notices?done=seen").into_response())
}
