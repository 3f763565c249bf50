//! Requests about own data and the registers of oversight, over HTTP on a real vault.

use ::desk::Role;
use ::desk::case;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::Answer;
use crate::real::{CANARY, Real};

/// The case that the tests' coordinator made.
fn case_of(real: &Real) -> &str {
    &real.known[2]
}

async fn her_code(real: &Real) -> String {
    let care = real.actor(Role::CareCoordinator).await;
    let id = case_of(real).parse().unwrap();
    let code = case::give_code(&real.app.desk, &care, real.now(), id, 1).await;
    code.unwrap().secret()
}

fn whole(answer: &Answer, path: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(!answer.body.contains('⟦'), "{path}: {}", answer.body);
    assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
    let title = answer.body.split("<title>").nth(1).unwrap();
    let title = title.split("</title>").next().unwrap();
    assert!(!title.contains(CANARY), "{path}");
}

async fn english(real: &Real, role: Role, path: &str) -> Answer {
    let session = real.session(role).await;
    let cookies = format!("samen-session={session}; samen-language=en");
    let request = Request::get(path).header("cookie", cookies);
    real.site.send(request.body(Body::empty()).unwrap()).await
}

async fn hers(real: &Real, path: &str, pairs: &[(&str, &str)]) -> Answer {
    real.ask(&Method::POST, path, None, false, pairs).await
}

fn first_link(page: &Answer, start: &str) -> String {
    let mark = format!("href=\"{start}");
    let rest = page.body.split(&mark).nth(1).unwrap_or_default();
    format!("{start}{}", rest.split('"').next().unwrap_or_default())
}

#[tokio::test]
async fn her_page_shows_who_looked_without_names_and_takes_her_request() {
    let real = Real::new().await;
    let code = her_code(&real).await;
    let page = hers(&real, "/my", &[("code", &code)]).await;
    whole(&page, "/my");
    assert!(page.body.contains("Wie uw gegevens heeft bekeken"));
    assert!(page.body.contains("Zorgcoördinator"), "{}", page.body);
    assert!(
        !page.body.contains("Naam "),
        "no name of an employee: {}",
        page.body
    );
    let ask = [("code", code.as_str()), ("right", "access"), ("words", "")];
    let asked = hers(&real, "/my/request", &ask).await;
    whole(&asked, "/my/request");
    assert!(asked.body.contains("Uw vraag is binnen."));
    let again = hers(&real, "/my/request", &ask).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("U hebt dit al gevraagd"));
    let wordless = [
        ("code", code.as_str()),
        ("right", "correction"),
        ("words", ""),
    ];
    let wordless = hers(&real, "/my/request", &wordless).await;
    assert_eq!(wordless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wordless.body.contains("Schrijf op wat er niet klopt"));
    let english = hers(&real, "/en/my", &[("code", &code)]).await;
    whole(&english, "/en/my");
    assert!(english.body.contains("Who has looked at your data"));
    let request = asked
        .body
        .split("name=\"request\" value=\"")
        .nth(1)
        .unwrap();
    let request = request.split('"').next().unwrap();
    let back = [("code", code.as_str()), ("request", request)];
    let back = hers(&real, "/my/request/take-back", &back).await;
    whole(&back, "/my/request/take-back");
    assert!(back.body.contains("U hebt deze vraag teruggenomen"));
    let wrong = [("code", "1234567812345678"), ("right", "access")];
    let wrong = hers(&real, "/my/request", &wrong).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn care_settles_and_answers_and_the_answer_opens_at_its_moment() {
    let real = Real::new().await;
    let (care, case) = (Role::CareCoordinator, case_of(&real).to_owned());
    let enter = format!("/work/cases/{case}/own-data");
    whole(&real.see(care, &enter).await, &enter);
    let made = real
        .send(care, &enter, &[("right", "access"), ("words", "")])
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let list = real.see(care, "/work/requests").await;
    whole(&list, "/work/requests");
    let path = first_link(&list, "/work/requests/");
    whole(&real.see(care, &path).await, &path);
    whole(&english(&real, care, &path).await, &path);
    let settle = [("seen", "1"), ("how", "in_person")];
    let settled = real.send(care, &format!("{path}/settle"), &settle).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    for deed in ["answer", "extend"] {
        let deed = format!("{path}/{deed}");
        whole(&real.see(care, &deed).await, &deed);
        whole(&english(&real, care, &deed).await, &deed);
    }
    let unexplained = [("seen", "2"), ("outcome", "refused")];
    let refused = real
        .send(care, &format!("{path}/answer"), &unexplained)
        .await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a refusal without its reason: {}",
        refused.body
    );
    let answer = [
        ("seen", "2"),
        ("outcome", "given"),
        ("data", "identity"),
        ("words", "Dit is wat wij hebben."),
    ];
    let answered = real.send(care, &format!("{path}/answer"), &answer).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let code = her_code(&real).await;
    let before = hers(&real, "/my", &[("code", &code)]).await;
    assert!(!before.body.contains("Dit is wat wij hebben."));
    assert!(
        before
            .body
            .contains("Politie, marechaussee en Arbeidsinspectie")
    );
    real.pass(29 * 24 * 60);
    let after = hers(&real, "/my", &[("code", &code)]).await;
    whole(&after, "/my");
    assert!(
        after.body.contains("Dit is wat wij hebben."),
        "{}",
        after.body
    );
    assert!(after.body.contains("Wij kunnen u hier niets laten zien."));
}

