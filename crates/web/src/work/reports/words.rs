//! Words of a report that are no vocabulary.

use domain::Answer;
use domain::objects::ObjectKind;
use domain::report::{Certainty, DescribedRole, HelpWish, MinorsInvolved, PoliceWish, RouteAnswer};
use domain::routing::HandlingNote;

use crate::page::ui::{Choice, Tone};
use crate::texts::{Key, Say};

/// The states in the order of the work, with their words.
pub const STATES: [(&str, Key); 5] = [
    ("received", Key::new("reports-state-received")),
    ("in_triage", Key::new("reports-state-in-triage")),
    ("accepted", Key::new("reports-state-accepted")),
    ("routed", Key::new("reports-state-routed")),
    ("closed", Key::new("reports-state-closed")),
];

pub fn state(code: &str) -> Key {
    STATES
        .iter()
        .find(|(state, _)| *state == code)
        .map_or(Key::new("reports-state-unknown"), |(_, key)| *key)
}

pub fn tone(state: &str) -> Tone {
    match state {
        "received" => Tone::Warning,
        "closed" => Tone::Ok,
        _ => Tone::Info,
    }
}

pub fn answer(answer: Answer) -> Key {
    match answer {
        Answer::Yes => Key::new("reports-answer-yes"),
        Answer::No => Key::new("reports-answer-no"),
        Answer::Unknown => Key::new("reports-answer-unknown"),
    }
}

/// Yes, no, unknown: to choose from.
pub fn answers(say: &Say) -> Vec<Choice> {
    [
        ("yes", Answer::Yes),
        ("no", Answer::No),
        ("unknown", Answer::Unknown),
    ]
    .map(|(code, value)| Choice::new(code, say.key(answer(value))))
    .to_vec()
}

/// The codes of [`answers`].
pub const ANSWERS: &[(&str, Answer)] = &[
    ("yes", Answer::Yes),
    ("no", Answer::No),
    ("unknown", Answer::Unknown),
];

pub fn minors(minors: MinorsInvolved) -> Key {
    match minors {
        MinorsInvolved::Yes => Key::new("reports-answer-yes"),
        MinorsInvolved::Suspected => Key::new("reports-minors-suspected"),
        MinorsInvolved::No => Key::new("reports-answer-no"),
        MinorsInvolved::Unknown => Key::new("reports-answer-unknown"),
    }
}

pub const MINORS: &[(&str, MinorsInvolved)] = &[
    ("yes", MinorsInvolved::Yes),
    ("suspected", MinorsInvolved::Suspected),
    ("no", MinorsInvolved::No),
    ("unknown", MinorsInvolved::Unknown),
];

pub fn help(help: HelpWish) -> Key {
    match help {
        HelpWish::NotAsked => Key::new("reports-help-not-asked"),
        HelpWish::ForSelf => Key::new("reports-help-for-self"),
        HelpWish::VictimAgrees => Key::new("reports-help-victim-agrees"),
        HelpWish::VictimNotAsked => Key::new("reports-help-victim-not-asked"),
        HelpWish::NotWanted => Key::new("reports-help-not-wanted"),
    }
}

pub const HELP: &[(&str, HelpWish)] = &[
    ("not_asked", HelpWish::NotAsked),
    ("for_self", HelpWish::ForSelf),
    ("victim_agrees", HelpWish::VictimAgrees),
    ("victim_not_asked", HelpWish::VictimNotAsked),
    ("not_wanted", HelpWish::NotWanted),
];

pub fn police(police: PoliceWish) -> Key {
    match police {
        PoliceWish::NotAsked => Key::new("reports-police-not-asked"),
        PoliceWish::Agrees => Key::new("reports-police-agrees"),
        PoliceWish::HelpWithoutPolice => Key::new("reports-police-without"),
    }
}

pub const POLICE: &[(&str, PoliceWish)] = &[
    ("not_asked", PoliceWish::NotAsked),
    ("agrees", PoliceWish::Agrees),
    ("help_without_police", PoliceWish::HelpWithoutPolice),
];

pub fn role(role: DescribedRole) -> Key {
    match role {
        DescribedRole::PossibleVictim => Key::new("reports-role-possible-victim"),
        DescribedRole::PossibleOffender => Key::new("reports-role-possible-offender"),
        DescribedRole::Facilitator => Key::new("reports-role-facilitator"),
        DescribedRole::Witness => Key::new("reports-role-witness"),
    }
}

pub fn certainty(certainty: Certainty) -> Key {
    match certainty {
        Certainty::Seen => Key::new("reports-certainty-seen"),
        Certainty::Heard => Key::new("reports-certainty-heard"),
        Certainty::Suspected => Key::new("reports-certainty-suspected"),
    }
}

pub fn object(kind: ObjectKind) -> Key {
    match kind {
        ObjectKind::Phone => Key::new("reports-object-phone"),
        ObjectKind::Plate => Key::new("reports-object-plate"),
        ObjectKind::Account => Key::new("reports-object-account"),
        ObjectKind::Kvk => Key::new("reports-object-kvk"),
        ObjectKind::Email => Key::new("reports-object-email"),
    }
}

pub fn note(note: HandlingNote) -> Key {
    match note {
        HandlingNote::CallFirst => Key::new("reports-note-call-first"),
        HandlingNote::NotViaParents => Key::new("reports-note-not-via-parents"),
        HandlingNote::ParentsExcluded => Key::new("reports-note-parents-excluded"),
        HandlingNote::RegionUnknown => Key::new("reports-note-region-unknown"),
        HandlingNote::HelpDoesNotDependOnPolice => Key::new("reports-note-help-without-police"),
    }
}

pub fn route_answer(answer: &RouteAnswer) -> (Key, Tone) {
    match answer {
        RouteAnswer::Awaited => (Key::new("reports-route-awaited"), Tone::Warning),
        RouteAnswer::Accepted { .. } => (Key::new("reports-route-accepted"), Tone::Ok),
        RouteAnswer::Refused { .. } => (Key::new("reports-route-refused"), Tone::Error),
    }
}
