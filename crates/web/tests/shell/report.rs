use axum::http::StatusCode;
use web::public::desk::{
    About, Ages, Channel, Contact, Danger, PublicError, Situation, Where, Wish,
};
use web::texts::Lang;

use crate::desk::CODE;
use crate::pages::check;
use crate::{Answer, Site, the_site};

/// Presses a button of the page that is shown, with this page's answers: all hidden fields go along, as a browser does it.
async fn press(
    site: &Site,
    path: &str,
    page: &Answer,
    answers: &[(&str, &str)],
    go: &str,
) -> Answer {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in page.body.split("<input type=\"hidden\" name=\"").skip(1) {
        let name = part.split('"').next().unwrap();
        let value = part
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        pairs.push((name.to_owned(), unescape(value)));
    }
    pairs.extend(
        answers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    pairs.push(("go".to_owned(), go.to_owned()));
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answer = site.post(path, &pairs).await;
    check(path, &answer.body);
    answer
}

fn unescape(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

const STORY: &str =
    "Ze houden \"onze\" paspoorten <vast> & wij slapen in een schuur.\nMet z'n achten.";

/// Answers every question up to the check page.
async fn to_the_check_page(site: &Site, path: &str) -> Answer {
    let page = site.post(path, &[("go", "begin")]).await;
    let page = press(site, path, &page, &[("danger", "yes")], "next").await;
    assert!(page.body.contains("tel:112"));
    let page = press(site, path, &page, &[], "next").await;
    let page = press(site, path, &page, &[("story", STORY)], "next").await;
    let page = press(site, path, &page, &[("about", "other")], "next").await;
    let page = press(site, path, &page, &[("age", "mixed")], "next").await;
    let page = press(site, path, &page, &[("words", "westland")], "next").await;
    let page = press(
        site,
        path,
        &page,
        &[("situation", "little_pay"), ("situation", "papers_taken")],
        "next",
    )
    .await;
    let page = press(site, path, &page, &[("wish", "help")], "next").await;
    let page = press(site, path, &page, &[("reach", "phone")], "next").await;
    press(
        site,
        path,
        &page,
        &[
            ("at", "06 12345678"),
            ("when", "maandag"),
            ("never_call", "yes"),
            ("code_word", "tulp"),
            ("others", ""),
        ],
        "next",
    )
    .await
}

#[tokio::test]
async fn a_report_is_told_page_by_page_and_sent_once() {
    let site = the_site();
    let page = to_the_check_page(&site, "/en/start").await;
    assert!(page.body.contains("Westland") && page.body.contains("We say first: tulp"));
    assert!(
        site.desk.reports.lock().unwrap().is_empty(),
        "nothing is kept before it is sent"
    );
    let receipt = press(&site, "/en/start", &page, &[], "send").await;
    assert_eq!(receipt.status, StatusCode::OK);
    assert!(receipt.body.contains(CODE) && receipt.body.contains("22 November 2026, 14:03"));
    let again = press(&site, "/en/start", &page, &[], "send").await;
    assert!(again.body.contains(CODE));
    let reports = site.desk.reports.lock().unwrap();
    assert_eq!(reports.len(), 1, "a double click is one report");
    let report = &reports[0];
    assert_eq!(report.language, Lang::ENGLISH);
    assert_eq!(report.danger, Danger::Yes);
    assert_eq!(report.story, STORY);
    assert_eq!(
        (report.about, report.ages, report.wish),
        (About::Other, Ages::Mixed, Wish::Help)
    );
    assert_eq!(
        report.place,
        Where::Municipality {
            code: "GM1783".to_owned()
        }
    );
    assert_eq!(
        report.situations,
        [Situation::LittlePay, Situation::PapersTaken]
    );
    assert_eq!(
        report.contact,
        Contact::Reach {
            channel: Channel::Phone,
            at: "06 12345678".to_owned(),
            when: Some("maandag".to_owned()),
            never_call: true,
            code_word: Some("tulp".to_owned()),
            others: None,
        }
    );
}

#[tokio::test]
async fn what_was_not_accepted_stands_on_the_page_still() {
    let site = the_site();
    let page = to_the_check_page(&site, "/start").await;
    for (error, status) in [
        (PublicError::Full, StatusCode::INSUFFICIENT_STORAGE),
        (PublicError::Busy, StatusCode::SERVICE_UNAVAILABLE),
        (
            PublicError::TooMany { seconds: 9 },
            StatusCode::TOO_MANY_REQUESTS,
        ),
    ] {
        *site.desk.refuse.lock().unwrap() = Some(error);
        let refused = press(&site, "/start", &page, &[], "send").await;
        assert_eq!(refused.status, status);
        assert!(refused.body.contains("Uw bericht is nog niet verstuurd"));
        *site.desk.refuse.lock().unwrap() = None;
        let sent = press(&site, "/start", &refused, &[], "send").await;
        assert!(sent.body.contains(CODE));
    }
    assert_eq!(site.desk.reports.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_can_be_changed_and_one_may_go_back() {
    let site = the_site();
    let page = to_the_check_page(&site, "/start").await;
    let age = press(&site, "/start", &page, &[], "change-age").await;
    assert!(age.body.contains("value=\"mixed\" id=\"age-3\" checked"));
    let page = press(&site, "/start", &age, &[("age", "minor")], "next").await;
    assert!(page.body.contains("Klopt alles?") && page.body.contains("Jonger dan 18"));
    let wish = press(&site, "/start", &page, &[], "change-wish").await;
    let page = press(&site, "/start", &wish, &[("wish", "nothing")], "next").await;
    assert!(page.body.contains("Klopt alles?") && !page.body.contains("06 12345678</dd>"));
    let before = press(&site, "/start", &page, &[], "back").await;
    assert!(before.body.contains("Wat wilt u van ons?"));
    press(&site, "/start", &page, &[], "send").await;
    assert_eq!(site.desk.reports.lock().unwrap()[0].contact, Contact::None);
}

#[tokio::test]
async fn a_page_left_empty_says_what_it_needs() {
    let site = the_site();
    let page = site.post("/start", &[("go", "begin")]).await;
    let wrong = press(&site, "/start", &page, &[], "next").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("<title>Fout: "));
    assert!(
        wrong.body.contains("href=\"#danger\"") && wrong.body.contains("aria-invalid=\"true\"")
    );
    let jump = site
        .post(
            "/start",
            &[("step", "check"), ("go", "send"), ("danger", "no")],
        )
        .await;
    assert_eq!(jump.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        jump.body.contains("Wat gebeurt er?"),
        "the first page that lacks an answer comes up"
    );
}

#[tokio::test]
async fn a_story_that_is_too_long_is_not_cut_off() {
    let site = the_site();
    let long = "a".repeat(10_001);
    let wrong = site
        .post(
            "/start",
            &[
                ("danger", "no"),
                ("story", &long),
                ("step", "story"),
                ("go", "next"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("1 tekens te lang") && wrong.body.contains(&long));
}

#[tokio::test]
async fn a_place_may_be_unclear() {
    let site = the_site();
    let page = site
        .post("/start", &[("step", "place"), ("go", "show")])
        .await;
    let page = press(&site, "/start", &page, &[("words", "Bergen")], "next").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Bergen (L)") && page.body.contains("Bergen (NH)"));
    let choose = press(&site, "/start", &page, &[("words", "Bergen")], "next").await;
    assert_eq!(choose.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = press(
        &site,
        "/start",
        &page,
        &[("words", "Bergen"), ("place", "GM0893")],
        "next",
    )
    .await;
    assert_eq!(chosen.hidden("place").as_deref(), Some("GM0893"));
    let own = press(
        &site,
        "/start",
        &page,
        &[("words", "achter de dijk"), ("place", "words")],
        "next",
    )
    .await;
    assert_eq!(own.hidden("words").as_deref(), Some("achter de dijk"));
    let unknown = press(&site, "/start", &page, &[("words", "")], "not-known").await;
    assert_eq!(unknown.hidden("place").as_deref(), Some("unknown"));
    let forged = site
        .post(
            "/start",
            &[("step", "place"), ("place", "GM9999"), ("go", "next")],
        )
        .await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_language_changes_without_losing_a_word() {
    let site = the_site();
    let page = site
        .post(
            "/start",
            &[("danger", "no"), ("step", "danger"), ("go", "next")],
        )
        .await;
    let english = press(
        &site,
        "/en/start",
        &page,
        &[("story", "half a sen")],
        "show",
    )
    .await;
    assert!(english.body.contains("What is happening?") && english.body.contains("half a sen"));
    assert_eq!(english.hidden("danger").as_deref(), Some("no"));
}

#[tokio::test]
async fn the_mailbox_opens_with_its_code_only() {
    let site = the_site();
    let opened = site
        .post("/messages", &[("code", "4711-0815 12345678")])
        .await;
    assert!(opened.body.contains("Ontvangen"));
    check("/messages", &opened.body);
    let unknown = site
        .post("/messages", &[("code", "1111 2222 3333 4444")])
        .await;
    let nonsense = site.post("/messages", &[("code", "nonsense")]).await;
    assert_eq!(
        (unknown.status, nonsense.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(
        unknown.body, nonsense.body,
        "a wrong code and no code look the same"
    );
    let empty = site.post("/messages", &[("code", " - ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = opened.hidden("id").unwrap();
    let message = [
        ("code", CODE),
        ("id", id.as_str()),
        ("text", "Er is <iets> veranderd."),
        ("go", "write"),
    ];
    for _ in 0..2 {
        let written = site.post("/en/messages", &message).await;
        assert!(
            written.body.contains("Er is &#60;iets&#62; veranderd.")
                && written.body.contains("We have your message")
        );
    }
    assert_eq!(site.desk.written.lock().unwrap().len(), 1);
    let nothing = site
        .post(
            "/messages",
            &[("code", CODE), ("id", &id), ("text", ""), ("go", "write")],
        )
        .await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Schrijf eerst een bericht."));
}
