//! What can be wrong with vocabulary files. All faults are reported at once, each with its place and its remedy.

use std::fmt;

/// The vocabulary could not be loaded. Every fault found is listed; nothing is half-loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyError {
    problems: Vec<Problem>,
}

/// One fault: in which file, on which line, about which code, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as it was named to the loader.
    pub file: String,
    /// The line, counted from 1; 0 when the fault is the absence of the file itself.
    pub line: usize,
    /// The code of the entry, when it could be read.
    pub code: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    /// The text is not TOML or CSV.
    #[error("cannot be read: {0}; correct the syntax")]
    Syntax(String),
    /// No file gives this list.
    #[error("no file holds the list `{0}`; add one with that name in its header")]
    MissingList(&'static str),
    /// The header names a list that the program does not know.
    #[error(
        "`{0}` is not a list of this vocabulary; correct `list`, see docs/vocabulary.md for the names"
    )]
    UnknownList(String),
    /// The list has no entry at all.
    #[error("the list has no entries; add at least one `[[entry]]` or row")]
    EmptyList,
    /// A field that this list does not have.
    #[error("field `{0}` is unknown in this list; remove it or correct its spelling")]
    UnknownField(String),
    /// A field that must be there.
    #[error("field `{0}` is missing; add it")]
    MissingField(String),
    /// A field with the wrong kind of value.
    #[error("field `{field}` is {found}; it must be {expected}")]
    WrongValue {
        /// The field.
        field: String,
        /// What stands there.
        found: String,
        /// What should stand there.
        expected: String,
    },
    /// A text that cannot be a code.
    #[error("field `{field}`: {reason}")]
    MalformedCode {
        /// The field.
        field: String,
        /// Why not.
        reason: String,
    },
    /// The same code twice for the same days.
    #[error(
        "the code also stands on line {other_line} of {other_file} for the same days; remove one of them"
    )]
    DuplicateCode {
        /// The file of the other entry.
        other_file: String,
        /// The line of the other entry.
        other_line: usize,
    },
    /// The same code twice with days in common.
    #[error(
        "the code is valid {this}, and on line {other_line} of {other_file} {other}: these days overlap; end one with `valid_until` on the day the other begins"
    )]
    OverlappingValidity {
        /// The days of this entry.
        this: String,
        /// The file of the other entry.
        other_file: String,
        /// The line of the other entry.
        other_line: usize,
        /// The days of the other entry.
        other: String,
    },
    /// An alias that is also a code or another entry's alias.
    #[error("alias `{alias}` already means `{other}`; remove one of them")]
    AmbiguousAlias {
        /// The alias.
        alias: String,
        /// The code it already stands for.
        other: String,
    },
    /// `valid_until` not after `valid_from`.
    #[error(
        "`valid_until` {until} is not after `valid_from` {from}; the entry would never count, correct one of the dates"
    )]
    NeverValid {
        /// The first day.
        from: String,
        /// The day it ends.
        until: String,
    },
    /// A reference to an entry that is nowhere, or never on the same days.
    #[error(
        "field `{field}` refers to `{target}`, which is {why} in the list `{list}`; correct the reference or add the entry"
    )]
    UnknownReference {
        /// The field that refers.
        field: String,
        /// The code referred to.
        target: String,
        /// The list it should be in.
        list: &'static str,
        /// `unknown`, or `never valid on the same days`.
        why: &'static str,
    },
    /// A code that rules in the program name is not in its list on any day.
    #[error(
        "the program refers to this code and the list `{0}` does not hold it; add it, with `valid_until` if it no longer counts"
    )]
    RequiredCode(&'static str),
    /// A rule of the list as a whole is broken.
    #[error("{0}")]
    Inconsistent(String),
}

impl VocabularyError {
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        Self { problems }
    }

    /// Every fault, in order of file and line.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl std::error::Error for VocabularyError {}

impl fmt::Display for VocabularyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        let noun = if count == 1 { "fault" } else { "faults" };
        write!(formatter, "the vocabulary has {count} {noun}")?;
        for problem in &self.problems {
            write!(formatter, "\n{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.file)?;
        if self.line > 0 {
            write!(formatter, ":{}", self.line)?;
        }
        if let Some(code) = &self.code {
            write!(formatter, " `{code}`")?;
        }
        write!(formatter, ": {}", self.fault)
    }
}
