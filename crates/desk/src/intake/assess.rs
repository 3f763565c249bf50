//! What the service finds, and what it says it did about it.

use domain::SafeText;
use domain::code::FormCode;
use domain::ids::{IntakeId, PersonId};
use domain::intake::{Assessment, Finding, Obligation, Stay};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, Opened, Store};

use super::file::{IntakePerson, Mark, StepKind};
use super::owed::Progress;
use super::person::registration_timer;
use super::{Whole, checklist, fresh, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::guard;
use crate::error::{DeskError, Result};

/// What was found.
#[derive(Debug, Clone)]
pub struct AssessInput {
    /// The slightest indication that somebody is a victim?
    pub slightest_indication: Finding,
    /// Enough leads for an investigation?
    pub enough_leads: Finding,
    /// Forms as the service sees them.
    pub forms: Vec<FormCode>,
    /// May a minor be involved? Doubt counts as yes.
    pub minor: bool,
    /// On what footing the possible victim stays, where no person is recorded yet.
    pub stay: Stay,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Records what was found. What is known of the people in the file counts: a person who is treated as a minor makes it a
/// matter with a minor.
pub async fn assess(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
    input: AssessInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::AssessIntake)?;
    let texts = [
        (
            "indication_reason",
            Some(&input.slightest_indication.reason),
        ),
        ("leads_reason", Some(&input.enough_leads.reason)),
    ];
    guard(&texts, input.looked)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    fresh(&whole.file, seen)?;
    whole.not_sent_back()?;
    let today = dutch_date(now);
    for form in &input.forms {
        desk.vocabulary
            .form(form, today)
            .map_err(|e| DeskError::field("forms", "unknown", e))?;
    }
    let minors =
        |p: &vault::Opened<super::IntakePerson>| p.body.person.is_minor_on(today).is_minor();
    let found = Assessment {
        minor: input.minor || whole.people.iter().any(minors),
        slightest_indication: input.slightest_indication,
        enough_leads: input.enough_leads,
        forms: input.forms,
        stay: input.stay,
        by: actor.by(now)?,
    };
    let indication = found.slightest_indication.yes;
    let intake = whole.file.body.intake.clone();
    whole.file.body.intake = intake.assess(found).map_err(refused)?.0;
    whole.note(actor, now, StepKind::Assessed, None);
    let mut change = Change::new(permit.context(now))
        .update(whole.draft(desk, now, &["state", "assessment"])?, seen);
    for person in whole
        .people
        .iter()
        .filter(|p| p.body.registration.is_none())
    {
        change = match indication {
            true => change.timer(registration_timer(desk, &person.body)?),
            false => change.clear_timers(person.id.clone()),
        };
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}

/// How an obligation was met.
#[derive(Debug, Clone)]
pub struct MarkInput {
    /// Which.
    pub obligation: Obligation,
    /// For whom, when it is owed for each person.
    pub person: Option<PersonId>,
    /// How.
    pub note: SafeText,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Says that an obligation was met outside the platform, and how.
pub async fn mark(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
    seen: i64,
    input: MarkInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::AssessIntake)?;
    guard(&[("note", Some(&input.note))], input.looked)?;
    let mut whole = Whole::worked(desk, actor, now, id).await?;
    fresh(&whole.file, seen)?;
    let owed = checklist(
        &whole.file.body,
        whole.people.iter().map(|p| &p.body),
        whole.periods.iter().map(|p| &p.body),
        dutch_date(now),
    );
    let open = owed.iter().any(|o| {
        o.obligation == input.obligation
            && o.person == input.person
            && matches!(o.progress, Progress::Open { by_hand: true, .. })
    });
    if !open {
        return Err(DeskError::rule(
            "intake-not-owed",
            "this is not owed now, or it shows from the file itself whether it was done",
        ));
    }
    whole.file.body.marks.push(Mark {
        obligation: input.obligation,
        person: input.person,
        note: input.note.clone(),
        by: actor.by(now)?,
    });
    whole.note(actor, now, StepKind::Marked, Some(input.note));
    let mut change =
        Change::new(permit.context(now)).update(whole.draft(desk, now, &["obligations"])?, seen);
    if input.obligation == Obligation::TellHandover {
        let of = |p: &&Opened<IntakePerson>| Some(p.body.person.id) == input.person;
        let found = whole.people.iter().find(of);
        if let Some(fact) = found.and_then(|p| p.body.handover.as_ref()) {
            change = change.clear_timers(fact.disclosure.to_string());
        }
    }
    desk.vault.apply(Store::K5, change).await?;
    Ok(())
}
