//! `samen plan …`: the register of actions from a file, its check, and the progress letter.
//!
//! Whoever works here has the keys at hand and works for the programme office; the journal says that it was the operator.

mod editions;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use desk::letter::{Format, Which};
use desk::plan::{
    self as register, ImportReport, ImportRow, ImportSource, ListFilter, ListedAction, RowOutcome,
};
use desk::{Actor, Desk, DeskError, Role};
use domain::action::Status;
use domain::code::OrgKind;
use domain::edition::EditionName;
use domain::ids::OrgId;
use domain::time::dutch_date;
use domain::vocabulary::Vocabulary;
use exchange::plan::{ActionRow, read_actions, read_totals, write_actions_csv, write_actions_xlsx};
use exchange::{FileError, Import, Limits, Refused};
use serde_json::json;
use web::work::plan::file::import_row;

use crate::files;
use crate::import::organisation;
use crate::output::{self, Done, Refused as Unwilling};
use crate::serve::now;
use crate::store::{StoreArgs, vocabulary};

/// The plan.
#[derive(Debug, Clone, Subcommand)]
pub enum PlanCommand {
    /// Takes actions over from a file: new numbers are added, known ones changed, refused rows named
    #[command(
        after_help = "Example:\n  samen plan import actions.xlsx --dry-run\n  samen plan import actions.csv --data /var/lib/samen/data"
    )]
    Import(PlanFileArgs),
    /// Names what is overdue, ends without an end, or has no owner; with FILE also what does not add up there
    #[command(after_help = "Example:\n  samen plan check --data /var/lib/samen/data")]
    Check(CheckArgs),
    /// Writes the register as a file that can be imported again
    #[command(after_help = "Example:\n  samen plan export --out actions.xlsx")]
    Export(ExportArgs),
    /// Writes the progress letter of an edition; one that does not exist is begun
    #[command(
        after_help = "Example:\n  samen plan letter --edition 2026-2 --format pdf --out letter.pdf"
    )]
    Letter(LetterArgs),
    /// Lets every compartment count a closed period for itself, protected; each indicator is counted once
    #[command(after_help = "Example:\n  samen plan count 2026-1 --data /var/lib/samen/data")]
    Count(FreezeArgs),
    /// Freezes an edition: its files are fixed and signed; a later mistake becomes an erratum
    #[command(after_help = "Example:\n  samen plan freeze 2026-2 --data /var/lib/samen/data")]
    Freeze(FreezeArgs),
    /// Tells what changed from one edition to another, action by action
    #[command(after_help = "Example:\n  samen plan diff 2026-1 2026-2 --data /var/lib/samen/data")]
    Diff(DiffArgs),
}

/// A file of actions.
#[derive(Debug, Clone, Args)]
pub struct PlanFileArgs {
    /// File to read: ACTIONS as CSV or XLSX
    file: PathBuf,
    /// Only tell what would happen; nothing is written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    office: Office,
}

/// What to check.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// A file of actions to check as well
    file: Option<PathBuf>,
    #[command(flatten)]
    office: Office,
}

/// Where the register goes.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// File to write, .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    office: Office,
}

/// Which letter.
#[derive(Debug, Clone, Args)]
pub struct LetterArgs {
    /// Edition, such as 2026-2: the second of 2026
    #[arg(long)]
    edition: String,
    /// Form of the letter
    #[arg(long, value_enum)]
    format: Form,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    office: Office,
}

/// Which edition to freeze.
#[derive(Debug, Clone, Args)]
pub struct FreezeArgs {
    /// Edition, such as 2026-2
    edition: String,
    #[command(flatten)]
    office: Office,
}

/// Which editions to compare.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// The earlier edition
    from: String,
    /// The later edition
    to: String,
    #[command(flatten)]
    office: Office,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A web page
    Html,
    /// PDF/UA
    Pdf,
    /// Word and LibreOffice
    Docx,
    /// Markdown
    Md,
}

/// For whom the operator works.
#[derive(Debug, Clone, Args)]
pub struct Office {
    /// Organisation of the programme office [default: the one of kind JENV]
    #[arg(long, value_name = "NAME")]
    org: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
}

impl Office {
    /// Whether there is a store to look into.
    fn has_store(&self) -> Result<bool> {
        let file = self.store.file()?;
        let on_server = self.store.database.is_some() || file.database.is_some();
        Ok(on_server || self.store.data_dir(&file).is_dir())
    }

    async fn open(&self) -> Result<(Desk, Actor)> {
        let (desk, _) = self.store.desk(false).await?;
        let org = match &self.org {
            Some(name) => organisation(&desk, name)?,
            None => programme_office(&desk)?,
        };
        let actor = Actor::operator(&desk.directory(), org, Role::ProgrammeOffice, now())
            .context("the organisation is gone")?;
        Ok((desk, actor))
    }
}

