//! The opinion on victimhood: admission, what the panel sees, who gets it.

use crate::samples::*;
use domain::{ids::*, opinion::*};
use proptest::prelude::*;

fn ground() -> Ground {
    Ground {
        ended_on: Some(day("2026-02-20")),
        aangifte: true,
    }
}

fn asked(ground: Ground) -> Opinion {
    Opinion::request(
        OpinionId::new(uuid(1)),
        PersonId::new(uuid(1)),
        morning(),
        ground,
    )
}

fn story() -> Released {
    Released::Statement {
        text: text("what happened, in my words"),
    }
}

/// Asked in time, with a statement released.
pub fn requested() -> Opinion {
    asked(ground()).release(story(), morning()).unwrap()
}

pub fn members(n: u128) -> Vec<Member> {
    (1..=n)
        .map(|i| Member {
            user: UserId::new(uuid(100 + i)),
            expertise: text("law"),
        })
        .collect()
}

fn in_panel() -> Opinion {
    requested()
        .admit(&AdmissionRule::PILOT, None, morning())
        .unwrap()
        .compose(members(3), morning())
        .unwrap()
}

#[test]
fn s7_four_weeks_are_a_rule_that_can_be_set() {
    let rule = AdmissionRule::PILOT;
    let last = Ground {
        ended_on: Some(day("2026-02-09")),
        aangifte: true,
    };
    assert!(
        obstacles(&rule, &last, day("2026-03-09")).is_empty(),
        "the last day counts"
    );
    let late = Ground {
        ended_on: Some(day("2026-02-08")),
        aangifte: true,
    };
    assert_eq!(
        obstacles(&rule, &late, day("2026-03-09")),
        [Obstacle::TooLate {
            last_day: day("2026-03-08"),
            asked: day("2026-03-09")
        }]
    );
    let open = AdmissionRule {
        within_weeks: None,
        aangifte_needed: false,
    };
    assert!(
        obstacles(
            &open,
            &Ground {
                ended_on: None,
                aangifte: false
            },
            day("2026-03-09")
        )
        .is_empty()
    );
    assert_eq!(
        obstacles(
            &rule,
            &Ground {
                ended_on: None,
                aangifte: false
            },
            day("2026-03-09")
        ),
        [Obstacle::NotEnded, Obstacle::NoAangifte]
    );
}

#[test]
fn an_obstacle_can_be_set_aside_only_with_a_reason() {
    let karima = asked(Ground {
        ended_on: Some(day("2026-02-20")),
        aangifte: false,
    });
    let refused = karima.clone().admit(&AdmissionRule::PILOT, None, morning());
    assert_eq!(
        refused.unwrap_err(),
        OpinionError::Obstacle(Obstacle::NoAangifte)
    );
    let admitted = karima
        .admit(&AdmissionRule::PILOT, Some(text("threats")), morning())
        .unwrap();
    assert_eq!(admitted.state_name(), "admitted");
}

#[test]
fn a_panel_has_three_different_members() {
    let admitted = requested()
        .admit(&AdmissionRule::PILOT, None, morning())
        .unwrap();
    assert_eq!(
        admitted.clone().compose(members(2), morning()).unwrap_err(),
        OpinionError::PanelTooSmall(2)
    );
    let mut twice = members(2);
    twice.push(twice[0].clone());
    assert_eq!(
        admitted.compose(twice, morning()).unwrap_err(),
        OpinionError::PanelTooSmall(2)
    );
}

#[test]
fn the_panel_sees_what_the_person_releases_and_not_what_was_taken_back() {
    let opinion = in_panel()
        .release(story(), morning())
        .unwrap()
        .take_back(1, morning())
        .unwrap();
    let seen: Vec<u32> = opinion
        .visible_to_panel()
        .iter()
        .map(|i| i.number)
        .collect();
    assert_eq!(seen, [2]);
    assert_eq!(opinion.released().len(), 2, "the person sees both");
    assert_eq!(
        opinion.clone().take_back(1, morning()).unwrap_err(),
        OpinionError::NoSuchItem(1)
    );
    let opinion = opinion
        .give(Verdict::Aannemelijk, text("consistent"), None, morning())
        .unwrap();
    let OpinionState::Outcome { opinion: given } = opinion.state() else {
        panic!("{opinion:?}")
    };
    assert_eq!(given.based_on, [2]);
    assert!(
        opinion.clone().release(story(), morning()).is_err(),
        "after the outcome nothing is added"
    );
    assert!(opinion.take_back(2, morning()).is_err());
}

