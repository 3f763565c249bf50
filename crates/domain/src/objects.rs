//! Phones, plates, accounts and the like: what a report names and what links it to another.
//!
//! What was typed is kept as typed; the normal form exists when it could be made, and only that is used for linking.

use crate::text::{SafeText, TextError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest object text, in characters.
pub const OBJECT_MAX: usize = 200;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// Telephone number.
    Phone,
    /// Number plate.
    Plate,
    /// Bank account (IBAN).
    Account,
    /// Number in the trade register of the Chamber of Commerce.
    Kvk,
    /// E-mail address.
    Email,
}

/// Why no normal form could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// Not a phone number of eight to fifteen digits with a country.
    #[error("not a phone number: give it as 06…, 0… or with + and the country")]
    Phone,
    /// Not a plate.
    #[error("not a number plate: expected 2 to 10 letters and digits")]
    Plate,
    /// Not an IBAN, or its check digits are wrong.
    #[error(
        "not an account number: an IBAN has a country, two check digits that must fit, and the account"
    )]
    Account,
    /// Not eight digits.
    #[error("not a Chamber of Commerce number: expected 8 digits")]
    Kvk,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    Email,
}

/// A thing that was named, as typed and, when possible, in normal form. `Debug` shows the kind only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectSeen {
    kind: ObjectKind,
    typed: SafeText,
    normal: Option<String>,
}

impl ObjectSeen {
    /// Takes what was typed; a text that cannot be normalised is still kept.
    pub fn new(kind: ObjectKind, raw: &str) -> Result<Self, TextError> {
        let typed = SafeText::new("object", raw, OBJECT_MAX)?;
        let normal = normalise(kind, typed.as_str()).ok();
        Ok(Self {
            kind,
            typed,
            normal,
        })
    }

    /// What kind of thing.
    #[must_use]
    pub fn kind(&self) -> ObjectKind {
        self.kind
    }

    /// As it was typed.
    #[must_use]
    pub fn typed(&self) -> &SafeText {
        &self.typed
    }

    /// The form in which equal things are equal; goes over a keyed digest, never in clear.
    #[must_use]
    pub fn normal(&self) -> Option<&str> {
        self.normal.as_deref()
    }
}

impl fmt::Debug for ObjectSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectSeen({:?})", self.kind)
    }
}

/// The normal form of a thing of some kind.
pub fn normalise(kind: ObjectKind, raw: &str) -> Result<String, ObjectError> {
    match kind {
        ObjectKind::Phone => phone(raw),
        ObjectKind::Plate => plate(raw),
        ObjectKind::Account => iban(raw),
        ObjectKind::Kvk => kvk(raw),
        ObjectKind::Email => email(raw),
    }
}

/// E.164, reading numbers without a country as Dutch (`06…`, `0031…`, `+31 (0)6…`, `31 6…`, `6…`).
pub fn phone(raw: &str) -> Result<String, ObjectError> {
    let mut digits = String::new();
    let mut international = false;
    for c in raw.trim().trim_start_matches("tel:").chars() {
        match c {
            '+' if digits.is_empty() && !international => international = true,
            c if c.is_ascii_digit() => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{2011}' | '\u{2013}' => {}
            _ => return Err(ObjectError::Phone),
        }
    }
    let number = match digits.strip_prefix("00") {
        _ if international => digits,
        Some(rest) => rest.to_owned(),
        None => national(&digits)?,
    };
    // `+31 (0)6 …`: the zero is only dialled inside the country.
    let number = match number.strip_prefix("310") {
        Some(rest) if rest.len() == 9 => format!("31{rest}"),
        _ => number,
    };
    let dutch_length = !number.starts_with("31") || (9..=13).contains(&number.len());
    if (8..=15).contains(&number.len()) && !number.starts_with('0') && dutch_length {
        Ok(format!("+{number}"))
    } else {
        Err(ObjectError::Phone)
    }
}

fn national(digits: &str) -> Result<String, ObjectError> {
    match (digits.strip_prefix('0'), digits.len()) {
        (Some(rest), 10) => Ok(format!("31{rest}")),
        (None, 11) if digits.starts_with("31") => Ok(digits.to_owned()),
        (None, 9) if digits.starts_with('6') => Ok(format!("31{digits}")),
        _ => Err(ObjectError::Phone),
    }
}

/// Capitals and digits only: `ab-12-cd` and `AB 12 CD` are one plate.
pub fn plate(raw: &str) -> Result<String, ObjectError> {
    let mut out = String::new();
    for c in raw.trim().chars() {
        match c {
            c if c.is_alphanumeric() => out.extend(c.to_uppercase()),
            ' ' | '-' | '.' | '·' | '\u{2011}' | '\u{2013}' => {}
            _ => return Err(ObjectError::Plate),
        }
    }
    if (2..=10).contains(&out.chars().count()) {
        Ok(out)
    } else {
        Err(ObjectError::Plate)
    }
}

/// An IBAN without spaces, its check digits verified (ISO 13616, mod 97).
pub fn iban(raw: &str) -> Result<String, ObjectError> {
    let out: String = raw
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '\u{a0}'))
        .collect();
    let out = out.to_ascii_uppercase();
    let shape = (15..=34).contains(&out.len())
        && out.bytes().all(|b| b.is_ascii_alphanumeric())
        && out.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && out.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
    if shape && mod_97(&out) == 1 {
        Ok(out)
    } else {
        Err(ObjectError::Account)
    }
}

fn mod_97(iban: &str) -> u32 {
    iban.bytes()
        .cycle()
        .skip(4)
        .take(iban.len())
        .fold(0, |rest, byte| match byte {
            b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
            _ => (rest * 100 + u32::from(byte.saturating_sub(b'A')) + 10) % 97,
        })
}

/// Eight digits.
pub fn kvk(raw: &str) -> Result<String, ObjectError> {
    let out: String = raw
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-'))
        .collect();
    if out.len() == 8 && out.bytes().all(|b| b.is_ascii_digit()) {
        Ok(out)
    } else {
        Err(ObjectError::Kvk)
    }
}

/// Lower case, one `@`, a domain with a dot.
pub fn email(raw: &str) -> Result<String, ObjectError> {
    let out = raw.trim().trim_start_matches("mailto:").to_lowercase();
    let Some((local, domain)) = out.rsplit_once('@') else {
        return Err(ObjectError::Email);
    };
    let plain =
        |part: &str| !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && c != '@');
    let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    if plain(local) && plain(domain) && dotted && out.len() <= 254 {
        Ok(out)
    } else {
        Err(ObjectError::Email)
    }
}
