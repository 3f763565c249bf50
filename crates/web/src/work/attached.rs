//! Files of a matter as professionals see them: what each is, how large, and where it is saved from.

use crate::texts::Say;
use crate::upload::described_told;

/// A file in a list.
pub struct FileRow {
    /// What it is and how large.
    pub label: String,
    /// Where it is saved from.
    pub href: String,
}

/// The files that a report lists, saved from below the page of the matter.
pub fn rows(t: &Say, base: &str, files: &[domain::report::Attachment]) -> Vec<FileRow> {
    files
        .iter()
        .map(|file| FileRow {
            label: described_told(t, file),
            href: format!("{base}/attachments/{}", file.id),
        })
        .collect()
}
