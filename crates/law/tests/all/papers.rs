//! What is made from the same files: the Cedar policies, the table, the register.

use domain::vocabulary::Lang;
use jiff::civil::date;
use law::MatrixRow;

use crate::law;

#[test]
fn the_policies_are_cedar_with_grounds_and_a_closed_schema() {
    let (policies, schema) = law().cedar();
    assert!(schema.contains("entity Organisation enum [\"POL\""));
    assert!(schema.contains("entity AgeBand enum [\"under_12\""));
    for (place, policy) in policies.split("\n//").skip(1).enumerate() {
        assert!(
            policy.contains("@ground_1("),
            "policy {place} names no ground:\n{policy}"
        );
        assert!(policy.contains("@certainty("));
    }
    assert!(policies.contains("action == Action::\"consult\""));
    assert!(policies.contains("forbid (principal, action in"));
}

#[test]
fn no_uncertain_act_is_a_permit_to_share() {
    let (policies, _) = law().cedar();
    for policy in policies
        .split("\n//")
        .filter(|policy| policy.contains("@certainty(\"C\")"))
    {
        assert!(
            policy.contains("Action::\"consult\"") && !policy.contains("Action::\"share\""),
            "{policy}"
        );
    }
}

/// Before the act on cooperation (WGS) the police shared in it under the Wpg; from the day on which that ended the entry is the other's.
#[test]
fn an_entry_of_the_register_ends_when_all_its_acts_do() {
    let law = law();
    let last = |day| {
        let entries = law.register(day, Lang::Nl);
        let mut ended = entries
            .iter()
            .filter(|entry| entry.acts.iter().any(|act| act.starts_with("11-police")));
        let entry = ended.next().unwrap();
        assert!(ended.next().is_none());
        (entry.acts.len(), entry.valid_until)
    };
    assert_eq!(last(date(2025, 2, 28)), (1, Some(date(2025, 3, 1))));
    assert_eq!(last(date(2025, 3, 1)), (1, None));
}

#[test]
fn the_table_holds_every_act_in_every_form() {
    let law = law();
    let all = law.matrix(None, Lang::Nl);
    let today = law.matrix(Some(date(2026, 11, 22)), Lang::Nl);
    assert!(
        all.len() > today.len(),
        "an act that has ended stands only in the whole table"
    );
    for lang in Lang::ALL {
        let rows = law.matrix(None, lang);
        let csv = MatrixRow::csv(&rows, lang);
        assert_eq!(csv.matches("\r\n").count(), rows.len() + 1);
        let markdown = MatrixRow::markdown(&rows, lang);
        assert_eq!(markdown.lines().count(), rows.len() + 2);
        assert!(MatrixRow::text(&rows, lang).contains("CoMensha"));
    }
    let first = &today[0];
    assert_eq!(first.row, Some(1));
    assert_eq!(first.answer, "yes");
    assert!(first.grounds[0].starts_with("Besluit politiegegevens, 4:2"));
    let uncertain: Vec<&MatrixRow> = today.iter().filter(|row| row.answer == "unclear").collect();
    assert!(uncertain.iter().all(|row| !row.who_decides.is_empty()) && !uncertain.is_empty());
}

#[test]
fn the_register_names_purpose_ground_receivers_and_terms() {
    let law = law();
    let register = law.register(date(2026, 11, 22), Lang::Nl);
    assert!(register.len() > 20);
    for entry in &register {
        assert!(!entry.dpv_purposes.is_empty() && !entry.dpv_legal_bases.is_empty());
        assert!(
            !entry.grounds.is_empty()
                && !entry.recipients.is_empty()
                && !entry.data_categories.is_empty()
        );
        assert!(
            entry.processing_activity_id.contains(':'),
            "{}",
            entry.processing_activity_id
        );
        assert!(!entry.recipients.contains(&"SUSPECTED".to_owned()));
    }
    let duty = register
        .iter()
        .find(|entry| entry.processing_activity_id == "registration-by-duty:1")
        .unwrap();
    assert!(
        duty.dpv_legal_bases
            .contains(&"dpv:LegalObligation".to_owned())
            && !duty.consent
    );
    assert!(register.iter().any(|entry| entry.special_data));
    let before = law.register(date(2025, 2, 28), Lang::En);
    assert!(
        before.len() < register.len(),
        "the cooperations came in March 2025"
    );
}

#[test]
fn the_duty_to_register_has_its_clock() {
    let law = law();
    let duty = law.duties().next().unwrap();
    assert_eq!(duty.from, ["POL", "KMAR", "NLA"]);
    assert_eq!(duty.to, ["COM"]);
    assert_eq!(duty.clock.as_deref(), Some("registration"));
}

#[test]
fn a_consent_is_never_one_tick() {
    let law = law();
    let all: Vec<_> = law.consent_requirements().collect();
    assert!(all.len() >= 8);
    assert!(
        all.iter()
            .any(|(code, _, checked)| *code == "free" && !checked)
    );
}
