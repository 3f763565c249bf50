//! Words of the vocabulary on work pages: the label of a code that was once recorded, and what can be chosen today.

use domain::code::FormCode;
use domain::vocabulary::{Code, Facts, List, Vocabulary};
use jiff::civil::Date;

use crate::page::ui::Choice;
use crate::texts::Say;
use crate::words::language;

/// The label of a code, whatever its day; the code itself when no list knows it any more.
pub fn label<F: Facts>(list: &List<F>, code: &Code<F>, say: &Say) -> String {
    list.newest(code).map_or_else(
        || code.to_string(),
        |entry| entry.label(language(say.lang())).to_owned(),
    )
}

/// Labels of several codes.
pub fn labels<F: Facts>(list: &List<F>, codes: &[Code<F>], say: &Say) -> Vec<String> {
    codes.iter().map(|code| label(list, code, say)).collect()
}

/// What can be chosen on a day, in the order of the list.
pub fn choices<F: Facts>(list: &List<F>, on: Date, say: &Say) -> Vec<Choice> {
    list.valid_on(on)
        .map(|entry| Choice::new(entry.code.as_str(), entry.label(language(say.lang()))))
        .collect()
}

/// The same, by label.
pub fn sorted<F: Facts>(list: &List<F>, on: Date, say: &Say) -> Vec<Choice> {
    let mut all = choices(list, on, say);
    all.sort_by_key(|choice| choice.label.to_lowercase());
    all
}

/// The main forms of exploitation of a day.
pub fn main_forms(words: &Vocabulary, on: Date, say: &Say) -> Vec<Choice> {
    words
        .forms
        .valid_on(on)
        .filter(|form| form.facts.parent().is_none())
        .map(|form| Choice::new(form.code.as_str(), form.label(language(say.lang()))))
        .collect()
}

/// All forms of a day, each below the main form it belongs to.
pub fn all_forms(words: &Vocabulary, on: Date, say: &Say) -> Vec<Choice> {
    let mut out = Vec::new();
    for main in main_forms(words, on, say) {
        let below = words.forms.valid_on(on).filter(|form| {
            form.facts
                .parent()
                .is_some_and(|parent| parent.as_str() == main.value)
        });
        let below: Vec<Choice> = below
            .map(|form| {
                let label = form.label(language(say.lang()));
                Choice::new(form.code.as_str(), format!("{}: {label}", main.label))
            })
            .collect();
        out.push(main);
        out.extend(below);
    }
    out
}

/// A form that counts on a day, from its code as sent.
pub fn form_on(words: &Vocabulary, on: Date, text: &str) -> Option<FormCode> {
    known(&words.forms, on, text)
}

/// A code that counts on a day, from its text as sent.
pub fn known<F: Facts>(list: &List<F>, on: Date, text: &str) -> Option<Code<F>> {
    let code = Code::new(text).ok()?;
    list.contains(&code, on).then_some(code)
}
