//! S8: four regions, eleven signals, one picture, one hotel chain, two plates; Sofia is moved three times.

use super::{Page, codes, desk, event, object, place, route};
use crate::life::report_id;
use crate::story::{Age, Code, Described, Intake, Object, Registration, Report, Sex, Story};

const PHOTO: &str = "phash:5a0f1a5a0f1a5a0f";
const HOTEL: &str = "Hotelketen Avondrust";
const PLATES: [&str; 2] = ["64-QTN-2", "08-QVB-9"];

/// One signal: town, police unit, what it saw, and whom.
struct Signal {
    town: &'static str,
    unit: &'static str,
    police: &'static str,
    what: &'static str,
    about: About,
    objects: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// Sofia, under the name that this reporter heard.
    Sofia(&'static str),
    /// Another woman, without a name.
    Somebody(u8),
}

const fn seen(
    town: &'static str,
    unit: &'static str,
    police: &'static str,
    what: &'static str,
    about: About,
    objects: &'static [(&'static str, &'static str)],
) -> Signal {
    Signal {
        town,
        unit,
        police,
        what,
        about,
        objects,
    }
}

const TILBURG: (&str, &str, &str) = ("GM0855", "org-pol-08", "p-pol-08");
const ZWOLLE: (&str, &str, &str) = ("GM0193", "org-pol-02", "p-pol-02");
const UTRECHT: (&str, &str, &str) = ("GM0344", "org-pol-03", "p-pol-03");
const ROTTERDAM: (&str, &str, &str) = ("GM0599", "org-pol-07", "p-pol-07");

const fn at(
    (town, unit, police): (&'static str, &'static str, &'static str),
    what: &'static str,
    about: About,
    objects: &'static [(&'static str, &'static str)],
) -> Signal {
    seen(town, unit, police, what, about, objects)
}

static SIGNALS: [Signal; 11] = [
    at(
        TILBURG,
        "Receptie meldt wisselende bezoekers op één kamer, contant betaald.",
        About::Sofia("Sofia"),
        &[("hotel", HOTEL), ("plate", PLATES[0])],
    ),
    at(
        TILBURG,
        "Advertentie met een foto die vaker voorbij komt.",
        About::Somebody(1),
        &[("photo_hash", PHOTO)],
    ),
    at(
        ZWOLLE,
        "Zelfde auto drie avonden bij het hotel.",
        About::Somebody(2),
        &[("hotel", HOTEL), ("plate", PLATES[0])],
    ),
    at(
        ZWOLLE,
        "Vrouw weet niet in welke stad zij is.",
        About::Sofia("Sofía"),
        &[("photo_hash", PHOTO)],
    ),
    at(
        UTRECHT,
        "Buurvrouw ziet een vrouw die gebracht en gehaald wordt.",
        About::Somebody(3),
        &[("plate", PLATES[1])],
    ),
    at(
        UTRECHT,
        "Controle op advertentie; foto gelijk aan eerdere.",
        About::Somebody(1),
        &[("photo_hash", PHOTO), ("hotel", HOTEL)],
    ),
    at(
        ROTTERDAM,
        "Kamer voor een week geboekt door een ander, contant.",
        About::Sofia("Sophia"),
        &[("hotel", HOTEL), ("plate", PLATES[1])],
    ),
    at(
        ROTTERDAM,
        "Taxichauffeur meldt vaste ritten tussen hotels.",
        About::Somebody(4),
        &[("hotel", HOTEL)],
    ),
    at(
        TILBURG,
        "Kenteken opnieuw gezien bij het station.",
        About::Somebody(5),
        &[("plate", PLATES[0]), ("plate", PLATES[1])],
    ),
    at(
        UTRECHT,
        "Hulpverlener hoort over verplaatsingen tussen vier steden.",
        About::Sofia("Sofia"),
        &[("photo_hash", PHOTO)],
    ),
    at(
        ROTTERDAM,
        "Advertentie met dezelfde foto en een ander nummer.",
        About::Somebody(6),
        &[("photo_hash", PHOTO)],
    ),
];

/// The story of signal `part`, from 0 to 10.
pub(super) fn signal(page: &Page<'_>, part: usize) -> Story {
    let signal = &SIGNALS[part.min(SIGNALS.len() - 1)];
    let sofia = matches!(signal.about, About::Sofia(_));
    let first_sofia = page
        .part(0)
        .filter(|id| sofia && *id != report_id(page.index));
    let person = match signal.about {
        About::Sofia(_) => "S08-sofia".to_owned(),
        About::Somebody(number) => format!("S08-persoon-{number}"),
    };
    // The same unnamed woman is behind signals 2 and 6.
    let first = first_sofia.or_else(|| page.part(1).filter(|_| part == 5));
    let moved = first.is_some();
    let unit: Code = signal.unit.into();
    let routes = vec![
        route("K5", "POL", signal.unit, "plaats_naar_politie_eenheid"),
        route("K5", "EMM", "org-emm", "bovenregionaal_naar_emm"),
    ];
    Story {
        duplicate_of: first,
        moved,
        network: Some("S08-network".to_owned()),
        intake: Some(Intake {
            day: 3,
            organisation: unit.clone(),
            by: signal.police.into(),
            spoken: sofia,
            indication: true,
            finding: "Past bij signalen uit andere regio's; doorgegeven aan EMM.".to_owned(),
            ..Intake::default()
        }),
        registration: Registration::Duty {
            day: 5,
            organisation: unit,
            by: signal.police.into(),
        },
        events: events(part),
        ..page.story(
            &person,
            report(page, signal),
            desk(
                60,
                "opgepakt",
                "De politie doet onderzoek met andere eenheden.",
                3,
                routes,
            ),
        )
    }
}

fn report(page: &Page<'_>, signal: &Signal) -> Report {
    let victim = match signal.about {
        About::Sofia(name) => Described {
            given_name: Some(name.to_owned()),
            age: Age::Estimated { low: 22, high: 26 },
            origin: Some("CO".into()),
            ..nobody()
        },
        About::Somebody(_) => nobody(),
    };
    Report {
        channel: "web".into(),
        reporter_kind: "burger".into(),
        party: "POL".into(),
        organisation: signal.unit.into(),
        language: "nl".into(),
        interpreter: true,
        forms: codes(&["SU"]),
        sector: Some("SU-HOTEL".into()),
        narrative: signal.what.to_owned(),
        indicators: codes(&["cd_isolation", "online_advertentie"]),
        place: place(signal.town, None),
        persons: vec![victim],
        objects: signal
            .objects
            .iter()
            .map(|&(kind, value)| object(kind, value))
            .collect::<Vec<Object>>(),
        ..page.received(16, 20)
    }
}

fn nobody() -> Described {
    Described {
        role: "possible_victim".into(),
        certainty: "likely".into(),
        sex: Sex::F,
        ..Described::default()
    }
}

fn events(part: usize) -> Vec<crate::story::Event> {
    let mut events = vec![event(
        4,
        "K5",
        "link_notice",
        "Overeenkomst met eerdere signalen; onderdelen van de score vastgelegd met modelversie.",
    )];
    if part == SIGNALS.len() - 1 {
        events.push(event(
            6,
            "K6",
            "joint_case",
            "Gezamenlijke casus geopend door de ketenregisseurs van Zwolle en Tilburg.",
        ));
        events.push(event(9, "K6", "barrier", "Afspraken met de hotelketen en de Kamer van Koophandel, zonder gegevens van slachtoffers."));
    }
    events
}
