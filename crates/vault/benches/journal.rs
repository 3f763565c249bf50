//! Who looked at one person in five years, over ten million journal entries: `cargo bench -p vault --bench journal` prints it.
//!
//! `JOURNAL_BENCH_ENTRIES` sets how many entries (10,000,000; some 6 GB on disk), `JOURNAL_BENCH_DIR` where. The entries are made by SQL, not
//! by the vault, since only reading is measured; their hashes are nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::{Connection, Executor, SqliteConnection};
use vault::{KeyDir, OsChance, Settings, Store, Vault, Where};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Cases in the store; every case is looked at by turns.
const CASES: i64 = 200_000;
/// One case that is looked at much more: entries of its own.
const BUSY: i64 = 5_000;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run())
}

#[allow(clippy::print_stdout)]
fn say(what: &str, value: String) {
    println!("{what:<58} {value}");
}

async fn run() -> Outcome<()> {
    let entries: i64 = std::env::var("JOURNAL_BENCH_ENTRIES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_000_000);
    let place = std::env::var("JOURNAL_BENCH_DIR")
        .unwrap_or_else(|_| std::env::temp_dir().display().to_string());
    let folder = tempfile::tempdir_in(place)?;
    let settings = Settings {
        place: Where::Directory(folder.path().join("data")),
        keys: KeyDir::at(folder.path().join("keys")),
        create: true,
        chance: Arc::new(OsChance),
    };
    Vault::open(settings.clone()).await?.close().await;
    let file = folder.path().join("data").join("k3.db");
    let began = Instant::now();
    fill(&format!("sqlite://{}", file.display()), entries).await?;
    say("filled (not measured)", format!("{:?}", began.elapsed()));
    say(
        "size of the store",
        format!("{} MB", std::fs::metadata(&file)?.len() / 1_000_000),
    );

    let vault = Vault::open(settings).await?;
    // The first asks find nothing in memory.
    let mut times = Vec::new();
    for case in (0..CASES).step_by(9_973) {
        times.push(ask(&vault, case).await?.0);
    }
    times.sort();
    say("an ordinary case, median", format!("{:?}", middle(&times)));
    say(
        "an ordinary case, slowest",
        format!("{:?}", times.last().copied().unwrap_or_default()),
    );
    let (first, found) = ask(&vault, -1).await?;
    say(
        &format!("a case with {found} entries, first time"),
        format!("{first:?}"),
    );
    let (again, _) = ask(&vault, -1).await?;
    say(
        &format!("a case with {found} entries, again"),
        format!("{again:?}"),
    );
    vault.close().await;
    Ok(())
}

/// The records of a case as the entries name them: the case first, the person second.
fn ids(case: i64) -> Vec<String> {
    vec![format!("case-{case:036}"), format!("person-{case:034}")]
}

async fn ask(vault: &Vault, case: i64) -> Outcome<(Duration, usize)> {
    let began = Instant::now();
    let found = vault.journal_of(Store::K3, &ids(case), 20_000).await?;
    Ok((began.elapsed(), found.len()))
}

fn middle(times: &[Duration]) -> Duration {
    times.get(times.len() / 2).copied().unwrap_or_default()
}

async fn fill(url: &str, entries: i64) -> Outcome<()> {
    let mut conn = SqliteConnection::connect(url).await?;
    conn.execute("PRAGMA synchronous = OFF").await?;
    conn.execute("PRAGMA cache_size = -400000").await?;
    let busy = BUSY.min(entries / 10).max(1);
    let every = entries / busy;
    let step = 500_000;
    let mut from = 1;
    while from <= entries {
        let to = (from + step - 1).min(entries);
        let which = format!("CASE WHEN n % {every} = 0 THEN -1 ELSE (n * 7919) % {CASES} END");
        let numbers = format!(
            "WITH RECURSIVE numbers(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n < {to}), looks AS (SELECT n, {which} AS c FROM numbers)"
        );
        let entry = "printf('{\"seq\":%d,\"store\":\"k3\",\"at\":\"2026-01-01T00:00:00Z\",\"actor\":\"019b45bc-c208-7003-8dbd-%012d\",\"role\":\"care_coordinator\",\"org\":\"019b45bc-c208-7003-8dbd-9b69ab2b9f52\",\"act\":\"case.read\",\"purpose\":\"care\",\"ground\":\"Wmo 2015 art. 2.3.1; AVG 6(1)(e)\",\"records\":[{\"how\":\"read\",\"kind\":\"case\",\"id\":\"case-%036d\",\"fields\":[\"all\"]},{\"how\":\"read\",\"kind\":\"person\",\"id\":\"person-%034d\",\"fields\":[\"all\"]}]}', n, n % 1000, c, c)";
        let journal = format!(
            "{numbers} INSERT INTO journal (seq, at, actor, act, subject, entry, hash) SELECT n, 1700000000000 + n * 15000, printf('019b45bc-c208-7003-8dbd-%012d', n % 1000), 'case.read', printf('case-%036d', c), {entry}, x'00' FROM looks"
        );
        let others = format!(
            "{numbers} INSERT INTO journal_records (record, seq) SELECT printf('person-%034d', c), n FROM looks"
        );
        conn.execute("BEGIN").await?;
        conn.execute(sqlx::AssertSqlSafe(journal)).await?;
        conn.execute(sqlx::AssertSqlSafe(others)).await?;
        conn.execute("COMMIT").await?;
        from = to + 1;
    }
    conn.close().await?;
    Ok(())
}
