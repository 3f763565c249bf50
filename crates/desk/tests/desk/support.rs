//! A desk on a fresh vault with a small country of organisations, and actors in every role.

use std::sync::Arc;

use desk::access::Role;
use desk::actor::Person;
use desk::directory::Organisation;
use desk::{Actor, Desk, Settings, accounts};
use domain::SafeText;
use domain::code::OrgKind;
use domain::ids::{OrgId, UserId};
use domain::vocabulary::Vocabulary;
use jiff::{SignedDuration, Timestamp};
use vault::{KeyDir, OsChance, Vault, Where};

/// A desk with its temporary directory.
#[allow(dead_code, reason = "each subject uses the organisations it needs")]
pub struct World {
    pub desk: Desk,
    pub signal: OrgId,
    pub police_den_haag: OrgId,
    pub kmar: OrgId,
    pub nla: OrgId,
    pub coordination: OrgId,
    pub care_haaglanden: OrgId,
    pub care_ijsselland: OrgId,
    pub shelter_a: OrgId,
    pub shelter_b: OrgId,
    pub panel: OrgId,
    pub programme: OrgId,
    coordinator: UserId,
    dir: tempfile::TempDir,
}

/// A desk on the store in a folder, or on a PostgreSQL server with its keys in that folder.
pub async fn desk_in(dir: &std::path::Path, database: Option<&str>) -> Desk {
    let data = dir.join("data");
    let vault = Vault::open(vault::Settings {
        keys: KeyDir::beside(&data),
        place: match database {
            Some(url) => Where::Postgres(url.to_owned()),
            None => Where::Directory(data),
        },
        create: true,
        chance: Arc::new(OsChance),
    });
    let vocabulary = Arc::new(Vocabulary::builtin().unwrap().clone());
    let settings = Settings {
        made_up: true,
        ..Settings::default()
    };
    Desk::open(vault.await.unwrap(), vocabulary, settings)
        .await
        .unwrap()
}

/// A person of an organisation in these roles, with a fresh second factor at `start()`.
pub fn actor_of(desk: &Desk, org: OrgId, roles: &[Role]) -> Actor {
    let directory = desk.directory();
    let organisation = directory.get(org).unwrap();
    Actor::Person(Box::new(Person {
        user: UserId::new(desk.vault.new_id(start())),
        name: "Test".to_owned(),
        org,
        org_name: organisation.name.clone(),
        org_kind: organisation.kind.clone(),
        region: organisation.region.clone(),
        roles: roles.to_vec(),
        strong_at: start(),
    }))
}

/// The moment at which the tests begin: a Monday morning in Amsterdam.
pub fn start() -> Timestamp {
    "2026-11-23T09:15:00+01:00".parse().unwrap()
}

/// Some hours after the start.
pub fn hours(n: i64) -> Timestamp {
    start() + SignedDuration::from_hours(n)
}

/// Some days after the start.
pub fn days(n: i64) -> Timestamp {
    hours(24 * n)
}

pub fn text(words: &str) -> SafeText {
    SafeText::new("text", words, 10_000).unwrap()
}

impl World {
    pub async fn new() -> World {
        World::on(None).await
    }

    /// The same on a PostgreSQL server, when an address is given.
    pub async fn on(database: Option<&str>) -> World {
        let dir = tempfile::tempdir().unwrap();
        let desk = desk_in(dir.path(), database).await;
        let add = |name: &'static str, kind: &'static str, region: Option<&'static str>| {
            let desk = desk.clone();
            async move {
                let organisation = Organisation {
                    name: name.to_owned(),
                    kind: OrgKind::new(kind).unwrap(),
                    region: region.map(|r| domain::code::RegionCode::new(r).unwrap()),
                    municipality: None,
                };
                accounts::add_organisation(&desk, &Actor::System, start(), &organisation)
                    .await
                    .unwrap()
            }
        };
        World {
            signal: add("Meldpunt", "COM", None).await,
            police_den_haag: add("Politie Den Haag", "POL", Some("RE06")).await,
            kmar: add("KMar", "KMAR", None).await,
            nla: add("Arbeidsinspectie", "NLA", None).await,
            coordination: add("Coördinatiecentrum", "COM", None).await,
            care_haaglanden: add("Zorg Haaglanden", "ZCO", Some("VR15")).await,
            care_ijsselland: add("Zorg IJsselland", "ZCO", Some("VR04")).await,
            shelter_a: add("Opvang A", "COSM", None).await,
            shelter_b: add("Opvang B", "OMM", None).await,
            panel: add("Commissie", "K4", None).await,
            programme: add("Programmabureau", "JENV", None).await,
            coordinator: UserId::new(desk.vault.new_id(start())),
            desk,
            dir,
        }
    }

    /// Where its data, keys and backups are.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// A person of an organisation in these roles, with a fresh second factor at `start()`.
    pub fn actor(&self, org: OrgId, roles: &[Role]) -> Actor {
        actor_of(&self.desk, org, roles)
    }

    pub fn signal_desk(&self) -> Actor {
        self.actor(self.signal, &[Role::SignalDesk])
    }

    pub fn investigator(&self) -> Actor {
        self.actor(self.police_den_haag, &[Role::Investigator])
    }

    /// The coordinator in Haaglanden: the same person each time, because a case opens for who is assigned to it.
    pub fn coordinator(&self) -> Actor {
        match self.colleague() {
            Actor::Person(person) => Actor::Person(Box::new(Person {
                user: self.coordinator,
                ..*person
            })),
            other => other,
        }
    }

    /// Another coordinator of the same organisation: somebody else each time.
    pub fn colleague(&self) -> Actor {
        self.actor(self.care_haaglanden, &[Role::CareCoordinator])
    }

    /// Lets Samen do what it does by itself until there is nothing left to do.
    pub async fn settle(&self, now: Timestamp) {
        while !desk::tick::tick(&self.desk, now).await.unwrap().is_idle() {}
    }
}
