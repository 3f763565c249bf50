//! Who looked: every entry that names a record is found, wherever it stands in the entry.

use vault::{Change, ClearData, Draft, Store, Vault};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    every_entry_that_names_a_record_is_found,
    what_one_actor_did_is_found_by_time,
    the_index_is_filled_for_a_store_that_had_none,
    an_index_that_says_something_else_is_found,
    outlines_tell_what_stands_in_clear,
);

fn by(actor: &str, millis: i64) -> vault::Context {
    vault::Context {
        actor: actor.to_owned(),
        ..why(at(millis))
    }
}

async fn fill(vault: &Vault) {
    for id in ["r1", "r2", "r3"] {
        create(vault, id, "x").await;
    }
    let read = |actor, ids: &[&str], millis| {
        ids.iter()
            .fold(Change::new(by(actor, millis)), |change, id| {
                change.read(*id, &["all"])
            })
    };
    for change in [
        read("anna", &["r1", "r2", "r3"], 10),
        read("bert", &["r2", "r1"], 20),
        read("anna", &["r3", "r3"], 30),
    ] {
        vault.apply(Store::K1, change).await.unwrap();
    }
}

async fn of(vault: &Vault, ids: &[&str]) -> Vec<i64> {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let found = vault.journal_of(Store::K1, &ids, 100).await.unwrap();
    found.iter().map(|entry| entry.seq).collect()
}

async fn every_entry_that_names_a_record_is_found(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    assert_eq!(of(&vault, &["r1"]).await, [5, 4, 1]);
    assert_eq!(of(&vault, &["r2"]).await, [5, 4, 2]);
    assert_eq!(of(&vault, &["r3"]).await, [6, 4, 3]);
    assert_eq!(
        of(&vault, &["r1", "r3"]).await,
        [6, 5, 4, 3, 1],
        "each once"
    );
    assert!(of(&vault, &["r"]).await.is_empty());
    assert!(of(&vault, &[]).await.is_empty());
    let newest = vault
        .journal_of(Store::K1, &["r1".to_owned()], 2)
        .await
        .unwrap();
    assert_eq!(newest.iter().map(|e| e.seq).collect::<Vec<_>>(), [5, 4]);
    assert!(
        vault
            .journal_of(Store::K2, &["r1".to_owned()], 9)
            .await
            .unwrap()
            .is_empty()
    );

    // A search that found several names them all.
    for (id, phone) in [("p1", "1"), ("p2", "1"), ("p3", "2")] {
        let draft = Draft::new(id, &report("x"), ClearData::default())
            .unwrap()
            .with_terms(vec![vault::Term::new("phone", phone)])
            .unwrap();
        vault
            .apply(Store::K1, Change::new(by("anna", 40)).create(draft))
            .await
            .unwrap();
    }
    let seek = Change::new(by("bert", 50)).seek("phone", "1");
    let sought = vault.apply(Store::K1, seek).await.unwrap().seq;
    assert!(of(&vault, &["p1"]).await.contains(&sought));
    assert!(of(&vault, &["p2"]).await.contains(&sought));
    assert!(!of(&vault, &["p3"]).await.contains(&sought));
    verify(&vault).await.unwrap();

    let at = vault.journal_at(Store::K1, &[4, 1, 99]).await.unwrap();
    assert_eq!(at.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 4]);
    let after = vault.journal_after(Store::K1, 4, 2).await.unwrap();
    assert_eq!(after.iter().map(|e| e.seq).collect::<Vec<_>>(), [5, 6]);
    vault.close().await;
}

