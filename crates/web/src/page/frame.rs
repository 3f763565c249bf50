//! The surroundings of a page: what `public.html` and `work.html` need besides the page's own content.

use crate::page::ui::Tone;
use crate::shell::Shell;
use crate::texts::Lang;

/// A link to the same page in another language.
#[derive(Clone, Debug)]
pub struct LanguageLink {
    /// The other language.
    pub lang: Lang,
    /// Its address.
    pub href: String,
    /// It is the page's own language.
    pub current: bool,
}

/// Surroundings of a public page: neutral title and icon, the way out first, no name of anybody.
#[derive(Clone, Debug)]
pub struct PublicFrame {
    /// Address of the style sheet.
    pub style: String,
    /// Address of the icon.
    pub icon: String,
    /// Everything is made up.
    pub demo: bool,
    /// Address of the front page.
    pub home: String,
    /// Is this the front page?
    pub is_home: bool,
    /// The page in each language.
    pub languages: Vec<LanguageLink>,
}

impl PublicFrame {
    /// The frame of the page at `path` (without a language's prefix).
    pub fn new(shell: &Shell, lang: Lang, path: &str) -> PublicFrame {
        PublicFrame {
            style: shell.theme.style(),
            icon: shell.theme.icon(),
            demo: shell.settings.demo,
            home: lang.path("/"),
            is_home: path == "/",
            languages: Lang::all()
                .map(|other| LanguageLink {
                    lang: other,
                    href: other.path(path),
                    current: other == lang,
                })
                .collect(),
        }
    }
}

/// A way in the side navigation of a professional.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// What it is called, in the reader's language.
    pub label: String,
    /// Where it goes.
    pub href: String,
    /// Are we there?
    pub current: bool,
    /// How many wait there, if that is known.
    pub count: Option<i64>,
}

/// What just happened, shown once on the next page.
#[derive(Clone, Debug)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// In the reader's language.
    pub text: String,
}

/// Surroundings of a professional's page.
#[derive(Clone, Debug)]
pub struct WorkFrame {
    /// Address of the style sheet.
    pub style: String,
    /// Address of the icon.
    pub icon: String,
    /// Everything is made up.
    pub demo: bool,
    /// Who works.
    pub person: String,
    /// As what: the role's name in the reader's language.
    pub role: String,
    /// For whom.
    pub organisation: String,
    /// Where this role may go.
    pub nav: Vec<NavItem>,
    /// What just happened.
    pub flashes: Vec<Flash>,
    /// The session's form token, for `ui::token`.
    pub token: String,
    /// This page's path, to come back to after choosing a language.
    pub path: String,
    /// The languages to choose from.
    pub languages: Vec<Lang>,
}

/// Who looks at a work page.
#[derive(Clone, Debug)]
pub struct Worker {
    /// Name as colleagues know it.
    pub person: String,
    /// The role's name in the reader's language.
    pub role: String,
    /// The organisation's name.
    pub organisation: String,
    /// The session's form token.
    pub token: String,
}

impl WorkFrame {
    /// The frame around a work page at `path`; the item of `nav` that the path lies in becomes the current one.
    pub fn new(shell: &Shell, worker: Worker, nav: Vec<NavItem>, path: &str) -> WorkFrame {
        let deepest = nav
            .iter()
            .map(|item| item.href.clone())
            .filter(|href| lies_in(path, href))
            .max_by_key(String::len);
        WorkFrame {
            style: shell.theme.work_style(),
            icon: shell.theme.icon(),
            demo: shell.settings.demo,
            person: worker.person,
            role: worker.role,
            organisation: worker.organisation,
            nav: nav
                .into_iter()
                .map(|item| NavItem {
                    current: Some(&item.href) == deepest.as_ref(),
                    ..item
                })
                .collect(),
            flashes: Vec::new(),
            token: worker.token,
            path: path.to_owned(),
            languages: Lang::all().collect(),
        }
    }

    /// The same frame, telling what just happened.
    #[must_use]
    pub fn tell(mut self, tone: Tone, text: impl Into<String>) -> WorkFrame {
        self.flashes.push(Flash {
            tone,
            text: text.into(),
        });
        self
    }
}

fn lies_in(path: &str, href: &str) -> bool {
    path.strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']) || href.ends_with('/'))
}
