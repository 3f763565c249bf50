//! Before and at the moment of sharing: the same answer and the same portion, first to look at, then to send.

use std::collections::BTreeSet;

use domain::SafeText;
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::ids::{CaseId, ConsentId, DecisionId, DisclosureId, OrgId};
use domain::person::PossibleVictim;
use domain::restriction::Act;
use domain::share::{Portion, Share, ShareTerms, Source};
use domain::time::dutch_date;
use jiff::Timestamp;
use jiff::civil::Date;
use law::{Answer, Verdict};
use sha2::{Digest, Sha256};
use vault::{Change, Draft, Store, Timer};

use super::ask::{Asked, Decided};
use super::end::CLOCK;
use super::messages::{Offer, ShareMessage, message};
use super::on_file::ask_of_file;
use super::records::StoredShare;
use super::side::Side;
use crate::Desk;
use crate::access::{Permit, UseCase, permit};
use crate::actor::Actor;
use crate::case::{CaseFile, day_start, guard, open_case, refused};
use crate::directory::Organisation;
use crate::error::{DeskError, Result};
use crate::restriction;

/// What somebody wants to share.
#[derive(Debug, Clone)]
pub struct ShareInput {
    /// With whom.
    pub to: OrgId,
    /// For what.
    pub purpose: PurposeCode,
    /// Which categories.
    pub data: BTreeSet<DataCode>,
    /// Circumstances (contract: `circumstances`).
    pub circumstances: BTreeSet<String>,
}

/// What the sender sees before sending: the law's answer, and exactly what would go.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Yes, no or unclear; with grounds, conditions, and what would be allowed instead.
    pub answer: Answer,
    /// What would go, word for word.
    pub portion: Portion,
    /// Categories asked that this file does not hold.
    pub not_held: BTreeSet<DataCode>,
    /// The consents on which the answer rests.
    pub consents: Vec<ConsentId>,
}

impl Preview {
    /// Stands for all that was looked at: the portion, the conditions, the consents and the version of the law. An offer names it, so that
    /// nothing else goes than what somebody saw.
    pub fn mark(&self) -> Result<String> {
        let conditions: Vec<&str> = self
            .answer
            .conditions
            .iter()
            .map(|c| c.code.as_str())
            .collect();
        let seen = (
            &self.portion,
            &self.answer.policy_version,
            conditions,
            &self.consents,
        );
        let bytes = serde_json::to_vec(&seen).map_err(|e| DeskError::Setup(e.to_string()))?;
        Ok(hex::encode(Sha256::digest(bytes)))
    }
}

/// What somebody decides who has looked at a preview.
#[derive(Debug, Clone)]
pub struct Offering {
    /// What was asked.
    pub input: ShareInput,
    /// [`Preview::mark`] of what was looked at.
    pub mark: String,
    /// The conditions of the answer that were confirmed, by code.
    pub confirmed: BTreeSet<String>,
    /// Last day, inclusive.
    pub until: Date,
    /// Why the receiver needs it; the receiver reads it before it accepts.
    pub why: SafeText,
    /// Somebody looked: what seems an address in `why` is none of a shelter.
    pub looked: bool,
}

/// The organisations that can receive a share: those that work in care and shelter or in investigation, one's own left out. Whether the law lets
/// anything go to them is asked for each share.
pub fn receivers(desk: &Desk, actor: &Actor, now: Timestamp) -> Result<Vec<(OrgId, String)>> {
    permit(actor, UseCase::OfferShare)?;
    let own = actor.person()?.org;
    let directory = desk.directory();
    let mut out: Vec<(OrgId, String)> = directory
        .all()
        .filter(|(id, org)| *id != own && receives(desk, &org.kind, now))
        .map(|(id, org)| (id, org.name.clone()))
        .collect();
    out.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(out)
}

fn receives(desk: &Desk, kind: &OrgKind, now: Timestamp) -> bool {
    Side::of_kind(desk, kind, dutch_date(now)).is_some()
}

/// What would go, and what the law says. Reads the file: the journal says so, with the categories.
pub async fn preview(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    input: &ShareInput,
) -> Result<Preview> {
    let permit = permit(actor, UseCase::OfferShare)?;
    let file = open_case(desk, actor, now, case).await?;
    let (preview, _, decision) = work_out(desk, &permit, now, &file.body, input).await?;
    not_restricted(desk, case, &preview.portion, now).await?;
    let fields: Vec<&str> = input.data.iter().map(DataCode::as_str).collect();
    let read = Change::new(permit.context(now))
        .read(file.body.case.person.to_string(), &fields)
        .create(decision);
    desk.vault.apply(Store::K3, read).await?;
    Ok(preview)
}

/// Asks the law and takes the portion: the one way, for the preview, the offer and the delivery. The record of the decision goes into the change of
/// what follows from it.
pub(super) async fn work_out(
    desk: &Desk,
    permit: &Permit,
    now: Timestamp,
    file: &CaseFile,
    input: &ShareInput,
) -> Result<(Preview, DecisionId, Draft)> {
    let to = receiver(desk, input.to, now)?;
    let from = desk
        .directory()
        .get(file.case.owner)
        .map(|org| org.kind.clone())
        .ok_or(DeskError::NotFound {
            what: "organisation",
        })?;
    if permit.actor.person().is_ok_and(|p| p.org == input.to) {
        return Err(DeskError::field(
            "to",
            "own",
            "this is your own organisation",
        ));
    }
    let asked = Asked {
        from: &from,
        to: input.to,
        kind: &to.kind,
        purpose: &input.purpose,
        data: &input.data,
        circumstances: &input.circumstances,
    };
    let found = ask_of_file(desk, now, file, &asked).await?;
    let Decided { answer, rests, .. } = found.decided;
    let preview = put_together(answer, rests, file, &found.person, input);
    Ok((preview, found.id, found.record))
}

