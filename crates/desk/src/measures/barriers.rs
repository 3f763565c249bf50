//! Cooperation and barriers count for themselves (K6).

use domain::vocabulary::Lang;

use super::{Asked, Period};
use crate::Desk;
use crate::barrier::StoredBarrier;
use crate::error::Result;

/// States of a barrier that was raised, whatever became of it.
const RAISED: [&str; 4] = ["raised", "lifted", "expired", "overturned"];

pub(super) async fn ask(desk: &Desk, period: &Period) -> Result<Vec<Asked>> {
    let all = desk.vault.load_all::<StoredBarrier>(&RAISED).await?;
    let barriers = all.into_iter().map(|found| found.body.0);
    let records = barriers
        .filter(|barrier| barrier.raised().is_some_and(|raised| period.has(raised.on)))
        .map(|barrier| barrier.aim.step.to_string())
        .collect();
    Ok(vec![raised(desk, period, records)])
}

/// By step of the offender, in the order of the steps. A barrier may have been raised before its step went out of the list, and every one
/// that was raised counts: all steps that were ever in it are rows.
fn raised(desk: &Desk, period: &Period, records: Vec<String>) -> Asked {
    let mut categories: Vec<(u16, String, String)> = Vec::new();
    for step in desk.vocabulary.barrier_steps.all() {
        let code = step.code.to_string();
        let counts = step.validity.includes(period.last) || records.contains(&code);
        if counts && !categories.iter().any(|(_, known, _)| *known == code) {
            categories.push((step.facts.order, code, step.label(Lang::Nl).to_owned()));
        }
    }
    categories.sort();
    Asked::Table {
        code: "barriers_raised",
        dimension: "Stap van de dader",
        categories: categories
            .into_iter()
            .map(|(_, code, label)| (code, label))
            .collect(),
        records,
    }
}
