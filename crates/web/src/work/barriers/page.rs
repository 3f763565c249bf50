//! One barrier: what it is aimed at, where it stands, its history, and what can be done now.

use axum::extract::Path;
use axum::response::Response;
use desk::barrier;
use domain::barrier::{Barrier, BarrierState, Plan, Words};
use domain::time::dutch_date;
use jiff::civil::Date;

use super::{DONE, crumbs, id_of, instrument_label, place, short, state, step_label, target_label};
use crate::page::html;
use crate::problem::Problem;
use crate::refuse::refuse;
use crate::texts::Say;
use crate::words::label;
use crate::work::Work;
use crate::work::sheets::{Block, Cell, SheetPage};

/// One barrier.
pub(super) async fn show(work: Work, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let view = barrier::read(&work.app.desk, &work.actor, work.now, id)
        .await
        .map_err(refuse)?;
    let t = work.say();
    let barrier = &view.barrier;
    let title = format!(
        "{} ({})",
        instrument_label(&work, barrier.aim.instrument.as_str()),
        short(id)
    );
    let page = SheetPage::new(&work, title, DONE)?
        .under(crumbs(&t))
        .block(facts(&work, &t, barrier))
        .block(history(&t, barrier));
    html(&ways(page, &t, barrier))
}

/// What can be done now.
fn ways(page: SheetPage, t: &Say, barrier: &Barrier) -> SheetPage {
    let to = |way: &str| format!("/work/barriers/{}/{way}", barrier.id);
    match barrier.state() {
        BarrierState::Considered => page
            .link(t.say("barriers-plan"), to("plan"))
            .link(t.say("barriers-drop"), to("drop")),
        BarrierState::Planned { .. } => page
            .link(t.say("barriers-raise"), to("raise"))
            .link(t.say("barriers-plan-again"), to("plan"))
            .link(t.say("barriers-drop"), to("drop")),
        BarrierState::Raised { .. } => page
            .link(t.say("barriers-result"), to("result"))
            .link(t.say("barriers-end"), to("end")),
        BarrierState::Ended { .. } => page.link(t.say("barriers-result"), to("result")),
        BarrierState::Dropped { .. } => page,
    }
}

fn facts(work: &Work, t: &Say, barrier: &Barrier) -> Block {
    let aim = &barrier.aim;
    let list = &work.app.desk.vocabulary;
    let forms: Vec<String> = aim
        .forms
        .iter()
        .map(|form| label(&list.forms, form.as_str(), work.today(), work.lang))
        .collect();
    let forms = match forms.is_empty() {
        true => t.say("barriers-forms-none").into_owned(),
        false => forms.join(", "),
    };
    let mut block = Block::default()
        .line(aim.what.text().as_str())
        .fact(t.say("barriers-state"), t.key(state(barrier.state_name())))
        .fact(t.say("barriers-step"), step_label(work, aim.step.as_str()))
        .fact(
            t.say("barriers-target"),
            target_label(work, aim.target.as_str()),
        )
        .fact(t.say("barriers-place"), place(work, &aim.place))
        .fact(t.say("barriers-against"), forms);
    if let Some(action) = &aim.action {
        block = block.fact(t.say("barriers-action"), action.as_str());
    }
    if let Some(plan) = barrier.plan_now() {
        block = block
            .fact(t.say("barriers-who"), plan.who.text().as_str())
            .fact(t.say("barriers-until"), t.date(plan.until));
    }
    if let Some(raised) = barrier.raised() {
        block = block.fact(t.say("barriers-raised-on"), t.date(raised.on));
    }
    block
}

/// What happened, in order: the day it happened on, what, and the words of it.
fn history(t: &Say, barrier: &Barrier) -> Block {
    let row = |on: Date, what: String, said: &str| {
        vec![Cell::new(t.date(on)), Cell::new(what), Cell::new(said)]
    };
    let said = |words: &Words| words.text().as_str().to_owned();
    let plan = |plan: &Plan| {
        let day = t.date(plan.until);
        let what = t.say_with("barriers-told-planned", "day", day);
        row(dutch_date(plan.by.at), what, &said(&plan.who))
    };
    let opened = t.say("barriers-told-opened").into_owned();
    let mut rows = vec![row(dutch_date(barrier.by.at), opened, "")];
    rows.extend(barrier.earlier().iter().map(plan));
    rows.extend(barrier.plan_now().map(plan));
    if let Some(raised) = barrier.raised() {
        let what = t.say("barriers-state-raised").into_owned();
        rows.push(row(raised.on, what, ""));
        let mut later: Vec<(Date, String, String)> = raised
            .yields()
            .iter()
            .map(|one| {
                let what = t.say("barriers-told-result").into_owned();
                (one.on, what, said(&one.what))
            })
            .collect();
        if let BarrierState::Ended { ending, .. } = barrier.state() {
            let what = t.key(state(ending.how.code())).into_owned();
            later.push((ending.on, what, said(&ending.reason)));
        }
        later.sort_by_key(|(on, _, _)| *on);
        rows.extend(
            later
                .into_iter()
                .map(|(on, what, said)| row(on, what, &said)),
        );
    }
    if let BarrierState::Dropped { dropped } = barrier.state() {
        let what = t.say("barriers-state-dropped").into_owned();
        rows.push(row(dutch_date(dropped.by.at), what, &said(&dropped.reason)));
    }
    let columns = vec![
        t.say("barriers-day").into_owned(),
        t.say("barriers-happened").into_owned(),
        t.say("barriers-words").into_owned(),
    ];
    Block::new(t.say("barriers-history")).table(columns, rows, "")
}
