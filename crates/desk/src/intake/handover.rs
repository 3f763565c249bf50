//! Handing a person over to care, with her consent to sharing onward.

use domain::SafeText;
use domain::code::{DataCode, LanguageCode, PurposeCode};
use domain::consent::{
    Consent, ConsentError, ConsentForm, ConsentState, ConsentTerms, Explained, Recipient,
};
use domain::handover::{self, HandoverError};
use domain::ids::{ConsentId, DisclosureId, IntakeId, OrgId, PersonId};
use domain::minors::{Giver, GiverError, may_consent};
use domain::restriction::Act;
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, ClearData, Draft, Store};

use super::file::{HandoverFact, StepKind, StoredConsent};
use super::person::record;
use super::{Whole, fresh};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::disclosure::{Disclosure, HandedOver, Payload};
use crate::error::{DeskError, Result};
use crate::restriction;

/// The handover and the consent it rests on.
#[derive(Debug, Clone)]
pub struct HandoverInput {
    /// To which care coordination.
    pub to: OrgId,
    /// Who consented.
    pub giver: Giver,
    /// Which data may go along.
    pub data: Vec<DataCode>,
    /// Why more goes along than care needs to reach the person, when it does.
    pub why_more: Option<SafeText>,
    /// In which language it was explained.
    pub language: LanguageCode,
    /// With an interpreter?
    pub interpreter: bool,
    /// How it was explained.
    pub how: SafeText,
    /// It was explained that help does not depend on it.
    pub help_does_not_depend: bool,
    /// Written or spoken.
    pub form: ConsentForm,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Hands a person over. `seen` is the version of the person's record.
pub async fn hand_to_care(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    seen: i64,
    input: HandoverInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandToCare)?;
    let typed = [
        ("why_more", input.why_more.as_ref()),
        ("how", Some(&input.how)),
    ];
    guard(&typed, input.looked)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    whole.not_sent_back()?;
    let service = whole.file.body.intake.service.clone();
    let version = whole.file.version;
    let reflection = whole
        .periods
        .iter()
        .rev()
        .find(|p| p.body.person == person)
        .map(|p| crate::reflection::status(&p.body.reflection));
    let found = whole.person(person)?;
    fresh(found, seen)?;
    let before = found.body.handover.clone();
    if let Some(fact) = &before {
        may_follow(fact, input.to)?;
    }
    receiver(desk, input.to)?;
    let known = &found.body.person;
    may_consent(input.giver, &known.signer_facts(), dutch_date(now))
        .map_err(|e| refused(e.into()))?;
    handover::covers_minimum(&input.data).map_err(refused)?;
    if handover::needs_reason(&input.data) && input.why_more.is_none() {
        return Err(DeskError::field(
            "why_more",
            "why-more",
            "say why more goes along than care needs to reach the person",
        ));
    }
    let goes = input.data.iter().cloned().collect();
    let records = [person.to_string(), id.to_string()];
    restriction::check(desk, Store::K5, &records, Act::Disclose, &goes, now).await?;
    let consent = consent(desk, actor, now, person, &input)?;
    let pseudonym = PersonId::new(desk.vault.new_id(now));
    let disclosure = Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K5,
        to: Store::K3,
        org: Some(input.to),
        by: Some(actor.by(now)?),
        at: now,
        purpose: handover::PURPOSE.to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: Some(consent.id),
        thread: before.as_ref().map(|fact| fact.disclosure),
        subject: Some(person.to_string()),
        payload: Payload::ToCare(Box::new(HandedOver {
            person: handover::for_care(known, pseudonym, &input.data),
            reflection,
            service,
            vital: None,
        })),
    };
    found.body.handover = Some(HandoverFact {
        // Care knows the person by the disclosure that brought her, and so does all that follows.
        disclosure: before
            .as_ref()
            .map_or(disclosure.id, |fact| fact.disclosure),
        to: input.to,
        consent: Some(consent.id),
        data: input.data,
        why_more: input.why_more,
        vital: before.and_then(|fact| fact.vital),
        by: actor.by(now)?,
    });
    let changed = record(&found.body)?.changing(&["handover"]);
    whole.note(actor, now, StepKind::HandedOver, None);
    let change = Change::new(permit.context(now))
        .create(consent_record(&consent)?)
        .update(changed, seen)
        .update(whole.draft(desk, now, &["people"])?, version);
    let change = disclosure.send(change)?;
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// Records that the consent was withdrawn: what went stays lawful, no news follows any more. `seen` is the version of the
/// person's record.
pub async fn withdraw_consent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandToCare)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    let version = whole.file.version;
    let found = whole.person(person)?;
    fresh(found, seen)?;
    let fact = found.body.handover.clone();
    let same = record(&found.body)?.changing(&["consent"]);
    let fact =
        fact.ok_or_else(|| DeskError::rule("handover-none", "this person was not handed over"))?;
    let given = fact.consent.ok_or_else(|| {
        let why = "no consent was given: the person was handed over for a vital interest";
        DeskError::rule("handover-no-consent", why)
    })?;
    let stored = desk
        .vault
        .load::<StoredConsent>(&given.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("consent"))?;
    let (consent, _) = stored
        .body
        .0
        .withdraw(actor.by(now)?, dutch_date(now))
        .map_err(consent_refused)?;
    whole.note(actor, now, StepKind::ConsentWithdrawn, None);
    let change = Change::new(permit.context(now))
        .update(
            consent_record(&consent)?.changing(&["state"]),
            stored.version,
        )
        .update(same, seen)
        .update(whole.draft(desk, now, &["history"])?, version);
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// Whether news may still follow a handover.
pub(crate) async fn may_tell(desk: &Desk, fact: &HandoverFact) -> Result<bool> {
    let Some(consent) = fact.consent else {
        // She was never asked: nothing follows what averted the danger.
        return Ok(false);
    };
    let stored = desk
        .vault
        .load::<StoredConsent>(&consent.to_string())
        .await?;
    Ok(matches!(stored.body.0.state(), ConsentState::Given))
}

