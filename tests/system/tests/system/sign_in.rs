//! Signing in as the people of the demo: name, password and second factor, and nothing else opens the door.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use system_tests::api::expect_problem;
use system_tests::{Account, Client, Reply, Server, Store, StoreKind};

on_both_stores![
    every_role_signs_in_and_out,
    a_wrong_part_opens_nothing,
    a_code_opens_once,
    a_program_gets_a_token
];

/// A handful of reports is enough to sign in; a whole year would only take longer.
pub const SMALL_COUNTRY: [&str; 4] = ["--seed", "7", "--reports", "40"];

const ROLES: [&str; 15] = [
    "signal_desk",
    "investigator",
    "care_coordinator",
    "placement_officer",
    "shelter_staff",
    "registrar",
    "panel_secretary",
    "panel_member",
    "barrier_officer",
    "programme_office",
    "action_holder",
    "auditor",
    "privacy_officer",
    "people_admin",
    "system_admin",
];

fn every_role_signs_in_and_out(kind: StoreKind) -> Result<()> {
    let server = Server::demo(&Store::fresh(kind)?, &SMALL_COUNTRY)?;
    let accounts = server.accounts()?;
    let there: BTreeSet<&str> = accounts
        .all()
        .iter()
        .map(|account| account.role.as_str())
        .collect();
    for role in ROLES {
        ensure!(
            there.contains(role),
            "nobody in the demo has the role {role}; there are {there:?}"
        );
        let client = server.client();
        let home = accounts.with_role(role)?.sign_in(&client)?;
        ensure!(
            home.path.starts_with("/work"),
            "{role} came to {}",
            home.path
        );
        expect_marked_as_made_up(&home)?;
        let out = home.page().form_to("/work/sign-out")?;
        let after = client.submit(&home, &out)?;
        ensure!(
            after.status < 400,
            "{role} could not leave: {}",
            after.status
        );
        expect_shut(&client, &home.path)?;
    }
    Ok(())
}

fn a_wrong_part_opens_nothing(kind: StoreKind) -> Result<()> {
    let server = Server::demo(&Store::fresh(kind)?, &SMALL_COUNTRY)?;
    let account = server.accounts()?.with_role("signal_desk")?;
    let other = server.accounts()?.with_role("registrar")?;
    let tries = [
        Account {
            user: "niemand".to_owned(),
            ..account.clone()
        },
        Account {
            password: format!("{}x", account.password),
            ..account.clone()
        },
        Account {
            totp_secret: other.totp_secret.clone(),
            ..account.clone()
        },
    ];
    let mut said = BTreeSet::new();
    for wrong in tries {
        let client = server.client();
        let error = wrong.sign_in(&client).err();
        let message = error.map(|error| error.to_string().replace(&wrong.user, "X"));
        ensure!(
            message.is_some(),
            "{} was let in with something wrong",
            wrong.user
        );
        said.extend(message);
        expect_shut(&client, "/work")?;
    }
    ensure!(
        said.len() == 1,
        "the page tells which part was wrong: {said:?}"
    );
    account.sign_in(&server.client())?;
    Ok(())
}

fn a_code_opens_once(kind: StoreKind) -> Result<()> {
    let server = Server::demo(&Store::fresh(kind)?, &SMALL_COUNTRY)?;
    let account = server.accounts()?.with_role("care_coordinator")?;
    let code = account.fresh_code()?;
    let let_in = |client: &Client| -> Result<bool> {
        let page = client.visit("/work/sign-in")?;
        let form = page.page().form_with(&["user", "password", "totp"])?;
        let form = form
            .with("user", &account.user)
            .with("password", &account.password)
            .with("totp", &code);
        Ok(client.submit(&page, &form)?.location().is_some())
    };
    ensure!(let_in(&server.client())?, "a fresh code was refused");
    ensure!(
        !let_in(&server.client())?,
        "a code that was seen over somebody's shoulder opens a second session"
    );
    Ok(())
}

fn a_program_gets_a_token(kind: StoreKind) -> Result<()> {
    let server = Server::demo(&Store::fresh(kind)?, &SMALL_COUNTRY)?;
    let account = server.accounts()?.with_role("registrar")?;
    let client = server.client();
    let reply = account.open_session(&client)?;
    ensure!(
        matches!(reply.status, 200 | 201),
        "the session was answered {}: {}",
        reply.status,
        reply.text()
    );
    let token = reply.json()?["token"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    ensure!(
        token.len() >= 32,
        "the token is too short to be unguessable"
    );
    let wrong = Account {
        password: "anders".to_owned(),
        ..account.clone()
    }
    .open_session(&client)?;
    expect_problem(&wrong, 401)?;
    Ok(())
}

fn expect_shut(client: &Client, path: &str) -> Result<()> {
    let reply = client.get(path)?;
    let sent_away = reply
        .location()
        .is_some_and(|to| to.contains("/work/sign-in"));
    ensure!(
        sent_away || matches!(reply.status, 401 | 403 | 404),
        "{path} is open to a stranger: {}",
        reply.status
    );
    Ok(())
}

fn expect_marked_as_made_up(home: &Reply) -> Result<()> {
    let text = home.page().text().to_lowercase();
    ensure!(
        text.contains("verzonnen"),
        "{} does not say that the country is made up",
        home.path
    );
    Ok(())
}
