//! Timers fire once, whoever runs; disclosures are delivered at least once and applied once.

use vault::{Change, Draft, Store, Timer, VaultError};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(
    timers_fire_once,
    timers_move_and_stop,
    a_timer_is_never_early,
    disclosures_arrive_once
);

fn timer(id: &str, due: i64) -> Timer {
    Timer {
        id: id.to_owned(),
        due: at(due),
        kind: "outcome".to_owned(),
        record: "r1".to_owned(),
    }
}

async fn timers_fire_once(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "x").await;
    let set = (0..10).fold(Change::new(why(at(0))), |c, n| {
        c.timer(timer(&format!("t{n}"), n))
    });
    vault.apply(Store::K1, set).await.unwrap();
    let other = place.open().await;
    let due = vault.due(Store::K1, at(100), 100).await.unwrap();
    assert_eq!(due.len(), 10);
    assert_eq!(due[3].timer, timer("t3", 3));
    let mut racers = Vec::new();
    for n in 0..4 {
        let (vault, due) = (
            if n % 2 == 0 { &vault } else { &other }.clone(),
            due.clone(),
        );
        racers.push(tokio::spawn(async move {
            let mut fired = Vec::new();
            for item in due {
                // The effect of firing is a record of its own.
                let id = format!("effect-{n}-{}", item.timer.id);
                let change = creation(&id, "fired").fire(&item.timer);
                match vault.apply(Store::K1, change).await {
                    Ok(_) => fired.push(item.timer.id),
                    Err(VaultError::AlreadyDone { .. }) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            fired
        }));
    }
    let mut all = Vec::new();
    for racer in racers {
        all.extend(racer.await.unwrap());
    }
    all.sort();
    assert_eq!(all, (0..10).map(|n| format!("t{n}")).collect::<Vec<_>>());
    assert!(vault.due(Store::K1, at(100), 100).await.unwrap().is_empty());
    // Each effect once, and none of those that lost.
    assert_eq!(verify(&vault).await.unwrap().records, 11);
    vault.close().await;
    other.close().await;
}

async fn timers_move_and_stop(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "x").await;
    // Set twice in one change: the last counts, on both databases.
    let twice = Change::new(why(at(0)))
        .timer(timer("t", 5))
        .timer(timer("t", 50));
    vault.apply(Store::K1, twice).await.unwrap();
    assert!(vault.due(Store::K1, at(49), 9).await.unwrap().is_empty());
    let due = vault.due(Store::K1, at(50), 9).await.unwrap();
    assert_eq!(due.len(), 1);
    vault.put_off(&due[0], at(80)).await.unwrap();
    assert!(vault.due(Store::K1, at(79), 9).await.unwrap().is_empty());
    assert_eq!(
        vault.due(Store::K1, at(80), 9).await.unwrap()[0].attempts,
        1
    );
    // Fired and set again in one change: a recurring clock.
    let again = Change::new(why(at(81)))
        .fire(&timer("t", 80))
        .timer(timer("t", 90));
    vault.apply(Store::K1, again).await.unwrap();
    assert_eq!(
        vault.due(Store::K1, at(90), 9).await.unwrap()[0].attempts,
        0
    );
    let stop = Change::new(why(at(82)))
        .timer(timer("u", 1))
        .clear_timers("r1");
    vault.apply(Store::K1, stop).await.unwrap();
    assert!(vault.due(Store::K1, at(1000), 9).await.unwrap().is_empty());
    vault.close().await;
}

async fn a_timer_is_never_early(place: Place) {
    let vault = place.open().await;
    create(&vault, "r1", "x").await;
    let due = at(10) + jiff::SignedDuration::from_micros(500);
    let fine = Timer {
        due,
        ..timer("t", 0)
    };
    vault
        .apply(Store::K1, Change::new(why(at(0))).timer(fine))
        .await
        .unwrap();
    let just_before = due - jiff::SignedDuration::from_micros(1);
    assert!(
        vault
            .due(Store::K1, just_before, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(vault.due(Store::K1, at(11), 9).await.unwrap().len(), 1);
    vault.close().await;
}

async fn disclosures_arrive_once(place: Place) {
    let vault = place.open().await;
    let send = (0..5).fold(Change::new(why(at(0))), |c, n| {
        let id = format!("d{n}");
        c.create(draft(&id, "for K3")).send(id, Store::K3)
    });
    vault.apply(Store::K1, send).await.unwrap();
    let open = vault.undelivered(Store::K1, 100).await.unwrap();
    assert_eq!(open.len(), 5);
    assert!(
        open.iter()
            .all(|d| d.target == Store::K3 && d.from == Store::K1)
    );
    vault.delivery_failed(&open[0]).await.unwrap();
    assert_eq!(
        vault.undelivered(Store::K1, 100).await.unwrap()[0].attempts,
        1
    );
    // Several deliverers at once, each delivering all: applied once each.
    let mut deliverers = Vec::new();
    for _ in 0..3 {
        let (vault, open) = (vault.clone(), open.clone());
        deliverers.push(tokio::spawn(async move {
            let mut applied = 0;
            for item in open {
                let case = Case {
                    note: item.id.clone(),
                };
                let copy = Draft::new(format!("case-{}", item.id), &case, clear("open")).unwrap();
                let receive = Change::new(why(at(1))).receive(&item.id).create(copy);
                match vault.apply(item.target, receive).await {
                    Ok(_) => applied += 1,
                    Err(VaultError::AlreadyDone { .. }) => {}
                    Err(other) => panic!("{other}"),
                }
                let done = Change::new(why(at(2))).delivered(&item.id);
                match vault.apply(item.from, done).await {
                    Ok(_) | Err(VaultError::AlreadyDone { .. }) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            applied
        }));
    }
    let mut applied = 0;
    for deliverer in deliverers {
        applied += deliverer.await.unwrap();
    }
    assert_eq!(applied, 5);
    assert!(vault.undelivered(Store::K1, 100).await.unwrap().is_empty());
    let report = verify(&vault).await.unwrap();
    // One sending, five receptions, five notes of delivery.
    assert_eq!((report.records, report.entries), (10, 11));
    vault.close().await;
}
