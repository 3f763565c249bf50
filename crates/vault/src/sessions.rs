//! Sessions of signed-in people, shared by all processes on one store. Only a keyed digest of the token is kept.

use jiff::Timestamp;

use crate::vault::at_millis;
use crate::{Result, Store, Vault, db};

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The person.
    pub person: String,
    /// When it began.
    pub created: Timestamp,
    /// Last use, to the minute.
    pub seen: Timestamp,
    /// When it ends whatever happens.
    pub expires: Timestamp,
    /// When the second factor was last shown.
    pub strong: Timestamp,
}

fn read(row: &db::Row) -> std::result::Result<Session, sqlx::Error> {
    Ok(Session {
        person: row.text(0)?,
        created: at_millis(row.int(1)?),
        seen: at_millis(row.int(2)?),
        expires: at_millis(row.int(3)?),
        strong: at_millis(row.int(4)?),
    })
}

impl Vault {
    fn session_digest(&self, token: &str) -> Vec<u8> {
        self.keyring().term(Store::System, "session", token)
    }

    /// Keeps a new session under its token.
    pub async fn keep_session(&self, token: &str, session: &Session) -> Result<()> {
        self.plain(
            Store::System,
            "INSERT INTO sessions (digest, person, created_at, seen_at, expires_at, strong_at) VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                self.session_digest(token).into(),
                session.person.as_str().into(),
                session.created.as_millisecond().into(),
                session.seen.as_millisecond().into(),
                session.expires.as_millisecond().into(),
                session.strong.as_millisecond().into(),
            ],
        )
        .await
        .map(|_| ())
    }

    /// The session of a token.
    pub async fn session(&self, token: &str) -> Result<Option<Session>> {
        let fail = |e: sqlx::Error| db::translate(Store::System, &e);
        let rows = self
            .pool(Store::System)
            .rows(
                "SELECT person, created_at, seen_at, expires_at, strong_at FROM sessions WHERE digest = $1",
                vec![self.session_digest(token).into()],
            )
            .await
            .map_err(fail)?;
        rows.first().map(read).transpose().map_err(fail)
    }

    /// The sessions of a person, newest first; their tokens are not known.
    pub async fn sessions_of(&self, person: &str) -> Result<Vec<Session>> {
        let fail = |e: sqlx::Error| db::translate(Store::System, &e);
        let rows = self
            .pool(Store::System)
            .rows(
                "SELECT person, created_at, seen_at, expires_at, strong_at FROM sessions WHERE person = $1 ORDER BY created_at DESC",
                vec![person.into()],
            )
            .await
            .map_err(fail)?;
        rows.iter()
            .map(read)
            .collect::<std::result::Result<_, sqlx::Error>>()
            .map_err(fail)
    }

    /// Notes that a session is in use. Callers do this at most once a minute.
    pub async fn touch_session(&self, token: &str, now: Timestamp) -> Result<()> {
        self.plain(
            Store::System,
            "UPDATE sessions SET seen_at = $2 WHERE digest = $1",
            vec![
                self.session_digest(token).into(),
                now.as_millisecond().into(),
            ],
        )
        .await
        .map(|_| ())
    }

    /// Notes that the second factor was shown again.
    pub async fn strengthen_session(&self, token: &str, now: Timestamp) -> Result<()> {
        self.plain(
            Store::System,
            "UPDATE sessions SET strong_at = $2 WHERE digest = $1",
            vec![
                self.session_digest(token).into(),
                now.as_millisecond().into(),
            ],
        )
        .await
        .map(|_| ())
    }

    /// Ends one session.
    pub async fn end_session(&self, token: &str) -> Result<()> {
        self.plain(
            Store::System,
            "DELETE FROM sessions WHERE digest = $1",
            vec![self.session_digest(token).into()],
        )
        .await
        .map(|_| ())
    }

    /// Ends all sessions of a person, or all that are over when `person` is `None`.
    pub async fn end_sessions(&self, person: Option<&str>, now: Timestamp) -> Result<u64> {
        match person {
            Some(person) => {
                self.plain(
                    Store::System,
                    "DELETE FROM sessions WHERE person = $1",
                    vec![person.into()],
                )
                .await
            }
            None => {
                self.plain(
                    Store::System,
                    "DELETE FROM sessions WHERE expires_at <= $1",
                    vec![now.as_millisecond().into()],
                )
                .await
            }
        }
    }
}
