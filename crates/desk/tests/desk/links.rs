//! Reports that name the same thing: found by the program, judged by somebody, counted across regions.

use desk::access::Role;
use desk::measures;
use desk::report::{self, LinkInput, NewReport};
use desk::{Desk, DeskError, erasure};
use domain::code::{FormCode, LanguageCode, MunicipalityCode};
use domain::edition::EditionName;
use domain::ids::ReportId;
use domain::objects::{ObjectKind, ObjectSeen};
use domain::report::{Channel, Finding, ReportContent, ReporterKind};
use jiff::{SignedDuration, Timestamp};
use vault::Store;

use crate::plan::office;
use crate::postgres;
use crate::support::{World, hours, start, text};

const DEN_HAAG: &str = "GM0518";
const ZWOLLE: &str = "GM0193";

pub async fn told(
    desk: &Desk,
    now: Timestamp,
    place: Option<&str>,
    plate: Option<&str>,
) -> ReportId {
    let nl = LanguageCode::new("nl").unwrap();
    let mut content = ReportContent::empty(Channel::Web, ReporterKind::Citizen, nl);
    content.story = Some(text("een grijze bus, elke avond"));
    content.forms = vec![FormCode::new("SU").unwrap()];
    content.municipality = place.map(|code| MunicipalityCode::new(code).unwrap());
    content.objects = plate
        .map(|plate| ObjectSeen::new(ObjectKind::Plate, plate).unwrap())
        .into_iter()
        .collect();
    let new = NewReport {
        content,
        contact: None,
    };
    report::submit(desk, now, None, new).await.unwrap().id
}

pub fn finding(other: ReportId, finding: Finding) -> LinkInput {
    LinkInput {
        other,
        finding,
        because: text("zelfde auto, zelfde uur"),
    }
}

async fn judged(world: &World, now: Timestamp, one: ReportId, input: LinkInput) {
    let actor = world.signal_desk();
    let pair = report::pair(&world.desk, &actor, now, one, input.other);
    let seen = pair.await.unwrap().version;
    report::judge(&world.desk, &actor, now, one, seen, input)
        .await
        .unwrap();
}

