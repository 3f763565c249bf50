//! Handing a case over to another coordinating organisation: offered, accepted or refused with a reason.
//!
//! There is one record of a case and it names one organisation, so at every moment exactly one answers for it. With it go the person's
//! requests that hang on it. The old organisation keeps the offer with how it ended, and its entries in the journal; the content never.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::{DataCode, PurposeCode};
use domain::handover;
use domain::ids::{CaseId, ConsentId, OrgId, TransferId};
use domain::need::MatterId;
use domain::restriction::Act;
use domain::time::dutch_date;
use domain::transfer::{Transfer, TransferError};
use jiff::Timestamp;
use law::{Answer, Verdict};
use serde::{Deserialize, Serialize};
use vault::{Change, Clear, ClearData, Draft, Filter, Kind, Opened, Order, Store, Stored, Term};

use super::arrive::region_of_org;
use super::file::CaseFile;
use super::{Named, consents_of, fresh, guard, load, open_case, refused};
use crate::Desk;
use crate::access::{UseCase, permit};
use crate::actor::Actor;
use crate::error::{DeskError, Result};
use crate::need::{NoticeKind, all_leave, notice};
use crate::share::{Asked, OnFile, ask_of_file};
use crate::{placement, request, restriction};

/// An offer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredTransfer(pub Transfer);

/// What a list shows of an offer: nothing about a person, and not the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferSummary {
    /// From which organisation.
    pub from: OrgId,
    /// To which.
    pub to: OrgId,
    /// Since when.
    pub at: Timestamp,
}

impl Stored for StoredTransfer {
    const KIND: Kind = Kind {
        name: "case_transfer",
        store: Store::K3,
        schema: 1,
        clear: &[Clear::State, Clear::Org, Clear::Parent],
        terms: &["from"],
    };
}

impl StoredTransfer {
    fn draft(&self) -> Result<Draft> {
        let transfer = &self.0;
        let clear = ClearData {
            state: transfer.state_name().to_owned(),
            org: Some(transfer.to.to_string()),
            parent: Some(transfer.case.to_string()),
            ..ClearData::default()
        };
        let summary = TransferSummary {
            from: transfer.offered.org,
            to: transfer.to,
            at: transfer.offered.at,
        };
        let from = Term::new("from", transfer.offered.org.to_string());
        Ok(Draft::new(transfer.id.to_string(), self, clear)?
            .with_terms(vec![from])?
            .with_summary(&summary)?
            .changing(&["state"]))
    }
}

impl Named for TransferError {
    fn key(&self) -> &'static str {
        match self {
            TransferError::OwnOrganisation => "transfer-own",
            TransferError::Over => "transfer-over",
            TransferError::WrongOrganisation => "transfer-organisation",
        }
    }
}

/// What is offered.
#[derive(Debug, Clone)]
pub struct NewTransfer {
    /// To which organisation.
    pub to: OrgId,
    /// Why it goes there.
    pub why: SafeText,
    /// Somebody looked at the text: no address of a shelter stands in it.
    pub looked: bool,
}

/// An offer with its version.
#[derive(Debug, Clone)]
pub struct TransferView {
    /// The offer.
    pub transfer: Transfer,
    /// Version to name when answering it.
    pub version: i64,
    /// It came to one's own organisation; else one's own sent it.
    pub came: bool,
}

/// A case goes as a whole: nothing in it is restricted, or a ground for it was written down.
async fn may_go(desk: &Desk, case: CaseId, now: Timestamp) -> Result<()> {
    let (case, all) = ([case.to_string()], BTreeSet::new());
    restriction::check(desk, Store::K3, &case, Act::Disclose, &all, now).await
}

