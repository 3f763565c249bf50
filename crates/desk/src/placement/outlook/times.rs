//! How long it takes until something happens, when for some it has not happened yet: the product-limit estimate of Kaplan and
//! Meier (1958). Leaving open requests out would make waiting look shorter the longer people wait.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Firsts, Request};

/// How long it takes, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// Requests that it rests on.
    pub requests: usize,
    /// For how many it happened.
    pub happened: usize,
    /// For how many not yet: they count as "at least so long"; those withdrawn up to their last change.
    pub open: usize,
    /// Half of them got there within so many minutes; `None` when fewer than half did so far.
    pub median: Option<i64>,
    /// Nine in ten got there within so many minutes; `None` when fewer did so far.
    pub ninety: Option<i64>,
}

/// From request to the first time that one of its placements reached a state.
pub(super) fn waits(
    requests: &BTreeMap<String, Request>,
    firsts: &Firsts,
    reached: &str,
    now: Timestamp,
) -> Waits {
    let each = requests.iter().map(|(id, request)| {
        let since = request.seen.requested;
        let at = firsts.get(id).and_then(|first| first.get(reached));
        let until = match (at, request.state.as_str()) {
            (Some(at), _) => *at,
            (None, "open" | "offered") => now,
            (None, _) => request.updated,
        };
        (minutes(since, until), at.is_some())
    });
    estimate(each.collect())
}

fn minutes(since: Timestamp, until: Timestamp) -> i64 {
    (until.duration_since(since).as_secs() / 60).max(0)
}

/// The estimate, from so many minutes each and whether it happened then.
fn estimate(mut each: Vec<(i64, bool)>) -> Waits {
    // Of equal times what happened counts first: who was still waiting then was there.
    each.sort_by_key(|(minutes, happened)| (*minutes, !happened));
    let requests = each.len();
    let happened = each.iter().filter(|one| one.1).count();
    let mut out = Waits {
        requests,
        happened,
        open: requests - happened,
        median: None,
        ninety: None,
    };
    let mut still = 1.0_f64;
    for (n, (minutes, happened)) in each.into_iter().enumerate() {
        if !happened {
            continue;
        }
        let left = u32::try_from(requests - n).unwrap_or(u32::MAX);
        still *= 1.0 - 1.0 / f64::from(left);
        // A hair above, for what floating point leaves behind.
        if out.median.is_none() && still <= 0.5 + 1e-9 {
            out.median = Some(minutes);
        }
        if out.ninety.is_none() && still <= 0.1 + 1e-9 {
            out.ninety = Some(minutes);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Waits, estimate};

    fn of(each: &[(i64, bool)]) -> (Option<i64>, Option<i64>) {
        let Waits { median, ninety, .. } = estimate(each.to_vec());
        (median, ninety)
    }

    #[test]
    fn without_open_ones_it_is_the_plain_median_and_ninth_tenth() {
        let all: Vec<_> = (1..=10).map(|n| (n * 60, true)).collect();
        assert_eq!(of(&all), (Some(300), Some(540)));
        assert_eq!(of(&[]), (None, None));
    }

    #[test]
    fn who_still_waits_counts_as_at_least_so_long() {
        // Of four one got a place after an hour; three wait longer: no median yet.
        let some = [(60, true), (90, false), (90, false), (90, false)];
        assert_eq!(of(&some), (None, None));
        // By hand: 3/4 after one hour, then one leaves unseen, 3/4 * 1/2 = 3/8 after three.
        let more = [(60, true), (120, false), (180, true), (240, false)];
        assert_eq!(of(&more), (Some(180), None));
        let seen = estimate(more.to_vec());
        assert_eq!((seen.requests, seen.happened, seen.open), (4, 2, 2));
    }
}