/// A hidden field of a form on a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split(&mark).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// A request of hers that care granted, with the path of its page.
async fn granted(real: &Real, right: &str, data: &str) -> String {
    let (care, case) = (Role::CareCoordinator, case_of(real).to_owned());
    let enter = format!("/work/cases/{case}/own-data");
    let asked = [("right", right), ("words", "Mijn taal is Hongaars.")];
    let made = real.send(care, &enter, &asked).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let path = first_link(&real.see(care, "/work/requests").await, "/work/requests/");
    let settle = [("seen", "1"), ("how", "in_person")];
    let settled = real.send(care, &format!("{path}/settle"), &settle).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    let mut answer = vec![
        ("seen", "2"),
        ("outcome", "given"),
        ("words", "Dat doen wij."),
    ];
    if !data.is_empty() {
        answer.push(("data", data));
    }
    let answered = real.send(care, &format!("{path}/answer"), &answer).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    path
}

#[tokio::test]
async fn a_granted_erasure_is_shown_first_then_done_and_she_reads_that_it_was() {
    let real = Real::new().await;
    let care = Role::CareCoordinator;
    let code = her_code(&real).await;
    let path = granted(&real, "erasure", "").await;
    let page = real.see(care, &path).await;
    whole(&page, &path);
    assert!(
        page.body.contains("Toegekend, nog uit te voeren"),
        "{}",
        page.body
    );
    let carry = format!("{path}/carry-out");
    let form = real.see(care, &carry).await;
    whole(&form, &carry);
    whole(&english(&real, care, &carry).await, &carry);
    assert!(form.body.contains("Dit wordt vernietigd"), "{}", form.body);
    assert!(form.body.contains("Wmo 2015 art. 5.3.4"), "{}", form.body);
    let (seen, mark) = (hidden(&form, "seen"), hidden(&form, "mark"));
    let unsaid = [("seen", seen.as_str()), ("mark", &mark)];
    let unsaid = real.send(care, &carry, &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = [("seen", seen.as_str()), ("mark", "0"), ("how", "erase")];
    let other = real.send(care, &carry, &other).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("Kijk opnieuw"), "{}", other.body);
    let kept = [
        ("seen", seen.as_str()),
        ("mark", &mark),
        ("how", "keep"),
        ("reason", "Het is nodig."),
        ("ground", "AVG 17(3)(e)"),
    ];
    let kept = real.send(care, &carry, &kept).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept.body.contains("Niets houdt dit vast"), "{}", kept.body);
    let erase = [("seen", seen.as_str()), ("mark", &mark), ("how", "erase")];
    let done = real.send(care, &carry, &erase).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    whole(&real.see(care, &path).await, &path);
    let file = real
        .see(care, &format!("/work/cases/{}", case_of(&real)))
        .await;
    assert_eq!(file.status, StatusCode::NOT_FOUND);
    let register = real
        .see(Role::Auditor, "/work/registers/retention?store=k3")
        .await;
    whole(&register, "register");
    assert!(register.body.contains("AVG 17"), "{}", register.body);
    for (path, gone) in [
        ("/my", "Uw dossier is vernietigd"),
        ("/en/my", "Your file was destroyed"),
    ] {
        let hers = hers(&real, path, &[("code", &code)]).await;
        whole(&hers, path);
        assert!(hers.body.contains(gone), "{}", hers.body);
        assert!(!hers.body.contains("Hongaars"), "her words went with it");
    }
    real.pass(29 * 24 * 60);
    let later = hers(&real, "/my", &[("code", &code)]).await;
    assert!(
        later
            .body
            .contains("alles wat hier over u stond, is vernietigd"),
        "{}",
        later.body
    );
}

