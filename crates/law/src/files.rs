//! The files of the law as texts by name: those built into the program, or a host's own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};
use sha2::{Digest, Sha256};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../policies");

/// The name of the file with version, digest and signatures: the only one that the digest leaves out.
pub(crate) const VERSION_FILE: &str = "version.toml";

/// Files by name, such as `acts/01-police-registration.toml`, and the folder that faults name before them.
#[derive(Debug, Clone)]
pub struct Files {
    root: String,
    texts: BTreeMap<String, Cow<'static, str>>,
}

impl Files {
    /// The files that come with the program.
    #[must_use]
    pub fn built_in() -> Files {
        let mut texts = BTreeMap::new();
        collect(&BUILT_IN, &mut texts);
        Files {
            root: "policies".to_owned(),
            texts,
        }
    }

    /// A host's own files: pairs of a name with `/` between folders and a text. `root` is how the folder is named in faults.
    pub fn new(
        root: impl Into<String>,
        texts: impl IntoIterator<Item = (String, String)>,
    ) -> Files {
        Files {
            root: root.into(),
            texts: texts
                .into_iter()
                .filter(|(name, _)| name.ends_with(".toml"))
                .map(|(name, text)| (name, Cow::Owned(text)))
                .collect(),
        }
    }

    /// The same files with one replaced or added.
    #[must_use]
    pub fn with(mut self, name: &str, text: impl Into<String>) -> Files {
        self.texts.insert(name.to_owned(), Cow::Owned(text.into()));
        self
    }

    /// The same files without one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Files {
        self.texts.remove(name);
        self
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(AsRef::as_ref)
    }

    /// Every name with its text, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_ref()))
    }

    pub(crate) fn place(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    /// SHA-256 over the names, lengths and bytes of all files but the version file, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in self.iter().filter(|(name, _)| *name != VERSION_FILE) {
            // Lengths stand between, so that no two sets of files run into the same bytes.
            hash.update(format!("{}:{name}\n{}:", name.len(), text.len()));
            hash.update(text.as_bytes());
            hash.update(b"\n");
        }
        hex::encode(hash.finalize())
    }
}

fn collect(folder: &Dir<'static>, texts: &mut BTreeMap<String, Cow<'static, str>>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, texts),
            DirEntry::File(file) => {
                let name = file.path().to_string_lossy().replace('\\', "/");
                if name.ends_with(".toml") {
                    texts.insert(name, String::from_utf8_lossy(file.contents()));
                }
            }
        }
    }
}
