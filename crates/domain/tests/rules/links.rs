//! Two reports that name the same thing: what somebody finds of them, and that every finding is kept.

use domain::ids::ReportId;
use domain::objects::{ObjectKind, ObjectSeen};
use domain::report::*;
use proptest::prelude::*;

use crate::samples::*;

fn report(n: u128) -> Report {
    let id = ReportId::new(uuid(n));
    Report::receive(id, at(MORNING), content("a grey van"))
        .unwrap()
        .0
}

fn other(n: u128) -> ReportId {
    ReportId::new(uuid(n))
}

fn found(finding: Finding) -> Judgement {
    Judgement {
        finding,
        shared: vec![ObjectKind::Plate],
        because: text("the same van at the same hour"),
        by: morning(),
    }
}

fn naming(things: &[(ObjectKind, &str)]) -> ReportContent {
    let mut content = content("a grey van");
    let things = things.iter();
    content.objects = things
        .map(|(kind, raw)| ObjectSeen::new(*kind, raw).unwrap())
        .collect();
    content
}

#[test]
fn what_was_found_can_be_found_anew_and_every_finding_is_kept() {
    let one = report(1).judge(other(2), found(Finding::Together)).unwrap();
    let one = one.judge(other(2), found(Finding::Apart)).unwrap();
    let link = one.link(other(2)).unwrap();
    assert_eq!(link.stands.finding, Finding::Apart);
    let before: Vec<Finding> = link.before.iter().map(|j| j.finding).collect();
    assert_eq!(before, [Finding::Together]);
    assert_eq!(one.links().len(), 1);
    assert!(one.link(other(3)).is_none());
}

#[test]
fn a_report_is_not_linked_to_itself_and_nothing_is_found_twice() {
    let one = report(1);
    let itself = one.clone().judge(other(1), found(Finding::Together));
    assert_eq!(itself.unwrap_err(), ReportError::LinkToItself);
    let one = one.judge(other(2), found(Finding::Together)).unwrap();
    let again = one.judge(other(2), found(Finding::Together));
    assert_eq!(again.unwrap_err(), ReportError::LinkStandsSo);
}

#[test]
fn there_is_an_end_to_links_and_to_changing_ones_mind() {
    let mut one = report(1);
    for n in 2..2 + LINKS_MAX as u128 {
        one = one.judge(other(n), found(Finding::Together)).unwrap();
    }
    let full = one.clone().judge(other(9_999), found(Finding::Together));
    assert_eq!(
        full.unwrap_err(),
        ReportError::TooManyLinks { max: LINKS_MAX }
    );
    // What stands can still be judged anew.
    for n in 1..JUDGEMENTS_MAX {
        let finding = match n % 2 {
            0 => Finding::Together,
            _ => Finding::Apart,
        };
        one = one.judge(other(2), found(finding)).unwrap();
    }
    let last = one.clone().judge(other(2), found(Finding::Together));
    assert_eq!(
        last.unwrap_err(),
        ReportError::TooManyLinks {
            max: JUDGEMENTS_MAX
        }
    );
    assert_eq!(one.links().len(), LINKS_MAX);
}

#[test]
fn the_same_thing_is_the_same_however_it_was_typed_and_what_is_unreadable_is_not() {
    let one = naming(&[
        (ObjectKind::Plate, "64-qtn-2"),
        (ObjectKind::Phone, "06 12345678"),
        (ObjectKind::Kvk, "12345678"),
        (ObjectKind::Email, "not an address"),
    ]);
    let two = naming(&[
        (ObjectKind::Plate, "64 QTN 2"),
        (ObjectKind::Phone, "+31612345678"),
        (ObjectKind::Kvk, "87654321"),
        (ObjectKind::Email, "not an address"),
    ]);
    assert_eq!(shared(&one, &two), [ObjectKind::Phone, ObjectKind::Plate]);
    // The same digits in another kind of thing are another thing.
    let account = naming(&[(ObjectKind::Kvk, "12345678")]);
    let phone = naming(&[(ObjectKind::Phone, "12345678")]);
    assert!(shared(&account, &phone).is_empty());
}

#[test]
fn a_report_from_before_links_were_kept_is_read() {
    let mut kept = serde_json::to_value(report(1)).unwrap();
    assert!(kept.get("links").is_none(), "an empty list is not written");
    kept["links"] = serde_json::json!([]);
    let read: Report = serde_json::from_value(kept).unwrap();
    assert_eq!(read, report(1));
}

proptest! {
    #[test]
    fn what_one_shares_with_another_the_other_shares_with_it(
        one in proptest::collection::vec(0u8..6, 0..5), two in proptest::collection::vec(0u8..6, 0..5),
    ) {
        let plates = |numbers: &[u8]| {
            let plates: Vec<String> = numbers.iter().map(|n| format!("{n}0-QTN-2")).collect();
            let things: Vec<(ObjectKind, &str)> =
                plates.iter().map(|plate| (ObjectKind::Plate, plate.as_str())).collect();
            naming(&things)
        };
        let (a, b) = (plates(&one), plates(&two));
        prop_assert_eq!(shared(&a, &b), shared(&b, &a));
        prop_assert_eq!(shared(&a, &b).is_empty(), !one.iter().any(|n| two.contains(n)));
    }

    #[test]
    fn whatever_is_judged_the_last_word_stands_and_none_is_lost(words in proptest::collection::vec((2u128..5, any::<bool>()), 0..40)) {
        let mut report = report(1);
        let mut taken = 0;
        for (n, together) in words {
            let finding = if together { Finding::Together } else { Finding::Apart };
            let stood = report.link(other(n)).map(|link| link.stands.finding);
            match report.clone().judge(other(n), found(finding)) {
                Ok(judged) => {
                    taken += 1;
                    prop_assert_ne!(stood, Some(finding));
                    prop_assert_eq!(judged.link(other(n)).unwrap().stands.finding, finding);
                    report = judged;
                }
                Err(error) => {
                    prop_assert_eq!(error, ReportError::LinkStandsSo);
                    prop_assert_eq!(stood, Some(finding));
                }
            }
        }
        let kept: usize = report.links().iter().map(|link| link.before.len() + 1).sum();
        prop_assert_eq!(kept, taken);
    }
}
