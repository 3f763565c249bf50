//! Word to one colleague about a matter: it was taken over, its glass was broken, she was added to the team, somebody asks to join.
//!
//! A record of its own, because who loses a matter may not open it any more and must hear all the same. It is kept in the matter's own
//! compartment; its name there is from the time when only cases opened by assignment.

use domain::ids::{OrgId, UserId};
use domain::need::{MatterId, MatterKind, Refusal, ReviewOutcome};
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Filter, Kind, Opened, Order, Store, Stored};

use super::kind::{deeds, store};
use super::open::{of_org, why};
use crate::Desk;
use crate::access::permit;
use crate::actor::Actor;
use crate::case::{fresh, guard};
use crate::error::{DeskError, Result};

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum NoticeKind {
    /// A colleague took over what one led.
    TakenOver,
    /// A colleague broke the glass of what one leads.
    GlassBroken {
        /// Until when she may look.
        until: Timestamp,
    },
    /// That one broke the glass, or that it was broken, was reviewed.
    GlassReviewed {
        /// How.
        outcome: ReviewOutcome,
    },
    /// One was added to the team.
    AddedToTeam,
    /// One was taken off the team.
    RemovedFromTeam,
    /// A colleague asks to be added to the team.
    AsksToJoin,
    /// Another organisation took over the case that one offered: it is closed here from now on.
    TransferAccepted,
    /// Another organisation refused the case that one offered.
    TransferRefused,
}

/// Word to one colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// About which matter.
    #[serde(rename = "case")]
    pub matter: MatterId,
    /// To whom.
    pub to: UserId,
    /// What.
    pub kind: NoticeKind,
    /// Who did it, and when.
    pub by: By,
    /// As colleagues know her.
    pub name: String,
    /// Why, in her words.
    pub reason: Option<SafeText>,
    /// When it was put away as read.
    pub seen: Option<Timestamp>,
}

/// A notice as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredNotice(pub Notice);

const UNREAD: &str = "unread";
const SEEN: &str = "seen";

impl Stored for StoredNotice {
    const KIND: Kind = Kind {
        name: "case_notice",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent, Clear::Assignee],
        terms: &[],
    };
}

/// A notice in the list.
#[derive(Debug, Clone)]
pub struct NoticeView {
    /// Record.
    pub id: String,
    /// Version to name when putting it away.
    pub version: i64,
    /// What it says.
    pub notice: Notice,
}

fn draft(id: &str, org: &str, notice: &Notice) -> Result<Draft> {
    let clear = ClearData {
        state: if notice.seen.is_some() { SEEN } else { UNREAD }.to_owned(),
        org: Some(org.to_owned()),
        parent: Some(notice.matter.record().to_string()),
        assignee: Some(notice.to.to_string()),
        ..ClearData::default()
    };
    let draft = Draft::new(id, &StoredNotice(notice.clone()), clear)?;
    Ok(draft.in_store(store(notice.matter.kind)))
}

/// Adds word to a colleague to a change.
#[allow(
    clippy::too_many_arguments,
    reason = "the change, who, when, which matter, whose, to whom, what and why"
)]
pub(crate) fn notice(
    desk: &Desk,
    change: Change,
    actor: &Actor,
    now: Timestamp,
    matter: MatterId,
    owner: OrgId,
    to: UserId,
    kind: NoticeKind,
    reason: Option<SafeText>,
) -> Result<Change> {
    let notice = Notice {
        matter,
        to,
        kind,
        by: actor.by(now)?,
        name: actor.person()?.name.clone(),
        reason,
        seen: None,
    };
    let id = desk.vault.new_id(now).to_string();
    Ok(change.create(draft(&id, &owner.to_string(), &notice)?))
}

/// Every notice about a matter, oldest first, for a rule to work on.
pub(crate) async fn all_of(desk: &Desk, id: MatterId) -> Result<Vec<Opened<StoredNotice>>> {
    let record = id.record().to_string();
    let vault = &desk.vault;
    Ok(vault.load_children_in(store(id.kind), &record).await?)
}

/// How many notices wait for this actor in the compartment of this kind of matter: a number, for the work list.
pub async fn notices_waiting(desk: &Desk, actor: &Actor, kind: MatterKind) -> Result<usize> {
    permit(actor, deeds(kind).notices)?;
    Ok(rows(desk, actor, store(kind)).await?.len())
}

async fn rows(desk: &Desk, actor: &Actor, store: Store) -> Result<Vec<vault::ListRow>> {
    let me = actor.person()?;
    let filter = Filter {
        states: vec![UNREAD.to_owned()],
        orgs: vec![me.org.to_string()],
        assignee: Some(me.user.to_string()),
        ..Filter::default()
    };
    let kind = Kind {
        store,
        ..StoredNotice::KIND
    };
    let page = desk.vault.list(&kind, &filter, Order::Newest, None, 100);
    Ok(page.await?.rows)
}

/// The notices that wait for this actor in the compartment of this kind of matter, newest first; the journal says that they were shown.
pub async fn notices(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    kind: MatterKind,
) -> Result<Vec<NoticeView>> {
    let permit = permit(actor, deeds(kind).notices)?;
    let mut change = Change::new(permit.context(now));
    for row in rows(desk, actor, store(kind)).await? {
        change = change.read(row.id, &["all"]);
    }
    if change.is_empty() {
        return Ok(Vec::new());
    }
    let applied = desk.vault.apply(store(kind), change).await?;
    let mut out = Vec::new();
    for read in applied.reads {
        let found = read.typed::<StoredNotice>()?;
        out.push(NoticeView {
            id: found.id,
            version: found.version,
            notice: found.body.0,
        });
    }
    Ok(out)
}

/// Puts a notice away as read.
pub async fn notice_seen(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    kind: MatterKind,
    id: &str,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, deeds(kind).notices)?;
    let missing = || DeskError::NotFound { what: "notice" };
    let found = desk.vault.load_in::<StoredNotice>(store(kind), id).await;
    let found = found.map_err(|e| DeskError::from(e).what("notice"))?;
    if found.body.0.to != actor.person()?.user {
        return Err(missing());
    }
    fresh(&found, seen)?;
    let after = Notice {
        seen: Some(now),
        ..found.body.0
    };
    let org = found.clear.org.ok_or_else(missing)?;
    let record = draft(&found.id, &org, &after)?.changing(&["seen"]);
    let change = Change::new(permit.context(now)).update(record, seen);
    desk.vault.apply(store(kind), change).await?;
    Ok(())
}

/// Asks whoever leads a matter to be added to its team, with the reason.
pub async fn ask_to_join(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let id = id.into();
    let permit = permit(actor, deeds(id.kind).ask)?;
    let held = of_org(desk, actor, id).await?;
    guard(&[("reason", Some(&reason))], looked)?;
    let refused = why(desk, actor, now, &held).await?.err();
    let Some(Refusal::NotAssigned { lead }) = refused else {
        return Err(DeskError::rule(
            "need-nobody-to-ask",
            "there is nobody to ask: it is open for you, or nobody leads it",
        ));
    };
    let change = Change::new(permit.context(now));
    let kind = NoticeKind::AsksToJoin;
    let reason = Some(reason);
    let change = notice(desk, change, actor, now, id, held.owner, lead, kind, reason)?;
    desk.vault.apply(store(id.kind), change).await?;
    Ok(())
}
