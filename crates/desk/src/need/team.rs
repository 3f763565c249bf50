//! The team of a matter: colleagues of the same organisation who work on it, each added with a reason. Kept in the matter's own
//! compartment; its name there is from the time when only cases opened by assignment.

use domain::ids::{OrgId, UserId};
use domain::need::MatterId;
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Filter, Kind, Opened, Order, Store, Stored};

use super::held::{Held, find};
use super::kind::{answering, deeds, store};
use super::notice::{NoticeKind, notice};
use super::open::{may_work, opens};
use crate::Desk;
use crate::access::permit;
use crate::accounts::{ACTIVE, Account, AccountSummary};
use crate::actor::Actor;
use crate::case::{fresh, guard};
use crate::error::{DeskError, Result};

/// How somebody left a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// Why.
    pub reason: SafeText,
    /// Who took her off it, and when.
    pub by: By,
}

/// Somebody on the team of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// As colleagues know her.
    pub name: String,
    /// Of which organisation: that of the matter.
    pub org: OrgId,
    /// Why she was added.
    pub reason: SafeText,
    /// By whom, and when.
    pub added: By,
    /// How she left it; none: she is on it.
    pub left: Option<Left>,
}

/// A member as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredMember(pub Member);

/// State of somebody who is on a team.
pub(crate) const ON_TEAM: &str = "on_team";
/// State of somebody who left it.
pub(crate) const LEFT: &str = "left";

impl Stored for StoredMember {
    const KIND: Kind = Kind {
        name: "case_team",
        store: Store::K3,
        schema: 1,
        // The moment of leaving stands in the clear, so that the watch can tell who was on the team when.
        clear: &[
            Clear::State,
            Clear::Org,
            Clear::Parent,
            Clear::Assignee,
            Clear::Due,
        ],
        terms: &[],
    };
}

/// A member, with her record.
#[derive(Debug, Clone)]
pub struct MemberView {
    /// Record.
    pub id: String,
    /// Version to name when she leaves.
    pub version: i64,
    /// Who, since when, why.
    pub member: Member,
}

/// A colleague who can be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub user: UserId,
    /// As colleagues know her.
    pub name: String,
}

/// Colleagues that one page offers at most.
const MOST: usize = 200;

fn draft(id: &str, matter: MatterId, member: &Member) -> Result<Draft> {
    let clear = ClearData {
        state: if member.left.is_some() { LEFT } else { ON_TEAM }.to_owned(),
        org: Some(member.org.to_string()),
        parent: Some(matter.record().to_string()),
        assignee: Some(member.user.to_string()),
        due: member.left.as_ref().map(|left| left.by.at),
        ..ClearData::default()
    };
    let draft = Draft::new(id, &StoredMember(member.clone()), clear)?;
    Ok(draft.in_store(store(matter.kind)))
}

/// Everybody who is or was on the team of a matter, oldest first, for a rule to work on.
pub(crate) async fn of_matter(desk: &Desk, id: MatterId) -> Result<Vec<Opened<StoredMember>>> {
    let record = id.record().to_string();
    let vault = &desk.vault;
    Ok(vault.load_children_in(store(id.kind), &record).await?)
}

/// Who is on the team now.
pub(crate) async fn now_on_team(desk: &Desk, id: MatterId) -> Result<Vec<UserId>> {
    let all = of_matter(desk, id).await?;
    let on = all.into_iter().filter(|found| found.body.0.left.is_none());
    Ok(on.map(|found| found.body.0.user).collect())
}

/// Everybody is off the team: the matter went to another organisation.
pub(crate) async fn all_leave(
    desk: &Desk,
    mut change: Change,
    id: MatterId,
    by: By,
) -> Result<Change> {
    let on = of_matter(desk, id).await?;
    for found in on.into_iter().filter(|found| found.body.0.left.is_none()) {
        let reason = SafeText::new("reason", "Overgedragen aan een andere organisatie.", 100)
            .map_err(|error| DeskError::Setup(error.to_string()))?;
        let after = Member {
            left: Some(Left { reason, by }),
            ..found.body.0
        };
        let record = draft(&found.id, id, &after)?.changing(&["left"]);
        change = change.update(record, found.version);
    }
    Ok(change)
}

/// A matter on which this actor works now.
async fn worked(desk: &Desk, actor: &Actor, now: Timestamp, id: MatterId) -> Result<Held> {
    let held = find(desk, id).await?;
    let because = opens(desk, actor, now, &held).await?;
    held.can_be_led()?;
    may_work(because)?;
    Ok(held)
}

/// The team of a matter, with who can be added.
#[derive(Debug, Clone)]
pub struct TeamPage {
    /// Version of the matter, to name when adding somebody.
    pub version: i64,
    /// Who is on it now, oldest first.
    pub members: Vec<MemberView>,
    /// Who can be added.
    pub colleagues: Vec<Colleague>,
}

