//! The commands that an administrator types, as far as their promises hold for every one of them.

use std::path::Path;

use anyhow::{Result, ensure};
use system_tests::api::{Receipt, Report, mailbox};
use system_tests::command::run;
use system_tests::{Server, Store, StoreKind};

on_both_stores![verify_finds_a_used_store_sound, a_restored_backup_is_equal];

/// Checks a stopped store with `samen verify`, and that it holds exactly this many reports.
pub fn expect_sound(store: &Store, reports: usize) -> Result<()> {
    let mut arguments = vec!["verify".to_owned()];
    arguments.extend(store.flags());
    let summary = run(&arguments)?.expect_status(0)?.summary()?;
    let stored = summary
        .pointer("/kinds/report")
        .or_else(|| summary.get("reports"));
    let stored = stored.and_then(serde_json::Value::as_u64);
    ensure!(
        stored == Some(u64::try_from(reports)?),
        "{reports} reports were acknowledged; `samen verify` counts {stored:?}: {summary}"
    );
    Ok(())
}

/// How many records of a kind `samen verify` counts.
pub fn kinds(store: &Store, kind: &str) -> Result<u64> {
    let mut arguments = vec!["verify".to_owned()];
    arguments.extend(store.flags());
    let summary = run(&arguments)?.expect_status(0)?.summary()?;
    let counted = summary.pointer(&format!("/kinds/{kind}"));
    Ok(counted.and_then(serde_json::Value::as_u64).unwrap_or(0))
}

#[test]
fn every_command_explains_itself() -> Result<()> {
    let help = run(["--help"])?.expect_status(0)?;
    for command in [
        "serve", "demo", "world", "init", "backup", "restore", "verify", "journal", "plan",
        "import", "config", "decide", "law", "place",
    ] {
        ensure!(
            help.out.contains(command),
            "`samen --help` does not name {command}:\n{}",
            help.out
        );
        let own = run([command, "--help"])?.expect_status(0)?;
        ensure!(
            own.out.contains("samen "),
            "`samen {command} --help` shows no example:\n{}",
            own.out
        );
    }
    Ok(())
}

#[test]
fn wrong_usage_ends_with_two_and_says_what_is_wrong() -> Result<()> {
    let wrong: [&[&str]; 3] = [
        &["no-such-command"],
        &["serve", "--no-such-flag"],
        &["serve", "--listen", "nowhere"],
    ];
    for arguments in wrong {
        let done = run(arguments)?.expect_status(2)?;
        let last = arguments.last().copied().unwrap_or_default();
        ensure!(
            done.err.contains(last),
            "{arguments:?} was refused without naming {last:?}:\n{}",
            done.err
        );
        ensure!(
            done.out.is_empty(),
            "{arguments:?} wrote to standard output:\n{}",
            done.out
        );
    }
    Ok(())
}

fn verify_finds_a_used_store_sound(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let server = Server::serve(&store, &[])?;
    for number in 0..3 {
        Receipt::read(&Report::of("Een verhaal.", &format!("v-{number}")).send(&server.client())?)?;
    }
    server.stop()?;
    expect_sound(&store, 3)
}

fn a_restored_backup_is_equal(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let server = Server::serve(&store, &[])?;
    let receipt =
        Receipt::read(&Report::of("Voor de reservekopie.", "b-1").send(&server.client())?)?;
    let file = store.folder().join("backup.samen");
    let saved = backup(&store, &file)?;
    server.stop()?;

    let copy = Store::fresh(kind)?;
    let keys = (
        store.data().with_extension("keys"),
        copy.data().with_extension("keys"),
    );
    copy_folder(&keys.0, &keys.1)?;
    let mut arguments = vec!["restore".to_owned(), file.to_string_lossy().into_owned()];
    arguments.extend(copy.flags());
    let restored = run(&arguments)?.expect_status(0)?.summary()?;
    ensure!(
        restored["state_hash"] == saved,
        "saved {saved}, restored {}",
        restored["state_hash"]
    );
    let server = Server::serve(&copy, &[])?;
    mailbox(&server.client(), &receipt.digits())?.expect_status(200)?;
    server.stop()?;
    expect_sound(&copy, 1)
}

/// Saves a running store and gives the state hash that the command printed.
fn backup(store: &Store, file: &Path) -> Result<serde_json::Value> {
    let mut arguments = vec![
        "backup".to_owned(),
        "--out".to_owned(),
        file.to_string_lossy().into_owned(),
    ];
    arguments.extend(store.flags());
    let summary = run(&arguments)?.expect_status(0)?.summary()?;
    let hash = summary["state_hash"].clone();
    ensure!(
        hash.as_str().is_some_and(|hash| hash.len() >= 64),
        "the backup names no state hash: {summary}"
    );
    Ok(hash)
}

/// Copies a folder of plain files, as somebody does who keeps the keys apart from the backup.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            std::fs::copy(path, target)?;
        }
    }
    Ok(())
}
