//! S9. "Ewa", 31, Polish, two children (4 and 9), a wheelchair, addiction care; her former partner lives in the Utrecht region.
//!
//! Not yet: choosing the best plan for all requests at once; the time to placement as a published figure; invoices.

use anyhow::{Context, Result, bail, ensure};
use system_tests::{Reply, StoreKind};

use super::checks::{MustNot, fact_is, says};
use super::country::{AUDITOR, Country, DESK, PLACEMENT, REGISTRAR, care, police};
use super::somebody::{Somebody, shortly};
use super::steps::{self, address};

on_both_stores![she_goes_to_a_safe_house_and_then_to_the_right_one];

const ADDRESS_TOLD: MustNot = MustNot("secret address in any message, invoice or URL");
const TOLD_TWICE: MustNot = MustNot("second telling of the story");
/// The address of the first house. Street, postcode and door are only for who goes there and who places her.
const ADDRESS: [&str; 3] = ["Kwispelzand", "8911 ZZ", "de groene deur"];
const SECOND: [&str; 2] = ["Duindoornhof", "8011 ZX"];
const STORY: &str = "Hij regelde mijn geld en al mijn afspraken.";
const LEEUWARDEN: (&str, &str) = ("shelter_staff", "Vrouwenopvang De Haven Leeuwarden");
const ZWOLLE: (&str, &str) = ("shelter_staff", "multiproblematiek Zwolle");

fn she_goes_to_a_safe_house_and_then_to_the_right_one(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let (care, officer) = (
        country.at_work(care("Utrecht"))?,
        country.at_work(PLACEMENT)?,
    );
    the_houses(&country)?;
    let case = her_case(&care)?;
    let request = ask(&care, &case)?;
    who_pays(&care, &request)?;
    two_candidates(&officer, &request)?;
    she_says_no_to_one(&officer, &request)?;
    let first = offered(&country, &care, &officer, &request)?;
    the_address_opens_for_two(&country, &care, &case, &request)?;
    care.press(&care.open(&request)?, "Cliënt is vertrokken", &[])?;
    let leeuwarden = country.at_work(LEEUWARDEN)?;
    let arrived = leeuwarden.press(&leeuwarden.open(&first)?, "Aangekomen", &[])?;
    says(&arrived, &["Aangekomen"])?;
    let second = the_planned_move(&country, &care, &officer, &request)?;
    measured(&officer, &[&request, &second])?;
    nobody_else_reads_an_address(&country, &case, &[&request, &second])
}

/// Leeuwarden is free now; Zwolle in two days; the other houses of that kind have no family room.
fn the_houses(country: &Country) -> Result<()> {
    let leeuwarden = country.at_work(LEEUWARDEN)?;
    keep_address(
        &leeuwarden,
        "Kwispelzand 12",
        "8911 ZZ",
        "Bel aan bij de groene deur.",
    )?;
    let zwolle = country.at_work(ZWOLLE)?;
    keep_address(&zwolle, "Duindoornhof 3", "8011 ZX", "")?;
    for town in ["Almere", "Alkmaar", "Amsterdam", "Rotterdam", "Zwolle"] {
        let house = format!("multiproblematiek {town}");
        let staff = country.at_work(("shelter_staff", house.as_str()))?;
        for room in family_rooms(&staff)? {
            let page = staff.click(&staff.open(&room)?, "Buiten gebruik stellen")?;
            staff.press(&page, "Buiten gebruik stellen", &[("reason", "onderhoud")])?;
        }
    }
    Ok(())
}

/// Keeps the address of the first house; the page never shows what is kept.
fn keep_address(staff: &Somebody, street: &str, postcode: &str, door: &str) -> Result<()> {
    let page = staff.click(&staff.open("/work/rooms")?, "Adres opgeven")?;
    let fields = [
        ("street", street),
        ("postcode", postcode),
        ("town", "Overal"),
        ("directions", door),
    ];
    let kept = staff.press(&page, "Opslaan", &fields)?;
    ADDRESS_TOLD.be_on(&kept, &[street, postcode])?;
    let again = staff.open(&page.path)?;
    ADDRESS_TOLD.be_on(&again, &[street, postcode])
}

