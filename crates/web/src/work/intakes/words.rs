//! Words of an intake that are no vocabulary.

use desk::intake::StepKind;
use domain::consent::ConsentForm;
use domain::intake::{IntakeOutcome, Notice, Obligation, Stay};
use domain::minors::{Authority, Giver};
use domain::reflection::{Capacity, EndReason, ReminderKind};
use domain::vital::CannotConsent;

use crate::page::ui::{Choice, Tone};
use crate::texts::{Key, Say};

/// The states in the order of the work, with their words.
pub const STATES: [(&str, Key); 5] = [
    ("received", Key::new("intakes-state-received")),
    ("assessing", Key::new("intakes-state-assessing")),
    ("assessed", Key::new("intakes-state-assessed")),
    ("closed", Key::new("intakes-state-closed")),
    ("sent_back", Key::new("intakes-state-sent-back")),
];

pub fn state(code: &str) -> Key {
    STATES
        .iter()
        .find(|(state, _)| *state == code)
        .map_or(Key::new("intakes-state-unknown"), |(_, key)| *key)
}

pub fn tone(state: &str) -> Tone {
    match state {
        "received" => Tone::Warning,
        "closed" | "sent_back" => Tone::Ok,
        _ => Tone::Info,
    }
}

pub fn stay(stay: Stay) -> Key {
    match stay {
        Stay::Dutch => Key::new("intakes-stay-dutch"),
        Stay::Eu => Key::new("intakes-stay-eu"),
        Stay::ThirdCountry => Key::new("intakes-stay-third-country"),
        Stay::Unknown => Key::new("intakes-stay-unknown"),
    }
}

pub const STAYS: &[(&str, Stay)] = &[
    ("third_country", Stay::ThirdCountry),
    ("eu", Stay::Eu),
    ("dutch", Stay::Dutch),
    ("unknown", Stay::Unknown),
];

pub fn outcome(outcome: IntakeOutcome) -> Key {
    match outcome {
        IntakeOutcome::Investigation => Key::new("intakes-outcome-investigation"),
        IntakeOutcome::NotEnoughLeads => Key::new("intakes-outcome-not-enough-leads"),
        IntakeOutcome::Joined => Key::new("intakes-outcome-joined"),
        IntakeOutcome::PassedOn => Key::new("intakes-outcome-passed-on"),
        IntakeOutcome::NotTrafficking => Key::new("intakes-outcome-not-trafficking"),
    }
}

pub const OUTCOMES: &[(&str, IntakeOutcome)] = &[
    ("investigation", IntakeOutcome::Investigation),
    ("joined", IntakeOutcome::Joined),
    ("passed_on", IntakeOutcome::PassedOn),
    ("not_enough_leads", IntakeOutcome::NotEnoughLeads),
    ("not_trafficking", IntakeOutcome::NotTrafficking),
];

/// What is owed, and why.
pub fn obligation(obligation: Obligation) -> (Key, Key) {
    match obligation {
        Obligation::AnswerDesk => (
            Key::new("intakes-owed-answer-desk"),
            Key::new("intakes-owed-answer-desk-why"),
        ),
        Obligation::OfferReflection => (
            Key::new("intakes-owed-offer"),
            Key::new("intakes-owed-offer-why"),
        ),
        Obligation::DecideReflection => (
            Key::new("intakes-owed-decide"),
            Key::new("intakes-owed-decide-why"),
        ),
        Obligation::Register => (
            Key::new("intakes-owed-register"),
            Key::new("intakes-owed-register-why"),
        ),
        Obligation::InformVictim => (
            Key::new("intakes-owed-inform"),
            Key::new("intakes-owed-inform-why"),
        ),
        Obligation::ConsultProsecutor => (
            Key::new("intakes-owed-prosecutor"),
            Key::new("intakes-owed-prosecutor-why"),
        ),
        Obligation::ReportToEmm => (
            Key::new("intakes-owed-emm"),
            Key::new("intakes-owed-emm-why"),
        ),
        Obligation::NonPunishmentQuestion => (
            Key::new("intakes-owed-non-punishment"),
            Key::new("intakes-owed-non-punishment-why"),
        ),
        Obligation::ChildProtection => (
            Key::new("intakes-owed-child"),
            Key::new("intakes-owed-child-why"),
        ),
        Obligation::TellHandover => (
            Key::new("intakes-owed-tell"),
            Key::new("intakes-owed-tell-why"),
        ),
    }
}

