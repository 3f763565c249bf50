//! A full disk: the report is not accepted and its sender is told so; when space returns, the server goes on by itself.

use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::Value;
use system_tests::api::{Receipt, Report, expect_problem, mailbox};
use system_tests::disk::{SmallDisk, limit_file_size};
use system_tests::{Client, Server, Store, StoreKind, command};

use crate::commands::expect_sound;

#[test]
fn a_full_disk_refuses_loses_nothing_and_recovers_by_itself() -> Result<()> {
    match SmallDisk::mount(24)? {
        Some(disk) => on_a_small_disk(&disk),
        None => under_a_file_limit(),
    }
}

/// As root: a real disk that is full.
fn on_a_small_disk(disk: &SmallDisk) -> Result<()> {
    let store = Store::embedded_in(disk.path());
    let server = Server::serve(&store, &[])?;
    let client = server.client();
    let before = keep(&client, "before", 5)?;
    let filler = disk.fill()?;
    let refused = report_until_refused(&client, 400)?;
    expect_problem(
        &client.post_json(
            "/api/v1/reports",
            &[("Idempotency-Key", "full")],
            &large("full"),
        )?,
        507,
    )?;
    client.get("/livez")?.expect_status(200)?;
    mailbox(&client, &before[0].digits())?.expect_status(200)?;
    filler.remove()?;
    finish(server, &store, before.len(), refused)
}

/// As another user: the process may write no file beyond a size. It gets "file too large" where a full disk gives "no space".
fn under_a_file_limit() -> Result<()> {
    let store = Store::fresh(StoreKind::Sqlite)?;
    let server = Server::watch(deaf_to_file_limit(&store)?, &store)?;
    let client = server.client();
    let before = keep(&client, "before", 5)?;
    limit_file_size(server.pid(), Some(1))?;
    let refused = report_until_refused(&client, 50)?;
    client.get("/livez")?.expect_status(200)?;
    limit_file_size(server.pid(), None)?;
    finish(server, &store, before.len(), refused)
}

/// Space is there again: what was refused is sent again with its own key and kept; nothing is lost and nothing is there twice.
fn finish(
    server: Server,
    store: &Store,
    before: usize,
    accepted_or_refused: Vec<(String, Option<Receipt>)>,
) -> Result<()> {
    let client = server.client();
    for (key, receipt) in &accepted_or_refused {
        let again = Receipt::read(&client.post_json(
            "/api/v1/reports",
            &[("Idempotency-Key", key)],
            &large(key),
        )?)?;
        ensure!(
            receipt.as_ref().is_none_or(|first| *first == again),
            "{key} got {receipt:?} and then {again:?}"
        );
        mailbox(&client, &again.digits())?.expect_status(200)?;
    }
    keep(&client, "after", 5)?;
    client.get("/readyz")?.expect_status(200)?;
    server.stop()?;
    expect_sound(store, before + accepted_or_refused.len() + 5)
}

/// Reports of twenty kilobytes until five in a row are refused; each with its key and, when it was kept, its receipt.
fn report_until_refused(client: &Client, most: usize) -> Result<Vec<(String, Option<Receipt>)>> {
    let mut sent = Vec::new();
    for number in 0..most {
        let key = format!("fill-{number}");
        let reply = client.post_json(
            "/api/v1/reports",
            &[("Idempotency-Key", &key)],
            &large(&key),
        )?;
        if reply.status == 201 {
            sent.push((key, Some(Receipt::read(&reply)?)));
            continue;
        }
        let problem = expect_problem(&reply, 507)?;
        ensure!(
            problem.get("received_at").is_none(),
            "a refused report got a code: {problem}"
        );
        sent.push((key, None));
        if sent
            .iter()
            .rev()
            .take(5)
            .filter(|(_, receipt)| receipt.is_none())
            .count()
            == 5
        {
            return Ok(sent);
        }
    }
    anyhow::bail!("{most} reports and the disk is still not full")
}

fn keep(client: &Client, name: &str, count: usize) -> Result<Vec<Receipt>> {
    (0..count)
        .map(|number| {
            Receipt::read(&Report::of("Een verhaal.", &format!("{name}-{number}")).send(client)?)
        })
        .collect()
}

fn large(key: &str) -> Value {
    serde_json::json!({ "story": format!("{key} {}", "een lang verhaal ".repeat(900)) })
}

/// A server that is told of the limit by the failing write, not by the signal that would end it.
pub fn deaf_to_file_limit(store: &Store) -> Result<Command> {
    let samen = command::samen()?;
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(samen.get_program());
    shell
        .arg("serve")
        .args(store.flags())
        .args(["--listen", "127.0.0.1:0"]);
    Ok(shell)
}
