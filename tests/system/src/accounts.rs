//! The accounts of a demo, and signing in with them: name, password and a time-based code (RFC 6238).

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use totp_rs::{Builder, Secret};

use crate::client::{Client, Reply};
use crate::server::object;

/// Seconds that one code lasts.
const STEP: u64 = 30;

/// Steps that were used, by secret: a server refuses a code that it has seen, so each sign-in takes a step of its own.
static USED: Mutex<BTreeSet<(String, u64)>> = Mutex::new(BTreeSet::new());

/// Somebody who can sign in.
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    /// The sign-in name.
    pub user: String,
    /// The password.
    pub password: String,
    /// The secret of the second factor, in base 32.
    pub totp_secret: String,
    /// The role's code, such as `signal_desk`.
    pub role: String,
    /// The organisation's code.
    pub organisation: String,
}

/// All accounts that a demo printed.
#[derive(Debug, Clone, Deserialize)]
pub struct Accounts {
    accounts: Vec<Account>,
}

impl Accounts {
    /// Reads the line of JSON that `samen demo --print-accounts json` prints; nothing when it is another line.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_value(object(line)?).ok()
    }

    /// Every account.
    #[must_use]
    pub fn all(&self) -> &[Account] {
        &self.accounts
    }

    /// The first account with this role.
    ///
    /// # Errors
    /// When there is none; the message lists the roles that are there.
    pub fn with_role(&self, role: &str) -> Result<&Account> {
        let roles: BTreeSet<&str> = self
            .accounts
            .iter()
            .map(|account| account.role.as_str())
            .collect();
        let found = self.accounts.iter().find(|account| account.role == role);
        found.with_context(|| format!("no account has the role {role}; there are {roles:?}"))
    }

    /// The first account with this role at this organisation.
    ///
    /// # Errors
    /// When there is none.
    pub fn at(&self, role: &str, organisation: &str) -> Result<&Account> {
        let fits =
            |account: &&Account| account.role == role && account.organisation == organisation;
        let found = self.accounts.iter().find(fits);
        found.with_context(|| format!("nobody at {organisation} has the role {role}"))
    }
}

impl Account {
    /// A code that was not used yet in this test process: of this half minute, or of the one beside it that servers allow.
    ///
    /// # Errors
    /// When the secret is no base 32, or all three codes are used up: then the test signs in too often.
    pub fn fresh_code(&self) -> Result<String> {
        let now = now() / STEP;
        let mut used = USED
            .lock()
            .map_err(|_| anyhow::anyhow!("another test failed while it signed in"))?;
        for step in [now, now + 1, now - 1] {
            if used.insert((self.totp_secret.clone(), step)) {
                return code(&self.totp_secret, step * STEP);
            }
        }
        bail!(
            "{} signed in three times within half a minute; keep the session instead",
            self.user
        )
    }

    /// Signs in on the sign-in page and gives the page that follows. The client keeps the session.
    ///
    /// # Errors
    /// When the sign-in is refused; the message shows what the page says.
    pub fn sign_in(&self, client: &Client) -> Result<Reply> {
        let page = client.visit("/work/sign-in")?.expect_status(200)?;
        let form = page.page().form_with(&["user", "password", "totp"])?;
        let form = form
            .with("user", &self.user)
            .with("password", &self.password)
            .with("totp", &self.fresh_code()?);
        let reply = client.submit(&page, &form)?;
        if reply.location().is_none() {
            let text: String = reply.page().text().chars().take(400).collect();
            bail!("{} was not let in ({}): {text}", self.user, reply.status);
        }
        let home = client.follow(reply)?.expect_status(200)?;
        if home.path.starts_with("/work/sign-in") {
            bail!(
                "{} was sent back to the sign-in page: {}",
                self.user,
                home.page().text()
            );
        }
        Ok(home)
    }

    /// Signs in as a program and gives the whole answer, with its token.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn open_session(&self, client: &Client) -> Result<Reply> {
        let body = serde_json::json!({"user": self.user, "password": self.password, "totp": self.fresh_code()?});
        client.post_json("/api/v1/sessions", &[], &body)
    }
}

/// The six digits that belong to `secret` at `seconds` after 1970.
///
/// # Errors
/// When the secret is no base 32 or shorter than RFC 4226 allows.
pub fn code(secret: &str, seconds: u64) -> Result<String> {
    let secret = Secret::try_from_base32(secret)
        .map_err(|error| anyhow::anyhow!("the secret is no base 32: {error:?}"))?;
    let totp = Builder::new()
        .with_secret(secret)
        .build()
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(totp.generate(seconds).to_string())
}

/// Seconds since 1970. The one place where these tests ask the clock: a second factor is about now.
#[expect(
    clippy::disallowed_methods,
    reason = "a code of the second factor belongs to this very half minute"
)]
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|since| since.as_secs())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Accounts, code};

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238 appendix B: the secret is "12345678901234567890"; the last six of its eight digits.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(
                code(secret, seconds).expect("the secret is sound"),
                expected
            );
        }
    }

    #[test]
    fn accounts_are_read_from_their_line() {
        let line = r#"{"accounts":[{"user":"an","password":"p","totp_secret":"GEZDGNBV","role":"signal_desk","organisation":"O1"}]}"#;
        let accounts = Accounts::read(line).expect("the line is sound");
        assert_eq!(
            accounts
                .with_role("signal_desk")
                .expect("there is one")
                .user,
            "an"
        );
        assert!(accounts.with_role("auditor").is_err());
        assert!(Accounts::read(r#"{"level":"info"}"#).is_none());
        assert!(Accounts::read("Samen").is_none());
    }
}
