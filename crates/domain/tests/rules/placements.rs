//! Shelter requests, placements, and who may see the address.

use crate::samples::*;
use domain::{
    age::AgeInYears, code::LanguageCode, ids::*, person::Sex, placement::*, shelter_request::*,
};
use jiff::Timestamp;
use proptest::prelude::*;

pub fn needs() -> Needs {
    let person = |age, sex| PersonInRequest {
        person: None,
        age: AgeInYears::Exactly { age },
        sex,
    };
    Needs {
        persons: vec![
            person(31, Sex::Female),
            person(4, Sex::Male),
            person(9, Sex::Female),
        ],
        form: form("SU"),
        entitlement: Entitlement::Wmo,
        security: Security::SecretAddress,
        care: vec![CareNeed::Addiction],
        wheelchair: true,
        pets: false,
        languages: vec![LanguageCode::literal("pl")],
        avoid: vec![AvoidCircle {
            x_km: 136.0,
            y_km: 455.0,
            radius_km: 40.0,
            reason: text("he lives there"),
        }],
        near: Some(Near {
            x_km: 99.0,
            y_km: 440.0,
            weight: 1.0,
        }),
        urgency: 3,
        current_room: None,
        apart: None,
    }
}

pub fn request() -> ShelterRequest {
    ShelterRequest::open(
        ShelterRequestId::new(uuid(1)),
        CaseId::new(uuid(1)),
        needs(),
        morning(),
    )
    .unwrap()
}

fn refused(change: impl Fn(&mut Needs)) -> String {
    let mut needs = needs();
    change(&mut needs);
    needs.check().unwrap_err().to_string()
}

#[test]
fn what_is_asked_is_checked_and_named() {
    assert!(needs().check().is_ok());
    assert_eq!(needs().seats(), 3);
    assert!(refused(|n| n.persons.clear()).contains("`persons` is empty"));
    assert!(refused(|n| n.urgency = 0).contains("`urgency` is 0"));
    assert!(refused(|n| n.urgency = 6).contains("`urgency` is 6"));
    assert!(refused(|n| n.avoid[0].radius_km = 0.0).contains("avoid.radius_km"));
    assert!(refused(|n| n.avoid[0].x_km = f64::NAN).contains("avoid.x_km"));
    assert!(refused(|n| n.avoid = vec![n.avoid[0].clone(); 21]).contains("`avoid` has 21"));
    assert!(
        refused(|n| n.near = Some(Near {
            x_km: 99.0,
            y_km: 440.0,
            weight: 2.0
        }))
        .contains("near.weight")
    );
    let same = Some(PersonId::new(uuid(1)));
    assert!(refused(|n| n.persons.iter_mut().for_each(|p| p.person = same)).contains("twice"));
}

#[test]
fn one_placement_at_a_time_and_failures_are_kept() {
    let (one, two) = (PlacementId::new(uuid(1)), PlacementId::new(uuid(2)));
    let offered = request().offered(one).unwrap();
    assert!(offered.clone().offered(two).is_err());
    assert_eq!(
        offered.clone().failed(two).unwrap_err(),
        RequestError::OtherPlacement(two)
    );
    let again = offered.failed(one).unwrap().offered(two).unwrap();
    assert_eq!(again.failed, [one]);
    let done = again.fulfilled(two, morning()).unwrap();
    assert!(
        done.withdraw(domain::code::ReasonCode::literal("anders"), None, morning())
            .is_err()
    );
}

const UNTIL: &str = "2026-03-09T15:00:00Z";
/// The end of the time that a client has after the shelter's yes.
const CLIENT_UNTIL: &str = "2026-03-10T14:59:59Z";

fn held() -> Placement {
    placement(1, 1, 2).hold(at(UNTIL), morning()).unwrap()
}

