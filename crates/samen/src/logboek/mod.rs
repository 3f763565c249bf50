//! `samen logboek`: the journal as records of Logboek Dataverwerkingen, to a file or to a collector.

mod collector;
mod send;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use desk::Desk;
use desk::kept::Store;
use desk::logboek::{Logboek, NO_REGISTER, register};
use domain::time::dutch_date;
use domain::vocabulary::Lang;
use jiff::civil::Date;

use self::collector::Collector;
use crate::config::File;
use crate::output::{self, Done, Refused};
use crate::serve::now;
use crate::store::StoreArgs;

/// The logboek.
#[derive(Debug, Clone, Subcommand)]
pub enum LogboekCommand {
    /// Lists the processing activities that records refer to (art. 30 AVG)
    #[command(after_help = "Example:\n  samen logboek activities --language nl")]
    Activities(ActivitiesArgs),
    /// Writes a record a line (NDJSON) of everything in the journals
    #[command(
        after_help = "Example:\n  samen logboek export --data /var/lib/samen/data --out logboek.ndjson"
    )]
    Export {
        #[command(flatten)]
        store: StoreArgs,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Sends what waits to a collector (OTLP over HTTP), until it has acknowledged
    #[command(
        after_help = "Example:\n  samen logboek send --endpoint http://127.0.0.1:4318 --once\n\nPlain http goes to this machine only; other collectors need https."
    )]
    Send(SendArgs),
    /// Prints the pseudonyms of a record and all under it, to find a person's records in the log
    #[command(after_help = "Example:\n  samen logboek subject 0193… --compartment k3")]
    Subject {
        /// Record identifier, such as that of a case
        record: String,
        /// Store in which it lives (k1 to k7)
        #[arg(long)]
        compartment: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Tells how many journal entries wait to be sent
    #[command(after_help = "Example:\n  samen logboek status --data /var/lib/samen/data")]
    Status(StoreArgs),
}

/// Which register.
#[derive(Debug, Clone, Args)]
pub struct ActivitiesArgs {
    /// The register of this day [default: today]
    #[arg(long, value_name = "DATE")]
    day: Option<Date>,
    /// Language of the words
    #[arg(long, value_enum, default_value = "nl")]
    language: Language,
    #[command(flatten)]
    store: StoreArgs,
}

/// Language of the register.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// Dutch
    Nl,
    /// English
    En,
}

