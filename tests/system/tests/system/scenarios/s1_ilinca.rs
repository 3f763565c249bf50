//! S1. "Ilinca", 29, Romanian, works in a greenhouse in Westland. A colleague sends a WhatsApp in Romanian.
//!
//! Not yet: the language recognised by itself (the desk records it), the offer of help to FairWork (it has no compartment of its own), the
//! earlier report found after it was closed for two years (here it is as old as the test).

use anyhow::{Result, ensure};
use serde_json::json;
use system_tests::StoreKind;
use system_tests::api::{Receipt, Report, mailbox};

use super::checks::{MustNot, fact_is, says};
use super::country::{Country, DESK, LABOUR, PLACEMENT, REGISTRAR, care};
use super::steps::{self, NO_DANGER};

on_both_stores![a_signal_from_the_greenhouse];

/// Who wrote. None of this may travel with the signal.
const COLLEAGUE: [&str; 3] = ["Vasile Munteanu", "0622334455", "seră-verde"];
/// The one of two years ago, in the report about the same company.
const EARLIER: &str = "Mirela";
const COMPANY: &str = "27912345";

const EMPLOYER: MustNot = MustNot("the employer sees anything");
const REPORTER: MustNot = MustNot("the colleague's identity is in the signal");
const OUTCOME: MustNot = MustNot("the report is closed without an outcome");

fn a_signal_from_the_greenhouse(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let desk = country.at_work(DESK)?;
    let earlier = told(
        &desk,
        "ro",
        &format!("{EARLIER} kreeg haar loon niet."),
        &[("help", "not_asked")],
    )?;
    let report = told(
        &desk,
        "ro",
        "Patronul ne-a luat pașapoartele. Lucrăm 14 ore pe zi pentru 3 euro pe oră, opt într-o baracă.",
        &[
            ("help", "victim_not_asked"),
            ("contact_name", COLLEAGUE[0]),
            ("contact_channel", COLLEAGUE[1]),
            ("contact_word", COLLEAGUE[2]),
        ],
    )?;

    // The desk sees what is told, in which language, and that the company was reported before.
    let page = steps::accept(&desk, &report.path, &NO_DANGER)?;
    fact_is(&page, "Taal", "Roemeens")?;
    fact_is(&page, "Vorm van uitbuiting", "Arbeidsuitbuiting")?;
    let mut link = page.page().links().into_iter().map(|link| link.href);
    let other = earlier.path.rsplit('/').next().unwrap_or_default();
    let beside = format!("{}/links/{other}", report.path);
    ensure!(
        link.any(|href| href == beside),
        "the earlier report about the same company is not shown"
    );
    MustNot("personal data of the earlier victim stand in the notice").be_on(&page, &[EARLIER])?;
    answered_in_her_language(&country, &report)?;

    // Help comes in only if she agrees; the Labour Authority needs no consent.
    let routing = desk.click(&desk.open(&report.path)?, "Zet door")?;
    says(
        &routing,
        &["Arbeidsinspectie", "Zorgcoördinatie Haaglanden"],
    )?;
    EMPLOYER.be_in(
        "the list of receivers",
        &routing.page().text(),
        &["Hotelketen", "werkgever", "Kamer van Koophandel"],
    )?;
    let help = [("rule", "help-ask-first")];
    desk.press_in_vain(&routing, "Zet de melding door", &help, "toestemming")?;
    steps::route(&desk, &report.path, &["labour-nla"], "")?;
    steps::route(
        &desk,
        &report.path,
        &["help-ask-first"],
        "Zij zei zelf ja, met een tolk, op 20 november.",
    )?;
    with_outcome_only(&desk, &report.path)?;

    investigated(&country)?;
    helped(&country)?;
    nobody_else(&country, &[&report.path, &earlier.path])?;
    through_a_program(&country, &[&report.path, &earlier.path])?;
    REPORTER.leave_a_trace(&country, &COLLEAGUE)?;
    MustNot("her name or story is in a log, an address or a journal")
        .leave_a_trace(&country, &["Ilinca", "pașapoartele", COMPANY])
}

struct Told {
    path: String,
    code: String,
}

/// A WhatsApp that the desk takes down.
fn told(
    desk: &super::somebody::Somebody,
    language: &str,
    story: &str,
    more: &[(&str, &str)],
) -> Result<Told> {
    let mut answers = vec![
        ("acute", "no"),
        ("channel", "whatsapp"),
        ("reporter", "familie_vriend"),
        ("language", language),
        ("story", story),
        ("form", "AU"),
        ("municipality", "GM1783"),
        ("minors", "no"),
        ("parent", "no"),
        ("police", "not_asked"),
        ("kvk", COMPANY),
    ];
    answers.extend_from_slice(more);
    let (path, code) = steps::take_down_with_code(desk, &answers)?;
    Ok(Told { path, code })
}

