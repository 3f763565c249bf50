//! The guard against addresses in free text. Every address here is invented or public.

use domain::address_guard::{Looks, find, is_suspect};
use proptest::prelude::*;

fn looks(text: &str) -> Vec<Looks> {
    find(text).into_iter().map(|s| s.looks).collect()
}

#[test]
fn postcodes_are_seen() {
    for text in [
        "1234AB",
        "1234 AB",
        "She is at 1234 AB.",
        "9999-XZ",
        "(1011ab)",
        "postcode 3511 xk, tweede deur",
    ] {
        assert_eq!(looks(text), [Looks::Postcode], "{text}");
    }
}

#[test]
fn streets_with_numbers_are_seen() {
    for text in [
        "Dorpsstraat 12",
        "de dorpsstraat 12a",
        "Prins Hendrikkade 101-2",
        "Kerkweg nr 5",
        "Lindelaan huisnummer 44",
        "zij woont Beukenhof 3, boven",
        "Laan van Meerdervoort 1200",
        "Burgemeester de Vlugtlaan 9",
        "Dorpsstraat12",
        "Oude Gracht 20bis",
        "Weg 12",
        "Grote Markt 3, boven",
        "Prinsendam 7 Amsterdam",
        "Veemarkt nr 9 is het",
    ] {
        assert!(looks(text).contains(&Looks::StreetAndNumber), "{text}");
    }
}

#[test]
fn coordinates_and_map_links_are_seen() {
    for text in [
        "52.3731, 4.8922",
        "52,37310 4,89220",
        "4.8922/52.3731",
        "121687 487484",
        "52°22'23\"N 4°53'32\"E",
    ] {
        assert!(looks(text).contains(&Looks::Coordinates), "{text}");
    }
    for text in [
        "https://maps.app.goo.gl/abc",
        "see google.com/maps?q=1",
        "///gevuld.tafel.lampen",
        "geo:52.37,4.89",
    ] {
        assert!(looks(text).contains(&Looks::MapLink), "{text}");
    }
}

#[test]
fn ordinary_sentences_pass() {
    for text in [
        "Zij is 23 jaar en kwam in 2024 uit Spanje.",
        "In 2024 is er twee keer gebeld; in 2025 en 2026 niet.",
        "Hij werkte 14 uur per dag voor 3 euro, 6 dagen per week.",
        "Onderweg 2 keer gestopt; weg 3 dagen.",
        "Op de snelweg 2 uur gereden.",
        "Ze heeft 2 kinderen van 4 en 9.",
        "Bel 06 12345678 tussen 12 en 14 uur.",
        "Het bedrag was 1234 euro, later 1500 eu.",
        "De arbeidsmarkt 2025 is krap.",
        "KvK 12345678, kenteken AB-12-CD.",
        "De zaak met nummer 28638 nr 259 van 15 december 2025.",
        "Aan haar is 3 maanden bedenktijd aangeboden.",
        "She was moved 3 times, the road was long.",
        "They work 12 hours; at night there are 8 people in a shed.",
        "Temperatuur 36.6 en 37.2, bloeddruk 120 80.",
        "Ze verbleef in Amsterdam 3 dagen en in Tilburg 2 weken.",
        "Een uitkering 1200 euro, een ervaring 3 jaar geleden.",
        "Na het ontslaan 2 weken later; moord 2 jaar geleden.",
        "Het gerechtshof 3 maanden later.",
        "",
    ] {
        assert_eq!(looks(text), [], "{text}");
    }
}

#[test]
fn it_says_where_and_nothing_else() {
    let text = "She sleeps at Dorpsstraat 12, 1234 AB, until Friday.";
    let found: Vec<&str> = find(text).into_iter().map(|s| &text[s.at]).collect();
    assert_eq!(found, ["Dorpsstraat 12", "1234 AB"]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_fault(text in any::<String>()) {
        for suspicion in find(&text) {
            prop_assert!(text.get(suspicion.at.clone()).is_some_and(|t| !t.is_empty()));
        }
    }

    #[test]
    fn odd_mixtures_are_read_without_fault(text in "[0-9°'., /ABxé\\-straat]{0,40}") {
        for suspicion in find(&text) {
            prop_assert!(text.get(suspicion.at).is_some());
        }
    }

    #[test]
    fn an_address_is_seen_wherever_it_stands(before in "[a-z ]{0,30}", after in "[a-z ]{0,30}", number in 1u32..2000) {
        let text = format!("{before} Lindenstraat {number} {after}");
        prop_assert!(is_suspect(&text), "{}", text);
        let text = format!("{before} {} ZW, {after}", 1000 + number);
        prop_assert!(is_suspect(&text), "{}", text);
    }
}
