//! Files with a report, on the real binary: once, sealed, without a trace of what they told beside themselves, and never half.

use std::io::Write;
use std::net::TcpStream;

use anyhow::{Context, Result, ensure};
use system_tests::disk::{SmallDisk, limit_file_size};
use system_tests::{Client, Reply, Server, Store, StoreKind};

use crate::commands::{expect_sound, kinds};
use crate::disk_full::deaf_to_file_limit;
use crate::no_trace::expect_nowhere;

on_both_stores![
    files_come_once_and_leave_no_trace,
    a_server_killed_while_files_come_in_keeps_whole_reports_only
];

const BOUNDARY: &str = "grens-van-de-proef";
/// Stands in the photo's EXIF and in the name of each file.
const BETRAYS: &str = "Kwispelzand-52.0705N";
/// Stands in the document that is kept.
const CONTENT: &str = "Zonnebloemdocument";

fn document(megabytes: usize) -> Vec<u8> {
    format!("%PDF-1.7\n{CONTENT}\n{}", " ".repeat(megabytes * 1_000_000)).into_bytes()
}

fn photo() -> Vec<u8> {
    let segment = |code: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
        [&[0xFF, code], &length.to_be_bytes()[..], data].concat()
    };
    [
        b"\xFF\xD8".to_vec(),
        segment(0xE1, format!("Exif\0\0{BETRAYS}").as_bytes()),
        segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        vec![0x21; 1_000],
        b"\xFF\xD9".to_vec(),
    ]
    .concat()
}

fn form(id: &str, files: &[Vec<u8>]) -> Vec<u8> {
    let answers = [
        ("danger", "no"),
        ("story", "Er klopt iets niet in die schuur"),
        ("about", "place"),
        ("age", "unknown"),
        ("place", "unknown"),
        ("wish", "nothing"),
        ("id", id),
        ("step", "files"),
        ("go", "send"),
    ];
    let mut body = Vec::new();
    for (name, value) in answers {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .into_bytes(),
        );
    }
    for file in files {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{BETRAYS}.jpg\"\r\n\r\n").into_bytes());
        body.extend(file);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

fn send(client: &Client, id: &str, files: &[Vec<u8>]) -> Result<Reply> {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    client.post_raw(
        "/start",
        &kind,
        &[("Sec-Fetch-Site", "same-origin")],
        &form(id, files),
    )
}

/// The code on a receipt.
fn code(reply: &Reply) -> Result<String> {
    let html = reply.clone().expect_status(200)?.page().html().to_owned();
    let code = html.split("translate=\"no\">").nth(1);
    let code = code.and_then(|rest| rest.split('<').next());
    code.map(str::to_owned).context("the page gives no code")
}

const FORM: &str = "00112233445566778899aabbccddeeff";

fn files_come_once_and_leave_no_trace(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let server = Server::serve(&store, &[])?;
    let client = server.client();
    let files = [photo(), document(1)];
    let first = code(&send(&client, FORM, &files)?)?;
    let again = code(&send(&client, FORM, &files)?)?;
    ensure!(first == again, "a repetition got another code");
    let other = send(&client, FORM, &[document(2)])?;
    ensure!(other.status == 409, "other files under the same form");
    let (_, log) = server.stop()?;
    expect_sound(&store, 1)?;
    ensure!(kinds(&store, "attachment")? == 2, "each file is there once");
    for secret in [BETRAYS, CONTENT] {
        ensure!(!log.contains(secret), "the log holds {secret}:\n{log}");
        expect_nowhere(store.folder(), secret)?;
        if let Some(database) = store.database() {
            let dump = database.dump()?;
            let as_bytes: String = secret.bytes().map(|b| format!("{b:02x}")).collect();
            ensure!(!dump.contains(secret) && !dump.contains(&as_bytes));
        }
    }
    Ok(())
}

fn a_server_killed_while_files_come_in_keeps_whole_reports_only(kind: StoreKind) -> Result<()> {
    let store = Store::fresh(kind)?;
    let server = Server::serve(&store, &[])?;
    let client = server.client();
    let body = form(FORM, &[document(9)]);
    let address = client.base().trim_start_matches("http://").to_owned();
    let mut line = TcpStream::connect(&address)?;
    let head = format!(
        "POST /start HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes())?;
    line.write_all(body.get(..4_000_000).context("the form is short")?)?;
    server.kill()?;
    let server = Server::serve(&store, &[])?;
    code(&send(&server.client(), FORM, &[document(9)])?)?;
    server.stop()?;
    expect_sound(&store, 1)
}

#[test]
fn a_full_disk_keeps_no_half_report_and_takes_it_when_there_is_room() -> Result<()> {
    match SmallDisk::mount(96)? {
        Some(disk) => {
            let store = Store::embedded_in(disk.path());
            let server = Server::serve(&store, &[])?;
            let filler = disk.fill()?;
            refused(&server.client())?;
            filler.remove()?;
            taken(server, &store)
        }
        None => {
            let store = Store::fresh(StoreKind::Sqlite)?;
            let server = Server::watch(deaf_to_file_limit(&store)?, &store)?;
            limit_file_size(server.pid(), Some(1))?;
            refused(&server.client())?;
            limit_file_size(server.pid(), None)?;
            taken(server, &store)
        }
    }
}

fn refused(client: &Client) -> Result<()> {
    let reply = send(client, FORM, &[document(3)])?;
    ensure!(reply.status == 507, "a full disk answered {}", reply.status);
    let html = reply.page().html().to_owned();
    ensure!(html.contains("Er klopt iets niet in die schuur"), "{html}");
    ensure!(!html.contains("translate=\"no\""), "a code was given");
    Ok(())
}

fn taken(server: Server, store: &Store) -> Result<()> {
    code(&send(&server.client(), FORM, &[document(3)])?)?;
    server.stop()?;
    expect_sound(store, 1)
}
