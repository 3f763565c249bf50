//! The register of processing activities (art. 30 AVG) as far as sharing goes, with terms of the Data Privacy Vocabulary.

use std::collections::BTreeMap;

use domain::Bilingual;
use domain::vocabulary::Lang;
use jiff::civil::Date;
use serde::Serialize;

use crate::answer::words;
use crate::codes::Bits;
use crate::law::Law;
use crate::model::{Act, Activity};

/// One processing activity: several acts may stand under one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterEntry {
    /// The identifier that acts, answers and logs share. Every change that matters gets a new version and so a new identifier.
    pub processing_activity_id: String,
    /// The acts.
    pub acts: Vec<String>,
    /// What happens, in sentences.
    pub descriptions: Vec<String>,
    /// Purposes, as codes of the vocabulary.
    pub purposes: Vec<String>,
    /// The same as terms of the Data Privacy Vocabulary.
    pub dpv_purposes: Vec<String>,
    /// Legal bases as terms of the Data Privacy Vocabulary.
    pub dpv_legal_bases: Vec<String>,
    /// Law and article.
    pub grounds: Vec<String>,
    /// Who shares.
    pub senders: Vec<String>,
    /// Who receives (art. 30 lid 1 onder d).
    pub recipients: Vec<String>,
    /// Categories of data.
    pub data_categories: Vec<String>,
    /// Whether some of them are special or criminal data (art. 9, 10).
    pub special_data: bool,
    /// Whose data: the class of the Data Privacy Vocabulary.
    pub data_subjects: Vec<String>,
    /// Whether it rests on consent.
    pub consent: bool,
    /// Whether a part of it is uncertain (grade C).
    pub uncertain: bool,
    /// Retention is kept in vocabulary/retention.toml, by record.
    pub retention: &'static str,
    /// First day.
    pub valid_from: Option<Date>,
    /// First day on which it no longer counts.
    pub valid_until: Option<Date>,
}

/// Whom all of this is about, in the Data Privacy Vocabulary.
const SUBJECTS: [&str; 2] = ["dpv:DataSubject", "dpv:VulnerableDataSubject"];

impl Law {
    /// The register of a day, in the order of the identifiers.
    #[must_use]
    pub fn register(&self, on: Date, lang: Lang) -> Vec<RegisterEntry> {
        let mut by_activity: BTreeMap<(&str, u8), Vec<(&Act, &Activity)>> = BTreeMap::new();
        let acts = self
            .policies
            .acts
            .iter()
            .filter(|act| act.validity.includes(on));
        for act in acts {
            if let Some(activity) = &act.activity {
                let key = (activity.id.as_str(), activity.version);
                by_activity.entry(key).or_default().push((act, activity));
            }
        }
        by_activity
            .into_iter()
            .map(|((id, version), acts)| self.entry(format!("{id}:{version}"), &acts, lang))
            .collect()
    }

    fn entry(&self, id: String, acts: &[(&Act, &Activity)], lang: Lang) -> RegisterEntry {
        let codes = &self.policies.codes;
        let union = |bits: fn(&Act) -> Bits| {
            acts.iter()
                .fold(Bits::NONE, |all, (act, _)| all.or(bits(act)))
        };
        let data = union(|act| act.data);
        let say = |text: &Bilingual| words(text, lang).to_owned();
        let special = |code: &String| {
            self.vocabulary()
                .data_categories
                .all()
                .iter()
                .any(|entry| entry.code.as_str() == code && entry.facts.special)
        };
        RegisterEntry {
            processing_activity_id: id,
            acts: acts.iter().map(|(act, _)| act.key()).collect(),
            descriptions: acts.iter().map(|(act, _)| say(&act.title)).collect(),
            purposes: codes.purposes.codes(union(|act| act.purposes)),
            dpv_purposes: terms(acts, |activity| &activity.dpv_purposes),
            dpv_legal_bases: terms(acts, |activity| &activity.dpv_legal_bases),
            grounds: self.grounds(acts, lang),
            senders: codes.orgs.codes(union(|act| act.from)),
            recipients: codes.orgs.codes(union(|act| act.to)),
            special_data: codes.data.codes(data).iter().any(special),
            data_categories: codes.data.codes(data),
            data_subjects: SUBJECTS.map(str::to_owned).to_vec(),
            consent: acts.iter().any(|(act, _)| act.consent.is_some()),
            uncertain: acts.iter().any(|(act, _)| !act.permits()),
            retention: "vocabulary/retention.toml",
            valid_from: acts.iter().filter_map(|(act, _)| act.validity.from).min(),
            valid_until: last_day(acts),
        }
    }

    fn grounds(&self, acts: &[(&Act, &Activity)], lang: Lang) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for ground in acts.iter().flat_map(|(act, _)| &act.grounds) {
            let law = self.policies.law_name(&ground.law);
            let text = format!("{}, {}", words(&law, lang), ground.article);
            if !out.contains(&text) {
                out.push(text);
            }
        }
        out
    }
}

/// None as soon as one act has no end.
fn last_day(acts: &[(&Act, &Activity)]) -> Option<Date> {
    let ends: Option<Vec<Date>> = acts.iter().map(|(act, _)| act.validity.until).collect();
    ends?.into_iter().max()
}

fn terms(acts: &[(&Act, &Activity)], of: fn(&Activity) -> &Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for term in acts.iter().flat_map(|(_, activity)| of(activity)) {
        if !out.contains(term) {
            out.push(term.clone());
        }
    }
    out
}
