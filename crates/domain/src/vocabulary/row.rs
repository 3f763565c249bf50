//! One entry of a file while it is being read: hands out fields by name and notes every fault with its line.

use jiff::civil::Date;

use super::code::Code;
use super::entry::{CERTAINTIES, Certainty, Entry, Facts, Label, Validity};
use super::problem::{Fault, Problem};
use super::raw::{Defaults, Field, RawEntry, Reference, Value};

/// An entry being read. Each reading function takes its field out; what is left over at the end is unknown.
pub struct Row<'a> {
    file: &'a str,
    line: usize,
    code: Option<String>,
    defaults: &'a Defaults,
    fields: Vec<Field>,
    problems: Vec<Problem>,
    references: Vec<Reference>,
}

/// What came of reading a row: the entry when it is sound, the faults and the references it made.
pub(super) struct Outcome<F> {
    pub(super) entry: Option<Entry<F>>,
    pub(super) problems: Vec<Problem>,
    pub(super) references: Vec<Reference>,
}

impl<'a> Row<'a> {
    pub(super) fn understand<F: Facts>(
        file: &'a str,
        raw: RawEntry,
        defaults: &'a Defaults,
    ) -> Outcome<F> {
        let mut row = Row {
            file,
            line: raw.line,
            code: None,
            defaults,
            fields: raw.fields,
            problems: Vec::new(),
            references: Vec::new(),
        };
        let entry = row.read_entry();
        row.finish(entry)
    }

    fn read_entry<F: Facts>(&mut self) -> Option<Entry<F>> {
        let code = self.own_code();
        let label = self.label();
        let validity = self.validity();
        let defaults = self.defaults;
        let source = match (self.text_or_none("source"), &defaults.source) {
            (Some(source), _) => source,
            (None, Some(source)) => source.clone(),
            (None, None) => self.missing("source"),
        };
        let certainty = match (
            self.choice_or_none("certainty", CERTAINTIES),
            defaults.certainty,
        ) {
            (Some(certainty), _) | (None, Some(certainty)) => certainty,
            (None, None) => {
                self.missing::<String>("certainty");
                Certainty::Proposal
            }
        };
        let note = self.text_or_none("note");
        let aliases = self.texts("aliases");
        let facts = F::read(self);
        for reference in &mut self.references {
            reference.validity = validity;
        }
        Some(Entry {
            code: code?,
            label,
            validity,
            source,
            certainty,
            note,
            aliases,
            facts,
        })
    }

    fn finish<F>(mut self, entry: Option<Entry<F>>) -> Outcome<F> {
        for field in std::mem::take(&mut self.fields) {
            self.fault(field.line, Fault::UnknownField(field.name));
        }
        let entry = entry.filter(|_| self.problems.is_empty());
        Outcome {
            entry,
            problems: self.problems,
            references: self.references,
        }
    }

    fn own_code<F>(&mut self) -> Option<Code<F>> {
        let line = self.line_of("code");
        let text: String = self.text("code");
        if text.is_empty() {
            return None;
        }
        self.code = Some(text.clone());
        match Code::new(text) {
            Ok(code) => Some(code),
            Err(reason) => {
                self.malformed(line, "code", &reason.to_string());
                None
            }
        }
    }

    fn label(&mut self) -> Label {
        // A proper name, such as a municipality's, is the same in both languages.
        if let Some(name) = self.text_or_none("name") {
            return Label {
                nl: name.clone(),
                en: name,
            };
        }
        self.label_named("label")
    }

    /// A text in both languages, from the fields `NAME_nl` and `NAME_en`.
    pub(super) fn label_named(&mut self, name: &str) -> Label {
        Label {
            nl: self.text(&format!("{name}_nl")),
            en: self.text(&format!("{name}_en")),
        }
    }

