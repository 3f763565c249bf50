//! Primal network simplex with strongly feasible trees (Cunningham 1976) and block search, on a star: every row can stand
//! aside at the root, every column gives its seats to the root. The first tree is "everybody stands aside", so there is no
//! search for a first plan, and after any change of costs the tree at hand is still a plan: a warm start for nothing.
//!
//! Arcs from rows to columns have no capacity of their own (a row cannot send more than it wants), so outside the tree they
//! carry nothing and need no state; flows are kept with the tree's nodes.

use super::Network;

const NONE: u32 = u32::MAX;
/// Arcs looked at before the best of them enters; of the order of the square root of the arcs at European scale.
const BLOCK: usize = 1500;

/// The arc that joins a node to its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arc {
    /// A pair, by its position in the network.
    Pair(u32),
    /// A row standing aside.
    Aside,
    /// A column giving its seats.
    Seats,
}

/// A tree, its flows and its potentials.
#[derive(Debug, Clone)]
pub(crate) struct Simplex {
    rows: usize,
    root: u32,
    potential: Vec<i64>,
    parent: Vec<u32>,
    arc: Vec<Arc>,
    /// Whether the arc leads from the node to its parent.
    up: Vec<bool>,
    flow: Vec<i64>,
    depth: Vec<u32>,
    first: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
    /// For columns whose arc to the root is outside the tree: whether it is full.
    full: Vec<bool>,
    scan: usize,
    stack: Vec<u32>,
}

/// Where the flow is blocked.
#[derive(Clone, Copy)]
struct Leaving {
    node: u32,
    on_first_side: bool,
    step: i64,
}

/// An arc that enters, from `first` to `second` in the direction of more flow.
#[derive(Clone, Copy)]
struct Entering {
    first: u32,
    second: u32,
    source: u32,
    arc: Arc,
    cost: i64,
    start: i64,
}

impl Simplex {
    /// Everybody stands aside.
    pub fn new(net: &Network) -> Self {
        let rows = net.rows();
        let nodes = rows + net.capacity.len();
        let root = u32::try_from(nodes).unwrap_or(NONE);
        let mut tree = Self {
            rows,
            root,
            potential: vec![0; nodes + 1],
            parent: vec![root; nodes + 1],
            arc: vec![Arc::Seats; nodes + 1],
            up: vec![true; nodes + 1],
            flow: vec![0; nodes + 1],
            depth: vec![1; nodes + 1],
            first: vec![NONE; nodes + 1],
            next: vec![NONE; nodes + 1],
            before: vec![NONE; nodes + 1],
            full: vec![false; net.capacity.len()],
            scan: 0,
            stack: Vec::new(),
        };
        tree.parent[nodes] = NONE;
        tree.depth[nodes] = 0;
        for row in 0..rows {
            tree.arc[row] = Arc::Aside;
            tree.flow[row] = net.supply[row];
            tree.potential[row] = -net.aside[row];
        }
        for node in (0..root).rev() {
            tree.hang(node, root);
        }
        tree
    }

    /// Pivots until no arc improves. `false` when told to stop before.
    pub fn run(&mut self, net: &Network, stop: &dyn Fn() -> bool) -> bool {
        let mut pivots = 0_u32;
        while let Some(entering) = self.price(net) {
            pivots = pivots.wrapping_add(1);
            if pivots.is_multiple_of(256) && stop() {
                return false;
            }
            self.pivot(net, entering);
        }
        true
    }

    /// Makes the potentials right again after costs of the network changed; the flow stays.
    pub fn recost(&mut self, net: &Network) {
        self.potential[self.root as usize] = 0;
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(self.root);
        while let Some(node) = stack.pop() {
            let mut child = self.first[node as usize];
            while child != NONE {
                let at = child as usize;
                let cost = match self.arc[at] {
                    Arc::Pair(arc) => net.cost[arc as usize],
                    Arc::Aside => net.aside[at],
                    Arc::Seats => 0,
                };
                let parent = self.potential[node as usize];
                self.potential[at] = if self.up[at] {
                    parent - cost
                } else {
                    parent + cost
                };
                stack.push(child);
                child = self.next[at];
            }
        }
        self.stack = stack;
    }

