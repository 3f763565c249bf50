//! A provider's rooms as a spreadsheet.

use exchange::capacity::{Out, RoomLine, RoomRow, read_rooms, write_rooms_csv, write_rooms_xlsx};
use exchange::{FileError, Limits};
use proptest::prelude::*;

fn fields(text: &str) -> (usize, Vec<(u64, String)>) {
    let read = read_rooms("f.csv", text.as_bytes(), &Limits::default()).expect("readable");
    let refused = read.refused.into_iter();
    (
        read.accepted.len(),
        refused.map(|one| (one.line, one.field)).collect(),
    )
}

#[test]
fn half_of_the_rows_are_wrong_and_each_fault_has_its_place() {
    let text = "locatie;kamer;plekken;buiten gebruik;reden;vrij\n\
        Huis Linde;Kamer 1;3;0;;2\n\
        Huis Linde;;3;0;;2\n\
        Huis Es;Kamer 2;drie;1;;1\n\
        Huis Es;Kamer 3;;alles;besmetting;0\n";
    let (sound, refused) = fields(text);
    assert_eq!(sound, 2);
    let expected = [(3, "room_id"), (4, "places"), (4, "reason")];
    assert_eq!(
        refused,
        expected.map(|(line, field)| (line, field.to_owned()))
    );
}

#[test]
fn a_file_without_a_way_to_name_a_room_is_refused_as_a_whole() {
    let read = read_rooms("f.csv", b"places,free\n3,1\n", &Limits::default());
    assert!(
        matches!(read, Err(FileError::MissingColumns { .. })),
        "{read:?}"
    );
}

fn any_line() -> impl Strategy<Value = RoomLine> {
    let out = prop::option::of(prop_oneof![
        Just(Out::Nothing),
        Just(Out::All),
        (1u16..9).prop_map(Out::Places)
    ]);
    let name = "[=+@A-Za-zé;,\"' 0-9-]{0,12}[A-Za-z]";
    (name, name, out, prop::option::of(0u16..9), any::<bool>()).prop_map(
        |(location, room, out, free, stale)| RoomLine {
            row: RoomRow {
                room_id: Some("r".to_owned()),
                location: Some(location.trim().to_owned()),
                room: Some(room.trim().to_owned()),
                places: Some(9),
                reason: matches!(out, Some(Out::All | Out::Places(_))).then(|| "schade".to_owned()),
                out,
                out_from: None,
                out_until: Some(jiff::civil::date(2026, 12, 1)),
                note: None,
                used_by_others: Some(0),
                free,
            },
            taken: 1,
            held: 0,
            leaving: 0,
            as_of: String::new(),
            stale,
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(lines in prop::collection::vec(any_line(), 1..6), dutch: bool) {
        let mut csv = Vec::new();
        write_rooms_csv(&mut csv, &lines, dutch).unwrap();
        let sheet = write_rooms_xlsx(&lines, dutch).unwrap();
        for bytes in [csv, sheet] {
            let read = read_rooms("f", &bytes, &Limits::default()).unwrap();
            prop_assert_eq!(&read.refused, &[]);
            let rows: Vec<RoomRow> = read.accepted.into_iter().map(|row| row.value).collect();
            let wrote: Vec<RoomRow> = lines.iter().map(|line| line.row.clone()).collect();
            prop_assert_eq!(rows, wrote);
        }
    }
}
