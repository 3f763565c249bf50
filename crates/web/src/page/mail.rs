//! A letter begun in the reader's own mail program (RFC 6068). Samen sends no mail itself: it keeps no addresses of people for that, and what
//! an office sends stands in the office's own archive.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands as it is: the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address of a letter to nobody yet, with its subject and paragraphs.
pub fn begun<'a>(subject: &str, paragraphs: impl IntoIterator<Item = &'a str>) -> String {
    let paragraphs: Vec<&str> = paragraphs.into_iter().collect();
    let body = paragraphs.join("\r\n\r\n");
    let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
    format!(
        "mailto:?subject={}&body={}",
        encoded(subject),
        encoded(&body)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_another_field_of_the_letter() {
        let made = begun("Één & twee", ["a?b&cc=x@y", "regel\ntwee 100%"]);
        assert_eq!(
            made,
            "mailto:?subject=%C3%89%C3%A9n%20%26%20twee&body=a%3Fb%26cc%3Dx%40y%0D%0A%0D%0Aregel%0Atwee%20100%25"
        );
    }
}
