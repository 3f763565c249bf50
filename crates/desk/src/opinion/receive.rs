//! What reaches the panel from care: a request, and later what the person adds, takes back or withdraws.

use domain::By;
use domain::ids::{OpinionId, OrgId, PersonId};
use domain::opinion::Opinion;
use vault::{Change, Opened, Store};

use super::file::{OpinionFile, Step};
use super::{refused, seat, status};
use crate::Desk;
use crate::access::UseCase;
use crate::disclosure::{Disclosure, OpinionChanged, OpinionRequested};
use crate::error::{DeskError, Result};

/// Receives a request. The person gets a pseudonym of this compartment; the care case is not told.
pub async fn receive(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &OpinionRequested,
) -> Result<()> {
    let by = sender(disclosure)?;
    let panel = panel_of(desk, disclosure)?;
    let id = OpinionId::new(desk.vault.new_id(disclosure.at));
    let person = PersonId::new(desk.vault.new_id(disclosure.at));
    let mut opinion = Opinion::request(id, person, by, data.ground.clone());
    for item in &data.released {
        opinion = opinion.release(item.clone(), by).map_err(refused)?;
    }
    let file = OpinionFile {
        steps: vec![Step {
            what: opinion.state_name().to_owned(),
            by,
            why: None,
        }],
        opinion,
        thread: disclosure.id,
        panel,
        secretary: None,
    };
    let change = change.create(file.redraft(desk, &["all"])?);
    let word = status::word(
        desk,
        &file,
        UseCase::ReceiveOpinion,
        None,
        disclosure.at,
        None,
    );
    desk.vault.apply(Store::K4, word.send(change)?).await?;
    Ok(())
}

fn sender(disclosure: &Disclosure) -> Result<By> {
    disclosure
        .by
        .ok_or_else(|| DeskError::Setup("a request for an opinion that nobody made".to_owned()))
}

fn panel_of(desk: &Desk, disclosure: &Disclosure) -> Result<OrgId> {
    disclosure.org.ok_or(()).or_else(|()| panel(desk))
}

/// The panel's organisation.
pub(super) fn panel(desk: &Desk) -> Result<OrgId> {
    let kind = domain::code::OrgKind::new(domain::code::org::K4)
        .map_err(|e| DeskError::Setup(e.to_string()))?;
    desk.directory()
        .for_region(&kind, None)
        .ok_or_else(|| DeskError::rule("opinion-no-panel", "no panel is set up here"))
}

/// Receives what the person changed about a request. What comes too late changes nothing, and care hears how it stands.
pub async fn receive_change(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &OpinionChanged,
) -> Result<()> {
    let thread = disclosure
        .thread
        .ok_or_else(|| DeskError::Setup("a change that belongs to no request".to_owned()))?;
    let found = by_thread(desk, &thread.to_string()).await?;
    let by = sender(disclosure)?;
    let (file, fields) = match changed(&found.body, data, by) {
        Ok(changed) => changed,
        Err(DeskError::Rule { .. }) => (found.body.clone(), &["seen"][..]),
        Err(error) => return Err(error),
    };
    let change = change.update(file.redraft(desk, fields)?, found.version);
    let change = seat::follow(desk, change, disclosure.at, &found.body, &file).await?;
    let word = status::word(
        desk,
        &file,
        UseCase::ReceiveOpinion,
        None,
        disclosure.at,
        None,
    );
    desk.vault.apply(Store::K4, word.send(change)?).await?;
    Ok(())
}

async fn by_thread(desk: &Desk, thread: &str) -> Result<Opened<OpinionFile>> {
    let found = desk
        .vault
        .load_by_term::<OpinionFile>("thread", thread)
        .await?;
    found
        .into_iter()
        .next()
        .ok_or(DeskError::NotFound { what: "opinion" })
}

fn changed(
    file: &OpinionFile,
    data: &OpinionChanged,
    by: By,
) -> Result<(OpinionFile, &'static [&'static str])> {
    let opinion = file.opinion.clone();
    match data {
        OpinionChanged::Release { items } => {
            let mut opinion = Ok(opinion);
            for item in items {
                opinion = opinion.and_then(|o| o.release(item.clone(), by));
            }
            Ok((file.stepped(opinion, "released", by, None)?, &["released"]))
        }
        OpinionChanged::TakeBack { number } => {
            let opinion = opinion.take_back(*number, by);
            Ok((
                file.stepped(opinion, "taken_back", by, None)?,
                &["released"],
            ))
        }
        OpinionChanged::Withdraw => {
            let opinion = opinion.withdraw(by);
            Ok((file.stepped(opinion, "ingetrokken", by, None)?, &["state"]))
        }
    }
}
