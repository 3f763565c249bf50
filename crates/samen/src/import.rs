//! `samen import …`: files of others, read without trust. What is sound is taken over, what is not is named with its reason.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use desk::case::{Imported, ImportedCase};
use desk::{Desk, DeskError};
use domain::SafeText;
use domain::age::Age;
use domain::code::{CountryCode, FormCode};
use domain::ids::OrgId;
use domain::person::Sex;
use domain::time::dutch_date;
use exchange::htcds::{HtcdsCase, read_cases};
use exchange::{Limits, Note, Refused, Row};
use jiff::Timestamp;

use crate::files;
use crate::load::WorldFilesArgs;
use crate::output::{self, Done};
use crate::plan::{self, PlanFileArgs};
use crate::serve::now;
use crate::store::{StoreArgs, vocabulary};

/// What to import.
#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Cases in IOM's templates (HTCDS 2.0), CSV or XLSX
    ///
    /// Sound rows become cases of the organisation named with --org; refused rows go to FILE.refused.csv with the
    /// reason. A row that was imported before is not imported again. Exit status 1 when a row was refused.
    #[command(
        after_help = "Example:\n  samen import htcds cases.xlsx --dry-run\n  samen import htcds cases.xlsx --data /var/lib/samen/data --org \"Zorg Haaglanden\""
    )]
    Htcds(HtcdsArgs),
    /// Free places in the format of Open Referral (HSDS 3.1, `service_capacity`), CSV or XLSX
    ///
    /// A row's service_id is a room of the organisation named with --org: its identifier, or the number that was noted with it.
    /// Sound rows become the figure of their room as of `updated`; refused rows go to FILE.refused.csv with the reason. Exit
    /// status 1 when a row was refused.
    #[command(
        after_help = "Example:\n  samen import hsds-capacity service_capacity.csv --units units.csv --dry-run\n  samen import hsds-capacity service_capacity.csv --data /var/lib/samen/data --org \"Opvang A\""
    )]
    HsdsCapacity(crate::hsds::ImportArgs),
    /// Actions of the plan, CSV or XLSX: the same as `samen plan import`
    #[command(after_help = "Example:\n  samen import plan actions.xlsx --dry-run")]
    Plan(PlanFileArgs),
    /// A made-up country, as `samen world` wrote it, into an empty store
    ///
    /// Every story goes through the same use cases as at work. Stories with a code or a person that is not known are refused;
    /// they go to stories.jsonl.refused.csv with the reason. Exit status 1 when a story was refused.
    #[command(
        after_help = "Example:\n  samen world --seed 7 --reports 1050 --out /tmp/country\n  samen import world /tmp/country --data /tmp/samen-data"
    )]
    World(WorldFilesArgs),
}

