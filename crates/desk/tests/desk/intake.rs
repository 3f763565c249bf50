//! Intakes of investigating services: from a routed report to an outcome that the desk hears.

use desk::disclosure::{Disclosure, Payload};
use desk::intake::{
    self, AssessInput, HandoverInput, MarkInput, OwnInput, PersonInput, Progress, RegisterInput,
};
use desk::report::{self, AcuteInput, Choice, NewContact, NewReport, RouteInput};
use desk::{Actor, DeskError, Role, UseCase};
use domain::Answer;
use domain::age::{Age, AgeInYears};
use domain::code::{CountryCode, DataCode, FormCode, LanguageCode, MunicipalityCode};
use domain::consent::ConsentForm;
use domain::handover;
use domain::ids::{IntakeId, OrgId, PersonId, ReportId};
use domain::intake::{Finding, IntakeOutcome, Notice, Obligation, Stay};
use domain::minors::{Authority, Giver};
use domain::person::{ContactRules, Residence, Sex};
use domain::report::{Channel, Outcome, PoliceWish, ReportContent, ReporterKind, RouteAnswer};
use vault::{Filter, Kind, Order, Store, Stored};

use crate::support::{World, days, hours, start, text};

pub fn form(code: &str) -> FormCode {
    FormCode::new(code).unwrap()
}

fn told(words: &str, forms: &[&str], place: &str) -> ReportContent {
    let nl = LanguageCode::new("ro").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    content.story = Some(text(words));
    content.forms = forms.iter().map(|f| form(f)).collect();
    content.municipality = Some(MunicipalityCode::new(place).unwrap());
    content
}

/// A report that the desk accepted: everything but routed.
async fn accepted(world: &World, content: ReportContent, contact: Option<NewContact>) -> ReportId {
    let new = NewReport { content, contact };
    let id = report::submit(&world.desk, start(), None, new)
        .await
        .unwrap()
        .id;
    let worker = world.signal_desk();
    let acute = AcuteInput {
        answer: Answer::No,
        because: text("rustig"),
        call: None,
    };
    report::answer_acute(&world.desk, &worker, hours(1), id, 1, acute)
        .await
        .unwrap();
    report::accept(&world.desk, &worker, hours(1), id, 2)
        .await
        .unwrap();
    id
}

/// Sends an accepted report by a rule and lets it arrive.
async fn route(world: &World, id: ReportId, rule: &str, org: OrgId) {
    let choices = vec![Choice {
        rule: Some(rule.to_owned()),
        org,
        because: None,
    }];
    let input = RouteInput {
        choices,
        minor_in_serious_danger: false,
    };
    report::route(&world.desk, &world.signal_desk(), hours(2), id, 3, input)
        .await
        .unwrap();
    world.settle(hours(2)).await;
}

/// The only intake of a service.
async fn only(world: &World, actor: &Actor) -> IntakeId {
    let page = intake::list(&world.desk, actor, &Filter::default(), Order::Due, None)
        .await
        .unwrap()
        .0;
    assert_eq!(page.rows.len(), 1, "one intake expected");
    page.rows[0].id.parse().unwrap()
}

/// An intake that a service opened itself.
pub async fn opened(world: &World, actor: &Actor, forms: &[&str]) -> IntakeId {
    let input = OwnInput {
        story: text("aangetroffen bij een controle"),
        municipality: Some(MunicipalityCode::new("GM0193").unwrap()),
        forms: forms.iter().map(|f| form(f)).collect(),
        found: start().to_zoned(domain::time::amsterdam()).date(),
    };
    intake::open(&world.desk, actor, start(), input)
        .await
        .unwrap()
}

