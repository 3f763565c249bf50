//! S6. "Karima", 34, Moroccan, without residence, domestic work. She comes to a coordinator and wants no police.
//!
//! Not yet: her own page in Arabic; the law engine behind the limited search.

use anyhow::{Result, ensure};
use system_tests::{Reply, StoreKind};

use super::checks::{MustNot, fact_is, says};
use super::country::{
    AUDITOR, Country, DESK, LABOUR, PLACEMENT, REGISTRAR, SECRETARY, care, police,
};
use super::somebody::Somebody;
use super::steps::{self, address};

on_both_stores![she_gets_help_and_nobody_tells_police_or_ind];

const TO_POLICE: MustNot = MustNot("automatic disclosure to police or IND");
const WISH_GONE: MustNot = MustNot("deletion of her wish to remain unknown");
const NAME: &str = "Karima";
const WISH: &str = "Wil hulp zonder politie";
const STORY: &str = "Mijn paspoort lag in de kluis van mevrouw.";
/// Words that only those who help her may read.
const HERS: [&str; 3] = [NAME, WISH, "in de kluis"];

fn she_gets_help_and_nobody_tells_police_or_ind(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let care = country.at_work(care("Haaglanden"))?;
    let case = she_comes(&care)?;
    what_is_known(&care, &case)?;
    no_period_by_care(&care, &case)?;
    only_a_count(&country, &care, &case)?;
    a_limited_place(&country, &care, &case)?;
    an_opinion_without_aangifte(&country, &care, &case)?;
    her_own_page(&country, &care, &case)?;
    nothing_went_to_police_or_ind(&country, &care, &case)?;
    the_wish_outlives_everything(&care, &case)?;
    TO_POLICE.leave_a_trace(&country, &HERS)
}

/// Help is offered without a report; what she wants of the police is asked at once.
fn she_comes(care: &Somebody) -> Result<String> {
    let values = [
        ("alias", NAME),
        ("age", "estimated"),
        ("low", "33"),
        ("high", "35"),
        ("sex", "F"),
        ("language", "ar"),
        ("need", "Ik wil slapen. Geen politie."),
        ("police", "help_without_police"),
    ];
    let opened = steps::open_case(care, &values)?;
    let case = address(&opened);
    let moved = care.press(&opened, "Ga naar deze fase", &[("phase", "intake")])?;
    fact_is(&moved, "Stand", "Intake")?;
    wish_stands(care, &case)?;
    Ok(case)
}

fn wish_stands(care: &Somebody, case: &str) -> Result<()> {
    let dossier = care.open(case)?.page();
    let wish = dossier.fact("Wat de persoon van de politie vindt")?;
    WISH_GONE.unless(wish == WISH, || format!("the dossier says {wish:?}"))?;
    let follows = "Uit deze casus gaat niets naar politie of IND.";
    let said = dossier.text().contains(follows);
    WISH_GONE.unless(said, || {
        "the dossier no longer says what follows".to_owned()
    })
}

fn what_is_known(care: &Somebody, case: &str) -> Result<()> {
    let core = care.open(&format!("{case}/person/core"))?;
    let who = [
        ("origin", "MA"),
        ("languages", "ar"),
        ("residence", "zonder_verblijf"),
    ];
    care.press(&core, "Bewaar", &who)?;
    let what = care.open(&format!("{case}/person/exploitation"))?;
    care.press(&what, "Bewaar", &[("forms", "AU"), ("ongoing", "yes")])?;
    let no = care.open(&format!("{case}/consents/refused"))?;
    let said = [
        ("purpose", "investigation"),
        ("reason", "Bang om te worden uitgezet."),
    ];
    let dossier = care.press(&no, "Leg de weigering vast", &said)?;
    says(&dossier, &["Opsporing en vervolging Geweigerd"])?;
    wish_stands(care, case)
}

/// Only police, KMar and the inspectorate can offer the period: care sees that, and has no way to write it.
fn no_period_by_care(care: &Somebody, case: &str) -> Result<()> {
    let dossier = care.open(case)?;
    fact_is(
        &dossier,
        "Bedenktijd",
        "Alleen zij kunnen bedenktijd aanbieden",
    )?;
    let phases = dossier.page().form_with(&["phase"])?.offered;
    let offers = phases.iter().any(|(_, phase)| phase == "bedenktijd");
    ensure!(!offers, "care could begin a reflection period: {phases:?}");
    TO_POLICE.open_for(care, "/work/intakes", &HERS)
}

