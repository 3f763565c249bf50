//! Oversight: what was disclosed, kept, destroyed, breached; never content, never a person, never by anybody but the auditor and the data protection officer.

use desk::access::Role;
use desk::accounts::{self, NewAccount};
use desk::registers::{self, Asked, Decision, NewBreach, Search};
use desk::{Actor, DeskError, case, erasure};
use domain::breach::Notice;
use domain::time::dutch_date;
use domain::vocabulary::Lang;
use vault::Store;

use crate::case::own_case;
use crate::erasure::known;
use crate::support::{World, days, hours, start, text};

fn auditor(world: &World) -> Actor {
    world.actor(world.programme, &[Role::Auditor])
}

fn of(from: Store) -> Asked {
    Asked {
        from,
        to: None,
        what: None,
        since: None,
        until: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_of_disclosures_tells_where_why_and_on_which_ground_and_nothing_of_a_person() {
    let world = World::new().await;
    known(&world).await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    let sent = registers::disclosures(desk, &auditor, days(1), &of(Store::K5))
        .await
        .unwrap();
    let care = sent.rows.iter().find(|row| row.what == "to_care").unwrap();
    assert_eq!(care.summary.to, Store::K3);
    assert_eq!(care.summary.ground, "Wpg 19; toestemming");
    assert_eq!(care.org, Some(world.care_ijsselland));
    assert_eq!(care.summary.by, Some(world.nla));
    assert!(care.arrived && !sent.more);
    let shown = format!("{sent:?}");
    for telling in ["Blessing", "dag en nacht", "brief"] {
        assert!(!shown.contains(telling), "{telling}");
    }
    let narrowed = Asked {
        to: Some(Store::K2),
        ..of(Store::K5)
    };
    let narrowed = registers::disclosures(desk, &auditor, days(1), &narrowed)
        .await
        .unwrap();
    assert!(!narrowed.rows.is_empty());
    assert!(narrowed.rows.iter().all(|row| row.summary.to == Store::K2));
    let later = Asked {
        since: Some(dutch_date(days(3))),
        ..of(Store::K5)
    };
    let later = registers::disclosures(desk, &auditor, days(4), &later)
        .await
        .unwrap();
    assert!(later.rows.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_auditor_sees_the_registers() {
    let world = World::new().await;
    let desk = &world.desk;
    for actor in [world.coordinator(), world.investigator(), Actor::Public] {
        let disclosures = registers::disclosures(desk, &actor, start(), &of(Store::K3)).await;
        assert!(matches!(disclosures, Err(DeskError::Forbidden { .. })));
        let facts = registers::facts(desk, &actor, start()).await;
        assert!(matches!(facts, Err(DeskError::Forbidden { .. })));
        let kept = registers::retention(desk, &actor, start(), Store::K3).await;
        assert!(matches!(kept, Err(DeskError::Forbidden { .. })));
        let breaches = registers::breaches(desk, &actor).await;
        assert!(matches!(breaches, Err(DeskError::Forbidden { .. })));
        let year = registers::year(desk, &actor, start(), 2026).await;
        assert!(matches!(year, Err(DeskError::Forbidden { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_of_processing_and_the_facts_come_from_the_tables_in_force() {
    let world = World::new().await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    let register = registers::register(desk, &auditor, start(), Lang::Nl)
        .await
        .unwrap();
    for rule in desk::access::RULES {
        let code = desk::logboek::activity_code(rule.name);
        assert!(
            register.activities.iter().any(|a| a.code == code),
            "{code} is in no register"
        );
    }
    assert!(!register.sharing.is_empty());
    let facts = registers::facts(desk, &auditor, start()).await.unwrap();
    assert_eq!(facts.stores.len(), Store::ALL.len());
    let k5 = facts.stores.iter().find(|s| s.store == "k5").unwrap();
    assert!(k5.roles.contains_key("investigator"));
    assert!(!k5.roles.contains_key("care_coordinator"), "{:?}", k5.roles);
    assert!(facts.made_up);
    assert!(facts.undecided.iter().any(|c| c == "retention_opinion"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_destroyed_stands_in_the_register_with_its_ground() {
    let world = World::new().await;
    let coordinator = world.coordinator();
    let desk = &world.desk;
    let case = own_case(&world, &coordinator, case::NewCase::default()).await;
    let plan = erasure::plan(desk, Store::K3, &case.to_string(), false)
        .await
        .unwrap();
    erasure::erase(desk, hours(1), "AVG 17(1)(b)", &plan)
        .await
        .unwrap();
    let kept = registers::retention(desk, &auditor(&world), hours(2), Store::K3)
        .await
        .unwrap();
    assert_eq!(kept.destroyed.len(), 1);
    assert_eq!(kept.destroyed[0].ground, "AVG 17(1)(b)");
    assert!(kept.destroyed[0].records >= 2, "case and person");
    assert!(kept.terms.iter().any(|t| t.code == "retention_care_file"));
    let other = registers::retention(desk, &auditor(&world), hours(2), Store::K1)
        .await
        .unwrap();
    assert!(other.destroyed.is_empty(), "one compartment at a time");
}

fn search(account: Option<String>, record: Option<String>) -> Search {
    Search {
        store: Store::K3,
        account,
        record,
        from: dutch_date(start()),
        until: dutch_date(days(1)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_tells_which_matters_and_which_fields_an_account_saw() {
    let world = World::new().await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    let (careless, other) = (world.coordinator(), world.colleague());
    let seen = own_case(&world, &careless, case::NewCase::default()).await;
    let unseen = own_case(&world, &other, case::NewCase::default()).await;
    case::read(desk, &careless, hours(2), seen).await.unwrap();
    let user = careless.person().unwrap().user.to_string();
    let ask = search(Some(user.clone()), None);
    let found = registers::search(desk, &auditor, hours(3), &ask)
        .await
        .unwrap();
    assert_eq!(found.total, 1);
    assert_eq!(found.matters[0].record, seen.to_string());
    assert!(found.matters[0].kinds.contains("person"), "{found:?}");
    assert!(found.fields.contains("all"));
    let of_record = search(None, Some(unseen.to_string()));
    let found = registers::search(desk, &auditor, hours(3), &of_record)
        .await
        .unwrap();
    assert!(!found.matters[0].accounts.contains(&user));
    let tomorrow = Search {
        from: dutch_date(days(1)),
        ..ask
    };
    let found = registers::search(desk, &auditor, days(2), &tomorrow)
        .await
        .unwrap();
    assert_eq!(found.total, 0, "only the days that were asked for");
    let nothing = registers::search(desk, &auditor, hours(3), &search(None, None)).await;
    assert!(matches!(nothing, Err(DeskError::Invalid(_))), "{nothing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_has_72_hours_and_keeps_what_the_journal_told() {
    let world = World::new().await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    let coordinator = world.coordinator();
    own_case(&world, &coordinator, case::NewCase::default()).await;
    let user = coordinator.person().unwrap().user.to_string();
    let new = NewBreach {
        known: hours(1),
        what: text("een scherm bleef open"),
        search: Some(search(Some(user), None)),
    };
    let id = registers::record(desk, &auditor, hours(2), new)
        .await
        .unwrap();
    let view = registers::read_breach(desk, &auditor, hours(2), id)
        .await
        .unwrap();
    assert_eq!(view.breach.due, hours(73));
    assert_eq!(view.breach.scope.matters, 1);
    let late = registers::decide(desk, &auditor, hours(74), id, 1, Decision::Notified(None)).await;
    assert!(
        matches!(&late, Err(DeskError::Invalid(f)) if f[0].field == "late"),
        "{late:?}"
    );
    registers::decide(desk, &auditor, hours(72), id, 1, Decision::Notified(None))
        .await
        .unwrap();
    let (rows, _) = registers::breaches(desk, &auditor).await.unwrap();
    assert_eq!((rows[0].notified, rows[0].due), (Some(true), None));
    let (why, done) = (text("geen risico"), text("scherm gaat op slot"));
    registers::close(desk, &auditor, days(4), id, 2, false, why, done)
        .await
        .unwrap();
    let view = registers::read_breach(desk, &auditor, days(4), id)
        .await
        .unwrap();
    assert!(matches!(
        view.breach.notice(),
        Some(Notice::Notified { late: None, .. })
    ));
    assert_eq!(view.breach.state_name(), "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn yearly_figures_hide_what_is_under_ten() {
    let world = World::new().await;
    let (desk, auditor) = (&world.desk, auditor(&world));
    let coordinator = world.coordinator();
    for _ in 0..3 {
        let case = own_case(&world, &coordinator, case::NewCase::default()).await;
        let right = domain::request::Right::Access;
        desk::request::enter(desk, &coordinator, start(), case, right, None, false)
            .await
            .unwrap();
    }
    let tables = registers::year(desk, &auditor, start(), 2026)
        .await
        .unwrap();
    let requests = tables.iter().find(|t| t.name == "requests").unwrap();
    let told = requests.rows.iter().filter_map(|(_, n)| *n);
    assert!(told.into_iter().all(|n| n == 0), "{requests:?}");
    for _ in 0..30 {
        let case = own_case(&world, &coordinator, case::NewCase::default()).await;
        let right = domain::request::Right::Access;
        desk::request::enter(desk, &coordinator, start(), case, right, None, false)
            .await
            .unwrap();
    }
    let tables = registers::year(desk, &auditor, start(), 2026)
        .await
        .unwrap();
    let requests = tables.iter().find(|t| t.name == "requests").unwrap();
    let total = requests
        .rows
        .iter()
        .find(|(codes, _)| codes.iter().all(String::is_empty));
    assert_eq!(total.unwrap().1, Some(33));
    let small = requests.rows.iter().filter_map(|(_, n)| *n);
    assert!(small.into_iter().all(|n| n == 0 || n >= 10), "{requests:?}");
    let ahead = registers::year(desk, &auditor, start(), 2027).await;
    assert!(matches!(ahead, Err(DeskError::Invalid(_))));
}

/// The officer reads what she judges and nothing of it is her own work (AVG 38 and 39).
#[tokio::test]
async fn a_data_protection_officer_has_no_task_that_she_would_judge() {
    let world = World::new().await;
    let new = |user_name: &str, roles: Vec<Role>| NewAccount {
        name: "Naam".to_owned(),
        user_name: user_name.to_owned(),
        org: world.programme,
        roles,
        password: "een lang wachtwoord".to_owned().into(),
    };
    for other in Role::STAFF {
        let fits = matches!(other, Role::Auditor | Role::PrivacyOfficer);
        let pairs = [[Role::PrivacyOfficer, other], [other, Role::PrivacyOfficer]];
        for (nth, roles) in pairs.into_iter().enumerate() {
            let name = format!("fg.{}.{nth}", other.code());
            let made = accounts::add(
                &world.desk,
                &Actor::System,
                start(),
                new(&name, roles.into()),
            )
            .await;
            match made {
                Ok(_) => assert!(fits, "{other:?}"),
                Err(DeskError::Invalid(found)) => {
                    assert!(!fits && found[0].field == "roles", "{other:?}: {found:?}");
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    let officer = world.actor(world.programme, &[Role::PrivacyOfficer]);
    let may = |case| desk::access::permit(&officer, case).is_ok();
    let reads: Vec<&str> = desk::access::RULES
        .iter()
        .filter(|rule| may(rule.case))
        .map(|rule| rule.name)
        .collect();
    assert_eq!(
        reads,
        [
            "account.own",
            "journal.read",
            "oversight.decisions",
            "sharing.ask",
            "registers.read",
            "registers.disclosures",
            "registers.retention",
            "breach.search",
            "breach.keep",
        ]
    );
}
