//! What arrives at care: a routed report or a person handed over; taken on, or sent back with a reason.

use domain::arrival::{Arrival, Via};
use domain::case::Case;
use domain::code::RegionCode;
use domain::handover;
use domain::ids::{CaseId, DisclosureId, OrgId, PersonId, TaskId};
use domain::person::{Exploitation, PossibleVictim};
use domain::report::{DescribedRole, HelpWish, ReportContent, RouteAnswer};
use domain::task::{Task, TaskKind};
use domain::time::{Approx, dutch_date};
use domain::{By, SafeText};
use jiff::Timestamp;
use vault::{Change, Opened, Store};

use super::clock::{add_transitions, timers, words};
use super::file::{CaseFile, ReflectionNews, StoredPerson};
use super::news::by_arrival;
use super::{fresh, guard, own, person_of, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{Arrived, Origin, keep_all};
use crate::disclosure::{Disclosure, HandedOver, Payload, RouteAnswered, RoutedReport};
use crate::error::{DeskError, Result};

/// Receives a routed report: a case in its first phase, which waits for an answer.
pub async fn receive_report(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &RoutedReport,
    files: &[Arrived],
) -> Result<()> {
    let id = PersonId::new(desk.vault.new_id(disclosure.at));
    let mut file = arrived(desk, disclosure, id, Via::Report, data.answer_due)?;
    let municipality = data.content.municipality.as_ref();
    let home = desk.regions_of(municipality, disclosure.at).care_region;
    file.case.region = home.or(file.case.region);
    file.detected = dutch_date(data.received_at);
    file.police = data.content.police;
    file.told = Some(Box::new(data.clone()));
    let (origin, parent) = (Origin::PassedOn, file.case.id.to_string());
    let change = keep_all(
        change,
        Store::K3,
        &parent,
        files,
        &origin,
        None,
        disclosure.at,
    )?;
    let person = person_told(id, &data.content, data.parents_excluded);
    take_in(desk, change, file, person).await
}

/// Receives a person handed over by an investigating service, with where the reflection period stands.
pub async fn receive_person(
    desk: &Desk,
    change: Change,
    disclosure: &Disclosure,
    data: &HandedOver,
) -> Result<()> {
    if let Some((first, open)) = earlier(desk, disclosure).await? {
        return complete(desk, change, (first, open), data, disclosure).await;
    }
    // Another pseudonym here: nothing but the disclosure connects the two compartments.
    let id = PersonId::new(desk.vault.new_id(disclosure.at));
    let via = Via::Handover {
        service: data.service.clone(),
    };
    let due = desk.deadline("first_answer", disclosure.at)?;
    let mut file = arrived(desk, disclosure, id, via, due)?;
    if let Some(status) = &data.reflection {
        let news = ReflectionNews {
            at: disclosure.at,
            status: status.clone(),
        };
        file = super::news::with_reflection(file, news, &data.service)?;
    }
    if let Some(told) = &data.vital {
        file.vital = Some(told.clone());
        let title =
            words("Vraag toestemming voor de rest: zij kon bij de overdracht niets zeggen")?;
        let due = desk.deadline("ask_consent", disclosure.at)?;
        let task = Task::new(
            TaskId::new(desk.vault.new_id(disclosure.at)),
            TaskKind::AskConsent,
            title,
            Some(dutch_date(due)),
        );
        file.case = file.case.add_task(task).map_err(refused)?;
    }
    let person = PossibleVictim {
        id,
        ..data.person.clone()
    };
    take_in(desk, change, file, person).await
}

/// The case that an earlier handover opened, when this one brings the rest to the same organisation. A case that went to another organisation since
/// stays as it is: what she consents to names a receiver.
async fn earlier(
    desk: &Desk,
    disclosure: &Disclosure,
) -> Result<Option<(Opened<CaseFile>, Opened<StoredPerson>)>> {
    let Some(first) = disclosure.thread else {
        return Ok(None);
    };
    let found = match by_arrival(desk, &first.to_string()).await {
        Ok(found) => found,
        Err(DeskError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    if Some(found.body.case.owner) != disclosure.org {
        return Ok(None);
    }
    let person = person_of(desk, &found.body.case).await?;
    Ok(Some((found, person)))
}

/// The rest of what the service knows, with the person's consent, for the case that is there already.
async fn complete(
    desk: &Desk,
    change: Change,
    (found, person): (Opened<CaseFile>, Opened<StoredPerson>),
    data: &HandedOver,
    disclosure: &Disclosure,
) -> Result<()> {
    let mut file = found.body;
    if let Some(status) = &data.reflection {
        let news = ReflectionNews {
            at: disclosure.at,
            status: status.clone(),
        };
        file = super::news::with_reflection(file, news, &data.service)?;
    }
    let known = StoredPerson(handover::filled(&person.body.0, &data.person));
    let change = change
        .update(file.draft(&["reflection"])?, found.version)
        .update(known.draft(file.case.id, &["handed_over"])?, person.version);
    let change = timers(change, &file, &known.0.age, disclosure.at);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

async fn take_in(
    desk: &Desk,
    change: Change,
    file: CaseFile,
    person: PossibleVictim,
) -> Result<()> {
    let change = change
        .create(file.draft(&["all"])?)
        .create(StoredPerson(person.clone()).draft(file.case.id, &["all"])?);
    let change = timers(change, &file, &person.age, person_seen(&file));
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn person_seen(file: &CaseFile) -> Timestamp {
    file.arrival.as_ref().map_or(file.case.opened.at, |a| a.at)
}

fn arrived(
    desk: &Desk,
    disclosure: &Disclosure,
    person: PersonId,
    via: Via,
    answer_due: Timestamp,
) -> Result<CaseFile> {
    let owner = disclosure
        .org
        .ok_or_else(|| DeskError::Setup("a matter for care names no organisation".to_owned()))?;
    let sent = disclosure
        .by
        .ok_or_else(|| DeskError::Setup("nobody decided to send this to care".to_owned()))?;
    let at = disclosure.at;
    let id = CaseId::new(desk.vault.new_id(at));
    let case = Case::receive(id, person, region_of_org(desk, owner), sent, owner);
    let mut file = CaseFile::new(case, dutch_date(at));
    file.arrival = Some(Arrival::waiting(
        disclosure.id,
        via,
        disclosure.by,
        at,
        answer_due,
    ));
    Ok(file)
}

pub(super) fn region_of_org(desk: &Desk, org: OrgId) -> Option<RegionCode> {
    desk.directory().get(org).and_then(|o| o.region.clone())
}

/// What a report says of the person: nothing more than was told, and so mostly unknown.
fn person_told(id: PersonId, content: &ReportContent, parents_excluded: bool) -> PossibleVictim {
    let mut person = PossibleVictim::unknown(id);
    let described = content
        .persons
        .iter()
        .find(|p| p.role == DescribedRole::PossibleVictim);
    if let Some(described) = described {
        person.known_as.alias = described.known_as.clone();
        person.age = described.age;
        person.sex = described.sex;
    }
    if content.help == HelpWish::ForSelf {
        person.languages = vec![content.language.clone()];
        person.interpreter = content.interpreter;
    }
    let period = &content.period;
    person.exploitation = Exploitation {
        forms: content.forms.clone(),
        started: period.from.map(Approx::day),
        ended: period.until.map(Approx::day),
        ongoing: period.ongoing,
        municipalities: content.municipality.iter().cloned().collect(),
    };
    person.safety.parent_suspected = parents_excluded || content.parent_suspected.is_yes();
    person
}

/// Takes a case on: from here the actor coordinates it, and the signal desk hears so.
pub async fn accept(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerCase)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let (by, me) = (actor.by(now)?, actor.person()?);
    let mut file = found.body.clone();
    let arrival = waiting(&file)?.accept(by).map_err(refused)?;
    let answer = answer_to(
        desk,
        &permit,
        &file,
        &arrival,
        by,
        RouteAnswer::Accepted { at: now },
    );
    file.arrival = Some(arrival);
    file.case = file.case.assign(me.user, me.org).map_err(refused)?;
    file.coordinator_name = Some(me.name.clone());
    let age = person_of(desk, &file.case).await?.body.0.age;
    add_transitions(desk, &mut file, &age, now)?;
    let mut change =
        Change::new(permit.context(now)).update(file.draft(&["arrival", "coordinator"])?, seen);
    change = timers(change, &file, &age, now);
    if let Some(answer) = answer {
        change = answer.send(change)?;
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Sends a report back to the signal desk, with the reason.
pub async fn send_back(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerCase)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    guard(&[("reason", Some(&reason))], looked)?;
    let by = actor.by(now)?;
    let mut file = found.body.clone();
    let arrival = waiting(&file)?
        .send_back(by, reason.clone())
        .map_err(refused)?;
    let said = RouteAnswer::Refused { at: now, reason };
    let answer = answer_to(desk, &permit, &file, &arrival, by, said);
    file.arrival = Some(arrival);
    let mut change = Change::new(permit.context(now))
        .update(file.draft(&["arrival"])?, seen)
        .clear_timers(id.to_string());
    if let Some(answer) = answer {
        change = answer.send(change)?;
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn waiting(file: &CaseFile) -> Result<Arrival> {
    file.arrival.clone().ok_or_else(|| {
        DeskError::rule(
            "case-own",
            "this case was opened here: nobody waits for an answer",
        )
    })
}

/// The answer to the signal desk; a service that handed a person over gets none through here.
fn answer_to(
    desk: &Desk,
    permit: &Permit,
    file: &CaseFile,
    arrival: &Arrival,
    by: By,
    answer: RouteAnswer,
) -> Option<Disclosure> {
    if arrival.via != Via::Report {
        return None;
    }
    Some(Disclosure {
        id: DisclosureId::new(desk.vault.new_id(by.at)),
        from: Store::K3,
        to: Store::K1,
        org: None,
        by: Some(by),
        at: by.at,
        purpose: "signal".to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: None,
        thread: Some(arrival.disclosure),
        subject: Some(file.case.id.to_string()),
        payload: Payload::RouteAnswer(RouteAnswered {
            answer,
            outcome: None,
        }),
    })
}
