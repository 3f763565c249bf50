//! Consent as an object: given, refused, withdrawn; and what follows from a withdrawal.

use domain::SafeText;
use domain::code::{DataCode, PurposeCode};
use domain::consent::{
    Consent, ConsentForm, ConsentRefusal, ConsentTerms, Explained, Recipient, WithdrawalFollows,
};
use domain::ids::{CaseId, ConsentId, DisclosureId, TaskId};
use domain::minors::{Giver, may_consent};
use domain::registration::PURPOSE;
use domain::task::{Task, TaskKind};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::clock::words;
use super::file::{CaseFile, Done, StoredConsent};
use super::{fresh, giver_key, guard, open_case, person_of, refused, taken_on};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};

/// A consent as it was given.
#[derive(Debug, Clone)]
pub struct NewConsent {
    /// Who gave it.
    pub giver: Giver,
    /// For what.
    pub purpose: PurposeCode,
    /// To whom.
    pub recipients: Vec<Recipient>,
    /// Which data.
    pub data: Vec<DataCode>,
    /// First day.
    pub given: Date,
    /// Last day; none: until withdrawn.
    pub until: Option<Date>,
    /// How it was explained.
    pub explained: Explained,
    /// Written or spoken.
    pub form: ConsentForm,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Records a consent. A suspected parent gives none, whatever it is for.
pub async fn give_consent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    new: NewConsent,
) -> Result<ConsentId> {
    let permit = permit(actor, UseCase::RecordConsent)?;
    let found = open_case(desk, actor, now, id).await?;
    let person = person_of(desk, &found.body.case).await?.body.0;
    let today = dutch_date(now);
    guard(&[("how", Some(&new.explained.how))], new.looked)?;
    check(desk, &new, today)?;
    may_consent(new.giver, &person.signer_facts(), today)
        .map_err(|e| DeskError::field("giver", giver_key(e), e))?;
    let terms = ConsentTerms {
        purpose: new.purpose,
        recipients: new.recipients,
        data: new.data,
        given: new.given,
        until: new.until,
    };
    let consent = ConsentId::new(desk.vault.new_id(now));
    let by = actor.by(now)?;
    let given = Consent::give(
        consent,
        person.id,
        new.giver,
        terms,
        new.explained,
        new.form,
        by,
    )
    .map_err(refused)?;
    let stored = StoredConsent::Given(Box::new(given));
    let change = Change::new(permit.context(now)).create(stored.draft(consent.to_string(), id)?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(consent)
}

fn check(desk: &Desk, new: &NewConsent, today: Date) -> Result<()> {
    let words = &desk.vocabulary;
    if new.given > today {
        let why = format!("given on {}, which is still to come", new.given);
        return Err(DeskError::field("given", "in_future", why));
    }
    words
        .purposes
        .get(&new.purpose, today)
        .map_err(|e| DeskError::field("purpose", "unknown", e))?;
    for data in &new.data {
        words
            .data_categories
            .get(data, today)
            .map_err(|e| DeskError::field("data", "unknown", e))?;
    }
    let directory = desk.directory();
    for recipient in &new.recipients {
        let kind = match recipient {
            Recipient::Kind { kind } => {
                desk.check_org_kind(kind, new_moment(new.given))?;
                kind
            }
            Recipient::Org { org } => match directory.get(*org) {
                Some(org) => &org.kind,
                None => {
                    let why = "no such organisation";
                    return Err(DeskError::field("recipients", "unknown", why));
                }
            },
        };
        if !desk.receives_care(kind, today) {
            let why = format!("{kind} receives no data of care");
            return Err(DeskError::field("recipients", "no_recipient", why));
        }
    }
    Ok(())
}

fn new_moment(day: Date) -> Timestamp {
    super::day_start(day)
}

/// Records that consent was asked and refused. Nothing follows from it: help goes on.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, and the refusal"
)]
pub async fn refuse_consent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    purpose: PurposeCode,
    reason: Option<SafeText>,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::RecordConsent)?;
    let found = open_case(desk, actor, now, id).await?;
    guard(&[("reason", reason.as_ref())], looked)?;
    desk.vocabulary
        .purposes
        .get(&purpose, dutch_date(now))
        .map_err(|e| DeskError::field("purpose", "unknown", e))?;
    let refusal = StoredConsent::Refused(ConsentRefusal {
        person: found.body.case.person,
        purpose,
        recorded: actor.by(now)?,
        reason,
    });
    let record = desk.vault.new_id(now).to_string();
    let change = Change::new(permit.context(now)).create(refusal.draft(record, id)?);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Records that a consent is withdrawn from today. What rests on it stops: a registration becomes a count again; for any
