//! Waiting for something that another process does, without guessing how long it takes.

use std::time::{Duration, Instant};

/// Asks `ready` again and again, briefly apart, until it gives a value or `limit` has passed.
pub fn until<T>(limit: Duration, mut ready: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(value) = ready() {
            return Some(value);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
