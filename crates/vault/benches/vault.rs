//! What one machine does: `cargo bench -p vault` prints it. Durable, sealed, journalled inserts as a public report
//! makes them (one term, one receipt, one timer), work lists and counts over 100,000 records, verifying, backup.
//!
//! `VAULT_BENCH_RECORDS` sets the size of the list store (100,000), `VAULT_BENCH_SECONDS` how long inserts are
//! measured (8), `VAULT_BENCH_POSTGRES` a database address to measure instead of the embedded store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{
    Change, Clear, ClearData, Context, Draft, Filter, KeyDir, Kind, Order, OsChance, Settings,
    Store, Stored, Term, Timer, Vault, Where,
};

#[derive(Serialize, Deserialize)]
struct Report {
    text: String,
}

impl Stored for Report {
    const KIND: Kind = Kind {
        name: "report",
        store: Store::K1,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Region, Clear::Due],
        terms: &["phone"],
    };
}

#[derive(Serialize, Deserialize)]
struct Case {
    text: String,
}

impl Stored for Case {
    const KIND: Kind = Kind {
        name: "case",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Region, Clear::Due],
        terms: &[],
    };
}

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

#[allow(clippy::print_stdout)]
fn say(what: &str, value: String) {
    println!("{what:<58} {value}");
}

async fn run() -> Outcome<()> {
    let folder = tempfile::tempdir_in(std::env::var("VAULT_BENCH_DIR").unwrap_or(".".to_owned()))?;
    let settings = Settings {
        place: match std::env::var("VAULT_BENCH_POSTGRES") {
            Ok(url) => Where::Postgres(url),
            Err(_) => Where::Directory(folder.path().join("data")),
        },
        keys: KeyDir::at(folder.path().join("keys")),
        create: true,
        chance: Arc::new(OsChance),
    };
    let vault = timed_open(&settings, "first start (makes nine stores)").await?;
    say("memory at rest (resident)", memory());
    let seconds = setting("VAULT_BENCH_SECONDS", 8);
    for tasks in [1, 64, 256] {
        inserts(&vault, tasks, Duration::from_secs(seconds)).await?;
    }
    say("memory after inserts (resident)", memory());
    let records = setting("VAULT_BENCH_RECORDS", 100_000);
    fill(&vault, records).await?;
    lists(&vault).await?;
    let begun = Instant::now();
    let report = vault.verify(&mut |_, _| {}).await?;
    let took = begun.elapsed();
    let speed = (report.records as f64) / took.as_secs_f64();
    say(
        "verify",
        format!("{} records in {took:.1?}: {speed:.0}/s", report.records),
    );
    let begun = Instant::now();
    let made = vault
        .backup(&mut std::io::sink(), "nowhere", "bench")
        .await?;
    say(
        "backup",
        format!("{} rows in {:.1?}", made.rows, begun.elapsed()),
    );
    say("memory (resident)", memory());
    vault.close().await;
    timed_open(&settings, "start on what was written")
        .await?
        .close()
        .await;
    Ok(())
}

async fn timed_open(settings: &Settings, what: &str) -> Outcome<Vault> {
    let begun = Instant::now();
    let vault = Vault::open(settings.clone()).await?;
    vault.is_ready().await?;
    say(what, format!("{:.1?}", begun.elapsed()));
    Ok(vault)
}

fn why(act: &str) -> Outcome<Context> {
    Ok(Context {
        at: Timestamp::from_millisecond(1_790_000_000_000)?,
        actor: "public".to_owned(),
        role: "public".to_owned(),
        org: String::new(),
        act: act.to_owned(),
        purpose: "signal".to_owned(),
        ground: "art. 6(1)(e) AVG".to_owned(),
    })
}

/// A change as a public report makes it.
fn public_report(vault: &Vault, n: u64) -> Outcome<Change> {
    let context = why("report.send")?;
    let id = vault
        .new_id(context.at + Duration::from_millis(n))
        .to_string();
    let due = context.at + Duration::from_secs(3600 * 24 * 14);
    let body = Report {
        text: "Zeven mannen slapen boven de wasstraat; hun baas heeft de paspoorten. ".repeat(10),
    };
    let clear = ClearData {
        state: "new".to_owned(),
        region: Some(format!("r-{}", n % 25)),
        due: Some(due),
        ..ClearData::default()
    };
    let draft = Draft::new(&id, &body, clear)?
        .with_terms(vec![Term::new("phone", format!("+316{n:08}"))])?
        .with_summary(&serde_json::json!({"form": "labour", "language": "nl"}))?;
    Ok(Change::new(context)
        .create(draft)
        .receipt(
            &id,
            id.as_bytes(),
            b"a return code of some length".to_vec(),
            due,
        )
        .timer(Timer {
            id: format!("{id}:outcome:1"),
            due,
            kind: "outcome".to_owned(),
            record: id,
        }))
}

