//! The one binary: commands, configuration, wiring, the made-up country.

mod cli;
mod config;
mod figures;
mod files;
mod hsds;
mod import;
mod keep;
mod law;
mod load;
mod logboek;
mod output;
mod oversight;
mod people;
mod place;
mod plan;
mod retention;
mod serve;
mod show;
mod store;
mod wire;
mod world_files;

use clap::Parser;

use crate::output::Done;

/// The C library's allocator keeps the 19 MiB of each password computation, once for every thread that made one: hundreds of
/// megabytes that an idle machine never gets back. This one gives them back.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    web::problem::quiet_panics();
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            // Help and version are no error; everything else is wrong usage.
            return std::process::ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return output::fail(&anyhow::anyhow!("the runtime cannot start: {error}")),
    };
    match runtime.block_on(cli::run(cli)) {
        Ok(Done::Well) => std::process::ExitCode::SUCCESS,
        Ok(Done::Faults) => std::process::ExitCode::from(1),
        Err(error) => output::fail(&error),
    }
}
