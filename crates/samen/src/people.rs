//! `samen init`, `samen org`, `samen user`: the first set-up, by the administrator of people.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use desk::accounts::{self, Account, AccountSummary, NewAccount};
use desk::directory::Organisation;
use desk::{Actor, Role};
use domain::code::{OrgKind, RegionCode};
use vault::{Filter, Order, Stored};

use crate::output::{self, Done, Refused};
use crate::serve::now;
use crate::store::StoreArgs;

/// Organisations.
#[derive(Debug, Clone, Subcommand)]
pub enum OrgCommand {
    /// Adds an organisation
    #[command(
        after_help = "Example:\n  samen org add --name \"Politie Den Haag\" --kind POL --region RE06"
    )]
    Add(OrgAdd),
    /// Lists the organisations
    #[command(after_help = "Example:\n  samen org list --data /var/lib/samen/data")]
    List(StoreArgs),
}

/// A new organisation.
#[derive(Debug, Clone, Args)]
pub struct OrgAdd {
    #[command(flatten)]
    store: StoreArgs,
    /// Name
    #[arg(long)]
    name: String,
    /// Kind, a code of the vocabulary (samen vocabulary organisation_kinds)
    #[arg(long)]
    kind: String,
    /// Region it works for, if one
    #[arg(long)]
    region: Option<String>,
}

/// Accounts.
#[derive(Debug, Clone, Subcommand)]
pub enum UserCommand {
    /// Adds an account and prints its one-time-code secret once. The password is read from standard input
    #[command(
        after_help = "Example:\n  samen user add --user j.jansen --name \"J. Jansen\" --org Meldpunt --role signal_desk < password.txt"
    )]
    Add(UserAdd),
    /// Lists the accounts
    #[command(after_help = "Example:\n  samen user list --data /var/lib/samen/data")]
    List(StoreArgs),
    /// Blocks an account and ends its sessions
    #[command(after_help = "Example:\n  samen user disable j.jansen --data /var/lib/samen/data")]
    Disable(UserDisable),
}

/// A new account.
#[derive(Debug, Clone, Args)]
pub struct UserAdd {
    #[command(flatten)]
    store: StoreArgs,
    /// Name to sign in with
    #[arg(long)]
    user: String,
    /// Name as colleagues know it
    #[arg(long)]
    name: String,
    /// Name of the organisation
    #[arg(long)]
    org: String,
    /// Role, a code of the vocabulary; may be given more than once
    #[arg(long = "role", required = true)]
    roles: Vec<String>,
}

/// An account to block.
#[derive(Debug, Clone, Args)]
pub struct UserDisable {
    #[command(flatten)]
    store: StoreArgs,
    /// Name to sign in with
    user: String,
}

/// Makes data and key directory.
pub async fn init(store: StoreArgs) -> Result<Done> {
    let (vault, _) = store.open(true).await?;
    let head = vault.signed_head(now()).await?;
    vault.close().await;
    output::summary(&serde_json::json!({ "ready": true, "journal_key": head.key }))?;
    Ok(Done::Well)
}

/// Runs `samen org …`.
pub async fn org(command: OrgCommand) -> Result<Done> {
    match command {
        OrgCommand::Add(add) => {
            let (desk, _) = add.store.desk(true).await?;
            let organisation = Organisation {
                name: add.name,
                kind: OrgKind::new(add.kind)?,
                region: add.region.map(RegionCode::new).transpose()?,
                municipality: None,
            };
            let id = accounts::add_organisation(&desk, &Actor::System, now(), &organisation)
                .await
                .map_err(|e| Refused(said(&e)))?;
            desk.vault.close().await;
            output::summary(&serde_json::json!({ "organisation": id }))?;
        }
        OrgCommand::List(store) => {
            let (desk, _) = store.desk(false).await?;
            let directory = desk.directory();
            let all: Vec<_> = directory
                .all()
                .map(|(id, o)| serde_json::json!({ "id": id, "name": o.name, "kind": o.kind, "region": o.region }))
                .collect();
            desk.vault.close().await;
            output::summary(&serde_json::json!({ "organisations": all }))?;
        }
    }
    Ok(Done::Well)
}

/// Runs `samen user …`.
pub async fn user(command: UserCommand) -> Result<Done> {
    match command {
        UserCommand::Add(add) => add_user(add).await,
        UserCommand::List(store) => list_users(store).await,
        UserCommand::Disable(disable) => {
            let (desk, _) = disable.store.desk(false).await?;
            accounts::disable(&desk, &Actor::System, now(), &disable.user)
                .await
                .map_err(|e| Refused(said(&e)))?;
            desk.vault.close().await;
            output::summary(&serde_json::json!({ "disabled": disable.user }))?;
            Ok(Done::Well)
        }
    }
}

async fn add_user(add: UserAdd) -> Result<Done> {
    let (desk, _) = add.store.desk(true).await?;
    let directory = desk.directory();
    let org = directory
        .all()
        .find(|(_, o)| o.name == add.org)
        .map(|(id, _)| id)
        .with_context(|| {
            format!(
                "there is no organisation named `{}`; see samen org list",
                add.org
            )
        })?;
    let roles = add
        .roles
        .iter()
        .map(|code| {
            Role::from_code(code)
                .with_context(|| format!("there is no role `{code}`; see samen vocabulary roles"))
        })
        .collect::<Result<Vec<_>>>()?;
    let mut password = String::new();
    output::say("Password (one line on standard input):");
    std::io::stdin()
        .read_line(&mut password)
        .context("standard input cannot be read")?;
    let new = NewAccount {
        name: add.name,
        user_name: add.user.clone(),
        org,
        roles,
        password: password.trim_end_matches(['\r', '\n']).to_owned().into(),
    };
    let made = accounts::add(&desk, &Actor::System, now(), new)
        .await
        .map_err(|e| Refused(said(&e)))?;
    desk.vault.close().await;
    output::summary(&serde_json::json!({ "user": add.user, "totp_secret": made.totp_secret }))?;
    Ok(Done::Well)
}

async fn list_users(store: StoreArgs) -> Result<Done> {
    let (desk, _) = store.desk(false).await?;
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = desk
            .vault
            .list(
                &Account::KIND,
                &Filter::default(),
                Order::Newest,
                after.as_ref(),
                200,
            )
            .await?;
        for row in page.rows {
            let summary: AccountSummary = serde_json::from_value(row.summary)?;
            all.push(serde_json::json!({ "user": summary.user_name, "roles": summary.roles, "state": row.clear.state }));
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    desk.vault.close().await;
    output::summary(&serde_json::json!({ "users": all }))?;
    Ok(Done::Well)
}

fn said(error: &desk::DeskError) -> String {
    match error {
        desk::DeskError::Invalid(fields) => fields
            .iter()
            .map(|f| format!("{}: {}", f.field, f.detail))
            .collect::<Vec<_>>()
            .join("; "),
        other => other.to_string(),
    }
}
