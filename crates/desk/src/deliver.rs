//! Brings disclosures to the compartment they are for: at least once, applied once.
//!
//! The receiving change names the disclosure, so that a second delivery is refused there; the sender's outbox is
//! marked afterwards. A crash between the two only means that the second step is done again.

use std::collections::HashMap;

use jiff::Timestamp;
use tokio::task::JoinSet;
use vault::{Change, Store, Undelivered};

use crate::access::UseCase;
use crate::attachment::Brought;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::{Actor, Desk, access};

/// At most this many a round and store.
const ROUND: i64 = 200;

/// Lines taken at the same time, so that the vault can write several changes with one sync.
const SIDE_BY_SIDE: usize = 32;

/// Delivers what waits. Returns how many arrived.
pub async fn run(desk: &Desk, now: Timestamp) -> Result<usize> {
    let mut waiting = Vec::new();
    for store in Store::ALL {
        waiting.extend(desk.vault.undelivered(store, ROUND).await?);
    }
    let mut lines = in_lines(desk, waiting).await?.into_iter();
    let mut going = JoinSet::new();
    let mut arrived = 0;
    loop {
        while going.len() < SIDE_BY_SIDE
            && let Some(line) = lines.next()
        {
            let desk = desk.clone();
            going.spawn(async move { along(&desk, now, line).await });
        }
        match going.join_next().await {
            Some(Ok(done)) => arrived += done?,
            Some(Err(broken)) => {
                return Err(DeskError::Setup(format!("a delivery broke off: {broken}")));
            }
            None => return Ok(arrived),
        }
    }
}

/// What waits, in lines: a disclosure that follows another comes behind it, in the order in which they were sent.
async fn in_lines(desk: &Desk, waiting: Vec<Undelivered>) -> Result<Vec<Vec<Item>>> {
    let mut lines: Vec<Vec<Item>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for item in waiting {
        let found = desk.vault.load_in::<Disclosure>(item.from, &item.id).await;
        let disclosure = match found {
            Ok(found) => found.body,
            Err(error) => {
                failed(desk, &item, &error.into()).await?;
                continue;
            }
        };
        let at = *places.entry(line_of(&disclosure)).or_insert(lines.len());
        if at == lines.len() {
            lines.push(Vec::new());
        }
        if let Some(line) = lines.get_mut(at) {
            line.push((item, disclosure));
        }
    }
    Ok(lines)
}

type Item = (Undelivered, Disclosure);

/// Which line a disclosure waits in. What comes from care for the registrar is one line, because a registration can
/// replace a count that names no case; everything else follows its thread.
fn line_of(disclosure: &Disclosure) -> String {
    match (disclosure.from, disclosure.to) {
        (Store::K3, Store::K2) => "k3 to k2".to_owned(),
        _ => disclosure.thread.unwrap_or(disclosure.id).to_string(),
    }
}

async fn along(desk: &Desk, now: Timestamp, line: Vec<Item>) -> Result<usize> {
    let mut arrived = 0;
    for (item, disclosure) in line {
        match one(desk, now, &item, &disclosure).await {
            Ok(()) => arrived += 1,
            Err(error) => failed(desk, &item, &error).await?,
        }
    }
    Ok(arrived)
}

async fn failed(desk: &Desk, item: &Undelivered, error: &DeskError) -> Result<()> {
    tracing::error!(from = %item.from, to = %item.target, disclosure = %item.id, %error, "a disclosure could not be delivered");
    desk.vault.delivery_failed(item).await?;
    Ok(())
}

