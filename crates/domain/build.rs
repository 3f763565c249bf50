//! Tells cargo that a new file of the vocabulary changes this crate: the folder is built into it.
#![allow(clippy::print_stdout)]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../vocabulary");
}
