//! Rounds of updates: what counts, what comes too late, who reviews.

use crate::programme::action;
use crate::samples::*;
use domain::{By, action::*, edition::*, ids::*, round::*};

fn round() -> Round {
    let name = EditionName::new(2026, 1, Cycle::HalfYearly).unwrap();
    Round::new(
        RoundId::new(uuid(8)),
        name,
        morning(),
        at("2026-04-01T22:00:00Z"),
    )
    .unwrap()
}

fn running() -> Action {
    action(1, Line::Awareness, "1.a", &[Status::Loopt])
}

fn update() -> Update {
    Update::ask(UpdateId::new(uuid(9)), round().id, &running())
}

/// The reviewer is somebody else than the writer.
fn reviewer(moment: &str) -> By {
    By {
        user: UserId::new(uuid(77)),
        ..by(moment)
    }
}

fn told(status: Status, results: Option<&str>, moment: &str) -> Told {
    Told {
        status,
        results: results.map(text),
        why: None,
        evidence: vec![text("https://voorbeeld.example/rapport")],
        overridden: None,
        by: by(moment),
    }
}

const IN_TIME: &str = "2026-03-20T09:00:00Z";
const TOO_LATE: &str = "2026-04-01T22:00:00Z";

#[test]
fn a_round_leaves_time_to_answer() {
    let name = EditionName::new(2026, 1, Cycle::HalfYearly).unwrap();
    let short = Round::new(
        RoundId::new(uuid(8)),
        name,
        morning(),
        at("2026-03-09T20:00:00Z"),
    );
    assert_eq!(short, Err(RoundError::TooShort));
    assert!(!round().is_frozen(at("2026-04-01T21:59:59Z")) && round().is_frozen(at(TOO_LATE)));
}

#[test]
fn what_is_accepted_stands_in_the_register_with_its_evidence() {
    let sent = update()
        .send(
            &round(),
            &running(),
            told(Status::Afgerond, Some("klaar"), IN_TIME),
        )
        .unwrap();
    assert_eq!(sent.state(), UpdateState::Sent);
    assert_eq!(
        sent.clone()
            .accept(running(), by("2026-03-21T09:00:00Z"))
            .unwrap_err(),
        RoundError::OwnText
    );
    let (done, action) = sent
        .accept(running(), reviewer("2026-03-21T09:00:00Z"))
        .unwrap();
    assert_eq!(done.state(), UpdateState::Accepted);
    assert_eq!(action.status(), Status::Afgerond);
    assert_eq!(action.results(), Some(&text("klaar")));
    assert_eq!(
        action.plan.links,
        [text("https://voorbeeld.example/rapport")]
    );
    assert_eq!(
        action.last_told(),
        Some(day("2026-03-20")),
        "the day on which its holder told it"
    );
    let again = done.send(
        &round(),
        &action,
        told(Status::Afgerond, Some("meer"), IN_TIME),
    );
    assert_eq!(again, Err(RoundError::Accepted));
}

#[test]
fn what_is_sent_back_can_be_mended_and_what_is_late_is_kept_but_counts_not() {
    let sent = update()
        .send(
            &round(),
            &running(),
            told(Status::Loopt, Some("eerste"), IN_TIME),
        )
        .unwrap();
    let early = sent
        .clone()
        .leave_out(&round(), text("te vaag"), reviewer(IN_TIME));
    assert!(matches!(early, Err(RoundError::StillOpen { .. })));
    let back = sent
        .send_back(&round(), text("te vaag"), reviewer(IN_TIME))
        .unwrap();
    assert!(back.state().is_missing());
    let sent = back
        .send(
            &round(),
            &running(),
            told(Status::Loopt, Some("tweede"), IN_TIME),
        )
        .unwrap();

    let words = told(Status::Loopt, Some("derde"), TOO_LATE);
    let refused = sent.clone().send(&round(), &running(), words.clone());
    assert!(matches!(refused, Err(RoundError::Frozen { .. })));
    let kept = sent.keep_late(words.clone());
    assert_eq!(kept.late(), [words]);
    assert_eq!(
        kept.told().unwrap().results,
        Some(text("tweede")),
        "what was sent in time counts"
    );
    let late = kept
        .clone()
        .send_back(&round(), text("x"), reviewer(TOO_LATE));
    assert!(matches!(late, Err(RoundError::Frozen { .. })));
    let out = kept
        .leave_out(&round(), text("te vaag"), reviewer(TOO_LATE))
        .unwrap();
    assert_eq!(out.state(), UpdateState::LeftOut);
}

