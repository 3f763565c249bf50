//! Why something is not a record of a decision.

/// What is wrong, where, and what was expected. Holds no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A code has another form.
    #[error(
        "{at}: expected a code: a letter, then letters, digits and . _ : -, at most 100 characters and no row of more than five digits"
    )]
    Code {
        /// Where.
        at: String,
    },
    /// A day has another form.
    #[error("{at}: expected a day as 2026-11-22")]
    Day {
        /// Where.
        at: String,
    },
    /// A reference to law has another form.
    #[error("{at}: expected the article in at most 200 characters, without line ends")]
    Article {
        /// Where.
        at: String,
    },
    /// Something that is not a kind: text, a broken number, nothing at all.
    #[error(
        "{at}: only codes, days, whole numbers, yes or no, and lists or groups of these may stand in a record"
    )]
    NotAKind {
        /// Where.
        at: String,
    },
    /// Groups within groups without end.
    #[error("{at}: groups stand at most {most} deep")]
    TooDeep {
        /// Where.
        at: String,
        /// Most.
        most: usize,
    },
    /// The record follows another draft.
    #[error("resource.draft: this program reads {expected}")]
    Draft {
        /// The draft that is read.
        expected: &'static str,
    },
    /// A record that says it decided holds no answer, or one that failed holds one.
    #[error("status: a decision has an answer in its body, a failure has none")]
    Status,
    /// Identifier or attribute of the data subject.
    #[error("{0}")]
    Logboek(#[from] logboek::Fault),
    /// The text is not JSON of a record.
    #[error("line {line}, column {column}: {what}")]
    Json {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
        /// What was found.
        what: String,
    },
}
