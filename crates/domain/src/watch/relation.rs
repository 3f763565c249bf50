//! Why somebody had to do with a matter.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::{Did, Event};
use super::rules::WatchRules;

/// The relation that explains an access, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The person herself, or the reporter, with her own code.
    Herself,
    /// The program itself: clocks and deliveries.
    Program,
    /// Took the matter on and has it.
    Assigned,
    /// Named on its team at that moment.
    Team,
    /// Broke the glass of this very matter, and it held.
    BreakGlass,
    /// On duty for the organisation that has it.
    OnDuty,
    /// Worked on it shortly before or after.
    Worked,
    /// Has a placement of the person.
    Placed,
    /// It was sent to this organisation and waited for an answer.
    Received,
    /// Of the organisation that has the matter, and nothing closer.
    Organisation,
    /// Of the desk whose list it stood in, and nothing closer.
    Desk,
}

impl Relation {
    /// Every relation, the closest first.
    pub const ALL: [Relation; 11] = [
        Relation::Herself,
        Relation::Program,
        Relation::Assigned,
        Relation::Team,
        Relation::BreakGlass,
        Relation::OnDuty,
        Relation::Worked,
        Relation::Placed,
        Relation::Received,
        Relation::Organisation,
        Relation::Desk,
    ];

    /// Stable name.
    pub fn code(self) -> &'static str {
        match self {
            Relation::Herself => "herself",
            Relation::Program => "program",
            Relation::Assigned => "assigned",
            Relation::Team => "team",
            Relation::BreakGlass => "break_glass",
            Relation::OnDuty => "on_duty",
            Relation::Worked => "worked",
            Relation::Placed => "placed",
            Relation::Received => "received",
            Relation::Organisation => "organisation",
            Relation::Desk => "desk",
        }
    }

    /// Whether it is only that of a whole organisation or desk: it explains that somebody could look, less why.
    pub fn is_wide(self) -> bool {
        matches!(self, Relation::Organisation | Relation::Desk)
    }
}

/// Something that held for one person from one moment to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Whose.
    pub actor: String,
    /// From this moment.
    pub from: Timestamp,
    /// Until this moment, which is no part of it; none: it still holds.
    pub until: Option<Timestamp>,
}

impl Span {
    fn holds(&self, event: &Event) -> bool {
        self.actor == event.actor
            && self.from <= event.at
            && self.until.is_none_or(|until| event.at < until)
    }
}

/// What is known of a matter beside its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The organisation that has it now.
    pub holder: Option<String>,
    /// Organisations that have or had a placement of the person, each since when.
    pub placed: Vec<(String, Timestamp)>,
    /// Roles whose list it stands in, each since when.
    pub desks: Vec<(String, Timestamp)>,
    /// Who was on its team, and when.
    pub team: Vec<Span>,
    /// Who broke its glass, and how long that held.
    pub glass: Vec<Span>,
    /// Who was on duty for the organisation that has it, and when.
    pub duty: Vec<Span>,
}

/// The closest relation that explains an access; none when there is none. `history` holds every event of the matter, oldest first.
pub fn explain(
    event: &Event,
    history: &[Event],
    facts: &Facts,
    rules: &WatchRules,
) -> Option<Relation> {
    let seen = Seen {
        event,
        history,
        facts,
        rules,
    };
    match event.actor.as_str() {
        "public" => return Some(Relation::Herself),
        "system" => return Some(Relation::Program),
        _ => {}
    }
    let closest = [
        (seen.is_assigned(), Relation::Assigned),
        (within(&facts.team, event), Relation::Team),
        (within(&facts.glass, event), Relation::BreakGlass),
        (
            seen.is_of_holder() && within(&facts.duty, event),
            Relation::OnDuty,
        ),
        (seen.has_worked(), Relation::Worked),
        (seen.is_placed(), Relation::Placed),
        (seen.has_received(), Relation::Received),
        (seen.is_of_holder(), Relation::Organisation),
        (seen.is_of_desk(), Relation::Desk),
    ];
    let found = closest.into_iter().find(|(holds, _)| *holds);
    found.map(|(_, relation)| relation)
}

fn within(spans: &[Span], event: &Event) -> bool {
    spans.iter().any(|span| span.holds(event))
}

struct Seen<'a> {
    event: &'a Event,
    history: &'a [Event],
    facts: &'a Facts,
    rules: &'a WatchRules,
}

impl Seen<'_> {
    fn before(&self, did: Did) -> Option<&Event> {
        let mut earlier = self.history.iter().rev();
        earlier.find(|other| other.did == did && other.at <= self.event.at)
    }

    /// Closed longer ago than looking back belongs to the work.
    fn is_long_closed(&self) -> bool {
        let Some(closed) = self.before(Did::Closed) else {
            return false;
        };
        let reopened = self.history.iter().any(|other| {
            other.did.is_work()
                && other.did != Did::Closed
                && other.at > closed.at
                && other.at <= self.event.at
                && other.place != self.event.place
        });
        !reopened && self.event.at.duration_since(closed.at) > self.rules.around_work
    }

    /// The last to take it on was this actor, or this actor takes it on shortly after having looked.
    fn is_assigned(&self) -> bool {
        let has_it = self
            .before(Did::Took)
            .is_some_and(|took| took.actor == self.event.actor);
        if has_it && !self.is_long_closed() {
            return true;
        }
        let mut later = self.history.iter();
        let next = later.find(|other| other.did == Did::Took && other.at > self.event.at);
        next.is_some_and(|took| took.actor == self.event.actor && self.is_near(took.at))
    }

    fn is_near(&self, at: Timestamp) -> bool {
        self.event.at.duration_since(at).abs() <= self.rules.around_work
    }

    /// Another entry of this actor shows work on the matter. The entry itself is no reason for itself.
    fn has_worked(&self) -> bool {
        self.history.iter().any(|other| {
            other.actor == self.event.actor
                && other.did.is_work()
                && other.place != self.event.place
                && self.is_near(other.at)
        })
    }

    fn is_placed(&self) -> bool {
        let mut placed = self.facts.placed.iter();
        placed.any(|(org, since)| *org == self.event.org && *since <= self.event.at)
    }

    fn has_received(&self) -> bool {
        let waits = self.before(Did::Arrived).is_some_and(|arrived| {
            self.before(Did::Took)
                .is_none_or(|took| took.at < arrived.at)
        });
        waits && self.is_of_holder()
    }

    /// The organisation of whoever took it on last before this, else the one that has it now.
    fn is_of_holder(&self) -> bool {
        let took = self.before(Did::Took).map(|took| took.org.as_str());
        let holder = took.or(self.facts.holder.as_deref());
        !self.event.org.is_empty() && holder == Some(self.event.org.as_str())
    }

    fn is_of_desk(&self) -> bool {
        let mut desks = self.facts.desks.iter();
        let listed = desks.any(|(role, since)| *role == self.event.role && *since <= self.event.at);
        listed && !self.is_long_closed()
    }
}
