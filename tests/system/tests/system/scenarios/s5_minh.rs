//! S5. "Minh", 16, unaccompanied minor from Vietnam, vanishes from protected shelter. Nidos reports.
//!
//! Not yet: the missing report sent to police, CoMensha and EMM in one act (here the desk routes, police register, and EMM is on the
//! list of what police owe), the notice to the other case owner (the desk sees the link), the decision of Nidos on his return.

use anyhow::{Result, ensure};
use system_tests::{Reply, StoreKind};

use super::checks::{MustNot, says};
use super::country::{Country, DESK, REGISTRAR, care, police};
use super::somebody::Somebody;
use super::steps::{self, NO_DANGER};

on_both_stores![gone_and_looked_for];

const PHONE: &str = "0684571239";
const EARLIER: &str = "Tuan";

const LOST: MustNot =
    MustNot("closing as \"left with unknown destination\" without follow-up task");

fn gone_and_looked_for(kind: StoreKind) -> Result<()> {
    let country = Country::begin(kind)?;
    let report = reported_by_nidos(&country)?;
    police_look(&country, &report)?;
    let case = closed_only_with_a_task(&country)?;
    back_again(&country, &case)?;
    MustNot("his name or telephone stands in a log, an address or a journal")
        .leave_a_trace(&country, &["Minh", PHONE, EARLIER])
}

fn told(desk: &Somebody, municipality: &str, story: &str, more: &[(&str, &str)]) -> Result<String> {
    let mut answers = vec![
        ("acute", "no"),
        ("channel", "telefoon"),
        ("reporter", "professional"),
        ("language", "nl"),
        ("story", story),
        ("form", "CU"),
        ("municipality", municipality),
        ("minors", "yes"),
        ("parent", "no"),
        ("help", "not_asked"),
        ("police", "not_asked"),
        ("phone", PHONE),
    ];
    answers.extend_from_slice(more);
    steps::take_down(desk, &answers)
}

/// The same telephone was named in Limburg. The desk sees that there is a link, and nothing of the other child.
fn reported_by_nidos(country: &Country) -> Result<String> {
    let desk = country.at_work(DESK)?;
    let limburg = format!("{EARLIER} is opgehaald bij de nagelstudio.");
    let earlier = told(&desk, "GM0983", &limburg, &[])?;
    steps::accept(&desk, &earlier, &NO_DANGER)?;
    steps::route(&desk, &earlier, &["crime-police"], "")?;
    let nidos = [
        ("contact_organisation", "Nidos"),
        ("contact_name", "Voogd Vermeer"),
    ];
    let report = told(
        &desk,
        "GM0263",
        "Minh is niet teruggekomen van school. Een auto stond te wachten.",
        &nidos,
    )?;
    let page = steps::accept(&desk, &report, &NO_DANGER)?;
    let other = earlier.rsplit('/').next().unwrap_or_default();
    let beside = format!("{report}/links/{other}");
    let linked = page.page().links().iter().any(|link| link.href == beside);
    ensure!(
        linked,
        "the report in Limburg with the same telephone is not shown"
    );
    MustNot("the link shows personal data of the other child").be_on(&page, &[EARLIER])?;
    let ways = steps::proposed(&desk, &report)?;
    ensure!(
        ["crime-police", "minor-veilig-thuis"]
            .iter()
            .all(|rule| ways.iter().any(|has| has == rule)),
        "police and Veilig Thuis are not proposed: {ways:?}"
    );
    // Without consent: neither way asks for one.
    steps::route(&desk, &report, &["crime-police", "minor-veilig-thuis"], "")?;
    Ok(report)
}

