//! Who may open a case: the rule of `domain::need` with what it must know, and the page for whom it says no.

use domain::arrival::ArrivalState;
use domain::ids::{CaseId, UserId};
use domain::need::{
    Asker, Because, Beside, Matter, Refusal, Standing, Way, by_assignment, may_open,
};
use jiff::Timestamp;
use vault::{Change, Filter, Opened, Order, Store, Stored};

use super::file::CaseFile;
use super::of_org;
use super::team::{ON_TEAM, StoredMember};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::{Actor, Person};
use crate::error::{DeskError, Result};
use crate::{glass, roster};

pub(crate) fn asker(person: &Person) -> Asker {
    Asker {
        user: person.user,
        org: person.org,
    }
}

/// What the rule must know of a case. `team` holds who of interest is on its team.
fn matter<'a>(file: &CaseFile, team: &'a [UserId]) -> Matter<'a> {
    Matter {
        owner: file.case.owner,
        lead: file.case.coordinator,
        standing: match file.arrival.as_ref().map(|arrival| arrival.state()) {
            Some(ArrivalState::Waiting) => Standing::Waits,
            Some(ArrivalState::SentBack { by, .. }) => Standing::SentBack { by: by.user },
            Some(ArrivalState::Accepted { .. }) | None => Standing::TakenOn,
        },
        team,
    }
}

/// Why this actor may open this case now, or the refusal. Asks no more than it needs: most who open a case lead it.
pub(crate) async fn why(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    file: &CaseFile,
) -> Result<std::result::Result<Because, Refusal>> {
    let person = actor.person()?;
    let me = asker(person);
    match by_assignment(me, matter(file, &[])) {
        Err(Refusal::OtherOrganisation) => return Ok(Err(Refusal::OtherOrganisation)),
        Ok(because) => return Ok(Ok(because)),
        Err(_) => {}
    }
    let team: Vec<UserId> = match is_on_team(desk, file.case.id, person.user).await? {
        true => vec![person.user],
        false => Vec::new(),
    };
    let shifts = roster::shifts_of(desk, person.org, person.user).await?;
    let glass = glass::of_person(desk, file.case.id, person.user).await?;
    let beside = Beside {
        shifts: &shifts,
        glass: &glass,
    };
    Ok(may_open(me, matter(file, &team), beside, now))
}

async fn is_on_team(desk: &Desk, case: CaseId, user: UserId) -> Result<bool> {
    let filter = Filter {
        states: vec![ON_TEAM.to_owned()],
        parent: Some(case.to_string()),
        assignee: Some(user.to_string()),
        ..Filter::default()
    };
    let kind = &StoredMember::KIND;
    let found = desk
        .vault
        .list(kind, &filter, Order::Newest, None, 1)
        .await?;
    Ok(!found.rows.is_empty())
}

/// A case that this actor may open, and why. A case of another organisation is not found.
pub(crate) async fn opened(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<(Opened<CaseFile>, Because)> {
    let found = of_org(desk, actor, id).await?;
    match why(desk, actor, now, &found.body).await? {
        Ok(because) => Ok((found, because)),
        Err(Refusal::OtherOrganisation) => Err(DeskError::NotFound { what: "case" }),
        Err(refusal) => Err(DeskError::NeedToKnow { refusal }),
    }
}

/// The version of a case of the own organisation: for a form about a case that one may not open. Nothing of it is shown.
pub async fn version(desk: &Desk, actor: &Actor, id: CaseId) -> Result<i64> {
    permit(actor, UseCase::AskAccess)?;
    Ok(of_org(desk, actor, id).await?.version)
}

/// What stands on the page of a case that one may not open: nothing about a person.
#[derive(Debug, Clone)]
pub struct ClosedDoor {
    /// The case.
    pub id: CaseId,
    /// Version to name when taking it over.
    pub version: i64,
    /// Its state, as the list shows it.
    pub state: &'static str,
    /// Why not.
    pub refusal: Refusal,
    /// What one can do.
    pub ways: Vec<Way>,
    /// Who leads it, as colleagues know her.
    pub lead: Option<String>,
    /// Who leads it is away: taking over asks no reason.
    pub lead_is_absent: bool,
    /// An earlier time that this person broke the glass was not reviewed yet.
    pub suspended: bool,
}

/// Why this actor may not open a case, and what to do. The journal tells that somebody stood before a closed door.
pub async fn closed_door(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<ClosedDoor> {
    let permit = permit(actor, UseCase::AskAccess)?;
    let found = of_org(desk, actor, id).await?;
    let refusal = match why(desk, actor, now, &found.body).await? {
        Err(Refusal::OtherOrganisation) => return Err(DeskError::NotFound { what: "case" }),
        Err(refusal) => refusal,
        Ok(_) => {
            return Err(DeskError::rule(
                "need-open",
                "this case is open for you: there is nothing to ask",
            ));
        }
    };
    let change = Change::new(permit.context(now)).look("case", id.to_string(), &["refused"]);
    desk.vault.apply(Store::K3, change).await?;
    let file = &found.body;
    Ok(ClosedDoor {
        id,
        version: found.version,
        state: file.state(),
        refusal,
        ways: refusal.ways().to_vec(),
        lead: file.coordinator_name.clone(),
        lead_is_absent: match file.case.coordinator {
            Some(lead) => roster::is_absent(desk, file.case.owner, lead, now).await?,
            None => false,
        },
        suspended: glass::is_suspended(desk, actor.person()?.user).await?,
    })
}
