//! The yearly figures for the supervisory authority: counted from the records, small cells hidden.

use ::figures::{About, Dimension, Protection, Table, Zeros, protect};
use domain::breach;
use domain::request::{self, Right};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Filter, Kind, ListRow, Order, Store, Stored};

use super::breach::StoredBreach;
use super::disclosures::{Asked, all};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::request::{RequestSummary, StoredRequest};

/// Records that are counted at most, of one kind in one store.
const MOST: usize = 200_000;

/// A table of one or two columns of codes. `None`: hidden, for being small or to protect another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTable {
    /// Which: `requests`, `breaches`, `disclosures`.
    pub name: &'static str,
    /// Codes of each row; an empty text is the total of that column.
    pub rows: Vec<(Vec<String>, Option<u64>)>,
}

/// The tables of one year. Cells of one to nine are hidden, and so many others that nobody can work them out.
pub async fn year(desk: &Desk, actor: &Actor, now: Timestamp, year: i16) -> Result<Vec<YearTable>> {
    let permit = permit(actor, UseCase::ReadRegisters)?;
    let span = Date::new(year, 1, 1)
        .ok()
        .zip(Date::new(year, 12, 31).ok())
        .filter(|_| year <= dutch_date(now).year());
    let (from, until) =
        span.ok_or_else(|| DeskError::field("year", "unknown", "a year that has begun"))?;
    let look = Change::new(permit.context(now)).look("register", "year", &[]);
    desk.vault.apply(Store::System, look).await?;
    let in_year = |row: &ListRow| dutch_date(row.created).year() == year;
    let mut requests = Vec::new();
    for row in rows(desk, &StoredRequest::KIND)
        .await?
        .into_iter()
        .filter(in_year)
    {
        if let Ok(summary) = serde_json::from_value::<RequestSummary>(row.summary) {
            requests.push([summary.right.code().to_owned(), row.clear.state]);
        }
    }
    let found = rows(desk, &StoredBreach::KIND).await?;
    let breaches: Vec<[String; 1]> = found
        .into_iter()
        .filter(in_year)
        .map(|row| [row.clear.state])
        .collect();
    let mut sent = Vec::new();
    for store in COMPARTMENTS {
        let asked = Asked {
            from: store,
            to: None,
            what: None,
            since: Some(from),
            until: Some(until),
        };
        for (_, summary) in all(desk, &asked, MOST).await?.0 {
            sent.push([store.name().to_owned(), summary.to.name().to_owned()]);
        }
    }
    let day = dutch_date(now);
    let rights = Right::ALL.map(Right::code);
    let names = COMPARTMENTS.map(Store::name);
    Ok(vec![
        table(
            "requests",
            day,
            vec![
                Dimension::new("right", rights),
                Dimension::new("state", request::STATES.iter().copied()),
            ],
            requests,
        )?,
        table(
            "breaches",
            day,
            vec![Dimension::new("state", breach::STATES.iter().copied())],
            breaches,
        )?,
        table(
            "disclosures",
            day,
            vec![Dimension::new("from", names), Dimension::new("to", names)],
            sent,
        )?,
    ])
}

/// Zeros are shown: that nobody asked, or that nothing went from one compartment to another, tells nothing of a person. With hidden
/// zeros nearly every cell of these thin tables would go.
const PROTECTION: Protection = Protection {
    threshold: 10,
    zeros: Zeros::Shown,
};

const COMPARTMENTS: [Store; 7] = [
    Store::K1,
    Store::K2,
    Store::K3,
    Store::K4,
    Store::K5,
    Store::K6,
    Store::K7,
];

async fn rows(desk: &Desk, kind: &Kind) -> Result<Vec<ListRow>> {
    let mut out = Vec::new();
    let mut cursor = None;
    loop {
        let filter = Filter::default();
        let page = desk
            .vault
            .list(kind, &filter, Order::Newest, cursor.as_ref(), 500)
            .await?;
        out.extend(page.rows);
        match page.next {
            Some(next) if out.len() < MOST => cursor = Some(next),
            _ => return Ok(out),
        }
    }
}

fn table<const N: usize>(
    name: &'static str,
    day: Date,
    dimensions: Vec<Dimension>,
    records: Vec<[String; N]>,
) -> Result<YearTable> {
    let about = About {
        title: name.to_owned(),
        definition: format!("{name} that were recorded in the year"),
        unit: name.to_owned(),
        source: "the records of this installation".to_owned(),
        reference_date: day,
    };
    let table = Table::count(about, dimensions, records)
        .map_err(|error| DeskError::Setup(format!("yearly figures, {name}: {error}")))?;
    let protected = protect(&table, PROTECTION);
    let rows = protected
        .rows()
        .map(|row| {
            let codes = row.categories.iter().map(|c| c.clone().unwrap_or_default());
            (codes.collect(), row.count)
        })
        .collect();
    Ok(YearTable { name, rows })
}
