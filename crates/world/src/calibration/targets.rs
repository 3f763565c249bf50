//! What the finished world is measured against.

use super::Basis;

/// A share that the world must show, with its tolerance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// What is counted, over what.
    pub name: &'static str,
    /// Wanted, in parts per thousand (or years, for the mean age).
    pub wanted: f64,
    /// Allowed deviation, same unit.
    pub tolerance: f64,
    /// How far the wanted value may be trusted.
    pub basis: Basis,
}

const fn sourced(name: &'static str, wanted: f64, tolerance: f64) -> Target {
    Target {
        name,
        wanted,
        tolerance,
        basis: Basis::Sourced,
    }
}

const fn derived(name: &'static str, wanted: f64, tolerance: f64) -> Target {
    Target {
        name,
        wanted,
        tolerance,
        basis: Basis::Derived,
    }
}

const fn made_up(name: &'static str, wanted: f64, tolerance: f64) -> Target {
    Target {
        name,
        wanted,
        tolerance,
        basis: Basis::Reconstructed,
    }
}

/// Checked on 20,000 reports. The sources stand beside the tables of the same subject in this module.
pub const TARGETS: &[Target] = &[
    sourced("party POL", 310.0, 20.0),
    sourced("party ZCO", 283.0, 20.0),
    sourced("party FW", 242.0, 20.0),
    sourced("party NLA", 67.0, 15.0),
    sourced("party KMAR", 63.0, 15.0),
    sourced("party other", 35.0, 12.0),
    derived("form sexual", 450.0, 20.0),
    derived("form labour", 380.0, 20.0),
    derived("form criminal", 120.0, 15.0),
    derived("form other", 50.0, 10.0),
    derived("second form", 66.0, 10.0),
    derived("sex F", 580.0, 20.0),
    derived("sex M", 410.0, 20.0),
    derived("sex X", 10.0, 5.0),
    sourced("labour men", 640.0, 25.0),
    sourced("labour mean age in years", 34.0, 1.5),
    sourced("labour from other Europe", 590.0, 40.0),
    sourced("labour from Asia", 210.0, 30.0),
    sourced("sexual in less visible sectors", 890.0, 15.0),
    derived("age <12", 10.0, 4.0),
    derived("age 12-15", 20.0, 6.0),
    derived("age 16-17", 40.0, 8.0),
    derived("age 18-22", 150.0, 15.0),
    derived("age 23-29", 270.0, 20.0),
    derived("age 30-39", 280.0, 20.0),
    derived("age 40+", 170.0, 20.0),
    derived("age unknown", 60.0, 12.0),
    derived("Dutch", 165.0, 35.0),
    derived("Dutch sexual in four units", 770.0, 60.0),
    derived("later report on the same person", 145.0, 25.0),
    made_up("later report from another unit", 280.0, 60.0),
    made_up("in a network", 80.0, 12.0),
    made_up("unit Amsterdam", 160.0, 20.0),
    made_up("unit Den Haag", 150.0, 20.0),
    made_up("unit Limburg", 35.0, 12.0),
    sourced("NLA speaks to the person", 300.0, 35.0),
    derived("shelter requested", 330.0, 30.0),
    derived("nobody found a place", 99.0, 15.0),
    made_up("placed outside own region", 350.0, 60.0),
    made_up("median days to arrival", 2.0, 0.9),
    made_up("p90 days to arrival", 14.0, 2.0),
    derived("opinion asked", 54.0, 10.0),
    sourced("opinion not admitted", 158.0, 40.0),
    sourced("opinion withdrawn", 26.0, 18.0),
];
