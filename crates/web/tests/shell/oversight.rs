//! The pages of oversight over a real vault: who looked, findings, decoys.

use ::desk::Role;
use ::desk::oversight;
use axum::http::StatusCode;
use vault::{Change, Context, Store};

use crate::Answer;
use crate::real::{CANARY, Real};

/// The case that the tests' coordinator made.
fn case(real: &Real) -> &str {
    &real.known[2]
}

fn expect_page(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(
        !answer.body.contains('⟦'),
        "{path}: a text is missing: {}",
        answer.body
    );
    assert!(!answer.body.contains("busje"), "{path}: content");
    assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
    let title = answer.body.split("<title>").nth(1).unwrap();
    assert!(
        !title.split("</title>").next().unwrap().contains(CANARY),
        "{path}"
    );
}

/// An access as the journal has it.
async fn look(real: &Real, role: Role, org: &str, record: &str) {
    let context = Context {
        at: real.now(),
        actor: real.user(role).to_string(),
        role: role.code().to_owned(),
        org: real.org(org).to_string(),
        act: "case.read".to_owned(),
        purpose: "care".to_owned(),
        ground: "Wmo 2015".to_owned(),
    };
    let change = Change::new(context).read(record, &["all"]);
    real.app.desk.vault.apply(Store::K3, change).await.unwrap();
}

async fn mark(real: &Real, pairs: &[(&str, &str)]) -> Answer {
    real.send(Role::Auditor, "/work/oversight/marks", pairs)
        .await
}

/// A decoy that somebody of this function opened, as a finding.
async fn opened_decoy(real: &Real, role: Role, org: &str) {
    let record = case(real).to_owned();
    let pairs = [
        ("what", "decoy"),
        ("store", "k3"),
        ("record", record.as_str()),
        ("user", ""),
        ("reason", "afgesproken"),
    ];
    let made = mark(real, &pairs).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    look(real, role, org, &record).await;
    let done = oversight::watch(&real.app.desk, real.now()).await.unwrap();
    assert_eq!(done.findings, 1);
}

fn first_finding(page: &Answer) -> Option<String> {
    let rest = page.body.split("href=\"/work/oversight/findings/").nth(1)?;
    Some(format!(
        "/work/oversight/findings/{}",
        rest.split('"').next()?
    ))
}

#[tokio::test]
async fn the_pages_are_whole_in_both_languages() {
    let real = Real::new().await;
    opened_decoy(&real, Role::PanelMember, "K4").await;
    let home = real.see(Role::Auditor, "/work/oversight").await;
    let finding = first_finding(&home).unwrap();
    let who = format!("/work/oversight/who?store=k3&record={}", case(&real));
    let paths = [
        "/work/oversight",
        "/work/oversight/who",
        "/work/oversight/marks",
        &finding,
        &who,
    ];
    for path in paths {
        expect_page(&real.see(Role::Auditor, path).await, path);
        let english = in_english(&real, path).await;
        expect_page(&english, path);
        assert!(english.body.contains("<html lang=\"en\""), "{path}");
    }
}

#[tokio::test]
async fn who_looked_says_why_and_what_nothing_explains_comes_with_a_warning() {
    let real = Real::new().await;
    let path = format!("/work/oversight/who?store=k3&record={}", case(&real));
    let before = real.see(Role::Auditor, &path).await;
    assert!(
        before.body.contains("Elke inzage is te verklaren"),
        "{}",
        before.body
    );
    assert!(before.body.contains("Heeft de zaak in behandeling"));
    look(&real, Role::PanelMember, "K4", case(&real)).await;
    let after = real.see(Role::Auditor, &path).await;
    assert!(
        after.body.contains("1 inzage is niet te verklaren"),
        "{}",
        after.body
    );
    assert!(after.body.contains("Geen verklaring gevonden"));
    let only = real
        .see(Role::Auditor, &format!("{path}&unexplained=yes"))
        .await;
    let rows = only.body.split("<tbody>").nth(1).unwrap();
    assert_eq!(
        rows.split("</tbody>")
            .next()
            .unwrap()
            .matches("<tr>")
            .count(),
        1
    );
    for (query, found) in [
        ("from=2026-11-23&until=2026-11-23", true),
        ("from=2026-11-24", false),
    ] {
        let page = real.see(Role::Auditor, &format!("{path}&{query}")).await;
        assert_eq!(
            !page.body.contains("Niemand heeft dit ingezien"),
            found,
            "{query}"
        );
    }
    // Another compartment knows nothing of it, and the system's own store is not asked.
    let elsewhere = format!("/work/oversight/who?store=k5&record={}", case(&real));
    assert!(
        real.see(Role::Auditor, &elsewhere)
            .await
            .body
            .contains("Niemand heeft dit ingezien")
    );
}

