//! What the watch must know and no journal tells: decoys, and who knows whom.

use domain::ids::UserId;
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Opened, Store, Stored};

use super::matter::COMPARTMENTS;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// What a record is marked as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum What {
    /// A matter of nobody, laid out for whoever should not look.
    Decoy,
    /// Somebody who works here knows the person.
    Relation {
        /// Who.
        user: UserId,
    },
}

/// A mark on a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// As what.
    pub what: What,
    /// In which compartment.
    pub store: Store,
    /// Which record.
    pub record: String,
    /// Why, without a name.
    pub reason: SafeText,
    /// Who marked it.
    pub made: By,
    /// Who ended it.
    pub ended: Option<By>,
}

const ACTIVE: &str = "active";
const ENDED: &str = "ended";

impl Stored for Mark {
    const KIND: Kind = Kind {
        name: "oversight_mark",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

/// A new mark.
#[derive(Debug, Clone)]
pub struct NewMark {
    /// As what.
    pub what: What,
    /// In which compartment.
    pub store: Store,
    /// Which record.
    pub record: String,
    /// Why, without a name.
    pub reason: SafeText,
}

/// A mark in the list.
#[derive(Debug, Clone)]
pub struct MarkRow {
    /// Identifier.
    pub id: String,
    /// Version to name when ending it.
    pub version: i64,
    /// The mark.
    pub mark: Mark,
}

fn draft(id: &str, mark: &Mark) -> Result<Draft> {
    let state = if mark.ended.is_some() { ENDED } else { ACTIVE };
    let clear = ClearData {
        state: state.to_owned(),
        ..ClearData::default()
    };
    Ok(Draft::new(id, mark, clear)?)
}

/// The marks in force, newest first, as they are shown to an auditor. An auditor sees no mark about an own colleague.
pub async fn marks(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<MarkRow>> {
    let permit = permit(actor, UseCase::KeepMarks)?;
    let mut rows = Vec::new();
    let mut change = Change::new(permit.context(now));
    for found in active(desk).await?.into_iter().rev() {
        if let What::Relation { user } = found.body.what
            && super::finding::is_colleague(desk, actor, &user.to_string()).await?
        {
            continue;
        }
        change = change.read(found.id.clone(), &["all"]);
        rows.push(MarkRow {
            id: found.id,
            version: found.version,
            mark: found.body,
        });
    }
    if !change.is_empty() {
        desk.vault.apply(Store::System, change).await?;
    }
    Ok(rows)
}

/// Every mark in force, for the watch itself.
pub(super) async fn active(desk: &Desk) -> Result<Vec<Opened<Mark>>> {
    Ok(desk.vault.load_all::<Mark>(&[ACTIVE]).await?)
}

/// Marks a record. It must be there: a mark on a wrong number would watch nothing and nobody would notice.
pub async fn make_mark(desk: &Desk, actor: &Actor, now: Timestamp, new: NewMark) -> Result<String> {
    let permit = permit(actor, UseCase::KeepMarks)?;
    let missing = || {
        DeskError::field(
            "record",
            "unknown",
            "there is no such record in this compartment",
        )
    };
    if !COMPARTMENTS.contains(&new.store) {
        return Err(DeskError::field(
            "store",
            "unknown",
            "a compartment k1 to k6",
        ));
    }
    desk.vault
        .clear_of(new.store, &new.record)
        .await?
        .ok_or_else(missing)?;
    if let What::Relation { user } = new.what {
        let known = desk
            .vault
            .clear_of(Store::System, &user.to_string())
            .await?;
        if known.is_none_or(|(kind, _, _)| kind != "account") {
            return Err(DeskError::field(
                "user",
                "unknown",
                "there is no such account",
            ));
        }
    }
    let mark = Mark {
        what: new.what,
        store: new.store,
        record: new.record,
        reason: new.reason,
        made: actor.by(now)?,
        ended: None,
    };
    let id = desk.vault.new_id(now).to_string();
    let change = Change::new(permit.context(now)).create(draft(&id, &mark)?);
    desk.vault.apply(Store::System, change).await?;
    Ok(id)
}

/// Ends a mark.
pub async fn end_mark(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepMarks)?;
    let found = desk.vault.load::<Mark>(id).await;
    let found = found.map_err(|e| DeskError::from(e).what("mark"))?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    if found.body.ended.is_some() {
        return Err(DeskError::AlreadyDone);
    }
    let mark = Mark {
        ended: Some(actor.by(now)?),
        ..found.body
    };
    let draft = draft(id, &mark)?.changing(&["ended"]);
    let change = Change::new(permit.context(now)).update(draft, seen);
    desk.vault.apply(Store::System, change).await?;
    Ok(())
}
