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

/// How people name a record on pages and in titles, never by a person's name: the last eight characters of its identity. The first ones
/// tell when it was made, and are the same for everything made within a minute.
pub fn reference(id: impl ToString) -> String {
    let id = id.to_string();
    let skipped = id.chars().count().saturating_sub(8);
    id.chars().skip(skipped).collect()
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

/// The label of a code on a day; what was once recorded keeps its newest label, and an unknown code shows itself.
pub fn label<F: vocabulary::Facts>(
    list: &vocabulary::List<F>,
    code: &str,
    on: Date,
    lang: Lang,
) -> String {
    let today = list.resolve(code, on).ok();
    let known = today.or_else(|| {
        let code = vocabulary::Code::new(code).ok()?;
        list.newest(&code)
    });
    known.map_or_else(
        || code.to_owned(),
        |entry| entry.label(language(lang)).to_owned(),
    )
}

/// The codes that count on a day, as choices in the order of the vocabulary.
pub fn choices<F: vocabulary::Facts>(
    list: &vocabulary::List<F>,
    on: Date,
    lang: Lang,
) -> Vec<crate::page::ui::Choice> {
    list.valid_on(on)
        .map(|entry| crate::page::ui::Choice::new(entry.code.as_str(), entry.label(language(lang))))
        .collect()
}

/// As [`choices`], in the order of the alphabet: for long lists.
pub fn sorted_choices<F: vocabulary::Facts>(
    list: &vocabulary::List<F>,
    on: Date,
    lang: Lang,
) -> Vec<crate::page::ui::Choice> {
    let mut choices = choices(list, on, lang);
    choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
    choices
}

/// The serde name of a unit variant, such as `bedenktijd`: the vocabulary's code.
pub fn code_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// The variant with this serde name.
pub fn of_code<T: serde::de::DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(code.to_owned())).ok()
}
