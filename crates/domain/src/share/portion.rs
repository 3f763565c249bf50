//! The one projection: what of a file belongs to which data category. The preview, what is sent, the export and the journal entry
//! are all made from its value, so that a preview cannot hide what the share shows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::age::Age;
use crate::answer::Answer;
use crate::code::{CountryCode, DataCode, FormCode, LanguageCode, RegionCode};
use crate::person::{
    AvoidArea, ContactRules, Exploitation, Family, KnownAs, PossibleVictim, Residence, Safety, Sex,
};
use crate::text::SafeText;

/// The file that a portion is taken from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The person.
    pub person: &'a PossibleVictim,
    /// The region of care of the case.
    pub region: Option<&'a RegionCode>,
    /// Name of the state of the reflection period, as an investigating service told it.
    pub reflection: Option<&'a str>,
}

/// Nationalities and country of origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Nationalities; empty when not known.
    pub nationalities: Vec<CountryCode>,
    /// Country of origin.
    pub country: Option<CountryCode>,
}

/// Languages and interpreter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// Languages spoken.
    pub spoken: Vec<LanguageCode>,
    /// Interpreter needed?
    pub interpreter: Answer,
}

/// What keeps the person safe, without how to reach her: that is the category `contact`. An address is no part of any portion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyShared {
    /// Areas to avoid.
    pub avoid: Vec<AvoidArea>,
    /// Who must not know.
    pub must_not_know: Vec<SafeText>,
    /// Is the phone safe to use?
    pub phone_safe: Answer,
    /// Might the device be watched?
    pub device_watched: Answer,
    /// A parent or guardian is suspected.
    pub parent_suspected: bool,
}

/// Right of residence, as far as it decides about help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitlement {
    /// Right of residence.
    pub residence: Residence,
}

/// A part of a file. A member that is there is a category that goes, also when nothing is known in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portion {
    /// `age`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Age>,
    /// `sex`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// `origin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// `region`: the region of care, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Vec<RegionCode>>,
    /// `form`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Vec<FormCode>>,
    /// `identity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<KnownAs>,
    /// `contact`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactRules>,
    /// `language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Languages>,
    /// `family`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// `safety`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety: Option<SafetyShared>,
    /// `care_needs`, in the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_needs: Option<Vec<SafeText>>,
    /// `entitlement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<Entitlement>,
    /// `status`: the state of the reflection period, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<String>>,
}

/// What the receiver sees before it accepts: which categories, and whether anything stands in them. Nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outline(Vec<(DataCode, bool)>);

impl Outline {
    /// Categories with whether anything stands in them.
    pub fn rows(&self) -> &[(DataCode, bool)] {
        &self.0
    }

    /// The categories.
    pub fn data(&self) -> impl Iterator<Item = &DataCode> {
        self.0.iter().map(|(data, _)| data)
    }
}

impl Portion {
    /// The categories that a file at care holds. Every other is not here to be shared.
    pub const HELD: [&'static str; 13] = [
        "age",
        "sex",
        "origin",
        "region",
        "form",
        "identity",
        "contact",
        "language",
        "family",
        "safety",
        "care_needs",
        "entitlement",
        "status",
    ];

    /// The part of a file that belongs to these categories. A category that the file does not hold adds nothing.
    #[must_use]
    pub fn of(source: Source<'_>, data: &BTreeSet<DataCode>) -> Portion {
        let person = source.person;
        let wants = |code: &str| data.iter().any(|d| d.is(code));
        Portion {
            age: wants("age").then_some(person.age),
            sex: wants("sex").then_some(person.sex),
            origin: wants("origin").then(|| Origin {
                nationalities: person.nationalities.clone(),
                country: person.origin.clone(),
            }),
            region: wants("region").then(|| source.region.into_iter().cloned().collect()),
            form: wants("form").then(|| person.exploitation.forms.clone()),
            identity: wants("identity").then(|| person.known_as.clone()),
            contact: wants("contact").then(|| person.safety.contact.clone()),
            language: wants("language").then(|| Languages {
                spoken: person.languages.clone(),
                interpreter: person.interpreter,
            }),
            family: wants("family").then(|| person.family.clone()),
            safety: wants("safety").then(|| SafetyShared {
                avoid: person.safety.avoid.clone(),
                must_not_know: person.safety.must_not_know.clone(),
                phone_safe: person.safety.phone_safe,
                device_watched: person.safety.device_watched,
                parent_suspected: person.safety.parent_suspected,
            }),
            care_needs: wants("care_needs").then(|| person.needs.clone()),
            entitlement: wants("entitlement").then_some(Entitlement {
                residence: person.residence,
            }),
            status: wants("status")
                .then(|| source.reflection.into_iter().map(str::to_owned).collect()),
        }
    }

    /// What it holds, without what stands in it: the receiver's preview, and the field names of the journal.
    #[must_use]
    pub fn outline(&self) -> Outline {
        let rows = [
            self.age.map(|age| age != Age::Unknown),
            self.sex.map(|sex| sex != Sex::Unknown),
            self.origin
                .as_ref()
                .map(|o| o.country.is_some() || !o.nationalities.is_empty()),
            self.region.as_ref().map(|r| !r.is_empty()),
            self.form.as_ref().map(|f| !f.is_empty()),
            self.identity.as_ref().map(|i| *i != KnownAs::default()),
            self.contact.as_ref().map(|c| *c != ContactRules::default()),
            self.language.as_ref().map(|l| !l.spoken.is_empty()),
            self.family.as_ref().map(|f| *f != Family::default()),
            self.safety.as_ref().map(SafetyShared::says_anything),
            self.care_needs.as_ref().map(|n| !n.is_empty()),
            self.entitlement.map(|e| e.residence != Residence::Unknown),
            self.status.as_ref().map(|s| !s.is_empty()),
        ];
        let named = Self::HELD.into_iter().zip(rows);
        Outline(
            named
                .filter_map(|(code, filled)| Some((DataCode::literal(code), filled?)))
                .collect(),
        )
    }