/// The one organisation that keeps the programme: the ministry of justice and security.
fn programme_office(desk: &Desk) -> Result<OrgId> {
    let directory = desk.directory();
    let kind = OrgKind::new("JENV")?;
    let mut found = directory.of_kind(&kind).map(|(id, _)| id);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => anyhow::bail!(
            "there is no organisation of kind JENV: name the programme office with --org, or add it with samen org add"
        ),
        (Some(_), Some(_)) => anyhow::bail!(
            "there are several organisations of kind JENV: name the programme office with --org"
        ),
    }
}

/// Runs `samen plan …`.
pub async fn plan(command: PlanCommand) -> Result<Done> {
    match command {
        PlanCommand::Import(args) => import(args).await,
        PlanCommand::Check(args) => check(args).await,
        PlanCommand::Export(args) => export(args).await,
        PlanCommand::Letter(args) => letter(args).await,
        PlanCommand::Count(args) => editions::count(args).await,
        PlanCommand::Freeze(args) => editions::freeze(args).await,
        PlanCommand::Diff(args) => editions::diff(args).await,
    }
}

/// A file of actions, read with the codes of a vocabulary and the names of organisations.
fn read_file(
    file: &Path,
    words: &Vocabulary,
    names: impl IntoIterator<Item = String>,
) -> Result<Import<ActionRow>> {
    let limits = Limits::default();
    let bytes = files::read(file, &limits)?;
    let today = dutch_date(now());
    let mut codes = files::codes(words, today);
    codes.organisations.extend(names);
    let name = file.display().to_string();
    read_actions(&name, &bytes, &codes, today, &limits).map_err(|error| files::fault(file, &error))
}

fn names(desk: &Desk) -> Vec<String> {
    let directory = desk.directory();
    directory.all().map(|(_, o)| o.name.clone()).collect()
}

/// What an import did with the file, or would do.
struct Outcome {
    read: Import<ActionRow>,
    refused: Vec<Refused>,
    added: usize,
    changed: usize,
    unchanged: usize,
}

/// Takes actions over from a file.
pub async fn import(args: PlanFileArgs) -> Result<Done> {
    // A fault of the file as a whole needs no store to be told.
    let words = vocabulary(&args.office.store.file()?)?;
    let alone = read_file(&args.file, &words, [])?;
    let outcome = match args.dry_run && !args.office.has_store()? {
        true => file_only(alone),
        false => into_register(&args).await?,
    };
    files::tell(&outcome.refused, &outcome.read.notes);
    let list = match args.dry_run {
        true => None,
        false => files::write_refused(&args.file, &outcome.refused)?,
    };
    output::summary(&json!({
        "kind": "plan",
        "dry_run": args.dry_run,
        "rows": outcome.read.accepted.len() + outcome.read.refused_rows(),
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": files::refused_lines(&outcome.refused),
        "refused_file": list,
        "notes": outcome.read.notes.len(),
    }))?;
    Ok(match outcome.refused.is_empty() {
        true => Done::Well,
        false => Done::Faults,
    })
}

/// Without a store every sound row would be a new one; organisations are known by their kind only.
fn file_only(read: Import<ActionRow>) -> Outcome {
    output::say(
        "there is no store here: the file is checked by itself, organisations by their kind",
    );
    Outcome {
        refused: read.refused.clone(),
        added: read.accepted.len(),
        changed: 0,
        unchanged: 0,
        read,
    }
}

async fn into_register(args: &PlanFileArgs) -> Result<Outcome> {
    let (desk, actor) = args.office.open().await?;
    let read = read_file(&args.file, &desk.vocabulary, names(&desk))?;
    let accepted = read.accepted.iter();
    let rows: Vec<ImportRow> = accepted
        .map(|row| import_row(row.line, &row.value))
        .collect();
    let source = source_of(&args.file)?;
    let report = register::import_from(&desk, &actor, now(), &source, &rows, args.dry_run)
        .await
        .map_err(unwilling)?;
    desk.vault.close().await;
    tell_changes(&report);
    let name = args.file.display().to_string();
    let mut refused = read.refused.clone();
    refused.extend(refused_rows(&name, &report));
    refused.sort_by_key(|one| one.line);
    let (added, changed) = (report.added(), report.changed());
    Ok(Outcome {
        unchanged: rows.len() - added - changed - report.refused(),
        added,
        changed,
        refused,
        read,
    })
}

/// Which file it is: its own name and the digest of its bytes.
fn source_of(file: &Path) -> Result<ImportSource> {
    let bytes = files::read(file, &Limits::default())?;
    let name = file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(ImportSource::of(name, &bytes))
}

