//! What would be allowed instead: asked of the engine with one thing changed.

use law::{Change, Files};
use serde_json::{Value, json};

use crate::{With, ask, law, question, says};

/// The question as the first suggestion with such a change would have it, asked again.
fn follow(question: &Value, wanted: impl Fn(&Change) -> bool) -> law::Answer {
    let answer = ask(question);
    let one = answer
        .instead
        .iter()
        .find(|one| one.changes.iter().any(&wanted))
        .unwrap_or_else(|| panic!("no such suggestion: {:?}", answer.instead));
    let mut changed = question.clone().with("data", json!(one.data));
    for change in &one.changes {
        match change {
            Change::To { to } => changed["to"] = json!(to[0]),
            Change::Purpose { purpose } => changed["purpose"] = json!(purpose),
            Change::Circumstance { circumstance } => {
                let all = changed["circumstances"].as_array_mut().unwrap();
                all.push(json!(circumstance));
            }
            Change::Data { data } => changed["data"] = json!(data),
            Change::Consent { .. } => {}
        }
    }
    for change in &one.changes {
        if let Change::Consent { givers, written } = change {
            let givers: Vec<&str> = givers[0].iter().map(String::as_str).collect();
            changed = changed.consent(&givers, *written);
        }
    }
    ask(&changed)
}

/// What is farther than one change away is proposed only where an act names it as its alternative.
#[test]
fn a_proposal_is_one_change_away_or_named_by_an_act() {
    let files = Files::built_in();
    let named: String = files.iter().map(|(_, text)| text).collect();
    let named: Vec<&str> = named
        .lines()
        .filter(|line| line.starts_with("instead"))
        .collect();
    let (mut near, mut far) = (0, 0);
    for cell in law().cells().iter().step_by(3) {
        for one in ask(&cell.question).instead {
            let changes = one.changes.iter();
            // Fewer categories on the same ground is the same way, with less.
            let changes = changes.filter(|change| !matches!(change, Change::Data { .. }));
            if changes.count() <= 1 {
                near += 1;
                continue;
            }
            far += 1;
            let quoted = format!("\"{}\"", one.act);
            let is_named = named.iter().any(|line| line.contains(&quoted));
            assert!(
                is_named,
                "{}: {:?} for {}",
                one.act, one.changes, cell.question
            );
        }
    }
    assert!(near > 0 && far > 0, "{near} near and {far} far proposals");
}

#[test]
fn written_consent_of_the_sixteen_year_old_herself() {
    let question = question("ZCO", "COM", "registration", &["sector", "age"]).aged(16, true);
    let answer = ask(&question);
    assert!(
        answer
            .instead
            .iter()
            .any(|one| one.words.en.contains("written consent of the 16-year-old")),
        "{:?}",
        answer.instead
    );
    assert_eq!(
        says(&follow(&question, |c| matches!(c, Change::Consent { .. }))),
        "yes"
    );
}

#[test]
fn to_veilig_thuis_by_the_reporting_code() {
    for age in [14, 29] {
        let question = question("JZ", "POL", "investigation", &["observations"]).aged(age, true);
        let to_vt =
            |change: &Change| matches!(change, Change::To { to } if to.contains(&"VT".to_owned()));
        assert_eq!(says(&follow(&question, to_vt)), "yes", "{age}");
    }
}

/// The purpose that is proposed is the first that the act names, wherever its line stands in the file.
#[test]
fn another_purpose_is_proposed_whatever_the_order_of_the_lines() {
    let act = crate::cells::act("99-example", "language", "18");
    let purposes = "purposes = [\"care\"]\n";
    let data = "data = [\"language\"]\n";
    assert!(act.contains(&format!("{purposes}{data}")), "{act}");
    let act = act.replace(&format!("{purposes}{data}"), &format!("{data}{purposes}"));
    let files = Files::built_in().with("acts/99-example.toml", act);
    let words = std::sync::Arc::new(domain::vocabulary::Vocabulary::builtin().unwrap().clone());
    let law = law::Law::open_unsigned(&files, &words).unwrap_or_else(|error| panic!("{error}"));
    let asked = question("POL", "GGD", "payment", &["language"]);
    let read = law.read_question(asked.to_string().as_bytes()).unwrap();
    let answer = law.decide(&read);
    let to_care =
        |change: &Change| matches!(change, Change::Purpose { purpose } if purpose == "care");
    assert!(
        answer
            .instead
            .iter()
            .any(|one| one.changes.iter().any(to_care)),
        "{:?}",
        answer.instead
    );
}

#[test]
fn a_circumstance_that_would_open_the_way() {
    let question = question("POL", "ZCO", "care", &["identity"]);
    let by_decision = |change: &Change| matches!(change, Change::Circumstance { circumstance } if circumstance == "incidental_wpg19");
    assert_eq!(says(&follow(&question, by_decision)), "yes");
}

#[test]
fn fewer_or_other_data_on_the_same_ground() {
    let question = question("OM", "IND", "residence", &["statement"]);
    let answer = follow(&question, |change| matches!(change, Change::Data { .. }));
    assert_eq!(says(&answer), "yes");
    assert_eq!(answer.data, ["status"]);
}

#[test]
fn both_child_and_parents_are_named_where_both_must_sign() {
    let question = question("JZ", "ZCO", "care", &["care_needs"]).aged(13, true);
    let answer = ask(&question);
    let words = &answer
        .instead
        .iter()
        .map(|one| one.words.nl.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        words.contains("de 13-jarige zelf en beide ouders met gezag"),
        "{words}"
    );
    assert_eq!(
        says(&follow(&question, |c| matches!(c, Change::Consent { .. }))),
        "yes"
    );
}

#[test]
fn a_suspected_parent_is_never_suggested() {
    let mut question = question("JZ", "ZCO", "care", &["care_needs"]).aged(13, true);
    question["subject"]["parent_suspected"] = json!(true);
    let answer = ask(&question);
    assert!(!answer.instead.is_empty());
    for one in &answer.instead {
        assert!(!one.words.nl.contains("ouders"), "{}", one.words.nl);
    }
}

#[test]
fn an_anonymous_count_is_offered_where_consent_is_missing() {
    let question = question(
        "ZCO",
        "COM",
        "registration",
        &["sector", "region", "identity"],
    );
    let answer = ask(&question);
    assert!(
        answer
            .instead
            .iter()
            .any(|one| one.act == "04-anonymous-count"),
        "{:?}",
        answer.instead
    );
}