#[tokio::test]
async fn a_granted_correction_ends_with_a_change_or_with_her_own_statement() {
    let real = Real::new().await;
    let care = Role::CareCoordinator;
    let code = her_code(&real).await;
    let path = granted(&real, "correction", "language").await;
    let carry = format!("{path}/carry-out");
    let form = real.see(care, &carry).await;
    whole(&form, &carry);
    whole(&english(&real, care, &carry).await, &carry);
    assert!(!form.body.contains("Samen vernietigt het nu"));
    let changed = [("seen", "3"), ("mark", ""), ("how", "changed")];
    let changed = real.send(care, &carry, &changed).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        changed.body.contains("Nog niet alles is veranderd"),
        "{}",
        changed.body
    );
    let half = [
        ("seen", "3"),
        ("mark", ""),
        ("how", "note"),
        ("words", "Ik spreek Hongaars."),
    ];
    let half = real.send(care, &carry, &half).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        half.body.contains("Ik spreek Hongaars."),
        "what was typed comes back"
    );
    let note = [
        ("seen", "3"),
        ("mark", ""),
        ("how", "note"),
        ("words", "Ik spreek Hongaars."),
        ("reason", "De tolk hoorde iets anders."),
    ];
    let noted = real.send(care, &carry, &note).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let file = real
        .see(care, &format!("/work/cases/{}", case_of(&real)))
        .await;
    whole(&file, "case");
    assert!(
        file.body.contains("Ik spreek Hongaars."),
        "it stands with the record"
    );
    let before = hers(&real, "/my", &[("code", &code)]).await;
    assert!(
        !before
            .body
            .contains("uw eigen verklaring staat nu bij de gegevens")
    );
    real.pass(29 * 24 * 60);
    let after = hers(&real, "/my", &[("code", &code)]).await;
    whole(&after, "/my");
    let said = "uw eigen verklaring staat nu bij de gegevens";
    assert!(after.body.contains(said), "{}", after.body);
}