#[test]
fn a_hold_ends_at_its_moment_exactly() {
    let last = by("2026-03-09T14:59:59Z");
    let late = by(UNTIL);
    assert!(held().accept_by_shelter(at(UNTIL), last).is_ok());
    let refused = held().accept_by_shelter(at(CLIENT_UNTIL), late);
    assert_eq!(
        refused.unwrap_err(),
        PlacementError::HoldExpired { until: at(UNTIL) }
    );
    assert!(held().expire(last.at).is_err());
    assert_eq!(held().expire(late.at).unwrap().state_name(), "expired");
    let accepted = held().accept_by_shelter(at(UNTIL), morning()).unwrap();
    assert!(accepted.clone().accept_by_client(late).is_err());
    assert!(accepted.clone().expire(late.at).is_ok());
    assert!(
        accepted
            .accept_by_client(last)
            .unwrap()
            .expire(late.at)
            .is_err(),
        "a client who comes is not expired"
    );
    assert!(matches!(
        placement(1, 1, 2).hold(at(MORNING), morning()),
        Err(PlacementError::HoldInPast { .. })
    ));
}

#[test]
fn a_late_yes_of_the_shelter_leaves_the_client_her_time() {
    let last = by("2026-03-09T14:59:59Z");
    let accepted = held().accept_by_shelter(at(CLIENT_UNTIL), last).unwrap();
    assert_eq!(accepted.held_until(), Some(at(CLIENT_UNTIL)));
    assert_eq!(
        accepted.clone().expire(at(UNTIL)).unwrap_err(),
        PlacementError::HoldNotExpired {
            until: at(CLIENT_UNTIL)
        },
        "the end of the first hold is no end any more"
    );
    let at_night = by("2026-03-10T02:00:00Z");
    assert!(accepted.clone().accept_by_client(at_night).is_ok());
    assert!(accepted.accept_by_client(by(CLIENT_UNTIL)).is_err());
    let early = held()
        .accept_by_shelter(at("2026-03-09T12:00:00Z"), morning())
        .unwrap();
    assert_eq!(
        early.held_until(),
        Some(at(UNTIL)),
        "a yes never shortens what was promised"
    );
}

#[test]
fn a_refusal_carries_its_reason_also_when_late() {
    let late = held()
        .refuse(reason("zorgzwaarte"), by("2026-03-09T16:00:00Z"))
        .unwrap();
    let PlacementState::Refused { reason: kept, .. } = late.state() else {
        panic!("{late:?}")
    };
    assert_eq!(kept.code.as_str(), "zorgzwaarte");
    assert_eq!(
        held().refuse(reason(""), morning()).unwrap_err(),
        PlacementError::NoReason
    );
    assert_eq!(
        held().withdraw(reason(" "), morning()).unwrap_err(),
        PlacementError::NoReason
    );
}

#[test]
fn the_times_that_are_measured_are_there() {
    let arrived = held()
        .accept_by_shelter(at(CLIENT_UNTIL), by("2026-03-09T10:00:00Z"))
        .and_then(|p| p.accept_by_client(by("2026-03-09T11:00:00Z")))
        .and_then(|p| p.travel(by("2026-03-09T12:00:00Z")))
        .and_then(|p| p.arrive(by("2026-03-09T14:00:00Z")))
        .unwrap();
    assert_eq!(
        arrived.reached("accepted_by_shelter"),
        Some(at("2026-03-09T10:00:00Z"))
    );
    assert_eq!(arrived.reached("arrived"), Some(at("2026-03-09T14:00:00Z")));
    assert_eq!(arrived.reached("left"), None);
    assert_eq!(arrived.steps().len(), 6);
}

#[test]
fn a_placement_has_a_seat_for_everybody() {
    let two = vec![PersonId::new(uuid(1)), PersonId::new(uuid(2))];
    let tried = |seats| {
        Placement::propose(
            PlacementId::new(uuid(1)),
            ShelterRequestId::new(uuid(1)),
            CaseId::new(uuid(1)),
            RoomId::new(uuid(1)),
            LocationId::new(uuid(1)),
            two.clone(),
            seats,
            morning(),
            None,
        )
    };
    assert_eq!(tried(1).unwrap_err(), PlacementError::NoSeats);
    assert_eq!(tried(0).unwrap_err(), PlacementError::NoSeats);
    assert!(tried(3).is_ok(), "a child without an identity here");
}

