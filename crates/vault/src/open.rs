//! Opening a vault: where its stores are, who may log in to each, and that the keys belong to the data.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;

use crate::db::{Address, Conn};
use crate::{Chance, KeyDir, Keyring, Result, Store, VaultError, db, ledger, schema};

/// Where the stores are.
#[derive(Clone)]
pub enum Where {
    /// The embedded store: one SQLite file a store in this directory.
    Directory(PathBuf),
    /// A PostgreSQL server (15 or newer): one schema and login role a store.
    Postgres(String),
}

impl std::fmt::Debug for Where {
    /// Never shows a database address: it can hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Where::Directory(dir) => f.debug_tuple("Directory").field(dir).finish(),
            Where::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

impl Where {
    /// Whether an embedded store is here already, so that its keys must be too.
    pub(crate) fn holds_data(&self) -> bool {
        match self {
            Where::Directory(dir) => Store::ALL
                .into_iter()
                .any(|store| dir.join(format!("{store}.db")).exists()),
            Where::Postgres(_) => false,
        }
    }
}

/// How to open a vault.
#[derive(Clone)]
pub struct Settings {
    /// Where the stores are.
    pub place: Where,
    /// The key directory.
    pub keys: KeyDir,
    /// Whether missing data, keys and tables may be made.
    pub create: bool,
    /// Where randomness comes from.
    pub chance: Arc<dyn Chance>,
}

/// The two addresses of one store.
#[derive(Clone)]
pub(crate) struct Addresses {
    pub(crate) data: Address,
    pub(crate) ledger: Address,
}

/// Makes what is missing, migrates what is old and returns how to reach each store.
pub(crate) async fn prepare(settings: &Settings, ring: &Keyring) -> Result<Vec<Addresses>> {
    let addresses = match &settings.place {
        Where::Directory(dir) => directory(settings, dir)?,
        Where::Postgres(url) => crate::open::postgres(url, ring).await?,
    };
    // All stores at once: most of the time goes into waiting for disks and logins.
    let mut tasks = tokio::task::JoinSet::new();
    for (store, address) in Store::ALL.into_iter().zip(addresses.clone()) {
        let (root_key, copies) = (ring.fingerprint(), settings.keys.copies());
        tasks.spawn(async move { prepare_store(store, address, &root_key, &copies).await });
    }
    while let Some(done) = tasks.join_next().await {
        done.map_err(|_| VaultError::Closed)??;
    }
    Ok(addresses)
}

async fn prepare_store(
    store: Store,
    address: Addresses,
    root_key: &str,
    copies: &std::path::Path,
) -> Result<()> {
    let mut data = connect(&address.data, store).await?;
    let mut keys = connect(&address.ledger, store).await?;
    let done = prepare_lines(&mut data, &mut keys, store, root_key, copies).await;
    data.close().await;
    keys.close().await;
    done
}

async fn connect(address: &Address, store: Store) -> Result<Conn> {
    address.connect().await.map_err(|e| match &e {
        e if db::is_wrong_password(e) => VaultError::Keys(format!(
            "the database refuses the login of store {store}: the key directory is not the one this database was made with; name the right one with --keys"
        )),
        e => db::translate(store, e),
    })
}

async fn prepare_lines(
    data: &mut Conn,
    keys: &mut Conn,
    store: Store,
    root_key: &str,
    copies: &std::path::Path,
) -> Result<()> {
    schema::migrate_data(data, store).await?;
    check_fingerprint(data, store, root_key).await?;
    schema::migrate_ledger(keys, store).await?;
    check_ledger(data, keys, store).await?;
    // What a stop left undone is done before anybody can ask; if it cannot be done now, the writer goes on trying.
    if let Err(error) = ledger::finish_erasures(data, keys, copies, store).await {
        let why = db::translate(store, &error);
        tracing::warn!(%store, %why, "keys of erased records could not be destroyed yet");
    }
    Ok(())
}

/// Refuses a ledger that holds nothing beside a store that does: going on would hide the loss of every key.
async fn check_ledger(data: &mut Conn, keys: &mut Conn, store: Store) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let records = data
        .rows(
            "SELECT id FROM records WHERE erased_at IS NULL LIMIT 1",
            vec![],
        )
        .await
        .map_err(fail)?;
    let wraps = keys
        .rows("SELECT record_id FROM wraps LIMIT 1", vec![])
        .await
        .map_err(fail)?;
    if wraps.is_empty() && !records.is_empty() {
        return Err(VaultError::Keys(format!(
            "the key ledger of {store} is empty while the store holds records; restore the key directory that belongs to this data, or name it with --keys"
        )));
    }
    Ok(())
}

