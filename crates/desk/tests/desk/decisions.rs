//! Every decision about sharing is kept with what it takes to decide again; deciding again gives the same answer, by the law of then.

use std::sync::Arc;

use desk::access::Role;
use desk::decisions::{self, Again, Asked, StoredDecision};
use desk::may_share::{Law, Verdict, decide, read};
use desk::{Actor, Desk, DeskError};
use law::Files;
use serde_json::{Value, json};
use vault::{Draft, Store, Stored};

use crate::support::{World, start};

fn question() -> Value {
    json!({
        "date": "2026-03-14", "from": "ZCO", "to": "COM", "purpose": "registration",
        "data": ["sector", "age", "identity"],
        "subject": {"kind": "possible_victim", "age": 16, "age_certain": true},
        "consent": [{"giver": "self", "written": true, "purpose": "registration", "recipients": ["COM"],
            "data": ["sector", "age"], "given": "2026-03-01", "until": "2027-03-01", "withdrawn": null}],
    })
}

async fn ask(desk: &Desk, actor: &Actor, question: &Value, trace: Option<&str>) {
    let read = read(desk, question.to_string().as_bytes()).unwrap();
    decide(desk, actor, start(), &read, trace).await.unwrap();
}

async fn listed(desk: &Desk, auditor: &Actor, store: Store) -> Vec<decisions::DecisionRow> {
    let asked = Asked {
        store,
        verdict: None,
        after: None,
    };
    let page = decisions::decisions(desk, auditor, start(), &asked).await;
    page.unwrap().rows
}

fn auditor(world: &World) -> Actor {
    world.actor(world.programme, &[Role::Auditor])
}

/// The law as it ships, stricter in one thing: no registration by care in writing.
fn stricter(desk: &Desk) -> Arc<Law> {
    let files = Files::built_in();
    let name = "acts/04-care-registration.toml";
    let text = files.text(name).unwrap().replace("\"sector\", ", "");
    let law = Law::open_unsigned(&files.clone().with(name, text), &desk.vocabulary);
    Arc::new(law.unwrap_or_else(|error| panic!("{error}")))
}

fn context() -> vault::Context {
    vault::Context {
        at: start(),
        actor: "system".to_owned(),
        role: "system".to_owned(),
        org: String::new(),
        act: "test".to_owned(),
        purpose: "supervision".to_owned(),
        ground: "AVG 5(2)".to_owned(),
    }
}

#[tokio::test]
async fn a_decision_is_taken_again_with_the_same_outcome() {
    let world = World::new().await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    ask(desk, &world.coordinator(), &question(), None).await;
    let rows = listed(desk, &auditor, Store::K3).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].verdict.as_str(), rows[0].day.as_str()),
        ("yes", "2026-03-14")
    );
    assert_eq!(rows[0].route, "ZCO-COM-registration");
    let view = decisions::read_decision(desk, &auditor, start(), Store::K3, &rows[0].id)
        .await
        .unwrap();
    assert_eq!(view.again, Again::Same);
    assert_eq!(view.then.data, ["sector", "age"]);
    assert_eq!((view.put.age, view.put.consents), (Some(16), 1));
    assert_eq!(view.answer.unwrap().verdict, Verdict::Yes);
    assert!(listed(desk, &auditor, Store::K5).await.is_empty());
}

#[tokio::test]
async fn when_the_law_changes_the_old_one_still_answers_for_the_old_decisions() {
    let world = World::new().await;
    let auditor = auditor(&world);
    ask(&world.desk, &world.coordinator(), &question(), None).await;
    let changed = world.desk.clone().with_law(stricter(&world.desk));
    ask(&changed, &world.coordinator(), &question(), None).await;
    // Neither the law that ships nor the host's own is needed: both were kept.
    for desk in [&world.desk, &changed] {
        let rows = listed(desk, &auditor, Store::K3).await;
        assert_eq!(rows.len(), 2);
        let mut data = Vec::new();
        for row in &rows {
            let view = decisions::read_decision(desk, &auditor, start(), Store::K3, &row.id).await;
            let view = view.unwrap();
            assert_eq!(view.again, Again::Same, "{}", row.id);
            data.push(view.then.data);
        }
        data.sort();
        assert_eq!(data, [vec!["age"], vec!["sector", "age"]]);
        let all = decisions::replay_all(desk).await.unwrap();
        assert_eq!((all.decisions, all.same), (2, 2));
    }
}

