//! Word to one colleague about a matter: taken over, glass broken, asked to join. Each compartment has its own list.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use desk::need::{self, NoticeKind, NoticeView};
use domain::ids::CaseId;
use domain::need::MatterKind;

use super::ways::words;
use super::{list_crumb, notices_of, page_of, title as matter_title};
use crate::form::FormBody;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::page::ui::Crumb;
use crate::problem::Problem;
use crate::texts::{Key, Say};
use crate::work::Work;
use crate::work::cases::texts;
use crate::work::deed::pressed;
use crate::work::form_page::refused_page;

struct Row {
    id: String,
    version: i64,
    title: String,
    when: String,
    name: String,
    reason: String,
    href: String,
    matter: String,
}

#[derive(Template)]
#[template(path = "work/need/notices.html")]
struct NoticesPage {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    path: &'static str,
}

const DONE: &[(&str, Key)] = &[("seen", Key::new("need-done-seen"))];

/// Shows what waits for the reader.
pub(super) async fn show(work: Work, kind: MatterKind) -> Result<Response, Problem> {
    let t = work.say();
    let found = need::notices(&work.app.desk, &work.actor, work.now, kind).await?;
    html(&NoticesPage {
        frame: work.frame_after(DONE)?,
        crumbs: list_crumb(&t, kind),
        path: notices_of(kind),
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
        NoticeKind::TransferAccepted => t.say("need-notice-transfer-accepted").into_owned(),
        NoticeKind::TransferRefused => t.say("need-notice-transfer-refused").into_owned(),
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
        href: match (notice.kind, notice.matter.kind) {
            // The panel of a request is composed on its own page.
            (NoticeKind::AsksToJoin, MatterKind::Opinion) => page_of(notice.matter),
            (NoticeKind::AsksToJoin, _) => format!("{}/team", page_of(notice.matter)),
            (NoticeKind::TransferAccepted, _) => "/work/transfers".to_owned(),
            _ => page_of(notice.matter),
        },
        matter: matter_title(t, notice.matter),
    }
}

/// Puts a notice away.
pub(super) async fn seen(
    work: Work,
    kind: MatterKind,
    id: String,
    body: FormBody,
) -> Result<Response, Problem> {
    let id: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    let id = id.to_string();
    let version = pressed(body)?;
    need::notice_seen(&work.app.desk, &work.actor, work.now, kind, &id, version)
        .await
        .map_err(|error| refused_page(error, words))?;
    let path = notices_of(kind);
    Ok(Redirect::to(&format!("{path}?done=seen")).into_response())
}
