//! The pages of whoever keeps people, looks at the journal, or keeps the system: their real work over a real vault.

use ::desk::Role;
use ::desk::sign_in::code_at;
use axum::http::{Method, StatusCode};

use crate::Answer;
use crate::real::{CANARY, Real};

/// A page that a professional got: whole, with one heading, nothing from elsewhere.
fn expect_page(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let page = &answer.body;
    assert!(!page.contains('⟦'), "{path}: a text is missing");
    assert!(!page.contains("<script"), "{path}");
    assert!(!page.contains("style=\""), "{path}");
    assert_eq!(page.matches("<h1").count(), 1, "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    let title = page.split("<title>").nth(1).unwrap();
    let title = title.split("</title>").next().unwrap();
    assert!(!title.contains(CANARY), "{path}: a name in the title");
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split(from).nth(1).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let real = Real::new().await;
    let user = real.user(Role::Auditor);
    let pages = [
        (Role::PeopleAdmin, "/work/people".to_owned()),
        (Role::PeopleAdmin, "/work/people/new".to_owned()),
        (Role::PeopleAdmin, format!("/work/people/{user}")),
        (Role::PeopleAdmin, format!("/work/people/{user}/block")),
        (Role::PeopleAdmin, "/work/people/organisations".to_owned()),
        (
            Role::PeopleAdmin,
            "/work/people/organisations/new".to_owned(),
        ),
        (Role::Auditor, "/work/journal".to_owned()),
        (Role::SystemAdmin, "/work/health".to_owned()),
        (Role::ShelterStaff, "/work/account".to_owned()),
        (
            Role::ShelterStaff,
            "/work/fresh-factor?back=/work/account".to_owned(),
        ),
    ];
    for (role, path) in &pages {
        expect_page(&real.see(*role, path).await, path);
        let session = real.session(*role).await;
        let request = axum::http::Request::get(path.as_str())
            .header(
                "cookie",
                format!("samen-session={session}; samen-language=en"),
            )
            .body(axum::body::Body::empty())
            .unwrap();
        let english = real.site.send(request).await;
        expect_page(&english, path);
        assert!(english.body.contains("<html lang=\"en\""), "{path}");
    }
}

#[tokio::test]
async fn a_made_account_is_shown_once_and_signs_in() {
    let real = Real::new().await;
    let org = real.org("ZCO").to_string();
    let pairs = [
        ("name", "J. Jansen"),
        ("user_name", "J.Jansen"),
        ("org", org.as_str()),
        ("roles", "care_coordinator"),
    ];
    let made = real
        .send(Role::PeopleAdmin, "/work/people/new", &pairs)
        .await;
    expect_page(&made, "made");
    let codes: Vec<&str> = made
        .body
        .split("<span class=\"samen-code\">")
        .skip(1)
        .collect();
    let password = codes[0].split('<').next().unwrap().to_owned();
    let secret = codes[1].split('<').next().unwrap().replace(' ', "");
    assert_eq!(password.len(), 19, "{password}");
    assert!(made.body.contains(&format!("secret={secret}")));
    let seconds = u64::try_from(real.now().as_second()).unwrap();
    let code = code_at(&secret, seconds).unwrap();
    let shown = [
        ("user", "j.jansen"),
        ("password", password.as_str()),
        ("totp", &code),
    ];
    let entered = real.site.post("/work/sign-in", &shown).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);

    let again = real
        .send(Role::PeopleAdmin, "/work/people/new", &pairs)
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Deze gebruikersnaam is al in gebruik"));
    assert!(
        again.body.contains("value=\"J. Jansen\""),
        "what was typed stays"
    );
    let list = real.see(Role::PeopleAdmin, "/work/people").await;
    assert!(list.body.contains("j.jansen"));
    assert!(!list.body.contains(&password) && !list.body.contains(&secret));
    let one = between(&list.body, "href=\"/work/people/", "\"");
    for page in ["/work/people/new", "/work/people/organisations/new"] {
        let empty = real.send(Role::PeopleAdmin, page, &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(empty.body.contains("Vul dit in"), "{page}");
    }
    assert!(!one.is_empty());
}

#[tokio::test]
async fn a_blocked_account_is_out_at_once() {
    let real = Real::new().await;
    let user = real.user(Role::SignalDesk);
    let session = real.session(Role::SignalDesk).await;
    let own = "/work/account";
    let before = real
        .ask(&Method::GET, own, Some(&session), false, &[])
        .await;
    assert_eq!(before.status, StatusCode::OK);
    let block = format!("/work/people/{user}/block");
    let asked = real.see(Role::PeopleAdmin, &block).await;
    let seen = asked.hidden("seen").unwrap();
    let stale = real
        .send(Role::PeopleAdmin, &block, &[("seen", "99")])
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let done = real
        .send(Role::PeopleAdmin, &block, &[("seen", &seen)])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(
        done.header("location"),
        format!("/work/people/{user}?done=blocked")
    );
    let after = real
        .ask(&Method::GET, own, Some(&session), false, &[])
        .await;
    assert_eq!(after.header("location"), "/work/sign-in");
    let blocked = real
        .see(Role::PeopleAdmin, "/work/people?state=disabled")
        .await;
    assert!(blocked.body.contains("signal_desk"));
    assert!(!blocked.body.contains("care_coordinator"));

    let me = real.user(Role::PeopleAdmin);
    let page = real
        .see(Role::PeopleAdmin, &format!("/work/people/{me}/block"))
        .await;
    let seen = page.hidden("seen").unwrap();
    let own = real
        .send(
            Role::PeopleAdmin,
            &format!("/work/people/{me}/block"),
            &[("seen", &seen)],
        )
        .await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.body.contains("andere beheerder"));
}

