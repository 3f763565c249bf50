//! Backup and restore: equal to the bit, between both kinds of store, and never half.

use std::path::{Path, PathBuf};

use vault::{Change, Draft, Store, Vault, restore};

use crate::erasure::copy_keys;
use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    restored_equal,
    from_one_kind_to_the_other_and_back,
    damaged_files_are_refused,
    a_backup_under_load_is_one_moment
);

async fn fill(vault: &Vault) {
    for n in 0..30 {
        let id = format!("r{n}");
        vault
            .apply(Store::K1, public_report(&id, &id, at(n)))
            .await
            .unwrap();
    }
    let part = Change::new(why(at(1)))
        .part("r1", 0, vec![9; 60_000])
        .send("r1", Store::K3);
    vault.apply(Store::K1, part).await.unwrap();
    let case = Draft::new("c1", &Case { note: "n".into() }, clear("open")).unwrap();
    let change = Change::new(why(at(1))).receive("r1").create(case);
    vault.apply(Store::K3, change).await.unwrap();
    let change = Change::new(why(at(2)))
        .update(draft("r2", "changed"), 1)
        .erase("r3");
    vault.apply(Store::K1, change).await.unwrap();
}

pub(crate) async fn backup(vault: &Vault, place: &Place, id: &str) -> (PathBuf, String) {
    let file = place.dir.path().join(format!("{id}.backup"));
    let mut out = std::fs::File::create(&file).unwrap();
    let report = vault.backup(&mut out, id, id).await.unwrap();
    (file, report.state_hash)
}

pub(crate) async fn restored(from: &Place, file: &Path, to: &Place) -> Vault {
    copy_keys(from, to);
    restore(file, to.settings()).await.unwrap();
    to.open().await
}

async fn restored_equal(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let (file, hash) = backup(&vault, &place, "b1").await;
    assert_eq!(vault.state_hash().await.unwrap().state_hash, hash);
    // The name is taken now.
    let mut sink = Vec::new();
    assert!(vault.backup(&mut sink, "again", "b1").await.is_err());
    // What comes after is not in it.
    create(&vault, "later", "x").await;
    assert_ne!(vault.state_hash().await.unwrap().state_hash, hash);
    let text = std::fs::read(&file).unwrap();
    assert!(!text.windows(8).any(|w| w == b"car wash"));
    let target = place.another().await;
    let copy = restored(&place, &file, &target).await;
    assert_eq!(copy.state_hash().await.unwrap().state_hash, hash);
    let (a, b) = (verify(&vault).await.unwrap(), verify(&copy).await.unwrap());
    assert_eq!(
        (a.records - 1, a.entries - 1, a.parts),
        (b.records, b.entries, b.parts)
    );
    assert_eq!(
        copy.load::<Report>("r2").await.unwrap().body.text,
        "changed"
    );
    assert_eq!(
        copy.part(Store::K1, "r1", 0).await.unwrap().unwrap(),
        vec![9; 60_000]
    );
    // The copy goes on where the original was: the same answer to a repetition, and new changes.
    let again = copy
        .apply(Store::K1, public_report("r9", "r9", at(9)))
        .await
        .unwrap();
    assert_eq!(again.replayed.as_deref(), Some(b"r9".as_slice()));
    create(&copy, "new", "x").await;
    verify(&copy).await.unwrap();
    copy.close().await;
    // Not over data that is there.
    let refused = restore(&file, target.settings())
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("already holds data"), "{refused}");
    let vault2 = target.open().await;
    vault2.load::<Report>("new").await.unwrap();
    vault2.close().await;
    vault.close().await;
}

async fn from_one_kind_to_the_other_and_back(place: Place) {
    let Some(postgres) = Place::postgres().await else {
        return;
    };
    let other = match place.is_sqlite() {
        true => postgres,
        false => Place::sqlite(),
    };
    let vault = place.open().await;
    fill(&vault).await;
    let (file, hash) = backup(&vault, &place, "b1").await;
    vault.close().await;
    let across = restored(&place, &file, &other).await;
    assert_eq!(across.state_hash().await.unwrap().state_hash, hash);
    verify(&across).await.unwrap();
    let (file, again) = backup(&across, &other, "b2").await;
    assert_eq!(again, hash);
    across.close().await;
    let back = place.another().await;
    let vault = restored(&other, &file, &back).await;
    assert_eq!(vault.state_hash().await.unwrap().state_hash, hash);
    verify(&vault).await.unwrap();
    vault.close().await;
}

async fn damaged_files_are_refused(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    let (file, _) = backup(&vault, &place, "b1").await;
    vault.close().await;
    let whole = std::fs::read(&file).unwrap();
    let target = place.another().await;
    copy_keys(&place, &target);
    let bad = place.dir.path().join("bad");
    let mut cases: Vec<Vec<u8>> = [0, 5, 20, 300, whole.len() / 2, whole.len() - 1]
        .into_iter()
        .map(|n| whole[..n].to_vec())
        .collect();
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        cases.push(flipped);
    }
    cases.push([whole.as_slice(), b"more"].concat());
    let mut refused = 0;
    for case in &cases {
        std::fs::write(&bad, case).unwrap();
        match restore(&bad, target.settings()).await {
            Err(_) => refused += 1,
            // A flip in the recorded path of the key directory changes nothing; more bytes behind the end neither.
            Ok(_) => panic!("a damaged backup was restored"),
        }
        if place.is_sqlite() {
            assert!(
                !target.data().join("k1.db").exists(),
                "something was left behind"
            );
        }
    }
    assert_eq!(refused, cases.len());
    // Without its ledger copy, and under other keys, it says what is missing.
    std::fs::remove_file(target.keys().join("copies/b1.ledger")).unwrap();
    let fault = restore(&file, target.settings())
        .await
        .unwrap_err()
        .to_string();
    assert!(fault.contains("b1.ledger"), "{fault}");
}

/// A backup while disclosures go both ways: never delivered in the sender and absent in the receiver.
async fn a_backup_under_load_is_one_moment(place: Place) {
    let vault = place.open().await;
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mut movers = Vec::new();
    for mover in 0..4 {
        let (vault, stop) = (vault.clone(), stop.clone());
        movers.push(tokio::spawn(async move {
            let mut n = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                n += 1;
                let id = format!("d{mover}-{n}");
                let case = Draft::new(&id, &Case { note: "n".into() }, clear("open")).unwrap();
                let send = Change::new(why(at(0))).create(case).send(&id, Store::K1);
                vault.apply(Store::K3, send).await.unwrap();
                let receive = Change::new(why(at(1))).receive(&id);
                vault.apply(Store::K1, receive).await.unwrap();
                let done = Change::new(why(at(2))).delivered(&id);
                vault.apply(Store::K3, done).await.unwrap();
            }
            n
        }));
    }
    let mut files = Vec::new();
    for n in 0..3 {
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        files.push(backup(&vault, &place, &format!("b{n}")).await);
        verify(&vault).await.unwrap();
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    for mover in movers {
        assert!(mover.await.unwrap() > 0);
    }
    vault.close().await;
    for (file, hash) in files {
        let target = place.another().await;
        let copy = restored(&place, &file, &target).await;
        assert_eq!(copy.state_hash().await.unwrap().state_hash, hash);
        verify(&copy).await.unwrap();
        let delivered = "SELECT count(*) FROM outbox WHERE delivered_at IS NOT NULL";
        let delivered = target.number(Store::K3, delivered).await;
        let received = target.number(Store::K1, "SELECT count(*) FROM inbox").await;
        assert!(
            delivered <= received,
            "{delivered} delivered, {received} received"
        );
        copy.close().await;
    }
}
