//! What other compartments tell a case: a person handed over, news of the reflection period, an opinion.

use desk::access::{Role, permit};
use desk::case::{self, NewCase};
use desk::disclosure::{
    Disclosure, HandedOver, OpinionRequested, OpinionStatus, Payload, ReflectionStatus,
};
use desk::{Actor, DeskError, UseCase};
use domain::age::Age;
use domain::case::Phase;
use domain::code::OrgKind;
use domain::ids::{DisclosureId, PersonId};
use domain::opinion::Ground;
use domain::person::PossibleVictim;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use vault::{Change, Store};

use super::{only_case, own_case, today};
use crate::support::{World, hours, start, text};

/// Sends a disclosure from another compartment, as its own subject would.
async fn send(world: &World, actor: &Actor, case: UseCase, disclosure: &Disclosure) {
    let context = permit(actor, case).unwrap().context(disclosure.at);
    let change = disclosure.send(Change::new(context)).unwrap();
    world
        .desk
        .vault
        .apply(disclosure.from, change)
        .await
        .unwrap();
    world.settle(disclosure.at).await;
}

fn from_police(world: &World, actor: &Actor, at: Timestamp, payload: Payload) -> Disclosure {
    Disclosure {
        id: DisclosureId::new(world.desk.vault.new_id(at)),
        from: Store::K5,
        to: Store::K3,
        org: Some(world.care_haaglanden),
        by: Some(actor.by(at).unwrap()),
        at,
        purpose: "care".to_owned(),
        ground: "Wpg 19; toestemming".to_owned(),
        consent: None,
        thread: None,
        subject: None,
        payload,
    }
}

fn running(until: Date) -> ReflectionStatus {
    ReflectionStatus {
        state: "running".to_owned(),
        start: None,
        no_removal_until: Some(until),
        ended: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_handed_over_brings_the_fact_of_the_reflection_period() {
    let world = World::new().await;
    let (police, coordinator) = (world.investigator(), world.coordinator());
    let theirs = PersonId::new(world.desk.vault.new_id(start()));
    let mut person = PossibleVictim::unknown(theirs);
    person.known_as.alias = Some(text("Blessing"));
    person.age = Age::certain(date(2003, 2, 1), today()).unwrap();
    let handed = HandedOver {
        person,
        reflection: None,
        service: OrgKind::new("POL").unwrap(),
        vital: None,
    };
    let sent = from_police(&world, &police, start(), Payload::ToCare(Box::new(handed)));
    send(&world, &police, UseCase::HandToCare, &sent).await;
    let (id, _) = only_case(&world, &coordinator).await;

    let back = case::send_back(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        1,
        text("vol"),
        false,
    )
    .await;
    assert!(
        matches!(back, Err(DeskError::Rule { .. })),
        "a person is not sent back: {back:?}"
    );
    case::accept(&world.desk, &coordinator, hours(1), id, 1)
        .await
        .unwrap();
    case::move_to(&world.desk, &coordinator, hours(1), id, 2, Phase::Intake)
        .await
        .unwrap();
    let early = case::move_to(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        3,
        Phase::Bedenktijd,
    )
    .await;
    assert!(
        matches!(early, Err(DeskError::Rule { .. })),
        "care cannot start it: {early:?}"
    );

    let mut news = from_police(
        &world,
        &police,
        hours(2),
        Payload::ReflectionStatus(running(date(2027, 2, 23))),
    );
    news.thread = Some(sent.id);
    send(&world, &police, UseCase::ChangeReflection, &news).await;
    let dossier = case::read(&world.desk, &coordinator, hours(3), id)
        .await
        .unwrap();
    assert_ne!(
        dossier.person.id, theirs,
        "another pseudonym in each compartment"
    );
    assert_eq!(dossier.file.reflection.len(), 1);
    let notice = dossier.file.case.reflection.clone().unwrap();
    assert_eq!(
        (notice.start, notice.end),
        (date(2026, 11, 23), date(2027, 2, 23))
    );
    let seen = dossier.version;
    case::move_to(
        &world.desk,
        &coordinator,
        hours(3),
        id,
        seen,
        Phase::Bedenktijd,
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_one_moment_stands_in_order_and_a_clock_tells_without_a_person() {
    let world = World::new().await;
    let (police, coordinator) = (world.investigator(), world.coordinator());
    let theirs = PersonId::new(world.desk.vault.new_id(start()));
    let handed = HandedOver {
        person: PossibleVictim::unknown(theirs),
        reflection: None,
        service: OrgKind::new("KMAR").unwrap(),
        vital: None,
    };
    let sent = from_police(&world, &police, start(), Payload::ToCare(Box::new(handed)));
    send(&world, &police, UseCase::HandToCare, &sent).await;
    let (id, _) = only_case(&world, &coordinator).await;
    let ended = ReflectionStatus {
        state: "ended".to_owned(),
        start: None,
        no_removal_until: None,
        ended: Some(domain::reflection::EndReason::Verstreken),
    };
    // By chance the last news of a moment arrives first, and a clock has no person.
    for (status, by) in [
        (ended, None),
        (running(date(2027, 2, 23)), police.by(hours(2)).ok()),
    ] {
        let mut news = from_police(&world, &police, hours(2), Payload::ReflectionStatus(status));
        (news.thread, news.by) = (Some(sent.id), by);
        send(&world, &police, UseCase::ChangeReflection, &news).await;
    }
    let dossier = case::read(&world.desk, &coordinator, hours(3), id)
        .await
        .unwrap();
    let news = dossier.file.reflection.iter();
    let states: Vec<&str> = news.map(|n| n.status.state.as_str()).collect();
    assert_eq!(states, ["running", "ended"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_opinion_comes_back_to_the_case_that_asked() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let request = Disclosure {
        from: Store::K3,
        to: Store::K4,
        subject: Some(id.to_string()),
        payload: Payload::OpinionRequest(Box::new(OpinionRequested {
            released: Vec::new(),
            ground: Ground {
                ended_on: None,
                aangifte: false,
            },
        })),
        ..from_police(
            &world,
            &coordinator,
            start(),
            Payload::ReflectionStatus(running(today())),
        )
    };
    send(&world, &coordinator, UseCase::AskOpinion, &request).await;
    let secretary = world.actor(world.panel, &[Role::PanelSecretary]);
    let status = OpinionStatus {
        state: "admitted".to_owned(),
        outcome: None,
        reason: None,
    };
    let answer = Disclosure {
        from: Store::K4,
        thread: Some(request.id),
        ..from_police(&world, &secretary, hours(1), Payload::OpinionStatus(status))
    };
    send(&world, &secretary, UseCase::PrepareOpinion, &answer).await;
    let dossier = case::read(&world.desk, &coordinator, hours(2), id)
        .await
        .unwrap();
    let news = dossier.file.opinions.iter();
    let states: Vec<&str> = news.map(|n| n.status.state.as_str()).collect();
    assert_eq!(states, ["requested", "admitted"]);
}