#[tokio::test]
async fn a_granted_restriction_stands_on_the_file_and_stops_what_goes_until_a_ground_is_written_down()
 {
    let real = Real::new().await;
    let care = Role::CareCoordinator;
    let code = her_code(&real).await;
    let case = format!("/work/cases/{}", case_of(&real));
    let asked = [
        ("right", "restriction"),
        ("words", "Mijn leeftijd klopt niet."),
    ];
    let made = real.send(care, &format!("{case}/own-data"), &asked).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let path = first_link(&real.see(care, "/work/requests").await, "/work/requests/");
    let settle = [("seen", "1"), ("how", "in_person")];
    real.send(care, &format!("{path}/settle"), &settle).await;
    let answer = format!("{path}/answer");
    let form = real.see(care, &answer).await;
    whole(&form, &answer);
    whole(&english(&real, care, &answer).await, &answer);
    assert!(form.body.contains("AVG 18(1)(a)"), "{}", form.body);
    assert!(
        !form.body.contains("Wpg 28"),
        "not the law of this compartment"
    );
    let half = [
        ("seen", "2"),
        ("outcome", "given"),
        ("words", "Dat doen wij."),
    ];
    let half = real.send(care, &answer, &half).await;
    assert_eq!(
        half.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a ground is needed"
    );
    let police = [half_fields(), vec![("restriction", "evidence")]].concat();
    let police = real.send(care, &answer, &police).await;
    assert_eq!(police.status, StatusCode::UNPROCESSABLE_ENTITY);
    let full = [half_fields(), vec![("restriction", "contested")]].concat();
    let done = real.send(care, &answer, &full).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    let file = real.see(care, &case).await;
    whole(&file, &case);
    whole(&english(&real, care, &case).await, &case);
    assert!(file.body.contains("Alleen bewaren"), "{}", file.body);
    let one = first_link(&file, "/work/restrictions/k3/");
    for path in [
        one.clone(),
        format!("{one}?do=except"),
        format!("{one}?do=end"),
    ] {
        whole(&real.see(care, &path).await, &path);
        whole(&english(&real, care, &path).await, &path);
    }
    let to = real.see(care, &format!("{case}/transfer")).await;
    assert_eq!(to.status, StatusCode::OK);
    let other = option_of(&to, "to");
    let offer = [
        ("seen", "1"),
        ("to", other.as_str()),
        ("why", "Zij verhuist."),
    ];
    let offer = real.send(care, &format!("{case}/transfer"), &offer).await;
    assert_eq!(
        offer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        offer.body
    );
    let says = offer.body.contains("de verwerking beperkt");
    assert!(says, "a refusal says why and where to go: {}", offer.body);

    let none = real
        .send(care, &one, &[("seen", "1"), ("do", "except")])
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ground = [
        ("seen", "1"),
        ("do", "except"),
        ("act", "disclose"),
        ("despite", "consent"),
        ("reason", "Zij wil dat Zwolle dit heeft."),
    ];
    let written = real.send(care, &one, &ground).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    let page = real.see(care, &one).await;
    assert!(
        page.body.contains("Zij wil dat Zwolle dit heeft."),
        "{}",
        page.body
    );
    let early = [
        ("seen", "2"),
        ("do", "end"),
        ("last", "2026-01-01"),
        ("reason", "Het klopt."),
    ];
    let early = real.send(care, &one, &early).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("Dat is te vroeg"), "{}", early.body);
    let late = [
        ("seen", "2"),
        ("do", "end"),
        ("last", "2031-01-01"),
        ("reason", "Het klopt."),
    ];
    let ends = real.send(care, &one, &late).await;
    assert_eq!(ends.status, StatusCode::SEE_OTHER, "{}", ends.body);
    let forged = real
        .send(care, &one, &[("seen", "3"), ("do", "erase")])
        .await;
    assert_eq!(forged.status, StatusCode::BAD_REQUEST);

    let before = hers(&real, "/my", &[("code", &code)]).await;
    assert!(!before.body.contains("bewaren wij deze gegevens alleen"));
    real.pass(29 * 24 * 60);
    let after = hers(&real, "/my", &[("code", &code)]).await;
    whole(&after, "/my");
    for said in [
        "bewaren wij deze gegevens alleen",
        "U zegt dat het niet klopt",
        "1 januari 2031",
    ] {
        assert!(after.body.contains(said), "{said}: {}", after.body);
    }
    let kept = real
        .send(care, &one, &[("seen", "3"), ("do", "keep")])
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    for role in [Role::SignalDesk, Role::Investigator, Role::ShelterStaff] {
        let other = real.see(role, &one).await;
        assert_ne!(other.status, StatusCode::OK, "{role:?}");
    }
}

fn half_fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("seen", "2"),
        ("outcome", "given"),
        ("words", "Dat doen wij."),
    ]
}

