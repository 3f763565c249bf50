//! Commands that only show: configuration, vocabulary, schemas, man page, completions.

use std::io::Write;

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::cli::Cli;
use crate::config::masked;
use crate::output::{self, Done};
use crate::store::{StoreArgs, vocabulary};

/// Schemas that outsiders rely on, by name.
const SCHEMAS: &[(&str, &str)] = &[
    ("openapi", include_str!("../../../schemas/openapi.json")),
    (
        "question",
        include_str!("../../../schemas/question.schema.json"),
    ),
    (
        "answer",
        include_str!("../../../schemas/answer.schema.json"),
    ),
    (
        "instance",
        include_str!("../../../schemas/instance.schema.json"),
    ),
    (
        "offers",
        include_str!("../../../schemas/offers.schema.json"),
    ),
    (
        "place-plan",
        include_str!("../../../schemas/place-plan.schema.json"),
    ),
    (
        "place-gap",
        include_str!("../../../schemas/place-gap.schema.json"),
    ),
    (
        "logboek-record",
        include_str!("../../../schemas/logboek-record.schema.json"),
    ),
    (
        "decision-record",
        include_str!("../../../schemas/decision-record.schema.json"),
    ),
];

/// The configuration in force, secrets masked.
pub fn config(store: &StoreArgs) -> Result<Done> {
    let file = store.file()?;
    let settings = store.vault(&file, false);
    let place = match &settings.place {
        vault::Where::Directory(dir) => serde_json::json!({ "data": dir }),
        vault::Where::Postgres(url) => serde_json::json!({ "database": masked(url) }),
    };
    let mut file = serde_json::to_value(&file)?;
    if let Some(address) = file["database"].as_str().map(masked) {
        file["database"] = address.into();
    }
    output::summary(
        &serde_json::json!({ "store": place, "keys": settings.keys.path(), "file": file }),
    )?;
    Ok(Done::Well)
}

/// The vocabulary, or one of its lists, as JSON.
pub fn words(store: &StoreArgs, list: Option<&str>) -> Result<Done> {
    let all = serde_json::to_value(vocabulary(&store.file()?)?)?;
    match list {
        None => output::summary(&all)?,
        Some(name) => {
            let list = all.get(name).with_context(|| {
                let names: Vec<&String> = all
                    .as_object()
                    .map(|o| o.keys().collect())
                    .unwrap_or_default();
                format!("there is no list `{name}`; choose one of {names:?}")
            })?;
            output::summary(list)?;
        }
    }
    Ok(Done::Well)
}

/// A published schema.
pub fn schema(name: &str) -> Result<Done> {
    let (_, text) = SCHEMAS
        .iter()
        .find(|(known, _)| *known == name)
        .with_context(|| {
            let names: Vec<&str> = SCHEMAS.iter().map(|(known, _)| *known).collect();
            format!(
                "there is no schema `{name}`; choose one of {}",
                names.join(", ")
            )
        })?;
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Done::Well)
}

/// Shell completions.
pub fn completions(shell: clap_complete::Shell) -> Result<Done> {
    clap_complete::generate(shell, &mut Cli::command(), "samen", &mut std::io::stdout());
    Ok(Done::Well)
}

/// The manual page.
pub fn man() -> Result<Done> {
    clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout())?;
    Ok(Done::Well)
}