pub fn blessing() -> PersonInput {
    PersonInput {
        name: Some(text("Blessing")),
        alias: None,
        age: Age::estimated(22, 24, "2026-11-23".parse().unwrap()).unwrap(),
        sex: Sex::Female,
        origin: Some(CountryCode::new("NG").unwrap()),
        residence: Residence::Dublin,
        languages: vec![LanguageCode::new("en").unwrap()],
        interpreter: Answer::Yes,
        forms: vec![form("SU")],
        municipality: Some(MunicipalityCode::new("GM0193").unwrap()),
        detected: "2026-11-23".parse().unwrap(),
        parent_suspected: false,
        authority: Authority::Unknown,
        contact: ContactRules {
            safe_channel: Some(text("via de opvang")),
            ..ContactRules::default()
        },
        phone_safe: Answer::No,
        avoid: None,
        needs: Some(text("rust")),
    }
}

pub fn found(indication: bool, leads: bool, forms: &[&str]) -> AssessInput {
    let finding = |yes| Finding {
        yes,
        reason: text("daarom"),
    };
    AssessInput {
        slightest_indication: finding(indication),
        enough_leads: finding(leads),
        forms: forms.iter().map(|f| form(f)).collect(),
        minor: false,
        stay: Stay::Unknown,
    }
}

/// The disclosures of a payload that a store sent, oldest first.
pub async fn sent(world: &World, from: Store, payload: &str) -> Vec<Disclosure> {
    let kind = Kind {
        store: from,
        ..Disclosure::KIND
    };
    let filter = Filter {
        states: vec![payload.to_owned()],
        ..Filter::default()
    };
    let page = world
        .desk
        .vault
        .list(&kind, &filter, Order::Due, None, 100)
        .await
        .unwrap();
    let mut out = Vec::new();
    for row in page.rows {
        out.push(
            world
                .desk
                .vault
                .load_in::<Disclosure>(from, &row.id)
                .await
                .unwrap()
                .body,
        );
    }
    out
}

pub async fn version(world: &World, actor: &Actor, id: IntakeId) -> i64 {
    intake::read(&world.desk, actor, start(), id)
        .await
        .unwrap()
        .version
}

/// An own intake with one person and the slightest indication.
pub async fn with_person(
    world: &World,
    actor: &Actor,
    person: PersonInput,
    forms: &[&str],
) -> (IntakeId, PersonId) {
    let id = opened(world, actor, forms).await;
    let who = intake::add_person(&world.desk, actor, start(), id, 1, person)
        .await
        .unwrap();
    let seen = version(world, actor, id).await;
    intake::assess(
        &world.desk,
        actor,
        start(),
        id,
        seen,
        found(true, true, forms),
    )
    .await
    .unwrap();
    (id, who)
}

