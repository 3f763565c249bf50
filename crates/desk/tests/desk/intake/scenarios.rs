//! Stories of the field as an investigating service lives them.

use desk::DeskError;
use desk::disclosure::Payload;
use desk::intake::{self, HandoverInput, MarkInput, PersonInput, Progress, RegisterInput};
use desk::report::{self, Choice, NewContact, RouteInput};
use domain::age::{Age, AgeInYears};
use domain::code::CountryCode;
use domain::intake::{IntakeOutcome, Notice, Obligation};
use domain::minors::Giver;
use domain::person::{Residence, Sex};
use domain::report::{Outcome, PoliceWish, RouteAnswer};
use vault::{Filter, Order, Store};

use super::{
    accepted, blessing, ending, form, found, handing, nla, only, route, sent, told, version,
    with_person,
};
use crate::support::{World, days, hours, text};

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
        ending(IntakeOutcome::Investigation, secret),
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
        looked: false,
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
                attachments: Vec::new(),
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
        attachments: Vec::new(),
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
    let unexplained = HandoverInput {
        why_more: None,
        ..handing(&world)
    };
    let refused = intake::hand_to_care(d, &officer, hours(1), id, person, seen, unexplained).await;
    assert!(
        matches!(&refused, Err(DeskError::Invalid(f)) if f[0].key == "why-more"),
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
    let fact = dossier.people[0].body.handover.as_ref();
    assert!(fact.is_some_and(|fact| fact.why_more.is_some()));
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
