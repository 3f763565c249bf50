//! Who looked, why that was in order, what asks for a look, and who may see it.

use desk::accounts::{self, NewAccount};
use desk::case::{self, NewCase};
use desk::oversight::{self, Ask, NewMark, Verdict, What};
use desk::report::{self, AcuteInput, Choice, NewReport, RouteInput};
use desk::{Actor, DeskError, Role};
use domain::Answer;
use domain::code::LanguageCode;
use domain::ids::{CaseId, OrgId, UserId};
use domain::report::{Channel, HelpWish, ReportContent, ReporterKind};
use domain::watch::{Relation, Why};
use jiff::{SignedDuration, Timestamp};
use vault::{Change, Context, JournalFilter, Store};

use crate::case::{only_case, own_case};
use crate::support::{World, days, hours, start, text};

fn ask(store: Store, record: impl ToString) -> Ask {
    Ask {
        store,
        record: record.to_string(),
        actor: None,
        from: None,
        before: None,
        unexplained: false,
    }
}

/// An account in an organisation, so that the desk knows where somebody works.
async fn account(world: &World, org: OrgId, role: Role, name: &str) -> UserId {
    let new = NewAccount {
        name: format!("Naam {name}"),
        user_name: name.to_owned(),
        org,
        roles: vec![role],
        password: "een lang wachtwoord".to_owned().into(),
    };
    accounts::add(&world.desk, &Actor::System, start(), new)
        .await
        .unwrap()
        .id
}

fn as_user(actor: Actor, id: UserId) -> Actor {
    match actor {
        Actor::Person(mut person) => {
            person.user = id;
            Actor::Person(person)
        }
        other => other,
    }
}

/// An auditor of the panel's organisation, far from everybody here.
fn auditor(world: &World) -> Actor {
    world.actor(world.panel, &[Role::Auditor])
}

/// An access as the journal has it: what the pages would refuse, an insider at the database could still make look like this.
async fn look(
    world: &World,
    store: Store,
    who: UserId,
    org: OrgId,
    role: Role,
    record: &str,
    at: Timestamp,
) {
    let context = Context {
        at,
        actor: who.to_string(),
        role: role.code().to_owned(),
        org: org.to_string(),
        act: "case.read".to_owned(),
        purpose: "care".to_owned(),
        ground: "Wmo 2015".to_owned(),
    };
    world
        .desk
        .vault
        .apply(store, Change::new(context).read(record, &["all"]))
        .await
        .unwrap();
}

async fn relations(world: &World, id: CaseId) -> Vec<(String, Option<Relation>)> {
    let looks = oversight::who_looked(&world.desk, &auditor(world), days(60), &ask(Store::K3, id))
        .await
        .unwrap();
    let shown = looks.looks.into_iter().rev();
    shown
        .map(|look| (look.entry.context.act, look.relation))
        .collect()
}

#[tokio::test]
async fn every_access_to_a_case_is_told_with_what_explains_it() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    case::read(&world.desk, &coordinator, hours(1), id)
        .await
        .unwrap();
    // A colleague of the same organisation, from before access followed an assignment, and somebody of another who has nothing to do
    // with it.
    look(
        &world,
        Store::K3,
        world.colleague().person().unwrap().user,
        world.care_haaglanden,
        Role::CareCoordinator,
        &id.to_string(),
        hours(2),
    )
    .await;
    let stranger = account(
        &world,
        world.care_ijsselland,
        Role::CareCoordinator,
        "vreemde",
    )
    .await;
    look(
        &world,
        Store::K3,
        stranger,
        world.care_ijsselland,
        Role::CareCoordinator,
        &id.to_string(),
        hours(3),
    )
    .await;

    let found = relations(&world, id).await;
    assert_eq!(
        found,
        [
            ("case.open".to_owned(), Some(Relation::Assigned)),
            ("case.read".to_owned(), Some(Relation::Assigned)),
            ("case.read".to_owned(), Some(Relation::Organisation)),
            ("case.read".to_owned(), None),
        ]
    );
    let only = Ask {
        unexplained: true,
        ..ask(Store::K3, id)
    };
    let looks = oversight::who_looked(&world.desk, &auditor(&world), days(1), &only)
        .await
        .unwrap();
    assert_eq!(
        (looks.looks.len(), looks.unexplained(), looks.total()),
        (1, 1, 4)
    );
    assert_eq!(
        looks.people.get(&stranger.to_string()).map(String::as_str),
        Some("Naam vreemde")
    );
}

