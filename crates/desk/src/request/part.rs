//! The people of each compartment answer their own part.

use domain::ids::DisclosureId;
use domain::request::{Part, Refusal, Right};
use domain::{By, SafeText};
use jiff::Timestamp;
use vault::{Change, Counts, Cursor, Filter, Opened, Order, Page, Store};

use super::answers::PartAnswered;
use super::handle::{AnswerInput, names_what, owner};
use super::looked::looked;
use super::records::{StoredPart, part_kind};
use super::{PURPOSE, refused, restrict};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::fresh;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};

/// A part as its people see it.
#[derive(Debug, Clone)]
pub struct PartView {
    /// The part.
    pub part: Part,
    /// Version to name when answering.
    pub version: i64,
    /// The record of this compartment that it is about.
    pub about: String,
    /// Its type.
    pub about_kind: String,
    /// The record above it, where it has one.
    pub above: Option<String>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub enum PartInput {
    /// An answer for the person.
    Answer(Box<AnswerInput>),
    /// Nothing about her is held here.
    Nothing,
    /// Nothing may be told (Wpg 27), with the reason and ground for the authority.
    Withhold {
        /// Why.
        reason: SafeText,
        /// The ground in law.
        ground: SafeText,
    },
}

/// The use case under which a compartment answers; none: it has no parts.
pub fn part_case(store: Store) -> Option<UseCase> {
    Some(match store {
        Store::K1 => UseCase::AnswerPartSignals,
        Store::K2 => UseCase::AnswerPartRegistration,
        Store::K3 => UseCase::AnswerPartCare,
        Store::K4 => UseCase::AnswerPartOpinion,
        Store::K5 => UseCase::AnswerPartInvestigation,
        _ => return None,
    })
}

pub(super) fn case_of(store: Store) -> Result<UseCase> {
    part_case(store).ok_or(DeskError::NotFound { what: "part" })
}

/// Compartments with several organisations, where each sees its own.
fn by_org(store: Store) -> bool {
    matches!(store, Store::K3 | Store::K5)
}

/// The parts of a compartment that wait, or that were answered.
pub async fn list_parts(
    desk: &Desk,
    actor: &Actor,
    store: Store,
    states: Vec<String>,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, case_of(store)?)?;
    let mut filter = Filter {
        states,
        ..Filter::default()
    };
    if by_org(store) {
        filter.orgs = vec![actor.person()?.org.to_string()];
    }
    let kind = part_kind(store);
    let page = desk
        .vault
        .list(&kind, &filter, Order::Due, after, 50)
        .await?;
    Ok((page, desk.vault.counts(&kind, &filter).await?))
}

/// Reads a part.
pub async fn read_part(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
) -> Result<PartView> {
    let permit = permit(actor, case_of(store)?)?;
    let found = own(desk, actor, store, id).await?;
    let change = Change::new(permit.context(now)).read(id, &["all"]);
    desk.vault.apply(store, change).await?;
    let about = desk.vault.clear_of(store, &found.body.about).await?;
    let (about_kind, above) = match about {
        Some((kind, clear, _)) => (kind, clear.parent),
        None => (String::new(), None),
    };
    Ok(PartView {
        version: found.version,
        about: found.body.about,
        part: found.body.part,
        about_kind,
        above,
    })
}

/// Answers a part. An answer goes to care; nothing else leaves the compartment.
pub async fn respond(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
    seen: i64,
    input: PartInput,
) -> Result<()> {
    let case = case_of(store)?;
    let permit = permit(actor, case)?;
    let found = own(desk, actor, store, id).await?;
    fresh(&found, seen)?;
    let by = actor.by(now)?;
    let part = found.body.part.clone();
    let mut restricted = None;
    let next = match input {
        PartInput::Nothing => part.nothing(by),
        PartInput::Withhold { reason, ground } => part.withhold(by, Refusal { reason, ground }),
        PartInput::Answer(input) => {
            let mut given = input.answer(now)?;
            names_what(part.right, &given)?;
            restricted = restrict::ground(part.right, &given, input.restriction)?;
            if part.right == Right::Access {
                given = given.with_looked(looked(desk, store, &found.body.about).await?);
            }
            part.answer(by, given, owner(actor)?)
        }
    };
    let mut next = next.map_err(refused)?;
    let mut change = Change::new(permit.context(now));
    if let Some(ground) = restricted {
        let about = &found.body.about;
        (change, next) =
            restrict::mark_part(desk, change, next, store, id, about, ground, by).await?;
    }
    let sent = word(desk, store, case, &next, by, now, id, None);
    let stored = StoredPart {
        part: next,
        answered: sent.as_ref().map(|sent| sent.id),
        ..found.body
    };
    let draft = stored.draft(store, id, &["state"])?;
    change = change.update(draft, seen);
    if let Some(sent) = sent {
        change = sent.send(change)?;
    }
    desk.vault.apply(store, change).await?;
    Ok(())
}

/// What goes to care, if anything does. It belongs to the part, which stays when what it is about goes.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, where, which part, and what went before"
)]
pub(super) fn word(
    desk: &Desk,
    store: Store,
    case: UseCase,
    part: &Part,
    by: By,
    now: Timestamp,
    id: &str,
    completes: Option<DisclosureId>,
) -> Option<Disclosure> {
    let answer = part.goes_out()?.clone();
    Some(Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: store,
        to: Store::K3,
        org: None,
        by: Some(by),
        at: now,
        purpose: PURPOSE.to_owned(),
        ground: case.rule().ground.to_owned(),
        consent: None,
        thread: Some(part.origin),
        subject: Some(id.to_owned()),
        payload: Payload::RequestAnswer(Box::new(PartAnswered {
            from: part.of,
            origin: part.origin,
            answer,
            completes,
        })),
    })
}

/// A part of one's own compartment, and of one's own organisation where there are several; any other is not found.
pub(super) async fn own(
    desk: &Desk,
    actor: &Actor,
    store: Store,
    id: &str,
) -> Result<Opened<StoredPart>> {
    let found = desk
        .vault
        .load_in::<StoredPart>(store, id)
        .await
        .map_err(|e| DeskError::from(e).what("part"))?;
    let mine = actor.person()?.org.to_string();
    if by_org(store) && found.body.org.as_deref() != Some(mine.as_str()) {
        return Err(DeskError::NotFound { what: "part" });
    }
    Ok(found)
}