/// The first organisation that a list offers.
fn option_of(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\"");
    let list = page.body.split(&mark).nth(1).unwrap_or_default();
    let values = list.split("value=\"").skip(1);
    let mut values = values.map(|rest| rest.split('"').next().unwrap_or_default());
    let found = values.find(|value| !value.is_empty());
    found.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn she_fetches_what_she_gave_with_her_code_and_a_refusal_names_the_article() {
    let real = Real::new().await;
    let care = Role::CareCoordinator;
    let code = her_code(&real).await;
    let case = format!("/work/cases/{}", case_of(&real));
    let made = real
        .send(
            care,
            &format!("{case}/own-data"),
            &[("right", "portability")],
        )
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let path = first_link(&real.see(care, "/work/requests").await, "/work/requests/");
    let settle = [("seen", "1"), ("how", "in_person")];
    real.send(care, &format!("{path}/settle"), &settle).await;
    let answer = format!("{path}/answer");
    let form = real.see(care, &answer).await;
    whole(&form, &answer);
    whole(&english(&real, care, &answer).await, &answer);
    assert!(form.body.contains("AVG 20(1)(a), 20(3)"), "{}", form.body);
    let gives = [half_fields(), vec![("data", "identity")]].concat();
    let gives = real.send(care, &answer, &gives).await;
    assert_eq!(
        gives.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        gives.body
    );
    let none = real.send(care, &answer, &half_fields()).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        none.body.contains("Weiger met de reden en het artikel"),
        "{}",
        none.body
    );
    let consent = real.see(care, &format!("{case}/consents/new")).await;
    let to = option_of(&consent, "recipients");
    let consent = [
        ("giver", "self"),
        ("purpose", "care"),
        ("recipients", to.as_str()),
        ("data", "identity"),
        (
            "given",
            &jiff::civil::Date::to_string(&domain::time::dutch_date(real.now())),
        ),
        ("interpreter", "yes"),
        ("free", "yes"),
        ("form", "written"),
        ("language", "ar"),
        ("how", "Met een tolk besproken."),
    ];
    let consented = real
        .send(care, &format!("{case}/consents/new"), &consent)
        .await;
    assert_eq!(
        consented.status,
        StatusCode::SEE_OTHER,
        "{}",
        consented.body
    );
    let full = [half_fields(), vec![("data", "identity")]].concat();
    let only = real.send(care, &answer, &full).await;
    assert_eq!(only.status, StatusCode::SEE_OTHER, "{}", only.body);
    let id = path.rsplit('/').next().unwrap_or_default().to_owned();
    let fields = [("code", code.as_str()), ("request", &id), ("kind", "json")];
    let early = hers(&real, "/my/request/file", &fields).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    real.pass(29 * 24 * 60);
    let page = hers(&real, "/my", &[("code", &code)]).await;
    whole(&page, "/my");
    assert!(page.body.contains("Haal het bestand op"), "{}", page.body);
    assert!(
        page.body.contains("AVG 20, lid 3"),
        "the other sections say the same to everybody"
    );
    let file = hers(&real, "/my/request/file", &fields).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    assert!(
        file.body.contains("\"format\": \"samen-own-data\""),
        "{}",
        file.body
    );
    let table = [("code", code.as_str()), ("request", &id), ("kind", "csv")];
    let table = hers(&real, "/en/my/request/file", &table).await;
    assert!(
        table.body.starts_with("category,member,value"),
        "{}",
        table.body
    );
    for hostile in [
        vec![
            ("code", "0000-0000-0000-0000"),
            ("request", id.as_str()),
            ("kind", "json"),
        ],
        vec![
            ("code", code.as_str()),
            ("request", "../../x"),
            ("kind", "json"),
        ],
        vec![
            ("code", code.as_str()),
            ("request", id.as_str()),
            ("kind", "exe"),
        ],
        vec![("request", id.as_str()), ("kind", "json")],
    ] {
        let refused = hers(&real, "/my/request/file", &hostile).await;
        assert!(
            refused.status.is_client_error(),
            "{hostile:?}: {}",
            refused.status
        );
    }
    real.pass(30 * 24 * 60);
    let late = hers(&real, "/my/request/file", &fields).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "short-lived");
}

