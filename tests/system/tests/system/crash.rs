//! SIGKILL at any moment under load: the next start needs nobody, and every acknowledged report is there exactly once.
//!
//! `SAMEN_KILLS` and `SAMEN_TEST_SEED` lengthen the run or repeat one that failed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use system_tests::chance::Chance;
use system_tests::load::Ledger;
use system_tests::waiting::until;
use system_tests::{Server, Store, StoreKind};

use crate::commands::expect_sound;

/// What the issue asks for. The embedded store takes them; PostgreSQL, which the kill does not touch, takes a fifth.
const KILLS: usize = 50;
/// Programs that report at the same time.
const REPORTERS: usize = 4;

#[test]
fn sqlite_loses_nothing_and_doubles_nothing_over_fifty_kills() -> Result<()> {
    kill_loop(StoreKind::Sqlite, kills(KILLS))
}

#[test]
fn postgres_loses_nothing_and_doubles_nothing_over_ten_kills() -> Result<()> {
    kill_loop(StoreKind::Postgres, kills(KILLS / 5))
}

fn kill_loop(kind: StoreKind, kills: usize) -> Result<()> {
    let seed = Chance::seed_or(2026);
    eprintln!("{kills} kills, seed {seed}");
    let mut chance = Chance::new(seed);
    let store = Store::fresh(kind)?;
    let ledger = Ledger::default();
    let mut opened = 0;
    let mut retried = 0;
    for round in 0..kills {
        let server = Server::serve(&store, &[])?;
        let client = server.client();
        retried += ledger.retry(&client)?;
        ledger.repeat_last(&client, 5)?;
        opened += ledger.open_mailboxes(&client, opened)?;
        report_and_kill(server, &ledger, &mut chance)
            .map_err(|error| error.context(format!("round {round}, seed {seed}")))?;
    }
    let server = Server::serve(&store, &[])?;
    let client = server.client();
    retried += ledger.retry(&client)?;
    ledger.open_mailboxes(&client, 0)?;
    server.stop()?;
    let kept = ledger.kept()?;
    eprintln!(
        "{kept} reports kept over {kills} kills; {retried} of them were left unanswered once and sent again"
    );
    ensure!(
        kept >= kills,
        "too little load to prove anything: {kept} reports over {kills} kills"
    );
    expect_sound(&store, kept)
}

/// Lets the reporters work until a chance number of them was answered, then kills the server a chance moment later, mid-work.
fn report_and_kill(server: Server, ledger: &Ledger, chance: &mut Chance) -> Result<()> {
    let stop = AtomicBool::new(false);
    let enough = ledger.kept()? + usize::try_from(chance.between(1, 60))?;
    let moment = Duration::from_micros(chance.between(0, 20_000));
    let url = server.url().to_owned();
    std::thread::scope(|scope| {
        let load = scope.spawn(|| ledger.report_until(&[&url], REPORTERS, &stop));
        let reached = until(Duration::from_secs(60), || {
            (load.is_finished() || ledger.kept().is_ok_and(|kept| kept >= enough)).then_some(())
        });
        std::thread::sleep(moment);
        let killed = server.kill();
        stop.store(true, Ordering::Relaxed);
        let Ok(loaded) = load.join() else {
            bail!("the load failed")
        };
        loaded?;
        let log = killed?;
        ensure!(!log.contains("panicked at"), "the server panicked:\n{log}");
        ensure!(
            reached.is_some(),
            "the server acknowledged nothing for a minute:\n{log}"
        );
        Ok(())
    })
}

fn kills(default: usize) -> usize {
    std::env::var("SAMEN_KILLS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}
