//! Everybody who works in the country: organisations, accounts, and colleagues without an account.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use desk::accounts::{self, NewAccount};
use desk::actor::Person;
use desk::directory::{self, Organisation};
use desk::{Actor, Desk, DeskError, Role};
use domain::code::{MunicipalityCode, OrgKind, RegionCode};
use domain::ids::{OrgId, UserId};
use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use world::Staff;

use super::{Country, DemoAccount};

/// Accounts made at the same time: each costs a password hash.
const AT_ONCE: usize = 8;

/// The people and organisations of the stories, by their names there.
pub(super) struct Cast {
    orgs: BTreeMap<String, OrgId>,
    people: BTreeMap<String, Person>,
    /// Accounts that one can sign in with.
    pub(super) accounts: Vec<DemoAccount>,
}

impl Cast {
    /// An organisation of a story.
    pub(super) fn org(&self, name: &str) -> Result<OrgId, DeskError> {
        self.orgs.get(name).copied().ok_or(DeskError::NotFound {
            what: "organisation",
        })
    }

    /// A person of a story at work at a moment.
    pub(super) fn actor(&self, name: &str, at: Timestamp) -> Result<Actor, DeskError> {
        let found = self.people.get(name);
        found
            .map(|person| at_work(person, at))
            .ok_or(DeskError::NotFound { what: "person" })
    }

    /// Somebody of an organisation with a role, at work at a moment.
    pub(super) fn worker(&self, org: OrgId, role: Role, at: Timestamp) -> Result<Actor, DeskError> {
        self.people
            .values()
            .find(|person| person.org == org && person.roles.contains(&role))
            .map(|person| at_work(person, at))
            .ok_or(DeskError::NotFound { what: "person" })
    }
}

fn at_work(person: &Person, at: Timestamp) -> Actor {
    Actor::Person(Box::new(Person {
        strong_at: at,
        ..person.clone()
    }))
}

/// Makes the organisations and accounts.
pub(super) async fn settle(desk: &Desk, country: &Country, now: Timestamp) -> Result<Cast> {
    let orgs = organisations(desk, country, now).await?;
    let mut cast = Cast {
        orgs,
        people: BTreeMap::new(),
        accounts: Vec::new(),
    };
    people(desk, country, &mut cast, now).await?;
    // Organisations of which nobody was named still answer what is sent to them.
    for (name, org) in cast.orgs.clone() {
        if !cast.people.values().any(|person| person.org == org) {
            let user = UserId::new(desk.vault.new_id(now));
            let person = person(desk, user, "Medewerker", org, Role::CareCoordinator)?;
            cast.people.insert(format!("worker of {name}"), person);
        }
    }
    Ok(cast)
}

async fn organisations(
    desk: &Desk,
    country: &Country,
    now: Timestamp,
) -> Result<BTreeMap<String, OrgId>> {
    let made = country.organisations.iter();
    let all = made.clone().map(organisation).collect::<Result<Vec<_>>>()?;
    let ids = directory::add_all(desk, &Actor::System, now, &all).await?;
    Ok(made.map(|made| made.id.clone()).zip(ids).collect())
}

/// Police works for a police unit (`RE06`), everybody else for a safety region.
pub(super) fn organisation(made: &world::Organisation) -> Result<Organisation> {
    let unit = made.unit.as_ref().filter(|_| made.kind == "POL");
    let region = match unit {
        Some(unit) => Some(format!("RE{unit}")),
        None => made.region.as_ref().map(ToString::to_string),
    };
    let wrong = || format!("organisation {}", made.id);
    Ok(Organisation {
        name: made.name.clone(),
        kind: OrgKind::new(made.kind.to_string()).with_context(wrong)?,
        region: region
            .map(RegionCode::new)
            .transpose()
            .with_context(wrong)?,
        municipality: made
            .municipality
            .as_ref()
            .map(|code| MunicipalityCode::new(code.to_string()))
            .transpose()
            .with_context(wrong)?,
    })
}

async fn people(desk: &Desk, country: &Country, cast: &mut Cast, now: Timestamp) -> Result<()> {
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut making = JoinSet::new();
    for staff in &country.people {
        let org = cast.org(&staff.organisation)?;
        let role = Role::from_code(&staff.role)
            .with_context(|| format!("person {}: there is no role `{}`", staff.id, staff.role))?;
        let (desk, staff, gate) = (desk.clone(), staff.clone(), gate.clone());
        making.spawn(async move {
            let _turn = gate.acquire_owned().await?;
            hire(&desk, &staff, org, role, now).await
        });
    }
    let mut made = BTreeMap::new();
    while let Some(done) = making.join_next().await {
        let (staff, person, account) = done??;
        cast.people.insert(staff.clone(), person);
        made.insert(staff, account);
    }
    let in_order = country.people.iter().filter_map(|p| made.remove(&p.id));
    cast.accounts = in_order.flatten().collect();
    Ok(())
}

/// Makes an account for who has one; the others only get an identity.
async fn hire(
    desk: &Desk,
    staff: &Staff,
    org: OrgId,
    role: Role,
    now: Timestamp,
) -> Result<(String, Person, Option<DemoAccount>)> {
    let (user, account) = match staff.demo_account {
        false => (UserId::new(desk.vault.new_id(now)), None),
        true => {
            let name = staff.id.to_lowercase();
            let password = format!("samen-demo-{name}");
            let new = NewAccount {
                name: staff.name.clone(),
                user_name: name.clone(),
                org,
                roles: vec![role],
                password: password.clone().into(),
            };
            let made = accounts::add(desk, &Actor::System, now, new).await?;
            let account = DemoAccount {
                user: name,
                password,
                totp_secret: made.totp_secret,
                role: staff.role.to_string(),
                organisation: desk.directory().name(org).to_owned(),
            };
            (made.id, Some(account))
        }
    };
    let person = person(desk, user, &staff.name, org, role)?;
    Ok((staff.id.clone(), person, account))
}

fn person(desk: &Desk, user: UserId, name: &str, org: OrgId, role: Role) -> Result<Person> {
    let directory = desk.directory();
    let organisation = directory
        .get(org)
        .context("an organisation that was just made is not in the directory")?;
    Ok(Person {
        user,
        name: name.to_owned(),
        org,
        org_name: organisation.name.clone(),
        org_kind: organisation.kind.clone(),
        region: organisation.region.clone(),
        roles: vec![role],
        strong_at: Timestamp::UNIX_EPOCH,
    })
}
