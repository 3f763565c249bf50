//! A client that behaves like a browser where it matters: it keeps cookies, sends forms, and follows a redirect only when told.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

use crate::page::{Form, Page};

/// More than any page or document of ours; a larger answer is a fault.
const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

/// One visitor: an address to talk to and a jar of cookies.
#[derive(Debug)]
pub struct Client {
    base: String,
    agent: Agent,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The path and query that were asked for.
    pub path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// A request could not be answered at all: refused, cut off, timed out. What was sent may or may not have been handled.
#[derive(Debug)]
pub struct Unanswered(String);

impl std::fmt::Display for Unanswered {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "no answer: {}", self.0)
    }
}

impl std::error::Error for Unanswered {}

impl Client {
    /// A new visitor of the server at `base`, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self::patient(base, Duration::from_secs(30))
    }

    /// A visitor that gives up on an answer after `limit`.
    #[must_use]
    pub fn patient(base: &str, limit: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(limit))
            .proxy(None)
            .build();
        let base = base.trim_end_matches('/').to_owned();
        Self {
            base,
            agent: config.new_agent(),
            cookies: Mutex::default(),
        }
    }

    /// The address of the server.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The cookies now in the jar, by name.
    #[must_use]
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies
            .lock()
            .map(|jar| jar.clone())
            .unwrap_or_default()
    }

    /// Forgets every cookie, as a new visitor.
    pub fn forget(&self) {
        if let Ok(mut jar) = self.cookies.lock() {
            jar.clear();
        }
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn get(&self, path: &str) -> Result<Reply> {
        self.send("GET", path, &[], &[])
    }

    /// Asks for a page, with headers of one's own.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Result<Reply> {
        self.send("GET", path, headers, &[])
    }

    /// Asks for a page and follows redirects on the same server, ten at most.
    ///
    /// # Errors
    /// When there is no answer, or no end to the redirects.
    pub fn visit(&self, path: &str) -> Result<Reply> {
        let first = self.get(path)?;
        self.follow(first)
    }

    /// Follows the redirects that `reply` asks for, ten at most. A redirect to another server is an error.
    ///
    /// # Errors
    /// When there is no answer, no end to the redirects, or one leads away.
    pub fn follow(&self, mut reply: Reply) -> Result<Reply> {
        for _ in 0..10 {
            let Some(to) = reply.location() else {
                return Ok(reply);
            };
            let path = self.inside(&to, &reply.path)?;
            reply = self.get(&path)?;
        }
        bail!("{} keeps redirecting", reply.path)
    }

    /// Sends fields as a form would, from a page of the same server.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let body = encode(fields.iter().copied());
        self.post_page(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends what a form on a page of the same server would, headers and all.
    fn post_page(&self, path: &str, kind: &str, body: &[u8]) -> Result<Reply> {
        let headers = [
            ("Content-Type", kind),
            ("Origin", self.base.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
            ("Sec-Fetch-Mode", "navigate"),
        ];
        self.send("POST", path, &headers, body)
    }

    /// Sends a form that was read from the page `at`, and gives the answer without following it.
    ///
    /// # Errors
    /// When there is no answer, or the form leads to another server.
    pub fn submit(&self, at: &Reply, form: &Form) -> Result<Reply> {
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let path = if form.action.is_empty() {
            at.path.clone()
        } else {
            self.inside(&form.action, &at.path)?
        };
        if form.method == "post" && form.multipart {
            let (kind, body) = multipart(&fields, &form.files);
            return self.post_page(&path, &kind, &body);
        }
        if form.method == "post" {
            return self.post_form(&path, &fields);
        }
        let path = path.split('?').next().unwrap_or_default();
        self.get(&format!("{path}?{}", encode(fields.iter().copied())))
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn post_json(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Result<Reply> {
        self.post_raw(
            path,
            "application/json",
            headers,
            body.to_string().as_bytes(),
        )
    }

    /// Sends bytes of any kind, for input that no well-behaved client would send.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn post_raw(
        &self,
        path: &str,
        kind: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply> {
        let mut all = vec![("Content-Type", kind)];
        all.extend_from_slice(headers);
        self.send("POST", path, &all, body)
    }

    /// Sends a request as told. Cookies are added, and kept when the answer sets them.
    ///
    /// # Errors
    /// [`Unanswered`] when the connection fails or the answer is cut off.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies = self
            .cookies()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>();
        if !cookies.is_empty() {
            request = request.header("Cookie", cookies.join("; "));
        }
        let sent = match method {
            "GET" | "HEAD" | "OPTIONS" | "DELETE" if body.is_empty() => {
                self.agent.run(request.body(())?)
            }
            _ => self.agent.run(request.body(body)?),
        };
        let reply = sent
            .and_then(|response| read(path, response))
            .map_err(|error| Unanswered(error.to_string()))?;
        self.keep_cookies(&reply);
        Ok(reply)
    }

    fn keep_cookies(&self, reply: &Reply) {
        let Ok(mut jar) = self.cookies.lock() else {
            return;
        };
        for cookie in reply.headers("set-cookie") {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let gone =
                value.is_empty() || rest.to_lowercase().replace(' ', "").contains("max-age=0");
            if gone {
                jar.remove(name.trim());
            } else {
                jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// The path on this server that `address` means when it stands on the page `at`.
    fn inside(&self, address: &str, at: &str) -> Result<String> {
        let address = address.split('#').next().unwrap_or_default();
        if let Some(path) = address.strip_prefix(&self.base) {
            return Ok(if path.is_empty() {
                "/".to_owned()
            } else {
                path.to_owned()
            });
        }
        if address.contains("://") || address.starts_with("//") {
            bail!("{address} leads away from {}", self.base);
        }
        if address.starts_with('/') {
            return Ok(address.to_owned());
        }
        let here = at.split('?').next().unwrap_or_default();
        if address.is_empty() || address.starts_with('?') {
            return Ok(format!("{here}{address}"));
        }
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        Ok(format!("{folder}/{}", address.trim_start_matches("./")))
    }
}

impl Reply {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).first().copied()
    }

    /// All headers of this name.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let same = |(has, _): &&(String, String)| has.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .filter(same)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Names and values of all headers.
    #[must_use]
    pub fn all_headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// Where a redirect leads; nothing when this is no redirect.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        let redirects = matches!(self.status, 301 | 302 | 303 | 307 | 308);
        self.header("location")
            .filter(|_| redirects)
            .map(str::to_owned)
    }

    /// The body as text; bytes that are no UTF-8 become replacement marks.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as it came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as a page.
    #[must_use]
    pub fn page(&self) -> Page {
        Page::read(&self.text())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none; the message shows the beginning of what came instead.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).with_context(|| {
            let start: String = self.text().chars().take(300).collect();
            format!(
                "{} answered {} with something that is no JSON: {start}",
                self.path, self.status
            )
        })
    }

    /// Checks the status and gives the reply on.
    ///
    /// # Errors
    /// When it is another; the message shows the beginning of the body.
    pub fn expect_status(self, wanted: u16) -> Result<Self> {
        if self.status == wanted {
            return Ok(self);
        }
        let start: String = self.text().chars().take(600).collect();
        bail!(
            "{} answered {}, not {wanted}: {start}",
            self.path,
            self.status
        )
    }
}

fn read(path: &str, response: Response<Body>) -> Result<Reply, ureq::Error> {
    let (head, mut body) = response.into_parts();
    let text =
        |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    let body = body.with_config().limit(LARGEST_ANSWER).read_to_vec()?;
    Ok(Reply {
        status: head.status.as_u16(),
        path: path.to_owned(),
        headers,
        body,
    })
}

fn encode<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    fields
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// The form encoding of the URL standard: letters, digits and `*-._` stay, a space becomes `+`, the rest `%XX`.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                out.push(char::from(byte))
            }
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The media type and the bytes of a form in parts. A field for a file in which none was chosen sends an empty one, as browsers do.
fn multipart(fields: &[(&str, &str)], files: &[String]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----form-of-a-page-1f3b7c";
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    for name in files {
        body += &format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
        );
    }
    body += &format!("--{BOUNDARY}--\r\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    (kind, body.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Client, encode};

    #[test]
    fn fields_are_encoded_as_browsers_do() {
        assert_eq!(
            encode([("naam", "é & b"), ("x", "*-._")].into_iter()),
            "naam=%C3%A9+%26+b&x=*-._"
        );
    }

    #[test]
    fn addresses_are_read_from_where_they_stand() {
        let client = Client::new("http://127.0.0.1:1/");
        let inside = |address: &str| client.inside(address, "/work/cases/7?tab=1").ok();
        assert_eq!(inside("/x").as_deref(), Some("/x"));
        assert_eq!(inside("").as_deref(), Some("/work/cases/7"));
        assert_eq!(inside("?tab=2").as_deref(), Some("/work/cases/7?tab=2"));
        assert_eq!(inside("./8#top").as_deref(), Some("/work/cases/8"));
        assert_eq!(inside("http://127.0.0.1:1").as_deref(), Some("/"));
        assert_eq!(inside("https://example.org/"), None);
        assert_eq!(inside("//example.org/"), None);
    }
}
