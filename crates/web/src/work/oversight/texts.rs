//! Reasons, relations and states in words.

use desk::oversight::StoredFinding;
use domain::watch::{Relation, Why};

use crate::page::ui::Tone;
use crate::texts::{Key, Message, Say};

/// What a reason is called.
pub fn why(why: Why) -> Key {
    match why {
        Why::NightReading => Key::new("oversight-why-night"),
        Why::Crawl => Key::new("oversight-why-crawl"),
        Why::SearchWithoutOpening => Key::new("oversight-why-search"),
        Why::FollowsPerson => Key::new("oversight-why-follows"),
        Why::OwnRelation => Key::new("oversight-why-relation"),
        Why::DecoyOpened => Key::new("oversight-why-decoy"),
    }
}

/// The reason in a sentence, with what was counted.
pub fn because(finding: &StoredFinding, t: &Say) -> String {
    let counted = |key| {
        Message::new(key)
            .with("matters", finding.measured.matters)
            .with("spans", finding.measured.spans)
            .with("entries", finding.places.len())
    };
    t.message(&counted(match finding.why {
        Why::NightReading => Key::new("oversight-because-night"),
        Why::Crawl => Key::new("oversight-because-crawl"),
        Why::SearchWithoutOpening => Key::new("oversight-because-search"),
        Why::FollowsPerson => Key::new("oversight-because-follows"),
        Why::OwnRelation => Key::new("oversight-because-relation"),
        Why::DecoyOpened => Key::new("oversight-because-decoy"),
    }))
}

/// What explains an access.
pub fn relation(relation: Option<Relation>) -> Key {
    match relation {
        Some(Relation::Herself) => Key::new("oversight-relation-herself"),
        Some(Relation::Program) => Key::new("oversight-relation-program"),
        Some(Relation::Assigned) => Key::new("oversight-relation-assigned"),
        Some(Relation::Team) => Key::new("oversight-relation-team"),
        Some(Relation::BreakGlass) => Key::new("oversight-relation-break-glass"),
        Some(Relation::OnDuty) => Key::new("oversight-relation-on-duty"),
        Some(Relation::Worked) => Key::new("oversight-relation-worked"),
        Some(Relation::Placed) => Key::new("oversight-relation-placed"),
        Some(Relation::Received) => Key::new("oversight-relation-received"),
        Some(Relation::Organisation) => Key::new("oversight-relation-organisation"),
        Some(Relation::Desk) => Key::new("oversight-relation-desk"),
        None => Key::new("oversight-relation-none"),
    }
}

/// How much a relation says: a close one, a wide one, none.
pub fn relation_tone(relation: Option<Relation>) -> Tone {
    match relation {
        None => Tone::Warning,
        Some(relation) if relation.is_wide() => Tone::Info,
        Some(_) => Tone::Ok,
    }
}

/// The state of a finding.
pub fn state(code: &str) -> Key {
    match code {
        "explained" => Key::new("oversight-state-explained"),
        "follow_up" => Key::new("oversight-state-follow-up"),
        _ => Key::new("oversight-state-open"),
    }
}

/// How the state is meant.
pub fn state_tone(code: &str) -> Tone {
    match code {
        "explained" => Tone::Ok,
        "follow_up" => Tone::Warning,
        _ => Tone::Info,
    }
}
