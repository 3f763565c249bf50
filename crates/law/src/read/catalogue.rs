//! The short lists that acts refer to: groups, laws, conditions, terms of the Data Privacy Vocabulary, duties, texts.

use std::collections::{BTreeMap, BTreeSet};

use domain::Bilingual;
use domain::vocabulary::{ClockCode, Vocabulary};

use super::part::{Faults, Part};
use super::texts::TEXTS;
use super::with_file;
use crate::codes::{Bits, Codes};
use crate::fault::Wrong;
use crate::files::Files;
use crate::model::{Condition, Duty, Grade, Group, Requirement};

/// The terms that acts may use.
#[derive(Debug, Default)]
pub(crate) struct Dpv {
    pub(crate) purposes: BTreeSet<String>,
    pub(crate) legal_bases: BTreeSet<String>,
}

pub(crate) fn laws(files: &Files, faults: &Faults) -> BTreeMap<String, Bilingual> {
    entries(files, "laws.toml", "law", faults, |part| part.both("name"))
}

pub(crate) fn conditions(files: &Files, faults: &Faults) -> BTreeMap<String, Condition> {
    let all = entries(files, "conditions.toml", "condition", faults, |part| {
        Condition {
            words: part.said(),
            parents: part.yes("parents"),
        }
    });
    if files.text("conditions.toml").is_some() && !all.contains_key("parents_excluded") {
        let words = "the condition `parents_excluded` is missing: the program adds it itself when a parent is suspected";
        let place = files.place("conditions.toml");
        faults.note(&place, 0, None, Wrong::Rule(words.to_owned()));
    }
    all
}

pub(crate) fn dpv(files: &Files, faults: &Faults) -> Dpv {
    with_file(files, "dpv.toml", faults, |part| {
        let set = |texts: Vec<(usize, String)>| texts.into_iter().map(|(_, text)| text).collect();
        Dpv {
            purposes: set(part.some_texts("purposes")),
            legal_bases: set(part.some_texts("legal_bases")),
        }
    })
}

pub(crate) fn requirements(files: &Files, faults: &Faults) -> Vec<Requirement> {
    let all = entries(files, "consent.toml", "requirement", faults, |part| {
        (part.said(), part.yes("checked"))
    });
    all.into_iter()
        .map(|(code, (words, checked))| Requirement {
            code,
            words,
            checked,
        })
        .collect()
}

pub(crate) fn texts(files: &Files, faults: &Faults) -> BTreeMap<String, Bilingual> {
    let all = entries(files, "texts.toml", "text", faults, |part| {
        let words = part.said();
        let known = TEXTS
            .iter()
            .find(|(code, _)| Some(*code) == part.id.as_deref());
        match known {
            None => part.rule(
                part.line,
                "no answer uses a text with this code; remove it or correct the code",
            ),
            Some((_, names)) => {
                for (member, text) in [("nl", &words.nl), ("en", &words.en)] {
                    check_names(part, member, text, names);
                }
            }
        }
        words
    });
    if files.text("texts.toml").is_some() {
        for (code, _) in TEXTS.iter().filter(|(code, _)| !all.contains_key(*code)) {
            let what = Wrong::Missing(format!("[[text]] code = \"{code}\""));
            faults.note(&files.place("texts.toml"), 0, None, what);
        }
    }
    all
}

fn check_names(part: &Part<'_>, member: &str, text: &str, names: &[&str]) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            part.rule(
                part.line,
                format!("`{member}` opens a brace and does not close it"),
            );
            return;
        };
        if !names.contains(&name) {
            let may = names.join(", ");
            let words = format!("`{member}` fills in `{name}`, which is not known here ({may})");
            part.rule(part.line, words);
        }
        rest = behind;
    }
}

