//! From resampled estimates to limits: the BCa interval of Efron (1987), with quantiles of Hyndman and Fan's eighth type (1996).

use statrs::distribution::{ContinuousCDF, Normal};

/// With fewer resamples than this beyond a limit, another seed gives another limit.
pub(crate) const RESOLVED_BY: f64 = 10.0;

/// What the delete-one estimates say of how the spread grows with the value.
///
/// `left_out` holds each estimate without one person and how many persons are alike.
pub(crate) fn acceleration(left_out: &[(f64, f64)]) -> f64 {
    let people: f64 = left_out.iter().map(|(_, weight)| weight).sum();
    if people <= 0.0 {
        return 0.0;
    }
    let mean = left_out
        .iter()
        .map(|(value, weight)| value * weight)
        .sum::<f64>()
        / people;
    let moment = |power: i32| -> f64 {
        let parts = left_out.iter();
        parts
            .map(|(value, weight)| weight * (mean - value).powi(power))
            .sum()
    };
    let spread = moment(2);
    if spread <= 0.0 {
        return 0.0;
    }
    let acceleration = moment(3) / (6.0 * spread.powf(1.5));
    if acceleration.is_finite() {
        acceleration
    } else {
        0.0
    }
}

/// Resampled estimates in order, with what corrects their bias and skew.
#[derive(Debug)]
pub(crate) struct Resampled {
    sorted: Vec<f64>,
    bias: f64,
    acceleration: f64,
}

/// One interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Whether enough resamples lie beyond both limits.
    pub(crate) resolved: bool,
}

impl Resampled {
    /// From estimates of resampled tables and the estimate itself; `None` without any.
    pub(crate) fn new(mut values: Vec<f64>, estimate: f64, acceleration: f64) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let count = as_float(values.len());
        let below = as_float(values.partition_point(|value| *value < estimate));
        // With all on one side the correction has no finite value; half a resample stands for the missing side.
        let share = (below / count).clamp(0.5 / count, 1.0 - 0.5 / count);
        Some(Self {
            bias: Normal::standard().inverse_cdf(share),
            sorted: values,
            acceleration,
        })
    }

    /// The interval that should hold the truth in `share` of the cases.
    pub(crate) fn interval(&self, share: f64) -> Interval {
        let tail = (1.0 - share) / 2.0;
        let (low, high) = (self.level(tail), self.level(1.0 - tail));
        let beyond = as_float(self.sorted.len()) * low.min(1.0 - high);
        Interval {
            low: quantile(&self.sorted, low),
            high: quantile(&self.sorted, high),
            resolved: beyond >= RESOLVED_BY,
        }
    }

    /// Which share of the resamples lies below the limit that has `share` of the truth below it.
    fn level(&self, share: f64) -> f64 {
        let normal = Normal::standard();
        let moved = self.bias + normal.inverse_cdf(share);
        let stretch = 1.0 - self.acceleration * moved;
        if stretch <= 0.0 {
            // Beyond the pole of the formula: the limit is the outermost resample.
            return if moved > 0.0 { 1.0 } else { 0.0 };
        }
        normal.cdf(self.bias + moved / stretch)
    }
}

/// The quantile of sorted values, median-unbiased whatever the distribution.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let third = 1.0 / 3.0;
    let place = (as_float(sorted.len()) + third) * share + third;
    let whole = place.floor();
    let at = |place: f64| -> f64 {
        let last = as_float(sorted.len());
        // between 1 and the number of values, so it fits
        let index = place.clamp(1.0, last) as usize - 1;
        sorted.get(index).copied().unwrap_or(f64::NAN)
    };
    let (low, high) = (at(whole), at(whole + 1.0));
    low + (place - whole) * (high - low)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a number of resamples, at most a million"
)]
fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What R gives for `quantile(1:10, c(.1, .25, .5, .9, .999), type = 8)`.
    #[test]
    fn quantiles_are_those_of_the_eighth_type() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        for (share, expected) in [
            (0.1, 1.366_666_666_667),
            (0.25, 2.916_666_666_667),
            (0.5, 5.5),
            (0.9, 9.633_333_333_333),
            (0.999, 10.0),
        ] {
            assert!(
                (quantile(&values, share) - expected).abs() < 1e-9,
                "{share}"
            );
        }
        assert_eq!(quantile(&[7.0], 0.3).to_bits(), 7.0f64.to_bits());
    }

    #[test]
    fn without_bias_and_skew_the_limits_are_plain_percentiles() {
        let values: Vec<f64> = (1..=999).map(f64::from).collect();
        let middle = Resampled::new(values.clone(), 500.5, 0.0).unwrap();
        let interval = middle.interval(0.95);
        let plain = Resampled {
            sorted: values,
            bias: 0.0,
            acceleration: 0.0,
        }
        .interval(0.95);
        assert!((interval.low - plain.low).abs() < 3.0 && (plain.low - 25.3).abs() < 0.1);
        assert!(interval.resolved && plain.resolved);
        let rare = Resampled::new((1..=100).map(f64::from).collect(), 50.5, 0.0).unwrap();
        assert!(!rare.interval(0.95).resolved);
    }

    #[test]
    fn a_skewed_statistic_moves_both_limits_up() {
        let values: Vec<f64> = (1..=999).map(f64::from).collect();
        let straight = Resampled::new(values.clone(), 500.5, 0.0)
            .unwrap()
            .interval(0.95);
        let skewed = Resampled::new(values, 500.5, 0.05).unwrap().interval(0.95);
        assert!(skewed.low > straight.low && skewed.high > straight.high);
    }

    #[test]
    fn acceleration_is_a_sixth_of_the_skewness_of_the_influences() {
        // one person in a hundred, without whom the estimate falls by 99, and 99 without whom it rises by 1
        let influences = [(401.0, 1.0), (501.0, 99.0)];
        let expected = (99.0f64.powi(3) - 99.0) / (6.0 * (99.0f64.powi(2) + 99.0).powf(1.5));
        assert!((acceleration(&influences) - expected).abs() < 1e-12);
        assert!(acceleration(&[(5.0, 10.0)]).abs() < 1e-300);
    }
}
