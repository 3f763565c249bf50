//! Files as they come: sound ones in every spelling, and others with their line, column and what to do.

use hidden::{Fault, Lists, ListsError};
use proptest::prelude::*;

/// A file; the line and column where it is wrong; some of the words.
type Case = (
    &'static [u8],
    Option<u64>,
    Option<&'static str>,
    &'static str,
);

fn error(text: &[u8]) -> ListsError {
    Lists::read(text).expect_err(&String::from_utf8_lossy(text))
}

#[test]
fn sound_files_are_read_in_every_spelling() {
    let plain = Lists::read(b"A,B,C,count\n1,0,0,5\n0,1,1,7\n").unwrap();
    let spellings: [&[u8]; 6] = [
        b"A,B,C,count\r\n1,0,0,5\r\n0,1,1,7\r\n",
        "\u{feff}A,B,C,count\n1,0,0,5\n0,1,1,7".as_bytes(),
        b"A,B,C,count\n0,1,1,7\n1,0,0,5\n",
        b" A , B , C , count \n 1 , 0 , 0 , 5 \n\n0,1,1,007\n",
        b"\"A\",\"B\",\"C\",\"count\"\n\"1\",0,0,5\n0,1,1,7\n",
        b"A,B,C,count\n1,0,0,5\n0,1,1,7\n1,1,1,0\n",
    ];
    for spelling in spellings {
        assert_eq!(Lists::read(spelling).unwrap(), plain);
    }
    assert_eq!(plain.names(), ["A", "B", "C"]);
    assert_eq!((plain.observed(), plain.on_exactly(0b110)), (12, 7));
    assert_eq!((plain.on_list(0), plain.on_list(2)), (5, 7));
}

#[test]
fn each_fault_has_its_place_and_says_what_to_do() {
    const NINE: &[u8] = b"A,B,C,D,E,F,G,H,I,count\n1,0,0,0,0,0,0,0,0,5\n";
    let cases: [Case; 26] = [
        (b"", Some(1), None, "the file is empty"),
        (b"\n\n\n", Some(1), None, "the file is empty"),
        (b"count\n5\n", Some(1), None, "there is no list"),
        (b"A,B,C\n1,0,0\n", Some(1), None, "expected `count`"),
        (
            b"A;B;C;count\n1;0;0;5\n",
            Some(1),
            None,
            "separate them by commas",
        ),
        (
            b"A\tB\tcount\n1\t0\t5\n",
            Some(1),
            None,
            "separate them by commas",
        ),
        (
            b"count,A,B,C\n5,1,0,0\n",
            Some(1),
            None,
            "the last column is `C`",
        ),
        (
            b"A,B,A,count\n1,0,0,5\n",
            Some(1),
            None,
            "two lists are named `A`",
        ),
        (
            b"A,,C,count\n1,0,0,5\n",
            Some(1),
            None,
            "`` cannot be the name",
        ),
        (
            b"=1+1,B,C,count\n1,0,0,5\n",
            Some(1),
            None,
            "`=1+1` cannot be the name",
        ),
        (
            b"@SUM(A1),B,C,count\n1,0,0,5\n",
            Some(1),
            None,
            "cannot be the name",
        ),
        (
            b"A:B,B,C,count\n1,0,0,5\n",
            Some(1),
            None,
            "`A:B` cannot be the name",
        ),
        (
            b"\"A\x1b[31m\",B,C,count\n1,0,0,5\n",
            Some(1),
            None,
            "cannot be the name",
        ),
        (NINE, Some(1), None, "there are 9 lists"),
        (
            b"A,B,C,count\n1,0,2,5\n",
            Some(2),
            Some("C"),
            "found `2`, expected 0",
        ),
        (
            b"A,B,C,count\n1,yes,0,5\n",
            Some(2),
            Some("B"),
            "found `yes`",
        ),
        (b"A,B,C,count\n1,0,,5\n", Some(2), Some("C"), "found ``"),
        (
            b"A,B,C,count\n1,0,0,-5\n",
            Some(2),
            Some("count"),
            "found `-5`",
        ),
        (
            b"A,B,C,count\n1,0,0,+5\n",
            Some(2),
            Some("count"),
            "found `+5`",
        ),
        (
            b"A,B,C,count\n1,0,0,1e3\n",
            Some(2),
            Some("count"),
            "found `1e3`",
        ),
        (
            b"A,B,C,count\n1,0,0,1.5\n",
            Some(2),
            Some("count"),
            "found `1.5`",
        ),
        (
            b"A,B,C,count\n1,0,0,1000000001\n",
            Some(2),
            Some("count"),
            "expected a whole number",
        ),
        (
            b"A,B,C,count\n1,0,0,5\n1,0,5\n",
            Some(3),
            None,
            "3 cells; expected 4",
        ),
        (
            b"A,B,C,count\n1,0,0,1,000\n",
            Some(2),
            None,
            "5 cells; expected 4",
        ),
        (
            b"A,B,C,count\n1,0,0,5\n1,0,0,6\n",
            Some(3),
            None,
            "the combination A is there a second time",
        ),
        (
            b"A,B,C,count\n0,0,0,5\n",
            Some(2),
            None,
            "people on no list",
        ),
    ];
    for (text, line, column, words) in cases {
        let found = error(text);
        let shown = String::from_utf8_lossy(text);
        assert_eq!(
            (found.line, found.column.as_deref()),
            (line, column),
            "{shown}: {found}"
        );
        assert!(found.to_string().contains(words), "{shown}: {found}");
        assert!(
            !found.to_string().contains('\u{1b}'),
            "a terminal would obey {shown:?}"
        );
    }
    let broken = error(b"A,B,C,count\n1,0,0,5\n\xff,0,0,5\n");
    assert_eq!((broken.line, broken.fault), (Some(3), Fault::NotText));
    let many = "A,B,C,count\n1,0,0,600000000\n0,1,0,600000000\n";
    assert_eq!(error(many.as_bytes()).line, Some(3));
    let long = format!("A,B,C,count\n{},0,0,5\n", "1".repeat(1000));
    assert!(error(long.as_bytes()).to_string().len() < 200);
}

#[test]
fn lists_from_memory_are_checked_alike() {
    let names = |count: usize| {
        (0..count)
            .map(|at| format!("list {at}"))
            .collect::<Vec<_>>()
    };
    let fault = |count, cells: &[(u16, u64)]| {
        let made = Lists::new(names(count), cells.iter().copied());
        made.expect_err("a fault").fault
    };
    assert_eq!(fault(0, &[]), Fault::NoList);
    assert_eq!(fault(9, &[]), Fault::TooMany(9));
    assert_eq!(fault(3, &[(0, 5)]), Fault::OnNoList);
    assert_eq!(fault(3, &[(8, 5)]), Fault::NoSuchList(8, 3));
    assert_eq!(
        fault(3, &[(3, 5), (3, 1)]),
        Fault::Repeated("list 0:list 1".into())
    );
    assert_eq!(
        fault(3, &[(3, u64::MAX), (2, u64::MAX)]),
        Fault::TooManyPeople
    );
    let sound = Lists::new(names(3), [(1, 2), (7, 3)]).unwrap();
    assert_eq!(sound.named(5), "list 0:list 2");
}

proptest! {
    #[test]
    fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Lists::read(&bytes);
    }

    #[test]
    fn no_text_like_it_brings_it_down(text in "[ABC01,;:\"\n\r .=-]{0,80}count\n[019,\"\n. -]{0,120}") {
        if let Err(error) = Lists::read(text.as_bytes()) {
            prop_assert!(error.line.is_some());
        }
    }
}
