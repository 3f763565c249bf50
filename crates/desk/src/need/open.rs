//! Who may open a matter: the rule of `domain::need` with what it must know, and the page for whom it says no.

use domain::ids::UserId;
use domain::need::{
    Asker, Because, Beside, MatterId, Refusal, Standing, Way, by_assignment, may_open,
};
use jiff::Timestamp;
use vault::{Change, Filter, Kind, Order, Stored};

use super::held::{Held, find};
use super::kind::{answering, deeds, store, what};
use super::team::{ON_TEAM, StoredMember};
use crate::Desk;
use crate::access::permit;
use crate::actor::{Actor, Person};
use crate::error::{DeskError, Result};
use crate::{glass, roster};

pub(crate) fn asker(person: &Person) -> Asker {
    Asker {
        user: person.user,
        org: person.org,
    }
}

/// Why this actor may open this matter now, or the refusal. Asks no more than it needs: most who open a matter lead it.
pub(crate) async fn why(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    held: &Held,
) -> Result<std::result::Result<Because, Refusal>> {
    let person = actor.person()?;
    let me = asker(person);
    if me.org != held.owner {
        return Ok(Err(Refusal::OtherOrganisation));
    }
    let answers = answering(held.id.kind)
        .iter()
        .any(|role| person.roles.contains(role));
    let standing = standing(desk, now, held, answers).await?;
    if let Ok(because) = by_assignment(me, held.matter(standing, &held.appointed)) {
        return Ok(Ok(because));
    }
    let team: Vec<UserId> = match is_on_team(desk, held.id, person.user).await? {
        true => vec![person.user],
        false => Vec::new(),
    };
    let shifts = match answers {
        true => roster::shifts_of(desk, person.org, person.user).await?,
        false => Vec::new(),
    };
    let glass = glass::of_person(desk, held.id, person.user).await?;
    let beside = Beside {
        shifts: &shifts,
        glass: &glass,
    };
    Ok(may_open(me, held.matter(standing, &team), beside, now))
}

/// Where it stands for this actor: what waits for the duty waits for nobody who does not answer for such matters.
async fn standing(desk: &Desk, now: Timestamp, held: &Held, answers: bool) -> Result<Standing> {
    match held.standing {
        Standing::WaitsForDuty { .. } => Ok(Standing::WaitsForDuty {
            somebody: !answers || roster::has_duty(desk, held.owner, now).await?,
        }),
        Standing::Waits if !answers => Ok(Standing::TakenOn),
        other => Ok(other),
    }
}

async fn is_on_team(desk: &Desk, id: MatterId, user: UserId) -> Result<bool> {
    let filter = Filter {
        states: vec![ON_TEAM.to_owned()],
        parent: Some(id.record().to_string()),
        assignee: Some(user.to_string()),
        ..Filter::default()
    };
    let kind = Kind {
        store: store(id.kind),
        ..StoredMember::KIND
    };
    let found = desk
        .vault
        .list(&kind, &filter, Order::Newest, None, 1)
        .await?;
    Ok(!found.rows.is_empty())
}

/// Why this actor may look at a matter. That of another organisation is not found.
pub(crate) async fn opens(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    held: &Held,
) -> Result<Because> {
    match why(desk, actor, now, held).await? {
        Ok(because) => Ok(because),
        Err(Refusal::OtherOrganisation) => Err(DeskError::NotFound {
            what: what(held.id.kind),
        }),
        Err(refusal) => Err(DeskError::NeedToKnow { refusal }),
    }
}

/// Behind broken glass one looks and does not work.
pub(crate) fn may_work(because: Because) -> Result<()> {
    match because.may_work() {
        true => Ok(()),
        false => Err(DeskError::rule(
            "need-look-only",
            "you may look at this, not work on it: take it over or ask to be added to its team",
        )),
    }
}

/// A matter of the own organisation, for what shows nothing of it; any other is not found.
pub(super) async fn of_org(desk: &Desk, actor: &Actor, id: MatterId) -> Result<Held> {
    let org = actor.person()?.org;
    let held = find(desk, id).await?;
    match held.owner == org {
        true => Ok(held),
        false => Err(DeskError::NotFound {
            what: what(id.kind),
        }),
    }
}

/// The version of a matter of the own organisation: for a form about one that one may not open. Nothing of it is shown.
pub async fn version(desk: &Desk, actor: &Actor, id: impl Into<MatterId>) -> Result<i64> {
    let id = id.into();
    permit(actor, deeds(id.kind).ask)?;
    Ok(of_org(desk, actor, id).await?.version)
}

/// What stands on the page of a matter that one may not open: nothing about a person.
#[derive(Debug, Clone)]
pub struct ClosedDoor {
    /// The matter.
    pub id: MatterId,
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

/// Why this actor may not open a matter, and what to do. The journal tells that somebody stood before a closed door.
pub async fn closed_door(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: impl Into<MatterId>,
) -> Result<ClosedDoor> {
    let id = id.into();
    let deeds = deeds(id.kind);
    let allowed = permit(actor, deeds.ask)?;
    let held = of_org(desk, actor, id).await?;
    let refusal = match why(desk, actor, now, &held).await? {
        Err(refusal) => refusal,
        Ok(_) => {
            return Err(DeskError::rule(
                "need-open",
                "this is open for you: there is nothing to ask",
            ));
        }
    };
    let record = id.record().to_string();
    let change = Change::new(allowed.context(now)).look(id.kind.code(), record, &["refused"]);
    desk.vault.apply(store(id.kind), change).await?;
    let may = |way: &&Way| {
        let deed = deeds.of(**way);
        deed.is_some_and(|deed| permit(actor, deed).is_ok())
    };
    Ok(ClosedDoor {
        id,
        version: held.version,
        state: held.state,
        refusal,
        ways: refusal.ways().iter().filter(may).copied().collect(),
        lead_is_absent: match held.lead {
            Some(lead) => roster::is_absent(desk, held.owner, lead, now).await?,
            None => false,
        },
        lead: held.lead_name,
        suspended: match deeds.glass {
            Some(_) => glass::is_suspended(desk, id.kind, actor.person()?.user).await?,
            None => false,
        },
    })
}
