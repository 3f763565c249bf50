//! Deciding again what was decided, by the law of then.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::law::{Answer, Law, Question};
use decision_log::{Evaluation, Policies, Record, Replay, replay};
use vault::{Filter, Order, Store, Stored};

use super::law::law_of;
use super::record::{StoredDecision, kept};
use crate::Desk;
use crate::error::Result;

/// What deciding again gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// The same answer, grounds and all.
    Same,
    /// Another one. The law, the program or the record is not what it was.
    Different,
    /// It cannot be decided again; why, in a word for a text key.
    NotPossible(&'static str),
}

impl Again {
    /// Stable name, for texts and files.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Again::Same => "same",
            Again::Different => "different",
            Again::NotPossible(why) => why,
        }
    }
}

/// Laws that were opened, by digest: thousands of decisions rest on a few.
#[derive(Default)]
pub(super) struct Laws(BTreeMap<String, Option<Arc<Law>>>);

impl Laws {
    pub(super) async fn of(&mut self, desk: &Desk, record: &Record) -> Result<Option<Arc<Law>>> {
        let Some(policies) = record.policies() else {
            return Ok(None);
        };
        if let Some(known) = self.0.get(&policies.digest) {
            return Ok(known.clone());
        }
        let found = law_of(desk, &policies.digest).await?;
        self.0.insert(policies.digest, found.clone());
        Ok(found)
    }
}

/// The question of a record, as this law reads it.
pub(super) fn question(law: &Law, asked: &Evaluation) -> Option<Question> {
    let written = serde_json::to_value(asked).ok()?;
    law.read_written(&written).ok()
}

/// Decides a record again by the law that it names.
pub(super) fn again(law: Option<&Law>, record: &Record) -> (Again, Option<Answer>) {
    if record.body.response.is_none() {
        return (Again::NotPossible("failed"), None);
    }
    let Some(law) = law else {
        return (Again::NotPossible("no_law"), None);
    };
    let Some(question) = question(law, &record.body.request) else {
        return (Again::NotPossible("unreadable"), None);
    };
    let answer = law.decide(&question);
    let judge = |_: &Policies, _: &Evaluation, _: u64| match answer.engine_failed {
        true => Err("the engine failed"),
        false => Ok(kept(&answer)),
    };
    let found = match replay(record, &judge) {
        Replay::Same => Again::Same,
        Replay::Different { .. } => Again::Different,
        Replay::NotPossible { .. } => Again::NotPossible("engine_failed"),
    };
    (found, Some(answer))
}

/// How many decisions gave what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Decided again.
    pub decisions: usize,
    /// With the same answer.
    pub same: usize,
    /// With another: store and identifier.
    pub different: Vec<(Store, String)>,
    /// Not decided again: store, identifier, why.
    pub not_possible: Vec<(Store, String, &'static str)>,
}

/// Decisions that are read at once.
const MOST: usize = 500;

/// Decides every kept decision again: for a host, from the command line. Nothing of a question leaves.
pub async fn replay_all(desk: &Desk) -> Result<Replayed> {
    let mut counts = Replayed::default();
    let mut laws = Laws::default();
    for store in Store::ALL {
        let mut kind = StoredDecision::KIND;
        kind.store = store;
        let mut after = None;
        loop {
            let page = desk
                .vault
                .list(
                    &kind,
                    &Filter::default(),
                    Order::Newest,
                    after.as_ref(),
                    MOST,
                )
                .await?;
            for row in page.rows {
                let found = desk.vault.load_in::<StoredDecision>(store, &row.id).await?;
                let law = laws.of(desk, &found.body.0).await?;
                counts.decisions += 1;
                match again(law.as_deref(), &found.body.0).0 {
                    Again::Same => counts.same += 1,
                    Again::Different => counts.different.push((store, row.id)),
                    Again::NotPossible(why) => counts.not_possible.push((store, row.id, why)),
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(counts)
}
