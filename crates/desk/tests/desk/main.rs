//! The use cases on a real embedded vault. One test binary; a module a subject.

mod letter;
mod opinion;
mod plan;
mod report;
mod support;
