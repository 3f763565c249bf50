//! S6. "Karima", 34, Moroccan, without residence, domestic work. She comes to a coordinator and wants no police.
//!
//! Not yet: her own page in Arabic (later languages); the legal rules of the placement engine (Cedar).

use anyhow::{Result, ensure};
use system_tests::promise::MustNot;
use system_tests::walk::{fact, option};
use system_tests::{Reply, Server, Store, StoreKind, Walker};

on_both_stores![she_gets_help_and_nobody_tells_police_or_ind];

const TO_POLICE: MustNot = MustNot("S6 N: automatic disclosure to police or IND");
const WISH_GONE: MustNot = MustNot("S6 N: deletion of her wish to remain unknown");
const NAME: &str = "Karima";
const WISH: &str = "Wil hulp zonder politie";
const STORY: &str = "Mijn paspoort lag in de kluis van mevrouw.";
/// Words that only those who help her may read.
const HERS: [&str; 3] = [NAME, WISH, "in de kluis"];

fn she_gets_help_and_nobody_tells_police_or_ind(kind: StoreKind) -> Result<()> {
    let server = Server::demo(&Store::fresh(kind)?, &["--reports", "0"])?;
    let care = Walker::sign_in(&server, "p-zco-vr15")?;
    let case = she_comes(&care)?;
    wish_stands(&care, &case)?;
    what_is_known(&care, &case)?;
    no_period_by_care(&care, &case)?;
    only_a_count(&server, &care, &case)?;
    a_limited_place(&server, &care, &case)?;
    an_opinion_without_aangifte(&server, &care, &case)?;
    her_own_page(&server, &care, &case)?;
    nothing_went_to_police_or_ind(&server, &care, &case)?;
    the_wish_outlives_everything(&care, &case)?;
    TO_POLICE.leave_a_trace(&HERS, &server, &[&care])
}

/// Help is offered without a report; her wish about the police is the first thing that is asked.
fn she_comes(care: &Walker) -> Result<String> {
    let list = care.open("/work/cases")?;
    let form = care.click(&list, "Nieuwe casus")?;
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
    let opened = care.fill(&form, &values)?;
    let case = address(&opened);
    let moved = care.press_with(&opened, "Ga naar deze fase", &[("phase", "intake")])?;
    ensure!(fact(&moved.page(), "Stand")? == "Intake", "help has begun");
    Ok(case)
}

/// The address of a page without what it announces.
fn address(reply: &Reply) -> String {
    reply.path.split('?').next().unwrap_or_default().to_owned()
}

fn wish_stands(care: &Walker, case: &str) -> Result<()> {
    let dossier = care.open(case)?.page();
    let gone = fact(&dossier, "Wat de persoon van de politie vindt")? != WISH;
    WISH_GONE.happen(gone, "the dossier does not show it among the facts")?;
    let unsaid = !dossier
        .text()
        .contains("Uit deze casus gaat niets naar politie of IND.");
    WISH_GONE.happen(unsaid, "the dossier does not say what follows from it")
}

fn what_is_known(care: &Walker, case: &str) -> Result<()> {
    let core = care.open(&format!("{case}/person/core"))?;
    care.fill(
        &core,
        &[
            ("origin", "MA"),
            ("languages", "ar"),
            ("residence", "zonder_verblijf"),
        ],
    )?;
    wish_stands(care, case)?;
    let what = care.open(&format!("{case}/person/exploitation"))?;
    care.fill(&what, &[("forms", "AU"), ("ongoing", "yes")])?;
    let no = care.open(&format!("{case}/consents/refused"))?;
    let said = [
        ("purpose", "investigation"),
        ("reason", "Bang om te worden uitgezet."),
    ];
    let dossier = care.fill(&no, &said)?.page();
    let kept = dossier.text().contains("Opsporing en vervolging Geweigerd");
    ensure!(
        kept,
        "her refusal is not among the consents: {}",
        dossier.text()
    );
    wish_stands(care, case)
}

/// Only police, KMar and the inspectorate can offer the period: care sees that, and has no way to write it.
fn no_period_by_care(care: &Walker, case: &str) -> Result<()> {
    let dossier = care.open(case)?.page();
    let period = fact(&dossier, "Bedenktijd")?;
    ensure!(
        period.contains("Alleen zij kunnen bedenktijd aanbieden"),
        "the dossier says of the period: {period}"
    );
    let phases = dossier.form_with(&["phase"])?.offered;
    let offers = phases.iter().any(|(_, phase)| phase == "bedenktijd");
    ensure!(!offers, "care could begin a reflection period: {phases:?}");
    TO_POLICE.open_to(care, "/work/intakes", &HERS)
}

