//! `samen import hsds-capacity` and `samen export hsds-capacity`: what rooms have free, in the format of Open Referral.
//!
//! A row's `service_id` names a room: by our own identifier, as our export writes it, or by the number that the provider noted
//! with the room. Nothing else is tried: a row whose room is not known is refused.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use desk::placement::{Named, RoomSays, RowOutcome, RowResult, grid, preview_rows, take_rows};
use desk::{Actor, Desk, Role};
use domain::capacity::Source;
use domain::ids::OrgId;
use domain::time::dutch_date;
use exchange::hsds::{
    Capacity, Unit, read_capacity, read_units, write_capacity_csv, write_units_csv,
};
use exchange::{Limits, Note, Refused};
use jiff::Timestamp;

use crate::files;
use crate::import::organisation;
use crate::output::{self, Done};
use crate::serve::now;
use crate::store::StoreArgs;

/// What to export.
#[derive(Debug, Clone, Subcommand)]
pub enum ExportCommand {
    /// Free places in the format of Open Referral (HSDS 3.1, `service_capacity`), CSV
    ///
    /// Writes FILE and, beside it, FILE.units.csv with the one unit it uses. Says what the format could not carry.
    #[command(
        after_help = "Example:\n  samen export hsds-capacity --out service_capacity.csv --data /var/lib/samen/data"
    )]
    HsdsCapacity(ExportArgs),
}

/// Capacity to write.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Only the rooms of this organisation (samen org list)
    #[arg(long, value_name = "NAME")]
    org: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
}

/// Capacity to read.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// File to read: service_capacity, CSV or XLSX
    file: PathBuf,
    /// The units that its rows name [default: FILE.units.csv or units.csv beside it, when there is one]
    #[arg(long, value_name = "UNITS")]
    units: Option<PathBuf>,
    /// Only tell what would happen; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// Name of the organisation whose rooms they are (samen org list)
    #[arg(long, value_name = "NAME", required_unless_present = "dry_run")]
    org: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs `samen export …`.
pub async fn export(command: ExportCommand) -> Result<Done> {
    match command {
        ExportCommand::HsdsCapacity(args) => export_capacity(args).await,
    }
}

#[derive(Default)]
struct Counts {
    changed: usize,
    confirmed: usize,
    before: usize,
}

/// Takes free places over.
pub async fn import(args: ImportArgs) -> Result<Done> {
    let limits = Limits::default();
    let at = now();
    let name = args.file.display().to_string();
    let bytes = files::read(&args.file, &limits)?;
    let (units, mut refused, mut notes) = units(&args, &limits)?;
    let read = read_capacity(&name, &bytes, units.as_deref(), at, &limits)
        .map_err(|error| files::fault(&args.file, &error))?;
    let rows = read.accepted.len() + read.refused_rows();
    refused.extend(read.refused);
    notes.extend(read.notes);
    let says = read.accepted.iter().map(|row| says(row.line, &row.value));
    let says: Vec<RoomSays> = says.collect();
    let counts = match &args.org {
        Some(org) => at_desk(&args, org, at, &says, &name, &mut refused).await?,
        None => {
            output::say("no --org: the file is checked by itself, its rooms are not looked up");
            Counts::default()
        }
    };
    refused.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
    files::tell(&refused, &notes);
    let list = match args.dry_run {
        true => None,
        false => files::write_refused(&args.file, &refused)?,
    };
    output::summary(&serde_json::json!({
        "kind": "hsds-capacity",
        "dry_run": args.dry_run,
        "rows": rows,
        "sound": says.len(),
        "changed": counts.changed,
        "confirmed": counts.confirmed,
        "imported_before": counts.before,
        "refused": files::refused_lines(&refused),
        "refused_file": list,
        "notes": notes.len(),
    }))?;
    Ok(match refused.is_empty() {
        true => Done::Well,
        false => Done::Faults,
    })
}

type Units = (Option<Vec<Unit>>, Vec<Refused>, Vec<Note>);

fn units(args: &ImportArgs, limits: &Limits) -> Result<Units> {
    let mut beside = args.file.as_os_str().to_owned();
    beside.push(".units.csv");
    let near = [PathBuf::from(beside), args.file.with_file_name("units.csv")];
    let file = match &args.units {
        Some(file) => file.clone(),
        None => match near.into_iter().find(|file| file.is_file()) {
            Some(file) => file,
            None => return Ok((None, Vec::new(), Vec::new())),
        },
    };
    let bytes = files::read(&file, limits)?;
    let read = read_units(&file.display().to_string(), &bytes, limits)
        .map_err(|error| files::fault(&file, &error))?;
    let units = read.accepted.into_iter().map(|row| row.value).collect();
    Ok((Some(units), read.refused, read.notes))
}

fn says(line: u64, row: &Capacity) -> RoomSays {
    RoomSays {
        line,
        named: Named::Number(row.service_id.clone()),
        places: row.maximum,
        out: None,
        other: None,
        free: Some(row.available),
        as_of: Some(row.updated),
        seen: None,
    }
}

/// Whoever works here has the keys at hand and works for the provider; the journal says that it was the operator.
fn keeper(desk: &Desk, org: OrgId, at: Timestamp) -> Result<Actor> {
    Actor::operator(&desk.directory(), org, Role::ShelterStaff, at)
        .context("the organisation is gone")
}

