//! S8. Four regions, eleven signals, the same picture, the same hotel chain, two plates. "Sofia" is moved three times.
//!
//! Not yet: the match across regions with its score parts and validated model version, notices to both owners, the joint case of two
//! ketenregisseurs, and Sofia counted once (linkage and networks). What somebody of the signal desk finds of two reports is here.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use system_tests::StoreKind;

use super::checks::{MustNot, says};
use super::country::{Country, DESK, REGISTRAR, care, police};
use super::somebody::Somebody;
use super::steps::{self, NO_DANGER, address};

on_both_stores![eleven_signals_in_four_regions];

const LEARNING: MustNot = MustNot("self-learning model");
const HOTEL_TOLD: MustNot = MustNot("hotel staff told names");
const SEARCHED: MustNot = MustNot("care files searched");
const HOTEL: &str = "Hotelketen Avondrust";
const PHOTO: &str = "phash:5a0f1a5a0f1a5a0f";
const PLATES: [&str; 2] = ["64-QTN-2", "08-QVB-9"];
const NAMES: [&str; 3] = ["Sofia", "Sofía", "Sophia"];
const NEED: &str = "Niet meer in een auto.";

/// One signal: municipality, what was seen, the plate that was named.
struct Signal(&'static str, &'static str, Option<&'static str>);

const SIGNALS: [Signal; 11] = [
    Signal(
        "GM0855",
        "Receptie ziet Sofia en wisselende bezoekers. Hotelketen Avondrust.",
        Some(PLATES[0]),
    ),
    Signal(
        "GM0855",
        "Advertentie met foto phash:5a0f1a5a0f1a5a0f.",
        None,
    ),
    Signal(
        "GM0193",
        "Zelfde auto drie avonden bij Hotelketen Avondrust.",
        Some(PLATES[0]),
    ),
    Signal(
        "GM0193",
        "Sofía weet niet in welke stad zij is. Foto phash:5a0f1a5a0f1a5a0f.",
        None,
    ),
    Signal(
        "GM0344",
        "Een vrouw wordt gebracht en gehaald.",
        Some(PLATES[1]),
    ),
    Signal(
        "GM0344",
        "Advertentie, zelfde foto phash:5a0f1a5a0f1a5a0f. Hotelketen Avondrust.",
        None,
    ),
    Signal(
        "GM0599",
        "Sophia, kamer voor een week, contant. Hotelketen Avondrust.",
        Some(PLATES[1]),
    ),
    Signal(
        "GM0599",
        "Vaste ritten tussen hotels van Hotelketen Avondrust.",
        None,
    ),
    Signal(
        "GM0855",
        "Kenteken opnieuw gezien bij het station.",
        Some(PLATES[0]),
    ),
    Signal(
        "GM0344",
        "Verplaatst tussen vier steden. Foto phash:5a0f1a5a0f1a5a0f.",
        None,
    ),
    Signal(
        "GM0599",
        "Zelfde foto phash:5a0f1a5a0f1a5a0f, ander nummer.",
        None,
    ),
];
/// The police unit of each municipality.
const UNITS: [(&str, &str); 4] = [
    ("GM0855", "Zeeland-West-Brabant"),
    ("GM0193", "Oost-Nederland"),
    ("GM0344", "Midden-Nederland"),
    ("GM0599", "Rotterdam"),
];
/// Where Sofia was helped, one after the other.
const HELPERS: [&str; 3] = [
    "Midden- en West-Brabant",
    "IJsselland",
    "Rotterdam-Rijnmond",
];

fn eleven_signals_in_four_regions(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let desk = country.at_work(DESK)?;
    let reports = they_come_in(&desk)?;
    same_plate_same_answer(&desk, &reports)?;
    somebody_judges(&country, &desk, &reports)?;
    each_to_its_unit(&country, &desk, &reports)?;
    let cases = moved_three_times(&country)?;
    each_move_in_one_file(&country, &cases)?;
    no_model(&country, &reports)?;
    the_hotel_hears_nothing(&country, &reports, &cases)?;
    // Before anybody types a name in an address.
    HOTEL_TOLD.leave_a_trace(&country, &NAMES)?;
    care_files_stay_shut(&country, &cases)?;
    SEARCHED.leave_a_trace(&country, &[NEED])
}

/// The desk takes all eleven down. Gives their addresses in order.
fn they_come_in(desk: &Somebody) -> Result<Vec<String>> {
    let mut reports = Vec::new();
    for Signal(municipality, story, plate) in SIGNALS {
        let mut answers = vec![
            ("acute", "no"),
            ("channel", "telefoon"),
            ("reporter", "burger"),
            ("language", "nl"),
            ("story", story),
            ("form", "SU"),
            ("municipality", municipality),
            ("minors", "no"),
            ("parent", "no"),
            ("help", "not_asked"),
            ("police", "not_asked"),
        ];
        answers.extend(plate.map(|plate| ("plate", plate)));
        reports.push(steps::take_down(desk, &answers)?);
    }
    Ok(reports)
}

/// Reports that name the same plate name each other, and no other: an equal value, not a likeness. Asked twice, the answer is the same.
fn same_plate_same_answer(desk: &Somebody, reports: &[String]) -> Result<()> {
    for (at, report) in reports.iter().enumerate() {
        let plate = SIGNALS[at].2;
        let same: BTreeSet<&String> = (0..SIGNALS.len())
            .filter(|other| plate.is_some() && *other != at && SIGNALS[*other].2 == plate)
            .map(|other| &reports[other])
            .collect();
        for _ in 0..2 {
            let page = desk.open(report)?;
            let links: Vec<String> = page
                .page()
                .links()
                .into_iter()
                .map(|link| link.href)
                .collect();
            let named: BTreeSet<&String> = reports
                .iter()
                .filter(|other| *other != report && links.contains(&beside(report, other)))
                .collect();
            LEARNING.unless(named == same, || {
                format!("signal {at} names {named:?}, not {same:?}")
            })?;
            if !same.is_empty() {
                says(
                    &page,
                    &[
                        "Hetzelfde nummer zegt nog niets over de personen",
                        "Hetzelfde: kenteken",
                        "Nog niet beoordeeld",
                    ],
                )?;
            }
        }
    }
    Ok(())
}

/// Where two reports stand side by side.
fn beside(one: &str, other: &str) -> String {
    let id = other.rsplit('/').next().unwrap_or_default();
    format!("{one}/links/{id}")
}

/// Somebody at the desk looks at two of them side by side and finds, with the reason, that they belong together or do not; both say so, and
/// it can be found anew. Nobody else sees that there is a link.
fn somebody_judges(country: &Country, desk: &Somebody, reports: &[String]) -> Result<()> {
    let (tilburg, zwolle, station) = (&reports[0], &reports[2], &reports[8]);
    let page = desk.open(&beside(tilburg, zwolle))?;
    says(&page, &[SIGNALS[0].1, SIGNALS[2].1, "Hetzelfde: kenteken"])?;
    let reason = "Zelfde auto, zelfde hotelketen, zelfde avonden.";
    let together = [("finding", "together"), ("because", reason)];
    let done = desk.press(&page, "Leg het vast", &together)?;
    says(
        &done,
        &[
            "Het staat bij beide meldingen",
            "Ze horen bij elkaar",
            reason,
        ],
    )?;
    says(&desk.open(zwolle)?, &["Ze horen bij elkaar", reason])?;
    let back = desk.open(&beside(zwolle, tilburg))?;
    let why = "Dit is al vastgesteld en staat nog";
    desk.press_in_vain(&back, "Leg het vast", &together, why)?;
    let other = desk.open(&beside(tilburg, station))?;
    desk.press_in_vain(
        &other,
        "Leg het vast",
        &[],
        "Kies of de meldingen bij elkaar horen",
    )?;
    let apart = [
        ("finding", "apart"),
        ("because", "Een taxi die daar elke dag staat."),
    ];
    let page = desk.press(
        &desk.open(&beside(tilburg, station))?,
        "Leg het vast",
        &apart,
    )?;
    says(
        &page,
        &[
            "Wat niet bij elkaar hoort",
            "Een taxi die daar elke dag staat.",
        ],
    )?;
    for other in [
        country.at_work(police("Rotterdam"))?,
        country.at_work(REGISTRAR)?,
        country.at_work(care(HELPERS[0]))?,
    ] {
        let path = beside(tilburg, zwolle);
        MustNot("hits shown outside the owners").open_for(&other, &path, &[reason, HOTEL])?;
    }
    Ok(())
}

/// The rule sends each signal to the police unit of its place, with the reason; each unit gets its own and no other's.
fn each_to_its_unit(country: &Country, desk: &Somebody, reports: &[String]) -> Result<()> {
    for report in reports {
        steps::accept(desk, report, &NO_DANGER)?;
        let routed = steps::route(desk, report, &["crime-police"], "")?;
        says(
            &routed,
            &[
                "Doorgezet naar",
                "Elk signaal van mensenhandel wordt door een opsporingsdienst beoordeeld",
            ],
        )?;
    }
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (municipality, unit) in UNITS {
        let officer = country.at_work(police(unit))?;
        let own: Vec<&str> = SIGNALS
            .iter()
            .filter(|signal| signal.0 == municipality)
            .map(|signal| signal.1)
            .collect();
        let mut stories = BTreeSet::new();
        let mut known = Vec::new();
        for _ in &own {
            let intake = officer.arrives("/work/intakes", &known)?;
            let text = officer.open(&intake)?.page().text();
            let story = own.iter().find(|story| text.contains(**story));
            stories.insert(*story.with_context(|| format!("{unit} got another's signal: {text}"))?);
            ensure!(
                seen.insert(intake.clone(), unit).is_none(),
                "{intake} came twice"
            );
            known.push(intake);
        }
        ensure!(
            stories.len() == own.len(),
            "{unit} has {stories:?}, not {own:?}"
        );
        for (intake, other) in &seen {
            if *other != unit {
                MustNot("hits shown outside the owners").open_for(
                    &officer,
                    intake,
                    &[PHOTO, HOTEL],
                )?;
            }
        }
    }
    ensure!(
        seen.len() == SIGNALS.len(),
        "{} of eleven signals arrived",
        seen.len()
    );
    Ok(())
}

/// Three coordinators help her in turn; each hands over and closes. Gives the care files in order.
fn moved_three_times(country: &Country) -> Result<Vec<String>> {
    let mut cases = Vec::new();
    for (at, region) in HELPERS.into_iter().enumerate() {
        let coordinator = country.at_work(care(region))?;
        let who = [
            ("alias", NAMES[at]),
            ("age", "estimated"),
            ("low", "22"),
            ("high", "26"),
            ("sex", "F"),
            ("language", "es"),
            ("need", NEED),
        ];
        let case = address(&steps::open_case(&coordinator, &who)?);
        if let Some(next) = HELPERS.get(at + 1) {
            let page = coordinator.click(&coordinator.open(&case)?, "Sluit de casus")?;
            let to = page
                .page()
                .form_with(&["to"])?
                .option("to", &format!("Zorgcoördinatie {next}"))?;
            let closing = [
                ("reason", "overgedragen"),
                ("to", to.as_str()),
                ("explanation", "Weggebracht naar een andere stad."),
                ("aftercare", "none"),
            ];
            says(
                &coordinator.press(&page, "Sluit de casus", &closing)?,
                &["Gesloten"],
            )?;
        }
        cases.push(case);
    }
    Ok(cases)
}

/// Each file is with one organisation: it is there, whole, and to the others it does not exist.
fn each_move_in_one_file(country: &Country, cases: &[String]) -> Result<()> {
    for (at, region) in HELPERS.into_iter().enumerate() {
        let coordinator = country.at_work(care(region))?;
        let listed = coordinator.listed("/work/cases?state=all")?;
        ensure!(listed == [cases[at].clone()], "{region} lists {listed:?}");
        says(&coordinator.open(&cases[at])?, &[NAMES[at], NEED])?;
        for case in cases.iter().filter(|case| **case != cases[at]) {
            SEARCHED.open_for(&coordinator, case, &[NEED])?;
        }
    }
    Ok(())
}

/// No page speaks of a score or a prediction, and nothing that learns is built in.
fn no_model(country: &Country, reports: &[String]) -> Result<()> {
    let words = [
        "score",
        "voorspel",
        "kans op",
        "risiconiveau",
        "algoritme",
        "prediction",
        "likelihood",
    ];
    let desk = country.at_work(DESK)?;
    for path in reports.iter().map(String::as_str).chain(["/work/reports"]) {
        LEARNING.be_in(path, &desk.open(path)?.page().text(), &words)?;
    }
    let officer = country.at_work(police("Rotterdam"))?;
    for intake in officer.listed("/work/intakes?state=all")? {
        LEARNING.be_in(&intake, &officer.open(&intake)?.page().text(), &words)?;
    }
    let api = country
        .visitor("a program")?
        .open("/api/v1/openapi.json")?
        .text();
    LEARNING.be_in("the interface for programs", &api, &words)?;
    let lock = std::fs::read_to_string(system_tests::binary::workspace_root().join("Cargo.lock"))?;
    let learners = [
        "burn",
        "candle-core",
        "dfdx",
        "linfa",
        "onnxruntime",
        "ort",
        "rustlearn",
        "smartcore",
        "tch",
        "tensorflow",
        "tract-onnx",
    ];
    for learner in learners {
        let there = lock.contains(&format!("name = \"{learner}\""));
        LEARNING.unless(!there, || format!("the program is built with {learner}"))?;
    }
    Ok(())
}

/// The hotel reports and is never told: whoever works there finds no report, no intake, no case and no name, whatever role is given.
fn the_hotel_hears_nothing(country: &Country, reports: &[String], cases: &[String]) -> Result<()> {
    for role in ["care_coordinator", "shelter_staff"] {
        let staff = country.hire(role, HOTEL)?;
        for path in [
            reports[0].as_str(),
            &cases[0],
            "/work/reports",
            "/work/intakes",
        ] {
            HOTEL_TOLD.open_for(&staff, path, &NAMES)?;
        }
        let list = if role == "shelter_staff" {
            "/work/holds"
        } else {
            "/work/cases?state=all"
        };
        HOTEL_TOLD.be_listed(&staff, list)?;
        HOTEL_TOLD.be_on(&staff.open(list)?, &NAMES)?;
    }
    let desk = country.at_work(DESK)?;
    for report in reports {
        let page = desk.click(&desk.open(report)?, "Zet door")?;
        let text = page.page().text();
        let to_hotel = text
            .split("Stuur naar")
            .nth(1)
            .unwrap_or_default()
            .split("Een andere hulporganisatie")
            .next()
            .unwrap_or_default()
            .to_owned();
        HOTEL_TOLD.be_in("the proposal", &to_hotel, &[HOTEL])?;
        let forms = page.page().forms();
        let offered = forms
            .iter()
            .flat_map(|form| &form.options)
            .any(|(_, _, words)| words.contains(HOTEL));
        HOTEL_TOLD.unless(!offered, || {
            "the desk can send a signal to the hotel".to_owned()
        })?;
    }
    Ok(())
}

/// Neither investigators nor the joint approach reach a care file or a list of them, by name, number or question; and the journal
/// of care shows that nobody of theirs ever did.
fn care_files_stay_shut(country: &Country, cases: &[String]) -> Result<()> {
    let mut others = vec![
        country.hire("investigator", "Expertisecentrum Mensenhandel")?,
        country.hire("investigator", "RIEC")?,
        country.at_work(REGISTRAR)?,
        country.at_work(DESK)?,
    ];
    for (_, unit) in UNITS {
        others.push(country.at_work(police(unit))?);
    }
    let questions = [
        "/work/cases",
        "/work/cases?q=Sofia",
        "/work/cases?state=all&next=x",
        "/work/shelter",
        "/work/opinions",
    ];
    for other in &others {
        for path in questions
            .into_iter()
            .chain(cases.iter().map(String::as_str))
        {
            SEARCHED.open_for(other, path, &[NEED])?;
        }
    }
    let journal = country.journal()?;
    let of_care = journal
        .lines()
        .filter(|line| line.starts_with("{\"store\":\"k3\""));
    let mut entries = 0;
    for line in of_care {
        entries += 1;
        for role in ["investigator", "registrar", "signal_desk"] {
            let theirs = line.contains(&format!("\\\"role\\\":\\\"{role}\\\""));
            SEARCHED.unless(!theirs, || format!("the journal of care has {line}"))?;
        }
    }
    ensure!(entries > 0, "the journal of care is empty");
    Ok(())
}
