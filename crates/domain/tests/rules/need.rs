//! Need to know: nobody without a relation opens a matter, a refusal says what to do, and broken glass is one hour, one case and an
//! account of it.

use domain::By;
use domain::ids::{BreakGlassId, CaseId, IntakeId, OpinionId, OrgId, UserId};
use domain::need::{
    Asker, Because, Beside, BreakGlass, GlassError, Matter, MatterId, Refusal, Review,
    ReviewOutcome, ReviewRefusal, Reviewer, ReviewsAs, Right, Shift, ShiftError, ShiftKind,
    Standing, TakeOverError, Way, may_open, may_review, may_take_over,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::samples::*;

fn user(n: u8) -> UserId {
    UserId::new(uuid(u128::from(n)))
}

fn house(n: u8) -> OrgId {
    OrgId::new(uuid(100 + u128::from(n)))
}

fn asker(who: u8, org: u8) -> Asker {
    Asker {
        user: user(who),
        org: house(org),
    }
}

fn minutes(n: i64) -> Timestamp {
    morning().at + SignedDuration::from_mins(n)
}

/// User `who` of organisation 1 breaks the glass of a case in the morning, for an hour.
pub fn broken(who: u8) -> BreakGlass {
    let opened = By {
        user: user(who),
        org: house(1),
        at: minutes(0),
    };
    BreakGlass::open(
        BreakGlassId::new(uuid(900)),
        CaseId::new(uuid(800)),
        opened,
        minutes(60),
        text("zij belt en de coördinator is er niet"),
        Some(user(7)),
    )
}

fn shift(who: u8, org: u8, kind: ShiftKind, from: i64, until: i64) -> Shift {
    Shift {
        user: user(who),
        org: house(org),
        kind,
        from: minutes(from),
        until: minutes(until),
        set: By {
            user: user(99),
            org: house(org),
            at: minutes(-10_000),
        },
    }
}

fn led_by(lead: Option<u8>, team: &[UserId]) -> Matter<'_> {
    Matter {
        owner: house(1),
        lead: lead.map(user),
        standing: Standing::TakenOn,
        team,
        barred: &[],
    }
}

const NOTHING: Beside<'static> = Beside {
    shifts: &[],
    glass: &[],
};

#[test]
fn each_relation_opens_and_says_why() {
    let now = minutes(30);
    let team = [user(2)];
    let matter = led_by(Some(1), &team);
    let open = |who, matter, beside| may_open(asker(who, 1), matter, beside, now);
    assert_eq!(open(1, matter, NOTHING), Ok(Because::Leads));
    assert_eq!(open(2, matter, NOTHING), Ok(Because::Team));
    let waits = Matter {
        standing: Standing::Waits,
        lead: None,
        ..matter
    };
    assert_eq!(open(3, waits, NOTHING), Ok(Because::Arrived));
    let sent_back = Matter {
        standing: Standing::SentBack { by: user(4) },
        lead: None,
        ..matter
    };
    assert_eq!(open(4, sent_back, NOTHING), Ok(Because::Answered));
    let shifts = [shift(5, 1, ShiftKind::Duty, 0, 90)];
    let duty = Beside {
        shifts: &shifts,
        ..NOTHING
    };
    let until = minutes(90);
    assert_eq!(open(5, matter, duty), Ok(Because::OnDuty { until }));
    let glass = [broken(6)];
    let behind = Beside {
        glass: &glass,
        ..NOTHING
    };
    let until = minutes(60);
    assert_eq!(open(6, matter, behind), Ok(Because::BreakGlass { until }));
}

#[test]
fn each_refusal_has_its_reason_and_its_ways() {
    let now = minutes(30);
    let no = |matter| may_open(asker(3, 1), matter, NOTHING, now).unwrap_err();
    let refused = no(led_by(Some(1), &[]));
    assert_eq!(refused, Refusal::NotAssigned { lead: user(1) });
    assert_eq!(
        refused.ways(),
        [Way::TakeOver, Way::AskTeam, Way::BreakGlass]
    );
    assert_eq!(no(led_by(None, &[])), Refusal::NobodyLeads);
    assert_eq!(no(led_by(None, &[])).ways(), [Way::TakeOver]);
    let sent_back = Matter {
        standing: Standing::SentBack { by: user(4) },
        ..led_by(None, &[])
    };
    assert_eq!(no(sent_back).ways(), [Way::BreakGlass]);
    let elsewhere = Matter {
        owner: house(2),
        ..led_by(Some(3), &[])
    };
    assert_eq!(no(elsewhere), Refusal::OtherOrganisation);
    assert!(no(elsewhere).ways().is_empty(), "it does not exist there");
}

