//! From a case to the national figures: with written consent a registration, else one more without identity.

use domain::code::{FormCode, OrgKind};
use domain::consent::Consent;
use domain::ids::{CaseId, DisclosureId, RegistrationId};
use domain::person::PossibleVictim;
use domain::registration::{
    AnonymousCount, Basis, PURPOSE, Registration, RegistrationData, may_register,
};
use domain::restriction::Act;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::file::{CaseFile, Done};
use super::{consents_of, fresh, open_case, person_of, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::restriction;

/// The form of which nothing is known.
const UNKNOWN_FORM: FormCode = FormCode::literal("ON");

/// What would be registered: what the registrar asks, and nothing else.
pub(super) fn data(
    file: &CaseFile,
    person: &PossibleVictim,
    reporter: &OrgKind,
    on: Date,
) -> RegistrationData {
    let forms = &person.exploitation.forms;
    let chosen = forms
        .iter()
        .find(|form| form.is_trafficking())
        .or(forms.first())
        .cloned()
        .unwrap_or(UNKNOWN_FORM);
    let form = chosen.level_1();
    RegistrationData {
        sector: (chosen != form).then_some(chosen),
        form,
        age: person.age.in_years_on(on),
        sex: person.sex,
        origin: person.origin.clone(),
        region: file.case.region.clone(),
        reporter: reporter.clone(),
    }
}

/// On which ground this person may be registered today, given the consents of the case.
pub(super) fn basis(
    reporter: &OrgKind,
    person: &PossibleVictim,
    consents: &[Consent],
    on: Date,
) -> Basis {
    may_register(reporter, &person.signer_facts(), consents, on)
}

/// Registers with written consent, or counts without identity: whichever the law allows today. Each case counts once; a
/// registration after a count replaces it.
pub async fn register(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
) -> Result<Basis> {
    let permit = permit(actor, UseCase::RegisterFromCase)?;
    let found = open_case(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let person = person_of(desk, &found.body.case).await?.body.0;
    let consents: Vec<Consent> = consents_of(desk, id)
        .await?
        .iter()
        .filter_map(|c| c.body.given().cloned())
        .collect();
    let today = dutch_date(now);
    let reporter = &actor.person()?.org_kind;
    let basis = basis(reporter, &person, &consents, today);
    let data = data(&found.body, &person, reporter, today);
    if !matches!(basis, Basis::CountOnly { .. }) {
        let sent = domain::registration::categories();
        let case = [id.to_string()];
        restriction::check(desk, Store::K3, &case, Act::Disclose, &sent, now).await?;
    }
    let mut file = found.body.clone();
    let (disclosure, done) = decide(desk, &permit, &file, &basis, data, now)?;
    file.registered = done;
    let change = Change::new(permit.context(now)).update(file.draft(&["registered"])?, seen);
    desk.vault
        .apply(Store::K3, disclosure.send(change)?)
        .await?;
    Ok(basis)
}

fn decide(
    desk: &Desk,
    permit: &Permit,
    file: &CaseFile,
    basis: &Basis,
    data: RegistrationData,
    now: Timestamp,
) -> Result<(Disclosure, Done)> {
    let today = dutch_date(now);
    let count = AnonymousCount::from_data(&data, file.detected).map_err(refused)?;
    let before = match &file.registered {
        Done::Nothing => None,
        Done::Counted { count, .. } | Done::Withdrawn { count, .. } => Some(count.clone()),
        Done::Registered { .. } => {
            return Err(DeskError::rule(
                "registration-done",
                "this person is registered already: nobody counts twice",
            ));
        }
    };
    match basis {
        Basis::LegalDuty { .. } => Err(DeskError::rule(
            "registration-duty",
            "an investigating service registers from its own intake file",
        )),
        Basis::CountOnly { .. } if before.is_some() => Err(DeskError::rule(
            "registration-counted",
            "this case was counted already: nobody counts twice",
        )),
        Basis::CountOnly { why } => {
            // Nothing of the case goes along, not even to the sender's own record of it.
            let payload = Payload::Count(count.clone());
            let sent = disclosure(desk, permit, now, None, None, payload)?;
            let done = Done::Counted {
                on: today,
                why: *why,
                count,
            };
            Ok((sent, done))
        }
        Basis::WrittenConsent { consent } => {
            let id = RegistrationId::new(desk.vault.new_id(now));
            let registration = Registration::new(id, data, basis.clone(), file.detected, today)
                .map_err(refused)?
                .replacing(before);
            let subject = Some(file.case.id.to_string());
            let payload = Payload::Registration(Box::new(registration));
            let sent = disclosure(desk, permit, now, Some(*consent), subject, payload)?;
            let done = Done::Registered {
                on: today,
                registration: id,
                consent: *consent,
                count,
            };
            Ok((sent, done))
        }
    }
}

fn disclosure(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    consent: Option<domain::ids::ConsentId>,
    subject: Option<String>,
    payload: Payload,
) -> Result<Disclosure> {
    let ground = match consent {
        Some(_) => permit.rule.ground,
        None => "geen persoonsgegevens (overweging 26 AVG)",
    };
    Ok(Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K3,
        to: Store::K2,
        org: None,
        by: Some(permit.actor.by(now)?),
        at: now,
        purpose: PURPOSE.to_owned(),
        ground: ground.to_owned(),
        consent,
        thread: None,
        subject,
        payload,
    })
}
