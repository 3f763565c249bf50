//! What was granted is carried out: nothing goes unseen or twice, nothing stays unsaid, and whoever got it is told.

use std::collections::BTreeSet;

use desk::access::Role;
use desk::case::{self, CaseFile, NewCase, PersonChange, StoredPerson};
use desk::registers;
use desk::request::{self, AnswerInput, PartInput, WayInput};
use desk::share::{self, Side};
use desk::{Actor, DeskError, retention};
use domain::code::{DataCode, LanguageCode};
use domain::ids::{CaseId, RequestId};
use domain::request::{DataRequest, IdentityBy, Outcome, Right, Way};
use domain::share::{EndReason, Kept, ReceivedState};
use domain::{Answer, Compartment};
use jiff::Timestamp;
use vault::Store;

use crate::case::shares::{Told, told};
use crate::case::{core, own_case};
use crate::requests::{code, given, only_part, reported};
use crate::support::{World, days, hours, start, text};

/// A request of hers that care granted for these categories; none: for everything.
async fn granted(
    world: &World,
    by: &Actor,
    case: CaseId,
    right: Right,
    data: &[&'static str],
    at: Timestamp,
) -> (RequestId, i64) {
    let desk = &world.desk;
    let words = Some(text("het klopt niet meer"));
    let id = request::enter(desk, by, at, case, right, words, false)
        .await
        .unwrap();
    let how = IdentityBy::InPerson;
    request::settle(desk, by, at, id, 1, how).await.unwrap();
    world.settle(at).await;
    let answer = given(data, "dat doen wij");
    request::answer(desk, by, at, id, 2, answer).await.unwrap();
    (id, 3)
}

async fn held(told: &Told) {
    told.consent().await;
    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    told.accept(hours(2)).await;
    assert!(told.read(hours(3)).await.portion.is_some());
}

fn rule(result: Result<(), DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        other => panic!("{other:?}"),
    }
}

async fn carry(
    world: &World,
    by: &Actor,
    at: Timestamp,
    id: RequestId,
    seen: i64,
    way: WayInput,
) -> Result<(), DeskError> {
    request::carry_out(&world.desk, by, at, id, seen, way, false).await
}

async fn state(world: &World, by: &Actor, id: RequestId) -> DataRequest {
    let view = request::read(&world.desk, by, days(50), id).await;
    view.unwrap().request
}

async fn person(world: &World, case: CaseId) -> domain::person::PossibleVictim {
    let found = world
        .desk
        .vault
        .load_children::<StoredPerson>(&case.to_string())
        .await
        .unwrap();
    found[0].body.0.clone()
}