    fn validity(&mut self) -> Validity {
        let line = self.line_of("valid_until");
        let from = self.date_or_none("valid_from").or(self.defaults.valid_from);
        let until = self.date_or_none("valid_until");
        if let (Some(first), Some(end)) = (from, until)
            && end <= first
        {
            let fault = Fault::NeverValid {
                from: first.to_string(),
                until: end.to_string(),
            };
            self.fault(line, fault);
        }
        Validity { from, until }
    }

    /// A text that must be there and not be blank.
    pub(super) fn text(&mut self, name: &str) -> String {
        match self.text_or_none(name) {
            Some(text) => text,
            None => self.missing(name),
        }
    }

    /// A text that may be absent, but not blank.
    pub(super) fn text_or_none(&mut self, name: &str) -> Option<String> {
        let field = self.take(name)?;
        match field.value {
            Value::Text(text) if text.trim().is_empty() => None,
            Value::Text(text) | Value::Cell(text) => Some(text.trim().to_owned()),
            other => {
                self.wrong(field.line, name, &other, "a text");
                // A placeholder, so that the same field is not reported as missing as well.
                Some(String::from("?"))
            }
        }
    }

    /// A whole number from 0 that may be absent.
    pub(super) fn number_or_none(&mut self, name: &str) -> Option<u16> {
        const EXPECTED: &str = "a whole number from 0 to 65535";
        let field = self.take(name)?;
        let number = match &field.value {
            Value::Whole(number) => u16::try_from(*number).ok(),
            Value::Cell(cell) => cell.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(field.line, name, &field.value, EXPECTED);
        }
        number
    }

    /// A whole number from 0 that must be there.
    pub(super) fn number(&mut self, name: &str) -> u16 {
        if self.has(name) {
            self.number_or_none(name).unwrap_or_default()
        } else {
            self.missing(name)
        }
    }

    /// `true` or `false`; absent means false.
    pub(super) fn yes(&mut self, name: &str) -> bool {
        self.yes_or(name, false)
    }

    /// `true` or `false`, with the meaning of its absence.
    pub(super) fn yes_or(&mut self, name: &str, absent: bool) -> bool {
        let Some(field) = self.take(name) else {
            return absent;
        };
        match &field.value {
            Value::YesNo(value) => *value,
            Value::Cell(cell) if cell == "true" => true,
            Value::Cell(cell) if cell == "false" => false,
            other => {
                self.wrong(field.line, name, other, "`true` or `false`");
                absent
            }
        }
    }

    /// A date that may be absent.
    pub(super) fn date_or_none(&mut self, name: &str) -> Option<Date> {
        const EXPECTED: &str = "a date of the calendar such as 2026-07-15, without quotation marks";
        let field = self.take(name)?;
        let date = match &field.value {
            Value::Date(date) => Some(*date),
            Value::Cell(cell) => cell.parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.wrong(field.line, name, &field.value, EXPECTED);
        }
        date
    }

    /// One of a fixed set of words, each with its meaning; may be absent.
    pub(super) fn choice_or_none<T: Copy>(
        &mut self,
        name: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let field = self.take(name)?;
        let found = match &field.value {
            Value::Text(text) | Value::Cell(text) => choices.iter().find(|(word, _)| word == text),
            _ => None,
        };
        if found.is_none() {
            let words: Vec<String> = choices
                .iter()
                .map(|(word, _)| format!("`{word}`"))
                .collect();
            self.wrong(
                field.line,
                name,
                &field.value,
                &format!("one of {}", words.join(", ")),
            );
        }
        // A fault was noted, so the entry is dropped; the first word only stands in for "present".
        found.or(choices.first()).map(|(_, meaning)| *meaning)
    }

    /// One of a fixed set of words; must be there. The set may not be empty.
    pub(super) fn choice<T: Copy>(
        &mut self,
        name: &str,
        choices: &[(&str, T)],
        placeholder: T,
    ) -> T {
        match self.choice_or_none(name, choices) {
            Some(meaning) => meaning,
            None => {
                self.missing::<String>(name);
                placeholder
            }
        }
    }

