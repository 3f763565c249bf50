//! Indicators: checklists of law (article 273f Sr), of the ILO and European Commission (Delphi), and Dutch signals.
//!
//! INVARIANT: nothing here decides. [`assess`] explains what a checklist says about its own dimensions; whether
//! somebody is a possible victim is the judgement of a person.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::Vocabulary;
use super::code::Code;
use super::entry::{Entry, Facts, Label};
use super::forms::FormCode;
use super::list::UnknownCode;
use super::row::Row;

/// One thing that can be ticked.
pub type Indicator = Entry<IndicatorFacts>;
/// The code of an [`Indicator`].
pub type IndicatorCode = Code<IndicatorFacts>;
/// A heading under which indicators stand: an element of the law, a Delphi dimension, a group of signals.
pub type IndicatorGroup = Entry<IndicatorGroupFacts>;
/// The code of an [`IndicatorGroup`].
pub type IndicatorGroupCode = Code<IndicatorGroupFacts>;
/// A checklist as a whole, with its warning.
pub type Checklist = Entry<ChecklistFacts>;
/// The code of a [`Checklist`]: `law`, `delphi` or `signals`.
pub type ChecklistCode = Code<ChecklistFacts>;
/// A combination of ticks that makes a Delphi dimension positive.
pub type AssessmentRule = Entry<AssessmentRuleFacts>;
/// The code of an [`AssessmentRule`].
pub type AssessmentRuleCode = Code<AssessmentRuleFacts>;

/// How much one Delphi indicator weighs within its dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Supports only together with others.
    Weak,
    /// Three of these, or two and a weak one, make a dimension positive.
    Medium,
    /// Two of these, or one and any other, make a dimension positive.
    Strong,
}

/// What is known about an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorFacts {
    /// The heading it stands under.
    pub group: IndicatorGroupCode,
    /// Its weight; only Delphi indicators have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// The forms it points to; empty means any.
    pub forms: Vec<FormCode>,
}

impl Facts for IndicatorFacts {
    const LIST: &'static str = "indicators";

    fn read(row: &mut Row<'_>) -> Self {
        const STRENGTHS: &[(&str, Strength)] = &[
            ("strong", Strength::Strong),
            ("medium", Strength::Medium),
            ("weak", Strength::Weak),
        ];
        Self {
            group: row.reference("group"),
            strength: row.choice_or_none("strength", STRENGTHS),
            forms: row.references("forms"),
        }
    }
}

/// What is known about a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorGroupFacts {
    /// The checklist it belongs to.
    pub checklist: ChecklistCode,
    /// Whether it is about recruitment. For a minor no means of recruitment is needed (article 273f(1)(2) Sr).
    pub recruitment: bool,
}

impl Facts for IndicatorGroupFacts {
    const LIST: &'static str = "indicator_groups";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            checklist: row.reference("checklist"),
            recruitment: row.yes("recruitment"),
        }
    }
}

/// What is known about a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChecklistFacts {
    /// What must be read beside every use of it.
    pub warning: Label,
}

impl Facts for ChecklistFacts {
    const LIST: &'static str = "checklists";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            warning: row.label_named("warning"),
        }
    }
}

/// How many indicators of which strength make a dimension positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AssessmentRuleFacts {
    /// At least this many strong ones.
    pub strong: u16,
    /// At least this many medium ones.
    pub medium: u16,
    /// At least this many weak ones.
    pub weak: u16,
    /// At least this many that are medium or weak.
    pub medium_or_weak: u16,
}

impl AssessmentRuleFacts {
    fn holds(&self, ticked: &Tally) -> bool {
        ticked.strong >= self.strong
            && ticked.medium >= self.medium
            && ticked.weak >= self.weak
            && ticked.medium + ticked.weak >= self.medium_or_weak
    }
}

impl Facts for AssessmentRuleFacts {
    const LIST: &'static str = "assessment_rules";

    fn read(row: &mut Row<'_>) -> Self {
        let facts = Self {
            strong: row.number_or_none("strong").unwrap_or(0),
            medium: row.number_or_none("medium").unwrap_or(0),
            weak: row.number_or_none("weak").unwrap_or(0),
            medium_or_weak: row.number_or_none("medium_or_weak").unwrap_or(0),
        };
        if facts.holds(&Tally::default()) {
            row.inconsistent("the rule asks for nothing, so it would always hold; give at least one number above 0");
        }
        facts
    }
}

/// What is known about the age of the person, as far as the checklist cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeClass {
    /// Under 18.
    Minor,
    /// 18 or over.
    Adult,
    /// Not certain; doubt means minor.
    Unknown,
}

