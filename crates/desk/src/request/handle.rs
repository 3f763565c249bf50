//! The care coordinator: puts down what a person asked aloud, settles that it is she, extends once, answers.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::DataCode;
use domain::ids::{CaseId, RequestId};
use domain::request::{
    Asked, DataRequest, Extension, IdentityBy, Outcome, Owner, PartAnswer, Refusal, Right,
};
use domain::restriction::Ground;
use domain::share::Portion;
use domain::time::dutch_date;
use jiff::Timestamp;
use vault::{Change, Counts, Cursor, Filter, Opened, Order, Page, Store, Stored};

use super::carry::portion;
use super::looked::looked;
use super::own::make;
use super::portable::check_portable;
use super::records::StoredRequest;
use super::restrict;
use super::split::send_parts;
use super::{extended, refused};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::{fresh, guard, load, taken_on};
use crate::error::{DeskError, Result};
use crate::shown;

/// A request as care sees it.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// The request.
    pub request: DataRequest,
    /// Version to name when taking a step.
    pub version: i64,
}

/// What an answer says.
#[derive(Debug, Clone)]
pub struct AnswerInput {
    /// How far it goes.
    pub outcome: Outcome,
    /// Categories that are given.
    pub data: BTreeSet<DataCode>,
    /// What the person reads.
    pub words: Option<SafeText>,
    /// The reason of a refusal.
    pub reason: Option<SafeText>,
    /// Its ground in law.
    pub ground: Option<SafeText>,
    /// Of a restriction that is granted: on which ground.
    pub restriction: Option<Ground>,
    /// Somebody looked at what seems an address.
    pub looked: bool,
}

impl AnswerInput {
    /// The answer, if it says what an answer has to say.
    pub(super) fn answer(&self, now: Timestamp) -> Result<PartAnswer> {
        let texts = [
            ("words", self.words.as_ref()),
            ("reason", self.reason.as_ref()),
        ];
        guard(&texts, self.looked)?;
        let required = |field, value: Option<&SafeText>| match value {
            Some(text) => Ok(text.clone()),
            None => Err(DeskError::field(
                field,
                "required",
                "a refusal names its reason and its ground in law",
            )),
        };
        let refusal = match self.outcome {
            Outcome::Given => None,
            Outcome::Partly | Outcome::Refused => Some(Refusal {
                reason: required("reason", self.reason.as_ref())?,
                ground: required("ground", self.ground.as_ref())?,
            }),
        };
        PartAnswer::new(
            self.outcome,
            self.data.clone(),
            self.words.clone(),
            refusal,
            dutch_date(now),
        )
        .map_err(refused)
    }
}

/// Puts down what a person asked aloud.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which case, what is asked, and whether somebody looked"
)]
pub async fn enter(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    right: Right,
    words: Option<SafeText>,
    looked: bool,
) -> Result<RequestId> {
    let permit = permit(actor, UseCase::EnterRequest)?;
    taken_on(desk, actor, now, case).await?;
    guard(&[("words", words.as_ref())], looked)?;
    let asked = Asked::Aloud { by: actor.by(now)? };
    make(desk, &permit, now, case, right, words, asked).await
}

/// The requests of one's own organisation.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    states: Vec<String>,
    after: Option<&Cursor>,
) -> Result<(Page, Counts)> {
    permit(actor, UseCase::HandleRequest)?;
    let filter = Filter {
        states,
        orgs: vec![actor.person()?.org.to_string()],
        ..Filter::default()
    };
    let kind = &StoredRequest::KIND;
    let page = desk
        .vault
        .list(kind, &filter, Order::Due, after, 50)
        .await?;
    Ok((page, desk.vault.counts(kind, &filter).await?))
}

/// The requests of a case, newest first.
pub async fn of_case(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
) -> Result<Vec<DataRequest>> {
    permit(actor, UseCase::HandleRequest)?;
    taken_on(desk, actor, now, case).await?;
    let found = desk
        .vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?;
    Ok(found.into_iter().rev().map(|found| found.body.0).collect())
}

/// Reads a request. What others answered shows when its section opens, to care as to the person.
pub async fn read(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
) -> Result<RequestView> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    own(desk, actor, now, id).await?;
    let change = Change::new(permit.context(now)).read(id.to_string(), &["all"]);
    let found = shown::first::<StoredRequest>(desk, change, "request").await?;
    Ok(RequestView {
        request: found.body.0,
        version: found.version,
    })
}

/// It is she: everybody who has data of her by a disclosure is asked.
pub async fn settle(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
    seen: i64,
    how: IdentityBy,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let by = actor.by(now)?;
    let next = found.body.0.settle(by, how).map_err(refused)?;
    let file = load(desk, next.case).await?.body;
    let change = update(&permit, now, &next, file.case.owner, found.version)?;
    let change = send_parts(desk, change, &next, &file, by, now).await?;
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// It could not be settled, with the reason that she reads.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the reason"
)]
pub async fn turn_away(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    guard(&[("reason", Some(&reason))], looked)?;
    let by = actor.by(now)?;
    step(desk, actor, now, id, seen, |request| {
        request.turn_away(by, reason).map_err(refused)
    })
    .await
}

