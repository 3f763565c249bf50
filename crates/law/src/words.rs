//! Filling in the words of an answer.

use domain::Bilingual;
use jiff::civil::Date;

use crate::codes::Bits;
use crate::model::Policies;
use crate::question::Question;

/// A text with its `{names}` filled in.
pub(crate) fn fill(text: &Bilingual, names: &[(&str, Bilingual)]) -> Bilingual {
    let mut out = text.clone();
    for (name, value) in names {
        let mark = format!("{{{name}}}");
        out.nl = out.nl.replace(&mark, &value.nl);
        out.en = out.en.replace(&mark, &value.en);
    }
    out
}

/// `a, b en c`.
pub(crate) fn joined(items: &[Bilingual], last: &Bilingual) -> Bilingual {
    Bilingual {
        nl: join(items.iter().map(|item| item.nl.as_str()), &last.nl),
        en: join(items.iter().map(|item| item.en.as_str()), &last.en),
    }
}

fn join<'a>(items: impl Iterator<Item = &'a str>, last: &str) -> String {
    let items: Vec<&str> = items.collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((end, before)) => format!("{} {last} {end}", before.join(", ")),
    }
}

/// A label within a sentence: small at the beginning, unless it begins with an abbreviation or a name is meant.
pub(crate) fn within(label: &Bilingual) -> Bilingual {
    Bilingual {
        nl: small(&label.nl),
        en: small(&label.en),
    }
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// A sentence begins large.
pub(crate) fn sentence(text: &Bilingual) -> Bilingual {
    let large = |text: &str| {
        let mut letters = text.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => String::new(),
        }
    };
    Bilingual {
        nl: large(&text.nl),
        en: large(&text.en),
    }
}

/// 1 maart 2025; 1 March 2025.
pub(crate) fn day(date: Date) -> Bilingual {
    const NL: [&str; 12] = [
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
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).unwrap_or(0);
    let name = |names: &[&'static str; 12]| names.get(month).copied().unwrap_or_default();
    Bilingual::new(
        format!("{} {} {}", date.day(), name(&NL), date.year()),
        format!("{} {} {}", date.day(), name(&EN), date.year()),
    )
}

impl Policies {
    /// Several labels in one line: `a, b en c`.
    pub(crate) fn line(&self, labels: &[Bilingual]) -> Bilingual {
        let small: Vec<Bilingual> = labels.iter().map(within).collect();
        joined(&small, &self.text("and"))
    }

    /// Names as they are, with "or" before the last.
    pub(crate) fn any_of(&self, labels: &[Bilingual]) -> Bilingual {
        joined(labels, &self.text("or"))
    }

    /// Whole phrases, with ", or" between them.
    pub(crate) fn or_of(&self, phrases: &[Bilingual]) -> Bilingual {
        let or = self.text("or");
        let join = |say: fn(&Bilingual) -> &str| {
            let each: Vec<&str> = phrases.iter().map(say).collect();
            each.join(&format!(", {} ", say(&or)))
        };
        Bilingual {
            nl: join(|text| text.nl.as_str()),
            en: join(|text| text.en.as_str()),
        }
    }

    /// Who may give consent, in words: alternatives with "or", those needed together with "and".
    pub(crate) fn givers(&self, ways: &[Bits], question: &Question) -> Bilingual {
        let ways: Vec<Bilingual> = ways
            .iter()
            .map(|givers| {
                let each: Vec<Bilingual> = givers
                    .iter()
                    .map(|giver| self.giver(giver, question))
                    .collect();
                joined(&each, &self.text("and"))
            })
            .collect();
        self.any_of(&ways)
    }

    fn giver(&self, giver: u8, question: &Question) -> Bilingual {
        let code = self.codes.givers.code(giver);
        let band = self.bands.get(usize::from(question.band));
        let child = band.is_some_and(|band| band.years.is_some() && band.minor);
        match question.age.filter(|_| code == "self" && child) {
            Some(age) => {
                let age = Bilingual::new(age.to_string(), age.to_string());
                fill(&self.text("giver_self_age"), &[("age", age)])
            }
            None => self.text(&format!("giver_{code}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_small_within_a_sentence_unless_it_begins_with_an_abbreviation() {
        for (label, within) in [
            ("Hulp en zorg", "hulp en zorg"),
            ("A plan", "a plan"),
            ("IND, het dossier", "IND, het dossier"),
            ("B8-aanvraag", "B8-aanvraag"),
            ("X", "X"),
            ("", ""),
        ] {
            assert_eq!(small(label), within);
        }
    }
}
