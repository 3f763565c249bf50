//! The update round (K7): the programme office asks every holder how the action stands, until a moment at which the texts are frozen.
//!
//! A holder writes in own words, sends it, and a reviewer accepts it or sends it back with a reason. What comes after the cut-off does
//! not count, with the reason; it is kept for the holder, so that nothing typed is lost.

use crate::{
    action::{Action, ActionError, Status, StatusChange},
    answer::By,
    attachment::{FileKind, MOST_OF_UPDATE},
    edition::EditionName,
    ids::{ActionId, AttachmentId, OrgId, RoundId, UpdateId},
    text::SafeText,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Most late texts that are kept of one update; the newest stay.
pub const LATE_MAX: usize = 20;
/// How long after the cut-off a private link still opens, to read and to keep what was typed too late.
pub const LINK_AFTER_CUTOFF: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A round runs at least this long: who is asked must be able to answer.
pub const ROUND_AT_LEAST: SignedDuration = SignedDuration::from_hours(24);

/// So long before the cut-off whoever has sent nothing yet hears of it; in a short round halfway.
pub const COMING_BEFORE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A round of updates for one edition of the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Identity.
    pub id: RoundId,
    /// For which edition.
    pub edition: EditionName,
    /// Who opened it, and when.
    pub opened: By,
    /// From this moment on, what is written does not count any more.
    pub cutoff: Timestamp,
}

/// Why something in a round was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoundError {
    /// The cut-off comes too soon.
    #[error("the cut-off must lie at least a day ahead: who is asked must be able to answer")]
    TooShort,
    /// The texts are frozen.
    #[error(
        "the texts of this round are frozen since {cutoff}; what was typed is kept with the holder and counts not"
    )]
    Frozen {
        /// Since when.
        cutoff: Timestamp,
    },
    /// The round still runs.
    #[error("the round runs until {cutoff}: send it back, so that the holder can mend it")]
    StillOpen {
        /// Until when.
        cutoff: Timestamp,
    },
    /// Nothing was told.
    #[error("nothing is told: write what was reached, or propose another status")]
    NothingTold,
    /// It was accepted.
    #[error(
        "this update was accepted already; what is new goes into the next round, or to the action itself"
    )]
    Accepted,
    /// Nothing waits for the reviewer.
    #[error(
        "nothing waits for an answer here: the holder sent nothing, or it was answered already"
    )]
    NotSent,
    /// As many files as an update can have are there already.
    #[error("an update has at most {MOST_OF_UPDATE} files; nothing of this sending was kept")]
    TooManyFiles,
    /// There is no such file, or it was taken away.
    #[error("this file is not there any more")]
    NoSuchFile,
    /// Whoever wrote a text does not accept it.
    #[error("whoever sent a text does not accept it: let a colleague review it")]
    OwnText,
    /// The action refuses the status.
    #[error(transparent)]
    Action(#[from] ActionError),
}

impl Round {
    /// Opens a round.
    pub fn new(
        id: RoundId,
        edition: EditionName,
        opened: By,
        cutoff: Timestamp,
    ) -> Result<Self, RoundError> {
        if cutoff.duration_since(opened.at) < ROUND_AT_LEAST {
            return Err(RoundError::TooShort);
        }
        Ok(Self {
            id,
            edition,
            opened,
            cutoff,
        })
    }

    /// Over is over, whether or not a clock ran.
    #[must_use]
    pub fn is_frozen(&self, now: Timestamp) -> bool {
        now >= self.cutoff
    }

    fn running(&self, now: Timestamp) -> Result<(), RoundError> {
        match self.is_frozen(now) {
            false => Ok(()),
            true => Err(RoundError::Frozen {
                cutoff: self.cutoff,
            }),
        }
    }

