//! The opinion on victimhood (K4): asked by the person, on what the person releases, by a panel, with reasons.
//!
//! It is an opinion (`deskundigenbericht`), not a decision: no law gives anybody the power to decide this. The person
//! decides who gets it.

mod admission;

pub use admission::{AdmissionRule, Ground, Obstacle, obstacles};

use crate::{
    answer::By,
    code::OrgKind,
    ids::{AttachmentId, DisclosureId, OpinionId, OrgId, PersonId, UserId},
    text::SafeText,
    time::dutch_date,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Fewest panel members.
pub const PANEL_MIN: usize = 3;

/// Something the person lets the panel see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "snake_case", deny_unknown_fields)]
pub enum Released {
    /// A statement in the person's own words.
    Statement {
        /// The words.
        text: SafeText,
    },
    /// A document.
    Document {
        /// Which.
        attachment: AttachmentId,
        /// What it is.
        title: SafeText,
        /// Medical: only with a mandate (`machtiging`).
        medical: bool,
        /// The mandate, for medical documents.
        mandate: Option<AttachmentId>,
    },
    /// Something that was disclosed from another compartment on the person's request.
    Disclosed {
        /// By which disclosure.
        disclosure: DisclosureId,
        /// What it is.
        title: SafeText,
    },
    /// Something that she had erased (AVG 17): that it was there stays, what it said does not.
    Erased,
}

/// A released item, which the person may take back until there is an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedItem {
    /// Number, from 1; never used again.
    pub number: u32,
    /// What.
    pub item: Released,
    /// Who recorded it, and when.
    pub by: By,
    /// Taken back.
    pub taken_back: Option<By>,
}

/// A panel member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// In which expertise.
    pub expertise: SafeText,
}

/// Somebody who may have nothing to do with a request: a conflict of interest (`belangenverstrengeling`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recused {
    /// Who.
    pub user: UserId,
    /// Why, in words without anything about the person who asked.
    pub why: SafeText,
    /// Who recorded it, and when: she herself, or the secretary.
    pub by: By,
}

/// What the panel finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Plausible that the person is a victim.
    Aannemelijk,
    /// Not plausible.
    NietAannemelijk,
    /// Not enough information to say.
    OnvoldoendeInformatie,
}

/// The opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelOpinion {
    /// What the panel finds.
    pub verdict: Verdict,
    /// Why (`motivering`).
    pub reasons: SafeText,
    /// Who gave it.
    pub members: Vec<Member>,
    /// Day of the opinion.
    pub given: Date,
    /// Last day on which it may be relied on; none: no limit.
    pub valid_until: Option<Date>,
    /// Numbers of the items that the panel saw.
    pub based_on: Vec<u32>,
    /// Who recorded it, and when.
    pub by: By,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum OpinionState {
    /// Asked.
    Requested,
    /// Admitted.
    Admitted {
        /// Who and when.
        by: By,
        /// Why in spite of an obstacle.
        exception: Option<SafeText>,
    },
    /// Not admitted.
    NotAdmitted {
        /// Why.
        why: SafeText,
        /// Who and when.
        by: By,
    },
    /// Before the panel.
    InPanel {
        /// Members.
        members: Vec<Member>,
        /// Who composed it, and when.
        by: By,
    },
    /// The opinion is given.
    Outcome {
        /// The opinion.
        opinion: PanelOpinion,
    },
    /// The person took the request back (`ingetrokken`).
    Withdrawn {
        /// Who recorded it, and when.
        by: By,
    },
}

/// Who got the opinion, because the person said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentTo {
    /// To which organisation; none: to the person.
    pub org: Option<OrgId>,
    /// Kind of that organisation.
    pub kind: OrgKind,
    /// The person's words or signature for it.
    pub wish: SafeText,
    /// Who sent it, and when.
    pub by: By,
}

