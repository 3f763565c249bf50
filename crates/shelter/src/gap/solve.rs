//! Branch and bound with a knapsack per agent (Fisher, Jaikumar and Van Wassenhove 1986), in whole numbers; the assignment
//! problem goes to the flow.

use std::rc::Rc;

use super::knapsack::Knapsack;
use super::{Gap, GapPlan};
use crate::flow::{Network, Simplex};

/// Worths are kept in parts of this, so that steps can be small.
const PARTS: i64 = 64;
const STEPS_AT_ROOT: usize = 1500;
const STEPS_BELOW: usize = 40;

/// A square of costs: each row one column.
pub(super) fn square(gap: &Gap, stop: &dyn Fn() -> bool) -> GapPlan {
    let n = gap.value.len();
    let costs = || gap.value.iter().flatten().copied();
    let (low, high) = (costs().min().unwrap_or(0), costs().max().unwrap_or(0));
    let rows = i64::try_from(n).unwrap_or(i64::MAX);
    let never = (high - low + 1) * (rows + 1);
    let mut net = Network::with_columns(vec![1; n]);
    for row in &gap.value {
        for (column, cost) in (0_u32..).zip(row) {
            net.column.push(column);
            net.cost.push(cost - low);
        }
        net.close_row(1, never);
    }
    let mut tree = Simplex::new(&net);
    let done = tree.run(&net, stop);
    let bound = net.bound(&tree.prices()) + i128::from(low) * i128::from(rows);
    let mut assignment: Vec<usize> = (1..=n).collect();
    if done {
        for (row, arc, _) in tree.flows() {
            assignment[row as usize] = net.column[arc as usize] as usize + 1;
        }
    }
    let objective = (assignment.iter().zip(&gap.value))
        .map(|(at, row)| row[at - 1])
        .sum();
    // A run that was cut short proves little, and nothing that does not fit in the answer.
    let bound = i64::try_from(bound).unwrap_or(low * rows).min(objective);
    GapPlan {
        objective: Some(objective),
        bound: Some(bound),
        optimal: objective == bound,
        assignment,
    }
}

/// The general problem.
pub(super) fn general(gap: &Gap, minimise: bool, stop: &dyn Fn() -> bool) -> GapPlan {
    let sign = if minimise { 1 } else { -1 };
    let mut search = Search::new(gap, sign, stop);
    let bound = search.run();
    let found = search.best.take();
    GapPlan {
        objective: found.as_ref().map(|best| best.0 * sign),
        bound: bound.map(|bound| bound * sign),
        optimal: match (&found, bound) {
            (Some(best), Some(bound)) => best.0 == bound,
            (None, None) => true,
            _ => false,
        },
        assignment: found.map_or_else(Vec::new, |best| best.1.iter().map(|a| a + 1).collect()),
    }
}

/// A job that is fixed, and those fixed before it.
struct Fixed {
    job: usize,
    agent: usize,
    before: Option<Rc<Fixed>>,
}

struct Open {
    fixed: Option<Rc<Fixed>>,
    worth: Rc<Vec<i64>>,
    bound: i64,
}

struct Search<'a> {
    gap: &'a Gap,
    /// `cost[agent][job]`, to be made small.
    cost: Vec<Vec<i64>>,
    stop: &'a dyn Fn() -> bool,
    best: Option<(i64, Vec<usize>)>,
    agent_of: Vec<Option<usize>>,
    left: Vec<i64>,
    count: Vec<i32>,
    taker: Vec<usize>,
    knapsack: Knapsack,
}

impl<'a> Search<'a> {
    fn new(gap: &'a Gap, sign: i64, stop: &'a dyn Fn() -> bool) -> Self {
        let jobs = gap.value.first().map_or(0, Vec::len);
        Self {
            cost: (gap.value.iter())
                .map(|row| row.iter().map(|value| value * sign).collect())
                .collect(),
            gap,
            stop,
            best: None,
            agent_of: vec![None; jobs],
            left: gap.capacity.clone(),
            count: vec![0; jobs],
            taker: vec![0; jobs],
            knapsack: Knapsack::default(),
        }
    }

    fn jobs(&self) -> usize {
        self.agent_of.len()
    }

    fn least(&self) -> i64 {
        self.best.as_ref().map_or(i64::MAX, |best| best.0)
    }