/// Says of each known action what the register says and what it will say: to be looked at before it is taken over.
fn tell_changes(report: &ImportReport) {
    const MOST: usize = 200;
    let changes = report
        .rows
        .iter()
        .flat_map(|row| row.changes.iter().map(move |change| (row, change)));
    for (row, change) in changes.clone().take(MOST) {
        let shown = |text: &str| -> String { text.chars().take(120).collect() };
        output::say(&format!(
            "action {}, {}: `{}` becomes `{}`",
            row.id,
            change.field,
            shown(&change.before),
            shown(&change.after)
        ));
    }
    let left = changes.skip(MOST).count();
    if left > 0 {
        output::say(&format!("… and {left} changes more"));
    }
}

fn refused_rows<'a>(file: &'a str, report: &'a ImportReport) -> impl Iterator<Item = Refused> + 'a {
    report
        .rows
        .iter()
        .filter_map(move |row| match &row.outcome {
            RowOutcome::Refused { field, why } => Some(Refused {
                file: file.to_owned(),
                line: row.at,
                column: String::new(),
                field: (*field).to_owned(),
                value: row.id.clone(),
                expected: why.to_string(),
                reason: exchange::Expected::Words(why.to_string()),
            }),
            _ => None,
        })
}

/// The same row, as a file has it.
fn action_row(row: ImportRow) -> ActionRow {
    ActionRow {
        id: row.id,
        line: row.line,
        title: row.title,
        description: row.description,
        goal: row.goal,
        holder: row.holder,
        involved: row.involved,
        forms: row.forms,
        ages: row.ages,
        result: row.result,
        start: row.start,
        end: row.end,
        status: row.status,
        status_date: row.status_date,
        budget_eur: row.budget_eur,
        indicators: row.indicators,
        links: row.links,
        policy: row.policy,
        regions: row.regions,
        milestones: row.milestones,
        measures: row.measures,
        money: row.money,
        lessons: row.lessons,
    }
}

/// Writes the register as a file. Which kind it is, its name says.
async fn export(args: ExportArgs) -> Result<Done> {
    let (desk, actor) = args.office.open().await?;
    let rows = register::export(&desk, &actor, now())
        .await
        .map_err(unwilling)?;
    desk.vault.close().await;
    let rows: Vec<ActionRow> = rows.into_iter().map(action_row).collect();
    let ending = args
        .out
        .extension()
        .map(|ending| ending.to_ascii_lowercase());
    let bytes = match ending.as_deref().and_then(|ending| ending.to_str()) {
        Some("xlsx") => write_actions_xlsx(&rows),
        Some("csv") => {
            let mut bytes = Vec::new();
            write_actions_csv(&mut bytes, &rows).map(|()| bytes)
        }
        _ => anyhow::bail!(
            "--out {}: the name must end in .csv or .xlsx",
            args.out.display()
        ),
    };
    let bytes = bytes.map_err(|error| files::fault(&args.out, &error))?;
    output::write_whole(&args.out, &bytes)?;
    output::summary(&json!({
        "kind": "plan",
        "rows": rows.len(),
        "bytes": bytes.len(),
        "not_carried": "the history of statuses, proposals, rounds, motions and promises: only how it stands is in the file",
    }))?;
    Ok(Done::Well)
}

/// A rule's refusal ends with 1; anything else is a fault of the store.
fn unwilling(error: DeskError) -> anyhow::Error {
    match error {
        DeskError::Vault(error) => error.into(),
        DeskError::Invalid(faults) => {
            let words: Vec<String> = faults
                .iter()
                .map(|fault| format!("{}: {}", fault.field, fault.detail))
                .collect();
            Unwilling(words.join("; ")).into()
        }
        other => Unwilling(other.to_string()).into(),
    }
}

async fn check(args: CheckArgs) -> Result<Done> {
    if let Some(file) = &args.file
        && !is_actions(file)?
    {
        return check_totals(file);
    }
    let (desk, actor) = args.office.open().await?;
    let at = now();
    let all = register::list(&desk, &actor, at, &ListFilter::default())
        .await
        .map_err(unwilling)?;
    let mut findings = Vec::new();
    for action in all.groups.iter().flat_map(|group| &group.actions) {
        for what in faults_of(&desk, action, at) {
            output::say(&format!("action {}: {what}", action.number));
            findings.push(json!({ "action": action.number, "finding": what }));
        }
    }
    if let Some(file) = &args.file {
        let read = read_file(file, &desk.vocabulary, names(&desk))?;
        files::tell(&read.refused, &read.notes);
        findings.extend(read.refused.iter().map(|one| {
            json!({ "file": one.file, "line": one.line, "column": one.column, "field": one.field, "finding": format!("expected {}", one.expected) })
        }));
    }
    desk.vault.close().await;
    let sound = findings.is_empty();
    output::summary(
        &json!({ "actions": all.all, "told_since": all.since, "sound": sound, "findings": findings }),
    )?;
    Ok(if sound { Done::Well } else { Done::Faults })
}

