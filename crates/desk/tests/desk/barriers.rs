//! Barriers: kept by the organisation whose they are, about places and firms, counted by the day on which they were raised.

use desk::access::Role;
use desk::barrier::{self, NewBarrier, Step};
use desk::{Actor, DeskError, measures, retention};
use domain::barrier::{Ended, Place};
use domain::code::{FormCode, MunicipalityCode};
use domain::ids::BarrierId;
use domain::vocabulary::{BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode};
use jiff::civil::{Date, date};
use vault::{JournalFilter, Store};

use crate::plan::office;
use crate::postgres;
use crate::support::{World, days, hours, start, text};

fn officer(world: &World) -> Actor {
    world.actor(world.nla, &[Role::BarrierOfficer])
}

fn new(step: &'static str, instrument: &'static str, what: &str) -> NewBarrier {
    NewBarrier {
        step: BarrierStepCode::literal(step),
        instrument: BarrierInstrumentCode::literal(instrument),
        target: BarrierTargetCode::literal("hotel"),
        place: Place::Municipality(MunicipalityCode::literal("GM0363")),
        forms: vec![FormCode::literal("AU")],
        what: text(what),
        action: None,
        looked: false,
    }
}

fn hotel() -> NewBarrier {
    new("huisvesten", "sluiting", "Een hotel bij het station")
}

fn plan(until: Date) -> Step {
    Step::Plan {
        who: text("Team vergunningen"),
        until,
        looked: false,
    }
}

async fn take(world: &World, actor: &Actor, id: BarrierId, step: Step) -> Result<(), DeskError> {
    let seen = barrier::read(&world.desk, actor, start(), id)
        .await?
        .version;
    barrier::take(&world.desk, actor, start(), id, seen, step).await
}

async fn raised(world: &World, actor: &Actor, new: NewBarrier, on: Date) -> BarrierId {
    let id = barrier::open(&world.desk, actor, start(), new)
        .await
        .unwrap();
    take(world, actor, id, plan(date(2026, 12, 1)))
        .await
        .unwrap();
    take(world, actor, id, Step::Raise { on }).await.unwrap();
    id
}

fn faults(error: DeskError) -> Vec<(String, String)> {
    match error {
        DeskError::Invalid(faults) => faults.into_iter().map(|f| (f.field, f.key)).collect(),
        other => panic!("{other:?}"),
    }
}

