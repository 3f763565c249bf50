//! Reflection periods: offered, explained, answered, running, over by themselves; and what care hears.

use desk::disclosure::{Payload, ReflectionStatus};
use desk::intake::{self, PersonInput};
use desk::reflection::{self, DeclineInput, EndInput, EuInput, OfferInput};
use desk::{Actor, DeskError, Role};
use domain::code::{LanguageCode, OrgKind};
use domain::ids::{IntakeId, PersonId, ReflectionId};
use domain::person::Residence;
use domain::reflection::{Capacity, EndReason, EuQuestion, Explanation, ReflectionState};
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Filter, Order, Store};

use crate::intake::{blessing, ending, handing, opened, sent, with_person};
use crate::support::{World, hours, start, text};

fn explained(interpreter: Option<bool>) -> Explanation {
    Explanation {
        language: LanguageCode::new("en").unwrap(),
        interpreter,
    }
}

fn offer() -> OfferInput {
    OfferInput {
        capacity: Capacity::PossibleVictim,
        explained: explained(Some(true)),
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A moment in the Netherlands.
fn at(text: &str) -> Timestamp {
    format!("{text}[Europe/Amsterdam]")
        .parse::<jiff::Zoned>()
        .unwrap()
        .timestamp()
}

async fn person_version(world: &World, actor: &Actor, id: IntakeId) -> i64 {
    intake::read(&world.desk, actor, start(), id)
        .await
        .unwrap()
        .people[0]
        .version
}

async fn offered(
    world: &World,
    actor: &Actor,
    person: PersonInput,
) -> (IntakeId, PersonId, ReflectionId) {
    let (id, who) = with_person(world, actor, person, &["SU"]).await;
    let seen = person_version(world, actor, id).await;
    let period = reflection::offer(&world.desk, actor, start(), id, who, seen, offer())
        .await
        .unwrap();
    (id, who, period)
}

async fn running(world: &World, actor: &Actor) -> (IntakeId, PersonId, ReflectionId) {
    let (id, who, period) = offered(world, actor, blessing()).await;
    reflection::accept(&world.desk, actor, start(), id, period, 1)
        .await
        .unwrap();
    reflection::start(
        &world.desk,
        actor,
        start(),
        id,
        period,
        2,
        day("2026-11-23"),
    )
    .await
    .unwrap();
    (id, who, period)
}

fn is_rule<T: std::fmt::Debug>(result: &Result<T, DeskError>, key: &str) -> bool {
    matches!(result, Err(DeskError::Rule { key: k, .. }) if k == key)
}

#[tokio::test(flavor = "multi_thread")]
async fn s2_offered_with_interpreter_and_nobody_removes_her_from_yes_to_the_last_day() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, _, period) = offered(&world, &officer, blessing()).await;
    let look = |now| intake::read(&world.desk, &officer, now, id);
    assert!(!look(hours(1)).await.unwrap().people[0].no_removal);
    reflection::accept(&world.desk, &officer, hours(1), id, period, 1)
        .await
        .unwrap();
    assert!(
        look(hours(1)).await.unwrap().people[0].no_removal,
        "from acceptance on"
    );
    reflection::start(
        &world.desk,
        &officer,
        hours(2),
        id,
        period,
        2,
        day("2026-11-23"),
    )
    .await
    .unwrap();
    let seen = look(hours(2)).await.unwrap();
    let (kept, _) = seen.people[0].reflection.clone().unwrap();
    assert_eq!(
        kept.no_removal_until(),
        Some(day("2027-02-23")),
        "three calendar months"
    );
    assert_eq!(kept.offer.explained, explained(Some(true)));
    assert!(look(at("2027-02-23T23:59:00")).await.unwrap().people[0].no_removal);
    assert!(!look(at("2027-02-24T00:00:00")).await.unwrap().people[0].no_removal);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_investigating_services_offer_and_only_at_an_indication() {
    let world = World::new().await;
    let officer = world.investigator();
    let id = opened(&world, &officer, &["SU"]).await;
    let who = intake::add_person(&world.desk, &officer, start(), id, 1, blessing())
        .await
        .unwrap();
    let early = reflection::offer(&world.desk, &officer, start(), id, who, 1, offer()).await;
    assert!(is_rule(&early, "intake-no-indication"), "{early:?}");
    let care = reflection::offer(
        &world.desk,
        &world.coordinator(),
        start(),
        id,
        who,
        1,
        offer(),
    )
    .await;
    assert!(matches!(care, Err(DeskError::Forbidden { .. })), "{care:?}");
    let other = world.actor(world.kmar, &[Role::Investigator]);
    let gone = reflection::offer(&world.desk, &other, start(), id, who, 1, offer()).await;
    assert!(matches!(gone, Err(DeskError::NotFound { .. })), "{gone:?}");

    let (id, who) = with_person(&world, &officer, blessing(), &["SU"]).await;
    let seen = person_version(&world, &officer, id).await;
    let witness = OfferInput {
        capacity: Capacity::Witness,
        ..offer()
    };
    let refused = reflection::offer(&world.desk, &officer, start(), id, who, seen, witness).await;
    assert!(is_rule(&refused, "reflection-witness"), "{refused:?}");
    let dutch = PersonInput {
        residence: Residence::Dutch,
        ..blessing()
    };
    let (id, who) = with_person(&world, &officer, dutch, &["SU"]).await;
    let seen = person_version(&world, &officer, id).await;
    let refused = reflection::offer(&world.desk, &officer, start(), id, who, seen, offer()).await;
    assert!(is_rule(&refused, "reflection-dutch"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_offer_a_person_even_when_two_officers_offer_at_once() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, who) = with_person(&world, &officer, blessing(), &["SU"]).await;
    let seen = person_version(&world, &officer, id).await;
    let (one, two) = tokio::join!(
        reflection::offer(&world.desk, &officer, start(), id, who, seen, offer()),
        reflection::offer(&world.desk, &officer, start(), id, who, seen, offer()),
    );
    assert_eq!(
        [one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(),
        1
    );
    let seen = person_version(&world, &officer, id).await;
    let again = reflection::offer(&world.desk, &officer, start(), id, who, seen, offer()).await;
    assert!(is_rule(&again, "reflection-offered"), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_offer_says_in_which_language_and_with_whom_and_can_still_be_accepted() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, _, period) = offered(&world, &officer, blessing()).await;
    let silent = DeclineInput {
        explained: explained(None),
        reason: None,
        looked: false,
    };
    let refused = reflection::decline(&world.desk, &officer, hours(1), id, period, 1, silent).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].field == "interpreter"),
        "{refused:?}"
    );
    let told = DeclineInput {
        explained: explained(Some(true)),
        reason: Some(text("bang")),
        looked: false,
    };
    reflection::decline(&world.desk, &officer, hours(1), id, period, 1, told)
        .await
        .unwrap();
    let late = reflection::accept(&world.desk, &officer, hours(2), id, period, 1).await;
    assert!(matches!(late, Err(DeskError::Conflict)), "{late:?}");
    reflection::accept(&world.desk, &officer, hours(2), id, period, 2)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_for_an_eu_citizen_the_question_stays_in_sight_until_police_or_ind_decide() {
    let world = World::new().await;
    let officer = world.actor(world.nla, &[Role::Investigator]);
    let ilinca = PersonInput {
        residence: Residence::Eu,
        ..blessing()
    };
    let (id, _, period) = offered(&world, &officer, ilinca).await;
    reflection::accept(&world.desk, &officer, hours(1), id, period, 1)
        .await
        .unwrap();
    let page = intake::list(&world.desk, &officer, &Filter::default(), Order::Due, None)
        .await
        .unwrap()
        .0;
    assert_eq!(page.rows[0].summary["reflections"][0]["to_decide"], true);
    let early = reflection::start(
        &world.desk,
        &officer,
        hours(1),
        id,
        period,
        2,
        day("2026-11-23"),
    )
    .await;
    assert!(is_rule(&early, "reflection-eu-undecided"), "{early:?}");
    let by = |kind: &str, applies| EuInput {
        applies,
        decided_by: OrgKind::new(kind).unwrap(),
        reason: text("gebeld met de IND"),
        looked: false,
    };
    // The Labour Authority records it, but does not decide it.
    let own = reflection::decide_eu(
        &world.desk,
        &officer,
        hours(1),
        id,
        period,
        2,
        by("NLA", true),
    )
    .await;
    assert!(
        matches!(&own, Err(DeskError::Invalid(f)) if f[0].field == "decided_by"),
        "{own:?}"
    );
    reflection::decide_eu(
        &world.desk,
        &officer,
        hours(1),
        id,
        period,
        2,
        by("IND", false),
    )
    .await
    .unwrap();
    let not = reflection::start(
        &world.desk,
        &officer,
        hours(1),
        id,
        period,
        3,
        day("2026-11-23"),
    )
    .await;
    assert!(is_rule(&not, "reflection-eu-does-not-apply"), "{not:?}");
    let seen = intake::read(&world.desk, &officer, hours(2), id)
        .await
        .unwrap();
    let (kept, _) = seen.people[0].reflection.clone().unwrap();
    assert!(matches!(
        kept.eu,
        EuQuestion::Decided { applies: false, .. }
    ));
    reflection::decide_eu(
        &world.desk,
        &officer,
        hours(2),
        id,
        period,
        3,
        by("IND", true),
    )
    .await
    .unwrap();
    reflection::start(
        &world.desk,
        &officer,
        hours(2),
        id,
        period,
        4,
        day("2026-11-23"),
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_day_is_neither_in_the_future_nor_before_she_was_seen() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, _, period) = offered(&world, &officer, blessing()).await;
    let unanswered = reflection::start(
        &world.desk,
        &officer,
        hours(1),
        id,
        period,
        1,
        day("2026-11-23"),
    )
    .await;
    assert!(
        is_rule(&unanswered, "reflection-wrong-state"),
        "{unanswered:?}"
    );
    reflection::accept(&world.desk, &officer, hours(1), id, period, 1)
        .await
        .unwrap();
    for (first, key) in [("2026-11-24", "future"), ("2026-11-22", "before-detection")] {
        let refused =
            reflection::start(&world.desk, &officer, hours(1), id, period, 2, day(first)).await;
        assert!(
            matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == key),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_mark_the_list_on_their_day_and_the_period_ends_by_itself_once() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, _, period) = running(&world, &officer).await;
    let mark = || async {
        let page = intake::list(&world.desk, &officer, &Filter::default(), Order::Due, None)
            .await
            .unwrap()
            .0;
        page.rows[0].summary["reflections"][0]["reminder"].clone()
    };
    let steps = [
        ("2027-01-22T23:59:00", serde_json::Value::Null),
        ("2027-01-23T00:00:00", "one_month".into()),
        ("2027-02-09T00:00:00", "two_weeks".into()),
        ("2027-02-20T00:00:00", "three_days".into()),
        ("2027-02-23T23:59:59", "three_days".into()),
    ];
    for (moment, expected) in steps {
        world.settle(at(moment)).await;
        assert_eq!(mark().await, expected, "{moment}");
    }
    world.settle(at("2027-02-24T00:00:00")).await;
    let seen = intake::read(&world.desk, &officer, at("2027-02-24T09:00:00"), id)
        .await
        .unwrap();
    let (kept, version) = seen.people[0].reflection.clone().unwrap();
    let ReflectionState::Ended {
        reason, ended, by, ..
    } = kept.state()
    else {
        panic!("{kept:?}")
    };
    assert_eq!(
        (*reason, *ended, *by),
        (EndReason::Verstreken, day("2027-02-24"), None)
    );
    world.settle(at("2027-03-24T00:00:00")).await;
    let again = intake::read(&world.desk, &officer, at("2027-03-24T09:00:00"), id)
        .await
        .unwrap();
    assert_eq!(
        again.people[0].reflection.as_ref().unwrap().1,
        version,
        "nothing happened twice"
    );
    let late = EndInput {
        ended: day("2027-03-01"),
        reason: EndReason::Aangifte,
        note: None,
        looked: false,
    };
    let refused = reflection::end(
        &world.desk,
        &officer,
        at("2027-03-24T10:00:00"),
        id,
        period,
        version,
        late,
    )
    .await;
    assert!(is_rule(&refused, "reflection-wrong-state"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_long_silence_the_clocks_catch_up_and_the_day_of_the_end_is_the_right_one() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, ..) = running(&world, &officer).await;
    let late = at("2027-05-01T12:00:00");
    world.settle(late).await;
    let seen = intake::read(&world.desk, &officer, late, id).await.unwrap();
    let (kept, _) = seen.people[0].reflection.clone().unwrap();
    assert!(
        matches!(kept.state(), ReflectionState::Ended { ended, .. } if *ended == day("2027-02-24"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_end_stops_the_clocks() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, _, period) = running(&world, &officer).await;
    let now = at("2027-02-10T10:00:00");
    world.settle(now).await;
    let seen = intake::read(&world.desk, &officer, now, id).await.unwrap();
    let version = seen.people[0].reflection.as_ref().unwrap().1;
    let input = |ended: &str, reason| EndInput {
        ended: day(ended),
        reason,
        note: Some(text("op het bureau")),
        looked: false,
    };
    let early = reflection::end(
        &world.desk,
        &officer,
        now,
        id,
        period,
        version,
        input("2027-02-10", EndReason::Verstreken),
    )
    .await;
    assert!(
        matches!(&early, Err(DeskError::Invalid(f)) if f[0].key == "not-expired"),
        "{early:?}"
    );
    reflection::end(
        &world.desk,
        &officer,
        now,
        id,
        period,
        version,
        input("2027-02-10", EndReason::Aangifte),
    )
    .await
    .unwrap();
    world.settle(at("2027-04-01T10:00:00")).await;
    let seen = intake::read(&world.desk, &officer, at("2027-04-01T10:00:00"), id)
        .await
        .unwrap();
    let (kept, _) = seen.people[0].reflection.clone().unwrap();
    assert!(matches!(
        kept.state(),
        ReflectionState::Ended {
            reason: EndReason::Aangifte,
            by: Some(_),
            ..
        }
    ));
    assert_eq!(
        intake::running_periods(&world.desk, &officer)
            .await
            .unwrap()
            .len(),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn care_hears_every_change_on_the_thread_of_the_handover_until_consent_is_withdrawn() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, who, period) = offered(&world, &officer, blessing()).await;
    assert!(
        sent(&world, Store::K5, "reflection_status")
            .await
            .is_empty()
    );
    let seen = person_version(&world, &officer, id).await;
    intake::hand_to_care(
        &world.desk,
        &officer,
        hours(1),
        id,
        who,
        seen,
        handing(&world),
    )
    .await
    .unwrap();
    let handed = sent(&world, Store::K5, "to_care").await.remove(0);
    let Payload::ToCare(what) = &handed.payload else {
        panic!()
    };
    assert_eq!(what.reflection.as_ref().unwrap().state, "offered");

    reflection::accept(&world.desk, &officer, hours(2), id, period, 1)
        .await
        .unwrap();
    reflection::start(
        &world.desk,
        &officer,
        hours(2),
        id,
        period,
        2,
        day("2026-11-23"),
    )
    .await
    .unwrap();
    world.settle(at("2027-02-24T00:00:00")).await;
    let news = sent(&world, Store::K5, "reflection_status").await;
    let told: Vec<&ReflectionStatus> = news
        .iter()
        .map(|d| match &d.payload {
            Payload::ReflectionStatus(status) => status,
            other => panic!("{other:?}"),
        })
        .collect();
    let states: Vec<&str> = told.iter().map(|s| s.state.as_str()).collect();
    assert_eq!(states, ["accepted", "running", "ended"]);
    assert_eq!(told[1].no_removal_until, Some(day("2027-02-23")));
    assert_eq!(told[2].ended, Some(EndReason::Verstreken));
    assert!(
        news.iter()
            .all(|d| d.thread == Some(handed.id) && d.org == Some(world.care_ijsselland))
    );

    // Care has it all, also the end that nobody brought about.
    let care = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let (case, _) = crate::case::only_case(&world, &care).await;
    let dossier = desk::case::read(&world.desk, &care, at("2027-02-24T09:00:00"), case)
        .await
        .unwrap();
    let heard: Vec<&str> = dossier
        .file
        .reflection
        .iter()
        .map(|news| news.status.state.as_str())
        .collect();
    assert_eq!(heard, ["offered", "accepted", "running", "ended"]);
    assert_eq!(
        dossier.file.reflection[2].status.start,
        Some(day("2026-11-23"))
    );

    // Another one, of whom consent is withdrawn: what went stays, nothing follows.
    let (id, who, period) = offered(&world, &officer, blessing()).await;
    let seen = person_version(&world, &officer, id).await;
    intake::hand_to_care(
        &world.desk,
        &officer,
        hours(1),
        id,
        who,
        seen,
        handing(&world),
    )
    .await
    .unwrap();
    let seen = person_version(&world, &officer, id).await;
    intake::withdraw_consent(&world.desk, &officer, hours(2), id, who, seen)
        .await
        .unwrap();
    reflection::accept(&world.desk, &officer, hours(3), id, period, 1)
        .await
        .unwrap();
    assert_eq!(sent(&world, Store::K5, "reflection_status").await.len(), 3);
    let dossier = intake::read(&world.desk, &officer, hours(3), id)
        .await
        .unwrap();
    assert_eq!(
        dossier.people[0].consent.as_ref().unwrap().withdrawn,
        Some(day("2026-11-23"))
    );
    let again = intake::withdraw_consent(
        &world.desk,
        &officer,
        hours(3),
        id,
        who,
        dossier.people[0].version,
    )
    .await;
    assert!(is_rule(&again, "consent-withdrawn"), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_runs_on_after_the_file_is_closed() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, ..) = running(&world, &officer).await;
    let seen = crate::intake::version(&world, &officer, id).await;
    let outcome = domain::intake::IntakeOutcome::Investigation;
    intake::close(
        &world.desk,
        &officer,
        hours(5),
        id,
        seen,
        ending(outcome, text("naar de officier")),
    )
    .await
    .unwrap();
    world.settle(at("2027-02-24T00:00:00")).await;
    let seen = intake::read(&world.desk, &officer, at("2027-02-24T09:00:00"), id)
        .await
        .unwrap();
    let (kept, _) = seen.people[0].reflection.clone().unwrap();
    assert!(matches!(
        kept.state(),
        ReflectionState::Ended {
            reason: EndReason::Verstreken,
            ..
        }
    ));
}
