//! The whole site on a real vault in a temporary directory, with one account a role and some records that hold words which
//! must never leave.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use ::desk::accounts::{self, NewAccount};
use ::desk::case::NewCase;
use ::desk::directory::Organisation;
use ::desk::intake::OwnInput;
use ::desk::report::NewReport;
use ::desk::{Actor, Desk, Role};
use axum::body::Body;
use axum::http::{Method, Request};
use domain::SafeText;
use domain::barrier::Place;
use domain::code::{LanguageCode, OrgKind, RegionCode};
use domain::ids::{OrgId, UserId};
use domain::report::{Channel, ReportContent, ReporterKind};
use domain::vocabulary::{BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode, Vocabulary};
use jiff::{SignedDuration, Timestamp};
use vault::{KeyDir, OsChance, Session, Vault, Where};
use web::app::App;
use web::chance::Chance;
use web::clock::Clock;
use web::routes::Line;
use web::shell::{Settings, Shell};
use web::theme::Theme;

use crate::{Answer, Site};

/// Stands in every record that the tests make.
pub(crate) const CANARY: &str = "kanariegeel";

/// The secret of every account's codes is shown once and never again; this one belongs to no account.
pub(crate) const NO_ID: &str = "01935a2e-7000-7000-8000-000000000000";

pub(crate) struct Real {
    pub(crate) site: Site,
    pub(crate) app: Arc<App>,
    pub(crate) table: Vec<Line>,
    /// Ids of records that exist.
    pub(crate) known: Vec<String>,
    orgs: BTreeMap<&'static str, OrgId>,
    people: BTreeMap<Role, UserId>,
    minutes: Arc<AtomicI64>,
    sessions: AtomicU64,
    /// Sessions that only read, by person.
    reading: Mutex<BTreeMap<UserId, String>>,
    _dir: tempfile::TempDir,
}

fn start() -> Timestamp {
    "2026-11-23T09:15:00+01:00".parse().unwrap()
}

/// Organisation kind of a role in this little country.
fn kind_of(role: Role) -> &'static str {
    match role {
        Role::Investigator => "POL",
        Role::CareCoordinator => "ZCO",
        Role::ShelterStaff => "COSM",
        Role::PanelSecretary | Role::PanelMember => "K4",
        Role::BarrierOfficer => "RIEC",
        Role::ProgrammeOffice | Role::ActionHolder => "JENV",
        _ => "COM",
    }
}

impl Real {
    pub(crate) async fn new() -> Real {
        let dir = tempfile::tempdir().unwrap();
        let desk = desk_in(dir.path()).await;
        let mut orgs = BTreeMap::new();
        for (kind, region) in [
            ("COM", None),
            ("POL", Some("RE06")),
            ("ZCO", Some("VR15")),
            ("COSM", None),
            ("K4", None),
            ("JENV", None),
            ("RIEC", None),
        ] {
            orgs.insert(kind, add_organisation(&desk, kind, region).await);
        }
        let mut people = BTreeMap::new();
        for role in Role::STAFF {
            people.insert(role, add_person(&desk, orgs[kind_of(role)], role).await);
        }
        let minutes = Arc::new(AtomicI64::new(0));
        let shared = minutes.clone();
        let clock =
            Clock::of(move || start() + SignedDuration::from_mins(shared.load(Ordering::Relaxed)));
        let settings = Settings {
            tls: false,
            address: Some("https://samen.example".to_owned()),
            ..Settings::default()
        };
        let shell = Shell::new(settings, Theme::own(), clock, Chance::system()).unwrap();
        let app = App::new(shell, desk);
        let (router, table) = web::site::build(&app);
        let mut real = Real {
            site: Site {
                router,
                desk: Arc::default(),
            },
            app,
            table,
            known: vec![people[&Role::SignalDesk].to_string()],
            orgs,
            people,
            minutes,
            sessions: AtomicU64::new(1),
            reading: Mutex::default(),
            _dir: dir,
        };
        real.fill().await;
        real
    }