async fn both_say_it(world: World) {
    let (desk, actor) = (&world.desk, world.signal_desk());
    let one = told(desk, start(), Some(DEN_HAAG), Some("64-QTN-2")).await;
    let two = told(desk, hours(1), Some(ZWOLLE), Some("64 qtn 2")).await;
    let other = told(desk, hours(2), Some(ZWOLLE), Some("08-QVB-9")).await;

    let page = report::read(desk, &actor, hours(3), one).await.unwrap();
    let found: Vec<ReportId> = page.links.iter().map(|linked| linked.other).collect();
    assert_eq!(found, [two]);
    assert_eq!(page.links[0].shared, [ObjectKind::Plate]);
    assert!(
        page.links[0].judged.is_none(),
        "found, and judged by nobody"
    );

    judged(&world, hours(4), one, finding(two, Finding::Together)).await;
    for (id, beside) in [(one, two), (two, one)] {
        let page = report::read(desk, &actor, hours(5), id).await.unwrap();
        let link = page.report.link(beside).unwrap();
        assert_eq!(link.stands.finding, Finding::Together);
        assert_eq!(link.stands.shared, [ObjectKind::Plate]);
        assert_eq!(link.stands.by.at, hours(4));
        assert_eq!(page.links[0].judged.as_ref(), Some(link));
    }

    // By somebody's own eye, without anything that is the same; and anew, from the other side.
    judged(&world, hours(6), other, finding(one, Finding::Together)).await;
    judged(&world, hours(7), two, finding(one, Finding::Apart)).await;
    let page = report::read(desk, &actor, hours(8), one).await.unwrap();
    let order: Vec<(ReportId, Finding)> = page
        .links
        .iter()
        .map(|linked| (linked.other, linked.judged.as_ref().unwrap().stands.finding))
        .collect();
    assert_eq!(order, [(other, Finding::Together), (two, Finding::Apart)]);
    assert!(page.links[0].shared.is_empty());
    assert_eq!(page.report.link(two).unwrap().before.len(), 1);
    assert!(page.links[0].known.as_ref().unwrap().region.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_of_two_reports_stands_in_both() {
    both_say_it(World::new().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_of_two_reports_stands_in_both_on_postgres() {
    let Some(server) = postgres::Server::start() else {
        return;
    };
    both_say_it(World::on(Some(&server.url("postgres"))).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_judged_is_refused_and_nothing_is_half_done() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, world.signal_desk());
    let one = told(desk, start(), Some(DEN_HAAG), Some("64-QTN-2")).await;
    let two = told(desk, hours(1), Some(ZWOLLE), Some("64-QTN-2")).await;
    let key = |result: Result<(), DeskError>| match result {
        Err(DeskError::Rule { key, .. }) => key.to_owned(),
        other => panic!("{other:?}"),
    };
    let itself = finding(one, Finding::Together);
    let refused = report::judge(desk, &actor, hours(2), one, 1, itself).await;
    assert_eq!(key(refused), "report-link-itself");
    assert!(
        report::pair(desk, &actor, hours(2), one, one)
            .await
            .is_err()
    );

    let nowhere = ReportId::new(desk.vault.new_id(start()));
    let input = finding(nowhere, Finding::Together);
    let refused = report::judge(desk, &actor, hours(2), one, 1, input).await;
    assert!(
        matches!(refused, Err(DeskError::NotFound { .. })),
        "{refused:?}"
    );

    // Somebody else changed the first one since: neither of the two is written.
    let input = finding(two, Finding::Together);
    let stale = report::judge(desk, &actor, hours(2), one, 7, input.clone()).await;
    assert!(matches!(stale, Err(DeskError::Conflict)), "{stale:?}");
    for id in [one, two] {
        let page = report::read(desk, &actor, hours(2), id).await.unwrap();
        assert!(page.report.links().is_empty());
    }

    report::judge(desk, &actor, hours(3), one, 1, input.clone())
        .await
        .unwrap();
    let again = report::judge(desk, &actor, hours(4), one, 2, input.clone()).await;
    assert_eq!(key(again), "report-link-stands");

    for role in [Role::Investigator, Role::CareCoordinator, Role::Registrar] {
        let stranger = world.actor(world.police_den_haag, &[role]);
        let seen = report::pair(desk, &stranger, hours(5), one, two).await;
        assert!(matches!(seen, Err(DeskError::Forbidden { .. })), "{role:?}");
        let judged = report::judge(desk, &stranger, hours(5), one, 2, input.clone()).await;
        assert!(
            matches!(judged, Err(DeskError::Forbidden { .. })),
            "{role:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_was_destroyed_leaves_what_was_found_of_it() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, world.signal_desk());
    let one = told(desk, start(), Some(DEN_HAAG), Some("64-QTN-2")).await;
    let two = told(desk, hours(1), Some(ZWOLLE), Some("64-QTN-2")).await;
    judged(&world, hours(2), one, finding(two, Finding::Together)).await;
    let id = two.to_string();
    let plan = erasure::plan(desk, Store::K1, &id, false);
    let plan = plan.await.unwrap();
    erasure::erase(desk, hours(3), "AVG 17", &plan)
        .await
        .unwrap();
    let page = report::read(desk, &actor, hours(4), one).await.unwrap();
    assert_eq!(page.links.len(), 1);
    assert!(page.links[0].known.is_none() && page.links[0].shared.is_empty());
    let gone = report::pair(desk, &actor, hours(4), one, two).await;
    assert!(matches!(gone, Err(DeskError::NotFound { .. })), "{gone:?}");
}

/// Counted is what somebody found, across two known regions, in the half-year, each pair once.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_somebody_found_across_regions_is_counted_and_each_pair_once() {
    let world = World::new().await;
    let desk = &world.desk;
    let then = start() - SignedDuration::from_hours(24 * 200);
    let mut pairs = Vec::new();
    for n in 0..26 {
        // Of every second pair nothing is the same: somebody sees that they belong together.
        let plate = (n % 2 == 0).then(|| format!("{:02}-QTN-2", n + 10));
        let one = told(desk, then, Some(DEN_HAAG), plate.as_deref()).await;
        // The last two lie in one region, and nowhere.
        let place = match n {
            24 => Some(DEN_HAAG),
            25 => None,
            _ => Some(ZWOLLE),
        };
        pairs.push((one, told(desk, then, place, plate.as_deref()).await));
    }
    // The first is found to be chance, and otherwise in a later half-year: that is not this half-year's.
    for (n, (one, two)) in pairs.iter().enumerate() {
        let found = if n == 0 {
            Finding::Apart
        } else {
            Finding::Together
        };
        judged(&world, then, *one, finding(*two, found)).await;
    }
    judged(
        &world,
        start(),
        pairs[0].1,
        finding(pairs[0].0, Finding::Together),
    )
    .await;
    let half: EditionName = "2026-1".parse().unwrap();
    let counted = measures::count(desk, start(), half).await.unwrap();
    assert_eq!(counted.sent, ["links_across_regions"], "{counted:?}");
    world.settle(start()).await;
    let board = measures::board(desk, &office(&world)).await.unwrap();
    let mut links = board
        .iter()
        .filter(|one| one.measure.code.as_str() == "links_across_regions");
    let latest = links.next().unwrap().latest().unwrap();
    assert_eq!((latest.head, latest.rows), (Some(23), Some(23)));
}