fn directory(settings: &Settings, dir: &PathBuf) -> Result<Vec<Addresses>> {
    let io = |path: &PathBuf, e: std::io::Error| VaultError::File {
        file: path.display().to_string(),
        what: e.to_string(),
    };
    if !dir.exists() {
        if !settings.create {
            return Err(VaultError::File {
                file: dir.display().to_string(),
                what: "there is no data directory here; name it with --data, or make one with `samen init`".to_owned(),
            });
        }
        crate::keys::create_private_dir(dir).map_err(|e| io(dir, e))?;
    }
    let ledger = settings.keys.ledger();
    crate::keys::create_private_dir(&ledger).map_err(|e| io(&ledger, e))?;
    Ok(Store::ALL
        .into_iter()
        .map(|store| Addresses {
            data: Address::sqlite(&dir.join(format!("{store}.db")), settings.create),
            ledger: Address::sqlite(&ledger.join(format!("{store}.db")), settings.create),
        })
        .collect())
}

/// Refuses data that was sealed under another root key, before anything is written.
async fn check_fingerprint(conn: &mut Conn, store: Store, root_key: &str) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    conn.exec(
        "INSERT INTO meta (name, value) VALUES ('root_key', $1) ON CONFLICT DO NOTHING",
        vec![root_key.into()],
    )
    .await
    .map_err(fail)?;
    let rows = conn
        .rows("SELECT value FROM meta WHERE name = 'root_key'", vec![])
        .await
        .map_err(fail)?;
    let found = match rows.first() {
        Some(row) => row.text(0).map_err(fail)?,
        None => String::new(),
    };
    if found == root_key {
        return Ok(());
    }
    Err(VaultError::Keys(format!(
        "the data in {store} was sealed under root key {found}, the key directory holds {root_key}; name the right one with --keys"
    )))
}

/// Makes two schemas a store, records and key ledger, each with a login role of its own, so that the database
/// itself keeps the stores apart and the records apart from their keys.
async fn postgres(url: &str, ring: &Keyring) -> Result<Vec<Addresses>> {
    let system = Store::System;
    let fail = |e: sqlx::Error| db::translate(system, &e);
    let admin = Address::postgres(url).map_err(|_| VaultError::Database {
        store: system,
        why: "the database address is not of the form postgres://user:password@host:port/name"
            .to_owned(),
    })?;
    let mut conn = Address::Postgres(admin.clone())
        .connect()
        .await
        .map_err(fail)?;
    let database = conn
        .rows("SELECT current_database()::text", vec![])
        .await
        .map_err(fail)?
        .first()
        .map(|row| row.text(0))
        .transpose()
        .map_err(fail)?
        .unwrap_or_default();
    check_durability(&mut conn).await?;
    let made = make_roles(&mut conn, &admin, &database, ring).await;
    conn.close().await;
    made
}

