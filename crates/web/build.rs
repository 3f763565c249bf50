//! Tells cargo that a new file among the texts or the style sheets changes this crate: they are built into it.
#![allow(clippy::print_stdout)]

fn main() {
    println!("cargo::rerun-if-changed=../../locales");
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=templates");
}
