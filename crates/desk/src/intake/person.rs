//! People in a file: what registration, safety and the reflection period ask, and no more.

use domain::age::Age;
use domain::code::{CountryCode, FormCode, LanguageCode, MunicipalityCode};
use domain::ids::{IntakeId, PersonId};
use domain::minors::Authority;
use domain::person::{AvoidArea, ContactRules, PossibleVictim, Residence, Sex};
use domain::restriction::Act;
use domain::share::Portion;
use domain::time::dutch_date;
use domain::{Answer, SafeText};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, ClearData, Draft, Store, Timer};

use super::file::{IntakePerson, StepKind};
use super::whole::owes_registration;
use super::{REGISTRATION, Whole, day_start, fresh};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, FieldError, Result};
use crate::{request, restriction};

/// What is known of a person.
#[derive(Debug, Clone)]
pub struct PersonInput {
    /// Name, if known.
    pub name: Option<SafeText>,
    /// Alias, if known.
    pub alias: Option<SafeText>,
    /// Age as known; doubt means minor.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// Country of origin.
    pub origin: Option<CountryCode>,
    /// Right of residence.
    pub residence: Residence,
    /// Languages spoken.
    pub languages: Vec<LanguageCode>,
    /// Interpreter needed?
    pub interpreter: Answer,
    /// Forms of exploitation, the main one first.
    pub forms: Vec<FormCode>,
    /// Where it happened.
    pub municipality: Option<MunicipalityCode>,
    /// The day on which the service first saw this possible victim.
    pub detected: Date,
    /// A parent or guardian is suspected.
    pub parent_suspected: bool,
    /// Who has authority, for a minor.
    pub authority: Authority,
    /// How the person may be reached.
    pub contact: ContactRules,
    /// Is the phone safe to use?
    pub phone_safe: Answer,
    /// Where the person is not safe.
    pub avoid: Option<AvoidArea>,
    /// What the person wishes, in her own words.
    pub needs: Option<SafeText>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

impl PersonInput {
    fn texts(&self) -> Vec<(&'static str, Option<&SafeText>)> {
        let contact = &self.contact;
        vec![
            ("name", self.name.as_ref()),
            ("alias", self.alias.as_ref()),
            ("safe_channel", contact.safe_channel.as_ref()),
            ("safe_times", contact.safe_times.as_ref()),
            ("code_word", contact.code_word.as_ref()),
            ("who_may_answer", contact.who_may_answer.as_ref()),
            ("avoid_why", self.avoid.as_ref().map(|area| &area.why)),
            ("needs", self.needs.as_ref()),
        ]
    }
}

/// Adds a person to a file. `seen` is the version of the file.
pub async fn add_person(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
    input: PersonInput,
) -> Result<PersonId> {
    let permit = permit(actor, UseCase::AssessIntake)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    fresh(&whole.file, seen)?;
    whole.not_sent_back()?;
    check(desk, &input, now)?;
    let person = PersonId::new(desk.vault.new_id(now));
    let body = IntakePerson {
        intake: id,
        detected: input.detected,
        person: known(PossibleVictim::unknown(person), input),
        registration: None,
        handover: None,
    };
    let record = record(&body)?;
    let timer = registration_timer(desk, &body)?;
    whole.people.push(vault::Opened {
        id: person.to_string(),
        version: 0,
        clear: ClearData::default(),
        terms: Vec::new(),
        created: now,
        updated: now,
        body,
    });
    whole.note(actor, now, StepKind::PersonAdded, None);
    let mut change = Change::new(permit.context(now))
        .create(record)
        .update(whole.draft(desk, now, &["people"])?, seen);
    if owes_registration(&whole.file.body) {
        change = change.timer(timer);
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(person)
}

/// Changes what is known of a person. `seen` is the version of the person's record.
pub async fn change_person(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    seen: i64,
    input: PersonInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::AssessIntake)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    whole.not_sent_back()?;
    check(desk, &input, now)?;
    let found = whole.person(person)?;
    fresh(found, seen)?;
    found.body.detected = input.detected;
    let after = known(found.body.person.clone(), input);
    let mut changed = Portion::changed_in(&found.body.person, &after);
    let records = [person.to_string(), id.to_string()];
    let granted = request::part_corrections(desk, Store::K5, &records).await?;
    changed.retain(|code| !granted.contains(code));
    if !changed.is_empty() {
        restriction::check(desk, Store::K5, &records, Act::Change, &changed, now).await?;
    }
    found.body.person = after;
    let unregistered = found.body.registration.is_none();
    let changed = record(&found.body)?;
    let timer = registration_timer(desk, &found.body)?;
    whole.note(actor, now, StepKind::PersonChanged, None);
    let file = whole.file.version;
    let mut change = Change::new(permit.context(now))
        .update(changed, seen)
        .update(whole.draft(desk, now, &["people"])?, file);
    if unregistered && owes_registration(&whole.file.body) {
        change = change.timer(timer);
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// The person with what was filled in; everything else stays.
fn known(mut person: PossibleVictim, input: PersonInput) -> PossibleVictim {
    person.known_as.name = input.name;
    person.known_as.alias = input.alias;
    person.age = input.age;
    person.sex = input.sex;
    person.nationalities = input.origin.clone().into_iter().collect();
    person.origin = input.origin;
    person.residence = input.residence;
    person.languages = input.languages;
    person.interpreter = input.interpreter;
    person.exploitation.forms = input.forms;
    person.exploitation.municipalities = input.municipality.into_iter().collect();
    person.safety.parent_suspected = input.parent_suspected;
    person.safety.contact = input.contact;
    person.safety.phone_safe = input.phone_safe;
    person.safety.avoid = input.avoid.into_iter().collect();
    person.family.authority = input.authority;
    person.needs = input.needs.into_iter().collect();
    person
}

/// No address stands in a text, every code counts today, and nobody is detected tomorrow.
fn check(desk: &Desk, input: &PersonInput, now: Timestamp) -> Result<()> {
    guard(&input.texts(), input.looked)?;
    let today = dutch_date(now);
    let words = &desk.vocabulary;
    let mut faults: Vec<FieldError> = Vec::new();
    let mut fault = |field: &str, key: &str, detail: String| {
        faults.push(FieldError {
            field: field.to_owned(),
            key: key.to_owned(),
            detail,
        });
    };
    for form in &input.forms {
        if let Err(error) = words.form(form, today) {
            fault("forms", "unknown", error.to_string());
        }
    }
    if let Some(Err(error)) = input.origin.as_ref().map(|c| words.countries.get(c, today)) {
        fault("origin", "unknown", error.to_string());
    }
    for language in &input.languages {
        if let Err(error) = words.languages.get(language, today) {
            fault("languages", "unknown", error.to_string());
        }
    }
    let places = input
        .municipality
        .iter()
        .map(|m| ("municipality", m))
        .chain(input.avoid.iter().map(|a| ("avoid", &a.municipality)));
    for (field, place) in places {
        if let Err(error) = words.municipality(place, today) {
            fault(field, "unknown", error.to_string());
        }
    }
    if input.detected > today {
        let detail = "the day of detection lies in the future".to_owned();
        fault("detected", "future", detail);
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(DeskError::Invalid(faults))
    }
}

/// The record of a person.
pub(crate) fn record(body: &IntakePerson) -> Result<Draft> {
    let clear = ClearData {
        parent: Some(body.intake.to_string()),
        ..ClearData::default()
    };
    Ok(Draft::new(body.person.id.to_string(), body, clear)?)
}

/// The clock of the registration that is owed for a person.
pub(super) fn registration_timer(desk: &Desk, body: &IntakePerson) -> Result<Timer> {
    let id = body.person.id;
    Ok(Timer {
        id: format!("{REGISTRATION}/{id}"),
        due: desk.deadline("registration", day_start(body.detected))?,
        kind: REGISTRATION.to_owned(),
        record: id.to_string(),
    })
}
