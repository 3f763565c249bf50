//! A round of retention: what is due, what is kept and why, what was destroyed.

use std::collections::{BTreeMap, BTreeSet};

use domain::time::dutch_date;
use domain::vocabulary::{Clock, ClockCode};
use jiff::Timestamp;
use serde::Serialize;
use vault::{Change, Store, Stored, VaultError};

use super::hold::hold_on;
use super::matters::{self, Matter};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::registration::{StoredRegistration, leave_count};

/// A matter whose term has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Store.
    pub compartment: &'static str,
    /// Type of the record at its head.
    pub kind: &'static str,
    /// That record.
    pub id: String,
    /// Code of the term.
    pub term: &'static str,
    /// What the term rests on.
    pub source: String,
    /// From when it ran.
    pub from: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Records that go: the matter's own, those under it, and copies made to send.
    pub records: usize,
}

/// A matter that stays although its term has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The matter.
    #[serde(flatten)]
    pub matter: Due,
    /// Why: `hold` with its id, or what goes on around it.
    pub why: String,
}

/// What a round found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Matters whose term has ended.
    pub due: Vec<Due>,
    /// Matters whose term has ended and that stay.
    pub kept: Vec<Kept>,
    /// Matters that are over and whose term the host has still to set, by the code of the term. They stay.
    pub host_decides: BTreeMap<&'static str, u64>,
    /// Records whose keys were destroyed.
    pub destroyed: usize,
}

/// Looks what is due at `as_of`, and destroys it unless this is only a look. What is not due now is never destroyed: to look
/// ahead is possible only without doing anything.
pub async fn run(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    as_of: Timestamp,
    look_only: bool,
) -> Result<Outcome> {
    let permit = permit(actor, UseCase::RunRetention)?;
    if as_of > now && !look_only {
        return Err(DeskError::rule(
            "retention-ahead",
            "nothing is destroyed before its time: look ahead without destroying, or name a day that is over",
        ));
    }
    let mut outcome = Outcome::default();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for matter in matters::all(desk).await? {
        let term = matter.term;
        let clock = clock(desk, term.code(), as_of)?;
        if !clock.facts.is_decided() {
            *outcome.host_decides.entry(term.code()).or_default() += 1;
            continue;
        }
        let ended = clock.deadline(matter.from);
        if ended >= as_of || gone.contains(&matter.id) {
            continue;
        }
        let ids = records(desk, &matter).await?;
        let due = Due {
            compartment: matter.store.name(),
            kind: matter.kind,
            id: matter.id.clone(),
            term: term.code(),
            source: clock.source.to_string(),
            from: matter.from,
            ended,
            records: ids.len(),
        };
        // Read for each matter: a hold that is placed while the round runs still keeps what is not gone.
        if let Some(why) = kept(desk, &matter, &ids, now).await? {
            outcome.kept.push(Kept { matter: due, why });
            continue;
        }
        if !look_only && destroy(desk, &permit, now, &due, &ids).await? {
            outcome.destroyed += ids.len();
        }
        gone.extend(ids);
        outcome.due.push(due);
    }
    Ok(outcome)
}

fn clock<'a>(desk: &'a Desk, code: &str, at: Timestamp) -> Result<&'a Clock> {
    let setup = |e: &dyn std::fmt::Display| DeskError::Setup(e.to_string());
    let code = ClockCode::new(code).map_err(|e| setup(&e))?;
    desk.vocabulary
        .clock(&code, dutch_date(at))
        .map_err(|e| setup(&e))
}

/// The records of a matter, its head last. Copies that are gone already are left out.
async fn records(desk: &Desk, matter: &Matter) -> Result<Vec<String>> {
    let mut ids = desk.vault.ids_under(matter.store, &matter.id).await?;
    for copy in &matter.copies {
        let there = desk.vault.clear_of(matter.store, copy).await?.is_some();
        if there && !ids.contains(copy) {
            ids.push(copy.clone());
        }
    }
    ids.push(matter.id.clone());
    Ok(ids)
}

async fn kept(
    desk: &Desk,
    matter: &Matter,
    ids: &[String],
    now: Timestamp,
) -> Result<Option<String>> {
    Ok(match hold_on(desk, matter.store, ids).await? {
        Some(hold) => Some(format!("hold {hold}")),
        None if crate::restriction::keeps(desk, matter.store, ids, now).await? => {
            Some("restricted".to_owned())
        }
        None => matter.goes_on.map(str::to_owned),
    })
}

/// Destroys the keys of the records in one change, whose entry says by which term. Another process may have been first.
async fn destroy(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    due: &Due,
    ids: &[String],
) -> Result<bool> {
    let mut context = permit.context(now);
    context.ground = format!("{}; {}", due.term, due.source);
    let mut change = ids
        .iter()
        .fold(Change::new(context), |change, id| change.erase(id.clone()));
    if due.kind == StoredRegistration::KIND.name {
        change = leave_count(desk, change, &due.id).await?;
    }
    let store = Store::from_name(due.compartment)
        .ok_or_else(|| DeskError::Setup(format!("there is no store {}", due.compartment)))?;
    match desk.vault.apply(store, change).await {
        Ok(_) => Ok(true),
        Err(VaultError::NotFound { .. } | VaultError::Conflict { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
