//! Short, plain stories in several languages, put together from sentence parts of our own.
//!
//! They tell situations, not violence, and name nobody.

mod central;
mod dutch;
mod western;

use crate::calibration::who::Group;
use crate::dice::Dice;

/// Languages that a story can be told in, ISO 639-1.
pub const LANGUAGES: [&str; 9] = ["nl", "en", "es", "fr", "ar", "pl", "ro", "bg", "hu"];

/// Who tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The person concerned.
    Own,
    /// A friend, neighbour, colleague or anonymous caller.
    Bystander,
    /// Somebody at work.
    Professional,
}

/// The sentence parts of one language; `{place}`, `{hours}`, `{people}` and `{work}` are filled in.
pub(crate) struct Parts {
    own: [&'static [&'static str]; 4],
    bystander: [&'static [&'static str]; 4],
    /// Beginnings of a professional's note; empty where only bystanders' words exist.
    professional: &'static [&'static str],
    own_end: &'static [&'static str],
    bystander_end: &'static [&'static str],
    professional_end: &'static [&'static str],
    work: fn(&str) -> &'static str,
}

/// A story about a report of this group, in this voice and language.
pub(crate) fn compose(
    group: Group,
    sector: Option<&str>,
    voice: Voice,
    language: &str,
    place: &str,
    dice: &mut Dice,
) -> String {
    let parts = parts(language);
    let at = match group {
        Group::Sexual => 0,
        Group::Labour => 1,
        Group::Criminal => 2,
        Group::Other => 3,
    };
    let (facts, ends) = match voice {
        Voice::Own => (parts.own[at], parts.own_end),
        Voice::Bystander => (parts.bystander[at], parts.bystander_end),
        Voice::Professional => (parts.bystander[at], parts.professional_end),
    };
    let mut sentences: Vec<&str> = Vec::with_capacity(5);
    if voice == Voice::Professional && !parts.professional.is_empty() {
        sentences.push(parts.professional[dice.index(parts.professional.len())]);
    }
    // The first sentence of a list says where; of the others two or three follow, in the list's order.
    let mut wanted = (1 + dice.index(3)).min(facts.len() - 1);
    sentences.push(facts[0]);
    for (at, fact) in facts.iter().enumerate().skip(1) {
        if dice.index(facts.len() - at) < wanted {
            sentences.push(fact);
            wanted -= 1;
        }
    }
    if !ends.is_empty() {
        sentences.push(ends[dice.index(ends.len())]);
    }
    let hours = dice.between(11, 15).to_string();
    let people = dice.between(4, 9).to_string();
    let work = (parts.work)(sector.unwrap_or(""));
    sentences
        .join(" ")
        .replace("{place}", place)
        .replace("{hours}", &hours)
        .replace("{people}", &people)
        .replace("{work}", work)
}

fn parts(language: &str) -> &'static Parts {
    match language {
        "nl" => &dutch::DUTCH,
        "es" => &western::SPANISH,
        "fr" => &western::FRENCH,
        "ar" => &western::ARABIC,
        "pl" => &central::POLISH,
        "ro" => &central::ROMANIAN,
        "bg" => &central::BULGARIAN,
        "hu" => &central::HUNGARIAN,
        _ => &western::ENGLISH,
    }
}
