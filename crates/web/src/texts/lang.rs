//! The languages of the screens: one row each; a new language is a row here and a folder under `locales/`.

/// What differs between languages apart from the words.
#[derive(Debug)]
struct Language {
    code: &'static str,
    /// Start of a public address: empty for the default language.
    prefix: &'static str,
    /// The language's name in itself, for the switch.
    name: &'static str,
    dir: &'static str,
    thousands: char,
}

const LANGUAGES: &[Language] = &[
    Language {
        code: "nl",
        prefix: "",
        name: "Nederlands",
        dir: "ltr",
        thousands: '.',
    },
    Language {
        code: "en",
        prefix: "/en",
        name: "English",
        dir: "ltr",
        thousands: ',',
    },
];

/// A language that every text exists in. Only rows of the table above can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(usize);

impl Lang {
    /// Dutch, the default: its public addresses have no prefix.
    pub const DUTCH: Lang = Lang(0);
    /// English, under `/en`.
    pub const ENGLISH: Lang = Lang(1);

    /// Every language, the default first.
    pub fn all() -> impl Iterator<Item = Lang> {
        (0..LANGUAGES.len()).map(Lang)
    }

    /// The language with this ISO 639-1 code, if its texts exist.
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::all().find(|lang| lang.code() == code)
    }

    /// The language that a public address is in: `/en/start` is English, `/start` is Dutch.
    pub fn of_path(path: &str) -> Lang {
        Lang::all()
            .filter(|lang| !lang.prefix().is_empty())
            .find(|lang| {
                path.strip_prefix(lang.prefix())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .unwrap_or(Lang::DUTCH)
    }

    /// The first language of an `Accept-Language` header that we have, in the order the header names them.
    pub fn of_accept_language(header: &str) -> Option<Lang> {
        header
            .split(',')
            .filter_map(|part| part.split([';', '-']).next())
            .find_map(|code| Lang::from_code(code.trim()))
    }

    /// ISO 639-1 code, for the `lang` attribute.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Start of its public addresses: `""` or `"/en"`.
    pub fn prefix(self) -> &'static str {
        self.row().prefix
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// `ltr` or `rtl`, for the `dir` attribute.
    pub fn dir(self) -> &'static str {
        self.row().dir
    }

    /// A public address in this language: `path("/start")` is `/start` or `/en/start`; `path("/")` is `/` or `/en/`.
    pub fn path(self, path: &str) -> String {
        format!("{}{path}", self.prefix())
    }

    /// A whole number with this language's sign between thousands.
    pub fn number(self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if value < 0 {
            out.push('-');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(self.row().thousands);
            }
            out.push(digit);
        }
        out
    }

    pub(super) fn index(self) -> usize {
        self.0
    }

    fn row(self) -> &'static Language {
        // INVARIANT: a Lang is only made from an index of the table.
        &LANGUAGES[self.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_tells_the_language() {
        assert_eq!(Lang::of_path("/"), Lang::DUTCH);
        assert_eq!(Lang::of_path("/en"), Lang::ENGLISH);
        assert_eq!(Lang::of_path("/en/start"), Lang::ENGLISH);
        assert_eq!(Lang::of_path("/energie"), Lang::DUTCH);
        assert_eq!(
            Lang::of_accept_language("fr, en-GB;q=0.8, nl;q=0.2"),
            Some(Lang::ENGLISH)
        );
        assert_eq!(Lang::of_accept_language("fr"), None);
    }

    #[test]
    fn thousands_are_grouped_in_the_language_s_way() {
        assert_eq!(Lang::DUTCH.number(1_234_567), "1.234.567");
        assert_eq!(Lang::ENGLISH.number(-1_000), "-1,000");
        assert_eq!(Lang::DUTCH.number(999), "999");
    }
}
