//! Files that belong to a report, an intake, a case or an update of the plan: which kinds are taken, how large, and why one is not taken.
//!
//! Of a file only its kind and its size are kept beside its content, never its name: a name such as
//! `WhatsApp Image van Anna.jpg` betrays who sent it.

use serde::{Deserialize, Serialize};

/// The largest file that is taken, in bytes (10 MiB).
pub const MOST_BYTES: u64 = 10 * 1024 * 1024;

/// How many files can be sent at one time.
pub const MOST_AT_ONCE: usize = 5;

/// How many files one report may have: those sent with it and those added later with the return code.
pub const MOST_OF_REPORT: usize = 20;

/// How many files one case may have.
pub const MOST_OF_CASE: usize = 200;

/// How many files one update of the plan may have as evidence.
pub const MOST_OF_UPDATE: usize = 20;

/// What a door takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Takes {
    /// What somebody has on a telephone: pictures, PDF, text, sound and video.
    #[default]
    Messages,
    /// What somebody has at an office: pictures, PDF, text, and papers and sheets without macros.
    Papers,
}

impl Takes {
    /// Whether a file of this kind is taken.
    #[must_use]
    pub fn includes(self, kind: FileKind) -> bool {
        match kind.group() {
            FileGroup::Picture | FileGroup::Document | FileGroup::Text => true,
            FileGroup::Sound | FileGroup::Video => self == Takes::Messages,
            FileGroup::Paper | FileGroup::Sheet => self == Takes::Papers,
        }
    }
}

/// What a file is, read from its first bytes; never from its name or from what the sender's device says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Photo or screenshot.
    Jpeg,
    /// Screenshot or photo.
    Png,
    /// Photo or screenshot.
    Webp,
    /// Document.
    Pdf,
    /// Plain text in UTF-8, such as an exported chat.
    Text,
    /// Video.
    Mp4,
    /// Video of an Apple device.
    Mov,
    /// Video of an older telephone.
    ThreeGp,
    /// Video.
    Webm,
    /// Video.
    Mkv,
    /// Video.
    Avi,
    /// Sound of an Apple device.
    M4a,
    /// Sound.
    Mp3,
    /// Sound, such as a voice message.
    Ogg,
    /// Sound.
    Wav,
    /// Sound.
    Flac,
    /// Sound of a telephone.
    Amr,
    /// Sound.
    Aac,
    /// Document of Word, without macros.
    Docx,
    /// Sheet of Excel, without macros.
    Xlsx,
    /// Document of LibreOffice, without macros.
    Odt,
    /// Sheet of LibreOffice, without macros.
    Ods,
}

/// What people call a kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileGroup {
    /// Photo or screenshot.
    Picture,
    /// PDF.
    Document,
    /// Plain text.
    Text,
    /// Video.
    Video,
    /// Sound.
    Sound,
    /// Document of an office program.
    Paper,
    /// Sheet of an office program.
    Sheet,
}

impl FileKind {
    /// What people call it.
    #[must_use]
    pub fn group(self) -> FileGroup {
        match self {
            FileKind::Jpeg | FileKind::Png | FileKind::Webp => FileGroup::Picture,
            FileKind::Pdf => FileGroup::Document,
            FileKind::Text => FileGroup::Text,
            FileKind::Mp4
            | FileKind::Mov
            | FileKind::ThreeGp
            | FileKind::Webm
            | FileKind::Mkv
            | FileKind::Avi => FileGroup::Video,
            FileKind::M4a
            | FileKind::Mp3
            | FileKind::Ogg
            | FileKind::Wav
            | FileKind::Flac
            | FileKind::Amr
            | FileKind::Aac => FileGroup::Sound,
            FileKind::Docx | FileKind::Odt => FileGroup::Paper,
            FileKind::Xlsx | FileKind::Ods => FileGroup::Sheet,
        }
    }