#[tokio::test]
async fn a_bad_question_is_named_and_stays() {
    let real = Real::new().await;
    for bad in [
        "store=system&record=x",
        "store=addresses&record=x",
        "store=k3",
        "store=k3&record=%27%20OR%201",
        "store=k3&record=J.+Jansen",
        "store=k3&record=x&actor=%25",
        "store=k3&record=x&from=gisteren",
        "record=x",
    ] {
        let answer = real
            .see(Role::Auditor, &format!("/work/oversight/who?{bad}"))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{bad}: {}",
            answer.body
        );
        assert!(answer.body.contains("samen-error-summary"), "{bad}");
    }
}

#[tokio::test]
async fn a_finding_is_read_and_decided_with_a_reason() {
    let real = Real::new().await;
    opened_decoy(&real, Role::PanelMember, "K4").await;
    let home = real.see(Role::Auditor, "/work/oversight?state=open").await;
    assert!(home.body.contains("Lokzaak geopend"), "{}", home.body);
    assert!(
        !home.body.contains(CANARY) || !home.body.contains("Naam panel_member"),
        "a name in the list"
    );
    let path = first_finding(&home).unwrap();
    let page = real.see(Role::Auditor, &path).await;
    assert!(page.body.contains("Dit is geen oordeel"));
    assert!(
        page.body.contains("/work/journal?store=k3&#38;after="),
        "{}",
        page.body
    );
    assert!(
        !page.body.contains(case(&real)),
        "which matter stands in its own journal only"
    );
    let seen = page.hidden("seen").unwrap();

    let empty = real
        .send(
            Role::Auditor,
            &path,
            &[("verdict", "follow_up"), ("reason", ""), ("seen", &seen)],
        )
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Vul dit in") && empty.body.contains("value=\"follow_up\""));
    let sent = [
        ("verdict", "follow_up"),
        ("reason", "gesprek gevraagd"),
        ("seen", seen.as_str()),
    ];
    let done = real.send(Role::Auditor, &path, &sent).await;
    assert_eq!(
        done.header("location"),
        format!("{path}?done=decided"),
        "{}",
        done.body
    );
    let stale = real.send(Role::Auditor, &path, &sent).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let after = real.see(Role::Auditor, &path).await;
    assert!(after.body.contains("gesprek gevraagd") && after.body.contains("Vraagt opvolging"));
    let open = real.see(Role::Auditor, "/work/oversight?state=open").await;
    assert!(open.body.contains("Er zijn geen bevindingen"));
}

#[tokio::test]
async fn a_finding_about_the_own_organisation_is_nowhere_to_be_seen() {
    let real = Real::new().await;
    // The auditor and the signal desk are of one organisation here.
    opened_decoy(&real, Role::SignalDesk, "COM").await;
    let home = real.see(Role::Auditor, "/work/oversight").await;
    assert!(
        home.body.contains("Er zijn geen bevindingen"),
        "{}",
        home.body
    );
    let far = real.actor(Role::PanelMember).await;
    let ::desk::Actor::Person(mut far) = far else {
        panic!("a person")
    };
    far.roles = vec![Role::Auditor];
    let far = ::desk::Actor::Person(far);
    let listed = oversight::findings(&real.app.desk, &far, None)
        .await
        .unwrap();
    let id = &listed[0].id;
    oversight::read_finding(&real.app.desk, &far, real.now(), id)
        .await
        .unwrap();
    let path = format!("/work/oversight/findings/{id}");
    assert_eq!(
        real.see(Role::Auditor, &path).await.status,
        StatusCode::NOT_FOUND
    );
    // Nor does the journal of the system's own store tell who was looked at.
    let journal = real
        .see(
            Role::Auditor,
            "/work/journal?store=system&act=oversight.findings",
        )
        .await;
    assert!(
        !journal
            .body
            .contains(&real.user(Role::SignalDesk).to_string()),
        "{}",
        journal.body
    );
}

