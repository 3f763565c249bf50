//! Hygiene of text that people typed.

/// One line of plain text: line ends and tabs become spaces, runs of spaces one; control characters and characters that turn the reading
/// direction or hide text are dropped, because in a signed letter what is read must be what is there. Letters of every script stay.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_hidden(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters without a picture that change or hide what stands around them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200e}' | '\u{200f}' // direction marks
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // embeddings, overrides, isolates
            | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn keeps_letters_and_drops_what_hides() {
        assert_eq!(clean(" Eén\tregel\r\nen  nog een "), "Eén regel en nog een");
        assert_eq!(clean("a\u{202e}b\u{0}c\u{200b}d\u{ffff}"), "abcd");
        assert_eq!(clean("مرحبا, ሰላም, 你好"), "مرحبا, ሰላም, 你好");
    }
}
