//! What is known of the person: facts with their guards, indicators, age, safety, and her own page.

use desk::DeskError;
use desk::case::{self, HolderKind, NewCase, PersonChange, Ticked};
use domain::Answer;
use domain::age::{Age, Minority};
use domain::case::Phase;
use domain::code::{FormCode, IndicatorCode};
use domain::consent::ConsentForm;
use domain::minors::Giver;
use domain::person::Safety;
use jiff::civil::date;
use vault::Store;

use super::{acts, consent, own_case, today};
use crate::support::{World, hours, start, text};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_editing_never_overwrite_each_other() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let needs = |words: &str| PersonChange::Needs(vec![text(words)]);
    let first = needs("naar school");
    case::change_person(&world.desk, &coordinator, hours(1), id, 1, first, false)
        .await
        .unwrap();
    let second = needs("niets");
    let late = case::change_person(&world.desk, &coordinator, hours(1), id, 1, second, false).await;
    assert!(matches!(late, Err(DeskError::Conflict)), "{late:?}");
    let dossier = case::read(&world.desk, &coordinator, hours(2), id)
        .await
        .unwrap();
    assert_eq!(dossier.person.needs, vec![text("naar school")]);
    let person = dossier.person.id.to_string();
    let acts = acts(&world, Store::K3, &person).await;
    assert_eq!(acts, ["case.open", "case.person", "case.read"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_an_address_is_asked_about_before_it_is_kept() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let words = || PersonChange::Needs(vec![text("ze zit nu op Dorpsstraat 12, 1234 AB")]);
    let asked =
        case::change_person(&world.desk, &coordinator, start(), id, 1, words(), false).await;
    let Err(DeskError::Invalid(faults)) = asked else {
        panic!("{asked:?}")
    };
    assert_eq!(
        (faults[0].field.as_str(), faults[0].key.as_str()),
        ("needs", case::LOOKS_LIKE_ADDRESS)
    );
    assert!(
        !faults[0].detail.contains("Dorpsstraat"),
        "the warning does not repeat it"
    );
    case::change_person(&world.desk, &coordinator, start(), id, 1, words(), true)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_codes_are_named_by_field() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let exploitation = domain::person::Exploitation {
        forms: vec![FormCode::new("ZZ").unwrap()],
        ..Default::default()
    };
    let part = PersonChange::Exploitation(exploitation);
    let refused = case::change_person(&world.desk, &coordinator, start(), id, 1, part, false).await;
    let Err(DeskError::Invalid(faults)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(faults[0].field, "forms");
}

#[tokio::test(flavor = "multi_thread")]
async fn indicators_explain_and_never_decide() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let strong: Vec<IndicatorCode> = world
        .desk
        .vocabulary
        .indicators
        .valid_on(today())
        .filter(|i| {
            i.facts.group.as_str() == "coercion_destination"
                && i.facts.strength == Some(domain::vocabulary::Strength::Strong)
        })
        .map(|i| i.code.clone())
        .take(2)
        .collect();
    let ticks = |answer| {
        strong
            .iter()
            .map(|code| Ticked {
                indicator: code.clone(),
                answer,
                note: None,
            })
            .collect::<Vec<_>>()
    };
    case::tick(
        &world.desk,
        &coordinator,
        start(),
        id,
        1,
        ticks(Answer::Yes),
        false,
    )
    .await
    .unwrap();
    // The same once more writes nothing.
    case::tick(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        2,
        ticks(Answer::Yes),
        false,
    )
    .await
    .unwrap();
    let dossier = case::read(&world.desk, &coordinator, hours(1), id)
        .await
        .unwrap();
    assert_eq!((dossier.version, dossier.file.ticks.all().len()), (2, 2));
    let readings = &dossier.checked.assessment.readings;
    let positive: Vec<&str> = readings
        .iter()
        .filter(|r| r.positive)
        .map(|r| r.dimension.as_str())
        .collect();
    assert_eq!(positive, ["coercion_destination"]);
    assert!(
        dossier
            .checked
            .assessment
            .warning
            .nl
            .contains("nooit een oordeel")
    );
    assert_eq!(
        dossier.file.case.phase(),
        Phase::Signaal,
        "a checklist moves nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_estimate_is_shown_as_one_and_doubt_means_minor() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let age = Age::estimated(16, 20, today()).unwrap();
    let id = own_case(
        &world,
        &coordinator,
        NewCase {
            age,
            ..NewCase::default()
        },
    )
    .await;
    let dossier = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    assert!(matches!(dossier.minority, Minority::Minor { .. }));
    assert!(
        dossier.file.case.tasks().is_empty(),
        "no birthday is known, so none is planned"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn safety_and_contact_rules_are_kept_as_given() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let mut safety = Safety::default();
    safety.contact.never_call = true;
    safety.contact.code_word = Some(text("fiets"));
    safety.device_watched = Answer::Yes;
    let part = PersonChange::Safety(Box::new(safety.clone()));
    case::change_person(&world.desk, &coordinator, start(), id, 1, part, false)
        .await
        .unwrap();
    let dossier = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    assert_eq!(dossier.person.safety, safety);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_reads_her_own_page_with_a_code_that_can_be_replaced() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let age = Age::certain(date(1992, 5, 1), today()).unwrap();
    let alias = Some(text("Karima"));
    let id = own_case(
        &world,
        &coordinator,
        NewCase {
            age,
            alias,
            ..NewCase::default()
        },
    )
    .await;
    let written = consent(Giver::Person, ConsentForm::Written);
    case::give_consent(&world.desk, &coordinator, start(), id, written)
        .await
        .unwrap();
    case::register(&world.desk, &coordinator, start(), id, 1)
        .await
        .unwrap();
    let first = case::give_code(&world.desk, &coordinator, start(), id, 2)
        .await
        .unwrap();
    let page = case::person_page(&world.desk, hours(1), &first)
        .await
        .unwrap();
    assert_eq!(page.state, "signaal");
    let kinds: Vec<HolderKind> = page.holders.iter().map(|h| h.kind).collect();
    assert_eq!(
        kinds,
        [
            HolderKind::Care,
            HolderKind::Registrar,
            HolderKind::ByConsent
        ]
    );
    assert!(
        !format!("{page:?}").contains("Karima"),
        "no name on a screen that others may see"
    );
    let second = case::give_code(&world.desk, &coordinator, hours(2), id, 2)
        .await
        .unwrap();
    let old = case::person_page(&world.desk, hours(2), &first).await;
    assert!(matches!(old, Err(DeskError::NotFound { .. })), "{old:?}");
    case::person_page(&world.desk, hours(2), &second)
        .await
        .unwrap();
    let acts = acts(&world, Store::K3, &id.to_string()).await;
    assert!(acts.contains(&"person.page".to_owned()), "{acts:?}");
}
