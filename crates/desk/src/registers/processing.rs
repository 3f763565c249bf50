//! The register of processing (art. 30 AVG) and the facts for a DPIA (art. 35), both as the program is configured now.

use std::collections::{BTreeMap, BTreeSet};

use ::law::RegisterEntry;
use domain::time::dutch_date;
use domain::vocabulary::{ClockLength, Lang};
use jiff::Timestamp;
use serde::Serialize;
use vault::{Change, Store};

use crate::Desk;
use crate::access::{RULES, Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;
use crate::logboek::{Activity, Logboek, NO_REGISTER};

/// The register of a day: what the program does, and what may be shared.
#[derive(Debug, Clone, Serialize)]
pub struct Register {
    /// The day.
    pub on: jiff::civil::Date,
    /// The program's own acts.
    pub activities: Vec<Activity>,
    /// The acts of sharing, from the law that is in force here.
    pub sharing: Vec<RegisterEntry>,
}

/// Makes the register; the journal says that it was asked for.
pub async fn register(desk: &Desk, actor: &Actor, now: Timestamp, lang: Lang) -> Result<Register> {
    let permit = permit(actor, UseCase::ReadRegisters)?;
    let look = Change::new(permit.context(now)).look("register", "processing", &[]);
    desk.vault.apply(Store::System, look).await?;
    let on = dutch_date(now);
    let logboek = Logboek::new(desk, NO_REGISTER, env!("CARGO_PKG_VERSION"))?;
    Ok(Register {
        on,
        activities: crate::logboek::register(&logboek, &desk.vocabulary, on, lang)?,
        sharing: desk.law()?.register(on, lang),
    })
}

/// What one store is, by the tables that the program runs by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompartmentFacts {
    /// Its name.
    pub store: String,
    /// Roles that people can have here, each with how many use cases.
    pub roles: BTreeMap<&'static str, usize>,
    /// Use cases that run by themselves.
    pub by_itself: usize,
    /// Legal grounds.
    pub grounds: BTreeSet<&'static str>,
    /// Purposes, codes of the vocabulary.
    pub purposes: BTreeSet<&'static str>,
    /// Categories of data, codes of the vocabulary.
    pub data: BTreeSet<String>,
    /// Categories among them that are special or criminal data (art. 9 and 10 AVG).
    pub special: BTreeSet<String>,
    /// Compartments and parties that receive something.
    pub recipients: BTreeSet<String>,
    /// Terms after which something is destroyed, codes of clocks.
    pub terms: BTreeSet<String>,
    /// Entries in its journal.
    pub entries: i64,
}

/// The facts.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    /// When they were taken.
    pub at: Timestamp,
    /// The stores: apart from each other, each with its own keys and journal.
    pub stores: Vec<CompartmentFacts>,
    /// Terms of keeping that nobody has decided yet, codes of clocks.
    pub undecided: Vec<String>,
    /// Fingerprint of the key that signs the journals.
    pub signing_key: String,
    /// Whether everything here is made up.
    pub made_up: bool,
    /// Version of the law of sharing that is in force.
    pub law: String,
}

/// Takes the facts; the journal says that they were asked for.
pub async fn facts(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Facts> {
    let permit = permit(actor, UseCase::ReadRegisters)?;
    let look = Change::new(permit.context(now)).look("register", "dpia", &[]);
    desk.vault.apply(Store::System, look).await?;
    let on = dutch_date(now);
    let head = desk.vault.signed_head(now).await?;
    let logboek = Logboek::new(desk, NO_REGISTER, env!("CARGO_PKG_VERSION"))?;
    let activities = crate::logboek::register(&logboek, &desk.vocabulary, on, Lang::Nl)?;
    let stores = Store::ALL
        .into_iter()
        .map(|store| {
            let entries = head.heads.iter().find(|head| head.store == store);
            one(desk, store, &activities, entries.map_or(0, |head| head.seq))
        })
        .collect();
    let undecided = desk
        .vocabulary
        .clocks
        .valid_on(on)
        .filter(|clock| clock.facts.length == ClockLength::HostDecides)
        .map(|clock| clock.code.to_string())
        .collect();
    Ok(Facts {
        at: now,
        stores,
        undecided,
        signing_key: head.key.chars().take(16).collect(),
        made_up: desk.settings.made_up,
        law: desk.law()?.version().version.clone(),
    })
}

fn one(desk: &Desk, store: Store, activities: &[Activity], entries: i64) -> CompartmentFacts {
    let mut out = CompartmentFacts {
        store: store.name().to_owned(),
        roles: BTreeMap::new(),
        by_itself: 0,
        grounds: BTreeSet::new(),
        purposes: BTreeSet::new(),
        data: BTreeSet::new(),
        special: BTreeSet::new(),
        recipients: BTreeSet::new(),
        terms: BTreeSet::new(),
        entries,
    };
    for rule in RULES.iter().filter(|rule| rule.store == store) {
        out.grounds.insert(rule.ground);
        out.purposes.insert(rule.purpose);
        for role in rule.roles {
            match role {
                Role::System => out.by_itself += 1,
                role => *out.roles.entry(role.code()).or_default() += 1,
            }
        }
        let code = crate::logboek::activity_code(rule.name);
        let words = &desk.vocabulary.processing_activities;
        if let Some(activity) = activities.iter().find(|a| a.code == code) {
            out.data.extend(activity.data_categories.iter().cloned());
            out.recipients.extend(activity.recipients.iter().cloned());
        }
        let entry = words.all().iter().find(|entry| entry.code.as_str() == code);
        if let Some(entry) = entry {
            let terms = entry.facts.retention.iter().map(ToString::to_string);
            out.terms.extend(terms);
        }
    }
    let categories = &desk.vocabulary.data_categories;
    out.special = out
        .data
        .iter()
        .filter(|code| {
            let known = categories.all().iter().find(|e| e.code.as_str() == **code);
            known.is_some_and(|entry| entry.facts.special)
        })
        .cloned()
        .collect();
    out
}