#[tokio::test]
async fn rights_change_only_after_a_fresh_second_factor() {
    let real = Real::new().await;
    let session = real.session(Role::PeopleAdmin).await;
    real.pass(11);
    let asked = real
        .ask(&Method::GET, "/work/people/new", Some(&session), false, &[])
        .await;
    assert_eq!(
        asked.header("location"),
        "/work/fresh-factor?back=/work/people/new"
    );
    let org = real.org("ZCO").to_string();
    let pairs = [
        ("name", "Naam"),
        ("user_name", "nieuw"),
        ("org", org.as_str()),
        ("roles", "auditor"),
    ];
    let sent = real
        .ask(
            &Method::POST,
            "/work/people/new",
            Some(&session),
            true,
            &pairs,
        )
        .await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert!(sent.body.contains("nieuwe code"), "{}", sent.body);
    let away = real
        .ask(
            &Method::GET,
            "/work/fresh-factor?back=//evil.example/work/",
            Some(&session),
            false,
            &[],
        )
        .await;
    assert!(away.body.contains("name=\"back\" value=\"/work\""));
    assert!(!away.body.contains("evil"));
}

#[tokio::test]
async fn the_journal_tells_who_did_what_and_never_what_stood_there() {
    let real = Real::new().await;
    let k3 = real.see(Role::Auditor, "/work/journal?store=k3").await;
    expect_page(&k3, "journal");
    assert!(k3.body.contains("Casus geopend"), "{}", k3.body);
    assert!(k3.body.contains("Wmo 2015 art. 2.3.1"));
    let table = between(&k3.body, "<table", "</table>");
    assert!(!table.contains("busje"), "content in the journal");
    assert_eq!(
        table.matches(CANARY).count(),
        2,
        "only the actor's and the organisation's name"
    );

    // Reading the journal stands in the journal, and names whose names were shown.
    let system = real
        .see(Role::Auditor, "/work/journal?store=system&act=journal.read")
        .await;
    let table = between(&system.body, "<table", "</table>");
    assert!(table.contains("Logboek gelezen"), "{table}");
    assert!(table.contains("journal"));
    let coordinator = real.user(Role::CareCoordinator).to_string();
    assert!(
        table.contains(&coordinator),
        "the account whose name was shown"
    );
    assert!(
        !table.contains("Account of organisatie"),
        "the filter on acts"
    );

    let narrowed = format!("/work/journal?store=k3&record={coordinator}");
    let none = real.see(Role::Auditor, &narrowed).await;
    assert!(none.body.contains("Hier staat niets"), "{}", none.body);
    let by = format!("/work/journal?store=k3&actor={coordinator}");
    assert!(
        real.see(Role::Auditor, &by)
            .await
            .body
            .contains("Casus geopend")
    );
    for (query, found) in [
        ("from=2026-11-23&until=2026-11-23", true),
        ("from=2026-11-24", false),
        ("until=2026-11-22", false),
    ] {
        let page = real
            .see(Role::Auditor, &format!("/work/journal?store=k3&{query}"))
            .await;
        assert_eq!(!page.body.contains("Hier staat niets"), found, "{query}");
    }
}

