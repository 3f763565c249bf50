//! Somebody who walks through the pages as a person does: by links and forms that are really there, with choices that are really offered.

use std::cell::RefCell;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::accounts::Account;
use crate::client::{Client, Reply};
use crate::page::{Form, Page};
use crate::server::Server;
use crate::waiting::until;

/// How long something may take that the program brings from one compartment to another by itself.
const DELIVERY: Duration = Duration::from_secs(60);

/// One person with a browser, who remembers where she was.
#[derive(Debug)]
pub struct Walker {
    name: String,
    client: Client,
    seen: RefCell<Vec<Seen>>,
}

/// What the address bar and the tab showed.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Path and query.
    pub address: String,
    /// Title of the tab.
    pub title: String,
}

impl Walker {
    /// Somebody without an account.
    #[must_use]
    pub fn visitor(server: &Server, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            client: server.client(),
            seen: RefCell::default(),
        }
    }

    /// Signs in with the account of this user name.
    ///
    /// # Errors
    /// When there is no such account, or it is not let in.
    pub fn sign_in(server: &Server, user: &str) -> Result<Self> {
        let all = server.accounts()?.all();
        let account = all.iter().find(|account| account.user == user);
        Self::as_account(
            server,
            account.with_context(|| format!("there is no account {user}"))?,
        )
    }

    /// Signs in with this account.
    ///
    /// # Errors
    /// When it is not let in.
    pub fn as_account(server: &Server, account: &Account) -> Result<Self> {
        let walker = Self::visitor(server, &account.user);
        account.sign_in(&walker.client)?;
        Ok(walker)
    }

    /// Who this is, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Asks for an address and gives whatever comes, refusals too.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn ask(&self, path: &str) -> Result<Reply> {
        let reply = self.client.visit(path)?;
        self.note(&reply);
        Ok(reply)
    }

    /// Opens a page that must be there.
    ///
    /// # Errors
    /// When it is not.
    pub fn open(&self, path: &str) -> Result<Reply> {
        self.ask(path)?
            .expect_status(200)
            .context(self.name.clone())
    }

    /// Follows the first link that says `words`.
    ///
    /// # Errors
    /// When there is no such link, or it leads nowhere.
    pub fn click(&self, at: &Reply, words: &str) -> Result<Reply> {
        let link = at.page().link(words);
        let link = link.with_context(|| format!("{} at {}", self.name, at.path))?;
        let href = link.href.split('#').next().unwrap_or_default();
        let here = at.path.split('?').next().unwrap_or_default();
        match href.starts_with('?') {
            true => self.open(&format!("{here}{href}")),
            false => self.open(href),
        }
    }

    /// Fills in the form that takes the names in `values` and sends it; gives the page that follows.
    ///
    /// # Errors
    /// When the page has no such form, does not offer a chosen value, or the answer is no page that says it worked.
    pub fn fill(&self, at: &Reply, values: &[(&str, &str)]) -> Result<Reply> {
        let reply = self.try_fill(at, values)?;
        self.expect_done(at, reply)
    }

    /// As [`Walker::fill`], and gives refusals too.
    ///
    /// # Errors
    /// When the page has no such form, or does not offer a chosen value.
    pub fn try_fill(&self, at: &Reply, values: &[(&str, &str)]) -> Result<Reply> {
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        let form = at.page().form_with(&names);
        let form = form.with_context(|| format!("{} at {}", self.name, at.path))?;
        self.send(at, &filled(form, values)?)
    }

    /// Presses the button with these words, in the form that has it; gives the page that follows.
    ///
    /// # Errors
    /// When no form has it, or the answer is no page that says it worked.
    pub fn press(&self, at: &Reply, words: &str) -> Result<Reply> {
        self.press_with(at, words, &[])
    }

    /// As [`Walker::press`], after filling in values in the same form.
    ///
    /// # Errors
    /// As [`Walker::press`] and [`Walker::fill`].
    pub fn press_with(&self, at: &Reply, words: &str, values: &[(&str, &str)]) -> Result<Reply> {
        let reply = self.try_press(at, words, values)?;
        self.expect_done(at, reply)
    }

    /// As [`Walker::press_with`], and gives refusals too.
    ///
    /// # Errors
    /// When no form has the button, or does not offer a chosen value.
    pub fn try_press(&self, at: &Reply, words: &str, values: &[(&str, &str)]) -> Result<Reply> {
        let forms = at.page().forms();
        let has = |form: &&Form| form.buttons.iter().any(|(_, _, said)| said.contains(words));
        let form = forms.iter().find(has).cloned().with_context(|| {
            let said: Vec<_> = forms.iter().map(|form| &form.buttons).collect();
            format!(
                "{} at {}: no button says {words:?}; they say {said:?}",
                self.name, at.path
            )
        })?;
        self.send(at, &filled(form, values)?.press(words)?)
    }

    /// Opens a page again and again until `ready` finds what another part of the program still has to bring.
    ///
    /// # Errors
    /// When it does not come; the message shows the page's words.
    pub fn wait<T>(&self, path: &str, ready: impl Fn(&Reply) -> Option<T>) -> Result<T> {
        let mut last = None;
        let found = until(DELIVERY, || {
            let reply = self.open(path).ok()?;
            let found = ready(&reply);
            last = Some(reply);
            found
        });
        found.with_context(|| {
            let words = last.map(|reply| reply.page().text()).unwrap_or_default();
            format!("{} waited in vain at {path}: {words}", self.name)
        })
    }

    /// Every address and title that was on this screen.
    #[must_use]
    pub fn trail(&self) -> Vec<Seen> {
        self.seen.borrow().clone()
    }

    fn send(&self, at: &Reply, form: &Form) -> Result<Reply> {
        let reply = self.client.submit(at, form)?;
        if reply.location().is_none() {
            self.note(&reply);
            return Ok(reply);
        }
        let reply = self.client.follow(reply)?;
        self.note(&reply);
        Ok(reply)
    }

    fn expect_done(&self, at: &Reply, reply: Reply) -> Result<Reply> {
        ensure!(
            reply.status == 200,
            "{} at {}: {} answered {}: {}",
            self.name,
            at.path,
            reply.path,
            reply.status,
            reply.page().text().chars().take(900).collect::<String>()
        );
        Ok(reply)
    }

    fn note(&self, reply: &Reply) {
        let title = reply.page().title();
        let address = reply.path.clone();
        self.seen.borrow_mut().push(Seen { address, title });
    }
}

