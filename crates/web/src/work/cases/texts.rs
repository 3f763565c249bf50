//! Words of cases on the screen: what a rule refuses, and the names of what has no list in the vocabulary.

use domain::Answer;
use domain::age::MinorBecause;
use domain::case::Unfinished;
use domain::consent::ConsentForm;
use domain::minors::{Authority, Giver, NobodySigns, ParentsRole, Signer};
use domain::opinion::Verdict;
use domain::registration::CountWhy;
use domain::report::PoliceWish;
use domain::statement::Threshold;
use domain::task::TaskKind;
use domain::vocabulary::Strength;

use crate::page::ui::Choice;
use crate::texts::{Key, Say};

/// The text of a rule's refusal, by its key.
pub fn rule(key: &str) -> Option<Key> {
    Some(match key {
        "case-not-accepted" => Key::new("cases-rule-not-accepted"),
        "case-sent-back" => Key::new("cases-rule-sent-back"),
        "case-closed" => Key::new("cases-rule-closed"),
        "case-open" => Key::new("cases-rule-open"),
        "case-own" => Key::new("cases-rule-own"),
        "case-answered" => Key::new("cases-rule-answered"),
        "case-person-stays" => Key::new("cases-rule-person-stays"),
        "case-move" => Key::new("cases-rule-move"),
        "case-no-reflection" => Key::new("cases-rule-no-reflection"),
        "case-left-open" => Key::new("cases-fault-left-open"),
        "case-aftercare" => Key::new("cases-rule-aftercare"),
        "case-mob" => Key::new("cases-rule-mob"),
        "case-task" => Key::new("cases-rule-task"),
        "case-moment" => Key::new("cases-rule-moment"),
        "case-duplicate" => Key::new("cases-rule-duplicate"),
        "case-statement" => Key::new("cases-rule-statement"),
        "consent-incomplete" => Key::new("cases-rule-consent-incomplete"),
        "consent-term" => Key::new("cases-rule-consent-term"),
        "consent-not-free" => Key::new("cases-rule-consent-not-free"),
        "consent-withdrawn" => Key::new("cases-rule-consent-withdrawn"),
        "registration-done" => Key::new("cases-rule-registration-done"),
        "registration-counted" => Key::new("cases-rule-registration-counted"),
        "registration-duty" => Key::new("cases-rule-registration-duty"),
        "registration-not-trafficking" => Key::new("cases-rule-not-trafficking"),
        "case-already-yours" => Key::new("need-rule-already-yours"),
        "need-look-only" => Key::new("need-rule-look-only"),
        "need-nobody-to-ask" => Key::new("need-rule-nobody-to-ask"),
        "glass-suspended" => Key::new("need-glass-suspended"),
        "glass-not-needed" => Key::new("need-rule-glass-not-needed"),
        "glass-over" => Key::new("need-rule-glass-over"),
        _ => return None,
    })
}

/// How a review of a broken glass ended.
pub fn reviewed(outcome: domain::need::ReviewOutcome) -> Key {
    match outcome {
        domain::need::ReviewOutcome::InOrder => Key::new("need-reviewed-in-order"),
        domain::need::ReviewOutcome::NotInOrder => Key::new("need-reviewed-not-in-order"),
    }
}

/// The text of a fault at a field, by its key.
pub fn fault(key: &str) -> Key {
    match key {
        "looks_like_address" => Key::new("cases-looks-like-address"),
        "parent_excluded" => Key::new("cases-fault-parent-excluded"),
        "no_guardian" => Key::new("cases-fault-no-guardian"),
        "of_age" => Key::new("cases-fault-of-age"),
        "in_future" => Key::new("cases-fault-in-future"),
        "moment" => Key::new("cases-fault-moment"),
        "left_open" => Key::new("cases-fault-left-open"),
        "no_recipient" => Key::new("cases-fault-no-recipient"),
        "required" => Key::new("form-error-required"),
        _ => Key::new("form-error-choice"),
    }
}

/// What is still open around a case.
pub fn unfinished(what: Unfinished) -> Key {
    match what {
        Unfinished::Tasks => Key::new("cases-open-tasks"),
        Unfinished::Shelter => Key::new("cases-open-shelter"),
        Unfinished::Reflection => Key::new("cases-open-reflection"),
        Unfinished::Opinion => Key::new("cases-open-opinion"),
        Unfinished::Registration => Key::new("cases-open-registration"),
    }
}

