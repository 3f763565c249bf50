//! The law of sharing at the command line: asking it, showing it, checking it, signing it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::law::{Files, Key, Law, MatrixRow, Verdict, sign, trial_signers};
use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use domain::time::dutch_date;
use domain::vocabulary::{Lang, Vocabulary};
use jiff::civil::Date;
use serde_json::json;
use vault::Chance;

use crate::config::File;
use crate::output::{self, Done, Refused};
use crate::serve::now;
use crate::store::vocabulary;

/// Which law is asked.
#[derive(Debug, Clone, Args)]
pub struct LawArgs {
    /// Folder with the host's own law [default: the one that comes with the program]
    #[arg(long, env = "SAMEN_POLICIES", value_name = "DIR")]
    policies: Option<PathBuf>,
    /// Settings file [default: samen.toml here, when there is one]
    #[arg(long, env = "SAMEN_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// A question, or the whole table.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["question", "matrix"]))]
pub struct DecideArgs {
    /// File with the question as JSON; - is standard input
    #[arg(long, value_name = "FILE")]
    question: Option<PathBuf>,
    /// The whole table of who may share what with whom
    #[arg(long)]
    matrix: bool,
    /// Form of the table
    #[arg(long, value_enum, default_value_t = Form::Text, requires = "matrix")]
    format: Form,
    /// Only the acts that count on this day [default: all, with their days]
    #[arg(long, value_name = "DATE", requires = "matrix")]
    on: Option<Date>,
    /// Language of the words
    #[arg(long, value_enum, default_value_t = Tongue::Nl)]
    language: Tongue,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    #[command(flatten)]
    law: LawArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    Text,
    /// For programs
    Json,
    /// For a spreadsheet
    Csv,
    /// For a page
    Md,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tongue {
    /// Dutch
    Nl,
    /// English
    En,
}

impl Tongue {
    fn lang(self) -> Lang {
        match self {
            Tongue::Nl => Lang::Nl,
            Tongue::En => Lang::En,
        }
    }
}

/// The law itself.
#[derive(Debug, Clone, Subcommand)]
pub enum LawCommand {
    /// Checks every file, the generated policies and the signatures; names each fault with file and line
    #[command(after_help = "Example:\n  samen law check --policies /etc/samen/policies")]
    Check(LawArgs),
    /// Signs a version, as one of the two people who must
    #[command(
        after_help = "Example:\n  samen law sign --policies /etc/samen/policies --signer anna --key-file anna.key"
    )]
    Sign(SignArgs),
    /// Makes a signing key, and prints what goes into signers.toml
    #[command(after_help = "Example:\n  samen law key --out anna.key")]
    Key {
        /// File to write the secret key to; it must not exist
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Writes the generated Cedar policies and their schema, for auditors
    #[command(after_help = "Example:\n  samen law cedar --out /tmp/cedar")]
    Cedar {
        /// Folder to write samen.cedar and samen.cedarschema to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        law: LawArgs,
    },
    /// The register of processing activities (AVG 30), with terms of the Data Privacy Vocabulary
    #[command(after_help = "Example:\n  samen law register --out register.json")]
    Register(PaperArgs),
    /// The age rules: who consents, who may see, who is told
    #[command(after_help = "Example:\n  samen law ages --out ages.json")]
    Ages(PaperArgs),
    /// The cells of the tests, made from the same files: questions with what must come of them
    #[command(after_help = "Example:\n  samen law cells --out cells.json")]
    Cells(PaperArgs),
}

/// A paper made of the law.
#[derive(Debug, Clone, Args)]
pub struct PaperArgs {
    /// The day whose law it tells [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Language of the words
    #[arg(long, value_enum, default_value_t = Tongue::Nl)]
    language: Tongue,
    /// File to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    #[command(flatten)]
    law: LawArgs,
}

/// Who signs.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("who").required(true).args(["signer", "trial"]))]
pub struct SignArgs {
    /// Folder with the law; its version.toml is written
    #[arg(long, env = "SAMEN_POLICIES", value_name = "DIR")]
    policies: PathBuf,
    /// Code of the signer in signers.toml
    #[arg(long, requires = "key_file")]
    signer: Option<String>,
    /// File with the signer's secret key
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Sign as all signers for trials that signers.toml names: proves nothing but that the files are as they are
    #[arg(long)]
    trial: bool,
    /// Settings file [default: samen.toml here, when there is one]
    #[arg(long, env = "SAMEN_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

impl LawArgs {
    fn file(&self) -> Result<File> {
        File::read(self.config.as_deref())
    }