#[tokio::test]
async fn marks_are_made_checked_and_ended() {
    let real = Real::new().await;
    let record = case(&real).to_owned();
    let user = real.user(Role::PanelMember).to_string();
    let pairs = |what: &'static str, store: &'static str, record: &str, user: &str| {
        [
            ("what", what.to_owned()),
            ("store", store.to_owned()),
            ("record", record.to_owned()),
            ("user", user.to_owned()),
            ("reason", "buren".to_owned()),
        ]
    };
    for bad in [
        pairs("decoy", "k5", &record, ""),
        pairs("decoy", "k3", "0199-niets", ""),
        pairs("relation", "k3", &record, ""),
        pairs("relation", "k3", &record, "geen-kenmerk"),
        pairs(
            "relation",
            "k3",
            &record,
            "019b45bc-c208-7003-8dbd-9b69ab2b9f52",
        ),
        pairs("iets", "k3", &record, ""),
    ] {
        let sent: Vec<(&str, &str)> = bad
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let answer = mark(&real, &sent).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{sent:?}: {}",
            answer.body
        );
        assert!(answer.body.contains("buren"), "what was typed stays");
    }
    let good = pairs("relation", "k3", &record, &user);
    let sent: Vec<(&str, &str)> = good
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(mark(&real, &sent).await.status, StatusCode::SEE_OTHER);
    let page = real.see(Role::Auditor, "/work/oversight/marks").await;
    assert!(page.body.contains("Bekende") && page.body.contains("buren"));
    let end = page
        .body
        .split("action=\"/work/oversight/marks/")
        .nth(1)
        .unwrap();
    let end = format!("/work/oversight/marks/{}", end.split('"').next().unwrap());
    let ended = real.send(Role::Auditor, &end, &[("seen", "1")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    let page = real.see(Role::Auditor, "/work/oversight/marks").await;
    assert!(page.body.contains("Er is nog niets vastgelegd"));
}

async fn in_english(real: &Real, path: &str) -> Answer {
    let session = real.session(Role::Auditor).await;
    let cookies = format!("samen-session={session}; samen-language=en");
    let request = axum::http::Request::get(path)
        .header("cookie", cookies)
        .body(axum::body::Body::empty())
        .unwrap();
    real.site.send(request).await
}

#[tokio::test]
async fn a_decision_about_sharing_is_taken_again_on_its_page() {
    let real = Real::new().await;
    let question = serde_json::json!({
        "date": "2026-11-21", "from": "POL", "to": "COM", "purpose": "registration", "data": ["sector", "age", "identity"],
        "subject": {"kind": "possible_victim", "age": 29, "age_certain": true},
    });
    let desk = &real.app.desk;
    let read = ::desk::may_share::read(desk, question.to_string().as_bytes()).unwrap();
    let asker = real.actor(Role::Investigator).await;
    ::desk::may_share::decide(desk, &asker, real.now(), &read, None)
        .await
        .unwrap();
    let list = "/work/oversight/decisions?store=k5";
    let page = real.see(Role::Auditor, list).await;
    expect_page(&page, list);
    let start = "href=\"/work/oversight/decisions/k5/";
    let rest = page.body.split(start).nth(1).unwrap();
    let id = rest.split('"').next().unwrap();
    let path = format!("/work/oversight/decisions/k5/{id}");
    let page = real.see(Role::Auditor, &path).await;
    expect_page(&page, &path);
    assert!(page.body.contains("Er komt hetzelfde uit"), "{}", page.body);
    let page = in_english(&real, &path).await;
    expect_page(&page, &path);
    assert!(
        page.body.contains("The outcome is the same"),
        "{}",
        page.body
    );
    expect_page(&in_english(&real, list).await, list);
    for wrong in ["k5/no-such-decision", "addresses/x", "k9/x"] {
        let path = format!("/work/oversight/decisions/{wrong}");
        let missing = real.see(Role::Auditor, &path).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND, "{path}");
    }
}
