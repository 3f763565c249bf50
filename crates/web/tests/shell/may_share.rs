//! "May I share this?" over HTTP: the form, the answer, the interface for programs.

use ::desk::Role;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::Answer;
use crate::real::Real;

const PATH: &str = "/work/may-i-share";

fn asked<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![
        ("from", "ZCO"),
        ("to", "POL"),
        ("purpose", "acute_danger"),
        ("data", "identity"),
        ("data", "medical"),
        ("age", "29"),
        ("sure", "yes"),
        ("so", "acute_danger"),
        ("consent", "no"),
    ];
    for (name, value) in changes {
        pairs.retain(|(known, _)| known != name);
        pairs.push((name, value));
    }
    pairs
}

fn expect_page(answer: &Answer) {
    let page = &answer.body;
    assert!(!page.contains('⟦'), "a text is missing: {page}");
    assert!(!page.contains("<script") && !page.contains("style=\""));
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_form_knows_who_asks() {
    let real = Real::new().await;
    let form = real.see(Role::CareCoordinator, PATH).await;
    assert_eq!(form.status, StatusCode::OK);
    expect_page(&form);
    assert!(form.body.contains("<option value=\"ZCO\" selected>"));
    assert!(form.body.contains("Geen jurist heeft deze regels getoetst"));
    assert!(
        !form.body.contains("value=\"parent_suspected\""),
        "asked once, with the person"
    );
    for role in Role::STAFF {
        assert_eq!(
            real.see(role, PATH).await.status,
            StatusCode::OK,
            "{role:?}"
        );
    }
}

#[tokio::test]
async fn yes_is_said_as_clearly_as_no() {
    let real = Real::new().await;
    let yes = real.send(Role::CareCoordinator, PATH, &asked(&[])).await;
    assert_eq!(yes.status, StatusCode::OK, "{}", yes.body);
    expect_page(&yes);
    for words in [
        "samen-verdict--part",
        "Ja, maar niet alles mag mee",
        "Identiteit",
        "Medische gegevens",
        "zes vragen",
        "Bel eerst 112",
    ] {
        assert!(yes.body.contains(words), "{words}");
    }
    let no = real
        .send(Role::CareCoordinator, PATH, &asked(&[("to", "SUSPECTED")]))
        .await;
    expect_page(&no);
    assert!(no.body.contains("samen-verdict--no") && no.body.contains("wordt verdacht"));
    assert!(!no.body.contains("Zo mag het wel"));
    let unclear = asked(&[
        ("from", "IND"),
        ("to", "ZCO"),
        ("purpose", "residence"),
        ("data", "status"),
    ]);
    let unclear = real.send(Role::CareCoordinator, PATH, &unclear).await;
    expect_page(&unclear);
    assert!(
        unclear.body.contains("samen-verdict--unclear") && unclear.body.contains("Wie beslist")
    );
}

#[tokio::test]
async fn consent_of_the_form_counts_for_exactly_this() {
    let real = Real::new().await;
    let with = asked(&[
        ("to", "COM"),
        ("purpose", "registration"),
        ("data", "sector"),
        ("age", "16"),
        ("consent", "yes"),
        ("giver", "self"),
        ("written", "yes"),
        ("given", "2026-11-01"),
    ]);
    let yes = real.send(Role::CareCoordinator, PATH, &with).await;
    assert!(yes.body.contains("samen-verdict--yes"), "{}", yes.body);
    let without: Vec<_> = with
        .iter()
        .copied()
        .filter(|(name, _)| *name != "written")
        .collect();
    let doubt = real.send(Role::CareCoordinator, PATH, &without).await;
    assert!(doubt.body.contains("samen-verdict--unclear"));
    assert!(
        doubt
            .body
            .contains("schriftelijke toestemming van de 16-jarige zelf")
    );
}

#[tokio::test]
async fn what_was_typed_stays_when_something_is_wrong() {
    let real = Real::new().await;
    for (changes, words) in [
        (vec![("to", "")], "Kies met wie u wilt delen"),
        (vec![("purpose", "")], "Kies waarvoor"),
        (vec![("data", "")], "Kies"),
        (vec![("age", "200")], "120"),
        (vec![("consent", "yes")], "Kies wie toestemming gaf"),
        (
            vec![
                ("consent", "yes"),
                ("giver", "self"),
                ("given", "2027-01-01"),
            ],
            "na de dag van uw vraag",
        ),
        (vec![("to", "NOBODY")], "Kies"),
    ] {
        let answer = real
            .send(Role::CareCoordinator, PATH, &asked(&changes))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{changes:?}"
        );
        expect_page(&answer);
        assert!(answer.body.contains(words), "{changes:?}");
        assert!(
            answer.body.contains("value=\"acute_danger\" selected") || changes[0].0 == "purpose"
        );
    }
}

