//! The reflection period (`bedenktijd`, Vc B8/3): three calendar months in which nobody is removed.

use crate::{
    answer::By,
    code::{LanguageCode, OrgKind, org},
    ids::ReflectionId,
    text::SafeText,
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// Calendar months that the period lasts at most.
pub const MONTHS: i32 = 3;

/// In which capacity somebody is offered the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Possible victim.
    PossibleVictim,
    /// Witness who reports (`getuige-aangever`): has no reflection period.
    Witness,
}

/// For EU citizens other conditions hold; police or IND decide, the system only keeps the question in sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "question", rename_all = "snake_case", deny_unknown_fields)]
pub enum EuQuestion {
    /// Not a citizen of the EU, EEA or Switzerland.
    DoesNotArise,
    /// To be decided by police or IND.
    EuOtherConditions,
    /// Decided.
    Decided {
        /// Does the period apply?
        applies: bool,
        /// Who decided: police, KMar or IND.
        org_kind: OrgKind,
        /// Who recorded it, and when.
        by: By,
        /// Why.
        reason: SafeText,
    },
}

/// How it was explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// In which language.
    pub language: LanguageCode,
    /// Was there an interpreter? `None` is "not recorded".
    pub interpreter: Option<bool>,
}

/// The offer, made at the slightest indication after an intake talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Who and when.
    pub by: By,
    /// For which kind of organisation: police, KMar or NLA.
    pub org_kind: OrgKind,
    /// To whom.
    pub capacity: Capacity,
    /// How it was explained.
    pub explained: Explanation,
}

/// Why the period ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The three months are over.
    Verstreken,
    /// The person reported to the police: counts as an application for a permit.
    Aangifte,
    /// The person cooperates in another way: idem.
    Medewerking,
    /// The person gave it up.
    Afstand,
    /// Left with unknown destination.
    VertrekMob,
    /// Left, known where to.
    Vertrek,
    /// Has another permit.
    AndereVergunning,
    /// Withdrawn by the authority.
    Ingetrokken,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReflectionState {
    /// Offered, no answer yet.
    Offered,
    /// Accepted, not yet begun.
    Accepted {
        /// Who recorded it, and when.
        by: By,
    },
    /// Declined.
    Declined {
        /// Who recorded it, and when.
        by: By,
        /// In which language it had been explained, and with whom.
        explained: Explanation,
        /// Why, if told.
        reason: Option<SafeText>,
    },
    /// Running.
    Running {
        /// First day.
        start: Date,
        /// Last day, inclusive.
        end: Date,
    },
    /// Over.
    Ended {
        /// First day.
        start: Date,
        /// Last day it could have run.
        end: Date,
        /// The day on which it ended.
        ended: Date,
        /// Why.
        reason: EndReason,
        /// Who recorded it, and when; none: it ran out by itself.
        by: Option<By>,
    },
}

/// A reflection period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reflection {
    /// Identity.
    pub id: ReflectionId,
    /// The offer.
    pub offer: Offer,
    /// The question for EU citizens.
    pub eu: EuQuestion,
    state: ReflectionState,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReflectionError {
    /// Only police, KMar and NLA may offer.
    #[error("{0} cannot offer a reflection period: only police, KMar and NLA can (Vc B8/3)")]
    MayNotOffer(OrgKind),
    /// Witnesses have none.
    #[error("a witness who reports has no reflection period (Vc B8/3)")]
    Witness,
    /// Not possible in this state.
    #[error("cannot {step} a reflection period that is {state}")]
    WrongState {
        /// What was tried.
        step: &'static str,
        /// The state.
        state: &'static str,
    },
    /// A declined offer needs interpreter and language on record.
    #[error(
        "record whether an interpreter was present and in which language it was explained before the offer counts as declined"
    )]
    DeclineNotExplained,
    /// The question for EU citizens is open.
    #[error(
        "the person is an EU citizen: police or IND must first decide whether the period applies"
    )]
    EuUndecided,
    /// It was decided that it does not apply.
    #[error("police or IND decided that the period does not apply to this EU citizen")]
    EuDoesNotApply,
    /// Only police, KMar or IND decide the question for EU citizens.
    #[error("{0} cannot decide the question for EU citizens: police, KMar or IND can")]
    MayNotDecideEu(OrgKind),
    /// There is no question to decide.
    #[error("there is no open question for an EU citizen")]
    NoEuQuestion,
    /// `verstreken` before the last day is over.
    #[error("the period runs up to and including {end}: it has not expired on {on}")]
    NotExpired {
        /// Last day.
        end: Date,
        /// Day of reference.
        on: Date,
    },
    /// Ended before it began.
    #[error("ended on {ended}, before the first day {start}")]
    EndsBeforeStart {
        /// First day.
        start: Date,
        /// Day given.
        ended: Date,
    },
}

/// When to remind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// One calendar month before the last day.
    OneMonth,
    /// Two weeks before.
    TwoWeeks,
    /// Three days before.
    ThreeDays,
}

/// A reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Which.
    pub kind: ReminderKind,
    /// On which day.
    pub on: Date,
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &["offered", "accepted", "declined", "running", "ended"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("offered", "accepted"),
    ("offered", "declined"),
    ("declined", "accepted"),
    ("accepted", "running"),
    ("running", "ended"),
];

/// The last day of a period that begins on `start`: the same day of the month three calendar months on, or the last day
/// of that month if it has no such day.
#[must_use]
pub fn last_day(start: Date) -> Date {
    start.saturating_add(MONTHS.months())
}

