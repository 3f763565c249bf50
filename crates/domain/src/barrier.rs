//! A barrier against traffickers (K6): a measure at a place, firm or role that makes a step of the offender harder. It is considered,
//! planned, raised on a day, and once it stands it yields something, and ends: lifted, expired or overturned. Or it is dropped, with why.
//!
//! A barrier is about a place or firm, never about a victim, and nothing in it names a report, a case or a person. Every text goes through
//! [`Words`], which refuses what looks like a person's data.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::By;
use crate::code::{FormCode, MunicipalityCode, RegionCode};
use crate::ids::{BarrierId, OrgId};
use crate::person_guard::{self, Looks};
use crate::text::SafeText;
use crate::time::dutch_date;
use crate::vocabulary::{
    BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode, RegionKind, Vocabulary,
};

/// Longest text about a barrier, in characters.
pub const WORDS_MAX: usize = 2_000;
/// Longest name of who does it, in characters.
pub const WHO_MAX: usize = 200;
/// Results that are kept of one barrier.
pub const YIELDS_MAX: usize = 100;
/// Times that a barrier can be planned again.
pub const PLANS_MAX: usize = 50;
/// How far a day lies back or ahead at most, in years: no longer than a barrier is kept. What lies further is a slip of the pen.
pub const YEARS: i64 = 5;

/// A text about a barrier, and whether somebody looked at what seems a name or an address in it.
///
/// A firm often bears the name of its owner and stands at an address, so those two can be confirmed. A day of birth, contact data, the
/// number of a person or a vehicle are never needed to say which place or firm it is: they are refused whoever looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    text: SafeText,
    looked: bool,
}

/// What a text seems to hold that may not stand here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// A name or an address: of a firm it may stay, once somebody looked.
    #[error(
        "the text seems to hold a name or an address: take it out, or confirm that it is a firm's and not a person's or a shelter's"
    )]
    Confirm(Looks),
    /// Data of a person that nobody can confirm.
    #[error(
        "the text seems to hold a person's data, such as a day of birth, contact data or a number: take it out"
    )]
    Person(Looks),
}

impl Words {
    /// Takes a text. `looked`: somebody looked, a name or address in it is a firm's and none of a person or a shelter.
    ///
    /// # Errors
    /// [`WordsError`] with the first thing that stands in the way; what cannot be confirmed comes first.
    pub fn new(text: SafeText, looked: bool) -> Result<Self, WordsError> {
        let kinds = person_guard::kinds(text.as_str());
        let of_firm = |looks: &Looks| matches!(looks, Looks::Name | Looks::Address);
        if let Some(looks) = kinds.iter().find(|looks| !of_firm(looks)) {
            return Err(WordsError::Person(*looks));
        }
        match kinds.first() {
            Some(looks) if !looked => Err(WordsError::Confirm(*looks)),
            suspect => Ok(Self {
                looked: suspect.is_some(),
                text,
            }),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &SafeText {
        &self.text
    }

    /// Whether it holds what seems a name or an address, and somebody confirmed that it is a firm's.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.looked
    }
}

/// Where it is raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// In a safety region.
    Region(RegionCode),
    /// In a municipality.
    Municipality(MunicipalityCode),
}

/// The number of an action as the plan writes it, such as `3.b`. It is looked up nowhere: the register is another compartment's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlanNumber(String);

/// A text is no number of an action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "write the number as the plan does, such as 3.b: letters, digits, points and dashes, at most 12"
)]
pub struct NoPlanNumber;

impl TryFrom<String> for PlanNumber {
    type Error = NoPlanNumber;

    fn try_from(text: String) -> Result<Self, NoPlanNumber> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        match begins && text.len() <= 12 && text.chars().all(allowed) {
            true => Ok(Self(text)),
            false => Err(NoPlanNumber),
        }
    }
}

impl From<PlanNumber> for String {
    fn from(number: PlanNumber) -> String {
        number.0
    }
}

impl PlanNumber {
    /// As the plan writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What it is aimed at, and with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// The step of the offender that becomes harder.
    pub step: BarrierStepCode,
    /// What is done.
    pub instrument: BarrierInstrumentCode,
    /// The kind of place or firm.
    pub target: BarrierTargetCode,
    /// Where.
    pub place: Place,
    /// Forms of exploitation it is aimed at; empty: no one in particular.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormCode>,
    /// Which place or firm, in words.
    pub what: Words,
    /// The action of the plan that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<PlanNumber>,
}

