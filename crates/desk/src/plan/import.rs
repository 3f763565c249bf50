//! Taking actions over from a file that somebody else has read: new ones are added, known ones (by number) are changed,
//! and every row that cannot be taken over is named with its reason. All that is taken over is one change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::By;
use domain::SafeText;
use domain::action::{
    Action, ActionPlan, AgeGroup, DESCRIPTION_MAX, Line, Status, StatusChange, TITLE_MAX,
};
use domain::code::{FormCode, OrgKind};
use domain::ids::{ActionId, OrgId, VersionId};
use domain::text::TextError;
use domain::time::dutch_date;
use domain::vocabulary::calendar::start_of_day;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vault::{Change, Opened, Store};

use super::fault::RowFault;
use super::keep::{changed_fields, check};
use super::rows::{FieldChange, ImportRow, details, row_of};
use super::version::version_of;
use super::{StoredAction, draft, normal, refused, register};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};

/// What became of a row, or would become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// A new action.
    Added,
    /// A known action, with the fields that change.
    Changed(Vec<&'static str>),
    /// Nothing differs.
    Same,
    /// Not taken over.
    Refused {
        /// The column that it is about.
        field: &'static str,
        /// Why, and what is expected.
        why: RowFault,
    },
}

/// A row with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReport {
    /// Line in the file.
    pub at: u64,
    /// Number in the plan, as the file gives it.
    pub id: String,
    /// What became of it.
    pub outcome: RowOutcome,
    /// What the register said and what it says now, field by field.
    pub changes: Vec<FieldChange>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Every row, in the order of the file.
    pub rows: Vec<RowReport>,
    /// Nothing was written: it was asked what would happen.
    pub dry_run: bool,
    /// The version of the register that this made; none when nothing changed.
    pub version: Option<VersionId>,
}

/// Which file it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportSource {
    /// Its name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl ImportSource {
    /// A file by its name and its bytes.
    pub fn of(name: impl Into<String>, bytes: &[u8]) -> ImportSource {
        ImportSource {
            name: name.into(),
            sha256: hex::encode(Sha256::digest(bytes)),
        }
    }
}

impl ImportReport {
    /// How many rows were added.
    pub fn added(&self) -> usize {
        self.count(|o| matches!(o, RowOutcome::Added))
    }

    /// How many changed an action.
    pub fn changed(&self) -> usize {
        self.count(|o| matches!(o, RowOutcome::Changed(_)))
    }

    /// How many were refused.
    pub fn refused(&self) -> usize {
        self.count(|o| matches!(o, RowOutcome::Refused { .. }))
    }

    fn count(&self, which: impl Fn(&RowOutcome) -> bool) -> usize {
        self.rows.iter().filter(|r| which(&r.outcome)).count()
    }
}

/// Why a row is not taken over.
struct Refusal {
    field: &'static str,
    why: RowFault,
}

fn refuse<T>(field: &'static str, why: RowFault) -> std::result::Result<T, Refusal> {
    Err(Refusal { field, why })
}

/// What a sound row leads to.
enum Taken {
    New(Action),
    Changed(Action, i64, Vec<&'static str>),
    Same,
}

/// Takes the rows over. With `dry_run` it only tells what would happen. Refused rows stop nothing: what is sound is taken
/// over, all of it or (when the store fails) none.
pub async fn import(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    rows: &[ImportRow],
    dry_run: bool,
) -> Result<ImportReport> {
    import_from(desk, actor, now, &ImportSource::default(), rows, dry_run).await
}

/// As [`import`], of a file with a name: what is taken over becomes a version of the register under it.
pub async fn import_from(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    source: &ImportSource,
    rows: &[ImportRow],
    dry_run: bool,
) -> Result<ImportReport> {
    let permit = permit(actor, UseCase::KeepActions)?;
    let importer = Importer {
        desk,
        now,
        by: actor.by(now)?,
        known: register(desk)
            .await?
            .into_iter()
            .map(|a| (normal(&a.body.0.plan.number), a))
            .collect(),
    };
    let mut seen = BTreeSet::new();
    let mut change = Change::new(permit.context(now));
    let mut reports = Vec::with_capacity(rows.len());
    for row in rows {
        let taken = match seen.insert(normal(&row.id)) {
            true => importer.take(row),
            false => refuse("id", RowFault::OwnId),
        };
        let mut changes = Vec::new();
        let outcome = match taken {
            Ok(Taken::New(action)) => {
                change = change.create(draft(&action, &["all"])?);
                RowOutcome::Added
            }
            Ok(Taken::Changed(action, version, fields)) => {
                changes = importer.differences(&action, &fields);
                change = change.update(draft(&action, &fields)?, version);
                RowOutcome::Changed(fields)
            }
            Ok(Taken::Same) => RowOutcome::Same,
            Err(Refusal { field, why }) => RowOutcome::Refused { field, why },
        };
        reports.push(RowReport {
            at: row.at,
            id: row.id.clone(),
            outcome,
            changes,
        });
    }
    let mut report = ImportReport {
        rows: reports,
        dry_run,
        version: None,
    };
    if !dry_run && !change.is_empty() {
        let version = version_of(desk, now, importer.by, source, &report);
        report.version = Some(version.id);
        change = change.create(version.draft()?);
        desk.vault.apply(Store::K7, change).await?;
    }
    Ok(report)
}

struct Importer<'a> {
    desk: &'a Desk,
    now: Timestamp,
    by: By,
    known: BTreeMap<String, Arc<Opened<StoredAction>>>,
}

