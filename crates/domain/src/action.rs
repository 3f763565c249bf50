//! The programme's register (K7): actions on six lines, each with one holder and a status history.

use crate::{
    answer::{Bilingual, By},
    code::FormCode,
    ids::{ActionId, OrgId},
    text::SafeText,
    time::dutch_date,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

mod details;
mod proposal;

pub use details::{
    DETAIL_MAX, Details, LESSONS_MAX, LineError, Measure, Milestone, Money, MoneyKind, Way,
};
pub use proposal::Declined;

/// Longest title, in characters.
pub const TITLE_MAX: usize = 300;
/// Longest description or result, in characters.
pub const DESCRIPTION_MAX: usize = 10_000;

/// The six action lines of the plan (Kamerstuk 28638-251).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Line {
    /// 1: broad awareness.
    Awareness,
    /// 2: willingness to report.
    Reporting,
    /// 3: determination of victimhood and protection.
    Victimhood,
    /// 4: (supra-)regional cooperation.
    Cooperation,
    /// 5: information sharing and data processing.
    Information,
    /// 6: position of minor victims.
    Minors,
}

/// There are six lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no action line {0}: the plan has lines 1 to 6")]
pub struct NoSuchLine(pub u8);

impl Line {
    /// All lines, in order.
    pub const ALL: [Self; 6] = [
        Self::Awareness,
        Self::Reporting,
        Self::Victimhood,
        Self::Cooperation,
        Self::Information,
        Self::Minors,
    ];

    /// 1 to 6.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Awareness => 1,
            Self::Reporting => 2,
            Self::Victimhood => 3,
            Self::Cooperation => 4,
            Self::Information => 5,
            Self::Minors => 6,
        }
    }

    /// Its name in the plan, and in English.
    #[must_use]
    pub fn title(self) -> Bilingual {
        match self {
            Self::Awareness => Bilingual::new(
                "Creëren van brede bewustwording",
                "Creating broad awareness",
            ),
            Self::Reporting => Bilingual::new(
                "Vergroten van de meldingsbereidheid",
                "Raising willingness to report",
            ),
            Self::Victimhood => Bilingual::new(
                "Betere vaststelling van slachtofferschap en bescherming",
                "Better determination of victimhood and protection",
            ),
            Self::Cooperation => Bilingual::new(
                "Verbeteren van de (boven)regionale samenwerking",
                "Improving (supra-)regional cooperation",
            ),
            Self::Information => Bilingual::new(
                "Informatiedeling en gegevensverwerking",
                "Information sharing and data processing",
            ),
            Self::Minors => Bilingual::new(
                "Versterken van de positie van minderjarige slachtoffers",
                "Strengthening the position of minor victims",
            ),
        }
    }
}

impl TryFrom<u8> for Line {
    type Error = NoSuchLine;

    fn try_from(number: u8) -> Result<Self, NoSuchLine> {
        Self::ALL
            .into_iter()
            .find(|l| l.number() == number)
            .ok_or(NoSuchLine(number))
    }
}

impl From<Line> for u8 {
    fn from(line: Line) -> Self {
        line.number()
    }
}

/// How an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not begun.
    NietGestart,
    /// Running.
    Loopt,
    /// Delayed.
    Vertraagd,
    /// Finished.
    Afgerond,
    /// Dropped.
    Vervallen,
    /// Taken over into standing policy.
    StructureelGeborgd,
}

impl Status {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NietGestart => "niet_gestart",
            Self::Loopt => "loopt",
            Self::Vertraagd => "vertraagd",
            Self::Afgerond => "afgerond",
            Self::Vervallen => "vervallen",
            Self::StructureelGeborgd => "structureel_geborgd",
        }
    }

    /// Stands in annex 1 of the letter: running, delayed or finished.
    #[must_use]
    pub fn in_annex(self) -> bool {
        matches!(self, Self::Loopt | Self::Vertraagd | Self::Afgerond)
    }

    /// Nothing more is expected.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Afgerond | Self::Vervallen | Self::StructureelGeborgd
        )
    }
}

/// The statuses, as in the picture.
pub const STATES: &[&str] = &[
    "niet_gestart",
    "loopt",
    "vertraagd",
    "afgerond",
    "vervallen",
    "structureel_geborgd",
];
/// The moves between them; those out of a final status need a reason.
pub const MOVES: &[(&str, &str)] = &[
    ("niet_gestart", "loopt"),
    ("niet_gestart", "vertraagd"),
    ("niet_gestart", "vervallen"),
    ("loopt", "vertraagd"),
    ("loopt", "afgerond"),
    ("loopt", "vervallen"),
    ("loopt", "structureel_geborgd"),
    ("vertraagd", "loopt"),
    ("vertraagd", "afgerond"),
    ("vertraagd", "vervallen"),
    ("afgerond", "structureel_geborgd"),
    ("afgerond", "loopt"),
    ("vervallen", "loopt"),
    ("structureel_geborgd", "loopt"),
];

