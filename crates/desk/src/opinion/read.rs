//! Reading requests: the list without anything about a person; the request with what was released, and nothing else.

use domain::By;
use domain::ids::{OpinionId, OrgId, UserId};
use domain::need::Because;
use domain::opinion::{AdmissionRule, Ground, Obstacle, OpinionState, Released, SentTo, obstacles};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, ClearData, Counts, Cursor, Filter, ListRow, Order, Page, Store, Stored};

use super::file::{OpinionFile, OpinionSummary, Step, opened};
use crate::Desk;
use crate::access::{Role, UseCase, permit};
use crate::accounts::{ACTIVE, Account};
use crate::actor::Actor;
use crate::error::Result;
use crate::shown;

/// A request as somebody of the panel sees it.
#[derive(Debug, Clone)]
pub struct OpinionView {
    /// Its identity.
    pub id: OpinionId,
    /// Version to name when changing it.
    pub version: i64,
    /// How far it is.
    pub state: OpinionState,
    /// Name of the state.
    pub state_name: &'static str,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// What was released; an item that was taken back has no content any more.
    pub items: Vec<ItemView>,
    /// What only the secretary sees.
    pub secretary: Option<Secretary>,
    /// Why the reader may open it.
    pub because: Because,
    /// The secretary who leads it, as colleagues know her.
    pub lead: Option<String>,
    /// What may only be kept, and why.
    pub restricted: Vec<crate::restriction::Notice>,
}

/// One released item.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// Its number.
    pub number: u32,
    /// When it was released.
    pub at: Timestamp,
    /// What it is; none when the person took it back.
    pub item: Option<Released>,
}

/// What the secretary needs for admission and for the steps after it, and the panel does not.
#[derive(Debug, Clone)]
pub struct Secretary {
    /// The organisation at care that asked for the person.
    pub asked_by: OrgId,
    /// What the rule looks at.
    pub ground: Ground,
    /// The rule in force.
    pub rule: AdmissionRule,
    /// What stands in the way under it.
    pub obstacles: Vec<Obstacle>,
    /// The steps so far.
    pub steps: Vec<Step>,
    /// To whom the person had it sent.
    pub sent_to: Vec<SentTo>,
}

/// Somebody who can be on a panel.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub user: UserId,
    /// Name as colleagues know it.
    pub name: String,
}

/// A page of the list with the number in each state. A member sees the requests of the own panels only.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    states: &[String],
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    let permit = permit(actor, UseCase::ListOpinions)?;
    let person = actor.person()?;
    if permit.role == Role::PanelMember {
        return of_member(desk, person.user, person.org, states).await;
    }
    let filter = Filter {
        states: states.to_vec(),
        orgs: vec![person.org.to_string()],
        ..Filter::default()
    };
    let kind = &OpinionFile::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Newest, after, 50)
        .await?;
    let counts = desk.vault.counts(kind, &filter).await?;
    Ok((page, counts))
}

/// The requests before the panels that a member sits on; few, so one page.
async fn of_member(
    desk: &Desk,
    user: UserId,
    org: OrgId,
    states: &[String],
) -> Result<(Page, Counts)> {
    let found = desk
        .vault
        .load_by_term::<OpinionFile>("member", &user.to_string())
        .await?;
    let mut counts = std::collections::BTreeMap::<String, i64>::new();
    let mut rows = Vec::new();
    for file in found.into_iter().filter(|file| file.body.panel == org) {
        *counts.entry(file.clear.state.clone()).or_default() += 1;
        if !states.is_empty() && !states.contains(&file.clear.state) {
            continue;
        }
        let summary = OpinionSummary {
            asked_on: dutch_date(file.body.opinion.requested.at),
            released: file.body.opinion.visible_to_panel().len(),
            obstacle: false,
            secretary: None,
        };
        rows.push(ListRow {
            id: file.id,
            version: file.version,
            clear: ClearData {
                state: file.clear.state,
                due: file.clear.due,
                ..ClearData::default()
            },
            created: file.created,
            updated: file.updated,
            summary: serde_json::to_value(summary).unwrap_or_default(),
        });
    }
    rows.sort_by(|a, b| b.id.cmp(&a.id));
    let page = Page { rows, next: None };
    Ok((page, counts.into_iter().collect()))
}

/// Reads a request; the journal says that it was seen. Who is not of its panel meets the closed door.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: OpinionId,
) -> Result<OpinionView> {
    let permit = permit(actor, UseCase::ReadOpinion)?;
    let (_, because) = opened(desk, actor, now, id).await?;
    let is_secretary = permit.role == Role::PanelSecretary;
    let fields: &[&str] = if is_secretary {
        &["all"]
    } else {
        &["state", "released"]
    };
    let change = Change::new(permit.context(now)).read(id.to_string(), fields);
    let record = [id.to_string()];
    let (change, restricted) =
        crate::restriction::shown(desk, change, Store::K4, &record, now).await?;
    let found = shown::first::<OpinionFile>(desk, change, "opinion").await?;
    let secretary = is_secretary.then(|| secretary(desk, &found.body));
    let file = found.body;
    Ok(OpinionView {
        id,
        version: found.version,
        state: file.opinion.state().clone(),
        state_name: file.opinion.state_name(),
        asked_at: file.opinion.requested.at,
        items: items(&file),
        secretary,
        because,
        lead: file.secretary.map(|lead| lead.name),
        restricted,
    })
}

fn items(file: &OpinionFile) -> Vec<ItemView> {
    let released = file.opinion.released().iter();
    released
        .map(|item| ItemView {
            number: item.number,
            at: item.by.at,
            item: item.taken_back.is_none().then(|| item.item.clone()),
        })
        .collect()
}

fn secretary(desk: &Desk, file: &OpinionFile) -> Secretary {
    let By { at, org, .. } = file.opinion.requested;
    let rule = desk.settings.admission;
    Secretary {
        asked_by: org,
        ground: file.opinion.ground.clone(),
        rule,
        obstacles: obstacles(&rule, &file.opinion.ground, dutch_date(at)),
        steps: file.steps.clone(),
        sent_to: file.opinion.sent_to().to_vec(),
    }
}

/// Who can be on a panel of the actor's organisation.
pub async fn candidates(desk: &Desk, actor: &Actor) -> Result<Vec<Candidate>> {
    permit(actor, UseCase::PrepareOpinion)?;
    candidates_of(desk, actor.person()?.org).await
}

pub(super) async fn candidates_of(desk: &Desk, org: OrgId) -> Result<Vec<Candidate>> {
    let accounts = desk.vault.load_all::<Account>(&[ACTIVE]).await?;
    let mut found: Vec<Candidate> = accounts
        .into_iter()
        .filter(|a| a.body.org == org && a.body.roles.contains(&Role::PanelMember))
        .filter_map(|a| {
            Some(Candidate {
                user: a.id.parse().ok()?,
                name: a.body.name,
            })
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
