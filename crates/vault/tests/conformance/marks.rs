//! How far a reader of a journal has come.

use vault::Store;

use crate::backups::{backup, restored};
use crate::place::Place;
use crate::types::*;

on_both!(a_mark_moves_once_and_stays, made_up_stays_made_up);

async fn made_up_stays_made_up(place: Place) {
    let vault = place.open().await;
    assert!(!vault.is_made_up().await.unwrap());
    vault.say_made_up().await.unwrap();
    vault.say_made_up().await.unwrap();
    vault.close().await;

    let vault = place.open().await;
    assert!(vault.is_made_up().await.unwrap());
    let (file, _) = backup(&vault, &place, "b1").await;
    vault.close().await;
    let other = place.another().await;
    let vault = restored(&place, &file, &other).await;
    assert!(vault.is_made_up().await.unwrap(), "a copy is as made up");
    vault.close().await;
}

async fn a_mark_moves_once_and_stays(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "x").await;
    assert_eq!(vault.mark(Store::K1, "log").await.unwrap(), 0);
    assert!(vault.move_mark(Store::K1, "log", 0, 7).await.unwrap());
    assert!(
        !vault.move_mark(Store::K1, "log", 0, 9).await.unwrap(),
        "another was first"
    );
    assert_eq!(vault.mark(Store::K1, "log").await.unwrap(), 7);
    assert!(
        vault.move_mark(Store::K1, "log", 7, 3).await.unwrap(),
        "a reader may begin again"
    );
    assert_eq!(vault.mark(Store::K1, "other").await.unwrap(), 0);
    assert_eq!(vault.mark(Store::K2, "log").await.unwrap(), 0);
    vault.close().await;

    let vault = place.open().await;
    assert_eq!(vault.mark(Store::K1, "log").await.unwrap(), 3);
    vault.close().await;
}
