//! Makes every text fit for the typesetter: only characters with a picture, no word wider than a column.

use super::fonts::Cover;
use serde_json::Value;

/// Words of other signs than letters can't be hyphenated; longer ones get places to break.
const LONG: usize = 20;
/// Even a word of letters is broken beyond this.
const VERY_LONG: usize = 60;
/// Between two such places.
const STEP: usize = 8;

/// Walks over all strings of the data. Drawings are left whole but for characters without a picture.
pub(super) fn fit(data: &mut Value, cover: Cover) {
    match data {
        Value::String(text) => *text = break_long(&printable(text, cover)),
        Value::Array(items) => items.iter_mut().for_each(|item| fit(item, cover)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text)
                        if matches!(name.as_str(), "svg" | "id" | "alt" | "title") =>
                    {
                        *text = printable(text, cover);
                    }
                    other => fit(other, cover),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A character that no font can draw is printed as its code point: visible and not lost.
fn printable(text: &str, cover: Cover) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if cover.has(c) {
            out.push(c);
        } else {
            out.push_str(&format!("[U+{:04X}]", u32::from(c)));
        }
    }
    out
}

fn break_long(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let length = word.chars().count();
        let letters = word.chars().all(char::is_alphabetic);
        if length <= LONG || (letters && length <= VERY_LONG) {
            return word.to_owned();
        }
        let mut out = String::with_capacity(word.len() * 2);
        for (n, c) in word.chars().enumerate() {
            if n > 0 && n % STEP == 0 && c.is_alphanumeric() {
                out.push('\u{200b}');
            }
            out.push(c);
        }
        out
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Cover, break_long, printable};

    #[test]
    fn characters_without_a_picture_are_named() {
        assert_eq!(printable("é Ж ß €", Cover::AllFonts), "é Ж ß €");
        assert_eq!(printable("ሰ", Cover::AllFonts), "[U+1230]");
        assert_eq!(printable("\u{e123}", Cover::AllFonts), "[U+E123]");
        assert_eq!(printable("e\u{301}", Cover::TextFont), "e[U+0301]");
    }

    #[test]
    fn only_words_that_cannot_be_hyphenated_are_broken() {
        assert_eq!(
            break_long("mensenhandelslachtofferopvang 12"),
            "mensenhandelslachtofferopvang 12"
        );
        assert_eq!(
            break_long("123456789012345678901234")
                .matches('\u{200b}')
                .count(),
            2
        );
        assert_eq!(break_long(&"a".repeat(100)).matches('\u{200b}').count(), 12);
    }
}