#[tokio::test]
async fn an_altered_answer_and_a_law_that_is_gone_are_told_apart() {
    let world = World::new().await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    ask(desk, &world.coordinator(), &question(), None).await;
    let id = listed(desk, &auditor, Store::K3).await[0].id.clone();
    let found = desk.vault.load::<StoredDecision>(&id).await.unwrap();
    let alter = |from: &str, to: &str| {
        let text = found.body.0.to_json();
        assert!(text.contains(from), "{text}");
        decision_log::Record::from_json(&text.replace(from, to)).unwrap()
    };
    let digest = Law::built_in().unwrap().version().digest.clone();
    let cases = [
        (
            alter(
                "\"data\":[\"sector\",\"age\"],\"withheld\"",
                "\"data\":[\"sector\"],\"withheld\"",
            ),
            "different",
        ),
        (
            alter(&digest, &digest.chars().rev().collect::<String>()),
            "no_law",
        ),
        (
            alter("\"registration\",\"to\"", "\"registration.of.old\",\"to\""),
            "unreadable",
        ),
    ];
    for (number, (record, expected)) in cases.into_iter().enumerate() {
        let id = format!("altered-{number}");
        let clear = vault::ClearData {
            state: "yes".to_owned(),
            ..vault::ClearData::default()
        };
        let draft = Draft::new(id.clone(), &StoredDecision(record), clear).unwrap();
        let change = vault::Change::new(context()).create(draft);
        desk.vault
            .apply(StoredDecision::KIND.store, change)
            .await
            .unwrap();
        let view = decisions::read_decision(desk, &auditor, start(), Store::K3, &id).await;
        assert_eq!(view.unwrap().again.code(), expected);
    }
    let all = decisions::replay_all(desk).await.unwrap();
    assert_eq!((all.decisions, all.same), (4, 1));
    assert_eq!((all.different.len(), all.not_possible.len()), (1, 2));
}

#[tokio::test]
async fn a_record_holds_codes_and_the_callers_trace_and_nothing_of_a_person() {
    let world = World::new().await;
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    ask(&world.desk, &world.investigator(), &question(), Some(trace)).await;
    let found = world
        .desk
        .vault
        .list(
            &vault::Kind {
                store: Store::K5,
                ..StoredDecision::KIND
            },
            &vault::Filter::default(),
            vault::Order::Newest,
            None,
            10,
        )
        .await
        .unwrap();
    let id = &found.rows[0].id;
    let record = world
        .desk
        .vault
        .load_in::<StoredDecision>(Store::K5, id)
        .await
        .unwrap();
    let record = record.body.0;
    assert_eq!(
        record.trace_id.to_string(),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    assert_eq!(
        record.parent_span_id.unwrap().to_string(),
        "00f067aa0ba902b7"
    );
    assert!(
        record.attributes.data_subject_id.is_none(),
        "a question in general is about nobody"
    );
    let text = record.to_json();
    assert!(!text.contains(&world.investigator().id()), "{text}");
    assert!(decision_log::Record::from_json(&text).is_ok());
}

#[tokio::test]
async fn only_an_auditor_looks() {
    let world = World::new().await;
    ask(&world.desk, &world.coordinator(), &question(), None).await;
    for actor in [
        world.coordinator(),
        world.investigator(),
        Actor::Public,
        Actor::System,
    ] {
        let asked = Asked {
            store: Store::K3,
            verdict: None,
            after: None,
        };
        let refused = decisions::decisions(&world.desk, &actor, start(), &asked).await;
        assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
    }
}