/// What is wrong with an aim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AimFault {
    /// The step does not count today.
    #[error("`step` is no step of the vocabulary that counts today: choose another")]
    Step,
    /// The instrument does not count today.
    #[error("`instrument` is none of the vocabulary that counts today: choose another")]
    Instrument,
    /// The instrument does not work at the step.
    #[error(
        "this `instrument` does not work at this step of the offender: choose another instrument or another step"
    )]
    Unfit,
    /// The kind of place does not count today.
    #[error("`target` is no kind of place or firm that counts today: choose another")]
    Target,
    /// There is no such safety region or municipality.
    #[error("`place` is no safety region or municipality that counts today: choose another")]
    Place,
    /// A form that does not count today.
    #[error("`forms` holds a form that does not count today: leave it out")]
    Form,
}

impl Aim {
    /// Everything that is wrong with it on a day.
    #[must_use]
    pub fn faults(&self, vocabulary: &Vocabulary, on: Date) -> Vec<AimFault> {
        let mut faults = Vec::new();
        if vocabulary.barrier_steps.get(&self.step, on).is_err() {
            faults.push(AimFault::Step);
        }
        match vocabulary.barrier_instruments.get(&self.instrument, on) {
            Err(_) => faults.push(AimFault::Instrument),
            Ok(entry) if !entry.facts.fits(&self.step) => faults.push(AimFault::Unfit),
            Ok(_) => {}
        }
        if vocabulary.barrier_targets.get(&self.target, on).is_err() {
            faults.push(AimFault::Target);
        }
        if self.region(vocabulary, on).is_none() {
            faults.push(AimFault::Place);
        }
        if self.forms.iter().any(|f| vocabulary.form(f, on).is_err()) {
            faults.push(AimFault::Form);
        }
        faults
    }

    /// The safety region it lies in; none when the place does not count on that day.
    #[must_use]
    pub fn region(&self, vocabulary: &Vocabulary, on: Date) -> Option<RegionCode> {
        match &self.place {
            Place::Region(code) => {
                let region = vocabulary.region(code, on).ok()?;
                (region.facts.kind == RegionKind::SafetyRegion).then(|| code.clone())
            }
            Place::Municipality(code) => {
                let municipality = vocabulary.municipality(code, on).ok()?;
                Some(municipality.facts.safety_region.clone())
            }
        }
    }
}

/// Who does it, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Who does it: a department or a function.
    pub who: Words,
    /// By which day.
    pub until: Date,
    /// Who wrote it down, and when.
    pub by: By,
}

/// It stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// The plan it follows.
    pub plan: Plan,
    /// The day on which it was raised; the day that counts.
    pub on: Date,
    /// Who wrote it down, and when.
    pub by: By,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    yields: Vec<Yield>,
}

impl Raised {
    /// What came of it, as it was written down.
    #[must_use]
    pub fn yields(&self) -> &[Yield] {
        &self.yields
    }
}

/// Something that it yielded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yield {
    /// The day.
    pub on: Date,
    /// What.
    pub what: Words,
    /// Who wrote it down, and when.
    pub by: By,
}

/// How a barrier that stood came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Whoever raised it took it away.
    Lifted,
    /// Its term was over.
    Expired,
    /// A court or a decision on an objection undid it.
    Overturned,
}

impl Ended {
    /// Every way.
    pub const ALL: [Ended; 3] = [Ended::Lifted, Ended::Expired, Ended::Overturned];

    /// Its name, which is that of the state.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Ended::Lifted => "lifted",
            Ended::Expired => "expired",
            Ended::Overturned => "overturned",
        }
    }
}

/// The end of a barrier that stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// How.
    pub how: Ended,
    /// On which day.
    pub on: Date,
    /// Why.
    pub reason: Words,
    /// Who wrote it down, and when.
    pub by: By,
}

/// Why it was never raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    /// The plan there was, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// Why.
    pub reason: Words,
    /// Who wrote it down, and when.
    pub by: By,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum BarrierState {
    /// Somebody thinks of it.
    Considered,
    /// Somebody will do it.
    Planned {
        /// Who, by when.
        plan: Plan,
    },
    /// It stands.
    Raised {
        /// Since when, and what came of it.
        raised: Raised,
    },
    /// It stood.
    Ended {
        /// From when, and what came of it.
        raised: Raised,
        /// How it came to its end.
        ending: Ending,
    },
    /// It never stood.
    Dropped {
        /// Why.
        dropped: Dropped,
    },
}

