//! The files of `vocabulary/`, built into the program.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use super::{Vocabulary, VocabularyError};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../vocabulary");

/// The built-in files by name, in the order of their names.
pub(super) fn files() -> BTreeMap<String, Cow<'static, str>> {
    FILES
        .files()
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?;
            let read = name.ends_with(".toml") || name.ends_with(".csv");
            // Text that is not UTF-8 is given on as an unreadable file rather than passed over in silence.
            read.then(|| (name.to_owned(), String::from_utf8_lossy(file.contents())))
        })
        .collect()
}

pub(super) fn vocabulary() -> Result<&'static Vocabulary, &'static VocabularyError> {
    static BUILTIN: OnceLock<Result<Vocabulary, VocabularyError>> = OnceLock::new();
    BUILTIN
        .get_or_init(|| Vocabulary::from_files(files()))
        .as_ref()
}
