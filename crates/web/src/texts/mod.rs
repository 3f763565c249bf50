//! Every text on a screen, from `locales/<language>/*.ftl` (Fluent), built into the binary.
//!
//! A text is named by a literal key at the place that says it: `t.say("key")` in a template, `Key::new("key")` in Rust. A test
//! reads those literals, so a key can be neither missing nor forgotten.

pub mod dates;
mod lang;

pub use lang::Lang;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");

/// Why the texts cannot be used: the program must not start.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// A language has a row in the table but no folder.
    #[error("locales/{lang}: no such folder; write its .ftl files or remove the language")]
    NoFolder {
        /// ISO 639-1 code.
        lang: &'static str,
    },
    /// A file is not Fluent, or says a key twice.
    #[error("locales/{file}: {what}; mend the file")]
    Unreadable {
        /// Path under `locales/`.
        file: String,
        /// What the reader found.
        what: String,
    },
    /// A key of one language is missing in another.
    #[error("locales/{lang}: key `{key}` is missing; it exists in locales/{has}")]
    Missing {
        /// Language without the key.
        lang: &'static str,
        /// Language with the key.
        has: &'static str,
        /// The key.
        key: String,
    },
    /// The two languages use different variables in one text.
    #[error("locales/{lang}: key `{key}` uses other variables than locales/{other} does")]
    Variables {
        /// One language.
        lang: &'static str,
        /// The other.
        other: &'static str,
        /// The key.
        key: String,
    },
}

/// A key of a text. Made from a literal, so that the tests can find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(&'static str);

impl Key {
    /// A key; the literal must stand here, not a variable.
    pub const fn new(key: &'static str) -> Key {
        Key(key)
    }

    /// The key as written.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// A value inside a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Shown as it is.
    Text(String),
    /// Shown with the language's thousands sign; chooses singular or plural.
    Number(i64),
}

// Templates hand values over by reference, sometimes by a reference to one.
macro_rules! arg_from {
    ($($from:ty => |$value:ident| $make:expr;)*) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Arg {
                $make
            }
        })*
    };
}
arg_from! {
    String => |text| Arg::Text(text);
    &String => |text| Arg::Text(text.clone());
    &&String => |text| Arg::Text((*text).clone());
    &str => |text| Arg::Text(text.to_owned());
    &&str => |text| Arg::Text((*text).to_owned());
    i64 => |number| Arg::Number(number);
    &i64 => |number| Arg::Number(*number);
    &&i64 => |number| Arg::Number(**number);
    u32 => |number| Arg::Number(i64::from(number));
    &u32 => |number| Arg::Number(i64::from(*number));
    usize => |number| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
    &usize => |number| Arg::Number(i64::try_from(*number).unwrap_or(i64::MAX));
}

/// A text that will be said later, in the reader's language: a key with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    key: Key,
    args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without values.
    pub fn new(key: Key) -> Message {
        Message {
            key,
            args: Vec::new(),
        }
    }

    /// The same message with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((name, value.into()));
        self
    }

    /// Its key, for programs.
    pub fn key(&self) -> Key {
        self.key
    }
}

impl From<Key> for Message {
    fn from(key: Key) -> Message {
        Message::new(key)
    }
}

/// All texts in all languages.
pub struct Texts {
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").finish_non_exhaustive()
    }
}

impl Texts {
    /// Reads the built-in files and checks that every language says the same keys with the same variables.
    pub fn new() -> Result<Texts, TextsError> {
        let mut bundles = Vec::new();
        let mut keys: Vec<BTreeMap<String, BTreeSet<String>>> = Vec::new();
        for lang in Lang::all() {
            let (bundle, said) = load(lang)?;
            bundles.push(bundle);
            keys.push(said);
        }
        for (lang, said) in Lang::all().zip(&keys) {
            for (other, other_said) in Lang::all().zip(&keys) {
                same_keys(lang, said, other, other_said)?;
            }
        }
        Ok(Texts { bundles })
    }

    /// The text of `key`. A key that does not exist shows itself in brackets; the tests keep that from happening.
    pub fn get(&self, lang: Lang, key: &str) -> Cow<'_, str> {
        self.format(lang, key, None)
    }

    /// The text of a message with its values.
    pub fn message(&self, lang: Lang, message: &Message) -> String {
        self.get_with(lang, message.key.0, &message.args)
    }

    /// The text of `key` with values.
    pub fn get_with(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                    Arg::Number(number) => FluentValue::from(*number),
                };
                (*name, value)
            })
            .collect();
        self.format(lang, key, Some(&args)).into_owned()
    }

    fn format<'a>(
        &'a self,
        lang: Lang,
        key: &str,
        args: Option<&'a FluentArgs<'_>>,
    ) -> Cow<'a, str> {
        let bundle = &self.bundles[lang.index()];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = lang.code(), "text is missing");
            return Cow::Owned(format!("⟦{key}⟧"));
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, lang = lang.code(), "text lacks a value");
        }
        text
    }
}