/// The form with these values; of a name that comes again, all of them.
fn filled(mut form: Form, values: &[(&str, &str)]) -> Result<Form> {
    for (number, (name, value)) in values.iter().enumerate() {
        let choices: Vec<&str> = form
            .offered
            .iter()
            .filter(|(of, _)| of == name)
            .map(|(_, value)| value.as_str())
            .collect();
        ensure!(
            choices.is_empty() || choices.contains(value),
            "{name} does not offer {value:?}, but {choices:?}"
        );
        let again = values[..number].iter().any(|(before, _)| before == name);
        form = match again {
            true => form.and(name, value),
            false => form.with(name, value),
        };
    }
    Ok(form)
}

/// The values and words of the list with this name, in order.
#[must_use]
pub fn options(page: &Page, name: &str) -> Vec<(String, String)> {
    let start = format!("name=\"{name}\"");
    let Some((_, list)) = page.html().split_once(&start) else {
        return Vec::new();
    };
    let list = list.split("</select>").next().unwrap_or_default();
    let read = |option: &str| {
        let (_, value) = option.split_once("value=\"")?;
        let (value, rest) = value.split_once('"')?;
        let (_, words) = rest.split_once('>')?;
        let words = words.split('<').next().unwrap_or_default();
        Some((value.to_owned(), words.trim().to_owned()))
    };
    list.split("<option").skip(1).filter_map(read).collect()
}

/// The value of the option in the list `name` that says `words`.
///
/// # Errors
/// When no option says so.
pub fn option(page: &Page, name: &str, words: &str) -> Result<String> {
    let all = options(page, name);
    let found = all.iter().find(|(_, said)| said.contains(words));
    let found = found.map(|(value, _)| value.clone());
    found.with_context(|| format!("{name} has no option {words:?}; it has {all:?}"))
}

/// What stands behind a label in a list of facts or a table row that begins with it.
///
/// # Errors
/// When the page has no such label.
pub fn fact(page: &Page, label: &str) -> Result<String> {
    let labels = page.words_of("dt");
    let values = page.words_of("dd");
    if let Some(at) = labels.iter().position(|said| said == label) {
        return values.get(at).cloned().context("a label without a value");
    }
    let row = page
        .rows()
        .into_iter()
        .find(|row| row.first().is_some_and(|first| first == label));
    let row = row.with_context(|| format!("nothing is called {label:?}; there are {labels:?}"))?;
    Ok(row.get(1..).unwrap_or_default().join(" "))
}
