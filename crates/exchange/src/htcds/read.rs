//! Reading filled-in templates.

use jiff::civil::Date;

use super::case::{HtcdsCase, Referral};
use super::fields::{CORE, OWN_FORMS};
use super::header::{self, Believe, Header};
use super::lists::{self, Picked};
use super::values::{address, citizenship, consent, contradictions, other, pick, picks};
use crate::codes::Codes;
use crate::error::FileError;
use crate::import::{Import, Note, Refused, Row, hidden, shown};
use crate::limits::Limits;
use crate::record::{Columns, Record};
use crate::source::{Cell, SourceRow, Walk, column_names, walk};

/// Reads cases. `today` bounds birth dates and referrals; of the codes only the forms are used.
pub fn read_cases(
    file: &str,
    bytes: &[u8],
    codes: &Codes,
    today: Date,
    limits: &Limits,
) -> Result<Import<HtcdsCase>, FileError> {
    let mut rows = Vec::new();
    let mut import = Import {
        accepted: Vec::new(),
        refused: Vec::new(),
        notes: Vec::new(),
    };
    walk(
        bytes,
        &mut Walk {
            limits,
            is_header: &header::is_header,
            expected: "prs_FirstName, vic_TraffickingStatus, vic_TypeOfExploitation",
            notes: &mut import.notes,
            each: &mut |row| {
                rows.push(row);
                Ok(())
            },
        },
    )?;
    let Some((first, rest)) = rows.split_first() else {
        return Err(FileError::Empty);
    };
    let header = header::read(column_names(bytes), first, rest.first());
    let data = if header.has_labels {
        rest.get(1..).unwrap_or_default()
    } else {
        rest
    };
    let believe = header.believe(data);
    let columns = header.columns(believe)?;
    note_header(&header, believe, &columns, data, &mut import.notes);
    let reader = CaseReader {
        file,
        codes,
        today,
        header: &header,
        believe,
        columns: &columns,
    };
    for row in data {
        reader.row(row, &mut import);
    }
    Ok(import)
}

fn note_header(
    header: &Header,
    believe: Believe,
    columns: &Columns,
    data: &[SourceRow],
    notes: &mut Vec<Note>,
) {
    let mut note = |text: String| notes.push(Note::new(None, text));
    let filled = |column: usize| {
        data.iter()
            .filter(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()))
            .count()
    };
    if !header.contested.is_empty() {
        let names: Vec<_> = header
            .contested
            .iter()
            .map(|c| header.column_name(c.column))
            .collect();
        note(match believe {
            Believe::Names => format!(
                "names and labels of columns {} disagree; the countries in them follow the names",
                names.join(", ")
            ),
            Believe::Labels => format!(
                "names and labels of columns {} disagree; the countries in them follow the labels",
                names.join(", ")
            ),
            Believe::Neither => format!(
                "names and labels of columns {} disagree, and no country tells which is right",
                names.join(", ")
            ),
        });
    }
    for (column, heading) in &header.unknown {
        let count = filled(*column);
        let is_numbering = heading.is_empty()
            && data
                .iter()
                .filter_map(|row| row.cells.get(*column))
                .all(|c| matches!(c, Cell::Number(_) | Cell::Empty));
        if count > 0 && !is_numbering {
            let heading = if heading.is_empty() {
                "without a name".to_owned()
            } else {
                format!("`{}`", shown(heading))
            };
            note(format!(
                "column {} {heading} is no field of HTCDS 2.0; its {count} values were not imported",
                header.column_name(*column)
            ));
        }
    }
    let absent: Vec<_> = CORE
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| columns.get(name).is_none())
        .collect();
    let contested = |name: &&str| {
        header
            .contested
            .iter()
            .any(|c| c.by_name == *name || c.by_label == *name)
    };
    let absent: Vec<_> = absent.into_iter().filter(|name| !contested(name)).collect();
    if !absent.is_empty() {
        note(format!(
            "core fields without a column, left empty: {}",
            absent.join(", ")
        ));
    }
}

struct CaseReader<'a> {
    file: &'a str,
    codes: &'a Codes,
    today: Date,
    header: &'a Header,
    believe: Believe,
    columns: &'a Columns,
}

