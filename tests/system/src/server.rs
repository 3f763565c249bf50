//! Starting, killing and restarting the real server.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::accounts::Accounts;
use crate::client::Client;
use crate::command;
use crate::store::Store;
use crate::waiting::until;

/// Longer than any start should take, also on a machine that compiles something else meanwhile.
const START: Duration = Duration::from_secs(300);

/// A running `samen` with its output kept. Killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    url: String,
    log: Log,
    accounts: Option<Accounts>,
    readers: Vec<JoinHandle<()>>,
    began: Instant,
    ready_after: Duration,
    /// Kept so that the data outlives the server.
    _store: Store,
}

/// What the server wrote, standard output and standard error together in order of arrival.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Server {
    /// Starts `samen serve` on this store and waits until it is ready.
    ///
    /// # Errors
    /// When it does not become ready; the message shows what the server said.
    pub fn serve(store: &Store, more: &[&str]) -> Result<Self> {
        Self::start("serve", store, more)
    }

    /// Starts `samen demo` on this store, with the accounts that it prints, and waits until it is ready.
    ///
    /// # Errors
    /// As [`Server::serve`].
    pub fn demo(store: &Store, more: &[&str]) -> Result<Self> {
        let mut flags = vec!["--no-open", "--print-accounts", "json"];
        flags.extend_from_slice(more);
        Self::start("demo", store, &flags)
    }

    /// Starts a subcommand that serves, on a free port of the loopback address.
    ///
    /// # Errors
    /// As [`Server::serve`].
    pub fn start(subcommand: &str, store: &Store, more: &[&str]) -> Result<Self> {
        let mut command = command::samen()?;
        command
            .arg(subcommand)
            .args(store.flags())
            .args(["--listen", "127.0.0.1:0"])
            .args(more);
        Self::watch(command, store)
    }

    /// Starts a prepared command that works on `store` and waits until it has named its address and is ready.
    ///
    /// # Errors
    /// As [`Server::serve`].
    pub fn watch(mut command: Command, store: &Store) -> Result<Self> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let began = Instant::now();
        let mut child = command
            .spawn()
            .with_context(|| format!("{command:?} could not be started"))?;
        let log = Log::default();
        let readers = [
            child.stdout.take().map(|stream| log.follow(stream)),
            child.stderr.take().map(|stream| log.follow(stream)),
        ];
        let readers = readers.into_iter().flatten().collect();
        let ready_after = Duration::ZERO;
        let mut server = Self {
            child,
            url: String::new(),
            log,
            accounts: None,
            readers,
            began,
            ready_after,
            _store: store.clone(),
        };
        server.await_ready()?;
        server.accounts = server.log.find(Accounts::read);
        Ok(server)
    }

    fn await_ready(&mut self) -> Result<()> {
        self.url = self.wait("named no address to listen on", |server| {
            server.log.find(address)
        })?;
        let client = Client::patient(&self.url, Duration::from_secs(5));
        self.wait("did not become ready", |_| {
            client
                .get("/readyz")
                .ok()
                .filter(|reply| reply.status == 200)
                .map(|_| ())
        })?;
        self.ready_after = self.began.elapsed();
        Ok(())
    }

    fn wait<T>(&mut self, failure: &str, mut ready: impl FnMut(&Self) -> Option<T>) -> Result<T> {
        let mut ended = None;
        let found = until(START, || {
            if let Some(value) = ready(self) {
                return Some(Some(value));
            }
            ended = self.child.try_wait().ok().flatten();
            ended.map(|_| None)
        });
        match found.flatten() {
            Some(value) => Ok(value),
            None => {
                let how =
                    ended.map_or_else(|| "still running".to_owned(), |status| status.to_string());
                bail!("the server {failure} ({how}); it said:\n{}", self.log())
            }
        }
    }

    /// The address, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A new visitor of this server.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// The accounts that a demo printed.
    ///
    /// # Errors
    /// When the server printed none.
    pub fn accounts(&self) -> Result<&Accounts> {
        self.accounts
            .as_ref()
            .with_context(|| format!("the server printed no accounts; it said:\n{}", self.log()))
    }

    /// How long it took from start to ready.
    #[must_use]
    pub fn ready_after(&self) -> Duration {
        self.ready_after
    }

    /// Everything the server wrote so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log
            .0
            .lock()
            .map(|lines| lines.join("\n"))
            .unwrap_or_default()
    }

    /// The process number.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills the process at once (SIGKILL): no handler runs, nothing is flushed. Gives what it had written.
    ///
    /// # Errors
    /// When the process cannot be waited for.
    pub fn kill(mut self) -> Result<String> {
        self.child
            .kill()
            .context("the server could not be killed")?;
        self.child.wait()?;
        self.finish_reading();
        Ok(self.log())
    }

    /// Asks the process to stop (SIGTERM) and waits for it.
    ///
    /// # Errors
    /// When it does not stop within half a minute.
    pub fn stop(mut self) -> Result<(ExitStatus, String)> {
        let pid = self.child.id().to_string();
        let asked = Command::new("sh")
            .args(["-c", &format!("kill -TERM {pid}")])
            .status()?;
        if !asked.success() {
            bail!("the server had stopped by itself; it said:\n{}", self.log());
        }
        let ended = until(Duration::from_secs(30), || {
            self.child.try_wait().ok().flatten()
        });
        let Some(status) = ended else {
            bail!("the server did not stop; it said:\n{}", self.log())
        };
        self.finish_reading();
        Ok((status, self.log()))
    }

    fn finish_reading(&mut self) {
        for reader in self.readers.drain(..) {
            // A reader that failed has nothing more to tell; what it read is in the log.
            let _ = reader.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Log {
    fn follow(&self, stream: impl Read + Send + 'static) -> JoinHandle<()> {
        let log = self.clone();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(stream);
            let mut line = Vec::new();
            while lines
                .read_until(b'\n', &mut line)
                .is_ok_and(|count| count > 0)
            {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                if let Ok(mut kept) = log.0.lock() {
                    kept.push(text);
                }
                line.clear();
            }
        })
    }

    fn find<T>(&self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.0.lock().ok()?.iter().find_map(|line| read(line))
    }
}

/// The first loopback address with a real port in a line; lines of JSON accounts hold none.
fn address(line: &str) -> Option<String> {
    let (_, after) = line.split_once("127.0.0.1:")?;
    let port: String = after.chars().take_while(char::is_ascii_digit).collect();
    port.parse::<u16>()
        .ok()
        .filter(|port| *port > 0)
        .map(|port| format!("http://127.0.0.1:{port}"))
}

/// The members of a JSON object in a line, when the line is one.
pub(crate) fn object(line: &str) -> Option<Value> {
    let line = line.trim();
    if !line.starts_with('{') {
        return None;
    }
    serde_json::from_str(line).ok().filter(Value::is_object)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_found_in_a_sentence_and_in_a_structured_line() {
        assert_eq!(
            address("Samen luistert op http://127.0.0.1:8080/").as_deref(),
            Some("http://127.0.0.1:8080")
        );
        assert_eq!(
            address(r#"{"listen":"127.0.0.1:4011"}"#).as_deref(),
            Some("http://127.0.0.1:4011")
        );
        assert_eq!(address("listening on 127.0.0.1:0"), None);
        assert_eq!(address("ready"), None);
    }
}
