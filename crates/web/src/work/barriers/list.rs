//! The barriers of one's own organisation: the eight steps with what stands at each, and the list.

use axum::response::Response;
use desk::barrier::{self, BarrierRow};
use domain::barrier::STATES;

use super::{DONE, instrument_label, place, short, state, step_label, target_label};
use crate::page::html;
use crate::page::ui::{Deadline, Filter, FilterOption};
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::Say;
use crate::words::language;
use crate::work::Work;
use crate::work::sheets::{Block, Cell, SheetPage};

/// Rows on one page.
const ROWS: usize = 50;

/// What narrows the list.
struct Chosen<'a> {
    state: Option<&'static str>,
    step: Option<&'a str>,
}

impl Chosen<'_> {
    fn href(state: Option<&str>, step: Option<&str>) -> String {
        let pairs = [("state", state), ("step", step)];
        let given: Vec<String> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
            .collect();
        match given.is_empty() {
            true => "/work/barriers".to_owned(),
            false => format!("/work/barriers?{}", given.join("&")),
        }
    }

    fn has_state(&self, row: &BarrierRow) -> bool {
        self.state.is_none_or(|state| row.state == state)
    }

    fn has_step(&self, row: &BarrierRow) -> bool {
        self.step.is_none_or(|step| row.summary.step.is(step))
    }
}

/// The list; `state` and `step` narrow.
pub(super) async fn show(work: Work) -> Result<Response, Problem> {
    let all = barrier::list(&work.app.desk, &work.actor)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let list = &work.app.desk.vocabulary.barrier_steps;
    let asked = work.query("step");
    let known = list.all().iter().find(|step| step.code.is(asked));
    let chosen = Chosen {
        state: STATES.iter().copied().find(|s| *s == work.query("state")),
        step: known.map(|step| step.code.as_str()),
    };
    let found: Vec<&BarrierRow> = all
        .iter()
        .filter(|row| chosen.has_state(row) && chosen.has_step(row))
        .collect();
    let from = work.query("from").parse().unwrap_or(0_usize);
    let shown = found.iter().skip(from).take(ROWS);
    let rows = shown.map(|row| line(&work, &t, row)).collect();
    let next = (found.len() > from.saturating_add(ROWS)).then(|| {
        let base = Chosen::href(chosen.state, chosen.step);
        let mark = if base.contains('?') { '&' } else { '?' };
        format!("{base}{mark}from={}", from.saturating_add(ROWS))
    });
    let mut page = SheetPage::new(&work, t.say("nav-barriers"), DONE)?
        .lead(t.say("barriers-lead"))
        .link(t.say("barriers-new"), "/work/barriers/new");
    if chosen.state.is_none() && chosen.step.is_none() {
        page = page.block(steps(&work, &t, &all));
    }
    let columns = vec![
        t.say("barriers-barrier").into_owned(),
        t.say("barriers-instrument").into_owned(),
        t.say("barriers-target").into_owned(),
        t.say("barriers-place").into_owned(),
        t.say("barriers-state").into_owned(),
        t.say("barriers-when").into_owned(),
    ];
    let empty = match all.is_empty() {
        true => t.say("barriers-empty"),
        false => t.say("barriers-none-here"),
    };
    let block = Block::new(t.say("barriers-list")).table(columns, rows, empty);
    if !all.is_empty() {
        page = page.filter(states(&t, &all, &chosen));
    }
    // Above the whole list the table of steps leads to each.
    if chosen.state.is_some() || chosen.step.is_some() {
        page = page.filter(step_filter(&work, &t, &all, &chosen));
    }
    html(&page.block(block).next(next))
}

fn line(work: &Work, t: &Say, row: &BarrierRow) -> Vec<Cell> {
    let summary = &row.summary;
    let when = match (summary.raised, summary.until) {
        (Some(on), _) => t.say_with("barriers-since", "day", t.date(on)),
        (None, Some(until)) => {
            let days = Deadline::new(until, work.today());
            let day = format!("{} ({})", t.date(until), days.text(t));
            t.say_with("barriers-by", "day", day)
        }
        (None, None) => String::new(),
    };
    vec![
        Cell::link(short(&row.id), format!("/work/barriers/{}", row.id)),
        Cell::new(instrument_label(work, summary.instrument.as_str())),
        Cell::new(target_label(work, summary.target.as_str())),
        Cell::new(place(work, &summary.place)),
        Cell::new(t.key(state(&row.state))),
        Cell::new(when),
    ]
}

/// The steps of an offender in their order: how many barriers stand at each, how many are under way, and who can raise one.
fn steps(work: &Work, t: &Say, all: &[BarrierRow]) -> Block {
    let count = |code: &str, states: &[&str]| {
        let of = |row: &&BarrierRow| row.summary.step.is(code);
        let there = |row: &&BarrierRow| states.contains(&row.state.as_str());
        all.iter().filter(of).filter(there).count()
    };
    let list = &work.app.desk.vocabulary.barrier_steps;
    let rows = list
        .valid_on(work.today())
        .map(|step| {
            let code = step.code.as_str();
            let lang = language(work.lang);
            let name = format!("{}. {}", step.facts.order, step.label(lang));
            vec![
                Cell::link(name, Chosen::href(None, Some(code))),
                Cell::new(t.number(count(code, &["raised"]))),
                Cell::new(t.number(count(code, &["considered", "planned"]))),
                Cell::new(step.facts.raisers.in_language(lang)),
            ]
        })
        .collect();
    let columns = vec![
        t.say("barriers-step").into_owned(),
        t.say("barriers-standing").into_owned(),
        t.say("barriers-under-way").into_owned(),
        t.say("barriers-raisers").into_owned(),
    ];
    Block::new(t.say("barriers-steps")).table(columns, rows, "")
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn states(t: &Say, all: &[BarrierRow], chosen: &Chosen<'_>) -> Filter {
    let here: Vec<&BarrierRow> = all.iter().filter(|row| chosen.has_step(row)).collect();
    let first = FilterOption {
        label: t.say("barriers-all").into_owned(),
        href: Chosen::href(None, chosen.step),
        count: number(here.len()),
        current: chosen.state.is_none(),
    };
    let each = STATES.iter().map(|name| FilterOption {
        label: t.key(state(name)).into_owned(),
        href: Chosen::href(Some(name), chosen.step),
        count: number(here.iter().filter(|row| row.state == *name).count()),
        current: chosen.state == Some(*name),
    });
    Filter {
        label: t.say("barriers-state").into_owned(),
        options: std::iter::once(first).chain(each).collect(),
    }
}

fn step_filter(work: &Work, t: &Say, all: &[BarrierRow], chosen: &Chosen<'_>) -> Filter {
    let here: Vec<&BarrierRow> = all.iter().filter(|row| chosen.has_state(row)).collect();
    let first = FilterOption {
        label: t.say("barriers-all-steps").into_owned(),
        href: Chosen::href(chosen.state, None),
        count: number(here.len()),
        current: chosen.step.is_none(),
    };
    let list = &work.app.desk.vocabulary.barrier_steps;
    let each = list.valid_on(work.today()).map(|step| {
        let code = step.code.as_str();
        FilterOption {
            label: step_label(work, code),
            href: Chosen::href(chosen.state, Some(code)),
            count: number(here.iter().filter(|row| row.summary.step.is(code)).count()),
            current: chosen.step == Some(code),
        }
    });
    Filter {
        label: t.say("barriers-step").into_owned(),
        options: std::iter::once(first).chain(each).collect(),
    }
}
