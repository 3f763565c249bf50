//! A made-up country for demonstrations and tests: seeded, deterministic, and calibrated on published figures.
//!
//! [`World::new`] makes what stands still (organisations, staff, shelters, the plan); [`World::reports`] makes reports with all that follows
//! from them, one by one, without keeping any. Report `i` depends on the seed, the first day, the pace ([`Settings::per_year`]) and `i`
//! alone: not on how many reports are asked for, nor on which were made before.
//!
//! Nobody in this country exists. Numbers of [`calibration::Basis::Reconstructed`] may never be shown as facts.
//!
//! ```
//! use world::{Settings, World};
//! let world = World::new(Settings::new(7, 100, jiff::civil::date(2026, 1, 1)))?;
//! let third = world.report(2);
//! assert_eq!(world.reports().nth(2), third);
//! # Ok::<(), world::WorldError>(())
//! ```

pub mod calibration;
mod codes;
mod country;
mod dice;
mod files;
mod life;
mod narrative;
mod people;
pub mod places;
mod plan;
mod scenarios;
pub mod story;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use country::addresses::Address;
pub use country::daily::{Closing, Daily, Silence, daily};
pub use country::networks::Network;
pub use country::organisations::Organisation;
pub use country::shelters::{Location, Room};
pub use files::{FileError, Static, Stories, Summary, read_static, read_stories, write_files};
pub use narrative::LANGUAGES;
pub use people::staff::Staff;
pub use plan::{Action, Cell, Document, LetterScenario, Line, Plan, Signatory, StatusChange};
pub use scenarios::Scenario;
pub use story::Story;

use calibration::who::REPORTS_PER_YEAR;
use life::Links;

/// What a world is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Same seed, same world.
    pub seed: u64,
    /// Number of reports.
    pub reports: u64,
    /// Day of the first report, Europe/Amsterdam.
    pub start: Date,
    /// Reports in 365 days.
    pub per_year: u64,
}

impl Settings {
    /// Settings with a fitting pace: up to ten years at the published 1,050 reports a year. Fewer than a year's reports are spread over one
    /// year, more than ten years' over ten, so that the country stays within living memory.
    pub fn new(seed: u64, reports: u64, start: Date) -> Self {
        let usual = REPORTS_PER_YEAR.value;
        let per_year = if reports < usual {
            reports.max(1)
        } else {
            usual.max(reports.div_ceil(10))
        };
        Self {
            seed,
            reports,
            start,
            per_year,
        }
    }

    /// The day on which report `index` is received.
    pub fn day(&self, index: u64) -> Date {
        life::timing::day(self.start, self.per_year, index)
    }
}

/// A world can't be made from these settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorldError {
    /// The pace is zero.
    #[error("`per_year` is 0; give at least one report a year")]
    NoPace,
    /// The calendar ends before the last report, or begins too late for what happened before.
    #[error(
        "a world of {reports} reports from {start} does not fit between the years 1900 and 9000; start later, or raise `per_year`"
    )]
    OutsideCalendar {
        /// Reports asked for.
        reports: u64,
        /// First day.
        start: Date,
    },
}

/// A made-up country.
#[derive(Debug, Clone)]
pub struct World {
    settings: Settings,
    organisations: Vec<Organisation>,
    people: Vec<Staff>,
    locations: Vec<Location>,
    addresses: Vec<Address>,
    plan: Plan,
    by_hand: BTreeMap<u64, usize>,
    links: Links,
}

impl World {
    /// Makes what stands still; reports are made when asked for.
    ///
    /// # Errors
    /// When the pace is zero or the years don't fit in the calendar.
    pub fn new(settings: Settings) -> Result<Self, WorldError> {
        if settings.per_year == 0 {
            return Err(WorldError::NoPace);
        }
        let years = settings.reports / settings.per_year;
        let first = i64::from(settings.start.year());
        if first < 1900 || i64::try_from(years).map_or(true, |years| first + years > 9000) {
            return Err(WorldError::OutsideCalendar {
                reports: settings.reports,
                start: settings.start,
            });
        }
        let organisations = country::organisations::organisations();
        let people = people::staff::staff(settings.seed, &organisations);
        let locations = country::shelters::locations(settings.seed, &organisations);
        let addresses = country::addresses::addresses(settings.seed, &locations);
        let plan = plan::plan(settings.seed, settings.start);
        let by_hand = scenarios::places(settings.per_year, settings.reports);
        let fixed = scenarios::places(settings.per_year, u64::MAX)
            .into_keys()
            .collect();
        let links = Links::new(settings.seed, fixed);
        Ok(Self {
            settings,
            organisations,
            people,
            locations,
            addresses,
            plan,
            by_hand,
            links,
        })
    }

    /// The settings that it was made from.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All organisations.
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// All staff.
    pub fn people(&self) -> &[Staff] {
        &self.people
    }

    /// All shelter locations, without addresses.
    pub fn locations(&self) -> &[Location] {
        &self.locations
    }

    /// Addresses of the locations: for the address store only.
    pub fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// The action plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Network number `number`, as named in [`Story::network`] after its letter.
    pub fn network(&self, number: u64) -> Network {
        country::networks::network(self.settings.seed, number)
    }

    /// Report number `index`, from 0; `None` beyond the last.
    pub fn report(&self, index: u64) -> Option<Story> {
        (index < self.settings.reports).then(|| match self.by_hand.get(&index) {
            Some(&slot) => scenarios::story(self, index, slot),
            None => life::story(self, index),
        })
    }

    /// All reports in order, each made when asked for; the iterator holds nothing but a number.
    pub fn reports(&self) -> impl Iterator<Item = Story> + '_ {
        (0..self.settings.reports).filter_map(|index| self.report(index))
    }

    /// Identifiers of the reports of one scenario, by part. Empty for S10, which lives in [`Plan::letter`]. Worlds of fewer than about
    /// 30 reports hold not all of them.
    pub fn scenario_reports(&self, scenario: Scenario) -> Vec<String> {
        scenarios::indices(&self.by_hand, scenario)
            .into_iter()
            .map(life::report_id)
            .collect()
    }

    pub(crate) fn links(&self) -> &Links {
        &self.links
    }
}
