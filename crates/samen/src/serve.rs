//! `samen serve` and `samen demo`: the server, its clockwork, and stopping in good order.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use desk::Desk;
use jiff::Timestamp;
use tokio::net::TcpListener;
use web::listen::Limits;

use crate::config::File;
use crate::output::{self, Done};
use crate::store::StoreArgs;

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub store: StoreArgs,
    /// Address to listen on [default: 127.0.0.1:8080]; port 0 takes a free one
    #[arg(long, env = "SAMEN_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The site is reached over TLS through a proxy: cookies and headers say so
    #[arg(long, env = "SAMEN_BEHIND_TLS")]
    pub behind_tls: bool,
    /// Collector (OTLP over HTTP) that gets a record of every processing; see `samen logboek send`
    #[arg(long, env = "SAMEN_LOGBOEK", value_name = "URL")]
    pub logboek: Option<String>,
}

/// The made-up country.
#[derive(Debug, Clone, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub serve: ServeArgs,
    /// Seed: the same seed makes the same country
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Number of reports
    #[arg(long, default_value_t = 120)]
    pub reports: u64,
    /// Do not open a browser (none is opened in this version; kept for scripts)
    #[arg(long)]
    pub no_open: bool,
    /// Print the accounts as one JSON line before serving
    #[arg(long, value_name = "FORMAT", value_parser = ["json", "text"])]
    pub print_accounts: Option<String>,
}

/// Serves until told to stop.
pub async fn serve(args: ServeArgs) -> Result<Done> {
    let (desk, file) = args.store.desk(true).await?;
    run(desk, &file, &args).await
}

/// Makes and loads a country, then serves it.
pub async fn demo(args: DemoArgs) -> Result<Done> {
    let mut args = args;
    let temporary = match (&args.serve.store.data, &args.serve.store.database) {
        (None, None) => {
            let dir = std::env::temp_dir().join(format!("samen-demo-{}", std::process::id()));
            args.serve.store.data = Some(dir.join("data"));
            Some(dir)
        }
        _ => None,
    };
    let (desk, file) = args.serve.store.made_up_desk().await?;
    let loaded = crate::world_files::load_demo(&desk, args.seed, args.reports).await?;
    match args.print_accounts.as_deref() {
        Some("json") => output::summary(&serde_json::json!({ "accounts": loaded.accounts }))?,
        _ => crate::load::tell(&loaded, &desk, now()),
    }
    let served = run(desk, &file, &args.serve).await;
    if let Some(dir) = temporary {
        remove(&dir);
    }
    served
}

fn remove(dir: &PathBuf) {
    if let Err(error) = std::fs::remove_dir_all(dir) {
        output::say(&format!("{} could not be removed: {error}", dir.display()));
    }
}

async fn run(desk: Desk, file: &File, args: &ServeArgs) -> Result<Done> {
    logging();
    // A law with a fault or without its two signatures stops the start, before anything is served.
    let desk = desk.with_law(crate::law::open(file)?);
    let behind_tls = args.behind_tls || file.behind_tls.unwrap_or(false);
    let listen = args.listen.clone().or_else(|| file.listen.clone());
    let listen = listen.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(&listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    let address = listener.local_addr()?;
    let mut file = file.clone();
    if desk.settings.made_up && address.ip().is_loopback() {
        // Whoever tries it out is on this machine.
        file.address
            .get_or_insert_with(|| format!("http://{address}"));
    }
    let file = &file;
    let (_, router) = crate::wire::site(desk.clone(), file, behind_tls)?;
    let work = tokio::spawn(clockwork(desk.clone()));
    let watch = tokio::spawn(crate::oversight::on_and_on(desk.clone()));
    let log = crate::logboek::beside(&desk, file, args.logboek.as_deref())?;
    output::say(&format!("Samen listens on http://{address}"));
    web::listen::serve(listener, router, limits(file), stop_signal()).await;
    for task in [Some(work), Some(watch), log].into_iter().flatten() {
        task.abort();
        let _ = task.await;
    }
    desk.vault.close().await;
    Ok(Done::Well)
}

/// What a client may take, as far as the host set it.
fn limits(file: &File) -> Limits {
    let defaults = Limits::default();
    Limits {
        header: file.header_seconds.map_or(defaults.header, |s| {
            Duration::from_secs(u64::from(s.max(1)))
        }),
        connections: file.connections.unwrap_or(defaults.connections),
        ..defaults
    }
}

/// What Samen does by itself: every second what is due, every minute the tidying.
async fn clockwork(desk: Desk) {
    let mut seconds: u64 = 0;
    loop {
        match desk::tick::tick(&desk, now()).await {
            Ok(ticked) if !ticked.is_idle() => continue,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "clocks and deliveries failed this second; they are tried again")
            }
        }
        if seconds.is_multiple_of(60)
            && let Err(error) = desk::tick::tidy(&desk, now()).await
        {
            tracing::error!(%error, "tidying failed this minute; it is tried again");
        }
        seconds += 1;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "the binary is where time enters")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Ends when the program is asked to stop.
pub async fn stop_signal() {
    let ctrl_c = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}

/// Operators' log: one JSON line an event on standard error, no personal data, level by `SAMEN_LOG`.
pub fn logging() {
    let level = match std::env::var("SAMEN_LOG").as_deref() {
        Ok("debug") => tracing::Level::DEBUG,
        Ok("warn") => tracing::Level::WARN,
        Ok("error") => tracing::Level::ERROR,
        _ => tracing::Level::INFO,
    };
    let _ = tracing_subscriber::fmt()
        .json()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .try_init();
}
