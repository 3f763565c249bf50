//! The people of each compartment carry out what they granted, and care hears that it was done.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::DataCode;
use domain::request::{Done, Part, PartState, Reach, Right, Told, Way};
use domain::restriction::Act;
use domain::share::Portion;
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, Opened, Store, Stored};

use super::carry::{WayInput, erasing, shelter_is_over, was_changed};
use super::empty::{self, Emptying};
use super::part::{case_of, own, word};
use super::records::StoredPart;
use super::refused;
use super::scope::{HELD, Scope, scope};
use crate::Desk;
use crate::access::permit;
use crate::actor::Actor;
use crate::case::{CaseFile, fresh, load};
use crate::error::{DeskError, Result};
use crate::registration::{StoredRegistration, leave_count};
use crate::restriction;
use crate::retention::holds_on;
use crate::share::end_for_erasure;

/// What whoever carries a part out sees first.
#[derive(Debug, Clone)]
pub struct PartCarryView {
    /// The part.
    pub part: Part,
    /// Version to name.
    pub version: i64,
    /// The record that it is about; none: it is gone already.
    pub about: Option<String>,
    /// The categories that were granted; none: everything.
    pub data: BTreeSet<DataCode>,
    /// Of an erasure of everything: what goes.
    pub whole: Option<Scope>,
    /// Of an erasure of categories: what Samen takes out; none: somebody does it by hand.
    pub some: Option<Emptying>,
    /// Somebody changed the record since it was granted, by the journal.
    pub changed: bool,
    /// Why somebody needs it longer, for each legal hold on it.
    pub holds: Vec<SafeText>,
}

/// What was granted, and when.
fn granted(part: &Part) -> Result<(BTreeSet<DataCode>, Timestamp)> {
    let PartState::Granted { by, answer, .. } = part.state() else {
        return Err(refused(domain::request::RequestError::NotNow(
            part.state_name(),
        )));
    };
    let data = match answer.reach() {
        Reach::Whole => BTreeSet::new(),
        Reach::Categories(data) => data.clone(),
    };
    Ok((data, by.at))
}

/// Shows what carrying it out would do. The journal says who looked.
pub async fn carry_view_part(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
) -> Result<PartCarryView> {
    let permit = permit(actor, case_of(store)?)?;
    let found = own(desk, actor, store, id).await?;
    let (data, since) = granted(&found.body.part)?;
    let change = Change::new(permit.context(now)).read(id, &["all"]);
    desk.vault.apply(store, change).await?;
    let there = is_there(desk, store, &found.body.about).await?;
    let whole = match there && found.body.part.right == Right::Erasure && data.is_empty() {
        true => Some(all_of(desk, store, &found).await?),
        false => None,
    };
    let ids = ids(desk, store, &found).await?;
    let holds = holds_on(desk, store, &ids).await?;
    let some = match found.body.part.right {
        Right::Erasure => empty::look(desk, store, &found.body.about, &data, now).await?,
        _ => None,
    };
    Ok(PartCarryView {
        some,
        version: found.version,
        about: there.then(|| found.body.about.clone()),
        changed: was_changed(desk, store, &ids, since).await?,
        holds: holds.into_iter().map(|hold| hold.reason).collect(),
        part: found.body.part,
        data,
        whole,
    })
}

/// The categories of these records of which a correction was granted and is still to be made.
pub(crate) async fn part_corrections(
    desk: &Desk,
    store: Store,
    records: &[String],
) -> Result<BTreeSet<DataCode>> {
    let mut out = BTreeSet::new();
    for record in records {
        let parts = desk.vault.load_children_in::<StoredPart>(store, record);
        for found in parts.await? {
            let PartState::Granted { answer, .. } = found.body.part.state() else {
                continue;
            };
            match answer.reach() {
                _ if found.body.part.right != Right::Correction => {}
                Reach::Whole => out.extend(Portion::HELD.into_iter().map(DataCode::literal)),
                Reach::Categories(data) => out.extend(data.iter().cloned()),
            }
        }
    }
    Ok(out)
}

async fn is_there(desk: &Desk, store: Store, about: &str) -> Result<bool> {
    Ok(desk.vault.clear_of(store, about).await?.is_some())
}

/// Everything here about her, but for the part itself, which tells that it went.
async fn all_of(desk: &Desk, store: Store, found: &Opened<StoredPart>) -> Result<Scope> {
    let mut keep = desk.vault.ids_under(store, &found.id).await?;
    keep.push(found.id.clone());
    scope(desk, store, &found.body.about, &keep).await
}

/// The record that it is about with what lies under it, without the part and its words.
async fn ids(desk: &Desk, store: Store, found: &Opened<StoredPart>) -> Result<Vec<String>> {
    let own = desk.vault.ids_under(store, &found.id).await?;
    let mut ids = desk.vault.ids_under(store, &found.body.about).await?;
    ids.push(found.body.about.clone());
    ids.retain(|id| *id != found.id && !own.contains(id));
    Ok(ids)
}

