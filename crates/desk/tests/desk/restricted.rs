//! Restricted processing: kept and nothing else, told to whoever has it, never ended behind her back; and what she
//! takes along.

use std::collections::BTreeSet;

use desk::access::Role;
use desk::case::{self, NewCase, NewConsent, NewTransfer, PersonChange};
use desk::intake;
use desk::registration;
use desk::request::{self, AnswerInput, PartInput, WayInput};
use desk::restriction::{self, AnnounceInput, ExceptInput};
use desk::share::{self, Side};
use desk::{Actor, DeskError, erasure, retention};
use domain::Compartment;
use domain::age::Age;
use domain::code::{DataCode, PurposeCode};
use domain::consent::ConsentForm;
use domain::ids::{CaseId, RegistrationId, RequestId};
use domain::minors::Giver;
use domain::request::{DataRequest, IdentityBy, Right, Way, WhyNot};
use domain::restriction::{Act, Despite, Ground};
use domain::share::ShareState;
use domain::time::dutch_date;
use jiff::{Timestamp, ToSpan};
use vault::Store;

use crate::case::shares::{Told, told};
use crate::case::{consent, core, own_case};
use crate::intake::nla;
use crate::requests::{code, given, only_part, reported};
use crate::support::{World, days, hours, start, text};

pub fn data(codes: &[&'static str]) -> BTreeSet<DataCode> {
    codes.iter().map(|code| DataCode::literal(code)).collect()
}

pub fn rule<T: std::fmt::Debug>(result: Result<T, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, detail }) => {
            assert!(!detail.is_empty(), "a refusal has its reason");
            key
        }
        other => panic!("{other:?}"),
    }
}

