//! People of the made-up country: possible victims in truth, how reports get them wrong, and the staff who help them.

pub(crate) mod identifiers;
pub(crate) mod names;
pub(crate) mod staff;
pub(crate) mod truth;
pub(crate) mod variants;