/// The addresses of the pages of one's own family rooms.
fn family_rooms(staff: &Somebody) -> Result<Vec<String>> {
    let page = staff.open("/work/rooms")?.page();
    let rows = page.rows();
    let family = |name: &str| {
        rows.iter().any(|row| {
            row.first().is_some_and(|first| first.starts_with(name))
                && row.join(" ").contains("gezinskamer")
        })
    };
    let rooms = page
        .links()
        .into_iter()
        .filter(|link| link.text.starts_with("Kamer L"));
    Ok(rooms
        .filter(|link| family(&link.text))
        .map(|link| link.href)
        .collect())
}

/// She tells once, to her coordinator.
fn her_case(care: &Somebody) -> Result<String> {
    let values = [
        ("alias", "Ewa"),
        ("age", "estimated"),
        ("low", "31"),
        ("high", "31"),
        ("sex", "F"),
        ("language", "pl"),
        ("need", STORY),
    ];
    let case = address(&steps::open_case(care, &values)?);
    let safety = [
        ("avoid", "GM0344"),
        ("avoid_km", "40"),
        ("avoid_why", "Daar woont haar ex."),
    ];
    steps::know(care, &case, "Veiligheid en contact", &safety)?;
    Ok(case)
}

fn ask(care: &Somebody, case: &str) -> Result<String> {
    let known = care.click(&care.open(case)?, "Vraag een veilige plek")?;
    let known = known.page().form_with(&["p1_sex", "a1_place", "a1_km"])?;
    for (field, value) in [("p1_sex", "F"), ("a1_place", "Utrecht"), ("a1_km", "40")] {
        TOLD_TWICE.unless(known.value(field) == Some(value), || {
            format!("{field} is asked again: it says {:?}", known.value(field))
        })?;
    }
    // Only Leeuwarden has a family room where Polish is spoken, so that it is always among the first offers.
    let values = [
        ("p1_age", "31"),
        ("p1_sex", "F"),
        ("p2_age", "4"),
        ("p2_sex", "M"),
        ("p3_age", "9"),
        ("p3_sex", "F"),
        ("form", "SU"),
        ("security", "geheim_adres"),
        ("urgency", "4"),
        ("care", "addiction"),
        ("wheelchair", "yes"),
        ("languages", "pl"),
        ("a1_place", "Utrecht"),
        ("a1_km", "40"),
        ("a1_why", "offender"),
        ("a2_place", "Eindhoven"),
        ("a2_km", "110"),
        ("a2_why", "family"),
        ("residence", "eu"),
        ("multiple_problems", "yes"),
        ("registered_in", "Utrecht"),
        ("found_in", "Amersfoort"),
    ];
    let request = steps::ask_shelter(care, case, &values)?;
    says(
        &request,
        &[
            "Utrecht en 40 km eromheen",
            "31 jaar, Vrouw 4 jaar, Man 9 jaar, Vrouw",
        ],
    )?;
    Ok(address(&request))
}

/// Registered and found differ: both are shown, none is chosen by rule, a person chooses and says why.
fn who_pays(care: &Somebody, request: &str) -> Result<()> {
    let page = care.open(request)?;
    fact_is(&page, "Ingeschreven in", "Utrecht")?;
    fact_is(&page, "Aangetroffen in", "Amersfoort")?;
    says(
        &page,
        &["Welke gemeente verantwoordelijk is, moet iemand nog kiezen."],
    )?;
    let form = care.click(&page, "Kies de gemeente die betaalt")?;
    let choice = [
        ("payer", "GM0344"),
        ("because", "Daar staat zij ingeschreven."),
    ];
    let chosen = care.press(&form, "Keuze vastleggen", &choice)?;
    fact_is(&chosen, "Gekozen", "Utrecht, gekozen door")
}