/// The team of a matter on which this actor works; the journal says that it was shown.
pub async fn team_page(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
) -> Result<TeamPage> {
    let id = id.into();
    let permit = permit(actor, deeds(id.kind).team()?)?;
    let held = worked(desk, actor, now, id).await?;
    let all = of_matter(desk, id).await?;
    let on = all.into_iter().filter(|found| found.body.0.left.is_none());
    let members: Vec<MemberView> = on
        .map(|found| MemberView {
            id: found.id,
            version: found.version,
            member: found.body.0,
        })
        .collect();
    let mut change = Change::new(permit.context(now));
    for member in &members {
        change = change.read(&member.id, &["all"]);
    }
    if !change.is_empty() {
        desk.vault.apply(store(id.kind), change).await?;
    }
    Ok(TeamPage {
        version: held.version,
        members,
        colleagues: colleagues(desk, actor, now, id).await?,
    })
}

/// The colleagues who can be added: people of the same organisation who answer for such matters, may sign in and are not on the team yet.
pub async fn colleagues(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
) -> Result<Vec<Colleague>> {
    let id = id.into();
    permit(actor, deeds(id.kind).team()?)?;
    let held = worked(desk, actor, now, id).await?;
    let there = now_on_team(desk, id).await?;
    let filter = Filter {
        states: vec![ACTIVE.to_owned()],
        orgs: vec![actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let kind = &Account::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Newest, None, MOST)
        .await?;
    let mut out = Vec::new();
    for row in page.rows {
        let summary: Option<AccountSummary> = serde_json::from_value(row.summary).ok();
        let answers = |s: AccountSummary| answering(id.kind).iter().any(|r| s.roles.contains(r));
        let Ok(user) = row.id.parse::<UserId>() else {
            continue;
        };
        if !summary.is_some_and(answers) || there.contains(&user) || held.lead == Some(user) {
            continue;
        }
        let name = desk.vault.load::<Account>(&row.id).await?.body.name;
        out.push(Colleague { user, name });
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}

/// Adds a colleague to the team, with the reason. She is told.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, whom and why"
)]
pub async fn add_to_team(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
    seen: i64,
    user: UserId,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let id = id.into();
    let permit = permit(actor, deeds(id.kind).team()?)?;
    let held = worked(desk, actor, now, id).await?;
    if held.version != seen {
        return Err(DeskError::Conflict);
    }
    guard(&[("reason", Some(&reason))], looked)?;
    let colleague = colleagues(desk, actor, now, id)
        .await?
        .into_iter()
        .find(|known| known.user == user)
        .ok_or_else(|| {
            DeskError::field(
                "user",
                "unknown",
                "choose a colleague of your organisation who does this work and is not on the team yet",
            )
        })?;
    let member = Member {
        user,
        name: colleague.name,
        org: held.owner,
        reason: reason.clone(),
        added: actor.by(now)?,
        left: None,
    };
    let record = desk.vault.new_id(now).to_string();
    // The matter is written again as it is: of two who add the same colleague at once, the second sees it.
    let change = Change::new(permit.context(now))
        .create(draft(&record, id, &member)?)
        .update(held.again(desk, now, &["team"])?, seen);
    let kind = NoticeKind::AddedToTeam;
    let reason = Some(reason);
    let change = notice(desk, change, actor, now, id, held.owner, user, kind, reason)?;
    desk.vault.apply(store(id.kind), change).await?;
    Ok(())
}

/// Takes a colleague off the team, with the reason. From that moment the matter is closed to her, and she is told.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, whom, seen and why"
)]
pub async fn remove_from_team(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
    member: &str,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let id = id.into();
    let permit = permit(actor, deeds(id.kind).team()?)?;
    let held = worked(desk, actor, now, id).await?;
    guard(&[("reason", Some(&reason))], looked)?;
    let found = of_matter(desk, id)
        .await?
        .into_iter()
        .find(|found| found.id == member)
        .ok_or(DeskError::NotFound { what: "member" })?;
    fresh(&found, seen)?;
    if found.body.0.left.is_some() {
        return Err(DeskError::AlreadyDone);
    }
    let by = actor.by(now)?;
    let user = found.body.0.user;
    let after = Member {
        left: Some(Left {
            reason: reason.clone(),
            by,
        }),
        ..found.body.0
    };
    let record = draft(&found.id, id, &after)?.changing(&["left"]);
    let change = Change::new(permit.context(now)).update(record, seen);
    let kind = NoticeKind::RemovedFromTeam;
    let reason = Some(reason);
    let change = notice(desk, change, actor, now, id, held.owner, user, kind, reason)?;
    desk.vault.apply(store(id.kind), change).await?;
    Ok(())
}
