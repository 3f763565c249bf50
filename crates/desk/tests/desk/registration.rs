//! Registrations: received, measured, published as protected tables.

use desk::access::{Role, permit};
use desk::disclosure::{Disclosure, Payload};
use desk::registration::{self, Again, StoredRegistration};
use desk::{Actor, DeskError, UseCase};
use domain::age::AgeInYears;
use domain::code::{CountryCode, FormCode, OrgKind, RegionCode};
use domain::figure::Counted;
use domain::ids::{DisclosureId, RegistrationId};
use domain::person::Sex;
use domain::registration::{ARTICLE_POLICE, AnonymousCount, Basis, Registration, RegistrationData};
use domain::time::YearMonth;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use vault::{Change, Filter, Store};

use crate::support::{World, hours, start};

pub fn data(form: &str, sex: Sex, age: u8) -> RegistrationData {
    RegistrationData {
        form: FormCode::new(form).unwrap(),
        sector: None,
        age: AgeInYears::Exactly { age },
        sex,
        origin: Some(CountryCode::new("RO").unwrap()),
        region: Some(RegionCode::new("RE06").unwrap()),
        reporter: OrgKind::new("POL").unwrap(),
    }
}

pub fn registered(world: &World, data: RegistrationData, detected: Date, on: Date) -> Registration {
    let basis = Basis::LegalDuty {
        article: ARTICLE_POLICE.to_owned(),
    };
    let id = RegistrationId::new(world.desk.vault.new_id(start()));
    Registration::new(id, data, basis, detected, on).unwrap()
}

fn to_registrar(world: &World, actor: &Actor, payload: Payload) -> Disclosure {
    Disclosure {
        id: DisclosureId::new(world.desk.vault.new_id(start())),
        from: Store::K5,
        to: Store::K2,
        org: None,
        by: Some(actor.by(start()).unwrap()),
        at: start(),
        purpose: "registration".to_owned(),
        ground: ARTICLE_POLICE.to_owned(),
        consent: None,
        thread: None,
        subject: None,
        payload,
    }
}

pub async fn send_all(world: &World, actor: &Actor, payloads: Vec<Payload>) {
    let context = permit(actor, UseCase::RegisterFromIntake)
        .unwrap()
        .context(start());
    for payload in payloads {
        let disclosure = to_registrar(world, actor, payload);
        let change = disclosure.send(Change::new(context.clone())).unwrap();
        world.desk.vault.apply(Store::K5, change).await.unwrap();
    }
    world.settle(start()).await;
}

fn registrar(world: &World) -> Actor {
    world.actor(world.coordination, &[Role::Registrar])
}

