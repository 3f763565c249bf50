//! Pictures as devices make them: with place, time, owner and thumbnail in every corner that the formats have.

use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

/// Stands in everything that must go.
pub const SECRET: &[u8] = b"GPS 52.0705N 4.3007E, telefoon van Anna";

/// A small picture that is not one colour.
pub fn picture() -> RgbImage {
    RgbImage::from_fn(37, 23, |x, y| {
        let shade = |n: u32| u8::try_from((x * n + y * 7) % 251).unwrap();
        Rgb([shade(5), shade(11), shade(3)])
    })
}

pub fn plain_jpeg() -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 90)
        .encode_image(&picture())
        .unwrap();
    out
}

pub fn plain_png() -> Vec<u8> {
    let mut out = Vec::new();
    let (picture, rgb) = (picture(), ExtendedColorType::Rgb8);
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(&picture, picture.width(), picture.height(), rgb)
        .unwrap();
    out
}

pub fn plain_webp() -> Vec<u8> {
    let mut out = Vec::new();
    let (picture, rgb) = (picture(), ExtendedColorType::Rgb8);
    image::codecs::webp::WebPEncoder::new_lossless(&mut out)
        .write_image(&picture, picture.width(), picture.height(), rgb)
        .unwrap();
    out
}

fn segment(code: u8, begin: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(2 + begin.len() + data.len()).unwrap();
    [&[0xFF, code], &length.to_be_bytes()[..], begin, data].concat()
}

/// A JPEG as a telephone makes it, with a video behind the picture.
pub fn telling_jpeg() -> Vec<u8> {
    let plain = plain_jpeg();
    let (start, rest) = plain.split_at(2);
    let mut out = start.to_vec();
    let thumbnail = [&b"JFIF\0\x01\x02\x00\x00\x48\x00\x48"[..], &[3, 4], SECRET].concat();
    out.extend(segment(0xE0, &thumbnail, b""));
    out.extend(segment(0xE0, b"JFXX\0\x10", SECRET));
    out.extend(segment(0xE1, b"Exif\0\0MM\0\x2A\0\0\0\x08", SECRET));
    out.extend(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0", SECRET));
    out.extend(segment(0xE2, b"ICC_PROFILE\0\x01\x01", SECRET));
    out.extend(segment(0xE2, b"MPF\0", SECRET));
    out.extend(segment(0xED, b"Photoshop 3.0\x008BIM", SECRET));
    for other in 0xE3..=0xEF {
        out.extend(segment(other, b"Anything", SECRET));
    }
    out.extend(segment(0xFE, b"", SECRET));
    out.extend(rest);
    out.extend(b"\0\0\0\x18ftypmp42");
    out.extend(SECRET);
    out
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    // Nobody checks the sum of a part that goes.
    [&length[..], name, data, b"sum."].concat()
}

/// A PNG as a screenshot program makes it, with the uncropped picture behind the end.
pub fn telling_png() -> Vec<u8> {
    let plain = plain_png();
    // Signature and `IHDR`, which must come first.
    let (begin, rest) = plain.split_at(8 + 25);
    let mut out = begin.to_vec();
    for name in [
        b"iCCP", b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"pHYs", b"prVt",
    ] {
        out.extend(chunk(name, SECRET));
    }
    out.extend(rest);
    out.extend(chunk(b"IDAT", SECRET));
    out.extend(chunk(b"IEND", b""));
    out
}

fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let pad: &[u8] = if data.len() % 2 == 1 { b"\0" } else { b"" };
    [&name[..], &length, data, pad].concat()
}

/// A WebP with everything that the extended form allows.
pub fn telling_webp() -> Vec<u8> {
    let plain = plain_webp();
    let (width, height) = picture().dimensions();
    let size = |n: u32| (n - 1).to_le_bytes()[..3].to_vec();
    let extended = [vec![0b0010_1100, 0, 0, 0], size(width), size(height)].concat();
    let mut inside = b"WEBP".to_vec();
    inside.extend(part(b"VP8X", &extended));
    inside.extend(part(b"ICCP", SECRET));
    inside.extend(&plain[12..]);
    inside.extend(part(b"EXIF", SECRET));
    inside.extend(part(b"XMP ", SECRET));
    inside.extend(part(b"eigen".first_chunk::<4>().unwrap(), SECRET));
    let length = u32::try_from(inside.len()).unwrap().to_le_bytes();
    [&b"RIFF"[..], &length, &inside, SECRET].concat()
}
