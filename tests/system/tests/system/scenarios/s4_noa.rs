//! S4. "Noa", 14, writes at 23:10; her mother sells her. Anonymous, and in danger when the phone is found.
//!
//! Not yet: the call itself to Veilig Thuis and police (the desk records it), the decision of the Child Care and Protection Board, a
//! specialised place for her age (the route to youth care is shown; who decides there has no role yet).

use anyhow::{Result, ensure};
use system_tests::StoreKind;

use super::checks::{MustNot, fact_is, says};
use super::country::{AUDITOR, Country, DESK, REGISTRAR, care};
use super::somebody::Somebody;
use super::steps::{self, Danger};

on_both_stores![a_child_alone_with_her_phone];

const STORY: &str =
    "Mijn moeder verkoopt mij aan mannen. Ik zit boven de kapper aan de Wilgenkade.";
const WORDS: [&str; 3] = ["moeder verkoopt", "Wilgenkade", "Noa"];

const HOME: MustNot = MustNot("any letter or portal message goes to home");
const ADDRESS: MustNot = MustNot("a notification goes to her BRP address");
const MOTHER: MustNot = MustNot("the mother is her legal representative in the portal");

fn a_child_alone_with_her_phone(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let code = she_tells(&country)?;
    let case = danger_first(&country)?;
    nothing_by_her_mother(&country, &case)?;
    counted_until_a_guardian_signs(&country, &case)?;
    her_own_page(&country, &case)?;
    home_hears_nothing(&country, &case, &code)?;
    let auditor = country.at_work(AUDITOR)?;
    for store in ["k1", "k3"] {
        let page = auditor.open("/work/journal")?;
        let lines = auditor.press(&page, "Toon", &[("store", store)])?;
        MustNot("the auditor reads what was told").be_on(&lines, &WORDS)?;
        ensure!(
            lines.page().rows().len() > 3,
            "the auditor sees no entries of {store}"
        );
    }
    HOME.leave_a_trace(&country, &WORDS)
}

/// No trace on the phone, none at the server: no cookie, one neutral address and title, no network address in the log.
fn she_tells(country: &Country) -> Result<String> {
    let noa = country.visitor("Noa")?;
    let front = noa.open("/")?.page();
    let first = front
        .links()
        .into_iter()
        .find(|link| !link.href.starts_with('#'));
    let leave = first.map(|link| link.text).unwrap_or_default();
    ensure!(
        leave.contains("Verlaat"),
        "the first link is not the way out but {leave:?}"
    );
    let code = steps::tell(
        &noa,
        &[
            ("danger", "yes"),
            ("story", STORY),
            ("about", "me"),
            ("age", "minor"),
            ("words", "Tilburg"),
            ("situation", "forced_sex"),
            ("wish", "help"),
            ("reach", "mailbox"),
        ],
    )?;
    let trace = MustNot("her phone or the server keeps who she is");
    let cookies = noa.client().cookies();
    trace.unless(cookies.is_empty(), || {
        format!("the phone keeps {cookies:?}")
    })?;
    trace.be_in(
        "an address or a title on her phone",
        &noa.trail(),
        &["mensenhandel", "uitbuiting", "melding", "Tilburg", "112"],
    )?;
    let addresses = country.log().matches("127.0.0.1").count();
    // The server names the address that it listens on, once; whoever comes in is not in the log.
    trace.unless(addresses <= 1, || country.log())?;
    Ok(code)
}