/// Without written consent one anonymous count, and nothing that leads back to her.
fn only_a_count(country: &Country, care: &Somebody, case: &str) -> Result<()> {
    let choice = care.open(&format!("{case}/register"))?;
    fact_is(&choice, "Mogelijk", "Alleen anoniem tellen")?;
    let dossier = care.press(&choice, "Tel anoniem", &[])?;
    fact_is(&dossier, "Landelijke registratie", "Anoniem geteld op")?;
    let registrar = country.at_work(REGISTRAR)?;
    let counted = registrar.until_said("/work/registrations", "Anonieme tellingen 1")?;
    fact_is(&counted, "Registraties", "0")?;
    let number = case.rsplit('/').next().unwrap_or_default();
    TO_POLICE.be_on(&counted, &[NAME, number])?;
    TO_POLICE.be_listed(&registrar, "/work/registrations")?;
    TO_POLICE.open_for(&registrar, case, &HERS)
}

/// The search is limited, says that the right is uncertain, and legal aid becomes a task.
fn a_limited_place(country: &Country, care: &Somebody, case: &str) -> Result<()> {
    let values = [
        ("p1_age", "34"),
        ("p1_sex", "F"),
        ("form", "AU"),
        ("urgency", "4"),
    ];
    let request = steps::ask_shelter(care, case, &values)?;
    fact_is(&request, "Recht op opvang", "Recht onzeker")?;
    says(
        &request,
        &[
            "alleen beperkte en tijdelijke opvang",
            "schakel rechtshulp in",
        ],
    )?;
    let dossier = care.open(case)?;
    says(
        &dossier,
        &["Rechtshulp regelen: het recht op opvang is onzeker"],
    )?;
    let placing = country.at_work(PLACEMENT)?;
    TO_POLICE.be_on(&placing.open(&address(&request))?, &HERS)?;
    TO_POLICE.open_for(&placing, case, &HERS)?;
    wish_stands(care, case)
}

/// She may ask the panel without aangifte; admitting it is an exception that somebody writes down.
fn an_opinion_without_aangifte(country: &Country, care: &Somebody, case: &str) -> Result<()> {
    ask_the_panel(care, case)?;
    let secretary = country.at_work(SECRETARY)?;
    let request = secretary.open(&secretary.arrives("/work/opinions", &[])?)?;
    fact_is(&request, "Aangifte gedaan", "Nee")?;
    says(&request, &["Dit past niet in de regel.", STORY])?;
    let admit = secretary.click(&request, "Laat toe")?;
    secretary.press_in_vain(
        &admit,
        "Laat toe",
        &[("exception", "")],
        "Schrijf op waarom",
    )?;
    let reason = [("exception", "Aangifte doen is te gevaarlijk voor haar.")];
    let admitted = secretary.press(&admit, "Laat toe", &reason)?;
    fact_is(&admitted, "Stand", "Toegelaten")?;
    care.until_said(case, "In behandeling genomen")?;
    TO_POLICE.open_for(&secretary, case, &HERS)?;
    wish_stands(care, case)
}

fn ask_the_panel(care: &Somebody, case: &str) -> Result<Reply> {
    let form = care.open(&format!("{case}/consents/new"))?;
    let names = form.page().form_with(&["recipients"])?;
    let panel = names.option("recipients", "Commissie deskundigenbericht")?;
    let values = [
        ("giver", "self"),
        ("purpose", "opinion"),
        ("recipients", panel.as_str()),
        ("data", "statement"),
        ("language", "ar"),
        ("interpreter", "yes"),
        ("how", "In het Arabisch uitgelegd, en daarna nagevraagd."),
        ("free", "yes"),
        ("form", "written"),
    ];
    steps::consent(care, case, &values)?;
    let opinion = care.open(&format!("{case}/opinion"))?;
    let page = care.click(&opinion, "Vraag een deskundigenbericht")?;
    says(
        &page,
        &["De politie en het Openbaar Ministerie krijgen niets te zien."],
    )?;
    let form = page.page().form_with(&["consent"])?;
    let consent = form.option("consent", "20")?;
    let values = [("consent", consent.as_str()), ("statement1", STORY)];
    let asked = care.press(&page, "Vraag een deskundigenbericht", &values)?;
    says(&asked, &["Het verzoek is naar het panel."])?;
    Ok(asked)
}

