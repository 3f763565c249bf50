//! What may not be sent, and that the place is named.

use crate::support;
use letter::model::{Cell, Letter, Paragraph, Status, Unit};
use letter::{Fault, Lang, LetterError, Stamp, check, html, pdf};

/// The faults after a change, as `place: message`.
fn faults_after(change: impl FnOnce(&mut Letter)) -> Vec<String> {
    let mut letter = support::letter();
    change(&mut letter);
    check(&letter)
        .err()
        .map(|faults| faults.0.iter().map(ToString::to_string).collect())
        .unwrap_or_default()
}

fn only_fault(change: impl FnOnce(&mut Letter)) -> String {
    let faults = faults_after(change);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.into_iter().next().unwrap()
}

#[test]
fn the_sample_has_no_faults() {
    assert_eq!(faults_after(|_| {}), Vec::<String>::new());
    assert!(check(&support::big(60, 20, 6)).is_ok());
    assert!(check(&support::corrected()).is_ok());
}

#[test]
fn annex_1_takes_only_running_late_and_finished_actions() {
    for status in Status::ALL {
        let faults = faults_after(|letter| letter.annex.actions[3].status = status);
        match status {
            Status::Loopt | Status::Vertraagd | Status::Afgerond => assert!(faults.is_empty()),
            Status::NietGestart | Status::Vervallen | Status::StructureelGeborgd => assert_eq!(
                faults,
                [format!(
                    "annex/actions/2.a/status: status `{}` does not belong in annex 1; only loopt, vertraagd and afgerond do",
                    status.code()
                )]
            ),
        }
    }
}

#[test]
fn a_figure_needs_source_and_date() {
    let fault = only_fault(|letter| letter.figures[1].source = " \u{200b} ".into());
    assert_eq!(
        fault,
        "figures/slachtoffers-vorm/source: a figure needs its source"
    );
    let fault = only_fault(|letter| letter.figures[1].reference_date = None);
    assert_eq!(
        fault,
        "figures/slachtoffers-vorm/reference_date: a figure needs its reference date"
    );
}

#[test]
fn reports_and_victims_never_share_a_series() {
    let mixed = "aanmeldingen and slachtoffers may not stand in one series";
    let fault = only_fault(|letter| letter.figures[0].rows[1].unit = Some(Unit::Slachtoffers));
    assert_eq!(
        fault,
        format!("figures/aanmeldingen/rows/2020/unit: {mixed}")
    );
    let fault = only_fault(|letter| letter.figures[1].columns[1] = "Aanmeldingen 2025".into());
    assert_eq!(
        fault,
        format!("figures/slachtoffers-vorm/columns/2: {mixed}")
    );
    let fault = only_fault(|letter| letter.figures[0].title = "Slachtoffers per jaar".into());
    assert_eq!(fault, format!("figures/aanmeldingen/title: {mixed}"));
    let fault = only_fault(|letter| {
        letter.figures[2].columns = vec!["Slachtoffers".into(), "Aanmeldingen".into()];
    });
    assert_eq!(fault, format!("figures/tijd-tot-plek/columns/2: {mixed}"));
    let faults = faults_after(|letter| letter.figures[0].unit = Unit::Other("Slachtoffers".into()));
    assert!(
        faults.contains(&format!("figures/aanmeldingen/title: {mixed}")),
        "{faults:?}"
    );
}

#[test]
fn a_report_about_a_victim_is_still_a_report() {
    assert!(
        faults_after(
            |letter| letter.figures[0].title = "Aanmeldingen van mogelijke slachtoffers".into()
        )
        .is_empty()
    );
    assert!(
        faults_after(|letter| letter.figures[0].rows[0].label = "Slachtofferhulp Nederland".into())
            .is_empty()
    );
}

