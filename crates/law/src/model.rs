//! The law as read: acts, age rules, duties, words.

use std::collections::BTreeMap;

use domain::Bilingual;
use domain::vocabulary::Validity;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{Bits, Codes};

/// How certain an act is (the grade of the sharing matrix).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// A source says so.
    A,
    /// General knowledge of the law.
    B,
    /// Uncertain: somebody named must decide. Never a permit.
    C,
}

impl Grade {
    /// Its letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
        }
    }
}

/// Whether an act opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Effect {
    Permit,
    Forbid,
}

/// One sharing act: who may give what to whom, for what, on which ground.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) row: Option<u8>,
    pub(crate) title: Bilingual,
    pub(crate) effect: Effect,
    pub(crate) from: Bits,
    pub(crate) to: Bits,
    /// As written, with groups: for the table.
    pub(crate) from_named: Vec<String>,
    pub(crate) to_named: Vec<String>,
    pub(crate) purposes: Bits,
    /// The purpose that stands first in the file: the one to suggest.
    pub(crate) first_purpose: Option<u8>,
    pub(crate) data: Bits,
    pub(crate) excluded: Vec<Excluded>,
    pub(crate) circumstances: Bits,
    /// Bands in which it counts.
    pub(crate) ages: Bits,
    pub(crate) consent: Option<ConsentNeed>,
    pub(crate) not_after_withdrawal: bool,
    pub(crate) conditions: Vec<String>,
    pub(crate) duty: Option<String>,
    pub(crate) validity: Validity,
    pub(crate) grade: Grade,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) source: String,
    pub(crate) who_decides: Option<Bilingual>,
    pub(crate) why: Option<Bilingual>,
    pub(crate) instead: Vec<String>,
    pub(crate) activity: Option<Activity>,
}

impl Act {
    /// Its name among all versions: the id with its first day.
    pub(crate) fn key(&self) -> String {
        match self.validity.from {
            Some(from) => format!("{}@{from}", self.id),
            None => self.id.clone(),
        }
    }

    pub(crate) fn permits(&self) -> bool {
        self.effect == Effect::Permit && self.grade != Grade::C
    }
}

/// Data that stay behind, with the reason.
#[derive(Debug, Clone)]
pub(crate) struct Excluded {
    pub(crate) data: Bits,
    pub(crate) why: Bilingual,
}

/// Law and article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground {
    pub(crate) law: String,
    pub(crate) article: String,
}

/// Which consent an act needs.
#[derive(Debug, Clone)]
pub(crate) struct ConsentNeed {
    /// The age rule that says who signs.
    pub(crate) rule: usize,
    pub(crate) written: bool,
}

/// Where an act stands in the register of processing activities.
#[derive(Debug, Clone)]
pub(crate) struct Activity {
    pub(crate) id: String,
    pub(crate) version: u8,
    pub(crate) dpv_purposes: Vec<String>,
    pub(crate) dpv_legal_bases: Vec<String>,
}

/// A group of organisations.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) label: Bilingual,
    pub(crate) members: Bits,
}

/// An age band.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub(crate) code: String,
    pub(crate) label: Bilingual,
    /// First and past-last age in years; none for the band of uncertain ages.
    pub(crate) years: Option<(u8, Option<u8>)>,
    pub(crate) minor: bool,
}

/// What an age rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeRuleKind {
    /// Who consents.
    Consent,
    /// Who may see the file.
    Access,
    /// Who is told.
    Notice,
}

/// Who decides, by age.
#[derive(Debug, Clone)]
pub(crate) struct AgeRule {
    pub(crate) code: String,
    pub(crate) kind: AgeRuleKind,
    pub(crate) label: Bilingual,
    pub(crate) source: String,
    pub(crate) grade: Grade,
    /// By band: alternatives, each the givers that are needed together.
    pub(crate) at: Vec<AgeLine>,
}

/// One band of an age rule.
#[derive(Debug, Clone)]
pub(crate) struct AgeLine {
    pub(crate) band: u8,
    pub(crate) who: Vec<Bits>,
    pub(crate) note: Option<Bilingual>,
}

