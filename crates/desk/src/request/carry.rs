//! Care carries out what it granted: an erasure, a correction (AVG 16, 17 and 19). Until it is done it is owed.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::DataCode;
use domain::ids::{CaseId, DisclosureId, RequestId};
use domain::request::{
    DataRequest, Done, Reach, Refusal, RequestError, RequestState, Right, Told, Way,
};
use domain::restriction::Act;
use domain::share::{Confirmation, Portion, Source};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, How, Opened, Store};

use super::empty::empty_copies;
use super::handle::own;
use super::records::StoredRequest;
use super::refused;
use super::scope::{Scope, scope};
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::{
    CaseFile, StoredPersonCode, empty_categories, fresh, guard, load, person_of, unfinished,
};
use crate::error::{DeskError, Result};
use crate::restriction;
use crate::retention::holds_on;
use crate::share::{StoredShare, correct_shares, end_for_erasure};

/// The act under which the register of destruction finds what went at a request.
pub(super) const ERASED: &str = "record.erase";

/// How it is carried out, as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayInput {
    /// Samen destroys it; the mark of what was looked at.
    Erase {
        /// [`Scope::mark`], empty where categories are emptied.
        mark: String,
    },
    /// It was changed in the record.
    Changed,
    /// Her own statement is kept with the record.
    Note {
        /// Her statement.
        statement: SafeText,
        /// Why the record itself was not changed.
        reason: SafeText,
    },
    /// It was done where Samen cannot see it.
    Elsewhere {
        /// Where, and what was done.
        place: SafeText,
    },
    /// It has to be kept after all: only while a legal hold says so.
    Keep {
        /// Why; the person reads it.
        reason: SafeText,
        /// The ground in law.
        ground: SafeText,
    },
}

impl WayInput {
    /// What the person will read is no address of a shelter, unless somebody looked.
    pub(super) fn guarded(&self, looked: bool) -> Result<()> {
        let texts: Vec<(&str, Option<&SafeText>)> = match self {
            WayInput::Erase { .. } | WayInput::Changed => Vec::new(),
            WayInput::Note { statement, reason } => {
                vec![("words", Some(statement)), ("reason", Some(reason))]
            }
            WayInput::Elsewhere { place } => vec![("reason", Some(place))],
            WayInput::Keep { reason, .. } => vec![("reason", Some(reason))],
        };
        guard(&texts, looked)
    }

    /// The way, once what it needs was looked at.
    pub(super) fn way(self) -> Way {
        match self {
            WayInput::Erase { .. } => Way::Erased,
            WayInput::Changed => Way::Changed,
            WayInput::Note { statement, reason } => Way::Noted { statement, reason },
            WayInput::Elsewhere { place } => Way::Elsewhere { place },
            WayInput::Keep { reason, ground } => Way::Kept {
                refusal: Refusal { reason, ground },
            },
        }
    }
}

/// What whoever carries it out sees first.
#[derive(Debug, Clone)]
pub struct CarryView {
    /// The request.
    pub request: DataRequest,
    /// Version to name.
    pub version: i64,
    /// The categories that were granted; none: everything.
    pub data: BTreeSet<DataCode>,
    /// Of a correction: in which of them something else stands since it was granted.
    pub changed: BTreeSet<DataCode>,
    /// Of an erasure of everything: what goes.
    pub whole: Option<Scope>,
    /// How many shares run that hold some of it: they end, or get what is right now.
    pub shares: usize,
    /// Why somebody needs it longer, for each legal hold on it.
    pub holds: Vec<SafeText>,
}

/// Shows what carrying it out would do. The journal says who looked.
pub async fn carry_view(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
) -> Result<CarryView> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    let found = own(desk, actor, now, id).await?;
    let request = found.body.0.clone();
    let data = granted(&request)?;
    let change = Change::new(permit.context(now)).read(found.id.clone(), &["all"]);
    desk.vault.apply(Store::K3, change).await?;
    let file = load(desk, request.case).await?.body;
    let whole = match request.right == Right::Erasure && data.is_empty() {
        true => Some(all_of(desk, &request).await?),
        false => None,
    };
    let holds = match &whole {
        Some(whole) => whole.holds.clone(),
        None => held(desk, &file).await?,
    };
    let shares = desk
        .vault
        .load_children::<StoredShare>(&request.case.to_string())
        .await?;
    let concerned = shares.iter().map(|found| &found.body.0);
    let concerned = concerned.filter(|s| s.runs() && holds_some(&s.portion, &data));
    Ok(CarryView {
        version: found.version,
        changed: changed(desk, &request, &file).await?,
        shares: concerned.count(),
        request,
        data,
        whole,
        holds,
    })
}

