//! How long opening the register takes: 500 actions with ten years of history, on a store of its own in a folder that is removed again.
//!
//! `cargo run -p desk --example register` prints the times of the list, of one action, of the coverage map and of the choice desk: what the server
//! spends before it writes the page. It is a measurement for docs/performance.md, no test: a busy machine is slower.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::plan::{self, ListFilter};
use desk::{Actor, Desk, Role, accounts};
use domain::action::{Action, ActionPlan, Line, Status, StatusChange};
use domain::coverage::Axis;
use domain::ids::{ActionId, OrgId};
use domain::vocabulary::Vocabulary;
use domain::{By, SafeText};
use jiff::{SignedDuration, Timestamp};
use vault::{Change, ClearData, Draft, KeyDir, OsChance, Store, Term, Vault, Where};

const ACTIONS: usize = 500;
/// Ten years, four messages a year.
const MESSAGES: i64 = 40;

type Done<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Done<()> {
    let folder = tempfile::tempdir()?;
    let now: Timestamp = "2026-11-23T09:15:00+01:00".parse()?;
    let data = folder.path().join("data");
    let vault = Vault::open(vault::Settings {
        keys: KeyDir::beside(&data),
        place: Where::Directory(data),
        create: true,
        chance: Arc::new(OsChance),
    })
    .await?;
    let vocabulary = Arc::new(Vocabulary::builtin()?.clone());
    let desk = Desk::open(vault, vocabulary, desk::Settings::default()).await?;
    let office = desk::directory::Organisation {
        name: "Programmabureau".to_owned(),
        kind: domain::code::OrgKind::new("JENV")?,
        region: None,
        municipality: None,
    };
    let org = accounts::add_organisation(&desk, &Actor::System, now, &office).await?;
    let actor = Actor::operator(&desk.directory(), org, Role::ProgrammeOffice, now)
        .ok_or("no organisation")?;
    fill(&desk, org, now).await?;

    let all = ListFilter::default();
    let mut out = std::io::stdout().lock();
    let started = Instant::now();
    let register = plan::list(&desk, &actor, now, &all).await?;
    writeln!(
        out,
        "{} actions with {MESSAGES} messages each",
        register.all
    )?;
    writeln!(
        out,
        "list, the first time after the start: {:?}",
        started.elapsed()
    )?;
    let id = register
        .groups
        .iter()
        .find_map(|g| g.actions.first())
        .map(|a| a.id)
        .ok_or("no action")?;
    let mut times: Vec<[Duration; 4]> = Vec::new();
    for _ in 0..40 {
        let mut row = [Duration::ZERO; 4];
        let started = Instant::now();
        plan::list(&desk, &actor, now, &all).await?;
        row[0] = started.elapsed();
        let started = Instant::now();
        plan::read(&desk, &actor, now, id).await?;
        row[1] = started.elapsed();
        let started = Instant::now();
        plan::coverage(&desk, &actor, now, Axis::Form, Axis::Region).await?;
        row[2] = started.elapsed();
        let started = Instant::now();
        plan::choose(&desk, &actor, now, &BTreeSet::from([id]), &BTreeSet::new()).await?;
        row[3] = started.elapsed();
        times.push(row);
    }
    for (at, what) in ["list", "one action", "coverage", "choice"]
        .into_iter()
        .enumerate()
    {
        let mut of: Vec<Duration> = times.iter().map(|row| row[at]).collect();
        of.sort_unstable();
        writeln!(
            out,
            "{what}: median {:?}, slowest of 40 {:?}",
            of[20], of[39]
        )?;
    }
    Ok(())
}

async fn fill(desk: &Desk, org: OrgId, now: Timestamp) -> Done<()> {
    let permit = desk::access::permit(
        &Actor::operator(&desk.directory(), org, Role::ProgrammeOffice, now)
            .ok_or("no organisation")?,
        desk::UseCase::KeepActions,
    )?;
    let user = desk::actor::OPERATOR;
    let forms = ["SU", "AU", "CU", "BE", "DI"];
    for batch in 0..(ACTIONS / 50) {
        let mut change = Change::new(permit.context(now));
        for n in (batch * 50)..((batch + 1) * 50) {
            let line = Line::ALL[n % 6];
            let by = |message: i64| By {
                user,
                org,
                at: now - SignedDuration::from_hours((MESSAGES - message) * 24 * 91),
            };
            let plan = ActionPlan {
                line,
                number: format!("{}.{n}", line.number()),
                title: SafeText::new("title", &format!("Actie {n}"), 100)?,
                description: Some(SafeText::new(
                    "description",
                    &"Wat er gebeurt. ".repeat(20),
                    1_000,
                )?),
                goals: vec![1 + u8::try_from(n % 3)?],
                goal: None,
                holder: org,
                involved: Vec::new(),
                forms: vec![domain::code::FormCode::new(forms[n % 5])?],
                ages: Vec::new(),
                intended_result: None,
                start: None,
                end: None,
                budget_eur: Some(100_000),
                indicators: Vec::new(),
                links: Vec::new(),
                details: Default::default(),
            };
            let mut action = Action::new(ActionId::new(desk.vault.new_id(now)), plan, by(0))?;
            for message in 1..=MESSAGES {
                let status = if message % 8 == 0 {
                    Status::Vertraagd
                } else {
                    Status::Loopt
                };
                action = action.update(StatusChange {
                    status,
                    results: Some(SafeText::new(
                        "results",
                        &"Er is een stap gezet. ".repeat(15),
                        1_000,
                    )?),
                    why: Some(SafeText::new("why", "de planning is aangepast", 100)?),
                    by: by(message),
                    confirmed: None,
                })?;
            }
            let clear = ClearData {
                state: action.status().code().to_owned(),
                org: Some(org.to_string()),
                ..ClearData::default()
            };
            let number = action.plan.number.clone();
            let record = Draft::new(action.id.to_string(), &plan::StoredAction(action), clear)?;
            change = change.create(record.with_terms(vec![Term::new("number", number)])?);
        }
        desk.vault.apply(Store::K7, change).await?;
    }
    Ok(())
}
