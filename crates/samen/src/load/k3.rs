//! Care coordination (K3): a case is taken on, indicators, consents, registration or count, and the course.

use desk::case::{
    self, CaseFile, NewCase, NewConsent, StoredConsent, StoredPerson, TaskEnd, Ticked,
};
use desk::{Actor, DeskError, Result, Role};
use domain::arrival::ArrivalState;
use domain::case::Phase;
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::{CaseId, ConsentId, OrgId};
use domain::minors::Giver;
use domain::task::TaskKind;
use domain::time::dutch_date;
use domain::{Answer, Compartment};
use jiff::{Timestamp, ToSpan};
use vault::Opened;
use world::story::{Code, Registration, Victim};

use super::engine::Life;
use super::person::{alias, born, languages};
use super::stage::Stage;
use super::tally::Went;
use super::telling::{self, Words, maybe, text};

/// Data that the registration asks (CoMensha's register).
const REGISTERED: [&str; 7] = [
    "sector", "age", "sex", "origin", "region", "form", "reporter",
];

pub(super) fn coordinator(stage: &Stage, life: &Life, now: Timestamp) -> Result<Actor> {
    let name = life
        .story
        .case
        .as_ref()
        .map(|case| case.coordinator.clone());
    let name = name.ok_or(DeskError::NotFound { what: "person" })?;
    stage.cast.actor(&name, now)
}

pub(super) async fn load(stage: &Stage, id: CaseId) -> Result<Opened<CaseFile>> {
    Ok(stage.desk.vault.load::<CaseFile>(&id.to_string()).await?)
}

pub(super) async fn person(stage: &Stage, id: CaseId) -> Result<Opened<StoredPerson>> {
    let file = load(stage, id).await?;
    let person = file.body.case.person.to_string();
    Ok(stage.desk.vault.load::<StoredPerson>(&person).await?)
}

async fn by_disclosure(stage: &Stage, disclosure: &str) -> Result<Option<Opened<CaseFile>>> {
    let found = stage
        .desk
        .vault
        .load_by_term::<CaseFile>("disclosure", disclosure)
        .await?;
    Ok(found.into_iter().next())
}

/// Organisations beside care coordination (Veilig Thuis, an NGO) take on what was sent to them, or send it back.
pub(super) async fn take_on_elsewhere(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
) -> Result<Went> {
    let home = life
        .story
        .case
        .as_ref()
        .map(|case| case.organisation.clone());
    let home: Option<OrgId> = home.and_then(|org| stage.cast.org(&org).ok());
    let taken_up = life.story.desk.routes.iter().any(|route| route.accepted);
    let mut went = Went::LeftOut;
    for (disclosure, compartment, org) in life.known.sent.clone() {
        if compartment != Compartment::K3 || Some(org) == home {
            continue;
        }
        let Some(found) = by_disclosure(stage, &disclosure.to_string()).await? else {
            continue;
        };
        let Ok(actor) = stage.cast.worker(org, Role::CareCoordinator, now) else {
            continue;
        };
        let (id, seen) = (found.body.case.id, found.version);
        match taken_up {
            true => case::accept(&stage.desk, &actor, now, id, seen).await?,
            false => {
                let reason = text("reason", "Na navraag geen reden voor onderzoek hier.")?;
                case::send_back(&stage.desk, &actor, now, id, seen, reason, true).await?;
            }
        }
        went = Went::Sent;
    }
    Ok(went)
}

