//! Doors on the screen: of a request for an opinion and of a received share, a conflict of interest, and the handover that cannot wait for consent.

use ::desk::Role;
use axum::http::{Method, StatusCode};
use domain::SafeText;

use crate::real::Real;
use crate::{Answer, matters};

const SECRET: &str = "kanarieoranje";

fn words() -> SafeText {
    SafeText::new("text", &format!("Zij noemt {SECRET}"), 1_000).unwrap()
}

async fn get(real: &Real, session: &str, path: &str) -> Answer {
    real.ask(&Method::GET, path, Some(session), false, &[])
        .await
}

async fn post(real: &Real, session: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
    real.ask(&Method::POST, path, Some(session), true, pairs)
        .await
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split(from).nth(1).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

fn seen(answer: &Answer) -> String {
    between(&answer.body, "name=\"seen\" value=\"", "\"").to_owned()
}

/// The door of a matter where one asks or takes over, and never breaks a glass: for a colleague of whoever leads it.
async fn is_a_calm_door(real: &Real, session: &str, base: &str, others: &[&str]) {
    let door = get(real, session, base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN, "{base}");
    assert_eq!(door.body.matches("<h1").count(), 1);
    assert!(!door.body.contains(SECRET), "the door says nothing of her");
    for way in ["take-over", "ask"] {
        let path = format!("{base}/{way}");
        assert!(door.body.contains(&path), "{way}");
        let form = get(real, session, &path).await;
        assert_eq!(form.status, StatusCode::OK, "{way}");
        assert!(!form.body.contains('⟦') && !form.body.contains(SECRET));
    }
    assert!(!door.body.contains("break-glass"), "so urgent it never is");
    for path in others {
        let refused = get(real, session, &format!("{base}/{path}")).await;
        assert!(refused.status.is_client_error(), "{path}");
        assert!(!refused.body.contains(SECRET), "{path}");
    }
}

/// Asking to join says why; whoever leads the matter reads it.
async fn asks_to_join(real: &Real, session: &str, base: &str, leads: Role, notices: &str) {
    let path = format!("{base}/ask");
    let silent = post(real, session, &path, &[("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let before = real.see(leads, notices).await;
    assert!(!before.body.contains("ik spreek Roemeens"));
    let asked = post(real, session, &path, &[("reason", "ik spreek Roemeens")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let told = real.see(leads, notices).await;
    assert!(told.body.contains("ik spreek Roemeens"), "{}", told.body);
    let door = get(real, session, base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN, "asking opens nothing");
}

/// Taking over says why; whoever led it reads that, and meets the door herself.
async fn takes_over(real: &Real, session: &str, base: &str, led: Role, notices: &str) {
    let path = format!("{base}/take-over");
    let form = get(real, session, &path).await;
    let version = seen(&form);
    let silent = [("seen", version.as_str()), ("reason", "")];
    let silent = post(real, session, &path, &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pairs = [("seen", version.as_str()), ("reason", "loopt bij mij al")];
    let taken = post(real, session, &path, &pairs).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let file = get(real, session, base).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.body.contains(SECRET));
    let told = real.see(led, notices).await;
    assert!(told.body.contains("loopt bij mij al"), "{}", told.body);
    assert!(!told.body.contains(SECRET));
    let before = real.see(led, base).await;
    assert_eq!(before.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_request_for_an_opinion_has_a_door_where_one_asks_or_takes_over() {
    let real = Real::new().await;
    let id = matters::opinion(&real, words()).await;
    let base = format!("/work/opinions/{id}");
    let own = real.see(Role::PanelSecretary, &base).await;
    assert!(own.body.contains(SECRET), "who leads it reads it");
    let colleague = real.colleague(Role::PanelSecretary).await;
    let hers = real.session_of(colleague).await;
    let list = get(&real, &hers, "/work/opinions").await;
    assert!(list.body.contains(&id.to_string()) && !list.body.contains(SECRET));
    is_a_calm_door(&real, &hers, &base, &["admit", "recuse"]).await;
    let (leads, notices) = (Role::PanelSecretary, "/work/notices/opinions");
    asks_to_join(&real, &hers, &base, leads, notices).await;
    takes_over(&real, &hers, &base, leads, notices).await;
}

#[tokio::test]
async fn a_received_share_has_a_door_where_one_asks_or_takes_over() {
    let real = Real::new().await;
    let sender = real.stranger(Role::CareCoordinator).await;
    let theirs = matters::signed_in(&real, sender).await;
    let id = matters::share(&real, &theirs, words()).await;
    let base = format!("/work/shares/{id}");
    let own = real.see(Role::CareCoordinator, &base).await;
    assert!(own.body.contains(SECRET), "who accepted it reads it");
    let colleague = real.colleague(Role::CareCoordinator).await;
    let hers = real.session_of(colleague).await;
    let list = get(&real, &hers, "/work/shares").await;
    assert!(list.body.contains(&id) && !list.body.contains(SECRET));
    is_a_calm_door(&real, &hers, &base, &["team", "confirm"]).await;
    let (leads, notices) = (Role::CareCoordinator, "/work/notices");
    asks_to_join(&real, &hers, &base, leads, notices).await;
    takes_over(&real, &hers, &base, leads, notices).await;
    // To the sender what others hold does not exist.
    let abroad = real.session_of(sender).await;
    let found = get(&real, &abroad, &base).await;
    assert_eq!(found.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_has_a_conflict_of_interest_meets_a_door_without_a_way() {
    let real = Real::new().await;
    let id = matters::opinion(&real, words()).await;
    let base = format!("/work/opinions/{id}");
    let path = format!("{base}/recuse");
    let form = real.see(Role::PanelSecretary, &path).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    assert!(!form.body.contains('⟦'));
    let (version, me) = (seen(&form), real.user(Role::PanelSecretary).to_string());
    assert!(form.body.contains(&me));
    let silent = [
        ("seen", version.as_str()),
        ("user", me.as_str()),
        ("why", ""),
    ];
    let silent = real.send(Role::PanelSecretary, &path, &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pairs = [
        ("seen", version.as_str()),
        ("user", me.as_str()),
        ("why", "zij is mijn nicht"),
    ];
    let recused = real.send(Role::PanelSecretary, &path, &pairs).await;
    assert_eq!(recused.status, StatusCode::SEE_OTHER, "{}", recused.body);
    let door = real.see(Role::PanelSecretary, &base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
    assert!(!door.body.contains(SECRET) && !door.body.contains("zij is mijn nicht"));
    for way in ["take-over", "ask", "break-glass"] {
        let path = format!("{base}/{way}");
        assert!(!door.body.contains(&path), "{way}");
    }
    let forged = [("seen", version.as_str()), ("reason", "toch")];
    let forged = real
        .send(Role::PanelSecretary, &format!("{base}/take-over"), &forged)
        .await;
    assert!(forged.status.is_client_error(), "{}", forged.status);

    // A colleague goes on with it, and reads why.
    let colleague = real.colleague(Role::PanelSecretary).await;
    let hers = real.session_of(colleague).await;
    let over = format!("{base}/take-over");
    let form = get(&real, &hers, &over).await;
    let version = seen(&form);
    let pairs = [("seen", version.as_str()), ("reason", "zij is haar nicht")];
    let taken = post(&real, &hers, &over, &pairs).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let file = get(&real, &hers, &base).await;
    assert!(file.body.contains(SECRET) && file.body.contains("zij is mijn nicht"));
    let again = real.see(Role::PanelSecretary, &base).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
}

/// An intake with a person, by the officer's own forms; and the page of that person.
async fn with_person(real: &Real) -> String {
    let id = real.intake(words()).await;
    let base = format!("/work/intakes/{id}");
    let form = real
        .see(Role::Investigator, &format!("{base}/people/new"))
        .await;
    let version = seen(&form);
    let pairs = [
        ("seen", version.as_str()),
        ("name", "Blessing"),
        ("age_known", "unknown"),
        ("sex", "F"),
        ("residence", "onbekend"),
        ("interpreter", "yes"),
        ("authority", "unknown"),
        ("phone_safe", "no"),
        ("detected", "2026-11-23"),
        ("needs", SECRET),
    ];
    let added = real
        .send(Role::Investigator, &format!("{base}/people/new"), &pairs)
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let file = real.see(Role::Investigator, &base).await;
    let people = format!("{base}/people/");
    let links = file.body.split(&people).skip(1);
    let mut ids = links.filter_map(|rest| rest.get(..36));
    let person = ids.find(|id| id.matches('-').count() == 4).unwrap();
    format!("{base}/people/{person}")
}

#[tokio::test]
async fn what_cannot_wait_for_consent_is_looked_at_decided_by_name_and_told() {
    let real = Real::new().await;
    let page = with_person(&real).await;
    let path = format!("{page}/hand-over-vital");
    let person = real.see(Role::Investigator, &page).await;
    assert!(person.body.contains(&path));
    let form = real.see(Role::Investigator, &path).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    assert!(form.body.contains("112") && !form.body.contains('⟦'));
    let empty = real.send(Role::Investigator, &path, &[("to", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let to = real.org("ZCO").to_string();
    let question = [
        ("to", to.as_str()),
        ("cannot", "unconscious"),
        ("why", "bewusteloos gevonden"),
        ("danger", "zij wordt gezocht"),
        ("data", "safety"),
        ("data", "language"),
        ("data", "identity"),
        ("data", "care_needs"),
    ];
    let preview = real.send(Role::Investigator, &path, &question).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    assert!(
        preview.body.contains("Blessing"),
        "what goes, word for word"
    );
    assert!(!preview.body.contains(SECRET), "what stays is not shown");
    assert!(!preview.body.contains('⟦'));
    let mark = between(&preview.body, "name=\"mark\" value=\"", "\"").to_owned();
    let version = seen(&preview);
    let decide = format!("{path}/decide");
    let mut pairs = question.to_vec();
    pairs.extend([("mark", mark.as_str()), ("seen", version.as_str())]);
    let unconfirmed = real.send(Role::Investigator, &decide, &pairs).await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unconfirmed.body.contains("Bevestig elke voorwaarde"));
    pairs.extend([
        ("confirmed", "authorised_decision"),
        ("confirmed", "prefer_consent"),
    ]);
    let mut other = pairs.clone();
    other.retain(|(name, _)| *name != "mark");
    other.push(("mark", "iets anders"));
    let changed = real.send(Role::Investigator, &decide, &other).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(changed.body.contains("Kijk opnieuw"));
    let done = real.send(Role::Investigator, &decide, &pairs).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    while !::desk::tick::tick(&real.app.desk, real.now())
        .await
        .unwrap()
        .is_idle()
    {}
    let person = real.see(Role::Investigator, &page).await;
    assert!(
        person.body.contains("zij wordt gezocht") && person.body.contains("politiegegevens 19")
    );
    let base = page.split("/people/").next().unwrap();
    let file = real.see(Role::Investigator, base).await;
    assert!(file.body.contains("Vertel de persoon wat er is gedeeld"));
    assert!(file.body.contains("what=tell_handover"));
    let register = real
        .see(Role::Auditor, "/work/registers/disclosures?store=k5")
        .await;
    assert!(
        register
            .body
            .contains("zonder toestemming, wegens levensgevaar")
    );
    assert!(!register.body.contains("Blessing") && !register.body.contains("gezocht"));
    let cases = real.see(Role::CareCoordinator, "/work/cases").await;
    let arrived = cases.body.split("/work/cases/").skip(1);
    let ids: Vec<&str> = arrived.filter_map(|rest| rest.split('"').next()).collect();
    let mut told = false;
    for id in ids.iter().filter(|id| id.len() == 36) {
        let case = real
            .see(Role::CareCoordinator, &format!("/work/cases/{id}"))
            .await;
        told |= case.body.contains("Overgedragen zonder toestemming")
            && case.body.contains("zij wordt gezocht")
            && !case.body.contains(SECRET)
            && !case.body.contains("bewusteloos gevonden");
    }
    assert!(told, "care reads why, and is asked to ask her: {ids:?}");
}
