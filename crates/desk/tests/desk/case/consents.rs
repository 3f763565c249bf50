//! What follows when a consent is withdrawn.

use desk::DeskError;
use desk::access::Role;
use desk::case::{self, AftercareInput, CloseInput, Done, NewCase, NewConsent};
use domain::age::Age;
use domain::case::ClosingReason;
use domain::code::{OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Recipient};
use domain::minors::Giver;
use domain::registration::{Basis, CountWhy};
use jiff::civil::date;
use vault::Filter;

use super::{consent, own_case, today};
use crate::support::{World, days, hours, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_consent_turns_a_registration_into_a_count() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let age = Age::certain(date(1992, 5, 1), today()).unwrap();
    let id = own_case(
        &world,
        &coordinator,
        NewCase {
            age,
            ..NewCase::default()
        },
    )
    .await;
    let spoken = consent(Giver::Person, ConsentForm::OralRecorded);
    case::give_consent(&world.desk, &coordinator, start(), id, spoken)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    assert_eq!(
        dossier.registration.basis,
        Basis::CountOnly {
            why: CountWhy::NotWritten
        }
    );
    let written = consent(Giver::Person, ConsentForm::Written);
    let given = case::give_consent(&world.desk, &coordinator, start(), id, written)
        .await
        .unwrap();
    case::register(&world.desk, &coordinator, hours(1), id, 1)
        .await
        .unwrap();
    world.settle(hours(1)).await;
    case::withdraw_consent(&world.desk, &coordinator, days(1), id, given, 1)
        .await
        .unwrap();
    world.settle(days(1)).await;
    let registrar = world.actor(world.coordination, &[Role::Registrar]);
    let (page, counts) =
        desk::registration::list(&world.desk, &registrar, &Filter::default(), None)
            .await
            .unwrap();
    assert!(page.rows.is_empty());
    assert_eq!(counts, [("counted".to_owned(), 1)]);
    let dossier = case::read(&world.desk, &coordinator, days(1), id)
        .await
        .unwrap();
    assert!(matches!(dossier.file.registered, Done::Withdrawn { .. }));
    let again = case::withdraw_consent(&world.desk, &coordinator, days(1), id, given, 2).await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_another_consent_leaves_a_task_to_tell_the_receivers() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let age = Age::certain(date(1992, 5, 1), today()).unwrap();
    let id = own_case(
        &world,
        &coordinator,
        NewCase {
            age,
            ..NewCase::default()
        },
    )
    .await;
    let new = NewConsent {
        purpose: PurposeCode::new("shelter").unwrap(),
        recipients: vec![Recipient::Org {
            org: world.coordination,
        }],
        ..consent(Giver::Person, ConsentForm::Written)
    };
    let given = case::give_consent(&world.desk, &coordinator, start(), id, new)
        .await
        .unwrap();
    case::withdraw_consent(&world.desk, &coordinator, hours(1), id, given, 1)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, hours(1), id)
        .await
        .unwrap();
    let task = &dossier.file.case.tasks()[0];
    assert!(task.is_open() && task.title.as_str().contains("Coördinatiecentrum"));
    let other = own_case(&world, &coordinator, NewCase::default()).await;
    let wrong = case::withdraw_consent(&world.desk, &coordinator, hours(1), other, given, 2).await;
    assert!(
        matches!(wrong, Err(DeskError::NotFound { what: "consent" })),
        "{wrong:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_receives_no_data_of_care_cannot_stand_in_a_consent_or_go_on_with_the_help() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let case = own_case(&world, &coordinator, NewCase::default()).await;
    let prosecutor = Recipient::Kind {
        kind: OrgKind::new("OM").unwrap(),
    };
    let ministry = Recipient::Org {
        org: world.programme,
    };
    for to in [prosecutor, ministry] {
        let new = NewConsent {
            recipients: vec![to.clone()],
            ..consent(Giver::Person, ConsentForm::Written)
        };
        let refused = case::give_consent(&world.desk, &coordinator, start(), case, new).await;
        assert!(
            matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == "no_recipient"),
            "{to:?}: {refused:?}"
        );
    }
    let over = |to| CloseInput {
        reason: ClosingReason::HandedOver { to },
        explanation: text("gaat daar verder"),
        aftercare: AftercareInput::Plan(vec![(date(2026, 12, 23), text("bellen"))]),
        left_open: Some(text("wil niet geregistreerd worden")),
        looked: false,
    };
    let police = over(world.police_den_haag);
    let refused = case::close(&world.desk, &coordinator, start(), case, 1, police).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].field == "to"),
        "{refused:?}"
    );
    let care = over(world.care_ijsselland);
    case::close(&world.desk, &coordinator, start(), case, 1, care)
        .await
        .unwrap();
}
