//! The pictures in `docs/state-machines` against the code: the test takes every step that the code allows.

use crate::samples::*;
use domain::{
    Answer,
    action::{self, Action, ActionPlan, Line, Status, StatusChange},
    aftercare::AftercarePlan,
    breach,
    case::{self, AftercareChoice, Case, CaseClosing, ClosingReason, Phase, ReflectionNotice},
    consent,
    edition::{self, Cycle, Edition, EditionContent, EditionName, Signatory},
    ids::*,
    intake::{self, IntakeOutcome},
    need,
    opinion::{self, AdmissionRule, Verdict},
    placement::{self, PlacementState},
    reflection::{self, EndReason},
    report::{self, Outcome},
    request, round,
    share::{self, Confirmation},
    shelter_request,
};
use std::collections::{BTreeMap, BTreeSet};

type Arrows = BTreeSet<(String, String)>;

/// Walks from a start through every step, one representative for each state, and notes the arrows between states.
fn walk<S>(start: S, name: impl Fn(&S) -> &'static str, steps: impl Fn(&S) -> Vec<S>) -> Arrows {
    let mut arrows = Arrows::new();
    let mut seen = BTreeSet::from([name(&start)]);
    let mut queue = vec![start];
    while let Some(here) = queue.pop() {
        for there in steps(&here) {
            if name(&there) != name(&here) {
                arrows.insert((name(&here).to_owned(), name(&there).to_owned()));
            }
            if seen.insert(name(&there)) {
                queue.push(there);
            }
        }
    }
    arrows
}