/// Why somebody cannot consent now.
pub const CANNOT: &[(&str, CannotConsent)] = &[
    ("unconscious", CannotConsent::Unconscious),
    ("not_capable", CannotConsent::NotCapable),
    ("child_in_danger", CannotConsent::ChildInDanger),
    ("nobody_safe", CannotConsent::NobodySafe),
];

pub fn cannot(why: CannotConsent) -> Key {
    match why {
        CannotConsent::Unconscious => Key::new("intakes-cannot-unconscious"),
        CannotConsent::NotCapable => Key::new("intakes-cannot-not-capable"),
        CannotConsent::ChildInDanger => Key::new("intakes-cannot-child"),
        CannotConsent::NobodySafe => Key::new("intakes-cannot-nobody-safe"),
    }
}

pub fn notice(notice: Notice) -> Key {
    match notice {
        Notice::AgeInDoubt => Key::new("intakes-notice-age-in-doubt"),
        Notice::MeansNotNeeded => Key::new("intakes-notice-means-not-needed"),
        Notice::NoHaltByRoutine => Key::new("intakes-notice-no-halt"),
        Notice::ParentsExcluded => Key::new("intakes-notice-parents-excluded"),
        Notice::ParentsInformedUnlessUnsafe => Key::new("intakes-notice-parents-informed"),
        Notice::ParentsOnlyWithConsent => Key::new("intakes-notice-parents-consent"),
        Notice::EuOtherConditions => Key::new("intakes-notice-eu"),
        Notice::DublinHeld => Key::new("intakes-notice-dublin"),
    }
}

pub fn step(kind: StepKind) -> Key {
    match kind {
        StepKind::Received => Key::new("intakes-step-received"),
        StepKind::Opened => Key::new("intakes-step-opened"),
        StepKind::TakenOn => Key::new("intakes-step-taken-on"),
        StepKind::SentBack => Key::new("intakes-step-sent-back"),
        StepKind::PersonAdded => Key::new("intakes-step-person-added"),
        StepKind::PersonChanged => Key::new("intakes-step-person-changed"),
        StepKind::Assessed => Key::new("intakes-step-assessed"),
        StepKind::Marked => Key::new("intakes-step-marked"),
        StepKind::Registered => Key::new("intakes-step-registered"),
        StepKind::Offered => Key::new("intakes-step-offered"),
        StepKind::Accepted => Key::new("intakes-step-accepted"),
        StepKind::Declined => Key::new("intakes-step-declined"),
        StepKind::EuDecided => Key::new("intakes-step-eu-decided"),
        StepKind::Started => Key::new("intakes-step-started"),
        StepKind::Ended => Key::new("intakes-step-ended"),
        StepKind::HandedOver => Key::new("intakes-step-handed-over"),
        StepKind::HandedOverVital => Key::new("intakes-step-handed-over-vital"),
        StepKind::ConsentWithdrawn => Key::new("intakes-step-withdrawn"),
        StepKind::LeftOpen => Key::new("intakes-step-left-open"),
        StepKind::Closed => Key::new("intakes-step-closed"),
    }
}

pub fn reflection_state(code: &str) -> Key {
    match code {
        "offered" => Key::new("intakes-reflection-offered"),
        "accepted" => Key::new("intakes-reflection-accepted"),
        "declined" => Key::new("intakes-reflection-declined"),
        "running" => Key::new("intakes-reflection-running"),
        _ => Key::new("intakes-reflection-ended"),
    }
}