fn nla(world: &World) -> Actor {
    world.actor(world.nla, &[Role::Investigator])
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_ilinca_reaches_the_labour_authority_without_the_colleague_who_told() {
    let world = World::new().await;
    let contact = NewContact {
        name: Some(text("Radu de collega")),
        channel: Some(text("+31 6 1234 5678")),
        code_word: Some(text("tulp")),
        ..NewContact::default()
    };
    let content = told(
        "paspoort afgepakt, acht mensen in een schuur",
        &["AU"],
        "GM1783",
    );
    let report = accepted(&world, content, Some(contact)).await;
    route(&world, report, "labour-nla", world.nla).await;
    let officer = nla(&world);
    let id = only(&world, &officer).await;
    let dossier = intake::read(&world.desk, &officer, hours(3), id)
        .await
        .unwrap();
    let all = serde_json::to_string(&dossier.file).unwrap();
    for trace in ["Radu", "1234 5678", "tulp", &report.to_string()] {
        assert!(!all.contains(trace), "{trace} reached the service");
    }
    assert!(all.contains("paspoort afgepakt"));

    // Taken on: the desk hears it. Nothing can be assessed before.
    let early = intake::assess(
        &world.desk,
        &officer,
        hours(3),
        id,
        1,
        found(true, true, &["AU"]),
    )
    .await;
    assert!(
        matches!(early, Err(DeskError::Rule { ref key, .. }) if key == "intake-not-taken-on"),
        "{early:?}"
    );
    intake::take_on(&world.desk, &officer, hours(3), id, 1)
        .await
        .unwrap();
    let twice = intake::take_on(&world.desk, &officer, hours(3), id, 1).await;
    assert!(matches!(twice, Err(DeskError::Conflict)), "{twice:?}");
    world.settle(hours(3)).await;
    let seen = report::read(&world.desk, &world.signal_desk(), hours(4), report)
        .await
        .unwrap();
    assert!(matches!(
        seen.report.decisions()[0].answer,
        RouteAnswer::Accepted { .. }
    ));

    // Ilinca is a citizen of the EU: the question is shown, to be decided by police or IND.
    let ilinca = PersonInput {
        residence: Residence::Eu,
        age: Age::certain("1997-03-01".parse().unwrap(), "2026-11-23".parse().unwrap()).unwrap(),
        origin: Some(CountryCode::new("RO").unwrap()),
        forms: vec![form("AU")],
        ..blessing()
    };
    let person = intake::add_person(&world.desk, &officer, hours(4), id, 2, ilinca)
        .await
        .unwrap();
    let seen = version(&world, &officer, id).await;
    intake::assess(
        &world.desk,
        &officer,
        hours(4),
        id,
        seen,
        found(true, true, &["AU"]),
    )
    .await
    .unwrap();
    let dossier = intake::read(&world.desk, &officer, hours(4), id)
        .await
        .unwrap();
    assert_eq!(dossier.people[0].notices, [Notice::EuOtherConditions]);
    let owed: Vec<Obligation> = dossier.owed.iter().map(|o| o.obligation).collect();
    assert!(owed.contains(&Obligation::DecideReflection) && owed.contains(&Obligation::Register));

    // Registered without consent: what goes holds no name, no day of birth and no story.
    let register = RegisterInput { form: form("AU") };
    let view = &dossier.people[0];
    intake::register(
        &world.desk,
        &officer,
        days(3),
        id,
        person,
        view.version,
        register.clone(),
    )
    .await
    .unwrap();
    let registrations = sent(&world, Store::K5, "registration").await;
    let [sent_one] = registrations.as_slice() else {
        panic!("{registrations:?}")
    };
    let Payload::Registration(registration) = &sent_one.payload else {
        panic!()
    };
    assert_eq!(registration.data.age, AgeInYears::Exactly { age: 29 });
    assert_eq!(registration.data.reporter.as_str(), "NLA");
    assert_eq!(registration.days_from_detection(), 3);
    assert!(sent_one.consent.is_none() && sent_one.ground.contains("opsporingsdiensten"));
    let json = serde_json::to_string(&sent_one.payload).unwrap();
    assert!(!json.contains("Blessing") && !json.contains("1997") && !json.contains("schuur"));
    // Once a person.
    let seen = intake::read(&world.desk, &officer, days(3), id)
        .await
        .unwrap()
        .people[0]
        .version;
    let again = intake::register(&world.desk, &officer, days(4), id, person, seen, register).await;
    assert!(
        matches!(again, Err(DeskError::Rule { ref key, .. }) if key == "registration-done"),
        "{again:?}"
    );

    // The end: the desk hears the outcome, not the reason.
    let seen = version(&world, &officer, id).await;
    let secret = text("observatie loopt in de kas");
    intake::close(
        &world.desk,
        &officer,
        days(5),
        id,
        seen,
        IntakeOutcome::Investigation,
        secret,
    )
    .await
    .unwrap();
    world.settle(days(5)).await;
    let seen = report::read(&world.desk, &world.signal_desk(), days(5), report)
        .await
        .unwrap();
    assert_eq!(seen.report.decisions()[0].outcome, Some(Outcome::TakenUp));
    assert!(
        !serde_json::to_string(&seen.report)
            .unwrap()
            .contains("observatie")
    );
}

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
        intake::send_back(d, &other, now, id, seen, text("x"))
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
        intake::close(d, &other, now, id, seen, IntakeOutcome::Joined, text("x"))
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
async fn s3_daan_is_a_possible_victim_besides_whatever_else_he_is() {
    let world = World::new().await;
    let officer = world.investigator();
    let daan = PersonInput {
        name: Some(text("Daan")),
        age: Age::certain("2011-05-01".parse().unwrap(), "2026-11-23".parse().unwrap()).unwrap(),
        sex: Sex::Male,
        origin: Some(CountryCode::new("NL").unwrap()),
        residence: Residence::Dutch,
        forms: vec![form("CU-UITHALER")],
        ..blessing()
    };
    let (id, person) = with_person(&world, &officer, daan, &["CU"]).await;
    let dossier = intake::read(&world.desk, &officer, hours(1), id)
        .await
        .unwrap();
    assert_eq!(
        dossier.people[0].notices,
        [
            Notice::MeansNotNeeded,
            Notice::NoHaltByRoutine,
            Notice::ParentsInformedUnlessUnsafe
        ]
    );
    let for_him: Vec<Obligation> = dossier
        .owed
        .iter()
        .filter(|o| o.person == Some(person))
        .map(|o| o.obligation)
        .collect();
    assert_eq!(
        for_him,
        [
            Obligation::Register,
            Obligation::InformVictim,
            Obligation::NonPunishmentQuestion,
            Obligation::ChildProtection
        ]
    );
    // Whoever assesses cannot make a minor of fifteen an adult by not ticking the box.
    assert!(dossier.file.intake.assessment().unwrap().minor);

    // What was done outside is marked, with how; what shows from the file cannot be.
    let mark = |obligation, person| MarkInput {
        obligation,
        person,
        note: text("gebeld met de jeugdofficier"),
    };
    let question = Obligation::NonPunishmentQuestion;
    intake::mark(
        &world.desk,
        &officer,
        hours(1),
        id,
        dossier.version,
        mark(question, Some(person)),
    )
    .await
    .unwrap();
    let seen = version(&world, &officer, id).await;
    let lie = intake::mark(
        &world.desk,
        &officer,
        hours(1),
        id,
        seen,
        mark(Obligation::Register, Some(person)),
    )
    .await;
    assert!(
        matches!(lie, Err(DeskError::Rule { ref key, .. }) if key == "intake-not-owed"),
        "{lie:?}"
    );
    let dossier = intake::read(&world.desk, &officer, hours(1), id)
        .await
        .unwrap();
    let done = dossier
        .owed
        .iter()
        .find(|o| o.obligation == question)
        .unwrap();
    assert!(
        matches!(&done.progress, Progress::Marked(m) if m.note.as_str().contains("jeugdofficier"))
    );

    // He is registered as what he is: criminal exploitation, with the sub-form as sector.
    let register = RegisterInput {
        form: form("CU-UITHALER"),
    };
    let seen = dossier.people[0].version;
    intake::register(&world.desk, &officer, hours(2), id, person, seen, register)
        .await
        .unwrap();
    let registrations = sent(&world, Store::K5, "registration").await;
    let Payload::Registration(registration) = &registrations[0].payload else {
        panic!()
    };
    assert_eq!(registration.data.form.as_str(), "CU");
    assert_eq!(registration.data.sector, Some(form("CU-UITHALER")));
    // Care gets nothing by itself.
    assert!(sent(&world, Store::K5, "to_care").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_nothing_of_karima_reaches_the_police() {
    let world = World::new().await;
    let mut content = told("zij werkt in een huishouden", &["AU"], "GM0518");
    content.police = PoliceWish::HelpWithoutPolice;
    let report = accepted(&world, content, None).await;
    for (rule, org) in [
        ("labour-nla", world.nla),
        ("crime-police", world.police_den_haag),
    ] {
        for because in [None, Some(text("toch maar"))] {
            let choices = vec![Choice {
                rule: Some(rule.to_owned()),
                org,
                because,
            }];
            let input = RouteInput {
                choices,
                minor_in_serious_danger: false,
            };
            let refused = report::route(
                &world.desk,
                &world.signal_desk(),
                hours(2),
                report,
                3,
                input,
            )
            .await;
            assert!(
                matches!(refused, Err(DeskError::Rule { .. })),
                "{refused:?}"
            );
        }
    }
    let by_hand = vec![Choice {
        rule: None,
        org: world.police_den_haag,
        because: Some(text("toch")),
    }];
    let input = RouteInput {
        choices: by_hand,
        minor_in_serious_danger: false,
    };
    let refused = report::route(
        &world.desk,
        &world.signal_desk(),
        hours(2),
        report,
        3,
        input,
    )
    .await;
    assert!(
        matches!(refused, Err(DeskError::Rule { .. })),
        "{refused:?}"
    );
    world.settle(hours(3)).await;
    for officer in [nla(&world), world.investigator()] {
        let page = intake::list(&world.desk, &officer, &Filter::default(), Order::Due, None)
            .await
            .unwrap()
            .0;
        assert!(page.rows.is_empty());
    }
    let page = report::read(&world.desk, &world.signal_desk(), hours(3), report)
        .await
        .unwrap();
    assert!(!page.routing.withheld.is_empty(), "the reason is shown");
}

pub fn handing(world: &World) -> HandoverInput {
    let data = handover::ALWAYS
        .iter()
        .chain(["contact", "care_needs"].iter());
    HandoverInput {
        to: world.care_ijsselland,
        giver: Giver::Person,
        data: data.map(|d| DataCode::new(*d).unwrap()).collect(),
        language: LanguageCode::new("en").unwrap(),
        interpreter: true,
        how: text("met tolk besproken"),
        help_does_not_depend: true,
        form: ConsentForm::Written,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s2_blessing_is_handed_over_with_what_she_consents_to_and_nothing_else() {
    let world = World::new().await;
    let officer = world.investigator();
    let (id, person) = with_person(&world, &officer, blessing(), &["SU"]).await;
    let seen = intake::read(&world.desk, &officer, hours(1), id)
        .await
        .unwrap()
        .people[0]
        .version;
    let d = &world.desk;

    let to_police = HandoverInput {
        to: world.kmar,
        ..handing(&world)
    };
    let refused = intake::hand_to_care(d, &officer, hours(1), id, person, seen, to_police).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == "not-care"),
        "{refused:?}"
    );
    let unfree = HandoverInput {
        help_does_not_depend: false,
        ..handing(&world)
    };
    let refused = intake::hand_to_care(d, &officer, hours(1), id, person, seen, unfree).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == "not-free"),
        "{refused:?}"
    );
    let parents = HandoverInput {
        giver: Giver::Parents,
        ..handing(&world)
    };
    let refused = intake::hand_to_care(d, &officer, hours(1), id, person, seen, parents).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == "of-age"),
        "{refused:?}"
    );
    let bare = HandoverInput {
        data: vec![],
        ..handing(&world)
    };
    let refused = intake::hand_to_care(d, &officer, hours(1), id, person, seen, bare).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == "minimum"),
        "{refused:?}"
    );

    intake::hand_to_care(d, &officer, hours(1), id, person, seen, handing(&world))
        .await
        .unwrap();
    let handed = sent(&world, Store::K5, "to_care").await;
    let [one] = handed.as_slice() else {
        panic!("{handed:?}")
    };
    let Payload::ToCare(what) = &one.payload else {
        panic!()
    };
    // She kept her name back; care gets another pseudonym.
    assert!(what.person.known_as.name.is_none() && what.person.id != person);
    assert_eq!(what.person.needs, [text("rust")]);
    assert!(what.person.exploitation.forms.is_empty());
    let json = serde_json::to_string(&one.payload).unwrap();
    assert!(!json.contains("Blessing") && !json.contains("controle"));
    assert_eq!((one.to, one.org), (Store::K3, Some(world.care_ijsselland)));
    let dossier = intake::read(d, &officer, hours(1), id).await.unwrap();
    assert_eq!(
        dossier.people[0].consent.as_ref().unwrap().consent.id,
        one.consent.unwrap()
    );
    let again = intake::hand_to_care(
        d,
        &officer,
        hours(1),
        id,
        person,
        dossier.people[0].version,
        handing(&world),
    )
    .await;
    assert!(
        matches!(again, Err(DeskError::Rule { ref key, .. }) if key == "handover-done"),
        "{again:?}"
    );
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
