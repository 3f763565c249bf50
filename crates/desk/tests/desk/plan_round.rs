//! Rounds of updates over the vault: who may write what, what a private link opens, what freezes; versions, motions, coverage.

use std::collections::BTreeSet;

use desk::access::Role;
use desk::plan::{
    self, ImportRow, ImportSource, Number, PledgeStep, Review, TellInput, ToldOutcome,
};
use desk::{Actor, DeskError};
use domain::action::{ActionPlan, Details, Line, Status};
use domain::coverage::{Axis, Moved};
use domain::edition::{CommitmentKind, EditionName, LetterRef};
use domain::ids::{ActionId, RoundId, UpdateId};
use domain::pledge::Asked;
use domain::round::{Overridden, UpdateState};
use jiff::civil::date;

use crate::plan::{action, holder, office};
use crate::support::{World, days, hours, start, text};

pub fn words(results: &str, send: bool) -> TellInput {
    TellInput {
        status: Status::Loopt,
        results: Some(text(results)),
        why: None,
        evidence: vec![text("https://voorbeeld.example/rapport")],
        overridden: None,
        send,
    }
}

async fn running(world: &World, number: &str) -> ActionId {
    let line = Line::try_from(number[..1].parse::<u8>().unwrap()).unwrap();
    let office = office(world);
    let id = plan::create(&world.desk, &office, start(), action(world, line, number))
        .await
        .unwrap();
    let begun = plan::Tell {
        status: Status::Loopt,
        results: None,
        why: None,
    };
    plan::tell(&world.desk, &office, start(), id, 1, begun)
        .await
        .unwrap();
    id
}

/// A round with one running action: the round, its update.
pub async fn asked(world: &World) -> (RoundId, UpdateId) {
    running(world, "3.b").await;
    let name: EditionName = "2026-2".parse().unwrap();
    let round = plan::open_round(&world.desk, &office(world), start(), name, days(14))
        .await
        .unwrap();
    let view = plan::read_round(&world.desk, &office(world), start(), round)
        .await
        .unwrap();
    (round, view.rows[0].update.id)
}

