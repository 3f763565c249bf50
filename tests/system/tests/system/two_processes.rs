//! Two servers on one PostgreSQL under load, one of them killed: what must happen once happens once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use system_tests::api::{Receipt, Report, mailbox};
use system_tests::load::Ledger;
use system_tests::waiting::until;
use system_tests::{Server, Store, StoreKind};

use crate::commands::expect_sound;

/// Reports that must have been acknowledged before the kill, and again after it.
const ENOUGH: usize = 150;

#[test]
fn one_of_two_is_killed_and_every_report_is_there_once() -> Result<()> {
    let store = Store::fresh(StoreKind::Postgres)?;
    let (first, second) = (Server::serve(&store, &[])?, Server::serve(&store, &[])?);
    let ledger = Ledger::default();
    let (first_url, second_url) = (first.url().to_owned(), second.url().to_owned());
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let load = scope.spawn(|| ledger.report_until(&[&first_url, &second_url], 6, &stop));
        let reached = wait_for(&ledger, ENOUGH);
        first.kill()?;
        let went_on = reached && wait_for(&ledger, 2 * ENOUGH);
        stop.store(true, Ordering::Relaxed);
        let Ok(loaded) = load.join() else {
            bail!("the load failed")
        };
        loaded?;
        ensure!(went_on, "the load stood still: {:?}", ledger.tally()?);
        Ok(())
    })?;
    let survivor = second.client();
    let retried = ledger.retry(&survivor)?;
    ledger.repeat_last(&survivor, 20)?;
    ledger.open_mailboxes(&survivor, 0)?;
    second.stop()?;
    let kept = ledger.kept()?;
    eprintln!("{kept} reports kept by two servers, one killed; {retried} were sent again");
    expect_sound(&store, kept)
}

#[test]
fn the_same_report_to_both_at_once_is_one_report() -> Result<()> {
    let store = Store::fresh(StoreKind::Postgres)?;
    let servers = [Server::serve(&store, &[])?, Server::serve(&store, &[])?];
    for number in 0..20 {
        let report = Report::of("Naar twee servers tegelijk.", &format!("both-{number}"));
        let receipts = std::thread::scope(|scope| {
            let senders: Vec<_> = servers
                .iter()
                .map(|server| scope.spawn(|| Receipt::read(&report.send(&server.client())?)))
                .collect();
            senders
                .into_iter()
                .map(|sender| sender.join().expect("a sender panicked"))
                .collect::<Result<Vec<_>>>()
        })?;
        ensure!(receipts[0] == receipts[1], "one report got {receipts:?}");
        mailbox(&servers[number % 2].client(), &receipts[0].digits())?.expect_status(200)?;
    }
    for server in servers {
        server.stop()?;
    }
    expect_sound(&store, 20)
}

fn wait_for(ledger: &Ledger, count: usize) -> bool {
    until(Duration::from_secs(120), || {
        ledger.kept().is_ok_and(|kept| kept >= count).then_some(())
    })
    .is_some()
}
