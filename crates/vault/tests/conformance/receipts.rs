//! The same idempotency key and body give the same answer and change nothing; another body is refused.

use vault::{Change, Store, Timer, VaultError};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    same_answer_again,
    nothing_of_a_repetition_stays,
    many_repetitions_at_once,
    answers_expire
);

fn with_receipt(id: &str, key: &str, body: &[u8]) -> Change {
    creation(id, "x").receipt(key, body, format!("code of {id}").into_bytes(), at(1000))
}

async fn same_answer_again(place: Place) {
    let vault = place.open().await;
    let first = vault
        .apply(Store::K1, with_receipt("r1", "k", b"b"))
        .await
        .unwrap();
    assert!(first.replayed.is_none());
    let again = vault
        .apply(Store::K1, with_receipt("r2", "k", b"b"))
        .await
        .unwrap();
    assert_eq!(again.replayed.as_deref(), Some(b"code of r1".as_slice()));
    assert_eq!(again.seq, 0);
    // Also when the repetition makes the very same record.
    let same = vault
        .apply(Store::K1, with_receipt("r1", "k", b"b"))
        .await
        .unwrap();
    assert_eq!(same.replayed.as_deref(), Some(b"code of r1".as_slice()));
    let other = vault
        .apply(Store::K1, with_receipt("r3", "k", b"c"))
        .await
        .unwrap_err();
    assert!(matches!(other, VaultError::KeyReused), "{other}");
    let report = verify(&vault).await.unwrap();
    assert_eq!((report.records, report.entries, report.receipts), (1, 1, 1));
    // Across a restart.
    vault.close().await;
    let vault = place.open().await;
    let again = vault
        .apply(Store::K1, with_receipt("r4", "k", b"b"))
        .await
        .unwrap();
    assert_eq!(again.replayed.as_deref(), Some(b"code of r1".as_slice()));
    vault.close().await;
}

/// Wherever the receipt stands in the change, a repetition leaves no record, timer or disclosure.
async fn nothing_of_a_repetition_stays(place: Place) {
    let vault = place.open().await;
    vault
        .apply(Store::K1, with_receipt("r1", "k", b"b"))
        .await
        .unwrap();
    let timer = Timer {
        id: "t".to_owned(),
        due: at(5),
        kind: "outcome".to_owned(),
        record: "r2".to_owned(),
    };
    let repetition = Change::new(why(at(1)))
        .update(draft("r1", "changed"), 1)
        .create(draft("r2", "x"))
        .timer(timer)
        .send("r2", Store::K3)
        .receipt("k", b"b", b"other".to_vec(), at(1000));
    let done = vault.apply(Store::K1, repetition).await.unwrap();
    assert_eq!(done.replayed.as_deref(), Some(b"code of r1".as_slice()));
    assert_eq!(vault.load::<Report>("r1").await.unwrap().version, 1);
    assert!(vault.load::<Report>("r2").await.is_err());
    assert!(vault.due(Store::K1, at(100), 9).await.unwrap().is_empty());
    assert!(vault.undelivered(Store::K1, 9).await.unwrap().is_empty());
    assert_eq!(verify(&vault).await.unwrap().entries, 1);
    vault.close().await;
}

async fn many_repetitions_at_once(place: Place) {
    let vault = place.open().await;
    let other = place.open().await;
    let tasks: Vec<_> = (0..60)
        .map(|n| {
            let vault = if n % 2 == 0 { &vault } else { &other }.clone();
            tokio::spawn(async move {
                let key = format!("k{}", n % 5);
                let change = with_receipt(&format!("r{n}"), &key, b"b");
                let done = vault.apply(Store::K1, change).await.unwrap();
                let answer = done
                    .replayed
                    .unwrap_or(format!("code of r{n}").into_bytes());
                (n % 5, answer)
            })
        })
        .collect();
    let mut answers = std::collections::BTreeSet::new();
    for task in tasks {
        answers.insert(task.await.unwrap());
    }
    // One answer a key.
    assert_eq!(answers.len(), 5);
    assert_eq!(verify(&vault).await.unwrap().records, 5);
    vault.close().await;
    other.close().await;
}

async fn answers_expire(place: Place) {
    let vault = place.open().await;
    vault
        .apply(Store::K1, with_receipt("r1", "k", b"b"))
        .await
        .unwrap();
    let later = Change::new(why(at(1000))).create(draft("r2", "x")).receipt(
        "k",
        b"c",
        b"new".to_vec(),
        at(2000),
    );
    let done = vault.apply(Store::K1, later).await.unwrap();
    assert!(done.replayed.is_none() && done.seq == 2);
    assert_eq!(vault.forget_receipts(Store::K1, at(1999)).await.unwrap(), 0);
    assert_eq!(vault.forget_receipts(Store::K1, at(2000)).await.unwrap(), 1);
    verify(&vault).await.unwrap();
    vault.close().await;
}
