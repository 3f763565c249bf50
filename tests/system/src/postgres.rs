//! A PostgreSQL server of the tests' own: started once per test process, on the loopback address, gone with the process however it ends.
//!
//! A shell stands between the test and the server. It holds the reading end of a pipe; when the test process ends, by itself, by a panic or by
//! a kill, the pipe closes and the shell stops the server and removes its files.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::waiting::until;

/// The user that owns the test cluster. It may create databases and roles, as the account that an administrator hands to Samen must.
const SUPERUSER: &str = "samen_test";

/// The oldest PostgreSQL that Samen works with.
const OLDEST: u32 = 15;

const KEEPER: &str = r#"
trap '' INT TERM HUP
"$1/postgres" -D "$2" >"$2/server.log" 2>&1 &
server=$!
read -r _
kill -QUIT "$server" 2>/dev/null
wait "$server" 2>/dev/null
cd / && rm -rf "$2"
"#;

static CLUSTER: Mutex<Option<Cluster>> = Mutex::new(None);
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// An empty database of its own for one test.
#[derive(Debug, Clone)]
pub struct Database {
    /// Its name.
    pub name: String,
    /// Its address, for `--database`.
    pub url: String,
}

#[derive(Debug)]
struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    /// Kept for its standard input: closing it stops the server.
    _keeper: Child,
}

