//! What an action carries besides what it is; motions and promises.

use crate::samples::*;
use domain::{
    action::*,
    edition::{CommitmentKind, LetterRef},
    ids::*,
    pledge::{self, Asked, Closing, Pledge, PledgeError},
};
use proptest::prelude::*;

#[test]
fn a_line_says_what_it_is() {
    let stone: Milestone = "2026-03-01 Alle regio's hebben een profiel | bereikt 2026-04-02 | https://voorbeeld.example/profiel"
        .parse()
        .unwrap();
    assert_eq!(stone.day, day("2026-03-01"));
    assert_eq!(stone.reached, Some(day("2026-04-02")));
    assert_eq!(
        stone.evidence,
        Some(text("https://voorbeeld.example/profiel"))
    );
    assert!(!stone.is_late(day("2027-01-01")));
    let late: Milestone = "2026-03-01 profiel".parse().unwrap();
    assert!(late.is_late(day("2026-03-02")) && !late.is_late(day("2026-03-01")));

    let money: Money = "2026 budget 200000 | Rijksbegroting VI, artikel 33"
        .parse()
        .unwrap();
    assert_eq!(
        (money.year, money.kind, money.euros),
        (2026, MoneyKind::Budget, 200_000)
    );
    let measure: Measure = "aanmeldingen omhoog".parse().unwrap();
    assert_eq!(
        (measure.code.as_str(), measure.way),
        ("aanmeldingen", Way::Up)
    );
}

#[test]
fn a_line_that_says_something_else_is_refused() {
    for wrong in [
        "",
        "profiel klaar",
        "2026-13-01 profiel",
        "2026-03-01",
        "2026-03-01 a; b",
        "2026-03-01 a | b | c",
    ] {
        assert_eq!(
            wrong.parse::<Milestone>(),
            Err(LineError::Milestone),
            "{wrong}"
        );
    }
    for wrong in [
        "2026 begroot",
        "2026 begroot 1,5",
        "1999 begroot 5",
        "2026 gekregen 5",
        "2026 begroot 5 euro",
    ] {
        assert_eq!(wrong.parse::<Money>(), Err(LineError::Money), "{wrong}");
    }
    for wrong in ["omhoog", "aanmeldingen", "aan/meldingen omhoog", "a hoger"] {
        assert_eq!(wrong.parse::<Measure>(), Err(LineError::Measure), "{wrong}");
    }
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-z0-9é,.:/-]{1,12}( [A-Za-z0-9é,.:/-]{1,12}){0,4}"
}

proptest! {
    #[test]
    fn what_is_written_as_a_line_is_read_again_the_same(
        days in (0..4000_i32, prop::option::of(0..4000_i32)),
        what in words(),
        evidence in prop::option::of(words()),
        euros in 0..1_000_000_000_000_u64,
        year in 2000..2100_i16,
        spent: bool,
    ) {
        let on = |n: i32| day("2020-01-01").checked_add(jiff::Span::new().days(n)).unwrap();
        // A word that says when it was reached is no evidence.
        prop_assume!(evidence.as_deref().is_none_or(|e| !e.starts_with("bereikt ") && !e.starts_with("reached ")));
        let stone = Milestone {
            day: on(days.0),
            what: text(&what),
            reached: days.1.map(on),
            evidence: evidence.as_deref().map(text),
        };
        prop_assert_eq!(stone.to_string().parse::<Milestone>(), Ok(stone));
        let kind = if spent { MoneyKind::Spent } else { MoneyKind::Budget };
        let money = Money { year, kind, euros, source: evidence.as_deref().map(text) };
        prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
    }
}

#[test]
fn the_years_make_the_budget_or_it_is_refused() {
    let plan = |budget_eur, lines: &[&str]| ActionPlan {
        budget_eur,
        details: Details {
            money: lines.iter().map(|line| line.parse().unwrap()).collect(),
            ..Details::default()
        },
        ..crate::programme::plan(Line::Victimhood, "3.b")
    };
    let years = ["2025 begroot 40", "2026 begroot 60", "2025 besteed 30"];
    assert_eq!(plan(Some(100), &years).check(), Ok(()));
    assert_eq!(plan(None, &years).budget(), Some(100));
    assert_eq!(
        plan(Some(110), &years).check(),
        Err(ActionError::BudgetNotTheSum {
            said: 110,
            sum: 100
        })
    );
    assert_eq!(plan(Some(110), &["2025 besteed 30"]).check(), Ok(()));
    assert!(matches!(
        plan(None, &["2025 begroot 40", "2025 begroot 4"]).check(),
        Err(ActionError::MoneyTwice { year: 2025, .. })
    ));
}

fn letter(written: &str, found: Option<&str>) -> LetterRef {
    LetterRef {
        as_written: text(written),
        resolved: found.map(str::to_owned),
        date: None,
    }
}

#[test]
fn a_number_written_and_a_number_found_are_both_kept_and_the_difference_is_seen() {
    let april = letter(
        "Kamerstukken II 2023/24, 28 638, nr. 248",
        Some("28638-249"),
    );
    let seen = pledge::difference(&april).unwrap();
    assert_eq!((seen.written.as_str(), seen.found.as_str()), ("248", "249"));
    assert_eq!(
        april.as_written,
        text("Kamerstukken II 2023/24, 28 638, nr. 248")
    );
    for same in [
        letter("28638, nr. 249", Some("28638-249")),
        letter("Kamerstuk 28638-249", Some("28638-249")),
        letter("28638, nr. 248", None),
        letter("de brief van april", Some("28638-249")),
    ] {
        assert_eq!(
            pledge::difference(&same),
            None,
            "{}",
            same.as_written.as_str()
        );
    }
}

fn asked(found: Option<&str>) -> Asked {
    Asked {
        kind: CommitmentKind::Motie,
        reference: letter("28 638, nr. 240", found),
        who: text("Lid Bedacht"),
        on: day("2023-12-21"),
        text: text("verzoekt de regering het plan te herzien"),
        actions: vec![ActionId::new(uuid(1))],
    }
}

#[test]
fn a_motion_is_closed_with_a_reason_and_opened_again_with_one() {
    let id = PledgeId::new(uuid(5));
    let open = Pledge::new(id, asked(Some("28638-240")), morning()).unwrap();
    assert!(open.is_open());
    assert_eq!(
        open.clone().reopen(text("x"), morning()),
        Err(PledgeError::Open)
    );
    let closing = Closing {
        by_letter: Some(letter("28638, nr. 251", Some("28638-251"))),
        why: text("het plan is herzien"),
        by: morning(),
    };
    let closed = open.close(closing.clone()).unwrap();
    assert_eq!(closed.closed(), Some(&closing));
    assert_eq!(
        closed.clone().close(closing.clone()),
        Err(PledgeError::Closed)
    );
    let again = closed
        .reopen(text("de Kamer vroeg om meer"), morning())
        .unwrap();
    assert!(again.is_open());
    assert_eq!(
        again.reopened()[0].closing,
        closing,
        "what had closed it is kept"
    );

    assert!(matches!(
        Pledge::new(id, asked(Some("nr. 240")), morning()),
        Err(PledgeError::NotAKamerstuk(_))
    ));
    let twice = Asked {
        actions: vec![ActionId::new(uuid(1)); 2],
        ..asked(None)
    };
    assert_eq!(
        Pledge::new(id, twice, morning()),
        Err(PledgeError::ActionTwice)
    );
}
