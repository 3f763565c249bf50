//! One file of `acts/`: a sharing act.

use std::collections::BTreeMap;

use domain::Bilingual;
use domain::vocabulary::{Facts, Validity};

use super::catalogue::{Dpv, grade, organisation};
use super::part::{Faults, Part};
use super::with_file;
use crate::codes::{Bits, Codes, Index};
use crate::fault::Wrong;
use crate::files::Files;
use crate::model::{
    Act, Activity, AgeRule, AgeRuleKind, Band, Condition, ConsentNeed, Duty, Effect, Excluded,
    Grade, Ground, Group,
};

/// What an act may refer to.
pub(crate) struct Known<'a> {
    pub(crate) codes: &'a Codes,
    pub(crate) groups: &'a BTreeMap<String, Group>,
    pub(crate) laws: &'a BTreeMap<String, Bilingual>,
    pub(crate) conditions: &'a BTreeMap<String, Condition>,
    pub(crate) dpv: &'a Dpv,
    pub(crate) bands: &'a [Band],
    pub(crate) rules: &'a [AgeRule],
    pub(crate) duties: &'a [Duty],
}

/// Every act, in the order of the files' names.
pub(crate) fn all(files: &Files, known: &Known<'_>, faults: &Faults) -> Vec<Act> {
    let names: Vec<&str> = files
        .iter()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("acts/"))
        .collect();
    if names.is_empty() {
        let words = "there is no act: nothing could ever be shared".to_owned();
        faults.note(&files.place("acts"), 0, None, Wrong::Rule(words));
    }
    names
        .into_iter()
        .filter_map(|name| {
            with_file(files, name, faults, |part| {
                let mut act = read(part, known);
                act.file = files.place(name);
                Some(act)
            })
        })
        .collect()
}

fn read(part: &mut Part<'_>, known: &Known<'_>) -> Act {
    let codes = known.codes;
    let id = part.own("id");
    let row = part.number_or_none("row", 1, 99);
    let title = part.both("title");
    let effect = effect(part);
    let (from, from_named) = organisations(part, "from", known);
    let (to, to_named) = organisations(part, "to", known);
    let first_purpose = part
        .first_text("purposes")
        .and_then(|code| codes.purposes.find(code));
    let purposes = listed(part, "purposes", &codes.purposes, effect);
    let data = listed(part, "data", &codes.data, effect);
    let circumstances = find_all(part, "circumstances", &codes.circumstances);
    let ages = ages(part, known.bands);
    let not_after_withdrawal = part.yes("not_after_withdrawal");
    let conditions = referred(
        part,
        "conditions",
        |code| known.conditions.contains_key(code),
        "conditions.toml",
    );
    let duty = part.text_or_none("duty");
    let validity = validity(part, effect);
    let grade = grade(part);
    let act = Act {
        id,
        file: String::new(),
        line: part.line_of("id"),
        row,
        title,
        effect,
        from,
        to,
        from_named,
        to_named,
        purposes,
        first_purpose,
        data,
        circumstances,
        ages,
        not_after_withdrawal,
        conditions,
        duty,
        validity,
        grade,
        source: part.text("source"),
        who_decides: part.both_or_none("who_decides"),
        why: part.both_or_none("why"),
        instead: part
            .texts("instead")
            .into_iter()
            .map(|(_, id)| id)
            .collect(),
        activity: activity(part, known.dpv),
        consent: consent(part, known.rules),
        grounds: grounds(part, known.laws),
        excluded: excluded(part, codes),
    };
    check(part, &act, known);
    act
}

fn effect(part: &mut Part<'_>) -> Effect {
    let line = part.line_of("effect");
    match part.text_or_none("effect").as_deref() {
        None | Some("permit" | "") => Effect::Permit,
        Some("forbid") => Effect::Forbid,
        Some(other) => {
            part.unknown(line, "effect", other, "permit, forbid");
            Effect::Forbid
        }
    }
}

fn organisations(part: &mut Part<'_>, member: &str, known: &Known<'_>) -> (Bits, Vec<String>) {
    let mut bits = Bits::NONE;
    let mut named = Vec::new();
    for (line, name) in part.some_texts(member) {
        match organisation(&name, known.codes, known.groups) {
            Some(found) => bits = bits.or(found),
            None => part.unknown(
                line,
                member,
                &name,
                "vocabulary/organisation_kinds.toml or groups.toml",
            ),
        }
        named.push(name);
    }
    (bits, named)
}

/// Codes of a list; only what forbids may say `*` for all of them.
fn listed<F: Facts>(part: &mut Part<'_>, member: &str, index: &Index<F>, effect: Effect) -> Bits {
    let mut bits = Bits::NONE;
    for (line, code) in part.some_texts(member) {
        match (code.as_str(), index.find(&code)) {
            ("*", _) if effect == Effect::Forbid => bits = index.all(),
            ("*", _) => {
                part.rule(
                    line,
                    format!("`{member}`: only an act that forbids may say `*`; name each code"),
                );
            }
            (_, Some(place)) => bits = bits.with(place),
            (_, None) => part.unknown(line, member, &code, &list_file(index)),
        }
    }
    bits
}

fn find_all<F: Facts>(part: &mut Part<'_>, member: &str, index: &Index<F>) -> Bits {
    let mut bits = Bits::NONE;
    for (line, code) in part.texts(member) {
        match index.find(&code) {
            Some(place) => bits = bits.with(place),
            None => part.unknown(line, member, &code, &list_file(index)),
        }
    }
    bits
}

fn list_file<F: Facts>(index: &Index<F>) -> String {
    format!("vocabulary/{}.toml", index.list())
}

