//! Files made to break the reader: they may be refused, never end the program.

use std::io::{Cursor, Write};

use exchange::htcds::read_cases;
use exchange::{Codes, FileError, Limits};
use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::sheets::{action, header, read, read_within};

fn small() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    header(sheet, 0);
    action(sheet, 1);
    workbook.save_to_buffer().unwrap()
}

fn megabyte() -> Limits {
    Limits {
        unpacked_bytes: 1 << 20,
        ..Limits::default()
    }
}

/// The archive with one part replaced.
pub fn with_part(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut file, &mut content).unwrap();
        let name = file.name().unwrap().into_owned();
        if name == part {
            content = change(content);
        }
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    writer
        .start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..3 {
        writer.write_all(&zeros).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 100_000);
    let error = read_within(&bytes, &megabyte()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the unpacked spreadsheet is larger than the limit of 1048576 bytes; split the file"
    );
}

#[test]
fn a_bomb_that_lies_about_its_size_is_refused_too() {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    writer
        .start_file("xl/workbook.xml", SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..3 {
        writer.write_all(&zeros).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    // The uncompressed size, wherever it is written: 3 MB becomes 16 bytes.
    let size = (3_u32 << 20).to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == size {
            bytes[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
        }
    }
    assert!(read_within(&bytes, &megabyte()).is_err());
}

#[test]
fn a_table_that_claims_billions_of_strings_is_refused() {
    for claim in ["99999999999", "18446744073709551615"] {
        let bytes = with_part(&small(), "xl/sharedStrings.xml", |xml| {
            let at = xml.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
            let end = at + xml[at..].find('"').unwrap();
            format!("{}{claim}{}", &xml[..at], &xml[end..])
        });
        let error = read(&bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the spreadsheet is damaged or truncated: it claims more text than it holds"
        );
    }
}

#[test]
fn a_cell_at_the_far_end_of_the_sheet_takes_no_memory() {
    let far = |xml: String| {
        xml.replace(
            "</sheetData>",
            r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#,
        )
    };
    let error = read(&with_part(&small(), "xl/worksheets/sheet1.xml", far)).unwrap_err();
    assert!(matches!(error, FileError::TooLarge { .. }), "{error}");
}

#[test]
fn entities_do_not_multiply() {
    let lol = |xml: String| {
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>"#;
        xml.replacen("<sst", &format!("{bomb}<sst"), 1)
            .replace("Titel", "&c;")
    };
    let outcome = read(&with_part(&small(), "xl/sharedStrings.xml", lol));
    assert!(
        outcome.is_err()
            || outcome
                .unwrap()
                .accepted
                .iter()
                .all(|row| !row.value.title.contains("aaaa"))
    );
}

#[test]
fn limits_hold_for_text_as_well() {
    let codes = Codes::common();
    let read = |text: &str, limits: Limits| {
        read_cases(
            "f.csv",
            text.as_bytes(),
            &codes,
            date(2026, 11, 21),
            &limits,
        )
        .unwrap_err()
    };
    let head = "prs_FirstName,prs_Gender,cas_Status\n";
    let rows = format!("{head}{}", "Ana,,\n".repeat(50));
    let few = Limits {
        rows: 20,
        ..Limits::default()
    };
    assert_eq!(
        read(&rows, few).to_string(),
        "the number of rows is larger than the limit of 20; split the file"
    );
    let narrow = Limits {
        columns: 2,
        ..Limits::default()
    };
    assert_eq!(
        read(&rows, narrow).to_string(),
        "the number of columns is larger than the limit of 2; split the file"
    );
    let short = Limits {
        cell_chars: 20,
        ..Limits::default()
    };
    let long = format!("{head}{},,\n", "a".repeat(21));
    assert_eq!(
        read(&long, short).to_string(),
        "a cell in line 2 is larger than the limit of 20 characters; split the file"
    );
    let tiny = Limits {
        file_bytes: 10,
        ..Limits::default()
    };
    assert_eq!(
        read(&rows, tiny).to_string(),
        "the file is larger than the limit of 10 bytes; split the file"
    );
}

const CSV: &str = "prs_FirstName,prs_Birthdate,vic_TypeOfExploitation,cas_Status\n\"Ana, \"\"A\"\"\",2001-02-03,\"ForcedLabour;Other\",Active\n'=x,3-2-2001,é,FollowUp\n";

/// Bytes changed, dropped and doubled at random places.
fn mutated(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let places = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12);
    places.prop_map(move |places| {
        let mut bytes = bytes.clone();
        for (place, byte, what) in places {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => {
                    bytes.remove(at);
                }
                2 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

fn parts() -> Vec<(String, String)> {
    let bytes = small();
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let mut content = String::new();
            std::io::Read::read_to_string(&mut file, &mut content).unwrap();
            let name = file.name().unwrap().into_owned();
            (name, content)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_csv_never_panics(bytes in mutated(CSV.as_bytes().to_vec())) {
        let codes = Codes::common();
        let _ = read_cases("f", &bytes, &codes, date(2026, 11, 21), &Limits::default());
        let _ = read(&bytes);
    }

    #[test]
    fn mutated_archives_never_panic(bytes in mutated(small())) {
        let _ = read(&bytes);
    }

    #[test]
    fn mutated_parts_in_a_sound_archive_never_panic(which in any::<prop::sample::Index>(), seed in mutated(vec![0; 4000])) {
        // The mutation is laid over one part, so that it reaches the reader through an archive that unpacks.
        let mut parts = parts();
        let (_, content) = &mut parts[which.index(9)];
        let laid: Vec<u8> = content.bytes().zip(seed.into_iter().chain(std::iter::repeat(0)))
            .map(|(byte, change)| if change == 0 { byte } else { change }).collect();
        let mut writer = ZipWriter::new(Cursor::new(vec![]));
        let changed = which.index(9);
        for (n, (name, content)) in parts.iter().enumerate() {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(if n == changed { &laid } else { content.as_bytes() }).unwrap();
        }
        let _ = read(&writer.finish().unwrap().into_inner());
    }
}
