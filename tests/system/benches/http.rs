//! How fast the real binary is over HTTP: durable reports a second, the work list over many reports, start, idle memory.
//!
//! `cargo bench -p system-tests` builds the release binary if it is not there, starts it on an embedded store and prints one line a
//! figure. `SAMEN_BENCH_REPORTS` (default 100000) sets how many reports the list is measured over. Nothing is softened: every report is
//! sealed, journalled and synced before it is answered.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and asks the clock"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use system_tests::accounts;
use system_tests::client::Client;
use system_tests::server::Server;
use system_tests::store::{Store, StoreKind};

fn main() -> Result<()> {
    let binary = release_binary()?;
    let reports: u64 = std::env::var("SAMEN_BENCH_REPORTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let store = Store::fresh(StoreKind::Sqlite)?;
    let account = sign_up(&binary, &store)?;
    let server = serve(&binary, &store)?;
    println!(
        "start to ready, empty store: {:.0} ms",
        server.ready_after().as_secs_f64() * 1000.0
    );
    println!("idle memory: {:.1} MB", resident_mb(server.pid())?);
    let address = server.url().trim_start_matches("http://").to_owned();
    for connections in [4, 32, 64] {
        load(&address, connections, Limit::For(Duration::from_secs(8)))?.print(connections);
    }
    let filled = load(&address, 64, Limit::Until(reports))?;
    println!(
        "filled with {} reports more at {:.0} a second",
        filled.count,
        filled.rate()
    );
    println!("memory after load: {:.1} MB", resident_mb(server.pid())?);
    work_list(&server, &account)?;
    server.stop()?;
    let again = serve(&binary, &store)?;
    println!(
        "start to ready, filled store: {:.0} ms",
        again.ready_after().as_secs_f64() * 1000.0
    );
    println!(
        "idle memory, filled store: {:.1} MB",
        resident_mb(again.pid())?
    );
    again.stop()?;
    Ok(())
}

fn release_binary() -> Result<std::path::PathBuf> {
    // As the tests: a binary that was built already.
    if let Some(named) = std::env::var_os("SAMEN_BIN") {
        return Ok(named.into());
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let status = Command::new("cargo")
        .args(["build", "--release", "-p", "samen"])
        .current_dir(&root)
        .status()?;
    if !status.success() {
        bail!("the release binary does not build");
    }
    Ok(target.join("release/samen"))
}

fn serve(binary: &std::path::Path, store: &Store) -> Result<Server> {
    let mut command = Command::new(binary);
    command
        .arg("serve")
        .args(store.flags())
        .args(["--listen", "127.0.0.1:0"]);
    Server::watch(command, store)
}

struct Signed {
    secret: String,
}

fn sign_up(binary: &std::path::Path, store: &Store) -> Result<Signed> {
    let run = |more: &[&str], input: &str| -> Result<String> {
        let mut child = Command::new(binary)
            .args(&more[..2])
            .args(store.flags())
            .args(&more[2..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        child
            .stdin
            .take()
            .context("no input")?
            .write_all(input.as_bytes())?;
        let out = child.wait_with_output()?;
        Ok(String::from_utf8(out.stdout)?)
    };
    run(&["org", "add", "--name", "Meldpunt", "--kind", "COM"], "")?;
    let made = run(
        &[
            "user",
            "add",
            "--user",
            "bench",
            "--name",
            "Bench",
            "--org",
            "Meldpunt",
            "--role",
            "signal_desk",
        ],
        "een lang genoeg wachtwoord\n",
    )?;
    let made: serde_json::Value = serde_json::from_str(made.trim())?;
    Ok(Signed {
        secret: made["totp_secret"]
            .as_str()
            .context("no secret")?
            .to_owned(),
    })
}

fn work_list(server: &Server, account: &Signed) -> Result<()> {
    let client = Client::patient(server.url(), Duration::from_secs(30));
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)?
        .as_secs();
    let totp = accounts::code(&account.secret, seconds)?;
    let fields = [
        ("user", "bench"),
        ("password", "een lang genoeg wachtwoord"),
        ("totp", totp.as_str()),
    ];
    client
        .post_form("/work/sign-in", &fields)?
        .expect_status(303)?;
    let mut took = Vec::new();
    for _ in 0..200 {
        let began = Instant::now();
        client.get("/work/reports")?.expect_status(200)?;
        took.push(began.elapsed());
    }
    took.sort();
    println!(
        "work list, whole page over HTTP: median {:.1} ms, p99 {:.1} ms",
        millis(took[took.len() / 2]),
        millis(took[took.len() * 99 / 100])
    );
    Ok(())
}

enum Limit {
    For(Duration),
    Until(u64),
}

struct Loaded {
    count: u64,
    took: Duration,
    latencies: Vec<Duration>,
}

impl Loaded {
    fn rate(&self) -> f64 {
        self.count as f64 / self.took.as_secs_f64()
    }

    fn print(&self, connections: usize) {
        let at = |share: usize| {
            self.latencies
                .get(self.latencies.len() * share / 1000)
                .copied()
                .unwrap_or_default()
        };
        println!(
            "durable reports, {connections} connections: {:.0} a second, p50 {:.1} ms, p99 {:.1} ms, worst {:.1} ms",
            self.rate(),
            millis(at(500)),
            millis(at(990)),
            millis(self.latencies.last().copied().unwrap_or_default())
        );
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn load(address: &str, connections: usize, limit: Limit) -> Result<Loaded> {
    let (until, deadline) = match limit {
        Limit::For(time) => (u64::MAX, Instant::now() + time),
        Limit::Until(count) => (count, Instant::now() + Duration::from_secs(600)),
    };
    let next = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let workers: Vec<_> = (0..connections)
        .map(|worker| {
            let (address, next) = (address.to_owned(), next.clone());
            std::thread::spawn(move || send(&address, worker, &next, until, deadline))
        })
        .collect();
    let mut latencies = Vec::new();
    for worker in workers {
        latencies.extend(
            worker
                .join()
                .map_err(|_| anyhow::anyhow!("a sender broke off"))??,
        );
    }
    let took = began.elapsed();
    latencies.sort();
    Ok(Loaded {
        count: latencies.len() as u64,
        took,
        latencies,
    })
}

/// One keep-alive connection that sends reports one after another.
fn send(
    address: &str,
    worker: usize,
    next: &AtomicU64,
    until: u64,
    deadline: Instant,
) -> Result<Vec<Duration>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    let mut out = Vec::new();
    let salt = std::process::id();
    while Instant::now() < deadline {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= until {
            break;
        }
        let body = format!(
            "{{\"story\":\"Acht mensen wonen in een schuur bij een kas en werken veertien uur per dag, melding {number}\",\"place\":\"GM1783\",\"about\":{{\"forms\":[\"AU\"],\"objects\":[{{\"kind\":\"plate\",\"value\":\"XX-{:03}-X\"}}]}}}}",
            number % 1000
        );
        let request = format!(
            "POST /api/v1/reports HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\nidempotency-key: {salt}-{worker}-{number}-{}\r\ncontent-length: {}\r\n\r\n{body}",
            deadline.elapsed().as_nanos(),
            body.len()
        );
        let began = Instant::now();
        writer.write_all(request.as_bytes())?;
        let status = answer(&mut reader)?;
        if status != 201 {
            bail!("a report was answered {status}");
        }
        out.push(began.elapsed());
    }
    Ok(out)
}

fn answer(reader: &mut BufReader<TcpStream>) -> Result<u16> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).context("no status")?.parse()?;
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(status)
}

fn resident_mb(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find(|l| l.starts_with("VmRSS"))
        .context("no VmRSS")?;
    let kb: f64 = line
        .split_whitespace()
        .nth(1)
        .context("no number")?
        .parse()?;
    Ok(kb / 1024.0)
}
