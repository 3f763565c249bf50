//! What the work says of itself: counted by each compartment over closed periods, and one number wherever it stands.

use desk::figures::{self, FigureSummary};
use desk::letter::{self, Edit, Format, Which};
use desk::measures::{self, Series};
use desk::open;
use desk::{Desk, DeskError};
use domain::edition::EditionName;
use domain::figure::Figure;
use domain::ids::FigureId;
use domain::person::Sex;
use domain::vocabulary::Vocabulary;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use crate::plan::{figure, office, publish};
use crate::registration::{boxed, data, registered, send_all};
use crate::support::{World, start};

fn first_half() -> EditionName {
    "2026-1".parse().unwrap()
}

/// Registrations of the first half of 2026: the age of each, and how many days it took.
async fn world_of(people: &[(u8, u8)]) -> World {
    let world = World::new().await;
    let police = world.investigator();
    let payloads = people.iter().map(|(age, days)| {
        let on = date(2026, 3, 20);
        let detected = on.saturating_sub(i64::from(*days).days());
        boxed(registered(
            &world,
            data("SU", Sex::Female, *age),
            detected,
            on,
        ))
    });
    let payloads = payloads.collect();
    send_all(&world, &police, payloads).await;
    world
}

fn series<'a>(all: &'a [Series], code: &str) -> &'a Series {
    let mut found = all.iter().filter(|one| one.measure.code.as_str() == code);
    found.next().unwrap()
}

