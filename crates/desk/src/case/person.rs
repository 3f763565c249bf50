//! What is known of the person, changed part by part, and statements on victimhood.

use std::collections::BTreeSet;

use domain::age::Age;
use domain::code::{CountryCode, DataCode, LanguageCode};
use domain::ids::CaseId;
use domain::person::{Exploitation, Family, KnownAs, PossibleVictim, Residence, Safety, Sex};
use domain::restriction::Act;
use domain::share::Portion;
use domain::statement::{Threshold, VictimhoodStatement};
use domain::time::dutch_date;
use domain::vocabulary::UnknownCode;
use domain::{Answer, SafeText};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Opened, Store};

use super::clock::{add_transitions, timers};
use super::file::{CaseFile, StoredPerson};
use super::{fresh, guard, open_case, person_of, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, FieldError, Result};
use crate::restriction;

/// Who the person is.
#[derive(Debug, Clone)]
pub struct Core {
    /// Name and alias.
    pub known_as: KnownAs,
    /// Age.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// Nationalities.
    pub nationalities: Vec<CountryCode>,
    /// Country of origin.
    pub origin: Option<CountryCode>,
    /// Languages.
    pub languages: Vec<LanguageCode>,
    /// Interpreter needed?
    pub interpreter: Answer,
    /// Right of residence.
    pub residence: Residence,
}

/// One part of what is known of a person.
#[derive(Debug, Clone)]
pub enum PersonChange {
    /// Who the person is.
    Core(Box<Core>),
    /// What keeps the person safe, and how to reach her.
    Safety(Box<Safety>),
    /// Family.
    Family(Family),
    /// What was done to the person.
    Exploitation(Exploitation),
    /// What the person wants, in the person's own words.
    Needs(Vec<SafeText>),
}

impl PersonChange {
    fn field(&self) -> &'static str {
        match self {
            PersonChange::Core(_) => "core",
            PersonChange::Safety(_) => "safety",
            PersonChange::Family(_) => "family",
            PersonChange::Exploitation(_) => "exploitation",
            PersonChange::Needs(_) => "needs",
        }
    }

    fn texts(&self) -> Vec<(&'static str, Option<&SafeText>)> {
        match self {
            PersonChange::Core(core) => vec![
                ("name", core.known_as.name.as_ref()),
                ("alias", core.known_as.alias.as_ref()),
            ],
            PersonChange::Safety(safety) => {
                let contact = &safety.contact;
                let mut texts = vec![
                    ("safe_channel", contact.safe_channel.as_ref()),
                    ("safe_times", contact.safe_times.as_ref()),
                    ("code_word", contact.code_word.as_ref()),
                    ("who_may_answer", contact.who_may_answer.as_ref()),
                ];
                texts.extend(safety.avoid.iter().map(|a| ("avoid", Some(&a.why))));
                texts.extend(
                    safety
                        .must_not_know
                        .iter()
                        .map(|w| ("must_not_know", Some(w))),
                );
                texts
            }
            PersonChange::Family(_) | PersonChange::Exploitation(_) => Vec::new(),
            PersonChange::Needs(needs) => needs.iter().map(|n| ("needs", Some(n))).collect(),
        }
    }

    fn put(self, person: &mut PossibleVictim) {
        match self {
            PersonChange::Core(core) => {
                person.known_as = core.known_as;
                person.age = core.age;
                person.sex = core.sex;
                person.nationalities = core.nationalities;
                person.origin = core.origin;
                person.languages = core.languages;
                person.interpreter = core.interpreter;
                person.residence = core.residence;
            }
            PersonChange::Safety(safety) => person.safety = *safety,
            PersonChange::Family(family) => person.family = family,
            PersonChange::Exploitation(exploitation) => person.exploitation = exploitation,
            PersonChange::Needs(needs) => person.needs = needs,
        }
    }
}

