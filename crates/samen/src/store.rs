//! Which store a command works on, and how it is opened.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use desk::Desk;
use domain::vocabulary::Vocabulary;
use vault::{KeyDir, OsChance, Vault, Where};

use crate::config::File;
use crate::output::Refused;

/// The store: embedded in a directory, or on PostgreSQL.
#[derive(Debug, Clone, Args)]
pub struct StoreArgs {
    /// Data directory of the embedded store [default: ./samen-data]
    #[arg(long, env = "SAMEN_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// PostgreSQL 15 or newer instead, as postgres://user:password@host:port/name
    #[arg(
        long,
        env = "SAMEN_DATABASE",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Key directory [default: the data directory's name with .keys behind it]
    #[arg(long, env = "SAMEN_KEYS", value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Settings file [default: samen.toml here, when there is one]
    #[arg(long, env = "SAMEN_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl StoreArgs {
    /// The settings file.
    pub fn file(&self) -> Result<File> {
        File::read(self.config.as_deref())
    }

    /// The data directory in force.
    pub fn data_dir(&self, file: &File) -> PathBuf {
        self.data
            .clone()
            .or_else(|| file.data.clone())
            .unwrap_or_else(|| PathBuf::from("samen-data"))
    }

    /// How to open the vault; `create` makes what is missing.
    pub fn vault(&self, file: &File, create: bool) -> vault::Settings {
        let data = self.data_dir(file);
        let keys = self.keys.clone().or_else(|| file.keys.clone());
        vault::Settings {
            keys: keys.map_or_else(|| KeyDir::beside(&data), KeyDir::at),
            place: match self.database.clone().or_else(|| file.database.clone()) {
                Some(url) => Where::Postgres(url),
                None => Where::Directory(data),
            },
            create,
            chance: Arc::new(OsChance),
        }
    }

    /// Opens the vault.
    pub async fn open(&self, create: bool) -> Result<(Vault, File)> {
        let file = self.file()?;
        let vault = Vault::open(self.vault(&file, create)).await?;
        Ok((vault, file))
    }

    /// Opens the desk over the vault. Whether everything in it is made up, the store says itself, to every command alike.
    pub async fn desk(&self, create: bool) -> Result<(Desk, File)> {
        let (vault, file) = self.open(create).await?;
        let made_up = vault.is_made_up().await?;
        let desk = desk_over(vault, &file, made_up).await?;
        Ok((desk, file))
    }

    /// Opens the desk over an empty store, which says from then on that everything in it is made up. A store that holds something is
    /// refused before anything is written.
    pub async fn made_up_desk(&self) -> Result<(Desk, File)> {
        let (vault, file) = self.open(true).await?;
        let desk = desk_over(vault, &file, true).await?;
        if desk.directory().all().next().is_some() {
            desk.vault.close().await;
            return Err(Refused(
                "this store holds organisations already; a made-up country goes into an empty store only (`samen serve` opens one that is \
                 there)"
                    .to_owned(),
            )
            .into());
        }
        desk.vault.say_made_up().await?;
        Ok((desk, file))
    }
}

/// A desk with the host's settings.
async fn desk_over(vault: Vault, file: &File, made_up: bool) -> Result<Desk> {
    let defaults = desk::Settings::default();
    let settings = desk::Settings {
        made_up,
        letter_cycle_months: file
            .letter_cycle_months
            .unwrap_or(defaults.letter_cycle_months),
        hold_minutes: file.hold_minutes.unwrap_or(defaults.hold_minutes),
        register: file.register.clone(),
        duty_phone: file.duty_phone.clone(),
        ..defaults
    };
    Ok(Desk::open(vault, Arc::new(vocabulary(file)?), settings).await?)
}

/// The vocabulary: built in, with the host's own files over it.
pub fn vocabulary(file: &File) -> Result<Vocabulary> {
    let Some(folder) = &file.vocabulary else {
        return Vocabulary::builtin()
            .cloned()
            .map_err(|e| anyhow::anyhow!("{e}"));
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.ends_with(".toml") || name.ends_with(".csv") {
            files.push((
                name,
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?,
            ));
        }
    }
    Vocabulary::builtin_with(files).map_err(|e| anyhow::anyhow!("{e}"))
}
