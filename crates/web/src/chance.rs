//! The only place of this crate that asks for random bytes: ids of unsent forms.

use std::sync::Arc;

use crate::problem::Problem;

/// Gives random bytes to handlers; a test gives its own.
#[derive(Clone)]
pub struct Chance(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) -> bool + Send + Sync;

impl Chance {
    /// The operating system's source.
    pub fn system() -> Chance {
        Chance(Arc::new(|bytes| getrandom::fill(bytes).is_ok()))
    }

    /// A source of the caller's making; it answers whether it could fill the bytes.
    pub fn of(fill: impl Fn(&mut [u8]) -> bool + Send + Sync + 'static) -> Chance {
        Chance(Arc::new(fill))
    }

    /// Sixteen random bytes as 32 hexadecimal characters. A machine without chance answers "not available", never a guessable id.
    pub fn id(&self) -> Result<String, Problem> {
        let mut bytes = [0_u8; 16];
        if (self.0)(&mut bytes) {
            Ok(hex::encode(bytes))
        } else {
            Err(Problem::unavailable())
        }
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}