pub fn reminder(kind: ReminderKind) -> Key {
    match kind {
        ReminderKind::OneMonth => Key::new("intakes-reminder-one-month"),
        ReminderKind::TwoWeeks => Key::new("intakes-reminder-two-weeks"),
        ReminderKind::ThreeDays => Key::new("intakes-reminder-three-days"),
    }
}

pub fn authority(authority: Authority) -> Key {
    match authority {
        Authority::Unknown => Key::new("intakes-authority-unknown"),
        Authority::Parents => Key::new("intakes-authority-parents"),
        Authority::GuardianGi => Key::new("intakes-authority-gi"),
        Authority::GuardianNidos => Key::new("intakes-authority-nidos"),
        Authority::GuardianOther => Key::new("intakes-authority-other"),
    }
}

pub const AUTHORITIES: &[(&str, Authority)] = &[
    ("unknown", Authority::Unknown),
    ("parents", Authority::Parents),
    ("guardian_gi", Authority::GuardianGi),
    ("guardian_nidos", Authority::GuardianNidos),
    ("guardian_other", Authority::GuardianOther),
];

pub fn giver(giver: Giver) -> Key {
    match giver {
        Giver::Person => Key::new("intakes-giver-self"),
        Giver::Parents => Key::new("intakes-giver-parents"),
        Giver::OneParent => Key::new("intakes-giver-one-parent"),
        Giver::Guardian => Key::new("intakes-giver-guardian"),
    }
}

pub const GIVERS: &[(&str, Giver)] = &[
    ("self", Giver::Person),
    ("parents", Giver::Parents),
    ("one_parent", Giver::OneParent),
    ("guardian", Giver::Guardian),
];

pub fn consent_form(form: ConsentForm) -> Key {
    match form {
        ConsentForm::Written => Key::new("intakes-consent-written"),
        ConsentForm::OralRecorded => Key::new("intakes-consent-oral"),
    }
}

pub const CONSENT_FORMS: &[(&str, ConsentForm)] = &[
    ("written", ConsentForm::Written),
    ("oral_recorded", ConsentForm::OralRecorded),
];

pub const CAPACITIES: &[(&str, Capacity)] = &[
    ("possible_victim", Capacity::PossibleVictim),
    ("witness", Capacity::Witness),
];

pub fn capacity(capacity: Capacity) -> Key {
    match capacity {
        Capacity::PossibleVictim => Key::new("intakes-capacity-victim"),
        Capacity::Witness => Key::new("intakes-capacity-witness"),
    }
}

/// Reasons that a person can give for an end; the words are those of the vocabulary.
pub const ENDS: &[(&str, EndReason)] = &[
    ("aangifte", EndReason::Aangifte),
    ("medewerking", EndReason::Medewerking),
    ("afstand", EndReason::Afstand),
    ("vertrek_mob", EndReason::VertrekMob),
    ("vertrek", EndReason::Vertrek),
    ("andere_vergunning", EndReason::AndereVergunning),
    ("ingetrokken", EndReason::Ingetrokken),
    ("verstreken", EndReason::Verstreken),
];

/// Whether an interpreter was there; "not recorded" is an answer of its own, which is not enough for declining.
pub const INTERPRETER: &[(&str, Option<bool>)] = &[
    ("yes", Some(true)),
    ("no", Some(false)),
    ("not_recorded", None),
];

pub fn interpreter(there: Option<bool>) -> Key {
    match there {
        Some(true) => Key::new("intakes-interpreter-yes"),
        Some(false) => Key::new("intakes-interpreter-no"),
        None => Key::new("intakes-interpreter-not-recorded"),
    }
}

/// Choices with their words.
pub fn named<T: Copy>(say: &Say, all: &[(&str, T)], word: impl Fn(T) -> Key) -> Vec<Choice> {
    all.iter()
        .map(|(code, value)| Choice::new(*code, say.key(word(*value))))
        .collect()
}
