//! Reading cases: the list without personal data, the dossier with what this compartment holds and nothing else.

use domain::SafeText;
use domain::age::Minority;
use domain::case::Unfinished;
use domain::ids::CaseId;
use domain::minors::{AgeTransition, ParentsRole, Signer, transitions, who_signs};
use domain::need::Because;
use domain::person::PossibleVictim;
use domain::registration::{Basis, RegistrationData};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Counts, Cursor, Filter, Opened, Order, Page, Store, Stored};

use super::file::{CaseFile, StoredConsent, StoredPerson};
use super::indicators::{Checked, age_class, check};
use super::{consents_of, opened};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::attachment::{Listed, Removed};
use crate::error::{DeskError, Result};
use crate::glass::StoredGlass;
use crate::need::{MemberView, Notice, NoticeKind, StoredNotice, notices_of, team_of};

/// A consent as the dossier shows it.
#[derive(Debug, Clone)]
pub struct ConsentView {
    /// Record.
    pub id: String,
    /// Version to name when withdrawing it.
    pub version: i64,
    /// What was asked and answered.
    pub consent: StoredConsent,
    /// In force today?
    pub holds: bool,
}

/// Whether and how the person may be registered today, with the reason.
#[derive(Debug, Clone)]
pub struct RegistrationView {
    /// On which ground, or why only a count.
    pub basis: Basis,
    /// Whose signature is needed.
    pub signer: Signer,
    /// What would be registered.
    pub data: RegistrationData,
}

/// A case with all that care sees of it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The case.
    pub file: CaseFile,
    /// Version to name when changing the case.
    pub version: i64,
    /// What is owed next, and when.
    pub due: Option<Timestamp>,
    /// What is open around the case; empty for a closed one.
    pub unfinished: Vec<Unfinished>,
    /// The person.
    pub person: PossibleVictim,
    /// Version to name when changing the person.
    pub person_version: i64,
    /// Minor or adult today; doubt means minor.
    pub minority: Minority,
    /// What parents may do today.
    pub parents: ParentsRole,
    /// Birthdays ahead on which rights move.
    pub transitions: Vec<AgeTransition>,
    /// Consents and refusals, oldest first.
    pub consents: Vec<ConsentView>,
    /// The files, oldest first.
    pub attachments: Vec<Listed>,
    /// Files that were removed, oldest first.
    pub removed: Vec<Removed>,
    /// What the checklist says.
    pub checked: Checked,
    /// Whether and how the person may be registered.
    pub registration: RegistrationView,
    /// Why the reader may open it.
    pub because: Because,
    /// Who is or was on the team, oldest first.
    pub team: Vec<MemberView>,
    /// Times that the glass was broken, oldest first.
    pub glass: Vec<StoredGlass>,
    /// Times that a colleague took the case over from another, oldest first.
    pub taken_over: Vec<Notice>,
    /// What may only be kept, and why.
    pub restricted: Vec<crate::restriction::Notice>,
    /// Her own statements beside what is written about her, with the day of each (AVG 16), oldest first.
    pub own_statements: Vec<(Date, SafeText)>,
}

/// A page of the list of the actor's own organisation, and how many there are in each state.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::ListCases)?;
    let filter = Filter {
        orgs: vec![actor.person()?.org.to_string()],
        ..filter.clone()
    };
    let kind = &CaseFile::KIND;
    let page = desk.vault.list(kind, &filter, order, after, 50).await?;
    let counts = desk.vault.counts(kind, &filter).await?;
    Ok((page, counts))
}

