//! The same rows in every encoding that programs write.

use exchange::plan::{ActionRow, read_actions};
use exchange::{Codes, FileError, Import, Limits};
use jiff::civil::date;

fn read(bytes: &[u8]) -> Result<Import<ActionRow>, FileError> {
    let codes = Codes {
        organisations: Codes::set(["VWS"]),
        lines: Codes::set(["1"]),
        ..Codes::common()
    };
    read_actions(
        "plan.csv",
        bytes,
        &codes,
        date(2026, 11, 21),
        &Limits::default(),
    )
}

const TEXT: &str = "id;line;title;holder;status\r\n1.a;1;\"Opvang voor één\r\nprivé\";VWS;loopt\r\n1.b;1;twee;VWS;loopt\r\n";

fn check(bytes: &[u8]) -> Import<ActionRow> {
    let import = read(bytes).expect("readable");
    assert_eq!(import.refused, []);
    assert_eq!(import.accepted[0].value.title, "Opvang voor één\r\nprivé");
    let lines: Vec<_> = import.accepted.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 4], "a quoted newline counts as a line");
    import
}

#[test]
fn utf_8_with_and_without_mark() {
    check(TEXT.as_bytes());
    check(format!("\u{feff}{TEXT}").as_bytes());
    let shifted = read(format!("sep=;\r\n{TEXT}").as_bytes()).unwrap();
    assert_eq!(shifted.accepted[0].line, 3);
}

#[test]
fn utf_16_with_mark() {
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(units.iter().flat_map(|u| u.to_le_bytes()))
        .collect();
    let big: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(units.iter().flat_map(|u| u.to_be_bytes()))
        .collect();
    for bytes in [little, big] {
        let import = check(&bytes);
        assert!(import.notes.iter().any(|note| note.text.contains("UTF-16")));
    }
}

#[test]
fn windows_1252_is_converted_and_said() {
    let bytes: Vec<u8> = TEXT
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let import = check(&bytes);
    assert!(
        import
            .notes
            .iter()
            .any(|note| note.text.contains("Windows-1252"))
    );
    let euro = read(b"id;line;title;holder;status\n1.a;1;\x80 100 \x93ja\x94;VWS;loopt\n").unwrap();
    assert_eq!(euro.accepted[0].value.title, "€ 100 “ja”");
}

#[test]
fn two_encodings_in_one_file_are_refused_with_the_line() {
    let error = read(b"id;line;title;holder;status\n1.a;1;\xc3\xa9\xc3\xa9n;VWS;loopt\n1.b;1;priv\xe9;VWS;loopt\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3 is not in the encoding of the rest (UTF-8); save the file as UTF-8"
    );
    assert!(matches!(
        read(b"id;line\x00\x01\x02"),
        Err(FileError::UnknownFormat { .. })
    ));
}

#[test]
fn a_file_cut_off_keeps_what_is_whole_and_refuses_the_rest() {
    for (text, part) in [
        (
            "id,line,title,holder,status\n1.a,1,x,VWS,loopt\n1.b,1,\"y",
            "closing quote",
        ),
        (
            "id,line,title,holder,status\n1.a,1,x,VWS,loopt\n1.b,1,y",
            "5 fields as in the header, found 3 (the file may be cut off)",
        ),
    ] {
        let import = read(text.as_bytes()).unwrap();
        assert_eq!(import.accepted.len(), 1);
        assert_eq!(import.refused.len(), 1);
        assert_eq!(import.refused[0].line, 3);
        assert!(
            import.refused[0].expected.contains(part),
            "{}",
            import.refused[0].expected
        );
    }
    let mut half = "id,line,title,holder,status\n1.é,1,x,VWS,loopt\n1.b,1,x,VWS,é"
        .as_bytes()
        .to_vec();
    half.pop();
    let import = read(&half).unwrap();
    assert_eq!((import.accepted.len(), import.refused_rows()), (1, 1));
}

#[test]
fn rows_with_extra_or_missing_fields_are_refused_and_blank_ones_passed_over() {
    let import = read(b"id,line,title,holder,status\n\n1.a,1,x,VWS,loopt,,\n1.b,1,x,VWS,loopt,extra\n,,,,\n1.c,1\n1.d,1,x,VWS,loopt\n").unwrap();
    let lines: Vec<_> = import.refused.iter().map(|r| r.line).collect();
    assert_eq!(lines, [4, 6]);
    assert_eq!(
        import.accepted.iter().map(|r| r.line).collect::<Vec<_>>(),
        [3, 7]
    );
}