/// A request for an opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// Identity.
    pub id: OpinionId,
    /// Who asks.
    pub person: PersonId,
    /// Who recorded the request, and when.
    pub requested: By,
    /// What the admission rule looks at.
    pub ground: Ground,
    released: Vec<ReleasedItem>,
    state: OpinionState,
    sent_to: Vec<SentTo>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    recused: Vec<Recused>,
}

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpinionError {
    /// Not possible in this state.
    #[error("cannot {step} an opinion that is {state}")]
    WrongState {
        /// What was tried.
        step: &'static str,
        /// The state.
        state: &'static str,
    },
    /// The rule stands in the way, and no exception was given.
    #[error(
        "not admissible: {0}; admit it with a reason for the exception, or refuse it with the reason"
    )]
    Obstacle(Obstacle),
    /// Too few members.
    #[error("a panel has at least {PANEL_MIN} different members, {0} given")]
    PanelTooSmall(usize),
    /// Somebody with a conflict of interest.
    #[error("a conflict of interest was recorded for one of these people: choose somebody else")]
    Recused,
    /// Medical data without a mandate.
    #[error("medical documents go to the panel only with the person's mandate: attach it")]
    NoMandate,
    /// There is no such item, or it was taken back already.
    #[error("there is no released item number {0}")]
    NoSuchItem(u32),
    /// Nothing was released.
    #[error("the person has released nothing: the panel has nothing to look at")]
    NothingReleased,
    /// The opinion would rest on something the panel may not see.
    #[error("item {0} is not released: the opinion may rest only on what the person released")]
    NotReleased(u32),
    /// The validity ends before the opinion.
    #[error("valid until {until}, before it was given on {given}")]
    EndsBeforeStart {
        /// Day of the opinion.
        given: Date,
        /// Last day given.
        until: Date,
    },
    /// Only the person's wish opens it to others.
    #[error("the person decides who gets the opinion: record the wish first")]
    NoWish,
}

/// The names of the states, as in the picture.
pub const STATES: &[&str] = &[
    "requested",
    "admitted",
    "not_admitted",
    "in_panel",
    "outcome",
    "ingetrokken",
];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("requested", "admitted"),
    ("requested", "not_admitted"),
    ("admitted", "in_panel"),
    ("in_panel", "outcome"),
    ("requested", "ingetrokken"),
    ("admitted", "ingetrokken"),
    ("in_panel", "ingetrokken"),
];

