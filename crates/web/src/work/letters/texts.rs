//! Which text belongs to a code of this subject.

use desk::letter::LetterFault;
use domain::person_guard::Looks;

use crate::texts::{Key, Lang, Say};

/// A state, as people read it.
pub fn state(name: &str) -> Key {
    match name {
        "frozen" => Key::new("letter-state-frozen"),
        "sent" => Key::new("letter-state-sent"),
        _ => Key::new("letter-state-draft"),
    }
}

/// The colour of a state; its words say the same.
pub fn tone(name: &str) -> &'static str {
    match name {
        "draft" => "warning",
        "frozen" => "info",
        _ => "ok",
    }
}

/// The language of a letter's fixed phrases for a reader.
pub fn phrases(lang: Lang) -> desk::letter::Lang {
    if lang == Lang::DUTCH {
        desk::letter::Lang::Nl
    } else {
        desk::letter::Lang::En
    }
}

/// What is wrong, where, and what to do.
pub fn fault(t: &Say, fault: &LetterFault) -> String {
    match fault {
        LetterFault::Letter(fault) => fault.explain(phrases(t.lang())).to_owned(),
        LetterFault::Personal { looks, .. } => {
            let key = match looks {
                Looks::Name => Key::new("letter-fault-name"),
                Looks::Birth => Key::new("letter-fault-birth"),
                Looks::Plate => Key::new("letter-fault-plate"),
                Looks::Email => Key::new("letter-fault-email"),
                Looks::Phone => Key::new("letter-fault-phone"),
                Looks::Bsn => Key::new("letter-fault-bsn"),
                Looks::Address => Key::new("letter-fault-address"),
            };
            t.key(key).into_owned()
        }
        LetterFault::MadeUp { .. } => t.say("letter-fault-made-up").into_owned(),
        LetterFault::Figure { .. } => t.say("letter-fault-figure").into_owned(),
    }
}

/// The part of the letter that a path begins with, in words.
pub fn place(t: &Say, path: &str) -> String {
    let mut steps = path.split('/');
    let first = steps.next().unwrap_or_default();
    let second = steps.next().unwrap_or_default();
    let key = match first {
        "opening" => Key::new("letter-place-opening"),
        "programme" => Key::new("letter-place-programme"),
        "reading_guide" => Key::new("letter-reading-guide"),
        "previous" => Key::new("letter-place-previous"),
        "head" => Key::new("letter-place-head"),
        "lines" => return t.say_with("letter-place-line", "line", second),
        "subjects" => return t.say_with("letter-place-subject", "n", second),
        "commitments" => return t.say_with("letter-place-commitment", "n", second),
        "figures" => Key::new("letter-place-figures"),
        "annex" => {
            let number = steps.next().unwrap_or_default();
            return t.say_with("letter-place-action", "number", number);
        }
        _ => Key::new("letter-place-letter"),
    };
    t.key(key).into_owned()
}

/// The text of what the desk refused.
pub fn refusal(key: &str) -> Option<Key> {
    Some(match key {
        "letter-no-such-edition" => Key::new("letter-no-such-edition"),
        "letter-name-taken" => Key::new("letter-name-taken"),
        "letter-is-frozen" => Key::new("letter-is-frozen"),
        "letter-not-frozen" => Key::new("letter-not-frozen"),
        "letter-already-sent" => Key::new("letter-already-sent"),
        "letter-no-signatory" => Key::new("letter-no-signatory"),
        "letter-unknown-action" => Key::new("letter-unknown-action"),
        "letter-figure" => Key::new("letter-fault-figure"),
        "letter-faults" => Key::new("letter-has-faults"),
        "letter-not-a-kamerstuk" => Key::new("letter-not-a-kamerstuk"),
        "letter-too-many-highlights" => Key::new("letter-too-many-highlights"),
        "required" => Key::new("form-error-required"),
        _ => return None,
    })
}
