//! Care warns the police on the screen: what goes, what the police see before and after their yes, and who sees nothing.

use ::desk::Role;
use ::desk::case::NewCase;
use axum::http::StatusCode;
use domain::SafeText;
use domain::code::LanguageCode;

use crate::Answer;
use crate::real::Real;

const WHY: &str = "Hij staat nu voor de deur";

/// The question: may this go to the police, and under which circumstance.
fn question<'a>(police: &'a str, so: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![
        ("to", police),
        ("purpose", "acute_danger"),
        ("data", "language"),
        ("data", "care_needs"),
    ];
    pairs.extend(
        so.split(' ')
            .filter(|so| !so.is_empty())
            .map(|so| ("so", so)),
    );
    pairs
}

/// The values of the boxes that a page offers under a name.
fn boxes(page: &Answer, name: &str) -> Vec<String> {
    let of = format!("name=\"{name}\" value=\"");
    let found = page.body.split(of.as_str()).skip(1);
    found
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

async fn a_case(real: &Real) -> String {
    let care = real.actor(Role::CareCoordinator).await;
    let new = NewCase {
        language: Some(LanguageCode::literal("hu")),
        need: Some(SafeText::new("need", "Zij wil naar huis", 100).unwrap()),
        ..NewCase::default()
    };
    let made = ::desk::case::open(&real.app.desk, &care, real.now(), new).await;
    made.unwrap().to_string()
}

async fn settle(real: &Real) {
    let tick = || ::desk::tick::tick(&real.app.desk, real.now());
    while !tick().await.unwrap().is_idle() {}
}

/// Asks, confirms every condition, and offers.
async fn offer(real: &Real, share: &str, police: &str) {
    let asked = question(police, "acute_danger");
    let yes = real.send(Role::CareCoordinator, share, &asked).await;
    assert_eq!(yes.status, StatusCode::OK);
    let (mark, conditions) = (yes.hidden("mark").unwrap(), boxes(&yes, "confirmed"));
    assert!(!conditions.is_empty(), "the law's conditions are asked");
    let mut pairs = asked;
    pairs.extend(conditions.iter().map(|code| ("confirmed", code.as_str())));
    pairs.extend([
        ("mark", mark.as_str()),
        ("why", WHY),
        ("until", "2026-12-31"),
    ]);
    let path = format!("{share}/offer");
    let gone = real.send(Role::CareCoordinator, &path, &pairs).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    settle(real).await;
}

/// Where the police read what waits for them.
async fn waiting(real: &Real) -> String {
    let list = real.see(Role::Investigator, "/work/service-shares").await;
    link(&list, "/work/service-shares/")
}

/// The first link on a page that begins like this.
fn link(page: &Answer, path: &str) -> String {
    let start = page.body.find(&format!("href=\"{path}")).unwrap() + "href=\"".len();
    page.body[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_warning_goes_to_the_police_and_opens_after_their_yes() {
    let real = Real::new().await;
    let case = a_case(&real).await;
    let police = real.org("POL").to_string();
    let share = format!("/work/cases/{case}/share");

    let form = real.see(Role::CareCoordinator, &share).await;
    assert!(form.body.contains("Bel eerst 112") && form.body.contains(&police));
    let no = real
        .send(Role::CareCoordinator, &share, &question(&police, ""))
        .await;
    assert_eq!(no.status, StatusCode::OK, "{}", no.body);
    assert!(boxes(&no, "confirmed").is_empty(), "a no offers nothing");

    offer(&real, &share, &police).await;
    let at = waiting(&real).await;
    let before = real.see(Role::Investigator, &at).await;
    assert!(before.body.contains("Iemand is nu in gevaar") && before.body.contains(WHY));
    assert!(!before.body.contains("Hongaars"), "content before the yes");
    let care = at.replace("service-shares", "shares");
    for (role, path) in [
        (Role::CareCoordinator, &at),
        (Role::CareCoordinator, &care),
        (Role::ShelterStaff, &care),
    ] {
        let other = real.see(role, path).await;
        assert_ne!(other.status, StatusCode::OK, "{path} as {}", role.code());
        assert!(!other.body.contains(WHY));
    }

    let seen = before.hidden("seen").unwrap();
    let accept = format!("{at}/accept");
    let taken = real
        .send(Role::Investigator, &accept, &[("seen", &seen)])
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    settle(&real).await;
    let after = real.see(Role::Investigator, &at).await;
    assert!(after.body.contains("Hongaars"), "{}", after.body);
    assert!(!after.body.contains("Iemand is nu in gevaar"));
    let twice = real
        .send(Role::Investigator, &accept, &[("seen", &seen)])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_police_say_no_with_a_reason_that_care_reads() {
    let real = Real::new().await;
    let case = a_case(&real).await;
    let police = real.org("POL").to_string();
    let share = format!("/work/cases/{case}/share");
    offer(&real, &share, &police).await;
    let at = waiting(&real).await;
    let page = real.see(Role::Investigator, &format!("{at}/refuse")).await;
    let seen = page.hidden("seen").unwrap();
    let refuse = format!("{at}/refuse");
    let empty = real
        .send(
            Role::Investigator,
            &refuse,
            &[("seen", &seen), ("reason", "")],
        )
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = "Een eenheid is al onderweg";
    let said = [("seen", seen.as_str()), ("reason", reason)];
    let sent = real.send(Role::Investigator, &refuse, &said).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    settle(&real).await;
    let file = real
        .see(Role::CareCoordinator, &format!("/work/cases/{case}"))
        .await;
    let own = link(&file, &format!("/work/cases/{case}/shares/"));
    let read = real.see(Role::CareCoordinator, &own).await;
    assert!(read.body.contains(reason), "{}", read.body);
}