/// A barrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Barrier {
    /// Identity.
    pub id: BarrierId,
    /// What it is aimed at.
    pub aim: Aim,
    /// Who wrote it down first, and when; the organisation is its owner.
    pub by: By,
    /// Plans that a later one replaced, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Plan>,
    state: BarrierState,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BarrierError {
    /// The aim is not sound.
    #[error("the barrier has {} faults in what it is aimed at", .0.len())]
    Aim(Vec<AimFault>),
    /// Another organisation's.
    #[error("this barrier belongs to another organisation")]
    OtherOrganisation,
    /// Not in this state.
    #[error("this barrier is {0}: this step cannot be taken now; look at it again to see what can")]
    NotNow(&'static str),
    /// A day to come where one that was is asked.
    #[error("{0} is still to come: give the day on which it happened")]
    Ahead(Date),
    /// A day that was where one to come is asked.
    #[error("{0} is over: give the day by which it will be done")]
    Over(Date),
    /// A day too far away to be meant.
    #[error("{0} lies more than five years away: check the year")]
    TooFar(Date),
    /// Before it stood.
    #[error("{day} lies before {raised}, the day on which the barrier was raised")]
    BeforeRaised {
        /// The day given.
        day: Date,
        /// The day on which it was raised.
        raised: Date,
    },
    /// As many as are kept.
    #[error(
        "a barrier keeps at most {0} of these: put it with an earlier one, or begin a new barrier"
    )]
    Full(usize),
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &[
    "considered",
    "planned",
    "raised",
    "lifted",
    "expired",
    "overturned",
    "dropped",
];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("considered", "planned"),
    ("considered", "dropped"),
    ("planned", "raised"),
    ("planned", "dropped"),
    ("raised", "lifted"),
    ("raised", "expired"),
    ("raised", "overturned"),
];

/// A day that was, and not too long ago.
fn past(day: Date, by: By) -> Result<Date, BarrierError> {
    let today = dutch_date(by.at);
    if day > today {
        return Err(BarrierError::Ahead(day));
    }
    match day < today.saturating_sub(YEARS.years()) {
        true => Err(BarrierError::TooFar(day)),
        false => Ok(day),
    }
}

/// Today or a day to come, and not too far away.
fn coming(day: Date, by: By) -> Result<Date, BarrierError> {
    let today = dutch_date(by.at);
    if day < today {
        return Err(BarrierError::Over(day));
    }
    match day > today.saturating_add(YEARS.years()) {
        true => Err(BarrierError::TooFar(day)),
        false => Ok(day),
    }
}

impl Barrier {
    /// Writes a barrier down that somebody thinks of.
    ///
    /// # Errors
    /// [`BarrierError::Aim`] with everything that is wrong with what it is aimed at.
    pub fn consider(
        id: BarrierId,
        by: By,
        aim: Aim,
        vocabulary: &Vocabulary,
    ) -> Result<Self, BarrierError> {
        let faults = aim.faults(vocabulary, dutch_date(by.at));
        match faults.is_empty() {
            true => Ok(Self {
                id,
                aim,
                by,
                earlier: Vec::new(),
                state: BarrierState::Considered,
            }),
            false => Err(BarrierError::Aim(faults)),
        }
    }

    /// The organisation that it belongs to.
    #[must_use]
    pub fn owner(&self) -> OrgId {
        self.by.org
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &BarrierState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match &self.state {
            BarrierState::Considered => "considered",
            BarrierState::Planned { .. } => "planned",
            BarrierState::Raised { .. } => "raised",
            BarrierState::Ended { ending, .. } => ending.how.code(),
            BarrierState::Dropped { .. } => "dropped",
        }
    }

    /// Plans that a later one replaced, oldest first.
    #[must_use]
    pub fn earlier(&self) -> &[Plan] {
        &self.earlier
    }

    /// The plan that counts, if there is one.
    #[must_use]
    pub fn plan_now(&self) -> Option<&Plan> {
        match &self.state {
            BarrierState::Considered => None,
            BarrierState::Planned { plan } => Some(plan),
            BarrierState::Raised { raised } | BarrierState::Ended { raised, .. } => {
                Some(&raised.plan)
            }
            BarrierState::Dropped { dropped } => dropped.plan.as_ref(),
        }
    }

