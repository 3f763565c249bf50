//! What must never be, with the words of the scenario as its name.

use anyhow::{Context, Result, bail, ensure};
use system_tests::Reply;

use super::country::Country;
use super::somebody::{Somebody, shortly};

/// A clause "must not" of a scenario. Every check names it when it fails.
pub struct MustNot(pub &'static str);

impl MustNot {
    /// None of these words stand in this text.
    pub fn be_in(&self, place: &str, text: &str, words: &[&str]) -> Result<()> {
        for word in words {
            if let Some(around) = found(text, word) {
                bail!(
                    "must not: {}. But {place} holds {word:?}: …{around}…",
                    self.0
                );
            }
        }
        Ok(())
    }

    /// None of these words stand on this page, whatever a browser shows or hides of it.
    pub fn be_on(&self, page: &Reply, words: &[&str]) -> Result<()> {
        let seen = page.page();
        self.be_in(&page.path, seen.html(), words)?;
        self.be_in(&page.path, &seen.text(), words)
    }

    /// The page does not open for this person, and the refusal holds none of these words.
    pub fn open_for(&self, who: &Somebody, path: &str, words: &[&str]) -> Result<()> {
        let reply = who.try_open(path)?;
        let to_door = reply
            .location()
            .is_some_and(|to| to.contains("/work/sign-in"));
        ensure!(
            to_door || matches!(reply.status, 403 | 404),
            "must not: {}. But {path} opens for {} ({}): {}",
            self.0,
            who.called(),
            reply.status,
            shortly(&reply)
        );
        self.be_on(&reply, words)
    }

    /// This person's list names nothing.
    pub fn be_listed(&self, who: &Somebody, list: &str) -> Result<()> {
        let listed = who.listed(list)?;
        ensure!(
            listed.is_empty(),
            "must not: {}. But {} finds {listed:?} in {list}",
            self.0,
            who.called()
        );
        Ok(())
    }

    /// None of these words stand in the operator's log, in an address or title that anybody saw, or in the exported journals.
    pub fn leave_a_trace(&self, country: &Country, words: &[&str]) -> Result<()> {
        self.be_in("the log", &country.log(), words)?;
        self.be_in("an address or a title", &country.trail()?, words)?;
        self.be_in("the exported journal", &country.journal()?, words)
    }

    /// Something else that has to hold.
    pub fn unless(&self, holds: bool, but: impl FnOnce() -> String) -> Result<()> {
        ensure!(holds, "must not: {}. But {}", self.0, but());
        Ok(())
    }
}

/// Where a text has these words, in whatever case, as words of their own: `Noa` is not in `Genoa`. Gives what stands around them.
fn found(text: &str, word: &str) -> Option<String> {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let mut at = 0;
    while let Some(start) = text[at..].find(&word).map(|start| at + start) {
        let end = start + word.len();
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        if ![before, after]
            .iter()
            .flatten()
            .any(|c| c.is_alphanumeric())
        {
            let lead: Vec<char> = text[..start].chars().rev().take(30).collect();
            let rest: String = text[start..].chars().take(60).collect();
            return Some(lead.into_iter().rev().chain(rest.chars()).collect());
        }
        at = end;
    }
    None
}

/// The page says all of this.
pub fn says(page: &Reply, words: &[&str]) -> Result<()> {
    let text = page.page().text();
    for word in words {
        ensure!(
            text.contains(word),
            "{} does not say {word:?} but {}",
            page.path,
            shortly(page)
        );
    }
    Ok(())
}

/// The fact that the page tells under this term is this.
pub fn fact_is(page: &Reply, term: &str, value: &str) -> Result<()> {
    let said = page
        .page()
        .fact(term)
        .with_context(|| format!("on {}", page.path))?;
    ensure!(
        said.contains(value),
        "{} says {said:?} under {term:?}, not {value:?}",
        page.path
    );
    Ok(())
}
