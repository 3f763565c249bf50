//! Generalised assignment as OR-Library writes it: every job to one agent, agents have a capacity. The published optima
//! are the oldest test there is for the kind of question that placing families is.

mod knapsack;
mod read;
mod solve;

use serde::{Deserialize, Serialize};

pub use read::{GapFault, read};

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Worth or cost of each job with each agent: `value[agent][job]`.
    pub value: Vec<Vec<i64>>,
    /// What each job takes of each agent: `need[agent][job]`.
    pub need: Vec<Vec<i64>>,
    /// What each agent has.
    pub capacity: Vec<i64>,
    /// Whether the file was one of the assignment problem: a square of costs, each agent one job. Always minimised.
    pub square: bool,
}

/// The answer to one problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapPlan {
    /// The sum; nothing when no plan was found.
    pub objective: Option<i64>,
    /// No plan does better; nothing when it is proven that there is no plan.
    pub bound: Option<i64>,
    /// Whether objective and bound are equal, or that there is no plan is proven.
    pub optimal: bool,
    /// The agent of each job, both counted from 1 as in the literature; empty when no plan was found.
    pub assignment: Vec<usize>,
}

/// Solves one problem, as far as `stop` allows.
pub fn solve_gap(gap: &Gap, minimise: bool, stop: &dyn Fn() -> bool) -> GapPlan {
    if gap.square {
        solve::square(gap, stop)
    } else {
        solve::general(gap, minimise, stop)
    }
}
