//! A person's request about her own data: nobody can tell from it whether something is hidden. And a breach with its 72 hours.

use std::collections::BTreeSet;

use domain::breach::{Breach, BreachError, Ending, Notice, Scope};
use domain::code::DataCode;
use domain::ids::{BreachId, CaseId, DisclosureId, RequestId};
use domain::request::*;
use domain::vocabulary::{ClockCode, Vocabulary};
use domain::{Compartment, SafeText};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::samples::*;

pub const MORNING_AFTER: &str = "2026-03-10T09:00:00Z";

fn terms() -> Terms {
    Terms {
        due: at("2026-04-09T21:59:59Z"),
        release: at("2026-04-06T21:59:59Z"),
        police: at("2026-04-20T21:59:59Z"),
    }
}

pub fn received() -> DataRequest {
    of(Right::Access)
}

pub fn asked(right: Right) -> DataRequest {
    of(right)
}

fn of(right: Right) -> DataRequest {
    let (id, case) = (RequestId::new(uuid(7)), CaseId::new(uuid(8)));
    DataRequest::receive(id, case, right, None, Asked::Herself, at(MORNING), terms())
}

pub fn extend(request: DataRequest, when: &str) -> Result<DataRequest, RequestError> {
    let extension = Extension {
        by: by(when),
        reason: text("veel dossiers"),
    };
    let (due, release) = (at("2026-06-09T21:59:59Z"), at("2026-06-01T21:59:59Z"));
    request.extend(extension, due, release)
}

fn data(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes.iter().map(|code| DataCode::literal(code)).collect()
}

pub fn given(code: &'static str) -> PartAnswer {
    PartAnswer::new(Outcome::Given, data(&[code]), None, None, day("2026-03-10")).unwrap()
}

pub fn refusal() -> Refusal {
    Refusal {
        reason: text("het onderzoek loopt"),
        ground: text("Wpg 27(1)(a)"),
    }
}

pub fn part(of: Compartment) -> Part {
    part_of(of, Right::Access)
}

pub fn part_of(of: Compartment, right: Right) -> Part {
    let origin = DisclosureId::new(uuid(3));
    let words = Some(text("mijn woorden"));
    Part::arrive(of, origin, right, words, at(MORNING), terms().police)
}

pub fn owner() -> Owner {
    Owner {
        user: domain::ids::UserId::new(uuid(9)),
        name: "Noor".to_owned(),
    }
}

pub fn answer(request: DataRequest, given: PartAnswer) -> Result<DataRequest, RequestError> {
    request.answer(morning(), given, owner(), None)
}

