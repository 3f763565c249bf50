//! The same question asked of HiGHS, a solver of mixed-integer programs, by the feature `highs`. For who wants a second opinion on a
//! large question; the server never has it.
//!
//! HiGHS reckons in floating numbers. The plan it finds is counted and checked again in whole numbers; its bound is rounded up with a
//! tolerance and is therefore its word, not a certificate: see `docs/placement.md`.

use std::time::Duration;

use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

use crate::compiled::Compiled;
use crate::cost::Weights;
use crate::instance::Instance;
use crate::model::Model;
use crate::plan::{Plan, told};
use crate::solve::{Solved, relaxed};

/// How far a floating bound may be above the true one, besides [`RELATIVE`] of itself.
const TOLERANCE: f64 = 0.01;
/// See [`TOLERANCE`].
const RELATIVE: f64 = 1e-9;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsolved {
    /// HiGHS gave up.
    #[error("HiGHS found no plan ({0}): give it more time, or leave out --solver")]
    NoPlan(String),
    /// What it gave breaks a rule when counted in whole numbers.
    #[error("the plan of HiGHS does not hold when counted again: {0}")]
    Unsound(&'static str),
}

/// The best plan that HiGHS finds within `limit` on one thread.
pub fn plan(instance: &Instance, weights: &Weights, limit: Duration) -> Result<Plan, Unsolved> {
    let compiled = Compiled::new(instance, weights);
    let model = Model::build(&compiled);
    let (prices, flow_bound) = relaxed(&model);
    let (chosen, bound) = solve(&model, limit)?;
    sound(&model, &chosen)?;
    let objective = model.cost_of(&chosen);
    let solved = Solved {
        bound: bound.max(flow_bound).min(objective),
        objective,
        chosen,
        prices,
    };
    Ok(told(&compiled, &model, &solved))
}

fn solve(model: &Model, limit: Duration) -> Result<(Vec<Option<usize>>, i64), Unsolved> {
    let (problem, pairs) = problem(model);
    let mut ready = problem.optimise(Sense::Minimise);
    ready.make_quiet();
    ready.set_option("threads", 1);
    ready.set_option("mip_rel_gap", 0.0);
    // Costs are whole, so nothing lies between two of them.
    ready.set_option("mip_abs_gap", 0.5);
    ready.set_option("time_limit", limit.as_secs_f64());
    let no_plan = |what: &dyn std::fmt::Debug| Unsolved::NoPlan(format!("{what:?}"));
    let solved = ready.try_solve().map_err(|status| no_plan(&status))?;
    let status = solved.status();
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        return Err(no_plan(&status));
    }
    if !matches!(
        status,
        HighsModelStatus::Optimal | HighsModelStatus::ReachedTimeLimit
    ) {
        return Err(no_plan(&status));
    }
    let solution = solved.get_solution();
    let taken = solution.columns();
    if taken.len() < pairs.len() {
        return Err(no_plan(&status));
    }
    let chosen = (0..model.asks.len())
        .map(|ask| (model.pairs_of(ask)).find(|pair| taken[*pair] > 0.5))
        .collect();
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .unwrap_or(f64::NEG_INFINITY);
    Ok((chosen, whole(bound)))
}

/// A floating bound as the whole number that it proves, if it is right within the tolerance.
fn whole(bound: f64) -> i64 {
    let sure = (bound - TOLERANCE - RELATIVE * bound.abs()).ceil();
    // Costs are never below nought, and sums of costs lie far below 2^53.
    if sure.is_finite() && sure > 0.0 {
        sure as i64
    } else {
        0
    }
}

/// One column a pair in their order, then one for each request that may be left out.
fn problem(model: &Model) -> (RowProblem, Vec<Col>) {
    let mut problem = RowProblem::default();
    let pairs: Vec<Col> = (model.pairs.iter())
        .map(|pair| problem.add_integer_column(pair.cost as f64, 0..=1))
        .collect();
    let mut of_cell: Vec<Vec<(Col, f64)>> = vec![Vec::new(); model.cells.len()];
    for (n, ask) in model.asks.iter().enumerate() {
        let mut row: Vec<(Col, f64)> = model.pairs_of(n).map(|pair| (pairs[pair], 1.0)).collect();
        for pair in model.pairs_of(n) {
            of_cell[model.pairs[pair].cell as usize].push((pairs[pair], ask.size as f64));
        }
        if let Some(aside) = ask.aside {
            let cost = (aside * ask.size) as f64;
            row.push((problem.add_integer_column(cost, 0..=1), 1.0));
        }
        problem.add_row(1..=1, row);
    }
    for (cell, row) in model.cells.iter().zip(of_cell) {
        if !row.is_empty() {
            problem.add_row(..=(cell.capacity as f64), row);
        }
    }
    // Nobody of a group comes to a house where another one comes or stays; two who are there already may both stay.
    for rivals in model.rivals() {
        let (stay, arrive): (Vec<_>, Vec<_>) =
            (rivals.into_iter()).partition(|(ask, pair)| model.stay[*ask] == Some(*pair));
        let row: Vec<(Col, f64)> = arrive.iter().map(|(_, pair)| (pairs[*pair], 1.0)).collect();
        for staying in stay.iter().map(Some).chain(stay.is_empty().then_some(None)) {
            let with = staying.map(|(_, pair)| (pairs[*pair], 1.0));
            problem.add_row(..=1, row.iter().copied().chain(with));
        }
    }
    (problem, pairs)
}

/// The plan counted in whole numbers.
fn sound(model: &Model, chosen: &[Option<usize>]) -> Result<(), Unsolved> {
    let mut left: Vec<i64> = model.cells.iter().map(|cell| cell.capacity).collect();
    for (n, ask) in model.asks.iter().enumerate() {
        match chosen[n] {
            Some(pair) => left[model.pairs[pair].cell as usize] -= ask.size,
            None if ask.aside.is_none() => return Err(Unsolved::Unsound("somebody is put out")),
            None => {}
        }
    }
    if left.iter().any(|seats| *seats < 0) {
        return Err(Unsolved::Unsound("a room has too many people"));
    }
    for rivals in model.rivals() {
        let here: Vec<_> = (rivals.iter())
            .filter(|(ask, pair)| chosen[*ask] == Some(*pair))
            .collect();
        let arrives = |one: &&&(usize, usize)| model.stay[one.0] != Some(one.1);
        if here.len() > 1 && here.iter().filter(arrives).count() > 0 {
            return Err(Unsolved::Unsound("two of one group are in one house"));
        }
    }
    Ok(())
}
