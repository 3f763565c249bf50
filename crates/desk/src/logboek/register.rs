//! The register of processing activities (art. 30 AVG), from the vocabulary and the table of rights: what every record refers to.

use domain::time::dutch_date;
use domain::vocabulary::{
    Lang, List, ProcessingActivity, ProcessingActivityCode, ProcessingActivityFacts, Vocabulary,
    WhoseData,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::access::{RULES, Rule};
use crate::error::{DeskError, Result};
use crate::logboek::Logboek;

/// The activity of an act that the register does not know.
const UNLISTED: &str = "unlisted";

type Words = List<ProcessingActivityFacts>;

/// The code of an act's activity: its name with `-` for its dots.
pub fn activity_code(act: &str) -> String {
    act.replace('.', "-")
}

/// The activity that an act belongs to on its day. A variant (`case.answer.missed`) belongs to its act, a clock
/// (`reflection.reminder.one_month`) to the clocks of its subject; what is in no register yet is named so, and never left out.
pub(super) fn of_act<'a>(
    words: &'a Words,
    act: &str,
    at: Timestamp,
) -> Result<&'a ProcessingActivity> {
    let day = dutch_date(at);
    let mut name = act;
    loop {
        if let Some(found) = find(words, &activity_code(name), day) {
            return Ok(found);
        }
        match name.rsplit_once('.') {
            Some((before, _)) => name = before,
            None => break,
        }
    }
    let clocks = match name {
        "reflection" => "intake-clock".to_owned(),
        "placement" => "shelter-clock".to_owned(),
        subject => format!("{subject}-clock"),
    };
    if let Some(found) = find(words, &clocks, day) {
        return Ok(found);
    }
    tracing::warn!(
        act,
        "no processing activity for an act: add it to vocabulary/processing_activities.csv"
    );
    let missing = || DeskError::Setup("the register has no entry `unlisted`".to_owned());
    find(words, UNLISTED, day).ok_or_else(missing)
}

fn find<'a>(words: &'a Words, code: &str, day: Date) -> Option<&'a ProcessingActivity> {
    let code = ProcessingActivityCode::new(code).ok()?;
    words.get(&code, day).ok().or_else(|| words.newest(&code))
}

/// One activity as the register shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// The identifier that records, register and decisions share.
    pub processing_activity_id: String,
    /// Code.
    pub code: String,
    /// Version.
    pub version: u16,
    /// What is done.
    pub name: String,
    /// Purpose, as a code and in words.
    pub purpose: String,
    /// Purpose in words.
    pub purpose_label: String,
    /// Legal ground.
    pub ground: String,
    /// Legal bases as terms of the Data Privacy Vocabulary, as far as the ground names articles of the AVG.
    pub dpv_legal_bases: Vec<String>,
    /// Compartment, for acts of the table of rights.
    pub store: Option<String>,
    /// Who is controller, for compartments.
    pub controller: Option<String>,
    /// Roles that do it.
    pub roles: Vec<String>,
    /// Whose data.
    pub data_subjects: Vec<WhoseData>,
    /// Which categories.
    pub data_categories: Vec<String>,
    /// Whether some are special or criminal data (art. 9, 10 AVG).
    pub special_data: bool,
    /// Compartments that receive something by it.
    pub recipients: Vec<String>,
    /// Terms after which it is destroyed.
    pub retention: Vec<String>,
    /// First day; none: from the beginning.
    pub valid_from: Option<Date>,
}

/// The register of a day. The acts of sharing have entries of their own, made from their policies under the same base
/// (`BASE/ID/VERSION`).
pub fn register(
    logboek: &Logboek,
    words: &Vocabulary,
    on: Date,
    lang: Lang,
) -> Result<Vec<Activity>> {
    let mut out = Vec::new();
    for entry in words.processing_activities.valid_on(on) {
        let rule = RULES
            .iter()
            .find(|rule| activity_code(rule.name) == entry.code.as_str());
        let id = logboek.id(entry)?;
        out.push(line(words, entry, rule, id.as_str(), on, lang));
    }
    Ok(out)
}

fn line(
    words: &Vocabulary,
    entry: &ProcessingActivity,
    rule: Option<&Rule>,
    id: &str,
    on: Date,
    lang: Lang,
) -> Activity {
    let facts = &entry.facts;
    let store = rule.map(|rule| rule.store.name().to_uppercase());
    let compartment = store
        .as_deref()
        .and_then(|code| words.compartments.resolve(code, on).ok());
    let special = |code| {
        words
            .data_categories
            .newest(code)
            .is_some_and(|found| found.facts.special)
    };
    let clocks = facts
        .retention
        .iter()
        .filter_map(|code| words.clocks.newest(code));
    Activity {
        processing_activity_id: id.to_owned(),
        code: entry.code.as_str().to_owned(),
        version: facts.version,
        name: entry.label(lang).to_owned(),
        purpose: facts.purpose.clone(),
        purpose_label: purpose(words, &facts.purpose, on, lang),
        ground: facts.ground.clone(),
        dpv_legal_bases: legal_bases(&facts.ground),
        controller: compartment.map(|found| found.facts.controller.in_language(lang).to_owned()),
        store,
        roles: rule.map_or_else(Vec::new, |rule| {
            rule.roles
                .iter()
                .map(|role| role.code().to_owned())
                .collect()
        }),
        data_subjects: facts.subjects.clone(),
        data_categories: facts.data.iter().map(ToString::to_string).collect(),
        special_data: facts.data.iter().any(special),
        recipients: facts.recipients.iter().map(ToString::to_string).collect(),
        retention: clocks.map(|clock| clock.label(lang).to_owned()).collect(),
        valid_from: entry.validity.from,
    }
}

/// The words of a purpose: one of the program's own work, or one of sharing.
fn purpose(words: &Vocabulary, code: &str, on: Date, lang: Lang) -> String {
    if let Ok(own) = words.own_purposes.resolve(code, on) {
        return own.label(lang).to_owned();
    }
    match words.purposes.resolve(code, on) {
        Ok(found) => found.label(lang).to_owned(),
        Err(_) => code.to_owned(),
    }
}

/// The articles 6(1) and 9(2) AVG that a ground names, as the Data Privacy Vocabulary writes them.
fn legal_bases(ground: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (article, term) in [("6(1)(", "eu-gdpr:A6-1-"), ("9(2)(", "eu-gdpr:A9-2-")] {
        for (at, _) in ground.match_indices(article) {
            let rest = ground.get(at + article.len()..).unwrap_or_default();
            if let Some(letter) = rest.chars().next().filter(char::is_ascii_lowercase) {
                out.push(format!("{term}{letter}"));
            }
        }
    }
    if ground.contains("toestemming") {
        out.push("dpv:Consent".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::legal_bases;

    #[test]
    fn articles_of_a_ground_become_terms() {
        for (ground, terms) in [
            ("AVG 6(1)(e)", vec!["eu-gdpr:A6-1-e"]),
            (
                "AVG 6(1)(a), 9(2)(a)",
                vec!["eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a"],
            ),
            ("Wpg 19; toestemming", vec!["dpv:Consent"]),
            ("Vc B8/3", vec![]),
            ("AVG 5(1)(e), 17(1)(a)", vec![]),
        ] {
            assert_eq!(legal_bases(ground), terms, "{ground}");
        }
    }
}
