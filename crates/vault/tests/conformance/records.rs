//! Making, reading, changing; two editors; what may not stand in clear; terms.

use vault::{Chance, Change, ClearData, Draft, OsChance, Store, Stored, Term, VaultError};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    create_read_update,
    two_editors,
    unknown_records,
    terms_search,
    none_is_left_out_however_many,
    no_term_reaches_the_address_store,
    identifiers_are_taken_once,
    a_key_left_behind_does_not_block_its_record,
    strange_text_survives,
    empty_change_and_large_record,
);

async fn create_read_update(place: Place) {
    let vault = place.open().await;
    let first = Draft::new("r1", &report("first"), full_clear()).unwrap();
    let done = vault
        .apply(Store::K1, Change::new(why(at(1))).create(first))
        .await
        .unwrap();
    assert_eq!(done.seq, 1);
    let seen = vault.load::<Report>("r1").await.unwrap();
    assert_eq!(
        (seen.version, &seen.body, &seen.clear),
        (1, &report("first"), &full_clear())
    );
    assert_eq!((seen.created, seen.updated), (at(1), at(1)));
    let second = Draft::new("r1", &report("second"), clear("closed")).unwrap();
    vault
        .apply(Store::K1, Change::new(why(at(9))).update(second, 1))
        .await
        .unwrap();
    let read = vault
        .apply(Store::K1, Change::new(why(at(10))).read("r1", &["text"]))
        .await
        .unwrap();
    assert_eq!(read.seq, 3);
    let raw = read.reads.into_iter().next().unwrap();
    assert_eq!((raw.kind(), raw.id()), ("report", "r1"));
    let seen = raw.typed::<Report>().unwrap();
    assert_eq!((seen.version, seen.body.text.as_str()), (2, "second"));
    assert_eq!(
        (seen.created, seen.updated, seen.clear),
        (at(1), at(9), clear("closed"))
    );
    let report = verify(&vault).await.unwrap();
    assert_eq!((report.records, report.entries), (1, 3));
    // It is there after closing and opening.
    vault.close().await;
    let vault = place.open().await;
    assert_eq!(
        vault.load::<Report>("r1").await.unwrap().body.text,
        "second"
    );
    vault.close().await;
}

async fn two_editors(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "first").await;
    let edit = |text: &str| Change::new(why(at(2))).update(draft("r1", text), 1);
    let (a, b) = tokio::join!(
        vault.apply(Store::K1, edit("anna")),
        vault.apply(Store::K1, edit("bert"))
    );
    assert_eq!(a.is_ok() as u8 + b.is_ok() as u8, 1);
    let lost = a.err().or(b.err()).unwrap();
    assert!(
        matches!(lost, VaultError::Conflict { seen: 1, .. }),
        "{lost}"
    );
    assert_eq!(vault.load::<Report>("r1").await.unwrap().version, 2);
    let far = Change::new(why(at(3))).update(draft("r1", "x"), i64::MAX);
    assert!(matches!(
        vault.apply(Store::K1, far).await,
        Err(VaultError::Conflict { .. })
    ));
    assert_eq!(verify(&vault).await.unwrap().entries, 2);
    vault.close().await;
}

async fn unknown_records(place: Place) {
    let vault = place.open().await;
    let not_found = |e: VaultError| matches!(e, VaultError::NotFound { .. });
    assert!(not_found(
        vault.load::<Report>("nothing").await.unwrap_err()
    ));
    let read = Change::new(why(at(0))).read("nothing", &["all"]);
    assert!(not_found(vault.apply(Store::K1, read).await.unwrap_err()));
    let update = Change::new(why(at(0))).update(draft("nothing", "x"), 1);
    assert!(not_found(vault.apply(Store::K1, update).await.unwrap_err()));
    let part = Change::new(why(at(0))).part("nothing", 0, vec![1]);
    assert!(not_found(vault.apply(Store::K1, part).await.unwrap_err()));
    let erase = Change::new(why(at(0))).erase("nothing");
    assert!(not_found(vault.apply(Store::K1, erase).await.unwrap_err()));
    // A record of one store is not in another, and a type has one store.
    create(&vault, "r1", "first").await;
    let elsewhere = Change::new(why(at(0))).read("r1", &["all"]);
    assert!(not_found(
        vault.apply(Store::K2, elsewhere).await.unwrap_err()
    ));
    let wrong = vault
        .apply(Store::K2, creation("r2", "x"))
        .await
        .unwrap_err();
    assert!(matches!(wrong, VaultError::Undeclared { .. }));
    assert!(not_found(vault.load::<Case>("r1").await.unwrap_err()));
    assert_eq!(verify(&vault).await.unwrap().entries, 1);
    vault.close().await;
}