/// An acknowledged change must survive the server's power loss.
async fn check_durability(conn: &mut Conn) -> Result<()> {
    let store = Store::System;
    let fail = |e: sqlx::Error| db::translate(store, &e);
    let rows = conn
        .rows(
            "SELECT current_setting('server_version_num'), current_setting('fsync')",
            vec![],
        )
        .await
        .map_err(fail)?;
    let Some(row) = rows.first() else {
        return Ok(());
    };
    let version = row.text(0).map_err(fail)?.parse::<u32>().unwrap_or(0);
    if version < 150_000 {
        return Err(VaultError::Database {
            store,
            why: "the server is older than PostgreSQL 15; use 15 or newer".to_owned(),
        });
    }
    if row.text(1).map_err(fail)? == "off" {
        tracing::warn!(
            "the PostgreSQL server runs with fsync = off: what was acknowledged can be lost; fit for trials only"
        );
    }
    Ok(())
}

/// All roles and schemas in one transaction: a stop halfway leaves none, and of two programs that start at once
/// the second waits and finds them made.
async fn make_roles(
    conn: &mut Conn,
    admin: &PgConnectOptions,
    database: &str,
    ring: &Keyring,
) -> Result<Vec<Addresses>> {
    let fail = |e: sqlx::Error| VaultError::Database {
        store: Store::System,
        why: format!(
            "{}; the account in the database address must be allowed to make roles and schemas (see docs/hosting.md)",
            db::translate(Store::System, &e)
        ),
    };
    conn.begin().await.map_err(fail)?;
    let made = async {
        conn.rows("SELECT 1 FROM pg_advisory_xact_lock(7036001)", vec![])
            .await?;
        let mut out = Vec::with_capacity(Store::ALL.len());
        for store in Store::ALL {
            let data = store.name().to_owned();
            let ledger = format!("{store}_keys");
            out.push(Addresses {
                data: make_role(conn, admin, database, data, ring).await?,
                ledger: make_role(conn, admin, database, ledger, ring).await?,
            });
        }
        conn.commit().await?;
        Ok(out)
    }
    .await;
    if made.is_err() {
        conn.rollback().await;
    }
    made.map_err(fail)
}

/// A schema and the only role that may use it.
async fn make_role(
    conn: &mut Conn,
    admin: &PgConnectOptions,
    database: &str,
    schema: String,
    ring: &Keyring,
) -> std::result::Result<Address, sqlx::Error> {
    let role = role_name(database, &schema);
    let password = ring.role_password(&role);
    let made = conn
        .rows(
            "SELECT nspname::text FROM pg_namespace WHERE nspname = $1",
            vec![schema.as_str().into()],
        )
        .await?;
    if made.is_empty() {
        make_login(conn, &role, &password).await?;
        conn.script(&format!(
            "CREATE SCHEMA {schema} AUTHORIZATION {role}; REVOKE ALL ON SCHEMA {schema} FROM PUBLIC"
        ))
        .await?;
    }
    let login = admin.clone().username(&role).password(&password);
    Ok(Address::Postgres(login.options([("search_path", schema)])))
}

/// A role that can log in. Of an earlier database of this name the role may be left, with a password from other keys.
async fn make_login(
    conn: &mut Conn,
    role: &str,
    password: &str,
) -> std::result::Result<(), sqlx::Error> {
    let found = conn
        .rows(
            "SELECT rolname::text FROM pg_roles WHERE rolname = $1",
            vec![role.into()],
        )
        .await?;
    let verb = if found.is_empty() { "CREATE" } else { "ALTER" };
    // Role and password are made of letters, digits and _ only (see role_name, role_password).
    conn.script(&format!(
        "{verb} ROLE {role} LOGIN PASSWORD '{password}'; GRANT {role} TO CURRENT_USER"
    ))
    .await?;
    // Operators who turned it off for the whole server meant other data than this.
    let rows = conn
        .rows("SELECT current_setting('synchronous_commit')", vec![])
        .await?;
    if rows.first().map(|row| row.text(0)).transpose()?.as_deref() == Some("off") {
        conn.script(&format!("ALTER ROLE {role} SET synchronous_commit = on"))
            .await?;
    }
    Ok(())
}

/// Roles belong to the whole server, so their names carry the database's.
fn role_name(database: &str, schema: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(database.as_bytes());
    format!("samen_{}_{schema}", hex::encode(&digest[..5]))
}
