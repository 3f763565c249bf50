//! What the signal desk does: the acute question first, then acceptance, routes and an outcome.

use super::Context;
use crate::calibration::who::Group;
use crate::dice::Dice;
use crate::story::{Answer, Desk, Route, Story};

pub(super) fn desk(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Desk {
    let acute = match story.report.acute {
        Answer::Unknown if dice.chance(80) => Answer::Yes,
        Answer::Unknown => Answer::No,
        known => known,
    };
    let (outcome, outcome_reason) = outcome(context, story, dice);
    let accepted_after_minutes = if acute == Answer::Yes {
        dice.between(2, 12)
    } else {
        dice.between(15, 1_320)
    };
    let outcome_day = if context.taken_up {
        dice.between(1, 9)
    } else {
        dice.between(3, 21)
    };
    Desk {
        by: format!("p-meldtafel-{}", dice.between(1, 3)).into(),
        accepted_after_minutes: accepted_after_minutes as u32,
        acute,
        acute_action: (acute == Answer::Yes).then(|| {
            if dice.chance(600) {
                "112_gebeld"
            } else {
                "politie_gewaarschuwd"
            }
            .into()
        }),
        routes: routes(context, story),
        outcome: outcome.into(),
        outcome_reason: outcome_reason.to_owned(),
        outcome_day,
        feedback_day: (story.report.reporter_kind != "anoniem" && dice.chance(800))
            .then(|| outcome_day + dice.between(0, 5)),
    }
}

fn routes(context: &Context<'_>, story: &Story) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut add = |compartment: &'static str,
                   kind: &'static str,
                   organisation: String,
                   rule: &'static str| {
        routes.push(Route {
            day: 0,
            compartment: compartment.into(),
            kind: kind.into(),
            organisation: organisation.into(),
            rule: rule.into(),
            accepted: context.taken_up,
        });
    };
    if let Some(intake) = &story.intake {
        let (kind, rule) = match intake.organisation.as_ref() {
            "org-nla" => ("NLA", "arbeid_naar_nla"),
            "org-kmar" => ("KMAR", "grens_naar_kmar"),
            _ => ("POL", "plaats_naar_politie_eenheid"),
        };
        add("K5", kind, intake.organisation.to_string(), rule);
    }
    if let Some(case) = &story.case {
        let rule = if case.ground == "help_wanted" {
            "hulp_gewenst_naar_zorgcoordinator"
        } else {
            "vitaal_belang_naar_zorgcoordinator"
        };
        add("K3", "ZCO", case.organisation.to_string(), rule);
    }
    if context.minor() {
        add(
            "K3",
            "VT",
            format!("org-vt-{}", context.town.region().code),
            "minderjarig_naar_veilig_thuis",
        );
    }
    routes
}

fn outcome(context: &Context<'_>, story: &Story, dice: &mut Dice) -> (&'static str, &'static str) {
    if !context.taken_up {
        return if dice.chance(450) {
            (
                "geen_mensenhandel",
                "Na navraag geen aanwijzing van mensenhandel; de melder is gewezen op andere hulp.",
            )
        } else {
            (
                "onvoldoende_aanknopingspunten",
                "Te weinig gegevens om te volgen; wordt bij een nieuwe melding opnieuw bekeken.",
            )
        };
    }
    if context.again && dice.chance(400) {
        return (
            "dubbel",
            "Dezelfde persoon was al gemeld; gevoegd bij de eerdere melding.",
        );
    }
    if story.case.is_some() {
        return (
            "hulp_gestart",
            "De persoon wil hulp; de zorgcoördinator is begonnen.",
        );
    }
    if story.intake.is_some() {
        let reason = if context.person.group == Group::Labour {
            "De Arbeidsinspectie of politie doet onderzoek."
        } else {
            "De politie doet onderzoek."
        };
        return ("opgepakt", reason);
    }
    (
        "doorgezet",
        "Doorgezet naar de organisatie die verder helpt.",
    )
}