    /// Records that hold the canary, in as many compartments as there are doors to.
    async fn fill(&mut self) {
        let words = || SafeText::new("text", &format!("Het busje is {CANARY}"), 1_000).unwrap();
        let report = self.report(words()).await;
        self.known.push(report);
        let desk = &self.app.desk;
        let care = self.actor(Role::CareCoordinator).await;
        let new = NewCase {
            alias: Some(words()),
            need: Some(words()),
            ..NewCase::default()
        };
        let case = ::desk::case::open(desk, &care, start(), new).await.unwrap();
        self.known.push(case.to_string());
        let officer = self.actor(Role::BarrierOfficer).await;
        let new = ::desk::barrier::NewBarrier {
            step: BarrierStepCode::literal("huisvesten"),
            instrument: BarrierInstrumentCode::literal("sluiting"),
            target: BarrierTargetCode::literal("hotel"),
            place: Place::Region(RegionCode::literal("VR15")),
            forms: Vec::new(),
            what: words(),
            action: None,
            looked: false,
        };
        let barrier = ::desk::barrier::open(desk, &officer, start(), new).await;
        self.known.push(barrier.unwrap().to_string());
        self.known.push(self.orgs["COSM"].to_string());
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::Relaxed);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.app.now()
    }

    pub(crate) fn user(&self, role: Role) -> UserId {
        self.people[&role]
    }

    pub(crate) fn org(&self, kind: &str) -> OrgId {
        self.orgs[kind]
    }

    /// Another person with this role at the same organisation.
    pub(crate) async fn colleague(&self, role: Role) -> UserId {
        let name = format!("{}-colleague", role.code());
        let org = self.orgs[kind_of(role)];
        add_named(&self.app.desk, org, role, name).await
    }

    /// A person with this role at another organisation of the same kind.
    pub(crate) async fn stranger(&self, role: Role) -> UserId {
        let desk = &self.app.desk;
        let org = add_organisation(desk, kind_of(role), None).await;
        add_named(desk, org, role, format!("{}-stranger", role.code())).await
    }

    /// A report with this story.
    pub(crate) async fn report(&self, story: SafeText) -> String {
        let language = LanguageCode::literal("nl");
        let mut content = ReportContent::empty(Channel::Web, ReporterKind::Anonymous, language);
        content.story = Some(story);
        let new = NewReport {
            content,
            contact: None,
        };
        let sent = ::desk::report::submit(&self.app.desk, self.now(), None, new).await;
        sent.unwrap().id.to_string()
    }

    /// An intake that the investigator opened, with this story.
    pub(crate) async fn intake(&self, story: SafeText) -> String {
        let input = OwnInput {
            story,
            municipality: None,
            forms: Vec::new(),
            found: domain::time::dutch_date(self.now()),
            looked: false,
        };
        let officer = self.actor(Role::Investigator).await;
        let opened = ::desk::intake::open(&self.app.desk, &officer, self.now(), input).await;
        opened.unwrap().to_string()
    }

    /// A fresh session of the person with this role, as if just signed in.
    pub(crate) async fn session(&self, role: Role) -> String {
        self.session_of(self.people[&role]).await
    }

    /// A session of this person for reading alone: the same every time, for tests that read ten thousand pages.
    pub(crate) async fn reading_session(&self, user: UserId) -> String {
        if let Some(kept) = self.reading.lock().unwrap().get(&user) {
            return kept.clone();
        }
        let made = self.session_of(user).await;
        self.reading.lock().unwrap().insert(user, made.clone());
        made
    }

    /// A fresh session of this person.
    pub(crate) async fn session_of(&self, user: UserId) -> String {
        let number = self.sessions.fetch_add(1, Ordering::Relaxed);
        let token = format!("{number:064x}");
        let now = self.now();
        let session = Session {
            person: user.to_string(),
            created: now,
            seen: now,
            expires: now + SignedDuration::from_hours(12),
            strong: now,
        };
        let vault = &self.app.desk.vault;
        vault.keep_session(&token, &session).await.unwrap();
        token
    }

    pub(crate) async fn actor(&self, role: Role) -> Actor {
        let token = self.session(role).await;
        let found = ::desk::sign_in::actor_of(&self.app.desk, self.now(), &token).await;
        found.unwrap().unwrap()
    }

    /// Asks for a path; with a session the cookie goes along, and with a POST the form's token unless it is left out.
    pub(crate) async fn ask(
        &self,
        method: &Method,
        path: &str,
        session: Option<&str>,
        token: bool,
        pairs: &[(&str, &str)],
    ) -> Answer {
        let mut body: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", crate::encode(value)))
            .collect();
        if let (Some(session), true) = (session, token) {
            body.push(format!("_token={}", self.app.tokens.of_session(session)));
        }
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header("sec-fetch-site", "same-origin");
        if let Some(session) = session {
            request = request.header("cookie", format!("samen-session={session}"));
        }
        if *method == Method::POST {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let body = if *method == Method::POST {
            Body::from(body.join("&"))
        } else {
            Body::empty()
        };
        self.site.send(request.body(body).unwrap()).await
    }

    /// A page as the person of this role sees it.
    pub(crate) async fn see(&self, role: Role, path: &str) -> Answer {
        let session = self.session(role).await;
        self.ask(&Method::GET, path, Some(&session), false, &[])
            .await
    }

    /// Sends a form with one file, as a browser does.
    pub(crate) async fn upload(&self, role: Role, path: &str, file: &str) -> crate::Answer {
        let session = self.session(role).await;
        let token = self.app.tokens.of_session(&session);
        let body = format!(
            "--grens\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{token}\r\n\
             --grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lijst.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n--grens--\r\n"
        );
        let request = Request::post(path)
            .header("content-type", "multipart/form-data; boundary=grens")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", format!("samen-session={session}"))
            .body(Body::from(body))
            .unwrap();
        self.site.send(request).await
    }

    /// A form sent by the person of this role.
    pub(crate) async fn send(&self, role: Role, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let session = self.session(role).await;
        self.ask(&Method::POST, path, Some(&session), true, pairs)
            .await
    }
}

