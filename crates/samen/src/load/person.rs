//! The person of a story, as a service or care comes to know her (K5, K3).

use desk::Result;
use desk::case::{self, Core, PersonChange};
use domain::Answer;
use domain::age::Age;
use domain::code::{CountryCode, LanguageCode};
use domain::minors::Authority;
use domain::person::{Child, ContactRules, Exploitation, Family, KnownAs, Residence, Safety};
use domain::time::{Approx, dutch_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use world::Story;
use world::story::Victim;

use super::engine::Life;
use super::k3::{coordinator, person};
use super::stage::Stage;
use super::tally::Went;
use super::telling::{self, Words, maybe, text, word};

/// The person of a story: as care knows her where it does, else as described in the report.
pub(super) fn victim(story: &Story) -> Victim {
    if let Some(case) = &story.case {
        return case.victim.clone();
    }
    let described = story
        .report
        .persons
        .iter()
        .find(|person| person.role == "possible_victim");
    let Some(person) = described else {
        return Victim {
            residence: "onbekend".into(),
            ..Victim::default()
        };
    };
    Victim {
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        nickname: person.nickname.clone(),
        age: person.age,
        sex: person.sex,
        origin: person.origin.clone(),
        residence: stay(person.origin.as_deref()).into(),
        ..Victim::default()
    }
}

/// The footing on which somebody stays, as far as the country alone tells.
fn stay(origin: Option<&str>) -> &'static str {
    const EU: [&str; 27] = [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
        "LV", "LT", "LU", "MT", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "CH",
    ];
    match origin {
        Some("NL") => "nl",
        Some(country) if EU.contains(&country) => "eu",
        _ => "onbekend",
    }
}

/// What the person is called at work; a scenario is known by its name.
pub(super) fn alias(story: &Story, victim: &Victim) -> Option<String> {
    match (&victim.nickname, story.scenario) {
        (Some(nickname), None) => Some(nickname.clone()),
        (Some(nickname), Some(scenario)) => Some(format!("{nickname} ({scenario:?})")),
        (None, Some(scenario)) => Some(format!(
            "{} ({scenario:?})",
            victim.given_name.as_deref().unwrap_or(scenario.name())
        )),
        (None, None) => victim.given_name.clone(),
    }
}

/// The date of birth that somebody named, if it fits the age.
pub(super) fn born(story: &Story) -> Option<Date> {
    let certain = |age| matches!(age, world::story::Age::Certain { .. });
    let person = story.report.persons.first()?;
    (certain(person.age) && story.case.as_ref().is_none_or(|c| certain(c.victim.age)))
        .then_some(person.birth_date)
        .flatten()
}

pub(super) fn origin(victim: &Victim, words: Words<'_>) -> Result<Option<CountryCode>> {
    victim
        .origin
        .as_deref()
        .filter(|code| *code != "ZZ")
        .map(|code| words.country(code))
        .transpose()
}

pub(super) fn residence(victim: &Victim) -> Result<Residence> {
    word("residence", &victim.residence)
}

pub(super) fn languages(victim: &Victim, words: Words<'_>) -> Result<Vec<LanguageCode>> {
    victim
        .languages
        .iter()
        .map(|code| words.language(code))
        .collect()
}

/// Who has authority over a minor: Nidos over one who came alone, else the parents, unless one is suspected.
pub(super) fn authority(victim: &Victim) -> Authority {
    match (victim.residence.as_ref(), victim.parent_suspected) {
        ("asielzoeker" | "zonder_verblijf" | "dublin", _) => Authority::GuardianNidos,
        (_, true) => Authority::Unknown,
        _ => Authority::Parents,
    }
}

/// A name in full, where one is known.
pub(super) fn names(victim: &Victim) -> Option<String> {
    let both = [&victim.given_name, &victim.family_name];
    let known: Vec<&str> = both.into_iter().flatten().map(String::as_str).collect();
    (!known.is_empty()).then(|| known.join(" "))
}

/// What care comes to know of the person, part by part.
pub(super) async fn know(stage: &Stage, life: &mut Life, now: Timestamp) -> Result<Went> {
    let (Some(id), Some(told)) = (life.known.case, life.story.case.clone()) else {
        return Ok(Went::LeftOut);
    };
    let actor = coordinator(stage, life, now)?;
    for part in parts(stage, &life.story, &told.victim, now)? {
        let seen = person(stage, id).await?.version;
        case::change_person(&stage.desk, &actor, now, id, seen, part, true).await?;
    }
    Ok(Went::Done)
}