fn put_together(
    answer: Answer,
    consents: Vec<ConsentId>,
    file: &CaseFile,
    person: &PossibleVictim,
    input: &ShareInput,
) -> Preview {
    let may =
        |data: &&DataCode| answer.verdict == Verdict::Yes && answer.data.iter().any(|d| data.is(d));
    let goes: BTreeSet<DataCode> = input.data.iter().filter(may).cloned().collect();
    let held = |data: &DataCode| Portion::HELD.contains(&data.as_str());
    let news = file
        .reflection
        .last()
        .map(|news| news.status.state.as_str());
    let source = Source {
        person,
        region: file.case.region.as_ref(),
        reflection: news,
    };
    Preview {
        portion: Portion::of(source, &goes),
        not_held: input.data.iter().filter(|d| !held(d)).cloned().collect(),
        answer,
        consents,
    }
}

fn receiver(desk: &Desk, id: OrgId, now: Timestamp) -> Result<Organisation> {
    let found = desk.directory().get(id).cloned();
    let Some(found) = found else {
        return Err(DeskError::field("to", "unknown", "no such organisation"));
    };
    if receives(desk, &found.kind, now) {
        return Ok(found);
    }
    let why = "this organisation works neither in care and shelter nor in investigation: use the way that belongs to it";
    Err(DeskError::field("to", "receives_no_shares", why))
}

/// Offers it. Every condition must have been confirmed, and what goes is what the preview showed: when the file, the consents or the law have
/// changed since, somebody looks again.
pub async fn offer(
    desk: &Desk,
    actor: &Actor,
    now: Timestamp,
    case: CaseId,
    offering: Offering,
) -> Result<DisclosureId> {
    let permit = permit(actor, UseCase::OfferShare)?;
    guard(&[("why", Some(&offering.why))], offering.looked)?;
    let file = open_case(desk, actor, now, case).await?;
    let (preview, decision, decided) =
        work_out(desk, &permit, now, &file.body, &offering.input).await?;
    check(&preview, &offering)?;
    not_restricted(desk, case, &preview.portion, now).await?;
    let Offering {
        input,
        confirmed,
        until,
        why,
        ..
    } = offering;
    let id = DisclosureId::new(desk.vault.new_id(now));
    let by = actor.by(now)?;
    let answer = &preview.answer;
    let terms = ShareTerms {
        kind: receiver(desk, input.to, now)?.kind,
        to: input.to,
        purpose: input.purpose,
        data: input.data,
        circumstances: input.circumstances,
        grounds: grounds(answer),
        consents: preview.consents,
        policy: answer.policy_version.clone(),
        decision: Some(decision),
        confirmed,
        until,
        why,
    };
    let share =
        Share::offer(id, case, by, terms, preview.portion, dutch_date(now)).map_err(refused)?;
    let sent = message(desk, &share, Some(by), now, offer_of(&share))?;
    let fields: Vec<String> = share
        .portion
        .outline()
        .data()
        .map(ToString::to_string)
        .collect();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let change = Change::new(permit.context(now))
        .create(StoredShare(share).draft(&fields)?)
        .create(decided)
        .timer(Timer {
            id: format!("{CLOCK}/{id}"),
            due: day_start(until.saturating_add(jiff::ToSpan::days(1))),
            kind: CLOCK.to_owned(),
            record: id.to_string(),
        });
    desk.vault.apply(Store::K3, sent.send(change)?).await?;
    Ok(id)
}

/// What is restricted does not go, unless a ground for it was written down.
pub(super) async fn not_restricted(
    desk: &Desk,
    case: CaseId,
    portion: &Portion,
    now: Timestamp,
) -> Result<()> {
    let data: BTreeSet<DataCode> = portion.outline().data().cloned().collect();
    if data.is_empty() {
        // The law lets nothing go: its answer says so.
        return Ok(());
    }
    let case = [case.to_string()];
    restriction::check(desk, Store::K3, &case, Act::Disclose, &data, now).await
}

fn offer_of(share: &Share) -> ShareMessage {
    ShareMessage::Offer(Offer {
        from: share.by.org,
        purpose: share.terms.purpose.clone(),
        grounds: share.terms.grounds.clone(),
        why: share.terms.why.clone(),
        outline: share.portion.outline(),
        until: share.terms.until,
    })
}

fn grounds(answer: &Answer) -> Vec<String> {
    let named = answer.grounds.iter();
    named
        .map(|ground| format!("{} {}", ground.law.nl, ground.article))
        .collect()
}

fn check(preview: &Preview, offering: &Offering) -> Result<()> {
    match preview.answer.verdict {
        Verdict::Yes => {}
        Verdict::No => {
            return Err(DeskError::rule(
                "share-not-allowed",
                &preview.answer.headline.en,
            ));
        }
        Verdict::Unclear => {
            return Err(DeskError::rule(
                "share-unclear",
                &preview.answer.headline.en,
            ));
        }
    }
    if preview.mark()? != offering.mark {
        let why = "the file, the consents or the law changed since you looked: look again";
        return Err(DeskError::rule("share-changed", why));
    }
    let open = preview
        .answer
        .conditions
        .iter()
        .any(|condition| !offering.confirmed.contains(&condition.code));
    if open {
        let why = "confirm each condition, or do not share";
        return Err(DeskError::field("confirmed", "required", why));
    }
    Ok(())
}