#[test]
fn the_address_is_for_the_officer_who_placed_and_the_person_accepted() {
    let officer = AddressViewer::PlacingOfficer(UserId::new(uuid(1)));
    let person = AddressViewer::Person(PersonId::new(uuid(1)));
    let hidden = |why| AddressAccess::Hidden { why };
    let proposed = placement(1, 1, 1);
    assert_eq!(
        may_see_address(officer, &proposed),
        hidden(HiddenBecause::NotAcceptedYet)
    );
    assert_eq!(
        may_see_address(person, &held()),
        hidden(HiddenBecause::NotAcceptedYet)
    );
    let accepted = held()
        .accept_by_shelter(at(CLIENT_UNTIL), morning())
        .unwrap();
    assert_eq!(may_see_address(officer, &accepted), AddressAccess::Shown);
    assert_eq!(may_see_address(person, &accepted), AddressAccess::Shown);
    let strangers = [
        (
            AddressViewer::PlacingOfficer(UserId::new(uuid(2))),
            HiddenBecause::OtherOfficer,
        ),
        (
            AddressViewer::Person(PersonId::new(uuid(2))),
            HiddenBecause::OtherPerson,
        ),
        (AddressViewer::Other, HiddenBecause::NotConcerned),
    ];
    for (viewer, why) in strangers {
        assert_eq!(may_see_address(viewer, &accepted), hidden(why));
        assert_eq!(
            may_see_address(viewer, &proposed),
            hidden(why),
            "strangers learn nothing of how far it is"
        );
    }
    let declined = accepted.decline(reason("regio"), morning()).unwrap();
    assert_eq!(
        may_see_address(officer, &declined),
        hidden(HiddenBecause::Over)
    );
    assert_eq!(
        may_see_address(person, &declined),
        hidden(HiddenBecause::Over)
    );
}

#[derive(Debug, Clone, Copy)]
enum Try {
    Hold(i64),
    ShelterYes(i64),
    ClientYes,
    Travel,
    Arrive,
    Leave,
    Refuse,
    Decline,
    Withdraw,
    Expire,
}

fn any_try() -> impl Strategy<Value = (Try, i64)> {
    let step = prop_oneof![
        (1i64..100).prop_map(Try::Hold),
        (0i64..100).prop_map(Try::ShelterYes),
        prop::sample::select(vec![
            Try::ClientYes,
            Try::Travel,
            Try::Arrive,
            Try::Leave,
            Try::Refuse,
            Try::Decline,
            Try::Withdraw,
            Try::Expire,
        ]),
    ];
    (step, 0i64..20)
}

fn attempt(placement: Placement, step: Try, now: Timestamp) -> Result<Placement, PlacementError> {
    let who = domain::By {
        at: now,
        ..morning()
    };
    let after = |minutes| Timestamp::from_second(now.as_second() + minutes * 60).unwrap();
    match step {
        Try::Hold(minutes) => placement.hold(after(minutes), who),
        Try::ShelterYes(minutes) => placement.accept_by_shelter(after(minutes), who),
        Try::ClientYes => placement.accept_by_client(who),
        Try::Travel => placement.travel(who),
        Try::Arrive => placement.arrive(who),
        Try::Leave => placement.leave(reason("anders"), who),
        Try::Refuse => placement.refuse(reason("vol"), who),
        Try::Decline => placement.decline(reason("regio"), who),
        Try::Withdraw => placement.withdraw(reason("anders"), who),
        Try::Expire => placement.expire(now),
    }
}