#[test]
fn what_waits_for_the_duty_opens_for_the_duty_or_for_all_when_there_is_none() {
    let now = minutes(30);
    let waits = |somebody| Matter {
        standing: Standing::WaitsForDuty { somebody },
        ..led_by(None, &[])
    };
    let shifts = [shift(5, 1, ShiftKind::Duty, 0, 90)];
    let duty = Beside {
        shifts: &shifts,
        ..NOTHING
    };
    let open = |who, matter, beside| may_open(asker(who, 1), matter, beside, now);
    let until = minutes(90);
    assert_eq!(open(5, waits(true), duty), Ok(Because::OnDuty { until }));
    let refused = open(3, waits(true), NOTHING).unwrap_err();
    assert_eq!(refused, Refusal::ForDuty);
    assert_eq!(refused.ways(), [Way::TakeOver], "taken up, it opens");
    assert_eq!(open(3, waits(false), NOTHING), Ok(Because::Arrived));
}

#[test]
fn a_conflict_of_interest_closes_it_whatever_the_relation() {
    let barred = [user(1), user(5)];
    let matter = Matter {
        barred: &barred,
        ..led_by(Some(1), &[])
    };
    let shifts = [shift(5, 1, ShiftKind::Duty, 0, 90)];
    let glass = [broken(5)];
    let beside = Beside {
        shifts: &shifts,
        glass: &glass,
    };
    for who in [1, 5] {
        let refused = may_open(asker(who, 1), matter, beside, minutes(30)).unwrap_err();
        assert_eq!(refused, Refusal::Barred);
        assert!(refused.ways().is_empty());
    }
}

#[test]
fn a_matter_is_named_by_kind_and_record_and_a_case_as_before() {
    let case = MatterId::from(CaseId::new(uuid(800)));
    assert_eq!(
        case.to_string(),
        uuid(800).to_string(),
        "as old records have it"
    );
    let all = [
        case,
        IntakeId::new(uuid(801)).into(),
        OpinionId::new(uuid(802)).into(),
        MatterId::share(uuid(803)),
    ];
    for id in all {
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(
            serde_json::from_value::<MatterId>(serde_json::json!(id)).unwrap(),
            id
        );
    }
    for wrong in ["", "case", "house/00000000-0000-0000-0000-000000000000"] {
        assert!(wrong.parse::<MatterId>().is_err(), "{wrong}");
    }
}

#[test]
fn behind_broken_glass_one_looks_and_does_not_work() {
    let until = minutes(60);
    assert!(!Because::BreakGlass { until }.may_work());
    assert!(Because::OnDuty { until }.may_work());
    assert!(Because::Leads.may_work() && Because::Team.may_work());
}

#[test]
fn taking_over_from_a_colleague_who_is_there_asks_a_reason() {
    let take = |lead: Option<u8>, absent, reason| {
        may_take_over(asker(2, 1), lead.map(user), absent, reason)
    };
    assert_eq!(
        take(Some(1), false, false),
        Err(TakeOverError::ReasonMissing)
    );
    assert_eq!(take(Some(1), false, true), Ok(()));
    assert_eq!(take(Some(1), true, false), Ok(()));
    assert_eq!(take(None, false, false), Ok(()));
    assert_eq!(take(Some(2), true, true), Err(TakeOverError::AlreadyYours));
}

#[test]
fn a_duty_has_an_end_and_nobody_gives_it_to_herself() {
    let longest = minutes(7 * 24 * 60);
    let duty = |from, until| shift(1, 1, ShiftKind::Duty, from, until).check(longest);
    assert_eq!(duty(0, 60), Ok(()));
    assert_eq!(duty(60, 60), Err(ShiftError::EndsBeforeStart));
    assert_eq!(duty(-20_000, -15_000), Err(ShiftError::Past));
    assert_eq!(duty(0, 7 * 24 * 60), Ok(()));
    assert_eq!(
        duty(0, 7 * 24 * 60 + 1),
        Err(ShiftError::TooLong { longest })
    );
    let own = |kind| Shift {
        user: user(99),
        ..shift(99, 1, kind, 0, 60)
    };
    assert_eq!(
        own(ShiftKind::Duty).check(longest),
        Err(ShiftError::OwnDuty)
    );
    assert_eq!(own(ShiftKind::Absent).check(longest), Ok(()));
}

