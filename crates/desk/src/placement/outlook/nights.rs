//! Who was without a fitting place, night by night: whether nothing fitted somebody at two o'clock at night, Dutch time.
//!
//! A request keeps the last time that nothing fitted. When something fitted in between, the nights before that are not in it any more, so
//! the count is a lower bound for people whose search went well and then badly again.

use std::collections::BTreeMap;

use domain::time::{amsterdam, dutch_date};
use jiff::Timestamp;
use jiff::civil::Date;
use shelter::forecast::{NoForecast, Outlook, Series, forecast};

use super::Request;

/// No longer back than this: two years of nights.
pub const LONGEST: usize = 730;

/// Persons without a fitting place, night by night.
#[derive(Debug, Clone)]
pub struct Nights {
    /// The date of each night: that on which it is two o'clock. Oldest first, without a gap.
    pub dates: Vec<Date>,
    /// Persons in each night.
    pub people: Vec<u32>,
    /// Person-nights by kind of shelter that the request asks first; empty for none.
    pub by_kind: BTreeMap<String, u32>,
    /// Person-nights by region where the person was found; `None` when the request names none.
    pub by_region: BTreeMap<Option<String>, u32>,
    /// Person-nights by group.
    pub by_group: BTreeMap<String, u32>,
    /// Requests of which it is known that nothing fitted at some time, but not since when: in no night.
    pub untold: usize,
    /// What is to be expected: everybody first, then by kind and group (`kind/group`).
    pub expected: std::result::Result<Vec<Outlook>, NoForecast>,
}

impl Nights {
    pub(super) fn of<'a>(
        requests: impl Iterator<Item = &'a Request> + Clone,
        now: Timestamp,
    ) -> Self {
        let dates = dates(requests.clone().map(|one| one.seen.requested).min(), now);
        let mut out = Nights {
            people: vec![0; dates.len()],
            by_kind: BTreeMap::new(),
            by_region: BTreeMap::new(),
            by_group: BTreeMap::new(),
            untold: 0,
            expected: Ok(Vec::new()),
            dates,
        };
        let at: Vec<Timestamp> = out.dates.iter().map(|date| night(*date)).collect();
        let mut segments: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for request in requests {
            let Some((from, until)) = without(request, now) else {
                out.untold += usize::from(request.seen.nothing_until.is_some());
                continue;
            };
            let seen = &request.seen;
            let (first, end) = (
                at.partition_point(|at| *at < from),
                at.partition_point(|at| *at < until),
            );
            let segment = (segments.entry(format!("{}/{}", seen.kind, seen.group)))
                .or_insert_with(|| vec![0; at.len()]);
            let seats = u32::from(seen.seats);
            let nights = first..end.max(first);
            let everybody = out.people[nights.clone()].iter_mut();
            for count in everybody.chain(&mut segment[nights.clone()]) {
                *count += seats;
            }
            let all = seats * u32::try_from(nights.len()).unwrap_or(0);
            if all > 0 {
                *out.by_kind.entry(seen.kind.clone()).or_default() += all;
                *out.by_group.entry(seen.group.clone()).or_default() += all;
                let region = seen.region.as_ref().map(ToString::to_string);
                *out.by_region.entry(region).or_default() += all;
            }
        }
        let total = Series {
            segment: String::new(),
            nights: out.people.clone(),
        };
        let each = segments
            .into_iter()
            .filter(|(_, nights)| nights.iter().any(|n| *n > 0));
        let series: Vec<Series> = std::iter::once(total)
            .chain(each.map(|(segment, nights)| Series { segment, nights }))
            .collect();
        out.expected = forecast(&series);
        out
    }
}

/// From when to when nothing fitted.
fn without(request: &Request, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let seen = &request.seen;
    let from = seen.nothing_from.or(seen.nothing_since)?;
    let goes_on = request.state == "open" && seen.nothing_since.is_some();
    let end = if goes_on { now } else { request.updated };
    Some((from, seen.nothing_until.unwrap_or(end)))
}

/// Two o'clock at night, Dutch time. In the night in which the clock goes forward there is no two o'clock: it is three then. In the one in
/// which it goes back there are two: the first counts, so that each night counts once.
pub fn night(date: Date) -> Timestamp {
    let two = date.at(2, 0, 0, 0).to_zoned(amsterdam());
    two.map_or(Timestamp::MAX, |two| two.timestamp())
}

/// The nights from the first request until now.
fn dates(since: Option<Timestamp>, now: Timestamp) -> Vec<Date> {
    let Some(since) = since else {
        return Vec::new();
    };
    let mut out: Vec<Date> = (dutch_date(now).series(jiff::Span::new().days(-1)))
        .take(LONGEST + 1)
        .skip_while(|date| night(*date) > now)
        .take_while(|date| night(*date) >= since)
        .take(LONGEST)
        .collect();
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{dates, night};

    #[test]
    fn each_night_counts_once_when_the_clock_changes() {
        // Forward on 29 March 2026: 02:00 is skipped, and it is 03:00 summer time. Back on 25 October: the first 02:00, still summer time.
        let at = |month, day| night(date(2026, month, day)).to_string();
        assert_eq!(at(3, 28), "2026-03-28T01:00:00Z");
        assert_eq!(at(3, 29), "2026-03-29T01:00:00Z");
        assert_eq!(at(3, 30), "2026-03-30T00:00:00Z");
        assert_eq!(at(10, 25), "2026-10-25T00:00:00Z");
        assert_eq!(at(10, 26), "2026-10-26T01:00:00Z");
    }

    #[test]
    fn nights_run_from_the_first_request_to_the_last_two_o_clock() {
        let since = "2026-10-23T12:00:00Z".parse().unwrap();
        let before_two = "2026-10-26T00:30:00Z".parse().unwrap();
        let seen = dates(Some(since), before_two);
        assert_eq!(seen, [date(2026, 10, 24), date(2026, 10, 25)]);
        let after_two = "2026-10-26T01:00:00Z".parse().unwrap();
        assert_eq!(dates(Some(since), after_two).len(), 3);
        assert!(dates(None, after_two).is_empty());
    }
}
