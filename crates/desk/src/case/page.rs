//! The person's own page: a private code leads to what is known of her case, in plain facts. No name, no place, no word of
//! anybody's notes.

use domain::consent::Recipient;
use domain::ids::CaseId;
use domain::mailbox::ReturnCode;
use domain::opinion::Verdict;
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, ClearData, Draft, Store, Term};

use super::file::{CaseFile, Done, PlacementFact, StoredConsent, StoredPersonCode};
use super::{fresh, taken_on};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::ReflectionStatus;
use crate::error::{DeskError, Result};
use crate::guesses::Door;

/// Gives the person a private code, shown once; an earlier one stops working. Only for the person herself: a parent or
/// companion never gets it.
pub async fn give_code(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
) -> Result<ReturnCode> {
    let permit = permit(actor, UseCase::GivePersonCode)?;
    let found = taken_on(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let code = draw(desk);
    let clear = ClearData {
        parent: Some(id.to_string()),
        ..ClearData::default()
    };
    let body = StoredPersonCode {
        case: id,
        given: actor.by(now)?,
    };
    let draft = Draft::new(desk.vault.new_id(now).to_string(), &body, clear)?
        .with_terms(vec![Term::new("code", code.secret())])?;
    let mut change = Change::new(permit.context(now)).create(draft);
    let earlier = desk
        .vault
        .load_children::<StoredPersonCode>(&id.to_string())
        .await?;
    for old in earlier {
        change = change.erase(old.id);
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(code)
}

fn draw(desk: &Desk) -> ReturnCode {
    let mut bytes = [0u8; 16];
    desk.vault.chance().fill(&mut bytes);
    // 128 bits over 10^16: the bias is below one in 10^22.
    let mut number = u128::from_be_bytes(bytes);
    ReturnCode::from_digits(std::array::from_fn(|_| {
        let digit = u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        digit
    }))
}

/// Who holds data of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolderKind {
    /// The organisation that coordinates her care.
    Care,
    /// The signal desk, with the report about her.
    SignalDesk,
    /// The police or another investigating service.
    Investigation,
    /// CoMensha, with the registration.
    Registrar,
    /// The panel that gives an opinion.
    Panel,
    /// A shelter.
    Shelter,
    /// Somebody to whom she consented.
    ByConsent,
}

/// One holder, by name where the name gives nothing away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// What it is.
    pub kind: HolderKind,
    /// The name of the care organisation, or the code of the kind of a receiver she consented to.
    pub name: Option<String>,
}

/// A consent as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnConsent {
    /// Purpose, a vocabulary code.
    pub purpose: String,
    /// Given or refused on.
    pub on: Date,
    /// In force today?
    pub holds: bool,
    /// Refused?
    pub refused: bool,
}

/// What the person reads about herself.
#[derive(Debug, Clone)]
pub struct PersonPage {
    /// Her case, for what else the page shows; it stands nowhere on it.
    pub case: CaseId,
    /// How far her case is: a phase code, `waiting` or `sent_back`.
    pub state: &'static str,
    /// Where the reflection period stands.
    pub reflection: Option<ReflectionStatus>,
    /// How far her placement is.
    pub placement: Option<PlacementFact>,
    /// Where her request for an opinion stands, and what the panel found.
    pub opinion: Option<(String, Option<Verdict>)>,
    /// Whether she counts in the national figures.
    pub registered: Done,
    /// The next aftercare moment she chose.
    pub next_moment: Option<Date>,
    /// Her consents and refusals.
    pub consents: Vec<OwnConsent>,
    /// Who holds data of her.
    pub holders: Vec<Holder>,
}

/// The case that a code opens, for what else its person may ask.
pub async fn case_of_code(desk: &Desk, now: Timestamp, code: &ReturnCode) -> Result<CaseId> {
    let permit = permit(&Actor::Public, UseCase::ReadPersonPage)?;
    let search = async {
        let seek = Change::new(permit.context(now)).seek("code", code.secret());
        let found = desk.vault.apply(Store::K3, seek).await?.reads;
        let unknown = DeskError::NotFound {
            what: "person page",
        };
        let opened = found.into_iter().next().ok_or(unknown)?;
        Ok(opened.typed::<StoredPersonCode>()?.body.case)
    };
    desk.guesses().guard(Door::OwnPage, now, search).await
}

