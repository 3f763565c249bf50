//! `samen place …`: the best plan for a whole instance, the best rooms for one request, published problems, and made-up
//! instances to try it on. No store is opened: a file goes in, a file comes out.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use clap::{ArgGroup, Args, Subcommand};
use serde::Serialize;
use serde_json::json;
use shelter::gap::{read as read_gap, solve_gap};
use shelter::generate::{Size, generate};
use shelter::{Compiled, Instance, InstanceFile, Weights, best_of};

use crate::output::{self, Done};

/// An instance of Europe is some ten megabytes; what is far larger is not an instance.
const LARGEST_FILE: u64 = 1 << 29;

/// Placing.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(group(ArgGroup::new("what").args(["instance", "gap"])))]
pub struct PlaceArgs {
    #[command(subcommand)]
    command: Option<PlaceCommand>,
    /// INSTANCE: rooms and requests (samen schema instance)
    #[arg(long, value_name = "FILE")]
    instance: Option<PathBuf>,
    /// OR-Library text of generalised assignment, or of one assignment problem
    #[arg(long, value_name = "FILE")]
    gap: Option<PathBuf>,
    /// With --gap: values are costs
    #[arg(long, requires = "gap")]
    minimise: bool,
    /// Only the best rooms for this request, with room left now
    #[arg(long, value_name = "ID", requires = "instance")]
    request: Option<String>,
    /// How many rooms
    #[arg(long, value_name = "N", requires = "request", default_value_t = 5,
          value_parser = clap::value_parser!(u16).range(1..=10_000))]
    best: u16,
    /// Weights of the cost, JSON or TOML; what is not named keeps its default
    #[arg(long, value_name = "FILE", requires = "instance")]
    settings: Option<PathBuf>,
    /// Stop after so many seconds with the best plan so far and its bound
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    time_limit: Duration,
    /// Who works it out: our own engine, or HiGHS for a second opinion on a large instance
    #[cfg(feature = "highs")]
    #[arg(long, value_name = "NAME", requires = "instance", default_value = "own", value_parser = ["own", "highs"])]
    solver: String,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What else.
#[derive(Debug, Subcommand)]
enum PlaceCommand {
    /// Writes a made-up instance
    #[command(
        after_help = "Example:\n  samen place generate --preset normal --seed 1 --out instance.json"
    )]
    Generate(GenerateArgs),
    /// A made-up year under several policies, side by side
    #[command(after_help = "Example:\n  samen place simulate --seed 1 --days 365 --out year.json")]
    Simulate(SimulateArgs),
}

#[derive(Debug, Args)]
struct GenerateArgs {
    /// normal (the Netherlands), mid or eu
    #[arg(long, default_value = "normal", value_parser = ["normal", "mid", "eu"])]
    preset: String,
    /// Single persons only, nobody kept apart: the pure flow
    #[arg(long)]
    unit: bool,
    /// The same seed gives the same file
    #[arg(long)]
    seed: u64,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct SimulateArgs {
    /// The same seed gives the same year
    #[arg(long)]
    seed: u64,
    /// Days that are counted, after a warm-up of 120
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || "a number of seconds from 0 to 86400".to_owned();
    let number: f64 = text.parse().map_err(|_| wrong())?;
    if !(0.0..=86_400.0).contains(&number) {
        return Err(wrong());
    }
    Duration::try_from_secs_f64(number).map_err(|_| wrong())
}

/// Runs `samen place …`.
pub fn place(args: &PlaceArgs) -> Result<Done> {
    match &args.command {
        Some(PlaceCommand::Generate(args)) => make(args),
        Some(PlaceCommand::Simulate(args)) => simulate(args),
        None => {
            let out =
                (args.out.as_deref()).context("--out FILE is needed; - is standard output")?;
            match (&args.instance, &args.gap, &args.request) {
                (Some(file), _, Some(request)) => offers(args, file, request, out),
                (Some(file), _, None) => whole(args, file, out),
                (None, Some(file), _) => gaps(args, file, out),
                (None, None, _) => bail!("--instance FILE or --gap FILE is needed"),
            }
        }
    }
}

#[derive(Serialize)]
struct Timed<'a> {
    seconds: f64,
    #[serde(flatten)]
    plan: &'a shelter::Plan,
}

fn whole(args: &PlaceArgs, file: &Path, out: &Path) -> Result<Done> {
    let start = Instant::now();
    let instance = instance(file)?;
    let weights = weights(args.settings.as_deref())?;
    let plan = solved(args, &instance, &weights, start)?;
    let seconds = taken(start);
    write_json(
        out,
        &Timed {
            seconds,
            plan: &plan,
        },
    )?;
    output::summary(&json!({
        "requests": instance.requests().len(),
        "placed": plan.assignments.len(),
        "unplaced": plan.unplaced.len(),
        "objective": plan.objective,
        "bound": plan.bound,
        "optimal": plan.optimal,
        "seconds": seconds,
    }))?;
    Ok(Done::Well)
}

#[cfg(not(feature = "highs"))]
fn solved(
    args: &PlaceArgs,
    instance: &Instance,
    weights: &Weights,
    start: Instant,
) -> Result<shelter::Plan> {
    let stop = || start.elapsed() >= args.time_limit;
    Ok(shelter::plan(instance, weights, &stop))
}

#[cfg(feature = "highs")]
fn solved(
    args: &PlaceArgs,
    instance: &Instance,
    weights: &Weights,
    start: Instant,
) -> Result<shelter::Plan> {
    let stop = || start.elapsed() >= args.time_limit;
    match args.solver.as_str() {
        "highs" => Ok(shelter::mip::plan(instance, weights, args.time_limit)?),
        _ => Ok(shelter::plan(instance, weights, &stop)),
    }
}

