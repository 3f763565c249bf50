//! A country of one's own: its organisations, accounts and rooms are there, and nothing has happened yet.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, ensure};
use system_tests::{Account, Server, Store, StoreKind, command};

use super::somebody::Somebody;

/// Everybody who works in the country, by role and organisation. The organisation is a part of its name that no other has.
pub const DESK: (&str, &str) = ("signal_desk", "CoMensha");
/// Finds rooms.
pub const PLACEMENT: (&str, &str) = ("placement_officer", "CoMensha");
/// Receives registrations and counts.
pub const REGISTRAR: (&str, &str) = ("registrar", "CoMensha");
/// The Labour Authority.
pub const LABOUR: (&str, &str) = ("investigator", "Arbeidsinspectie");
/// Reads the journals.
pub const AUDITOR: (&str, &str) = ("auditor", "Autoriteit Persoonsgegevens");
/// Prepares opinions.
pub const SECRETARY: (&str, &str) = ("panel_secretary", "Commissie");
/// Writes the letter.
pub const PROGRAMME: (&str, &str) = ("programme_office", "Programmabureau");
/// Makes accounts.
pub const PEOPLE: (&str, &str) = ("people_admin", "CoMensha");

/// The police of a unit, such as `Den Haag`.
pub fn police(unit: &str) -> (&'static str, String) {
    ("investigator", format!("Politie, eenheid {unit}"))
}

/// The care coordinator of a region, such as `Haaglanden`.
pub fn care(region: &str) -> (&'static str, String) {
    ("care_coordinator", format!("Zorgcoördinatie {region},"))
}

/// The country while it runs.
pub struct Country {
    server: Server,
    store: Store,
    people: Mutex<BTreeMap<(String, String), Arc<Somebody>>>,
    visitors: Mutex<Vec<Arc<Somebody>>>,
}

impl Country {
    /// A fresh country on this kind of store, without any report in it.
    pub fn begin(kind: StoreKind) -> Result<Self> {
        Self::with_reports(kind, "0")
    }

    /// The same with this number of reports; among 21 and more are the stories that are told by name.
    pub fn with_reports(kind: StoreKind, reports: &str) -> Result<Self> {
        let store = Store::fresh(kind)?;
        let server = Server::demo(&store, &["--seed", "7", "--reports", reports])?;
        Ok(Self {
            server,
            store,
            people: Mutex::default(),
            visitors: Mutex::default(),
        })
    }

    /// Somebody without an account, with a fresh browser.
    pub fn visitor(&self, called: &str) -> Result<Arc<Somebody>> {
        let visitor = Arc::new(Somebody::new(called, self.server.client()));
        let mut all = self.visitors.lock().map_err(|_| broken())?;
        all.push(visitor.clone());
        Ok(visitor)
    }

    /// Somebody at work, signed in; the same one when asked again. Give one of the constants, [`police`] or [`care`].
    pub fn at_work(&self, (role, organisation): (&str, impl AsRef<str>)) -> Result<Arc<Somebody>> {
        let organisation = organisation.as_ref();
        let key = (role.to_owned(), organisation.to_owned());
        let mut people = self.people.lock().map_err(|_| broken())?;
        if let Some(person) = people.get(&key) {
            return Ok(person.clone());
        }
        let accounts = self.server.accounts()?.all();
        let account = accounts
            .iter()
            .find(|has| has.role == role && has.organisation.contains(organisation))
            .with_context(|| format!("nobody at {organisation:?} has the role {role}"))?;
        let person = self.enter(account)?;
        people.insert(key, person.clone());
        Ok(person)
    }

    /// The person with this account, signed in; the same one when asked again. For a role that several people at one organisation have.
    pub fn account(&self, user: &str) -> Result<Arc<Somebody>> {
        let key = (user.to_owned(), String::new());
        let mut people = self.people.lock().map_err(|_| broken())?;
        if let Some(person) = people.get(&key) {
            return Ok(person.clone());
        }
        let accounts = self.server.accounts()?.all();
        let account = accounts.iter().find(|has| has.user == user);
        let person = self.enter(account.with_context(|| format!("there is no account {user}"))?)?;
        people.insert(key, person.clone());
        Ok(person)
    }

    /// Gives an organisation of the country a worker that it had not, as the administrator of people does on the pages.
    pub fn hire(&self, role: &str, organisation: &str) -> Result<Arc<Somebody>> {
        let key = (role.to_owned(), organisation.to_owned());
        let admin = self.at_work(PEOPLE)?;
        let list = admin.open("/work/people")?;
        let page = admin.click(&list, "Account toevoegen")?;
        let user = format!("{role}-{}", self.people.lock().map_err(|_| broken())?.len());
        let form = page.page().form_with(&["user_name", "org"])?;
        let org = form.option("org", organisation)?;
        let fields = [
            ("name", "Iemand van hier"),
            ("user_name", user.as_str()),
            ("org", org.as_str()),
            ("roles", role),
        ];
        let made = admin.press(&page, "Account maken", &fields)?.page();
        let codes = made.words_of_class("samen-code");
        ensure!(codes.len() >= 2, "no password is shown: {}", made.text());
        let account = Account {
            user,
            password: codes[0].clone(),
            totp_secret: codes[1].split_whitespace().collect(),
            role: role.to_owned(),
            organisation: organisation.to_owned(),
        };
        let person = self.enter(&account)?;
        let mut people = self.people.lock().map_err(|_| broken())?;
        people.insert(key, person.clone());
        Ok(person)
    }

    fn enter(&self, account: &Account) -> Result<Arc<Somebody>> {
        let client = self.server.client();
        account.sign_in(&client)?;
        let called = format!("{} at {}", account.role, account.organisation);
        Ok(Arc::new(Somebody::new(&called, client)))
    }

    /// Everything the operator could read so far, without the list of the demonstration's own accounts and organisations.
    pub fn log(&self) -> String {
        let log = self.server.log();
        let lines = log
            .lines()
            .filter(|line| !line.starts_with("{\"accounts\""));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// All journals, as an outsider gets them: one entry a line.
    pub fn journal(&self) -> Result<String> {
        let out: PathBuf = self.store.folder().join("journal.jsonl");
        let mut arguments = vec!["journal".to_owned(), "export".to_owned()];
        arguments.extend(self.store.flags());
        arguments.extend(["--out".to_owned(), out.to_string_lossy().into_owned()]);
        command::run(arguments)?.expect_status(0)?;
        let text = std::fs::read_to_string(&out)?;
        std::fs::remove_file(&out)?;
        Ok(text)
    }

    /// Addresses and titles of every page that anybody saw so far: what browsers, proxies and bookmarks keep.
    pub fn trail(&self) -> Result<String> {
        let mut trail = String::new();
        for person in self.people.lock().map_err(|_| broken())?.values() {
            trail.push_str(&person.trail());
        }
        for visitor in self.visitors.lock().map_err(|_| broken())?.iter() {
            trail.push_str(&visitor.trail());
        }
        Ok(trail)
    }
}

fn broken() -> anyhow::Error {
    anyhow::anyhow!("another thread of this test failed")
}