async fn desk_in(dir: &std::path::Path) -> Desk {
    let data = dir.join("data");
    let vault = Vault::open(vault::Settings {
        keys: KeyDir::beside(&data),
        place: Where::Directory(data),
        create: true,
        chance: Arc::new(OsChance),
    })
    .await
    .unwrap();
    let vocabulary = Arc::new(Vocabulary::builtin().unwrap().clone());
    Desk::open(vault, vocabulary, ::desk::Settings::default())
        .await
        .unwrap()
}

async fn add_organisation(desk: &Desk, kind: &str, region: Option<&str>) -> OrgId {
    let organisation = Organisation {
        name: format!("Organisatie {kind} {CANARY}"),
        kind: OrgKind::new(kind).unwrap(),
        region: region.map(|region| RegionCode::new(region).unwrap()),
        municipality: None,
    };
    accounts::add_organisation(desk, &Actor::System, start(), &organisation)
        .await
        .unwrap()
}

async fn add_person(desk: &Desk, org: OrgId, role: Role) -> UserId {
    add_named(desk, org, role, role.code().to_owned()).await
}

async fn add_named(desk: &Desk, org: OrgId, role: Role, user_name: String) -> UserId {
    let new = NewAccount {
        name: format!("Naam {CANARY}"),
        user_name,
        org,
        roles: vec![role],
        password: "een lang wachtwoord".to_owned().into(),
    };
    let made = accounts::add(desk, &Actor::System, start(), new).await;
    made.unwrap().id
}
