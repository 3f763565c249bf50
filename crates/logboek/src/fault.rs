//! Why something is not a record of the standard.

/// What is wrong, where, and what was expected. Holds no value of a record: a value may be about a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An identifier has another form.
    #[error("{field}: expected {bytes} bytes as {} lower-case hexadecimal characters, not all zero", bytes * 2)]
    Identifier {
        /// Which one.
        field: &'static str,
        /// How many bytes the standard asks.
        bytes: usize,
    },
    /// A reference is no URI.
    #[error(
        "{field}: expected an absolute URI (RFC 3986), such as https://register.example.nl/activities/x/1"
    )]
    Uri {
        /// Which one.
        field: &'static str,
    },
    /// A name is empty or too long.
    #[error("{field}: expected 1 to {longest} characters without line ends")]
    Name {
        /// Which one.
        field: &'static str,
        /// Most characters.
        longest: usize,
    },
    /// The action ends before it begins.
    #[error("end_time: the action ends before it begins")]
    Times,
    /// One of the two attributes of the data subject is missing.
    #[error(
        "attributes: dpl.core.data_subject_id and dpl.core.data_subject_id_type stand together or not at all"
    )]
    HalfSubject,
    /// A pseudonym has another form.
    #[error(
        "dpl.core.data_subject_id: expected a pseudonym of 64 lower-case hexadecimal characters"
    )]
    Pseudonym,
    /// A header of W3C Trace Context has another form.
    #[error(
        "traceparent: expected 00-<32 hexadecimal>-<16 hexadecimal>-<2 hexadecimal> (W3C Trace Context)"
    )]
    TraceParent,
    /// The text is not JSON of a record.
    #[error("line {line}, column {column}: {what}")]
    Json {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
        /// What was found, without any value.
        what: &'static str,
    },
}