/// Extends the term, once, with the reason that she reads.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and the reason"
)]
pub async fn extend(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    guard(&[("reason", Some(&reason))], looked)?;
    let by = actor.by(now)?;
    step(desk, actor, now, id, seen, |request| {
        let (due, release) = extended(desk, request.received)?;
        let extension = Extension { by, reason };
        request.extend(extension, due, release).map_err(refused)
    })
    .await
}

/// Answers for care. It opens at its moment. What she is given of her file is of the categories that the file holds.
pub async fn answer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
    seen: i64,
    input: AnswerInput,
) -> Result<()> {
    permit(actor, UseCase::HandleRequest)?;
    let by = actor.by(now)?;
    let held = |data: &DataCode| Portion::HELD.iter().any(|held| data.is(held));
    if !input.data.iter().all(held) {
        return Err(DeskError::field(
            "data",
            "unknown",
            "a care file holds no such category",
        ));
    }
    let given = input.answer(now)?;
    let found = own(desk, actor, now, id).await?;
    let right = found.body.0.right;
    names_what(right, &given)?;
    let restricted = restrict::ground(right, &given, input.restriction)?;
    if right == Right::Portability {
        check_portable(desk, found.body.0.case, &given, now).await?;
    }
    let before = match right {
        Right::Correction => {
            let file = load(desk, found.body.0.case).await?.body;
            Some(portion(desk, &file, &given.data).await?)
        }
        _ => None,
    };
    let given = match right {
        Right::Access => {
            let case = found.body.0.case.to_string();
            given.with_looked(looked(desk, Store::K3, &case).await?)
        }
        _ => given,
    };
    let owner = owner(actor)?;
    if let Some(ground) = restricted {
        return answer_restricting(desk, actor, now, found, seen, given, owner, ground).await;
    }
    step(desk, actor, now, id, seen, |request| {
        request.answer(by, given, owner, before).map_err(refused)
    })
    .await
}

/// Granting a restriction marks the case in the same change: nothing happens with it in between.
#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, seen, and what is granted on which ground"
)]
async fn answer_restricting(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    found: Opened<StoredRequest>,
    seen: i64,
    given: PartAnswer,
    owner: Owner,
    ground: Ground,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    fresh(&found, seen)?;
    let by = actor.by(now)?;
    let granted = found.body.0.answer(by, given, owner, None);
    let change = Change::new(permit.context(now));
    let (change, next) =
        restrict::mark_case(desk, change, granted.map_err(refused)?, ground, by).await?;
    let org = load(desk, next.case).await?.body.case.owner;
    let draft = StoredRequest(next).draft(org, &["state", "done"])?;
    desk.vault
        .apply(Store::K3, change.update(draft, found.version))
        .await?;
    Ok(())
}

/// Whoever grants it carries it out.
pub(super) fn owner(actor: &Actor) -> Result<Owner> {
    let person = actor.person()?;
    Ok(Owner {
        user: person.user,
        name: person.name.clone(),
    })
}

/// An erasure or a restriction that is granted in part says which categories it takes: everything only when everything was granted.
pub(super) fn names_what(right: Right, answer: &PartAnswer) -> Result<()> {
    let names = matches!(right, Right::Erasure | Right::Restriction);
    if names && answer.outcome == Outcome::Partly && answer.data.is_empty() {
        return Err(DeskError::field(
            "data",
            "request-erase-what",
            "granted in part: say which categories",
        ));
    }
    Ok(())
}

async fn step(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
    seen: i64,
    take: impl FnOnce(DataRequest) -> Result<DataRequest>,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    let next = take(found.body.0)?;
    let owner = load(desk, next.case).await?.body.case.owner;
    let change = update(&permit, now, &next, owner, found.version)?;
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn update(
    permit: &Permit,
    now: Timestamp,
    next: &DataRequest,
    owner: domain::ids::OrgId,
    seen: i64,
) -> Result<Change> {
    let draft = StoredRequest(next.clone()).draft(owner, &["state"])?;
    Ok(Change::new(permit.context(now)).update(draft, seen))
}

/// A request of a case of one's own organisation; any other is not found. Once the case is erased nobody leads it: then the organisation
/// alone decides.
pub(super) async fn own(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
) -> Result<Opened<StoredRequest>> {
    let found = desk
        .vault
        .load::<StoredRequest>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("request"))?;
    if found.body.0.left_nothing() {
        let mine = actor.person()?.org.to_string();
        return match found.clear.org.as_deref() == Some(mine.as_str()) {
            true => Ok(found),
            false => Err(DeskError::NotFound { what: "request" }),
        };
    }
    taken_on(desk, actor, now, found.body.0.case)
        .await
        .map_err(|e| e.what("request"))?;
    Ok(found)
}