pub(crate) fn groups(files: &Files, codes: &Codes, faults: &Faults) -> BTreeMap<String, Group> {
    struct Raw {
        label: Bilingual,
        all: bool,
        line: usize,
        members: Vec<(usize, String)>,
        except: Vec<(usize, String)>,
    }
    let raw = entries(files, "groups.toml", "group", faults, |part| Raw {
        label: part.both("label"),
        all: part.yes("all"),
        line: part.line,
        members: part.texts("members"),
        except: part.texts("except"),
    });
    let place = files.place("groups.toml");
    let mut done: BTreeMap<String, Group> = BTreeMap::new();
    // A group can be resolved once those that it names are; what never can names itself in a circle.
    loop {
        let before = done.len();
        for (code, group) in &raw {
            if done.contains_key(code) {
                continue;
            }
            let ready = group.members.iter().chain(&group.except).all(|(_, name)| {
                name.strip_prefix('@')
                    .is_none_or(|inner| done.contains_key(inner) || !raw.contains_key(inner))
            });
            if !ready {
                continue;
            }
            let resolve = |names: &[(usize, String)], member: &str| {
                names.iter().fold(Bits::NONE, |bits, (line, name)| {
                    match organisation(name, codes, &done) {
                        Some(found) => bits.or(found),
                        None => {
                            let what = Wrong::UnknownCode {
                                member: member.to_owned(),
                                code: name.clone(),
                                list: "organisation_kinds or groups.toml".to_owned(),
                            };
                            faults.note(&place, *line, Some(code), what);
                            bits
                        }
                    }
                })
            };
            let members = resolve(&group.members, "members");
            let except = resolve(&group.except, "except");
            let whole = if group.all { codes.orgs.all() } else { members };
            if group.all != group.members.is_empty() {
                let words = "a group has either `all = true` or `members`";
                faults.note(
                    &place,
                    group.line,
                    Some(code),
                    Wrong::Rule(words.to_owned()),
                );
            }
            let group = Group {
                label: group.label.clone(),
                members: whole.minus(except),
            };
            done.insert(code.clone(), group);
        }
        if done.len() == before {
            break;
        }
    }
    for (code, group) in raw.iter().filter(|(code, _)| !done.contains_key(*code)) {
        let words = "the group names itself, through others; take it out of the circle";
        faults.note(
            &place,
            group.line,
            Some(code),
            Wrong::Rule(words.to_owned()),
        );
    }
    done
}

/// A code of an organisation, or a group with an @ before it.
pub(crate) fn organisation(
    name: &str,
    codes: &Codes,
    groups: &BTreeMap<String, Group>,
) -> Option<Bits> {
    match name.strip_prefix('@') {
        Some(group) => groups.get(group).map(|group| group.members),
        None => codes.orgs.find(name).map(Bits::one),
    }
}

pub(crate) fn duties(
    files: &Files,
    codes: &Codes,
    groups: &BTreeMap<String, Group>,
    vocabulary: &Vocabulary,
    faults: &Faults,
) -> Vec<Duty> {
    let all = entries(files, "duties.toml", "duty", faults, |part| {
        let mut side = |member: &str| {
            let mut bits = Bits::NONE;
            for (line, name) in part.some_texts(member) {
                match organisation(&name, codes, groups) {
                    Some(found) => bits = bits.or(found),
                    None => part.unknown(
                        line,
                        member,
                        &name,
                        "vocabulary/organisation_kinds.toml or groups.toml",
                    ),
                }
            }
            bits
        };
        let (from, to) = (side("from"), side("to"));
        let clock = part.text_or_none("clock");
        if let Some(code) = &clock {
            let known =
                ClockCode::new(code.clone()).is_ok_and(|c| vocabulary.clocks.newest(&c).is_some());
            if !known {
                part.unknown(part.line, "clock", code, "vocabulary/clocks.toml");
            }
        }
        let words = part.said();
        let source = part.text("source");
        let grade = grade(part);
        (from, to, clock, words, source, grade)
    });
    all.into_iter()
        .map(|(code, (from, to, clock, words, source, grade))| Duty {
            code,
            from,
            to,
            clock,
            words,
            source,
            grade,
        })
        .collect()
}

/// The member `certainty`.
pub(crate) fn grade(part: &mut Part<'_>) -> Grade {
    let line = part.line_of("certainty");
    match part.text("certainty").as_str() {
        "A" => Grade::A,
        "B" => Grade::B,
        "C" | "" => Grade::C,
        other => {
            part.unknown(
                line,
                "certainty",
                other,
                "the grades A (sourced), B (general knowledge), C (uncertain)",
            );
            Grade::C
        }
    }
}

/// Reads `[[NAME]]` tables that each have a code of their own.
fn entries<T>(
    files: &Files,
    file: &str,
    name: &str,
    faults: &Faults,
    mut read: impl FnMut(&mut Part<'_>) -> T,
) -> BTreeMap<String, T> {
    with_file(files, file, faults, |whole| {
        let mut out = BTreeMap::new();
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        for mut part in whole.tables(name) {
            let code = part.own("code");
            if let Some(line) = lines.insert(code.clone(), part.line) {
                let words = format!(
                    "the code also stands on line {line}; give one of them another, or remove it"
                );
                part.rule(part.line, words);
            }
            let value = read(&mut part);
            part.done();
            out.insert(code, value);
        }
        if out.is_empty() && faults.is_empty() {
            whole.rule(1, format!("there is no [[{name}]] in this file"));
        }
        out
    })
}
