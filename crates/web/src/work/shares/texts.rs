//! What the parts of a share are called.

use domain::share::{EndReason, Outline, ReceivedState, ShareState};

use crate::page::ui::Tone;
use crate::texts::{Key, Say};
use crate::words;
use crate::work::Work;
use crate::work::deed::Said;

/// How the desk's refusals are said, with the fields of a form at which it finds faults.
pub const fn said(fields: &'static [&'static str]) -> Said {
    Said {
        fields,
        words: fault,
    }
}

/// A refusal of the desk in words.
pub fn fault(key: &str) -> Option<Key> {
    Some(match key {
        "share-empty" => Key::new("shares-rule-empty"),
        "share-term" => Key::new("shares-rule-term"),
        "share-not-now" => Key::new("shares-rule-not-now"),
        "share-not-allowed" => Key::new("shares-rule-not-allowed"),
        "share-unclear" => Key::new("shares-rule-unclear"),
        "share-changed" => Key::new("shares-rule-changed"),
        "share-question" => Key::new("shares-rule-question"),
        "own" => Key::new("shares-fault-own"),
        "receives_no_shares" => Key::new("shares-fault-receives-none"),
        "required" => Key::new("shares-fault-confirm"),
        "looks_like_address" => Key::new("cases-looks-like-address"),
        "case-closed" => Key::new("cases-rule-closed"),
        "need-look-only" => Key::new("need-rule-look-only"),
        "case-not-accepted" => Key::new("cases-rule-not-accepted"),
        _ => return None,
    })
}

/// The sender's state with how it looks.
pub fn sent(state: &ShareState) -> (Key, Tone) {
    match state {
        ShareState::Offered => (Key::new("shares-sent-offered"), Tone::Info),
        ShareState::Refused { .. } => (Key::new("shares-sent-refused"), Tone::Warning),
        ShareState::Gone { .. } => (Key::new("shares-sent-gone"), Tone::Info),
        ShareState::Held { .. } => (Key::new("shares-sent-held"), Tone::Ok),
        ShareState::Ending { .. } => (Key::new("shares-sent-ending"), Tone::Warning),
        ShareState::Ended { .. } => (Key::new("shares-sent-ended"), Tone::Info),
    }
}

/// The receiver's states by code, in the order of the work.
pub const RECEIVED: &[(&str, Key)] = &[
    ("offered", Key::new("shares-in-offered")),
    ("accepted", Key::new("shares-in-accepted")),
    ("held", Key::new("shares-in-held")),
    ("ended", Key::new("shares-in-ended")),
    ("refused", Key::new("shares-in-refused")),
    ("gone", Key::new("shares-in-gone")),
    ("confirmed", Key::new("shares-in-confirmed")),
];

/// The receiver's state by its code.
pub fn received(code: &str) -> Key {
    let found = RECEIVED.iter().find(|(name, _)| *name == code);
    found.map_or(Key::new("shares-in-gone"), |(_, key)| *key)
}

/// How the receiver's state looks.
pub fn tone(code: &str) -> Tone {
    match code {
        "offered" | "ended" => Tone::Warning,
        "held" => Tone::Ok,
        _ => Tone::Info,
    }
}

/// Why it ended; nothing while it runs.
pub fn why_ended(state: &ReceivedState) -> Option<Key> {
    match state {
        ReceivedState::Gone { why }
        | ReceivedState::Ended { why, .. }
        | ReceivedState::Confirmed { why, .. } => Some(ended(*why)),
        _ => None,
    }
}

/// The reason of an end.
pub fn ended(why: EndReason) -> Key {
    match why {
        EndReason::Expired => Key::new("shares-ended-expired"),
        EndReason::Recalled => Key::new("shares-ended-recalled"),
        EndReason::ConsentWithdrawn => Key::new("shares-ended-consent"),
        EndReason::NoLongerAllowed => Key::new("shares-ended-law"),
        EndReason::Erased => Key::new("shares-ended-erased"),
    }
}

/// A purpose in words.
pub fn purpose(work: &Work, t: &Say, code: &str) -> String {
    let list = &work.app.desk.vocabulary.purposes;
    words::label(list, code, work.today(), t.lang())
}

/// A category in words.
pub fn category(work: &Work, t: &Say, code: &str) -> String {
    let list = &work.app.desk.vocabulary.data_categories;
    words::label(list, code, work.today(), t.lang())
}

/// The categories of an outline, each with whether anything stands in it.
pub fn outline(work: &Work, t: &Say, outline: &Outline) -> Vec<String> {
    let rows = outline.rows().iter();
    rows.map(|(code, filled)| {
        let name = category(work, t, code.as_str());
        match filled {
            true => name,
            false => format!("{name} ({})", t.say("shares-nothing-known")),
        }
    })
    .collect()
}
