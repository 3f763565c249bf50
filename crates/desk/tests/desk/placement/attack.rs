//! Whoever asks for shelters cannot find out where a house is, however many questions she asks and however cleverly.
//!
//! The attacker is a coordinator. She knows of a house that is unlike all others (it alone takes somebody with a wheelchair and a
//! dog), and asks again and again for such a person, each time with another circle to stay out of. If the program let her know
//! whether a room lies outside the circle, twenty answers would do.

use desk::placement::Dossier;

use super::*;

const QUESTIONS: usize = 1_000;
/// Nearer than this nobody may come.
const FAR_KM: f64 = 25.0;

struct Place {
    code: String,
    x: f64,
    y: f64,
}

fn places() -> Vec<Place> {
    include_str!("../../../src/placement/centres.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some(Place {
                code: cells.next()?.to_owned(),
                x: cells.next()?.parse().ok()?,
                y: cells.next()?.parse().ok()?,
            })
        })
        .collect()
}

fn km(a: &Place, b: &Place) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// What the attacker still thinks possible, and what she asks next: the circle that halves it.
struct Attacker {
    all: Vec<Place>,
    possible: Vec<usize>,
}

impl Attacker {
    fn new() -> Attacker {
        let all = places();
        Attacker {
            possible: (0..all.len()).collect(),
            all,
        }
    }

    fn ask(&self, n: usize) -> (usize, u16) {
        let around = (n * 37) % self.all.len();
        let mut far: Vec<f64> = (self.possible.iter())
            .map(|at| km(&self.all[around], &self.all[*at]))
            .collect();
        far.sort_by(f64::total_cmp);
        let half = far.get(far.len() / 2).copied().unwrap_or(40.0);
        let radius = (half as u16).saturating_sub(placement::AVOID_MARGIN_KM);
        (around, radius.clamp(1, 300))
    }

    /// `nothing`: no room outside the circle.
    fn learn(&mut self, (around, radius): (usize, u16), nothing: bool) {
        let within = f64::from(radius + placement::AVOID_MARGIN_KM);
        let still: Vec<usize> = (self.possible.iter().copied())
            .filter(|at| (km(&self.all[around], &self.all[*at]) <= within) == nothing)
            .collect();
        // Nothing left: she was told something that cannot be, and keeps what she had.
        if !still.is_empty() {
            self.possible = still;
        }
    }

    /// Her best guess: the middle of what is possible.
    fn guess(&self) -> Place {
        let n = self.possible.len() as f64;
        let sum = |of: fn(&Place) -> f64| {
            self.possible
                .iter()
                .map(|at| of(&self.all[*at]))
                .sum::<f64>()
        };
        Place {
            code: String::new(),
            x: sum(|p| p.x) / n,
            y: sum(|p| p.y) / n,
        }
    }
}

fn wanted(all: &[Place], (around, radius): (usize, u16)) -> NewRequest {
    NewRequest {
        wheelchair: true,
        pets: true,
        avoid: vec![AvoidPlace {
            municipality: gm(&all[around].code),
            radius_km: radius,
            why: "offender".to_owned(),
        }],
        ..single()
    }
}

async fn with_house_in(municipality: &str) -> World {
    let world = World::new().await;
    for other in ["GM0193", "GM0363", "GM0014", "GM0935"] {
        let input = location(ShelterKind::Cosm, other);
        rooms(&world, world.shelter_a, input, RoomKind::Stay, 2).await;
    }
    let mut house = location(ShelterKind::Cosm, municipality);
    house.admits.pets = true;
    rooms(&world, world.shelter_b, house, RoomKind::Stay, 2).await;
    world
}

