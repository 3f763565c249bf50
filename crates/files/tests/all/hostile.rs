//! Files that somebody made to do harm: nothing panics, nothing grows, and the pieces in which a file comes change nothing.

use domain::attachment::FileFault;
use proptest::prelude::*;

use crate::make::{SECRET, plain_jpeg, plain_png, telling_jpeg, telling_png, telling_webp};
use crate::{clean, clean_in, holds};

#[test]
fn a_picture_that_ends_too_early_is_refused_at_every_length() {
    for whole in [telling_jpeg(), telling_png(), telling_webp()] {
        let kept = clean(&whole).unwrap().1.len();
        for length in 16..whole.len() {
            match clean(&whole[..length]) {
                Err(FileFault::Damaged) => {}
                // Only what stood behind the picture's end was missing.
                Ok((_, short)) => assert_eq!(short.len(), kept),
                Err(other) => panic!("{other} at {length}"),
            }
        }
    }
}

#[test]
fn a_picture_that_is_another_file_too_keeps_only_the_picture() {
    let archive = [b"PK\x03\x04", SECRET].concat();
    for picture in [plain_jpeg(), plain_png()] {
        let both = [picture.clone(), archive.clone()].concat();
        assert_eq!(clean(&both).unwrap().1, picture);
    }
    let page = b"<script>alert(1)</script>";
    let mut jpeg = plain_jpeg();
    let comment = [
        &[0xFF, 0xFE, 0, u8::try_from(page.len() + 2).unwrap()],
        &page[..],
    ]
    .concat();
    jpeg.splice(2..2, comment);
    assert!(!holds(&clean(&jpeg).unwrap().1, b"script"));
}

#[test]
fn a_length_that_lies_makes_no_room_in_memory() {
    let png = [&plain_png()[..33], b"\xFF\xFF\xFF\xFFIDATx"].concat();
    let webp = [&telling_webp()[..12], b"VP8 \xFF\xFF\xFF\xFFx"].concat();
    let jpeg = b"\xFF\xD8\xFF\xE1\xFF\xFFx".to_vec();
    for file in [png, webp, jpeg] {
        assert_eq!(clean(&file), Err(FileFault::Damaged));
    }
}

#[test]
fn parts_without_content_are_no_end_of_the_walk() {
    let mut jpeg = plain_jpeg();
    jpeg.splice(2..2, [0xFF, 0xFF, 0xFE, 0, 2, 0xFF, 0xEE, 0, 2]);
    assert_eq!(clean(&jpeg).unwrap().1, plain_jpeg());
    assert_eq!(clean(b"\xFF\xD8\xFF\xD9"), Err(FileFault::Damaged));
    assert_eq!(clean(b"\xFF\xD8\xFF\xE1\0\x01"), Err(FileFault::Damaged));
}

fn spoiled() -> impl Strategy<Value = Vec<u8>> {
    let picture = prop_oneof![
        Just(telling_jpeg()),
        Just(telling_png()),
        Just(telling_webp()),
        proptest::collection::vec(any::<u8>(), 0..300),
    ];
    let spots = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..8);
    (picture, spots).prop_map(|(mut file, spots)| {
        for (spot, byte) in spots {
            if !file.is_empty() {
                let at = spot.index(file.len());
                file[at] = byte;
            }
        }
        file
    })
}

proptest! {
    #[test]
    fn the_pieces_in_which_a_file_comes_change_nothing(file in spoiled(), pieces in 1usize..200) {
        prop_assert_eq!(clean_in(pieces, &file), clean(&file));
        prop_assert_eq!(clean_in(1, &file), clean(&file));
    }

    #[test]
    fn nothing_grows_and_what_was_cleaned_stays_the_same(file in spoiled()) {
        if let Ok((kind, kept)) = clean(&file) {
            prop_assert!(kept.len() <= file.len());
            prop_assert_eq!(clean(&kept), Ok((kind, kept.clone())));
        }
    }
}
