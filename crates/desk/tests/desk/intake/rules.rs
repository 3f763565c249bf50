//! What holds for every intake: sending back, who finds it, what registration needs, deadlines, the journal.

use desk::intake::{
    self, AssessInput, CloseInput, HandoverInput, MarkInput, OwnInput, PersonInput, RegisterInput,
    StepKind,
};
use desk::report;
use desk::{DeskError, UseCase};
use domain::intake::{Finding, IntakeOutcome, Obligation};
use domain::report::RouteAnswer;
use vault::{Filter, Order, Store};

use super::{
    accepted, blessing, ending, form, found, handing, nla, only, opened, route, sent, told,
    version, with_person,
};
use crate::support::{World, days, hours, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_sent_back_with_the_reason_and_nothing_more_is_done_with_it() {
    let world = World::new().await;
    let report = accepted(&world, told("klussen", &["AU"], "GM1783"), None).await;
    route(&world, report, "labour-nla", world.nla).await;
    let officer = nla(&world);
    let id = only(&world, &officer).await;
    intake::send_back(
        &world.desk,
        &officer,
        hours(3),
        id,
        1,
        text("geen werkgever genoemd"),
        false,
    )
    .await
    .unwrap();
    world.settle(hours(3)).await;
    let seen = report::read(&world.desk, &world.signal_desk(), hours(4), report)
        .await
        .unwrap();
    let RouteAnswer::Refused { reason, .. } = &seen.report.decisions()[0].answer else {
        panic!()
    };
    assert_eq!(reason.as_str(), "geen werkgever genoemd");
    let more = intake::add_person(&world.desk, &officer, hours(4), id, 2, blessing()).await;
    assert!(
        matches!(more, Err(DeskError::Rule { ref key, .. }) if key == "intake-sent-back"),
        "{more:?}"
    );
    let on = intake::take_on(&world.desk, &officer, hours(4), id, 2).await;
    assert!(matches!(on, Err(DeskError::Rule { .. })), "{on:?}");
    // Late ticks bring the answer only once.
    world.settle(hours(9)).await;
    assert_eq!(sent(&world, Store::K5, "route_answer").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_service_finds_nothing() {
    let world = World::new().await;
    let mine = nla(&world);
    let (id, person) = with_person(&world, &mine, blessing(), &["SU"]).await;
    let other = world.investigator();
    let (seen, now) = (1, hours(1));
    let d = &world.desk;
    let gone = |r: DeskError| assert!(matches!(r, DeskError::NotFound { .. }), "{r:?}");
    gone(
        intake::read(d, &other, now, id)
            .await
            .map(drop)
            .unwrap_err(),
    );
    gone(intake::take_on(d, &other, now, id, seen).await.unwrap_err());
    gone(
        intake::send_back(d, &other, now, id, seen, text("x"), false)
            .await
            .unwrap_err(),
    );
    gone(
        intake::assess(d, &other, now, id, seen, found(true, true, &["SU"]))
            .await
            .unwrap_err(),
    );
    gone(
        intake::add_person(d, &other, now, id, seen, blessing())
            .await
            .map(drop)
            .unwrap_err(),
    );
    gone(
        intake::change_person(d, &other, now, id, person, seen, blessing())
            .await
            .unwrap_err(),
    );
    let register = RegisterInput { form: form("SU") };
    gone(
        intake::register(d, &other, now, id, person, seen, register)
            .await
            .unwrap_err(),
    );
    gone(
        intake::hand_to_care(d, &other, now, id, person, seen, handing(&world))
            .await
            .unwrap_err(),
    );
    gone(
        intake::close(
            d,
            &other,
            now,
            id,
            seen,
            ending(IntakeOutcome::Joined, text("x")),
        )
        .await
        .unwrap_err(),
    );
    let (page, counts) = intake::list(d, &other, &Filter::default(), Order::Due, None)
        .await
        .unwrap();
    assert!(page.rows.is_empty() && counts.is_empty());
    // Not even by naming the other service's organisation in the filter.
    let asked = Filter {
        orgs: vec![world.nla.to_string()],
        ..Filter::default()
    };
    assert!(
        intake::list(d, &other, &asked, Order::Due, None)
            .await
            .unwrap()
            .0
            .rows
            .is_empty()
    );
    let care = intake::read(d, &world.coordinator(), now, id).await;
    assert!(matches!(
        care,
        Err(DeskError::Forbidden {
            case: UseCase::ReadIntake
        })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn registration_needs_the_slightest_indication_and_severe_disadvantage_is_not_trafficking() {
    let world = World::new().await;
    let officer = nla(&world);
    let id = opened(&world, &officer, &["EB"]).await;
    let at_work = PersonInput {
        forms: vec![form("EB")],
        ..blessing()
    };
    let person = intake::add_person(&world.desk, &officer, start(), id, 1, at_work)
        .await
        .unwrap();
    let register = RegisterInput { form: form("EB") };
    let early = intake::register(
        &world.desk,
        &officer,
        start(),
        id,
        person,
        1,
        register.clone(),
    )
    .await;
    assert!(
        matches!(early, Err(DeskError::Rule { ref key, .. }) if key == "intake-no-indication"),
        "{early:?}"
    );
    intake::assess(
        &world.desk,
        &officer,
        start(),
        id,
        2,
        found(true, false, &["EB"]),
    )
    .await
    .unwrap();
    let not = intake::register(&world.desk, &officer, start(), id, person, 1, register).await;
    assert!(
        matches!(not, Err(DeskError::Rule { ref key, .. }) if key == "registration-not-trafficking"),
        "{not:?}"
    );
    let other = RegisterInput { form: form("SU") };
    let foreign = intake::register(&world.desk, &officer, start(), id, person, 1, other).await;
    assert!(matches!(foreign, Err(DeskError::Invalid(_))), "{foreign:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_stand_in_the_list_and_a_missed_one_is_noted_once() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, person) = with_person(&world, &officer, blessing(), &["SU"]).await;
    let page = intake::list(&world.desk, &officer, &Filter::default(), Order::Due, None)
        .await
        .unwrap()
        .0;
    let row = &page.rows[0];
    // Five working days from Monday 23 November.
    let due = row
        .clear
        .due
        .unwrap()
        .to_zoned(domain::time::amsterdam())
        .date();
    assert_eq!(due.to_string(), "2026-11-30");
    assert_eq!(row.summary["unregistered"], 1);
    assert!(!row.summary.to_string().contains("Blessing"));
    let before = world.desk.vault.signed_head(days(20)).await.unwrap();
    world.settle(days(20)).await;
    let after = world.desk.vault.signed_head(days(20)).await.unwrap();
    let k5 = |h: &vault::SignedHead| h.heads.iter().find(|h| h.store == Store::K5).unwrap().seq;
    assert_eq!(k5(&after) - k5(&before), 1, "the missed registration, once");
    world.settle(days(21)).await;
    // It is still owed, and can still be done.
    let register = RegisterInput { form: form("SU") };
    let seen = intake::read(&world.desk, &officer, days(21), id)
        .await
        .unwrap()
        .people[0]
        .version;
    intake::register(&world.desk, &officer, days(21), id, person, seen, register)
        .await
        .unwrap();
    let dossier = intake::read(&world.desk, &officer, days(21), id)
        .await
        .unwrap();
    assert_eq!(
        dossier.people[0].body.registration.as_ref().unwrap().days,
        21
    );
    assert_eq!(dossier.due, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_look_and_every_change_has_its_entry() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, person) = with_person(&world, &officer, blessing(), &["SU"]).await;
    let seq = || async {
        let head = world.desk.vault.signed_head(start()).await.unwrap();
        head.heads
            .iter()
            .find(|h| h.store == Store::K5)
            .unwrap()
            .seq
    };
    let before = seq().await;
    let dossier = intake::read(&world.desk, &officer, hours(1), id)
        .await
        .unwrap();
    assert_eq!(seq().await, before + 1);
    intake::change_person(
        &world.desk,
        &officer,
        hours(1),
        id,
        person,
        dossier.people[0].version,
        blessing(),
    )
    .await
    .unwrap();
    assert_eq!(seq().await, before + 2);
    // A refused change leaves nothing.
    let stale =
        intake::change_person(&world.desk, &officer, hours(1), id, person, 1, blessing()).await;
    assert!(matches!(stale, Err(DeskError::Conflict)), "{stale:?}");
    assert_eq!(seq().await, before + 2);
    let tomorrow = PersonInput {
        detected: "2026-11-29".parse().unwrap(),
        ..blessing()
    };
    let seen = dossier.people[0].version + 1;
    let refused =
        intake::change_person(&world.desk, &officer, hours(1), id, person, seen, tomorrow).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    assert_eq!(seq().await, before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officers_do_not_register_the_same_person_twice() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, person) = with_person(&world, &officer, blessing(), &["SU"]).await;
    let seen = intake::read(&world.desk, &officer, hours(1), id)
        .await
        .unwrap()
        .people[0]
        .version;
    let register = || RegisterInput { form: form("SU") };
    let (one, two) = tokio::join!(
        intake::register(
            &world.desk,
            &officer,
            hours(1),
            id,
            person,
            seen,
            register()
        ),
        intake::register(
            &world.desk,
            &officer,
            hours(1),
            id,
            person,
            seen,
            register()
        ),
    );
    assert_eq!(
        [one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(),
        1
    );
    assert_eq!(sent(&world, Store::K5, "registration").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_an_address_is_asked_about_before_it_is_kept() {
    let world = World::new().await;
    let d = &world.desk;
    let officer = nla(&world);
    let hidden = "Zij zit nu in de Lindelaan 12, 3511 AB";
    let warned = |field: &'static str, done: Result<(), DeskError>| match done {
        Err(DeskError::Invalid(faults)) => {
            let told: Vec<_> = faults.iter().map(|f| (&*f.field, &*f.key)).collect();
            assert_eq!(told, [(field, desk::case::LOOKS_LIKE_ADDRESS)]);
            assert!(!format!("{faults:?}").contains("Lindelaan"), "{faults:?}");
        }
        other => panic!("{field}: expected a warning, got {other:?}"),
    };

    let own = |looked| OwnInput {
        story: text(hidden),
        municipality: None,
        forms: vec![form("AU")],
        found: start().to_zoned(domain::time::amsterdam()).date(),
        looked,
    };
    warned(
        "story",
        intake::open(d, &officer, start(), own(false))
            .await
            .map(drop),
    );
    let id = intake::open(d, &officer, start(), own(true)).await.unwrap();

    let unsure = AssessInput {
        enough_leads: Finding {
            yes: false,
            reason: text(hidden),
        },
        ..found(true, false, &["AU"])
    };
    let done = intake::assess(d, &officer, start(), id, 1, unsure).await;
    warned("leads_reason", done);
    let sure = found(true, false, &["AU"]);
    intake::assess(d, &officer, start(), id, 1, sure)
        .await
        .unwrap();

    let told = |looked| PersonInput {
        needs: Some(text(hidden)),
        looked,
        ..blessing()
    };
    let added = intake::add_person(d, &officer, start(), id, 2, told(false)).await;
    warned("needs", added.map(drop));
    let person = intake::add_person(d, &officer, start(), id, 2, told(true))
        .await
        .unwrap();
    let changed = intake::change_person(d, &officer, start(), id, person, 1, told(false)).await;
    warned("needs", changed);
    let how = HandoverInput {
        how: text(hidden),
        ..handing(&world)
    };
    let done = intake::hand_to_care(d, &officer, start(), id, person, 1, how).await;
    warned("how", done);
    let more = HandoverInput {
        why_more: Some(text(hidden)),
        ..handing(&world)
    };
    let done = intake::hand_to_care(d, &officer, start(), id, person, 1, more).await;
    warned("why_more", done);
    let mark = MarkInput {
        obligation: Obligation::InformVictim,
        person: Some(person),
        note: text(hidden),
        looked: false,
    };
    warned(
        "note",
        intake::mark(d, &officer, start(), id, 3, mark).await,
    );
    let outcome = IntakeOutcome::Joined;
    let close = |looked| CloseInput {
        looked,
        ..ending(outcome, text(hidden))
    };
    let done = intake::close(d, &officer, start(), id, 3, close(false)).await;
    warned("reason", done);
    intake::close(d, &officer, start(), id, 3, close(true))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_left_only_by_somebody_who_says_why() {
    let world = World::new().await;
    let d = &world.desk;
    let officer = nla(&world);
    let (id, _) = with_person(&world, &officer, blessing(), &["AU"]).await;
    let seen = version(&world, &officer, id).await;
    let ending = ending(IntakeOutcome::Joined, text("gaat elders verder"));
    let silent = CloseInput {
        left_open: None,
        ..ending.clone()
    };
    match intake::close(d, &officer, start(), id, seen, silent).await {
        Err(DeskError::Invalid(faults)) => assert_eq!(
            (&*faults[0].field, &*faults[0].key),
            ("close_anyway", "left-open")
        ),
        other => panic!("closed in silence: {other:?}"),
    }
    intake::close(d, &officer, start(), id, seen, ending)
        .await
        .unwrap();
    let dossier = intake::read(d, &officer, start(), id).await.unwrap();
    let steps: Vec<_> = dossier
        .file
        .history
        .iter()
        .rev()
        .take(2)
        .map(|step| (step.kind, step.note.as_ref().map(|n| n.as_str())))
        .collect();
    assert_eq!(
        steps,
        [
            (StepKind::Closed, Some("gaat elders verder")),
            (StepKind::LeftOpen, Some("de officier volgt wat openstaat")),
        ]
    );
}
