//! A made-up year under every policy: `cargo run --release -p shelter --example year -- 1 2 3`.
#![allow(clippy::print_stdout, reason = "an example prints")]

fn main() {
    for seed in std::env::args()
        .skip(1)
        .filter_map(|seed| seed.parse().ok())
    {
        println!("seed {seed}");
        for line in shelter::simulate::simulate(seed, 365).table() {
            println!("{line}");
        }
    }
}