    /// With what a newer portion holds in its place; everything else stays.
    #[must_use]
    pub fn with(self, newer: Portion) -> Portion {
        Portion {
            age: newer.age.or(self.age),
            sex: newer.sex.or(self.sex),
            origin: newer.origin.or(self.origin),
            region: newer.region.or(self.region),
            form: newer.form.or(self.form),
            identity: newer.identity.or(self.identity),
            contact: newer.contact.or(self.contact),
            language: newer.language.or(self.language),
            family: newer.family.or(self.family),
            safety: newer.safety.or(self.safety),
            care_needs: newer.care_needs.or(self.care_needs),
            entitlement: newer.entitlement.or(self.entitlement),
            status: newer.status.or(self.status),
        }
    }

    /// The categories that both hold and in which something else stands now.
    #[must_use]
    pub fn changed(&self, now: &Portion) -> BTreeSet<DataCode> {
        fn other<T: PartialEq>(before: &Option<T>, now: &Option<T>) -> bool {
            matches!((before, now), (Some(before), Some(now)) if before != now)
        }
        let rows = [
            other(&self.age, &now.age),
            other(&self.sex, &now.sex),
            other(&self.origin, &now.origin),
            other(&self.region, &now.region),
            other(&self.form, &now.form),
            other(&self.identity, &now.identity),
            other(&self.contact, &now.contact),
            other(&self.language, &now.language),
            other(&self.family, &now.family),
            other(&self.safety, &now.safety),
            other(&self.care_needs, &now.care_needs),
            other(&self.entitlement, &now.entitlement),
            other(&self.status, &now.status),
        ];
        let named = Self::HELD.into_iter().zip(rows);
        named
            .filter(|(_, other)| *other)
            .map(|(code, _)| DataCode::literal(code))
            .collect()
    }

    /// The categories of a person in which something else stands after a change.
    #[must_use]
    pub fn changed_in(before: &PossibleVictim, after: &PossibleVictim) -> BTreeSet<DataCode> {
        let all: BTreeSet<DataCode> = Self::HELD.into_iter().map(DataCode::literal).collect();
        let of = |person| {
            let source = Source {
                person,
                region: None,
                reflection: None,
            };
            Portion::of(source, &all)
        };
        of(before).changed(&of(after))
    }

    /// Without these categories.
    #[must_use]
    pub fn without(self, data: &BTreeSet<DataCode>) -> Portion {
        let gone = |code: &str| data.iter().any(|d| d.is(code));
        Portion {
            age: self.age.filter(|_| !gone("age")),
            sex: self.sex.filter(|_| !gone("sex")),
            origin: self.origin.filter(|_| !gone("origin")),
            region: self.region.filter(|_| !gone("region")),
            form: self.form.filter(|_| !gone("form")),
            identity: self.identity.filter(|_| !gone("identity")),
            contact: self.contact.filter(|_| !gone("contact")),
            language: self.language.filter(|_| !gone("language")),
            family: self.family.filter(|_| !gone("family")),
            safety: self.safety.filter(|_| !gone("safety")),
            care_needs: self.care_needs.filter(|_| !gone("care_needs")),
            entitlement: self.entitlement.filter(|_| !gone("entitlement")),
            status: self.status.filter(|_| !gone("status")),
        }
    }

    /// Empties these categories in a person; what has no category stays. The region and the reflection period belong to the case.
    #[must_use]
    pub fn emptied(mut person: PossibleVictim, data: &BTreeSet<DataCode>) -> PossibleVictim {
        let gone = |code: &str| data.iter().any(|d| d.is(code));
        if gone("age") {
            person.age = Age::Unknown;
        }
        if gone("sex") {
            person.sex = Sex::Unknown;
        }
        if gone("origin") {
            person.nationalities = Vec::new();
            person.origin = None;
        }
        if gone("form") {
            // When and where is said of the forms alone.
            person.exploitation = Exploitation::default();
        }
        if gone("identity") {
            person.known_as = KnownAs::default();
        }
        if gone("contact") {
            // Whoever has erased how she may be reached is not to be reached by a guess.
            person.safety.contact = ContactRules {
                never_call: true,
                ..ContactRules::default()
            };
        }
        if gone("language") {
            person.languages = Vec::new();
            person.interpreter = Answer::default();
        }
        if gone("family") {
            person.family = Family::default();
        }
        if gone("safety") {
            let contact = std::mem::take(&mut person.safety.contact);
            person.safety = Safety {
                contact,
                ..Safety::default()
            };
        }
        if gone("care_needs") {
            person.needs = Vec::new();
        }
        if gone("entitlement") {
            person.residence = Residence::Unknown;
        }
        person
    }

    /// Whether no category goes at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outline().rows().is_empty()
    }
}

impl SafetyShared {
    fn says_anything(&self) -> bool {
        !self.avoid.is_empty()
            || !self.must_not_know.is_empty()
            || self.phone_safe != Answer::Unknown
            || self.device_watched != Answer::Unknown
            || self.parent_suspected
    }
}
