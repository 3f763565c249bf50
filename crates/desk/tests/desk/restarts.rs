//! Clocks of the programme and the end of a process, on both stores: a period counts once whenever the process is killed, and a round gets
//! the clocks that it misses. A child process (this test binary again) is the one that dies.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use desk::access::{Role, permit};
use desk::figures;
use desk::measures::{self, Counting, State};
use desk::plan::{self, StoredUpdate};
use desk::{Actor, Desk, UseCase};
use domain::ids::RoundId;
use domain::person::Sex;
use domain::round::NoticeKind;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};
use vault::{Change, Store};

use crate::measures::{at, with_break};
use crate::plan_round::asked;
use crate::postgres;
use crate::registration::{boxed, data, registered, send_all};
use crate::support::{World, actor_of, days, desk_in, hours, start};

const WORK: &str = "SAMEN_TEST_RESTARTS";

/// Where the child ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// It is killed when it has opened the store, before it did anything.
    BeforeTheClock,
    /// It breaks off by itself in the moment in which a compartment has sent and the clock is not done.
    InTheMiddle,
    /// It is killed when its first round is over: what was counted has not arrived.
    BeforeItArrives,
    /// As the one before, and its vocabulary lacks what was counted.
    AfterFailing,
}

impl Ends {
    const ALL: [(&'static str, Self); 4] = [
        ("before", Self::BeforeTheClock),
        ("middle", Self::InTheMiddle),
        ("arrives", Self::BeforeItArrives),
        ("fails", Self::AfterFailing),
    ];

    fn name(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, one)| *one == self).unwrap().0
    }
}

