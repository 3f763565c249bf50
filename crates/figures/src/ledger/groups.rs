//! Numbers of records that are told beside each other: how many stand behind one figure, behind another, in all.
//!
//! Each is safe by itself. Together they are a system of sums: reports of known age are part of those with an identity, and these of all
//! reports, so the one less the other is who has no known age, or no identity. Over time the same holds as for tables ([`super`]).

use serde::{Deserialize, Serialize};

use super::space::{Axis, Time};
use super::system::System;
use super::{Span, Withheld};
use crate::ledger::hide::Standing;

/// The groups of records of a period, each holding the one before, as they were counted at one moment; and which of them were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// What was counted over.
    pub span: Span,
    /// The groups, the smallest first; the same ones in every release.
    pub groups: Vec<Group>,
}

/// A group of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many there are.
    pub count: u64,
    /// Whether that number was, or would be, told.
    pub told: bool,
}

/// Weighs numbers of records beside all that were told before, oldest first: whoever has all of them must not be able to narrow down a
/// number of one up to the threshold to less than the threshold, nor such a difference of two tellings. That there is nobody may be seen.
///
/// # Errors
/// [`Withheld`] when the new ones may not be told.
pub fn groups(new: &Groups, past: &[Groups], threshold: u64) -> Result<(), Withheld> {
    let width = i64::try_from(threshold).unwrap_or(i64::MAX);
    let all: Vec<&Groups> = past.iter().chain([new]).collect();
    let spans: Vec<Span> = all.iter().map(|one| one.span).collect();
    let time = Time::of(&spans).map_err(|(_, beside)| Withheld::PartlyOverlaps {
        beside: spans[beside],
    })?;
    let size = new.groups.len();
    let mut axis = Axis::new(size);
    let prefixes: Vec<usize> = (0..size)
        .map(|last| axis.add((0..size).map(|leaf| leaf <= last).collect()))
        .collect();
    // Who has two groups has what the larger one has more.
    for first in 1..size {
        for last in first..size {
            axis.add(
                (0..size)
                    .map(|leaf| (first..=last).contains(&leaf))
                    .collect(),
            );
        }
    }
    let counts: Vec<Vec<i64>> = all.iter().map(|one| one.rings()).collect();
    let nodes = axis.nodes();
    let moments = time.axis.nodes();
    let system = System::new(vec![axis], time, &counts, width);
    let mut hider = system.hider();
    hider.least = 1;
    for (release, one) in all.iter().enumerate() {
        for (group, prefix) in one.groups.iter().zip(&prefixes) {
            let cell = prefix * moments + system.time.node[release];
            if group.told && cell < nodes * moments {
                hider.standing[cell] = Standing::Known;
            }
        }
    }
    let beside = past.iter().rev().find(|one| one.span.meets(new.span));
    let refused = beside.map_or(Withheld::FewRecords, |one| Withheld::BesideRows {
        beside: one.span,
    });
    hider.run().map_err(|_| refused)
}

impl Groups {
    /// What each group has beyond the one before it.
    fn rings(&self) -> Vec<i64> {
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let mut before = 0;
        let rings = self.groups.iter().map(|group| {
            let count = signed(group.count);
            let ring = count.saturating_sub(before);
            before = count;
            ring
        });
        rings.collect()
    }

    /// Whether a number of it was told.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.groups.iter().any(|group| group.told)
    }
}
