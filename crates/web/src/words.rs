//! Words of the vocabulary in the reader's language.

use domain::vocabulary;
use jiff::civil::Date;

use crate::app::App;
use crate::texts::Lang;

/// The vocabulary's language for a page's language; every language but Dutch reads English labels.
pub fn language(lang: Lang) -> vocabulary::Lang {
    if lang == Lang::DUTCH {
        vocabulary::Lang::Nl
    } else {
        vocabulary::Lang::En
    }
}

/// A role's name, or its code when the vocabulary has no name for it on that day.
pub fn role(app: &App, code: &str, on: Date, lang: Lang) -> String {
    vocabulary::RoleCode::new(code)
        .ok()
        .and_then(|role| app.desk.vocabulary.role(&role, on).ok())
        .map_or_else(
            || code.to_owned(),
            |role| role.label(language(lang)).to_owned(),
        )
}
