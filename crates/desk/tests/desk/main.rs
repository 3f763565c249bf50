//! The use cases on a real embedded vault. One test binary; a module a subject.

mod case;
mod registration;
mod report;
mod support;
