//! Files of office programs: taken where papers are taken, refused where messages are, and never with macros.

use domain::attachment::{FileFault, FileKind, Takes};
use files::Cleaner;

/// An archive as office programs write it, its parts stored.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let (name, content) = (name.as_bytes(), content.as_bytes());
        let sizes = [content.len() as u32, content.len() as u32].map(u32::to_le_bytes);
        let names = (name.len() as u16).to_le_bytes();
        let at = (file.len() as u32).to_le_bytes();
        let head = [&[20, 0][..], &[0; 12], &sizes.concat(), &names, &[0; 2]].concat();
        file.extend([b"PK\x03\x04", &head[..], name, content].concat());
        let more = [&[0; 10][..], &at].concat();
        list.extend([b"PK\x01\x02", &[20, 0][..], &head, &more, name].concat());
    }
    let counts = [(parts.len() as u16).to_le_bytes(); 2].concat();
    let sizes = [list.len() as u32, file.len() as u32].map(u32::to_le_bytes);
    let end = [
        b"PK\x05\x06",
        &[0; 4][..],
        &counts,
        &sizes.concat(),
        &[0; 2],
    ]
    .concat();
    [file, list, end].concat()
}

fn paper(file: &[u8], pieces: usize) -> Result<(FileKind, Vec<u8>), FileFault> {
    let mut kept = Vec::new();
    let mut cleaner = Cleaner::taking(Takes::Papers);
    for piece in file.chunks(pieces) {
        cleaner.push(piece, &mut kept)?;
    }
    let kind = cleaner.end(&mut kept)?;
    Ok((kind, kept))
}

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

fn known() -> [(Vec<u8>, FileKind); 4] {
    let open = "application/vnd.oasis.opendocument";
    let (text, sheet) = (format!("{open}.text"), format!("{open}.spreadsheet"));
    [
        (
            archive(&[TYPES, ("word/document.xml", "<w:document/>")]),
            FileKind::Docx,
        ),
        (
            archive(&[TYPES, ("xl/workbook.xml", "<workbook/>")]),
            FileKind::Xlsx,
        ),
        (
            archive(&[("mimetype", &text), ("content.xml", "<x/>")]),
            FileKind::Odt,
        ),
        (
            archive(&[("mimetype", &sheet), ("content.xml", "<x/>")]),
            FileKind::Ods,
        ),
    ]
}

#[test]
fn papers_and_sheets_are_known_by_their_parts_however_they_come() {
    for (file, kind) in known() {
        for pieces in [1, 7, 64, usize::MAX] {
            let (found, kept) = paper(&file, pieces).unwrap();
            assert_eq!((found, kept), (kind, file.clone()), "in pieces of {pieces}");
        }
        assert_eq!(
            crate::clean(&file),
            Err(FileFault::UnknownKind),
            "no message"
        );
    }
}

#[test]
fn macros_are_refused_wherever_they_stand() {
    let macros = [
        ("word/vbaProject.bin", "x"),
        ("xl/vbaProject.bin", "x"),
        ("xl/macrosheets/sheet1.xml", "x"),
        ("word/activeX/activeX1.bin", "x"),
        ("Basic/script-lc.xml", "x"),
    ];
    for part in macros {
        let file = archive(&[TYPES, ("xl/workbook.xml", "<workbook/>"), part]);
        for pieces in [1, 13, usize::MAX] {
            assert_eq!(paper(&file, pieces), Err(FileFault::Macros), "{}", part.0);
        }
    }
}

#[test]
fn an_archive_that_is_no_paper_or_not_whole_is_refused() {
    let other = archive(&[("../../etc/passwd", "x"), ("run.exe", "MZ")]);
    assert_eq!(paper(&other, 64), Err(FileFault::UnknownKind));
    let template = archive(&[(
        "mimetype",
        "application/vnd.oasis.opendocument.text-template",
    )]);
    assert_eq!(paper(&template, 64), Err(FileFault::UnknownKind));
    let (whole, _) = &known()[1];
    let cut = &whole[..whole.len() - 5];
    assert_eq!(paper(cut, 64), Err(FileFault::Damaged));
    let more = [whole, &b"<script>"[..]].concat();
    assert_eq!(paper(&more, 64), Err(FileFault::Damaged));
}

#[test]
fn where_papers_are_taken_sound_and_video_are_not() {
    for file in [&b"ID3\x04\0\0"[..], b"OggS\0\x02", b"\0\0\0\x20ftypisom"] {
        assert_eq!(paper(file, 64), Err(FileFault::UnknownKind));
    }
    assert_eq!(paper(b"%PDF-1.7\n", 64).unwrap().0, FileKind::Pdf);
    assert_eq!(
        paper("Twee regio’s".as_bytes(), 3).unwrap().0,
        FileKind::Text
    );
}
