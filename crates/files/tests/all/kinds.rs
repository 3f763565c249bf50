//! A file is what its content says, not what its name says.

use domain::attachment::{FileFault, FileGroup, FileKind, MOST_BYTES};
use files::Cleaner;

use crate::clean;

#[test]
fn each_kind_is_known_by_its_first_bytes() {
    let media = |brand: &[u8; 4]| [b"\0\0\0\x20ftyp", &brand[..], &[0; 40]].concat();
    let known: Vec<(Vec<u8>, FileKind)> = vec![
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3".to_vec(), FileKind::Pdf),
        (media(b"isom"), FileKind::Mp4),
        (media(b"mp42"), FileKind::Mp4),
        (media(b"qt  "), FileKind::Mov),
        (media(b"M4A "), FileKind::M4a),
        (media(b"3gp5"), FileKind::ThreeGp),
        (b"\x1A\x45\xDF\xA3\x9FB\x82webm".to_vec(), FileKind::Webm),
        (b"\x1A\x45\xDF\xA3\x9FB\x82matroska".to_vec(), FileKind::Mkv),
        (b"OggS\0\x02".to_vec(), FileKind::Ogg),
        (b"ID3\x04\0\0".to_vec(), FileKind::Mp3),
        (b"\xFF\xFB\x90\x64".to_vec(), FileKind::Mp3),
        (b"\xFF\xF1\x50\x80".to_vec(), FileKind::Aac),
        (b"fLaC\0\0\0\x22".to_vec(), FileKind::Flac),
        (b"#!AMR\n\x3C".to_vec(), FileKind::Amr),
        (b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), FileKind::Wav),
        (b"RIFF\x24\0\0\0AVI LIST".to_vec(), FileKind::Avi),
    ];
    for (file, kind) in known {
        let (found, kept) = clean(&file).unwrap();
        assert_eq!(found, kind);
        assert_eq!(kept, file, "a {kind:?} is kept as it is");
        assert!(!kind.is_cleaned(), "and nobody is told otherwise");
    }
}

#[test]
fn text_is_utf8_and_nothing_hides_in_it() {
    let told = "Чат, 11-2-2026\r\n\t„Kom nu”\n".as_bytes();
    assert_eq!(clean(told).unwrap(), (FileKind::Text, told.to_vec()));
    assert_eq!(FileKind::Text.group(), FileGroup::Text);
    let refused: [&[u8]; 5] = [
        b"tekst\0met een nul",
        b"tekst\x1B[31m",
        b"caf\xE9 in een oude tekenset",
        b"afgebroken \xE2\x82",
        b"\x7FELF",
    ];
    for file in refused {
        assert_eq!(clean(file), Err(FileFault::UnknownKind));
    }
}

#[test]
fn what_is_none_of_these_is_refused_whatever_it_is_called() {
    let refused: [&[u8]; 6] = [
        b"PK\x03\x04\x14\0\0\0\x08\0",
        b"MZ\x90\0\x03\0\0\0",
        b"GIF89a\x01\0\x01\0\0\0",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"\0\0\0\x14ftypcrx \0\0\0\x01",
        b"\x1F\x8B\x08\0\0\0\0\0",
    ];
    for file in refused {
        assert_eq!(clean(file), Err(FileFault::UnknownKind));
    }
}

#[test]
fn a_photo_that_cannot_be_cleaned_is_refused_by_name_of_the_matter() {
    for brand in [b"heic", b"mif1", b"avif"] {
        let photo = [b"\0\0\0\x18ftyp", &brand[..], &[0; 40]].concat();
        assert_eq!(clean(&photo), Err(FileFault::UncleanablePhoto));
    }
}

#[test]
fn an_empty_file_and_one_that_is_too_large_are_refused() {
    assert_eq!(clean(b""), Err(FileFault::Empty));
    let most = usize::try_from(MOST_BYTES).unwrap();
    let mut kept = Vec::new();
    let mut cleaner = Cleaner::new();
    cleaner.push(b"%PDF-1.7", &mut kept).unwrap();
    cleaner.push(&vec![b' '; most - 8], &mut kept).unwrap();
    assert_eq!(cleaner.push(b"!", &mut kept), Err(FileFault::TooLarge));
}
