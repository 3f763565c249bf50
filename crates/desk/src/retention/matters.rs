//! What has a term: closed reports, the contact data of reporters, closed cases, reports that care sent back, closed intakes,
//! registrations, opinions, barriers. Each with the moment from which its term runs, and with what keeps it although it is closed.

use domain::case::{CaseState, Unfinished};
use domain::intake::IntakeState;
use domain::report::{Outcome, ReportState};
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Filter, Kind, ListRow, Order, Store, Stored, VaultError};

use crate::Desk;
use crate::barrier::StoredBarrier;
use crate::case::{CaseFile, SENT_BACK, StoredPerson, StoredPersonCode};
use crate::error::Result;
use crate::intake::{IntakeFile, IntakePerson};
use crate::opinion::OpinionFile;
use crate::registration::StoredRegistration;
use crate::report::{StoredContact, StoredReport};

/// A term of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A report without follow-up.
    Report,
    /// A report that was taken up or passed on.
    FollowedReport,
    /// The contact data of a reporter.
    ReporterContact,
    /// A care file.
    CareFile,
    /// A care file about somebody who was a minor, or may have been one.
    YouthFile,
    /// A report that care sent back.
    SentBack,
    /// A file of the daily police task.
    PoliceFile,
    /// A registration.
    Registration,
    /// A request for an opinion with what came of it.
    Opinion,
    /// A person's request after which everything that it was about is gone.
    Request,
    /// A barrier.
    Barrier,
}

impl Term {
    /// The code of its clock.
    pub fn code(self) -> &'static str {
        match self {
            Term::Report => "retention_report",
            Term::FollowedReport => "retention_report_followed",
            Term::ReporterContact => "retention_reporter_contact",
            Term::CareFile => "retention_care_file",
            Term::YouthFile => "retention_youth_file",
            Term::SentBack => "retention_sent_back",
            Term::PoliceFile => "retention_police_file",
            Term::Registration => "retention_registration",
            Term::Opinion => "retention_opinion",
            Term::Request => "retention_request",
            Term::Barrier => "retention_barrier",
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
    /// Which term it has.
    pub term: Term,
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
    out.extend(registrations(desk).await?);
    out.extend(opinions(desk).await?);
    out.extend(requests(desk).await?);
    out.extend(barriers(desk).await?);
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
        let term = match closing.outcome {
            Outcome::NotEnoughLeads | Outcome::Duplicate { .. } | Outcome::NotTrafficking => {
                Term::Report
            }
            Outcome::TakenUp | Outcome::PassedOn | Outcome::HelpStarted => Term::FollowedReport,
        };
        let contacts = desk.vault.load_children::<StoredContact>(&found.id).await?;
        out.extend(contacts.into_iter().map(|contact| Matter {
            store: Store::K1,
            kind: StoredContact::KIND.name,
            id: contact.id,
            term: Term::ReporterContact,
            from: closing.by.at,
            goes_on: None,
            copies: Vec::new(),
        }));
        out.push(Matter {
            store: Store::K1,
            kind: StoredReport::KIND.name,
            copies: decisions.iter().map(|d| d.disclosure.to_string()).collect(),
            id: found.id,
            term,
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
            term: if young {
                Term::YouthFile
            } else {
                Term::CareFile
            },
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
        // What was sent back was never a care file.
        out.push(Matter {
            store: Store::K3,
            kind: CaseFile::KIND.name,
            id: found.id,
            term: Term::SentBack,
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
            term: Term::PoliceFile,
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

/// Registrations have no end of their own: the term runs from the day of each.
async fn registrations(desk: &Desk) -> Result<Vec<Matter>> {
    let all = desk.vault.load_all::<StoredRegistration>(&[]).await?;
    Ok(all
        .into_iter()
        .map(|found| Matter {
            store: Store::K2,
            kind: StoredRegistration::KIND.name,
            from: crate::case::day_start(found.body.registration.registered),
            id: found.id,
            term: Term::Registration,
            goes_on: None,
            copies: Vec::new(),
        })
        .collect())
}

async fn opinions(desk: &Desk) -> Result<Vec<Matter>> {
    let over = ["outcome", "not_admitted", "ingetrokken"];
    let all = desk.vault.load_all::<OpinionFile>(&over).await?;
    Ok(all
        .into_iter()
        .map(|found| Matter {
            store: Store::K4,
            kind: OpinionFile::KIND.name,
            from: found.body.over_at(),
            id: found.id,
            term: Term::Opinion,
            goes_on: None,
            copies: Vec::new(),
        })
        .collect())
}

/// Barriers: the term runs from the first processing; one that is not over stays, and is told with the reason.
async fn barriers(desk: &Desk) -> Result<Vec<Matter>> {
    let all = desk.vault.load_all::<StoredBarrier>(&[]).await?;
    Ok(all
        .into_iter()
        .map(|found| Matter {
            store: Store::K6,
            kind: StoredBarrier::KIND.name,
            from: found.body.0.by.at,
            goes_on: (!found.body.0.is_over()).then_some("barrier"),
            id: found.id,
            term: Term::Barrier,
            copies: Vec::new(),
        })
        .collect())
}

/// What tells of an erasure, once what it was about is gone: before that it goes with its file. Care keeps her code with it.
async fn requests(desk: &Desk) -> Result<Vec<Matter>> {
    let mut kinds = vec![crate::request::StoredRequest::KIND];
    for store in [Store::K1, Store::K2, Store::K3, Store::K4, Store::K5] {
        kinds.push(Kind {
            store,
            ..crate::request::StoredPart::KIND
        });
    }
    let filter = Filter {
        states: vec!["carried_out".to_owned()],
        ..Filter::default()
    };
    let mut out = Vec::new();
    for kind in kinds {
        let mut after = None;
        loop {
            let list = desk
                .vault
                .list(&kind, &filter, Order::Due, after.as_ref(), 200);
            let page = list.await?;
            for row in page.rows {
                out.extend(request(desk, &kind, row).await?);
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
    }
    Ok(out)
}

async fn request(desk: &Desk, kind: &Kind, row: ListRow) -> Result<Option<Matter>> {
    let about = row.clear.parent.unwrap_or_default();
    if desk.vault.clear_of(kind.store, &about).await?.is_some() {
        return Ok(None);
    }
    let codes = match kind.name == crate::request::StoredRequest::KIND.name {
        true => desk.vault.load_children::<StoredPersonCode>(&about).await?,
        false => Vec::new(),
    };
    Ok(Some(Matter {
        store: kind.store,
        kind: kind.name,
        id: row.id,
        term: Term::Request,
        from: row.updated,
        goes_on: None,
        copies: codes.into_iter().map(|code| code.id).collect(),
    }))
}
