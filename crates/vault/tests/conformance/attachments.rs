//! Attachments: part by part, sealed, never larger than a part may be.

use vault::{Change, PART_BYTES, Store};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(parts_come_back, parts_are_refused);

async fn parts_come_back(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "photo").await;
    let part = |n: u8| vec![n; PART_BYTES - usize::from(n)];
    for n in 0..5 {
        vault
            .store_part(Store::K1, why(at(0)), "r1", i64::from(n), part(n))
            .await
            .unwrap();
    }
    for n in 0..5 {
        let read = vault.part(Store::K1, "r1", i64::from(n)).await.unwrap();
        assert_eq!(read, Some(part(n)));
    }
    assert_eq!(vault.part(Store::K1, "r1", 5).await.unwrap(), None);
    // A record and its first part in one change.
    let change = creation("r2", "photo").part("r2", 0, b"small".to_vec());
    vault.apply(Store::K1, change).await.unwrap();
    assert_eq!(
        vault.part(Store::K1, "r2", 0).await.unwrap(),
        Some(b"small".to_vec())
    );
    assert_eq!(verify(&vault).await.unwrap().parts, 6);
    vault.close().await;
}

async fn parts_are_refused(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "photo").await;
    let store = |n: i64, bytes: Vec<u8>| vault.store_part(Store::K1, why(at(0)), "r1", n, bytes);
    assert!(store(0, vec![0; PART_BYTES + 1]).await.is_err());
    store(0, vec![1]).await.unwrap();
    assert!(store(0, vec![2]).await.is_err());
    assert_eq!(vault.part(Store::K1, "r1", 0).await.unwrap(), Some(vec![1]));
    vault
        .apply(Store::K1, Change::new(why(at(1))).erase("r1"))
        .await
        .unwrap();
    assert_eq!(vault.part(Store::K1, "r1", 0).await.unwrap(), None);
    assert!(store(1, vec![3]).await.is_err());
    assert_eq!(verify(&vault).await.unwrap().parts, 0);
    vault.close().await;
}
