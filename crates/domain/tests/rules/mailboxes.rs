//! Return codes, messages and safe text.

use crate::samples::*;
use domain::{SafeText, mailbox::*, text::TextError};
use proptest::prelude::*;

#[test]
fn a_code_is_shown_in_groups_of_four_and_read_however_it_is_typed() {
    let code = ReturnCode::from_digits([4, 8, 2, 0, 1, 1, 9, 3, 0, 0, 5, 7, 6, 6, 2, 4]);
    assert_eq!(code.grouped(), "4820 1193 0057 6624");
    for typed in [
        "4820 1193 0057 6624",
        "4820119300576624",
        " 4820-1193-0057-6624 ",
        "4820\u{a0}1193\t0057\n6624",
        "48 20 11 93 00 57 66 24",
        "٤٨٢٠ ١١٩٣ ٠٠٥٧ ٦٦٢٤",
        "۴۸۲۰ ۱۱۹۳ ۰۰۵۷ ۶۶۲۴",
    ] {
        assert_eq!(ReturnCode::parse(typed).unwrap(), code, "{typed}");
    }
}

#[test]
fn a_wrong_code_says_what_is_wrong_without_repeating_it() {
    assert_eq!(
        ReturnCode::parse("4820 1193").unwrap_err(),
        CodeError::WrongLength { digits: 8 }
    );
    assert_eq!(
        ReturnCode::parse(&"1".repeat(17)).unwrap_err(),
        CodeError::WrongLength { digits: 17 }
    );
    assert_eq!(
        ReturnCode::parse("").unwrap_err(),
        CodeError::WrongLength { digits: 0 }
    );
    let wrong = ReturnCode::parse("4820 I193 0057 6624").unwrap_err();
    assert_eq!(wrong, CodeError::NotADigit { at: 6 });
    assert!(!wrong.to_string().contains("4820"));
}

#[test]
fn a_code_does_not_show_in_debug_output() {
    let code = ReturnCode::parse("4820 1193 0057 6624").unwrap();
    assert!(!format!("{code:?}").contains('4'));
}

#[test]
fn messages_go_both_ways_until_the_reporter_ends_it() {
    let from_reporter = Message {
        sender: Sender::Reporter { at: at(MORNING) },
        text: text("I am safe now"),
    };
    let from_desk = Message {
        sender: Sender::Desk { by: morning() },
        text: text("thank you"),
    };
    let mailbox = Mailbox::empty().with(from_reporter.clone()).unwrap();
    assert!(mailbox.awaits_desk());
    let mailbox = mailbox.with(from_desk.clone()).unwrap();
    assert!(!mailbox.awaits_desk());
    assert_eq!(mailbox.messages()[1].sender.at(), at(MORNING));
    let burned = mailbox.burn();
    assert!(burned.messages().is_empty() && burned.is_burned());
    assert_eq!(
        burned.with(from_desk.clone()).unwrap_err(),
        MailboxError::Burned
    );
    let long = Message {
        text: text(&"a".repeat(MESSAGE_MAX + 1)),
        ..from_desk.clone()
    };
    assert!(matches!(
        Mailbox::empty().with(long),
        Err(MailboxError::TooLong { .. })
    ));
    let full = (0..MESSAGES_MAX).fold(Mailbox::empty(), |m, _| m.with(from_desk.clone()).unwrap());
    assert_eq!(full.with(from_reporter).unwrap_err(), MailboxError::Full);
}

#[test]
fn text_is_trimmed_and_control_characters_are_named_by_place() {
    assert_eq!(
        SafeText::new("story", "  a\r\nb\rc\td  ", 10)
            .unwrap()
            .as_str(),
        "a\nb\nc\td"
    );
    let nul = SafeText::new("story", "ab\0", 10).unwrap_err();
    assert_eq!(
        nul,
        TextError::Control {
            field: "story",
            code: 0,
            at: 3
        }
    );
    assert_eq!(nul.field(), "story");
    assert!(matches!(
        SafeText::new("story", "a\u{85}b", 10),
        Err(TextError::Control { .. })
    ));
    assert_eq!(
        SafeText::new("story", " \n ", 10),
        Err(TextError::Empty { field: "story" })
    );
    assert_eq!(SafeText::optional("story", " \n ", 10), Ok(None));
    assert!(
        SafeText::new("story", "éééé", 4).is_ok(),
        "characters, not bytes"
    );
    let long = SafeText::new("story", "ééééé", 4).unwrap_err();
    assert_eq!(
        long.to_string(),
        "`story` has 5 characters, at most 4 are taken: shorten it"
    );
}

#[test]
fn invisible_marks_around_a_copied_number_do_not_stop_anybody() {
    let copied = SafeText::new("story", "\u{202A}+31 6 1234\u{202C}\u{FEFF}", 20).unwrap();
    assert_eq!(copied.as_str(), "+31 6 1234");
}

#[test]
fn what_people_wrote_does_not_show_in_debug_output() {
    assert_eq!(format!("{:?}", text("my secret")), "SafeText(9 characters)");
}

proptest! {
    #[test]
    fn every_code_is_read_back(digits in any::<[u8; 16]>()) {
        let code = ReturnCode::from_digits(digits);
        prop_assert_eq!(&ReturnCode::parse(&code.grouped()).unwrap(), &code);
        prop_assert_eq!(&ReturnCode::parse(&code.secret()).unwrap(), &code);
    }

    #[test]
    fn any_text_is_taken_clean_or_refused_and_survives_storage(raw in any::<String>(), max in 0usize..60) {
        let _ = ReturnCode::parse(&raw);
        if let Ok(clean) = SafeText::new("story", &raw, max) {
            prop_assert!(clean.chars() <= max && clean.chars() > 0);
            prop_assert!(clean.as_str().chars().all(|c| !c.is_control() || c == '\n' || c == '\t'));
            let again = SafeText::new("story", clean.as_str(), max).unwrap();
            prop_assert_eq!(&again, &clean);
            let stored = serde_json::to_string(&clean).unwrap();
            prop_assert_eq!(serde_json::from_str::<SafeText>(&stored).unwrap(), clean);
        }
    }
}
