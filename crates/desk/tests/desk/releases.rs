//! Figures beside figures: the year after its half, a period again, two at once. What was told stands, and no difference is small.

use desk::disclosure::Payload;
use desk::measures;
use desk::registration::{self, Again, Made, WhyWithheld};
use desk::{Actor, DeskError, Role};
use domain::age::AgeInYears;
use domain::code::{FormCode, OrgKind};
use domain::figure::Figure;
use domain::person::Sex;
use domain::registration::AnonymousCount;
use domain::time::YearMonth;
use jiff::Timestamp;
use jiff::civil::date;

use crate::registration::{boxed, data, registered, send_all};
use crate::support::{World, days, start};

/// So many of one form, sex and month, from an age on.
async fn came(world: &World, many: &[(&str, Sex, i8, u8, u8)]) {
    let police = world.investigator();
    let mut payloads = Vec::new();
    for (form, sex, month, n, youngest) in many {
        let on = date(2026, *month, 10);
        for age in 0..*n {
            payloads.push(boxed(registered(
                world,
                data(form, *sex, youngest + age % 40),
                on,
                on,
            )));
        }
    }
    send_all(world, &police, payloads).await;
}

/// Every month of the first half twelve women and five men.
async fn first_half(world: &World) {
    let months =
        (1..=6).flat_map(|m| [("SU", Sex::Female, m, 12, 20), ("AU", Sex::Male, m, 5, 20)]);
    came(world, &months.collect::<Vec<_>>()).await;
}

fn registrar(world: &World) -> Actor {
    world.actor(world.coordination, &[Role::Registrar])
}

async fn made(world: &World, now: Timestamp, again: Again) -> Made {
    let registrar = registrar(world);
    registration::figures(&world.desk, &registrar, now, 2026, again)
        .await
        .unwrap()
}

/// The year is over in January.
fn january() -> Timestamp {
    days(60)
}

