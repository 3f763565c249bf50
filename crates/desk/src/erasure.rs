//! Erasing what is kept about a person (AVG 17): the record itself with everything under it and the copies that were made to
//! send, and, when asked, what others received of it or sent before (AVG 19).
//!
//! A person has another identity in every compartment; what connects them is only what was disclosed. Following that is no
//! search: each step opens one disclosure in the store of its sender, or one record that a disclosure brought. Nothing is
//! erased of a matter that is about other people too; it is named, and a person decides.

use std::collections::VecDeque;

use domain::arrival::Via;
use domain::ids::DisclosureId;
use jiff::Timestamp;
use serde::Serialize;
use vault::{Change, Store, Stored, VaultError};

use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::{CaseFile, StoredPerson};
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::intake::{IntakeFile, IntakePerson, StoredReflection};
use crate::opinion::OpinionFile;
use crate::registration::{StoredRegistration, leave_count};
use crate::restriction;
use crate::retention::hold_on;
use crate::share::StoredReceived;

/// What goes in one compartment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concerned {
    /// The store.
    pub compartment: &'static str,
    /// Type of the record at the head.
    pub kind: String,
    /// That record.
    pub record: String,
    /// Everything that goes, the head last.
    pub records: Vec<String>,
    /// It is about other people too; only the one that was asked for can be.
    #[serde(skip)]
    pub others_too: bool,
    #[serde(skip)]
    store: Store,
}

/// What stays in another compartment, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// The store.
    pub compartment: &'static str,
    /// The record at its head.
    pub record: String,
    /// `not_asked`: only one compartment was asked for. `others_too`: it is about other people as well.
    pub why: &'static str,
}

/// What an erasure would take, and what it leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What goes; the one that was asked for first.
    pub matters: Vec<Concerned>,
    /// What stays elsewhere.
    pub left: Vec<Left>,
}

/// A place where data of the person are: a store and a record in it.
type Place = (Store, String);

/// Finds what an erasure takes. `everywhere` follows what was disclosed into other compartments; else those are only named.
pub async fn plan(desk: &Desk, store: Store, record: &str, everywhere: bool) -> Result<Plan> {
    let mut plan = Plan::default();
    let mut open: VecDeque<Place> = VecDeque::from([(store, record.to_owned())]);
    let mut seen: Vec<Place> = Vec::new();
    while let Some((store, record)) = open.pop_front() {
        let Some(part) = part_of(desk, store, &record).await? else {
            // The first must be there; what was followed may have gone by its own term.
            if seen.is_empty() {
                return Err(DeskError::NotFound { what: "record" });
            }
            continue;
        };
        let place = (store, part.head.clone());
        if seen.contains(&place) {
            continue;
        }
        let first = seen.is_empty();
        seen.push(place);
        if !first && (part.shared || !everywhere) {
            plan.left.push(Left {
                compartment: store.name(),
                record: part.head,
                why: if part.shared {
                    "others_too"
                } else {
                    "not_asked"
                },
            });
            continue;
        }
        open.extend(linked(desk, store, &part).await?);
        for (store, record) in &part.beside {
            plan.left.push(Left {
                compartment: store.name(),
                record: record.clone(),
                why: "others_too",
            });
        }
        plan.matters.push(Concerned {
            compartment: store.name(),
            kind: part.kind,
            record: part.head,
            records: part.records,
            others_too: part.shared,
            store,
        });
    }
    Ok(plan)
}