/// other purpose a task asks to tell the receivers. `seen` is the version of the consent.
pub async fn withdraw_consent(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    consent: ConsentId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::RecordConsent)?;
    let case = taken_on(desk, actor, now, id).await?;
    let found = desk
        .vault
        .load::<StoredConsent>(&consent.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("consent"))?;
    if found.clear.parent != Some(id.to_string()) {
        return Err(DeskError::NotFound { what: "consent" });
    }
    fresh(&found, seen)?;
    let given = found
        .body
        .given()
        .cloned()
        .ok_or(DeskError::NotFound { what: "consent" })?;
    let (withdrawn, follows) = given
        .withdraw(actor.by(now)?, dutch_date(now))
        .map_err(refused)?;
    let stored = StoredConsent::Given(Box::new(withdrawn));
    let mut change = Change::new(permit.context(now)).update(
        stored.draft(consent.to_string(), id)?.changing(&["state"]),
        seen,
    );
    let mut file = case.body.clone();
    if let Some(stop) = unregister(desk, &permit, &mut file, consent, now)? {
        change = stop.send(change)?;
    }
    change =
        crate::share::consent_withdrawn(desk, change, id, consent, actor.by(now)?, now).await?;
    if follows.purpose.as_str() != PURPOSE {
        file.case = file
            .case
            .add_task(tell_task(desk, &follows, now)?)
            .map_err(refused)?;
    }
    if file != case.body {
        change = change.update(file.draft(&["registered", "tasks"])?, case.version);
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn tell_task(desk: &Desk, follows: &WithdrawalFollows, now: Timestamp) -> Result<Task> {
    let today = dutch_date(now);
    let language = domain::vocabulary::Lang::Nl;
    let purpose = desk
        .vocabulary
        .purposes
        .get(&follows.purpose, today)
        .map_or(follows.purpose.as_str(), |p| p.label(language));
    let names: Vec<String> = follows
        .tell
        .iter()
        .map(|r| receiver_name(desk, r))
        .collect();
    let mut title = format!("Toestemming ingetrokken ({purpose}): meld dit aan ");
    title.push_str(&names.join(", "));
    let title: String = title.chars().take(200).collect();
    let id = TaskId::new(desk.vault.new_id(now));
    Ok(Task::new(
        id,
        TaskKind::General,
        words(&title)?,
        Some(today),
    ))
}

fn receiver_name(desk: &Desk, recipient: &Recipient) -> String {
    match recipient {
        Recipient::Org { org } => desk.directory().name(*org).to_owned(),
        Recipient::Kind { kind } => kind.to_string(),
    }
}

/// Takes back a registration that rests on this consent.
fn unregister(
    desk: &Desk,
    permit: &Permit,
    file: &mut CaseFile,
    withdrawn: ConsentId,
    now: Timestamp,
) -> Result<Option<Disclosure>> {
    let Done::Registered {
        registration,
        consent,
        count,
        ..
    } = &file.registered
    else {
        return Ok(None);
    };
    if *consent != withdrawn {
        return Ok(None);
    }
    let disclosure = Disclosure {
        id: DisclosureId::new(desk.vault.new_id(now)),
        from: Store::K3,
        to: Store::K2,
        org: None,
        by: Some(permit.actor.by(now)?),
        at: now,
        purpose: PURPOSE.to_owned(),
        ground: "AVG 7(3), 17(1)(b)".to_owned(),
        consent: Some(withdrawn),
        thread: None,
        subject: Some(file.case.id.to_string()),
        payload: Payload::WithdrawRegistration(*registration),
    };
    file.registered = Done::Withdrawn {
        on: dutch_date(now),
        count: count.clone(),
    };
    Ok(Some(disclosure))
}
