//! Files as evidence of an update, over HTTP: sent with the text, saved by the reviewer, taken away again, by account and by link.

use ::desk::Role;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::Answer;
use crate::plan_round::{between, round, whole};
use crate::real::Real;

const PDF: &str = "%PDF-1.7 meting";

/// A form with files, as a browser sends it: the fields first.
fn body(fields: &[(&str, &str)], files: &[&str]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        out += &format!(
            "--grens\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    for file in files {
        out += &format!(
            "--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\n\r\n{file}\r\n"
        );
    }
    out + "--grens--\r\n"
}

async fn post(
    real: &Real,
    role: Option<Role>,
    path: &str,
    fields: &[(&str, &str)],
    files: &[&str],
) -> Answer {
    let mut fields = fields.to_vec();
    let mut request = Request::post(path)
        .header("content-type", "multipart/form-data; boundary=grens")
        .header("sec-fetch-site", "same-origin");
    let token;
    if let Some(role) = role {
        let session = real.session(role).await;
        token = real.app.tokens.of_session(&session);
        fields.push(("_token", token.as_str()));
        request = request.header("cookie", format!("samen-session={session}"));
    }
    let request = request.body(Body::from(body(&fields, files))).unwrap();
    real.site.send(request).await
}

fn told<'a>(seen: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("seen", seen),
        ("status", "loopt"),
        ("results", "Twee regio's doen mee."),
        ("title", title),
    ]
}

#[tokio::test]
async fn a_file_goes_with_the_text_and_the_reviewer_saves_it() {
    let real = Real::new().await;
    let update = round(&real).await;
    let holder = Some(Role::ActionHolder);
    let send = format!("{update}/send");
    let page = real.see(Role::ActionHolder, &update).await;
    assert!(page.body.contains("enctype=\"multipart/form-data\""));

    // Without a name, and of a kind that is not taken: the words stay, nothing is kept.
    let unnamed = post(&real, holder, &send, &told("1", ""), &[PDF]).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "Geef het bestand een naam.",
        "Kies ze opnieuw",
        "Twee regio&#39;s",
    ] {
        assert!(unnamed.body.contains(said), "{said}: {}", unnamed.body);
    }
    let sound = post(
        &real,
        holder,
        &send,
        &told("1", "Meting"),
        &["ID3\u{4}geluid"],
    )
    .await;
    assert_eq!(sound.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "geen foto, PDF, tekst, Word- of Excel-bestand",
        "Twee regio&#39;s",
    ] {
        assert!(sound.body.contains(said), "{said}: {}", sound.body);
    }
    let bare = [("seen", "1"), ("status", "loopt"), ("results", "x")];
    let forged = Request::post(&send)
        .header("content-type", "multipart/form-data; boundary=grens")
        .header("sec-fetch-site", "same-origin")
        .header(
            "cookie",
            format!("samen-session={}", real.session(Role::ActionHolder).await),
        );
    let forged = forged.body(Body::from(body(&bare, &[PDF]))).unwrap();
    assert_eq!(real.site.send(forged).await.status, StatusCode::FORBIDDEN);

    let sent = post(
        &real,
        holder,
        &send,
        &told("1", "Meting <wachttijd>"),
        &[PDF],
    )
    .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = real.see(Role::ProgrammeOffice, &update).await;
    whole(&page, &update);
    assert!(
        page.body.contains("Meting &#60;wachttijd&#62;"),
        "{}",
        page.body
    );
    let file = format!("{update}/files/{}", between(&page, "/files/", "\""));
    for role in [Role::ProgrammeOffice, Role::ActionHolder, Role::Auditor] {
        let saved = real.see(role, &file).await;
        assert_eq!((saved.status, saved.body.as_str()), (StatusCode::OK, PDF));
        let header = |name: &str| saved.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "application/octet-stream");
        assert!(header("content-disposition").starts_with("attachment; filename=\""));
        assert!(header("content-security-policy").contains("sandbox"));
    }
    for role in [Role::Auditor, Role::ProgrammeOffice] {
        let all = real.see(role, "/work/evidence").await;
        whole(&all, "/work/evidence");
        assert!(all.body.contains(&file) && all.body.contains("Nog niet overgenomen"));
    }
    let barred = real.see(Role::CareCoordinator, &file).await;
    assert_eq!(barred.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn by_a_link_a_file_comes_is_saved_and_goes_and_the_secret_stands_in_no_address() {
    let real = Real::new().await;
    let update = round(&real).await;
    let link = format!("{update}/link");
    let made = real
        .send(
            Role::ProgrammeOffice,
            &link,
            &[("whom", "Beleidsmedewerker")],
        )
        .await;
    let secret = between(&made, "/update/", "<").to_owned();
    let mut fields = told("1", "Meting");
    fields.push(("link", &secret));
    let saved = post(&real, None, "/update", &fields, &[PDF]).await;
    whole(&saved, "/update");
    assert!(saved.body.contains("Bewaard. Nog niet verstuurd."));
    assert!(
        !saved.body.contains(&format!("/{secret}")),
        "no address holds it"
    );
    let file = between(&saved, "name=\"file\" value=\"", "\"").to_owned();
    let ask = async |secret: &str| {
        let pairs = [("link", secret), ("file", file.as_str())];
        real.ask(&Method::POST, "/update/file", None, false, &pairs)
            .await
    };
    let opened = ask(&secret).await;
    assert_eq!((opened.status, opened.body.as_str()), (StatusCode::OK, PDF));
    assert_eq!(ask(&"0".repeat(64)).await.status, StatusCode::NOT_FOUND);

    let mut fields = told("2", "");
    fields.extend([("link", secret.as_str()), ("away", file.as_str())]);
    let sent = post(&real, None, "/update/send", &fields, &[]).await;
    assert!(sent.body.contains("Verstuurd.") && sent.body.contains("Bestand weggehaald op"));
    assert_eq!(ask(&secret).await.status, StatusCode::NOT_FOUND);

    // A link that is over takes no file and loses no word.
    let gone = "0".repeat(64);
    let mut fields = told("3", "Meting");
    fields.push(("link", &gone));
    let over = post(&real, None, "/update/send", &fields, &[PDF]).await;
    assert_eq!(over.status, StatusCode::NOT_FOUND);
    assert!(
        over.body.contains("Twee regio&#39;s doen mee."),
        "{}",
        over.body
    );
}

#[tokio::test]
async fn a_holder_reads_on_the_first_page_that_a_cutoff_is_near_and_over() {
    let real = Real::new().await;
    let update = round(&real).await;
    let tick = async || {
        while !::desk::tick::tick(&real.app.desk, real.now())
            .await
            .unwrap()
            .is_idle()
        {}
    };
    tick().await;
    let plan = real.see(Role::ActionHolder, "/work/plan").await;
    assert!(!plan.body.contains("Er wordt op u gewacht"));
    real.pass(60 * 24 * 10);
    tick().await;
    for path in ["/work/plan", "/work/rounds", &update] {
        let page = real.see(Role::ActionHolder, path).await;
        whole(&page, path);
        let told = match path == update {
            true => "Er is nog niets verstuurd",
            false => "Er wordt op u gewacht",
        };
        assert!(page.body.contains(told), "{path}: {}", page.body);
    }
    let office = real.see(Role::ProgrammeOffice, "/work/plan").await;
    assert!(!office.body.contains("Er wordt op u gewacht"));
    real.pass(60 * 24 * 10);
    tick().await;
    let plan = real.see(Role::ActionHolder, "/work/plan").await;
    assert!(plan.body.contains("De ronde sloot op"), "{}", plan.body);
}
