//! `application/x-www-form-urlencoded`, strictly: UTF-8 only, no NUL, bounded.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::problem::Problem;
use crate::texts::Key;

const MOST_PAIRS: usize = 500;
const LONGEST_NAME: usize = 64;

/// What a person typed, by field name. Line ends are `\n`, outer spaces are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// The first value of a name, or nothing.
    pub fn first(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// All values of a name, in the order sent.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names that were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Adds a value, as if it had been sent.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0
            .entry(name.to_owned())
            .or_default()
            .push(value.to_owned());
    }

    /// Forgets a name.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Name and value pairs, for hidden fields.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(name, values)| {
            values
                .iter()
                .map(move |value| (name.as_str(), value.as_str()))
        })
    }

    /// Reads a form's bytes; the error says why they are not a form that we read.
    pub fn read(bytes: &[u8]) -> Result<Typed, Problem> {
        let mut typed = Typed::default();
        for (count, pair) in bytes
            .split(|b| *b == b'&')
            .filter(|pair| !pair.is_empty())
            .enumerate()
        {
            if count >= MOST_PAIRS {
                return Err(Problem::too_large());
            }
            let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let name = decode(&pair[..at])?;
            let value = decode(pair.get(at + 1..).unwrap_or_default())?;
            if name.is_empty() || name.len() > LONGEST_NAME {
                return Err(Problem::bad_request());
            }
            typed.add(&name, &tidied(&value));
        }
        Ok(typed)
    }
}

impl Typed {
    /// Adds a field of a form with files; the error says why it is none that we read.
    pub(crate) fn take_part(&mut self, name: &str, value: Vec<u8>) -> Result<(), Problem> {
        let unreadable = || Problem::bad_request().because(Key::new("problem-encoding-reason"));
        let value = String::from_utf8(value).map_err(|_| unreadable())?;
        if name.len() > LONGEST_NAME || value.contains('\0') {
            return Err(unreadable());
        }
        self.add(name, &tidied(&value));
        Ok(())
    }
}

/// One kind of line end, nothing outside.
fn tidied(value: &str) -> String {
    let value = value.replace("\r\n", "\n").replace('\r', "\n");
    value.trim().to_owned()
}

/// Extractor: the pairs of an urlencoded body. Anything else is 415, a body over the route's limit 413, unreadable bytes 400.
#[derive(Clone, Debug)]
pub struct FormBody(pub Typed);

impl<S: Send + Sync> FromRequest<S> for FormBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<FormBody, Problem> {
        if !is_form(
            request
                .headers()
                .get(CONTENT_TYPE)
                .and_then(|kind| kind.to_str().ok()),
        ) {
            return Err(Problem::media_type());
        }
        let bytes =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.into_response().status() {
                    axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
                    _ => Problem::bad_request(),
                })?;
        Typed::read(&bytes).map(FormBody)
    }
}

fn is_form(kind: Option<&str>) -> bool {
    let mut parts = kind
        .unwrap_or_default()
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/x-www-form-urlencoded")
        && parts.all(|part| match part.split_once('=') {
            Some(("charset", charset)) => charset.trim_matches('"') == "utf-8",
            _ => true,
        })
}

fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let unreadable = || Problem::bad_request().because(Key::new("problem-encoding-reason"));
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => match (rest.next().and_then(hex), rest.next().and_then(hex)) {
                (Some(high), Some(low)) => high * 16 + low,
                _ => return Err(unreadable()),
            },
            other => *other,
        });
    }
    if out.contains(&0) {
        return Err(unreadable());
    }
    String::from_utf8(out).map_err(|_| unreadable())
}

fn hex(byte: &u8) -> Option<u8> {
    char::from(*byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