fn parts(
    stage: &Stage,
    story: &Story,
    victim: &Victim,
    now: Timestamp,
) -> Result<Vec<PersonChange>> {
    let on = dutch_date(now);
    let words = Words {
        vocabulary: &stage.desk.vocabulary,
        on,
    };
    let origin = origin(victim, words)?;
    let name = names(victim);
    let mut parts = vec![PersonChange::Core(Box::new(Core {
        known_as: KnownAs {
            name: maybe("name", name.as_deref())?,
            alias: maybe("alias", alias(story, victim).as_deref())?,
        },
        age: telling::age(victim.age, born(story), on),
        sex: telling::sex(victim.sex),
        nationalities: origin.clone().into_iter().collect(),
        origin,
        languages: languages(victim, words)?,
        interpreter: telling::yes(story.report.interpreter),
        residence: residence(victim)?,
    }))];
    parts.push(PersonChange::Safety(Box::new(safety(story, victim)?)));
    parts.push(PersonChange::Exploitation(exploitation(
        story, victim, words,
    )?));
    let pregnant = victim.care.iter().any(|need| need == "pregnancy");
    let minor = telling::age(victim.age, None, on)
        .is_minor_on(on)
        .is_minor();
    if !victim.children.is_empty() || pregnant || minor {
        parts.push(PersonChange::Family(family(victim, pregnant, on)));
    }
    if let Some(wish) = maybe("needs", Some(&victim.wishes))? {
        parts.push(PersonChange::Needs(vec![wish]));
    }
    Ok(parts)
}

fn safety(story: &Story, victim: &Victim) -> Result<Safety> {
    let safe = story.report.safe_contact.as_ref();
    let own = story.report.reporter_kind == "slachtoffer_zelf";
    let safe = safe.filter(|_| own);
    let threat = match victim.threat.as_ref() {
        "high" => Some("De uitbuiter en wie hem kent: de dreiging is hoog."),
        "medium" => Some("De uitbuiter."),
        _ => None,
    };
    Ok(Safety {
        avoid: Vec::new(),
        must_not_know: threat
            .map(|words| text("must_not_know", words))
            .transpose()?
            .into_iter()
            .collect(),
        contact: ContactRules {
            never_call: safe.is_some_and(|s| s.never_call),
            safe_channel: maybe("safe_channel", safe.map(|s| s.channel.as_ref()))?,
            safe_times: maybe("safe_times", safe.and_then(|s| s.window.as_deref()))?,
            code_word: maybe("code_word", safe.and_then(|s| s.code_word.as_deref()))?,
            who_may_answer: None,
        },
        phone_safe: match victim.threat.as_ref() {
            "high" => Answer::No,
            "low" => Answer::Yes,
            _ => Answer::Unknown,
        },
        device_watched: Answer::Unknown,
        parent_suspected: victim.parent_suspected,
    })
}

fn exploitation(story: &Story, victim: &Victim, words: Words<'_>) -> Result<Exploitation> {
    let told = &story.report;
    let started = match (told.period.from, victim.age_at_start, victim.age) {
        (Some(day), _, _) => Some(Approx::day(day)),
        (None, Some(then), world::story::Age::Certain { years }) if years >= then => {
            let ago = i64::from(years - then);
            let latest = words.on.saturating_sub(ago.years());
            Approx::between(latest.saturating_sub(1.year()), latest)
        }
        _ => None,
    };
    let places = told.place.municipality.iter();
    let forms = told.forms.iter();
    Ok(Exploitation {
        forms: forms.map(|code| words.form(code)).collect::<Result<_>>()?,
        started,
        ended: told
            .period
            .until
            .filter(|_| !told.period.ongoing)
            .map(Approx::day),
        ongoing: telling::yes(told.period.ongoing),
        municipalities: places
            .map(|code| words.municipality(code))
            .collect::<Result<_>>()?,
    })
}

fn family(victim: &Victim, pregnant: bool, on: Date) -> Family {
    let child = |child: &world::story::Child| Child {
        age: Age::Estimated {
            low: child.age,
            high: child.age,
            as_of: on,
        },
        sex: telling::sex(child.sex),
        with_person: true,
    };
    Family {
        children: victim.children.iter().map(child).collect(),
        pregnant: match pregnant {
            true => Answer::Yes,
            false => Answer::Unknown,
        },
        authority: authority(victim),
    }
}
