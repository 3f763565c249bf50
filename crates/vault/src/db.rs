//! One connection type over SQLite and PostgreSQL: an enum and plain functions, one SQL text for both.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow, PgSslMode};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row as _, SqliteConnection,
};

use crate::{Store, VaultError};

/// A value for a placeholder.
#[derive(Debug, Clone)]
pub(crate) enum Val {
    Int(i64),
    IntOpt(Option<i64>),
    Text(String),
    TextOpt(Option<String>),
    Blob(Vec<u8>),
    BlobOpt(Option<Vec<u8>>),
}

impl From<i64> for Val {
    fn from(value: i64) -> Self {
        Val::Int(value)
    }
}
impl From<Option<i64>> for Val {
    fn from(value: Option<i64>) -> Self {
        Val::IntOpt(value)
    }
}
impl From<&str> for Val {
    fn from(value: &str) -> Self {
        Val::Text(value.to_owned())
    }
}
impl From<String> for Val {
    fn from(value: String) -> Self {
        Val::Text(value)
    }
}
impl From<Option<String>> for Val {
    fn from(value: Option<String>) -> Self {
        Val::TextOpt(value)
    }
}
impl From<Vec<u8>> for Val {
    fn from(value: Vec<u8>) -> Self {
        Val::Blob(value)
    }
}
impl From<Option<Vec<u8>>> for Val {
    fn from(value: Option<Vec<u8>>) -> Self {
        Val::BlobOpt(value)
    }
}

/// An open connection to one store.
pub(crate) enum Conn {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

/// A pool for reading one store.
#[derive(Clone)]
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A row of either database, read by position.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! getter {
    ($name:ident, $type:ty) => {
        pub(crate) fn $name(&self, at: usize) -> std::result::Result<$type, sqlx::Error> {
            match self {
                Row::Sqlite(row) => row.try_get(at),
                Row::Postgres(row) => row.try_get(at),
            }
        }
    };
}

impl Row {
    getter!(int, i64);
    getter!(int_opt, Option<i64>);
    getter!(text, String);
    getter!(text_opt, Option<String>);
    getter!(blob, Vec<u8>);
    getter!(blob_opt, Option<Vec<u8>>);
}

macro_rules! bind {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Val::Int(v) => query.bind(v),
                Val::IntOpt(v) => query.bind(v),
                Val::Text(v) => query.bind(v),
                Val::TextOpt(v) => query.bind(v),
                Val::Blob(v) => query.bind(v),
                Val::BlobOpt(v) => query.bind(v),
            };
        }
        query
    }};
}

type DbResult<T> = std::result::Result<T, sqlx::Error>;

impl Conn {
    /// Runs one statement; `sql` is built from constants of this crate only, never from input.
    pub(crate) async fn exec(&mut self, sql: &str, args: Vec<Val>) -> DbResult<u64> {
        let sql = AssertSqlSafe(sql);
        match self {
            Conn::Sqlite(c) => Ok(bind!(sqlx::query(sql), args)
                .execute(&mut **c)
                .await?
                .rows_affected()),
            Conn::Postgres(c) => Ok(bind!(sqlx::query(sql), args)
                .execute(&mut **c)
                .await?
                .rows_affected()),
        }
    }

    /// Runs a script of several statements without arguments.
    pub(crate) async fn script(&mut self, sql: &str) -> DbResult<()> {
        let sql = AssertSqlSafe(sql);
        match self {
            Conn::Sqlite(c) => c.execute(sqlx::raw_sql(sql)).await.map(|_| ()),
            Conn::Postgres(c) => c.execute(sqlx::raw_sql(sql)).await.map(|_| ()),
        }
    }

