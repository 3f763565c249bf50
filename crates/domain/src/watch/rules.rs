//! The measures of the watch. All of them are proposals of this program: no source gives a number. Each says what would be too much
//! and what too little.

use jiff::{SignedDuration, Timestamp};

const DAY: i64 = 24;

/// How much is much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WatchRules {
    /// How far back the watch looks.
    pub window: SignedDuration,
    /// How long before taking a matter on, and after it is closed or worked on, looking at it belongs to the work.
    pub around_work: SignedDuration,
    /// First hour of the night in Amsterdam.
    pub night_from: i8,
    /// First hour of the day.
    pub night_until: i8,
    /// Nights with reading that ask for a look.
    pub nights: usize,
    /// Matters read in one night that ask for a look.
    pub matters_a_night: usize,
    /// Of all work that somebody does, the part (in percent) at night from which nights are this person's working hours …
    pub night_worker_percent: usize,
    /// … when it is at least so often.
    pub night_worker_least: usize,
    /// Matters read without any work on them that ask for a look …
    pub crawl_matters: usize,
    /// … spread over as many weeks, or all in one day.
    pub crawl_weeks: usize,
    /// Searches without opening that ask for a look …
    pub searches: usize,
    /// … within so long …
    pub search_window: SignedDuration,
    /// … when nothing was opened so long after each.
    pub open_within: SignedDuration,
    /// From so long after a person went elsewhere, looking there is following her.
    pub after_move: SignedDuration,
}

impl WatchRules {
    /// The measures in force.
    pub const PILOT: WatchRules = WatchRules {
        window: SignedDuration::from_hours(91 * DAY),
        around_work: SignedDuration::from_hours(30 * DAY),
        night_from: 23,
        night_until: 6,
        nights: 3,
        matters_a_night: 3,
        night_worker_percent: 20,
        night_worker_least: 5,
        crawl_matters: 8,
        crawl_weeks: 6,
        searches: 5,
        search_window: SignedDuration::from_hours(30 * DAY),
        open_within: SignedDuration::from_mins(15),
        after_move: SignedDuration::from_hours(DAY),
    };
}

impl WatchRules {
    /// The moment from which events count.
    pub fn since(&self, now: Timestamp) -> Timestamp {
        now.saturating_sub(self.window).unwrap_or(Timestamp::MIN)
    }
}
