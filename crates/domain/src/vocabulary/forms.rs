//! Forms of exploitation (uitbuitingsvormen): policy and law at level 1, sectors and settings at level 2.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts};
use super::row::Row;

/// A form of exploitation.
pub type Form = Entry<FormFacts>;
/// The code of a [`Form`].
pub type FormCode = Code<FormFacts>;

/// Where a form stands in the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "level", content = "of", rename_all = "snake_case")]
pub enum FormLevel {
    /// A form that policy and figures count by, such as labour exploitation.
    Main,
    /// A sector or setting within a main form.
    Sub(FormCode),
    /// A mark beside the form, such as the loverboy method: it says how, not what.
    Mark(FormCode),
}

/// What is known about a form beyond its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormFacts {
    /// Its place in the taxonomy.
    pub level: FormLevel,
    /// Whether figures count it as trafficking. False only for serious disadvantage (ernstige benadeling).
    pub counts_as_trafficking: bool,
    /// Whether current policy gives it priority.
    pub policy_priority: bool,
    /// The article or bill that makes it a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// The value of `vic_TypeOfExploitation` in HTCDS 2.0; none where the form is not trafficking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub htcds: Option<String>,
    /// The value of `vic_TypeOfSexExploitation` in HTCDS 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub htcds_sexual: Option<String>,
    /// The value of `vic_ForcedLabourIndustry` in HTCDS 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub htcds_industry: Option<String>,
    /// The category of the International Classification (IC-TIP); none until its tables have been read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ic_tip: Option<String>,
}

impl FormFacts {
    /// The main form this one belongs to; none when it is one itself.
    #[must_use]
    pub fn parent(&self) -> Option<&FormCode> {
        match &self.level {
            FormLevel::Main => None,
            FormLevel::Sub(parent) | FormLevel::Mark(parent) => Some(parent),
        }
    }
}

impl Facts for FormFacts {
    const LIST: &'static str = "forms";

    fn read(row: &mut Row<'_>) -> Self {
        let mark = row.yes("mark");
        let level = match (row.reference_or_none("parent"), mark) {
            (None, false) => FormLevel::Main,
            (Some(parent), false) => FormLevel::Sub(parent),
            (Some(parent), true) => FormLevel::Mark(parent),
            (None, true) => {
                row.inconsistent("a mark needs a `parent`; add the form it stands beside");
                FormLevel::Main
            }
        };
        Self {
            level,
            counts_as_trafficking: row.yes_or("counts_as_trafficking", true),
            policy_priority: row.yes("policy_priority"),
            law: row.text_or_none("law"),
            htcds: row.text_or_none("htcds"),
            htcds_sexual: row.text_or_none("htcds_sexual"),
            htcds_industry: row.text_or_none("htcds_industry"),
            ic_tip: row.text_or_none("ic_tip"),
        }
    }
}
