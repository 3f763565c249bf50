//! The register of actions: kept by the office, told by holders, imported from files; and the figures beside it.

use desk::access::Role;
use desk::disclosure::{Disclosure, Payload, ProtectedFigures};
use desk::plan::{self, ImportRow, ListFilter, RowOutcome, Tell};
use desk::{Actor, DeskError, UseCase, figures};
use domain::Bilingual;
use domain::action::{ActionPlan, Line, Status};
use domain::code::FormCode;
use domain::figure::{Cell, Counted, Figure, Source};
use domain::ids::{DisclosureId, FigureId, OrgId};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use vault::{Change, Context, Store};

use crate::support::{World, days, hours, start, text};

pub fn office(world: &World) -> Actor {
    world.actor(world.programme, &[Role::ProgrammeOffice])
}

pub fn holder(world: &World, org: OrgId) -> Actor {
    world.actor(org, &[Role::ActionHolder])
}

pub fn action(world: &World, line: Line, number: &str) -> ActionPlan {
    ActionPlan {
        line,
        number: number.to_owned(),
        title: text(&format!("Actie {number}")),
        description: None,
        goals: vec![2],
        goal: None,
        holder: world.coordination,
        involved: vec![world.nla],
        forms: vec![FormCode::new("AU").unwrap()],
        ages: Vec::new(),
        intended_result: Some(text("Mensen vinden eerder hulp.")),
        start: Some(date(2026, 1, 1)),
        end: Some(date(2027, 1, 1)),
        budget_eur: Some(25_000),
        indicators: Vec::new(),
        links: Vec::new(),
        details: Default::default(),
    }
}

fn told(status: Status, results: &str) -> Tell {
    Tell {
        status,
        results: Some(text(results)),
        why: None,
    }
}