    /// What a seat of each column is worth, 0 or more.
    pub fn prices(&self) -> Vec<i64> {
        (self.potential[self.rows..self.root as usize].iter())
            .map(|potential| (-potential).max(0))
            .collect()
    }

    /// Every arc that carries seats: row, arc, seats; rows in order.
    pub fn flows(&self) -> Vec<(u32, u32, i64)> {
        let mut found: Vec<_> = (0..self.root)
            .filter_map(|node| match self.arc[node as usize] {
                Arc::Pair(arc) if self.flow[node as usize] > 0 => {
                    let row = if self.up[node as usize] {
                        node
                    } else {
                        self.parent[node as usize]
                    };
                    Some((row, arc, self.flow[node as usize]))
                }
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found
    }

    fn price(&mut self, net: &Network) -> Option<Entering> {
        let columns = net.capacity.len();
        let units = self.rows + columns.div_ceil(64);
        let (potentials, column_potential) = self.potential.split_at(self.rows);
        let (mut least, mut best) = (0_i64, None);
        let (mut seen, mut unit) = (0_usize, self.scan);
        for _ in 0..units {
            if unit >= units {
                unit = 0;
            }
            if unit < self.rows {
                let row = unit;
                let own = potentials[row];
                let arcs = net.arcs(row);
                seen += arcs.len() + 1;
                let aside = net.aside[row] + own;
                if aside < least {
                    (least, best) = (aside, Some((row, None)));
                }
                let at = arcs.start;
                for (k, (cost, column)) in (net.cost[arcs.clone()].iter())
                    .zip(&net.column[arcs])
                    .enumerate()
                {
                    let reduced = cost + own - column_potential[*column as usize];
                    if reduced < least {
                        (least, best) = (reduced, Some((row, Some(at + k))));
                    }
                }
            } else {
                let from = (unit - self.rows) * 64;
                let to = (from + 64).min(columns);
                seen += to - from;
                for (column, own) in (from..to).zip(&column_potential[from..to]) {
                    let reduced = if self.full[column] { -own } else { *own };
                    if reduced < least {
                        (least, best) = (reduced, Some((self.rows + column, None)));
                    }
                }
            }
            unit += 1;
            if seen >= BLOCK {
                if best.is_some() {
                    break;
                }
                seen = 0;
            }
        }
        self.scan = unit;
        best.map(|(node, pair)| self.entering(net, node, pair))
    }

    fn entering(&self, net: &Network, node: usize, pair: Option<usize>) -> Entering {
        let source = u32::try_from(node).unwrap_or(NONE);
        if let Some(arc) = pair {
            let column = self.column_node(net.column[arc]);
            return Entering {
                first: source,
                second: column,
                source,
                arc: Arc::Pair(u32::try_from(arc).unwrap_or(NONE)),
                cost: net.cost[arc],
                start: i64::MAX,
            };
        }
        if node < self.rows {
            return Entering {
                first: source,
                second: self.root,
                source,
                arc: Arc::Aside,
                cost: net.aside[node],
                start: i64::MAX,
            };
        }
        let column = node - self.rows;
        let (first, second) = if self.full[column] {
            (self.root, source)
        } else {
            (source, self.root)
        };
        Entering {
            first,
            second,
            source,
            arc: Arc::Seats,
            cost: 0,
            start: net.capacity[column],
        }
    }

    fn column_node(&self, column: u32) -> u32 {
        column + u32::try_from(self.rows).unwrap_or(NONE)
    }

    fn room_above(&self, net: &Network, node: usize) -> i64 {
        match self.arc[node] {
            Arc::Seats => net.capacity[node - self.rows] - self.flow[node],
            _ => i64::MAX,
        }
    }

    fn pivot(&mut self, net: &Network, entering: Entering) {
        let join = self.join(entering.first, entering.second);
        let leaving = self.leaving(net, entering, join);
        self.push(entering, join, leaving.step);
        if leaving.node == NONE {
            // The column's own arc goes from empty to full or back; the tree stays.
            let column = entering.source as usize - self.rows;
            self.full[column] = !self.full[column];
            return;
        }
        let out = leaving.node as usize;
        if self.arc[out] == Arc::Seats {
            self.full[out - self.rows] = self.flow[out] != 0;
        }
        let (inner, outer) = if leaving.on_first_side {
            (entering.first, entering.second)
        } else {
            (entering.second, entering.first)
        };
        let carried = self.entering_flow(entering, leaving.step);
        self.turn(inner, leaving.node);
        let at = inner as usize;
        self.arc[at] = entering.arc;
        self.up[at] = inner == entering.source;
        self.flow[at] = carried;
        self.parent[at] = outer;
        self.hang(inner, outer);
        let aim = if self.up[at] {
            self.potential[outer as usize] - entering.cost
        } else {
            self.potential[outer as usize] + entering.cost
        };
        self.shift(inner, aim - self.potential[at]);
    }

    fn entering_flow(&self, entering: Entering, step: i64) -> i64 {
        if entering.first == self.root {
            entering.start - step
        } else {
            step
        }
    }

    fn join(&self, first: u32, second: u32) -> u32 {
        let (mut a, mut b) = (first, second);
        while a != b {
            if self.depth[a as usize] >= self.depth[b as usize] {
                a = self.parent[a as usize];
            } else {
                b = self.parent[b as usize];
            }
        }
        a
    }

    /// The last blocking arc, seen from the join in the direction of the cycle: this keeps the tree strongly feasible.
    fn leaving(&self, net: &Network, entering: Entering, join: u32) -> Leaving {
        let mut found = Leaving {
            node: NONE,
            on_first_side: false,
            step: entering.start,
        };
        let mut node = entering.first;
        while node != join {
            let at = node as usize;
            let room = if self.up[at] {
                self.flow[at]
            } else {
                self.room_above(net, at)
            };
            if room < found.step {
                found = Leaving {
                    node,
                    on_first_side: true,
                    step: room,
                };
            }
            node = self.parent[at];
        }
        let mut node = entering.second;
        while node != join {
            let at = node as usize;
            let room = if self.up[at] {
                self.room_above(net, at)
            } else {
                self.flow[at]
            };
            if room <= found.step && room != i64::MAX {
                found = Leaving {
                    node,
                    on_first_side: false,
                    step: room,
                };
            }
            node = self.parent[at];
        }
        found
    }

    fn push(&mut self, entering: Entering, join: u32, step: i64) {
        if step == 0 {
            return;
        }
        let mut node = entering.first;
        while node != join {
            let at = node as usize;
            self.flow[at] += if self.up[at] { -step } else { step };
            node = self.parent[at];
        }
        let mut node = entering.second;
        while node != join {
            let at = node as usize;
            self.flow[at] += if self.up[at] { step } else { -step };
            node = self.parent[at];
        }
    }

    /// Turns the tree below `out` so that `inner` is its top, loose from everything above.
    fn turn(&mut self, inner: u32, out: u32) {
        let mut node = inner;
        let mut above = self.parent[node as usize];
        let (mut arc, mut up, mut flow) = self.arc_of(node);
        self.cut(node);
        while node != out {
            let at = above as usize;
            let beyond = self.parent[at];
            let kept = self.arc_of(above);
            self.cut(above);
            self.arc[at] = arc;
            self.up[at] = !up;
            self.flow[at] = flow;
            self.parent[at] = node;
            self.hang(above, node);
            (arc, up, flow) = kept;
            node = above;
            above = beyond;
        }
    }

    fn arc_of(&self, node: u32) -> (Arc, bool, i64) {
        let at = node as usize;
        (self.arc[at], self.up[at], self.flow[at])
    }

    fn cut(&mut self, node: u32) {
        let at = node as usize;
        let (before, next) = (self.before[at], self.next[at]);
        if before == NONE {
            let parent = self.parent[at] as usize;
            self.first[parent] = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
    }

    fn hang(&mut self, node: u32, parent: u32) {
        let old = self.first[parent as usize];
        self.next[node as usize] = old;
        self.before[node as usize] = NONE;
        if old != NONE {
            self.before[old as usize] = node;
        }
        self.first[parent as usize] = node;
    }

    /// Shifts the potentials of a subtree and counts its depths anew.
    fn shift(&mut self, top: u32, by: i64) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(top);
        while let Some(node) = stack.pop() {
            let at = node as usize;
            self.potential[at] += by;
            self.depth[at] = self.depth[self.parent[at] as usize] + 1;
            let mut child = self.first[at];
            while child != NONE {
                stack.push(child);
                child = self.next[child as usize];
            }
        }
        self.stack = stack;
    }
}
