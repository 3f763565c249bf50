//! What an investigating service does on its pages, from a routed report to a handover to care.

use axum::http::StatusCode;
use desk::Role;

use crate::signal::{act, routed, sound, taken_down};
use crate::{Answer, Site, User};

fn moved(answer: &Answer, what: &str) {
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "{what}: {}",
        answer.body
    );
    assert!(
        answer.to().ends_with(&format!("done={what}")),
        "{}",
        answer.to()
    );
}

/// Sends the form of a page with the version that the page shows.
async fn fill(user: &User<'_>, page: &str, pairs: &[(&str, &str)]) -> Answer {
    act(user, page, "", pairs).await
}

const ASSESSED: [(&str, &str); 7] = [
    ("indication", "yes"),
    ("indication_reason", "Paspoort afgepakt"),
    ("leads", "yes"),
    ("leads_reason", "Werkgever bekend"),
    ("forms", "AU"),
    ("minor", "no"),
    ("stay", "eu"),
];

const PERSON: [(&str, &str); 13] = [
    ("name", "Ilinca"),
    ("age_known", "certain"),
    ("born", "1997-03-01"),
    ("sex", "F"),
    ("origin", "RO"),
    ("residence", "eu"),
    ("form", "AU"),
    ("municipality", "GM1783"),
    ("detected", "2026-11-23"),
    ("language", "ro"),
    ("interpreter", "yes"),
    ("phone_safe", "no"),
    ("authority", "unknown"),
];

/// The values of `data` that are ticked on a page.
fn ticked(body: &str) -> Vec<&str> {
    let boxes = body.split("<input ").skip(1);
    boxes
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| tag.contains("name=\"data\"") && tag.contains(" checked"))
        .filter_map(|tag| tag.split("value=\"").nth(1)?.split('"').next())
        .collect()
}