fn rule_key(result: Result<(), DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        Err(DeskError::Invalid(fields)) => fields[0].key.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_tells_and_the_office_confirms() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let id = plan::create(
        desk,
        &office,
        start(),
        action(&world, Line::Victimhood, "3.b"),
    )
    .await
    .unwrap();
    plan::tell(
        desk,
        &office,
        start(),
        id,
        1,
        told(Status::Loopt, "begonnen"),
    )
    .await
    .unwrap();

    let mine = holder(&world, world.coordination);
    plan::tell(
        desk,
        &mine,
        days(1),
        id,
        2,
        told(Status::Loopt, "twee regio's doen mee"),
    )
    .await
    .unwrap();
    let seen = plan::read(desk, &mine, days(1), id).await.unwrap();
    assert_eq!(
        seen.action.results(),
        Some(&text("twee regio's doen mee")),
        "results count at once"
    );
    assert!(!seen.keeps);

    plan::tell(desk, &mine, days(2), id, 3, told(Status::Afgerond, "klaar"))
        .await
        .unwrap();
    let seen = plan::read(desk, &office, days(2), id).await.unwrap();
    assert_eq!(
        seen.action.status(),
        Status::Loopt,
        "a status waits for the office"
    );
    let not_his = plan::confirm(desk, &mine, days(2), id, 4).await;
    assert!(matches!(
        not_his,
        Err(DeskError::Forbidden {
            case: UseCase::KeepActions
        })
    ));
    plan::confirm(desk, &office, days(3), id, 4).await.unwrap();
    assert_eq!(
        plan::read(desk, &office, days(3), id)
            .await
            .unwrap()
            .action
            .status(),
        Status::Afgerond
    );
    assert_eq!(
        rule_key(plan::confirm(desk, &office, days(3), id, 5).await),
        "plan-no-proposal"
    );

    // What is finished never goes back silently.
    let back = Tell {
        status: Status::Loopt,
        results: None,
        why: None,
    };
    assert_eq!(
        rule_key(plan::tell(desk, &mine, days(4), id, 5, back.clone()).await),
        "plan-no-reason"
    );
    assert_eq!(
        rule_key(plan::tell(desk, &office, days(4), id, 5, back.clone()).await),
        "plan-no-reason"
    );
    let never = Tell {
        status: Status::NietGestart,
        why: Some(text("vergissing")),
        ..back.clone()
    };
    assert_eq!(
        rule_key(plan::tell(desk, &office, days(4), id, 5, never).await),
        "plan-no-such-move"
    );
    let why = Tell {
        why: Some(text("de evaluatie vond een gat")),
        ..back
    };
    plan::tell(desk, &mine, days(4), id, 5, why).await.unwrap();
    plan::decline(
        desk,
        &office,
        days(5),
        id,
        6,
        text("eerst het rapport afwachten"),
    )
    .await
    .unwrap();
    let seen = plan::read(desk, &mine, days(5), id).await.unwrap();
    assert_eq!(
        seen.action.declined()[0].why,
        text("eerst het rapport afwachten")
    );
    assert_eq!(seen.action.status(), Status::Afgerond);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_finds_the_own_actions_only() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let id = plan::create(
        desk,
        &office,
        start(),
        action(&world, Line::Victimhood, "3.b"),
    )
    .await
    .unwrap();
    let other = ActionPlan {
        holder: world.nla,
        involved: Vec::new(),
        ..action(&world, Line::Awareness, "1.d")
    };
    plan::create(desk, &office, start(), other).await.unwrap();
    let stranger = holder(&world, world.nla);
    let all = ListFilter::default();
    assert_eq!(
        plan::list(desk, &office, start(), &all).await.unwrap().all,
        2
    );
    assert_eq!(
        plan::list(desk, &stranger, start(), &all)
            .await
            .unwrap()
            .all,
        1
    );
    let refused = plan::read(desk, &stranger, start(), id).await;
    assert!(matches!(refused, Err(DeskError::NotFound { .. })));
    let refused = plan::tell(desk, &stranger, start(), id, 1, told(Status::Loopt, "x")).await;
    assert!(matches!(refused, Err(DeskError::NotFound { .. })));
    let refused = plan::create(
        desk,
        &stranger,
        start(),
        action(&world, Line::Minors, "6.a"),
    )
    .await;
    assert!(matches!(
        refused,
        Err(DeskError::Forbidden {
            case: UseCase::KeepActions
        })
    ));
    let refused = plan::list(desk, &world.coordinator(), start(), &all).await;
    assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_and_the_second_is_told() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let id = plan::create(
        desk,
        &office,
        start(),
        action(&world, Line::Victimhood, "3.b"),
    )
    .await
    .unwrap();
    let renamed = ActionPlan {
        title: text("Eén manier van plaatsen"),
        ..action(&world, Line::Victimhood, "3.b")
    };
    plan::change(desk, &office, hours(1), id, 1, renamed.clone())
        .await
        .unwrap();
    let second = plan::change(
        desk,
        &office,
        hours(1),
        id,
        1,
        action(&world, Line::Victimhood, "3.b"),
    )
    .await;
    assert!(matches!(second, Err(DeskError::Conflict)));
    let second = plan::tell(desk, &office, hours(1), id, 1, told(Status::Loopt, "x")).await;
    assert!(matches!(second, Err(DeskError::Conflict)));
    let seen = plan::read(desk, &office, hours(1), id).await.unwrap();
    assert_eq!(seen.action.plan.title, renamed.title);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_belong_together_is_named_at_its_field() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    plan::create(
        desk,
        &office,
        start(),
        action(&world, Line::Victimhood, "3.b"),
    )
    .await
    .unwrap();
    let refused = |plan: ActionPlan| async {
        match plan::create(desk, &office, start(), plan).await {
            Err(DeskError::Invalid(fields)) => (fields[0].field.clone(), fields[0].key.clone()),
            other => panic!("{other:?}"),
        }
    };
    let good = || action(&world, Line::Victimhood, "3.c");
    let at = |field: &str, key: &str| (field.to_owned(), key.to_owned());
    let again = ActionPlan {
        number: "3.B".to_owned(),
        ..good()
    };
    assert_eq!(refused(again).await, at("number", "plan-number-taken"));
    let line = ActionPlan {
        line: Line::Minors,
        ..good()
    };
    assert_eq!(refused(line).await, at("number", "plan-other-line"));
    let stranger = ActionPlan {
        holder: OrgId::new(desk.vault.new_id(start())),
        ..good()
    };
    assert_eq!(
        refused(stranger).await,
        at("holder", "plan-no-such-organisation")
    );
    let form = ActionPlan {
        forms: vec![FormCode::new("XX").unwrap()],
        ..good()
    };
    assert_eq!(refused(form).await, at("forms", "plan-no-such-form"));
    let both = ActionPlan {
        involved: vec![world.coordination],
        ..good()
    };
    assert_eq!(refused(both).await, at("involved", "plan-holder-involved"));
    let end = ActionPlan {
        end: Some(date(2020, 1, 1)),
        ..good()
    };
    assert_eq!(refused(end).await, at("end", "plan-ends-before-start"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_stands_by_line_and_filters_count() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    for (line, number) in [
        (Line::Victimhood, "3.10"),
        (Line::Victimhood, "3.2"),
        (Line::Minors, "6.a"),
    ] {
        plan::create(desk, &office, start(), action(&world, line, number))
            .await
            .unwrap();
    }
    let all = ActionPlan {
        forms: Vec::new(),
        ..action(&world, Line::Awareness, "1.a")
    };
    let running = plan::create(desk, &office, start(), all).await.unwrap();
    plan::tell(
        desk,
        &office,
        start(),
        running,
        1,
        told(Status::Loopt, "bezig"),
    )
    .await
    .unwrap();

    let register = plan::list(desk, &office, start(), &ListFilter::default())
        .await
        .unwrap();
    assert_eq!(register.groups.len(), 6);
    let numbers: Vec<&str> = register.groups[2]
        .actions
        .iter()
        .map(|a| a.number.as_str())
        .collect();
    assert_eq!(numbers, ["3.2", "3.10"]);
    assert_eq!(register.facets.statuses[&Status::Loopt], 1);
    assert_eq!(register.facets.lines[&3], 2);

    let running = ListFilter {
        status: Some(Status::Loopt),
        ..ListFilter::default()
    };
    let register = plan::list(desk, &office, start(), &running).await.unwrap();
    assert_eq!((register.shown, register.all), (1, 4));
    // An action for all forms aims at each of them.
    let labour = ListFilter {
        form: Some(FormCode::new("AU").unwrap()),
        ..ListFilter::default()
    };
    assert_eq!(
        plan::list(desk, &office, start(), &labour)
            .await
            .unwrap()
            .shown,
        4
    );
    let sexual = ListFilter {
        form: Some(FormCode::new("SU").unwrap()),
        ..ListFilter::default()
    };
    assert_eq!(
        plan::list(desk, &office, start(), &sexual)
            .await
            .unwrap()
            .shown,
        1
    );

    // Told in November 2026, the half-year that is over on 1 January 2027 was heard; a year later it is overdue.
    let next_year: Timestamp = "2027-01-04T09:00:00Z".parse().unwrap();
    assert!(
        plan::overdue(desk, &office, next_year)
            .await
            .unwrap()
            .is_empty()
    );
    let later: Timestamp = "2027-07-05T09:00:00Z".parse().unwrap();
    assert_eq!(plan::overdue(desk, &office, later).await.unwrap().len(), 4);
}

fn row(at: u64, id: &str) -> ImportRow {
    ImportRow {
        at,
        id: id.to_owned(),
        line: id.chars().take(1).collect(),
        title: format!("Actie {id}"),
        holder: "NLA".to_owned(),
        involved: vec!["Coördinatiecentrum".to_owned()],
        forms: vec!["SU".to_owned(), "AU".to_owned()],
        ages: vec!["minor".to_owned(), "adult".to_owned()],
        goal: "1;3".to_owned(),
        result: "Minder slachtoffers".to_owned(),
        status: "loopt".to_owned(),
        status_date: Some(date(2026, 10, 1)),
        budget_eur: Some(50_000),
        links: vec!["https://voorbeeld.example/rapport".to_owned()],
        ..ImportRow::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_over_and_what_cannot_be_is_named() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let rows = [
        row(2, "1.a"),
        row(3, "2.b"),
        ImportRow {
            holder: "Niemand".to_owned(),
            ..row(4, "3.c")
        },
        ImportRow {
            forms: vec!["XX".to_owned()],
            ..row(5, "3.d")
        },
        ImportRow {
            line: "7".to_owned(),
            ..row(6, "7.a")
        },
        row(7, "1.A"),
        ImportRow {
            status_date: Some(date(2027, 1, 1)),
            ..row(8, "4.a")
        },
        ImportRow {
            ages: vec!["oud".to_owned()],
            ..row(9, "4.b")
        },
        ImportRow {
            end: Some(date(2020, 1, 1)),
            start: Some(date(2021, 1, 1)),
            ..row(10, "4.c")
        },
    ];
    let trial = plan::import(desk, &office, start(), &rows, true)
        .await
        .unwrap();
    assert_eq!((trial.added(), trial.refused()), (2, 7));
    let all = ListFilter::default();
    assert_eq!(
        plan::list(desk, &office, start(), &all).await.unwrap().all,
        0,
        "a trial writes nothing"
    );

    let done = plan::import(desk, &office, start(), &rows, false)
        .await
        .unwrap();
    assert_eq!(done.rows, trial.rows);
    let fields: Vec<&str> = done
        .rows
        .iter()
        .filter_map(|r| match &r.outcome {
            RowOutcome::Refused { field, why } => {
                assert!(!why.to_string().is_empty());
                Some(*field)
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        fields,
        [
            "holder",
            "forms",
            "line",
            "id",
            "status_date",
            "ages",
            "end"
        ]
    );

    let register = plan::list(desk, &office, start(), &all).await.unwrap();
    let first = &register.groups[0].actions[0];
    let seen = plan::read(desk, &office, start(), first.id)
        .await
        .unwrap()
        .action;
    assert_eq!(seen.status(), Status::Loopt);
    assert_eq!(
        seen.last_told(),
        Some(date(2026, 10, 1)),
        "on the day that the file gives"
    );
    assert_eq!(seen.plan.goals, [1, 3]);
    assert_eq!(seen.plan.holder, world.nla);
    assert_eq!(seen.plan.links.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_file_changes_what_differs_and_takes_nothing_back() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    plan::import(
        desk,
        &office,
        start(),
        &[row(2, "1.a"), row(3, "2.b")],
        false,
    )
    .await
    .unwrap();
    let finished = |id, day: Date| ImportRow {
        status: "afgerond".to_owned(),
        status_date: Some(day),
        ..row(2, id)
    };
    let second = [
        finished("1.a", date(2026, 11, 1)),
        ImportRow {
            title: "Een betere titel".to_owned(),
            ..row(3, "2.b")
        },
    ];
    let report = plan::import(desk, &office, start(), &second, false)
        .await
        .unwrap();
    assert_eq!(report.rows[0].outcome, RowOutcome::Changed(vec!["status"]));
    assert_eq!(report.rows[1].outcome, RowOutcome::Changed(vec!["title"]));
    let again = plan::import(desk, &office, start(), &second, false)
        .await
        .unwrap();
    assert!(
        again.rows.iter().all(|r| r.outcome == RowOutcome::Same),
        "{again:?}"
    );

    // An old file does not make a finished action run again, and knows no news from before the last.
    let old = [
        ImportRow {
            status_date: Some(date(2026, 11, 20)),
            ..row(2, "1.a")
        },
        finished("2.b", date(2026, 9, 1)),
    ];
    let report = plan::import(desk, &office, start(), &old, false)
        .await
        .unwrap();
    let fields: Vec<_> = report
        .rows
        .iter()
        .map(|r| match &r.outcome {
            RowOutcome::Refused { field, .. } => *field,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(fields, ["status", "status_date"]);
}

pub fn figure(title: &str, counted: Counted, cells: &[(&[&str], u64)]) -> Figure {
    Figure {
        id: FigureId::new(uuid_of(title)),
        title: Bilingual::new(title, title),
        counted,
        definition: Bilingual::new("Wat is geteld, in woorden.", "What was counted, in words."),
        unit: match counted {
            Counted::Slachtoffers => "slachtoffers",
            Counted::Dagen => "dagen",
            _ => "aanmeldingen",
        }
        .to_owned(),
        source: Source {
            name: text("Verzonnen register"),
            reference: text("tabel 1"),
            made_up: true,
        },
        reference_date: date(2026, 10, 1),
        row_count: Some(cells.iter().map(|(_, value)| value).sum::<u64>().max(100)),
        dimensions: vec!["gemeente".to_owned()],
        cells: cells
            .iter()
            .map(|(labels, value)| Cell {
                labels: labels.iter().map(|l| (*l).to_owned()).collect(),
                value: *value,
            })
            .collect(),
        measure: None,
    }
}

fn uuid_of(text: &str) -> uuid::Uuid {
    let mut bytes = [7u8; 16];
    for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    uuid::Uuid::from_bytes(bytes)
}

/// Sends a figure as registration does, and lets it arrive.
pub async fn publish(world: &World, figure: Figure, hidden: &[&[&str]]) -> FigureId {
    let desk = &world.desk;
    let id = DisclosureId::new(desk.vault.new_id(start()));
    let title = figure.title.nl.clone();
    let disclosure = Disclosure {
        id,
        from: Store::K2,
        to: Store::K7,
        org: Some(world.programme),
        by: None,
        at: start(),
        purpose: "monitoring".to_owned(),
        ground: "UAVG 24; AVG 89".to_owned(),
        consent: None,
        thread: None,
        subject: None,
        payload: Payload::Figures(Box::new(ProtectedFigures {
            figure,
            hidden: hidden
                .iter()
                .map(|labels| labels.iter().map(|l| (*l).to_owned()).collect())
                .collect(),
            told: Default::default(),
        })),
    };
    let context = Context {
        at: start(),
        actor: "system".to_owned(),
        role: "system".to_owned(),
        org: String::new(),
        act: "registration.figures".to_owned(),
        purpose: "monitoring".to_owned(),
        ground: "UAVG 24; AVG 89".to_owned(),
    };
    let change = disclosure.send(Change::new(context)).unwrap();
    desk.vault.apply(Store::K2, change).await.unwrap();
    world.settle(start()).await;
    let (page, _) = figures::list(desk, &office(world), &[], None)
        .await
        .unwrap();
    let row = page
        .rows
        .iter()
        .find(|row| row.summary["title_nl"] == title)
        .unwrap();
    row.id.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_arrive_with_definition_source_and_date_and_hidden_cells_stay_hidden() {
    let world = World::new().await;
    let cells: &[(&[&str], u64)] = &[(&["Amsterdam"], 61), (&["Rotterdam"], 35)];
    let id = publish(
        &world,
        figure("Per gemeente", Counted::Aanmeldingen, cells),
        &[&["Westland"], &["Den Haag"]],
    )
    .await;
    let found = figures::read(&world.desk, &office(&world), hours(1), id)
        .await
        .unwrap()
        .body;
    assert_eq!(found.hidden.len(), 2);
    assert_eq!(found.held_back, None);
    assert_eq!(found.figure.row_count, Some(100));
    let refused = figures::read(&world.desk, &holder(&world, world.nla), hours(1), id).await;
    assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn s10_small_numbers_of_people_that_came_unprotected_are_not_kept() {
    let world = World::new().await;
    let cells: &[(&[&str], u64)] = &[(&["Amsterdam"], 61), (&["Westland"], 3)];
    let id = publish(
        &world,
        figure("Onbeschermd", Counted::Aanmeldingen, cells),
        &[],
    )
    .await;
    let found = figures::read(&world.desk, &office(&world), hours(1), id)
        .await
        .unwrap()
        .body;
    assert_eq!(found.held_back, Some(figures::HeldBack::SmallCells));
    assert!(found.figure.cells.is_empty());
    let days = publish(
        &world,
        figure("Dagen", Counted::Dagen, &[(&["2026"], 3)]),
        &[],
    )
    .await;
    let found = figures::read(&world.desk, &office(&world), hours(1), days)
        .await
        .unwrap()
        .body;
    assert_eq!(found.held_back, None, "three days point at nobody");
}
