//! A page that asks one thing: a title, what to know, a handful of questions, one button. Most deeds at work are this.

use askama::Template;
use desk::DeskError;
use domain::SafeText;
use serde::Serialize;

use crate::form::{Field, Filled, Form, Typed};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};

/// How a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// One line of text.
    Line,
    /// A short line.
    Short,
    /// A day.
    Day,
    /// Several lines of text.
    Text,
    /// One out of many.
    Select,
    /// One out of few.
    Radios,
    /// Any number.
    Checks,
    /// Yes, or nothing.
    Flag,
    /// A heading above the next questions.
    Heading,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Ask {
    /// How.
    pub how: How,
    /// Name of the field.
    pub name: &'static str,
    /// What is asked.
    pub label: String,
    /// More, or empty.
    pub hint: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// It may stay open.
    pub optional: bool,
}

impl Ask {
    /// A question that has to be answered.
    pub fn new(how: How, name: &'static str, label: impl Into<String>) -> Ask {
        Ask {
            how,
            name,
            label: label.into(),
            hint: String::new(),
            choices: Vec::new(),
            optional: false,
        }
    }

    /// A heading.
    pub fn heading(label: impl Into<String>) -> Ask {
        Ask::new(How::Heading, "", label)
    }

    /// With a line below it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Ask {
        self.hint = hint.into();
        self
    }

    /// With what can be chosen.
    #[must_use]
    pub fn of(mut self, choices: Vec<Choice>) -> Ask {
        self.choices = choices;
        self
    }

    /// May stay open.
    #[must_use]
    pub fn optional(mut self) -> Ask {
        self.optional = true;
        self
    }

    /// What can be chosen, for the template.
    pub fn options(&self) -> &[Choice] {
        &self.choices
    }

    /// Is it asked in this way?
    pub fn is(&self, how: &str) -> bool {
        let name = match self.how {
            How::Line => "line",
            How::Short => "short",
            How::Day => "day",
            How::Text => "text",
            How::Select => "select",
            How::Radios => "radios",
            How::Checks => "checks",
            How::Flag => "flag",
            How::Heading => "heading",
        };
        name == how
    }
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "work/form-page.html")]
pub struct FormPage {
    /// Texts.
    pub t: Say,
    /// Surroundings.
    pub frame: WorkFrame,
    /// What was filled in, and what is wrong with it.
    pub f: Filled,
    /// Steps above.
    pub crumbs: Vec<Crumb>,
    /// What is done here.
    pub title: String,
    /// What to know before, one paragraph each.
    pub know: Vec<String>,
    /// Where it is posted.
    pub action: String,
    /// Hidden fields, such as the version that was seen.
    pub hidden: Vec<(&'static str, String)>,
    /// The questions.
    pub asks: Vec<Ask>,
    /// What the button is called: the deed.
    pub button: String,
    /// Where "back" goes.
    pub cancel: String,
}

/// Name of the field that says: somebody looked, no address of a shelter stands here.
pub const LOOKED: &str = "looked";

impl FormPage {
    /// As it is shown: the summary of faults names its questions, and it asks whether somebody looked, once the desk found something that looks like an address.
    #[must_use]
    pub fn guarded(mut self) -> FormPage {
        let looks = Key::new("cases-looks-like-address");
        let warned = self.f.errors().iter().any(|e| e.message().key() == looks);
        if warned || !self.f.value(LOOKED).is_empty() {
            let ask = Ask::new(How::Flag, LOOKED, self.t.say("cases-looked"));
            self.asks.push(ask.hint(self.t.say("cases-looked-hint")));
        }
        let asks = self.asks.iter();
        let labels = asks.map(|ask| (ask.name, ask.label.clone())).collect();
        self.f = self.f.labelled(labels);
        self
    }
}

/// Whether somebody looked at what seems an address.
pub fn looked(form: &mut Form) -> crate::form::Read<bool> {
    form.flag(LOOKED).read()
}

/// What the desk refused, shown at the form that was sent: faults at their fields, a rule's refusal above the form.
/// Everything else is a page of its own. `fields` are the form's fields, `words` says a key of the desk.
pub fn refused(
    typed: Typed,
    error: DeskError,
    fields: &[&'static str],
    words: fn(&str) -> Option<Key>,
) -> Result<Filled, Problem> {
    let said = |key: &str| words(key).unwrap_or(Key::new("form-error-choice"));
    match error {
        DeskError::Invalid(faults) => {
            let mut filled = Filled::new(typed, Vec::new());
            for fault in faults {
                let known = fields.iter().find(|f| **f == fault.field);
                filled = filled.refused(known.copied().unwrap_or(""), said(&fault.key));
            }
            Ok(filled)
        }
        DeskError::Rule { key, detail } => match words(&key) {
            Some(text) => Ok(Filled::new(typed, Vec::new()).refused("", text)),
            None => Err(refuse(DeskError::Rule { key, detail })),
        },
        other => Err(refuse(other)),
    }
}

/// What the desk refused, as a page of its own, in the words of the subject.
pub fn refused_page(error: DeskError, words: fn(&str) -> Option<Key>) -> Problem {
    match error {
        DeskError::Rule { key, detail } => match words(&key) {
            Some(text) => refuse(DeskError::Rule { key, detail }).because(text),
            None => refuse(DeskError::Rule { key, detail }),
        },
        DeskError::Invalid(faults) => {
            let first = faults.first().and_then(|f| words(&f.key));
            let problem = refuse(DeskError::Invalid(faults));
            match first {
                Some(text) => problem.because(text),
                None => problem,
            }
        }
        other => refuse(other),
    }
}

/// Text that may be kept: without control characters.
pub fn safe_text<'a>(form: &'a mut Form, name: &'static str, most: usize) -> Field<'a, SafeText> {
    form.parsed(name, move |text| SafeText::new(name, text, most).ok())
        .max(most)
        .else_say(Key::new("form-error-text"))
}

/// The version that the person had before her.
pub fn seen(form: &mut Form) -> crate::form::Read<i64> {
    form.whole("seen").within(0, i64::MAX)
}

/// The code of a value that is written as one word.
pub fn code_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
