//! Several processes on one database, restarts of the server, concurrent starts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use vault::{Change, Store, Vault, VaultError};

use crate::place::{Place, verify};
use crate::postgres::Server;
use crate::types::*;

on_both!(
    two_vaults_on_one_database,
    many_start_at_once,
    readers_on_fresh_stores
);

/// Two vaults with their own connections, as two processes have, write at the same time.
async fn two_vaults_on_one_database(place: Place) {
    let (a, b) = (place.open().await, place.open().await);
    let mut tasks = Vec::new();
    for n in 0..40 {
        let vault = if n % 2 == 0 { &a } else { &b }.clone();
        tasks.push(tokio::spawn(async move {
            for round in 0..10 {
                let id = format!("r{n}-{round}");
                vault
                    .apply(Store::K1, public_report(&id, &id, at(n)))
                    .await
                    .unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    for vault in [&a, &b] {
        let report = verify(vault).await.unwrap();
        assert_eq!((report.records, report.entries), (400, 400));
    }
    // What one wrote the other reads and changes.
    a.apply(
        Store::K1,
        Change::new(why(at(1))).update(draft("r1-1", "by a"), 1),
    )
    .await
    .unwrap();
    let seen = b.load::<Report>("r1-1").await.unwrap();
    assert_eq!((seen.version, seen.body.text.as_str()), (2, "by a"));
    a.close().await;
    b.apply(
        Store::K1,
        Change::new(why(at(1))).update(draft("r1-1", "by b"), 2),
    )
    .await
    .unwrap();
    verify(&b).await.unwrap();
    b.close().await;
}

async fn many_start_at_once(place: Place) {
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let settings = place.settings();
            tokio::spawn(async move { Vault::open(settings).await })
        })
        .collect();
    let mut vaults = Vec::new();
    for task in tasks {
        vaults.push(task.await.unwrap().unwrap());
    }
    for (n, vault) in vaults.iter().enumerate() {
        create(vault, &format!("r{n}"), "x").await;
    }
    assert_eq!(verify(&vaults[0]).await.unwrap().records, 6);
    for vault in vaults {
        vault.close().await;
    }
}

/// Reading before anything was ever written, and after the last writer has gone.
async fn readers_on_fresh_stores(place: Place) {
    let vault = place.open().await;
    for store in Store::ALL {
        assert!(vault.due(store, at(0), 1).await.unwrap().is_empty());
        assert!(vault.undelivered(store, 1).await.unwrap().is_empty());
    }
    assert!(vault.load::<Report>("r1").await.is_err());
    vault.is_ready().await.unwrap();
    create(&vault, "r1", "x").await;
    vault.close().await;
    let vault = place.open().await;
    vault.load::<Report>("r1").await.unwrap();
    assert_eq!(vault.signed_head(at(0)).await.unwrap().heads[0].seq, 1);
    assert!(vault.signed_head(at(0)).await.unwrap().is_genuine());
    vault.close().await;
}

/// The server stops, in order and as in a crash, under load and at rest: the vault goes on by itself, nothing
/// acknowledged is lost, nothing is there twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_restarts_under_load() {
    let Some(server) = Server::start() else {
        return;
    };
    let place = Place::on_server(&server).await;
    let vault = place.open().await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = Vec::new();
    for writer in 0..8 {
        let (vault, stop) = (vault.clone(), stop.clone());
        writers.push(tokio::spawn(async move {
            let (mut accepted, mut refused) = (Vec::new(), 0);
            let mut n = 0;
            while !stop.load(Ordering::Relaxed) {
                n += 1;
                let id = format!("r{writer}-{n}");
                match vault.apply(Store::K1, public_report(&id, &id, at(n))).await {
                    Ok(_) => accepted.push(id),
                    Err(VaultError::Database { .. }) => {
                        refused += 1;
                        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                    }
                    Err(other) => panic!("{other}"),
                }
            }
            (accepted, refused)
        }));
    }
    for mode in ["fast", "immediate", "fast", "immediate"] {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        tokio::task::block_in_place(|| {
            server.stop(mode);
            server.run();
        });
    }
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    stop.store(true, Ordering::Relaxed);
    let mut accepted = Vec::new();
    for writer in writers {
        accepted.extend(writer.await.unwrap().0);
    }
    assert!(accepted.len() > 50, "{}", accepted.len());
    for id in &accepted {
        vault.load::<Report>(id).await.unwrap();
        let again = vault
            .apply(Store::K1, public_report(id, id, at(0)))
            .await
            .unwrap();
        assert!(again.replayed.is_some());
    }
    verify(&vault).await.unwrap();
    // At rest: the first change after a restart is accepted without an error.
    tokio::task::block_in_place(|| {
        server.stop("fast");
        server.run();
    });
    create(&vault, "after", "x").await;
    vault.load::<Report>("after").await.unwrap();
    vault.is_ready().await.unwrap();
    vault.close().await;
    server.stop("fast");
}