/// Destroys what a plan takes: a change for each compartment, whose entry holds the ground; the one that was asked for last, so that
/// an erasure that broke off can be begun again from it. A legal hold on anything stops all of it.
pub async fn erase(desk: &Desk, now: Timestamp, ground: &str, plan: &Plan) -> Result<()> {
    let permit = permit(&Actor::System, UseCase::EraseRecords)?;
    for matter in &plan.matters {
        if let Some(hold) = hold_on(desk, matter.store, &matter.records).await? {
            return Err(DeskError::rule(
                "legal-hold",
                format!(
                    "a legal hold keeps this record: release it first with `samen retention release {hold} --reason …`"
                ),
            ));
        }
    }
    for matter in &plan.matters {
        if restriction::keeps(desk, matter.store, &matter.records, now).await? {
            return Err(DeskError::rule(
                "restricted",
                "processing of this is restricted (AVG 18; Wpg 28): it is kept until the restriction has ended, or whoever keeps the record writes down a ground and carries her request out",
            ));
        }
    }
    for matter in plan.matters.iter().rev() {
        let mut context = permit.context(now);
        "operator".clone_into(&mut context.actor);
        ground.clone_into(&mut context.ground);
        let mut change = matter
            .records
            .iter()
            .fold(Change::new(context), |change, id| change.erase(id.clone()));
        if matter.kind == StoredRegistration::KIND.name {
            change = leave_count(desk, change, &matter.record).await?;
        }
        desk.vault.apply(matter.store, change).await?;
    }
    Ok(())
}

/// What one compartment has about the person.
struct Part {
    head: String,
    kind: String,
    records: Vec<String>,
    /// It is about other people too: only what is under `head` would go.
    shared: bool,
    /// The disclosure that brought it, and from where.
    came: Option<(Store, DisclosureId)>,
    /// Matters around it that are about other people too.
    beside: Vec<Place>,
}

/// What belongs to a record: itself, what is under it, the copies that were sent. A person's record stands for the matter that
/// is about nobody else.
async fn part_of(desk: &Desk, store: Store, record: &str) -> Result<Option<Part>> {
    let Some((kind, clear, _)) = desk.vault.clear_of(store, record).await? else {
        return Ok(None);
    };
    let parent = clear.parent.unwrap_or_default();
    if store == Store::K3 && kind == StoredPerson::KIND.name {
        return case(desk, &parent).await.map(Some);
    }
    if store == Store::K3 && kind == CaseFile::KIND.name {
        return case(desk, record).await.map(Some);
    }
    if store == Store::K5 && kind == IntakePerson::KIND.name {
        return person_of_intake(desk, &parent, record).await.map(Some);
    }
    if store == Store::K5 && kind == IntakeFile::KIND.name {
        return intake(desk, record).await.map(Some);
    }
    let came = match (store, kind == OpinionFile::KIND.name) {
        (Store::K4, true) => {
            let file = desk.vault.load::<OpinionFile>(record).await?;
            Some((Store::K3, file.body.thread))
        }
        _ => None,
    };
    Ok(Some(Part {
        records: with_head(desk.vault.ids_under(store, record).await?, record),
        head: record.to_owned(),
        kind,
        shared: false,
        came,
        beside: Vec::new(),
    }))
}

fn with_head(mut records: Vec<String>, head: &str) -> Vec<String> {
    records.retain(|id| id != head);
    records.push(head.to_owned());
    records
}

async fn case(desk: &Desk, id: &str) -> Result<Part> {
    let file = desk.vault.load::<CaseFile>(id).await?.body;
    let came = file.arrival.as_ref().map(|arrival| match arrival.via {
        Via::Report => (Store::K1, arrival.disclosure),
        Via::Handover { .. } => (Store::K5, arrival.disclosure),
    });
    Ok(Part {
        records: with_head(desk.vault.ids_under(Store::K3, id).await?, id),
        head: id.to_owned(),
        kind: CaseFile::KIND.name.to_owned(),
        shared: false,
        came,
        beside: Vec::new(),
    })
}

async fn intake(desk: &Desk, id: &str) -> Result<Part> {
    let file = desk.vault.load::<IntakeFile>(id).await?.body;
    let people = desk.vault.load_children::<IntakePerson>(id).await?.len();
    Ok(Part {
        records: with_head(desk.vault.ids_under(Store::K5, id).await?, id),
        head: id.to_owned(),
        kind: IntakeFile::KIND.name.to_owned(),
        shared: people > 1,
        came: file.intake.from.map(|from| (Store::K1, from)),
        beside: Vec::new(),
    })
}

