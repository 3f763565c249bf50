//! Who acts.

use domain::By;
use domain::code::{OrgKind, RegionCode};
use domain::ids::{OrgId, UserId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::access::Role;
use crate::directory::Directory;
use crate::error::{DeskError, Result};

/// Whoever works at the command line with the keys at hand: nobody's account, so that the journal never names a person
/// who did not do it.
pub const OPERATOR: UserId = UserId::new(Uuid::nil());

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// Name as colleagues know it.
    pub name: String,
    /// Organisation.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// Its kind.
    pub org_kind: OrgKind,
    /// Its region, if it works for one.
    pub region: Option<RegionCode>,
    /// Functions.
    pub roles: Vec<Role>,
    /// When the second factor was last shown in this session.
    pub strong_at: Timestamp,
}

/// Who acts: a person, anybody without an account, or Samen itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person(Box<Person>),
    /// Anybody, without an account.
    Public,
    /// Samen itself: clocks, deliveries, set-up.
    System,
}

impl Actor {
    /// The operator at the command line, at work for an organisation in one role. `None`: there is no such organisation.
    pub fn operator(
        directory: &Directory,
        org: OrgId,
        role: Role,
        now: Timestamp,
    ) -> Option<Actor> {
        let organisation = directory.get(org)?;
        Some(Actor::Person(Box::new(Person {
            user: OPERATOR,
            name: "operator".to_owned(),
            org,
            org_name: organisation.name.clone(),
            org_kind: organisation.kind.clone(),
            region: organisation.region.clone(),
            roles: vec![role],
            strong_at: now,
        })))
    }

    /// The roles in which this actor may act.
    pub fn roles(&self) -> &[Role] {
        match self {
            Actor::Person(person) => &person.roles,
            Actor::Public => &[Role::Anyone],
            Actor::System => &[Role::System],
        }
    }

    /// For the journal: a user's id, or who else it was.
    pub fn id(&self) -> String {
        match self {
            Actor::Person(person) => person.user.to_string(),
            Actor::Public => "public".to_owned(),
            Actor::System => "system".to_owned(),
        }
    }

    pub(crate) fn org_text(&self) -> String {
        match self {
            Actor::Person(person) => person.org.to_string(),
            Actor::Public | Actor::System => String::new(),
        }
    }

    /// The signed-in person, or a refusal for everybody else.
    pub fn person(&self) -> Result<&Person> {
        match self {
            Actor::Person(person) => Ok(person),
            Actor::Public | Actor::System => Err(DeskError::SignInNeeded),
        }
    }

    /// Who and when, for a rule of `domain`.
    pub fn by(&self, at: Timestamp) -> Result<By> {
        let person = self.person()?;
        Ok(By {
            user: person.user,
            org: person.org,
            at,
        })
    }
}
