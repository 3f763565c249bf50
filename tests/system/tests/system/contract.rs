//! The routes that outsiders may rely on: what they answer, and that they answer it again.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use system_tests::api::{Receipt, Report, expect_problem, mailbox};
use system_tests::{Client, Reply, Server, Store, StoreKind};

on_both_stores![
    health_is_told_in_json,
    the_api_describes_itself,
    a_report_gets_a_receipt_and_a_mailbox,
    a_repeated_report_gets_the_same_receipt,
    the_same_report_from_eight_sides_at_once_is_one_report,
    a_receipt_outlives_a_kill,
    unknown_and_wrong_codes_look_the_same,
    doors_that_need_a_session_stay_shut,
];

fn health_is_told_in_json(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    for path in ["/livez", "/readyz"] {
        let reply = client.get(path)?.expect_status(200)?;
        ensure!(reply.json()?.is_object(), "{path} answers no JSON object");
        ensure!(reply.bytes().len() < 1000, "{path} is not short");
        ensure!(reply.header("set-cookie").is_none(), "{path} sets a cookie");
    }
    Ok(())
}

fn the_api_describes_itself(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let reply = server
        .client()
        .get("/api/v1/openapi.json")?
        .expect_status(200)?;
    let api = reply.json()?;
    ensure!(
        api["openapi"]
            .as_str()
            .unwrap_or_default()
            .starts_with("3."),
        "no OpenAPI 3: {}",
        api["openapi"]
    );
    let paths = api["paths"]
        .as_object()
        .context("the description has no paths")?;
    for path in ["/reports", "/mailbox", "/sessions"] {
        ensure!(
            paths.keys().any(|has| has.ends_with(path)),
            "{path} is not described; there are {:?}",
            paths.keys()
        );
    }
    // NL API Design Rules: the description is open to every origin, and every answer names the version.
    ensure!(
        reply.header("access-control-allow-origin") == Some("*"),
        "another site may not read the description"
    );
    ensure!(
        reply.header("api-version").is_some(),
        "the answer names no API-Version"
    );
    Ok(())
}

fn a_report_gets_a_receipt_and_a_mailbox(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let report = Report::of("In een kas werken acht mensen veertien uur per dag.", "a-1")
        .with("language", json!("nl"))
        .with("acute", json!(false))
        .with("place", json!("GM0363"));
    let reply = report.send(&client)?;
    let receipt = Receipt::read(&reply)?;
    expect_code(&receipt.code)?;
    expect_time(&receipt.received_at)?;
    ensure!(
        reply.header("set-cookie").is_none(),
        "a reporter gets no cookie"
    );
    ensure!(
        !reply.text().contains("kas"),
        "the answer repeats the story"
    );

    let opened = mailbox(&client, &receipt.digits())?.expect_status(200)?;
    ensure!(
        opened
            .header("cache-control")
            .unwrap_or_default()
            .contains("no-store"),
        "a mailbox may be cached"
    );
    let opened = opened.json()?;
    ensure!(
        opened["status"] == "received",
        "the mailbox says {}",
        opened["status"]
    );
    ensure!(
        opened["messages"] == json!([]),
        "the mailbox holds {}",
        opened["messages"]
    );

    let other = Receipt::read(&Report::of("Een ander verhaal.", "a-2").send(&client)?)?;
    ensure!(other.code != receipt.code, "two reports share a code");
    Ok(())
}

fn a_repeated_report_gets_the_same_receipt(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let longest_key = "k".repeat(200);
    for key in ["plain", "met spatie & %20", longest_key.as_str()] {
        let report = Report::of("Hetzelfde verhaal.", key);
        let first = Receipt::read(&report.send(&client)?)?;
        // Another visitor on another connection: the key counts, not the caller.
        let again = Receipt::read(&report.send(&server.client())?)?;
        ensure!(first == again, "{key:?} got {first:?} and then {again:?}");
        let other = Report::of("Een ander verhaal onder dezelfde sleutel.", key).send(&client)?;
        expect_problem(&other, 409)?;
        ensure!(
            Receipt::read(&report.send(&client)?)? == first,
            "the refusal changed the receipt of {key:?}"
        );
    }
    Ok(())
}

