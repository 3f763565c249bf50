//! A sharper bound: what a room can earn from whole families only.
//!
//! For any worth of each request and any toll on two of a group meeting (Lagrange multipliers), no plan costs less than the
//! sum of worths less what every room can earn at most from taking requests whole, less the tolls: a knapsack per room
//! (Fisher, Jaikumar and Van Wassenhove 1986 for generalised assignment). The flow's own prices are such worths, so the bound
//! is never weaker than the flow's; [`Rooms::climb`] makes it stronger by subgradient steps. Directions and step lengths are
//! floating, worths and bounds are whole: whatever the steps were, each bound is exact for its worths.

use crate::branch::Scaled;
use crate::knapsack::{Item, Knapsack};
use crate::model::Model;

/// Worth of each request and toll of each possible meeting, scaled.
#[derive(Debug, Clone)]
pub(crate) struct Worths {
    pub request: Vec<i64>,
    pub meeting: Vec<i64>,
}

/// What the branches forbid.
#[derive(Clone, Copy)]
pub(crate) struct Bans<'a> {
    pub pairs: &'a [u16],
    pub aside: &'a [u16],
}

/// How far to climb.
pub(crate) struct Climb<'a> {
    /// Steps at most.
    pub steps: usize,
    /// Enough when the bound gets here (scaled).
    pub goal: i128,
    /// Asked every step.
    pub stop: &'a dyn Fn() -> bool,
}

/// Each cell with who may go there.
pub(crate) struct Rooms {
    start: Vec<usize>,
    asking: Vec<Asking>,
    mixed: Vec<bool>,
    /// Requests and pairs of each possible meeting.
    meetings: Vec<Vec<(usize, usize)>>,
    /// Toll on each pair, from the meetings it is part of.
    toll: Vec<i64>,
    count: Vec<i32>,
    taken: Vec<bool>,
    knapsack: Knapsack,
}

/// By how much the bound rises at least when something must be so; on top of the bound of the same worths.
pub(crate) struct Forced {
    /// When the request takes this pair.
    pub pair: Vec<i64>,
    /// When the request stands aside; what nobody may is never asked for.
    pub aside: Vec<i64>,
}

#[derive(Clone, Copy)]
struct Asking {
    ask: u32,
    pair: u32,
    cost: i64,
    size: i64,
}

impl Rooms {
    pub fn of(model: &Model, scaled: &Scaled, meetings: &[Vec<(usize, usize)>]) -> Self {
        let mut start = vec![0; model.cells.len() + 1];
        for pair in &model.pairs {
            start[pair.cell as usize + 1] += 1;
        }
        for cell in 0..model.cells.len() {
            start[cell + 1] += start[cell];
        }
        let mut next = start.clone();
        let nobody = Asking {
            ask: 0,
            pair: 0,
            cost: 0,
            size: 1,
        };
        let mut asking = vec![nobody; model.pairs.len()];
        let mut mixed = vec![false; model.cells.len()];
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        for (n, ask) in model.asks.iter().enumerate() {
            for pair in model.pairs_of(n) {
                let cell = model.pairs[pair].cell as usize;
                mixed[cell] |= ask.size > 1;
                asking[next[cell]] = Asking {
                    ask: number(n),
                    pair: number(pair),
                    cost: model.pairs[pair].cost * scaled.scale,
                    size: ask.size,
                };
                next[cell] += 1;
            }
        }
        Self {
            start,
            asking,
            mixed,
            meetings: meetings.iter().map(|list| exclusive(model, list)).collect(),
            toll: vec![0; model.pairs.len()],
            count: vec![0; model.asks.len()],
            taken: vec![false; model.pairs.len()],
            knapsack: Knapsack::default(),
        }
    }

    /// The worths that prices of seats stand for.
    pub fn worths(&self, scaled: &Scaled, prices: &[i64]) -> Worths {
        let net = &scaled.net;
        Worths {
            request: (0..net.rows())
                .map(|row| net.best(row, prices) * net.supply[row])
                .collect(),
            meeting: vec![0; self.meetings.len()],
        }
    }

    /// The bound that these worths prove, scaled; leaves in `count` how often each request was taken.
    pub fn bound(&mut self, scaled: &Scaled, worths: &Worths, bans: Bans<'_>) -> i128 {
        self.toll.fill(0);
        let mut total: i128 = 0;
        for (list, toll) in self.meetings.iter().zip(&worths.meeting) {
            total -= i128::from(*toll);
            if *toll > 0 {
                for (_, pair) in list {
                    self.toll[*pair] += toll;
                }
            }
        }
        total += worths.request.iter().map(|w| i128::from(*w)).sum::<i128>();
        self.count.fill(0);
        self.taken.fill(false);
        for cell in 0..self.mixed.len() {
            total -= i128::from(self.earn(scaled, cell, worths, bans));
        }
        total
    }

    fn earn(&mut self, scaled: &Scaled, cell: usize, worths: &Worths, bans: Bans<'_>) -> i64 {
        let capacity = scaled.net.capacity[cell];
        self.knapsack.items.clear();
        for asking in &self.asking[self.start[cell]..self.start[cell + 1]] {
            let pair = asking.pair as usize;
            let earned = worths.request[asking.ask as usize] - asking.cost - self.toll[pair];
            if earned > 0 && bans.pairs[pair] == 0 && asking.size <= capacity {
                self.knapsack.items.push(Item {
                    earned,
                    size: asking.size,
                    ask: asking.ask,
                    pair: asking.pair,
                });
            }
        }
        let earned = if self.mixed[cell] {
            self.knapsack.whole(capacity)
        } else {
            self.knapsack.singles(capacity)
        };
        for item in &self.knapsack.chosen {
            self.count[item.ask as usize] += 1;
            self.taken[item.pair as usize] = true;
        }
        earned
    }

