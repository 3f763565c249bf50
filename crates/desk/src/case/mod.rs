//! Cases at care (K3): what arrives is taken on or sent back; a case holds a person, consents, tasks and a course, and
//! ends with aftercare.
//!
//! A case belongs to one organisation. To every other it does not exist: it answers "not found". In that organisation it opens for whoever
//! is assigned to it, and for nobody because of a job title: see `domain::need`.

mod arrive;
mod attachments;
mod clock;
mod close;
mod consent;
mod course;
mod file;
mod import;
mod indicators;
mod news;
mod open;
mod page;
mod person;
mod read;
mod register;
mod transfer;
mod unfinished;

pub use arrive::{accept, receive_person, receive_report, send_back};
pub use attachments::{
    add_attachments, attachment, open_attachment, receive_files, remove_attachment,
};
pub use clock::clock;
pub use close::{AftercareInput, CloseInput, MomentInput, close, record_aftercare, reopen};
pub use consent::{NewConsent, give_consent, refuse_consent, withdraw_consent};
pub use course::{TaskEnd, add_task, end_task, move_to, tell_exploited};
pub(crate) use file::StoredPersonCode;
pub use file::{
    Came, CaseFile, CaseSummary, Done, OpinionNews, PlacementFact, ReflectionNews, SENT_BACK,
    StoredConsent, StoredPerson,
};
pub use import::{Imported, ImportedCase, check_import, import};
pub use indicators::{Checked, Ticked, tick};
pub use news::{
    ask_legal_aid, ask_task, note_placement, receive_opinion_status, receive_reflection,
};
pub use open::{NewCase, open};
pub use page::{
    Holder, HolderKind, OwnConsent, PersonPage, case_of_code, give_code, page_of, person_page,
};
pub(crate) use person::empty_categories;
pub use person::{Core, PersonChange, change_person, state_victimhood};
pub use read::{ConsentView, Dossier, RegistrationView, list, read};
pub use register::register;
pub use transfer::{
    NewTransfer, SUMMARY, StoredTransfer, TransferSummary, TransferView, accept_transfer,
    offer_transfer, refuse_transfer, take_back_transfer, transfer_receivers, transfers,
};

pub(crate) use unfinished::unfinished;

use domain::SafeText;
use domain::address_guard;
use domain::arrival::{ArrivalError, ArrivalState};
use domain::case::{Case, CaseError, CaseState};
use domain::consent::ConsentError;
use domain::ids::CaseId;
use domain::minors::GiverError;
use domain::need::Because;
use domain::registration::RegistrationError;
use domain::statement::StatementError;
use domain::time::amsterdam;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Opened, Stored};

use crate::Desk;
use crate::actor::Actor;
use crate::error::{DeskError, FieldError, Result};
use crate::need::{Held, may_work, opens};

/// The clock of an answer that is owed to the sender.
pub(crate) const ANSWER: &str = "case.answer";
/// The clock of a birthday on which rights move, half a year ahead.
pub(crate) const TRANSITION: &str = "case.transition";
/// The clock of an aftercare moment.
pub(crate) const AFTERCARE: &str = "case.aftercare";

/// A case of the actor's own organisation; any other is not found. This asks no assignment: for what shows nothing of the case.
pub(crate) async fn of_org(desk: &Desk, actor: &Actor, id: CaseId) -> Result<Opened<CaseFile>> {
    let org = actor.person()?.org;
    let found = load(desk, id).await?;
    if found.body.case.owner == org {
        Ok(found)
    } else {
        Err(DeskError::NotFound { what: "case" })
    }
}