fn field<T: std::fmt::Debug>(result: Result<T, DeskError>) -> String {
    match result {
        Err(DeskError::Invalid(faults)) => faults[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

fn granting(codes: &[&'static str], ground: Ground) -> AnswerInput {
    AnswerInput {
        restriction: Some(ground),
        ..given(codes, "wij bewaren het en doen er niets mee")
    }
}

/// A request of hers of which it is settled that it is she.
pub async fn asked(
    world: &World,
    by: &Actor,
    case: CaseId,
    right: Right,
    at: Timestamp,
) -> RequestId {
    let words = Some(text("dit klopt niet, doe er niets mee"));
    let id = request::enter(&world.desk, by, at, case, right, words, false)
        .await
        .unwrap();
    let how = IdentityBy::InPerson;
    request::settle(&world.desk, by, at, id, 1, how)
        .await
        .unwrap();
    world.settle(at).await;
    id
}

/// The restriction that holds on her case, as its page names it.
async fn on_case(
    world: &World,
    by: &Actor,
    case: CaseId,
    at: Timestamp,
) -> Vec<restriction::Notice> {
    case::read(&world.desk, by, at, case)
        .await
        .unwrap()
        .restricted
}

async fn restricted(
    world: &World,
    by: &Actor,
    case: CaseId,
    codes: &[&'static str],
    at: Timestamp,
) -> (RequestId, String) {
    let id = asked(world, by, case, Right::Restriction, at).await;
    let answer = granting(codes, Ground::Contested);
    request::answer(&world.desk, by, at, id, 2, answer)
        .await
        .unwrap();
    world.settle(at).await;
    let notices = on_case(world, by, case, at).await;
    assert_eq!(notices.len(), 1, "it stands on the file at once");
    (id, notices[0].id.clone())
}

fn excepting(act: Act, despite: Despite, codes: &[&'static str]) -> ExceptInput {
    ExceptInput {
        act,
        despite,
        reason: text("zij wil dat Zwolle dit heeft"),
        data: data(codes),
        looked: false,
    }
}

pub async fn held(told: &Told) {
    told.consent().await;
    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    told.accept(hours(2)).await;
}

async fn read(world: &World, by: &Actor, id: RequestId) -> DataRequest {
    let view = request::read(&world.desk, by, days(200), id).await;
    view.unwrap().request
}

fn way(request: &DataRequest) -> Way {
    let done = request.own_answer().unwrap().done.clone();
    done.unwrap().way
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restricted_goes_nowhere_until_a_ground_is_written_down() {
    let told = told().await;
    let (world, desk, by, case) = (&told.world, &told.world.desk, &told.sender, told.case);
    told.consent().await;
    let (id, restriction) = restricted(world, by, case, &["language"], hours(1)).await;
    assert_eq!(read(world, by, id).await.state_name(), "carried_out");
    assert!(
        on_case(world, by, case, hours(2)).await[0]
            .article
            .starts_with("AVG 18(1)(a)")
    );
    assert_eq!(rule(told.offer(hours(2)).await), "restricted");
    let transfer = NewTransfer {
        to: world.care_ijsselland,
        why: text("zij verhuist"),
        looked: false,
    };
    let moved = case::offer_transfer(desk, by, hours(2), case, 1, transfer).await;
    assert_eq!(rule(moved), "restricted");
    let view = restriction::read(desk, by, hours(2), Store::K3, &restriction)
        .await
        .unwrap();
    assert_eq!(view.about, case.to_string());
    let except = async |input, seen| {
        restriction::except(desk, by, hours(3), Store::K3, &restriction, seen, input).await
    };
    let police = excepting(Act::Disclose, Despite::KeptFor, &[]);
    assert_eq!(field(except(police, 1).await), "restriction");
    let more = excepting(Act::Disclose, Despite::Consent, &["age"]);
    assert_eq!(
        field(except(more, 1).await),
        "data",
        "only what is restricted"
    );
    // A ground for changing does not open sharing.
    let other = excepting(Act::Change, Despite::Consent, &[]);
    except(other, 1).await.unwrap();
    assert_eq!(rule(told.offer(hours(3)).await), "restricted");
    let stale = except(excepting(Act::Disclose, Despite::Consent, &[]), 1).await;
    assert!(matches!(stale, Err(DeskError::Conflict)));
    except(excepting(Act::Disclose, Despite::Consent, &["language"]), 2)
        .await
        .unwrap();
    told.offer(hours(4)).await.unwrap();
    // Somebody of another organisation has no part in it.
    let other = restriction::read(desk, &told.receiver, hours(4), Store::K3, &restriction).await;
    assert!(matches!(other, Err(DeskError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_that_was_accepted_after_the_restriction_does_not_go() {
    let told = told().await;
    told.consent().await;
    told.offer(start()).await.unwrap();
    told.world.settle(hours(1)).await;
    restricted(&told.world, &told.sender, told.case, &[], hours(2)).await;
    told.accept(hours(3)).await;
    assert!(told.read(hours(4)).await.portion.is_none());
    assert!(matches!(
        told.sent().await.share.state(),
        ShareState::Gone { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_it_is_told_and_confirms_and_hears_of_its_end() {
    let told = told().await;
    held(&told).await;
    let (world, desk, by, case) = (&told.world, &told.world.desk, &told.sender, told.case);
    let (id, restriction) = restricted(world, by, case, &["language", "age"], hours(4)).await;
    let there = told.read(hours(5)).await;
    let kept = there.only_kept.unwrap();
    assert_eq!(kept.data, data(&["language"]), "only what it has");
    assert!(there.portion.is_some(), "it is kept");
    let (received, version) = told.came().await;
    let at = (Side::Care, received.as_str());
    let (receiver, on) = (&told.receiver, hours(6));
    share::confirm_only_kept(desk, receiver, on, at, version)
        .await
        .unwrap();
    world.settle(hours(6)).await;
    let twice = share::confirm_only_kept(desk, receiver, on, at, version + 1).await;
    assert_eq!(rule(twice), "share-not-restricted");
    let done = read(world, by, id).await.own_answer().unwrap().done.clone();
    let confirmed = done.unwrap().told[0].confirmed.clone();
    assert_eq!(confirmed.unwrap().kept, None);

    // It ends: not before she could read so, and the receiver hears until when.
    let view = restriction::read(desk, by, days(30), Store::K3, &restriction)
        .await
        .unwrap();
    let announce = async |last, at, seen| {
        let input = AnnounceInput {
            last,
            reason: text("het is nagekeken en het klopt"),
            looked: false,
        };
        restriction::announce(desk, by, at, Store::K3, &restriction, seen, input).await
    };
    let first = view.may_end_from;
    assert_eq!(
        field(announce(first.yesterday().unwrap(), days(30), 1).await),
        "last"
    );
    announce(first, days(30), 1).await.unwrap();
    world.settle(days(30)).await;
    let Way::Restricted {
        ending: Some(ending),
        ..
    } = way(&read(world, by, id).await)
    else {
        panic!("she reads that it ends");
    };
    assert_eq!(
        (ending.last, ending.reason.as_str()),
        (first, "het is nagekeken en het klopt")
    );
    assert_eq!(
        told.read(days(31)).await.only_kept.unwrap().last,
        Some(first)
    );
    // Until its last day it holds; after it nothing does, without any clock.
    let on = |n: i64| days(n);
    let after = (dutch_date(on(30)).until(first).unwrap().get_days() + 31).into();
    assert_eq!(on_case(world, by, case, on(40)).await.len(), 1);
    assert!(on_case(world, by, case, on(after)).await.is_empty());
    assert!(told.read(on(after)).await.only_kept.is_none());
    // She objects, and it stays.
    restriction::keep(desk, by, days(32), Store::K3, &restriction, 2)
        .await
        .unwrap();
    world.settle(days(32)).await;
    assert_eq!(on_case(world, by, case, on(after)).await.len(), 1);
    assert!(matches!(
        way(&read(world, by, id).await),
        Way::Restricted { ending: None, .. }
    ));
    assert_eq!(told.read(days(33)).await.only_kept.unwrap().last, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn restricted_data_are_not_changed_but_for_a_correction_that_was_granted() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    restricted(&world, &by, case, &["age"], hours(1)).await;
    let older = || {
        let born = jiff::civil::date(1990, 1, 1);
        core(Age::certain(born, dutch_date(start())).unwrap())
    };
    let seen = case::read(desk, &by, hours(2), case).await.unwrap();
    let change = async |at| {
        let version = seen.person_version;
        case::change_person(desk, &by, at, case, version, older(), false).await
    };
    assert_eq!(rule(change(hours(2)).await), "restricted");
    let other = PersonChange::Needs(vec![text("rust")]);
    case::change_person(desk, &by, hours(2), case, seen.person_version, other, false)
        .await
        .unwrap();
    let id = asked(&world, &by, case, Right::Correction, hours(3)).await;
    request::answer(desk, &by, hours(3), id, 2, given(&["age"], "dat doen wij"))
        .await
        .unwrap();
    let now = case::read(desk, &by, hours(4), case).await.unwrap();
    case::change_person(
        desk,
        &by,
        hours(4),
        case,
        now.person_version,
        older(),
        false,
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restricted_is_not_erased_by_term_operator_or_request() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    let (_, restriction) = restricted(&world, &by, case, &[], hours(1)).await;
    let plan = erasure::plan(desk, Store::K3, &case.to_string(), false)
        .await
        .unwrap();
    assert_eq!(
        rule(erasure::erase(desk, hours(2), "AVG 17", &plan).await),
        "restricted"
    );
    let id = asked(&world, &by, case, Right::Erasure, hours(3)).await;
    request::answer(desk, &by, hours(3), id, 2, given(&[], "dat doen wij"))
        .await
        .unwrap();
    let look = request::carry_view(desk, &by, hours(4), id).await.unwrap();
    let erase = WayInput::Erase {
        mark: look.whole.unwrap().mark,
    };
    let carry = async || {
        let way = erase.clone();
        request::carry_out(desk, &by, hours(5), id, 3, way, false).await
    };
    assert_eq!(rule(carry().await), "restricted");
    let consents = excepting(Act::Erase, Despite::Consent, &[]);
    restriction::except(desk, &by, hours(5), Store::K3, &restriction, 1, consents)
        .await
        .unwrap();
    carry().await.unwrap();
    let gone = desk.vault.clear_of(Store::K3, &restriction).await.unwrap();
    assert!(gone.is_none(), "it goes with what it was about");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restricted_stays_when_its_term_is_over() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let age = Age::certain(jiff::civil::date(1990, 1, 1), dutch_date(start())).unwrap();
    let case = crate::retention::closed_case(&world, age).await;
    let id = asked(&world, &by, case, Right::Restriction, days(1)).await;
    let answer = granting(&["age"], Ground::Claim);
    request::answer(desk, &by, days(1), id, 2, answer)
        .await
        .unwrap();
    let over = crate::retention::later(40, 0);
    let round = retention::run(desk, &Actor::System, over, over, false).await;
    let kept = round.unwrap().kept;
    let why: Vec<&str> = kept.iter().map(|one| one.why.as_str()).collect();
    assert!(why.contains(&"restricted"), "{why:?}");
    let there = desk.vault.clear_of(Store::K3, &case.to_string()).await;
    assert!(there.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_restricts_under_its_own_law_and_for_itself_alone() {
    let world = World::new().await;
    let known = crate::erasure::known(&world).await;
    let (desk, by) = (&world.desk, &known.coordinator);
    asked(&world, by, known.case, Right::Restriction, days(2)).await;
    let (officer, registrar) = (
        nla(&world),
        world.actor(world.coordination, &[Role::Registrar]),
    );
    let records = desk
        .vault
        .load_all::<registration::StoredRegistration>(&[])
        .await
        .unwrap();
    let registered: RegistrationId = records[0].id.parse().unwrap();
    // The registrar has no part of it here: the service does, and it restricts under its own law.
    let part = only_part(&world, &officer, Store::K5).await;
    let respond = async |ground| {
        let answer = PartInput::Answer(Box::new(granting(&["origin"], ground)));
        request::respond(desk, &officer, days(3), Store::K5, &part, 1, answer).await
    };
    assert_eq!(
        field(respond(Ground::Claim).await),
        "restriction",
        "not under the Wpg"
    );
    respond(Ground::Evidence).await.unwrap();
    world.settle(days(3)).await;
    let file = intake::read(desk, &known.officer, days(4), known.intake)
        .await
        .unwrap();
    assert_eq!(file.restricted.len(), 1);
    assert!(file.restricted[0].article.starts_with("Wpg 28"));
    let entry = registration::read(desk, &registrar, days(4), registered).await;
    assert!(
        entry.unwrap().restricted.is_empty(),
        "each compartment marks its own"
    );
    let id = &file.restricted[0].id;
    let consent = excepting(Act::Disclose, Despite::Consent, &[]);
    let refused = restriction::except(desk, &officer, days(4), Store::K5, id, 1, consent).await;
    assert_eq!(field(refused), "restriction");
    // Its end is told through care, when the section is open; so it cannot be before.
    let view = restriction::read(desk, &officer, days(4), Store::K5, id)
        .await
        .unwrap();
    assert!(
        view.may_end_from > dutch_date(days(42)),
        "{}",
        view.may_end_from
    );
    let ends = AnnounceInput {
        last: view.may_end_from,
        reason: text("de zaak is voorbij"),
        looked: false,
    };
    restriction::announce(desk, &officer, days(4), Store::K5, id, 1, ends)
        .await
        .unwrap();
    world.settle(days(4)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_compartment_restricts_its_own_part_and_she_reads_that_it_ends() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, false).await;
    let (desk, worker) = (&world.desk, world.signal_desk());
    let id = asked(&world, &coordinator, case, Right::Restriction, hours(4)).await;
    let part = only_part(&world, &worker, Store::K1).await;
    let unnamed = PartInput::Answer(Box::new(given(&[], "wij bewaren het")));
    let refused = request::respond(desk, &worker, days(1), Store::K1, &part, 1, unnamed).await;
    assert_eq!(field(refused), "restriction", "a ground is named");
    let yes = PartInput::Answer(Box::new(granting(&[], Ground::Unlawful)));
    request::respond(desk, &worker, days(1), Store::K1, &part, 1, yes)
        .await
        .unwrap();
    world.settle(days(1)).await;
    let view = request::read_part(desk, &worker, days(1), Store::K1, &part)
        .await
        .unwrap();
    let report = view.about.parse().unwrap();
    let dossier = desk::report::read(desk, &worker, days(2), report)
        .await
        .unwrap();
    assert_eq!(dossier.restricted.len(), 1);
    let restriction = &dossier.restricted[0].id;
    // Nobody ties it to another report while it may only be kept, from whichever side.
    let other = crate::links::told(desk, days(2), None, None).await;
    let together = crate::links::finding;
    for (one, beside) in [(report, other), (other, report)] {
        let input = together(beside, domain::report::Finding::Together);
        let seen = desk::report::pair(desk, &worker, days(2), one, beside);
        let seen = seen.await.unwrap();
        assert_eq!(seen.restricted.len(), 1, "both sides say so");
        let judged = desk::report::judge(desk, &worker, days(2), one, seen.version, input);
        let refused = judged.await;
        assert!(
            matches!(&refused, Err(DeskError::Rule { key, .. }) if *key == "restricted"),
            "{refused:?}"
        );
    }
    let section = async |day| {
        let view = request::read(desk, &coordinator, days(day), id)
            .await
            .unwrap();
        let sections = view.request.sections(days(day));
        let k1 = sections.into_iter().find(|s| s.of == Compartment::K1);
        k1.unwrap().answers.into_iter().cloned().collect::<Vec<_>>()
    };
    assert!(section(27).await.is_empty());
    let done = section(30).await[0].done.clone().unwrap();
    assert!(matches!(done.way, Way::Restricted { ending: None, .. }));
    let from = restriction::read(desk, &worker, days(100), Store::K1, restriction)
        .await
        .unwrap()
        .may_end_from;
    let input = AnnounceInput {
        last: from.saturating_add(1.days()),
        reason: text("de melding is nagekeken"),
        looked: false,
    };
    restriction::announce(desk, &worker, days(100), Store::K1, restriction, 1, input)
        .await
        .unwrap();
    world.settle(days(100)).await;
    let answers = section(101).await;
    assert_eq!(answers.len(), 1, "in the answer that she has already");
    let ends = matches!(
        answers[0].done.as_ref().unwrap().way,
        Way::Restricted {
            ending: Some(_),
            ..
        }
    );
    assert!(ends);
}

#[tokio::test(flavor = "multi_thread")]
async fn she_takes_along_what_she_gave_on_consent_and_nothing_else() {
    let world = World::new().await;
    let (desk, by) = (&world.desk, world.coordinator());
    let case = own_case(&world, &by, NewCase::default()).await;
    let hers = code(&world, &by, case).await;
    let version = async || {
        case::read(desk, &by, hours(3), case)
            .await
            .unwrap()
            .person_version
    };
    let at = version().await;
    let age = Age::certain(jiff::civil::date(1990, 1, 1), dutch_date(start()));
    case::change_person(desk, &by, hours(3), case, at, core(age.unwrap()), false)
        .await
        .unwrap();
    let at = version().await;
    let needs = PersonChange::Needs(vec![text("een eigen kamer")]);
    case::change_person(desk, &by, hours(3), case, at, needs, false)
        .await
        .unwrap();
    let new = NewConsent {
        purpose: PurposeCode::new("care").unwrap(),
        data: data(&["care_needs", "language"]).into_iter().collect(),
        ..consent(Giver::Person, ConsentForm::Written)
    };
    case::give_consent(desk, &by, hours(3), case, new)
        .await
        .unwrap();
    let id = request::ask(desk, hours(4), &hers, Right::Portability, None)
        .await
        .unwrap();
    let how = IdentityBy::OwnCode;
    request::settle(desk, &by, hours(4), id, 1, how)
        .await
        .unwrap();
    world.settle(hours(4)).await;
    let view = request::portable_view(desk, &by, hours(5), id)
        .await
        .unwrap();
    assert!(view.goes.contains(&DataCode::literal("care_needs")));
    assert!(!view.goes.contains(&DataCode::literal("age")));
    assert!(view.stays.values().any(|why| *why == WhyNot::Task));
    let answer = async |codes: &[&'static str]| {
        let input = given(codes, "hier is uw bestand");
        request::answer(desk, &by, hours(6), id, 2, input).await
    };
    match answer(&["care_needs", "identity"]).await {
        Err(DeskError::Invalid(faults)) => {
            assert_eq!(faults[0].key, "request-not-portable");
            assert!(faults[0].detail.contains("AVG 20"), "{}", faults[0].detail);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(field(answer(&[]).await), "outcome", "a yes gives something");
    answer(&["care_needs"]).await.unwrap();
    let fetch = async |day| request::own_data(desk, days(day), &hers, id).await;
    assert!(
        matches!(fetch(20).await, Err(DeskError::NotFound { .. })),
        "not before its moment"
    );
    let file = fetch(30).await.unwrap();
    assert_eq!(file.file.needs, Some(vec![text("een eigen kamer")]));
    assert_eq!(file.file.called, None);
    let own = request::own_view(desk, days(30), case).await.unwrap();
    assert!(own.requests[0].fetch.is_some());
    assert!(
        matches!(fetch(60).await, Err(DeskError::NotFound { .. })),
        "short-lived"
    );
    let entries = desk
        .vault
        .journal_of(Store::K3, &[id.to_string()], 50)
        .await;
    let acts: Vec<String> = entries
        .unwrap()
        .into_iter()
        .map(|e| e.context.act)
        .collect();
    assert!(acts.contains(&"request.own_file".to_owned()), "{acts:?}");
    // Somebody else's code opens nothing of it.
    let other = own_case(&world, &by, NewCase::default()).await;
    let others = code(&world, &by, other).await;
    let tried = request::own_data(desk, days(30), &others, id).await;
    assert!(matches!(tried, Err(DeskError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_is_asked_what_she_takes_along() {
    let world = World::new().await;
    let (coordinator, case) = reported(&world, true).await;
    asked(&world, &coordinator, case, Right::Portability, hours(4)).await;
    for (actor, store) in [(world.signal_desk(), Store::K1), (nla(&world), Store::K5)] {
        let (page, _) = request::list_parts(&world.desk, &actor, store, Vec::new(), None)
            .await
            .unwrap();
        assert!(page.rows.is_empty(), "{store}");
    }
}