    /// The bound that is proven; nothing when there is no plan at all.
    fn run(&mut self) -> Option<i64> {
        let worth: Vec<i64> = (0..self.jobs())
            .map(|job| {
                let mut costs: Vec<i64> = self.cost.iter().map(|row| row[job]).collect();
                costs.sort_unstable();
                costs.get(1).or(costs.first()).copied().unwrap_or(0) * PARTS
            })
            .collect();
        let cheapest = |job: usize| self.cost.iter().map(|row| row[job]).min().unwrap_or(0);
        let mut open = vec![Open {
            fixed: None,
            worth: Rc::new(worth),
            bound: (0..self.jobs()).map(cheapest).sum(),
        }];
        let mut nodes = 0_usize;
        while let Some(node) = open.pop() {
            if node.bound >= self.least() {
                continue;
            }
            if nodes > 0 && (self.stop)() {
                let first = Some(node.bound);
                let least = open.iter().map(|o| o.bound).chain(first).min();
                return least.map(|bound| bound.min(self.least()));
            }
            nodes += 1;
            self.look(&node, nodes == 1, &mut open);
        }
        self.best.as_ref().map(|best| best.0)
    }

    fn look(&mut self, node: &Open, root: bool, open: &mut Vec<Open>) {
        if !self.set(node) {
            return;
        }
        let (bound, worth) =
            self.climb(&node.worth, if root { STEPS_AT_ROOT } else { STEPS_BELOW });
        let bound = bound.max(node.bound);
        if bound >= self.least() {
            return;
        }
        self.value(&worth);
        let Some(job) = self.next(&worth) else {
            return;
        };
        let mut agents: Vec<usize> = (0..self.cost.len())
            .filter(|agent| self.gap.need[*agent][job] <= self.left[*agent])
            .collect();
        // The most promising is looked at first, so it goes on the stack last.
        agents.sort_by_key(|agent| std::cmp::Reverse((self.cost[*agent][job], *agent)));
        let worth = Rc::new(worth);
        for agent in agents {
            open.push(Open {
                fixed: Some(Rc::new(Fixed {
                    job,
                    agent,
                    before: node.fixed.clone(),
                })),
                worth: Rc::clone(&worth),
                bound,
            });
        }
    }

    /// The job to fix next: the one most in dispute, of those the one with most to lose; nothing when all are fixed.
    fn next(&self, worth: &[i64]) -> Option<usize> {
        let free = (0..self.jobs()).filter(|job| self.agent_of[*job].is_none());
        free.max_by_key(|job| {
            let mut costs: Vec<i64> = (0..self.cost.len())
                .filter(|agent| self.gap.need[*agent][*job] <= self.left[*agent])
                .map(|agent| self.cost[agent][*job])
                .collect();
            costs.sort_unstable();
            let regret = match costs.as_slice() {
                [first, second, ..] => second - first,
                _ => i64::MAX,
            };
            let dispute = (self.count[*job] - 1).abs();
            (dispute.min(1), regret, worth[*job], usize::MAX - job)
        })
    }

    /// Puts the fixed jobs of a node in place; `false` when they do not fit.
    fn set(&mut self, node: &Open) -> bool {
        self.agent_of.fill(None);
        self.left.clone_from(&self.gap.capacity);
        let mut at = node.fixed.as_ref();
        while let Some(fixed) = at {
            self.agent_of[fixed.job] = Some(fixed.agent);
            self.left[fixed.agent] -= self.gap.need[fixed.agent][fixed.job];
            at = fixed.before.as_ref();
        }
        self.left.iter().all(|left| *left >= 0)
    }

    /// The bound of these worths in parts, for the jobs that are not fixed; leaves who was taken how often.
    fn value(&mut self, worth: &[i64]) -> i64 {
        self.count.fill(0);
        let mut total = 0;
        for (job, agent) in self.agent_of.iter().enumerate() {
            total += match agent {
                Some(agent) => self.cost[*agent][job] * PARTS,
                None => worth[job],
            };
        }
        for agent in 0..self.cost.len() {
            self.knapsack.items.clear();
            for (job, worth) in worth.iter().enumerate() {
                let need = self.gap.need[agent][job];
                let earned = worth - self.cost[agent][job] * PARTS;
                if self.agent_of[job].is_none() && earned > 0 && need <= self.left[agent] {
                    self.knapsack.items.push((job, earned, need));
                }
            }
            total -= self.knapsack.most(self.left[agent]);
            for job in &self.knapsack.chosen {
                self.count[*job] += 1;
                self.taker[*job] = agent;
            }
        }
        total
    }

