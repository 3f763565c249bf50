//! What a report holds. The reporter's own contact details are not in it: they are a record of their own.

use crate::{
    age::Age,
    answer::Answer,
    code::{FormCode, IndicatorCode, LanguageCode, MunicipalityCode},
    ids::{AttachmentId, ReportId},
    objects::ObjectSeen,
    person::Sex,
    text::SafeText,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest story, in characters.
pub const STORY_MAX: usize = 20_000;
/// Longest short answer (place, description of a person), in characters.
pub const ANSWER_MAX: usize = 2_000;
/// Most persons in one report.
pub const PERSONS_MAX: usize = 50;
/// Most objects in one report.
pub const OBJECTS_MAX: usize = 100;
/// Most forms in one report.
pub const FORMS_MAX: usize = 20;
/// Most indicators ticked in one report.
pub const INDICATORS_MAX: usize = 200;
/// Most attachments of one report.
pub const ATTACHMENTS_MAX: usize = crate::attachment::MOST_OF_REPORT;
/// Largest attachment, in bytes.
pub const ATTACHMENT_BYTES_MAX: u64 = crate::attachment::MOST_BYTES;

/// Through which door it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Telephone.
    #[serde(rename = "telefoon")]
    Phone,
    /// The public page.
    Web,
    /// Chat.
    Chat,
    /// WhatsApp and the like.
    Whatsapp,
    /// E-mail.
    #[serde(rename = "e_mail")]
    Email,
    /// At a counter.
    #[serde(rename = "balie")]
    Counter,
    /// A partner's system.
    #[serde(rename = "partner_systeem")]
    PartnerSystem,
    /// Post.
    Post,
    /// The desk's own observation (`ambtshalve`).
    #[serde(rename = "ambtshalve")]
    ExOfficio,
}

/// What kind of reporter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReporterKind {
    /// The victim.
    #[serde(rename = "slachtoffer_zelf")]
    VictimSelf,
    /// Family or friend.
    #[serde(rename = "familie_vriend")]
    FamilyOrFriend,
    /// A citizen.
    #[serde(rename = "burger")]
    Citizen,
    /// A professional.
    Professional,
    /// A company.
    #[serde(rename = "bedrijf")]
    Company,
    /// Does not wish to say.
    #[serde(rename = "anoniem")]
    Anonymous,
    /// An investigating service.
    #[serde(rename = "opsporingsdienst")]
    InvestigatingService,
    /// Another source.
    #[serde(rename = "ander_signaal")]
    Other,
}

/// Are minors involved?
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MinorsInvolved {
    /// Yes.
    Yes,
    /// Suspected.
    Suspected,
    /// No.
    No,
    /// Not known.
    #[default]
    Unknown,
}

impl MinorsInvolved {
    /// Yes or suspected: changes where the report goes.
    #[must_use]
    pub fn is_possible(self) -> bool {
        matches!(self, Self::Yes | Self::Suspected)
    }
}

/// Is help wanted, and by whom?
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum HelpWish {
    /// Not asked.
    #[default]
    NotAsked,
    /// The victim reports and wants help.
    ForSelf,
    /// The reporter asks for help, and the victim agrees.
    VictimAgrees,
    /// The reporter asks for help; the victim has not been asked yet.
    VictimNotAsked,
    /// No help is wanted.
    NotWanted,
}

impl HelpWish {
    /// The person concerned agrees.
    #[must_use]
    pub fn is_agreed(self) -> bool {
        matches!(self, Self::ForSelf | Self::VictimAgrees)
    }
}

/// May the police know?
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PoliceWish {
    /// Not asked.
    #[default]
    NotAsked,
    /// Agrees.
    Agrees,
    /// Asks for help only, without police.
    HelpWithoutPolice,
}

/// In which role somebody appears in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DescribedRole {
    /// Possible victim.
    PossibleVictim,
    /// Possible offender.
    PossibleOffender,
    /// Somebody who makes it possible (landlord, driver).
    Facilitator,
    /// Witness.
    Witness,
}

/// How sure the reporter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Saw it or lived it.
    Seen,
    /// Heard it from others.
    Heard,
    /// Suspects it.
    Suspected,
}

/// Somebody described in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonDescribed {
    /// Role.
    pub role: DescribedRole,
    /// How sure.
    pub certainty: Certainty,
    /// Name or alias, if known.
    pub known_as: Option<SafeText>,
    /// Age as known.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// Description.
    pub description: Option<SafeText>,
}

/// When it happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, if known.
    pub until: Option<Date>,
    /// Still going on?
    pub ongoing: Answer,
}

/// A sealed attachment; its file name is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Identity.
    pub id: AttachmentId,
    /// Media type as detected, such as `image/jpeg`.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// The reporter, apart from the report: own record, own key, own retention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReporterContact {
    /// Of which report.
    pub report: ReportId,
    /// Name.
    pub name: Option<SafeText>,
    /// Organisation, for professionals.
    pub organisation: Option<SafeText>,
    /// How to reach.
    pub channel: Option<SafeText>,
    /// When it is safe.
    pub safe_times: Option<SafeText>,
    /// Word by which both sides know each other.
    pub code_word: Option<SafeText>,
    /// Never call back.
    pub never_call: bool,
}