async fn what_one_actor_did_is_found_by_time(place: Place) {
    let vault = place.open().await;
    for n in 0..450 {
        let actor = if n % 2 == 0 { "anna" } else { "bert" };
        let look = Change::new(by(actor, n)).look("journal", "k1", &[]);
        vault.apply(Store::K1, look).await.unwrap();
    }
    let seqs = |found: Vec<vault::Entry>| found.iter().map(|e| e.seq).collect::<Vec<_>>();
    let since = |millis, limit| {
        let vault = vault.clone();
        async move {
            vault
                .journal_by(Store::K1, "anna", at(millis), limit)
                .await
                .unwrap()
        }
    };
    assert_eq!(seqs(since(444, 100).await), [445, 447, 449]);
    assert_eq!(seqs(since(444, 2).await), [447, 449], "the newest");
    assert_eq!(since(0, 1000).await.len(), 225);
    assert!(since(1000, 10).await.is_empty());
    let (actors, last) = vault.actors_after(Store::K1, 448, 100).await.unwrap();
    assert_eq!(
        (actors.into_iter().collect::<Vec<_>>(), last),
        (vec!["anna".to_owned(), "bert".to_owned()], 450)
    );
    let (actors, last) = vault.actors_after(Store::K1, 450, 100).await.unwrap();
    assert!(actors.is_empty() && last == 450);
    vault.close().await;
}

async fn the_index_is_filled_for_a_store_that_had_none(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let mut backup = Vec::new();
    vault.backup(&mut backup, "backup", "one").await.unwrap();
    vault.close().await;
    // As an older program left it.
    place.tamper(Store::K1, "DROP TABLE journal_records").await;
    place
        .tamper(Store::K1, "DELETE FROM schema_version WHERE version = 3")
        .await;
    let vault = place.open().await;
    assert_eq!(of(&vault, &["r2"]).await, [5, 4, 2]);
    verify(&vault).await.unwrap();
    vault.close().await;

    // And after a restore, whose file holds entries only.
    let file = place.dir.path().join("file.backup");
    std::fs::write(&file, &backup).unwrap();
    let other = place.another().await;
    crate::erasure::copy_keys(&place, &other);
    vault::restore(&file, other.settings()).await.unwrap();
    let vault = other.open().await;
    assert_eq!(of(&vault, &["r2"]).await, [5, 4, 2]);
    verify(&vault).await.unwrap();
    vault.close().await;
}

async fn an_index_that_says_something_else_is_found(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    verify(&vault).await.unwrap();
    for (sql, undo) in [
        (
            "DELETE FROM journal_records WHERE record = 'r2' AND seq = 4",
            "INSERT INTO journal_records VALUES ('r2', 4)",
        ),
        (
            "INSERT INTO journal_records VALUES ('r9', 4)",
            "DELETE FROM journal_records WHERE record = 'r9'",
        ),
        (
            "UPDATE journal_records SET seq = 1 WHERE record = 'r1' AND seq = 5",
            "UPDATE journal_records SET seq = 5 WHERE record = 'r1' AND seq = 1",
        ),
    ] {
        assert_eq!(place.tamper(Store::K1, sql).await, 1, "{sql}");
        let fault = verify(&vault).await.expect_err(sql).to_string();
        assert!(fault.contains("index of records in the journal"), "{fault}");
        assert_eq!(place.tamper(Store::K1, undo).await, 1, "{undo}");
        verify(&vault).await.unwrap();
    }
    vault.close().await;
}

async fn outlines_tell_what_stands_in_clear(place: Place) {
    let vault = place.open().await;
    let first = Draft::new("r1", &report("CANARY"), full_clear()).unwrap();
    vault
        .apply(Store::K1, Change::new(why(at(0))).create(first))
        .await
        .unwrap();
    create(&vault, "r2", "two").await;
    vault
        .apply(Store::K1, Change::new(why(at(2))).erase("r2"))
        .await
        .unwrap();
    let ids: Vec<String> = ["r2", "r1", "r3", "r1"].map(str::to_owned).to_vec();
    let found = vault.outlines(Store::K1, &ids).await.unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (
            found[0].id.as_str(),
            found[0].kind.as_str(),
            found[0].erased
        ),
        ("r1", "report", false)
    );
    assert_eq!((&found[0].clear, found[0].created), (&full_clear(), at(0)));
    assert!(found[1].erased && found[1].clear.org.is_none());
    assert!(!format!("{found:?}").contains("CANARY"));
    vault.close().await;
}
