//! Passwords: Argon2id with the parameters of RFC 9106's second choice for small memory (19 MiB, two passes),
//! at most one computation a core at a time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::error::{DeskError, Result};

static COMPUTING: Semaphore = Semaphore::const_new(2);

/// Fewest characters of a password (NIST SP 800-63B asks at least 8; length beats rules).
pub const MIN_CHARS: usize = 12;
const MAX_CHARS: usize = 200;

/// Hashes a new password under a fresh salt.
pub async fn hash(password: Zeroizing<String>, salt: [u8; 16]) -> Result<String> {
    let chars = password.chars().count();
    if !(MIN_CHARS..=MAX_CHARS).contains(&chars) {
        return Err(DeskError::field(
            "password",
            "password-length",
            format!("a password has {MIN_CHARS} to {MAX_CHARS} characters"),
        ));
    }
    compute(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|e| DeskError::Setup(format!("password hashing failed: {e}")))
    })
    .await?
}

/// Whether the password belongs to the hash. A hash that cannot be read is a no after the same time.
pub async fn verify(password: Zeroizing<String>, hash: String) -> Result<bool> {
    compute(move || {
        let readable = PasswordHash::new(&hash);
        match readable {
            Ok(parsed) => Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok(),
            Err(_) => {
                // Spend the time all the same, so that an unknown name cannot be told by the clock.
                let _ = Argon2::default().hash_password_with_salt(password.as_bytes(), &[0u8; 16]);
                false
            }
        }
    })
    .await
}

async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let failed = |what: &str| DeskError::Setup(format!("password computation {what}"));
    let _turn = COMPUTING.acquire().await.map_err(|_| failed("is closed"))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| failed("was cut off"))
}
