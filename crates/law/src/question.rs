//! The question: who would share what with whom, for what, about whom. Kinds and ages only, never a person.

use std::fmt;

use domain::vocabulary::{Facts, List, Vocabulary};
use jiff::civil::Date;

use crate::codes::{Bits, Codes, Index};
use crate::json::Node;
use crate::model::Policies;

/// Longest question in bytes.
pub const LONGEST: usize = 64 * 1024;
/// Longest list in a question.
const MOST: usize = 200;
/// Oldest age in years.
const OLDEST: f64 = 120.0;

/// A question that was checked: every code counts on its day, every date can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    pub(crate) date: Date,
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) purpose: u8,
    /// In the order asked.
    pub(crate) data: Vec<u8>,
    pub(crate) kind: Option<u8>,
    pub(crate) age: Option<u8>,
    pub(crate) band: u8,
    pub(crate) parent_suspected: bool,
    pub(crate) circumstances: Bits,
    pub(crate) consents: Vec<Consent>,
}

/// One consent of a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Consent {
    pub(crate) giver: u8,
    pub(crate) written: bool,
    pub(crate) purpose: u8,
    pub(crate) recipients: Bits,
    pub(crate) data: Bits,
    pub(crate) given: Date,
    pub(crate) until: Option<Date>,
    pub(crate) withdrawn: Option<Date>,
}

impl Consent {
    /// Given, not ended, not taken back: on a day. The last day still counts, the day of withdrawal no longer.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        self.given <= day && self.until.is_none_or(|until| day <= until) && !self.withdrawn_on(day)
    }

    pub(crate) fn withdrawn_on(&self, day: Date) -> bool {
        self.withdrawn.is_some_and(|withdrawn| withdrawn <= day)
    }
}

/// Why a question cannot be answered: every fault with the member it is in. Never a permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionError {
    faults: Vec<QuestionFault>,
}

/// One fault. It names the member and what was expected, and repeats nothing that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionFault {
    /// The member, such as `consent[0].given`; empty: the question as a whole.
    pub at: String,
    /// What was expected.
    pub expected: String,
}

impl QuestionError {
    fn one(at: &str, expected: impl Into<String>) -> QuestionError {
        QuestionError {
            faults: vec![QuestionFault {
                at: at.to_owned(),
                expected: expected.into(),
            }],
        }
    }

    /// Every fault.
    #[must_use]
    pub fn faults(&self) -> &[QuestionFault] {
        &self.faults
    }
}

impl std::error::Error for QuestionError {}

impl fmt::Display for QuestionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.faults.iter().enumerate() {
            let semicolon = if place == 0 { "" } else { "; " };
            if fault.at.is_empty() {
                write!(formatter, "{semicolon}{}", fault.expected)?;
            } else {
                write!(formatter, "{semicolon}{}: {}", fault.at, fault.expected)?;
            }
        }
        Ok(())
    }
}

/// Reads and checks a question.
pub(crate) fn read(
    json: &[u8],
    policies: &Policies,
    vocabulary: &Vocabulary,
) -> Result<Question, QuestionError> {
    if json.len() > LONGEST {
        return Err(QuestionError::one(
            "",
            format!("a question has at most {LONGEST} bytes"),
        ));
    }
    let node: Node = serde_json::from_slice(json).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Eof => "the JSON ends too early",
            serde_json::error::Category::Data => "a member stands twice; leave one",
            _ => "this is not JSON",
        };
        QuestionError::one("", format!("{place}: {what}"))
    })?;
    understand(node, policies, vocabulary)
}

pub(crate) fn understand(
    node: Node,
    policies: &Policies,
    vocabulary: &Vocabulary,
) -> Result<Question, QuestionError> {
    let Node::Object(members) = node else {
        return Err(QuestionError::one("", "a question is a JSON object"));
    };
    let mut faults = Vec::new();
    let mut top = Members::new("", members, &mut faults);
    // Everything else is known or not on this day; without it nothing more can be said.
    let Some(date) = top.required("date").and_then(|node| top.day("date", node)) else {
        return Err(QuestionError { faults });
    };
    let words = Words {
        codes: &policies.codes,
        vocabulary,
        date,
    };
    let read = question(&mut top, &words, policies);
    top.done();
    match read {
        Some(question) if faults.is_empty() => contradictions(&question).map_or(Ok(question), Err),
        _ => Err(QuestionError { faults }),
    }
}

fn question(top: &mut Members<'_>, words: &Words<'_>, policies: &Policies) -> Option<Question> {
    let codes = words.codes;
    let lists = words.vocabulary;
    let from = top.code("from", &codes.orgs, &lists.organisation_kinds, words.date);
    let to = top.code("to", &codes.orgs, &lists.organisation_kinds, words.date);
    let purpose = top.code("purpose", &codes.purposes, &lists.purposes, words.date);
    let data = top.codes(
        "data",
        &codes.data,
        &lists.data_categories,
        words.date,
        true,
    );
    let circumstances = top.codes(
        "circumstances",
        &codes.circumstances,
        &lists.circumstances,
        words.date,
        false,
    );
    let about = subject(top, words);
    let consents = consents(top, words);
    let circumstances: Bits = circumstances.into_iter().collect();
    let suspected = codes
        .circumstances
        .find("parent_suspected")
        .is_some_and(|place| circumstances.has(place));
    Some(Question {
        date: words.date,
        from: from?,
        to: to?,
        purpose: purpose?,
        data,
        kind: about.kind,
        age: about.age,
        band: policies.band_of(about.age, about.certain),
        parent_suspected: about.parent_suspected || suspected,
        circumstances,
        consents: consents?,
    })
}