fn ages(part: &mut Part<'_>, bands: &[Band]) -> Bits {
    let place = |code: &str| {
        bands
            .iter()
            .position(|band| band.code == code)
            .and_then(|place| u8::try_from(place).ok())
    };
    let texts = part.texts("ages");
    if texts.is_empty() {
        return bands.iter().filter_map(|band| place(&band.code)).collect();
    }
    let mut bits = Bits::NONE;
    for (line, code) in texts {
        match place(&code) {
            Some(found) => bits = bits.with(found),
            None => part.unknown(line, "ages", &code, "the bands of ages.toml"),
        }
    }
    bits
}

fn referred(
    part: &mut Part<'_>,
    member: &str,
    known: impl Fn(&str) -> bool,
    list: &str,
) -> Vec<String> {
    let mut out = Vec::new();
    for (line, code) in part.texts(member) {
        if !known(&code) {
            part.unknown(line, member, &code, list);
        }
        out.push(code);
    }
    out
}

fn validity(part: &mut Part<'_>, effect: Effect) -> Validity {
    let line = part.line_of("valid_until");
    if effect == Effect::Permit && !part.has("valid_from") {
        part.note(part.line, Wrong::Missing("valid_from".to_owned()));
    }
    let from = part.day_or_none("valid_from");
    let until = part.day_or_none("valid_until");
    if let (Some(first), Some(end)) = (from, until)
        && end <= first
    {
        part.note(
            line,
            Wrong::NeverValid {
                from: first.to_string(),
                until: end.to_string(),
            },
        );
    }
    Validity { from, until }
}

fn activity(part: &mut Part<'_>, dpv: &Dpv) -> Option<Activity> {
    let mut inner = part.table_or_none("activity")?;
    let id = inner.text("id");
    let version = inner.number_or_none("version", 1, 255);
    if version.is_none() {
        inner.note(inner.line, Wrong::Missing("version".to_owned()));
    }
    let mut terms = |member: &str, known: &std::collections::BTreeSet<String>| {
        let mut out = Vec::new();
        for (line, term) in inner.some_texts(member) {
            if !known.contains(&term) {
                inner.unknown(line, member, &term, "dpv.toml");
            }
            out.push(term);
        }
        out
    };
    let dpv_purposes = terms("dpv_purposes", &dpv.purposes);
    let dpv_legal_bases = terms("dpv_legal_bases", &dpv.legal_bases);
    inner.done();
    Some(Activity {
        id,
        version: version.unwrap_or(1),
        dpv_purposes,
        dpv_legal_bases,
    })
}

fn consent(part: &mut Part<'_>, rules: &[AgeRule]) -> Option<ConsentNeed> {
    let mut inner = part.table_or_none("consent")?;
    let line = inner.line_of("rule");
    let name = inner.text("rule");
    let written = inner.yes("written");
    let found = rules
        .iter()
        .position(|rule| rule.code == name && rule.kind == AgeRuleKind::Consent);
    if found.is_none() {
        inner.unknown(line, "rule", &name, "the consent rules of ages.toml");
    }
    inner.done();
    found.map(|rule| ConsentNeed { rule, written })
}

fn grounds(part: &mut Part<'_>, laws: &BTreeMap<String, Bilingual>) -> Vec<Ground> {
    let mut out = Vec::new();
    for mut inner in part.tables("ground") {
        let line = inner.line_of("law");
        let law = inner.text("law");
        if !law.is_empty() && !laws.contains_key(&law) {
            inner.unknown(line, "law", &law, "laws.toml");
        }
        let article = inner.text("article");
        inner.done();
        out.push(Ground { law, article });
    }
    out
}

fn excluded(part: &mut Part<'_>, codes: &Codes) -> Vec<Excluded> {
    let mut out = Vec::new();
    for mut inner in part.tables("excluded") {
        let data = listed(&mut inner, "data", &codes.data, Effect::Permit);
        let why = inner.both("why");
        inner.done();
        out.push(Excluded { data, why });
    }
    out
}

/// What the members of one act together must be.
fn check(part: &Part<'_>, act: &Act, known: &Known<'_>) {
    let rule = |words: &str| part.rule(part.line, words);
    if act.grounds.is_empty() {
        rule("an act without a ground: add [[ground]] with law and article");
    }
    for excluded in &act.excluded {
        let both = excluded.data.and(act.data);
        if !both.is_empty() {
            let names = known.codes.data.codes(both).join(", ");
            rule(&format!("both in `data` and in `excluded`: {names}"));
        }
    }
    if (act.grade == Grade::C) != act.who_decides.is_some() {
        rule(
            "`who_decides_nl` and `who_decides_en` belong to grade C, and grade C must have them: somebody has to decide",
        );
    }
    match act.effect {
        Effect::Forbid => {
            if act.why.is_none() {
                rule("an act that forbids must say why: `why_nl` and `why_en`");
            }
            if act.consent.is_some()
                || act.activity.is_some()
                || act.grade == Grade::C
                || !act.instead.is_empty()
            {
                rule("an act that forbids has no consent, activity, alternatives or grade C");
            }
        }
        Effect::Permit => {
            if act.why.is_some() {
                rule(
                    "`why_nl` belongs to an act that forbids; data that stay behind get theirs in [[excluded]]",
                );
            }
            if act.activity.is_none() {
                rule(
                    "an act that permits stands in the register of processing activities: add [activity]",
                );
            }
        }
    }
    if let Some(code) = &act.duty {
        match known.duties.iter().find(|duty| duty.code == *code) {
            None => part.unknown(part.line, "duty", code, "duties.toml"),
            Some(duty) if !(act.from.within(duty.from) && act.to.within(duty.to)) => {
                rule("the duty is not one of these organisations; correct `duty`, `from` or `to`");
            }
            Some(_) => {}
        }
    }
}
