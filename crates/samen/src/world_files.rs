//! `samen world`, and the made-up country of a demonstration.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use desk::Desk;
use jiff::ToSpan;
use world::{Settings, World};

use crate::load::{Country, Loaded};
use crate::output::{self, Done};
use crate::serve::now;

/// What to write.
#[derive(Debug, Clone, Args)]
pub struct WorldArgs {
    /// Seed: the same seed makes the same country
    #[arg(long)]
    seed: u64,
    /// Number of reports
    #[arg(long)]
    reports: u64,
    /// Directory to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Day of the first report, Europe/Amsterdam
    #[arg(long, default_value = "2026-01-01")]
    start: jiff::civil::Date,
}

/// Writes the country as files, report by report.
pub fn write(args: &WorldArgs) -> Result<Done> {
    let world = World::new(Settings::new(args.seed, args.reports, args.start))?;
    let bar = output::progress(args.reports, "reports");
    let summary = world::write_files(&args.out, &world, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    output::summary(&summary)?;
    Ok(Done::Well)
}

/// Loads the made-up country of the past year into an empty store.
pub async fn load_demo(desk: &Desk, seed: u64, reports: u64) -> Result<Loaded> {
    let now = now();
    let today = domain::time::dutch_date(now);
    let world = World::new(Settings::new(seed, reports, today.saturating_sub(1.year())))?;
    let country = Country {
        organisations: world.organisations().to_vec(),
        people: world.people().to_vec(),
        locations: world.locations().to_vec(),
        addresses: world.addresses().to_vec(),
        plan: world.plan().clone(),
    };
    crate::load::load(desk, country, world.reports(), reports, now).await
}