fn the_same_report_from_eight_sides_at_once_is_one_report(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let report = Report::of("Acht keer verstuurd, een keer gemeld.", "at-once");
    let receipts = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| Receipt::read(&report.send(&server.client())?)))
            .collect();
        senders
            .into_iter()
            .map(|sender| sender.join().expect("a sender panicked"))
            .collect::<Result<Vec<_>>>()
    })?;
    let codes: BTreeSet<_> = receipts.iter().map(|receipt| &receipt.code).collect();
    ensure!(codes.len() == 1, "one report got the codes {codes:?}");
    Ok(())
}

fn a_receipt_outlives_a_kill(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let server = Server::serve(&store, &[])?;
    let report = Report::of("Bewaard voor de stroom uitviel.", "kept");
    let receipt = Receipt::read(&report.send(&server.client())?)?;
    server.kill()?;
    let server = Server::serve(&store, &[])?;
    ensure!(
        Receipt::read(&report.send(&server.client())?)? == receipt,
        "the receipt changed over a restart"
    );
    mailbox(&server.client(), &receipt.digits())?.expect_status(200)?;
    Ok(())
}

fn unknown_and_wrong_codes_look_the_same(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let receipt = Receipt::read(&Report::of("Een verhaal.", "m-1").send(&client)?)?;
    let one_off = with_next_last_digit(&receipt.digits());
    let unknown = mailbox(&client, "0000000000000000")?;
    expect_problem(&unknown, 404)?;
    let wrong = mailbox(&client, &one_off)?;
    ensure!(
        shape(&wrong) == shape(&unknown),
        "a code that is one off shows: {wrong:?} against {unknown:?}"
    );
    for malformed in ["4711", "not-a-code", "47110815123456789999"] {
        let reply = mailbox(&client, malformed)?;
        ensure!(
            (400..=404).contains(&reply.status),
            "{malformed} was answered {}",
            reply.status
        );
        ensure!(
            !reply.text().contains(malformed),
            "the answer repeats the code"
        );
    }
    let nameless = client.get("/api/v1/mailbox")?;
    ensure!(
        matches!(nameless.status, 400 | 401 | 404),
        "no code at all was answered {}",
        nameless.status
    );
    expect_problem(&nameless, nameless.status)?;
    Ok(())
}

fn doors_that_need_a_session_stay_shut(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let nobody = json!({"user": "niemand", "password": "geen", "totp": "000000"});
    expect_problem(&client.post_json("/api/v1/sessions", &[], &nobody)?, 401)?;
    for path in ["/api/v1/nowhere", "/api/v1/reports/1"] {
        expect_problem(&client.get(path)?, 404)?;
    }
    let wrong_method = client.send("DELETE", "/api/v1/reports", &[], &[])?;
    expect_problem(&wrong_method, 405)?;
    expect_work_is_shut(&client)
}

fn expect_work_is_shut(client: &Client) -> Result<()> {
    let reply = client.get("/work")?;
    let to = reply.location().unwrap_or_default();
    let shut = matches!(reply.status, 401 | 403 | 404) || to.contains("/work/sign-in");
    ensure!(shut, "/work is open to anybody: {} {to}", reply.status);
    Ok(())
}

/// What an onlooker could tell answers apart by: status, names of headers, size and words.
fn shape(reply: &Reply) -> (u16, BTreeSet<String>, String) {
    let names = reply
        .all_headers()
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    (reply.status, names, reply.text())
}

fn expect_code(code: &str) -> Result<()> {
    let groups: Vec<&str> = code.split(' ').collect();
    let digits = |group: &&str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_digit());
    ensure!(
        groups.len() == 4 && groups.iter().all(digits),
        "{code:?} is not four groups of four digits"
    );
    Ok(())
}

fn expect_time(time: &str) -> Result<()> {
    let date = time.get(..11).unwrap_or_default();
    let dated = date.ends_with('T') && date.matches('-').count() == 2;
    let offset = time.ends_with('Z') || time.get(19..).unwrap_or_default().contains(['+', '-']);
    ensure!(
        dated && offset,
        "{time:?} is no RFC 3339 time with an offset"
    );
    Ok(())
}

fn with_next_last_digit(digits: &str) -> String {
    let (known, last) = digits.split_at(digits.len() - 1);
    format!("{known}{}", (last.parse::<u8>().unwrap_or(0) + 1) % 10)
}
