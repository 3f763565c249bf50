//! Whatever people type comes out as text.

use crate::support;
use letter::model::{Letter, Note, Paragraph};
use letter::{Lang, Styling, clean, html, markdown};
use proptest::prelude::*;

/// A letter with the text in every kind of place that does not decide how a drawing looks.
fn with(text: &str) -> Letter {
    let mut letter = support::letter();
    letter.made_up = false;
    letter.head.subject = text.into();
    letter.head.signatory.name = Some(text.into());
    letter.opening = vec![Paragraph::plain(text).note(Note::words(text)).then(text)];
    letter.lines[0].heading = text.into();
    letter.lines[0].goal = text.into();
    letter.lines[0].highlights = vec![text.into()];
    letter.figures[0].definition = text.into();
    letter.figures[0].source = text.into();
    letter.figures[0].row_label = text.into();
    letter.annex.actions[0].title = text.into();
    letter.annex.actions[0].involved = vec![text.into()];
    letter.annex.overdue[0].title = text.into();
    letter.other_annexes = vec![text.into()];
    letter.commitments[0].closed_by = text.into();
    letter
}

fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .collect()
}

/// The markup of Markdown: what is left after escaped characters are taken out.
fn markup(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if "`*_[]<>|~#$^&@\n".contains(c) {
            out.push(c);
        }
    }
    out
}

fn block_starts(text: &str) -> usize {
    let starts = |line: &&str| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with(['-', '+', '=', '>', '#', ':'])
            || (rest.len() < line.len() && rest.starts_with(['.', ')']))
    };
    text.lines().filter(starts).count()
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[ -~]{1,40}",
        prop::sample::select(vec![
            "#import \"/etc/passwd\"",
            "#eval(\"1\")",
            "$x$",
            "@label",
            "<label>",
            "*vet*",
            "_schuin_",
            "= Kop",
            "- punt",
            "1. punt",
            "```rust```",
            "</p><script>alert(1)</script>",
            "\" onload=\"x",
            "' --",
            "<!--",
            "]]>",
            "&lt;",
            "[a](javascript:x)",
            "![x](y)",
            "| a | b |",
            "[^1]",
            "https://example.org",
            "www.example.org",
            "\u{202e}omgekeerd",
            "مرحبا",
            "שלום",
            "\u{0}\u{7}\u{1b}[31m",
            "\u{200b}\u{feff}",
            "regel\r\nregel\u{2028}regel",
            "\\",
            "\\\\*",
            "~~x~~",
            "#",
            "\u{e000}",
            "\u{10ffff}",
        ])
        .prop_map(str::to_owned),
        "[a-z]{200,300}",
    ];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat() + "x")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn text_never_becomes_a_tag(text in hostile()) {
        let page = html(&with(&text), Lang::Nl, &Styling::Plain);
        let harmless = html(&with("x"), Lang::Nl, &Styling::Plain);
        prop_assert_eq!(tags(&page), tags(&harmless));
        let shown = page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        prop_assert!(shown.matches(&clean(&text)).count() >= 15);
    }

    #[test]
    fn text_never_becomes_markdown(text in hostile()) {
        let harmless = markdown(&with("x"));
        let written = markdown(&with(&text));
        prop_assert_eq!(markup(&written), markup(&harmless));
        prop_assert_eq!(block_starts(&written), block_starts(&harmless));
    }

    #[test]
    fn drawings_stay_drawings(text in hostile()) {
        let mut letter = support::letter();
        letter.figures[0].title = text.clone();
        letter.figures[0].rows[0].label = text.clone();
        letter.figures[1].columns[0] = text.clone();
        letter.figures[1].rows[0].label = text.clone();
        if let Some(picture) = &mut letter.figures[1].picture {
            picture.description = text;
        }
        let page = html(&letter, Lang::Nl, &Styling::Plain);
        for svg in page.split("<svg ").skip(1).filter_map(|rest| rest.split("</svg>").next()) {
            let known = ["title", "desc", "path", "rect", "text", "circle", "pattern", "g"];
            for tag in tags(svg) {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                prop_assert!(known.contains(&name), "{}", tag);
                prop_assert!(!tag.contains("onload"));
            }
        }
    }

    #[test]
    fn cleaning_is_done_after_one_time(text in hostile()) {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once.clone());
        prop_assert!(!once.chars().any(char::is_control));
    }
}
