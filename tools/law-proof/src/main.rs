//! Proves over all requests what the law of sharing must never allow, and tells in words how two versions differ.

mod diff;
mod law;
mod prove;
mod solver;
mod words;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "usage: law-proof prove DIR [INVARIANTS]\n       law-proof diff OLD NEW\n\nDIR, OLD and NEW are folders that `samen law cedar --out` wrote. \
                     INVARIANTS is a folder of Cedar files; without it, the ones beside this tool.\nThe solver is the program that CVC5 names (see README.md).";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("law-proof: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match words.as_slice() {
        ["prove", folder] => {
            let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/invariants");
            runtime.block_on(prove::run(Path::new(folder), Path::new(beside)))
        }
        ["prove", folder, invariants] => {
            runtime.block_on(prove::run(Path::new(folder), Path::new(invariants)))
        }
        ["diff", old, new] => runtime.block_on(diff::run(Path::new(old), Path::new(new))),
        _ => bail!("{USAGE}"),
    }
}
