//! A reporter sends files with the report: all at once, cleaned, once.

use axum::http::StatusCode;
use desk::Role;
use desk::attachment::{Origin, StoredAttachment};
use domain::attachment::FileKind;

use super::{
    FORM, STORY, answers, check_saved, cleaned, entries, holds, kept, multipart, offered, pdf,
    photo, reports, send,
};
use crate::signal::sound;
use crate::{Answer, Site};

fn code_of(receipt: &Answer) -> String {
    let code = receipt.body.split("translate=\"no\">").nth(1).unwrap();
    code.split('<').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_about_files_is_optional_and_nothing_is_kept_before_sending() {
    let site = Site::new().await;
    let mut all = answers(FORM);
    all.retain(|(name, _)| *name != "go" && *name != "step");
    let asked = [&all[..], &[("step", "check"), ("go", "show")]].concat();
    let check = site.public("/start", &asked).await;
    assert!(
        check
            .body
            .contains("Hebt u een foto, schermafdruk of bestand?")
    );
    assert!(!check.body.contains("multipart/form-data"));
    let asked = [&all[..], &[("step", "check"), ("go", "change-files")]].concat();
    let page = site.public("/start", &asked).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("enctype=\"multipart/form-data\""));
    assert!(
        page.body.contains("type=\"file\"") && page.body.contains("Tot dat moment is er niets")
    );
    assert!(page.body.contains("Kies bestanden"));
    assert!(!page.body.contains('⟦') && !page.body.contains("style="));
    assert!(
        page.body.find("name=\"story\"").unwrap() < page.body.find("type=\"file\"").unwrap(),
        "what was typed goes before the files"
    );
    let english = site.public("/en/start", &asked).await;
    assert!(english.body.contains("Do you have a photo") && !english.body.contains('⟦'));
    assert_eq!((reports(&site).await, kept(&site).await.len()), (0, 0));
    // A form with files in which none was chosen is the report without files.
    let none = multipart(&answers(FORM), &[]);
    assert_eq!(send(&site, "/start", none).await.status, StatusCode::OK);
    assert_eq!((reports(&site).await, kept(&site).await.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_cleaned_to_the_desk_are_saved_and_never_shown() {
    let site = Site::new().await;
    let (photo, pdf) = (photo(), pdf());
    let receipt = send(&site, "/start", multipart(&answers(FORM), &[&photo, &pdf])).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
    assert!(receipt.body.contains("foto of schermafdruk, 151 kB"));
    assert!(receipt.body.contains("PDF, 151 kB"));
    assert!(receipt.body.contains("In de andere bestanden kan dat nog"));
    for file in kept(&site).await {
        let StoredAttachment::Kept(file) = file else {
            panic!("a file belongs to nothing");
        };
        assert_eq!(file.origin, Origin::Reporter);
        assert_eq!(file.at.to_string(), "2026-11-23T08:00:00Z", "to the hour");
        assert!(matches!(file.kind, FileKind::Jpeg | FileKind::Pdf));
    }
    let desk = site.user("mel", site.signal, Role::SignalDesk).await;
    let report = site
        .desk
        .vault
        .load_all::<desk::report::StoredReport>(&[])
        .await;
    let base = format!("/work/reports/{}", report.unwrap()[0].id);
    let page = sound(&desk, &base).await;
    assert!(page.body.contains("2 bestanden") && page.body.contains(&STORY.replace('&', "&#38;")));
    assert!(!page.body.contains("Anna") && !page.body.contains("<img"));
    let files = offered(&page);
    let saved = desk.get(&format!("{base}/attachments/{}", files[0])).await;
    check_saved(&saved, "jpg");
    assert!(
        saved.bytes == cleaned(),
        "the picture is what it was, and nothing more"
    );
    let saved = desk.get(&format!("{base}/attachments/{}", files[1])).await;
    check_saved(&saved, "pdf");
    assert!(saved.bytes == pdf);
    let opened = entries(&site, vault::Store::K1, "report.attachment").await;
    assert_eq!(opened.len(), 2, "each saving stands in the journal");
    assert!(opened[1].records.iter().any(|record| record.id == files[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_with_the_same_files_is_one_report_and_other_files_are_refused() {
    let site = Site::new().await;
    let photo = photo();
    let body = || multipart(&answers(FORM), &[&photo]);
    let first = send(&site, "/start", body()).await;
    let again = send(&site, "/start", body()).await;
    assert_eq!(code_of(&first), code_of(&again));
    assert_eq!((reports(&site).await, kept(&site).await.len()), (1, 1));
    let other = send(&site, "/start", multipart(&answers(FORM), &[&pdf()])).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(!other.body.contains(&code_of(&first)));
    assert!(
        other
            .body
            .contains("Uw antwoorden staan nog op deze pagina")
    );
    assert_eq!((reports(&site).await, kept(&site).await.len()), (1, 1));
    // Two clicks at the same time.
    let id = "ffeeddccbbaa99887766554433221100";
    let body = || multipart(&answers(id), &[&photo]);
    let (one, two) = tokio::join!(send(&site, "/start", body()), send(&site, "/start", body()));
    assert_eq!(code_of(&one), code_of(&two));
    assert_eq!((reports(&site).await, kept(&site).await.len()), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_erases_a_report_erases_its_files() {
    let site = Site::new().await;
    send(&site, "/start", multipart(&answers(FORM), &[&photo()])).await;
    let vault = &site.desk.vault;
    let report = vault.load_all::<desk::report::StoredReport>(&[]).await;
    let id = report.unwrap()[0].id.clone();
    let under = vault.ids_under(vault::Store::K1, &id).await.unwrap();
    let file = vault
        .load_children::<StoredAttachment>(&id)
        .await
        .unwrap()
        .remove(0);
    assert!(under.contains(&file.id));
    let part = vault.part(vault::Store::K1, &file.id, 0).await.unwrap();
    assert!(!holds(&part.unwrap(), super::SECRET));
}
