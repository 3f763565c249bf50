//! S7. "Grace", 27, permit B8/3. Her case was dismissed after fourteen months; she asks an opinion on whether she is a victim.
//!
//! Not yet: the prosecution's status that reaches IND and lawyer by itself, and the clocks of permit, complaint and application (law engine).

use anyhow::{Context, Result, ensure};
use system_tests::{Reply, StoreKind};

use super::checks::{MustNot, fact_is, says};
use super::country::{AUDITOR, Country, DESK, PLACEMENT, REGISTRAR, SECRETARY, care, police};
use super::somebody::Somebody;
use super::steps::{self, address};

on_both_stores![she_is_believed_and_decides_who_hears_it];

const TO_POLICE: MustNot = MustNot("opinion shown to police/OM automatically");
const BINDING: MustNot = MustNot("opinion treated as binding");
const NAME: &str = "Grace";
const WISH: &str = "Dat iemand opschrijft dat ik de waarheid zei.";
const RELEASED: &str = "Twee jaar lang ging al mijn geld naar de vrouw die mij haalde.";
const TAKEN_BACK: &str = "Over mijn zus wil ik dit vertellen.";
const REASONS: &str = "De verklaring bleef veertien maanden gelijk en past bij wat de opvang zag.";
/// What nobody outside care and the panel may read.
const HERS: [&str; 5] = [NAME, WISH, RELEASED, TAKEN_BACK, REASONS];
const LEEUWARDEN: (&str, &str) = ("shelter_staff", "Vrouwenopvang De Haven Leeuwarden");

fn she_is_believed_and_decides_who_hears_it(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let care = country.at_work(care("Haaglanden"))?;
    let case = her_case(&care)?;
    let stay = she_has_a_place(&country, &care, &case)?;
    let before = care.open(&case)?.page();
    let request = she_asks(&country, &care, &case)?;
    the_panel_reads_what_she_releases(&country, &care, &case, &request)?;
    the_opinion(&country, &request)?;
    only_she_hears_it(&country, &care, &case)?;
    she_sends_it(&country, &request)?;
    nothing_else_changed(&country, &care, &case, &before)?;
    her_place_is_kept(&country, &care, &case, &stay)?;
    police_and_prosecution_see_nothing(&country, &case, &request)?;
    TO_POLICE.leave_a_trace(&country, &HERS)
}

fn her_case(care: &Somebody) -> Result<String> {
    let who = [
        ("alias", NAME),
        ("age", "estimated"),
        ("low", "27"),
        ("high", "27"),
        ("sex", "F"),
        ("language", "en"),
        ("need", WISH),
    ];
    let case = address(&steps::open_case(care, &who)?);
    let core = [
        ("origin", "UG"),
        ("residence", "b8"),
        ("interpreter", "yes"),
    ];
    steps::know(care, &case, "Persoon", &core)?;
    Ok(case)
}

/// She lives in a shelter when the case is dismissed. Gives the placement as the shelter sees it.
fn she_has_a_place(country: &Country, care: &Somebody, case: &str) -> Result<String> {
    // Where the network is leaves Fryslân, the house of which the staff has an account.
    let needs = [
        ("p1_age", "27"),
        ("p1_sex", "F"),
        ("form", "SU"),
        ("residence", "b8"),
        ("languages", "en"),
        ("a1_place", "Utrecht"),
        ("a1_km", "120"),
        ("a1_why", "network"),
        ("a2_place", "Groningen"),
        ("a2_km", "40"),
        ("a2_why", "network"),
        ("a3_place", "Maastricht"),
        ("a3_km", "100"),
        ("a3_why", "network"),
    ];
    let request = address(&steps::ask_shelter(care, case, &needs)?);
    let officer = country.at_work(PLACEMENT)?;
    let page = officer.open(&request)?;
    let html = page.page().html().to_owned();
    let room = html
        .split("Fryslân ·")
        .nth(1)
        .and_then(|after| after.split("name=\"room\" value=\"").nth(1));
    let room = room.and_then(|after| after.split('"').next());
    let room = room.with_context(|| format!("no room in Fryslân: {}", page.page().text()))?;
    officer.press(&page, "Kamer vasthouden", &[("room", room)])?;
    let house = country.at_work(LEEUWARDEN)?;
    let hold = house.open(&house.arrives("/work/holds", &[])?)?;
    let stay = address(&house.press(&hold, "Wij nemen ze op", &[])?);
    care.press(&care.open(&request)?, "Cliënt komt", &[])?;
    care.press(&care.open(&request)?, "Cliënt is vertrokken", &[])?;
    house.press(&house.open(&stay)?, "Aangekomen", &[])?;
    fact_is(&care.open(case)?, "Opvang", "In de opvang")?;
    Ok(stay)
}

