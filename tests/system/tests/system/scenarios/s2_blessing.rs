//! S2. "Blessing", 23, Nigerian, came through Spain (third country, Dublin). Police find her in a home brothel in Zwolle.
//!
//! Not yet: the emergency bed of the police with its hourly search, day 80 and the end of the three months in a stay (they need another
//! clock; the desk's own tests turn it), the answer of the prosecutor on Dublin and the decision of the IND (networks).

use anyhow::{Result, ensure};
use system_tests::{Reply, StoreKind};

use super::checks::{MustNot, fact_is, says};
use super::country::{Country, PLACEMENT, REGISTRAR, care, police};
use super::somebody::Somebody;
use super::steps;

on_both_stores![found_in_zwolle_and_safe_elsewhere];

const STORY: &str = "Thuisbordeel aan de Rozemarijnlaan, vrouw sliep op de keukenvloer.";
/// What the shelter writes for its own work.
const SHELTER_NOTE: &str = "Slaapt slecht en vraagt om een lampje op de gang.";

const CITY: MustNot = MustNot("placement in the city where her exploiter works");
const IND: MustNot = MustNot("the IND reads the notes of the COSM");
const TRANSFER: MustNot = MustNot("a transfer is flagged executable during the period");
const NOTES: MustNot = MustNot("the investigation goes along to care");

fn found_in_zwolle_and_safe_elsewhere(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let her = the_period_runs(&country)?;
    let case = handed_to_care(&country, &her)?;
    let request = asked_for_a_place(&country, &case)?;
    let [refused, stay] = placed(&country, &request)?;
    the_ind(&country, &[&case, &request, &refused, &stay, &her])?;
    she_reports_the_crime(&country, &her, &case)?;
    IND.leave_a_trace(&country, &[SHELTER_NOTE])?;
    MustNot("her name, story or fear stand in a log, an address or a journal")
        .leave_a_trace(&country, &["Blessing", "Rozemarijnlaan", "Zwolle"])
}

/// The police record the slightest indication and offer the period, with an interpreter. It runs three calendar months.
fn the_period_runs(country: &Country) -> Result<String> {
    let officer = country.at_work(police("Oost-Nederland"))?;
    let list = officer.open("/work/intakes")?;
    let new = officer.click(&list, "Zelf een intake openen")?;
    let found = [("story", STORY), ("form", "SU"), ("municipality", "GM0193")];
    let intake = steps::address(&officer.press(&new, "Open de intake", &found)?);
    let person = [
        ("name", "Blessing"),
        ("age_known", "certain"),
        ("born", "2003-02-01"),
        ("sex", "F"),
        ("origin", "NG"),
        ("residence", "dublin"),
        ("form", "SU"),
        ("language", "en"),
        ("interpreter", "yes"),
        ("phone_safe", "no"),
        ("never_call", "yes"),
        ("avoid", "GM0193"),
        ("avoid_km", "40"),
        ("avoid_why", "Daar werkt hij."),
    ];
    let page = steps::add_person(&officer, &intake, &person)?;
    let her = steps::address(&page);
    MustNot("a reflection period is offered before the indication is recorded")
        .be_on(&page, &["Bied bedenktijd aan"])?;
    // No leads for the investigation: the offer does not depend on them.
    steps::assess(
        &officer,
        &intake,
        &[
            ("indication", "yes"),
            ("indication_reason", "Sliep op de vloer, geen sleutel."),
            ("leads", "no"),
            ("leads_reason", "Zij wil nog niets verklaren."),
            ("minor", "no"),
            ("stay", "third_country"),
        ],
    )?;
    let offer = officer.click(&officer.open(&her)?, "Bied bedenktijd aan")?;
    let explained = [("language", "en"), ("interpreter", "yes")];
    let offered = officer.press(&offer, "Bied bedenktijd aan", &explained)?;
    fact_is(&offered, "Uitgelegd in", "met tolk")?;
    let accepted = officer.press(&offered, "De persoon aanvaardt", &[])?;
    may_not_be_moved(&accepted, "from the moment she accepts")?;
    let start = officer.click(&accepted, "Laat de bedenktijd ingaan")?;
    let running = officer.press(&start, "Laat de bedenktijd ingaan", &[])?;
    may_not_be_moved(&running, "while the period runs")?;
    let (first, last) = (
        running.page().fact("Eerste dag")?,
        running.page().fact("Laatste dag")?,
    );
    let day = |date: &str| date.split(' ').next().unwrap_or_default().to_owned();
    // Three calendar months later, the same day, or the last one of a shorter month.
    ensure!(
        day(&first) == day(&last) || last.starts_with("28 februari") || day(&first) == "31",
        "the period runs from {first} to {last}"
    );

    steps::register(&officer, &her)?;
    let registrar = country.at_work(REGISTRAR)?;
    let entry = registrar.open(&registrar.arrives("/work/registrations", &[])?)?;
    MustNot("the registration holds name, story or fear").be_on(
        &entry,
        &[
            "Blessing",
            "Rozemarijnlaan",
            "keukenvloer",
            "Daar werkt hij",
        ],
    )?;
    Ok(her)
}

