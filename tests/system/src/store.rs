//! The two stores that every test runs on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use tempfile::TempDir;

use crate::postgres;

/// Which store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// The embedded one, files in a folder.
    Sqlite,
    /// A PostgreSQL that the test process starts for itself.
    Postgres,
}

/// A fresh, empty store in a folder of its own, gone when the last holder is dropped; a running server is one of them.
#[derive(Debug, Clone)]
pub struct Store {
    kind: StoreKind,
    folder: Arc<Folder>,
    database: Option<postgres::Database>,
}

#[derive(Debug)]
enum Folder {
    Own(TempDir),
    Given(PathBuf),
}

impl Store {
    /// A fresh store of this kind.
    ///
    /// # Errors
    /// When the folder cannot be made, or PostgreSQL is missing: the message names the command that installs it.
    pub fn fresh(kind: StoreKind) -> Result<Self> {
        let folder = Arc::new(Folder::Own(
            tempfile::Builder::new().prefix("samen-test-").tempdir()?,
        ));
        let database = match kind {
            StoreKind::Sqlite => None,
            StoreKind::Postgres => Some(postgres::fresh_database()?),
        };
        Ok(Self {
            kind,
            folder,
            database,
        })
    }

    /// An embedded store below a folder of the caller's, such as a small disk.
    #[must_use]
    pub fn embedded_in(folder: &Path) -> Self {
        Self {
            kind: StoreKind::Sqlite,
            folder: Arc::new(Folder::Given(folder.to_owned())),
            database: None,
        }
    }

    /// Which store this is.
    #[must_use]
    pub fn kind(&self) -> StoreKind {
        self.kind
    }

    /// The data directory, for `--data`. The keys lie beside it, in the folder of [`Store::folder`].
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// The folder that holds everything of this store that lies on disk.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self.folder.as_ref() {
            Folder::Own(folder) => folder.path(),
            Folder::Given(folder) => folder,
        }
    }

    /// The address of the database, when the store is PostgreSQL.
    #[must_use]
    pub fn database_url(&self) -> Option<&str> {
        self.database.as_ref().map(|database| database.url.as_str())
    }

    /// The database, when the store is PostgreSQL.
    #[must_use]
    pub fn database(&self) -> Option<&postgres::Database> {
        self.database.as_ref()
    }

    /// The flags that make a command work on this store. `--data` is always given: with PostgreSQL it says where the keys lie.
    #[must_use]
    pub fn flags(&self) -> Vec<String> {
        let mut flags = vec![
            "--data".to_owned(),
            self.data().to_string_lossy().into_owned(),
        ];
        if let Some(url) = self.database_url() {
            flags.extend(["--database".to_owned(), url.to_owned()]);
        }
        flags
    }
}
