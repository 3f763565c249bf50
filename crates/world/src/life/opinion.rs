//! Opinion on victimhood, closing and aftercare.

use super::Context;
use super::placement::CASES;
use crate::calibration::course::{
    CLOSED, CLOSING_REASONS, OPINION_NOT_ADMITTED, OPINION_OUTCOMES, OPINION_WITHDRAWN, OPINIONS,
};
use crate::dice::Dice;
use crate::story::{Aftercare, Closing, Code, Opinion, OpinionResult, Placement, Story};

/// The opinion that the person asked for, if they did.
pub(super) fn opinion(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Option<Opinion> {
    let case = story.case.as_ref()?;
    if !dice.chance(OPINIONS.value * 1000 / CASES) {
        return None;
    }
    let request_day = case.day + dice.between(60, 320);
    let mut released: Vec<Code> = vec!["statement".into()];
    released.extend(
        ["observations", "status", "dates", "medical"]
            .iter()
            .filter(|_| dice.chance(450))
            .map(|&code| Code::from(code)),
    );
    let result = result(context, request_day, dice);
    let given = matches!(result, OpinionResult::Given { .. });
    let sent_to = if given {
        ["IND", "GEM", "SGM"]
            .iter()
            .filter(|_| dice.chance(450))
            .map(|&code| code.into())
            .collect()
    } else {
        Vec::new()
    };
    Some(Opinion {
        request_day,
        released,
        panel: panel(dice),
        result,
        sent_to,
    })
}

fn result(context: &Context<'_>, request_day: i32, dice: &mut Dice) -> OpinionResult {
    let drawn = dice.below(1000) as u32;
    if drawn < OPINION_NOT_ADMITTED.value {
        let reason =
            "De aanvraag kwam buiten de termijn of gaat niet over uitbuiting in Nederland."
                .to_owned();
        return OpinionResult::NotAdmitted {
            day: request_day + dice.between(5, 20),
            reason,
        };
    }
    if drawn < OPINION_NOT_ADMITTED.value + OPINION_WITHDRAWN.value {
        return OpinionResult::Withdrawn {
            day: request_day + dice.between(3, 40),
        };
    }
    let outcome = dice.share(OPINION_OUTCOMES.rows);
    let reasons = match outcome {
        "aannemelijk" => {
            "De verklaring is op hoofdpunten samenhangend en past bij wat anderen zagen; de commissie vindt het aannemelijk."
        }
        "niet_aannemelijk" => {
            "De stukken spreken elkaar op kernpunten tegen en dat is bij navraag niet opgehelderd."
        }
        _ => "Er is te weinig vrijgegeven of bekend om tot een oordeel te komen.",
    };
    let place = context.town.name;
    OpinionResult::Given {
        day: request_day + dice.between(30, 110),
        outcome: outcome.into(),
        reasons: format!("{reasons} (Zaak uit {place}.)"),
    }
}

fn panel(dice: &mut Dice) -> Vec<Code> {
    let first = dice.below(5);
    let members = (0..3).map(|at| format!("p-panel-{}", (first + at) % 5 + 1).into());
    std::iter::once("p-secretaris".into())
        .chain(members)
        .collect()
}

/// The end of the trajectory with the moments of aftercare, if it came to an end.
pub(super) fn closing(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Option<Closing> {
    let case = story.case.as_ref()?;
    if !dice.chance(CLOSED.value) {
        return None;
    }
    let reason = if context.minor() && dice.chance(250) {
        "overgedragen"
    } else {
        dice.share(CLOSING_REASONS.rows)
    };
    let left = story.shelter.as_ref().and_then(|shelter| {
        shelter
            .steps
            .iter()
            .rev()
            .find(|step| matches!(step.step, Placement::Left { .. }))
    });
    let earliest = left.map_or(case.day + 20, |step| step.day + 5);
    let day = earliest + dice.between(0, 240);
    let moments: &[i32] = if matches!(reason, "mob" | "eigen_wens") {
        &[90]
    } else {
        &[30, 90, 180]
    };
    let channel = dice.share(&[
        ("telefoon", 450),
        ("whatsapp", 350),
        ("e_mail", 100),
        ("via_hulpverlener", 100),
    ]);
    let aftercare = moments
        .iter()
        .map(|after| Aftercare {
            day: day + after,
            channel: channel.into(),
            result: dice
                .share(&[("reached", 620), ("not_reached", 240), ("planned", 140)])
                .into(),
        })
        .collect();
    Some(Closing {
        day,
        reason: reason.into(),
        aftercare,
    })
}