    fn open(&self) -> Result<Arc<Law>> {
        let mut file = self.file()?;
        if self.policies.is_some() {
            file.policies.clone_from(&self.policies);
        }
        open(&file)
    }
}

/// The law in force for these settings: read, checked, signed. What is not stops the program, naming file and line.
pub fn open(file: &File) -> Result<Arc<Law>> {
    let words = Arc::new(vocabulary(file)?);
    let trusted = file.law_signers.as_deref();
    if file.policies.is_none() && file.vocabulary.is_none() && trusted.is_none() {
        return Law::built_in().map_err(|error| Refused(error.to_string()).into());
    }
    let files = files(file.policies.as_deref())?;
    Law::open(&files, &words, trusted)
        .map(Arc::new)
        .map_err(|error| Refused(error.to_string()).into())
}

/// The files of a folder, or those that come with the program.
fn files(folder: Option<&Path>) -> Result<Files> {
    let Some(folder) = folder else {
        return Ok(Files::built_in());
    };
    let mut texts = Vec::new();
    read_into(folder, "", &mut texts)?;
    let acts = folder.join("acts");
    if acts.is_dir() {
        read_into(&acts, "acts/", &mut texts)?;
    }
    Ok(Files::new(folder.display().to_string(), texts))
}

fn read_into(folder: &Path, before: &str, texts: &mut Vec<(String, String)>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        if let Some(name) = name.filter(|name| name.ends_with(".toml")) {
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            texts.push((format!("{before}{name}"), text));
        }
    }
    Ok(())
}

/// Runs `samen decide`.
pub fn decide(args: &DecideArgs) -> Result<Done> {
    let law = args.law.open()?;
    match &args.question {
        Some(file) => answer(args, &law, file),
        None => table(args, &law),
    }
}

fn answer(args: &DecideArgs, law: &Law, file: &Path) -> Result<Done> {
    let json = read_question(file)?;
    let question = law
        .read_question(&json)
        .map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
    let answer = law.decide(&question);
    if answer.trial {
        output::say(&format!(
            "note: {}",
            ::law::words(&law.version().note, args.language.lang())
        ));
    }
    let mut line = serde_json::to_vec(&answer.spoken(args.language.lang()))?;
    line.push(b'\n');
    output::write_whole(&args.out, &line)?;
    if args.out != Path::new("-") {
        let answer = match answer.verdict {
            Verdict::Yes => "yes",
            Verdict::No => "no",
            Verdict::Unclear => "unclear",
        };
        output::summary(&json!({ "answer": answer, "policy_version": law.version().tag() }))?;
    }
    Ok(Done::Well)
}

/// A question is small: what is larger is refused by the law, and one byte more is enough to see that.
fn read_question(file: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let most = u64::try_from(::law::LONGEST)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| file.display().to_string())?;
        opened.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn table(args: &DecideArgs, law: &Law) -> Result<Done> {
    let lang = args.language.lang();
    let rows = law.matrix(args.on, lang);
    let text = match args.format {
        Form::Text => MatrixRow::text(&rows, lang),
        Form::Csv => MatrixRow::csv(&rows, lang),
        Form::Md => MatrixRow::markdown(&rows, lang),
        Form::Json => format!("{}\n", serde_json::to_string(&rows)?),
    };
    write(
        &args.out,
        &text,
        &json!({ "acts": rows.len(), "policy_version": law.version().tag() }),
    )
}

/// Writes a paper. On standard output it stands alone, and the summary goes to standard error.
fn write(out: &Path, text: &str, summary: &serde_json::Value) -> Result<Done> {
    output::write_whole(out, text.as_bytes())?;
    if out == Path::new("-") {
        output::say(&summary.to_string());
    } else {
        output::summary(summary)?;
    }
    Ok(Done::Well)
}

/// Runs `samen law …`.
pub fn law(command: LawCommand) -> Result<Done> {
    match command {
        LawCommand::Check(args) => check(&args),
        LawCommand::Sign(args) => signed(&args),
        LawCommand::Key { out } => new_key(&out),
        LawCommand::Cedar { out, law } => cedar(&out, &law),
        LawCommand::Register(args) => {
            let law = args.law.open()?;
            let register = law.register(args.day(), args.language.lang());
            let summary =
                json!({ "activities": register.len(), "policy_version": law.version().tag() });
            write(
                &args.out,
                &format!("{}\n", serde_json::to_string_pretty(&register)?),
                &summary,
            )
        }
        LawCommand::Ages(args) => {
            let law = args.law.open()?;
            let ages = law.ages();
            let summary = json!({ "lines": ages.len(), "policy_version": law.version().tag() });
            write(
                &args.out,
                &format!("{}\n", serde_json::to_string_pretty(&ages)?),
                &summary,
            )
        }
        LawCommand::Cells(args) => {
            let law = args.law.open()?;
            let cells = law.cells();
            let summary = json!({ "cells": cells.len(), "policy_version": law.version().tag() });
            write(
                &args.out,
                &format!("{}\n", serde_json::to_string(&cells)?),
                &summary,
            )
        }
    }
}

impl PaperArgs {
    fn day(&self) -> Date {
        self.on.unwrap_or_else(|| dutch_date(now()))
    }
}

fn check(args: &LawArgs) -> Result<Done> {
    let mut file = args.file()?;
    if args.policies.is_some() {
        file.policies.clone_from(&args.policies);
    }
    let words: Arc<Vocabulary> = Arc::new(vocabulary(&file)?);
    let files = files(file.policies.as_deref())?;
    match Law::open(&files, &words, file.law_signers.as_deref()) {
        Ok(law) => {
            let version = law.version();
            output::say(&format!("note: {}", version.note.nl));
            output::summary(&json!({
                "sound": true,
                "faults": 0,
                "acts": law.matrix(None, Lang::Nl).len(),
                "policy_version": version.tag(),
                "digest": version.digest,
                "signatures": version.signatures,
                "trial": version.is_trial(),
            }))?;
            Ok(Done::Well)
        }
        Err(error) => {
            for fault in error.faults() {
                output::say(&fault.to_string());
            }
            output::summary(&json!({ "sound": false, "faults": error.faults().len() }))?;
            Ok(Done::Faults)
        }
    }
}

fn signed(args: &SignArgs) -> Result<Done> {
    let file = File::read(args.config.as_deref())?;
    let words = Arc::new(vocabulary(&file)?);
    let mut files = files(Some(&args.policies))?;
    let on = dutch_date(now());
    let mut signers = Vec::new();
    if args.trial {
        for code in trial_signers(&files) {
            let key = Key::trial(&code);
            signers.push((code, key));
        }
    } else if let (Some(signer), Some(path)) = (&args.signer, &args.key_file) {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let key = Key::from_hex(&text)
            .with_context(|| format!("{}: expected 64 hexadecimal digits", path.display()))?;
        signers.push((signer.clone(), key));
    }
    anyhow::ensure!(
        !signers.is_empty(),
        "signers.toml names no signer for trials"
    );
    for (signer, key) in &signers {
        let text =
            sign(&files, &words, signer, key, on).map_err(|error| Refused(error.to_string()))?;
        files = files.with("version.toml", text);
    }
    let out = args.policies.join("version.toml");
    output::write_whole(
        &out,
        files.text("version.toml").unwrap_or_default().as_bytes(),
    )?;
    let codes: Vec<&String> = signers.iter().map(|(code, _)| code).collect();
    let complete = Law::open(&files, &words, file.law_signers.as_deref()).is_ok();
    output::summary(
        &json!({ "signed_by": codes, "digest": files.digest(), "complete": complete }),
    )?;
    Ok(Done::Well)
}

fn new_key(out: &Path) -> Result<Done> {
    use std::io::Write;
    let mut bytes = [0u8; 32];
    vault::OsChance.fill(&mut bytes);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(out)
        .with_context(|| out.display().to_string())?;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(file, "{digits}")?;
    file.sync_all()?;
    output::say(
        "Keep this file with its signer alone. Put the public key into signers.toml, with the signer's name.",
    );
    output::summary(&json!({ "key": Key::from_bytes(&bytes).public() }))?;
    Ok(Done::Well)
}

fn cedar(out: &Path, law: &LawArgs) -> Result<Done> {
    let law = law.open()?;
    let (policies, schema) = law.cedar();
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    output::write_whole(&out.join("samen.cedar"), policies.as_bytes())?;
    output::write_whole(&out.join("samen.cedarschema"), schema.as_bytes())?;
    output::summary(&json!({
        "policies": out.join("samen.cedar"),
        "schema": out.join("samen.cedarschema"),
        "acts": law.matrix(None, Lang::Nl).len(),
        "policy_version": law.version().tag(),
    }))?;
    Ok(Done::Well)
}