fn data(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes.iter().map(|code| DataCode::literal(code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_file_goes_in_one_change_and_what_was_done_stays() {
    let told = told().await;
    held(&told).await;
    let (world, desk, by, case) = (&told.world, &told.world.desk, &told.sender, told.case);
    let hers = code(world, by, case).await;
    let (id, seen) = granted(world, by, case, Right::Erasure, &[], hours(4)).await;
    let (page, _) = request::list(desk, by, vec!["granted".to_owned()], None)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1, "owed until it is done");
    assert!(page.rows[0].clear.due.is_some());
    assert!(page.rows[0].summary["owner"].is_string());

    let look = request::carry_view(desk, by, hours(5), id).await.unwrap();
    let whole = look.whole.clone().unwrap();
    for kind in ["case", "person", "consent", "share", "disclosure"] {
        assert!(whole.kinds.contains_key(kind), "{kind}: {:?}", whole.kinds);
    }
    assert!(!whole.kinds.contains_key("data_request") && !whole.kinds.contains_key("person_code"));
    assert_eq!((look.shares, whole.term), (1, Some("retention_care_file")));

    // Something was added since: what was looked at is not what would go.
    told.consent().await;
    let erase = |mark: &str| WayInput::Erase {
        mark: mark.to_owned(),
    };
    let stale = carry(world, by, hours(6), id, seen, erase(&whole.mark)).await;
    assert_eq!(rule(stale), "request-look-again");
    let look = request::carry_view(desk, by, hours(6), id).await.unwrap();
    let mark = look.whole.unwrap().mark;
    let outdated = carry(world, by, hours(6), id, 2, erase(&mark)).await;
    assert!(matches!(outdated, Err(DeskError::Conflict)), "{outdated:?}");
    let changed = carry(world, by, hours(6), id, seen, WayInput::Changed).await;
    assert_eq!(rule(changed), "request-way", "not the way of an erasure");
    carry(world, by, hours(6), id, seen, erase(&mark))
        .await
        .unwrap();
    world.settle(hours(6)).await;

    let vault = &desk.vault;
    assert!(vault.load_all::<CaseFile>(&[]).await.unwrap().is_empty());
    for kind in [
        <StoredPerson as vault::Stored>::KIND,
        <share::StoredShare as vault::Stored>::KIND,
        <share::StoredContent as vault::Stored>::KIND,
    ] {
        let left = vault.counts(&kind, &vault::Filter::default()).await;
        assert!(left.unwrap().iter().all(|(_, n)| *n == 0), "{}", kind.name);
    }
    let auditor = world.actor(world.care_haaglanden, &[Role::Auditor]);
    let register = registers::retention(desk, &auditor, hours(7), Store::K3).await;
    let line = &register.unwrap().destroyed[0];
    assert!(line.ground.starts_with("AVG 17") && line.ground.contains(&id.to_string()));
    let entries = vault.journal_of(Store::K3, &[case.to_string()], 1).await;
    let context = &entries.unwrap()[0].context;
    assert_eq!(context.actor, by.person().unwrap().user.to_string());

    // The receiver was told with the reason, and what it must keep comes back although the share is gone.
    let seen = told.read(hours(8)).await;
    let why = EndReason::Erased;
    assert!(matches!(seen.received.state(), ReceivedState::Ended { why: w, .. } if *w == why));
    let (received, version) = told.came().await;
    let kept = Kept {
        ground: text("art. 7:454 lid 3 BW"),
        what: text("het eigen behandeldossier"),
    };
    let keeps = Some(kept.clone());
    share::confirm(
        desk,
        &told.receiver,
        hours(9),
        (Side::Care, &received),
        version,
        keeps,
        false,
    )
    .await
    .unwrap();
    world.settle(hours(9)).await;

    let page = case::person_page(desk, hours(10), &hers).await;
    assert!(matches!(page, Err(DeskError::NotFound { .. })));
    let opened = case::case_of_code(desk, hours(10), &hers).await.unwrap();
    let hers = request::gone_view(desk, days(50), opened).await.unwrap();
    assert_eq!(hers.len(), 1);
    assert_eq!((&hers[0].words, hers[0].owed()), (&None, None));
    let sections = hers[0].sections(days(50));
    let done = sections[0].answers[0].done.as_ref().unwrap();
    assert_eq!(done.way, Way::Erased);
    let confirmed = done.told[0].confirmed.as_ref().unwrap();
    assert_eq!(confirmed.kept.as_ref(), Some(&kept));
    // Her organisation still reads the request; another one does not.
    assert!(state(world, by, id).await.left_nothing());
    let other = request::read(desk, &told.receiver, days(50), id).await;
    assert!(matches!(other, Err(DeskError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_keeps_it_and_only_a_hold_does() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    let (id, seen) = granted(&world, &by, case, Right::Erasure, &[], hours(1)).await;
    let keep = || WayInput::Keep {
        reason: text("er loopt een zaak over schadevergoeding"),
        ground: text("AVG 17(3)(e)"),
    };
    let free = carry(&world, &by, hours(2), id, seen, keep()).await;
    assert_eq!(rule(free), "request-not-held");
    let why = text("schadezaak");
    let hold = retention::hold(
        desk,
        &Actor::System,
        hours(2),
        Store::K3,
        &case.to_string(),
        why,
    )
    .await
    .unwrap();
    let look = request::carry_view(desk, &by, hours(3), id).await.unwrap();
    assert_eq!(look.holds.len(), 1, "named before anybody decides");
    let mark = look.whole.unwrap().mark;
    let erase = WayInput::Erase { mark };
    let refused = carry(&world, &by, hours(3), id, seen, erase.clone()).await;
    assert_eq!(rule(refused), "request-held");
    let again = own_case(&world, &by, NewCase::default()).await;
    let (second, seen_second) = granted(&world, &by, again, Right::Erasure, &[], hours(3)).await;
    let look = request::carry_view(desk, &by, hours(3), second)
        .await
        .unwrap();
    assert!(
        look.holds.is_empty(),
        "a hold on another case keeps nothing here"
    );
    assert_eq!(seen_second, 3);
    carry(&world, &by, hours(4), id, seen, keep())
        .await
        .unwrap();
    let kept = state(&world, &by, id).await;
    let done = kept.own_answer().unwrap().done.clone().unwrap();
    assert!(matches!(done.way, Way::Kept { refusal } if refusal.ground.as_str() == "AVG 17(3)(e)"));
    assert!(
        desk.vault
            .clear_of(Store::K3, &case.to_string())
            .await
            .unwrap()
            .is_some()
    );
    // Once it is released she can ask again.
    retention::release(desk, &Actor::System, hours(5), &hold, text("zaak voorbij"))
        .await
        .unwrap();
    granted(&world, &by, case, Right::Erasure, &[], hours(6)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_go_with_the_shares_that_hold_them_and_the_rest_stays() {
    let told = told().await;
    held(&told).await;
    let (world, desk, by, case) = (&told.world, &told.world.desk, &told.sender, told.case);
    let unnamed = AnswerInput {
        outcome: Outcome::Partly,
        reason: Some(text("de rest is nodig")),
        ground: Some(text("AVG 17(3)(b)")),
        ..given(&[], "een deel")
    };
    let right = Right::Erasure;
    let id = request::enter(desk, by, hours(4), case, right, None, false)
        .await
        .unwrap();
    let how = IdentityBy::InPerson;
    request::settle(desk, by, hours(4), id, 1, how)
        .await
        .unwrap();
    let refused = request::answer(desk, by, hours(4), id, 2, unnamed.clone()).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].field == "data"),
        "in part says which: {refused:?}"
    );
    let named = AnswerInput {
        data: data(&["language", "age"]),
        ..unnamed
    };
    request::answer(desk, by, hours(4), id, 2, named)
        .await
        .unwrap();
    let before = person(world, case).await;
    let look = request::carry_view(desk, by, hours(5), id).await.unwrap();
    assert!(look.whole.is_none() && look.shares == 1);
    let erase = WayInput::Erase {
        mark: String::new(),
    };
    carry(world, by, hours(5), id, 3, erase).await.unwrap();
    world.settle(hours(5)).await;
    let after = person(world, case).await;
    assert!(after.languages.is_empty() && after.age == domain::age::Age::Unknown);
    assert_eq!(after.known_as, before.known_as);
    assert_eq!(after.id, before.id);
    assert!(
        told.read(hours(6)).await.portion.is_none(),
        "gone there too"
    );
    let shares = share::of_case(desk, by, hours(6), case).await.unwrap();
    assert!(shares.is_empty(), "what was sent is no longer kept here");
    let auditor = world.actor(world.care_haaglanden, &[Role::Auditor]);
    let register = registers::retention(desk, &auditor, hours(7), Store::K3).await;
    assert_eq!(register.unwrap().destroyed.len(), 1);
    case::read(desk, by, hours(8), case).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_seen_in_the_record_and_reaches_whoever_has_it() {
    let told = told().await;
    held(&told).await;
    let (world, desk, by, case) = (&told.world, &told.world.desk, &told.sender, told.case);
    let (id, seen) = granted(world, by, case, Right::Correction, &["language"], hours(4)).await;
    let early = carry(world, by, hours(5), id, seen, WayInput::Changed).await;
    assert_eq!(
        rule(early),
        "request-not-changed",
        "nothing was changed yet"
    );

    let version = async || {
        let found = case::read(desk, by, hours(5), case).await.unwrap();
        found.person_version
    };
    // Something else changes: that is not what was granted, and it does not travel.
    let mut safety = person(world, case).await.safety;
    safety.phone_safe = Answer::No;
    let other = PersonChange::Safety(Box::new(safety));
    let at = version().await;
    case::change_person(desk, by, hours(5), case, at, other, true)
        .await
        .unwrap();
    let still = carry(world, by, hours(5), id, seen, WayInput::Changed).await;
    assert_eq!(rule(still), "request-not-changed");

    let PersonChange::Core(mut now) = core(person(world, case).await.age) else {
        panic!("core")
    };
    now.languages = vec![LanguageCode::new("hu").unwrap()];
    let at = version().await;
    let change = PersonChange::Core(now);
    case::change_person(desk, by, hours(6), case, at, change, false)
        .await
        .unwrap();
    let look = request::carry_view(desk, by, hours(7), id).await.unwrap();
    assert_eq!(look.changed, data(&["language"]));
    carry(world, by, hours(7), id, seen, WayInput::Changed)
        .await
        .unwrap();
    world.settle(hours(7)).await;

    let there = told.read(hours(8)).await;
    let portion = there.portion.unwrap();
    let spoken = portion.language.unwrap().spoken;
    assert_eq!(spoken, vec![LanguageCode::new("hu").unwrap()]);
    assert_ne!(
        portion.safety.unwrap().phone_safe,
        Answer::No,
        "nobody decided to send that"
    );
    let (_, corrected) = there.corrected.unwrap();
    let named: Vec<String> = corrected.data().map(ToString::to_string).collect();
    assert_eq!(named, ["language"]);
    let after = state(world, by, id).await;
    let done = after.own_answer().unwrap().done.clone().unwrap();
    assert_eq!((done.way, done.told.len()), (Way::Changed, 1));
    assert!(!done.told[0].ended);
    // What is right now goes on: the share has not ended.
    assert!(told.sent().await.share.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn her_own_statement_stands_with_the_record_when_it_is_not_changed() {
    let world = World::new().await;
    let by = world.coordinator();
    let case = own_case(&world, &by, NewCase::default()).await;
    let (id, seen) = granted(&world, &by, case, Right::Correction, &["age"], hours(1)).await;
    let note = |words: &str| WayInput::Note {
        statement: text(words),
        reason: text("het document zegt iets anders"),
    };
    let street = note("ik woon in de Dorpsstraat 12, 1234 AB");
    let refused = carry(&world, &by, hours(2), id, seen, street).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let own = note("ik ben in 2004 geboren");
    carry(&world, &by, hours(2), id, seen, own).await.unwrap();
    let dossier = case::read(&world.desk, &by, hours(3), case).await.unwrap();
    let statements: Vec<&str> = dossier
        .own_statements
        .iter()
        .map(|(_, s)| s.as_str())
        .collect();
    assert_eq!(statements, ["ik ben in 2004 geboren"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn her_file_stays_while_something_else_she_asked_is_owed() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    let access = request::enter(desk, &by, hours(1), case, Right::Access, None, false)
        .await
        .unwrap();
    let (id, seen) = granted(&world, &by, case, Right::Erasure, &[], hours(1)).await;
    let look = request::carry_view(desk, &by, hours(2), id).await.unwrap();
    let erase = WayInput::Erase {
        mark: look.whole.unwrap().mark,
    };
    let refused = carry(&world, &by, hours(2), id, seen, erase.clone()).await;
    assert_eq!(rule(refused), "request-other-runs");
    let reason = text("zij wil dit niet meer weten");
    request::turn_away(desk, &by, hours(3), access, 1, reason, false)
        .await
        .unwrap();
    carry(&world, &by, hours(3), id, seen, erase).await.unwrap();
    let gone = desk.vault.clear_of(Store::K3, &case.to_string()).await;
    assert!(gone.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signal_desk_carries_out_its_own_part_and_she_reads_it() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, false).await;
    let (desk, worker) = (&world.desk, world.signal_desk());
    let (id, _) = granted(
        &world,
        &coordinator,
        case,
        Right::Erasure,
        &["identity"],
        hours(4),
    )
    .await;
    let part = only_part(&world, &worker, Store::K1).await;
    let yes = PartInput::Answer(Box::new(given(&[], "wij vernietigen de melding")));
    request::respond(desk, &worker, days(1), Store::K1, &part, 1, yes)
        .await
        .unwrap();
    world.settle(days(1)).await;
    let look = request::carry_view_part(desk, &worker, days(2), Store::K1, &part)
        .await
        .unwrap();
    let report = look.about.clone().unwrap();
    assert_eq!(look.part.owner().map(|o| o.name.is_empty()), Some(false));
    let carried = async |way: WayInput, at: Timestamp| {
        let store = Store::K1;
        request::carry_out_part(desk, &worker, at, store, &part, 2, way, false).await
    };
    assert_eq!(
        rule(carried(WayInput::Changed, days(2)).await),
        "request-way"
    );
    let mark = look.whole.unwrap().mark;
    carried(WayInput::Erase { mark }, days(2)).await.unwrap();
    world.settle(days(2)).await;
    assert!(
        desk.vault
            .clear_of(Store::K1, &report)
            .await
            .unwrap()
            .is_none()
    );
    let view = request::read_part(desk, &worker, days(3), Store::K1, &part)
        .await
        .unwrap();
    assert_eq!(view.part.state_name(), "carried_out");
    let request = state(&world, &coordinator, id).await;
    let of = |at| {
        let sections = request.sections(at);
        let found = sections
            .into_iter()
            .find(|s| s.of == Compartment::K1)
            .unwrap();
        found.answers.into_iter().cloned().collect::<Vec<_>>()
    };
    assert!(of(days(3)).is_empty(), "not before its moment");
    let answers = of(days(40));
    assert_eq!(
        answers.len(),
        1,
        "what was done stands in the answer itself"
    );
    assert_eq!(answers[0].done.as_ref().unwrap().way, Way::Erased);
    let auditor = world.actor(world.care_haaglanden, &[Role::Auditor]);
    let register = registers::retention(desk, &auditor, days(3), Store::K1).await;
    assert_eq!(register.unwrap().destroyed.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn she_can_take_it_back_until_it_is_done() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    let hers = code(&world, &by, case).await;
    let (id, seen) = granted(&world, &by, case, Right::Erasure, &[], hours(4)).await;
    let look = request::carry_view(desk, &by, hours(5), id).await.unwrap();
    request::withdraw(desk, hours(5), &hers, id).await.unwrap();
    let erase = WayInput::Erase {
        mark: look.whole.unwrap().mark,
    };
    let late = carry(&world, &by, hours(6), id, seen, erase.clone()).await;
    assert!(matches!(late, Err(DeskError::Conflict)), "{late:?}");
    let late = carry(&world, &by, hours(6), id, seen + 1, erase).await;
    assert_eq!(rule(late), "request-not-now");
}
