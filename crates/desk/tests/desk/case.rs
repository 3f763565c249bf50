//! Cases at care: what arrives, what is known of the person, consents, registration, closing, the person's own page.

use desk::access::{Role, permit};
use desk::case::{
    self, AftercareInput, Came, CaseSummary, CloseInput, Core, Done, HolderKind, MomentInput,
    NewCase, NewConsent, PersonChange, TaskEnd, Ticked,
};
use desk::disclosure::{
    Disclosure, HandedOver, OpinionRequested, OpinionStatus, Payload, ReflectionStatus,
};
use desk::report::{self, AcuteInput, Choice, NewReport, RouteInput};
use desk::{Actor, DeskError, UseCase};
use domain::Answer;
use domain::age::{Age, Minority};
use domain::case::{ClosingReason, Phase};
use domain::code::{FormCode, IndicatorCode, LanguageCode, MunicipalityCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::{CaseId, DisclosureId, PersonId, ReportId};
use domain::minors::{Authority, Giver, ParentsRole};
use domain::opinion::Ground;
use domain::person::{Family, KnownAs, PossibleVictim, Residence, Safety, Sex};
use domain::registration::{Basis, CountWhy};
use domain::report::{
    Channel, HelpWish, PoliceWish, ReportContent, ReportState, ReporterKind, RouteAnswer,
};
use domain::statement::Threshold;
use domain::task::TaskKind;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use vault::{Change, Filter, Order, Store};

use crate::support::{World, days, hours, start, text};

pub fn today() -> Date {
    date(2026, 11, 23)
}

pub async fn own_case(world: &World, coordinator: &Actor, new: NewCase) -> CaseId {
    case::open(&world.desk, coordinator, start(), new)
        .await
        .unwrap()
}

/// A report that the desk routes by hand to care in Haaglanden.
async fn routed(world: &World, content: ReportContent) -> ReportId {
    let desk_worker = world.signal_desk();
    let new = NewReport {
        content,
        contact: None,
    };
    let id = report::submit(&world.desk, start(), None, new)
        .await
        .unwrap()
        .id;
    let safe = AcuteInput {
        answer: Answer::No,
        because: text("gevraagd"),
        call: None,
    };
    report::answer_acute(&world.desk, &desk_worker, start(), id, 1, safe)
        .await
        .unwrap();
    report::accept(&world.desk, &desk_worker, start(), id, 2)
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
    };
    report::route(&world.desk, &desk_worker, start(), id, 3, input)
        .await
        .unwrap();
    world.settle(start()).await;
    id
}

fn told() -> ReportContent {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::VictimSelf, nl);
    content.story = Some(text("mijn paspoort is afgepakt"));
    content.forms = vec![FormCode::new("AU").unwrap()];
    content.municipality = Some(MunicipalityCode::new("GM1783").unwrap());
    content.help = HelpWish::ForSelf;
    content
}

pub async fn only_case(world: &World, actor: &Actor) -> (CaseId, vault::ListRow) {
    let (page, _) = case::list(&world.desk, actor, &Filter::default(), Order::Due, None)
        .await
        .unwrap();
    let row = page.rows.into_iter().next().unwrap();
    (row.id.parse().unwrap(), row)
}

async fn version(world: &World, actor: &Actor, id: CaseId) -> i64 {
    case::read(&world.desk, actor, start(), id)
        .await
        .unwrap()
        .version
}

async fn route_answer(world: &World, id: ReportId) -> RouteAnswer {
    let seen = report::read(&world.desk, &world.signal_desk(), start(), id)
        .await
        .unwrap();
    match seen.report.state() {
        ReportState::Routed { decisions, .. } => decisions[0].answer.clone(),
        other => panic!("expected a routed report, got {other:?}"),
    }
}

/// The entries of all journals, one a line, without the escapes of the exported file.
async fn journal(world: &World) -> String {
    let mut out = Vec::new();
    world
        .desk
        .vault
        .export_journal(&mut out, "test", start())
        .await
        .unwrap();
    String::from_utf8(out).unwrap().replace("\\\"", "\"")
}

