//! Phones, plates, accounts: equal things get equal forms, and what was typed is never lost.

use domain::objects::*;
use proptest::prelude::*;

#[test]
fn one_phone_however_it_is_written() {
    for typed in [
        "06 12345678",
        "06-12 34 56 78",
        "+31612345678",
        "+31 (0)6 1234 5678",
        "0031 6 12345678",
        "00310612345678",
        "31612345678",
        "612345678",
        "(06) 1234.5678",
        "tel:+31612345678",
        " 06\u{a0}1234\u{2011}5678 ",
    ] {
        assert_eq!(phone(typed).as_deref(), Ok("+31612345678"), "{typed}");
    }
    assert_eq!(phone("020 624 1111").as_deref(), Ok("+31206241111"));
    assert_eq!(phone("+40 721 234 567").as_deref(), Ok("+40721234567"));
    assert_eq!(phone("0040721234567").as_deref(), Ok("+40721234567"));
    for wrong in [
        "",
        "12345",
        "call me",
        "0612345",
        "061234567890",
        "+0612345678",
        "+316",
        "06 1234567x",
        "++31612345678",
    ] {
        assert_eq!(phone(wrong), Err(ObjectError::Phone), "{wrong}");
    }
}

#[test]
fn one_plate_however_it_is_written() {
    for typed in ["ab-12-cd", "AB12CD", "ab 12 cd", "Ab-12.cD"] {
        assert_eq!(plate(typed).as_deref(), Ok("AB12CD"), "{typed}");
    }
    assert_eq!(plate("bö-ab 123").as_deref(), Ok("BÖAB123"));
    assert_eq!(plate("a"), Err(ObjectError::Plate));
    assert_eq!(plate("the red car on the corner"), Err(ObjectError::Plate));
}

#[test]
fn an_account_is_taken_only_with_check_digits_that_fit() {
    assert_eq!(
        iban("nl91 abna 0417 1643 00").as_deref(),
        Ok("NL91ABNA0417164300")
    );
    assert_eq!(
        iban("DE89 3704 0044 0532 0130 00").as_deref(),
        Ok("DE89370400440532013000")
    );
    for wrong in [
        "NL92ABNA0417164300",
        "NL91",
        "",
        "9191ABNA0417164300",
        "NL9!ABNA0417164300",
    ] {
        assert_eq!(iban(wrong), Err(ObjectError::Account), "{wrong}");
    }
}

#[test]
fn trade_register_numbers_and_mail_addresses() {
    assert_eq!(kvk("1234 5678").as_deref(), Ok("12345678"));
    assert_eq!(kvk("1234567"), Err(ObjectError::Kvk));
    assert_eq!(
        email(" Jan.Klaassen@Voorbeeld.NL ").as_deref(),
        Ok("jan.klaassen@voorbeeld.nl")
    );
    for wrong in [
        "",
        "jan",
        "jan@",
        "@x.nl",
        "jan@nl",
        "j an@x.nl",
        "jan@.nl",
        "jan@x.",
        "a@b@x.nl",
    ] {
        assert_eq!(email(wrong), Err(ObjectError::Email), "{wrong}");
    }
}

#[test]
fn what_cannot_be_normalised_is_kept_as_typed() {
    let odd = ObjectSeen::new(ObjectKind::Plate, "something like 12-AB, half gone").unwrap();
    assert_eq!(odd.normal(), None);
    assert_eq!(odd.typed().as_str(), "something like 12-AB, half gone");
    assert!(ObjectSeen::new(ObjectKind::Phone, "06\0").is_err());
    let good = ObjectSeen::new(ObjectKind::Phone, "06 12345678").unwrap();
    assert_eq!(good.normal(), Some("+31612345678"));
    assert!(
        !format!("{good:?}").contains("123"),
        "numbers do not show in debug output"
    );
}

proptest! {
    #[test]
    fn a_normal_form_is_its_own_normal_form(raw in "[+0-9a-zA-Z@. ()-]{0,30}") {
        for kind in [ObjectKind::Phone, ObjectKind::Plate, ObjectKind::Account, ObjectKind::Kvk, ObjectKind::Email] {
            if let Ok(normal) = normalise(kind, &raw) {
                prop_assert_eq!(normalise(kind, &normal), Ok(normal.clone()));
            }
        }
    }

    #[test]
    fn nothing_typed_makes_it_panic(raw in any::<String>()) {
        for kind in [ObjectKind::Phone, ObjectKind::Plate, ObjectKind::Account, ObjectKind::Kvk, ObjectKind::Email] {
            let _ = normalise(kind, &raw);
        }
    }

    #[test]
    fn one_wrong_digit_in_an_account_is_noticed(place in 4usize..18, digit in 0u8..10) {
        let good = "NL91ABNA0417164300";
        let mut other = good.as_bytes().to_vec();
        other[place] = b'0' + digit;
        let other = String::from_utf8(other).unwrap();
        prop_assume!(good != other && good.as_bytes()[place].is_ascii_digit());
        prop_assert!(iban(&other).is_err());
    }
}