/// After a handover for a vital interest the rest may follow with her consent, to the same receiver.
fn may_follow(fact: &HandoverFact, to: OrgId) -> Result<()> {
    if !fact.lacks_consent() {
        let why = "this person was handed over before";
        return Err(DeskError::rule("handover-done", why));
    }
    if fact.to != to {
        let why = "the rest goes to the organisation that took the person over";
        return Err(DeskError::field("to", "handover-elsewhere", why));
    }
    Ok(())
}

pub(super) fn receiver(desk: &Desk, to: OrgId) -> Result<()> {
    let directory = desk.directory();
    let org = directory
        .get(to)
        .ok_or_else(|| DeskError::field("to", "unknown", "there is no such organisation"))?;
    handover::may_receive(&org.kind).map_err(refused)
}

fn consent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    person: PersonId,
    input: &HandoverInput,
) -> Result<Consent> {
    let today = dutch_date(now);
    let known = |code: &DataCode| desk.vocabulary.data_categories.contains(code, today);
    if !input.data.iter().all(known) {
        let detail = "a category of data that the vocabulary does not know";
        return Err(DeskError::field("data", "unknown", detail));
    }
    desk.vocabulary
        .languages
        .get(&input.language, today)
        .map_err(|e| DeskError::field("language", "unknown", e))?;
    let terms = ConsentTerms {
        purpose: PurposeCode::literal(handover::PURPOSE),
        recipients: vec![Recipient::Org { org: input.to }],
        data: input.data.clone(),
        given: today,
        until: None,
    };
    let explained = Explained {
        language: input.language.clone(),
        interpreter: input.interpreter,
        how: input.how.clone(),
        help_does_not_depend: input.help_does_not_depend,
    };
    let id = ConsentId::new(desk.vault.new_id(now));
    Consent::give(
        id,
        person,
        input.giver,
        terms,
        explained,
        input.form,
        actor.by(now)?,
    )
    .map_err(consent_refused)
}

fn consent_record(consent: &Consent) -> Result<Draft> {
    let clear = ClearData {
        state: consent.state_name().to_owned(),
        parent: Some(consent.person.to_string()),
        ..ClearData::default()
    };
    Ok(Draft::new(
        consent.id.to_string(),
        &StoredConsent(consent.clone()),
        clear,
    )?)
}

fn refused(error: HandoverError) -> DeskError {
    let (field, key) = match &error {
        HandoverError::NotCare(_) => ("to", "not-care"),
        HandoverError::Giver(GiverError::ParentExcluded) => ("giver", "parent-excluded"),
        HandoverError::Giver(GiverError::NoGuardian) => ("giver", "no-guardian"),
        HandoverError::Giver(GiverError::OfAge) => ("giver", "of-age"),
        HandoverError::Missing(_) => ("data", "minimum"),
    };
    DeskError::field(field, key, error)
}

fn consent_refused(error: ConsentError) -> DeskError {
    match &error {
        ConsentError::NotFree => DeskError::field("help_does_not_depend", "not-free", error),
        ConsentError::AlreadyWithdrawn(_) => DeskError::rule("consent-withdrawn", error),
        _ => DeskError::rule("consent", error),
    }
}