pub fn rule<T: std::fmt::Debug>(result: Result<T, DeskError>) -> String {
    match result {
        Err(DeskError::Rule { key, .. }) => key,
        Err(DeskError::Invalid(fields)) => fields[0].key.clone(),
        Err(DeskError::NotFound { what }) => format!("no {what}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_writes_a_reviewer_sends_back_and_accepts() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let (round, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    let stranger = holder(&world, world.nla);
    assert_eq!(
        rule(plan::read_update(desk, &stranger, start(), id).await),
        "no update"
    );
    assert_eq!(
        rule(plan::tell_round(desk, &stranger, hours(1), id, 1, words("x", true)).await),
        "no update"
    );
    let second =
        plan::open_round(desk, &office, hours(1), "2026-2".parse().unwrap(), days(20)).await;
    assert_eq!(rule(second), "round-edition-taken");

    let saved = plan::tell_round(desk, &mine, hours(1), id, 1, words("half", false))
        .await
        .unwrap();
    assert_eq!(saved, ToldOutcome::Saved);
    let sent = plan::tell_round(
        desk,
        &mine,
        hours(2),
        id,
        2,
        words("twee regio's doen mee", true),
    )
    .await
    .unwrap();
    assert_eq!(sent, ToldOutcome::Sent);
    let behind = plan::tell_round(desk, &mine, hours(2), id, 2, words("x", true)).await;
    assert!(matches!(behind, Err(DeskError::Conflict)));
    let not_his = plan::review(desk, &mine, hours(3), id, 3, Review::Accept).await;
    assert!(matches!(not_his, Err(DeskError::Forbidden { .. })));

    let why = Review::SendBack(text("Welke regio's?"));
    plan::review(desk, &office, hours(3), id, 3, why)
        .await
        .unwrap();
    let again = words("Den Haag en Zwolle doen mee", true);
    plan::tell_round(desk, &mine, hours(4), id, 4, again)
        .await
        .unwrap();
    plan::review(desk, &office, hours(5), id, 5, Review::Accept)
        .await
        .unwrap();
    let view = plan::read_update(desk, &mine, hours(6), id).await.unwrap();
    assert_eq!(view.update.state(), UpdateState::Accepted);
    assert_eq!(
        view.action.results(),
        Some(&text("Den Haag en Zwolle doen mee"))
    );
    assert_eq!(
        view.action.plan.links,
        [text("https://voorbeeld.example/rapport")]
    );
    let rows = plan::rounds(desk, &office, hours(6)).await.unwrap();
    assert_eq!((rows[0].missing(), rows[0].all()), (0, 1));
    assert_eq!(
        plan::remind(desk, &office, hours(7), round).await.unwrap(),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_after_the_cutoff_counts_not_and_is_not_lost() {
    let world = World::new().await;
    let desk = &world.desk;
    let (round, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    assert_eq!(
        plan::remind(desk, &office(&world), days(1), round)
            .await
            .unwrap(),
        1
    );
    let late = plan::tell_round(desk, &mine, days(14), id, 2, words("te laat", true))
        .await
        .unwrap();
    assert!(matches!(late, ToldOutcome::Late(_)), "{late:?}");
    let view = plan::read_update(desk, &mine, days(14), id).await.unwrap();
    assert_eq!(view.update.late()[0].results, Some(text("te laat")));
    assert_eq!(view.update.state(), UpdateState::Asked);
    assert_eq!(view.action.results(), None, "the register does not know it");
    assert_eq!(
        rule(plan::remind(desk, &office(&world), days(15), round).await),
        "round-frozen"
    );
    let rows = plan::rounds(desk, &mine, days(15)).await.unwrap();
    assert!(rows[0].frozen && rows[0].missing() == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_link_opens_one_update_until_it_ends_and_its_secret_stands_nowhere() {
    let world = World::new().await;
    let desk = &world.desk;
    let (_, id) = asked(&world).await;
    let secret = plan::make_link(
        desk,
        &office(&world),
        start(),
        id,
        text("Beleidsmedewerker"),
    )
    .await
    .unwrap();
    assert_eq!(secret.len(), 64);
    let view = plan::read_by_link(desk, hours(1), &secret).await.unwrap();
    assert_eq!(view.update.id, id);
    let told = plan::tell_by_link(desk, hours(2), &secret, 1, words("met een link", true))
        .await
        .unwrap();
    assert_eq!(told, ToldOutcome::Sent);
    plan::review(desk, &office(&world), hours(3), id, 2, Review::Accept)
        .await
        .unwrap();

    let other = "0".repeat(64);
    for wrong in [other.as_str(), "", "x", &secret[..63]] {
        assert_eq!(
            rule(plan::read_by_link(desk, hours(3), wrong).await),
            "no link"
        );
    }
    // Two weeks after the cut-off it opens nothing any more.
    assert!(plan::read_by_link(desk, days(27), &secret).await.is_ok());
    assert_eq!(
        rule(plan::read_by_link(desk, days(28), &secret).await),
        "no link"
    );
    // No file of the store holds it.
    let mut files = vec![world.dir().to_path_buf()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds the secret", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_delegates_and_takes_the_link_back() {
    let world = World::new().await;
    let desk = &world.desk;
    let (_, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    let stranger = holder(&world, world.nla);
    assert_eq!(
        rule(plan::make_link(desk, &stranger, start(), id, text("x")).await),
        "no update"
    );
    let secret = plan::make_link(desk, &mine, start(), id, text("Collega van beleid"))
        .await
        .unwrap();
    let view = plan::read_update(desk, &mine, hours(1), id).await.unwrap();
    assert_eq!(view.update.delegated()[0].to, text("Collega van beleid"));
    assert_eq!(view.links.len(), 1);
    assert_eq!(
        plan::take_links_back(desk, &mine, hours(1), id)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        rule(plan::read_by_link(desk, hours(1), &secret).await),
        "no link"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_seems_to_hold_a_person_is_warned_for_and_a_named_person_may_override() {
    let world = World::new().await;
    let desk = &world.desk;
    let (_, id) = asked(&world).await;
    let mine = holder(&world, world.coordination);
    let named = words("Mevrouw Bedacht kreeg een plek.", true);
    assert_eq!(
        rule(plan::tell_round(desk, &mine, hours(1), id, 1, named.clone()).await),
        "guard-name"
    );
    let view = plan::read_update(desk, &mine, hours(1), id).await.unwrap();
    assert_eq!(
        (view.version, view.update.told()),
        (1, None),
        "nothing was saved"
    );
    let over = TellInput {
        overridden: Some(Overridden {
            name: text("J. Verzonnen"),
            why: text("Dit is de naam van een wet."),
        }),
        ..named
    };
    plan::tell_round(desk, &mine, hours(1), id, 1, over)
        .await
        .unwrap();
    let view = plan::read_update(desk, &mine, hours(1), id).await.unwrap();
    let kept = view.update.told().unwrap().overridden.clone().unwrap();
    assert_eq!(kept.name, text("J. Verzonnen"));
}

fn row(id: &str, title: &str) -> ImportRow {
    ImportRow {
        at: 2,
        id: id.to_owned(),
        line: "3".to_owned(),
        title: title.to_owned(),
        holder: "NLA".to_owned(),
        status: "loopt".to_owned(),
        status_date: Some(date(2026, 10, 1)),
        policy: "Wmo 2015".to_owned(),
        regions: vec!["RE06".to_owned()],
        milestones: vec!["2026-03-01 profiel | bereikt 2026-04-02".to_owned()],
        measures: vec!["plaatsingen omhoog".to_owned()],
        money: vec![
            "2026 begroot 100 | bron".to_owned(),
            "2026 besteed 20".to_owned(),
        ],
        lessons: "Begin klein.".to_owned(),
        ..ImportRow::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_is_a_version_that_says_what_it_changed_and_an_export_changes_nothing() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let source = |name: &str| ImportSource::of(name, name.as_bytes());
    let first = [row("3.b", "Plaatsing"), row("3.c", "Opvang")];
    let trial = plan::import_from(desk, &office, start(), &source("a.csv"), &first, true)
        .await
        .unwrap();
    assert_eq!((trial.added(), trial.version), (2, None));
    assert_eq!(plan::versions(desk, &office).await.unwrap(), []);
    plan::import_from(desk, &office, start(), &source("a.csv"), &first, false)
        .await
        .unwrap();
    let changed = [
        row("3.b", "Eén manier van plaatsen"),
        ImportRow {
            regions: vec!["RE99".to_owned()],
            ..row("3.c", "Opvang")
        },
        ImportRow {
            money: vec!["2026 kado 5".to_owned()],
            ..row("3.d", "Nieuw")
        },
        ImportRow {
            budget_eur: Some(99),
            ..row("3.e", "Nieuw")
        },
    ];
    let report = plan::import_from(desk, &office, hours(1), &source("b.csv"), &changed, false)
        .await
        .unwrap();
    let refused: Vec<&str> = report
        .rows
        .iter()
        .filter_map(|row| match &row.outcome {
            plan::RowOutcome::Refused { field, .. } => Some(*field),
            _ => None,
        })
        .collect();
    assert_eq!(refused, ["regions", "money", "budget_eur"]);
    let all = plan::versions(desk, &office).await.unwrap();
    assert_eq!(
        (all.len(), all[0].source.name.as_str(), all[0].refused),
        (2, "b.csv", 3)
    );
    let change = &all[0].rows[0].changes[0];
    assert_eq!(
        (
            change.field.as_str(),
            change.before.as_str(),
            change.after.as_str()
        ),
        ("title", "Plaatsing", "Eén manier van plaatsen")
    );

    let out = plan::export(desk, &office, hours(2)).await.unwrap();
    assert_eq!(out[0].money, ["2026 begroot 100 | bron", "2026 besteed 20"]);
    let again = plan::import(desk, &office, hours(3), &out, false)
        .await
        .unwrap();
    assert!(
        again
            .rows
            .iter()
            .all(|row| row.outcome == plan::RowOutcome::Same),
        "{:?}",
        again.rows
    );
    assert_eq!(
        plan::versions(desk, &office).await.unwrap().len(),
        2,
        "what changes nothing is no version"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn motions_are_linked_to_actions_and_closed_with_a_reason() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let id = running(&world, "3.b").await;
    let asked = Asked {
        kind: CommitmentKind::Motie,
        reference: LetterRef {
            as_written: text("28 638, nr. 248"),
            resolved: Some("28638-249".to_owned()),
            date: None,
        },
        who: text("Lid Bedacht"),
        on: date(2024, 4, 23),
        text: text("verzoekt het plan te herzien"),
        actions: vec![id],
    };
    let strange = Asked {
        actions: vec![ActionId::new(desk.vault.new_id(start()))],
        ..asked.clone()
    };
    assert_eq!(
        rule(plan::new_pledge(desk, &office, start(), strange).await),
        "pledge-no-such-action"
    );
    let pledge = plan::new_pledge(desk, &office, start(), asked)
        .await
        .unwrap();
    let mine = holder(&world, world.coordination);
    assert_eq!(plan::pledges(desk, &mine).await.unwrap().len(), 1);
    let stranger = holder(&world, world.nla);
    assert_eq!(plan::pledges(desk, &stranger).await.unwrap().len(), 0);
    assert_eq!(
        rule(plan::read_pledge(desk, &stranger, start(), pledge).await),
        "no pledge"
    );
    let close = PledgeStep::Close {
        by_letter: None,
        why: text("de brief meldt het"),
    };
    let refused = plan::step_pledge(desk, &mine, hours(1), pledge, 1, close.clone()).await;
    assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
    plan::step_pledge(desk, &office, hours(1), pledge, 1, close.clone())
        .await
        .unwrap();
    assert_eq!(
        rule(plan::step_pledge(desk, &office, hours(1), pledge, 2, close).await),
        "pledge-closed"
    );
    let reopen = PledgeStep::Reopen {
        why: text("de Kamer vroeg meer"),
    };
    plan::step_pledge(desk, &office, hours(2), pledge, 2, reopen)
        .await
        .unwrap();
    let (read, _) = plan::read_pledge(desk, &mine, hours(3), pledge)
        .await
        .unwrap();
    assert!(read.is_open() && read.reopened().len() == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_says_where_nothing_aims_and_a_choice_what_would_be_lost() {
    let world = World::new().await;
    let (desk, office) = (&world.desk, office(&world));
    let labour = running(&world, "3.b").await;
    let other = ActionPlan {
        forms: vec![domain::code::FormCode::new("SU").unwrap()],
        details: Details {
            measures: [
                "plaatsingen omhoog",
                "comensha_reports omhoog",
                "time_to_place omlaag",
            ]
            .map(|line| line.parse().unwrap())
            .into(),
            ..Details::default()
        },
        ..action(&world, Line::Victimhood, "3.c")
    };
    plan::create(desk, &office, start(), other).await.unwrap();
    let map = plan::coverage(desk, &office, start(), Axis::Form, Axis::Age)
        .await
        .unwrap();
    let at = map.grid.rows.iter().position(|code| code == "AU").unwrap();
    assert_eq!(map.grid.cells[at][0].now, [labour]);
    assert!(map.grid.gaps().any(|(form, _)| form == "CU"));
    assert!(
        !map.grid
            .rows
            .iter()
            .any(|code| code == "ON" || code == "EB")
    );
    assert_eq!(map.grid.euros(), 50_000);
    let did = |code: &str| {
        let found = map.effects.iter().find(|effect| effect.code == code);
        found.unwrap().did.clone()
    };
    assert!(did("plaatsingen").is_none() && did("time_to_place").is_none());
    // What others published: the first and the last year of the vocabulary, with who published them.
    let published = did("comensha_reports").unwrap();
    let all = desk.vocabulary.published_figures.all().iter();
    let mut years: Vec<(u16, u16)> = all
        .filter(|one| one.facts.measure.as_str() == "comensha_reports")
        .map(|one| (one.facts.year, one.facts.value))
        .collect();
    years.sort_unstable();
    let ends = [years[0], years[years.len() - 1]];
    for ((label, number), (year, value)) in [published.first, published.last].into_iter().zip(ends)
    {
        assert_eq!(label, year.to_string());
        assert_eq!(
            number,
            Number::Count(domain::coverage::by_chance(value.into()))
        );
    }
    assert!(published.by.unwrap().contains("CoMensha"));
    assert_eq!(published.moved, Some(Moved::Up));

    let none = BTreeSet::new();
    let stop = BTreeSet::from([labour]);
    let choice = plan::choose(desk, &office, start(), &stop, &none)
        .await
        .unwrap();
    assert_eq!(choice.freed, 25_000);
    assert_eq!(choice.lost[0].at, [(Axis::Form, "AU".to_owned())]);
    let choice = plan::choose(desk, &office, start(), &none, &stop)
        .await
        .unwrap();
    assert_eq!(
        (choice.lost.len(), choice.needed, choice.payers.len()),
        (0, 25_000, 1)
    );
    let refused = plan::coverage(
        desk,
        &holder(&world, world.nla),
        start(),
        Axis::Form,
        Axis::Age,
    )
    .await;
    assert!(matches!(refused, Err(DeskError::Forbidden { .. })));
    let operator = Actor::operator(
        &desk.directory(),
        world.programme,
        Role::ProgrammeOffice,
        start(),
    )
    .unwrap();
    assert!(
        plan::coverage(desk, &operator, start(), Axis::Region, Axis::Goal)
            .await
            .is_ok()
    );
}
