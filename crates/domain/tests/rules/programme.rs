//! Actions, figures and editions of the letter.

use crate::samples::*;
use domain::{Bilingual, action::*, edition::*, figure::*, ids::*};
use proptest::prelude::*;

pub fn plan(line: Line, number: &str) -> ActionPlan {
    ActionPlan {
        line,
        number: number.to_owned(),
        title: text("a title"),
        description: None,
        goals: vec![1, 2],
        goal: None,
        holder: OrgId::new(uuid(1)),
        involved: vec![OrgId::new(uuid(2))],
        forms: vec![form("SU")],
        ages: vec![AgeGroup::Minors],
        intended_result: Some(text("a result")),
        start: Some(day("2026-01-01")),
        end: Some(day("2026-12-31")),
        budget_eur: None,
        indicators: Vec::new(),
        links: Vec::new(),
        details: Default::default(),
    }
}

pub fn action(n: u128, line: Line, number: &str, way: &[Status]) -> Action {
    let new = Action::new(
        ActionId::new(uuid(n)),
        plan(line, number),
        by("2026-01-05T09:00:00Z"),
    )
    .unwrap();
    way.iter().fold(new, |a, status| {
        a.update(change(*status, Some("why"))).unwrap()
    })
}

fn change(status: Status, why: Option<&str>) -> StatusChange {
    StatusChange {
        status,
        results: None,
        why: why.map(text),
        by: morning(),
        confirmed: None,
    }
}

#[test]
fn a_plan_says_what_does_not_belong_together() {
    let refused = |change: fn(&mut ActionPlan)| {
        let mut plan = plan(Line::Victimhood, "3.b");
        change(&mut plan);
        plan.check().unwrap_err().to_string()
    };
    assert!(refused(|p| p.number = " ".to_owned()).contains("`number` is empty"));
    assert!(refused(|p| p.number = "4.b".to_owned()).contains("does not belong to line 3"));
    assert!(refused(|p| p.goals = vec![4]).contains("goals 1 to 3"));
    assert!(refused(|p| p.involved.push(p.holder)).contains("name it once"));
    assert!(refused(|p| p.end = Some(day("2025-12-31"))).contains("before `start`"));
}

#[test]
fn what_is_finished_never_goes_back_silently() {
    let done = action(
        1,
        Line::Awareness,
        "1.a",
        &[Status::Loopt, Status::Afgerond],
    );
    let refused = done.clone().update(change(Status::Loopt, None));
    assert!(matches!(refused, Err(ActionError::NoReason { .. })));
    let back = done
        .clone()
        .update(change(Status::Loopt, Some("the evaluation shows a gap")))
        .unwrap();
    let way: Vec<Status> = back.history().iter().map(|c| c.status).collect();
    assert_eq!(
        way,
        [
            Status::NietGestart,
            Status::Loopt,
            Status::Afgerond,
            Status::Loopt
        ]
    );
    assert!(
        done.clone()
            .update(change(Status::NietGestart, Some("why")))
            .is_err()
    );
    let results = StatusChange {
        results: Some(text("all trained")),
        ..change(Status::Afgerond, None)
    };
    assert_eq!(
        done.update(results).unwrap().results(),
        Some(&text("all trained"))
    );
}

#[test]
fn what_a_holder_proposes_counts_when_it_is_confirmed() {
    let running = action(1, Line::Awareness, "1.a", &[Status::Loopt]);
    let told = StatusChange {
        results: Some(text("two cities")),
        ..change(Status::Loopt, None)
    };
    let running = running.propose(told).unwrap();
    assert_eq!(
        running.results(),
        Some(&text("two cities")),
        "results count at once"
    );
    assert!(
        running
            .clone()
            .propose(change(Status::NietGestart, None))
            .is_err()
    );
    let waiting = running.propose(change(Status::Afgerond, None)).unwrap();
    assert_eq!(waiting.status(), Status::Loopt);
    assert!(!waiting.is_overdue(dutch_day(&morning())));

    let done = waiting.clone().confirm(by("2026-05-01T09:00:00Z")).unwrap();
    assert_eq!(done.status(), Status::Afgerond);
    assert_eq!(done.status_on(day("2026-04-30")), Some(Status::Loopt));
    assert!(done.confirm(morning()).is_err(), "nothing waits any more");

    let refused = waiting
        .clone()
        .decline(text("one city is missing"), morning())
        .unwrap();
    assert_eq!(refused.status(), Status::Loopt);
    assert_eq!(refused.declined().len(), 1);
    assert!(refused.proposal().is_none());

    let changed = waiting
        .update(change(Status::Vertraagd, Some("no staff")))
        .unwrap();
    assert!(
        changed.proposal().is_none(),
        "the register moved on without it"
    );
}