#[tokio::test]
async fn all_that_belongs_to_a_matter_counts_whichever_record_is_asked_for() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let seen = case::read(&world.desk, &coordinator, start(), id)
        .await
        .unwrap();
    let person = seen.file.case.person.to_string();
    // Somebody opens the person's record alone.
    let stranger = account(
        &world,
        world.care_ijsselland,
        Role::CareCoordinator,
        "vreemde",
    )
    .await;
    look(
        &world,
        Store::K3,
        stranger,
        world.care_ijsselland,
        Role::CareCoordinator,
        &person,
        hours(1),
    )
    .await;
    for record in [id.to_string(), person] {
        let looks = oversight::who_looked(
            &world.desk,
            &auditor(&world),
            days(1),
            &ask(Store::K3, record),
        )
        .await
        .unwrap();
        assert_eq!(
            (looks.matter.as_str(), looks.unexplained()),
            (id.to_string().as_str(), 1)
        );
        assert_eq!(looks.total(), 3);
    }
}

#[tokio::test]
async fn who_looked_is_asked_in_one_compartment_and_the_asking_is_journalled() {
    let world = World::new().await;
    let id = own_case(&world, &world.coordinator(), NewCase::default()).await;
    let officer = auditor(&world);
    let elsewhere = oversight::who_looked(&world.desk, &officer, hours(1), &ask(Store::K5, id))
        .await
        .unwrap();
    assert_eq!(
        elsewhere.total(),
        0,
        "another compartment knows nothing of it"
    );
    for store in [Store::K7, Store::System, Store::Addresses] {
        let refused = oversight::who_looked(&world.desk, &officer, hours(1), &ask(store, id)).await;
        assert!(matches!(refused, Err(DeskError::Invalid(_))), "{store}");
    }
    let refused = oversight::who_looked(
        &world.desk,
        &world.coordinator(),
        hours(1),
        &ask(Store::K3, id),
    )
    .await;
    assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
    let filter = JournalFilter {
        act: Some("oversight.search".to_owned()),
        ..JournalFilter::default()
    };
    let page = world
        .desk
        .vault
        .journal_page(Store::System, &filter, None, 9)
        .await
        .unwrap();
    assert_eq!(page.entries.len(), 1);
    assert!(
        page.entries[0].canonical().contains("\"k5\"")
            && page.entries[0].canonical().contains(&id.to_string())
    );
}

#[tokio::test]
async fn of_an_erased_case_it_is_still_told_who_looked() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    case::read(&world.desk, &coordinator, hours(1), id)
        .await
        .unwrap();
    let context = Context {
        at: hours(2),
        actor: "system".to_owned(),
        role: "system".to_owned(),
        org: String::new(),
        act: "record.erase".to_owned(),
        purpose: "supervision".to_owned(),
        ground: "AVG 17".to_owned(),
    };
    world
        .desk
        .vault
        .apply(Store::K3, Change::new(context).erase(id.to_string()))
        .await
        .unwrap();
    let found = relations(&world, id).await;
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[1].1, Some(Relation::Assigned));
    assert_eq!(found[2].1, Some(Relation::Program));
}

/// Eight cases of one organisation, read one a week by a colleague who works on none.
async fn a_crawl(world: &World, who: UserId) {
    let coordinator = world.coordinator();
    for week in 0..8 {
        let id = own_case(world, &coordinator, NewCase::default()).await;
        look(
            world,
            Store::K3,
            who,
            world.care_haaglanden,
            Role::CareCoordinator,
            &id.to_string(),
            days(7 * week),
        )
        .await;
    }
}

