//! How much a file may be. The defaults are far above any honest template and far below what hurts a small server.

/// Limits on one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it comes in.
    pub file_bytes: u64,
    /// Bytes it unpacks to (a spreadsheet is a ZIP archive), and bytes of text in all cells together.
    pub unpacked_bytes: u64,
    /// Files inside a spreadsheet.
    pub parts: usize,
    /// Rows, empty ones included.
    pub rows: u64,
    /// Columns.
    pub columns: usize,
    /// Characters in one cell; a spreadsheet program allows 32,767.
    pub cell_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            unpacked_bytes: 128 << 20,
            parts: 2_000,
            rows: 200_000,
            columns: 1_000,
            cell_chars: 32_767,
        }
    }
}
