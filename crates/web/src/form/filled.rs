//! What stands in a form on the screen: the typed values and the faults.

use super::Typed;
use crate::texts::{Key, Message, Say};

/// A fault at a field; an empty field name means the form as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    field: &'static str,
    message: Message,
}

impl FieldError {
    /// A fault with its text.
    pub fn new(field: &'static str, message: impl Into<Message>) -> FieldError {
        FieldError {
            field,
            message: message.into(),
        }
    }

    /// Name of the field.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// What to say.
    pub fn message(&self) -> &Message {
        &self.message
    }
}

/// The state of a form on the screen: what templates read values and errors from.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    typed: Typed,
    errors: Vec<FieldError>,
    labels: Vec<(&'static str, String)>,
}

impl Filled {
    /// An empty form.
    pub fn blank() -> Filled {
        Filled::default()
    }

    /// A form with values and without faults.
    pub fn with(pairs: &[(&str, &str)]) -> Filled {
        let mut typed = Typed::default();
        for (name, value) in pairs {
            typed.add(name, value);
        }
        Filled::new(typed, Vec::new())
    }

    /// Values and faults.
    pub fn new(typed: Typed, errors: Vec<FieldError>) -> Filled {
        Filled {
            typed,
            errors,
            labels: Vec::new(),
        }
    }

    /// The same, knowing what its questions are called, so that the summary can say which one a fault is about.
    #[must_use]
    pub fn labelled(mut self, labels: Vec<(&'static str, String)>) -> Filled {
        self.labels = labels;
        self
    }

    /// The same with one more fault, such as a refusal by a rule. No name: the form as a whole.
    #[must_use]
    pub fn refused(mut self, field: &'static str, key: Key) -> Filled {
        self.errors.push(FieldError::new(field, key));
        self
    }

    /// The value of a field, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.typed.first(name)
    }

    /// Is this option chosen?
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.typed.all(name).iter().any(|typed| typed == value)
    }

    /// Is anything wrong?
    pub fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The fault at a field in words; empty when there is none.
    pub fn error(&self, t: &Say, name: &str) -> String {
        self.errors
            .iter()
            .find(|error| error.field == name)
            .map(|error| t.message(&error.message))
            .unwrap_or_default()
    }

    /// All faults with the id to jump to, for the summary.
    pub fn summary(&self, t: &Say) -> Vec<(&'static str, String)> {
        self.errors
            .iter()
            .map(|error| {
                (
                    error.field,
                    self.named(error.field, t.message(&error.message)),
                )
            })
            .collect()
    }

    fn named(&self, field: &str, message: String) -> String {
        match self.labels.iter().find(|(name, _)| *name == field) {
            Some((_, label)) => format!("{}: {message}", label.trim_end_matches('?')),
            None => message,
        }
    }

    /// What was typed.
    pub fn typed(&self) -> &Typed {
        &self.typed
    }

    /// The faults.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}
