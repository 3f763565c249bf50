//! How many records stand behind the figures of K2: a number that is told, and therefore weighed beside the others (`figures::ledger::groups`).
//!
//! Three groups, each in the next: registrations of known age (behind *minors in sight*), all registrations (behind *time to registration*),
//! all reports with those of which no identity is known (the total of the yearly tables).

use ::figures::ledger::{Group, Groups, Span, Withheld, groups};
use vault::Change;

use super::figures::THRESHOLD;
use super::questions::rows;
use super::releases::Ledger;
use crate::Desk;
use crate::error::Result;

/// One of the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Behind {
    /// Registrations of which the age is known, as far as younger than eighteen or not.
    KnownAge,
    /// Registrations.
    Registered,
    /// Registrations and counts without identity.
    Reports,
}

/// The numbers of a period as they are now, beside what was told before of its year.
pub(crate) struct Rows {
    ledger: Ledger,
    now: Groups,
}

impl Rows {
    /// `known` and `registered` as the caller counted them; the others are counted here.
    pub(crate) async fn of(desk: &Desk, span: Span, known: u64, registered: u64) -> Result<Self> {
        let all = rows(desk, span.first, span.last).await?.len();
        let ledger = Ledger::of(desk, span.first.year()).await?;
        Ok(Self {
            now: of(span, known, registered, all as u64),
            ledger,
        })
    }

    /// Whether the number of a group may be told beside everything that was; if so, it counts as told from now on.
    pub(crate) fn tell(&mut self, behind: Behind) -> bool {
        let before = self.now.clone();
        tell(&mut self.now, behind);
        let may = groups(&self.now, &self.ledger.year.rows, THRESHOLD).is_ok();
        if !may {
            self.now = before;
        }
        may
    }

    /// Keeps what was told, in the change that tells it.
    pub(crate) fn keep(mut self, change: Change) -> Result<Change> {
        if !self.now.is_told() {
            return Ok(change);
        }
        self.ledger.year.rows.push(self.now);
        self.ledger.write(change)
    }
}

fn of(span: Span, known: u64, registered: u64, all: u64) -> Groups {
    let group = |count| Group { count, told: false };
    Groups {
        span,
        groups: vec![group(known), group(registered), group(all)],
    }
}

fn tell(groups: &mut Groups, behind: Behind) {
    if let Some(group) = groups.groups.get_mut(behind as usize) {
        group.told = true;
    }
}

/// The total of the yearly tables, beside the numbers of records that were told of the year.
pub(super) fn total(
    ledger: &Ledger,
    span: Span,
    counts: [u64; 3],
) -> std::result::Result<Groups, Withheld> {
    let [known, registered, all] = counts;
    let mut now = of(span, known, registered, all);
    tell(&mut now, Behind::Reports);
    groups(&now, &ledger.year.rows, THRESHOLD)?;
    Ok(now)
}