/// A person of an intake: the whole intake when she is the only one in it, else only what is hers.
async fn person_of_intake(desk: &Desk, id: &str, person: &str) -> Result<Part> {
    let whole = intake(desk, id).await?;
    if !whole.shared {
        return Ok(whole);
    }
    let mut records = desk.vault.ids_under(Store::K5, person).await?;
    for period in desk.vault.load_children::<StoredReflection>(id).await? {
        if period.body.person.to_string() == person {
            records.extend(desk.vault.ids_under(Store::K5, &period.id).await?);
            records.push(period.id);
        }
    }
    let mut beside = vec![(Store::K5, id.to_owned())];
    if let Some((from, disclosure)) = whole.came
        && let Some(sent) = sent(desk, from, &disclosure.to_string()).await?
    {
        beside.extend(sent.subject.map(|subject| (from, subject)));
    }
    Ok(Part {
        records: with_head(records, person),
        head: person.to_owned(),
        kind: IntakePerson::KIND.name.to_owned(),
        shared: false,
        came: None,
        beside,
    })
}

/// Where else data of the person are: what was sent of it, and what it came from.
async fn linked(desk: &Desk, store: Store, part: &Part) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    if let Some((from, disclosure)) = part.came
        && let Some(sent) = sent(desk, from, &disclosure.to_string()).await?
    {
        places.extend(sent.subject.map(|subject| (from, subject)));
    }
    for id in &part.records {
        if let Some(sent) = sent(desk, store, id).await? {
            places.extend(received(desk, &sent).await?);
        }
    }
    Ok(places)
}

/// The disclosure with this identity in the store of its sender, if the record is one and still there.
async fn sent(desk: &Desk, store: Store, id: &str) -> Result<Option<Disclosure>> {
    match desk.vault.load_in::<Disclosure>(store, id).await {
        Ok(found) => Ok(Some(found.body)),
        Err(VaultError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What became of a disclosure where it arrived.
async fn received(desk: &Desk, sent: &Disclosure) -> Result<Vec<Place>> {
    let vault = &desk.vault;
    let id = sent.id.to_string();
    let ids: Vec<String> = match &sent.payload {
        Payload::RoutedReport(_) if sent.to == Store::K5 => {
            let found = vault.load_by_term::<IntakeFile>("disclosure", &id).await?;
            found.into_iter().map(|f| f.id).collect()
        }
        Payload::RoutedReport(_) | Payload::ToCare(_) => {
            let found = vault.load_by_term::<CaseFile>("disclosure", &id).await?;
            found.into_iter().map(|f| f.id).collect()
        }
        Payload::Registration(registration) => vec![registration.id.to_string()],
        Payload::OpinionRequest(_) => {
            let found = vault.load_by_term::<OpinionFile>("thread", &id).await?;
            found.into_iter().map(|f| f.id).collect()
        }
        // What a share brought: the receiver's record, with the content under it. Answers come back to the share itself.
        Payload::Share(_) => {
            let Some(share) = sent.thread.filter(|_| sent.subject.is_some()) else {
                return Ok(Vec::new());
            };
            let found = vault
                .load_by_term_in::<StoredReceived>(sent.to, "share", &share.to_string())
                .await?;
            found.into_iter().map(|f| f.id).collect()
        }
        // Word about a matter that is found by what began it, or nothing about a person.
        Payload::RouteAnswer(_)
        | Payload::Count(_)
        | Payload::WithdrawRegistration(_)
        | Payload::ReflectionStatus(_)
        | Payload::OpinionChange(_)
        | Payload::OpinionStatus(_)
        | Payload::Figures(_)
        // A part of a request lies under the record that it is about and goes with it.
        | Payload::RequestPart(_)
        | Payload::RequestAnswer(_) => Vec::new(),
    };
    Ok(ids.into_iter().map(|id| (sent.to, id)).collect())
}
