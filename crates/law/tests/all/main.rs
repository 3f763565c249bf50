//! The law of sharing, asked from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ages;
mod alternatives;
mod answers;
mod authzen;
mod cells;
mod consent;
mod files;
mod hostile;
mod papers;
mod reasons;
mod rows;
mod signatures;
mod tables;

use std::sync::Arc;

use law::{Answer, Law, Verdict};
use serde_json::{Value, json};

pub(crate) fn law() -> Arc<Law> {
    Law::built_in().unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn ask(question: &Value) -> Answer {
    let law = law();
    let read = law
        .read_question(question.to_string().as_bytes())
        .unwrap_or_else(|error| panic!("{error}\n{question}"));
    law.decide(&read)
}

pub(crate) fn refused(question: &Value) -> String {
    match law().read_question(question.to_string().as_bytes()) {
        Ok(_) => panic!("was read: {question}"),
        Err(error) => error.to_string(),
    }
}

/// An adult possible victim, on a day of the present law, without consent or circumstances.
pub(crate) fn question(from: &str, to: &str, purpose: &str, data: &[&str]) -> Value {
    json!({
        "date": "2026-11-21", "from": from, "to": to, "purpose": purpose, "data": data,
        "subject": {"kind": "possible_victim", "age": 29, "age_certain": true, "parent_suspected": false},
        "consent": [], "circumstances": [],
    })
}

pub(crate) trait With {
    fn with(self, member: &str, value: Value) -> Value;
    fn so(self, circumstances: &[&str]) -> Value;
    fn on(self, date: &str) -> Value;
    fn aged(self, age: u8, certain: bool) -> Value;
    fn consent(self, givers: &[&str], written: bool) -> Value;
}

impl With for Value {
    fn with(mut self, member: &str, value: Value) -> Value {
        self[member] = value;
        self
    }

    fn so(self, circumstances: &[&str]) -> Value {
        self.with("circumstances", json!(circumstances))
    }

    fn on(self, date: &str) -> Value {
        self.with("date", json!(date))
    }

    fn aged(mut self, age: u8, certain: bool) -> Value {
        self["subject"]["age"] = json!(age);
        self["subject"]["age_certain"] = json!(certain);
        self
    }

    /// Consent that names exactly this purpose, this receiver and these data.
    fn consent(self, givers: &[&str], written: bool) -> Value {
        let items: Vec<Value> = givers
            .iter()
            .map(|giver| {
                json!({
                    "giver": giver, "written": written, "purpose": self["purpose"], "recipients": [self["to"]],
                    "data": self["data"], "given": self["date"], "until": null, "withdrawn": null,
                })
            })
            .collect();
        self.with("consent", json!(items))
    }
}

pub(crate) fn says(answer: &Answer) -> &'static str {
    match answer.verdict {
        Verdict::Yes => "yes",
        Verdict::No => "no",
        Verdict::Unclear => "unclear",
    }
}
