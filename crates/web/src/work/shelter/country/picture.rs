//! The nights as a picture: bars for what was counted, and for what is to be expected a band with its middle. The numbers stand in tables under it.

use desk::placement::outlook::Nights;

use crate::texts::Say;

/// Width and height in units of the drawing, without the room for numbers at the left and under it.
const WIDTH: f64 = 672.0;
const HEIGHT: f64 = 180.0;

/// A bar, or the band of a night ahead.
pub struct Box {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A line across with its number.
pub struct Grid {
    pub y: f64,
    pub value: u32,
}

/// The drawing.
pub struct Picture {
    pub alt: String,
    pub bars: Vec<Box>,
    pub bands: Vec<Box>,
    pub middles: Vec<Box>,
    pub grid: Vec<Grid>,
    /// Where tonight ends and the nights ahead begin; `None` without a forecast.
    pub border: Option<f64>,
}

/// Draws the last nights and those ahead; `None` when there is nobody in any of them.
pub fn of(t: &Say, nights: &Nights, back: usize) -> Option<Picture> {
    let skipped = nights.people.len().saturating_sub(back);
    let past = nights.people.get(skipped..)?;
    let all = nights.expected.as_ref().ok();
    let ahead: Vec<(u32, u32, u32)> = (all.iter().flat_map(|found| found.iter()))
        .filter(|one| one.segment.is_empty())
        .flat_map(|one| &one.nights)
        .map(|night| {
            let (low, high) = night.band();
            (low, night.median(), high)
        })
        .collect();
    let highest = (past.iter().copied())
        .chain(ahead.iter().map(|night| night.2))
        .max()
        .filter(|highest| *highest > 0)?;
    let scale = Scale::of(highest, past.len() + ahead.len());
    let border = (!ahead.is_empty()).then(|| scale.at(past.len()));
    Some(Picture {
        alt: t.say_args(
            "country-picture",
            &[
                ("back", super::count(past.len()).into()),
                ("ahead", super::count(ahead.len()).into()),
                ("last", past.last().map_or(0, |n| i64::from(*n)).into()),
            ],
        ),
        bars: (past.iter().enumerate())
            .map(|(n, people)| scale.box_of(n, 0, *people))
            .collect(),
        bands: (ahead.iter().enumerate())
            .map(|(n, night)| scale.box_of(past.len() + n, night.0, night.2))
            .collect(),
        middles: (ahead.iter().enumerate())
            .map(|(n, night)| scale.tick(past.len() + n, night.1))
            .collect(),
        grid: scale.grid(),
        border,
    })
}

struct Scale {
    step: u32,
    top: u32,
    night: f64,
}

impl Scale {
    fn of(highest: u32, nights: usize) -> Scale {
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000]
            .into_iter()
            .find(|step| highest.div_ceil(*step) <= 5)
            .unwrap_or(100_000);
        let nights = u32::try_from(nights.max(1)).unwrap_or(u32::MAX);
        Scale {
            step,
            top: highest.div_ceil(step) * step,
            night: WIDTH / f64::from(nights),
        }
    }

    fn at(&self, night: usize) -> f64 {
        self.night * f64::from(u32::try_from(night).unwrap_or(u32::MAX))
    }

    fn height(&self, people: u32) -> f64 {
        HEIGHT * f64::from(people) / f64::from(self.top)
    }

    fn box_of(&self, night: usize, low: u32, high: u32) -> Box {
        // A band of one number is a line and not nothing.
        let height = (self.height(high) - self.height(low)).max(if low > 0 { 1.0 } else { 0.0 });
        Box {
            x: self.at(night) + self.night * 0.12,
            y: HEIGHT - self.height(high),
            width: self.night * 0.76,
            height,
        }
    }

    fn tick(&self, night: usize, people: u32) -> Box {
        Box {
            x: self.at(night) + self.night * 0.12,
            y: HEIGHT - self.height(people) - 1.5,
            width: self.night * 0.76,
            height: 3.0,
        }
    }

    fn grid(&self) -> Vec<Grid> {
        (0..=self.top / self.step)
            .map(|n| Grid {
                y: HEIGHT - self.height(n * self.step),
                value: n * self.step,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{HEIGHT, Scale};

    #[test]
    fn bars_stand_on_the_ground_and_stay_under_the_top() {
        for highest in [1, 4, 7, 26, 99, 730, 12_000] {
            let scale = Scale::of(highest, 56);
            assert!(scale.top >= highest && scale.grid().len() <= 6, "{highest}");
            let bar = scale.box_of(3, 0, highest);
            assert!((bar.y + bar.height - HEIGHT).abs() < 1e-9 && bar.y >= 0.0);
            assert!(scale.at(56) <= 672.0 + 1e-9);
        }
    }

    #[test]
    fn a_band_lies_between_its_ends_and_nothing_is_a_bar_without_height() {
        let scale = Scale::of(10, 10);
        let band = scale.box_of(9, 2, 8);
        assert!((band.y - HEIGHT * 0.2).abs() < 1e-9);
        assert!((band.height - HEIGHT * 0.6).abs() < 1e-9);
        assert!(scale.box_of(0, 0, 0).height.abs() < 1e-9);
    }
}
