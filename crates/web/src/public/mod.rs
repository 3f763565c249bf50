//! The public pages: no account, no cookie, no script; one question per page; nothing kept until it is sent.
//!
//! Every page has one neutral address per language, whatever stands on it: a browser's history tells nothing.

pub mod answers;
pub mod desk;
pub mod door;
pub mod figures;
pub mod flow;
mod info;
mod mailbox;
pub mod places;
mod start;
mod step_page;
mod summary;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;

use crate::public::desk::PublicDesk;
use crate::public::places::Places;
use crate::shell::Shell;
use crate::texts::Lang;

/// What the public handlers share.
#[derive(Clone)]
struct Public {
    shell: Arc<Shell>,
    desk: Arc<dyn PublicDesk>,
    places: Places,
    lang: Lang,
}

impl FromRef<Public> for Arc<Shell> {
    fn from_ref(public: &Public) -> Arc<Shell> {
        public.shell.clone()
    }
}

/// The public routes in every language.
pub fn routes(shell: &Arc<Shell>, desk: &Arc<dyn PublicDesk>, places: &Places) -> Router {
    Lang::all().fold(Router::new(), |router, lang| {
        let public = Public {
            shell: shell.clone(),
            desk: desk.clone(),
            places: places.clone(),
            lang,
        };
        router.merge(in_language(lang, public))
    })
}

fn in_language(lang: Lang, public: Public) -> Router {
    let path = |path: &str| lang.path(path);
    let mut router = Router::new()
        .route(&path("/"), get(info::front))
        .route(
            &path("/start"),
            get(start::before_report).post(start::answer),
        )
        .route(&path("/start/1"), get(start::before_help))
        .route(&path("/messages"), get(mailbox::enter).post(mailbox::open))
        .route(&path("/tips"), get(info::tips))
        .route(&path("/privacy"), get(info::privacy))
        .route(&path("/accessibility"), get(info::accessibility));
    if !lang.prefix().is_empty() {
        router = router.route(lang.prefix(), get(info::front));
    }
    router.with_state(public)
}
