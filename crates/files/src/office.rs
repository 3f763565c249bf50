//! Files of office programs: archives in which the names of the parts stand readable, so that their kind and the presence of macros
//! are known without unpacking anything.
//!
//! Nothing is taken out of them, and nothing in them ever runs here. Whoever opens one does so on a device of her own, warned.

use domain::attachment::{FileFault, FileKind};

/// A name of a part, or a media type, that says what the archive is.
const KINDS: [(&[u8], FileKind); 4] = [
    (b"word/document.xml", FileKind::Docx),
    (b"xl/workbook.xml", FileKind::Xlsx),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.textPK",
        FileKind::Odt,
    ),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
        FileKind::Ods,
    ),
];

/// Names of parts that hold macros or programs.
const MACROS: [&[u8]; 4] = [
    b"vbaProject",
    b"Basic/script-l",
    b"activeX/activeX",
    b"xl/macrosheets/",
];

/// The longest of these marks, less one: so much is kept of what came before.
const BEHIND: usize = 56;

/// The end of an archive without a comment.
const END: usize = 22;

#[derive(Debug, Default)]
pub(crate) struct Office {
    /// The last bytes that came.
    before: Vec<u8>,
    kind: Option<FileKind>,
}

impl Office {
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), FileFault> {
        let mut seen = std::mem::take(&mut self.before);
        seen.extend_from_slice(bytes);
        if MACROS.iter().any(|mark| holds(&seen, mark)) {
            return Err(FileFault::Macros);
        }
        if self.kind.is_none() {
            let found = KINDS.iter().find(|(mark, _)| holds(&seen, mark));
            self.kind = found.map(|(_, kind)| *kind);
        }
        self.before = seen.split_off(seen.len().saturating_sub(BEHIND));
        Ok(())
    }

    pub(crate) fn end(self) -> Result<FileKind, FileFault> {
        let kind = self.kind.ok_or(FileFault::UnknownKind)?;
        let end = self.before.len().checked_sub(END);
        let end = end.and_then(|from| self.before.get(from..));
        match end.is_some_and(|end| end.starts_with(b"PK\x05\x06")) {
            true => Ok(kind),
            false => Err(FileFault::Damaged),
        }
    }
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    let Some(first) = mark.first() else {
        return false;
    };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with(mark) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}
