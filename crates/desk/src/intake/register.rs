//! Registration of a possible victim at the coordination centre: a duty, without consent, once for each person.

use domain::code::FormCode;
use domain::ids::{DisclosureId, IntakeId, PersonId, RegistrationId};
use domain::registration::{
    Basis, Registration, RegistrationData, RegistrationError, may_register,
};
use domain::restriction::Act;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::file::{IntakeFile, IntakePerson, RegistrationFact, StepKind};
use super::person::record;
use super::{Whole, fresh};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::restriction;

/// What the officer decides about a registration.
#[derive(Debug, Clone)]
pub struct RegisterInput {
    /// The form under which the person is registered: one of the person's, or of the assessment's.
    pub form: FormCode,
}

/// Registers a person. `seen` is the version of the person's record.
pub async fn register(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    seen: i64,
    input: RegisterInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::RegisterFromIntake)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    whole.indicated()?;
    let today = dutch_date(now);
    let file = whole.file.body.clone();
    let version = whole.file.version;
    let found = whole.person(person)?;
    fresh(found, seen)?;
    if found.body.registration.is_some() {
        return Err(DeskError::rule(
            "registration-done",
            "this person was registered before: one registration a person",
        ));
    }
    let basis = may_register(
        &file.intake.service,
        &found.body.person.signer_facts(),
        &[],
        today,
    );
    let Basis::LegalDuty { article } = basis.clone() else {
        return Err(DeskError::rule(
            "intake-not-a-service",
            "only police, KMar and NLA register from an intake",
        ));
    };
    if !forms(&file, &found.body).contains(&input.form) {
        return Err(DeskError::field(
            "form",
            "unknown",
            "choose a form that was recorded for this person or in the assessment",
        ));
    }
    let (sent, records) = (
        domain::registration::categories(),
        [person.to_string(), id.to_string()],
    );
    restriction::check(desk, Store::K5, &records, Act::Disclose, &sent, now).await?;
    let data = would_send(desk, now, &file, &found.body, &input.form);
    let registration = Registration::new(
        RegistrationId::new(desk.vault.new_id(now)),
        data,
        basis,
        found.body.detected,
        today,
    )
    .map_err(refused)?;
    found.body.registration = Some(RegistrationFact {
        registration: registration.id,
        on: today,
        days: registration.days_from_detection(),
        article: article.clone(),
        by: actor.by(now)?,
    });
    let changed = record(&found.body)?.changing(&["registration"]);
    let disclosure = Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K5,
        to: Store::K2,
        org: None,
        by: Some(actor.by(now)?),
        at: now,
        purpose: "registration".to_owned(),
        ground: article,
        consent: None,
        thread: None,
        subject: Some(person.to_string()),
        payload: Payload::Registration(Box::new(registration)),
    };
    whole.note(actor, now, StepKind::Registered, None);
    let change = Change::new(permit.context(now))
        .update(changed, seen)
        .update(whole.draft(desk, now, &["people"])?, version)
        .clear_timers(person.to_string());
    let change = disclosure.send(change)?;
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// The forms under which a person can be registered: the person's own, or else those of the assessment.
pub(super) fn forms(file: &IntakeFile, person: &IntakePerson) -> Vec<FormCode> {
    let own = &person.person.exploitation.forms;
    let assessed = file.intake.assessment().map(|a| a.forms.as_slice());
    if own.is_empty() {
        assessed.unwrap_or_default().to_vec()
    } else {
        own.clone()
    }
}

/// Exactly what would go to the coordination centre, and nothing else: never a name, a date of birth or a story.
pub(super) fn would_send(
    desk: &Desk,
    now: Timestamp,
    file: &IntakeFile,
    person: &IntakePerson,
    form: &FormCode,
) -> RegistrationData {
    let head = form.level_1();
    let known = &person.person;
    let place = known
        .exploitation
        .municipalities
        .first()
        .or_else(|| file.municipality());
    RegistrationData {
        sector: (head != *form).then(|| form.clone()),
        form: head,
        age: known.age.in_years_on(detected_or(person.detected, now)),
        sex: known.sex,
        origin: known.origin.clone(),
        region: desk.regions_of(place, now).police_unit,
        reporter: file.intake.service.clone(),
    }
}

/// The age at detection is what is registered.
fn detected_or(detected: Date, now: Timestamp) -> Date {
    detected.min(dutch_date(now))
}

fn refused(error: RegistrationError) -> DeskError {
    let key = match &error {
        RegistrationError::OnlyCount { .. } => "intake-not-a-service",
        RegistrationError::BeforeDetection { .. } => "registration-before-detection",
        RegistrationError::NotTrafficking { .. } => "registration-not-trafficking",
    };
    DeskError::rule(key, error)
}
