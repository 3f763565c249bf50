//! Paragraphs as an editor types them, with footnotes: `The pilot runs^[Kamerstukken II, 28 638, nr. 257] in two regions.`
//!
//! A footnote begins with `^[` and ends with the bracket that belongs to it, so that brackets can stand in it. Nothing that was typed is
//! lost: what is empty, does not end, or stands inside a footnote stays text, and so does what comes after the most that a text takes.

use std::collections::HashMap;

use domain::text::SafeText;
use letter::model::{Note, Paragraph, Run};

/// How a footnote begins.
const BEGIN: &str = "^[";

/// Footnotes in one text; a page with more is no letter, and setting thousands would keep others waiting.
const MOST: usize = 200;

/// The paragraphs of a text; an empty line stands between two.
pub(super) fn paragraphs(text: &SafeText) -> Vec<Paragraph> {
    let mut left = MOST;
    text.as_str()
        .split("\n\n")
        .map(|part| part.trim().replace('\n', " "))
        .filter(|part| !part.is_empty())
        .map(|part| paragraph(&part, &mut left))
        .collect()
}

fn paragraph(text: &str, left: &mut usize) -> Paragraph {
    let ends = ends(text);
    let mut runs = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(BEGIN)) {
        let begin = at + found;
        let inside = begin + BEGIN.len();
        at = inside;
        let Some(end) = ends.get(&inside).copied() else {
            continue;
        };
        let words = text.get(inside..end).unwrap_or_default().trim();
        if words.is_empty() || *left == 0 {
            continue;
        }
        *left -= 1;
        push(&mut runs, text.get(from..begin));
        runs.push(Run::Note(Note::words(words)));
        (from, at) = (end + 1, end + 1);
    }
    push(&mut runs, text.get(from..));
    Paragraph { runs }
}

fn push(runs: &mut Vec<Run>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        runs.push(Run::Text(text.to_owned()));
    }
}

/// Where what stands in brackets begins, and the bracket that ends it: one walk, however many are open.
fn ends(text: &str) -> HashMap<usize, usize> {
    let (mut open, mut found) = (Vec::new(), HashMap::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at + 1),
            b']' => found.extend(open.pop().map(|inside| (inside, at))),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use domain::text::SafeText;
    use proptest::prelude::*;

    use super::{MOST, Note, Paragraph, Run, paragraphs};

    fn read(text: &str) -> Vec<Paragraph> {
        paragraphs(&SafeText::new("text", text, domain::text::LONGEST).unwrap())
    }

    fn runs(text: &str) -> Vec<Run> {
        read(text).remove(0).runs
    }

    fn text(words: &str) -> Run {
        Run::Text(words.to_owned())
    }

    fn note(words: &str) -> Run {
        Run::Note(Note::words(words))
    }

    /// What was typed, from what was read.
    fn typed(runs: &[Run]) -> String {
        let each = runs.iter().map(|run| match run {
            Run::Text(words) => words.clone(),
            Run::Note(note) => format!("^[{}]", note.text),
        });
        each.collect()
    }

    #[test]
    fn a_footnote_stands_where_it_was_written() {
        assert_eq!(runs("gewoon"), [text("gewoon")]);
        let two = "De proef^[Kamerstuk 28 638 [nr. 257]] loopt^[ twee ].";
        let expected = [
            text("De proef"),
            note("Kamerstuk 28 638 [nr. 257]"),
            text(" loopt"),
            note("twee"),
            text("."),
        ];
        assert_eq!(runs(two), expected);
        assert_eq!(runs("^[alleen]"), [note("alleen")]);
        assert_eq!(read("a^[1]\n\nb^[2]").len(), 2);
        assert_eq!(
            runs("a^[over\ntwee regels]"),
            [text("a"), note("over twee regels")]
        );
    }

    #[test]
    fn what_is_no_footnote_stays_text() {
        for words in [
            "a^[open",
            "a^[]b",
            "a^[ ] b",
            "[1] x^2 ]^",
            "^[^[",
            "^ [a]",
            "]]]^[",
        ] {
            assert_eq!(runs(words), [text(words)], "{words}");
        }
        // A footnote ends within its paragraph.
        let split = read("a^[b\n\nc]");
        assert_eq!(
            (typed(&split[0].runs), typed(&split[1].runs)),
            ("a^[b".to_owned(), "c]".to_owned())
        );
        // One within another is words of it.
        assert_eq!(runs("a^[b^[c]d]e"), [text("a"), note("b^[c]d"), text("e")]);
        // An open one takes nothing from those after it.
        assert_eq!(runs("a^[b ^[c]"), [text("a^[b "), note("c")]);
    }

    #[test]
    fn thousands_are_read_at_once_and_no_letter_has_them() {
        let all = read(&"x^[y]".repeat(5_000));
        let notes = all[0]
            .runs
            .iter()
            .filter(|run| matches!(run, Run::Note(_)))
            .count();
        assert_eq!(notes, MOST);
        assert_eq!(
            typed(&all[0].runs),
            "x^[y]".repeat(5_000),
            "and nothing is lost"
        );
        let open = "^[".repeat(20_000);
        assert_eq!(runs(&open), [text(&open)]);
        let deep = format!("{}a{}", "^[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(typed(&runs(&deep)), deep);
    }

    proptest! {
        #[test]
        fn nothing_that_was_typed_is_lost(words in "[a-z\\^\\[\\] é]{1,60}") {
            prop_assume!(!words.trim().is_empty());
            let found: String = read(&words).iter().map(|p| typed(&p.runs)).collect();
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&found), bare(&words));
        }
    }
}
