//! A reporter comes back with the code and adds files.

use axum::http::StatusCode;
use desk::Role;

use super::{FORM, STORY, answers, kept, multipart, photo, send};
use crate::signal::sound;
use crate::{Answer, Site};

async fn reported(site: &Site) -> String {
    let receipt = send(site, "/start", multipart(&answers(FORM), &[])).await;
    let code = receipt.body.split("translate=\"no\">").nth(1).unwrap();
    code.split('<').next().unwrap().to_owned()
}

async fn add(site: &Site, code: &str, id: &str, text: &str, files: &[&[u8]]) -> Answer {
    let fields = [("code", code), ("id", id), ("go", "write"), ("text", text)];
    send(site, "/messages", multipart(&fields, files)).await
}

fn id(number: usize) -> String {
    format!("{number:032x}")
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_later_with_the_code_once_and_the_desk_sees_that_something_is_new() {
    let site = Site::new().await;
    let code = reported(&site).await;
    let page = site.public("/messages", &[("code", &code)]).await;
    assert!(page.body.contains("enctype=\"multipart/form-data\""));
    let photo = photo();
    for _ in 0..2 {
        let answer = add(&site, &code, &id(1), "", &[&photo]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains("foto of schermafdruk, 151 kB"));
        assert!(answer.body.contains("(Een of meer bestanden gestuurd.)"));
    }
    assert_eq!(kept(&site).await.len(), 1);
    let desk = site.user("mel", site.signal, Role::SignalDesk).await;
    let list = sound(&desk, "/work/reports").await;
    let id_of_report = list.body.split("/work/reports/").skip(1);
    let report = id_of_report
        .map(|rest| rest.split('"').next().unwrap())
        .find(|id| id.len() == 36)
        .unwrap();
    let page = sound(&desk, &format!("/work/reports/{report}")).await;
    assert!(page.body.contains("Een bestand") && page.body.contains("bestanden gestuurd"));
    // A message without a file is a message; neither is neither.
    let answer = add(&site, &code, &id(2), "Er is meer", &[]).await;
    assert!(answer.body.contains("Er is meer"));
    let answer = add(&site, &code, &id(3), "", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Schrijf eerst een bericht"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_leaves_the_message_typed_and_an_unknown_code_keeps_nothing() {
    let site = Site::new().await;
    let code = reported(&site).await;
    let answer = add(&site, &code, &id(1), "Zie de foto", &[b"PK\x03\x04"]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Zie de foto") && answer.body.contains("Bestand 1 is geen foto"));
    let answer = add(&site, "1234 5678 1234 5678", &id(2), "x", &[&photo()]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!answer.body.contains(STORY));
    assert_eq!(kept(&site).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_has_a_place_for_twenty_files() {
    let site = Site::new().await;
    let code = reported(&site).await;
    let five: [&[u8]; 5] = [b"tekst"; 5];
    for number in 0..4 {
        let answer = add(&site, &code, &id(number), "", &five).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let answer = add(&site, &code, &id(9), "", &[b"tekst"]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("hoogstens twintig"), "{}", answer.body);
    assert_eq!(kept(&site).await.len(), 20, "nothing half kept");
}
