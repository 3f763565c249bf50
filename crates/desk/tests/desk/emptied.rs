//! Categories that go from every compartment at her request: shown first, kept by a hold, with the copies that were sent, in the register.

use desk::access::Role;
use desk::case::{NewCase, StoredPerson};
use desk::intake::{self, IntakePerson};
use desk::request::{self, AnswerInput, PartInput, WayInput};
use desk::{Actor, DeskError, registers, retention, share};
use domain::age::Age;
use domain::code::DataCode;
use domain::request::{Outcome, Right};
use vault::Store;

use crate::case::own_case;
use crate::case::shares::told;
use crate::intake::nla;
use crate::requests::{given, only_part};
use crate::restricted::{asked, data, held, rule};
use crate::support::{World, days, hours, text};

/// Grants the part of an erasure of these categories and gives what its people see before they carry it out.
async fn part_to_carry(
    world: &World,
    actor: &Actor,
    store: Store,
    codes: &[&'static str],
) -> (String, request::PartCarryView) {
    let desk = &world.desk;
    let part = only_part(world, actor, store).await;
    let partly = AnswerInput {
        outcome: Outcome::Partly,
        reason: Some(text("de rest is nodig")),
        ground: Some(text("AVG 17(3)(b)")),
        ..given(codes, "dat halen wij eruit")
    };
    let yes = PartInput::Answer(Box::new(partly));
    request::respond(desk, actor, days(3), store, &part, 1, yes)
        .await
        .unwrap();
    world.settle(days(3)).await;
    let view = request::carry_view_part(desk, actor, days(4), store, &part)
        .await
        .unwrap();
    (part, view)
}

async fn carry_part(
    world: &World,
    actor: &Actor,
    store: Store,
    part: &str,
    way: WayInput,
) -> Result<(), DeskError> {
    request::carry_out_part(&world.desk, actor, days(5), store, part, 2, way, false).await
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_go_from_a_person_of_an_intake_with_the_copies_that_were_sent() {
    let world = World::new().await;
    let known = crate::erasure::known(&world).await;
    let (desk, officer) = (&world.desk, nla(&world));
    asked(
        &world,
        &known.coordinator,
        known.case,
        Right::Erasure,
        days(2),
    )
    .await;
    let codes = &["origin", "language"];
    let (part, view) = part_to_carry(&world, &officer, Store::K5, codes).await;
    let some = view.some.unwrap();
    assert!(
        some.filled.contains(&DataCode::literal("origin")),
        "{some:?}"
    );
    assert!(some.copies > 0, "a registration and a hand-over went");
    let by_hand = WayInput::Elsewhere {
        place: text("in het papieren dossier"),
    };
    let tried = carry_part(&world, &officer, Store::K5, &part, by_hand).await;
    assert_eq!(
        rule(tried),
        "request-way",
        "what Samen can do nobody says to have done"
    );
    let stale = WayInput::Erase {
        mark: "another".to_owned(),
    };
    let tried = carry_part(&world, &officer, Store::K5, &part, stale).await;
    assert_eq!(rule(tried), "request-look-again");
    let why = text("schadezaak");
    let (person, system) = (known.person.to_string(), Actor::System);
    let hold = retention::hold(desk, &system, days(4), Store::K5, &person, why)
        .await
        .unwrap();
    let erase = || WayInput::Erase {
        mark: some.mark.clone(),
    };
    let tried = carry_part(&world, &officer, Store::K5, &part, erase()).await;
    assert_eq!(rule(tried), "request-held");
    retention::release(desk, &system, days(4), &hold, text("voorbij"))
        .await
        .unwrap();
    carry_part(&world, &officer, Store::K5, &part, erase())
        .await
        .unwrap();
    let after = desk.vault.load::<IntakePerson>(&person).await.unwrap().body;
    assert!(after.person.origin.is_none() && after.person.languages.is_empty());
    assert!(after.person.known_as.name.is_some(), "the rest stays");
    for sent in crate::intake::sent(&world, Store::K5, "to_care").await {
        let told = serde_json::to_string(&sent.payload).unwrap();
        assert!(told.contains("\"languages\":[]"), "{told}");
    }
    let auditor = world.actor(world.care_haaglanden, &[Role::Auditor]);
    let register = registers::retention(desk, &auditor, days(6), Store::K5).await;
    assert_eq!(register.unwrap().destroyed.len(), 1);
    // The file still opens, and news still finds its way.
    let file = intake::read(desk, &known.officer, days(6), known.intake).await;
    assert_eq!(file.unwrap().people.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn her_statement_goes_from_the_panel_and_the_request_stays() {
    let world = World::new().await;
    let known = crate::erasure::known(&world).await;
    let (desk, panel) = (
        &world.desk,
        world.actor(world.panel, &[Role::PanelSecretary]),
    );
    asked(
        &world,
        &known.coordinator,
        known.case,
        Right::Erasure,
        days(2),
    )
    .await;
    let (part, view) = part_to_carry(&world, &panel, Store::K4, &["statement"]).await;
    let some = view.some.unwrap();
    assert_eq!(some.filled, data(&["statement"]));
    let erase = WayInput::Erase { mark: some.mark };
    carry_part(&world, &panel, Store::K4, &part, erase)
        .await
        .unwrap();
    let files = desk
        .vault
        .load_all::<desk::opinion::OpinionFile>(&[])
        .await
        .unwrap();
    let items = files[0].body.opinion.released();
    assert!(!items.is_empty());
    let erased =
        |item: &domain::opinion::ReleasedItem| item.item == domain::opinion::Released::Erased;
    assert!(items.iter().any(erased));
    let left = serde_json::to_string(&files[0].body).unwrap();
    assert!(!left.contains("\"statement\""), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_go_from_a_received_share_and_from_its_backups() {
    let told = told().await;
    held(&told).await;
    let (world, desk) = (&told.world, &told.world.desk);
    asked(world, &told.sender, told.case, Right::Erasure, hours(4)).await;
    let (part, view) = part_to_carry(world, &told.receiver, Store::K3, &["language"]).await;
    let some = view.some.unwrap();
    let (received, _) = told.came().await;
    let content = || async {
        desk.vault
            .load_children_in::<share::StoredContent>(Store::K3, &received)
            .await
            .unwrap()
    };
    let before = content().await;
    let erase = WayInput::Erase { mark: some.mark };
    carry_part(world, &told.receiver, Store::K3, &part, erase)
        .await
        .unwrap();
    let after = content().await;
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(
        before[0].id, after[0].id,
        "the old record and its key are destroyed"
    );
    let there = told.read(days(6)).await;
    let portion = there.portion.unwrap();
    assert!(portion.language.is_none() && portion.safety.is_some());
    let names: Vec<String> = there
        .received
        .outline
        .data()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["safety"], "the outline does not claim what is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_care_the_copies_of_what_was_sent_are_emptied_too() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    let id = asked(&world, &by, case, Right::Erasure, hours(1)).await;
    request::answer(desk, &by, hours(1), id, 2, given(&["age"], "dat doen wij"))
        .await
        .unwrap();
    let erase = WayInput::Erase {
        mark: String::new(),
    };
    request::carry_out(desk, &by, hours(2), id, 3, erase, false)
        .await
        .unwrap();
    let people = desk
        .vault
        .load_children::<StoredPerson>(&case.to_string())
        .await
        .unwrap();
    assert_eq!(people[0].body.0.age, Age::Unknown);
}