#[test]
fn a_shift_holds_from_its_first_moment_until_just_before_its_last() {
    let duty = shift(1, 1, ShiftKind::Duty, 0, 60);
    let at = [minutes(0), minutes(60) - SignedDuration::from_nanos(1)];
    assert!(at.into_iter().all(|now| duty.holds(now)));
    assert!(!duty.holds(minutes(60)) && !duty.holds(minutes(0) - SignedDuration::from_nanos(1)));
}

#[test]
fn a_kind_of_shift_is_named_as_it_is_stored() {
    for kind in [ShiftKind::Duty, ShiftKind::Absent] {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
}

#[test]
fn being_away_opens_nothing() {
    let shifts = [shift(3, 1, ShiftKind::Absent, 0, 90)];
    let beside = Beside {
        shifts: &shifts,
        ..NOTHING
    };
    let refused = may_open(asker(3, 1), led_by(Some(1), &[]), beside, minutes(30));
    assert_eq!(refused, Err(Refusal::NotAssigned { lead: user(1) }));
}

#[test]
fn only_somebody_else_of_another_team_reviews() {
    let glass = broken(6);
    let judge = |who: u8, org: u8, reviews_as| {
        let reviewer = Reviewer {
            user: user(who),
            org: house(org),
            reviews_as,
        };
        may_review(reviewer, &glass, Some(user(1)), &[user(2)])
    };
    use ReviewsAs::{Auditor, Colleague};
    assert_eq!(judge(6, 1, Colleague), Err(ReviewRefusal::Own));
    assert_eq!(judge(6, 2, Auditor), Err(ReviewRefusal::Own));
    assert_eq!(judge(1, 1, Colleague), Err(ReviewRefusal::SameTeam));
    assert_eq!(judge(2, 1, Colleague), Err(ReviewRefusal::SameTeam));
    assert_eq!(
        judge(7, 1, Colleague),
        Err(ReviewRefusal::SameTeam),
        "who led it when the glass was broken"
    );
    assert_eq!(
        judge(8, 2, Colleague),
        Err(ReviewRefusal::WrongOrganisation)
    );
    assert_eq!(judge(8, 1, Auditor), Err(ReviewRefusal::WrongOrganisation));
    assert_eq!(judge(8, 1, Colleague), Ok(()));
    assert_eq!(judge(8, 2, Auditor), Ok(()));
}

fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        1 => Just(Standing::Waits),
        1 => any::<bool>().prop_map(|somebody| Standing::WaitsForDuty { somebody }),
        4 => Just(Standing::TakenOn),
        1 => (1u8..6).prop_map(|by| Standing::SentBack { by: user(by) }),
    ]
}

