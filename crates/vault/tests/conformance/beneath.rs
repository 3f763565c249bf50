//! What can be asked of a record without opening its seal: what stands in clear of it, and what lies under it.

use vault::{Change, ClearData, Draft, Store, Vault};

use crate::place::Place;
use crate::types::*;

on_both!(
    clear_columns_are_told_without_the_seal,
    everything_under_a_record_is_found_once,
);

/// A record under another.
async fn under(vault: &Vault, id: &str, parent: &str) {
    let clear = ClearData {
        parent: Some(parent.to_owned()),
        ..clear("open")
    };
    let draft = Draft::new(id, &report("x"), clear).unwrap();
    vault
        .apply(Store::K1, Change::new(why(at(0))).create(draft))
        .await
        .unwrap();
}

async fn clear_columns_are_told_without_the_seal(place: Place) {
    let vault = place.open().await;
    let secret = Draft::new("r1", &report("CANARY"), full_clear()).unwrap();
    let change = Change::new(why(at(0))).create(secret);
    vault.apply(Store::K1, change).await.unwrap();
    let entries = vault.verify(&mut |_, _| {}).await.unwrap().entries;

    let (kind, clear, version) = vault.clear_of(Store::K1, "r1").await.unwrap().unwrap();
    assert_eq!((kind.as_str(), version), ("report", 1));
    assert_eq!(clear, full_clear());
    assert!(vault.clear_of(Store::K1, "r2").await.unwrap().is_none());
    assert!(
        vault.clear_of(Store::K2, "r1").await.unwrap().is_none(),
        "another store knows nothing of it"
    );

    let changed = ClearData {
        state: "closed".to_owned(),
        ..full_clear()
    };
    let draft = Draft::new("r1", &report("CANARY"), changed.clone()).unwrap();
    let change = Change::new(why(at(1))).update(draft, 1);
    vault.apply(Store::K1, change).await.unwrap();
    let (_, clear, version) = vault.clear_of(Store::K1, "r1").await.unwrap().unwrap();
    assert_eq!((clear, version), (changed, 2));

    let erased = Change::new(why(at(2))).erase("r1");
    vault.apply(Store::K1, erased).await.unwrap();
    assert!(
        vault.clear_of(Store::K1, "r1").await.unwrap().is_none(),
        "of an erased record nothing is told"
    );
    let now = vault.verify(&mut |_, _| {}).await.unwrap().entries;
    assert_eq!(
        now - entries,
        2,
        "asking shows nothing personal and leaves no entry"
    );
    vault.close().await;
}

async fn everything_under_a_record_is_found_once(place: Place) {
    let vault = place.open().await;
    create(&vault, "top", "x").await;
    create(&vault, "other", "x").await;
    for (id, parent) in [
        ("a", "top"),
        ("b", "top"),
        ("a1", "a"),
        ("a11", "a1"),
        ("elsewhere", "other"),
    ] {
        under(&vault, id, parent).await;
    }
    let found = async |id: &str| {
        let mut ids = vault.ids_under(Store::K1, id).await.unwrap();
        ids.sort();
        ids
    };
    assert_eq!(found("top").await, ["a", "a1", "a11", "b"]);
    assert_eq!(found("a1").await, ["a11"]);
    assert!(found("a11").await.is_empty());
    assert!(found("nothing").await.is_empty());
    assert!(
        vault.ids_under(Store::K3, "top").await.unwrap().is_empty(),
        "the records of a store lie under those of that store"
    );

    // What is erased is under nothing any more; what lay under it is no longer reached through it.
    let erased = Change::new(why(at(1))).erase("a1");
    vault.apply(Store::K1, erased).await.unwrap();
    assert_eq!(found("top").await, ["a", "b"]);

    // Two records that name each other as parent end the search all the same.
    under(&vault, "x", "y").await;
    under(&vault, "y", "x").await;
    assert_eq!(found("x").await, ["x", "y"]);
    vault.close().await;
}