/// The desk answers in Romanian; the colleague reads it with the code, without an account and without the story on the screen.
fn answered_in_her_language(country: &Country, report: &Told) -> Result<()> {
    let desk = country.at_work(DESK)?;
    let answer = "Mulțumim. Vrea colega dumneavoastră ajutor?";
    let page = desk.open(&report.path)?;
    desk.press(&page, "Stuur het bericht", &[("message", answer)])?;
    let colleague = country.visitor("the colleague")?;
    let read = steps::read_messages(&colleague, &report.code)?;
    says(&read, &[answer])?;
    MustNot("the mailbox repeats the story to who holds the phone")
        .be_on(&read, &["pașapoartele", COLLEAGUE[0], COLLEAGUE[1]])
}

/// Without an outcome and its reason, the desk cannot put a report away.
fn with_outcome_only(desk: &super::somebody::Somebody, report: &str) -> Result<()> {
    let page = desk.click(&desk.open(report)?, "Sluit de melding af")?;
    for fields in [
        vec![("reason", "Klaar.")],
        vec![("outcome", "opgepakt")],
        vec![("outcome", "opgepakt"), ("reason", "  ")],
    ] {
        let reply = desk.try_press(&page, "Sluit de melding af", &fields)?;
        OUTCOME.unless(reply.status == 422, || {
            format!("{fields:?} was answered {}", reply.status)
        })?;
    }
    let running = desk.listed("/work/reports?state=routed")?;
    OUTCOME.unless(running.iter().any(|path| path == report), || {
        "the report is no longer among those that run".to_owned()
    })?;
    says(&desk.open(report)?, &["Uitkomst uiterlijk op"])
}

/// The Labour Authority: registers without consent, and sees that for an EU citizen the reflection period is to be decided.
fn investigated(country: &Country) -> Result<()> {
    let labour = country.at_work(LABOUR)?;
    let file = steps::take_on_intake(&labour, &[])?;
    says(&file, &["pașapoartele", COMPANY, "Roemeens"])?;
    REPORTER.be_on(&file, &COLLEAGUE)?;
    let intake = steps::address(&file);
    let person = [
        ("name", "Ilinca"),
        ("age_known", "certain"),
        ("born", "1997-03-01"),
        ("sex", "F"),
        ("origin", "RO"),
        ("residence", "eu"),
        ("form", "AU"),
        ("municipality", "GM1783"),
        ("language", "ro"),
        ("interpreter", "yes"),
        ("phone_safe", "unknown"),
    ];
    let her = steps::address(&steps::add_person(&labour, &intake, &person)?);
    let assessed = steps::assess(
        &labour,
        &intake,
        &[
            ("indication", "yes"),
            ("indication_reason", "Paspoort bij de werkgever."),
            ("leads", "yes"),
            ("leads_reason", "Acht mensen op een adres."),
            ("minor", "no"),
            ("stay", "eu"),
        ],
    )?;
    says(
        &assessed,
        &[
            "Laat beslissen over de bedenktijd",
            "Registreer bij CoMensha",
            "zonder toestemming",
        ],
    )?;
    says(
        &labour.open(&her)?,
        &["Politie of IND beslist", "Bied bedenktijd aan"],
    )?;
    let offer = labour.click(&labour.open(&her)?, "Bied bedenktijd aan")?;
    let offered = labour.press(
        &offer,
        "Bied bedenktijd aan",
        &[("language", "ro"), ("interpreter", "yes")],
    )?;
    MustNot("the reflection period of an EU citizen is hidden, or granted by itself").unless(
        offered.page().text().contains("Leg de beslissing vast")
            && !offered.page().text().contains("Loopt"),
        || super::somebody::shortly(&offered),
    )?;

    steps::register(&labour, &her)?;
    let registrar = country.at_work(REGISTRAR)?;
    let entry = registrar.arrives("/work/registrations", &[])?;
    let entry = registrar.open(&entry)?;
    says(&entry, &["Arbeidsuitbuiting", "Roemenië"])?;
    MustNot("the registration holds name, story or reporter").be_on(
        &entry,
        &[
            "Ilinca",
            "pașapoartele",
            COLLEAGUE[0],
            "1997-03-01",
            "1 maart 1997",
        ],
    )
}

