//! `attributes`: which processing activity, which person, and who called from outside.

use serde::{Deserialize, Serialize};

use crate::uri::is_absolute;
use crate::{ActivityId, Fault, Pseudonym};

/// `dpl.core.data_subject_id_type`: what kind of identifier the pseudonym stands for. A short word or a URI that explains it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubjectType(String);

impl SubjectType {
    /// Longest, in characters.
    const LONGEST: usize = 200;

    /// A type by this word or URI.
    ///
    /// # Errors
    /// [`Fault::Name`] when it is empty, too long or has line ends.
    pub fn new(text: impl Into<String>) -> Result<SubjectType, Fault> {
        let text = text.into();
        let length = text.chars().count();
        if length == 0 || length > Self::LONGEST || text.chars().any(char::is_control) {
            return Err(Fault::Name {
                field: "dpl.core.data_subject_id_type",
                longest: Self::LONGEST,
            });
        }
        Ok(SubjectType(text))
    }

    /// The word or URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SubjectType {
    type Error = Fault;

    fn try_from(text: String) -> Result<SubjectType, Fault> {
        SubjectType::new(text)
    }
}

impl From<SubjectType> for String {
    fn from(kind: SubjectType) -> String {
        kind.0
    }
}

/// The person whom a record is about, under a pseudonym (the standard recommends it; here there is no other way).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSubject {
    /// `dpl.core.data_subject_id`.
    pub id: Pseudonym,
    /// `dpl.core.data_subject_id_type`.
    pub kind: SubjectType,
}

/// The attributes of the namespace `dpl.core`. There is no room for others: an extension must be fixed before its attributes may be
/// used (the standard, under `attributes`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Attributes {
    /// `dpl.core.processing_activity_id`.
    pub activity: ActivityId,
    /// Nobody or one person: a processing about several has one record more for each.
    pub subject: Option<DataSubject>,
    /// `dpl.core.foreign_operation.processor`: the application that called, when one did.
    pub foreign_processor: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "dpl.core.processing_activity_id")]
    activity: ActivityId,
    #[serde(
        rename = "dpl.core.data_subject_id",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    subject: Option<Pseudonym>,
    #[serde(
        rename = "dpl.core.data_subject_id_type",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    kind: Option<SubjectType>,
    #[serde(
        rename = "dpl.core.foreign_operation.processor",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    foreign_processor: Option<String>,
}

impl TryFrom<Raw> for Attributes {
    type Error = Fault;

    fn try_from(raw: Raw) -> Result<Attributes, Fault> {
        let subject = match (raw.subject, raw.kind) {
            (Some(id), Some(kind)) => Some(DataSubject { id, kind }),
            (None, None) => None,
            _ => return Err(Fault::HalfSubject),
        };
        let attributes = Attributes {
            activity: raw.activity,
            subject,
            foreign_processor: raw.foreign_processor,
        };
        attributes.check()?;
        Ok(attributes)
    }
}

impl From<Attributes> for Raw {
    fn from(attributes: Attributes) -> Raw {
        let (subject, kind) = match attributes.subject {
            Some(subject) => (Some(subject.id), Some(subject.kind)),
            None => (None, None),
        };
        Raw {
            activity: attributes.activity,
            subject,
            kind,
            foreign_processor: attributes.foreign_processor,
        }
    }
}

impl Attributes {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        match self.foreign_processor.as_deref().is_none_or(is_absolute) {
            true => Ok(()),
            false => Err(Fault::Uri {
                field: "dpl.core.foreign_operation.processor",
            }),
        }
    }

    /// Name and value of every attribute that is there, as the standard names them.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut out = vec![("dpl.core.processing_activity_id", self.activity.as_str())];
        if let Some(subject) = &self.subject {
            out.push(("dpl.core.data_subject_id", subject.id.as_str()));
            out.push(("dpl.core.data_subject_id_type", subject.kind.as_str()));
        }
        if let Some(processor) = &self.foreign_processor {
            out.push(("dpl.core.foreign_operation.processor", processor));
        }
        out
    }
}
