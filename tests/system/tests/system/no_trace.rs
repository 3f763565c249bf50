//! What is told in confidence leaves no trace outside its seal: not in files, not in the database, not in the log, not in an address.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;
use system_tests::api::{Receipt, Report};
use system_tests::{Server, Store, StoreKind};

on_both_stores![
    a_copied_store_and_a_read_log_reveal_no_report,
    public_pages_keep_to_themselves
];

/// Words that stand for what a reporter entrusts to us. None of them may be found anywhere in clear.
const SECRETS: [&str; 4] = [
    "Kwispelzand",
    "0612349876",
    "melder@voorbeeld.example",
    "ZX-981-Q",
];

fn a_copied_store_and_a_read_log_reveal_no_report(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let server = Server::serve(&store, &[])?;
    let story = format!(
        "Aan de {} staat een busje met kenteken {}; bel {} of mail {}.",
        SECRETS[0], SECRETS[3], SECRETS[1], SECRETS[2]
    );
    let report = Report::of(&story, "geheime-sleutel-77")
        .with("about", json!({ "phone": SECRETS[1], "plate": SECRETS[3] }));
    let reply = report.send(&server.client())?;
    // The members of `about` may be refused; then the story alone is told, and the same must hold.
    let receipt = match reply.status {
        201 => Receipt::read(&reply)?,
        _ => Receipt::read(&Report::of(&story, "geheime-sleutel-78").send(&server.client())?)?,
    };
    let (_, log) = server.stop()?;

    let mut secrets: Vec<String> = SECRETS.iter().map(|&secret| secret.to_owned()).collect();
    secrets.extend([receipt.code.clone(), receipt.digits()]);
    for secret in &secrets {
        ensure!(
            !log.contains(secret.as_str()),
            "the log holds {secret:?}:\n{log}"
        );
        expect_nowhere(store.folder(), secret)?;
    }
    if let Some(database) = store.database() {
        let dump = database.dump()?;
        for secret in &secrets {
            let as_bytes: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            let found = dump.contains(secret.as_str()) || dump.contains(&as_bytes);
            ensure!(!found, "a dump of the database holds {secret:?}");
        }
    }
    Ok(())
}

fn public_pages_keep_to_themselves(kind: StoreKind) -> Result<()> {
    let server = Server::serve(&Store::fresh(kind)?, &[])?;
    let client = server.client();
    for (path, language) in [("/", "nl"), ("/en/", "en")] {
        let reply = client.get(path)?.expect_status(200)?;
        let page = reply.page();
        ensure!(
            page.first("html", "lang").as_deref() == Some(language),
            "{path} is not in {language}"
        );
        ensure!(reply.header("set-cookie").is_none(), "{path} sets a cookie");
        let policy = reply.header("content-security-policy").unwrap_or_default();
        for (part, wanted) in [
            ("default-src", true),
            ("unsafe-inline", false),
            ("unsafe-eval", false),
            ("http:", false),
        ] {
            ensure!(
                policy.contains(part) == wanted,
                "{path} has the policy {policy:?}"
            );
        }
        ensure!(
            reply.header("referrer-policy") == Some("no-referrer"),
            "{path} tells the next site where one came from"
        );
        ensure!(
            reply
                .header("cache-control")
                .unwrap_or_default()
                .contains("no-store"),
            "{path} stays in the browser"
        );
        for (element, attribute) in [("script", "src"), ("link", "href"), ("img", "src")] {
            let from = page.first(element, attribute).unwrap_or_default();
            ensure!(!from.contains("//"), "{path} loads {from} from elsewhere");
        }
        ensure!(
            !page.text().is_empty() && page.words_of("h1").len() == 1,
            "{path} has no single heading"
        );
    }
    Ok(())
}

pub fn expect_nowhere(folder: &Path, secret: &str) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        ensure!(
            !path.to_string_lossy().contains(secret),
            "a file is named {}",
            path.display()
        );
        if path.is_dir() {
            expect_nowhere(&path, secret)?;
        } else if path.is_file() {
            let bytes = fs::read(&path)?;
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            ensure!(!found, "{} holds {secret:?} in clear", path.display());
        }
    }
    Ok(())
}
