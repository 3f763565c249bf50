//! `samen world`, and the accounts and organisations of the made-up country.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use desk::accounts::{self, NewAccount};
use desk::directory::Organisation;
use desk::{Actor, Desk, Role};
use domain::code::{MunicipalityCode, OrgKind, RegionCode};
use domain::ids::OrgId;
use jiff::ToSpan;
use serde::Serialize;
use world::{Settings, World};

use crate::output::{self, Done};
use crate::serve::now;

/// What to write.
#[derive(Debug, Clone, Args)]
pub struct WorldArgs {
    /// Seed: the same seed makes the same country
    #[arg(long)]
    seed: u64,
    /// Number of reports
    #[arg(long)]
    reports: u64,
    /// Directory to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Day of the first report, Europe/Amsterdam
    #[arg(long, default_value = "2026-01-01")]
    start: jiff::civil::Date,
}

/// Writes the country as files, report by report.
pub fn write(args: &WorldArgs) -> Result<Done> {
    let world = World::new(Settings::new(args.seed, args.reports, args.start))?;
    let bar = output::progress(args.reports, "reports");
    let summary = world::write_files(&args.out, &world, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    output::summary(&summary)?;
    Ok(Done::Well)
}

/// An account that one can sign in with.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// Name to sign in with.
    pub user: String,
    /// Password.
    pub password: String,
    /// One-time-code secret, base32.
    pub totp_secret: String,
    /// Role.
    pub role: String,
    /// Organisation.
    pub organisation: String,
}

impl DemoAccount {
    /// One line for a person to read.
    pub fn line(&self) -> String {
        format!(
            "{:<28} {:<18} password {}  code secret {}  ({})",
            self.user, self.role, self.password, self.totp_secret, self.organisation
        )
    }
}

/// Loads the made-up country into an empty store and returns its accounts.
pub async fn load_demo(desk: &Desk, seed: u64, reports: u64) -> Result<Vec<DemoAccount>> {
    let today = domain::time::dutch_date(now());
    let world = World::new(Settings::new(seed, reports, today.saturating_sub(1.year())))?;
    let organisations = load_organisations(desk, &world).await?;
    load_accounts(desk, &world, &organisations).await
}

async fn load_organisations(
    desk: &Desk,
    world: &World,
) -> Result<std::collections::BTreeMap<String, OrgId>> {
    let mut out = std::collections::BTreeMap::new();
    for made in world.organisations() {
        let region = if made.kind == "POL" {
            &made.unit
        } else {
            &made.region
        };
        let organisation = Organisation {
            name: made.name.clone(),
            kind: OrgKind::new(made.kind.to_string())?,
            region: region
                .as_ref()
                .map(|r| RegionCode::new(r.to_string()))
                .transpose()?,
            municipality: made
                .municipality
                .as_ref()
                .map(|m| MunicipalityCode::new(m.to_string()))
                .transpose()?,
        };
        let id = accounts::add_organisation(desk, &Actor::System, now(), &organisation).await?;
        out.insert(made.id.clone(), id);
    }
    Ok(out)
}

async fn load_accounts(
    desk: &Desk,
    world: &World,
    organisations: &std::collections::BTreeMap<String, OrgId>,
) -> Result<Vec<DemoAccount>> {
    let mut out = Vec::new();
    for person in world.people().iter().filter(|p| p.demo_account) {
        let (Some(org), Some(role)) = (
            organisations.get(&person.organisation),
            Role::from_code(&person.role),
        ) else {
            continue;
        };
        let user = person.id.to_lowercase();
        let password = format!("samen-demo-{user}");
        let new = NewAccount {
            name: person.name.clone(),
            user_name: user.clone(),
            org: *org,
            roles: vec![role],
            password: password.clone().into(),
        };
        let made = accounts::add(desk, &Actor::System, now(), new).await?;
        out.push(DemoAccount {
            user,
            password,
            totp_secret: made.totp_secret,
            role: person.role.to_string(),
            organisation: desk.directory().name(*org).to_owned(),
        });
    }
    Ok(out)
}
