//! Bad days: the process is killed, the disk is full, a sync fails. A child process (this test binary again)
//! writes and says what was acknowledged; the parent looks afterwards.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use vault::{Change, KeyDir, OsChance, Settings, Store, Vault, VaultError, Where};

use crate::place::{Place, verify};
use crate::types::*;

on_both!(killed_twenty_times);

const PLACE: &str = "SAMEN_CHILD_PLACE";
const KEYS: &str = "SAMEN_CHILD_KEYS";
const ROUND: &str = "SAMEN_CHILD_ROUND";

/// The child of the tests below; does nothing when run by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the tests of this module in a process of its own"]
async fn child_writes() {
    let (Ok(place), Ok(keys), Ok(round)) = (
        std::env::var(PLACE),
        std::env::var(KEYS),
        std::env::var(ROUND),
    ) else {
        return;
    };
    let settings = Settings {
        place: match place.starts_with("postgres:") {
            true => Where::Postgres(place),
            false => Where::Directory(place.into()),
        },
        keys: KeyDir::at(keys),
        create: true,
        chance: std::sync::Arc::new(OsChance),
    };
    let vault = Vault::open(settings).await.unwrap();
    let mut tasks = Vec::new();
    for task in 0..8 {
        let (vault, round) = (vault.clone(), round.clone());
        tasks.push(tokio::spawn(async move {
            let mut before_is_there = false;
            for n in 0..100_000 {
                let id = format!("{round}-{task}-{n}");
                let mut change = public_report(&id, &id, at(n));
                let erases = n % 10 == 9 && before_is_there;
                if erases {
                    // Erasures as well, of a record just made.
                    change = change.erase(format!("{round}-{task}-{}", n - 1));
                }
                let line = match vault.apply(Store::K1, change).await {
                    Ok(_) if erases => {
                        format!("accepted {id} erased {round}-{task}-{}", n - 1)
                    }
                    Ok(_) => format!("accepted {id}"),
                    Err(VaultError::DiskFull { .. }) => "full".to_owned(),
                    // Written, but the emptied key found no room yet; a repetition gives the kept answer.
                    Err(other) if other.to_string().contains("tried again by itself") => {
                        "full".to_owned()
                    }
                    Err(VaultError::Poisoned { .. }) => "poisoned".to_owned(),
                    Err(other) => format!("failed {other}"),
                };
                before_is_there = line.starts_with("accepted");
                let mut out = std::io::stdout().lock();
                writeln!(out, "\n{line}").unwrap();
                out.flush().unwrap();
                if !line.starts_with("accepted") && n > 2000 {
                    return;
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

fn child_of(place: &str, keys: &Path, round: usize, wrapper: &[&str]) -> Child {
    let exe = std::env::current_exe().unwrap();
    let mut words: Vec<String> = wrapper.iter().map(|w| (*w).to_owned()).collect();
    words.push(exe.display().to_string());
    words.extend(["kill::child_writes", "--exact", "--ignored", "--nocapture"].map(str::to_owned));
    Command::new(&words[0])
        .args(&words[1..])
        .env(PLACE, place)
        .env(KEYS, keys)
        .env(ROUND, format!("c{round}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Reads what the child says until `enough` says so, kills it, and returns the lines that were whole.
fn until(mut child: Child, mut enough: impl FnMut(&str) -> bool) -> Vec<String> {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut lines = Vec::new();
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        let done = enough(line.trim_end());
        lines.push(std::mem::take(&mut line));
        if done {
            break;
        }
    }
    child.kill().unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    lines.extend(rest.split_inclusive('\n').map(str::to_owned));
    child.wait().unwrap();
    lines
        .into_iter()
        .filter(|line| line.ends_with('\n'))
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[derive(Default)]
struct Said {
    accepted: BTreeSet<String>,
    erased: BTreeSet<String>,
}

impl Said {
    fn take(&mut self, lines: &[String]) {
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            if let ["accepted", id, rest @ ..] = words.as_slice() {
                self.accepted.insert((*id).to_owned());
                if let ["erased", gone] = rest {
                    self.erased.insert((*gone).to_owned());
                }
            }
        }
    }

    /// Everything acknowledged is there, once, and what was erased is gone.
    async fn holds(&self, vault: &Vault) {
        for id in &self.accepted {
            let loaded = vault.load::<Report>(id).await;
            if self.erased.contains(id) {
                assert!(loaded.is_err(), "{id} came back");
                continue;
            }
            match loaded {
                Ok(_) => {}
                // Erased by a change whose answer was not heard any more.
                Err(VaultError::NotFound { .. }) => {
                    let again = vault.apply(Store::K1, creation(id, "x")).await;
                    assert!(
                        matches!(again, Err(VaultError::AlreadyDone { .. })),
                        "{id} is lost"
                    );
                    continue;
                }
                Err(other) => panic!("{id}: {other}"),
            }
            let again = vault
                .apply(Store::K1, public_report(id, id, at(0)))
                .await
                .unwrap();
            assert_eq!(again.replayed.as_deref(), Some(id.as_bytes()), "{id}");
        }
        verify(vault).await.unwrap();
    }
}

async fn killed_twenty_times(place: Place) {
    place.open().await.close().await;
    let at_place = place
        .url
        .clone()
        .unwrap_or(place.data().display().to_string());
    let mut said = Said::default();
    for round in 0..20 {
        let child = child_of(&at_place, &place.keys(), round, &[]);
        let mut heard = 0;
        // A different moment each round.
        let limit = 5 + (round * 37) % 150;
        let lines = until(child, |line| {
            heard += usize::from(line.starts_with("accepted"));
            heard > limit
        });
        assert!(!lines.iter().any(|l| l.starts_with("failed")), "{lines:?}");
        said.take(&lines);
    }
    assert!(said.accepted.len() > 400, "{}", said.accepted.len());
    let vault = place.open().await;
    assert_eq!(
        place
            .number(Store::K1, "SELECT count(*) FROM erasures")
            .await,
        0
    );
    said.holds(&vault).await;
    vault.close().await;
}

/// A size limit on files stands for a full disk: changes are refused as "full", what was accepted stays, and the
/// same store goes on without repair once there is space.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_keeps() {
    let place = Place::sqlite();
    place.open().await.close().await;
    let limited = [
        "sh",
        "-c",
        "trap '' XFSZ; ulimit -f 1600; exec \"$@\"",
        "sh",
    ];
    let child = child_of(
        &place.data().display().to_string(),
        &place.keys(),
        0,
        &limited,
    );
    let mut full = 0;
    let lines = until(child, |line| {
        full += u32::from(line == "full");
        full > 200 || line.starts_with("failed") || line == "poisoned"
    });
    let odd: Vec<&String> = lines
        .iter()
        .filter(|l| l.starts_with("failed") || *l == "poisoned")
        .collect();
    assert!(odd.is_empty() && full > 200, "{odd:?} {full}");
    let mut said = Said::default();
    said.take(&lines);
    assert!(said.accepted.len() > 50, "{}", said.accepted.len());
    let vault = place.open().await;
    said.holds(&vault).await;
    create(&vault, "after", "x").await;
    vault.close().await;
}

/// A really full disk (a small tmpfs, which needs root): the running vault says "full" and recovers by itself when
/// space comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_vault_recovers_from_a_full_disk() {
    let place = Place::sqlite();
    let Some(_mount) = Mount::small(&place.data(), "12m") else {
        println!("skipped: mounting a small disk needs root");
        return;
    };
    let vault = place.open().await;
    create(&vault, "first", "x").await;
    let ballast = place.data().join("ballast");
    // Fill the disk, write until it says full, make space, write on: three times.
    let mut accepted = Vec::new();
    for round in 0..3 {
        let mut file = std::fs::File::create(&ballast).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        drop(file);
        let mut refused = 0;
        for n in 0..3000 {
            let id = format!("r{round}-{n}");
            match vault.apply(Store::K1, public_report(&id, &id, at(n))).await {
                Ok(_) => accepted.push(id),
                Err(VaultError::DiskFull { .. }) => refused += 1,
                Err(other) => panic!("{other}"),
            }
            if refused > 20 {
                break;
            }
        }
        assert!(refused > 20, "the disk did not get full");
        // Reading goes on.
        vault.load::<Report>("first").await.unwrap();
        std::fs::remove_file(&ballast).unwrap();
        create(&vault, &format!("after{round}"), "x").await;
    }
    vault.is_ready().await.unwrap();
    for id in &accepted {
        vault.load::<Report>(id).await.unwrap();
    }
    assert_eq!(
        verify(&vault).await.unwrap().records as usize,
        accepted.len() + 4
    );
    vault.close().await;
}

struct Mount(PathBuf);

impl Mount {
    fn small(at: &Path, size: &str) -> Option<Mount> {
        std::fs::create_dir_all(at).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|s| s.success())
            .then(|| Mount(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// After a failed sync nothing more is accepted until a restart; what was acknowledged before is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_sync_ends_acceptance() {
    let traced = Command::new("strace")
        .args(["-e", "trace=none", "true"])
        .output();
    if !traced.is_ok_and(|out| out.status.success()) {
        println!("skipped: strace is not installed or not allowed");
        return;
    }
    for call in [30, 61, 117] {
        let place = Place::sqlite();
        place.open().await.close().await;
        let log = place.dir.path().join("strace").display().to_string();
        let inject = format!("inject=fdatasync,fsync:error=EIO:when={call}");
        let wrapper = [
            "strace",
            "-f",
            "-o",
            &log,
            "-e",
            "trace=fdatasync,fsync",
            "-e",
            &inject,
        ];
        let child = child_of(
            &place.data().display().to_string(),
            &place.keys(),
            0,
            &wrapper,
        );
        let mut poisoned = 0;
        let lines = until(child, |line| {
            poisoned += u32::from(line == "poisoned");
            poisoned > 50
        });
        let mut said = Said::default();
        said.take(&lines);
        let first = lines.iter().position(|l| l == "poisoned");
        // A failed sync at a checkpoint loses nothing: the log is whole, and the store may go on.
        if let Some(first) = first {
            // Each of the eight tasks may print an answer it had before the failure.
            let later = lines[first..].iter();
            let after = later.filter(|l| l.starts_with("accepted")).count();
            assert!(after <= 8, "{after} accepted after a failed sync");
        }
        let vault = place.open().await;
        said.holds(&vault).await;
        let change = Change::new(why(at(0))).create(draft("after", "x"));
        vault.apply(Store::K1, change).await.unwrap();
        vault.close().await;
    }
}
