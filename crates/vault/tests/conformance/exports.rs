//! The journal as an outsider checks it.

use std::path::{Path, PathBuf};

use vault::{Store, VaultError, verify_journal_file};

use crate::place::Place;
use crate::types::*;

on_both!(an_outsider_checks_the_journal);

fn write(place: &Place, text: &str) -> PathBuf {
    let path = place.dir.path().join("journal.jsonl");
    std::fs::write(&path, text).unwrap();
    path
}

fn refused(path: &Path, names: &str) {
    let fault = verify_journal_file(path, None).expect_err(names);
    assert!(matches!(fault, VaultError::File { .. }));
    assert!(fault.to_string().contains(names), "{names}: {fault}");
}

async fn an_outsider_checks_the_journal(place: Place) {
    let vault = place.open().await;
    for n in 0..5 {
        create(&vault, &format!("r{n}"), "CANARY-TEXT").await;
    }
    let case = vault::Draft::new("c", &Case { note: "n".into() }, clear("open")).unwrap();
    vault
        .apply(Store::K3, vault::Change::new(why(at(0))).create(case))
        .await
        .unwrap();
    let mut out = Vec::new();
    let made = vault
        .export_journal(&mut out, "journal", at(9))
        .await
        .unwrap();
    assert_eq!(made.entries, 6);
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains("CANARY-TEXT"));
    let path = write(&place, &text);
    let checked = verify_journal_file(&path, Some(&made.head.key)).unwrap();
    assert_eq!((checked.entries, &checked.head), (6, &made.head));
    let other = "00".repeat(32);
    assert!(verify_journal_file(&path, Some(&other)).is_err());

    let lines: Vec<&str> = text.lines().collect();
    let join = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    // Cut off: in the middle of a line, after a line, everything.
    refused(&write(&place, &text[..text.len() - 9]), "line 7");
    refused(&write(&place, &join(&lines[..6])), "ends at entry");
    refused(&write(&place, lines[0]), "line 1");
    refused(&write(&place, ""), "empty");
    refused(&write(&place, "not a journal\n"), "line 1");
    // One left out, two changed about, one twice.
    let mut fewer = lines.clone();
    fewer.remove(3);
    refused(&write(&place, &join(&fewer)), "line 4");
    let mut swapped = lines.clone();
    swapped.swap(2, 3);
    refused(&write(&place, &join(&swapped)), "line 3");
    let mut double = lines.clone();
    double.insert(3, lines[2]);
    refused(&write(&place, &join(&double)), "line 4");
    // An entry altered; its hash altered; head altered.
    let altered = |line: usize, from: &str, to: &str| {
        let mut copy: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        assert!(copy[line].contains(from));
        copy[line] = copy[line].replacen(from, to, 1);
        format!("{}\n", copy.join("\n"))
    };
    refused(&write(&place, &altered(2, "u-anna", "u-carl")), "line 3");
    refused(
        &write(&place, &altered(2, "\"hash\":\"", "\"hash\":\"00")),
        "line 3",
    );
    refused(
        &write(&place, &altered(0, "\"seq\":5", "\"seq\":4")),
        "line 1",
    );
    refused(
        &write(&place, &altered(6, "\"store\":\"k3\"", "\"store\":\"k4\"")),
        "line 7",
    );
    // Every single byte flipped is found.
    let bytes = text.as_bytes();
    for at in (0..bytes.len()).step_by(37) {
        let mut copy = bytes.to_vec();
        copy[at] ^= 1;
        std::fs::write(&path, &copy).unwrap();
        assert!(verify_journal_file(&path, None).is_err(), "byte {at}");
    }
    // The export does not see what came after its head, and a gap in the store shows.
    place
        .tamper(Store::K1, "DELETE FROM journal WHERE seq = 2")
        .await;
    let mut out = Vec::new();
    vault
        .export_journal(&mut out, "journal", at(9))
        .await
        .unwrap();
    refused(&write(&place, &String::from_utf8(out).unwrap()), "line 3");
    vault.close().await;
}
