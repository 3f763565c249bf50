//! The fit for one number of nights ahead, and how far it was off.

use super::{LOOK_BACK, Series};

/// How the middle of the distribution is found. All methods are calibrated in the same way, so that only that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As on the same weekday of the last week that is known: the yardstick.
    SeasonalNaive,
    /// As tonight.
    Last,
    /// The change of the last four weeks goes on.
    Drift,
    /// Between tonight and the mean of everything known; how far is fitted for each number of nights.
    Between,
}

/// How far towards the mean: tried in this order, the first of the best is taken.
const TRIED: [f64; 9] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0];
/// Every how many nights an origin is taken: neighbours say nearly the same.
const EVERY: usize = 2;
/// The square of the least scale.
const SMALLEST: f64 = 0.25;
/// So many nights' worth of belief that a count varies by the square root of its level.
const PRIOR: f64 = 28.0;

/// A fit for one number of nights ahead.
pub(super) struct Fitted {
    method: Method,
    ahead: usize,
    /// How far the middle lies from tonight's count towards the mean.
    towards: f64,
    /// How far off, in units of the scale, ascending.
    off: Vec<f64>,
}

impl Fitted {
    /// Fits on the earlier origins and calibrates on the later ones.
    pub(super) fn of(method: Method, history: &[Series], ahead: usize) -> Fitted {
        let nights = history.first().map_or(0, |series| series.nights.len());
        let (first, end) = (LOOK_BACK, nights.saturating_sub(ahead));
        let half = usize::midpoint(first, end);
        let towards = match method {
            Method::Between => best(history, ahead, first..half),
            _ => 0.0,
        };
        let mut fitted = Fitted {
            method,
            ahead,
            towards,
            off: Vec::new(),
        };
        let mut off = Vec::new();
        for series in history {
            for origin in (half..end).step_by(EVERY) {
                let known = &series.nights[..=origin];
                let seen = f64::from(series.nights[origin + ahead]);
                let scale = scale(known);
                off.push((seen - fitted.middle(known)) / scale);
            }
        }
        off.sort_unstable_by(f64::total_cmp);
        fitted.off = off;
        fitted
    }

    /// The middle of what is expected, from the nights known.
    fn middle(&self, known: &[u32]) -> f64 {
        let last = at(known, 0);
        match self.method {
            Method::SeasonalNaive => at(known, (7 - self.ahead % 7) % 7),
            Method::Last => last,
            Method::Drift => last + (last - at(known, 28)) / 28.0 * real(self.ahead),
            Method::Between => last + self.towards * (mean(known, known.len()) - last),
        }
    }

    /// So many equally likely values, ascending; nobody is fewer than none.
    pub(super) fn values(&self, known: &[u32], parts: usize) -> Vec<f64> {
        let scale = scale(known);
        let middle = self.middle(known);
        (0..parts)
            .map(|part| {
                let share = (real(part) + 0.5) / real(parts);
                // One more than there are: the next error is as likely beyond the largest as between two others.
                let place = share * real(self.off.len() + 1) - 1.0;
                let below = whole(place.max(0.0)).min(self.off.len().saturating_sub(1));
                let above = (below + 1).min(self.off.len().saturating_sub(1));
                let (low, high) = (value(&self.off, below), value(&self.off, above));
                let off = low + (high - low) * (place - real(below)).clamp(0.0, 1.0);
                (middle + off * scale).max(0.0)
            })
            .collect()
    }
}

fn value(all: &[f64], n: usize) -> f64 {
    all.get(n).copied().unwrap_or(0.0)
}

/// The count so many nights before the last one.
fn at(known: &[u32], before: usize) -> f64 {
    let place = known.len().checked_sub(1 + before);
    f64::from(place.and_then(|n| known.get(n)).copied().unwrap_or(0))
}

/// Mean of the last nights.
fn mean(known: &[u32], nights: usize) -> f64 {
    let from = known.len().saturating_sub(nights);
    let sum: u64 = known[from..].iter().map(|n| u64::from(*n)).sum();
    real(usize::try_from(sum).unwrap_or(usize::MAX)) / real((known.len() - from).max(1))
}

/// What this count varies by in four weeks, seen over everything known; never nothing.
fn scale(known: &[u32]) -> f64 {
    let pairs = known.len().saturating_sub(28);
    let sum: f64 = (0..pairs)
        .map(|n| {
            let change = f64::from(known[n + 28]) - f64::from(known[n]);
            change * change
        })
        .sum();
    (SMALLEST + (sum + PRIOR * mean(known, known.len())) / (real(pairs) + PRIOR)).sqrt()
}

/// How far towards the mean the absolute errors are least, each in units of its scale: errors are not squared, so that one large family
/// does not decide for everybody.
fn best(history: &[Series], ahead: usize, origins: std::ops::Range<usize>) -> f64 {
    let mut off = [0.0; TRIED.len()];
    for series in history {
        for origin in origins.clone().step_by(EVERY) {
            let (Some(known), Some(seen)) = (
                series.nights.get(..=origin),
                series.nights.get(origin + ahead),
            ) else {
                continue;
            };
            let (last, mean) = (at(known, 0), mean(known, known.len()));
            let scale = scale(known);
            for (sum, towards) in off.iter_mut().zip(TRIED) {
                *sum += ((f64::from(*seen) - last - towards * (mean - last)) / scale).abs();
            }
        }
    }
    let mut found = (f64::INFINITY, 0.0);
    for (sum, towards) in off.into_iter().zip(TRIED) {
        if sum < found.0 {
            found = (sum, towards);
        }
    }
    found.1
}

/// A count as a real number.
pub(super) fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The whole part of a number of 0 and more.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 and more, and a cast from floating point stops at the ends"
)]
pub(super) fn whole(n: f64) -> usize {
    n as usize
}

/// The nearest number of people.
pub(super) fn people(n: f64) -> u32 {
    u32::try_from(whole((n + 0.5).max(0.0))).unwrap_or(u32::MAX)
}