    /// Subgradient steps from these worths; a plan that turns up on the way is kept.
    fn climb(&mut self, from: &[i64], steps: usize) -> (i64, Vec<i64>) {
        let whole = |value: i64| value.div_euclid(PARTS) + i64::from(value.rem_euclid(PARTS) != 0);
        let mut at = from.to_vec();
        let mut best = at.clone();
        let mut most = i64::MIN;
        let (mut pace, mut since) = (1.0, 0);
        for step in 0..=steps {
            let value = self.value(&at);
            if step % 10 == 0 || value > most {
                self.repair(&at);
            }
            since += 1;
            if value > most {
                most = value;
                best.clone_from(&at);
                since = 0;
            }
            let off: i32 = (0..self.jobs())
                .filter(|job| self.agent_of[*job].is_none())
                .map(|job| (self.count[job] - 1).pow(2))
                .sum();
            if off == 0 || whole(most) >= self.least() || (self.stop)() {
                break;
            }
            if since >= 10 {
                pace *= 0.7;
                since = 0;
                at.clone_from(&best);
                self.value(&at);
            }
            let goal = match self.least() {
                i64::MAX => whole(most) + whole(most).abs() / 20 + 1,
                least => least,
            };
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                reason = "only the length of a step; every whole worth gives a true bound"
            )]
            let length = {
                let missing = (goal.saturating_mul(PARTS) - value).max(1) as f64;
                ((pace * missing / f64::from(off.max(1))).clamp(1.0, 1e12)) as i64
            };
            for (job, worth) in at.iter_mut().enumerate() {
                if self.agent_of[job].is_none() {
                    let worst = 1_i64 << 44;
                    let moved = *worth + i64::from(1 - self.count[job]) * length;
                    *worth = moved.clamp(-worst, worst);
                }
            }
        }
        (whole(most), best)
    }

    /// From who was taken to a plan: jobs taken once stay, the others go where they add least; kept when it is better.
    fn repair(&mut self, worth: &[i64]) {
        let mut agent_of = self.agent_of.clone();
        let mut left = self.left.clone();
        let mut open = Vec::new();
        for (job, agent_of) in agent_of.iter_mut().enumerate() {
            if agent_of.is_some() {
                continue;
            }
            let agent = self.taker[job];
            if self.count[job] >= 1 && self.gap.need[agent][job] <= left[agent] {
                *agent_of = Some(agent);
                left[agent] -= self.gap.need[agent][job];
            } else {
                open.push(job);
            }
        }
        open.sort_by_key(|job| {
            let need = (0..left.len()).map(|a| self.gap.need[a][*job]).min();
            (
                std::cmp::Reverse(need),
                std::cmp::Reverse(worth[*job]),
                *job,
            )
        });
        for job in open {
            let agent = (0..left.len())
                .filter(|agent| self.gap.need[*agent][job] <= left[*agent])
                .min_by_key(|agent| (self.cost[*agent][job], *agent));
            let Some(agent) = agent else { return };
            agent_of[job] = Some(agent);
            left[agent] -= self.gap.need[agent][job];
        }
        let agents: Vec<usize> = agent_of.into_iter().flatten().collect();
        let agents = self.improve(agents, left);
        let cost = (agents.iter().enumerate())
            .map(|(job, agent)| self.cost[*agent][job])
            .sum();
        if cost < self.least() {
            self.best = Some((cost, agents));
        }
    }

    /// Moves single jobs as long as that helps.
    fn improve(&self, mut agents: Vec<usize>, mut left: Vec<i64>) -> Vec<usize> {
        let mut again = true;
        while again {
            again = false;
            for (job, agent_of) in agents.iter_mut().enumerate() {
                if self.agent_of[job].is_some() {
                    continue;
                }
                let now = *agent_of;
                let better = (0..left.len())
                    .filter(|a| *a != now && self.gap.need[*a][job] <= left[*a])
                    .filter(|a| self.cost[*a][job] < self.cost[now][job])
                    .min_by_key(|a| (self.cost[*a][job], *a));
                if let Some(agent) = better {
                    left[now] += self.gap.need[now][job];
                    left[agent] -= self.gap.need[agent][job];
                    *agent_of = agent;
                    again = true;
                }
            }
        }
        agents
    }
}
