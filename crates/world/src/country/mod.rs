//! What stands still in the made-up country: organisations, shelters, what they told lately, their addresses, and the networks behind reports.

pub(crate) mod addresses;
pub(crate) mod daily;
pub(crate) mod networks;
pub(crate) mod organisations;
pub(crate) mod shelters;
