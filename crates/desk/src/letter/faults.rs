//! What stands in the way of freezing: the letter's own check, and what the programme knows besides: a letter names no
//! private person, and made-up figures never stand among real ones.

use domain::address_guard;
use letter::{Fault, check};
use serde_json::Value;

use super::freeze::Composed;

/// What a text seems to hold that does not belong in a public letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    /// An e-mail address.
    Email,
    /// A mobile telephone number.
    Phone,
    /// A citizen service number (burgerservicenummer).
    Bsn,
    /// A postal address or a place on a map.
    Address,
}

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
        looks: Private,
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

fn looks(text: &str) -> Option<Private> {
    if has_email(text) {
        return Some(Private::Email);
    }
    if address_guard::is_suspect(text) {
        return Some(Private::Address);
    }
    digit_runs(text)
        .into_iter()
        .find_map(|digits| number(&digits))
}

fn has_email(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(user, host)| {
            user.ends_with(char::is_alphanumeric)
                && host.starts_with(char::is_alphanumeric)
                && host.contains('.')
        })
    })
}

/// Runs of digits as people write numbers of telephones and persons: single spaces, dots and dashes between them do not
/// end a run. Numbers written with thousands dots are shorter than what is sought.
fn digit_runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    let mut gap = 0;
    for c in text.chars().chain(['\n', '\n', '\n']) {
        if c.is_ascii_digit() || (c == '+' && run.is_empty()) {
            run.push(c);
            gap = 0;
        } else if matches!(c, ' ' | '.' | '-') && gap == 0 {
            gap += 1;
        } else {
            if run.len() >= 9 {
                runs.push(run.clone());
            }
            run.clear();
            gap = 0;
        }
    }
    runs
}

fn number(digits: &str) -> Option<Private> {
    let mobile = ["06", "+316", "00316"].iter().any(|start| {
        let rest = digits.strip_prefix(start);
        rest.is_some_and(|rest| rest.len() == 8)
    });
    if mobile {
        return Some(Private::Phone);
    }
    is_bsn(digits).then_some(Private::Bsn)
}

/// The eleven test of the citizen service number (Regeling burgerservicenummer): weights 9 to 2 and −1.
fn is_bsn(digits: &str) -> bool {
    let values: Vec<i32> = digits
        .chars()
        .filter_map(|c| c.to_digit(10).and_then(|d| i32::try_from(d).ok()))
        .collect();
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    if values.len() != 9 || digits.len() != 9 {
        return false;
    }
    let sum: i32 = values.iter().zip(weights).map(|(d, w)| d * w).sum();
    sum > 0 && sum % 11 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_at_a_person_is_found() {
        assert_eq!(looks("mail j.bedacht@voorbeeld.nl"), Some(Private::Email));
        assert_eq!(looks("bel 06-1234 5678 na zes uur"), Some(Private::Phone));
        assert_eq!(looks("zij heeft nummer 111222333"), Some(Private::Bsn));
        assert_eq!(looks("zij woont Kerkstraat 12"), Some(Private::Address));
    }

    #[test]
    fn what_a_letter_says_is_no_person() {
        for text in [
            "Kamerstukken II 2023/24, 28 638, nr. 251",
            "In 2025 waren het 1.124 aanmeldingen, in 2024 1.068.",
            "EUR 2.000.000 per jaar, van 2023 tot 2026",
            "Het budget is 12.345.678 euro",
            "Bel 0800 2828 of 0900 8844",
        ] {
            assert_eq!(looks(text), None, "{text}");
        }
    }
}
