//! What has a term: closed reports, the contact data of reporters, closed cases, closed intakes. Each with the moment from
//! which its term runs, and with what keeps it although it is closed.

use domain::case::{CaseState, Unfinished};
use domain::intake::IntakeState;
use domain::report::{Outcome, ReportState};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Store, Stored, VaultError};

use crate::Desk;
use crate::case::{CaseFile, SENT_BACK, StoredPerson};
use crate::error::Result;
use crate::intake::{IntakeFile, IntakePerson};
use crate::report::{StoredContact, StoredReport};

/// A term of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A report without follow-up.
    Report,
    /// The contact data of a reporter.
    ReporterContact,
    /// A care file.
    CareFile,
    /// A care file about somebody who was a minor, or may have been one.
    YouthFile,
    /// A file of the daily police task.
    PoliceFile,
}

impl Term {
    /// The code of its clock.
    pub fn code(self) -> &'static str {
        match self {
            Term::Report => "retention_report",
            Term::ReporterContact => "retention_reporter_contact",
            Term::CareFile => "retention_care_file",
            Term::YouthFile => "retention_youth_file",
            Term::PoliceFile => "retention_police_file",
        }
    }
}

/// A matter that is over, with its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Where its records are.
    pub store: Store,
    /// Type of the record at its head.
    pub kind: &'static str,
    /// That record.
    pub id: String,
    /// Which term it has; none: no term is known, and it stays.
    pub term: Option<Term>,
    /// From when the term runs.
    pub from: Timestamp,
    /// What goes on around it and keeps it, in a word; none: it is over.
    pub goes_on: Option<&'static str>,
    /// Disclosures that its own compartment made of it to send: copies that go with it.
    pub copies: Vec<String>,
}

/// Every matter that is over.
pub(super) async fn all(desk: &Desk) -> Result<Vec<Matter>> {
    let mut out = reports(desk).await?;
    out.extend(cases(desk).await?);
    out.extend(intakes(desk).await?);
    Ok(out)
}

async fn reports(desk: &Desk) -> Result<Vec<Matter>> {
    let mut out = Vec::new();
    for found in desk.vault.load_all::<StoredReport>(&["closed"]).await? {
        let ReportState::Closed {
            closing, decisions, ..
        } = found.body.0.state()
        else {
            continue;
        };
        let unfollowed = match closing.outcome {
            Outcome::NotEnoughLeads | Outcome::Duplicate { .. } | Outcome::NotTrafficking => {
                Some(Term::Report)
            }
            Outcome::TakenUp | Outcome::PassedOn | Outcome::HelpStarted => None,
        };
        let contacts = desk.vault.load_children::<StoredContact>(&found.id).await?;
        out.extend(contacts.into_iter().map(|contact| Matter {
            store: Store::K1,
            kind: StoredContact::KIND.name,
            id: contact.id,
            term: Some(Term::ReporterContact),
            from: closing.by.at,
            goes_on: None,
            copies: Vec::new(),
        }));
        out.push(Matter {
            store: Store::K1,
            kind: StoredReport::KIND.name,
            copies: decisions.iter().map(|d| d.disclosure.to_string()).collect(),
            id: found.id,
            term: unfollowed,
            from: closing.by.at,
            goes_on: None,
        });
    }
    Ok(out)
}

async fn cases(desk: &Desk) -> Result<Vec<Matter>> {
    let mut out = Vec::new();
    for found in desk.vault.load_all::<CaseFile>(&["gesloten"]).await? {
        let file = &found.body;
        let CaseState::Closed { closing } = file.case.state() else {
            continue;
        };
        let young = was_minor(desk, file).await?;
        let open = crate::case::unfinished(desk, file).await?;
        let goes_on = match file.due() {
            Some(_) => Some("tasks"),
            None if open.contains(&Unfinished::Shelter) => Some("shelter"),
            None => None,
        };
        out.push(Matter {
            store: Store::K3,
            kind: CaseFile::KIND.name,
            term: Some(if young {
                Term::YouthFile
            } else {
                Term::CareFile
            }),
            from: closing.by.at,
            goes_on,
            copies: file
                .opinions
                .iter()
                .map(|n| n.request.to_string())
                .collect(),
            id: found.id,
        });
    }
    for found in desk.vault.load_all::<CaseFile>(&[SENT_BACK]).await? {
        // What was sent back was never a care file: nobody has said yet how long the copy may be kept.
        out.push(Matter {
            store: Store::K3,
            kind: CaseFile::KIND.name,
            id: found.id,
            term: None,
            from: found.updated,
            goes_on: None,
            copies: Vec::new(),
        });
    }
    Ok(out)
}

/// Whether the person was a minor when the case was opened; in doubt, and when nothing is left of her, she was: that term is
/// the longer one.
async fn was_minor(desk: &Desk, file: &CaseFile) -> Result<bool> {
    let person = file.case.person.to_string();
    match desk.vault.load::<StoredPerson>(&person).await {
        Ok(person) => {
            let opened = dutch_date(file.case.opened.at);
            Ok(person.body.0.is_minor_on(opened).is_minor())
        }
        Err(VaultError::NotFound { .. }) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

async fn intakes(desk: &Desk) -> Result<Vec<Matter>> {
    let mut out = Vec::new();
    let over = ["closed", "sent_back"];
    for found in desk.vault.load_all::<IntakeFile>(&over).await? {
        let intake = &found.body.intake;
        if !matches!(
            intake.state(),
            IntakeState::Closed { .. } | IntakeState::SentBack { .. }
        ) {
            continue;
        }
        let people = desk.vault.load_children::<IntakePerson>(&found.id).await?;
        out.push(Matter {
            store: Store::K5,
            kind: IntakeFile::KIND.name,
            term: Some(Term::PoliceFile),
            from: intake.received_at,
            goes_on: None,
            copies: people
                .iter()
                .filter_map(|p| Some(p.body.handover.as_ref()?.disclosure.to_string()))
                .collect(),
            id: found.id,
        });
    }
    Ok(out)
}
