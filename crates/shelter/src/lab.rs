//! lab
use crate::*;
/// lab
pub fn lab(instance: &Instance, nodes: usize, stop: &dyn Fn() -> bool) -> (i64, i64, usize, usize, usize) {
    let c = Compiled::new(instance, &Weights::default());
    let m = model::Model::build(&c);
    let ps = parts::parts(&m);
    let mut r = (0, 0, 0, m.pairs.len(), m.cells.len());
    let mut s = vec![];
    for p in &ps {
        let f = branch::search(&p.model, None, &branch::Limits { stop, nodes });
        r.0 += f.objective; r.1 += f.bound; r.2 += f.nodes;
        s.push((p.asks.len(), f.nodes, f.root, f.objective));
    }
    eprintln!("{s:?}");
    r
}
