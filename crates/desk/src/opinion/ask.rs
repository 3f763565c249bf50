//! At care (K3): asking for a person, with what the person releases, each item by itself; adding, taking back and
//! withdrawing later. Care keeps a small record of it; the request itself goes to the panel as a disclosure.

use domain::By;
use domain::ids::{ConsentId, DisclosureId, OpinionId, PersonId};
use domain::opinion::{Ground, Opinion, Released};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Kind, Opened, Store, Stored};

use super::receive::panel;
use super::refused;
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::disclosure::{Disclosure, OpinionChanged, OpinionRequested, Payload};
use crate::error::{DeskError, Result};

/// What is asked.
#[derive(Debug, Clone)]
pub struct NewAsk {
    /// The case at care, as text.
    pub case: String,
    /// What the person releases.
    pub released: Vec<Released>,
    /// What the admission rule looks at.
    pub ground: Ground,
    /// The person's consent to it.
    pub consent: ConsentId,
}

/// Care's own record of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionAsked {
    /// The case.
    pub case: String,
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
            parent: Some(self.case.clone()),
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

/// Asks an opinion. `check` is the subject `case` saying that the case is the actor's own and open, and that the consent
/// names the panel; it runs before anything is written.
pub async fn ask(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    check: impl Future<Output = Result<()>> + Send,
    new: NewAsk,
) -> Result<DisclosureId> {
    let permit = permit(actor, UseCase::AskOpinion)?;
    let by = actor.by(now)?;
    check.await?;
    check_items(desk, now, &new.released, by)?;
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
        subject: Some(asked.case.clone()),
        payload,
    })
}

/// The requests of a case, newest first, with what was released; the journal says that it was seen.
pub async fn asked(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    check: impl Future<Output = Result<()>> + Send,
    case: &str,
) -> Result<Vec<Asked>> {
    let permit = permit(actor, UseCase::AskOpinion)?;
    check.await?;
    let found = desk.vault.load_children::<OpinionAsked>(case).await?;
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

/// The person releases more.
pub async fn release(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: &str,
    seen: i64,
    items: Vec<Released>,
) -> Result<()> {
    let by = actor.by(now)?;
    check_items(desk, now, &items, by)?;
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
    if found.body.by.org == by.org {
        Ok(found)
    } else {
        Err(DeskError::NotFound { what: "request" })
    }
}
