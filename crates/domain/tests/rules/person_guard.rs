//! A text that will be public and seems to hold a person.

use domain::person_guard::{Looks, find, kinds};
use proptest::prelude::*;

#[test]
fn how_people_are_written_about_is_found() {
    let cases: [(&str, &[Looks]); 14] = [
        ("Mevrouw Bedacht kreeg een plek.", &[Looks::Name]),
        ("Dhr. Van der Verzonnen doet aangifte.", &[Looks::Name]),
        ("Het slachtoffer Karima woont nu veilig.", &[Looks::Name]),
        ("Fatima (17) is opgevangen.", &[Looks::Name]),
        ("Minh, 16 jaar, is weer in beeld.", &[Looks::Name]),
        ("Contact met J. de Bedachte loopt.", &[Looks::Name]),
        ("A.B. Verzonnen is begeleid.", &[Looks::Name]),
        ("Zij is geboren op 3 mei 2009.", &[Looks::Birth]),
        ("Mail k.bedacht@voorbeeld.example.", &[Looks::Email]),
        ("Bel 06-1234 5678.", &[Looks::Phone]),
        ("Haar nummer is 111222333.", &[Looks::Bsn]),
        ("De auto met 12-AB-34 stond er weer.", &[Looks::Plate]),
        ("Zij verblijft Kerkstraat 12.", &[Looks::Address]),
        ("the victim named Ilinca moved", &[Looks::Name]),
    ];
    for (text, wanted) in cases {
        assert_eq!(kinds(text), wanted, "{text}");
    }
}

#[test]
fn what_a_programme_writes_is_no_person() {
    for text in [
        "In 2025 volgden 412 professionals de training; in 14 regio's is een ketenregisseur.",
        "De handreiking staat op https://voorbeeld.example/handreiking.",
        "Kamerstukken II 2023/24, 28 638, nr. 251, en art. 273f Sr.",
        "Slachtoffers zijn eerder in beeld. De politie en CoMensha werken samen.",
        "Elk slachtoffer in Nederland krijgt een plek binnen 3 dagen.",
        "Het kind. Daarna begon de pilot in Utrecht.",
        "EUR 2.000.000 per jaar, van 2023 tot 2026.",
        "De Tweede Kamer vroeg om een Nationaal Rapporteur.",
    ] {
        assert_eq!(kinds(text), [], "{text}: {:?}", find(text));
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_the_guard_points_into_it(text in "\\PC{0,200}") {
        for one in find(&text) {
            prop_assert!(text.get(one.at.clone()).is_some(), "{one:?} in {text:?}");
        }
    }
}