#[derive(Default)]
struct About {
    kind: Option<u8>,
    age: Option<u8>,
    certain: bool,
    parent_suspected: bool,
}

/// Nothing said about the person means nothing known: an age in doubt.
fn subject(top: &mut Members<'_>, words: &Words<'_>) -> About {
    let Some(node) = top.take("subject").filter(|node| *node != Node::Null) else {
        return About::default();
    };
    let Node::Object(members) = node else {
        top.fault(
            "subject",
            "expected an object with kind, age, age_certain, parent_suspected",
        );
        return About::default();
    };
    let mut inner = Members::new("subject", members, top.faults);
    let kind = inner
        .has("kind")
        .then(|| {
            inner.code(
                "kind",
                &words.codes.kinds,
                &words.vocabulary.subject_kinds,
                words.date,
            )
        })
        .flatten();
    let age = inner.age("age");
    let about = About {
        kind,
        age,
        certain: inner.yes_no("age_certain"),
        parent_suspected: inner.yes_no("parent_suspected"),
    };
    inner.done();
    about
}

fn consents(top: &mut Members<'_>, words: &Words<'_>) -> Option<Vec<Consent>> {
    let nodes = top.list("consent", false);
    let mut out = Vec::new();
    let mut sound = true;
    for (place, node) in nodes.into_iter().enumerate() {
        let at = format!("consent[{place}]");
        let Node::Object(members) = node else {
            top.faults.push(QuestionFault {
                at,
                expected:
                    "expected an object with giver, written, purpose, recipients, data, given"
                        .to_owned(),
            });
            sound = false;
            continue;
        };
        let mut inner = Members::new(&at, members, top.faults);
        let read = consent(&mut inner, words);
        inner.done();
        match read {
            Some(consent) => out.push(consent),
            None => sound = false,
        }
    }
    sound.then_some(out)
}

fn consent(part: &mut Members<'_>, words: &Words<'_>) -> Option<Consent> {
    let (codes, lists) = (words.codes, words.vocabulary);
    let giver = part.code("giver", &codes.givers, &lists.consent_givers, words.date);
    let written = part.yes_no("written");
    let purpose = part.code("purpose", &codes.purposes, &lists.purposes, words.date);
    let recipients = part.codes(
        "recipients",
        &codes.orgs,
        &lists.organisation_kinds,
        words.date,
        true,
    );
    let data = part.codes(
        "data",
        &codes.data,
        &lists.data_categories,
        words.date,
        true,
    );
    let given = part
        .required("given")
        .and_then(|node| part.day("given", node));
    let until = part.day_or_null("until");
    let withdrawn = part.day_or_null("withdrawn");
    let given = given?;
    if given > words.date {
        part.fault(
            "given",
            "a consent cannot be given after the date of the question",
        );
    }
    if until.is_some_and(|until| until < given) {
        part.fault("until", "a consent cannot end before it was given");
    }
    if withdrawn.is_some_and(|withdrawn| withdrawn < given) {
        part.fault(
            "withdrawn",
            "a consent cannot be taken back before it was given",
        );
    }
    Some(Consent {
        giver: giver?,
        written,
        purpose: purpose?,
        recipients: recipients.into_iter().collect(),
        data: data.into_iter().collect(),
        given,
        until,
        withdrawn,
    })
}

/// Two consents by the same giver for the same thing, one in force and one taken back later than the other was given: nobody
/// can tell which of them holds.
fn contradictions(question: &Question) -> Option<QuestionError> {
    let day = question.date;
    let same = |a: &Consent, b: &Consent| {
        a.giver == b.giver
            && a.purpose == b.purpose
            && a.recipients.meets(b.recipients)
            && a.data.meets(b.data)
    };
    for (place, one) in question.consents.iter().enumerate() {
        let taken_back = question.consents.iter().enumerate().find(|(_, other)| {
            one.holds_on(day)
                && same(one, other)
                && other
                    .withdrawn
                    .is_some_and(|back| back <= day && one.given <= back)
        });
        if let Some((other, _)) = taken_back {
            return Some(QuestionError::one(
                &format!("consent[{place}]"),
                format!(
                    "contradicts consent[{other}]: the same consent is both in force and taken back; leave the one that holds, or give the day of the new one"
                ),
            ));
        }
    }
    None
}

struct Words<'a> {
    codes: &'a Codes,
    vocabulary: &'a Vocabulary,
    date: Date,
}

/// The members of one object while they are read; what is left over at the end is unknown.
struct Members<'f> {
    at: String,
    members: Vec<(String, Node)>,
    faults: &'f mut Vec<QuestionFault>,
}

