//! Opinions on victimhood: asked at care (K3) on what the person releases, dealt with by the panel (K4).

use desk::case;
use desk::opinion::{
    self, Admission, Given, MemberChoice, NewAsk, NotAdmitted, OpinionAsked, OpinionFile, SendTo,
};
use desk::{Actor, Result};
use domain::code::OrgKind;
use domain::minors::Giver;
use domain::opinion::{Ground, Released};
use jiff::{Timestamp, ToSpan};
use vault::Opened;
use world::story::{Opinion, OpinionResult};

use super::engine::Life;
use super::k3;
use super::stage::Stage;
use super::tally::Went;
use super::telling::{text, word};

fn secretary(stage: &Stage, now: Timestamp) -> Result<Actor> {
    stage.cast.actor("p-secretaris", now)
}

pub(super) async fn ask(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told), Some(care)) = (
        life.known.case,
        life.story.opinion.clone(),
        life.story.case.clone(),
    ) else {
        return Ok(Went::LeftOut);
    };
    let actor = stage.cast.actor(&care.coordinator, now)?;
    let language = care.victim.languages.first();
    let language = language.map_or("nl", |code| code.as_ref());
    let how = "Besproken wat het panel te zien krijgt en dat niets verplicht is; ondertekend.";
    let consent = k3::new_consent(stage, "opinion", Giver::Person, language, how, now)?;
    let consent = case::give_consent(&stage.desk, &actor, now, id, consent).await?;
    let new = NewAsk {
        case: id,
        released: released(&told)?,
        ground: ground(&told, life, now),
        consent,
        looked: true,
    };
    life.known.opinion = Some(opinion::ask(&stage.desk, &actor, now, new).await?);
    Ok(Went::Sent)
}

/// What the person releases, told in her own words.
fn released(told: &Opinion) -> Result<Vec<Released>> {
    let words = |code: &str| match code {
        "statement" => "Wat mij is overkomen, zoals ik het de politie verteld heb.",
        "observations" => "Wat mijn begeleider in die tijd aan mij heeft gezien.",
        "status" => "Dat mijn zaak is geseponeerd, en wanneer.",
        "dates" => "Van wanneer tot wanneer ik daar heb gewerkt.",
        "medical" => "Dat ik onder behandeling ben, zonder de stukken.",
        _ => "Wat ik hier verder over wil vertellen.",
    };
    let mut codes: Vec<&str> = told.released.iter().map(AsRef::as_ref).collect();
    if codes.is_empty() {
        codes.push("statement");
    }
    codes
        .into_iter()
        .map(|code| {
            Ok(Released::Statement {
                text: text("released", words(code))?,
            })
        })
        .collect()
}

/// Requests that were not admitted came too late; the others within four weeks after the case ended.
fn ground(told: &Opinion, life: &Life, now: Timestamp) -> Ground {
    let late = matches!(told.result, OpinionResult::NotAdmitted { .. });
    let days = if late { 75 } else { 16 };
    let intake = life.story.intake.as_ref();
    Ground {
        ended_on: Some(domain::time::dutch_date(now).saturating_sub(days.days())),
        aangifte: !late || intake.is_some_and(|i| i.aangifte_day.is_some()),
    }
}

async fn file(stage: &Stage, life: &Life) -> Result<Option<Opened<OpinionFile>>> {
    let Some(thread) = life.known.opinion else {
        return Ok(None);
    };
    let found = stage
        .desk
        .vault
        .load_by_term::<OpinionFile>("thread", &thread.to_string())
        .await?;
    Ok(found.into_iter().next())
}

pub(super) async fn admission(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(found), Some(told)) = (file(stage, life).await?, &life.story.opinion) else {
        return Ok(Went::LeftOut);
    };
    let actor = secretary(stage, now)?;
    let (id, seen) = (found.body.opinion.id, found.version);
    match &told.result {
        OpinionResult::NotAdmitted { reason, .. } => {
            let input = NotAdmitted {
                why: text("why", reason)?,
            };
            opinion::not_admit(&stage.desk, &actor, now, id, seen, input).await?;
        }
        _ => {
            let input = Admission { exception: None };
            opinion::admit(&stage.desk, &actor, now, id, seen, input).await?;
        }
    }
    Ok(Went::Sent)
}

pub(super) async fn compose(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(found), Some(told)) = (file(stage, life).await?, &life.story.opinion) else {
        return Ok(Went::LeftOut);
    };
    let actor = secretary(stage, now)?;
    let expertise = [
        "psychologie",
        "mensenhandel",
        "recht",
        "cultuur en migratie",
        "zorg",
    ];
    let members = told.panel.iter().filter(|name| *name != "p-secretaris");
    let members = members
        .zip(expertise)
        .map(|(name, expertise)| {
            Ok(MemberChoice {
                user: stage.cast.actor(name, now)?.person()?.user,
                expertise: text("expertise", expertise)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let (id, seen) = (found.body.opinion.id, found.version);
    opinion::compose(&stage.desk, &actor, now, id, seen, members).await?;
    Ok(Went::Sent)
}

pub(super) async fn give(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(found), Some(told)) = (file(stage, life).await?, &life.story.opinion) else {
        return Ok(Went::LeftOut);
    };
    let OpinionResult::Given {
        outcome, reasons, ..
    } = &told.result
    else {
        return Ok(Went::LeftOut);
    };
    let actor = secretary(stage, now)?;
    let today = domain::time::dutch_date(now);
    let input = Given {
        verdict: word("verdict", outcome)?,
        reasons: text("reasons", reasons)?,
        valid_until: Some(today.saturating_add(2.years())),
    };
    let (id, seen) = (found.body.opinion.id, found.version);
    opinion::give(&stage.desk, &actor, now, id, seen, input).await?;
    Ok(Went::Sent)
}

pub(super) async fn send(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let Some(told) = life.story.opinion.clone() else {
        return Ok(Went::LeftOut);
    };
    let actor = secretary(stage, now)?;
    for kind in &told.sent_to {
        let Some(found) = file(stage, life).await? else {
            return Ok(Went::LeftOut);
        };
        let input = SendTo {
            kind: OrgKind::new(kind.to_string())
                .map_err(|e| desk::DeskError::field("kind", "unknown", e))?,
            org: None,
            wish: text("wish", "Stuurt u het alstublieft op, ik heb getekend.")?,
        };
        let (id, seen) = (found.body.opinion.id, found.version);
        opinion::send(&stage.desk, &actor, now, id, seen, input).await?;
    }
    Ok(Went::Sent)
}

/// The person takes the request back, at care.
pub(super) async fn withdraw(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(care), Some(_)) =
        (life.known.case, life.story.case.clone(), life.known.opinion)
    else {
        return Ok(Went::LeftOut);
    };
    let actor = stage.cast.actor(&care.coordinator, now)?;
    let asked = stage
        .desk
        .vault
        .load_children::<OpinionAsked>(&id.to_string())
        .await?;
    let Some(asked) = asked.into_iter().next_back() else {
        return Ok(Went::LeftOut);
    };
    opinion::withdraw_ask(&stage.desk, &actor, now, &asked.id, asked.version).await?;
    Ok(Went::Sent)
}
