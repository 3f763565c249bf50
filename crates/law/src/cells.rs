//! The cells of the tests, made from the same files as the policies: each act asked as it should be, and one thing wrong at a time.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use crate::codes::Bits;
use crate::engine::Ruling;
use crate::law::Law;
use crate::model::{Act, Effect};
use crate::question::Question;

/// What must come of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// The act carries everything asked: yes, or unclear for grade C.
    Carried,
    /// The act carries nothing of it; another may.
    NotByThisAct,
    /// Nobody may.
    Never,
}

/// One question with what must come of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// What is tried.
    pub name: String,
    /// The act, with its first day.
    pub act: String,
    /// The question.
    pub question: Value,
    /// What must come of it.
    pub expected: Expected,
}

impl Law {
    /// All cells.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        let mut out = Vec::new();
        for act in &self.policies.acts {
            match act.effect {
                Effect::Permit => self.permit_cells(act, &mut out),
                Effect::Forbid => self.forbid_cells(act, &mut out),
            }
        }
        out
    }

    /// Every act that carries something of what is asked, with grade C where nothing else does. None when the engine failed.
    #[must_use]
    pub fn carried_by(&self, question: &Question) -> Option<Vec<String>> {
        let rulings = self.case(question).rulings().ok()?;
        let mut places: Vec<usize> = rulings
            .into_iter()
            .flat_map(|(_, ruling)| match ruling {
                Ruling::Permitted(acts) | Ruling::Unclear(acts) => acts,
                Ruling::Forbidden(_) | Ruling::Silent => Vec::new(),
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        let acts = places
            .into_iter()
            .filter_map(|place| self.policies.acts.get(place));
        Some(acts.map(Act::key).collect())
    }

    fn permit_cells(&self, act: &Act, out: &mut Vec<Cell>) {
        let codes = &self.policies.codes;
        let mut add = |name: String, question: Value, expected: Expected| {
            out.push(Cell {
                name,
                act: act.key(),
                question,
                expected,
            });
        };
        let first = First {
            from: codes
                .orgs
                .codes(act.from)
                .first()
                .cloned()
                .unwrap_or_default(),
            to: codes
                .orgs
                .codes(act.to)
                .first()
                .cloned()
                .unwrap_or_default(),
            purpose: codes
                .purposes
                .codes(act.purposes)
                .first()
                .cloned()
                .unwrap_or_default(),
            date: act
                .validity
                .from
                .unwrap_or(self.policies.version.knows_from),
        };
        for from in codes.orgs.codes(act.from) {
            for to in codes.orgs.codes(act.to) {
                let pair = First {
                    from: from.clone(),
                    to: to.clone(),
                    ..first.clone()
                };
                add(
                    format!("{from} to {to}"),
                    self.whole(act, &pair),
                    Expected::Carried,
                );
            }
        }
        for purpose in codes.purposes.codes(act.purposes) {
            let other = First {
                purpose: purpose.clone(),
                ..first.clone()
            };
            add(
                format!("for {purpose}"),
                self.whole(act, &other),
                Expected::Carried,
            );
        }
        for (name, question, expected) in self.one_thing_wrong(act, &first) {
            add(name, question, expected);
        }
    }

    fn one_thing_wrong(&self, act: &Act, first: &First) -> Vec<(String, Value, Expected)> {
        let codes = &self.policies.codes;
        let whole = self.whole(act, first);
        let mut out = self.other_days(act, first);
        for place in act.circumstances.iter() {
            let left = codes
                .circumstances
                .codes(act.circumstances.minus(Bits::one(place)));
            let name = format!("without {}", codes.circumstances.code(place));
            out.push((
                name,
                set(&whole, "circumstances", json!(left)),
                Expected::NotByThisAct,
            ));
        }
        if act.consent.is_some() {
            let without = set(&whole, "consent", json!([]));
            out.push((
                "without consent".to_owned(),
                without,
                Expected::NotByThisAct,
            ));
            for (name, member, value) in [
                ("consent taken back", "withdrawn", json!(first.date)),
                (
                    "consent for another purpose",
                    "purpose",
                    json!(self.other_purpose(&first.purpose)),
                ),
                ("consent to another receiver", "recipients", json!(["AP"])),
            ] {
                let question = each_consent(&whole, member, &value);
                out.push((name.to_owned(), question, Expected::NotByThisAct));
            }
            if act.consent.as_ref().is_some_and(|need| need.written) {
                let oral = each_consent(&whole, "written", &json!(false));
                out.push((
                    "consent not in writing".to_owned(),
                    oral,
                    Expected::NotByThisAct,
                ));
            }
        }
        for excluded in &act.excluded {
            for code in codes.data.codes(excluded.data) {
                let question = set(&whole, "data", json!([code]));
                out.push((format!("asks {code}"), question, Expected::NotByThisAct));
            }
        }
        let suspected = codes.orgs.code(self.policies.suspected);
        out.push((
            "to whoever is suspected".to_owned(),
            set(&whole, "to", json!(suspected)),
            Expected::Never,
        ));
        out
    }

    fn other_days(&self, act: &Act, first: &First) -> Vec<(String, Value, Expected)> {
        let on = |date: Date| {
            let day = First {
                date,
                ..first.clone()
            };
            self.whole(act, &day)
        };
        let mut out = Vec::new();
        let known = self.policies.version.knows_from;
        if let Some(from) = act.validity.from.filter(|from| *from > known)
            && let Ok(before) = from.yesterday()
        {
            out.push((
                "the day before".to_owned(),
                on(before),
                Expected::NotByThisAct,
            ));
        }
        if let Some(until) = act.validity.until {
            out.push((
                "the day it ends".to_owned(),
                on(until),
                Expected::NotByThisAct,
            ));
            let last = until.saturating_sub(1.day());
            out.push(("the last day".to_owned(), on(last), Expected::Carried));
        }
        out
    }

    fn forbid_cells(&self, act: &Act, out: &mut Vec<Cell>) {
        let codes = &self.policies.codes;
        let data: Vec<String> = codes.data.codes(act.data);
        // Today's codes: some organisations are younger than the table.
        let date = self.policies.version.date;
        for from in codes.orgs.codes(act.from) {
            let to = codes
                .orgs
                .codes(act.to)
                .first()
                .cloned()
                .unwrap_or_default();
            let question = json!({
                "date": date, "from": from, "to": to, "data": data,
                "purpose": codes.purposes.codes(act.purposes).first(),
                "circumstances": codes.circumstances.codes(codes.circumstances.all()),
            });
            out.push(Cell {
                name: format!("{from} to {to}"),
                act: act.key(),
                question,
                expected: Expected::Never,
            });
        }
    }

    /// The question that the act answers with yes (or unclear): everything as it should be.
    fn whole(&self, act: &Act, first: &First) -> Value {
        let codes = &self.policies.codes;
        let data = codes.data.codes(act.data);
        let band = act.ages.iter().find_map(|band| {
            let band = self.policies.bands.get(usize::from(band))?;
            band.years.map(|(from, _)| from)
        });
        // An adult where the act allows one: consents of adults are simplest.
        let adult = act.ages.has(self.policies.band_of(Some(30), true));
        let age = if adult { Some(30) } else { band };
        json!({
            "date": first.date, "from": first.from, "to": first.to, "purpose": first.purpose, "data": data,
            "subject": {"kind": "possible_victim", "age": age, "age_certain": true, "parent_suspected": false},
            "circumstances": codes.circumstances.codes(act.circumstances),
            "consent": self.consents(act, first, age, &data),
        })
    }

    /// A purpose that is not this one.
    fn other_purpose(&self, purpose: &str) -> Option<String> {
        let purposes = &self.policies.codes.purposes;
        let all = purposes.codes(purposes.all());
        all.into_iter().find(|other| other != purpose)
    }

    fn consents(&self, act: &Act, first: &First, age: Option<u8>, data: &[String]) -> Value {
        let Some(need) = &act.consent else {
            return json!([]);
        };
        let band = self.policies.band_of(age, true);
        let ways = self.policies.who(need.rule, band, false);
        let givers = ways.first().copied().unwrap_or(Bits::NONE);
        let items = self.policies.codes.givers.codes(givers).into_iter().map(|giver| {
            json!({
                "giver": giver, "written": true, "purpose": first.purpose, "recipients": [first.to], "data": data,
                "given": first.date, "until": null, "withdrawn": null,
            })
        });
        items.collect()
    }
}

#[derive(Clone)]
struct First {
    from: String,
    to: String,
    purpose: String,
    date: Date,
}

fn set(question: &Value, member: &str, value: Value) -> Value {
    let mut out = question.clone();
    if let Some(slot) = out.get_mut(member) {
        *slot = value;
    }
    out
}

fn each_consent(question: &Value, member: &str, value: &Value) -> Value {
    let mut out = question.clone();
    let items = out.get_mut("consent").and_then(Value::as_array_mut);
    for item in items.into_iter().flatten() {
        if let Some(slot) = item.get_mut(member) {
            *slot = value.clone();
        }
    }
    out
}