async fn one(
    desk: &Desk,
    now: Timestamp,
    item: &Undelivered,
    disclosure: &Disclosure,
) -> Result<()> {
    let brought = crate::attachment::bring(desk, now, disclosure).await?;
    // A conflict is not an arrival: somebody changed the receiving record in this very moment, so it is tried again.
    let received = receive_again(desk, now, disclosure, &brought).await;
    match brought.after(received).await {
        // Applied before; only the mark is missing.
        Ok(()) | Err(DeskError::AlreadyDone) => {}
        Err(error) => return Err(error),
    }
    let permit = access::permit(
        &Actor::System,
        receiving_case(&disclosure.payload, disclosure.to),
    )?;
    let change = Change::new(permit.context(now)).delivered(item.id.clone());
    match desk.vault.apply(item.from, change).await {
        Ok(_) | Err(vault::VaultError::AlreadyDone { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn receiving_case(payload: &Payload, to: Store) -> UseCase {
    match payload {
        Payload::RoutedReport(_) if to == Store::K5 => UseCase::ReceiveIntake,
        Payload::RoutedReport(_) | Payload::ToCare(_) | Payload::ReflectionStatus(_) => {
            UseCase::ReceiveCase
        }
        Payload::RouteAnswer(_) => UseCase::ReceiveRouteAnswer,
        Payload::Registration(_) | Payload::Count(_) | Payload::WithdrawRegistration(_) => {
            UseCase::ReceiveRegistration
        }
        Payload::OpinionRequest(_) | Payload::OpinionChange(_) => UseCase::ReceiveOpinion,
        Payload::OpinionStatus(_) => UseCase::ReceiveOpinionStatus,
        Payload::Figures(_) => UseCase::ReceiveFigures,
        Payload::Share(_) if to == Store::K5 => UseCase::ReceiveServiceShare,
        Payload::Share(_) => UseCase::ReceiveShare,
        Payload::RequestPart(_) => crate::request::part_case(to).unwrap_or(UseCase::AnswerPartCare),
        Payload::RequestAnswer(_) => UseCase::ReceiveRequestAnswer,
    }
}

async fn receive_again(
    desk: &Desk,
    now: Timestamp,
    disclosure: &Disclosure,
    brought: &Brought,
) -> Result<()> {
    for _ in 0..3 {
        match receive(desk, now, disclosure, brought).await {
            Err(DeskError::Conflict) => {}
            other => return other,
        }
    }
    receive(desk, now, disclosure, brought).await
}

async fn receive(
    desk: &Desk,
    now: Timestamp,
    disclosure: &Disclosure,
    brought: &Brought,
) -> Result<()> {
    let case = receiving_case(&disclosure.payload, disclosure.to);
    let permit = access::permit(&Actor::System, case)?;
    // The receiving change begins with the receipt; the subject adds its records.
    let change = Change::new(permit.context(now)).receive(disclosure.id.to_string());
    match &disclosure.payload {
        Payload::RoutedReport(report) if disclosure.to == Store::K5 => {
            let report = brought.named_here(report);
            crate::intake::receive(desk, change, disclosure, &report, brought.files()).await
        }
        Payload::RoutedReport(report) => {
            let report = brought.named_here(report);
            crate::case::receive_report(desk, change, disclosure, &report, brought.files()).await
        }
        Payload::ToCare(handed) => {
            crate::case::receive_person(desk, change, disclosure, handed).await
        }
        Payload::ReflectionStatus(status) => {
            crate::case::receive_reflection(desk, change, disclosure, status).await
        }
        Payload::RouteAnswer(answer) => {
            crate::report::receive_answer(desk, change, disclosure, answer).await
        }
        Payload::Registration(registration) => {
            crate::registration::receive(desk, change, disclosure, registration).await
        }
        Payload::Count(count) => {
            crate::registration::receive_count(desk, change, disclosure, count).await
        }
        Payload::WithdrawRegistration(id) => {
            crate::registration::receive_withdrawal(desk, change, disclosure, *id).await
        }
        Payload::OpinionRequest(request) => {
            crate::opinion::receive(desk, change, disclosure, request).await
        }
        Payload::OpinionChange(changed) => {
            crate::opinion::receive_change(desk, change, disclosure, changed).await
        }
        Payload::OpinionStatus(status) => {
            crate::case::receive_opinion_status(desk, change, disclosure, status).await
        }
        Payload::Figures(figures) => {
            crate::figures::receive(desk, change, disclosure, figures).await
        }
        Payload::Share(message) => crate::share::receive(desk, change, disclosure, message).await,
        Payload::RequestPart(asked) => {
            crate::request::receive_part(desk, change, disclosure, asked).await
        }
        Payload::RequestAnswer(answered) => {
            crate::request::receive_answer(desk, change, disclosure, answered).await
        }
    }
}