/// Starts a process at a moment and lets it end so.
fn dies(dir: &Path, database: Option<&str>, now: Timestamp, ends: Ends) {
    let file = dir.join("restarts.json");
    let work = json!({ "database": database, "now": now, "ends": ends.name() });
    std::fs::write(&file, work.to_string()).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "restarts::child_ticks",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(WORK, &file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = match ends {
        Ends::BeforeTheClock => "opened",
        _ => "ticked",
    };
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        assert!(!line.contains("panicked"), "{line}");
        if line.trim_end() == until {
            child.kill().unwrap();
        }
        line.clear();
    }
    assert!(!child.wait().unwrap().success(), "it was killed");
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// The child of the tests below; does nothing when run by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "run by the tests of this module in a process of its own"]
async fn child_ticks() {
    let Ok(file) = std::env::var(WORK) else {
        return;
    };
    let work: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let now: Timestamp = serde_json::from_value(work["now"].clone()).unwrap();
    let mut all = Ends::ALL.into_iter();
    let ends = all.find(|(name, _)| work["ends"] == *name).unwrap().1;
    let dir = Path::new(&file).parent().unwrap();
    let mut desk = desk_in(dir, work["database"].as_str()).await;
    say("opened");
    if ends == Ends::BeforeTheClock {
        std::thread::sleep(std::time::Duration::from_secs(60));
        return;
    }
    if ends == Ends::AfterFailing {
        desk.vocabulary = std::sync::Arc::new(with_break());
    }
    if ends == Ends::InTheMiddle {
        let watched = desk.vault.clone();
        tokio::spawn(async move {
            while watched.undelivered(Store::K2, 1).await.unwrap().is_empty() {}
            // As sudden as a kill: nothing is unwound, nothing flushed.
            std::process::abort();
        });
    }
    desk::tick::tidy(&desk, now).await.unwrap();
    desk::tick::tick(&desk, now).await.unwrap();
    say("ticked");
    std::thread::sleep(std::time::Duration::from_secs(60));
}

fn office(desk: &Desk, world: &World) -> Actor {
    actor_of(desk, world.programme, &[Role::ProgrammeOffice])
}

async fn stands(desk: &Desk, world: &World, period: &str) -> Counting {
    let all = measures::countings(desk, &office(desk, world)).await;
    let mut all = all.unwrap().into_iter();
    all.find(|one| one.period.to_string() == period).unwrap()
}

/// The codes of the figures of a period that arrived, in order.
async fn arrived(desk: &Desk, world: &World, period: &str) -> Vec<String> {
    let (page, _) = figures::list(desk, &office(desk, world), &[], None)
        .await
        .unwrap();
    let mut codes = Vec::new();
    for row in page.rows {
        let id = row.id.parse().unwrap();
        let found = figures::read(desk, &office(desk, world), start(), id).await;
        let measure = found.unwrap().body.figure.measure;
        codes.extend(
            measure
                .filter(|measure| measure.period == period)
                .map(|measure| measure.code),
        );
    }
    codes.sort();
    codes
}

/// A process that goes on until there is nothing left to do.
async fn goes_on(desk: &Desk, now: Timestamp) {
    desk::tick::tidy(desk, now).await.unwrap();
    while !desk::tick::tick(desk, now).await.unwrap().is_idle() {}
}

/// Thirty people of each of three halves of a year.
async fn registered_in_three_halves(world: &World) {
    let police = world.investigator();
    let mut all = Vec::new();
    for first in [date(2026, 9, 1), date(2027, 3, 1), date(2027, 9, 1)] {
        for n in 0..30_u8 {
            let on = first.saturating_add(i64::from(n % 10).days());
            let age = if n < 12 { 15 } else { 30 };
            let person = data("SU", Sex::Female, age);
            all.push(boxed(registered(world, person, first, on)));
        }
    }
    send_all(world, &police, all).await;
}

async fn counts_once(database: Option<String>) {
    let database = database.as_deref();
    let world = World::on(database).await;
    registered_in_three_halves(&world).await;
    // The register is not empty: then the period before the running one is looked after as well.
    asked(&world).await;
    measures::arm(&world.desk, start()).await.unwrap();
    world.desk.vault.clone().close().await;

    let mut in_the_middle = 0;
    for (period, over) in [
        ("2026-2", "2027-01-01T01:00:30+01:00"),
        ("2027-1", "2027-07-01T01:00:30+02:00"),
        ("2027-2", "2028-01-01T01:00:30+01:00"),
    ] {
        let over = at(over);
        let later = |minutes: i64| over + SignedDuration::from_mins(minutes);
        let fails = period == "2027-1";

        // Between the end of the period and its counting.
        dies(world.dir(), database, over, Ends::BeforeTheClock);
        let desk = desk_in(world.dir(), database).await;
        // Of the later periods this is the first process since the one before ended.
        measures::arm(&desk, over - SignedDuration::from_hours(2))
            .await
            .unwrap();
        assert_eq!(stands(&desk, &world, period).await.state, State::Waits);
        assert!(arrived(&desk, &world, period).await.is_empty());
        desk.vault.close().await;

        if fails {
            dies(world.dir(), database, over, Ends::AfterFailing);
        }

        // A compartment has sent, the clock is not done.
        dies(world.dir(), database, later(10), Ends::InTheMiddle);
        let desk = desk_in(world.dir(), database).await;
        let half = stands(&desk, &world, period).await;
        let sent = desk.vault.undelivered(Store::K2, 10).await.unwrap();
        assert_eq!(sent.len(), 2, "both left in one change");
        in_the_middle += usize::from(half.state == State::Waits);
        assert!(arrived(&desk, &world, period).await.is_empty());
        desk.vault.close().await;

        // The clock is done, nothing has arrived; or, where the one before got as far, half of it has.
        dies(world.dir(), database, later(20), Ends::BeforeItArrives);

        let desk = desk_in(world.dir(), database).await;
        goes_on(&desk, later(30)).await;
        let codes = ["minors_in_sight", "time_to_registration"];
        assert_eq!(arrived(&desk, &world, period).await, codes, "{period}");
        let counted = stands(&desk, &world, period).await;
        let State::Counted { outcome, .. } = &counted.state else {
            unreachable!("{counted:?}");
        };
        assert_eq!(outcome.sent, codes, "what was told before the kill is told");
        assert!(outcome.withheld.contains(&"first_answer".to_owned()));
        let failures = counted.failed.map(|failed| (failed.why, failed.times));
        let expected = fails.then_some((measures::Failure::Setup, 1));
        assert_eq!(failures, expected, "what went wrong is still to be seen");

        // A start that finds it done leaves it alone.
        goes_on(&desk, later(60)).await;
        assert_eq!(stands(&desk, &world, period).await, counted);
        assert_eq!(arrived(&desk, &world, period).await, codes);
        desk.vault.close().await;
    }
    assert!(in_the_middle > 0, "no process died in the middle");
    let desk = desk_in(world.dir(), database).await;
    desk.vault.verify(&mut |_, _| {}).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_counts_once_whenever_the_process_is_killed_on_sqlite() {
    counts_once(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_counts_once_whenever_the_process_is_killed_on_postgres() {
    let Some(server) = postgres::Server::start() else {
        return;
    };
    counts_once(Some(server.url("postgres"))).await;
    server.stop("immediate");
}

/// When the clocks of a round are set for, in order.
async fn clocks(desk: &Desk, round: RoundId) -> Vec<Timestamp> {
    let all = desk.vault.due(Store::K7, Timestamp::MAX, 1_000).await;
    let of = all.unwrap().into_iter();
    let of = of.filter(|due| due.timer.record == round.to_string());
    of.map(|due| due.timer.due).collect()
}

/// What the one holder of a round heard by itself.
async fn heard(desk: &Desk, round: RoundId) -> Vec<(NoticeKind, Timestamp)> {
    let round = round.to_string();
    let updates = desk.vault.load_children::<StoredUpdate>(&round);
    let updates = updates.await.unwrap();
    assert_eq!(updates.len(), 1);
    let notices = updates[0].body.0.notices().iter();
    notices.map(|notice| (notice.kind, notice.at)).collect()
}

async fn arms_its_rounds(database: Option<String>) {
    let database = database.as_deref();
    let world = World::on(database).await;
    let (round, _) = asked(&world).await;
    // Asked for by a programme of before the clocks.
    let bare = |desk: &Desk| {
        let (vault, context) = (
            desk.vault.clone(),
            permit(&Actor::System, UseCase::RoundClock).unwrap(),
        );
        async move {
            let change = Change::new(context.context(start())).clear_timers(round.to_string());
            vault.apply(Store::K7, change).await.unwrap();
        }
    };
    let set = clocks(&world.desk, round).await;
    assert_eq!(set, [days(7), days(14)], "a week before, and the cut-off");
    bare(&world.desk).await;
    world.desk.vault.clone().close().await;

    // A start sets them as they were, also when two start at once, and again when the first died.
    let desk = desk_in(world.dir(), database).await;
    assert!(clocks(&desk, round).await.is_empty());
    let (a, b) = tokio::join!(plan::arm(&desk, hours(1)), plan::arm(&desk, hours(1)));
    assert!(a.is_ok() && b.is_ok());
    assert_eq!(clocks(&desk, round).await, set);
    desk.vault.close().await;
    dies(world.dir(), database, hours(2), Ends::BeforeItArrives);
    let desk = desk_in(world.dir(), database).await;
    assert_eq!(clocks(&desk, round).await, set, "not moved, not doubled");
    assert!(heard(&desk, round).await.is_empty());

    // Without clocks until after the first moment: the next start still tells, once.
    bare(&desk).await;
    desk.vault.close().await;
    dies(world.dir(), database, days(8), Ends::BeforeTheClock);
    dies(world.dir(), database, days(8), Ends::BeforeItArrives);
    let desk = desk_in(world.dir(), database).await;
    goes_on(&desk, days(9)).await;
    let coming = (NoticeKind::Coming, days(8));
    assert_eq!(heard(&desk, round).await, [coming]);
    assert_eq!(clocks(&desk, round).await, [days(14)]);
    // Lost again: the clock of the first notice comes back with the other, and says nothing twice.
    bare(&desk).await;
    goes_on(&desk, days(10)).await;
    assert_eq!(heard(&desk, round).await, [coming]);
    desk.vault.close().await;

    // Nothing ran at the cut-off itself.
    dies(world.dir(), database, days(14), Ends::BeforeTheClock);
    dies(world.dir(), database, days(20), Ends::BeforeItArrives);
    let desk = desk_in(world.dir(), database).await;
    goes_on(&desk, days(21)).await;
    let overdue = (NoticeKind::Overdue, days(20));
    assert_eq!(heard(&desk, round).await, [coming, overdue]);
    assert!(clocks(&desk, round).await.is_empty());
    plan::arm(&desk, days(22)).await.unwrap();
    assert!(clocks(&desk, round).await.is_empty(), "over stays over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_without_clocks_gets_them_at_the_next_start_on_sqlite() {
    arms_its_rounds(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_without_clocks_gets_them_at_the_next_start_on_postgres() {
    let Some(server) = postgres::Server::start() else {
        return;
    };
    arms_its_rounds(Some(server.url("postgres"))).await;
    server.stop("immediate");
}
