fn main() {
    for f in std::env::args().skip(1) {
        let t = std::time::Instant::now();
        let all = shelter::gap::read(&std::fs::read_to_string(&f).unwrap()).unwrap();
        let r: Vec<_> = all.iter().map(|g| shelter::gap::solve_gap(g, false, &|| t.elapsed().as_secs() > 60)).map(|p| (p.objective, p.optimal)).collect();
        println!("{f} {r:?} {:?}", t.elapsed());
    }
}