/// The coordinator takes on what came from the desk or from a service; when nothing came, opens a case for whoever asked
/// for help.
pub(super) async fn take_on(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(told) = life.story.case.clone() else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let org = stage.cast.org(&told.organisation)?;
    let sent = life.known.sent.iter();
    let from_desk = sent
        .filter(|(_, compartment, to)| *compartment == Compartment::K3 && *to == org)
        .map(|(id, _, _)| *id)
        .next();
    if let Some(disclosure) = life.known.handover.or(from_desk)
        && let Some(found) = by_disclosure(stage, &disclosure.to_string()).await?
    {
        let id = found.body.case.id;
        let waiting = found.body.arrival.as_ref().map(|a| a.state());
        life.known.case = Some(id);
        if matches!(waiting, Some(ArrivalState::Waiting)) {
            case::accept(&stage.desk, &actor, now, id, found.version).await?;
            tell_before(stage, &actor, now, id, &told.victim).await?;
        }
        return Ok(Went::Sent);
    }
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let new = NewCase {
        alias: maybe("alias", alias(&life.story, &told.victim).as_deref())?,
        age: telling::age(told.victim.age, born(&life.story), dutch_date(now)),
        sex: telling::sex(told.victim.sex),
        language: languages(&told.victim, words)?.into_iter().next(),
        need: maybe("need", Some(&told.victim.wishes))?,
        police: Default::default(),
        before: before(&told.victim),
        looked: true,
    };
    life.known.case = Some(case::open(&stage.desk, &actor, now, new).await?);
    Ok(Went::Done)
}

/// What the story knows of an earlier period of exploitation.
fn before(victim: &Victim) -> Answer {
    match victim.before {
        Some(true) => Answer::Yes,
        Some(false) => Answer::No,
        None => Answer::Unknown,
    }
}

/// Care asks who was handed over or routed whether she was a victim before.
async fn tell_before(
    stage: &Stage,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    victim: &Victim,
) -> Result<()> {
    let answer = before(victim);
    if answer == Answer::Unknown {
        return Ok(());
    }
    let seen = load(stage, id).await?.version;
    case::tell_exploited(&stage.desk, actor, now, id, seen, answer).await?;
    Ok(())
}

pub(super) async fn tick(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.case, life.story.case.clone()) else {
        return Ok(Went::LeftOut);
    };
    if told.indicators.is_empty() {
        return Ok(Went::LeftOut);
    }
    let actor = coordinator(stage, life, now)?;
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let explanation = maybe("note", Some(&told.explanation))?;
    let ticked = told.indicators.iter().enumerate().map(|(index, code)| {
        Ok(Ticked {
            indicator: words.indicator(code)?,
            answer: Answer::Yes,
            // The coordinator explains the ticks once, with the first.
            note: explanation.clone().filter(|_| index == 0),
        })
    });
    let ticked = ticked.collect::<Result<Vec<_>>>()?;
    let seen = load(stage, id).await?.version;
    case::tick(&stage.desk, &actor, now, id, seen, ticked, true).await?;
    Ok(Went::Done)
}

fn giver(code: &str) -> Giver {
    match code {
        "parents" => Giver::Parents,
        "one_parent" => Giver::OneParent,
        "guardian" => Giver::Guardian,
        _ => Giver::Person,
    }
}

/// Consent to registration is given in writing, or refused.
pub(super) async fn consent(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.case else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    match &life.story.registration {
        Registration::Consent {
            giver: who,
            language,
            ..
        } => {
            let how = "Besproken met een brief in eenvoudige taal; ondertekend.";
            let new = new_consent(stage, "registration", giver(who), language, how, now)?;
            let made = case::give_consent(&stage.desk, &actor, now, id, new).await?;
            life.known.consent = Some(made);
        }
        Registration::Counted { reason, .. } => {
            let why = match reason.as_ref() {
                "refused" => "Wil niet geregistreerd worden.",
                "not_asked_unsafe" => "Niet gevraagd: dat was op dit moment niet veilig.",
                _ => "Niemand kan nu toestemming geven.",
            };
            let purpose = PurposeCode::literal("registration");
            let why = Some(text("reason", why)?);
            case::refuse_consent(&stage.desk, &actor, now, id, purpose, why, true).await?;
        }
        Registration::Duty { .. } | Registration::Nothing => return Ok(Went::LeftOut),
    }
    Ok(Went::Done)
}