/// Several of them in one line.
pub fn unfinished_list(t: &Say, what: &[Unfinished]) -> String {
    let said: Vec<_> = what.iter().map(|one| t.key(unfinished(*one))).collect();
    said.join("; ")
}

/// Yes, no, not known.
pub fn answer(answer: Answer) -> Key {
    match answer {
        Answer::Yes => Key::new("cases-yes"),
        Answer::No => Key::new("cases-no"),
        Answer::Unknown => Key::new("cases-unknown"),
    }
}

/// Yes, no, not known, to choose from.
pub fn answers(t: &Say) -> Vec<Choice> {
    [Answer::Yes, Answer::No, Answer::Unknown]
        .into_iter()
        .map(|a| Choice::new(crate::words::code_of(&a), t.key(answer(a))))
        .collect()
}

/// The answers by their codes.
pub const ANSWERS: &[(&str, Answer)] = &[
    ("yes", Answer::Yes),
    ("no", Answer::No),
    ("unknown", Answer::Unknown),
];

/// Who has authority.
pub fn authority(authority: Authority) -> Key {
    match authority {
        Authority::Unknown => Key::new("cases-authority-unknown"),
        Authority::Parents => Key::new("cases-authority-parents"),
        Authority::GuardianGi => Key::new("cases-authority-gi"),
        Authority::GuardianNidos => Key::new("cases-authority-nidos"),
        Authority::GuardianOther => Key::new("cases-authority-other"),
    }
}

/// Every authority, by code.
pub const AUTHORITIES: &[(&str, Authority)] = &[
    ("unknown", Authority::Unknown),
    ("parents", Authority::Parents),
    ("guardian_gi", Authority::GuardianGi),
    ("guardian_nidos", Authority::GuardianNidos),
    ("guardian_other", Authority::GuardianOther),
];

/// Who gave consent.
pub fn giver(giver: Giver) -> Key {
    match giver {
        Giver::Person => Key::new("cases-giver-person"),
        Giver::Parents => Key::new("cases-giver-parents"),
        Giver::OneParent => Key::new("cases-giver-one-parent"),
        Giver::Guardian => Key::new("cases-giver-guardian"),
    }
}

/// Every giver, by code.
pub const GIVERS: &[(&str, Giver)] = &[
    ("self", Giver::Person),
    ("parents", Giver::Parents),
    ("one_parent", Giver::OneParent),
    ("guardian", Giver::Guardian),
];

/// Written or spoken.
pub fn consent_form(form: ConsentForm) -> Key {
    match form {
        ConsentForm::Written => Key::new("cases-form-written"),
        ConsentForm::OralRecorded => Key::new("cases-form-oral"),
    }
}

/// Whose signature is needed.
pub fn signer(signer: Signer) -> Key {
    match signer {
        Signer::Person => Key::new("cases-signer-person"),
        Signer::Parents => Key::new("cases-signer-parents"),
        Signer::Guardian => Key::new("cases-signer-guardian"),
        Signer::Nobody {
            why: NobodySigns::ParentSuspectedNoGuardian,
        } => Key::new("cases-signer-nobody-suspected"),
        Signer::Nobody {
            why: NobodySigns::AuthorityUnknown,
        } => Key::new("cases-signer-nobody-unknown"),
    }
}

/// Why only a count.
pub fn count_why(why: CountWhy) -> Key {
    match why {
        CountWhy::NoConsent => Key::new("cases-count-no-consent"),
        CountWhy::NotWritten => Key::new("cases-count-not-written"),
        CountWhy::OtherPurposeOrReceiver => Key::new("cases-count-other-purpose"),
        CountWhy::NotInForce => Key::new("cases-count-not-in-force"),
        CountWhy::WrongSigner => Key::new("cases-count-wrong-signer"),
        CountWhy::ParentSuspectedNoGuardian => Key::new("cases-count-parent-suspected"),
        CountWhy::AuthorityUnknown => Key::new("cases-count-authority-unknown"),
    }
}

/// What parents may do.
pub fn parents(role: ParentsRole) -> Key {
    match role {
        ParentsRole::None => Key::new("cases-parents-none"),
        ParentsRole::Excluded => Key::new("cases-parents-excluded"),
        ParentsRole::OnlyWithChildsConsent => Key::new("cases-parents-with-consent"),
        ParentsRole::InformedUnlessUnsafe => Key::new("cases-parents-informed"),
    }
}

