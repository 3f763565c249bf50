//! Words of shelter in the reader's language: codes of the vocabulary, rules, states, reasons.

use desk::placement::{Because, Term};
use domain::age::AgeInYears;
use domain::person::Sex;
use domain::room::{RoomKind, ShelterKind};
use domain::vocabulary::{Code, Facts, List};
use serde::Serialize;

use crate::page::ui::{Choice, Tone};
use crate::texts::{Key, Say};
use crate::words::language;
pub use crate::words::reference;
use crate::work::Work;

/// The serde name of a unit variant: the vocabulary's code.
pub fn code_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// The words of a code today; the code itself when the list does not know it.
pub fn word<F: Facts>(work: &Work, list: &List<F>, code: &str) -> String {
    list.resolve(code, work.today()).map_or_else(
        |_| code.to_owned(),
        |entry| entry.label(language(work.lang)).to_owned(),
    )
}

/// Words of several codes.
pub fn word_list<F: Facts>(
    work: &Work,
    list: &List<F>,
    codes: impl IntoIterator<Item = impl AsRef<str>>,
) -> String {
    let words: Vec<String> = codes
        .into_iter()
        .map(|code| word(work, list, code.as_ref()))
        .collect();
    words.join(", ")
}

/// Every entry of a list that counts today, as options.
pub fn choices<F: Facts>(work: &Work, list: &List<F>) -> Vec<Choice> {
    list.valid_on(work.today())
        .map(|entry| Choice::new(entry.code.as_str(), entry.label(language(work.lang))))
        .collect()
}

/// The main forms of exploitation, as options.
pub fn main_forms(work: &Work) -> Vec<Choice> {
    work.app
        .desk
        .vocabulary
        .forms
        .valid_on(work.today())
        .filter(|form| form.facts.parent().is_none())
        .map(|form| Choice::new(form.code.as_str(), form.label(language(work.lang))))
        .collect()
}

/// A kind of shelter.
pub fn shelter_kind(work: &Work, kind: ShelterKind) -> String {
    word(work, &work.app.desk.vocabulary.shelter_types, kind.code())
}

/// A kind of room.
pub fn room_kind(kind: RoomKind) -> Key {
    match kind {
        RoomKind::Stay => Key::new("shelter-room-stay"),
        RoomKind::Family => Key::new("shelter-room-family"),
        RoomKind::Crisis => Key::new("shelter-room-crisis"),
    }
}

/// An age in words.
pub fn age(t: &Say, age: AgeInYears) -> String {
    match age {
        AgeInYears::Exactly { age } => t.say_n("shelter-age", i64::from(age)),
        AgeInYears::Between { low, high } => t.say_args(
            "shelter-age-between",
            &[
                ("low", i64::from(low).into()),
                ("high", i64::from(high).into()),
            ],
        ),
        AgeInYears::Unknown => t.say("shelter-age-unknown").into_owned(),
    }
}

/// Persons as ages and sexes, one a line.
pub fn persons(work: &Work, all: impl IntoIterator<Item = (AgeInYears, Sex)>) -> String {
    let t = work.say();
    let sexes = &work.app.desk.vocabulary.sexes;
    let lines: Vec<String> = all
        .into_iter()
        .map(|(years, sex)| format!("{}, {}", age(&t, years), word(work, sexes, &code_of(&sex))))
        .collect();
    lines.join("\n")
}

/// A rule that a room fails.
pub fn rule(code: &str) -> Key {
    match code {
        "sex" => Key::new("shelter-rule-sex"),
        "age" => Key::new("shelter-rule-age"),
        "form" => Key::new("shelter-rule-form"),
        "entitlement" => Key::new("shelter-rule-entitlement"),
        "care" => Key::new("shelter-rule-care"),
        "wheelchair" => Key::new("shelter-rule-wheelchair"),
        "pets" => Key::new("shelter-rule-pets"),
        "security" => Key::new("shelter-rule-security"),
        "avoid" => Key::new("shelter-rule-avoid"),
        "room_kind" => Key::new("shelter-rule-room-kind"),
        "places" => Key::new("shelter-rule-places"),
        "authority" => Key::new("shelter-rule-authority"),
        "route" => Key::new("shelter-rule-route"),
        "out_of_service" => Key::new("shelter-rule-out-of-service"),
        "refused_before" => Key::new("shelter-rule-refused-before"),
        "apart" => Key::new("shelter-rule-apart"),
        "told_since" => Key::new("shelter-rule-told-since"),
        "safety" => Key::new("shelter-rule-safety"),
        _ => Key::new("shelter-rule-other"),
    }
}