/// Whether the file is one of actions: it has their columns. Any other table is checked for its totals alone.
fn is_actions(file: &Path) -> Result<bool> {
    let words = Vocabulary::builtin()?;
    let limits = Limits::default();
    let bytes = files::read(file, &limits)?;
    let today = dutch_date(now());
    let read = read_actions("", &bytes, &files::codes(words, today), today, &limits);
    Ok(!matches!(read, Err(FileError::NoHeader { .. })))
}

/// A table of milestones with totals that somebody typed: computed again from its rows.
fn check_totals(file: &Path) -> Result<Done> {
    let limits = Limits::default();
    let bytes = files::read(file, &limits)?;
    let found = read_totals(&bytes, &limits).map_err(|error| files::fault(file, &error))?;
    for fault in &found.faults {
        output::say(&format!(
            "{}, line {}, column {}: the total says {}, its rows make {} ({})",
            file.display(),
            fault.line,
            fault.column,
            fault.says,
            fault.makes,
            match fault.how {
                "sum" => "their sum",
                _ => "the rows that are done",
            }
        ));
    }
    if found.checked == 0 {
        output::say(
            "no total was found that could be computed again: a row that begins with Total or Totaal, under numbers or under words such as Complete or Afgerond",
        );
    }
    let sound = found.faults.is_empty();
    output::summary(
        &json!({ "rows": found.rows, "totals": found.checked, "sound": sound, "findings": found.faults }),
    )?;
    Ok(if sound { Done::Well } else { Done::Faults })
}

/// What is wrong with an action as it stands in the register.
fn faults_of(desk: &Desk, action: &ListedAction, at: jiff::Timestamp) -> Vec<String> {
    let mut out = Vec::new();
    if action.overdue {
        out.push(match action.last_told {
            Some(day) => format!("nothing was told since {day}"),
            None => "nothing was ever told".to_owned(),
        });
    }
    if desk.directory().get(action.holder).is_none() {
        out.push("its holder is no organisation of this installation".to_owned());
    }
    if action.late_milestones > 0 {
        out.push(format!(
            "{} of its milestones are past and not reached",
            action.late_milestones
        ));
    }
    if let Some((spent, budget)) = action.overspent {
        out.push(format!("{spent} euros are spent of a budget of {budget}"));
    }
    let running = matches!(
        action.status,
        Status::NietGestart | Status::Loopt | Status::Vertraagd
    );
    if let Some(end) = action.end.filter(|end| running && *end < dutch_date(at)) {
        out.push(format!(
            "its planned end {end} is past and it is {}",
            action.status.code()
        ));
    }
    out
}

async fn letter(args: LetterArgs) -> Result<Done> {
    let (desk, actor) = args.office.open().await?;
    let name = edition_name(&args.edition)?;
    let at = now();
    let id = match desk::letter::by_name(&desk, &actor, name).await {
        Ok(id) => id,
        Err(DeskError::NotFound { .. }) => {
            let id = desk::letter::begin(&desk, &actor, at, Some(name))
                .await
                .map_err(unwilling)?;
            output::say(&format!(
                "edition {name} did not exist; it is begun as a draft"
            ));
            id
        }
        Err(error) => return Err(unwilling(error)),
    };
    let view = desk::letter::read(&desk, &actor, at, id)
        .await
        .map_err(unwilling)?;
    for fault in &view.faults {
        output::say(&format!(
            "to be mended before it can be frozen: {}",
            fault.place()
        ));
    }
    let format = match args.format {
        Form::Html => Format::Html,
        Form::Pdf => Format::Pdf,
        Form::Docx => Format::Docx,
        Form::Md => Format::Markdown,
    };
    let rendered = desk::letter::render(&desk, &actor, at, id, format, Which::Corrected)
        .await
        .map_err(unwilling)?;
    desk.vault.close().await;
    output::write_whole(&args.out, &rendered.bytes)?;
    let summary = json!({
        "edition": name.to_string(),
        "state": view.edition.state_name(),
        "actions": view.register.len(),
        "overdue": view.overdue.len(),
        "faults": view.faults.len(),
        "bytes": rendered.bytes.len(),
        "sha256": rendered.sha256,
    });
    // On standard output the letter stands alone.
    match args.out == Path::new("-") {
        true => output::say(&summary.to_string()),
        false => output::summary(&summary)?,
    }
    Ok(Done::Well)
}

fn edition_name(text: &str) -> Result<EditionName> {
    text.parse::<EditionName>()
        .map_err(|error| anyhow::anyhow!("--edition {text}: {error}"))
}
