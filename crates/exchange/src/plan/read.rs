//! Reading ACTIONS.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::{ActionRow, COLUMNS, MORE_COLUMNS};
use crate::codes::Codes;
use crate::error::FileError;
use crate::expected::Expected;
use crate::import::{Import, Note, Row};
use crate::limits::Limits;
use crate::noted::Noted;
use crate::record::{Columns, Record, plain};
use crate::source::{Cell, ColumnNames, SourceRow, Walk, column_names, walk};

/// Without these nothing can be kept.
const REQUIRED: [&str; 5] = ["id", "line", "title", "holder", "status"];

/// Reads ACTIONS. `today` bounds the days on which a status can have been given.
pub fn read_actions(
    file: &str,
    bytes: &[u8],
    codes: &Codes,
    today: Date,
    limits: &Limits,
) -> Result<Import<ActionRow>, FileError> {
    let mut reader = ActionReader {
        file,
        codes,
        today,
        names: column_names(bytes),
        columns: None,
        import: Import {
            accepted: Vec::new(),
            refused: Vec::new(),
            notes: Vec::new(),
        },
        seen: HashMap::new(),
        budgets: Budgets::default(),
    };
    let mut notes = Vec::new();
    let expected = REQUIRED.join(", ");
    walk(
        bytes,
        &mut Walk {
            limits,
            is_header: &is_header,
            expected: &expected,
            notes: &mut notes,
            each: &mut |row| reader.row(&row),
        },
    )?;
    let mut import = reader.import;
    notes.append(&mut import.notes);
    import.notes = notes;
    Ok(import)
}

fn is_header(row: &SourceRow) -> bool {
    let found = row
        .cells
        .iter()
        .filter(|cell| column(cell).is_some())
        .count();
    found >= 3
}

fn column(cell: &Cell) -> Option<&'static str> {
    let Cell::Text(name) = cell else { return None };
    let name = plain(name);
    let mut all = COLUMNS.into_iter().chain(MORE_COLUMNS);
    all.find(|column| plain(column) == name)
}

struct ActionReader<'a> {
    file: &'a str,
    codes: &'a Codes,
    today: Date,
    names: ColumnNames,
    columns: Option<Columns>,
    import: Import<ActionRow>,
    /// Line of each id met.
    seen: HashMap<String, u64>,
    budgets: Budgets,
}

/// Sums of budgets, to hold against the file's own totals.
#[derive(Default)]
struct Budgets {
    all: u64,
    by_line: HashMap<String, u64>,
    unreadable: bool,
}

impl ActionReader<'_> {
    fn row(&mut self, row: &SourceRow) -> Result<(), FileError> {
        let Some(columns) = self.columns.take() else {
            self.columns = Some(self.header(row)?);
            return Ok(());
        };
        if !columns.is_blank(row) || row.broken.is_some() {
            let mut record = Record::new(self.file, row, &columns);
            if row.broken.is_some() {
                self.budgets.unreadable = true;
            } else if is_total(&record) {
                self.check_total(&mut record);
            } else if let Some(value) = self.action(&mut record, row.line)
                && record.refused.is_empty()
            {
                self.import.accepted.push(Row {
                    line: row.line,
                    value,
                });
            }
            self.import.refused.append(&mut record.refused);
        }
        self.columns = Some(columns);
        Ok(())
    }

    fn header(&mut self, row: &SourceRow) -> Result<Columns, FileError> {
        let mut columns = Columns::new(self.names);
        for (at, cell) in row.cells.iter().enumerate() {
            match column(cell) {
                Some(field) => columns.set(field, at)?,
                None if cell.is_blank() => {}
                None => {
                    let column = self.names.name(at);
                    let noted = Noted::UnknownColumn {
                        column,
                        of: "ACTIONS",
                    };
                    let note = Note::new(Some(row.line), noted);
                    self.import.notes.push(note);
                }
            }
        }
        let missing = |names: &[&str]| -> Vec<String> {
            names
                .iter()
                .filter(|name| columns.get(name).is_none())
                .map(|name| (*name).to_owned())
                .collect()
        };
        let fields = missing(&REQUIRED);
        if !fields.is_empty() {
            return Err(FileError::MissingColumns { fields });
        }
        let absent = missing(&COLUMNS);
        if !absent.is_empty() {
            let note = Note::new(Some(row.line), Noted::Absent(absent));
            self.import.notes.push(note);
        }
        Ok(columns)
    }

    fn action(&mut self, record: &mut Record<'_>, line: u64) -> Option<ActionRow> {
        let codes = self.codes;
        let id = record.required("id");
        if let Some(id) = &id
            && let Some(first) = self.seen.insert(id.clone(), line)
        {
            record.refuse("id", Expected::OwnId(first));
            self.seen.insert(id.clone(), first);
        }
        let action_line = code(record, "line", &codes.lines);
        let title = record.required("title");
        let holder = holder(record, &codes.organisations);
        let status = code(record, "status", &codes.statuses);
        let (start, end) = (record.date("start"), record.date("end"));
        if start.zip(end).is_some_and(|(start, end)| end < start) {
            record.refuse("end", Expected::EndAfterStart);
        }
        let status_date = record.date("status_date");
        if status_date.is_some_and(|day| day > self.today) {
            record.refuse("status_date", Expected::DayUpTo(self.today));
        }
        let budget_eur = self.budget(record, action_line.as_deref());
        let (description, goal, result) = (
            record.text("description"),
            record.text("goal"),
            record.text("result"),
        );
        let involved = code_list(record, "involved", &codes.organisations);
        let forms = code_list(record, "forms", &codes.forms);
        let ages = code_list(record, "ages", &codes.ages);
        let indicators = if codes.any_indicator {
            record.list("indicators")
        } else {
            code_list(record, "indicators", &codes.indicators)
        };
        let links = links(record);
        let more = |record: &mut Record<'_>, field| record.text(field).unwrap_or_default();
        let (policy, lessons) = (more(record, "policy"), more(record, "lessons"));
        let [regions, milestones, measures, money] =
            ["regions", "milestones", "measures", "money"].map(|field| record.list(field));
        Some(ActionRow {
            id: id?,
            line: action_line?,
            title: title?,
            description: description.unwrap_or_default(),
            goal: goal.unwrap_or_default(),
            holder: holder?,
            involved,
            forms,
            ages,
            result: result.unwrap_or_default(),
            start,
            end,
            status: status?,
            status_date,
            budget_eur,
            indicators,
            links,
            policy,
            regions,
            milestones,
            measures,
            money,
            lessons,
        })
    }

    fn budget(&mut self, record: &mut Record<'_>, line: Option<&str>) -> Option<u64> {
        let before = record.refused.len();
        let budget = euros(record);
        self.budgets.unreadable |= record.refused.len() > before;
        if let Some(euros) = budget {
            self.budgets.all = self.budgets.all.saturating_add(euros);
            let line = self
                .budgets
                .by_line
                .entry(line.unwrap_or_default().to_owned())
                .or_default();
            *line = line.saturating_add(euros);
        }
        budget
    }

    /// A row of totals holds no action; its sum must be that of the rows above, of its line if it names one.
    fn check_total(&mut self, record: &mut Record<'_>) {
        let line = record.text("line");
        let Some(total) = euros(record) else { return };
        let sum = match &line {
            Some(line) => self.budgets.by_line.get(line).copied().unwrap_or(0),
            None => self.budgets.all,
        };
        if total != sum {
            let unreadable = self.budgets.unreadable;
            record.refuse("budget_eur", Expected::Sum { sum, unreadable });
        }
    }
}

