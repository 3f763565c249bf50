//! All that the typesetter can see: our template, one letter as data, our fonts. No files, no packages, no clock.

use super::fonts::FONTS;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, PathError, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

const TEMPLATE: &str = include_str!("letter.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // Row headings in tables, so that a screen reader can say to which row a cell belongs.
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

pub(super) struct LetterWorld {
    template: FileId,
    letter: FileId,
    data: Bytes,
}

impl LetterWorld {
    pub fn new(data: Vec<u8>) -> Result<Self, PathError> {
        let id = |name: &str| {
            Ok(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name)?).intern())
        };
        Ok(Self {
            template: id("letter.typ")?,
            letter: id("letter.json")?,
            data: Bytes::new(data),
        })
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

impl World for LetterWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.template
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template {
            Ok(Source::new(id, TEMPLATE.to_owned()))
        } else {
            Err(missing(id))
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.letter {
            Ok(self.data.clone())
        } else {
            Err(missing(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    /// The template never asks for the day.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