fn roster() -> impl Strategy<Value = Vec<Shift>> {
    let kind = prop_oneof![Just(ShiftKind::Duty), Just(ShiftKind::Absent)];
    let one = (1u8..6, 1u8..3, kind, -200i64..200, 1i64..200);
    let one = one.prop_map(|(who, org, kind, from, long)| shift(who, org, kind, from, from + long));
    proptest::collection::vec(one, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn nobody_without_a_relation_opens_a_case(
        (who, org) in (1u8..6, 1u8..3),
        lead in proptest::option::of(1u8..6),
        team in proptest::collection::vec((1u8..6).prop_map(user), 0..3),
        standing in standing(),
        barred in proptest::collection::vec((1u8..6).prop_map(user), 0..2),
        shifts in roster(),
        breakers in proptest::collection::vec((1u8..6, any::<bool>()), 0..3),
        now in -250i64..250,
    ) {
        let matter = Matter { owner: house(1), lead: lead.map(user), standing, team: &team, barred: &barred };
        let glass: Vec<BreakGlass> = breakers
            .iter()
            .map(|(who, ended)| match ended {
                true => broken(*who).end(minutes(10)).unwrap(),
                false => broken(*who),
            })
            .collect();
        let beside = Beside { shifts: &shifts, glass: &glass };
        let me = asker(who, org);
        let at = minutes(now);
        // The relations once more, each by itself and in other words than the rule.
        let mine = |by: u8| by == who;
        let related = [
            standing == Standing::Waits,
            standing == Standing::WaitsForDuty { somebody: false },
            standing == Standing::SentBack { by: user(who) },
            standing == Standing::TakenOn && lead.is_some_and(mine),
            standing == Standing::TakenOn && team.iter().any(|on| *on == user(who)),
            shifts.iter().any(|s| {
                s.kind == ShiftKind::Duty && s.user == user(who) && s.org == house(org)
                    && (s.from..s.until).contains(&at)
            }),
            breakers.iter().any(|(by, ended)| mine(*by) && !ended) && (0..60).contains(&now),
        ];
        let conflict = barred.contains(&user(who));
        let expected = org == 1 && !conflict && related.contains(&true);
        let answer = may_open(me, matter, beside, at);
        prop_assert_eq!(answer.is_ok(), expected, "{:?}", answer);
        if let Err(refusal) = answer {
            prop_assert_eq!(refusal.ways().is_empty(), org != 1 || conflict, "a refusal says what to do");
        }
    }

    /// Any order of breaking, ending and reviewing: one case at a time, never longer than its hour, its terms never change, and no
    /// second time before a review by somebody else.
    #[test]
    fn broken_glass_is_one_hour_and_an_account_of_it(
        steps in proptest::collection::vec((0u8..3, 0i64..50), 1..40),
    ) {
        let mut now = 0i64;
        let mut right = Right::new(user(6));
        let mut open: Option<BreakGlass> = None;
        let mut number = 1_000u128;
        for (step, pass) in steps {
            now += pass;
            let at = minutes(now);
            match step {
                0 => {
                    number += 1;
                    let id = BreakGlassId::new(uuid(number));
                    match right.take(id) {
                        Ok(taken) => {
                            prop_assert!(open.is_none(), "a second time before the review");
                            right = taken;
                            let opened = By { user: user(6), org: house(1), at };
                            let until = at + SignedDuration::from_mins(60);
                            let reason = text("nood");
                            let case = CaseId::new(uuid(800));
                            let glass = BreakGlass::open(id, case, opened, until, reason, None);
                            prop_assert_eq!(glass.over(), until);
                            open = Some(glass);
                        }
                        Err(error) => {
                            prop_assert_eq!(error, GlassError::Suspended);
                            prop_assert!(open.is_some());
                        }
                    }
                }
                1 => {
                    if let Some(glass) = open.take() {
                        let before = glass.clone();
                        let after = glass.end(at).unwrap_or_else(|_| before.clone());
                        prop_assert_eq!(&after.reason, &before.reason);
                        prop_assert_eq!(after.until, before.until);
                        prop_assert_eq!(after.opened, before.opened);
                        prop_assert!(after.over() <= after.until);
                        let just_ended = before.state_name() == "in_force" && after != before;
                        if just_ended {
                            prop_assert_eq!(after.over(), at.min(after.until));
                        } else {
                            prop_assert_eq!(after.over(), before.over());
                        }
                        prop_assert!(!after.is_in_force(at));
                        open = Some(after);
                    }
                }
                _ => {
                    if let Some(glass) = open.take() {
                        let review = Review {
                            outcome: ReviewOutcome::NotInOrder,
                            reason: text("waarom"),
                            by: By { user: user(8), org: house(1), at },
                        };
                        let ended = glass.state_name() == "to_review";
                        match glass.clone().review(review) {
                            Ok(reviewed) => {
                                prop_assert!(ended);
                                prop_assert_eq!(reviewed.state_name(), "reviewed");
                                prop_assert!(reviewed.clone().end(at).is_err());
                                right = right.give_back(reviewed.id).unwrap();
                            }
                            Err(error) => {
                                prop_assert_eq!(error, GlassError::StillInForce);
                                prop_assert!(right.give_back(BreakGlassId::new(uuid(5))).is_err());
                                open = Some(glass);
                            }
                        }
                    }
                }
            }
            if let Some(glass) = &open {
                prop_assert_eq!(right.unreviewed, Some(glass.id));
                prop_assert!(!glass.is_in_force(glass.until));
                prop_assert!(!glass.is_in_force(glass.opened.at - SignedDuration::from_secs(1)));
            }
        }
    }
}
