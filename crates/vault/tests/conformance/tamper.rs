//! Every alteration behind the vault's back is found by `verify`, which names the record.

use vault::{Change, Draft, Store, Term, Vault};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    each_column_is_bound,
    rows_taken_away_or_put_back,
    index_and_journal,
    keys_of_the_ledger
);

async fn fill(vault: &Vault) {
    let first = Draft::new("r1", &report("one"), full_clear())
        .unwrap()
        .with_terms(vec![Term::new("phone", "1")])
        .unwrap()
        .with_summary(&"short")
        .unwrap();
    vault
        .apply(Store::K1, Change::new(why(at(0))).create(first))
        .await
        .unwrap();
    create(vault, "r2", "two").await;
    let change = Change::new(why(at(1)))
        .part("r2", 0, b"part".to_vec())
        .receipt("key", b"body", b"answer".to_vec(), at(99));
    vault.apply(Store::K1, change).await.unwrap();
}

/// Alters, expects `verify` to name `names`, puts back with `undo`.
async fn found(place: &Place, vault: &Vault, sql: &str, undo: &str, names: &str) {
    assert_eq!(place.tamper(Store::K1, sql).await, 1, "{sql}");
    let fault = verify(vault).await.expect_err(sql).to_string();
    assert!(fault.contains(names), "{sql}: {fault}");
    assert_eq!(place.tamper(Store::K1, undo).await, 1, "{undo}");
    verify(vault)
        .await
        .unwrap_or_else(|e| panic!("after {undo}: {e}"));
}

async fn each_column_is_bound(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    verify(&vault).await.unwrap();
    let due = at(5_000).as_millisecond();
    let made = at(0).as_millisecond();
    for (column, altered, original) in [
        ("kind", "'case'", "'report'".to_owned()),
        ("schema_version", "2", "1".to_owned()),
        ("version", "2", "1".to_owned()),
        ("state", "'closed'", "'open'".to_owned()),
        ("state", "''", "'open'".to_owned()),
        ("org", "'org-2'", "'org-1'".to_owned()),
        ("org", "NULL", "'org-1'".to_owned()),
        ("region", "'r-2'", "'r-1'".to_owned()),
        ("region", "NULL", "'r-1'".to_owned()),
        ("assignee", "'u-carla'", "'u-bert'".to_owned()),
        ("assignee", "NULL", "'u-bert'".to_owned()),
        ("parent", "'parent-2'", "'parent-1'".to_owned()),
        ("parent", "NULL", "'parent-1'".to_owned()),
        ("due_at", "9223372036854775807", due.to_string()),
        ("due_at", "-9223372036854775807", due.to_string()),
        ("due_at", "1", due.to_string()),
        ("created_at", "1", made.to_string()),
        ("updated_at", "1", made.to_string()),
        ("erased_at", "1", "NULL".to_owned()),
    ] {
        let set = |value: &str| format!("UPDATE records SET {column} = {value} WHERE id = 'r1'");
        found(&place, &vault, &set(altered), &set(&original), "r1").await;
    }
    // The summary taken away, or swapped with the body.
    place
        .tamper(Store::K1, "CREATE TABLE kept AS SELECT * FROM records")
        .await;
    let undo = "UPDATE records SET summary = (SELECT summary FROM kept WHERE id = 'r1'), sealed = (SELECT sealed FROM kept WHERE id = 'r1') WHERE id = 'r1'";
    for set in [
        "summary = NULL",
        "sealed = NULL",
        "sealed = summary",
        "summary = sealed",
    ] {
        let sql = format!("UPDATE records SET {set} WHERE id = 'r1'");
        found(&place, &vault, &sql, undo, "r1").await;
    }
    // One record's seal in another's place.
    let sql = "UPDATE records SET sealed = (SELECT sealed FROM kept WHERE id = 'r2'), summary = NULL WHERE id = 'r1'";
    found(&place, &vault, sql, undo, "r1").await;
    vault.close().await;
}

