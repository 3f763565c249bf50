//! What happened, as the journal tells it, and what a detector says of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where an entry stands: the caller's number of the store, and the position in its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Number of the store.
    pub store: u8,
    /// Position in its journal.
    pub seq: i64,
}

/// What somebody did with a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Did {
    /// Looked, and nothing more.
    Read,
    /// Searched; what was found, if anything, is the matter.
    Sought,
    /// Changed something in it.
    Changed,
    /// Took it on, or answered for it.
    Took,
    /// It arrived from elsewhere.
    Arrived,
    /// Closed it.
    Closed,
}

impl Did {
    /// Whether it left a trace in the matter itself.
    pub fn is_work(self) -> bool {
        matches!(self, Did::Changed | Did::Took | Did::Closed)
    }
}

/// One entry, as far as it concerns one matter (a report, an intake, a case with all that belongs to it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Where the entry stands.
    pub place: Place,
    /// When.
    pub at: Timestamp,
    /// Who: a user's id, `public` or `system`.
    pub actor: String,
    /// The actor's organisation; empty for the public and the program itself.
    pub org: String,
    /// The role in which.
    pub role: String,
    /// Which matter; empty when a search found nothing.
    pub matter: String,
    /// What was done.
    pub did: Did,
}

/// Why entries ask for a person's look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Reading at night, by somebody who does not work then.
    NightReading,
    /// One matter after another, read and left, without any work on them.
    Crawl,
    /// Searching again and again without opening what was found.
    SearchWithoutOpening,
    /// Looking after a person where she went, with nothing to do there.
    FollowsPerson,
    /// Looking at somebody one knows.
    OwnRelation,
    /// Opening a matter that nobody has a reason to open.
    DecoyOpened,
}

impl Why {
    /// Every reason.
    pub const ALL: [Why; 6] = [
        Why::NightReading,
        Why::Crawl,
        Why::SearchWithoutOpening,
        Why::FollowsPerson,
        Why::OwnRelation,
        Why::DecoyOpened,
    ];

    /// Stable name.
    pub fn code(self) -> &'static str {
        match self {
            Why::NightReading => "night_reading",
            Why::Crawl => "crawl",
            Why::SearchWithoutOpening => "search_without_opening",
            Why::FollowsPerson => "follows_person",
            Why::OwnRelation => "own_relation",
            Why::DecoyOpened => "decoy_opened",
        }
    }
}

/// What was counted, for the sentence that gives the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Different matters.
    pub matters: usize,
    /// Different nights (night reading) or weeks (crawl); nought where it says nothing.
    pub spans: usize,
}

/// What a detector found: a reason and the entries behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Why.
    pub why: Why,
    /// Whose accesses.
    pub actor: String,
    /// The entries, oldest first.
    pub places: Vec<Place>,
    /// The first of them.
    pub first: Timestamp,
    /// The last of them.
    pub last: Timestamp,
    /// What was counted.
    pub measured: Measured,
}

impl Finding {
    /// A finding of these events; none when there are none.
    pub(super) fn of(why: Why, events: &[&Event], spans: usize) -> Option<Finding> {
        let (first, last) = (events.first()?, events.last()?);
        let matters: std::collections::BTreeSet<&str> = events
            .iter()
            .map(|event| event.matter.as_str())
            .filter(|matter| !matter.is_empty())
            .collect();
        let mut places: Vec<Place> = events.iter().map(|event| event.place).collect();
        places.dedup();
        Some(Finding {
            why,
            actor: first.actor.clone(),
            places,
            first: first.at,
            last: last.at,
            measured: Measured {
                matters: matters.len(),
                spans,
            },
        })
    }
}