fn dutch_day(by: &domain::By) -> jiff::civil::Date {
    domain::time::dutch_date(by.at)
}

#[test]
fn a_delay_has_a_reason() {
    let running = action(1, Line::Awareness, "1.a", &[Status::Loopt]);
    assert!(
        running
            .clone()
            .update(change(Status::Vertraagd, None))
            .is_err()
    );
    assert!(
        running
            .update(change(Status::Vertraagd, Some("no staff")))
            .is_ok()
    );
}

#[test]
fn the_register_tells_what_a_letter_of_that_day_would_have_said() {
    let running = action(1, Line::Awareness, "1.a", &[Status::Loopt]);
    assert_eq!(running.status_on(day("2026-01-04")), None);
    assert_eq!(
        running.status_on(day("2026-03-08")),
        Some(Status::NietGestart)
    );
    assert_eq!(running.status_on(day("2026-03-09")), Some(Status::Loopt));
}

#[test]
fn s10_the_annex_holds_running_delayed_and_finished_in_order() {
    use Status::*;
    let register = [
        action(1, Line::Minors, "6.a", &[Loopt]),
        action(2, Line::Awareness, "1.10", &[Loopt, Vertraagd]),
        action(3, Line::Awareness, "1.2", &[Loopt, Afgerond]),
        action(4, Line::Awareness, "1.1", &[]),
        action(5, Line::Victimhood, "3.b", &[Vervallen]),
        action(6, Line::Victimhood, "3.c", &[Loopt, StructureelGeborgd]),
    ];
    let annex: Vec<String> = annex(&register)
        .into_iter()
        .map(|a| a.plan.number)
        .collect();
    assert_eq!(annex, ["1.2", "1.10", "6.a"]);
}

#[test]
fn s10_who_told_nothing_since_the_period_began_is_listed() {
    let name = EditionName::new(2026, 1, Cycle::HalfYearly).unwrap();
    let period = name.period(Cycle::HalfYearly).unwrap();
    let told = action(1, Line::Awareness, "1.a", &[Status::Loopt]);
    let later = EditionName::new(2026, 2, Cycle::HalfYearly)
        .unwrap()
        .period(Cycle::HalfYearly)
        .unwrap();
    let register = [
        told,
        action(
            2,
            Line::Awareness,
            "1.b",
            &[Status::Loopt, Status::Afgerond],
        ),
    ];
    assert!(overdue(&register, &period).is_empty());
    let late: Vec<&str> = overdue(&register, &later)
        .iter()
        .map(|a| a.plan.number.as_str())
        .collect();
    assert_eq!(late, ["1.a"], "finished actions owe nothing");
}

#[test]
fn editions_are_named_by_half_year_unless_set_otherwise() {
    assert_eq!(Cycle::default(), Cycle::HalfYearly);
    let of = |date: &str, cycle| EditionName::of(day(date), cycle).to_string();
    assert_eq!(of("2026-06-30", Cycle::HalfYearly), "2026-1");
    assert_eq!(of("2026-07-01", Cycle::HalfYearly), "2026-2");
    assert_eq!(of("2026-12-31", Cycle::Quarterly), "2026-4");
    assert_eq!(of("2026-12-31", Cycle::Yearly), "2026-1");
    let name: EditionName = "2026-2".parse().unwrap();
    let period = name.period(Cycle::HalfYearly).unwrap();
    assert_eq!(
        (period.from, period.until),
        (day("2026-07-01"), day("2026-12-31"))
    );
    assert_eq!(name.previous(Cycle::HalfYearly).to_string(), "2026-1");
    assert_eq!(
        name.previous(Cycle::HalfYearly)
            .previous(Cycle::HalfYearly)
            .to_string(),
        "2025-2"
    );
    for bad in [
        "2026", "2026-5", "2026-0", "26-1", "2026-2-1", "x-1", "", "2026--1",
    ] {
        assert!(bad.parse::<EditionName>().is_err(), "{bad}");
    }
    assert!(EditionName::new(2026, 3, Cycle::HalfYearly).is_none());
    let third: EditionName = "2026-3".parse().unwrap();
    let refused = Edition::begin(EditionId::new(uuid(1)), third, Cycle::HalfYearly);
    assert_eq!(refused.unwrap_err(), EditionError::NoSuchEdition(third));
}