/// A case that this actor may look at, and why. A case of another organisation is not found.
pub(crate) async fn opened(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<(Opened<CaseFile>, Because)> {
    let found = of_org(desk, actor, id).await?;
    let because = opens(desk, actor, now, &Held::of_case(&found)).await?;
    Ok((found, because))
}

/// A case that this actor may look at; see `domain::need`.
pub(crate) async fn own(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<Opened<CaseFile>> {
    opened(desk, actor, now, id).await.map(|(found, _)| found)
}

/// As [`own`], for work on a case that was taken on. Behind broken glass one looks and does not work.
pub(crate) async fn taken_on(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<Opened<CaseFile>> {
    let (found, because) = opened(desk, actor, now, id).await?;
    let found = was_taken_on(found)?;
    may_work(because)?;
    Ok(found)
}

/// A case on which work goes on: it was taken on, or begun here.
pub(crate) fn was_taken_on(found: Opened<CaseFile>) -> Result<Opened<CaseFile>> {
    match found.body.arrival.as_ref().map(|a| a.state()) {
        Some(ArrivalState::Waiting) => Err(DeskError::rule(
            "case-not-accepted",
            "take the case on first, or send it back with a reason",
        )),
        Some(ArrivalState::SentBack { .. }) => Err(DeskError::rule(
            "case-sent-back",
            "this was sent back: nothing more is done with it here",
        )),
        Some(ArrivalState::Accepted { .. }) | None => Ok(found),
    }
}

/// As [`taken_on`], for work that ends with the case.
pub(crate) async fn open_case(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
) -> Result<Opened<CaseFile>> {
    let found = taken_on(desk, actor, now, id).await?;
    match found.body.case.state() {
        CaseState::Open { .. } => Ok(found),
        CaseState::Closed { .. } => Err(DeskError::rule(
            "case-closed",
            "the case is closed: open it again first",
        )),
    }
}

/// A case, whoever it belongs to: for what Samen does by itself.
pub(crate) async fn load(desk: &Desk, id: CaseId) -> Result<Opened<CaseFile>> {
    desk.vault
        .load::<CaseFile>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("case"))
}

/// The person of a case, for a rule to work on.
pub(crate) async fn person_of(desk: &Desk, case: &Case) -> Result<Opened<StoredPerson>> {
    desk.vault
        .load::<StoredPerson>(&case.person.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("person"))
}

/// The consents and refusals of a case, oldest first, for a rule to work on.
pub(crate) async fn consents_of(desk: &Desk, id: CaseId) -> Result<Vec<Opened<StoredConsent>>> {
    Ok(desk
        .vault
        .load_children::<StoredConsent>(&id.to_string())
        .await?)
}

/// The seen version must be the present one, before anything is worked out from it.
pub(crate) fn fresh<T: Stored>(found: &Opened<T>, seen: i64) -> Result<()> {
    if found.version == seen {
        Ok(())
    } else {
        Err(DeskError::Conflict)
    }
}

/// A rule's refusal under the key of its text.
pub(crate) fn refused(error: impl Named + std::fmt::Display) -> DeskError {
    DeskError::rule(error.key(), error)
}

/// Errors of rules that have a text of their own on the screen.
pub(crate) trait Named {
    /// Text key in the `errors` translations, without prefix.
    fn key(&self) -> &'static str;
}

impl Named for CaseError {
    fn key(&self) -> &'static str {
        match self {
            CaseError::Closed(_) => "case-closed",
            CaseError::NotClosed => "case-open",
            CaseError::NoSuchMove { .. } | CaseError::CloseInstead => "case-move",
            CaseError::NoReflection | CaseError::NotAReflection => "case-no-reflection",
            CaseError::AftercareMissing => "case-aftercare",
            CaseError::LeftOpen => "case-left-open",
            CaseError::MobWithoutFollowUp => "case-mob",
            CaseError::NoSuchTask(_) | CaseError::TaskTwice(_) | CaseError::TaskClosed(_) => {
                "case-task"
            }
            CaseError::NoAftercarePlan | CaseError::Aftercare(_) => "case-moment",
            CaseError::DuplicateOfItself => "case-duplicate",
        }
    }
}

impl Named for ArrivalError {
    fn key(&self) -> &'static str {
        match self {
            ArrivalError::Answered => "case-answered",
            ArrivalError::PersonStays => "case-person-stays",
        }
    }
}

impl Named for StatementError {
    fn key(&self) -> &'static str {
        "case-statement"
    }
}

impl Named for ConsentError {
    fn key(&self) -> &'static str {
        match self {
            ConsentError::NoRecipient | ConsentError::NoData => "consent-incomplete",
            ConsentError::EndsBeforeStart { .. } => "consent-term",
            ConsentError::NotFree => "consent-not-free",
            ConsentError::AlreadyWithdrawn(_) => "consent-withdrawn",
        }
    }
}

impl Named for RegistrationError {
    fn key(&self) -> &'static str {
        match self {
            RegistrationError::NotTrafficking { .. } => "registration-not-trafficking",
            RegistrationError::OnlyCount { .. } | RegistrationError::BeforeDetection { .. } => {
                "registration"
            }
        }
    }
}

/// The key of the text at the field of a giver who may not consent.
pub(crate) fn giver_key(error: GiverError) -> &'static str {
    match error {
        GiverError::ParentExcluded => "parent_excluded",
        GiverError::NoGuardian => "no_guardian",
        GiverError::OfAge => "of_age",
    }
}

/// The key of a field that seems to hold an address.
pub const LOOKS_LIKE_ADDRESS: &str = "looks_like_address";

/// Warns when free text seems to hold an address, unless somebody has looked and says that it is none of a shelter.
pub(crate) fn guard(texts: &[(&str, Option<&SafeText>)], looked: bool) -> Result<()> {
    if looked {
        return Ok(());
    }
    let faults: Vec<FieldError> = texts
        .iter()
        .filter(|(_, text)| text.is_some_and(|t| address_guard::is_suspect(t.as_str())))
        .map(|(field, _)| FieldError {
            field: (*field).to_owned(),
            key: LOOKS_LIKE_ADDRESS.to_owned(),
            detail: "this looks like an address; a shelter address may not stand here".to_owned(),
        })
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(DeskError::Invalid(faults))
    }
}

/// The first moment of a day in Amsterdam.
pub(crate) fn day_start(day: Date) -> Timestamp {
    day.to_zoned(amsterdam())
        .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
