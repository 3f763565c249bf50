//! Every route with every role: who may is not refused, who may not is refused with the reason and nothing else. What is
//! found is compared with `tests/rights.txt`, which a jurist can read.

mod matrix;

use std::collections::BTreeSet;

use ::desk::Role;
use axum::http::{Method, StatusCode};
use web::routes::Line;

use crate::Answer;
use crate::real::{CANARY, NO_ID, Real};

/// Everybody: nobody, and each role.
fn everybody() -> Vec<Option<Role>> {
    std::iter::once(None)
        .chain(Role::STAFF.into_iter().map(Some))
        .collect()
}

fn may(line: &Line, who: Option<Role>) -> bool {
    let roles = line.case.rule().roles;
    roles.contains(&Role::Anyone) || who.is_some_and(|role| roles.contains(&role))
}

fn name(who: Option<Role>) -> &'static str {
    who.map_or("nobody", Role::code)
}

/// The path with this id in place of everything that varies.
fn filled(path: &str, id: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { id } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// The paths to try: with an id of nothing, and with ids of records that exist.
fn paths(real: &Real, line: &Line) -> Vec<String> {
    if !line.path.contains('{') {
        return vec![line.path.to_owned()];
    }
    std::iter::once(NO_ID)
        .chain(real.known.iter().map(String::as_str))
        .map(|id| filled(line.path, id))
        .collect()
}

async fn session(real: &Real, who: Option<Role>) -> Option<String> {
    match who {
        Some(role) => Some(real.session(role).await),
        None => None,
    }
}

/// What somebody meets on a path.
async fn meet(real: &Real, line: &Line, path: &str, who: Option<Role>) -> Answer {
    let session = session(real, who).await;
    real.ask(&line.method, path, session.as_deref(), true, &[])
        .await
}

fn refused(answer: &Answer) -> bool {
    matches!(
        answer.status,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
    ) || (answer.status == StatusCode::SEE_OTHER && answer.header("location") == "/work/sign-in")
}

fn expect_clean(answer: &Answer, what: &str) {
    for telling in [CANARY, "Organisatie", "Naam "] {
        assert!(!answer.body.contains(telling), "{what} tells {telling:?}");
    }
}

/// A refusal says why, and nothing of any record.
fn expect_refusal(answer: &Answer, line: &Line, who: Option<Role>, what: &str) {
    expect_clean(answer, what);
    let reason = match who {
        Some(_) => {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
            "Dit is alleen voor: "
        }
        None if line.method == Method::GET && line.path.starts_with("/work") => {
            assert_eq!(answer.header("location"), "/work/sign-in", "{what}");
            ""
        }
        None => {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
            "U bent niet ingelogd"
        }
    };
    assert!(
        answer.body.contains(reason),
        "{what} does not say {reason:?}: {}",
        answer.body
    );
}

/// Whether what was met fits the table; gives what was met.
async fn walk(real: &Real, line: &Line, who: Option<Role>) -> bool {
    let allowed = may(line, who);
    for path in paths(real, line) {
        // A change that is allowed is tried on nothing: this test is about who may ask, not about what follows.
        if allowed && line.method != Method::GET && path != filled(line.path, NO_ID) {
            continue;
        }
        let answer = meet(real, line, &path, who).await;
        let what = format!("{} {path} as {}: {}", line.method, name(who), answer.status);
        assert!(!answer.status.is_server_error(), "{what}");
        // Signing out leads to the sign-in page as well; being sent there is a refusal only of reading.
        let turned_away = refused(&answer)
            && !(line.method == Method::POST && answer.status == StatusCode::SEE_OTHER);
        assert_eq!(!turned_away, allowed, "{what}: {}", answer.body);
        if !allowed {
            expect_refusal(&answer, line, who, &what);
        }
    }
    allowed
}

#[tokio::test]
async fn every_route_asks_for_its_role() {
    let real = Real::new().await;
    let mut lines = Vec::new();
    for line in &real.table {
        let mut row = Vec::new();
        for who in everybody() {
            row.push(walk(&real, line, who).await);
        }
        lines.push((line.clone(), row));
    }
    matrix::compare(&real, &lines);
}

#[tokio::test]
async fn a_change_without_the_forms_token_is_refused() {
    let real = Real::new().await;
    for line in real.table.iter().filter(|l| l.method == Method::POST) {
        let path = filled(line.path, NO_ID);
        for role in Role::STAFF {
            if line.case.rule().roles.contains(&Role::Anyone) || !may(line, Some(role)) {
                continue;
            }
            let session = real.session(role).await;
            let without = real
                .ask(&line.method, &path, Some(&session), false, &[])
                .await;
            // A route that reads another kind of body refuses this one before it looks for a token.
            let other_kind = without.status == StatusCode::UNSUPPORTED_MEDIA_TYPE;
            assert!(
                without.status == StatusCode::FORBIDDEN || other_kind,
                "POST {path} as {} without a token: {}",
                role.code(),
                without.status
            );
            expect_clean(&without, &path);
            let stolen = real.session(role).await;
            let token = real.app.tokens.of_session(&stolen);
            let pairs = [("_token", token.as_str())];
            let other = real
                .ask(&line.method, &path, Some(&session), false, &pairs)
                .await;
            assert!(
                other.status == StatusCode::FORBIDDEN || other_kind,
                "POST {path} with the token of another session: {}",
                other.status
            );
        }
    }
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let real = Real::new().await;
    for line in real.table.iter().filter(|l| l.method == Method::POST) {
        let request = axum::http::Request::post(filled(line.path, NO_ID))
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::empty())
            .unwrap();
        let answer = real.site.send(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", line.path);
    }
}

#[tokio::test]
async fn a_session_that_is_none_is_nobody() {
    let real = Real::new().await;
    let long = "a".repeat(10_000);
    let unknown = "0".repeat(63) + "f";
    for session in ["", "x", unknown.as_str(), long.as_str(), "../../etc/passwd"] {
        for line in real.table.iter().filter(|line| !may(line, None)) {
            let path = filled(line.path, NO_ID);
            let answer = real
                .ask(&line.method, &path, Some(session), true, &[])
                .await;
            assert!(
                refused(&answer),
                "{} {path}: {}",
                line.method,
                answer.status
            );
            expect_clean(&answer, &path);
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_other_methods_are_named() {
    let real = Real::new().await;
    for path in ["/work/nowhere", "/work/people/x/y/z", "/api/v1/nowhere"] {
        for who in [None, Some(Role::Auditor), Some(Role::SignalDesk)] {
            let session = session(&real, who).await;
            let answer = real
                .ask(&Method::GET, path, session.as_deref(), false, &[])
                .await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            expect_clean(&answer, path);
            if path.starts_with("/api") {
                assert_eq!(answer.header("content-type"), "application/problem+json");
                assert_eq!(answer.header("api-version"), web::api::VERSION);
            }
        }
    }
    let distinct: BTreeSet<&str> = real.table.iter().map(|line| line.path).collect();
    for path in distinct {
        let lines: Vec<&Line> = real.table.iter().filter(|l| l.path == path).collect();
        // Somebody who may do all that is done there, where there is such a role: else a guard answers before the method is looked at.
        let may_all = |role: &Role| lines.iter().all(|line| may(line, Some(*role)));
        let role = (Role::STAFF.into_iter().find(may_all))
            .or_else(|| Role::STAFF.into_iter().find(|r| may(lines[0], Some(*r))));
        let session = session(&real, role).await;
        for method in [Method::DELETE, Method::PUT, Method::PATCH] {
            if lines.iter().any(|line| line.method == method) {
                continue;
            }
            let at = filled(path, NO_ID);
            let answer = real.ask(&method, &at, session.as_deref(), false, &[]).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            for line in &lines {
                assert!(
                    answer.header("allow").contains(line.method.as_str()),
                    "{method} {path} does not name {}",
                    line.method
                );
            }
        }
    }
}

#[tokio::test]
async fn asking_for_the_head_needs_the_same_role() {
    let real = Real::new().await;
    for line in real.table.iter().filter(|l| l.method == Method::GET) {
        let path = filled(line.path, NO_ID);
        for who in everybody().into_iter().filter(|who| !may(line, *who)) {
            let session = session(&real, who).await;
            let answer = real
                .ask(&Method::HEAD, &path, session.as_deref(), false, &[])
                .await;
            assert!(
                refused(&answer) || answer.status == StatusCode::UNAUTHORIZED,
                "HEAD {path} as {}: {}",
                name(who),
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn programs_are_refused_in_their_own_words() {
    let real = Real::new().await;
    let answer = real.site.get("/api/v1/mailbox").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("api-version"), web::api::VERSION);
}
