//! The desk as one value: the vault, the vocabulary and what is remembered for a few seconds.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, RwLock};

use ::law::Law;

use domain::code::{MunicipalityCode, OrgKind};
use domain::opinion::AdmissionRule;
use domain::routing::{Regions, RoutingRules};
use domain::time::dutch_date;
use domain::vocabulary::{ClockCode, Vocabulary};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use vault::Vault;

use crate::actor::Actor;
use crate::directory::{Directory, Organisation};
use crate::error::{DeskError, Result};
use crate::guesses::Guesses;
use crate::placement::HousesKept;

/// What a host can set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether everything in this installation is made up; shown on every page.
    pub made_up: bool,
    /// Months between two editions of the progress letter; the government reads its promise as twice a year.
    pub letter_cycle_months: u8,
    /// Which requests for an opinion are admitted; the rule of the pilot of 2018 unless a host sets another.
    pub admission: AdmissionRule,
    /// How long an offered room is held, in minutes.
    pub hold_minutes: u32,
    /// Address of the register of processing activities; records of the logs refer to it.
    pub register: Option<String>,
    /// Number to call when something cannot wait and the program cannot answer.
    pub duty_phone: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            made_up: false,
            letter_cycle_months: 6,
            admission: AdmissionRule::PILOT,
            hold_minutes: 120,
            register: None,
            duty_phone: None,
        }
    }
}

/// The desk. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// Where everything is kept.
    pub vault: Vault,
    /// The field's words.
    pub vocabulary: Arc<Vocabulary>,
    /// Where reports go and why.
    pub routing: Arc<RoutingRules>,
    /// What the host set.
    pub settings: Arc<Settings>,
    memory: Arc<Memory>,
    /// The host's own law of sharing; none: the one that comes with the program.
    law: Option<Arc<Law>>,
}

#[derive(Default)]
struct Memory {
    directory: RwLock<Arc<Directory>>,
    sessions: Mutex<HashMap<String, (Actor, Timestamp)>>,
    attempts: Attempts,
    houses: HousesKept,
    register: vault::Mirror<crate::plan::StoredAction>,
    guesses: Guesses,
    laws: Mutex<BTreeSet<String>>,
}

/// How long a session's holder is remembered without asking the store: the longest that a blocked account can go on.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(5);

impl Desk {
    /// A desk over an open vault.
    pub async fn open(
        vault: Vault,
        vocabulary: Arc<Vocabulary>,
        settings: Settings,
    ) -> Result<Desk> {
        let routing = RoutingRules::standard()
            .map_err(|e| DeskError::Setup(format!("routing rules: {e}")))?;
        let desk = Desk {
            vault,
            vocabulary,
            routing: Arc::new(routing),
            settings: Arc::new(settings),
            memory: Arc::default(),
            law: None,
        };
        desk.refresh_directory().await?;
        Ok(desk)
    }

    /// The same desk with a law of the host's own, already checked.
    #[must_use]
    pub fn with_law(mut self, law: Arc<Law>) -> Desk {
        self.law = Some(law);
        self
    }

    /// Whether the files of the law with this digest are kept, as far as this process knows.
    pub(crate) fn knows_law(&self, digest: &str) -> bool {
        self.memory
            .laws
            .lock()
            .is_ok_and(|laws| laws.contains(digest))
    }

    pub(crate) fn remember_law(&self, digest: &str) {
        if let Ok(mut laws) = self.memory.laws.lock() {
            laws.insert(digest.to_owned());
        }
    }

    pub(crate) fn own_law(&self) -> Option<Arc<Law>> {
        self.law.clone()
    }

    /// The organisations as known now.
    pub fn directory(&self) -> Arc<Directory> {
        self.memory
            .directory
            .read()
            .map(|directory| directory.clone())
            .unwrap_or_default()
    }

    /// Reads the organisations again; other processes may have changed them.
    pub async fn refresh_directory(&self) -> Result<()> {
        let all = self.vault.load_all::<Organisation>(&[]).await?;
        let directory = Directory::new(
            all.into_iter()
                .filter_map(|found| found.id.parse().ok().map(|id| (id, found.body))),
        );
        if let Ok(mut slot) = self.memory.directory.write() {
            *slot = Arc::new(directory);
        }
        Ok(())
    }

    pub(crate) fn remembered(&self, token: &str, now: Timestamp) -> Option<Actor> {
        let sessions = self.memory.sessions.lock().ok()?;
        let (actor, since) = sessions.get(token)?;
        (now.duration_since(*since) < REMEMBERED).then(|| actor.clone())
    }

