//! Truncated, oversized, wrongly encoded and contradictory input: a clear refusal, nothing kept, never a fault of ours.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use system_tests::api::{Receipt, Report, expect_problem};
use system_tests::{Client, Server, Store, StoreKind};

on_both_stores![
    bodies_that_are_no_report_are_refused,
    contents_that_cannot_be_are_refused,
    what_is_too_large_is_refused
];

const JSON: &str = "application/json";

fn bodies_that_are_no_report_are_refused(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let nested = "[".repeat(100_000);
    let bodies: [(&str, &str, &[u8]); 9] = [
        ("empty", JSON, b""),
        ("cut off", JSON, br#"{"story": "een halve"#),
        ("no object", JSON, br#"["story"]"#),
        ("null", JSON, b"null"),
        ("not UTF-8", JSON, b"{\"story\": \"\xff\xfe\"}"),
        ("UTF-16", JSON, b"\xff\xfe{\0\"\0s\0"),
        ("a lone surrogate", JSON, br#"{"story": "\ud800"}"#),
        ("nested a hundred thousand deep", JSON, nested.as_bytes()),
        ("another kind", "text/xml", b"<story>een verhaal</story>"),
    ];
    for (name, kind, body) in bodies {
        let reply = client.post_raw("/api/v1/reports", kind, &[("Idempotency-Key", name)], body)?;
        ensure!(
            (400..=422).contains(&reply.status),
            "{name} was answered {}: {}",
            reply.status,
            reply.text()
        );
        expect_problem(&reply, reply.status)?;
    }
    expect_alive(&client)
}

fn contents_that_cannot_be_are_refused(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let story = "Een verhaal.";
    let contents: [(&str, Value); 7] = [
        ("story", json!({ "language": "nl" })),
        ("story", json!({ "story": "" })),
        ("story", json!({ "story": "  \n\t " })),
        ("story", json!({ "story": 7 })),
        ("acute", json!({ "story": story, "acute": "misschien" })),
        ("place", json!({ "story": story, "place": "GM9999999" })),
        (
            "language",
            json!({ "story": story, "language": "geen taal" }),
        ),
    ];
    for (at, (member, body)) in contents.iter().enumerate() {
        let key = format!("c-{at}");
        let reply = client.post_json("/api/v1/reports", &[("Idempotency-Key", &key)], body)?;
        let problem = expect_problem(&reply, 400)?;
        ensure!(
            problem.to_string().contains(member),
            "{body} was refused without naming {member}: {problem}"
        );
        // The key of a refused report is free: the sender mends the report and sends it again.
        Receipt::read(&Report::of("Nu goed.", &key).send(&client)?)?;
    }
    expect_alive(&client)
}

fn what_is_too_large_is_refused(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    let large = Report::of(&"a".repeat(32 * 1024 * 1024), "large");
    match large.send(&client) {
        Ok(reply) => drop(expect_problem(&reply, 413)?),
        // A server may hang up on a sender that goes on after it was refused; what counts is that it stays well.
        Err(error) => ensure!(error.is::<system_tests::client::Unanswered>(), "{error}"),
    }
    let long_key = "k".repeat(201);
    let reply = Report::of("Een verhaal.", &long_key).send(&client)?;
    ensure!(
        (400..=431).contains(&reply.status),
        "a key of 201 bytes was answered {}",
        reply.status
    );
    expect_problem(&reply, reply.status)?;
    expect_alive(&client)
}

fn expect_alive(client: &Client) -> Result<()> {
    client.get("/readyz")?.expect_status(200)?;
    Receipt::read(&Report::of("Een gewone melding.", "after").send(client)?)?;
    Ok(())
}