fn figure(counted: Counted, date: &str) -> Figure {
    Figure {
        id: FigureId::new(uuid(1)),
        title: Bilingual::new("Aanmeldingen", "Reports"),
        counted,
        definition: Bilingual::new("aanmeldingen bij CoMensha", "reports to CoMensha"),
        unit: "aanmeldingen".to_owned(),
        source: Source {
            name: text("CoMensha"),
            reference: text("Het beeld van 2024"),
            made_up: false,
        },
        reference_date: day(date),
        row_count: Some(1_062),
        dimensions: vec!["form".to_owned()],
        cells: vec![Cell {
            labels: vec!["SU".to_owned()],
            value: 478,
        }],
        measure: None,
    }
}

#[test]
fn s10_two_counts_never_stand_in_one_series() {
    let reports = figure(Counted::Aanmeldingen, "2024-12-31");
    let persons = figure(Counted::Slachtoffers, "2023-12-31");
    let refused = Series::new(vec![reports.clone(), persons]);
    assert!(matches!(refused, Err(FigureError::MixedCounts { .. })));
    let earlier = figure(Counted::Aanmeldingen, "2023-12-31");
    let series = Series::new(vec![reports.clone(), earlier.clone()]).unwrap();
    assert_eq!(series.figures()[0].reference_date, day("2023-12-31"));
    assert!(matches!(
        Series::new(vec![reports.clone(), reports.clone()]),
        Err(FigureError::DateTwice(_))
    ));
    let mut invented = earlier;
    invented.source.made_up = true;
    assert_eq!(
        Series::new(vec![reports, invented]).unwrap_err(),
        FigureError::MixedWithMadeUp
    );
    assert_eq!(
        Series::new(Vec::new()).unwrap_err(),
        FigureError::EmptySeries
    );
}

#[test]
fn a_figure_without_definition_or_with_a_crooked_table_is_refused() {
    let refused = |change: fn(&mut Figure)| {
        let mut figure = figure(Counted::Aanmeldingen, "2024-12-31");
        change(&mut figure);
        figure.check().unwrap_err()
    };
    assert_eq!(
        refused(|f| f.definition.nl.clear()),
        FigureError::Missing("definition")
    );
    assert_eq!(refused(|f| f.unit.clear()), FigureError::Missing("unit"));
    assert_eq!(refused(|f| f.cells.clear()), FigureError::NoCells);
    assert!(matches!(
        refused(|f| f.cells[0].labels.clear()),
        FigureError::Labels { cell: 1, .. }
    ));
    assert_eq!(
        refused(|f| f.cells.push(f.cells[0].clone())),
        FigureError::CellTwice(2)
    );
}

fn signed() -> EditionContent {
    let signatory = Signatory {
        office: text("De Minister"),
        name: text("A. Bedacht"),
    };
    EditionContent {
        signatory: Some(signatory),
        ..EditionContent::default()
    }
}

fn draft(content: EditionContent) -> Edition {
    let name = EditionName::new(2026, 1, Cycle::HalfYearly).unwrap();
    Edition::begin(EditionId::new(uuid(1)), name, Cycle::HalfYearly)
        .unwrap()
        .write(content)
        .unwrap()
}

#[test]
fn s10_a_frozen_edition_stays_as_it_was_and_mistakes_become_errata() {
    let register = [action(1, Line::Awareness, "1.a", &[Status::Loopt])];
    let highlight = Highlight {
        line: Line::Awareness,
        actions: vec![ActionId::new(uuid(1))],
        text: text("the campaign began"),
    };
    let content = EditionContent {
        highlights: vec![highlight],
        ..signed()
    };
    let figures = vec![figure(Counted::Aanmeldingen, "2024-12-31")];
    let frozen = draft(content)
        .freeze(&register, figures, morning())
        .unwrap();
    assert_eq!(frozen.snapshot().unwrap().annex, register);
    assert!(frozen.clone().write(signed()).is_err());
    assert!(
        frozen
            .clone()
            .freeze(&register, Vec::new(), morning())
            .is_err()
    );
    let before = frozen.snapshot().cloned();
    let erratum = Erratum {
        place: text("figure 1"),
        wrong: text("1.063"),
        right: text("1.062"),
        reason: text("one was counted twice"),
        by: morning(),
    };
    let corrected = frozen
        .correct(erratum.clone())
        .unwrap()
        .sent(day("2026-07-01"), None)
        .unwrap();
    assert_eq!(corrected.snapshot().cloned(), before);
    assert_eq!(corrected.errata().len(), 1);
    assert!(
        draft(signed()).correct(erratum).is_err(),
        "a draft is simply changed"
    );
}

