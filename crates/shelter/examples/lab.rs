fn main() {
    let a: Vec<String> = std::env::args().collect();
    let mut size = shelter::generate::Size::named(&a[1]).unwrap();
    if a[2] == "unit" { size = size.unit(); }
    let nodes: usize = a[4].parse().unwrap();
    for seed in a[3].split(',') {
        let t = std::time::Instant::now();
        let file = shelter::generate::generate(&size, seed.parse().unwrap());
        let i = shelter::Instance::check(file).unwrap();
        let free: u32 = i.rooms().iter().map(|r| r.free).sum();
        let t1 = t.elapsed();
        let t = std::time::Instant::now();
        let lim = std::time::Duration::from_secs_f64(a.get(5).map_or(60.0, |s| s.parse().unwrap()));
        let r = shelter::lab::lab(&i, nodes, &|| t.elapsed() > lim);
        println!("seed {seed}: rooms {} free {free} requests {} gen {:.2?} -> {:?} gap {:.4}% in {:.3?}", i.rooms().len(), i.requests().len(), t1, r, (r.0 - r.1) as f64 / r.0 as f64 * 100.0, t.elapsed());
    }
}
