//! `samen backup`, `restore`, `verify`, `journal`, `erase`: keeping, proving and destroying.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use desk::{DeskError, erasure};
use vault::{Store, VaultError};

use crate::output::{self, Done, Refused};
use crate::serve::now;
use crate::store::StoreArgs;

/// Where a backup goes.
#[derive(Debug, Clone, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// File to write. The keys of the records stay in the key directory
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What to restore.
#[derive(Debug, Clone, Args)]
pub struct RestoreArgs {
    /// Backup file
    file: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
}

/// The journal for outsiders.
#[derive(Debug, Clone, Subcommand)]
pub enum JournalCommand {
    /// Writes all journals to a file that can be checked without the store
    #[command(
        after_help = "Example:\n  samen journal export --data /var/lib/samen/data --out journal.jsonl"
    )]
    Export {
        #[command(flatten)]
        store: StoreArgs,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Checks an exported journal; needs no store
    #[command(after_help = "Example:\n  samen journal verify journal.jsonl")]
    Verify {
        /// Exported journal
        file: PathBuf,
        /// Public key that you trust (hexadecimal), as `samen init` printed it
        #[arg(long)]
        key: Option<String>,
    },
}

/// What to erase.
#[derive(Debug, Clone, Args)]
pub struct EraseArgs {
    /// Record identifier: a person, or the matter that is about her. Its key and those of everything under it and of the
    /// copies that were sent are destroyed here and in every backup
    record: String,
    /// Store in which it lives (k1 to k7)
    #[arg(long)]
    compartment: String,
    /// Why, for the journal
    #[arg(long)]
    ground: String,
    /// Follows what was disclosed, and erases it where it came from and where it arrived too
    #[arg(long)]
    everywhere: bool,
    /// Only lists what would go, and what would stay elsewhere
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StoreArgs,
}

/// Writes a backup.
pub async fn backup(args: BackupArgs) -> Result<Done> {
    let (vault, _) = args.store.open(false).await?;
    let part = output::part_of(&args.out);
    let name = args.out.display().to_string();
    let mut file = std::io::BufWriter::new(
        std::fs::File::create(&part).with_context(|| part.display().to_string())?,
    );
    let id = vault.new_id(now()).to_string();
    let report = match vault.backup(&mut file, &name, &id).await {
        Ok(report) => report,
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            return Err(error.into());
        }
    };
    let file = file
        .into_inner()
        .map_err(|e| anyhow::anyhow!("{name}: {e}"))?;
    file.sync_all().with_context(|| name.clone())?;
    std::fs::rename(&part, &args.out).with_context(|| name.clone())?;
    vault.close().await;
    output::summary(&report)?;
    Ok(Done::Well)
}

/// Restores a backup and proves that the state is equal.
pub async fn restore(args: RestoreArgs) -> Result<Done> {
    let settings = args.store.vault(&args.store.file()?, true);
    let report = vault::restore(&args.file, settings).await?;
    output::summary(&report)?;
    Ok(Done::Well)
}

/// Checks every seal, index entry and journal; names the first fault.
pub async fn verify(store: StoreArgs) -> Result<Done> {
    let (vault, _) = store.open(false).await?;
    let bar = output::progress(0, "records");
    let checked = vault
        .verify(&mut |_, records| bar.set_position(records))
        .await;
    bar.finish_and_clear();
    let hash = vault.state_hash().await;
    vault.close().await;
    match checked {
        Ok(report) => {
            let mut value = serde_json::to_value(&report)?;
            value["sound"] = true.into();
            value["state_hash"] = hash?.state_hash.into();
            output::summary(&value)?;
            Ok(Done::Well)
        }
        Err(error) => found(&error),
    }
}

fn found(error: &VaultError) -> Result<Done> {
    output::say(&format!("samen: {error}"));
    output::summary(&serde_json::json!({ "sound": false, "fault": error.to_string() }))?;
    Ok(Done::Faults)
}

/// Runs `samen journal …`.
pub async fn journal(command: JournalCommand) -> Result<Done> {
    match command {
        JournalCommand::Export { store, out } => {
            let (vault, _) = store.open(false).await?;
            let report = export(&vault, &out).await?;
            vault.close().await;
            output::summary(&report)?;
            Ok(Done::Well)
        }
        JournalCommand::Verify { file, key } => {
            match vault::verify_journal_file(&file, key.as_deref()) {
                Ok(report) => {
                    let mut value = serde_json::to_value(&report)?;
                    value["sound"] = true.into();
                    output::summary(&value)?;
                    Ok(Done::Well)
                }
                Err(error) => found(&error),
            }
        }
    }
}

async fn export(vault: &vault::Vault, out: &Path) -> Result<vault::JournalReport> {
    let part = output::part_of(out);
    let name = out.display().to_string();
    let mut file = std::io::BufWriter::new(
        std::fs::File::create(&part).with_context(|| part.display().to_string())?,
    );
    let report = vault.export_journal(&mut file, &name, now()).await?;
    drop(file);
    std::fs::rename(&part, out).with_context(|| name)?;
    Ok(report)
}

/// Erases what is kept about a person in one compartment, or everywhere.
pub async fn erase(args: EraseArgs) -> Result<Done> {
    let store = Store::from_name(&args.compartment).with_context(|| {
        format!(
            "there is no compartment `{}`; choose k1 to k7",
            args.compartment
        )
    })?;
    let (desk, _) = args.store.desk(false).await?;
    let refused = |error: DeskError| match error {
        DeskError::Rule { .. } | DeskError::NotFound { .. } => Refused(error.to_string()).into(),
        other => anyhow::Error::from(other),
    };
    let plan = erasure::plan(&desk, store, &args.record, args.everywhere)
        .await
        .map_err(refused)?;
    if !args.dry_run {
        erasure::erase(&desk, now(), &args.ground, &plan)
            .await
            .map_err(refused)?;
    }
    desk.vault.close().await;
    let erased: Vec<&String> = plan.matters.iter().flat_map(|m| &m.records).collect();
    output::summary(&serde_json::json!({
        "erased": if args.dry_run { Vec::new() } else { erased },
        "matters": plan.matters,
        "left": plan.left,
        "dry_run": args.dry_run,
    }))?;
    Ok(Done::Well)
}