impl Opinion {
    /// The person asks.
    #[must_use]
    pub fn request(id: OpinionId, person: PersonId, requested: By, ground: Ground) -> Self {
        Self {
            id,
            person,
            requested,
            ground,
            released: Vec::new(),
            state: OpinionState::Requested,
            sent_to: Vec::new(),
            recused: Vec::new(),
        }
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> &OpinionState {
        &self.state
    }

    /// Name of the state.
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            OpinionState::Requested => "requested",
            OpinionState::Admitted { .. } => "admitted",
            OpinionState::NotAdmitted { .. } => "not_admitted",
            OpinionState::InPanel { .. } => "in_panel",
            OpinionState::Outcome { .. } => "outcome",
            OpinionState::Withdrawn { .. } => "ingetrokken",
        }
    }

    /// Everything ever released, for the person.
    #[must_use]
    pub fn released(&self) -> &[ReleasedItem] {
        &self.released
    }

    /// What the panel may see: released and not taken back.
    #[must_use]
    pub fn visible_to_panel(&self) -> Vec<&ReleasedItem> {
        self.released
            .iter()
            .filter(|i| i.taken_back.is_none())
            .collect()
    }

    /// Who got the opinion.
    #[must_use]
    pub fn sent_to(&self) -> &[SentTo] {
        &self.sent_to
    }

    /// The person releases something; until there is an outcome.
    pub fn release(mut self, item: Released, by: By) -> Result<Self, OpinionError> {
        self.is_running("release something for")?;
        if matches!(
            item,
            Released::Document {
                medical: true,
                mandate: None,
                ..
            }
        ) {
            return Err(OpinionError::NoMandate);
        }
        let number = self
            .released
            .iter()
            .map(|i| i.number)
            .max()
            .unwrap_or(0)
            .saturating_add(1);
        self.released.push(ReleasedItem {
            number,
            item,
            by,
            taken_back: None,
        });
        Ok(self)
    }

    /// Erases what she stated, at her request; the number of statements that went. That there was an opinion, and by whom, stays.
    pub fn erase_statements(&mut self) -> usize {
        let mut gone = 0;
        for item in &mut self.released {
            if matches!(item.item, Released::Statement { .. }) {
                item.item = Released::Erased;
                gone += 1;
            }
        }
        gone
    }

    /// The person takes something back.
    pub fn take_back(mut self, number: u32, by: By) -> Result<Self, OpinionError> {
        self.is_running("take something back from")?;
        let item = self
            .released
            .iter_mut()
            .find(|i| i.number == number && i.taken_back.is_none())
            .ok_or(OpinionError::NoSuchItem(number))?;
        item.taken_back = Some(by);
        Ok(self)
    }

    /// Admits it. When the rule stands in the way, an exception needs its reason.
    pub fn admit(
        self,
        rule: &AdmissionRule,
        exception: Option<SafeText>,
        by: By,
    ) -> Result<Self, OpinionError> {
        if self.state != OpinionState::Requested {
            return Err(self.wrong("admit"));
        }
        let obstacle = obstacles(rule, &self.ground, dutch_date(self.requested.at))
            .into_iter()
            .next();
        match (obstacle, exception) {
            (Some(obstacle), None) => Err(OpinionError::Obstacle(obstacle)),
            (_, exception) => Ok(Self {
                state: OpinionState::Admitted { by, exception },
                ..self
            }),
        }
    }

    /// Does not admit it, with the reason.
    pub fn not_admit(self, why: SafeText, by: By) -> Result<Self, OpinionError> {
        match self.state {
            OpinionState::Requested => Ok(Self {
                state: OpinionState::NotAdmitted { why, by },
                ..self
            }),
            _ => Err(self.wrong("refuse")),
        }
    }

    /// Puts it before a panel; also before another one, when somebody left it.
    pub fn compose(self, members: Vec<Member>, by: By) -> Result<Self, OpinionError> {
        if !matches!(
            self.state,
            OpinionState::Admitted { .. } | OpinionState::InPanel { .. }
        ) {
            return Err(self.wrong("put before a panel"));
        }
        if members.iter().any(|m| self.is_recused(m.user)) {
            return Err(OpinionError::Recused);
        }
        let mut users: Vec<UserId> = members.iter().map(|m| m.user).collect();
        users.sort_unstable();
        users.dedup();
        if users.len() < PANEL_MIN || users.len() != members.len() {
            return Err(OpinionError::PanelTooSmall(users.len()));
        }
        Ok(Self {
            state: OpinionState::InPanel { members, by },
            ..self
        })
    }

    /// Somebody has a conflict of interest: she leaves the panel, and cannot come back to this request. A panel that is too small after
    /// that is completed before it gives its opinion. What was given stays given.
    pub fn recuse(mut self, user: UserId, why: SafeText, by: By) -> Result<Self, OpinionError> {
        self.is_running("take somebody off")?;
        if self.is_recused(user) {
            return Err(OpinionError::Recused);
        }
        if let OpinionState::InPanel { members, .. } = &mut self.state {
            members.retain(|member| member.user != user);
        }
        self.recused.push(Recused { user, why, by });
        Ok(self)
    }

    /// Who has a conflict of interest.
    #[must_use]
    pub fn recused(&self) -> &[Recused] {
        &self.recused
    }

    fn is_recused(&self, user: UserId) -> bool {
        self.recused.iter().any(|one| one.user == user)
    }

    /// The panel gives its opinion, on all that is released at that moment.
    pub fn give(
        self,
        verdict: Verdict,
        reasons: SafeText,
        valid_until: Option<Date>,
        by: By,
    ) -> Result<Self, OpinionError> {
        let OpinionState::InPanel { members, .. } = &self.state else {
            return Err(self.wrong("give"));
        };
        if members.len() < PANEL_MIN {
            return Err(OpinionError::PanelTooSmall(members.len()));
        }
        let given = dutch_date(by.at);
        if let Some(until) = valid_until.filter(|until| *until < given) {
            return Err(OpinionError::EndsBeforeStart { given, until });
        }
        let based_on: Vec<u32> = self.visible_to_panel().iter().map(|i| i.number).collect();
        if based_on.is_empty() && verdict != Verdict::OnvoldoendeInformatie {
            return Err(OpinionError::NothingReleased);
        }
        let opinion = PanelOpinion {
            verdict,
            reasons,
            members: members.clone(),
            given,
            valid_until,
            based_on,
            by,
        };
        Ok(Self {
            state: OpinionState::Outcome { opinion },
            ..self
        })
    }

    /// The person takes the request back.
    pub fn withdraw(self, by: By) -> Result<Self, OpinionError> {
        self.is_running("withdraw")?;
        Ok(Self {
            state: OpinionState::Withdrawn { by },
            ..self
        })
    }

    /// Sends the opinion to somebody, because the person wishes so. Nobody gets it by routine, police and prosecution
    /// least of all.
    pub fn send(mut self, to: SentTo) -> Result<Self, OpinionError> {
        if !matches!(self.state, OpinionState::Outcome { .. }) {
            return Err(self.wrong("send"));
        }
        if to.wish.as_str().is_empty() {
            return Err(OpinionError::NoWish);
        }
        self.sent_to.push(to);
        Ok(self)
    }

    fn is_running(&self, step: &'static str) -> Result<(), OpinionError> {
        match self.state {
            OpinionState::Requested
            | OpinionState::Admitted { .. }
            | OpinionState::InPanel { .. } => Ok(()),
            _ => Err(self.wrong(step)),
        }
    }

    fn wrong(&self, step: &'static str) -> OpinionError {
        OpinionError::WrongState {
            step,
            state: self.state_name(),
        }
    }
}