#[tokio::test]
async fn a_crawl_becomes_one_finding_with_its_entries_and_is_not_told_twice() {
    let world = World::new().await;
    let who = account(
        &world,
        world.care_haaglanden,
        Role::CareCoordinator,
        "nieuwsgierig",
    )
    .await;
    a_crawl(&world, who).await;
    let done = oversight::watch(&world.desk, days(60)).await.unwrap();
    assert_eq!(done.findings, 1, "{done:?}");
    assert_eq!(
        oversight::watch(&world.desk, days(60))
            .await
            .unwrap()
            .people,
        0,
        "nothing new"
    );
    // One look more is no new crawl.
    let id = own_case(&world, &world.coordinator(), NewCase::default()).await;
    look(
        &world,
        Store::K3,
        who,
        world.care_haaglanden,
        Role::CareCoordinator,
        &id.to_string(),
        days(61),
    )
    .await;
    assert_eq!(
        oversight::watch(&world.desk, days(62))
            .await
            .unwrap()
            .findings,
        0
    );

    let officer = auditor(&world);
    let listed = oversight::findings(&world.desk, &officer, Some("open"))
        .await
        .unwrap();
    assert_eq!(
        (listed.len(), listed[0].why, listed[0].entries),
        (1, Why::Crawl, 8)
    );
    let seen = oversight::read_finding(&world.desk, &officer, days(62), &listed[0].id)
        .await
        .unwrap();
    assert_eq!(
        (
            seen.entries.len(),
            seen.finding.measured.matters,
            seen.finding.measured.spans
        ),
        (8, 8, 8)
    );
    assert!(
        seen.entries
            .iter()
            .all(|entry| entry.context.actor == who.to_string())
    );
    assert_eq!(
        seen.people.get(&who.to_string()).map(String::as_str),
        Some("Naam nieuwsgierig")
    );
}

