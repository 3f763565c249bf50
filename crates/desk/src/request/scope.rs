//! What an erasure takes in one compartment, and what keeps it: looked at before anything goes, and again when it does.

use std::collections::BTreeMap;

use domain::SafeText;
use sha2::{Digest, Sha256};
use vault::{Store, Stored};

use crate::Desk;
use crate::case::CaseFile;
use crate::erasure::{self, Left};
use crate::error::{DeskError, Result};
use crate::intake::{IntakeFile, IntakePerson};
use crate::opinion::OpinionFile;
use crate::registration::StoredRegistration;
use crate::report::StoredReport;
use crate::retention::{Term, holds_on};
use crate::share::{StoredContent, StoredReceived};

/// Why what is held does not go.
pub(super) const HELD: &str = "a legal hold keeps this record: it cannot be erased while somebody needs it for a claim or a trial";

/// What goes here and what stays elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// How many records of each kind go.
    pub kinds: BTreeMap<String, usize>,
    /// It is about other people too: Samen cannot take out what is hers alone.
    pub others_too: bool,
    /// What stays in other compartments: each answers for itself.
    pub left: Vec<Left>,
    /// Why somebody needs it longer, for each legal hold in force (AVG 17(3)(e)).
    pub holds: Vec<SafeText>,
    /// The clock of the term that it would have without her request: the law or choice that says how long it is kept.
    pub term: Option<&'static str>,
    /// What was looked at: what goes is the same, or somebody looks again.
    pub mark: String,
    pub(super) kind: String,
    pub(super) records: Vec<String>,
}

/// What goes of a record of a store with everything under it, but for `keep`.
pub(super) async fn scope(
    desk: &Desk,
    store: Store,
    about: &str,
    keep: &[String],
) -> Result<Scope> {
    let (kind, mut records, others_too, left) = match kind_of(desk, store, about).await? {
        // The outline names nobody and is needed until the share has ended; the content is what is about her.
        Some(kind) if kind == StoredReceived::KIND.name => {
            let content = (desk.vault)
                .load_children_in::<StoredContent>(store, about)
                .await?;
            let ids = content.into_iter().map(|found| found.id).collect();
            (kind, ids, false, Vec::new())
        }
        Some(_) => {
            let plan = erasure::plan(desk, store, about, false).await?;
            let left = plan.left;
            let first = plan.matters.into_iter().next();
            let first = first.ok_or(DeskError::NotFound { what: "record" })?;
            (first.kind, first.records, first.others_too, left)
        }
        None => return Err(DeskError::NotFound { what: "record" }),
    };
    records.retain(|id| !keep.contains(id));
    let mut kinds = BTreeMap::new();
    for id in &records {
        if let Some(kind) = kind_of(desk, store, id).await? {
            *kinds.entry(kind).or_default() += 1;
        }
    }
    let mut held = records.clone();
    held.push(about.to_owned());
    let holds = holds_on(desk, store, &held).await?;
    Ok(Scope {
        kinds,
        others_too,
        left,
        mark: mark(&records),
        holds: holds.into_iter().map(|hold| hold.reason).collect(),
        term: term(&kind),
        kind,
        records,
    })
}

async fn kind_of(desk: &Desk, store: Store, id: &str) -> Result<Option<String>> {
    let found = desk.vault.clear_of(store, id).await?;
    Ok(found.map(|(kind, _, _)| kind))
}

/// The same records have the same mark.
fn mark(records: &[String]) -> String {
    let mut sorted: Vec<&str> = records.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    hex::encode(Sha256::digest(sorted.join(" ")))
}

fn term(kind: &str) -> Option<&'static str> {
    let terms = [
        (StoredReport::KIND.name, Term::FollowedReport),
        (CaseFile::KIND.name, Term::CareFile),
        (IntakeFile::KIND.name, Term::PoliceFile),
        (IntakePerson::KIND.name, Term::PoliceFile),
        (StoredRegistration::KIND.name, Term::Registration),
        (OpinionFile::KIND.name, Term::Opinion),
    ];
    let found = terms.into_iter().find(|(name, _)| *name == kind);
    found.map(|(_, term)| term.code())
}

impl Scope {
    /// Nothing keeps it, and what goes is what was looked at.
    pub(super) fn may_go(&self, mark: &str) -> Result<()> {
        if !self.holds.is_empty() {
            return Err(DeskError::rule("request-held", HELD));
        }
        if self.others_too {
            let why =
                "this is about other people too: take out what is hers yourself, and say where";
            return Err(DeskError::rule("request-others-too", why));
        }
        self.seen(mark)
    }

    /// What was looked at is what is there.
    pub(super) fn seen(&self, mark: &str) -> Result<()> {
        match self.mark == mark {
            true => Ok(()),
            false => Err(DeskError::rule(
                "request-look-again",
                "something was added or taken away since you looked: look again",
            )),
        }
    }
}
