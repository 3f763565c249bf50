//! Why a row of a file is not taken over, typed: a page says it in its reader's language, `Display` is the English of the command.

use std::fmt;

use domain::action::{LineError, Status};
use domain::text::TextError;
use jiff::civil::Date;

/// Why a row is not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// An earlier row has the same number.
    OwnId,
    /// A finished action does not go back by a file.
    Finished {
        /// What it is.
        from: Status,
        /// What the file says.
        to: Status,
    },
    /// Not after the last news in the register.
    NotNewer(Option<Date>),
    /// A day that is still to come.
    DayUpTo(Date),
    /// No title.
    NoTitle,
    /// No organisation of this installation.
    Organisation(String),
    /// No status.
    Status,
    /// No action line.
    Line,
    /// No form.
    Form(String),
    /// No age group.
    Age,
    /// No region.
    Region,
    /// A text that cannot be kept.
    Text(TextError),
    /// A milestone, a measure or an amount that cannot be read.
    Detail(LineError),
    /// What the register refuses by a rule: the key of its text, and its words.
    Rule {
        /// The key.
        key: String,
        /// In English.
        detail: String,
    },
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwnId => f.write_str("an id of its own; an earlier row has the same"),
            Self::Finished { from, to } => write!(
                f,
                "{}: a finished action does not go back to {} by a file; do it on its page, with the reason",
                from.code(),
                to.code()
            ),
            Self::NotNewer(Some(last)) => {
                write!(f, "a day after the last news in the register ({last})")
            }
            Self::NotNewer(None) => f.write_str("a day after the last news in the register"),
            Self::DayUpTo(today) => write!(f, "a day up to {today}"),
            Self::NoTitle => f.write_str("a title"),
            Self::Organisation(code) => write!(
                f,
                "for `{code}`: the code or name of an organisation of this installation"
            ),
            Self::Status => f.write_str(
                "one of niet_gestart, loopt, vertraagd, afgerond, vervallen, structureel_geborgd",
            ),
            Self::Line => f.write_str("an action line, 1 to 6"),
            Self::Form(code) => write!(f, "for `{code}`: the code of a form"),
            Self::Age => f.write_str("minor, adult, young_adult or adult_23"),
            Self::Region => f.write_str("the code of a region, such as RE01"),
            Self::Text(error) => error.fmt(f),
            Self::Detail(error) => error.fmt(f),
            Self::Rule { detail, .. } => f.write_str(detail),
        }
    }
}
