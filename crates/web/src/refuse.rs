//! What the desk refuses or could not do, as a problem that says why. The one place where the two meet.

use ::desk::kept::VaultError;
use axum::http::StatusCode;
use desk::{DeskError, UseCase};
use domain::time::dutch_date;

use crate::app::App;
use crate::problem::Problem;
use crate::texts::{Key, Lang, Message};
use crate::upload::Trouble;
use crate::words;

/// The problem for a desk error.
pub fn refuse(error: DeskError) -> Problem {
    match error {
        DeskError::SignInNeeded => Problem::sign_in(),
        DeskError::SignInRefused => Problem::sign_in().because(Key::new("refuse-sign-in")),
        DeskError::FreshFactorNeeded => {
            Problem::forbidden().because(Key::new("refuse-fresh-factor"))
        }
        DeskError::TooManyAttempts { seconds } => {
            Problem::too_many(u32::try_from(seconds).unwrap_or(900))
        }
        DeskError::Forbidden { case } => Problem::forbidden().because(for_whom(case)),
        DeskError::NotFound { .. } => Problem::not_found(),
        DeskError::NeedToKnow { .. } => Problem::forbidden()
            .because(Key::new("refuse-need-to-know"))
            .advise(Key::new("refuse-need-to-know-advice")),
        DeskError::Conflict | DeskError::AlreadyDone => Problem::conflict(),
        DeskError::KeyReused => Problem::conflict().because(Key::new("refuse-key-reused")),
        DeskError::Invalid(fields) => {
            let detail = fields
                .iter()
                .map(|f| format!("{}: {}", f.field, f.detail))
                .collect::<Vec<_>>()
                .join("; ");
            Problem::unprocessable()
                .because(Message::new(Key::new("refuse-detail")).with("detail", detail))
        }
        DeskError::File { number, fault } => {
            let trouble = Trouble::File { number, fault };
            Problem::unprocessable().because(trouble.message())
        }
        DeskError::Rule { key, detail } if key == "restricted" => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            Key::new("refuse-rule-title"),
            Message::new(Key::new("refuse-restricted")).with("detail", detail),
            Key::new("refuse-restricted-advice"),
        ),
        DeskError::Rule { detail, .. } => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            Key::new("refuse-rule-title"),
            Message::new(Key::new("refuse-detail")).with("detail", detail),
            Key::new("refuse-rule-advice"),
        ),
        DeskError::Vault(VaultError::DiskFull { .. }) => Problem::full(),
        DeskError::Vault(VaultError::Poisoned { .. } | VaultError::Closed) => {
            Problem::unavailable()
        }
        DeskError::Vault(error) => {
            tracing::error!(%error, "the vault failed");
            Problem::internal()
        }
        DeskError::Setup(error) => {
            tracing::error!(%error, "the desk failed");
            Problem::internal()
        }
    }
}

fn for_whom(case: UseCase) -> Message {
    let roles: Vec<&str> = case.rule().roles.iter().map(|role| role.code()).collect();
    Message::new(Key::new("refuse-for-whom")).with("roles", roles.join(", "))
}

/// The refusal of a route, naming in the reader's language for whom it is.
pub fn not_for(app: &App, case: UseCase, lang: Lang) -> Problem {
    let today = dutch_date(app.now());
    let roles: Vec<String> = case
        .rule()
        .roles
        .iter()
        .map(|role| words::role(app, role.code(), today, lang))
        .collect();
    let reason = Message::new(Key::new("refuse-for-whom")).with("roles", roles.join(", "));
    Problem::forbidden().because(reason)
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Problem {
        refuse(error)
    }
}
