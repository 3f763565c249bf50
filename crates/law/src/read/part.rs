//! One table of a file while it is being read: hands out members by name and notes every fault with its line.

use std::cell::RefCell;

use domain::Bilingual;
use jiff::civil::Date;

use super::raw::{Table, Value};
use crate::fault::{Fault, Wrong};

/// Where faults are noted.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    pub(crate) fn note(&self, file: &str, line: usize, id: Option<&str>, what: Wrong) {
        self.add(Fault {
            file: file.to_owned(),
            line,
            id: id.map(str::to_owned),
            what,
        });
    }

    pub(crate) fn extend(&self, more: Vec<Fault>) {
        self.0.borrow_mut().extend(more);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    pub(crate) fn into_inner(self) -> Vec<Fault> {
        self.0.into_inner()
    }
}

/// A table being read. Each reading takes its member out; what is left over at the end is unknown.
pub(crate) struct Part<'f> {
    pub(crate) file: &'f str,
    pub(crate) line: usize,
    pub(crate) id: Option<String>,
    members: Vec<(String, usize, Value)>,
    faults: &'f Faults,
}

impl<'f> Part<'f> {
    pub(crate) fn new(file: &'f str, table: Table, faults: &'f Faults) -> Self {
        Self {
            file,
            line: table.line,
            id: None,
            members: table.members,
            faults,
        }
    }

    /// The id or code of this entry, named in every further fault.
    pub(crate) fn own(&mut self, member: &str) -> String {
        let text = self.text(member);
        let well = !text.is_empty()
            && text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !well && !text.is_empty() {
            self.wrong_kind(
                self.line,
                member,
                "1 to 64 letters, digits, `-` or `_`, beginning with a letter or digit",
            );
        }
        self.id = Some(text.clone());
        text
    }

    /// A text that must be there and not be blank.
    pub(crate) fn text(&mut self, member: &str) -> String {
        match self.text_or_none(member) {
            Some(text) => text,
            None => {
                self.note(self.line, Wrong::Missing(member.to_owned()));
                String::new()
            }
        }
    }

    /// A text that may be absent.
    pub(crate) fn text_or_none(&mut self, member: &str) -> Option<String> {
        match self.take(member)? {
            (_, Value::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            (line, _) => {
                self.wrong_kind(line, member, "a text that is not empty");
                Some(String::new())
            }
        }
    }

    /// A text in both languages, from `NAME_nl` and `NAME_en`.
    pub(crate) fn both(&mut self, member: &str) -> Bilingual {
        Bilingual {
            nl: self.text(&format!("{member}_nl")),
            en: self.text(&format!("{member}_en")),
        }
    }

    /// The same, or nothing when neither is there.
    pub(crate) fn both_or_none(&mut self, member: &str) -> Option<Bilingual> {
        let (nl, en) = (format!("{member}_nl"), format!("{member}_en"));
        (self.has(&nl) || self.has(&en)).then(|| self.both(member))
    }

    /// The members `nl` and `en` themselves.
    pub(crate) fn said(&mut self) -> Bilingual {
        Bilingual {
            nl: self.text("nl"),
            en: self.text("en"),
        }
    }

    /// A whole number within bounds; may be absent.
    pub(crate) fn number_or_none(&mut self, member: &str, least: i64, most: i64) -> Option<u8> {
        let (line, value) = self.take(member)?;
        if let Value::Whole(number) = value
            && (least..=most).contains(&number)
            && let Ok(number) = u8::try_from(number)
        {
            return Some(number);
        }
        self.wrong_kind(line, member, "a whole number within its bounds");
        None
    }

    /// `true` or `false`; absent means false.
    pub(crate) fn yes(&mut self, member: &str) -> bool {
        match self.take(member) {
            None => false,
            Some((_, Value::YesNo(value))) => value,
            Some((line, _)) => {
                self.wrong_kind(line, member, "true or false");
                false
            }
        }
    }

    /// A day; may be absent.
    pub(crate) fn day_or_none(&mut self, member: &str) -> Option<Date> {
        match self.take(member)? {
            (_, Value::Date(date)) => Some(date),
            (line, _) => {
                self.wrong_kind(line, member, "a day of the calendar, such as 2025-03-01");
                None
            }
        }
    }

    /// A list of texts with their lines; absent means empty.
    pub(crate) fn texts(&mut self, member: &str) -> Vec<(usize, String)> {
        let Some((line, value)) = self.take(member) else {
            return Vec::new();
        };
        let Value::List(values) = value else {
            self.wrong_kind(line, member, "a list of texts");
            return Vec::new();
        };
        let mut texts: Vec<(usize, String)> = Vec::new();
        for (line, value) in values {
            match value {
                Value::Text(text) if texts.iter().any(|(_, known)| *known == text) => {
                    let twice = format!("`{member}` names `{text}` twice; remove one");
                    self.note(line, Wrong::Rule(twice));
                }
                Value::Text(text) => texts.push((line, text)),
                _ => self.wrong_kind(line, member, "a list of texts"),
            }
        }
        texts
    }

    /// A list that must not be empty.
    pub(crate) fn some_texts(&mut self, member: &str) -> Vec<(usize, String)> {
        if !self.has(member) {
            self.note(self.line, Wrong::Missing(member.to_owned()));
            return Vec::new();
        }
        let empty = self.members.iter().find_map(|(name, line, value)| {
            (name == member && matches!(value, Value::List(list) if list.is_empty()))
                .then_some(*line)
        });
        if let Some(line) = empty {
            self.wrong_kind(line, member, "a list that is not empty");
        }
        self.texts(member)
    }

    /// The first text of a list, left where it is.
    pub(crate) fn first_text(&self, member: &str) -> Option<&str> {
        self.members
            .iter()
            .find_map(|(name, _, value)| match value {
                Value::List(values) if name == member => match values.first() {
                    Some((_, Value::Text(text))) => Some(text.as_str()),
                    _ => None,
                },
                _ => None,
            })
    }

    /// A table within this one; may be absent.
    pub(crate) fn table_or_none(&mut self, member: &str) -> Option<Part<'f>> {
        match self.take(member)? {
            (line, Value::Table(mut table)) => {
                table.line = line;
                Some(self.inner(table))
            }
            (line, _) => {
                self.wrong_kind(line, member, "a table");
                None
            }
        }
    }