/// Reads the page of a code. An unknown code, a wrong one and one that was replaced get the same answer after the same
/// work: one search.
pub async fn person_page(desk: &Desk, now: Timestamp, code: &ReturnCode) -> Result<PersonPage> {
    let case = case_of_code(desk, now, code).await?;
    page_of(desk, now, case).await
}

/// Reads the page of a case whose code was found: for whoever has something else to show when the case is gone. A code is searched for once.
pub async fn page_of(desk: &Desk, now: Timestamp, case: CaseId) -> Result<PersonPage> {
    let permit = permit(&Actor::Public, UseCase::ReadPersonPage)?;
    let unknown = || DeskError::NotFound {
        what: "person page",
    };
    let consents = super::consents_of(desk, case).await?;
    let mut change = Change::new(permit.context(now)).read(
        case.to_string(),
        &["phase", "reflection", "placement", "opinions", "registered"],
    );
    for consent in &consents {
        change = change.read(&consent.id, &["purpose", "recipients", "state"]);
    }
    let applied = desk.vault.apply(Store::K3, change).await?;
    let file = applied
        .reads
        .into_iter()
        .next()
        .ok_or_else(unknown)?
        .typed::<CaseFile>()?
        .body;
    let consents: Vec<StoredConsent> = consents.into_iter().map(|c| c.body).collect();
    Ok(page(desk, &file, &consents, dutch_date(now)))
}

fn page(desk: &Desk, file: &CaseFile, consents: &[StoredConsent], today: Date) -> PersonPage {
    PersonPage {
        case: file.case.id,
        state: file.state(),
        reflection: file.reflection.last().map(|news| news.status.clone()),
        placement: file.placement.clone(),
        opinion: file
            .opinions
            .last()
            .map(|news| (news.status.state.clone(), news.verdict())),
        registered: file.registered.clone(),
        next_moment: file.case.aftercare().and_then(|p| p.next()).map(|m| m.on),
        consents: consents.iter().map(|c| own_consent(c, today)).collect(),
        holders: holders(desk, file, consents, today),
    }
}

fn own_consent(consent: &StoredConsent, today: Date) -> OwnConsent {
    match consent {
        StoredConsent::Given(given) => OwnConsent {
            purpose: given.terms.purpose.to_string(),
            on: given.terms.given,
            holds: given.holds_on(today),
            refused: false,
        },
        StoredConsent::Refused(refusal) => OwnConsent {
            purpose: refusal.purpose.to_string(),
            on: dutch_date(refusal.recorded.at),
            holds: false,
            refused: true,
        },
    }
}

fn holders(desk: &Desk, file: &CaseFile, consents: &[StoredConsent], today: Date) -> Vec<Holder> {
    let directory = desk.directory();
    let holder = |kind, name| Holder { kind, name };
    let mut holders = vec![holder(
        HolderKind::Care,
        Some(directory.name(file.case.owner).to_owned()),
    )];
    if file.told.is_some() {
        holders.push(holder(HolderKind::SignalDesk, None));
    }
    if !file.reflection.is_empty() || handed_over(file) {
        holders.push(holder(HolderKind::Investigation, None));
    }
    if matches!(file.registered, Done::Registered { .. }) {
        holders.push(holder(HolderKind::Registrar, None));
    }
    if !file.opinions.is_empty() {
        holders.push(holder(HolderKind::Panel, None));
    }
    if file.placement.is_some() {
        // Never which one: somebody may look over her shoulder.
        holders.push(holder(HolderKind::Shelter, None));
    }
    let given = consents.iter().filter_map(StoredConsent::given);
    for recipient in given
        .filter(|c| c.holds_on(today))
        .flat_map(|c| &c.terms.recipients)
    {
        // The kind only: the name of a shelter says where.
        let kind = match recipient {
            Recipient::Org { org } => directory.get(*org).map(|o| o.kind.to_string()),
            Recipient::Kind { kind } => Some(kind.to_string()),
        };
        let by_consent = holder(HolderKind::ByConsent, kind);
        if !holders.contains(&by_consent) {
            holders.push(by_consent);
        }
    }
    holders
}

fn handed_over(file: &CaseFile) -> bool {
    file.arrival
        .as_ref()
        .is_some_and(|a| matches!(a.via, domain::arrival::Via::Handover { .. }))
}
