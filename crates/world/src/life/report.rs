//! What comes in: the fields of a signal.

use super::Context;
use super::timing::{moment, plus};
use crate::calibration::course::ACUTE;
use crate::calibration::who::{Group, Party};
use crate::codes::indicators;
use crate::country::networks::object;
use crate::dice::{Aspect, Dice};
use crate::narrative::{self, Voice};
use crate::people::names::{DUTCH, NICKNAMES};
use crate::people::{identifiers, variants};
use crate::places::POLICE_UNITS;
use crate::story::{
    Age, Answer, Attachment, Code, Described, Minors, Object, Period, Place, Report, Reporter,
    SafeContact, Sex,
};

/// Reporters' own numbers lie above those of persons.
const REPORTER_PHONES: u64 = 4_500_000;

pub(super) fn report(context: &Context<'_>) -> Report {
    let settings = context.world.settings();
    // A stream of its own position: the draws before this one chose party and place.
    let mut dice = Dice::new(settings.seed, Aspect::Narrative, context.index);
    let kind = reporter_kind(context.party, &mut dice);
    let language = language(context, kind, &mut dice);
    let person = &context.person;
    let forms: Vec<Code> = std::iter::once(person.form)
        .chain(person.second_form)
        .map(Code::from)
        .collect();
    Report {
        received_at: moment(settings.start, settings.per_year, context.index),
        received_on: context.day,
        channel: channel(kind, &mut dice).into(),
        reporter_kind: kind.into(),
        party: party_code(context).into(),
        organisation: context.organisation.clone().into(),
        reporter: reporter(context, kind, &mut dice),
        safe_contact: safe_contact(kind, &mut dice),
        language: language.into(),
        interpreter: !["nl", "en"].contains(&person.languages()[0]),
        acute: acute(&mut dice),
        forms,
        sector: person.sector.map(Code::from),
        narrative: narrative::compose(
            person.group,
            person.sector,
            voice(kind),
            language,
            context.town.name,
            &mut dice,
        ),
        indicators: some_indicators(person.group, 2, &mut dice),
        place: place(context, &mut dice),
        period: period(context, &mut dice),
        persons: persons(context, kind, &mut dice),
        objects: objects(context, &mut dice),
        minors: minors(context, &mut dice),
        attachments: attachments(context, &mut dice),
        reliability: context
            .duty()
            .then(|| format!("{}{}", dice.pick(&["A", "B", "C", "D"]), dice.between(1, 4)).into()),
        consent: "none".into(),
    }
}

fn reporter_kind(party: Party, dice: &mut Dice) -> &'static str {
    let rows: &[(&str, u32)] = match party {
        Party::Pol => &[
            ("opsporingsdienst", 620),
            ("slachtoffer_zelf", 140),
            ("burger", 90),
            ("anoniem", 60),
            ("familie_vriend", 50),
            ("bedrijf", 40),
        ],
        Party::Kmar => &[("opsporingsdienst", 950), ("slachtoffer_zelf", 50)],
        Party::Nla => &[
            ("opsporingsdienst", 450),
            ("slachtoffer_zelf", 150),
            ("anoniem", 150),
            ("burger", 130),
            ("ander_signaal", 120),
        ],
        Party::Zco => &[
            ("professional", 720),
            ("slachtoffer_zelf", 180),
            ("familie_vriend", 100),
        ],
        Party::Fw => &[
            ("slachtoffer_zelf", 640),
            ("professional", 200),
            ("familie_vriend", 160),
        ],
        Party::Other => &[
            ("professional", 560),
            ("slachtoffer_zelf", 300),
            ("anoniem", 80),
            ("familie_vriend", 60),
        ],
    };
    dice.share(rows)
}

fn channel(kind: &str, dice: &mut Dice) -> &'static str {
    let rows: &[(&str, u32)] = match kind {
        "opsporingsdienst" => &[("ambtshalve", 700), ("partner_systeem", 300)],
        "professional" => &[
            ("web", 380),
            ("telefoon", 350),
            ("e_mail", 250),
            ("post", 20),
        ],
        "slachtoffer_zelf" => &[
            ("telefoon", 300),
            ("whatsapp", 250),
            ("web", 200),
            ("chat", 150),
            ("balie", 100),
        ],
        "anoniem" => &[("web", 650), ("telefoon", 300), ("post", 50)],
        _ => &[
            ("web", 450),
            ("telefoon", 350),
            ("whatsapp", 150),
            ("e_mail", 50),
        ],
    };
    dice.share(rows)
}