async fn rows_taken_away_or_put_back(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    place
        .tamper(Store::K1, "CREATE TABLE kept AS SELECT * FROM records")
        .await;
    let change = Change::new(why(at(7))).update(draft("r2", "newer"), 1);
    vault.apply(Store::K1, change).await.unwrap();
    place
        .tamper(Store::K1, "CREATE TABLE newer AS SELECT * FROM records")
        .await;
    // The older version of a record put back: its seal opens, but the journal knows of a change since.
    let back = |table: &str| {
        format!(
            "UPDATE records SET version = k.version, updated_at = k.updated_at, sealed = k.sealed FROM {table} k WHERE records.id = k.id AND records.id = 'r2'"
        )
    };
    found(&place, &vault, &back("kept"), &back("newer"), "r2").await;
    // A row taken away.
    let away = "DELETE FROM records WHERE id = 'r2'";
    let undo = "INSERT INTO records SELECT * FROM newer WHERE id = 'r2'";
    place
        .tamper(Store::K1, "CREATE TABLE parted AS SELECT * FROM parts")
        .await;
    found(&place, &vault, away, undo, "r2").await;
    // A figure beside a list that is not what there is.
    let more = "INSERT INTO counts (kind, org, region, state, n) VALUES ('report', '', '', 'open', 3) ON CONFLICT (kind, org, region, state) DO UPDATE SET n = counts.n + 3";
    let less = "UPDATE counts SET n = n - 3 WHERE kind = 'report' AND org = '' AND region = '' AND state = 'open'";
    found(
        &place,
        &vault,
        more,
        less,
        "kept count of records of type report",
    )
    .await;
    // Parts and kept answers.
    place
        .tamper(Store::K1, "CREATE TABLE answers AS SELECT * FROM receipts")
        .await;
    found(
        &place,
        &vault,
        "UPDATE parts SET number = 1",
        "UPDATE parts SET number = 0",
        "part 1 of attachment r2",
    )
    .await;
    found(
        &place,
        &vault,
        "UPDATE parts SET record_id = 'r1'",
        "UPDATE parts SET record_id = 'r2'",
        "attachment r1",
    )
    .await;
    found(
        &place,
        &vault,
        "UPDATE receipts SET sealed = (SELECT sealed FROM records WHERE id = 'r1')",
        "UPDATE receipts SET sealed = (SELECT sealed FROM answers)",
        "kept answer",
    )
    .await;
    vault.close().await;
}

async fn index_and_journal(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    for (sql, undo, names) in [
        (
            "UPDATE terms SET kind = 'plate'",
            "UPDATE terms SET kind = 'phone'",
            "r1",
        ),
        (
            "UPDATE terms SET record_id = 'r2'",
            "UPDATE terms SET record_id = 'r1'",
            "index of record r1",
        ),
        (
            "UPDATE terms SET record_id = 'r9'",
            "UPDATE terms SET record_id = 'r1'",
            "r1",
        ),
        (
            "UPDATE journal SET actor = 'u-other' WHERE seq = 2",
            "UPDATE journal SET actor = 'u-anna' WHERE seq = 2",
            "entry 2",
        ),
        (
            "UPDATE journal SET subject = 'r9' WHERE seq = 2",
            "UPDATE journal SET subject = 'r2' WHERE seq = 2",
            "entry 2",
        ),
        (
            "UPDATE journal SET entry = replace(entry, 'u-anna', 'u-carl') WHERE seq = 2",
            "UPDATE journal SET entry = replace(entry, 'u-carl', 'u-anna') WHERE seq = 2",
            "entry 2",
        ),
        (
            "UPDATE journal SET seq = 9 WHERE seq = 3",
            "UPDATE journal SET seq = 3 WHERE seq = 9",
            "entry 3",
        ),
        (
            "UPDATE journal_head SET seq = 2",
            "UPDATE journal_head SET seq = 3",
            "ends at entry 3",
        ),
    ] {
        found(&place, &vault, sql, undo, names).await;
    }
    place
        .tamper(Store::K1, "CREATE TABLE kept AS SELECT * FROM journal")
        .await;
    found(
        &place,
        &vault,
        "DELETE FROM journal WHERE seq = 3",
        "INSERT INTO journal SELECT * FROM kept WHERE seq = 3",
        "ends at entry 2",
    )
    .await;
    vault.close().await;
}