    /// The tables `[[NAME]]`; absent means none.
    pub(crate) fn tables(&mut self, member: &str) -> Vec<Part<'f>> {
        let Some((line, value)) = self.take(member) else {
            return Vec::new();
        };
        let Value::List(values) = value else {
            self.wrong_kind(line, member, "tables: begin each with double brackets");
            return Vec::new();
        };
        let mut parts = Vec::new();
        for (line, value) in values {
            match value {
                Value::Table(mut table) => {
                    table.line = line;
                    parts.push(self.inner(table));
                }
                _ => self.wrong_kind(line, member, "tables: begin each with double brackets"),
            }
        }
        parts
    }

    fn inner(&self, table: Table) -> Part<'f> {
        Part {
            id: self.id.clone(),
            ..Part::new(self.file, table, self.faults)
        }
    }

    /// The line of a member, or of the table.
    pub(crate) fn line_of(&self, member: &str) -> usize {
        self.members
            .iter()
            .find(|(name, _, _)| name == member)
            .map_or(self.line, |(_, line, _)| *line)
    }

    pub(crate) fn has(&self, member: &str) -> bool {
        self.members.iter().any(|(name, _, _)| name == member)
    }

    /// Notes every member that nobody asked for.
    pub(crate) fn done(self) {
        for (name, line, _) in &self.members {
            self.note(*line, Wrong::UnknownMember(name.clone()));
        }
    }

    pub(crate) fn note(&self, line: usize, what: Wrong) {
        self.faults.note(self.file, line, self.id.as_deref(), what);
    }

    pub(crate) fn rule(&self, line: usize, words: impl Into<String>) {
        self.note(line, Wrong::Rule(words.into()));
    }

    pub(crate) fn unknown(&self, line: usize, member: &str, code: &str, list: &str) {
        self.note(
            line,
            Wrong::UnknownCode {
                member: member.to_owned(),
                code: code.to_owned(),
                list: list.to_owned(),
            },
        );
    }

    fn wrong_kind(&self, line: usize, member: &str, expected: &'static str) {
        self.note(
            line,
            Wrong::Kind {
                member: member.to_owned(),
                expected,
            },
        );
    }

    fn take(&mut self, member: &str) -> Option<(usize, Value)> {
        let place = self
            .members
            .iter()
            .position(|(name, _, _)| name == member)?;
        let (_, line, value) = self.members.remove(place);
        Some((line, value))
    }
}