/// A new empty database on this process's own server, which is started first when it does not run yet.
///
/// # Errors
/// When PostgreSQL is not installed (the message names the command that installs it) or does not start.
pub fn fresh_database() -> Result<Database> {
    let mut cluster = CLUSTER
        .lock()
        .map_err(|_| anyhow::anyhow!("another test failed while it started PostgreSQL"))?;
    if cluster.is_none() {
        *cluster = Some(Cluster::start()?);
    }
    let cluster = cluster.as_ref().context("PostgreSQL was just started")?;
    let name = format!(
        "samen_{}_{}",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    cluster.ask(
        "postgres",
        &format!("create database {name} template template0 encoding 'UTF8'"),
    )?;
    let url = format!("postgres://{SUPERUSER}@127.0.0.1:{}/{name}", cluster.port);
    Ok(Database { name, url })
}

impl Database {
    /// Runs one statement as the superuser and gives its rows as text, columns separated by `|`. For looking from outside, as an intruder would.
    ///
    /// # Errors
    /// When the statement fails.
    pub fn ask(&self, statement: &str) -> Result<String> {
        let cluster = CLUSTER
            .lock()
            .map_err(|_| anyhow::anyhow!("another test failed while it started PostgreSQL"))?;
        cluster
            .as_ref()
            .context("PostgreSQL does not run")?
            .ask(&self.name, statement)
    }

    /// Everything in the database as text, bytes in hexadecimal: what somebody holds who copied it.
    ///
    /// # Errors
    /// When `pg_dump` fails.
    pub fn dump(&self) -> Result<String> {
        let output = Command::new(programs()?.join("pg_dump"))
            .args(["--inserts", "-d", &self.url])
            .output();
        let output = output.context("pg_dump could not be started")?;
        if !output.status.success() {
            bail!(
                "pg_dump failed: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Cluster {
    fn start() -> Result<Self> {
        let programs = programs()?;
        let owner = owner()?;
        let folder = tempfile::Builder::new()
            .prefix("samen-pg-")
            .tempdir()?
            .keep();
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(&folder, Some(user), Some(group))?;
        }
        initialise(&programs, &folder, owner)?;
        let port = free_port()?;
        fs::write(folder.join("postgresql.auto.conf"), settings(&folder, port))?;
        let mut keeper = Command::new("/bin/sh");
        keeper
            .args(["-c", KEEPER, "keeper"])
            .arg(&programs)
            .arg(&folder)
            .current_dir(&folder);
        // A group of its own, so that what ends the tests does not end the keeper before it has tidied up.
        keeper
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        let keeper = as_owner(keeper, owner)
            .spawn()
            .context("/bin/sh could not be started")?;
        let cluster = Self {
            programs,
            folder,
            port,
            _keeper: keeper,
        };
        cluster.await_ready()?;
        Ok(cluster)
    }

    fn await_ready(&self) -> Result<()> {
        let ready = until(Duration::from_secs(60), || {
            self.ask("postgres", "select 1").ok()
        });
        if ready.is_none() {
            let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
            bail!("PostgreSQL did not start on port {}:\n{log}", self.port);
        }
        Ok(())
    }

    fn ask(&self, database: &str, statement: &str) -> Result<String> {
        let port = self.port.to_string();
        let output = Command::new(self.programs.join("psql"))
            .args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                &port,
            ])
            .args(["-U", SUPERUSER, "-d", database, "-c", statement])
            .env_remove("PGOPTIONS")
            .stdin(Stdio::null())
            .output()
            .context("psql could not be started")?;
        if !output.status.success() {
            bail!(
                "{statement}: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned())
    }
}

/// The programs of the newest PostgreSQL, 15 or later, that is installed.
fn programs() -> Result<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut versions: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .collect();
    versions.retain(|(version, _)| *version >= OLDEST);
    versions.sort();
    let named = std::env::var_os("SAMEN_TEST_PG_BIN").map(PathBuf::from);
    let elsewhere = [
        "/usr/local/pgsql/bin",
        "/usr/pgsql-17/bin",
        "/usr/pgsql-16/bin",
        "/usr/bin",
        "/usr/local/bin",
    ];
    let places = named
        .into_iter()
        .chain(versions.into_iter().rev().map(|(_, path)| path));
    let complete = |path: &PathBuf| {
        ["initdb", "postgres", "psql"]
            .iter()
            .all(|program| path.join(program).exists())
    };
    places.chain(elsewhere.iter().map(PathBuf::from)).find(complete).context(
        "PostgreSQL 15 or later is needed to test its store and was not found. On Debian or Ubuntu: \
         apt-get install postgresql. Elsewhere: install it, and name the folder of initdb in SAMEN_TEST_PG_BIN",
    )
}

/// PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody` where there is no such user.
fn owner() -> Result<Option<(u32, u32)>> {
    let root = fs::metadata("/proc/self")
        .map(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0)
        .unwrap_or(false);
    if !root {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").context("/etc/passwd could not be read")?;
    let found = ["postgres", "nobody"].iter().find_map(|name| {
        let line = users
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut parts = line.split(':').skip(2);
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    });
    found.map(Some).context("there is neither a user postgres nor nobody to run PostgreSQL as; run the tests as another user than root")
}

fn as_owner(mut command: Command, owner: Option<(u32, u32)>) -> Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    command
}

fn initialise(programs: &Path, folder: &Path, owner: Option<(u32, u32)>) -> Result<()> {
    let mut command = Command::new(programs.join("initdb"));
    command.arg("-D").arg(folder).args([
        "-U",
        SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    ]);
    command.current_dir(folder).stdin(Stdio::null());
    let output = as_owner(command, owner)
        .output()
        .context("initdb could not be started")?;
    if !output.status.success() {
        bail!(
            "initdb failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

/// Durability stays as in real use: the crash tests kill Samen, not this server, but a setting that lies would hide a slow commit.
fn settings(folder: &Path, port: u16) -> String {
    format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 200\n\
         shared_buffers = '64MB'\nmax_wal_size = '256MB'\nlog_min_messages = warning\n",
        folder.display()
    )
}

fn free_port() -> Result<u16> {
    let listener =
        TcpListener::bind(("127.0.0.1", 0)).context("no free port on the loopback address")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::fresh_database;

    #[test]
    fn two_tests_get_two_empty_databases() {
        let (first, second) = (
            fresh_database().expect("PostgreSQL starts"),
            fresh_database().expect("and goes on"),
        );
        assert_ne!(first.name, second.name);
        first
            .ask("create table only_here (x int)")
            .expect("the owner may");
        assert!(second.ask("select * from only_here").is_err());
        assert_eq!(
            second.ask("select 1, 'a'").expect("one row").as_str(),
            "1|a"
        );
    }
}
