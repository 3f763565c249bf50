//! Files with a report, an intake and a case.

mod hostile;
mod mailbox;
mod public;
mod work;

use axum::body::Body;
use axum::http::Request;
use axum::http::request::Builder;
use desk::attachment::StoredAttachment;
use vault::{Entry, JournalFilter, Store};

use crate::{Answer, Site};

const BOUNDARY: &str = "----WebKitFormBoundaryVoorDeProef";

/// Stands in a photo and may be kept nowhere.
pub const SECRET: &[u8] = b"52.0705N 4.3007E telefoon van Anna";
/// Stands in every file's name and may be kept nowhere.
pub const NAME: &str = "WhatsApp van Anna 2026-11-20.jpg";

/// A form with these fields and, behind them, these files.
pub fn multipart(fields: &[(&str, &str)], files: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.into_bytes());
    }
    for file in files {
        body.extend(file_head().into_bytes());
        body.extend_from_slice(file);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

fn file_head() -> String {
    // The type that a browser tells is never believed.
    format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{NAME}\"\r\nContent-Type: image/jpeg\r\n\r\n"
    )
}

/// A request that brings a form with files.
pub fn upload(path: &str) -> Builder {
    Request::post(path)
        .header(
            "content-type",
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .header("sec-fetch-site", "same-origin")
}

/// Sends a form with files without an account.
pub async fn send(site: &Site, path: &str, body: impl Into<Body>) -> Answer {
    site.send(upload(path).body(body.into()).unwrap()).await
}

pub const STORY: &str = "Ze houden onze paspoorten & wij slapen in een schuur";
pub const FORM: &str = "00112233445566778899aabbccddeeff";

/// Every answer of a short report, as the last page carries them.
pub fn answers(id: &str) -> Vec<(&str, &str)> {
    vec![
        ("danger", "no"),
        ("story", STORY),
        ("about", "other"),
        ("age", "unknown"),
        ("place", "unknown"),
        ("wish", "nothing"),
        ("id", id),
        ("step", "files"),
        ("go", "send"),
    ]
}

fn segment(code: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(2 + data.len()).unwrap();
    [&[0xFF, code], &length.to_be_bytes()[..], data].concat()
}

/// What is left of [`photo`] once it was cleaned.
pub fn cleaned() -> Vec<u8> {
    let tables = segment(0xDB, &[7; 65]);
    let frame = segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    let scan = segment(0xDA, &[1, 1, 0, 0, 63, 0]);
    let data = vec![0x5A; 150_000];
    [
        b"\xFF\xD8".to_vec(),
        tables,
        frame,
        scan,
        data,
        b"\xFF\xD9".to_vec(),
    ]
    .concat()
}

/// A photo that says where it was made, larger than two sealed parts.
pub fn photo() -> Vec<u8> {
    let mut photo = cleaned();
    let told = [b"Exif\0\0", SECRET].concat();
    photo.splice(2..2, segment(0xE1, &told));
    photo.extend_from_slice(SECRET);
    photo
}

pub fn pdf() -> Vec<u8> {
    [
        b"%PDF-1.7\n".to_vec(),
        b"x\r\n--".repeat(30_000),
        b"\n%%EOF\n".to_vec(),
    ]
    .concat()
}

/// Every file of the signal desk's store, also one that belongs to nothing.
pub async fn kept(site: &Site) -> Vec<StoredAttachment> {
    let all = site.desk.vault.load_all::<StoredAttachment>(&[]).await;
    all.unwrap().into_iter().map(|found| found.body).collect()
}

/// How many reports there are.
pub async fn reports(site: &Site) -> usize {
    let all = site
        .desk
        .vault
        .load_all::<desk::report::StoredReport>(&[])
        .await;
    all.unwrap().len()
}

/// What the journal of a store says of this act, newest first.
pub async fn entries(site: &Site, store: Store, act: &str) -> Vec<Entry> {
    let filter = JournalFilter {
        act: Some(act.to_owned()),
        ..JournalFilter::default()
    };
    let page = site
        .desk
        .vault
        .journal_page(store, &filter, None, 100)
        .await;
    page.unwrap().entries
}

/// The identities of files that a page offers to save.
pub fn offered(answer: &Answer) -> Vec<String> {
    let links = answer.body.split("/attachments/").skip(1);
    links
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .filter(|id| id.len() == 36)
        .collect()
}

pub fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// An answer that a browser only saves.
pub fn check_saved(answer: &Answer, ending: &str) {
    assert_eq!(answer.status, axum::http::StatusCode::OK, "{}", answer.body);
    let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/octet-stream");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(header("cache-control"), "no-store");
    let saved = header("content-disposition");
    assert!(saved.starts_with("attachment; filename=\""), "{saved}");
    assert!(saved.ends_with(&format!(".{ending}\"")), "{saved}");
    assert!(!saved.contains("Anna") && !saved.contains("WhatsApp"));
    assert_eq!(header("content-length"), answer.bytes.len().to_string());
}
