//! Finds what looks like a Dutch address in free text, so that somebody is warned before it is saved or shared.
//!
//! A shelter address may stand in one place only, and that is not a note, a title or a file name. The guard warns; it
//! would rather warn once too often. It never keeps or returns more than where the suspicion is.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looks {
    /// A postcode, such as four digits and two letters.
    Postcode,
    /// A street name with a house number.
    StreetAndNumber,
    /// Coordinates, in degrees or of the Dutch grid.
    Coordinates,
    /// A link to a map, or a three-word location.
    MapLink,
}

/// A place in the text that looks like an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// What it looks like.
    pub looks: Looks,
    /// Where, in bytes of the text.
    pub at: Range<usize>,
}

/// Everything in a text that looks like an address, in order; overlapping finds are all told.
#[must_use]
pub fn find(text: &str) -> Vec<Suspicion> {
    let words = words(text);
    let mut found = Vec::new();
    postcodes(&words, &mut found);
    streets(&words, &mut found);
    coordinates(text, &mut found);
    map_links(&words, &mut found);
    found.sort_by_key(|s| (s.at.start, s.at.end));
    found
}

/// Does anything look like an address?
#[must_use]
pub fn is_suspect(text: &str) -> bool {
    !find(text).is_empty()
}

#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    /// Punctuation, a line end or the end of the text follows.
    closed: bool,
}

impl Word<'_> {
    fn end(self) -> usize {
        self.start + self.text.len()
    }
}

/// Words without the punctuation around them.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        let inside = !c.is_whitespace() && !",;()\"\u{201C}\u{201D}|<>".contains(c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at].trim_end_matches(['.', ':', '!', '?']);
                let closed = c == '\n' || !c.is_whitespace() || from + word.len() < at;
                if !word.is_empty() {
                    words.push(Word {
                        text: word,
                        start: from,
                        closed,
                    });
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// `1234AB`, `1234 AB`, `1234-ab`; not `2024 in` (a lower-case word after a year is a word) and not SA, SD, SS, which
/// PostNL does not give out.
fn postcodes(words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    for (index, word) in words.iter().enumerate() {
        let compact: String = word
            .text
            .chars()
            .filter(|c| *c != '-' && *c != '.')
            .collect();
        if compact.is_ascii() && compact.len() == 6 && is_postcode(&compact[..4], &compact[4..]) {
            found.push(Suspicion {
                looks: Looks::Postcode,
                at: word.start..word.end(),
            });
            continue;
        }
        let Some(next) = words.get(index + 1) else {
            continue;
        };
        let letters = next.text;
        let sure = letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_uppercase());
        // In lower case only when it is no Dutch or English word of two letters.
        let likely = letters.len() == 2 && !COMMON_PAIRS.contains(&letters.to_lowercase().as_str());
        if word.text.len() == 4 && (sure || likely) && is_postcode(word.text, letters) {
            found.push(Suspicion {
                looks: Looks::Postcode,
                at: word.start..next.end(),
            });
        }
    }
}

const COMMON_PAIRS: &[&str] = &[
    "al", "am", "an", "as", "at", "be", "by", "ca", "cm", "da", "de", "do", "en", "er", "eu", "ga",
    "ge", "go", "ha", "he", "hi", "if", "ik", "in", "is", "it", "je", "ja", "km", "kg", "la", "me",
    "mm", "my", "na", "nl", "no", "nu", "of", "ok", "om", "on", "op", "or", "pm", "so", "te", "to",
    "uk", "up", "us", "uw", "vm", "we", "wo", "za", "ze", "zo",
];

fn is_postcode(digits: &str, letters: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_alphabetic())
        && !matches!(letters.to_ascii_uppercase().as_str(), "SA" | "SD" | "SS")
}

/// How sure an ending makes us that a word is a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Street {
    /// `…straat`: a number behind it is enough.
    Surely,
    /// `…dam`, `…berg`: also towns end so; the number must close the phrase or go before a town or postcode.
    Maybe,
}

