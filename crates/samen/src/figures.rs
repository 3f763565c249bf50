//! `samen figures …`: what may be said in numbers. No store is opened: a file goes in, a file comes out.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use hidden::{Estimate, Lists, Method, Outcome, Settings};
use serde::Serialize;
use serde_json::json;

use crate::output::{self, Done};

/// Eight lists have 255 combinations; a megabyte holds them many times over.
const LARGEST_FILE: u64 = 1 << 20;

/// Figures.
#[derive(Debug, Clone, Subcommand)]
pub enum FiguresCommand {
    /// Estimates how many people are on no list, or says why that cannot be known
    #[command(
        after_help = "Example:\n  samen figures hidden --lists lists.csv --bootstrap 10000 --seed 7 --out result.json\n\nlists.csv has a column of 0 and 1 for each list and a last column `count`:\n  police,care,border,count\n  1,0,0,463\n  1,1,0,56\n\nWhere no estimate exists the exit status is 1 and the result names the condition that fails."
    )]
    Hidden(HiddenArgs),
}

/// What to estimate from.
#[derive(Debug, Clone, Args)]
pub struct HiddenArgs {
    /// Lists as CSV: a column of 0 and 1 for each list, and `count`
    #[arg(long, value_name = "FILE")]
    lists: PathBuf,
    /// How the model is chosen
    #[arg(long, value_enum, default_value = "best")]
    method: Way,
    /// How many tables are drawn anew for the interval
    #[arg(long, value_name = "N", default_value_t = 1000,
          value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    bootstrap: u32,
    /// The same seed gives the same interval
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    /// Independent lists
    Main,
    /// Pairs of lists come in at p < 0.02
    Stepwise,
    /// The best hierarchical model by BIC, at most five lists
    Bic,
    /// The one with the best measured coverage
    Best,
}

impl From<Way> for Method {
    fn from(way: Way) -> Self {
        match way {
            Way::Main => Self::Main,
            Way::Stepwise => Self::Stepwise,
            Way::Bic => Self::Bic,
            Way::Best => Self::Best,
        }
    }
}

/// Runs `samen figures …`.
pub fn figures(command: &FiguresCommand) -> Result<Done> {
    match command {
        FiguresCommand::Hidden(args) => hidden_number(args),
    }
}

#[derive(Serialize)]
struct Timed<'a> {
    #[serde(flatten)]
    estimate: &'a Estimate,
    seconds: f64,
}

fn hidden_number(args: &HiddenArgs) -> Result<Done> {
    let start = Instant::now();
    let lists = lists(&args.lists)?;
    let settings = Settings {
        method: args.method.into(),
        resamples: args.bootstrap,
        seed: args.seed,
    };
    let outcome = hidden::estimate(&lists, &settings);
    let seconds = (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    match &outcome {
        Outcome::Estimate(estimate) => {
            let estimate = estimate.as_ref();
            write_json(&args.out, &Timed { estimate, seconds })?;
            for warning in &estimate.warnings {
                output::say(&format!("warning: {warning}"));
            }
            output::summary(&json!({
                "observed": estimate.observed,
                "estimate": estimate.estimate,
                "interval95": estimate.interval95,
                "warnings": estimate.warnings.len(),
                "seconds": seconds,
            }))?;
            Ok(Done::Well)
        }
        Outcome::Refused(refusal) => {
            write_json(&args.out, &outcome)?;
            output::say(&format!("no estimate: {refusal}"));
            output::summary(&json!({
                "observed": lists.observed(),
                "estimate": null,
                "refused": refusal,
                "seconds": seconds,
            }))?;
            Ok(Done::Faults)
        }
    }
}

fn write_json(out: &Path, value: &impl Serialize) -> Result<()> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    output::write_whole(out, &bytes)
}

fn lists(file: &Path) -> Result<Lists> {
    let name = || file.display().to_string();
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(name)?;
    opened
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .with_context(name)?;
    if bytes.len() as u64 > LARGEST_FILE {
        bail!(
            "{}: larger than {LARGEST_FILE} bytes; expected one line for each combination of lists",
            name()
        );
    }
    Lists::read(&bytes).map_err(|error| anyhow!("{}: {error}", name()))
}