/// Care: the checklist is a suggestion, and shelter for an EU citizen goes by the Wmo.
fn helped(country: &Country) -> Result<()> {
    let coordinator = country.at_work(care("Haaglanden"))?;
    let dossier = steps::take_on_case(&coordinator, &[])?;
    REPORTER.be_on(&dossier, &COLLEAGUE)?;
    let case = steps::address(&dossier);
    steps::know(
        &coordinator,
        &case,
        "Persoon",
        &[
            ("alias", "Ilinca"),
            ("age", "certain"),
            ("born", "1997-03-01"),
            ("sex", "F"),
            ("residence", "eu"),
        ],
    )?;
    let list = coordinator.click(&coordinator.open(&case)?, "Vul de hulplijst in")?;
    let ticked = coordinator.press(
        &list,
        "Bewaar",
        &[
            ("cd_documents", "yes"),
            ("ec_hours", "yes"),
            ("ec_living", "yes"),
            ("ec_salary", "yes"),
        ],
    )?;
    for dimension in [
        "Dwang op de plaats van bestemming",
        "Uitbuitende werkomstandigheden",
    ] {
        let rows = ticked.page().rows();
        let row = rows
            .iter()
            .find(|row| row.first().is_some_and(|cell| cell.starts_with(dimension)));
        ensure!(
            row.is_some_and(|row| row
                .iter()
                .any(|cell| cell.contains("Papieren") || cell.contains("werkuren"))),
            "{dimension} does not show on what it rests: {row:?}"
        );
    }
    says(&ticked, &["Een hulplijst, nooit een oordeel"])?;

    let asked = steps::ask_shelter(
        &coordinator,
        &case,
        &[
            ("p1_age", "29"),
            ("p1_sex", "F"),
            ("urgency", "4"),
            ("form", "AU"),
            ("security", "open"),
            ("languages", "ro"),
            ("residence", "eu"),
            ("entitlement", "wmo"),
        ],
    )?;
    let request = steps::address(&asked);
    let placement = country.at_work(PLACEMENT)?;
    let page = placement.open(&request)?;
    says(&page, &["kamers passen nu", "Vrouwenopvang"])?;
    let refused = page.page().rows();
    ensure!(
        refused
            .iter()
            .any(|row| row[0] == "Geen recht op deze opvang"),
        "the page does not say for which rooms there is no entitlement: {refused:?}"
    );
    MustNot("an EU citizen is led to the shelter for people without a right of residence")
        .be_on(&page, &["Categorale opvang", "Ilinca", "pașapoartele"])
}

/// The same story through the published interface: the language is kept, the mailbox opens and repeats nothing, and nobody is asked who
/// sends it.
fn through_a_program(country: &Country, known: &[&str]) -> Result<()> {
    let program = country.visitor("a hotline's program")?;
    let story = "Patronul ne-a luat pașapoartele.";
    let sent = Report::of(story, "s1-ilinca")
        .with("language", json!("ro"))
        .with("place", json!("GM1783"))
        .send(program.client())?;
    let receipt = Receipt::read(&sent)?;
    let opened = mailbox(program.client(), &receipt.digits())?.expect_status(200)?;
    ensure!(
        opened.json()?["status"] == "received",
        "the mailbox says {}",
        opened.text()
    );
    REPORTER.be_in("the mailbox", &opened.text(), &["pașapoartele"])?;
    let desk = country.at_work(DESK)?;
    let known: Vec<String> = known.iter().map(|path| (*path).to_owned()).collect();
    let page = desk.open(&desk.arrives("/work/reports", &known)?)?;
    fact_is(&page, "Taal", "Roemeens")?;
    says(&page, &[story])
}

/// Whoever comes from outside, and who has other work, finds nothing.
fn nobody_else(country: &Country, reports: &[&str]) -> Result<()> {
    let employer = country.visitor("the employer")?;
    let secrets = ["Ilinca", "pașapoartele", COLLEAGUE[0]];
    let lists = [
        "/work/reports",
        "/work/intakes",
        "/work/cases",
        "/work/registrations",
        "/work/shelter",
    ];
    for path in lists.iter().chain(reports) {
        EMPLOYER.open_for(&employer, path, &secrets)?;
    }
    for code in ["0000 0000 0000 0000", "1234 5678 1234 5678"] {
        let tried = steps::try_messages(&employer, code)?;
        EMPLOYER.unless(matches!(tried.status, 404 | 422), || {
            format!("a guessed code was answered {}", tried.status)
        })?;
        EMPLOYER.be_on(&tried, &secrets)?;
    }
    let elsewhere = country.at_work(care("Limburg-Noord"))?;
    EMPLOYER.be_listed(&elsewhere, "/work/cases")?;
    EMPLOYER.open_for(&elsewhere, reports[0], &secrets)
}
