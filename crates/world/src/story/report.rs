//! What came in and what the signal desk did with it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Age, Answer, Code, Day, Minors, Sex};

/// A signal as it was received.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The moment of receipt.
    pub received_at: Timestamp,
    /// The day of receipt in Europe/Amsterdam: day 0 of the story.
    pub received_on: Date,
    /// `telefoon`, `web`, `chat`, `whatsapp`, `e_mail`, `balie`, `partner_systeem`, `post` or `ambtshalve`.
    pub channel: Code,
    /// `slachtoffer_zelf`, `familie_vriend`, `burger`, `professional`, `bedrijf`, `anoniem`, `opsporingsdienst` or `ander_signaal`.
    pub reporter_kind: Code,
    /// Kind of organisation that took the signal up and would register it: `POL`, `KMAR`, `NLA`, `ZCO`, `FW` or another.
    pub party: Code,
    /// The organisation that took it up.
    pub organisation: Code,
    /// Who reported, when that was said.
    pub reporter: Option<Reporter>,
    /// How the reporter may be reached without danger.
    pub safe_contact: Option<SafeContact>,
    /// Language of the narrative, ISO 639-1.
    pub language: Code,
    /// An interpreter is needed to speak with the person concerned.
    pub interpreter: bool,
    /// Is somebody in danger now?
    pub acute: Answer,
    /// Forms suspected, the main one first.
    pub forms: Vec<Code>,
    /// Sub-form or sector within the main form, such as `AU-AGRI`, where known.
    pub sector: Option<Code>,
    /// The story in the reporter's words.
    pub narrative: String,
    /// Signals ticked by the reporter.
    pub indicators: Vec<Code>,
    /// Where it happens.
    pub place: Place,
    /// When it happens.
    pub period: Period,
    /// Persons described.
    pub persons: Vec<Described>,
    /// Things that can link reports.
    pub objects: Vec<Object>,
    /// Whether minors are involved.
    pub minors: Minors,
    /// Files sent along (only their description; there are no files).
    pub attachments: Vec<Attachment>,
    /// Source and content grade, on the police side only (4×4, `A1` to `D4`).
    pub reliability: Option<Code>,
    /// `none`, `registration`, `care` or `registration_and_care`.
    pub consent: Code,
}

/// Who reported; kept apart from the rest, with its own retention.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reporter {
    /// Name as given.
    pub name: String,
    /// Telephone number (not in use).
    pub phone: Option<String>,
    /// Mail address in the reserved domain `example.org`.
    pub email: Option<String>,
}

/// How and when a reporter may be contacted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SafeContact {
    /// `telefoon`, `whatsapp`, `e_mail`, `chat` or `retourcode`.
    pub channel: Code,
    /// Hours, as `10:00-12:00`.
    pub window: Option<String>,
    /// Word that proves who is calling.
    pub code_word: Option<String>,
    /// Never call back.
    pub never_call: bool,
}

/// Where something happens.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Municipality, CBS code.
    pub municipality: Option<Code>,
    /// Safety region, CBS code.
    pub region: Option<Code>,
    /// Police unit, `01` to `10`.
    pub unit: Option<Code>,
    /// Online.
    pub online: bool,
    /// What the reporter called the place.
    pub hint: Option<String>,
}

/// From when until when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, if it ended.
    pub until: Option<Date>,
    /// It goes on.
    pub ongoing: bool,
}

/// Somebody described in a report; names may be misspelt, shortened or missing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// `possible_victim`, `possible_offender`, `facilitator` or `witness`.
    pub role: Code,
    /// `certain`, `likely` or `unclear`.
    pub certainty: Code,
    /// Given name as the reporter wrote it.
    pub given_name: Option<String>,
    /// Family name as the reporter wrote it.
    pub family_name: Option<String>,
    /// Nickname or working name.
    pub nickname: Option<String>,
    /// Birth date as the reporter wrote it.
    pub birth_date: Option<Date>,
    /// Age as the reporter knows it.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// Country of origin, ISO 3166-1 alpha-2.
    pub origin: Option<Code>,
    /// Telephone number (not in use).
    pub phone: Option<String>,
}

/// A thing that can link reports: `phone`, `plate`, `ad`, `account`, `kvk`, `employer`, `hotel`, `photo_hash` or `alias`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// What kind of thing.
    pub kind: Code,
    /// Its value; never a value in use.
    pub value: String,
}

/// A file that somebody sent along.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// `photo`, `screenshot` or `audio`.
    pub kind: Code,
    /// Neutral file name.
    pub name: String,
}

/// What the signal desk did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// Staff member of the desk.
    pub by: Code,
    /// Minutes from receipt to acceptance.
    pub accepted_after_minutes: u32,
    /// The acute-danger question, answered before anything else.
    pub acute: Answer,
    /// What was done about acute danger.
    pub acute_action: Option<Code>,
    /// Where it went, and why.
    pub routes: Vec<Route>,
    /// `opgepakt`, `onvoldoende_aanknopingspunten`, `doorgezet`, `dubbel`, `geen_mensenhandel` or `hulp_gestart`.
    pub outcome: Code,
    /// Why this outcome.
    pub outcome_reason: String,
    /// Day of the outcome.
    pub outcome_day: Day,
    /// Day on which the reporter was answered, if that could be done.
    pub feedback_day: Option<Day>,
}

/// One decision to pass a report on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// Day.
    pub day: Day,
    /// `K3` or `K5`.
    pub compartment: Code,
    /// Kind of the receiving organisation.
    pub kind: Code,
    /// The receiving organisation.
    pub organisation: Code,
    /// Name of the rule.
    pub rule: Code,
    /// Whether the receiver took it up.
    pub accepted: bool,
}
