//! A person with a browser: opens pages, follows links by their words, fills in the forms that are really on the page.

use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use system_tests::{Client, Form, Reply, waiting};

/// What the program does by itself, it does within this time, also on a busy machine.
const BY_ITSELF: Duration = Duration::from_secs(60);

/// Somebody, signed in or not.
pub struct Somebody {
    called: String,
    client: Client,
    trail: Mutex<String>,
}

impl Somebody {
    /// Somebody with this browser.
    pub fn new(called: &str, client: Client) -> Self {
        Self {
            called: called.to_owned(),
            client,
            trail: Mutex::default(),
        }
    }

    /// How messages call this person.
    pub fn called(&self) -> &str {
        &self.called
    }

    /// The browser.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Addresses and titles of the pages seen, one a line.
    pub fn trail(&self) -> String {
        self.trail
            .lock()
            .map(|trail| trail.clone())
            .unwrap_or_default()
    }

    /// Opens a page that must be there.
    pub fn open(&self, path: &str) -> Result<Reply> {
        let reply = self.noted(self.client.visit(path)?);
        reply
            .expect_status(200)
            .with_context(|| format!("{} opens {path}", self.called))
    }

    /// Asks for a page and takes the answer as it is.
    pub fn try_open(&self, path: &str) -> Result<Reply> {
        Ok(self.noted(self.client.get(path)?))
    }

    /// Follows the link that says this.
    pub fn click(&self, at: &Reply, words: &str) -> Result<Reply> {
        let link = at
            .page()
            .link(words)
            .with_context(|| format!("{} reads {}", self.called, at.path))?;
        self.open(&link.href)
    }

    /// Presses the button that says this, in the form that also takes these fields, and gives the page that follows. A name that comes more
    /// than once is ticked more than once. A refusal is an error that tells what the page said.
    pub fn press(&self, at: &Reply, button: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let reply = self.try_press(at, button, fields)?;
        if matches!(reply.status, 200 | 201) {
            return Ok(reply);
        }
        bail!(
            "{} pressed {button:?} on {} and was refused ({}): {}",
            self.called,
            at.path,
            reply.status,
            shortly(&reply)
        )
    }

    /// The same when the page must refuse it, with a reason that says `why`.
    pub fn press_in_vain(
        &self,
        at: &Reply,
        button: &str,
        fields: &[(&str, &str)],
        why: &str,
    ) -> Result<Reply> {
        let reply = self.try_press(at, button, fields)?;
        ensure!(
            matches!(reply.status, 403 | 409 | 422),
            "{} pressed {button:?} on {} and was not refused but answered {}: {}",
            self.called,
            at.path,
            reply.status,
            shortly(&reply)
        );
        ensure!(
            reply.page().text().contains(why),
            "the refusal does not say {why:?} but {}",
            shortly(&reply)
        );
        Ok(reply)
    }

    /// Presses a button and takes the answer as it is, redirects followed.
    pub fn try_press(&self, at: &Reply, button: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let form = self.form(at, button, fields)?;
        let filled = fill(form, fields)?.press(button)?;
        let reply = self.client.follow(self.client.submit(at, &filled)?)?;
        Ok(self.noted(reply))
    }

    fn form(&self, at: &Reply, button: &str, fields: &[(&str, &str)]) -> Result<Form> {
        let forms = at.page().forms();
        let takes = |form: &&Form| {
            form.buttons.iter().any(|has| has.words.contains(button))
                && fields
                    .iter()
                    .all(|(name, _)| form.names.iter().any(|has| has == name))
        };
        forms.iter().find(takes).cloned().with_context(|| {
            let seen: Vec<_> = forms
                .iter()
                .map(|form| (&form.names, &form.buttons))
                .collect();
            let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
            format!(
                "{} finds no form on {} with the button {button:?} and the fields {names:?}; the forms are {seen:?}\n{}",
                self.called,
                at.path,
                shortly(at)
            )
        })
    }

    /// Records that a list names, such as `/work/cases`, in its order.
    pub fn listed(&self, list: &str) -> Result<Vec<String>> {
        let page = self.open(list)?.page();
        let folder = format!("{}/", list.split('?').next().unwrap_or_default());
        let is_record = |href: &String| {
            href.strip_prefix(&folder)
                .is_some_and(|id| id.len() == 36 && !id.contains('/'))
        };
        let mut found: Vec<String> = page.links().into_iter().map(|link| link.href).collect();
        found.retain(is_record);
        found.dedup();
        Ok(found)
    }

    /// Waits until the list names a record that is not among `known`, and gives its address.
    pub fn arrives(&self, list: &str, known: &[String]) -> Result<String> {
        let found = waiting::until(BY_ITSELF, || match self.listed(list) {
            Ok(listed) => listed
                .into_iter()
                .find(|path| !known.contains(path))
                .map(Ok),
            Err(error) => Some(Err(error)),
        });
        found.with_context(|| format!("nothing came to {} in {list}", self.called))?
    }

    /// Waits until the page says this, and gives the page.
    pub fn until_said(&self, path: &str, words: &str) -> Result<Reply> {
        let mut last = String::new();
        let found = waiting::until(BY_ITSELF, || match self.open(path) {
            Ok(reply) => {
                last = shortly(&reply);
                let said = reply.page().text().contains(words);
                said.then_some(Ok(reply))
            }
            Err(error) => Some(Err(error)),
        });
        found.with_context(|| format!("{path} never says {words:?} but {last}"))?
    }

    /// Waits until the page no longer says this, and gives the page.
    pub fn until_gone(&self, path: &str, words: &str) -> Result<Reply> {
        let found = waiting::until(BY_ITSELF, || match self.open(path) {
            Ok(reply) => {
                let gone = !reply.page().text().contains(words);
                gone.then_some(Ok(reply))
            }
            Err(error) => Some(Err(error)),
        });
        found.with_context(|| format!("{path} says {words:?} for ever"))?
    }

    fn noted(&self, reply: Reply) -> Reply {
        if let Ok(mut trail) = self.trail.lock() {
            trail.push_str(&format!("{} {}\n", reply.path, reply.page().title()));
        }
        reply
    }
}

/// Fills in a form as a person can: only what it offers.
fn fill(mut form: Form, fields: &[(&str, &str)]) -> Result<Form> {
    for (at, (name, value)) in fields.iter().enumerate() {
        let offered: Vec<&str> = form
            .offered
            .iter()
            .filter(|(has, _)| has == name)
            .map(|(_, value)| value.as_str())
            .collect();
        ensure!(
            offered.is_empty() || offered.contains(value),
            "{name} offers {offered:?}, not {value:?}"
        );
        let again = fields[..at].iter().any(|(before, _)| before == name);
        form = if again {
            form.and(name, value)
        } else {
            form.with(name, value)
        };
    }
    Ok(form)
}

/// The beginning of what a page says, without the frame around it.
pub fn shortly(reply: &Reply) -> String {
    let page = reply.page();
    let main = page.words_of("main").join(" ");
    let text = if main.is_empty() { page.text() } else { main };
    text.chars().take(1500).collect()
}
