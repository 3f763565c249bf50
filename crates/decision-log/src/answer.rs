//! The answer of a decision, as AuthZEN shapes it: a yes or no, and in the context why.

use serde::{Deserialize, Serialize};

use crate::Fault;
use crate::facts::Code;

/// Yes, no, or the law does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What stands under `data` may go.
    Yes,
    /// Nothing may go.
    No,
    /// Nothing may go until somebody named has decided.
    Unclear,
}

/// A ground: the act of the policies that carries it and the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Code of the act.
    pub act: String,
    /// Law and article, for people.
    pub article: String,
}

/// A category that stays, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// Code of the category.
    pub data: String,
    /// Code of the reason.
    pub why: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Shape", into = "Shape")]
pub struct Answer {
    /// Yes, no or unclear.
    pub verdict: Verdict,
    /// Whether all that was asked may go: the boolean of AuthZEN. Whoever reads nothing else shares nothing too much.
    pub whole: bool,
    /// On which grounds.
    pub grounds: Vec<Ground>,
    /// Codes of the categories that may go.
    pub data: Vec<String>,
    /// Those that stay.
    pub withheld: Vec<Withheld>,
    /// Codes of conditions and duties.
    pub conditions: Vec<String>,
    /// Processing activities, as the register and the logboek name them.
    pub activities: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    decision: bool,
    context: Context,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Context {
    answer: Verdict,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    grounds: Vec<Ground>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    data: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withheld: Vec<Withheld>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    processing_activity_id: Vec<String>,
}

impl From<Shape> for Answer {
    fn from(shape: Shape) -> Answer {
        let context = shape.context;
        Answer {
            verdict: context.answer,
            whole: shape.decision,
            grounds: context.grounds,
            data: context.data,
            withheld: context.withheld,
            conditions: context.conditions,
            activities: context.processing_activity_id,
        }
    }
}

impl From<Answer> for Shape {
    fn from(answer: Answer) -> Shape {
        Shape {
            decision: answer.whole,
            context: Context {
                answer: answer.verdict,
                grounds: answer.grounds,
                data: answer.data,
                withheld: answer.withheld,
                conditions: answer.conditions,
                processing_activity_id: answer.activities,
            },
        }
    }
}

/// Longest article in characters.
const LONGEST: usize = 200;

impl Answer {
    /// A bare answer: a whole yes only for [`Verdict::Yes`].
    #[must_use]
    pub fn new(verdict: Verdict) -> Answer {
        Answer {
            verdict,
            whole: verdict == Verdict::Yes,
            grounds: Vec::new(),
            data: Vec::new(),
            withheld: Vec::new(),
            conditions: Vec::new(),
            activities: Vec::new(),
        }
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        let at = "response";
        let acts = self.grounds.iter().map(|ground| ground.act.as_str());
        let held = self.withheld.iter();
        let held = held.flat_map(|one| [one.data.as_str(), one.why.as_str()]);
        let plain = self.data.iter().chain(&self.conditions).map(String::as_str);
        for code in acts.chain(held).chain(plain) {
            Code::read(code, at)?;
        }
        for activity in &self.activities {
            // A code with its version, or the URI of the register.
            if Code::read(activity, at).is_err() {
                logboek::ActivityId::try_from(activity.clone())?;
            }
        }
        let long =
            |text: &str| text.chars().count() > LONGEST || text.chars().any(char::is_control);
        match self.grounds.iter().any(|ground| long(&ground.article)) {
            true => Err(Fault::Article { at: at.to_owned() }),
            false if self.whole && self.verdict != Verdict::Yes => Err(Fault::Status),
            false => Ok(()),
        }
    }
}