/// Without written consent one anonymous count, and nothing that leads back to her.
fn only_a_count(server: &Server, care: &Walker, case: &str) -> Result<()> {
    let choice = care.open(&format!("{case}/register"))?;
    let can = fact(&choice.page(), "Mogelijk")?;
    ensure!(can == "Alleen anoniem tellen", "what can be done is {can}");
    let dossier = care.press(&choice, "Tel anoniem")?.page();
    let told = fact(&dossier, "Landelijke registratie")?;
    ensure!(
        told.starts_with("Anoniem geteld"),
        "the dossier says {told}"
    );
    let registrar = Walker::sign_in(server, "p-registratie-1")?;
    let counted = registrar.wait("/work/registrations", |reply| {
        let page = reply.page();
        (fact(&page, "Anonieme tellingen").ok()? == "1").then_some(page)
    })?;
    ensure!(
        fact(&counted, "Registraties")? == "0",
        "she was registered without her consent"
    );
    let number = case.rsplit('/').next().unwrap_or_default();
    let hers = [NAME, number, "Marokko"];
    TO_POLICE.be_seen_by(&registrar, "/work/registrations", &hers)?;
    TO_POLICE.open_to(&registrar, case, &HERS)
}

/// The search is limited, says that the right is uncertain, and legal aid becomes a task.
fn a_limited_place(server: &Server, care: &Walker, case: &str) -> Result<()> {
    let form = care.click(&care.open(case)?, "Vraag een veilige plek")?;
    let values = [
        ("p1_age", "34"),
        ("p1_sex", "F"),
        ("form", "AU"),
        ("residence", "zonder_verblijf"),
        ("urgency", "4"),
    ];
    let request = care.fill(&form, &values)?;
    let page = request.page();
    ensure!(
        fact(&page, "Recht op opvang")? == "Recht onzeker",
        "{}",
        page.text()
    );
    ensure!(
        page.text().contains("alleen beperkte en tijdelijke opvang"),
        "the request does not say that the search is limited: {}",
        page.text()
    );
    let dossier = care.open(case)?.page();
    ensure!(
        dossier.text().contains("Rechtshulp"),
        "no legal-aid task was made: {}",
        dossier.text()
    );
    let placing = Walker::sign_in(server, "p-plaatsing-1")?;
    TO_POLICE.be_seen_by(&placing, &address(&request), &HERS)?;
    TO_POLICE.open_to(&placing, case, &HERS)?;
    wish_stands(care, case)
}

/// She may ask the panel without aangifte; admitting it is an exception that somebody writes down.
fn an_opinion_without_aangifte(server: &Server, care: &Walker, case: &str) -> Result<()> {
    let asked = ask_the_panel(care, case)?;
    ensure!(
        asked
            .page()
            .text()
            .contains("Het verzoek is naar het panel"),
        "not asked"
    );
    let secretary = Walker::sign_in(server, "p-secretaris")?;
    let request = secretary.wait("/work/opinions", |reply| {
        let links = reply.page().links();
        links
            .into_iter()
            .map(|link| link.href)
            .find(|href| href.starts_with("/work/opinions/0"))
    })?;
    let page = secretary.open(&request)?;
    ensure!(
        fact(&page.page(), "Aangifte gedaan")? == "Nee",
        "an aangifte is made up"
    );
    let admit = secretary.click(&page, "Laat toe")?;
    let why = secretary.try_fill(&admit, &[("exception", "")])?;
    ensure!(
        why.status == 422,
        "the exception needs no reason ({})",
        why.status
    );
    let reason = [("exception", "Aangifte doen is te gevaarlijk voor haar.")];
    let admitted = secretary.fill(&admit, &reason)?.page();
    ensure!(
        fact(&admitted, "Stand")? == "Toegelaten",
        "the exception is not admitted"
    );
    care.wait(case, |reply| {
        let news = fact(&reply.page(), "Deskundigenbericht").ok()?;
        (news == "In behandeling genomen").then_some(())
    })?;
    TO_POLICE.open_to(&secretary, case, &HERS)?;
    wish_stands(care, case)
}

fn ask_the_panel(care: &Walker, case: &str) -> Result<Reply> {
    let form = care.open(&format!("{case}/consents/new"))?;
    let panel = option(&form.page(), "recipients", "Commissie deskundigenbericht")?;
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
    care.fill(&form, &values)?;
    let page = care.click(
        &care.open(&format!("{case}/opinion"))?,
        "Vraag een deskundigenbericht",
    )?;
    let said = page.page().text();
    ensure!(
        said.contains("De politie en het Openbaar Ministerie krijgen niets te zien"),
        "she is not told who sees it: {said}"
    );
    let consent = option(&page.page(), "consent", "2")?;
    care.fill(
        &page,
        &[("consent", consent.as_str()), ("statement1", STORY)],
    )
}

