//! Handing a person over to care for a vital interest, while she cannot consent: somebody decides it by name, with reasons, and the law must say yes.
//!
//! First to look at, then to do: both ask the law with the same circumstances and take the part that goes with the same projection. What the law's list
//! leaves out stays behind. She is told as soon as that is safe, and care is asked to ask her for the rest.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::{DataCode, PurposeCode};
use domain::handover::{self, part};
use domain::ids::{DecisionId, DisclosureId, IntakeId, OrgId, PersonId};
use domain::person::PossibleVictim;
use domain::time::dutch_date;
use domain::vital::{self, CannotConsent, Vital, VitalError, VitalTold};
use jiff::Timestamp;
use law::{Answer, Verdict};
use sha2::{Digest, Sha256};
use vault::{Change, Draft, Store, Timer};

use super::file::{HandoverFact, StepKind};
use super::handover::receiver;
use super::person::record;
use super::{TELL, Whole, fresh};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::decisions::{self, About};
use crate::disclosure::{Disclosure, HandedOver, Payload};
use crate::error::{DeskError, Result};
use crate::restriction::except_for_danger;
use crate::share::{Asked, ask};

/// What somebody wants to hand over, and why without consent.
#[derive(Debug, Clone)]
pub struct VitalInput {
    /// To which care coordination.
    pub to: OrgId,
    /// Why she cannot consent.
    pub cannot: CannotConsent,
    /// What was seen of that.
    pub why: SafeText,
    /// Which danger.
    pub danger: SafeText,
    /// What would avert it.
    pub data: BTreeSet<DataCode>,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// What whoever decides sees before deciding: the law's answer, and exactly what would go.
#[derive(Debug, Clone)]
pub struct VitalPreview {
    /// Yes, no or unclear; with grounds, conditions, and what would be allowed instead.
    pub answer: Answer,
    /// The categories that would go.
    pub goes: BTreeSet<DataCode>,
    /// What would go, word for word. The receiver knows the person by another pseudonym.
    pub person: PossibleVictim,
}

impl VitalPreview {
    /// The law says yes, and what goes averts the danger.
    pub fn may(&self) -> bool {
        self.answer.verdict == Verdict::Yes && vital::averts(&self.goes).is_ok()
    }