    /// A list of texts; absent means empty.
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        self.located_texts(name).1
    }

    fn located_texts(&mut self, name: &str) -> (usize, Vec<String>) {
        let Some(field) = self.take(name) else {
            return (self.line, Vec::new());
        };
        let mut texts = Vec::new();
        match &field.value {
            Value::List(values) => {
                for value in values {
                    match value {
                        Value::Text(text) if !text.trim().is_empty() => {
                            texts.push(text.trim().to_owned())
                        }
                        other => self.wrong(field.line, name, other, "a list of texts"),
                    }
                }
            }
            Value::Cell(cell) => {
                texts.extend(
                    cell.split(';')
                        .map(str::trim)
                        .filter(|text| !text.is_empty())
                        .map(str::to_owned),
                );
            }
            other => self.wrong(field.line, name, other, "a list of texts"),
        }
        (field.line, texts)
    }

    /// A reference to an entry of another list (or of this one); may be absent.
    pub(super) fn reference_or_none<F: Facts>(&mut self, name: &str) -> Option<Code<F>> {
        let line = self.line_of(name);
        let text = self.text_or_none(name)?;
        self.refer(line, name, text)
    }

    /// A reference to an entry of another list; must be there.
    pub(super) fn reference<F: Facts>(&mut self, name: &str) -> Code<F> {
        if !self.has(name) {
            self.missing::<String>(name);
        }
        self.reference_or_none(name)
            .unwrap_or(Code::literal("unread"))
    }

    /// References to entries of another list; absent means none.
    pub(super) fn references<F: Facts>(&mut self, name: &str) -> Vec<Code<F>> {
        let (line, texts) = self.located_texts(name);
        texts
            .into_iter()
            .filter_map(|text| self.refer(line, name, text))
            .collect()
    }

    fn refer<F: Facts>(&mut self, line: usize, name: &str, text: String) -> Option<Code<F>> {
        match Code::new(text) {
            Ok(code) => {
                self.references.push(Reference {
                    file: self.file.to_owned(),
                    line,
                    from_code: self.code.clone().unwrap_or_default(),
                    field: name.to_owned(),
                    target: code.to_string(),
                    list: F::LIST,
                    validity: Validity {
                        from: None,
                        until: None,
                    },
                });
                Some(code)
            }
            Err(reason) => {
                self.malformed(line, name, &reason.to_string());
                None
            }
        }
    }

    /// Notes that the fields of this entry contradict each other.
    pub(super) fn inconsistent(&mut self, message: &str) {
        self.fault(self.line, Fault::Inconsistent(message.to_owned()));
    }

    /// Whether the field is there and still unread.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    fn take(&mut self, name: &str) -> Option<Field> {
        let place = self.fields.iter().position(|field| field.name == name)?;
        Some(self.fields.remove(place))
    }

    fn line_of(&self, name: &str) -> usize {
        self.fields
            .iter()
            .find(|field| field.name == name)
            .map_or(self.line, |field| field.line)
    }

    fn missing<T: Default>(&mut self, name: &str) -> T {
        self.fault(self.line, Fault::MissingField(name.to_owned()));
        T::default()
    }

    fn wrong(&mut self, line: usize, name: &str, found: &Value, expected: &str) {
        let fault = Fault::WrongValue {
            field: name.to_owned(),
            found: found.describe(),
            expected: expected.to_owned(),
        };
        self.fault(line, fault);
    }

    fn malformed(&mut self, line: usize, name: &str, reason: &str) {
        let fault = Fault::MalformedCode {
            field: name.to_owned(),
            reason: reason.to_owned(),
        };
        self.fault(line, fault);
    }

    fn fault(&mut self, line: usize, fault: Fault) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line,
            code: self.code.clone(),
            fault,
        });
    }
}
