//! The two cookies of professionals: session and language. Public pages set none.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// A cookie that only we may read, that no other site can send along, and that scripts cannot see.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    name: &'static str,
    name_tls: &'static str,
}

/// Holds the session's secret.
pub const SESSION: Cookie = Cookie {
    name: "samen-session",
    name_tls: "__Host-samen-session",
};

/// Holds the language that a professional chose.
pub const LANGUAGE: Cookie = Cookie {
    name: "samen-language",
    name_tls: "__Host-samen-language",
};

impl Cookie {
    /// `Set-Cookie` with this value; ends with the browser session unless `max_age` (seconds) is given. `tls`: [`crate::shell::Settings::tls`].
    pub fn set(self, tls: bool, value: &str, max_age: Option<u32>) -> Option<HeaderValue> {
        let age = max_age
            .map(|age| format!("; Max-Age={age}"))
            .unwrap_or_default();
        let secure = if tls { "; Secure" } else { "" };
        HeaderValue::from_str(&format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}",
            self.name(tls)
        ))
        .ok()
    }

    /// `Set-Cookie` that removes it.
    pub fn remove(self, tls: bool) -> Option<HeaderValue> {
        self.set(tls, "", Some(0))
    }

    /// Its value in a request.
    pub fn read(self, tls: bool, headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name(tls))
            .map(|(_, value)| value)
    }

    fn name(self, tls: bool) -> &'static str {
        if tls { self.name_tls } else { self.name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_read_and_remove() {
        let set = SESSION.set(true, "abc", None).unwrap();
        assert_eq!(
            set,
            "__Host-samen-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure"
        );
        let mut headers = HeaderMap::new();
        headers.insert(
            COOKIE,
            HeaderValue::from_static("a=b; __Host-samen-session=abc"),
        );
        assert_eq!(SESSION.read(true, &headers), Some("abc"));
        assert_eq!(SESSION.read(false, &headers), None);
        assert!(
            SESSION
                .remove(false)
                .unwrap()
                .to_str()
                .unwrap()
                .ends_with("Max-Age=0")
        );
    }
}