/// A state of a request.
pub fn request_state(state: &str) -> (Key, Tone) {
    match state {
        "open" => (Key::new("shelter-state-open"), Tone::Warning),
        "offered" => (Key::new("shelter-state-offered"), Tone::Info),
        "fulfilled" => (Key::new("shelter-state-fulfilled"), Tone::Ok),
        _ => (Key::new("shelter-state-withdrawn"), Tone::Info),
    }
}

/// A state of a placement.
pub fn placement_state(state: &str) -> (Key, Tone) {
    match state {
        "proposed" => (Key::new("shelter-step-proposed"), Tone::Info),
        "held" => (Key::new("shelter-step-held"), Tone::Warning),
        "accepted_by_shelter" => (Key::new("shelter-step-accepted"), Tone::Warning),
        "accepted_by_client" => (Key::new("shelter-step-client"), Tone::Ok),
        "travelling" => (Key::new("shelter-step-travelling"), Tone::Ok),
        "arrived" => (Key::new("shelter-step-arrived"), Tone::Ok),
        "left" => (Key::new("shelter-step-left"), Tone::Info),
        "refused" => (Key::new("shelter-step-refused"), Tone::Error),
        "declined" => (Key::new("shelter-step-declined"), Tone::Error),
        "expired" => (Key::new("shelter-step-expired"), Tone::Error),
        _ => (Key::new("shelter-step-withdrawn"), Tone::Info),
    }
}

/// A reason that was once recorded, also when its code no longer counts.
fn recorded<F: Facts>(work: &Work, list: &List<F>, code: &str) -> String {
    let newest = Code::new(code).ok().and_then(|code| list.newest(&code));
    newest.map_or_else(
        || code.to_owned(),
        |entry| entry.label(language(work.lang)).to_owned(),
    )
}

/// Why a place was refused or declined, or why nothing fits.
pub fn refusal(work: &Work, code: &str) -> String {
    recorded(work, &work.app.desk.vocabulary.refusal_reasons, code)
}

/// Why a room cannot be used.
pub fn out_of_service(work: &Work, code: &str) -> String {
    let list = &work.app.desk.vocabulary.out_of_service_reasons;
    recorded(work, list, code)
}

/// Why a placement came to the end that its state names: each end has a list of its own.
pub fn ending(work: &Work, state: &str, code: &str) -> String {
    let v = &work.app.desk.vocabulary;
    match state {
        "left" => recorded(work, &v.leaving_reasons, code),
        "withdrawn" => recorded(work, &v.withdrawal_reasons, code),
        _ => refusal(work, code),
    }
}

/// How urgent.
pub fn urgency(level: u8) -> Key {
    match level {
        5 => Key::new("shelter-urgency-5"),
        4 => Key::new("shelter-urgency-4"),
        3 => Key::new("shelter-urgency-3"),
        2 => Key::new("shelter-urgency-2"),
        _ => Key::new("shelter-urgency-1"),
    }
}

/// The last part of a badge's class for an urgency.
pub fn urgency_tone(level: u8) -> &'static str {
    match level {
        5 => "error",
        4 => "warning",
        _ => "neutral",
    }
}

/// Yes or no.
pub fn yes_no(t: &Say, value: bool) -> String {
    let key = if value {
        Key::new("shelter-yes")
    } else {
        Key::new("shelter-no")
    };
    t.key(key).into_owned()
}

/// What makes a room fit less well: the terms of its cost.
pub fn minus(t: &Say, because: &[Because]) -> Vec<String> {
    because
        .iter()
        .filter_map(|because| {
            Some(match because.term {
                Term::Language => Key::new("shelter-minus-language"),
                Term::Security => Key::new("shelter-minus-security"),
                Term::Crisis => Key::new("shelter-minus-crisis"),
                Term::ShortStay => Key::new("shelter-minus-short"),
                Term::Distance | Term::Stay | Term::Cap => return None,
            })
        })
        .map(|key| t.key(key).into_owned())
        .collect()
}