async fn terms_search(place: Place) {
    let vault = place.open().await;
    let with = |id: &str, terms: &[(&str, &str)]| {
        let terms = terms.iter().map(|(k, v)| Term::new(k, *v)).collect();
        draft(id, id).with_terms(terms).unwrap()
    };
    let change = Change::new(why(at(0)))
        .create(with(
            "r1",
            &[("phone", "1"), ("plate", "1"), ("phone", "1")],
        ))
        .create(with("r2", &[("phone", "1"), ("phone", "2")]));
    vault.apply(Store::K1, change).await.unwrap();
    let ids = |found: vault::Applied| -> Vec<String> {
        found.reads.iter().map(|r| r.id().to_owned()).collect()
    };
    let seek = |kind: &str, value: &str| Change::new(why(at(1))).seek(kind, value);
    let found = vault.apply(Store::K1, seek("phone", "1")).await.unwrap();
    assert_eq!(ids(found), ["r1", "r2"]);
    assert_eq!(
        ids(vault.apply(Store::K1, seek("plate", "1")).await.unwrap()),
        ["r1"]
    );
    assert!(ids(vault.apply(Store::K1, seek("phone", "3")).await.unwrap()).is_empty());
    let loaded = vault.load_by_term::<Report>("phone", "2").await.unwrap();
    assert_eq!(loaded.len(), 1);
    // A change replaces the terms.
    let change = Change::new(why(at(2))).update(with("r2", &[("phone", "3")]), 1);
    vault.apply(Store::K1, change).await.unwrap();
    assert_eq!(
        ids(vault.apply(Store::K1, seek("phone", "1")).await.unwrap()),
        ["r1"]
    );
    assert_eq!(
        ids(vault.apply(Store::K1, seek("phone", "3")).await.unwrap()),
        ["r2"]
    );
    assert_eq!(verify(&vault).await.unwrap().terms, 3);
    vault.close().await;
}

/// A rule that gets some of the records and takes them for all counts wrongly.
async fn none_is_left_out_however_many(place: Place) {
    let vault = place.open().await;
    let all = 2_003;
    for first in (0..all).step_by(200) {
        let mut change = Change::new(why(at(0)));
        for n in first..all.min(first + 200) {
            let term = vec![Term::new("phone", "1")];
            let id = format!("r{n:05}");
            let draft = Draft::new(&id, &report("x"), full_clear()).unwrap();
            change = change.create(draft.with_terms(term).unwrap());
        }
        vault.apply(Store::K1, change).await.unwrap();
    }
    let wanted: Vec<String> = (0..all).map(|n| format!("r{n:05}")).collect();
    let ids = |found: Vec<vault::Opened<Report>>| -> Vec<String> {
        found.into_iter().map(|one| one.id).collect()
    };
    let by_term = vault.load_by_term::<Report>("phone", "1").await.unwrap();
    assert_eq!(ids(by_term), wanted);
    let under = vault.load_children::<Report>("parent-1").await.unwrap();
    assert_eq!(ids(under), wanted);
    let open = vault.load_all::<Report>(&["open", "new"]).await.unwrap();
    assert_eq!(ids(open), wanted);
    assert_eq!(vault.load_all::<Report>(&[]).await.unwrap().len(), all);
    assert!(vault.load_all::<Report>(&["new"]).await.unwrap().is_empty());
    vault.close().await;
}

#[test]
fn undeclared_clear_data_is_refused() {
    let body = Case {
        note: "n".to_owned(),
    };
    for set in [
        ClearData {
            org: Some("x".into()),
            ..clear("")
        },
        ClearData {
            region: Some("x".into()),
            ..clear("")
        },
        ClearData {
            assignee: Some("x".into()),
            ..clear("")
        },
        ClearData {
            parent: Some("x".into()),
            ..clear("")
        },
        ClearData {
            due: Some(at(0)),
            ..clear("")
        },
    ] {
        let refused = Draft::new("c1", &body, set).unwrap_err();
        assert!(
            matches!(refused, VaultError::Undeclared { kind: "case", .. }),
            "{refused}"
        );
    }
    let address = Address {
        street: "Dorpsstraat 1".to_owned(),
    };
    assert!(Draft::new("a1", &address, clear("open")).is_err());
    let terms = Draft::new("c1", &body, clear("open"))
        .unwrap()
        .with_terms(vec![Term::new("phone", "1")]);
    assert!(matches!(terms, Err(VaultError::Undeclared { .. })));
}

#[test]
fn the_address_store_refuses_terms() {
    let address = Address {
        street: "Dorpsstraat 1".to_owned(),
    };
    assert!(Address::KIND.terms.contains(&"street"));
    let refused = Draft::new("a1", &address, ClearData::default())
        .unwrap()
        .with_terms(vec![Term::new("street", "dorpsstraat 1")])
        .unwrap_err();
    assert!(refused.to_string().contains("never indexed"), "{refused}");
}