/// Everything that the pages of a coordinator are made of, without the identifiers, which are drawn at random.
async fn seen(
    world: &World,
    case: CaseId,
    id: ShelterRequestId,
    now: Timestamp,
    lists: bool,
) -> String {
    let (desk, who) = (&world.desk, world.coordinator());
    let Dossier {
        stored,
        version,
        found,
        placements,
        position,
    } = placement::read(desk, &who, now, id).await.unwrap();
    let waiting = placement::waiting(desk, &who).await.unwrap();
    let request = format!(
        "{:?} {:?} {version} {found:?} {placements:?} {position:?} {:?}",
        (&stored.shortage, stored.asked_as),
        stored.request.state_name(),
        waiting.iter().map(|row| &row.seen).collect::<Vec<_>>(),
    );
    if !lists {
        return request;
    }
    let listed = placement::list(desk, &who, None, None).await.unwrap();
    let rows: Vec<_> = listed.0.rows.iter().map(|row| &row.summary).collect();
    let steps = placement::steps_of_case(desk, &who, start(), case)
        .await
        .unwrap();
    let last = (steps.iter())
        .find(|step| step.request == id)
        .map(|step| (&step.state, &step.seen));
    let counted = placement::shortages(desk, &who).await.unwrap();
    format!("{request} {rows:?} {last:?} {counted:?}")
}

/// The whole attack; what she saw each time, and where she thinks the house is.
async fn attack(municipality: &str) -> (Vec<String>, Place) {
    let world = with_house_in(municipality).await;
    let mut own = Vec::new();
    for _ in 0..QUESTIONS / 50 {
        own.push(case(&world, world.care_haaglanden).await);
    }
    let mut attacker = Attacker::new();
    let mut transcript = Vec::with_capacity(QUESTIONS);
    let mut now = start();
    for n in 0..QUESTIONS {
        let question = attacker.ask(n);
        let case = own[n / 50];
        let new = wanted(&attacker.all, question);
        let id = placement::ask(&world.desk, &world.coordinator(), now, case, new)
            .await
            .unwrap();
        if n % 100 == 7 {
            // Some she leaves open for the clock that searches every hour.
            now += SignedDuration::from_hours(1);
            world.settle(now).await;
        }
        let answer = seen(&world, case, id, now, n % 25 == 7).await;
        attacker.learn(question, answer.starts_with("Some"));
        transcript.push(answer);
        let seen = version(&world.desk, id).await;
        placement::withdraw_request(
            &world.desk,
            &world.coordinator(),
            now,
            id,
            seen,
            ReasonInput::of("niet_meer_nodig"),
        )
        .await
        .unwrap();
    }
    let guess = attacker.guess();
    (transcript, guess)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_adaptive_questions_do_not_tell_where_a_house_is() {
    let (groningen, limburg) = tokio::join!(attack("GM0014"), attack("GM0935"));
    for (n, (one, other)) in groningen.0.iter().zip(&limburg.0).enumerate() {
        assert_eq!(
            one, other,
            "question {n} was answered otherwise by another house"
        );
    }
    let all = places();
    let near = ["GM0014", "GM0935"].map(|code| {
        let house = all.iter().find(|place| place.code == code).unwrap();
        km(&groningen.1, house) <= FAR_KM && km(&limburg.1, house) <= FAR_KM
    });
    assert_ne!(near, [true, true], "the same guess cannot be near both");
    assert!((km(&groningen.1, &limburg.1)) < 0.1, "she learnt nothing");
}

/// The control: told what the placing officer sees, the same attacker finds the house. So the test above can fail.
#[tokio::test(flavor = "multi_thread")]
async fn with_the_answer_of_the_placing_officer_the_same_attack_would_find_it() {
    let world = with_house_in("GM0935").await;
    let case = case(&world, world.care_haaglanden).await;
    let mut attacker = Attacker::new();
    for n in 0..60 {
        let question = attacker.ask(n);
        let new = wanted(&attacker.all, question);
        let id = placement::ask(&world.desk, &world.coordinator(), start(), case, new)
            .await
            .unwrap();
        let read = placement::read(&world.desk, &officer(&world), start(), id)
            .await
            .unwrap();
        let found = read.found.expect("the officer sees rooms");
        attacker.learn(question, found.why_not.fit == 0);
    }
    let all = places();
    let house = all.iter().find(|place| place.code == "GM0935").unwrap();
    assert!(km(&attacker.guess(), house) < FAR_KM);
}
