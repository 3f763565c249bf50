//! A form page of a case: its questions in order, what was typed, and the faults. One template shows them all.

use std::fmt::Display;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use desk::DeskError;
use domain::SafeText;
use domain::ids::CaseId;

use crate::form::{Field, FieldError, Filled, Form, Read};
use crate::page::frame::WorkFrame;
use crate::page::ui::{Choice, Crumb};
use crate::page::{html, html_as};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::{Key, Say};
use crate::work::Work;

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// One line.
    Line,
    /// A day.
    Day,
    /// A number.
    Number,
    /// Several lines.
    Lines,
    /// One of many.
    Pick,
    /// One of few.
    Radios,
    /// Any of some.
    Boxes,
    /// Yes or nothing.
    Flag,
    /// No question: a heading.
    Heading,
    /// No question: a remark.
    Remark,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Name of the field.
    pub name: &'static str,
    /// What is asked.
    pub label: String,
    /// A second line, or empty.
    pub hint: String,
    /// May it stay empty?
    pub optional: bool,
    /// The answers to choose from.
    pub choices: Vec<Choice>,
    how: As,
}

impl Ask {
    fn new(how: As, name: &'static str, label: impl Into<String>) -> Ask {
        Ask {
            name,
            label: label.into(),
            hint: String::new(),
            optional: false,
            choices: Vec::new(),
            how,
        }
    }

    /// One line of text.
    pub fn line(name: &'static str, label: impl Into<String>) -> Ask {
        Ask::new(As::Line, name, label)
    }

    /// A day.
    pub fn day(name: &'static str, label: impl Into<String>) -> Ask {
        Ask::new(As::Day, name, label)
    }

    /// A number.
    pub fn number(name: &'static str, label: impl Into<String>) -> Ask {
        Ask::new(As::Number, name, label)
    }

    /// Several lines of text.
    pub fn lines(name: &'static str, label: impl Into<String>) -> Ask {
        Ask::new(As::Lines, name, label)
    }

    /// One of many.
    pub fn pick(name: &'static str, label: impl Into<String>, choices: Vec<Choice>) -> Ask {
        Ask {
            choices,
            ..Ask::new(As::Pick, name, label)
        }
    }

    /// One of few.
    pub fn radios(name: &'static str, label: impl Into<String>, choices: Vec<Choice>) -> Ask {
        Ask {
            choices,
            ..Ask::new(As::Radios, name, label)
        }
    }

    /// Any of some.
    pub fn boxes(name: &'static str, label: impl Into<String>, choices: Vec<Choice>) -> Ask {
        Ask {
            choices,
            ..Ask::new(As::Boxes, name, label)
        }
    }

    /// Yes or nothing.
    pub fn flag(name: &'static str, label: impl Into<String>) -> Ask {
        Ask::new(As::Flag, name, label)
    }

    /// A heading between questions.
    pub fn heading(label: impl Into<String>) -> Ask {
        Ask::new(As::Heading, "", label)
    }

    /// A remark between questions.
    pub fn remark(label: impl Into<String>) -> Ask {
        Ask::new(As::Remark, "", label)
    }

    /// The same with a second line.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Ask {
        self.hint = hint.into();
        self
    }

    /// The same, free to leave empty.
    #[must_use]
    pub fn maybe(mut self) -> Ask {
        self.optional = true;
        self
    }

    /// Is it asked like this? For the template.
    pub fn is(&self, how: &str) -> bool {
        let own = match self.how {
            As::Line => "line",
            As::Day => "day",
            As::Number => "number",
            As::Lines => "lines",
            As::Pick => "pick",
            As::Radios => "radios",
            As::Boxes => "boxes",
            As::Flag => "flag",
            As::Heading => "heading",
            As::Remark => "remark",
        };
        own == how
    }
}

/// A form page.
#[derive(Template)]
#[template(path = "work/cases/sheet.html")]
pub struct Sheet {
    t: Say,
    frame: WorkFrame,
    crumbs: Vec<Crumb>,
    title: String,
    lead: Vec<String>,
    warning: String,
    asks: Vec<Ask>,
    f: Filled,
    action: String,
    button: String,
    danger: bool,
    cancel: String,
    ask_looked: bool,
}

