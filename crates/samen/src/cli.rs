//! The commands and what they are for. Every command shows an example with `--help`.

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::figures::FiguresCommand;
use crate::hsds::ExportCommand;
use crate::import::ImportCommand;
use crate::keep::{BackupArgs, EraseArgs, JournalCommand, RestoreArgs};
use crate::law::{DecideArgs, LawCommand};
use crate::logboek::LogboekCommand;
use crate::output::Done;
use crate::oversight::OversightCommand;
use crate::people::{OrgCommand, UserCommand};
use crate::place::PlaceArgs;
use crate::plan::PlanCommand;
use crate::retention::RetentionCommand;
use crate::serve::{DemoArgs, ServeArgs};
use crate::store::StoreArgs;
use crate::world_files::WorldArgs;

/// Samen tegen mensenhandel: one program in which a signal becomes help, and the plan's letter tells it.
#[derive(Debug, Parser)]
#[command(name = "samen", version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the site
    #[command(
        after_help = "Example:\n  samen serve --data /var/lib/samen/data --listen 127.0.0.1:8080 --behind-tls"
    )]
    Serve(ServeArgs),
    /// Makes a made-up country in a temporary store and serves it
    #[command(after_help = "Example:\n  samen demo --seed 7 --reports 200")]
    Demo(DemoArgs),
    /// Only writes a made-up country as files
    #[command(after_help = "Example:\n  samen world --seed 7 --reports 1050 --out /tmp/country")]
    World(WorldArgs),
    /// Makes the data and key directory
    #[command(after_help = "Example:\n  samen init --data /var/lib/samen/data")]
    Init(StoreArgs),
    /// Organisations
    #[command(
        subcommand,
        after_help = "Example:\n  samen org add --name \"Politie Den Haag\" --kind POL --region RE06"
    )]
    Org(OrgCommand),
    /// Accounts
    #[command(
        subcommand,
        after_help = "Example:\n  samen user add --user j.jansen --name \"J. Jansen\" --org Meldpunt --role signal_desk < password.txt"
    )]
    User(UserCommand),
    /// Writes a consistent backup while the server runs
    #[command(
        after_help = "Example:\n  samen backup --data /var/lib/samen/data --out /backup/samen-2026-11-22.backup"
    )]
    Backup(BackupArgs),
    /// Restores a backup into an empty place and proves equality
    #[command(
        after_help = "Example:\n  samen restore /backup/samen-2026-11-22.backup --data /tmp/restored"
    )]
    Restore(RestoreArgs),
    /// Checks every seal, index entry and the whole journal
    #[command(after_help = "Example:\n  samen verify --data /var/lib/samen/data")]
    Verify(StoreArgs),
    /// The journal, checkable by an outsider without the store
    #[command(
        subcommand,
        after_help = "Example:\n  samen journal export --data /var/lib/samen/data --out journal.jsonl\n  samen journal verify journal.jsonl"
    )]
    Journal(JournalCommand),
    /// The journal as records of Logboek Dataverwerkingen 1.0.0, for a log outside
    #[command(
        subcommand,
        after_help = "Example:\n  samen logboek export --data /var/lib/samen/data --out logboek.ndjson"
    )]
    Logboek(LogboekCommand),
    /// The watch on the journals: who looked, and why
    #[command(
        subcommand,
        after_help = "Example:\n  samen oversight watch --data /var/lib/samen/data"
    )]
    Oversight(OversightCommand),
    /// Erases what is kept about a person, here and in every backup
    #[command(
        after_help = "Example:\n  samen erase 0193… --compartment k3 --ground \"AVG 17\" --everywhere --dry-run\n\nWithout --everywhere only one compartment is erased; what others hold is listed under `left`."
    )]
    Erase(EraseArgs),
    /// Destroys what has been kept as long as it may be; legal holds
    #[command(
        subcommand,
        after_help = "Example:\n  samen retention run --dry-run --data /var/lib/samen/data"
    )]
    Retention(RetentionCommand),
    /// Files of others, read without trust
    #[command(
        subcommand,
        after_help = "Example:\n  samen import htcds cases.xlsx --org \"Zorg Haaglanden\" --dry-run"
    )]
    Import(ImportCommand),
    /// Files for others, in their formats
    #[command(
        subcommand,
        after_help = "Example:\n  samen export hsds-capacity --out service_capacity.csv"
    )]
    Export(ExportCommand),
    /// The register of the plan's actions, and the progress letter
    #[command(
        subcommand,
        after_help = "Example:\n  samen plan import actions.xlsx --dry-run\n  samen plan letter --edition 2026-2 --format pdf --out letter.pdf"
    )]
    Plan(PlanCommand),
    /// The best place for everybody who waits, or the best rooms for one request
    #[command(
        after_help = "Example:\n  samen place --instance instance.json --out plan.json\n  samen place --instance instance.json --request R1 --best 5 --out offers.json\n  samen place --gap gap1.txt --out gap1.json"
    )]
    Place(PlaceArgs),
    /// What may be said in numbers: how many people are on no list
    #[command(
        subcommand,
        after_help = "Example:\n  samen figures hidden --lists lists.csv --out result.json"
    )]
    Figures(FiguresCommand),
    /// May I share this? Answers a question, or prints the whole table
    #[command(
        after_help = "Example:\n  samen decide --question question.json\n  samen decide --matrix --format md --out matrix.md"
    )]
    Decide(DecideArgs),
    /// The law of sharing: check it, sign it, show what is made of it
    #[command(
        subcommand,
        after_help = "Example:\n  samen law check --policies /etc/samen/policies"
    )]
    Law(LawCommand),
    /// The configuration in force
    #[command(
        subcommand,
        after_help = "Example:\n  samen config show --data /var/lib/samen/data"
    )]
    Config(ConfigCommand),
    /// The vocabulary, or one of its lists, as JSON
    #[command(after_help = "Example:\n  samen vocabulary forms")]
    Vocabulary {
        /// List, such as forms, roles, organisation_kinds
        list: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Prints a published schema
    #[command(after_help = "Example:\n  samen schema openapi")]
    Schema {
        /// Name of the schema
        name: String,
    },
    /// Prints completions for a shell
    #[command(after_help = "Example:\n  samen completions bash > /etc/bash_completion.d/samen")]
    Completions {
        /// Shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page
    #[command(after_help = "Example:\n  samen man > samen.1")]
    Man,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Prints what is in force, secrets masked
    #[command(after_help = "Example:\n  samen config show --data /var/lib/samen/data")]
    Show(StoreArgs),
}

/// Runs a command.
pub async fn run(cli: Cli) -> Result<Done> {
    match cli.command {
        Command::Serve(args) => crate::serve::serve(args).await,
        Command::Demo(args) => crate::serve::demo(args).await,
        Command::World(args) => crate::world_files::write(&args),
        Command::Init(store) => crate::people::init(store).await,
        Command::Org(command) => crate::people::org(command).await,
        Command::User(command) => crate::people::user(command).await,
        Command::Backup(args) => crate::keep::backup(args).await,
        Command::Restore(args) => crate::keep::restore(args).await,
        Command::Verify(store) => crate::keep::verify(store).await,
        Command::Journal(command) => crate::keep::journal(command).await,
        Command::Logboek(command) => crate::logboek::logboek(command).await,
        Command::Oversight(command) => crate::oversight::oversight(command).await,
        Command::Erase(args) => crate::keep::erase(args).await,
        Command::Retention(command) => crate::retention::retention(command).await,
        Command::Import(command) => crate::import::import(command).await,
        Command::Export(command) => crate::hsds::export(command).await,
        Command::Plan(command) => crate::plan::plan(command).await,
        Command::Place(args) => crate::place::place(&args),
        Command::Figures(command) => crate::figures::figures(&command),
        Command::Decide(args) => crate::law::decide(&args),
        Command::Law(command) => crate::law::law(command),
        Command::Config(ConfigCommand::Show(store)) => crate::show::config(&store),
        Command::Vocabulary { list, store } => crate::show::words(&store, list.as_deref()),
        Command::Schema { name } => crate::show::schema(&name),
        Command::Completions { shell } => crate::show::completions(shell),
        Command::Man => crate::show::man(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::Cli;

    fn walk(command: &Command, path: &str, without: &mut Vec<String>) {
        let help = command.get_after_help().map(ToString::to_string);
        let shows = help.is_some_and(|help| help.contains("Example:\n  samen "));
        if !shows && !path.is_empty() {
            without.push(path.to_owned());
        }
        for sub in command.get_subcommands() {
            walk(sub, format!("{path} {}", sub.get_name()).trim(), without);
        }
    }

    #[test]
    fn every_command_shows_an_example() {
        let mut command = Cli::command();
        command.build();
        let mut without = Vec::new();
        walk(&command, "", &mut without);
        without.retain(|path| !path.split(' ').any(|word| word == "help"));
        assert!(without.is_empty(), "no example: {without:?}");
    }

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }
}
