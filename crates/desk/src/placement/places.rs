//! Where things are, as far as a rule needs it: centres of municipalities, and what of a location may be shown.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::code::{MunicipalityCode, RegionCode};
use domain::room::KmSquare;
use serde::{Deserialize, Serialize};

/// Added to each radius: a circle is drawn around the centre of a municipality and a location is known by the centre of
/// its municipality, so that the house itself may lie some kilometres nearer.
pub const AVOID_MARGIN_KM: u16 = 5;

/// A region is shown when at least this many locations share it; else the location is somewhere in the country.
const SHARED_BY: usize = 3;

static CENTRES: LazyLock<BTreeMap<&'static str, KmSquare>> = LazyLock::new(|| {
    include_str!("centres.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split(',');
            let code = cells.next()?;
            let x_km = cells.next()?.parse().ok()?;
            let y_km = cells.next()?.parse().ok()?;
            Some((code, KmSquare { x_km, y_km }))
        })
        .collect()
});

/// The centre of a municipality, to whole kilometres.
pub(super) fn centre(municipality: &MunicipalityCode) -> Option<KmSquare> {
    CENTRES.get(municipality.as_str()).copied()
}

/// What of a location's place may be shown to who searches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "where", content = "region", rename_all = "snake_case")]
pub enum Shown {
    /// The region, shared by at least three locations.
    Region(RegionCode),
    /// Elsewhere in the country.
    Elsewhere,
}

/// How many locations each region has.
#[derive(Debug, Default)]
pub(super) struct Sharing(BTreeMap<RegionCode, usize>);

impl Sharing {
    pub(super) fn of<'a>(regions: impl Iterator<Item = &'a RegionCode>) -> Sharing {
        let mut counts = BTreeMap::new();
        for region in regions {
            *counts.entry(region.clone()).or_insert(0) += 1;
        }
        Sharing(counts)
    }

    pub(super) fn shown(&self, region: &RegionCode) -> Shown {
        match self.0.get(region) {
            Some(n) if *n >= SHARED_BY => Shown::Region(region.clone()),
            _ => Shown::Elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_of_the_vocabulary_has_its_centre() {
        let vocabulary = domain::vocabulary::Vocabulary::builtin().unwrap();
        for municipality in vocabulary.municipalities.all() {
            let centre = centre(&municipality.code).unwrap();
            assert!((10..=280).contains(&centre.x_km), "{centre:?}");
            assert!((300..=630).contains(&centre.y_km), "{centre:?}");
        }
    }

    #[test]
    fn a_region_of_two_locations_is_not_named() {
        let region = |code: &str| RegionCode::new(code).unwrap();
        let all = [
            region("PV21"),
            region("PV21"),
            region("PV23"),
            region("PV23"),
            region("PV23"),
        ];
        let sharing = Sharing::of(all.iter());
        assert_eq!(sharing.shown(&region("PV21")), Shown::Elsewhere);
        assert_eq!(
            sharing.shown(&region("PV23")),
            Shown::Region(region("PV23"))
        );
        assert_eq!(sharing.shown(&region("PV31")), Shown::Elsewhere);
    }
}