fn is_total(record: &Record<'_>) -> bool {
    let name = plain(&record.cell("id").text());
    ["total", "totaal", "subtotal", "subtotaal", "som", "sum"].contains(&name.as_str())
}

/// The largest budget that is still exact in a spreadsheet's floating-point numbers.
const MOST_EUROS: f64 = 1e15;

fn euros(record: &mut Record<'_>) -> Option<u64> {
    if let Cell::Number(number) = record.cell("budget_eur") {
        if number.fract() == 0.0 && (0.0..MOST_EUROS).contains(number) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "just checked"
            )]
            return Some(*number as u64);
        }
        record.refuse("budget_eur", Expected::Euros);
        return None;
    }
    let text = record.text("budget_eur")?;
    let digits = text
        .strip_prefix('€')
        .map_or(text.as_str(), str::trim_start);
    let euros = if digits.bytes().all(|b| b.is_ascii_digit()) && digits.len() <= 15 {
        digits.parse().ok()
    } else {
        None
    };
    if euros.is_none() {
        record.refuse("budget_eur", Expected::Euros);
    }
    euros
}

fn holder(record: &mut Record<'_>, allowed: &BTreeSet<String>) -> Option<String> {
    let holder = record.required("holder")?;
    if allowed.contains(&holder) {
        return Some(holder);
    }
    let parts: Vec<_> = holder
        .split([';', ',', '/', '&', '+'])
        .flat_map(|part| part.split(" en "))
        .collect();
    if parts.len() > 1 {
        record.refuse("holder", Expected::OneHolder);
    } else {
        record.refuse("holder", expected_code(allowed));
    }
    None
}

fn code(record: &mut Record<'_>, field: &str, allowed: &BTreeSet<String>) -> Option<String> {
    let code = record.required(field)?;
    if !allowed.contains(&code) {
        record.refuse(field, expected_code(allowed));
        return None;
    }
    Some(code)
}

fn code_list(record: &mut Record<'_>, field: &str, allowed: &BTreeSet<String>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in record.list(field) {
        if !allowed.contains(&code) {
            let item = crate::import::shown(&code);
            let expected = Box::new(expected_code(allowed));
            record.refuse(field, Expected::For { item, expected });
        } else if codes.contains(&code) {
            record.refuse(field, Expected::Once(crate::import::shown(&code)));
        } else {
            codes.push(code);
        }
    }
    codes
}

fn expected_code(allowed: &BTreeSet<String>) -> Expected {
    const MOST: usize = 12;
    if allowed.is_empty() {
        return Expected::NoCode;
    }
    Expected::OneOf {
        codes: allowed.iter().take(MOST).cloned().collect(),
        more: allowed.len() > MOST,
    }
}

fn links(record: &mut Record<'_>) -> Vec<String> {
    let links = record.list("links");
    let is_web = |link: &String| {
        let rest = link
            .strip_prefix("https://")
            .or_else(|| link.strip_prefix("http://"));
        rest.is_some_and(|rest| !rest.is_empty()) && !link.contains(char::is_whitespace)
    };
    if !links.iter().all(is_web) {
        record.refuse("links", Expected::WebAddresses);
    }
    links
}
