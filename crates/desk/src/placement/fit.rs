//! Whether a room that is held still fits: worked out anew each time somebody looks or acts, from the room, the house and the request
//! as they stand at that moment. No mark is kept that could be older than what it tells.

use domain::age::MAJORITY;
use domain::ids::LocationId;
use jiff::Timestamp;
use vault::{Filter, Opened, Stored};

use super::apart::mates;
use super::country::Country;
use super::holds::own_placement;
use super::question::{AUTHORITY, OUT_OF_SERVICE, age_for_rules, question};
use super::read::own_filter;
use super::records::{StoredPlacement, StoredRequest, StoredRoom};
use super::search::Asking;
use super::shortage::all;
use super::step::{load_placement, load_request};
use super::today::with_age;
use super::worked::{RELAXABLE, checked};
use crate::Desk;
use crate::access::{Role, UseCase, permit};
use crate::actor::Actor;
use crate::error::Result;

/// An area to avoid was told after the room was held or kept: somebody looks again, whether the house lies in it or not. So whoever
/// tells areas cannot learn from it where the house is.
pub const TOLD_SINCE: &str = "told_since";
/// What everybody but the placing officer sees of the rules that say where a danger or another person is.
pub const SAFETY: &str = "safety";
/// Settled when the room was held, and true of it since: its own seats are held, who placed it placed it, and refusals were before.
const SETTLED: &[&str] = &["places", AUTHORITY, "refused_before"];
/// States in which somebody is to come and is not there yet.
const UNDER_WAY: &[&str] = &[
    "held",
    "accepted_by_shelter",
    "accepted_by_client",
    "travelling",
];

/// What a held room no longer meets, and nobody decided that it may stay so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The rules.
    pub rules: Vec<String>,
    /// The placing officer may keep the room all the same, with a reason. Else it has to be taken back: what it fails protects somebody
    /// or is the law.
    pub decidable: bool,
}

impl Misfit {
    /// As the coordinator and the shelter see it: that something is not safe, never what lies where or who else is meant.
    #[must_use]
    pub fn for_others(self) -> Misfit {
        let hidden = |rule: &str| ["avoid", "apart", TOLD_SINCE].contains(&rule);
        let mut rules: Vec<String> = Vec::new();
        if self.rules.iter().any(|rule| hidden(rule)) {
            rules.push(SAFETY.to_owned());
        }
        rules.extend(self.rules.into_iter().filter(|rule| !hidden(rule)));
        Misfit {
            rules,
            decidable: false,
        }
    }

    /// As this role sees it.
    pub(super) fn seen_by(self, role: Role) -> Misfit {
        match role {
            Role::PlacementOfficer => self,
            _ => self.for_others(),
        }
    }
}

/// What the room of a placement does not meet now.
pub(super) async fn misfit(
    desk: &Desk,
    now: Timestamp,
    country: &Country,
    placement: &StoredPlacement,
    request: &StoredRequest,
) -> Result<Option<Misfit>> {
    let held = &placement.placement;
    if !held.state().is_under_way() {
        return Ok(None);
    }
    let today = with_age(desk, now, request.clone()).await?;
    let asking = Asking {
        mates: mates(desk, request).await?,
        ..Asking::of(&today, &[])
    };
    let house = country.house(held.location);
    let question = question(desk, now, &house, &asking);
    let whole = checked(question.instance.clone())?;
    let mut rules = (question.fails(&whole)?)
        .remove(&held.room.to_string())
        .unwrap_or_else(|| vec![OUT_OF_SERVICE.to_owned()]);
    rules.retain(|rule| {
        !SETTLED.contains(&rule.as_str())
            && !placement.proof.relaxed.contains(rule)
            && !held.is_kept_despite(rule)
    });
    let looked_at = held.despite.iter().map(|one| one.by.at).max();
    if (request.request).avoids_more_since(looked_at.unwrap_or(held.placed.at)) {
        rules.push(TOLD_SINCE.to_owned());
    }
    let decidable = rules.iter().all(|rule| may_stay_unmet(rule, &today));
    Ok((!rules.is_empty()).then_some(Misfit { rules, decidable }))
}

/// What the placing officer may decide: what she could have set aside from the start, that the house has closed or changed its mind about
/// grown-ups, and that a new area does not touch the house.
fn may_stay_unmet(rule: &str, request: &StoredRequest) -> bool {
    let grown =
        |person: &domain::shelter_request::PersonInRequest| age_for_rules(person.age) >= MAJORITY;
    match rule {
        OUT_OF_SERVICE | TOLD_SINCE => true,
        // Limits of age protect children; somebody who turned 18 may stay longer (Jeugdwet art. 1.1, verlengde jeugdhulp).
        "age" => request.request.needs.persons.iter().all(grown),
        _ => RELAXABLE.contains(&rule),
    }
}

/// The same, with the room as it was just read.
pub(super) async fn misfit_in(
    desk: &Desk,
    now: Timestamp,
    room: Opened<StoredRoom>,
    placement: &StoredPlacement,
    request: &StoredRequest,
) -> Result<Option<Misfit>> {
    let country = Country::with_room(desk, room).await?;
    misfit(desk, now, &country, placement, request).await
}

/// A placement under way whose room no longer fits.
#[derive(Debug, Clone)]
pub struct NoMore {
    /// The request.
    pub request: String,
    /// The placement.
    pub placement: String,
    /// What it does not meet, as its reader sees it.
    pub misfit: Misfit,
}

/// Whose rooms no longer fit, among the requests that one sees.
pub async fn fits_no_more(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<NoMore>> {
    let permit = permit(actor, UseCase::ListShelterRequests)?;
    let filter = Filter {
        states: vec!["offered".to_owned()],
        ..own_filter(&permit)?
    };
    let rows = all(desk, &StoredRequest::KIND, &filter).await?;
    let mut out = Vec::new();
    if rows.is_empty() {
        return Ok(out);
    }
    let country = Country::load(desk).await?;
    for row in rows {
        let Ok(request) = desk.vault.load::<StoredRequest>(&row.id).await else {
            // Erased in this moment.
            continue;
        };
        let Some(running) = request.body.request.running() else {
            continue;
        };
        let Ok(placement) = load_placement(desk, running).await else {
            continue;
        };
        if let Some(misfit) = misfit(desk, now, &country, &placement.body, &request.body).await? {
            out.push(NoMore {
                request: row.id,
                placement: placement.id,
                misfit: misfit.seen_by(permit.role),
            });
        }
    }
    Ok(out)
}

/// Which holds on one's own rooms no longer fit.
pub async fn holds_that_fit_no_more(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<NoMore>> {
    let permit = permit(actor, UseCase::ListHolds)?;
    let filter = Filter {
        states: UNDER_WAY.iter().map(|&state| state.to_owned()).collect(),
        orgs: vec![actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let rows = all(desk, &StoredPlacement::KIND, &filter).await?;
    let mut out = Vec::new();
    if rows.is_empty() {
        return Ok(out);
    }
    let country = Country::load(desk).await?;
    for row in rows {
        let Ok(placement) = desk.vault.load::<StoredPlacement>(&row.id).await else {
            continue;
        };
        own_placement(&permit, &placement.body)?;
        let request = load_request(desk, placement.body.placement.request).await?;
        if let Some(misfit) = misfit(desk, now, &country, &placement.body, &request.body).await? {
            out.push(NoMore {
                request: request.id,
                placement: row.id,
                misfit: misfit.for_others(),
            });
        }
    }
    Ok(out)
}

impl Country {
    /// One house alone.
    fn house(&self, location: LocationId) -> Country {
        self.only(|room| room.room.location == location)
    }
}
