//! May I share this? One entry per decision, in the journal of the asker's own compartment, and no person in it.

use std::sync::Arc;

use desk::may_share::{Law, Verdict, decide, read, version};
use desk::{Actor, DeskError, Role};
use law::Files;
use serde_json::{Value, json};
use vault::{JournalFilter, Store};

use crate::support::{World, start};

fn question() -> Value {
    json!({
        "date": "2026-11-23", "from": "ZCO", "to": "POL", "purpose": "acute_danger", "data": ["identity", "medical"],
        "subject": {"kind": "possible_victim", "age": 17, "age_certain": true}, "circumstances": ["acute_danger"],
    })
}

async fn asked(world: &World, actor: &Actor, question: &Value) -> desk::may_share::Decision {
    let read = read(&world.desk, question.to_string().as_bytes()).unwrap();
    decide(&world.desk, actor, start(), &read, None)
        .await
        .unwrap()
}

async fn entries(world: &World, store: Store) -> Vec<vault::Entry> {
    let page = world
        .desk
        .vault
        .journal_page(store, &JournalFilter::default(), None, 100)
        .await
        .unwrap();
    let mut entries = page.entries;
    entries.retain(|entry| entry.context.act.starts_with("sharing."));
    entries
}

#[tokio::test]
async fn each_decision_is_one_entry_in_the_asker_s_own_compartment() {
    let world = World::new().await;
    let cases = [
        (world.signal_desk(), Store::K1, "sharing.ask_signals"),
        (world.investigator(), Store::K5, "sharing.ask_investigation"),
        (world.coordinator(), Store::K3, "sharing.ask_care"),
        (
            world.actor(world.coordination, &[Role::Registrar]),
            Store::K2,
            "sharing.ask_registration",
        ),
        (
            world.actor(world.panel, &[Role::PanelMember]),
            Store::K4,
            "sharing.ask_opinion",
        ),
        (
            world.actor(world.programme, &[Role::ActionHolder]),
            Store::K7,
            "sharing.ask_programme",
        ),
        (
            world.actor(world.programme, &[Role::Auditor]),
            Store::System,
            "sharing.ask",
        ),
    ];
    for (actor, store, act) in &cases {
        asked(&world, actor, &question()).await;
        let found = entries(&world, *store).await;
        assert_eq!(found.len(), 1, "{act}");
        assert_eq!(found[0].context.act, *act);
        assert_eq!(found[0].context.actor, actor.id());
    }
    asked(&world, &world.coordinator(), &question()).await;
    assert_eq!(
        entries(&world, Store::K3).await.len(),
        2,
        "no decision is passed over"
    );
}

#[tokio::test]
async fn the_entry_keeps_what_decided_and_nothing_of_a_person() {
    let world = World::new().await;
    let decision = asked(&world, &world.coordinator(), &question()).await;
    assert_eq!(decision.answer.verdict, Verdict::Yes);
    assert_eq!(decision.answer.data, ["identity"]);
    assert!(decision.duty_phone.is_none());
    let entry = entries(&world, Store::K3).await.remove(0);
    let touched = &entry.records[0];
    assert_eq!(touched.kind, "sharing");
    assert_eq!(touched.id, "ZCO-POL-acute_danger-yes-2026-11-23");
    let law = format!("law:{}", version(&world.desk).unwrap().tag());
    for fact in [
        law.as_str(),
        "age:16_17",
        "so:acute_danger",
        "goes:identity",
        "stays:medical",
        "act:07-acute-danger@2018-05-25",
    ] {
        assert!(
            touched.fields.iter().any(|field| field == fact),
            "{fact}: {:?}",
            touched.fields
        );
    }
    assert!(
        !touched
            .fields
            .iter()
            .any(|field| field.contains("17 ") || field == "age:17")
    );
}

#[tokio::test]
async fn nobody_asks_without_signing_in() {
    let world = World::new().await;
    let read = read(&world.desk, question().to_string().as_bytes()).unwrap();
    for actor in [Actor::Public, Actor::System] {
        let refused = decide(&world.desk, &actor, start(), &read, None).await;
        assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
    }
}

#[tokio::test]
async fn a_question_with_faults_names_each_and_is_not_journalled() {
    let world = World::new().await;
    let mut wrong = question();
    wrong["to"] = json!("NOBODY");
    wrong["data"] = json!([]);
    let Err(DeskError::Invalid(faults)) = read(&world.desk, wrong.to_string().as_bytes()) else {
        panic!("was read");
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["to", "data"]);
    assert!(entries(&world, Store::K3).await.is_empty());
}

#[tokio::test]
async fn a_host_decides_by_its_own_law() {
    let world = World::new().await;
    let files = Files::built_in().without("acts/07-acute-danger.toml");
    let files = files.clone().with("acts/07-with-consent.toml", {
        let text = files.text("acts/07-with-consent.toml").unwrap();
        text.replace("\"07-acute-danger\", ", "")
    });
    let strict = [
        "15-care-to-public-order",
        "18-youth-care-consent",
        "20-doctor-consent",
    ];
    let files = strict.iter().fold(files, |files, name| {
        let name = format!("acts/{name}.toml");
        let text = files.text(&name).unwrap();
        let text = text
            .replace("\"07-acute-danger\", ", "")
            .replace(", \"07-acute-danger\"", "");
        files.with(&name, text)
    });
    let law = Law::open_unsigned(&files, &world.desk.vocabulary).unwrap_or_else(|e| panic!("{e}"));
    let read = read(&world.desk, question().to_string().as_bytes()).unwrap();
    let own = world.desk.clone().with_law(Arc::new(law));
    let strict = decide(&own, &world.coordinator(), start(), &read, None)
        .await
        .unwrap();
    assert_eq!(strict.answer.verdict, Verdict::No);
    let usual = decide(&world.desk, &world.coordinator(), start(), &read, None)
        .await
        .unwrap();
    assert_eq!(usual.answer.verdict, Verdict::Yes);
}