proptest! {
    #[test]
    fn whatever_is_tried_the_promises_hold(steps in prop::collection::vec(any_try(), 0..40)) {
        let mut here = placement(1, 1, 1);
        let mut now = at(MORNING);
        for (step, minutes) in steps {
            now = Timestamp::from_second(now.as_second() + minutes * 60).unwrap();
            let before = here.clone();
            let Ok(after) = attempt(here, step, now) else { here = before; continue };
            let moved = (before.state_name(), after.state_name());
            prop_assert!(domain::placement::MOVES.contains(&moved), "{:?}", moved);
            prop_assert!(!before.state().is_over(), "nothing follows the end");
            // Both sides said yes before anybody travels.
            if matches!(after.state(), PlacementState::Travelling { .. } | PlacementState::Arrived { .. }) {
                prop_assert!(after.reached("accepted_by_shelter").is_some());
                prop_assert!(after.reached("accepted_by_client").is_some());
            }
            // The shelter's yes leaves the client all the time she is given, and never less than the hold had.
            if let (Try::ShelterYes(given), Some(until)) = (step, after.held_until()) {
                let given = Timestamp::from_second(now.as_second() + given * 60).unwrap();
                prop_assert_eq!(Some(until), before.held_until().max(Some(given)));
                prop_assert!(now < until);
            }
            // No hold ends before its moment, and none is answered after it.
            if let Some(until) = before.held_until() {
                match after.state_name() {
                    "expired" => prop_assert!(until <= now),
                    "accepted_by_shelter" | "accepted_by_client" => prop_assert!(now < until),
                    _ => {}
                }
            }
            // The address is open only between the shelter's word and the end.
            let seen = may_see_address(AddressViewer::Person(PersonId::new(uuid(1))), &after) == AddressAccess::Shown;
            prop_assert_eq!(seen, after.reached("accepted_by_shelter").is_some() && !after.state().is_over());
            let officer = AddressViewer::PlacingOfficer(UserId::new(uuid(1)));
            prop_assert_eq!(may_see_address(officer, &after) == AddressAccess::Shown, seen);
            let steps: Vec<_> = after.steps().iter().map(|s| s.at).collect();
            prop_assert!(steps.is_sorted());
            here = after;
        }
    }
}

fn despite(rules: &[&str]) -> Despite {
    Despite {
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        because: text("called the house"),
        by: morning(),
    }
}

#[test]
fn a_room_is_kept_despite_named_rules_only_and_only_before_arrival() {
    let kept = held().keep_despite(despite(&["out_of_service"])).unwrap();
    assert!(kept.is_kept_despite("out_of_service"));
    assert!(!kept.is_kept_despite("avoid"));
    assert_eq!(kept.state(), held().state(), "it is a decision, not a step");
    assert_eq!(
        held().keep_despite(despite(&[])),
        Err(PlacementError::NoRule)
    );
    let on_the_way = (held().accept_by_shelter(at(CLIENT_UNTIL), morning()))
        .and_then(|placement| placement.accept_by_client(morning()))
        .and_then(|placement| placement.travel(morning()))
        .unwrap();
    assert!(on_the_way.clone().keep_despite(despite(&["age"])).is_ok());
    let there = on_the_way.arrive(morning()).unwrap();
    assert!(there.clone().keep_despite(despite(&["age"])).is_err());
    let needs_fit: Vec<bool> = [held().state(), there.state()]
        .iter()
        .map(|state| state.needs_fit())
        .collect();
    assert_eq!(needs_fit, [false, false], "nobody at the door is sent away");
}

#[test]
fn an_area_is_added_while_it_can_still_count() {
    let circle = || AvoidCircle {
        radius_km: 10.0,
        ..needs().avoid[0].clone()
    };
    let why = || text("seen there");
    let later = by("2026-03-09T14:00:00Z");
    let more = request().avoid_more(circle(), why(), later).unwrap();
    assert_eq!(more.needs.avoid.len(), 2);
    assert_eq!(more.avoided_more[0].index, 1);
    assert!(more.avoids_more_since(morning().at));
    assert!(!more.avoids_more_since(later.at), "it was known by then");
    let id = PlacementId::new(uuid(1));
    let offered = more.offered(id).unwrap();
    let again = offered.avoid_more(circle(), why(), later).unwrap();
    let there = again.fulfilled(id, later).unwrap();
    assert!(there.avoid_more(circle(), why(), later).is_err());
    let wrong = AvoidCircle {
        radius_km: f64::INFINITY,
        ..circle()
    };
    assert!(request().avoid_more(wrong, why(), later).is_err());
    let mut full = request();
    for _ in 1..AVOID_MAX {
        full = full.avoid_more(circle(), why(), later).unwrap();
    }
    assert!(full.avoid_more(circle(), why(), later).is_err());
}
