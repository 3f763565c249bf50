//! The administrator of people looks at an account and blocks it.

use domain::ids::{OrgId, UserId};
use jiff::Timestamp;
use vault::{Change, Opened, Store};

use super::{ACTIVE, Account, DISABLED, draft, find, fresh_person, normal_user_name};
use crate::Desk;
use crate::access::{Permit, Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::shown;

/// What the administrator of people sees of an account: never its password or secret.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// Its id.
    pub id: UserId,
    /// Version, for a change that follows.
    pub version: i64,
    /// Whether it may sign in.
    pub active: bool,
    /// Name as colleagues know it.
    pub name: String,
    /// Name to sign in with.
    pub user_name: String,
    /// Organisation.
    pub org: OrgId,
    /// Functions.
    pub roles: Vec<Role>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used to sign in, or changed.
    pub updated: Timestamp,
}

impl AccountView {
    fn of(id: UserId, found: Opened<Account>) -> AccountView {
        AccountView {
            id,
            version: found.version,
            active: found.clear.state == ACTIVE,
            name: found.body.name,
            user_name: found.body.user_name,
            org: found.body.org,
            roles: found.body.roles,
            created: found.created,
            updated: found.updated,
        }
    }
}

/// Shows one account.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, id: UserId) -> Result<AccountView> {
    let permit = permit(actor, UseCase::KeepPeople)?;
    let change = Change::new(permit.context(now))
        .read(id.to_string(), &["name", "user_name", "org", "roles"]);
    let found = shown::first(desk, change, "account").await?;
    Ok(AccountView::of(id, found))
}

/// Blocks an account that was seen at this version and ends its sessions. One's own account is blocked by somebody
/// else, so that nobody locks the last administrator out by mistake.
pub async fn disable_seen(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: UserId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepPeople)?;
    fresh_person(actor, now)?;
    if actor.person().is_ok_and(|person| person.user == id) {
        return Err(DeskError::rule(
            "account-own",
            "another administrator must block your own account",
        ));
    }
    let found = desk
        .vault
        .load::<Account>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("account"))?;
    if found.version != seen {
        return Err(DeskError::Conflict);
    }
    block(desk, &permit, now, &found).await
}

async fn block(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    found: &Opened<Account>,
) -> Result<()> {
    let record = draft(&found.id, &found.body, DISABLED)?.changing(&["state"]);
    let change = Change::new(permit.context(now)).update(record, found.version);
    desk.vault.apply(Store::System, change).await?;
    desk.vault.end_sessions(Some(&found.id), now).await?;
    desk.forget_sessions();
    Ok(())
}

/// Blocks an account and ends its sessions.
pub async fn disable(desk: &Desk, actor: &Actor, now: Timestamp, user_name: &str) -> Result<()> {
    let permit = permit(actor, UseCase::KeepPeople)?;
    let found = find(desk, &normal_user_name(user_name))
        .await?
        .ok_or(DeskError::NotFound { what: "account" })?;
    block(desk, &permit, now, &found).await
}
