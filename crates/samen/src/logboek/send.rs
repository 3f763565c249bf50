//! Sending what waits: store by store, batch by batch, and no further than was acknowledged.

use std::time::Duration;

use anyhow::{Result, bail};
use desk::kept::Store;
use desk::logboek::Logboek;
use logboek::otlp::{self, Answer};

use super::collector::Collector;
use crate::serve::now;

/// Between two looks when there is nothing to send.
const REST: Duration = Duration::from_secs(2);
/// The longest wait after failures.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Sends everything that waits now. Returns how many records were acknowledged.
pub async fn all(log: &Logboek, collector: &Collector) -> Result<usize> {
    let mut sent = 0;
    for store in Store::ALL {
        while let Some(batch) = log.waiting(store, now()).await? {
            let body = serde_json::to_vec(&otlp::body(&batch.records))?;
            match collector.send(body).await? {
                Answer::Acknowledged => {}
                Answer::Later => {
                    bail!("the collector asks to wait; everything from here on is sent again")
                }
                Answer::Refused { status, rejected } => bail!(
                    "the collector answered {status} and took {}; nothing is passed over, so everything from here on is sent again",
                    match rejected {
                        0 => "nothing".to_owned(),
                        n => format!("{n} records less than all"),
                    }
                ),
            }
            log.acknowledged(&batch).await?;
            sent += batch.records.len();
        }
    }
    Ok(sent)
}

/// Sends for as long as the program runs; a failure is told and tried again, later each time.
pub async fn on_and_on(log: Logboek, collector: Collector) {
    let mut wait = REST;
    loop {
        match all(&log, &collector).await {
            Ok(_) => wait = REST,
            Err(error) => {
                tracing::warn!(error = %format!("{error:#}"), seconds = wait.as_secs(), "records of the logboek wait");
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
        tokio::time::sleep(wait).await;
    }
}
