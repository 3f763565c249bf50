//! Intake, care, reflection period and registration.

use super::Context;
use super::report::some_indicators;
use crate::calibration::course::{
    AANGIFTE, BEFORE, CARE_NEEDS, CONSENT_REGISTRATION, CONSENT_WITHDRAWN, HELP_WANTED, NLA_SPEAKS,
    POLICE_SPEAKS, REFLECTION_ACCEPTED, REFLECTION_ENDS, REFLECTION_OFFERED, WITH_CHILDREN,
};
use crate::calibration::who::{Group, Party};
use crate::codes::wording;
use crate::dice::{Aspect, Dice};
use crate::people::staff::worker_of;
use crate::story::{
    Age, Case, Child, Closing, Code, Day, Intake, Phase, Placement, Reflection, ReflectionAnswer,
    ReflectionEnd, Registration, Sex, Shelter, Story, Victim,
};

/// What the investigating service found, when the report went there.
pub(super) fn intake(context: &Context<'_>, dice: &mut Dice) -> Option<Intake> {
    // Others with secrecy pass a report on only if the person agrees, or for a minor in danger.
    if !context.duty() && !dice.chance(if context.minor() { 750 } else { 480 }) {
        return None;
    }
    let organisation = context.investigator();
    let spoken = dice.chance(if organisation == "org-nla" {
        NLA_SPEAKS.value
    } else {
        POLICE_SPEAKS.value
    });
    let indication = context.taken_up && dice.chance(880);
    let day = dice.between(0, 12);
    let aangifte_day =
        (spoken && indication && dice.chance(AANGIFTE.value)).then(|| day + dice.between(2, 75));
    let finding = match (spoken, indication) {
        (true, true) => {
            "Gesproken met tolk waar nodig. Geringste aanwijzing van mensenhandel; verder onderzoek in overleg met de officier."
        }
        (true, false) => {
            "Gesproken. Geen aanwijzing van mensenhandel op dit moment; gewezen op hulp."
        }
        (false, true) => {
            "Niet gesproken. De omstandigheden geven een geringe aanwijzing; ter plaatse gekeken."
        }
        (false, false) => "Niet gesproken en geen aanknopingspunten gevonden.",
    };
    Some(Intake {
        day,
        by: worker_of(&organisation).into(),
        organisation: organisation.into(),
        spoken,
        indication,
        finding: finding.to_owned(),
        suspect_too: context.person.group == Group::Criminal && dice.chance(350),
        aangifte_day,
    })
}

