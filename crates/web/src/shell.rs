//! What every page needs: texts, looks, settings, time and chance; and the layers around all routes.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Uri;
use axum::routing::get;
use tokio::sync::Semaphore;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::page::frame::PublicFrame;
use crate::texts::{Lang, Say, Texts, TextsError};
use crate::theme::Theme;
use crate::{guard, headers, health, language, leave, limits, problem, security_txt, theme};

/// What a host can set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Everything is made up: every page says so.
    pub demo: bool,
    /// Reached over TLS (itself or through a proxy): HSTS, and cookies with the `__Host-` prefix.
    pub tls: bool,
    /// Where people reach this site, such as `https://samen.example.nl`: full links begin with it. Without it, links name no host.
    pub address: Option<String>,
    /// Where "Leave this page" goes: a neutral site that a passer-by expects on anybody's screen.
    pub leave_to: String,
    /// Who runs this site, as the privacy page names it.
    pub host_name: String,
    /// How to reach the host about privacy and accessibility: an e-mail address or telephone number.
    pub host_contact: String,
    /// The address of the host in a list of organisations, such as TOOI: the open figures name their publisher by it.
    pub host_uri: Option<String>,
    /// What `/.well-known/security.txt` says; without it the route is not there.
    pub security_txt: Option<security_txt::SecurityTxt>,
    /// How much one request, and all together, may take.
    pub limits: limits::Limits,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            demo: false,
            tls: true,
            address: None,
            leave_to: "https://www.knmi.nl/nederland-nu/weer/verwachtingen".to_owned(),
            host_name: "Samen".to_owned(),
            host_contact: String::new(),
            host_uri: None,
            security_txt: None,
            limits: limits::Limits::default(),
        }
    }
}

/// Why the web layer cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// The texts are incomplete.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// The neutral address is not one a browser can go to.
    #[error(
        "`leave_to` is `{0}`, which is not an absolute http(s) address; set it to a neutral site"
    )]
    LeaveTo(String),
    /// The site's own address is none.
    #[error(
        "`address` is `{0}`, which is not the address of a site; write it as https://samen.example.nl, without a path"
    )]
    Address(String),
}

/// Texts, looks, settings, time and chance; shared by all handlers as `State<Arc<Shell>>`.
#[derive(Debug)]
pub struct Shell {
    /// What the host set.
    pub settings: Settings,
    /// Style sheet and icon.
    pub theme: Theme,
    /// The clock.
    pub clock: Clock,
    /// Random bytes.
    pub chance: Chance,
    /// Turns for forms with files.
    pub(crate) uploads: Arc<Semaphore>,
    texts: Arc<Texts>,
}

/// Whether this is the address of a site: a scheme and a host, and nothing behind it.
fn is_site(address: &str) -> bool {
    address.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("https" | "http"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.path() == "/"
            && uri.query().is_none()
            && !address.contains(['@', '#'])
            && !address.ends_with('/')
    })
}

impl Shell {
    /// Reads the texts and checks the settings.
    pub fn new(
        settings: Settings,
        theme: Theme,
        clock: Clock,
        chance: Chance,
    ) -> Result<Arc<Shell>, ShellError> {
        let texts = Arc::new(Texts::new()?);
        let neutral = settings.leave_to.parse::<Uri>().is_ok_and(|uri| {
            matches!(uri.scheme_str(), Some("https" | "http")) && uri.host().is_some()
        });
        if !neutral {
            return Err(ShellError::LeaveTo(settings.leave_to));
        }
        if let Some(address) = settings.address.as_ref().filter(|a| !is_site(a)) {
            return Err(ShellError::Address(address.clone()));
        }
        Ok(Arc::new(Shell {
            uploads: Arc::new(Semaphore::new(settings.limits.uploads)),
            settings,
            theme,
            clock,
            chance,
            texts,
        }))
    }

    /// The texts in one language.
    pub fn say(&self, lang: Lang) -> Say {
        Say::new(self.texts.clone(), lang)
    }

    /// The frame of a public page; `path` is the page's address without the language's prefix.
    pub fn public_frame(&self, lang: Lang, path: &str) -> PublicFrame {
        PublicFrame::new(self, lang, path)
    }
}

/// The whole site: the given routes (public pages, work pages, interface for programs; all with their state) with the fixed routes and all layers.
///
/// From outside in: headers, errors made readable, panics caught, limits, cross-site check, route.
pub fn site(shell: &Arc<Shell>, routes: Router) -> Router {
    let fixed = Router::new()
        .route("/livez", get(health::livez))
        .route("/static/{name}", get(theme::asset))
        .route("/favicon.ico", get(theme::favicon))
        .route("/robots.txt", get(theme::robots))
        .route("/.well-known/security.txt", get(security_txt::show))
        .route("/leave", get(leave::by_link).post(leave::by_button))
        .route("/language", axum::routing::post(language::choose))
        .with_state(shell.clone());
    let guarded = fixed
        .merge(routes)
        .layer(axum::middleware::from_fn(guard::same_site));
    let limited = limits::around(guarded, &shell.settings.limits);
    let limited = limited.layer(tower_http::catch_panic::CatchPanicLayer::custom(
        problem::after_panic,
    ));
    limited
        .layer(axum::middleware::from_fn_with_state(
            shell.clone(),
            problem::readable,
        ))
        .layer(axum::middleware::from_fn_with_state(
            shell.clone(),
            headers::set,
        ))
}

/// How long a browser may keep a file whose name changes with its content.
pub(crate) const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
