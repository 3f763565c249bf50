//! Many changes at once: one that fails does not take the others with it, and the chain has no gap.

use vault::{Change, Store, VaultError};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    one_bad_change_among_many,
    two_hundred_at_once,
    the_same_record_by_many,
    closing_answers_everyone
);

async fn one_bad_change_among_many(place: Place) {
    let vault = place.open().await;
    create(&vault, "r0", "x").await;
    let tasks: Vec<_> = (1..100)
        .map(|n| {
            let vault = vault.clone();
            tokio::spawn(async move {
                let change = match n % 20 {
                    // A conflict, a name taken, something missing, and a text that PostgreSQL cannot keep.
                    3 => Change::new(why(at(n))).update(draft("r0", "x"), 7),
                    7 => creation("r0", "x"),
                    11 => Change::new(why(at(n))).delivered("nothing"),
                    13 => {
                        let mut why = why(at(n));
                        why.actor = "\u{0}".to_owned();
                        Change::new(why).create(draft(&format!("r{n}"), "x"))
                    }
                    _ => creation(&format!("r{n}"), "x"),
                };
                (n, vault.apply(Store::K1, change).await)
            })
        })
        .collect();
    let mut seqs = vec![1];
    for task in tasks {
        let (n, done) = task.await.unwrap();
        match n % 20 {
            3 => assert!(matches!(done, Err(VaultError::Conflict { .. }))),
            7 | 11 => assert!(matches!(done, Err(VaultError::AlreadyDone { .. }))),
            13 => seqs.extend(done.ok().map(|d| d.seq)),
            _ => seqs.push(done.unwrap().seq),
        }
    }
    seqs.sort();
    assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>());
    let report = verify(&vault).await.unwrap();
    assert_eq!(report.entries, seqs.len() as i64);
    assert_eq!(report.records, seqs.len() as u64);
    vault.close().await;
}

async fn two_hundred_at_once(place: Place) {
    let vault = place.open().await;
    let tasks: Vec<_> = (0..200)
        .map(|n| {
            let vault = vault.clone();
            tokio::spawn(async move {
                for round in 0..5 {
                    let id = format!("r{n:03}-{round}");
                    let change = public_report(&id, &id, at(n * 10 + round));
                    vault.apply(Store::K1, change).await.unwrap();
                    vault.load::<Report>(&id).await.unwrap();
                    let read = Change::new(why(at(0))).read(&id, &["text"]);
                    assert_eq!(vault.apply(Store::K1, read).await.unwrap().reads.len(), 1);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let report = verify(&vault).await.unwrap();
    assert_eq!((report.records, report.entries), (1000, 2000));
    assert_eq!((report.terms, report.receipts), (1000, 1000));
    assert_eq!(
        vault.due(Store::K1, at(100_000), 5000).await.unwrap().len(),
        1000
    );
    vault.close().await;
}

/// Everybody edits one record, reading again after a conflict: every edit counts once.
async fn the_same_record_by_many(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "").await;
    let tasks: Vec<_> = (0..10)
        .map(|n| {
            let vault = vault.clone();
            tokio::spawn(async move {
                for _ in 0..3 {
                    loop {
                        let seen = vault.load::<Report>("r1").await.unwrap();
                        let text = format!("{}{n} ", seen.body.text);
                        let change =
                            Change::new(why(at(1))).update(draft("r1", &text), seen.version);
                        match vault.apply(Store::K1, change).await {
                            Ok(_) => break,
                            Err(VaultError::Conflict { .. }) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seen = vault.load::<Report>("r1").await.unwrap();
    assert_eq!(seen.version, 31);
    assert_eq!(seen.body.text.split_whitespace().count(), 30);
    verify(&vault).await.unwrap();
    vault.close().await;
}

/// Closing while clones are at work: each change is written or answered with "closing", none hangs.
async fn closing_answers_everyone(place: Place) {
    let vault = place.open().await;
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let vault = vault.clone();
            tokio::spawn(async move {
                vault
                    .apply(Store::K1, creation(&format!("r{n}"), "x"))
                    .await
            })
        })
        .collect();
    vault.close().await;
    let mut written = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => written += 1,
            Err(VaultError::Closed) => {}
            Err(other) => panic!("{other}"),
        }
    }
    let vault = place.open().await;
    assert_eq!(verify(&vault).await.unwrap().records, written);
    vault.close().await;
}