/// With her private code she reads what is chosen and who has her data, without an account.
fn her_own_page(country: &Country, care: &Somebody, case: &str) -> Result<()> {
    let form = care.open(&format!("{case}/code"))?;
    let given = care.press(&form, "Maak de code", &[("herself", "yes")])?;
    let code = given.page().words_of_class("samen-case-code").join("");
    ensure!(
        code.len() >= 16,
        "no code is shown: {}",
        given.page().text()
    );
    let karima = country.visitor("Karima")?;
    let door = karima.open("/my")?;
    let hers = karima.press(&door, "Laat zien", &[("code", code.as_str())])?;
    let choices = [
        "Alleen politie, marechaussee of Arbeidsinspectie kan die geven. Hulp krijgt u ook zonder.",
        "U telt mee zonder naam en zonder gegevens.",
        "Opsporing en vervolging: nee",
        "Hulp krijgt u ook als u nee zegt.",
    ];
    says(&hers, &choices)?;
    let holders = steps::holders(&hers)?;
    ensure!(
        holders.contains("Zorgcoördinatie Haaglanden"),
        "her page does not name her helper: {holders}"
    );
    let services = [
        "Politie",
        "Immigratie",
        "Marechaussee",
        "Arbeidsinspectie",
        "Openbaar",
    ];
    TO_POLICE.be_in("the list of who has her data", &holders, &services)?;
    TO_POLICE.leave_a_trace(country, &[code.as_str()])
}

/// A compartment in whose journal nothing stands but acts with these words: protected figures that were counted name nobody, and barriers are
/// about places and firms.
fn only(auditor: &Somebody, store: &str, words: &[&str]) -> Result<()> {
    let page = auditor.open(&format!("/work/journal?store={store}"))?;
    // The table of compartments has three columns, that of entries more.
    let rows = page.page().rows();
    for row in rows.iter().filter(|row| row.len() > 3).skip(1) {
        let named = |cell: &String| words.iter().any(|word| cell.contains(word));
        TO_POLICE.unless(row.iter().any(named), || {
            format!("{store} has the entry {row:?}")
        })?;
    }
    Ok(())
}

/// The journal of investigation has no line, that of the joint approach only such of the barriers of this country: nothing was ever brought
/// there. No service finds her.
fn nothing_went_to_police_or_ind(country: &Country, care: &Somebody, case: &str) -> Result<()> {
    let auditor = country.at_work(AUDITOR)?;
    let journal = auditor.open("/work/journal")?.page();
    only(&auditor, "k1", &["Beschermde cijfers"])?;
    only(&auditor, "k6", &["Beschermde cijfers", "Barrière"])?;
    let rows = journal.rows();
    let line = rows
        .iter()
        .find(|row| row.first().is_some_and(|first| first == "K5 Opsporing"));
    let count = line.and_then(|row| row.get(1)).map(String::as_str);
    TO_POLICE.unless(count == Some("0"), || format!("K5 has {count:?} entries"))?;
    let ind = country.hire("investigator", "Immigratie- en Naturalisatiedienst")?;
    let officers = [
        country.at_work(police("Den Haag"))?,
        country.at_work(("investigator", "Koninklijke Marechaussee"))?,
        country.at_work(LABOUR)?,
        ind,
    ];
    for officer in &officers {
        TO_POLICE.be_listed(officer, "/work/intakes?state=all")?;
        for path in [
            case,
            &format!("{case}/opinion"),
            "/work/opinions",
            "/work/shelter",
        ] {
            TO_POLICE.open_for(officer, path, &HERS)?;
        }
    }
    TO_POLICE.be_listed(&*country.at_work(DESK)?, "/work/reports?state=all")?;
    let elsewhere = country.at_work(super::country::care("Amsterdam-Amstelland"))?;
    TO_POLICE.open_for(&elsewhere, case, &HERS)?;
    wish_stands(care, case)
}

/// Emptying her other wishes, and closing the case, leave the wish about the police where it is.
fn the_wish_outlives_everything(care: &Somebody, case: &str) -> Result<()> {
    let needs = care.open(&format!("{case}/person/needs"))?;
    care.press(&needs, "Bewaar", &[("needs", "")])?;
    wish_stands(care, case)?;
    let close = care.open(&format!("{case}/close"))?;
    let values = [
        ("reason", "eigen_wens"),
        ("explanation", "Zij redt zich nu zelf."),
        ("aftercare", "refused"),
        ("refusal", "Ik bel zelf wel."),
        ("close_anyway", "yes"),
        ("left_open_why", "Zij wil niet verder."),
    ];
    let closed = care.press(&close, "Sluit de casus", &values)?;
    says(&closed, &["Gesloten"])?;
    wish_stands(care, case)
}
