//! A version counts when two different people have signed exactly these files.

use std::sync::Arc;

use domain::vocabulary::Vocabulary;
use jiff::civil::date;
use law::{Files, Key, Law, sign, trial_signers};

fn vocabulary() -> Arc<Vocabulary> {
    Arc::new(Vocabulary::builtin().unwrap().clone())
}

fn refused(files: &Files, trusted: Option<&[String]>) -> String {
    match Law::open(files, &vocabulary(), trusted) {
        Ok(_) => panic!("was accepted"),
        Err(error) => {
            let words = error.to_string();
            assert!(
                words.contains("policies/version.toml") || words.contains("policies/signers.toml"),
                "names no file: {words}"
            );
            words
        }
    }
}

fn version(change: impl Fn(&str) -> String) -> Files {
    let files = Files::built_in();
    let text = change(files.text("version.toml").unwrap());
    files.with("version.toml", text)
}

/// The signatures of the version file, each from its heading on.
fn blocks(text: &str) -> (String, Vec<String>) {
    let mut parts = text.split("[[signature]]");
    let head = parts.next().unwrap().to_owned();
    (
        head,
        parts.map(|part| format!("[[signature]]{part}")).collect(),
    )
}

#[test]
fn what_ships_is_signed_by_two_trial_signers_and_says_so() {
    let law = Law::built_in().unwrap();
    let version = law.version();
    assert_eq!(version.signatures.len(), 2);
    assert_ne!(version.signatures[0].signer, version.signatures[1].signer);
    assert!(version.is_trial());
    assert_eq!(
        trial_signers(&Files::built_in()),
        ["trial-one", "trial-two"]
    );
    assert_eq!(format!("{:?}", Key::trial("trial-one")), "Key(…)");
    assert!(version.note.nl.contains("Geen jurist") && version.note.en.contains("No lawyer"));
    assert!(version.tag().starts_with(&version.version));
}

#[test]
fn one_signature_is_not_enough() {
    let files = version(|text| {
        let (head, blocks) = blocks(text);
        format!("{head}{}", blocks[0])
    });
    assert!(refused(&files, None).contains("1 of 2 signatures"));
    let none = version(|text| blocks(text).0);
    assert!(refused(&none, None).contains("0 of 2 signatures"));
}

#[test]
fn one_person_who_signs_twice_is_one_person() {
    let files = version(|text| {
        let (head, blocks) = blocks(text);
        format!("{head}{}\n{}", blocks[0], blocks[0])
    });
    assert!(refused(&files, None).contains("signed twice"));
}

#[test]
fn one_key_under_two_names_is_one_person() {
    let files = Files::built_in();
    let signers = files.text("signers.toml").unwrap();
    let first = Key::trial("trial-one").public();
    let second = Key::trial("trial-two").public();
    let files = files
        .clone()
        .with("signers.toml", signers.replace(&second, &first));
    assert!(refused(&files, None).contains("has the same key"));
}

#[test]
fn a_key_that_is_none_is_named_with_its_line() {
    let files = Files::built_in();
    let signers = files.text("signers.toml").unwrap();
    let first = Key::trial("trial-one").public();
    let place = signers.find(&first).unwrap();
    let line = signers[..place].matches('\n').count() + 1;
    let words = refused(
        &files
            .clone()
            .with("signers.toml", signers.replace(&first, "zz")),
        None,
    );
    assert!(
        words.contains(&format!("policies/signers.toml:{line}"))
            && words.contains("is no ed25519 public key"),
        "{words}"
    );
}

#[test]
fn a_wrong_signature_is_refused() {
    let changed = version(|text| {
        let (head, blocks) = blocks(text);
        let wrong = blocks[1]
            .replace("value = \"", "value = \"00")
            .replacen("00", "", 0);
        format!("{head}{}{}", blocks[0], wrong)
    });
    assert!(refused(&changed, None).contains("does not fit"));
    let swapped = version(|text| {
        text.replace("trial-one", "x")
            .replace("trial-two", "trial-one")
            .replace("\"x\"", "\"trial-two\"")
    });
    assert!(refused(&swapped, None).contains("does not fit"));
    let stranger = version(|text| text.replacen("trial-two", "somebody", 1));
    assert!(refused(&stranger, None).contains("no signer of signers.toml"));
    let other_day = version(|text| text.replacen("on = 2026-11-2", "on = 2026-10-2", 1));
    assert!(refused(&other_day, None).contains("does not fit"));
}

#[test]
fn a_change_in_any_file_is_seen() {
    for name in [
        "acts/01-police-registration.toml",
        "texts.toml",
        "signers.toml",
        "groups.toml",
    ] {
        let files = Files::built_in();
        let text = format!("{}\n# changed\n", files.text(name).unwrap());
        assert!(
            refused(&files.with(name, text), None).contains("not those that were signed"),
            "{name}"
        );
    }
    let gone = Files::built_in()
        .without("acts/36-none.toml")
        .without("acts/34-research.toml");
    assert!(refused(&gone, None).contains("not those that were signed"));
    let version = version(|text| text.replacen("2026-1-trial", "2026-2", 1));
    assert!(
        refused(&version, None).contains("does not fit"),
        "the name of the version is signed too"
    );
}

#[test]
fn a_host_may_trust_its_own_keys_only() {
    let mine = vec![Key::from_bytes(&[7; 32]).public()];
    assert!(refused(&Files::built_in(), Some(&mine)).contains("does not trust it"));
    let both = vec![
        Key::trial("trial-one").public(),
        Key::trial("trial-two").public(),
    ];
    assert!(Law::open(&Files::built_in(), &vocabulary(), Some(&both)).is_ok());
}

#[test]
fn two_people_sign_a_changed_version_one_after_the_other() {
    let (anna, bram) = (Key::from_bytes(&[1; 32]), Key::from_bytes(&[2; 32]));
    let signers = format!(
        "[[signer]]\ncode = \"anna\"\nname = \"mr. A.\"\nkey = \"{}\"\n\n[[signer]]\ncode = \"bram\"\nname = \"mr. B.\"\nkey = \"{}\"\n",
        anna.public(),
        bram.public()
    );
    let files = Files::built_in().with("signers.toml", signers);
    let words = vocabulary();
    let day = date(2026, 12, 1);
    assert!(
        sign(&files, &words, "carla", &anna, day).is_err(),
        "no such signer"
    );
    assert!(
        sign(&files, &words, "anna", &bram, day).is_err(),
        "not her key"
    );
    let once = sign(&files, &words, "anna", &anna, day).unwrap();
    let files = files.with("version.toml", once);
    assert!(
        refused(&files, None).contains("1 of 2 signatures"),
        "the trial signatures are gone"
    );
    let twice = sign(&files, &words, "bram", &bram, day).unwrap();
    let files = files.with("version.toml", twice);
    let law = Law::open(&files, &words, None).unwrap_or_else(|error| panic!("{error}"));
    assert!(!law.version().is_trial());
    assert!(trial_signers(&files).is_empty());
    // Signing again changes nothing but the day.
    let again = sign(&files, &words, "bram", &bram, date(2026, 12, 2)).unwrap();
    assert!(Law::open(&files.with("version.toml", again), &words, None).is_ok());
}

#[test]
fn nobody_signs_files_with_faults() {
    let files = Files::built_in().without("laws.toml");
    let error = sign(
        &files,
        &vocabulary(),
        "trial-one",
        &Key::trial("trial-one"),
        date(2026, 11, 22),
    )
    .unwrap_err();
    assert!(error.to_string().contains("laws.toml"));
}