fn offers(args: &PlaceArgs, file: &Path, request: &str, out: &Path) -> Result<Done> {
    let start = Instant::now();
    let instance = instance(file)?;
    let weights = weights(args.settings.as_deref())?;
    let compiled = Compiled::new(&instance, &weights);
    let offers = best_of(&compiled, request, usize::from(args.best))
        .with_context(|| file.display().to_string())?;
    write_json(out, &offers)?;
    output::summary(&json!({
        "request": request,
        "offers": offers.offers.len(),
        "fitting": offers.offers.iter().filter(|offer| offer.fails.is_empty()).count(),
        "seconds": taken(start),
    }))?;
    Ok(Done::Well)
}

fn gaps(args: &PlaceArgs, file: &Path, out: &Path) -> Result<Done> {
    let start = Instant::now();
    let problems =
        read_gap(&text(file)?).map_err(|fault| anyhow!("{}: {fault}", file.display()))?;
    let stop = || start.elapsed() >= args.time_limit;
    let plans: Vec<_> = (problems.iter())
        .map(|problem| solve_gap(problem, args.minimise, &stop))
        .collect();
    write_json(out, &plans)?;
    output::summary(&json!({
        "problems": plans.len(),
        "optimal": plans.iter().filter(|plan| plan.optimal).count(),
        "seconds": taken(start),
    }))?;
    Ok(Done::Well)
}

fn make(args: &GenerateArgs) -> Result<Done> {
    let size = Size::named(&args.preset).context("no such preset")?;
    let size = if args.unit { size.unit() } else { size };
    let file = generate(&size, args.seed);
    write_json(&args.out, &file)?;
    let rooms = || file.locations.iter().flat_map(|location| &location.rooms);
    output::summary(&json!({
        "locations": file.locations.len(),
        "rooms": rooms().count(),
        "places": rooms().map(|room| room.places).sum::<i64>(),
        "free": rooms().map(|room| room.free).sum::<i64>(),
        "requests": file.requests.len(),
        "made_up": true,
    }))?;
    Ok(Done::Well)
}

fn simulate(args: &SimulateArgs) -> Result<Done> {
    let start = Instant::now();
    let year = shelter::simulate::simulate(args.seed, args.days);
    for line in year.table() {
        output::say(&line);
    }
    write_json(&args.out, &year)?;
    output::summary(&json!({
        "policies": year.policies.len(),
        "days": args.days,
        "seed": args.seed,
        "made_up": true,
        "seconds": taken(start),
    }))?;
    Ok(Done::Well)
}

fn taken(start: Instant) -> f64 {
    (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
}

fn write_json(out: &Path, value: &impl Serialize) -> Result<()> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    output::write_whole(out, &bytes)
}

fn text(file: &Path) -> Result<String> {
    let name = || file.display().to_string();
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(name)?;
    opened
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .with_context(name)?;
    if bytes.len() as u64 > LARGEST_FILE {
        bail!("{}: larger than {LARGEST_FILE} bytes", name());
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = sound.iter().filter(|byte| **byte == b'\n').count() + 1;
        anyhow!("{}: line {line}: not UTF-8 text", name())
    })
}

fn instance(file: &Path) -> Result<Instance> {
    const MOST: usize = 20;
    let text = text(file)?;
    let read: InstanceFile =
        serde_json::from_str(&text).map_err(|e| unreadable(file, &text, &e))?;
    Instance::check(read).map_err(|faults| {
        let named: Vec<_> = (faults.0.iter().take(MOST))
            .map(|fault| {
                let line = fault.subject().and_then(|id| line_of(&text, id));
                let line = line.map_or_else(String::new, |line| format!("line {line}: "));
                format!("{}: {line}{fault}", file.display())
            })
            .collect();
        let more = faults.0.len().saturating_sub(MOST);
        let more = if more > 0 {
            format!("\n… and {more} more")
        } else {
            String::new()
        };
        anyhow!("{}{more}", named.join("\n"))
    })
}

/// The line on which an id first stands as an id.
fn line_of(text: &str, id: &str) -> Option<usize> {
    let quoted = serde_json::to_string(id).ok()?;
    let at = text.match_indices(&quoted).find(|(at, _)| {
        let before = text[..*at].trim_end().trim_end_matches(':').trim_end();
        before.ends_with("\"id\"")
    })?;
    Some(text[..at.0].matches('\n').count() + 1)
}

/// What serde says, with the member that it was about.
fn unreadable(file: &Path, text: &str, error: &serde_json::Error) -> anyhow::Error {
    let (line, column) = (error.line(), error.column());
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let end = (start + column).min(text.len());
    let before = text.get(..end).unwrap_or(text);
    let member = before.rfind("\":").and_then(|end| {
        let begin = before[..end].rfind('"')?;
        before.get(begin + 1..end)
    });
    let member = member.map_or_else(String::new, |name| {
        format!(
            ", at or after member `{}`",
            name.chars().take(60).collect::<String>()
        )
    });
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or("not JSON");
    anyhow!(
        "{}: line {line}, column {column}{member}: {message}",
        file.display()
    )
}

fn weights(file: Option<&Path>) -> Result<Weights> {
    let Some(file) = file else {
        return Ok(Weights::default());
    };
    let text = text(file)?;
    let weights: Weights = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|error| unreadable(file, &text, &error))?
    } else {
        toml::from_str(&text).with_context(|| file.display().to_string())?
    };
    weights
        .check()
        .with_context(|| file.display().to_string())?;
    Ok(weights)
}