/// Cases in IOM's templates.
#[derive(Debug, Clone, Args)]
pub struct HtcdsArgs {
    /// File to read
    file: PathBuf,
    /// Only tell what would happen; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// Name of the organisation whose cases they become (samen org list)
    #[arg(long, value_name = "NAME", required_unless_present = "dry_run")]
    org: Option<String>,
    /// Somebody has looked: no address in the file is that of a shelter
    #[arg(long)]
    addresses_checked: bool,
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs `samen import …`.
pub async fn import(command: ImportCommand) -> Result<Done> {
    match command {
        ImportCommand::Htcds(args) => htcds(args).await,
        ImportCommand::HsdsCapacity(args) => crate::hsds::import(args).await,
        ImportCommand::Plan(args) => plan::import(args).await,
        ImportCommand::World(args) => crate::load::import(&args).await,
    }
}

/// A row that can become a case.
struct Ready {
    line: u64,
    case: ImportedCase,
}

async fn htcds(args: HtcdsArgs) -> Result<Done> {
    let limits = Limits::default();
    let bytes = files::read(&args.file, &limits)?;
    let words = vocabulary(&args.store.file()?)?;
    let at = now();
    let today = dutch_date(at);
    let name = args.file.display().to_string();
    let read = read_cases(&name, &bytes, &files::codes(&words, today), today, &limits)
        .map_err(|error| files::fault(&args.file, &error))?;
    let rows = read.accepted.len() + read.refused_rows();
    let mut refused = read.refused;
    let mut notes = read.notes;
    let mut ready = Vec::new();
    let mut same: BTreeMap<String, u32> = BTreeMap::new();
    for row in &read.accepted {
        let made = ready_case(&name, row, at, args.addresses_checked, &mut notes);
        match made {
            Ok(mut case) => {
                // Two equal rows of one file are two people of whom little is known; a file that comes twice is not.
                let count = same.entry(case.key.clone()).or_default();
                *count += 1;
                case.key = format!("{count}\n{}", case.key);
                ready.push(Ready {
                    line: row.line,
                    case,
                });
            }
            Err(mut faults) => refused.append(&mut faults),
        }
    }
    let counts = match args.dry_run {
        true => Counts {
            accepted: ready.len(),
            before: 0,
        },
        false => take_over(&args, at, ready, &name, &mut refused).await?,
    };
    refused.sort_by_key(|one| one.line);
    finish(&args, rows, &counts, &refused, &notes)
}

struct Counts {
    accepted: usize,
    before: usize,
}

fn finish(
    args: &HtcdsArgs,
    rows: usize,
    counts: &Counts,
    refused: &[Refused],
    notes: &[Note],
) -> Result<Done> {
    files::tell(refused, notes);
    let list = match args.dry_run {
        true => None,
        false => files::write_refused(&args.file, refused)?,
    };
    output::summary(&serde_json::json!({
        "kind": "htcds",
        "dry_run": args.dry_run,
        "rows": rows,
        "accepted": counts.accepted,
        "imported_before": counts.before,
        "refused": files::refused_lines(refused),
        "refused_file": list,
        "notes": notes.len(),
    }))?;
    Ok(match refused.is_empty() {
        true => Done::Well,
        false => Done::Faults,
    })
}

async fn take_over(
    args: &HtcdsArgs,
    at: Timestamp,
    ready: Vec<Ready>,
    file: &str,
    refused: &mut Vec<Refused>,
) -> Result<Counts> {
    let (desk, _) = args.store.desk(false).await?;
    let org = organisation(&desk, args.org.as_deref().unwrap_or_default())?;
    let bar = output::progress(ready.len() as u64, "cases");
    let mut counts = Counts {
        accepted: 0,
        before: 0,
    };
    for Ready { line, case } in ready {
        match desk::case::import(&desk, at, org, case).await {
            Ok(Imported::Opened(_)) => counts.accepted += 1,
            Ok(Imported::Before(_)) => counts.before += 1,
            Err(DeskError::Invalid(faults)) => {
                refused.extend(faults.into_iter().map(|fault| Refused {
                    file: file.to_owned(),
                    line,
                    column: String::new(),
                    field: fault.field,
                    value: String::new(),
                    expected: fault.detail.clone(),
                    reason: fault.detail.into(),
                }));
            }
            Err(error) => {
                desk.vault.close().await;
                return Err(anyhow::Error::new(error).context(format!(
                    "{file}, line {line}: stopped here; {} cases before it are imported and will not be imported again",
                    counts.accepted
                )));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    desk.vault.close().await;
    Ok(counts)
}

/// The organisation with this name.
pub fn organisation(desk: &Desk, name: &str) -> Result<OrgId> {
    let directory = desk.directory();
    let mut found = directory.all().filter(|(_, o)| o.name == name);
    let (id, _) = found
        .next()
        .with_context(|| format!("there is no organisation named `{name}`; see samen org list"))?;
    Ok(id)
}

/// A row as a case. What has no place of its own in a case stays in the row, which is kept beside it.
fn ready_case(
    file: &str,
    row: &Row<HtcdsCase>,
    at: Timestamp,
    looked: bool,
    notes: &mut Vec<Note>,
) -> std::result::Result<ImportedCase, Vec<Refused>> {
    let (case, line) = (&row.value, row.line);
    let refuse = |field: &str, expected: String| Refused {
        file: file.to_owned(),
        line,
        column: String::new(),
        field: field.to_owned(),
        value: String::new(),
        reason: expected.clone().into(),
        expected,
    };
    let mut faults = Vec::new();
    let value = serde_json::to_value(case).unwrap_or_default();
    let texts = texts_of(&value, &mut |field, why| faults.push(refuse(field, why)));
    if !looked && has_street(case) {
        let why = "no street or postal code: it could be that of a shelter, which may not stand here. If none in the file is, import with --addresses-checked";
        faults.push(refuse("prs_MailingStreet", why.to_owned()));
    }
    let name = [&case.first_name, &case.second_name]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let name = SafeText::optional("name", &name, 300).unwrap_or_else(|error| {
        faults.push(refuse("prs_FirstName", error.to_string()));
        None
    });
    let age = match case
        .birthdate
        .map(|born| Age::certain(born, dutch_date(at)))
    {
        None => Age::Unknown,
        Some(Ok(age)) => age,
        Some(Err(error)) => {
            faults.push(refuse("prs_Birthdate", error.to_string()));
            Age::Unknown
        }
    };
    let made = ImportedCase {
        name,
        age,
        sex: sex(case),
        nationalities: codes(&case.citizenship, CountryCode::new),
        forms: codes(&case.forms, FormCode::new),
        detected: case.incoming.date,
        texts,
        looked,
        standard: "htcds-2.0".to_owned(),
        key: value.to_string(),
        row: value,
    };
    if let Err(DeskError::Invalid(found)) = desk::case::check_import(&made) {
        let found = found.into_iter();
        faults.extend(found.map(|fault| refuse(&fault.field, fault.detail)));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    note_status(case, line, notes);
    Ok(made)
}

fn codes<T, E>(codes: &[String], read: impl Fn(String) -> std::result::Result<T, E>) -> Vec<T> {
    codes
        .iter()
        .filter_map(|code| read(code.clone()).ok())
        .collect()
}

fn has_street(case: &HtcdsCase) -> bool {
    case.mailing.street.is_some() || case.mailing.postal_code.is_some()
}

fn sex(case: &HtcdsCase) -> Sex {
    match case.gender.map(|gender| gender.name()) {
        Some("Feminine" | "TransgenderFeminine") => Sex::Female,
        Some("Masculine" | "TransgenderMasculine") => Sex::Male,
        Some("NonConforming") => Sex::Other,
        _ => Sex::Unknown,
    }
}

/// A case that is closed elsewhere is opened here all the same: closing has a reason and an aftercare choice of its own.
fn note_status(case: &HtcdsCase, line: u64, notes: &mut Vec<Note>) {
    let closed = case
        .case_status
        .is_some_and(|status| status.name().starts_with("Closed"));
    if closed {
        let text = "closed in the file; it is opened here, to be closed with a reason";
        notes.push(Note::new(Some(line), text));
    }
    if case.consent == Some(true) {
        let text = "the consent in the file names no purpose and no receiver, and permits nothing by itself; ask it anew";
        notes.push(Note::new(Some(line), text));
    }
}

/// Every text of the row with its field, outside the mailing address, to be looked through for addresses.
fn texts_of(
    value: &serde_json::Value,
    fault: &mut impl FnMut(&str, String),
) -> Vec<(String, SafeText)> {
    let mut out = Vec::new();
    let Some(fields) = value.as_object() else {
        return out;
    };
    for (field, value) in fields.iter().filter(|(field, _)| *field != "mailing") {
        let mut stack = vec![value];
        while let Some(value) = stack.pop() {
            match value {
                serde_json::Value::String(text) => match SafeText::optional("text", text, 40_000) {
                    Ok(Some(text)) => out.push((field.clone(), text)),
                    Ok(None) => {}
                    Err(error) => fault(field, error.to_string()),
                },
                serde_json::Value::Array(many) => stack.extend(many),
                serde_json::Value::Object(many) => stack.extend(many.values()),
                _ => {}
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "prs_FirstName,prs_SecondName,prs_Birthdate,prs_Gender,prs_Citizenship,vic_TypeOfExploitation,cas_Status";

    fn ready(row: &str, looked: bool) -> std::result::Result<ImportedCase, Vec<Refused>> {
        let today = jiff::civil::date(2026, 11, 21);
        let words = Vocabulary::builtin().unwrap();
        let csv = format!("{HEADER}\n{row}\n");
        let codes = files::codes(words, today);
        let read = read_cases("f.csv", csv.as_bytes(), &codes, today, &Limits::default()).unwrap();
        assert_eq!(read.refused, []);
        let at = "2026-11-21T12:00:00Z".parse().unwrap();
        ready_case("f.csv", &read.accepted[0], at, looked, &mut Vec::new())
    }

    use domain::vocabulary::Vocabulary;

    #[test]
    fn an_address_in_a_text_refuses_the_row_until_somebody_has_looked() {
        let row = "Ana,Dorpsstraat 12 3511 AB Utrecht,,Feminine,PL,Servitude,Active";
        let refused = ready(row, false).unwrap_err();
        assert_eq!(refused[0].field, "second_name");
        assert_eq!(refused[0].line, 2);
        assert!(
            refused[0].value.is_empty(),
            "an address in a list of refused rows"
        );
        assert!(ready(row, true).is_ok());
    }

    #[test]
    fn what_a_row_says_of_a_person_reaches_the_case() {
        let case = ready(
            "Zofia,W.,1998-03-09,Feminine,PL,Forced labour,Active",
            false,
        )
        .unwrap();
        assert_eq!(case.name.unwrap().as_str(), "Zofia W.");
        assert_eq!(case.sex, Sex::Female);
        assert_eq!(case.forms, [FormCode::new("AU").unwrap()]);
        assert_eq!(case.nationalities, [CountryCode::new("PL").unwrap()]);
        assert!(matches!(case.age, Age::Certain { .. }));
        assert!(case.key.contains("Zofia"));
    }
}
