//! Erasing destroys the key: here, in every backup, and in the ledger's own files.

use std::path::Path;

use vault::{Change, Draft, Store, Term, Timer, Vault, VaultError, restore};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    erased_here,
    erased_in_backups,
    an_erasure_cut_off_is_finished
);

async fn fill(vault: &Vault) {
    let draft = Draft::new("gone", &report("CANARY"), full_clear())
        .unwrap()
        .with_terms(vec![Term::new("phone", "1")])
        .unwrap()
        .with_summary(&"short")
        .unwrap();
    let timer = Timer {
        id: "t".to_owned(),
        due: at(1),
        kind: "k".to_owned(),
        record: "gone".to_owned(),
    };
    let change = Change::new(why(at(0)))
        .create(draft)
        .part("gone", 0, b"CANARY part".to_vec())
        .timer(timer);
    vault.apply(Store::K1, change).await.unwrap();
    create(vault, "stays", "x").await;
}

async fn erase(vault: &Vault) {
    let change = Change::new(why(at(5))).erase("gone");
    vault.apply(Store::K1, change).await.unwrap();
}

async fn is_gone(vault: &Vault) {
    let gone = vault.load::<Report>("gone").await.unwrap_err();
    assert!(matches!(gone, VaultError::NotFound { .. }), "{gone}");
    assert!(
        vault
            .load_by_term::<Report>("phone", "1")
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(vault.part(Store::K1, "gone", 0).await.unwrap(), None);
    assert!(vault.due(Store::K1, at(9), 9).await.unwrap().is_empty());
    vault.load::<Report>("stays").await.unwrap();
    let report = verify(vault).await.unwrap();
    assert_eq!((report.records, report.erased), (1, 1));
    // Its name is not given out again, under no key.
    let again = vault
        .apply(Store::K1, creation("gone", "again"))
        .await
        .unwrap_err();
    assert!(matches!(again, VaultError::AlreadyDone { .. }), "{again}");
}

/// The wrapped key of a record, read behind the vault's back.
async fn wrapped(place: &Place, id: &str) -> Vec<u8> {
    use sqlx::{AssertSqlSafe, Connection, Executor, Row};
    let file = place.keys().join("ledger/k1.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut conn = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    let sql = format!("SELECT wrapped FROM wraps WHERE record_id = '{id}'");
    let row = conn.fetch_one(AssertSqlSafe(sql)).await.unwrap();
    conn.close().await.unwrap();
    row.get(0)
}

/// Whether any file under the folder holds these bytes.
pub fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        match path.is_dir() {
            true => holds(&path, bytes),
            false => std::fs::read(&path)
                .unwrap()
                .windows(bytes.len())
                .any(|w| w == bytes),
        }
    })
}

async fn erased_here(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let key = match place.is_sqlite() {
        true => Some(wrapped(&place, "gone").await),
        false => None,
    };
    if let Some(key) = &key {
        assert!(holds(&place.keys(), key));
    }
    erase(&vault).await;
    is_gone(&vault).await;
    if let Some(key) = &key {
        // Not in the ledger's file, nor in its write-ahead log, while the vault is open.
        assert!(
            !holds(&place.keys(), key),
            "the wrapped key is still on disk"
        );
        assert!(
            !holds(&place.keys(), &key[2..26]),
            "its nonce is still on disk"
        );
    }
    vault.close().await;
    let vault = place.open().await;
    is_gone(&vault).await;
    vault.close().await;
}

async fn erased_in_backups(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let file = place.dir.path().join("backup");
    let mut out = std::fs::File::create(&file).unwrap();
    let made = vault.backup(&mut out, "backup", "b1").await.unwrap();
    let key = match place.is_sqlite() {
        true => wrapped(&place, "gone").await,
        false => b"SAMEN none of this".to_vec(),
    };
    erase(&vault).await;
    assert!(
        !holds(&place.keys(), &key),
        "the wrapped key is still in a ledger copy"
    );
    vault.close().await;
    let target = place.another().await;
    std::fs::create_dir_all(target.dir.path()).unwrap();
    copy_keys(&place, &target);
    let done = restore(&file, target.settings()).await.unwrap();
    assert_eq!(done.state_hash, made.state_hash);
    let vault = target.open().await;
    is_gone(&vault).await;
    vault.close().await;
}

/// A stop between the erasure and the destroying of its key: done at the next start, before anybody asks.
async fn an_erasure_cut_off_is_finished(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    vault.close().await;
    place
        .tamper(
            Store::K1,
            "INSERT INTO erasures (record_id) VALUES ('gone')",
        )
        .await;
    let vault = place.open().await;
    assert!(vault.load::<Report>("gone").await.is_err());
    assert_eq!(
        place
            .number(Store::K1, "SELECT count(*) FROM erasures")
            .await,
        0
    );
    vault.close().await;
}

/// A copy that cannot be opened keeps the erasure pending and says so; nothing else is held up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_ledger_copy_holds_nothing_up() {
    let place = Place::sqlite();
    let vault = place.open().await;
    fill(&vault).await;
    let bad = place.keys().join("copies/bad.ledger");
    std::fs::write(
        &bad,
        "not a database, but long enough to be read as one".repeat(100),
    )
    .unwrap();
    let change = Change::new(why(at(5))).erase("gone");
    let told = vault.apply(Store::K1, change).await.unwrap_err();
    assert!(told.to_string().contains("tried again"), "{told}");
    create(&vault, "r1", "x").await;
    std::fs::remove_file(&bad).unwrap();
    create(&vault, "r2", "x").await;
    create(&vault, "r3", "x").await;
    assert_eq!(
        place
            .number(Store::K1, "SELECT count(*) FROM erasures")
            .await,
        0
    );
    verify(&vault).await.unwrap();
    vault.close().await;
}

/// Copies the key directory without its live ledger, as one would to a new machine.
pub fn copy_keys(from: &Place, to: &Place) {
    std::fs::create_dir_all(to.keys().join("copies")).unwrap();
    std::fs::copy(from.keys().join("root.key"), to.keys().join("root.key")).unwrap();
    for entry in std::fs::read_dir(from.keys().join("copies"))
        .unwrap()
        .flatten()
    {
        std::fs::copy(
            entry.path(),
            to.keys().join("copies").join(entry.file_name()),
        )
        .unwrap();
    }
}
