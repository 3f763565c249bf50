//! A question written down and read again: what a log of decisions keeps, so that any of them can be decided once more.
//!
//! The shape is that of [`crate::authzen`] with one difference: the context names a `day`, not a moment. A question is answered by the law of its
//! day; the hour decides nothing, and would tell when somebody was at work.

use serde_json::{Map, Value, json};

use crate::authzen::EvaluationError;
use crate::law::Law;
use crate::question::{Consent, Question};

impl Law {
    /// The question as an evaluation that a log can keep: codes, days and whole numbers, nothing else.
    #[must_use]
    pub fn write_question(&self, question: &Question) -> Value {
        let codes = &self.policies.codes;
        let data: Vec<&str> = question.data.iter().map(|d| codes.data.code(*d)).collect();
        let certain = self.policies.band_of(question.age, true) == question.band;
        let mut about = json!({
            "data": data,
            "age_certain": certain && question.age.is_some(),
            "parent_suspected": question.parent_suspected,
        });
        if let (Some(age), Some(about)) = (question.age, about.as_object_mut()) {
            about.insert("age".to_owned(), json!(age));
        }
        let mut resource = json!({"type": "personal-data", "properties": about});
        if let (Some(kind), Some(resource)) = (question.kind, resource.as_object_mut()) {
            resource.insert("id".to_owned(), json!(codes.kinds.code(kind)));
        }
        let consents = question.consents.iter();
        json!({
            "subject": {"type": "organisation", "id": codes.orgs.code(question.from)},
            "action": {"name": "share", "properties": {
                "purpose": codes.purposes.code(question.purpose),
                "to": codes.orgs.code(question.to),
            }},
            "resource": resource,
            "context": {
                "day": question.date.to_string(),
                "circumstances": codes.circumstances.codes(question.circumstances),
                "consent": consents.map(|consent| self.write_consent(consent)).collect::<Vec<_>>(),
            },
        })
    }

    fn write_consent(&self, consent: &Consent) -> Value {
        let codes = &self.policies.codes;
        let mut out = Map::new();
        out.insert("giver".to_owned(), json!(codes.givers.code(consent.giver)));
        out.insert("written".to_owned(), json!(consent.written));
        out.insert(
            "purpose".to_owned(),
            json!(codes.purposes.code(consent.purpose)),
        );
        out.insert(
            "recipients".to_owned(),
            json!(codes.orgs.codes(consent.recipients)),
        );
        out.insert("data".to_owned(), json!(codes.data.codes(consent.data)));
        out.insert("given".to_owned(), json!(consent.given.to_string()));
        let ends = [("until", consent.until), ("withdrawn", consent.withdrawn)];
        for (name, day) in ends {
            if let Some(day) = day {
                out.insert(name.to_owned(), json!(day.to_string()));
            }
        }
        Value::Object(out)
    }

    /// Reads what [`Law::write_question`] wrote, also when another version of the law wrote it.
    ///
    /// # Errors
    /// [`EvaluationError`] naming the member: it is no such question, or this version does not know one of its codes.
    pub fn read_written(&self, written: &Value) -> Result<Question, EvaluationError> {
        self.evaluation_on_a_day(written.to_string().as_bytes())
    }
}