/// Something to do or to look at before sharing.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) words: Bilingual,
    /// Only for where the parents have a part.
    pub(crate) parents: bool,
}

/// A duty beside a permission.
#[derive(Debug, Clone)]
pub(crate) struct Duty {
    pub(crate) code: String,
    pub(crate) from: Bits,
    pub(crate) to: Bits,
    pub(crate) clock: Option<String>,
    pub(crate) words: Bilingual,
    pub(crate) source: String,
    pub(crate) grade: Grade,
}

/// Something that a consent must be.
#[derive(Debug, Clone)]
pub(crate) struct Requirement {
    pub(crate) code: String,
    pub(crate) words: Bilingual,
    /// Whether the program checks it on the consent itself.
    pub(crate) checked: bool,
}

/// Everything that the files say.
#[derive(Debug, Clone)]
pub(crate) struct Policies {
    pub(crate) codes: Codes,
    pub(crate) acts: Vec<Act>,
    pub(crate) groups: BTreeMap<String, Group>,
    pub(crate) laws: BTreeMap<String, Bilingual>,
    pub(crate) conditions: BTreeMap<String, Condition>,
    pub(crate) bands: Vec<Band>,
    pub(crate) rules: Vec<AgeRule>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) texts: BTreeMap<String, Bilingual>,
    pub(crate) version: Version,
    /// Giver codes that a rule of law names.
    pub(crate) parents: Bits,
    /// Who is under suspicion.
    pub(crate) suspected: u8,
}

impl Policies {
    /// The band of an age; an age that is not certain is the band of doubt.
    pub(crate) fn band_of(&self, age: Option<u8>, certain: bool) -> u8 {
        let doubt = self.bands.iter().position(|band| band.years.is_none());
        let known = age.filter(|_| certain).and_then(|age| {
            self.bands.iter().position(|band| {
                band.years
                    .is_some_and(|(from, until)| from <= age && until.is_none_or(|end| age < end))
            })
        });
        known
            .or(doubt)
            .and_then(|place| u8::try_from(place).ok())
            .unwrap_or(u8::MAX)
    }

    /// Who decides by this rule in this band; a suspected parent takes no part in anything.
    pub(crate) fn who(&self, rule: usize, band: u8, parent_suspected: bool) -> Vec<Bits> {
        let rule = self.rules.get(rule);
        let line = rule.and_then(|rule| rule.at.iter().find(|line| line.band == band));
        let who = line.map(|line| line.who.as_slice()).unwrap_or_default();
        who.iter()
            .copied()
            .filter(|givers| !(parent_suspected && givers.meets(self.parents)))
            .collect()
    }

    pub(crate) fn text(&self, code: &str) -> Bilingual {
        self.texts
            .get(code)
            .cloned()
            .unwrap_or_else(|| Bilingual::new(code, code))
    }

    pub(crate) fn law_name(&self, code: &str) -> Bilingual {
        self.laws
            .get(code)
            .cloned()
            .unwrap_or_else(|| Bilingual::new(code, code))
    }
}

/// Which version of the law this is, and who signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Its name.
    pub version: String,
    /// The day it was made.
    pub date: Date,
    /// The first day whose law it knows.
    pub knows_from: Date,
    /// SHA-256 over all files.
    pub digest: String,
    /// What readers must know of it.
    pub note: Bilingual,
    /// Who signed.
    pub signatures: Vec<Signed>,
}

/// A signature that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signed {
    /// Code of the signer.
    pub signer: String,
    /// Name of the signer.
    pub name: String,
    /// Signed on.
    pub on: Date,
    /// A signer for trials only: proves nothing but that the files are as they were.
    pub trial: bool,
}

impl Version {
    /// Name and digest in one short text, as every answer carries it.
    #[must_use]
    pub fn tag(&self) -> String {
        let digest: String = self.digest.chars().take(12).collect();
        format!("{}+{digest}", self.version)
    }

    /// Whether a signer for trials signed: no lawyer has answered for it.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.signatures.iter().any(|signed| signed.trial)
    }
}
