//! Need to know on the screen: the calm page, taking over, the team, broken glass with and without a fresh factor, its review, the roster.

use ::desk::Role;
use ::desk::accounts::{self, NewAccount};
use ::desk::sign_in::code_at;
use ::desk::{Actor, case};
use axum::http::{Method, StatusCode};
use domain::SafeText;
use domain::code::{DataCode, LanguageCode, OrgKind, PurposeCode};
use domain::consent::{ConsentForm, Explained, Recipient};
use domain::minors::Giver;
use jiff::SignedDuration;
use vault::Session;

use crate::Answer;
use crate::real::{CANARY, Real};

/// A second coordinator of the same organisation, with her secret.
struct Bea {
    id: String,
    secret: String,
}

async fn bea(real: &Real) -> Bea {
    let new = NewAccount {
        name: "Bea Bakker".to_owned(),
        user_name: "bea".to_owned(),
        org: real.org("ZCO"),
        roles: vec![Role::CareCoordinator],
        password: "een lang wachtwoord".to_owned().into(),
    };
    let desk = &real.app.desk;
    let made = accounts::add(desk, &Actor::System, real.now(), new)
        .await
        .unwrap();
    Bea {
        id: made.id.to_string(),
        secret: made.totp_secret,
    }
}

/// A session of hers whose second factor was shown so many minutes ago.
async fn session(real: &Real, bea: &Bea, ago: i64) -> String {
    let token = format!("{:0>64}", format!("bea{ago}{}", real.now().as_second()));
    let now = real.now();
    let session = Session {
        person: bea.id.clone(),
        created: now,
        seen: now,
        expires: now + SignedDuration::from_hours(12),
        strong: now - SignedDuration::from_mins(ago),
    };
    real.app
        .desk
        .vault
        .keep_session(&token, &session)
        .await
        .unwrap();
    token
}

async fn get(real: &Real, session: &str, path: &str) -> Answer {
    real.ask(&Method::GET, path, Some(session), false, &[])
        .await
}

async fn post(real: &Real, session: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
    real.ask(&Method::POST, path, Some(session), true, pairs)
        .await
}

async fn the_case(real: &Real) -> String {
    let actor = real.actor(Role::CareCoordinator).await;
    let filter = vault::Filter::default();
    let desk = &real.app.desk;
    let (page, _) = case::list(desk, &actor, &filter, vault::Order::Due, None)
        .await
        .unwrap();
    page.rows[0].id.clone()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split(from).nth(1).unwrap_or_default();
    rest.split(to).next().unwrap_or_default()
}

