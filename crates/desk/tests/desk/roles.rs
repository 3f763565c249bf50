//! Roles: what an account can have, and under which act an address is opened.

use std::collections::BTreeSet;

use desk::Role;
use domain::vocabulary::Vocabulary;

#[test]
fn every_role_of_staff_has_a_code_of_the_vocabulary_and_is_found_by_it() {
    let vocabulary = Vocabulary::builtin().unwrap();
    let known: BTreeSet<&str> = vocabulary
        .roles
        .all()
        .iter()
        .map(|r| r.code.as_str())
        .collect();
    let codes: BTreeSet<&str> = Role::STAFF.iter().map(|role| role.code()).collect();
    assert_eq!(codes, known);
    for role in Role::STAFF {
        assert_eq!(Role::from_code(role.code()), Some(role));
    }
}

#[test]
fn nobody_gets_a_role_by_a_code_that_is_none() {
    for code in ["", "anyone", "system", "SIGNAL_DESK", "signal_desk "] {
        assert_eq!(Role::from_code(code), None, "{code:?}");
    }
    assert_eq!(
        (Role::Anyone.code(), Role::System.code()),
        ("anyone", "system")
    );
}

/// AVG 38(3) and (6): who judges what others do with data does none of it; supervising is no such task.
#[test]
fn a_data_protection_officer_does_no_other_work_with_data() {
    for one in Role::STAFF {
        for other in Role::STAFF {
            let both = [one, other];
            let officer = both.contains(&Role::PrivacyOfficer);
            let only_judges = both
                .iter()
                .all(|role| matches!(role, Role::PrivacyOfficer | Role::Auditor));
            assert_eq!(one.goes_with(other), !officer || only_judges, "{both:?}");
        }
    }
}
