//! Many reporters at once, and a ledger of what each of them was told.
//!
//! Every report carries a token of its own, so that a lost one and a doubled one are both visible. What was acknowledged must be there once; what
//! was left unanswered may be there or not, until it is sent again with the same key: then it must be there, once.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::api::{Receipt, Report, mailbox};
use crate::client::{Client, Unanswered};

/// What reporters were told, by the key of the report.
#[derive(Debug, Default)]
pub struct Ledger {
    next: AtomicU64,
    entries: Mutex<BTreeMap<u64, Entry>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Unanswered,
    Acknowledged(Receipt),
    NotAccepted(u16),
}

/// How the reporters of one spell of load fared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answered with a receipt.
    pub acknowledged: usize,
    /// Answered with "not accepted" (507 or 503).
    pub not_accepted: usize,
    /// Not answered at all.
    pub unanswered: usize,
}

impl Ledger {
    /// Sends reports from `reporters` threads to the servers at `addresses`, in turn, until `stop` is set or a thread gets no answer.
    ///
    /// # Errors
    /// When a report is answered with anything but a receipt or "not accepted".
    pub fn report_until(
        &self,
        addresses: &[&str],
        reporters: usize,
        stop: &AtomicBool,
    ) -> Result<()> {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..reporters)
                .map(|at| {
                    let address = addresses[at % addresses.len()];
                    scope.spawn(move || self.report_to(address, stop))
                })
                .collect();
            for thread in threads {
                thread
                    .join()
                    .map_err(|_| anyhow::anyhow!("a reporter failed"))??;
            }
            Ok(())
        })
    }

    fn report_to(&self, address: &str, stop: &AtomicBool) -> Result<()> {
        let client = Client::patient(address, Duration::from_secs(60));
        while !stop.load(Ordering::Relaxed) {
            if self.send(&client, self.begin()?)? == Entry::Unanswered {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Sends one new report, whatever it is told.
    ///
    /// # Errors
    /// As [`Ledger::report_until`].
    pub fn report_once(&self, client: &Client) -> Result<()> {
        let number = self.begin()?;
        self.send(client, number).map(|_| ())
    }

    /// Sends every report again that was not answered or not accepted, with its own key and body, to `client`.
    ///
    /// # Errors
    /// When one of them is still not kept.
    pub fn retry(&self, client: &Client) -> Result<usize> {
        let open: Vec<u64> = self
            .all()?
            .iter()
            .filter(|(_, entry)| !matches!(entry, Entry::Acknowledged(_)))
            .map(|(number, _)| *number)
            .collect();
        for number in &open {
            let entry = self.send(client, *number)?;
            ensure!(
                matches!(entry, Entry::Acknowledged(_)),
                "{} was sent again and answered {entry:?}",
                key(*number)
            );
        }
        Ok(open.len())
    }

    /// Sends the last `count` acknowledged reports again, as a program does that lost its answer, and compares the receipts.
    ///
    /// # Errors
    /// When a receipt differs: then the report is there twice, or not at all.
    pub fn repeat_last(&self, client: &Client, count: usize) -> Result<()> {
        for (number, receipt) in self.acknowledged()?.into_iter().rev().take(count) {
            let again = Receipt::read(&report(number).send(client)?)?;
            ensure!(
                again == receipt,
                "{} got {receipt:?} first and {again:?} later",
                key(number)
            );
        }
        Ok(())
    }

    /// Opens the mailbox of every acknowledged report from number `from` on.
    ///
    /// # Errors
    /// When one does not open, or two reports share a code.
    pub fn open_mailboxes(&self, client: &Client, from: usize) -> Result<usize> {
        let receipts = self.acknowledged()?;
        let mut seen = BTreeMap::new();
        for (number, receipt) in &receipts {
            if let Some(other) = seen.insert(receipt.digits(), *number) {
                bail!("{} and {} got the same code", key(other), key(*number));
            }
        }
        let mut opened = 0;
        for (number, receipt) in receipts.iter().skip(from) {
            let reply = mailbox(client, &receipt.digits())?;
            ensure!(
                reply.status == 200,
                "{} was acknowledged; its mailbox answers {}: {}",
                key(*number),
                reply.status,
                reply.text()
            );
            opened += 1;
        }
        Ok(opened)
    }

    /// How many reports have been acknowledged so far.
    ///
    /// # Errors
    /// When a reporter failed while it wrote the ledger.
    pub fn kept(&self) -> Result<usize> {
        Ok(self.tally()?.acknowledged)
    }

    /// The sums of the ledger.
    ///
    /// # Errors
    /// As [`Ledger::kept`].
    pub fn tally(&self) -> Result<Tally> {
        let mut tally = Tally::default();
        for entry in self.all()?.values() {
            match entry {
                Entry::Acknowledged(_) => tally.acknowledged += 1,
                Entry::NotAccepted(_) => tally.not_accepted += 1,
                Entry::Unanswered => tally.unanswered += 1,
            }
        }
        Ok(tally)
    }

    /// The token that the story of each acknowledged report holds.
    ///
    /// # Errors
    /// As [`Ledger::kept`].
    pub fn tokens(&self) -> Result<Vec<String>> {
        Ok(self
            .acknowledged()?
            .iter()
            .map(|(number, _)| token(*number))
            .collect())
    }

    fn begin(&self) -> Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.note(number, Entry::Unanswered)?;
        Ok(number)
    }

    fn send(&self, client: &Client, number: u64) -> Result<Entry> {
        let entry = match report(number).send(client) {
            Ok(reply) if reply.status == 201 => Entry::Acknowledged(Receipt::read(&reply)?),
            Ok(reply) if reply.status == 507 || reply.status == 503 => {
                Entry::NotAccepted(reply.status)
            }
            Ok(reply) => bail!(
                "{} was answered {}: {}",
                key(number),
                reply.status,
                reply.text()
            ),
            Err(error) if error.is::<Unanswered>() => Entry::Unanswered,
            Err(error) => return Err(error),
        };
        self.note(number, entry.clone())?;
        Ok(entry)
    }

    fn note(&self, number: u64, entry: Entry) -> Result<()> {
        self.entries
            .lock()
            .map_err(|_| anyhow::anyhow!("a reporter failed"))?
            .insert(number, entry);
        Ok(())
    }

    fn all(&self) -> Result<BTreeMap<u64, Entry>> {
        self.entries
            .lock()
            .map(|entries| entries.clone())
            .ok()
            .context("a reporter failed")
    }

    fn acknowledged(&self) -> Result<Vec<(u64, Receipt)>> {
        let receipts = self
            .all()?
            .into_iter()
            .filter_map(|(number, entry)| match entry {
                Entry::Acknowledged(receipt) => Some((number, receipt)),
                _ => None,
            });
        Ok(receipts.collect())
    }
}

fn key(number: u64) -> String {
    format!("report-{number:08}")
}

/// The token that only this report's story holds.
fn token(number: u64) -> String {
    format!("teken{number:08}teken")
}

fn report(number: u64) -> Report {
    let story = format!(
        "Verzonnen melding {}. In een loods werken mensen die hun paspoort niet terugkrijgen.",
        token(number)
    );
    Report::of(&story, &key(number))
}
