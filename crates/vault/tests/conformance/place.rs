//! A place for a vault in a test: a temporary folder with keys, and SQLite files or a database of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use vault::{KeyDir, OsChance, Settings, Store, Vault, Where};

use crate::postgres;

pub struct Place {
    pub dir: tempfile::TempDir,
    pub url: Option<String>,
}

impl Place {
    pub fn sqlite() -> Place {
        Place {
            dir: tempfile::tempdir().unwrap(),
            url: None,
        }
    }

    pub async fn postgres() -> Option<Place> {
        Some(Place::on_server(postgres::shared()?).await)
    }

    /// A database of its own on this server.
    pub async fn on_server(server: &postgres::Server) -> Place {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let mut admin = sqlx::PgConnection::connect(&server.url("postgres"))
            .await
            .unwrap();
        admin
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        admin.close().await.unwrap();
        Place {
            dir: tempfile::tempdir().unwrap(),
            url: Some(server.url(&name)),
        }
    }

    /// An empty place of the same kind, and one of the other kind.
    pub async fn another(&self) -> Place {
        match self.url {
            None => Place::sqlite(),
            Some(_) => Place::postgres().await.unwrap(),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.is_none()
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn keys(&self) -> PathBuf {
        self.dir.path().join("data.keys")
    }

    pub fn settings(&self) -> Settings {
        Settings {
            place: match &self.url {
                None => Where::Directory(self.data()),
                Some(url) => Where::Postgres(url.clone()),
            },
            keys: KeyDir::at(self.keys()),
            create: true,
            chance: Arc::new(OsChance),
        }
    }

    pub async fn open(&self) -> Vault {
        Vault::open(self.settings()).await.unwrap()
    }

    /// Runs a statement on a store's records behind the vault's back; returns the rows changed.
    pub async fn tamper(&self, store: Store, sql: &str) -> u64 {
        self.run(&self.data().join(format!("{store}.db")), store.name(), sql)
            .await
    }

    /// The same on a store's key ledger.
    pub async fn tamper_ledger(&self, store: Store, sql: &str) -> u64 {
        let file = self.keys().join("ledger").join(format!("{store}.db"));
        self.run(&file, &format!("{store}_keys"), sql).await
    }

    async fn run(&self, file: &std::path::Path, schema: &str, sql: &str) -> u64 {
        match &self.url {
            None => {
                let mut conn = sqlite(file).await;
                let done = conn.execute(AssertSqlSafe(sql)).await.unwrap();
                conn.close().await.unwrap();
                done.rows_affected()
            }
            Some(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                let path = format!("SET search_path = {schema}");
                conn.execute(AssertSqlSafe(path)).await.unwrap();
                let done = conn.execute(AssertSqlSafe(sql)).await.unwrap();
                conn.close().await.unwrap();
                done.rows_affected()
            }
        }
    }

    /// One number from a store, behind the vault's back.
    pub async fn number(&self, store: Store, sql: &str) -> i64 {
        match &self.url {
            None => {
                let mut conn = sqlite(&self.data().join(format!("{store}.db"))).await;
                let row = conn.fetch_one(AssertSqlSafe(sql)).await.unwrap();
                conn.close().await.unwrap();
                row.get(0)
            }
            Some(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                let path = format!("SET search_path = {store}");
                conn.execute(AssertSqlSafe(path)).await.unwrap();
                let row = conn.fetch_one(AssertSqlSafe(sql)).await.unwrap();
                conn.close().await.unwrap();
                row.get(0)
            }
        }
    }
}

async fn sqlite(file: &std::path::Path) -> sqlx::SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(std::time::Duration::from_secs(20));
    sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap()
}

/// Checks a vault and says nothing else than whether it is sound.
pub async fn verify(vault: &Vault) -> vault::Result<vault::VerifyReport> {
    vault.verify(&mut |_, _| {}).await
}
