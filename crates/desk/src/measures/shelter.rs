//! Care and shelter count for themselves (K3), from the summaries of their lists: nothing about a person is opened.

use domain::vocabulary::Lang;
use vault::{Filter, Kind, ListRow, Order, Stored};

use super::signals::whole_days;
use super::{Asked, Period};
use crate::Desk;
use crate::error::Result;
use crate::placement::{PlacementSummary, RequestSummary, StoredPlacement, StoredRequest};

pub(super) async fn ask(desk: &Desk, period: &Period) -> Result<Vec<Asked>> {
    let requests: Vec<RequestSummary> = summaries(desk, &StoredRequest::KIND).await?;
    let placements: Vec<PlacementSummary> = summaries(desk, &StoredPlacement::KIND).await?;
    Ok(vec![
        time_to_place(&requests, period),
        places_refused(desk, &placements, period),
        unplaced(desk, &requests, period),
    ])
}

async fn summaries<T: serde::de::DeserializeOwned>(desk: &Desk, kind: &Kind) -> Result<Vec<T>> {
    let mut out = Vec::new();
    let mut cursor = None;
    loop {
        let filter = Filter::default();
        let page = desk
            .vault
            .list(kind, &filter, Order::Newest, cursor.as_ref(), 500)
            .await?;
        let read = |row: ListRow| serde_json::from_value(row.summary).ok();
        out.extend(page.rows.into_iter().filter_map(read));
        match page.next {
            Some(next) => cursor = Some(next),
            None => return Ok(out),
        }
    }
}

/// Days from request to arrival, for arrivals of the period.
fn time_to_place(requests: &[RequestSummary], period: &Period) -> Asked {
    let days = requests.iter().filter_map(|request| {
        let arrived = request.arrived.filter(|at| period.has_moment(*at))?;
        Some(whole_days(request.requested, arrived))
    });
    Asked::Days {
        code: "time_to_place",
        days: days.collect(),
    }
}

const OTHER: &str = "anders_onbekend";

/// The reasons of the field, and one for what has none of them.
fn reasons(desk: &Desk, period: &Period) -> Vec<(String, String)> {
    let known = desk.vocabulary.refusal_reasons.valid_on(period.last);
    let mut reasons: Vec<(String, String)> = known
        .map(|reason| (reason.code.to_string(), reason.label(Lang::Nl).to_owned()))
        .collect();
    reasons.push((OTHER.to_owned(), "Andere of onbekende reden".to_owned()));
    reasons
}

fn reason(code: Option<&str>, known: &[(String, String)]) -> String {
    let found = code.filter(|code| known.iter().any(|(other, _)| other == code));
    found.unwrap_or(OTHER).to_owned()
}

/// Placements that the shelter refused or the client declined in the period.
fn places_refused(desk: &Desk, placements: &[PlacementSummary], period: &Period) -> Asked {
    let categories = reasons(desk, period);
    let records = placements
        .iter()
        .filter(|placement| {
            placement.steps.iter().any(|(step, at)| {
                matches!(step.as_str(), "refused" | "declined") && period.has_moment(*at)
            })
        })
        .map(|placement| reason(placement.reason.as_deref(), &categories));
    Asked::Table {
        code: "places_refused",
        dimension: "Reden",
        records: records.collect(),
        categories,
    }
}

/// Requests of the period on which nobody had arrived when it ended.
fn unplaced(desk: &Desk, requests: &[RequestSummary], period: &Period) -> Asked {
    let categories = reasons(desk, period);
    let waits = |request: &&RequestSummary| {
        let in_time = request
            .arrived
            .is_some_and(|at| domain::time::dutch_date(at) <= period.last);
        period.has_moment(request.requested) && !in_time
    };
    let records = requests
        .iter()
        .filter(waits)
        .map(|request| reason(request.reason.as_deref(), &categories));
    Asked::Table {
        code: "unplaced",
        dimension: "Reden",
        records: records.collect(),
        categories,
    }
}