/// Where to send, and how long.
#[derive(Debug, Clone, Args)]
pub struct SendArgs {
    /// Address of the collector
    #[arg(long, env = "SAMEN_LOGBOEK", value_name = "URL")]
    endpoint: String,
    /// Certificates (PEM) of the collector's own authority, instead of the public ones
    #[arg(long, env = "SAMEN_LOGBOEK_CA", value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Send what waits now and stop
    #[arg(long)]
    once: bool,
    /// Begin with the first entry of every journal, for a collector that has nothing yet
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs `samen logboek …`.
pub async fn logboek(command: LogboekCommand) -> Result<Done> {
    match command {
        LogboekCommand::Activities(args) => activities(&args).await,
        LogboekCommand::Export { store, out } => export(&store, &out).await,
        LogboekCommand::Send(args) => send_out(args).await,
        LogboekCommand::Subject {
            record,
            compartment,
            store,
        } => subject(&record, &compartment, &store).await,
        LogboekCommand::Status(store) => status(&store).await,
    }
}

/// Makes records of a desk's journals, for the register that the host names.
pub fn writer(desk: &Desk, file: &File) -> Result<Logboek> {
    let base = file.register.as_deref().unwrap_or(NO_REGISTER);
    Ok(Logboek::new(desk, base, env!("CARGO_PKG_VERSION"))?)
}

/// Sends for as long as the server runs, when the host names a collector.
pub fn beside(
    desk: &Desk,
    file: &File,
    endpoint: Option<&str>,
) -> Result<Option<tokio::task::JoinHandle<()>>> {
    let Some(endpoint) = endpoint.or(file.logboek.as_deref()) else {
        return Ok(None);
    };
    let log = writer(desk, file)?;
    let collector = Collector::at(endpoint, file.logboek_ca.as_deref())?;
    Ok(Some(tokio::spawn(send::on_and_on(log, collector))))
}

async fn activities(args: &ActivitiesArgs) -> Result<Done> {
    let (desk, file) = args.store.desk(false).await?;
    let log = writer(&desk, &file)?;
    let day = args.day.unwrap_or_else(|| dutch_date(now()));
    let lang = match args.language {
        Language::Nl => Lang::Nl,
        Language::En => Lang::En,
    };
    let lines = register(&log, &desk.vocabulary, day, lang)?;
    output::summary(&serde_json::json!({ "day": day, "activities": lines }))?;
    desk.vault.close().await;
    Ok(Done::Well)
}

async fn export(store: &StoreArgs, out: &Path) -> Result<Done> {
    let (desk, file) = store.desk(false).await?;
    let log = writer(&desk, &file)?;
    let part = output::part_of(out);
    let name = || out.display().to_string();
    let written = std::fs::File::create(&part).with_context(|| part.display().to_string())?;
    let mut written = std::io::BufWriter::new(written);
    let mut records = 0usize;
    for store in Store::ALL {
        let mut after = 0;
        while let Some(batch) = log.after(store, after, now()).await? {
            after = batch.until;
            for record in &batch.records {
                writeln!(written, "{}", record.to_json()).with_context(name)?;
                records += 1;
            }
        }
    }
    let written = written
        .into_inner()
        .map_err(|e| e.into_error())
        .with_context(name)?;
    written.sync_all().with_context(name)?;
    std::fs::rename(&part, out).with_context(name)?;
    desk.vault.close().await;
    output::summary(&serde_json::json!({ "records": records }))?;
    Ok(Done::Well)
}

async fn send_out(args: SendArgs) -> Result<Done> {
    let collector = Collector::at(&args.endpoint, args.ca.as_deref())?;
    let (desk, file) = args.store.desk(false).await?;
    let log = writer(&desk, &file)?;
    if args.again {
        log.begin_again().await?;
    }
    if !args.once {
        crate::serve::logging();
        tokio::select! {
            () = send::on_and_on(log, collector) => {}
            () = crate::serve::stop_signal() => {}
        }
        desk.vault.close().await;
        return Ok(Done::Well);
    }
    let sent = send::all(&log, &collector).await;
    let waiting = waiting(&log).await;
    desk.vault.close().await;
    let sent = sent.map_err(|error| Refused(format!("{error:#}")))?;
    output::summary(&serde_json::json!({ "sent": sent, "waiting": waiting? }))?;
    Ok(Done::Well)
}

async fn waiting(log: &Logboek) -> Result<i64> {
    let backlog = log.backlog().await?;
    Ok(backlog.iter().map(|(_, entries)| entries).sum())
}

async fn subject(record: &str, compartment: &str, store: &StoreArgs) -> Result<Done> {
    let place = Store::from_name(compartment)
        .with_context(|| format!("there is no compartment `{compartment}`; choose k1 to k7"))?;
    let (desk, file) = store.desk(false).await?;
    let found = writer(&desk, &file)?.pseudonyms(place, record).await?;
    desk.vault.close().await;
    output::summary(&serde_json::json!({ "data_subject_ids": found }))?;
    Ok(Done::Well)
}

async fn status(store: &StoreArgs) -> Result<Done> {
    let (desk, file) = store.desk(false).await?;
    let backlog = writer(&desk, &file)?.backlog().await?;
    desk.vault.close().await;
    let each: serde_json::Map<String, serde_json::Value> = backlog
        .into_iter()
        .map(|(store, entries)| (store.name().to_owned(), entries.into()))
        .collect();
    output::summary(&serde_json::json!({ "waiting": each }))?;
    Ok(Done::Well)
}
