//! Places made-up people until so many are placed, and checks every plan with the independent checker:
//! `cargo run --release -p shelter --example fuzz -- 10000000`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use shelter::audit::audit;
use shelter::generate::{Size, generate};
use shelter::{Instance, Weights, plan};

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: usize = match std::env::args().nth(1) {
        Some(number) => number.parse()?,
        None => 100_000,
    };
    let (mut placed, mut plans, mut broken) = (0, 0_u64, 0);
    while placed < wanted {
        // Small and crowded, large and roomy, single persons and families by turns.
        let size = Size {
            locations: [30, 120, 400][plans as usize % 3],
            waiting: [60, 200, 900][plans as usize % 3],
            movers: [15, 50, 150][plans as usize % 3],
            free_per_mille: [150, 250, 400][plans as usize % 3],
            unit: plans % 2 == 0,
            ..Size::NORMAL
        };
        let file = generate(&size, plans);
        let instance = Instance::check(file.clone()).map_err(|faults| faults.to_string())?;
        let asked = std::cell::Cell::new(0_u32);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > 300
        };
        let plan = plan(&instance, &Weights::default(), &stop);
        for fault in audit(&file, &plan) {
            broken += 1;
            println!("seed {plans}: {fault}");
        }
        placed += plan.assignments.len();
        plans += 1;
    }
    println!("{placed} placements in {plans} plans, {broken} faults");
    match broken {
        0 => Ok(()),
        _ => Err("a plan breaks a rule".into()),
    }
}
