//! The offer.

use domain::ids::{IntakeId, PersonId, ReflectionId};
use domain::intake::Stay;
use domain::reflection::{Capacity, Explanation, Offer, Reflection};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, ClearData, Opened, Store};

use super::{news, record, refused, send};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::intake::{StepKind, StoredReflection, Whole, fresh};

/// How it was offered.
#[derive(Debug, Clone)]
pub struct OfferInput {
    /// To whom: a possible victim; a witness has no reflection period.
    pub capacity: Capacity,
    /// In which language and with whom it was explained.
    pub explained: Explanation,
}

/// Offers the reflection period to a person, at the slightest indication. `seen` is the version of the person's record.
pub async fn offer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    person: PersonId,
    seen: i64,
    input: OfferInput,
) -> Result<ReflectionId> {
    let permit = permit(actor, UseCase::OfferReflection)?;
    let service = actor.person()?.org_kind.clone();
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    whole.indicated()?;
    desk.vocabulary
        .languages
        .get(&input.explained.language, dutch_date(now))
        .map_err(|e| DeskError::field("language", "unknown", e))?;
    if whole.periods.iter().any(|p| p.body.person == person) {
        return Err(DeskError::rule(
            "reflection-offered",
            "this person was offered the period before: record the answer to that offer",
        ));
    }
    let (org, version) = (whole.file.body.org.to_string(), whole.file.version);
    let found = whole.person(person)?;
    fresh(found, seen)?;
    let stay = Stay::of(found.body.person.residence);
    if stay == Stay::Dutch {
        return Err(DeskError::rule(
            "reflection-dutch",
            "a Dutch citizen needs no reflection period: nobody can remove her",
        ));
    }
    let reflection = ReflectionId::new(desk.vault.new_id(now));
    let offer = Offer {
        by: actor.by(now)?,
        org_kind: service,
        capacity: input.capacity,
        explained: input.explained,
    };
    let body = StoredReflection {
        intake: id,
        person,
        reflection: Reflection::offer(reflection, offer, stay == Stay::Eu).map_err(refused)?,
        reminded: Vec::new(),
    };
    let told = news(desk, &permit, actor, now, &found.body, &body.reflection).await?;
    // The person's record is written again so that two officers can't offer at once.
    let same = crate::intake::person_record(&found.body)?.changing(&["reflection"]);
    let record = record(&body, &org)?;
    whole.periods.push(Opened {
        id: reflection.to_string(),
        version: 0,
        clear: ClearData::default(),
        terms: Vec::new(),
        created: now,
        updated: now,
        body,
    });
    whole.note(actor, now, StepKind::Offered, None);
    let change = Change::new(permit.context(now))
        .create(record)
        .update(same, seen)
        .update(whole.draft(desk, now, &["reflection"])?, version);
    desk.vault.apply(Store::K5, send(change, told)?).await?;
    Ok(reflection)
}
