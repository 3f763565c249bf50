//! The pages of update rounds, motions and coverage, over HTTP on a real vault.

use ::desk::Role;
use ::desk::plan;
use axum::http::{Method, StatusCode};
use domain::action::{ActionPlan, Line};

use crate::Answer;
use crate::real::Real;

pub(crate) fn whole(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(!answer.body.contains('⟦'), "{path}: {}", answer.body);
    assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
}

/// The part of a page between two marks.
pub(crate) fn between<'a>(page: &'a Answer, from: &str, to: &str) -> &'a str {
    let rest = page
        .body
        .split_once(from)
        .unwrap_or_else(|| panic!("no {from}: {}", page.body))
        .1;
    rest.split_once(to).unwrap().0
}

async fn action(real: &Real) {
    let office = real.actor(Role::ProgrammeOffice).await;
    let plan = ActionPlan {
        line: Line::Victimhood,
        number: "3.b".to_owned(),
        title: domain::SafeText::new("title", "Plaatsing", 100).unwrap(),
        description: None,
        goals: vec![2],
        goal: None,
        holder: real.org("JENV"),
        involved: Vec::new(),
        forms: Vec::new(),
        ages: Vec::new(),
        intended_result: None,
        start: None,
        end: None,
        budget_eur: Some(1000),
        indicators: Vec::new(),
        links: Vec::new(),
        details: Default::default(),
    };
    plan::create(&real.app.desk, &office, real.now(), plan)
        .await
        .unwrap();
}

/// Opens a round and gives the address of its only update.
pub(crate) async fn round(real: &Real) -> String {
    action(real).await;
    let fields = [("edition", "2026-2"), ("cutoff", "2026-12-07")];
    let opened = real
        .send(Role::ProgrammeOffice, "/work/rounds/new", &fields)
        .await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let rounds = real.see(Role::ProgrammeOffice, "/work/rounds").await;
    whole(&rounds, "/work/rounds");
    let round = format!(
        "/work/rounds/{}",
        between(&rounds, "href=\"/work/rounds/0", "\"").to_owned()
    );
    let round = round.replace("/work/rounds/", "/work/rounds/0");
    let page = real.see(Role::ProgrammeOffice, &round).await;
    whole(&page, &round);
    format!(
        "/work/updates/{}",
        between(&page, "href=\"/work/updates/", "\"")
    )
}

#[tokio::test]
async fn a_holder_sees_what_the_chamber_will_read_and_keeps_every_word() {
    let real = Real::new().await;
    let update = round(&real).await;
    let page = real.see(Role::ActionHolder, &update).await;
    whole(&page, &update);
    assert!(
        page.body.contains("Dit leest de Tweede Kamer"),
        "{}",
        page.body
    );

    let told = |results: &'static str, deed: &'static str| {
        [
            ("seen", "1"),
            ("status", "loopt"),
            ("results", results),
            ("why", ""),
            ("evidence", ""),
            ("deed", deed),
        ]
    };
    let person = real
        .send(
            Role::ActionHolder,
            &update,
            &told("Mevrouw Bedacht kreeg een plek.", "send"),
        )
        .await;
    assert_eq!(person.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "Hier staat misschien een naam",
        "Mevrouw Bedacht kreeg een plek.",
        "Waarom mag de tekst blijven?",
    ] {
        assert!(person.body.contains(said), "{said}: {}", person.body);
    }
    let sent = real
        .send(
            Role::ActionHolder,
            &update,
            &told("Twee regio's doen mee.", "send"),
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let behind = real
        .send(
            Role::ActionHolder,
            &update,
            &told("Drie regio's doen mee.", "send"),
        )
        .await;
    assert_eq!(behind.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        behind.body.contains("Drie regio&#39;s doen mee."),
        "{}",
        behind.body
    );
    assert!(behind.body.contains("Iemand anders schreef intussen"));

    let accepted = real
        .send(
            Role::ProgrammeOffice,
            &format!("{update}/accept"),
            &[("seen", "2")],
        )
        .await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    // What was accepted is not written over; what is typed is kept.
    let late = [
        ("seen", "3"),
        ("status", "loopt"),
        ("results", "Vier regio's."),
        ("deed", "send"),
    ];
    let late = real.send(Role::ActionHolder, &update, &late).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = real.see(Role::ActionHolder, &update).await;
    assert!(
        page.body.contains("Te laat geschreven") && page.body.contains("Vier regio&#39;s."),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_private_link_needs_no_account_and_stands_in_one_answer_only() {
    let real = Real::new().await;
    let update = round(&real).await;
    let made = real
        .send(
            Role::ProgrammeOffice,
            &format!("{update}/link"),
            &[("whom", "Beleidsmedewerker")],
        )
        .await;
    whole(&made, "link");
    let secret = between(&made, "/update/", "<").to_owned();
    assert_eq!(secret.len(), 64);
    let whole_link = format!(">https://samen.example/update/{secret}<");
    let mail = format!("body=https%3A%2F%2Fsamen.example%2Fupdate%2F{secret}%0D%0A");
    assert!(
        made.body.contains(&whole_link) && made.body.contains(&mail),
        "{}",
        made.body
    );
    let list = real.see(Role::ProgrammeOffice, "/work/rounds").await;
    let one = format!(
        "/work/rounds/{}",
        between(&list, "href=\"/work/rounds/0", "\"")
    );
    let one = one.replacen("rounds/", "rounds/0", 1);
    let overview = real.see(Role::ProgrammeOffice, &one).await;
    let reminder = between(&overview, "href=\"mailto:?subject=Herinnering%3A", "\"").to_owned();
    assert!(
        reminder.contains("https%3A%2F%2Fsamen.example%2Fwork%2Frounds"),
        "{reminder}"
    );
    assert!(!reminder.contains(&secret) && !reminder.contains("cc="));
    let page = real.see(Role::ProgrammeOffice, &update).await;
    assert!(page.body.contains("Beleidsmedewerker") && !page.body.contains(&secret));

    // Looking at the link opens nothing: the page is the same for every link.
    let arrive = real
        .ask(&Method::GET, &format!("/update/{secret}"), None, false, &[])
        .await;
    whole(&arrive, "arrive");
    assert!(!arrive.body.contains("Plaatsing"), "{}", arrive.body);
    let open = |link: &str| {
        [
            ("link".to_owned(), link.to_owned()),
            ("deed".to_owned(), "open".to_owned()),
        ]
    };
    let post = async |pairs: &[(String, String)]| {
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        real.ask(&Method::POST, "/update", None, false, &pairs)
            .await
    };
    let opened = post(&open(&secret)).await;
    whole(&opened, "open");
    assert!(opened.body.contains("Plaatsing"));
    let stranger = post(&open(&"0".repeat(64))).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);

    let fields = [
        ("link", secret.as_str()),
        ("seen", "1"),
        ("status", "loopt"),
        ("results", "Met de link."),
        ("deed", "send"),
    ];
    let told = real
        .ask(&Method::POST, "/update", None, false, &fields)
        .await;
    whole(&told, "tell");
    assert!(
        told.body.contains("Verstuurd.") && told.body.contains("Met de link."),
        "{}",
        told.body
    );
    // A link that ends while somebody types loses no word.
    let gone = "0".repeat(64);
    let fields = [
        ("link", gone.as_str()),
        ("seen", "1"),
        ("status", "loopt"),
        ("results", "Nergens bewaard."),
        ("deed", "send"),
    ];
    let gone = real
        .ask(&Method::POST, "/update", None, false, &fields)
        .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("Nergens bewaard.") && gone.body.contains("opent niets meer"));
    real.pass(60 * 24 * 15);
    let fields = [
        ("link", secret.as_str()),
        ("seen", "2"),
        ("status", "loopt"),
        ("results", "Te laat getypt."),
        ("deed", "send"),
    ];
    let late = real
        .ask(&Method::POST, "/update", None, false, &fields)
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("De ronde is gesloten") && late.body.contains("Te laat getypt."),
        "{}",
        late.body
    );
}

