//! AuthZEN, the Dutch government profile (a draft): the same question in the shape of an access evaluation.
//!
//! The subject is the kind of organisation that would share, the action `share` carries purpose and receiver, the resource is whom
//! the data is about, with the categories. `decision` is true only when everything asked may go: whoever reads nothing but the
//! boolean may not share more than the law allows. The part that may go stands in the context.

use domain::vocabulary::Lang;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::{Answer, Verdict};
use crate::json::Node;
use crate::law::Law;
use crate::question::{LONGEST, Question, QuestionError};

/// The draft that this module follows; in every answer. The shape may change with the next draft.
pub const PROFILE: &str = "authzen-nlgov-draft-2026";

/// An evaluation that was read.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The question.
    pub question: Question,
    /// `traceparent` of the caller, when it is well formed: 55 characters of the W3C Trace Context.
    pub traceparent: Option<String>,
}

/// Why an evaluation was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// Not an evaluation.
    #[error("{0}")]
    Shape(String),
    /// The question in it cannot be answered.
    #[error("{0}")]
    Question(QuestionError),
}

impl Law {
    /// Reads an evaluation. `now` answers for the day when the context names no `time`.
    ///
    /// # Errors
    /// [`EvaluationError`] naming the member. Members that the profile does not know are refused: one that is spelled wrong could
    /// be the one that forbids.
    pub fn read_evaluation(
        &self,
        json: &[u8],
        now: Timestamp,
    ) -> Result<Evaluation, EvaluationError> {
        self.evaluation(json, Clock::Now(now))
    }

    /// An evaluation of a log: its context names a `day`, and whom it is about may be left out.
    pub(crate) fn evaluation_on_a_day(&self, json: &[u8]) -> Result<Question, EvaluationError> {
        Ok(self.evaluation(json, Clock::Named)?.question)
    }

    fn evaluation(&self, json: &[u8], clock: Clock) -> Result<Evaluation, EvaluationError> {
        if json.len() > LONGEST {
            return Err(shape(format!("an evaluation has at most {LONGEST} bytes")));
        }
        let node: Node = serde_json::from_slice(json).map_err(|error| {
            shape(format!(
                "line {}, column {}: this is not JSON, or a member stands twice",
                error.line(),
                error.column()
            ))
        })?;
        let mut top = Object::of("", node)?;
        let mut asked: Vec<(String, Node)> = Vec::new();
        subject(top.need("subject")?, &mut asked)?;
        action(top.need("action")?, &mut asked)?;
        resource(top.need("resource")?, clock, &mut asked)?;
        let traceparent = context(top.take("context"), clock, &mut asked)?;
        top.end()?;
        let question = self
            .understand(Node::Object(asked))
            .map_err(EvaluationError::Question)?;
        Ok(Evaluation {
            question,
            traceparent,
        })
    }
}

/// Where the day of a question comes from.
#[derive(Debug, Clone, Copy)]
enum Clock {
    /// The moment that the context names, or else this one.
    Now(Timestamp),
    /// The day that the context names.
    Named,
}

fn subject(node: Node, asked: &mut Vec<(String, Node)>) -> Result<(), EvaluationError> {
    let mut subject = Object::of("subject", node)?;
    subject.must_be("type", &["organisation"])?;
    asked.push(("from".to_owned(), subject.need("id")?));
    subject.end()
}

fn action(node: Node, asked: &mut Vec<(String, Node)>) -> Result<(), EvaluationError> {
    let mut action = Object::of("action", node)?;
    action.must_be("name", &["share"])?;
    let mut properties = Object::of("action.properties", action.need("properties")?)?;
    asked.push(("purpose".to_owned(), properties.need("purpose")?));
    asked.push(("to".to_owned(), properties.need("to")?));
    // References of the caller's own register; they decide nothing.
    properties.take("processing_activity_id");
    properties.take("algorithm_id");
    properties.end()?;
    action.end()
}

fn resource(
    node: Node,
    clock: Clock,
    asked: &mut Vec<(String, Node)>,
) -> Result<(), EvaluationError> {
    let mut resource = Object::of("resource", node)?;
    resource.must_be("type", &["personal-data"])?;
    let kind = match clock {
        Clock::Now(_) => Some(resource.need("id")?),
        Clock::Named => resource.take("id"),
    };
    let mut about: Vec<(String, Node)> = kind
        .into_iter()
        .map(|kind| ("kind".to_owned(), kind))
        .collect();
    let mut properties = Object::of("resource.properties", resource.need("properties")?)?;
    asked.push(("data".to_owned(), properties.need("data")?));
    for name in ["age", "age_certain", "parent_suspected"] {
        if let Some(value) = properties.take(name) {
            about.push((name.to_owned(), value));
        }
    }
    properties.end()?;
    asked.push(("subject".to_owned(), Node::Object(about)));
    resource.end()
}

