//! Words of the signal desk: how a report came in, from whom, in which language, and what came of it.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts, OnlyWords};
use super::row::Row;

/// How a report came in.
pub type Channel = Entry<ChannelFacts>;
/// The code of a [`Channel`].
pub type ChannelCode = Code<ChannelFacts>;
/// Who reported.
pub type ReporterKind = Entry<ReporterKindFacts>;
/// The code of a [`ReporterKind`].
pub type ReporterKindCode = Code<ReporterKindFacts>;
/// What came of a report.
pub type ReportOutcome = Entry<ReportOutcomeFacts>;
/// The code of a [`ReportOutcome`].
pub type ReportOutcomeCode = Code<ReportOutcomeFacts>;
/// A language people report and speak in.
pub type Language = Entry<LanguageFacts>;
/// The code of a [`Language`]: ISO 639-1, or ISO 639-3 where that has none.
pub type LanguageCode = Code<LanguageFacts>;

/// Channels have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChannelFacts {}

impl OnlyWords for ChannelFacts {
    const NAME: &'static str = "channels";
}

/// Kinds of reporter have only words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReporterKindFacts {}

impl OnlyWords for ReporterKindFacts {
    const NAME: &'static str = "reporter_kinds";
}

/// What is known about an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportOutcomeFacts {
    /// Whether somebody goes on with the report.
    pub followed_up: bool,
    /// Whether the desk must write down why.
    pub reason_required: bool,
}

impl Facts for ReportOutcomeFacts {
    const LIST: &'static str = "report_outcomes";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            followed_up: row.yes("followed_up"),
            reason_required: row.yes_or("reason_required", true),
        }
    }
}

/// Which way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Script {
    /// Left to right.
    #[serde(rename = "ltr")]
    LeftToRight,
    /// Right to left.
    #[serde(rename = "rtl")]
    RightToLeft,
}

impl Script {
    /// The value of the HTML attribute `dir`.
    #[must_use]
    pub fn html_direction(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// In which wave a language is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LanguageWave {
    /// In the first set.
    First,
    /// Later.
    Later,
    /// Can be recorded as spoken; no translation planned.
    SpokenOnly,
}

/// What is known about a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LanguageFacts {
    /// Its name in itself.
    pub native: String,
    /// Which way it is written.
    pub script: Script,
    /// Its three-letter code of ISO 639-2 (terminology form) or 639-3, as HTCDS asks.
    pub iso639_3: String,
    /// When it is translated.
    pub wave: LanguageWave,
}

impl Facts for LanguageFacts {
    const LIST: &'static str = "languages";

    fn read(row: &mut Row<'_>) -> Self {
        const SCRIPTS: &[(&str, Script)] =
            &[("ltr", Script::LeftToRight), ("rtl", Script::RightToLeft)];
        const WAVES: &[(&str, LanguageWave)] = &[
            ("first", LanguageWave::First),
            ("later", LanguageWave::Later),
            ("spoken_only", LanguageWave::SpokenOnly),
        ];
        Self {
            native: row.text("native"),
            script: row.choice("direction", SCRIPTS, Script::LeftToRight),
            iso639_3: row.text("iso639_3"),
            wave: row.choice("wave", WAVES, LanguageWave::SpokenOnly),
        }
    }
}
