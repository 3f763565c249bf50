//! Age as far as it is known. Doubt means minor (art. 13 lid 2 Directive 2011/36/EU; art. 10 lid 3 Council of Europe
//! Convention on trafficking: who may be a child is treated as a child until the age is known).

use crate::time::Approx;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Legal majority in years (art. 1:233 BW).
pub const MAJORITY: u8 = 18;

/// What is known of somebody's age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "snake_case", deny_unknown_fields)]
pub enum Age {
    /// The date of birth is known.
    Certain {
        /// Date of birth.
        born: Date,
    },
    /// Between two ages in whole years, both possible, judged on a day.
    Estimated {
        /// Youngest the person may be.
        low: u8,
        /// Oldest the person may be.
        high: u8,
        /// The day on which it was judged; the bounds grow from there.
        as_of: Date,
    },
    /// Not known.
    #[default]
    Unknown,
}

/// An estimate that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgeError {
    /// The bounds are the wrong way round.
    #[error("age between {low} and {high} years: the first must not be above the second")]
    BoundsReversed {
        /// Lower bound given.
        low: u8,
        /// Upper bound given.
        high: u8,
    },
    /// Nobody is that old.
    #[error("age of {years} years: at most 120 is taken")]
    TooOld {
        /// Years given.
        years: u8,
    },
    /// Born after the day of reference.
    #[error("born on {born}, which is after {today}")]
    BornInFuture {
        /// Date of birth given.
        born: Date,
        /// Day of reference.
        today: Date,
    },
}

/// Why somebody counts as a minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MinorBecause {
    /// Born less than eighteen years before.
    Born,
    /// The estimate reaches below eighteen.
    EstimateReachesBelow18,
    /// The age is not known.
    AgeUnknown,
}

/// Minor or adult on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Minority {
    /// Treated as a minor.
    Minor {
        /// Certain, or by doubt.
        because: MinorBecause,
    },
    /// Adult beyond doubt.
    Adult,
}

impl Minority {
    /// Treated as a minor?
    #[must_use]
    pub fn is_minor(self) -> bool {
        matches!(self, Self::Minor { .. })
    }
}

/// Age in whole years, without the date of birth: what leaves a compartment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "years", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgeInYears {
    /// Known exactly.
    Exactly {
        /// Years.
        age: u8,
    },
    /// Between two ages.
    Between {
        /// Youngest.
        low: u8,
        /// Oldest.
        high: u8,
    },
    /// Not known.
    Unknown,
}

impl Age {
    /// A known date of birth, checked against the day of reference.
    pub fn certain(born: Date, today: Date) -> Result<Self, AgeError> {
        if born > today {
            return Err(AgeError::BornInFuture { born, today });
        }
        match years_between(born, today) {
            years if years > 120 => Err(AgeError::TooOld { years }),
            _ => Ok(Self::Certain { born }),
        }
    }

    /// An estimate in whole years, judged on `as_of`.
    pub fn estimated(low: u8, high: u8, as_of: Date) -> Result<Self, AgeError> {
        if low > high {
            return Err(AgeError::BoundsReversed { low, high });
        }
        if high > 120 {
            return Err(AgeError::TooOld { years: high });
        }
        Ok(Self::Estimated { low, high, as_of })
    }

    /// Minor or adult on a day. Any doubt means minor.
    #[must_use]
    pub fn is_minor_on(&self, date: Date) -> Minority {
        let because = match self {
            Self::Certain { .. } => MinorBecause::Born,
            Self::Estimated { .. } => MinorBecause::EstimateReachesBelow18,
            Self::Unknown => MinorBecause::AgeUnknown,
        };
        match self.bounds_on(date) {
            Some((low, _)) if low >= MAJORITY => Minority::Adult,
            _ => Minority::Minor { because },
        }
    }

    /// Surely younger than `years` on a day? Unknown and overlapping estimates are not sure.
    #[must_use]
    pub fn surely_under(&self, years: u8, date: Date) -> bool {
        self.bounds_on(date).is_some_and(|(_, high)| high < years)
    }

    /// Surely at least `years` on a day?
    #[must_use]
    pub fn surely_at_least(&self, years: u8, date: Date) -> bool {
        self.bounds_on(date).is_some_and(|(low, _)| low >= years)
    }

    /// Age in whole years on a day.
    #[must_use]
    pub fn in_years_on(&self, date: Date) -> AgeInYears {
        match self.bounds_on(date) {
            None => AgeInYears::Unknown,
            Some((low, high)) if low == high => AgeInYears::Exactly { age: low },
            Some((low, high)) => AgeInYears::Between { low, high },
        }
    }

    /// Age in whole years when the exploitation began, as far as both are known.
    #[must_use]
    pub fn at_start(&self, start: Option<Approx>) -> AgeInYears {
        let Some(start) = start else {
            return AgeInYears::Unknown;
        };
        match (self.bounds_on(start.earliest), self.bounds_on(start.latest)) {
            (Some((low, _)), Some((_, high))) if low == high => AgeInYears::Exactly { age: low },
            (Some((low, _)), Some((_, high))) => AgeInYears::Between { low, high },
            _ => AgeInYears::Unknown,
        }
    }

    /// Minor when the exploitation began? An unknown start leaves doubt, and doubt means minor.
    #[must_use]
    pub fn was_minor_at_start(&self, start: Option<Approx>) -> Minority {
        match start {
            Some(start) => self.is_minor_on(start.earliest),
            None => Minority::Minor {
                because: MinorBecause::AgeUnknown,
            },
        }
    }

    /// The day on which the person surely reaches an age, if a date of birth is known. Born on 29 February: 1 March.
    #[must_use]
    pub fn birthday(&self, years: u8) -> Option<Date> {
        let Self::Certain { born } = self else {
            return None;
        };
        let year = born.year().checked_add(i16::from(years))?;
        Date::new(year, born.month(), born.day())
            .or_else(|_| Date::new(year, 3, 1))
            .ok()
    }

    fn bounds_on(&self, date: Date) -> Option<(u8, u8)> {
        match *self {
            Self::Certain { born } if born <= date => {
                let years = years_between(born, date);
                Some((years, years))
            }
            Self::Estimated { low, high, as_of } => Some(shift(low, high, as_of, date)),
            Self::Certain { .. } | Self::Unknown => None,
        }
    }
}

/// An estimate grows with the years that have passed for certain; before the day of judging it shrinks likewise.
fn shift(low: u8, high: u8, as_of: Date, date: Date) -> (u8, u8) {
    if date >= as_of {
        let passed = years_between(as_of, date);
        let begun = if full_years(as_of, date) {
            passed
        } else {
            passed.saturating_add(1)
        };
        (low.saturating_add(passed), high.saturating_add(begun))
    } else {
        let before = years_between(date, as_of);
        let begun = if full_years(date, as_of) {
            before
        } else {
            before.saturating_add(1)
        };
        (low.saturating_sub(begun), high.saturating_sub(before))
    }
}

fn full_years(from: Date, to: Date) -> bool {
    (from.month(), from.day()) == (to.month(), to.day())
}

/// Whole years from one day to a later one; who was born on 29 February has a birthday on 1 March in common years.
fn years_between(from: Date, to: Date) -> u8 {
    let mut years = to.year().saturating_sub(from.year());
    if (to.month(), to.day()) < (from.month(), from.day()) {
        years = years.saturating_sub(1);
    }
    u8::try_from(years.max(0)).unwrap_or(u8::MAX)
}
