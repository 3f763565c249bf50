//! What people read, and how it is built.

use crate::support;
use letter::model::{Cycle, Reference};
use letter::{Lang, Styling, article, html, markdown};

#[test]
fn dutch_page() {
    insta::assert_snapshot!(html(
        &support::letter(),
        Lang::Nl,
        &Styling::Linked { href: "/brief.css" }
    ));
}

#[test]
fn english_preview_of_a_corrected_letter() {
    insta::assert_snapshot!(article(&support::corrected(), Lang::En));
}

#[test]
fn markdown_text() {
    insta::assert_snapshot!(markdown(&support::corrected()));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    for lang in [Lang::Nl, Lang::En] {
        let page = html(&support::corrected(), lang, &Styling::Plain);
        let levels = page
            .match_indices("<h")
            .filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10));
        let levels = levels.collect::<Vec<_>>();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
    }
}

#[test]
fn ids_are_unique_and_links_lead_somewhere() {
    let page = html(&support::big(60, 20, 6), Lang::Nl, &Styling::Plain);
    let values = |name: &str| {
        let values = page
            .split(name)
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        values.map(str::to_owned).collect::<Vec<_>>()
    };
    let ids = values(" id=\"");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    let named = values(" aria-labelledby=\"");
    let named = named
        .iter()
        .flat_map(|names| names.split(' ').map(str::to_owned));
    for target in values(" href=\"#").into_iter().chain(named) {
        assert!(ids.contains(&target), "{target}");
    }
}

#[test]
fn a_strict_content_policy_is_enough() {
    let page = html(
        &support::letter(),
        Lang::Nl,
        &Styling::Embedded { nonce: "n\"><x" },
    );
    assert!(page.contains("<style nonce=\"n&quot;&gt;&lt;x\">"));
    for forbidden in [
        " style=\"",
        "<script",
        " onclick",
        "http://www.w3.org/1999",
        "<img",
        "@import",
        "url(http",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn a_suppressed_number_has_a_mark_and_an_explanation_and_no_number() {
    let page = html(&support::letter(), Lang::Nl, &Styling::Plain);
    assert!(page.contains("<td class=\"letter-number\"><em>afgeschermd</em></td>"));
    assert!(page.contains("<p class=\"letter-table-note\">Afgeschermd: dit getal staat er niet"));
    let text = markdown(&support::letter());
    assert!(text.contains("| Gedwongen bedelarij | *afgeschermd* | *afgeschermd* |"));
}

#[test]
fn made_up_letters_say_so_and_others_do_not() {
    let mut letter = support::letter();
    let mark = "verzonnen gegevens";
    let page = html(&letter, Lang::Nl, &Styling::Plain);
    assert!(page.contains("<title>[verzonnen] Voortgang"));
    assert_eq!(
        page.matches(mark).count(),
        2,
        "at the head and at the annex"
    );
    letter.made_up = false;
    assert!(!html(&letter, Lang::Nl, &Styling::Plain).contains(mark));
    assert!(!markdown(&letter).contains(mark));
}

#[test]
fn a_reference_shows_both_numbers_when_they_differ() {
    let differs = Reference::found("Kamerstukken II 2023/24, 28 638, nr. 248", "28 638", 249);
    assert!(!differs.agrees());
    assert!(Reference::found("28638-249", "28 638", 249).agrees());
    let mut letter = support::letter();
    letter.previous.as_mut().unwrap().reference = differs;
    let shown = "Kamerstuk 28 638, nr. 249 (elders geschreven als: Kamerstukken II 2023/24, 28 638, nr. 248)";
    assert!(html(&letter, Lang::Nl, &Styling::Plain).contains(shown));
    assert!(markdown(&letter).contains(shown));
}

#[test]
fn the_cycle_is_a_setting() {
    let mut letter = support::letter();
    assert!(markdown(&letter).contains("twee keer per jaar een brief"));
    letter.cycle = Cycle::EveryMonths(4);
    assert!(markdown(&letter).contains("elke 4 maanden een brief"));
}

#[test]
fn the_kind_of_letter_follows_from_who_signs() {
    let mut letter = support::letter();
    letter.head.signatory.office = "Staatssecretaris van Asiel en Migratie".into();
    assert!(markdown(&letter).contains("BRIEF VAN DE STAATSSECRETARIS VAN ASIEL EN MIGRATIE"));
}

#[test]
fn no_format_says_the_ambiguous_word() {
    for lang in [Lang::Nl, Lang::En] {
        assert!(
            !html(&support::corrected(), lang, &Styling::Plain)
                .to_lowercase()
                .contains("tweejaarlijks")
        );
    }
}
