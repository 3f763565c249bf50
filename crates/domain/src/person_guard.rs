//! Finds what looks like a person in a text that will be public: a name, an age beside a name, a day of birth, contact data, a number
//! of a person or a vehicle, an address.
//!
//! The guard warns before a text is saved; it is no verdict. It knows no list of people: it looks at how people are written about. So
//! it misses a bare first name in the middle of a sentence that nothing points at, and warns for a street named after somebody. It never
//! keeps or returns more than where the suspicion is.

use crate::address_guard;
use std::ops::Range;

/// What it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looks {
    /// A name: behind a word for a person, initials before a name, or a name with an age.
    Name,
    /// A day of birth.
    Birth,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A citizen service number (burgerservicenummer): nine digits that pass the eleven test.
    Bsn,
    /// A Dutch number plate.
    Plate,
    /// An address.
    Address,
}

/// A place in the text that looks like a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// What it looks like.
    pub looks: Looks,
    /// Where, in bytes of the text.
    pub at: Range<usize>,
}

/// Words after which the name of a person comes. A capital letter behind them is what counts.
const BEFORE_A_NAME: [&str; 40] = [
    "mevrouw",
    "mevr",
    "mw",
    "meneer",
    "mijnheer",
    "dhr",
    "heer",
    "genaamd",
    "heet",
    "heette",
    "heten",
    "slachtoffer",
    "slachtoffers",
    "cliënt",
    "cliënte",
    "client",
    "jongen",
    "meisje",
    "vrouw",
    "man",
    "dochter",
    "zoon",
    "moeder",
    "vader",
    "broer",
    "zus",
    "zusje",
    "kind",
    "verdachte",
    "dader",
    "getuige",
    "aangeefster",
    "aangever",
    "mrs",
    "mr",
    "ms",
    "miss",
    "named",
    "called",
    "victim",
];

/// Words with a capital letter that name no person, though they stand behind one of those words.
const NO_NAME: [&str; 27] = [
    "nederland",
    "nederlandse",
    "nederlander",
    "nederlanders",
    "europa",
    "europese",
    "comensha",
    "fairwork",
    "politie",
    "kamer",
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "nationaal",
    "veilig",
    "fier",
    "de",
    "het",
];

/// Small words inside a Dutch name.
const INSIDE_A_NAME: [&str; 8] = ["van", "de", "der", "den", "ten", "ter", "el", "al"];

/// Everything in a text that looks like a person, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Suspicion> {
    let words = words(text);
    let mut found = Vec::new();
    names(text, &words, &mut found);
    births(text, &words, &mut found);
    contacts(&words, &mut found);
    plates(&words, &mut found);
    numbers(text, &mut found);
    let addresses = address_guard::find(text).into_iter();
    found.extend(addresses.map(|one| Suspicion {
        looks: Looks::Address,
        at: one.at,
    }));
    found.sort_by_key(|one| (one.at.start, one.looks));
    found
}

/// What kinds of suspicion a text raises, each once.
#[must_use]
pub fn kinds(text: &str) -> Vec<Looks> {
    let kinds: std::collections::BTreeSet<Looks> = find(text).iter().map(|one| one.looks).collect();
    kinds.into_iter().collect()
}

#[derive(Clone, Copy)]
struct Word<'a> {
    /// Without punctuation around it.
    text: &'a str,
    start: usize,
    /// As it stands between white space.
    whole: &'a str,
}

impl Word<'_> {
    fn at(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Something ends here: a sentence, or a part of it.
    fn closes(self) -> bool {
        self.whole.ends_with([',', ';', ':', '!', '?', ')'])
    }

    fn is_capitalised(self) -> bool {
        let mut letters = self.text.chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        let second = letters.next().is_some_and(char::is_lowercase);
        first && second
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .filter_map(|whole| {
            let inner = whole.trim_matches(|c: char| !c.is_alphanumeric());
            (!inner.is_empty()).then(|| Word {
                text: inner,
                start: inner.as_ptr() as usize - base,
                whole,
            })
        })
        .collect()
}

fn is_name(word: Word<'_>) -> bool {
    word.is_capitalised() && !NO_NAME.contains(&word.text.to_lowercase().as_str())
}

fn names(text: &str, words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    let mut add = |word: Word<'_>| {
        let at = word.at();
        if !found.iter().any(|one: &Suspicion| one.at == at) {
            found.push(Suspicion {
                looks: Looks::Name,
                at,
            });
        }
    };
    for (index, word) in words.iter().enumerate() {
        let rest = words.get(index + 1..).unwrap_or_default();
        let points = BEFORE_A_NAME.contains(&word.text.to_lowercase().as_str());
        if (points && !word.closes() && !ends_sentence(text, *word)) || is_initials(*word) {
            let next = rest
                .iter()
                .find(|next| !INSIDE_A_NAME.contains(&next.text.to_lowercase().as_str()));
            if let Some(name) = next.filter(|name| is_name(**name)) {
                add(*name);
            }
        }
        if is_name(*word) && age_behind(rest) {
            add(*word);
        }
    }
}