async fn at_desk(
    args: &ImportArgs,
    org: &str,
    at: Timestamp,
    says: &[RoomSays],
    file: &str,
    refused: &mut Vec<Refused>,
) -> Result<Counts> {
    let (desk, _) = args.store.desk(false).await?;
    let actor = keeper(&desk, organisation(&desk, org)?, at)?;
    let found = match args.dry_run {
        true => preview_rows(&desk, &actor, at, says, Source::Feed).await,
        false => take_rows(&desk, &actor, at, says, Source::Feed).await,
    };
    desk.vault.close().await;
    let mut counts = Counts::default();
    for result in found? {
        match &result.outcome {
            RowOutcome::Changes(changes) => {
                counts.changed += 1;
                let what = changes
                    .iter()
                    .map(|c| format!("{} {} → {}", c.field, c.from, c.to));
                let what: Vec<String> = what.collect();
                output::say(&format!("line {}: {}", result.line, what.join(", ")));
            }
            RowOutcome::Same => counts.confirmed += 1,
            RowOutcome::Before => counts.before += 1,
            RowOutcome::Refused(_) => refused.extend(faults(file, &result)),
        }
    }
    Ok(counts)
}

fn faults(file: &str, result: &RowResult) -> Vec<Refused> {
    let RowOutcome::Refused(faults) = &result.outcome else {
        return Vec::new();
    };
    let faults = faults.iter().map(|fault| Refused {
        file: file.to_owned(),
        line: result.line,
        column: String::new(),
        field: match fault.field.as_str() {
            "room" => "service_id",
            "places" => "maximum",
            "free" | "other" => "available",
            "as_of" => "updated",
            other => other,
        }
        .to_owned(),
        value: String::new(),
        expected: fault.detail.clone(),
        reason: fault.detail.clone().into(),
    });
    faults.collect()
}

/// What the format has no place for, counted.
#[derive(Default)]
struct Left {
    untold: usize,
    closed: usize,
    leaving: usize,
    held: usize,
    other: usize,
}

impl Left {
    fn words(&self) -> Vec<String> {
        let counted = [
            (
                self.untold,
                "rooms of which nobody told a figure: not written at all",
            ),
            (
                self.closed,
                "rooms with places out of service: their days and reasons (the places count as not available)",
            ),
            (self.leaving, "expected departures"),
            (self.held, "places held (they count as not available)"),
            (
                self.other,
                "places used by others (they count as not available)",
            ),
        ];
        let counted = counted.into_iter().filter(|(n, _)| *n > 0);
        let mut out: Vec<String> = counted.map(|(n, what)| format!("{n} {what}")).collect();
        out.push("of every room: kind, longest stay, whom it takes, how secure it is, region; never an address".to_owned());
        out
    }
}

async fn export_capacity(args: ExportArgs) -> Result<Done> {
    let (desk, _) = args.store.desk(false).await?;
    let at = now();
    let today = dutch_date(at);
    let orgs: Vec<OrgId> = match &args.org {
        Some(name) => vec![organisation(&desk, name)?],
        None => desk.directory().all().map(|(id, _)| id).collect(),
    };
    let (mut rows, mut left) = (Vec::new(), Left::default());
    for org in orgs {
        let found = grid(&desk, &keeper(&desk, org, at)?, at, today, 1).await?;
        for own in found.iter().flat_map(|house| &house.rooms) {
            let (Some((day, _)), Some(said)) = (own.days.first(), &own.said) else {
                left.untold += 1;
                continue;
            };
            left.closed += usize::from(own.stored.room.out_of_service.on(today).is_some());
            left.leaving += own.stored.told.departures.len();
            left.held += usize::from(day.held);
            left.other += usize::from(day.other);
            let id = own.stored.room.id.to_string();
            rows.push(Capacity {
                service_id: own
                    .stored
                    .foreign
                    .as_ref()
                    .map_or_else(|| id.clone(), |n| n.as_str().to_owned()),
                id,
                available: day.free,
                maximum: Some(day.places),
                description: None,
                updated: said.said.as_of,
            });
        }
    }
    desk.vault.close().await;
    rows.sort_by(|one, two| one.id.cmp(&two.id));
    write(&args.out, &rows)?;
    let left = left.words();
    for words in &left {
        output::say(&format!("not carried: {words}"));
    }
    let summary = serde_json::json!({
        "kind": "hsds-capacity",
        "rows": rows.len(),
        "not_carried": left,
    });
    match args.out == Path::new("-") {
        true => output::say(&summary.to_string()),
        false => output::summary(&summary)?,
    }
    Ok(Done::Well)
}

fn write(out: &Path, rows: &[Capacity]) -> Result<()> {
    let mut bytes = Vec::new();
    write_capacity_csv(&mut bytes, rows).map_err(|error| files::fault(out, &error))?;
    output::write_whole(out, &bytes)?;
    if out == Path::new("-") {
        return Ok(());
    }
    let mut units = out.as_os_str().to_owned();
    units.push(".units.csv");
    let units = PathBuf::from(units);
    let mut bytes = Vec::new();
    write_units_csv(&mut bytes).map_err(|error| files::fault(&units, &error))?;
    output::write_whole(&units, &bytes)
}
