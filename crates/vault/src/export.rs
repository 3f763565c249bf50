//! The journal for outsiders: a file of JSON lines that can be checked without the store.
//!
//! First line: the signed heads. Then every entry of every store in order: `{"entry": "<exact text>", "hash": "…"}`.
//! The entry is carried as text, so that a checker hashes exactly what was hashed.

use std::io::{BufRead, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::journal::{ChainCheck, SignedHead};
use crate::{Result, Store, Vault, VaultError, db};

#[derive(Serialize, Deserialize)]
struct FirstLine {
    format: String,
    head: SignedHead,
}

#[derive(Serialize, Deserialize)]
struct Line {
    store: Store,
    entry: String,
    hash: String,
}

const FORMAT: &str = "samen-journal-1";

/// What an export or check found.
#[derive(Debug, Clone, Serialize)]
pub struct JournalReport {
    /// Entries in all stores.
    pub entries: i64,
    /// The signed heads.
    pub head: SignedHead,
}

impl Vault {
    /// Writes all journals; entries made after the head was signed are left out.
    pub async fn export_journal(
        &self,
        out: &mut dyn Write,
        file: &str,
        now: Timestamp,
    ) -> Result<JournalReport> {
        let io = |e: std::io::Error| VaultError::File {
            file: file.to_owned(),
            what: e.to_string(),
        };
        let head = self.signed_head(now).await?;
        write_line(
            out,
            &FirstLine {
                format: FORMAT.to_owned(),
                head: head.clone(),
            },
        )
        .map_err(io)?;
        let mut entries = 0;
        for store_head in &head.heads {
            let store = store_head.store;
            let fail = |e: sqlx::Error| db::translate(store, &e);
            let mut from = 0;
            while from < store_head.seq {
                let rows = self
                    .pool(store)
                    .rows(
                        "SELECT seq, entry, hash FROM journal WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT 1000",
                        vec![from.into(), store_head.seq.into()],
                    )
                    .await
                    .map_err(fail)?;
                if rows.is_empty() {
                    break;
                }
                for row in rows {
                    from = row.int(0).map_err(fail)?;
                    let line = Line {
                        store,
                        entry: row.text(1).map_err(fail)?,
                        hash: hex::encode(row.blob(2).map_err(fail)?),
                    };
                    write_line(out, &line).map_err(io)?;
                    entries += 1;
                }
            }
        }
        out.flush().map_err(io)?;
        Ok(JournalReport { entries, head })
    }
}

fn write_line(out: &mut dyn Write, line: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// The longest line an export can have: an entry names at most some thousands of records.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

/// Lines of bounded length, so that a file without line ends is refused and not held in memory.
struct Lines<R>(R);

impl<R: BufRead> Iterator for Lines<R> {
    type Item = std::io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = String::new();
        match std::io::Read::take(&mut self.0, LONGEST_LINE).read_line(&mut line) {
            Ok(0) => None,
            Ok(_) if line.ends_with('\n') => Some(Ok(line)),
            Ok(_) => Some(Err(std::io::Error::other("cut off or too long"))),
            Err(error) => Some(Err(error)),
        }
    }
}

/// Checks an exported journal without any store; names the first fault. `key` is the hexadecimal public key that the
/// reader trusts; without it the key in the file itself is used, which proves only that the file is whole.
pub fn verify_journal_file(path: &Path, key: Option<&str>) -> Result<JournalReport> {
    let fault = |what: String| VaultError::File {
        file: path.display().to_string(),
        what,
    };
    let file = std::fs::File::open(path).map_err(|e| fault(e.to_string()))?;
    let mut lines = Lines(std::io::BufReader::new(file));
    let first = lines
        .next()
        .ok_or_else(|| fault("the file is empty".to_owned()))?
        .map_err(|e| fault(format!("line 1: {e}")))?;
    let first: FirstLine = serde_json::from_str(&first)
        .map_err(|_| fault("line 1: not the head of a journal export".to_owned()))?;
    let head = first.head;
    if first.format != FORMAT || !head.is_genuine() {
        return Err(fault(
            "line 1: the signature under the heads is not genuine".to_owned(),
        ));
    }
    if key.is_some_and(|key| key != head.key) {
        return Err(fault(format!(
            "line 1: signed with another key ({})",
            head.key
        )));
    }
    let mut checks: Vec<ChainCheck> = Store::ALL.into_iter().map(ChainCheck::begin).collect();
    let mut entries = 0;
    for (at, line) in lines.enumerate() {
        let number = at + 2;
        let line = line.map_err(|e| fault(format!("line {number}: {e}")))?;
        let line: Line = serde_json::from_str(&line)
            .map_err(|_| fault(format!("line {number}: not a line of a journal export")))?;
        let claimed = hex::decode(&line.hash)
            .map_err(|_| fault(format!("line {number}: the hash is not hexadecimal")))?;
        checks[line.store.index()]
            .step(&line.entry, &claimed)
            .map_err(|what| fault(format!("line {number}: {what}")))?;
        entries += 1;
    }
    for (check, signed) in checks.iter().zip(&head.heads) {
        if &check.head() != signed {
            return Err(fault(format!(
                "the journal of {} ends at entry {}, its signed head says {}",
                signed.store,
                check.head().seq,
                signed.seq
            )));
        }
    }
    if head.heads.len() != checks.len() {
        return Err(fault(
            "line 1: a store is missing from the heads".to_owned(),
        ));
    }
    Ok(JournalReport { entries, head })
}