/// A full stop behind a whole word ends a sentence; behind a shortened one such as `mevr.` it does not.
fn ends_sentence(text: &str, word: Word<'_>) -> bool {
    let short = ["mevr", "mw", "dhr", "mr", "mrs", "ms"];
    let stops = text
        .get(word.at().end..)
        .is_some_and(|rest| rest.starts_with('.'));
    stops && !short.contains(&word.text.to_lowercase().as_str())
}

/// `J.`, `J.B.`, `A.M.`: capitals with full stops.
fn is_initials(word: Word<'_>) -> bool {
    let shape = word.whole.trim_start_matches('(');
    let letters: Vec<&str> = shape.split_terminator('.').collect();
    shape.ends_with('.')
        && letters.len() <= 4
        && letters
            .iter()
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// `(17)`, `, 17 jaar`, `van 17`: an age directly behind.
fn age_behind(rest: &[Word<'_>]) -> bool {
    let age = |word: &Word<'_>| {
        word.text.len() <= 2
            && word
                .text
                .parse::<u8>()
                .is_ok_and(|age| (1..=99).contains(&age))
    };
    match rest {
        [first, ..] if age(first) && first.whole.starts_with('(') && first.closes() => true,
        [first, second, ..] if age(first) => matches!(second.text, "jaar" | "years" | "jarige"),
        _ => false,
    }
}

/// `geboren op 3 mei 2009`, `geboortedatum`, `born on`.
fn births(text: &str, words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    for (index, word) in words.iter().enumerate() {
        let lower = word.text.to_lowercase();
        let says = matches!(
            lower.as_str(),
            "geboren" | "geb" | "geboortedatum" | "geboortedag" | "born"
        );
        let near = words.iter().skip(index + 1).take(4);
        let number = near
            .filter(|next| {
                text.get(word.at().end..next.start)
                    .is_some_and(|gap| gap.len() < 40)
            })
            .any(|next| next.text.bytes().next().is_some_and(|b| b.is_ascii_digit()));
        if says && number {
            found.push(Suspicion {
                looks: Looks::Birth,
                at: word.at(),
            });
        }
    }
}

fn contacts(words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    for word in words {
        let is_mail = word.text.split_once('@').is_some_and(|(user, host)| {
            user.ends_with(char::is_alphanumeric)
                && host.starts_with(char::is_alphanumeric)
                && host.contains('.')
        });
        if is_mail {
            found.push(Suspicion {
                looks: Looks::Email,
                at: word.at(),
            });
        }
    }
}

/// `12-AB-34` and its sisters: three groups, both letters and digits, six in all (RDW, sidecodes 1 to 14).
fn plates(words: &[Word<'_>], found: &mut Vec<Suspicion>) {
    for word in words {
        let groups: Vec<&str> = word.text.split('-').collect();
        let each = |group: &&str| {
            (1..=3).contains(&group.len())
                && (group.bytes().all(|b| b.is_ascii_digit())
                    || group.bytes().all(|b| b.is_ascii_uppercase()))
        };
        let six: usize = groups.iter().map(|group| group.len()).sum();
        let letters = word.text.bytes().any(|b| b.is_ascii_uppercase());
        let digits = word.text.bytes().any(|b| b.is_ascii_digit());
        if groups.len() == 3 && six == 6 && letters && digits && groups.iter().all(each) {
            found.push(Suspicion {
                looks: Looks::Plate,
                at: word.at(),
            });
        }
    }
}

/// Runs of digits as people write them: single spaces, dots and dashes between them do not end a run.
fn numbers(text: &str, found: &mut Vec<Suspicion>) {
    let (mut run, mut start, mut end, mut gap) = (String::new(), 0, 0, 0);
    let stop = text.len();
    for (at, c) in text.char_indices().chain([(stop, '\n'), (stop, '\n')]) {
        if c.is_ascii_digit() || (c == '+' && run.is_empty()) {
            if run.is_empty() {
                start = at;
            }
            run.push(c);
            end = at + c.len_utf8();
            gap = 0;
        } else if matches!(c, ' ' | '.' | '-') && gap == 0 && !run.is_empty() {
            gap += 1;
        } else {
            if let Some(looks) = number(&run) {
                found.push(Suspicion {
                    looks,
                    at: start..end,
                });
            }
            run.clear();
            gap = 0;
        }
    }
}

fn number(digits: &str) -> Option<Looks> {
    let mobile = ["06", "+316", "00316"].iter().any(|start| {
        let rest = digits.strip_prefix(start);
        rest.is_some_and(|rest| rest.len() == 8)
    });
    match mobile {
        true => Some(Looks::Phone),
        false => is_bsn(digits).then_some(Looks::Bsn),
    }
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