#[tokio::test]
async fn a_finding_is_decided_with_a_reason_and_the_earlier_decision_stays() {
    let world = World::new().await;
    let who = account(
        &world,
        world.care_haaglanden,
        Role::CareCoordinator,
        "nieuwsgierig",
    )
    .await;
    a_crawl(&world, who).await;
    oversight::watch(&world.desk, days(60)).await.unwrap();
    let officer = auditor(&world);
    let desk = &world.desk;
    let id = oversight::findings(desk, &officer, None)
        .await
        .unwrap()
        .remove(0)
        .id;
    oversight::decide(
        desk,
        &officer,
        days(61),
        &id,
        1,
        Verdict::FollowUp,
        text("gesprek gevraagd"),
    )
    .await
    .unwrap();
    let late = oversight::decide(
        desk,
        &officer,
        days(61),
        &id,
        1,
        Verdict::Explained,
        text("te laat"),
    )
    .await;
    assert!(matches!(late, Err(DeskError::Conflict)));
    oversight::decide(
        desk,
        &officer,
        days(62),
        &id,
        2,
        Verdict::Explained,
        text("was teamleider"),
    )
    .await
    .unwrap();
    let seen = oversight::read_finding(desk, &officer, days(63), &id)
        .await
        .unwrap();
    let verdicts: Vec<Verdict> = seen.finding.decisions.iter().map(|d| d.verdict).collect();
    assert_eq!(verdicts, [Verdict::FollowUp, Verdict::Explained]);
    assert!(
        oversight::findings(desk, &officer, Some("open"))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        oversight::findings(desk, &officer, Some("explained"))
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_finding_never_goes_to_the_own_team_nor_to_oneself() {
    let world = World::new().await;
    let who = account(
        &world,
        world.care_haaglanden,
        Role::CareCoordinator,
        "nieuwsgierig",
    )
    .await;
    a_crawl(&world, who).await;
    oversight::watch(&world.desk, days(60)).await.unwrap();
    let desk = &world.desk;
    let far = auditor(&world);
    let id = oversight::findings(desk, &far, None)
        .await
        .unwrap()
        .remove(0)
        .id;
    let colleague = world.actor(world.care_haaglanden, &[Role::Auditor]);
    let herself = as_user(world.actor(world.panel, &[Role::Auditor]), who);
    for near in [&colleague, &herself] {
        let read = oversight::read_finding(desk, near, days(61), &id).await;
        assert!(matches!(read, Err(DeskError::NotFound { .. })));
        let decided = oversight::decide(
            desk,
            near,
            days(61),
            &id,
            1,
            Verdict::Explained,
            text("niets aan de hand"),
        )
        .await;
        assert!(matches!(decided, Err(DeskError::NotFound { .. })));
    }
    assert!(
        oversight::findings(desk, &colleague, None)
            .await
            .unwrap()
            .is_empty()
    );
    for role in Role::STAFF
        .into_iter()
        .filter(|role| *role != Role::Auditor)
    {
        let other = world.actor(world.panel, &[role]);
        assert!(
            oversight::findings(desk, &other, None).await.is_err(),
            "{role:?}"
        );
    }
    // Nobody may see it until there is an auditor elsewhere.
    assert_eq!(oversight::unseen(desk).await.unwrap(), 1);
    account(&world, world.care_haaglanden, Role::Auditor, "dichtbij").await;
    assert_eq!(oversight::unseen(desk).await.unwrap(), 1);
    account(&world, world.panel, Role::Auditor, "veraf").await;
    assert_eq!(oversight::unseen(desk).await.unwrap(), 0);
}

#[tokio::test]
async fn a_decoy_and_a_known_relation_are_found_at_the_first_look() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let (decoy, known) = (
        own_case(&world, &coordinator, NewCase::default()).await,
        own_case(&world, &coordinator, NewCase::default()).await,
    );
    let who = account(
        &world,
        world.care_haaglanden,
        Role::CareCoordinator,
        "buurvrouw",
    )
    .await;
    let officer = auditor(&world);
    let new = |what, record: CaseId| NewMark {
        what,
        store: Store::K3,
        record: record.to_string(),
        reason: text("afgesproken"),
    };
    let desk = &world.desk;
    oversight::make_mark(desk, &officer, start(), new(What::Decoy, decoy))
        .await
        .unwrap();
    let mark = oversight::make_mark(
        desk,
        &officer,
        start(),
        new(What::Relation { user: who }, known),
    )
    .await
    .unwrap();
    // Whoever laid the decoy out looks at it without a finding.
    case::read(desk, &coordinator, hours(1), decoy)
        .await
        .unwrap();
    look(
        &world,
        Store::K3,
        who,
        world.care_haaglanden,
        Role::CareCoordinator,
        &decoy.to_string(),
        hours(2),
    )
    .await;
    look(
        &world,
        Store::K3,
        who,
        world.care_haaglanden,
        Role::CareCoordinator,
        &known.to_string(),
        hours(2),
    )
    .await;
    assert_eq!(oversight::watch(desk, hours(3)).await.unwrap().findings, 2);
    let mut why: Vec<Why> = oversight::findings(desk, &officer, None)
        .await
        .unwrap()
        .iter()
        .map(|f| f.why)
        .collect();
    why.sort();
    assert_eq!(why, [Why::OwnRelation, Why::DecoyOpened]);
    // The next look at it is told as well; after the mark is ended none is.
    look(
        &world,
        Store::K3,
        who,
        world.care_haaglanden,
        Role::CareCoordinator,
        &known.to_string(),
        hours(4),
    )
    .await;
    assert_eq!(oversight::watch(desk, hours(5)).await.unwrap().findings, 1);
    oversight::end_mark(desk, &officer, hours(6), &mark, 1)
        .await
        .unwrap();
    let again = oversight::end_mark(desk, &officer, hours(6), &mark, 2).await;
    assert!(matches!(again, Err(DeskError::AlreadyDone)));
    look(
        &world,
        Store::K3,
        who,
        world.care_haaglanden,
        Role::CareCoordinator,
        &known.to_string(),
        hours(7),
    )
    .await;
    assert_eq!(oversight::watch(desk, hours(8)).await.unwrap().findings, 0);
    assert_eq!(
        oversight::marks(desk, &officer, hours(9))
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_mark_stands_on_a_record_that_is_there_and_hides_from_colleagues() {
    let world = World::new().await;
    let id = own_case(&world, &world.coordinator(), NewCase::default()).await;
    let who = account(
        &world,
        world.care_haaglanden,
        Role::CareCoordinator,
        "buurvrouw",
    )
    .await;
    let officer = auditor(&world);
    let desk = &world.desk;
    let new = |what, store, record: String| NewMark {
        what,
        store,
        record,
        reason: text("afgesproken"),
    };
    let nobody = UserId::new(desk.vault.new_id(start()));
    for (what, store, record) in [
        (What::Decoy, Store::K5, id.to_string()),
        (What::Decoy, Store::K3, "0199".to_owned()),
        (What::Decoy, Store::System, who.to_string()),
        (What::Relation { user: nobody }, Store::K3, id.to_string()),
    ] {
        let refused = oversight::make_mark(desk, &officer, start(), new(what, store, record)).await;
        assert!(matches!(refused, Err(DeskError::Invalid(_))));
    }
    oversight::make_mark(
        desk,
        &officer,
        start(),
        new(What::Relation { user: who }, Store::K3, id.to_string()),
    )
    .await
    .unwrap();
    let colleague = world.actor(world.care_haaglanden, &[Role::Auditor]);
    assert!(
        oversight::marks(desk, &colleague, hours(1))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        oversight::marks(desk, &officer, hours(1))
            .await
            .unwrap()
            .len(),
        1
    );
}

/// A report that the signal desk read and routed to care.
async fn routed_report(world: &World, officer: &Actor) {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::VictimSelf, nl);
    content.story = Some(text("mijn paspoort is afgepakt"));
    content.help = HelpWish::ForSelf;
    let id = report::submit(
        &world.desk,
        start(),
        None,
        NewReport {
            content,
            contact: None,
        },
    )
    .await
    .unwrap()
    .id;
    report::read(&world.desk, officer, start(), id)
        .await
        .unwrap();
    let safe = AcuteInput {
        answer: Answer::No,
        because: text("gevraagd"),
        call: None,
    };
    let other = world.signal_desk();
    report::answer_acute(&world.desk, &other, start(), id, 1, safe)
        .await
        .unwrap();
    report::accept(&world.desk, &other, start(), id, 2)
        .await
        .unwrap();
    let choice = Choice {
        rule: None,
        org: world.care_haaglanden,
        because: Some(text("wil hulp")),
    };
    let input = RouteInput {
        choices: vec![choice],
        minor_in_serious_danger: false,
        attachments: Vec::new(),
    };
    report::route(&world.desk, &other, hours(1), id, 3, input)
        .await
        .unwrap();
    world.settle(hours(1)).await;
}

#[tokio::test]
async fn somebody_who_follows_a_person_to_another_compartment_is_found() {
    let world = World::new().await;
    let who = account(&world, world.signal, Role::SignalDesk, "volger").await;
    let officer = as_user(world.signal_desk(), who);
    routed_report(&world, &officer).await;
    let (case, _) = only_case(&world, &world.coordinator()).await;
    // Weeks later the same person, now in another function, opens the case that came of it and does nothing there.
    look(
        &world,
        Store::K3,
        who,
        world.care_haaglanden,
        Role::CareCoordinator,
        &case.to_string(),
        days(20),
    )
    .await;
    assert_eq!(
        oversight::watch(&world.desk, days(21))
            .await
            .unwrap()
            .findings,
        1
    );
    let far = auditor(&world);
    let listed = oversight::findings(&world.desk, &far, None).await.unwrap();
    assert_eq!(listed[0].why, Why::FollowsPerson);
    let seen = oversight::read_finding(&world.desk, &far, days(22), &listed[0].id)
        .await
        .unwrap();
    let stores: Vec<Store> = seen.entries.iter().map(|entry| entry.store).collect();
    assert_eq!(stores, [Store::K1, Store::K3]);
}

#[tokio::test]
async fn ordinary_work_of_a_week_is_no_finding() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    for day in 0..5 {
        let id = own_case(&world, &coordinator, NewCase::default()).await;
        for hour in 0..3 {
            case::read(
                &world.desk,
                &coordinator,
                days(day) + SignedDuration::from_hours(hour),
                id,
            )
            .await
            .unwrap();
        }
    }
    let done = oversight::watch(&world.desk, days(7)).await.unwrap();
    assert_eq!((done.people, done.findings), (1, 0));
}
