//! The signal desk counts for itself (K1).

use std::collections::BTreeMap;

use domain::ids::ReportId;
use domain::mailbox::Sender;
use domain::report::{Finding, ReportState};
use domain::time::dutch_date;
use domain::vocabulary::Lang;

use super::{Asked, Period};
use crate::Desk;
use crate::error::Result;
use crate::report::{StoredMailbox, StoredReport, code_of};

pub(super) async fn ask(desk: &Desk, period: &Period) -> Result<Vec<Asked>> {
    let stored = desk.vault.load_all::<StoredReport>(&[]).await?;
    let regions = stored.iter().filter_map(|found| {
        let region = found.clear.region.clone()?;
        Some((found.body.0.id, region))
    });
    let regions: BTreeMap<ReportId, String> = regions.collect();
    let reports: Vec<_> = stored.into_iter().map(|found| found.body.0).collect();
    let mailboxes = desk.vault.load_all::<StoredMailbox>(&[]).await?;
    Ok(vec![
        first_answer(&reports, mailboxes.into_iter().map(|m| m.body), period),
        not_taken_up(desk, &reports, period),
        followed_up(&reports, period),
        across_regions(&reports, &regions, period),
    ])
}

/// Days from the arrival of a report to the desk's first message, for first messages of the period.
fn first_answer(
    reports: &[domain::report::Report],
    mailboxes: impl Iterator<Item = StoredMailbox>,
    period: &Period,
) -> Asked {
    let arrived: BTreeMap<_, _> = reports.iter().map(|r| (r.id, r.received_at)).collect();
    let days = mailboxes.filter_map(|kept| {
        let mut messages = kept.mailbox.messages().iter();
        let first = messages.find(|m| matches!(m.sender, Sender::Desk { .. }))?;
        let at = first.sender.at();
        let arrived = arrived.get(&kept.report)?;
        period.has_moment(at).then(|| whole_days(*arrived, at))
    });
    Asked::Days {
        code: "first_answer",
        days: days.collect(),
    }
}

/// Whole days of 24 hours between two moments.
pub(super) fn whole_days(from: jiff::Timestamp, to: jiff::Timestamp) -> i64 {
    to.duration_since(from).as_hours().max(0) / 24
}

/// Reports closed in the period with an outcome that is no follow-up.
fn not_taken_up(desk: &Desk, reports: &[domain::report::Report], period: &Period) -> Asked {
    let outcomes = desk.vocabulary.report_outcomes.valid_on(period.last);
    let idle: Vec<(String, String)> = outcomes
        .filter(|outcome| !outcome.facts.followed_up)
        .map(|outcome| (outcome.code.to_string(), outcome.label(Lang::Nl).to_owned()))
        .collect();
    let closed = reports.iter().filter_map(|report| match report.state() {
        ReportState::Closed { closing, .. } => Some(closing),
        _ => None,
    });
    let records = closed
        .filter(|closing| period.has_moment(closing.by.at))
        .map(|closing| closing.outcome.code().to_owned())
        .filter(|code| idle.iter().any(|(known, _)| known == code));
    Asked::Table {
        code: "not_taken_up",
        dimension: "Uitkomst",
        records: records.collect(),
        categories: idle,
    }
}

/// The row that is the measure's number.
pub(super) const KNOWN: &str = "Uitkomst bekend";

/// Reports of the period that were sent on, by whether every receiver told what came of it.
fn followed_up(reports: &[domain::report::Report], period: &Period) -> Asked {
    let sent = reports
        .iter()
        .filter(|report| period.has(dutch_date(report.received_at)))
        .filter_map(|report| match report.state() {
            ReportState::Routed { decisions, .. } | ReportState::Closed { decisions, .. } => {
                (!decisions.is_empty()).then_some(decisions)
            }
            _ => None,
        });
    let records = sent.map(|decisions| {
        let all = decisions.iter().all(|decision| decision.outcome.is_some());
        if all { "known" } else { "waiting" }.to_owned()
    });
    Asked::Table {
        code: "shares_followed_up",
        dimension: "Uitkomst",
        records: records.collect(),
        categories: vec![
            ("known".to_owned(), KNOWN.to_owned()),
            ("waiting".to_owned(), "Uitkomst nog niet bekend".to_owned()),
        ],
    }
}

/// More than one thing is the same, or none: somebody saw it without that.
const SEVERAL: &str = "several";
const SEEN: &str = "seen";

/// Pairs of reports that somebody found in the period to belong together and that lie in two regions, by what both name. A pair stands in
/// both reports and counts once; one whose region is not known, or that was destroyed, counts in no pair.
fn across_regions(
    reports: &[domain::report::Report],
    regions: &BTreeMap<ReportId, String>,
    period: &Period,
) -> Asked {
    let pairs = reports.iter().flat_map(|report| {
        let links = report.links().iter();
        links.filter_map(move |link| {
            let first = report.id < link.other;
            let (one, other) = (regions.get(&report.id)?, regions.get(&link.other)?);
            (first && one != other).then_some(&link.stands)
        })
    });
    let records = pairs
        .filter(|stands| stands.finding == Finding::Together && period.has_moment(stands.by.at))
        .map(|stands| match stands.shared.as_slice() {
            [] => SEEN.to_owned(),
            [one] => code_of(one),
            _ => SEVERAL.to_owned(),
        });
    let row = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    Asked::Table {
        code: "links_across_regions",
        dimension: "Wat hetzelfde is",
        records: records.collect(),
        categories: vec![
            row("phone", "Telefoonnummer"),
            row("plate", "Kenteken"),
            row("account", "Rekeningnummer"),
            row("kvk", "KVK-nummer"),
            row("email", "E-mailadres"),
            row(SEVERAL, "Meer dan één daarvan"),
            row(SEEN, "Iets anders, gezien door het meldpunt"),
        ],
    }
}
