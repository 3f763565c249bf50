//! What the dossier already tells for a request: nobody tells the story twice, and no place to stay away from is forgotten.

use desk::access::Role;
use desk::case;
use domain::age::AgeInYears;
use domain::code::MunicipalityCode;
use domain::ids::CaseId;
use domain::person::PossibleVictim;
use jiff::civil::Date;

use super::ask::{AVOID, OTHER, PERSONS, municipality};
use super::refused;
use super::words::code_of;
use crate::form::{Filled, Typed};
use crate::problem::Problem;
use crate::public::door;
use crate::public::places::Places;
use crate::refuse::refuse;
use crate::work::Work;

/// The form as the dossier fills it in, for the coordinator whose case it is. A placing officer reads no dossiers and gets it empty.
pub async fn filled(work: &Work, id: CaseId) -> Result<Filled, Problem> {
    let mut typed = Typed::default();
    for (name, value) in [("urgency", "3"), ("security", "geheim_adres")] {
        typed.add(name, value);
    }
    if work.person()?.roles.contains(&Role::CareCoordinator) {
        let dossier = case::read(&work.app.desk, &work.actor, work.now, id)
            .await
            .map_err(refuse)?;
        let places = door::places(&work.app);
        fill(&mut typed, &dossier.person, work.today(), &places);
    } else {
        case_is_there(work, id).await?;
        typed.add("residence", "onbekend");
    }
    Ok(Filled::new(typed, Vec::new()))
}

async fn case_is_there(work: &Work, id: CaseId) -> Result<(), Problem> {
    let found = desk::placement::CaseRef::find(&work.app.desk, id).await;
    found.map(|_| ()).map_err(refused)
}

fn fill(typed: &mut Typed, person: &PossibleVictim, today: Date, places: &Places) {
    let (age, sex) = PERSONS[0];
    if let AgeInYears::Exactly { age: years } = person.age.in_years_on(today) {
        typed.add(age, &years.to_string());
    }
    typed.add(sex, &code_of(&person.sex));
    typed.add("residence", &code_of(&person.residence));
    if let Some(form) = person.exploitation.forms.first() {
        // The request asks for the main form only.
        typed.add("form", form.as_str().split('-').next().unwrap_or_default());
    }
    for language in &person.languages {
        typed.add("languages", language.as_str());
    }
    for ((place, km, why), area) in AVOID.iter().zip(&person.safety.avoid) {
        typed.add(place, &place_name(places, &area.municipality));
        typed.add(km, &area.radius_km.to_string());
        typed.add(why, OTHER);
    }
}

/// A municipality as people write it; its code where the name alone would not be read as this one.
fn place_name(places: &Places, code: &MunicipalityCode) -> String {
    let name = places
        .by_code(code.as_str())
        .map(|found| found.name.clone());
    name.filter(|name| municipality(places, name).as_ref() == Some(code))
        .unwrap_or_else(|| code.as_str().to_owned())
}