/// Whether a portion holds some of these categories; none named: all count.
pub(crate) fn holds_some(portion: &Portion, data: &BTreeSet<DataCode>) -> bool {
    data.is_empty() || portion.outline().data().any(|held| data.contains(held))
}

/// What was granted; a request that is not granted is not carried out.
fn granted(request: &DataRequest) -> Result<BTreeSet<DataCode>> {
    let RequestState::Granted { answer, .. } = request.state() else {
        return Err(refused(RequestError::NotNow(request.state_name())));
    };
    Ok(match answer.reach() {
        Reach::Whole => BTreeSet::new(),
        Reach::Categories(data) => data.clone(),
    })
}

/// Everything that care has of her, but for what tells that it went: this request with its parts, and her code, with which she reads it.
async fn all_of(desk: &Desk, request: &DataRequest) -> Result<Scope> {
    let (case, id) = (request.case.to_string(), request.id.to_string());
    let mut keep = desk.vault.ids_under(Store::K3, &id).await?;
    keep.push(id);
    let codes = desk.vault.load_children::<StoredPersonCode>(&case).await?;
    keep.extend(codes.into_iter().map(|code| code.id));
    scope(desk, Store::K3, &case, &keep).await
}

async fn held(desk: &Desk, file: &CaseFile) -> Result<Vec<SafeText>> {
    let ids = [file.case.id.to_string(), file.case.person.to_string()];
    let holds = holds_on(desk, Store::K3, &ids).await?;
    Ok(holds.into_iter().map(|hold| hold.reason).collect())
}

/// In which of the granted categories something else stands than when it was granted.
async fn changed(
    desk: &Desk,
    request: &DataRequest,
    file: &CaseFile,
) -> Result<BTreeSet<DataCode>> {
    let RequestState::Granted {
        before: Some(before),
        ..
    } = request.state()
    else {
        return Ok(BTreeSet::new());
    };
    let data = granted(request)?;
    let now = portion(desk, file, &data).await?;
    Ok(before.changed(&now))
}

/// What stands in these categories now.
pub(super) async fn portion(
    desk: &Desk,
    file: &CaseFile,
    data: &BTreeSet<DataCode>,
) -> Result<Portion> {
    let person = person_of(desk, &file.case).await?;
    let reflection = file.reflection.last().map(|n| n.status.state.as_str());
    let source = Source {
        person: &person.body.0,
        region: file.case.region.as_ref(),
        reflection,
    };
    Ok(Portion::of(source, data))
}

/// Carries it out. An erasure is one change of care, with the end of what was shared, and stands in the register of destruction.
pub async fn carry_out(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
    seen: i64,
    input: WayInput,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    let found = own(desk, actor, now, id).await?;
    fresh(&found, seen)?;
    input.guarded(looked)?;
    let data = granted(&found.body.0)?;
    let file = load(desk, found.body.0.case).await?;
    let right = found.body.0.right;
    match &input {
        WayInput::Erase { mark } if right == Right::Erasure => {
            let case = [found.body.0.case.to_string()];
            restriction::check(desk, Store::K3, &case, Act::Erase, &data, now).await?;
            let (change, told) = match data.is_empty() {
                true => erase_all(desk, &permit, now, &found, &file, mark).await?,
                false => erase_some(desk, &permit, now, &found, &file, &data).await?,
            };
            return end(desk, actor, now, found, change, input.way(), data, told).await;
        }
        // Care's own file is in Samen's hands: an erasure that somebody says to have done is none.
        WayInput::Changed | WayInput::Elsewhere { .. } if right == Right::Erasure => {
            return Err(refused(RequestError::Way));
        }
        WayInput::Changed => {
            check_changed(desk, &found, &file.body, &data).await?;
        }
        WayInput::Keep { .. } if held(desk, &file.body).await?.is_empty() => {
            let why = "nothing keeps it: no legal hold is on it, so it is carried out";
            return Err(DeskError::rule("request-not-held", why));
        }
        _ => {}
    }
    let change = Change::new(permit.context(now));
    let (change, told) = match right {
        Right::Correction if !data.is_empty() && input == WayInput::Changed => {
            correct_shares(desk, change, found.body.0.case, &data, now).await?
        }
        _ => (change, Vec::new()),
    };
    end(desk, actor, now, found, change, input.way(), data, told).await
}