#[tokio::test]
async fn a_question_can_be_changed_without_asking_it_again() {
    let real = Real::new().await;
    let mut pairs = asked(&[]);
    pairs.push(("edit", "yes"));
    let form = real.send(Role::CareCoordinator, PATH, &pairs).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(
        form.body
            .contains("value=\"medical\" id=\"data-medical\" checked")
    );
    assert!(!form.body.contains("samen-verdict"));
}

async fn call(real: &Real, role: Role, path: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
    let session = real.session(role).await;
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("authorization", format!("Bearer {session}"))
        .header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    real.site
        .send(request.body(Body::from(body.to_owned())).unwrap())
        .await
}

fn question() -> Value {
    json!({
        "date": "2026-11-21", "from": "POL", "to": "COM", "purpose": "registration", "data": ["sector", "identity"],
        "subject": {"kind": "possible_victim", "age": 29, "age_certain": true, "parent_suspected": false},
        "consent": [], "circumstances": [],
    })
}

const DECIDE: &str = "/api/v1/decide";

#[tokio::test]
async fn programs_get_the_answer_of_the_contract() {
    let real = Real::new().await;
    let answer = call(
        &real,
        Role::Investigator,
        DECIDE,
        &question().to_string(),
        &[],
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header("api-version"), web::api::VERSION);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["answer"], "yes");
    assert_eq!(body["data"], json!(["sector"]));
    assert_eq!(body["withheld"][0]["data"], "identity");
    assert_eq!(body["grounds"][0]["row"], 1);
    assert!(body["explanation"].as_str().unwrap().starts_with("Ja"));
    assert!(body.get("duty_phone").is_none());
    let english = call(
        &real,
        Role::Investigator,
        DECIDE,
        &question().to_string(),
        &[("accept-language", "en-GB,en")],
    )
    .await;
    let english: Value = serde_json::from_str(&english.body).unwrap();
    assert!(english["explanation"].as_str().unwrap().starts_with("Yes"));
}

#[tokio::test]
async fn wrong_questions_are_problems_that_name_the_member() {
    let real = Real::new().await;
    let mut unknown = question();
    unknown["to"] = json!("NOBODY");
    unknown["extra"] = json!(1);
    let cases = [
        ("{", StatusCode::BAD_REQUEST, "ends too early"),
        ("[]", StatusCode::BAD_REQUEST, "a JSON object"),
        (&unknown.to_string(), StatusCode::BAD_REQUEST, "extra"),
        (
            &format!("{}{}", question(), " ".repeat(70_000)),
            StatusCode::PAYLOAD_TOO_LARGE,
            "",
        ),
    ];
    for (body, status, words) in cases {
        for path in [DECIDE, "/access/v1/evaluation"] {
            let answer = call(&real, Role::Investigator, path, body, &[]).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.body);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert!(
                path != DECIDE || answer.body.contains(words),
                "{words}: {}",
                answer.body
            );
            assert!(!answer.body.contains("NOBODY"));
        }
    }
    let twice =
        question()
            .to_string()
            .replacen("\"to\":\"COM\"", "\"to\":\"SUSPECTED\",\"to\":\"COM\"", 1);
    let answer = call(&real, Role::Investigator, DECIDE, &twice, &[]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nobody_asks_without_signing_in() {
    let real = Real::new().await;
    for path in [DECIDE, "/access/v1/evaluation"] {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .body(Body::from(question().to_string()))
            .unwrap();
        let answer = real.site.send(request).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn an_authzen_caller_gets_a_decision_and_its_own_request_id() {
    let real = Real::new().await;
    let evaluation = json!({
        "subject": {"type": "organisation", "id": "POL"},
        "action": {"name": "share", "properties": {"purpose": "registration", "to": "COM"}},
        "resource": {"type": "personal-data", "id": "possible_victim", "properties": {"data": ["sector"], "age": 29, "age_certain": true}},
        "context": {"time": "2026-11-21T11:00:00Z"},
    });
    let id = "bfe9eb29-ab87-4ca3-be83-a1d5d8305716";
    let path = "/access/v1/evaluation";
    let answer = call(
        &real,
        Role::Investigator,
        path,
        &evaluation.to_string(),
        &[("x-request-id", id)],
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header("x-request-id"), id);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["decision"], true);
    assert!(
        body["context"]["profile"]
            .as_str()
            .unwrap()
            .starts_with("authzen-nlgov-draft")
    );
}