/// A change of status, kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusChange {
    /// New status; the same as before for an update that only tells results.
    pub status: Status,
    /// Results reached, in the holder's words.
    pub results: Option<SafeText>,
    /// Why; needed for a delay and for leaving a final status.
    pub why: Option<SafeText>,
    /// Who and when.
    pub by: By,
    /// The programme office's confirmation, when the holder had proposed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<By>,
}

impl StatusChange {
    /// The moment from which it counts in the register.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.confirmed.map_or(self.by.at, |by| by.at)
    }
}

/// Whom an action is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeGroup {
    /// Under eighteen.
    Minors,
    /// Eighteen to twenty-two.
    YoungAdults,
    /// From twenty-three.
    Adults,
}

impl AgeGroup {
    /// The codes of a file with the groups that each stands for. `adult` is everybody of eighteen and over, as people write it.
    pub const CODES: [(&'static str, &'static [AgeGroup]); 4] = [
        ("minor", &[AgeGroup::Minors]),
        ("adult", &[AgeGroup::YoungAdults, AgeGroup::Adults]),
        ("young_adult", &[AgeGroup::YoungAdults]),
        ("adult_23", &[AgeGroup::Adults]),
    ];

    /// The groups of a code, also in the plural.
    #[must_use]
    pub fn of_code(code: &str) -> Option<&'static [AgeGroup]> {
        let code = code.trim();
        let fits = |known: &str| code == known || code.strip_suffix('s') == Some(known);
        let found = Self::CODES.into_iter().find(|(known, _)| fits(known));
        found.map(|(_, groups)| groups)
    }

    /// The fewest codes that stand for these groups and no other.
    #[must_use]
    pub fn codes(groups: &[AgeGroup]) -> Vec<&'static str> {
        let mut left = groups.to_vec();
        let mut out = Vec::new();
        for (code, stands_for) in Self::CODES {
            if stands_for.iter().all(|group| left.contains(group)) {
                left.retain(|group| !stands_for.contains(group));
                out.push(code);
            }
        }
        out
    }
}

/// What an action is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionPlan {
    /// On which line.
    pub line: Line,
    /// Number as the plan writes it, such as `3.b`.
    pub number: String,
    /// Title.
    pub title: SafeText,
    /// Description.
    pub description: Option<SafeText>,
    /// Strategic goals, 1 to 3.
    pub goals: Vec<u8>,
    /// What it is for, in words.
    #[serde(default)]
    pub goal: Option<SafeText>,
    /// The one organisation that answers for it.
    pub holder: OrgId,
    /// Organisations involved, without the holder.
    pub involved: Vec<OrgId>,
    /// Forms of exploitation it targets; empty: all.
    pub forms: Vec<FormCode>,
    /// Age groups it is about; empty: all.
    pub ages: Vec<AgeGroup>,
    /// Intended result.
    pub intended_result: Option<SafeText>,
    /// First day.
    pub start: Option<Date>,
    /// Planned last day.
    pub end: Option<Date>,
    /// Budget in whole euros.
    #[serde(default)]
    pub budget_eur: Option<u64>,
    /// By what the result is measured.
    #[serde(default)]
    pub indicators: Vec<SafeText>,
    /// Web addresses of evidence.
    #[serde(default)]
    pub links: Vec<SafeText>,
    /// Standing policy, regions, milestones, measures, money, lessons.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Identity.
    pub id: ActionId,
    /// What it is.
    pub plan: ActionPlan,
    history: Vec<StatusChange>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposal: Option<StatusChange>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    declined: Vec<Declined>,
}

/// Why an action or a change was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// No number.
    #[error("`number` is empty: give the number as the plan writes it, such as 3.b")]
    NoNumber,
    /// The number belongs to another line.
    #[error("`number` {number} does not belong to line {line}")]
    OtherLine {
        /// Number given.
        number: String,
        /// Line given.
        line: u8,
    },
    /// There are three strategic goals.
    #[error("`goals` has {0}: the programme has strategic goals 1 to 3")]
    NoSuchGoal(u8),
    /// The holder is also named as involved.
    #[error("the holder is also named among the organisations involved: name it once")]
    HolderInvolved,
    /// The end is before the start.
    #[error("`end` {end} is before `start` {start}")]
    EndsBeforeStart {
        /// First day.
        start: Date,
        /// Last day.
        end: Date,
    },
    /// Two amounts of one kind in one year.
    #[error("`money` has {} of {year} twice: give one amount", .kind.word())]
    MoneyTwice {
        /// Year.
        year: i16,
        /// Budget or spending.
        kind: MoneyKind,
    },
    /// The budget as a whole is not the sum of its years.
    #[error("`budget_eur` says {said}, the years make {sum}")]
    BudgetNotTheSum {
        /// As given.
        said: u64,
        /// As its years add up.
        sum: u64,
    },
    /// No such move.
    #[error("an action cannot go from {} to {}", .from.code(), .to.code())]
    NoSuchMove {
        /// From.
        from: Status,
        /// To.
        to: Status,
    },
    /// A reason is needed.
    #[error("going from {} to {} needs a reason", .from.code(), .to.code())]
    NoReason {
        /// From.
        from: Status,
        /// To.
        to: Status,
    },
    /// Nothing was proposed.
    #[error("there is no proposal: its holder has proposed nothing, or it was answered already")]
    NoProposal,
}

