//! Investigating services (K5): intake files, what is found, registration as a duty, the reflection period, handing over.

use desk::intake::{
    self, AssessInput, CloseInput, HandoverInput, IntakeFile, IntakePerson, PersonInput,
    RegisterInput,
};
use desk::reflection::{self, DeclineInput, EndInput, OfferInput};
use desk::{Actor, DeskError, Result, Role};
use domain::code::{DataCode, FormCode};
use domain::consent::ConsentForm;
use domain::handover;
use domain::ids::{DisclosureId, IntakeId, OrgId};
use domain::intake::{Finding, IntakeOutcome, Stay};
use domain::minors::Giver;
use domain::person::{ContactRules, Residence};
use domain::reflection::{Capacity, EndReason, Explanation};
use domain::{Answer, Compartment};
use jiff::Timestamp;
use vault::{Opened, Store};
use world::Story;
use world::story::{self, ReflectionAnswer};

use super::engine::Life;
use super::person;
use super::stage::Stage;
use super::tally::Went;
use super::telling::{self, Words, maybe, text};

/// The file that came with the disclosure to a service.
fn sent_to(life: &Life) -> Option<(DisclosureId, OrgId)> {
    let to = |&&(_, compartment, _): &&(DisclosureId, Compartment, OrgId)| {
        compartment == Compartment::K5
    };
    life.known
        .sent
        .iter()
        .find(to)
        .map(|&(id, _, org)| (id, org))
}

fn officer(stage: &Stage, life: &Life, now: Timestamp) -> Result<Actor> {
    let org = sent_to(life).map(|(_, org)| org);
    let org = org.ok_or(DeskError::NotFound {
        what: "organisation",
    })?;
    stage.cast.worker(org, Role::Investigator, now)
}

async fn file(stage: &Stage, id: IntakeId) -> Result<Opened<IntakeFile>> {
    Ok(stage.desk.vault.load::<IntakeFile>(&id.to_string()).await?)
}

async fn known(stage: &Stage, life: &Life) -> Result<Option<Opened<IntakePerson>>> {
    match life.known.seen_by_service {
        None => Ok(None),
        Some(id) => Ok(Some(
            stage
                .desk
                .vault
                .load::<IntakePerson>(&id.to_string())
                .await?,
        )),
    }
}

/// The service takes the file on, or sends it back when the story says that it was not taken up at all.
pub(super) async fn take_on(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some((disclosure, _)) = sent_to(life) else {
        return Ok(Went::LeftOut);
    };
    let Some(id) = stage.intake_of(disclosure).await? else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let seen = file(stage, id).await?.version;
    life.known.intake = Some(id);
    intake::take_on(&stage.desk, &actor, now, id, seen).await?;
    Ok(Went::Sent)
}

pub(super) async fn add_person(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.intake else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let input = person_input(stage, &life.story, now)?;
    let seen = file(stage, id).await?.version;
    let made = intake::add_person(&stage.desk, &actor, now, id, seen, input).await?;
    life.known.seen_by_service = Some(made);
    Ok(Went::Done)
}

/// What the service knows of the person: what care knows in the story where it does, else what was told.
fn person_input(stage: &Stage, story: &Story, now: Timestamp) -> Result<PersonInput> {
    let on = domain::time::dutch_date(now);
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on,
    };
    let victim = person::victim(story);
    let place = story.report.place.municipality.as_deref();
    let name = person::names(&victim);
    let forms: Vec<FormCode> = story
        .report
        .forms
        .iter()
        .map(|code| words.form(code))
        .collect::<Result<_>>()?;
    Ok(PersonInput {
        name: maybe("name", name.as_deref())?,
        alias: maybe("alias", person::alias(story, &victim).as_deref())?,
        age: telling::age(victim.age, person::born(story), on),
        sex: telling::sex(victim.sex),
        origin: person::origin(&victim, words)?,
        residence: person::residence(&victim)?,
        languages: person::languages(&victim, words)?,
        interpreter: telling::yes(story.report.interpreter),
        forms,
        municipality: place.map(|code| words.municipality(code)).transpose()?,
        detected: on,
        parent_suspected: victim.parent_suspected,
        authority: person::authority(&victim),
        contact: ContactRules::default(),
        phone_safe: Answer::Unknown,
        avoid: None,
        needs: maybe("needs", Some(&victim.wishes))?,
        looked: true,
    })
}

