//! What can be wrong with the files of the law. All faults are told at once, each with file, line and remedy.

use std::fmt;

/// The law could not be loaded. Nothing is half-loaded, and nothing is decided with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyError {
    faults: Vec<Fault>,
}

/// One fault: in which file, on which line, in which act, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, with its folder.
    pub file: String,
    /// The line, counted from 1; 0 when the fault is in the file as a whole.
    pub line: usize,
    /// The act or entry, when it could be read.
    pub id: Option<String>,
    /// What is wrong and what to do.
    pub what: Wrong,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Wrong {
    /// The text is not TOML.
    #[error("cannot be read: {0}; correct the syntax")]
    Syntax(String),
    /// A file that must be there.
    #[error("the file is missing; add it, as docs/law.md says")]
    MissingFile,
    /// A file that the law does not know.
    #[error(
        "the law knows no such file; acts stand in `acts/`, the others are named in docs/law.md"
    )]
    UnknownFile,
    /// A member that this file does not have.
    #[error("`{0}` is unknown here; remove it or correct its spelling")]
    UnknownMember(String),
    /// A member that must be there.
    #[error("`{0}` is missing; add it")]
    Missing(String),
    /// A member with the wrong kind of value.
    #[error("`{member}` must be {expected}")]
    Kind {
        /// The member.
        member: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// A code that its list does not hold.
    #[error("`{member}`: `{code}` is not in {list}; correct it or add it there")]
    UnknownCode {
        /// The member that names it.
        member: String,
        /// The code.
        code: String,
        /// Where it should be.
        list: String,
    },
    /// The same id twice for the same days.
    #[error(
        "the id also stands in {other} for the same days; give it another id, or end one with `valid_until`"
    )]
    DuplicateId {
        /// The other file.
        other: String,
    },
    /// The same id twice with days in common.
    #[error(
        "the id counts {this}, and in {other} {those}: these days overlap; end one with `valid_until` on the day the other begins"
    )]
    OverlappingDates {
        /// The days here.
        this: String,
        /// The other file.
        other: String,
        /// The days there.
        those: String,
    },
    /// `valid_until` not after `valid_from`.
    #[error("`valid_until` {until} is not after `valid_from` {from}; the act would never count")]
    NeverValid {
        /// First day.
        from: String,
        /// The day it ends.
        until: String,
    },
    /// The members contradict each other, or a rule of the law as a whole is broken.
    #[error("{0}")]
    Rule(String),
    /// The version is not signed as it must be.
    #[error("{0}")]
    Signature(String),
    /// The generated policy does not pass Cedar's strict validation.
    #[error("the Cedar policy made of this act is not sound: {0}")]
    Cedar(String),
}

impl PolicyError {
    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort();
        faults.dedup();
        Self { faults }
    }

    /// Every fault, in order of file and line.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl std::error::Error for PolicyError {}

impl fmt::Display for PolicyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        let noun = if count == 1 { "fault" } else { "faults" };
        write!(formatter, "the law of sharing has {count} {noun}")?;
        for fault in &self.faults {
            write!(formatter, "\n{fault}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if self.line > 0 {
            write!(formatter, ":{}", self.line)?;
        }
        if let Some(id) = &self.id {
            write!(formatter, " `{id}`")?;
        }
        write!(formatter, ": {}", self.what)
    }
}
