//! The answer: yes, no or unclear, with everything that whoever asked needs next.

use domain::Bilingual;
use domain::vocabulary::Lang;
use serde::{Deserialize, Serialize};

use crate::model::Grade;

/// The three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What remains of the data asked for may go.
    Yes,
    /// Nothing may go.
    No,
    /// The law is uncertain; nothing may go until somebody named has decided.
    Unclear,
}

/// A code with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The same in every language.
    pub code: String,
    /// The words.
    pub words: Bilingual,
}

/// A ground that carries (or would carry, or forbids) the sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundGiven {
    /// Name of the law.
    pub law: Bilingual,
    /// Article.
    pub article: String,
    /// Row of the sharing matrix; none for a rule of this project.
    pub row: Option<u8>,
    /// How certain.
    pub certainty: Grade,
    /// The act.
    pub act: String,
}

/// A category that stays behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Code of the category.
    pub data: String,
    /// Its label.
    pub label: Bilingual,
    /// Why.
    pub why: Said,
}

/// What would be allowed instead: found by asking the engine with this changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// In words.
    pub words: Bilingual,
    /// What to change.
    pub changes: Vec<Change>,
    /// The categories that may go then.
    pub data: Vec<String>,
    /// The act that carries it then.
    pub act: String,
}

/// One change to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Another receiver; one of these.
    To {
        /// Codes of organisations.
        to: Vec<String>,
    },
    /// Another purpose.
    Purpose {
        /// Code.
        purpose: String,
    },
    /// A circumstance that must be so.
    Circumstance {
        /// Code.
        circumstance: String,
    },
    /// Consent.
    Consent {
        /// Alternatives, each the givers needed together.
        givers: Vec<Vec<String>>,
        /// On paper.
        written: bool,
    },
    /// Other data.
    Data {
        /// Codes of categories.
        data: Vec<String>,
    },
}

/// Whether one consent of the question counts, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentSeen {
    /// Its place in the question.
    pub place: usize,
    /// Whether it carries something.
    pub counts: bool,
    /// Why, or why not.
    pub why: Said,
}

/// The answer, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Yes, no or unclear.
    pub verdict: Verdict,
    /// One line that says so.
    pub headline: Bilingual,
    /// And one that explains it.
    pub explanation: Said,
    /// On which grounds; for `unclear` those that are in doubt, for a prohibition those that forbid.
    pub grounds: Vec<GroundGiven>,
    /// What may go, in the order asked.
    pub data: Vec<String>,
    /// Its labels.
    pub data_labels: Vec<Bilingual>,
    /// What stays, and why.
    pub withheld: Vec<Withheld>,
    /// What to do or to look at: the checklist.
    pub conditions: Vec<Said>,
    /// Duties beside the permission.
    pub obligations: Vec<Said>,
    /// What would be allowed.
    pub instead: Vec<Instead>,
    /// Who decides where the law is uncertain.
    pub who_decides: Vec<Bilingual>,
    /// What each consent of the question is worth.
    pub consents: Vec<ConsentSeen>,
    /// Acts that carry the answer.
    pub acts: Vec<String>,
    /// Processing activities, as `id:version`.
    pub activities: Vec<String>,
    /// Which version of the law answered.
    pub policy_version: String,
    /// No lawyer has answered for this version.
    pub trial: bool,
    /// The engine failed; the answer is no for that reason alone.
    pub engine_failed: bool,
}

/// The answer in one language: what `samen decide` prints and the API answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spoken {
    /// Yes, no or unclear.
    pub answer: Verdict,
    /// In a sentence or two.
    pub explanation: String,
    /// Code of the explanation.
    pub reason: String,
    /// Grounds.
    pub grounds: Vec<SpokenGround>,
    /// What may go.
    pub data: Vec<String>,
    /// What stays.
    pub withheld: Vec<SpokenWithheld>,
    /// The checklist.
    pub conditions: Vec<String>,
    /// Its codes, in the same order.
    pub condition_codes: Vec<String>,
    /// Duties.
    pub obligations: Vec<String>,
    /// What would be allowed.
    pub instead: Vec<String>,
    /// The same for programs.
    pub alternatives: Vec<SpokenInstead>,
    /// Who decides.
    pub who_decides: Vec<String>,
    /// What each consent is worth.
    pub consents: Vec<SpokenConsent>,
    /// Acts.
    pub acts: Vec<String>,
    /// Processing activities.
    pub processing_activities: Vec<String>,
    /// Version of the law.
    pub policy_version: String,
    /// No lawyer has answered for it.
    pub trial: bool,
    /// The number to call when the engine failed; whoever asks the law for others fills it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty_phone: Option<String>,
}

/// A ground in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpokenGround {
    /// Name of the law.
    pub law: String,
    /// Article.
    pub article: String,
    /// Row.
    pub row: Option<u8>,
    /// Grade.
    pub certainty: Grade,
}

/// A category that stays, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpokenWithheld {
    /// Category.
    pub data: String,
    /// Why, in words.
    pub why: String,
    /// Why, as a code.
    pub code: String,
}

/// What would be allowed, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpokenInstead {
    /// In words.
    pub text: String,
    /// What to change.
    pub changes: Vec<Change>,
    /// What may go then.
    pub data: Vec<String>,
    /// The act.
    pub act: String,
}

/// A consent, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpokenConsent {
    /// Place in the question.
    pub consent: usize,
    /// Whether it counts.
    pub counts: bool,
    /// Why.
    pub why: String,
    /// Why, as a code.
    pub code: String,
}

/// The words in a language.
#[must_use]
pub fn words(text: &Bilingual, lang: Lang) -> &str {
    match lang {
        Lang::Nl => &text.nl,
        Lang::En => &text.en,
    }
}

impl Answer {
    /// The answer in one language.
    #[must_use]
    pub fn spoken(&self, lang: Lang) -> Spoken {
        let say = |text: &Bilingual| words(text, lang).to_owned();
        let all = |said: &[Said]| said.iter().map(|said| say(&said.words)).collect();
        Spoken {
            answer: self.verdict,
            explanation: format!("{} {}", say(&self.headline), say(&self.explanation.words)),
            reason: self.explanation.code.clone(),
            grounds: self
                .grounds
                .iter()
                .map(|ground| SpokenGround {
                    law: say(&ground.law),
                    article: ground.article.clone(),
                    row: ground.row,
                    certainty: ground.certainty,
                })
                .collect(),
            data: self.data.clone(),
            withheld: self
                .withheld
                .iter()
                .map(|held| SpokenWithheld {
                    data: held.data.clone(),
                    why: say(&held.why.words),
                    code: held.why.code.clone(),
                })
                .collect(),
            conditions: all(&self.conditions),
            condition_codes: self.conditions.iter().map(|c| c.code.clone()).collect(),
            obligations: all(&self.obligations),
            instead: self.instead.iter().map(|one| say(&one.words)).collect(),
            alternatives: self
                .instead
                .iter()
                .map(|one| SpokenInstead {
                    text: say(&one.words),
                    changes: one.changes.clone(),
                    data: one.data.clone(),
                    act: one.act.clone(),
                })
                .collect(),
            who_decides: self.who_decides.iter().map(say).collect(),
            consents: self
                .consents
                .iter()
                .map(|seen| SpokenConsent {
                    consent: seen.place,
                    counts: seen.counts,
                    why: say(&seen.why.words),
                    code: seen.why.code.clone(),
                })
                .collect(),
            acts: self.acts.clone(),
            processing_activities: self.activities.clone(),
            policy_version: self.policy_version.clone(),
            trial: self.trial,
            duty_phone: None,
        }
    }
}