    /// Its media type, by which a report lists it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Webp => "image/webp",
            FileKind::Pdf => "application/pdf",
            FileKind::Text => "text/plain",
            FileKind::Mp4 => "video/mp4",
            FileKind::Mov => "video/quicktime",
            FileKind::ThreeGp => "video/3gpp",
            FileKind::Webm => "video/webm",
            FileKind::Mkv => "video/x-matroska",
            FileKind::Avi => "video/x-msvideo",
            FileKind::M4a => "audio/mp4",
            FileKind::Mp3 => "audio/mpeg",
            FileKind::Ogg => "audio/ogg",
            FileKind::Wav => "audio/wav",
            FileKind::Flac => "audio/flac",
            FileKind::Amr => "audio/amr",
            FileKind::Aac => "audio/aac",
            FileKind::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Odt => "application/vnd.oasis.opendocument.text",
            FileKind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    /// Every kind.
    pub const ALL: [FileKind; 22] = [
        FileKind::Jpeg,
        FileKind::Png,
        FileKind::Webp,
        FileKind::Pdf,
        FileKind::Text,
        FileKind::Mp4,
        FileKind::Mov,
        FileKind::ThreeGp,
        FileKind::Webm,
        FileKind::Mkv,
        FileKind::Avi,
        FileKind::M4a,
        FileKind::Mp3,
        FileKind::Ogg,
        FileKind::Wav,
        FileKind::Flac,
        FileKind::Amr,
        FileKind::Aac,
        FileKind::Docx,
        FileKind::Xlsx,
        FileKind::Odt,
        FileKind::Ods,
    ];

    /// The kind with this media type, if it is one that is taken.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<FileKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.media_type() == media_type)
    }

    /// Whether what a device writes beside the picture (place, time, device, owner) is taken out before it is kept. Of other
    /// kinds nothing is taken out, and whoever sends or opens one is told so.
    #[must_use]
    pub fn is_cleaned(self) -> bool {
        self.group() == FileGroup::Picture
    }

    /// The ending of its name when it is downloaded.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpg",
            FileKind::Png => "png",
            FileKind::Webp => "webp",
            FileKind::Pdf => "pdf",
            FileKind::Text => "txt",
            FileKind::Mp4 => "mp4",
            FileKind::Mov => "mov",
            FileKind::ThreeGp => "3gp",
            FileKind::Webm => "webm",
            FileKind::Mkv => "mkv",
            FileKind::Avi => "avi",
            FileKind::M4a => "m4a",
            FileKind::Mp3 => "mp3",
            FileKind::Ogg => "ogg",
            FileKind::Wav => "wav",
            FileKind::Flac => "flac",
            FileKind::Amr => "amr",
            FileKind::Aac => "aac",
            FileKind::Docx => "docx",
            FileKind::Xlsx => "xlsx",
            FileKind::Odt => "odt",
            FileKind::Ods => "ods",
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`MOST_BYTES`].
    #[error("the file is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// It is none of the kinds that are taken.
    #[error("the file is not a JPEG, PNG, WebP, PDF, UTF-8 text, sound or video")]
    UnknownKind,
    /// A photo in a format from which place and device cannot be taken out (HEIC, AVIF).
    #[error("the photo is in a format that cannot be cleaned; send a JPEG or a screenshot")]
    UncleanablePhoto,
    /// It is a file of an office program and holds macros: programs that run when it is opened.
    #[error("the file holds macros; save it without them, or as PDF")]
    Macros,
    /// It begins like a picture, but its parts do not fit together or it ends too early.
    #[error("the picture is damaged or not whole; send a screenshot of it")]
    Damaged,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_and_an_ending_name_one_kind() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::of_media_type(kind.media_type()), Some(kind));
            let same = |other: &&FileKind| other.extension() == kind.extension();
            assert_eq!(FileKind::ALL.iter().filter(same).count(), 1);
        }
        assert_eq!(FileKind::of_media_type("text/html"), None);
    }

    #[test]
    fn a_message_holds_no_sheet_and_a_paper_no_video() {
        let only = |takes: Takes| {
            let all = FileKind::ALL.into_iter();
            all.filter(|kind| takes.includes(*kind)).collect::<Vec<_>>()
        };
        assert_eq!(only(Takes::Messages).len(), 18);
        assert!(!Takes::Messages.includes(FileKind::Xlsx));
        assert!(!Takes::Papers.includes(FileKind::Mp4) && Takes::Papers.includes(FileKind::Pdf));
    }
}
