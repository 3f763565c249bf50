//! What the signal desk does on its pages: danger first, then acceptance, routing with its reasons, the end.

use axum::http::StatusCode;
use desk::Role;

use crate::{Answer, Site, User};

/// A report by telephone, taken down by the desk. Gives the report's address and the answer with the code.
pub async fn taken_down(user: &User<'_>, more: &[(&str, &str)]) -> (String, Answer) {
    let mut all = vec![
        ("acute", "no"),
        ("channel", "telefoon"),
        ("reporter", "burger"),
        ("language", "ro"),
        ("story", "Paspoort afgepakt, acht mensen in een schuur"),
        ("form", "AU"),
        ("municipality", "GM1783"),
        ("minors", "no"),
        ("parent", "no"),
        ("help", "not_asked"),
        ("police", "not_asked"),
        ("kvk", "12345678"),
        ("contact_name", "Radu Popescu"),
        ("contact_channel", "0612345678"),
    ];
    for (name, value) in more {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    let answer = user.post("/work/reports/new", &all).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let links = answer.body.split("href=\"/work/reports/").skip(1);
    let id = links
        .map(|rest| rest.split('"').next().unwrap())
        .find(|id| id.len() == 36)
        .unwrap();
    (format!("/work/reports/{id}"), answer)
}

pub async fn act(user: &User<'_>, page: &str, deed: &str, pairs: &[(&str, &str)]) -> Answer {
    let seen = user.get(page).await.hidden("seen");
    let mut all = vec![("seen", seen.as_str())];
    all.extend_from_slice(pairs);
    user.post(&format!("{page}{deed}"), &all).await
}

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

/// A page that is whole: no missing text, no inline style, nobody in its title.
pub async fn sound(user: &User<'_>, page: &str) -> Answer {
    let answer = user.get(page).await;
    assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
    assert!(!answer.body.contains('⟦'), "{page}: a text is missing");
    assert!(!answer.body.contains("style="), "{page}: inline style");
    let title = answer.body.split("<title>").nth(1).unwrap();
    let title = title.split("</title>").next().unwrap();
    for name in ["Radu", "Blessing", "Ilinca"] {
        assert!(!title.contains(name), "{page}: {title}");
    }
    answer
}

/// Takes an accepted report to the receiver of a rule.
pub async fn routed(user: &User<'_>, report: &str, rule: &str) {
    let calm = [("answer", "no"), ("because", "Niemand in direct gevaar")];
    moved(&act(user, report, "/acute", &calm).await, "acute");
    moved(&act(user, report, "/accept", &[]).await, "accepted");
    let page = user.get(&format!("{report}/route")).await;
    let seen = page.hidden("seen");
    let answer = user
        .post(
            &format!("{report}/route"),
            &[("seen", &seen), ("rule", rule)],
        )
        .await;
    moved(&answer, "routed");
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_is_the_first_and_only_question_and_stands_before_everything_else() {
    let site = Site::new().await;
    let user = site.user("mel", site.signal, Role::SignalDesk).await;
    let (quiet, _) = taken_down(&user, &[]).await;
    let (report, entered) = taken_down(&user, &[("acute", "yes")]).await;
    assert!(
        entered.body.contains("samen-code"),
        "the code is shown once"
    );
    let list = sound(&user, "/work/reports").await;
    let first = list.body.find("Mogelijk acuut gevaar").unwrap();
    assert!(first < list.body.find("samen-filters").unwrap());
    assert!(!list.body.contains("Radu") && !list.body.contains("Paspoort"));

    let page = sound(&user, &report).await;
    assert!(page.body.contains("Bel 112"));
    assert!(!page.body.contains("/accept") && !page.body.contains("/route"));
    let early = act(&user, &report, "/accept", &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early
            .body
            .contains("Beantwoord eerst of er acuut gevaar is"),
        "{}",
        early.body
    );

    let empty = act(&user, &report, "/acute", &[("because", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Kies ja, nee of onbekend."));
    let half = [
        ("answer", "yes"),
        ("because", "opgesloten"),
        ("call_to", "112"),
    ];
    let half = act(&user, &report, "/acute", &half).await;
    assert!(half.body.contains("Vul in wie u belde"), "{}", half.body);
    assert!(half.body.contains("opgesloten"), "what was typed stays");
    let danger = [("answer", "yes"), ("because", "opgesloten")];
    moved(&act(&user, &report, "/acute", &danger).await, "acute");
    assert!(user.get(&report).await.body.contains("nog niet gebeld"));
    let closing = [("outcome", "geen_mensenhandel"), ("reason", "vergissing")];
    let page = format!("{report}/close");
    let seen = user.get(&page).await.hidden("seen");
    let mut all = vec![("seen", seen.as_str())];
    all.extend_from_slice(&closing);
    let refused = user.post(&page, &all).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Bel eerst"), "{}", refused.body);
    let called = [("call_to", "112"), ("call_result", "auto onderweg")];
    moved(&act(&user, &report, "/call", &called).await, "call");

    // The same company in another report: found, not judged.
    let page = sound(&user, &quiet).await;
    assert!(
        page.body.contains("Nog niet beoordeeld") && page.body.contains("/links/"),
        "{}",
        page.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_the_rules_explain_where_it_goes_and_the_outcome_comes_back() {
    let site = Site::new().await;
    let user = site.user("mel", site.signal, Role::SignalDesk).await;
    let (report, _) = taken_down(&user, &[]).await;
    let calm = [("answer", "no"), ("because", "Niemand in direct gevaar")];
    moved(&act(&user, &report, "/acute", &calm).await, "acute");
    moved(&act(&user, &report, "/accept", &[]).await, "accepted");
    let page = sound(&user, &format!("{report}/route")).await;
    assert!(page.body.contains("Arbeidsinspectie") && page.body.contains("Het gaat om werk"));
    let nobody = user
        .post(
            &format!("{report}/route"),
            &[("seen", &page.hidden("seen"))],
        )
        .await;
    assert!(
        nobody.body.contains("Kies minstens één ontvanger"),
        "{}",
        nobody.body
    );
    let seen = page.hidden("seen");
    let pairs = [("seen", seen.as_str()), ("rule", "labour-nla")];
    moved(
        &user.post(&format!("{report}/route"), &pairs).await,
        "routed",
    );
    // A second send on the same sight is told, not done twice.
    let twice = user.post(&format!("{report}/route"), &pairs).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    moved(
        &user
            .post(&format!("{report}/message"), &[("message", "Dank u wel")])
            .await,
        "message",
    );
    let page = sound(&user, &report).await;
    assert!(page.body.contains("Dank u wel") && page.body.contains("Nog geen antwoord"));
    let seen = user.get(&format!("{report}/close")).await.hidden("seen");
    let closing = [
        ("seen", seen.as_str()),
        ("outcome", "opgepakt"),
        ("reason", "De inspectie heeft het"),
    ];
    moved(
        &user.post(&format!("{report}/close"), &closing).await,
        "closed",
    );
    let page = sound(&user, &report).await;
    assert!(!page.body.contains("/close\"") && page.body.contains("De inspectie heeft het"));
    assert!(
        sound(&user, "/work/reports?state=closed&region=RE06")
            .await
            .body
            .contains("Afgesloten")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_help_without_police_shows_why_it_does_not_go_there() {
    let site = Site::new().await;
    let user = site.user("mel", site.signal, Role::SignalDesk).await;
    let wish = [("police", "help_without_police"), ("help", "for_self")];
    let (report, _) = taken_down(&user, &wish).await;
    let calm = [("answer", "no"), ("because", "rustig")];
    moved(&act(&user, &report, "/acute", &calm).await, "acute");
    moved(&act(&user, &report, "/accept", &[]).await, "accepted");
    let page = sound(&user, &format!("{report}/route")).await;
    assert!(
        page.body.contains("Hier gaat het niet heen"),
        "{}",
        page.body
    );
    assert!(page.body.contains("vraagt hulp zonder politie"));
    assert!(!page.body.contains("value=\"labour-nla\""));
    assert!(page.body.contains("value=\"help-agreed\""));
    let forced = user
        .post(
            &format!("{report}/route"),
            &[("seen", &page.hidden("seen")), ("rule", "labour-nla")],
        )
        .await;
    assert_eq!(
        forced.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        forced.body
    );
    let officer = site.user("nla", site.nla, Role::Investigator).await;
    site.settle().await;
    let list = user_list(&officer).await;
    assert!(list.contains("Hier staan nu geen intakes"), "{list}");
    let refused = officer.get(&report).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

async fn user_list(user: &User<'_>) -> String {
    sound(user, "/work/intakes").await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reporter_who_says_of_age_leaves_a_minor_by_doubt_and_one_step_to_the_age() {
    let site = Site::new().await;
    let user = site.user("mel", site.signal, Role::SignalDesk).await;
    let asked = [("police", "help_without_police"), ("help", "for_self")];
    let (report, _) = taken_down(&user, &asked).await;
    routed(&user, &report, "help-agreed").await;
    site.settle().await;
    let care = site.user("zorg", site.care, Role::CareCoordinator).await;
    let list = sound(&care, "/work/cases").await;
    let links = list.body.split("href=\"/work/cases/").skip(1);
    let id = links
        .map(|rest| rest.split('"').next().unwrap())
        .find(|id| id.len() == 36)
        .unwrap();
    let case = format!("/work/cases/{id}");
    let waiting = sound(&care, &case).await;
    assert!(
        waiting.body.contains("18 of ouder volgens de melder"),
        "{}",
        waiting.body
    );
    let step = format!("{case}/person/core#age");
    assert!(!waiting.body.contains(&step), "it has to be taken on first");
    moved(&act(&care, &case, "/accept", &[]).await, "accepted");
    let open = sound(&care, &case).await;
    assert!(
        open.body.contains(&format!("href=\"{step}\"")),
        "{}",
        open.body
    );
    let form = sound(&care, &format!("{case}/person/core")).await;
    assert!(
        form.body.contains("id=\"age\""),
        "the link leads to nothing"
    );
    let born = [
        ("age", "certain"),
        ("born", "1998-02-01"),
        ("sex", "U"),
        ("interpreter", "unknown"),
        ("residence", "onbekend"),
    ];
    let page = format!("{case}/person/core");
    let seen = form.hidden("seen");
    let all = [&[("seen", seen.as_str())], &born[..]].concat();
    let saved = care.post(&page, &all).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let known = sound(&care, &case).await;
    assert!(!known.body.contains("18 of ouder volgens de melder") && !known.body.contains(&step));
}

#[tokio::test(flavor = "multi_thread")]
async fn regions_without_a_report_stand_behind_show_all() {
    let site = Site::new().await;
    let user = site.user("mel", site.signal, Role::SignalDesk).await;
    let (_, _) = taken_down(&user, &[]).await;
    let folded = |body: &str| {
        let rest = body.split("samen-filters__more\"").nth(1).unwrap();
        rest.split("</details>").next().unwrap().to_owned()
    };
    let list = sound(&user, "/work/reports").await;
    let away = folded(&list.body);
    assert!(away.contains("region=RE01") && !away.contains("region=RE06"));
    assert_eq!(list.body.matches("samen-filters__more\"").count(), 1);
    // What was chosen is never hidden, nor what takes the choice back.
    let chosen = sound(&user, "/work/reports?region=RE01").await;
    let away = folded(&chosen.body);
    assert!(!away.contains("region=RE01") && !away.contains("href=\"/work/reports\""));
    assert!(chosen.body.contains("region=RE01\" aria-current=\"true\""));
}
