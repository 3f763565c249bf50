//! The plan's actions in the register, through the same import that a file goes through.

use anyhow::Result;
use desk::plan::{self, ImportRow};
use desk::{Desk, Role};
use jiff::Timestamp;
use world::Plan;

use super::cast::Cast;

/// Takes the made-up register over. Returns how many actions were added and which rows a rule refused.
pub(super) async fn register(
    desk: &Desk,
    cast: &Cast,
    plan: &Plan,
    now: Timestamp,
) -> Result<(usize, usize)> {
    let Ok(office) = cast.anyone(Role::ProgrammeOffice, now) else {
        return Ok((0, plan.actions.len()));
    };
    let rows: Vec<ImportRow> = plan.actions.iter().zip(1..).map(row).collect();
    let report = plan::import(desk, &office, now, &rows, false).await?;
    Ok((report.added(), report.refused()))
}

fn row((action, at): (&world::Action, u64)) -> ImportRow {
    let texts = |codes: &[world::story::Code]| codes.iter().map(ToString::to_string).collect();
    ImportRow {
        at,
        id: action.id.clone(),
        line: action.line.to_string(),
        title: action.title.clone(),
        description: action.description.clone(),
        goal: action.goal.clone(),
        holder: action.holder.to_string(),
        involved: texts(&action.involved),
        forms: texts(&action.forms),
        ages: texts(&action.ages),
        result: action.result.clone(),
        start: Some(action.start),
        end: Some(action.end),
        status: action.status.to_string(),
        status_date: Some(action.status_date),
        budget_eur: Some(u64::from(action.budget_eur)),
        indicators: action.indicators.clone(),
        links: action.links.clone(),
    }
}
