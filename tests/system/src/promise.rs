//! What must not happen: each promise is checked by its own words, so that a failure names the promise that was broken.

use anyhow::{Result, bail, ensure};

use crate::client::Reply;
use crate::server::Server;
use crate::walk::Walker;

/// One "must not" of a scenario, in the scenario's own words.
#[derive(Debug, Clone, Copy)]
pub struct MustNot(pub &'static str);

impl MustNot {
    /// Fails when it happened.
    ///
    /// # Errors
    /// When it happened; the message names the promise and says how.
    pub fn happen(self, happened: bool, how: &str) -> Result<()> {
        ensure!(!happened, "must not: {}: {how}", self.0);
        Ok(())
    }

    /// None of these words may stand in a text; `place` says which text.
    ///
    /// # Errors
    /// When one does.
    pub fn stand_in(self, words: &[&str], place: &str, text: &str) -> Result<()> {
        let text = text.to_lowercase();
        for word in words {
            let found = text.contains(&word.to_lowercase());
            self.happen(found, &format!("{place} says {word:?}"))?;
        }
        Ok(())
    }

    /// A page may not be open to this person: it is refused, and the refusal says none of the words.
    ///
    /// # Errors
    /// When it is shown, or the refusal tells.
    pub fn open_to(self, who: &Walker, path: &str, words: &[&str]) -> Result<()> {
        let reply = who.ask(path)?;
        let shut = matches!(reply.status, 403 | 404);
        let how = format!("{} gets {} at {path}", who.name(), reply.status);
        self.happen(!shut, &how)?;
        self.stand_in_reply(words, who, &reply)
    }

    /// None of the words may stand on a page that somebody may see.
    ///
    /// # Errors
    /// When one does, or the page is not shown.
    pub fn be_seen_by(self, who: &Walker, path: &str, words: &[&str]) -> Result<()> {
        let reply = who.open(path)?;
        self.stand_in_reply(words, who, &reply)
    }

    /// None of the words may stand in the server's log, or in an address or title that anybody had on the screen.
    ///
    /// # Errors
    /// When one does.
    pub fn leave_a_trace(self, words: &[&str], server: &Server, people: &[&Walker]) -> Result<()> {
        self.stand_in(words, "the log", &server.log())?;
        for who in people {
            for seen in who.trail() {
                let place = format!("an address of {}", who.name());
                self.stand_in(words, &place, &plain(&seen.address))?;
                let place = format!("the title at {}", seen.address);
                self.stand_in(words, &place, &seen.title)?;
            }
        }
        Ok(())
    }

    fn stand_in_reply(self, words: &[&str], who: &Walker, reply: &Reply) -> Result<()> {
        let place = format!("{} as {} sees it", reply.path, who.name());
        self.stand_in(words, &place, &reply.page().text())?;
        self.stand_in(words, &place, reply.page().html())
    }
}

/// An address as a person reads it: `+` and `%20` are spaces.
fn plain(address: &str) -> String {
    address.replace('+', " ").replace("%20", " ")
}

/// Expects that a rule refuses: the answer is an error page of the 400s that says why.
///
/// # Errors
/// When it was done, or the refusal says something else.
pub fn expect_refusal(reply: &Reply, why: &str) -> Result<()> {
    let said = reply.page().text();
    if !(400..500).contains(&reply.status) {
        bail!(
            "{} answered {}, no refusal: {said}",
            reply.path,
            reply.status
        );
    }
    ensure!(
        said.contains(why),
        "{} refuses without saying {why:?}: {said}",
        reply.path
    );
    Ok(())
}
