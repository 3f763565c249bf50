//! What goes, word for word: the sender's preview and the receiver's page are this one view of the same value.

use domain::Answer;
use domain::share::{Portion, SafetyShared};

use super::texts::category;
use crate::texts::Key;
use crate::work::cases::facts::{self, Fact, Words};
use crate::work::cases::texts;

/// One category with what stands in it.
pub struct Part {
    /// The category.
    pub title: String,
    /// What is known; empty: nothing is.
    pub facts: Vec<Fact>,
}

/// Every category that goes, in the order of the file.
pub fn parts(w: &Words<'_>, portion: &Portion) -> Vec<Part> {
    let outline = portion.outline();
    let rows = outline.rows().iter();
    rows.map(|(code, filled)| Part {
        title: category(w.work, w.t, code.as_str()),
        facts: match filled {
            true => facts_of(w, portion, code.as_str()),
            false => Vec::new(),
        },
    })
    .collect()
}

fn facts_of(w: &Words<'_>, portion: &Portion, code: &str) -> Vec<Fact> {
    let facts = match code {
        "age" => portion.age.map(|age| {
            let years = w.age(&age);
            vec![w.fact(Key::new("cases-age"), years)]
        }),
        "identity" => portion.identity.as_ref().map(|known| {
            vec![
                w.text(Key::new("cases-name"), known.name.as_ref()),
                w.text(Key::new("cases-alias"), known.alias.as_ref()),
            ]
        }),
        "contact" => portion
            .contact
            .as_ref()
            .map(|rules| facts::contact(w, rules)),
        "family" => portion
            .family
            .as_ref()
            .map(|family| facts::family(w, family)),
        "safety" => portion.safety.as_ref().map(|shared| safety(w, shared)),
        _ => Some(listed(w, portion, code)),
    };
    let facts = facts.unwrap_or_default();
    let unknown = w.t.say("cases-unknown");
    facts
        .into_iter()
        .filter(|fact| fact.value != unknown)
        .collect()
}

/// Categories that are words from a list, or her own words.
fn listed(w: &Words<'_>, portion: &Portion, code: &str) -> Vec<Fact> {
    let joined = |values: Vec<String>| values.join(", ");
    match code {
        "sex" => portion
            .sex
            .map(|sex| w.fact(Key::new("cases-sex"), w.sex(&crate::words::code_of(&sex))))
            .into_iter()
            .collect(),
        "origin" => portion.origin.as_ref().map_or_else(Vec::new, |origin| {
            let named = origin.nationalities.iter().map(|c| w.country(c.as_str()));
            let from = origin.country.as_ref().map(|c| w.country(c.as_str()));
            vec![
                w.fact(Key::new("cases-origin"), from.unwrap_or_default()),
                w.fact(Key::new("cases-nationalities"), joined(named.collect())),
            ]
        }),
        "region" => {
            let named = portion
                .region
                .iter()
                .flatten()
                .map(|r| w.region(r.as_str()));
            vec![w.fact(Key::new("cases-region"), joined(named.collect()))]
        }
        "form" => {
            let named = portion.form.iter().flatten().map(|f| w.form(f.as_str()));
            vec![w.fact(Key::new("cases-forms"), joined(named.collect()))]
        }
        "language" => portion.language.as_ref().map_or_else(Vec::new, |known| {
            let spoken = known.spoken.iter().map(|l| w.language(l.as_str()));
            vec![
                w.fact(Key::new("cases-languages"), joined(spoken.collect())),
                w.key(
                    Key::new("cases-interpreter"),
                    texts::answer(known.interpreter),
                ),
            ]
        }),
        "care_needs" => {
            let needs = portion.care_needs.iter().flatten();
            let needs: Vec<&str> = needs.map(|text| text.as_str()).collect();
            vec![w.fact(Key::new("cases-own-words"), needs.join("\n\n"))]
        }
        "entitlement" => portion
            .entitlement
            .map(|e| w.fact(Key::new("cases-residence"), w.residence(e.residence)))
            .into_iter()
            .collect(),
        "status" => {
            let states = portion.status.iter().flatten();
            let said = states.map(|state| w.t.key(texts::reflection(state)).into_owned());
            vec![w.fact(Key::new("cases-reflection"), joined(said.collect()))]
        }
        _ => Vec::new(),
    }
}

fn safety(w: &Words<'_>, shared: &SafetyShared) -> Vec<Fact> {
    let mut out = facts::watched(w, shared.phone_safe, shared.device_watched);
    out.push(facts::must_not_know(w, &shared.must_not_know));
    out.push(facts::avoid(w, &shared.avoid));
    if shared.parent_suspected {
        out.push(w.key(
            Key::new("shares-parent-suspected"),
            texts::answer(Answer::Yes),
        ));
    }
    out
}