fn done(way: Way, codes: &[&'static str]) -> Done {
    Done {
        on: day("2026-03-12"),
        way,
        data: data(codes),
        told: Vec::new(),
    }
}

pub fn elsewhere(code: &'static str) -> Done {
    let place = text("in het papieren dossier");
    done(Way::Elsewhere { place }, &[code])
}

pub fn restricted(code: &'static str) -> Done {
    let ground = domain::restriction::Ground::Contested;
    let way = Way::Restricted {
        ground,
        ending: None,
    };
    done(way, &[code])
}

pub fn breach() -> Breach {
    let known = at("2026-03-08T09:00:00Z");
    let due = known + SignedDuration::from_hours(72);
    let id = BreachId::new(uuid(4));
    Breach::found(id, morning(), known, due, text("mail"), Scope::default()).unwrap()
}

pub fn ending() -> Ending {
    Ending {
        by: morning(),
        people_told: false,
        people_why: text("geen risico"),
        measures: text("rechten nagelopen"),
    }
}

fn settled() -> DataRequest {
    received().settle(morning(), IdentityBy::InPerson).unwrap()
}

fn heard(n: u128, from: Compartment) -> Heard {
    Heard {
        from,
        org: None,
        came: DisclosureId::new(uuid(n)),
        answer: given("form"),
    }
}

/// What shows of a request besides the words of an answer: which sections, when each opens, and whether it is open.
fn shape(request: &DataRequest, now: Timestamp) -> Vec<(Compartment, Timestamp, bool)> {
    let sections = request.sections(now);
    sections.iter().map(|s| (s.of, s.opens, s.open)).collect()
}

fn moment(hours: i64) -> Timestamp {
    at(MORNING) + SignedDuration::from_hours(hours)
}

proptest! {
    /// Whatever others answer, and whenever: the sections and their moments are the same.
    #[test]
    fn answers_change_neither_the_shape_nor_the_moment(
        from in prop::collection::vec(0usize..5, 0..6),
        extended in any::<bool>(),
        hours in 0i64..4_000,
    ) {
        let mut plain = settled();
        if extended {
            plain = extend(plain, MORNING_AFTER).unwrap();
        }
        let mut told = plain.clone();
        for (n, place) in from.iter().enumerate() {
            let came = u128::try_from(n).unwrap() + 100;
            told = told.hear(heard(came, SECTIONS[*place])).unwrap();
        }
        prop_assert_eq!(shape(&plain, moment(hours)), shape(&told, moment(hours)));
        prop_assert_eq!(plain.state(), told.state());
        prop_assert_eq!(plain.owed(), told.owed());
    }

    /// Before its moment no section says anything, whatever came in; also not to care.
    #[test]
    fn nothing_shows_before_its_moment(hours in 0i64..4_000) {
        let mut request = settled();
        for (n, of) in SECTIONS.into_iter().enumerate() {
            request = request.hear(heard(u128::try_from(n).unwrap() + 10, of)).unwrap();
        }
        let request = answer(request, given("age")).unwrap();
        for section in request.sections(moment(hours)) {
            prop_assert_eq!(section.open, moment(hours) >= section.opens);
            prop_assert_eq!(section.answers.is_empty(), !section.open);
        }
    }

    /// Every walk through the machine ends where the picture allows, and no step is taken twice.
    #[test]
    fn every_walk_stays_in_the_picture(right in 0usize..Right::ALL.len(), steps in prop::collection::vec(0u8..6, 0..12)) {
        let mut request = of(Right::ALL[right]);
        let mut extensions = 0;
        for step in steps {
            let before = request.state_name();
            let next = match step {
                0 => request.clone().settle(morning(), IdentityBy::Document),
                1 => request.clone().turn_away(morning(), text("niet te zien")),
                2 => extend(request.clone(), MORNING_AFTER),
                3 => answer(request.clone(), given("age")),
                4 => request.clone().carry_out(morning(), elsewhere("age")),
                _ => request.clone().withdraw(at(MORNING)),
            };
            if let Ok(next) = next {
                prop_assert!(MOVES.contains(&(before, next.state_name())), "{} to {}", before, next.state_name());
                extensions += u32::from(step == 2);
                request = next;
            }
        }
        prop_assert!(extensions <= 1);
        prop_assert_eq!(
            request.is_settled(),
            matches!(request.state_name(), "settled" | "extended" | "answered" | "granted" | "carried_out")
        );
    }

    /// Silence is silence: nothing held and nothing to be told send the same, which is nothing.
    #[test]
    fn nothing_and_withheld_both_send_nothing(withheld in any::<bool>()) {
        let open = part(Compartment::K5);
        let ended = match withheld {
            true => open.withhold(morning(), refusal()),
            false => open.nothing(morning()),
        };
        let ended = ended.unwrap();
        prop_assert!(ended.goes_out().is_none());
        prop_assert!(ended.answer(morning(), given("age"), owner()).is_err());
    }
}

/// Every way, with what it names.
fn ways() -> [Way; 6] {
    [
        Way::Erased,
        Way::Changed,
        Way::Noted {
            statement: text("ik ben in 2004 geboren"),
            reason: text("het document zegt iets anders"),
        },
        Way::Elsewhere {
            place: text("in het papieren dossier"),
        },
        Way::Kept { refusal: refusal() },
        restricted("age").way,
    ]
}

fn granted(right: Right, codes: &[&'static str]) -> DataRequest {
    let words = Some(text("dat doen wij"));
    let all = PartAnswer::new(Outcome::Given, data(codes), words, None, day("2026-03-10"));
    let request = of(right).settle(morning(), IdentityBy::InPerson).unwrap();
    answer(request, all.unwrap()).unwrap()
}

#[test]
fn what_is_granted_is_owed_until_it_is_carried_out() {
    for right in Right::ALL {
        let request = granted(right, &["age"]);
        let owed = matches!(
            right,
            Right::Correction | Right::Erasure | Right::Restriction
        );
        assert_eq!(request.owed(), owed.then_some(terms().due), "{right:?}");
        assert_eq!(request.owner().is_some(), owed);
        let done = match right {
            Right::Restriction => restricted("age"),
            _ => elsewhere("age"),
        };
        let after = request.clone().carry_out(morning(), done);
        assert_eq!(after.is_ok(), owed, "{right:?}");
        if let Ok(after) = after {
            assert_eq!(after.owed(), None);
            let again = after.carry_out(morning(), elsewhere("age"));
            assert!(matches!(again, Err(RequestError::NotNow("carried_out"))));
        }
    }
    let refused = PartAnswer::new(
        Outcome::Refused,
        data(&[]),
        None,
        Some(refusal()),
        day("2026-03-10"),
    );
    let request = of(Right::Erasure).settle(morning(), IdentityBy::InPerson);
    let refused = answer(request.unwrap(), refused.unwrap()).unwrap();
    assert_eq!((refused.state_name(), refused.owed()), ("answered", None));
}

#[test]
fn each_right_is_carried_out_in_its_own_ways() {
    let table = [
        ("erased", [false, true, false]),
        ("changed", [true, true, false]),
        ("noted", [true, false, false]),
        ("elsewhere", [true, true, false]),
        ("kept", [false, true, false]),
        ("restricted", [false, false, true]),
    ];
    for (way, (code, [corrects, erases, restricts])) in ways().into_iter().zip(table) {
        assert_eq!(way.code(), code);
        for (right, serves) in [
            (Right::Correction, corrects),
            (Right::Erasure, erases),
            (Right::Restriction, restricts),
        ] {
            let after = granted(right, &["age"]).carry_out(morning(), done(way.clone(), &["age"]));
            assert_eq!(after.is_ok(), serves, "{code} {right:?}");
        }
        for right in [Right::Access, Right::Objection, Right::Portability] {
            assert!(!way.serves(right));
        }
    }
}

#[test]
fn no_more_and_no_less_than_was_granted_is_carried_out() {
    for (granted_data, done_data, fits) in [
        (&["age"][..], &["age"][..], true),
        (&["age"], &["age", "sex"], false),
        (&["age", "sex"], &["age"], false),
        (&["age"], &[], false),
        (&[], &["age"], false),
        (&[], &[], true),
    ] {
        let request = granted(Right::Erasure, granted_data);
        let after = request.carry_out(morning(), done(Way::Erased, done_data));
        assert_eq!(after.is_ok(), fits, "{granted_data:?} {done_data:?}");
        if let Ok(after) = after {
            assert_eq!(after.left_nothing(), done_data.is_empty());
        }
    }
}

#[test]
fn her_words_go_with_the_file_and_the_answer_stays() {
    let mut request = granted(Right::Erasure, &[]);
    request.words = Some(text("alles moet weg"));
    let after = request
        .carry_out(morning(), done(Way::Erased, &[]))
        .unwrap();
    assert_eq!(after.words, None);
    let sections = after.sections(terms().release);
    assert!(sections[0].answers[0].done.is_some());
}

#[test]
fn word_that_it_was_done_replaces_the_answer_in_either_order() {
    let request = of(Right::Erasure)
        .settle(morning(), IdentityBy::InPerson)
        .unwrap();
    let first = heard(1, Compartment::K1);
    let mut later = heard(2, Compartment::K1);
    later.answer.done = Some(elsewhere("form"));
    let answer = first.came;
    let in_order = request.clone().hear(first.clone()).unwrap();
    let in_order = in_order.hear_done(answer, later.clone()).unwrap();
    let reversed = request.hear_done(answer, later).unwrap();
    assert_eq!(reversed.clone().hear(first), Err(RequestError::Twice));
    assert_eq!(in_order, reversed);
    assert_eq!(in_order.heard().len(), 1);
    assert!(in_order.heard()[0].answer.done.is_some());
}

#[test]
fn what_a_receiver_confirms_comes_to_the_share_that_it_had_and_to_no_other() {
    use domain::share::{Confirmation, Kept};
    let told = |n| Told {
        share: DisclosureId::new(uuid(n)),
        to: domain::ids::OrgId::new(uuid(5)),
        kind: domain::code::OrgKind::literal("COSM"),
        on: day("2026-03-12"),
        ended: true,
        confirmed: None,
    };
    let mut done = done(Way::Erased, &[]);
    done.told = vec![told(1), told(2)];
    let mut after = granted(Right::Erasure, &[])
        .carry_out(morning(), done)
        .unwrap();
    let confirmation = Confirmation {
        on: day("2026-03-14"),
        kept: Some(Kept {
            ground: text("BW 7:454"),
            what: text("de overeenkomst"),
        }),
    };
    assert!(!after.told_back(DisclosureId::new(uuid(3)), confirmation.clone()));
    assert!(after.told_back(DisclosureId::new(uuid(2)), confirmation.clone()));
    let told = &after.own_answer().unwrap().done.as_ref().unwrap().told;
    assert_eq!(told[0].confirmed, None);
    assert_eq!(told[1].confirmed, Some(confirmation));
}

#[test]
fn only_investigation_may_keep_silent() {
    for of in SECTIONS {
        let tried = part(of).withhold(morning(), refusal());
        assert_eq!(tried.is_ok(), of == Compartment::K5, "{of:?}");
    }
}

#[test]
fn the_section_of_investigation_opens_at_its_own_term_for_everybody() {
    let request = settled();
    assert_eq!(request.opens(Compartment::K3), terms().release);
    assert_eq!(request.opens(Compartment::K5), terms().police);
    let extended = extend(request, MORNING_AFTER).unwrap();
    assert_eq!(
        extended.opens(Compartment::K5),
        extended.opens(Compartment::K1),
        "never before the rest"
    );
}

#[test]
fn an_extension_comes_before_the_answer_opens_or_not_at_all() {
    let late = extend(settled(), "2026-04-06T22:00:00Z");
    assert_eq!(late, Err(RequestError::TooLate(terms().release)));
}

#[test]
fn a_refusal_has_its_reason_and_an_answer_says_something() {
    let on = day("2026-03-10");
    let none = PartAnswer::new(Outcome::Refused, data(&[]), None, None, on);
    assert_eq!(none, Err(RequestError::Refusal));
    let both = PartAnswer::new(Outcome::Given, data(&["age"]), None, Some(refusal()), on);
    assert_eq!(both, Err(RequestError::Refusal));
    let empty = PartAnswer::new(Outcome::Given, data(&[]), None, None, on);
    assert_eq!(empty, Err(RequestError::Empty));
    let refused = PartAnswer::new(Outcome::Refused, data(&["age"]), None, Some(refusal()), on);
    assert!(
        refused.unwrap().data.is_empty(),
        "a refusal names no category"
    );
}

#[test]
fn nobody_is_asked_and_nothing_opens_before_it_is_settled_that_it_is_she() {
    let after = at("2027-01-01T00:00:00Z");
    assert!(received().sections(after).iter().all(|s| !s.open));
    assert!(received().hear(heard(1, Compartment::K1)).is_err());
}

#[test]
fn the_same_answer_counts_once() {
    let once = settled().hear(heard(1, Compartment::K1)).unwrap();
    assert_eq!(
        once.hear(heard(1, Compartment::K1)),
        Err(RequestError::Twice)
    );
}

#[test]
fn the_delay_never_goes_beyond_the_law() {
    let words = Vocabulary::builtin().unwrap();
    let end = |code: &'static str, start: Timestamp| {
        let code = ClockCode::new(code).unwrap();
        let clock = words.clock(&code, domain::time::dutch_date(start)).unwrap();
        clock.deadline(start)
    };
    for days in 0..800 {
        let start = at("2026-01-01T08:00:00Z") + SignedDuration::from_hours(24 * days);
        assert!(end("data_subject_release", start) <= end("data_subject_request", start));
        let (release, due) = (
            end("data_subject_release_extended", start),
            end("data_subject_request_extended", start),
        );
        assert!(release <= due, "{start}");
    }
}

#[test]
fn what_names_others_is_not_in_her_own_file() {
    use domain::code::MunicipalityCode;
    use domain::person::{AvoidArea, PossibleVictim};
    use domain::share::{Portion, Source};
    let mut person = PossibleVictim::unknown(domain::ids::PersonId::new(uuid(1)));
    let canary = || text("canary-third-party");
    person.safety.must_not_know = vec![canary(), canary()];
    person.safety.contact.who_may_answer = Some(canary());
    person.safety.contact.safe_channel = Some(text("app"));
    person.safety.avoid = vec![AvoidArea {
        municipality: MunicipalityCode::literal("GM0363"),
        radius_km: 5,
        why: canary(),
    }];
    let source = Source {
        person: &person,
        region: None,
        reflection: None,
    };
    let file = OwnFile::of(source, &data(&Portion::HELD));
    assert_eq!(
        file.safety.as_ref().map(|s| s.1),
        Some(2),
        "told as a number"
    );
    let texts: Vec<&SafeText> = [&file.called, &file.contact, &file.needs]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
    assert!(texts.iter().all(|t| !t.as_str().contains("canary")));
    let nothing = OwnFile::of(source, &data(&[]));
    assert_eq!(nothing, OwnFile::default());
}

#[test]
fn after_72_hours_a_notice_needs_its_reason() {
    let late = by("2026-03-12T09:00:01Z");
    let silent = Notice::Notified {
        by: late,
        late: None,
    };
    let due = breach().due;
    assert_eq!(
        breach().decide(silent),
        Err(BreachError::LateWithoutReason(due))
    );
    let told = Notice::Notified {
        by: late,
        late: Some(text("pas laat ontdekt")),
    };
    assert!(breach().decide(told).is_ok());
    let in_time = Notice::Notified {
        by: morning(),
        late: None,
    };
    assert_eq!(breach().decide(in_time).unwrap().owed(), None);
}

#[test]
fn a_breach_is_not_known_before_it_is_known() {
    let known = at("2026-03-09T10:00:00Z");
    let id = BreachId::new(uuid(4));
    let tried = Breach::found(id, morning(), known, known, text("mail"), Scope::default());
    assert_eq!(tried, Err(BreachError::Ahead(known)));
}

#[test]
fn what_cannot_be_taken_along_elsewhere_is_said_to_everybody() {
    let request = of(Right::Portability)
        .settle(morning(), IdentityBy::InPerson)
        .unwrap();
    for section in request.sections(terms().police) {
        assert!(section.open);
        assert_eq!(section.beyond, section.of != Compartment::K3);
    }
    let request = settled();
    let mut sections = request.sections(terms().police).into_iter();
    assert!(sections.all(|section| !section.beyond));
}

#[test]
fn the_end_of_a_restriction_is_told_with_what_was_done() {
    use domain::restriction::Ending;
    let ending = Some(Ending {
        last: day("2026-05-01"),
        reason: text("het is nagekeken"),
    });
    let granted = granted(Right::Restriction, &["age"]);
    assert!(granted.clone().restriction_ends(ending.clone()).is_err());
    let done = granted.carry_out(morning(), restricted("age")).unwrap();
    let told = |request: &DataRequest| {
        let done = request.own_answer().unwrap().done.clone().unwrap();
        match done.way {
            Way::Restricted { ending, .. } => ending,
            other => panic!("{other:?}"),
        }
    };
    let ends = done.restriction_ends(ending.clone()).unwrap();
    assert_eq!(told(&ends), ending);
    assert_eq!(told(&ends.restriction_ends(None).unwrap()), None);
}
