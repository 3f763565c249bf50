//! What pages need of the vault's own words: filters, pages and cursors of lists, journal entries, errors. The web layer knows
//! the desk only; these are the vault's types under the desk's name, so that a page cannot reach past the use cases.

pub use vault::{
    Counts, Cursor, Entry, Filter, Head, How, JournalFilter, ListRow, Order, Page, RegionCounts,
    SignedHead, Store, StoreHealth, Touched, VaultError,
};