    pub(crate) fn remember(&self, token: &str, actor: &Actor, now: Timestamp) {
        if let Ok(mut sessions) = self.memory.sessions.lock() {
            if sessions.len() > 10_000 {
                sessions.clear();
            }
            sessions.insert(token.to_owned(), (actor.clone(), now));
        }
    }

    pub(crate) fn forget_sessions(&self) {
        if let Ok(mut sessions) = self.memory.sessions.lock() {
            sessions.clear();
        }
    }

    pub(crate) fn houses(&self) -> &HousesKept {
        &self.memory.houses
    }

    /// The register of actions as it was last looked at.
    pub(crate) fn register(&self) -> &vault::Mirror<crate::plan::StoredAction> {
        &self.memory.register
    }

    pub(crate) fn attempts(&self) -> &Attempts {
        &self.memory.attempts
    }

    /// What guards the doors that open with a code alone.
    pub(crate) fn guesses(&self) -> &Guesses {
        &self.memory.guesses
    }

    /// When a clock of the vocabulary, started now, ends.
    pub fn deadline(&self, clock: &str, start: Timestamp) -> Result<Timestamp> {
        let code = ClockCode::new(clock).map_err(|e| DeskError::Setup(e.to_string()))?;
        let clock = self
            .vocabulary
            .clock(&code, dutch_date(start))
            .map_err(|e| DeskError::Setup(e.to_string()))?;
        Ok(clock.deadline(start))
    }

    /// The police unit of a municipality: the region by which lists are filtered.
    pub fn region_of(
        &self,
        municipality: Option<&MunicipalityCode>,
        at: Timestamp,
    ) -> Option<String> {
        self.regions_of(municipality, at)
            .police_unit
            .map(|unit| unit.to_string())
    }

    /// The regions in which a municipality lies.
    pub fn regions_of(&self, municipality: Option<&MunicipalityCode>, at: Timestamp) -> Regions {
        let found =
            municipality.and_then(|code| self.vocabulary.municipality(code, dutch_date(at)).ok());
        let Some(found) = found else {
            return Regions::default();
        };
        let safety = found.facts.safety_region.clone();
        Regions {
            police_unit: Some(found.facts.police_unit.clone()),
            care_region: Some(safety.clone()),
            veilig_thuis: Some(safety),
        }
    }

    /// Whether a person can name this kind of organisation as a receiver of data of her care.
    pub fn receives_care(&self, kind: &OrgKind, day: Date) -> bool {
        let known = self.vocabulary.organisation_kind(kind, day);
        known.is_ok_and(|kind| kind.facts.receives_care)
    }

    /// Whether a person's help can be handed over to this kind of organisation.
    pub fn takes_over(&self, kind: &OrgKind, day: Date) -> bool {
        let known = self.vocabulary.organisation_kind(kind, day);
        known.is_ok_and(|kind| kind.facts.takes_over)
    }

    pub(crate) fn check_org_kind(&self, kind: &OrgKind, now: Timestamp) -> Result<()> {
        match self.vocabulary.organisation_kind(kind, dutch_date(now)) {
            Ok(_) => Ok(()),
            Err(error) => Err(DeskError::field("kind", "unknown", error)),
        }
    }
}

/// Failed sign-ins a name: after five the waiting time doubles, up to a quarter of an hour.
#[derive(Default)]
pub(crate) struct Attempts {
    failures: Mutex<HashMap<String, (u32, Timestamp)>>,
}

impl Attempts {
    const FREE: u32 = 5;

    pub(crate) fn allow(&self, name: &str, now: Timestamp) -> Result<()> {
        let Ok(failures) = self.failures.lock() else {
            return Err(DeskError::SignInRefused);
        };
        let Some((count, last)) = failures.get(name) else {
            return Ok(());
        };
        if *count < Self::FREE {
            return Ok(());
        }
        let wait = 15i64 << (count - Self::FREE).min(6);
        let until = last
            .saturating_add(SignedDuration::from_secs(wait.min(900)))
            .unwrap_or(Timestamp::MAX);
        if now >= until {
            return Ok(());
        }
        Err(DeskError::TooManyAttempts {
            seconds: until.duration_since(now).as_secs().max(1),
        })
    }

    pub(crate) fn failed(&self, name: &str, now: Timestamp) {
        if let Ok(mut failures) = self.failures.lock() {
            if failures.len() > 100_000 {
                failures.clear();
            }
            let entry = failures.entry(name.to_owned()).or_insert((0, now));
            *entry = (entry.0.saturating_add(1), now);
        }
    }

    pub(crate) fn succeeded(&self, name: &str) {
        if let Ok(mut failures) = self.failures.lock() {
            failures.remove(name);
        }
    }
}