/// The desk may not put danger aside: first the call, then the ways on, without any parent.
fn danger_first(country: &Country) -> Result<String> {
    let desk = country.at_work(DESK)?;
    let told = desk.arrives("/work/reports", &[])?;
    let page = desk.open(&told)?;
    says(&page, &["Bel ook Veilig Thuis", "Is er nu acuut gevaar?"])?;
    desk.press(
        &page,
        "Leg het antwoord vast",
        &[("answer", "yes"), ("because", "Zij schrijft het zelf.")],
    )?;
    let close = desk.click(&desk.open(&told)?, "Sluit de melding af")?;
    let away = [
        ("outcome", "onvoldoende_aanknopingspunten"),
        ("reason", "Anoniem."),
    ];
    desk.press_in_vain(&close, "Sluit de melding af", &away, "Bel eerst")?;
    // The chat worker hears at 23:10 who sells her, and takes it down.
    let chat = steps::take_down(
        &desk,
        &[
            ("acute", "yes"),
            ("channel", "chat"),
            ("reporter", "slachtoffer_zelf"),
            ("language", "nl"),
            ("story", STORY),
            ("form", "SU"),
            ("municipality", "GM0855"),
            ("minors", "yes"),
            ("parent", "yes"),
            ("help", "for_self"),
            ("police", "not_asked"),
            ("never_call", "yes"),
        ],
    )?;
    let called = Danger {
        answer: "yes",
        because: "Zij is veertien en zit nu in die woning.",
        call: Some(("112 en Veilig Thuis", "Politie rijdt, zonder sirene.")),
    };
    let page = steps::accept(&desk, &chat, &called)?;
    says(
        &page,
        &["Vraag geen toestemming aan de ouders en vertel ze niets"],
    )?;
    let ways = steps::proposed(&desk, &chat)?;
    for rule in ["crime-police", "minor-veilig-thuis", "help-agreed"] {
        ensure!(
            ways.iter().any(|has| has == rule),
            "{rule} is not among the ways on: {ways:?}"
        );
    }
    let child = country.hire("care_coordinator", "Veilig Thuis Midden- en West-Brabant")?;
    let coordinator = country.at_work(care("Midden- en West-Brabant"))?;
    steps::route(
        &desk,
        &chat,
        &["crime-police", "minor-veilig-thuis", "help-agreed"],
        "",
    )?;
    let at_child = steps::take_on_case(&child, &[])?;
    HOME.unless(
        at_child
            .page()
            .text()
            .contains("stuur geen bericht en geen brief naar huis"),
        || "Veilig Thuis is not told to keep the parents out".to_owned(),
    )?;
    Ok(steps::address(&steps::take_on_case(&coordinator, &[])?))
}

/// No consent, no access, no notification by or to a suspected parent.
fn nothing_by_her_mother(country: &Country, case: &str) -> Result<()> {
    let coordinator = country.at_work(care("Midden- en West-Brabant"))?;
    let core = [
        ("alias", "Noa"),
        ("age", "certain"),
        ("born", "2012-03-01"),
        ("sex", "F"),
        ("residence", "nl"),
    ];
    let dossier = steps::know(&coordinator, case, "Persoon", &core)?;
    let parents = dossier.page().fact("Ouders")?;
    for (clause, words) in [
        (&MOTHER, "Vraag geen toestemming, geef geen inzage"),
        (&HOME, "stuur geen bericht en geen brief naar huis"),
    ] {
        clause.unless(parents.contains(words), || {
            format!("the dossier says of parents: {parents}")
        })?;
    }
    for giver in ["parents", "one_parent", "guardian"] {
        let page = coordinator.click(&coordinator.open(case)?, "Leg toestemming vast")?;
        coordinator
            .press_in_vain(
                &page,
                "Leg toestemming vast",
                &registration(giver),
                "ouder of voogd wordt verdacht",
            )
            .map_err(|error| error.context("MUST NOT: the mother is her legal representative"))?;
    }
    // Nowhere in the dossier is there a field for the address at which she is registered.
    for part in [
        "Persoon",
        "Veiligheid en contact",
        "Gezin en gezag",
        "Uitbuiting",
    ] {
        let sheet = coordinator
            .click(&coordinator.open(case)?, &format!("Wijzig: {part}"))?
            .page();
        for form in sheet.forms() {
            let asks: Vec<&String> = form
                .names
                .iter()
                .filter(|name| {
                    name.contains("address") || name.contains("brp") || name.contains("bsn")
                })
                .collect();
            ADDRESS.unless(asks.is_empty(), || format!("{part} asks {asks:?}"))?;
        }
        ADDRESS.be_in(part, &sheet.text(), &["BRP", "woonadres", "huisadres"])?;
    }
    Ok(())
}

fn registration(giver: &str) -> Vec<(&str, &str)> {
    let mut fields = vec![
        ("giver", giver),
        ("purpose", "registration"),
        ("recipients", "kind-COM"),
        ("language", "nl"),
        ("how", "Rustig doorgenomen."),
        ("free", "yes"),
        ("form", "written"),
    ];
    fields.extend(
        [
            "sector", "age", "sex", "origin", "region", "form", "reporter", "period",
        ]
        .map(|data| ("data", data)),
    );
    fields
}

