//! One system of sums: every table of a question that was or would be published, laid side by side.
//!
//! The columns of the question and time are axes. An axis has *leaves*, which share nothing, and *nodes*, which are sets of leaves: a
//! category, a total, a group that another figure tells, a release, the difference of two releases. A cell is one node of each axis; an
//! *atom* is one leaf of each, and each cell is the sum of its atoms.

use super::Span;

/// One axis: which leaves each node has.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    leaves: usize,
    nodes: Vec<Vec<bool>>,
}

/// Nodes that change when one leaf rises and another, or none, falls; and by how much.
pub(super) type Support = Vec<(usize, i64)>;

impl Axis {
    pub(super) fn new(leaves: usize) -> Self {
        let mut axis = Self {
            leaves,
            nodes: Vec::new(),
        };
        for leaf in 0..leaves {
            axis.add((0..leaves).map(|other| other == leaf).collect());
        }
        axis
    }

    /// Adds a node unless there is one with the same leaves; its position.
    pub(super) fn add(&mut self, node: Vec<bool>) -> usize {
        let known = self.nodes.iter().position(|other| *other == node);
        known.unwrap_or_else(|| {
            self.nodes.push(node);
            self.nodes.len() - 1
        })
    }

    pub(super) fn leaves(&self) -> usize {
        self.leaves
    }

    pub(super) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn has(&self, node: usize, leaf: usize) -> bool {
        self.nodes[node][leaf]
    }

    pub(super) fn leaves_of(&self, node: usize) -> impl Iterator<Item = usize> {
        (0..self.leaves).filter(move |leaf| self.has(node, *leaf))
    }

    /// What rises with `up` and falls with `down`; a node with both stays.
    pub(super) fn support(&self, up: usize, down: Option<usize>) -> Support {
        let change =
            |node: &Vec<bool>| i64::from(node[up]) - i64::from(down.is_some_and(|down| node[down]));
        (self.nodes.iter().map(change).enumerate())
            .filter(|(_, change)| *change != 0)
            .collect()
    }

    /// Every way to raise a node: one of its leaves, against one outside it or against none.
    pub(super) fn ways(&self, node: usize) -> Vec<Support> {
        let outside: Vec<Option<usize>> = (0..self.leaves)
            .filter(|leaf| !self.has(node, *leaf))
            .map(Some)
            .chain([None])
            .collect();
        self.leaves_of(node)
            .flat_map(|up| outside.iter().map(move |down| (up, *down)))
            .map(|(up, down)| self.support(up, down))
            .collect()
    }
}

/// The axes together; the last one is time.
#[derive(Debug, Clone)]
pub(super) struct Space {
    axes: Vec<Axis>,
}

impl Space {
    pub(super) fn new(axes: Vec<Axis>) -> Self {
        Self { axes }
    }

    pub(super) fn axes(&self) -> &[Axis] {
        &self.axes
    }

    pub(super) fn cells(&self) -> usize {
        self.axes.iter().map(Axis::nodes).product()
    }

    pub(super) fn index(&self, nodes: &[usize]) -> usize {
        let pairs = self.axes.iter().zip(nodes);
        pairs.fold(0, |at, (axis, node)| at * axis.nodes() + node)
    }

    pub(super) fn nodes_of(&self, cell: usize) -> Vec<usize> {
        let mut rest = cell;
        let mut nodes: Vec<usize> = (self.axes.iter().rev())
            .map(|axis| {
                let node = rest % axis.nodes();
                rest /= axis.nodes();
                node
            })
            .collect();
        nodes.reverse();
        nodes
    }

    /// All combinations of one leaf per axis.
    pub(super) fn atoms(&self) -> Vec<Vec<usize>> {
        let start = vec![Vec::new()];
        self.axes.iter().fold(start, |atoms, axis| {
            let longer = |atom: Vec<usize>| {
                (0..axis.leaves()).map(move |leaf| {
                    let mut atom = atom.clone();
                    atom.push(leaf);
                    atom
                })
            };
            atoms.into_iter().flat_map(longer).collect()
        })
    }

    /// The cells that change, and by how much, when each axis changes so.
    pub(super) fn product(&self, supports: &[&Support]) -> Support {
        let axes = self.axes.iter().zip(supports);
        axes.fold(vec![(0, 1)], |cells, (axis, support)| {
            let longer = |(at, sign): (usize, i64)| {
                (support.iter()).map(move |(node, own)| (at * axis.nodes() + node, sign * own))
            };
            cells.into_iter().flat_map(longer).collect()
        })
    }

    /// The cells of which an atom is part.
    pub(super) fn holding(&self, atom: &[usize]) -> Support {
        let alone: Vec<Support> = (self.axes.iter().zip(atom))
            .map(|(axis, leaf)| axis.support(*leaf, None))
            .collect();
        self.product(&alone.iter().collect::<Vec<_>>())
    }

    /// Every cell's sum of these atoms.
    pub(super) fn sums(&self, atoms: &[(Vec<usize>, i64)]) -> Vec<i64> {
        let mut sums = vec![0; self.cells()];
        for (atom, count) in atoms {
            for (cell, _) in self.holding(atom) {
                sums[cell] += count;
            }
        }
        sums
    }
}

/// The time axis: a leaf for each release, which is what it counts beyond the releases inside it.
#[derive(Debug, Clone)]
pub(super) struct Time {
    pub(super) axis: Axis,
    /// The node of each release.
    pub(super) node: Vec<usize>,
    /// The releases directly inside each.
    pub(super) inside: Vec<Vec<usize>>,
}

impl Time {
    /// Of releases in the order in which they were made. The position of two that overlap in part, when there are such.
    pub(super) fn of(spans: &[Span]) -> Result<Self, (usize, usize)> {
        let all = 0..spans.len();
        for (a, b) in all.clone().flat_map(|a| (0..a).map(move |b| (a, b))) {
            if spans[a].meets(spans[b]) && !spans[a].holds(spans[b]) && !spans[b].holds(spans[a]) {
                return Err((a, b));
            }
        }
        // Of two of one span the later one counts what the first did, and more.
        let within = |inner: usize, outer: usize| {
            spans[outer].holds(spans[inner]) && (spans[inner] != spans[outer] || inner < outer)
        };
        let parent = |inner: usize| {
            let outer = all
                .clone()
                .filter(|outer| *outer != inner && within(inner, *outer));
            outer.min_by(|a, b| match within(*a, *b) {
                true => std::cmp::Ordering::Less,
                false => std::cmp::Ordering::Greater,
            })
        };
        let mut inside = vec![Vec::new(); spans.len()];
        for (inner, outer) in all
            .clone()
            .filter_map(|n| parent(n).map(|outer| (n, outer)))
        {
            inside[outer].push(inner);
        }
        let leaves = |release: usize| -> Vec<bool> {
            (all.clone())
                .map(|leaf| leaf == release || within(leaf, release))
                .collect()
        };
        let mut axis = Axis::new(spans.len());
        let node = all.clone().map(|n| axis.add(leaves(n))).collect();
        // Whoever has two releases has their difference.
        for (outer, inner) in all.clone().flat_map(|a| all.clone().map(move |b| (a, b))) {
            if outer != inner && within(inner, outer) {
                let less = leaves(inner);
                let rest = leaves(outer).into_iter().zip(less).map(|(a, b)| a && !b);
                axis.add(rest.collect());
            }
        }
        Ok(Self { axis, node, inside })
    }
}
