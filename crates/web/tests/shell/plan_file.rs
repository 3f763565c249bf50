//! The register from a file, on the page of the programme office.

use ::desk::Role;
use ::desk::plan::{self, ListFilter};
use axum::http::StatusCode;

use crate::real::Real;

const HEAD: &str = "id,line,title,holder,status,result";

async fn actions(real: &Real) -> usize {
    let office = real.actor(Role::ProgrammeOffice).await;
    let all = plan::list(&real.app.desk, &office, real.now(), &ListFilter::default())
        .await
        .unwrap();
    all.groups.iter().map(|group| group.actions.len()).sum()
}

#[tokio::test]
async fn a_file_is_shown_first_and_its_sound_rows_become_a_version() {
    let real = Real::new().await;
    let office = Role::ProgrammeOffice;
    let file = format!(
        "{HEAD}\n3.b,3,Landelijk plaatsen,JENV,loopt,Een plek binnen 3 dagen\n3.c,9,Geen lijn,JENV,loopt,\n3.d,3,Zonder houder,,loopt,\n"
    );
    let shown = real.upload(office, "/work/plan-file", &file).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    for words in [
        "Dit verandert er",
        "Landelijk plaatsen",
        "Niet overgenomen",
        // Each refused row says why in the language of the reader.
        "Eén van: 1, 2, 3",
        "Hier moet iets staan.",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert!(!shown.body.contains('⟦'), "{}", shown.body);
    assert_eq!(actions(&real).await, 0, "looking changes nothing");

    let rows = shown.hidden("rows").unwrap();
    let taken = real
        .send(office, "/work/plan-file/take", &[("rows", &rows)])
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let version = real.see(office, taken.header("location")).await;
    assert!(version.body.contains("3.b"), "{}", version.body);
    assert_eq!(actions(&real).await, 1);

    // Sent twice, nothing is there to take over any more.
    let again = real
        .send(office, "/work/plan-file/take", &[("rows", &rows)])
        .await;
    assert_eq!(again.header("location"), "/work/plan");
    assert_eq!(actions(&real).await, 1);

    // The same action with another result: what it said and what it will say.
    let other = format!("{HEAD}\n3.b,3,Landelijk plaatsen,JENV,loopt,Een plek binnen 2 dagen\n");
    let shown = real.upload(office, "/work/plan-file", &other).await;
    assert!(
        shown.body.contains("Een plek binnen 3 dagen")
            && shown.body.contains("Een plek binnen 2 dagen"),
        "{}",
        shown.body
    );
}

#[tokio::test]
async fn what_is_no_file_of_actions_is_refused_with_its_reason_and_keeps_nothing() {
    let real = Real::new().await;
    let office = Role::ProgrammeOffice;
    let image = "\u{7f}ELF\u{1}\u{0}\u{0}";
    for (file, why) in [
        ("", "Het is leeg."),
        (
            "een,twee\n1,2\n",
            "staat geen kop met kolommen zoals id, line",
        ),
        (image, "Het is geen tekst en geen rekenblad."),
    ] {
        let answer = real.upload(office, "/work/plan-file", file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        for words in ["Dit bestand is niet te lezen.", why] {
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
    }
    for rows in ["", "AAAA", "%%%"] {
        let answer = real
            .send(office, "/work/plan-file/take", &[("rows", rows)])
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{rows}");
    }
    assert_eq!(actions(&real).await, 0);
    let other = real
        .upload(Role::CareCoordinator, "/work/plan-file", HEAD)
        .await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
}
