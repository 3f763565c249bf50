//! `samen retention`: what has been kept as long as it may be, and what a legal hold keeps.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use desk::{Actor, DeskError, retention};
use domain::SafeText;
use domain::vocabulary::calendar::start_of_day;
use jiff::civil::Date;
use vault::Store;

use crate::output::{self, Done, Refused};
use crate::serve::now;
use crate::store::StoreArgs;

/// Keeping and destroying by term.
#[derive(Debug, Clone, Subcommand)]
pub enum RetentionCommand {
    /// Destroys the keys of records whose term has ended, here and in every backup
    #[command(
        after_help = "Example:\n  samen retention run --dry-run --as-of 2027-01-01\n\nA record under a legal hold stays. What is due later is only listed, with --dry-run."
    )]
    Run(RunArgs),
    /// Keeps a record longer than its term, for a claim or a trial
    #[command(
        after_help = "Example:\n  samen retention hold 0193… --compartment k3 --reason \"Letselschade, zaak loopt\""
    )]
    Hold(HoldArgs),
    /// Ends a hold; the term counts again from where it began
    #[command(
        after_help = "Example:\n  samen retention release 0193… --reason \"Uitspraak is onherroepelijk\""
    )]
    Release(ReleaseArgs),
}

/// Which day, and whether anything is done.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// What was due at the beginning of this day [default: now]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Only list what is due
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StoreArgs,
}

/// What to hold.
#[derive(Debug, Clone, Args)]
pub struct HoldArgs {
    /// Record identifier
    record: String,
    /// Store in which it lives (k1 to k7)
    #[arg(long)]
    compartment: String,
    /// Why it is needed longer; name no person
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    store: StoreArgs,
}

/// What to release.
#[derive(Debug, Clone, Args)]
pub struct ReleaseArgs {
    /// Hold identifier, as `samen retention hold` printed it
    hold: String,
    /// Why it is no longer needed; name no person
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs `samen retention …`.
pub async fn retention(command: RetentionCommand) -> Result<Done> {
    match command {
        RetentionCommand::Run(args) => run(args).await,
        RetentionCommand::Hold(args) => hold(args).await,
        RetentionCommand::Release(args) => release(args).await,
    }
}

async fn run(args: RunArgs) -> Result<Done> {
    let (desk, _) = args.store.desk(false).await?;
    let now = now();
    let as_of = match args.as_of {
        Some(day) => start_of_day(day),
        None => now,
    };
    let done = retention::run(&desk, &Actor::System, now, as_of, args.dry_run).await;
    desk.vault.close().await;
    let mut report = serde_json::to_value(done.map_err(refused)?)?;
    report["as_of"] = as_of.to_string().into();
    report["dry_run"] = args.dry_run.into();
    output::summary(&report)?;
    Ok(Done::Well)
}

async fn hold(args: HoldArgs) -> Result<Done> {
    let store = Store::from_name(&args.compartment).with_context(|| {
        format!(
            "there is no compartment `{}`; choose k1 to k7",
            args.compartment
        )
    })?;
    let reason = reason(&args.reason)?;
    let (desk, _) = args.store.desk(false).await?;
    let held = retention::hold(&desk, &Actor::System, now(), store, &args.record, reason).await;
    desk.vault.close().await;
    output::summary(&serde_json::json!({ "hold": held.map_err(refused)? }))?;
    Ok(Done::Well)
}

async fn release(args: ReleaseArgs) -> Result<Done> {
    let reason = reason(&args.reason)?;
    let (desk, _) = args.store.desk(false).await?;
    let released = retention::release(&desk, &Actor::System, now(), &args.hold, reason).await;
    desk.vault.close().await;
    released.map_err(refused)?;
    output::summary(&serde_json::json!({ "released": args.hold }))?;
    Ok(Done::Well)
}

fn reason(text: &str) -> Result<SafeText> {
    SafeText::new("reason", text, 500)
        .context("give the reason with --reason, in at most 500 characters")
}

fn refused(error: DeskError) -> anyhow::Error {
    match error {
        DeskError::Rule { .. } | DeskError::NotFound { .. } => Refused(error.to_string()).into(),
        other => other.into(),
    }
}
