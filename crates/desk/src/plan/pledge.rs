//! Motions and promises of the Tweede Kamer (K7): kept by the programme office, read by it and by the holders of the actions that answer
//! them.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::edition::LetterRef;
use domain::ids::{ActionId, PledgeId};
use domain::pledge::{Asked, Closing, Pledge, PledgeError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Opened, Store, Stored};

use super::{is_own, register};
use crate::Desk;
use crate::access::{Permit, Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// A motion or promise as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredPledge(pub Pledge);

impl Stored for StoredPledge {
    const KIND: Kind = Kind {
        name: "pledge",
        store: Store::K7,
        schema: 1,
        clear: &[Clear::State],
        terms: &[],
    };
}

fn draft(pledge: &Pledge, fields: &[&str]) -> Result<Draft> {
    let state = if pledge.is_open() { "open" } else { "closed" };
    let clear = ClearData {
        state: state.to_owned(),
        ..ClearData::default()
    };
    let record = Draft::new(pledge.id.to_string(), &StoredPledge(pledge.clone()), clear)?;
    Ok(record.changing(fields))
}

fn refused(error: PledgeError) -> DeskError {
    match &error {
        PledgeError::NotAKamerstuk(_) => {
            DeskError::field("resolved", "pledge-not-a-kamerstuk", error)
        }
        PledgeError::ActionTwice => DeskError::field("actions", "pledge-action-twice", error),
        PledgeError::Closed => DeskError::rule("pledge-closed", error),
        PledgeError::Open => DeskError::rule("pledge-open", error),
    }
}

/// Actions that this actor may see: the office every one, a holder the own ones.
async fn seen(desk: &Desk, permit: &Permit) -> Result<BTreeSet<ActionId>> {
    let mut out = BTreeSet::new();
    for found in register(desk).await? {
        if is_own(permit, &found.body.0)? {
            out.insert(found.body.0.id);
        }
    }
    Ok(out)
}

fn may_see(permit: &Permit, own: &BTreeSet<ActionId>, pledge: &Pledge) -> bool {
    permit.role == Role::ProgrammeOffice || pledge.asked.actions.iter().any(|a| own.contains(a))
}

/// Motions and promises, open ones first and then by day: a holder sees those that the own actions answer.
pub async fn pledges(desk: &Desk, actor: &Actor) -> Result<Vec<Pledge>> {
    let permit = permit(actor, UseCase::ReadPledges)?;
    let own = seen(desk, &permit).await?;
    let all = desk.vault.load_all::<StoredPledge>(&[]).await?;
    let mut all: Vec<Pledge> = all
        .into_iter()
        .map(|found| found.body.0)
        .filter(|pledge| may_see(&permit, &own, pledge))
        .collect();
    all.sort_by_key(|pledge| (!pledge.is_open(), pledge.asked.on, pledge.id));
    Ok(all)
}

/// One of them, with the version to name when changing it.
pub async fn read_pledge(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PledgeId,
) -> Result<(Pledge, i64)> {
    let permit = permit(actor, UseCase::ReadPledges)?;
    let found = load(desk, id).await?;
    let own = seen(desk, &permit).await?;
    if !may_see(&permit, &own, &found.body.0) {
        return Err(DeskError::NotFound { what: "pledge" });
    }
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    desk.vault.apply(Store::K7, change).await?;
    Ok((found.body.0, found.version))
}

async fn load(desk: &Desk, id: PledgeId) -> Result<Opened<StoredPledge>> {
    let found = desk.vault.load::<StoredPledge>(&id.to_string()).await;
    found.map_err(|e| DeskError::from(e).what("pledge"))
}

/// Every action that is named must be in the register.
async fn known(desk: &Desk, asked: &Asked) -> Result<()> {
    let known: BTreeSet<ActionId> = register(desk)
        .await?
        .into_iter()
        .map(|a| a.body.0.id)
        .collect();
    match asked.actions.iter().all(|action| known.contains(action)) {
        true => Ok(()),
        false => Err(DeskError::field(
            "actions",
            "pledge-no-such-action",
            "one of the actions is not in the register",
        )),
    }
}

/// Puts one in the register.
pub async fn new_pledge(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    asked: Asked,
) -> Result<PledgeId> {
    let permit = permit(actor, UseCase::KeepPledges)?;
    known(desk, &asked).await?;
    let id = PledgeId::new(desk.vault.new_id(now));
    let pledge = Pledge::new(id, asked, actor.by(now)?).map_err(refused)?;
    let change = Change::new(permit.context(now)).create(draft(&pledge, &["all"])?);
    desk.vault.apply(Store::K7, change).await?;
    Ok(id)
}

/// What is done to a motion or promise.
#[derive(Debug, Clone)]
pub enum PledgeStep {
    /// What was written down of it changes.
    Change(Asked),
    /// It is closed.
    Close {
        /// The paper that closes it.
        by_letter: Option<LetterRef>,
        /// Why.
        why: SafeText,
    },
    /// It is opened again.
    Reopen {
        /// Why.
        why: SafeText,
    },
}

/// Changes, closes or opens one again. `seen` is the version on which it is based.
pub async fn step_pledge(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: PledgeId,
    seen: i64,
    step: PledgeStep,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepPledges)?;
    let by = actor.by(now)?;
    let pledge = load(desk, id).await?.body.0;
    let (pledge, field) = match step {
        PledgeStep::Change(asked) => {
            known(desk, &asked).await?;
            (pledge.change(asked), "asked")
        }
        PledgeStep::Close { by_letter, why } => {
            let closing = Closing { by_letter, why, by };
            (pledge.close(closing), "closed")
        }
        PledgeStep::Reopen { why } => (pledge.reopen(why, by), "closed"),
    };
    let pledge = pledge.map_err(refused)?;
    let change = Change::new(permit.context(now)).update(draft(&pledge, &[field])?, seen);
    desk.vault.apply(Store::K7, change).await?;
    Ok(())
}
