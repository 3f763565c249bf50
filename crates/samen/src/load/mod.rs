//! Loads a made-up country by living it: every story goes through the real use cases, at its own times, by the people
//! who would do it. What a rule refuses is counted by its reason and the story goes on; nothing is written past a rule.

mod accounts;
mod barriers;
mod cast;
mod ending;
mod engine;
mod houses;
mod import;
mod k1;
mod k3;
mod k5;
mod moment;
mod opinion;
mod person;
mod programme;
mod sharing;
mod shelter;
mod stage;
mod steps;
mod tally;
mod telling;

pub use accounts::DemoAccount;
pub use import::{WorldFilesArgs, import};
pub use tally::Tally;

use anyhow::Result;
use desk::Desk;
use jiff::Timestamp;
use world::{Address, Location, Organisation, Plan, Staff, Story};

use crate::output;

/// What stands still in a made-up country.
pub struct Country {
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Everybody who works there.
    pub people: Vec<Staff>,
    /// Shelters.
    pub locations: Vec<Location>,
    /// Their addresses, for the address store only.
    pub addresses: Vec<Address>,
    /// The action plan.
    pub plan: Plan,
}

/// What a load left behind.
pub struct Loaded {
    /// Accounts that one can sign in with.
    pub accounts: Vec<DemoAccount>,
    /// What was done and what was refused.
    pub tally: Tally,
    /// Return codes of a few reports, to look at the reporter's page with: the scenario's name and the code.
    pub codes: Vec<(String, String)>,
}

/// Loads a country into an empty store: everything up to `now`, and nothing after it.
pub async fn load(
    desk: &Desk,
    country: Country,
    stories: impl Iterator<Item = Story> + Send,
    count: u64,
    now: Timestamp,
) -> Result<Loaded> {
    let cast = cast::settle(desk, &country, now).await?;
    let rooms = houses::open(desk, &cast, &country, now).await?;
    let closing = (rooms.clone(), country.locations.clone());
    let bar = output::progress(count, "reports");
    let stage = stage::Stage::new(desk.clone(), cast, rooms, now);
    let programme = programme::Programme::new(country.plan, now);
    let tally = engine::run(&stage, stories, programme, &|begun| bar.set_position(begun)).await?;
    bar.finish_and_clear();
    barriers::raise(desk, &stage.cast, now).await?;
    houses::close(desk, &stage.cast, &closing.1, &closing.0, now).await?;
    Ok(Loaded {
        accounts: stage.cast.accounts.clone(),
        tally,
        codes: stage.codes(),
    })
}

/// Tells what was made, on standard error: what was loaded, the accounts by role, and where to begin.
pub fn tell(loaded: &Loaded, desk: &Desk, now: Timestamp) {
    let tally = &loaded.tally;
    output::say(&format!(
        "A made-up country: {} reports, {} steps by the people who work there, {} of them refused by a rule.",
        tally.stories,
        tally.steps(),
        tally.refusals()
    ));
    if tally.failed > 0 {
        output::say(&format!("{} steps failed that should not:", tally.failed));
        for fault in &tally.faults {
            output::say(&format!("  {fault}"));
        }
    }
    let today = domain::time::dutch_date(now);
    accounts::tell(&loaded.accounts, &desk.vocabulary, today);
    output::say("");
    output::say("  Begin here:");
    output::say("    /                 the public page: report something, no account");
    output::say("    /messages         the reporter's page, with a return code:");
    for (name, code) in &loaded.codes {
        output::say(&format!("                      {code}  {name}"));
    }
    output::say("    /work             sign in, for instance as p-meldtafel-1 (signal desk)");
    output::say("");
}
