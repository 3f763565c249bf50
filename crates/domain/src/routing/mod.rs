//! Where a report goes and why: rules as data, evaluated to proposals. A person decides.
//!
//! Every signal of trafficking goes to an investigating service (Aanwijzing mensenhandel), unless the person only asks
//! for help without police; then nothing goes there, and only acute danger or a minor in serious danger may override,
//! with the conflict of duties on record.

mod rules;

pub use rules::{Condition, RegionOf, RoutingRule, RoutingRules, RulesError};

use crate::{
    answer::{Answer, Bilingual, Compartment},
    code::{FormCode, OrgKind, RegionCode},
    report::{HelpWish, PoliceWish, Report},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The regions in which the municipality of the report lies, as far as known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regions {
    /// Police unit.
    pub police_unit: Option<RegionCode>,
    /// Region of the care coordinator.
    pub care_region: Option<RegionCode>,
    /// Region of Veilig Thuis.
    pub veilig_thuis: Option<RegionCode>,
}

/// What the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteFacts {
    /// Forms suspected; empty: not known.
    pub forms: Vec<FormCode>,
    /// At a border or airport.
    pub at_border: bool,
    /// Acute danger: the desk's answer, or the reporter's while the desk has not answered.
    pub danger: bool,
    /// A minor may be involved.
    pub minor_possible: bool,
    /// A minor is in serious danger, as the desk judged.
    pub minor_in_serious_danger: bool,
    /// A parent or guardian is suspected.
    pub parent_suspected: bool,
    /// Is help wanted?
    pub help: HelpWish,
    /// May the police know?
    pub police: PoliceWish,
    /// Regions of the municipality.
    pub regions: Regions,
}

impl RouteFacts {
    /// Takes the facts from a report; the regions come from the vocabulary, the judgement on the minor from the desk.
    #[must_use]
    pub fn of(
        report: &Report,
        regions: Regions,
        minor_in_serious_danger: bool,
        today: Date,
    ) -> Self {
        let content = &report.content;
        let acute = report
            .acute()
            .map_or(content.acute, |finding| finding.answer);
        Self {
            forms: content.forms.clone(),
            at_border: content.at_border,
            danger: acute == Answer::Yes,
            minor_possible: content.minor_possible_on(today) || minor_in_serious_danger,
            minor_in_serious_danger,
            parent_suspected: content.parent_suspected.is_yes(),
            help: content.help,
            police: content.police,
            regions,
        }
    }

    /// The person asked for help only, and nothing forces the desk to tell an investigating service.
    #[must_use]
    pub fn police_refused(&self) -> bool {
        self.police == PoliceWish::HelpWithoutPolice
    }

    /// Acute danger, or a minor in serious danger: the desk may set a refusal aside after weighing.
    #[must_use]
    pub fn may_override_refusal(&self) -> bool {
        self.danger || self.minor_in_serious_danger
    }
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case", deny_unknown_fields)]
pub enum RouteTo {
    /// The organisation of a kind in a region.
    Region {
        /// Kind of organisation.
        kind: OrgKind,
        /// Region.
        region: RegionCode,
    },
    /// The organisation works nationally.
    National {
        /// Kind of organisation.
        kind: OrgKind,
    },
    /// The region is not known: the national desk of this kind.
    NationalDesk {
        /// Kind of organisation.
        kind: OrgKind,
    },
}

impl RouteTo {
    /// Kind of organisation.
    #[must_use]
    pub fn kind(&self) -> &OrgKind {
        match self {
            Self::Region { kind, .. } | Self::National { kind } | Self::NationalDesk { kind } => {
                kind
            }
        }
    }
}

/// A proposal, with its explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteProposal {
    /// To whom.
    pub to: RouteTo,
    /// In which compartment.
    pub compartment: Compartment,
    /// Which rule.
    pub rule: String,
    /// Why.
    pub because: Bilingual,
    /// Legal ground.
    pub ground: String,
    /// The person must agree first.
    pub needs_consent: bool,
    /// The desk must weigh and record a conflict of duties first, because the person asked for no police.
    pub needs_conflict_of_duties: bool,
}

/// A receiver that a rule names and that is not proposed, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// To whom it does not go.
    pub to: RouteTo,
    /// Which rule named it.
    pub rule: String,
    /// Why not.
    pub because: Bilingual,
}

/// How to handle what is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandlingNote {
    /// Call first: there is acute danger.
    CallFirst,
    /// The child is never reached by way of the parents from here.
    NotViaParents,
    /// A parent is suspected: no consent, access or notification.
    ParentsExcluded,
    /// The region is not known; ask for the place.
    RegionUnknown,
    /// Help does not depend on the police or on consent.
    HelpDoesNotDependOnPolice,
}

/// Everything the rules say about one report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// To whom it may go.
    pub proposals: Vec<RouteProposal>,
    /// To whom it does not go, and why.
    pub withheld: Vec<Withheld>,
    /// How to handle it.
    pub notes: Vec<HandlingNote>,
}

/// Evaluates the rules on the facts.
#[must_use]
pub fn route(rules: &RoutingRules, facts: &RouteFacts) -> Routing {
    let mut routing = Routing {
        notes: notes(facts),
        ..Routing::default()
    };
    for rule in rules.all().iter().filter(|rule| rule.applies(facts)) {
        let (to, region_unknown) = rule.receiver(&facts.regions);
        let taken = routing
            .proposals
            .iter()
            .any(|p| p.to == to && p.compartment == rule.compartment);
        if taken {
            continue;
        }
        if region_unknown && !routing.notes.contains(&HandlingNote::RegionUnknown) {
            routing.notes.push(HandlingNote::RegionUnknown);
        }
        let refused = rule.compartment == Compartment::K5 && facts.police_refused();
        if refused && !facts.may_override_refusal() {
            routing.withheld.push(Withheld {
                to,
                rule: rule.id.clone(),
                because: refused_because(),
            });
            continue;
        }
        let because = if region_unknown {
            with_unknown_region(&rule.because)
        } else {
            rule.because.clone()
        };
        routing.proposals.push(RouteProposal {
            to,
            compartment: rule.compartment,
            rule: rule.id.clone(),
            because,
            ground: rule.ground.clone(),
            needs_consent: rule.consent,
            needs_conflict_of_duties: refused,
        });
    }
    routing
}

fn notes(facts: &RouteFacts) -> Vec<HandlingNote> {
    [
        (facts.danger, HandlingNote::CallFirst),
        (facts.minor_possible, HandlingNote::NotViaParents),
        (facts.parent_suspected, HandlingNote::ParentsExcluded),
        (
            facts.police_refused(),
            HandlingNote::HelpDoesNotDependOnPolice,
        ),
    ]
    .into_iter()
    .filter_map(|(holds, note)| holds.then_some(note))
    .collect()
}

fn refused_because() -> Bilingual {
    Bilingual::new(
        "De persoon vraagt hulp zonder politie. Er is geen acuut gevaar en geen minderjarige in ernstig gevaar gevonden: er gaat niets naar een opsporingsdienst.",
        "The person asks for help without police. No acute danger and no minor in serious danger was found: nothing goes to an investigating service.",
    )
}

fn with_unknown_region(because: &Bilingual) -> Bilingual {
    Bilingual::new(
        format!(
            "{} De gemeente is niet bekend: daarom eerst naar de landelijke balie.",
            because.nl
        ),
        format!(
            "{} The municipality is not known: therefore first to the national desk.",
            because.en
        ),
    )
}
