//! Retention through the real program on an embedded store: a look, a hold, the destroying, and what the checks say then.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use desk::actor::Person;
use desk::case::{self, AftercareInput, CloseInput, NewCase};
use desk::directory::Organisation;
use desk::{Actor, Desk, Role, Settings, accounts};
use domain::SafeText;
use domain::case::ClosingReason;
use domain::code::OrgKind;
use domain::ids::{CaseId, UserId};
use domain::vocabulary::Vocabulary;
use jiff::Timestamp;
use vault::{KeyDir, OsChance, Vault, Where};

fn text(words: &str) -> SafeText {
    SafeText::new("text", words, 1_000).unwrap()
}

/// A store with a case that was closed long ago.
async fn with_old_case(data: &Path) -> CaseId {
    let long_ago: Timestamp = "2001-05-07T10:00:00+02:00".parse().unwrap();
    let settings = vault::Settings {
        place: Where::Directory(data.to_owned()),
        keys: KeyDir::beside(data),
        create: true,
        chance: Arc::new(OsChance),
    };
    let vault = Vault::open(settings).await.unwrap();
    let words = Arc::new(Vocabulary::builtin().unwrap().clone());
    let desk = Desk::open(vault, words, Settings::default()).await.unwrap();
    let care = Organisation {
        name: "Zorg Haaglanden".to_owned(),
        kind: OrgKind::new("ZCO").unwrap(),
        region: None,
        municipality: None,
    };
    let org = accounts::add_organisation(&desk, &Actor::System, long_ago, &care)
        .await
        .unwrap();
    let coordinator = Actor::Person(Box::new(Person {
        user: UserId::new(desk.vault.new_id(long_ago)),
        name: "Anna".to_owned(),
        org,
        org_name: care.name.clone(),
        org_kind: care.kind.clone(),
        region: None,
        roles: vec![Role::CareCoordinator],
        strong_at: long_ago,
    }));
    let id = case::open(&desk, &coordinator, long_ago, NewCase::default())
        .await
        .unwrap();
    let close = CloseInput {
        reason: ClosingReason::NoTrafficking,
        explanation: text("een vergissing"),
        aftercare: AftercareInput::DoesNotArise,
        left_open: None,
        looked: false,
    };
    case::close(&desk, &coordinator, long_ago, id, 1, close)
        .await
        .unwrap();
    desk.vault.close().await;
    id
}

/// Runs the program; gives its exit status and its summary.
fn samen(dir: &Path, arguments: &[&str]) -> (i32, serde_json::Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_samen"))
        .args(arguments)
        .current_dir(dir)
        .env_clear()
        .env("SAMEN_DATA", dir.join("data"))
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    let last = out.lines().last().unwrap_or("null");
    let summary = serde_json::from_str(last).unwrap_or_default();
    (output.status.code().unwrap_or(-1), summary, said)
}

#[test]
fn what_is_due_is_listed_held_and_destroyed() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let id = runtime
        .block_on(with_old_case(&dir.join("data")))
        .to_string();
    drop(runtime);

    let (code, seen, said) = samen(dir, &["retention", "run", "--dry-run"]);
    assert_eq!((code, &seen["destroyed"]), (0, &0.into()), "{said}");
    assert_eq!(seen["due"][0]["id"], id.as_str());
    assert_eq!(seen["due"][0]["term"], "retention_youth_file");
    assert_eq!(seen["due"][0]["compartment"], "k3");
    let (_, before, _) = samen(
        dir,
        &["retention", "run", "--dry-run", "--as-of", "2021-05-07"],
    );
    assert_eq!(
        before["due"],
        serde_json::json!([]),
        "its last day is not over"
    );
    let (code, _, said) = samen(dir, &["retention", "run", "--as-of", "2999-01-01"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("before its time"), "{said}");

    let hold = [
        "retention",
        "hold",
        &id,
        "--compartment",
        "k3",
        "--reason",
        "zaak loopt",
    ];
    let (code, held, said) = samen(dir, &hold);
    assert_eq!(code, 0, "{said}");
    let hold = held["hold"].as_str().unwrap().to_owned();
    let (_, kept, _) = samen(dir, &["retention", "run"]);
    assert_eq!(kept["kept"][0]["why"], format!("hold {hold}"));
    assert_eq!(kept["destroyed"], 0);
    let erase = ["erase", &id, "--compartment", "k3", "--ground", "AVG 17"];
    let (code, _, said) = samen(dir, &erase);
    assert!(code == 1 && said.contains("legal hold"), "{code}: {said}");
    let release = ["retention", "release", &hold, "--reason", "uitspraak"];
    let (code, _, said) = samen(dir, &release);
    assert_eq!(code, 0, "{said}");

    let (code, done, said) = samen(dir, &["retention", "run"]);
    assert_eq!((code, &done["destroyed"]), (0, &2.into()), "{said}");
    let (_, after, _) = samen(dir, &["retention", "run", "--dry-run"]);
    assert_eq!(after["due"], serde_json::json!([]));
    let (code, checked, said) = samen(dir, &["verify"]);
    assert_eq!((code, &checked["sound"]), (0, &true.into()), "{said}");
    assert_eq!(checked["erased"], 2);
    let (code, _, said) = samen(dir, &["journal", "export", "--out", "journal.jsonl"]);
    assert_eq!(code, 0, "{said}");
    let journal = std::fs::read_to_string(dir.join("journal.jsonl")).unwrap();
    assert!(journal.contains("retention.run") && journal.contains("Jeugdwet art. 7.3.8"));
}
