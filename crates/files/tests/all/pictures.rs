//! A picture looks the same after cleaning, and nothing that was told beside it is left.

use domain::attachment::FileKind;
use image::ImageFormat;

use crate::make::{
    SECRET, picture, plain_jpeg, plain_png, plain_webp, telling_jpeg, telling_png, telling_webp,
};
use crate::{clean, holds};

fn check(kind: FileKind, format: ImageFormat, plain: &[u8], telling: &[u8]) {
    assert!(holds(telling, SECRET));
    let (found, kept) = clean(telling).unwrap();
    assert_eq!(found, kind);
    assert!(!holds(&kept, SECRET), "something was left in a {kind:?}");
    assert!(!holds(&kept, b"Anna") && !holds(&kept, b"4.3007"));
    let before = image::load_from_memory_with_format(plain, format).unwrap();
    let after = image::load_from_memory_with_format(&kept, format).unwrap();
    assert!(before.to_rgb8() == after.to_rgb8(), "the picture changed");
    assert_eq!(after.to_rgb8().dimensions(), picture().dimensions());
    // What was cleaned once has nothing more to lose.
    assert_eq!(clean(&kept).unwrap(), (kind, kept));
}

#[test]
fn a_jpeg_keeps_its_picture_and_loses_place_time_owner_thumbnail_and_what_stands_behind_it() {
    check(
        FileKind::Jpeg,
        ImageFormat::Jpeg,
        &plain_jpeg(),
        &telling_jpeg(),
    );
}

#[test]
fn a_png_keeps_its_picture_and_loses_texts_time_profile_and_what_was_cropped_away() {
    check(
        FileKind::Png,
        ImageFormat::Png,
        &plain_png(),
        &telling_png(),
    );
}

#[test]
fn a_webp_keeps_its_picture_and_loses_exif_xmp_and_profile() {
    check(
        FileKind::Webp,
        ImageFormat::WebP,
        &plain_webp(),
        &telling_webp(),
    );
    let (_, kept) = clean(&telling_webp()).unwrap();
    assert!(
        !holds(&kept, b"EXIF") && !holds(&kept, b"XMP ") && !holds(&kept, b"ICCP"),
        "the flags and the names of what went are gone too"
    );
}

#[test]
fn a_picture_that_tells_nothing_stays_byte_for_byte() {
    for plain in [plain_png(), plain_webp()] {
        assert_eq!(clean(&plain).unwrap().1, plain);
    }
    // The encoder's own JFIF header has no thumbnail.
    assert_eq!(clean(&plain_jpeg()).unwrap().1, plain_jpeg());
}
