//! The team of a case: colleagues of the same organisation who work on it, each added with a reason.

use domain::ids::{CaseId, OrgId, UserId};
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Filter, Kind, Opened, Order, Store, Stored};

use super::notice::{NoticeKind, notice};
use super::{guard, taken_on};
use crate::Desk;
use crate::access::{Role, UseCase, permit};
use crate::accounts::{ACTIVE, Account, AccountSummary};
use crate::actor::Actor;
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

/// Somebody on the team of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// As colleagues know her.
    pub name: String,
    /// Of which organisation: that of the case.
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

/// A member in the dossier.
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

fn draft(id: &str, case: CaseId, member: &Member) -> Result<Draft> {
    let clear = ClearData {
        state: if member.left.is_some() { LEFT } else { ON_TEAM }.to_owned(),
        org: Some(member.org.to_string()),
        parent: Some(case.to_string()),
        assignee: Some(member.user.to_string()),
        due: member.left.as_ref().map(|left| left.by.at),
        ..ClearData::default()
    };
    Ok(Draft::new(id, &StoredMember(member.clone()), clear)?)
}

/// Everybody who is or was on the team of a case, oldest first, for a rule to work on.
pub(crate) async fn of_case(desk: &Desk, case: CaseId) -> Result<Vec<Opened<StoredMember>>> {
    Ok(desk
        .vault
        .load_children::<StoredMember>(&case.to_string())
        .await?)
}

/// Who is on the team now.
pub(crate) async fn now_on_team(desk: &Desk, case: CaseId) -> Result<Vec<UserId>> {
    let all = of_case(desk, case).await?;
    let on = all.into_iter().filter(|found| found.body.0.left.is_none());
    Ok(on.map(|found| found.body.0.user).collect())
}

/// The colleagues who can be added: coordinators of the same organisation who may sign in and are not on the team yet.
pub async fn colleagues(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<Vec<Colleague>> {
    permit(actor, UseCase::KeepTeam)?;
    let found = taken_on(desk, actor, now, id).await?;
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
        let coordinates = summary.is_some_and(|s| s.roles.contains(&Role::CareCoordinator));
        let Ok(user) = row.id.parse::<UserId>() else {
            continue;
        };
        if !coordinates || there.contains(&user) || found.body.case.coordinator == Some(user) {
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
    id: CaseId,
    seen: i64,
    user: UserId,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepTeam)?;
    let found = taken_on(desk, actor, now, id).await?;
    super::fresh(&found, seen)?;
    guard(&[("reason", Some(&reason))], looked)?;
    let colleague = colleagues(desk, actor, now, id)
        .await?
        .into_iter()
        .find(|known| known.user == user)
        .ok_or_else(|| {
            DeskError::field(
                "user",
                "unknown",
                "choose a coordinator of your organisation who is not on the team yet",
            )
        })?;
    let member = Member {
        user,
        name: colleague.name,
        org: found.body.case.owner,
        reason: reason.clone(),
        added: actor.by(now)?,
        left: None,
    };
    let record = desk.vault.new_id(now).to_string();
    // The case is written again as it is: of two who add the same colleague at once, the second sees it.
    let change = Change::new(permit.context(now))
        .create(draft(&record, id, &member)?)
        .update(found.body.draft(&["team"])?, seen);
    let kind = NoticeKind::AddedToTeam;
    let change = notice(
        desk,
        change,
        actor,
        now,
        &found.body,
        user,
        kind,
        Some(reason),
    )?;
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Takes a colleague off the team, with the reason. From that moment the case is closed to her, and she is told.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, whom, seen and why"
)]
pub async fn remove_from_team(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    member: &str,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::KeepTeam)?;
    let case = taken_on(desk, actor, now, id).await?;
    guard(&[("reason", Some(&reason))], looked)?;
    let found = of_case(desk, id)
        .await?
        .into_iter()
        .find(|found| found.id == member)
        .ok_or(DeskError::NotFound { what: "member" })?;
    super::fresh(&found, seen)?;
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
    let change = notice(
        desk,
        change,
        actor,
        now,
        &case.body,
        user,
        kind,
        Some(reason),
    )?;
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