/// What the Delphi checklist says, dimension by dimension, with the warning that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Every dimension of the checklist, in its order, also those without a tick.
    pub readings: Vec<DimensionReading>,
    /// Ticks of other checklists, which this assessment leaves aside.
    pub left_aside: Vec<IndicatorCode>,
    /// To be shown beside every reading: a checklist, never a verdict.
    pub warning: Label,
}

/// What one dimension says and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DimensionReading {
    /// The dimension.
    pub dimension: IndicatorGroupCode,
    /// Whether the ticked indicators make it positive.
    pub positive: bool,
    /// What that rests on.
    pub because: Because,
    /// Whether the dimension counts at all for this person.
    pub need: Need,
}

/// The grounds of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The rule that holds; none when no rule does.
    pub rule: Option<AssessmentRuleCode>,
    /// The ticked indicators of this dimension, in the order of the checklist.
    pub ticked: Vec<TickedIndicator>,
}

/// A ticked indicator with its weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TickedIndicator {
    /// The indicator.
    pub code: IndicatorCode,
    /// Its weight.
    pub strength: Strength,
}

/// Whether a dimension has to be positive for the picture to be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It counts.
    Counts,
    /// The person is a minor, or may be: means of recruitment are not needed, so a negative reading says nothing.
    NotNeededForMinor,
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    strong: u16,
    medium: u16,
    weak: u16,
}

impl Tally {
    fn of(ticked: &[TickedIndicator]) -> Self {
        let mut tally = Self::default();
        for indicator in ticked {
            let count = match indicator.strength {
                Strength::Strong => &mut tally.strong,
                Strength::Medium => &mut tally.medium,
                Strength::Weak => &mut tally.weak,
            };
            *count = count.saturating_add(1);
        }
        tally
    }
}

/// The checklist that [`assess`] reads.
pub const DELPHI: ChecklistCode = Code::literal("delphi");

/// Reads the Delphi checklist: per dimension whether the ticked indicators make it positive, and why.
///
/// The same tick twice counts once. Ticks of the law and signal checklists are left aside and named. Rules and
/// strengths are those of the day `on` (ILO and European Commission, Operational indicators of trafficking, 2009).
///
/// # Errors
/// When a tick is no indicator that counts on that day, or the vocabulary lacks the Delphi checklist on that day.
pub fn assess(
    vocabulary: &Vocabulary,
    ticked: &[IndicatorCode],
    age: AgeClass,
    on: Date,
) -> Result<Assessment, UnknownCode> {
    let warning = vocabulary
        .checklists
        .get(&DELPHI, on)?
        .facts
        .warning
        .clone();
    for code in ticked {
        vocabulary.indicators.get(code, on)?;
    }
    let ticked: BTreeSet<&IndicatorCode> = ticked.iter().collect();
    let mut left_aside = ticked.clone();
    let mut readings = Vec::new();
    for dimension in dimensions(vocabulary, on) {
        let because = grounds(vocabulary, &dimension.code, &ticked, on);
        for indicator in &because.ticked {
            left_aside.remove(&indicator.code);
        }
        readings.push(DimensionReading {
            dimension: dimension.code.clone(),
            positive: because.rule.is_some(),
            because,
            need: need(dimension, age),
        });
    }
    Ok(Assessment {
        readings,
        left_aside: left_aside.into_iter().cloned().collect(),
        warning,
    })
}

/// The Delphi dimensions on a day, in their order.
fn dimensions(vocabulary: &Vocabulary, on: Date) -> impl Iterator<Item = &IndicatorGroup> {
    let groups = vocabulary.indicator_groups.valid_on(on);
    groups.filter(|group| group.facts.checklist == DELPHI)
}

fn need(dimension: &IndicatorGroup, age: AgeClass) -> Need {
    match age {
        AgeClass::Minor | AgeClass::Unknown if dimension.facts.recruitment => {
            Need::NotNeededForMinor
        }
        _ => Need::Counts,
    }
}

fn grounds(
    vocabulary: &Vocabulary,
    dimension: &IndicatorGroupCode,
    ticked: &BTreeSet<&IndicatorCode>,
    on: Date,
) -> Because {
    let of_dimension = vocabulary.indicators.valid_on(on).filter(|indicator| {
        indicator.facts.group == *dimension && ticked.contains(&indicator.code)
    });
    let ticked: Vec<TickedIndicator> = of_dimension
        .filter_map(|indicator| {
            Some(TickedIndicator {
                code: indicator.code.clone(),
                strength: indicator.facts.strength?,
            })
        })
        .collect();
    let tally = Tally::of(&ticked);
    let rule = vocabulary
        .assessment_rules
        .valid_on(on)
        .find(|rule| rule.facts.holds(&tally))
        .map(|rule| rule.code.clone());
    Because { rule, ticked }
}
