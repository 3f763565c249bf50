//! A made-up year of made-up habits with planted misuse. It shows that the detectors find what they are made for and do not drown it;
//! it says nothing about real people.

use domain::watch::{
    Decoy, Did, Event, Finding, Move, Place, Related, WatchRules, crawl, decoy_opened,
    follows_person, night_reading, own_relation, search_without_opening,
};
use jiff::{SignedDuration, Timestamp};

const RULES: WatchRules = WatchRules::PILOT;
const WORKERS: usize = 60;
const MINUTES: i64 = 60;

/// SplitMix64: the same year every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as i64
    }
}

fn new_year() -> Timestamp {
    "2026-01-05T00:00:00+01:00".parse().unwrap()
}

fn at(day: i64, minute: i64) -> Timestamp {
    new_year() + SignedDuration::from_hours(24 * day) + SignedDuration::from_mins(minute)
}

struct Year {
    events: Vec<Event>,
    dice: Dice,
}

impl Year {
    fn add(&mut self, worker: usize, did: Did, matter: String, day: i64, minute: i64) {
        self.events.push(Event {
            place: Place { store: 3, seq: 0 },
            at: at(day, minute),
            actor: format!("u{worker}"),
            org: "A".to_owned(),
            role: "care_coordinator".to_owned(),
            matter,
            did,
        });
    }

    /// Five days a week: opens own matters, works on most, now and then looks into a colleague's, now and then late.
    fn habits(&mut self, worker: usize) {
        let night_worker = worker.is_multiple_of(10);
        for day in (0..364).filter(|day| day % 7 < 5) {
            for _ in 0..6 + self.dice.below(6) {
                let minute = match night_worker {
                    true => (22 + self.dice.below(8)) * MINUTES + self.dice.below(60),
                    false => (8 + self.dice.below(9)) * MINUTES + self.dice.below(60),
                };
                // A matter lives some ten weeks.
                let own = format!("m{worker}-{}-{}", day / 70, self.dice.below(12));
                self.add(worker, Did::Read, own.clone(), day, minute);
                if self.dice.below(3) > 0 {
                    self.add(worker, Did::Changed, own, day, minute + 5);
                }
            }
            if self.dice.below(40) == 0 {
                let colleague = self.dice.below(WORKERS as i64);
                let theirs = format!("m{colleague}-{}-{}", day / 70, self.dice.below(12));
                self.add(worker, Did::Read, theirs, day, 11 * MINUTES);
            }
            if self.dice.below(120) == 0 {
                let own = format!("m{worker}-{}-{}", day / 70, self.dice.below(12));
                self.add(worker, Did::Read, own, day, 23 * MINUTES + 10);
            }
        }
    }

    /// Ten of each of the six kinds, each by somebody of its own.
    fn misuse(&mut self, kind: usize, worker: usize) {
        let from = 20 + self.dice.below(150);
        match kind {
            0 => (0..4).for_each(|n| {
                self.add(
                    worker,
                    Did::Read,
                    format!("strange{worker}-{n}"),
                    from + n,
                    25 * MINUTES,
                )
            }),
            1 => (0..10).for_each(|n| {
                self.add(
                    worker,
                    Did::Read,
                    format!("strange{worker}-{n}"),
                    from + 7 * n,
                    10 * MINUTES,
                )
            }),
            // Searches early, an hour before anybody opens anything.
            2 => (0..6).for_each(|n| {
                self.add(
                    worker,
                    Did::Sought,
                    format!("strange{worker}-{n}"),
                    from + 2 * n,
                    7 * MINUTES,
                )
            }),
            3 => {
                self.add(
                    worker,
                    Did::Read,
                    format!("left{worker}"),
                    from,
                    10 * MINUTES,
                );
                self.add(
                    worker,
                    Did::Read,
                    format!("went{worker}"),
                    from + 30,
                    10 * MINUTES,
                );
            }
            4 => self.add(
                worker,
                Did::Read,
                format!("known{worker}"),
                from,
                10 * MINUTES,
            ),
            _ => self.add(
                worker,
                Did::Read,
                format!("decoy{worker}"),
                from,
                10 * MINUTES,
            ),
        }
    }
}

/// What a watch every four weeks over one person's last quarter finds; what was found once is not told again.
fn watched(events: &[Event], worker: usize) -> Vec<Finding> {
    let moves = [Move {
        from: format!("left{worker}"),
        to: format!("went{worker}"),
        at: events[0].at,
    }];
    let moves: Vec<Move> = moves
        .into_iter()
        .map(|moved| {
            let before = events.iter().find(|event| event.matter == moved.from);
            Move {
                at: before.map_or(Timestamp::MAX, |event| {
                    event.at + SignedDuration::from_hours(1)
                }),
                ..moved
            }
        })
        .collect();
    let related = [Related {
        actor: format!("u{worker}"),
        matter: format!("known{worker}"),
    }];
    let decoys = [Decoy {
        matter: format!("decoy{worker}"),
        laid_by: "officer".to_owned(),
    }];
    let mut told: Vec<Finding> = Vec::new();
    for month in 1..=13 {
        let now = at(28 * month, 0);
        for which in 0..6 {
            let fresh: Vec<Event> = events
                .iter()
                .filter(|event| event.at < now && event.at >= RULES.since(now))
                .filter(|event| {
                    event.did.is_work()
                        || !told
                            .iter()
                            .any(|f| is_kind(f, which) && f.places.contains(&event.place))
                })
                .cloned()
                .collect();
            let found = match which {
                0 => night_reading(&fresh, &RULES),
                1 => crawl(&fresh, &RULES),
                2 => search_without_opening(&fresh, &RULES),
                3 => follows_person(&fresh, &moves, &RULES),
                4 => own_relation(&fresh, &related),
                _ => decoy_opened(&fresh, &decoys),
            };
            told.extend(found);
        }
    }
    told
}

fn is_kind(finding: &Finding, which: usize) -> bool {
    domain::watch::Why::ALL[which] == finding.why
}

#[test]
fn planted_misuse_of_a_made_up_year_is_found_and_not_drowned() {
    let mut year = Year {
        events: Vec::new(),
        dice: Dice(2026),
    };
    for worker in 0..WORKERS {
        year.habits(worker);
        year.misuse(worker % 6, worker);
    }
    let mut by_worker: Vec<Vec<Event>> = vec![Vec::new(); WORKERS];
    year.events.sort_by_key(|event| event.at);
    for (seq, mut event) in year.events.into_iter().enumerate() {
        event.place.seq = seq as i64;
        let worker: usize = event.actor[1..].parse().unwrap();
        by_worker[worker].push(event);
    }
    let accesses: usize = by_worker.iter().map(Vec::len).sum();
    let (mut hits, mut alarms) = (0, 0);
    for (worker, events) in by_worker.iter().enumerate() {
        let kind = worker % 6;
        let told = watched(events, worker);
        alarms += told.len();
        hits += usize::from(told.iter().any(|finding| is_kind(finding, kind)));
    }
    let alarms_a_thousand = alarms as f64 * 1000.0 / accesses as f64;
    println!(
        "{accesses} accesses, {hits} of {WORKERS} misuses found, {alarms} findings, {alarms_a_thousand:.2} a thousand accesses"
    );
    assert!(hits * 100 >= WORKERS * 80, "only {hits} of {WORKERS} found");
    assert!(
        alarms_a_thousand <= 5.0,
        "{alarms_a_thousand:.2} findings a thousand accesses"
    );
}
