//! The copy in memory: as fresh as the store, whoever wrote.

use vault::{Change, ClearData, Draft, Mirror, Store};

use crate::place::Place;
use crate::types::*;

on_both!(a_copy_sees_what_another_process_made_changed_and_erased);

async fn a_copy_sees_what_another_process_made_changed_and_erased(place: Place) {
    let vault = place.open().await;
    let other = place.open().await;
    let mirror: Mirror<Report> = Mirror::default();
    let draft =
        |id: &str, words: &str| Draft::new(id, &report(words), ClearData::default()).unwrap();
    let seen = async || {
        let seen = mirror.look(&vault).await.unwrap();
        let texts = seen
            .records
            .values()
            .map(|r| (r.id.clone(), r.version, r.body.clone()));
        texts.collect::<Vec<_>>()
    };
    assert_eq!(seen().await, []);

    let change = Change::new(why(at(0)))
        .create(draft("a", "one"))
        .create(draft("b", "two"));
    other.apply(Store::K1, change).await.unwrap();
    let both = [
        ("a".into(), 1, report("one")),
        ("b".into(), 1, report("two")),
    ];
    assert_eq!(seen().await, both);

    // Nothing new: the very same copy.
    let before = mirror.look(&vault).await.unwrap();
    let after = mirror.look(&vault).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &after));

    let change = Change::new(why(at(1))).update(draft("a", "three"), 1);
    other.apply(Store::K1, change).await.unwrap();
    let changed = [
        ("a".into(), 2, report("three")),
        ("b".into(), 1, report("two")),
    ];
    assert_eq!(seen().await, changed);

    // A change that is refused leaves the copy as it is.
    let stale = Change::new(why(at(2))).update(draft("a", "four"), 1);
    assert!(other.apply(Store::K1, stale).await.is_err());
    assert_eq!(seen().await, changed);

    let change = Change::new(why(at(3))).erase("a");
    other.apply(Store::K1, change).await.unwrap();
    assert_eq!(seen().await, [("b".into(), 1, report("two"))]);

    // A copy that begins now sees the same.
    let fresh: Mirror<Report> = Mirror::default();
    let ids: Vec<String> = fresh
        .look(&vault)
        .await
        .unwrap()
        .records
        .keys()
        .cloned()
        .collect();
    assert_eq!(ids, ["b"]);
}