#[tokio::test]
async fn the_lists_of_parts_are_whole_for_each_compartment() {
    let real = Real::new().await;
    for (role, store) in [
        (Role::SignalDesk, "k1"),
        (Role::Registrar, "k2"),
        (Role::ShelterStaff, "k3"),
        (Role::PanelSecretary, "k4"),
        (Role::Investigator, "k5"),
    ] {
        let path = format!("/work/own-data/{store}");
        whole(&real.see(role, &path).await, &path);
        whole(&english(&real, role, &path).await, &path);
    }
}

#[tokio::test]
async fn the_registers_are_whole_in_both_languages_and_hold_no_content() {
    let real = Real::new().await;
    let paths = [
        "/work/registers",
        "/work/registers/disclosures",
        "/work/registers/disclosures?store=k1&what=share&to=k5&since=2026-11-01&until=2026-11-30",
        "/work/registers/processing",
        "/work/registers/dpia",
        "/work/registers/retention",
        "/work/registers/retention?store=k5",
        "/work/registers/year",
        "/work/breaches",
        "/work/breaches/search",
        "/work/breaches/new",
    ];
    for path in paths {
        let page = real.see(Role::Auditor, path).await;
        whole(&page, path);
        assert!(!page.body.contains("busje"), "{path}: content");
        whole(&english(&real, Role::Auditor, path).await, path);
    }
    for path in [
        "/work/registers/processing.json",
        "/work/registers/dpia.json",
    ] {
        let file = real.see(Role::Auditor, path).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        let json: serde_json::Value = serde_json::from_str(&file.body).unwrap();
        assert!(json.is_object(), "{path}");
        assert!(!file.body.contains(CANARY), "{path}");
    }
}

#[tokio::test]
async fn a_breach_is_looked_up_written_down_decided_and_closed() {
    let real = Real::new().await;
    let (auditor, case) = (Role::Auditor, case_of(&real).to_owned());
    let account = real.user(Role::CareCoordinator).to_string();
    let search = format!(
        "/work/breaches/search?store=k3&account={account}&from=2026-11-23&until=2026-11-24"
    );
    let found = real.see(auditor, &search).await;
    whole(&found, &search);
    assert!(found.body.contains("1 zaak geraakt"), "{}", found.body);
    assert!(found.body.contains(&case), "a link into the journal");
    assert!(!found.body.contains("busje"));
    let nothing = "/work/breaches/search?store=k3&from=2026-11-23&until=2026-11-24";
    let nothing = real.see(auditor, nothing).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = [
        ("known", "2026-11-23 08:00"),
        ("what", "Een scherm bleef open."),
        ("store", "k3"),
        ("account", account.as_str()),
        ("record", ""),
        ("from", "2026-11-23"),
        ("until", "2026-11-24"),
    ];
    let made = real.send(auditor, "/work/breaches/new", &new).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let list = real.see(auditor, "/work/breaches").await;
    whole(&list, "/work/breaches");
    let path = list
        .body
        .split("href=\"/work/breaches/")
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .find(|id| id.len() == 36)
        .map(|id| format!("/work/breaches/{id}"))
        .unwrap();
    whole(&real.see(auditor, &path).await, &path);
    let decide = format!("{path}/decide");
    whole(&real.see(auditor, &decide).await, &decide);
    let silent = [("seen", "1"), ("decided", "not_needed"), ("late", "")];
    let silent = real.send(auditor, &decide, &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let decided = [("seen", "1"), ("decided", "notified"), ("late", "")];
    let decided = real.send(auditor, &decide, &decided).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    let close = format!("{path}/close");
    whole(&real.see(auditor, &close).await, &close);
    let closed = [
        ("seen", "2"),
        ("told", "no"),
        ("people", "Geen risico."),
        ("measures", "Schermen gaan op slot."),
    ];
    let closed = real.send(auditor, &close, &closed).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let page = english(&real, auditor, &path).await;
    whole(&page, &path);
    assert!(page.body.contains("Closed"));
}
