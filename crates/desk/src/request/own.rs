//! The person's own page: what is held, by whom and on which ground, with whom it was shared, who looked, and where her requests stand.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::answer::Compartment;
use domain::arrival::Via;
use domain::code::DataCode;
use domain::ids::{CaseId, OrgId, RequestId};
use domain::mailbox::ReturnCode;
use domain::request::{Asked, DataRequest, Looked, Outcome, OwnFile, RequestState, Right};
use domain::share::{Portion, Source};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::looked::{looked, tells_place};
use super::portable::fetch_until;
use super::records::StoredRequest;
use super::split::compartment;
use super::{check_words, refused, terms};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::{CaseFile, case_of_code, load, person_of};
use crate::disclosure::{Disclosure, Payload};
use crate::error::{DeskError, Result};
use crate::share::StoredShare;

/// Where something about her went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedWith {
    /// Which compartment.
    pub to: Compartment,
    /// What it was, as disclosures name it.
    pub what: &'static str,
    /// Kind of organisation, a vocabulary code, where it is one.
    pub kind: Option<String>,
    /// Its name, where it does not say where she is.
    pub name: Option<String>,
    /// When.
    pub on: Date,
    /// Legal ground.
    pub ground: String,
    /// Purpose, a vocabulary code.
    pub purpose: String,
    /// Which categories, where they were chosen.
    pub data: Vec<DataCode>,
    /// Last day, for a share that runs.
    pub until: Option<Date>,
    /// Whether it runs.
    pub runs: bool,
}

/// A request as she sees it.
#[derive(Debug, Clone)]
pub struct OwnRequest {
    /// The request; what it may show now is in `sections`.
    pub request: DataRequest,
    /// Her own file, once the answer of care opened and as far as it was given.
    pub file: Option<OwnFile>,
    /// Until when she can fetch what she takes along; none: there is nothing to fetch.
    pub fetch: Option<Timestamp>,
}

/// What she reads about her data.
#[derive(Debug, Clone)]
pub struct OwnView {
    /// Categories in which something is written down at care.
    pub held: Vec<DataCode>,
    /// On which ground care holds it.
    pub ground: &'static str,
    /// Where it came from, and when; none: care opened the case itself.
    pub came: Option<(Compartment, Date)>,
    /// With whom it was shared, oldest first.
    pub shared: Vec<SharedWith>,
    /// Who looked at care.
    pub looked: Vec<Looked>,
    /// Her requests, newest first.
    pub requests: Vec<OwnRequest>,
}

/// What the page shows beside the state of the case. The journal says that it was shown.
pub async fn own_view(desk: &Desk, now: Timestamp, case: CaseId) -> Result<OwnView> {
    let permit = permit(&Actor::Public, UseCase::ReadPersonPage)?;
    let file = load(desk, case).await?.body;
    let person = person_of(desk, &file.case).await?;
    let id = case.to_string();
    let requests = desk.vault.load_children::<StoredRequest>(&id).await?;
    let mut change = Change::new(permit.context(now))
        .read(&id, &["shared", "looked"])
        .read(&person.id, &["held"]);
    for request in &requests {
        change = change.read(&request.id, &["state", "answer"]);
    }
    desk.vault.apply(Store::K3, change).await?;
    let reflection = file.reflection.last().map(|n| n.status.state.as_str());
    let source = Source {
        person: &person.body.0,
        region: file.case.region.as_ref(),
        reflection,
    };
    let all: BTreeSet<DataCode> = Portion::HELD.into_iter().map(DataCode::literal).collect();
    let outline = Portion::of(source, &all).outline();
    let filled = outline.rows().iter().filter(|(_, filled)| *filled);
    Ok(OwnView {
        held: filled.map(|(data, _)| data.clone()).collect(),
        ground: UseCase::ReadCase.rule().ground,
        came: came(&file),
        shared: shared(desk, &id).await?,
        looked: looked(desk, Store::K3, &id).await?,
        requests: requests
            .into_iter()
            .rev()
            .map(|found| {
                Ok(OwnRequest {
                    file: own_file(&found.body.0, source, now),
                    fetch: fetch_until(desk, &found.body.0, now)?,
                    request: found.body.0,
                })
            })
            .collect::<Result<_>>()?,
    })
}

fn came(file: &CaseFile) -> Option<(Compartment, Date)> {
    let arrival = file.arrival.as_ref()?;
    let from = match arrival.via {
        Via::Report => Compartment::K1,
        Via::Handover { .. } => Compartment::K5,
    };
    Some((from, dutch_date(file.case.opened.at)))
}