pub fn boxed(registration: Registration) -> Payload {
    Payload::Registration(Box::new(registration))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_arrives_once_is_listed_without_a_person_and_read_with_a_journal_entry() {
    let world = World::new().await;
    let police = world.investigator();
    let one = registered(
        &world,
        data("SU", Sex::Female, 24),
        date(2026, 3, 2),
        date(2026, 3, 9),
    );
    let id = one.id;
    send_all(&world, &police, vec![boxed(one.clone())]).await;
    world.settle(hours(1)).await;
    let registrar = registrar(&world);
    let (page, counts) = registration::list(&world.desk, &registrar, &Filter::default(), None)
        .await
        .unwrap();
    assert_eq!(counts, [("registered".to_owned(), 1)]);
    let row = &page.rows[0];
    assert_eq!(row.clear.region.as_deref(), Some("RE06"));
    assert_eq!((row.clear.org.as_ref(), row.clear.due), (None, None));
    let summary = row.summary.to_string();
    assert!(
        !summary.contains("24") && !summary.contains("RO"),
        "{summary}"
    );
    let entry = registration::read(&world.desk, &registrar, start(), id)
        .await
        .unwrap();
    assert_eq!(entry.registration, one);
    assert_eq!(entry.by_name.as_deref(), Some("Politie Den Haag"));
    let refused = registration::read(&world.desk, &world.coordinator(), start(), id).await;
    assert!(
        matches!(refused, Err(DeskError::Forbidden { .. })),
        "{refused:?}"
    );
    let unknown = RegistrationId::new(world.desk.vault.new_id(start()));
    let missing = registration::read(&world.desk, &registrar, start(), unknown).await;
    assert!(
        matches!(missing, Err(DeskError::NotFound { .. })),
        "{missing:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn days_from_detection_to_registration_are_measured_per_organisation() {
    let world = World::new().await;
    let police = world.investigator();
    let on = |from, to| boxed(registered(&world, data("SU", Sex::Female, 24), from, to));
    send_all(
        &world,
        &police,
        vec![
            on(date(2026, 3, 2), date(2026, 3, 4)),
            on(date(2026, 3, 2), date(2026, 3, 9)),
            on(date(2026, 3, 2), date(2026, 4, 1)),
        ],
    )
    .await;
    let times = registration::waiting_times(&world.desk, &registrar(&world), start(), 2026)
        .await
        .unwrap();
    assert_eq!(times.len(), 1);
    let police = &times[0];
    assert_eq!(
        (police.median_days, police.longest_days, police.late),
        (7, 30, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_hide_small_cells_and_go_to_the_programme_with_their_definition() {
    let world = World::new().await;
    let police = world.investigator();
    let mut payloads = Vec::new();
    for n in 0..60_u8 {
        let (form, sex) = match n % 3 {
            0 => ("SU", Sex::Female),
            1 => ("AU", Sex::Male),
            _ => ("CU", Sex::Male),
        };
        let on = date(2026, i8::try_from(n % 6).unwrap() + 1, 10);
        payloads.push(boxed(registered(
            &world,
            data(form, sex, 20 + n % 20),
            on,
            on,
        )));
    }
    // Three children: a small cell.
    for _ in 0..3 {
        let on = date(2026, 2, 3);
        payloads.push(boxed(registered(&world, data("CU", Sex::Male, 15), on, on)));
    }
    let month = YearMonth::of(date(2026, 5, 1));
    let count = AnonymousCount {
        form: FormCode::new("SU").unwrap(),
        region: None,
        month,
        reporter: OrgKind::new("ZCO").unwrap(),
    };
    payloads.push(Payload::Count(count));
    // Registered in the period that still runs: not in any figure yet.
    payloads.push(boxed(registered(
        &world,
        data("SU", Sex::Female, 30),
        date(2026, 9, 1),
        date(2026, 9, 2),
    )));
    send_all(&world, &police, payloads).await;

    let registrar = registrar(&world);
    let made = registration::figures(&world.desk, &registrar, start(), 2026, Again::No)
        .await
        .unwrap();
    assert_eq!(made.period, (date(2026, 1, 1), date(2026, 6, 30)));
    assert!(!made.sent.is_empty());
    for figure in &made.sent {
        assert_eq!(
            figure.counted,
            Counted::Aanmeldingen,
            "never persons in the same series"
        );
        assert_eq!(
            (figure.row_count, figure.reference_date),
            (Some(64), date(2026, 6, 30))
        );
        assert!(figure.source.made_up);
        assert!(
            figure.cells.iter().all(|cell| cell.value >= 10),
            "{:?}",
            figure.cells
        );
        assert!(
            figure
                .definition
                .nl
                .contains("Een aanmelding is geen persoon")
        );
    }
    let age = made.sent.iter().find(|f| f.dimensions == ["Leeftijd"]);
    if let Some(age) = age {
        assert!(
            !age.cells.iter().any(|c| c.labels == ["12-17"]),
            "three children stay hidden"
        );
    }

    let running = registration::figures(&world.desk, &registrar, start(), 2027, Again::No).await;
    assert!(
        matches!(running, Err(DeskError::Rule { .. })),
        "{running:?}"
    );
    let other = registration::figures(&world.desk, &police, start(), 2026, Again::No).await;
    assert!(
        matches!(other, Err(DeskError::Forbidden { .. })),
        "{other:?}"
    );
    let at: Timestamp = start();
    let kept = world
        .desk
        .vault
        .load_all::<StoredRegistration>(&[])
        .await
        .unwrap();
    assert_eq!(kept.len(), 64, "{at}");
}
