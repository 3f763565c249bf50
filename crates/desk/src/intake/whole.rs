//! A file with the people and periods in it. Every change goes through here, so that the list always shows what the
//! records say.

use domain::ids::{IntakeId, PersonId, ReflectionId};
use domain::intake::{IntakeState, Obligation};
use domain::need::Because;
use domain::reflection::EuQuestion;
use domain::report::MinorsInvolved;
use domain::time::dutch_date;
use domain::{Answer, SafeText};
use jiff::Timestamp;
use vault::{ClearData, Draft, Opened, Term};

use super::day_start;
use super::file::{
    IntakeFile, IntakePerson, IntakeSummary, ReflectionMarker, Source, Step, StepKind,
    StoredReflection,
};
use super::owed::{Progress, checklist};
use crate::Desk;
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::need::{Held, Lead, may_work, opens};

/// A file with everything that its list line is made of.
#[derive(Clone)]
pub(crate) struct Whole {
    pub(crate) file: Opened<IntakeFile>,
    pub(crate) people: Vec<Opened<IntakePerson>>,
    pub(crate) periods: Vec<Opened<StoredReflection>>,
}

impl Whole {
    /// A file, whoever has it: for what Samen does by itself.
    pub(crate) async fn load(desk: &Desk, id: IntakeId) -> Result<Whole> {
        let text = id.to_string();
        let file = desk
            .vault
            .load::<IntakeFile>(&text)
            .await
            .map_err(|e| DeskError::from(e).what("intake"))?;
        Ok(Whole {
            file,
            people: desk.vault.load_children::<IntakePerson>(&text).await?,
            periods: desk.vault.load_children::<StoredReflection>(&text).await?,
        })
    }

    /// A file that this actor may look at, and why; see `domain::need`. One of another service is not found.
    pub(crate) async fn opened(
        desk: &Desk,
        actor: &Actor,
        now: Timestamp,
        id: IntakeId,
    ) -> Result<(Whole, Because)> {
        let whole = Whole::load(desk, id).await?;
        let because = opens(desk, actor, now, &Held::of_intake(whole.clone())).await?;
        Ok((whole, because))
    }

    /// A file on which this actor may work. Behind broken glass one looks and does not work.
    pub(crate) async fn worked(
        desk: &Desk,
        actor: &Actor,
        now: Timestamp,
        id: IntakeId,
    ) -> Result<Whole> {
        let (whole, because) = Whole::opened(desk, actor, now, id).await?;
        match because {
            // Whoever sent it back reads on the next step why nothing more is done with it.
            Because::Answered => {}
            _ => may_work(because)?,
        }
        Ok(whole)
    }

    /// Whoever takes up what nobody leads yet leads it from now on.
    pub(crate) fn taken_up_by(&mut self, actor: &Actor) -> Result<()> {
        if self.file.body.led_by().is_none() {
            self.file.body.lead = Some(Lead::of(actor.person()?));
        }
        Ok(())
    }

    /// A person in this file.
    pub(crate) fn person(&mut self, id: PersonId) -> Result<&mut Opened<IntakePerson>> {
        self.people
            .iter_mut()
            .find(|p| p.body.person.id == id)
            .ok_or(DeskError::NotFound { what: "person" })
    }

    /// A reflection period in this file.
    pub(crate) fn period(&mut self, id: ReflectionId) -> Result<&mut Opened<StoredReflection>> {
        self.periods
            .iter_mut()
            .find(|p| p.body.reflection.id == id)
            .ok_or(DeskError::NotFound { what: "reflection" })
    }

    /// Adds a step to the timeline.
    pub(crate) fn note(
        &mut self,
        actor: &Actor,
        at: Timestamp,
        kind: StepKind,
        note: Option<SafeText>,
    ) {
        let who = actor.person().ok().map(|p| p.name.clone());
        self.file.body.history.push(Step {
            at,
            kind,
            who,
            note,
        });
    }

    /// Nothing more is done with what was sent back.
    pub(crate) fn not_sent_back(&self) -> Result<()> {
        match self.file.body.intake.state() {
            IntakeState::SentBack { .. } => Err(DeskError::rule(
                "intake-sent-back",
                "this was sent back: nothing more is done with it here",
            )),
            IntakeState::Received => Err(DeskError::rule(
                "intake-not-taken-on",
                "take the intake on first, or send it back with a reason",
            )),
            _ => Ok(()),
        }
    }

    /// The slightest indication must have been found.
    pub(crate) fn indicated(&self) -> Result<()> {
        match self.file.body.intake.assessment() {
            Some(found) if found.slightest_indication.yes => Ok(()),
            _ => Err(DeskError::rule(
                "intake-no-indication",
                "record first that there is the slightest indication, with its reason",
            )),
        }
    }

    /// The file as it is to be written now, with its list line.
    pub(crate) fn draft(&self, desk: &Desk, now: Timestamp, fields: &[&str]) -> Result<Draft> {
        draft(
            desk,
            now,
            &self.file.body,
            self.people.iter().map(|p| &p.body),
            self.periods.iter().map(|p| &p.body),
            self.file.clear.region.clone(),
        )
        .map(|draft| draft.changing(fields))
    }
}

