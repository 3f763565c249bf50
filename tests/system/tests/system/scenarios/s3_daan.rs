//! S3. "Daan", 15, Dutch, caught with cocaine in the port of Rotterdam. Police treat him as a suspect; a youth worker knows of his debts.
//!
//! Not yet: what the youth prosecutor and the Child Care and Protection Board answer (the file records that they were asked), and the
//! handover to a GI by name.

use anyhow::{Context, Result, ensure};
use system_tests::{Reply, StoreKind};

use super::checks::{MustNot, fact_is, says};
use super::country::{Country, DESK, REGISTRAR, care, police};
use super::steps::{self, NO_DANGER};

on_both_stores![suspect_there_and_child_here];

/// What only police know: he is a suspect there.
const SUSPECT: [&str; 3] = ["veertig kilo", "verdachte", "verhoor"];
/// What only care knows.
const NOTES: [&str; 2] = ["droomt van de bakkerij", "stiefvader"];
const YOUTH_WORKER: [&str; 2] = ["Rachid Jongerenwerk", "0610203040"];

const FILE: MustNot = MustNot("his suspect file is visible to the coordinator");
const DIARY: MustNot = MustNot("the coordinator's notes are in the criminal file without base");
const HALT: MustNot = MustNot("Halt is offered automatically");

fn suspect_there_and_child_here(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let (intake, him) = caught_in_the_port(&country)?;
    let case = a_youth_worker_tells(&country)?;
    helped(&country, &case)?;

    let coordinator = country.at_work(care("Rotterdam-Rijnmond"))?;
    let officer = country.at_work(police("Rotterdam"))?;
    FILE.open_for(&coordinator, "/work/intakes", &SUSPECT)?;
    for page in [&intake, &him] {
        FILE.open_for(&coordinator, page, &SUSPECT)?;
    }
    FILE.be_on(&coordinator.open(&case)?, &SUSPECT)?;
    DIARY.open_for(&officer, &case, &NOTES)?;
    for page in officer.listed("/work/intakes")?.iter().chain([&him]) {
        let seen = officer.open(page)?;
        DIARY.be_on(&seen, &NOTES)?;
        no_step_to_halt(&seen)?;
    }
    no_step_to_halt(&coordinator.open(&case)?)?;
    let warned = officer.open(&him)?.page().text();
    HALT.unless(
        warned.contains("Verwijs niet uit gewoonte naar Halt"),
        || "police are not told to let the youth prosecutor look first".to_owned(),
    )?;
    FILE.leave_a_trace(&country, &["veertig kilo", "Daan"])?;
    DIARY.leave_a_trace(&country, &NOTES)?;
    MustNot("the youth worker is named outside the desk").leave_a_trace(&country, &YOUTH_WORKER)
}

/// No button and no link leads to Halt.
fn no_step_to_halt(page: &Reply) -> Result<()> {
    let seen = page.page();
    let mut steps: Vec<String> = seen.links().into_iter().map(|link| link.text).collect();
    for form in seen.forms() {
        steps.extend(form.buttons.into_iter().map(|button| button.words));
    }
    HALT.be_in("a step of the page", &steps.join(" | "), &["Halt"])
}

/// Police: a suspect, and beside that a possible victim who is registered. For a minor the means need not be shown.
fn caught_in_the_port(country: &Country) -> Result<(String, String)> {
    let officer = country.at_work(police("Rotterdam"))?;
    let new = officer.click(&officer.open("/work/intakes")?, "Zelf een intake openen")?;
    let story =
        "Jongen van 15 met veertig kilo cocaïne op het terrein, verdachte, verhoor met advocaat.";
    let found = [("story", story), ("form", "CU"), ("municipality", "GM0599")];
    let intake = steps::address(&officer.press(&new, "Open de intake", &found)?);
    let person = [
        ("name", "Daan"),
        ("age_known", "certain"),
        ("born", "2011-02-01"),
        ("sex", "M"),
        ("origin", "NL"),
        ("residence", "nl"),
        ("form", "CU"),
        ("language", "nl"),
        ("interpreter", "no"),
        ("phone_safe", "no"),
        ("authority", "parents"),
    ];
    let him = steps::address(&steps::add_person(&officer, &intake, &person)?);
    let file = steps::assess(
        &officer,
        &intake,
        &[
            ("indication", "yes"),
            ("indication_reason", "Schuld bij een oudere jongen."),
            ("leads", "yes"),
            ("leads_reason", "De oudere jongen is bekend."),
            ("minor", "yes"),
            ("stay", "dutch"),
        ],
    )?;
    says(
        &file,
        &[
            "niet-bestraffen voor aan de jeugdofficier",
            "Veilig Thuis of de Raad voor de Kinderbescherming",
            "Registreer bij CoMensha",
        ],
    )?;
    MustNot("a Dutch child is offered a reflection period")
        .be_on(&file, &["Bied bedenktijd aan"])?;
    for owed in ["non_punishment_question", "child_protection"] {
        let links = officer.open(&intake)?.page().links();
        let link = links.iter().find(|link| link.href.contains(owed));
        let link = link.with_context(|| format!("{owed} cannot be marked: {links:?}"))?;
        let page = officer.open(&link.href)?;
        officer.press(&page, "Leg vast", &[("note", "Vandaag gebeld.")])?;
    }
    steps::register(&officer, &him)?;
    let registrar = country.at_work(REGISTRAR)?;
    let entry = registrar.open(&registrar.arrives("/work/registrations", &[])?)?;
    says(&entry, &["Criminele uitbuiting", "15"])?;
    FILE.be_on(
        &entry,
        &["Daan", "veertig kilo", "verdachte", "1 februari 2011"],
    )?;
    Ok((intake, him))
}

