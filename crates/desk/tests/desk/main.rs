//! The use cases on a real embedded vault. One test binary; a module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod case;
mod intake;
mod letter;
mod opinion;
mod plan;
mod placement;
mod reflection;
mod registration;
mod report;
mod support;
