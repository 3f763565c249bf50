//! A calculation of some seconds that a page asks for and looks at later. One at a time for a server: who asks while it runs gets the same.

use std::sync::{Arc, Mutex, PoisonError};

use desk::placement::outlook::Helps;

/// How far it is.
#[derive(Debug, Clone, Default)]
pub enum Stage {
    /// Nobody asked since the server began.
    #[default]
    Idle,
    /// So many of so many plans are made; of nought while the question is read.
    Busy { made: usize, of: usize },
    /// It is there.
    Done(Arc<Helps>),
    /// It went wrong; the log says why.
    Failed,
}

impl Stage {
    /// After how many seconds a page about it looks again by itself: while it runs, unless its reader said `no`. Without scripts, and with a
    /// way out, because a page that changes by itself takes the place in it from who reads with a keyboard or a screen reader (WCAG 2.2.2).
    pub fn looks_again(&self, wish: &str) -> Option<&'static str> {
        (matches!(self, Self::Busy { .. }) && wish != "no").then_some("4")
    }
}

/// The calculation of this server.
#[derive(Debug, Default)]
pub struct Working(Mutex<Stage>);

impl Working {
    /// How far it is now.
    pub fn stage(&self) -> Stage {
        self.locked().clone()
    }

    /// Begins, unless it runs already: then `None`.
    pub(super) fn begin(self: &Arc<Self>) -> Option<Begun> {
        let mut stage = self.locked();
        if matches!(*stage, Stage::Busy { .. }) {
            return None;
        }
        *stage = Stage::Busy { made: 0, of: 0 };
        Some(Begun(Arc::clone(self)))
    }

    fn set(&self, stage: Stage) {
        *self.locked() = stage;
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A calculation that runs. Dropped without an end, also by a panic, it has failed: the next one who asks begins anew.
pub(super) struct Begun(Arc<Working>);

impl Begun {
    /// Tells how far it is.
    pub(super) fn told(&self) -> impl Fn(usize, usize) + Send + Sync + 'static {
        let working = Arc::clone(&self.0);
        move |made, of| working.set(Stage::Busy { made, of })
    }

    /// Ends it.
    pub(super) fn done(self, helps: Helps) {
        self.0.set(Stage::Done(Arc::new(helps)));
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if matches!(self.0.stage(), Stage::Busy { .. }) {
            self.0.set(Stage::Failed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Stage, Working};
    use std::sync::Arc;

    #[test]
    fn one_at_a_time_and_one_that_ends_badly_can_be_asked_again() {
        let working = Arc::new(Working::default());
        let first = working.begin().unwrap();
        assert!(working.begin().is_none());
        first.told()(3, 30);
        assert!(matches!(working.stage(), Stage::Busy { made: 3, of: 30 }));
        assert!(working.stage().looks_again("").is_some());
        assert!(working.stage().looks_again("no").is_none());
        drop(first);
        assert!(working.stage().looks_again("").is_none(), "it is over");
        assert!(matches!(working.stage(), Stage::Failed));
        assert!(working.begin().is_some());
    }
}