#[test]
fn nothing_told_and_no_reason_are_refused() {
    let none = update().send(&round(), &running(), told(Status::Loopt, None, IN_TIME));
    assert_eq!(none, Err(RoundError::NothingTold));
    let delay = update().send(
        &round(),
        &running(),
        told(Status::Vertraagd, Some("x"), IN_TIME),
    );
    assert!(matches!(
        delay,
        Err(RoundError::Action(ActionError::NoReason { .. }))
    ));
    assert_eq!(
        update().accept(running(), reviewer(IN_TIME)).unwrap_err(),
        RoundError::NotSent
    );
}

#[test]
fn only_who_still_has_to_tell_is_reminded() {
    let reminded = update().remind(&round(), by(IN_TIME)).unwrap();
    assert_eq!(reminded.reminded().len(), 1);
    let sent = reminded
        .send(
            &round(),
            &running(),
            told(Status::Loopt, Some("x"), IN_TIME),
        )
        .unwrap();
    assert_eq!(
        sent.remind(&round(), by(IN_TIME)),
        Err(RoundError::Accepted)
    );
    assert!(matches!(
        update().remind(&round(), by(TOO_LATE)),
        Err(RoundError::Frozen { .. })
    ));
}

#[test]
fn late_texts_do_not_grow_without_end() {
    let mut one = update();
    for n in 0..LATE_MAX + 3 {
        one = one.keep_late(told(Status::Loopt, Some(&format!("tekst {n}")), TOO_LATE));
    }
    assert_eq!(one.late().len(), LATE_MAX);
    assert_eq!(
        one.late()[0].results,
        Some(text("tekst 3")),
        "the newest stay"
    );
}

fn file(n: u128, moment: &str) -> EvidenceFile {
    EvidenceFile {
        id: AttachmentId::new(uuid(n)),
        kind: domain::attachment::FileKind::Pdf,
        bytes: 2_000,
        by: by(moment),
        standing: Standing::Kept {
            title: text("Meting wachttijd"),
        },
    }
}

#[test]
fn a_file_is_evidence_until_the_cutoff_and_its_title_goes_into_the_action() {
    let update = update().attach(&round(), file(20, IN_TIME)).unwrap();
    let update = update.attach(&round(), file(21, IN_TIME)).unwrap();
    let late = update.clone().attach(&round(), file(22, TOO_LATE));
    assert!(matches!(late, Err(RoundError::Frozen { .. })));
    let update = update
        .take_away(&round(), AttachmentId::new(uuid(20)), by(IN_TIME))
        .unwrap();
    assert_eq!(update.files().len(), 2, "that it was there stays");
    assert_eq!(update.files()[0].title(), None);
    let again = update
        .clone()
        .take_away(&round(), AttachmentId::new(uuid(20)), by(IN_TIME));
    assert_eq!(again, Err(RoundError::NoSuchFile));
    let sent = update
        .send(
            &round(),
            &running(),
            told(Status::Loopt, Some("ja"), IN_TIME),
        )
        .unwrap();
    let (accepted, action) = sent.accept(running(), reviewer(IN_TIME)).unwrap();
    assert!(action.plan.links.contains(&text("Meting wachttijd")));
    let over = accepted.attach(&round(), file(23, IN_TIME));
    assert_eq!(over, Err(RoundError::Accepted));
}

#[test]
fn an_update_has_so_many_files_and_no_more() {
    let most = u128::try_from(domain::attachment::MOST_OF_UPDATE).unwrap();
    let full = (0..most).fold(update(), |update, n| {
        update.attach(&round(), file(100 + n, IN_TIME)).unwrap()
    });
    let over = full.clone().attach(&round(), file(99, IN_TIME));
    assert_eq!(over, Err(RoundError::TooManyFiles));
    let room = full.take_away(&round(), AttachmentId::new(uuid(100)), by(IN_TIME));
    assert!(room.unwrap().attach(&round(), file(99, IN_TIME)).is_ok());
}

#[test]
fn a_holder_hears_each_thing_once_and_only_while_something_is_missing() {
    let soon = at("2026-03-25T22:00:00Z");
    assert_eq!(round().coming(), soon, "a week before the cut-off");
    let told_once = update().notify(NoticeKind::Coming, soon).unwrap();
    assert_eq!(told_once.clone().notify(NoticeKind::Coming, soon), None);
    assert!(told_once.notify(NoticeKind::Overdue, soon).is_some());
    let sent = update()
        .send(
            &round(),
            &running(),
            told(Status::Loopt, Some("ja"), IN_TIME),
        )
        .unwrap();
    assert_eq!(sent.notify(NoticeKind::Coming, soon), None);
}
