//! What would have to change for a room to fit, in words, and who may decide that. The program decides nothing of it.

use desk::placement::{AVOID_MARGIN_KM, Relaxation, Rule};

use crate::texts::{Arg, Key, Say};

/// One thing that would open rooms.
pub struct Nearest {
    /// How many rooms, and what would have to change.
    pub what: String,
    /// Who may decide that.
    pub who: String,
}

/// The options, what opens most rooms first.
pub fn nearest(t: &Say, options: &[Relaxation]) -> Vec<Nearest> {
    options.iter().map(|option| one(t, option)).collect()
}

fn one(t: &Say, option: &Relaxation) -> Nearest {
    let rooms = i64::try_from(option.rooms).unwrap_or(i64::MAX);
    let margin = match option.rule {
        Rule::Avoid => i64::from(AVOID_MARGIN_KM),
        _ => 0,
    };
    let number = |value: Option<i64>| Arg::from((value.unwrap_or(0) - margin).max(0));
    let how = t.say_args(
        what(option.rule),
        &[("from", number(option.from)), ("to", number(option.to))],
    );
    Nearest {
        what: t.say_args(
            "shelter-nearest-line",
            &[("n", rooms.into()), ("how", Arg::Text(how))],
        ),
        who: t.key(who(option.rule)).into_owned(),
    }
}

fn what(rule: Rule) -> &'static str {
    match rule {
        Rule::Sex => "shelter-nearest-sex",
        Rule::Age => "shelter-nearest-age",
        Rule::Form => "shelter-nearest-form",
        Rule::Entitlement => "shelter-nearest-entitlement",
        Rule::Care => "shelter-nearest-care",
        Rule::Wheelchair => "shelter-nearest-wheelchair",
        Rule::Pets => "shelter-nearest-pets",
        Rule::Security => "shelter-nearest-security",
        Rule::Avoid => "shelter-nearest-avoid",
        Rule::RoomKind => "shelter-nearest-room-kind",
        Rule::Places => "shelter-nearest-places",
        Rule::Apart => "shelter-nearest-apart",
        Rule::RefusedBefore => "shelter-nearest-refused",
        Rule::Route => "shelter-nearest-route",
    }
}

fn who(rule: Rule) -> Key {
    match rule {
        Rule::Avoid | Rule::Security => Key::new("shelter-decides-coordinator"),
        Rule::Form | Rule::Care | Rule::Pets | Rule::Route => Key::new("shelter-decides-officer"),
        Rule::Entitlement => Key::new("shelter-decides-law"),
        Rule::Apart => Key::new("shelter-decides-apart"),
        Rule::Sex
        | Rule::Age
        | Rule::Wheelchair
        | Rule::RoomKind
        | Rule::Places
        | Rule::RefusedBefore => Key::new("shelter-decides-provider"),
    }
}
