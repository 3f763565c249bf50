//! The accounts of a demonstration, and how they are told.

use std::collections::BTreeMap;

use domain::vocabulary::{Lang, RoleCode, Vocabulary};
use jiff::civil::Date;
use serde::Serialize;

use crate::output;

/// An account that one can sign in with.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// Name to sign in with.
    pub user: String,
    /// Password.
    pub password: String,
    /// One-time-code secret, base32.
    pub totp_secret: String,
    /// Role.
    pub role: String,
    /// Organisation.
    pub organisation: String,
}

/// Tells the accounts on standard error, grouped by role.
pub fn tell(accounts: &[DemoAccount], vocabulary: &Vocabulary, on: Date) {
    let mut roles: Vec<&str> = Vec::new();
    let mut by_role: BTreeMap<&str, Vec<&DemoAccount>> = BTreeMap::new();
    for account in accounts {
        if !roles.contains(&account.role.as_str()) {
            roles.push(&account.role);
        }
        by_role.entry(&account.role).or_default().push(account);
    }
    let width = |of: fn(&DemoAccount) -> &str| {
        accounts
            .iter()
            .map(|a| of(a).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (users, passwords) = (width(|a| &a.user), width(|a| &a.password));
    for role in roles {
        output::say("");
        output::say(&format!("  {}", label(role, vocabulary, on)));
        for account in by_role.get(role).into_iter().flatten() {
            output::say(&format!(
                "    {:users$}  {:passwords$}  {}  {}",
                account.user, account.password, account.totp_secret, account.organisation
            ));
        }
    }
    output::say("");
    output::say(
        "  Each line: user name, password, secret of the one-time codes, organisation. Put the secret in an authenticator app,",
    );
    output::say("  or ask for the code of this moment: oathtool --totp --base32 SECRET");
}

/// A role's Dutch name with its code.
fn label(role: &str, vocabulary: &Vocabulary, on: Date) -> String {
    let found = RoleCode::new(role.to_owned()).ok();
    match found.and_then(|code| vocabulary.role(&code, on).ok()) {
        Some(entry) => format!("{} ({role})", entry.label(Lang::Nl)),
        None => role.to_owned(),
    }
}
