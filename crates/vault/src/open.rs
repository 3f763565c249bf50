//! Opening a vault: where its stores are, who may log in to each, and that the keys belong to the data.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::postgres::PgConnectOptions;

use crate::db::{Address, Conn};
use crate::{Chance, KeyDir, Keyring, Result, Store, VaultError, db, schema};

/// Where the stores are.
#[derive(Debug, Clone)]
pub enum Where {
    /// The embedded store: one SQLite file a store in this directory.
    Directory(PathBuf),
    /// A PostgreSQL server (15 or newer): one schema and login role a store.
    Postgres(String),
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
    for (store, address) in Store::ALL.into_iter().zip(&addresses) {
        let fail = |e: sqlx::Error| db::translate(store, &e);
        let mut data = address.data.connect().await.map_err(fail)?;
        schema::migrate_data(&mut data, store).await?;
        check_fingerprint(&mut data, store, ring).await?;
        data.close().await;
        let mut ledger = address.ledger.connect().await.map_err(fail)?;
        schema::migrate_ledger(&mut ledger, store).await?;
        ledger.close().await;
    }
    Ok(addresses)
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
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .map_err(|e| io(dir, e))?;
    }
    let ledger = settings.keys.ledger();
    std::fs::create_dir_all(&ledger).map_err(|e| io(&ledger, e))?;
    Ok(Store::ALL
        .into_iter()
        .map(|store| Addresses {
            data: Address::sqlite(&dir.join(format!("{store}.db"))),
            ledger: Address::sqlite(&ledger.join(format!("{store}.db"))),
        })
        .collect())
}

/// Refuses data that was sealed under another root key, before anything is written.
async fn check_fingerprint(conn: &mut Conn, store: Store, ring: &Keyring) -> Result<()> {
    let fail = |e: sqlx::Error| db::translate(store, &e);
    conn.exec(
        "INSERT INTO meta (name, value) VALUES ('root_key', $1) ON CONFLICT DO NOTHING",
        vec![ring.fingerprint().into()],
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
    if found == ring.fingerprint() {
        return Ok(());
    }
    Err(VaultError::Keys(format!(
        "the data in {store} was sealed under root key {found}, the key directory holds {}; name the right one with --keys",
        ring.fingerprint()
    )))
}

/// Makes a login role and two schemas a store, so that the database itself keeps the stores apart.
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
    // Two processes starting at once must not make the same role twice.
    conn.exec("SELECT pg_advisory_lock(7036001)", vec![])
        .await
        .map_err(fail)?;
    let mut out = Vec::with_capacity(Store::ALL.len());
    for store in Store::ALL {
        out.push(postgres_store(&mut conn, &admin, &database, store, ring).await?);
    }
    conn.exec("SELECT pg_advisory_unlock(7036001)", vec![])
        .await
        .map_err(fail)?;
    conn.close().await;
    Ok(out)
}

async fn postgres_store(
    conn: &mut Conn,
    admin: &PgConnectOptions,
    database: &str,
    store: Store,
    ring: &Keyring,
) -> Result<Addresses> {
    let fail = |e: sqlx::Error| VaultError::Database {
        store,
        why: format!(
            "{}; the account in the database address must be allowed to make roles and schemas (see docs/hosting.md)",
            db::translate(store, &e)
        ),
    };
    let role = role_name(database, store);
    let password = ring.role_password(&role);
    let exists = !conn
        .rows(
            "SELECT rolname::text FROM pg_roles WHERE rolname = $1",
            vec![role.as_str().into()],
        )
        .await
        .map_err(fail)?
        .is_empty();
    if !exists {
        // Role and password are made of letters and digits only (see role_name, role_password).
        conn.script(&format!("CREATE ROLE {role} LOGIN PASSWORD '{password}'"))
            .await
            .map_err(fail)?;
        conn.script(&format!("GRANT {role} TO CURRENT_USER"))
            .await
            .map_err(fail)?;
    }
    for schema in [store.name().to_owned(), format!("{store}_keys")] {
        conn.script(&format!(
            "CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {role}; REVOKE ALL ON SCHEMA {schema} FROM PUBLIC"
        ))
        .await
        .map_err(fail)?;
    }
    let login = admin.clone().username(&role).password(&password);
    let at = |schema: String| Address::Postgres(login.clone().options([("search_path", schema)]));
    Ok(Addresses {
        data: at(store.name().to_owned()),
        ledger: at(format!("{store}_keys")),
    })
}

/// Roles belong to the whole server, so their names carry the database's.
fn role_name(database: &str, store: Store) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(database.as_bytes());
    format!("samen_{}_{store}", hex::encode(&digest[..5]))
}
