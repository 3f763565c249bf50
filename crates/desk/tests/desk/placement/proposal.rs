//! A proposal for everybody at once: the best for the country, explained, taken line by line, and worked out again.

use std::sync::Arc;

use desk::placement::{
    Again, LineNow, accept_line, proposals, propose, read_proposal, recheck, recheck_proposal,
};

use super::*;

fn in_time() -> Arc<dyn Fn() -> bool + Send + Sync> {
    Arc::new(|| false)
}

/// Two houses with a room each. The picky one fits only the first, so whoever fits both must go to the second.
async fn picky(world: &World) -> (ShelterRequestId, ShelterRequestId, RoomId, RoomId) {
    let speaks = location(ShelterKind::Cosm, "GM0193");
    let (_, both) = rooms(world, world.shelter_a, speaks, RoomKind::Stay, 1).await;
    let mut plain = location(ShelterKind::Cosm, "GM0363");
    plain.admits.wheelchair = false;
    plain.admits.languages = vec![];
    let (_, steps) = rooms(world, world.shelter_a, plain, RoomKind::Stay, 1).await;
    let (_, easy) = asked(world, single()).await;
    let chair = NewRequest {
        wheelchair: true,
        ..single()
    };
    let (_, picky) = asked(world, chair).await;
    (easy, picky, both, steps)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_placed_where_one_by_one_somebody_would_be_left_over() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let (easy, picky, both, steps) = picky(&world).await;
    // One by one, the easy one would take the room that the other needs.
    let alone = placement::read(desk, &by, start(), easy).await.unwrap();
    assert_eq!(alone.found.unwrap().offers[0].room, both);

    let id = propose(desk, &by, start(), in_time()).await.unwrap();
    let proposal = read_proposal(desk, &by, start(), &id).await.unwrap();
    assert!(proposal.certificate.optimal);
    assert!(proposal.without.is_empty());
    assert!(proposal.lines.iter().all(|line| line.now == LineNow::Ready));
    let taken = accept_line(desk, &by, start(), &id, easy).await.unwrap();
    accept_line(desk, &by, start(), &id, picky).await.unwrap();
    let room = async |id: PlacementId| {
        let seen = placement::read_hold(desk, &staff(&world, world.shelter_a), start(), id).await;
        seen.unwrap().placement.room
    };
    assert_eq!(room(taken).await, steps);
    let twice = accept_line(desk, &by, start(), &id, easy).await;
    assert_eq!(key(twice), "shelter.state");

    // It says what became of its lines, and can be worked out again after that.
    let later = read_proposal(desk, &by, hours(1), &id).await.unwrap();
    assert!(later.lines.iter().all(|line| line.now == LineNow::Over));
    let again = recheck_proposal(desk, &by, hours(1), &id).await.unwrap();
    assert_eq!(again, Some(Again::Same));
    let one = recheck(desk, &by, hours(1), taken).await.unwrap();
    assert_eq!(one.again, Again::Same);
    assert_eq!(proposals(desk, &by).await.unwrap().len(), 1);

    // Who has a room is not in the next question.
    let next = propose(desk, &by, hours(1), in_time()).await.unwrap();
    let next = read_proposal(desk, &by, hours(1), &next).await.unwrap();
    assert!(next.lines.is_empty() && next.without.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_without_is_told_what_is_in_the_way_and_what_one_place_more_is_worth() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let (_, room) = rooms(
        &world,
        world.shelter_a,
        location(ShelterKind::Cosm, "GM0193"),
        RoomKind::Stay,
        1,
    )
    .await;
    let urgent = NewRequest {
        urgency: 5,
        ..single()
    };
    let (_, later) = asked(&world, single()).await;
    let (_, first) = asked(&world, urgent).await;
    let id = propose(desk, &by, start(), in_time()).await.unwrap();
    let seen = read_proposal(desk, &by, start(), &id).await.unwrap();
    assert_eq!(
        seen.lines[0].request, first,
        "urgency decides, not who came first"
    );
    assert_eq!(seen.without[0].request, later);
    assert_eq!(seen.without[0].blocked_by[0].rule.code(), "places");
    assert_eq!(seen.without[0].nearest[0].rooms, 1);
    assert_eq!(seen.prices.len(), 1);
    assert!(seen.prices[0].2 > 10_000, "{:?}", seen.prices);

    // Somebody else takes the room: the line says so, and taking it is refused.
    placement::hold(desk, &by, start(), later, 1, take(room))
        .await
        .unwrap();
    let seen = read_proposal(desk, &by, start(), &id).await.unwrap();
    assert_eq!(seen.lines[0].now, LineNow::Full);
    let gone = accept_line(desk, &by, start(), &id, first).await;
    assert_eq!(key(gone), "shelter.room_full");
    let again = recheck_proposal(desk, &by, start(), &id).await.unwrap();
    assert_eq!(again, Some(Again::Same), "worked out from what was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn out_of_time_it_is_still_a_plan_with_a_bound_and_still_worked_out_again() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    picky(&world).await;
    let id = propose(desk, &by, start(), Arc::new(|| true))
        .await
        .unwrap();
    let seen = read_proposal(desk, &by, start(), &id).await.unwrap();
    assert!(seen.certificate.bound <= seen.certificate.objective);
    assert_eq!(seen.lines.len() + seen.without.len(), 2);
    let again = recheck_proposal(desk, &by, start(), &id).await.unwrap();
    assert_eq!(again, Some(Again::Same));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_request_takes_its_part_of_the_question_along() {
    let world = World::new().await;
    let desk = &world.desk;
    let by = officer(&world);
    let (easy, _, _, _) = picky(&world).await;
    let id = propose(desk, &by, start(), in_time()).await.unwrap();
    let case = placement::read(desk, &by, start(), easy).await.unwrap();
    let case = case.stored.request.case.to_string();
    let plan = desk::erasure::plan(desk, Store::K3, &case, false)
        .await
        .unwrap();
    desk::erasure::erase(desk, start(), "AVG 17", &plan)
        .await
        .unwrap();
    let seen = read_proposal(desk, &by, start(), &id).await.unwrap();
    let gone = seen.lines.iter().find(|line| line.request == easy).unwrap();
    assert_eq!((gone.urgency, gone.seats, gone.now), (0, 0, LineNow::Over));
    let again = recheck_proposal(desk, &by, start(), &id).await.unwrap();
    assert_eq!(again, None, "the question is not whole any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_placing_officer_sees_proposals() {
    let world = World::new().await;
    let desk = &world.desk;
    let id = propose(desk, &officer(&world), start(), in_time())
        .await
        .unwrap();
    for other in [world.coordinator(), staff(&world, world.shelter_a)] {
        let refused = [
            propose(desk, &other, start(), in_time()).await.map(|_| ()),
            read_proposal(desk, &other, start(), &id).await.map(|_| ()),
            recheck_proposal(desk, &other, start(), &id)
                .await
                .map(|_| ()),
            proposals(desk, &other).await.map(|_| ()),
        ];
        for one in refused {
            assert!(matches!(one, Err(DeskError::Forbidden { .. })), "{one:?}");
        }
    }
}