pub(super) async fn assess(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.intake, life.story.intake.clone()) else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: domain::time::dutch_date(now),
    };
    let reason = text("reason", &told.finding)?;
    let leads = told.indication && (told.spoken || told.aangifte_day.is_some());
    let leads_because = match leads {
        true => "Verklaring of andere gegevens om verder te onderzoeken.",
        false => "Nu te weinig om verder te onderzoeken.",
    };
    let victim = person::victim(&life.story);
    let forms = life.story.report.forms.iter();
    let input = AssessInput {
        slightest_indication: Finding {
            yes: told.indication,
            reason,
        },
        enough_leads: Finding {
            yes: leads,
            reason: text("reason", leads_because)?,
        },
        forms: forms.map(|code| words.form(code)).collect::<Result<_>>()?,
        minor: life.story.report.minors != story::Minors::No,
        stay: Stay::of(person::residence(&victim).unwrap_or(Residence::Unknown)),
        looked: true,
    };
    let seen = file(stage, id).await?.version;
    intake::assess(&stage.desk, &actor, now, id, seen, input).await?;
    Ok(Went::Done)
}

/// Registration as a duty of police, marechaussee and inspectorate, by the service that has the file.
pub(super) async fn register(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(found)) = (life.known.intake, known(stage, life).await?) else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let Some(form) = found.body.person.exploitation.forms.first().cloned() else {
        return Ok(Went::LeftOut);
    };
    let input = RegisterInput { form };
    let person = found.body.person.id;
    intake::register(&stage.desk, &actor, now, id, person, found.version, input).await?;
    Ok(Went::Sent)
}

fn explained(stage: &Stage, story: &Story, now: Timestamp) -> Result<Explanation> {
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: domain::time::dutch_date(now),
    };
    let told = story.reflection.as_ref();
    let language = told.map_or("en", |r| r.language.as_ref());
    Ok(Explanation {
        language: words.language(language)?,
        interpreter: Some(told.is_some_and(|r| r.interpreter)),
    })
}

pub(super) async fn offer(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(found)) = (life.known.intake, known(stage, life).await?) else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let input = OfferInput {
        capacity: Capacity::PossibleVictim,
        explained: explained(stage, &life.story, now)?,
    };
    let (person, seen) = (found.body.person.id, found.version);
    let period = reflection::offer(&stage.desk, &actor, now, id, person, seen, input).await?;
    life.known.reflection = Some(period);
    Ok(Went::Sent)
}

async fn period_version(stage: &Stage, id: domain::ids::ReflectionId) -> Result<i64> {
    stage.version(Store::K5, id).await
}

/// The person accepts, and the period begins that day; or declines.
pub(super) async fn answer(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(period)) = (life.known.intake, life.known.reflection) else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let desk = &stage.desk;
    let seen = period_version(stage, period).await?;
    match life.story.reflection.as_ref().map(|r| &r.answer) {
        Some(ReflectionAnswer::Accepted { .. }) => {
            reflection::accept(desk, &actor, now, id, period, seen).await?;
            let seen = period_version(stage, period).await?;
            let first = domain::time::dutch_date(now);
            reflection::start(desk, &actor, now, id, period, seen, first).await?;
        }
        Some(ReflectionAnswer::Declined { reason, .. }) => {
            let reason = match reason.as_ref() {
                "wil_geen_contact_met_politie" => "Wil geen contact met de politie.",
                "wil_terug" => "Wil terug naar het land van herkomst.",
                "andere_procedure" => "Heeft al een andere procedure.",
                other => other,
            };
            let input = DeclineInput {
                explained: explained(stage, &life.story, now)?,
                reason: Some(text("reason", reason)?),
                looked: true,
            };
            reflection::decline(desk, &actor, now, id, period, seen, input).await?;
        }
        Some(ReflectionAnswer::Open) | None => return Ok(Went::LeftOut),
    }
    Ok(Went::Sent)
}

