//! The key hierarchy: one root key, everything else derived from it or wrapped under it.
//!
//! The key directory stands beside the data directory, never inside it, and is backed up apart: whoever
//! copies the data alone can read nothing. It holds the root key and, with the embedded store, the ledgers
//! of wrapped record keys. Destroying a record's wrapped key there makes every copy of the record, in every
//! backup, unreadable for good.

use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::seal::{self, Key};
use crate::{Chance, Result, Store, VaultError};

/// The directory that holds the root key and the key ledgers.
#[derive(Debug, Clone)]
pub struct KeyDir(PathBuf);

impl KeyDir {
    /// The key directory at `path`.
    pub fn at(path: impl Into<PathBuf>) -> KeyDir {
        KeyDir(path.into())
    }

    /// The default for a data directory: its name with `.keys` behind it, beside it.
    pub fn beside(data: &Path) -> KeyDir {
        let mut name = data
            .file_name()
            .map_or_else(|| "samen-data".into(), std::ffi::OsStr::to_os_string);
        name.push(".keys");
        KeyDir(data.with_file_name(name))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Folder of the live ledgers of wrapped record keys.
    pub(crate) fn ledger(&self) -> PathBuf {
        self.0.join("ledger")
    }

    /// Folder of the ledger copies that belong to backups.
    pub(crate) fn copies(&self) -> PathBuf {
        self.0.join("copies")
    }

    fn root_file(&self) -> PathBuf {
        self.0.join("root.key")
    }
}

/// The keys in memory.
pub struct Keyring {
    root: Key,
    wrap: [Key; 9],
    index: [Key; 9],
    receipts: [Key; 9],
}

impl Keyring {
    /// Opens the key directory, making it and a new root key when there is none and `create` allows it.
    pub fn open(dir: &KeyDir, create: bool, chance: &dyn Chance) -> Result<Keyring> {
        let file = dir.root_file();
        if !file.exists() {
            if !create || holds_ledger(dir) {
                return Err(VaultError::Keys(format!(
                    "there is no root key at {}; name the key directory that belongs to this data with --keys",
                    file.display()
                )));
            }
            for folder in [dir.path(), &dir.ledger(), &dir.copies()] {
                create_private_dir(folder).map_err(|e| io(folder, &e))?;
            }
            let mut root = Zeroizing::new([0u8; 32]);
            chance.fill(&mut *root);
            let text = Zeroizing::new(hex::encode(*root));
            let mut mark = [0u8; 8];
            chance.fill(&mut mark);
            write_private_once(&file, &hex::encode(mark), text.as_bytes())
                .map_err(|e| io(&file, &e))?;
        }
        refuse_open_modes(&file)?;
        let text = Zeroizing::new(std::fs::read_to_string(&file).map_err(|e| io(&file, &e))?);
        let bytes = Zeroizing::new(hex::decode(text.trim()).map_err(|_| bad_root(&file))?);
        let root: [u8; 32] = bytes.as_slice().try_into().map_err(|_| bad_root(&file))?;
        Ok(Keyring::from_root(Zeroizing::new(root)))
    }

    fn from_root(root: Key) -> Keyring {
        let all =
            |what: &str| Store::ALL.map(|store| derive(&root, &format!("samen {what} v1 {store}")));
        Keyring {
            wrap: all("record-key wrapping"),
            index: all("index"),
            receipts: all("receipts"),
            root,
        }
    }

    /// A key for a purpose of its own; the label keeps purposes apart (RFC 5869).
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        derive(&self.root, &format!("samen use v1 {label}"))
    }

    /// Sixteen characters that tell two root keys apart and reveal nothing.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(derive(&self.root, "samen fingerprint v1").as_slice());
        hex::encode(&digest[..8])
    }

    /// Keyed digest of a value for equality search in one store; other stores give other digests, so that
    /// an index copied from one says nothing about another.
    pub(crate) fn term(&self, store: Store, kind: &str, value: &str) -> Vec<u8> {
        mac(&self.index[store.index()], &[kind, value])[..16].to_vec()
    }

    pub(crate) fn receipt_digest(&self, store: Store, key: &str) -> Vec<u8> {
        mac(&self.receipts[store.index()], &["key", key]).to_vec()
    }

    pub(crate) fn receipt_key(&self, store: Store) -> &Key {
        &self.receipts[store.index()]
    }

    pub(crate) fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&derive(&self.root, "samen head signing v1"))
    }

    pub(crate) fn role_password(&self, role: &str) -> String {
        hex::encode(derive(&self.root, &format!("samen database role v1 {role}")).as_slice())
    }

    pub(crate) fn backup_key(&self) -> Key {
        derive(&self.root, "samen backup v1")
    }

    /// A fresh record key and its wrapped form.
    pub(crate) fn new_record_key(
        &self,
        store: Store,
        id: &str,
        chance: &dyn Chance,
    ) -> (Key, Vec<u8>) {
        let mut key = Zeroizing::new([0u8; 32]);
        chance.fill(&mut *key);
        let wrapped = seal::seal(
            &self.wrap[store.index()],
            &seal::place(&["record key", store.name(), id]),
            &*key,
            chance,
        );
        (key, wrapped)
    }

    pub(crate) fn unwrap_record_key(&self, store: Store, id: &str, wrapped: &[u8]) -> Result<Key> {
        let place = seal::place(&["record key", store.name(), id]);
        let broken = || VaultError::BrokenSeal {
            store,
            what: format!("the key of record {id}"),
        };
        let plain = seal::open(&self.wrap[store.index()], &place, wrapped).ok_or_else(broken)?;
        let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| broken())?;
        Ok(Zeroizing::new(key))
    }
}

/// HMAC-SHA-256 over the joined parts.
pub(crate) fn mac(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    // HMAC takes keys of any length; this one is always 32 bytes.
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else {
        return [0; 32];
    };
    mac.update(&seal::place(parts));
    mac.finalize().into_bytes().into()
}

fn derive(root: &Key, label: &str) -> Key {
    let mut out = Zeroizing::new([0u8; 32]);
    // 32 bytes is far below HKDF's limit of 255 blocks, so expand cannot refuse.
    let _ = Hkdf::<Sha256>::new(None, &**root).expand(label.as_bytes(), &mut *out);
    out
}

fn bad_root(file: &Path) -> VaultError {
    VaultError::Keys(format!(
        "{}: the root key must be 64 hexadecimal characters; restore it from its backup",
        file.display()
    ))
}

fn io(path: &Path, error: &std::io::Error) -> VaultError {
    VaultError::Keys(format!("{}: {error}", path.display()))
}

/// Whether record keys are here that only the missing root key can open.
fn holds_ledger(dir: &KeyDir) -> bool {
    std::fs::read_dir(dir.ledger()).is_ok_and(|mut files| files.next().is_some())
}

/// Makes a folder for its owner only, on disk before this returns.
pub(crate) fn create_private_dir(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if path.is_dir() {
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)?;
    sync_folder_of(path)
}

/// Writes a file for its owner only, whole or not at all; when another program made it first, that one stays.
/// `mark` tells the drafts of programs that start at once apart.
fn write_private_once(path: &Path, mark: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let draft = path.with_extension(format!("draft-{mark}"));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder_of(path),
    }
}

/// Makes the name of a new file or folder as durable as its content.
fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::File::open(parent)?.sync_all()
}

fn refuse_open_modes(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)
        .map_err(|e| io(path, &e))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        return Err(VaultError::Keys(format!(
            "{}: others than its owner may read the root key (mode {:o}); run: chmod 600 {}",
            path.display(),
            mode & 0o777,
            path.display()
        )));
    }
    Ok(())
}