/// Nobody can sign for her yet: she is counted without identity. Once a GI is her guardian, that one signs.
fn counted_until_a_guardian_signs(country: &Country, case: &str) -> Result<()> {
    let coordinator = country.at_work(care("Midden- en West-Brabant"))?;
    let page = coordinator.click(&coordinator.open(case)?, "Registreer of tel")?;
    fact_is(&page, "Mogelijk", "Alleen anoniem tellen")?;
    MOTHER.unless(
        !page.page().fact("Wie tekent")?.contains("ouders met gezag"),
        || page.page().text(),
    )?;
    coordinator.press(&page, "Tel anoniem", &[])?;
    let registrar = country.at_work(REGISTRAR)?;
    registrar.until_said("/work/registrations", "Anonieme tellingen 1")?;
    let counted = registrar.open("/work/registrations")?;
    MustNot("the count points to her").be_on(&counted, &["Noa", "Wilgenkade", "14 jaar"])?;

    steps::know(
        &coordinator,
        case,
        "Gezin en gezag",
        &[("authority", "guardian_gi")],
    )?;
    steps::consent(&coordinator, case, &registration("guardian"))?;
    let page = coordinator.click(&coordinator.open(case)?, "Registreer of tel")?;
    fact_is(&page, "Mogelijk", "Registreren met toestemming")?;
    coordinator.press(&page, "Registreer", &[])?;
    let list = registrar.until_said("/work/registrations", "Registraties 1")?;
    MustNot("she is counted twice")
        .unless(!list.page().text().contains("Anonieme tellingen 1"), || {
            list.page().text()
        })
}

/// Her own code opens her page: no parent among who holds her data. It is given to her only.
fn her_own_page(country: &Country, case: &str) -> Result<()> {
    let coordinator = country.at_work(care("Midden- en West-Brabant"))?;
    let page = coordinator.click(&coordinator.open(case)?, "Maak een code")?;
    says(&page, &["Geef hem nooit aan een ouder"])?;
    let refused = coordinator.try_press(&page, "Maak de code", &[])?;
    MOTHER.unless(refused.status == 422, || {
        format!("a code is given to somebody else ({})", refused.status)
    })?;
    let given = coordinator.press(&page, "Maak de code", &[("herself", "yes")])?;
    let code = given
        .page()
        .words_of_class("samen-case-code")
        .pop()
        .unwrap_or_default();
    let noa = country.visitor("Noa, at the police station")?;
    let opened = open_own_page(&noa, &code)?;
    says(&opened, &["Midden- en West-Brabant"])?;
    MOTHER.be_on(&opened, &["moeder", "Moeder", "Ouders", "Wilgenkade"])?;
    let mother = country.visitor("the mother")?;
    for guess in ["0000 0000 0000 0000", "2012 0301 2012 0301"] {
        let reply = mother.open("/my")?;
        let tried = mother.try_press(&reply, "Laat zien", &[("code", guess)])?;
        MOTHER.unless(matches!(tried.status, 404 | 422), || {
            format!("a guessed code was answered {}", tried.status)
        })?;
    }
    MOTHER.open_for(&mother, case, &WORDS)
}

fn open_own_page(who: &Somebody, code: &str) -> Result<system_tests::Reply> {
    let page = who.open("/my")?;
    who.press(&page, "Laat zien", &[("code", code)])
}

/// What goes out of the system is only what she fetches herself with her code.
fn home_hears_nothing(country: &Country, case: &str, code: &str) -> Result<()> {
    let noa = country.visitor("Noa, the next day")?;
    let messages = steps::read_messages(&noa, code)?;
    HOME.be_on(&messages, &WORDS)?;
    let coordinator = country.at_work(care("Midden- en West-Brabant"))?;
    let dossier = coordinator.open(case)?;
    for form in dossier.page().forms() {
        for button in &form.buttons {
            HOME.be_in(
                "a button of the dossier",
                &button.words,
                &["brief", "ouders", "bericht"],
            )?;
        }
    }
    let journal = country.journal()?;
    for act in ["letter", "notify", "brp", "parent"] {
        ADDRESS.be_in(
            "the acts in the journal",
            &journal,
            &[&format!("\"act\":\"{act}"), &format!("case.{act}")],
        )?;
    }
    Ok(())
}
