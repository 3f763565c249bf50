//! `multipart/form-data` (RFC 7578) split while it comes in. Strict, and never more in memory than one piece of the body and
//! one head of a part: the library that axum brings reads on for as long as bytes are there, into memory.

use axum::body::Bytes;

/// The longest head of a part, in bytes.
const LONGEST_HEAD: usize = 4 * 1024;
/// The longest boundary (RFC 2046).
const LONGEST_BOUNDARY: usize = 70;

/// What stands at the head of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// Name of the field.
    pub(super) name: String,
    /// A file; of its name only whether there is one is read. An empty one is that of a field in which nothing was chosen.
    pub(super) file: Option<Chosen>,
}

/// Whether a file was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    Yes,
    No,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A part begins.
    Head(Head),
    /// Content of the part.
    Data(Bytes),
    /// The part has ended.
    End,
    /// Behind the last part.
    Last,
    /// More must come first.
    More,
}

/// The body is not what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first boundary.
    Begin,
    /// Behind a boundary.
    Boundary,
    Head,
    Data,
    Last,
}

#[derive(Debug)]
pub(super) struct Split {
    /// What stands between parts, with the line end before it.
    between: Vec<u8>,
    buffer: Vec<u8>,
    at: At,
}

/// The boundary that a content type names.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?
        .1
        .trim()
        .trim_matches('"');
    let sound = !boundary.is_empty()
        && boundary.len() <= LONGEST_BOUNDARY
        && boundary.bytes().all(|b| b.is_ascii_graphic());
    sound.then(|| boundary.to_owned())
}

impl Split {
    pub(super) fn new(boundary: &str) -> Split {
        Split {
            between: format!("\r\n--{boundary}").into_bytes(),
            // The first boundary stands at the beginning of the body, as if a line had ended before it.
            buffer: b"\r\n".to_vec(),
            at: At::Begin,
        }
    }

    /// Takes the next bytes of the body. Only after [`Piece::More`], so that nothing piles up.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    pub(super) fn next(&mut self) -> Result<Piece, Malformed> {
        match self.at {
            At::Begin => match self.begins_with_boundary() {
                None => Ok(Piece::More),
                Some(false) => Err(Malformed),
                Some(true) => {
                    self.drop_first(self.between.len());
                    self.at = At::Boundary;
                    self.next()
                }
            },
            At::Boundary => match self.buffer.get(..2) {
                None => Ok(Piece::More),
                Some(b"\r\n") => {
                    self.drop_first(2);
                    self.at = At::Head;
                    self.next()
                }
                Some(b"--") => {
                    self.at = At::Last;
                    Ok(Piece::Last)
                }
                Some(_) => Err(Malformed),
            },
            At::Head => self.head(),
            At::Data => Ok(self.data()),
            At::Last => Ok(Piece::Last),
        }
    }

    fn begins_with_boundary(&self) -> Option<bool> {
        match self.buffer.get(..self.between.len()) {
            Some(begin) => Some(begin == self.between),
            None if self.between.starts_with(&self.buffer) => None,
            None => Some(false),
        }
    }

    fn head(&mut self) -> Result<Piece, Malformed> {
        let Some(end) = find(&self.buffer, b"\r\n\r\n") else {
            return match self.buffer.len() > LONGEST_HEAD {
                true => Err(Malformed),
                false => Ok(Piece::More),
            };
        };
        if end > LONGEST_HEAD {
            return Err(Malformed);
        }
        let head = read_head(self.buffer.get(..end).unwrap_or_default())?;
        // The line end before the content is also the one before a boundary that follows at once.
        self.drop_first(end + 4);
        self.at = At::Data;
        Ok(Piece::Head(head))
    }

    fn data(&mut self) -> Piece {
        match find(&self.buffer, &self.between) {
            Some(0) => {
                self.drop_first(self.between.len());
                self.at = At::Boundary;
                Piece::End
            }
            Some(end) => Piece::Data(self.take(end)),
            None => {
                // The end of what is there may be the beginning of a boundary.
                let sure = self.buffer.len().saturating_sub(self.between.len() - 1);
                match sure {
                    0 => Piece::More,
                    sure => Piece::Data(self.take(sure)),
                }
            }
        }
    }

    fn drop_first(&mut self, bytes: usize) {
        self.buffer.drain(..bytes.min(self.buffer.len()));
    }

    fn take(&mut self, bytes: usize) -> Bytes {
        let rest = self.buffer.split_off(bytes.min(self.buffer.len()));
        Bytes::from(std::mem::replace(&mut self.buffer, rest))
    }
}

/// Where `what` begins. Content rarely holds its first byte, a carriage return, so looking for that first is fast.
fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes.get(from + at..)?.starts_with(what) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

