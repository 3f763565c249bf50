//! At care (K3): asking for a person, with what the person releases, each item by itself; adding, taking back and
//! withdrawing later. Care keeps a small record of it; the request itself goes to the panel as a disclosure.

use std::collections::BTreeSet;

use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::ids::{CaseId, ConsentId, DisclosureId, OpinionId, PersonId};
use domain::opinion::{Ground, Opinion, Released};
use domain::restriction::Act;
use domain::time::dutch_date;
use domain::{By, SafeText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Opened, Store, Stored};

use super::receive::panel;
use super::refused;
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case;
use crate::disclosure::{Disclosure, OpinionChanged, OpinionRequested, Payload};
use crate::error::{DeskError, Result};
use crate::restriction;

/// What is asked.
#[derive(Debug, Clone)]
pub struct NewAsk {
    /// The case at care.
    pub case: CaseId,
    /// What the person releases.
    pub released: Vec<Released>,
    /// What the admission rule looks at.
    pub ground: Ground,
    /// The person's consent to it.
    pub consent: ConsentId,
    /// Somebody looked at the texts: no address of a shelter stands in them.
    pub looked: bool,
}

/// Care's own record of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionAsked {
    /// The case.
    pub case: CaseId,
    /// The disclosure by which it was asked.
    pub disclosure: DisclosureId,
    /// The consent it rests on.
    pub consent: ConsentId,
    /// What the admission rule looks at.
    pub ground: Ground,
    /// What was released, in order.
    pub items: Vec<AskedItem>,
    /// Who asked, and when.
    pub by: By,
    /// The person took the request back.
    pub withdrawn: Option<By>,
}

/// One item, as care knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedItem {
    /// Number, from 1; the panel knows it by the same number.
    pub number: u32,
    /// What.
    pub item: Released,
    /// The person took it back.
    pub taken_back: Option<By>,
}

/// A request with its version.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Identifier of care's record.
    pub id: String,
    /// Version to name when changing it.
    pub version: i64,
    /// The record.
    pub asked: OpinionAsked,
}

impl Stored for OpinionAsked {
    const KIND: Kind = Kind {
        name: "opinion_request",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &[],
    };
}

impl OpinionAsked {
    fn draft(&self, id: &str) -> Result<Draft> {
        let state = match self.withdrawn {
            None => "asked",
            Some(_) => "withdrawn",
        };
        let clear = ClearData {
            state: state.to_owned(),
            org: Some(self.by.org.to_string()),
            parent: Some(self.case.to_string()),
            ..ClearData::default()
        };
        Ok(Draft::new(id, self, clear)?)
    }

    fn add(&mut self, items: &[Released]) {
        for item in items {
            let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
            self.items.push(AskedItem {
                number: number.saturating_add(1),
                item: item.clone(),
                taken_back: None,
            });
        }
    }
}

/// Asks an opinion, for a person in an open case of the actor's own organisation, on the consent that names the panel.
pub async fn ask(desk: &Desk, actor: &Actor, now: Timestamp, new: NewAsk) -> Result<DisclosureId> {
    let permit = permit(actor, UseCase::AskOpinion)?;
    let by = actor.by(now)?;
    case::open_case(desk, actor, now, new.case).await?;
    check_items(desk, now, &new.released, by)?;
    guard_items(&new.released, new.looked)?;
    check_consent(desk, now, new.case, new.consent, &new.released).await?;
    may_go(desk, new.case, now).await?;
    let disclosure = DisclosureId::new(desk.vault.new_id(now));
    let mut asked = OpinionAsked {
        case: new.case,
        disclosure,
        consent: new.consent,
        ground: new.ground,
        items: Vec::new(),
        by,
        withdrawn: None,
    };
    asked.add(&new.released);
    let request = Payload::OpinionRequest(Box::new(OpinionRequested {
        released: new.released,
        ground: asked.ground.clone(),
    }));
    let sent = disclose(desk, &permit, by, &asked, disclosure, None, request)?;
    let record = asked.draft(&desk.vault.new_id(now).to_string())?;
    let change = Change::new(permit.context(now)).create(record);
    desk.vault.apply(Store::K3, sent.send(change)?).await?;
    Ok(disclosure)
}

