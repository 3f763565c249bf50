//! A PostgreSQL server of the tests' own: made in a temporary folder, on a free port of the loopback, with
//! passwords and fsync on; it ends with the test process.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

const PREFIX: &str = "samen-vault-postgres-";
const PASSWORD: &str = "only-for-tests";

/// A running server.
pub struct Server {
    pub port: u16,
    pub data: PathBuf,
    bin: PathBuf,
    account: Option<&'static str>,
}

/// The server shared by all tests of this process; `None`, said once, when none can be started and the environment
/// allows going without.
pub fn shared() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(Server::start).as_ref()
}

impl Server {
    /// Starts a server of one's own, for tests that stop it.
    pub fn start() -> Option<Server> {
        let Some(bin) = programs() else {
            assert!(
                std::env::var_os("SAMEN_TESTS_WITHOUT_POSTGRES").is_some(),
                "PostgreSQL 15 or newer is needed: apt-get install postgresql (or set SAMEN_TESTS_WITHOUT_POSTGRES=1 to go without)"
            );
            println!("skipped: PostgreSQL is not installed");
            return None;
        };
        remove_leftovers();
        static COUNT: Mutex<u32> = Mutex::new(0);
        let number = {
            let mut count = COUNT.lock().unwrap();
            *count += 1;
            *count
        };
        let data = std::env::temp_dir().join(format!("{PREFIX}{}-{number}", std::process::id()));
        let server = Server {
            port: free_port(),
            data,
            bin,
            account: is_root().then(account),
        };
        server.make();
        server.run();
        Some(server)
    }

    fn make(&self) {
        std::fs::create_dir_all(&self.data).unwrap();
        let password = self.data.join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        for path in [&self.data, &password] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).unwrap();
            if let Some(account) = self.account {
                let owner = Command::new("chown").arg(account).arg(path).status();
                assert!(owner.unwrap().success());
            }
        }
        let made = self
            .as_account("initdb")
            .args([
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C",
                "-U",
                "admin",
                "-A",
                "md5",
            ])
            .arg(format!("--pwfile={}", password.display()))
            .arg("-D")
            .arg(self.cluster())
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
    }

    /// Runs the server and waits until it takes connections.
    pub fn run(&self) {
        let mut command = self.as_account("postgres");
        command
            .arg("-D")
            .arg(self.cluster())
            .args(["-p", &self.port.to_string(), "-k", "", "-h", "127.0.0.1"])
            .args([
                "-c",
                "fsync=on",
                "-c",
                "max_connections=400",
                "-c",
                "shared_buffers=64MB",
            ])
            .args(["-c", "logging_collector=off"])
            // Stronger password digests take most of the time of a test that opens a vault.
            .args(["-c", "password_encryption=md5"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(self.data.join("log")).unwrap());
        // The server is told to end when the thread that started it does, so that thread lasts as long as we do.
        std::thread::spawn(move || {
            let _ = command.spawn().unwrap().wait();
        });
        for _ in 0..600 {
            let ready = Command::new(self.bin.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
                .status();
            if ready.unwrap().success() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!(
            "PostgreSQL did not start: {}",
            std::fs::read_to_string(self.data.join("log")).unwrap_or_default()
        );
    }

    /// Stops the server at once, as a crash would (`immediate`), or in order (`fast`).
    pub fn stop(&self, mode: &str) {
        let done = self
            .as_account("pg_ctl")
            .args(["stop", "-w", "-m", mode, "-D"])
            .arg(self.cluster())
            .stdout(Stdio::null())
            .status();
        assert!(done.unwrap().success());
    }

    fn cluster(&self) -> PathBuf {
        self.data.join("cluster")
    }

    /// The address of a database of this server for its administrator.
    pub fn url(&self, database: &str) -> String {
        format!(
            "postgres://admin:{PASSWORD}@127.0.0.1:{}/{database}",
            self.port
        )
    }

    fn as_account(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]);
        if let Some(account) = self.account {
            command.args([
                format!("--reuid={account}"),
                format!("--regid={account}"),
                "--init-groups".to_owned(),
            ]);
        }
        command.arg(self.bin.join(program)).current_dir("/tmp");
        command
    }
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            let bin = path.join("bin");
            (version >= 15 && bin.join("initdb").exists()).then_some((version, bin))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|m| {
        use std::os::unix::fs::MetadataExt;
        m.uid() == 0
    })
}

fn account() -> &'static str {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    match users.lines().any(|line| line.starts_with("postgres:")) {
        true => "postgres",
        false => "nobody",
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Folders of test processes that are no more.
fn remove_leftovers() {
    for entry in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix(PREFIX) else {
            continue;
        };
        let owner = rest.split('-').next().unwrap_or_default();
        if !Path::new("/proc").join(owner).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
