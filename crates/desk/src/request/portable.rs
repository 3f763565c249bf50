//! What she takes along (AVG 20): checked when care answers, and made anew each time she fetches it, for the days that the vocabulary names.
//! No copy of it is kept.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::answer::Compartment;
use domain::code::DataCode;
use domain::ids::{CaseId, RequestId};
use domain::mailbox::ReturnCode;
use domain::opinion::Released;
use domain::request::{
    DataRequest, Outcome, OwnFile, PartAnswer, Portable, RequestState, Right, portable,
};
use domain::share::{Portion, Source};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use vault::{Change, Store};

use super::handle::own;
use super::records::StoredRequest;
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::case::{CaseFile, case_of_code, consents_of, load, person_of};
use crate::error::{DeskError, Result};
use crate::opinion::OpinionAsked;

/// How long she can fetch it once the answer is open.
const FETCH: &str = "portability_file";

/// What she gave, to take along.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnData {
    /// The categories that she gets.
    pub data: BTreeSet<DataCode>,
    /// What is about her and nobody else, of these categories.
    pub file: OwnFile,
    /// Her statements that she let a panel read.
    pub statements: Vec<SafeText>,
    /// On which day it was made.
    pub on: Date,
}

/// Sorts what a file holds, as if she had given all of it herself: whoever answers knows what she did give.
async fn sorted(
    desk: &Desk,
    case: CaseId,
    hers: Option<&BTreeSet<DataCode>>,
    now: Timestamp,
) -> Result<Portable> {
    let file = load(desk, case).await?.body;
    let person = person_of(desk, &file.case).await?.body.0;
    let all: BTreeSet<DataCode> = Portion::HELD.into_iter().map(DataCode::literal).collect();
    let source = source(&file, &person);
    let outline = Portion::of(source, &all).outline();
    let filled = outline.rows().iter().filter(|(_, filled)| *filled);
    let held: BTreeSet<DataCode> = filled.map(|(code, _)| code.clone()).collect();
    let consents = consents_of(desk, case).await?;
    let given: Vec<_> = consents
        .into_iter()
        .filter_map(|found| found.body.given().cloned())
        .collect();
    Ok(portable(
        &held,
        hers.unwrap_or(&held),
        &given,
        dutch_date(now),
    ))
}

fn source<'a>(file: &'a CaseFile, person: &'a domain::person::PossibleVictim) -> Source<'a> {
    Source {
        person,
        region: file.case.region.as_ref(),
        reflection: file.reflection.last().map(|n| n.status.state.as_str()),
    }
}

/// What could go and what cannot, with the reason of each, for whoever answers.
pub async fn portable_view(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: RequestId,
) -> Result<Portable> {
    let permit = permit(actor, UseCase::HandleRequest)?;
    let found = own(desk, actor, now, id).await?;
    let case = found.body.0.case;
    let person = load(desk, case).await?.body.case.person.to_string();
    let read = Change::new(permit.context(now)).read(person, &["held"]);
    desk.vault.apply(Store::K3, read).await?;
    sorted(desk, case, None, now).await
}

/// An answer gives no category that she cannot take along, and refuses with the reason what the law keeps.
pub(super) async fn check_portable(
    desk: &Desk,
    case: CaseId,
    answer: &PartAnswer,
    now: Timestamp,
) -> Result<()> {
    if answer.outcome == Outcome::Refused {
        return Ok(());
    }
    if answer.data.is_empty() && statements(desk, case).await?.0.is_empty() {
        return Err(DeskError::field(
            "outcome",
            "request-nothing-portable",
            "there is nothing that she can take along: refuse with the reason and the article (AVG 20)",
        ));
    }
    let sorted = sorted(desk, case, Some(&answer.data), now).await?;
    if answer.data.is_subset(&sorted.goes) {
        return Ok(());
    }
    let kept = answer.data.difference(&sorted.goes);
    let why: Vec<String> = kept
        .map(|code| match sorted.stays.get(code) {
            Some(why) => format!("{code} ({})", why.article()),
            None => format!("{code} (nothing stands in it)"),
        })
        .collect();
    Err(DeskError::field(
        "data",
        "request-not-portable",
        format!("these cannot be taken along: {}", why.join(", ")),
    ))
}

/// Her statements that she let a panel read and did not take back, with the records that hold them.
async fn statements(desk: &Desk, case: CaseId) -> Result<(Vec<SafeText>, Vec<String>)> {
    let asked = desk
        .vault
        .load_children::<OpinionAsked>(&case.to_string())
        .await?;
    let ids = asked.iter().map(|one| one.id.clone()).collect();
    let items = asked.into_iter().flat_map(|one| one.body.items);
    let said = items.filter_map(|item| match (item.item, item.taken_back) {
        (Released::Statement { text }, None) => Some(text),
        _ => None,
    });
    Ok((said.collect(), ids))
}

/// Until when she can fetch it; none: there is nothing to fetch now.
pub(super) fn fetch_until(
    desk: &Desk,
    request: &DataRequest,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let RequestState::Answered { answer, .. } = request.state() else {
        return Ok(None);
    };
    let opens = request.opens(Compartment::K3);
    if request.right != Right::Portability || answer.outcome == Outcome::Refused || now < opens {
        return Ok(None);
    }
    let until = desk.deadline(FETCH, opens)?;
    Ok((now <= until).then_some(until))
}

/// She fetches it with her code. The journal says so, with the categories.
pub async fn own_data(
    desk: &Desk,
    now: Timestamp,
    code: &ReturnCode,
    id: RequestId,
) -> Result<OwnData> {
    let permit = permit(&Actor::Public, UseCase::TakeOwnFile)?;
    let case = case_of_code(desk, now, code).await?;
    let missing = || DeskError::NotFound { what: "request" };
    let found = desk
        .vault
        .load::<StoredRequest>(&id.to_string())
        .await
        .map_err(|e| DeskError::from(e).what("request"))?;
    let request = found.body.0;
    if request.case != case || fetch_until(desk, &request, now)?.is_none() {
        return Err(missing());
    }
    let data = request.own_answer().map(|answer| answer.data.clone());
    let data = data.ok_or_else(missing)?;
    let file = load(desk, case).await?.body;
    let person = person_of(desk, &file.case).await?;
    let (statements, asked) = statements(desk, case).await?;
    let fields: Vec<&str> = data.iter().map(DataCode::as_str).collect();
    let mut change = Change::new(permit.context(now))
        .read(id.to_string(), &["answer"])
        .read(&person.id, &fields);
    for id in &asked {
        change = change.read(id, &["released"]);
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(OwnData {
        file: OwnFile::of(source(&file, &person.body.0), &data),
        statements,
        on: dutch_date(now),
        data,
    })
}