/// The texts in one language: what a template calls `t`.
#[derive(Clone, Debug)]
pub struct Say {
    texts: Arc<Texts>,
    lang: Lang,
}

impl Say {
    /// Texts bound to a language.
    pub fn new(texts: Arc<Texts>, lang: Lang) -> Say {
        Say { texts, lang }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text without values.
    pub fn say(&self, key: &str) -> Cow<'_, str> {
        self.texts.get(self.lang, key)
    }

    /// A text with the number `n`, which also chooses singular or plural.
    pub fn say_n(&self, key: &str, n: impl Into<Arg>) -> String {
        self.texts.get_with(self.lang, key, &[("n", n.into())])
    }

    /// A text with one value.
    pub fn say_with(&self, key: &str, name: &str, value: impl Into<Arg>) -> String {
        self.texts.get_with(self.lang, key, &[(name, value.into())])
    }

    /// A text with several values.
    pub fn say_args(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.texts.get_with(self.lang, key, args)
    }

    /// The text of a key that a Rust type carries.
    pub fn key(&self, key: Key) -> Cow<'_, str> {
        self.texts.get(self.lang, key.0)
    }

    /// The text of a message.
    pub fn message(&self, message: &Message) -> String {
        self.texts.message(self.lang, message)
    }

    /// A public address in this language: `t.path("/start")`.
    pub fn path(&self, path: &str) -> String {
        self.lang.path(path)
    }

    /// A whole number as this language writes it.
    pub fn number(&self, value: impl Into<Arg>) -> String {
        match value.into() {
            Arg::Number(number) => self.lang.number(number),
            Arg::Text(text) => text,
        }
    }
}

type Keys = BTreeMap<String, BTreeSet<String>>;

fn load(lang: Lang) -> Result<(FluentBundle<FluentResource>, Keys), TextsError> {
    let id = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would end up in copied text and in the tests' snapshots; values that a person typed stand in elements with dir="auto".
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::ENGLISH => |value, _| number(Lang::ENGLISH, value),
        _ => |value, _| number(Lang::DUTCH, value),
    }));
    let mut keys = Keys::new();
    let folder = LOCALES
        .get_dir(lang.code())
        .ok_or(TextsError::NoFolder { lang: lang.code() })?;
    for file in folder.files() {
        let name = file.path().display().to_string();
        let unreadable = |what: String| TextsError::Unreadable {
            file: name.clone(),
            what,
        };
        let source = file
            .contents_utf8()
            .ok_or_else(|| unreadable("not UTF-8".to_owned()))?;
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| unreadable(format!("{errors:?}")))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| unreadable(format!("{errors:?}")))?;
        keys.extend(keys_of(source));
    }
    Ok((bundle, keys))
}

fn number(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "only whole numbers are passed in, see Arg::Number"
        )]
        FluentValue::Number(number) => Some(lang.number(number.value as i64)),
        _ => None,
    }
}

/// The keys of a Fluent file and the variables that each uses.
fn keys_of(source: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current: Option<String> = None;
    for line in source.lines() {
        if line.starts_with(|c: char| c.is_ascii_lowercase())
            && let Some((key, _)) = line.split_once('=')
        {
            let key = key.trim().to_owned();
            keys.insert(key.clone(), BTreeSet::new());
            current = Some(key);
        } else if line.starts_with('#') {
            continue;
        }
        if let Some(variables) = current.as_ref().and_then(|key| keys.get_mut(key)) {
            variables.extend(variables_of(line));
        }
    }
    keys
}

fn variables_of(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).map(|rest| {
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect()
    })
}

fn same_keys(lang: Lang, said: &Keys, other: Lang, other_said: &Keys) -> Result<(), TextsError> {
    for (key, variables) in said {
        match other_said.get(key) {
            None => {
                return Err(TextsError::Missing {
                    lang: other.code(),
                    has: lang.code(),
                    key: key.clone(),
                });
            }
            Some(others) if others != variables => {
                return Err(TextsError::Variables {
                    lang: lang.code(),
                    other: other.code(),
                    key: key.clone(),
                });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
