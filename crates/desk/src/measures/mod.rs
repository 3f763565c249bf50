//! What the work itself says: each compartment counts its own records over a closed period and sends a protected table to the programme.
//!
//! No query looks into two compartments. What is counted, and how, stands in the vocabulary (`measures`); a table of people whose cells are
//! small is protected by `figures`, a duration is told only when enough people stand on either side of it. A period is counted once: a
//! figure that were refreshed would give away who came in between.

mod board;
mod make;
mod opinion;
mod registration;
mod shelter;
mod signals;

pub use board::{Point, Series, Version, board, head, series};
pub(crate) use make::Asked;

use std::collections::BTreeSet;

use domain::edition::EditionName;
use domain::ids::DisclosureId;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::figures;
use crate::plan;

/// A period that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its name, such as `2026-1`.
    pub name: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Period {
    /// Whether a day lies in it.
    pub(crate) fn has(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether a moment lies in it, by the Dutch calendar.
    pub(crate) fn has_moment(&self, at: Timestamp) -> bool {
        self.has(dutch_date(at))
    }
}

/// What came of counting a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counted {
    /// Codes of the measures that went to the programme.
    pub sent: Vec<String>,
    /// Codes of those that were withheld: too few to be told.
    pub withheld: Vec<String>,
    /// Codes of those that were counted before.
    pub before: Vec<String>,
}

/// Counts a closed period: every compartment for itself, each measure once.
///
/// # Errors
/// [`DeskError::Rule`] `figures-period` when the period is not over, or the reporting cycle has no such one.
pub async fn count(desk: &Desk, now: Timestamp, name: EditionName) -> Result<Counted> {
    let period = closed(desk, now, name)?;
    let before = counted_before(desk, &period).await?;
    let mut out = Counted {
        before: before.iter().cloned().collect(),
        ..Counted::default()
    };
    for (store, case) in COMPARTMENTS {
        let permit = permit(&Actor::System, case)?;
        let asked = match store {
            Store::K1 => signals::ask(desk, &period).await?,
            Store::K2 => registration::ask(desk, &period).await?,
            Store::K3 => shelter::ask(desk, &period).await?,
            _ => opinion::ask(desk, &period).await?,
        };
        let mut change = Change::new(permit.context(now)).look("register", "measures", &[]);
        for one in asked {
            if before.contains(one.code()) {
                continue;
            }
            let code = one.code().to_owned();
            match make::figure(desk, now, &period, one)? {
                None => out.withheld.push(code),
                Some(protected) => {
                    change = disclosure(desk, now, store, &permit, protected).send(change)?;
                    out.sent.push(code);
                }
            }
        }
        desk.vault.apply(store, change).await?;
    }
    Ok(out)
}

const COMPARTMENTS: [(Store, UseCase); 4] = [
    (Store::K1, UseCase::MeasureSignals),
    (Store::K2, UseCase::MeasureRegistration),
    (Store::K3, UseCase::MeasureShelter),
    (Store::K4, UseCase::MeasureOpinion),
];

fn closed(desk: &Desk, now: Timestamp, name: EditionName) -> Result<Period> {
    let refused = |why: &str| DeskError::rule("figures-period", format!("{name}: {why}"));
    let span = name
        .period(plan::cycle(desk))
        .ok_or_else(|| refused("the reporting cycle has no such period"))?;
    if span.until >= dutch_date(now) {
        return Err(refused(
            "this period is not over: figures of a running period change with every person",
        ));
    }
    Ok(Period {
        name: name.to_string(),
        first: span.from,
        last: span.until,
    })
}

/// Measures that the programme has of this period already. Its figures are no records of people.
async fn counted_before(desk: &Desk, period: &Period) -> Result<BTreeSet<String>> {
    let known = figures::usable(desk).await?;
    let measures = known.into_iter().filter_map(|f| f.figure.measure);
    Ok(measures
        .filter(|m| m.period == period.name)
        .map(|m| m.code)
        .collect())
}

fn disclosure(
    desk: &Desk,
    now: Timestamp,
    from: Store,
    permit: &crate::access::Permit,
    protected: crate::disclosure::ProtectedFigures,
) -> Disclosure {
    Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from,
        to: Store::K7,
        org: None,
        by: None,
        at: now,
        purpose: permit.rule.purpose.to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: None,
        thread: None,
        subject: None,
        payload: Payload::Figures(Box::new(protected)),
    }
}
