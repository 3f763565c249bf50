//! The routes that outsiders may rely on, as a program of theirs would use them.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::client::{Client, Reply};

/// A report as a program sends it.
#[derive(Debug, Clone)]
pub struct Report {
    /// The JSON body.
    pub body: Value,
    /// The idempotency key.
    pub key: String,
}

/// What the reporter gets for a report that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The return code as shown: four groups of digits.
    pub code: String,
    /// When it was received, RFC 3339.
    pub received_at: String,
}

impl Report {
    /// A report with only the required member.
    #[must_use]
    pub fn of(story: &str, key: &str) -> Self {
        Self {
            body: json!({ "story": story }),
            key: key.to_owned(),
        }
    }

    /// The same report with one member set to something else.
    #[must_use]
    pub fn with(mut self, member: &str, value: Value) -> Self {
        self.body[member] = value;
        self
    }

    /// Sends it.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn send(&self, client: &Client) -> Result<Reply> {
        client.post_json(
            "/api/v1/reports",
            &[("Idempotency-Key", &self.key)],
            &self.body,
        )
    }
}

impl Receipt {
    /// Reads the receipt from an answer of 201.
    ///
    /// # Errors
    /// When the answer is another, or a member is missing.
    pub fn read(reply: &Reply) -> Result<Self> {
        let body = reply.clone().expect_status(201)?.json()?;
        let member = |name: &str| {
            body[name]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("the receipt has no {name}: {body}"))
        };
        Ok(Self {
            code: member("code")?,
            received_at: member("received_at")?,
        })
    }

    /// The code without spaces, as the mailbox takes it.
    #[must_use]
    pub fn digits(&self) -> String {
        self.code.split_whitespace().collect()
    }
}

/// Opens the mailbox that belongs to a code.
///
/// # Errors
/// When there is no answer.
pub fn mailbox(client: &Client, digits: &str) -> Result<Reply> {
    client.get_with(
        "/api/v1/mailbox",
        &[("Authorization", &format!("Code {digits}"))],
    )
}

/// Checks that an answer is an error as RFC 9457 and the NL API Design Rules have it: the media type, and `status`, `title` and `detail`.
///
/// # Errors
/// When it is not; the message says what is missing.
pub fn expect_problem(reply: &Reply, status: u16) -> Result<Value> {
    let reply = reply.clone().expect_status(status)?;
    let kind = reply.header("content-type").unwrap_or_default().to_owned();
    anyhow::ensure!(
        kind.starts_with("application/problem+json"),
        "{} answered {status} as {kind:?}",
        reply.path
    );
    let body = reply.json()?;
    anyhow::ensure!(
        body["status"] == status,
        "the problem says status {}, the answer {status}",
        body["status"]
    );
    for member in ["title", "detail"] {
        let said = body[member].as_str().unwrap_or_default();
        anyhow::ensure!(!said.is_empty(), "the problem has no {member}: {body}");
    }
    Ok(body)
}