/// Within four weeks after the dismissal, with aangifte: the request fits the rule. She asks through her coordinator.
fn she_asks(country: &Country, care: &Somebody, case: &str) -> Result<String> {
    let form = care
        .open(&format!("{case}/consents/new"))?
        .page()
        .form_with(&["recipients"])?;
    let panel = form.option("recipients", "Commissie deskundigenbericht")?;
    let today = form
        .value("given")
        .context("the day of a consent is not proposed")?
        .to_owned();
    let consent = [
        ("giver", "self"),
        ("purpose", "opinion"),
        ("recipients", panel.as_str()),
        ("data", "statement"),
        ("data", "observations"),
        ("language", "en"),
        ("interpreter", "yes"),
        ("how", "In het Engels uitgelegd, en daarna nagevraagd."),
        ("free", "yes"),
        ("form", "written"),
    ];
    steps::consent(care, case, &consent)?;
    let page = care.click(
        &care.open(&format!("{case}/opinion"))?,
        "Vraag een deskundigenbericht",
    )?;
    says(&page, &["De persoon kiest zelf wat het panel leest."])?;
    let consent = page
        .page()
        .form_with(&["consent"])?
        .option("consent", "20")?;
    let asked = [
        ("consent", consent.as_str()),
        ("statement1", RELEASED),
        ("statement2", TAKEN_BACK),
        ("ended_on", today.as_str()),
        ("aangifte", "yes"),
    ];
    care.press(&page, "Vraag een deskundigenbericht", &asked)?;
    let secretary = country.at_work(SECRETARY)?;
    let request = secretary.arrives("/work/opinions", &[])?;
    let list = secretary.open("/work/opinions")?;
    TO_POLICE.be_in("the list of requests", &list.page().text(), &HERS)?;
    ensure!(
        !list.page().text().contains("Past niet in de regel"),
        "the rule of four weeks refuses her"
    );
    let page = secretary.open(&request)?;
    fact_is(&page, "Regel voor toelating", "Binnen 4 weken na sepot")?;
    let admit = secretary.click(&page, "Laat toe")?;
    fact_is(
        &secretary.press(&admit, "Laat toe", &[])?,
        "Stand",
        "Toegelaten",
    )?;
    Ok(request)
}

/// The panel reads her statement and nothing else of her; what she takes back is gone from its page. Others of the panel's
/// organisation who are not on it find nothing.
fn the_panel_reads_what_she_releases(
    country: &Country,
    care: &Somebody,
    case: &str,
    request: &str,
) -> Result<()> {
    let page = care.open(&format!("{case}/opinion"))?;
    let form = page
        .page()
        .forms()
        .into_iter()
        .find(|form| form.action.ends_with("/take-back") && form.value("number") == Some("2"));
    let number = form.context("she cannot take the second statement back")?;
    let request_id = number.value("request").unwrap_or_default().to_owned();
    care.press(
        &page,
        "Neem terug",
        &[("number", "2"), ("request", request_id.as_str())],
    )?;
    let secretary = country.at_work(SECRETARY)?;
    let compose = secretary.click(
        &secretary.until_gone(request, TAKEN_BACK)?,
        "Stel het panel samen",
    )?;
    let form = compose.page().form_with(&["member1"])?;
    let members: Vec<(String, String)> = form
        .options
        .iter()
        .filter(|(list, value, _)| list == "member1" && !value.is_empty())
        .map(|(_, value, name)| (value.clone(), name.clone()))
        .collect();
    ensure!(members.len() >= 3, "too few panel members: {members:?}");
    let panel = [
        ("member1", members[0].0.as_str()),
        ("expertise1", "recht"),
        ("member2", members[1].0.as_str()),
        ("expertise2", "psychologie"),
        ("member3", members[2].0.as_str()),
        ("expertise3", "opvang"),
    ];
    secretary.press(&compose, "Stel het panel samen", &panel)?;
    let mut on_it = 0;
    for number in 1..=5 {
        let member = country.account(&format!("p-panel-{number}"))?;
        let reply = member.try_open(request)?;
        let (text, there) = (reply.page().text(), reply.status == 200);
        on_it += usize::from(there);
        ensure!(
            there == text.contains(RELEASED),
            "{} reads {text}",
            member.called()
        );
        for other in [NAME, WISH, TAKEN_BACK, "Oeganda"] {
            ensure!(
                !text.contains(other),
                "the panel reads {other:?}, which she did not release"
            );
        }
        let dossier = member.try_open(case)?.status;
        ensure!(
            dossier == 403,
            "a panel member gets {dossier} at her dossier"
        );
    }
    ensure!(on_it == 3, "{on_it} of five members read the request");
    Ok(())
}