/// Changes one part of what is known of a person. `seen` is the version of the person; `looked` says that somebody looked
/// at texts that seem to hold an address.
pub async fn change_person(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    part: PersonChange,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::ChangePerson)?;
    let case = open_case(desk, actor, now, id).await?;
    let found = person_of(desk, &case.body.case).await?;
    fresh(&found, seen)?;
    guard(&part.texts(), looked)?;
    check_codes(desk, &part, dutch_date(now))?;
    let (field, before) = (part.field(), found.body.0.age);
    let mut person = found.body.0.clone();
    part.put(&mut person);
    may_change(desk, &case.body, &found.body.0, &person, now).await?;
    let age = person.age;
    let draft = StoredPerson(person).draft(id, &[field])?;
    let mut change = Change::new(permit.context(now)).update(draft, seen);
    if age != before {
        let mut file = case.body.clone();
        add_transitions(desk, &mut file, &age, now)?;
        change = timers(change, &file, &age, now);
        if file != case.body {
            change = change.update(file.draft(&["tasks"])?, case.version);
        }
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// What is restricted is not changed, unless that was granted to her as a correction or a ground for it was written down.
async fn may_change(
    desk: &Desk,
    file: &CaseFile,
    before: &PossibleVictim,
    after: &PossibleVictim,
    now: Timestamp,
) -> Result<()> {
    let mut changed = Portion::changed_in(before, after);
    let granted = crate::request::corrections(desk, file.case.id).await?;
    changed.retain(|code| !granted.contains(code));
    if changed.is_empty() {
        return Ok(());
    }
    let case = [file.case.id.to_string()];
    restriction::check(desk, Store::K3, &case, Act::Change, &changed, now).await
}

/// Empties categories of a file at the person's request (AVG 17), with the clocks that hang on her age.
pub(crate) async fn empty_categories(
    desk: &Desk,
    change: Change,
    found: &Opened<CaseFile>,
    data: &BTreeSet<DataCode>,
    now: Timestamp,
) -> Result<Change> {
    let person = person_of(desk, &found.body.case).await?;
    let before = person.body.0.age;
    let fields: Vec<&str> = data.iter().map(DataCode::as_str).collect();
    let emptied = StoredPerson(Portion::emptied(person.body.0, data));
    let age = emptied.0.age;
    let mut file = found.body.clone();
    if data.iter().any(|d| d.is("region")) {
        file.case.region = None;
    }
    if data.iter().any(|d| d.is("status")) {
        file.reflection.clear();
    }
    if data.iter().any(|d| d.is("form")) {
        file.case = file.case.forget_exploited();
    }
    let draft = emptied.draft(found.body.case.id, &fields)?;
    let mut change = change.update(draft, person.version);
    if age != before {
        add_transitions(desk, &mut file, &age, now)?;
        change = timers(change, &file, &age, now);
    }
    if file != found.body {
        change = change.update(file.draft(&fields)?, found.version);
    }
    Ok(change)
}

/// Every code must be one that counts today.
fn check_codes(desk: &Desk, part: &PersonChange, on: Date) -> Result<()> {
    let words = &desk.vocabulary;
    let mut faults = BTreeSet::new();
    let mut known = |field: &'static str, found: std::result::Result<(), UnknownCode>| {
        if let Err(error) = found {
            faults.insert((field, error.to_string()));
        }
    };
    match part {
        PersonChange::Core(core) => {
            for country in core.nationalities.iter().chain(&core.origin) {
                known("nationalities", words.countries.get(country, on).map(drop));
            }
            for language in &core.languages {
                known("languages", words.languages.get(language, on).map(drop));
            }
        }
        PersonChange::Safety(safety) => {
            for area in &safety.avoid {
                let found = words.municipality(&area.municipality, on);
                known("avoid", found.map(drop));
            }
        }
        PersonChange::Exploitation(exploitation) => {
            for form in &exploitation.forms {
                known("forms", words.form(form, on).map(drop));
            }
            for place in &exploitation.municipalities {
                known("municipalities", words.municipality(place, on).map(drop));
            }
        }
        PersonChange::Family(_) | PersonChange::Needs(_) => {}
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(DeskError::Invalid(
        faults
            .into_iter()
            .map(|(field, detail)| FieldError {
                field: field.to_owned(),
                key: "unknown".to_owned(),
                detail,
            })
            .collect(),
    ))
}

/// Adds a statement on victimhood by the actor's organisation; earlier ones stay.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the statement"
)]
pub async fn state_victimhood(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    threshold: Threshold,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::ChangePerson)?;
    let case = open_case(desk, actor, now, id).await?;
    let found = person_of(desk, &case.body.case).await?;
    fresh(&found, seen)?;
    guard(&[("reason", Some(&reason))], looked)?;
    let statement = VictimhoodStatement {
        threshold,
        by: actor.by(now)?,
        org_kind: actor.person()?.org_kind.clone(),
        reason,
    };
    let mut person = found.body.0.clone();
    person.statements = person.statements.with(statement).map_err(refused)?;
    let draft = StoredPerson(person).draft(id, &["statements"])?;
    let change = Change::new(permit.context(now)).update(draft, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
