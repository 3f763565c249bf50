//! How good forecasts were on nights that are known by now: each is made from what was known then, and held against what came.

use super::fit::real;
use super::{AHEAD, Method, NEEDED, Series, forecast_by};

/// What was measured over many forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    /// Nights forecast.
    pub nights: usize,
    /// Those within the 80 % band.
    pub within: usize,
    /// Those above it.
    pub above: usize,
    /// Sum of the pinball losses at 10, 50 and 90 %, in people.
    pub pinball: f64,
}

impl Measured {
    /// Share of nights within the band, 0 to 1.
    pub fn coverage(&self) -> f64 {
        real(self.within) / real(self.nights.max(1))
    }

    /// Share of nights above the band, 0 to 1.
    pub fn above_share(&self) -> f64 {
        real(self.above) / real(self.nights.max(1))
    }

    /// Mean pinball loss a night, in people.
    pub fn loss(&self) -> f64 {
        self.pinball / real(self.nights.max(1))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Measured) -> Measured {
        Measured {
            nights: self.nights + other.nights,
            within: self.within + other.within,
            above: self.above + other.above,
            pinball: self.pinball + other.pinball,
        }
    }
}

/// The total first, then the segments: as the country's view asks.
pub fn with_total(segments: &[Series]) -> Vec<Series> {
    let nights = segments.first().map_or(0, |one| one.nights.len());
    let total = (0..nights)
        .map(|n| segments.iter().filter_map(|one| one.nights.get(n)).sum())
        .collect();
    let total = Series {
        segment: String::new(),
        nights: total,
    };
    std::iter::once(total)
        .chain(segments.iter().cloned())
        .collect()
}

/// The seasonal naive as it is usually given: as on the same weekday of the last known week, with a normal error whose spread is that of
/// the changes over seven nights times the square root of the weeks (Hyndman and Athanasopoulos, Forecasting, 5.5). `spread` 0 takes it as one
/// number without an error.
pub fn yardstick(series: &[Series], every: usize, spread: f64) -> Measured {
    /// Of a normal distribution one in ten lies above so many times its spread.
    const ONE_IN_TEN: f64 = 1.281_551_565_5;
    let nights = series.first().map_or(0, |one| one.nights.len());
    let mut found = Measured::default();
    for known in (NEEDED..(nights + 1).saturating_sub(AHEAD)).step_by(every.max(1)) {
        for one in series {
            let so_far = &one.nights[..known];
            let changes = so_far.iter().zip(&so_far[7..]);
            let squares: f64 = changes
                .map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2))
                .sum();
            let sd = spread * (squares / real(known - 7)).sqrt();
            for (n, came) in one.nights[known..].iter().take(AHEAD).enumerate() {
                let middle = f64::from(so_far[known - 7 + n % 7]);
                let out = ONE_IN_TEN * sd * real(n / 7 + 1).sqrt();
                let came = f64::from(*came);
                let (low, high) = ((middle - out).max(0.0), middle + out);
                found.nights += 1;
                found.within += usize::from(low <= came && came <= high);
                found.above += usize::from(came > high);
                found.pinball +=
                    pinball(0.1, low, came) + pinball(0.5, middle, came) + pinball(0.9, high, came);
            }
        }
    }
    found
}

/// Makes a forecast every `every` nights, as soon as there are enough of them, and holds every night of it against what came.
pub fn measure(method: Method, series: &[Series], every: usize) -> Measured {
    let nights = series.first().map_or(0, |one| one.nights.len());
    let mut found = Measured::default();
    for known in (NEEDED..(nights + 1).saturating_sub(AHEAD)).step_by(every.max(1)) {
        let history: Vec<Series> = (series.iter())
            .map(|one| Series {
                segment: one.segment.clone(),
                nights: one.nights.iter().take(known).copied().collect(),
            })
            .collect();
        let Ok(outlooks) = forecast_by(method, &history) else {
            continue;
        };
        for (outlook, one) in outlooks.iter().zip(series) {
            for (ahead, came) in outlook.nights.iter().zip(one.nights.iter().skip(known)) {
                let (low, high) = ahead.band();
                found.nights += 1;
                found.within += usize::from(low <= *came && *came <= high);
                found.above += usize::from(*came > high);
                for share in [0.1, 0.5, 0.9] {
                    found.pinball += pinball(share, ahead.quantile(share), f64::from(*came));
                }
            }
        }
    }
    found
}

/// The loss of having named a value as the one that is undershot with this chance.
fn pinball(share: f64, named: f64, came: f64) -> f64 {
    let off = came - named;
    if off >= 0.0 {
        share * off
    } else {
        (share - 1.0) * off
    }
}
