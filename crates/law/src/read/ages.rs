//! Age bands and who decides in each.

use super::catalogue::grade;
use super::part::{Faults, Part};
use super::with_file;
use crate::codes::{Bits, Codes};
use crate::files::Files;
use crate::model::{AgeLine, AgeRule, AgeRuleKind, Band, Grade};

const OLDEST: i64 = 120;

pub(crate) fn read(files: &Files, codes: &Codes, faults: &Faults) -> (Vec<Band>, Vec<AgeRule>) {
    with_file(files, "ages.toml", faults, |whole| {
        let bands = bands(whole);
        let mut rules: Vec<AgeRule> = Vec::new();
        for mut part in whole.tables("rule") {
            let rule = rule(&mut part, codes, &bands);
            if rules.iter().any(|known| known.code == rule.code) {
                part.rule(part.line, "the code also stands above; give it another");
            }
            part.done();
            rules.push(rule);
        }
        (bands, rules)
    })
}

fn bands(whole: &mut Part<'_>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for mut part in whole.tables("band") {
        let code = part.own("code");
        let from = part.number_or_none("from", 0, OLDEST);
        let until = part.number_or_none("until", 1, OLDEST);
        let band = Band {
            code,
            label: part.both("label"),
            years: from.map(|from| (from, until)),
            minor: part.yes("minor"),
        };
        check_band(&part, &bands, &band, until);
        part.done();
        bands.push(band);
    }
    check_whole(whole, &bands);
    bands
}

fn check_band(part: &Part<'_>, before: &[Band], band: &Band, until: Option<u8>) {
    if before.iter().any(|known| known.code == band.code) {
        part.rule(part.line, "the code also stands above; give it another");
    }
    match band.years {
        Some((from, Some(until))) if until <= from => {
            part.rule(part.line, "`until` must be above `from`");
        }
        None if until.is_some() => part.rule(part.line, "`until` without `from`; add it"),
        None if !band.minor => part.rule(
            part.line,
            "the band without ages is the one of doubt: `minor = true`",
        ),
        _ => {}
    }
}

/// LAW: every age has one band, 18 parts minor from adult (art. 1:233 BW), and doubt is a band of its own.
fn check_whole(whole: &Part<'_>, bands: &[Band]) {
    if bands.is_empty() {
        whole.rule(1, "there is no [[band]] in this file");
        return;
    }
    if bands.iter().filter(|band| band.years.is_none()).count() != 1 {
        whole.rule(
            1,
            "exactly one band has no `from`: the one of ages that are not certain",
        );
    }
    for age in 0..=120u8 {
        let homes: Vec<&Band> = bands
            .iter()
            .filter(|band| {
                band.years
                    .is_some_and(|(from, until)| from <= age && until.is_none_or(|end| age < end))
            })
            .collect();
        match homes.as_slice() {
            [one] if one.minor == (age < domain::age::MAJORITY) => {}
            [one] => {
                let words = format!(
                    "band `{}` holds the age {age}: whether it is a minor's is wrong there",
                    one.code
                );
                whole.rule(1, words);
                return;
            }
            _ => {
                let words = format!("the age {age} stands in {} bands, not in one", homes.len());
                whole.rule(1, words);
                return;
            }
        }
    }
}

fn rule(part: &mut Part<'_>, codes: &Codes, bands: &[Band]) -> AgeRule {
    let code = part.own("code");
    let line = part.line_of("kind");
    let kind = match part.text("kind").as_str() {
        "access" => AgeRuleKind::Access,
        "notice" => AgeRuleKind::Notice,
        "consent" | "" => AgeRuleKind::Consent,
        other => {
            part.unknown(line, "kind", other, "consent, access, notice");
            AgeRuleKind::Consent
        }
    };
    let label = part.both("label");
    let source = part.text("source");
    let certainty = grade(part);
    if certainty == Grade::C {
        part.rule(
            part.line,
            "an age rule decides who signs: it cannot be of grade C",
        );
    }
    let mut at: Vec<AgeLine> = Vec::new();
    for mut inner in part.tables("at") {
        if let Some(line) = age_line(&mut inner, codes, bands) {
            if at.iter().any(|known| known.band == line.band) {
                inner.rule(inner.line, "this band stands twice in the rule");
            }
            at.push(line);
        }
        inner.done();
    }
    for (place, band) in bands.iter().enumerate() {
        if !at.iter().any(|line| usize::from(line.band) == place) {
            let words = format!("the rule says nothing of band `{}`; add it", band.code);
            part.rule(part.line, words);
        }
    }
    AgeRule {
        code,
        kind,
        label,
        source,
        grade: certainty,
        at,
    }
}

fn age_line(part: &mut Part<'_>, codes: &Codes, bands: &[Band]) -> Option<AgeLine> {
    let line = part.line_of("band");
    let name = part.text("band");
    let band = bands.iter().position(|band| band.code == name);
    if band.is_none() {
        part.unknown(line, "band", &name, "the bands above");
    }
    let mut who = Vec::new();
    for (line, text) in part.some_texts("who") {
        let mut givers = Bits::NONE;
        for name in text.split('+') {
            match codes.givers.find(name) {
                Some(place) => givers = givers.with(place),
                None => part.unknown(line, "who", name, "vocabulary/consent_givers.toml"),
            }
        }
        who.push(givers);
    }
    let note = part.both_or_none("note");
    Some(AgeLine {
        band: u8::try_from(band?).ok()?,
        who,
        note,
    })
}
