//! What somebody finds who copies the data but not the keys; and keys that do not belong.

use vault::{Change, ClearData, Draft, KeyDir, Settings, Store, Term, Vault, VaultError};

use crate::erasure::holds;
use crate::place::{Place, verify};
use crate::types::*;

on_both!(other_keys_are_refused);

const CANARIES: [&str; 6] = [
    "CANARY-NAME",
    "+31687654321",
    "Kanarielaan 12",
    "canary answer",
    "canary body",
    "canary summary",
];

async fn fill(vault: &Vault) {
    let body = Report {
        text: CANARIES[0].to_owned(),
        phone: CANARIES[1].to_owned(),
    };
    let draft = Draft::new("r1", &body, clear("open"))
        .unwrap()
        .with_terms(vec![Term::new("phone", CANARIES[1])])
        .unwrap()
        .with_summary(&CANARIES[5])
        .unwrap();
    let change = Change::new(why(at(0)))
        .create(draft)
        .receipt(
            "canary key",
            CANARIES[4].as_bytes(),
            CANARIES[3].into(),
            at(99),
        )
        .part("r1", 0, CANARIES[2].into());
    vault.apply(Store::K1, change).await.unwrap();
    let seek = Change::new(why(at(1))).seek("phone", CANARIES[1]);
    vault.apply(Store::K1, seek).await.unwrap();
    let address = Address {
        street: CANARIES[2].to_owned(),
    };
    let draft = Draft::new("a1", &address, ClearData::default()).unwrap();
    let change = Change::new(why(at(0))).create(draft).receipt(
        "k",
        CANARIES[2].as_bytes(),
        b"ok".to_vec(),
        at(99),
    );
    vault.apply(Store::Addresses, change).await.unwrap();
    let session = vault::Session {
        person: "u1".into(),
        created: at(0),
        seen: at(0),
        expires: at(9),
        strong: at(0),
    };
    vault.keep_session("CANARY-TOKEN", &session).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copied_data_directory_reveals_nothing() {
    use sha2::{Digest, Sha256};
    let place = Place::sqlite();
    let vault = place.open().await;
    fill(&vault).await;
    let mut wanted: Vec<Vec<u8>> = CANARIES.iter().map(|c| c.as_bytes().to_vec()).collect();
    wanted.push(b"CANARY-TOKEN".to_vec());
    // Nor a plain digest, of which the low entropy of a phone number or an address makes plaintext.
    for text in CANARIES {
        wanted.push(Sha256::digest(text).to_vec());
        wanted.push(hex::encode(Sha256::digest(text)).into_bytes());
    }
    let check = |when: &str| {
        for bytes in &wanted {
            let text = String::from_utf8_lossy(bytes);
            assert!(!holds(&place.data(), bytes), "{when}: {text} in the data");
            assert!(!holds(&place.keys(), bytes), "{when}: {text} in the keys");
        }
    };
    check("open");
    let backup = place.dir.path().join("backup");
    std::fs::create_dir(&backup).unwrap();
    let mut out = std::fs::File::create(backup.join("file")).unwrap();
    vault.backup(&mut out, "file", "b1").await.unwrap();
    for bytes in &wanted {
        assert!(!holds(&backup, bytes));
    }
    vault.close().await;
    check("closed");
    // The addresses have no index entry at all, and no keyed digest of the address either.
    assert_eq!(
        place
            .number(Store::Addresses, "SELECT count(*) FROM terms")
            .await,
        0
    );
    // The root key is not in the data.
    let root = std::fs::read(place.keys().join("root.key")).unwrap();
    assert!(!holds(&place.data(), &root));
    assert!(!holds(&place.data(), &hex::decode(&root).unwrap()));
    // And a copy cannot be opened without it: with no key directory, and with none made up.
    let thief = tempfile::tempdir().unwrap();
    let copy = thief.path().join("data");
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(place.data()).unwrap().flatten() {
        std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    for create in [false, true] {
        let settings = Settings {
            place: vault::Where::Directory(copy.clone()),
            keys: KeyDir::beside(&copy),
            create,
            ..place.settings()
        };
        let refused = Vault::open(settings).await.err().unwrap();
        assert!(matches!(refused, VaultError::Keys(_)), "{refused}");
        assert!(refused.to_string().contains("--keys"), "{refused}");
        assert!(
            !thief.path().join("data.keys").exists(),
            "keys were made up"
        );
    }
}

async fn other_keys_are_refused(place: Place) {
    let vault = place.open().await;
    fill(&vault).await;
    vault.close().await;
    let other = place.another().await;
    other.open().await.close().await;
    let settings = Settings {
        keys: KeyDir::at(other.keys()),
        ..place.settings()
    };
    let refused = Vault::open(settings).await.err().unwrap();
    assert!(matches!(refused, VaultError::Keys(_)), "{refused}");
    assert!(refused.to_string().contains("--keys"), "{refused}");
    // Nothing was written: the right keys still open everything.
    let vault = place.open().await;
    assert_eq!(verify(&vault).await.unwrap().records, 2);
    vault.close().await;
    // Others may read the root key: refused, with the command that mends it.
    use std::os::unix::fs::PermissionsExt;
    let root = place.keys().join("root.key");
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Vault::open(place.settings())
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(refused.contains("chmod 600"), "{refused}");
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o600)).unwrap();
    // A root key cut short.
    std::fs::write(&root, "abc").unwrap();
    assert!(matches!(
        Vault::open(place.settings()).await,
        Err(VaultError::Keys(_))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_files_are_not_made_anew() {
    let place = Place::sqlite();
    let vault = place.open().await;
    fill(&vault).await;
    vault.close().await;
    let opened = Settings {
        create: false,
        ..place.settings()
    };
    Vault::open(opened.clone()).await.unwrap().close().await;
    // The ledger of a store that holds records.
    let ledger = place.keys().join("ledger/k1.db");
    std::fs::rename(&ledger, place.dir.path().join("away")).unwrap();
    for settings in [opened.clone(), place.settings()] {
        assert!(Vault::open(settings).await.is_err());
    }
    std::fs::rename(place.dir.path().join("away"), &ledger).unwrap();
    // The root key while the ledgers are there.
    std::fs::rename(place.keys().join("root.key"), place.dir.path().join("away")).unwrap();
    assert!(Vault::open(place.settings()).await.is_err());
    assert!(!place.keys().join("root.key").exists());
    std::fs::rename(place.dir.path().join("away"), place.keys().join("root.key")).unwrap();
    // A store's file.
    let file = place.data().join("k1.db");
    std::fs::rename(&file, place.dir.path().join("away")).unwrap();
    assert!(Vault::open(opened.clone()).await.is_err());
    assert!(!file.exists());
    std::fs::rename(place.dir.path().join("away"), &file).unwrap();
    let vault = Vault::open(opened).await.unwrap();
    verify(&vault).await.unwrap();
    vault.close().await;
}
