//! Reports: the acute question first, an outcome with a reason at the end.

use crate::samples::*;
use domain::{Answer, ids::*, report::*};
use proptest::prelude::*;

fn accepted() -> Report {
    let (report, _) = received(content("a shed with eight people"))
        .answer_acute(acute(Answer::No))
        .unwrap();
    report
        .accept(morning(), at("2026-03-10T09:00:00Z"))
        .unwrap()
        .0
}

#[test]
fn nothing_is_accepted_before_the_acute_question_is_answered() {
    let report = received(content("x"));
    let refused = report.clone().accept(morning(), at("2026-03-10T09:00:00Z"));
    assert_eq!(
        refused.unwrap_err(),
        ReportError::AcuteNotAnswered {
            step: "accept the report"
        }
    );
    assert!(report.clone().route(vec![decision(1)]).is_err());
    assert!(
        report
            .close(Outcome::NotTrafficking, text("why"), morning())
            .is_err()
    );
}

#[test]
fn danger_asks_for_a_call_at_once_and_at_every_step() {
    let mut told = content("he has a knife");
    told.acute = Answer::Yes;
    let (report, follows) = Report::receive(ReportId::new(uuid(1)), at(MORNING), told).unwrap();
    assert_eq!(follows, [Consequence::CallNow]);
    let (report, follows) = report.answer_acute(acute(Answer::Yes)).unwrap();
    assert_eq!(follows, [Consequence::CallNow]);
    let refused = report
        .clone()
        .close(Outcome::NotEnoughLeads, text("why"), morning());
    assert_eq!(
        refused.unwrap_err(),
        ReportError::DangerWithoutCall {
            step: "close the report"
        }
    );
    let report = report.record_call(call()).unwrap();
    assert!(
        report
            .close(Outcome::NotEnoughLeads, text("why"), morning())
            .is_ok()
    );
}

#[test]
fn unknown_danger_is_looked_at_first() {
    let mut told = content("something");
    told.acute = Answer::Unknown;
    let (_, follows) = Report::receive(ReportId::new(uuid(1)), at(MORNING), told).unwrap();
    assert_eq!(follows, [Consequence::LookFirst]);
}

#[test]
fn acceptance_starts_the_outcome_clock() {
    let (report, _) = received(content("x"))
        .answer_acute(acute(Answer::No))
        .unwrap();
    let due = at("2026-03-10T09:00:00Z");
    let late = report.clone().accept(morning(), at(MORNING));
    assert!(matches!(
        late,
        Err(ReportError::DueNotAfterAcceptance { .. })
    ));
    let (report, follows) = report.accept(morning(), due).unwrap();
    assert_eq!(follows, [Consequence::OutcomeClock(due)]);
    assert_eq!(report.outcome_due(), Some(due));
    let closed = report
        .close(Outcome::NotTrafficking, text("a family quarrel"), morning())
        .unwrap();
    assert_eq!(closed.outcome_due(), None);
}

#[test]
fn an_outcome_by_somebody_else_needs_somebody_else() {
    for outcome in [Outcome::TakenUp, Outcome::PassedOn, Outcome::HelpStarted] {
        assert!(matches!(
            accepted().close(outcome.clone(), text("why"), morning()),
            Err(ReportError::OutcomeWithoutRoute(_))
        ));
        let routed = accepted().route(vec![decision(1)]).unwrap();
        assert!(routed.close(outcome, text("why"), morning()).is_ok());
    }
}

#[test]
fn a_duplicate_names_another_report_and_the_first_one_knows() {
    let own = Outcome::Duplicate {
        of: ReportId::new(uuid(1)),
    };
    assert_eq!(
        accepted().close(own, text("same"), morning()).unwrap_err(),
        ReportError::DuplicateOfItself
    );
    let other = ReportId::new(uuid(2));
    assert!(
        accepted()
            .close(Outcome::Duplicate { of: other }, text("same"), morning())
            .is_ok()
    );
    let first = accepted().with_duplicate(other).with_duplicate(other);
    assert_eq!(first.duplicates, [other]);
}

#[test]
fn a_receiver_answers_once_also_after_closing() {
    let routed = accepted()
        .route(vec![decision(1)])
        .unwrap()
        .route(vec![decision(2)])
        .unwrap();
    assert_eq!(routed.decisions().len(), 2);
    let closed = routed
        .close(Outcome::PassedOn, text("why"), morning())
        .unwrap();
    let yes = RouteAnswer::Accepted { at: at(MORNING) };
    let answered = closed
        .answer_route(DisclosureId::new(uuid(1)), yes.clone())
        .unwrap();
    let again = answered
        .clone()
        .answer_route(DisclosureId::new(uuid(1)), yes.clone());
    assert!(matches!(again, Err(ReportError::NoSuchDecision(_))));
    assert!(
        answered
            .answer_route(DisclosureId::new(uuid(3)), yes)
            .is_err()
    );
    assert_eq!(
        accepted().route(Vec::new()).unwrap_err(),
        ReportError::NoDecision
    );
}

#[test]
fn what_was_decided_before_reopening_is_kept() {
    let closed = accepted().route(vec![decision(1)]).unwrap();
    let closed = closed
        .close(Outcome::PassedOn, text("why"), morning())
        .unwrap();
    let (open, _) = closed.clone().reopen(acute(Answer::Yes)).unwrap();
    assert_eq!(open.state_name(), "in_triage");
    assert_eq!(open.earlier(), [closed.state().clone()]);
    assert!(open.reopen(acute(Answer::No)).is_err());
}