async fn inserts(vault: &Vault, tasks: u64, time: Duration) -> Outcome<()> {
    let begun = Instant::now();
    let mut running = Vec::new();
    for task in 0..tasks {
        let vault = vault.clone();
        running.push(tokio::spawn(async move {
            let mut took = Vec::new();
            while begun.elapsed() < time {
                let n = task + took.len() as u64 * tasks;
                let change = public_report(&vault, n)?;
                let sent = Instant::now();
                vault.apply(Store::K1, change).await?;
                took.push(sent.elapsed());
            }
            Outcome::Ok(took)
        }));
    }
    let mut all = Vec::new();
    for task in running {
        all.extend(task.await??);
    }
    let elapsed = begun.elapsed().as_secs_f64();
    all.sort();
    let speed = all.len() as f64 / elapsed;
    say(
        &format!("durable inserts, {tasks} at once"),
        format!("{speed:.0}/s, {}", spread(&all)),
    );
    Ok(())
}

fn spread(sorted: &[Duration]) -> String {
    let at = |share: f64| {
        let index = (sorted.len() as f64 * share) as usize;
        sorted
            .get(index.min(sorted.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    format!(
        "p50 {:.2?}, p99 {:.2?}, worst {:.2?}",
        at(0.5),
        at(0.99),
        at(1.0)
    )
}

/// Cases for the lists, many to a change, as an import makes them.
async fn fill(vault: &Vault, records: u64) -> Outcome<()> {
    let begun = Instant::now();
    let mut done = 0;
    while done < records {
        let context = why("import")?;
        let mut change = Change::new(context.clone());
        for n in done..(done + 500).min(records) {
            let at = context.at + Duration::from_secs(n);
            let clear = ClearData {
                state: ["open", "waiting", "closed"][(n % 3) as usize].to_owned(),
                org: Some(format!("org-{}", n % 40)),
                region: Some(format!("r-{}", n % 25)),
                due: (n % 4 != 0).then_some(at),
                ..ClearData::default()
            };
            let body = Case {
                text: "Wat er over de zaak te zeggen is. ".repeat(30),
            };
            let draft = Draft::new(vault.new_id(at).to_string(), &body, clear)?
                .with_summary(&serde_json::json!({"number": n, "form": "labour"}))?;
            change = change.create(draft);
        }
        vault.apply(Store::K3, change).await?;
        done += 500;
    }
    let speed = records as f64 / begun.elapsed().as_secs_f64();
    say(
        "bulk load, 500 records a change",
        format!("{speed:.0} records/s"),
    );
    Ok(())
}

async fn lists(vault: &Vault) -> Outcome<()> {
    let all = Filter::default();
    let mine = Filter {
        states: vec!["open".to_owned()],
        orgs: vec!["org-7".to_owned()],
        ..Filter::default()
    };
    let two = Filter {
        states: vec!["open".to_owned(), "waiting".to_owned()],
        regions: vec!["r-1".to_owned(), "r-2".to_owned()],
        ..Filter::default()
    };
    for (what, filter, order) in [
        ("everything, by deadline", &all, Order::Due),
        ("everything, newest first", &all, Order::Newest),
        ("one organisation and state, by deadline", &mine, Order::Due),
        (
            "one organisation and state, newest first",
            &mine,
            Order::Newest,
        ),
        ("two regions and two states, by deadline", &two, Order::Due),
    ] {
        let mut took = Vec::new();
        for _ in 0..30 {
            let begun = Instant::now();
            let page = vault.list(&Case::KIND, filter, order, None, 50).await?;
            took.push(begun.elapsed());
            assert_eq!(page.rows.len(), 50);
        }
        took.sort();
        say(&format!("page of 50: {what}"), spread(&took));
    }
    let first = vault
        .list(&Case::KIND, &all, Order::Due, None, 40_000)
        .await?;
    let begun = Instant::now();
    vault
        .list(&Case::KIND, &all, Order::Due, first.next.as_ref(), 50)
        .await?;
    say(
        "page of 50: behind 40,000 others",
        format!("{:.2?}", begun.elapsed()),
    );
    for (what, filter) in [
        ("everything", &all),
        ("one organisation", &mine),
        ("two regions", &two),
    ] {
        let mut took = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            vault.counts(&Case::KIND, filter).await?;
            took.push(begun.elapsed());
        }
        took.sort();
        say(&format!("counts: {what}"), spread(&took));
    }
    Ok(())
}

fn memory() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .map_or("unknown".to_owned(), |v| v.trim().to_owned())
}
