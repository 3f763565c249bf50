//! Typed identities and codes.

use crate::samples::*;
use domain::{
    code::{FormCode, OrgKind},
    ids::{PersonId, RoomId},
    vocabulary::LONGEST_CODE,
};

#[test]
fn an_identity_is_its_uuid_in_text_and_json() {
    let id = PersonId::new(uuid(7));
    assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000007");
    assert_eq!(id.to_string().parse::<PersonId>(), Ok(id));
    assert_eq!(
        serde_json::to_string(&id).unwrap(),
        "\"00000000-0000-0000-0000-000000000007\""
    );
}

#[test]
fn a_wrong_identity_says_what_was_expected_and_stays_short() {
    let error = "x".repeat(500).parse::<RoomId>().unwrap_err();
    assert_eq!(error.kind, "RoomId");
    assert!(error.to_string().len() < 200);
}

#[test]
fn codes_are_short_and_plain() {
    assert!(FormCode::new("SU-THUIS").is_ok() && OrgKind::new("GEM-WMO").is_ok());
    for bad in [
        "",
        "-SU",
        "S U",
        "SU;DROP",
        "é",
        &"A".repeat(LONGEST_CODE + 1),
    ] {
        assert!(FormCode::new(bad).is_err(), "{bad}");
        assert!(
            serde_json::from_value::<FormCode>(bad.into()).is_err(),
            "{bad}"
        );
    }
}

#[test]
fn a_sub_form_knows_its_form() {
    assert_eq!(form("SU-THUIS").head(), "SU");
    assert_eq!(form("SU-THUIS").level_1(), form("SU"));
    assert_eq!(form("CU").level_1(), form("CU"));
    assert!(!form("EB").is_trafficking() && form("BE").is_trafficking());
}