/// No room fits wholly, and each rule says how many it drops; Leeuwarden lacks only the care.
fn two_candidates(officer: &Somebody, request: &str) -> Result<()> {
    let page = officer.open(request)?;
    says(
        &page,
        &[
            "Er past nu geen enkele kamer",
            "Past niet: Heeft niet alle gevraagde zorg",
        ],
    )?;
    let rows = page.page().rows();
    let dropped = |rule: &str| {
        rows.iter()
            .any(|row| row.first().is_some_and(|said| said == rule))
    };
    for rule in [
        "Ligt in een onveilig gebied",
        "Verkeerd soort kamer voor dit gezelschap",
        "Buiten gebruik",
    ] {
        ensure!(dropped(rule), "no room is dropped by {rule:?}: {rows:?}");
    }
    hold_link(&page, "Fryslân")?;
    Ok(())
}

/// The way to hold the offered room in this province.
fn hold_link(page: &Reply, province: &str) -> Result<String> {
    let html = page.page().html().to_owned();
    let after = html.split(&format!("{province} ·")).nth(1);
    let after = after.with_context(|| format!("no room in {province}: {}", shortly(page)))?;
    let link = after
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(link
        .context("an offer without a way to hold it")?
        .to_owned())
}

/// Holds the offered room in a province. The clock that searches on may have changed the request since it was opened: then the page says so
/// and the officer opens it again.
fn hold(officer: &Somebody, request: &str, province: &str, why: &[(&str, &str)]) -> Result<Reply> {
    let mut said = String::new();
    for _ in 0..3 {
        let form = officer.open(&hold_link(&officer.open(request)?, province)?)?;
        let reply = officer.try_press(&form, "Kamer vasthouden", why)?;
        if reply.status == 200 {
            return Ok(reply);
        }
        ensure!(reply.status == 409, "no room is held: {}", shortly(&reply));
        said = shortly(&reply);
    }
    bail!("the request changes all the time: {said}")
}

/// An offer that she does not want is kept with its reason, and the search goes on.
fn she_says_no_to_one(officer: &Somebody, request: &str) -> Result<()> {
    let page = officer.open(request)?;
    let offers = page.page().text();
    let other = [
        "Groningen",
        "Flevoland",
        "Drenthe",
        "Overijssel",
        "Gelderland",
        "Noord-Holland",
        "Zuid-Holland",
        "Zeeland",
        "Noord-Brabant",
        "Limburg",
    ];
    let other = other
        .into_iter()
        .find(|name| offers.contains(&format!("{name} ·")));
    let other = other.context("only one offer")?;
    let form = officer.open(&hold_link(&page, other)?)?;
    let no_reason = [("relax_because", "")];
    officer.press_in_vain(&form, "Kamer vasthouden", &no_reason, "Vul dit in")?;
    let held = hold(officer, request, other, &[("relax_because", "Tijdelijk.")])?;
    let no = officer.click(&held, "Cliënt wil niet")?;
    let why = [("reason", "regio"), ("note", "Te dicht bij familie.")];
    let back = officer.press(&no, "Cliënt wil niet", &why)?;
    says(&back, &["Afgewezen door cliënt", "Te dicht bij familie."])
}

/// Leeuwarden is held as a temporary place, takes them, and she comes. Gives the placement as the shelter sees it.
fn offered(
    country: &Country,
    care: &Somebody,
    officer: &Somebody,
    request: &str,
) -> Result<String> {
    let why = [
        (
            "relax_because",
            "Tijdelijk; over twee dagen naar een huis met verslavingszorg.",
        ),
        ("because", "Nu vrij."),
    ];
    hold(officer, request, "Fryslân", &why)?;
    let leeuwarden = country.at_work(LEEUWARDEN)?;
    let hold = leeuwarden.open(&leeuwarden.arrives("/work/holds", &[])?)?;
    says(
        &hold,
        &[
            "Heeft niet alle gevraagde zorg",
            "Nu vrij.",
            "U ziet geen naam.",
        ],
    )?;
    TOLD_TWICE.be_on(&hold, &["Ewa", STORY])?;
    ADDRESS_TOLD.be_on(&hold, &ADDRESS)?;
    ADDRESS_TOLD.be_on(&officer.open(request)?, &ADDRESS)?;
    let hold = it_closes_meanwhile(&leeuwarden, officer, care, request, &hold)?;
    let taken = leeuwarden.press(&hold, "Wij nemen ze op", &[])?;
    Ok(address(&taken))
}

