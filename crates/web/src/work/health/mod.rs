//! How the system runs, for its administrator: stores, journals, deliveries, clocks, version. No content.

use ::desk::kept::StoreHealth;
use askama::Template;
use axum::response::Response;
use desk::{UseCase, health};
use jiff::Timestamp;

use super::stores;
use crate::page::frame::WorkFrame;
use crate::page::html;
use crate::problem::Problem;
use crate::routes::Routes;
use crate::texts::Say;
use crate::work::Work;

/// The routes of this subject.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/work/health", UseCase::ReadHealth, show)
}

struct Line {
    name: String,
    /// What is wrong, in the vault's own words (English, for whoever keeps the system), or nothing.
    fault: String,
    entries: i64,
    oldest_delivery: String,
    next_clock: String,
    health: StoreHealth,
}

#[derive(Template)]
#[template(path = "work/health/health.html")]
struct HealthPage {
    t: Say,
    frame: WorkFrame,
    well: bool,
    stuck: bool,
    lines: Vec<Line>,
    key: String,
    version: &'static str,
    now: Timestamp,
    made_up: bool,
}

/// Shows how the system runs.
pub async fn show(work: Work) -> Result<Response, Problem> {
    let found = health::read(&work.app.desk, &work.actor, work.now).await?;
    let t = work.say();
    let moment = |at: Option<Timestamp>| at.map(|at| t.moment(at)).unwrap_or_default();
    let line = |health: &StoreHealth| Line {
        name: stores::name(&work.app, health.store, work.today(), &t),
        fault: health
            .fault
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        entries: health.head.as_ref().map_or(0, |head| head.seq),
        oldest_delivery: moment(health.oldest_delivery),
        next_clock: moment(health.next_clock),
        health: health.clone(),
    };
    html(&HealthPage {
        frame: work.frame()?,
        well: found.is_well(),
        stuck: found.stores.iter().any(|store| store.stuck_deliveries > 0),
        lines: found.stores.iter().map(line).collect(),
        key: found.head.map(|head| head.key).unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION"),
        now: work.now,
        made_up: work.app.desk.settings.made_up,
        t,
    })
}
