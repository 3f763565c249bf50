//! Files of a matter as professionals see them: what each is, how large, and where it is saved from.

use domain::report::Attachment;

use crate::texts::Say;
use crate::upload::described_told;

/// A file in a list.
pub struct FileRow {
    /// What it is and how large.
    pub label: String,
    /// Where it is saved from.
    pub href: String,
}

/// What each file is, numbered: two photos of one size look alike else.
pub fn numbered(t: &Say, files: &[Attachment]) -> Vec<String> {
    let words = |(at, file): (usize, &Attachment)| {
        let values = [
            ("n", (at + 1).to_string().into()),
            ("file", described_told(t, file).into()),
        ];
        t.say_args("files-numbered", &values)
    };
    files.iter().enumerate().map(words).collect()
}

/// The files that a report lists, saved from below the page of the matter.
pub fn rows(t: &Say, base: &str, files: &[Attachment]) -> Vec<FileRow> {
    numbered(t, files)
        .into_iter()
        .zip(files)
        .map(|(label, file)| FileRow {
            label,
            href: format!("{base}/attachments/{}", file.id),
        })
        .collect()
}
