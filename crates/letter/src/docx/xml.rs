//! Words as runs of WordprocessingML.

use crate::compose::{Document, Marked};
use crate::phrases::Lang;

/// Language of texts by people, and of a Dutch letter.
pub(super) const DUTCH: &str = "nl-NL";

/// The tag that Word wants: a language with its country.
pub(super) fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => DUTCH,
        Lang::En => "en-GB",
    }
}

/// Escapes text, and drops what XML 1.0 cannot hold.
pub(super) fn escape(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    crate::svg::escape(&kept)
}

/// How words look beside their style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Strong,
    Emphasis,
}

/// A run of words; those by people are Dutch in every document.
pub(super) fn run(document: &Document, marked: &Marked, look: Look) -> String {
    if marked.text.is_empty() {
        return String::new();
    }
    let look = match look {
        Look::Plain => "",
        Look::Strong => "<w:b/>",
        Look::Emphasis => "<w:i/>",
    };
    let lang = if marked.own && document.lang != Lang::Nl {
        format!("<w:lang w:val=\"{DUTCH}\"/>")
    } else {
        String::new()
    };
    let properties = match (look, lang.as_str()) {
        ("", "") => String::new(),
        (look, lang) => format!("<w:rPr>{look}{lang}</w:rPr>"),
    };
    format!(
        "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(&marked.text)
    )
}

/// A paragraph of a style; `more` is what its properties hold besides.
pub(super) fn paragraph(style: &str, more: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{runs}</w:p>\n")
}