impl CaseReader<'_> {
    fn row(&self, row: &SourceRow, import: &mut Import<HtcdsCase>) {
        let mut refused = self.undecided(row);
        if self.columns.is_blank(row) && row.broken.is_none() && refused.is_empty() {
            return;
        }
        let mut record = Record::new(self.file, row, self.columns);
        let value =
            (row.broken.is_none()).then(|| self.case(&mut record, row.line, &mut import.notes));
        refused.append(&mut record.refused);
        if refused.is_empty()
            && let Some(value) = value
        {
            import.accepted.push(Row {
                line: row.line,
                value,
            });
        } else {
            import.refused.append(&mut refused);
        }
    }

    /// What stands in columns of which nobody can say what they hold.
    fn undecided(&self, row: &SourceRow) -> Vec<Refused> {
        if self.believe != Believe::Neither {
            return Vec::new();
        }
        let cell = |column: usize| row.cells.get(column).filter(|cell| !cell.is_blank());
        let contested = self
            .header
            .contested
            .iter()
            .filter_map(|contested| cell(contested.column).map(|cell| (contested, cell)));
        contested
            .map(|(contested, cell)| {
                let expected = format!(
                    "one heading; the name says {}, the label says {}: correct the one that is wrong",
                    contested.by_name, contested.by_label
                );
                Refused {
                    file: self.file.to_owned(),
                    line: row.line,
                    column: self.header.column_name(contested.column),
                    field: contested.by_name.to_owned(),
                    value: hidden(&cell.text()),
                    reason: expected.clone().into(),
                    expected,
                }
            })
            .collect()
    }

    fn case(&self, record: &mut Record<'_>, line: u64, notes: &mut Vec<Note>) -> HtcdsCase {
        let exploitation = picks(record, "vic_TypeOfExploitation", &lists::EXPLOITATION);
        let forms = self.forms(record, &exploitation, line, notes);
        let case = HtcdsCase {
            case_owner: record.text("cas_CaseOwner"),
            salutation: record.text("prs_Salutation"),
            first_name: record.text("prs_FirstName"),
            second_name: record.text("prs_SecondName"),
            consent: consent(record),
            birthdate: self.past(record, "prs_Birthdate"),
            gender: pick(record, "prs_Gender", &lists::GENDER),
            citizenship: citizenship(record),
            title: record.text("prs_Title"),
            email: record.text("prs_Email"),
            home_phone: record.text("prs_HomePhone"),
            mobile_phone: record.text("prs_MobilePhone"),
            mailing: address(record),
            trafficking_status: pick(record, "vic_TraffickingStatus", &lists::TRAFFICKING_STATUS),
            status_by: pick(
                record,
                "vic_TraffickingStatusDecisionMakingOrg",
                &lists::DECIDING_ORGANISATION,
            ),
            recruitment: picks(record, "vic_MethodOfRecruitment", &lists::RECRUITMENT),
            recruitment_place: record.text("vic_LocationOfRecruitment"),
            control: picks(record, "vic_MethodsOfControl", &lists::CONTROL),
            exploitation,
            forms,
            industry: picks(record, "vic_ForcedLabourIndustry", &lists::INDUSTRY),
            sex_exploitation: picks(
                record,
                "vic_TypeOfSexExploitation",
                &lists::SEX_EXPLOITATION,
            ),
            exploitation_place: record.text("vic_LocationOfExploitation"),
            case_status: pick(record, "cas_Status", &lists::CASE_STATUS),
            incoming: Referral {
                organisation: record.text("cas_ReferringOrganisation"),
                date: self.past(record, "cas_IncomingReferralDate"),
                case_worker: record.text("cas_ReferringPrimaryCaseWorker"),
                reason: pick(
                    record,
                    "cas_ReasonForIncomingReferral",
                    &lists::REFERRAL_REASON,
                ),
                details: record.text("cas_IncomingReferralDetails"),
            },
            outgoing: Referral {
                organisation: record.text("cas_ReferredOrganisation"),
                date: self.past(record, "cas_OutgoingReferralDate"),
                case_worker: record.text("cas_ReferredPrimaryCaseWorker"),
                reason: pick(
                    record,
                    "cas_ReasonForOutgoingReferral",
                    &lists::REFERRAL_REASON,
                ),
                details: record.text("cas_OutgoingReferralDetails"),
            },
            closure_reason: record.text("cas_ReasonForCaseClosure"),
            other: other(record, self.columns),
        };
        contradictions(record, &case);
        case
    }

    /// A day that lies in the past by its nature.
    fn past(&self, record: &mut Record<'_>, field: &str) -> Option<Date> {
        let date = record.date(field)?;
        if date > self.today || date.year() < 1900 {
            record.refuse(field, format!("a day from 1900 up to {}", self.today));
            return None;
        }
        Some(date)
    }

    /// Our form codes. HTCDS has no value for forced criminality: `Other` may be that, and says nothing by itself.
    fn forms(
        &self,
        record: &mut Record<'_>,
        exploitation: &[Picked],
        line: u64,
        notes: &mut Vec<Note>,
    ) -> Vec<String> {
        let mut forms: Vec<String> = Vec::new();
        for code in record.list(OWN_FORMS) {
            if !self.codes.forms.contains(&code) {
                let allowed: Vec<_> = self.codes.forms.iter().map(String::as_str).collect();
                record.refuse(OWN_FORMS, format!("form codes, of {}", allowed.join(", ")));
            } else if !forms.contains(&code) {
                forms.push(code);
            }
        }
        let explained = !forms.is_empty();
        for picked in exploitation {
            let form = form(*picked);
            if form == UNKNOWN && explained {
                continue;
            }
            if form == UNKNOWN {
                let text = format!(
                    "`{}` has no form code of its own and became {UNKNOWN}; if it is forced criminality, add a column {OWN_FORMS} with CU",
                    picked.name()
                );
                notes.push(Note::new(Some(line), text));
            }
            if !self.codes.forms.contains(form) {
                record.refuse(
                    "vic_TypeOfExploitation",
                    format!("a form in force; `{form}` is not"),
                );
            } else if !forms.iter().any(|known| known == form) {
                forms.push(form.to_owned());
            }
        }
        forms
    }
}

const UNKNOWN: &str = "ON";

/// The form code of an HTCDS value.
fn form(exploitation: Picked) -> &'static str {
    match exploitation.name() {
        "SexualExploitation" => "SU",
        "ForcedLabour" | "ChildLabour" => "AU",
        "ForcedBegging" => "BE",
        "OrganRemoval" => "OR",
        "Surrogacy" => "DM",
        "ForcedMarriage" => "GH",
        "ForcedAdoption" => "IA",
        "Servitude" => "DI",
        _ => UNKNOWN,
    }
}
