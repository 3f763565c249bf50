//! The application as handlers see it: the shell around every page and the desk behind it.

use std::sync::Arc;

use desk::Desk;

use crate::guard::FormTokens;
use crate::shell::Shell;
use crate::work::shelter::Working;

/// Shell, desk, form tokens and the calculation that pages wait for; the state of every route.
pub struct App {
    /// Texts, looks, settings, time, chance.
    pub shell: Arc<Shell>,
    /// The use cases.
    pub desk: Desk,
    /// Cross-site tokens of work forms.
    pub tokens: FormTokens,
    /// What would help the country's shelter: worked out while people look elsewhere.
    pub helps: Arc<Working>,
}

impl App {
    /// Puts shell and desk together. The form tokens' key comes from the vault's keys, so that all processes on one
    /// store agree on them.
    pub fn new(shell: Arc<Shell>, desk: Desk) -> Arc<App> {
        let tokens = FormTokens::new(*desk.vault.keyring().derive("form tokens"));
        Arc::new(App {
            shell,
            desk,
            tokens,
            helps: Arc::default(),
        })
    }

    /// Now.
    pub fn now(&self) -> jiff::Timestamp {
        self.shell.clock.now()
    }
}