/// The house closes its family rooms while one is held for her. The very next page of all three says so; nobody goes on before the placing
/// officer decided, by name and with a reason.
fn it_closes_meanwhile(
    leeuwarden: &Somebody,
    officer: &Somebody,
    care: &Somebody,
    request: &str,
    hold: &Reply,
) -> Result<Reply> {
    for room in family_rooms(leeuwarden)? {
        let page = leeuwarden.click(&leeuwarden.open(&room)?, "Buiten gebruik stellen")?;
        leeuwarden.press(&page, "Buiten gebruik stellen", &[("reason", "onderhoud")])?;
    }
    let no_more = ["Deze kamer past niet meer", "Buiten gebruik"];
    for page in [
        leeuwarden.open(&hold.path)?,
        care.open(request)?,
        officer.open(request)?,
    ] {
        says(&page, &no_more)?;
    }
    let listed = ["Kamers die niet meer passen", "Buiten gebruik"];
    says(&leeuwarden.open("/work/holds")?, &listed)?;
    says(&officer.open("/work/shelter")?, &listed)?;
    let all_the_same = leeuwarden.try_press(hold, "Wij nemen ze op", &[])?;
    ensure!(
        all_the_same.status == 422,
        "a closed room is taken: {}",
        shortly(&all_the_same)
    );
    let form = officer.click(&officer.open(request)?, "Kamer toch houden, met reden")?;
    officer.press_in_vain(&form, "Kamer toch houden", &[("because", "")], "Vul dit in")?;
    let why = [("because", "Het huis schildert na haar vertrek.")];
    let kept = officer.press(&form, "Kamer toch houden", &why)?;
    says(&kept, &["Toch gehouden door", why[0].1])?;
    let again = leeuwarden.open(&hold.path)?;
    says(&again, &["Toch gehouden door", why[0].1])?;
    Ok(again)
}

/// The officer who placed her and she herself read the address, each time on request; her coordinator does not.
fn the_address_opens_for_two(
    country: &Country,
    care: &Somebody,
    case: &str,
    request: &str,
) -> Result<()> {
    let coming = care.press(&care.open(request)?, "Cliënt komt", &[])?;
    ADDRESS_TOLD.be_on(&coming, &ADDRESS)?;
    let offers = coming
        .page()
        .forms()
        .iter()
        .any(|form| form.action.ends_with("/address"));
    ADDRESS_TOLD.unless(!offers, || {
        "the coordinator can open the address".to_owned()
    })?;
    let officer = country.at_work(PLACEMENT)?;
    let told = officer.press(&officer.open(request)?, "Adres openen", &[])?;
    says(&told, &["Kwispelzand 12", "Dit adres is geheim"])?;
    ADDRESS_TOLD.be_in("the title", &told.page().title(), &ADDRESS)?;
    let given = care.open(&format!("{case}/code"))?;
    let given = care.press(&given, "Maak de code", &[("herself", "yes")])?;
    let code = given.page().words_of_class("samen-case-code").join("");
    let ewa = country.visitor("Ewa")?;
    let hers = ewa.press(&ewa.open("/my")?, "Laat zien", &[("code", code.as_str())])?;
    says(&hers, &["Veilige plek"])?;
    ADDRESS_TOLD.be_on(&hers, &ADDRESS)?;
    let place = ewa.press(&hers, "Laat zien waar ik naartoe ga", &[])?;
    says(&place, &["Kwispelzand 12", "Vertel het aan niemand."])?;
    ADDRESS_TOLD.be_in("the title", &place.page().title(), &ADDRESS)
}

