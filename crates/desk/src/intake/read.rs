//! Reading: the list without personal data, and the file with the people in it.

use domain::code::FormCode;
use domain::consent::Consent;
use domain::ids::{IntakeId, OrgId};
use domain::intake::{Notice as Mind, notices};
use domain::need::Because;
use domain::reflection::Reflection;
use domain::registration::RegistrationData;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Counts, Cursor, Filter, ListRow, Opened, Order, Page, Store, Stored};

use super::file::{IntakeFile, IntakePerson, StoredConsent, StoredReflection};
use super::register::{forms, would_send};
use super::{Owed, Whole, checklist};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::glass::StoredGlass;
use crate::need::{MemberView, Notice, NoticeKind, notices_of, team_of};

/// A file with all that the service sees of it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The file.
    pub file: IntakeFile,
    /// Version to name when changing it.
    pub version: i64,
    /// What is due first.
    pub due: Option<Timestamp>,
    /// The people in it.
    pub people: Vec<PersonView>,
    /// What is owed.
    pub owed: Vec<Owed>,
    /// Why the reader may open it.
    pub because: Because,
    /// What may only be kept, and why.
    pub restricted: Vec<crate::restriction::Notice>,
    /// Who is or was on the team, oldest first.
    pub team: Vec<MemberView>,
    /// Times that the glass was broken, oldest first.
    pub glass: Vec<StoredGlass>,
    /// Times that a colleague took it over from another, oldest first.
    pub taken_over: Vec<Notice>,
}

/// A person with what belongs to her.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// What is known.
    pub body: IntakePerson,
    /// Version to name when changing it.
    pub version: i64,
    /// What to keep in mind.
    pub notices: Vec<Mind>,
    /// The forms under which she can be registered.
    pub forms: Vec<FormCode>,
    /// Exactly what a registration would send, under the first of these forms.
    pub would_send: Option<RegistrationData>,
    /// When the registration is due, while it is owed.
    pub registration_due: Option<Timestamp>,
    /// The reflection period with its version.
    pub reflection: Option<(Reflection, i64)>,
    /// Nobody may remove her today.
    pub no_removal: bool,
    /// The consent to sharing onward, if one was given.
    pub consent: Option<ConsentView>,
}

/// A consent as it stands.
#[derive(Debug, Clone)]
pub struct ConsentView {
    /// The consent.
    pub consent: Consent,
    /// It was withdrawn, from this day.
    pub withdrawn: Option<Date>,
}

/// An organisation that takes people over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Which.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// It works for the region of this file.
    pub own_region: bool,
}

/// A page of the list of the actor's own service, and how many there are in each state.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::ListIntakes)?;
    let filter = own_filter(actor, filter)?;
    let kind = &IntakeFile::KIND;
    let page = desk.vault.list(kind, &filter, order, after, 50).await?;
    let counts = desk.vault.counts(kind, &filter).await?;
    Ok((page, counts))
}

/// The reflection periods of the actor's own service that run, the one that ends first in front: at most 200.
pub async fn running_periods(desk: &Desk, actor: &Actor) -> Result<Vec<ListRow>> {
    permit(actor, UseCase::ListIntakes)?;
    let running = Filter {
        states: vec!["running".to_owned()],
        ..Filter::default()
    };
    let filter = own_filter(actor, &running)?;
    let kind = &StoredReflection::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Due, None, 200)
        .await?;
    Ok(page.rows)
}

/// Whatever is asked, only the own service.
fn own_filter(actor: &Actor, filter: &Filter) -> Result<Filter> {
    Ok(Filter {
        orgs: vec![actor.person()?.org.to_string()],
        ..filter.clone()
    })
}

