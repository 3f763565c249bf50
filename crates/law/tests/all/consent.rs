//! What a consent must be, and what must hold of every question.

use law::{Law, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{With, ask, law, question, refused, says};

fn base() -> Value {
    question("COM", "COSM", "shelter", &["safety", "language"]).consent(&["self"], true)
}

fn changed(member: &str, value: Value) -> Value {
    let mut question = base();
    question["consent"][0][member] = value;
    question
}

#[test]
fn a_consent_must_name_this_purpose_this_receiver_and_these_data() {
    assert_eq!(says(&ask(&base())), "yes");
    for (member, value, code) in [
        ("purpose", json!("registration"), "consent_other_purpose"),
        (
            "recipients",
            json!(["OMM", "COM"]),
            "consent_other_recipient",
        ),
        ("data", json!(["family"]), "consent_other_data"),
        ("giver", json!("one_parent"), "consent_giver"),
        ("giver", json!("guardian"), "consent_giver"),
    ] {
        let answer = ask(&changed(member, value));
        assert_eq!(says(&answer), "no", "{member}");
        assert_eq!(answer.consents[0].why.code, code);
        assert!(!answer.consents[0].counts);
    }
    let part = ask(&changed("data", json!(["language"])));
    assert_eq!(part.data, ["language"]);
    assert_eq!(part.withheld[0].data, "safety");
}

#[test]
fn a_consent_beside_another_ground_is_said_to_be_one_too_many() {
    let asked = question("POL", "ZCO", "care", &["identity", "safety"]);
    let worth = |question: &Value| {
        let answer = ask(question);
        assert_eq!(says(&answer), "yes", "{question}");
        let one = &answer.consents[0];
        (one.why.code.clone(), one.counts)
    };
    let by_consent = asked.consent(&["self"], true);
    assert_eq!(worth(&by_consent), ("consent_counts".to_owned(), true));
    // The decision under art. 19 Wpg carries the same without it.
    let by_decision = by_consent.so(&["incidental_wpg19"]);
    assert_eq!(
        worth(&by_decision),
        ("consent_not_needed".to_owned(), false)
    );
}

#[test]
fn a_consent_counts_through_its_last_day_and_until_it_is_taken_back() {
    let on = |given: &str, until: Value, withdrawn: Value| {
        let mut question = base();
        question["consent"][0]["given"] = json!(given);
        question["consent"][0]["until"] = until;
        question["consent"][0]["withdrawn"] = withdrawn;
        ask(&question)
    };
    assert_eq!(
        says(&on("2026-11-21", json!("2026-11-21"), json!(null))),
        "yes"
    );
    assert_eq!(
        says(&on("2026-11-01", json!("2026-11-20"), json!(null))),
        "no"
    );
    assert_eq!(
        says(&on("2026-11-01", json!(null), json!("2026-11-22"))),
        "yes"
    );
    let back = on("2026-11-01", json!(null), json!("2026-11-21"));
    assert_eq!(says(&back), "no");
    assert_eq!(back.consents[0].why.code, "consent_withdrawn");
}

#[test]
fn where_paper_is_needed_a_spoken_consent_does_not_count() {
    let question = question("ZCO", "COM", "shelter", &["safety"]);
    let answer = ask(&question.clone().consent(&["self"], false));
    assert_eq!(says(&answer), "no");
    assert_eq!(answer.consents[0].why.code, "consent_oral");
    assert_eq!(says(&ask(&question.consent(&["self"], true))), "yes");
}

#[test]
fn a_consent_where_the_law_is_the_ground_is_said_to_be_needless() {
    let question = question("POL", "COM", "registration", &["sector"]).consent(&["self"], true);
    let answer = ask(&question);
    assert_eq!(says(&answer), "yes");
    assert_eq!(answer.consents[0].why.code, "consent_not_needed");
}

#[test]
fn dates_that_cannot_be_are_refused_by_name() {
    assert!(refused(&changed("given", json!("2026-11-22"))).starts_with("consent[0].given"));
    assert!(refused(&changed("until", json!("2026-11-20"))).starts_with("consent[0].until"));
    assert!(
        refused(&changed("withdrawn", json!("2026-11-20"))).starts_with("consent[0].withdrawn")
    );
    assert!(refused(&changed("given", json!("2026-13-01"))).starts_with("consent[0].given"));
    assert!(refused(&changed("given", json!(null))).starts_with("consent[0].given"));
}

#[test]
fn consents_that_contradict_each_other_are_refused() {
    let mut both = base();
    both["consent"][0]["given"] = json!("2026-11-01");
    let mut second = both["consent"][0].clone();
    second["withdrawn"] = json!("2026-11-10");
    both["consent"] = json!([both["consent"][0], second]);
    assert!(refused(&both).starts_with("consent[0]: contradicts consent[1]"));
    // Given anew after it was taken back: that is an answer.
    both["consent"][0]["given"] = json!("2026-11-15");
    assert_eq!(says(&ask(&both)), "yes");
}

#[test]
fn consents_about_different_things_do_not_contradict_each_other() {
    let mut one = base();
    one["consent"][0]["given"] = json!("2026-11-01");
    let mut back = one["consent"][0].clone();
    back["withdrawn"] = json!("2026-11-10");
    for (member, other) in [
        ("giver", json!("guardian")),
        ("purpose", json!("research")),
        ("recipients", json!(["AP"])),
        ("data", json!(["vehicle"])),
    ] {
        assert_ne!(back[member], other, "{member} must differ");
        let mut differs = back.clone();
        differs[member] = other;
        let both = one
            .clone()
            .with("consent", json!([one["consent"][0], differs]));
        let read = law().read_question(both.to_string().as_bytes());
        assert!(read.is_ok(), "{member}: {:?}", read.err());
    }
    // Taken back on the very day, or from tomorrow on.
    let day = one["date"].clone();
    back["withdrawn"] = day;
    let both = one
        .clone()
        .with("consent", json!([one["consent"][0], back]));
    assert!(refused(&both).starts_with("consent[0]: contradicts"));
    back["withdrawn"] = json!("2099-01-01");
    let both = one
        .clone()
        .with("consent", json!([one["consent"][0], back]));
    assert!(law().read_question(both.to_string().as_bytes()).is_ok());
}

// ---- what must hold of every question ----------------------------------------------------------------------------------------

pub(crate) fn codes(list: &str) -> Vec<String> {
    let vocabulary =
        serde_json::to_value(domain::vocabulary::Vocabulary::builtin().unwrap()).unwrap();
    let entries = vocabulary[list].as_array().unwrap().clone();
    entries
        .iter()
        .map(|entry| entry["code"].as_str().unwrap().to_owned())
        .collect()
}

fn one_of(list: &str) -> impl Strategy<Value = String> + use<> {
    proptest::sample::select(codes(list))
}

fn some_of(list: &str, most: usize) -> impl Strategy<Value = Vec<String>> + use<> {
    proptest::sample::subsequence(codes(list), 0..=most)
}

prop_compose! {
    fn any_consent()(
        giver in one_of("consent_givers"), written in any::<bool>(), same_purpose in any::<bool>(), same_to in any::<bool>(),
        data in proptest::sample::subsequence(codes("data_categories"), 1..=26), state in 0u8..4
    ) -> Value {
        json!({"giver": giver, "written": written, "same_purpose": same_purpose, "same_to": same_to, "data": data, "state": state})
    }
}

prop_compose! {
    fn any_question()(
        from in one_of("organisation_kinds"), to in one_of("organisation_kinds"), purpose in one_of("purposes"),
        data in proptest::sample::subsequence(codes("data_categories"), 1..=8), circumstances in some_of("circumstances", 4),
        age in proptest::option::of(0u8..=90), certain in any::<bool>(), suspected in any::<bool>(),
        consents in proptest::collection::vec(any_consent(), 0..3)
    ) -> Value {
        let consents: Vec<Value> = consents.into_iter().map(|consent| {
            let (until, withdrawn) = match consent["state"].as_u64() {
                Some(1) => (json!("2026-11-01"), json!(null)),
                Some(2) => (json!(null), json!("2026-11-02")),
                _ => (json!(null), json!(null)),
            };
            json!({
                "giver": consent["giver"], "written": consent["written"],
                "purpose": if consent["same_purpose"] == true { purpose.clone() } else { "research".to_owned() },
                "recipients": [if consent["same_to"] == true { to.clone() } else { "AP".to_owned() }],
                "data": consent["data"], "given": "2026-10-01", "until": until, "withdrawn": withdrawn,
            })
        }).collect();
        json!({
            "date": "2026-11-21", "from": from, "to": to, "purpose": purpose, "data": data,
            "subject": {"kind": "possible_victim", "age": age, "age_certain": certain, "parent_suspected": suspected},
            "consent": consents, "circumstances": circumstances,
        })
    }
}

/// The answer, or none where the consents contradict each other.
fn decided(law: &Law, question: &Value) -> Option<law::Answer> {
    let read = law.read_question(question.to_string().as_bytes()).ok()?;
    Some(law.decide(&read))
}

/// As if the questions were drawn near the acts: sender, receiver and purpose of a cell, the rest at random.
fn near_an_act() -> impl Strategy<Value = Value> {
    let cells: Vec<Value> = law()
        .cells()
        .into_iter()
        .map(|cell| cell.question)
        .collect();
    (any_question(), proptest::sample::select(cells)).prop_map(|(mut question, cell)| {
        for member in ["from", "to", "purpose", "data"] {
            question[member] = cell[member].clone();
        }
        for consent in question["consent"].as_array_mut().unwrap() {
            if consent["purpose"] != "research" {
                consent["purpose"] = cell["purpose"].clone();
            }
            if consent["recipients"] != json!(["AP"]) {
                consent["recipients"] = json!([cell["to"]]);
            }
        }
        question
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_permit_without_a_ground(question in prop_oneof![any_question(), near_an_act()]) {
        let law = law();
        if let Some(answer) = decided(&law, &question) {
            prop_assert!(!answer.engine_failed);
            prop_assert_eq!(answer.verdict == Verdict::Yes, !answer.data.is_empty());
            if answer.verdict == Verdict::Yes {
                prop_assert!(!answer.grounds.is_empty());
                prop_assert!(answer.grounds.iter().all(|g| g.certainty != law::Grade::C && !g.article.is_empty()));
                prop_assert!(!answer.acts.is_empty() && !answer.activities.is_empty());
            }
            if answer.verdict == Verdict::Unclear {
                prop_assert!(!answer.who_decides.is_empty());
            }
            let asked = question["data"].as_array().unwrap().len();
            prop_assert_eq!(answer.data.len() + answer.withheld.len(), asked);
        }
    }

    #[test]
    fn withdrawing_consent_never_widens(question in near_an_act()) {
        let law = law();
        let Some(before) = decided(&law, &question) else { return Ok(()) };
        let mut after = question.clone();
        for consent in after["consent"].as_array_mut().unwrap() {
            consent["withdrawn"] = json!("2026-11-21");
        }
        if let Some(after) = decided(&law, &after) {
            prop_assert!(after.data.iter().all(|data| before.data.contains(data)));
        }
        let none = decided(&law, &question.clone().with("consent", json!([]))).unwrap();
        prop_assert!(none.data.iter().all(|data| before.data.contains(data)));
    }

    #[test]
    fn acts_that_rest_on_consent_never_carry_without_a_valid_one(question in near_an_act()) {
        let law = law();
        let Some(answer) = decided(&law, &question) else { return Ok(()) };
        let without = decided(&law, &question.clone().with("consent", json!([]))).unwrap();
        let by_consent: Vec<_> = answer.data.iter().filter(|data| !without.data.contains(data)).collect();
        for data in by_consent {
            let valid = question["consent"].as_array().unwrap().iter().any(|consent| {
                consent["purpose"] == question["purpose"]
                    && consent["recipients"] == json!([question["to"]])
                    && consent["data"].as_array().unwrap().contains(&json!(data))
                    && consent["until"].is_null()
                    && consent["withdrawn"].is_null()
                    && consent["giver"] != "one_parent"
            });
            prop_assert!(valid, "{} went without a valid consent: {}", data, question);
        }
    }

    #[test]
    fn whoever_is_suspected_receives_nothing(question in any_question()) {
        let law = law();
        if let Some(answer) = decided(&law, &question.with("to", json!("SUSPECTED"))) {
            prop_assert_eq!(answer.verdict, Verdict::No);
            prop_assert!(answer.data.is_empty());
        }
    }

    #[test]
    fn adding_a_category_never_turns_no_into_yes_for_the_others(question in near_an_act(), more in one_of("data_categories")) {
        let law = law();
        let Some(before) = decided(&law, &question) else { return Ok(()) };
        let mut data = question["data"].as_array().unwrap().clone();
        data.push(json!(more.clone()));
        let after = decided(&law, &question.clone().with("data", json!(data))).unwrap();
        let others: Vec<_> = after.data.iter().filter(|code| **code != more).collect();
        prop_assert_eq!(others, before.data.iter().filter(|code| **code != more).collect::<Vec<_>>());
        let alone = decided(&law, &question.with("data", json!([more]))).unwrap();
        prop_assert_eq!(alone.data.contains(&more), after.data.contains(&more));
    }

    #[test]
    fn suspecting_a_parent_never_widens(question in near_an_act()) {
        let law = law();
        let Some(before) = decided(&law, &question) else { return Ok(()) };
        let mut after = question.clone();
        after["subject"]["parent_suspected"] = json!(true);
        let after = decided(&law, &after).unwrap();
        prop_assert!(after.data.iter().all(|data| before.data.contains(data)) || question["subject"]["parent_suspected"] == true);
    }

    #[test]
    fn every_suggestion_is_one_to_which_the_engine_says_yes(question in near_an_act()) {
        let law = law();
        let Some(answer) = decided(&law, &question) else { return Ok(()) };
        for one in &answer.instead {
            prop_assert!(!one.changes.is_empty() && !one.data.is_empty() && !one.words.nl.is_empty());
            let unfilled = one.words.nl.contains('{') || one.words.en.contains('{');
            prop_assert!(!unfilled);
        }
        if answer.verdict == Verdict::Yes && answer.withheld.is_empty() {
            prop_assert!(answer.instead.is_empty());
        }
    }

    #[test]
    fn a_question_that_was_written_down_is_read_again_as_it_was(question in prop_oneof![any_question(), near_an_act()]) {
        let law = law();
        let Ok(read) = law.read_question(question.to_string().as_bytes()) else { return Ok(()) };
        let written = law.write_question(&read);
        let again = law.read_written(&written);
        prop_assert_eq!(again.as_ref().map_err(ToString::to_string), Ok(&read), "{}", written);
    }
}