/// What a report holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportContent {
    /// Through which door.
    pub channel: Channel,
    /// What kind of reporter.
    pub reporter_kind: ReporterKind,
    /// In which language.
    pub language: LanguageCode,
    /// Interpreter needed?
    pub interpreter: Answer,
    /// Acute danger now, as the reporter says.
    pub acute: Answer,
    /// The story.
    pub story: Option<SafeText>,
    /// Forms suspected.
    pub forms: Vec<FormCode>,
    /// Indicators ticked.
    pub indicators: Vec<IndicatorCode>,
    /// Municipality, if known.
    pub municipality: Option<MunicipalityCode>,
    /// Place in words.
    pub place: Option<SafeText>,
    /// At a border, an airport or a port of entry.
    pub at_border: bool,
    /// When.
    pub period: Period,
    /// Persons described.
    pub persons: Vec<PersonDescribed>,
    /// Phones, plates, accounts, trade register numbers, e-mail addresses.
    pub objects: Vec<ObjectSeen>,
    /// Minors involved?
    pub minors: MinorsInvolved,
    /// Is a parent or guardian suspected?
    pub parent_suspected: Answer,
    /// Is help wanted?
    pub help: HelpWish,
    /// May the police know?
    pub police: PoliceWish,
    /// Attachments.
    pub attachments: Vec<Attachment>,
}

/// What is wrong with the content; `field` is the name on the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Nothing was told.
    #[error(
        "`story` is empty and nothing else is told: write something, name a person, a place or a thing, or add a file"
    )]
    NothingTold,
    /// More entries than taken.
    #[error("`{field}` has {count} entries, at most {max} are taken")]
    TooMany {
        /// Field.
        field: &'static str,
        /// Entries given.
        count: usize,
        /// Entries taken.
        max: usize,
    },
    /// A text is longer than taken.
    #[error("`{field}` has {length} characters, at most {max} are taken")]
    TooLong {
        /// Field.
        field: &'static str,
        /// Characters given.
        length: usize,
        /// Characters taken.
        max: usize,
    },
    /// An attachment is too large.
    #[error("`attachments`: number {number} has {bytes} bytes, at most {max} are taken")]
    AttachmentTooLarge {
        /// Which one, from 1.
        number: usize,
        /// Size given.
        bytes: u64,
        /// Size taken.
        max: u64,
    },
    /// The period is the wrong way round.
    #[error("`period`: the last day {until} is before the first day {from}")]
    PeriodReversed {
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
}

impl ContentError {
    /// The field that the message is about.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::NothingTold => "story",
            Self::TooMany { field, .. } | Self::TooLong { field, .. } => field,
            Self::AttachmentTooLarge { .. } => "attachments",
            Self::PeriodReversed { .. } => "period",
        }
    }
}

impl ReportContent {
    /// An empty report through a door, to be filled in.
    #[must_use]
    pub fn empty(channel: Channel, reporter_kind: ReporterKind, language: LanguageCode) -> Self {
        Self {
            channel,
            reporter_kind,
            language,
            interpreter: Answer::Unknown,
            acute: Answer::Unknown,
            story: None,
            forms: Vec::new(),
            indicators: Vec::new(),
            municipality: None,
            place: None,
            at_border: false,
            period: Period::default(),
            persons: Vec::new(),
            objects: Vec::new(),
            minors: MinorsInvolved::Unknown,
            parent_suspected: Answer::Unknown,
            help: HelpWish::NotAsked,
            police: PoliceWish::NotAsked,
            attachments: Vec::new(),
        }
    }

    /// Checks limits and contradictions; the first fault, in the order of the form.
    pub fn check(&self) -> Result<(), ContentError> {
        if self.tells_nothing() {
            return Err(ContentError::NothingTold);
        }
        length("story", self.story.as_ref(), STORY_MAX)?;
        length("place", self.place.as_ref(), ANSWER_MAX)?;
        for person in &self.persons {
            length(
                "known_as",
                person.known_as.as_ref(),
                crate::person::NAME_MAX,
            )?;
            length("description", person.description.as_ref(), ANSWER_MAX)?;
        }
        count("forms", self.forms.len(), FORMS_MAX)?;
        count("indicators", self.indicators.len(), INDICATORS_MAX)?;
        count("persons", self.persons.len(), PERSONS_MAX)?;
        count("objects", self.objects.len(), OBJECTS_MAX)?;
        count("attachments", self.attachments.len(), ATTACHMENTS_MAX)?;
        for (index, file) in self.attachments.iter().enumerate() {
            if file.bytes > ATTACHMENT_BYTES_MAX {
                let (number, bytes) = (index + 1, file.bytes);
                return Err(ContentError::AttachmentTooLarge {
                    number,
                    bytes,
                    max: ATTACHMENT_BYTES_MAX,
                });
            }
        }
        match (self.period.from, self.period.until) {
            (Some(from), Some(until)) if until < from => {
                Err(ContentError::PeriodReversed { from, until })
            }
            _ => Ok(()),
        }
    }

    fn tells_nothing(&self) -> bool {
        self.story.is_none()
            && self.place.is_none()
            && self.persons.is_empty()
            && self.objects.is_empty()
            && self.indicators.is_empty()
            && self.attachments.is_empty()
            && !self.acute.is_yes()
            && !self.help.is_agreed()
    }

    /// Possibly about a minor: said so, or a possible victim described whose age is known to be, or estimated as
    /// possibly being, under eighteen. An age nobody mentioned is left to the desk's question.
    #[must_use]
    pub fn minor_possible_on(&self, day: Date) -> bool {
        self.minors.is_possible()
            || self.persons.iter().any(|p| {
                p.role == DescribedRole::PossibleVictim
                    && p.age != Age::Unknown
                    && p.age.is_minor_on(day).is_minor()
            })
    }
}

fn length(field: &'static str, text: Option<&SafeText>, max: usize) -> Result<(), ContentError> {
    match text.map(SafeText::chars) {
        Some(length) if length > max => Err(ContentError::TooLong { field, length, max }),
        _ => Ok(()),
    }
}

fn count(field: &'static str, count: usize, max: usize) -> Result<(), ContentError> {
    if count > max {
        Err(ContentError::TooMany { field, count, max })
    } else {
        Ok(())
    }
}