fn language(context: &Context<'_>, kind: &str, dice: &mut Dice) -> &'static str {
    match kind {
        "slachtoffer_zelf" | "familie_vriend" => {
            let own = context.person.languages();
            own.iter()
                .copied()
                .find(|code| narrative::LANGUAGES.contains(code))
                .unwrap_or("en")
        }
        "burger" | "anoniem" if dice.chance(150) => "en",
        _ => "nl",
    }
}

fn voice(kind: &str) -> Voice {
    match kind {
        "slachtoffer_zelf" => Voice::Own,
        "opsporingsdienst" | "professional" | "ander_signaal" => Voice::Professional,
        _ => Voice::Bystander,
    }
}

fn party_code(context: &Context<'_>) -> &'static str {
    match context.party {
        Party::Pol => "POL",
        Party::Kmar => "KMAR",
        Party::Nla => "NLA",
        Party::Zco => "ZCO",
        Party::Fw => "FW",
        Party::Other => match context.organisation.as_str() {
            "org-nid" => "NID",
            "org-adv" => "ADV",
            "org-coa" => "COA",
            "org-ggd" => "GGD",
            "org-com" => "COM",
            "org-fier" => "FIER",
            "org-ngo" => "NGO",
            _ => "VT",
        },
    }
}

fn reporter(context: &Context<'_>, kind: &str, dice: &mut Dice) -> Option<Reporter> {
    let phone = identifiers::phone_of_person(REPORTER_PHONES + context.index);
    match kind {
        "anoniem" | "ander_signaal" => None,
        "slachtoffer_zelf" => dice.chance(600).then(|| Reporter {
            name: format!(
                "{} {}",
                context.person.name.given, context.person.name.family
            ),
            phone: context.person.phone.clone(),
            email: None,
        }),
        _ if matches!(kind, "burger" | "familie_vriend") && dice.chance(450) => None,
        _ => {
            let sex = if dice.chance(550) { Sex::F } else { Sex::M };
            let name = DUTCH.name(dice, sex);
            let email = dice
                .chance(500)
                .then(|| format!("melder-{}@example.org", context.index));
            Some(Reporter {
                name: format!("{} {}", name.given, name.family),
                phone: Some(phone),
                email,
            })
        }
    }
}

fn safe_contact(kind: &str, dice: &mut Dice) -> Option<SafeContact> {
    const WORDS: [&str; 8] = [
        "appeltaart",
        "regenjas",
        "fietsbel",
        "zonnebloem",
        "postzegel",
        "waterkoker",
        "kerkklok",
        "sleutelbos",
    ];
    if !matches!(kind, "slachtoffer_zelf" | "familie_vriend") || dice.chance(350) {
        return None;
    }
    let never_call = dice.chance(250);
    let channel = if never_call {
        "retourcode"
    } else {
        dice.share(&[("telefoon", 450), ("whatsapp", 400), ("e_mail", 150)])
    };
    let hour = dice.between(9, 20);
    Some(SafeContact {
        channel: channel.into(),
        window: (!never_call).then(|| format!("{hour:02}:00-{:02}:00", hour + 1)),
        code_word: dice.chance(500).then(|| (*dice.pick(&WORDS)).to_owned()),
        never_call,
    })
}

fn acute(dice: &mut Dice) -> Answer {
    let (yes, unknown) = ACUTE.value;
    match dice.below(1000) as u32 {
        drawn if drawn < yes => Answer::Yes,
        drawn if drawn < yes + unknown => Answer::Unknown,
        _ => Answer::No,
    }
}

/// Between `at_least` and five more signals of the group, in the order of the list.
pub(super) fn some_indicators(group: Group, at_least: usize, dice: &mut Dice) -> Vec<Code> {
    let all = indicators(group);
    let wanted = (at_least + dice.index(4)).min(all.len());
    let mut left = wanted;
    let mut chosen = Vec::with_capacity(wanted);
    for (at, code) in all.iter().enumerate() {
        if dice.index(all.len() - at) < left {
            chosen.push(Code::from(code.0));
            left -= 1;
        }
    }
    chosen
}

fn place(context: &Context<'_>, dice: &mut Dice) -> Place {
    const HINTS: [&str; 6] = [
        "een woning",
        "bij het station",
        "op een bedrijventerrein",
        "een vakantiepark",
        "boven een winkel",
        "aan de rand van de stad",
    ];
    let online = context.person.sector == Some("SU-ONLINE");
    Place {
        municipality: Some(context.town.code.into()),
        region: Some(context.town.region().code.into()),
        unit: Some(POLICE_UNITS[context.town.unit()].code.into()),
        online,
        hint: dice.chance(300).then(|| (*dice.pick(&HINTS)).to_owned()),
    }
}

fn period(context: &Context<'_>, dice: &mut Dice) -> Period {
    let from = dice
        .chance(650)
        .then(|| plus(context.day, -dice.between(7, 540)));
    let ongoing = dice.chance(620);
    let until = (!ongoing && from.is_some()).then(|| plus(context.day, -dice.between(0, 6)));
    Period {
        from,
        until,
        ongoing,
    }
}

fn persons(context: &Context<'_>, kind: &str, dice: &mut Dice) -> Vec<Described> {
    let mut persons = vec![victim(context, kind, dice)];
    for at in 0..dice.below(3) {
        persons.push(Described {
            role: if at == 0 {
                "possible_offender"
            } else {
                "facilitator"
            }
            .into(),
            certainty: (*dice.pick(&["likely", "unclear"])).into(),
            nickname: dice
                .chance(700)
                .then(|| (*dice.pick(&NICKNAMES)).to_owned()),
            sex: if dice.chance(780) { Sex::M } else { Sex::F },
            ..Described::default()
        });
    }
    persons
}

fn victim(context: &Context<'_>, kind: &str, dice: &mut Dice) -> Described {
    let person = &context.person;
    let knows = dice.chance(if kind == "anoniem" { 300 } else { 860 });
    // The first report has the name as it is; later ones have it from somebody else's mouth.
    let mut written = |name: &str| {
        knows.then(|| {
            if context.again {
                variants::spelled(name, dice)
            } else {
                name.to_owned()
            }
        })
    };
    let given_name = written(&person.name.given);
    let family_name = written(&person.name.family).filter(|_| kind != "burger");
    let birth_date = person.birth.filter(|_| knows).and_then(|birth| {
        if context.again {
            variants::dated(birth, dice)
        } else {
            Some(birth)
        }
    });
    let birth_date = birth_date.filter(|_| dice.chance(if context.duty() { 850 } else { 600 }));
    Described {
        role: "possible_victim".into(),
        certainty: if knows { "certain" } else { "likely" }.into(),
        given_name,
        family_name,
        nickname: person
            .nickname
            .filter(|_| dice.chance(800))
            .map(str::to_owned),
        age: age(context, birth_date.is_some(), dice),
        birth_date,
        sex: person.sex,
        origin: (person.origin != "ZZ").then(|| person.origin.into()),
        phone: person.phone.clone().filter(|_| dice.chance(800)),
    }
}

fn age(context: &Context<'_>, from_date: bool, dice: &mut Dice) -> Age {
    match context.age() {
        None => Age::Unknown,
        Some(years) if from_date || dice.chance(500) => Age::Certain { years },
        Some(years) => {
            let below = dice.below(4) as u8;
            let above = 1 + dice.below(4) as u8;
            Age::Estimated {
                low: years.saturating_sub(below),
                high: years.saturating_add(above),
            }
        }
    }
}

fn objects(context: &Context<'_>, dice: &mut Dice) -> Vec<Object> {
    let person = &context.person;
    let mut objects = Vec::new();
    if let Some(network) = &person.network {
        let first = dice.index(network.objects.len());
        let count = 1 + dice.index(3);
        objects.extend(
            (0..count).map(|at| network.objects[(first + at * 2) % network.objects.len()].clone()),
        );
    }
    // Own numbers lie above those of networks.
    let own = 40_000 + person.root;
    match person.group {
        Group::Sexual if dice.chance(250) => objects.push(object("ad", identifiers::ad(own))),
        Group::Labour if dice.chance(300) => objects.push(object("kvk", identifiers::kvk(own))),
        Group::Criminal if dice.chance(220) => {
            objects.push(object("account", identifiers::account(own)))
        }
        _ => {}
    }
    if dice.chance(60) {
        objects.push(object("plate", identifiers::plate(own)));
    }
    objects
}

fn minors(context: &Context<'_>, dice: &mut Dice) -> Minors {
    match context.age() {
        Some(years) if years < 18 => Minors::Yes,
        Some(years) if years < 20 && dice.chance(400) => Minors::Suspected,
        None if dice.chance(350) => Minors::Suspected,
        _ => Minors::No,
    }
}

fn attachments(context: &Context<'_>, dice: &mut Dice) -> Vec<Attachment> {
    if !dice.chance(90) {
        return Vec::new();
    }
    let (kind, ending) = *dice.pick(&[("photo", "jpg"), ("screenshot", "png"), ("audio", "ogg")]);
    vec![Attachment {
        kind: kind.into(),
        name: format!("bijlage-{}.{ending}", context.index),
    }]
}