#[test]
fn the_ambiguous_word_is_found_everywhere() {
    type Change = fn(&mut Letter);
    let changes: [(&str, Change); 6] = [
        ("opening/1", |letter| {
            letter.opening[0] = "De Tweejaarlijkse brief".into()
        }),
        ("lines/2/highlights/1/note", |letter| {
            letter.lines[1].highlights[0] =
                Paragraph::plain("x").note(letter::model::Note::words("twee\u{ad}jaarlijks"));
        }),
        ("annex/actions/1.a/intended_result", |letter| {
            letter.annex.actions[0].intended_result = "twee-jaarlijks".into()
        }),
        ("figures/aanmeldingen/rows/2019/cells/1", |letter| {
            letter.figures[0].rows[0].cells[0] = Cell::Text("TWEEJAARLIJKS".into())
        }),
        ("head/subject", |letter| {
            letter.head.subject = "twee\u{202e}jaarlijks".into()
        }),
        ("other_annexes/2", |letter| {
            letter.other_annexes[0] = "tweejaarlijks".into()
        }),
    ];
    for (place, change) in changes {
        let fault = only_fault(change);
        assert!(
            fault.starts_with(&format!("{place}: says `tweejaarlijks`")),
            "{fault}"
        );
    }
}

#[test]
fn small_numbers_of_people_are_stopped() {
    let fault = only_fault(|letter| letter.figures[0].rows[2].cells[0] = Cell::Value(9));
    assert_eq!(
        fault,
        "figures/aanmeldingen/rows/2021/cells/1: a number of people under ten must be suppressed"
    );
    for allowed in [0, 10] {
        assert!(
            faults_after(|letter| letter.figures[0].rows[2].cells[0] = Cell::Value(allowed))
                .is_empty()
        );
    }
    let fault = only_fault(|letter| letter.figures[1].rows[4].cells[0] = Cell::Value(11));
    assert_eq!(
        fault,
        "figures/slachtoffers-vorm/rows/Gedwongen bedelarij/cells/1: the one suppressed cell can be computed from the total"
    );
}

#[test]
fn other_mistakes_are_named_too() {
    type Change = fn(&mut Letter);
    let changes: [(&str, Change); 7] = [
        ("head/place: is empty", |letter| letter.head.place.clear()),
        ("lines/2: occurs twice", |letter| letter.lines[2].number = 2),
        ("figures/aanmeldingen/id: occurs twice", |letter| {
            letter.figures[1].id = "aanmeldingen".into()
        }),
        ("annex/actions/1.a/number: occurs twice", |letter| {
            letter.annex.actions[1].number = "1.a".into()
        }),
        (
            "annex/actions/1.a/line: there is no action line 9",
            |letter| letter.annex.actions[0].line = 9,
        ),
        (
            "figures/aanmeldingen/rows/2019/cells: has 0 cells where the figure has 1 columns",
            |letter| {
                letter.figures[0].rows[0].cells.clear();
            },
        ),
        (
            "figures/aanmeldingen/picture: a picture needs at least two rows",
            |letter| letter.figures[0].rows.truncate(1),
        ),
    ];
    for (expected, change) in changes {
        let faults = faults_after(change);
        assert!(
            faults.iter().any(|fault| fault.starts_with(expected)),
            "{expected}: {faults:?}"
        );
    }
}

#[test]
fn a_draft_can_be_seen_but_not_sent() {
    let mut letter = support::letter();
    letter.figures[0].reference_date = None;
    let page = html(&letter, Lang::Nl, &letter::Styling::Plain);
    assert!(
        page.contains(
            "figures/aanmeldingen/reference_date: Geef de datum waarop dit cijfer klopte."
        )
    );
    assert!(page.contains("<dd>ontbreekt nog</dd>"));
    let refused = pdf(
        &letter,
        Lang::Nl,
        Stamp {
            frozen_at: jiff::Timestamp::UNIX_EPOCH,
        },
    );
    let Err(LetterError::Faults(faults)) = refused else {
        panic!("not refused")
    };
    assert!(
        matches!(faults.0.as_slice(), [Fault::NoDate(place)] if place.as_str() == "figures/aanmeldingen/reference_date")
    );
}

#[test]
fn a_letter_survives_being_stored() {
    let letter = support::corrected();
    let stored = serde_json::to_string(&letter).unwrap();
    assert_eq!(serde_json::from_str::<Letter>(&stored).unwrap(), letter);
}
