//! One action with its history.

use domain::action::Action;
use domain::ids::ActionId;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::Change;

use super::{StoredAction, expected_since, own};
use crate::Desk;
use crate::access::{Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::shown;

/// An action as this actor sees it.
#[derive(Debug, Clone)]
pub struct ActionView {
    /// The action.
    pub action: Action,
    /// Version to name when changing it.
    pub version: i64,
    /// Nothing was told since this day, while something was expected.
    pub overdue_since: Option<Date>,
    /// On which day something was sent that was not accepted yet.
    pub sent: Option<Date>,
    /// The actor keeps the register; otherwise he holds the action.
    pub keeps: bool,
}

/// Reads an action.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, id: ActionId) -> Result<ActionView> {
    let permit = permit(actor, UseCase::ReadAction)?;
    own(desk, &permit, id).await?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    let found = shown::first::<StoredAction>(desk, change, "action").await?;
    let since = expected_since(desk, now);
    let action = found.body.0;
    let sent = super::sent(desk).await?.get(&action.id).copied();
    let overdue = action.is_overdue(since) && sent.is_none_or(|day| day < since);
    Ok(ActionView {
        overdue_since: overdue.then_some(since),
        sent,
        version: found.version,
        keeps: permit.role == Role::ProgrammeOffice,
        action,
    })
}