fn may_not_be_moved(page: &Reply, when: &str) -> Result<()> {
    let text = page.page().text();
    TRANSFER.unless(
        text.contains("mag niet worden uitgezet of overgedragen"),
        || format!("the page of police does not forbid it {when}: {text}"),
    )?;
    TRANSFER.unless(
        text.contains("tijdens de bedenktijd wordt niemand overgedragen"),
        || format!("the Dublin rule does not stand there {when}"),
    )?;
    TRANSFER.be_in(
        "the page of police",
        &text,
        &["overdracht uitvoerbaar", "mag worden overgedragen"],
    )
}

/// Consent is asked for what goes to care, and for nothing else; what police found stays with police.
fn handed_to_care(country: &Country, her: &str) -> Result<String> {
    let officer = country.at_work(police("Oost-Nederland"))?;
    let page = officer.click(&officer.open(her)?, "Draag over aan zorg")?;
    let form = page.page().form_with(&["to", "giver"])?;
    let to = form.option("to", "Zorgcoördinatie IJsselland")?;
    let consent = [
        ("to", to.as_str()),
        ("giver", "self"),
        ("language", "en"),
        ("interpreter", "yes"),
        ("how", "In haar eigen woorden nagezegd."),
        ("form", "written"),
    ];
    officer.press_in_vain(&page, "Draag over", &consent, "Hulp")?;
    let mut free = consent.to_vec();
    free.extend([
        ("help_does_not_depend", "yes"),
        ("data", "contact"),
        ("data", "identity"),
        ("data", "form"),
    ]);
    // Her name and what happened are more than care needs to reach her: they go with a reason, or not at all.
    officer.press_in_vain(&page, "Draag over", &free, "Zeg waarom er meer meegaat")?;
    free.push((
        "why_more",
        "Zij wil dat de zorg haar naam kent en een plek zoekt die past.",
    ));
    officer.press(&page, "Draag over", &free)?;

    let coordinator = country.at_work(care("IJsselland"))?;
    let dossier = steps::take_on_case(&coordinator, &[])?;
    let text = dossier.page().text();
    says(
        &dossier,
        &[
            "Blessing",
            "Nooit bellen",
            "Zwolle, 40 km",
            "Geen uitzetting tot en met",
        ],
    )?;
    TRANSFER.unless(text.contains("Geen uitzetting"), || {
        "care does not see it".to_owned()
    })?;
    NOTES.be_on(
        &dossier,
        &[
            "Rozemarijnlaan",
            "keukenvloer",
            "geen sleutel",
            "nog niets verklaren",
        ],
    )?;
    let intake = her.split("/people").next().unwrap_or_default();
    NOTES.open_for(&coordinator, intake, &["Rozemarijnlaan"])?;
    let case = steps::address(&dossier);
    MustNot("police read the care dossier").open_for(&officer, &case, &["Blessing"])?;
    Ok(case)
}

/// The request carries what the dossier knows of her safety; only CoMensha places, and nothing near Zwolle is offered.
fn asked_for_a_place(country: &Country, case: &str) -> Result<String> {
    let coordinator = country.at_work(care("IJsselland"))?;
    let page = coordinator.click(&coordinator.open(case)?, "Vraag een veilige plek")?;
    let form = page.page().form_with(&["p1_age", "a1_place"])?;
    let carried = (form.value("a1_place"), form.value("a1_km"));
    CITY.unless(carried == (Some("Zwolle"), Some("40")), || {
        format!("the request forgets the place that the dossier says to avoid: {carried:?}")
    })?;
    ensure!(
        form.value("p1_age") == Some("23"),
        "her age is asked a second time"
    );
    let asks = |security| {
        let wishes = [
            ("urgency", "5"),
            ("a1_why", "offender"),
            ("security", security),
            ("in_reflection", "yes"),
            ("entitlement", "reflection_period"),
        ];
        steps::ask_shelter(&coordinator, case, &wishes)
    };
    // Less secure rooms lie in the circle too; they are left out for where they lie.
    let first = country
        .at_work(PLACEMENT)?
        .open(&steps::address(&asks("geheim_adres")?))?;
    let rows = first.page().rows();
    let left_out = rows
        .iter()
        .any(|row| row[0] == "Ligt in een onveilig gebied");
    CITY.unless(left_out, || {
        format!("no room was left out for where it lies: {rows:?}")
    })?;
    nothing_in_zwolle(country, &first)?;
    let request = asks("beveiligd")?;
    fact_is(&request, "Waar niet", "Zwolle en 40 km")?;
    fact_is(&request, "Soort opvang", "Categorale opvang (COSM)")?;
    says(
        &request,
        &[
            "alleen CoMensha plaatst",
            "Niemand anders mag hier plaatsen",
        ],
    )?;
    MustNot("a coordinator places in the COSM by herself")
        .be_on(&request, &["Kamer vasthouden"])?;
    Ok(steps::address(&request))
}