/// The organisations that a case can be handed over to: coordinating ones, without one's own.
pub fn transfer_receivers(desk: &Desk, actor: &Actor) -> Result<Vec<(OrgId, String)>> {
    permit(actor, UseCase::OfferTransfer)?;
    let own = actor.person()?.org;
    let directory = desk.directory();
    let coordinates = directory
        .all()
        .filter(|(id, org)| *id != own && handover::may_receive(&org.kind).is_ok());
    let mut all: Vec<(OrgId, String)> = coordinates
        .map(|(id, org)| (id, org.name.clone()))
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

/// What another coordinator needs to go on with the help: the summary of a care file (row 31 of the sharing matrix). The law is asked about all of it.
pub const SUMMARY: [&str; 9] = [
    "identity",
    "age",
    "contact",
    "language",
    "family",
    "safety",
    "care_needs",
    "entitlement",
    "status",
];

/// Whether this case may go there: a consent that names the receiver, and the law's yes to the whole summary. The decision is kept in the change of
/// what follows from it.
async fn allowed(
    desk: &Desk,
    now: Timestamp,
    file: &CaseFile,
    to: OrgId,
) -> Result<(ConsentId, Draft)> {
    let consent = consent(desk, now, file.case.id, to).await?;
    let directory = desk.directory();
    let missing = || DeskError::NotFound {
        what: "organisation",
    };
    let from = directory.get(file.case.owner).ok_or_else(missing)?;
    let kind = &directory.get(to).ok_or_else(missing)?.kind;
    let asked = Asked {
        from: &from.kind,
        to,
        kind,
        purpose: &PurposeCode::literal(handover::PURPOSE),
        data: &SUMMARY.map(DataCode::literal).into(),
        circumstances: &BTreeSet::new(),
    };
    let OnFile {
        decided, record, ..
    } = ask_of_file(desk, now, file, &asked).await?;
    if decided.answer.verdict != Verdict::Yes || !decided.answer.withheld.is_empty() {
        return Err(DeskError::rule(
            "transfer-not-allowed",
            why_not(&decided.answer),
        ));
    }
    Ok((consent, record))
}

/// The law's own words: what stays and why, and what each consent is worth.
fn why_not(answer: &Answer) -> String {
    let mut out = vec![answer.headline.en.clone()];
    let stays = answer.withheld.iter();
    out.extend(stays.map(|held| format!("{}: {}", held.data, held.why.words.en)));
    let consents = answer.consents.iter().filter(|seen| !seen.counts);
    out.extend(consents.map(|seen| seen.why.words.en.clone()));
    out.join(" ")
}

/// The consent in force that names the receiver for going on with the help.
async fn consent(desk: &Desk, now: Timestamp, case: CaseId, to: OrgId) -> Result<ConsentId> {
    let directory = desk.directory();
    let unknown = || DeskError::field("to", "unknown", "there is no such organisation");
    let org = directory.get(to).ok_or_else(unknown)?;
    handover::may_receive(&org.kind).map_err(|e| DeskError::field("to", "unknown", e))?;
    let (purpose, today) = (PurposeCode::literal(handover::PURPOSE), dutch_date(now));
    let consents = consents_of(desk, case).await?;
    let given = consents.iter().filter_map(|found| found.body.given());
    let mut covering = given.filter(|one| one.covers(&purpose, Some(to), &org.kind, &[], today));
    covering.next().map(|one| one.id).ok_or_else(|| {
        DeskError::rule(
            "transfer-no-consent",
            "record first that the person consents to this organisation going on with her help",
        )
    })
}

/// Offers a case to another coordinating organisation. Until it accepts, this one answers for the case.
pub async fn offer_transfer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: CaseId,
    seen: i64,
    new: NewTransfer,
) -> Result<TransferId> {
    let permit = permit(actor, UseCase::OfferTransfer)?;
    let found = open_case(desk, actor, now, id).await?;
    may_go(desk, id, now).await?;
    fresh(&found, seen)?;
    guard(&[("why", Some(&new.why))], new.looked)?;
    if transfers_of(desk, id).await?.iter().any(is_offered) {
        return Err(DeskError::rule(
            "transfer-offered",
            "this case was offered already: wait for the answer, or take the offer back",
        ));
    }
    let by = actor.by(now)?;
    let (consent, decided) = allowed(desk, now, &found.body, new.to).await?;
    let transfer = TransferId::new(desk.vault.new_id(now));
    let offer = Transfer::offer(transfer, id, by, new.to, new.why, consent);
    // The case is written again as it is: of two offers at once the second sees the first.
    let change = Change::new(permit.context(now))
        .create(StoredTransfer(offer.map_err(refused)?).draft()?)
        .create(decided)
        .update(found.body.draft(&["transfer"])?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(transfer)
}

async fn transfers_of(desk: &Desk, case: CaseId) -> Result<Vec<Opened<StoredTransfer>>> {
    let vault = &desk.vault;
    Ok(vault
        .load_children::<StoredTransfer>(&case.to_string())
        .await?)
}

fn is_offered(found: &Opened<StoredTransfer>) -> bool {
    found.body.0.state_name() == "offered"
}

/// The offers that came to one's own organisation and those that it sent, newest first: where each stands, never content. The journal says
/// that they were shown.
pub async fn transfers(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<TransferView>> {
    let permit = permit(actor, UseCase::ReadTransfers)?;
    let own = actor.person()?.org;
    let filter = Filter {
        orgs: vec![own.to_string()],
        ..Filter::default()
    };
    let kind = &StoredTransfer::KIND;
    let page = desk.vault.list(kind, &filter, Order::Newest, None, 100);
    let mut ids: Vec<String> = page.await?.rows.into_iter().map(|row| row.id).collect();
    let mine = own.to_string();
    let sent = desk.vault.list_by_term(kind, "from", &mine).await?;
    ids.extend(sent.into_iter().map(|row| row.id));
    let mut change = Change::new(permit.context(now));
    for id in ids {
        change = change.read(id, &["why", "state"]);
    }
    if change.is_empty() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for raw in desk.vault.apply(Store::K3, change).await?.reads {
        let found = raw.typed::<StoredTransfer>()?;
        out.push(TransferView {
            came: found.body.0.to == own,
            version: found.version,
            transfer: found.body.0,
        });
    }
    out.sort_by_key(|view| std::cmp::Reverse(view.transfer.offered.at));
    Ok(out)
}

async fn offer_of(
    desk: &Desk,
    actor: &Actor,
    id: TransferId,
    seen: i64,
) -> Result<Opened<StoredTransfer>> {
    let found = desk.vault.load::<StoredTransfer>(&id.to_string()).await;
    let found = found.map_err(|e| DeskError::from(e).what("transfer"))?;
    let own = actor.person()?.org;
    let transfer = &found.body.0;
    if transfer.to != own && transfer.offered.org != own {
        return Err(DeskError::NotFound { what: "transfer" });
    }
    fresh(&found, seen)?;
    Ok(found)
}

/// Accepts: the case is this organisation's from now on, and this actor leads it. The team of the old one is off it, and whoever offered it
/// is told.
pub async fn accept_transfer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: TransferId,
    seen: i64,
) -> Result<CaseId> {
    let permit = permit(actor, UseCase::AnswerTransfer)?;
    let found = offer_of(desk, actor, id, seen).await?;
    let (by, me) = (actor.by(now)?, actor.person()?);
    let offer = found.body.0.clone();
    let next = offer.clone().accept(by).map_err(refused)?;
    let case = load(desk, offer.case).await?;
    let mut file: CaseFile = case.body.clone();
    if file.case.owner != offer.offered.org {
        return Err(refused(TransferError::Over));
    }
    // The person may have taken her consent back since it was offered, or the law may have changed.
    let (_, decided) = allowed(desk, now, &file, offer.to).await?;
    let lead = file.case.coordinator;
    file.case = file.case.assign(me.user, me.org).map_err(refused)?;
    file.case.region = region_of_org(desk, me.org);
    file.coordinator_name = Some(me.name.clone());
    let matter = MatterId::from(offer.case);
    let mut change = Change::new(permit.context(now))
        .update(StoredTransfer(next).draft()?, seen)
        .create(decided)
        .update(file.draft(&["owner", "coordinator"])?, case.version);
    change = all_leave(desk, change, matter, by).await?;
    change = placement::go_along(desk, change, offer.case, me.org).await?;
    change = request::go_along(desk, change, offer.case, me.org).await?;
    let mut told = vec![offer.offered.user];
    told.extend(lead.filter(|lead| *lead != offer.offered.user));
    for to in told {
        let (kind, org) = (NoticeKind::TransferAccepted, offer.offered.org);
        change = notice(desk, change, actor, now, matter, org, to, kind, None)?;
    }
    desk.vault.apply(Store::K3, change).await?;
    Ok(offer.case)
}

/// Refuses, with the reason; whoever offered it reads it.
pub async fn refuse_transfer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: TransferId,
    seen: i64,
    reason: SafeText,
    looked: bool,
) -> Result<()> {
    let permit = permit(actor, UseCase::AnswerTransfer)?;
    guard(&[("reason", Some(&reason))], looked)?;
    let found = offer_of(desk, actor, id, seen).await?;
    let offer = found.body.0.clone();
    let by = actor.by(now)?;
    let next = offer.clone().refuse(by, reason.clone()).map_err(refused)?;
    let change = Change::new(permit.context(now)).update(StoredTransfer(next).draft()?, seen);
    let (matter, org) = (MatterId::from(offer.case), offer.offered.org);
    let (to, kind) = (offer.offered.user, NoticeKind::TransferRefused);
    let change = notice(
        desk,
        change,
        actor,
        now,
        matter,
        org,
        to,
        kind,
        Some(reason),
    )?;
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}

/// Takes an offer back before it was answered, as somebody who works on the case.
pub async fn take_back_transfer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    id: TransferId,
    seen: i64,
) -> Result<()> {
    let permit = permit(actor, UseCase::OfferTransfer)?;
    let found = offer_of(desk, actor, id, seen).await?;
    let next = found.body.0.clone().take_back(actor.by(now)?);
    let next = next.map_err(refused)?;
    open_case(desk, actor, now, next.case).await?;
    let change = Change::new(permit.context(now)).update(StoredTransfer(next).draft()?, seen);
    desk.vault.apply(Store::K3, change).await?;
    Ok(())
}