impl Sheet {
    /// A page at `path` under the case, or under the list when there is no case yet.
    pub fn new(
        work: &Work,
        id: Option<CaseId>,
        path: &str,
        title: Key,
        button: Key,
    ) -> Result<Sheet, Problem> {
        let t = work.say();
        let (crumbs, above) = match id {
            None => (super::crumbs(&t), "/work/cases".to_owned()),
            Some(id) => (super::case_crumbs(&t, id), format!("/work/cases/{id}")),
        };
        Ok(Sheet {
            frame: work.frame()?,
            crumbs,
            title: t.key(title).into_owned(),
            lead: Vec::new(),
            warning: String::new(),
            asks: Vec::new(),
            f: Filled::blank(),
            action: format!("{above}{path}"),
            button: t.key(button).into_owned(),
            danger: false,
            cancel: above,
            ask_looked: false,
            t,
        })
    }

    /// The same with a paragraph above the form.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Sheet {
        self.lead.push(text.into());
        self
    }

    /// The same with a warning above the form.
    #[must_use]
    pub fn warn(mut self, text: impl Into<String>) -> Sheet {
        self.warning = text.into();
        self
    }

    /// The same with these questions.
    #[must_use]
    pub fn asks(mut self, asks: Vec<Ask>) -> Sheet {
        self.asks.extend(asks);
        self
    }

    /// The same for a deed that cannot be taken back.
    #[must_use]
    pub fn danger(mut self) -> Sheet {
        self.danger = true;
        self
    }

    /// Shows the page with these values; 422 when something is wrong.
    pub fn show(mut self, f: Filled) -> Result<Response, Problem> {
        let looked = Key::new("cases-looks-like-address");
        self.ask_looked =
            !f.value(LOOKED).is_empty() || f.errors().iter().any(|e| e.message().key() == looked);
        let wrong = f.is_wrong();
        let labels = self.asks.iter().map(|ask| (ask.name, ask.label.clone()));
        self.f = f.labelled(labels.collect());
        if wrong {
            html_as(StatusCode::UNPROCESSABLE_ENTITY, &self)
        } else {
            html(&self)
        }
    }
}

pub use crate::work::form_page::LOOKED;
/// Name of the field with the version that was seen.
pub const SEEN: &str = "seen";

/// Values of a form to begin with.
#[derive(Debug, Default)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// A form about a record at this version.
    pub fn seen(version: i64) -> Values {
        Values::default().with(SEEN, version)
    }

    /// The same with one value more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Values {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same with a text, if there is one.
    #[must_use]
    pub fn text(self, name: &str, text: Option<&SafeText>) -> Values {
        match text {
            Some(text) => self.with(name, text.as_str()),
            None => self,
        }
    }

    /// The same with something, if there is one.
    #[must_use]
    pub fn maybe(self, name: &str, value: Option<impl Display>) -> Values {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with a box ticked, if so.
    #[must_use]
    pub fn ticked(self, name: &str, yes: bool) -> Values {
        if yes { self.with(name, "yes") } else { self }
    }

    /// The filled form.
    pub fn filled(self) -> Filled {
        let pairs: Vec<(&str, &str)> = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        Filled::with(&pairs)
    }
}

/// A text of a form, bounded and without control characters.
pub fn text<'a>(form: &'a mut Form, name: &'static str, most: usize) -> Field<'a, SafeText> {
    form.parsed(name, move |typed| SafeText::new(name, typed, most).ok())
        .max(most)
        .else_say(Key::new("form-error-text"))
}

/// The version that was seen, and whether somebody looked at what seems an address.
pub fn seen_and_looked(form: &mut Form) -> (Read<i64>, Read<bool>) {
    (form.whole(SEEN).required(), form.flag(LOOKED).read())
}

/// What the desk refused, put at the fields of the form; what is no matter of the form is a problem of its own.
pub fn at_fields(
    error: DeskError,
    typed: Filled,
    fields: &[&'static str],
) -> Result<Filled, Problem> {
    match error {
        DeskError::Invalid(faults) => {
            let mut errors: Vec<FieldError> = typed.errors().to_vec();
            for fault in faults {
                let known = fields.iter().find(|name| **name == fault.field);
                let field = known.copied().unwrap_or("");
                errors.push(FieldError::new(field, super::texts::fault(&fault.key)));
            }
            Ok(Filled::new(typed.typed().clone(), errors))
        }
        DeskError::Rule { key, .. } if super::texts::rule(&key).is_some() => {
            let text = super::texts::rule(&key).unwrap_or(Key::new("refuse-rule-title"));
            Ok(typed.refused("", text))
        }
        other => Err(refuse(other)),
    }
}

/// A refusal of a deed that has no form: in the reader's language where the rule has a text.
pub fn refusal(error: DeskError) -> Problem {
    match &error {
        DeskError::Rule { key, .. } => match super::texts::rule(key) {
            Some(text) => Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                Key::new("refuse-rule-title"),
                text,
                Key::new("refuse-rule-advice"),
            ),
            None => refuse(error),
        },
        _ => refuse(error),
    }
}