/// Police register him without consent and owe the signal to EMM; the guardian is Nidos.
fn police_look(country: &Country, report: &str) -> Result<()> {
    let officer = country.at_work(police("Oost-Nederland"))?;
    let file = steps::take_on_intake(&officer, &[])?;
    says(&file, &["Minh", "Een auto stond te wachten"])?;
    MustNot("who reported travels with the signal").be_on(&file, &["Vermeer"])?;
    let intake = steps::address(&file);
    let person = [
        ("name", "Minh"),
        ("age_known", "certain"),
        ("born", "2010-09-01"),
        ("sex", "M"),
        ("origin", "VN"),
        ("residence", "asielzoeker"),
        ("form", "CU"),
        ("interpreter", "unknown"),
        ("phone_safe", "no"),
        ("authority", "guardian_nidos"),
    ];
    let him = steps::address(&steps::add_person(&officer, &intake, &person)?);
    let assessed = steps::assess(
        &officer,
        &intake,
        &[
            ("indication", "yes"),
            ("indication_reason", "Zelfde telefoon als in Limburg."),
            ("leads", "yes"),
            ("leads_reason", "De auto."),
            ("minor", "yes"),
            ("stay", "third_country"),
        ],
    )?;
    says(
        &assessed,
        &["Meld het signaal bij het EMM", "zonder toestemming"],
    )?;
    steps::register(&officer, &him)?;
    let registrar = country.at_work(REGISTRAR)?;
    let entry = registrar.open(&registrar.arrives("/work/registrations", &[])?)?;
    MustNot("the registration holds name or telephone").be_on(&entry, &["Minh", PHONE])?;
    let limburg = country.at_work(police("Limburg"))?;
    let other = steps::take_on_intake(&limburg, &[])?;
    MustNot("Limburg reads the other file").be_on(&other, &["Minh"])?;
    MustNot("Limburg reads the other file").open_for(&limburg, &intake, &["Minh"])?;
    MustNot("police read the desk's report").open_for(&officer, report, &["Vermeer"])
}

/// Whoever left for an unknown destination is looked for: the case does not close without that task.
fn closed_only_with_a_task(country: &Country) -> Result<String> {
    let coordinator = country.at_work(care("Gelderland-Midden"))?;
    let opened = steps::open_case(
        &coordinator,
        &[
            ("alias", "Minh"),
            ("age", "certain"),
            ("born", "2010-09-01"),
            ("sex", "M"),
            ("language", "vi"),
        ],
    )?;
    let case = steps::address(&opened);
    steps::know(
        &coordinator,
        &case,
        "Gezin en gezag",
        &[("authority", "guardian_nidos")],
    )?;
    let left = [
        ("reason", "mob"),
        ("explanation", "Niet teruggekomen van school."),
        ("close_anyway", "yes"),
        ("left_open_why", "Hij is nergens gezien."),
    ];
    // The page proposes days for aftercare; they stay as they are.
    let page =
        || -> Result<Reply> { coordinator.click(&coordinator.open(&case)?, "Sluit de casus") };
    for (aftercare, more) in [
        ("plan", vec![("channel", "Voogd"), ("channel2", "Voogd")]),
        ("refused", vec![("refusal", "Kon niet worden gevraagd.")]),
        ("cannot", vec![]),
        ("none", vec![]),
        (
            "cannot",
            vec![("follow_up", "Elke week navragen bij politie.")],
        ),
    ] {
        let mut fields = left.to_vec();
        fields.push(("aftercare", aftercare));
        fields.extend(more);
        let reply = coordinator.try_press(&page()?, "Sluit de casus", &fields)?;
        LOST.unless(reply.status == 422, || {
            format!("{fields:?} was answered {}", reply.status)
        })?;
    }
    LOST.unless(coordinator.listed("/work/cases")?.contains(&case), || {
        "the case is no longer among those that run".to_owned()
    })?;

    let task = "Melding bij politie en CoMensha, elke week navragen.";
    let due = page()?.page().form_with(&["moment"])?;
    let due = due.value("moment").unwrap_or_default().to_owned();
    let mut fields = left.to_vec();
    fields.extend([
        ("aftercare", "cannot"),
        ("follow_up", task),
        ("follow_up_due", &due),
    ]);
    let closed = coordinator.press(&page()?, "Sluit de casus", &fields)?;
    let dossier = coordinator.open(&case)?;
    LOST.unless(
        dossier.page().text().contains(task) && dossier.page().text().contains("Gedaan"),
        || {
            format!(
                "the task is not open on the closed case: {}",
                closed.page().text()
            )
        },
    )?;
    Ok(case)
}

/// Back again: the same dossier goes on, and the eighteenth birthday is prepared half a year ahead.
fn back_again(country: &Country, case: &str) -> Result<()> {
    let coordinator = country.at_work(care("Gelderland-Midden"))?;
    let page = coordinator.click(&coordinator.open(case)?, "Open de casus opnieuw")?;
    let answers = [("reason", "Hij is terug."), ("again", "unknown")];
    let dossier = coordinator.press(&page, "Open opnieuw", &answers)?;
    says(&dossier, &["elke week navragen"])?;
    MustNot("another region reads his dossier").open_for(
        country.at_work(care("Limburg-Noord"))?.as_ref(),
        case,
        &["Minh"],
    )
}