/// A street, followed by a house number: directly, after "nr", or after the other words of its name.
fn streets(words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    for (index, word) in words.iter().enumerate() {
        if let Some(number_at) = glued_number(word.text) {
            if street(&word.text[..number_at]) == Some(Street::Surely) {
                found.push(Suspicion {
                    looks: Looks::StreetAndNumber,
                    at: word.start..word.end(),
                });
            }
            continue;
        }
        let rest = words.get(index + 1..).unwrap_or_default();
        let named = STREET_STARTS.contains(&word.text) && !word.closed;
        let number = street(word.text)
            .and_then(|sure| number_behind(rest, sure))
            .or_else(|| {
                if named {
                    number_behind_name(rest)
                } else {
                    None
                }
            });
        if let Some(number) = number {
            found.push(Suspicion {
                looks: Looks::StreetAndNumber,
                at: word.start..number.end(),
            });
        }
    }
}

fn number_behind<'a>(rest: &[Word<'a>], sure: Street) -> Option<Word<'a>> {
    let skip = usize::from(rest.first().is_some_and(|w| is_number_word(w.text)));
    let number = rest.get(skip).filter(|w| is_house_number(w.text))?;
    let closes = number.closed
        || rest.get(skip + 1).is_none_or(|next| {
            starts_upper(next.text) || next.text.starts_with(|c: char| c.is_ascii_digit())
        });
    (sure == Street::Surely || skip == 1 || closes).then_some(*number)
}

/// `Laan | van Meerdervoort 1200`: small words and capitals, at least one capital, then the number.
fn number_behind_name<'a>(rest: &[Word<'a>]) -> Option<Word<'a>> {
    let name = rest
        .iter()
        .take(4)
        .take_while(|w| !w.closed && (starts_upper(w.text) || PARTICLES.contains(&w.text)));
    let (length, capital) = name.fold((0, false), |(n, capital), w| {
        (n + 1, capital || starts_upper(w.text))
    });
    rest.get(length)
        .filter(|w| capital && is_house_number(w.text))
        .copied()
}

const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "het", "'t", "in", "op", "aan", "ter", "ten", "te", "en", "la",
    "le", "du",
];

/// Words with which a street begins whose last word says nothing: `Laan van Meerdervoort`, `Achter Clarenburg`.
const STREET_STARTS: &[&str] = &[
    "Laan",
    "Plein",
    "Weg",
    "Hof",
    "Park",
    "Avenue",
    "Boulevard",
    "Rue",
    "Plaats",
    "Achter",
    "Oude",
    "Nieuwe",
    "Lange",
    "Korte",
    "Grote",
    "Kleine",
    "Burgemeester",
    "Hoge",
    "Lage",
];

const SURE_ENDS: &[&str] = &[
    "straat",
    "straatje",
    "laan",
    "laantje",
    "weg",
    "weggetje",
    "plein",
    "pleintje",
    "gracht",
    "kade",
    "singel",
    "steeg",
    "dijk",
    "dreef",
    "hof",
    "hofje",
    "pad",
    "plantsoen",
    "burgwal",
    "boulevard",
    "allee",
    "esplanade",
    "zijde",
    "meent",
    "stede",
    "kwartier",
    "strjitte",
    "dyk",
    "leane",
    "strasse",
    "straße",
    "str",
];

const MAYBE_ENDS: &[&str] = &[
    "park",
    "baan",
    "wal",
    "vest",
    "kamp",
    "akker",
    "veld",
    "donk",
    "burg",
    "oord",
    "ring",
    "markt",
    "dam",
    "haven",
    "sluis",
    "brug",
    "berg",
    "heuvel",
    "poort",
    "wijk",
    "erf",
    "brink",
    "horst",
    "weide",
    "beemd",
    "zoom",
    "wei",
    "hoek",
    "bos",
    "tuin",
    "woud",
    "borg",
    "eiland",
    "terras",
    "passage",
    "promenade",
    "veer",
    "hage",
    "rak",
];

/// Words that end like a street and are something else.
const NOT_STREETS: &[&str] = &[
    "onderweg",
    "overweg",
    "snelweg",
    "autoweg",
    "omweg",
    "uitweg",
    "tegenweg",
    "gerechtshof",
    "blokkade",
    "milaan",
    "opsteeg",
    "verdreef",
    "wandelpad",
    "fietspad",
    "hoofdkwartier",
    "moerdijk",
    "keerzijde",
    "binnenzijde",
    "buitenzijde",
    "achterzijde",
    "voorzijde",
    "overzijde",
    "onderzijde",
    "bovenzijde",
    "zijweg",
    "terzijde",
];

