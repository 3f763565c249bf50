//! A possible victim as care and shelter know them. A pseudonym, not a citizen service number.

use crate::{
    age::{Age, Minority},
    answer::Answer,
    code::{CountryCode, FormCode, LanguageCode, MunicipalityCode},
    ids::PersonId,
    minors::{Authority, ParentsRole, SignerFacts, parents_role},
    statement::Statements,
    text::SafeText,
    time::Approx,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest name or alias, in characters.
pub const NAME_MAX: usize = 200;
/// Longest remark on a person, in characters.
pub const REMARK_MAX: usize = 2_000;
/// Longest wish in the person's own words, in characters.
pub const NEED_MAX: usize = 4_000;

/// Sex as Dutch registers write it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Sex {
    /// Woman or girl.
    #[serde(rename = "F")]
    Female,
    /// Man or boy.
    #[serde(rename = "M")]
    Male,
    /// X.
    #[serde(rename = "X")]
    Other,
    /// Not known.
    #[default]
    #[serde(rename = "U")]
    Unknown,
}

/// Right of residence, as far as it decides about help and shelter.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Residence {
    /// Dutch nationality.
    #[serde(rename = "nl")]
    Dutch,
    /// Citizen of the EU, EEA or Switzerland.
    Eu,
    /// In the reflection period (Vc B8/3).
    #[serde(rename = "bedenktijd")]
    ReflectionPeriod,
    /// Temporary humanitarian permit as a victim (Vc B8/3).
    #[serde(rename = "b8")]
    B8Permit,
    /// Lasting humanitarian permit after B8 (Vc B9).
    #[serde(rename = "b9")]
    B9Permit,
    /// Another regular permit.
    #[serde(rename = "regulier")]
    OtherPermit,
    /// In the asylum procedure.
    #[serde(rename = "asielzoeker")]
    Asylum,
    /// Claimant under the Dublin rules.
    Dublin,
    /// Asylum permit.
    #[serde(rename = "asielvergunning")]
    AsylumPermit,
    /// Temporary protection (Directive 2001/55/EC).
    #[serde(rename = "tijdelijke_bescherming")]
    TemporaryProtection,
    /// No lawful stay.
    #[serde(rename = "zonder_verblijf")]
    Undocumented,
    /// Not known.
    #[default]
    #[serde(rename = "onbekend")]
    Unknown,
}

impl Residence {
    /// Needs a permit to stay (neither Dutch nor EU); `None` when not known.
    #[must_use]
    pub fn is_third_country(self) -> Option<bool> {
        match self {
            Self::Dutch | Self::Eu => Some(false),
            Self::Unknown => None,
            _ => Some(true),
        }
    }
}

/// What the person is called; both may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownAs {
    /// Name.
    pub name: Option<SafeText>,
    /// Alias or nickname.
    pub alias: Option<SafeText>,
}

/// An area where the person is not safe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AvoidArea {
    /// The municipality around which it lies.
    pub municipality: MunicipalityCode,
    /// Radius in kilometres around its centre.
    pub radius_km: u16,
    /// Why.
    pub why: SafeText,
}

/// How the person may be reached. Everything not allowed here is not done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactRules {
    /// Never call back.
    pub never_call: bool,
    /// The channel that is safe, in words (number, address of an app).
    pub safe_channel: Option<SafeText>,
    /// When it is safe.
    pub safe_times: Option<SafeText>,
    /// Word by which both sides know each other.
    pub code_word: Option<SafeText>,
    /// Who may answer.
    pub who_may_answer: Option<SafeText>,
}

/// What keeps the person safe.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// Areas to avoid.
    pub avoid: Vec<AvoidArea>,
    /// Who must not know.
    pub must_not_know: Vec<SafeText>,
    /// How to reach the person.
    pub contact: ContactRules,
    /// Is the phone safe to use?
    pub phone_safe: Answer,
    /// Might the device be watched?
    pub device_watched: Answer,
    /// A parent or guardian is suspected: no parental consent, access or notification.
    pub parent_suspected: bool,
}

/// A child of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// Age as known.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// With the person now?
    pub with_person: bool,
}

/// Family.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Children.
    pub children: Vec<Child>,
    /// Pregnant?
    pub pregnant: Answer,
    /// Who has authority, for a minor.
    pub authority: Authority,
}

/// What was done to the person, as far as told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exploitation {
    /// Forms.
    pub forms: Vec<FormCode>,
    /// When it began.
    pub started: Option<Approx>,
    /// When it ended.
    pub ended: Option<Approx>,
    /// Still going on?
    pub ongoing: Answer,
    /// Where.
    pub municipalities: Vec<MunicipalityCode>,
}

/// A possible victim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PossibleVictim {
    /// Identity inside this compartment.
    pub id: PersonId,
    /// Name and alias.
    pub known_as: KnownAs,
    /// Age.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// Nationalities; empty when not known.
    pub nationalities: Vec<CountryCode>,
    /// Country of origin.
    pub origin: Option<CountryCode>,
    /// Languages spoken.
    pub languages: Vec<LanguageCode>,
    /// Interpreter needed?
    pub interpreter: Answer,
    /// Right of residence.
    pub residence: Residence,
    /// Safety.
    pub safety: Safety,
    /// Family.
    pub family: Family,
    /// Exploitation.
    pub exploitation: Exploitation,
    /// Needs and wishes in the person's own words.
    pub needs: Vec<SafeText>,
    /// Statements on victimhood.
    pub statements: Statements,
}

impl PossibleVictim {
    /// Somebody of whom nothing is known yet; so a minor until shown otherwise.
    #[must_use]
    pub fn unknown(id: PersonId) -> Self {
        Self {
            id,
            known_as: KnownAs::default(),
            age: Age::Unknown,
            sex: Sex::Unknown,
            nationalities: Vec::new(),
            origin: None,
            languages: Vec::new(),
            interpreter: Answer::Unknown,
            residence: Residence::Unknown,
            safety: Safety::default(),
            family: Family::default(),
            exploitation: Exploitation::default(),
            needs: Vec::new(),
            statements: Statements::none(),
        }
    }

    /// Minor or adult on a day.
    #[must_use]
    pub fn is_minor_on(&self, date: Date) -> Minority {
        self.age.is_minor_on(date)
    }

    /// Minor when the exploitation began?
    #[must_use]
    pub fn was_minor_at_start(&self) -> Minority {
        self.age.was_minor_at_start(self.exploitation.started)
    }

    /// What decides about signatures.
    #[must_use]
    pub fn signer_facts(&self) -> SignerFacts {
        SignerFacts {
            age: self.age,
            authority: self.family.authority,
            parent_suspected: self.safety.parent_suspected,
        }
    }

    /// What parents may do on a day.
    #[must_use]
    pub fn parents_role(&self, on: Date) -> ParentsRole {
        parents_role(&self.signer_facts(), on)
    }
}
