//! `samen oversight`: the watch on the journals, for hosts that run it by a timer of their own.

use std::time::Duration;

use anyhow::Result;
use clap::Subcommand;
use desk::{Desk, decisions, oversight};

use crate::output::{self, Done};
use crate::serve::now;
use crate::store::StoreArgs;

/// Oversight.
#[derive(Debug, Clone, Subcommand)]
pub enum OversightCommand {
    /// Looks at what was added to the journals since the last time; findings are for an auditor to judge
    #[command(
        after_help = "Example:\n  samen oversight watch --data /var/lib/samen/data\n\n`samen serve` does this by itself every ten minutes."
    )]
    Watch(StoreArgs),
    /// Takes every kept decision about sharing again, by the rules of then
    #[command(
        after_help = "Example:\n  samen oversight replay --data /var/lib/samen/data\n\nExit status 1 when one of them gives another answer."
    )]
    Replay(StoreArgs),
}

/// Runs `samen oversight …`.
pub async fn oversight(command: OversightCommand) -> Result<Done> {
    match command {
        OversightCommand::Watch(store) => watch(&store).await,
        OversightCommand::Replay(store) => replay(&store).await,
    }
}

async fn replay(store: &StoreArgs) -> Result<Done> {
    let (desk, _) = store.desk(false).await?;
    let replayed = decisions::replay_all(&desk).await;
    desk.vault.close().await;
    let replayed = replayed?;
    for (store, id) in &replayed.different {
        output::say(&format!("samen: {store} {id}: another answer than then"));
    }
    for (store, id, why) in &replayed.not_possible {
        output::say(&format!("samen: {store} {id}: not decided again ({why})"));
    }
    output::summary(&serde_json::json!({
        "decisions": replayed.decisions,
        "same": replayed.same,
        "different": replayed.different.len(),
        "not_possible": replayed.not_possible.len(),
    }))?;
    Ok(match replayed.different.is_empty() {
        true => Done::Well,
        false => Done::Faults,
    })
}

async fn watch(store: &StoreArgs) -> Result<Done> {
    let (desk, _) = store.desk(false).await?;
    let watched = oversight::watch(&desk, now()).await;
    let unseen = oversight::unseen(&desk).await;
    desk.vault.close().await;
    let (watched, unseen) = (watched?, unseen?);
    if unseen > 0 {
        output::say(&format!(
            "samen: {unseen} findings may be seen by no auditor: appoint one of another organisation"
        ));
    }
    output::summary(&serde_json::json!({
        "people": watched.people,
        "findings": watched.findings,
        "unseen": unseen,
    }))?;
    Ok(Done::Well)
}

/// Between two rounds.
const ROUND: Duration = Duration::from_secs(600);
/// Before the first, so that a start is not made slower by it.
const FIRST: Duration = Duration::from_secs(60);

/// Watches for as long as the server runs.
pub async fn on_and_on(desk: Desk) {
    tokio::time::sleep(FIRST).await;
    loop {
        if let Err(error) = oversight::watch(&desk, now()).await {
            tracing::error!(%error, "the watch on the journals failed; it is tried again");
        }
        match oversight::unseen(&desk).await {
            Ok(0) => {}
            Ok(unseen) => {
                tracing::warn!(
                    unseen,
                    "findings may be seen by no auditor: appoint one of another organisation"
                );
            }
            Err(error) => tracing::error!(%error, "findings could not be counted"),
        }
        tokio::time::sleep(ROUND).await;
    }
}