async fn listed(desk: &Desk, world: &World) -> Vec<(FigureId, FigureSummary)> {
    let (page, _) = figures::list(desk, &office(world), &[], None)
        .await
        .unwrap();
    let rows = page.rows.into_iter();
    rows.map(|row| {
        (
            row.id.parse().unwrap(),
            serde_json::from_value(row.summary).unwrap(),
        )
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_compartment_counts_a_closed_period_once_and_tells_nothing_of_few() {
    let people: Vec<(u8, u8)> = (0..60)
        .map(|n| (if n < 25 { 15 } else { 30 }, n % 10))
        .collect();
    let world = world_of(&people).await;
    let desk = &world.desk;
    let counted = measures::count(desk, start(), first_half()).await.unwrap();
    assert_eq!(counted.sent, ["time_to_registration", "minors_in_sight"]);
    assert!(
        counted.withheld.contains(&"first_answer".to_owned()),
        "nobody asked: {counted:?}"
    );
    assert!(counted.before.is_empty());
    world.settle(start()).await;

    let board = measures::board(desk, &office(&world)).await.unwrap();
    let minors = series(&board, "minors_in_sight").latest().unwrap();
    assert_eq!(
        (minors.head, minors.rows, minors.period.as_str()),
        (Some(25), Some(60), "2026-1")
    );
    assert_eq!(minors.reference_date, date(2026, 6, 30));
    let days = series(&board, "time_to_registration").latest().unwrap();
    assert_eq!(days.head, Some(4), "half within four days");
    let whole = figures::read(desk, &office(&world), start(), days.figure)
        .await
        .unwrap()
        .body;
    assert_eq!(
        whole.figure.cells.len(),
        1,
        "nine out of ten is told of a hundred and more"
    );
    assert!(
        whole
            .figure
            .source
            .reference
            .as_str()
            .starts_with("measures::registration::")
    );

    // Again: nothing is counted twice, so nobody can see who came in between.
    let again = measures::count(desk, start(), first_half()).await.unwrap();
    assert_eq!(again.sent, Vec::<String>::new());
    assert_eq!(again.before.len(), 2);
    let running = measures::count(desk, start(), "2026-2".parse().unwrap()).await;
    assert!(matches!(running, Err(DeskError::Rule { key, .. }) if key == "figures-period"));

    // What was counted is not public until the letter it stands in was sent.
    let open = open::read(desk, letter::Lang::Nl).await.unwrap();
    let found = open
        .measures
        .iter()
        .find(|m| m.measure.code.as_str() == "minors_in_sight");
    assert!(found.unwrap().tables.is_empty());
    assert!(open.editions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn few_people_make_no_figure_at_all() {
    let world = world_of(&[(15, 1), (30, 2), (31, 3)]).await;
    let counted = measures::count(&world.desk, start(), first_half())
        .await
        .unwrap();
    assert_eq!(counted.sent, Vec::<String>::new());
    assert_eq!(
        counted.withheld.len(),
        12,
        "every measure that has a function"
    );
}

/// The number of a figure as the letter prints it: the row of the minors, the total, or the first row.
fn printed(markdown: &str, title: &str) -> String {
    let after = markdown.split(title).nth(1).unwrap();
    let rows: Vec<&str> = after
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    let minors = rows.iter().find(|row| row.starts_with("| Minderjarig "));
    let total = rows.iter().find(|row| row.contains("Totaal"));
    let row = minors.or(total).unwrap_or(&rows[2]);
    let last = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap();
    last.trim().trim_matches('*').to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// Whatever the world is like: the list, the dashboard and the letter say the same of every figure, and it is what was counted.
    #[test]
    fn list_dashboard_and_letter_agree_on_every_figure(
        people in proptest::collection::vec((12_u8..60, 0_u8..40), 0..90),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = world_of(&people).await;
            let desk = &world.desk;
            let office = office(&world);
            measures::count(desk, start(), first_half()).await.unwrap();
            world.settle(start()).await;
            let list = listed(desk, &world).await;
            let board = measures::board(desk, &office).await.unwrap();
            let name: EditionName = "2026-2".parse().unwrap();
            let edition = letter::begin(desk, &office, start(), Some(name)).await.unwrap();
            let points: Vec<_> = board.iter().flat_map(|s| &s.versions).flat_map(|v| &v.points).collect();
            assert_eq!(points.len(), list.len());
            for point in points {
                let (_, summary) = list.iter().find(|(id, _)| *id == point.figure).unwrap();
                assert_eq!(summary.head, point.head, "list and dashboard");
                let seen = letter::read(desk, &office, start(), edition).await.unwrap().version;
                let chosen = Edit::Figures(vec![point.figure]);
                letter::edit(desk, &office, start(), edition, seen, chosen).await.unwrap();
                let text = letter::render(desk, &office, start(), edition, Format::Markdown, Which::Corrected)
                    .await
                    .unwrap();
                let text = String::from_utf8(text.bytes).unwrap();
                let number = printed(&text, &format!("### {}", summary.title_nl));
                let told = point.head.map_or_else(|| "afgeschermd".to_owned(), |n| n.to_string());
                assert_eq!(number, told, "{text}");
            }
            let minors = people.iter().filter(|(age, _)| *age < 18).count();
            let told = series(&board, "minors_in_sight").latest().and_then(|p| p.head);
            let all_large = minors >= 10 && people.len() - minors >= 10;
            assert!(told.is_none_or(|n| n == minors as u64));
            assert!(!all_large || told.is_some(), "nothing small, so nothing withheld");
        });
    }
}

/// Two versions of one definition, with a break between them.
pub fn with_break() -> Vocabulary {
    let entry = |from: &str, more: &str| {
        format!(
            "[[entry]]\ncode = \"time_to_place\"\nlabel_nl = \"Tijd\"\nlabel_en = \"Time\"\norder = 1\ndefinition_nl = \"a\"\ndefinition_en = \"a\"\ncounted = \"dagen\"\nunit_nl = \"dagen\"\nunit_en = \"days\"\nquery_nl = \"q\"\nquery_en = \"q\"\n{from}{more}\n"
        )
    };
    let own = format!(
        "list = \"measures\"\nsource = \"test\"\nlicence = \"CC0-1.0\"\ncertainty = \"proposal\"\n\n{}\n{}",
        entry("", "valid_until = 2026-07-01"),
        entry(
            "valid_from = 2026-07-01\n",
            "change_nl = \"Nu met spoed.\"\nchange_en = \"With urgent ones.\""
        ),
    );
    let published = "# list: published_figures\n# source: test\n# licence: CC0-1.0\n# certainty: sourced\ncode,label_nl,label_en,measure,year,value,computed,publisher,link\na,2020,2020,time_to_place,2020,12,,test,https://example.org\n";
    Vocabulary::builtin_with([
        ("measures.toml", own.as_str()),
        ("published_figures.csv", published),
    ])
    .unwrap()
}

#[test]
fn a_new_definition_begins_a_new_line() {
    let words = with_break();
    let value = |period: &str, version: u16, n: u64| -> Figure {
        let mut one = figure(
            period,
            domain::figure::Counted::Dagen,
            &[(&["De helft"], n)],
        );
        one.measure = Some(domain::figure::MeasureRef {
            code: "time_to_place".to_owned(),
            version,
            period: period.to_owned(),
        });
        one
    };
    let all = [
        value("2025-2", 1, 4),
        value("2026-1", 1, 5),
        value("2026-2", 2, 9),
    ];
    let found = measures::series(&words, all.iter().map(|f| (f, &[][..])));
    let lines: Vec<Vec<(&str, Option<u64>)>> = found[0]
        .versions
        .iter()
        .map(|v| {
            v.points
                .iter()
                .map(|p| (p.period.as_str(), p.head))
                .collect()
        })
        .collect();
    assert_eq!(
        lines,
        [
            vec![("2025-2", Some(4)), ("2026-1", Some(5))],
            vec![("2026-2", Some(9))]
        ]
    );
    let change = found[0].versions[1].measure.facts.change.as_ref().unwrap();
    assert_eq!(change.nl, "Nu met spoed.");
}

#[tokio::test(flavor = "multi_thread")]
async fn published_history_stands_open_with_its_sources_and_never_mixes_two_counts() {
    let world = World::new().await;
    let open = open::read(&world.desk, letter::Lang::Nl).await.unwrap();
    let of = |code: &str| {
        open.measures
            .iter()
            .find(|m| m.measure.code.as_str() == code)
            .unwrap()
    };
    let reports = of("comensha_reports");
    assert_eq!(reports.tables.len(), 1);
    assert!(reports.tables[0].svg.as_ref().unwrap().contains("1.372"));
    assert!(
        reports
            .sources
            .iter()
            .all(|s| s.link.starts_with("https://"))
    );
    assert!(
        reports
            .sources
            .iter()
            .any(|s| (s.year, s.value, s.computed) == (2024, 1062, true))
    );
    let victims = of("victims_by_year");
    assert!(
        victims
            .sources
            .iter()
            .any(|s| (s.year, s.value) == (2023, 868))
    );
    assert_ne!(reports.measure.facts.counted, victims.measure.facts.counted);
    let estimated = of("hidden_number");
    let numbers: Vec<_> = estimated.sources.iter().collect();
    let told = |one: &&desk::open::OpenSource| (one.period.clone(), one.value, one.between);
    assert_eq!(
        numbers.iter().map(told).collect::<Vec<_>>(),
        [
            ("2014–2015".to_owned(), 6250, Some((5000, 7500))),
            ("2018–2019".to_owned(), 5000, Some((4000, 7000))),
        ]
    );
    let table = &estimated.tables[0];
    assert_eq!(table.figure.columns.len(), 3, "an estimate with its bounds");
    let drawn = table.svg.as_ref().unwrap();
    assert!(drawn.contains("7.500"), "and drawn with them: {drawn}");
    let unsent = of("links_across_regions");
    assert!(
        unsent.tables.is_empty(),
        "no number before a letter was sent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_without_its_measure_stays_off_the_dashboard() {
    let world = World::new().await;
    let cells: &[(&[&str], u64)] = &[(&["Amsterdam"], 61), (&["Totaal"], 120)];
    publish(
        &world,
        figure("Per gemeente", domain::figure::Counted::Aanmeldingen, cells),
        &[],
    )
    .await;
    let board = measures::board(&world.desk, &office(&world)).await.unwrap();
    assert!(board.iter().all(|one| one.latest().is_none()));
    let list = listed(&world.desk, &world).await;
    assert_eq!(list[0].1.head, Some(120));
}

pub fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

async fn stands(world: &World, period: &str) -> measures::Counting {
    let all = measures::countings(&world.desk, &office(world))
        .await
        .unwrap();
    let mut found = all
        .into_iter()
        .filter(|one| one.period.to_string() == period);
    found.next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_counts_by_itself_when_it_is_over_and_once() {
    let world = World::new().await;
    let desk = &world.desk;
    measures::arm(desk, start()).await.unwrap();
    // Again, as at every start: one clock.
    measures::arm(desk, start()).await.unwrap();
    let waits = stands(&world, "2026-2").await;
    assert_eq!(waits.state, measures::State::Waits);
    assert_eq!(waits.due, at("2027-01-01T01:00:00+01:00"));

    let police = world.investigator();
    let on = date(2026, 9, 1);
    let all = (0..60_u8).map(|n| {
        boxed(registered(
            &world,
            data("SU", Sex::Female, if n < 25 { 15 } else { 30 }),
            on,
            on,
        ))
    });
    send_all(&world, &police, all.collect()).await;
    world.settle(at("2026-12-31T23:59:00+01:00")).await;
    assert_eq!(
        stands(&world, "2026-2").await.state,
        measures::State::Waits,
        "not before it is over"
    );

    // Two processes at the moment itself.
    let now = at("2027-01-01T01:00:30+01:00");
    let (a, b) = tokio::join!(desk::tick::tick(desk, now), desk::tick::tick(desk, now));
    assert!(a.is_ok() && b.is_ok());
    world.settle(now).await;
    let measures::State::Counted { outcome, .. } = stands(&world, "2026-2").await.state else {
        panic!("it was counted");
    };
    assert_eq!(outcome.sent, ["minors_in_sight", "time_to_registration"]);
    assert!(outcome.withheld.contains(&"first_answer".to_owned()));
    assert_eq!(listed(desk, &world).await.len(), 2, "each figure came once");

    // Later starts set the clock of the next period and leave this one.
    measures::arm(desk, now).await.unwrap();
    assert_eq!(stands(&world, "2027-1").await.state, measures::State::Waits);
    world.settle(now).await;
    assert_eq!(listed(desk, &world).await.len(), 2);
    // By hand gives nothing new, and the record says what was told.
    let again = measures::count(desk, now, "2026-2".parse().unwrap())
        .await
        .unwrap();
    assert!(again.sent.is_empty());
    let measures::State::Counted { outcome, .. } = stands(&world, "2026-2").await.state else {
        panic!("it was counted");
    };
    assert_eq!(outcome.sent.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_that_the_cycle_lost_is_given_up_with_its_reason() {
    let world = World::new().await;
    measures::arm(&world.desk, start()).await.unwrap();
    // The host reports once a year from now on: there is no second half any more.
    let mut desk = world.desk.clone();
    let settings = desk::Settings {
        letter_cycle_months: 12,
        ..(*desk.settings).clone()
    };
    desk.settings = std::sync::Arc::new(settings);
    let now = at("2027-01-02T09:00:00+01:00");
    while !desk::tick::tick(&desk, now).await.unwrap().is_idle() {}
    let lost = stands(&world, "2026-2").await;
    assert_eq!(lost.state, measures::State::GivenUp);
    let failed = lost.failed.unwrap();
    assert_eq!(
        (failed.why, failed.times),
        (measures::Failure::NoSuchPeriod, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_not_told_beside_its_halves() {
    let people: Vec<(u8, u8)> = (0..60)
        .map(|n| (if n < 25 { 15 } else { 30 }, n % 10))
        .collect();
    let world = world_of(&people).await;
    measures::count(&world.desk, start(), first_half())
        .await
        .unwrap();
    world.settle(start()).await;
    let mut desk = world.desk.clone();
    let settings = desk::Settings {
        letter_cycle_months: 12,
        ..(*desk.settings).clone()
    };
    desk.settings = std::sync::Arc::new(settings);
    let now = at("2027-01-02T09:00:00+01:00");
    let year = measures::count(&desk, now, "2026-1".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(year.sent, Vec::<String>::new());
    assert_eq!(
        year.overlapping,
        ["time_to_registration", "minors_in_sight"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_kept_with_its_reason_and_tried_again() {
    let world = World::new().await;
    let police = world.investigator();
    let on = date(2026, 9, 1);
    let all = (0..60_u8).map(|n| {
        boxed(registered(
            &world,
            data("SU", Sex::Female, 20 + n % 9),
            on,
            on,
        ))
    });
    send_all(&world, &police, all.collect()).await;
    measures::arm(&world.desk, start()).await.unwrap();
    // A vocabulary without the measure: what was counted has no definition.
    let mut broken = world.desk.clone();
    broken.vocabulary = std::sync::Arc::new(with_break());
    let now = at("2027-01-02T09:00:00+01:00");
    desk::tick::tick(&broken, now).await.unwrap();
    let failed = stands(&world, "2026-2").await;
    assert_eq!(failed.state, measures::State::Waits);
    assert_eq!(failed.failed.unwrap().why, measures::Failure::Setup);
    // Mended, and the clock comes again by itself.
    world.settle(at("2027-01-02T12:00:00+01:00")).await;
    let counted = stands(&world, "2026-2").await;
    assert!(matches!(counted.state, measures::State::Counted { .. }));
    assert_eq!(
        counted.failed.unwrap().times,
        1,
        "what went wrong stays to be seen"
    );
}