fn read_head(bytes: &[u8]) -> Result<Head, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
    let mut dispositions = text.split("\r\n").filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("content-disposition")
            .then(|| value.trim())
    });
    let (Some(disposition), None) = (dispositions.next(), dispositions.next()) else {
        return Err(Malformed);
    };
    let mut head = Head {
        name: String::new(),
        file: None,
    };
    let mut parameters = parameters(disposition).into_iter();
    if parameters.next().as_deref() != Some("form-data") {
        return Err(Malformed);
    }
    for parameter in parameters {
        let (name, value) = parameter.split_once('=').ok_or(Malformed)?;
        match name.trim().to_ascii_lowercase().as_str() {
            "name" if head.name.is_empty() => value.clone_into(&mut head.name),
            "name" => return Err(Malformed),
            "filename" | "filename*" => {
                head.file = Some(match value.is_empty() && head.file != Some(Chosen::Yes) {
                    true => Chosen::No,
                    false => Chosen::Yes,
                });
            }
            _ => {}
        }
    }
    match head.name.is_empty() {
        true => Err(Malformed),
        false => Ok(head),
    }
}

/// The parts between semicolons that stand in no quotes, without those quotes. Browsers write a quote in a value as `%22`.
fn parameters(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            ';' if !quoted => out.push(String::new()),
            other => {
                if let Some(last) = out.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    out.iter().map(|part| part.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits a body that comes in pieces of this size; the content of each part by its name.
    fn split(pieces: usize, body: &[u8]) -> Result<Vec<(Head, Vec<u8>)>, Malformed> {
        let mut split = Split::new("grens");
        let mut out: Vec<(Head, Vec<u8>)> = Vec::new();
        let mut body = body.chunks(pieces);
        loop {
            match split.next()? {
                Piece::Head(head) => out.push((head, Vec::new())),
                Piece::Data(data) => out.last_mut().unwrap().1.extend_from_slice(&data),
                Piece::End => {}
                Piece::Last => return Ok(out),
                Piece::More => split.push(body.next().ok_or(Malformed)?),
            }
        }
    }

    fn head(name: &str, file: Option<Chosen>) -> Head {
        Head {
            name: name.to_owned(),
            file,
        }
    }

    #[test]
    fn parts_come_out_whatever_the_pieces() {
        let body = b"--grens\r\nContent-Disposition: form-data; name=\"story\"\r\n\r\nregel 1\r\n--gren\r\n\r\n--grens\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"van Anna; nr 3.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\
            \r\n\r--\r\n--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--grens--\r\n";
        let whole = split(body.len(), body).unwrap();
        assert_eq!(
            whole,
            [
                (head("story", None), b"regel 1\r\n--gren\r\n".to_vec()),
                (head("file", Some(Chosen::Yes)), b"\r\n\r--".to_vec()),
                (head("file", Some(Chosen::No)), Vec::new()),
            ]
        );
        for pieces in 1..body.len() {
            assert_eq!(split(pieces, body).unwrap(), whole);
        }
    }

    #[test]
    fn what_is_cut_off_at_any_place_never_ends_well() {
        let body = b"--grens\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--grens--";
        assert!(split(7, body).is_ok());
        for end in 0..body.len() {
            assert!(split(7, &body[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        let refused: [&[u8]; 7] = [
            b"vooraf\r\n--grens\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--grens--",
            b"--andere\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--andere--",
            b"--grensloos\r\n\r\n",
            b"--grens\r\nContent-Type: text/plain\r\n\r\nx\r\n--grens--",
            b"--grens\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--grens--",
            b"--grens\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--grens--",
            b"--grens\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\nx\r\n--grens--",
        ];
        for body in refused {
            assert_eq!(split(5, body), Err(Malformed));
        }
        let long = [b"--grens\r\nX: ".to_vec(), vec![b'x'; LONGEST_HEAD]].concat();
        assert_eq!(split(100, &long), Err(Malformed));
    }

    #[test]
    fn a_boundary_is_named_and_short() {
        let of = |text: &str| boundary(text);
        assert_eq!(
            of("multipart/form-data; boundary=----WebKitFormBoundaryAb1").as_deref(),
            Some("----WebKitFormBoundaryAb1")
        );
        assert_eq!(of("Multipart/Form-Data;boundary=\"a b\""), None);
        assert_eq!(
            of("multipart/form-data; boundary=\"ab\"").as_deref(),
            Some("ab")
        );
        for none in [
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/mixed; boundary=a",
            "application/x-www-form-urlencoded",
        ] {
            assert_eq!(of(none), None);
        }
        assert_eq!(
            of(&format!("multipart/form-data; boundary={}", "x".repeat(71))),
            None
        );
    }
}