fn fault(error: DeskError) -> (String, String) {
    let mut all = faults(error);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

async fn lives(database: Option<String>) {
    let world = World::on(database.as_deref()).await;
    let (desk, actor) = (&world.desk, officer(&world));
    let id = barrier::open(desk, &actor, start(), hotel()).await.unwrap();
    let row = barrier::list(desk, &actor).await.unwrap().remove(0);
    assert_eq!(
        (row.id.as_str(), row.state.as_str()),
        (id.to_string().as_str(), "considered")
    );

    take(&world, &actor, id, plan(date(2026, 12, 1)))
        .await
        .unwrap();
    let planned = barrier::list(desk, &actor).await.unwrap().remove(0);
    assert_eq!(planned.summary.until, Some(date(2026, 12, 1)));
    let on = date(2026, 11, 20);
    take(&world, &actor, id, Step::Raise { on }).await.unwrap();
    let note = |what| Step::Note {
        on: date(2026, 11, 22),
        what: text(what),
        looked: false,
    };
    take(&world, &actor, id, note("Alle kamers waren leeg"))
        .await
        .unwrap();
    let end = Step::End {
        how: Ended::Overturned,
        on: date(2026, 11, 23),
        reason: text("De rechter vond de sluiting te zwaar"),
        looked: false,
    };
    take(&world, &actor, id, end).await.unwrap();
    take(&world, &actor, id, note("Het hotel stopte toch"))
        .await
        .unwrap();

    let view = barrier::read(desk, &actor, hours(1), id).await.unwrap();
    assert_eq!(view.barrier.state_name(), "overturned");
    let kept = view.barrier.raised().unwrap();
    assert_eq!((kept.on, kept.yields().len()), (on, 2));
    let row = barrier::list(desk, &actor).await.unwrap().remove(0);
    assert_eq!((row.summary.raised, row.summary.until), (Some(on), None));

    // Who did what stands in the journal of its own compartment, with no word of it.
    let page = desk
        .vault
        .journal_page(Store::K6, &JournalFilter::default(), None, 50)
        .await
        .unwrap();
    let acts: Vec<&str> = page
        .entries
        .iter()
        .map(|e| e.context.act.as_str())
        .collect();
    for act in [
        "barrier.open",
        "barrier.plan",
        "barrier.raise",
        "barrier.result",
        "barrier.end",
        "barrier.read",
    ] {
        assert!(acts.contains(&act), "{act} in {acts:?}");
    }
    let told = format!("{:?}", page.entries);
    assert!(!told.contains("station") && !told.contains("rechter"));

    // What comes too late is told so, and changes nothing.
    let late = take(&world, &actor, id, Step::Raise { on }).await;
    assert!(matches!(late, Err(DeskError::Rule { key, .. }) if key == "barrier-not-now"));
    let stale = barrier::take(desk, &actor, start(), id, 1, note("Nog iets")).await;
    assert!(matches!(stale, Err(DeskError::Conflict)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barrier_goes_its_way_and_leaves_its_trace() {
    lives(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_barrier_goes_its_way_and_leaves_its_trace_on_postgres() {
    let Some(server) = postgres::Server::start() else {
        return;
    };
    lives(Some(server.url("postgres"))).await;
    server.stop("immediate");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisation_finds_nothing_and_another_role_may_nothing() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, officer(&world));
    let id = barrier::open(desk, &actor, start(), hotel()).await.unwrap();
    let other = world.actor(world.kmar, &[Role::BarrierOfficer]);
    assert!(barrier::list(desk, &other).await.unwrap().is_empty());
    let read = barrier::read(desk, &other, start(), id).await;
    assert!(matches!(read, Err(DeskError::NotFound { what: "barrier" })));
    let step = barrier::take(desk, &other, start(), id, 1, plan(date(2026, 12, 1))).await;
    assert!(matches!(step, Err(DeskError::NotFound { what: "barrier" })));
    let colleague = officer(&world);
    assert_eq!(barrier::list(desk, &colleague).await.unwrap().len(), 1);
    for role in Role::STAFF
        .into_iter()
        .filter(|r| *r != Role::BarrierOfficer)
    {
        let stranger = world.actor(world.nla, &[role]);
        let read = barrier::read(desk, &stranger, start(), id).await;
        assert!(matches!(read, Err(DeskError::Forbidden { .. })), "{role:?}");
    }
    let foreign = "01935a2e-7000-7000-8000-000000000000".parse().unwrap();
    let read = barrier::read(desk, &actor, start(), foreign).await;
    assert!(matches!(read, Err(DeskError::NotFound { what: "barrier" })));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_about_a_person_are_refused_and_a_firm_is_confirmed() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, officer(&world));
    let open = async |what: &str, looked| {
        let new = NewBarrier {
            looked,
            ..new("huisvesten", "sluiting", what)
        };
        barrier::open(desk, &actor, start(), new).await
    };
    let said = |field: &str, key: &str| (field.to_owned(), key.to_owned());
    let address = "Hotel aan de Stationsstraat 12";
    let asked = open(address, false).await.unwrap_err();
    assert_eq!(fault(asked), said("what", "barrier-confirm"));
    let victim = "Slachtoffer Ilinca, 19 jaar, sliep hier";
    let asked = open(victim, false).await.unwrap_err();
    assert_eq!(fault(asked), said("what", "barrier-confirm"));
    for never in [
        "Bel de eigenaar op 06-12345678",
        "Mail naar baas@example.nl",
    ] {
        let refused = open(never, true).await.unwrap_err();
        assert_eq!(fault(refused), said("what", "barrier-person"));
    }
    let id = open(address, true).await.unwrap();
    let view = barrier::read(desk, &actor, start(), id).await.unwrap();
    assert!(view.barrier.aim.what.is_confirmed());

    // Every text of every step goes the same way.
    let who = Step::Plan {
        who: text("Mevrouw Jansen"),
        until: date(2026, 12, 1),
        looked: false,
    };
    let refused = take(&world, &actor, id, who).await.unwrap_err();
    assert_eq!(fault(refused), said("who", "barrier-confirm"));
    let drop = Step::Drop {
        reason: text("Zij is te bereiken op 06-12345678"),
        looked: true,
    };
    let refused = take(&world, &actor, id, drop).await.unwrap_err();
    assert_eq!(fault(refused), said("reason", "barrier-person"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_told_at_its_field() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, officer(&world));
    let mut wrong = new("werven", "sluiting", "Een club");
    wrong.place = Place::Municipality(MunicipalityCode::literal("GM9999"));
    wrong.forms = vec![FormCode::literal("XX")];
    let told = faults(
        barrier::open(desk, &actor, start(), wrong)
            .await
            .unwrap_err(),
    );
    let fields: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["instrument", "municipality", "forms"]);
    assert!(barrier::list(desk, &actor).await.unwrap().is_empty());

    let id = barrier::open(desk, &actor, start(), hotel()).await.unwrap();
    let over = take(&world, &actor, id, plan(date(2026, 11, 22))).await;
    assert_eq!(fault(over.unwrap_err()).1, "barrier-over");
    take(&world, &actor, id, plan(date(2026, 12, 1)))
        .await
        .unwrap();
    for (on, key) in [
        (date(2026, 11, 24), "barrier-ahead"),
        (date(1026, 11, 20), "barrier-too-far"),
    ] {
        let step = take(&world, &actor, id, Step::Raise { on }).await;
        assert_eq!(fault(step.unwrap_err()), ("on".to_owned(), key.to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn barriers_raised_are_counted_by_step_in_the_half_year_and_few_are_not_told() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, officer(&world));
    let other = world.actor(world.kmar, &[Role::BarrierOfficer]);
    let first_half = "2026-1".parse().unwrap();
    let inside = date(2026, 6, 30);
    for _ in 0..14 {
        raised(&world, &actor, hotel(), inside).await;
    }
    for _ in 0..12 {
        let fine = new("laten_werken", "boete", "Een kwekerij");
        raised(&world, &other, fine, date(2026, 1, 1)).await;
    }
    // Not of the half-year, or never raised.
    raised(&world, &actor, hotel(), date(2026, 7, 1)).await;
    raised(&world, &actor, hotel(), date(2025, 12, 31)).await;
    barrier::open(desk, &actor, start(), hotel()).await.unwrap();
    // What ended later was raised all the same.
    let ended = raised(&world, &actor, hotel(), inside).await;
    let end = Step::End {
        how: Ended::Lifted,
        on: date(2026, 9, 1),
        reason: text("Het hotel heeft een nieuwe exploitant"),
        looked: false,
    };
    take(&world, &actor, ended, end).await.unwrap();

    let counted = measures::count(desk, start(), first_half).await.unwrap();
    assert_eq!(counted.sent, ["barriers_raised"]);
    world.settle(start()).await;
    let board = measures::board(desk, &office(&world)).await.unwrap();
    let series = board
        .iter()
        .find(|one| one.measure.code.is("barriers_raised"));
    let point = series.unwrap().latest().unwrap();
    assert_eq!((point.head, point.rows), (Some(27), Some(27)));
    let figure = desk::figures::read(desk, &office(&world), start(), point.figure)
        .await
        .unwrap()
        .body
        .figure;
    let cell = |label: &str| {
        let mut cells = figure.cells.iter();
        cells
            .find(|cell| cell.labels == [label])
            .map(|cell| cell.value)
    };
    assert_eq!(cell("Huisvesten"), Some(15));
    // The steps at which nothing was raised are small too: without hiding another, the total would give them away.
    assert_eq!(cell("Laten werken"), None);
    assert_eq!(cell("Werven"), None);
    assert_eq!(
        figure.source.reference.as_str().split(',').next(),
        Some("measures::barriers::raised")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn few_barriers_make_no_figure() {
    let world = World::new().await;
    let actor = officer(&world);
    for _ in 0..3 {
        raised(&world, &actor, hotel(), date(2026, 6, 1)).await;
    }
    let counted = measures::count(&world.desk, start(), "2026-1".parse().unwrap())
        .await
        .unwrap();
    assert!(counted.sent.is_empty());
    assert!(counted.withheld.contains(&"barriers_raised".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barrier_that_is_over_goes_after_five_years_and_one_that_stands_is_told() {
    let world = World::new().await;
    let (desk, actor) = (&world.desk, officer(&world));
    let stands = raised(&world, &actor, hotel(), date(2026, 11, 20)).await;
    let over = barrier::open(desk, &actor, start(), hotel()).await.unwrap();
    let drop = Step::Drop {
        reason: text("Het hotel is al dicht"),
        looked: false,
    };
    take(&world, &actor, over, drop).await.unwrap();
    let run = async |at| {
        retention::run(desk, &Actor::System, at, at, false)
            .await
            .unwrap()
    };
    assert!(run(days(5 * 365 - 2)).await.due.is_empty());
    let done = run(days(5 * 366 + 2)).await;
    let gone: Vec<&str> = done.due.iter().map(|due| due.id.as_str()).collect();
    assert_eq!(gone, [over.to_string()]);
    assert_eq!(done.kept[0].matter.id, stands.to_string());
    assert_eq!(done.kept[0].why, "barrier");
    let read = barrier::read(desk, &actor, days(5 * 366 + 2), over).await;
    assert!(matches!(read, Err(DeskError::NotFound { .. })));
}