/// The arrows of a picture, with the function on each.
fn picture(file: &str) -> BTreeMap<(String, String), String> {
    let path = format!(
        "{}/../../docs/state-machines/{file}.md",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let drawn = text
        .split("```mermaid")
        .nth(1)
        .and_then(|t| t.split("```").next())
        .unwrap();
    drawn
        .lines()
        .filter_map(|line| line.trim().split_once(" --> "))
        .filter(|(from, to)| *from != "[*]" && *to != "[*]")
        .map(|(from, rest)| {
            let (to, function) = rest
                .split_once(": ")
                .unwrap_or_else(|| panic!("{file}: `{rest}` names no function"));
            ((from.to_owned(), to.to_owned()), function.to_owned())
        })
        .collect()
}

fn table(moves: &[(&str, &str)]) -> Arrows {
    moves
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

/// Picture, table and what the code does are the same; each function on an arrow exists in the source.
fn check(file: &str, source: &str, states: &[&str], moves: &[(&str, &str)], walked: &Arrows) {
    let drawn = picture(file);
    assert_eq!(
        drawn.keys().cloned().collect::<Arrows>(),
        table(moves),
        "{file}: picture and table differ"
    );
    assert_eq!(*walked, table(moves), "{file}: code and table differ");
    let named: BTreeSet<&str> = moves.iter().flat_map(|(a, b)| [*a, *b]).collect();
    assert_eq!(
        named,
        states.iter().copied().collect(),
        "{file}: states and moves differ"
    );
    for function in drawn.values() {
        assert!(
            source.contains(&format!("pub fn {function}(")),
            "{file}: there is no function `{function}`"
        );
    }
}

fn kept<T, E>(tried: impl IntoIterator<Item = Result<T, E>>) -> Vec<T> {
    tried.into_iter().filter_map(Result::ok).collect()
}

#[test]
fn report_is_as_drawn() {
    let walked = walk(
        received(content("x")),
        |r| r.state_name(),
        |r| {
            kept([
                r.clone().answer_acute(acute(Answer::No)).map(|r| r.0),
                r.clone()
                    .accept(morning(), at("2026-03-10T09:00:00Z"))
                    .map(|r| r.0),
                r.clone().route(vec![decision(1)]),
                r.clone()
                    .close(Outcome::NotTrafficking, text("why"), morning()),
                r.clone().close(Outcome::PassedOn, text("why"), morning()),
                r.clone().reopen(acute(Answer::No)).map(|r| r.0),
            ])
        },
    );
    check(
        "report",
        include_str!("../../src/report/mod.rs"),
        report::STATES,
        report::MOVES,
        &walked,
    );
}

#[test]
fn intake_is_as_drawn() {
    let walked = walk(
        crate::intakes::dossier(),
        |i| i.state_name(),
        |i| {
            kept([
                i.clone().take_up(morning()),
                i.clone().send_back(text("why"), morning()),
                i.clone()
                    .assess(crate::intakes::assessment(true, false))
                    .map(|i| i.0),
                i.clone()
                    .close(IntakeOutcome::NotEnoughLeads, text("why"), morning()),
            ])
        },
    );
    check(
        "intake",
        include_str!("../../src/intake.rs"),
        intake::STATES,
        intake::MOVES,
        &walked,
    );
}

#[test]
fn case_is_as_drawn() {
    let case = Case::open(
        CaseId::new(uuid(1)),
        PersonId::new(uuid(1)),
        None,
        morning(),
    );
    let notice = ReflectionNotice {
        offered_by: org("POL"),
        start: day("2026-03-09"),
        end: day("2026-06-09"),
    };
    let walked = walk(
        case.note_reflection(notice).unwrap(),
        |c| c.phase().code(),
        |c| {
            let plan = AftercarePlan::new(
                vec![(day("2026-06-01"), text("the shop"))],
                day("2026-03-09"),
            )
            .unwrap();
            let closing = CaseClosing {
                reason: ClosingReason::HelpDone,
                explanation: text("done"),
                aftercare: AftercareChoice::Plan { plan },
                left_open: None,
                by: morning(),
            };
            let mut tried: Vec<_> = Phase::ALL
                .into_iter()
                .map(|to| c.clone().move_to(to, morning()))
                .collect();
            tried.push(c.clone().close(closing));
            tried.push(
                c.clone()
                    .reopen(morning(), text("new report"), Answer::Unknown),
            );
            kept(tried)
        },
    );
    let states: Vec<&str> = Phase::ALL.into_iter().map(Phase::code).collect();
    check(
        "case",
        include_str!("../../src/case.rs"),
        &states,
        &case::moves(),
        &walked,
    );
}

#[test]
fn reflection_is_as_drawn() {
    let walked = walk(
        crate::reflections::offered(false),
        |r| r.state_name(),
        |r| {
            kept([
                r.clone().accept(morning()),
                r.clone()
                    .decline(morning(), crate::reflections::explained(), None),
                r.clone().start(day("2026-03-10")),
                r.clone()
                    .end(day("2026-04-01"), EndReason::Aangifte, morning()),
            ])
        },
    );
    check(
        "reflection",
        include_str!("../../src/reflection.rs"),
        reflection::STATES,
        reflection::MOVES,
        &walked,
    );
}

#[test]
fn consent_is_as_drawn() {
    let walked = walk(
        crate::consents::to_comensha(),
        |c| c.state_name(),
        |c| {
            kept([c
                .clone()
                .withdraw(morning(), day("2026-03-10"))
                .map(|c| c.0)])
        },
    );
    check(
        "consent",
        include_str!("../../src/consent.rs"),
        consent::STATES,
        consent::MOVES,
        &walked,
    );
}

#[test]
fn share_is_as_drawn() {
    let today = day("2026-11-02");
    let walked = walk(
        crate::shares::offered(),
        |s| s.state_name(),
        |s| {
            kept([
                s.clone().refused(today, text("past niet")),
                s.clone().delivered(today),
                s.clone().end(today, share::EndReason::Recalled),
                s.clone().confirmed(Confirmation {
                    on: today,
                    kept: None,
                }),
            ])
        },
    );
    check(
        "share",
        include_str!("../../src/share/sent.rs"),
        share::sent::STATES,
        share::sent::MOVES,
        &walked,
    );
}

#[test]
fn break_glass_is_as_drawn() {
    let walked = walk(
        crate::need::broken(1),
        |g| g.state_name(),
        |g| {
            kept([
                g.clone().end(morning().at),
                g.clone().review(need::Review {
                    outcome: need::ReviewOutcome::InOrder,
                    reason: text("nodig"),
                    by: morning(),
                }),
            ])
        },
    );
    check(
        "break-glass",
        include_str!("../../src/need/glass.rs"),
        need::GLASS_STATES,
        need::GLASS_MOVES,
        &walked,
    );
}

#[test]
fn share_received_is_as_drawn() {
    let today = day("2026-11-02");
    let walked = walk(
        crate::shares::received(),
        |s| s.state_name(),
        |s| {
            kept([
                s.clone().refuse(morning(), text("past niet")),
                s.clone().accept(morning()),
                s.clone().arrived(),
                s.clone().end(today, share::EndReason::Recalled),
                s.clone().confirm(morning(), None),
            ])
        },
    );
    check(
        "share-received",
        include_str!("../../src/share/received.rs"),
        share::received::STATES,
        share::received::MOVES,
        &walked,
    );
}

#[test]
fn shelter_request_is_as_drawn() {
    let placement = PlacementId::new(uuid(7));
    let walked = walk(
        crate::placements::request(),
        |r| r.state_name(),
        |r| {
            kept([
                r.clone().offered(placement),
                r.clone().failed(placement),
                r.clone().fulfilled(placement, morning()),
                r.clone()
                    .withdraw(domain::code::ReasonCode::literal("anders"), None, morning()),
            ])
        },
    );
    check(
        "shelter-request",
        include_str!("../../src/shelter_request.rs"),
        shelter_request::STATES,
        shelter_request::MOVES,
        &walked,
    );
}

#[test]
fn placement_is_as_drawn() {
    let until = at("2026-03-09T15:00:00Z");
    let walked = walk(
        placement(1, 1, 1),
        |p| p.state_name(),
        |p| {
            kept([
                p.clone().hold(until, morning()),
                p.clone().accept_by_shelter(until, morning()),
                p.clone().refuse(reason("vol"), morning()),
                p.clone().accept_by_client(morning()),
                p.clone().decline(reason("regio"), morning()),
                p.clone().travel(morning()),
                p.clone().arrive(morning()),
                p.clone().leave(reason("anders"), morning()),
                p.clone().withdraw(reason("anders"), morning()),
                p.clone().expire(until),
            ])
        },
    );
    check(
        "placement",
        include_str!("../../src/placement.rs"),
        placement::STATES,
        placement::MOVES,
        &walked,
    );
    assert_eq!(PlacementState::Proposed.name(), placement::STATES[0]);
}

#[test]
fn opinion_is_as_drawn() {
    let walked = walk(
        crate::opinions::requested(),
        |o| o.state_name(),
        |o| {
            kept([
                o.clone().admit(&AdmissionRule::PILOT, None, morning()),
                o.clone().not_admit(text("why"), morning()),
                o.clone().compose(crate::opinions::members(3), morning()),
                o.clone()
                    .give(Verdict::Aannemelijk, text("why"), None, morning()),
                o.clone().withdraw(morning()),
            ])
        },
    );
    check(
        "opinion",
        include_str!("../../src/opinion.rs"),
        opinion::STATES,
        opinion::MOVES,
        &walked,
    );
}

#[test]
fn action_is_as_drawn() {
    let plan = ActionPlan {
        line: Line::Victimhood,
        number: "3.b".to_owned(),
        title: text("one way to a place"),
        description: None,
        goals: vec![2],
        goal: None,
        holder: OrgId::new(uuid(1)),
        involved: Vec::new(),
        forms: Vec::new(),
        ages: Vec::new(),
        intended_result: None,
        start: None,
        end: None,
        budget_eur: None,
        indicators: Vec::new(),
        links: Vec::new(),
        details: Default::default(),
    };
    let all = [
        Status::NietGestart,
        Status::Loopt,
        Status::Vertraagd,
        Status::Afgerond,
        Status::Vervallen,
        Status::StructureelGeborgd,
    ];
    let start = Action::new(ActionId::new(uuid(1)), plan, morning()).unwrap();
    let walked = walk(
        start,
        |a| a.status().code(),
        |a| {
            kept(all.map(|status| {
                a.clone().update(StatusChange {
                    status,
                    results: None,
                    why: Some(text("why")),
                    by: morning(),
                    confirmed: None,
                })
            }))
        },
    );
    check(
        "action",
        include_str!("../../src/action.rs"),
        action::STATES,
        action::MOVES,
        &walked,
    );
}

#[test]
fn update_is_as_drawn() {
    let action = crate::programme::action(1, Line::Awareness, "1.a", &[Status::Loopt]);
    let name = EditionName::new(2026, 1, Cycle::HalfYearly).unwrap();
    let round = round::Round::new(
        RoundId::new(uuid(8)),
        name,
        morning(),
        at("2026-04-01T22:00:00Z"),
    )
    .unwrap();
    let told = |moment: &str| round::Told {
        status: Status::Loopt,
        results: Some(text("twee regio's doen mee")),
        why: None,
        evidence: Vec::new(),
        overridden: None,
        by: by(moment),
    };
    let reviewer = |moment: &str| domain::By {
        user: UserId::new(uuid(77)),
        ..by(moment)
    };
    let (early, late) = ("2026-03-20T09:00:00Z", "2026-05-01T09:00:00Z");
    let walked = walk(
        round::Update::ask(UpdateId::new(uuid(9)), round.id, &action),
        |u| u.state().code(),
        |u| {
            kept([
                u.clone().send(&round, &action, told(early)),
                u.clone().send(&round, &action, told(late)),
                u.clone().save(&round, told(early)),
                u.clone().remind(&round, by(early)),
                Ok(u.clone().keep_late(told(late))),
                u.clone().send_back(&round, text("why"), reviewer(early)),
                u.clone().leave_out(&round, text("why"), reviewer(late)),
                u.clone()
                    .accept(action.clone(), reviewer(early))
                    .map(|(u, _)| u),
            ])
        },
    );
    check(
        "update",
        include_str!("../../src/round.rs"),
        round::STATES,
        round::MOVES,
        &walked,
    );
}

#[test]
fn edition_is_as_drawn() {
    let name = EditionName::new(2026, 2, Cycle::HalfYearly).unwrap();
    let signatory = Signatory {
        office: text("De Minister"),
        name: text("A. Bedacht"),
    };
    let draft = Edition::begin(EditionId::new(uuid(1)), name, Cycle::HalfYearly)
        .unwrap()
        .write(EditionContent {
            signatory: Some(signatory),
            ..EditionContent::default()
        })
        .unwrap();
    let walked = walk(
        draft,
        |e| e.state_name(),
        |e| {
            kept([
                e.clone().freeze(&[], Vec::new(), morning()),
                e.clone().sent(day("2026-12-15"), None),
            ])
        },
    );
    check(
        "edition",
        include_str!("../../src/edition.rs"),
        edition::STATES,
        edition::MOVES,
        &walked,
    );
}

#[test]
fn every_picture_is_in_the_index_and_checked_here() {
    let folder = format!("{}/../../docs/state-machines", env!("CARGO_MANIFEST_DIR"));
    let index = std::fs::read_to_string(format!("{folder}/README.md")).unwrap();
    let this = include_str!("pictures.rs");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(stem) = name.strip_suffix(".md").filter(|s| *s != "README") else {
            continue;
        };
        assert!(
            index.contains(&format!("({name})")),
            "{name} is not in the index"
        );
        assert!(
            this.contains(&format!("\"{stem}\",")),
            "{name} is not checked"
        );
    }
}

#[test]
fn request_is_as_drawn() {
    use crate::requests as of;
    let mut walked = Arrows::new();
    // What is granted is carried out for some rights, and answered alone for others.
    for right in request::Right::ALL {
        walked.extend(walk(
            of::asked(right),
            |r| r.state_name(),
            |r| {
                kept([
                    r.clone().settle(morning(), request::IdentityBy::InPerson),
                    r.clone().turn_away(morning(), text("why")),
                    of::extend(r.clone(), of::MORNING_AFTER),
                    of::answer(r.clone(), of::given("age")),
                    r.clone().carry_out(morning(), of::elsewhere("age")),
                    r.clone().withdraw(at(MORNING)),
                ])
            },
        ));
    }
    check(
        "request",
        concat!(
            include_str!("../../src/request/whole.rs"),
            include_str!("../../src/request/steps.rs")
        ),
        request::STATES,
        request::MOVES,
        &walked,
    );
}

#[test]
fn request_part_is_as_drawn() {
    use crate::requests as of;
    let mut walked = Arrows::new();
    for right in request::Right::ALL {
        walked.extend(walk(
            of::part_of(domain::Compartment::K5, right),
            |p| p.state_name(),
            |p| {
                kept([
                    p.clone().answer(morning(), of::given("age"), of::owner()),
                    p.clone().carry_out(morning(), of::elsewhere("age")),
                    p.clone().nothing(morning()),
                    p.clone().withhold(morning(), of::refusal()),
                ])
            },
        ));
    }
    check(
        "request-part",
        include_str!("../../src/request/part.rs"),
        request::PART_STATES,
        request::PART_MOVES,
        &walked,
    );
}

#[test]
fn restriction_is_as_drawn() {
    use crate::restrictions as of;
    let walked = walk(
        of::marked(&[]),
        |r| r.state_name(),
        |r| kept([of::announced(r.clone()), r.clone().keep(of::LAST)]),
    );
    check(
        "restriction",
        include_str!("../../src/restriction.rs"),
        domain::restriction::STATES,
        domain::restriction::MOVES,
        &walked,
    );
}

#[test]
fn breach_is_as_drawn() {
    let walked = walk(
        crate::requests::breach(),
        |b| b.state_name(),
        |b| {
            kept([
                b.clone().decide(breach::Notice::NotNeeded {
                    by: morning(),
                    reason: text("why"),
                }),
                b.clone().close(crate::requests::ending()),
            ])
        },
    );
    check(
        "breach",
        include_str!("../../src/breach.rs"),
        breach::STATES,
        breach::MOVES,
        &walked,
    );
}

#[test]
fn transfer_is_as_drawn() {
    use crate::transfers::{by, offer};
    let walked = walk(
        offer(1, 0, 1).unwrap(),
        |t| t.state_name(),
        |t| {
            kept([
                t.clone().accept(by(1)),
                t.clone().refuse(by(1), text("vol")),
                t.clone().take_back(by(0)),
            ])
        },
    );
    check(
        "transfer",
        include_str!("../../src/transfer.rs"),
        domain::transfer::STATES,
        domain::transfer::MOVES,
        &walked,
    );
}

#[test]
fn barrier_is_as_drawn() {
    use crate::barriers as of;
    let walked = walk(
        of::considered(),
        |b| b.state_name(),
        |b| {
            let mut tried = vec![
                b.clone().plan(of::plan("2026-04-01")),
                b.clone().raise(day("2026-03-02"), morning()),
                b.clone().note(of::found("2026-03-05")),
                b.clone()
                    .give_up(of::words("de branche doet het zelf"), morning()),
            ];
            tried.extend(
                domain::barrier::Ended::ALL.map(|how| b.clone().end(of::ending(how, "2026-03-08"))),
            );
            kept(tried)
        },
    );
    check(
        "barrier",
        include_str!("../../src/barrier.rs"),
        domain::barrier::STATES,
        domain::barrier::MOVES,
        &walked,
    );
}