fn value(figures: &[Figure], dimension: &str, labels: &[&str]) -> Option<u64> {
    let figure = figures
        .iter()
        .find(|f| f.dimensions[0] == dimension)
        .unwrap();
    let cell = figure.cells.iter().find(|cell| cell.labels == labels)?;
    Some(cell.value)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_does_not_give_the_second_half_away() {
    let world = World::new().await;
    first_half(&world).await;
    let half = made(&world, start(), Again::No).await;
    assert_eq!(half.period.1, date(2026, 6, 30));
    assert_eq!(half.nothing, None);
    let month = |made: &Made, month: &str| value(&made.sent, "Maand", &[month]);
    assert_eq!(month(&half, "2026-02"), Some(17));
    // Three young women in the second half, and many older men.
    let mut second: Vec<_> = (7..=12).map(|m| ("AU", Sex::Male, m, 20, 30)).collect();
    second.push(("SU", Sex::Female, 8, 3, 20));
    came(&world, &second).await;
    let year = made(&world, january(), Again::No).await;
    assert_eq!(year.period.1, date(2026, 12, 31));
    assert!(year.sent.iter().all(|figure| figure.row_count == Some(225)));
    let young = |made: &Made| value(&made.sent, "Leeftijd", &["18-22"]);
    assert_eq!(young(&half), Some(36));
    assert_eq!(young(&year), None, "39 less 36 are three");
    // The early months say what they said.
    assert_eq!(month(&year, "2026-02"), Some(17));
    let months = (7..=12).filter_map(|m| month(&year, &format!("2026-{m:02}")));
    let told = months.count();
    assert!(told < 6, "else the year less its months is what came late");
    assert!(told >= 4, "and most months are told: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_is_published_once_and_counted_again_only_as_a_revision() {
    let world = World::new().await;
    first_half(&world).await;
    let first = made(&world, start(), Again::No).await;
    assert!(!first.sent.is_empty());

    // One comes late. The same request gives nothing new, and a revision says why not.
    came(&world, &[("SU", Sex::Female, 3, 1, 20)]).await;
    let second = made(&world, days(1), Again::No).await;
    assert_eq!(second.before, Some(date(2026, 11, 23)));
    assert!(second.sent.is_empty());
    let revised = made(&world, days(1), Again::Revise).await;
    let beside = registration::Span {
        first: date(2026, 1, 1),
        last: date(2026, 6, 30),
    };
    let few = WhyWithheld::SmallChange { beside };
    assert_eq!(revised.nothing, Some(few));
    assert!(revised.sent.is_empty());

    // Twenty more: what changed much can be told again, under a title of its own.
    came(&world, &[("AU", Sex::Male, 3, 20, 20)]).await;
    let revised = made(&world, days(2), Again::Revise).await;
    assert_eq!(revised.nothing, None);
    let month = |month: &str| value(&revised.sent, "Maand", &[month]);
    assert_eq!(month("Totaal"), Some(123));
    assert_eq!(month("2026-02"), Some(17), "as it was first told");
    for figure in &revised.sent {
        assert!(figure.title.nl.ends_with("herziening 1"));
        assert!(figure.title.en.ends_with("revision 1"));
    }

    // The ledger shows what was made and what was not.
    let releases = registration::releases(&world.desk, &registrar(&world))
        .await
        .unwrap();
    let told: Vec<_> = releases
        .iter()
        .map(|r| (r.on, r.withheld.is_some()))
        .collect();
    assert_eq!(
        told,
        [(date(2026, 11, 25), false), (date(2026, 11, 23), false)]
    );
    let other = registration::releases(&world.desk, &world.investigator()).await;
    assert!(
        matches!(other, Err(DeskError::Forbidden { .. })),
        "{other:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_are_withheld_with_the_reason_and_may_be_told_later() {
    let world = World::new().await;
    came(&world, &[("SU", Sex::Female, 2, 9, 20)]).await;
    let few = made(&world, start(), Again::No).await;
    assert_eq!(few.nothing, Some(WhyWithheld::FewRecords));
    let releases = registration::releases(&world.desk, &registrar(&world))
        .await
        .unwrap();
    assert_eq!(releases[0].withheld, Some(WhyWithheld::FewRecords));
    // More came late over the same half-year: nothing was told of it, so it can be.
    came(&world, &[("SU", Sex::Female, 2, 30, 20)]).await;
    let more = made(&world, days(1), Again::No).await;
    assert_eq!(more.nothing, None);
    assert_eq!(value(&more.sent, "Maand", &["Totaal"]), Some(39));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_cannot_pass_each_other() {
    let world = World::new().await;
    came(
        &world,
        &[("SU", Sex::Female, 2, 30, 20), ("AU", Sex::Male, 3, 40, 20)],
    )
    .await;
    let registrar = registrar(&world);
    let one = || registration::figures(&world.desk, &registrar, start(), 2026, Again::No);
    let (a, b) = tokio::join!(one(), one());
    let sent = |made: &Result<Made, DeskError>| made.as_ref().map_or(0, |made| made.sent.len());
    assert_eq!(
        usize::from(sent(&a) > 0) + usize::from(sent(&b) > 0),
        1,
        "{a:?} {b:?}"
    );
}

/// Registrations of the first half: so many of known age, so many without, and so many reports without an identity.
async fn counted(world: &World, known: u8, unknown: u8, anonymous: u8) {
    let on = date(2026, 3, 10);
    let mut payloads = Vec::new();
    for n in 0..known + unknown {
        let mut data = data("SU", Sex::Female, if n % 3 == 0 { 15 } else { 30 });
        if n >= known {
            data.age = AgeInYears::Unknown;
        }
        payloads.push(boxed(registered(world, data, on, on)));
    }
    for _ in 0..anonymous {
        payloads.push(Payload::Count(AnonymousCount {
            form: FormCode::new("SU").unwrap(),
            region: None,
            month: YearMonth::of(on),
            reporter: OrgKind::new("ZCO").unwrap(),
        }));
    }
    send_all(world, &world.investigator(), payloads).await;
}

async fn indicators(world: &World) -> (measures::Counted, Vec<(String, Option<u64>)>) {
    let counted = measures::count(&world.desk, start(), "2026-1".parse().unwrap())
        .await
        .unwrap();
    world.settle(start()).await;
    let office = world.actor(world.programme, &[Role::ProgrammeOffice]);
    let board = measures::board(&world.desk, &office).await.unwrap();
    let told = board.iter().filter_map(|series| {
        let latest = series.latest()?;
        Some((series.measure.code.to_string(), latest.rows))
    });
    (counted, told.collect())
}

fn named(all: &[(&str, Option<u64>)]) -> Vec<(String, Option<u64>)> {
    let owned = all.iter().map(|(code, rows)| ((*code).to_owned(), *rows));
    owned.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_count_that_gives_three_people_away_is_withheld() {
    let world = World::new().await;
    counted(&world, 57, 3, 40).await;
    let (counted, told) = indicators(&world).await;
    assert_eq!(counted.sent, ["time_to_registration", "minors_in_sight"]);
    let expected = [
        ("time_to_registration", None),
        ("minors_in_sight", Some(57)),
    ];
    assert_eq!(told, named(&expected), "sixty less 57 are three");
    // The total is told beside 57: 43 more are many, and how many of them have an identity nobody can tell.
    let year = made(&world, start(), Again::No).await;
    assert_eq!(year.nothing, None);
    assert_eq!(value(&year.sent, "Maand", &["Totaal"]), Some(100));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_total_beside_a_row_count_is_withheld_and_the_other_way_round() {
    // Four have no identity.
    let first = World::new().await;
    counted(&first, 40, 20, 4).await;
    let (_, told) = indicators(&first).await;
    let both = [
        ("time_to_registration", Some(60)),
        ("minors_in_sight", Some(40)),
    ];
    assert_eq!(told, named(&both));
    let year = made(&first, start(), Again::No).await;
    let beside = registration::Span {
        first: date(2026, 1, 1),
        last: date(2026, 6, 30),
    };
    assert_eq!(year.nothing, Some(WhyWithheld::BesideRows { beside }));
    assert!(year.sent.is_empty());

    // The total first: then the number of registrations is not told.
    let second = World::new().await;
    counted(&second, 40, 20, 4).await;
    assert_eq!(made(&second, start(), Again::No).await.nothing, None);
    let (_, told) = indicators(&second).await;
    let one = [
        ("time_to_registration", None),
        ("minors_in_sight", Some(40)),
    ];
    assert_eq!(told, named(&one));

    // All but four are of known age: then not even the minors.
    let third = World::new().await;
    counted(&third, 60, 0, 4).await;
    assert_eq!(made(&third, start(), Again::No).await.nothing, None);
    let (counted, told) = indicators(&third).await;
    assert_eq!(counted.beside, ["minors_in_sight"]);
    assert_eq!(told, named(&[("time_to_registration", None)]));
}
