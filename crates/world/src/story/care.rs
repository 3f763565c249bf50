//! Intake, care, registration, reflection period, opinion and closing.

use serde::{Deserialize, Serialize};

use super::{Age, Code, Day, Sex};

/// What an investigating service found (K5).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Intake {
    /// Day of the talk or of the assessment.
    pub day: Day,
    /// The organisation.
    pub organisation: Code,
    /// The investigator.
    pub by: Code,
    /// The person was spoken to.
    pub spoken: bool,
    /// Slightest indication present (Vc B8/3).
    pub indication: bool,
    /// Finding in one or two sentences.
    pub finding: String,
    /// The person is a suspect too, in another compartment.
    pub suspect_too: bool,
    /// Day of the formal statement to the police, if made.
    pub aangifte_day: Option<Day>,
}

/// A care trajectory (K3).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// First day.
    pub day: Day,
    /// Organisation of the coordinator.
    pub organisation: Code,
    /// The care coordinator.
    pub coordinator: Code,
    /// Safety region.
    pub region: Code,
    /// `help_wanted` or `vital_interest`.
    pub ground: Code,
    /// The possible victim.
    pub victim: Victim,
    /// Indicators ticked on the checklist by the coordinator.
    pub indicators: Vec<Code>,
    /// Why they were ticked; never a verdict.
    pub explanation: String,
    /// Phases with their first day.
    pub phases: Vec<Phase>,
}

/// A phase of a trajectory: `signaal`, `intake`, `acute_opvang`, `bedenktijd`, `stabilisatie`, `behandeling`, `uitstroom`, `nazorg`, `gesloten`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// First day.
    pub day: Day,
    /// The phase.
    pub phase: Code,
}

/// The possible victim as the coordinator knows them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Victim {
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Nickname.
    pub nickname: Option<String>,
    /// Age now.
    pub age: Age,
    /// Age when the exploitation began, if known.
    pub age_at_start: Option<u8>,
    /// Sex.
    pub sex: Sex,
    /// Country of origin, ISO 3166-1 alpha-2.
    pub origin: Option<Code>,
    /// `nl`, `eu`, `bedenktijd`, `b8`, `regulier`, `dublin`, `asielzoeker`, `tijdelijke_bescherming`, `zonder_verblijf` or `onbekend`.
    pub residence: Code,
    /// Languages, ISO 639-1, best first.
    pub languages: Vec<Code>,
    /// Signs of a mild intellectual disability.
    pub lvb: bool,
    /// A parent or guardian is under suspicion.
    pub parent_suspected: bool,
    /// Children who are with the person.
    pub children: Vec<Child>,
    /// Care needs: `medical`, `mental_health`, `addiction`, `lvb`, `pregnancy`.
    pub care: Vec<Code>,
    /// Was exploited before, in an earlier period; none: not asked, or not known.
    #[serde(default)]
    pub before: Option<bool>,
    /// Uses a wheelchair.
    pub wheelchair: bool,
    /// `low`, `medium` or `high`.
    pub threat: Code,
    /// What the person wants, in their own words.
    pub wishes: String,
}

/// A child who comes along.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Child {
    /// Years.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
}

/// Whether and how the person came into the national registration (K2).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Registration {
    /// Police, marechaussee or labour inspectorate: a duty, without consent.
    Duty {
        /// Day.
        day: Day,
        /// The organisation with the duty.
        organisation: Code,
        /// Staff member of that organisation.
        by: Code,
    },
    /// Somebody else, with written consent.
    Consent {
        /// Day.
        day: Day,
        /// The registering organisation.
        organisation: Code,
        /// Staff member of that organisation.
        by: Code,
        /// `self`, `parents`, `one_parent` or `guardian`.
        giver: Code,
        /// Language in which consent was explained.
        language: Code,
        /// Day of withdrawal.
        withdrawn: Option<Day>,
    },
    /// No consent: counted without any personal data.
    Counted {
        /// Day.
        day: Day,
        /// The organisation that counted.
        organisation: Code,
        /// `refused`, `not_asked_unsafe` or `giver_missing`.
        reason: Code,
    },
    /// Not registered at all.
    #[default]
    Nothing,
}

/// A reflection period offered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reflection {
    /// Day of the offer.
    pub offered_day: Day,
    /// Police or marechaussee.
    pub organisation: Code,
    /// Who offered.
    pub by: Code,
    /// Language of the offer.
    pub language: Code,
    /// An interpreter was present.
    pub interpreter: bool,
    /// The answer.
    pub answer: ReflectionAnswer,
}

/// The person's answer to the offer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ReflectionAnswer {
    /// Accepted; at most three calendar months from `day`.
    Accepted {
        /// First day.
        day: Day,
        /// The end; `None` while it runs its whole length.
        ended: Option<ReflectionEnd>,
    },
    /// Declined; kept, with the reason as the person gave it.
    Declined {
        /// Day.
        day: Day,
        /// Reason.
        reason: Code,
    },
    /// No answer yet.
    #[default]
    Open,
}

/// The end of a reflection period before its last day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReflectionEnd {
    /// Day.
    pub day: Day,
    /// `aangifte`, `medewerking`, `afstand` or `vertrek_mob`.
    pub reason: Code,
}

/// A request for an opinion on victimhood (K4).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// Day of the request, made by the person.
    pub request_day: Day,
    /// What the person releases to the panel.
    pub released: Vec<Code>,
    /// Secretary and members.
    pub panel: Vec<Code>,
    /// What came of it.
    pub result: OpinionResult,
    /// To whom the person chose to send it: organisation kinds.
    pub sent_to: Vec<Code>,
}

/// What came of a request for an opinion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum OpinionResult {
    /// Not admitted, with the reason.
    NotAdmitted {
        /// Day.
        day: Day,
        /// Reason.
        reason: String,
    },
    /// Withdrawn by the person.
    Withdrawn {
        /// Day.
        day: Day,
    },
    /// The panel gave its opinion.
    Given {
        /// Day.
        day: Day,
        /// `aannemelijk`, `niet_aannemelijk` or `onvoldoende_informatie`.
        outcome: Code,
        /// The panel's reasons.
        reasons: String,
    },
    /// Still with the panel.
    #[default]
    Open,
}

/// The end of a trajectory.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Closing {
    /// Day.
    pub day: Day,
    /// `doelen_bereikt`, `teruggekeerd`, `overgedragen`, `mob` or `eigen_wens`.
    pub reason: Code,
    /// Moments of contact that the person chose.
    pub aftercare: Vec<Aftercare>,
}

/// One moment of aftercare.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Aftercare {
    /// Planned day.
    pub day: Day,
    /// Safe channel.
    pub channel: Code,
    /// `reached`, `not_reached` or `planned`.
    pub result: Code,
}

/// Something that happened beside the main steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Day.
    pub day: Day,
    /// Compartment, `K1` to `K7`.
    pub compartment: Code,
    /// What kind of event, such as `link_notice`, `missing`, `escalation`, `om_status`.
    pub kind: Code,
    /// What happened.
    pub text: String,
}
