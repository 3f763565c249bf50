//! The clocks of a journey and a stay: somebody who does not arrive, a next place before the norm ends, a reason for staying longer.

use domain::task::TaskKind;

use super::*;

struct Journey {
    world: World,
    case: CaseId,
    request: ShelterRequestId,
    held: PlacementId,
}

impl Journey {
    /// On the way, at the start.
    async fn begun() -> Journey {
        let world = World::new().await;
        let input = location(ShelterKind::Cosm, "GM0193");
        let (_, room) = rooms(&world, world.shelter_a, input, RoomKind::Stay, 1).await;
        let (case, request) = asked(&world, single()).await;
        let desk = &world.desk;
        let held = placement::hold(desk, &officer(&world), start(), request, 1, take(room))
            .await
            .unwrap();
        let shelter = staff(&world, world.shelter_a);
        placement::accept(desk, &shelter, start(), held, 1)
            .await
            .unwrap();
        for (seen, answer) in [(2, ClientAnswer::Accepts), (3, ClientAnswer::Travels)] {
            placement::client_answers(desk, &world.coordinator(), start(), held, seen, answer)
                .await
                .unwrap();
        }
        Journey {
            world,
            case,
            request,
            held,
        }
    }

    async fn arrive(&self) {
        let shelter = staff(&self.world, self.world.shelter_a);
        let seen = version(&self.world.desk, self.held).await;
        placement::arrive(&self.world.desk, &shelter, start(), self.held, seen)
            .await
            .unwrap();
    }

    async fn tasks(&self, now: Timestamp) -> Vec<TaskKind> {
        self.world.settle(now).await;
        let who = self.world.coordinator();
        let dossier = desk::case::read(&self.world.desk, &who, now, self.case)
            .await
            .unwrap();
        let tasks = dossier.file.case.tasks();
        tasks.iter().map(|task| task.kind).collect()
    }
}

fn days(n: i64) -> Timestamp {
    hours(24 * n)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_arrive_is_looked_for_once() {
    let journey = Journey::begun().await;
    assert_eq!(journey.tasks(hours(23)).await, []);
    assert_eq!(journey.tasks(hours(25)).await, [TaskKind::MissingFollowUp]);
    assert_eq!(journey.tasks(days(9)).await, [TaskKind::MissingFollowUp]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_next_place_is_planned_before_the_norm_ends_and_staying_longer_asks_a_reason() {
    let journey = Journey::begun().await;
    journey.arrive().await;
    assert_eq!(
        journey.tasks(days(30)).await,
        [],
        "arrived: nobody is sought"
    );
    assert_eq!(journey.tasks(days(70)).await, [TaskKind::NextPlace]);
    let all = journey.tasks(days(95)).await;
    assert_eq!(all, [TaskKind::NextPlace, TaskKind::StayOverNorm]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_asked_a_next_place_is_not_told_to() {
    let journey = Journey::begun().await;
    journey.arrive().await;
    let desk = &journey.world.desk;
    placement::follow_up(
        desk,
        &journey.world.coordinator(),
        days(10),
        journey.request,
    )
    .await
    .unwrap();
    assert_eq!(journey.tasks(days(70)).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_has_no_clocks_any_more() {
    let journey = Journey::begun().await;
    journey.arrive().await;
    let shelter = staff(&journey.world, journey.world.shelter_a);
    let seen = version(&journey.world.desk, journey.held).await;
    placement::leave(
        &journey.world.desk,
        &shelter,
        days(5),
        journey.held,
        seen,
        ReasonInput::of("uitgestroomd"),
    )
    .await
    .unwrap();
    assert_eq!(journey.tasks(days(120)).await, []);
}