/// The record of a file with its list line.
pub(super) fn draft<'a>(
    desk: &Desk,
    now: Timestamp,
    file: &IntakeFile,
    people: impl Iterator<Item = &'a IntakePerson> + Clone,
    periods: impl Iterator<Item = &'a StoredReflection> + Clone,
    region: Option<String>,
) -> Result<Draft> {
    let clear = ClearData {
        state: file.intake.state_name().to_owned(),
        org: Some(file.org.to_string()),
        region,
        assignee: file.led_by().map(|lead| lead.to_string()),
        due: due(desk, file, people.clone(), periods.clone())?,
        ..ClearData::default()
    };
    let summary = summary(file, people, periods, now);
    let terms = file
        .intake
        .from
        .map(|d| Term::new("disclosure", d.to_string()));
    Ok(Draft::new(file.intake.id.to_string(), file, clear)?
        .with_terms(terms.into_iter().collect())?
        .with_summary(&summary)?)
}

/// What is due first: word to the desk, a registration, a reminder or the end of a period.
fn due<'a>(
    desk: &Desk,
    file: &IntakeFile,
    people: impl Iterator<Item = &'a IntakePerson> + Clone,
    periods: impl Iterator<Item = &'a StoredReflection>,
) -> Result<Option<Timestamp>> {
    let mut all: Vec<Timestamp> = Vec::new();
    if matches!(file.intake.state(), IntakeState::Received) {
        all.extend(file.intake.answer_due);
    }
    for person in people.clone() {
        all.extend(tell_due(desk, file, person)?);
    }
    if owes_registration(file) {
        for person in people.filter(|p| p.registration.is_none()) {
            all.push(desk.deadline("registration", day_start(person.detected))?);
        }
    }
    for period in periods {
        let passed = period.reminded.len();
        let next = period.reflection.reminders().into_iter().nth(passed);
        all.extend(
            next.map(|r| r.on)
                .or_else(|| period.reflection.no_removal_until())
                .map(day_start),
        );
    }
    Ok(all.into_iter().min())
}

/// Until when somebody who was handed over without her consent is to be told; none: nothing is owed, or she was told.
fn tell_due(desk: &Desk, file: &IntakeFile, person: &IntakePerson) -> Result<Option<Timestamp>> {
    let decided = person.handover.as_ref().and_then(|h| h.vital.as_ref());
    let Some(vital) = decided else {
        return Ok(None);
    };
    let told = file.marks.iter().any(|mark| {
        mark.obligation == Obligation::TellHandover && mark.person == Some(person.person.id)
    });
    match told {
        true => Ok(None),
        false => desk.deadline("tell_handover", vital.by.at).map(Some),
    }
}

/// The slightest indication was found, so that each possible victim has to be registered.
pub(super) fn owes_registration(file: &IntakeFile) -> bool {
    file.intake
        .assessment()
        .is_some_and(|a| a.slightest_indication.yes)
}

fn summary<'a>(
    file: &IntakeFile,
    people: impl Iterator<Item = &'a IntakePerson> + Clone,
    periods: impl Iterator<Item = &'a StoredReflection> + Clone,
    now: Timestamp,
) -> IntakeSummary {
    let today = dutch_date(now);
    let owed = checklist(file, people.clone(), periods.clone(), today);
    let open = |o: &&super::Owed| matches!(o.progress, Progress::Open { .. });
    let registrations = |o: &&super::Owed| o.obligation == Obligation::Register;
    let mut reflections: Vec<ReflectionMarker> = periods.map(marker).collect();
    reflections.sort_by_key(|r| (r.until.is_none(), r.until));
    let minor = people
        .clone()
        .any(|p| p.person.is_minor_on(today).is_minor());
    let (acute, minors) = match &file.source {
        Source::Report { told } => (told.content.acute, told.content.minors),
        Source::Own { .. } => (Answer::Unknown, MinorsInvolved::Unknown),
    };
    let assessed = file.intake.assessment();
    IntakeSummary {
        lead: file.lead.as_ref().map(|lead| lead.name.clone()),
        from_desk: file.intake.from.is_some(),
        acute,
        forms: assessed.map_or_else(|| file.first_forms().to_vec(), |a| a.forms.clone()),
        minors: if minor || assessed.is_some_and(|a| a.minor) {
            MinorsInvolved::Yes
        } else {
            minors
        },
        people: people.count(),
        unregistered: owed.iter().filter(open).filter(registrations).count(),
        owed: owed
            .iter()
            .filter(open)
            .filter(|o| !registrations(o))
            .count(),
        reflections,
    }
}

fn marker(period: &StoredReflection) -> ReflectionMarker {
    ReflectionMarker {
        state: period.reflection.state_name().to_owned(),
        to_decide: period.reflection.eu == EuQuestion::EuOtherConditions,
        until: period.reflection.no_removal_until(),
        reminder: period.reminded.last().copied(),
    }
}
