//! The detectors. Each is a function over what one person did, oldest first, and says nothing when nothing asks for a look.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::event::{Did, Event, Finding, Why};
use super::rules::WatchRules;
use crate::time::amsterdam;

/// A person who went elsewhere: her matter here, and the one that came of it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The matter that she left.
    pub from: String,
    /// The matter that came of it.
    pub to: String,
    /// When.
    pub at: Timestamp,
}

/// A known relation between somebody who works here and a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Who.
    pub actor: String,
    /// With whose matter.
    pub matter: String,
}

/// A matter of nobody, laid out to be found by whoever should not look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoy {
    /// The matter.
    pub matter: String,
    /// Who made it, and so has opened it.
    pub laid_by: String,
}

fn is_work_on(events: &[Event]) -> BTreeSet<&str> {
    let work = events.iter().filter(|event| event.did.is_work());
    work.map(|event| event.matter.as_str()).collect()
}

/// Reading at night: on several nights, or several matters in one. Nothing of somebody who works at night anyway, and nothing of a
/// matter that was worked on in the same night.
pub fn night_reading(events: &[Event], rules: &WatchRules) -> Option<Finding> {
    let at_night: Vec<&Event> = events
        .iter()
        .filter(|event| night_of(event.at, rules).is_some())
        .collect();
    // Work tells when somebody works; reading alone, be it all at night, does not.
    let work = events.iter().filter(|event| event.did.is_work()).count();
    let work_at_night = at_night.iter().filter(|event| event.did.is_work()).count();
    let is_habit = work_at_night * 100 >= work * rules.night_worker_percent;
    if work_at_night >= rules.night_worker_least && is_habit {
        return None;
    }
    let worked: BTreeSet<(Option<jiff::civil::Date>, &str)> = at_night
        .iter()
        .filter(|event| event.did.is_work())
        .map(|event| (night_of(event.at, rules), event.matter.as_str()))
        .collect();
    let reading: Vec<&Event> = at_night
        .into_iter()
        .filter(|event| event.did == Did::Read)
        .filter(|event| !worked.contains(&(night_of(event.at, rules), event.matter.as_str())))
        .collect();
    let mut nights: BTreeMap<Option<jiff::civil::Date>, BTreeSet<&str>> = BTreeMap::new();
    for event in &reading {
        let night = nights.entry(night_of(event.at, rules)).or_default();
        night.insert(event.matter.as_str());
    }
    let most = nights.values().map(BTreeSet::len).max().unwrap_or(0);
    if nights.len() < rules.nights && most < rules.matters_a_night {
        return None;
    }
    Finding::of(Why::NightReading, &reading, nights.len())
}

/// The day on whose evening a night began; none by day.
fn night_of(at: Timestamp, rules: &WatchRules) -> Option<jiff::civil::Date> {
    let local = at.to_zoned(amsterdam());
    let hour = local.hour();
    if hour >= rules.night_from {
        return Some(local.date());
    }
    if hour < rules.night_until {
        return local.date().yesterday().ok();
    }
    None
}

/// One matter after another, read and left: many, over many weeks (one a week stays under every daily limit) or all in a day.
pub fn crawl(events: &[Event], rules: &WatchRules) -> Option<Finding> {
    let worked = is_work_on(events);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let first_reads: Vec<&Event> = events
        .iter()
        .filter(|event| event.did == Did::Read && !worked.contains(event.matter.as_str()))
        .filter(|event| seen.insert(event.matter.as_str()))
        .collect();
    if first_reads.len() < rules.crawl_matters {
        return None;
    }
    let day = |event: &Event| event.at.to_zoned(amsterdam()).date();
    let weeks: BTreeSet<(i16, i8)> = first_reads
        .iter()
        .map(|event| {
            let week = day(event).iso_week_date();
            (week.year(), week.week())
        })
        .collect();
    if weeks.len() >= rules.crawl_weeks {
        return Finding::of(Why::Crawl, &first_reads, weeks.len());
    }
    let mut days: BTreeMap<jiff::civil::Date, Vec<&Event>> = BTreeMap::new();
    for event in first_reads {
        days.entry(day(event)).or_default().push(event);
    }
    let full = days
        .into_values()
        .find(|day| day.len() >= rules.crawl_matters)?;
    Finding::of(Why::Crawl, &full, 1)
}

/// Searching and opening nothing of it, again and again: knowing that somebody is here can be enough.
pub fn search_without_opening(events: &[Event], rules: &WatchRules) -> Option<Finding> {
    let opened_after = |search: &Event| {
        events.iter().any(|event| {
            event.did != Did::Sought
                && event.at >= search.at
                && event.at.duration_since(search.at) <= rules.open_within
        })
    };
    let vain: Vec<&Event> = events
        .iter()
        .filter(|event| event.did == Did::Sought && !opened_after(event))
        .collect();
    let together = vain.windows(rules.searches).find(|some| {
        let (Some(first), Some(last)) = (some.first(), some.last()) else {
            return false;
        };
        last.at.duration_since(first.at) <= rules.search_window
    })?;
    let first = together.first()?;
    let all: Vec<&Event> = vain
        .iter()
        .filter(|event| event.at >= first.at)
        .filter(|event| event.at.duration_since(first.at) <= rules.search_window)
        .copied()
        .collect();
    Finding::of(Why::SearchWithoutOpening, &all, 0)
}

/// Looking at a person where she went, by somebody who had to do with her before and has nothing to do with her there.
pub fn follows_person(events: &[Event], moves: &[Move], rules: &WatchRules) -> Option<Finding> {
    let worked = is_work_on(events);
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for moved in moves {
        let knew = |event: &Event| event.matter == moved.from && event.at <= moved.at;
        let follows = |event: &Event| {
            event.matter == moved.to
                && event.did == Did::Read
                && !worked.contains(event.matter.as_str())
                && event.at.duration_since(moved.at) >= rules.after_move
        };
        let Some(last_before) = events.iter().rposition(knew) else {
            continue;
        };
        let after: Vec<usize> = events
            .iter()
            .enumerate()
            .filter(|(_, event)| follows(event))
            .map(|(at, _)| at)
            .collect();
        if !after.is_empty() {
            found.insert(last_before);
            found.extend(after);
        }
    }
    let events: Vec<&Event> = found.into_iter().filter_map(|at| events.get(at)).collect();
    Finding::of(Why::FollowsPerson, &events, 0)
}

/// Looking at the matter of somebody one knows.
pub fn own_relation(events: &[Event], related: &[Related]) -> Option<Finding> {
    let knows = |event: &Event| {
        let mut known = related.iter();
        known.any(|related| related.actor == event.actor && related.matter == event.matter)
    };
    let looked: Vec<&Event> = events
        .iter()
        .filter(|event| !event.matter.is_empty() && knows(event))
        .collect();
    Finding::of(Why::OwnRelation, &looked, 0)
}

/// Opening a decoy. Whoever laid it out is not meant.
pub fn decoy_opened(events: &[Event], decoys: &[Decoy]) -> Option<Finding> {
    let is_meant = |event: &Event| {
        let mut meant = decoys.iter();
        meant.any(|decoy| decoy.matter == event.matter && decoy.laid_by != event.actor)
    };
    let opened: Vec<&Event> = events.iter().filter(|event| is_meant(event)).collect();
    Finding::of(Why::DecoyOpened, &opened, 0)
}
