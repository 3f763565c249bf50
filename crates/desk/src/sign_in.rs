//! Signing in with name, password and a one-time code; sessions that end.
//!
//! A session ends after half an hour without use and after twelve hours whatever happens. Unknown names,
//! wrong passwords and wrong codes are refused with the same words after the same work.

use jiff::{SignedDuration, Timestamp};
use totp_rs::{Algorithm, Builder, Secret};
use vault::{Change, Session, Store};
use zeroize::Zeroizing;

use crate::access::{UseCase, permit};
use crate::accounts::{self, ACTIVE, Account};
use crate::actor::{Actor, Person};
use crate::error::{DeskError, Result};
use crate::{Desk, password};

/// Without use a session ends after this long.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session ends after this long whatever happens.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// How long a shown second factor counts as fresh.
pub const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// Length of a TOTP step in seconds (RFC 6238).
const STEP: u64 = 30;

/// What somebody shows to sign in.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Sign-in name.
    pub user: String,
    /// Password.
    pub password: Zeroizing<String>,
    /// Six digits of the authenticator.
    pub totp: String,
}

/// Signs in. The token is given once and only its digest is kept.
pub async fn sign_in(desk: &Desk, now: Timestamp, shown: Credentials) -> Result<Zeroizing<String>> {
    let permit = permit(&Actor::Public, UseCase::SignIn)?;
    let user_name = accounts::normal_user_name(&shown.user);
    desk.attempts().allow(&user_name, now)?;
    let found = accounts::find(desk, &user_name).await?;
    let hash = found
        .as_ref()
        .map_or_else(String::new, |account| account.body.password.clone());
    let right = password::verify(shown.password, hash).await?;
    let step = found
        .as_ref()
        .and_then(|account| fresh_step(&account.body, &shown.totp, now));
    let (Some(mut account), true, Some(step)) = (found, right, step) else {
        desk.attempts().failed(&user_name, now);
        return Err(DeskError::SignInRefused);
    };
    if account.clear.state != ACTIVE {
        desk.attempts().failed(&user_name, now);
        return Err(DeskError::SignInRefused);
    }
    account.body.last_step = step;
    let mut context = permit.context(now);
    context.actor.clone_from(&account.id);
    let change = Change::new(context).update(accounts::redraft(&account)?, account.version);
    // Two sign-ins with one code: the second meets the first one's version and is refused.
    desk.vault
        .apply(Store::System, change)
        .await
        .map_err(|_| DeskError::SignInRefused)?;
    desk.attempts().succeeded(&user_name);
    open_session(desk, now, &account.id).await
}

async fn open_session(desk: &Desk, now: Timestamp, user: &str) -> Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    desk.vault.chance().fill(&mut *bytes);
    let token = Zeroizing::new(hex::encode(*bytes));
    let session = Session {
        person: user.to_owned(),
        created: now,
        seen: now,
        expires: now.saturating_add(ABSOLUTE).unwrap_or(Timestamp::MAX),
        strong: now,
    };
    desk.vault.keep_session(&token, &session).await?;
    Ok(token)
}

/// Who this token belongs to, if its session still runs.
pub async fn actor_of(desk: &Desk, now: Timestamp, token: &str) -> Result<Option<Actor>> {
    if token.len() != 64 || !token.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(None);
    }
    if let Some(actor) = desk.remembered(token, now) {
        return Ok(Some(actor));
    }
    let Some(session) = desk.vault.session(token).await? else {
        return Ok(None);
    };
    let idle_end = session.seen.saturating_add(IDLE).unwrap_or(Timestamp::MAX);
    if now >= session.expires || now >= idle_end {
        desk.vault.end_session(token).await?;
        return Ok(None);
    }
    let account = match desk.vault.load::<Account>(&session.person).await {
        Ok(account) if account.clear.state == ACTIVE => account,
        Ok(_) | Err(vault::VaultError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if now.duration_since(session.seen) >= SignedDuration::from_mins(1) {
        desk.vault.touch_session(token, now).await?;
    }
    let actor = actor(desk, &account.id, &account.body, session.strong)?;
    desk.remember(token, &actor, now);
    Ok(Some(actor))
}

fn actor(desk: &Desk, id: &str, account: &Account, strong_at: Timestamp) -> Result<Actor> {
    let user = id
        .parse()
        .map_err(|_| DeskError::Setup("an account has an unreadable id".to_owned()))?;
    let directory = desk.directory();
    let org = directory.get(account.org).ok_or_else(|| {
        DeskError::Setup("an account belongs to no known organisation".to_owned())
    })?;
    Ok(Actor::Person(Box::new(Person {
        user,
        name: account.name.clone(),
        org: account.org,
        org_name: org.name.clone(),
        org_kind: org.kind.clone(),
        region: org.region.clone(),
        roles: account.roles.clone(),
        strong_at,
    })))
}

/// Ends a session.
pub async fn sign_out(desk: &Desk, token: &str) -> Result<()> {
    desk.forget_sessions();
    desk.vault.end_session(token).await?;
    Ok(())
}

/// Shows the second factor again, for what asks a fresh one.
pub async fn refresh_factor(desk: &Desk, now: Timestamp, token: &str, totp: &str) -> Result<()> {
    let Some(Actor::Person(person)) = actor_of(desk, now, token).await? else {
        return Err(DeskError::SignInNeeded);
    };
    let permit = permit(&Actor::Person(person.clone()), UseCase::OwnAccount)?;
    let mut account = desk.vault.load::<Account>(&person.user.to_string()).await?;
    desk.attempts().allow(&account.body.user_name, now)?;
    let Some(step) = fresh_step(&account.body, totp, now) else {
        desk.attempts().failed(&account.body.user_name, now);
        return Err(DeskError::SignInRefused);
    };
    account.body.last_step = step;
    let change =
        Change::new(permit.context(now)).update(accounts::redraft(&account)?, account.version);
    desk.vault.apply(Store::System, change).await?;
    desk.vault.strengthen_session(token, now).await?;
    desk.forget_sessions();
    Ok(())
}

/// Refuses unless the second factor was shown in the last ten minutes.
pub fn require_fresh(actor: &Actor, now: Timestamp) -> Result<()> {
    let person = actor.person()?;
    if now.duration_since(person.strong_at) <= FRESH {
        return Ok(());
    }
    Err(DeskError::FreshFactorNeeded)
}

/// The step of a right code that was not used before; one step of clock difference either way is allowed.
fn fresh_step(account: &Account, shown: &str, now: Timestamp) -> Option<u64> {
    let digits: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.as_second()).ok()?;
    let current = seconds / STEP;
    [current, current.saturating_sub(1), current + 1]
        .into_iter()
        .filter(|step| *step > account.last_step)
        .find(|step| {
            code_at(&account.totp_secret, step * STEP).is_some_and(|code| {
                subtle::ConstantTimeEq::ct_eq(code.as_bytes(), digits.as_bytes()).into()
            })
        })
}

/// The code of a base32 secret at a moment, in seconds since 1970 (RFC 6238: SHA-1, six digits, 30 seconds).
pub fn code_at(secret: &str, seconds: u64) -> Option<String> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(0)
        .with_step_duration(STEP)
        .with_secret(secret)
        .build()
        .ok()?;
    Some(totp.generate(seconds).to_string())
}

/// A new secret in the form that authenticators take.
pub(crate) fn to_base32(bytes: [u8; 20]) -> String {
    Secret::from(bytes).to_base32()
}
