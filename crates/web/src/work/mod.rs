//! Pages of professionals: what they share. Each subject has a folder of its own.

pub mod account;
pub mod attached;
pub mod barriers;
pub mod cases;
pub mod deed;
pub mod figures;
pub mod form_page;
pub mod health;
pub mod holds;
pub mod home;
pub mod intakes;
pub mod journal;
pub mod letters;
pub mod may_share;
pub mod nav;
pub mod need;
pub mod one_file;
pub mod opinions;
pub mod oversight;
pub mod people;
pub mod plan;
pub mod registers;
pub mod registrations;
pub mod reports;
pub mod requests;
pub mod restrictions;
pub mod reviews;
pub mod rooms;
pub mod shares;
pub mod sheets;
pub mod shelter;
pub mod sign_in;
pub mod stores;
pub mod told;
pub mod vocabulary;

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use desk::Actor;
use desk::actor::Person;
use jiff::Timestamp;

use crate::app::App;
use crate::form::{FormBody, TOKEN, Typed};
use crate::language;
use crate::page::frame::{WorkFrame, Worker};
use crate::page::ui::Tone;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::routes::Signed;
use crate::texts::{Key, Lang, Say};

/// Everything a work page needs to know of its request: who, in which language, when.
pub struct Work {
    /// The application.
    pub app: Arc<App>,
    /// Who works.
    pub actor: Actor,
    /// The language of the page.
    pub lang: Lang,
    /// When the request came.
    pub now: Timestamp,
    path: String,
    query: Typed,
    session: Arc<str>,
}

impl FromRequestParts<Arc<App>> for Work {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Work, Problem> {
        let signed = parts
            .extensions
            .get::<Signed>()
            .cloned()
            .ok_or_else(Problem::sign_in)?;
        Ok(Work {
            app: app.clone(),
            actor: signed.actor,
            session: signed.session,
            lang: language::of_headers(app.shell.settings.tls, &parts.headers),
            now: app.now(),
            path: parts.uri.path().to_owned(),
            query: Typed::read(parts.uri.query().unwrap_or_default().as_bytes())?,
        })
    }
}

impl Work {
    /// The texts in the page's language.
    pub fn say(&self) -> Say {
        self.app.shell.say(self.lang)
    }

    /// Who is signed in.
    pub fn person(&self) -> Result<&Person, Problem> {
        self.actor.person().map_err(refuse)
    }

    /// A value of the address's query: codes and ids only.
    pub fn query(&self, name: &str) -> &str {
        self.query.first(name)
    }

    /// All values of a name in the query.
    pub fn queries(&self, name: &str) -> &[String] {
        self.query.all(name)
    }

    /// The session's token, for signing out and for a fresh second factor.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Today's civil date in Amsterdam.
    pub fn today(&self) -> jiff::civil::Date {
        domain::time::dutch_date(self.now)
    }

    /// The frame of this page.
    pub fn frame(&self) -> Result<WorkFrame, Problem> {
        let person = self.person()?;
        let say = self.say();
        let worker = Worker {
            person: person.name.clone(),
            role: nav::role_names(&self.app, person, &say),
            organisation: person.org_name.clone(),
            token: self.app.tokens.of_session(&self.session),
        };
        Ok(WorkFrame::new(
            &self.app.shell,
            worker,
            nav::items(&self.actor, &say),
            &self.path,
        ))
    }

    /// The frame, telling what was just done: the redirect after a change ends in `?done=CODE`, and `known` holds the
    /// text of each code.
    pub fn frame_after(&self, known: &[(&str, Key)]) -> Result<WorkFrame, Problem> {
        let frame = self.frame()?;
        let done = self.query("done");
        Ok(match known.iter().find(|(code, _)| *code == done) {
            Some((_, key)) => frame.tell(Tone::Ok, self.say().key(*key)),
            None => frame,
        })
    }
}

/// A form of a signed-in person, with its cross-site token checked.
pub struct WorkForm(pub FormBody);

impl FromRequest<Arc<App>> for WorkForm {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<WorkForm, Problem> {
        let signed = request
            .extensions()
            .get::<Signed>()
            .cloned()
            .ok_or_else(Problem::sign_in)?;
        let body = FormBody::from_request(request, app).await?;
        app.tokens.check(&signed.session, body.0.first(TOKEN))?;
        Ok(WorkForm(body))
    }
}
