//! Tests of this subject through its public face.

use std::path::{Path, PathBuf};

use super::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn walk(folder: &Path, endings: &[&str], out: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, endings, out);
        } else if endings
            .iter()
            .any(|end| path.to_string_lossy().ends_with(end))
        {
            let text = std::fs::read_to_string(&path).unwrap();
            out.push((path, without_comments(&text)));
        }
    }
}

/// Code on one line, so that a call broken over lines is found, and keys that only a comment names are not.
fn without_comments(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("(\n", "(")
}

/// Sources that may say a text: all our crates' code and this crate's templates; tests and examples of pages do not count as use.
fn sources() -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).unwrap().flatten() {
        walk(&entry.path().join("src"), &[".rs"], &mut out);
        walk(&entry.path().join("templates"), &[".html"], &mut out);
        walk(&entry.path().join("examples"), &[".rs", ".html"], &mut out);
    }
    out.retain(|(path, _)| !path.ends_with("texts/tests.rs"));
    out
}

fn said() -> Keys {
    let mut files = Vec::new();
    walk(&root().join("locales/nl"), &[".ftl"], &mut files);
    files.iter().flat_map(|(_, text)| keys_of(text)).collect()
}

const CALLS: &[&str] = &[
    ".say(\"",
    ".say_n(\"",
    ".say_with(\"",
    ".say_args(\"",
    "Key::new(\"",
];

#[test]
fn the_texts_load_and_both_languages_say_the_same_keys() {
    Texts::new().unwrap();
}

#[test]
fn every_key_that_is_said_exists() {
    let known = said();
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for call in CALLS {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if !known.contains_key(key) {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "keys without a text:\n{}",
        missing.join("\n")
    );
}

#[test]
fn no_text_is_forgotten() {
    let all: String = sources().into_iter().map(|(_, text)| text).collect();
    let unused: Vec<String> = said()
        .into_keys()
        .filter(|key| !all.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "texts that nothing says: {unused:?}");
}

#[test]
fn dates_and_numbers_are_written_as_people_read_them() {
    let texts = Arc::new(Texts::new().unwrap());
    let nl = Say::new(texts.clone(), Lang::DUTCH);
    let en = Say::new(texts, Lang::ENGLISH);
    let at: jiff::Timestamp = "2026-06-30T22:05:00Z".parse().unwrap();
    assert_eq!(nl.moment(at), "1 juli 2026, 00:05");
    assert_eq!(en.moment(at), "1 July 2026, 00:05");
    let today = jiff::civil::date(2026, 11, 22);
    assert_eq!(
        nl.days_from(today, jiff::civil::date(2026, 11, 22)),
        "vandaag"
    );
    assert_eq!(
        nl.days_from(today, jiff::civil::date(2026, 12, 22)),
        "over 30 dagen"
    );
    assert_eq!(
        en.days_from(today, jiff::civil::date(2026, 11, 20)),
        "2 days ago"
    );
    assert_eq!(nl.number(12_345_i64), "12.345");
}

/// Long sentences are the first thing that a reader at level B1 stumbles over. What is measured is length only: people must still judge the words.
#[test]
fn public_sentences_are_short() {
    for lang in ["nl", "en"] {
        for file in ["public", "report", "mailbox", "problem", "my", "open"] {
            let path = root().join(format!("locales/{lang}/{file}.ftl"));
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let said = line.split_once(" = ").map_or(line, |(_, said)| said);
                for sentence in said.split(['.', '?', '!', ':']) {
                    let words = sentence.split_whitespace().count();
                    assert!(words <= 18, "{lang}/{file}.ftl: {words} words: {sentence}");
                }
            }
        }
    }
}
