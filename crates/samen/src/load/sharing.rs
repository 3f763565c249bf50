//! Sharing a part of a file with another care organisation, and what a person asks about her own data (K3).
//!
//! Which stories do so is read off their number, so that the same country always holds the same.

use std::collections::BTreeSet;

use desk::case::{self, NewConsent};
use desk::request::{self, AnswerInput, WayInput};
use desk::share::{self, Offering, ReceivedSummary, ShareInput, Side};
use desk::{Actor, DeskError, Result, Role};
use domain::code::{DataCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::ids::OrgId;
use domain::minors::Giver;
use domain::request::{IdentityBy, Outcome, Right};
use domain::time::dutch_date;
use jiff::{Timestamp, ToSpan};
use world::Story;

use super::engine::Life;
use super::k3::coordinator;
use super::stage::Stage;
use super::tally::Went;
use super::telling::{Words, text};

/// What goes: enough to help, not the story.
const SHARED: [&str; 3] = ["language", "safety", "care_needs"];

/// Every fourth case is shared in part with another care home.
pub(super) fn is_shared(story: &Story) -> bool {
    story.case.is_some() && story.index % 4 == 1
}

/// Every ninth person asks something about her own data.
pub(super) fn asks_about_data(story: &Story) -> bool {
    story.case.is_some() && story.index % 9 == 4
}

/// The person consents, and the coordinator offers what she consented to.
pub(super) async fn offer(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(case) = life.known.case else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let to = other_home(stage, actor.person()?.org, life.story.index)?;
    let consent = consent(stage, to, now)?;
    case::give_consent(&stage.desk, &actor, now, case, consent).await?;
    let input = ShareInput {
        to,
        purpose: PurposeCode::literal("care"),
        data: data(),
        circumstances: BTreeSet::new(),
    };
    let preview = share::preview(&stage.desk, &actor, now, case, &input).await?;
    let conditions = preview.answer.conditions.iter();
    let offering = Offering {
        mark: preview.mark()?,
        confirmed: conditions.map(|condition| condition.code.clone()).collect(),
        until: dutch_date(now).saturating_add(90.days()),
        why: text(
            "why",
            "Zij verhuist binnenkort naar uw regio en wil haar verhaal niet opnieuw doen.",
        )?,
        looked: true,
        input,
    };
    let id = share::offer(&stage.desk, &actor, now, case, offering).await?;
    life.known.share = Some((id, to));
    Ok(Went::Sent)
}

/// The other home takes it, or says why not.
pub(super) async fn answer_share(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some((_, to)) = life.known.share else {
        return Ok(Went::LeftOut);
    };
    let actor = stage.cast.worker(to, Role::CareCoordinator, now)?;
    let from = coordinator(stage, life, now)?.person()?.org;
    let Some((id, seen)) = waiting(stage, &actor, from).await? else {
        return Ok(Went::LeftOut);
    };
    match life.story.index % 5 {
        0 => {
            let reason = text(
                "reason",
                "Wij hebben haar nog niet gesproken; vraag het later opnieuw.",
            )?;
            share::refuse(
                &stage.desk,
                &actor,
                now,
                (Side::Care, &id),
                seen,
                reason,
                true,
            )
            .await?;
        }
        _ => share::accept(&stage.desk, &actor, now, (Side::Care, &id), seen).await?,
    }
    Ok(Went::Sent)
}

/// The oldest offer of an organisation that waits for an answer.
async fn waiting(stage: &Stage, actor: &Actor, from: OrgId) -> Result<Option<(String, i64)>> {
    let listed = share::list(
        &stage.desk,
        actor,
        Side::Care,
        vec!["offered".to_owned()],
        None,
    )
    .await?;
    let mut rows = listed.page.rows.into_iter().filter(|row| {
        let summary = serde_json::from_value::<ReceivedSummary>(row.summary.clone());
        summary.is_ok_and(|summary| summary.from == from)
    });
    Ok(rows.next_back().map(|row| (row.id, row.version)))
}

fn data() -> BTreeSet<DataCode> {
    SHARED.map(DataCode::literal).into_iter().collect()
}

fn consent(stage: &Stage, to: OrgId, now: Timestamp) -> Result<NewConsent> {
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on: dutch_date(now),
    };
    Ok(NewConsent {
        giver: Giver::Person,
        purpose: PurposeCode::literal("care"),
        recipients: vec![Recipient::Org { org: to }],
        data: data().into_iter().collect(),
        given: words.on,
        until: None,
        explained: Explained {
            language: words.language("nl")?,
            interpreter: false,
            how: text(
                "how",
                "Samen de lijst doorgenomen van wat meegaat en wat niet.",
            )?,
            help_does_not_depend: true,
        },
        form: ConsentForm::Written,
        looked: true,
    })
}

/// Another care home than one's own; which one goes by the number of the story.
fn other_home(stage: &Stage, own: OrgId, index: u64) -> Result<OrgId> {
    let directory = stage.desk.directory();
    let homes: Vec<OrgId> = directory
        .of_kind(&OrgKind::literal("ZCO"))
        .map(|(id, _)| id)
        .filter(|id| *id != own)
        .collect();
    let missing = DeskError::NotFound {
        what: "organisation",
    };
    let place = usize::try_from(index).unwrap_or(0).checked_rem(homes.len());
    place
        .and_then(|place| homes.get(place).copied())
        .ok_or(missing)
}

/// She asks aloud; the coordinator puts it down and settles that it is she.
pub(super) async fn ask_about_data(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(case) = life.known.case else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let right = match life.story.index % 3 {
        0 => Right::Correction,
        1 => Right::Access,
        _ => Right::Objection,
    };
    let words = match right {
        Right::Access => None,
        Right::Correction => Some(text("words", "Mijn geboortejaar staat er verkeerd.")?),
        _ => Some(text(
            "words",
            "Ik wil niet dat dit naar andere instanties gaat.",
        )?),
    };
    let desk = &stage.desk;
    let id = request::enter(desk, &actor, now, case, right, words, true).await?;
    let seen = request::read(desk, &actor, now, id).await?.version;
    request::settle(desk, &actor, now, id, seen, IdentityBy::InPerson).await?;
    life.known.data_request = Some(id);
    Ok(Went::Sent)
}

/// Care answers its own part.
pub(super) async fn answer_data(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(id) = life.known.data_request else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let view = request::read(&stage.desk, &actor, now, id).await?;
    let input = AnswerInput {
        restriction: None,
        outcome: Outcome::Given,
        data: match view.request.right {
            Right::Access => ["identity", "language", "safety"]
                .map(DataCode::literal)
                .into(),
            _ => BTreeSet::new(),
        },
        words: Some(text(
            "words",
            "Wij hebben gedaan wat u vroeg. Vragen? Bel uw coördinator.",
        )?),
        reason: None,
        ground: None,
        looked: true,
    };
    let desk = &stage.desk;
    request::answer(desk, &actor, now, id, view.version, input).await?;
    if view.request.right == Right::Correction {
        let way = WayInput::Note {
            statement: text("words", "Ik ben een jaar later geboren.")?,
            reason: text("reason", "Het document zegt iets anders.")?,
        };
        let seen = request::read(desk, &actor, now, id).await?.version;
        request::carry_out(desk, &actor, now, id, seen, way, true).await?;
    }
    Ok(Went::Done)
}