    /// When whoever has sent nothing yet hears that the cut-off is near.
    #[must_use]
    pub fn coming(&self) -> Timestamp {
        let all = self.cutoff.duration_since(self.opened.at);
        let before = COMING_BEFORE.min(all / 2);
        self.cutoff.checked_sub(before).unwrap_or(self.opened.at)
    }

    /// The moment after which a private link opens nothing any more.
    #[must_use]
    pub fn links_until(&self) -> Timestamp {
        self.cutoff
            .checked_add(LINK_AFTER_CUTOFF)
            .unwrap_or(self.cutoff)
    }
}

/// Somebody looked at a warning about a person's data and says why the text may stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overridden {
    /// Who says so, by name.
    pub name: SafeText,
    /// Why it may stay.
    pub why: SafeText,
}

/// What a holder tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// How it stands; the same as before, or a proposal.
    pub status: Status,
    /// What was reached, in the holder's words: what the Chamber will read.
    pub results: Option<SafeText>,
    /// Why; needed for a delay, for dropping it, and for leaving a final status.
    pub why: Option<SafeText>,
    /// Where it can be seen: web addresses or papers.
    pub evidence: Vec<SafeText>,
    /// The text seemed to hold a person's data, and somebody said why it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden>,
    /// Who and when.
    pub by: By,
}

/// What the reviewer said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reviewed {
    /// Accepted: it stands in the register.
    Accepted {
        /// By whom, and when.
        by: By,
    },
    /// Sent back, to be mended.
    SentBack {
        /// What is to be mended.
        why: SafeText,
        /// By whom, and when.
        by: By,
    },
    /// Not taken over, after the cut-off.
    LeftOut {
        /// Why.
        why: SafeText,
        /// By whom, and when.
        by: By,
    },
}

/// A holder asked a colleague to write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegated {
    /// To whom: a name or function within the holder's organisation.
    pub to: SafeText,
    /// By whom, and when.
    pub by: By,
}

/// A file that shows what was reached. Of its content nothing stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// Its identity among the attachments.
    pub id: AttachmentId,
    /// What it is.
    pub kind: FileKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// Who added it, and when.
    pub by: By,
    /// It is there, or it was.
    pub standing: Standing,
}

/// Whether a file is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Standing {
    /// It is there.
    Kept {
        /// What the holder calls it: all that a letter could say of it.
        title: SafeText,
    },
    /// The holder took it away; it is destroyed, and its title with it.
    TakenAway {
        /// Who, and when.
        by: By,
    },
}

impl EvidenceFile {
    /// What it is called; none: it was taken away.
    #[must_use]
    pub fn title(&self) -> Option<&SafeText> {
        match &self.standing {
            Standing::Kept { title } => Some(title),
            Standing::TakenAway { .. } => None,
        }
    }
}

/// What a holder hears by itself, each once in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The cut-off is near and nothing was sent.
    Coming,
    /// The cut-off is over and nothing was sent.
    Overdue,
}

/// That a holder was told something by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// What.
    pub kind: NoticeKind,
    /// When.
    pub at: Timestamp,
}

/// How far an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpdateState {
    /// Asked; nothing was sent yet.
    Asked,
    /// Sent; waits for the reviewer.
    Sent,
    /// Sent back, to be mended.
    SentBack,
    /// Accepted: it stands in the register.
    Accepted,
    /// Not taken over.
    LeftOut,
}

impl UpdateState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Asked,
        Self::Sent,
        Self::SentBack,
        Self::Accepted,
        Self::LeftOut,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Sent => "sent",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
            Self::LeftOut => "left_out",
        }
    }

    /// The holder's word is still missing.
    #[must_use]
    pub fn is_missing(self) -> bool {
        matches!(self, Self::Asked | Self::SentBack)
    }
}

/// The states, as in the picture.
pub const STATES: &[&str] = &["asked", "sent", "sent_back", "accepted", "left_out"];
/// The moves between them.
pub const MOVES: &[(&str, &str)] = &[
    ("asked", "sent"),
    ("sent", "sent_back"),
    ("sent_back", "sent"),
    ("sent", "accepted"),
    ("sent", "left_out"),
];