type Row<T> = std::result::Result<T, Refusal>;

impl Importer<'_> {
    /// What the register says of these fields, and what it will say.
    fn differences(&self, action: &Action, fields: &[&'static str]) -> Vec<FieldChange> {
        let directory = self.desk.directory();
        let number = normal(&action.plan.number);
        let before = self.known.get(&number).map(|k| &k.body.0);
        let after = row_of(&directory, action);
        let before = before.map(|action| row_of(&directory, action));
        fields
            .iter()
            .map(|field| FieldChange {
                field: (*field).to_owned(),
                before: before
                    .as_ref()
                    .map_or_else(String::new, |row| row.text(field)),
                after: after.text(field),
            })
            .collect()
    }

    fn take(&self, row: &ImportRow) -> Row<Taken> {
        let status = status(&row.status)?;
        let plan = self.plan(row)?;
        let known = self.known.get(&normal(&row.id));
        let before = known.map(|k| &k.body.0.plan);
        check(self.desk, self.now, &plan, before).or_else(refusal)?;
        let by = self.told_by(row)?;
        match known {
            None => {
                let first = self.change(status, None, by);
                let id = ActionId::new(self.desk.vault.new_id(self.now));
                let action = Action::take_over(id, plan, first);
                Ok(Taken::New(action.map_err(refused).or_else(refusal)?))
            }
            Some(found) => self.changed(found, plan, status, by, row.status_date),
        }
    }

    fn changed(
        &self,
        found: &Opened<StoredAction>,
        plan: ActionPlan,
        status: Status,
        by: By,
        told: Option<Date>,
    ) -> Row<Taken> {
        let action = found.body.0.clone();
        let mut fields = changed_fields(&action.plan, &plan);
        let from = action.status();
        let last = action.last_told();
        let newer = told.is_some_and(|day| last.is_none_or(|last| day > last));
        let mut action = action.change_plan(plan).map_err(refused).or_else(refusal)?;
        if from.is_final() && !status.is_final() {
            let why = RowFault::Finished { from, to: status };
            return refuse("status", why);
        }
        if status != from && told.is_some() && !newer {
            return refuse("status_date", RowFault::NotNewer(last));
        }
        if status != from || newer {
            let why = (status != from).then(|| words("Overgenomen uit een bestand."));
            let change = self.change(status, why.flatten(), by);
            action = action.update(change).map_err(refused).or_else(refusal)?;
            fields.push("status");
        }
        Ok(match fields.is_empty() {
            true => Taken::Same,
            false => Taken::Changed(action, found.version, fields),
        })
    }

    fn change(&self, status: Status, why: Option<SafeText>, by: By) -> StatusChange {
        StatusChange {
            status,
            results: None,
            why,
            by,
            confirmed: None,
        }
    }

    /// Who took it over, on the day that the file gives.
    fn told_by(&self, row: &ImportRow) -> Row<By> {
        let Some(day) = row.status_date else {
            return Ok(self.by);
        };
        let today = dutch_date(self.now);
        if day > today {
            return refuse("status_date", RowFault::DayUpTo(today));
        }
        let at = if day == today {
            self.now
        } else {
            start_of_day(day)
        };
        Ok(By { at, ..self.by })
    }

    fn plan(&self, row: &ImportRow) -> Row<ActionPlan> {
        let (goals, goal) = goals(&row.goal)?;
        Ok(ActionPlan {
            line: line(&row.line)?,
            number: text("id", &row.id, 20)?.map_or_else(String::new, String::from),
            title: match text("title", &row.title, TITLE_MAX)? {
                Some(title) => title,
                None => return refuse("title", RowFault::NoTitle),
            },
            description: text("description", &row.description, DESCRIPTION_MAX)?,
            goals,
            goal,
            holder: self.organisation("holder", &row.holder)?,
            involved: each(&row.involved, |code| self.organisation("involved", code))?,
            forms: each(&row.forms, form)?,
            ages: ages(&row.ages)?,
            intended_result: text("result", &row.result, DESCRIPTION_MAX)?,
            start: row.start,
            end: row.end,
            budget_eur: row.budget_eur,
            indicators: texts("indicators", &row.indicators)?,
            links: texts("links", &row.links)?,
            details: details(row).or_else(|(field, why)| refuse(field, why))?,
        })
    }

    /// An organisation by its kind's code (the national one when there are several) or by its name.
    fn organisation(&self, field: &'static str, code: &str) -> Row<OrgId> {
        let directory = self.desk.directory();
        let wanted = code.trim();
        let by_kind = OrgKind::new(wanted)
            .ok()
            .and_then(|kind| directory.for_region(&kind, None));
        let by_name = || {
            let mut named = directory
                .all()
                .filter(|(_, o)| o.name.to_lowercase() == wanted.to_lowercase());
            named.next().map(|(id, _)| id)
        };
        match by_kind.or_else(by_name) {
            Some(id) => Ok(id),
            None => refuse(field, RowFault::Organisation(shown(code))),
        }
    }
}

