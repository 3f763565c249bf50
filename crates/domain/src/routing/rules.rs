//! The rules as data: read from TOML, checked before use.

use super::{Regions, RouteFacts, RouteTo};
use crate::{
    answer::{Bilingual, Compartment},
    code::{FormCode, OrgKind},
    report::HelpWish,
};
use serde::{Deserialize, Serialize};

/// One thing a rule asks of the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// One of the suspected forms has one of these level-1 codes.
    Form {
        /// Level-1 codes.
        heads: Vec<String>,
        /// Also when no form is known.
        or_none: bool,
    },
    /// At a border or airport.
    AtBorder {},
    /// A minor may be involved.
    MinorPossible {},
    /// Acute danger.
    Danger {},
    /// Help is wanted and the person agrees.
    HelpAgreed {},
    /// Help is asked for somebody who has not been asked.
    HelpAskedNotAgreed {},
    /// No help is wanted.
    HelpNotWanted {},
}

/// Which division of the country decides about the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionOf {
    /// Police unit.
    PoliceUnit,
    /// Region of the care coordinator.
    CareRegion,
    /// Region of Veilig Thuis.
    VeiligThuis,
    /// One for the country.
    National,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// Short stable name.
    pub id: String,
    /// All of these must hold.
    pub when: Vec<Condition>,
    /// None of these may hold.
    #[serde(default)]
    pub unless: Vec<Condition>,
    /// Kind of organisation.
    pub to: OrgKind,
    /// Which region.
    pub region: RegionOf,
    /// National desk when the region is not known.
    #[serde(default)]
    pub fallback: Option<OrgKind>,
    /// In which compartment.
    pub compartment: Compartment,
    /// The person must agree first.
    pub consent: bool,
    /// Legal ground.
    pub ground: String,
    /// Why, for people.
    pub because: Bilingual,
}

/// The rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// Not readable; the message has line and column.
    #[error("routing rules: {0}")]
    Unreadable(String),
    /// Two rules have one name.
    #[error("routing rule `{0}` is there twice: give each its own id")]
    Twice(String),
    /// A text is missing.
    #[error("routing rule `{rule}` has no {field}: every rule explains itself")]
    Missing {
        /// Rule.
        rule: String,
        /// What is missing.
        field: &'static str,
    },
    /// A regional rule without a national desk would let reports without a place fall through.
    #[error("routing rule `{0}` is regional and has no fallback: name the national desk")]
    NoFallback(String),
    /// No rule at all.
    #[error("there are no routing rules")]
    None,
}

/// Checked rules, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutingRules(Vec<RoutingRule>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<RoutingRule>,
}

impl RoutingRules {
    /// The rules that come with the program.
    pub fn standard() -> Result<Self, RulesError> {
        Self::from_toml(include_str!("rules.toml"))
    }

    /// Reads and checks rules.
    pub fn from_toml(text: &str) -> Result<Self, RulesError> {
        let file: File = toml::from_str(text).map_err(|e| RulesError::Unreadable(e.to_string()))?;
        Self::new(file.rule)
    }

    /// Checks rules.
    pub fn new(rules: Vec<RoutingRule>) -> Result<Self, RulesError> {
        if rules.is_empty() {
            return Err(RulesError::None);
        }
        for (index, rule) in rules.iter().enumerate() {
            if rules
                .iter()
                .take(index)
                .any(|earlier| earlier.id == rule.id)
            {
                return Err(RulesError::Twice(rule.id.clone()));
            }
            rule.check()?;
        }
        Ok(Self(rules))
    }

    /// All, in order.
    #[must_use]
    pub fn all(&self) -> &[RoutingRule] {
        &self.0
    }
}

impl RoutingRule {
    fn check(&self) -> Result<(), RulesError> {
        let texts = [
            ("id", &self.id),
            ("because.nl", &self.because.nl),
            ("because.en", &self.because.en),
            ("ground", &self.ground),
        ];
        for (field, text) in texts {
            if text.trim().is_empty() {
                return Err(RulesError::Missing {
                    rule: self.id.clone(),
                    field,
                });
            }
        }
        if self.when.is_empty() {
            return Err(RulesError::Missing {
                rule: self.id.clone(),
                field: "when",
            });
        }
        if self.region != RegionOf::National && self.fallback.is_none() {
            return Err(RulesError::NoFallback(self.id.clone()));
        }
        Ok(())
    }

    /// Does the rule apply to these facts?
    #[must_use]
    pub fn applies(&self, facts: &RouteFacts) -> bool {
        self.when.iter().all(|c| c.holds(facts)) && !self.unless.iter().any(|c| c.holds(facts))
    }

    /// The receiver in these regions, and whether the region was not known.
    pub(super) fn receiver(&self, regions: &Regions) -> (RouteTo, bool) {
        let region = match self.region {
            RegionOf::National => {
                return (
                    RouteTo::National {
                        kind: self.to.clone(),
                    },
                    false,
                );
            }
            RegionOf::PoliceUnit => &regions.police_unit,
            RegionOf::CareRegion => &regions.care_region,
            RegionOf::VeiligThuis => &regions.veilig_thuis,
        };
        match region {
            Some(region) => (
                RouteTo::Region {
                    kind: self.to.clone(),
                    region: region.clone(),
                },
                false,
            ),
            None => {
                let kind = self.fallback.clone().unwrap_or_else(|| self.to.clone());
                (RouteTo::NationalDesk { kind }, true)
            }
        }
    }
}

impl Condition {
    fn holds(&self, facts: &RouteFacts) -> bool {
        match self {
            Self::Form { heads, or_none } => has_form(&facts.forms, heads, *or_none),
            Self::AtBorder {} => facts.at_border,
            Self::MinorPossible {} => facts.minor_possible,
            Self::Danger {} => facts.danger,
            Self::HelpAgreed {} => facts.help.is_agreed(),
            Self::HelpAskedNotAgreed {} => facts.help == HelpWish::VictimNotAsked,
            Self::HelpNotWanted {} => facts.help == HelpWish::NotWanted,
        }
    }
}

fn has_form(forms: &[FormCode], heads: &[String], or_none: bool) -> bool {
    if forms.is_empty() {
        or_none
    } else {
        forms.iter().any(|f| heads.iter().any(|h| h == f.head()))
    }
}