/// A case of another care organisation: no room stays taken, and whoever has a share of it is told.
async fn end_case(
    desk: &Desk,
    change: Change,
    found: &Opened<StoredPart>,
    now: Timestamp,
) -> Result<(Change, Vec<Told>)> {
    let missing = |_| DeskError::NotFound { what: "case" };
    let case = found.body.about.parse().map_err(missing)?;
    let file = load(desk, case).await?;
    shelter_is_over(desk, &file.body).await?;
    let change = change.clear_timers(file.id);
    let all = BTreeSet::new();
    let (change, told, _) = end_for_erasure(desk, change, case, &all, &found.id, now).await?;
    Ok((change, told))
}

/// Carries a part out, in one change of its compartment; care hears what was done.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, where, which, seen, how, and whether somebody looked"
)]
pub async fn carry_out_part(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    id: &str,
    seen: i64,
    input: WayInput,
    looked: bool,
) -> Result<()> {
    let case = case_of(store)?;
    let permit = permit(actor, case)?;
    let found = own(desk, actor, store, id).await?;
    fresh(&found, seen)?;
    input.guarded(looked)?;
    let (data, since) = granted(&found.body.part)?;
    let mut change = Change::new(permit.context(now));
    let mut told = Vec::new();
    let ids = ids(desk, store, &found).await?;
    // What Samen can destroy as a whole nobody says to have done by hand.
    let erases = found.body.part.right == Right::Erasure;
    let by_samen = match data.is_empty() {
        true => {
            erases
                && is_there(desk, store, &found.body.about).await?
                && !all_of(desk, store, &found).await?.others_too
        }
        false => {
            let some = empty::look(desk, store, &found.body.about, &data, now).await?;
            erases && some.is_some()
        }
    };
    match &input {
        WayInput::Changed | WayInput::Elsewhere { .. } if by_samen => {
            return Err(refused(domain::request::RequestError::Way));
        }
        WayInput::Erase { mark } => {
            if !erases {
                return Err(refused(domain::request::RequestError::Way));
            }
            let about = [found.body.about.clone()];
            restriction::check(desk, store, &about, Act::Erase, &data, now).await?;
            if !data.is_empty() {
                not_held(desk, store, &ids).await?;
                change = erasing(&permit, now, id);
                let about = &found.body.about;
                change = empty::empty(desk, change, store, about, &data, now, mark).await?;
                return done(
                    desk,
                    actor,
                    now,
                    store,
                    found,
                    change,
                    input.way(),
                    data,
                    told,
                )
                .await;
            }
            let whole = all_of(desk, store, &found).await?;
            whole.may_go(mark)?;
            change = erasing(&permit, now, id);
            for record in &whole.records {
                change = change.erase(record.clone());
            }
            if whole.kind == CaseFile::KIND.name {
                (change, told) = end_case(desk, change, &found, now).await?;
            }
            if whole.kind == StoredRegistration::KIND.name {
                change = leave_count(desk, change, &found.body.about).await?;
            }
        }
        WayInput::Changed if !was_changed(desk, store, &ids, since).await? => {
            return Err(DeskError::rule(
                "request-not-changed",
                "nobody changed this record since it was granted: change it first, or say where it was done",
            ));
        }
        WayInput::Keep { .. } if holds_on(desk, store, &ids).await?.is_empty() => {
            let why = "nothing keeps it: no legal hold is on it, so it is carried out";
            return Err(DeskError::rule("request-not-held", why));
        }
        _ => {}
    }
    done(
        desk,
        actor,
        now,
        store,
        found,
        change,
        input.way(),
        data,
        told,
    )
    .await
}

/// A legal hold on any of it keeps it.
async fn not_held(desk: &Desk, store: Store, ids: &[String]) -> Result<()> {
    match holds_on(desk, store, ids).await?.is_empty() {
        true => Ok(()),
        false => Err(DeskError::rule("request-held", HELD)),
    }
}

/// The part with what was done, and the word of it to care, in the change that does it.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, where, which part, the change, and what was done"
)]
async fn done(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    store: Store,
    found: Opened<StoredPart>,
    change: Change,
    way: Way,
    data: BTreeSet<DataCode>,
    told: Vec<Told>,
) -> Result<()> {
    let by = actor.by(now)?;
    let done = Done {
        on: dutch_date(now),
        way,
        data,
        told,
    };
    let id = found.id.clone();
    let next = found.body.part.clone().carry_out(by, done);
    let next = next.map_err(refused)?;
    let (case, before) = (case_of(store)?, found.body.answered);
    let sent = word(desk, store, case, &next, by, now, &id, before);
    let stored = StoredPart {
        part: next,
        ..found.body
    };
    let draft = stored.draft(store, &id, &["state", "done"])?;
    let mut change = change.update(draft, found.version);
    if let Some(sent) = sent {
        change = sent.send(change)?;
    }
    desk.vault.apply(store, change).await?;
    Ok(())
}