/// What is asked of one action in one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// Identity.
    pub id: UpdateId,
    /// In which round.
    pub round: RoundId,
    /// Of which action.
    pub action: ActionId,
    /// Who answers for it.
    pub holder: OrgId,
    state: UpdateState,
    draft: Option<Told>,
    sent: Vec<Told>,
    reviewed: Vec<Reviewed>,
    late: Vec<Told>,
    delegated: Vec<Delegated>,
    reminded: Vec<By>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<EvidenceFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notices: Vec<Notice>,
}

impl Update {
    /// Asks about an action.
    #[must_use]
    pub fn ask(id: UpdateId, round: RoundId, action: &Action) -> Self {
        Self {
            id,
            round,
            action: action.id,
            holder: action.plan.holder,
            state: UpdateState::Asked,
            draft: None,
            sent: Vec::new(),
            reviewed: Vec::new(),
            late: Vec::new(),
            delegated: Vec::new(),
            reminded: Vec::new(),
            files: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> UpdateState {
        self.state
    }

    /// What was saved and not sent.
    #[must_use]
    pub fn draft(&self) -> Option<&Told> {
        self.draft.as_ref()
    }

    /// The text that counts: the last one sent.
    #[must_use]
    pub fn told(&self) -> Option<&Told> {
        self.sent.last()
    }

    /// Everything that was sent, oldest first.
    #[must_use]
    pub fn sent(&self) -> &[Told] {
        &self.sent
    }

    /// What reviewers said, oldest first.
    #[must_use]
    pub fn reviewed(&self) -> &[Reviewed] {
        &self.reviewed
    }

    /// What was typed too late: it counts not, and it is not lost.
    #[must_use]
    pub fn late(&self) -> &[Told] {
        &self.late
    }

    /// To whom it was given, oldest first.
    #[must_use]
    pub fn delegated(&self) -> &[Delegated] {
        &self.delegated
    }

    /// When the holder was reminded, oldest first.
    #[must_use]
    pub fn reminded(&self) -> &[By] {
        &self.reminded
    }

    /// Files that show what was reached, oldest first; also those that were taken away.
    #[must_use]
    pub fn files(&self) -> &[EvidenceFile] {
        &self.files
    }

    /// What the holder heard by itself, oldest first.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Tells the holder something by itself; none: it was told before, or nothing is missing.
    #[must_use]
    pub fn notify(mut self, kind: NoticeKind, at: Timestamp) -> Option<Self> {
        let before = self.notices.iter().any(|notice| notice.kind == kind);
        if before || !self.state.is_missing() {
            return None;
        }
        self.notices.push(Notice { kind, at });
        Some(self)
    }

    /// Adds a file as evidence, as long as the update can be written.
    pub fn attach(mut self, round: &Round, file: EvidenceFile) -> Result<Self, RoundError> {
        round.running(file.by.at)?;
        self.open()?;
        let kept = self.files.iter().filter(|file| file.title().is_some());
        if kept.count() >= MOST_OF_UPDATE {
            return Err(RoundError::TooManyFiles);
        }
        self.files.push(file);
        Ok(self)
    }

    /// Takes a file away, as long as the update can be written: that it was there stays.
    pub fn take_away(
        mut self,
        round: &Round,
        id: AttachmentId,
        by: By,
    ) -> Result<Self, RoundError> {
        round.running(by.at)?;
        self.open()?;
        let file = self.files.iter_mut().find(|file| file.id == id);
        let file = file.filter(|file| file.title().is_some());
        file.ok_or(RoundError::NoSuchFile)?.standing = Standing::TakenAway { by };
        Ok(self)
    }

    fn open(&self) -> Result<(), RoundError> {
        match self.state {
            UpdateState::Accepted | UpdateState::LeftOut => Err(RoundError::Accepted),
            _ => Ok(()),
        }
    }

    /// Saves a text without sending it.
    pub fn save(mut self, round: &Round, told: Told) -> Result<Self, RoundError> {
        round.running(told.by.at)?;
        self.open()?;
        self.draft = Some(told);
        Ok(self)
    }

    /// Sends a text; one that still waits is replaced. The action must be able to go where it is proposed to go.
    pub fn send(mut self, round: &Round, action: &Action, told: Told) -> Result<Self, RoundError> {
        round.running(told.by.at)?;
        self.open()?;
        if told.results.is_none() && told.status == action.status() {
            return Err(RoundError::NothingTold);
        }
        action.clone().update(change(&told))?;
        self.draft = None;
        self.sent.push(told);
        self.state = UpdateState::Sent;
        Ok(self)
    }

    /// Keeps what was typed after the cut-off, or after it was accepted. It counts not.
    #[must_use]
    pub fn keep_late(mut self, told: Told) -> Self {
        self.late.push(told);
        let over = self.late.len().saturating_sub(LATE_MAX);
        self.late.drain(..over);
        self
    }

    /// Accepts what was sent: gives the action with it.
    pub fn accept(mut self, action: Action, by: By) -> Result<(Self, Action), RoundError> {
        let told = self.waiting(by)?;
        let change = StatusChange {
            confirmed: Some(by),
            ..change(told)
        };
        let mut plan = action.plan.clone();
        let titles = self.files.iter().filter_map(EvidenceFile::title);
        for evidence in told.evidence.iter().chain(titles) {
            if !plan.links.contains(evidence) {
                plan.links.push(evidence.clone());
            }
        }
        let action = action.update(change)?.change_plan(plan)?;
        self.reviewed.push(Reviewed::Accepted { by });
        self.state = UpdateState::Accepted;
        Ok((self, action))
    }

    /// Sends it back while the round runs, with what is to be mended.
    pub fn send_back(mut self, round: &Round, why: SafeText, by: By) -> Result<Self, RoundError> {
        round.running(by.at)?;
        self.waiting(by)?;
        self.reviewed.push(Reviewed::SentBack { why, by });
        self.state = UpdateState::SentBack;
        Ok(self)
    }

    /// Does not take it over, when it is too late to have it mended.
    pub fn leave_out(mut self, round: &Round, why: SafeText, by: By) -> Result<Self, RoundError> {
        if !round.is_frozen(by.at) {
            return Err(RoundError::StillOpen {
                cutoff: round.cutoff,
            });
        }
        self.waiting(by)?;
        self.reviewed.push(Reviewed::LeftOut { why, by });
        self.state = UpdateState::LeftOut;
        Ok(self)
    }

    /// What waits for the reviewer, who is somebody else than its author.
    fn waiting(&self, reviewer: By) -> Result<&Told, RoundError> {
        let told = self.told().filter(|_| self.state == UpdateState::Sent);
        let told = told.ok_or(RoundError::NotSent)?;
        match told.by.user == reviewer.user {
            true => Err(RoundError::OwnText),
            false => Ok(told),
        }
    }

    /// Gives the writing to a colleague.
    #[must_use]
    pub fn delegate(mut self, delegated: Delegated) -> Self {
        self.delegated.push(delegated);
        self
    }

    /// Reminds the holder; only who still has to tell something is reminded.
    pub fn remind(mut self, round: &Round, by: By) -> Result<Self, RoundError> {
        round.running(by.at)?;
        if !self.state.is_missing() {
            return Err(RoundError::Accepted);
        }
        self.reminded.push(by);
        Ok(self)
    }
}

/// As the register keeps it.
fn change(told: &Told) -> StatusChange {
    StatusChange {
        status: told.status,
        results: told.results.clone(),
        why: told.why.clone(),
        by: told.by,
        confirmed: None,
    }
}