pub(super) async fn end(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(period)) = (life.known.intake, life.known.reflection) else {
        return Ok(Went::LeftOut);
    };
    let told = life.story.reflection.as_ref().map(|r| &r.answer);
    let Some(ReflectionAnswer::Accepted {
        ended: Some(end), ..
    }) = told
    else {
        return Ok(Went::LeftOut);
    };
    let reason = match end.reason.as_ref() {
        "aangifte" => EndReason::Aangifte,
        "medewerking" => EndReason::Medewerking,
        "vertrek_mob" => EndReason::VertrekMob,
        "vertrek" => EndReason::Vertrek,
        "verstreken" => EndReason::Verstreken,
        _ => EndReason::Afstand,
    };
    let actor = officer(stage, life, now)?;
    let seen = period_version(stage, period).await?;
    let input = EndInput {
        ended: domain::time::dutch_date(now),
        reason,
        note: None,
        looked: true,
    };
    reflection::end(&stage.desk, &actor, now, id, period, seen, input).await?;
    Ok(Went::Sent)
}

/// The service hands the person over to the care coordinator, with consent.
pub(super) async fn hand_over(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(found)) = (life.known.intake, known(stage, life).await?) else {
        return Ok(Went::LeftOut);
    };
    let Some(case) = &life.story.case else {
        return Ok(Went::LeftOut);
    };
    let actor = officer(stage, life, now)?;
    let facts = found.body.person.signer_facts();
    let minor = !facts
        .age
        .surely_at_least(domain::age::MAJORITY, domain::time::dutch_date(now));
    let explained = explained(stage, &life.story, now)?;
    let codes = handover::ALWAYS.iter().chain(handover::CHOOSABLE);
    let input = HandoverInput {
        to: stage.cast.org(&case.organisation)?,
        giver: match minor && facts.authority.is_institution() {
            true => Giver::Guardian,
            false => Giver::Person,
        },
        data: codes.map(|code| DataCode::literal(code)).collect(),
        why_more: Some(text(
            "why_more",
            "De zorg begint meteen; zo hoeft zij het niet nog eens te vertellen.",
        )?),
        language: explained.language,
        interpreter: explained.interpreter.unwrap_or(false),
        how: text(
            "how",
            "Rustig uitgelegd wat er gedeeld wordt, met wie en waarvoor.",
        )?,
        help_does_not_depend: true,
        form: ConsentForm::Written,
        looked: true,
    };
    let (person, seen) = (found.body.person.id, found.version);
    intake::hand_to_care(&stage.desk, &actor, now, id, person, seen, input).await?;
    let after = stage
        .desk
        .vault
        .load::<IntakePerson>(&person.to_string())
        .await?;
    life.known.handover = after.body.handover.map(|fact| fact.disclosure);
    Ok(Went::Sent)
}

pub(super) async fn close(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.intake, &life.story.intake) else {
        return Ok(Went::LeftOut);
    };
    let leads = told.indication && (told.spoken || told.aangifte_day.is_some());
    let (outcome, reason) = match (leads, told.indication) {
        (true, _) => (
            IntakeOutcome::Investigation,
            "In overleg met de officier verder onderzocht.",
        ),
        (false, true) => (
            IntakeOutcome::NotEnoughLeads,
            "Geen verdere aanknopingspunten; bij een nieuwe melding opnieuw bekeken.",
        ),
        (false, false) if life.story.desk.outcome == "geen_mensenhandel" => (
            IntakeOutcome::NotTrafficking,
            "Geen aanwijzing van mensenhandel gevonden.",
        ),
        (false, false) => (
            IntakeOutcome::NotEnoughLeads,
            "Te weinig gegevens om te volgen.",
        ),
    };
    let actor = officer(stage, life, now)?;
    let reason = text("reason", reason)?;
    let seen = file(stage, id).await?.version;
    let input = CloseInput {
        outcome,
        reason,
        left_open: Some(text("left_open", "Wat openstaat, volgt de officier.")?),
        looked: true,
    };
    intake::close(&stage.desk, &actor, now, id, seen, input).await?;
    Ok(Went::Sent)
}
