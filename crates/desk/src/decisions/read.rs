//! The auditor's look at decisions: a list in one compartment, and one decided again.

use ::law::Answer;
use decision_log::{Evaluation, Record};
use jiff::Timestamp;
use serde_json::Value;
use vault::{Change, Counts, Cursor, Filter, Order, Store, Stored};

use super::record::{StoredDecision, Summary};
use super::replay::{Again, Laws, again};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// Which decisions.
#[derive(Debug, Clone)]
pub struct Asked {
    /// In which compartment.
    pub store: Store,
    /// Only these: `yes`, `no`, `unclear`, `failed`.
    pub verdict: Option<String>,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// A decision in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Identifier.
    pub id: String,
    /// When it was decided.
    pub at: Timestamp,
    /// `yes`, `no`, `unclear`, `failed`.
    pub verdict: String,
    /// Code of who would share, of who would receive, and of the purpose.
    pub route: String,
    /// The day whose law answered.
    pub day: String,
    /// Version of the law.
    pub version: String,
}

/// A page of decisions.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Newest first.
    pub rows: Vec<DecisionRow>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// How many of each answer there are in this compartment.
    pub counts: Counts,
}

/// The question of a decision, in the codes of the vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Put {
    /// Who would share.
    pub from: String,
    /// Who would receive.
    pub to: String,
    /// For what.
    pub purpose: String,
    /// The day whose law answers.
    pub day: String,
    /// Age in years; none: not known.
    pub age: Option<i64>,
    /// Whether the age is certain.
    pub age_certain: bool,
    /// Whether a parent is suspected.
    pub parent_suspected: bool,
    /// Categories asked.
    pub data: Vec<String>,
    /// Circumstances.
    pub circumstances: Vec<String>,
    /// How many consents stood in it.
    pub consents: usize,
}

impl Put {
    fn of(asked: &Evaluation) -> Put {
        let written = serde_json::to_value(asked).unwrap_or_default();
        let at = |path: &str| written.pointer(path).cloned().unwrap_or_default();
        let text = |path: &str| at(path).as_str().unwrap_or_default().to_owned();
        let list = |path: &str| match at(path) {
            Value::Array(items) => items,
            _ => Vec::new(),
        };
        let codes = |path: &str| {
            let items = list(path).into_iter();
            items
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let about = "/resource/properties";
        let is = |name: &str| at(&format!("{about}/{name}")) == Value::Bool(true);
        Put {
            from: text("/subject/id"),
            to: text("/action/properties/to"),
            purpose: text("/action/properties/purpose"),
            day: text("/context/day"),
            age: at(&format!("{about}/age")).as_i64(),
            age_certain: is("age_certain"),
            parent_suspected: is("parent_suspected"),
            data: codes(&format!("{about}/data")),
            circumstances: codes("/context/circumstances"),
            consents: list("/context/consent").len(),
        }
    }
}

/// What was answered then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Then {
    /// `yes`, `no`, `unclear`, `failed`.
    pub verdict: String,
    /// Categories that might go.
    pub data: Vec<String>,
    /// Law and article.
    pub grounds: Vec<String>,
    /// Version of the law.
    pub version: String,
}

impl Then {
    fn of(record: &Record, verdict: String) -> Then {
        let answer = record.body.response.as_ref();
        let grounds = answer.map(|answer| answer.grounds.as_slice());
        let grounds = grounds.unwrap_or_default().iter();
        Then {
            verdict,
            data: answer.map(|answer| answer.data.clone()).unwrap_or_default(),
            grounds: grounds.map(|ground| ground.article.clone()).collect(),
            version: record.policies().map(|p| p.version).unwrap_or_default(),
        }
    }
}

/// A decision with what deciding again gave.
#[derive(Debug, Clone)]
pub struct DecisionView {
    /// What was asked.
    pub put: Put,
    /// What was answered.
    pub then: Then,
    /// When it was decided.
    pub at: Timestamp,
    /// What deciding again gave.
    pub again: Again,
    /// The answer of deciding again, in words.
    pub answer: Option<Answer>,
}

/// Decisions on a page.
const MOST: usize = 50;

/// The decisions of one compartment, newest first. The journal says that they were looked at.
pub async fn decisions(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    asked: &Asked,
) -> Result<Listed> {
    let permit = permit(actor, UseCase::ReadDecisions)?;
    let mut kind = StoredDecision::KIND;
    kind.store = asked.store;
    let filter = Filter {
        states: asked.verdict.iter().cloned().collect(),
        ..Filter::default()
    };
    let page = desk
        .vault
        .list(&kind, &filter, Order::Newest, asked.after.as_ref(), MOST)
        .await?;
    let change = Change::new(permit.context(now)).look("decisions", asked.store.name(), &["list"]);
    desk.vault.apply(Store::System, change).await?;
    let rows = page.rows.into_iter().filter_map(|row| {
        let summary: Summary = serde_json::from_value(row.summary).ok()?;
        Some(DecisionRow {
            id: row.id,
            at: row.created,
            verdict: row.clear.state,
            route: summary.route,
            day: summary.day,
            version: summary.version,
        })
    });
    Ok(Listed {
        counts: desk.vault.counts(&kind, &Filter::default()).await?,
        rows: rows.collect(),
        next: page.next,
    })
}

/// Reads one decision and decides it again, by the law that it names.
pub async fn read_decision(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
) -> Result<DecisionView> {
    let permit = permit(actor, UseCase::ReadDecisions)?;
    let found = desk
        .vault
        .load_in::<StoredDecision>(store, id)
        .await
        .map_err(|e| DeskError::from(e).what("decision"))?;
    let change = Change::new(permit.context(now)).look("decisions", id, &["decision"]);
    desk.vault.apply(Store::System, change).await?;
    let law = Laws::default().of(desk, &found.body.0).await?;
    let (again, answer) = again(law.as_deref(), &found.body.0);
    Ok(DecisionView {
        at: found.created,
        put: Put::of(&found.body.0.body.request),
        then: Then::of(&found.body.0, found.clear.state),
        again,
        answer,
    })
}
