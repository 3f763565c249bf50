//! Three stories of the field: a child whose parent is suspected, a girl who is gone, a woman who wants no police.

use desk::DeskError;
use desk::access::Role;
use desk::case::{self, AftercareInput, CloseInput, NewCase, PersonChange};
use domain::Answer;
use domain::age::Age;
use domain::case::{ClosingReason, Phase};
use domain::code::PurposeCode;
use domain::consent::ConsentForm;
use domain::minors::{Authority, Giver, ParentsRole};
use domain::person::{Family, Sex};
use domain::registration::{Basis, CountWhy};
use domain::report::PoliceWish;
use domain::task::TaskKind;
use jiff::civil::date;
use vault::Filter;

use super::{consent, core, journal, only_case, own_case, routed, today, told, version};
use crate::support::{World, hours, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn s4_a_suspected_parent_consents_to_nothing_and_a_guardian_registers_later() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let mut content = told();
    content.parent_suspected = Answer::Yes;
    let report = routed(&world, content).await;
    let (id, _) = only_case(&world, &coordinator).await;
    case::accept(&world.desk, &coordinator, start(), id, 1)
        .await
        .unwrap();
    let born = Age::certain(date(2012, 3, 1), today()).unwrap();
    case::change_person(&world.desk, &coordinator, start(), id, 1, core(born), false)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    assert_eq!(
        dossier.parents,
        ParentsRole::Excluded,
        "no consent, no access, no notification"
    );

    for giver in [Giver::Parents, Giver::OneParent, Giver::Guardian] {
        let refused = case::give_consent(
            &world.desk,
            &coordinator,
            start(),
            id,
            consent(giver, ConsentForm::Written),
        )
        .await;
        let Err(DeskError::Invalid(faults)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(faults[0].field, "giver");
    }
    let why = CountWhy::ParentSuspectedNoGuardian;
    assert_eq!(dossier.registration.basis, Basis::CountOnly { why });
    case::register(&world.desk, &coordinator, hours(1), id, dossier.version)
        .await
        .unwrap();
    let twice = case::register(&world.desk, &coordinator, hours(1), id, dossier.version + 1).await;
    assert!(matches!(twice, Err(DeskError::Rule { .. })), "{twice:?}");

    let family = Family {
        authority: Authority::GuardianGi,
        ..Family::default()
    };
    let part = PersonChange::Family(family);
    case::change_person(&world.desk, &coordinator, hours(2), id, 2, part, false)
        .await
        .unwrap();
    case::give_consent(
        &world.desk,
        &coordinator,
        hours(2),
        id,
        consent(Giver::Guardian, ConsentForm::Written),
    )
    .await
    .unwrap();
    let seen = version(&world, &coordinator, id).await;
    let basis = case::register(&world.desk, &coordinator, hours(3), id, seen)
        .await
        .unwrap();
    assert!(matches!(basis, Basis::WrittenConsent { .. }), "{basis:?}");
    world.settle(hours(3)).await;

    // The count gave way to the registration: one report, not two.
    let registrar = world.actor(world.coordination, &[Role::Registrar]);
    let (_, counts) = desk::registration::list(&world.desk, &registrar, &Filter::default(), None)
        .await
        .unwrap();
    assert_eq!(
        counts,
        [("registered".to_owned(), 1), ("replaced".to_owned(), 1)]
    );

    // The mother who asks with the report's own number learns nothing here: only the child's own code opens a page.
    let stranger = domain::mailbox::ReturnCode::from_digits([7; 16]);
    let page = case::person_page(&world.desk, hours(4), &stranger).await;
    assert!(matches!(page, Err(DeskError::NotFound { .. })), "{page:?}");
    let _ = report;
}

#[tokio::test(flavor = "multi_thread")]
async fn s5_nobody_leaves_with_unknown_destination_without_a_follow_up_task() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let age = Age::certain(date(2010, 9, 1), today()).unwrap();
    let id = own_case(
        &world,
        &coordinator,
        NewCase {
            age,
            ..NewCase::default()
        },
    )
    .await;
    let close = |aftercare| CloseInput {
        reason: ClosingReason::Mob,
        explanation: text("niet teruggekomen van school"),
        aftercare,
        left_open: Some(text("niet geteld: zij is weg")),
        looked: false,
    };
    for wrong in [
        AftercareInput::DoesNotArise,
        AftercareInput::Refused(text("niet gevraagd")),
        AftercareInput::CannotBeAsked(None),
    ] {
        let refused = case::close(&world.desk, &coordinator, start(), id, 1, close(wrong)).await;
        assert!(
            matches!(refused, Err(DeskError::Rule { .. } | DeskError::Invalid(_))),
            "{refused:?}"
        );
    }
    let task = Some((
        text("melding politie en CoMensha, elke week navragen"),
        date(2026, 11, 24),
    ));
    let with_task = close(AftercareInput::CannotBeAsked(task));
    case::close(&world.desk, &coordinator, start(), id, 1, with_task)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, hours(1), id)
        .await
        .unwrap();
    assert_eq!(dossier.file.case.phase(), Phase::Gesloten);
    let open: Vec<TaskKind> = dossier
        .file
        .case
        .tasks()
        .iter()
        .filter(|t| t.is_open())
        .map(|t| t.kind)
        .collect();
    assert_eq!(open, [TaskKind::MissingFollowUp]);
    assert!(
        dossier.due.is_some(),
        "the task keeps the closed case in the list"
    );

    // Back again: the case goes on with its coordinator, and the transition at 18 lies ahead.
    case::reopen(
        &world.desk,
        &coordinator,
        hours(2),
        id,
        2,
        text("terug"),
        Answer::Unknown,
        false,
    )
    .await
    .unwrap();
    world.settle("2028-03-02T08:00:00Z".parse().unwrap()).await;
    let dossier = case::read(&world.desk, &coordinator, hours(2), id)
        .await
        .unwrap();
    let transition = dossier
        .file
        .case
        .tasks()
        .iter()
        .find(|t| t.kind == TaskKind::AgeTransition);
    assert_eq!(transition.unwrap().due, Some(date(2028, 9, 1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_help_without_police_stays_help_without_police() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let new = NewCase {
        alias: Some(text("Karima")),
        age: Age::certain(date(1992, 5, 1), today()).unwrap(),
        sex: Sex::Female,
        police: PoliceWish::HelpWithoutPolice,
        ..NewCase::default()
    };
    let id = own_case(&world, &coordinator, new).await;
    case::move_to(&world.desk, &coordinator, hours(1), id, 1, Phase::Intake)
        .await
        .unwrap();
    let no = case::move_to(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        2,
        Phase::Bedenktijd,
    )
    .await;
    let Err(DeskError::Rule { detail, .. }) = no else {
        panic!("{no:?}")
    };
    assert!(detail.contains("only police, KMar and NLA"), "{detail}");
    let purpose = PurposeCode::new("registration").unwrap();
    case::refuse_consent(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        purpose,
        None,
        false,
    )
    .await
    .unwrap();
    let basis = case::register(&world.desk, &coordinator, hours(2), id, 2)
        .await
        .unwrap();
    assert_eq!(
        basis,
        Basis::CountOnly {
            why: CountWhy::NoConsent
        }
    );
    let legal_aid = text("rechtshulp: recht op opvang onzeker");
    case::add_task(
        &world.desk,
        &coordinator,
        hours(2),
        id,
        3,
        TaskKind::LegalAid,
        legal_aid,
        None,
        false,
    )
    .await
    .unwrap();
    world.settle(hours(3)).await;

    // Nothing went to police or IND, and what went to the registrar names nobody.
    let k5 = world
        .desk
        .vault
        .load_all::<desk::registration::StoredCount>(&[])
        .await
        .unwrap();
    assert_eq!(k5.len(), 1);
    let shown = serde_json::to_string(&k5[0].body).unwrap();
    assert!(
        !shown.contains("Karima") && !shown.contains("1992") && !shown.contains(&id.to_string())
    );
    let journal = journal(&world).await;
    let police = journal
        .lines()
        .filter(|line| line.contains("\"act\":\"") && line.contains("\"store\":\"k5\""));
    assert_eq!(police.count(), 0, "nothing reached the police");
    let dossier = case::read(&world.desk, &coordinator, hours(4), id)
        .await
        .unwrap();
    assert_eq!(dossier.file.police, PoliceWish::HelpWithoutPolice);
    assert!(dossier.file.reflection.is_empty());
}
