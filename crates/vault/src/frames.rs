//! The frames of a backup file: rows in sealed, numbered pieces.

use std::io::{Read, Write};

use crate::backup::file_error;
use crate::seal::{self, Key};
use crate::{Result, VaultError};

const FRAME: usize = 256 * 1024;

/// Takes everything and keeps nothing.
pub(crate) struct Sink;

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        Ok(buf.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Rows in sealed frames, numbered, so that none can be left out, moved or altered.
pub(crate) struct Frames<'a> {
    out: &'a mut (dyn Write + Send),
    key: Key,
    header: String,
    chance: &'a dyn crate::Chance,
    number: u64,
    buffer: Vec<u8>,
    /// Only the hash is wanted: nothing is sealed or written.
    counting: bool,
}

/// What a frame is bound to: the file's header (so that this cannot be altered either) and its number.
fn frame_place(header: &str, number: u64, last: bool) -> Vec<u8> {
    seal::place(&[
        "backup",
        header,
        &number.to_string(),
        if last { "last" } else { "more" },
    ])
}

impl<'a> Frames<'a> {
    pub(crate) fn new(
        out: &'a mut (dyn Write + Send),
        key: Key,
        header: &str,
        chance: &'a dyn crate::Chance,
    ) -> Self {
        Frames {
            out,
            key,
            header: header.to_owned(),
            chance,
            number: 0,
            buffer: Vec::with_capacity(FRAME * 2),
            counting: false,
        }
    }

    /// Takes rows and writes nothing.
    pub(crate) fn counting(
        out: &'a mut (dyn Write + Send),
        key: Key,
        chance: &'a dyn crate::Chance,
    ) -> Self {
        Frames {
            counting: true,
            ..Frames::new(out, key, "", chance)
        }
    }

    pub(crate) fn row(&mut self, tag: u8, bytes: &[u8]) -> std::io::Result<()> {
        if self.counting {
            return Ok(());
        }
        self.buffer.push(tag);
        self.buffer
            .extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= FRAME {
            self.frame(false)?;
        }
        Ok(())
    }

    fn frame(&mut self, last: bool) -> std::io::Result<()> {
        let place = frame_place(&self.header, self.number, last);
        let sealed = seal::seal(&self.key, &place, &self.buffer, self.chance);
        self.out.write_all(&[u8::from(last)])?;
        self.out.write_all(&(sealed.len() as u64).to_be_bytes())?;
        self.out.write_all(&sealed)?;
        self.number += 1;
        self.buffer.clear();
        Ok(())
    }

    pub(crate) fn finish(mut self) -> std::io::Result<()> {
        self.frame(true)?;
        self.out.flush()
    }
}

/// Reads the frames back; what is cut off, altered or out of its place is an error.
pub(crate) struct FrameReader<'a> {
    input: &'a mut (dyn Read + Send),
    key: Key,
    header: String,
    file: String,
    number: u64,
    last: bool,
    buffer: Vec<u8>,
    at: usize,
}

impl<'a> FrameReader<'a> {
    pub(crate) fn new(
        input: &'a mut (dyn Read + Send),
        key: Key,
        header: &str,
        file: String,
    ) -> Self {
        FrameReader {
            input,
            key,
            header: header.to_owned(),
            file,
            number: 0,
            last: false,
            buffer: Vec::new(),
            at: 0,
        }
    }

    fn damaged(&self) -> VaultError {
        file_error(
            &self.file,
            format!(
                "part {} of the backup is cut off or altered",
                self.number + 1
            ),
        )
    }

    fn next_frame(&mut self) -> Result<()> {
        if self.last {
            return Err(self.damaged());
        }
        let mut head = [0u8; 9];
        self.input
            .read_exact(&mut head)
            .map_err(|_| self.damaged())?;
        let last = head[0] == 1;
        let mut length = [0u8; 8];
        length.copy_from_slice(&head[1..]);
        let length = u64::from_be_bytes(length);
        // A frame holds one row more than its nominal size at most; rows are far below 64 MiB.
        if length > 80 * 1024 * 1024 {
            return Err(self.damaged());
        }
        let mut sealed = Vec::new();
        let read = std::io::Read::take(&mut self.input, length).read_to_end(&mut sealed);
        if read.map_or(true, |n| n as u64 != length) {
            return Err(self.damaged());
        }
        let place = frame_place(&self.header, self.number, last);
        let plain = seal::open(&self.key, &place, &sealed).ok_or_else(|| self.damaged())?;
        self.buffer.clear();
        self.buffer.extend_from_slice(&plain);
        self.at = 0;
        self.last = last;
        self.number += 1;
        Ok(())
    }

    pub(crate) fn row(&mut self) -> Result<(u8, Vec<u8>)> {
        while self.at >= self.buffer.len() {
            self.next_frame()?;
        }
        let rest = &self.buffer[self.at..];
        let (head, rest) = rest.split_at_checked(9).ok_or_else(|| self.damaged())?;
        let mut length = [0u8; 8];
        length.copy_from_slice(&head[1..]);
        let length = usize::try_from(u64::from_be_bytes(length)).map_err(|_| self.damaged())?;
        let bytes = rest.get(..length).ok_or_else(|| self.damaged())?.to_vec();
        let tag = head[0];
        self.at += 9 + length;
        Ok((tag, bytes))
    }

    /// Nothing may follow, in the last frame or behind it.
    pub(crate) fn expect_end(&mut self) -> Result<()> {
        if !self.last {
            self.next_frame()?;
        }
        let at_end = matches!(self.input.read(&mut [0u8; 1]), Ok(0));
        if self.last && self.at >= self.buffer.len() && at_end {
            return Ok(());
        }
        Err(self.damaged())
    }
}
