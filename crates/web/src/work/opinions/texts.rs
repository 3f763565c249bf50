//! Which text belongs to a code of this subject.

use domain::opinion::{Obstacle, Verdict};

use crate::texts::{Key, Message, Say};

/// A state, as people read it.
pub fn state(name: &str) -> Key {
    match name {
        "requested" => Key::new("opinion-state-requested"),
        "admitted" => Key::new("opinion-state-admitted"),
        "not_admitted" => Key::new("opinion-state-not-admitted"),
        "in_panel" => Key::new("opinion-state-in-panel"),
        "outcome" => Key::new("opinion-state-outcome"),
        "ingetrokken" => Key::new("opinion-state-withdrawn"),
        _ => Key::new("opinion-state-unknown"),
    }
}

/// The colour of a state; its words say the same.
pub fn tone(name: &str) -> &'static str {
    match name {
        "requested" => "info",
        "admitted" | "in_panel" => "warning",
        "outcome" => "ok",
        _ => "neutral",
    }
}

/// A step in the course of a request.
pub fn step(what: &str) -> Key {
    match what {
        "released" => Key::new("opinion-step-released"),
        "taken_back" => Key::new("opinion-step-taken-back"),
        "sent" => Key::new("opinion-step-sent"),
        "recused" => Key::new("opinion-step-recused"),
        other => state(other),
    }
}

/// What the panel finds.
pub fn verdict(verdict: Verdict) -> Key {
    match verdict {
        Verdict::Aannemelijk => Key::new("opinion-verdict-aannemelijk"),
        Verdict::NietAannemelijk => Key::new("opinion-verdict-niet-aannemelijk"),
        Verdict::OnvoldoendeInformatie => Key::new("opinion-verdict-onvoldoende"),
    }
}

/// What stands in the way, with its days.
pub fn obstacle(t: &Say, obstacle: &Obstacle) -> String {
    let message = match obstacle {
        Obstacle::TooLate { last_day, asked } => {
            Message::new(Key::new("opinion-obstacle-too-late"))
                .with("last", t.date(*last_day))
                .with("asked", t.date(*asked))
        }
        Obstacle::NotEnded => Key::new("opinion-obstacle-not-ended").into(),
        Obstacle::NoAangifte => Key::new("opinion-obstacle-no-aangifte").into(),
    };
    t.message(&message)
}

/// The text of what the desk refused.
pub fn refusal(key: &str) -> Option<Key> {
    Some(match key {
        "opinion-state" => Key::new("opinion-no-state"),
        "opinion-obstacle" => Key::new("opinion-no-exception"),
        "opinion-panel-too-small" => Key::new("opinion-no-panel-of-three"),
        "opinion-recused" => Key::new("opinion-no-recused"),
        "opinion-recuse-own" => Key::new("opinion-no-recuse-own"),
        "opinion-no-member" => Key::new("opinion-no-member"),
        "opinion-no-mandate" => Key::new("opinion-no-mandate"),
        "opinion-no-such-item" => Key::new("opinion-no-such-item"),
        "opinion-nothing-released" => Key::new("opinion-nothing-released"),
        "opinion-ends-before-start" => Key::new("opinion-ends-before-start"),
        "opinion-no-consent" => Key::new("opinion-no-consent"),
        "opinion-no-panel" => Key::new("opinion-no-panel"),
        "opinion-withdrawn" => Key::new("opinion-was-withdrawn"),
        "looks_like_address" => Key::new("opinion-looks-like-address"),
        "case-closed" | "case-sent-back" | "case-not-accepted" => Key::new("opinion-case-not-open"),
        _ => return None,
    })
}