    /// What is known of it since it was raised, also when it ended.
    #[must_use]
    pub fn raised(&self) -> Option<&Raised> {
        match &self.state {
            BarrierState::Raised { raised } | BarrierState::Ended { raised, .. } => Some(raised),
            _ => None,
        }
    }

    /// Whether nothing more is expected of it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self.state,
            BarrierState::Ended { .. } | BarrierState::Dropped { .. }
        )
    }

    fn own(&self, by: By) -> Result<(), BarrierError> {
        match by.org == self.owner() {
            true => Ok(()),
            false => Err(BarrierError::OtherOrganisation),
        }
    }

    /// Plans it: who does it, by when. A barrier that was planned can be planned again; the earlier plan is kept.
    ///
    /// # Errors
    /// [`BarrierError`] when the day is over or too far, or it is neither considered nor planned.
    pub fn plan(mut self, plan: Plan) -> Result<Self, BarrierError> {
        self.own(plan.by)?;
        match self.state {
            BarrierState::Considered => {}
            BarrierState::Planned { .. } if self.earlier.len() >= PLANS_MAX => {
                return Err(BarrierError::Full(PLANS_MAX));
            }
            BarrierState::Planned { plan: before } => self.earlier.push(before),
            _ => return Err(BarrierError::NotNow(self.state_name())),
        }
        coming(plan.until, plan.by)?;
        self.state = BarrierState::Planned { plan };
        Ok(self)
    }

    /// It was raised on a day.
    ///
    /// # Errors
    /// [`BarrierError`] when the day is still to come or too long ago, or it was not planned.
    pub fn raise(self, on: Date, by: By) -> Result<Self, BarrierError> {
        self.own(by)?;
        match self.state {
            BarrierState::Planned { plan } => {
                let on = past(on, by)?;
                let raised = Raised {
                    plan,
                    on,
                    by,
                    yields: Vec::new(),
                };
                Ok(Self {
                    state: BarrierState::Raised { raised },
                    ..self
                })
            }
            _ => Err(BarrierError::NotNow(self.state_name())),
        }
    }

    /// Notes what it yielded; also after its end, because a court or a check may come later.
    ///
    /// # Errors
    /// [`BarrierError`] when the day does not lie between raising and now, or it never stood.
    pub fn note(mut self, note: Yield) -> Result<Self, BarrierError> {
        self.own(note.by)?;
        let name = self.state_name();
        let (BarrierState::Raised { raised } | BarrierState::Ended { raised, .. }) =
            &mut self.state
        else {
            return Err(BarrierError::NotNow(name));
        };
        past(note.on, note.by)?;
        since(raised, note.on)?;
        if raised.yields.len() >= YIELDS_MAX {
            return Err(BarrierError::Full(YIELDS_MAX));
        }
        raised.yields.push(note);
        Ok(self)
    }

    /// A barrier that stood comes to its end.
    ///
    /// # Errors
    /// [`BarrierError`] when the day does not lie between raising and now, or it does not stand.
    pub fn end(self, ending: Ending) -> Result<Self, BarrierError> {
        self.own(ending.by)?;
        match self.state {
            BarrierState::Raised { raised } => {
                past(ending.on, ending.by)?;
                since(&raised, ending.on)?;
                Ok(Self {
                    state: BarrierState::Ended { raised, ending },
                    ..self
                })
            }
            _ => Err(BarrierError::NotNow(self.state_name())),
        }
    }

    /// It will not be raised, with the reason.
    ///
    /// # Errors
    /// [`BarrierError::NotNow`] when it stands, stood or was dropped before.
    pub fn give_up(self, reason: Words, by: By) -> Result<Self, BarrierError> {
        self.own(by)?;
        let plan = match self.state {
            BarrierState::Considered => None,
            BarrierState::Planned { plan } => Some(plan),
            _ => return Err(BarrierError::NotNow(self.state_name())),
        };
        Ok(Self {
            state: BarrierState::Dropped {
                dropped: Dropped { plan, reason, by },
            },
            ..self
        })
    }
}

fn since(raised: &Raised, day: Date) -> Result<(), BarrierError> {
    match day < raised.on {
        true => Err(BarrierError::BeforeRaised {
            day,
            raised: raised.on,
        }),
        false => Ok(()),
    }
}