fn refusal<T>(error: DeskError) -> Row<T> {
    match error {
        DeskError::Invalid(mut faults) => {
            let fault = faults.pop();
            let field = fault.as_ref().map_or("id", |f| column(&f.field));
            let (key, detail) = fault.map_or_else(Default::default, |f| (f.key, f.detail));
            refuse(field, RowFault::Rule { key, detail })
        }
        DeskError::Rule { key, detail } => refuse("id", RowFault::Rule { key, detail }),
        other => {
            let detail = other.to_string();
            refuse(
                "id",
                RowFault::Rule {
                    key: String::new(),
                    detail,
                },
            )
        }
    }
}

fn column(field: &str) -> &'static str {
    match field {
        "number" => "id",
        "goals" => "goal",
        "holder" => "holder",
        "involved" => "involved",
        "forms" => "forms",
        "end" => "end",
        "budget" => "budget_eur",
        "money" => "money",
        "regions" => "regions",
        "why" => "status",
        _ => "id",
    }
}

fn status(code: &str) -> Row<Status> {
    let all = [
        Status::NietGestart,
        Status::Loopt,
        Status::Vertraagd,
        Status::Afgerond,
        Status::Vervallen,
        Status::StructureelGeborgd,
    ];
    match all.into_iter().find(|s| s.code() == code.trim()) {
        Some(status) => Ok(status),
        None => refuse("status", RowFault::Status),
    }
}

fn line(code: &str) -> Row<Line> {
    let number: Option<u8> = code.trim().parse().ok();
    match number.and_then(|n| Line::try_from(n).ok()) {
        Some(line) => Ok(line),
        None => refuse("line", RowFault::Line),
    }
}

/// `1;3` are strategic goals; anything else is the goal in words.
fn goals(cell: &str) -> Row<(Vec<u8>, Option<SafeText>)> {
    let parts: Vec<&str> = cell
        .split([';', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let numbers: Option<Vec<u8>> = parts.iter().map(|part| part.parse().ok()).collect();
    match numbers {
        Some(numbers) => Ok((numbers, None)),
        None => Ok((Vec::new(), text("goal", cell, DESCRIPTION_MAX)?)),
    }
}

fn form(code: &str) -> Row<FormCode> {
    match FormCode::new(code.trim()) {
        Ok(form) => Ok(form),
        Err(_) => refuse("forms", RowFault::Form(shown(code))),
    }
}

/// The groups of the codes, each once.
fn ages(codes: &[String]) -> Row<Vec<AgeGroup>> {
    let mut out = Vec::new();
    for code in codes {
        let Some(groups) = AgeGroup::of_code(code) else {
            return refuse("ages", RowFault::Age);
        };
        for group in groups {
            if !out.contains(group) {
                out.push(*group);
            }
        }
    }
    Ok(out)
}

fn each<T>(cells: &[String], read: impl Fn(&str) -> Row<T>) -> Row<Vec<T>> {
    cells.iter().map(|cell| read(cell)).collect()
}

fn text(field: &'static str, cell: &str, max: usize) -> Row<Option<SafeText>> {
    SafeText::optional(field, cell, max)
        .or_else(|error: TextError| refuse(field, RowFault::Text(error)))
}

fn texts(field: &'static str, cells: &[String]) -> Row<Vec<SafeText>> {
    let read: Row<Vec<Option<SafeText>>> = cells.iter().map(|c| text(field, c, 500)).collect();
    Ok(read?.into_iter().flatten().collect())
}

fn words(text: &str) -> Option<SafeText> {
    SafeText::new("why", text, 200).ok()
}

/// A cell as a message may quote it.
fn shown(cell: &str) -> String {
    cell.chars().take(40).collect()
}
