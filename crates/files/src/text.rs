//! Plain text: UTF-8 without control characters, so that nothing else hides under the name.

use domain::attachment::FileFault;

#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The first bytes of a character that has not come whole yet: three at most.
    begun: Vec<u8>,
}

impl Text {
    pub(crate) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), FileFault> {
        let mut whole = std::mem::take(&mut self.begun);
        whole.extend_from_slice(bytes);
        let end = match std::str::from_utf8(&whole) {
            Ok(_) => whole.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Err(FileFault::UnknownKind),
        };
        let (now, later) = whole.split_at(end);
        if now.iter().any(is_control) {
            return Err(FileFault::UnknownKind);
        }
        out.extend_from_slice(now);
        self.begun = later.to_vec();
        Ok(())
    }

    pub(crate) fn end(self) -> Result<(), FileFault> {
        match self.begun.is_empty() {
            true => Ok(()),
            false => Err(FileFault::UnknownKind),
        }
    }
}

/// Control characters of ASCII but tab, line end and page end.
fn is_control(byte: &u8) -> bool {
    (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C)) || *byte == 0x7F
}