/// A written consent for a purpose, to the organisations that it is for.
pub(super) fn new_consent(
    stage: &Stage,
    purpose: &'static str,
    giver: Giver,
    language: &str,
    how: &str,
    now: Timestamp,
) -> Result<NewConsent> {
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    let (kind, data): (&'static str, Vec<DataCode>) = match purpose {
        "opinion" => ("K4", vec![DataCode::literal("statement")]),
        _ => ("COM", REGISTERED.map(DataCode::literal).to_vec()),
    };
    Ok(NewConsent {
        giver,
        purpose: PurposeCode::literal(purpose),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::literal(kind),
        }],
        data,
        given: words.on,
        until: None,
        explained: Explained {
            language: words.language(language)?,
            interpreter: language != "nl",
            how: text("how", how)?,
            help_does_not_depend: true,
        },
        form: ConsentForm::Written,
        looked: true,
    })
}

pub(super) async fn register(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.case else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let seen = load(stage, id).await?.version;
    case::register(&stage.desk, &actor, now, id, seen).await?;
    Ok(Went::Sent)
}

pub(super) async fn withdraw(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(consent)) = (life.known.case, life.known.consent) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let seen = consent_version(stage, consent).await?;
    case::withdraw_consent(&stage.desk, &actor, now, id, consent, seen).await?;
    Ok(Went::Sent)
}

async fn consent_version(stage: &Stage, id: ConsentId) -> Result<i64> {
    let found = stage
        .desk
        .vault
        .load::<StoredConsent>(&id.to_string())
        .await?;
    Ok(found.version)
}

/// Moves the case to a phase of the story, by way of the phases in between where the rules want those.
pub(super) async fn phase(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.case, &life.story.case) else {
        return Ok(Went::LeftOut);
    };
    let wanted = told.phases.get(index).map(|p| p.phase.clone());
    let Some(to) = wanted.and_then(|code: Code| Phase::from_code(&code)) else {
        return Ok(Went::LeftOut);
    };
    // The reflection period opens its phase itself, when the service tells of it.
    if to == Phase::Bedenktijd {
        return Ok(Went::LeftOut);
    }
    let actor = coordinator(stage, life, now)?;
    for _ in 0..3 {
        let found = load(stage, id).await?;
        let at = found.body.case.phase();
        if at == to {
            return Ok(Went::Done);
        }
        let Some(next) = towards(at, to) else {
            return Ok(Went::LeftOut);
        };
        case::move_to(&stage.desk, &actor, now, id, found.version, next).await?;
    }
    Ok(Went::Done)
}

/// The next phase on the way, at most one phase in between.
fn towards(at: Phase, to: Phase) -> Option<Phase> {
    let steps = at.next();
    if steps.contains(&to) {
        return Some(to);
    }
    let between = |via: &&Phase| **via != Phase::Bedenktijd && via.next().contains(&to);
    steps.iter().find(between).copied()
}

/// Something that happened beside the main steps: a task that was done, or the search for somebody who is missing.
pub(super) async fn event(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let (Some(id), Some(event)) = (life.known.case, life.story.events.get(index).cloned()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let missing = event.kind == "missing";
    let kind = match event.kind.as_ref() {
        "missing" => TaskKind::MissingFollowUp,
        "legal_aid_task" => TaskKind::LegalAid,
        "transition_18" => TaskKind::AgeTransition,
        _ => TaskKind::General,
    };
    let words: String = event.text.chars().take(200).collect();
    let due = dutch_date(now).saturating_add(if missing { 7.days() } else { 14.days() });
    let seen = load(stage, id).await?.version;
    let title = text("title", &words)?;
    let task = case::add_task(
        &stage.desk,
        &actor,
        now,
        id,
        seen,
        kind,
        title,
        Some(due),
        true,
    )
    .await?;
    if !missing && kind == TaskKind::General {
        let seen = load(stage, id).await?.version;
        case::end_task(
            &stage.desk,
            &actor,
            now,
            id,
            seen,
            task,
            TaskEnd::Done,
            true,
        )
        .await?;
    }
    Ok(Went::Done)
}
