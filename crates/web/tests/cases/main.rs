//! Pages of the signal desk, of intakes, of cases, registrations and the person, over HTTP on a real embedded vault. With `SAMEN_PAGES=dir` every page that
//! is read is written there, to be looked at.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod files;
mod investigation;
mod pages;
mod shares;
mod signal;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use desk::accounts::{self, NewAccount};
use desk::directory::Organisation;
use desk::sign_in::{Credentials, code_at, sign_in};
use desk::{Actor, Desk, Role};
use domain::code::{OrgKind, RegionCode};
use domain::ids::OrgId;
use domain::vocabulary::Vocabulary;
use http_body_util::BodyExt;
use jiff::Timestamp;
use tower::ServiceExt;
use vault::{KeyDir, OsChance, Vault, Where};
use web::app::App;
use web::chance::Chance;
use web::clock::Clock;
use web::shell::{Settings, Shell};
use web::theme::Theme;

/// The moment of every test: a Monday morning in Amsterdam.
pub fn now() -> Timestamp {
    "2026-11-23T09:15:00+01:00".parse().unwrap()
}

/// The site with its desk and a few organisations.
pub struct Site {
    router: Router,
    pub desk: Desk,
    pub care: OrgId,
    pub other_care: OrgId,
    pub coordination: OrgId,
    pub signal: OrgId,
    pub police: OrgId,
    pub nla: OrgId,
    pub ministry: OrgId,
    _dir: tempfile::TempDir,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The same as it came, for what is no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Where it leads.
    pub fn to(&self) -> &str {
        self.headers
            .get("location")
            .map_or("", |v| v.to_str().unwrap())
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.body.split(&mark).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

/// Somebody signed in.
pub struct User<'a> {
    site: &'a Site,
    session: String,
}

impl Site {
    pub async fn new() -> Site {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let vault = Vault::open(vault::Settings {
            keys: KeyDir::beside(&data),
            place: Where::Directory(data),
            create: true,
            chance: Arc::new(OsChance),
        })
        .await
        .unwrap();
        let vocabulary = Arc::new(Vocabulary::builtin().unwrap().clone());
        let settings = desk::Settings {
            made_up: true,
            ..desk::Settings::default()
        };
        let desk = Desk::open(vault, vocabulary, settings).await.unwrap();
        let care = organisation(&desk, "Zorg Haaglanden", "ZCO", Some("VR15")).await;
        let other_care = organisation(&desk, "Zorg IJsselland", "ZCO", Some("VR04")).await;
        let coordination = organisation(&desk, "CoMensha", "COM", None).await;
        let signal = organisation(&desk, "Meldpunt", "COM", None).await;
        let police = organisation(&desk, "Politie Den Haag", "POL", Some("RE06")).await;
        let nla = organisation(&desk, "Arbeidsinspectie", "NLA", None).await;
        let ministry = organisation(&desk, "Ministerie", "JENV", None).await;
        let shell = Shell::new(
            Settings {
                demo: true,
                tls: false,
                ..Settings::default()
            },
            Theme::own(),
            Clock::of(now),
            Chance::system(),
        )
        .unwrap();
        let app = App::new(shell, desk.clone());
        let (router, _) = web::site::build(&app);
        Site {
            router,
            desk,
            care,
            other_care,
            coordination,
            signal,
            police,
            nla,
            ministry,
            _dir: dir,
        }
    }

    /// A new account in this role, signed in.
    pub async fn user(&self, name: &str, org: OrgId, role: Role) -> User<'_> {
        let new = NewAccount {
            name: format!("Medewerker {name}"),
            user_name: name.to_owned(),
            org,
            roles: vec![role],
            password: "een lang wachtwoord".to_owned().into(),
        };
        let made = accounts::add(&self.desk, &Actor::System, now(), new)
            .await
            .unwrap();
        let seconds = u64::try_from(now().as_second()).unwrap();
        let shown = Credentials {
            user: name.to_owned(),
            password: "een lang wachtwoord".to_owned().into(),
            totp: code_at(&made.totp_secret, seconds).unwrap(),
        };
        let session = sign_in(&self.desk, now(), shown).await.unwrap();
        User {
            site: self,
            session: session.to_string(),
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let path = request.uri().path().to_owned();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        keep(&path, &body);
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            bytes: bytes.to_vec(),
        }
    }

    /// Lets Samen do what it does by itself.
    pub async fn settle(&self) {
        while !desk::tick::tick(&self.desk, now()).await.unwrap().is_idle() {}
    }

    /// A form of somebody without an account.
    pub async fn public(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send(form(path, pairs).body(Body::from(encoded(pairs))).unwrap())
            .await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }
}

fn form(path: &str, _: &[(&str, &str)]) -> axum::http::request::Builder {
    Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
}

/// Pages to be looked at.
fn keep(path: &str, body: &str) {
    let Ok(dir) = std::env::var("SAMEN_PAGES") else {
        return;
    };
    if path.starts_with("/static") || !body.starts_with("<!doctype") {
        return;
    }
    let ids = |part: &str| {
        if part.len() == 36 {
            "ID".to_owned()
        } else {
            part.to_owned()
        }
    };
    let name: Vec<String> = path.split('/').skip(1).map(ids).collect();
    let wrong = if body.contains("samen-error-summary__title") {
        "-wrong"
    } else {
        ""
    };
    let _ = std::fs::write(format!("{dir}/{}{wrong}.html", name.join("_")), body);
}

async fn organisation(desk: &Desk, name: &str, kind: &str, region: Option<&str>) -> OrgId {
    let organisation = Organisation {
        name: name.to_owned(),
        kind: OrgKind::new(kind).unwrap(),
        region: region.map(|r| RegionCode::new(r).unwrap()),
        municipality: None,
    };
    accounts::add_organisation(desk, &Actor::System, now(), &organisation)
        .await
        .unwrap()
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect();
    pairs.join("&")
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(b).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

impl User<'_> {
    pub fn cookie(&self) -> String {
        format!("samen-session={}; samen-language=nl", self.session)
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header("cookie", self.cookie());
        self.site.send(request.body(Body::empty()).unwrap()).await
    }

    /// The session's token, from the first page with a form that this role may open.
    async fn token(&self) -> String {
        for page in [
            "/work/cases/new",
            "/work/registrations/figures",
            "/work/intakes/new",
            "/work/reports/new",
        ] {
            let token = self.get(page).await.hidden("_token");
            if !token.is_empty() {
                return token;
            }
        }
        String::new()
    }

    /// Sends a form with files, with the session's token as its first field.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], sent: &[&[u8]]) -> Answer {
        let token = self.token().await;
        let mut all = vec![("_token", token.as_str())];
        all.extend_from_slice(fields);
        let body = Body::from(files::multipart(&all, sent));
        let request = files::upload(path).header("cookie", self.cookie());
        self.site.send(request.body(body).unwrap()).await
    }

    /// Sends a form with the session's token.
    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut all = vec![("_token", token.as_str())];
        all.extend_from_slice(pairs);
        let request = form(path, &all).header("cookie", self.cookie());
        self.site
            .send(request.body(Body::from(encoded(&all))).unwrap())
            .await
    }
}