/// One COSM refuses because it is full, which is counted; another one takes her in. None of them is in or near Zwolle.
fn placed(country: &Country, request: &str) -> Result<[String; 2]> {
    let placement = country.at_work(PLACEMENT)?;
    let page = placement.open(request)?;
    nothing_in_zwolle(country, &page)?;
    says(&page, &["Categorale opvang (COSM)"])?;

    let houses = [
        "Huis De Vlierhof",
        "Opvang Lantaarnlicht",
        "Stichting De Overtocht",
    ];
    placement.press(&page, "Kamer vasthouden", &[])?;
    let (first, hold) = asked_house(country, &houses)?;
    let refuse = first.click(&first.open(&hold)?, "Wij weigeren")?;
    first.press_in_vain(&refuse, "Wij weigeren", &[], "Kies")?;
    let because = [("reason", "vol"), ("note", SHELTER_NOTE)];
    first.press(&refuse, "Wij weigeren", &because)?;
    says(&first.open(&hold)?, &[SHELTER_NOTE])?;
    let refused = hold;
    let shortage = placement.click(&placement.open("/work/shelter")?, "Waaraan is tekort?")?;
    ensure!(
        shortage
            .page()
            .rows()
            .contains(&vec!["Er is geen plek vrij".to_owned(), "1".to_owned()]),
        "the refusal because it was full is not counted: {:?}",
        shortage.page().rows()
    );

    let again = placement.open(request)?;
    placement.press(&again, "Kamer vasthouden", &[])?;
    let (house, hold) = asked_house(country, &houses)?;
    let page = house.open(&hold)?;
    MustNot("the shelter sees her name before the handover")
        .be_on(&page, &["Blessing", "Rozemarijnlaan"])?;
    house.press(&page, "Wij nemen ze op", &[])?;
    let accepted = placement.open(request)?;
    let accepted = placement.press(&accepted, "Cliënt komt", &[])?;
    let travels = placement.press(&accepted, "Cliënt is vertrokken", &[])?;
    MustNot("where she goes stands on the page of the request")
        .be_on(&travels, &["Vlierhof", "Lantaarnlicht", "Overtocht"])?;
    house.press(&house.open(&hold)?, "Aangekomen", &[])?;
    Ok([refused, hold])
}

/// None of the rooms that the page offers is a room of a house in Zwolle.
fn nothing_in_zwolle(country: &Country, request: &Reply) -> Result<()> {
    let near = country.at_work(("shelter_staff", "multiproblematiek Zwolle"))?;
    let rooms_there = near.open("/work/rooms")?.page();
    let forms = request.page().forms();
    let offered: Vec<&str> = forms.iter().filter_map(|form| form.value("room")).collect();
    ensure!(
        !offered.is_empty(),
        "no room is offered: {}",
        request.page().text()
    );
    for room in offered {
        CITY.unless(!rooms_there.html().contains(room), || {
            format!("a room in Zwolle is offered: {room}")
        })?;
    }
    Ok(())
}

/// The house that has a hold to answer, and the hold.
fn asked_house(country: &Country, houses: &[&str]) -> Result<(std::sync::Arc<Somebody>, String)> {
    for house in houses {
        let staff = country.at_work(("shelter_staff", *house))?;
        if let Some(hold) = staff.listed("/work/holds")?.first() {
            return Ok((staff.clone(), hold.clone()));
        }
    }
    anyhow::bail!("no COSM was asked")
}

/// Somebody of the IND, whatever role one might give her, finds nothing of care or shelter.
fn the_ind(country: &Country, pages: &[&str]) -> Result<()> {
    let secrets = [
        "Blessing",
        SHELTER_NOTE,
        "Lantaarnlicht",
        "Vlierhof",
        "Overtocht",
    ];
    for (role, lists) in [
        ("shelter_staff", &["/work/holds", "/work/rooms"][..]),
        ("care_coordinator", &["/work/cases", "/work/shelter"][..]),
        ("investigator", &["/work/intakes"][..]),
    ] {
        let ind = country.hire(role, "Immigratie- en Naturalisatiedienst")?;
        for list in lists {
            IND.be_listed(&ind, list)?;
        }
        for page in pages {
            IND.open_for(&ind, page, &secrets)?;
        }
    }
    Ok(())
}

/// With the report of the crime the period ends and counts as the application for the permit; care hears that it ended, and
/// not why.
fn she_reports_the_crime(country: &Country, her: &str, case: &str) -> Result<()> {
    let officer = country.at_work(police("Oost-Nederland"))?;
    let end = officer.click(&officer.open(her)?, "Beëindig de bedenktijd")?;
    says(&end, &["telt als aanvraag voor een vergunning"])?;
    let ended = officer.press(&end, "Beëindig de bedenktijd", &[("reason", "aangifte")])?;
    says(&ended, &["Aangifte gedaan"])?;
    TRANSFER.be_on(&ended, &["overdracht uitvoerbaar"])?;
    let coordinator = country.at_work(care("IJsselland"))?;
    let dossier = coordinator.until_said(case, "Afgelopen")?;
    NOTES.be_on(&dossier, &["Aangifte gedaan"])
}