/// Reads a file with the people in it; the journal says that it was seen.
pub async fn read(desk: &Desk, actor: &Actor, now: Timestamp, id: IntakeId) -> Result<Dossier> {
    let permit = permit(actor, UseCase::ReadIntake)?;
    let (whole, because) = Whole::opened(desk, actor, now, id).await?;
    let mut consents: Vec<Opened<StoredConsent>> = Vec::new();
    for person in &whole.people {
        consents.extend(desk.vault.load_children(&person.id).await?);
    }
    let mut change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    let others = whole.people.iter().map(|p| &p.id);
    let others = others.chain(whole.periods.iter().map(|p| &p.id));
    for other in others.chain(consents.iter().map(|c| &c.id)) {
        change = change.read(other, &["all"]);
    }
    let team = team_of(desk, id.into()).await?;
    for member in &team {
        change = change.read(&member.id, &["all"]);
    }
    let record = id.to_string();
    let broken = desk
        .vault
        .load_children_in::<StoredGlass>(Store::K5, &record);
    let broken = broken.await?;
    for glass in &broken {
        change = change.read(&glass.id, &["all"]);
    }
    let mut taken_over = notices_of(desk, id.into()).await?;
    taken_over.retain(|notice| notice.body.0.kind == NoticeKind::TakenOver);
    for notice in &taken_over {
        change = change.read(&notice.id, &["by", "reason"]);
    }
    let mut records: Vec<String> = whole.people.iter().map(|p| p.id.clone()).collect();
    records.push(record);
    let (change, restricted) =
        crate::restriction::shown(desk, change, Store::K5, &records, now).await?;
    desk.vault
        .apply(Store::K5, change)
        .await
        .map_err(|e| DeskError::from(e).what("intake"))?;
    let today = dutch_date(now);
    let owed = checklist(
        &whole.file.body,
        whole.people.iter().map(|p| &p.body),
        whole.periods.iter().map(|p| &p.body),
        today,
    );
    let people = whole
        .people
        .iter()
        .map(|p| view(desk, now, &whole, p, &consents))
        .collect::<Result<_>>()?;
    Ok(Dossier {
        version: whole.file.version,
        due: whole.file.clear.due,
        people,
        owed,
        because,
        restricted,
        team: team
            .into_iter()
            .map(|found| MemberView {
                id: found.id,
                version: found.version,
                member: found.body.0,
            })
            .collect(),
        glass: broken.into_iter().map(|found| found.body).collect(),
        taken_over: taken_over.into_iter().map(|found| found.body.0).collect(),
        file: whole.file.body,
    })
}

fn view(
    desk: &Desk,
    now: Timestamp,
    whole: &Whole,
    found: &Opened<IntakePerson>,
    consents: &[Opened<StoredConsent>],
) -> Result<PersonView> {
    let today = dutch_date(now);
    let file = &whole.file.body;
    let body = &found.body;
    let id = body.person.id;
    let period = whole.periods.iter().rev().find(|p| p.body.person == id);
    let forms = forms(file, body);
    let owed = body.registration.is_none() && super::whole::owes_registration(file);
    let consent = consents.iter().rev().find(|c| c.body.0.person == id);
    Ok(PersonView {
        notices: notices(&body.person, today),
        would_send: forms
            .first()
            .filter(|_| owed)
            .map(|form| would_send(desk, now, file, body, form)),
        registration_due: match owed {
            true => Some(desk.deadline("registration", super::day_start(body.detected))?),
            false => None,
        },
        forms,
        no_removal: period.is_some_and(|p| p.body.reflection.no_removal_on(today)),
        reflection: period.map(|p| (p.body.reflection.clone(), p.version)),
        consent: consent.map(|c| consent_view(&c.body.0)),
        version: found.version,
        body: body.clone(),
    })
}

fn consent_view(consent: &Consent) -> ConsentView {
    let withdrawn = match consent.state() {
        domain::consent::ConsentState::Given => None,
        domain::consent::ConsentState::Withdrawn { from, .. } => Some(*from),
    };
    ConsentView {
        consent: consent.clone(),
        withdrawn,
    }
}

/// The organisations to which a person of this file can be handed over, those of its region first.
pub async fn care_receivers(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: IntakeId,
) -> Result<Vec<Receiver>> {
    permit(actor, UseCase::HandToCare)?;
    let whole = Whole::worked(desk, actor, now, id).await?;
    let regions = desk.regions_of(whole.file.body.municipality(), now);
    let mut all: Vec<Receiver> = desk
        .directory()
        .all()
        .filter(|(_, org)| domain::handover::may_receive(&org.kind).is_ok())
        .map(|(id, org)| Receiver {
            org: id,
            name: org.name.clone(),
            own_region: org.region.is_some() && org.region == regions.care_region,
        })
        .collect();
    all.sort_by(|a, b| (!a.own_region, &a.name).cmp(&(!b.own_region, &b.name)));
    Ok(all)
}