#[test]
fn the_reporter_sees_four_words_and_no_more() {
    let received = received(content("x"));
    assert_eq!(received.public_status(), PublicStatus::Received);
    assert_eq!(accepted().public_status(), PublicStatus::BeingRead);
    let routed = accepted().route(vec![decision(1)]).unwrap();
    assert_eq!(routed.public_status(), PublicStatus::PassedOn);
    let closed = routed
        .close(Outcome::PassedOn, text("why"), morning())
        .unwrap();
    assert_eq!(closed.public_status(), PublicStatus::Closed);
}

#[test]
fn limits_name_their_field() {
    let mut told = content("x");
    told.story = Some(text(&"a".repeat(9_000)));
    assert!(told.check().is_ok());
    told.place = Some(text(&"a".repeat(ANSWER_MAX + 1)));
    assert_eq!(told.check().unwrap_err().field(), "place");

    let mut told = content("x");
    told.forms = vec![form("SU"); FORMS_MAX + 1];
    assert_eq!(
        told.check().unwrap_err(),
        ContentError::TooMany {
            field: "forms",
            count: FORMS_MAX + 1,
            max: FORMS_MAX
        }
    );

    let mut told = content("x");
    let file = |bytes| Attachment {
        id: AttachmentId::new(uuid(1)),
        media_type: "image/png".to_owned(),
        bytes,
    };
    told.attachments = vec![file(1), file(ATTACHMENT_BYTES_MAX + 1)];
    assert!(matches!(
        told.check(),
        Err(ContentError::AttachmentTooLarge { number: 2, .. })
    ));

    let mut told = content("x");
    told.period = Period {
        from: Some(day("2026-02-01")),
        until: Some(day("2026-01-01")),
        ongoing: Answer::No,
    };
    assert_eq!(told.check().unwrap_err().field(), "period");

    let mut told = content("x");
    told.story = None;
    assert_eq!(told.check().unwrap_err(), ContentError::NothingTold);
    told.help = HelpWish::ForSelf;
    assert!(
        told.check().is_ok(),
        "who only asks for help has told enough"
    );
}

#[test]
fn a_described_child_is_a_minor_involved() {
    let today = day("2026-03-09");
    let person = |role, age| PersonDescribed {
        role,
        certainty: Certainty::Seen,
        known_as: None,
        age,
        sex: domain::person::Sex::Female,
        description: None,
    };
    let child = domain::age::Age::estimated(14, 16, today).unwrap();
    let mut told = content("x");
    told.persons = vec![person(DescribedRole::PossibleOffender, child)];
    assert!(!told.minor_possible_on(today));
    told.persons.push(person(
        DescribedRole::PossibleVictim,
        domain::age::Age::Unknown,
    ));
    assert!(
        !told.minor_possible_on(today),
        "an age that nobody mentioned is a question for the desk"
    );
    told.persons
        .push(person(DescribedRole::PossibleVictim, child));
    assert!(told.minor_possible_on(today));
}

/// Anything somebody at the desk may try.
#[derive(Debug, Clone)]
enum Try {
    Acute(Answer, bool),
    Call,
    Accept,
    Route,
    Close(Outcome),
    Reopen(Answer),
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![Just(Answer::Yes), Just(Answer::No), Just(Answer::Unknown)]
}

fn any_try() -> impl Strategy<Value = Try> {
    let outcome = prop_oneof![
        Just(Outcome::TakenUp),
        Just(Outcome::NotEnoughLeads),
        Just(Outcome::PassedOn),
        Just(Outcome::Duplicate {
            of: ReportId::new(uuid(1))
        }),
        Just(Outcome::Duplicate {
            of: ReportId::new(uuid(2))
        }),
        Just(Outcome::NotTrafficking),
        Just(Outcome::HelpStarted),
    ];
    prop_oneof![
        (any_answer(), any::<bool>()).prop_map(|(a, c)| Try::Acute(a, c)),
        Just(Try::Call),
        Just(Try::Accept),
        Just(Try::Route),
        outcome.prop_map(Try::Close),
        any_answer().prop_map(Try::Reopen),
    ]
}

fn attempt(report: Report, step: &Try, n: u128) -> Result<Report, ReportError> {
    match step {
        Try::Acute(answer, called) => {
            let call = called.then(call);
            Ok(report
                .answer_acute(AcuteFinding {
                    call,
                    ..acute(*answer)
                })?
                .0)
        }
        Try::Call => report.record_call(call()),
        Try::Accept => Ok(report.accept(morning(), at("2026-03-10T09:00:00Z"))?.0),
        Try::Route => report.route(vec![decision(n)]),
        Try::Close(outcome) => report.close(outcome.clone(), text("why"), morning()),
        Try::Reopen(answer) => Ok(report.reopen(acute(*answer))?.0),
    }
}

proptest! {
    #[test]
    fn no_order_of_steps_breaks_the_promises(steps in prop::collection::vec(any_try(), 0..30)) {
        let mut report = received(content("x"));
        for (n, step) in steps.iter().enumerate() {
            let before = report.clone();
            match attempt(report.clone(), step, n as u128) {
                Err(_) => continue,
                Ok(after) => report = after,
            }
            let moved = (before.state_name(), report.state_name());
            prop_assert!(moved.0 == moved.1 || MOVES.contains(&moved), "{:?}", moved);
            prop_assert_eq!(report.acute().is_none(), report.state_name() == "received");
            if let ReportState::Closed { acute, closing, decisions, .. } = report.state() {
                prop_assert!(!acute.answer.is_yes() || acute.call.is_some());
                prop_assert!(!closing.reason.as_str().is_empty());
                let elsewhere = matches!(closing.outcome, Outcome::TakenUp | Outcome::PassedOn | Outcome::HelpStarted);
                prop_assert!(!elsewhere || !decisions.is_empty());
            }
            // Nothing is lost on the way to storage and back.
            let stored = serde_json::to_string(&report).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Report>(&stored).unwrap(), &report);
        }
    }
}
