//! What a coordinator, a registrar and a person do on their pages.

use axum::http::StatusCode;
use desk::Role;

use domain::ids::OrgId;

use crate::{Site, User};

/// Opens a case and gives its address.
pub async fn opened(user: &User<'_>) -> String {
    let answer = user
        .post(
            "/work/cases/new",
            &[
                ("alias", "Karima"),
                ("age", "certain"),
                ("born", "1992-05-01"),
                ("sex", "F"),
                ("language", "ar"),
                ("need", "Een veilige plek voor mij en mijn dochter"),
                ("police", "help_without_police"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.to().split('?').next().unwrap().to_owned()
}

async fn seen(user: &User<'_>, page: &str) -> String {
    user.get(page).await.hidden("seen")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_case_opens_and_names_nobody_in_its_title() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let list = user.get("/work/cases").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    let case = opened(&user).await;
    for page in [
        "",
        "/person/core",
        "/person/safety",
        "/person/family",
        "/person/exploitation",
        "/person/needs",
        "/indicators",
        "/statements",
        "/consents/new",
        "/consents/refused",
        "/register",
        "/tasks",
        "/close",
        "/code",
    ] {
        let answer = user.get(&format!("{case}{page}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
        let title = answer
            .body
            .split("<title>")
            .nth(1)
            .unwrap()
            .split("</title>")
            .next()
            .unwrap();
        assert!(!title.contains("Karima"), "{title}");
        assert!(!answer.body.contains('⟦'), "{page}: a text is missing");
        assert!(!answer.body.contains("style="), "{page}: inline style");
    }
    let list = user.get("/work/cases?whose=mine").await;
    assert!(!list.body.contains("Karima"), "the list names nobody");
    assert!(list.body.contains("Medewerker anna"));
    let missing = user.get("/work/cases/not-a-case").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisation_gets_not_found_and_another_role_is_refused() {
    let site = Site::new().await;
    let case = opened(&site.user("anna", site.care, Role::CareCoordinator).await).await;
    let other = site
        .user("bea", site.other_care, Role::CareCoordinator)
        .await;
    assert_eq!(other.get(&case).await.status, StatusCode::NOT_FOUND);
    let desk = site.user("cas", site.signal, Role::SignalDesk).await;
    assert_eq!(desk.get(&case).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_receives_data_of_care_or_goes_on_with_the_help_is_offered() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let offered = |body: &str, org: OrgId| body.contains(&org.to_string());
    let consent = user.get(&format!("{case}/consents/new")).await.body;
    assert!(offered(&consent, site.other_care) && offered(&consent, site.police));
    assert!(!offered(&consent, site.ministry));
    let ministry = format!("org-{}", site.ministry);
    let forced = user
        .post(
            &format!("{case}/consents/new"),
            &[
                ("giver", "self"),
                ("purpose", "care"),
                ("recipients", &ministry),
                ("data", "age"),
                ("given", "2026-11-23"),
                ("language", "ar"),
                ("how", "met tolk"),
                ("free", "yes"),
                ("form", "written"),
            ],
        )
        .await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        forced.body.contains("krijgt geen gegevens uit de zorg"),
        "{}",
        forced.body
    );
    let close = user.get(&format!("{case}/close")).await.body;
    assert!(offered(&close, site.other_care));
    for org in [site.care, site.police, site.ministry] {
        assert!(!offered(&close, org), "one cannot hand over to {org}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_she_was_a_victim_before_is_asked_and_asked_again() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let dossier = user.get(&case).await;
    let told = |label: &str| {
        format!(r#"{label}</dt><dd class="samen-data-list__value" dir="auto">Ja</dd>"#)
    };
    assert!(
        dossier.body.contains(" · Eerder uitgebuit</p>"),
        "not known yet"
    );
    let page = format!("{case}/exploited");
    let form = user.get(&page).await.body;
    assert!(form.contains("vóór deze keer?") && form.contains("Vraag niet door"));
    let version = seen(&user, &page).await;
    let none = user.post(&page, &[("seen", &version)]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let odd = [("seen", version.as_str()), ("exploited", "misschien")];
    let odd = user.post(&page, &odd).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let yes = [("seen", version.as_str()), ("exploited", "yes")];
    let saved = user.post(&page, &yes).await;
    assert!(saved.to().ends_with("done=saved"), "{}", saved.body);
    let late = user.post(&page, &yes).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);

    let close = format!("{case}/close");
    let version = seen(&user, &close).await;
    let how = [
        ("seen", version.as_str()),
        ("reason", "doelen_bereikt"),
        ("explanation", "eigen woning"),
        ("aftercare", "plan"),
        ("moment", "2026-12-23"),
        ("channel", "via de app"),
        ("close_anyway", "yes"),
        ("left_open_why", "wil geen telling"),
    ];
    let closed = user.post(&close, &how).await;
    assert!(closed.to().ends_with("done=closed"), "{}", closed.body);
    let dossier = user.get(&case).await.body;
    assert!(dossier.contains(&told("Eerder uitgebuit")));
    assert!(!dossier.contains(&page), "a closed case is not changed");

    let page = format!("{case}/reopen");
    let version = seen(&user, &page).await;
    let silent = [("seen", version.as_str()), ("reason", "zij belde")];
    let silent = user.post(&page, &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("zij belde"), "what was typed stays");
    let again = [
        ("seen", version.as_str()),
        ("reason", "zij belde"),
        ("again", "yes"),
    ];
    let opened = user.post(&page, &again).await;
    assert!(opened.to().ends_with("done=reopened"), "{}", opened.body);
    let dossier = user.get(&case).await.body;
    let again = told("Opnieuw uitgebuit sinds de casus gesloten was");
    assert!(dossier.contains(&again), "{dossier}");
    assert!(dossier.contains(&told("Eerder uitgebuit")), "and before");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checklist_folds_away_what_is_not_pointed_to() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let empty = user.get(&case).await.body;
    assert!(empty.contains("Er is nog niets aangewezen"));
    let folded = |body: &str| {
        let details = body.split("<details").skip(1);
        details
            .filter_map(|rest| rest.split("</details>").next())
            .find(|part| part.contains("onderdelen zijn niet aangewezen"))
            .unwrap()
            .matches("<li>")
            .count()
    };
    let all = folded(&empty);
    let version = seen(&user, &format!("{case}/indicators")).await;
    let ticks = [("seen", version.as_str()), ("cr_violence", "yes")];
    let ticked = user.post(&format!("{case}/indicators"), &ticks).await;
    assert_eq!(ticked.status, StatusCode::SEE_OTHER, "{}", ticked.body);
    let one = user.get(&case).await.body;
    assert_eq!(folded(&one), all - 1);
    assert!(!one.contains("Er is nog niets aangewezen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_keep_what_was_typed_and_say_what_is_wrong() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let wrong = user
        .post(
            "/work/cases/new",
            &[
                ("alias", "Karima"),
                ("age", "estimated"),
                ("low", "20"),
                ("high", "16"),
                ("sex", "F"),
                ("police", "not_asked"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Vul twee leeftijden in") && wrong.body.contains("value=\"Karima\"")
    );

    let case = opened(&user).await;
    let page = format!("{case}/person/needs");
    let version = seen(&user, &page).await;
    let words = "Ze zit nu op Dorpsstraat 12, 1234 AB";
    let asked = user
        .post(&page, &[("seen", &version), ("needs", words)])
        .await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        asked.body.contains("Dit lijkt op een adres") && asked.body.contains("name=\"looked\"")
    );
    let kept = user
        .post(
            &page,
            &[("seen", &version), ("needs", words), ("looked", "yes")],
        )
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let late = user
        .post(&page, &[("seen", &version), ("needs", "iets anders")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_parts_of_the_person_can_be_saved() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let parts: [(&str, &[(&str, &str)]); 4] = [
        (
            "core",
            &[
                ("alias", "Karima"),
                ("age", "estimated"),
                ("low", "16"),
                ("high", "20"),
                ("sex", "F"),
                ("origin", "MA"),
                ("nationalities", "MA"),
                ("languages", "ar"),
                ("language2", "fr"),
                ("interpreter", "yes"),
                ("residence", "zonder_verblijf"),
            ],
        ),
        (
            "safety",
            &[
                ("never_call", "yes"),
                ("safe_channel", "via de buurvrouw"),
                ("code_word", "fiets"),
                ("phone_safe", "no"),
                ("device_watched", "yes"),
                ("must_not_know", "haar broer\nde buren"),
                ("avoid", "GM0518"),
                ("avoid_km", "30"),
                ("avoid_why", "daar woont hij"),
            ],
        ),
        (
            "family",
            &[
                ("authority", "unknown"),
                ("pregnant", "no"),
                ("child_age", "4"),
                ("child_sex", "F"),
                ("child_here", "yes"),
            ],
        ),
        (
            "exploitation",
            &[
                ("forms", "DI"),
                ("started", "2024-03-01"),
                ("started_latest", "2024-05-31"),
                ("ongoing", "no"),
                ("municipalities", "GM0518"),
            ],
        ),
    ];
    for (part, fields) in parts {
        let page = format!("{case}/person/{part}");
        let version = seen(&user, &page).await;
        let mut all = vec![("seen", version.as_str())];
        all.extend_from_slice(fields);
        let answer = user.post(&page, &all).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{part}: {}",
            answer.body
        );
    }
    let dossier = user.get(&case).await.body;
    for words in [
        "16 tot en met 20 jaar (geschat",
        "Twijfel betekent minderjarig",
        "Marokko",
        "via de buurvrouw",
        "daar woont hij",
        "4 jaar, Vrouw, bij de persoon",
        "1 maart 2024 tot en met 31 mei 2024",
        "Nooit bellen",
    ] {
        assert!(dossier.contains(words), "{words} is missing");
    }
    // What was saved comes back into the form.
    let core = user.get(&format!("{case}/person/core")).await.body;
    assert!(core.contains("value=\"16\"") && core.contains("<option value=\"MA\" selected>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_registration_withdrawal_and_the_registrar() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let explained = user.get(&format!("{case}/register")).await.body;
    assert!(explained.contains("Er is geen toestemming") && explained.contains("Tel anoniem"));
    let given = user
        .post(
            &format!("{case}/consents/new"),
            &[
                ("giver", "self"),
                ("purpose", "registration"),
                ("recipients", "kind-COM"),
                ("recipient2", "kind-COM"),
                ("data", "age"),
                ("data", "sex"),
                ("given", "2026-11-23"),
                ("language", "ar"),
                ("interpreter", "yes"),
                ("how", "met tolk, en daarna nagevraagd"),
                ("free", "yes"),
                ("form", "written"),
            ],
        )
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let page = format!("{case}/register");
    let explained = user.get(&page).await;
    assert!(explained.body.contains("Er is schriftelijke toestemming"));
    let done = user
        .post(&page, &[("seen", &explained.hidden("seen"))])
        .await;
    assert!(done.to().ends_with("done=registered"), "{}", done.body);
    site.settle().await;

    let registrar = site.user("rob", site.coordination, Role::Registrar).await;
    let list = registrar.get("/work/registrations").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    assert!(list.body.contains("Zorg Haaglanden") && !list.body.contains("Karima"));
    let entry = list
        .body
        .split("href=\"/work/registrations/0")
        .nth(1)
        .unwrap();
    let entry = format!("/work/registrations/0{}", entry.split('"').next().unwrap());
    let shown = registrar.get(&entry).await;
    assert!(shown.body.contains("34 jaar") && shown.body.contains("Schriftelijke toestemming"));
    assert!(!shown.body.contains("1992"), "never the date of birth");

    let figures = registrar
        .post("/work/registrations/figures", &[("year", "2026")])
        .await;
    assert_eq!(figures.status, StatusCode::OK, "{}", figures.body);
    for words in [
        "Er is niets verstuurd",
        "minder dan tien aanmeldingen",
        "Eerder gemaakte cijfers",
    ] {
        assert!(figures.body.contains(words), "one person is no figure");
    }
    assert!(!figures.body.contains('⟦'), "{}", figures.body);
    let running = registrar
        .post("/work/registrations/figures", &[("year", "2027")])
        .await;
    assert_eq!(running.status, StatusCode::UNPROCESSABLE_ENTITY);

    let dossier = user.get(&case).await.body;
    let consent = dossier.split(&format!("{case}/consents/0")).nth(1).unwrap();
    let consent = format!("{case}/consents/0{}", consent.split('"').next().unwrap());
    let asked = user.get(&consent).await;
    assert!(asked.body.contains("wordt de registratie gewist"));
    let withdrawn = user
        .post(&consent, &[("seen", &asked.hidden("seen"))])
        .await;
    assert!(
        withdrawn.to().ends_with("done=withdrawn"),
        "{}",
        withdrawn.body
    );
    site.settle().await;
    assert_eq!(registrar.get(&entry).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_indicators_statements_and_closing() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let version = seen(&user, &format!("{case}/indicators")).await;
    let ticks = [
        ("seen", version.as_str()),
        ("cd_confiscation", "yes"),
        ("cd_violence", "yes"),
    ];
    let known = user.get(&format!("{case}/indicators")).await.body;
    let ticks: Vec<(&str, &str)> = ticks
        .into_iter()
        .filter(|(name, _)| *name == "seen" || known.contains(&format!("name=\"{name}\"")))
        .collect();
    let ticked = user.post(&format!("{case}/indicators"), &ticks).await;
    assert_eq!(ticked.status, StatusCode::SEE_OTHER, "{}", ticked.body);
    let version = seen(&user, &format!("{case}/statements")).await;
    let stated = [
        ("seen", version.as_str()),
        ("threshold", "detected"),
        ("reason", "haar verhaal"),
    ];
    assert_eq!(
        user.post(&format!("{case}/statements"), &stated)
            .await
            .status,
        StatusCode::SEE_OTHER
    );

    let version = seen(&user, &format!("{case}/tasks")).await;
    let task = [
        ("seen", version.as_str()),
        ("title", "Huisarts bellen"),
        ("kind", "general"),
        ("due", "2026-11-25"),
    ];
    assert_eq!(
        user.post(&format!("{case}/tasks"), &task).await.status,
        StatusCode::SEE_OTHER
    );
    let dossier = user.get(&case).await;
    assert!(dossier.body.contains("Huisarts bellen") && dossier.body.contains("Nog 2 dagen"));
    let path = dossier
        .body
        .split(&format!("{case}/tasks/0"))
        .nth(1)
        .unwrap();
    let path = format!("{case}/tasks/0{}", path.split('"').next().unwrap());
    let done = user.post(&path, &[("seen", &dossier.hidden("seen"))]).await;
    assert!(done.to().ends_with("done=task-ended"), "{}", done.body);

    let page = format!("{case}/phase");
    let version = user.get(&case).await.hidden("seen");
    let reflection = user
        .post(&page, &[("seen", &version), ("phase", "bedenktijd")])
        .await;
    assert_eq!(reflection.status, StatusCode::UNPROCESSABLE_ENTITY);

    let page = format!("{case}/close");
    let version = seen(&user, &page).await;
    let mob = [
        ("seen", version.as_str()),
        ("reason", "mob"),
        ("explanation", "niet teruggekomen"),
        ("aftercare", "none"),
    ];
    let refused = user.post(&page, &mob).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("onbekende bestemming. Sluiten kan alleen met een open taak")
    );
    let plan = [
        ("seen", version.as_str()),
        ("reason", "doelen_bereikt"),
        ("explanation", "eigen woning"),
        ("aftercare", "plan"),
        ("moment", "2026-12-23"),
        ("channel", "via de app"),
    ];
    // Nobody is registered or counted: that is said, and left only with a reason.
    let silent = user.post(&page, &plan).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent.body.contains("niet geregistreerd en niet geteld"),
        "{}",
        silent.body
    );
    let half = [&plan[..], &[("close_anyway", "yes")]].concat();
    let half = user.post(&page, &half).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = ("left_open_why", "zij wil geen telling");
    let plan = [&plan[..], &[("close_anyway", "yes"), why]].concat();
    let closed = user.post(&page, &plan).await;
    assert!(closed.to().ends_with("done=closed"), "{}", closed.body);
    let dossier = user.get(&case).await.body;
    assert!(dossier.contains("23 december 2026") && dossier.contains("Open de casus opnieuw"));
    assert!(dossier.contains("zij wil geen telling"), "{dossier}");
    let moment = user.get(&format!("{case}/aftercare/1")).await;
    assert_eq!(moment.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_reads_her_page_without_a_cookie_or_a_code_in_an_address() {
    let site = Site::new().await;
    let user = site.user("anna", site.care, Role::CareCoordinator).await;
    let case = opened(&user).await;
    let page = format!("{case}/code");
    let version = seen(&user, &page).await;
    let alone = user.post(&page, &[("seen", &version)]).await;
    assert_eq!(
        alone.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "only to herself"
    );
    let made = user
        .post(&page, &[("seen", &version), ("herself", "yes")])
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let code = made.body.split("samen-case-code\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap();

    assert_eq!(site.get("/my").await.status, StatusCode::OK);
    let shown = site.public("/my", &[("code", code)]).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert!(shown.headers.get("set-cookie").is_none());
    assert!(!shown.body.contains("Karima") && shown.body.contains("Zorg Haaglanden"));
    assert!(shown.body.contains("/leave"), "the way out");
    let english = site.public("/en/my", &[("code", code)]).await;
    assert!(
        english.body.contains("You have a helper"),
        "{}",
        english.body
    );
    let wrong = site.public("/my", &[("code", "0000 0000 0000 0000")]).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    assert!(wrong.body.contains("Deze code kennen wij niet"));
    let typo = site.public("/my", &[("code", "12ab")]).await;
    assert_eq!(typo.status, StatusCode::NOT_FOUND, "as any wrong code");
    assert!(
        !typo.body.contains("12ab"),
        "a nearly right code is not shown again"
    );
}