/// A care trajectory, when the person wants help or vital interest asks for it.
pub(super) fn case(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Option<Case> {
    if !context.taken_up {
        return None;
    }
    let wants = match context.party {
        Party::Zco => true,
        Party::Other => dice.chance(700),
        Party::Pol | Party::Kmar | Party::Nla | Party::Fw => dice.chance(HELP_WANTED.value),
    };
    if !wants && !context.minor() {
        return None;
    }
    let organisation = context.care_home();
    let mut indicators = story.report.indicators.clone();
    for code in some_indicators(context.person.group, 1, dice) {
        if !indicators.contains(&code) {
            indicators.push(code);
        }
    }
    let explanation = explain(&indicators);
    Some(Case {
        day: dice.between(0, 6),
        coordinator: worker_of(&organisation).into(),
        organisation: organisation.into(),
        region: context.town.region().code.into(),
        ground: if wants {
            "help_wanted"
        } else {
            "vital_interest"
        }
        .into(),
        victim: victim(context, story, dice),
        indicators,
        explanation,
        phases: Vec::new(),
    })
}

fn explain(indicators: &[Code]) -> String {
    let mut words: Vec<&str> = Vec::with_capacity(indicators.len());
    for wording in indicators.iter().map(|code| wording(code)) {
        if !words.contains(&wording) {
            words.push(wording);
        }
    }
    format!(
        "Aangekruist omdat {}. Signalen kunnen ook op iets anders wijzen; dit is geen oordeel.",
        words.join("; ")
    )
}

/// Whether she was exploited before. A stream of its own, so that the rest of the world stays as it was.
fn before(context: &Context<'_>) -> Option<bool> {
    let seed = context.world.settings().seed;
    Dice::new(seed, Aspect::Before, context.index).share(BEFORE.rows)
}

fn victim(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Victim {
    let person = &context.person;
    let age = match context.age() {
        Some(years) if dice.chance(850) => Age::Certain { years },
        Some(years) => Age::Estimated {
            low: years.saturating_sub(2),
            high: years.saturating_add(2),
        },
        None if dice.chance(300) => Age::Unknown,
        None => Age::Estimated { low: 17, high: 23 },
    };
    let care = CARE_NEEDS
        .rows
        .iter()
        .filter(|row| (row.0 != "pregnancy" || person.sex == Sex::F) && dice.chance(row.1))
        .map(|row| row.0);
    let care: Vec<Code> = care.map(Code::from).collect();
    let adult_woman = person.sex == Sex::F && context.age().is_some_and(|years| years >= 20);
    let children = if adult_woman && dice.chance(WITH_CHILDREN.value) {
        children(dice)
    } else {
        Vec::new()
    };
    let described = &story.report.persons[0];
    Victim {
        given_name: described
            .given_name
            .clone()
            .or_else(|| Some(person.name.given.clone())),
        family_name: described
            .family_name
            .clone()
            .or_else(|| dice.chance(800).then(|| person.name.family.clone())),
        nickname: described.nickname.clone(),
        age,
        age_at_start: context
            .age()
            .filter(|_| dice.chance(600))
            .map(|years| years.saturating_sub(dice.below(3) as u8)),
        sex: person.sex,
        origin: (person.origin != "ZZ").then(|| person.origin.into()),
        residence: residence(context, dice).into(),
        languages: person.languages().iter().map(|&code| code.into()).collect(),
        lvb: care.iter().any(|need| need == "lvb"),
        parent_suspected: context.minor() && dice.chance(180),
        children,
        before: before(context),
        wheelchair: dice.chance(12),
        threat: dice
            .share(&[("low", 350), ("medium", 450), ("high", 200)])
            .into(),
        wishes: (*dice.pick(&WISHES)).to_owned(),
        care,
    }
}

const WISHES: [&str; 8] = [
    "Rust, en niemand die belt.",
    "Werk waar ik zelf mijn loon krijg.",
    "Weten wat er met mijn aangifte gebeurt.",
    "Naar school kunnen.",
    "Terug naar mijn familie, maar veilig.",
    "Een eigen kamer met een slot.",
    "Dat mijn kind hier naar school kan.",
    "Iemand die mijn taal spreekt.",
];

fn children(dice: &mut Dice) -> Vec<Child> {
    (0..=dice.below(2))
        .map(|_| Child {
            age: dice.below(13) as u8,
            sex: if dice.chance(500) { Sex::F } else { Sex::M },
        })
        .collect()
}

fn residence(context: &Context<'_>, dice: &mut Dice) -> &'static str {
    match context.person.origin {
        "NL" => "nl",
        "ZZ" => "onbekend",
        _ if context.person.european() => "eu",
        "UA" => "tijdelijke_bescherming",
        _ if context.minor() => "asielzoeker",
        "SY" | "ER" => "asielzoeker",
        _ => dice.share(&[
            ("regulier", 300),
            ("dublin", 200),
            ("zonder_verblijf", 400),
            ("b8", 100),
        ]),
    }
}

/// The reflection period, offered by police or marechaussee to third-country adults at the slightest indication (Vc B8/3).
pub(super) fn reflection(
    context: &Context<'_>,
    story: &Story,
    dice: &mut Dice,
) -> Option<Reflection> {
    let intake = story.intake.as_ref()?;
    let may_offer = intake.organisation != "org-nla" && intake.indication && intake.spoken;
    let entitled = !context.person.european() && !context.minor() && context.person.origin != "ZZ";
    if !may_offer || !entitled || !dice.chance(REFLECTION_OFFERED.value) {
        return None;
    }
    let offered_day = intake.day + dice.between(0, 2);
    let answer = if dice.chance(REFLECTION_ACCEPTED.value) {
        let day = offered_day + dice.between(0, 3);
        let ended = dice
            .share(REFLECTION_ENDS.rows)
            .map(|reason| ReflectionEnd {
                day: day + dice.between(20, 84),
                reason: reason.into(),
            });
        ReflectionAnswer::Accepted { day, ended }
    } else {
        let reason = dice.share(&[
            ("wil_geen_contact_met_politie", 400),
            ("wil_terug", 350),
            ("andere_procedure", 250),
        ]);
        ReflectionAnswer::Declined {
            day: offered_day,
            reason: reason.into(),
        }
    };
    Some(Reflection {
        offered_day,
        organisation: intake.organisation.clone(),
        by: intake.by.clone(),
        language: context.person.languages()[0].into(),
        interpreter: story.report.interpreter,
        answer,
    })
}

/// Registration: a duty for investigating services, with written consent for others, else a bare count.
pub(super) fn registration(context: &Context<'_>, story: &Story, dice: &mut Dice) -> Registration {
    if !context.taken_up || context.person.form == "EB" {
        return Registration::Nothing;
    }
    let organisation: Code = context.organisation.clone().into();
    if context.duty() {
        let day = dice.share(&[(1, 300), (2, 200), (4, 200), (7, 150), (12, 100), (30, 50)]);
        return Registration::Duty {
            day,
            by: worker_of(&organisation).into(),
            organisation,
        };
    }
    let by: Code = story
        .case
        .as_ref()
        .filter(|_| context.party == Party::Zco)
        .map_or_else(|| "p-registratie-1".into(), |case| case.coordinator.clone());
    let day = dice.between(1, 20);
    let suspected_parent = story
        .case
        .as_ref()
        .is_some_and(|case| case.victim.parent_suspected);
    let young = context.age().is_some_and(|years| years < 16);
    if young && suspected_parent {
        return Registration::Counted {
            day,
            organisation,
            reason: "giver_missing".into(),
        };
    }
    if !dice.chance(CONSENT_REGISTRATION.value) {
        let reason = if dice.chance(850) {
            "refused"
        } else {
            "not_asked_unsafe"
        };
        return Registration::Counted {
            day,
            organisation,
            reason: reason.into(),
        };
    }
    let giver = match (young, context.person.european()) {
        (false, _) => "self",
        (true, true) => "parents",
        (true, false) => "guardian",
    };
    let withdrawn = dice
        .chance(CONSENT_WITHDRAWN.value)
        .then(|| day + dice.between(5, 90));
    Registration::Consent {
        day,
        organisation,
        by,
        giver: giver.into(),
        language: context.person.languages()[0].into(),
        withdrawn,
    }
}

/// What the person agreed to, as the report carries it.
pub(super) fn consent(story: &Story) -> Code {
    let registration = matches!(story.registration, Registration::Consent { .. });
    let care = story
        .case
        .as_ref()
        .is_some_and(|case| case.ground == "help_wanted");
    match (registration, care) {
        (true, true) => "registration_and_care",
        (true, false) => "registration",
        (false, true) => "care",
        (false, false) => "none",
    }
    .into()
}

/// The phases of a trajectory that follow from its steps.
pub(super) fn phases(
    start: Day,
    shelter: Option<&Shelter>,
    reflection: Option<&Reflection>,
    closing: Option<&Closing>,
) -> Vec<Phase> {
    let mut days = vec![(start, "intake")];
    let arrived = shelter
        .and_then(|shelter| {
            shelter
                .steps
                .iter()
                .find(|step| step.step == Placement::Arrived)
        })
        .map(|step| step.day);
    days.extend(arrived.map(|day| (day, "acute_opvang")));
    if let Some(ReflectionAnswer::Accepted { day, .. }) =
        reflection.map(|reflection| &reflection.answer)
    {
        days.push((*day, "bedenktijd"));
    }
    days.push((start + 30, "stabilisatie"));
    if let Some(closing) = closing {
        days.push((closing.day - 14, "uitstroom"));
        days.push((closing.day, "nazorg"));
    }
    days.sort_by_key(|&(day, _)| day);
    days.into_iter()
        .map(|(day, phase)| Phase {
            day: day.max(start),
            phase: phase.into(),
        })
        .collect()
}
