//! Why a use case was refused or failed. The web layer turns these into pages and problem details in one place.

use vault::VaultError;

use crate::access::UseCase;

/// One field of an input that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Field name as in the form and in JSON.
    pub field: String,
    /// Text key in the `errors` translations, without prefix.
    pub key: String,
    /// The rule's own words (English), for JSON and logs; holds no input.
    pub detail: String,
}

/// Why not.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DeskError {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignInNeeded,
    /// The second factor must be shown again.
    #[error("show your second factor again")]
    FreshFactorNeeded,
    /// Name, password or code is not right.
    #[error("the name, password or code is not right")]
    SignInRefused,
    /// Too many failures; wait.
    #[error("too many attempts; try again in {seconds} seconds")]
    TooManyAttempts {
        /// How long to wait.
        seconds: i64,
    },
    /// This actor may not do this.
    #[error("{} is for: {}", case.rule().name, roles(*case))]
    Forbidden {
        /// What was tried.
        case: UseCase,
    },
    /// There is no such thing, or not for this actor.
    #[error("there is no such {what}, or it is not yours to see")]
    NotFound {
        /// What was sought, in a word.
        what: &'static str,
    },
    /// The matter is there, and this actor has no reason to open it.
    #[error("access follows an assignment: {refusal}")]
    NeedToKnow {
        /// Why not, and what to do.
        refusal: domain::need::Refusal,
    },
    /// Somebody else was first.
    #[error("somebody else changed this meanwhile; look at it again and repeat what you wanted")]
    Conflict,
    /// This very thing was done before, here or by another process; nothing was done twice.
    #[error("this was done before")]
    AlreadyDone,
    /// The input has faults: all of them at once.
    #[error("{} of the fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// A file of those sent is not taken, and so none of them.
    #[error("file {number}: {fault}")]
    File {
        /// Which one, from 1.
        number: usize,
        /// Why not.
        fault: domain::attachment::FileFault,
    },
    /// A rule of the field says no, with its reason.
    #[error("{detail}")]
    Rule {
        /// Text key in the `errors` translations, without prefix.
        key: String,
        /// The rule's own words (English).
        detail: String,
    },
    /// An idempotency key was reused with other content.
    #[error("this idempotency key was used before with other content; take a new key")]
    KeyReused,
    /// The vault failed.
    #[error("{0}")]
    Vault(VaultError),
    /// Something is wrong with the set-up.
    #[error("{0}")]
    Setup(String),
}

/// Result of a use case.
pub type Result<T> = std::result::Result<T, DeskError>;

fn roles(case: UseCase) -> String {
    let codes: Vec<&str> = case.rule().roles.iter().map(|r| r.code()).collect();
    codes.join(", ")
}

impl From<VaultError> for DeskError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Conflict { .. } => DeskError::Conflict,
            VaultError::AlreadyDone { .. } => DeskError::AlreadyDone,
            VaultError::NotFound { .. } => DeskError::NotFound { what: "record" },
            VaultError::KeyReused => DeskError::KeyReused,
            other => DeskError::Vault(other),
        }
    }
}

impl DeskError {
    /// A rule's refusal under a text key.
    pub fn rule(key: &str, error: impl std::fmt::Display) -> DeskError {
        DeskError::Rule {
            key: key.to_owned(),
            detail: error.to_string(),
        }
    }

    /// One field that cannot be accepted.
    pub fn field(field: &str, key: &str, error: impl std::fmt::Display) -> DeskError {
        DeskError::Invalid(vec![FieldError {
            field: field.to_owned(),
            key: key.to_owned(),
            detail: error.to_string(),
        }])
    }

    /// The same refusal, naming what was sought.
    pub fn what(self, what: &'static str) -> DeskError {
        match self {
            DeskError::NotFound { .. } => DeskError::NotFound { what },
            other => other,
        }
    }
}