fn street(word: &str) -> Option<Street> {
    let lower = word.to_lowercase();
    if NOT_STREETS.contains(&lower.as_str()) || lower.ends_with("slaan") {
        return None;
    }
    // `hof` and `weg` alone are words, `Hof 3` and `Weg 12` may be addresses.
    let ends = |ends: &[&str]| {
        ends.iter()
            .any(|end| lower.ends_with(end) && lower.len() > end.len() + 1)
    };
    let alone = |ends: &[&str]| starts_upper(word) && ends.contains(&lower.as_str());
    if ends(SURE_ENDS) {
        Some(Street::Surely)
    } else if alone(SURE_ENDS) || alone(MAYBE_ENDS) || (starts_upper(word) && ends(MAYBE_ENDS)) {
        Some(Street::Maybe)
    } else {
        None
    }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// `12`, `12a`, `12-3`, `12/2`, `12bis`: one to five digits, then little.
fn is_house_number(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let rest = &word[digits..];
    (1..=5).contains(&digits)
        && !word.starts_with('0')
        && rest.chars().count() <= 6
        && rest
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/')
        && !is_time_or_measure(rest)
}

fn is_time_or_measure(rest: &str) -> bool {
    matches!(
        rest,
        "km" | "kg" | "uur" | "u" | "h" | "m" | "cm" | "e" | "de" | "ste" | "x" | "dagen" | "jaar"
    )
}

fn is_number_word(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "nr" | "nummer" | "no" | "number" | "huisnummer"
    )
}

/// Where the number begins in `Dorpsstraat12`.
fn glued_number(word: &str) -> Option<usize> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    (at > 4 && is_house_number(&word[at..])).then_some(at)
}

/// Two decimal numbers that lie in the Netherlands in degrees, or two whole numbers of the Dutch grid in metres.
fn coordinates(text: &str, found: &mut Vec<Suspicion>) {
    let numbers = numbers(text);
    for pair in numbers.windows(2) {
        let [a, b] = pair else { continue };
        let gap = &text[a.1.end..b.1.start];
        let near =
            gap.chars().count() <= 12 && !gap.chars().any(|c| c.is_ascii_digit() || c == '\n');
        let degrees = a.2 >= 3
            && b.2 >= 3
            && (latitude(a.0) && longitude(b.0) || latitude(b.0) && longitude(a.0));
        let grid = a.2 == 0
            && b.2 == 0
            && (10_000.0..=280_000.0).contains(&a.0)
            && (300_000.0..=625_000.0).contains(&b.0);
        if near && (degrees || grid) {
            found.push(Suspicion {
                looks: Looks::Coordinates,
                at: a.1.start..b.1.end,
            });
        }
    }
    minutes(text, found);
}

fn latitude(value: f64) -> bool {
    (50.5..=53.8).contains(&value)
}

fn longitude(value: f64) -> bool {
    (3.0..=7.4).contains(&value)
}

/// Numbers with their place and the count of their decimals; a decimal comma counts when decimals follow directly.
fn numbers(text: &str) -> Vec<(f64, Range<usize>, usize)> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let mut decimals = 0;
        let point = bytes.get(at).is_some_and(|b| *b == b'.' || *b == b',');
        if point && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            let from = at + 1;
            at = from;
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
            decimals = at - from;
        }
        if let Ok(value) = text[start..at].replace(',', ".").parse() {
            all.push((value, start..at, decimals));
        }
    }
    all
}

/// `52°22'` and the like.
fn minutes(text: &str, found: &mut Vec<Suspicion>) {
    for (at, _) in text.match_indices('°') {
        let before = text[..at].trim_end();
        let digits = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .count();
        let degrees: Option<u32> = before[before.len() - digits..].parse().ok();
        let after = &text[at + '°'.len_utf8()..];
        let minutes = after.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if minutes && degrees.is_some_and(|d| (50..=53).contains(&d) || (3..=7).contains(&d)) {
            found.push(Suspicion {
                looks: Looks::Coordinates,
                at: before.len() - digits..at + '°'.len_utf8(),
            });
        }
    }
}

fn map_links(words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    for word in words {
        let lower = word.text.to_lowercase();
        let link = [
            "maps.google",
            "google.com/maps",
            "google.nl/maps",
            "goo.gl/maps",
            "maps.app.goo.gl",
            "maps.apple",
            "openstreetmap.org",
            "what3words",
            "w3w.co",
            "plus.codes",
            "geo:",
        ]
        .iter()
        .any(|part| lower.contains(part));
        if link || lower.starts_with("///") {
            found.push(Suspicion {
                looks: Looks::MapLink,
                at: word.start..word.end(),
            });
        }
    }
}