impl<'f> Members<'f> {
    fn new(at: &str, members: Vec<(String, Node)>, faults: &'f mut Vec<QuestionFault>) -> Self {
        Members {
            at: at.to_owned(),
            members,
            faults,
        }
    }

    fn path(&self, member: &str) -> String {
        if self.at.is_empty() {
            member.to_owned()
        } else {
            format!("{}.{member}", self.at)
        }
    }

    fn fault(&mut self, member: &str, expected: impl Into<String>) {
        let at = self.path(member);
        self.faults.push(QuestionFault {
            at,
            expected: expected.into(),
        });
    }

    fn is_clean(&self, member: &str) -> bool {
        let at = self.path(member);
        !self.faults.iter().any(|fault| fault.at.starts_with(&at))
    }

    fn has(&self, member: &str) -> bool {
        self.members.iter().any(|(name, _)| name == member)
    }

    fn take(&mut self, member: &str) -> Option<Node> {
        let place = self.members.iter().position(|(name, _)| name == member)?;
        Some(self.members.remove(place).1)
    }

    fn required(&mut self, member: &str) -> Option<Node> {
        let found = self.take(member);
        if found.is_none() {
            self.fault(member, "is missing; add it");
        }
        found
    }

    fn day(&mut self, member: &str, node: Node) -> Option<Date> {
        // Exactly the form of the contract: `2026-11-21T10:00` and the like are no civil dates.
        let day = match &node {
            Node::Text(text) if text.len() == 10 => text.parse::<Date>().ok(),
            _ => None,
        };
        let day = day.filter(|day| (1900..=2200).contains(&day.year()));
        if day.is_none() {
            self.fault(member, "expected a day of the calendar, such as 2026-11-21");
        }
        day
    }

    fn day_or_null(&mut self, member: &str) -> Option<Date> {
        match self.take(member)? {
            Node::Null => None,
            node => self.day(member, node),
        }
    }

    fn yes_no(&mut self, member: &str) -> bool {
        match self.take(member) {
            None => false,
            Some(Node::Bool(value)) => value,
            Some(_) => {
                self.fault(member, "expected true or false");
                false
            }
        }
    }

    fn age(&mut self, member: &str) -> Option<u8> {
        match self.take(member)? {
            Node::Null => None,
            Node::Number(age) if age.fract() == 0.0 && (0.0..=OLDEST).contains(&age) =>
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a whole number from 0 to 120"
                )]
                Some(age as u8)
            }
            _ => {
                self.fault(
                    member,
                    "expected a whole number of years from 0 to 120, or null",
                );
                None
            }
        }
    }

    fn list(&mut self, member: &str, required: bool) -> Vec<Node> {
        let found = if required {
            self.required(member)
        } else {
            self.take(member)
        };
        match found {
            None => Vec::new(),
            Some(Node::List(nodes)) if nodes.len() <= MOST => nodes,
            Some(Node::List(_)) => {
                self.fault(member, format!("expected at most {MOST} items"));
                Vec::new()
            }
            Some(_) => {
                self.fault(member, "expected a list");
                Vec::new()
            }
        }
    }

    fn code<F: Facts>(
        &mut self,
        member: &str,
        index: &Index<F>,
        list: &List<F>,
        on: Date,
    ) -> Option<u8> {
        let node = self.required(member)?;
        let found = known(&node, index, list, on);
        if found.is_none() {
            let at = self.path(member);
            self.faults.push(unknown(at, F::LIST, on));
        }
        found
    }

    fn codes<F: Facts>(
        &mut self,
        member: &str,
        index: &Index<F>,
        list: &List<F>,
        on: Date,
        required: bool,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        for (place, node) in self.list(member, required).into_iter().enumerate() {
            match known(&node, index, list, on) {
                Some(found) if out.contains(&found) => {}
                Some(found) => out.push(found),
                None => {
                    let at = format!("{}[{place}]", self.path(member));
                    self.faults.push(unknown(at, F::LIST, on));
                }
            }
        }
        if required && out.is_empty() && self.is_clean(member) {
            self.fault(member, "name at least one");
        }
        out
    }

    fn done(self) {
        let names: Vec<String> = self.members.iter().map(|(name, _)| shown(name)).collect();
        for name in names {
            let at = self.path(&name);
            self.faults.push(QuestionFault {
                at,
                expected: "is unknown; remove it or correct its spelling".to_owned(),
            });
        }
    }
}

/// A name that somebody sent, as far as it is a plain word.
fn shown(name: &str) -> String {
    let plain = (1..=40).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain {
        name.to_owned()
    } else {
        "…".to_owned()
    }
}

fn known<F: Facts>(node: &Node, index: &Index<F>, list: &List<F>, on: Date) -> Option<u8> {
    let Node::Text(text) = node else { return None };
    let entry = list.resolve(text, on).ok()?;
    index.find(entry.code.as_str())
}

fn unknown(at: String, list: &str, on: Date) -> QuestionFault {
    QuestionFault {
        at,
        expected: format!("expected a code that counts on {on}; see `samen vocabulary {list}`"),
    }
}
