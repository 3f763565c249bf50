//! Requests forged by other sites (CSRF): a check by the browser's own headers on every change, and a token in forms of signed-in people.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::problem::Problem;

/// Layer: a change (anything but GET, HEAD, OPTIONS) must come from our own pages.
///
/// `Sec-Fetch-Site` decides where the browser sends it. Older browsers send `Origin`; because our pages say `no-referrer`
/// it is `null` for our own forms, so `null` and absent pass here and the form token decides for signed-in people. A public form carries no
/// authority that could be abused.
pub async fn same_site(request: Request, next: Next) -> Response {
    let reading = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reading || from_ourselves(request.headers()) {
        next.run(request).await
    } else {
        Problem::cross_site().into_response()
    }
}

fn from_ourselves(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.to_str(), Ok("same-origin" | "none"));
    }
    match text(ORIGIN) {
        None | Some("null") => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(HOST)
        }
    }
}

/// Makes and checks the hidden token of forms. The key lives as long as the process set; sessions make the tokens differ.
#[derive(Clone)]
pub struct FormTokens {
    key: [u8; 32],
}

impl std::fmt::Debug for FormTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FormTokens")
    }
}

impl FormTokens {
    /// Tokens under a secret key, the same for all processes that serve one site.
    pub fn new(key: [u8; 32]) -> FormTokens {
        FormTokens { key }
    }

    /// The token of a session, for the hidden field `_token` (templates: `ui::token`).
    pub fn of_session(&self, session: &str) -> String {
        self.mac(session)
            .map(|mac| hex::encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Is this the session's token? Takes the same time for every wrong one.
    pub fn check(&self, session: &str, token: &str) -> Result<(), Problem> {
        let expected = self.of_session(session);
        let same: bool = expected.as_bytes().ct_eq(token.as_bytes()).into();
        if same && !expected.is_empty() {
            Ok(())
        } else {
            Err(Problem::cross_site())
        }
    }

    fn mac(&self, session: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(b"samen form token 1\0");
        mac.update(session.as_bytes());
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        assert!(from_ourselves(&headers(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "null")
        ])));
        assert!(!from_ourselves(&headers(&[(
            "sec-fetch-site",
            "cross-site"
        )])));
        assert!(!from_ourselves(&headers(&[(
            "sec-fetch-site",
            "same-site"
        )])));
        assert!(from_ourselves(&headers(&[
            ("origin", "https://a.nl"),
            ("host", "a.nl")
        ])));
        assert!(!from_ourselves(&headers(&[
            ("origin", "https://b.nl"),
            ("host", "a.nl")
        ])));
        assert!(from_ourselves(&headers(&[
            ("origin", "null"),
            ("host", "a.nl")
        ])));
    }

    #[test]
    fn a_token_fits_one_session() {
        let tokens = FormTokens::new([7; 32]);
        let token = tokens.of_session("s1");
        assert!(tokens.check("s1", &token).is_ok());
        assert!(tokens.check("s2", &token).is_err());
        assert!(tokens.check("s1", "").is_err());
    }
}