/// Her own file, when she asked to see it, care gave it, and its section is open.
fn own_file(request: &DataRequest, source: Source<'_>, now: Timestamp) -> Option<OwnFile> {
    let RequestState::Answered { answer, .. } = request.state() else {
        return None;
    };
    let gives = request.right == Right::Access
        && answer.outcome != Outcome::Refused
        && now >= request.opens(Compartment::K3);
    gives.then(|| OwnFile::of(source, &answer.data))
}

/// What care sent of the case. Parts of requests and answers about a report tell nobody anything of her.
async fn shared(desk: &Desk, case: &str) -> Result<Vec<SharedWith>> {
    let mut out = Vec::new();
    let sent = desk
        .vault
        .load_children_in::<Disclosure>(Store::K3, case)
        .await?;
    for sent in sent.into_iter().map(|found| found.body) {
        let tells = matches!(
            sent.payload,
            Payload::Registration(_) | Payload::Count(_) | Payload::OpinionRequest(_)
        );
        let Some(to) = compartment(sent.to).filter(|_| tells) else {
            continue;
        };
        let (kind, name) = named(desk, sent.org);
        out.push(SharedWith {
            to,
            what: sent.payload.name(),
            kind,
            name,
            on: dutch_date(sent.at),
            ground: sent.ground,
            purpose: sent.purpose,
            data: Vec::new(),
            until: None,
            runs: true,
        });
    }
    for share in desk.vault.load_children::<StoredShare>(case).await? {
        let share = share.body.0;
        let (_, name) = named(desk, Some(share.terms.to));
        out.push(SharedWith {
            to: Compartment::K3,
            what: "share",
            kind: Some(share.terms.kind.to_string()),
            name,
            on: dutch_date(share.by.at),
            ground: share.terms.grounds.join("; "),
            purpose: share.terms.purpose.to_string(),
            data: share.portion.outline().data().cloned().collect(),
            until: Some(share.terms.until),
            runs: share.runs(),
        });
    }
    out.sort_by_key(|shared| shared.on);
    Ok(out)
}

/// Kind and name of an organisation; no name of one that says where she is.
fn named(desk: &Desk, org: Option<OrgId>) -> (Option<String>, Option<String>) {
    let directory = desk.directory();
    let Some(org) = org.and_then(|org| directory.get(org)) else {
        return (None, None);
    };
    let name = (!tells_place(desk, &org.kind)).then(|| org.name.clone());
    (Some(org.kind.to_string()), name)
}

/// She asks on her own page. The moment is kept to the hour: when she had her telephone is nobody's business.
pub async fn ask(
    desk: &Desk,
    now: Timestamp,
    code: &ReturnCode,
    right: Right,
    words: Option<SafeText>,
) -> Result<RequestId> {
    let permit = permit(&Actor::Public, UseCase::AskOwnRequest)?;
    let case = case_of_code(desk, now, code).await?;
    let received = whole_hour(now);
    make(desk, &permit, received, case, right, words, Asked::Herself).await
}

/// Puts a request down under a case; one of a kind at a time.
pub(super) async fn make(
    desk: &Desk,
    permit: &Permit,
    received: Timestamp,
    case: CaseId,
    right: Right,
    words: Option<SafeText>,
    asked: Asked,
) -> Result<RequestId> {
    check_words(right, words.as_ref())?;
    let file = load(desk, case).await?.body;
    let known = desk
        .vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?;
    let runs = |found: &vault::Opened<StoredRequest>| {
        found.body.0.right == right && found.body.0.owed().is_some()
    };
    if known.iter().any(runs) {
        return Err(DeskError::rule(
            "request-open",
            "this was asked before and is still being answered",
        ));
    }
    let id = RequestId::new(desk.vault.new_id(received));
    let terms = terms(desk, received)?;
    let request = DataRequest::receive(id, case, right, words, asked, received, terms);
    let draft = StoredRequest(request).draft(file.case.owner, &["all"])?;
    let change = Change::new(permit.context(received)).create(draft);
    desk.vault.apply(Store::K3, change).await?;
    Ok(id)
}

/// She takes a request back.
pub async fn withdraw(desk: &Desk, now: Timestamp, code: &ReturnCode, id: RequestId) -> Result<()> {
    let permit = permit(&Actor::Public, UseCase::AskOwnRequest)?;
    let case = case_of_code(desk, now, code).await?;
    let missing = || DeskError::NotFound { what: "request" };
    let found = desk
        .vault
        .load::<StoredRequest>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("request"))?;
    if found.body.0.case != case {
        return Err(missing());
    }
    let owner = load(desk, case).await?.body.case.owner;
    let next = found.body.0.withdraw(whole_hour(now)).map_err(refused)?;
    let draft = StoredRequest(next).draft(owner, &["state"])?;
    let change = Change::new(permit.context(whole_hour(now))).update(draft, found.version);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

fn whole_hour(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(3600)).unwrap_or(at)
}