/// Why somebody counts as a minor.
pub fn minor(because: MinorBecause) -> Key {
    match because {
        MinorBecause::Born => Key::new("cases-minor-born"),
        MinorBecause::EstimateReachesBelow18 => Key::new("cases-minor-estimate"),
        MinorBecause::AgeUnknown => Key::new("cases-minor-unknown"),
    }
}

/// What the person said about the police.
pub fn police(wish: PoliceWish) -> Key {
    match wish {
        PoliceWish::NotAsked => Key::new("cases-police-not-asked"),
        PoliceWish::Agrees => Key::new("cases-police-agrees"),
        PoliceWish::HelpWithoutPolice => Key::new("cases-police-without"),
    }
}

/// Every wish about the police, by code.
pub const POLICE: &[(&str, PoliceWish)] = &[
    ("not_asked", PoliceWish::NotAsked),
    ("agrees", PoliceWish::Agrees),
    ("help_without_police", PoliceWish::HelpWithoutPolice),
];

/// What was stated.
pub fn threshold(threshold: Threshold) -> Key {
    match threshold {
        Threshold::Detected => Key::new("cases-threshold-detected"),
        Threshold::SlightestIndication => Key::new("cases-threshold-slightest"),
        Threshold::Registered => Key::new("cases-threshold-registered"),
        Threshold::Plausible => Key::new("cases-threshold-plausible"),
        Threshold::InCriminalCase => Key::new("cases-threshold-criminal"),
        Threshold::Not => Key::new("cases-threshold-not"),
    }
}

/// The kind of a task.
pub fn task(kind: TaskKind) -> Key {
    match kind {
        TaskKind::General => Key::new("cases-task-general"),
        TaskKind::MissingFollowUp => Key::new("cases-task-missing"),
        TaskKind::LegalAid => Key::new("cases-task-legal-aid"),
        TaskKind::AgeTransition => Key::new("cases-task-age"),
        TaskKind::Aftercare => Key::new("cases-task-aftercare"),
        TaskKind::NextPlace => Key::new("cases-task-next-place"),
        TaskKind::StayOverNorm => Key::new("cases-task-stay"),
        TaskKind::AskConsent => Key::new("cases-task-ask-consent"),
    }
}

/// How an indicator weighs.
pub fn strength(strength: Strength) -> Key {
    match strength {
        Strength::Strong => Key::new("cases-strong"),
        Strength::Medium => Key::new("cases-medium"),
        Strength::Weak => Key::new("cases-weak"),
    }
}

/// What the panel found.
pub fn verdict(verdict: Verdict) -> Key {
    match verdict {
        Verdict::Aannemelijk => Key::new("cases-verdict-plausible"),
        Verdict::NietAannemelijk => Key::new("cases-verdict-not-plausible"),
        Verdict::OnvoldoendeInformatie => Key::new("cases-verdict-not-enough"),
    }
}

/// Where an opinion stands, by the name of its state.
pub fn opinion(state: &str) -> Key {
    match state {
        "requested" => Key::new("cases-opinion-requested"),
        "admitted" => Key::new("cases-opinion-admitted"),
        "not_admitted" => Key::new("cases-opinion-not-admitted"),
        "in_panel" => Key::new("cases-opinion-in-panel"),
        "outcome" => Key::new("cases-opinion-outcome"),
        "ingetrokken" => Key::new("cases-opinion-withdrawn"),
        _ => Key::new("cases-unknown"),
    }
}

/// Where a reflection period stands, by the name of its state.
pub fn reflection(state: &str) -> Key {
    match state {
        "offered" => Key::new("cases-reflection-offered"),
        "accepted" => Key::new("cases-reflection-accepted"),
        "declined" => Key::new("cases-reflection-declined"),
        "running" => Key::new("cases-reflection-running"),
        "ended" => Key::new("cases-reflection-ended"),
        _ => Key::new("cases-unknown"),
    }
}

/// How far a placement is, by the name of its state.
pub fn placement(state: &str) -> Key {
    match state {
        "proposed" | "held" => Key::new("cases-placement-sought"),
        "accepted_by_shelter" | "accepted_by_client" | "travelling" => {
            Key::new("cases-placement-agreed")
        }
        "arrived" => Key::new("cases-placement-arrived"),
        "left" => Key::new("cases-placement-left"),
        _ => Key::new("cases-placement-ended"),
    }
}