#[test]
fn an_edition_is_not_frozen_half_made() {
    let unsigned = draft(EditionContent::default()).freeze(&[], Vec::new(), morning());
    assert!(matches!(unsigned, Err(EditionError::NoSignatory(_))));
    let highlight = Highlight {
        line: Line::Minors,
        actions: vec![ActionId::new(uuid(9))],
        text: text("nothing of the kind"),
    };
    let content = EditionContent {
        highlights: vec![highlight],
        ..signed()
    };
    let unknown = draft(content).freeze(&[], Vec::new(), morning());
    assert_eq!(
        unknown.unwrap_err(),
        EditionError::UnknownAction(Line::Minors)
    );
    let mut vague = figure(Counted::Anders, "2024-12-31");
    vague.definition.en.clear();
    let refused = draft(signed())
        .freeze(&[], vec![vague], morning())
        .unwrap_err();
    assert!(refused.to_string().starts_with("figure 1: "), "{refused}");
}

#[test]
fn a_wrongly_cited_letter_is_kept_as_written_and_as_it_is() {
    let cited = LetterRef {
        as_written: text("Kamerstukken II 2023/24, 28638, nr. 248"),
        resolved: Some("28638-249".to_owned()),
        date: Some(day("2024-04-23")),
    };
    let edition = draft(EditionContent {
        previous: Some(cited.clone()),
        ..signed()
    });
    assert_eq!(edition.content().previous, Some(cited));
}

#[test]
fn the_six_lines_have_numbers_and_names() {
    for (index, line) in Line::ALL.into_iter().enumerate() {
        assert_eq!(usize::from(line.number()), index + 1);
        assert_eq!(Line::try_from(line.number()), Ok(line));
        assert!(!line.title().nl.is_empty() && !line.title().en.is_empty());
    }
    assert!(Line::try_from(0).is_err() && Line::try_from(7).is_err());
    assert_eq!(serde_json::to_string(&Line::Minors).unwrap(), "6");
}

#[test]
fn the_trap_word_is_nowhere() {
    let folder = format!("{}/src", env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                assert!(
                    !text.to_lowercase().contains("tweejaarlijks"),
                    "{}",
                    path.display()
                );
            }
        }
    }
}

fn any_status() -> impl Strategy<Value = Status> {
    use Status::*;
    prop::sample::select(vec![
        NietGestart,
        Loopt,
        Vertraagd,
        Afgerond,
        Vervallen,
        StructureelGeborgd,
    ])
}

proptest! {
    #[test]
    fn the_history_is_whole_and_every_step_back_has_its_reason(
        steps in prop::collection::vec((any_status(), any::<bool>()), 0..30)
    ) {
        let mut here = action(1, Line::Awareness, "1.a", &[]);
        for (status, reason) in steps {
            let why = reason.then_some("why");
            if let Ok(after) = here.clone().update(change(status, why)) {
                prop_assert_eq!(after.history().len(), here.history().len() + 1);
                here = after;
            }
        }
        for pair in here.history().windows(2) {
            let (from, to) = (pair[0].status, pair[1].status);
            prop_assert!(from == to || domain::action::MOVES.contains(&(from.code(), to.code())));
            prop_assert!(!from.is_final() || to.is_final() || pair[1].why.is_some());
        }
    }

    #[test]
    fn every_day_lies_in_the_period_of_its_edition(days in 0i32..20_000, cycle in 0u8..3) {
        use jiff::ToSpan;
        let cycle = [Cycle::Quarterly, Cycle::HalfYearly, Cycle::Yearly][usize::from(cycle)];
        let date = day("2001-01-01").saturating_add(days.days());
        let name = EditionName::of(date, cycle);
        let period = name.period(cycle).unwrap();
        prop_assert!(period.from <= date && date <= period.until);
        let before = name.previous(cycle).period(cycle).unwrap();
        prop_assert_eq!(before.until.tomorrow().unwrap(), period.from);
        prop_assert_eq!(name.to_string().parse::<EditionName>().unwrap(), name);
    }
}
