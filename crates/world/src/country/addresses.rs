//! Addresses that cannot exist, apart from everything else, for the address store only.
//!
//! Streets come from an invented list. Postcodes end in SA, SD or SS, letter pairs that PostNL never gives out.

use serde::{Deserialize, Serialize};

use super::shelters::Location;
use crate::dice::{Aspect, Dice};
use crate::places::municipality;

/// The address of one location. Never to be joined with anything but the location's identifier, never logged or indexed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Always true.
    pub made_up: bool,
    /// Location that it belongs to.
    pub location: String,
    /// Street.
    pub street: String,
    /// House number.
    pub house_number: u16,
    /// Postcode in the form `1234 SS`.
    pub postcode: String,
    /// Town.
    pub town: String,
}

impl std::fmt::Debug for Address {
    /// Hides all but the location, so that no address reaches a log by accident.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Address")
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

const STREETS: [&str; 24] = [
    "Nergensstraat",
    "Verzonnenlaan",
    "Bedenkselweg",
    "Sprookjesplantsoen",
    "Denkbeeldkade",
    "Fabelhof",
    "Schijnstraat",
    "Wensbeeldlaan",
    "Luchtkasteelweg",
    "Voorbeeldsteeg",
    "Droomduinpad",
    "Nevelvlinderhof",
    "Papierbootkade",
    "Spiegelmaanlaan",
    "Wolkenvangerstraat",
    "Kabouterbruglaan",
    "Zilverschaduwpad",
    "Letterboomhof",
    "Windroosverzinweg",
    "Maanvisgracht",
    "Regenboogbedenkstraat",
    "Vuurvliegverhaalpad",
    "Sterrenkaartsteeg",
    "Klokkentorenfantasiehof",
];

/// One address per location, in the same order.
pub(crate) fn addresses(seed: u64, locations: &[Location]) -> Vec<Address> {
    let mut dice = Dice::new(seed, Aspect::Static, 2);
    locations
        .iter()
        .map(|location| Address {
            made_up: true,
            location: location.id.clone(),
            street: (*dice.pick(&STREETS)).to_owned(),
            house_number: 1 + dice.below(180) as u16,
            postcode: format!(
                "{} {}",
                1000 + dice.below(9000),
                dice.pick(&["SA", "SD", "SS"])
            ),
            town: municipality(&location.municipality)
                .map_or_else(String::new, |town| town.name.to_owned()),
        })
        .collect()
}
