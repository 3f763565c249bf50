//! Looks: a style sheet for everybody, a larger one for work, and one icon, built in; a host's design tokens may replace ours.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as UrlPath, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::shell::{A_YEAR, Shell};

const TOKENS: &str = include_str!("../assets/tokens.css");
const SHEETS: &[&str] = &[
    include_str!("../assets/base.css"),
    include_str!("../assets/components.css"),
    include_str!("../assets/public.css"),
];
/// What only those who signed in need; a frightened person on a bad network does not pay for it.
const WORK_SHEET: &str = include_str!("../assets/work.css");
const ICON: &str = include_str!("../assets/icon.svg");
const CSS: &str = "text/css; charset=utf-8";
const LARGEST_THEME: usize = 64 * 1024;

/// Why a host's theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// The file cannot be read.
    #[error("theme {path}: {source}; check that the file exists and may be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Larger than 64 kB.
    #[error("theme {path}: larger than 64 kB; a theme holds custom properties only")]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It asks for files of others.
    #[error(
        "theme {path}: `{what}` would ask for a file elsewhere, which tells others who visits; remove it"
    )]
    Elsewhere {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: &'static str,
    },
}

/// A file named after its content, so that a browser may keep it for a year.
#[derive(Debug)]
struct Asset {
    name: String,
    kind: &'static str,
    body: String,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, body: String) -> Asset {
        let hash = hex::encode(&Sha256::digest(body.as_bytes())[..8]);
        Asset {
            name: format!("{stem}.{hash}.{ending}"),
            kind,
            body,
        }
    }

    fn address(&self) -> String {
        format!("/static/{}", self.name)
    }
}

/// The style sheets and the icon in force.
#[derive(Debug)]
pub struct Theme {
    style: Asset,
    work: Asset,
    icon: Asset,
}

impl Theme {
    /// Our own looks.
    pub fn own() -> Theme {
        Theme::with("")
    }

    /// Our own looks, with the custom properties of the host's file (`THEME_CSS`) after ours, so that they win.
    pub fn load(path: Option<&Path>) -> Result<Theme, ThemeError> {
        let Some(path) = path else {
            return Ok(Theme::own());
        };
        let css = std::fs::read_to_string(path).map_err(|source| ThemeError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        if css.len() > LARGEST_THEME {
            return Err(ThemeError::TooLarge {
                path: path.to_owned(),
            });
        }
        let lower = css.to_ascii_lowercase();
        if let Some(what) = ["@import", "url("]
            .into_iter()
            .find(|what| lower.contains(what))
        {
            return Err(ThemeError::Elsewhere {
                path: path.to_owned(),
                what,
            });
        }
        Ok(Theme::with(&css))
    }

    fn with(theme: &str) -> Theme {
        let mut css = smaller(TOKENS);
        css.push_str(&smaller(theme));
        for sheet in SHEETS {
            css.push_str(&smaller(sheet));
        }
        let work = format!("{css}{}", smaller(WORK_SHEET));
        Theme {
            style: Asset::new("samen", "css", CSS, css),
            work: Asset::new("work", "css", CSS, work),
            icon: Asset::new("icon", "svg", "image/svg+xml", ICON.to_owned()),
        }
    }

    /// Address of the style sheet of the pages for everybody.
    pub fn style(&self) -> String {
        self.style.address()
    }

    /// Address of the style sheet of the pages at work; it holds the other one too, so that a page asks for one file.
    pub fn work_style(&self) -> String {
        self.work.address()
    }

    /// Address of the icon.
    pub fn icon(&self) -> String {
        self.icon.address()
    }
}

/// Without comments and needless spaces: every byte is paid for on a bad network.
fn smaller(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let mut small = String::with_capacity(out.len());
    for line in out.lines().map(str::trim).filter(|line| !line.is_empty()) {
        small.push_str(line);
        // A selector or value may go on in the next line.
        if !line.ends_with(['{', '}', ';', ',']) {
            small.push(' ');
        }
    }
    for (loose, tight) in [
        (": ", ":"),
        ("; ", ";"),
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
        (", ", ","),
        (";}", "}"),
    ] {
        small = small.replace(loose, tight);
    }
    small
}

/// `GET /static/{name}`: the files that pages refer to, kept for a year because a change changes the name.
pub async fn asset(
    State(shell): State<Arc<Shell>>,
    UrlPath(name): UrlPath<String>,
) -> Result<Response, Problem> {
    [&shell.theme.style, &shell.theme.work, &shell.theme.icon]
        .into_iter()
        .find(|asset| asset.name == name)
        .map(kept)
        .ok_or_else(Problem::not_found)
}

/// `GET /favicon.ico`: some browsers ask for it whatever the page says.
pub async fn favicon(State(shell): State<Arc<Shell>>) -> Response {
    (
        [(CONTENT_TYPE, shell.theme.icon.kind)],
        shell.theme.icon.body.clone(),
    )
        .into_response()
}

/// `GET /robots.txt`: the front page may be found, nothing else.
pub async fn robots() -> Response {
    const TEXT: &str = "User-agent: *\nAllow: /$\nAllow: /en/$\nAllow: /static/\nDisallow: /\n";
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], TEXT).into_response()
}

fn kept(asset: &Asset) -> Response {
    let cache = format!("public, max-age={}, immutable", A_YEAR.as_secs());
    (
        [
            (CONTENT_TYPE, asset.kind.to_owned()),
            (CACHE_CONTROL, cache),
        ],
        asset.body.clone(),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheets_stay_small() {
        let theme = Theme::own();
        let (all, work) = (theme.style.body.len(), theme.work.body.len());
        assert!(all < 24_000, "{all} bytes for everybody");
        assert!(work < 40_000, "{work} bytes at work");
        assert_ne!(theme.style(), theme.work_style());
    }

    #[test]
    fn a_theme_that_asks_others_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("theme.css");
        std::fs::write(&path, ":root{--samen-color-brand:#123456}").unwrap();
        let theme = Theme::load(Some(&path)).unwrap();
        assert!(theme.style.body.contains("#123456"));
        assert_ne!(theme.style(), Theme::own().style());
        std::fs::write(&path, "@IMPORT 'https://fonts.example/x.css';").unwrap();
        assert!(matches!(
            Theme::load(Some(&path)),
            Err(ThemeError::Elsewhere { .. })
        ));
        assert!(matches!(
            Theme::load(Some(dir.path())),
            Err(ThemeError::Unreadable { .. })
        ));
    }

    #[test]
    fn shrinking_keeps_the_meaning() {
        assert_eq!(
            smaller("/* a */\n.x {\n  color: red;\n}\n.a\n.b { top: 0 }\n"),
            ".x{color:red}.a .b{top:0}"
        );
    }
}