fn context(
    node: Option<Node>,
    clock: Clock,
    asked: &mut Vec<(String, Node)>,
) -> Result<Option<String>, EvaluationError> {
    let mut context = Object::of("context", node.unwrap_or(Node::Object(Vec::new())))?;
    let day = match clock {
        Clock::Now(now) => Node::Text(day_of(context.take("time"), now)?),
        Clock::Named => context.need("day")?,
    };
    asked.push(("date".to_owned(), day));
    for name in ["circumstances", "consent"] {
        if let Some(value) = context.take(name) {
            asked.push((name.to_owned(), value));
        }
    }
    let traceparent = match context.take("traceparent") {
        Some(Node::Text(text)) if well_formed(&text) => Some(text),
        Some(_) => {
            return Err(shape(
                "context.traceparent: expected the W3C Trace Context form",
            ));
        }
        None => None,
    };
    for name in ["tracestate", "mim", "ld-context"] {
        context.take(name);
    }
    context.end()?;
    Ok(traceparent)
}

/// The Dutch day of the moment asked about.
fn day_of(time: Option<Node>, now: Timestamp) -> Result<String, EvaluationError> {
    let wrong = || shape("context.time: expected a moment as RFC 3339 writes it");
    let at = match time {
        None => now,
        Some(Node::Text(text)) => text.parse().map_err(|_| wrong())?,
        Some(_) => return Err(wrong()),
    };
    Ok(domain::time::dutch_date(at).to_string())
}

fn well_formed(traceparent: &str) -> bool {
    let parts: Vec<&str> = traceparent.split('-').collect();
    let hex = |part: &str, length: usize| {
        part.len() == length
            && part
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    matches!(parts.as_slice(), [version, trace, span, flags]
        if hex(version, 2) && hex(trace, 32) && hex(span, 16) && hex(flags, 2))
}

/// The answer in the shape of a decision.
#[must_use]
pub fn decision(answer: &Answer, traceparent: Option<&str>) -> Value {
    let whole = answer.verdict == Verdict::Yes && answer.withheld.is_empty();
    let (nl, en) = (answer.spoken(Lang::Nl), answer.spoken(Lang::En));
    let mut out = json!({
        "decision": whole,
        "context": {
            "profile": PROFILE,
            "policies": answer.policy_version,
            "processing_activity_id": answer.activities,
            "reason_user": {"nl": nl.explanation.clone(), "en": en.explanation},
            "reason_admin": {"acts": answer.acts.clone(), "reason": nl.reason.clone()},
            "answer": nl,
        },
    });
    if let (Some(trace), Some(context)) = (traceparent, out.get_mut("context"))
        && let Some(context) = context.as_object_mut()
    {
        context.insert("traceparent".to_owned(), json!(trace));
    }
    out
}

fn shape(text: impl Into<String>) -> EvaluationError {
    EvaluationError::Shape(text.into())
}

/// An object being read; what is left over at the end is refused.
struct Object {
    at: &'static str,
    members: Vec<(String, Node)>,
}

impl Object {
    fn of(at: &'static str, node: Node) -> Result<Object, EvaluationError> {
        match node {
            Node::Object(members) => Ok(Object { at, members }),
            _ if at.is_empty() => Err(shape("an evaluation is a JSON object")),
            _ => Err(shape(format!("{at}: expected an object"))),
        }
    }

    fn path(&self, name: &str) -> String {
        if self.at.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.at)
        }
    }

    fn take(&mut self, name: &str) -> Option<Node> {
        let place = self.members.iter().position(|(known, _)| known == name)?;
        Some(self.members.remove(place).1)
    }

    fn need(&mut self, name: &str) -> Result<Node, EvaluationError> {
        self.take(name)
            .ok_or_else(|| shape(format!("{}: is missing; add it", self.path(name))))
    }

    fn must_be(&mut self, name: &str, allowed: &[&str]) -> Result<(), EvaluationError> {
        match self.need(name)? {
            Node::Text(text) if allowed.contains(&text.as_str()) => Ok(()),
            _ => Err(shape(format!(
                "{}: expected {}",
                self.path(name),
                allowed.join(" or ")
            ))),
        }
    }

    fn end(self) -> Result<(), EvaluationError> {
        match self.members.first() {
            None => Ok(()),
            Some(_) if self.at.is_empty() => Err(shape(
                "a member is unknown; an evaluation has subject, action, resource and context",
            )),
            Some(_) => Err(shape(format!(
                "{}: a member is unknown; remove it or correct its spelling",
                self.at
            ))),
        }
    }
}
