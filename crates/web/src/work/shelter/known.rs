//! What a case already tells about the place that is needed.

use domain::age::AgeInYears;
use domain::code::{FormCode, MunicipalityCode};
use domain::person::{PossibleVictim, Residence};
use serde::Serialize;

use super::ask::{AVOID, PERSONS, municipality};
use crate::form::{Filled, Typed};
use crate::public::door;
use crate::work::Work;

/// A form of which nothing is known.
pub fn blank() -> Filled {
    let mut typed = Typed::default();
    usual(&mut typed);
    typed.add("residence", "onbekend");
    Filled::new(typed, Vec::new())
}

/// A form with what the person told before. Everything can still be changed.
pub fn filled(work: &Work, person: &PossibleVictim) -> Filled {
    let mut typed = Typed::default();
    usual(&mut typed);
    persons(&mut typed, person, work.today());
    if let [form, ..] = person.exploitation.forms.as_slice() {
        typed.add("form", &main_form(work, form));
    }
    for language in &person.languages {
        typed.add("languages", language.as_str());
    }
    for (area, (place, km, why)) in person.safety.avoid.iter().zip(AVOID) {
        typed.add(place, &name(work, &area.municipality));
        typed.add(km, &area.radius_km.to_string());
        // The case says why in words, which stay in the case.
        typed.add(why, "other");
    }
    if let [found, ..] = person.exploitation.municipalities.as_slice() {
        typed.add("found_in", &name(work, found));
    }
    typed.add("residence", &code(&person.residence));
    if person.residence == Residence::ReflectionPeriod {
        typed.add("in_reflection", "yes");
    }
    Filled::new(typed, Vec::new())
}

fn usual(typed: &mut Typed) {
    typed.add("urgency", "3");
    typed.add("security", "geheim_adres");
}

/// The person first, then the children that are with her.
fn persons(typed: &mut Typed, person: &PossibleVictim, today: jiff::civil::Date) {
    let children = person.family.children.iter().filter(|c| c.with_person);
    let rest = children.map(|child| (&child.age, child.sex));
    let all = std::iter::once((&person.age, person.sex)).chain(rest);
    for ((age, sex), (age_name, sex_name)) in all.zip(PERSONS) {
        // An estimate is left open: an unknown age counts as that of a minor.
        if let AgeInYears::Exactly { age } = age.in_years_on(today) {
            typed.add(age_name, &age.to_string());
        }
        typed.add(sex_name, &code(&sex));
    }
}

/// The form of exploitation itself, or the one that a sub-form belongs to: the request asks no finer.
fn main_form(work: &Work, form: &FormCode) -> String {
    let forms = &work.app.desk.vocabulary.forms;
    let entry = forms.valid_on(work.today()).find(|one| one.code == *form);
    let parent = entry.and_then(|one| one.facts.parent());
    parent.map_or_else(|| form.to_string(), ToString::to_string)
}

/// A municipality as people write it; its code where the name could be read as another's.
fn name(work: &Work, code: &MunicipalityCode) -> String {
    let known = &work.app.desk.vocabulary.municipalities;
    let found = known.valid_on(work.today()).find(|m| m.code == *code);
    let places = door::places(&work.app);
    let name = found.map(|m| m.label.nl.clone());
    name.filter(|name| municipality(&places, name).as_ref() == Some(code))
        .unwrap_or_else(|| code.to_string())
}

/// The code by which a choice is written down.
fn code(choice: &impl Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}