impl ActionPlan {
    /// Budget in whole euros: as given, or the sum of its years.
    #[must_use]
    pub fn budget(&self) -> Option<u64> {
        self.budget_eur
            .or_else(|| self.details.euros(MoneyKind::Budget))
    }

    /// Checks what belongs together.
    pub fn check(&self) -> Result<(), ActionError> {
        let number = self.number.trim();
        if number.is_empty() {
            return Err(ActionError::NoNumber);
        }
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let line = self.line.number();
        if !digits.is_empty() && digits != line.to_string() && number.contains('.') {
            return Err(ActionError::OtherLine {
                number: self.number.clone(),
                line,
            });
        }
        if let Some(goal) = self.goals.iter().find(|g| !(1..=3).contains(*g)) {
            return Err(ActionError::NoSuchGoal(*goal));
        }
        if self.involved.contains(&self.holder) {
            return Err(ActionError::HolderInvolved);
        }
        if let Some((year, kind)) = self.details.money_twice() {
            return Err(ActionError::MoneyTwice { year, kind });
        }
        if let (Some(said), Some(sum)) = (self.budget_eur, self.details.euros(MoneyKind::Budget))
            && said != sum
        {
            return Err(ActionError::BudgetNotTheSum { said, sum });
        }
        match (self.start, self.end) {
            (Some(start), Some(end)) if end < start => {
                Err(ActionError::EndsBeforeStart { start, end })
            }
            _ => Ok(()),
        }
    }
}

impl Action {
    /// Puts an action in the register, not begun.
    pub fn new(id: ActionId, plan: ActionPlan, by: By) -> Result<Self, ActionError> {
        let first = StatusChange {
            status: Status::NietGestart,
            results: None,
            why: None,
            by,
            confirmed: None,
        };
        Self::take_over(id, plan, first)
    }

    /// Puts an action in the register as another register had it, in whatever status.
    pub fn take_over(
        id: ActionId,
        plan: ActionPlan,
        first: StatusChange,
    ) -> Result<Self, ActionError> {
        plan.check()?;
        Ok(Self {
            id,
            plan,
            history: vec![first],
            proposal: None,
            declined: Vec::new(),
        })
    }

    /// How it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        self.history
            .last()
            .map_or(Status::NietGestart, |c| c.status)
    }

    /// All changes, oldest first.
    #[must_use]
    pub fn history(&self) -> &[StatusChange] {
        &self.history
    }

    /// The latest results told.
    #[must_use]
    pub fn results(&self) -> Option<&SafeText> {
        self.history.iter().rev().find_map(|c| c.results.as_ref())
    }

    /// Changes what it is; the status stays.
    pub fn change_plan(self, plan: ActionPlan) -> Result<Self, ActionError> {
        plan.check()?;
        Ok(Self { plan, ..self })
    }

    /// Changes its status, or tells results under the same status. What is finished never goes back without a reason.
    /// A proposal that waits falls away: it was about the register as it stood before.
    pub fn update(mut self, change: StatusChange) -> Result<Self, ActionError> {
        self.check_move(&change)?;
        self.proposal = None;
        self.history.push(change);
        Ok(self)
    }

    fn check_move(&self, change: &StatusChange) -> Result<(), ActionError> {
        let (from, to) = (self.status(), change.status);
        if from != to && !MOVES.contains(&(from.code(), to.code())) {
            return Err(ActionError::NoSuchMove { from, to });
        }
        let back = from.is_final() && !to.is_final();
        let needs_reason =
            from != to && (back || to == Status::Vertraagd || to == Status::Vervallen);
        if needs_reason && change.why.is_none() {
            return Err(ActionError::NoReason { from, to });
        }
        Ok(())
    }

    /// Status on a day: what a letter of that day would have said.
    #[must_use]
    pub fn status_on(&self, day: Date) -> Option<Status> {
        self.history
            .iter()
            .rev()
            .find(|c| dutch_date(c.since()) <= day)
            .map(|c| c.status)
    }

    /// The last day on which something was told of it; a proposal counts.
    #[must_use]
    pub fn last_told(&self) -> Option<Date> {
        let told = self.history.iter().chain(&self.proposal);
        told.map(|c| dutch_date(c.by.at)).max()
    }

    /// Has the holder told nothing since a day, while something was expected?
    #[must_use]
    pub fn is_overdue(&self, since: Date) -> bool {
        !self.status().is_final() && self.last_told().is_none_or(|day| day < since)
    }
}