    /// Stands for all that was looked at; the decision names it, so that nothing else goes than what somebody saw.
    pub fn mark(&self) -> Result<String> {
        let conditions = self.answer.conditions.iter();
        let conditions: Vec<&str> = conditions.map(|c| c.code.as_str()).collect();
        let seen = (
            &self.person,
            &self.goes,
            &self.answer.policy_version,
            conditions,
        );
        let bytes = serde_json::to_vec(&seen).map_err(|e| DeskError::Setup(e.to_string()))?;
        Ok(hex::encode(Sha256::digest(bytes)))
    }
}

/// What somebody decides who has looked at a preview.
#[derive(Debug, Clone)]
pub struct VitalDecision {
    /// What was asked.
    pub input: VitalInput,
    /// [`VitalPreview::mark`] of what was looked at.
    pub mark: String,
    /// The conditions of the answer that were confirmed, by code.
    pub confirmed: BTreeSet<String>,
}

/// What would go, and what the law says. Reads the file: the journal says so, with the categories, and keeps the decision.
pub async fn preview_vital(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    input: &VitalInput,
) -> Result<VitalPreview> {
    let permit = permit(actor, UseCase::HandOverVital)?;
    check_texts(input)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    let (preview, _, decision) = work_out(desk, now, &mut whole, person, input).await?;
    let fields: Vec<&str> = input.data.iter().map(DataCode::as_str).collect();
    let read = Change::new(permit.context(now))
        .read(person.to_string(), &fields)
        .create(decision);
    desk.vault.apply(Store::K5, read).await?;
    Ok(preview)
}

/// Asks the law and takes the part: the one way, to look at and to do. The record of the decision goes into the change of what follows from it.
async fn work_out(
    desk: &Desk,
    now: Timestamp,
    whole: &mut Whole,
    person: PersonId,
    input: &VitalInput,
) -> Result<(VitalPreview, DecisionId, Draft)> {
    whole.not_sent_back()?;
    let from = whole.file.body.intake.service.clone();
    let found = whole.person(person)?;
    if found.body.handover.is_some() {
        let why = "this person was handed over before";
        return Err(DeskError::rule("handover-done", why));
    }
    receiver(desk, input.to)?;
    let kind = desk.directory().get(input.to).map(|org| org.kind.clone());
    let kind = kind.ok_or(DeskError::NotFound {
        what: "organisation",
    })?;
    let known = &found.body.person;
    let fits = input.cannot.fits(&known.age, dutch_date(now));
    fits.map_err(refused)?;
    let askable = |code: &DataCode| vital::ASKABLE.contains(&code.as_str());
    if !input.data.iter().all(askable) {
        let detail = "a category of data that is not asked for here";
        return Err(DeskError::field("data", "unknown", detail));
    }
    vital::averts(&input.data).map_err(refused)?;
    let circumstances: BTreeSet<String> = vital::CIRCUMSTANCES.map(str::to_owned).into();
    let asked = Asked {
        from: &from,
        to: input.to,
        kind: &kind,
        purpose: &PurposeCode::literal(handover::PURPOSE),
        data: &input.data,
        circumstances: &circumstances,
    };
    let decided = ask(desk, now, &asked, known, &[])?;
    let pseudonym = person.to_string();
    let about = About {
        store: Store::K5,
        person: Some(&pseudonym),
        trace: None,
    };
    let (law, question) = (&decided.law, &decided.question);
    let answer = decided.answer;
    let (decision, draft) = decisions::recorded(desk, now, law, question, &answer, about).await?;
    let allowed =
        |data: &&DataCode| answer.verdict == Verdict::Yes && answer.data.iter().any(|d| data.is(d));
    let goes: BTreeSet<DataCode> = input.data.iter().filter(allowed).cloned().collect();
    let preview = VitalPreview {
        person: vital::part_of(known, &goes),
        goes,
        answer,
    };
    Ok((preview, decision, draft))
}

/// Hands the person over. Every condition must have been confirmed, and what goes is what was looked at: when the file or the law has changed
/// since, somebody looks again. `seen` is the version of the person's record.
pub async fn hand_over_vital(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    seen: i64,
    deciding: VitalDecision,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandOverVital)?;
    let input = &deciding.input;
    check_texts(input)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    let (preview, decision, decided) = work_out(desk, now, &mut whole, person, input).await?;
    check(&preview, &deciding)?;
    let (service, version) = (whole.file.body.intake.service.clone(), whole.file.version);
    let by = actor.by(now)?;
    let found = whole.person(person)?;
    fresh(found, seen)?;
    let goes: Vec<DataCode> = preview.goes.iter().cloned().collect();
    let danger = input.danger.clone();
    let pseudonym = PersonId::new(desk.vault.new_id(now));
    let grounds = grounds(&preview.answer);
    let VitalDecision {
        input, confirmed, ..
    } = deciding;
    let disclosure = Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K5,
        to: Store::K3,
        org: Some(input.to),
        by: Some(by),
        at: now,
        purpose: handover::PURPOSE.to_owned(),
        ground: grounds.join("; "),
        consent: None,
        thread: None,
        subject: Some(person.to_string()),
        payload: Payload::ToCare(Box::new(HandedOver {
            person: part(&found.body.person, pseudonym, &goes),
            // Where the reflection period stands is no part of what averts a danger.
            reflection: None,
            service,
            vital: Some(VitalTold {
                cannot: input.cannot,
                danger: input.danger.clone(),
                by,
            }),
        })),
    };
    found.body.handover = Some(HandoverFact {
        disclosure: disclosure.id,
        to: input.to,
        consent: None,
        data: goes,
        why_more: None,
        vital: Some(Box::new(Vital {
            cannot: input.cannot,
            why: input.why,
            danger: input.danger,
            withheld: input.data.difference(&preview.goes).cloned().collect(),
            grounds,
            policy: preview.answer.policy_version,
            decision,
            confirmed,
            by,
        })),
        by,
    });
    let changed = record(&found.body)?.changing(&["handover"]);
    whole.note(actor, now, StepKind::HandedOverVital, None);
    let change = Change::new(permit.context(now));
    let records = [person.to_string(), id.to_string()];
    let change = except_for_danger(
        desk,
        change,
        Store::K5,
        &records,
        &preview.goes,
        &danger,
        by,
    )
    .await?;
    let change = change
        .create(decided)
        .update(changed, seen)
        .update(whole.draft(desk, now, &["people"])?, version)
        .timer(Timer {
            id: format!("{TELL}/{}", disclosure.id),
            due: desk.deadline("tell_handover", now)?,
            kind: TELL.to_owned(),
            record: disclosure.id.to_string(),
        });
    desk.vault
        .apply(Store::K5, disclosure.send(change)?)
        .await?;
    Ok(())
}

fn check_texts(input: &VitalInput) -> Result<()> {
    let typed = [("why", Some(&input.why)), ("danger", Some(&input.danger))];
    guard(&typed, input.looked)
}

fn grounds(answer: &Answer) -> Vec<String> {
    let named = answer.grounds.iter();
    named
        .map(|ground| format!("{} {}", ground.law.nl, ground.article))
        .collect()
}

fn check(preview: &VitalPreview, deciding: &VitalDecision) -> Result<()> {
    let said = &preview.answer.headline.en;
    match preview.answer.verdict {
        Verdict::Yes => {}
        Verdict::No => return Err(DeskError::rule("vital-not-allowed", said)),
        Verdict::Unclear => return Err(DeskError::rule("vital-unclear", said)),
    }
    vital::averts(&preview.goes).map_err(|e| DeskError::rule("vital-not-safety", e))?;
    if preview.mark()? != deciding.mark {
        let why = "the file or the law changed since you looked: look again";
        return Err(DeskError::rule("vital-changed", why));
    }
    let mut asked = preview.answer.conditions.iter();
    if asked.any(|condition| !deciding.confirmed.contains(&condition.code)) {
        let why = "confirm each condition, or do not hand over";
        return Err(DeskError::field("confirmed", "required", why));
    }
    Ok(())
}

fn refused(error: VitalError) -> DeskError {
    match error {
        VitalError::ConsentsHerself => DeskError::field("cannot", "consents-herself", error),
        VitalError::NotSafety => DeskError::field("data", "vital-safety", error),
    }
}