#[tokio::test]
async fn the_map_has_a_number_and_words_in_every_square() {
    let real = Real::new().await;
    action(&real).await;
    let page = real
        .see(
            Role::ProgrammeOffice,
            "/work/coverage?rows=form&columns=age",
        )
        .await;
    whole(&page, "/work/coverage");
    let squares = page.body.matches("<td class=\"samen-map__square").count();
    assert!(squares >= 9, "{squares}");
    assert_eq!(page.body.matches("samen-map__count").count(), squares);
    assert!(page.body.contains("bewijst niet dat de actie dat deed"));
    let choice = real
        .see(Role::ProgrammeOffice, "/work/coverage/choice")
        .await;
    whole(&choice, "/work/coverage/choice");
    assert!(choice.body.contains("Dit is geen voorspelling"));
    let id = between(&choice, "name=\"stop\" value=\"", "\"");
    let chosen = real
        .see(
            Role::ProgrammeOffice,
            &format!("/work/coverage/choice?stop={id}&double={id}"),
        )
        .await;
    whole(&chosen, "choice");
    assert!(chosen.body.contains("Waar niets meer op gericht zou zijn"));
}

#[tokio::test]
async fn a_motion_shows_the_number_written_and_the_number_found() {
    let real = Real::new().await;
    let fields = [
        ("kind", "motie"),
        ("reference", "Kamerstukken II 2023/24, 28 638, nr. 248"),
        ("resolved", "28638-249"),
        ("who", "Lid Bedacht"),
        ("on", "2024-04-23"),
        ("text", "verzoekt het plan te herzien"),
    ];
    let wrong = real
        .send(
            Role::ProgrammeOffice,
            "/work/pledges/new",
            &[fields[0], ("resolved", "nr. 249")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Schrijf dossier en nummer"),
        "{}",
        wrong.body
    );
    let made = real
        .send(Role::ProgrammeOffice, "/work/pledges/new", &fields)
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let list = real.see(Role::ProgrammeOffice, "/work/pledges").await;
    whole(&list, "/work/pledges");
    let page = format!(
        "/work/pledges/0{}",
        between(&list, "href=\"/work/pledges/0", "\"")
    );
    let shown = real.see(Role::ProgrammeOffice, &page).await;
    whole(&shown, &page);
    for said in [
        "nr. 248",
        "28638-249",
        "geschreven als nummer",
        "Nog niets sluit dit af.",
    ] {
        assert!(shown.body.contains(said), "{said}: {}", shown.body);
    }
    let close = [
        ("seen", "1"),
        ("reference", "28 638, nr. 251"),
        ("resolved", "28638-251"),
        ("why", "Het plan is herzien."),
    ];
    let closed = real
        .send(Role::ProgrammeOffice, &format!("{page}/close"), &close)
        .await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let shown = real.see(Role::ProgrammeOffice, &page).await;
    assert!(shown.body.contains("Het plan is herzien.") && shown.body.contains("Weer openen"));
}
