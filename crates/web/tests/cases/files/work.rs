//! Files at work: passed on when ticked, kept with a case, removed with the reason.

use axum::http::StatusCode;
use desk::Role;
use desk::attachment::StoredAttachment;
use vault::Store;

use super::{
    FORM, SECRET, answers, check_saved, cleaned, entries, holds, kept, multipart, offered, pdf,
    photo, send,
};
use crate::pages::opened;
use crate::signal::{act, sound};
use crate::{Site, User};

/// A report with a photo and a PDF, accepted; its address.
async fn accepted(site: &Site, user: &User<'_>) -> String {
    let mut all = answers(FORM);
    all.retain(|(name, _)| *name != "place" && *name != "wish");
    all.extend([
        ("place", "GM1783"),
        ("wish", "help"),
        ("reach", "mailbox"),
        ("situation", "little_pay"),
    ]);
    let sent = send(site, "/start", multipart(&all, &[&photo(), &pdf()])).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let reports = site
        .desk
        .vault
        .load_all::<desk::report::StoredReport>(&[])
        .await;
    let page = format!("/work/reports/{}", reports.unwrap()[0].id);
    let calm = [("answer", "no"), ("because", "Niemand in direct gevaar")];
    act(user, &page, "/acute", &calm).await;
    act(user, &page, "/accept", &[]).await;
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn only_ticked_files_go_along_and_under_other_names() {
    let site = Site::new().await;
    let desk = site.user("mel", site.signal, Role::SignalDesk).await;
    let report = accepted(&site, &desk).await;
    let files = offered(&desk.get(&report).await);
    let route = sound(&desk, &format!("{report}/route")).await;
    assert!(route.body.contains("Welke bestanden gaan mee?"));
    assert!(
        !route.body.contains("checked"),
        "nothing goes along by itself"
    );
    let rules: Vec<&str> = route.body.split("name=\"rule\" value=\"").skip(1).collect();
    let rule = rules[0].split('"').next().unwrap();
    let seen = route.hidden("seen");
    let foreign = [
        ("seen", seen.as_str()),
        ("rule", rule),
        ("attachment", "01935a2e-7000-7000-8000-000000000000"),
    ];
    let answer = desk.post(&format!("{report}/route"), &foreign).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let chosen = [
        ("seen", seen.as_str()),
        ("rule", rule),
        ("attachment", files[0].as_str()),
    ];
    let answer = desk.post(&format!("{report}/route"), &chosen).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(
        desk.get(&report)
            .await
            .body
            .contains("Er ging een bestand mee")
    );
    site.settle().await;

    let reader = match rule {
        rule if rule.contains("nla") || rule.contains("NLA") => {
            site.user("nla", site.nla, Role::Investigator).await
        }
        _ => site.user("pol", site.police, Role::Investigator).await,
    };
    let list = reader.get("/work/intakes").await;
    let intake = list
        .body
        .split("/work/intakes/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .find(|id| id.len() == 36)
        .unwrap_or_else(|| panic!("no intake by {rule}: {}", list.body));
    let base = format!("/work/intakes/{intake}");
    let page = sound(&reader, &base).await;
    let here = offered(&page);
    assert_eq!(here.len(), 1, "the other file stays at the desk");
    assert!(!files.contains(&here[0]), "named anew in this compartment");
    let saved = reader.get(&format!("{base}/attachments/{}", here[0])).await;
    check_saved(&saved, "jpg");
    assert!(saved.bytes == cleaned());
    for (path, who) in [
        (format!("{base}/attachments/{}", files[0]), &reader),
        (format!("{report}/attachments/{}", here[0]), &desk),
    ] {
        assert_eq!(who.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let left = site
        .desk
        .vault
        .load_children_in::<StoredAttachment>(Store::K5, intake);
    assert_eq!(left.await.unwrap().len(), 1, "copied once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_case_is_added_saved_and_removed_with_the_reason() {
    let site = Site::new().await;
    let care = site.user("zorg", site.care, Role::CareCoordinator).await;
    let base = opened(&care).await;
    let form = sound(&care, &format!("{base}/attachments")).await;
    assert!(form.body.contains("type=\"file\"") && form.body.contains("_token"));

    let path = format!("{base}/attachments");
    let none = care.upload(&path, &[("title", "Brief")], &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("Kies eerst een bestand") && none.body.contains("Brief"));
    let title = [("title", "Opvang Dorpsstraat 12, 2511 AB Den Haag")];
    let address = care.upload(&path, &title, &[&photo()]).await;
    assert_eq!(address.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(address.body.contains("Dorpsstraat"), "what was typed stays");
    let bad = care.upload(&path, &[("title", "Brief")], &[b"MZ\0"]).await;
    assert!(bad.body.contains("Bestand 1 is geen foto"), "{}", bad.body);
    let forged = super::upload(&path)
        .header("cookie", care.cookie())
        .body(multipart(&[("_token", "x"), ("title", "y")], &[&photo()]).into());
    let forged = site.send(forged.unwrap()).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(
        offered(&care.get(&base).await).is_empty(),
        "nothing was kept"
    );

    let title = [("title", "Brief van de IND")];
    let added = care.upload(&path, &title, &[&photo(), &pdf()]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = sound(&care, added.to()).await;
    assert!(page.body.contains("Brief van de IND") && page.body.contains("Medewerker zorg"));
    let mut files = offered(&page);
    files.dedup();
    assert_eq!(files.len(), 2);
    let saved = care.get(&format!("{path}/{}", files[0])).await;
    check_saved(&saved, "jpg");
    assert!(saved.bytes == cleaned() && !holds(&saved.bytes, SECRET));

    let other = site
        .user("ander", site.other_care, Role::CareCoordinator)
        .await;
    let elsewhere = other.get(&format!("{path}/{}", files[0])).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let theirs = opened(&other).await;
    let nested = other
        .get(&format!("{theirs}/attachments/{}", files[0]))
        .await;
    assert_eq!(nested.status, StatusCode::NOT_FOUND);

    let remove = format!("{path}/{}/remove", files[0]);
    assert!(sound(&care, &remove).await.body.contains("reservekopie"));
    let silent = care.post(&remove, &[("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = care.post(&remove, &[("reason", "Verkeerde persoon")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let page = sound(&care, gone.to()).await;
    assert!(page.body.contains("Verwijderd: foto of schermafdruk"));
    assert!(page.body.contains("Verkeerde persoon"));
    let after = care.get(&format!("{path}/{}", files[0])).await;
    assert_eq!(after.status, StatusCode::NOT_FOUND);
    let part = site.desk.vault.part(Store::K3, &files[0], 0).await;
    assert_eq!(part.unwrap(), None, "its content is gone");
    assert_eq!(entries(&site, Store::K3, "case.attachment").await.len(), 1);
    // Each of three files while it came, the one with the address destroyed, the two others kept together, and the removal.
    assert_eq!(entries(&site, Store::K3, "case.attachments").await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_and_never_belonged_to_anything_is_destroyed_by_its_clock() {
    let site = Site::new().await;
    let mut begun = desk::report::receive_files(&site.desk, crate::now()).unwrap();
    begun.begin().unwrap();
    let large = [b"%PDF-1.7".to_vec(), vec![b' '; 3_000_000]].concat();
    begun.take(&large).await.unwrap();
    drop(begun);
    assert!(matches!(
        kept(&site).await[..],
        [StoredAttachment::Arriving]
    ));
    site.settle().await;
    assert_eq!(kept(&site).await.len(), 1, "its sending may still go on");
    let later = crate::now() + jiff::SignedDuration::from_hours(2);
    while !desk::tick::tick(&site.desk, later).await.unwrap().is_idle() {}
    assert_eq!(kept(&site).await.len(), 0);
}
