//! Reading forms: from bytes to a typed input, with all faults at once and everything kept that the person typed.
//!
//! ```
//! use web::form::{Form, Typed};
//!
//! struct NewReport { story: String, urgent: bool }
//!
//! let body = Typed::read(b"story=They+keep+my+passport&urgent=yes").unwrap();   // a handler takes `FormBody`
//! let mut form = Form::of(body);
//! let story = form.text("story").max(10_000).required();
//! let urgent = form.flag("urgent").read();
//! let input = form.finish(|| Ok(NewReport { story: story?, urgent: urgent? }));
//! assert!(input.is_ok());   // Err(filled): show the page again with `filled`
//! ```

mod decode;
mod field;
mod filled;

pub use decode::{FormBody, Typed};
pub use field::{Field, Flag, Many};
pub use filled::{FieldError, Filled};

use std::collections::BTreeSet;

use crate::texts::{Key, Message};

/// Says that a fault was noted in the form. Only the form's readers make it, so a missing value always has its error.
#[derive(Clone, Copy, Debug)]
pub struct Noted(());

/// A value, or the promise that the form holds the error.
pub type Read<T> = Result<T, Noted>;

/// The name of the hidden field with the cross-site token; [`crate::guard::FormTokens`] checks it.
pub const TOKEN: &str = "_token";

/// A form being read. Every name that was sent must be asked for: an unknown one refuses the form.
#[derive(Debug)]
pub struct Form {
    typed: Typed,
    errors: Vec<FieldError>,
    asked: BTreeSet<&'static str>,
}

impl Form {
    /// Starts reading a body.
    pub fn new(body: FormBody) -> Form {
        Form::of(body.0)
    }

    /// Starts reading pairs that are already decoded.
    pub fn of(typed: Typed) -> Form {
        Form {
            typed,
            errors: Vec::new(),
            asked: BTreeSet::from([TOKEN]),
        }
    }

    /// Text of several lines.
    pub fn text(&mut self, name: &'static str) -> Field<'_, String> {
        self.field(
            name,
            |text| Some(text.to_owned()),
            Key::new("form-error-text"),
        )
    }

    /// Text of one line: line ends become spaces.
    pub fn line(&mut self, name: &'static str) -> Field<'_, String> {
        self.field(
            name,
            |text| Some(text.replace('\n', " ")),
            Key::new("form-error-text"),
        )
        .max(200)
    }

    /// One of the given codes.
    pub fn one_of<'a, T: Copy>(
        &'a mut self,
        name: &'static str,
        options: &'a [(&'a str, T)],
    ) -> Field<'a, T> {
        self.field(
            name,
            move |text| {
                options
                    .iter()
                    .find(|(code, _)| *code == text)
                    .map(|(_, value)| *value)
            },
            Key::new("form-error-choice"),
        )
    }

    /// Any number of the given codes (checkboxes), each at most once, in the order of `options`.
    pub fn many_of<'a, T: Copy>(
        &'a mut self,
        name: &'static str,
        options: &'a [(&'a str, T)],
    ) -> Many<'a, T> {
        self.asked.insert(name);
        Many {
            form: self,
            name,
            options,
        }
    }

    /// A value that the caller can read from its text, such as an id.
    pub fn parsed<'a, T>(
        &'a mut self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T> + 'a,
    ) -> Field<'a, T> {
        self.field(name, read, Key::new("form-error-choice"))
    }

    /// A whole number; bound it with [`Field::within`].
    pub fn whole(&mut self, name: &'static str) -> Field<'_, i64> {
        self.field(
            name,
            |text| {
                text.parse::<i64>()
                    .ok()
                    .filter(|_| text.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
            },
            Key::new("form-error-number"),
        )
        .max(12)
    }

    /// A civil date as a date field sends it (`2026-11-22`) or as people type it (`22-11-2026`).
    pub fn date(&mut self, name: &'static str) -> Field<'_, jiff::civil::Date> {
        self.field(name, field::date, Key::new("form-error-date"))
            .max(10)
    }

    /// One checkbox.
    pub fn flag(&mut self, name: &'static str) -> Flag<'_> {
        self.asked.insert(name);
        Flag { form: self, name }
    }

    /// Notes a fault that only the page can see, such as an end before its beginning.
    pub fn note(&mut self, field: &'static str, message: impl Into<Message>) -> Noted {
        self.errors.push(FieldError::new(field, message));
        Noted(())
    }

    /// What was sent under a name, before any reading: for deciding which button was pressed.
    pub fn raw(&mut self, name: &'static str) -> &str {
        self.asked.insert(name);
        self.typed.first(name)
    }

    /// The faults so far.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The typed input when there is no fault; else everything typed, with the faults, for showing the page again.
    pub fn finish<T>(mut self, make: impl FnOnce() -> Read<T>) -> Result<T, Filled> {
        self.note_unknown();
        match make() {
            Ok(input) if self.errors.is_empty() => Ok(input),
            _ => Err(Filled::new(self.typed, self.errors)),
        }
    }

    /// Ends reading without an input: what was typed and the faults.
    pub fn into_filled(mut self) -> Filled {
        self.note_unknown();
        Filled::new(self.typed, self.errors)
    }

    fn note_unknown(&mut self) {
        if self.typed.names().any(|name| !self.asked.contains(name)) {
            self.errors
                .push(FieldError::new("", Key::new("form-error-unknown-field")));
        }
    }

    fn field<'a, T>(
        &'a mut self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T> + 'a,
        wrong: Key,
    ) -> Field<'a, T> {
        self.asked.insert(name);
        Field::new(self, name, Box::new(read), wrong)
    }
}

#[cfg(test)]
mod tests;