/// The same rules that the panel's record keeps, before anything leaves care.
fn check_items(desk: &Desk, now: Timestamp, items: &[Released], by: By) -> Result<()> {
    if items.is_empty() {
        return Err(refused(domain::opinion::OpinionError::NothingReleased));
    }
    let ground = Ground {
        ended_on: None,
        aangifte: false,
    };
    let id = OpinionId::new(desk.vault.new_id(now));
    let person = PersonId::new(desk.vault.new_id(now));
    let mut trial = Opinion::request(id, person, by, ground);
    for item in items {
        trial = trial.release(item.clone(), by).map_err(refused)?;
    }
    Ok(())
}

/// A shelter's address stands in one place only, and that is not a statement for the panel.
fn guard_items(items: &[Released], looked: bool) -> Result<()> {
    let texts: Vec<(&str, Option<&SafeText>)> = items
        .iter()
        .map(|item| match item {
            Released::Statement { text } => ("statement", Some(text)),
            Released::Document { title, .. } | Released::Disclosed { title, .. } => {
                ("title", Some(title))
            }
            Released::Erased => ("statement", None),
        })
        .collect();
    case::guard(&texts, looked)
}

/// The consent must be the person's, in force today, for this purpose and this panel, and cover what is released.
async fn check_consent(
    desk: &Desk,
    now: Timestamp,
    case: CaseId,
    consent: ConsentId,
    items: &[Released],
) -> Result<()> {
    let setup = |e: domain::vocabulary::MalformedCode| DeskError::Setup(e.to_string());
    let purpose = PurposeCode::new("opinion").map_err(setup)?;
    let kind = OrgKind::new(domain::code::org::K4).map_err(setup)?;
    let mut data = Vec::new();
    for item in items {
        data.push(DataCode::new(category(item)).map_err(setup)?);
    }
    let consents = case::consents_of(desk, case).await?;
    let named = consents
        .iter()
        .filter_map(|c| c.body.given())
        .find(|c| c.id == consent);
    let org = panel(desk)?;
    match named {
        Some(given) if given.covers(&purpose, Some(org), &kind, &data, dutch_date(now)) => Ok(()),
        _ => Err(DeskError::rule(
            "opinion-no-consent",
            "no consent in force names the panel, this purpose and what is released: record it first",
        )),
    }
}

/// The category of data that a released item is.
fn category(item: &Released) -> &'static str {
    match item {
        Released::Statement { .. } | Released::Erased => "statement",
        Released::Document { medical: true, .. } => "medical",
        Released::Document { .. } | Released::Disclosed { .. } => "observations",
    }
}

fn disclose(
    desk: &Desk,
    permit: &Permit,
    by: By,
    asked: &OpinionAsked,
    id: DisclosureId,
    thread: Option<DisclosureId>,
    payload: Payload,
) -> Result<Disclosure> {
    Ok(Disclosure {
        id,
        from: Store::K3,
        to: Store::K4,
        org: Some(panel(desk)?),
        by: Some(by),
        at: by.at,
        purpose: "opinion".to_owned(),
        ground: permit.rule.ground.to_owned(),
        consent: Some(asked.consent),
        thread,
        subject: Some(asked.case.to_string()),
        payload,
    })
}

