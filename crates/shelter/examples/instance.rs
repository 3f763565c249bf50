//! Writes a made-up instance for the peers, and plans one: `instance normal full 1 FILE` and `instance plan FILE SECONDS`,
//! which prints objective, bound and seconds of planning as JSON.
#![allow(clippy::print_stdout, reason = "an example prints")]

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
            let plan = plan(&instance, &Weights::default(), &|| start.elapsed() >= limit);
            println!(
                "{}",
                serde_json::json!({
                    "objective": plan.objective,
                    "bound": plan.bound,
                    "optimal": plan.optimal,
                    "seconds": start.elapsed().as_secs_f64(),
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
