//! The use cases on a real embedded vault. One test binary; a module a subject.

mod intake;
mod reflection;
mod report;
mod support;