/// The requests of a case, newest first, with what was released; the journal says that it was seen.
pub async fn asked(desk: &Desk, actor: &Actor, now: Timestamp, case: CaseId) -> Result<Vec<Asked>> {
    let permit = permit(actor, UseCase::AskOpinion)?;
    case::own(desk, actor, now, case).await?;
    let found = desk
        .vault
        .load_children::<OpinionAsked>(&case.to_string())
        .await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let change = found
        .iter()
        .fold(Change::new(permit.context(now)), |change, one| {
            change.read(&one.id, &["all"])
        });
    let applied = desk.vault.apply(Store::K3, change).await?;
    let mut out = Vec::new();
    for raw in applied.reads {
        let one = raw.typed::<OpinionAsked>()?;
        out.push(Asked {
            id: one.id,
            version: one.version,
            asked: one.body,
        });
    }
    out.reverse();
    Ok(out)
}

/// Her statements are no category of the file: they go unless all of it is restricted.
async fn may_go(desk: &Desk, case: CaseId, now: Timestamp) -> Result<()> {
    let data = BTreeSet::from([DataCode::literal("statement")]);
    let case = [case.to_string()];
    restriction::check(desk, Store::K3, &case, Act::Disclose, &data, now).await
}

/// The person releases more.
pub async fn release(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
    items: Vec<Released>,
    looked: bool,
) -> Result<()> {
    let by = actor.by(now)?;
    check_items(desk, now, &items, by)?;
    guard_items(&items, looked)?;
    let asked = own(desk, by, id).await?.body;
    check_consent(desk, now, asked.case, asked.consent, &items).await?;
    may_go(desk, asked.case, now).await?;
    change(
        desk,
        actor,
        now,
        id,
        seen,
        OpinionChanged::Release { items },
    )
    .await
}

/// The person takes an item back: the panel does not see it any more.
pub async fn take_back(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
    number: u32,
) -> Result<()> {
    change(
        desk,
        actor,
        now,
        id,
        seen,
        OpinionChanged::TakeBack { number },
    )
    .await
}

/// The person takes the request back.
pub async fn withdraw_ask(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
) -> Result<()> {
    change(desk, actor, now, id, seen, OpinionChanged::Withdraw).await
}

async fn change(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
    what: OpinionChanged,
) -> Result<()> {
    let permit = permit(actor, UseCase::ChangeOpinionRequest)?;
    let by = actor.by(now)?;
    let found = own(desk, by, id).await?;
    case::taken_on(desk, actor, now, found.body.case).await?;
    let mut asked = found.body;
    apply(&mut asked, &what, by)?;
    let thread = Some(asked.disclosure);
    let new = DisclosureId::new(desk.vault.new_id(now));
    let payload = Payload::OpinionChange(what);
    let sent = disclose(desk, &permit, by, &asked, new, thread, payload)?;
    let change = Change::new(permit.context(now)).update(asked.draft(id)?, seen);
    desk.vault.apply(Store::K3, sent.send(change)?).await?;
    Ok(())
}

fn apply(asked: &mut OpinionAsked, what: &OpinionChanged, by: By) -> Result<()> {
    if asked.withdrawn.is_some() {
        return Err(DeskError::rule(
            "opinion-withdrawn",
            "the person took this request back: ask anew",
        ));
    }
    match what {
        OpinionChanged::Release { items } => asked.add(items),
        OpinionChanged::TakeBack { number } => {
            let error = domain::opinion::OpinionError::NoSuchItem(*number);
            let item = asked
                .items
                .iter_mut()
                .find(|i| i.number == *number && i.taken_back.is_none())
                .ok_or_else(|| refused(error))?;
            item.taken_back = Some(by);
        }
        OpinionChanged::Withdraw => asked.withdrawn = Some(by),
    }
    Ok(())
}

async fn own(desk: &Desk, by: By, id: &str) -> Result<Opened<OpinionAsked>> {
    let found = desk
        .vault
        .load::<OpinionAsked>(id)
        .await
        .map_err(|e| DeskError::from(e).what("request"))?;
    // Whoever answers for the case now: it may have gone to another organisation since.
    if case::load(desk, found.body.case).await?.body.case.owner == by.org {
        Ok(found)
    } else {
        Err(DeskError::NotFound { what: "request" })
    }
}