/// The acts of a store that touch a record.
async fn acts(world: &World, store: Store, id: &str) -> Vec<String> {
    let journal = journal(world).await;
    let of_store = format!("\"store\":\"{store}\"");
    let touching = journal
        .lines()
        .filter(|line| line.contains(id) && line.contains(&of_store));
    touching
        .filter_map(|line| line.split("\"act\":\"").nth(1))
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_routed_report_waits_and_is_taken_on_once() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let report = routed(&world, told()).await;
    let (id, row) = only_case(&world, &coordinator).await;
    assert_eq!(row.clear.state, "waiting");
    assert_eq!(row.clear.region.as_deref(), Some("VR15"));
    let summary: CaseSummary = serde_json::from_value(row.summary).unwrap();
    assert_eq!((summary.came, summary.awaits_answer), (Came::Report, true));

    // A second delivery brings nothing twice.
    world.settle(hours(1)).await;
    let (page, counts) = case::list(
        &world.desk,
        &coordinator,
        &Filter::default(),
        Order::Due,
        None,
    )
    .await
    .unwrap();
    assert_eq!(
        (page.rows.len(), counts),
        (1, vec![("waiting".to_owned(), 1)])
    );

    // Nothing is done with it before it is taken on.
    let early = case::move_to(&world.desk, &coordinator, hours(1), id, 1, Phase::Intake).await;
    assert!(matches!(early, Err(DeskError::Rule { .. })), "{early:?}");

    case::accept(&world.desk, &coordinator, hours(2), id, 1)
        .await
        .unwrap();
    let second = case::accept(&world.desk, &coordinator, hours(2), id, 1).await;
    assert!(matches!(second, Err(DeskError::Conflict)), "{second:?}");
    let again = case::accept(&world.desk, &coordinator, hours(2), id, 2).await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");
    world.settle(hours(2)).await;
    assert_eq!(
        route_answer(&world, report).await,
        RouteAnswer::Accepted { at: hours(2) }
    );

    let dossier = case::read(&world.desk, &coordinator, hours(3), id)
        .await
        .unwrap();
    assert_eq!(dossier.file.case.phase(), Phase::Signaal);
    assert_eq!(dossier.person.exploitation.forms[0].as_str(), "AU");
    assert!(dossier.minority.is_minor(), "age unknown means minor");
    assert!(
        acts(&world, Store::K3, &id.to_string())
            .await
            .contains(&"case.read".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_sent_back_with_its_reason() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let report = routed(&world, told()).await;
    let (id, _) = only_case(&world, &coordinator).await;
    case::send_back(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        1,
        text("andere regio"),
        false,
    )
    .await
    .unwrap();
    world.settle(hours(1)).await;
    let refused = RouteAnswer::Refused {
        at: hours(1),
        reason: text("andere regio"),
    };
    assert_eq!(route_answer(&world, report).await, refused);
    let (_, row) = only_case(&world, &coordinator).await;
    assert_eq!(row.clear.state, "sent_back");
    let later = case::accept(&world.desk, &coordinator, hours(2), id, 2).await;
    assert!(matches!(later, Err(DeskError::Rule { .. })), "{later:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_answer_is_in_the_journal_once() {
    let world = World::new().await;
    routed(&world, told()).await;
    let (id, _) = only_case(&world, &world.coordinator()).await;
    world.settle(days(3)).await;
    world.settle(days(4)).await;
    let acts = acts(&world, Store::K3, &id.to_string()).await;
    assert_eq!(
        acts.iter().filter(|a| *a == "case.answer.missed").count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisation_does_not_find_the_case() {
    let world = World::new().await;
    let id = own_case(&world, &world.coordinator(), NewCase::default()).await;
    let other = world.actor(world.care_ijsselland, &[Role::CareCoordinator]);
    let read = case::read(&world.desk, &other, start(), id).await;
    assert!(
        matches!(read, Err(DeskError::NotFound { what: "case" })),
        "{read:?}"
    );
    let changed = case::move_to(&world.desk, &other, start(), id, 1, Phase::Intake).await;
    assert!(
        matches!(changed, Err(DeskError::NotFound { what: "case" })),
        "{changed:?}"
    );
    let (page, _) = case::list(&world.desk, &other, &Filter::default(), Order::Due, None)
        .await
        .unwrap();
    assert!(page.rows.is_empty());
    let police = case::read(&world.desk, &world.investigator(), start(), id).await;
    assert!(matches!(
        police,
        Err(DeskError::Forbidden {
            case: UseCase::ReadCase
        })
    ));
}

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

pub fn core(age: Age) -> PersonChange {
    PersonChange::Core(Box::new(Core {
        known_as: KnownAs {
            name: None,
            alias: Some(text("Noa")),
        },
        age,
        sex: Sex::Female,
        nationalities: Vec::new(),
        origin: None,
        languages: vec![LanguageCode::new("nl").unwrap()],
        interpreter: Answer::No,
        residence: Residence::Unknown,
    }))
}

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

pub fn consent(giver: Giver, form: ConsentForm) -> NewConsent {
    NewConsent {
        giver,
        purpose: PurposeCode::new("registration").unwrap(),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::new("COM").unwrap(),
        }],
        data: vec![domain::code::DataCode::new("age").unwrap()],
        given: today(),
        until: None,
        explained: Explained {
            language: LanguageCode::new("nl").unwrap(),
            interpreter: false,
            how: text("met de folder"),
            help_does_not_depend: true,
        },
        form,
        looked: false,
    }
}

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
async fn a_case_ends_with_aftercare_that_comes_back_to_the_list() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let close = |aftercare| CloseInput {
        reason: ClosingReason::HelpDone,
        explanation: text("eigen woning en werk"),
        aftercare,
        looked: false,
    };
    let none = AftercareInput::DoesNotArise;
    let refused = case::close(&world.desk, &coordinator, start(), id, 1, close(none)).await;
    assert!(
        matches!(refused, Err(DeskError::Rule { .. })),
        "{refused:?}"
    );
    let past = AftercareInput::Plan(vec![(date(2026, 1, 1), text("app"))]);
    let refused = case::close(&world.desk, &coordinator, start(), id, 1, close(past)).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let plan = vec![
        (date(2026, 12, 23), text("bellen")),
        (date(2027, 5, 23), text("app")),
    ];
    let plan = close(AftercareInput::Plan(plan));
    case::close(&world.desk, &coordinator, start(), id, 1, plan)
        .await
        .unwrap();
    world.settle("2026-12-23T08:00:00Z".parse().unwrap()).await;
    let dossier = case::read(&world.desk, &coordinator, days(30), id)
        .await
        .unwrap();
    assert_eq!(dossier.file.case.tasks()[0].kind, TaskKind::Aftercare);
    let went = MomentInput::Missed(text("volgende week opnieuw"));
    let seen = dossier.version;
    case::record_aftercare(
        &world.desk,
        &coordinator,
        days(30),
        id,
        seen,
        1,
        went,
        false,
    )
    .await
    .unwrap();
    let dossier = case::read(&world.desk, &coordinator, days(30), id)
        .await
        .unwrap();
    let open: Vec<&str> = dossier
        .file
        .case
        .tasks()
        .iter()
        .filter(|t| t.is_open())
        .map(|t| t.title.as_str())
        .collect();
    assert_eq!(open, ["volgende week opnieuw"]);
    let edit = case::change_person(
        &world.desk,
        &coordinator,
        days(31),
        id,
        1,
        core(Age::Unknown),
        false,
    )
    .await;
    assert!(
        matches!(edit, Err(DeskError::Rule { .. })),
        "closed: {edit:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_done_or_dropped_with_a_reason() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let due = Some(date(2026, 11, 30));
    let task = case::add_task(
        &world.desk,
        &coordinator,
        start(),
        id,
        1,
        TaskKind::General,
        text("huisarts"),
        due,
        false,
    )
    .await
    .unwrap();
    let (_, row) = only_case(&world, &coordinator).await;
    assert_eq!(row.clear.due.map(domain::time::dutch_date), due);
    case::end_task(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        2,
        task,
        TaskEnd::Done,
        false,
    )
    .await
    .unwrap();
    let dropped = TaskEnd::Dropped(text("hoeft niet"));
    let again = case::end_task(
        &world.desk,
        &coordinator,
        hours(1),
        id,
        3,
        task,
        dropped,
        false,
    )
    .await;
    assert!(matches!(again, Err(DeskError::Rule { .. })), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_by_whom_they_are_for() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let id = own_case(&world, &coordinator, NewCase::default()).await;
    let state = |threshold, seen| {
        let (world, coordinator) = (&world, &coordinator);
        async move {
            let why = text("wat zij vertelde");
            case::state_victimhood(
                &world.desk,
                coordinator,
                start(),
                id,
                seen,
                threshold,
                why,
                false,
            )
            .await
        }
    };
    state(Threshold::Detected, 1).await.unwrap();
    let not_theirs = state(Threshold::SlightestIndication, 2).await;
    assert!(
        matches!(not_theirs, Err(DeskError::Rule { .. })),
        "{not_theirs:?}"
    );
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
