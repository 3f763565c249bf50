//! Readers of single fields.

use jiff::civil::Date;

use super::{Form, Noted, Read};
use crate::texts::{Key, Message};

type Reader<'a, T> = Box<dyn Fn(&str) -> Option<T> + 'a>;

/// A field being read: set its bounds, then end with [`Field::required`] or [`Field::optional`].
pub struct Field<'a, T> {
    form: &'a mut Form,
    name: &'static str,
    read: Reader<'a, T>,
    longest: usize,
    wrong: Message,
    missing: Message,
}

impl<T> std::fmt::Debug for Field<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<'a, T> Field<'a, T> {
    pub(super) fn new(
        form: &'a mut Form,
        name: &'static str,
        read: Reader<'a, T>,
        wrong: Key,
    ) -> Field<'a, T> {
        Field {
            form,
            name,
            read,
            longest: 10_000,
            wrong: wrong.into(),
            missing: Key::new("form-error-required").into(),
        }
    }

    /// Most characters (not bytes); 10,000 unless said, 200 for a line.
    #[must_use]
    pub fn max(mut self, characters: usize) -> Field<'a, T> {
        self.longest = characters;
        self
    }

    /// What to say when nothing was filled in, in the words of this question.
    #[must_use]
    pub fn or_say(mut self, missing: impl Into<Message>) -> Field<'a, T> {
        self.missing = missing.into();
        self
    }

    /// What to say when the value cannot be read.
    #[must_use]
    pub fn else_say(mut self, wrong: impl Into<Message>) -> Field<'a, T> {
        self.wrong = wrong.into();
        self
    }

    /// A value must be there.
    pub fn required(self) -> Read<T> {
        if self.form.typed.first(self.name).is_empty() {
            let Field {
                form,
                name,
                missing,
                ..
            } = self;
            return Err(form.note(name, missing));
        }
        self.value()
    }

    /// A value may be there.
    pub fn optional(self) -> Read<Option<T>> {
        if self.form.typed.first(self.name).is_empty() {
            return Ok(None);
        }
        self.value().map(Some)
    }

    fn value(self) -> Read<T> {
        let Field {
            form,
            name,
            read,
            longest,
            wrong,
            ..
        } = self;
        let sent = form.typed.all(name);
        let text = form.typed.first(name);
        let length = text.chars().count();
        if sent.len() > 1 {
            Err(form.note(name, Key::new("form-error-twice")))
        } else if length > longest {
            let message = Message::new(Key::new("form-error-too-long"))
                .with("most", longest)
                .with("n", length - longest);
            Err(form.note(name, message))
        } else {
            match read(text) {
                Some(value) => Ok(value),
                None => Err(form.note(name, wrong)),
            }
        }
    }
}

impl Field<'_, i64> {
    /// A required number within bounds (both included).
    pub fn within(self, least: i64, most: i64) -> Read<i64> {
        let read = self.bounded(least, most);
        read.required()
    }

    /// A number within bounds, if any.
    pub fn maybe_within(self, least: i64, most: i64) -> Read<Option<i64>> {
        let read = self.bounded(least, most);
        read.optional()
    }

    fn bounded(mut self, least: i64, most: i64) -> Self {
        let inner = self.read;
        self.read =
            Box::new(move |text| inner(text).filter(|number| (least..=most).contains(number)));
        self.wrong = Message::new(Key::new("form-error-range"))
            .with("least", least)
            .with("most", most);
        self
    }
}

/// A group of checkboxes being read.
#[derive(Debug)]
pub struct Many<'a, T> {
    pub(super) form: &'a mut Form,
    pub(super) name: &'static str,
    pub(super) options: &'a [(&'a str, T)],
}

impl<T: Copy> Many<'_, T> {
    /// The ones ticked, perhaps none.
    pub fn any(self) -> Read<Vec<T>> {
        let sent = self.form.typed.all(self.name);
        let known = sent
            .iter()
            .all(|code| self.options.iter().any(|(option, _)| option == code));
        if !known {
            return Err(self.form.note(self.name, Key::new("form-error-choice")));
        }
        Ok(self
            .options
            .iter()
            .filter(|(option, _)| sent.iter().any(|code| code == option))
            .map(|(_, value)| *value)
            .collect())
    }

    /// At least one must be ticked.
    pub fn at_least_one(self) -> Read<Vec<T>> {
        if self.form.typed.all(self.name).is_empty() {
            return Err(self.form.note(self.name, Key::new("form-error-required")));
        }
        self.any()
    }
}

/// A checkbox being read.
#[derive(Debug)]
pub struct Flag<'a> {
    pub(super) form: &'a mut Form,
    pub(super) name: &'static str,
}

impl Flag<'_> {
    /// Whether it is ticked; its value must be `yes`.
    pub fn read(self) -> Read<bool> {
        match self.form.typed.first(self.name) {
            "" => Ok(false),
            "yes" => Ok(true),
            _ => Err(self.form.note(self.name, Key::new("form-error-choice"))),
        }
    }

    /// It must be ticked; `missing` says why.
    pub fn must(self, missing: impl Into<Message>) -> Result<(), Noted> {
        if self.form.typed.first(self.name) == "yes" {
            return Ok(());
        }
        Err(self.form.note(self.name, missing))
    }
}

pub(super) fn date(text: &str) -> Option<Date> {
    let parts: Vec<i16> = text
        .split(['-', '/', '.'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, month, day) = match parts[..] {
        [year, month, day] if year >= 1000 => (year, month, day),
        [day, month, year] if year >= 1000 => (year, month, day),
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}