impl Reflection {
    /// Offers the period.
    pub fn offer(
        id: ReflectionId,
        offer: Offer,
        eu_citizen: bool,
    ) -> Result<Self, ReflectionError> {
        if !offer.org_kind.is_investigating_service() {
            return Err(ReflectionError::MayNotOffer(offer.org_kind));
        }
        if offer.capacity == Capacity::Witness {
            return Err(ReflectionError::Witness);
        }
        let eu = if eu_citizen {
            EuQuestion::EuOtherConditions
        } else {
            EuQuestion::DoesNotArise
        };
        Ok(Self {
            id,
            offer,
            eu,
            state: ReflectionState::Offered,
        })
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &ReflectionState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            ReflectionState::Offered => "offered",
            ReflectionState::Accepted { .. } => "accepted",
            ReflectionState::Declined { .. } => "declined",
            ReflectionState::Running { .. } => "running",
            ReflectionState::Ended { .. } => "ended",
        }
    }

    /// The person accepts; also after having declined, as long as the offer stands.
    pub fn accept(self, by: By) -> Result<Self, ReflectionError> {
        match self.state {
            ReflectionState::Offered | ReflectionState::Declined { .. } => Ok(Self {
                state: ReflectionState::Accepted { by },
                ..self
            }),
            _ => Err(self.wrong("accept")),
        }
    }

    /// The person declines; language and interpreter must be on record.
    pub fn decline(
        self,
        by: By,
        explained: Explanation,
        reason: Option<SafeText>,
    ) -> Result<Self, ReflectionError> {
        if !matches!(self.state, ReflectionState::Offered) {
            return Err(self.wrong("decline"));
        }
        if explained.interpreter.is_none() || explained.language.as_str().is_empty() {
            return Err(ReflectionError::DeclineNotExplained);
        }
        Ok(Self {
            state: ReflectionState::Declined {
                by,
                explained,
                reason,
            },
            ..self
        })
    }

    /// Records what police or IND decided for an EU citizen.
    pub fn decide_eu(
        self,
        applies: bool,
        org_kind: OrgKind,
        by: By,
        reason: SafeText,
    ) -> Result<Self, ReflectionError> {
        if self.eu == EuQuestion::DoesNotArise {
            return Err(ReflectionError::NoEuQuestion);
        }
        if !matches!(org_kind.as_str(), org::POL | org::KMAR | org::IND) {
            return Err(ReflectionError::MayNotDecideEu(org_kind));
        }
        Ok(Self {
            eu: EuQuestion::Decided {
                applies,
                org_kind,
                by,
                reason,
            },
            ..self
        })
    }

    /// The first day of the period.
    pub fn start(self, start: Date) -> Result<Self, ReflectionError> {
        if !matches!(self.state, ReflectionState::Accepted { .. }) {
            return Err(self.wrong("start"));
        }
        match self.eu {
            EuQuestion::EuOtherConditions => Err(ReflectionError::EuUndecided),
            EuQuestion::Decided { applies: false, .. } => Err(ReflectionError::EuDoesNotApply),
            EuQuestion::DoesNotArise | EuQuestion::Decided { .. } => Ok(Self {
                state: ReflectionState::Running {
                    start,
                    end: last_day(start),
                },
                ..self
            }),
        }
    }

    /// Ends it on a day, with the reason.
    pub fn end(self, ended: Date, reason: EndReason, by: By) -> Result<Self, ReflectionError> {
        let ReflectionState::Running { start, end } = self.state else {
            return Err(self.wrong("end"));
        };
        if ended < start {
            return Err(ReflectionError::EndsBeforeStart { start, ended });
        }
        if reason == EndReason::Verstreken && ended <= end {
            return Err(ReflectionError::NotExpired { end, on: ended });
        }
        Ok(Self {
            state: ReflectionState::Ended {
                start,
                end,
                ended,
                reason,
                by: Some(by),
            },
            ..self
        })
    }

    /// Ends it because its last day is over, without anybody's deed. It ended on the day after, however late this is seen.
    pub fn expire(self, today: Date) -> Result<Self, ReflectionError> {
        let ReflectionState::Running { start, end } = self.state else {
            return Err(self.wrong("end"));
        };
        if today <= end {
            return Err(ReflectionError::NotExpired { end, on: today });
        }
        Ok(Self {
            state: ReflectionState::Ended {
                start,
                end,
                ended: end.saturating_add(1.day()),
                reason: EndReason::Verstreken,
                by: None,
            },
            ..self
        })
    }

    /// Nobody may remove the person on this day. Accepted but not yet begun counts as well: the gap between word and
    /// paper must not be used; unless police or IND decided that the period does not apply to this EU citizen.
    #[must_use]
    pub fn no_removal_on(&self, day: Date) -> bool {
        match self.state {
            ReflectionState::Accepted { .. } => {
                !matches!(self.eu, EuQuestion::Decided { applies: false, .. })
            }
            ReflectionState::Running { start, end } => start <= day && day <= end,
            _ => false,
        }
    }

    /// The last day of a running period.
    #[must_use]
    pub fn no_removal_until(&self) -> Option<Date> {
        match self.state {
            ReflectionState::Running { end, .. } => Some(end),
            _ => None,
        }
    }

    /// The reminders of a running period, earliest first.
    #[must_use]
    pub fn reminders(&self) -> Vec<Reminder> {
        let ReflectionState::Running { end, .. } = self.state else {
            return Vec::new();
        };
        vec![
            Reminder {
                kind: ReminderKind::OneMonth,
                on: end.saturating_sub(1.month()),
            },
            Reminder {
                kind: ReminderKind::TwoWeeks,
                on: end.saturating_sub(2.weeks()),
            },
            Reminder {
                kind: ReminderKind::ThreeDays,
                on: end.saturating_sub(3.days()),
            },
        ]
    }

    fn wrong(&self, step: &'static str) -> ReflectionError {
        ReflectionError::WrongState {
            step,
            state: self.state_name(),
        }
    }
}
