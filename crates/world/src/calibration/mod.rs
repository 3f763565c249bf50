//! Every number on which the made-up country rests, with its source and whether that source says it or we made it up.
//!
//! Shares are in parts per thousand unless a table says otherwise. [`TARGETS`] lists what the finished world is measured against.

pub mod course;
mod targets;
pub mod who;

pub use targets::{TARGETS, Target};

/// How far a number may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A published source says it.
    Sourced,
    /// Calculated from published numbers, or proposed on their ground for synthetic data.
    Derived,
    /// Reconstructed for demonstration; nobody has published it, and it may never be shown as a fact.
    Reconstructed,
}

/// A table of shares with where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Shares<T: 'static> {
    /// Values with their weights.
    pub rows: &'static [(T, u32)],
    /// How far it may be trusted.
    pub basis: Basis,
    /// Publication and table, or the reasoning.
    pub source: &'static str,
}

/// A single number with where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Sourced<T> {
    /// The number.
    pub value: T,
    /// How far it may be trusted.
    pub basis: Basis,
    /// Publication and table, or the reasoning.
    pub source: &'static str,
}

pub(crate) const fn sourced<T: Copy>(value: T, source: &'static str) -> Sourced<T> {
    Sourced {
        value,
        basis: Basis::Sourced,
        source,
    }
}

pub(crate) const fn derived<T: Copy>(value: T, source: &'static str) -> Sourced<T> {
    Sourced {
        value,
        basis: Basis::Derived,
        source,
    }
}

pub(crate) const fn reconstructed<T: Copy>(value: T, source: &'static str) -> Sourced<T> {
    Sourced {
        value,
        basis: Basis::Reconstructed,
        source,
    }
}