/// People say what they find, with reasons; without reasons there is no opinion.
fn the_opinion(country: &Country, request: &str) -> Result<()> {
    let secretary = country.at_work(SECRETARY)?;
    let give = secretary.click(&secretary.open(request)?, "Geef het advies")?;
    says(&give, &["Een computer telt of weegt hier niets."])?;
    let verdict = ("verdict", "aannemelijk");
    secretary.press_in_vain(
        &give,
        "Geef het advies",
        &[verdict, ("reasons", "")],
        "Vul dit in",
    )?;
    let given = secretary.press(&give, "Geef het advies", &[verdict, ("reasons", REASONS)])?;
    fact_is(
        &given,
        "Wat het panel vindt",
        "Het is aannemelijk dat de persoon slachtoffer is",
    )?;
    fact_is(&given, "Waarom", REASONS)?;
    let unsaid = given.page().text().contains("Het advies bindt niemand.");
    BINDING.unless(unsaid, || {
        "the opinion does not say that it binds nobody".to_owned()
    })
}

/// Her coordinator brings it to her; her own page tells it. Nobody has received it.
fn only_she_hears_it(country: &Country, care: &Somebody, case: &str) -> Result<()> {
    care.until_said(case, "Uitgebracht: Aannemelijk")?;
    says(
        &care.open(&format!("{case}/opinion"))?,
        &[REASONS, "De persoon bepaalt wie het krijgt."],
    )?;
    let code = care.press(
        &care.open(&format!("{case}/code"))?,
        "Maak de code",
        &[("herself", "yes")],
    )?;
    let code = code.page().words_of_class("samen-case-code").join("");
    let grace = country.visitor("Grace")?;
    let hers = grace.press(&grace.open("/my")?, "Laat zien", &[("code", code.as_str())])?;
    says(&hers, &["Deskundigenbericht Aannemelijk"])?;
    let holders = steps::holders(&hers)?;
    ensure!(
        holders.contains("De deskundigen"),
        "her page does not name the panel: {holders}"
    );
    let services = ["Politie", "Openbaar Ministerie"];
    TO_POLICE.be_in("the list of who has her data", &holders, &services)
}

/// She chooses IND and municipality, each with her own words; the list of receivers is hers.
fn she_sends_it(country: &Country, request: &str) -> Result<()> {
    let secretary = country.at_work(SECRETARY)?;
    let untold = !secretary
        .open(request)?
        .page()
        .text()
        .contains("Wie het advies kreeg");
    TO_POLICE.unless(untold, || {
        "somebody received it before she chose".to_owned()
    })?;
    for (kind, wish) in [
        ("IND", "Stuur het naar de IND."),
        ("GEM", "Ook naar mijn gemeente."),
    ] {
        let page = secretary.click(&secretary.open(request)?, "Leg vast wie het krijgt")?;
        says(
            &page,
            &["Het advies bindt niemand. Wie het krijgt, kijkt zelf wat het betekent."],
        )?;
        let nobody = [("kind", kind), ("wish", "")];
        secretary.press_in_vain(&page, "Leg vast wie het krijgt", &nobody, "Vul dit in")?;
        secretary.press(
            &page,
            "Leg vast wie het krijgt",
            &[("kind", kind), ("wish", wish)],
        )?;
    }
    let page = secretary.open(request)?;
    says(
        &page,
        &["Immigratie- en Naturalisatiedienst, ", "Gemeente, "],
    )?;
    let text = page.page().text();
    let receivers = text
        .split("Wie het advies kreeg")
        .nth(1)
        .unwrap_or_default();
    TO_POLICE.be_in(
        "the list of receivers",
        receivers,
        &["Politie", "Openbaar Ministerie", "Marechaussee"],
    )
}

