//! Accounts and organisations: made and changed by the administrator of people, never by the administrator of the
//! system, and neither can read content.

mod keep;
mod own;

pub use keep::{AccountView, disable, disable_seen, read};
pub use own::{change_password, end_own_sessions, own_sessions};

use domain::ids::{OrgId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{
    Change, Clear, ClearData, Draft, Filter, Kind, Opened, Order, Page, Store, Stored, Term,
};
use zeroize::Zeroizing;

use crate::access::{Role, UseCase, permit};
use crate::actor::Actor;
use crate::directory::Organisation;
use crate::error::{DeskError, Result};
use crate::sign_in::require_fresh;
use crate::{Desk, password};

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Name as colleagues know it.
    pub name: String,
    /// Name to sign in with, lower case.
    pub user_name: String,
    /// Organisation.
    pub org: OrgId,
    /// Functions.
    pub roles: Vec<Role>,
    /// Argon2id hash in PHC form.
    pub password: String,
    /// TOTP secret (RFC 6238), base32.
    pub totp_secret: String,
    /// Last TOTP step used, so that a code works once.
    pub last_step: u64,
}

impl Stored for Account {
    const KIND: Kind = Kind {
        name: "account",
        store: Store::System,
        schema: 1,
        clear: &[Clear::State, Clear::Org],
        terms: &["user_name"],
    };
}

/// States of an account.
pub const ACTIVE: &str = "active";
/// An account that may not sign in.
pub const DISABLED: &str = "disabled";

/// What the list of accounts shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountSummary {
    /// Name to sign in with.
    pub user_name: String,
    /// Functions.
    pub roles: Vec<Role>,
}

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Name as colleagues know it.
    pub name: String,
    /// Name to sign in with.
    pub user_name: String,
    /// Organisation.
    pub org: OrgId,
    /// Functions; at least one.
    pub roles: Vec<Role>,
    /// First password.
    pub password: Zeroizing<String>,
}

/// A made account: the secret is shown once.
#[derive(Debug, Clone)]
pub struct MadeAccount {
    /// Its id.
    pub id: UserId,
    /// TOTP secret, base32.
    pub totp_secret: String,
}

/// The version of a name that is compared: trimmed, lower case.
pub fn normal_user_name(name: &str) -> String {
    name.trim().to_lowercase()
}

pub(super) fn draft(id: &str, account: &Account, state: &str) -> Result<Draft> {
    let clear = ClearData {
        state: state.to_owned(),
        org: Some(account.org.to_string()),
        ..ClearData::default()
    };
    let summary = AccountSummary {
        user_name: account.user_name.clone(),
        roles: account.roles.clone(),
    };
    Ok(Draft::new(id, account, clear)?
        .with_terms(vec![Term::new("user_name", account.user_name.clone())])?
        .with_summary(&summary)?)
}

/// Makes an organisation.
pub async fn add_organisation(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    organisation: &Organisation,
) -> Result<OrgId> {
    let permit = permit(actor, UseCase::KeepPeople)?;
    fresh_person(actor, now)?;
    if organisation.name.trim().is_empty() {
        return Err(DeskError::field(
            "name",
            "required",
            "an organisation has a name",
        ));
    }
    desk.check_org_kind(&organisation.kind, now)?;
    let id = OrgId::new(desk.vault.new_id(now));
    let clear = ClearData {
        state: ACTIVE.to_owned(),
        region: organisation.region.as_ref().map(ToString::to_string),
        ..ClearData::default()
    };
    let record = Draft::new(id.to_string(), organisation, clear)?;
    let change = Change::new(permit.context(now)).create(record);
    desk.vault.apply(Store::System, change).await?;
    desk.refresh_directory().await?;
    Ok(id)
}

/// Makes an account. The sign-in name must be free.
pub async fn add(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    new: NewAccount,
) -> Result<MadeAccount> {
    let permit = permit(actor, UseCase::KeepPeople)?;
    fresh_person(actor, now)?;
    let user_name = normal_user_name(&new.user_name);
    if user_name.is_empty() || user_name.chars().count() > 100 {
        return Err(DeskError::field(
            "user_name",
            "required",
            "a sign-in name has 1 to 100 characters",
        ));
    }
    if new.roles.is_empty() {
        return Err(DeskError::field(
            "roles",
            "required",
            "an account has at least one role",
        ));
    }
    let apart = |role: &Role| new.roles.iter().any(|other| !role.goes_with(*other));
    if new.roles.iter().any(apart) {
        return Err(DeskError::field(
            "roles",
            "apart",
            "a data protection officer does nothing with data that she judges (AVG 38): only the role auditor goes with it",
        ));
    }
    if desk.directory().get(new.org).is_none() {
        return Err(DeskError::field(
            "org",
            "unknown",
            "there is no such organisation",
        ));
    }
    if find(desk, &user_name).await?.is_some() {
        return Err(DeskError::field(
            "user_name",
            "taken",
            "this sign-in name is in use",
        ));
    }
    let mut salt = [0u8; 16];
    desk.vault.chance().fill(&mut salt);
    let mut secret = [0u8; 20];
    desk.vault.chance().fill(&mut secret);
    let totp_secret = crate::sign_in::to_base32(secret);
    let account = Account {
        name: new.name.trim().to_owned(),
        user_name,
        org: new.org,
        roles: new.roles,
        password: password::hash(new.password, salt).await?,
        totp_secret: totp_secret.clone(),
        last_step: 0,
    };
    let id = UserId::new(desk.vault.new_id(now));
    let record = draft(&id.to_string(), &account, ACTIVE)?;
    desk.vault
        .apply(
            Store::System,
            Change::new(permit.context(now)).create(record),
        )
        .await?;
    Ok(MadeAccount { id, totp_secret })
}

/// An administrator who is a person shows a fresh second factor before rights change, so that a session left
/// open makes no accounts.
pub(crate) fn fresh_person(actor: &Actor, now: Timestamp) -> Result<()> {
    match actor {
        Actor::Person(_) => require_fresh(actor, now),
        Actor::Public | Actor::System => Ok(()),
    }
}

/// A first password that nobody thought up: 80 random bits in four groups that can be read aloud.
pub fn made_password(desk: &Desk) -> Zeroizing<String> {
    // 32 signs without 0, 1, l and o, which people confuse.
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = Zeroizing::new([0u8; 16]);
    desk.vault.chance().fill(&mut *bytes);
    let mut out = Zeroizing::new(String::with_capacity(19));
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push('-');
        }
        out.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    out
}

/// A page of the list of accounts.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    filter: &Filter,
    after: Option<&vault::Cursor>,
) -> Result<Page> {
    permit(actor, UseCase::KeepPeople)?;
    Ok(desk
        .vault
        .list(&Account::KIND, filter, Order::Newest, after, 50)
        .await?)
}

/// How many accounts each state holds, under the same filter.
pub async fn counts(desk: &Desk, actor: &Actor, filter: &Filter) -> Result<vault::Counts> {
    permit(actor, UseCase::KeepPeople)?;
    Ok(desk.vault.counts(&Account::KIND, filter).await?)
}

/// The account with this sign-in name.
pub(crate) async fn find(desk: &Desk, user_name: &str) -> Result<Option<Opened<Account>>> {
    let found = desk
        .vault
        .load_by_term::<Account>("user_name", user_name)
        .await?;
    Ok(found.into_iter().next())
}

/// An update of an account by sign-in itself (last step used).
pub(crate) fn redraft(found: &Opened<Account>) -> Result<Draft> {
    Ok(draft(&found.id, &found.body, &found.clear.state)?.changing(&["last_step"]))
}
