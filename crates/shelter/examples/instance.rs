//! Writes a made-up instance for the peers, and plans one: `instance normal full 1 FILE` and `instance plan FILE SECONDS`,
//! which prints as JSON objective, bound, the seconds of planning and those since its solver began (the flow, what follows it, and the
//! reasons of who is left; not the rules and the pairs before it).
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::cell::Cell;
use std::error::Error;
use std::time::{Duration, Instant};

use shelter::generate::{Size, generate};
use shelter::{Instance, InstanceFile, Weights, plan};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["plan", file, limit] => {
            let text = std::fs::read_to_string(file)?;
            let file: InstanceFile = serde_json::from_str(&text)?;
            let instance = Instance::check(file).map_err(|faults| faults.to_string())?;
            let limit = Duration::try_from_secs_f64(limit.parse()?)?;
            let start = Instant::now();
            // The solver asks first whether to stop before its first step.
            let begun = Cell::new(None);
            let stop = || {
                begun.set(begun.get().or_else(|| Some(Instant::now())));
                start.elapsed() >= limit
            };
            let plan = plan(&instance, &Weights::default(), &stop);
            let solving = begun.get().map(|at| at.elapsed().as_secs_f64());
            println!(
                "{}",
                serde_json::json!({
                    "objective": plan.objective,
                    "bound": plan.bound,
                    "optimal": plan.optimal,
                    "seconds": start.elapsed().as_secs_f64(),
                    "solving": solving,
                })
            );
        }
        [preset, shape, seed, out] => {
            let size = Size::named(preset).ok_or("the presets are normal, mid and eu")?;
            let size = if *shape == "unit" { size.unit() } else { size };
            let file = generate(&size, seed.parse()?);
            std::fs::write(out, serde_json::to_vec(&file)?)?;
        }
        _ => println!("instance PRESET full|unit SEED FILE, or instance plan FILE SECONDS"),
    }
    Ok(())
}