#[allow(
    clippy::too_many_arguments,
    reason = "who, when, which, the change, and what was done"
)]
async fn end(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    found: Opened<StoredRequest>,
    change: Change,
    way: Way,
    data: BTreeSet<DataCode>,
    told: Vec<Told>,
) -> Result<()> {
    let done = Done {
        on: dutch_date(now),
        way,
        data,
        told,
    };
    let org = actor.person()?.org;
    let next = found.body.0.carry_out(actor.by(now)?, done);
    let draft = StoredRequest(next.map_err(refused)?).draft(org, &["state", "done"])?;
    desk.vault
        .apply(Store::K3, change.update(draft, found.version))
        .await?;
    Ok(())
}

/// The journal entry of an erasure: who confirmed it, at which request, by which article.
pub(super) fn erasing(permit: &Permit, now: Timestamp, request: &str) -> Change {
    let mut context = permit.context(now);
    ERASED.clone_into(&mut context.act);
    context.ground = format!("AVG 17; {request}");
    Change::new(context)
}

async fn erase_all(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    found: &Opened<StoredRequest>,
    file: &Opened<CaseFile>,
    mark: &str,
) -> Result<(Change, Vec<Told>)> {
    let request = &found.body.0;
    let whole = all_of(desk, request).await?;
    whole.may_go(mark)?;
    stands_alone(desk, request, &file.body).await?;
    let change = erasing(permit, now, &found.id).clear_timers(file.id.clone());
    let all = BTreeSet::new();
    let (change, told, _) =
        end_for_erasure(desk, change, request.case, &all, &found.id, now).await?;
    let ids = whole.records.into_iter();
    let change = ids.fold(change, |change, id| change.erase(id));
    Ok((change, told))
}

/// Nothing else hangs on the case that would be lost with it: another question of hers, or a room.
async fn stands_alone(desk: &Desk, request: &DataRequest, file: &CaseFile) -> Result<()> {
    let case = request.case.to_string();
    let all = desk.vault.load_children::<StoredRequest>(&case).await?;
    let mut others = all.iter().map(|found| &found.body.0);
    if others.any(|other| other.id != request.id && other.owed().is_some()) {
        let why = "she asked something else that is still owed: answer that first, her file is needed for it";
        return Err(DeskError::rule("request-other-runs", why));
    }
    shelter_is_over(desk, file).await
}

/// A room would stay taken for somebody of whom nothing is known.
pub(super) async fn shelter_is_over(desk: &Desk, file: &CaseFile) -> Result<()> {
    let open = unfinished(desk, file).await?;
    if open.contains(&domain::case::Unfinished::Shelter) {
        let why =
            "she is in a shelter, or one is being sought: end that first, a room would stay taken";
        return Err(DeskError::rule("request-shelter", why));
    }
    Ok(())
}

async fn erase_some(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    found: &Opened<StoredRequest>,
    file: &Opened<CaseFile>,
    data: &BTreeSet<DataCode>,
) -> Result<(Change, Vec<Told>)> {
    let case = found.body.0.case;
    let change = erasing(permit, now, &found.id);
    let (change, told, gone) = end_for_erasure(desk, change, case, data, &found.id, now).await?;
    let on_shares = holds_on(desk, Store::K3, &gone).await?;
    if !on_shares.is_empty() || !held(desk, &file.body).await?.is_empty() {
        let why = "a legal hold keeps this record: it cannot be erased while somebody needs it for a claim or a trial";
        return Err(DeskError::rule("request-held", why));
    }
    let change = gone.into_iter().fold(change, |change, id| change.erase(id));
    let change = empty_categories(desk, change, file, data, now).await?;
    let change = empty_copies(desk, change, Store::K3, &file.id, data).await?;
    Ok((change, told))
}

/// Samen sees that it was changed since it was granted: in each category that was named, else in the record at all.
async fn check_changed(
    desk: &Desk,
    found: &Opened<StoredRequest>,
    file: &CaseFile,
    data: &BTreeSet<DataCode>,
) -> Result<()> {
    let is_so = match data.is_empty() {
        false => changed(desk, &found.body.0, file).await? == *data,
        true => {
            let since = match found.body.0.state() {
                RequestState::Granted { by, .. } => by.at,
                _ => found.updated,
            };
            let ids = [file.case.id.to_string(), file.case.person.to_string()];
            was_changed(desk, Store::K3, &ids, since).await?
        }
    };
    match is_so {
        true => Ok(()),
        false => Err(DeskError::rule(
            "request-not-changed",
            "not everything that was granted was changed since: correct it first, or keep her statement with the record",
        )),
    }
}

