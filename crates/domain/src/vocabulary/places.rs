//! Where: provinces, police units, safety regions, municipalities, centre municipalities, care regions, countries.

use serde::Serialize;

use super::code::Code;
use super::entry::{Entry, Facts};
use super::organisations::OrganisationKindCode;
use super::row::Row;

/// A region of one of the [`RegionKind`]s.
pub type Region = Entry<RegionFacts>;
/// The code of a [`Region`]: `RE01`–`RE10`, `VR01`–`VR25` or `PV20`–`PV31`.
pub type RegionCode = Code<RegionFacts>;
/// A municipality (gemeente).
pub type Municipality = Entry<MunicipalityFacts>;
/// The code of a [`Municipality`], such as `GM0363`.
pub type MunicipalityCode = Code<MunicipalityFacts>;
/// A centre municipality for women's shelter (centrumgemeente vrouwenopvang).
pub type CentreMunicipality = Entry<CentreMunicipalityFacts>;
/// The code of a [`CentreMunicipality`]: that of the municipality itself.
pub type CentreMunicipalityCode = Code<CentreMunicipalityFacts>;
/// A home of care coordination and the safety regions it serves.
pub type CareRegion = Entry<CareRegionFacts>;
/// The code of a [`CareRegion`].
pub type CareRegionCode = Code<CareRegionFacts>;
/// A country or territory of ISO 3166-1.
pub type Country = Entry<CountryFacts>;
/// The code of a [`Country`]: ISO 3166-1 alpha-2.
pub type CountryCode = Code<CountryFacts>;

/// The kinds of region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionKind {
    /// A regional unit of the police (regionale eenheid).
    PoliceUnit,
    /// A safety region (veiligheidsregio).
    SafetyRegion,
    /// A province.
    Province,
}

/// What is known about a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionFacts {
    /// Its kind.
    pub kind: RegionKind,
    /// For a safety region: the police unit it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub police_unit: Option<RegionCode>,
}

impl Facts for RegionFacts {
    const LIST: &'static str = "regions";

    fn read(row: &mut Row<'_>) -> Self {
        const KINDS: &[(&str, RegionKind)] = &[
            ("police_unit", RegionKind::PoliceUnit),
            ("safety_region", RegionKind::SafetyRegion),
            ("province", RegionKind::Province),
        ];
        let kind = row.choice("kind", KINDS, RegionKind::Province);
        let police_unit = row.reference_or_none("police_unit");
        if (kind == RegionKind::SafetyRegion) != police_unit.is_some() {
            row.inconsistent(
                "a safety region, and only that, lies in a `police_unit`; add or remove it",
            );
        }
        Self { kind, police_unit }
    }
}

/// What is known about a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MunicipalityFacts {
    /// Its safety region.
    pub safety_region: RegionCode,
    /// Its regional police unit.
    pub police_unit: RegionCode,
    /// Its province.
    pub province: RegionCode,
}

impl Facts for MunicipalityFacts {
    const LIST: &'static str = "municipalities";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            safety_region: row.reference("safety_region"),
            police_unit: row.reference("police_unit"),
            province: row.reference("province"),
        }
    }
}

/// What is known about a centre municipality. Which municipalities it serves is not open data: the host adds that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CentreMunicipalityFacts {
    /// The municipality it is.
    pub municipality: MunicipalityCode,
}

impl Facts for CentreMunicipalityFacts {
    const LIST: &'static str = "centre_municipalities";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            municipality: row.reference("municipality"),
        }
    }
}

/// What is known about a home of care coordination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareRegionFacts {
    /// The safety regions it serves.
    pub safety_regions: Vec<RegionCode>,
    /// The kind of organisation that hosts it.
    pub home_kind: OrganisationKindCode,
    /// It serves people of this age in years and older; none means from birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_age: Option<u16>,
    /// It serves people younger than this age in years; none means without limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_age: Option<u16>,
}

impl CareRegionFacts {
    /// Whether the home serves somebody of this age in years, found in this safety region.
    /// An unknown age is taken as a minor's: doubt means minor.
    #[must_use]
    pub fn serves(&self, safety_region: &RegionCode, age: Option<u16>) -> bool {
        let age = age.unwrap_or(0);
        self.safety_regions.contains(safety_region)
            && self.from_age.is_none_or(|from| from <= age)
            && self.until_age.is_none_or(|until| age < until)
    }
}

impl Facts for CareRegionFacts {
    const LIST: &'static str = "care_regions";

    fn read(row: &mut Row<'_>) -> Self {
        let facts = Self {
            safety_regions: row.references("safety_regions"),
            home_kind: row.reference("home_kind"),
            from_age: row.number_or_none("from_age"),
            until_age: row.number_or_none("until_age"),
        };
        if facts.safety_regions.is_empty() {
            row.inconsistent(
                "a home of care coordination serves at least one region; add `safety_regions`",
            );
        }
        facts
    }
}

/// What is known about a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountryFacts {
    /// Its three-letter code of ISO 3166-1, as HTCDS and ministries use it.
    pub alpha3: String,
    /// Whether its citizens have free movement: European Union, EEA or Switzerland.
    pub free_movement: bool,
}

impl Facts for CountryFacts {
    const LIST: &'static str = "countries";

    fn read(row: &mut Row<'_>) -> Self {
        Self {
            alpha3: row.text("alpha3"),
            free_movement: row.yes("free_movement"),
        }
    }
}
