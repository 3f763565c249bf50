//! lab
use crate::*;
/// lab
pub fn lab(instance: &Instance, _nodes: usize, stop: &dyn Fn() -> bool) -> (i64, i64, usize, usize, usize) {
    let c = Compiled::new(instance, &Weights::default());
    let m = model::Model::build(&c);
    let f = solve::solve(&m, stop);
    (f.objective, f.bound, 0, m.pairs.len(), m.cells.len())
}
