//! What a decision looked at: kinds, in the shape of an access evaluation of AuthZEN.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Fault;

/// Deepest that groups stand within each other.
const DEEPEST: usize = 6;

/// One fact: a kind of thing, never a thing. Text of people has no place here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// Yes or no.
    Is(bool),
    /// A whole number, such as an age in years.
    Number(i64),
    /// A code of a vocabulary.
    Code(Code),
    /// A day.
    Day(Day),
    /// Several.
    List(Vec<Fact>),
    /// Several by name.
    Group(Group),
}

/// A code: see [`Fact::code`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(String);

/// A day: see [`Fact::day`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Day(String);

impl Code {
    pub(crate) fn read(text: &str, at: &str) -> Result<Code, Fault> {
        match is_code(text) {
            true => Ok(Code(text.to_owned())),
            false => Err(Fault::Code { at: at.to_owned() }),
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Fact {
    /// A code: a letter, then letters, digits and `. _ : -`. A row of more than five digits is refused: it would be a telephone,
    /// citizen or file number.
    ///
    /// # Errors
    /// [`Fault::Code`].
    pub fn code(text: &str) -> Result<Fact, Fault> {
        Code::read(text, "code").map(Fact::Code)
    }

    /// Several codes.
    ///
    /// # Errors
    /// [`Fault::Code`].
    pub fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Result<Fact, Fault> {
        let codes: Result<_, _> = texts
            .into_iter()
            .map(|text| Fact::code(text.as_ref()))
            .collect();
        codes.map(Fact::List)
    }

    /// A day, as `2026-11-22`.
    ///
    /// # Errors
    /// [`Fault::Day`].
    pub fn day(text: &str) -> Result<Fact, Fault> {
        match is_day(text) {
            true => Ok(Fact::Day(Day(text.to_owned()))),
            false => Err(Fault::Day {
                at: "day".to_owned(),
            }),
        }
    }

    fn read(value: &Value, at: &str, depth: usize) -> Result<Fact, Fault> {
        match value {
            Value::Bool(is) => Ok(Fact::Is(*is)),
            Value::Number(number) => number
                .as_i64()
                .map(Fact::Number)
                .ok_or(Fault::NotAKind { at: at.to_owned() }),
            Value::String(text) if is_day(text) => Ok(Fact::Day(Day(text.clone()))),
            Value::String(text) => Code::read(text, at).map(Fact::Code),
            Value::Array(items) => {
                within(at, depth)?;
                let each = items.iter().enumerate();
                let read = each.map(|(n, item)| Fact::read(item, &format!("{at}[{n}]"), depth + 1));
                read.collect::<Result<_, _>>().map(Fact::List)
            }
            Value::Object(_) => Group::read(value, at, depth).map(Fact::Group),
            Value::Null => Err(Fault::NotAKind { at: at.to_owned() }),
        }
    }
}

fn within(at: &str, depth: usize) -> Result<(), Fault> {
    match depth < DEEPEST {
        true => Ok(()),
        false => Err(Fault::TooDeep {
            at: at.to_owned(),
            most: DEEPEST,
        }),
    }
}

/// Facts by name. Names are codes as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Group(BTreeMap<Code, Fact>);

impl Group {
    /// A group of these.
    ///
    /// # Errors
    /// [`Fault::Code`] when a name is no code.
    pub fn of<N: AsRef<str>>(facts: impl IntoIterator<Item = (N, Fact)>) -> Result<Group, Fault> {
        let named = facts.into_iter();
        let read = named.map(|(name, fact)| Ok((Code::read(name.as_ref(), "name")?, fact)));
        read.collect::<Result<_, Fault>>().map(Group)
    }

    /// One fact.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.0.get(&Code(name.to_owned()))
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn read(value: &Value, at: &str, depth: usize) -> Result<Group, Fault> {
        within(at, depth)?;
        let Value::Object(members) = value else {
            return Err(Fault::NotAKind { at: at.to_owned() });
        };
        let mut out = BTreeMap::new();
        for (name, value) in members {
            let place = format!("{at}.{name}");
            // A name that is no code is not repeated: it could be anything.
            let code = Code::read(name, at)?;
            out.insert(code, Fact::read(value, &place, depth + 1)?);
        }
        Ok(Group(out))
    }
}

/// The question, as AuthZEN shapes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Value")]
pub struct Evaluation {
    /// Who would share or act: `type` and `id` are kinds, such as an organisation kind or role.
    pub subject: Group,
    /// What would be done, and for what.
    pub action: Group,
    /// With what, about whom: kinds of data and of person.
    pub resource: Group,
    /// Circumstances, consents by kind, the day.
    #[serde(skip_serializing_if = "Group::is_empty")]
    pub context: Group,
}

impl TryFrom<Value> for Evaluation {
    type Error = Fault;

    fn try_from(value: Value) -> Result<Evaluation, Fault> {
        let not = |at: &str| Fault::NotAKind { at: at.to_owned() };
        let members = value.as_object().ok_or_else(|| not("request"))?;
        let known = ["subject", "action", "resource", "context"];
        if !members.keys().all(|name| known.contains(&name.as_str())) {
            return Err(not("request"));
        }
        let group = |name: &str| match members.get(name) {
            Some(value) => Group::read(value, name, 0),
            None if name == "context" => Ok(Group::default()),
            None => Err(not(name)),
        };
        Ok(Evaluation {
            subject: group("subject")?,
            action: group("action")?,
            resource: group("resource")?,
            context: group("context")?,
        })
    }
}

impl Evaluation {
    /// Reads a question from JSON as an application received it.
    ///
    /// # Errors
    /// The first [`Fault`]; a fault names the place and repeats nothing.
    pub fn read(value: &Value) -> Result<Evaluation, Fault> {
        Evaluation::try_from(value.clone())
    }
}

/// Longest code in bytes.
const LONGEST: usize = 100;
/// Longest row of digits in a code.
const MOST_DIGITS: usize = 5;

fn is_code(text: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-');
    let starts = text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    let mut row = 0;
    let short_rows = text.bytes().all(|b| {
        row = if b.is_ascii_digit() { row + 1 } else { 0 };
        row <= MOST_DIGITS
    });
    starts && text.len() <= LONGEST && text.bytes().all(sign) && short_rows
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize, most: u16| {
        let digits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        digits && part.parse::<u16>().is_ok_and(|n| n >= 1 && n <= most)
    };
    matches!(parts.as_slice(), [year, month, day]
        if number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31))
}