/// Reads a dossier; the journal says that it was seen.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, id: CaseId) -> Result<Dossier> {
    let permit = permit(actor, UseCase::ReadCase)?;
    let (found, because) = opened(desk, actor, now, id).await?;
    let consents = consents_of(desk, id).await?;
    let mut change = Change::new(permit.context(now))
        .read(id.to_string(), &["all"])
        .read(found.body.case.person.to_string(), &["all"]);
    for consent in &consents {
        change = change.read(&consent.id, &["all"]);
    }
    let attachments = crate::attachment::list(desk, Store::K3, &id.to_string()).await?;
    for file in &attachments {
        change = change.read(file.id.to_string(), &["title", "kind", "size"]);
    }
    let removed = desk.vault.load_children::<Removed>(&id.to_string()).await?;
    for note in &removed {
        change = change.read(&note.id, &["all"]);
    }
    let members = team_of(desk, id.into()).await?;
    for member in &members {
        change = change.read(&member.id, &["all"]);
    }
    let broken = desk
        .vault
        .load_children::<StoredGlass>(&id.to_string())
        .await?;
    for glass in &broken {
        change = change.read(&glass.id, &["all"]);
    }
    let taken_over = take_overs(desk, id).await?;
    for notice in &taken_over {
        change = change.read(&notice.id, &["by", "reason"]);
    }
    let (stated, own_statements) = crate::request::own_statements(desk, id).await?;
    for request in &stated {
        change = change.read(request, &["statement"]);
    }
    let case = [id.to_string()];
    let (change, restricted) =
        crate::restriction::shown(desk, change, Store::K3, &case, now).await?;
    let applied = desk
        .vault
        .apply(Store::K3, change)
        .await
        .map_err(|e| DeskError::from(e).what("case"))?;
    let missing = || DeskError::NotFound { what: "case" };
    let mut reads = applied.reads.into_iter();
    let file = reads.next().ok_or_else(missing)?.typed::<CaseFile>()?;
    let person = reads.next().ok_or_else(missing)?.typed::<StoredPerson>()?;
    let today = dutch_date(now);
    let mut shown = Vec::new();
    for read in reads.by_ref().take(consents.len()) {
        let consent = read.typed::<StoredConsent>()?;
        shown.push(ConsentView {
            holds: consent.body.given().is_some_and(|c| c.holds_on(today)),
            id: consent.id,
            version: consent.version,
            consent: consent.body,
        });
    }
    let registration = registration(actor, &file.body, &person.body.0, &shown, today)?;
    let unfinished = match file.body.is_open() {
        true => super::unfinished::unfinished(desk, &file.body).await?,
        false => Vec::new(),
    };
    let person_known = person.body.0;
    Ok(Dossier {
        own_statements,
        restricted,
        attachments,
        removed: removed.into_iter().map(|note| note.body).collect(),
        due: file.clear.due,
        version: file.version,
        person_version: person.version,
        minority: person_known.is_minor_on(today),
        parents: person_known.parents_role(today),
        transitions: transitions(&person_known.age, today),
        checked: check(
            desk,
            &file.body.ticks,
            age_class(&person_known, today),
            today,
        )?,
        registration,
        because,
        team: members
            .into_iter()
            .map(|found| MemberView {
                id: found.id,
                version: found.version,
                member: found.body.0,
            })
            .collect(),
        taken_over: taken_over.into_iter().map(|found| found.body.0).collect(),
        glass: broken.into_iter().map(|found| found.body).collect(),
        unfinished,
        consents: shown,
        file: file.body,
        person: person_known,
    })
}

/// The notices by which somebody heard that a case was taken over: they hold the reason.
async fn take_overs(desk: &Desk, id: CaseId) -> Result<Vec<Opened<StoredNotice>>> {
    let all = notices_of(desk, id.into()).await?;
    let of_taking = |found: &Opened<StoredNotice>| found.body.0.kind == NoticeKind::TakenOver;
    Ok(all.into_iter().filter(of_taking).collect())
}

fn registration(
    actor: &Actor,
    file: &CaseFile,
    person: &PossibleVictim,
    consents: &[ConsentView],
    today: Date,
) -> Result<RegistrationView> {
    let reporter = &actor.person()?.org_kind;
    let given: Vec<_> = consents
        .iter()
        .filter_map(|c| c.consent.given().cloned())
        .collect();
    Ok(RegistrationView {
        basis: super::register::basis(reporter, person, &given, today),
        signer: who_signs(&person.signer_facts(), today),
        data: super::register::data(file, person, reporter, today),
    })
}
