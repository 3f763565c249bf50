//! How many people will be without a place, up to 28 nights ahead: a distribution, never one number.
//!
//! From the nights counted so far, by segment: the middle lies between tonight's count and the mean of everything known, how far is fitted for
//! each number of nights ahead. How far such middles were off on later nights (split-conformal calibration: Vovk, Gammerman and Shafer
//! 2005) is the distribution. Every segment lends the others its experience: errors are divided by what the count of a segment varies
//! by in four weeks first.
//!
//! It says nothing about a person, and it refuses when there are too few nights to say anything. Deterministic: only sums,
//! products and square roots, in a fixed order. What it is worth is measured on made-up years in `docs/placement.md`.

mod fit;
pub mod measure;

use serde::{Deserialize, Serialize};

pub use fit::Method;

/// How many nights ahead.
pub const AHEAD: usize = 28;
/// Nights before an origin that the fit looks at.
pub(crate) const LOOK_BACK: usize = 56;
/// Nights on which a forecast could have been made, for fitting and calibrating: half each.
const ORIGINS: usize = 84;
/// Nights without a gap that must have been counted.
pub const NEEDED: usize = LOOK_BACK + AHEAD + ORIGINS;
/// The distribution is kept in so many equally likely parts.
const PARTS: usize = 200;

/// The counted nights of a segment, oldest first and without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Which segment, such as a kind of shelter and a group.
    pub segment: String,
    /// Persons without a place, night by night.
    pub nights: Vec<u32>,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoForecast {
    /// Too few nights.
    #[error("{counted} nights were counted and {needed} are needed; wait {} more", needed - counted)]
    TooShort {
        /// Nights counted.
        counted: usize,
        /// Nights needed.
        needed: usize,
    },
    /// The segments do not cover the same nights.
    #[error(
        "the segments have unequal numbers of nights; give each one number a night, 0 included"
    )]
    Unequal,
    /// Nobody was ever without a place.
    #[error("nobody was without a place in any night, so there is nothing to learn from")]
    Nobody,
}

/// What is to be expected of a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// Which segment.
    pub segment: String,
    /// The nights ahead, the next one first.
    pub nights: Vec<Ahead>,
}

/// The distribution of one night ahead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ahead {
    /// Equally likely values, ascending.
    values: Vec<f64>,
}

impl Ahead {
    /// The value that is undershot with a chance of `share` (0 to 1), in people; not whole.
    pub fn quantile(&self, share: f64) -> f64 {
        let place = share * fit::real(self.values.len()) - 0.5;
        let below = fit::whole(place.max(0.0));
        let at = |n: usize| {
            self.values
                .get(n.min(self.values.len().max(1) - 1))
                .copied()
        };
        let (low, high) = (at(below).unwrap_or(0.0), at(below + 1).unwrap_or(0.0));
        low + (high - low) * (place - fit::real(below)).clamp(0.0, 1.0)
    }

    /// As many are without a place or more in half of the cases.
    pub fn median(&self) -> u32 {
        fit::people(self.quantile(0.5))
    }

    /// Eight in ten lie between these, both included, as nearly as whole people allow: of the bands around the middle the one that
    /// holds nearest to 80 % of the distribution.
    pub fn band(&self) -> (u32, u32) {
        let low = fit::people(self.quantile(0.1));
        let high = fit::people(self.quantile(0.9));
        let median = self.median();
        let holds = |low: u32, high: u32| {
            let inside = (self.values.iter()).filter(|v| (low..=high).contains(&fit::people(**v)));
            fit::real(inside.count()) / fit::real(self.values.len().max(1))
        };
        let mut best = (low, high);
        for tried in [(low + 1, high), (low, high.saturating_sub(1))] {
            let around = tried.0 <= median && median <= tried.1;
            let off = |band: (u32, u32)| (holds(band.0, band.1) - 0.8).abs();
            if around && off(tried) < off(best) {
                best = tried;
            }
        }
        best
    }

    /// The chance (0 to 1) that more than so many are without a place.
    pub fn more_than(&self, people: u32) -> f64 {
        let more = self.values.iter().filter(|v| fit::people(**v) > people);
        fit::real(more.count()) / fit::real(self.values.len().max(1))
    }
}

/// The forecast of each segment.
///
/// # Errors
///
/// When too few nights were counted, the segments have unequal lengths, or nobody was ever without a place.
pub fn forecast(history: &[Series]) -> Result<Vec<Outlook>, NoForecast> {
    forecast_by(Method::Between, history)
}

/// The same by a method of choice, to compare.
///
/// # Errors
///
/// As [`forecast`].
pub fn forecast_by(method: Method, history: &[Series]) -> Result<Vec<Outlook>, NoForecast> {
    let counted = history.first().map_or(0, |series| series.nights.len());
    if history.iter().any(|series| series.nights.len() != counted) {
        return Err(NoForecast::Unequal);
    }
    if counted < NEEDED {
        return Err(NoForecast::TooShort {
            counted,
            needed: NEEDED,
        });
    }
    if history.iter().all(|s| s.nights.iter().all(|n| *n == 0)) {
        return Err(NoForecast::Nobody);
    }
    let by_night: Vec<fit::Fitted> = (1..=AHEAD)
        .map(|ahead| fit::Fitted::of(method, history, ahead))
        .collect();
    Ok(history
        .iter()
        .map(|series| Outlook {
            segment: series.segment.clone(),
            nights: (by_night.iter())
                .map(|fitted| Ahead {
                    values: fitted.values(&series.nights, PARTS),
                })
                .collect(),
        })
        .collect())
}