/// With her private code she reads what is chosen and who has her data, without an account.
fn her_own_page(server: &Server, care: &Walker, case: &str) -> Result<()> {
    let form = care.open(&format!("{case}/code"))?;
    let given = care.fill(&form, &[("herself", "yes")])?.page().text();
    let code = four_groups(&given)?;
    let karima = Walker::visitor(server, "Karima");
    let hers = karima
        .fill(&karima.open("/my")?, &[("code", code.as_str())])?
        .page();
    for said in [
        "Alleen politie, marechaussee of Arbeidsinspectie kan die geven. Hulp krijgt u ook zonder.",
        "U telt mee zonder naam en zonder gegevens.",
        "Opsporing en vervolging: nee",
        "Hulp krijgt u ook als u nee zegt.",
    ] {
        ensure!(
            hers.text().contains(said),
            "her page does not say {said:?}: {}",
            hers.text()
        );
    }
    let holders = hers.text();
    let (_, holders) = holders
        .split_once("Wie heeft gegevens van u")
        .unwrap_or_default();
    let holders = holders.split("Uw toestemming").next().unwrap_or_default();
    ensure!(
        holders.contains("Zorgcoördinatie Haaglanden"),
        "her page names no holder"
    );
    for service in [
        "Politie",
        "Immigratie",
        "Marechaussee",
        "Arbeidsinspectie",
        "Openbaar",
    ] {
        TO_POLICE.stand_in(&[service], "the list of who has her data", holders)?;
    }
    TO_POLICE.leave_a_trace(&[code.as_str(), NAME], server, &[&karima])
}

/// Four groups of four digits, as a code is written.
fn four_groups(text: &str) -> Result<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let group = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let found = words.windows(4).find(|four| four.iter().all(group));
    found
        .map(|four| four.join(" "))
        .ok_or_else(|| anyhow::anyhow!("no code on the page: {text}"))
}

/// The journals of investigation and of the joint approach have no line: nothing was ever brought there. And no service's
/// own people find her.
fn nothing_went_to_police_or_ind(server: &Server, care: &Walker, case: &str) -> Result<()> {
    let auditor = Walker::sign_in(server, "p-auditor")?;
    let journal = auditor.open("/work/journal")?.page();
    for part in ["K5 Opsporing", "K6 Samenwerking en barrières"] {
        let lines = fact(&journal, part)?;
        let some = !lines.starts_with("0 ");
        TO_POLICE.happen(some, &format!("the journal of {part} has lines: {lines}"))?;
    }
    for user in ["p-pol-06", "p-kmar", "p-nla"] {
        let officer = Walker::sign_in(server, user)?;
        TO_POLICE.be_seen_by(&officer, "/work/intakes?state=all", &HERS)?;
        let list = officer.open("/work/intakes?state=all")?.page();
        let rows = list.rows().len();
        TO_POLICE.happen(rows > 0, &format!("{user} has {rows} rows of intakes"))?;
        TO_POLICE.open_to(&officer, case, &HERS)?;
        TO_POLICE.open_to(&officer, &format!("{case}/opinion"), &HERS)?;
        TO_POLICE.open_to(&officer, "/work/opinions", &HERS)?;
        TO_POLICE.open_to(&officer, "/work/shelter", &HERS)?;
    }
    let other = Walker::sign_in(server, "p-zco-vr13")?;
    TO_POLICE.open_to(&other, case, &HERS)?;
    wish_stands(care, case)
}

/// Emptying her other wishes, and closing the case, leave the wish about the police where it is.
fn the_wish_outlives_everything(care: &Walker, case: &str) -> Result<()> {
    let needs = care.open(&format!("{case}/person/needs"))?;
    care.fill(&needs, &[("needs", "")])?;
    wish_stands(care, case)?;
    let close = care.open(&format!("{case}/close"))?;
    let values = [
        ("reason", "eigen_wens"),
        ("explanation", "Zij redt zich nu zelf."),
        ("aftercare", "refused"),
        ("refusal", "Ik bel zelf wel."),
        ("moment", ""),
        ("moment2", ""),
    ];
    let closed = care.fill(&close, &values)?;
    ensure!(
        closed.page().text().contains("Gesloten"),
        "the case is not closed"
    );
    wish_stands(care, case)
}