/// The youth worker tells the desk. Veilig Thuis hears it without consent; care because he wants help.
fn a_youth_worker_tells(country: &Country) -> Result<String> {
    let desk = country.at_work(DESK)?;
    let report = steps::take_down(
        &desk,
        &[
            ("acute", "no"),
            ("channel", "telefoon"),
            ("reporter", "professional"),
            ("language", "nl"),
            (
                "story",
                "Hij heeft schulden bij een oudere jongen en durft niet te stoppen.",
            ),
            ("form", "CU"),
            ("municipality", "GM0599"),
            ("minors", "yes"),
            ("parent", "no"),
            ("help", "victim_agrees"),
            ("police", "not_asked"),
            ("contact_name", YOUTH_WORKER[0]),
            ("contact_channel", YOUTH_WORKER[1]),
        ],
    )?;
    steps::accept(&desk, &report, &NO_DANGER)?;
    let rules = ["crime-police", "minor-veilig-thuis", "help-agreed"];
    let proposed = steps::proposed(&desk, &report)?;
    ensure!(
        rules
            .iter()
            .all(|rule| proposed.iter().any(|has| has == rule)),
        "the desk is not led to police, Veilig Thuis and care: {proposed:?}"
    );
    let child = country.hire("care_coordinator", "Veilig Thuis Rotterdam-Rijnmond")?;
    let police = country.at_work(police("Rotterdam"))?;
    let own = police.listed("/work/intakes")?;
    steps::route(&desk, &report, &rules, "")?;
    let at_child = steps::take_on_case(&child, &[])?;
    FILE.be_on(&at_child, &SUSPECT)?;
    let told = steps::take_on_intake(&police, &own)?;
    MustNot("the youth worker is named outside the desk").be_on(&told, &YOUTH_WORKER)?;
    let coordinator = country.at_work(care("Rotterdam-Rijnmond"))?;
    let dossier = steps::take_on_case(&coordinator, &[])?;
    MustNot("the youth worker is named outside the desk").be_on(&dossier, &YOUTH_WORKER)?;
    Ok(steps::address(&dossier))
}

/// Care: parents are informed unless that is unsafe; youth care needs his consent and theirs; the national count needs their signature.
fn helped(country: &Country, case: &str) -> Result<()> {
    let coordinator = country.at_work(care("Rotterdam-Rijnmond"))?;
    let core = [
        ("alias", "Daan"),
        ("age", "certain"),
        ("born", "2011-02-01"),
        ("sex", "M"),
        ("residence", "nl"),
    ];
    steps::know(&coordinator, case, "Persoon", &core)?;
    steps::know(
        &coordinator,
        case,
        "Gezin en gezag",
        &[("authority", "parents")],
    )?;
    let needs = format!("Hij {} en is bang voor zijn {}.", NOTES[0], NOTES[1]);
    let dossier = steps::know(
        &coordinator,
        case,
        "Wensen en behoeften",
        &[("needs", &needs)],
    )?;
    fact_is(
        &dossier,
        "Ouders",
        "ouders worden geïnformeerd, tenzij dat niet veilig is",
    )?;
    says(
        &dossier,
        &[
            "Bij een minderjarige is dit niet nodig",
            "Jonger dan 18 jaar",
        ],
    )?;
    for giver in ["self", "parents"] {
        steps::consent(
            &coordinator,
            case,
            &[
                ("giver", giver),
                ("purpose", "care"),
                (
                    "recipients",
                    &recipient(&coordinator, case, "Jeugdhuis De Kiem")?,
                ),
                ("data", "care_needs"),
                ("language", "nl"),
                ("how", "Samen aan tafel doorgenomen."),
                ("free", "yes"),
                ("form", "written"),
            ],
        )?;
    }
    let register = coordinator.click(&coordinator.open(case)?, "Registreer of tel")?;
    fact_is(&register, "Wie tekent", "ouders")?;
    fact_is(&register, "Mogelijk", "Alleen anoniem tellen")
}

/// The value by which the consent form names an organisation.
fn recipient(who: &super::somebody::Somebody, case: &str, name: &str) -> Result<String> {
    let page = who.click(&who.open(case)?, "Leg toestemming vast")?;
    page.page()
        .form_with(&["recipients"])?
        .option("recipients", name)
}
