//! Records of the logboek reach a collector that is down, slow of answer or cut off, and a server that is killed: every journal entry
//! once by its identifiers, none left out.
//!
//! `SAMEN_TEST_SEED` repeats a run that failed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use system_tests::chance::Chance;
use system_tests::collector::{Collector, Mood};
use system_tests::waiting::until;
use system_tests::{Server, Store, StoreKind, command};

on_both_stores!(
    nothing_is_lost_over_kills_and_a_bad_collector,
    a_refusal_is_told_and_nothing_is_passed_over,
);

fn logboek(store: &Store, more: &[&str]) -> Result<command::Done> {
    let mut arguments: Vec<String> = ["logboek"].map(str::to_owned).to_vec();
    arguments.extend(more.iter().map(|word| (*word).to_owned()));
    arguments.extend(store.flags());
    command::run(arguments)
}

/// Identifiers of the records that the store itself writes to a file.
fn exported(store: &Store) -> Result<BTreeSet<(String, String)>> {
    let file = store.folder().join("logboek.ndjson");
    let name = file.to_string_lossy().into_owned();
    logboek(store, &["export", "--out", &name])?.expect_status(0)?;
    let mut out = BTreeSet::new();
    for line in std::fs::read_to_string(&file)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let id = |name: &str| {
            record[name]
                .as_str()
                .map(str::to_owned)
                .context("no identifier")
        };
        ensure!(
            out.insert((id("trace_id")?, id("span_id")?)),
            "an identifier stands twice"
        );
    }
    Ok(out)
}

/// What the collector has by identifier; two records of one identifier must be the same.
fn collected(collector: &Collector) -> Result<BTreeMap<(String, String), Value>> {
    let mut out = BTreeMap::new();
    for span in collector.kept() {
        let id = |name: &str| {
            span[name]
                .as_str()
                .map(str::to_owned)
                .context("no identifier")
        };
        let id = (id("traceId")?, id("spanId")?);
        if let Some(earlier) = out.insert(id, span.clone()) {
            ensure!(earlier == span, "a repetition differs:\n{earlier}\n{span}");
        }
    }
    Ok(out)
}

fn waiting(store: &Store) -> Result<i64> {
    let summary = logboek(store, &["status"])?.expect_status(0)?.summary()?;
    let each = summary["waiting"].as_object().context("no figures")?;
    Ok(each.values().filter_map(Value::as_i64).sum())
}

fn nothing_is_lost_over_kills_and_a_bad_collector(kind: StoreKind) -> Result<()> {
    let seed = Chance::seed_or(4711);
    eprintln!("seed {seed}");
    let mut chance = Chance::new(seed);
    let store = Store::fresh(kind)?;
    let bad = [
        Mood::Takes,
        Mood::ForgetsToSay,
        Mood::Takes,
        Mood::AsksToWait,
    ];
    let collector = Collector::start(&bad)?;
    let flags = ["--logboek", collector.url()];
    let mut server = Server::demo(&store, &["--reports", "8", "--logboek", collector.url()])?;
    for round in 0..6 {
        let seen = collector.asked();
        // Somewhere in an export, or just before or after one.
        until(Duration::from_secs(30), || {
            (collector.asked() > seen).then_some(())
        })
        .with_context(|| format!("round {round}: nothing was sent; {}", server.log()))?;
        std::thread::sleep(Duration::from_micros(chance.between(0, 30_000)));
        let log = server.kill()?;
        ensure!(!log.contains("panicked at"), "the server panicked:\n{log}");
        // More work in between, by another process.
        let name = format!("Zorg {round}");
        let mut add: Vec<String> = ["org", "add", "--name", &name, "--kind", "ZCO"]
            .map(str::to_owned)
            .to_vec();
        add.extend(store.flags());
        command::run(add)?.expect_status(0)?;
        server = Server::serve(&store, &flags)?;
    }
    collector.behave(&[Mood::Takes]);
    let done = until(Duration::from_secs(120), || {
        waiting(&store).ok().filter(|entries| *entries == 0)
    });
    done.with_context(|| format!("records still wait; {}", server.log()))?;
    server.stop()?;
    let (there, wanted) = (collected(&collector)?, exported(&store)?);
    let there: BTreeSet<_> = there.into_keys().collect();
    ensure!(
        wanted.len() > 300,
        "too little to prove anything: {} records",
        wanted.len()
    );
    ensure!(
        there == wanted,
        "{} records arrived, {} were made",
        there.len(),
        wanted.len()
    );
    let kept = collector.kept().len();
    eprintln!(
        "{} records; {} arrived more than once",
        wanted.len(),
        kept - wanted.len()
    );
    Ok(())
}

fn a_refusal_is_told_and_nothing_is_passed_over(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let on = |words: &[&str]| -> Result<command::Done> {
        let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        all.extend(store.flags());
        command::run(all)
    };
    on(&["init"])?.expect_status(0)?;
    on(&["org", "add", "--name", "Zorg Kanarie", "--kind", "ZCO"])?.expect_status(0)?;
    let collector = Collector::start(&[Mood::Rejects])?;
    let send = || logboek(&store, &["send", "--once", "--endpoint", collector.url()]);
    let before = waiting(&store)?;
    ensure!(before > 0, "nothing to send");
    let refused = send()?.expect_status(1)?;
    ensure!(
        refused.err.contains("nothing is passed over"),
        "{}",
        refused.err
    );
    ensure!(waiting(&store)? == before && collector.kept().is_empty());

    collector.behave(&[Mood::Takes]);
    let sent = send()?.expect_status(0)?.summary()?;
    ensure!(
        sent["waiting"] == 0 && sent["sent"].as_i64() >= Some(before),
        "{sent}"
    );
    ensure!(
        send()?.expect_status(0)?.summary()?["sent"] == 0,
        "sent again without need"
    );
    let all: String = collector.kept().iter().map(Value::to_string).collect();
    ensure!(!all.contains("Kanarie") && all.contains("dpl.core.processing_activity_id"));
    // A collector that has nothing yet gets everything again, under the same identifiers.
    let there = collected(&collector)?.len();
    let again = logboek(
        &store,
        &["send", "--once", "--again", "--endpoint", collector.url()],
    )?;
    again.expect_status(0)?;
    ensure!(collected(&collector)?.len() == there && collector.kept().len() == 2 * there);

    let away = logboek(
        &store,
        &["send", "--once", "--endpoint", "http://log.example.nl"],
    )?;
    ensure!(away.expect_status(2)?.err.contains("this machine only"));
    Ok(())
}
