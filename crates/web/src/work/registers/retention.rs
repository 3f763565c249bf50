//! Terms of keeping, legal holds, and what was destroyed.

use axum::response::Response;
use desk::registers::{self, TermRow};
use domain::vocabulary::ClockLength;

use super::{asked_store, crumbs, short, store_tabs};
use crate::page::html;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::Say;
use crate::words::label;
use crate::work::journal::acts;
use crate::work::sheets::{Block, Cell, SheetPage};
use crate::work::{Work, stores};

/// The page of one compartment.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let store = asked_store(&work);
    let kept = registers::retention(&work.app.desk, &work.actor, work.now, store)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let terms = kept.terms.iter().map(|row| term(&work, &t, row)).collect();
    let terms = Block::new(t.say("registers-terms")).table(
        vec![
            t.say("registers-term").into_owned(),
            t.say("registers-length").into_owned(),
            t.say("registers-source").into_owned(),
            t.say("registers-due").into_owned(),
            t.say("registers-kept").into_owned(),
            t.say("registers-undecided-n").into_owned(),
        ],
        terms,
        "",
    );
    let holds = kept
        .holds
        .iter()
        .map(|hold| {
            vec![
                Cell::new(hold.store.to_uppercase()),
                Cell::new(short(&hold.record)),
                Cell::new(t.moment(hold.since)),
            ]
        })
        .collect();
    let holds = Block::new(t.say("registers-holds")).table(
        vec![
            t.say("journal-store").into_owned(),
            t.say("oversight-record").into_owned(),
            t.say("registers-since").into_owned(),
        ],
        holds,
        t.say("registers-holds-empty"),
    );
    let gone = kept
        .destroyed
        .iter()
        .map(|line| {
            vec![
                Cell::new(t.moment(line.at)),
                Cell::new(acts::name(&line.act, &t)),
                Cell::new(&line.ground),
                Cell::new(t.number(line.records)),
                Cell::new(t.say_with("journal-number", "n", line.seq)),
            ]
        })
        .collect();
    let gone = Block::new(t.say("registers-destroyed")).table(
        vec![
            t.say("registers-when").into_owned(),
            t.say("registers-what").into_owned(),
            t.say("registers-ground").into_owned(),
            t.say("registers-records").into_owned(),
            t.say("oversight-entry").into_owned(),
        ],
        gone,
        t.say("registers-destroyed-empty"),
    );
    let name = stores::name(&work.app, store, work.today(), &t);
    html(
        &SheetPage::new(&work, t.say("registers-retention"), &[])?
            .under(crumbs(&t))
            .lead(t.say("registers-retention-lead"))
            .tabs(store_tabs(&work, &t, "/work/registers/retention", store))
            .block(gone.line(name))
            .block(terms)
            .block(holds),
    )
}

fn term(work: &Work, t: &Say, row: &TermRow) -> Vec<Cell> {
    let clocks = &work.app.desk.vocabulary.clocks;
    let length = match row.length {
        ClockLength::Months(n) => t.say_n("registers-months", i64::from(n)),
        ClockLength::Years(n) => t.say_n("registers-years", i64::from(n)),
        ClockLength::HostDecides => t.say("registers-host-decides").into_owned(),
        _ => String::new(),
    };
    vec![
        Cell::new(label(clocks, &row.code, work.today(), work.lang)),
        Cell::new(length),
        Cell::new(&row.source),
        Cell::new(t.number(row.due)),
        Cell::new(t.number(row.kept)),
        Cell::new(t.number(i64::try_from(row.waiting).unwrap_or(i64::MAX))),
    ]
}
