//! The codes of the vocabulary as small numbers, so that matching an act with a question is a few operations on bits.

use std::collections::HashMap;

use domain::Bilingual;
use domain::vocabulary::{
    CircumstanceFacts, Code, ConsentGiverFacts, DataCategoryFacts, Facts, List,
    OrganisationKindFacts, PurposeFacts, SubjectKindFacts, Vocabulary,
};

/// Most codes in one list: one bit each.
const MOST: usize = 128;

/// A set of codes of one list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Bits(u128);

impl Bits {
    pub(crate) const NONE: Bits = Bits(0);

    pub(crate) fn one(place: u8) -> Bits {
        Bits(1u128.checked_shl(u32::from(place)).unwrap_or(0))
    }

    pub(crate) fn with(self, place: u8) -> Bits {
        self.or(Bits::one(place))
    }

    pub(crate) fn has(self, place: u8) -> bool {
        self.0 & Bits::one(place).0 != 0
    }

    pub(crate) fn or(self, other: Bits) -> Bits {
        Bits(self.0 | other.0)
    }

    pub(crate) fn and(self, other: Bits) -> Bits {
        Bits(self.0 & other.0)
    }

    pub(crate) fn minus(self, other: Bits) -> Bits {
        Bits(self.0 & !other.0)
    }

    pub(crate) fn within(self, other: Bits) -> bool {
        self.minus(other).is_empty()
    }

    pub(crate) fn meets(self, other: Bits) -> bool {
        !self.and(other).is_empty()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn count(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        (0u8..128).filter(move |place| self.has(*place))
    }
}

impl FromIterator<u8> for Bits {
    fn from_iter<I: IntoIterator<Item = u8>>(places: I) -> Bits {
        places.into_iter().fold(Bits::NONE, Bits::with)
    }
}

/// One list of the vocabulary by number. A code that was valid on other days only keeps its number: acts of those days name it.
#[derive(Debug, Clone)]
pub(crate) struct Index<F> {
    codes: Vec<Code<F>>,
    labels: Vec<Bilingual>,
    places: HashMap<String, u8>,
}

impl<F: Facts> Index<F> {
    fn of(list: &List<F>) -> Result<Index<F>, TooManyCodes> {
        let mut index = Index {
            codes: Vec::new(),
            labels: Vec::new(),
            places: HashMap::new(),
        };
        for entry in list.all() {
            let label = Bilingual::new(entry.label.nl.clone(), entry.label.en.clone());
            if let Some(known) = index.places.get(entry.code.as_str()) {
                // A newer entry of the same code: its words are the ones of today.
                if let Some(slot) = index.labels.get_mut(usize::from(*known)) {
                    *slot = label;
                }
                continue;
            }
            let place = index.codes.len();
            let small = u8::try_from(place).ok().filter(|_| place < MOST);
            let small = small.ok_or(TooManyCodes { list: F::LIST })?;
            index.places.insert(entry.code.to_string(), small);
            index.codes.push(entry.code.clone());
            index.labels.push(label);
        }
        Ok(index)
    }

    pub(crate) fn find(&self, code: &str) -> Option<u8> {
        self.places.get(code).copied()
    }

    pub(crate) fn list(&self) -> &'static str {
        F::LIST
    }

    pub(crate) fn code(&self, place: u8) -> &str {
        self.codes
            .get(usize::from(place))
            .map_or("", |code| code.as_str())
    }

    pub(crate) fn label(&self, place: u8) -> Bilingual {
        self.labels
            .get(usize::from(place))
            .cloned()
            .unwrap_or_else(|| Bilingual::new("", ""))
    }

    pub(crate) fn all(&self) -> Bits {
        (0..self.codes.len())
            .filter_map(|place| u8::try_from(place).ok())
            .collect()
    }

    pub(crate) fn codes(&self, bits: Bits) -> Vec<String> {
        bits.iter()
            .map(|place| self.code(place).to_owned())
            .collect()
    }

    pub(crate) fn labels(&self, bits: Bits) -> Vec<Bilingual> {
        bits.iter().map(|place| self.label(place)).collect()
    }
}

/// A list with more codes than fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the list `{list}` has more than {MOST} codes, more than the law engine can number; end those that are out of use"
)]
pub(crate) struct TooManyCodes {
    list: &'static str,
}

/// The lists that questions and acts name.
#[derive(Debug, Clone)]
pub(crate) struct Codes {
    pub(crate) orgs: Index<OrganisationKindFacts>,
    pub(crate) purposes: Index<PurposeFacts>,
    pub(crate) data: Index<DataCategoryFacts>,
    pub(crate) circumstances: Index<CircumstanceFacts>,
    pub(crate) givers: Index<ConsentGiverFacts>,
    pub(crate) kinds: Index<SubjectKindFacts>,
}

impl Codes {
    pub(crate) fn of(vocabulary: &Vocabulary) -> Result<Codes, TooManyCodes> {
        Ok(Codes {
            orgs: Index::of(&vocabulary.organisation_kinds)?,
            purposes: Index::of(&vocabulary.purposes)?,
            data: Index::of(&vocabulary.data_categories)?,
            circumstances: Index::of(&vocabulary.circumstances)?,
            givers: Index::of(&vocabulary.consent_givers)?,
            kinds: Index::of(&vocabulary.subject_kinds)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_codes_behave_like_sets() {
        let odd: Bits = [1, 3, 127].into_iter().collect();
        assert!(odd.has(127) && !odd.has(2));
        assert_eq!(odd.count(), 3);
        assert_eq!(odd.iter().collect::<Vec<_>>(), [1, 3, 127]);
        assert!(Bits::one(3).within(odd) && !odd.within(Bits::one(3)));
        assert_eq!(odd.minus(Bits::one(3)).count(), 2);
        assert!(
            Bits::one(200).is_empty(),
            "a number out of range is no code"
        );
    }
}