#[tokio::test]
async fn a_case_that_is_not_open_is_a_calm_page_with_three_ways() {
    let real = Real::new().await;
    let id = the_case(&real).await;
    let bea = bea(&real).await;
    let session = session(&real, &bea, 0).await;
    let list = get(&real, &session, "/work/cases").await;
    assert!(list.body.contains(&id), "the list shows what there is");
    let base = format!("/work/cases/{id}");
    let door = get(&real, &session, &base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
    assert!(door.body.contains("behandelt dit dossier"), "{}", door.body);
    for way in ["take-over", "ask", "break-glass"] {
        assert!(door.body.contains(&format!("{base}/{way}")), "{way}");
        let form = get(&real, &session, &format!("{base}/{way}")).await;
        assert_eq!(form.status, StatusCode::OK, "{way}");
        assert!(!form.body.contains('⟦'), "{way}");
    }
    assert_eq!(door.body.matches("<h1").count(), 1);
    // Everything else of the case refuses with the reason and where to go.
    for path in ["close", "consents/new", "indicators", "team", "register"] {
        let refused = get(&real, &session, &format!("{base}/{path}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(refused.body.contains("alleen open voor wie"), "{path}");
        assert!(!refused.body.contains(CANARY), "{path}");
    }
    // The door says nothing of the person.
    assert!(!door.body.contains(&format!("Het busje is {CANARY}")));
}

#[tokio::test]
async fn asking_to_join_reaches_the_coordinator_who_adds_her() {
    let real = Real::new().await;
    let id = the_case(&real).await;
    let bea = bea(&real).await;
    let hers = session(&real, &bea, 0).await;
    let base = format!("/work/cases/{id}");
    let silent = post(&real, &hers, &format!("{base}/ask"), &[("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = post(
        &real,
        &hers,
        &format!("{base}/ask"),
        &[("reason", "ik spreek Roemeens")],
    )
    .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let list = real.see(Role::CareCoordinator, "/work/cases").await;
    assert!(list.body.contains("Er is een bericht voor u"));
    let notices = real.see(Role::CareCoordinator, "/work/notices").await;
    assert!(notices.body.contains("ik spreek Roemeens") && notices.body.contains("Bea Bakker"));
    let form = real
        .see(Role::CareCoordinator, &format!("{base}/team"))
        .await;
    assert!(form.body.contains(&bea.id), "{}", form.body);
    let seen = between(&form.body, "name=\"seen\" value=\"", "\"").to_owned();
    let added = real
        .send(
            Role::CareCoordinator,
            &format!("{base}/team"),
            &[
                ("seen", &seen),
                ("user", &bea.id),
                ("reason", "spreekt Roemeens"),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let dossier = get(&real, &hers, &base).await;
    assert_eq!(dossier.status, StatusCode::OK);
    assert!(dossier.body.contains("U staat in het team van dit dossier"));
    let member = between(&dossier.body, &format!("{base}/team/"), "\"").to_owned();
    let path = format!("{base}/team/{member}");
    let form = real.see(Role::CareCoordinator, &path).await;
    let seen = between(&form.body, "name=\"seen\" value=\"", "\"").to_owned();
    let pairs = [("seen", seen.as_str()), ("reason", "klaar")];
    let removed = real.send(Role::CareCoordinator, &path, &pairs).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    assert_eq!(get(&real, &hers, &base).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn taking_over_asks_a_reason_and_the_earlier_coordinator_reads_it() {
    let real = Real::new().await;
    let id = the_case(&real).await;
    let bea = bea(&real).await;
    let hers = session(&real, &bea, 0).await;
    let path = format!("/work/cases/{id}/take-over");
    let form = get(&real, &hers, &path).await;
    let seen = between(&form.body, "name=\"seen\" value=\"", "\"").to_owned();
    let silent = post(&real, &hers, &path, &[("seen", &seen), ("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pairs = [
        ("seen", seen.as_str()),
        ("reason", "zij verhuist naar mijn wijk"),
    ];
    let taken = post(&real, &hers, &path, &pairs).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let notices = real.see(Role::CareCoordinator, "/work/notices").await;
    assert!(notices.body.contains("zij verhuist naar mijn wijk"));
    let notice = between(&notices.body, "/work/notices/", "/seen").to_owned();
    let away = real
        .send(
            Role::CareCoordinator,
            &format!("/work/notices/{notice}/seen"),
            &[("seen", "1")],
        )
        .await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    let dossier = get(&real, &hers, &format!("/work/cases/{id}")).await;
    assert!(dossier.body.contains("zij verhuist naar mijn wijk"));
}

#[tokio::test]
async fn broken_glass_asks_a_fresh_factor_and_keeps_the_reason_typed() {
    let real = Real::new().await;
    let id = the_case(&real).await;
    let bea = bea(&real).await;
    let stale = session(&real, &bea, 30).await;
    let base = format!("/work/cases/{id}");
    let path = format!("{base}/break-glass");
    let form = get(&real, &stale, &path).await;
    assert!(form.body.contains("name=\"totp\""));
    let reason = ("reason", "zij belde in paniek");
    let without = post(&real, &stale, &path, &[reason]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("zij belde in paniek"));
    let wrong = post(&real, &stale, &path, &[reason, ("totp", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("zij belde in paniek"));
    let door = get(&real, &stale, &base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN, "nothing was opened");
    let seconds = u64::try_from(real.now().as_second()).unwrap();
    let code = code_at(&bea.secret, seconds).unwrap();
    let broken = post(&real, &stale, &path, &[reason, ("totp", &code)]).await;
    assert_eq!(broken.status, StatusCode::SEE_OTHER, "{}", broken.body);
    let dossier = get(&real, &stale, &base).await;
    assert_eq!(dossier.status, StatusCode::OK);
    assert!(dossier.body.contains("U leest mee met een noodinzage"));
    assert!(
        !dossier.body.contains(&format!("{base}/close")),
        "looking only"
    );
}

#[tokio::test]
async fn broken_glass_is_reviewed_by_somebody_else_before_a_second_one() {
    let real = Real::new().await;
    let id = the_case(&real).await;
    let bea = bea(&real).await;
    let hers = session(&real, &bea, 0).await;
    let base = format!("/work/cases/{id}");
    let path = format!("{base}/break-glass");
    assert!(
        !get(&real, &hers, &path)
            .await
            .body
            .contains("name=\"totp\"")
    );
    let broken = post(&real, &hers, &path, &[("reason", "zij belde in paniek")]).await;
    assert_eq!(broken.status, StatusCode::SEE_OTHER, "{}", broken.body);
    let dossier = get(&real, &hers, &base).await;
    let end = between(&dossier.body, "action=\"/work/cases/", "/end\"");
    let which = end.split('/').next_back().unwrap().to_owned();
    let ended = post(
        &real,
        &hers,
        &format!("{base}/break-glass/{which}/end"),
        &[("seen", "1")],
    )
    .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    let door = get(&real, &hers, &base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
    assert!(door.body.contains("nog niet beoordeeld"));
    assert!(!door.body.contains(&path), "that way is closed for now");

    // Not she herself, not who leads the case.
    let review = format!("/work/reviews/{which}");
    for own in [
        get(&real, &hers, &review).await,
        real.see(Role::CareCoordinator, &review).await,
    ] {
        assert_eq!(own.status, StatusCode::OK);
        assert!(!own.body.contains("name=\"outcome\""));
    }
    let list = real.see(Role::Auditor, "/work/reviews").await;
    assert!(list.body.contains(&review) && list.body.contains("Bea Bakker"));
    let page = real.see(Role::Auditor, &review).await;
    assert!(page.body.contains("zij belde in paniek"));
    assert!(!page.body.contains(&format!("Het busje is {CANARY}")));
    let seen = between(&page.body, "name=\"seen\" value=\"", "\"").to_owned();
    let silent = [
        ("seen", seen.as_str()),
        ("outcome", "in_order"),
        ("reason", ""),
    ];
    let silent = real.send(Role::Auditor, &review, &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pairs = [
        ("seen", seen.as_str()),
        ("outcome", "not_in_order"),
        ("reason", "zij had kunnen bellen"),
    ];
    let judged = real.send(Role::Auditor, &review, &pairs).await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let notices = get(&real, &hers, "/work/notices").await;
    assert!(notices.body.contains("zij had kunnen bellen"));
    let again = post(&real, &hers, &path, &[("reason", "weer")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
}

#[tokio::test]
async fn a_duty_on_the_roster_opens_the_case() {
    let real = Real::new().await;
    let id = the_case(&real).await;
    let bea = bea(&real).await;
    let page = real.see(Role::PeopleAdmin, "/work/people/roster").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let line = |until: &'static str| {
        [
            ("user", "bea"),
            ("kind", "duty"),
            ("from", "2026-11-23"),
            ("from_hour", "9"),
            ("until", until),
            ("until_hour", "18"),
        ]
    };
    let path = "/work/people/roster";
    let long = real
        .send(Role::PeopleAdmin, path, &line("2026-12-23"))
        .await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.body.contains("hooguit een week"));
    let set = real
        .send(Role::PeopleAdmin, path, &line("2026-11-23"))
        .await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let hers = session(&real, &bea, 0).await;
    let dossier = get(&real, &hers, &format!("/work/cases/{id}")).await;
    assert_eq!(dossier.status, StatusCode::OK);
    assert!(dossier.body.contains("U hebt piket"));
    let roster = real.see(Role::PeopleAdmin, path).await;
    let shift = between(&roster.body, "/work/people/roster/", "/end").to_owned();
    let end = format!("/work/people/roster/{shift}/end");
    let ended = real.send(Role::PeopleAdmin, &end, &[("seen", "1")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    let door = get(&real, &hers, &format!("/work/cases/{id}")).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_intake_of_a_colleague_is_the_same_calm_page_and_can_be_taken_over() {
    let real = Real::new().await;
    let words = SafeText::new("story", "Het busje is kanariepaars", 1_000).unwrap();
    let id = real.intake(words).await;
    let cas = real.colleague(Role::Investigator).await;
    let his = real.session_of(cas).await;
    let base = format!("/work/intakes/{id}");
    let list = get(&real, &his, "/work/intakes").await;
    assert!(list.body.contains(&id) && !list.body.contains("kanariepaars"));
    let door = get(&real, &his, &base).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
    assert!(door.body.contains("behandelt dit dossier"), "{}", door.body);
    for way in ["take-over", "ask", "break-glass"] {
        assert!(door.body.contains(&format!("{base}/{way}")), "{way}");
        let form = get(&real, &his, &format!("{base}/{way}")).await;
        assert_eq!(form.status, StatusCode::OK, "{way}");
        assert!(!form.body.contains('⟦'), "{way}");
    }
    for path in ["assess", "close", "people/new", "team"] {
        let refused = get(&real, &his, &format!("{base}/{path}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!refused.body.contains("kanariepaars"), "{path}");
    }
    let path = format!("{base}/take-over");
    let form = get(&real, &his, &path).await;
    let seen = between(&form.body, "name=\"seen\" value=\"", "\"").to_owned();
    let silent = post(&real, &his, &path, &[("seen", &seen), ("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("Zeg waarom u het dossier overneemt"));
    let pairs = [("seen", seen.as_str()), ("reason", "loopt bij mij al")];
    let taken = post(&real, &his, &path, &pairs).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let file = get(&real, &his, &base).await;
    assert!(file.body.contains("kanariepaars") && file.body.contains("loopt bij mij al"));
    let told = real.see(Role::Investigator, "/work/notices/intakes").await;
    assert!(told.body.contains("loopt bij mij al"), "{}", told.body);
    let before = real.see(Role::Investigator, &base).await;
    assert_eq!(before.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_glass_of_an_intake_says_how_long_it_holds_and_is_reviewed_on_its_own_list() {
    let real = Real::new().await;
    let words = SafeText::new("story", "Het busje is kanariepaars", 1_000).unwrap();
    let id = real.intake(words).await;
    let cas = real.colleague(Role::Investigator).await;
    let his = real.session_of(cas).await;
    let base = format!("/work/intakes/{id}");
    let path = format!("{base}/break-glass");
    let form = get(&real, &his, &path).await;
    assert!(form.body.contains("60 minuten lezen"), "{}", form.body);
    let broken = post(&real, &his, &path, &[("reason", "zij belde 112")]).await;
    assert_eq!(broken.status, StatusCode::SEE_OTHER, "{}", broken.body);
    let file = get(&real, &his, &base).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.body.contains("U leest mee met een noodinzage"));
    assert!(
        !file.body.contains(&format!("{base}/assess")),
        "looking only"
    );
    real.pass(61);
    while !::desk::tick::tick(&real.app.desk, real.now())
        .await
        .unwrap()
        .is_idle()
    {}
    let closed = real.session_of(cas).await;
    assert_eq!(
        get(&real, &closed, &base).await.status,
        StatusCode::FORBIDDEN
    );
    let list = real.see(Role::Auditor, "/work/reviews/intakes").await;
    let review = between(&list.body, "/work/reviews/intakes/", "\"").to_owned();
    let review = format!("/work/reviews/intakes/{review}");
    let page = real.see(Role::Auditor, &review).await;
    assert!(page.body.contains("zij belde 112") && !page.body.contains("kanariepaars"));
    let seen = between(&page.body, "name=\"seen\" value=\"", "\"").to_owned();
    let pairs = [
        ("seen", seen.as_str()),
        ("outcome", "in_order"),
        ("reason", "past bij de melding"),
    ];
    let judged = real.send(Role::Auditor, &review, &pairs).await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let cases = real.see(Role::Auditor, "/work/reviews").await;
    assert!(!cases.body.contains(&review));
}

#[tokio::test]
async fn a_case_is_offered_to_another_organisation_and_accepted_there() {
    let real = Real::new().await;
    // Of an adult: for an age that nobody knows more people sign.
    let care = real.actor(Role::CareCoordinator).await;
    let today = domain::time::dutch_date(real.now());
    let mine = "Roos uit de haven";
    let new = case::NewCase {
        alias: Some(SafeText::new("alias", mine, 100).unwrap()),
        age: domain::age::Age::certain(jiff::civil::date(1992, 5, 1), today).unwrap(),
        ..case::NewCase::default()
    };
    let id = case::open(&real.app.desk, &care, real.now(), new)
        .await
        .unwrap()
        .to_string();
    let zoe = real.stranger(Role::CareCoordinator).await;
    let hers = real.session_of(zoe).await;
    let base = format!("/work/cases/{id}");
    let form = real
        .see(Role::CareCoordinator, &format!("{base}/transfer"))
        .await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    let seen = between(&form.body, "name=\"seen\" value=\"", "\"").to_owned();
    let there = ::desk::sign_in::actor_of(&real.app.desk, real.now(), &hers).await;
    let to = there.unwrap().unwrap().person().unwrap().org.to_string();
    assert!(form.body.contains(&to));
    let pairs = [
        ("seen", seen.as_str()),
        ("to", to.as_str()),
        ("why", "zij verhuist naar Zwolle"),
    ];
    let path = format!("{base}/transfer");
    let without = real.send(Role::CareCoordinator, &path, &pairs).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        without.body.contains("zij verhuist naar Zwolle"),
        "what was typed stays"
    );
    consent(&real, &id).await;
    let form = real.see(Role::CareCoordinator, &path).await;
    let seen = between(&form.body, "name=\"seen\" value=\"", "\"").to_owned();
    let pairs = [("seen", seen.as_str()), pairs[1], pairs[2]];
    let offered = real.send(Role::CareCoordinator, &path, &pairs).await;
    assert_eq!(offered.status, StatusCode::SEE_OTHER, "{}", offered.body);
    assert_eq!(get(&real, &hers, &base).await.status, StatusCode::NOT_FOUND);
    let list = get(&real, &hers, "/work/transfers").await;
    assert!(list.body.contains("zij verhuist naar Zwolle"));
    let which = between(&list.body, "action=\"/work/transfers/", "/accept\"").to_owned();
    let refusal = get(&real, &hers, &format!("/work/transfers/{which}/refuse")).await;
    assert_eq!(refusal.status, StatusCode::OK, "{}", refusal.body);
    let accept = format!("/work/transfers/{which}/accept");
    let own = real
        .send(Role::CareCoordinator, &accept, &[("seen", "1")])
        .await;
    assert!(
        own.status.is_client_error(),
        "nobody accepts her own offer: {}",
        own.status
    );
    let accepted = post(&real, &hers, &accept, &[("seen", "1")]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    assert!(!list.body.contains(mine));
    assert!(get(&real, &hers, &base).await.body.contains(mine));
    let before = real.see(Role::CareCoordinator, &base).await;
    assert_eq!(before.status, StatusCode::NOT_FOUND);
    let sent = real.see(Role::CareCoordinator, "/work/transfers").await;
    assert!(sent.body.contains("Aangenomen") && !sent.body.contains(mine));
}

/// The person agrees that another care coordination goes on with her help.
async fn consent(real: &Real, id: &str) {
    let new = case::NewConsent {
        giver: Giver::Person,
        purpose: PurposeCode::new("care").unwrap(),
        recipients: vec![Recipient::Kind {
            kind: OrgKind::new("ZCO").unwrap(),
        }],
        data: case::SUMMARY.map(DataCode::literal).to_vec(),
        given: domain::time::dutch_date(real.now()),
        until: None,
        explained: Explained {
            language: LanguageCode::new("nl").unwrap(),
            interpreter: false,
            how: SafeText::new("how", "rustig verteld", 100).unwrap(),
            help_does_not_depend: true,
        },
        form: ConsentForm::Written,
        looked: false,
    };
    let care = real.actor(Role::CareCoordinator).await;
    let given = case::give_consent(&real.app.desk, &care, real.now(), id.parse().unwrap(), new);
    given.await.unwrap();
}
