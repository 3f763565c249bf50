//! Coordinators hold and give back, the shelter closes and opens places, and the process is killed in the middle of it, on both
//! stores. A child process (this test binary again) does the work and says what was acknowledged; the parent counts afterwards,
//! from the placements and from the journal, without asking the rooms.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::postgres;
use crate::support::{actor_of, desk_in};
use desk::placement::{OutInput, StoredPlacement};
use jiff::civil::date;
use serde_json::{Value, json};

const WORK: &str = "SAMEN_TEST_WORK";
const ROOMS: usize = 10;
const PLACES: u16 = 2;
/// Coordinators at work at the same time, each with a request of their own.
const REQUESTS: usize = 200;
const KILLS: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_on_sqlite_no_seat_has_two_users() {
    killed(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_on_postgres_no_seat_has_two_users() {
    let Some(server) = postgres::Server::start() else {
        return;
    };
    killed(Some(server.url("postgres"))).await;
    server.stop("immediate");
}

async fn killed(database: Option<String>) {
    let world = World::on(database.as_deref()).await;
    let mut all = Vec::new();
    for _ in 0..ROOMS {
        let cosm = location(ShelterKind::Cosm, "GM0193");
        all.push(
            rooms(&world, world.shelter_a, cosm, RoomKind::Stay, PLACES)
                .await
                .1,
        );
    }
    let mut requests = Vec::new();
    for _ in 0..REQUESTS {
        requests.push(asked(&world, single()).await.1);
    }
    let work = json!({
        "database": database,
        "officers": world.coordination,
        "shelter": world.shelter_a,
        "rooms": all,
        "requests": requests,
    });
    let file = world.dir().join("work.json");
    std::fs::write(&file, work.to_string()).unwrap();
    world.desk.vault.clone().close().await;

    let mut held = BTreeSet::new();
    for round in 0..KILLS {
        held.extend(work_until_killed(&file, 10 + 5 * round));
        let desk = desk_in(world.dir(), database.as_deref()).await;
        count(&desk, &all, &held).await;
        desk.vault.close().await;
    }
    assert!(held.len() > KILLS * 10, "too little work: {}", held.len());
}

/// Runs a child on the work until it has acknowledged so many holds, and kills it. Gives the holds that it acknowledged.
fn work_until_killed(file: &Path, enough: usize) -> BTreeSet<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "placement::killed::child_works",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(WORK, file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (mut held, mut line) = (BTreeSet::new(), Vec::new());
    while out.read_until(b'\n', &mut line).unwrap() > 0 {
        let text = String::from_utf8_lossy(&line).into_owned();
        assert!(!text.contains("panicked"), "{text}");
        if let Some(id) = text.trim_end().strip_prefix("held ")
            && text.ends_with('\n')
        {
            held.insert(id.to_owned());
            if held.len() == enough {
                child.kill().unwrap();
            }
        }
        line.clear();
    }
    child.wait().unwrap();
    held
}

/// The child of the tests above; does nothing when run by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the tests of this module in a process of its own"]
async fn child_works() {
    let Ok(file) = std::env::var(WORK) else {
        return;
    };
    let work: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let of = |name: &str| serde_json::from_value(work[name].clone()).unwrap();
    let dir = Path::new(&file).parent().unwrap();
    let desk = desk_in(dir, work["database"].as_str()).await;
    let officer = actor_of(&desk, of("officers"), &[Role::PlacementOfficer]);
    let shelter = actor_of(&desk, of("shelter"), &[Role::ShelterStaff]);
    let list = |name: &str| work[name].as_array().unwrap().clone();
    let rooms: Vec<RoomId> = list("rooms")
        .into_iter()
        .map(|r| serde_json::from_value(r).unwrap())
        .collect();
    let requests = list("requests").into_iter();
    let requests: Vec<ShelterRequestId> = requests
        .map(|r| serde_json::from_value(r).unwrap())
        .collect();
    let mut tasks = tokio::task::JoinSet::new();
    for (n, id) in requests.into_iter().enumerate() {
        let (desk, rooms) = (desk.clone(), rooms.clone());
        let (officer, shelter) = (officer.clone(), shelter.clone());
        tasks.spawn(async move {
            for turn in 0..1_000 {
                let room = rooms[(n + turn) % rooms.len()];
                let v = version(&desk, id).await;
                let Ok(held) = placement::hold(&desk, &officer, start(), id, v, take(room)).await
                else {
                    // It has a hold of an earlier round, or the room is full: give back, or try the next.
                    give_back(&desk, &officer, id).await;
                    continue;
                };
                say(&format!("held {held}"));
                if (n + turn) % 3 == 0 {
                    give_back(&desk, &officer, id).await;
                }
                close_or_open(&desk, &shelter, rooms[(n + turn + 1) % rooms.len()]).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

/// The shelter closes a place of a room, if it can, or opens it again.
async fn close_or_open(desk: &Desk, shelter: &Actor, room: RoomId) {
    let today = date(2026, 11, 23);
    let seen = placement::room_by_day(desk, shelter, start(), room, today, 1).await;
    let seen = seen.unwrap();
    let _ = match seen.days[0].0.out {
        0 => {
            let input = OutInput {
                from: today,
                until: None,
                places: Some(1),
                reason: ReasonInput::of("schade"),
            };
            placement::say_out(desk, shelter, start(), room, seen.number, input).await
        }
        _ => placement::end_out(desk, shelter, start(), room, seen.number, today).await,
    };
}

async fn give_back(desk: &Desk, officer: &Actor, id: ShelterRequestId) {
    let children = desk
        .vault
        .load_children::<StoredPlacement>(&id.to_string())
        .await;
    for found in children.unwrap() {
        if !found.body.placement.state().is_over() {
            let (id, seen) = (found.body.placement.id, found.version);
            let back = ReasonInput::of("vergissing");
            let _ = placement::withdraw(desk, officer, start(), id, seen, back).await;
        }
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// Counts who uses each room from the placements, and again from the journal, and compares both with the room.
async fn count(desk: &Desk, rooms: &[RoomId], acknowledged: &BTreeSet<String>) {
    let mut used: BTreeMap<String, u16> = rooms.iter().map(|r| (r.to_string(), 0)).collect();
    let mut there = BTreeSet::new();
    let kind = <StoredPlacement as vault::Stored>::KIND;
    let mut after = None;
    loop {
        let (order, filter) = (vault::Order::Newest, vault::Filter::default());
        let page = desk.vault.list(&kind, &filter, order, after.as_ref(), 200);
        let page = page.await.unwrap();
        for row in &page.rows {
            let found = desk.vault.load::<StoredPlacement>(&row.id).await.unwrap();
            let placement = &found.body.placement;
            there.insert(row.id.clone());
            if !placement.state().is_over() {
                *used.get_mut(&placement.room.to_string()).unwrap() += placement.seats();
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let lost: Vec<_> = acknowledged.difference(&there).collect();
    assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");

    let mut out = Vec::new();
    desk.vault
        .export_journal(&mut out, "journal", start())
        .await
        .unwrap();
    let mut told: BTreeMap<String, u16> = used.keys().map(|room| (room.clone(), 0)).collect();
    for line in String::from_utf8(out).unwrap().lines() {
        let act = |name: &str| {
            line.contains(&format!("\"{name}\"")) || line.contains(&format!("\\\"{name}\\\""))
        };
        let (holds, gives) = (act("shelter.hold"), act("shelter.withdraw"));
        if !holds && !gives {
            continue;
        }
        let room = told
            .iter_mut()
            .find(|(room, _)| line.contains(room.as_str()));
        let (room, n) = room.expect("a hold names its room in the journal");
        *n = if holds { *n + 1 } else { *n - 1 };
        assert!(*n <= PLACES, "{room} had {n} live holds at one moment");
    }
    assert_eq!(used, told, "placements and journal agree");
    for room in rooms {
        let found = desk
            .vault
            .load::<placement::StoredRoom>(&room.to_string())
            .await
            .unwrap();
        let figure = found.body.capacity().on(date(2026, 11, 23), start());
        assert_eq!(figure.held, used[&room.to_string()], "the room agrees");
        assert_eq!(
            (figure.short, figure.held + figure.out + figure.free),
            (0, PLACES)
        );
    }
    desk.vault.verify(&mut |_, _| {}).await.unwrap();
}
