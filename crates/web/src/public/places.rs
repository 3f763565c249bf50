//! Municipalities by the name that people use, without a script: type, send, choose.

use std::sync::Arc;

/// A municipality as the vocabulary has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// CBS code, such as `GM0363`.
    pub code: String,
    /// Official name.
    pub name: String,
}

/// The municipalities that can be chosen.
#[derive(Clone, Debug)]
pub struct Places(Arc<[Municipality]>);

/// What a typed name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This one.
    One(Municipality),
    /// Perhaps one of these, most alike first; empty when nothing is alike.
    Perhaps(Vec<Municipality>),
}

/// Names in daily use that differ from the official ones.
const DAILY_NAMES: &[(&str, &str)] = &[
    ("denhaag", "sgravenhage"),
    ("thehague", "sgravenhage"),
    ("denbosch", "shertogenbosch"),
    ("bosch", "shertogenbosch"),
];

const MOST: usize = 8;

impl Places {
    /// The municipalities of a vocabulary.
    pub fn new(municipalities: impl IntoIterator<Item = Municipality>) -> Places {
        Places(municipalities.into_iter().collect())
    }

    /// The municipality with this code.
    pub fn by_code(&self, code: &str) -> Option<&Municipality> {
        self.0.iter().find(|place| place.code == code)
    }

    /// Finds a typed name: exact apart from case, accents and signs; else names that begin with it, hold it, or differ by a slip.
    pub fn find(&self, typed: &str) -> Found {
        let typed = daily(plain(typed));
        if typed.is_empty() {
            return Found::Perhaps(Vec::new());
        }
        let mut near: Vec<(usize, &Municipality)> = Vec::new();
        for place in self.0.iter() {
            let name = plain(&place.name);
            if name == typed {
                return Found::One(place.clone());
            }
            if let Some(rank) = rank(&name, &typed) {
                near.push((rank, place));
            }
        }
        near.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
        Found::Perhaps(
            near.into_iter()
                .take(MOST)
                .map(|(_, place)| place.clone())
                .collect(),
        )
    }
}

fn rank(name: &str, typed: &str) -> Option<usize> {
    let long_enough = typed.chars().count() >= 3;
    if long_enough && (name.starts_with(typed) || typed.starts_with(name)) {
        return Some(0);
    }
    if long_enough && name.contains(typed) {
        return Some(1);
    }
    let slips = slips(name, typed);
    let allowed = if typed.chars().count() >= 7 { 2 } else { 1 };
    (typed.chars().count() >= 4 && slips <= allowed).then_some(1 + slips)
}

fn daily(typed: String) -> String {
    DAILY_NAMES
        .iter()
        .find(|(name, _)| *name == typed)
        .map_or(typed, |(_, official)| (*official).to_owned())
}

/// Lower case letters and digits only, without accents.
fn plain(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'á' | 'à' | 'ä' | 'â' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            other => other,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Letters to insert, remove or replace to turn one word into the other (Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut before = i;
        let mut left = i + 1;
        row[0] = left;
        for (j, cb) in b.iter().enumerate() {
            let above = row[j + 1];
            left = (before + usize::from(ca != *cb))
                .min(above + 1)
                .min(left + 1);
            before = above;
            row[j + 1] = left;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places::new(
            [
                ("GM0363", "Amsterdam"),
                ("GM0518", "'s-Gravenhage"),
                ("GM0344", "Utrecht"),
                ("GM0373", "Bergen (NH)"),
                ("GM0893", "Bergen (L)"),
                ("GM0081", "Súdwest-Fryslân"),
            ]
            .map(|(code, name)| Municipality {
                code: code.to_owned(),
                name: name.to_owned(),
            }),
        )
    }

    fn codes(found: Found) -> Vec<String> {
        match found {
            Found::One(place) => vec![place.code],
            Found::Perhaps(list) => list.into_iter().map(|place| place.code).collect(),
        }
    }

    #[test]
    fn people_type_names_in_their_own_way() {
        assert!(matches!(places().find(" amsterdam "), Found::One(_)));
        assert!(matches!(places().find("Den Haag"), Found::One(place) if place.code == "GM0518"));
        assert!(matches!(places().find("sudwest fryslan"), Found::One(_)));
        assert_eq!(codes(places().find("Bergen")), ["GM0893", "GM0373"]);
        assert_eq!(codes(places().find("Utrehct")), ["GM0344"]);
        assert_eq!(codes(places().find("Xanadu")), Vec::<String>::new());
        assert_eq!(codes(places().find("")), Vec::<String>::new());
    }
}
