//! What people do with their own account: sessions and password.

use jiff::Timestamp;
use vault::{Change, Session, Store};
use zeroize::Zeroizing;

use super::{Account, draft};
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::{Desk, password};

/// The signed-in person's own sessions, newest first.
pub async fn own_sessions(desk: &Desk, actor: &Actor) -> Result<Vec<Session>> {
    permit(actor, UseCase::OwnAccount)?;
    let user = actor.person()?.user.to_string();
    Ok(desk.vault.sessions_of(&user).await?)
}

/// Ends all sessions of the signed-in person, also on other devices.
pub async fn end_own_sessions(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<()> {
    permit(actor, UseCase::OwnAccount)?;
    let user = actor.person()?.user.to_string();
    desk.vault.end_sessions(Some(&user), now).await?;
    desk.forget_sessions();
    Ok(())
}

/// Gives the signed-in person a new password, after the present one. All sessions end: whoever knew the old one is out.
pub async fn change_password(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    present: Zeroizing<String>,
    new: Zeroizing<String>,
) -> Result<()> {
    let permit = permit(actor, UseCase::OwnAccount)?;
    let user = actor.person()?.user.to_string();
    let mut account = desk.vault.load::<Account>(&user).await?;
    desk.attempts().allow(&account.body.user_name, now)?;
    if !password::verify(present, account.body.password.clone()).await? {
        desk.attempts().failed(&account.body.user_name, now);
        return Err(DeskError::field(
            "present",
            "wrong",
            "this is not your present password",
        ));
    }
    let mut salt = [0u8; 16];
    desk.vault.chance().fill(&mut salt);
    account.body.password = password::hash(new, salt).await?;
    let record = draft(&account.id, &account.body, &account.clear.state)?.changing(&["password"]);
    let change = Change::new(permit.context(now)).update(record, account.version);
    desk.vault.apply(Store::System, change).await?;
    end_own_sessions(desk, actor, now).await
}