    /// All rows of a query.
    pub(crate) async fn rows(&mut self, sql: &str, args: Vec<Val>) -> DbResult<Vec<Row>> {
        let sql = AssertSqlSafe(sql);
        Ok(match self {
            Conn::Sqlite(c) => bind!(sqlx::query(sql), args)
                .fetch_all(&mut **c)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Conn::Postgres(c) => bind!(sqlx::query(sql), args)
                .fetch_all(&mut **c)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    /// Begins a transaction that will write. SQLite takes its write lock at once.
    pub(crate) async fn begin(&mut self) -> DbResult<()> {
        match self {
            Conn::Sqlite(_) => self.exec("BEGIN IMMEDIATE", vec![]).await.map(|_| ()),
            Conn::Postgres(_) => self.exec("BEGIN", vec![]).await.map(|_| ()),
        }
    }

    /// Begins a transaction that sees one moment and writes nothing. On PostgreSQL several connections can
    /// see the same moment: the first fills `shared`, the others take it from there.
    pub(crate) async fn begin_snapshot(&mut self, shared: &mut Option<String>) -> DbResult<()> {
        if let Conn::Sqlite(_) = self {
            self.exec("BEGIN", vec![]).await?;
            // SQLite's moment is that of the first reading.
            self.rows("SELECT one FROM journal_head", vec![]).await?;
            return Ok(());
        }
        self.exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", vec![])
            .await?;
        match shared {
            // A name given by the server itself: hexadecimal digits and dashes.
            Some(name) => {
                self.script(&format!("SET TRANSACTION SNAPSHOT '{name}'"))
                    .await
            }
            None => {
                let rows = self.rows("SELECT pg_export_snapshot()", vec![]).await?;
                *shared = rows.first().map(|row| row.text(0)).transpose()?;
                Ok(())
            }
        }
    }

    pub(crate) async fn commit(&mut self) -> DbResult<()> {
        self.exec("COMMIT", vec![]).await.map(|_| ())
    }

    /// Rolls back. When that fails the connection is in an unknown state and must be replaced.
    pub(crate) async fn rollback(&mut self) -> bool {
        self.exec("ROLLBACK", vec![]).await.is_ok()
    }

    pub(crate) async fn close(self) {
        let _ = match self {
            Conn::Sqlite(c) => c.close().await,
            Conn::Postgres(c) => c.close().await,
        };
    }
}

impl Pool {
    pub(crate) async fn rows(&self, sql: &str, args: Vec<Val>) -> DbResult<Vec<Row>> {
        let sql = AssertSqlSafe(sql);
        Ok(match self {
            Pool::Sqlite(p) => bind!(sqlx::query(sql), args)
                .fetch_all(p)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Pool::Postgres(p) => bind!(sqlx::query(sql), args)
                .fetch_all(p)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    pub(crate) async fn close(&self) {
        match self {
            Pool::Sqlite(p) => p.close().await,
            Pool::Postgres(p) => p.close().await,
        }
    }
}

/// How to reach one store (or one key ledger).
#[derive(Clone)]
pub(crate) enum Address {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

impl Address {
    /// An SQLite file with the settings that keep every acknowledged commit (WAL, FULL) and leave no
    /// erased bytes behind (secure_delete). A missing file is made only when `create` allows it: a file
    /// that is lost must not come back empty.
    pub(crate) fn sqlite(path: &std::path::Path, create: bool) -> Address {
        Address::Sqlite(
            SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(create)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(10))
                .statement_cache_capacity(200)
                .pragma("secure_delete", "ON")
                .pragma("trusted_schema", "OFF")
                .pragma("cell_size_check", "ON")
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-1000")
                .pragma("wal_autocheckpoint", "4000")
                .disable_statement_logging(),
        )
    }

    /// A PostgreSQL address. Between machines the line must be encrypted unless the address itself says
    /// otherwise (`sslmode=`); on one machine encryption only costs time.
    pub(crate) fn postgres(url: &str) -> DbResult<PgConnectOptions> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("samen")
            .statement_cache_capacity(200)
            .disable_statement_logging();
        let left_open =
            matches!(options.get_ssl_mode(), PgSslMode::Prefer) && !url.contains("sslmode");
        if !left_open {
            return Ok(options);
        }
        let mode = match is_same_machine(&options) {
            true => PgSslMode::Disable,
            false => PgSslMode::Require,
        };
        Ok(options.ssl_mode(mode))
    }

    pub(crate) async fn connect(&self) -> DbResult<Conn> {
        Ok(match self {
            Address::Sqlite(o) => Conn::Sqlite(Box::new(connect_sqlite(o).await?)),
            Address::Postgres(o) => Conn::Postgres(Box::new(PgConnection::connect_with(o).await?)),
        })
    }

    /// A small lazy pool for reading.
    pub(crate) fn pool(&self) -> Pool {
        match self {
            Address::Sqlite(o) => Pool::Sqlite(
                SqlitePoolOptions::new()
                    .min_connections(0)
                    .max_connections(2)
                    .idle_timeout(Duration::from_secs(300))
                    .test_before_acquire(false)
                    .connect_lazy_with(o.clone().read_only(true).create_if_missing(false)),
            ),
            Address::Postgres(o) => Pool::Postgres(
                PgPoolOptions::new()
                    .min_connections(0)
                    .max_connections(2)
                    .idle_timeout(Duration::from_secs(120))
                    .connect_lazy_with(o.clone()),
            ),
        }
    }
}

fn is_same_machine(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// The database's own code for an error, when it gave one.
fn code(error: &sqlx::Error) -> Option<String> {
    match error {
        sqlx::Error::Database(db) => db.code().map(std::borrow::Cow::into_owned),
        _ => None,
    }
}

/// Opens an SQLite file. Turning a new file into WAL mode does not wait for others who do the same, so this does.
async fn connect_sqlite(options: &SqliteConnectOptions) -> DbResult<SqliteConnection> {
    let mut left = 100;
    loop {
        match SqliteConnection::connect_with(options).await {
            Err(error) if left > 0 && is_busy(&error) => {
                left -= 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            done => return done,
        }
    }
}

/// Translates a database error into the vault's words. Messages of the database name tables and columns,
/// never values: every value travels as a bound argument.
pub(crate) fn translate(store: Store, error: &sqlx::Error) -> VaultError {
    if is_full(error) {
        return VaultError::DiskFull { store };
    }
    if matches!(error, sqlx::Error::PoolClosed) {
        return VaultError::Closed;
    }
    let why = match error {
        sqlx::Error::Database(_) => match code(error).as_deref() {
            Some("14") => {
                "its database file cannot be opened; see that it is there and may be read and written"
                    .to_owned()
            }
            _ if is_busy(error) => "another program keeps its database file locked".to_owned(),
            Some("11" | "267" | "523" | "779" | "26") => {
                "its database file is damaged; restore it from a backup".to_owned()
            }
            Some("28P01" | "28000") => "the database refuses the login".to_owned(),
            Some(code) => format!("database error {code}"),
            None => "database error".to_owned(),
        },
        sqlx::Error::PoolTimedOut => "no free connection in time".to_owned(),
        sqlx::Error::Io(e) => format!("connection failed ({:?})", e.kind()),
        _ => "the database did not answer as expected".to_owned(),
    };
    VaultError::Database { store, why }
}

/// SQLITE_FULL 13, SQLITE_IOERR_WRITE 778 (how a file size limit shows) and SQLITE_IOERR_SHMSIZE 4874;
/// PostgreSQL 53100 disk_full.
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    matches!(
        code(error).as_deref(),
        Some("13" | "778" | "4874" | "53100")
    )
}

/// A failed sync: what was written may or may not be on disk, and a second sync may lie about it.
/// SQLITE_IOERR 10, _READ 266, _FSYNC 1034, _DIR_FSYNC 1290, _TRUNCATE 1546; SQLITE_CORRUPT 11 and its kinds.
pub(crate) fn is_sync_failure(error: &sqlx::Error) -> bool {
    matches!(
        code(error).as_deref(),
        Some("10" | "266" | "1034" | "1290" | "1546" | "11" | "267" | "523" | "779")
    )
}

/// A key that must be unique was there already.
pub(crate) fn is_unique(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(db) if db.is_unique_violation())
}

/// PostgreSQL gave up this transaction in favour of another (serialisation failure or deadlock): try again.
pub(crate) fn is_transient(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("40001" | "40P01"))
}

/// Another program holds the SQLite file's lock (SQLITE_BUSY and its kinds).
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("5" | "261" | "517" | "773"))
}

/// The database knows the role but not this password.
pub(crate) fn is_wrong_password(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("28P01"))
}

/// The connection is gone and must be made anew.
pub(crate) fn is_gone(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        // 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now, 57P05 idle_session_timeout,
        // 25P02 in_failed_sql_transaction, 25P03 idle_in_transaction_session_timeout, 25006 read_only_sql_transaction
        // (the server became a standby), class 08 connection exceptions.
        _ => code(error).is_some_and(|code| {
            matches!(
                code.as_str(),
                "57P01" | "57P02" | "57P03" | "57P05" | "25P02" | "25P03" | "25006"
            ) || (code.len() == 5 && code.starts_with("08"))
        }),
    }
}
