//! Reports that name the same thing: found by the program, judged by somebody of the signal desk.
//!
//! A judgement stands in both reports, written in one change: neither can be without it, and each is destroyed with its report.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::ids::{OrgId, ReportId};
use domain::objects::ObjectKind;
use domain::report::{Finding, Judgement, Link, Report, shared};
use domain::restriction::Act;
use jiff::Timestamp;
use vault::{Change, Opened, Store, Term};

use super::{ACUTE_WAITS, StoredReport, load, redraft, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::restriction::{self, Notice};

/// A report that names the same thing as another, or was judged against it.
#[derive(Debug, Clone)]
pub struct Linked {
    /// The other report.
    pub other: ReportId,
    /// Of what both name the same one.
    pub shared: Vec<ObjectKind>,
    /// What somebody found.
    pub judged: Option<Link>,
    /// How it is; none when it was destroyed since.
    pub known: Option<Known>,
}

/// What the list of reports tells of one.
#[derive(Debug, Clone)]
pub struct Known {
    /// Region.
    pub region: Option<String>,
    /// Name of its state.
    pub state: &'static str,
    /// When it came in.
    pub received_at: Timestamp,
    /// To whom it went.
    pub receivers: Vec<OrgId>,
}

/// Two reports side by side.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The one that the question starts from.
    pub one: Report,
    /// The other.
    pub other: Report,
    /// Version of the first to name when judging.
    pub version: i64,
    /// Of what both name the same one.
    pub shared: Vec<ObjectKind>,
    /// What of either may only be kept, and why.
    pub restricted: Vec<Notice>,
}

/// What somebody found of two reports.
#[derive(Debug, Clone)]
pub struct LinkInput {
    /// The other report.
    pub other: ReportId,
    /// Together or not.
    pub finding: Finding,
    /// Why.
    pub because: SafeText,
}

/// All that belongs on the page of one report: what waits for somebody first, then what belongs together, then what does not; within
/// each the newest first.
pub(super) async fn linked(desk: &Desk, report: &Report, terms: &[Term]) -> Result<Vec<Linked>> {
    let mut out: Vec<Linked> = Vec::new();
    for term in terms.iter().filter(|term| term.kind != ACUTE_WAITS) {
        let found = desk
            .vault
            .load_by_term::<StoredReport>(&term.kind, &term.value);
        for other in found.await? {
            let id = other.body.0.id;
            if id != report.id && !out.iter().any(|known| known.other == id) {
                out.push(beside(report, id, Some(&other)));
            }
        }
    }
    for link in report.links() {
        if !out.iter().any(|known| known.other == link.other) {
            let other = found(load(desk, link.other).await)?;
            out.push(beside(report, link.other, other.as_ref()));
        }
    }
    let place = |linked: &Linked| {
        let judged = match linked.judged.as_ref().map(|link| link.stands.finding) {
            None => 0,
            Some(Finding::Together) => 1,
            Some(Finding::Apart) => 2,
        };
        let received = linked.known.as_ref().map(|known| known.received_at);
        (judged, std::cmp::Reverse(received), linked.other)
    };
    out.sort_by_key(place);
    Ok(out)
}

/// What was destroyed is no error here: the judgement stays.
fn found<T>(loaded: Result<T>) -> Result<Option<T>> {
    match loaded {
        Ok(found) => Ok(Some(found)),
        Err(DeskError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn beside(report: &Report, other: ReportId, found: Option<&Opened<StoredReport>>) -> Linked {
    let content = found.map(|found| &found.body.0.content);
    Linked {
        other,
        shared: content.map_or_else(Vec::new, |other| shared(&report.content, other)),
        judged: report.link(other).cloned(),
        known: found.map(|found| Known {
            region: found.clear.region.clone(),
            state: found.body.0.state_name(),
            received_at: found.body.0.received_at,
            receivers: found.body.0.decisions().iter().map(|d| d.org).collect(),
        }),
    }
}

/// Reads two reports side by side; the journal says that both were seen.
///
/// # Errors
/// [`DeskError::NotFound`] when there is no such report; [`DeskError::Rule`] `report-link-itself`.
pub async fn pair(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    other: ReportId,
) -> Result<Pair> {
    let permit = permit(actor, UseCase::LinkReports)?;
    if id == other {
        return Err(refused(domain::report::ReportError::LinkToItself));
    }
    let both = [id.to_string(), other.to_string()];
    let mut change = Change::new(permit.context(now));
    for one in &both {
        change = change.read(one, &["all"]);
    }
    let (change, restricted) = restriction::shown(desk, change, Store::K1, &both, now).await?;
    let applied = desk.vault.apply(Store::K1, change).await;
    let applied = applied.map_err(|e| DeskError::from(e).what("report"))?;
    let mut reads = applied.reads.into_iter();
    let mut next = || -> Result<Opened<StoredReport>> {
        let read = reads.next().ok_or(DeskError::NotFound { what: "report" })?;
        read.typed::<StoredReport>()
            .map_err(|e| DeskError::from(e).what("report"))
    };
    let (one, other) = (next()?, next()?);
    Ok(Pair {
        shared: shared(&one.body.0.content, &other.body.0.content),
        version: one.version,
        one: one.body.0,
        other: other.body.0,
        restricted,
    })
}

/// Writes down whether two reports belong together, in both. `seen` is the version of the first on which it rests.
///
/// # Errors
/// [`DeskError::NotFound`] when there is no such report; [`DeskError::Rule`] `report-link-itself`, `report-link-stands` when this was
/// found before and stands, `report-links-full`, `restricted` when either may only be kept (art. 18 AVG); [`DeskError::Conflict`] when either was changed meanwhile.
pub async fn judge(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: ReportId,
    seen: i64,
    input: LinkInput,
) -> Result<()> {
    let permit = permit(actor, UseCase::LinkReports)?;
    let one = load(desk, id).await?;
    if id == input.other {
        return Err(refused(domain::report::ReportError::LinkToItself));
    }
    let other = load(desk, input.other).await?;
    let both = [id.to_string(), input.other.to_string()];
    let all = BTreeSet::new();
    restriction::check(desk, Store::K1, &both, Act::Change, &all, now).await?;
    let judgement = Judgement {
        finding: input.finding,
        shared: shared(&one.body.0.content, &other.body.0.content),
        because: input.because,
        by: actor.by(now)?,
    };
    let mut change = Change::new(permit.context(now));
    for (found, beside, version) in [(&one, input.other, seen), (&other, id, other.version)] {
        let report = found.body.0.clone();
        let report = report.judge(beside, judgement.clone()).map_err(refused)?;
        let draft = redraft(desk, found, &report, found.clear.due, &["links"]).await?;
        change = change.update(draft, version);
    }
    desk.vault.apply(Store::K1, change).await?;
    Ok(())
}