/// Two days later Zwolle is free: the next place is asked with what is known, and no form asks her story again.
fn the_planned_move(
    country: &Country,
    care: &Somebody,
    officer: &Somebody,
    request: &str,
) -> Result<String> {
    let zwolle = country.at_work(ZWOLLE)?;
    for room in family_rooms(&zwolle)? {
        let today = zwolle.click(&zwolle.open(&room)?, "Buiten gebruik stellen")?;
        zwolle.press(&today, "Weer in gebruik nemen", &[])?;
    }
    let next = care.press(&care.open(request)?, "Vervolgplek aanvragen", &[])?;
    let same = [
        "Verslavingszorg",
        "Utrecht en 40 km eromheen",
        "31 jaar, Vrouw 4 jaar, Man 9 jaar, Vrouw",
    ];
    let text = next.page().text();
    for known in same {
        TOLD_TWICE.unless(text.contains(known), || {
            format!("{known:?} must be told again")
        })?;
    }
    fact_is(&next, "Gekozen", "Utrecht")?;
    let second = address(&next);
    let page = officer.open(&second)?;
    says(
        &page,
        &["Overijssel", "Heeft de gevraagde zorg: Verslavingszorg"],
    )?;
    officer.press(&page, "Kamer vasthouden", &[])?;
    let hold = zwolle.open(&zwolle.arrives("/work/holds", &[])?)?;
    TOLD_TWICE.be_on(&hold, &["Ewa", STORY])?;
    ADDRESS_TOLD.be_on(&hold, &ADDRESS)?;
    let hold = zwolle.press(&hold, "Wij nemen ze op", &[])?;
    care.press(&care.open(&second)?, "Cliënt komt", &[])?;
    let handed = care.press(&care.open(&second)?, "Cliënt is vertrokken", &[])?;
    ADDRESS_TOLD.be_on(&handed, &SECOND)?;
    let there = zwolle.press(&zwolle.open(&address(&hold))?, "Aangekomen", &[])?;
    says(&there, &["Aangekomen"])?;
    Ok(second)
}

/// Every step has its moment, refusals are counted by their reason.
fn measured(officer: &Somebody, requests: &[&str; 2]) -> Result<()> {
    for request in requests {
        let page = officer.open(request)?;
        says(&page, &["Gevraagd op", "Vastgehouden", "Aangekomen"])?;
    }
    let shortage = officer.open("/work/shelter/shortage")?;
    fact_is(&shortage, "Plaatsingen met aankomst", "2")?;
    says(&shortage, &["Afgewezen door cliënten"])
}

/// No page of anybody, no log, no address or title, no journal holds either address; nobody else opens the placement.
fn nobody_else_reads_an_address(country: &Country, case: &str, requests: &[&str; 2]) -> Result<()> {
    let all: Vec<&str> = ADDRESS.into_iter().chain(SECOND).collect();
    let officer = country.at_work(PLACEMENT)?;
    let care_utrecht = country.at_work(care("Utrecht"))?;
    for request in requests {
        ADDRESS_TOLD.be_on(&officer.open(request)?, &all)?;
        ADDRESS_TOLD.be_on(&care_utrecht.open(request)?, &all)?;
        let others = [
            country.at_work(care("Amsterdam-Amstelland"))?,
            country.at_work(police("Midden-Nederland"))?,
            country.at_work(DESK)?,
        ];
        for other in &others {
            ADDRESS_TOLD.open_for(other, request, &all)?;
        }
    }
    ADDRESS_TOLD.be_on(&care_utrecht.open(case)?, &all)?;
    for (role, page) in [
        (AUDITOR, "/work/journal?store=addresses"),
        (REGISTRAR, "/work/registrations"),
        (LEEUWARDEN, "/work/rooms"),
        (LEEUWARDEN, "/work/holds"),
        (ZWOLLE, "/work/rooms"),
    ] {
        ADDRESS_TOLD.be_on(&country.at_work(role)?.open(page)?, &all)?;
    }
    ADDRESS_TOLD.leave_a_trace(country, &all)?;
    TOLD_TWICE.leave_a_trace(country, &["Ewa", STORY])
}