async fn identifiers_are_taken_once(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "first").await;
    let again = vault
        .apply(Store::K1, creation("r1", "second"))
        .await
        .unwrap_err();
    assert!(matches!(again, VaultError::AlreadyDone { .. }), "{again}");
    // The key was not replaced: the first is still readable.
    assert_eq!(vault.load::<Report>("r1").await.unwrap().body.text, "first");
    // Many at once with one name: one of them.
    let tasks: Vec<_> = (0..20)
        .map(|n| {
            let vault = vault.clone();
            tokio::spawn(async move {
                vault
                    .apply(Store::K1, creation("r2", &n.to_string()))
                    .await
                    .is_ok()
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += u32::from(task.await.unwrap());
    }
    assert_eq!(done, 1);
    vault.load::<Report>("r2").await.unwrap();
    assert_eq!(verify(&vault).await.unwrap().entries, 2);
    vault.close().await;
}

/// A stop between the ledger and the records leaves a key without a record; the same record, made again under
/// the same name (a disclosure delivered once more), must be accepted.
async fn a_key_left_behind_does_not_block_its_record(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "first").await;
    vault.close().await;
    for table in ["records", "journal", "counts"] {
        place
            .tamper(Store::K1, &format!("DELETE FROM {table}"))
            .await;
    }
    let other = place.another().await;
    let fresh = other.open().await;
    let head = fresh.signed_head(at(0)).await.unwrap().heads[0]
        .hash
        .clone();
    fresh.close().await;
    let bytes = match place.is_sqlite() {
        true => format!("x'{head}'"),
        false => format!("'\\x{head}'::bytea"),
    };
    place
        .tamper(
            Store::K1,
            &format!("UPDATE journal_head SET seq = 0, hash = {bytes}"),
        )
        .await;
    let vault = place.open().await;
    let receive = creation("r1", "again")
        .receive("d1")
        .receipt("key", b"b", b"a".to_vec(), at(99));
    assert_eq!(vault.apply(Store::K1, receive).await.unwrap().seq, 1);
    assert_eq!(vault.load::<Report>("r1").await.unwrap().body.text, "again");
    verify(&vault).await.unwrap();
    vault.close().await;
}

async fn strange_text_survives(place: Place) {
    let vault = place.open().await;
    let text = "\u{0}quote ' \" ; DROP TABLE records; -- \u{202e}\u{1F6AA} \u{10FFFF}\r\n";
    let change = Change::new(why(at(0))).create(
        draft("r1", text)
            .with_terms(vec![Term::new("phone", text)])
            .unwrap(),
    );
    vault.apply(Store::K1, change).await.unwrap();
    assert_eq!(vault.load::<Report>("r1").await.unwrap().body.text, text);
    assert_eq!(
        vault
            .load_by_term::<Report>("phone", text)
            .await
            .unwrap()
            .len(),
        1
    );
    let id = "'; --";
    create(&vault, id, "x").await;
    vault.load::<Report>(id).await.unwrap();
    verify(&vault).await.unwrap();
    vault.close().await;
}

async fn empty_change_and_large_record(place: Place) {
    let vault = place.open().await;
    let megabyte = "x".repeat(1 << 20);
    create(&vault, "r1", &megabyte).await;
    assert_eq!(
        vault.load::<Report>("r1").await.unwrap().body.text.len(),
        1 << 20
    );
    let too_much = "x".repeat(17 << 20);
    assert!(
        vault
            .apply(Store::K1, creation("r2", &too_much))
            .await
            .is_err()
    );
    assert_eq!(
        vault
            .apply(Store::K1, Change::new(why(at(0))))
            .await
            .unwrap()
            .seq,
        2
    );
    verify(&vault).await.unwrap();
    let mut bytes = [0u8; 4];
    OsChance.fill(&mut bytes);
    vault.close().await;
}

/// Nor by way of another store.
async fn no_term_reaches_the_address_store(place: Place) {
    let vault = place.open().await;
    let moved = draft("r1", "x")
        .with_terms(vec![Term::new("phone", "1")])
        .unwrap()
        .in_store(Store::Addresses);
    let refused = vault
        .apply(Store::Addresses, Change::new(why(at(0))).create(moved))
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("never indexed"), "{refused}");
    let plain = draft("r1", "x").in_store(Store::Addresses);
    let change = Change::new(why(at(0)))
        .create(plain)
        .look("journal", "k1", &["page"]);
    vault.apply(Store::Addresses, change).await.unwrap();
    let seen = vault
        .load_in::<Report>(Store::Addresses, "r1")
        .await
        .unwrap();
    assert_eq!(seen.body.text, "x");
    verify(&vault).await.unwrap();
    vault.close().await;
}