async fn keys_of_the_ledger(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    place
        .tamper_ledger(Store::K1, "CREATE TABLE kept AS SELECT * FROM wraps")
        .await;
    let swap = "UPDATE wraps SET wrapped = (SELECT wrapped FROM kept WHERE record_id = 'r2') WHERE record_id = 'r1'";
    place.tamper_ledger(Store::K1, swap).await;
    let fault = verify(&vault).await.unwrap_err().to_string();
    assert!(fault.contains("r1"), "{fault}");
    place
        .tamper_ledger(Store::K1, "DELETE FROM wraps WHERE record_id = 'r1'")
        .await;
    let fault = verify(&vault).await.unwrap_err().to_string();
    assert!(fault.contains("r1") && fault.contains("missing"), "{fault}");
    vault.close().await;
}

/// Flips bytes all over the file of a closed store: every flip in a page that holds something is found. Bytes
/// that hold nothing (free space inside pages) are left out by looking whether the flip changes any row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flipped_bytes_in_the_file() {
    let place = Place::sqlite();
    let vault = place.open().await;
    for n in 0..40 {
        let change = public_report(&format!("r{n}"), &format!("k{n}"), at(n));
        vault.apply(Store::K1, change).await.unwrap();
    }
    let part = Change::new(why(at(0))).part("r1", 0, vec![7; 30_000]);
    vault.apply(Store::K1, part).await.unwrap();
    vault.close().await;
    let file = place.data().join("k1.db");
    let whole = std::fs::read(&file).unwrap();
    // Where sealed bytes and journal text lie, found by their own content.
    let targets = sealed_positions(&place, &whole).await;
    assert!(targets.len() > 100, "{}", targets.len());
    for (at, what) in targets.iter().step_by(targets.len() / 40) {
        let mut flipped = whole.clone();
        flipped[*at] ^= 1;
        std::fs::write(&file, &flipped).unwrap();
        let sound = match Vault::open(place.settings()).await {
            Ok(vault) => {
                let sound = verify(&vault).await.is_ok();
                vault.close().await;
                sound
            }
            Err(_) => false,
        };
        assert!(!sound, "a flip at byte {at} ({what}) was not found");
    }
    std::fs::write(&file, &whole).unwrap();
    let vault = place.open().await;
    verify(&vault).await.unwrap();
    vault.close().await;
}

/// Positions of bytes of sealed values and journal entries in the file.
async fn sealed_positions(place: &Place, whole: &[u8]) -> Vec<(usize, &'static str)> {
    use sqlx::{AssertSqlSafe, Connection, Executor, Row};
    let file = place.data().join("k1.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&file)
        .immutable(true);
    let mut conn = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    let mut out = Vec::new();
    for (what, sql) in [
        ("record", "SELECT sealed FROM records"),
        ("summary", "SELECT summary FROM records"),
        ("receipt", "SELECT sealed FROM receipts"),
        ("term", "SELECT digest FROM terms"),
        ("hash", "SELECT hash FROM journal"),
        ("entry", "SELECT CAST(entry AS BLOB) FROM journal"),
        ("part", "SELECT sealed FROM parts"),
        ("timer", "SELECT CAST(id AS BLOB) FROM timers"),
    ] {
        for row in conn.fetch_all(AssertSqlSafe(sql)).await.unwrap() {
            let bytes: Vec<u8> = row.get(0);
            // A run that is sure to lie in one page.
            let run = &bytes[..bytes.len().min(16)];
            let found = whole.windows(run.len()).position(|w| w == run);
            if let Some(start) = found {
                out.extend((start..start + run.len()).map(|at| (at, what)));
            }
        }
    }
    conn.close().await.unwrap();
    out
}
