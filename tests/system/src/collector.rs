//! A collector of OTLP over HTTP that takes, refuses, hangs up or asks to wait, and keeps what it was sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use serde_json::Value;

/// What it does with the next export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Keeps the records and says so.
    Takes,
    /// Keeps the records and hangs up before it says so.
    ForgetsToSay,
    /// Keeps nothing and asks to wait.
    AsksToWait,
    /// Keeps nothing and says that it took none.
    Rejects,
}

/// The collector. It listens until the test process ends.
#[derive(Debug, Clone)]
pub struct Collector {
    url: String,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Every export in order of arrival: its spans, and whether the sender heard that they were taken.
    exports: Vec<(Vec<Value>, bool)>,
    moods: Vec<Mood>,
    asked: usize,
}

impl Collector {
    /// Starts one on a free port of the loopback address. It goes through `moods` again and again.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start(moods: &[Mood]) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let inner = Arc::new(Mutex::new(Inner {
            moods: moods.to_vec(),
            ..Inner::default()
        }));
        let kept = inner.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A sender that was killed halfway leaves half a request; the next one comes.
                let _ = answer(stream, &kept);
            }
        });
        Ok(Self { url, inner })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many exports were asked for.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.inner.lock().map(|inner| inner.asked).unwrap_or(0)
    }

    /// Changes what it does from here on.
    pub fn behave(&self, moods: &[Mood]) {
        if let Ok(mut inner) = self.inner.lock() {
            inner.moods = moods.to_vec();
        }
    }

    /// Every span that it kept, in order of arrival, repetitions and all.
    #[must_use]
    pub fn kept(&self) -> Vec<Value> {
        let inner = self.inner.lock();
        inner
            .map(|inner| {
                inner
                    .exports
                    .iter()
                    .flat_map(|(spans, _)| spans.clone())
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn answer(mut stream: TcpStream, inner: &Mutex<Inner>) -> Result<()> {
    let (first, body) = request(&stream)?;
    let Ok(mut inner) = inner.lock() else {
        return Ok(());
    };
    let at = inner.asked % inner.moods.len().max(1);
    let mood = inner.moods.get(at).copied().unwrap_or(Mood::Takes);
    inner.asked += 1;
    if !first.starts_with("POST /v1/traces ") {
        return reply(&mut stream, "404 Not Found", "");
    }
    let spans = spans(&serde_json::from_slice(&body)?)?;
    match mood {
        Mood::Takes => {
            inner.exports.push((spans, true));
            reply(&mut stream, "200 OK", r#"{"partialSuccess":{}}"#)
        }
        Mood::ForgetsToSay => {
            inner.exports.push((spans, false));
            Ok(())
        }
        Mood::AsksToWait => reply(&mut stream, "503 Service Unavailable", ""),
        Mood::Rejects => {
            let body = format!(
                r#"{{"partialSuccess":{{"rejectedSpans":"{}"}}}}"#,
                spans.len()
            );
            reply(&mut stream, "200 OK", &body)
        }
    }
}

fn request(stream: &TcpStream) -> Result<(String, Vec<u8>)> {
    let mut lines = BufReader::new(stream);
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        lines.read_line(&mut line)?;
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body)?;
    Ok((first, body))
}

fn spans(body: &Value) -> Result<Vec<Value>> {
    let mut out = Vec::new();
    for system in body["resourceSpans"]
        .as_array()
        .context("no resourceSpans")?
    {
        for scope in system["scopeSpans"].as_array().context("no scopeSpans")? {
            out.extend(
                scope["spans"]
                    .as_array()
                    .context("no spans")?
                    .iter()
                    .cloned(),
            );
        }
    }
    Ok(out)
}

fn reply(stream: &mut TcpStream, status: &str, body: &str) -> Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    Ok(stream.flush()?)
}