#[test]
fn medical_documents_need_a_mandate() {
    let document = |mandate| Released::Document {
        attachment: AttachmentId::new(uuid(1)),
        title: text("letter of the doctor"),
        medical: true,
        mandate,
    };
    assert_eq!(
        requested().release(document(None), morning()).unwrap_err(),
        OpinionError::NoMandate
    );
    assert!(
        requested()
            .release(document(Some(AttachmentId::new(uuid(2)))), morning())
            .is_ok()
    );
}

#[test]
fn on_nothing_only_insufficient_information_can_be_said() {
    let empty = in_panel().take_back(1, morning()).unwrap();
    let refused = empty
        .clone()
        .give(Verdict::NietAannemelijk, text("why"), None, morning());
    assert_eq!(refused.unwrap_err(), OpinionError::NothingReleased);
    assert!(
        empty
            .give(Verdict::OnvoldoendeInformatie, text("why"), None, morning())
            .is_ok()
    );
    let early = in_panel().give(
        Verdict::Aannemelijk,
        text("why"),
        Some(day("2026-03-08")),
        morning(),
    );
    assert!(matches!(early, Err(OpinionError::EndsBeforeStart { .. })));
}

#[test]
fn s7_nobody_gets_the_opinion_but_by_the_persons_wish() {
    let opinion = in_panel()
        .give(Verdict::Aannemelijk, text("why"), None, morning())
        .unwrap();
    assert!(opinion.sent_to().is_empty());
    let to_ind = SentTo {
        org: Some(OrgId::new(uuid(3))),
        kind: org("IND"),
        wish: text("yes, send it to the IND"),
        by: morning(),
    };
    assert!(
        in_panel().send(to_ind.clone()).is_err(),
        "not before the outcome"
    );
    let sent = opinion.send(to_ind).unwrap();
    let kinds: Vec<&str> = sent.sent_to().iter().map(|s| s.kind.as_str()).collect();
    assert_eq!(kinds, ["IND"]);
}

#[derive(Debug, Clone, Copy)]
enum Try {
    Release,
    TakeBack(u32),
    Admit,
    NotAdmit,
    Compose(u128),
    Give(Verdict),
    Withdraw,
}

fn any_try() -> impl Strategy<Value = Try> {
    let verdicts = vec![
        Verdict::Aannemelijk,
        Verdict::NietAannemelijk,
        Verdict::OnvoldoendeInformatie,
    ];
    prop_oneof![
        4 => Just(Try::Release),
        2 => (1u32..6).prop_map(Try::TakeBack),
        2 => Just(Try::Admit),
        1 => Just(Try::NotAdmit),
        2 => (0u128..6).prop_map(Try::Compose),
        2 => prop::sample::select(verdicts).prop_map(Try::Give),
        1 => Just(Try::Withdraw),
    ]
}

proptest! {
    #[test]
    fn an_opinion_rests_only_on_what_was_released(steps in prop::collection::vec(any_try(), 0..30)) {
        let mut here = asked(ground());
        for step in steps {
            let tried = here.clone();
            let after = match step {
                Try::Release => tried.release(story(), morning()),
                Try::TakeBack(n) => tried.take_back(n, morning()),
                Try::Admit => tried.admit(&AdmissionRule::PILOT, None, morning()),
                Try::NotAdmit => tried.not_admit(text("why"), morning()),
                Try::Compose(n) => tried.compose(members(n), morning()),
                Try::Give(verdict) => tried.give(verdict, text("why"), None, morning()),
                Try::Withdraw => tried.withdraw(morning()),
            };
            let Ok(after) = after else { continue };
            let moved = (here.state_name(), after.state_name());
            prop_assert!(moved.0 == moved.1 || MOVES.contains(&moved), "{:?}", moved);
            if let OpinionState::Outcome { opinion } = after.state() {
                prop_assert!(opinion.members.len() >= PANEL_MIN);
                let visible: Vec<u32> = after.visible_to_panel().iter().map(|i| i.number).collect();
                prop_assert_eq!(&opinion.based_on, &visible);
                prop_assert!(!visible.is_empty() || opinion.verdict == Verdict::OnvoldoendeInformatie);
            }
            let numbers: Vec<u32> = after.released().iter().map(|i| i.number).collect();
            prop_assert!(numbers.windows(2).all(|w| w[0] < w[1]));
            here = after;
        }
    }
}
