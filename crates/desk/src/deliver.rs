//! Brings disclosures to the compartment they are for: at least once, applied once.
//!
//! The receiving change names the disclosure, so that a second delivery is refused there; the sender's outbox is
//! marked afterwards. A crash between the two only means that the second step is done again.

use jiff::Timestamp;
use vault::{Change, Store, Undelivered};

use crate::access::UseCase;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::{Actor, Desk, access};

/// At most this many a round and store.
const ROUND: i64 = 200;

/// Delivers what waits. Returns how many arrived.
pub async fn run(desk: &Desk, now: Timestamp) -> Result<usize> {
    let mut arrived = 0;
    for store in Store::ALL {
        for item in desk.vault.undelivered(store, ROUND).await? {
            match one(desk, now, &item).await {
                Ok(()) => arrived += 1,
                Err(error) => {
                    tracing::error!(from = %item.from, to = %item.target, disclosure = %item.id, %error, "a disclosure could not be delivered");
                    desk.vault.delivery_failed(&item).await?;
                }
            }
        }
    }
    Ok(arrived)
}

async fn one(desk: &Desk, now: Timestamp, item: &Undelivered) -> Result<()> {
    let found = desk
        .vault
        .load_in::<Disclosure>(item.from, &item.id)
        .await?;
    // A conflict is not an arrival: somebody changed the receiving record in this very moment, so it is tried again.
    match receive_again(desk, now, &found.body).await {
        // Applied before; only the mark is missing.
        Ok(()) | Err(DeskError::AlreadyDone) => {}
        Err(error) => return Err(error),
    }
    let permit = access::permit(
        &Actor::System,
        receiving_case(&found.body.payload, found.body.to),
    )?;
    let change = Change::new(permit.context(now)).delivered(item.id.clone());
    match desk.vault.apply(item.from, change).await {
        Ok(_) | Err(vault::VaultError::AlreadyDone { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn receiving_case(payload: &Payload, to: Store) -> UseCase {
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
    }
}

async fn receive_again(desk: &Desk, now: Timestamp, disclosure: &Disclosure) -> Result<()> {
    for _ in 0..3 {
        match receive(desk, now, disclosure).await {
            Err(DeskError::Conflict) => {}
            other => return other,
        }
    }
    receive(desk, now, disclosure).await
}

async fn receive(desk: &Desk, now: Timestamp, disclosure: &Disclosure) -> Result<()> {
    let case = receiving_case(&disclosure.payload, disclosure.to);
    let permit = access::permit(&Actor::System, case)?;
    // The receiving change begins with the receipt; the subject adds its records.
    let change = Change::new(permit.context(now)).receive(disclosure.id.to_string());
    match &disclosure.payload {
        Payload::RoutedReport(report) if disclosure.to == Store::K5 => {
            crate::intake::receive(desk, change, disclosure, report).await
        }
        Payload::RoutedReport(report) => {
            crate::case::receive_report(desk, change, disclosure, report).await
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
    }
}
