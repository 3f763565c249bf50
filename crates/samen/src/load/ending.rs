//! The end of a case (K3), and the aftercare moments that the person chose.

use desk::DeskError;
use desk::Result;
use desk::case::{self, AftercareInput, CaseFile, CloseInput, MomentInput};
use domain::case::ClosingReason;
use domain::code::OrgKind;
use domain::ids::OrgId;
use domain::task::TaskKind;
use domain::time::dutch_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::engine::Life;
use super::k3::{coordinator, load};
use super::moment::Calendar;
use super::stage::Stage;
use super::tally::Went;
use super::telling::text;

pub(super) async fn close(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(closing)) = (life.known.case, life.story.closing.clone()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let found = load(stage, id).await?;
    let calendar = Calendar::new(life.story.report.received_on, life.story.index);
    let searching = found
        .body
        .case
        .tasks()
        .iter()
        .any(|t| t.kind == TaskKind::MissingFollowUp && t.is_open());
    let (reason, explanation) = match closing.reason.as_ref() {
        "doelen_bereikt" => (
            ClosingReason::HelpDone,
            "De doelen van het plan zijn bereikt.",
        ),
        "teruggekeerd" => (
            ClosingReason::Returned,
            "Teruggekeerd met hulp; het is bekend waarheen.",
        ),
        "overgedragen" => (
            ClosingReason::HandedOver {
                to: other_home(stage, &found.body)?,
            },
            "Warm overgedragen aan een andere zorgcoördinator.",
        ),
        "mob" => (
            ClosingReason::Mob,
            "Met onbekende bestemming vertrokken; er is gezocht en gemeld.",
        ),
        _ => (
            ClosingReason::OwnWish,
            "Wil zelf geen hulp meer; weet de weg terug.",
        ),
    };
    let aftercare = match reason {
        ClosingReason::HandedOver { .. } => AftercareInput::DoesNotArise,
        ClosingReason::Mob if searching => AftercareInput::CannotBeAsked(None),
        ClosingReason::Mob => AftercareInput::CannotBeAsked(Some((
            text("follow_up", "Navragen bij politie en laatste contact.")?,
            dutch_date(now).saturating_add(14.days()),
        ))),
        _ if closing.aftercare.is_empty() => {
            AftercareInput::Refused(text("refusal", "Wil geen contact meer na vandaag.")?)
        }
        _ => AftercareInput::Plan(moments(&closing.aftercare, &calendar, dutch_date(now))?),
    };
    let input = CloseInput {
        reason,
        explanation: text("explanation", explanation)?,
        aftercare,
        left_open: Some(text(
            "left_open",
            "De keten weet ervan; wat loopt, gaat daar verder.",
        )?),
        looked: true,
    };
    case::close(&stage.desk, &actor, now, id, found.version, input).await?;
    Ok(Went::Done)
}

fn moments(
    planned: &[world::story::Aftercare],
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<(Date, domain::SafeText)>> {
    let moment = |moment: &world::story::Aftercare| {
        let day = calendar.date(moment.day).max(today.saturating_add(1.day()));
        Ok((day, text("channel", &moment.channel)?))
    };
    planned.iter().map(moment).collect()
}

/// Another care home than the case's own.
fn other_home(stage: &Stage, file: &CaseFile) -> Result<OrgId> {
    let directory = stage.desk.directory();
    directory
        .of_kind(&OrgKind::literal("ZCO"))
        .map(|(id, _)| id)
        .find(|id| *id != file.case.owner)
        .ok_or(DeskError::NotFound {
            what: "organisation",
        })
}

pub(super) async fn aftercare(
    stage: &Stage,
    life: &mut Life,
    now: Timestamp,
    index: usize,
) -> Result<Went> {
    let told = life
        .story
        .closing
        .as_ref()
        .and_then(|c| c.aftercare.get(index));
    let (Some(id), Some(told)) = (life.known.case, told.cloned()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    let went = match told.result.as_ref() {
        "reached" => MomentInput::Done(Some(text("note", "Gesproken; het gaat zoals gehoopt.")?)),
        _ => MomentInput::Missed(text("follow_up", "Over een week opnieuw proberen.")?),
    };
    let seen = load(stage, id).await?.version;
    case::record_aftercare(&stage.desk, &actor, now, id, seen, index + 1, went, true).await?;
    Ok(Went::Done)
}
