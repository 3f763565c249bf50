//! Reading stories back, one line at a time.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{FileError, disk};
use crate::country::addresses::Address;
use crate::country::organisations::Organisation;
use crate::country::shelters::Location;
use crate::people::staff::Staff;
use crate::plan::Plan;
use crate::story::Story;

/// Longest line accepted; a story is under 10 kB.
const LINE_LIMIT: usize = 1 << 20;

/// Stories of a file, one by one; holds a single line in memory.
pub struct Stories {
    path: PathBuf,
    from: BufReader<File>,
    line: u64,
    buffer: Vec<u8>,
    failed: bool,
}

/// Opens `stories.jsonl`.
///
/// # Errors
/// When the file can't be opened. Later faults come from the iterator, with file and line; after one the iterator ends.
pub fn read_stories(path: &Path) -> Result<Stories, FileError> {
    let file = File::open(path).map_err(disk("open", path))?;
    Ok(Stories {
        path: path.to_owned(),
        from: BufReader::new(file),
        line: 0,
        buffer: Vec::new(),
        failed: false,
    })
}

/// What stands still in a world, read back from its folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Static {
    /// `organisations.json`.
    pub organisations: Vec<Organisation>,
    /// `people.json`.
    pub people: Vec<Staff>,
    /// `locations.json`.
    pub locations: Vec<Location>,
    /// `addresses.json`: for the address store only.
    pub addresses: Vec<Address>,
    /// `plan.json`.
    pub plan: Plan,
}

/// Reads the small files of a world's folder.
///
/// # Errors
/// When one of them can't be read or is not what `samen world` writes; the error names the file, line and column.
pub fn read_static(dir: &Path) -> Result<Static, FileError> {
    Ok(Static {
        organisations: whole(&dir.join("organisations.json"))?,
        people: whole(&dir.join("people.json"))?,
        locations: whole::<Instance>(&dir.join("locations.json"))?.locations,
        addresses: whole(&dir.join("addresses.json"))?,
        plan: whole(&dir.join("plan.json"))?,
    })
}

#[derive(Deserialize)]
struct Instance {
    locations: Vec<Location>,
}

fn whole<T: DeserializeOwned>(path: &Path) -> Result<T, FileError> {
    let text = std::fs::read(path).map_err(disk("read", path))?;
    serde_json::from_slice(&text).map_err(|error| FileError::NotReadable {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

impl Stories {
    fn next_story(&mut self) -> Result<Option<Story>, FileError> {
        loop {
            self.buffer.clear();
            let mut limited = (&mut self.from).take(LINE_LIMIT as u64 + 1);
            let length = limited
                .read_until(b'\n', &mut self.buffer)
                .map_err(disk("read", &self.path))?;
            if length == 0 {
                return Ok(None);
            }
            self.line += 1;
            if length > LINE_LIMIT {
                return Err(FileError::TooLong {
                    path: self.path.clone(),
                    line: self.line,
                    limit: LINE_LIMIT,
                });
            }
            if !self.buffer.trim_ascii().is_empty() {
                return self.parse().map(Some);
            }
        }
    }

    fn parse(&self) -> Result<Story, FileError> {
        let story: Story =
            serde_json::from_slice(&self.buffer).map_err(|error| FileError::NotAStory {
                path: self.path.clone(),
                line: self.line,
                column: error.column(),
                reason: error.to_string(),
            })?;
        if story.made_up {
            Ok(story)
        } else {
            Err(FileError::NotMadeUp {
                path: self.path.clone(),
                line: self.line,
            })
        }
    }
}

impl Iterator for Stories {
    type Item = Result<Story, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.next_story().transpose();
        self.failed = matches!(next, Some(Err(_)));
        next
    }
}