#[tokio::test]
async fn the_journal_is_paged_and_bad_filters_are_named() {
    let real = Real::new().await;
    let first = real.see(Role::Auditor, "/work/journal?store=system").await;
    for _ in 0..60 {
        real.see(Role::Auditor, "/work/journal?store=k1").await;
    }
    let page = real
        .see(Role::Auditor, "/work/journal?store=system&act=journal.read")
        .await;
    let next = between(&page.body, "rel=\"next\" href=\"", "\"").replace("&#38;", "&");
    assert!(next.contains("act=journal.read&after="), "{next}");
    let older = real.see(Role::Auditor, &next).await;
    expect_page(&older, &next);
    assert!(!older.body.contains("rel=\"next\""));
    assert!(
        first
            .body
            .contains("samen journal verify journal.jsonl --key")
    );
    for bad in [
        "record=%27%20OR%201%3D1",
        "actor=%25",
        "from=gisteren",
        "until=2026-13-99",
        "store=k9&act=%00",
        "after=-9223372036854775808",
        "after=zes",
    ] {
        let answer = real
            .see(Role::Auditor, &format!("/work/journal?{bad}"))
            .await;
        let fine = matches!(answer.status, StatusCode::OK | StatusCode::BAD_REQUEST);
        assert!(fine, "{bad}: {}", answer.status);
        if bad.contains('\'') || bad.starts_with("from") || bad.starts_with("record") {
            assert!(answer.body.contains("samen-error-summary"), "{bad}");
        }
    }
}

#[tokio::test]
async fn health_shows_numbers_and_no_content() {
    let real = Real::new().await;
    let page = real.see(Role::SystemAdmin, "/work/health").await;
    assert!(page.body.contains("Alles werkt"), "{}", page.body);
    assert!(page.body.contains("K1 Meldpunt"));
    assert!(page.body.contains(env!("CARGO_PKG_VERSION")));
    assert!(!page.body.contains("busje"));
    // The report's first answer is owed: a clock runs in K1.
    let rows = between(&page.body, "K1 Meldpunt", "</tr>");
    assert!(rows.contains("lopend"), "{rows}");
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let real = Real::new().await;
    let path = "/work/account/password";
    let sent = |present: &'static str, new: &'static str, again: &'static str| {
        [("present", present), ("new", new), ("again", again)]
    };
    let old = "een lang wachtwoord";
    let new = "nog een langer wachtwoord";
    for (pairs, says) in [
        (
            sent("verkeerd wachtwoord", new, new),
            "niet uw wachtwoord van nu",
        ),
        (sent(old, "kort", "kort"), "12 tot en met 200"),
        (sent(old, new, "iets heel anders"), "niet gelijk"),
    ] {
        let answer = real.send(Role::Registrar, path, &pairs).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
        assert!(!answer.body.contains(new), "a password comes back");
    }
    let session = real.session(Role::Registrar).await;
    let done = real.send(Role::Registrar, path, &sent(old, new, new)).await;
    assert_eq!(done.header("location"), "/work/sign-in", "{}", done.body);
    let after = real
        .ask(&Method::GET, "/work/account", Some(&session), false, &[])
        .await;
    assert_eq!(after.header("location"), "/work/sign-in");
}
