//! What stands in the way of freezing: the letter's own check, and what the programme knows besides: a letter names no
//! private person, and made-up figures never stand among real ones.

use domain::person_guard::{self, Looks};
use letter::{Fault, check};
use serde_json::Value;

use super::freeze::Composed;

/// Something that must be mended before an edition can be frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterFault {
    /// A fault that the letter's own check finds.
    Letter(Fault),
    /// A text seems to hold something about a person.
    Personal {
        /// Where.
        place: String,
        /// What it looks like.
        looks: Looks,
    },
    /// A made-up figure in a real letter.
    MadeUp {
        /// Which figure.
        place: String,
    },
    /// A figure is held back, or is not there any more.
    Figure {
        /// Which figure.
        place: String,
    },
}

impl LetterFault {
    /// Where it is, as a path.
    pub fn place(&self) -> &str {
        match self {
            Self::Letter(fault) => fault.place().as_str(),
            Self::Personal { place, .. } | Self::MadeUp { place } | Self::Figure { place } => place,
        }
    }
}

/// All faults of a letter.
pub(super) fn faults(composed: &Composed, made_up: bool) -> Vec<LetterFault> {
    let Composed { letter, .. } = composed;
    let own = check(letter).err().map(|faults| faults.0);
    let mut found: Vec<LetterFault> = own.into_iter().flatten().map(LetterFault::Letter).collect();
    for figure in &composed.figures {
        if figure.figure.source.made_up && !made_up {
            let place = format!("figures/{}", figure.figure.id);
            found.push(LetterFault::MadeUp { place });
        }
    }
    for id in &composed.missing {
        let place = format!("figures/{id}");
        found.push(LetterFault::Figure { place });
    }
    if let Ok(value) = serde_json::to_value(letter) {
        personal(&value, &mut String::new(), &mut found);
    }
    found
}

/// Walks every text. The names of those who sign are public, and ids are no text.
fn personal(value: &Value, path: &mut String, found: &mut Vec<LetterFault>) {
    match value {
        Value::String(text) if !is_public(path) => {
            if let Some(looks) = looks(text) {
                // The pieces of a paragraph are no places that an editor knows.
                let place = path.split("/runs/").next().unwrap_or(path).to_owned();
                found.push(LetterFault::Personal { place, looks });
            }
        }
        Value::Array(items) => {
            for (n, item) in (1..).zip(items) {
                step(&format!("{n}"), item, path, found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                step(name, member, path, found);
            }
        }
        _ => {}
    }
}

fn step(name: &str, value: &Value, path: &mut String, found: &mut Vec<LetterFault>) {
    let length = path.len();
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
    personal(value, path, found);
    path.truncate(length);
}

fn is_public(path: &str) -> bool {
    path.starts_with("head/signatory")
        || path.starts_with("co_signatories")
        || path.ends_with("/id")
}

/// What stops a letter. A name does not: a letter names members of the Chamber and those who sign, and who writes an update is warned
/// about names before it is saved.
fn looks(text: &str) -> Option<Looks> {
    let mut kinds = person_guard::kinds(text).into_iter();
    kinds.find(|looks| *looks != Looks::Name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_at_a_person_is_found() {
        assert_eq!(looks("mail j.bedacht@voorbeeld.nl"), Some(Looks::Email));
        assert_eq!(looks("bel 06-1234 5678 na zes uur"), Some(Looks::Phone));
        assert_eq!(looks("zij heeft nummer 111222333"), Some(Looks::Bsn));
        assert_eq!(looks("zij woont Kerkstraat 12"), Some(Looks::Address));
        assert_eq!(looks("geboren op 3 mei 2009"), Some(Looks::Birth));
    }

    #[test]
    fn what_a_letter_says_is_no_person() {
        for text in [
            "Kamerstukken II 2023/24, 28 638, nr. 251",
            "In 2025 waren het 1.124 aanmeldingen, in 2024 1.068.",
            "EUR 2.000.000 per jaar, van 2023 tot 2026",
            "Het budget is 12.345.678 euro",
            "Bel 0800 2828 of 0900 8844",
            "De motie van het lid J. Bedacht c.s. is afgedaan.",
        ] {
            assert_eq!(looks(text), None, "{text}");
        }
    }
}