/// The page of the only intake in a list.
async fn only(user: &User<'_>) -> String {
    let list = sound(user, "/work/intakes").await;
    let links = list.body.split("href=\"/work/intakes/").skip(1);
    let id = links
        .map(|rest| rest.split('"').next().unwrap())
        .find(|id| id.len() == 36)
        .unwrap();
    format!("/work/intakes/{id}")
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_from_the_report_to_registration_and_the_question_for_an_eu_citizen() {
    let site = Site::new().await;
    let desk = site.user("mel", site.signal, Role::SignalDesk).await;
    let (report, _) = taken_down(&desk, &[]).await;
    routed(&desk, &report, "labour-nla").await;
    site.settle().await;
    let officer = site.user("nla", site.nla, Role::Investigator).await;
    let file = only(&officer).await;
    let page = sound(&officer, &file).await;
    assert!(page.body.contains("Paspoort afgepakt"));
    for trace in [
        "Radu",
        "0612345678",
        report.trim_start_matches("/work/reports/"),
    ] {
        assert!(!page.body.contains(trace), "{trace}");
    }
    moved(&act(&officer, &file, "/take-on", &[]).await, "taken-on");
    site.settle().await;
    assert!(sound(&desk, &report).await.body.contains("Opgenomen"));

    // Assessed: what is missing is said at its field, and what was typed stays.
    let assess = format!("{file}/assess");
    sound(&officer, &assess).await;
    let empty = fill(
        &officer,
        &assess,
        &[("indication", "yes"), ("leads_reason", "bijna")],
    )
    .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("bijna") && empty.body.contains("Schrijf op waarom."));
    moved(&fill(&officer, &assess, &ASSESSED).await, "assessed");
    let page = sound(&officer, &file).await;
    assert!(
        page.body.contains("Voeg eerst de persoon toe"),
        "{}",
        page.body
    );

    let new = format!("{file}/people/new");
    sound(&officer, &new).await;
    let mut unborn = PERSON.to_vec();
    unborn.retain(|(name, _)| *name != "born");
    let refused = fill(&officer, &new, &unborn).await;
    assert!(
        refused.body.contains("Vul de geboortedatum in."),
        "{}",
        refused.body
    );
    let added = fill(&officer, &new, &PERSON).await;
    moved(&added, "added");
    let person = added.to().split('?').next().unwrap().to_owned();
    let page = sound(&officer, &person).await;
    assert!(page.body.contains("EU-burger"), "{}", page.body);
    sound(&officer, &format!("{person}/edit")).await;

    // Exactly what goes is shown before it goes.
    let register = format!("{person}/register");
    let page = sound(&officer, &register).await;
    assert!(
        page.body.contains("29 jaar") && page.body.contains("Roemenië"),
        "{}",
        page.body
    );
    moved(
        &fill(&officer, &register, &[("form", "AU")]).await,
        "registered",
    );
    let again = fill(&officer, &register, &[("form", "AU")]).await;
    assert!(again.body.contains("al geregistreerd"), "{}", again.body);

    // The reflection period: the question stays in sight until it is decided.
    let offer = format!("{person}/offer");
    sound(&officer, &offer).await;
    let offered = [
        ("capacity", "possible_victim"),
        ("language", "ro"),
        ("interpreter", "yes"),
    ];
    moved(&fill(&officer, &offer, &offered).await, "offered");
    let page = sound(&officer, &person).await;
    assert!(page.body.contains("Nog te beslissen door politie of IND"));
    moved(&act(&officer, &person, "/accept", &[]).await, "accepted");
    let page = sound(&officer, &person).await;
    assert!(page.body.contains("Geen uitzetting") && !page.body.contains("/start\""));
    let decide = format!("{person}/decide");
    sound(&officer, &decide).await;
    let decided = [
        ("applies", "yes"),
        ("decided_by", "IND"),
        ("reason", "gebeld"),
    ];
    moved(&fill(&officer, &decide, &decided).await, "decided");
    let start = format!("{person}/start");
    sound(&officer, &start).await;
    let late = fill(&officer, &start, &[("start", "2026-12-01")]).await;
    assert!(late.body.contains("in de toekomst"), "{}", late.body);
    moved(
        &fill(&officer, &start, &[("start", "2026-11-23")]).await,
        "started",
    );
    let page = sound(&officer, &person).await;
    assert!(
        page.body.contains("tot en met 23 februari 2027"),
        "{}",
        page.body
    );
    let running = sound(&officer, "/work/intakes?state=running").await;
    assert!(running.body.contains("23 februari 2027"));
    assert!(!running.body.contains("Ilinca"));

    // Marked by hand, closed, and the desk hears the outcome but not the reason.
    let mark = format!("{file}/mark?what=consult_prosecutor");
    sound(&officer, &mark).await;
    let seen = officer.get(&mark).await.hidden("seen");
    let marked = [
        ("seen", seen.as_str()),
        ("what", "consult_prosecutor"),
        ("person", ""),
        ("note", "Gebeld met de officier"),
    ];
    moved(
        &officer.post(&format!("{file}/mark"), &marked).await,
        "marked",
    );
    assert!(
        sound(&officer, &file)
            .await
            .body
            .contains("Gebeld met de officier")
    );
    let close = format!("{file}/close");
    assert!(
        sound(&officer, &close)
            .await
            .body
            .contains("verplichtingen")
    );
    let wrong = fill(
        &officer,
        &close,
        &[("outcome", "not_trafficking"), ("reason", "x")],
    )
    .await;
    assert!(
        wrong.body.contains("past niet bij de beoordeling"),
        "{}",
        wrong.body
    );
    // What is owed is left only by somebody who says so, and why.
    let silent = [
        ("outcome", "investigation"),
        ("reason", "Observatie in de kas"),
    ];
    let told = fill(&officer, &close, &silent).await;
    assert!(
        told.body.contains("Er staat nog iets open"),
        "{}",
        told.body
    );
    let why = ("left_open_why", "De officier volgt het");
    // What looks like an address is asked about once, and kept when somebody has looked.
    let hidden = ("reason", "Zij zit nu in de Lindelaan 12");
    let told = [
        ("outcome", "investigation"),
        hidden,
        ("close_anyway", "yes"),
        why,
    ];
    let told = fill(&officer, &close, &told).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        told.body.contains("Dit lijkt op een adres") && told.body.contains("name=\"looked\""),
        "{}",
        told.body
    );
    let closed = [&silent[..], &[("close_anyway", "yes"), why]].concat();
    moved(&fill(&officer, &close, &closed).await, "closed");
    site.settle().await;
    let page = sound(&desk, &report).await;
    assert!(page.body.contains("Opgepakt") && !page.body.contains("Observatie"));
    let end = format!("{person}/end");
    sound(&officer, &end).await;
    let early = fill(
        &officer,
        &end,
        &[("ended", "2026-11-23"), ("reason", "verstreken")],
    )
    .await;
    assert!(
        early.body.contains("laatste dag is nog niet voorbij"),
        "{}",
        early.body
    );
    moved(
        &fill(
            &officer,
            &end,
            &[("ended", "2026-11-23"), ("reason", "aangifte")],
        )
        .await,
        "ended",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s2_an_own_finding_is_handed_over_with_consent_and_another_service_finds_nothing() {
    let site = Site::new().await;
    let officer = site.user("pol", site.police, Role::Investigator).await;
    let opened = officer
        .post(
            "/work/intakes/new",
            &[
                ("story", "Aangetroffen in een woning"),
                ("found", "2026-11-23"),
                ("form", "SU"),
            ],
        )
        .await;
    moved(&opened, "opened");
    let file = opened.to().split('?').next().unwrap().to_owned();
    let mut blessing = PERSON.to_vec();
    blessing.retain(|(name, _)| !["name", "residence", "born", "age_known"].contains(name));
    blessing.extend([
        ("name", "Blessing"),
        ("residence", "dublin"),
        ("age_known", "estimated"),
        ("age_low", "22"),
        ("age_high", "24"),
        ("avoid", "GM0193"),
        ("avoid_km", "40"),
        ("avoid_why", "De dader werkt daar"),
    ]);
    let added = fill(&officer, &format!("{file}/people/new"), &blessing).await;
    moved(&added, "added");
    let person = added.to().split('?').next().unwrap().to_owned();
    assert!(sound(&officer, &person).await.body.contains("Dublin"));

    let page = format!("{person}/hand-over");
    let form = sound(&officer, &page).await;
    let to = site.care.to_string();
    assert!(form.body.contains(&to) && !form.body.contains(&site.police.to_string()));
    assert_eq!(
        ticked(&form.body),
        ["contact"],
        "no more than needed is ticked"
    );
    let consent = [
        ("to", to.as_str()),
        ("data", "contact"),
        ("data", "care_needs"),
        ("giver", "self"),
        ("language", "en"),
        ("interpreter", "yes"),
        ("how", "Met tolk, aan tafel"),
        ("form", "written"),
    ];
    let unfree = fill(&officer, &page, &consent).await;
    assert!(
        unfree.body.contains("hulp hier niet van afhangt"),
        "{}",
        unfree.body
    );
    let mut free = consent.to_vec();
    free.push(("help_does_not_depend", "yes"));
    let silent = fill(&officer, &page, &free).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent.body.contains("Zeg waarom er meer meegaat"),
        "{}",
        silent.body
    );
    assert_eq!(ticked(&silent.body), ["contact", "care_needs"]);
    free.push(("why_more", "Zij vroeg zelf om slaapmiddelen en een arts"));
    moved(&fill(&officer, &page, &free).await, "handed-over");
    let told = sound(&officer, &person).await;
    assert!(told.body.contains("slaapmiddelen"), "{}", told.body);
    site.settle().await;
    let care = site.user("zorg", site.care, Role::CareCoordinator).await;
    let list = care.get("/work/cases").await;
    assert!(!list.body.contains("Blessing"));
    assert!(
        !list.body.contains("slaapmiddelen"),
        "the reason stays here"
    );
    let refused = care.get(&file).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    sound(&officer, &format!("{person}/withdraw")).await;
    moved(
        &fill(&officer, &format!("{person}/withdraw"), &[]).await,
        "withdrawn",
    );

    let other = site.user("insp", site.nla, Role::Investigator).await;
    for page in [
        &file,
        &person,
        &format!("{person}/offer"),
        &format!("{file}/assess"),
    ] {
        assert_eq!(
            other.get(page).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
    }
    let list = sound(&other, "/work/intakes?state=all").await;
    assert!(
        !list
            .body
            .contains(file.trim_start_matches("/work/intakes/"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_sent_back_with_a_reason_that_the_desk_reads() {
    let site = Site::new().await;
    let desk = site.user("mel", site.signal, Role::SignalDesk).await;
    let (report, _) = taken_down(&desk, &[]).await;
    routed(&desk, &report, "labour-nla").await;
    site.settle().await;
    let officer = site.user("nla", site.nla, Role::Investigator).await;
    let file = only(&officer).await;
    let page = format!("{file}/send-back");
    sound(&officer, &page).await;
    let silent = fill(&officer, &page, &[("reason", "")]).await;
    assert!(silent.body.contains("Schrijf op waarom."));
    moved(
        &fill(&officer, &page, &[("reason", "Geen werkgever genoemd")]).await,
        "sent-back",
    );
    site.settle().await;
    let page = sound(&desk, &report).await;
    assert!(
        page.body.contains("Geen werkgever genoemd"),
        "{}",
        page.body
    );
    assert!(
        sound(&desk, "/work/reports")
            .await
            .body
            .contains("Teruggestuurd")
    );
    let page = sound(&officer, &file).await;
    assert!(!page.body.contains("/take-on"));
}
