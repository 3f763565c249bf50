//! What the work itself says: each compartment counts its own records over a closed period and sends a protected table to the programme.
//!
//! No query looks into two compartments. What is counted, and how, stands in the vocabulary (`measures`); a table of people whose cells are
//! small is protected by `figures`, a duration is told only when enough people stand on either side of it. A period is counted once: a
//! figure that were refreshed would give away who came in between.

mod barriers;
mod board;
mod care;
mod clock;
mod make;
mod marker;
mod opinion;
mod registration;
mod shelter;
mod signals;

pub use board::{Point, Series, Version, board, head, series};
pub use clock::{Counting, Failure, State, Try, arm, clock, countings};
pub(crate) use make::Asked;

use std::collections::BTreeSet;

use domain::edition::{Cycle, EditionName};
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
use crate::registration::Behind;

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
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Codes of the measures that went to the programme.
    pub sent: Vec<String>,
    /// Codes of those that were withheld: too few to be told.
    pub withheld: Vec<String>,
    /// Codes of those that were withheld because a period was told before that overlaps this one.
    pub overlapping: Vec<String>,
    /// Codes of those that were withheld because a small number could be worked out from them and what registration told before.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Codes of those that were counted before.
    pub before: Vec<String>,
}

/// Counts a closed period: every compartment for itself, each measure once; what came of it is kept.
///
/// # Errors
/// [`DeskError::Rule`] `figures-period` when the period is not over, or the reporting cycle has no such one.
pub async fn count(desk: &Desk, now: Timestamp, name: EditionName) -> Result<Counted> {
    let counted = count_compartments(desk, now, name).await?;
    clock::keep(desk, now, name, &counted, None).await?;
    Ok(counted)
}

async fn count_compartments(desk: &Desk, now: Timestamp, name: EditionName) -> Result<Counted> {
    let period = closed(desk, now, name)?;
    let Before { told, overlapping } = told_before(desk, &period).await?;
    let mut out = Counted::default();
    let mut before = told;
    let mut order: Vec<String> = Vec::new();
    for (store, case) in COMPARTMENTS {
        let permit = permit(&Actor::System, case)?;
        let mut asked = match store {
            Store::K1 => signals::ask(desk, &period).await?,
            Store::K2 => registration::ask(desk, &period).await?,
            Store::K3 => {
                let mut asked = shelter::ask(desk, &period).await?;
                asked.extend(care::ask(desk, &period).await?);
                asked
            }
            Store::K6 => barriers::ask(desk, &period).await?,
            _ => opinion::ask(desk, &period).await?,
        };
        // What was sent and has not arrived yet stands in the compartment itself.
        let mut marker = marker::Marker::of(desk, store, &period).await?;
        before.extend(marker.codes().map(str::to_owned));
        let mut change = Change::new(permit.context(now)).look("register", "measures", &[]);
        let mut rows = match store {
            Store::K2 => Some(registration::rows(desk, &period, &asked).await?),
            _ => None,
        };
        order.extend(asked.iter().map(|one| one.code().to_owned()));
        // Weighed first is the number of records that a figure cannot do without.
        asked.sort_by_key(|one| registration::behind(one.code()));
        for one in asked {
            let code = one.code().to_owned();
            if before.contains(&code) {
                continue;
            }
            if overlapping.contains(&code) {
                out.overlapping.push(code);
                continue;
            }
            match make::figure(desk, now, &period, one)? {
                None => out.withheld.push(code),
                Some(mut protected) => {
                    let behind = registration::behind(&code);
                    if let Some((rows, behind)) = rows.as_mut().zip(behind)
                        && !rows.tell(behind)
                    {
                        // A length of time can be told without the number behind it; a table has it as its total.
                        if behind == Behind::KnownAge {
                            out.beside.push(code);
                            continue;
                        }
                        protected.figure.row_count = None;
                    }
                    change = disclosure(desk, now, store, &permit, protected).send(change)?;
                    marker.add(&code);
                    out.sent.push(code);
                }
            }
        }
        let change = match rows {
            Some(rows) => rows.keep(change)?,
            None => change,
        };
        desk.vault.apply(store, marker.keep(change)?).await?;
    }
    out.before = before.into_iter().collect();
    let place = |code: &String| order.iter().position(|one| one == code);
    for list in [&mut out.sent, &mut out.withheld, &mut out.overlapping] {
        list.sort_by_key(place);
    }
    Ok(out)
}

const COMPARTMENTS: [(Store, UseCase); 5] = [
    (Store::K1, UseCase::MeasureSignals),
    (Store::K2, UseCase::MeasureRegistration),
    (Store::K3, UseCase::MeasureShelter),
    (Store::K4, UseCase::MeasureOpinion),
    (Store::K6, UseCase::MeasureBarriers),
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

/// What the programme has already. Its figures are no records of people.
struct Before {
    /// Measures of this very period.
    told: BTreeSet<String>,
    /// Measures of a period of another reporting cycle that has days in common with this one: the one less the other would be told too.
    overlapping: BTreeSet<String>,
}

async fn told_before(desk: &Desk, period: &Period) -> Result<Before> {
    let mut out = Before {
        told: BTreeSet::new(),
        overlapping: BTreeSet::new(),
    };
    for known in figures::usable(desk).await? {
        let last = known.figure.reference_date;
        let Some(measure) = known.figure.measure else {
            continue;
        };
        let first = first_day(&measure.period, last);
        if measure.period == period.name && last == period.last {
            out.told.insert(measure.code);
        } else if first <= period.last && period.first <= last {
            out.overlapping.insert(measure.code);
        }
    }
    Ok(out)
}

/// The first day of a period that ends on a day; that day itself when its name is none of any cycle.
fn first_day(name: &str, last: Date) -> Date {
    let cycles = [Cycle::Yearly, Cycle::HalfYearly, Cycle::Quarterly];
    let spans = name.parse::<EditionName>().ok().into_iter();
    let mut spans = spans.flat_map(|name| cycles.into_iter().filter_map(move |c| name.period(c)));
    spans
        .find(|span| span.until == last)
        .map_or(last, |span| span.from)
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
