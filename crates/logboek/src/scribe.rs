//! Makes the records of one processing: one, or one more for each person when it was about several.

use crate::{
    ActivityId, Attributes, DataSubject, Fault, Key, LogRecord, Resource, Status, SubjectType,
};

/// One processing, as an application tells it.
#[derive(Debug, Clone, Copy)]
pub struct Processing<'a> {
    /// Bytes that name this processing and no other; records made of the same bytes have the same identifiers.
    pub unique: &'a [u8],
    /// Which activity of the register.
    pub activity: &'a ActivityId,
    /// What was done, for people; nothing about a person.
    pub name: &'a str,
    /// Begin, milliseconds since 1970-01-01T00:00:00Z.
    pub start_ms: u64,
    /// End, milliseconds since 1970-01-01T00:00:00Z.
    pub end_ms: u64,
    /// How it ended.
    pub status: Status,
    /// The persons whom it was about; each once.
    pub subjects: &'a [DataSubject],
}

/// Writes records for one system under one key.
#[derive(Debug)]
pub struct Scribe {
    key: Key,
    resource: Resource,
}

impl Scribe {
    /// A scribe for the system with these names and values.
    ///
    /// # Errors
    /// [`Fault::Name`] when a name or value is empty or holds line ends.
    pub fn new<N: Into<String>, V: Into<String>>(
        key: Key,
        resource: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Scribe, Fault> {
        let mut named = Resource::default();
        for (name, value) in resource {
            let (name, value) = (name.into(), value.into());
            let plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
            if !plain(&name) || !plain(&value) {
                return Err(Fault::Name {
                    field: "resource",
                    longest: LogRecord::LONGEST_NAME,
                });
            }
            named.attributes.insert(name, value);
        }
        Ok(Scribe {
            key,
            resource: named,
        })
    }

    /// The person named by these parts, under a pseudonym.
    #[must_use]
    pub fn subject(&self, parts: &[&str], kind: &SubjectType) -> DataSubject {
        DataSubject {
            id: self.key.pseudonym(parts),
            kind: kind.clone(),
        }
    }

    /// The records of a processing. About nobody or one person: one record. About several: one for the whole and under it one for
    /// each ("een logregel kan naar 0 of 1 Betrokkenen verwijzen").
    ///
    /// # Errors
    /// The first [`Fault`] of a record.
    pub fn records(&self, processing: &Processing<'_>) -> Result<Vec<LogRecord>, Fault> {
        let alone = match processing.subjects {
            [one] => Some(one.clone()),
            _ => None,
        };
        let whole = self.record(processing, b"whole", None, alone);
        let mut out = vec![whole];
        if let [_, _, ..] = processing.subjects {
            for subject in processing.subjects {
                let part = subject.id.as_str().as_bytes();
                let parent = out.first().map(|whole| whole.span_id);
                out.push(self.record(processing, part, parent, Some(subject.clone())));
            }
        }
        for record in &out {
            record.check()?;
        }
        Ok(out)
    }

    fn record(
        &self,
        processing: &Processing<'_>,
        part: &[u8],
        parent: Option<crate::SpanId>,
        subject: Option<DataSubject>,
    ) -> LogRecord {
        LogRecord {
            trace_id: self.key.trace(processing.unique),
            span_id: self.key.span(processing.unique, part),
            parent_span_id: parent,
            status: processing.status,
            name: processing.name.to_owned(),
            start_time: processing.start_ms,
            end_time: processing.end_ms,
            resource: Some(self.resource.clone()),
            attributes: Attributes {
                activity: processing.activity.clone(),
                subject,
                foreign_processor: None,
            },
        }
    }
}