/// Whether somebody changed one of these records since a moment, by the journal of their compartment.
pub(super) async fn was_changed(
    desk: &Desk,
    store: Store,
    ids: &[String],
    since: Timestamp,
) -> Result<bool> {
    const MOST: usize = 20_000;
    let entries = desk.vault.journal_of(store, ids, MOST).await?;
    let person = |role: &str| crate::access::Role::from_code(role).is_some();
    Ok(entries.iter().any(|entry| {
        let touched = entry.records.iter().any(|touched| {
            ids.contains(&touched.id) && matches!(touched.how, How::Changed | How::Created)
        });
        touched && entry.context.at > since && person(&entry.context.role)
    }))
}

/// A receiver confirms, perhaps although the share is gone here: the request of which it was told keeps the answer. `restriction`: it
/// confirms that it only keeps what it has.
pub(crate) async fn told_back(
    desk: &Desk,
    change: Change,
    share: DisclosureId,
    confirmation: &Confirmation,
    restriction: bool,
) -> Result<Change> {
    let found = desk
        .vault
        .load_by_term::<StoredRequest>("told", &share.to_string())
        .await?;
    // One share may have been told of a restriction, and later of its end.
    let of = |request: &DataRequest| {
        let done = request.own_answer().and_then(|answer| answer.done.as_ref());
        done.is_some_and(|done| matches!(done.way, Way::Restricted { .. }) == restriction)
    };
    let Some(found) = found.into_iter().find(|found| of(&found.body.0)) else {
        return Ok(change);
    };
    let mut request = found.body.0;
    if !request.told_back(share, confirmation.clone()) {
        return Ok(change);
    }
    let org = found.clear.org.as_deref().and_then(|org| org.parse().ok());
    let org =
        org.ok_or_else(|| DeskError::Setup("a request that no organisation keeps".to_owned()))?;
    Ok(change.update(StoredRequest(request).draft(org, &["told"])?, found.version))
}

/// The categories of a case of which a correction was granted and is still to be made; a correction that names none is of all of them.
pub(crate) async fn corrections(desk: &Desk, case: CaseId) -> Result<BTreeSet<DataCode>> {
    let all = desk
        .vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?;
    let open = all.iter().filter_map(|found| match found.body.0.state() {
        RequestState::Granted { answer, .. } if found.body.0.right == Right::Correction => {
            Some(answer.reach())
        }
        _ => None,
    });
    let mut out = BTreeSet::new();
    for reach in open {
        match reach {
            Reach::Whole => out.extend(Portion::HELD.into_iter().map(DataCode::literal)),
            Reach::Categories(data) => out.extend(data.iter().cloned()),
        }
    }
    Ok(out)
}

/// Her requests once her file is gone: what was done, and what other compartments still answer.
pub async fn gone_view(desk: &Desk, now: Timestamp, case: CaseId) -> Result<Vec<DataRequest>> {
    let permit = permit(&Actor::Public, UseCase::ReadPersonPage)?;
    if desk
        .vault
        .clear_of(Store::K3, &case.to_string())
        .await?
        .is_some()
    {
        return Ok(Vec::new());
    }
    let found = desk
        .vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?;
    let mut change = Change::new(permit.context(now));
    for request in &found {
        change = change.read(&request.id, &["state", "answer", "done"]);
    }
    if !found.is_empty() {
        desk.vault.apply(Store::K3, change).await?;
    }
    Ok(found.into_iter().rev().map(|found| found.body.0).collect())
}

/// Her own statements that stand beside her file, with the requests that hold them.
pub(crate) async fn own_statements(
    desk: &Desk,
    case: CaseId,
) -> Result<(Vec<String>, Vec<(Date, SafeText)>)> {
    let all = desk
        .vault
        .load_children::<StoredRequest>(&case.to_string())
        .await?;
    let noted = all.into_iter().filter_map(|found| {
        let done = found.body.0.own_answer()?.done.as_ref()?;
        match &done.way {
            Way::Noted { statement, .. } => Some((found.id, (done.on, statement.clone()))),
            _ => None,
        }
    });
    Ok(noted.unzip())
}
