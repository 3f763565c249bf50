//! The record of one decision, with the fields of the draft's interface.

use std::collections::BTreeMap;

use logboek::{DataSubject, Pseudonym, SpanId, Status, SubjectType, TraceId};
use serde::{Deserialize, Serialize};

use crate::facts::Code;
use crate::{Answer, DRAFT, EVENT, Evaluation, Fault};

/// Identifiers of one decision. The draft asks that `trace_id` and `span_id` come from a good source of randomness; they are the
/// caller's, with the trace of whoever asked when there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ids {
    /// The processing that the decision belongs to.
    pub trace_id: TraceId,
    /// The decision.
    pub span_id: SpanId,
    /// Whoever asked, when a trace came with the question.
    pub parent_span_id: Option<SpanId>,
}

/// Which policies decided: enough to find them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// Name of the source.
    pub source: String,
    /// Version.
    pub version: String,
    /// Digest over its text.
    pub digest: String,
}

impl Policies {
    /// Policies by name, version and digest.
    ///
    /// # Errors
    /// [`Fault::Code`] when the name is no code; [`Fault::Article`] when version or digest holds more than letters, digits, `.`, `_`
    /// and `-`.
    pub fn new(source: &str, version: &str, digest: &str) -> Result<Policies, Fault> {
        Code::read(source, "policies")?;
        let plain = |text: &str| {
            let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
            !text.is_empty() && text.len() <= 200 && text.bytes().all(sign)
        };
        match plain(version) && plain(digest) {
            true => Ok(Policies {
                source: source.to_owned(),
                version: version.to_owned(),
                digest: digest.to_owned(),
            }),
            false => Err(Fault::Article {
                at: "policies".to_owned(),
            }),
        }
    }

    fn reference(&self) -> BTreeMap<String, String> {
        BTreeMap::from([(
            self.source.clone(),
            format!("{}@{}", self.version, self.digest),
        )])
    }
}

/// References: where what decided can be found again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attributes {
    /// The policies: `VERSION@DIGEST` by source.
    #[serde(rename = "adl.core.policies")]
    pub policies: BTreeMap<String, String>,
    /// What else it takes to decide again, such as the engine and its version.
    #[serde(
        rename = "adl.core.configuration",
        default,
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub configuration: BTreeMap<String, String>,
    /// The person of the case, under the pseudonym of the logboek, when the decision was about a case.
    #[serde(
        rename = "dpl.core.data_subject_id",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub data_subject_id: Option<Pseudonym>,
    /// What the pseudonym stands for.
    #[serde(
        rename = "dpl.core.data_subject_id_type",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub data_subject_id_type: Option<SubjectType>,
}

/// The question and its answer themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// What was asked.
    #[serde(rename = "adl.core.request")]
    pub request: Evaluation,
    /// What was answered; absent when no decision came about.
    #[serde(
        rename = "adl.core.response",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub response: Option<Answer>,
}

/// The record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The processing.
    pub trace_id: TraceId,
    /// The decision.
    pub span_id: SpanId,
    /// Whoever asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_span_id: Option<SpanId>,
    /// [`EVENT`].
    pub event_name: String,
    /// When, milliseconds since 1970-01-01T00:00:00Z.
    pub timestamp: u64,
    /// `Unset` for every decision, also a no; `Error` when none came about.
    pub status: Status,
    /// References.
    pub attributes: Attributes,
    /// Who made the record, and under which draft.
    pub resource: BTreeMap<String, String>,
    /// Question and answer.
    pub body: Body,
}

impl Record {
    /// A decision that came about.
    ///
    /// # Errors
    /// [`Fault`] when the answer holds something that is no code.
    pub fn decided(
        ids: Ids,
        timestamp: u64,
        policies: &Policies,
        request: Evaluation,
        answer: Answer,
    ) -> Result<Record, Fault> {
        let record = Record::new(ids, timestamp, policies, request, Some(answer));
        record.check()?;
        Ok(record)
    }

    /// A question that the engine could not decide. Whoever asked got a no.
    #[must_use]
    pub fn failed(ids: Ids, timestamp: u64, policies: &Policies, request: Evaluation) -> Record {
        Record::new(ids, timestamp, policies, request, None)
    }

    fn new(
        ids: Ids,
        timestamp: u64,
        policies: &Policies,
        request: Evaluation,
        response: Option<Answer>,
    ) -> Record {
        Record {
            trace_id: ids.trace_id,
            span_id: ids.span_id,
            parent_span_id: ids.parent_span_id,
            event_name: EVENT.to_owned(),
            timestamp,
            status: match response {
                Some(_) => Status::Unset,
                None => Status::Error,
            },
            attributes: Attributes {
                policies: policies.reference(),
                configuration: BTreeMap::new(),
                data_subject_id: None,
                data_subject_id_type: None,
            },
            resource: BTreeMap::from([("draft".to_owned(), DRAFT.to_owned())]),
            body: Body { request, response },
        }
    }

    /// The same record with the engine that decided.
    #[must_use]
    pub fn by_engine(mut self, name: &str, version: &str) -> Record {
        let configuration = &mut self.attributes.configuration;
        configuration.insert("engine".to_owned(), format!("{name}@{version}"));
        self
    }

    /// The same record about the person of a case.
    #[must_use]
    pub fn about(mut self, subject: DataSubject) -> Record {
        self.attributes.data_subject_id = Some(subject.id);
        self.attributes.data_subject_id_type = Some(subject.kind);
        self
    }

    /// The policies that decided; none when the record names another number of sources than one.
    #[must_use]
    pub fn policies(&self) -> Option<Policies> {
        let mut sources = self.attributes.policies.iter();
        let (source, reference) = sources.next()?;
        let (version, digest) = reference.split_once('@')?;
        match sources.next() {
            None => Policies::new(source, version, digest).ok(),
            Some(_) => None,
        }
    }

    /// Whether this is a record of the draft that is followed here.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn check(&self) -> Result<(), Fault> {
        if self.resource.get("draft").map(String::as_str) != Some(DRAFT) || self.event_name != EVENT
        {
            return Err(Fault::Draft { expected: DRAFT });
        }
        let has_answer = self.body.response.is_some();
        if has_answer == (self.status == Status::Error) {
            return Err(Fault::Status);
        }
        if self.attributes.data_subject_id.is_some()
            != self.attributes.data_subject_id_type.is_some()
        {
            return Err(logboek::Fault::HalfSubject.into());
        }
        if self.policies().is_none() {
            return Err(Fault::Code {
                at: "attributes.adl.core.policies".to_owned(),
            });
        }
        match &self.body.response {
            Some(answer) => answer.check(),
            None => Ok(()),
        }
    }

    /// The record as one line of JSON, without its line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and maps with string keys always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads and checks a record.
    ///
    /// # Errors
    /// [`Fault::Json`] with the place, or what the check finds.
    pub fn from_json(text: &str) -> Result<Record, Fault> {
        let record: Record = serde_json::from_str(text).map_err(|error| Fault::Json {
            line: error.line(),
            column: error.column(),
            what: match error.classify() {
                serde_json::error::Category::Data => {
                    "a member is unknown, missing or no kind".to_owned()
                }
                _ => "this is not whole JSON".to_owned(),
            },
        })?;
        record.check()?;
        Ok(record)
    }
}