/// The opinion is one statement by somebody at a time: it changes no right, no phase, no registration and ticks no victimhood.
fn nothing_else_changed(
    country: &Country,
    care: &Somebody,
    case: &str,
    before: &system_tests::Page,
) -> Result<()> {
    let after = care.open(case)?.page();
    for fact in [
        "Verblijfsrecht",
        "Stand",
        "Bedenktijd",
        "Landelijke registratie",
    ] {
        let (was, is) = (before.fact(fact)?, after.fact(fact)?);
        BINDING.unless(was == is, || format!("{fact} was {was:?} and is {is:?}"))?;
    }
    // Known or not known yet, the page names it; a page that left it out would prove nothing.
    for page in [before, &after] {
        BINDING.unless(page.text().contains("Vorm van uitbuiting"), || {
            "the dossier no longer names the form of exploitation".to_owned()
        })?;
    }
    let forms = |page: &system_tests::Page| page.fact("Vorm van uitbuiting").ok();
    BINDING.unless(forms(before) == forms(&after), || {
        format!(
            "the forms were {:?} and are {:?}",
            forms(before),
            forms(&after)
        )
    })?;
    let stated = |page: &system_tests::Page| {
        let text = page.text();
        let after = text
            .split("Wie heeft wat vastgesteld")
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        after
            .split("Tijdlijn")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let (was, is) = (stated(before), stated(&after));
    BINDING.unless(was == is, || format!("the dossier states of her {is:?}"))?;
    let registrar = country.at_work(REGISTRAR)?;
    let page = registrar.open("/work/registrations")?;
    let none =
        page.page().fact("Registraties")? == "0" && page.page().fact("Anonieme tellingen")? == "0";
    BINDING.unless(none, || "it registered her as a victim".to_owned())
}

/// Nothing ends her stay by itself: it goes on until somebody who decides says so.
fn her_place_is_kept(country: &Country, care: &Somebody, case: &str, stay: &str) -> Result<()> {
    let house = country.at_work(LEEUWARDEN)?;
    says(&house.open(stay)?, &["Aangekomen", "Vertrokken"])?;
    let room: Reply = house.open("/work/rooms")?;
    says(&room, &["Bezet 1"])?;
    TO_POLICE.be_on(&house.open(stay)?, &[NAME, REASONS, "Deskundigenbericht"])?;
    fact_is(&care.open(case)?, "Opvang", "In de opvang")
}

/// Police, border police and prosecution: no page, no list, no word, and no entry in the journal of investigation.
fn police_and_prosecution_see_nothing(country: &Country, case: &str, request: &str) -> Result<()> {
    let journal = country.at_work(AUDITOR)?.open("/work/journal")?.page();
    let rows = journal.rows();
    let line = rows
        .iter()
        .find(|row| row.first().is_some_and(|first| first == "K5 Opsporing"));
    let count = line.and_then(|row| row.get(1)).map(String::as_str);
    TO_POLICE.unless(count == Some("0"), || {
        format!("investigation has {count:?} entries")
    })?;
    let officers = [
        country.at_work(police("Den Haag"))?,
        country.at_work(("investigator", "Koninklijke Marechaussee"))?,
        country.hire("investigator", "Openbaar Ministerie")?,
        country.at_work(DESK)?,
        country.at_work(REGISTRAR)?,
    ];
    for officer in &officers {
        for path in ["/work/opinions", request, case, &format!("{case}/opinion")] {
            TO_POLICE.open_for(officer, path, &HERS)?;
        }
    }
    for officer in &officers[..3] {
        TO_POLICE.be_listed(officer, "/work/intakes?state=all")?;
    }
    Ok(())
}