    /// What each single decision would cost on top of the bound of these worths.
    ///
    /// A request that takes a pair leaves every other cell that had taken it, and stands not aside: each of these cells then earns
    /// less, and the losses add up because they are of different cells.
    pub fn forced(&mut self, scaled: &Scaled, worths: &Worths, bans: Bans<'_>) -> Forced {
        self.bound(scaled, worths, bans);
        let mut within = vec![0; self.taken.len()];
        let mut without = vec![0; self.taken.len()];
        let mut leaving = vec![0_i64; self.count.len()];
        for cell in 0..self.mixed.len() {
            let capacity = scaled.net.capacity[cell];
            self.knapsack.items.clear();
            for asking in &self.asking[self.start[cell]..self.start[cell + 1]] {
                let pair = asking.pair as usize;
                if bans.pairs[pair] == 0 && asking.size <= capacity {
                    self.knapsack.items.push(Item {
                        earned: worths.request[asking.ask as usize] - asking.cost - self.toll[pair],
                        size: asking.size,
                        ask: asking.ask,
                        pair: asking.pair,
                    });
                }
            }
            self.knapsack.losses(capacity, |item, with, out| {
                within[item.pair as usize] = with;
                without[item.pair as usize] = out;
                leaving[item.ask as usize] += out;
            });
        }
        let mut forced = Forced {
            pair: within,
            aside: Vec::new(),
        };
        for asking in &self.asking {
            let pair = asking.pair as usize;
            forced.pair[pair] += leaving[asking.ask as usize] - without[pair];
        }
        forced.aside = (leaving.iter().enumerate())
            .map(|(ask, leaving)| ceiling(scaled, ask, bans) - worths.request[ask] + leaving)
            .collect();
        forced
    }

    /// Better worths from these, and the bound they prove.
    pub fn climb(
        &mut self,
        scaled: &Scaled,
        from: &Worths,
        bans: Bans<'_>,
        climb: &Climb<'_>,
    ) -> (i128, Worths) {
        let mut at = from.clone();
        let mut best = from.clone();
        let mut value = self.bound(scaled, &at, bans);
        let mut most = value;
        let mut pace = 1.0;
        let mut direction = vec![0.0; at.request.len() + at.meeting.len()];
        let mut since = 0;
        for _ in 0..climb.steps {
            if most >= climb.goal || (climb.stop)() {
                break;
            }
            let length = self.direct(scaled, &at, bans, &mut direction);
            if length == 0.0 {
                break;
            }
            #[expect(clippy::cast_precision_loss, reason = "only the length of a step")]
            let missing = (climb.goal - value).max(1) as f64;
            self.step(scaled, &mut at, bans, &direction, pace * missing / length);
            value = self.bound(scaled, &at, bans);
            since += 1;
            if value > most {
                most = value;
                best.clone_from(&at);
                since = 0;
            }
            if since >= 12 {
                since = 0;
                pace *= 0.6;
                at.clone_from(&best);
                value = self.bound(scaled, &at, bans);
                direction.fill(0.0);
                if pace < 1e-4 {
                    break;
                }
            }
        }
        (most, best)
    }

    /// The direction up, leaning on the last one; its squared length.
    fn direct(&self, scaled: &Scaled, at: &Worths, bans: Bans<'_>, direction: &mut [f64]) -> f64 {
        let mut length = 0.0;
        for (n, count) in self.count.iter().enumerate() {
            let content = *count == 0 && at.request[n] >= ceiling(scaled, n, bans);
            let up = if content {
                0.0
            } else {
                1.0 - f64::from(*count)
            };
            direction[n] = up + 0.6 * direction[n];
            length += direction[n] * direction[n];
        }
        let requests = self.count.len();
        for (n, list) in self.meetings.iter().enumerate() {
            let met: f64 = list
                .iter()
                .map(|one| f64::from(u8::from(self.taken[one.1])))
                .sum();
            let up = if at.meeting[n] == 0 && met <= 1.0 {
                0.0
            } else {
                met - 1.0
            };
            direction[requests + n] = up + 0.6 * direction[requests + n];
            length += direction[requests + n] * direction[requests + n];
        }
        length
    }

    fn step(
        &self,
        scaled: &Scaled,
        at: &mut Worths,
        bans: Bans<'_>,
        direction: &[f64],
        length: f64,
    ) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "bounded before; a worth is whole, and every whole worth gives a true bound"
        )]
        let whole = |way: f64| (way * length).clamp(-1e15, 1e15).round() as i64;
        for (n, worth) in at.request.iter_mut().enumerate() {
            *worth = (*worth + whole(direction[n])).clamp(0, ceiling(scaled, n, bans));
        }
        let requests = at.request.len();
        for (n, toll) in at.meeting.iter_mut().enumerate() {
            *toll = (*toll + whole(direction[requests + n])).max(0);
        }
    }
}

/// A request is never worth more than what it costs to leave it aside, if that is allowed.
fn ceiling(scaled: &Scaled, ask: usize, bans: Bans<'_>) -> i64 {
    let net = &scaled.net;
    let free = if bans.aside[ask] > 0 {
        scaled.never
    } else {
        net.aside[ask]
    };
    free.min(scaled.never) * net.supply[ask]
}

/// The pairs of which at most one may be chosen: all that arrive, and one who stays.
fn exclusive(model: &Model, list: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut stays = false;
    list.iter()
        .copied()
        .filter(|(ask, pair)| {
            let staying = model.stay[*ask] == Some(*pair);
            let kept = !staying || !stays;
            stays |= staying;
            kept
        })
        .collect()
}
