//! A part of a file goes to another organisation, on the pages of both sides.

use axum::http::StatusCode;
use desk::Role;

use crate::pages::opened;
use crate::{Answer, Site, User};

/// What is asked: language and safety, for care, of the other organisation.
fn question(to: &str) -> Vec<(&str, &str)> {
    vec![
        ("to", to),
        ("purpose", "care"),
        ("data", "language"),
        ("data", "care_needs"),
    ]
}

async fn consent(user: &User<'_>, case: &str, to: &str) {
    let org = format!("org-{to}");
    let given = user
        .post(
            &format!("{case}/consents/new"),
            &[
                ("giver", "self"),
                ("purpose", "care"),
                ("recipients", &org),
                ("data", "language"),
                ("data", "care_needs"),
                ("given", "2026-11-23"),
                ("language", "ar"),
                ("how", "met tolk"),
                ("free", "yes"),
                ("form", "written"),
            ],
        )
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
}

/// The codes of the conditions on a preview.
fn conditions(preview: &Answer) -> Vec<String> {
    let mark = "name=\"confirmed\" value=\"";
    let parts = preview.body.split(mark).skip(1);
    parts
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// Asks, looks and offers; the page of the share at its sender.
async fn offered(user: &User<'_>, case: &str, to: &str) -> String {
    let preview = user.post(&format!("{case}/share"), &question(to)).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    assert!(preview.body.contains("Een veilige plek voor mij"));
    let (mark, codes) = (preview.hidden("mark"), conditions(&preview));
    let mut all = question(to);
    all.push(("mark", &mark));
    all.push(("until", "2026-12-31"));
    all.push(("why", "de hulp gaat in Zwolle verder"));
    all.extend(codes.iter().map(|code| ("confirmed", code.as_str())));
    let done = user.post(&format!("{case}/share/offer"), &all).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let dossier = user.get(case).await;
    let mark = format!("href=\"{case}/shares/");
    let id = dossier.body.split(&mark).nth(1).unwrap();
    format!("{case}/shares/{}", id.split('"').next().unwrap())
}

/// The only share in the list of the receiver.
async fn came(user: &User<'_>) -> String {
    let list = user.get("/work/shares").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    let rest = list.body.split("href=\"/work/shares/").nth(1).unwrap();
    format!("/work/shares/{}", rest.split('"').next().unwrap())
}

async fn press(user: &User<'_>, page: &str, deed: &str) -> Answer {
    let seen = user.get(page).await.hidden("seen");
    user.post(&format!("{page}/{deed}"), &[("seen", &seen)])
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_the_page_says_no_shows_nothing_and_names_the_way() {
    let site = Site::new().await;
    let anna = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&anna).await;
    let to = site.other_care.to_string();
    let form = anna.get(&format!("{case}/share")).await;
    assert!(form.body.contains("Zorg IJsselland"), "{}", form.body);
    assert!(form.body.contains("Politie Den Haag"), "{}", form.body);
    assert!(!form.body.contains("Ministerie"), "not a receiver here");
    let no = anna.post(&format!("{case}/share"), &question(&to)).await;
    assert_eq!(no.status, StatusCode::OK, "{}", no.body);
    assert!(no.body.contains("samen-verdict--no"), "{}", no.body);
    assert!(no.body.contains("Zo mag het wel"), "a no names the way");
    assert!(!no.body.contains("Een veilige plek voor mij"));
    assert!(!no.body.contains("share/offer"), "nothing can be offered");
    let mut forced = question(&to);
    forced.extend([("mark", "x"), ("until", "2026-12-31"), ("why", "toch")]);
    let refused = anna.post(&format!("{case}/share/offer"), &forced).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Dit mag niet worden gedeeld"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_is_looked_at_offered_accepted_read_taken_back_and_confirmed() {
    let site = Site::new().await;
    let anna = site.user("anna", site.care, Role::CareCoordinator).await;
    let bert = site
        .user("bert", site.other_care, Role::CareCoordinator)
        .await;
    let case = opened(&anna).await;
    let to = site.other_care.to_string();
    consent(&anna, &case, &to).await;
    let sent = offered(&anna, &case, &to).await;
    site.settle().await;

    let share = came(&bert).await;
    let before = bert.get(&share).await;
    assert!(
        before.body.contains("wacht op uw antwoord"),
        "{}",
        before.body
    );
    assert!(before.body.contains("de hulp gaat in Zwolle verder"));
    for secret in ["Karima", "Een veilige plek", "Arabisch"] {
        assert!(!before.body.contains(secret), "{secret} before acceptance");
    }
    let yes = press(&bert, &share, "accept").await;
    assert_eq!(yes.status, StatusCode::SEE_OTHER, "{}", yes.body);
    site.settle().await;
    let held = bert.get(&share).await;
    assert!(
        held.body.contains("Een veilige plek voor mij"),
        "{}",
        held.body
    );
    assert!(held.body.contains("Arabisch"));
    assert!(!held.body.contains("Karima"), "what was not shared");
    let at_sender = anna.get(&sent).await;
    assert!(at_sender.body.contains("De ander heeft dit sinds"));

    let ask = anna.get(&format!("{sent}/recall")).await;
    assert_eq!(ask.status, StatusCode::OK, "{}", ask.body);
    let seen = ask.hidden("seen");
    let back = anna
        .post(&format!("{sent}/recall"), &[("seen", &seen)])
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    site.settle().await;
    let gone = bert.get(&share).await;
    assert!(gone.body.contains("De afzender heeft het teruggehaald"));
    assert!(
        !gone.body.contains("Een veilige plek"),
        "erased at the receiver"
    );

    let half = bert.get(&format!("{share}/confirm")).await.hidden("seen");
    let wrong = bert
        .post(
            &format!("{share}/confirm"),
            &[
                ("seen", &half),
                ("left", "yes"),
                ("ground", "artikel 7:454 BW"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Schrijf op wat er moet blijven"));
    let kept = [
        ("seen", half.as_str()),
        ("left", "yes"),
        ("ground", "artikel 7:454 lid 3 BW"),
        ("what", "het verslag van de intake"),
    ];
    let done = bert.post(&format!("{share}/confirm"), &kept).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    site.settle().await;
    let end = anna.get(&sent).await;
    assert!(end.body.contains("artikel 7:454 lid 3 BW"), "{}", end.body);
    assert!(end.body.contains("De ander bevestigde het einde"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_has_a_reason_and_ends_it() {
    let site = Site::new().await;
    let anna = site.user("anna", site.care, Role::CareCoordinator).await;
    let bert = site
        .user("bert", site.other_care, Role::CareCoordinator)
        .await;
    let case = opened(&anna).await;
    let to = site.other_care.to_string();
    consent(&anna, &case, &to).await;
    let sent = offered(&anna, &case, &to).await;
    site.settle().await;
    let share = came(&bert).await;
    let seen = bert.get(&format!("{share}/refuse")).await.hidden("seen");
    let silent = bert
        .post(
            &format!("{share}/refuse"),
            &[("seen", &seen), ("reason", "")],
        )
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let no = bert
        .post(
            &format!("{share}/refuse"),
            &[("seen", &seen), ("reason", "wij helpen deze persoon niet")],
        )
        .await;
    assert_eq!(no.status, StatusCode::SEE_OTHER, "{}", no.body);
    site.settle().await;
    let told = anna.get(&sent).await;
    assert!(told.body.contains("wij helpen deze persoon niet"));
    assert!(!told.body.contains("/recall\""), "nothing to take back");
    let again = bert
        .post(&format!("{share}/accept"), &[("seen", "2")])
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again.body.contains("Dit kan nu niet meer"),
        "{}",
        again.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_stay_on_the_page_and_what_changed_is_looked_at_again() {
    let site = Site::new().await;
    let anna = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&anna).await;
    let to = site.other_care.to_string();
    let empty = anna.post(&format!("{case}/share"), &[("to", &to)]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Kies minstens één soort gegevens"));
    assert!(empty.body.contains("Kies waarvoor"));
    let ministry = site.ministry.to_string();
    let outside = anna
        .post(&format!("{case}/share"), &question(&ministry))
        .await;
    assert_eq!(outside.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        outside
            .body
            .contains("werkt niet in zorg, opvang of opsporing")
    );

    consent(&anna, &case, &to).await;
    let preview = anna.post(&format!("{case}/share"), &question(&to)).await;
    let (mark, codes) = (preview.hidden("mark"), conditions(&preview));
    let send = |mark: &str, confirmed: bool, until: &str| {
        let mut all: Vec<(String, String)> = question(&to)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        all.push(("mark".to_owned(), mark.to_owned()));
        all.push(("until".to_owned(), until.to_owned()));
        all.push(("why".to_owned(), "de hulp gaat verder".to_owned()));
        let ticked = codes.iter().filter(|_| confirmed);
        all.extend(ticked.map(|code| ("confirmed".to_owned(), code.clone())));
        let (anna, path) = (&anna, format!("{case}/share/offer"));
        async move {
            let pairs: Vec<(&str, &str)> =
                all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            anna.post(&path, &pairs).await
        }
    };
    if !codes.is_empty() {
        let open = send(&mark, false, "2026-12-31").await;
        assert_eq!(open.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(open.body.contains("Vink elk punt aan"), "{}", open.body);
        assert!(open.body.contains("de hulp gaat verder"), "typed stays");
    }
    let late = send(&mark, true, "2029-01-01").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("hoogstens een jaar later"),
        "{}",
        late.body
    );
    let stale = send("0000", true, "2026-12-31").await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("Kijk opnieuw en bevestig dan"));
    assert_eq!(stale.hidden("mark"), mark, "the page holds what it is now");
    let now = send(&mark, true, "2026-12-31").await;
    assert_eq!(now.status, StatusCode::SEE_OTHER, "{}", now.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn others_do_not_find_a_share_on_either_side() {
    let site = Site::new().await;
    let anna = site.user("anna", site.care, Role::CareCoordinator).await;
    let bert = site
        .user("bert", site.other_care, Role::CareCoordinator)
        .await;
    let case = opened(&anna).await;
    let to = site.other_care.to_string();
    consent(&anna, &case, &to).await;
    let sent = offered(&anna, &case, &to).await;
    site.settle().await;
    let share = came(&bert).await;
    assert_eq!(anna.get(&share).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bert.get(&sent).await.status, StatusCode::NOT_FOUND);
    let desk = site.user("cor", site.signal, Role::SignalDesk).await;
    for page in [share.as_str(), sent.as_str(), "/work/shares"] {
        assert_eq!(desk.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
}
