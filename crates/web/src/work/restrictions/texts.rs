//! Words of restricted processing.

use domain::restriction::{Act, Despite, Ground};

use crate::texts::Key;

/// Why it is restricted.
pub(super) fn ground(ground: Ground) -> Key {
    match ground {
        Ground::Contested => Key::new("restriction-ground-contested"),
        Ground::Unlawful => Key::new("restriction-ground-unlawful"),
        Ground::Claim => Key::new("restriction-ground-claim"),
        Ground::Objected => Key::new("restriction-ground-objected"),
        Ground::Evidence => Key::new("restriction-ground-evidence"),
    }
}

/// Why something is done all the same.
pub(super) fn despite(despite: Despite) -> Key {
    match despite {
        Despite::Consent => Key::new("restriction-despite-consent"),
        Despite::Claim => Key::new("restriction-despite-claim"),
        Despite::Another => Key::new("restriction-despite-another"),
        Despite::PublicInterest => Key::new("restriction-despite-public"),
        Despite::KeptFor => Key::new("restriction-despite-kept-for"),
        Despite::Danger => Key::new("restriction-despite-danger"),
    }
}

/// What is done.
pub(super) fn act(act: Act) -> Key {
    match act {
        Act::Disclose => Key::new("restriction-act-disclose"),
        Act::Change => Key::new("restriction-act-change"),
        Act::Erase => Key::new("restriction-act-erase"),
    }
}

/// The words for what the desk refuses.
pub(super) fn words(key: &str) -> Option<Key> {
    Some(match key {
        "required" => Key::new("form-error-required"),
        "restriction-ground" => Key::new("restriction-rule-ground"),
        "restriction-data" => Key::new("restriction-rule-data"),
        "restriction-too-soon" => Key::new("restriction-rule-too-soon"),
        "restriction-not-now" => Key::new("requests-rule-not-now"),
        desk::case::LOOKS_LIKE_ADDRESS => Key::new("cases-looks-like-address"),
        _ => return None,
    })
}
